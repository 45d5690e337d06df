# Every index method over our types (btree, hash, BRIN, GiST, GIN) after a crash
# and on a physical standby: the indexes find what scans find, and amcheck has
# nothing to say.
use strict;
use warnings;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

my $primary = PostgreSQL::Test::Cluster->new('primary');
$primary->init(allows_streaming => 1, extra => [ '--locale=C.UTF-8', '--encoding=UTF8' ]);
# a small cache, so that a crash finds pages of every age on disk
$primary->append_conf('postgresql.conf', "fsync = off\nshared_buffers = 1MB\nautovacuum = off");
$primary->start;
$primary->backup('base');
my $standby = PostgreSQL::Test::Cluster->new('standby');
$standby->init_from_backup($primary, 'base', has_streaming => 1);
$standby->start;

$primary->safe_psql('postgres', 'CREATE EXTENSION cccd; CREATE EXTENSION amcheck');
$primary->safe_psql('postgres', slurp_file('test/data/forms.sql'));
my $forms = 'SELECT * FROM forms.disagreements()';
my $rows = 'SELECT * FROM forms.digest()';

sub same_on_standby
{
	my ($what) = @_;
	$primary->wait_for_catchup($standby, 'replay', $primary->lsn('insert'));
	is($standby->safe_psql('postgres', $forms), '', "$what: the standby's indexes find what its scans find");
	is($standby->safe_psql('postgres', $rows), $primary->safe_psql('postgres', $rows), "$what: the standby has the same rows");
	return;
}

same_on_standby('made');
my $error;
$standby->psql('postgres', q{INSERT INTO forms.by_hash VALUES ('001090000001', 1)}, stderr => \$error);
like($error, qr/read-only transaction/, 'a standby takes no rows');

for my $round (1 .. 3)
{
	# splits, deletions, their removal, new rows in the holes
	$primary->safe_psql('postgres', qq{
UPDATE forms.citizen SET health = cccd_health_add(health, 'dose', timestamptz '2021-10-01' + $round * interval '1 day')
WHERE id::bigint % 5 = $round AND (SELECT count(*) FROM cccd_health_events(health)) < 20;
INSERT INTO forms.citizen (id, health)
SELECT (92000000000 + $round * 1000000 + i * 13)::bigint::cccd_id,
       cccd_health_test(timestamptz '2021-06-01' + i * interval '17 min', 'pcr', CASE i % 9 WHEN 0 THEN 'positive' ELSE 'negative' END)
FROM generate_series(1, 4000) i;
DELETE FROM forms.citizen WHERE id::bigint % 11 = $round AND guardian IS NULL AND id NOT IN (SELECT guardian FROM forms.citizen WHERE guardian IS NOT NULL)
    AND id <> '079028000128' AND other_ids IS NULL;
VACUUM forms.citizen;
SELECT brin_summarize_new_values('forms.citizen_brin'), brin_summarize_new_values('forms.citizen_multi')});
	# committed, and then the crash
	my $before = $primary->safe_psql('postgres', $rows);
	$primary->stop('immediate');
	$primary->start;
	is($primary->safe_psql('postgres', $rows), $before, "crash $round: what was committed is there");
	is($primary->safe_psql('postgres', $forms), '', "crash $round: indexes find what scans find");
	$primary->command_ok([ 'pg_amcheck', '--heapallindexed', '--parent-check', 'postgres' ], "crash $round: amcheck");
	same_on_standby("crash $round");
}

$standby->promote;
is($standby->safe_psql('postgres', q{INSERT INTO forms.by_hash VALUES ('001090000001', 1) RETURNING id}), '001090000001', 'promoted, it takes rows');
is($standby->safe_psql('postgres', $forms), '', 'and its indexes still find what scans find');
$standby->stop;
$primary->stop;
done_testing();
