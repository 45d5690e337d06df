-- cccd_id compares and hashes as its bigint does, and a question is answered
-- the same with and without an index of each kind.
\if :{?quick}
\set people 2000
\set questions 3
\else
\set people 100000
\set questions 15
\endif

-- numbers as applications have them: few places, dense years
CREATE TABLE numbers AS
SELECT i, ((ARRAY[1, 1, 79, 79, 48, 31, 174])[i % 7 + 1] * 1000000000::bigint + i % 4 * 100000000
           + (i * 7919::bigint) % 100 * 1000000 + (i * 104729::bigint) % 1000000)::cccd_id AS id
FROM generate_series(1, :people) i;
ANALYZE numbers;

-- they compare as their bigint and as their text do
SELECT count(*) AS differences
FROM (SELECT a.id AS x, b.id AS y FROM numbers a JOIN numbers b ON b.i = (a.i * 31) % :people + 1
      UNION ALL SELECT id, id FROM numbers) z
WHERE (x = y) <> (x::bigint = y::bigint) OR (x <> y) <> (x::bigint <> y::bigint)
   OR (x < y) <> (x::text < y::text COLLATE "C") OR (x <= y) <> (x::bigint <= y::bigint)
   OR (x > y) <> (x::text > y::text COLLATE "C") OR (x >= y) <> (x::bigint >= y::bigint)
   OR cccd_id_cmp(x, y) <> CASE WHEN x::bigint < y::bigint THEN -1 WHEN x::bigint > y::bigint THEN 1 ELSE 0 END;

SELECT count(*) AS differences FROM numbers
WHERE cccd_id_hash(id) <> hashint8(id::bigint)
   OR cccd_id_hash_extended(id, 8816678312871386365) <> hashint8extended(id::bigint, 8816678312871386365);

-- a question is answered the same with and without an index
CREATE FUNCTION answers(query text, OUT with_index bigint, OUT without bigint) LANGUAGE plpgsql AS $$
BEGIN
    SET LOCAL enable_seqscan = off;
    EXECUTE query INTO with_index;
    SET LOCAL enable_seqscan = on;
    SET LOCAL enable_indexscan = off; SET LOCAL enable_indexonlyscan = off; SET LOCAL enable_bitmapscan = off;
    EXECUTE query INTO without;
    RESET enable_indexscan; RESET enable_indexonlyscan; RESET enable_bitmapscan; RESET enable_seqscan;
END $$;
CREATE TEMP VIEW question AS
SELECT format('SELECT coalesce(sum(i), 0) FROM numbers WHERE id %s %L%s', op,
              ((i * 7919::bigint * 1299709) % 200 * 1000000000 + (i * 104729::bigint) % 1000000000)::cccd_id,
              CASE WHEN i % 3 = 0 THEN format(' AND id < %L', ((i % 200 + 1) * 1000000000::bigint)::cccd_id) ELSE '' END) AS query
FROM generate_series(1, :questions) i, unnest('{<,<=,=,>=,>}'::text[]) op
UNION ALL SELECT format('SELECT coalesce(sum(i), 0) FROM numbers WHERE id = %L', id) FROM numbers WHERE i % (:people / 50) = 0
UNION ALL SELECT format('SELECT coalesce(sum(i), 0) FROM numbers WHERE id = ANY (%L::cccd_id[])', array_agg(id)) FROM numbers WHERE i % (:people / 33) = 0;

CREATE INDEX numbers_id ON numbers (id);
SELECT count(*) AS questions, count(*) FILTER (WHERE with_index <> without) AS differences, sum(with_index) > 0 AS found FROM question, answers(query);
DROP INDEX numbers_id;
CREATE INDEX numbers_id ON numbers USING hash (id);
SELECT count(*) AS questions, count(*) FILTER (WHERE with_index <> without) AS differences, sum(with_index) > 0 AS found FROM question, answers(query) WHERE query LIKE '% = %';
DROP INDEX numbers_id;
CREATE INDEX numbers_id ON numbers USING brin (id) WITH (pages_per_range = 4);
SELECT count(*) AS questions, count(*) FILTER (WHERE with_index <> without) AS differences, sum(with_index) > 0 AS found FROM question, answers(query);
DROP INDEX numbers_id;
CREATE INDEX numbers_id ON numbers USING brin (id cccd_id_minmax_multi_ops (values_per_range = 16)) WITH (pages_per_range = 4);
SELECT count(*) AS questions, count(*) FILTER (WHERE with_index <> without) AS differences, sum(with_index) > 0 AS found FROM question, answers(query);
DROP INDEX numbers_id;

DROP VIEW question;
DROP TABLE numbers;
DROP FUNCTION answers(text);
