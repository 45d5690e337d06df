-- Loading people and facts into the gate, beside the plainest way to do the same.
--
--	psql -v n=1000000 -f bench/gate_load.sql
--
-- n people, at most a fifth of a million, and three facts for each go through
-- staging.  The plain statements move the lines: they find the person by the number,
-- cast, and insert into tables with the columns, checks and indexes of person,
-- identity_number and fact; they reject nothing, correct nothing and make no
-- record.  Time is the server process's own on a processor, without that of COPY.

\set ON_ERROR_STOP 1
\pset footer off
SET client_min_messages = warning;
SET jit = off;
SET timezone = 'Asia/Ho_Chi_Minh';
SELECT least(:n, 200000) AS people \gset
\ir clock.psql

CREATE TEMP TABLE measured (position int, work text, us numeric);
CREATE PROCEDURE pg_temp.measure(place int, work text, statement text, rows bigint) LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO measured VALUES (place, work, pg_temp.timed(statement) * 1000 / rows);
END $$;

\echo :people people
CREATE PROCEDURE pg_temp.stage_people(people int, sex text) LANGUAGE sql AS $$
    INSERT INTO cccd_gate.person_in (id, name, birth_date, sex)
    SELECT '00' || 1190000000 + i, 'Người ' || i, '1/1/1990', $2 FROM generate_series(1, $1) i $$;
CALL pg_temp.stage_people(:people, 'F');
VACUUM ANALYZE cccd_gate.person_in;
CREATE TABLE plain_person (LIKE cccd_gate.person INCLUDING ALL);
CREATE TABLE plain_number (LIKE cccd_gate.identity_number INCLUDING ALL, FOREIGN KEY (person) REFERENCES plain_person);
CALL pg_temp.measure(1, 'plain INSERT ... SELECT of people',
    $$WITH moved AS (DELETE FROM cccd_gate.person_in RETURNING *),
           stored AS (INSERT INTO plain_person (person, name, birth_date, sex) SELECT line, name, to_date(birth_date, 'DD/MM/YYYY'), sex FROM moved)
      INSERT INTO plain_number (id, person) SELECT id::cccd_id, line FROM moved$$, :people);
DROP TABLE plain_number, plain_person;
CALL pg_temp.stage_people(:people, 'Nữ');
VACUUM ANALYZE cccd_gate.person_in;
CALL pg_temp.measure(2, 'load_people: new people', $$SELECT cccd_gate.load_people('national')$$, :people);
CALL pg_temp.stage_people(:people, 'Nữ');
CALL pg_temp.measure(3, 'load_people: the same again', $$SELECT cccd_gate.load_people('national')$$, :people);

\echo three facts of each
CREATE PROCEDURE pg_temp.stage(result text) LANGUAGE sql AS $$
    INSERT INTO cccd_gate.fact_in (id, name, birth_date, kind, starts, detail, dose_number, result, source_record)
    SELECT '00' || 1190000000 + i, 'Người ' || i, '1/1/1990', kind, (timestamp '2021-03-01 08:00' + months * interval '1 month' + i % 40000 * interval '1 minute')::text,
           detail, dose_number, CASE kind WHEN 'test' THEN $1 END, kind || dose_number || '-' || i
    FROM (VALUES ('dose', 0, 'AstraZeneca', '1'), ('dose', 3, 'AstraZeneca', '2'), ('test', 6, 'test nhanh', '')) v(kind, months, detail, dose_number),
         (SELECT substr(name, 7)::int AS i FROM cccd_gate.person) p $$;

CALL pg_temp.stage('âm tính');
VACUUM ANALYZE cccd_gate.person, cccd_gate.identity_number, cccd_gate.fact_in;
CREATE TABLE plain (LIKE cccd_gate.fact INCLUDING ALL);
CALL pg_temp.measure(11, 'plain INSERT ... SELECT of facts',
    $$WITH moved AS (DELETE FROM cccd_gate.fact_in RETURNING *)
      INSERT INTO plain (person, kind, disease, starts, code, dose_number, result, source, source_record)
      SELECT n.person, i.kind, 'covid19', i.starts::timestamptz, i.detail, nullif(i.dose_number, '')::smallint, CASE i.kind WHEN 'test' THEN 'negative' END, 'national', i.source_record
      FROM moved i JOIN cccd_gate.identity_number n ON n.id = i.id::cccd_id$$, 3 * :people);
DROP TABLE plain;
CALL pg_temp.stage('âm tính');
VACUUM ANALYZE cccd_gate.fact_in;
CALL pg_temp.measure(12, 'load_facts: new facts', $$SELECT cccd_gate.load_facts('national')$$, 3 * :people);
CALL pg_temp.stage('âm tính');
CALL pg_temp.measure(13, 'load_facts: the same again', $$SELECT cccd_gate.load_facts('national')$$, 3 * :people);
CALL pg_temp.stage('dương tính');
CALL pg_temp.measure(14, 'load_facts: a third is corrected', $$SELECT cccd_gate.load_facts('national')$$, 3 * :people);
SELECT work, round(us, 1) AS "us a line", round(us / (SELECT us FROM measured p WHERE p.position = CASE WHEN m.position > 10 THEN 11 ELSE 1 END), 2) AS "this / plain",
       CASE position WHEN 2 THEN '<= 30 us' WHEN 12 THEN '<= 30 us, <= 3' ELSE '' END AS bound
FROM measured m ORDER BY position;
SELECT count(*) AS versions, count(*) FILTER (WHERE superseded_at IS NULL) AS latest, (SELECT count(*) FROM cccd_gate.health) AS records
FROM cccd_gate.fact;
