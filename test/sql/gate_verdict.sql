-- Every verdict and its reasons, and that preview() and what is recorded agree.
SET client_min_messages = warning;
SET timezone = 'Asia/Ho_Chi_Minh';
SET datestyle = 'ISO, YMD';
BEGIN;
SET LOCAL cccd_gate.allow_superuser = on;

-- Invented people: who they are stands in their name.
CREATE TEMP TABLE who (key text PRIMARY KEY, id cccd_id, old_id text, name text, birth_date date, sex text, issued date);
INSERT INTO who VALUES
    ('full', '001090000001', NULL, 'Đủ Mũi Đủ Xét', '1990-01-01', 'M', '2021-05-10'),
    ('one', '001190000002', NULL, 'Một Mũi', '1990-02-01', 'F', '2021-05-10'),
    ('none', '001090000003', NULL, 'Chưa Mũi Nào', '1990-03-01', 'M', '2021-05-10'),
    ('fresh', '001090000004', NULL, 'Mũi Hai Hôm Qua', '1990-04-01', 'M', '2021-05-10'),
    ('recovered', '001190000005', NULL, 'Đã Khỏi', '1990-05-01', 'F', '2021-05-10'),
    ('stale', '001090000006', NULL, 'Xét Nghiệm Cũ', '1990-06-01', 'M', '2021-05-10'),
    ('pending', '001090000007', NULL, 'Chờ Kết Quả', '1990-07-01', 'M', '2021-05-10'),
    ('isolated', '001190000008', NULL, 'Đang Cách Ly', '1990-08-01', 'F', '2021-05-10'),
    ('lost', '001090000009', NULL, 'Mất Thẻ', '1990-09-01', 'M', '2021-05-10'),
    ('revoked', '001090000010', NULL, 'Thu Hồi Thẻ', '1990-10-01', 'M', '2021-05-10'),
    ('replaced', '001090000011', NULL, 'Đổi Thẻ', '1990-11-01', 'M', '2021-05-10'),
    ('expired', '001090000012', NULL, 'Hết Hạn', '1990-12-01', 'M', '2021-05-10'),
    ('old', '001090000013', '012345678', 'Chứng Minh Cũ', '1990-01-13', 'M', NULL),
    ('moved', '001090000014', NULL, 'Đổi Số', '1990-01-14', 'M', '2021-05-10'),
    ('guest', '001190000015', NULL, 'Khách Mời', '1990-01-15', 'F', '2021-05-10');
INSERT INTO cccd_gate.person_in (id, old_id, name, birth_date, sex) SELECT id, old_id, name, birth_date, sex FROM who;
INSERT INTO cccd_gate.person_in (passport, state, name, birth_date, sex) VALUES ('B1234567', 'GBR', 'John Smith', '1980-05-05', 'M');
INSERT INTO cccd_gate.person_in (id, name, birth_date, sex, cancelled_ids) VALUES ('079090000014', 'Đổi Số', '1990-01-14', 'M', '001090000014');
SELECT taken, updated, rejected FROM cccd_gate.load_people('national', NULL);
SELECT staging, reason FROM cccd_gate.load_reject;
INSERT INTO cccd_gate.document_in (id, issued, expires, status)
SELECT id, issued, CASE key WHEN 'expired' THEN '2021-11-15' END, CASE WHEN key IN ('lost', 'revoked', 'replaced') THEN key ELSE 'valid' END
FROM who WHERE issued IS NOT NULL;
SELECT taken, rejected FROM cccd_gate.load_documents('national', NULL);
INSERT INTO cccd_gate.fact_in (id, kind, starts, detail, dose_number)
SELECT id, 'dose', '2021-06-01', 'EU/1/20/1528', 1 FROM who WHERE key NOT IN ('none', 'recovered')
UNION ALL
SELECT id, 'dose', CASE key WHEN 'fresh' THEN '2021-11-15' ELSE '2021-09-01' END, 'EU/1/20/1528', 2 FROM who WHERE key NOT IN ('none', 'one', 'recovered');
INSERT INTO cccd_gate.fact_in (id, kind, starts, detail, result)
SELECT id, 'test', CASE key WHEN 'stale' THEN '2021-11-13 18:59:59' ELSE '2021-11-13 19:00' END, 'pcr', 'negative' FROM who WHERE key NOT IN ('none', 'pending')
UNION ALL SELECT id, 'test', '2021-11-16 10:00', 'antigen', 'pending' FROM who WHERE key = 'pending';
INSERT INTO cccd_gate.fact_in (id, kind, starts) SELECT id, 'recovery', '2021-06-01' FROM who WHERE key = 'recovered';
INSERT INTO cccd_gate.fact_in (id, kind, starts, ends) SELECT id, 'isolation', '2021-11-10', '2021-11-23' FROM who WHERE key = 'isolated';
SELECT taken, rejected FROM cccd_gate.load_facts('national');

INSERT INTO cccd_gate.event (code, name, activity, unit, level, doors, starts, ends, judged_at, capacity, rule_code, rule)
SELECT 'MATCH', 'Trận đấu', 'football', 1, 2, '2021-11-16 16:00+07', '2021-11-16 19:00+07', '2021-11-16 21:00+07', '2021-11-16 19:00+07',
       40000, code, (rule || ' and not isolated')::cccd_rule FROM cccd_gate.rule_book WHERE code = 'my-dinh-2021';
INSERT INTO cccd_gate.event (code, name, starts, capacity, rule) VALUES ('OTHER', 'Khác', '2021-11-16 19:00+07', 10, 'ticket');
-- limits have a test of their own
UPDATE cccd_gate.event SET claims_per_minute = 0, refusals_per_minute = 0;
INSERT INTO cccd_gate.gate SELECT event, g FROM cccd_gate.event, unnest('{A,B}'::text[]) g WHERE code IN ('MATCH', 'OTHER');
INSERT INTO cccd_gate.ticket_in (event, number, secret) SELECT 'MATCH', 'M-' || key, 'secret of ' || rpad(key, 10, '.') FROM who WHERE key <> 'guest';
INSERT INTO cccd_gate.ticket_in (event, number, secret) VALUES ('MATCH', 'M-spare', 'secret of spare.....'), ('MATCH', 'M-dead', 'secret of dead......'), ('OTHER', 'O-1', 'secret of other.....');
INSERT INTO cccd_gate.ticket_in (event, id) SELECT 'MATCH', id FROM who WHERE key = 'guest';
INSERT INTO cccd_gate.ticket_in (event, number, secret, id, gate) SELECT 'MATCH', 'M-named', 'secret of named.....', id, 'B' FROM who WHERE key = 'full';
SELECT taken, rejected FROM cccd_gate.load_tickets('list', as_of => '2021-11-16 12:00+07');
UPDATE cccd_gate.ticket SET cancelled = true WHERE number = 'M-dead';

-- what is asked: whose card (another scan), whose ticket (another one, none),
-- where and when
CREATE TABLE pg_temp.ask (n int GENERATED ALWAYS AS IDENTITY, who text, scan text, ticket text, event text DEFAULT 'MATCH', gate text DEFAULT 'A',
    at timestamptz DEFAULT '2021-11-16 17:00+07');
CREATE FUNCTION pg_temp.card(k text) RETURNS text LANGUAGE sql STABLE AS $$
    SELECT cccd_card_qr(id, old_id, name, birth_date, sex, 'Hà Nội', coalesce(issued, '2021-05-10')) FROM who WHERE key = k $$;
CREATE FUNCTION pg_temp.secret(k text) RETURNS text LANGUAGE sql IMMUTABLE AS $$ SELECT 'secret of ' || rpad(k, 10, '.') $$;
CREATE FUNCTION pg_temp.id(n int) RETURNS uuid LANGUAGE sql IMMUTABLE AS $$ SELECT lpad(n::text, 32, '0')::uuid $$;
CREATE FUNCTION pg_temp.previewed(q ask) RETURNS cccd_gate.answer LANGUAGE sql AS $$
    SELECT cccd_gate.preview(q.event, q.gate, at => q.at, scan => coalesce(q.scan, pg_temp.card(q.who)), ticket => nullif(coalesce(q.ticket, pg_temp.secret(q.who)), 'none')) $$;
CREATE FUNCTION pg_temp.recorded(q ask, request int DEFAULT NULL) RETURNS cccd_gate.answer LANGUAGE sql AS $$
    SELECT cccd_gate.replay(pg_temp.id(coalesce(request, q.n)), q.at, 'in', q.event, q.gate,
                            scan => coalesce(q.scan, pg_temp.card(q.who)), ticket => nullif(coalesce(q.ticket, pg_temp.secret(q.who)), 'none')) $$;
-- what was asked since it was last told
CREATE TABLE pg_temp.told (n int);
CREATE FUNCTION pg_temp.tell() RETURNS TABLE (n int, who text, verdict text, reasons text, holder text, evidence text, ask text) LANGUAGE sql AS $$
    WITH news AS (INSERT INTO told SELECT q.n FROM ask q WHERE q.n > (SELECT coalesce(max(t.n), 0) FROM told t) RETURNING n)
    SELECT q.n, q.who, a.verdict, array_to_string(a.reasons, ' '), a.holder_name || ' ' || a.holder_id_masked, a.evidence, array_to_string(a.ask_en, '; ')
    FROM news JOIN ask q USING (n), LATERAL pg_temp.previewed(q) a ORDER BY n $$;

-- people by the rule
INSERT INTO ask (who) VALUES ('full'), ('one'), ('none'), ('fresh'), ('recovered'), ('stale'), ('pending'), ('isolated');
SELECT * FROM pg_temp.tell();
-- cards
INSERT INTO ask (who) VALUES ('lost'), ('revoked'), ('replaced'), ('expired'), ('moved');
INSERT INTO ask (who, scan) SELECT v.who, v.scan FROM who w, LATERAL (VALUES
    (1, 'one', cccd_card_qr(id, NULL, 'Ai Đó', birth_date, sex, NULL, issued)), (2, 'one', cccd_card_qr(id, NULL, 'MOT MUI', '1990-02-02', 'M', NULL, issued)),
    (3, 'one', cccd_card_qr(id, NULL, name, birth_date, sex, NULL, '2021-05-11')), (4, 'one', cccd_card_qr(id, NULL, name, birth_date, 'M', NULL, issued)),
    (5, 'one', '001190000002||Mß»Öt M┼®i|01021990|Nữ|Hà Nội|10052021'), (6, 'one', '001190000002||||||'), (7, 'one', '001190000002||Một Mũi|01021990|Nữ|Hà Nội|'),
    (8, 'spare', '001090999999||Không Ai Cả|01011990|Nam|Hà Nội|10052021'), (9, 'spare', '001090999999||Không Ai Cả|01011999|Nữ|Hà Nội|10052021')) v(i, who, scan)
WHERE w.key = 'one' ORDER BY i;
SELECT * FROM pg_temp.tell();
-- other documents
INSERT INTO ask (who, scan) SELECT v.who, v.scan FROM who w, LATERAL (VALUES
    (1, 'old', '012345678'), (2, 'old', '999999999'), (3, 'one', '001190000002'), (4, 'one', '001190000002|MOT MUI|1990-02-01|0|162900000000000001|<2<<'),
    (5, 'spare', 'B1234567'), (6, 'spare', E'P<GBRSMITH<<JOHN<<<<<<<<<<<<<<<<<<<<<<<<<<<<\nB1234567<7GBR8005059M2801017<<<<<<<<<<<<<<06'),
    (7, 'spare', 'B1234567|JOHN SMITH|1980-05-05|0|162900000000000001|<1<<'),
    (8, 'one', cccd_card_mrz(id, name, birth_date, sex, '2030-02-01')), (9, 'one', overlay(cccd_card_mrz(id, name, birth_date, sex, '2030-02-01') PLACING '9' FROM 15)),
    (10, 'one', 'HC1:NCFOXN%TSMAHN-H'), (11, 'one', 'GD4010012345678|4E677579E1BB856E|01/01/1990|1|48C3A0|')) v(i, who, scan)
WHERE w.key = 'one' ORDER BY i;
SELECT * FROM pg_temp.tell();
-- tickets: two people are inside
SELECT n, verdict, reasons, admitted_at FROM ask q, pg_temp.recorded(q) WHERE who IN ('full', 'recovered') ORDER BY n;
INSERT INTO ask (who, ticket) VALUES
    ('stale', 'no such ticket at all'), ('stale', pg_temp.secret('dead')), ('stale', pg_temp.secret('other')), ('stale', pg_temp.secret('named')),
    ('full', pg_temp.secret('named')), ('stale', pg_temp.secret('full')), ('recovered', pg_temp.secret('spare')), ('stale', 'none'), ('guest', 'none');
SELECT * FROM pg_temp.tell();
-- time, place, and calls that make no sense
INSERT INTO ask (who, at) VALUES ('one', '2021-11-16 15:59:59+07'), ('one', '2021-11-16 21:00+07'), ('one', 'infinity'), ('one', '-infinity'), ('one', '4000-01-01');
INSERT INTO ask (who, event) VALUES ('one', 'NOWHERE'), ('one', NULL);
INSERT INTO ask (who, gate) VALUES ('one', 'Z'), ('one', NULL);
INSERT INTO ask (who, scan) VALUES ('one', ''), ('one', repeat('|', 5000)), ('one', repeat('x', 100000));
SELECT * FROM pg_temp.tell();
SELECT verdict, reasons, holder_name FROM cccd_gate.check_in(NULL, NULL, NULL);
SELECT verdict, reasons, holder_name FROM cccd_gate.preview(NULL, NULL, NULL);
-- the event is over by the clock of the server, whatever the caller would like
SELECT verdict, reasons FROM cccd_gate.check_in('MATCH', 'B', pg_temp.id(900), scan => pg_temp.card('fresh'), ticket => pg_temp.secret('fresh'));

-- what is recorded of every one of these is what preview() says
CREATE FUNCTION pg_temp.agrees(q ask) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
    p CONSTANT cccd_gate.answer := pg_temp.previewed(q);
    r cccd_gate.answer;
BEGIN
    BEGIN
        r := pg_temp.recorded(q, 1000 + q.n);
        RAISE EXCEPTION USING ERRCODE = 'CC001';
    EXCEPTION WHEN SQLSTATE 'CC001' THEN NULL;
    END;
    RETURN (p.verdict, p.reasons, p.reasons_vi, p.ask_vi, p.holder_name, p.holder_id_masked, p.document_kind, p.evidence, p.valid_until)
        IS NOT DISTINCT FROM (r.verdict, r.reasons, r.reasons_vi, r.ask_vi, r.holder_name, r.holder_id_masked, r.document_kind, r.evidence, r.valid_until);
END $$;
SELECT count(*) AS asked, count(*) FILTER (WHERE NOT pg_temp.agrees(q)) AS different FROM ask q;

-- the same request gets the same answer, also later and without the scan, of
-- which the log keeps no name; but not at another gate or for somebody else
INSERT INTO ask (who, event, ticket, scan) VALUES
    ('one', 'MATCH', NULL, NULL), ('one', 'OTHER', pg_temp.secret('other'), NULL), ('nobody', 'MATCH', 'none', '001090999999||Không Ai Cả|01011990|Nam|Hà Nội|10052021');
CREATE TABLE pg_temp.first_answer AS SELECT q, a FROM ask q, LATERAL (SELECT pg_temp.recorded(q) a OFFSET 0) s WHERE q.n > (SELECT max(n) FROM told);
SELECT (a).verdict, (a).reasons, (a).holder_name, (a).admitted_at,
       a = pg_temp.recorded(q) AS same,
       a = cccd_gate.replay((a).request_id, (q).at + interval '30 minutes', 'in', (q).event, (q).gate) AS same_without_scan
FROM first_answer ORDER BY (q).n;
SELECT b.verdict, b.reasons, b.holder_name
FROM first_answer f, (VALUES (1, 'A', pg_temp.card('stale')), (2, 'B', pg_temp.card('one'))) v(i, gate, scan),
     LATERAL cccd_gate.replay((a).request_id, '2021-11-16 17:30+07', 'in', 'MATCH', v.gate, scan => v.scan, ticket => pg_temp.secret('one')) b
WHERE (q).who = 'one' AND (q).event = 'MATCH' ORDER BY i;

-- what only the gate knows of who stands there: where from, and with whom
INSERT INTO cccd_gate.event (code, name, starts, level, capacity, rule, ticket_required) VALUES
    ('FROM', 'Đến từ', '2021-11-16 19:00+07', 3, 10, 'origin_level <= 2', false), ('WITH', 'Đi cùng', '2021-11-16 19:00+07', 3, 10, 'accompanied', false),
    ('HERE', 'Ở đây', '2021-11-16 19:00+07', 3, 10, 'level <= 2', false), ('HERE 2', 'Ở đây', '2021-11-16 19:00+07', 2, 10, 'level <= 2', false);
INSERT INTO cccd_gate.gate SELECT event, 'A' FROM cccd_gate.event WHERE code ~ '^(FROM|WITH|HERE)';
SELECT v.*, a.verdict, a.reasons, a.ask_en
FROM (VALUES (1, 'FROM', NULL::int, NULL::boolean), (2, 'FROM', 0, NULL), (3, 'FROM', 1, NULL), (4, 'FROM', 2, NULL), (5, 'FROM', 3, NULL), (6, 'FROM', 4, NULL), (7, 'FROM', 5, NULL),
             (8, 'WITH', NULL, NULL), (9, 'WITH', NULL, true), (10, 'WITH', NULL, false), (11, 'HERE', 1, NULL), (12, 'HERE 2', 4, NULL)) v(i, event, origin_level, accompanied),
     LATERAL cccd_gate.preview(v.event, 'A', at => '2021-11-16 17:00+07', scan => pg_temp.card('full'), origin_level => v.origin_level, accompanied => v.accompanied) a ORDER BY i;
-- what is said holds until the first thing changes: a test gets old, the doors
-- open, a card expires, the event is over
INSERT INTO cccd_gate.event (code, name, doors, starts, ends, capacity, rule, ticket_required) VALUES
    ('UNTIL', 'Đến khi', '2021-11-13 20:00+07', '2021-11-16 19:00+07', '2021-11-20 21:00+07', 10, 'since(negative) <= 72 hours', false);
INSERT INTO cccd_gate.gate SELECT event, 'A' FROM cccd_gate.event WHERE code = 'UNTIL';
SELECT v.*, a.verdict, a.reasons, a.valid_until
FROM (VALUES (1, 'full', timestamptz '2021-11-13 19:59:59+07'), (2, 'full', '2021-11-13 20:00+07'), (3, 'full', '2021-11-16 19:00+07'), (4, 'full', '2021-11-16 19:00:00.000001+07'),
             (5, 'expired', '2021-11-15 23:59:59+07'), (6, 'expired', '2021-11-16 00:00+07')) v(i, who, at),
     LATERAL cccd_gate.preview('UNTIL', 'A', at => v.at, scan => pg_temp.card(v.who)) a ORDER BY i;

-- the guard's screen
\x on
SELECT verdict, reasons, reasons_vi, reasons_en, ask_vi, ask_en, holder_name, holder_birth_date, holder_sex, holder_id_masked, document_kind, evidence, valid_until, inside, admitted_at
FROM ask q, pg_temp.previewed(q) WHERE n = 2;
SELECT verdict, reasons, reasons_vi, reasons_en, ask_vi, ask_en, holder_name, holder_birth_date, holder_sex, holder_id_masked, document_kind, evidence, valid_until, inside, admitted_at
FROM ask q, pg_temp.previewed(q) WHERE n = 1;
\x off

-- capacity: raised and lowered, never exceeded
UPDATE cccd_gate.event SET capacity = 2, ticket_required = false, rule = 'doses >= 0' WHERE code = 'OTHER';
INSERT INTO ask (who, event, ticket) VALUES ('fresh', 'OTHER', 'none'), ('full', 'OTHER', 'none'), ('none', 'OTHER', 'none'), ('stale', 'OTHER', 'none');
SELECT q.who, a.verdict, a.reasons FROM ask q, LATERAL pg_temp.recorded(q) a WHERE q.n > (SELECT max((q).n) FROM first_answer) ORDER BY q.n;
UPDATE cccd_gate.event SET capacity = 3 WHERE code = 'OTHER';
SELECT q.who, a.verdict, a.reasons FROM ask q, LATERAL pg_temp.recorded(q, 2000 + n) a WHERE q.who IN ('none', 'stale') AND q.event = 'OTHER' ORDER BY q.n;
UPDATE cccd_gate.event SET capacity = 1 WHERE code = 'OTHER';
SELECT q.who, a.verdict, a.reasons FROM ask q, LATERAL pg_temp.recorded(q, 3000 + n) a WHERE q.who = 'stale' AND q.event = 'OTHER';
SELECT sum(s.size) AS size, sum(s.inside) AS inside, (SELECT count(*) FROM cccd_gate.presence p WHERE p.event = s.event) AS presence
FROM cccd_gate.slot s JOIN cccd_gate.event USING (event) WHERE code = 'OTHER' GROUP BY event;

-- the log: an answer a request, and what rule was asked can still be read
SELECT count(*) > 10 AS many, count(DISTINCT request_id) = count(*) AS requests, count(*) FILTER (WHERE person IS NULL) AS unknown,
       count(*) FILTER (WHERE l.rule IS NOT NULL AND r.value IS NULL) AS without_rule
FROM cccd_gate.answer_log l LEFT JOIN cccd_gate.rule_text r USING (rule);
-- whoever is forgotten leaves no record behind
SELECT cccd_gate.delete_people(ARRAY(SELECT person FROM cccd_gate.person WHERE name = 'Đủ Mũi Đủ Xét'));
SELECT count(*) AS left FROM cccd_gate.health h WHERE NOT EXISTS (SELECT FROM cccd_gate.person p WHERE p.person = h.person);
-- nobody is believed: what writes takes neither evidence nor, but for replay(), a moment
SELECT p.proname, a.name FROM pg_proc p, unnest(p.proargnames) a(name)
WHERE p.pronamespace = 'cccd_gate'::regnamespace AND p.proname IN ('check_in', 'check_out', 'move', 'recheck', 'annul', 'turn_away', 'register_person', 'replay')
  AND p.prosecdef AND a.name ~ '^(evidence|verified|at|now|moment|occurred_at|person|facts?)$' ORDER BY 1;
ROLLBACK;
