-- cccd_id in indexes, joins, aggregates, windows, partitions, constraints and
-- under row security.  That indexes of each kind find what a sequential scan
-- finds is a property: see test/property/sql/id.sql.

SELECT am.amname, opcname, opcdefault, amvalidate(o.oid)
FROM pg_opclass o JOIN pg_am am ON am.oid = o.opcmethod
WHERE opcintype = 'cccd_id'::regtype ORDER BY am.amname COLLATE "C", opcname COLLATE "C";

-- operators: leakproof, with everything the planner needs
SELECT o.oprname, o.oprcom::regoperator, o.oprnegate::regoperator, o.oprcanhash, o.oprcanmerge, p.proleakproof, o.oprrest, o.oprjoin
FROM pg_operator o JOIN pg_proc p ON p.oid = o.oprcode
WHERE o.oprleft = 'cccd_id'::regtype OR o.oprright = 'cccd_id'::regtype
ORDER BY o.oprname COLLATE "C";

-- 100,000 numbers as applications have them: few places, dense years
CREATE TABLE numbers AS
SELECT i, ((ARRAY[1, 1, 79, 79, 48, 31, 174])[i % 7 + 1] * 1000000000::bigint + i % 4 * 100000000
           + (i * 7919::bigint) % 100 * 1000000 + (i * 104729::bigint) % 1000000)::cccd_id AS id
FROM generate_series(1, 100000) i;
ANALYZE numbers;

-- they compare as their bigint and as their text do
SELECT count(*) AS differences
FROM (SELECT a.id AS x, b.id AS y FROM numbers a JOIN numbers b ON b.i = (a.i * 31) % 100000 + 1
      UNION ALL SELECT id, id FROM numbers) z
WHERE (x = y) <> (x::bigint = y::bigint) OR (x <> y) <> (x::bigint <> y::bigint)
   OR (x < y) <> (x::text < y::text COLLATE "C") OR (x <= y) <> (x::bigint <= y::bigint)
   OR (x > y) <> (x::text > y::text COLLATE "C") OR (x >= y) <> (x::bigint >= y::bigint)
   OR cccd_id_cmp(x, y) <> CASE WHEN x::bigint < y::bigint THEN -1 WHEN x::bigint > y::bigint THEN 1 ELSE 0 END;

-- hashes are those of bigint, for ever: partitions depend on them
SELECT count(*) AS differences FROM numbers
WHERE cccd_id_hash(id) <> hashint8(id::bigint)
   OR cccd_id_hash_extended(id, 8816678312871386365) <> hashint8extended(id::bigint, 8816678312871386365);
SELECT cccd_id_hash('079301438576'), cccd_id_hash_extended('079301438576', 42);
-- and spread: 256 buckets of about 390, none beyond five standard deviations
SELECT count(*) AS buckets, count(*) FILTER (WHERE n NOT BETWEEN 390.6 - 5 * 19.8 AND 390.6 + 5 * 19.8) AS uneven
FROM (SELECT cccd_id_hash(id) & 255 AS bucket, count(*) AS n FROM numbers GROUP BY 1) z;
SELECT count(*) AS buckets, count(*) FILTER (WHERE n NOT BETWEEN 390.6 - 5 * 19.8 AND 390.6 + 5 * 19.8) AS uneven
FROM (SELECT cccd_id_hash_extended(id, 1) >> 56 AS bucket, count(*) AS n FROM numbers GROUP BY 1) z;

CREATE INDEX numbers_id ON numbers (id);
EXPLAIN (COSTS OFF) SELECT i FROM numbers WHERE id = '079301438576';
EXPLAIN (COSTS OFF) SELECT id FROM numbers ORDER BY id LIMIT 3;
CREATE FUNCTION index_lines(query text) RETURNS SETOF text LANGUAGE plpgsql AS $$
DECLARE line text;
BEGIN
    FOR line IN EXECUTE 'EXPLAIN (COSTS OFF) ' || query LOOP
        IF line ~ 'Index' THEN RETURN NEXT ltrim(line, ' ->'); END IF;
    END LOOP;
END $$;
SELECT index_lines('SELECT min(id), max(id) FROM numbers');
SELECT min(id), max(id) FROM numbers;
SELECT min(id), max(id) FROM numbers WHERE i < 0;
DROP INDEX numbers_id;

CREATE INDEX numbers_id ON numbers USING hash (id);
SET enable_seqscan = off;
EXPLAIN (COSTS OFF) SELECT i FROM numbers WHERE id = '079301438576';
RESET enable_seqscan;
DROP INDEX numbers_id;

CREATE INDEX numbers_id ON numbers USING brin (id) WITH (pages_per_range = 4);
SET enable_seqscan = off;
EXPLAIN (COSTS OFF) SELECT i FROM numbers WHERE id = '079301438576';
DROP INDEX numbers_id;

CREATE INDEX numbers_id ON numbers USING brin (id cccd_id_minmax_multi_ops (values_per_range = 16)) WITH (pages_per_range = 4);
EXPLAIN (COSTS OFF) SELECT i FROM numbers WHERE id < '001000000000';
RESET enable_seqscan;
DROP INDEX numbers_id;

-- BRIN skips what it can: numbers in order, one row to find
CREATE TABLE ordered AS SELECT i, (i * 1000000::bigint)::cccd_id AS id FROM generate_series(1, 50000) i;
CREATE INDEX ordered_multi ON ordered USING brin (id cccd_id_minmax_multi_ops) WITH (pages_per_range = 2);
INSERT INTO ordered VALUES (0, '000000000001');
VACUUM ANALYZE ordered;
SET enable_seqscan = off;
CREATE FUNCTION blocks_read(query text) RETURNS int LANGUAGE plpgsql AS $$
DECLARE plan json;
BEGIN
    EXECUTE 'EXPLAIN (ANALYZE, FORMAT json) ' || query INTO plan;
    RETURN plan -> 0 -> 'Plan' ->> 'Lossy Heap Blocks';
END $$;
SELECT blocks_read('SELECT i FROM ordered WHERE id = ''020000000000''') <= 4 AS few;
RESET enable_seqscan;

-- joins of each kind give the same rows
CREATE TABLE guests AS SELECT id, i % 3 AS gate FROM numbers WHERE i % 10 = 0;
CREATE FUNCTION joined(kept text) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE n bigint;
BEGIN
    PERFORM set_config('enable_' || k, CASE WHEN k = kept THEN 'on' ELSE 'off' END, true)
    FROM unnest('{hashjoin,mergejoin}'::text[]) k;
    SET LOCAL enable_nestloop = off;
    EXECUTE 'SELECT sum(i * (gate + 1)) FROM numbers JOIN guests USING (id)' INTO n;
    RETURN n;
END $$;
SELECT joined('hashjoin') = joined('mergejoin') AS same, joined('hashjoin') =
       (SELECT sum(i * (gate + 1)) FROM numbers n JOIN guests g ON n.id::text = g.id::text) AS as_text;
SET enable_mergejoin = off;
EXPLAIN (COSTS OFF) SELECT * FROM numbers JOIN guests USING (id);
SET enable_mergejoin = on; SET enable_hashjoin = off; SET enable_nestloop = off;
EXPLAIN (COSTS OFF) SELECT * FROM numbers JOIN guests USING (id);
RESET enable_mergejoin; RESET enable_hashjoin; RESET enable_nestloop;
SELECT count(DISTINCT id) = count(DISTINCT id::text) AS same FROM numbers;
SELECT count(*) AS differences FROM (
    (SELECT id, row_number() OVER (ORDER BY id, i) FROM numbers EXCEPT SELECT id, row_number() OVER (ORDER BY id::bigint, i) FROM numbers)) z;

-- windows: RANGE counts numbers, as with bigint
SELECT count(*) AS differences FROM (
    SELECT count(*) OVER (ORDER BY id RANGE BETWEEN 5000000 PRECEDING AND 2000000 FOLLOWING) AS a,
           count(*) OVER (ORDER BY id::bigint RANGE BETWEEN 5000000 PRECEDING AND 2000000 FOLLOWING) AS b,
           sum(i) OVER (ORDER BY id DESC RANGE BETWEEN 9223372036854775807 PRECEDING AND 1 PRECEDING) AS c,
           sum(i) OVER (ORDER BY id::bigint DESC RANGE BETWEEN 9223372036854775807 PRECEDING AND 1 PRECEDING) AS d
    FROM numbers WHERE i <= 20000) z
WHERE a <> b OR c IS DISTINCT FROM d;
SELECT count(*) OVER (ORDER BY id RANGE -1 PRECEDING) FROM guests LIMIT 1;

-- arrays
SELECT '{079301438576,001099012345}'::cccd_id[] @> ARRAY['001099012345'::cccd_id] AS holds;
CREATE TABLE families (members cccd_id[]);
INSERT INTO families SELECT array_agg(id) FROM numbers GROUP BY i % 5000;
CREATE INDEX ON families USING gin (members);
SET enable_seqscan = off;
SELECT count(*) FROM families WHERE members @> ARRAY[(SELECT id FROM numbers WHERE i = 77)];
RESET enable_seqscan;

-- keys
CREATE TABLE holders (id cccd_id PRIMARY KEY);
INSERT INTO holders VALUES ('079301438576');
CREATE TABLE cards (holder cccd_id NOT NULL REFERENCES holders);
INSERT INTO cards VALUES ('079301438576');
\set VERBOSITY sqlstate
INSERT INTO holders VALUES ('079301438576');
INSERT INTO cards VALUES ('001099012345');
\set VERBOSITY default

-- hash partitions: rows spread, a number finds its partition
CREATE TABLE spread (id cccd_id, i int) PARTITION BY HASH (id);
CREATE TABLE spread_0 PARTITION OF spread FOR VALUES WITH (MODULUS 4, REMAINDER 0);
CREATE TABLE spread_1 PARTITION OF spread FOR VALUES WITH (MODULUS 4, REMAINDER 1);
CREATE TABLE spread_2 PARTITION OF spread FOR VALUES WITH (MODULUS 4, REMAINDER 2);
CREATE TABLE spread_3 PARTITION OF spread FOR VALUES WITH (MODULUS 4, REMAINDER 3);
INSERT INTO spread SELECT id, i FROM numbers;
SELECT tableoid::regclass AS partition, count(*) FROM spread GROUP BY 1 ORDER BY 1;
EXPLAIN (COSTS OFF) SELECT * FROM spread WHERE id = '079301438576';

-- range partitions: one for each part of the country
CREATE TABLE parts (id cccd_id, i int) PARTITION BY RANGE (id);
CREATE TABLE parts_north PARTITION OF parts FOR VALUES FROM ('001000000000') TO ('040000000000');
CREATE TABLE parts_south PARTITION OF parts FOR VALUES FROM ('040000000000') TO ('097000000000');
CREATE TABLE parts_other PARTITION OF parts DEFAULT;
INSERT INTO parts SELECT id, i FROM numbers;
SELECT tableoid::regclass AS partition, min(id), max(id), count(*) FROM parts GROUP BY 1 ORDER BY 1;
EXPLAIN (COSTS OFF) SELECT * FROM parts WHERE id BETWEEN '079000000000' AND '079999999999';

-- row security: the conditions of a user who is not the owner reach the index,
-- because the operators are leakproof
CREATE TABLE visits (id cccd_id, site int);
INSERT INTO visits SELECT id, i % 2 FROM numbers;
CREATE INDEX visits_id ON visits (id);
ANALYZE visits;
ALTER TABLE visits ENABLE ROW LEVEL SECURITY;
CREATE POLICY one_site ON visits USING (site = length(current_setting('cccd_test.site')));
CREATE ROLE regress_cccd_guard;
GRANT SELECT ON visits TO regress_cccd_guard;
SET cccd_test.site = 'x';
SET ROLE regress_cccd_guard;
-- the sample of ANALYZE is a random one: only one kind of scan may be chosen
SET enable_bitmapscan = off;
EXPLAIN (COSTS OFF) SELECT * FROM visits WHERE id = '079301438576';
EXPLAIN (COSTS OFF) SELECT * FROM visits WHERE id BETWEEN '031000000000' AND '031000100000';
EXPLAIN (COSTS OFF) SELECT * FROM visits WHERE cccd_id_in_place(id, 50);
RESET enable_bitmapscan;
SELECT count(*) FROM visits WHERE cccd_id_in_place(id, 48);
-- one that could leak is checked after the policy, on every row
EXPLAIN (COSTS OFF) SELECT * FROM visits WHERE cccd_id_mask(id) = '*********576';
RESET ROLE;
SELECT count(*) FROM visits WHERE site = 1 AND cccd_id_place(id) = 48;

DROP TABLE numbers, ordered, guests, families, cards, holders, spread, parts, visits;
DROP FUNCTION index_lines(text), blocks_read(text), joined(text);
DROP ROLE regress_cccd_guard;
