-- Facts that are corrected, taken back, and stay as history; what a check says
-- before and after.
SET client_min_messages = warning;
SET timezone = 'Asia/Ho_Chi_Minh';
SET datestyle = 'ISO, YMD';
BEGIN;
SET LOCAL cccd_gate.allow_superuser = on;
INSERT INTO cccd_gate.person_in (id, name, birth_date, sex)
SELECT '00109000000' || i, 'Người Thứ ' || chr(64 + i), '1990-01-0' || i, 'M' FROM generate_series(1, 8) i;
SELECT taken FROM cccd_gate.load_people('national', NULL);
INSERT INTO cccd_gate.document_in (id, issued) SELECT '00109000000' || i, '2021-05-10' FROM generate_series(1, 8) i;
SELECT taken FROM cccd_gate.load_documents('national', NULL);
INSERT INTO cccd_gate.event (code, name, starts, capacity, rule, minimum_evidence, ticket_required) VALUES
    ('FREE', 'Không cách ly', '2021-11-16 19:00+07', 100, 'not isolated', 'claimed', false),
    ('DOSES', 'Hai mũi', '2021-11-16 19:00+07', 100, 'doses >= 2', 'claimed', false),
    ('TEST', 'Âm tính', '2021-11-16 19:00+07', 100, 'since(negative) <= 72 hours', 'claimed', false);
-- limits have a test of their own
UPDATE cccd_gate.event SET claims_per_minute = 0, refusals_per_minute = 0;
INSERT INTO cccd_gate.gate SELECT event, 'A' FROM cccd_gate.event;
-- what a source sends, in the order of its columns; what came of it
CREATE FUNCTION pg_temp.send(source text, lines text[], replace boolean DEFAULT false) RETURNS text LANGUAGE plpgsql AS $$
DECLARE r record;
BEGIN
    INSERT INTO cccd_gate.fact_in (id, kind, starts, ends, detail, result, dose_number, source_record, withdrawn)
    SELECT c[1], c[2], c[3], c[4], c[5], c[6], c[7], c[8], c[9]
    FROM unnest(lines) WITH ORDINALITY l(line, i), LATERAL (SELECT array_agg(nullif(w, '') ORDER BY j) AS c FROM regexp_split_to_table(l.line, ',') WITH ORDINALITY w(w, j)) s
    ORDER BY i;
    SELECT * INTO r FROM cccd_gate.load_facts(source, replace => replace);
    RETURN format('taken %s, updated %s, withdrawn %s, rejected %s', r.taken, r.updated, r.withdrawn, r.rejected);
END $$;
CREATE FUNCTION pg_temp.card(n int) RETURNS text LANGUAGE sql AS
$$ SELECT cccd_card_qr(('00109000000' || n)::cccd_id, NULL, 'Người Thứ ' || chr(64 + n), ('1990-01-0' || n)::date, 'M', 'Hà Nội', '2021-05-10') $$;
-- the verdict on somebody at a moment
CREATE FUNCTION pg_temp.ask(event text, n int, at timestamptz DEFAULT '2021-11-16 18:00+07') RETURNS text LANGUAGE sql AS
$$ SELECT a.verdict || ' ' || array_to_string(a.reasons, ' ') FROM cccd_gate.preview(event, 'A', at => at, scan => pg_temp.card(n)) a $$;
CREATE FUNCTION pg_temp.record(n int) RETURNS cccd_health LANGUAGE sql AS
$$ SELECT cccd_health_merge(h.record) FROM cccd_gate.identity_number i JOIN cccd_gate.health h USING (person) WHERE i.id = ('00109000000' || n)::cccd_id $$;
CREATE FUNCTION pg_temp.versions(n int) RETURNS TABLE (kind text, starts timestamptz, ends timestamptz, code text, result text, number smallint, withdrawn boolean, latest boolean) LANGUAGE sql AS
$$ SELECT f.kind, f.starts, f.ends, f.code, f.result, f.dose_number, f.withdrawn, f.superseded_at IS NULL
   FROM cccd_gate.fact f JOIN cccd_gate.identity_number i USING (person) WHERE i.id = ('00109000000' || n)::cccd_id ORDER BY f.learned_at, f.kind, f.starts, f.code COLLATE "C", f.fact $$;

-- isolation until 15/11, then the same until 29/11
SELECT pg_temp.send('national', '{"001090000001,isolation,01/11/2021,15/11/2021"}'), pg_temp.ask('FREE', 1);
SELECT pg_temp.ask('FREE', 1, '2021-11-15 23:59:59+07') AS last_second, pg_temp.ask('FREE', 1, '2021-11-16 00:00+07') AS midnight;
SELECT pg_temp.send('national', '{"001090000001,isolation,01/11/2021,29/11/2021"}'), pg_temp.ask('FREE', 1);
SELECT * FROM pg_temp.versions(1);
-- the same again changes nothing
SELECT pg_temp.send('national', '{"001090000001,isolation,01/11/2021,29/11/2021"}');
SELECT count(*) AS versions FROM pg_temp.versions(1);
-- isolation without end, later its end
SELECT pg_temp.send('national', '{"001090000002,isolation,01/11/2021"}'), pg_temp.ask('FREE', 2);
SELECT pg_temp.send('national', '{"001090000002,isolation,01/11/2021,2021-11-10 08:00"}'), pg_temp.ask('FREE', 2);

-- dose 1, then dose 1 on another day: with the source's key, and without
SELECT pg_temp.send('national', '{"001090000003,dose,2021-06-01,,,,1,D-3","001090000004,dose,2021-06-01,,,,1"}');
SELECT pg_temp.send('national', '{"001090000003,dose,2021-06-03,,,,1,D-3","001090000004,dose,2021-06-03,,,,1"}'), pg_temp.ask('DOSES', 3), pg_temp.ask('DOSES', 4);
SELECT pg_temp.record(3), pg_temp.record(4);
-- other product for the same dose; a number that was not stated; the last line of a record counts
SELECT pg_temp.send('national', '{"001090000004,dose,2021-06-03,,Pfizer,,1","001090000004,dose,2021-09-01"}'), pg_temp.ask('DOSES', 4);
SELECT pg_temp.send('national', '{"001090000004,dose,2021-09-01,,Moderna,,2","001090000004,dose,2021-09-01,,Pfizer,,2"}');
SELECT * FROM pg_temp.versions(4);
-- taken back by its key alone; again; sent again
SELECT pg_temp.send('national', '{",,,,,,,D-3,yes"}'), pg_temp.record(3);
SELECT pg_temp.send('national', '{",,,,,,,D-3,yes"}');
SELECT pg_temp.send('national', '{"001090000003,dose,2021-06-03,,,,1,D-3"}'), pg_temp.record(3);
-- taken back without a key; the record with it
SELECT pg_temp.send('national', '{"001090000004,dose,2021-06-03,,,,1,,yes","001090000004,dose,2021-09-01,,,,2,,yes"}'), pg_temp.record(4);
-- a record turns out to be somebody else's
SELECT pg_temp.send('national', '{"001090000005,dose,2021-06-03,,,,1,D-3"}'), pg_temp.record(3), pg_temp.record(5);

-- negative of a sample, corrected to positive; pending, then negative
SELECT pg_temp.send('national', '{"001090000006,test,2021-11-15 08:00,,pcr,negative,,T-6","001090000007,test,2021-11-15 08:00,,,pending"}'), pg_temp.ask('TEST', 6), pg_temp.ask('TEST', 7);
SELECT pg_temp.send('national', '{"001090000006,test,2021-11-15 08:00,,pcr,positive,,T-6","001090000007,test,2021-11-15 08:00,,pcr,negative"}'), pg_temp.ask('TEST', 6), pg_temp.ask('TEST', 7);
SELECT pg_temp.record(6), pg_temp.record(7);
-- one sample, two kinds of test
SELECT pg_temp.send('national', '{"001090000007,test,2021-11-15 08:00,,antigen,negative"}'), pg_temp.record(7);

-- sources do not correct each other, whatever their keys
SELECT pg_temp.send('declared', '{"001090000006,test,2021-11-15 08:00,,pcr,negative,,T-6"}'), pg_temp.ask('TEST', 6);

-- a dose by its number is one dose, whoever states it on whatever day
INSERT INTO cccd_gate.fact (person, kind, disease, starts, dose_number, source, source_record, signed)
SELECT person, 'dose', 'covid19', '2021-06-04', 1, 'certificate', 'dn 1', true FROM cccd_gate.identity_number WHERE id = '001090000005';
SELECT pg_temp.record(5), pg_temp.ask('DOSES', 5);
SELECT pg_temp.send('national', '{"001090000005,dose,2021-09-03,,,,2,D-5"}'), pg_temp.ask('DOSES', 5);
-- withdrawn by one of them, it is still stated by the other
SELECT pg_temp.send('national', '{",,,,,,,D-3,yes"}'), pg_temp.record(5), pg_temp.ask('DOSES', 5);

-- a certificate and its reissue are one dose, in two calls or in one
CREATE FUNCTION pg_temp.certified(day date[]) RETURNS text LANGUAGE sql AS $$
    INSERT INTO cccd_gate.fact (person, kind, disease, starts, dose_number, source, source_record, signed)
    SELECT person, 'dose', 'covid19', timezone('Asia/Ho_Chi_Minh', d::timestamp), 1, 'certificate', 'of ' || d, true FROM cccd_gate.identity_number, unnest(day) d WHERE id = '001090000006';
    SELECT pg_temp.ask('DOSES', 6) $$;
SAVEPOINT reissued;
SELECT pg_temp.certified('{2021-09-01}') AS first, pg_temp.certified('{2021-09-02}') AS second, pg_temp.record(6);
ROLLBACK TO reissued;
SELECT pg_temp.certified('{2021-09-01,2021-09-02}') AS both, pg_temp.record(6);
ROLLBACK TO reissued;

-- a delivery that is complete: of whom and what it names, the rest is taken back
SELECT pg_temp.send('declared', '{"001090000008,isolation,01/10/2021,10/10/2021","001090000008,isolation,01/11/2021,29/11/2021","001090000008,dose,2021-06-01,,,,1","001090000001,isolation,01/11/2021,29/11/2021"}', true), pg_temp.ask('FREE', 8);
SELECT pg_temp.send('declared', '{"001090000008,isolation,02/11/2021,10/11/2021"}', true), pg_temp.ask('FREE', 8);
SELECT * FROM pg_temp.versions(8);
-- where a line of the delivery was not understood nothing is taken back; records with keys are left alone
SELECT pg_temp.send('declared', '{"001090000008,isolation,03/11/2021,soon","001090000008,dose,2021-07-01,,,,1,K-8"}', true);
SELECT pg_temp.send('declared', '{"001090000008,dose,2021-08-01,,,,2"}', true), pg_temp.record(8);
-- in steps the lines of one person are taken together
INSERT INTO cccd_gate.fact_in (id, kind, starts) VALUES ('001090000008', 'exposure', '2021-01-01'), ('001090000001', 'exposure', '2021-01-02'), ('001090000008', 'exposure', '2021-01-03');
SELECT * FROM cccd_gate.load_facts('declared', at_most => 1, replace => true);
SELECT * FROM cccd_gate.load_facts('declared', at_most => 1, replace => true);

-- facts of another site come as a record, and are seen
INSERT INTO cccd_gate.health (person, origin, record) SELECT person, 7, 'isolation 2021-11-01' FROM cccd_gate.identity_number WHERE id = '001090000002';
SELECT pg_temp.ask('FREE', 2), cccd_gate.rebuild_health() AS changed, pg_temp.record(2);
SELECT pg_temp.send('national', '{"001090000002,isolation,01/11/2021,,,,,,yes"}'), pg_temp.record(2);
-- nothing is derived from what a subscription brings
SET LOCAL session_replication_role = replica;
INSERT INTO cccd_gate.fact (person, kind, disease, starts, source) SELECT person, 'dose', 'covid19', '2021-06-01', 'national' FROM cccd_gate.identity_number WHERE id = '001090000002';
SET LOCAL session_replication_role = origin;
SELECT pg_temp.record(2) AS before, cccd_gate.rebuild_health() AS changed, pg_temp.record(2) AS after;

-- admissions that rested on a fact: with the rule, and what else was known
SELECT e.code, a.verdict, a.admitted_at
FROM (VALUES (1, 'DOSES', 8), (2, 'TEST', 7)) e(i, code, n), LATERAL cccd_gate.replay(md5(e.code)::uuid, '2021-11-16 18:00+07', 'in', e.code, 'A', scan => pg_temp.card(e.n)) a ORDER BY i;
SELECT f.kind, f.starts, f.code, (SELECT count(*) FROM cccd_gate.cases_resting_on(ARRAY[f.fact])) AS admissions
FROM cccd_gate.fact f JOIN cccd_gate.identity_number i USING (person) WHERE i.id IN ('001090000007', '001090000008') AND superseded_at IS NULL AND NOT withdrawn ORDER BY i.id, f.kind, f.starts, f.code COLLATE "C";
SELECT count(*) AS both FROM cccd_gate.cases_resting_on(ARRAY(SELECT fact FROM cccd_gate.current_fact f JOIN cccd_gate.identity_number i USING (person) WHERE i.id = '001090000007'));
SELECT e.code, a.gate, a.case_id = md5('DOSES')::uuid AS its_case, a.request_id = a.case_id AS first_answer
FROM cccd_gate.current_fact f JOIN cccd_gate.identity_number i USING (person), LATERAL cccd_gate.cases_resting_on(ARRAY[f.fact]) a JOIN cccd_gate.event e USING (event)
WHERE i.id = '001090000008' AND f.kind = 'dose' AND f.starts = '2021-08-01';
-- taken back, it is still known what rested on it; nothing rests on what was learned later
SELECT pg_temp.send('declared', '{"001090000008,dose,2021-08-01,,,,2,,yes"}'), pg_temp.ask('DOSES', 8);
SELECT count(*) AS admissions
FROM cccd_gate.cases_resting_on(ARRAY(SELECT w.fact FROM cccd_gate.fact w JOIN cccd_gate.identity_number i USING (person)
                                      WHERE i.id = '001090000008' AND w.kind = 'dose' AND w.starts = '2021-08-01'));
SELECT pg_temp.send('declared', '{"001090000008,dose,2021-08-01,,,,2"}');
SELECT count(*) AS admissions FROM cccd_gate.current_fact f JOIN cccd_gate.identity_number i USING (person), cccd_gate.cases_resting_on(ARRAY[f.fact])
WHERE i.id = '001090000008' AND f.kind = 'dose' AND f.starts = '2021-08-01';

-- a person goes with facts and records
DELETE FROM cccd_gate.person WHERE name = 'Người Thứ H';
SELECT count(*) AS left FROM cccd_gate.fact f WHERE NOT EXISTS (SELECT FROM cccd_gate.person p WHERE p.person = f.person);
SELECT count(*) AS left FROM cccd_gate.health h WHERE NOT EXISTS (SELECT FROM cccd_gate.person p WHERE p.person = h.person);
-- a table is its own guard
CREATE FUNCTION pg_temp.put(columns text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE violated text;
BEGIN
    EXECUTE 'INSERT INTO cccd_gate.fact (person, kind, disease, starts, ends, code, result, dose_number, series, source) SELECT 1, ' || columns;
    RETURN 'taken';
EXCEPTION WHEN check_violation THEN
    GET STACKED DIAGNOSTICS violated = CONSTRAINT_NAME;
    RETURN violated;
END $$;
SELECT c, pg_temp.put(c) FROM unnest(ARRAY[
    $$'dose', 'covid19', '2000-01-01 07:00+07', NULL, '#9', NULL, 31, 31, 'national'$$, $$'dose', 'covid19', '2000-01-01 06:59:59+07', NULL, '#9', NULL, 1, 1, 'national'$$,
    $$'dose', 'covid19', '2135-12-31 23:59:59+07', NULL, '#9', NULL, 1, 1, 'national'$$, $$'dose', 'covid19', '2136-01-01 00:00+07', NULL, '#9', NULL, 1, 1, 'national'$$,
    $$'dose', 'covid19', '2021-01-01', NULL, '#9', NULL, 0, 1, 'national'$$, $$'dose', 'covid19', '2021-01-01', NULL, '#9', NULL, 32, 1, 'national'$$,
    $$'dose', 'covid19', '2021-01-01', NULL, '#9', NULL, 1, 0, 'national'$$, $$'dose', 'covid19', '2021-01-01', NULL, '#9', NULL, 1, 32, 'national'$$,
    $$'dose', 'covid19', '2021-01-01', '2022-01-01', '#9', NULL, 1, 1, 'national'$$, $$'dose', NULL, '2021-01-01', NULL, '#9', NULL, 1, 1, 'national'$$,
    $$'dose', 'covid19', '2021-01-01', NULL, '#9', 'negative', 1, 1, 'national'$$,
    $$'test', 'covid19', '2021-01-01', NULL, NULL, NULL, NULL, NULL, 'national'$$, $$'test', 'covid19', '2021-01-01', NULL, NULL, 'maybe', NULL, NULL, 'national'$$,
    $$'test', 'covid19', '2021-01-01', NULL, NULL, 'negative', 1, NULL, 'national'$$, $$'isolation', 'covid19', '2021-01-01', '2021-01-01', NULL, NULL, NULL, NULL, 'national'$$,
    $$'isolation', 'covid19', '2021-01-01', '2136-01-01 00:00+07', NULL, NULL, NULL, NULL, 'national'$$, $$'isolation', 'covid19', '2021-01-01', NULL, '#9', NULL, NULL, NULL, 'national'$$,
    $$'isolation', 'covid19', '2021-01-01', NULL, NULL, NULL, NULL, 1, 'national'$$, $$'credential', NULL, '2021-01-01', NULL, NULL, NULL, NULL, NULL, 'national'$$,
    $$'credential', 'covid19', '2021-01-01', NULL, 'insurance', NULL, NULL, NULL, 'national'$$, $$'declaration', NULL, '2021-01-01', '2021-01-02', 'no_symptoms', NULL, NULL, NULL, 'declared'$$,
    $$'declaration', NULL, '2021-01-01', NULL, NULL, NULL, NULL, NULL, 'declared'$$, $$'registration', 'covid19', '2021-01-01', NULL, 'vaccination', NULL, NULL, NULL, 'national'$$,
    $$'registration', NULL, '2021-01-01', NULL, 'vaccination', NULL, NULL, NULL, 'national'$$, $$'consultation', NULL, '2021-01-01', NULL, 'doctor', 'negative', NULL, NULL, 'national'$$,
    $$'consultation', NULL, '2021-01-01', NULL, 'doctor', NULL, NULL, NULL, 'national'$$, $$'rumour', 'covid19', '2021-01-01', NULL, NULL, NULL, NULL, NULL, 'national'$$]) WITH ORDINALITY u(c, i) ORDER BY i;
ROLLBACK;
