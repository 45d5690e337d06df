-- The planner is told what an index returns: the right index is taken, none
-- where none narrows the question, and planning raises no error.
CREATE SCHEMA plan_test;
SET search_path = plan_test;
SET datestyle = ISO;
SET timezone = 'Asia/Ho_Chi_Minh';
SET max_parallel_workers_per_gather = 0;
SET client_min_messages = warning;
\getenv root PG_ABS_SRCDIR
\set file :root '/data/plan.sql'
\i :file

-- most have a dose against covid19, one of two hundred one against measles
CREATE TABLE person WITH (autovacuum_enabled = off) AS
SELECT i AS id, int4range(i / 100, i / 100 + 1) AS site, concat_ws('; ',
    CASE WHEN i % 10 < 8 THEN 'dose ' || date '2021-06-01' + i % 160 || ' 08:00 national' END,
    CASE WHEN i % 200 = 7 THEN 'dose ' || date '2020-01-01' + i % 365 || ' 08:00 national disease measles' END,
    CASE WHEN i % 50 = 3 THEN 'test ' || timestamp '2021-11-16 18:00' - i % 240 * interval '1 hour' || ' pcr negative' END,
    CASE WHEN i % 3 = 0 THEN 'exposure 2021-11-10 until 2021-11-24' END)::cccd_health AS health
FROM generate_series(1, 40000) i;
ALTER TABLE person ADD PRIMARY KEY (id);
CREATE TABLE match (name text, at timestamptz);
INSERT INTO match VALUES ('a', '2021-11-16 19:00+07');
\set measles '''doses(disease = measles) >= 1'''
\set tested '''since(negative(pcr)) <= 24 hours'''
\set at '''2021-11-16 19:00+07'''

-- the total cost of the first index scan of a plan, whatever else is asked
CREATE FUNCTION scan_cost(query text) RETURNS numeric LANGUAGE plpgsql AS $$
DECLARE
    plan json;
    nodes jsonb;
BEGIN
    EXECUTE 'EXPLAIN (FORMAT json) ' || query INTO plan;
    nodes := jsonb_path_query_array(plan::jsonb, 'strict $.** ? (@."Node Type" like_regex "Index Scan").**."Total Cost"');
    RETURN nodes -> 0;
END $$;

-- of two diseases, whichever index came first
CREATE INDEX person_covid19 ON person USING gist (health);
CREATE INDEX person_measles ON person USING gist (health cccd_health_ops (disease = 'measles'));
VACUUM ANALYZE person;
ANALYZE match;
EXPLAIN (COSTS OFF) SELECT id FROM person WHERE cccd_eligible(health, :measles, :at);
EXPLAIN (COSTS OFF) SELECT id FROM person WHERE cccd_eligible(health, :tested, :at);
DROP INDEX person_covid19;
CREATE INDEX person_covid19 ON person USING gist (health);
EXPLAIN (COSTS OFF) SELECT id FROM person WHERE health @@ (cccd_rule :measles @ :at);
EXPLAIN (COSTS OFF) SELECT id FROM person WHERE health @@ (cccd_rule :tested @ :at);
-- each disease of which records tell has a sample
SELECT cardinality(stavalues1::text::bytea[]) AS samples, get_byte((stavalues1::text::bytea[])[1], 0) AS first, get_byte((stavalues1::text::bytea[])[2], 0) AS second
FROM pg_statistic WHERE starelid = 'person'::regclass AND stakind1 = 10079;
-- in a join, with the time known or from the other table; and with a parameter
EXPLAIN (COSTS OFF) SELECT name, id FROM match JOIN person ON cccd_eligible(health, :measles, :at);
EXPLAIN (COSTS OFF) SELECT name, id FROM match JOIN person ON cccd_eligible(health, :measles, at);
EXPLAIN (COSTS OFF) SELECT name, id FROM match JOIN person ON health @@ (cccd_rule :tested @ at);
PREPARE at(timestamptz) AS SELECT id FROM person WHERE cccd_eligible(health, :measles, $1);
SET plan_cache_mode = force_generic_plan;
EXPLAIN (COSTS OFF) EXECUTE at(:at);
SET plan_cache_mode = force_custom_plan;
EXPLAIN (COSTS OFF) EXECUTE at(:at);
RESET plan_cache_mode;

-- what no point tells, and a disease that no index is about
EXPLAIN (COSTS OFF) SELECT id FROM person WHERE cccd_eligible(health, 'exposed', :at);
EXPLAIN (COSTS OFF) SELECT id FROM person WHERE cccd_eligible(health, 'doses(disease = rabies) >= 1', :at);
EXPLAIN (COSTS OFF) SELECT id FROM person WHERE health @@ (cccd_rule 'exposed' @ :at);
DROP INDEX person_measles;
EXPLAIN (COSTS OFF) SELECT id FROM person WHERE cccd_eligible(health, :measles, :at);
-- few are in both, but the index returns all who were tested
EXPLAIN (COSTS OFF) SELECT id FROM person WHERE cccd_eligible(health, 'exposed and since(negative(pcr)) <= 24 hours', :at);

-- a condition costs the same with another one beside it, and in either form
SELECT count(DISTINCT scan_cost(query)) AS costs, min(scan_cost(query)) > 0 AS by_index FROM (VALUES
    (format('SELECT id FROM person WHERE cccd_eligible(health, %L, %L)', :tested, :at)),
    (format('SELECT id FROM person WHERE cccd_eligible(health, %L, %L) AND (id > 5 OR cccd_eligible(health, %L, %L))', :tested, :at, 'doses >= 1', :at)),
    (format('SELECT id FROM person WHERE (cccd_eligible(health, %L, %L) OR id = 3) AND cccd_eligible(health, %L, %L)', 'exposed', :at, :tested, :at)),
    (format('SELECT id FROM person WHERE health @@ (cccd_rule %L @ %L)', :tested, :at))) v(query);
SELECT count(DISTINCT scan_cost(query)) AS costs, min(scan_cost(query)) > 0 AS by_index FROM (VALUES
    (format('SELECT id FROM match, person WHERE cccd_eligible(health, %L, at)', :tested)),
    (format('SELECT id FROM match, person WHERE cccd_eligible(health, %L, at) AND (id > 5 OR cccd_eligible(health, %L, %L))', :tested, 'doses >= 1', :at)),
    (format('SELECT id FROM match, person WHERE health @@ (cccd_rule %L @ at)', :tested))) v(query);

-- an index of several columns
DROP INDEX person_covid19;
CREATE INDEX person_site ON person USING gist (site, health);
EXPLAIN (COSTS OFF) SELECT id FROM person WHERE site && int4range(10, 20) AND cccd_eligible(health, :tested, :at);
EXPLAIN (COSTS OFF) SELECT id FROM person WHERE cccd_eligible(health, :tested, :at);
EXPLAIN (COSTS OFF) SELECT id FROM person WHERE cccd_eligible(health, 'exposed', :at);
SELECT scan_cost(format('SELECT id FROM person WHERE site && int4range(10, 20) AND cccd_eligible(health, %L, %L)', :tested, :at)) <
       scan_cost(format('SELECT id FROM person WHERE site && int4range(10, 20) AND cccd_eligible(health, %L, %L)', 'doses >= 1', :at)) AS narrower_is_cheaper;
DROP INDEX person_site;
-- a partial one
CREATE INDEX person_part ON person USING gist (health) WHERE id < 1000;
EXPLAIN (COSTS OFF) SELECT id FROM person WHERE id < 1000 AND cccd_eligible(health, :tested, :at);
DROP INDEX person_part;

-- an index that grew by inserts reads at most twice the pages of a sorted one
CREATE TABLE grown (LIKE person) WITH (autovacuum_enabled = off);
CREATE INDEX grown_health ON grown USING gist (health);
INSERT INTO grown SELECT * FROM person ORDER BY hashint8(id);
UPDATE grown SET health = cccd_health_add(health, 'test', timestamptz '2021-11-16 18:00+07' - id % 40 * interval '30 min', detail => 'pcr', result => 'negative') WHERE id % 11 = 0;
VACUUM ANALYZE grown;
CREATE TABLE sorted (LIKE person) WITH (autovacuum_enabled = off);
INSERT INTO sorted SELECT * FROM grown;
CREATE INDEX sorted_health ON sorted USING gist (health);
VACUUM ANALYZE sorted;
CREATE FUNCTION pages(relation text, rule text) RETURNS numeric LANGUAGE plpgsql AS $$
DECLARE
    plan json;
    scan jsonb;
BEGIN
    EXECUTE format('EXPLAIN (ANALYZE, BUFFERS, FORMAT json) SELECT id FROM %I WHERE cccd_eligible(health, %L, %L)', relation, rule, '2021-11-16 19:00+07') INTO plan;
    scan := jsonb_path_query_first(plan::jsonb, 'strict $.** ? (@."Node Type" == "Bitmap Index Scan")');
    RETURN (scan ->> 'Shared Hit Blocks')::numeric + (scan ->> 'Shared Read Blocks')::numeric;
END $$;
SET enable_seqscan = off;
SET enable_indexscan = off;
SELECT rule, pages('sorted', rule) > 3 AS several, pages('grown', rule) <= 2 * pages('sorted', rule) AS within_two
FROM unnest(ARRAY['since(negative(pcr)) <= 24 hours', 'since(last_dose) between 20 days and 27 days', 'doses = 0', 'doses >= 1 and since(negative) <= 8 hours']) rule;
RESET enable_seqscan;
RESET enable_indexscan;
DROP TABLE grown, sorted;

-- planning raises no error about what is not run
CREATE INDEX person_health ON person USING gist (health);
PREPARE at_id(timestamptz) AS SELECT id FROM person WHERE id = -1 AND cccd_eligible(health, 'doses >= 1', $1);
SET plan_cache_mode = force_generic_plan;
EXECUTE at_id('infinity');
SET plan_cache_mode = force_custom_plan;
EXECUTE at_id('infinity');
EXECUTE at_id('-infinity');
EXECUTE at_id(NULL);
RESET plan_cache_mode;
SELECT id FROM person WHERE id = -1 AND health @@ cccd_rule_bind('doses >= 1', now() + interval '500 years', cccd_context());
CREATE CAST (bytea AS cccd_rule) WITHOUT FUNCTION;
CREATE CAST (bigint AS cccd_context) WITHOUT FUNCTION;
SELECT id FROM person WHERE id = -1 AND cccd_eligible(health, '\x00112233'::bytea::cccd_rule, :at);
SELECT id FROM person WHERE id = -1 AND cccd_eligible(health, 'doses >= 1', :at, (-1)::bigint::cccd_context);
DROP CAST (bytea AS cccd_rule);
DROP CAST (bigint AS cccd_context);
-- and running does
EXPLAIN (COSTS OFF) SELECT id FROM person WHERE cccd_eligible(health, 'doses >= 1', 'infinity');
SELECT id FROM person WHERE cccd_eligible(health, 'doses >= 1', 'infinity');
EXECUTE at('infinity');
SELECT count(*) FROM person WHERE cccd_eligible(health, 'doses >= 1', NULL);
SELECT count(*) FROM person WHERE cccd_eligible(health, NULL, :at);
SELECT count(*) FROM person WHERE health @@ NULL::cccd_bound;
-- a context that is null tells nothing
SELECT count(*) = (SELECT count(*) FROM person WHERE cccd_eligible(health, :tested, :at)) AS same
FROM person WHERE cccd_eligible(health, :tested, :at, NULL);

-- row security: the operator leaks nothing and uses the index, the function may
-- raise an error and waits for the policy
CREATE ROLE regress_planner;
GRANT USAGE ON SCHEMA plan_test TO regress_planner;
GRANT SELECT ON person TO regress_planner;
ALTER TABLE person ENABLE ROW LEVEL SECURITY;
CREATE POLICY site ON person USING (site && int4range(0, 200));
PREPARE bound(cccd_rule, timestamptz) AS SELECT id FROM person WHERE health @@ cccd_rule_bind($1, $2, cccd_context());
SET ROLE regress_planner;
EXPLAIN (COSTS OFF) SELECT id FROM person WHERE health @@ (cccd_rule :tested @ :at);
EXPLAIN (COSTS OFF) SELECT id FROM person WHERE cccd_eligible(health, :tested, :at);
SET plan_cache_mode = force_generic_plan;
EXPLAIN (COSTS OFF) EXECUTE bound(:tested, :at);
RESET plan_cache_mode;
RESET ROLE;
DEALLOCATE bound;
DROP POLICY site ON person;
ALTER TABLE person DISABLE ROW LEVEL SECURITY;
DROP OWNED BY regress_planner;
DROP ROLE regress_planner;

-- statistics of an expression stand in no row of their own: two tables with
-- different people, asked in turn and twice, before and after ANALYZE
CREATE TABLE few WITH (autovacuum_enabled = off) AS SELECT id, CASE WHEN id % 100 = 0 THEN health END AS health FROM person WHERE id <= 10000;
CREATE TABLE many WITH (autovacuum_enabled = off) AS SELECT id, health FROM person WHERE id <= 10000;
CREATE STATISTICS few_known ON (coalesce(health, '')) FROM few;
CREATE STATISTICS many_known ON (coalesce(health, '')) FROM many;
ANALYZE few, many;
CREATE FUNCTION rows_of(relation text) RETURNS numeric LANGUAGE plpgsql AS $$
DECLARE
    plan json;
BEGIN
    EXECUTE format('EXPLAIN (FORMAT json) SELECT FROM %I WHERE coalesce(health, %L) @@ (cccd_rule %L @ %L)', relation, '', 'doses >= 1', '2021-11-16 19:00+07') INTO plan;
    RETURN plan -> 0 -> 'Plan' ->> 'Plan Rows';
END $$;
SELECT relation, n, rows_of(relation) AS rows FROM generate_series(1, 2) n, (VALUES ('few'), ('many')) v(relation) ORDER BY n, relation;
\c -
SET search_path = plan_test;
SET client_min_messages = warning;
SELECT relation, rows_of(relation) AS rows FROM (VALUES ('many'), ('few')) v(relation) ORDER BY relation DESC;
UPDATE few SET health = NULL;
ANALYZE few;
SELECT relation, rows_of(relation) AS rows FROM (VALUES ('few'), ('many')) v(relation) ORDER BY relation;

-- statistics without our samples, as a dump or pg_upgrade leaves them: two of a
-- hundred, for an index all where it cannot narrow; ANALYZE brings them back
SET datestyle = ISO;
SET timezone = 'Asia/Ho_Chi_Minh';
SET max_parallel_workers_per_gather = 0;
CREATE FUNCTION rows_known() RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    plan json;
BEGIN
    EXECUTE 'EXPLAIN (FORMAT json) SELECT FROM person WHERE health @@ (cccd_rule ''doses >= 1'' @ ''2021-11-16 19:00+07'')' INTO plan;
    RETURN CASE WHEN (plan -> 0 -> 'Plan' ->> 'Plan Rows')::int BETWEEN 700 AND 900 THEN 'two percent'
                WHEN (plan -> 0 -> 'Plan' ->> 'Plan Rows')::int BETWEEN 28000 AND 36000 THEN 'known' END;
END $$;
SELECT rows_known();
SET allow_system_table_mods = on;
UPDATE pg_statistic SET stakind1 = 0, stavalues1 = NULL WHERE starelid = 'person'::regclass AND stakind1 = 10079;
SELECT rows_known();
EXPLAIN (COSTS OFF) SELECT id FROM person WHERE cccd_eligible(health, 'doses >= 1', :at);
EXPLAIN (COSTS OFF) SELECT id FROM person WHERE cccd_eligible(health, 'exposed', :at);
-- columns to analyze, as the manual finds them
SELECT attrelid::regclass AS relation, attname
FROM pg_attribute JOIN pg_class c ON c.oid = attrelid JOIN pg_statistic s ON (starelid, staattnum) = (attrelid, attnum)
WHERE atttypid = 'cccd_health'::regtype AND relkind IN ('r', 'm', 'p') AND relnamespace = 'plan_test'::regnamespace
  AND 10079 <> ALL (ARRAY[stakind1, stakind2, stakind3, stakind4, stakind5]) AND stanullfrac < 1 ORDER BY 1, 2;
RESET allow_system_table_mods;
ANALYZE person;
SELECT rows_known();

-- a generic plan: a time out of range is an error of the first record that is
-- asked about, never of the index
CREATE TABLE visit (site int, health cccd_health);
CREATE INDEX ON visit USING gist (health);
PREPARE visitors(timestamptz) AS SELECT count(*) FROM visit WHERE cccd_eligible(health, 'doses >= 5', $1);
SET plan_cache_mode = force_generic_plan;
SET enable_seqscan = off;
EXPLAIN (COSTS OFF) EXECUTE visitors('infinity');
EXECUTE visitors('infinity');
INSERT INTO visit SELECT n, NULL FROM generate_series(1, 100) n;
EXECUTE visitors('infinity');
INSERT INTO visit VALUES (1, 'dose 2021-06-01');
EXECUTE visitors('infinity');
EXECUTE visitors('2021-11-16 19:00+07');
SELECT t, cccd_health 'dose 2021-06-01' @@ cccd_rule_bind_lossy('doses >= 5', t, cccd_context()) AS asked
FROM unnest(ARRAY['infinity', '-infinity', '2021-11-16 19:00+07']::timestamptz[]) t;
RESET enable_seqscan;
RESET plan_cache_mode;
DEALLOCATE visitors;
DROP SCHEMA plan_test CASCADE;
