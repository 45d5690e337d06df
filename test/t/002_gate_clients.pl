# 64 clients at once: on one ticket, on one request, on the last places, on a
# pool of tickets, and on one answer of a chip.  Exactly one admission each, and
# no error.
use strict;
use warnings;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Cwd qw(getcwd);
use Test::More;

my $clients = 64;
my $rounds = 25;
my $node = PostgreSQL::Test::Cluster->new('clients');
$node->init(extra => [ '--locale=C.UTF-8', '--encoding=UTF8' ]);
$node->append_conf('postgresql.conf', "max_connections = 100\ncccd_gate.allow_superuser = on");
$node->start;
sub sql { return $node->safe_psql('postgres', "SET client_min_messages = warning; $_[0]") }

sql('CREATE EXTENSION cccd_gate CASCADE');
sql(qq{
INSERT INTO cccd_gate.person (person, name, birth_date, sex) SELECT i, 'Người ' || i, '1990-01-01', 'M' FROM generate_series(1, 1000) i;
INSERT INTO cccd_gate.identity_number (id, person) SELECT (1090000000 + i)::bigint::cccd_id, i FROM generate_series(1, 1000) i;
INSERT INTO cccd_gate.fact (person, kind, disease, starts, source) SELECT i, 'dose', 'covid19', '2021-06-01', 'national' FROM generate_series(1, 1000) i;
INSERT INTO cccd_gate.event (code, name, starts, capacity, rule, ticket_required, claims_per_minute, refusals_per_minute)
SELECT k || r, k || r, '2021-11-16 19:00+07', CASE k WHEN 'PLACE' THEN 5 ELSE 1000 END, 'doses >= 1', k = 'TICKET', 0, 0
FROM generate_series(1, $rounds) r, unnest('{TICKET,REQUEST,PLACE}'::text[]) k;
INSERT INTO cccd_gate.event (code, name, starts, capacity, rule, claims_per_minute, refusals_per_minute) VALUES ('POOL', 'POOL', '2021-11-16 19:00+07', 150, 'ticket and doses >= 1', 0, 0);
INSERT INTO cccd_gate.gate SELECT event, g::text FROM cccd_gate.event, generate_series(0, $clients - 1) g;
INSERT INTO cccd_gate.ticket (event, secret_hash) SELECT event, sha256(convert_to('the ticket of ' || code, 'UTF8')) FROM cccd_gate.event WHERE code LIKE 'TICKET%';
INSERT INTO cccd_gate.ticket (event, secret_hash) SELECT event, sha256(convert_to('a ticket of the pool ' || i, 'UTF8')) FROM cccd_gate.event, generate_series(1, 200) i WHERE code = 'POOL';
ANALYZE;
});

# one script: every client makes every round
sub bench
{
	my ($name, $event, $person, $request, $ticket, $transactions, $gate, $more) = @_;
	$gate //= "':client_id'";
	$more //= '';
	# the one with a chip, or one of a thousand
	my $holder = $person eq '9012345' ? q{'Nguyễn Văn An|01011999'} : q{'Người ' || :person || '|01011990'};
	my $script = $node->basedir . "/$name.sql";
	append_to_file($script, <<"END");
\\set round :round + 1
\\set person $person
\\set ticket random(1, 200)
SELECT cccd_gate.check_in(event => $event, gate => $gate, request_id => $request, scan => '00' || (1090000000 + :person) || '||' || $holder || '|Nam||10052021', ticket => $ticket$more);
END
	$node->command_checks_all(
		[ 'pgbench', '-n', '-M', 'simple', '-c', $clients, '-j', 4, '-t', $transactions, '-D', 'round=0', '-f', $script, 'postgres' ],
		0, [qr/number of failed transactions: 0 /], [qr/^((?!ERROR|abort).)*$/s], "$clients clients: $name");
}

bench('one ticket', "'TICKET' || :round", ':client_id + 1', 'gen_random_uuid()', "'the ticket of TICKET' || :round", $rounds);
is(sql(q{SELECT count(*), count(DISTINCT event), count(DISTINCT ticket) FROM cccd_gate.presence}),
	"$rounds|$rounds|$rounds", 'each ticket admitted one');
is(sql(q{SELECT coalesce(reasons, '{}'), count(*) FROM cccd_gate.answer_log GROUP BY 1 ORDER BY 1}),
	"{}|$rounds\n{ticket_used}|" . ($clients - 1) * $rounds, 'and all others were told that it is used');

sql('TRUNCATE cccd_gate.presence, cccd_gate.case_file, cccd_gate.answer_log, cccd_gate.slot');
bench('one request', "'REQUEST' || :round", ':round', "md5('r' || :round)::uuid", 'NULL', $rounds, "'0'");
is(sql(q{SELECT count(*), count(*) FILTER (WHERE verdict = 'a') FROM cccd_gate.answer_log}), "$rounds|$rounds", 'each request was decided once');
is(sql(q{SELECT count(*) FROM cccd_gate.presence}), $rounds, 'and admitted one');

sql('TRUNCATE cccd_gate.presence, cccd_gate.case_file, cccd_gate.answer_log, cccd_gate.slot');
bench('five places', "'PLACE' || :round", ':client_id + 1', 'gen_random_uuid()', 'NULL', $rounds);
is(sql(q{SELECT DISTINCT n FROM (SELECT count(*) AS n FROM cccd_gate.presence GROUP BY event) q}), '5', 'each event filled its five places');
is(sql(q{SELECT coalesce(reasons, '{}'), count(*) FROM cccd_gate.answer_log GROUP BY 1 ORDER BY 1}),
	'{}|' . 5 * $rounds . "\n{full}|" . ($clients - 5) * $rounds, 'and all others were told that it is full');

sql('TRUNCATE cccd_gate.presence, cccd_gate.case_file, cccd_gate.answer_log, cccd_gate.slot');
bench('a pool of tickets', "'POOL'", 'random(1, 1000)', 'gen_random_uuid()', "'a ticket of the pool ' || :ticket", 40);
is(sql(q{SELECT count(*), count(DISTINCT person), count(DISTINCT ticket) FROM cccd_gate.presence}), '150|150|150', '150 places, 150 people, 150 tickets');
is(sql(q{SELECT sum(inside) || ' ' || sum(entered) FROM cccd_gate.slot JOIN cccd_gate.event USING (event) WHERE code = 'POOL'}), '150 150', 'and as many counted');
is(sql(q{SELECT count(*) FROM cccd_gate.answer_log d WHERE verdict = 'a' AND NOT EXISTS (SELECT FROM cccd_gate.presence a WHERE a.event = d.event AND a.person = d.person AND a.ticket = d.ticket AND a.state = 'i')}),
	'0', 'each admission has its row in presence');

# each round one challenge, one genuine answer to it, and everybody has both
my $chip = getcwd . '/test/data/gate_chip';
sql('TRUNCATE cccd_gate.presence, cccd_gate.case_file, cccd_gate.answer_log, cccd_gate.slot');
sql(qq{
SELECT cccd_gate.load_trust('chip', cccd_trust_from_certificate(pg_read_binary_file('$chip/state.csca')));
INSERT INTO cccd_gate.person (person, name, birth_date, sex) VALUES (-1, 'Nguyễn Văn An', '1999-01-01', 'M');
INSERT INTO cccd_gate.identity_number (id, person) VALUES ('001099012345', -1);
INSERT INTO cccd_gate.event (code, name, starts, capacity, rule, ticket_required, minimum_evidence, claims_per_minute, refusals_per_minute)
SELECT 'CHIP' || r, 'CHIP', '2021-11-16 19:00+07', 1000, 'doses >= 0', false, 'genuine', 0, 0 FROM generate_series(1, $rounds) r;
INSERT INTO cccd_gate.gate SELECT event, '0' FROM cccd_gate.event WHERE code LIKE 'CHIP%';
INSERT INTO cccd_gate.challenge SELECT md5(code)::uuid, event, '0', pg_read_binary_file('$chip/gate.challenge'), clock_timestamp() + interval '1 hour'
FROM cccd_gate.event WHERE code LIKE 'CHIP%'});
bench('one answer of a chip', "'CHIP' || :round", '9012345', 'gen_random_uuid()', 'NULL', $rounds, "'0'",
	", chip => ROW(pg_read_binary_file('$chip/an.sod'), ARRAY[pg_read_binary_file('$chip/an.dg1'), pg_read_binary_file('$chip/an.dg13'), pg_read_binary_file('$chip/an.dg15')],"
	  . " md5('CHIP' || :round)::uuid, pg_read_binary_file('$chip/an.response'))::cccd_gate.chip");
is(sql(q{SELECT count(*) FROM cccd_gate.presence}), $rounds, 'each answer admitted one');
is(sql(q{SELECT active, count(*) FROM cccd_gate.chip_reading GROUP BY 1 ORDER BY 1}), 'not_performed|' . ($clients - 1) * $rounds . "\nok|$rounds", 'and was looked at once');
is(sql(q{SELECT count(*) FROM cccd_gate.answer_log WHERE reasons @> '{challenge_used}'}), ($clients - 1) * $rounds, 'and all others were told that it was used');
$node->stop;
done_testing();
