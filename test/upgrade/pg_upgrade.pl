# pg_upgrade along CCCD_CHAIN ("version=bindir ..."): after each step the rows
# are the same, indexes find what scans find, amcheck has nothing to say, the
# gate goes on, and what is lost of statistics comes back by ANALYZE.
use strict;
use warnings;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

my @chain = map { [ split /=/ ] } split ' ', $ENV{CCCD_CHAIN};
my @initdb = ('--locale=C.UTF-8', '--encoding=UTF8');

my $clusters = 0;

sub cluster
{
	my ($version, $bindir) = @_;
	my $node = PostgreSQL::Test::Cluster->new('v' . $version . '_' . $clusters++, install_path => $bindir =~ s/\/bin$//r);
	# on by default since 18, and both sides must agree
	$node->init(extra => [ @initdb, $version >= 18 ? '--no-data-checksums' : () ]);
	$node->append_conf('postgresql.conf', "fsync = off\ntimezone = 'Asia/Ho_Chi_Minh'");
	return $node;
}

sub contents
{
	my ($node) = @_;
	my @gate = split /\n/, $node->safe_psql('gate', q{SELECT relname FROM pg_class WHERE relnamespace = 'cccd_gate'::regnamespace AND relkind = 'r' ORDER BY relname COLLATE "C"});
	return join "\n", $node->safe_psql('forms', 'SELECT * FROM forms.digest()'),
	  map { "$_ " . $node->safe_psql('gate', qq{SELECT count(*), md5(string_agg(t::text, E'\\n' ORDER BY t::text COLLATE "C")) FROM cccd_gate.$_ t}) } @gate;
}

sub admit
{
	my ($node, $number) = @_;
	return $node->safe_psql('gate', "SELECT verdict, reasons FROM cccd_gate.check_in('E', 'A', md5('$number')::uuid, scan => '00' || (1090000000 + $number))");
}

# What ANALYZE knows of the table forms.known: slots of the column of records,
# whether there is a row of it at all, and slots of the column of numbers.
sub statistics
{
	my ($node) = @_;
	return $node->safe_psql('forms', q{
SELECT coalesce(max((stakind1 <> 0)::int) FILTER (WHERE attname = 'health'), 0), count(*) FILTER (WHERE attname = 'health'),
       coalesce(max((stakind1 <> 0)::int) FILTER (WHERE attname = 'id'), 0)
FROM pg_statistic JOIN pg_attribute ON (attrelid, attnum) = (starelid, staattnum)
WHERE starelid = 'forms.known'::regclass});
}

# Is the planner's guess within a factor of two of the count?
sub guess_is_good
{
	my ($node) = @_;
	my $from = q{FROM forms.known WHERE health @@ cccd_rule_bind('doses >= 3', '2021-11-16 19:00+07', '')};
	my ($guess) = $node->safe_psql('forms', "EXPLAIN SELECT $from") =~ /rows=(\d+)/;
	my $count = $node->safe_psql('forms', "SELECT count(*) $from");
	return $guess <= 2 * $count && $count <= 2 * $guess ? 'good' : "$guess rows of $count";
}

my $old = cluster(@{ $chain[0] });
$old->start;
$old->safe_psql('postgres', "CREATE DATABASE $_") for qw(forms gate);
$old->safe_psql('forms', 'CREATE EXTENSION cccd');
$old->safe_psql('forms', slurp_file('test/data/forms.sql'));
# nothing that statistics of 18 and later do not bring over but for records
$old->safe_psql('forms', q{CREATE TABLE forms.known AS SELECT id, health FROM forms.citizen; VACUUM ANALYZE});
is(statistics($old), '1|1|1', "$chain[0][0]: statistics of records and of numbers");
is(guess_is_good($old), 'good', "$chain[0][0]: the guess from them");
$old->safe_psql('gate', q{
SET client_min_messages = warning;
CREATE EXTENSION cccd_gate CASCADE;
INSERT INTO cccd_gate.person (person, name) SELECT i, 'Người ' || i FROM generate_series(1, 100) i;
INSERT INTO cccd_gate.identity_number (id, person) SELECT (1090000000 + i)::bigint::cccd_id, i FROM generate_series(1, 100) i;
INSERT INTO cccd_gate.fact (person, kind, disease, starts, source) SELECT i, 'dose', 'covid19', '2021-06-01', 'national' FROM generate_series(1, 100) i WHERE i % 2 = 0;
INSERT INTO cccd_gate.event (code, name, starts, capacity, rule, ticket_required, minimum_evidence) VALUES ('E', 'E', '2021-11-16 19:00+07', 50, 'doses >= 1', false, 'claimed');
INSERT INTO cccd_gate.gate SELECT event, 'A' FROM cccd_gate.event});
is(admit($old, 2), 'admit|{}', "$chain[0][0]: one is admitted");

for my $step (1 .. $#chain)
{
	my ($was, $version) = ($chain[ $step - 1 ][0], $chain[$step][0]);
	my $what = "$was to $version";
	my $before = contents($old);
	$old->stop;
	my $new = cluster(@{ $chain[$step] });
	my $place = $new->basedir . '/upgrade';
	mkdir $place;
	chdir $place;
	my $done = run_log([ "$chain[$step][1]/pg_upgrade", '--no-sync',
		'--old-datadir', $old->data_dir, '--new-datadir', $new->data_dir,
		'--old-bindir', $chain[ $step - 1 ][1], '--new-bindir', $chain[$step][1],
		'--socketdir', $new->host, '--old-port', $old->port, '--new-port', $new->port ]);
	chdir $ENV{TESTDIR};
	ok($done, "$what: pg_upgrade");
	unless ($done)
	{
		# the last words of each database's restore
		diag(substr(slurp_file($_), -2000)) for glob $new->data_dir . '/pg_upgrade_output.d/*/log/*_dump_*.log';
		BAIL_OUT('pg_upgrade failed');
	}
	$new->start;
	is(contents($new), $before, "$what: the same rows in every relation");
	is($new->safe_psql('forms', 'SELECT * FROM forms.disagreements()'), '', "$what: indexes find what scans find");
	$new->safe_psql($_, 'CREATE EXTENSION IF NOT EXISTS amcheck') for qw(forms gate);
	$new->command_ok([ 'pg_amcheck', '--heapallindexed', '--parent-check', '-d', 'forms', '-d', 'gate' ], "$what: amcheck of every table and btree");
	is($new->safe_psql('forms', q{SELECT extversion = cccd_version() FROM pg_extension WHERE extname = 'cccd'}), 't', "$what: the extension is this one");
	is(admit($new, 2), 'admit|{}', "$what: a repeated request gets its old answer");
	is(admit($new, 2 + 2 * $step), 'admit|{}', "$what: another is admitted");
	is(admit($new, 3 + 2 * $step), 'review|{evidence_too_weak}', "$what: and another must show a card");
	# until 17 all statistics are lost; since 18 those of a kind that only
	# the extension knows, and with --missing-stats-only they stay so
	is(statistics($new), $version >= 18 ? '0|1|1' : '0|0|0', "$what: statistics of records are lost");
	if ($version >= 18)
	{
		$new->command_ok([ 'vacuumdb', '--analyze-only', '--missing-stats-only', '-d', 'forms' ], "$what: --missing-stats-only");
		is(statistics($new), '0|1|1', "$what: passes over them");
	}
	$new->command_ok([ 'vacuumdb', '--analyze-in-stages', '--all' ], "$what: --analyze-in-stages");
	is(statistics($new), '1|1|1', "$what: brings them back");
	is(guess_is_good($new), 'good', "$what: and the guess");
	$new->safe_psql('forms', q{REINDEX SCHEMA forms; VACUUM ANALYZE});
	is($new->safe_psql('forms', 'SELECT * FROM forms.disagreements()'), '', "$what: so do indexes that are made again");
	$old = $new;
}
$old->stop;
done_testing();
