# Loads while others load, while the desk works and while the server is killed:
# no deadlock, nothing lost, nothing twice, the desk waits for a step at most.
#
# GATE_LOAD_SECONDS (6) for the eight loaders, GATE_LOAD_KILLS (4) kills.
use strict;
use warnings;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;
use Time::HiRes qw(sleep time);

my $seconds = $ENV{GATE_LOAD_SECONDS} // 6;
my $kills = $ENV{GATE_LOAD_KILLS} // 4;
my ($people, $lines) = (2000, 60000);
srand($ENV{GATE_LOAD_SEED} // 20211116);

my $node = PostgreSQL::Test::Cluster->new('load');
$node->init(extra => [ '--locale=C.UTF-8', '--encoding=UTF8' ]);
# the operating system does not die here, so its disk need not be waited for
$node->append_conf('postgresql.conf', "fsync = off\nlog_statement = none\ndeadlock_timeout = 100ms\nmax_connections = 40");
$node->start;

sub sql { my ($sql) = @_; return $node->safe_psql('postgres', "SET client_min_messages = warning; SET timezone = 'Asia/Ho_Chi_Minh'; $sql") }

sql(qq{CREATE EXTENSION cccd_gate CASCADE;
INSERT INTO cccd_gate.person (person, name, birth_date) SELECT i, 'Người ' || i, '1990-01-01' FROM generate_series(1, $people) i;
INSERT INTO cccd_gate.identity_number (id, person) SELECT (1090000000 + i)::bigint::cccd_id, i FROM generate_series(1, $people) i;
INSERT INTO cccd_gate.event (event, code, name, starts, capacity, rule) VALUES (1, 'E', 'E', '2021-11-16 19:00+07', 100, 'doses >= 2');
INSERT INTO cccd_gate.case_file (request_id, recorded_at, event, state) SELECT md5(i::text)::uuid, '2021-11-16 17:00+07', 1, 'o' FROM generate_series(1, $people) i;
INSERT INTO cccd_gate.answer_log (recorded_at, xid, request_id, event, person, site, action, verdict, role, reasons)
SELECT c.recorded_at, pg_current_xact_id(), c.request_id, 1, i, 0, 'i', 'v', 'postgres', '{doses_missing}'
FROM generate_series(1, $people) i JOIN cccd_gate.case_file c ON c.request_id = md5(i::text)::uuid;
INSERT INTO cccd_gate.officer VALUES ('lan', 'Lan', true);
ANALYZE});

# a file is copied, and the server dies before anybody loads it
my $delivery = '00000000-0000-0000-0000-0000000000ff';
sql("INSERT INTO cccd_gate.fact_in (delivery, id, kind, starts, dose_number) SELECT '$delivery', '001090' || lpad(i::text, 6, '0'), 'dose', '2021-06-01', 1 FROM generate_series(1, 100) i");
$node->stop('immediate');
$node->start;
is(sql('SELECT count(*) FROM cccd_gate.fact_in'), '100', 'a crash between COPY and the loader keeps the lines');
is(sql("SELECT taken, rejected, remaining FROM cccd_gate.load_facts('national', '$delivery')"), '100|0|0', 'and the loader takes them');

# eight loaders at once, four that load in one transaction and four that use the
# procedure; each load is of 30 lines about people that the others load too, with
# records that the others correct too, and of one record of its own
my $fill = q{INSERT INTO cccd_gate.fact_in (id, kind, starts, dose_number, source_record)
SELECT '001090' || lpad((1 + (:seed * 7919 + i * 104729) % 60)::text, 6, '0'), 'dose', (date '2021-01-01' + (:seed % 300)::int)::text, (1 + i % 3)::text, 'R' || (:seed + i) % 150
FROM generate_series(1, 30) i
UNION ALL SELECT '001090' || lpad((1 + :seed % 2000)::text, 6, '0'), 'recovery', '2021-02-01', NULL, 'own-' || current_setting('cccd_gate.delivery');};
my $dir = PostgreSQL::Test::Utils::tempdir;
append_to_file("$dir/transaction.sql", q{\set seed random(1, 100000)
BEGIN;
SELECT set_config('cccd_gate.delivery', gen_random_uuid()::text, true);
} . $fill . q{
SELECT cccd_gate.load_facts('national', current_setting('cccd_gate.delivery')::uuid);
COMMIT;
});
append_to_file("$dir/procedure.sql", q{\set seed random(1, 100000)
SELECT set_config('cccd_gate.delivery', gen_random_uuid()::text, false);
} . $fill . q{
CALL cccd_gate.load_all('national', current_setting('cccd_gate.delivery')::uuid);
});
my (%run, $loads);
for my $way ('transaction', 'procedure')
{
	$run{$way} = { out => '', err => '' };
	$run{$way}{handle} = IPC::Run::start([ 'pgbench', '-n', '-c', 4, '-j', 1, '-T', $seconds, '-f', "$dir/$way.sql", '-h', $node->host, '-p', $node->port, 'postgres' ],
		'<', \undef, '>', \$run{$way}{out}, '2>', \$run{$way}{err});
}
for my $way ('transaction', 'procedure')
{
	$run{$way}{handle}->finish;
	like($run{$way}{out}, qr/number of transactions actually processed: [1-9][0-9]*/, "$way: four loaders have loaded");
	unlike($run{$way}{err}, qr/ERROR/, "$way: and none has failed");
	my ($count) = $run{$way}{out} =~ /actually processed: (\d+)/;
	$loads += $count;
	diag("$way: $count loads in $seconds s");
}
is(sql(q{SELECT count(*), count(DISTINCT source_record), count(*) FILTER (WHERE superseded_at IS NULL) FROM cccd_gate.fact WHERE source_record LIKE 'own-%'}), "$loads|$loads|$loads", "of $loads loads none is lost and none doubled");
is(sql(q{SELECT count(*) FROM cccd_gate.load_delivery d WHERE d.staging = 'fact_in' AND d.finished_at IS NULL}), '0', 'every delivery is finished');
is(sql(q{SELECT count(*) FROM cccd_gate.fact_in}), '0', 'no line is left');
is(sql(q{SELECT count(*) FROM (SELECT source_record FROM cccd_gate.fact WHERE superseded_at IS NULL AND source_record IS NOT NULL GROUP BY 1 HAVING count(*) > 1) q}), '0', 'a record has one latest version');
is(sql('SELECT cccd_gate.rebuild_health()'), '0', 'the records are what the facts make of them');
is(sql(q{SELECT sum(deadlocks) FROM pg_stat_database}), '0', 'no deadlock was seen');
unlike(slurp_file($node->logfile), qr/deadlock/, 'nor logged');

# the desk beside a long load: a paper waits for a step, not for the load
my $long = '00000000-0000-0000-0000-0000000000aa';
sql("INSERT INTO cccd_gate.fact_in (delivery, id, kind, starts, result, source_record) SELECT '$long', '001090' || lpad((1 + i % $people)::text, 6, '0'), 'test', (timestamptz '2021-01-01' + i * interval '1 minute')::text, 'negative', 'L' || i FROM generate_series(1, $lines) i; ANALYZE cccd_gate.fact_in");
my $loader = $node->background_psql('postgres', on_error_stop => 0);
my $begun = time;
$loader->{stdin} .= "CALL cccd_gate.load_all('national', '$long');\n";
$loader->{run}->pump_nb;
my ($papers, $accepted, $longest) = (0, 0, 0);
while (sql("SELECT count(*) > 0 FROM cccd_gate.load_delivery d WHERE d.delivery = '$long' AND d.staging = 'fact_in' AND d.finished_at IS NOT NULL") eq 'f' && time < $begun + 120)
{
	my $start = time;
	$papers++;
	$accepted += sql("SELECT accepted::int FROM cccd_gate.accept_paper(case_id => md5('" . (1 + int rand $people) . "')::uuid, officer => 'lan', kind => 'dose', starts => '2021-10-01', dose_number => 7)");
	$longest = time - $start if time - $start > $longest;
}
my $whole = time - $begun;
$loader->quit;
cmp_ok($papers, '>=', 1, "the desk has worked beside the load ($papers papers)");
is($accepted, $papers, 'and every paper was accepted');
cmp_ok($longest, '<', $whole / 2 + 1, sprintf 'a paper waits for a step (%.2f s), not for the load (%.2f s)', $longest, $whole);

# the same load is killed, again and again, and goes on
my $killed = '00000000-0000-0000-0000-0000000000bb';
sql("INSERT INTO cccd_gate.fact_in (delivery, id, kind, starts, result, source_record) SELECT '$killed', '001090' || lpad((1 + i % $people)::text, 6, '0'), 'test', (timestamptz '2021-03-01' + i * interval '1 minute')::text, 'positive', 'K' || i FROM generate_series(1, $lines) i; ANALYZE cccd_gate.fact_in");
my $rounds = 0;
while ($rounds < $kills && sql("SELECT count(*) > 0 FROM cccd_gate.fact_in WHERE delivery = '$killed'") eq 't')
{
	$rounds++;
	my $run = IPC::Run::start([ 'psql', '-X', '-q', '-h', $node->host, '-p', $node->port, '-c', "CALL cccd_gate.load_all('national', '$killed')", 'postgres' ], '<', \undef, '>', \my $o, '2>', \my $e);
	sleep(0.2 + rand(1.5));
	$node->stop('immediate');
	$run->finish;
	$node->start;
	is(sql("SELECT (SELECT count(*) FROM cccd_gate.fact WHERE source_record LIKE 'K%') + (SELECT count(*) FROM cccd_gate.fact_in WHERE delivery = '$killed')"), $lines, "kill $rounds: a line is staged or loaded");
}
sql("CALL cccd_gate.load_all('national', '$killed')");
is(sql("SELECT count(*), count(DISTINCT source_record), count(*) FILTER (WHERE superseded_at IS NULL) FROM cccd_gate.fact WHERE source_record LIKE 'K%'"), "$lines|$lines|$lines", "after $rounds kills every line is loaded once");
is(sql("SELECT taken, rejected, finished_at IS NOT NULL FROM cccd_gate.load_delivery WHERE staging = 'fact_in' AND delivery = '$killed'"), "$lines|0|t", 'and counted once');
is(sql('SELECT cccd_gate.rebuild_health()'), '0', 'the records are what the facts make of them');

# a file with a line of too few columns: PostgreSQL logs the line, unless the role
# that loads is set up as the manual says
sql(q{CREATE ROLE loud LOGIN SUPERUSER; CREATE ROLE loader LOGIN SUPERUSER; ALTER ROLE loader SET log_error_verbosity = terse});
for my $case ([ 'loud', '001090777777', 1 ], [ 'loader', '001090888888', 0 ])
{
	my ($role, $number, $logged) = @$case;
	my $seen = -s $node->logfile;
	my ($failed, undef, $said) = $node->psql('postgres', "COPY cccd_gate.fact_in (id, kind, starts) FROM stdin;\n$number\tdose\n\\.\n", extra_params => [ '-U', $role ]);
	like($said, qr/missing data for column/, "$role: the COPY fails");
	my $log = substr(slurp_file($node->logfile), $seen);
	like($log, qr/missing data for column/, "$role: and that is logged");
	is($log =~ /$number/ ? 1 : 0, $logged, $logged ? 'by default with the line' : 'with log_error_verbosity = terse without the line');
}

# a procedure that cannot commit says so, and has done nothing
my ($ret, $out, $err) = $node->psql('postgres', "BEGIN; CALL cccd_gate.load_all('national', '$killed'); COMMIT");
like($err, qr/invalid transaction termination/, 'load_all() inside a transaction is refused');
$node->stop;
done_testing();
