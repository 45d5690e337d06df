-- The desk of a match: papers, people in no register, closing a review; what
-- the admissions rest on; the health record as facts come and go.  The rule is
-- asked for kick-off, so that the papers of 2021 count whenever this is run.
SET client_min_messages = warning;
SET timezone = 'Asia/Ho_Chi_Minh';
SET datestyle = 'ISO, YMD';
BEGIN;
SET LOCAL cccd_gate.allow_superuser = on;

CREATE TEMP TABLE who (key text PRIMARY KEY, id cccd_id, name text, birth_date date, sex text);
INSERT INTO who VALUES
    ('full', '001090000001', 'Đủ Mũi', '1990-01-01', 'M'),
    ('part', '001190000002', 'Một Mũi', '1990-02-01', 'F'),
    ('paper', '001090000003', 'Toàn Giấy', '1990-03-01', 'M'),
    ('none', '001090000004', 'Không Giấy', '1990-04-01', 'M'),
    ('spelled', '001090000005', 'Sai Chính Tả', '1990-05-01', 'M');
INSERT INTO cccd_gate.person_in (id, name, birth_date, sex) SELECT id, name, birth_date, sex FROM who;
SELECT taken FROM cccd_gate.load_people('national', NULL);
INSERT INTO cccd_gate.fact_in (id, kind, starts, dose_number) SELECT id, 'dose', '2021-06-01', 1 FROM who WHERE key IN ('full', 'part', 'spelled')
UNION ALL SELECT id, 'dose', '2021-09-01', 2 FROM who WHERE key IN ('full', 'spelled');
INSERT INTO cccd_gate.fact_in (id, kind, starts, detail, result) SELECT id, 'test', '2021-11-15', 'pcr', 'negative' FROM who WHERE key IN ('full', 'spelled');
SELECT taken FROM cccd_gate.load_facts('national');
INSERT INTO cccd_gate.event (code, name, activity, unit, starts, judged_at, capacity, minimum_evidence, rule_code, rule, ticket_required)
SELECT 'MATCH', 'Trận đấu', 'football', 1, '2021-11-16 19:00+07', '2021-11-16 19:00+07', 100, 'paper', code,
       '(doses >= 2 and since(dose(2)) >= 14 days or since(recovery) <= 6 months) and since(negative) <= 72 hours', false
FROM cccd_gate.rule_book WHERE code = 'my-dinh-2021';
INSERT INTO cccd_gate.gate SELECT event, g FROM cccd_gate.event, unnest('{A,B}'::text[]) g WHERE code = 'MATCH';
INSERT INTO cccd_gate.officer VALUES ('lan', 'Nguyễn Thị Lan', true), ('gone', 'Trần Văn Nghỉ', false);

CREATE FUNCTION pg_temp.scan(k text) RETURNS text LANGUAGE sql STABLE AS $$
    SELECT cccd_card_qr(id, NULL, name, birth_date, sex, 'Hà Nội', '2021-05-10') FROM who WHERE key = k $$;
CREATE FUNCTION pg_temp.id(k text) RETURNS uuid LANGUAGE sql IMMUTABLE AS $$ SELECT md5(k)::uuid $$;
SELECT w.key, a.verdict, a.reasons, a.evidence FROM who w, LATERAL cccd_gate.check_in('MATCH', 'A', pg_temp.id(w.key), scan => pg_temp.scan(w.key)) a WHERE w.key <> 'spelled' ORDER BY w.id;

-- papers that are not accepted, and why
SELECT accepted, problem, problem_en, paper_id FROM cccd_gate.accept_paper(pg_temp.id('part'), 'dose', '2021-09-01', officer => 'nobody');
SELECT accepted, problem, problem_vi, paper_id FROM cccd_gate.accept_paper(pg_temp.id('part'), 'dose', '2021-09-01', officer => 'gone');
SELECT problem FROM cccd_gate.accept_paper(pg_temp.id('no case'), 'dose', '2021-09-01', officer => 'lan');
SELECT problem FROM cccd_gate.accept_paper(NULL, NULL);
SELECT p.i, a.accepted, a.problem FROM (VALUES
    (1, 'poem', timestamptz '2021-09-01', NULL::timestamptz, NULL, NULL, NULL::int, 'covid19'), (2, NULL, '2021-09-01', NULL, NULL, NULL, NULL, 'covid19'),
    (3, 'dose', NULL, NULL, NULL, NULL, NULL, 'covid19'), (4, 'dose', 'infinity', NULL, NULL, NULL, NULL, 'covid19'), (5, 'dose', '-infinity', NULL, NULL, NULL, NULL, 'covid19'),
    (6, 'dose', '1999-12-31', NULL, NULL, NULL, NULL, 'covid19'), (7, 'dose', '2135-01-01', NULL, NULL, NULL, NULL, 'covid19'),
    (8, 'dose', '2021-09-01', NULL, 'water', NULL, NULL, 'covid19'), (9, 'dose', '2021-09-01', NULL, NULL, NULL, 0, 'covid19'),
    (10, 'dose', '2021-09-01', NULL, NULL, NULL, NULL, 'lycanthropy'),
    (11, 'test', '2021-11-15', NULL, 'smell', 'negative', NULL, 'covid19'), (12, 'test', '2021-11-15', NULL, 'pcr', 'maybe', NULL, 'covid19'), (13, 'test', '2021-11-15', NULL, 'pcr', NULL, NULL, 'covid19'),
    (14, 'isolation', '2021-11-15', '2021-11-14', NULL, NULL, NULL, 'covid19'), (15, 'isolation', '2021-11-15', 'infinity', NULL, NULL, NULL, 'covid19')) p(i, kind, starts, ends, detail, result, number, disease),
    LATERAL cccd_gate.accept_paper(pg_temp.id('none'), p.kind, p.starts, p.ends, p.detail, p.result, p.number, disease => p.disease, officer => 'lan') a ORDER BY i;
SELECT count(*) AS papers, (SELECT count(*) FROM cccd_gate.fact WHERE source = 'paper') AS facts FROM cccd_gate.paper;

-- one dose on record, paper for the second and for the test
SELECT accepted, problem FROM cccd_gate.accept_paper(pg_temp.id('part'), 'dose', '2021-09-01', detail => 'eu/1/20/1528', dose_number => 2, document_number => 'VX 0001', officer => 'lan');
SELECT verdict, reasons FROM cccd_gate.recheck(pg_temp.id('part'), pg_temp.id('part 2'));
SELECT accepted, problem FROM cccd_gate.accept_paper(pg_temp.id('part'), 'test', '2021-11-15', detail => 'antigen', result => 'negative', document_number => 'T-77/1', officer => 'lan');
-- the same paper again is accepted again and changes nothing; another one for
-- the same dose is not, nor the same document for somebody else
SELECT a.accepted, a.paper_id = p.paper AS same FROM cccd_gate.accept_paper(pg_temp.id('part'), 'dose', '2021-09-01', detail => 'EU/1/20/1528', dose_number => 2, document_number => 'vx0001') a, cccd_gate.paper p WHERE p.kind = 'dose';
SELECT p.i, a.accepted, a.problem FROM (VALUES (1, 'dose', timestamptz '2021-09-01', 'EU/1/20/1507', NULL, 2), (2, 'dose', '2021-09-01', NULL, NULL, 2), (3, 'dose', '2021-09-01', 'EU/1/20/1528', NULL, 3),
    (4, 'dose', '2021-09-01', 'EU/1/20/1528', NULL, 2)) p(i, kind, starts, detail, result, number),
    LATERAL cccd_gate.accept_paper(pg_temp.id('part'), p.kind, p.starts, detail => p.detail, result => p.result, dose_number => p.number) a ORDER BY i;
SELECT accepted, problem FROM cccd_gate.accept_paper(pg_temp.id('paper'), 'test', '2021-11-15', detail => 'antigen', result => 'negative', document_number => 'T 77 1');
SELECT verdict, reasons FROM cccd_gate.recheck(pg_temp.id('part'), pg_temp.id('part 3'));
-- the same recheck again, a second one, and with the request of another case
SELECT a.verdict, a.reasons, a.admitted_at = l.recorded_at AS first, a.request_id = l.request_id AS its_request
FROM cccd_gate.recheck(pg_temp.id('part'), pg_temp.id('part 3')) a, cccd_gate.answer_log l WHERE l.request_id = pg_temp.id('part 3');
SELECT verdict, reasons, inside FROM cccd_gate.recheck(pg_temp.id('part'), pg_temp.id('part 4'));
SELECT verdict, reasons, holder_name FROM cccd_gate.recheck(pg_temp.id('none'), pg_temp.id('part 3'));
SELECT verdict, reasons FROM cccd_gate.recheck(pg_temp.id('no case'), pg_temp.id('no case 2'));
SELECT verdict, reasons FROM cccd_gate.recheck(case_id => NULL, request_id => NULL);

-- all paper
SELECT p.i, a.accepted, a.problem FROM (VALUES (1, 'dose', timestamptz '2021-06-01', NULL, NULL, 1), (2, 'dose', '2021-09-01', NULL, NULL, 2), (3, 'test', '2021-11-15', 'pcr', 'negative', NULL)) p(i, kind, starts, detail, result, number),
    LATERAL cccd_gate.accept_paper(pg_temp.id('paper'), p.kind, p.starts, detail => p.detail, result => p.result, dose_number => p.number, officer => 'lan') a ORDER BY i;
SELECT verdict, reasons FROM cccd_gate.recheck(pg_temp.id('paper'), pg_temp.id('paper 2'));
-- every kind of paper states its fact
SELECT kind, (cccd_gate.accept_paper(pg_temp.id('none'), kind, '2021-10-01', ends => '2021-12-01', document_number => 'K' || kind, officer => 'lan')).accepted
FROM unnest('{recovery,isolation,exposure,contraindication}'::text[]) kind;
SELECT kind, count(*), count(*) FILTER (WHERE source_record IN (SELECT 'paper:' || paper FROM cccd_gate.paper)) AS referenced FROM cccd_gate.fact WHERE source = 'paper' GROUP BY kind ORDER BY kind;
SELECT count(*) AS papers, count(document_hash) AS numbered, count(DISTINCT document_hash) AS different, bool_and(length(document_hash) = 32) AS hashed FROM cccd_gate.paper;

-- of one moment two kinds of test, two credentials and two declarations are two papers
SELECT p.i, a.accepted, dense_rank() OVER (ORDER BY a.paper_id) AS paper
FROM (VALUES (1, 'test', 'pcr', 'negative'), (2, 'test', 'antigen', 'negative'), (3, 'test', 'pcr', 'negative'), (4, 'test', 'pcr', 'positive'),
             (5, 'credential', 'insurance', NULL), (6, 'credential', 'social_insurance', NULL), (7, 'credential', 'insurance', NULL),
             (8, 'declaration', 'no_symptoms', NULL), (9, 'declaration', 'no_contact', NULL), (10, 'declaration', 'no_symptoms', NULL)) p(i, kind, detail, result),
    LATERAL cccd_gate.accept_paper(pg_temp.id('none'), p.kind, '2021-10-05', detail => p.detail, result => p.result) a ORDER BY i;

-- an officer answers for a name that the register spells otherwise
SELECT verdict, reasons FROM cccd_gate.check_in('MATCH', 'B', pg_temp.id('wrong name'), scan => replace(pg_temp.scan('spelled'), 'Sai', 'Say'));
SELECT verdict, reasons FROM cccd_gate.recheck(pg_temp.id('wrong name'), pg_temp.id('wrong name 2'));
SELECT accepted, problem FROM cccd_gate.accept_paper(pg_temp.id('wrong name'), 'identity', officer => 'lan');
SELECT verdict, reasons, evidence FROM cccd_gate.recheck(pg_temp.id('wrong name'), pg_temp.id('wrong name 3'));

-- somebody in no register: no paper before the person is registered; then the
-- card says who it is, and the case goes on
SELECT verdict, reasons, holder_name, evidence FROM cccd_gate.check_in('MATCH', 'A', pg_temp.id('stranger'), scan => '001099000077||Người Lạ|01011999|Nam|Hà Nội|10052021');
SELECT accepted, problem FROM cccd_gate.accept_paper(pg_temp.id('stranger'), 'dose', '2021-09-01', officer => 'lan');
SELECT p.i, a.verdict, a.reasons, a.holder_name, a.holder_id_masked, a.evidence FROM (VALUES
    (1, 'Người Lạ', date '1999-01-01', 'M', 'chip', 'VNM', '001099000077', 'nobody'), (2, 'Người Lạ', '1999-01-01', 'M', 'chip', 'VNM', '001099000077', 'lan'),
    (3, 'Người Lạ', '1999-01-01', 'M', 'chip', 'VNM', '001099000077', 'lan'), (4, NULL, '1985-02-03', 'F', 'passport', 'GBR', 'C7654321', 'lan'),
    (5, 'Anna Example', '1700-02-03', 'F', 'passport', 'GBR', 'C7654321', 'lan'), (6, 'Anna Example', '1985-02-03', 'X', 'passport', 'GBR', 'C7654321', 'lan'),
    (7, 'Anna Example', '1985-02-03', 'F', 'passport', 'GBR', 'C7654321', 'lan'), (8, 'Chứng Minh Cũ', NULL, NULL, 'old_id', 'VNM', '876543210', 'lan'),
    (9, 'Chứng Minh Cũ', '1960-02-03', NULL, 'old_id', 'VNM', '876543210', 'lan'), (10, 'Ai Đó', '1960-02-03', NULL, 'old_id', 'VNM', '876543210', 'lan'),
    (11, 'Jean Dupont', '1970-01-01', 'M', 'passport', 'FRA', 'E7654321', 'lan')) p(i, name, born, sex, kind, state, number, officer),
    LATERAL cccd_gate.register_person('MATCH', 'A', pg_temp.id('registered ' || i), p.name, p.born, p.sex, p.kind, p.state, p.number, officer => p.officer) a ORDER BY i;
SELECT name, birth_date, sex, source FROM cccd_gate.person WHERE source = 'desk' ORDER BY birth_date, name;
SELECT verdict, reasons, holder_name, evidence FROM cccd_gate.check_in('MATCH', 'A', pg_temp.id('stranger again'), scan => '001099000077||Người Lạ|01011999|Nam|Hà Nội|10052021');
SELECT verdict, reasons, holder_name, evidence FROM cccd_gate.check_in('MATCH', 'A', pg_temp.id('passport'), scan => 'C7654321');

-- the end of a review
SELECT t.i, a.verdict, a.reasons FROM (VALUES
    (1, 'none', 'no papers', 'gone'), (2, 'no case', 'no papers', 'lan'), (3, 'full', 'no papers', 'lan'), (4, 'part', 'no papers', 'lan'),
    (5, 'none', 'không có giấy tờ, số 001090000004', 'lan'), (6, 'none', 'twice', 'lan')) t(i, key, note, officer),
    LATERAL cccd_gate.turn_away(pg_temp.id(t.key), t.note, t.officer) a ORDER BY i;
SELECT l.verdict, l.reasons, l.officer, n.note FROM cccd_gate.answer_log l JOIN cccd_gate.note n USING (request_id);

-- what the admissions rest on: records and papers
SELECT p.name, c.doses_record, c.doses_paper, c.tests_record, c.tests_paper, c.others_record, c.others_paper
FROM cccd_gate.presence JOIN cccd_gate.person p USING (person), LATERAL cccd_gate.proof_counts(presence.proof) c ORDER BY p.birth_date;

-- the record follows its facts: after every statement it is what
-- rebuild_health() would make
CREATE FUNCTION pg_temp.wrong() RETURNS bigint LANGUAGE sql AS $$ SELECT cccd_gate.rebuild_health() $$;
UPDATE cccd_gate.fact SET starts = starts - interval '1 day', dose_number = NULL WHERE kind = 'dose' AND source = 'national';
SELECT pg_temp.wrong() AS after_update;
DELETE FROM cccd_gate.fact WHERE kind = 'test' AND source = 'paper';
SELECT pg_temp.wrong() AS after_delete;
UPDATE cccd_gate.fact SET person = (SELECT person FROM cccd_gate.identity_number WHERE id = '001090000001') WHERE kind = 'isolation';
SELECT pg_temp.wrong() AS after_new_owner;
SELECT name, record FROM cccd_gate.health JOIN cccd_gate.person USING (person) WHERE name IN ('Đủ Mũi', 'Không Giấy') ORDER BY birth_date;
DELETE FROM cccd_gate.fact WHERE kind = 'dose';
SELECT pg_temp.wrong() AS after_doses;
DELETE FROM cccd_gate.person WHERE name = 'Không Giấy';
SELECT pg_temp.wrong() AS after_person;
TRUNCATE cccd_gate.fact CASCADE;
SELECT count(*) AS records FROM cccd_gate.health;
ROLLBACK;
