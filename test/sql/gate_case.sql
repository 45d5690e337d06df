-- Cases at the desk: papers, their revocation, the end of a case, and who may
-- act.  The first answers stand in the log as check_in() writes them.
\set VERBOSITY terse
SET client_min_messages = warning;
SET timezone = 'Asia/Ho_Chi_Minh';
BEGIN;
CREATE ROLE regress_desk;
CREATE ROLE regress_other_desk;
CREATE ROLE regress_gate;
CREATE ROLE regress_nobody;
INSERT INTO cccd_gate.event (event, code, name, starts, capacity, rule, ticket_required) VALUES
    (1, 'E', 'E', clock_timestamp(), 10, 'doses >= 1', false), (2, 'F', 'F', clock_timestamp(), 10, 'doses >= 1', false);
INSERT INTO cccd_gate.gate (event, gate) VALUES (1, 'A'), (2, 'A');
INSERT INTO cccd_gate.person (person, name, birth_date, sex) VALUES (1, 'Nguyễn Văn An', '1990-01-01', 'M'), (2, 'Trần Thị Bình', '1991-02-02', 'F');
INSERT INTO cccd_gate.officer VALUES ('lan', 'Nguyễn Thị Lan', true), ('gone', 'Người Đã Nghỉ', false);
SELECT cccd_gate.grant_duty('regress_desk', 'desk', event => 'E', officers => '{lan,gone,minh}');
SELECT cccd_gate.grant_duty('regress_other_desk', 'desk', event => 'F');
SELECT cccd_gate.grant_duty('regress_gate', 'gate');
-- a case of a person at an event: the first answer, and the state it left
CREATE FUNCTION pg_temp.open_case(n int, person bigint, verdict "char" DEFAULT 'v', event int DEFAULT 1) RETURNS uuid LANGUAGE plpgsql AS $$
DECLARE l cccd_gate.answer_log; id uuid := lpad(n::text, 32, '0')::uuid;
BEGIN
    l.request_id := id; l.event := event; l.gate := 'A'; l.person := person; l.kind := 'card_2021'; l.evidence := '4';
    l.action := 'i'; l.verdict := verdict; l.rule := (SELECT t.rule FROM cccd_gate.rule_text t WHERE t.value::text = 'doses >= 1');
    l.reasons := CASE verdict WHEN 'v' THEN '{doses_missing}'::text[] END;
    PERFORM cccd_gate.log_answer(l);
    IF verdict = 'a' THEN
        UPDATE cccd_gate.case_file f SET state = 'a' WHERE f.request_id = id;
        INSERT INTO cccd_gate.presence (event, person, since, entries, state, gate) VALUES (event, person, clock_timestamp(), 1, 'i', 'A');
        INSERT INTO cccd_gate.slot (event, slot, size, inside, entered) VALUES (event, 0, 10, 1, 1)
        ON CONFLICT ON CONSTRAINT slot_pkey DO UPDATE SET inside = cccd_gate.slot.inside + 1, entered = cccd_gate.slot.entered + 1;
    END IF;
    RETURN id;
END $$;
SELECT pg_temp.open_case(1, 1), pg_temp.open_case(2, 2), pg_temp.open_case(3, NULL), pg_temp.open_case(4, 1, 'v', 2);
GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA pg_temp TO PUBLIC;
CREATE FUNCTION pg_temp.id(n int) RETURNS uuid LANGUAGE sql IMMUTABLE AS $$ SELECT lpad(n::text, 32, '0')::uuid $$;

-- who may: the duty of the event, by the role that acts
SET ROLE regress_desk;
SELECT accepted, problem FROM cccd_gate.accept_paper(pg_temp.id(1), 'dose', '2021-06-01', document_number => 'ab 12');
SELECT accepted, problem FROM cccd_gate.accept_paper(pg_temp.id(4), 'dose', '2021-06-01');
SELECT accepted, problem FROM cccd_gate.accept_paper(gen_random_uuid(), 'dose', '2021-06-01');
SELECT accepted, problem FROM cccd_gate.accept_paper(NULL, 'dose', '2021-06-01');
SET ROLE regress_other_desk;
SELECT accepted, problem FROM cccd_gate.accept_paper(pg_temp.id(1), 'dose', '2021-06-01');
SELECT verdict, reasons FROM cccd_gate.turn_away(pg_temp.id(1));
SELECT verdict, reasons FROM cccd_gate.annul(pg_temp.id(1), gen_random_uuid());
SELECT revoked, problem FROM cccd_gate.revoke_paper((SELECT 1));
RESET ROLE;
-- the function's own word: a gate has no desk
SAVEPOINT gate;
SET ROLE regress_gate;
SELECT cccd_gate.turn_away(pg_temp.id(1));
ROLLBACK TO gate;
SET ROLE regress_nobody;
SELECT cccd_gate.accept_paper(pg_temp.id(1), 'dose', '2021-06-01');
ROLLBACK TO gate;

-- officers: the role itself, or one of the duty who is active
SET ROLE regress_desk;
SELECT o, accepted, problem FROM unnest('{lan,minh,gone,hoa}'::text[] || NULL::text) WITH ORDINALITY u(o, i),
    cccd_gate.accept_paper(pg_temp.id(1), 'test', timestamptz '2021-11-15' + i * interval '1 hour', detail => 'pcr', result => 'negative', officer => o) ORDER BY i;
RESET ROLE;
SELECT paper, case_id, person, kind, officer, role, document_hash IS NOT NULL AS hash FROM cccd_gate.paper ORDER BY paper;

-- one paper, one person, whatever it is taken for; the same paper again is the same
SET ROLE regress_desk;
SELECT accepted, problem, problem_vi, problem_en FROM cccd_gate.accept_paper(pg_temp.id(2), 'recovery', '2021-06-01', document_number => 'AB-12');
SELECT accepted, paper_id FROM cccd_gate.accept_paper(pg_temp.id(1), 'dose', '2021-06-01', document_number => 'AB12');
SELECT accepted, problem FROM cccd_gate.accept_paper(pg_temp.id(1), 'dose', '2021-06-01', dose_number => 2);
SELECT accepted, problem FROM cccd_gate.accept_paper(pg_temp.id(3), 'dose', '2021-06-01');
SELECT accepted FROM cccd_gate.accept_paper(pg_temp.id(1), 'identity');
-- what is wrong with a paper
SELECT w.n, accepted, problem FROM (VALUES
    (1, 'dose', NULL::timestamptz, NULL::timestamptz, NULL, NULL, NULL::int, NULL),
    (2, 'dose', '1999-12-31', NULL, NULL, NULL, NULL, NULL),
    (3, 'dose', clock_timestamp() + interval '1 minute', NULL, NULL, NULL, NULL, NULL),
    (4, 'isolation', '2130-01-01', NULL, NULL, NULL, NULL, NULL),
    (5, 'dose', '2021-06-02', NULL, 'no such vaccine', NULL, NULL, NULL),
    (6, 'test', '2021-06-02', NULL, 'no such test', 'negative', NULL, NULL),
    (7, 'test', '2021-06-02', NULL, 'pcr', 'lost', NULL, NULL),
    (8, 'dose', '2021-06-02', NULL, NULL, NULL, 32, NULL),
    (9, 'dose', '2021-06-02', NULL, NULL, NULL, 31, NULL),
    (10, 'recovery', '2021-06-02', '2021-06-02', NULL, NULL, NULL, NULL),
    (11, 'recovery', '2021-06-02', '2021-06-03', NULL, NULL, NULL, 'no such disease'),
    (12, 'credential', '2021-06-02', NULL, 'insurance', NULL, NULL, NULL),
    (13, 'credential', '2021-06-02', NULL, NULL, NULL, NULL, NULL),
    (14, 'passport', '2021-06-02', NULL, NULL, NULL, NULL, NULL),
    (15, 'test', '2021-06-02', NULL, NULL, 'negative', NULL, NULL),
    (16, 'test', '2021-06-02', NULL, ' ', 'negative', NULL, NULL),
    (17, 'test', '2021-06-02', NULL, 'pcr', NULL, NULL, NULL),
    (18, 'test', '2021-06-02', NULL, 'pcr', ' ', NULL, NULL),
    (19, 'test', '2021-06-02', NULL, NULL, NULL, NULL, NULL),
    (20, 'credential', '2021-06-02', NULL, 'no such permit', NULL, NULL, NULL),
    (21, 'declaration', '2021-11-16 08:00', '2021-11-17 08:00', 'no_symptoms', NULL, NULL, NULL),
    (22, 'declaration', '2021-11-16 08:00', NULL, 'vaccination', NULL, NULL, NULL),
    (23, 'registration', '2021-11-10', '2021-11-20', 'vaccination', NULL, NULL, 'no such disease'),
    (24, 'consultation', '2021-11-01', NULL, 'doctor', NULL, NULL, NULL),
    (25, 'consultation', clock_timestamp() + interval '1 minute', NULL, 'doctor', NULL, NULL, NULL)) w(n, kind, starts, ends, detail, result, dose, disease),
    cccd_gate.accept_paper(pg_temp.id(2), w.kind, w.starts, w.ends, w.detail, w.result, w.dose, NULL, w.disease) ORDER BY w.n;
SELECT problem, problem_vi, problem_en FROM cccd_gate.accept_paper(pg_temp.id(2), 'test', '2021-06-02', result => 'negative');
SELECT problem, problem_vi, problem_en FROM cccd_gate.accept_paper(pg_temp.id(2), 'test', '2021-06-02', detail => 'pcr');
RESET ROLE;
SELECT person, kind, starts, ends, disease, code, result, dose_number, source, source_record FROM cccd_gate.current_fact ORDER BY fact;

-- an admission that rests on a paper is named when the paper is revoked
SELECT pg_temp.open_case(10, 1, 'a'), pg_temp.open_case(11, 2, 'a');
SET ROLE regress_desk;
SELECT revoked, admissions, problem FROM cccd_gate.revoke_paper(1, 'của người khác, số 001090000001', officer => 'hoa');
SELECT revoked, admissions, problem FROM cccd_gate.revoke_paper(1, 'của người khác, số 001090000001', officer => 'lan');
SELECT revoked, problem, problem_vi, problem_en FROM cccd_gate.revoke_paper(1);
SELECT revoked, problem FROM cccd_gate.revoke_paper(NULL);
RESET ROLE;
SELECT revoked_by, revoke_note FROM cccd_gate.paper WHERE revoked_at IS NOT NULL;
SELECT count(*) AS doses FROM cccd_gate.current_fact WHERE person = 1 AND kind = 'dose';
-- what was revoked can serve again
SET ROLE regress_desk;
SELECT accepted, problem FROM cccd_gate.accept_paper(pg_temp.id(2), 'recovery', '2021-06-01', document_number => 'AB-12');

-- turned away stays turned away
SELECT verdict, reasons, reasons_vi, reasons_en, inside, holder_name FROM cccd_gate.turn_away(pg_temp.id(1), 'giấy giả 012345678901', 'lan');
SELECT verdict, reasons FROM cccd_gate.turn_away(pg_temp.id(1));
SELECT accepted, problem FROM cccd_gate.accept_paper(pg_temp.id(1), 'dose', '2021-06-01');
SELECT verdict, reasons FROM cccd_gate.turn_away(pg_temp.id(2), officer => 'hoa');
RESET ROLE;
SELECT l.action, l.verdict, l.person, l.gate, l.reasons, l.role, l.officer, length(l.note_hash) AS note_hash, n.note, f.state
FROM cccd_gate.answer_log l LEFT JOIN cccd_gate.note n USING (request_id)
JOIN cccd_gate.case_file f ON f.request_id = l.case_id WHERE l.action = 't';

-- an entry that did not happen: place free, case closed, once
SET ROLE regress_desk;
SELECT verdict, reasons FROM cccd_gate.annul(pg_temp.id(2), pg_temp.id(20));
SELECT verdict, reasons FROM cccd_gate.annul(pg_temp.id(10), NULL);
SELECT verdict, reasons FROM cccd_gate.annul(pg_temp.id(10), pg_temp.id(11));
SELECT request_id, verdict, reasons, inside FROM cccd_gate.annul(pg_temp.id(10), pg_temp.id(21), 'cửa không quay');
SELECT request_id, verdict, reasons, inside FROM cccd_gate.annul(pg_temp.id(10), pg_temp.id(21), 'cửa không quay');
SELECT verdict, reasons FROM cccd_gate.annul(pg_temp.id(10), pg_temp.id(22));
-- named by any request of the case
SELECT verdict, reasons FROM cccd_gate.turn_away(pg_temp.id(21));
RESET ROLE;
SELECT person, state, entries, ticket FROM cccd_gate.presence ORDER BY person;
SELECT sum(inside) AS inside, sum(entered) AS entered FROM cccd_gate.slot WHERE event = 1;
-- who has left is not annulled, nor one who came again
UPDATE cccd_gate.presence SET state = 'l' WHERE person = 2;
SET ROLE regress_desk;
SELECT verdict, reasons FROM cccd_gate.annul(pg_temp.id(11), pg_temp.id(23));
RESET ROLE;
UPDATE cccd_gate.presence SET state = 'i', entries = 2 WHERE person = 2;
SAVEPOINT again;
SET ROLE regress_desk;
SELECT verdict, reasons FROM cccd_gate.annul(pg_temp.id(11), pg_temp.id(23));
RESET ROLE;
SELECT state, entries FROM cccd_gate.presence WHERE person = 2;
ROLLBACK TO again;

-- registering: what is wrong is said, and nothing is stored
SET ROLE regress_desk;
SELECT w.n, a.verdict, a.reasons FROM (VALUES
    (1, 'G', 'A', 'Lê Thị Cúc', date '1980-01-01', 'F', 'other', 'VNM', NULL, NULL::uuid, NULL),
    (2, 'F', 'A', 'Lê Thị Cúc', date '1980-01-01', 'F', 'other', 'VNM', NULL, NULL, NULL),
    (3, 'E', 'B', 'Lê Thị Cúc', date '1980-01-01', 'F', 'other', 'VNM', NULL, NULL, NULL),
    (4, 'E', 'A', ' ', date '1980-01-01', 'F', 'other', 'VNM', NULL, NULL, NULL),
    (5, 'E', 'A', 'Lê Thị Cúc', NULL, 'F', 'other', 'VNM', NULL, NULL, NULL),
    (6, 'E', 'A', 'Lê Thị Cúc', date '2999-01-01', 'F', 'other', 'VNM', NULL, NULL, NULL),
    (7, 'E', 'A', 'Lê Thị Cúc', date '1980-01-01', 'X', 'other', 'VNM', NULL, NULL, NULL),
    (8, 'E', 'A', 'Lê Thị Cúc', date '1980-01-01', 'F', 'ticket', 'VNM', NULL, NULL, NULL),
    (9, 'E', 'A', 'Lê Thị Cúc', date '1980-01-01', 'F', 'passport', '??', 'C1234567', NULL, NULL),
    (10, 'E', 'A', 'Lê Thị Cúc', date '1980-01-01', 'F', 'passport', 'GBR', 'x', NULL, NULL),
    (11, 'E', 'A', 'Lê Thị Cúc', date '1980-01-01', 'F', 'passport', 'GBR', NULL, NULL, NULL),
    (12, 'E', 'A', 'Lê Thị Cúc', date '1980-01-01', 'F', 'other', 'VNM', NULL, gen_random_uuid(), NULL),
    (13, 'E', 'A', 'Lê Thị Cúc', date '1980-01-01', 'F', 'other', 'VNM', NULL, pg_temp.id(1), NULL),
    (14, 'E', 'A', 'Lê Thị Cúc', date '1980-01-01', 'F', 'other', 'VNM', NULL, NULL, 'hoa'),
    (15, 'E', 'A', 'Lê Thị Cúc', date '1980-01-01', 'F', 'chip', 'GBR', '001180000009', NULL, NULL)) w(n, event, gate, name, born, sex, kind, state, number, guardian, officer),
    cccd_gate.register_person(w.event, w.gate, gen_random_uuid(), w.name, w.born, w.sex, w.kind, w.state, w.number, w.guardian, w.officer) a ORDER BY w.n;
SELECT verdict, reasons FROM cccd_gate.register_person('E', 'A', NULL::uuid, 'Lê Thị Cúc', date '1980-01-01');
SELECT verdict, reasons FROM cccd_gate.register_person('E', 'A', pg_temp.id(2), 'Lê Thị Cúc', date '1980-01-01');
RESET ROLE;
SELECT count(*) AS people FROM cccd_gate.person;

-- a superuser has no duty unless the setting says so, nor has a function of one
SET cccd_gate.allow_superuser = off;
SELECT verdict, reasons FROM cccd_gate.turn_away(pg_temp.id(2));
SELECT accepted, problem FROM cccd_gate.accept_paper(pg_temp.id(2), 'identity');
SELECT problem FROM cccd_gate.challenge('E', 'A');
SET cccd_gate.allow_superuser = on;
SELECT verdict, reasons FROM cccd_gate.turn_away(pg_temp.id(2), officer => 'gone');
SELECT verdict, reasons FROM cccd_gate.turn_away(pg_temp.id(2), officer => 'lan');
-- challenges are a gate's
SET ROLE regress_gate;
SELECT problem, length(challenge) AS bytes FROM cccd_gate.challenge('E', 'A');
SELECT problem, length(challenge) AS bytes FROM cccd_gate.challenge('E', 'Z');
SELECT problem, length(challenge) AS bytes FROM cccd_gate.challenge('Z', 'A');
SET ROLE regress_other_desk;
SELECT problem, length(challenge) AS bytes FROM cccd_gate.challenge('E', 'A');
RESET ROLE;
ROLLBACK;

-- the log has a partition a month, made when it is wanted
BEGIN;
SELECT cccd_gate.extend_log(0) AS made, cccd_gate.extend_log(2) AS more, cccd_gate.extend_log(2) AS again;
SELECT count(*) AS partitions FROM pg_inherits WHERE inhparent = 'cccd_gate.answer_log'::regclass;
SELECT count(DISTINCT i.indexdef !~ 'UNIQUE') AS kinds, count(*) AS indexes FROM pg_indexes i WHERE i.schemaname = 'cccd_gate' AND i.tablename ~ '^answer_log_2';
ROLLBACK;
-- what was written before moves along
BEGIN;
INSERT INTO cccd_gate.answer_log (recorded_at, xid, request_id, site, action, verdict, role) VALUES (clock_timestamp(), pg_current_xact_id(), gen_random_uuid(), 0, 'i', 'a', 'r'), ('2001-01-01', pg_current_xact_id(), gen_random_uuid(), 0, 'i', 'a', 'r');
SELECT cccd_gate.extend_log() AS made;
SELECT count(*) AS left FROM cccd_gate.answer_log_default;
SELECT count(*) AS all FROM cccd_gate.answer_log;
ROLLBACK;
SELECT cccd_gate.extend_log(-1);
SELECT cccd_gate.extend_log(121);
SELECT cccd_gate.extend_log(NULL);
SELECT * FROM cccd_gate.proof_counts(2 + (1 << 5) + (3 << 10) + (4 << 15) + (5 << 20) + (31 << 25));
SELECT * FROM cccd_gate.proof_counts(0);

-- deleting takes presence along, and leaves the log
BEGIN;
INSERT INTO cccd_gate.event (event, code, name, starts, capacity, rule) VALUES (1, 'E', 'E', '2021-11-16 19:00+07', 10, 'ticket'), (2, 'F', 'F', '2021-11-16 19:00+07', 10, 'ticket');
INSERT INTO cccd_gate.person (person, name) VALUES (1, 'Nguyễn Văn An'), (2, 'Trần Thị Bình');
INSERT INTO cccd_gate.presence (event, person, since, entries, state) SELECT e, p, clock_timestamp(), 1, 'i' FROM generate_series(1, 2) e, generate_series(1, 2) p;
INSERT INTO cccd_gate.visit (event, person, entered, left_at) SELECT e, p, '2021-11-16', '2021-11-17' FROM generate_series(1, 2) e, generate_series(1, 2) p;
INSERT INTO cccd_gate.slot (event, slot, size) SELECT e, 0, 1 FROM generate_series(1, 2) e;
INSERT INTO cccd_gate.answer_log (recorded_at, xid, request_id, person, event, site, action, verdict, role) VALUES (clock_timestamp(), pg_current_xact_id(), gen_random_uuid(), 1, 1, 0, 'i', 'a', 'r');
SELECT cccd_gate.delete_people('{1,9}') AS people, cccd_gate.delete_event('F') AS event, cccd_gate.delete_event('G') AS no_event;
SELECT event, person FROM cccd_gate.presence UNION ALL SELECT event, person FROM cccd_gate.visit;
SELECT event, count(*) FROM cccd_gate.slot GROUP BY event;
SELECT count(*) AS log FROM cccd_gate.answer_log;
ROLLBACK;
