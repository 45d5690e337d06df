# cccd_count() beside VACUUM, page splits and transactions that fail: an entry
# of the index whose row is being vacuumed away must not be counted.  The people
# who satisfy the rule never change, whatever is inserted and rolled back.
use strict;
use warnings;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

my $node = PostgreSQL::Test::Cluster->new('count');
$node->init(extra => [ '--locale=C.UTF-8', '--encoding=UTF8' ]);
$node->append_conf('postgresql.conf', "fsync = off\nautovacuum = off\nvacuum_cost_delay = 0");
$node->start;
$node->safe_psql('postgres', q{
CREATE EXTENSION cccd;
CREATE TABLE person (id int, health cccd_health);
CREATE INDEX ON person USING gist (health);
INSERT INTO person SELECT i, ('dose 2021-06-01; dose 2021-09-' || 10 + i % 19)::cccd_health FROM generate_series(1, 20000) i;
VACUUM person;
});
my $count = q{cccd_count('person', 'doses >= 2', '2021-12-01 00:00+07')};
my $dir = $node->basedir;
# -f FILE@WEIGHT: counts are the most frequent
append_to_file("$dir/count.sql", "SELECT $count AS n \\gset\nSELECT 1 / (:n = 20000)::int;\n");
append_to_file("$dir/failed.sql", q{
\set d random(10, 28)
BEGIN;
INSERT INTO person SELECT -1, ('dose 2021-06-01; dose 2021-09-' || :d)::cccd_health FROM generate_series(1, 60);
ROLLBACK;
});
append_to_file("$dir/other.sql", q{
\set d random(10, 28)
INSERT INTO person SELECT -2, ('dose 2021-09-' || :d)::cccd_health FROM generate_series(1, 20);
DELETE FROM person WHERE id = -2 AND health = ('dose 2021-09-' || :d)::cccd_health;
});
append_to_file("$dir/vacuum.sql", "VACUUM (SKIP_LOCKED) person;\n");
$node->command_checks_all(
	[ 'pgbench', '-n', '-c', '5', '-j', '2', '-T', $ENV{CCCD_COUNT_SECONDS} // 4,
	  '-f', "$dir/count.sql\@6", '-f', "$dir/failed.sql\@4", '-f', "$dir/other.sql\@2", '-f', "$dir/vacuum.sql\@2",
	  $node->connstr('postgres') ],
	0, [ qr/number of failed transactions: 0/ ], [ qr/^(?!.*division by zero)/s ], 'every count was right');
is($node->safe_psql('postgres', "SELECT $count"), '20000', 'and the last one is');
$node->stop;
done_testing();
