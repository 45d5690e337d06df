# 32 gates while backends are killed and the server is stopped without a
# checkpoint: no acknowledged admission is lost, no ticket admits twice.  The
# same with durable commits taken out must lose some, or the test shows nothing.
#
# GATE_CRASH_SECONDS (10, with CCCD_FULL 20) of it, or until GATE_CRASH_KILLS
# kills; the second half ends when something is lost.
use strict;
use warnings;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;
use Time::HiRes qw(sleep time);

my ($clients, $tickets) = (32, 50000);
my $seconds = $ENV{GATE_CRASH_SECONDS} // ($ENV{CCCD_FULL} ? 20 : 10);
my $kills = $ENV{GATE_CRASH_KILLS} // 0;
srand($ENV{GATE_CRASH_SEED} // 20211116);

my $program = PostgreSQL::Test::Utils::tempdir . '/gate_clients';
my @libpq = split ' ', $ENV{LIBPQ};
system($ENV{CC} || 'cc', '-O1', '-o', $program, 'test/t/gate_clients.c', @libpq) == 0
	or BAIL_OUT('gate_clients.c does not compile');

my $node = PostgreSQL::Test::Cluster->new('crash');
$node->init(extra => [ '--locale=C.UTF-8', '--encoding=UTF8' ]);
# Everybody has switched durability off, and what is not flushed by its own
# commit stays in the server's memory as long as it may.  The operating system
# does not die here, so its disk need not be waited for.
$node->append_conf('postgresql.conf', q{
restart_after_crash = on
synchronous_commit = off
fsync = off
wal_writer_delay = 10s
wal_writer_flush_after = 64MB
wal_buffers = 32MB
bgwriter_delay = 10s
autovacuum = off
log_min_messages = fatal
log_statement = none
max_connections = 60
});
$node->start;

sub sql { my ($db, $sql) = @_; return $node->safe_psql($db, "SET client_min_messages = warning; SET synchronous_commit = on; $sql") }

sub prepare
{
	my ($db) = @_;
	$node->safe_psql('postgres', "CREATE DATABASE $db");
	sql($db, qq{
CREATE EXTENSION cccd_gate CASCADE;
CREATE TABLE ack (request uuid, person bigint, ticket int, verdict text);
INSERT INTO cccd_gate.person (person, name) SELECT i, 'Người ' || i FROM generate_series(0, $tickets - 1) i;
INSERT INTO cccd_gate.identity_number (id, person) SELECT (1090000000 + i)::bigint::cccd_id, i FROM generate_series(0, $tickets - 1) i;
INSERT INTO cccd_gate.event (code, name, starts, capacity, rule) VALUES ('E', 'E', '2021-11-16 19:00+07', $tickets, 'ticket');
INSERT INTO cccd_gate.gate SELECT event, 'A' FROM cccd_gate.event;
INSERT INTO cccd_gate.ticket (event, number, secret_hash) SELECT event, i, sha256(convert_to('ticket ' || i, 'UTF8')) FROM cccd_gate.event, generate_series(0, $tickets - 1) i;
ANALYZE;
CHECKPOINT});
}

# Let the clients work and kill; returns how often, and what they were told.
sub storm
{
	my ($db, $enough) = @_;
	my $folder = PostgreSQL::Test::Utils::tempdir;
	local $ENV{PGHOST} = $node->host;
	local $ENV{PGPORT} = $node->port;
	local $ENV{PGDATABASE} = $db;
	my $pid = fork() // die 'fork';
	exec($program, $clients, $tickets, $folder) if $pid == 0;
	my $end = time() + ($enough && $seconds < 20 ? 20 : $seconds);
	my $killed = 0;
	while ($kills > 0 ? $killed < $kills : time() < $end)
	{
		sleep(0.3 + rand(0.7));
		if ($killed % 3 == 2)
		{
			$node->stop('immediate');
			$node->start;
		}
		else
		{
			my $backend = $node->safe_psql($db, q{SELECT pid FROM pg_stat_activity WHERE application_name = 'gate_client' ORDER BY random() LIMIT 1});
			kill 'KILL', $backend if $backend;
			# until the server noticed, and then until it is back
			sleep(0.05);
			$node->poll_query_until($db, 'SELECT true');
		}
		$killed++;
		last if $enough && collect($db, $folder)->{lost} > 0;
	}
	append_to_file("$folder/stop", '');
	waitpid($pid, 0);
	return { kills => $killed, %{ collect($db, $folder) } };
}

sub collect
{
	my ($db, $folder) = @_;
	my $acks = join '', map { slurp_file($_) } grep { m{/\d+$} } glob("$folder/*");
	$acks =~ s/[^\n]*\z//;
	append_to_file("$folder/all.tsv", '');
	open my $file, '>', "$folder/all.tsv" or die $!;
	print $file $acks;
	close $file;
	my @row = split /\|/, sql($db, qq{
TRUNCATE ack;
\\copy ack FROM '$folder/all.tsv'
SELECT count(*), count(*) FILTER (WHERE verdict = 'admit'),
       count(*) FILTER (WHERE verdict = 'admit' AND NOT EXISTS (
           SELECT FROM cccd_gate.decision d JOIN cccd_gate.attendance t USING (attendance)
           WHERE d.request = ack.request AND t.person = ack.person)),
       (SELECT count(*) FROM (SELECT FROM ack WHERE verdict = 'admit' GROUP BY ticket HAVING count(DISTINCT request) > 1) q),
       (SELECT count(*) FROM (SELECT FROM ack WHERE verdict = 'admit' GROUP BY person HAVING count(DISTINCT request) > 1) q)
FROM ack});
	my %result;
	@result{qw(answers admitted lost tickets_twice people_twice)} = @row;
	return \%result;
}

prepare('durable');
my $durable = storm('durable', 0);
diag(join ', ', map { "$_ $durable->{$_}" } qw(kills answers admitted lost tickets_twice people_twice));
cmp_ok($durable->{kills}, '>', 2, 'the server died several times');
cmp_ok($durable->{admitted}, '>', 100, 'while people were admitted');
is($durable->{lost}, 0, 'no acknowledged admission was lost');
is($durable->{tickets_twice}, 0, 'no ticket admitted twice');
is($durable->{people_twice}, 0, 'nobody was admitted twice');
is(sql('durable', q{SELECT count(*) FROM cccd_gate.attendance a WHERE NOT EXISTS (SELECT FROM cccd_gate.decision d WHERE d.attendance = a.attendance)}),
	'0', 'each admission has its decision');
is(sql('durable', q{SELECT sum(taken) = (SELECT count(*) FROM cccd_gate.attendance) FROM cccd_gate.capacity_slot}),
	't', 'and as many places are taken');

# the same without the durable commit
prepare('careless');
sql('careless', q{CREATE OR REPLACE FUNCTION cccd_gate.make_durable() RETURNS void LANGUAGE plpgsql AS 'BEGIN END'});
my $careless = storm('careless', $kills == 0);
diag('without durable commit: ' . join ', ', map { "$_ $careless->{$_}" } qw(kills answers admitted lost tickets_twice people_twice));
cmp_ok($careless->{lost}, '>', 0, 'without the durable commit admissions are lost');
$node->stop;
done_testing();
