-- The gate check: every verdict and its reasons.
SET client_min_messages = warning;
SET timezone = 'Asia/Ho_Chi_Minh';
SET datestyle = 'ISO, YMD';
BEGIN;

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

INSERT INTO cccd_gate.event (code, name, place, level, doors, starts, ends, judged_at, capacity, rule_code, rule)
SELECT 'MATCH', 'Trận đấu', 1, 2, '2021-11-16 16:00+07', '2021-11-16 19:00+07', '2021-11-16 21:00+07', '2021-11-16 19:00+07',
       12000, code, (rule || ' and not isolated')::cccd_rule FROM cccd_gate.rule_book WHERE code = 'my-dinh-2021';
INSERT INTO cccd_gate.event (code, name, starts, capacity, rule) VALUES ('OTHER', 'Khác', '2021-11-16 19:00+07', 10, 'ticket');
INSERT INTO cccd_gate.gate SELECT event, g FROM cccd_gate.event, unnest('{A,B}'::text[]) g WHERE code IN ('MATCH', 'OTHER');
INSERT INTO cccd_gate.ticket_in (event, number, secret) SELECT 'MATCH', 'M-' || key, 'secret of ' || rpad(key, 10, '.') FROM who WHERE key <> 'guest';
INSERT INTO cccd_gate.ticket_in (event, number, secret) VALUES ('MATCH', 'M-spare', 'secret of spare.....'), ('MATCH', 'M-dead', 'secret of dead......'), ('OTHER', 'O-1', 'secret of other.....');
INSERT INTO cccd_gate.ticket_in (event, id) SELECT 'MATCH', id FROM who WHERE key = 'guest';
INSERT INTO cccd_gate.ticket_in (event, number, secret, id, gate) SELECT 'MATCH', 'M-named', 'secret of named.....', id, 'B' FROM who WHERE key = 'full';
SELECT taken, rejected FROM cccd_gate.load_tickets('list', as_of => '2021-11-16 12:00+07');
UPDATE cccd_gate.ticket SET cancelled = true WHERE number = 'M-dead';

-- one scan by its key; what the test wants to see of the answer
CREATE FUNCTION pg_temp.card(k text) RETURNS text LANGUAGE sql STABLE AS $$
    SELECT cccd_card_qr(id, old_id, name, birth_date, sex, 'Hà Nội', coalesce(issued, '2021-05-10')) FROM who WHERE key = k $$;
CREATE FUNCTION pg_temp.secret(k text) RETURNS text LANGUAGE sql IMMUTABLE AS $$ SELECT 'secret of ' || rpad(k, 10, '.') $$;
CREATE FUNCTION pg_temp.scan(k text, request int DEFAULT NULL, at timestamptz DEFAULT '2021-11-16 17:00+07', ticket text DEFAULT NULL,
    scan text DEFAULT NULL, evidence text DEFAULT NULL, event text DEFAULT 'MATCH', gate text DEFAULT 'A',
    OUT who text, OUT verdict text, OUT reasons text, OUT holder text, OUT evidence_level text, OUT ask text)
LANGUAGE sql AS $$
    SELECT k, a.verdict, array_to_string(a.reasons, ' '), a.holder_name || ' ' || a.holder_id_masked, a.evidence, array_to_string(a.ask_en, '; ')
    FROM cccd_gate.check(event, coalesce(scan, pg_temp.card(k)), gate,
                         CASE WHEN request IS NULL THEN NULL ELSE md5(request::text)::uuid END, at,
                         coalesce(ticket, pg_temp.secret(k)), evidence) a $$;

-- people by the rule
SELECT * FROM pg_temp.scan('full');
SELECT * FROM pg_temp.scan('one');
SELECT * FROM pg_temp.scan('none');
SELECT * FROM pg_temp.scan('fresh');
SELECT * FROM pg_temp.scan('recovered');
SELECT * FROM pg_temp.scan('stale');
SELECT * FROM pg_temp.scan('pending');
SELECT * FROM pg_temp.scan('isolated');
-- cards
SELECT * FROM pg_temp.scan('lost');
SELECT * FROM pg_temp.scan('revoked');
SELECT * FROM pg_temp.scan('replaced');
SELECT * FROM pg_temp.scan('expired');
SELECT * FROM pg_temp.scan('moved');
SELECT * FROM pg_temp.scan('one', scan => (SELECT cccd_card_qr(id, NULL, 'Ai Đó', birth_date, sex, NULL, issued) FROM who WHERE key = 'one'));
SELECT * FROM pg_temp.scan('one', scan => (SELECT cccd_card_qr(id, NULL, 'MOT MUI', '1990-02-02', 'M', NULL, issued) FROM who WHERE key = 'one'));
SELECT * FROM pg_temp.scan('one', scan => (SELECT cccd_card_qr(id, NULL, name, birth_date, sex, NULL, '2021-05-11') FROM who WHERE key = 'one'));
SELECT * FROM pg_temp.scan('one', scan => '001190000002||Mß»Öt M┼®i|01021990|Nữ|Hà Nội|10052021');
SELECT * FROM pg_temp.scan('nobody', ticket => pg_temp.secret('spare'), scan => '001090999999||Không Ai Cả|01011990|Nam|Hà Nội|10052021');
SELECT * FROM pg_temp.scan('nobody', ticket => pg_temp.secret('spare'), scan => '001090999999||Không Ai Cả|01011999|Nữ|Hà Nội|10052021');
-- other documents
SELECT * FROM pg_temp.scan('old', scan => '012345678');
SELECT * FROM pg_temp.scan('old', scan => '012345678', evidence => 'paper');
SELECT * FROM pg_temp.scan('old', scan => '999999999');
SELECT * FROM pg_temp.scan('one', scan => '001190000002');
SELECT * FROM pg_temp.scan('one', scan => '001190000002|MOT MUI|1990-02-01|0|162900000000000001|<2<<');
SELECT * FROM pg_temp.scan('john', ticket => pg_temp.secret('spare'), scan => 'B1234567');
SELECT * FROM pg_temp.scan('john', ticket => pg_temp.secret('spare'), scan => E'P<GBRSMITH<<JOHN<<<<<<<<<<<<<<<<<<<<<<<<<<<<\nB1234567<7GBR8005059M2801017<<<<<<<<<<<<<<06');
SELECT * FROM pg_temp.scan('john', ticket => pg_temp.secret('spare'), scan => 'B1234567|JOHN SMITH|1980-05-05|0|162900000000000001|<1<<');
SELECT * FROM pg_temp.scan('mrz', ticket => pg_temp.secret('one'), scan => (SELECT cccd_card_mrz(id, name, birth_date, sex, '2030-02-01') FROM who WHERE key = 'one'));
SELECT * FROM pg_temp.scan('mrz', ticket => pg_temp.secret('one'), scan => (SELECT overlay(cccd_card_mrz(id, name, birth_date, sex, '2030-02-01') PLACING '9' FROM 15) FROM who WHERE key = 'one'));
SELECT * FROM pg_temp.scan('one', scan => 'HC1:NCFOXN%TSMAHN-H');
SELECT * FROM pg_temp.scan('one', scan => 'GD4010012345678|4E677579E1BB856E|01/01/1990|1|48C3A0|');
SELECT * FROM pg_temp.scan('one', evidence => 'genuine');
-- tickets
SELECT * FROM pg_temp.scan('stale', ticket => 'no such ticket at all');
SELECT * FROM pg_temp.scan('stale', ticket => pg_temp.secret('dead'));
SELECT * FROM pg_temp.scan('stale', ticket => pg_temp.secret('other'));
SELECT * FROM pg_temp.scan('stale', ticket => pg_temp.secret('named'));
SELECT * FROM pg_temp.scan('full', ticket => pg_temp.secret('named'));
SELECT * FROM pg_temp.scan('stale', ticket => pg_temp.secret('full'));
SELECT * FROM pg_temp.scan('recovered', ticket => pg_temp.secret('spare'));
SELECT verdict, reasons, ask_vi FROM cccd_gate.check('MATCH', pg_temp.card('stale'), 'A', NULL, '2021-11-16 17:00+07');
SELECT verdict, reasons FROM cccd_gate.check('MATCH', pg_temp.card('guest'), 'A', NULL, '2021-11-16 17:00+07');
-- time, place, and calls that make no sense
SELECT * FROM pg_temp.scan('one', at => '2021-11-16 15:59:59+07');
SELECT * FROM pg_temp.scan('one', at => '2021-11-16 21:00+07');
SELECT * FROM pg_temp.scan('one', event => 'NOWHERE');
SELECT * FROM pg_temp.scan('one', gate => 'Z');
SELECT * FROM pg_temp.scan('one', at => 'infinity');
SELECT * FROM pg_temp.scan('one', at => '4000-01-01');
SELECT * FROM pg_temp.scan('one', evidence => 'convincing');
SELECT verdict, reasons, holder_name FROM cccd_gate.check(NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
SELECT * FROM pg_temp.scan('one', scan => '');
SELECT * FROM pg_temp.scan('one', scan => repeat('|', 5000));

-- the same request gives the same answer, also without the scan, and not to
-- somebody else
CREATE TEMP TABLE first_answer AS SELECT * FROM cccd_gate.check('MATCH', pg_temp.card('one'), 'A', md5('1')::uuid, '2021-11-16 17:00+07', pg_temp.secret('one'));
SELECT first_answer = cccd_gate.check('MATCH', pg_temp.card('one'), 'A', md5('1')::uuid, '2021-11-16 17:30+07', pg_temp.secret('one')) AS same FROM first_answer;
SELECT first_answer = cccd_gate.check('MATCH', NULL, 'A', md5('1')::uuid) AS same FROM first_answer;
SELECT verdict, reasons, holder_name FROM cccd_gate.check('MATCH', pg_temp.card('stale'), 'A', md5('1')::uuid, '2021-11-16 17:30+07', pg_temp.secret('stale'));
SELECT verdict, reasons, holder_name FROM cccd_gate.check('MATCH', pg_temp.card('one'), 'B', md5('1')::uuid, '2021-11-16 17:30+07', pg_temp.secret('one'));
SELECT a = b AS same_admission, (a).verdict, (a).admitted_at
FROM cccd_gate.check('OTHER', pg_temp.card('one'), 'A', md5('2')::uuid, '2021-11-16 17:00+07', pg_temp.secret('other')) a,
     LATERAL (SELECT b FROM cccd_gate.check('OTHER', pg_temp.card('one'), 'A', md5('2')::uuid, '2021-11-16 17:05+07', pg_temp.secret('other')) b WHERE (a).verdict IS NOT NULL) b;
SELECT a = b AS same_refusal, (a).reasons, (a).holder_name
FROM cccd_gate.check('MATCH', '001090999999||Không Ai Cả|01011990|Nam|Hà Nội|10052021', 'A', md5('3')::uuid, '2021-11-16 17:00+07') a,
     LATERAL (SELECT b FROM cccd_gate.check('MATCH', '001090999999||Không Ai Cả|01011990|Nam|Hà Nội|10052021', 'A', md5('3')::uuid) b WHERE (a).verdict IS NOT NULL) b;

-- the guard's screen
\x on
SELECT verdict, reasons, reasons_vi, reasons_en, ask_vi, ask_en, holder_name, holder_birth_date, holder_sex, holder_id_masked, card_kind, evidence, valid_until, attendance_id IS NOT NULL AS attendance, admitted_at
FROM cccd_gate.check('MATCH', pg_temp.card('one'), 'A', NULL, '2021-11-16 17:00+07', pg_temp.secret('one'));
SELECT verdict, reasons, reasons_vi, reasons_en, ask_vi, ask_en, holder_name, holder_birth_date, holder_sex, holder_id_masked, card_kind, evidence, valid_until, attendance_id IS NOT NULL AS attendance, admitted_at
FROM cccd_gate.check('MATCH', pg_temp.card('full'), 'B', NULL, '2021-11-16 17:00+07', pg_temp.secret('full'));
\x off

-- capacity: raised and lowered, never exceeded
UPDATE cccd_gate.event SET capacity = 2, ticket_required = false, rule = 'doses >= 0' WHERE code = 'OTHER';
SELECT w.key, verdict, reasons FROM who w, LATERAL cccd_gate.check('OTHER', pg_temp.card(w.key), 'A', NULL, '2021-11-16 17:00+07') s
WHERE key IN ('full', 'none', 'fresh', 'stale') ORDER BY key;
UPDATE cccd_gate.event SET capacity = 3 WHERE code = 'OTHER';
SELECT (cccd_gate.check('OTHER', pg_temp.card(key), 'A', NULL, '2021-11-16 17:00+07')).verdict FROM who WHERE key IN ('stale', 'none') ORDER BY key;
UPDATE cccd_gate.event SET capacity = 1 WHERE code = 'OTHER';
SELECT (cccd_gate.check('OTHER', pg_temp.card(key), 'A', NULL, '2021-11-16 17:00+07')).reasons FROM who WHERE key IN ('pending');
SELECT sum(taken) AS taken, (SELECT count(*) FROM cccd_gate.attendance a WHERE a.event = s.event) AS attendance FROM cccd_gate.capacity_slot s JOIN cccd_gate.event USING (event) WHERE code = 'OTHER' GROUP BY event;

-- the log: decisions cannot be changed, only be made nobody's
SELECT count(*) > 60 AS many, count(DISTINCT request) = count(*) AS requests, count(*) FILTER (WHERE person IS NULL) > 5 AS unknown FROM cccd_gate.decision;
SAVEPOINT change;
UPDATE cccd_gate.decision SET verdict = 'refuse', reasons = '{turned_away}', attendance = NULL WHERE verdict = 'admit';
ROLLBACK TO change;
UPDATE cccd_gate.decision SET person = 1 WHERE person IS NOT NULL;
ROLLBACK TO change;
DELETE FROM cccd_gate.person WHERE name = 'Đủ Mũi Đủ Xét';
SELECT count(*) AS left FROM cccd_gate.health h WHERE NOT EXISTS (SELECT FROM cccd_gate.person p WHERE p.person = h.person);
-- every decision's rule can still be read
SELECT count(*) AS without_rule FROM cccd_gate.decision d LEFT JOIN cccd_gate.rule_text r ON r.digest = d.rule_digest WHERE d.rule_digest IS NOT NULL AND r.value IS NULL;
ROLLBACK;
