-- Who is whom where lines and sources disagree, and merges with corrections,
-- tickets and full records in between.
SET client_min_messages = warning;
SET timezone = 'Asia/Ho_Chi_Minh';
SET datestyle = 'ISO, YMD';
BEGIN;
CREATE FUNCTION pg_temp.load(source text) RETURNS TABLE (taken bigint, updated bigint, withdrawn bigint, rejects text) LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM cccd_gate.load_reject;
    SELECT l.taken, l.updated, l.withdrawn INTO taken, updated, withdrawn FROM cccd_gate.load_people(source) l;
    rejects := (SELECT string_agg(r.line || ' ' || r.reason, ', ' ORDER BY r.line) FROM cccd_gate.load_reject r);
    RETURN NEXT;
END $$;
CREATE VIEW pg_temp.people AS
SELECT p.name, p.birth_date, (SELECT string_agg(concat_ws(' ', right(n.id::text, 3), n.status, n.source), ', ' ORDER BY n.id) FROM cccd_gate.identity_number n WHERE n.person = p.person) AS numbers,
       (SELECT string_agg(concat_ws(' ', d.kind, d.number), ', ' ORDER BY d.kind) FROM cccd_gate.document d WHERE d.person = p.person) AS documents
FROM cccd_gate.person p ORDER BY p.name_key COLLATE "C", p.person;

-- two people on one old card in a delivery: the first has it
INSERT INTO cccd_gate.person_in (old_id, name, birth_date) VALUES ('012345678', 'Người Một', '1/1/1980'), ('012345678', 'Người Hai', '2/2/1982'),
    ('012345679', 'Người Ba', '1/1/1980'), ('012345679', 'Người Ba', '2/2/1982');
SELECT * FROM pg_temp.load('national');
-- one person on two lines, of which only the later one has the number
INSERT INTO cccd_gate.person_in (id, passport, name, birth_date) VALUES (NULL, 'B7654321', 'Lê Thị Hai', '1990'), ('001190000111', 'B7654321', 'LE THI HAI', '1/1/1990'),
    ('001190000112', 'B7654322', 'Lê Thị Ba', '1/1/1990'), (NULL, 'B7654322', 'Lê Thị Ba', '1/1/1990'), ('001190000113', 'B7654322', 'Lê Thị Tư', '1/1/1990');
SELECT * FROM pg_temp.load('national');
-- a name has letters
INSERT INTO cccd_gate.person_in (id, name) VALUES ('001090000051', '001090000052'), ('001090000053', '1 2'), ('001090000054', 'A 1');
SELECT * FROM pg_temp.load('national');
SELECT * FROM pg_temp.people;

-- lines count within their delivery, even where two were copied in turns; what
-- waits keeps its number, and so does what is left for the next call
INSERT INTO cccd_gate.person_in (delivery, id, name, passport, birth_date)
SELECT '00000000-0000-0000-0000-00000000000' || chr(97 + i % 2), CASE WHEN i < 7 THEN '0010900002' || i || '0' ELSE 'x' END, 'Người ' || i % 2, CASE WHEN i IN (2, 4) THEN 'P1234567' END, '1990-01-01'
FROM generate_series(1, 10) i;
DELETE FROM cccd_gate.load_reject;
SELECT d, a.taken, a.rejected, a.remaining FROM unnest('{00000000-0000-0000-0000-00000000000a,00000000-0000-0000-0000-00000000000b}'::uuid[]) d, LATERAL cccd_gate.load_people('national', d, 4) a;
SELECT d, a.taken, a.rejected, a.remaining FROM unnest('{00000000-0000-0000-0000-00000000000a,00000000-0000-0000-0000-00000000000b}'::uuid[]) d, LATERAL cccd_gate.load_people('national', d) a;
SELECT right(delivery, 1) AS delivery, line, reason FROM cccd_gate.load_reject ORDER BY delivery, line;
-- a bundle without a delivery is one of its own, and leaves other lines alone
INSERT INTO cccd_gate.fact_in (id) VALUES ('x');
SELECT jsonb_path_query_array(l.rejects, '$[*].entry') AS entries FROM cccd_gate.load_fhir('{"resourceType": "Bundle", "entry": [{}, {"resource": {"resourceType": "Patient"}}]}', 'national', NULL) l;
DELETE FROM cccd_gate.fact_in;

-- a guest list gives a number to somebody; a higher source knows better
DELETE FROM cccd_gate.person;
INSERT INTO cccd_gate.person_in (id, name, birth_date) VALUES ('001091000001', 'Nguyễn Văn An', '1/1/1991');
SELECT * FROM pg_temp.load('national');
INSERT INTO cccd_gate.person_in (id, name, birth_date, cancelled_ids) VALUES ('001091000002', 'Nguyễn Văn An', '1/1/1991', '001091000001'),
    ('001091000003', 'Người Lạ', '3/3/1991', NULL);
SELECT * FROM pg_temp.load('guest_list');
SELECT * FROM pg_temp.people;
-- no more than the guest list: nothing changes
INSERT INTO cccd_gate.person_in (id, name, birth_date) VALUES ('001091000002', 'Lê Văn Hai', '2/2/1991');
SELECT * FROM pg_temp.load('guest_list');
-- a person of the guest list alone is corrected, a number of somebody else is freed
INSERT INTO cccd_gate.person_in (id, name, birth_date) VALUES ('001091000002', 'Lê Văn Hai', '2/2/1991'), ('001091000003', 'Trần Văn Ba', '4/4/1991');
SELECT * FROM pg_temp.load('agency');
SELECT * FROM pg_temp.people;
-- who agrees stays one person
INSERT INTO cccd_gate.person_in (id, name, birth_date, cancelled_ids) VALUES ('001091000004', 'Nguyễn Văn An', '1/1/1991', '001091000001');
SELECT * FROM pg_temp.load('guest_list');
INSERT INTO cccd_gate.person_in (id, name, birth_date) VALUES ('001091000004', 'NGUYEN VAN AN', '1991');
SELECT * FROM pg_temp.load('national');
SELECT * FROM pg_temp.people;

-- what a higher source states as well, the lower one cannot take back
INSERT INTO cccd_gate.person_in (id, passport, name, birth_date) VALUES ('001091000005', 'K1234567', 'Vũ Văn Năm', '5/5/1991');
SELECT * FROM pg_temp.load('declared');
INSERT INTO cccd_gate.person_in (id, passport, name, birth_date) VALUES ('001091000005', 'K1234567', 'Vũ Văn Năm', '5/5/1991');
SELECT * FROM pg_temp.load('national');
INSERT INTO cccd_gate.person_in (id, passport, name, birth_date, withdrawn) VALUES ('001091000005', 'K1234567', 'Vũ Văn Năm', '5/5/1991', 'có'), (NULL, 'K1234567', 'Vũ Văn Năm', '5/5/1991', 'có');
SELECT * FROM pg_temp.load('declared');
SELECT * FROM pg_temp.people WHERE documents IS NOT NULL;

-- a passport and an old card that a guest list gives to somebody: the register
-- knows better, and what the guest list said counts again when it does not
CREATE VIEW pg_temp.said AS
SELECT d.kind, d.state, d.number, p.name, d.source, (SELECT string_agg(q.name || ' ' || w.source, ', ' ORDER BY w.statement) FROM cccd_gate.weaker_statement w JOIN cccd_gate.person q USING (person)
                                                     WHERE (w.kind, w.state, w.number) = (d.kind, d.state, d.number)) AS weaker
FROM cccd_gate.document d JOIN cccd_gate.person p USING (person) WHERE d.number IN ('R1234567', '312345678') ORDER BY d.kind;
INSERT INTO cccd_gate.person_in (id, old_id, passport, name, birth_date) VALUES ('001091000011', '312345678', 'R1234567', 'Khách Một', '1/1/1991');
SELECT * FROM pg_temp.load('guest_list');
-- an equal source is not stronger
INSERT INTO cccd_gate.person_in (id, passport, name, birth_date) VALUES ('001091000012', 'R1234567', 'Khách Hai', '2/2/1991');
SELECT * FROM pg_temp.load('guest_list');
-- a stronger one is, for a new person and a known one; a line that is wrong otherwise takes nothing
INSERT INTO cccd_gate.person_in (id, passport, name, birth_date) VALUES ('001091000013', 'R1234567', '2', '3/3/1991');
SELECT * FROM pg_temp.load('national');
SELECT * FROM pg_temp.said;
INSERT INTO cccd_gate.person_in (id, old_id, passport, name, birth_date) VALUES ('001091000013', NULL, 'R1234567', 'Đăng Ký Ba', '3/3/1991'), ('001091000014', NULL, 'R1234567', 'Đăng Ký Tư', '4/4/1991');
SELECT * FROM pg_temp.load('national');
INSERT INTO cccd_gate.person_in (id, old_id, name, birth_date) VALUES ('001091000013', '312345678', 'Đăng Ký Ba', '3/3/1991');
SELECT * FROM pg_temp.load('national');
SELECT * FROM pg_temp.said;
-- the weaker one again, later
INSERT INTO cccd_gate.person_in (id, passport, name, birth_date) VALUES ('001091000011', 'R1234567', 'Khách Một', '1/1/1991');
SELECT * FROM pg_temp.load('guest_list');
-- without a number of 12 digits, and through document_in
INSERT INTO cccd_gate.person_in (id, passport, name, birth_date, withdrawn) VALUES ('001091000013', 'R1234567', 'Đăng Ký Ba', '3/3/1991', 'yes');
SELECT * FROM pg_temp.load('national');
SELECT * FROM pg_temp.said;
INSERT INTO cccd_gate.document_in (id, kind, number, issued) VALUES ('001091000013', 'passport', 'R1234567', '1/1/2020');
SELECT taken, updated, rejected, remaining FROM cccd_gate.load_documents('agency');
SELECT * FROM pg_temp.said;
INSERT INTO cccd_gate.document_in (id, kind, number, withdrawn) VALUES ('001091000013', 'passport', 'R1234567', 'yes');
SELECT taken, withdrawn, rejected, remaining FROM cccd_gate.load_documents('agency');
INSERT INTO cccd_gate.person_in (passport, name, birth_date) VALUES ('R1234567', 'Không Số', '5/5/1991');
SELECT * FROM pg_temp.load('national');
SELECT * FROM pg_temp.said;
-- a statement that a stronger source repeats is the weaker one's again without it
INSERT INTO cccd_gate.person_in (id, old_id, name, birth_date, withdrawn) VALUES ('001091000013', '312345678', 'Đăng Ký Ba', '3/3/1991', 'yes');
SELECT * FROM pg_temp.load('national');
INSERT INTO cccd_gate.person_in (id, old_id, name, birth_date) VALUES ('001091000011', '312345678', 'Khách Một', '1/1/1991');
SELECT * FROM pg_temp.load('national');
SELECT * FROM pg_temp.said;
INSERT INTO cccd_gate.person_in (id, old_id, name, birth_date, withdrawn) VALUES ('001091000011', '312345678', 'Khách Một', '1/1/1991', 'yes');
SELECT * FROM pg_temp.load('national');
SELECT * FROM pg_temp.said;
-- nothing is left of people who are deleted
DELETE FROM cccd_gate.person WHERE name LIKE 'Khách%' OR name LIKE 'Đăng Ký%' OR name = 'Không Số';
SELECT count(*) FROM cccd_gate.weaker_statement WHERE number IN ('R1234567', '312345678');

-- birth dates of facts are compared as far as both are known
INSERT INTO cccd_gate.person_in (id, passport, state, name, birth_date) VALUES ('001092000001', NULL, NULL, 'Chỉ Năm', '1992'), ('001092000002', NULL, NULL, 'Đủ Ngày', '5/5/1992'), (NULL, 'P7777777', 'GBR', 'Year Only', '1992');
SELECT * FROM pg_temp.load('national');
INSERT INTO cccd_gate.fact_in (id, passport, state, name, birth_date, kind, starts, dose_number) VALUES
    ('001092000001', NULL, NULL, 'Chỉ Năm', '5/5/1992', 'dose', '1/6/2021', '1'), ('001092000001', NULL, NULL, 'Chỉ Năm', '5/5/1993', 'dose', '1/6/2021', '2'),
    ('001092000002', NULL, NULL, 'Đủ Ngày', 'năm 1992', 'dose', '1/6/2021', '1'), ('001092000002', NULL, NULL, 'Đủ Ngày', '06/1992', 'dose', '1/6/2021', '2'),
    (NULL, 'P7777777', 'GBR', 'Year Only', '5/5/1992', 'dose', '1/6/2021', '1'), (NULL, 'P7777777', 'GBR', 'Year Only', '1992', 'dose', '1/7/2021', '2'), (NULL, 'P7777777', 'GBR', 'Year Only', '1993', 'dose', '1/6/2021', '3');
DELETE FROM cccd_gate.load_reject;
SELECT taken, rejected FROM cccd_gate.load_facts('agency');
SELECT line, reason FROM cccd_gate.load_reject ORDER BY line;

-- lines about one dose or sample say the same in one delivery as in two: one fact
DELETE FROM cccd_gate.fact;
CREATE FUNCTION pg_temp.facts(columns text, lines text[], together boolean) RETURNS text LANGUAGE plpgsql AS $$
DECLARE said text;
BEGIN
    DELETE FROM cccd_gate.fact;
    FOR i IN 1 .. cardinality(lines) LOOP
        EXECUTE format('INSERT INTO cccd_gate.fact_in (id, %s) VALUES (''001092000002'', %s)', columns, lines[i]);
        IF NOT together OR i = cardinality(lines) THEN PERFORM cccd_gate.load_facts('agency'); END IF;
    END LOOP;
    SELECT string_agg(concat_ws(' ', f.kind, timezone('Asia/Ho_Chi_Minh', f.starts), f.code, f.result, '#' || f.dose_number, '/' || f.series), '; ' ORDER BY f.starts, f.code) INTO said
    FROM cccd_gate.current_fact f;
    RETURN said;
END $$;
SELECT i, pg_temp.facts(c, l, true) AS together, pg_temp.facts(c, l, false) = pg_temp.facts(c, l, true) AS same
FROM (VALUES (1, 'kind, starts, dose_number, series', ARRAY[$$'dose', '1/6/2021', '1', NULL$$, $$'dose', '1/6/2021', '1', '2'$$]),
             (2, 'kind, starts, dose_number, series', ARRAY[$$'dose', '1/6/2021', '1', '2'$$, $$'dose', '3/6/2021', '1', NULL$$]),
             (3, 'kind, starts, dose_number', ARRAY[$$'dose', '1/6/2021', NULL$$, $$'dose', '1/6/2021', '1'$$]),
             (4, 'kind, starts, dose_number', ARRAY[$$'dose', '1/6/2021', '1'$$, $$'dose', '1/7/2021', '2'$$]),
             (5, 'kind, starts, detail, result', ARRAY[$$'test', '15/11/2021 8:09', NULL, 'âm tính'$$, $$'test', '15/11/2021 8:09', 'RT-PCR', 'dương tính'$$]),
             (6, 'kind, starts, detail, result', ARRAY[$$'test', '15/11/2021 8:09', 'RT-PCR', 'âm tính'$$, $$'test', '15/11/2021 8:09', NULL, 'dương tính'$$]),
             (7, 'kind, starts, detail, result', ARRAY[$$'test', '15/11/2021 8:09', 'RT-PCR', 'âm tính'$$, $$'test', '15/11/2021 8:09', 'test nhanh', 'dương tính'$$]),
             (8, 'kind, starts, ends', ARRAY[$$'isolation', '1/11/2021', '15/11/2021'$$, $$'isolation', '1/11/2021', '29/11/2021'$$])) v(i, c, l) ORDER BY i;

-- merges: a into b, b into c; corrections in between; split in either order
DELETE FROM cccd_gate.person;
INSERT INTO cccd_gate.officer VALUES ('mai', 'Mai');
INSERT INTO cccd_gate.person (person, name, birth_date) SELECT i, 'Người ' || chr(64 + i), '1990-01-01' FROM generate_series(1, 4) i;
INSERT INTO cccd_gate.identity_number (id, person) SELECT ('00109000000' || i)::cccd_id, i FROM generate_series(1, 4) i;
INSERT INTO cccd_gate.event (code, name, starts, ends, capacity, rule) SELECT 'E' || i, 'E' || i, '2021-11-16', '2021-11-17', 10, 'doses >= 1' FROM generate_series(1, 2) i;
INSERT INTO cccd_gate.ticket (event, number, person)
SELECT e.event, t.number, t.person FROM (VALUES ('E1', 'E1-A', 1), ('E1', 'E1-B', 2), ('E1', 'E1-C', 3), ('E2', 'E2-A', 1), ('E2', 'E2-C', 3)) t(code, number, person) JOIN cccd_gate.event e USING (code);
INSERT INTO cccd_gate.fact_in (id, kind, starts, dose_number, source_record) SELECT '00109000000' || i, 'dose', i || '/6/2021', '1', 'R' || i FROM generate_series(1, 3) i;
SELECT taken FROM cccd_gate.load_facts('agency');
CREATE VIEW pg_temp.had AS
SELECT p.person, (SELECT string_agg(f.source_record || ' ' || timezone('Asia/Ho_Chi_Minh', f.starts)::date, ', ' ORDER BY f.source_record) FROM cccd_gate.current_fact f WHERE f.person = p.person) AS facts,
       (SELECT h.record FROM cccd_gate.health h WHERE h.person = p.person) AS record,
       (SELECT string_agg(t.number || CASE WHEN t.cancelled THEN ' cancelled' ELSE '' END, ', ' ORDER BY t.number) FROM cccd_gate.ticket t WHERE t.person = p.person) AS tickets
FROM cccd_gate.person p ORDER BY p.person;
CREATE TEMP TABLE before AS TABLE pg_temp.had;
SELECT problem FROM cccd_gate.merge_people(2, 1, officer => 'mai');
-- a correction of what came with a, and something new
INSERT INTO cccd_gate.fact_in (id, kind, starts, dose_number, source_record) VALUES ('001090000001', 'dose', '5/6/2021', '1', 'R1'), ('001090000001', 'dose', '1/9/2021', '2', 'new');
SELECT taken, updated FROM cccd_gate.load_facts('agency');
SELECT problem FROM cccd_gate.merge_people(3, 2, officer => 'mai');
TABLE pg_temp.had;
SAVEPOINT merged;
SELECT problem FROM cccd_gate.split_person(1, officer => 'mai');
TABLE pg_temp.had;
SELECT problem FROM cccd_gate.split_person(2, officer => 'mai');
TABLE pg_temp.had;
SELECT count(*) AS other_tickets FROM (SELECT person, tickets FROM before EXCEPT SELECT person, tickets FROM pg_temp.had) x;
ROLLBACK TO merged;
SELECT problem FROM cccd_gate.split_person(2, officer => 'mai');
TABLE pg_temp.had;
SELECT problem FROM cccd_gate.split_person(1, officer => 'mai');
TABLE pg_temp.had;
SELECT count(*) AS other_tickets FROM (SELECT person, tickets FROM before EXCEPT SELECT person, tickets FROM pg_temp.had) x;

-- a cancelled ticket and a valid one, in both directions, in a chain, and in a
-- cycle: the valid one counts, the cancelled one is kept, each gets its own back
DELETE FROM cccd_gate.ticket;
UPDATE cccd_gate.person SET merged_into = NULL;
CREATE FUNCTION pg_temp.tickets() RETURNS text LANGUAGE sql AS $$
    SELECT string_agg(format('%s has %s%s', t.person, t.number, CASE WHEN t.cancelled THEN ' cancelled' ELSE '' END), ', ' ORDER BY t.person, t.number)
    FROM cccd_gate.ticket t $$;
CREATE FUNCTION pg_temp.steps(given text, steps text[]) RETURNS TABLE (step text, problem text, tickets text) LANGUAGE plpgsql AS $$
DECLARE own text;
BEGIN
    DELETE FROM cccd_gate.ticket;
    -- a letter for each person: valid, cancelled, none; a fourth one has no number
    INSERT INTO cccd_gate.ticket (event, number, person, cancelled)
    SELECT (SELECT event FROM cccd_gate.event WHERE code = 'E1'), CASE WHEN i < 4 THEN 'T' || i END, i, c = 'c'
    FROM regexp_split_to_table(given, '') WITH ORDINALITY g(c, i) WHERE c <> '-';
    own := pg_temp.tickets();
    step := given; tickets := own;
    RETURN NEXT;
    FOREACH step IN ARRAY steps LOOP
        IF step ~ '^split' THEN
            SELECT s.problem INTO problem FROM cccd_gate.split_person(right(step, 1)::bigint, officer => 'mai') s;
        ELSE
            SELECT m.problem INTO problem FROM cccd_gate.merge_people(split_part(step, ' ', 1)::bigint, right(step, 1)::bigint, officer => 'mai') m;
        END IF;
        tickets := pg_temp.tickets();
        RETURN NEXT;
    END LOOP;
    step := 'as before'; problem := NULL; tickets := (own = tickets)::text;
    RETURN NEXT;
END $$;
SELECT * FROM pg_temp.steps('cv', '{1 keeps 2,split 2}');
SELECT * FROM pg_temp.steps('vc', '{1 keeps 2,split 2}');
SELECT * FROM pg_temp.steps('cc', '{1 keeps 2,split 2}');
SELECT * FROM pg_temp.steps('vv', '{1 keeps 2,split 2,2 keeps 1,split 1}');
SELECT * FROM pg_temp.steps('cvv', '{1 keeps 2,3 keeps 1,split 2,split 1}');
SELECT * FROM pg_temp.steps('cvc', '{1 keeps 2,3 keeps 1,split 1,split 2}');
SELECT * FROM pg_temp.steps('c-vv', '{1 keeps 2,2 keeps 3,1 keeps 3,1 keeps 4,split 3,split 4,split 2}');
-- every direction and order of three people gives each their own back
SELECT count(*) AS ways, count(*) FILTER (WHERE NOT own) AS wrong, count(*) FILTER (WHERE valid AND NOT has) AS lost
FROM unnest('{vvv,vvc,vcv,vcc,cvv,cvc,ccv,v-c,c-v,-cv,cv-}'::text[]) given,
     (VALUES ('{1 keeps 2,1 keeps 3,split 2,split 3}'::text[], 1), ('{1 keeps 2,1 keeps 3,split 3,split 2}', 1), ('{1 keeps 2,3 keeps 1,split 2,split 1}', 3),
             ('{1 keeps 2,3 keeps 1,split 1,split 2}', 3), ('{3 keeps 2,2 keeps 1,1 keeps 3,split 2,split 3}', 1)) o(steps, root),
     LATERAL (SELECT bool_or(s.step = 'as before' AND s.tickets = 'true') AS own, given ~ 'v' AS valid,
                     bool_or(s.tickets ~ ('(^|, )' || root || ' has T[1-3](,|$)')) FILTER (WHERE s.step ~ 'keeps') AS has
              FROM pg_temp.steps(given, steps) s) x;
-- who is dead under one number is dead under both, until they are split
UPDATE cccd_gate.person SET died_on = '2021-10-01', death_source = 'national' WHERE person = 2;
SELECT problem FROM cccd_gate.merge_people(1, 2, officer => 'mai');
SELECT person, died_on, death_source FROM cccd_gate.person WHERE person IN (1, 2) ORDER BY 1;
SELECT problem FROM cccd_gate.split_person(2, officer => 'mai');
SELECT person, died_on, death_source FROM cccd_gate.person WHERE person IN (1, 2) ORDER BY 1;
UPDATE cccd_gate.person SET died_on = NULL WHERE person = 2;

-- the facts of both must fit into one record: 31 do, 32 do not
INSERT INTO cccd_gate.fact_in (id, kind, starts, source_record) SELECT '001090000003', 'isolation', to_char(date '2021-01-01' + i, 'DD/MM/YYYY'), 'I' || i FROM generate_series(1, 16) i
UNION ALL SELECT '001090000004', 'isolation', to_char(date '2021-02-01' + i, 'DD/MM/YYYY'), 'J' || i FROM generate_series(1, 16) i;
SELECT taken FROM cccd_gate.load_facts('agency');
SELECT change, problem, problem_vi, problem_en FROM cccd_gate.merge_people(3, 4, officer => 'mai');
SELECT person, count(*) FROM cccd_gate.current_fact WHERE kind = 'isolation' GROUP BY 1 ORDER BY 1;
SELECT merged_into FROM cccd_gate.person WHERE person = 4;
INSERT INTO cccd_gate.fact_in (source_record, withdrawn) VALUES ('J16', 'yes');
SELECT withdrawn FROM cccd_gate.load_facts('agency');
SELECT problem FROM cccd_gate.merge_people(3, 4, officer => 'mai');
ROLLBACK;

-- presence: joined, or refused while both are inside; and parted again
BEGIN;
INSERT INTO cccd_gate.person (person, name) VALUES (1, 'Nguyễn Văn An'), (2, 'Nguyễn Văn An'), (3, 'Nguyễn Văn An');
INSERT INTO cccd_gate.event (event, code, name, starts, capacity, rule) SELECT e, 'E' || e, 'E', '2021-11-16 19:00+07', 10, 'ticket' FROM generate_series(1, 7) e;
INSERT INTO cccd_gate.ticket (ticket, event, number, person) SELECT 10 * e + p, e, 'T' || p, CASE WHEN p < 3 THEN p END FROM generate_series(1, 7) e, generate_series(1, 3) p;
INSERT INTO cccd_gate.ticket (ticket, event, person) VALUES (101, 1, 1), (102, 1, 2);
CREATE FUNCTION pg_temp.enter(e int, p bigint, state "char", hour int, t bigint DEFAULT NULL, entries int DEFAULT 1) RETURNS void LANGUAGE sql AS $$
    INSERT INTO cccd_gate.presence (event, person, ticket, since, entries, state, gate) VALUES (e, p, t, timestamptz '2021-11-16 00:00+07' + hour * interval '1 hour', entries, state, 'A' || p) $$;
SELECT pg_temp.enter(1, 2, 'i', 17), pg_temp.enter(2, 1, 'l', 17, 21), pg_temp.enter(2, 2, 'i', 18, 22, 2), pg_temp.enter(3, 1, 'i', 17, 31), pg_temp.enter(3, 2, 'l', 18, 32),
       pg_temp.enter(4, 1, 'l', 17), pg_temp.enter(4, 2, 'l', 18, 42), pg_temp.enter(5, 1, 'a', 18), pg_temp.enter(5, 2, 'l', 17), pg_temp.enter(6, 1, 'i', 17);
INSERT INTO cccd_gate.visit (event, person, entered, left_at) VALUES (4, 2, '2021-11-16 17:00+07', '2021-11-16 18:00+07');
INSERT INTO cccd_gate.paper (case_id, person, kind, role) VALUES (gen_random_uuid(), 2, 'identity', 'desk');
CREATE TEMP TABLE before AS SELECT p.* FROM cccd_gate.presence p;
SAVEPOINT inside;
SELECT pg_temp.enter(6, 2, 'i', 18);
SELECT problem FROM cccd_gate.merge_people(1, 2);
ROLLBACK TO inside;
SELECT change IS NOT NULL AS merged, problem FROM cccd_gate.merge_people(1, 2, 'số 001090000901');
SELECT event, person, ticket, to_char(since, 'HH24') AS since, entries, state, gate, merged_from FROM cccd_gate.presence ORDER BY event, person, ticket;
SELECT (SELECT count(*) FROM cccd_gate.visit WHERE person = 1) AS visits, (SELECT count(*) FROM cccd_gate.paper WHERE person = 1) AS papers, (SELECT count(*) FROM cccd_gate.ticket WHERE person = 1 AND NOT cancelled) AS tickets;
SELECT ticket, person, cancelled FROM cccd_gate.ticket WHERE number IS NULL ORDER BY ticket;
-- one merged again, and apart again: nothing is lost
SAVEPOINT merged;
SELECT change IS NOT NULL AS merged FROM cccd_gate.merge_people(3, 1);
SELECT change IS NOT NULL AS split FROM cccd_gate.split_person(1);
SELECT change IS NOT NULL AS split, problem FROM cccd_gate.split_person(2);
SELECT count(*) AS different FROM ((TABLE before EXCEPT TABLE cccd_gate.presence) UNION ALL (TABLE cccd_gate.presence EXCEPT TABLE before)) d;
SELECT (SELECT count(*) FROM cccd_gate.visit WHERE person = 2) AS visits, (SELECT count(*) FROM cccd_gate.paper WHERE person = 2) AS papers, (SELECT count(*) FROM cccd_gate.ticket WHERE person = 2 AND NOT cancelled) AS tickets;
-- what happened since stays with the one who was kept
ROLLBACK TO merged;
UPDATE cccd_gate.presence SET state = 'l', since = '2021-11-16 20:00+07' WHERE person = 1 AND event IN (2, 3);
SELECT change IS NOT NULL AS split FROM cccd_gate.split_person(2);
SELECT event, person, ticket, to_char(since, 'HH24') AS since, entries, state FROM cccd_gate.presence WHERE event IN (2, 3) ORDER BY event, person, ticket;
SELECT kind, person, other, role, officer, note FROM cccd_gate.person_change ORDER BY change;
-- who may, and where nothing can be written
SAVEPOINT apart;
CREATE ROLE regress_guard;
SELECT cccd_gate.grant_duty('regress_guard', 'gate');
GRANT EXECUTE ON FUNCTION cccd_gate.merge_people, cccd_gate.split_person TO regress_guard;
SET LOCAL ROLE regress_guard;
SELECT problem FROM cccd_gate.merge_people(1, 2);
SELECT problem FROM cccd_gate.split_person(2);
ROLLBACK TO apart;
SET LOCAL cccd_gate.allow_superuser = off;
SELECT problem FROM cccd_gate.merge_people(1, 2);
SELECT problem FROM cccd_gate.split_person(2);
SET LOCAL cccd_gate.allow_superuser = on;
SET TRANSACTION READ ONLY;
SELECT problem, problem_vi FROM cccd_gate.merge_people(1, 2);
SELECT problem, problem_en FROM cccd_gate.split_person(2);
ROLLBACK;
