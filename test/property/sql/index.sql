-- The GiST index finds exactly what a sequential scan finds: random records,
-- random rules and times, after page splits, deletions and VACUUM.
\if :{?quick}
\set people 3000
\set questions 300
\else
\set people 100000
\set questions 2000
\endif
CREATE SCHEMA index_test;
SET search_path = index_test;
SET datestyle = ISO;
SET timezone = 'Europe/Lisbon';		-- a rule's calendar is Viet Nam's, not the session's
SET max_parallel_workers_per_gather = 0;
SET client_min_messages = warning;

\getenv root PG_ABS_SRCDIR
\set generator :root '/../data/random_rules.sql'
\set echo :ECHO
\set ECHO none
\i :generator
\set ECHO :echo

CREATE TABLE record AS
SELECT n AS id, random_record(n) AS health FROM generate_series(1, :people) n;
INSERT INTO record VALUES (0, '');
INSERT INTO record SELECT -n, NULL FROM generate_series(1, :people / 50) n;
ANALYZE record;

CREATE TABLE question AS SELECT n::bigint, random_bound(n) AS bound FROM generate_series(1, :questions) n;
-- all that a rule can say is asked often, of the past and of the future
SELECT count(*) FILTER (WHERE rule LIKE '%not %') > 0.25 * count(*) AS negation, count(*) FILTER (WHERE rule LIKE '% or %') > 0.25 * count(*) AS "or",
       count(*) FILTER (WHERE rule LIKE '%product%') > 0.05 * count(*) AS product, count(*) FILTER (WHERE rule LIKE '%month%') > 0.15 * count(*) AS months,
       count(*) FILTER (WHERE rule = '') = 1 AS empty, count(*) FILTER (WHERE at < '2021-04-01') > 0.1 * count(*) AS past,
       count(*) FILTER (WHERE at > '2021-12-01') > 0.1 * count(*) AS future
FROM (SELECT cccd_bound_rule(bound)::text AS rule, cccd_bound_at(bound) AS at FROM question) q;

CREATE FUNCTION answer(bound cccd_bound, OUT people bigint, OUT digest bigint) LANGUAGE sql STABLE
BEGIN ATOMIC
    SELECT count(*), bit_xor(hashint8extended(id, 0)) FROM record WHERE health @@ bound;
END;

CREATE FUNCTION answers(what text, most int DEFAULT :questions) RETURNS TABLE (n bigint, people bigint, digest bigint) LANGUAGE plpgsql AS $$
BEGIN
    PERFORM set_config('enable_seqscan', CASE what WHEN 'index' THEN 'off' ELSE 'on' END, true),
            set_config('enable_bitmapscan', CASE what WHEN 'index' THEN 'on' ELSE 'off' END, true),
            set_config('enable_indexscan', CASE what WHEN 'index' THEN 'on' ELSE 'off' END, true);
    RETURN QUERY SELECT q.n, a.people, a.digest FROM question q, LATERAL answer(q.bound) a WHERE q.n <= most;
END $$;

CREATE TABLE by_scan AS SELECT * FROM answers('scan');
SELECT count(*) AS questions, count(*) FILTER (WHERE people > 0) > count(*) / 2 AS many_find_somebody,
       count(*) FILTER (WHERE people BETWEEN 1 AND :people / 50) > count(*) / 10 AS many_are_selective FROM by_scan;
SELECT count(*) > 100 AS unknown_for_somebody FROM question
WHERE n <= 300 AND EXISTS (SELECT FROM record WHERE id BETWEEN 1 AND 2000 AND health @@ bound IS NULL);

-- built at once, which sorts
CREATE INDEX record_health ON record USING gist (health);
SELECT count(*) AS different FROM by_scan s JOIN answers('index', :questions / 10) i USING (n)
WHERE (s.people, s.digest) IS DISTINCT FROM (i.people, i.digest);

-- built by insertions, which split pages; then half of it deleted
DROP INDEX record_health;
CREATE TABLE grown (LIKE record);
CREATE INDEX grown_health ON grown USING gist (health) WITH (buffering = off);
INSERT INTO grown SELECT * FROM record ORDER BY pick(id, 18, 1000000);
DELETE FROM grown WHERE id % 2 = 0;
VACUUM grown;
INSERT INTO grown SELECT * FROM record WHERE id % 2 = 0;
ALTER TABLE record RENAME TO record_before;
ALTER TABLE grown RENAME TO record;
CREATE OR REPLACE FUNCTION answer(bound cccd_bound, OUT people bigint, OUT digest bigint) LANGUAGE sql STABLE
BEGIN ATOMIC
    SELECT count(*), bit_xor(hashint8extended(id, 0)) FROM record WHERE health @@ bound;
END;
SELECT count(*) AS different FROM by_scan s JOIN answers('index') i USING (n)
WHERE (s.people, s.digest) IS DISTINCT FROM (i.people, i.digest);

DROP SCHEMA index_test CASCADE;
