-- The contacts of a person among many visits, and what an exit pays for it.
--
--	psql -v n=1000000 -f bench/gate_contacts.sql
--
-- Ten visits a person over a year, or what -v visits says: half of them at
-- places that are open all the year, 100,000 visits each, of up to two hours;
-- half at evenings of three hours, 2,000 visits each.  The person has 20.  The
-- plain ways join the person's stays to the others' and group them, without
-- zones, bearers, presence and merged times.  Time is the server process's own
-- on a processor, the shortest of the rounds, and on the clock for the first
-- call, which reads what is not cached.

\set ON_ERROR_STOP 1
\if :{?rounds}
\else
\set rounds 5
\endif
\if :{?visits}
\else
SELECT 10 * :n AS visits \gset
\endif
\pset footer off
SET client_min_messages = warning;
SET max_parallel_workers_per_gather = 0;
SET jit = off;
SET maintenance_work_mem = '512MB';
SET timezone = 'Asia/Ho_Chi_Minh';
\ir clock.psql

\echo :visits visits
SELECT setseed(0.5) \g /dev/null
SELECT greatest(:visits / 200000, 1) AS places, greatest(:visits / 4000, 1) AS evenings \gset
INSERT INTO cccd_gate.event (event, code, name, starts, capacity, rule, entries, ticket_required)
SELECT i, 'P' || i, 'P', '2021-01-01', 100000, 'doses >= 0', 'free', false FROM generate_series(1, :places + :evenings) i;
CREATE FUNCTION pg_temp.visits(total int, people int) RETURNS TABLE (event int, person bigint, entered timestamptz, left_at timestamptz) LANGUAGE sql AS $$
    SELECT CASE WHEN i % 2 = 0 THEN 1 + floor(random() * greatest(total / 200000, 1))::int
           ELSE 1 + greatest(total / 200000, 1) + least(floor(t.share * greatest(total / 4000, 1) + random() * 10)::int, greatest(total / 4000, 1) - 1) END,
           2 + floor(random() * people)::bigint, t.at,
           t.at + CASE WHEN i % 2 = 0 THEN interval '10 minutes' + random() * interval '110 minutes' ELSE interval '3 hours' END
    FROM generate_series(1, total) i
    CROSS JOIN LATERAL (SELECT i::float8 / total AS share, timestamptz '2021-01-01' + i::float8 / total * interval '365 days' AS at) t $$;
-- filled before its indexes are made, as a restore does
CREATE TEMP TABLE kept AS SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'cccd_gate' AND tablename = 'visit';
SELECT format('DROP INDEX cccd_gate.%I', indexname) FROM kept \gexec
INSERT INTO cccd_gate.visit (event, person, entered, left_at) SELECT v.* FROM pg_temp.visits(:visits, :n) v;
INSERT INTO cccd_gate.visit (event, person, entered, left_at)
SELECT v.event, 1, v.entered, v.left_at FROM (SELECT * FROM cccd_gate.visit ORDER BY hashint8extended(person, event), entered LIMIT 20) v;
-- three were never checked out
INSERT INTO cccd_gate.visit (event, person, entered, left_at) SELECT 1, 2 + i, '2021-01-01', '2022-01-01' FROM generate_series(1, 3) i;
SELECT indexdef FROM kept \gexec
VACUUM ANALYZE cccd_gate.visit;

CREATE TEMP TABLE way (position int, way text, setup text, statement text);
INSERT INTO way VALUES
    (1, 'one sequential scan', 'SET enable_indexscan = off; SET enable_bitmapscan = off',
     'SELECT count(*) FROM (SELECT v.person, v.event FROM cccd_gate.visit s JOIN cccd_gate.visit v ON v.event = s.event AND v.entered < s.left_at AND v.left_at > s.entered
      WHERE s.person = 1 AND v.person <> 1 GROUP BY v.person, v.event HAVING sum(least(v.left_at, s.left_at) - greatest(v.entered, s.entered)) >= interval ''15 minutes'') c'),
    (2, 'btree on event and entry, no bound of stays', 'RESET enable_indexscan; RESET enable_bitmapscan; SET enable_seqscan = off; SET enable_hashjoin = off; SET enable_mergejoin = off',
     (SELECT NULL::text)),
    (3, 'contact_rows()', 'RESET enable_seqscan; RESET enable_hashjoin; RESET enable_mergejoin',
     'SELECT count(*) FROM cccd_gate.contact_rows(1, ''2021-01-01'', ''2022-02-01'', ''15 minutes'', 1, NULL)');
UPDATE way SET statement = (SELECT statement FROM way WHERE position = 1) WHERE position = 2;
CREATE TEMP TABLE measured (position int, people bigint, ms numeric);
CREATE PROCEDURE pg_temp.measure(rounds int) LANGUAGE plpgsql AS $$
DECLARE
    w way;
    found bigint;
    start numeric;
BEGIN
    FOR w IN SELECT * FROM way ORDER BY position LOOP
        EXECUTE w.setup;
        FOR r IN 1 .. CASE WHEN w.position = 1 THEN 1 ELSE rounds END LOOP
            start := pg_temp.cpu_ms();
            EXECUTE w.statement INTO found;
            INSERT INTO measured VALUES (w.position, found, pg_temp.cpu_ms() - start);
        END LOOP;
    END LOOP;
END $$;
SELECT clock_timestamp() AS start \gset
SELECT count(*) FROM cccd_gate.contact_rows(1, '2021-01-01', '2022-02-01', '15 minutes', 1, NULL) \g /dev/null
SELECT round(1000 * extract(epoch FROM clock_timestamp() - :'start'::timestamptz)) AS first \gset
CALL pg_temp.measure(:rounds);
\echo contacts of a person with 20 visits, who were together for 15 minutes
SELECT w.way, max(m.people) AS contacts, round(min(m.ms), 1) AS ms,
       round((SELECT min(f.ms) FROM measured f WHERE f.position = 1) / nullif(min(m.ms), 0), 1) AS "sequential scan / this",
       CASE w.position WHEN 3 THEN '<= 1000 ms' ELSE '' END AS bound
FROM way w JOIN measured m USING (position) GROUP BY w.position, w.way ORDER BY w.position;
\echo contact_rows() the first time: :first ms on the clock
DO $$
BEGIN
    IF (SELECT count(DISTINCT people) FROM measured) > 1 THEN
        RAISE 'the ways do not agree on the number of contacts';
    END IF;
END $$;

\echo what an index adds to a visit
CREATE TABLE plain_visit (event int, person bigint, entered timestamptz, left_at timestamptz);
INSERT INTO plain_visit SELECT v.* FROM pg_temp.visits(200000, 100000) v;
CREATE TEMP TABLE added (position int, index text, definition text, us numeric);
INSERT INTO added VALUES
    (1, 'none', NULL),
    (2, 'btree on event and entry, btree on longer stays (what visit has)',
     'CREATE INDEX ON indexed_visit (event, entered); CREATE INDEX ON indexed_visit (event, left_at) WHERE left_at - entered > interval ''24 hours'''),
    (3, 'GiST on the time, of all events', 'CREATE INDEX ON indexed_visit USING gist (tstzrange(entered, left_at))'),
    (4, 'GiST on event and time as one range',
     'CREATE INDEX ON indexed_visit USING gist (int8range((event::bigint << 32) + date_part(''epoch'', entered - timestamptz ''2000-01-01 00:00+00'')::bigint,
                                                          (event::bigint << 32) + date_part(''epoch'', left_at - timestamptz ''2000-01-01 00:00+00'')::bigint, ''[]''))');
CREATE PROCEDURE pg_temp.add() LANGUAGE plpgsql AS $$
DECLARE
    a added;
BEGIN
    FOR a IN SELECT * FROM added ORDER BY position LOOP
        CREATE TABLE indexed_visit (LIKE plain_visit);
        IF a.definition IS NOT NULL THEN
            EXECUTE a.definition;
        END IF;
        UPDATE added SET us = pg_temp.timed('INSERT INTO indexed_visit SELECT * FROM plain_visit ORDER BY left_at') * 1000 / 200000 WHERE position = a.position;
        DROP TABLE indexed_visit;
    END LOOP;
END $$;
CALL pg_temp.add();
SELECT index, round(us - (SELECT us FROM added WHERE position = 1), 2) AS "us a visit, less none" FROM added ORDER BY position;
DROP TABLE plain_visit;
