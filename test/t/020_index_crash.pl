# Indexes on health records and on numbers after crashes in the middle of page
# splits, and on a physical replica: every index gives the answers of a
# sequential scan.
use strict;
use warnings;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;
use IPC::Run;
use Time::HiRes qw(usleep);

my $primary = PostgreSQL::Test::Cluster->new('primary');
$primary->init(allows_streaming => 1, extra => [ '--locale=C.UTF-8', '--encoding=UTF8' ]);
# small enough that pages are written and logged whole again and again
$primary->append_conf('postgresql.conf', q{
restart_after_crash = on
autovacuum_naptime = 1s
max_wal_size = 32MB
min_wal_size = 32MB
shared_buffers = 8MB
});
$primary->start;
# the number in three columns, so that each has one index that can find it
$primary->safe_psql('postgres', q{
CREATE EXTENSION cccd;
CREATE EXTENSION amcheck;
} . slurp_file('test/data/random_rules.sql') . q{
CREATE TABLE pool AS SELECT n, random_record(n) AS health FROM generate_series(0, 5999) n;
CREATE UNIQUE INDEX ON pool (n);
CREATE SEQUENCE number MINVALUE 1000000000;
CREATE TABLE person (id cccd_id PRIMARY KEY, hashed cccd_id, ranged cccd_id, health cccd_health);
CREATE INDEX person_health ON person USING gist (health);
CREATE INDEX person_hashed ON person USING hash (hashed);
CREATE INDEX person_ranged ON person USING brin (ranged) WITH (pages_per_range = 2);
CREATE TABLE question AS SELECT n::bigint, random_bound(n + 9000) AS bound FROM generate_series(1, 60) n;
INSERT INTO person SELECT i, i, i, health FROM (SELECT nextval('number')::cccd_id, health FROM pool) v(i, health);
});
$primary->backup('base');
my $standby = PostgreSQL::Test::Cluster->new('standby');
$standby->init_from_backup($primary, 'base', has_streaming => 1);
$standby->start;

sub check_indexes
{
	my ($node, $when) = @_;
	my $scan = 'SET enable_indexscan = off; SET enable_indexonlyscan = off; SET enable_bitmapscan = off;';
	my $index = 'SET enable_seqscan = off; SET enable_hashjoin = off; SET enable_mergejoin = off; SET enable_memoize = off; SET enable_material = off;';
	my %question = (
		person_health => q{SELECT q.n, count(p.id), bit_xor(hashint8extended(p.id::bigint, 0))
			FROM question q LEFT JOIN person p ON p.health @@ q.bound GROUP BY 1 ORDER BY 1},
		person_pkey => q{SELECT count(*), bit_xor(hashint8extended(p.id::bigint, 1))
			FROM (SELECT id FROM person OFFSET 0) w(n) JOIN person p ON p.id = n},
		person_hashed => q{SELECT count(*), bit_xor(hashint8extended(p.id::bigint, 1))
			FROM (SELECT id FROM person OFFSET 0) w(n) JOIN person p ON p.hashed = n},
		person_ranged => q{SELECT n, count(*), bit_xor(hashint8extended(p.id::bigint, 1)) FROM generate_series(1000000000, 1000040000, 997) n,
			LATERAL (SELECT id FROM person WHERE ranged BETWEEN n::bigint::cccd_id AND (n + 300)::bigint::cccd_id) p GROUP BY 1 ORDER BY 1});

	for my $name (sort keys %question)
	{
		# by a scan, every number finds itself: that needs no join
		my $by_scan = $question{$name} =~ /p\.(id|hashed) = n/ ?
			'SELECT count(*), bit_xor(hashint8extended(id::bigint, 1)) FROM person' : $question{$name};
		my $found = $node->safe_psql('postgres', "$index $question{$name}");

		is($found, $node->safe_psql('postgres', "$scan $by_scan"), "$when: $name finds what a scan finds");
		like($node->safe_psql('postgres', "$index EXPLAIN $question{$name}"), qr/Scan (using|on) $name\b/, "$when: it is used");
	}
	is($node->safe_psql('postgres', q{SELECT count(*) FROM question q
		WHERE cccd_count('person', cccd_bound_rule(bound), cccd_bound_at(bound), cccd_bound_context(bound))
		    <> (SELECT count(*) FROM person WHERE health @@ q.bound)}), '0', "$when: cccd_count counts it");
	# the thorough check takes a lock that a replica does not give
	my $check = $when eq 'replica' ? 'bt_index_check(%s, true)' : 'bt_index_parent_check(%s, true, true)';
	is($node->psql('postgres', 'SELECT ' . sprintf($check, q{'person_pkey'})), 0, "$when: the btree is sound");
	return;
}

# people arrive, change and leave in transactions of all lengths
my $load = $primary->basedir . '/load.sql';
append_to_file($load, q{
\set r random(0, 5900)
\set many random(1, 100)
\set fate random(1, 10)
BEGIN;
INSERT INTO person SELECT i, i, i, health
FROM (SELECT nextval('number')::cccd_id, health FROM pool WHERE n BETWEEN :r AND :r + :many) v(i, health);
UPDATE person p SET health = pool.health FROM pool WHERE pool.n = :r AND p.id BETWEEN (1000000000 + :r)::bigint::cccd_id AND (1000000000 + :r + 5)::bigint::cccd_id;
DELETE FROM person WHERE id BETWEEN (1000000000 + 3 * :r)::bigint::cccd_id AND (1000000000 + 3 * :r + 2)::bigint::cccd_id;
\if :fate = 1
ROLLBACK;
\else
COMMIT;
\endif
});
sub start_load
{
	return IPC::Run::start([ 'pgbench', '-n', '-c', '3', '-T', '60', '-f', $load, $primary->connstr('postgres') ],
		'>', \my $out, '2>', \my $err);
}
sub index_pages { return $primary->safe_psql('postgres', q{SELECT pg_relation_size('person_health') / 8192}) }
# let it split pages, then crash in the middle
sub load_until_split
{
	my ($more) = @_;
	my $pages = index_pages();
	my $load = start_load();

	for (1 .. 600)
	{
		usleep(50_000);
		last if index_pages() >= $pages + $more;
	}
	cmp_ok(index_pages(), '>=', $pages + $more, 'pages were split');
	return $load;
}

for my $crash (1 .. 2)
{
	my $clients = load_until_split(10);
	$primary->stop('immediate');
	$clients->finish;
	$primary->start;
	check_indexes($primary, "immediate stop $crash");
}

# a backend that is killed takes the others with it, and the server recovers
my $clients = load_until_split(10);
my $pid = $primary->safe_psql('postgres', q{SELECT pid FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid() LIMIT 1});
kill 'KILL', $pid;
$clients->finish;
$primary->poll_query_until('postgres', 'SELECT true') or die 'the server did not recover';
check_indexes($primary, 'killed backend');

$primary->safe_psql('postgres', 'VACUUM person');
$primary->wait_for_catchup($standby);
check_indexes($standby, 'replica');
is($standby->safe_psql('postgres', q{SELECT sum(cccd_count('person', cccd_bound_rule(bound), cccd_bound_at(bound), cccd_bound_context(bound))) FROM question}),
	$primary->safe_psql('postgres', q{SELECT sum(cccd_count('person', cccd_bound_rule(bound), cccd_bound_at(bound), cccd_bound_context(bound))) FROM question}),
	'both count the same');

# the primary is lost in the middle of a load, the replica takes over
$clients = load_until_split(5);
$primary->stop('immediate');
$clients->finish;
$standby->promote;
check_indexes($standby, 'promoted replica');
$standby->safe_psql('postgres', q{
INSERT INTO person SELECT i, i, i, health FROM (SELECT nextval('number')::cccd_id, health FROM pool) v(i, health);
DELETE FROM person WHERE id::bigint % 5 = 0;
VACUUM person;
});
check_indexes($standby, 'promoted replica in use');
$standby->stop;
done_testing();
