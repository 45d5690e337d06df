-- What national systems answered: whose answers count, about what, and for how long;
-- every reason against a line; what changes an answer and what forgets it.
SET client_min_messages = warning;
SET timezone = 'Asia/Ho_Chi_Minh';
SET datestyle = 'ISO, YMD';
BEGIN;
SET LOCAL cccd_gate.allow_superuser = on;
INSERT INTO cccd_gate.person_in (id, name, birth_date, sex, cancelled_ids) VALUES
    ('001090000001', 'Nguyễn Văn An', '1990-01-01', 'Nam', NULL), ('001190000002', 'Trần Thị Bình', '1990-02-01', 'Nữ', NULL),
    ('001090000003', 'Lê Văn Cường', '1990-03-01', 'Nam', '001090000999'), ('001090000004', 'Phạm Văn Dũng', '1990', NULL, NULL),
    ('001316000005', 'Em Bé', '2016-06-01', 'Nữ', NULL);
SELECT taken FROM cccd_gate.load_people('national');
CREATE VIEW pg_temp.answers AS
SELECT p.name, a.service, a.outcome, a.asked_at, a.expires_at, a.source, left(a.source_record, 5) AS record FROM cccd_gate.register_answer a JOIN cccd_gate.person p USING (person)
ORDER BY p.person, a.service;
CREATE VIEW pg_temp.insurance AS
SELECT p.name, f.starts, f.ends, f.source, f.withdrawn, f.superseded_at IS NULL AS latest FROM cccd_gate.fact f JOIN cccd_gate.person p USING (person) WHERE code = 'insurance' ORDER BY f.fact;

-- words of both languages
SELECT v, cccd_gate.read_answer('service', v) AS service, cccd_gate.read_answer('outcome', v) AS outcome
FROM unnest('{identity,Định danh,BHYT,bảo hiểm y tế,khớp,KHÔNG KHỚP,không có,Confirmed,differs,unknown,residence,"",x}'::text[]) v;

-- every reason against a line
CREATE TEMP TABLE line (LIKE cccd_gate.answer_in);
ALTER TABLE line ALTER line DROP NOT NULL, ALTER role DROP NOT NULL;
INSERT INTO line (line, id, name, birth_date, sex, service, outcome, asked_at, expires_at, source_record, withdrawn) VALUES
    (1, '001090000001', 'NGUYEN VAN AN', '1/1/1990', 'nam', 'identity', 'confirmed', '2021-11-16 08:00', NULL, 'Q-1', NULL),
    (2, NULL, 'Ai', '1990-01-01', 'M', 'identity', 'confirmed', '2021-11-16', NULL, NULL, NULL),
    (3, '1090000001', 'Ai', '1990-01-01', 'M', 'identity', 'confirmed', '2021-11-16', NULL, NULL, NULL),
    (4, '001090000888', 'Ai', '1990-01-01', 'M', 'identity', 'confirmed', '2021-11-16', NULL, NULL, NULL),
    (5, '001090000999', 'Lê Văn Cường', '1990-03-01', 'M', 'identity', 'confirmed', '2021-11-16', NULL, NULL, NULL),
    (6, '001190000002', 'Trần Thị Bình', '1990-02-01', 'F', 'vaccination', 'confirmed', '2021-11-16', NULL, NULL, NULL),
    (7, '001190000002', 'Trần Thị Bình', '1990-02-01', 'F', 'identity', 'maybe', '2021-11-16', NULL, NULL, NULL),
    (8, '001190000002', 'Trần Thị Bình', '1990-02-01', 'F', 'identity', 'confirmed', NULL, NULL, NULL, NULL),
    (9, '001190000002', 'Trần Thị Bình', '1990-02-01', 'F', 'identity', 'confirmed', '1999-12-31', NULL, NULL, NULL),
    (10, '001190000002', 'Trần Thị Bình', '1990-02-01', 'F', 'identity', 'confirmed', '2135-01-01', NULL, NULL, NULL),
    (11, '001190000002', 'Trần Thị Bình', '1990-02-01', 'F', 'identity', 'confirmed', '2021-11-16', 'soon', NULL, NULL),
    (12, '001190000002', 'Trần Thị Bình', '1990-02-01', 'F', 'identity', 'confirmed', '2021-11-16 08:00', '2021-11-16 08:00', NULL, NULL),
    (13, '001190000002', 'Trần Thị Bình', '1990-02-01', 'F', 'identity', 'confirmed', '2021-11-16', '2136-01-01', NULL, NULL),
    (14, '001190000002', 'Trần Thị Bình', '1990-02-01', 'X', 'identity', 'confirmed', '2021-11-16', NULL, NULL, NULL),
    (15, '001190000002', 'Trần Thị Biên', '1990-02-01', 'F', 'identity', 'confirmed', '2021-11-16', NULL, NULL, NULL),
    (16, '001190000002', 'Trần Thị Bình', '1990-02-02', 'F', 'identity', 'confirmed', '2021-11-16', NULL, NULL, NULL),
    (17, '001190000002', 'Trần Thị Bình', '1990', 'F', 'identity', 'confirmed', '2021-11-16', NULL, NULL, NULL),
    (18, '001190000002', 'Trần Thị Bình', '1990-02-01', 'M', 'identity', 'differs', '2021-11-16', NULL, NULL, NULL),
    (19, '001190000002', NULL, '1990-02-01', 'F', 'identity', 'confirmed', '2021-11-16', NULL, NULL, NULL),
    (20, '001190000002', 'Trần Thị Bình', NULL, 'F', 'identity', 'differs', '2021-11-16', NULL, NULL, NULL),
    (21, '001190000002', 'Trần Thị Bình', '1990-02-01', NULL, 'identity', 'confirmed', '2021-11-16', NULL, NULL, NULL),
    (22, '001090000004', 'Phạm Văn Dũng', '1990', 'M', 'identity', 'confirmed', '2021-11-16', NULL, NULL, NULL),
    (23, '001190000002', NULL, NULL, NULL, 'identity', NULL, NULL, NULL, NULL, 'yes'),
    (24, '001190000002', NULL, NULL, NULL, 'identity', 'unknown', '2021-11-16', NULL, NULL, 'perhaps'),
    (25, '001190000002', NULL, NULL, NULL, 'identity', 'unknown', '2021-11-16', NULL, repeat('x', 201), NULL),
    (28, '001316000005', 'Em Bé', '2016-06-01', 'F', 'identity', 'confirmed', '2016-05-31 23:59', NULL, NULL, NULL),
    (29, '001316000005', 'Em Bé', '2016-06-01', 'F', 'identity', 'confirmed', '2016-06-01 00:00', NULL, NULL, NULL),
    (26, '001190000002', 'Trần Thị Bình', NULL, NULL, 'insurance', 'confirmed', '2021-11-16', '31/12/2021', repeat('x', 200), NULL),
    (27, '001090000003', NULL, NULL, NULL, 'identity', 'không có', '2021-11-16 07:00', NULL, NULL, NULL);
CREATE FUNCTION pg_temp.stage(wanted int[]) RETURNS void LANGUAGE sql AS $$
    INSERT INTO cccd_gate.answer_in (id, name, birth_date, sex, service, outcome, asked_at, expires_at, source_record, withdrawn)
    SELECT id, name, birth_date, sex, service, outcome, asked_at, expires_at, source_record, withdrawn FROM line l WHERE l.line = ANY (wanted) ORDER BY l.line $$;
SELECT pg_temp.stage(array_agg(line::int)) FROM line;
SELECT * FROM cccd_gate.load_answers('national');
SELECT line, reason, masked FROM cccd_gate.load_reject ORDER BY line;
SELECT DISTINCT reason, reason_vi, reason_en, accepted FROM cccd_gate.load_reject
WHERE reason IN ('service_unknown', 'outcome_unknown', 'number_cancelled', 'sex_disagrees') ORDER BY 1;
SELECT * FROM pg_temp.answers;
SELECT * FROM pg_temp.insurance;
SELECT count(*) AS staged FROM cccd_gate.answer_in;
DELETE FROM cccd_gate.load_reject;
-- the same again says nothing new
SELECT pg_temp.stage('{1,26,27}');
SELECT * FROM cccd_gate.load_answers('national');
-- only a national system answers
SELECT pg_temp.stage('{1}');
SELECT * FROM cccd_gate.load_answers('agency');
SELECT reason, reason_vi, accepted FROM cccd_gate.load_reject;
SAVEPOINT error;
SELECT cccd_gate.load_answers('nobody');
ROLLBACK TO error;
SELECT cccd_gate.load_answers('national', at_most => 0);
ROLLBACK TO error;

-- an older answer changes nothing, a newer one replaces, whoever gave it; a step at a time
UPDATE line SET asked_at = '2021-11-15' WHERE line.line = 27;
SELECT pg_temp.stage('{27}');
SELECT taken, updated FROM cccd_gate.load_answers('national');
UPDATE line SET asked_at = '2021-11-17', outcome = 'differs' WHERE line.line = 1;
UPDATE line SET asked_at = '2021-12-31 08:00', expires_at = '2022-06-30' WHERE line.line = 26;
SELECT pg_temp.stage('{1,26}');
SELECT * FROM cccd_gate.load_answers('system', at_most => 1);
SELECT * FROM cccd_gate.load_answers('system');
SELECT * FROM pg_temp.answers;
SELECT * FROM pg_temp.insurance;
-- insured without a gap, after one, and no more
UPDATE line SET asked_at = '2022-06-30', expires_at = '2022-12-31' WHERE line.line = 26;
SELECT pg_temp.stage('{26}');
SELECT updated FROM cccd_gate.load_answers('system');
UPDATE line SET asked_at = '2023-03-01', expires_at = NULL WHERE line.line = 26;
SELECT pg_temp.stage('{26}');
SELECT updated FROM cccd_gate.load_answers('system');
UPDATE line SET asked_at = '2023-04-01', outcome = 'differs' WHERE line.line = 26;
SELECT pg_temp.stage('{26}');
SELECT updated FROM cccd_gate.load_answers('system');
SELECT * FROM pg_temp.insurance;
SELECT count(*) AS insured FROM cccd_gate.health h WHERE (cccd_check(h.record, 'holds(insurance)', '2023-04-02')).verdict = 'pass';
-- a record is full with 31 facts that are neither doses nor tests
SAVEPOINT full_record;
INSERT INTO cccd_gate.fact (person, kind, disease, starts, source)
SELECT p.person, 'exposure', 'covid19', timestamptz '2021-01-01 08:00' + i * interval '1 day', 'national' FROM cccd_gate.person p, generate_series(1, 31) i WHERE i < 31 AND p.name = 'Trần Thị Bình' OR p.name = 'Lê Văn Cường';
INSERT INTO cccd_gate.answer_in (id, service, outcome, asked_at) VALUES ('001190000002', 'BHYT', 'khớp', '2023-04-03'), ('001090000003', 'BHYT', 'khớp', '2023-04-03');
SELECT taken, updated, rejected FROM cccd_gate.load_answers('system');
SELECT masked, reason FROM cccd_gate.load_reject WHERE reason = 'too_many_facts';
ROLLBACK TO full_record;
-- taken back, with the credential, by who said it
UPDATE line SET asked_at = '2023-05-01', outcome = 'confirmed' WHERE line.line = 26;
SELECT pg_temp.stage('{26}');
SELECT updated FROM cccd_gate.load_answers('system');
UPDATE line SET withdrawn = 'yes' WHERE line.line = 26;
SELECT pg_temp.stage('{26}');
SELECT withdrawn, rejected FROM cccd_gate.load_answers('national');
SELECT pg_temp.stage('{26}');
SELECT withdrawn, rejected FROM cccd_gate.load_answers('system');
SELECT source, withdrawn FROM pg_temp.insurance WHERE latest ORDER BY source;
SELECT * FROM pg_temp.answers;

-- another name, birth date or sex forgets what was said of the one before; that
-- the number is not known stays true, and so does what is not about identity
CREATE FUNCTION pg_temp.forgotten(change text) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE n bigint;
BEGIN
    BEGIN
        INSERT INTO cccd_gate.register_answer SELECT person, s, '001090000001', o, '2021-11-16', NULL, 'national' FROM cccd_gate.person, (VALUES ('identity', 'confirmed'), ('insurance', 'confirmed')) v(s, o) WHERE name = 'Trần Thị Bình';
        EXECUTE 'UPDATE cccd_gate.person SET ' || change;
        SELECT count(*) INTO n FROM cccd_gate.register_answer;
        RAISE EXCEPTION USING ERRCODE = 'TAP01';
    EXCEPTION WHEN SQLSTATE 'TAP01' THEN RETURN n; END;
END $$;
SELECT c AS change, pg_temp.forgotten(c) AS left FROM unnest('{"name = name || '' Hai''","name = upper(name)","birth_date = birth_date + 1, birth_precision = ''day''","birth_precision = ''day''","sex = CASE sex WHEN ''M'' THEN ''F'' ELSE ''M'' END","died_on = ''2021-11-16''","source = ''agency''"}'::text[]) c;
-- who is merged into another keeps theirs; deleting a person takes them along
SELECT problem FROM cccd_gate.merge_people((SELECT person FROM cccd_gate.person WHERE name = 'Trần Thị Bình'), (SELECT person FROM cccd_gate.person WHERE name = 'Nguyễn Văn An'));
SELECT * FROM pg_temp.answers;
SELECT cccd_gate.delete_people(ARRAY(SELECT person FROM cccd_gate.person));
SELECT count(*) AS answers FROM cccd_gate.register_answer;
ROLLBACK;

-- what the gate makes of it: agreement with the register is evidence if the
-- population database says the same, and as lately as the event asks
BEGIN;
SET LOCAL cccd_gate.allow_superuser = on;
INSERT INTO cccd_gate.person_in (id, name, birth_date, sex) VALUES
    ('001090000001', 'Nguyễn Văn An', '1990-01-01', 'Nam'), ('001190000002', 'Trần Thị Bình', '1990-02-01', 'Nữ'), ('001090000003', 'Lê Văn Cường', '1990-03-01', 'Nam');
SELECT taken FROM cccd_gate.load_people('national');
INSERT INTO cccd_gate.document_in (id, issued) VALUES ('001090000001', '2021-05-10'), ('001190000002', '2021-05-10');
SELECT taken FROM cccd_gate.load_documents('national');
SELECT cccd_gate.save_event(code, jsonb_build_object('name', code, 'starts', '2021-11-16 19:00+07', 'capacity', 10, 'rule', 'evidence >= claimed', 'ticket_required', false,
                                                     'minimum_evidence', minimum, 'register_checked', checked))
FROM (VALUES ('ANY', 'registry', NULL), ('DAY', 'registry', '24 hours'), ('SIGNED', 'signature', '24 hours'), ('CARD', 'qr', '24 hours'), ('CHIP', 'chip', '24 hours'), ('RULE', 'qr', '24 hours')) e(code, minimum, checked);
UPDATE cccd_gate.event SET rule = 'evidence >= registry' WHERE code = 'RULE';
INSERT INTO cccd_gate.gate SELECT event, 'A' FROM cccd_gate.event;
CREATE FUNCTION pg_temp.card(who int, surname text DEFAULT NULL) RETURNS text LANGUAGE sql STABLE AS $$
    SELECT cccd_card_qr(n.id, NULL, coalesce(surname || ' Khác', p.name), p.birth_date, p.sex, 'Hà Nội', '2021-05-10')
    FROM cccd_gate.identity_number n JOIN cccd_gate.person p USING (person) WHERE n.id::text LIKE '%' || who $$;
CREATE FUNCTION pg_temp.seen(who int, moment timestamptz, surname text DEFAULT NULL) RETURNS TABLE (event text, verdict text, reasons text[], evidence text, until timestamptz) LANGUAGE sql STABLE AS $$
    SELECT e.code, a.verdict, a.reasons, a.evidence, a.valid_until
    FROM cccd_gate.event e, LATERAL cccd_gate.preview(e.code, 'A', moment, scan => pg_temp.card(who, surname)) a ORDER BY e.code $$;
CREATE FUNCTION pg_temp.answered(who int, outcome text, asked text, expires text DEFAULT NULL, source text DEFAULT 'national') RETURNS bigint LANGUAGE sql AS $$
    INSERT INTO cccd_gate.answer_in (id, name, birth_date, sex, service, outcome, asked_at, expires_at)
    SELECT n.id, p.name, p.birth_date, p.sex, 'identity', outcome, asked, expires FROM cccd_gate.identity_number n JOIN cccd_gate.person p USING (person) WHERE n.id::text LIKE '%' || who;
    SELECT taken + updated FROM cccd_gate.load_answers(source) $$;
-- nobody was asked
SELECT * FROM pg_temp.seen(1, '2021-11-16 18:00');
-- asked at noon: a day later to the microsecond, and a microsecond after it
SELECT pg_temp.answered(1, 'confirmed', '2021-11-16 12:00');
SELECT * FROM pg_temp.seen(1, '2021-11-16 18:00');
SELECT * FROM pg_temp.seen(1, '2021-11-17 12:00') WHERE event IN ('DAY', 'CARD');
SELECT * FROM pg_temp.seen(1, '2021-11-17 12:00:00.000001') WHERE event IN ('DAY', 'CARD');
-- before it was asked nothing was known
SELECT * FROM pg_temp.seen(1, '2021-11-16 11:59:59.999999') WHERE event = 'DAY';
-- an answer may expire before the event finds it old: until then, and at that moment
SELECT pg_temp.answered(1, 'confirmed', '2021-11-16 13:00', '2021-11-16 18:00', 'system');
SELECT * FROM pg_temp.seen(1, '2021-11-16 17:59:59.999999') WHERE event = 'DAY';
SELECT * FROM pg_temp.seen(1, '2021-11-16 18:00') WHERE event IN ('ANY', 'DAY');
-- the database says otherwise: even where nobody asked for it, until the answer expires
SELECT pg_temp.answered(1, 'differs', '2021-11-16 14:00', '2021-11-17 00:00');
SELECT * FROM pg_temp.seen(1, '2021-11-16 18:00');
SELECT * FROM pg_temp.seen(1, '2021-11-17 00:00') WHERE event = 'ANY';
-- nor is a code with that number and another name told anything of it
SELECT * FROM pg_temp.seen(1, '2021-11-16 18:00', 'Người') WHERE event IN ('ANY', 'CARD');
SELECT a.reasons FROM cccd_gate.preview('ANY', 'A', '2021-11-16 18:00', scan => '001090000001') a;
SELECT a.reasons FROM cccd_gate.preview('CARD', 'A', '2021-11-16 18:00', scan => '001090000001||Nguyễn Văn An|||Hà Nội|') a;
-- it was put right
UPDATE cccd_gate.person SET name = 'Nguyễn Văn Ân Hai' WHERE name = 'Nguyễn Văn An';
SELECT * FROM pg_temp.seen(1, '2021-11-16 18:00') WHERE event IN ('ANY', 'DAY');
SELECT pg_temp.answered(1, 'confirmed', '2021-11-16 15:00');
SELECT * FROM pg_temp.seen(1, '2021-11-16 18:00') WHERE event IN ('ANY', 'DAY');
-- of a number that was replaced nothing counts for the one that came after it
SELECT pg_temp.answered(2, 'confirmed', '2021-11-16 15:00');
SELECT * FROM pg_temp.seen(2, '2021-11-16 18:00') WHERE event = 'DAY';
UPDATE cccd_gate.register_answer SET id = '001190000009' WHERE id = '001190000002';
SELECT * FROM pg_temp.seen(2, '2021-11-16 18:00') WHERE event = 'DAY';
-- an officer does not stand for the register; who is asked about, and scans again, is let in
SELECT a.verdict, a.reasons, a.ask_vi FROM cccd_gate.check_in('DAY', 'A', md5('one')::uuid, scan => pg_temp.card(2)) a;
SELECT accepted FROM cccd_gate.accept_paper(md5('one')::uuid, 'identity');
SELECT a.verdict, a.reasons, a.evidence FROM cccd_gate.recheck(md5('one')::uuid, md5('two')::uuid) a;
SELECT pg_temp.answered(2, 'confirmed', (clock_timestamp() - interval '1 minute')::text);
SELECT a.verdict, a.reasons, a.evidence FROM cccd_gate.check_in('DAY', 'A', md5('three')::uuid, scan => pg_temp.card(2)) a;
-- where it says otherwise, an officer who compared does
SELECT pg_temp.answered(2, 'differs', (clock_timestamp() - interval '1 second')::text);
SELECT a.verdict, a.reasons, a.ask_vi FROM cccd_gate.check_in('CARD', 'A', md5('four')::uuid, scan => pg_temp.card(2)) a;
SELECT accepted FROM cccd_gate.accept_paper(md5('four')::uuid, 'identity');
SELECT a.verdict, a.reasons, a.evidence FROM cccd_gate.recheck(md5('four')::uuid, md5('five')::uuid) a;
-- a loader of facts says nothing under the key of an answer, which could be taken back with it
INSERT INTO cccd_gate.fact_in (id, kind, starts, source_record)
SELECT n.id::text, 'recovery', '2021-09-01', r.record || n.person
FROM cccd_gate.identity_number n, unnest('{answer/insurance/,answers/}'::text[]) r(record) WHERE n.id IN ('001090000001', '001190000002') ORDER BY n.id, r.record;
SELECT taken, withdrawn, rejected FROM cccd_gate.load_facts('agency');
SELECT reason, reason_en, accepted, masked FROM cccd_gate.load_rejects('agency') WHERE staging = 'fact_in';
SAVEPOINT error;
SELECT cccd_gate.save_event('DAY', '{"register_checked": "59 seconds"}');
ROLLBACK TO error;
SELECT cccd_gate.save_event('DAY', '{"register_checked": "1 minute"}'), cccd_gate.save_event('DAY', '{"register_checked": "10 years"}'), cccd_gate.save_event('DAY', '{"register_checked": null}');
SELECT cccd_gate.save_event('DAY', '{"register_checked": "10 years 1 second"}');
ROLLBACK;
