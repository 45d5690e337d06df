# An admission that was answered is there after a crash, also for a caller who
# switched durability off.
use strict;
use warnings;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

my $node = PostgreSQL::Test::Cluster->new('durable');
$node->init(extra => [ '--locale=C.UTF-8', '--encoding=UTF8' ]);
# whatever is not flushed by its own commit is lost
$node->append_conf('postgresql.conf', "wal_writer_delay = 10s\nsynchronous_commit = off\nautovacuum = off\nbgwriter_delay = 10s");
$node->start;
sub sql { return $node->safe_psql('postgres', "SET client_min_messages = warning; $_[0]") }
sql(q{
CREATE EXTENSION cccd_gate CASCADE;
CREATE TABLE control (i int);
INSERT INTO cccd_gate.person (person, name) SELECT i, 'Người ' || i FROM generate_series(1, 1000) i;
INSERT INTO cccd_gate.identity_number (id, person) SELECT (1090000000 + i)::bigint::cccd_id, i FROM generate_series(1, 1000) i;
INSERT INTO cccd_gate.event (code, name, starts, capacity, rule, ticket_required, minimum_evidence) VALUES ('E', 'E', '2021-11-16 19:00+07', 2000, 'doses >= 0', false, 'claimed');
INSERT INTO cccd_gate.gate SELECT event, 'A' FROM cccd_gate.event;
INSERT INTO cccd_gate.case_file SELECT md5(i::text)::uuid, NULL, '2021-11-16 17:00+07', 1, 'o' FROM generate_series(1, 1000) i;
INSERT INTO cccd_gate.answer_log (recorded_at, xid, request_id, person, event, site, action, verdict, gate, role)
SELECT '2021-11-16 17:00+07', pg_current_xact_id(), md5(i::text)::uuid, i, 1, 0, 'i', 'v', 'A', 'gate' FROM generate_series(1, 1000) i;
});
$node->restart;

my ($answered, $closed, $crashes) = (0, 0, 5);
for my $crash (1 .. $crashes)
{
	my $commands = '';
	for my $i (1 .. 40)
	{
		my $person = ($crash - 1) * 40 + $i;
		$commands .= "SELECT (cccd_gate.check('E', '00' || (1090000000 + $person), 'A', gen_random_uuid(), '2021-11-16 17:00+07')).verdict;\n";
	}
	# one connection, one transaction a command, and the crash right after the
	# last answer
	$answered += () = $node->safe_psql('postgres', $commands) =~ /^admit$/mg;
	$node->stop('immediate');
	$node->start;
	# the desk, whatever its caller sets afterwards
	$commands = join '', map { "BEGIN; SELECT (cccd_gate.turn_away(md5('$_')::uuid)).reasons; SET LOCAL synchronous_commit = off; COMMIT;\n" }
	  ($crash - 1) * 20 + 1 .. $crash * 20;
	$closed += () = $node->safe_psql('postgres', $commands) =~ /^\{turned_away\}$/mg;
	$node->stop('immediate');
	$node->start;
}
is($closed, 20 * $crashes, 'the desk turned people away');
is(sql(q{SELECT count(*) FROM cccd_gate.case_file WHERE state = 'c'}), $closed, 'and so they are after the crash');
is(sql(q{SELECT count(*) FROM cccd_gate.answer_log WHERE action = 't'}), $closed, 'as the log says');
is($answered, 40 * $crashes, 'all were admitted');
is(sql('SELECT count(*) FROM cccd_gate.attendance'), $answered, 'every answered admission is there after the crash');
is(sql(q{SELECT count(*) FROM cccd_gate.decision WHERE verdict = 'admit'}), $answered, 'and its decision');

# the same without the gate loses rows: the test can fail.  When the log is
# written is up to the server, so a run may be lucky, but not all of them.
my ($written, $lost) = (0, 0);
for (1 .. 10)
{
	$node->safe_psql('postgres', join '', map { "INSERT INTO control VALUES ($_);\n" } 1 .. 40);
	$written += 40;
	$node->stop('immediate');
	$node->start;
	$lost = $written - sql('SELECT count(*) FROM control');
	last if $lost > 0;
}
cmp_ok($lost, '>', 0, 'an ordinary table of this caller lost rows');
$node->stop;
done_testing();
