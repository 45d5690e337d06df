-- needs the workload
--
-- Building, size and opening of health records.
--
--	psql -v n=1000000 -f bench/health.sql
--
-- Facts are rows of text and times, one UNION ALL over the tables of the
-- workload, grouped by person: the query that an application writes.  Its
-- baselines are the same rows only counted, grouped and counted, and made into
-- one jsonb a person.  Time is the server process's own on a processor, the
-- shortest of the rounds; jsonb has one round.

\set ON_ERROR_STOP 1
\if :{?rounds}
\else
\set rounds 3
\endif
\pset footer off
SET client_min_messages = warning;
SET max_parallel_workers_per_gather = 0;
SET jit = off;
SET work_mem = '512MB';

CREATE VIEW health_bench_fact AS
SELECT person_id, 'dose' AS kind, at,
       (ARRAY['EU/1/20/1528', 'EU/1/21/1529', 'BBIBP-CorV', 'EU/1/20/1507', 'Sputnik-V'])[product] AS detail,
       NULL::text AS result, NULL::timestamptz AS until FROM dose
UNION ALL SELECT person_id, 'test', at, (ARRAY['pcr', 'antigen', 'antibody'])[kind + 1],
       (ARRAY['negative', 'positive', 'inconclusive', 'pending'])[result + 1], NULL FROM test
UNION ALL SELECT person_id, 'recovery', at, NULL, NULL, NULL FROM recovery
UNION ALL SELECT person_id, CASE WHEN fclass <= 1 THEN 'isolation' ELSE 'exposure' END, at, NULL, NULL, until FROM status;

\ir clock.psql
CREATE TEMP TABLE measured (position int, work text, ms numeric);

-- building
SELECT count(*) AS facts, count(DISTINCT person_id) AS groups FROM health_bench_fact \gset
CREATE TEMP TABLE work (position int, work text, statement text, times int);
INSERT INTO work VALUES
(1, 'rows read', 'SELECT count(result) FROM (SELECT * FROM health_bench_fact OFFSET 0) t', :rounds),
(2, 'grouped and counted', 'SELECT count(x) FROM (SELECT person_id, count(result) x FROM health_bench_fact GROUP BY 1 OFFSET 0) t', :rounds),
(3, 'cccd_health_agg, 5 arguments', 'SELECT count(x) FROM (SELECT person_id, cccd_health_agg(kind, at, detail, result, until) x FROM health_bench_fact GROUP BY 1 OFFSET 0) t', :rounds),
(4, 'cccd_health_agg, 10 arguments', 'SELECT count(x) FROM (SELECT person_id, cccd_health_agg(kind, at, NULL, detail, result, until, ''national'', false, NULL, NULL) x FROM health_bench_fact GROUP BY 1 OFFSET 0) t', :rounds),
(5, 'jsonb_agg', 'SELECT count(x) FROM (SELECT person_id, jsonb_agg(jsonb_strip_nulls(jsonb_build_object(''k'', kind, ''t'', extract(epoch FROM at)::bigint, ''d'', detail, ''r'', result, ''u'', extract(epoch FROM until)::bigint))) x FROM health_bench_fact GROUP BY 1 OFFSET 0) t', 1);
INSERT INTO measured SELECT position, work, pg_temp.timed(statement) FROM work, generate_series(1, times) r WHERE r <= times ORDER BY r, position;
\echo building: :facts facts of :groups people
SELECT work, round(min(ms)) AS ms, round(:facts / nullif(min(ms), 0) / 1000, 2) AS "M facts/s",
       CASE WHEN position IN (3, 4) THEN '>= 1' ELSE '' END AS bound,
       round((SELECT min(ms) FROM measured WHERE position = 5) / nullif(min(ms), 0), 1) AS "jsonb_agg / this",
       round((min(ms) - (SELECT min(ms) FROM measured WHERE position = 2)) * 1000000 / :facts) AS "ns a fact beyond grouping"
FROM measured GROUP BY position, work ORDER BY position;

-- memory: the hash table and its spill
CREATE FUNCTION pg_temp.grouped(memory text) RETURNS TABLE (ms numeric, peak numeric, disk numeric, batches int) LANGUAGE plpgsql AS $$
DECLARE
    plan json;
    start numeric := pg_temp.cpu_ms();
BEGIN
    PERFORM set_config('work_mem', memory, true), set_config('enable_sort', 'off', true);
    EXECUTE 'EXPLAIN (ANALYZE, TIMING off, FORMAT json) SELECT person_id, cccd_health_agg(kind, at, detail, result, until) FROM health_bench_fact GROUP BY 1' INTO plan;
    plan := plan -> 0 -> 'Plan';
    RETURN QUERY SELECT pg_temp.cpu_ms() - start, (plan ->> 'Peak Memory Usage')::numeric / 1024,
        coalesce((plan ->> 'Disk Usage')::numeric, 0) / 1024, (plan ->> 'HashAgg Batches')::int;
END $$;
\echo memory of the hash table
SELECT m AS work_mem, round(ms) AS ms, round(peak) AS "peak MB", round(disk) AS "disk MB", batches,
       CASE WHEN disk = 0 THEN round(peak * 1048576 / :groups) END AS "bytes a group"
FROM unnest('{4MB,64MB,512MB}'::text[]) WITH ORDINALITY u(m, i), LATERAL pg_temp.grouped(m) ORDER BY i;

-- size: a row and its key for everybody, against what the facts take
CREATE TABLE health_bench (id bigint NOT NULL, record cccd_health NOT NULL) WITH (fillfactor = 85);
INSERT INTO health_bench
SELECT id, coalesce(h, '') FROM person LEFT JOIN (
    SELECT person_id, cccd_health_agg(kind, at, NULL, detail, result, until, 'national', false, NULL, NULL) h
    FROM health_bench_fact GROUP BY 1) f ON person_id = id;
ALTER TABLE health_bench ADD PRIMARY KEY (id);
VACUUM ANALYZE health_bench;
CREATE TEMP TABLE sizes AS
SELECT 'record with key' AS what, pg_relation_size('health_bench') AS heap, pg_indexes_size('health_bench') AS indexes, 0 AS toast
UNION ALL SELECT 'facts with indexes', sum(pg_relation_size(c)), sum(pg_indexes_size(c)), 0
FROM unnest('{dose,test,recovery,status}'::regclass[]) c
UNION ALL SELECT 'jsonb with key and GIN', pg_relation_size(to_regclass('person_json')), pg_indexes_size(to_regclass('person_json')), 0
WHERE to_regclass('person_json') IS NOT NULL;
UPDATE sizes SET toast = pg_relation_size(reltoastrelid) FROM pg_class WHERE oid = 'health_bench'::regclass AND what = 'record with key';
SELECT count(*) AS people FROM person \gset
\echo bytes a person, :people people
SELECT what, round(heap / :people::numeric, 1) AS heap, round(indexes / :people::numeric, 1) AS indexes,
       round((heap + indexes + toast) / :people::numeric, 1) AS total,
       round((heap + indexes + toast) / (SELECT heap + indexes FROM sizes WHERE what = 'facts with indexes'), 3) AS "of the facts",
       CASE what WHEN 'record with key' THEN '<= 0.25' ELSE '' END AS bound
FROM sizes ORDER BY total;
SELECT round(avg(pg_column_size(record)), 1) AS "average bytes", percentile_disc(0.5) WITHIN GROUP (ORDER BY pg_column_size(record)) AS median,
       percentile_disc(0.99) WITHIN GROUP (ORDER BY pg_column_size(record)) AS "99 %", max(pg_column_size(record)) AS most,
       (SELECT toast FROM sizes WHERE what = 'record with key') AS toasted
FROM health_bench;

-- one record at a time
CREATE TEMP TABLE sample AS SELECT record, record::text AS written FROM health_bench ORDER BY id LIMIT 200000;
ANALYZE sample;
TRUNCATE measured, work;
INSERT INTO work VALUES
(0, 'nothing', 'SELECT count(record) FROM sample', :rounds),
(1, 'text output', 'SELECT count(cccd_health_out(record)) FROM sample', :rounds),
(2, 'text input', 'SELECT count(cccd_health_in(textout(written))) FROM sample', :rounds),
(3, 'binary output', 'SELECT count(cccd_health_send(record)) FROM sample', :rounds),
(4, 'add a test', 'SELECT count(cccd_health_add(record, ''test'', ''2021-12-01 00:00+07'', detail => ''pcr'', result => ''negative'')) FROM sample', :rounds),
(5, 'merge with itself', 'SELECT count(cccd_health_merge(record, record)) FROM sample', :rounds),
(6, 'open into rows', 'SELECT count(kind) FROM sample, cccd_health_events(record)', :rounds);
INSERT INTO measured SELECT position, work, pg_temp.timed(statement) FROM work, generate_series(1, :rounds) r ORDER BY r, position;
\echo one record at a time
SELECT work, round((min(ms) - (SELECT min(ms) FROM measured WHERE position = 0)) * 1000 / 200000, 3) AS "us a record"
FROM measured WHERE position > 0 GROUP BY position, work ORDER BY position;

DROP TABLE health_bench;
DROP VIEW health_bench_fact;
