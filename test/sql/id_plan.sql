-- cccd_id_place(id) = 79 through an index of id.

CREATE TABLE people AS
SELECT i, ((i % 63 + 1) * 1000000000::bigint + i / 63 % 4 * 100000000 + (i / 252) % 100 * 1000000 + i / 25200)::cccd_id AS id
FROM generate_series(0, 39999) i;
CREATE INDEX people_id ON people (id);
CREATE INDEX people_i ON people (i);
VACUUM ANALYZE people;
-- plans of one process on every machine
SET max_parallel_workers_per_gather = 0;

EXPLAIN (COSTS OFF) SELECT count(*) FROM people WHERE cccd_id_place(id) = 79;
EXPLAIN (COSTS OFF) SELECT count(*) FROM people WHERE cccd_id_place(id) = 40;
EXPLAIN (COSTS OFF) SELECT count(*) FROM people WHERE 40 = cccd_id_place(id);
EXPLAIN (COSTS OFF) SELECT count(*) FROM people WHERE cccd_id_place(id) = 40::bigint;
EXPLAIN (COSTS OFF) SELECT count(*) FROM people WHERE cccd_id_place(id) BETWEEN 40 AND 41;
EXPLAIN (COSTS OFF) SELECT count(*) FROM people WHERE 62 < cccd_id_place(id);
EXPLAIN (COSTS OFF) SELECT count(*) FROM people WHERE cccd_id_place(id) <= 1::smallint AND id > '001200000000';
EXPLAIN (COSTS OFF) SELECT * FROM people WHERE cccd_id_place(id) IN (40, 1, NULL, 174);
EXPLAIN (COSTS OFF) SELECT * FROM people WHERE cccd_id_place(id) = 40 OR i = 7;
EXPLAIN (COSTS OFF) SELECT * FROM people WHERE (cccd_id_place(id) = 79 AND i > 5) OR cccd_id_place(id) IN (80, 81) OR id = '001000000000';
EXPLAIN (COSTS OFF) DELETE FROM people WHERE cccd_id_place(id) = 79;
-- two tables, one of them by place
EXPLAIN (COSTS OFF) SELECT * FROM people a JOIN people b ON b.i = a.i + 1 WHERE cccd_id_place(a.id) = 79;

-- a condition that is not about one table's place and a constant has no bounds
EXPLAIN (COSTS OFF) SELECT count(*) FROM people WHERE cccd_id_place(id) <> 40;
EXPLAIN (COSTS OFF) SELECT count(*) FROM people WHERE NOT cccd_id_place(id) = 40;
EXPLAIN (COSTS OFF) SELECT count(*) FROM people WHERE cccd_id_place(id) = i;
EXPLAIN (COSTS OFF) SELECT count(*) FROM people WHERE cccd_id_place(id) = ceil(random())::int;

-- prepared statements with one plan for all values
SET plan_cache_mode = force_generic_plan;
PREPARE by_place(int) AS SELECT count(*) FROM people WHERE cccd_id_place(id) = $1;
EXPLAIN (COSTS OFF) EXECUTE by_place(40);
EXECUTE by_place(40);
EXECUTE by_place(64);
EXECUTE by_place(-1);
EXECUTE by_place(2147483647);
EXECUTE by_place(NULL);
DEALLOCATE by_place;
RESET plan_cache_mode;
-- and an aggregate that takes the first row of an index
SELECT min(id), max(id) FROM people WHERE cccd_id_place(id) = 40;

-- the same rows as without an index, for many conditions
CREATE FUNCTION answers(query text, OUT with_index bigint, OUT without bigint) LANGUAGE plpgsql AS $$
BEGIN
    SET LOCAL enable_seqscan = off;
    EXECUTE query INTO with_index;
    SET LOCAL enable_seqscan = on;
    SET LOCAL enable_indexscan = off; SET LOCAL enable_indexonlyscan = off; SET LOCAL enable_bitmapscan = off;
    EXECUTE query INTO without;
    RESET enable_indexscan; RESET enable_indexonlyscan; RESET enable_bitmapscan; RESET enable_seqscan;
END $$;
CREATE TEMP TABLE condition AS
SELECT format('cccd_id_place(id) %s %s', op, p) AS c
FROM unnest('{<,<=,=,>=,>,<>}'::text[]) op, unnest('{-40000::int,-1,0::smallint,1,2,39,40::bigint,62,63,64,999,1000,99999999999}'::text[]) p
UNION ALL SELECT format('%s %s cccd_id_place(id)', p, op)
FROM unnest('{<,<=,=,>=,>}'::text[]) op, unnest('{-1,0,1,40,63,1000}'::text[]) p
UNION ALL SELECT format('cccd_id_place(id) = ANY (%L::%s[])', a, t)
FROM unnest(ARRAY['{}', '{NULL}', '{1}', '{1,NULL,63,-1,1000}', '{5,5,6}']) a, unnest('{int2,int4,int8}'::text[]) t
UNION ALL SELECT format('cccd_id_place(id) <> ALL (%L::int[])', '{1,2}')
UNION ALL SELECT format('cccd_id_place(id) = ANY (%L::int[])', array_agg(g)) FROM generate_series(1, 65) g;
INSERT INTO condition
SELECT format(CASE n % 4 WHEN 0 THEN '(%s OR %s)' WHEN 1 THEN '(%s AND %s)' WHEN 2 THEN '(%s OR (%s AND i < 20000))' ELSE 'NOT (%s OR %s)' END, a.c, b.c)
FROM (SELECT c, row_number() OVER (ORDER BY c COLLATE "C") AS n FROM condition) a
JOIN (SELECT c, row_number() OVER (ORDER BY c COLLATE "C") AS m FROM condition) b ON m = (n * 37) % 120 + 1;
SELECT count(*) AS conditions, count(*) FILTER (WHERE with_index <> without) AS differences, count(*) FILTER (WHERE with_index > 0) AS found
FROM condition, answers('SELECT coalesce(sum(i), 0) FROM people WHERE ' || c);

-- other indexes that can serve: BRIN, several columns, an expression
CREATE TABLE gates (event int, id cccd_id, doc jsonb);
INSERT INTO gates SELECT i % 20, id, jsonb_build_object('id', id::text) FROM people;
CREATE INDEX gates_event_id ON gates (event, id);
ANALYZE gates;
EXPLAIN (COSTS OFF) SELECT * FROM gates WHERE event = 7 AND cccd_id_place(id) = 79;
DROP INDEX gates_event_id;
CREATE INDEX gates_brin ON gates USING brin (id);
SET enable_seqscan = off;
EXPLAIN (COSTS OFF) SELECT * FROM gates WHERE cccd_id_place(id) = 79;
DROP INDEX gates_brin;
CREATE INDEX gates_doc ON gates (((doc ->> 'id')::cccd_id));
EXPLAIN (COSTS OFF) SELECT * FROM gates WHERE cccd_id_place((doc ->> 'id')::cccd_id) = 79;
RESET enable_seqscan;

-- an index, a partial index, partitions and statistics of the place itself
-- are used as ever
CREATE INDEX gates_place ON gates (cccd_id_place(id));
EXPLAIN (COSTS OFF) SELECT * FROM gates WHERE cccd_id_place(id) = 79;
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
-- each partition's own index
CREATE TABLE by_year (id cccd_id, year int) PARTITION BY LIST (year);
CREATE TABLE by_year_1 PARTITION OF by_year FOR VALUES IN (1);
CREATE TABLE by_year_2 PARTITION OF by_year FOR VALUES IN (2);
INSERT INTO by_year SELECT id, i % 2 + 1 FROM people;
CREATE INDEX ON by_year (id);
ANALYZE by_year;
EXPLAIN (COSTS OFF) SELECT * FROM by_year WHERE cccd_id_place(id) = 79;

-- a domain over the type
CREATE DOMAIN holder AS cccd_id;
CREATE TABLE holders AS SELECT id::holder FROM people;
CREATE INDEX holders_id ON holders (id);
ANALYZE holders;
EXPLAIN (COSTS OFF) SELECT * FROM holders WHERE cccd_id_place(id) = 79;

-- another function of the same name is left alone
CREATE SCHEMA mine;
CREATE FUNCTION mine.cccd_id_place(cccd_id) RETURNS smallint LANGUAGE plpgsql IMMUTABLE AS 'BEGIN RETURN 1; END';
EXPLAIN (COSTS OFF) SELECT * FROM people WHERE mine.cccd_id_place(id) = 1;

-- row security: a leaky expression in the place's argument waits for the policy
CREATE FUNCTION mine.leaky(cccd_id) RETURNS cccd_id LANGUAGE plpgsql IMMUTABLE COST 1 AS 'BEGIN RETURN $1; END';
CREATE INDEX gates_leaky ON gates (mine.leaky(id));
ALTER TABLE gates ENABLE ROW LEVEL SECURITY;
CREATE POLICY one_event ON gates USING (event = length(current_setting('cccd_test.event')));
CREATE ROLE regress_cccd_clerk;
GRANT SELECT ON gates TO regress_cccd_clerk;
GRANT USAGE ON SCHEMA mine TO regress_cccd_clerk;
SET cccd_test.event = 'x';
SET enable_seqscan = off;
EXPLAIN (COSTS OFF) SELECT * FROM gates WHERE cccd_id_place(mine.leaky(id)) = 79;
SET ROLE regress_cccd_clerk;
\getenv root PG_ABS_SRCDIR
\set file :root '/data/plan.sql'
\i :file
SELECT pg_temp.plan('SELECT * FROM gates WHERE cccd_id_place(mine.leaky(id)) = 79');
RESET ROLE;
RESET enable_seqscan;

DROP TABLE people, gates, by_place, by_year, holders;
DROP DOMAIN holder;
DROP FUNCTION pg_temp.plan(text);
DROP FUNCTION mine.cccd_id_place(cccd_id), mine.leaky(cccd_id);
DROP SCHEMA mine;
DROP FUNCTION answers(text);
DROP ROLE regress_cccd_clerk;
