# Many gates and desks at once (gate_clients.c), and whether what they were told
# is what the tables say.
package GateClients;
use strict;
use warnings;
use Exporter qw(import);
use PostgreSQL::Test::Utils;
use Test::More;

our @EXPORT = qw(compile_clients prepare_clients start_clients stop_clients collect_answers tables_agree);

my $program;
my @running;

# Compile the program.
sub compile_clients
{
	$program = PostgreSQL::Test::Utils::tempdir . '/gate_clients';
	my @libpq = split ' ', $ENV{LIBPQ};
	system($ENV{CC} || 'cc', '-std=gnu99', '-O1', '-Wall', '-Werror', '-o', $program, 'test/t/gate_clients.c', @libpq) == 0
	  or BAIL_OUT('gate_clients.c does not compile');
	return;
}

# The events of the clients: E with tickets, R whose rule wants a paper, F where
# people come again, P with few places that are free.
sub prepare_clients
{
	my ($node, $db, $people) = @_;
	$node->safe_psql('postgres', "CREATE DATABASE $db");
	$node->safe_psql($db, qq{
SET client_min_messages = warning; SET synchronous_commit = on;
CREATE EXTENSION cccd_gate CASCADE;
CREATE TABLE ack (kind text, event text, request uuid, person bigint, ticket int, verdict text, reason text);
INSERT INTO cccd_gate.person (person, name, birth_date, sex) SELECT i, 'Người ' || i, '1990-01-01', 'M' FROM generate_series(1, $people) i;
INSERT INTO cccd_gate.identity_number (id, person) SELECT (1090000000 + i)::bigint::cccd_id, i FROM generate_series(1, $people) i;
INSERT INTO cccd_gate.document (person, kind, number, issued) SELECT i, 'chip', '00' || 1090000000 + i, '2021-05-10' FROM generate_series(1, $people) i;
INSERT INTO cccd_gate.event (code, name, starts, capacity, rule, entries, ticket_required, claims_per_minute, refusals_per_minute)
VALUES ('E', 'E', clock_timestamp(), $people, 'ticket', 'once', true, 0, 0), ('R', 'R', clock_timestamp(), $people, 'doses >= 1', 'once', false, 0, 0),
       ('F', 'F', clock_timestamp(), $people, 'doses >= 0', 'again', false, 0, 0), ('P', 'P', clock_timestamp(), 20, 'doses >= 0', 'free', false, 0, 0);
INSERT INTO cccd_gate.gate (event, gate, from_zone, to_zone) SELECT event, v.* FROM cccd_gate.event, (VALUES ('A', NULL, 'hall'), ('B', 'hall', 'stand')) v;
INSERT INTO cccd_gate.ticket (event, number, secret_hash) SELECT event, i, sha256(convert_to('ticket number ' || lpad(i::text, 8, '0'), 'UTF8'))
FROM cccd_gate.event, generate_series(1, $people) i WHERE code = 'E';
ANALYZE;
CHECKPOINT});
	return;
}

# Start clients in a mode of the program; returns what stop_clients() takes.
sub start_clients
{
	my ($node, $db, $mode, $clients, $people) = @_;
	my $folder = PostgreSQL::Test::Utils::tempdir;
	local $ENV{PGHOST} = $node->host;
	local $ENV{PGPORT} = $node->port;
	local $ENV{PGDATABASE} = $db;
	my $pid = fork() // die 'fork';
	exec($program, $mode, $clients, $people, $folder) if $pid == 0;
	my $run = { pid => $pid, folder => $folder, node => $node, db => $db };
	push @running, $run;
	return $run;
}

sub stop_clients
{
	my ($run) = @_;
	append_to_file("$run->{folder}/stop", '');
	waitpid($run->{pid}, 0);
	@running = grep { $_ != $run } @running;
	return;
}

# Nor do they go on when a test has died.
END
{
	my $status = $?;
	stop_clients($_) for @running;
	$? = $status;
}

# What they were told, compared with the tables: answers, admissions, answers
# that are not in the log, tickets and people of E, and people of R, admitted
# once more than annulled, and answers of the log that nobody got.
my $questions = q{
WITH logged AS MATERIALIZED (SELECT l.request_id, l.verdict AS given, coalesce(l.reasons[1], '') AS given_reason FROM cccd_gate.case_file f JOIN cccd_gate.answer_log l ON l.recorded_at = f.recorded_at AND l.request_id = f.request_id),
     papers AS MATERIALIZED (SELECT DISTINCT person FROM cccd_gate.paper),
     admitted AS MATERIALIZED (SELECT DISTINCT event, person, ticket, request FROM ack WHERE verdict = 'admit' AND kind IN ('in', 'recheck') AND event IN ('E', 'R')),
     annulled AS MATERIALIZED (SELECT e.code, l.person, t.number::int AS ticket FROM cccd_gate.answer_log l JOIN cccd_gate.event e USING (event) LEFT JOIN cccd_gate.ticket t USING (ticket) WHERE l.action = 'n'),
     by_ticket AS (SELECT ticket, sum(n) AS n FROM (SELECT ticket, 1 AS n FROM admitted WHERE event = 'E' UNION ALL SELECT ticket, -1 FROM annulled WHERE code = 'E' AND ticket IS NOT NULL) q GROUP BY 1),
     by_person AS (SELECT event, person, sum(n) AS n FROM (SELECT event, person, 1 AS n FROM admitted UNION ALL SELECT code, person, -1 FROM annulled) q GROUP BY 1, 2)
SELECT count(*) FILTER (WHERE kind NOT IN ('fill', 'load', 'cancel', 'reissue')),
       count(*) FILTER (WHERE verdict = 'admit' AND kind IN ('in', 'recheck')),
       count(*) FILTER (WHERE CASE
           WHEN kind IN ('in', 'out', 'move', 'recheck') OR kind = 'annul' AND reason = '' OR kind = 'turn_away' AND reason = 'turned_away'
           THEN (l.given, l.given_reason) IS DISTINCT FROM ((CASE ack.verdict WHEN 'review' THEN 'v' ELSE left(ack.verdict, 1) END)::"char", ack.reason)
           WHEN kind = 'paper' AND ack.verdict = 'true' THEN p.person IS NULL END),
       (SELECT count(*) FROM by_ticket WHERE n > 1),
       (SELECT count(*) FROM by_person WHERE n > 1),
       (SELECT count(*) FROM cccd_gate.answer_log l WHERE NOT EXISTS (SELECT FROM ack WHERE request = l.request_id))
FROM ack LEFT JOIN logged l ON l.request_id = ack.request LEFT JOIN papers p ON p.person = ack.person};

sub collect_answers
{
	my ($run) = @_;
	my $answers = join '', map { slurp_file($_) } grep { m{/\d+$} } glob("$run->{folder}/*");
	# the last line of a client that was stopped may be half of one
	$answers =~ s/[^\n]*\z//;
	open my $file, '>', "$run->{folder}/all.tsv" or die $!;
	print $file $answers;
	close $file;
	my %result;
	@result{qw(answers admitted lost tickets_twice people_twice unheard)} = split /\|/, $run->{node}->safe_psql($run->{db}, qq{
SET client_min_messages = warning; SET synchronous_commit = on;
TRUNCATE ack;
\\copy ack FROM '$run->{folder}/all.tsv' NULL 'none'
ANALYZE ack; ANALYZE cccd_gate.case_file; ANALYZE cccd_gate.answer_log;
$questions});
	$result{errors} = -e "$run->{folder}/errors" ? slurp_file("$run->{folder}/errors") : '';
	return \%result;
}

# What holds of the tables whatever was done.  A visit that ended at gate A is
# an exit; one that ended at gate B was a move.
sub tables_agree
{
	my ($node, $db, $when) = @_;
	my %rules = (
		'the counters are those of presence and visit' => q{
SELECT string_agg(concat_ws(' ', e.code, s.inside, p.inside, s.left_count, v.left, s.entered), ', ')
FROM cccd_gate.event e
CROSS JOIN LATERAL (SELECT coalesce(sum(s.inside), 0) AS inside, coalesce(sum(s.entered), 0) AS entered, coalesce(sum(s.left_count), 0) AS left_count FROM cccd_gate.slot s WHERE s.event = e.event) s
CROSS JOIN LATERAL (SELECT count(*) AS inside FROM cccd_gate.presence p WHERE p.event = e.event AND p.state = 'i') p
CROSS JOIN LATERAL (SELECT count(*) AS left FROM cccd_gate.visit v WHERE v.event = e.event AND v.gate_out = 'A') v
WHERE (s.inside, s.left_count, s.entered) <> (p.inside, v.left, p.inside + v.left) OR s.inside > e.capacity},
		'entries are counted as often as people came' => q{
SELECT string_agg(e.code, ' ') FROM cccd_gate.event e
WHERE e.entries <> 'free' AND (SELECT coalesce(sum(p.entries), 0) FROM cccd_gate.presence p WHERE p.event = e.event) <> (SELECT coalesce(sum(s.entered), 0) FROM cccd_gate.slot s WHERE s.event = e.event)},
		'each request has its answer, and each answer its request' => q{
SELECT count(*) FROM cccd_gate.case_file f FULL JOIN cccd_gate.answer_log l ON l.request_id = f.request_id AND l.recorded_at = f.recorded_at
WHERE f.request_id IS NULL OR l.request_id IS NULL OR f.case_id IS DISTINCT FROM l.case_id OR f.event IS DISTINCT FROM l.event},
		'a case is what its answers made of it' => q{
SELECT count(*) FROM cccd_gate.case_file f
JOIN (SELECT coalesce(g.case_id, g.request_id) AS request_id, bool_or(l.verdict = 'a' AND l.action IN ('i', 'r')) AS admitted, bool_or(l.action IN ('n', 't')) AS closed, bool_or(l.verdict = 'a' AND l.action IN ('o', 'm')) AS gone
      FROM cccd_gate.case_file g JOIN cccd_gate.answer_log l ON l.request_id = g.request_id AND l.recorded_at = g.recorded_at GROUP BY 1) a USING (request_id)
WHERE f.case_id IS NULL AND f.state <> CASE WHEN a.closed OR a.gone THEN 'c' WHEN a.admitted THEN 'a' ELSE 'o' END},
		'nobody is inside whom no answer let in' => q{
SELECT count(*) FROM cccd_gate.presence p
WHERE p.state <> 'a' AND NOT EXISTS (SELECT FROM cccd_gate.answer_log l WHERE l.event = p.event AND l.person = p.person AND l.verdict = 'a' AND l.action IN ('i', 'r'))},
		'no ticket is used that was cancelled' => q{
SELECT count(*) FROM cccd_gate.presence p JOIN cccd_gate.ticket t USING (ticket) WHERE p.state <> 'a' AND t.cancelled});
	for my $rule (sort keys %rules)
	{
		my $expected = $rules{$rule} =~ /^\s*SELECT count/ ? '0' : '';
		is($node->safe_psql($db, $rules{$rule}), $expected, "$when: $rule");
	}
	is($node->safe_psql($db, 'SET client_min_messages = warning; SELECT cccd_gate.rebuild_health()'), '0', "$when: records are what the facts make of them");
	return;
}

1;
