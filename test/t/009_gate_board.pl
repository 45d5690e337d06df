# 32 clients go in and out at one gate, while others look at the board and check
# everybody out: at every snapshot the board, the counters, presence and the log
# say the same, and there are never more people than places.
#
# GATE_BOARD_SECONDS (5, with CCCD_FULL 30) of it.
use strict;
use warnings;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

my ($clients, $people, $places) = (32, 100, 25);
my $seconds = $ENV{GATE_BOARD_SECONDS} // ($ENV{CCCD_FULL} ? 30 : 5);
my $node = PostgreSQL::Test::Cluster->new('board');
$node->init(allows_streaming => 1, extra => [ '--locale=C.UTF-8', '--encoding=UTF8' ]);
$node->append_conf('postgresql.conf', "fsync = off\nmax_connections = 60\ndeadlock_timeout = 50ms\ncccd_gate.allow_superuser = on");
$node->start;
sub sql { return $node->safe_psql('postgres', "SET client_min_messages = warning; $_[0]") }

sql('CREATE EXTENSION cccd_gate CASCADE');
sql(qq{
INSERT INTO cccd_gate.person (person, name, birth_date, sex) SELECT i, 'Người ' || i, '1990-01-01', 'M' FROM generate_series(1, $people) i;
INSERT INTO cccd_gate.identity_number (id, person) SELECT (1090000000 + i)::bigint::cccd_id, i FROM generate_series(1, $people) i;
INSERT INTO cccd_gate.event (event, code, name, starts, capacity, rule, ticket_required, entries, claims_per_minute, refusals_per_minute)
VALUES (1, 'E', 'E', clock_timestamp(), $places, 'not isolated', false, 'again', 0, 0);
INSERT INTO cccd_gate.gate VALUES (1, 'A');
CREATE TABLE seen (inside int, counted boolean);
-- whoever calls it has a snapshot of its own, which all that it reads is of
CREATE FUNCTION watch() RETURNS void LANGUAGE plpgsql AS \$\$
DECLARE
    b record;
    p record;
BEGIN
    SELECT sum(x.inside) FILTER (WHERE scope = 'event') AS inside, sum(x.entered) FILTER (WHERE scope = 'event') AS entered, sum(x.left_count) FILTER (WHERE scope = 'event') AS left_count,
           coalesce(sum(x.entered) FILTER (WHERE scope = 'gate'), 0) AS at_gate, coalesce(sum(x.left_count) FILTER (WHERE scope = 'gate'), 0) AS left_gate,
           coalesce(sum(x.refused + x.review) FILTER (WHERE scope = 'gate'), 0) AS not_admitted
    INTO b FROM cccd_gate.board('E', 0) x;
    SELECT (SELECT count(*) FROM cccd_gate.presence WHERE state = 'i') AS inside, (SELECT count(*) FROM cccd_gate.visit) AS visits, count(*) FILTER (WHERE action = 'i' AND verdict = 'a') AS entered,
           count(*) FILTER (WHERE action = 'o' AND verdict = 'a') AS left_count, count(*) FILTER (WHERE verdict <> 'a') AS not_admitted
    INTO p FROM cccd_gate.answer_log;
    IF (b.inside = p.inside AND b.inside = b.entered - b.left_count AND b.inside <= $places AND p.visits = b.left_count
        AND (b.entered, b.at_gate) = (p.entered, p.entered) AND (b.left_count, b.left_gate) = (p.left_count, p.left_count) AND b.not_admitted = p.not_admitted) IS NOT TRUE THEN
        RAISE EXCEPTION 'the board says %, the rows %', b, p;
    END IF;
END \$\$;
});
my $folder = $node->basedir;
my $scan = q{scan => '00' || (1090000000 + :person) || '||' || 'Người ' || :person || '|01011990|Nam||10052021'};
append_to_file("$folder/pass.sql", <<"END");
\\set person random(1, $people)
SELECT cccd_gate.check_in('E', 'A', gen_random_uuid(), $scan);
\\set person random(1, $people)
SELECT cccd_gate.check_out('E', 'A', gen_random_uuid(), $scan);
END
append_to_file("$folder/watch.sql", <<'END');
BEGIN ISOLATION LEVEL REPEATABLE READ;
SELECT watch();
COMMIT;
SELECT count(*) FROM cccd_gate.board('E');
INSERT INTO seen SELECT sum(inside), EXISTS (SELECT FROM cccd_gate.board_count) FROM cccd_gate.board('E');
END
append_to_file("$folder/all.sql", "SELECT cccd_gate.check_out_all('E', at_most => 10);\n");

$node->command_checks_all(
	[ 'pgbench', '-n', '-M', 'simple', '-c', $clients, '-j', 2, '-T', $seconds, '-f', "$folder/pass.sql\@60", '-f', "$folder/watch.sql\@4", '-f', "$folder/all.sql\@1", 'postgres' ],
	0, [qr/number of failed transactions: 0 /], [qr/^((?!ERROR|abort).)*$/s], "$clients clients for $seconds s: every snapshot agrees");
note(sql('SELECT count(*), min(inside), max(inside), count(*) FILTER (WHERE counted) FROM seen'));
is(sql("SELECT count(*) > 5, max(inside) > 5, bool_or(counted) FROM seen"), 't|t|t', 'it was looked at, while people were inside, before and after answers were counted');
is(sql(q{SELECT DISTINCT action FROM cccd_gate.answer_log ORDER BY 1}), "e\ni\no", 'everything was done');
is(sql(q{SELECT count(*) > 0 FROM cccd_gate.answer_log WHERE reasons = '{full}'}), 't', 'and it was full');
# counted by hand, so that the rest of the log is, too
sql('SELECT cccd_gate.count_board(1)') for 1 .. 3;
is(sql('BEGIN ISOLATION LEVEL REPEATABLE READ; SELECT watch(); COMMIT'), '', 'afterwards it agrees');
is(sql(q{SELECT (SELECT sum(entered + left_count + refused + review) FROM cccd_gate.board_count WHERE minute = '-infinity') = (SELECT count(*) FROM cccd_gate.answer_log WHERE action <> 'e')}),
	't', 'and every answer has been counted');
is(sql(q{SELECT remaining FROM cccd_gate.check_out_all('E')}), '0', 'everybody leaves');
is(sql(q{SELECT sum(inside) || ' ' || sum(entered - left_count) FROM cccd_gate.slot}), '0 0', 'and the places are free');
# an entry is as of the moment at which it was asked for, though it may have waited for the exit
is(sql(q{SELECT count(*) FROM cccd_gate.visit v JOIN cccd_gate.visit w ON w.person = v.person AND w.ctid > v.ctid
WHERE tstzrange(v.entered, v.left_at) * tstzrange(w.entered, w.left_at) <> 'empty' AND least(v.left_at, w.left_at) - greatest(v.entered, w.entered) > interval '1 second'}),
	'0', 'nobody was there twice at a moment, but for what checks waited');

# a standby says the same, of what has been counted and what has not
sql(q{SELECT count(*) FROM generate_series(1, 5) i, cccd_gate.check_in('E', 'A', gen_random_uuid(), scan => '00' || (1090000000 + i) || '||Người ' || i || '|01011990|Nam||10052021')});
$node->backup('copy');
my $standby = PostgreSQL::Test::Cluster->new('standby');
$standby->init_from_backup($node, 'copy', has_streaming => 1);
$standby->start;
$node->wait_for_catchup($standby);
my $board = q{SELECT scope, gate, minute, inside, entered, left_count, refused, review FROM cccd_gate.board('E')};
my $there = $standby->safe_psql('postgres', $board);
like($there, qr/^event\|\|\|5\|/m, 'a standby has a board');
is($there, $node->safe_psql('postgres', $board), 'and it is the same');
$standby->stop;
is($node->safe_psql('postgres', 'SELECT sum(deadlocks) FROM pg_stat_database'), '0', 'no deadlock');
$node->stop;
done_testing();
