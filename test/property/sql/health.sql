-- Properties of records over random facts.  Every line that says "differ" or
-- "wrong" must say 0.
\if :{?quick}
\set people 400
\else
\set people 10000
\endif
SET client_min_messages = warning;

-- people with up to 40 facts each, at few enough times that many facts
-- meet: same day, same second, pending and result, more tests than are kept
CREATE FUNCTION dice(i bigint, k int, sides int) RETURNS int LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS 'SELECT ((hashint8extended(i, k) & 1073741823) % sides)::int';
CREATE TABLE random_fact AS
SELECT i % :people AS person, i, kind, at, CASE WHEN kind NOT IN ('credential', 'declaration', 'registration', 'consultation') THEN disease END AS disease,
       CASE kind WHEN 'dose' THEN (ARRAY[NULL, 'EU/1/20/1528', 'Sputnik-V', '#999'])[1 + dice(i, 4, 4)]
                 WHEN 'test' THEN (ARRAY[NULL, 'pcr', 'antigen', '#17'])[1 + dice(i, 4, 4)]
                 WHEN 'credential' THEN (ARRAY['insurance', '#65535'])[1 + dice(i, 4, 2)]
                 WHEN 'declaration' THEN (ARRAY['no_symptoms', 'symptoms'])[1 + dice(i, 4, 2)]
                 WHEN 'registration' THEN 'vaccination'
                 WHEN 'consultation' THEN '#65535' END AS detail,
       CASE kind WHEN 'test' THEN (ARRAY[NULL, 'negative', 'positive', 'inconclusive', 'pending'])[1 + dice(i, 5, 5)] END AS result,
       CASE WHEN kind NOT IN ('dose', 'test') AND dice(i, 6, 3) > 0 THEN at + (1 + dice(i, 7, 3)) * interval '6 hours' END AS until,
       (ARRAY['declared', 'paper', 'certificate', 'national'])[1 + dice(i, 8, 4)] AS source,
       dice(i, 9, 3) = 0 AS signed,
       CASE WHEN kind = 'dose' THEN nullif(dice(i, 10, 4), 0) END AS number,
       CASE WHEN kind = 'dose' THEN nullif(dice(i, 12, 3), 0) END AS series
FROM (SELECT i, (ARRAY['dose', 'dose', 'dose', 'test', 'test', 'test', 'test', 'test', 'test',
                 'test', 'test', 'test', 'test', 'test', 'test', 'recovery', 'isolation', 'exposure', 'contraindication',
                 (ARRAY['credential', 'declaration', 'registration', 'consultation'])[1 + dice(i, 13, 4)]])[1 + dice(i, 1, 20)] AS kind,
             timestamptz '2021-06-01 00:00+07' + dice(i, 2, 8 + (i % :people) % 40) * interval '6 hours' + dice(i, 11, 5) / 4 * interval '0.4 s' AS at,
             CASE WHEN dice(i, 3, 8) = 0 THEN 'measles' ELSE 'covid19' END AS disease
      FROM generate_series(0, 40 * :people - 1) i WHERE dice(i, 0, 40) < i % :people % 41) t;
CREATE TABLE random_health AS
SELECT person, cccd_health_agg(kind, at, disease, detail, result, until, source, signed, number, series) AS h
FROM random_fact GROUP BY person
UNION ALL SELECT p, '' FROM generate_series(0, :people - 1) p WHERE NOT EXISTS (SELECT FROM random_fact WHERE person = p);
ANALYZE random_fact;
ANALYZE random_health;
SELECT count(*) AS records, count(cccd_health_tests_from(h)) > :people / 10 AS some_full, count(DISTINCT h) > 0.9 * :people AS distinct FROM random_health;

-- text and binary
SELECT count(*) FILTER (WHERE h::text::cccd_health <> h OR h::text::cccd_health::text <> h::text) AS text_differ FROM random_health;
CREATE TEMP TABLE received (person int, h cccd_health);
\copy random_health to 'results/health.data' (format binary)
\copy received from 'results/health.data' (format binary)
SELECT count(*) AS received, count(*) FILTER (WHERE r.h <> h.h OR cccd_health_send(r.h) <> cccd_health_send(h.h)) AS binary_differ
FROM received r JOIN random_health h USING (person);

-- aggregate = one by one = merged ones = any order = sorted groups
CREATE TABLE random_single AS
SELECT person, i, cccd_health_add('', kind, at, disease, detail, result, until, source, signed, number, series) AS h FROM random_fact;
ANALYZE random_single;
SELECT count(*) FILTER (WHERE m.h <> r.h) AS merge_differ
FROM random_health r JOIN (SELECT person, cccd_health_merge(h) h FROM random_single GROUP BY person) m USING (person);
SELECT count(*) FILTER (WHERE o.forth <> r.h) AS forth_differ, count(*) FILTER (WHERE o.back <> r.h) AS back_differ
FROM random_health r JOIN (
    SELECT person, cccd_health_agg(kind, at, disease, detail, result, until, source, signed, number, series ORDER BY dice(i, 20, 1000000)) forth,
           cccd_health_merge(s.h ORDER BY dice(i, 21, 1000000)) back
    FROM random_fact JOIN random_single s USING (person, i) GROUP BY person) o USING (person);
WITH RECURSIVE numbered AS (
    SELECT *, row_number() OVER (PARTITION BY person ORDER BY dice(i, 22, 1000000)) n FROM random_fact WHERE person < :people / 5
), grown AS (
    SELECT person, 0::bigint AS n, ''::cccd_health AS h FROM random_health WHERE person < :people / 5
    UNION ALL
    SELECT person, n.n, cccd_health_add(g.h, kind, at, disease, detail, result, until, source, signed, number, series)
    FROM grown g JOIN numbered n USING (person) WHERE n.n = g.n + 1
)
SELECT count(*) AS grown, count(*) FILTER (WHERE g.h <> r.h) AS add_differ
FROM (SELECT DISTINCT ON (person) person, h FROM grown ORDER BY person, n DESC) g JOIN random_health r USING (person);

-- merge is associative, commutative, idempotent; the empty record is neutral
SELECT count(*) AS triples,
       count(*) FILTER (WHERE cccd_health_merge(a.h, cccd_health_merge(b.h, c.h)) <> cccd_health_merge(cccd_health_merge(a.h, b.h), c.h)) AS associative_differ,
       count(*) FILTER (WHERE cccd_health_merge(a.h, b.h) <> cccd_health_merge(b.h, a.h)) AS commutative_differ,
       count(*) FILTER (WHERE cccd_health_merge(a.h, a.h) <> a.h) AS idempotent_differ,
       count(*) FILTER (WHERE cccd_health_merge(cccd_health_merge(a.h, b.h), b.h) <> cccd_health_merge(a.h, b.h)) AS absorption_differ,
       count(*) FILTER (WHERE cccd_health_merge(a.h, '') <> a.h) AS neutral_differ,
       count(*) FILTER (WHERE (SELECT cccd_health_merge(x) FROM (VALUES (a.h), (b.h), (NULL), (c.h)) v(x)) <> cccd_health_merge(cccd_health_merge(a.h, b.h), c.h)) AS aggregate_differ,
       count(cccd_health_tests_from(a.h)) > :people / 100 AND count(cccd_health_tests_from(cccd_health_merge(a.h, b.h))) > :people / 10 AS some_horizons
FROM random_health a JOIN random_health b ON b.person = (a.person + 137) % :people JOIN random_health c ON c.person = (a.person + 4711) % :people
WHERE a.person % 41 + b.person % 41 + c.person % 41 < 75;

-- parallel workers make the same records
SET parallel_setup_cost = 0;
SET parallel_tuple_cost = 0;
SET min_parallel_table_scan_size = 0;
SET max_parallel_workers_per_gather = 2;
EXPLAIN (COSTS OFF)
SELECT person, cccd_health_agg(kind, at, disease, detail, result, until, source, signed, number, series) FROM random_fact GROUP BY person;
CREATE TEMP TABLE parallel_health AS
SELECT person, cccd_health_agg(kind, at, disease, detail, result, until, source, signed, number, series) AS h FROM random_fact GROUP BY person;
SELECT count(*) FILTER (WHERE p.h <> r.h) AS parallel_differ FROM parallel_health p JOIN random_health r USING (person);
EXPLAIN (COSTS OFF) SELECT person, cccd_health_merge(h) FROM random_single GROUP BY person;
CREATE TEMP TABLE parallel_merged AS SELECT person, cccd_health_merge(h) AS h FROM random_single GROUP BY person;
SELECT count(*) FILTER (WHERE p.h <> r.h) AS parallel_merge_differ FROM parallel_merged p JOIN random_health r USING (person);
RESET parallel_setup_cost; RESET parallel_tuple_cost; RESET min_parallel_table_scan_size; RESET max_parallel_workers_per_gather;
SELECT count(set_config(name, 'on', false)) FROM pg_settings WHERE name IN ('force_parallel_mode', 'debug_parallel_query');
SELECT count(*) FILTER (WHERE p.h <> r.h) AS forced_parallel_differ
FROM (SELECT person, cccd_health_agg(kind, at, disease, detail, result, until, source, signed, number, series) AS h FROM random_fact GROUP BY person) p
JOIN random_health r USING (person);
SELECT count(set_config(name, 'off', false)) FROM pg_settings WHERE name IN ('force_parallel_mode', 'debug_parallel_query');
-- spilling to disk changes nothing
SET work_mem = '64kB'; SET enable_sort = off;
SELECT count(*) FILTER (WHERE p.h <> r.h) AS spilled_differ
FROM (SELECT person, cccd_health_agg(kind, at, disease, detail, result, until, source, signed, number, series) AS h FROM random_fact GROUP BY person) p
JOIN random_health r USING (person);
RESET work_mem; RESET enable_sort;

-- against the rules written in SQL: reports of doses that say more than
-- another one, the one that stands of any other fact
CREATE TEMP TABLE seen AS
SELECT person, e.* FROM random_health, cccd_health_events(h) e;
CREATE TEMP TABLE fact AS
SELECT person, i, kind, date_trunc('second', at) AS at, date_trunc('second', until) AS until, disease, detail,
       CASE WHEN kind = 'test' THEN coalesce(result, 'pending') END AS result, signed, number, series,
       array_position('{declared,paper,certificate,national}', source) AS trust, source
FROM random_fact;
ANALYZE seen;
ANALYZE fact;
WITH dose AS (
    SELECT DISTINCT person, at, disease, cccd_code('product', detail) AS product, source, signed, number, series
    FROM fact WHERE kind = 'dose'),
report AS (
    SELECT * FROM dose d
    WHERE NOT EXISTS (SELECT FROM dose o
                      WHERE o IS DISTINCT FROM d AND o.person = d.person AND o.at = d.at AND o.disease = d.disease AND o.source = d.source
                        AND o.signed >= d.signed AND (d.product IS NULL OR d.product IS NOT DISTINCT FROM o.product)
                        AND (d.number IS NULL OR d.number IS NOT DISTINCT FROM o.number) AND (d.series IS NULL OR d.series IS NOT DISTINCT FROM o.series)))
SELECT count(*) > :people AS doses, count(*) FILTER (WHERE d.person IS NULL OR s.person IS NULL) AS dose_wrong
FROM report d FULL JOIN (SELECT * FROM seen WHERE kind = 'dose') s
ON ROW(d.person, d.at, d.disease, d.product, d.source, d.signed, d.number, d.series)
   IS NOT DISTINCT FROM ROW(s.person, s.at, s.disease, cccd_code('product', s.product), s.source, s.signed, s.number::int, s.series::int)
   AND d.person = s.person;
CREATE TEMP TABLE result AS
SELECT *, row_number() OVER (PARTITION BY person ORDER BY at DESC, disease = 'covid19' DESC, coalesce(cccd_code('test', detail), 0)) AS n
FROM (SELECT DISTINCT ON (person, at, disease, detail) * FROM fact WHERE kind = 'test'
      ORDER BY person, at, disease, detail, array_position('{pending,inconclusive,negative,positive}', result) DESC, signed DESC, trust DESC) t;
ANALYZE result;
SELECT count(*) > :people AS tests, count(*) FILTER (WHERE r.person IS NULL OR s.person IS NULL) AS test_wrong
FROM (SELECT * FROM result WHERE n <= 12) r FULL JOIN (SELECT * FROM seen WHERE kind = 'test') s
ON ROW(r.at, r.disease, r.detail, r.result, r.source, r.signed)
   IS NOT DISTINCT FROM ROW(s.at, s.disease, s.test, s.result, s.source, s.signed)
   AND r.person = s.person;
SELECT count(*) FILTER (WHERE cccd_health_tests_from(h) IS DISTINCT FROM dropped + interval '1 s') AS horizon_wrong
FROM random_health LEFT JOIN (SELECT person, max(at) AS dropped FROM result WHERE n > 12 GROUP BY person) d USING (person);
WITH other AS (
    SELECT DISTINCT ON (person, kind, disease, detail, at) * FROM fact WHERE kind NOT IN ('dose', 'test')
    ORDER BY person, kind, disease, detail, at, signed DESC, trust DESC, until DESC NULLS FIRST)
SELECT count(*) > :people AS others, count(*) FILTER (WHERE o.person IS NULL OR s.person IS NULL) AS other_wrong
FROM other o FULL JOIN (SELECT * FROM seen WHERE kind NOT IN ('dose', 'test')) s
ON ROW(o.kind, o.at, o.until, o.disease, o.detail, o.source, o.signed)
   IS NOT DISTINCT FROM ROW(s.kind, s.at, s.until, s.disease, s.name, s.source, s.signed)
   AND o.person = s.person;

DROP TABLE random_fact, random_single, random_health;
DROP FUNCTION dice;
