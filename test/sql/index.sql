-- The GiST index: its plans, under row security, of partitions, about another
-- disease.  That it finds what a sequential scan finds is a property: see
-- test/property/sql/index.sql.
CREATE SCHEMA index_test;
SET search_path = index_test;
SET datestyle = ISO;
SET timezone = 'Europe/Lisbon';		-- a rule's calendar is Viet Nam's, not the session's
SET max_parallel_workers_per_gather = 0;
SET client_min_messages = warning;

\getenv root PG_ABS_SRCDIR
\set generator :root '/data/random_rules.sql'
\set ECHO none
\i :generator
\set ECHO all

CREATE TABLE record AS
SELECT n AS id, random_record(n) AS health FROM generate_series(1, 5000) n;
INSERT INTO record VALUES (0, '');
INSERT INTO record SELECT -n, NULL FROM generate_series(1, 100) n;
ANALYZE record;

CREATE INDEX record_health ON record USING gist (health);
SELECT amvalidate(oid) FROM pg_opclass
WHERE opcname = 'cccd_health_ops' AND opcmethod = (SELECT oid FROM pg_am WHERE amname = 'gist');
-- the index is chosen; by which of its two scans is a matter of a few pages
SET enable_bitmapscan = off;
EXPLAIN (COSTS OFF) SELECT id FROM record WHERE health @@ ('since(negative(pcr)) <= 24 hours and doses >= 3'::cccd_rule @ '2021-11-16 19:00+07');
RESET enable_bitmapscan;

-- the plans: an index condition for constants, parameters in custom and
-- generic plans, now(), and a rule that comes from another table
ANALYZE record;
SET enable_seqscan = off;
EXPLAIN (COSTS OFF) SELECT id FROM record
WHERE cccd_eligible(health, 'since(negative(pcr)) <= 24 hours', '2021-11-16 19:00+07');
PREPARE eligible(cccd_rule, timestamptz) AS SELECT count(*) FROM record WHERE cccd_eligible(health, $1, $2);
SET plan_cache_mode = force_custom_plan;
EXPLAIN (COSTS OFF) EXECUTE eligible('doses >= 3', '2021-11-16 19:00+07');
SET plan_cache_mode = force_generic_plan;
EXPLAIN (COSTS OFF) EXECUTE eligible('doses >= 3', '2021-11-16 19:00+07');
RESET plan_cache_mode;
EXPLAIN (COSTS OFF) SELECT id FROM record WHERE cccd_eligible(health, 'doses >= 3', now());
CREATE TABLE match (name text, rule cccd_rule, at timestamptz);
INSERT INTO match VALUES ('a', 'since(negative(pcr)) <= 24 hours', '2021-11-16 19:00+07');
\set file :root '/data/plan.sql'
\i :file
SELECT pg_temp.plan('SELECT name, id FROM match JOIN record ON cccd_eligible(health, rule, at)');
-- inside a view and under row security
CREATE VIEW invited AS SELECT id FROM record WHERE cccd_eligible(health, 'doses >= 3', '2021-11-16 19:00+07');
EXPLAIN (COSTS OFF) SELECT count(*) FROM invited;

-- row security does not keep the operator from the index: it leaks nothing
CREATE ROLE regress_analyst;
GRANT USAGE ON SCHEMA index_test TO regress_analyst;
GRANT SELECT ON record TO regress_analyst;
ALTER TABLE record ENABLE ROW LEVEL SECURITY;
CREATE POLICY site ON record USING (id % 2 = 0);
SET ROLE regress_analyst;
EXPLAIN (COSTS OFF) SELECT count(*) FROM record WHERE health @@ (cccd_rule 'doses >= 3' @ '2021-11-16 19:00+07');
RESET ROLE;
DROP POLICY site ON record;
ALTER TABLE record DISABLE ROW LEVEL SECURITY;
REVOKE ALL ON record FROM regress_analyst;
REVOKE ALL ON SCHEMA index_test FROM regress_analyst;
DROP ROLE regress_analyst;
-- partitions use theirs
CREATE TABLE part (id int, health cccd_health) PARTITION BY RANGE (id);
CREATE TABLE part_a PARTITION OF part FOR VALUES FROM (0) TO (50);
CREATE TABLE part_b PARTITION OF part FOR VALUES FROM (50) TO (100);
CREATE INDEX ON part USING gist (health);
EXPLAIN (COSTS OFF) SELECT id FROM part WHERE cccd_eligible(health, 'doses >= 3', '2021-11-16 19:00+07');
DROP TABLE part;

-- statistics hold no record
SELECT most_common_vals IS NULL AND histogram_bounds IS NULL AS nothing_kept, null_frac > 0 AS nulls_counted
FROM pg_stats WHERE tablename = 'record' AND attname = 'health';

-- an index about another disease answers rules about it
CREATE INDEX record_measles ON record USING gist (health cccd_health_ops (disease = 'measles'));
DROP INDEX record_health;
SELECT count(*) AS by_index FROM record WHERE cccd_eligible(health, 'doses(disease = measles) >= 1', '2021-11-16 19:00+07')
EXCEPT
SELECT count(*) FROM record WHERE NOT (cccd_eligible(health, 'doses(disease = measles) >= 1', '2021-11-16 19:00+07') IS NOT TRUE);
CREATE INDEX ON record USING gist (health cccd_health_ops (disease = 'nothing'));
RESET enable_seqscan;

DROP SCHEMA index_test CASCADE;
