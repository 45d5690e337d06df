-- The desk: papers, people in no register, closing a review; the reports; the
-- health record as facts come and go.
SET client_min_messages = warning;
SET timezone = 'Asia/Ho_Chi_Minh';
SET datestyle = 'ISO, YMD';
BEGIN;

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
INSERT INTO cccd_gate.event (code, name, starts, judged_at, capacity, rule_code, rule, ticket_required)
SELECT 'MATCH', 'Trận đấu', '2021-11-16 19:00+07', '2021-11-16 19:00+07', 100, code,
       '(doses >= 2 and since(dose(2)) >= 14 days or since(recovery) <= 6 months) and since(negative) <= 72 hours', false
FROM cccd_gate.rule_book WHERE code = 'my-dinh-2021';
INSERT INTO cccd_gate.gate SELECT event, g FROM cccd_gate.event, unnest('{A,B}'::text[]) g WHERE code = 'MATCH';
INSERT INTO cccd_gate.officer VALUES ('lan', 'Nguyễn Thị Lan', true), ('gone', 'Trần Văn Nghỉ', false);

CREATE FUNCTION pg_temp.scan(k text) RETURNS text LANGUAGE sql STABLE AS $$
    SELECT cccd_card_qr(id, NULL, name, birth_date, sex, 'Hà Nội', '2021-05-10') FROM who WHERE key = k $$;
CREATE TEMP TABLE seen (key text PRIMARY KEY, d bigint);
INSERT INTO seen SELECT w.key, a.decision_id FROM (SELECT key FROM who WHERE key <> 'spelled' ORDER BY id) w, LATERAL cccd_gate.check('MATCH', pg_temp.scan(w.key), 'A', md5(w.key)::uuid, '2021-11-16 17:00+07') a;
SELECT key, verdict, reasons FROM seen JOIN cccd_gate.decision ON decision = d ORDER BY key;

-- papers that are not accepted, and why
CREATE FUNCTION pg_temp.d(k text) RETURNS bigint LANGUAGE sql STABLE AS $$ SELECT d FROM seen WHERE key = k $$;
SELECT accepted, problem, problem_en, paper_id FROM cccd_gate.accept_paper(pg_temp.d('part'), 'nobody', 'dose', '2021-09-01');
SELECT accepted, problem, problem_vi, paper_id FROM cccd_gate.accept_paper(pg_temp.d('part'), 'gone', 'dose', '2021-09-01');
SELECT problem FROM cccd_gate.accept_paper(-1, 'lan', 'dose', '2021-09-01');
SELECT problem FROM cccd_gate.accept_paper(NULL::bigint, NULL, NULL, NULL);
SELECT problem FROM cccd_gate.accept_paper(pg_temp.d('part'), 'lan', 'poem', '2021-09-01');
SELECT problem FROM cccd_gate.accept_paper(pg_temp.d('part'), 'lan', 'dose', NULL);
SELECT problem FROM cccd_gate.accept_paper(pg_temp.d('part'), 'lan', 'dose', 'infinity');
SELECT problem FROM cccd_gate.accept_paper(pg_temp.d('part'), 'lan', 'dose', '1999-12-31');
SELECT problem FROM cccd_gate.accept_paper(pg_temp.d('part'), 'lan', 'dose', '2135-01-01');
SELECT problem FROM cccd_gate.accept_paper(pg_temp.d('part'), 'lan', 'dose', '2021-09-01', 'water');
SELECT problem FROM cccd_gate.accept_paper(pg_temp.d('part'), 'lan', 'dose', '2021-09-01', number => 0);
SELECT problem FROM cccd_gate.accept_paper(pg_temp.d('part'), 'lan', 'dose', '2021-09-01', disease => 'lycanthropy');
SELECT problem FROM cccd_gate.accept_paper(pg_temp.d('part'), 'lan', 'test', '2021-11-15', 'smell', 'negative');
SELECT problem FROM cccd_gate.accept_paper(pg_temp.d('part'), 'lan', 'test', '2021-11-15', 'pcr', 'maybe');
SELECT problem FROM cccd_gate.accept_paper(pg_temp.d('part'), 'lan', 'test', '2021-11-15', 'pcr');
SELECT problem FROM cccd_gate.accept_paper(pg_temp.d('part'), 'lan', 'isolation', '2021-11-15', until => '2021-11-14');
SELECT count(*) AS papers FROM cccd_gate.paper_evidence;

-- one dose on record, paper for the second and for the test
SELECT accepted, problem FROM cccd_gate.accept_paper(pg_temp.d('part'), 'lan', 'dose', '2021-09-01', 'eu/1/20/1528', number => 2, document_number => 'VX 0001');
SELECT (a).verdict, (a).reasons FROM cccd_gate.recheck(pg_temp.d('part'), md5('part 2')::uuid, '2021-11-16 17:05+07') a;
SELECT accepted, problem FROM cccd_gate.accept_paper(pg_temp.d('part'), 'lan', 'test', '2021-11-15', 'antigen', 'negative', document_number => 'T-77/1');
-- the same paper again is accepted again and changes nothing; another one for
-- the same dose is not, nor the same document for somebody else
SELECT a.accepted, a.paper_id = p.paper AS same FROM cccd_gate.accept_paper(pg_temp.d('part'), 'lan', 'dose', '2021-09-01', 'EU/1/20/1528', number => 2, document_number => 'vx0001') a, cccd_gate.paper_evidence p WHERE p.kind = 'dose';
SELECT accepted, problem FROM cccd_gate.accept_paper(pg_temp.d('part'), 'lan', 'dose', '2021-09-01', 'EU/1/20/1507', number => 2);
SELECT accepted, problem FROM cccd_gate.accept_paper(pg_temp.d('paper'), 'lan', 'test', '2021-11-15', 'antigen', 'negative', document_number => 'T 77 1');
SELECT (a).verdict, (a).reasons FROM cccd_gate.recheck(pg_temp.d('part'), md5('part 3')::uuid, '2021-11-16 17:06+07') a;
-- the same recheck again, a second recheck, and a request id of another decision
SELECT (a).verdict, (a).admitted_at FROM cccd_gate.recheck(pg_temp.d('part'), md5('part 3')::uuid, '2021-11-16 17:09+07') a;
SELECT (a).verdict, (a).reasons_en FROM cccd_gate.recheck(pg_temp.d('part'), md5('part 4')::uuid, '2021-11-16 17:10+07') a;
SELECT (a).verdict, (a).reasons FROM cccd_gate.recheck(pg_temp.d('none'), md5('part 3')::uuid, '2021-11-16 17:10+07') a;
SELECT (a).verdict, (a).reasons FROM cccd_gate.recheck(-1) a;
SELECT (a).verdict, (a).reasons FROM cccd_gate.recheck(NULL, NULL, NULL, NULL) a;

-- all paper
SELECT accepted FROM cccd_gate.accept_paper(pg_temp.d('paper'), 'lan', 'dose', '2021-06-01', number => 1)
UNION ALL SELECT accepted FROM cccd_gate.accept_paper(pg_temp.d('paper'), 'lan', 'dose', '2021-09-01', number => 2)
UNION ALL SELECT accepted FROM cccd_gate.accept_paper(pg_temp.d('paper'), 'lan', 'test', '2021-11-15', 'pcr', 'negative');
SELECT (a).verdict FROM cccd_gate.recheck(pg_temp.d('paper'), md5('paper 2')::uuid, '2021-11-16 17:05+07') a;
-- every kind of paper states its fact
SELECT kind, (cccd_gate.accept_paper(pg_temp.d('none'), 'lan', kind, '2021-10-01', until => '2021-12-01', document_number => 'K' || kind)).accepted
FROM unnest('{recovery,isolation,exposure,contraindication}'::text[]) kind;
SELECT kind, count(*), count(*) FILTER (WHERE source_record IN (SELECT paper::text FROM cccd_gate.paper_evidence)) AS referenced FROM cccd_gate.fact WHERE source = 'paper' GROUP BY kind ORDER BY kind;
SELECT count(*) AS papers, count(document_hash) AS numbered, count(DISTINCT document_hash) AS different, bool_and(length(document_hash) = 32) AS hashed FROM cccd_gate.paper_evidence;

-- an officer answers for a name that the register spells otherwise
INSERT INTO seen SELECT 'wrong name', decision_id FROM cccd_gate.check('MATCH', replace(pg_temp.scan('spelled'), 'Sai', 'Say'), 'B', NULL, '2021-11-16 17:20+07');
SELECT (a).verdict, (a).reasons FROM cccd_gate.recheck(pg_temp.d('wrong name'), at => '2021-11-16 17:21+07') a;
SELECT accepted, problem FROM cccd_gate.accept_paper(pg_temp.d('wrong name'), 'lan', 'identity', NULL);
SELECT (a).verdict, (a).reasons, (a).evidence FROM cccd_gate.recheck(pg_temp.d('wrong name'), at => '2021-11-16 17:22+07') a;

-- somebody in no register
INSERT INTO seen SELECT 'stranger', decision_id FROM cccd_gate.check('MATCH', '001099000077||Người Lạ|01011999|Nam|Hà Nội|10052021', 'A', NULL, '2021-11-16 17:30+07');
SELECT problem FROM cccd_gate.accept_paper(pg_temp.d('stranger'), 'lan', 'dose', '2021-09-01');
SELECT person_id IS NOT NULL AS known, created, problem FROM cccd_gate.register_person('nobody', '001099000077||Người Lạ|01011999|Nam|Hà Nội|10052021');
SELECT person_id IS NOT NULL AS known, created, problem FROM cccd_gate.register_person('lan', '001099000077||Người Lạ|01011999|Nam|Hà Nội|10052021');
SELECT person_id IS NOT NULL AS known, created, problem FROM cccd_gate.register_person('lan', '001099000077');
SELECT person_id IS NOT NULL AS known, created, problem FROM cccd_gate.register_person('lan', 'rubbish');
SELECT person_id IS NOT NULL AS known, created, problem FROM cccd_gate.register_person('lan', NULL);
SELECT person_id IS NOT NULL AS known, created, problem FROM cccd_gate.register_person('lan', 'C7654321');
SELECT person_id IS NOT NULL AS known, created, problem FROM cccd_gate.register_person('lan', 'C7654321', 'Anna Example', date '1700-02-03', 'F');
SELECT person_id IS NOT NULL AS known, created, problem FROM cccd_gate.register_person('lan', 'C7654321', 'Anna Example', date '1985-02-03', 'X');
SELECT person_id IS NOT NULL AS known, created, problem FROM cccd_gate.register_person('lan', 'C7654321', 'Anna Example', date '1985-02-03', 'F');
SELECT person_id IS NOT NULL AS known, created, problem FROM cccd_gate.register_person('lan', '876543210', 'Chứng Minh Cũ');
SELECT person_id IS NOT NULL AS known, created, problem FROM cccd_gate.register_person('lan', '876543210', 'Chứng Minh Cũ', date '1960-02-03');
SELECT person_id IS NOT NULL AS known, created, problem FROM cccd_gate.register_person('lan', '876543210', 'Ai Đó', date '1960-02-03');
SELECT person_id IS NOT NULL AS known, created, problem FROM cccd_gate.register_person('lan', 'E7654321', 'Jean Dupont', date '1970-01-01', 'M', 'FRA');
SELECT verdict, reasons, holder_name, evidence FROM cccd_gate.check('MATCH', '001099000077||Người Lạ|01011999|Nam|Hà Nội|10052021', 'A', NULL, '2021-11-16 17:31+07');
SELECT verdict, reasons, holder_name, evidence FROM cccd_gate.check('MATCH', 'C7654321', 'A', NULL, '2021-11-16 17:31+07', evidence => 'paper');

-- the end of a review
SELECT closed, problem FROM cccd_gate.turn_away(pg_temp.d('none'), 'gone', 'no papers');
SELECT closed, problem FROM cccd_gate.turn_away(-1, 'lan', 'no papers');
SELECT closed, problem FROM cccd_gate.turn_away(pg_temp.d('full'), 'lan', 'no papers');
SELECT closed, problem FROM cccd_gate.turn_away(pg_temp.d('part'), 'lan', 'no papers');
SELECT closed, problem FROM cccd_gate.turn_away(pg_temp.d('none'), 'lan', 'không có giấy tờ, số 001090000004');
SELECT closed, problem FROM cccd_gate.turn_away(pg_temp.d('none'), 'lan', 'twice');
SELECT verdict, reasons, officer, note FROM cccd_gate.decision WHERE note IS NOT NULL;

-- reports
SELECT * FROM cccd_gate.attendance_report('MATCH');
SELECT verdict, reason, label_vi, people FROM cccd_gate.refusals_report('MATCH');
SELECT * FROM cccd_gate.gate_report('MATCH');
SELECT * FROM cccd_gate.attendance_report('NOWHERE');
SELECT * FROM cccd_gate.refusals_report('NOWHERE');
SELECT basis, proof_record, proof_paper, count(*) FROM cccd_gate.attendance GROUP BY 1, 2, 3 ORDER BY 1;

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
