-- cccd_id against int8 and text, side by side.
--
--	psql -v n=1000000 -f bench/id.sql
--
-- Each work is done with each type in turn, in another order each round, all
-- in one run, and the shortest round counts.  Time is the server process's own
-- time on a processor, so that what else the machine does matters little.  The
-- text is the hand-tuned one: twelve digits, COLLATE "C".
--
-- Text has its digits copied where cccd_id has them read and checked; "COPY in,
-- checked" gives text the constraint that makes it refuse what cccd_id refuses.
-- "text / int8" is what an int8 gains over text in the same work, which cccd_id,
-- being one, can reach but not pass.  "net / int8" is the first ratio without
-- the part that no type changes (reading the table, counting its rows).

\set ON_ERROR_STOP 1
\if :{?n}
\else
\set n 1000000
\endif
\if :{?rounds}
\else
\set rounds 6
\endif
\pset footer off
SET client_min_messages = warning;
SET max_parallel_workers_per_gather = 0;
SET jit = off;
SET work_mem = '512MB';
SET synchronous_commit = off;

-- places, sexes and years as the country has them, in no order
CREATE UNLOGGED TABLE id_source AS
SELECT ((h % 63 + 1) * 1000000000 + (h / 63) % 4 * 100000000 + (h / 252) % 100 * 1000000 + i % 1000000)::cccd_id AS id, i
FROM (SELECT i, hashint8extended(i, 0) & 9007199254740991 AS h FROM generate_series(1, :n::bigint) i) z;
CREATE UNLOGGED TABLE id_cccd_id (v cccd_id NOT NULL);
CREATE UNLOGGED TABLE id_int8 (v int8 NOT NULL);
CREATE UNLOGGED TABLE id_text (v text COLLATE "C" NOT NULL);
-- the same numbers in another order, to join with
CREATE UNLOGGED TABLE id_cccd_id_other (v cccd_id NOT NULL);
CREATE UNLOGGED TABLE id_int8_other (v int8 NOT NULL);
CREATE UNLOGGED TABLE id_text_other (v text COLLATE "C" NOT NULL);
CREATE UNLOGGED TABLE id_cccd_id_in (v cccd_id NOT NULL);
CREATE UNLOGGED TABLE id_int8_in (v int8 NOT NULL);
CREATE UNLOGGED TABLE id_text_in (v text COLLATE "C" NOT NULL);
CREATE UNLOGGED TABLE id_cccd_id_checked (v cccd_id NOT NULL);
CREATE UNLOGGED TABLE id_int8_checked (v int8 NOT NULL CHECK (v BETWEEN 0 AND 999999999999));
CREATE UNLOGGED TABLE id_text_checked (v text COLLATE "C" NOT NULL CHECK (length(v) = 12 AND translate(v, '0123456789', '') = ''));
CREATE UNLOGGED TABLE id_cccd_id_key (v cccd_id PRIMARY KEY);
CREATE UNLOGGED TABLE id_int8_key (v int8 PRIMARY KEY);
CREATE UNLOGGED TABLE id_text_key (v text COLLATE "C" PRIMARY KEY);
INSERT INTO id_cccd_id SELECT id FROM id_source;
INSERT INTO id_int8 SELECT id::bigint FROM id_source;
INSERT INTO id_text SELECT id::text FROM id_source;
INSERT INTO id_cccd_id_other SELECT id FROM id_source ORDER BY hashint8extended(i, 1);
INSERT INTO id_int8_other SELECT id::bigint FROM id_source ORDER BY hashint8extended(i, 1);
INSERT INTO id_text_other SELECT id::text FROM id_source ORDER BY hashint8extended(i, 1);
VACUUM ANALYZE id_cccd_id;
VACUUM ANALYZE id_int8;
VACUUM ANALYZE id_text;
VACUUM ANALYZE id_cccd_id_other;
VACUUM ANALYZE id_int8_other;
VACUUM ANALYZE id_text_other;
-- digits to read, as cstrings: text never costs a conversion there
CREATE UNLOGGED TABLE id_digits AS SELECT id::text COLLATE "C" AS v FROM id_source;
VACUUM ANALYZE id_digits;
SELECT format('%s/cccd_bench_id_', current_setting('data_directory')) AS prefix \gset

-- a work's order, statement (%s is the type), what to do before, what is in the
-- statement for every type
CREATE TEMP TABLE work (position int, work text, statement text, before text, base text);
INSERT INTO work VALUES
(1, 'input', 'SELECT count(%s_in_function(textout(v))) FROM id_digits', NULL,
    'SELECT count(textout(v)) FROM id_digits'),
(2, 'output', 'SELECT count(%s_out_function(v)) FROM id_%s', NULL, 'SELECT count(v) FROM id_%s'),
(3, 'sort', 'SELECT count(*) FROM (SELECT v FROM id_%s ORDER BY v OFFSET 0) z', NULL,
    'SELECT count(*) FROM (SELECT v FROM id_%s OFFSET 0) z'),
(4, 'hash join', 'SELECT count(*) FROM id_%s JOIN id_%s_other USING (v)', NULL,
    'SELECT (SELECT count(v) FROM id_%s) + (SELECT count(v) FROM id_%s_other)'),
(5, 'hash join, 1 %', format('SELECT count(*) FROM id_%%s JOIN (SELECT v FROM id_%%s_other LIMIT %s) z USING (v)', :n / 100), NULL,
    'SELECT count(v) FROM id_%s'),
(6, 'COPY out', format('COPY id_%%s TO %L', '/dev/null'), NULL, 'SELECT count(v) FROM id_%s'),
(7, 'COPY in', format('COPY id_%%s_in FROM %L', :'prefix' || '%s'), 'TRUNCATE id_%s_in', NULL),
(8, 'COPY in, checked', format('COPY id_%%s_checked FROM %L', :'prefix' || '%s'), 'TRUNCATE id_%s_checked', NULL),
(9, 'COPY in, key', format('COPY id_%%s_key FROM %L', :'prefix' || '%s'), 'TRUNCATE id_%s_key', NULL);

CREATE TEMP TABLE measured (position int, type text, round int, ms numeric, base_ms numeric);

\ir clock.psql

-- a template for one type; input and output functions have names of their own
CREATE FUNCTION pg_temp.for_type(template text, type text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
SELECT replace(replace(replace(template,
    '%s_in_function', CASE type WHEN 'cccd_id' THEN 'cccd_id_in' ELSE type || 'in' END),
    '%s_out_function', CASE type WHEN 'cccd_id' THEN 'cccd_id_out' ELSE type || 'out' END),
    '%s', type) $$;

SELECT format('COPY id_%s TO %L', t, :'prefix' || t) FROM unnest('{cccd_id,int8,text}'::text[]) t \gexec

SELECT set_config('cccd_bench.rounds', :'rounds', false) AS rounds \gset
DO $$
DECLARE
    r int; w record; t text; b numeric; m numeric;
    types text[] := '{int8,cccd_id,text}';
BEGIN
    FOR r IN 1 .. current_setting('cccd_bench.rounds')::int LOOP
        FOR w IN SELECT * FROM work ORDER BY position LOOP
            FOREACH t IN ARRAY types LOOP
                IF w.before IS NOT NULL THEN EXECUTE pg_temp.for_type(w.before, t); END IF;
                b := 0;
                IF w.base IS NOT NULL THEN b := pg_temp.timed(pg_temp.for_type(w.base, t)); END IF;
                m := pg_temp.timed(pg_temp.for_type(w.statement, t));
                INSERT INTO measured VALUES (w.position, t, r, m, b);
            END LOOP;
        END LOOP;
        types := types[2:3] || types[1];
    END LOOP;
END $$;
SELECT format('COPY (SELECT 1 LIMIT 0) TO PROGRAM %L', 'rm -f ' || quote_literal(:'prefix' || t)) FROM unnest('{cccd_id,int8,text}'::text[]) t \gexec

\echo :n numbers, least of :rounds interleaved rounds, milliseconds of processor time
WITH least AS (
    SELECT position, type, min(ms) AS ms, min(ms) - min(base_ms) AS net
    FROM measured GROUP BY position, type)
SELECT work, round(i.ms, 1) AS int8, round(c.ms, 1) AS cccd_id, round(t.ms, 1) AS text,
       round(c.ms / nullif(i.ms, 0), 2) AS "cccd_id / int8", '<= 1.2' AS bound,
       round(t.ms / nullif(c.ms, 0), 2) AS "text / cccd_id", '>= 1.5' AS "bound ",
       round(t.ms / nullif(i.ms, 0), 2) AS "text / int8", round(c.net / nullif(i.net, 0), 2) AS "net / int8"
FROM work
JOIN least i USING (position) JOIN least c USING (position) JOIN least t USING (position)
WHERE i.type = 'int8' AND c.type = 'cccd_id' AND t.type = 'text'
ORDER BY position;
DROP TABLE id_source, id_digits, id_cccd_id, id_int8, id_text, id_cccd_id_other, id_int8_other, id_text_other,
    id_cccd_id_in, id_int8_in, id_text_in, id_cccd_id_checked, id_int8_checked, id_text_checked,
    id_cccd_id_key, id_int8_key, id_text_key;
