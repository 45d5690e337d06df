# A dump keeps everything but what is recomputed: dump, restore, compare, and go
# on with the evening in the restored database.
use strict;
use warnings;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Cwd qw(getcwd);
use Test::More;

my $node = PostgreSQL::Test::Cluster->new('dump');
$node->init(extra => [ '--locale=C.UTF-8', '--encoding=UTF8' ]);
$node->start;

sub run_sql
{
	my ($db, $sql) = @_;
	return $node->safe_psql($db,
		"SET client_min_messages = warning; SET timezone = 'Asia/Ho_Chi_Minh'; SET cccd_gate.allow_superuser = on; $sql");
}

$node->safe_psql('postgres', "CREATE DATABASE evening");
run_sql('evening', q{CREATE EXTENSION cccd_gate CASCADE});
run_sql(
	'evening', q{
INSERT INTO cccd_gate.person_in (id, old_id, name, birth_date, sex, cancelled_ids)
SELECT '00109' || i % 10 || lpad(i::text, 6, '0'), CASE WHEN i % 7 = 0 THEN lpad(i::text, 9, '5') END,
       'Người Thứ ' || chr(64 + i % 26), '199' || i % 10 || '-01-01', 'M',
       CASE WHEN i % 50 = 0 THEN '00109' || i % 10 || lpad(i::text, 6, '9') END
FROM generate_series(1, 300) i;
SELECT cccd_gate.load_people('national', NULL);
INSERT INTO cccd_gate.document_in (id, issued, status) SELECT id, '2021-05-10', CASE WHEN id::text LIKE '%77' THEN 'lost' ELSE 'valid' END FROM cccd_gate.identity_number WHERE status = 'current';
SELECT cccd_gate.load_documents('national', NULL);
INSERT INTO cccd_gate.fact_in (id, kind, starts, detail, dose_number, source_record) SELECT id::text, 'dose', '2021-06-01', 'EU/1/20/1528', 1, 'D1' || id FROM cccd_gate.identity_number WHERE status = 'current'
UNION ALL SELECT id::text, 'dose', '2021-09-01', 'EU/1/20/1528', 2, 'D2' || id FROM cccd_gate.identity_number WHERE status = 'current' AND id::text NOT LIKE '%3'
UNION ALL SELECT 'wrong', 'dose', '2021-09-01', NULL, NULL, NULL;
INSERT INTO cccd_gate.fact_in (id, kind, starts, detail, result) SELECT id, 'test', date '2021-11-16' - i, CASE WHEN i % 2 = 0 THEN 'pcr' END, 'negative' FROM cccd_gate.identity_number, generate_series(1, 15) i WHERE status = 'current' AND id::text LIKE '%5';
INSERT INTO cccd_gate.fact_in (id, kind, starts, ends) SELECT id, 'recovery', '2021-08-01', '2022-02-01' FROM cccd_gate.identity_number WHERE status = 'current' AND id::text LIKE '%6'
UNION ALL SELECT id, 'isolation', '2021-11-10', '2021-11-24' FROM cccd_gate.identity_number WHERE status = 'current' AND id::text LIKE '%8';
INSERT INTO cccd_gate.fact_in (id, kind, starts) SELECT id, 'exposure', '2021-11-10' FROM cccd_gate.identity_number WHERE status = 'current' AND id::text LIKE '%9'
UNION ALL SELECT id, 'contraindication', '2021-01-10' FROM cccd_gate.identity_number WHERE status = 'current' AND id::text LIKE '%1';
SELECT cccd_gate.load_facts('national');
-- what the register and the insurance answered
INSERT INTO cccd_gate.answer_in (id, name, birth_date, sex, service, outcome, asked_at, expires_at)
SELECT n.id, p.name, p.birth_date, p.sex, s, 'confirmed', '2021-11-16 08:00', '2035-12-31' FROM cccd_gate.identity_number n JOIN cccd_gate.person p USING (person), unnest('{identity,insurance}'::text[]) s WHERE n.status = 'current' AND n.id::text LIKE '%4';
SELECT cccd_gate.load_answers('national');
-- versions: corrected, taken back
INSERT INTO cccd_gate.fact_in (id, kind, starts, dose_number, source_record, withdrawn) SELECT id, 'dose', '2021-06-02', 1, 'D1' || id, CASE WHEN id::text LIKE '%40' THEN 'yes' END FROM cccd_gate.identity_number WHERE status = 'current' AND id::text LIKE '%0';
SELECT cccd_gate.load_facts('national');
SELECT cccd_gate.save_recipient('moh', 'Bộ Y tế', 'giám sát', 'quyết định', '{dose}');
SELECT count(*) FROM cccd_gate.export_facts('moh');
INSERT INTO cccd_gate.fact_gone (fact, kind, disease) VALUES (0, 'dose', 'covid19');
INSERT INTO cccd_gate.fact_evidence (fact, scope, item) SELECT min(fact), 'uci', '\x01' FROM cccd_gate.fact;
-- a record of another site; staged, not loaded yet
INSERT INTO cccd_gate.health (person, origin, record) SELECT person, 7, 'isolation 2021-11-01' FROM cccd_gate.identity_number WHERE id::text LIKE '%7' AND status = 'current';
INSERT INTO cccd_gate.fact_in (delivery, id) VALUES ('00000000-0000-0000-0000-000000000001', 'not loaded yet');
INSERT INTO cccd_gate.rule_book (code, authority, citation, activity, valid, rule) VALUES ('own', 'club', 'house rules', 'football', '[2021-01-01,)', 'doses >= 2');
UPDATE cccd_gate.reason SET vi = 'Hết chỗ', ask_vi = 'Về nhà' WHERE code = 'full';
INSERT INTO cccd_gate.officer VALUES ('lan', 'Nguyễn Thị Lan', true);
INSERT INTO cccd_gate.person_change (kind, person, other, role, officer) VALUES ('merge', 1, 2, 'desk', 'lan');
INSERT INTO cccd_gate.unit_in (code, name, parent, starts) VALUES ('00004', 'Hồng Hà', '01', '2025-07-01');
SELECT cccd_gate.load_units();
INSERT INTO cccd_gate.unit_level VALUES (1, 2, '[2021-10-11,)');
INSERT INTO cccd_gate.level_notice (announced_at, unit, level, starts, short, role) VALUES ('2021-10-09', 1, 2, '2021-10-11', false, 'boss');
INSERT INTO cccd_gate.activity VALUES ('chess', '{sport,indoor}', 'cờ vua', 'chess');
INSERT INTO cccd_gate.event (code, name, activity, starts, judged_at, capacity, rule_code, rule, refusals_per_minute) VALUES ('E', 'Trận', 'football', clock_timestamp(), '2021-11-16 19:00+07', 280, 'own', 'ticket and doses >= 2 and not isolated', 0);
UPDATE cccd_gate.event SET rule = 'ticket and doses >= 2';
INSERT INTO cccd_gate.gate SELECT event, 'A', 'Cửa A' FROM cccd_gate.event;
INSERT INTO cccd_gate.ticket_in (event, number, secret) SELECT 'E', i::text, 'secret ' || lpad(i::text, 20, '0') FROM generate_series(1, 300) i;
SELECT cccd_gate.load_tickets('list');
CREATE VIEW scan AS SELECT p.person, p.person AS i, cccd_card_qr(n.id, NULL, p.name, p.birth_date, p.sex, NULL, '2021-05-10') AS scan FROM cccd_gate.person p JOIN cccd_gate.identity_number n USING (person) WHERE n.status = 'current';
CREATE FUNCTION request(i bigint, what text DEFAULT 'in') RETURNS uuid LANGUAGE sql IMMUTABLE AS $$ SELECT md5(what || i)::uuid $$;
CREATE TABLE answer AS SELECT i, a.* FROM scan, LATERAL cccd_gate.check_in('E', 'A', request(i), scan => scan, ticket => 'secret ' || lpad(i::text, 20, '0')) a;
SELECT cccd_gate.accept_paper(request(i), 'dose', '2021-09-02', dose_number => 2, document_number => 'D' || i) FROM answer WHERE reasons = '{doses_missing}' AND i < 100;
CREATE TABLE again AS SELECT i, a.* FROM answer, LATERAL cccd_gate.recheck(request(i), request(i, 'again')) a WHERE answer.reasons = '{doses_missing}' AND i < 100;
SELECT cccd_gate.turn_away(request(i), 'no paper') FROM answer WHERE reasons = '{doses_missing}' AND i >= 100;
-- some have left, and one entry led nobody in
SELECT cccd_gate.check_out('E', 'A', request(i, 'out'), scan => scan) FROM answer JOIN scan USING (i) WHERE verdict = 'admit' AND i <= 10;
SELECT cccd_gate.annul(request(i), request(i, 'annul')) FROM answer WHERE verdict = 'admit' AND i > 10 ORDER BY i LIMIT 1;
INSERT INTO cccd_gate.person_in (id, name) VALUES ('001090999999', 'Chưa Tải');
-- the door: the log of this month has a partition of its own
SELECT cccd_gate.extend_log(0);
INSERT INTO cccd_gate.case_file SELECT md5('case ' || i)::uuid, NULL, CASE WHEN i % 2 = 0 THEN clock_timestamp() ELSE timestamptz '2021-11-16 17:00+07' END, 1, 'o' FROM generate_series(1, 20) i;
INSERT INTO cccd_gate.answer_log (recorded_at, xid, request_id, event, person, site, action, verdict, role, reasons, note_hash)
SELECT c.recorded_at, pg_current_xact_id(), c.request_id, 1, 1, 0, 'i', 'v', 'gate', '{doses_missing}', '\x01' FROM generate_series(1, 20) i JOIN cccd_gate.case_file c ON c.request_id = md5('case ' || i)::uuid;
INSERT INTO cccd_gate.note SELECT request_id, 'ghi chú' FROM cccd_gate.case_file LIMIT 1;
INSERT INTO cccd_gate.event_evidence VALUES (1, 'old_id', 'paper');
SELECT cccd_gate.declare('E', 'A', request(i, 'declare'), scan, '{"symptoms": false, "places": []}') FROM scan WHERE i <= 5;
INSERT INTO cccd_gate.paper (case_id, person, kind, role) SELECT request_id, 1, 'identity', 'gate' FROM cccd_gate.case_file LIMIT 1;
INSERT INTO cccd_gate.duty (role, profile, officers) VALUES ('gate', 'gate', '{lan}');
INSERT INTO cccd_gate.ticket_change (ticket, kind, role) SELECT min(ticket), 'reissue', 'organiser' FROM cccd_gate.ticket;
INSERT INTO cccd_gate.ownership (owner) VALUES ('gate_owner');
INSERT INTO cccd_gate.visit (event, person, entered, left_at) SELECT 1, i, '2021-11-14 17:00+07', '2021-11-14 19:00+07' FROM generate_series(50, 52) i;
SELECT cccd_gate.record_exposures(md5('case')::uuid, 50, '2021-11-14', '2021-11-15', '1 hour', 'a case');
-- forms that a dump cannot qualify with a schema
CREATE VIEW hard AS SELECT id FROM cccd_gate.identity_number WHERE id IS DISTINCT FROM '001090000001' AND nullif(id, '001090000002') IS NOT NULL;
CREATE VIEW hard2 AS SELECT * FROM cccd_gate.identity_number JOIN (SELECT id FROM cccd_gate.identity_number) x USING (id) JOIN cccd_gate.health USING (person);
});

# two people who are one, one who was split off again, what was corrected and taken
# back meanwhile, and a passport that a weaker source gave to somebody else
run_sql('evening', q{
INSERT INTO cccd_gate.person_in (id, passport, name, birth_date) VALUES ('001090000903', 'Q1234567', 'Khách Ba', '1/1/1990');
SELECT cccd_gate.load_people('guest_list');
INSERT INTO cccd_gate.person_in (id, passport, name, birth_date, died_on) VALUES ('001090000901', NULL, 'Hai Tên', '1/1/1990', NULL), ('001090000902', 'Q1234567', 'Hai Tên', '1/1/1990', '1/11/2021'), ('001090000904', NULL, 'Tách Ra', '1/1/1990', NULL);
SELECT cccd_gate.load_people('national');
INSERT INTO cccd_gate.fact_in (id, kind, starts, dose_number, source_record) SELECT '00109000090' || i, 'dose', i || '/6/2021', NULL, 'M' || i || d FROM unnest('{1,2,4}'::int[]) i, generate_series(1, 2) d;
SELECT cccd_gate.load_facts('agency');
CREATE VIEW twin AS SELECT p.person, right(n.id::text, 1)::int AS i FROM cccd_gate.person p JOIN cccd_gate.identity_number n ON n.person = coalesce(p.merged_into, p.person) AND n.id::text LIKE '0010900009__' AND coalesce(n.merged_from, n.person) = p.person;
INSERT INTO cccd_gate.ticket (event, number, person, cancelled) SELECT e.event, 'twin ' || t.i, t.person, t.i = 1 FROM cccd_gate.event e, twin t WHERE t.i IN (1, 2, 4);
SELECT cccd_gate.merge_people((SELECT person FROM twin WHERE i = 1), (SELECT person FROM twin WHERE i = 2), 'a note', 'lan');
SELECT cccd_gate.merge_people((SELECT person FROM twin WHERE i = 1), (SELECT person FROM twin WHERE i = 4), NULL, 'lan');
INSERT INTO cccd_gate.fact_in (id, kind, starts, source_record, withdrawn) VALUES ('001090000902', 'dose', '8/6/2021', 'M21', NULL), (NULL, NULL, NULL, 'M22', 'yes'), ('001090000902', 'dose', '1/10/2021', 'new', NULL), (NULL, NULL, NULL, 'M42', 'yes');
SELECT cccd_gate.load_facts('agency');
SELECT cccd_gate.split_person((SELECT person FROM twin WHERE i = 4), NULL, 'lan')});

# a chip that was read under a trust value, and a challenge that nobody answered
my $chip = getcwd . '/test/data/gate_chip';
my $read_chip = qq{SELECT cccd_gate.check_in('E', 'A', gen_random_uuid(), chip => ROW(pg_read_binary_file('$chip/an.sod'),
	ARRAY[pg_read_binary_file('$chip/an.dg1'), pg_read_binary_file('$chip/an.dg13')], NULL, NULL)::cccd_gate.chip)};
run_sql('evening', qq{
SELECT cccd_gate.load_trust('chip', cccd_trust_from_certificate(pg_read_binary_file('$chip/state.csca')));
$read_chip;
SELECT cccd_gate.challenge('E', 'A');
INSERT INTO cccd_gate.word (kind, word, name) VALUES ('product', 'vac xin so 7', 'AstraZeneca');
INSERT INTO cccd_gate.value_set (set_id, code, kind, name) VALUES ('vaccines-covid-19-names', 'EU/1/99/9999', 'product', '#999');
SELECT cccd_gate.check_in('E', 'A', gen_random_uuid(), scan => 'HC1:damaged')});

# every table as one value
my @tables = split /\n/, run_sql('evening',
	q{SELECT relname FROM pg_class WHERE relnamespace = 'cccd_gate'::regnamespace AND relkind = 'r' AND relname NOT IN ('secret', 'challenge', 'board_count', 'board_mark') ORDER BY 1});
cmp_ok(scalar @tables, ">=", 28, 'there are tables to compare');

sub contents
{
	my ($db) = @_;
	return map {
		$_ => run_sql($db, "SELECT count(*) || ' ' || coalesce(md5(string_agg(t::text, E'\\n' ORDER BY t::text)), '') FROM cccd_gate.$_ t")
	} @tables;
}
my %before = contents('evening');
my $answers = run_sql('evening', 'SELECT count(*) FROM answer');
my $rechecks = run_sql('evening', q{SELECT count(*) FROM again WHERE verdict = 'admit'});
cmp_ok($rechecks, '>', 5, 'papers have let people in');
$rechecks = run_sql('evening', 'SELECT count(*) FROM again');
for my $table (grep { !/_in$/ } @tables)
{
	unlike($before{$table}, qr/^0 /, "$table has rows to lose");
}

# the board, of which nothing is carried over but the log
my $board = q{SELECT scope, gate, minute, inside, entered, left_count, annulled, refused, review FROM cccd_gate.board('E', 1440)};
run_sql('evening', 'SELECT cccd_gate.count_board(1)') for 1 .. 3;
my $shown = run_sql('evening', $board);
like($shown, qr/^event\|.*^gate\|A\|/ms, 'there is a board');

my $file = $node->basedir . '/evening.sql';
my $archive = $node->basedir . '/evening.dump';
$node->command_ok([ 'pg_dump', '-f', $file, 'evening' ], 'dump as text');
$node->command_ok([ 'pg_dump', '-Fc', '-f', $archive, 'evening' ], 'dump as archive');
$node->safe_psql('postgres', "CREATE DATABASE from_text; CREATE DATABASE from_archive");
$node->command_ok([ 'psql', '-X', '-q', '-v', 'ON_ERROR_STOP=1', '-d', 'from_text', '-f', $file ], 'restore the text');
$node->command_ok([ 'pg_restore', '--exit-on-error', '-d', 'from_archive', $archive ], 'restore the archive');

# what those people are, and are once the other one is split off as well
my $twins = q{SELECT string_agg(concat_ws('|', t.i, p.merged_into IS NULL, p.died_on, h.record,
	(SELECT string_agg(concat_ws(' ', f.source_record, f.starts, f.withdrawn, f.superseded_at IS NULL, f.merged_from IS NULL), ', ' ORDER BY f.fact) FROM cccd_gate.fact f WHERE f.person = t.person),
	(SELECT string_agg(concat_ws(' ', k.number, k.cancelled), ', ' ORDER BY k.number) FROM cccd_gate.ticket k WHERE k.person = t.person)), E'\n' ORDER BY t.i)
	FROM twin t JOIN cccd_gate.person p USING (person) LEFT JOIN cccd_gate.health h USING (person)};
my $split = q{SELECT cccd_gate.split_person((SELECT person FROM twin WHERE i = 2), NULL, 'lan')};
my $as_merged = run_sql('evening', $twins);
like($as_merged, qr/^1\|t\|2021-11-01\|.*new.*twin 2 f$/m, 'who was kept has the facts, the death and the valid ticket of both');
run_sql('evening', $split);
my $as_split = run_sql('evening', $twins);
like($as_split, qr/^2\|t\|2021-11-01\|dose 2021-06-08.*M22.*twin 2 f$/m, 'the other has their own back, as corrected');
like($as_split, qr/^1\|t\|dose 2021-06-01.*new.*twin 1 t$/m, 'and so has who was kept');

for my $db ('from_text', 'from_archive')
{
	my %after = contents($db);
	for my $table (@tables)
	{
		is($after{$table}, $before{$table}, "$db: $table is the same");
	}
	is(run_sql($db, 'SELECT cccd_gate.rebuild_health()'), '0', "$db: restoring has made the health records");
	is(run_sql($db, $twins), $as_merged, "$db: merged and split people are as they were");
	run_sql($db, $split);
	is(run_sql($db, $twins), $as_split, "$db: and are split as they would have been");
	is(run_sql($db, q{SELECT count(*) FILTER (WHERE CASE WHEN c.state = 'c' THEN a.reasons = '{decision_closed}' ELSE to_jsonb(a) - 'inside' = to_jsonb(n) - '{i,inside}'::text[] END) || '|' || count(*)
		FROM scan JOIN answer n USING (i) JOIN cccd_gate.case_file c ON c.request_id = request(i),
		LATERAL cccd_gate.check_in('E', 'A', request(i), scan => scan, ticket => 'secret ' || lpad(i::text, 20, '0')) a}),
		"$answers|$answers", "$db: repeated requests get their old answers, or hear that the case is closed");
	is(run_sql($db, q{SELECT count(*) FILTER (WHERE to_jsonb(a) - 'inside' = to_jsonb(n) - '{i,inside}'::text[]) || '|' || count(*) FROM again n,
		LATERAL cccd_gate.recheck(request(i), request(i, 'again')) a}), "$rechecks|$rechecks", "$db: and so do cases that were judged again");
	is(run_sql($db, q{SELECT string_agg(DISTINCT concat(p.state, ' ', a.verdict, a.reasons), ', ' ORDER BY concat(p.state, ' ', a.verdict, a.reasons))
		FROM answer n JOIN scan USING (i) JOIN cccd_gate.presence p ON p.person = scan.person,
		LATERAL cccd_gate.preview('E', 'A', scan => scan, ticket => 'secret ' || lpad(i::text, 20, '0')) a
		WHERE n.verdict = 'admit'}), 'a admit{}, i refuse{already_inside}, l refuse{already_left}', "$db: who was inside still is, who left has left");
	is(run_sql($db, q{SELECT sum(s.inside) = (SELECT count(*) FROM cccd_gate.presence WHERE state = 'i'), sum(s.size) = 280 FROM cccd_gate.slot s}),
		't|t', "$db: places are counted on");
	is(run_sql($db, q{INSERT INTO cccd_gate.person (name) VALUES ('Người Mới') RETURNING person > (SELECT max(i) FROM answer)}),
		't', "$db: keys go on");
	# as from another server, whose transaction ids are ahead
	is(run_sql($db, 'SELECT count(*) FROM cccd_gate.board_mark'), '0', "$db: what the board has counted is not carried over");
	run_sql($db, 'UPDATE cccd_gate.answer_log SET xid = (xid::text::bigint + 1000000000000)::text::xid8; SELECT pg_sleep(2.1)');
	is(run_sql($db, $board), $shown, "$db: the board is the same");
	run_sql($db, 'SELECT cccd_gate.count_board(1)') for 1 .. 3;
	is(run_sql($db, $board), $shown, "$db: and is when it has counted again");
	run_sql($db, $read_chip);
	is(run_sql($db, q{SELECT count(*), count(DISTINCT sod_digest), count(DISTINCT trust_digest), bool_and(trusted) FROM cccd_gate.chip_reading}),
		'2|1|1|t', "$db: a chip is judged as before, under the same trust value");
	is(run_sql($db, 'SELECT count(*) FROM cccd_gate.challenge'), '0', "$db: challenges are not carried over");
	is(run_sql($db, q{SELECT count(*) FROM hard JOIN hard2 USING (id)}), run_sql('evening', q{SELECT count(*) FROM hard JOIN hard2 USING (id)}),
		"$db: views with JOIN USING, IS DISTINCT FROM and NULLIF work");
}
isnt(run_sql('evening', 'SELECT key FROM cccd_gate.secret'), run_sql('from_text', 'SELECT key FROM cccd_gate.secret'),
	'the key of the document hashes is not in the dump');
$node->stop;
done_testing();
