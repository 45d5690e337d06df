-- cccd_id_in_place(id, 79, 80) through an index of id, cccd_id_place(id) = 79
-- through an index of the expression.

\getenv root PG_ABS_SRCDIR
\set file :root '/data/plan.sql'
\i :file
CREATE TABLE people AS
SELECT i, ((i % 63 + 1) * 1000000000::bigint + i / 63 % 4 * 100000000 + (i / 252) % 100 * 1000000 + i / 25200)::cccd_id AS id
FROM generate_series(0, 19999) i;
CREATE INDEX people_id ON people (id);
CREATE INDEX people_i ON people (i);
VACUUM ANALYZE people;
-- plans of one process on every machine; ANALYZE sees every row
SET max_parallel_workers_per_gather = 0;
SET enable_memoize = off;

-- constants: one range, neighbours joined; twice, unknown and impossible places
EXPLAIN (COSTS OFF) SELECT count(*) FROM people WHERE cccd_id_in_place(id, 40);
EXPLAIN (COSTS OFF) SELECT count(*) FROM people WHERE cccd_id_in_place(id, 41, 40, 41, NULL, 1000, -1);
EXPLAIN (COSTS OFF) SELECT count(*) FROM people WHERE cccd_id_in_place(id, VARIADIC '{40,41}'::smallint[]);
EXPLAIN (COSTS OFF) SELECT * FROM people WHERE cccd_id_in_place(id, 40, 1, 174);
EXPLAIN (COSTS OFF) SELECT count(*) FROM people WHERE cccd_id_in_place(id, 1000);
SELECT pg_temp.plan('SELECT count(*) FROM people WHERE cccd_id_in_place(id, NULL)');
SELECT pg_temp.plan('SELECT count(*) FROM people WHERE cccd_id_in_place(id, VARIADIC ''{}'')');
SELECT pg_temp.plan('SELECT count(*) FROM people WHERE cccd_id_in_place(id, VARIADIC NULL)');
EXPLAIN (COSTS OFF) SELECT count(*) FROM people WHERE NOT cccd_id_in_place(id, 1);
EXPLAIN (COSTS OFF) SELECT * FROM people WHERE cccd_id_in_place(id, 40) OR i = 7;
EXPLAIN (COSTS OFF) DELETE FROM people WHERE cccd_id_in_place(id, 79);
-- eight ranges, and one more: what lies between the outer ones
SET enable_seqscan = off;
SELECT pg_temp.plan('SELECT * FROM people WHERE cccd_id_in_place(id, 1, 3, 5, 7, 9, 11, 13, 15, 16)');
SELECT pg_temp.plan('SELECT * FROM people WHERE cccd_id_in_place(id, 1, 3, 5, 7, 9, 11, 13, 15, 17)');
RESET enable_seqscan;
-- both are estimated by their places
CREATE FUNCTION pg_temp.estimated(query text) RETURNS float LANGUAGE plpgsql AS $$
DECLARE
    plan json;
BEGIN
    EXECUTE 'EXPLAIN (FORMAT json) ' || query INTO plan;
    RETURN (plan -> 0 -> 'Plan' ->> 'Plan Rows')::float;
END $$;
SELECT places, rows BETWEEN 0.5 * truth AND 2 * truth AS near
FROM (VALUES ('40', 1), ('1, 3, 5, 7, 9, 11, 13, 15', 8), ('1, 3, 5, 7, 9, 11, 13, 15, 17', 9), ('VARIADIC ARRAY(SELECT 1)', 63 * 0.05)) v(places, n),
     LATERAL (SELECT pg_temp.estimated(format('SELECT * FROM people WHERE cccd_id_in_place(id, %s)', places)) AS rows, n * 20000 / 63 AS truth) e;

-- parameters: custom plans, and generic ones
PREPARE one(int) AS SELECT count(*) FROM people WHERE cccd_id_in_place(id, $1);
PREPARE three(int, int) AS SELECT * FROM people WHERE cccd_id_in_place(id, $1, $2, 5);
PREPARE list(int[]) AS SELECT count(*) FROM people WHERE cccd_id_in_place(id, VARIADIC $1);
SET plan_cache_mode = force_custom_plan;
EXPLAIN (COSTS OFF) EXECUTE one(40);
EXPLAIN (COSTS OFF) EXECUTE three(40, 1);
EXPLAIN (COSTS OFF) EXECUTE list('{40,41}');
SET plan_cache_mode = force_generic_plan;
EXPLAIN (COSTS OFF) EXECUTE one(40);
EXPLAIN (COSTS OFF) EXECUTE three(40, 1);
EXPLAIN (COSTS OFF) EXECUTE list('{40,41}');
EXECUTE one(40);
EXECUTE one(64);
EXECUTE one(-1);
EXECUTE one(2147483647);
EXECUTE one(NULL);
EXECUTE list('{40,NULL,1,40,-5}');
EXECUTE list('{{40,1}}');
EXECUTE list('{}');
EXECUTE list('{1000}');
EXECUTE list(NULL);
DEALLOCATE ALL;
RESET plan_cache_mode;

-- joins: a place of a row, several, a list of a row, the result of a query
CREATE TABLE duty (officer text, place int, places int[]);
INSERT INTO duty VALUES ('a', 40, '{40,41}'), ('b', 1, '{1,NULL}'), ('c', NULL, NULL), ('d', 1000, '{}');
ANALYZE duty;
EXPLAIN (COSTS OFF) SELECT * FROM duty JOIN people ON cccd_id_in_place(id, place);
EXPLAIN (COSTS OFF) SELECT * FROM duty JOIN people ON cccd_id_in_place(id, place, 7);
EXPLAIN (COSTS OFF) SELECT * FROM duty JOIN people ON cccd_id_in_place(id, VARIADIC places);
SELECT officer, count(i) FROM duty LEFT JOIN people ON cccd_id_in_place(id, place) GROUP BY 1 ORDER BY 1;
SELECT officer, count(i) FROM duty LEFT JOIN people ON cccd_id_in_place(id, VARIADIC places) GROUP BY 1 ORDER BY 1;
-- the parameter of a subplan has another name in each version
CREATE FUNCTION pg_temp.conditions(query text) RETURNS SETOF text LANGUAGE sql AS $$
    SELECT regexp_replace(trim(line), '(\(InitPlan \w+\)\.col\d+|\$\d+)', '?', 'g') FROM pg_temp.plan(query) line
    WHERE line ~ 'people|Cond:|Filter:'
$$;
SELECT pg_temp.conditions('SELECT count(*) FROM people WHERE cccd_id_in_place(id, VARIADIC ARRAY(SELECT place FROM duty))');
SELECT count(*) FROM people WHERE cccd_id_in_place(id, VARIADIC ARRAY(SELECT place FROM duty));

-- an expression that may not be written twice stays an argument
EXPLAIN (COSTS OFF) SELECT count(*) FROM people WHERE cccd_id_in_place(id, ceil(random() * 0 + 40)::int);
SELECT count(*) FROM people WHERE cccd_id_in_place(id, ceil(random() * 0 + 40)::int);

-- every answer: ranges, an index, a list that is not known, and the place itself
SELECT setseed(0.12);
CREATE TABLE random_people AS
SELECT CASE WHEN i % 50 > 0 THEN floor(random() * 1e12)::numeric::cccd_id END AS id FROM generate_series(1, 1000) i;
INSERT INTO random_people
SELECT n FROM generate_series(0, 999) p, LATERAL (VALUES (cccd_id_place_first(p)), (cccd_id_place_last(p))) v(n);
CREATE INDEX random_people_id ON random_people (id);
ANALYZE random_people;
CREATE TEMP TABLE lists AS
SELECT n, (SELECT coalesce(array_agg(CASE WHEN random() < 0.05 THEN NULL WHEN random() < 0.1 THEN floor(random() * 4000 - 2000)
                           WHEN random() < 0.5 THEN floor(random() * 12) ELSE floor(random() * 1000) END::int), '{}')
           FROM generate_series(1, n % 14)) AS list
FROM generate_series(0, 27) n;
INSERT INTO lists VALUES (1000, '{0,999}'), (1001, '{-1,1000,2147483647,-2147483648}'), (1002, ARRAY(SELECT generate_series(0, 999))),
    (1003, NULL), (1004, '{NULL,NULL}'), (1005, '{{1,2},{3,NULL}}');
-- how many are true and false, their sum as a filter, and the same without an index
CREATE FUNCTION answers(condition text, OUT answer text) LANGUAGE plpgsql AS $$
DECLARE
    by_index text; by_scan text; outcome text;
BEGIN
    EXECUTE format('SELECT concat_ws('' '', count(*) FILTER (WHERE c), count(*) FILTER (WHERE NOT c), count(*))
                    FROM (SELECT %s AS c FROM random_people) z', condition) INTO outcome;
    SET LOCAL enable_seqscan = off;
    EXECUTE format('SELECT coalesce(sum(id::bigint), 0)::text FROM random_people WHERE %s', condition) INTO by_index;
    SET LOCAL enable_seqscan = on;
    SET LOCAL enable_indexscan = off; SET LOCAL enable_indexonlyscan = off; SET LOCAL enable_bitmapscan = off;
    EXECUTE format('SELECT coalesce(sum(id::bigint), 0)::text FROM random_people WHERE %s', condition) INTO by_scan;
    RESET enable_indexscan; RESET enable_indexonlyscan; RESET enable_bitmapscan;
    answer := concat_ws(' ', outcome, by_index, by_scan);
END $$;
-- a place that is known only when the query runs
CREATE FUNCTION pg_temp.later(list int[]) RETURNS text LANGUAGE sql AS $$
    SELECT CASE WHEN cardinality(list) BETWEEN 1 AND 20 AND array_ndims(list) = 1
        THEN (SELECT string_agg(format('nullif(%s, length(current_setting(''TimeZone'')) + 5000)', coalesce(p::text, 'NULL::int')), ', ') FROM unnest(list) p)
        ELSE format('VARIADIC %L', list) END
$$;
SELECT count(*) AS lists,
       count(*) FILTER (WHERE known <> wanted) AS known_differences,
       count(*) FILTER (WHERE unknown <> wanted) AS unknown_differences,
       count(*) FILTER (WHERE elements <> wanted) AS element_differences,
       count(*) FILTER (WHERE wanted !~ '^0 ') AS with_people
FROM lists,
     answers(format('cccd_id_place(id) = ANY (%L::int[])', list)) w(wanted),
     answers(format('cccd_id_in_place(id, VARIADIC %L::int[])', list)) k(known),
     answers(format('cccd_id_in_place(id, VARIADIC (SELECT list FROM lists WHERE n = %s))', n)) u(unknown),
     answers(format('cccd_id_in_place(id, %s)', pg_temp.later(list))) x(elements);

-- partitions by ranges of numbers are pruned, when planning and when running
CREATE TABLE parts (id cccd_id, n int) PARTITION BY RANGE (id);
CREATE TABLE parts_low PARTITION OF parts FOR VALUES FROM (MINVALUE) TO ('040000000000');
CREATE TABLE parts_40 PARTITION OF parts FOR VALUES FROM ('040000000000') TO ('041000000000');
CREATE TABLE parts_high PARTITION OF parts FOR VALUES FROM ('041000000000') TO (MAXVALUE);
INSERT INTO parts SELECT id, i FROM people;
CREATE INDEX ON parts (id);
ANALYZE parts;
EXPLAIN (COSTS OFF) SELECT * FROM parts WHERE cccd_id_in_place(id, 40);
EXPLAIN (COSTS OFF) SELECT * FROM parts WHERE cccd_id_in_place(id, 41, 62);
SET plan_cache_mode = force_generic_plan;
PREPARE pruned(int) AS SELECT count(*) FROM parts WHERE cccd_id_in_place(id, $1);
EXPLAIN (COSTS OFF) EXECUTE pruned(40);
EXECUTE pruned(40);
DEALLOCATE pruned;
RESET plan_cache_mode;

-- row security: as a user's condition, and as a policy
CREATE ROLE regress_cccd_clerk;
CREATE TABLE visits AS SELECT id, i % 20 AS site FROM people;
CREATE INDEX visits_id ON visits (id);
ANALYZE visits;
GRANT SELECT ON visits, duty TO regress_cccd_clerk;
ALTER TABLE visits ENABLE ROW LEVEL SECURITY;
CREATE POLICY one_site ON visits USING (site = length(current_setting('cccd_test.site')));
SET cccd_test.site = 'x';
SET ROLE regress_cccd_clerk;
EXPLAIN (COSTS OFF) SELECT id FROM visits WHERE cccd_id_in_place(id, 40);
SET plan_cache_mode = force_generic_plan;
PREPARE list(int[]) AS SELECT id FROM visits WHERE cccd_id_in_place(id, VARIADIC $1);
EXPLAIN (COSTS OFF) EXECUTE list('{40}');
DEALLOCATE list;
RESET plan_cache_mode;
RESET ROLE;
DROP POLICY one_site ON visits;
CREATE POLICY one_place ON visits USING (cccd_id_in_place(id, length(current_setting('cccd_test.site'))));
SET ROLE regress_cccd_clerk;
EXPLAIN (COSTS OFF) SELECT id FROM visits WHERE site = 1;
SELECT count(*), min(cccd_id_place(id)), max(cccd_id_place(id)) FROM visits;
RESET ROLE;

-- other indexes that can serve: BRIN, several columns, an expression, a part
CREATE TABLE gates (event int, id cccd_id, doc jsonb);
INSERT INTO gates SELECT i % 20, id, jsonb_build_object('id', id::text) FROM people;
CREATE INDEX gates_event_id ON gates (event, id);
ANALYZE gates;
EXPLAIN (COSTS OFF) SELECT * FROM gates WHERE event = 7 AND cccd_id_in_place(id, 40);
DROP INDEX gates_event_id;
CREATE INDEX gates_brin ON gates USING brin (id);
SET enable_seqscan = off;
SELECT pg_temp.plan('SELECT * FROM gates WHERE cccd_id_in_place(id, 40)');
SELECT pg_temp.plan('SELECT * FROM gates WHERE cccd_id_in_place(id, VARIADIC ''{1,3,5,7,9,11,13,15,17}'')');
DROP INDEX gates_brin;
CREATE INDEX gates_hash ON gates USING hash (id);
SELECT pg_temp.plan('SELECT * FROM gates WHERE cccd_id_in_place(id, VARIADIC ''{1,3,5,7,9,11,13,15,17}'')');
DROP INDEX gates_hash;
CREATE INDEX gates_doc ON gates (((doc ->> 'id')::cccd_id));
SELECT pg_temp.plan('SELECT * FROM gates WHERE cccd_id_in_place((doc ->> ''id'')::cccd_id, 40)');
DROP INDEX gates_doc;
CREATE INDEX gates_part ON gates (event) WHERE cccd_id_in_place(id, 40, 41);
SELECT pg_temp.plan('SELECT * FROM gates WHERE cccd_id_in_place(id, 41) AND event = 3');
DROP INDEX gates_part;
-- a domain over the type
CREATE DOMAIN holder AS cccd_id;
CREATE TABLE holders AS SELECT id::holder FROM people;
CREATE INDEX holders_id ON holders (id);
ANALYZE holders;
EXPLAIN (COSTS OFF) SELECT * FROM holders WHERE cccd_id_in_place(id, 40);
RESET enable_seqscan;

-- the place itself: no index of id, but one of the expression, of a part,
-- partitions and statistics, as for any function
EXPLAIN (COSTS OFF) SELECT count(*) FROM people WHERE cccd_id_place(id) = 40;
CREATE INDEX gates_place ON gates (cccd_id_place(id));
ANALYZE gates;
EXPLAIN (COSTS OFF) SELECT * FROM gates WHERE cccd_id_place(id) = 79;
EXPLAIN (COSTS OFF) SELECT * FROM gates g JOIN duty d ON cccd_id_place(g.id) = d.place;
DROP INDEX gates_place;
CREATE STATISTICS gates_places ON cccd_id_place(id) FROM gates;
ANALYZE gates;
SELECT most_common_vals IS NOT NULL AS has_places, n_distinct FROM pg_stats_ext_exprs WHERE statistics_name = 'gates_places';
DROP STATISTICS gates_places;
CREATE INDEX gates_one_place ON gates (event) WHERE cccd_id_place(id) = 40;
EXPLAIN (COSTS OFF) SELECT * FROM gates WHERE cccd_id_place(id) = 40 AND event = 3;
CREATE TABLE by_place (id cccd_id) PARTITION BY LIST (cccd_id_place(id));
CREATE TABLE by_place_1 PARTITION OF by_place FOR VALUES IN (1);
CREATE TABLE by_place_79 PARTITION OF by_place FOR VALUES IN (79);
EXPLAIN (COSTS OFF) SELECT * FROM by_place WHERE cccd_id_place(id) = 79;

-- a stored call keeps its text, and is unfolded in each plan
CREATE VIEW of_nghe_an AS SELECT * FROM people WHERE cccd_id_in_place(id, 40);
SELECT pg_get_viewdef('of_nghe_an') ~ 'cccd_id_in_place\((people\.)?id, .*40' AS as_written;
EXPLAIN (COSTS OFF) SELECT count(*) FROM of_nghe_an;

DROP VIEW of_nghe_an;
DROP TABLE people, random_people, duty, parts, visits, gates, by_place, holders;
DROP DOMAIN holder;
DROP FUNCTION answers(text), pg_temp.later(int[]), pg_temp.conditions(text), pg_temp.estimated(text), pg_temp.plan(text);
DROP ROLE regress_cccd_clerk;
