-- The health record as a type: comparison, indexes, storage, statistics,
-- damaged bytes.
SET client_min_messages = warning;

SELECT opcname, am.amname, amvalidate(o.oid)
FROM pg_opclass o JOIN pg_am am ON am.oid = o.opcmethod
WHERE opcname = 'cccd_health_ops' AND amname IN ('btree', 'hash') ORDER BY amname;

-- 200 records; each comparison agrees with each other one and with the bytes
CREATE TABLE health_type (id int PRIMARY KEY, h cccd_health);
INSERT INTO health_type
SELECT i, cccd_health_agg(CASE (i * k) % 3 WHEN 0 THEN 'dose' WHEN 1 THEN 'exposure' END, timestamptz '2021-06-01 00:00+07' + k * (i % 7) * interval '1 hour', NULL, NULL, NULL)
FROM generate_series(1, 200) i, generate_series(1, 5) k GROUP BY i;
SELECT count(*) AS pairs, count(*) FILTER (WHERE a.h = b.h) > 200 AS some_equal,
       count(*) FILTER (WHERE (a.h = b.h) <> (a.h::text = b.h::text)
           OR (a.h <> b.h) = (a.h = b.h)
           OR (a.h < b.h) <> (b.h > a.h) OR (a.h <= b.h) <> (b.h >= a.h)
           OR (a.h < b.h) <> (cccd_health_cmp(a.h, b.h) < 0)
           OR (a.h <= b.h) <> (cccd_health_cmp(a.h, b.h) <= 0)
           OR (a.h = b.h) <> (cccd_health_cmp(a.h, b.h) = 0)
           OR a.h = b.h AND cccd_health_hash(a.h) <> cccd_health_hash(b.h)
           OR a.h = b.h AND cccd_health_hash_extended(a.h, 7) <> cccd_health_hash_extended(b.h, 7)) AS wrong
FROM health_type a, health_type b;
-- hashes are the same on every architecture: of a dump of a table that is
-- partitioned by them each row finds its partition again
SELECT h, cccd_health_hash(h::cccd_health), cccd_health_hash_extended(h::cccd_health, 0) AS extended,
       cccd_health_hash_extended(h::cccd_health, 8816678312871386365) AS seeded
FROM (VALUES (''), ('dose 2021-06-01 product comirnaty number 2 national signed'),
    ('test 2021-06-01 pcr positive; recovery 2021-07-01 until 2022-01-01; tests from 2021-01-01')) v(h);
CREATE INDEX health_type_btree ON health_type USING btree (h);
CREATE INDEX health_type_hash ON health_type USING hash (h);
SET enable_seqscan = off;
EXPLAIN (COSTS OFF) SELECT FROM health_type WHERE h >= 'dose 2021-06-01';
DROP INDEX health_type_btree;
EXPLAIN (COSTS OFF) SELECT FROM health_type WHERE h = '';
SELECT count(*) = (SELECT count(*) FROM health_type WHERE h::text = '') AS same FROM health_type WHERE h = '';
RESET enable_seqscan;
SET enable_mergejoin = off; SET enable_nestloop = off;
EXPLAIN (COSTS OFF) SELECT FROM health_type a JOIN health_type b USING (h);
SET enable_mergejoin = on; SET enable_hashjoin = off;
EXPLAIN (COSTS OFF) SELECT FROM health_type a JOIN health_type b USING (h);
RESET enable_mergejoin; RESET enable_nestloop; RESET enable_hashjoin;
SELECT count(DISTINCT h) = count(DISTINCT h::text) AS same FROM health_type;

-- comparisons are leakproof: under row security an index on a record works
SELECT count(*) FROM pg_operator o JOIN pg_proc p ON p.oid = oprcode
WHERE oprleft = 'cccd_health'::regtype AND oprright = oprleft AND proleakproof;

-- a record on disk: one byte of length, four of head, 8 an event, 12 another
-- event; the largest is never moved out of the row nor compressed
CREATE TABLE health_storage (id int PRIMARY KEY, h cccd_health, filler text);
INSERT INTO health_storage VALUES
    (1, ''), (2, 'dose 2021-06-01'), (3, 'test 2021-06-01 pcr negative; dose 2021-06-01'), (4, 'recovery 2021-06-01');
INSERT INTO health_storage
SELECT 5, cccd_health_merge(cccd_health_merge(
    cccd_health_agg('dose', timestamptz '2021-06-01' + i * interval '1 day', NULL, NULL, NULL),
    cccd_health_agg('test', timestamptz '2021-06-01' + i * interval '1 day', NULL, NULL, NULL)),
    cccd_health_agg('exposure', timestamptz '2021-06-01' + i * interval '1 day', NULL, NULL, NULL)),
    string_agg(md5(i::text), '')
FROM generate_series(1, 31) i;
INSERT INTO health_storage
SELECT 6, h, repeat(filler, 20) FROM health_storage WHERE id = 5;
SELECT id, pg_column_size(h), pg_column_compression(h) FROM health_storage ORDER BY id;
UPDATE health_storage SET filler = NULL;
SELECT s.id, s.h = t.h AS same FROM health_storage s, health_storage t WHERE s.id = 6 AND t.id = 5;
-- alone in its row, even 31 doses, 12 tests and 31 other events are no reason
-- for a second place
CREATE TABLE health_inline AS SELECT i AS id, h FROM health_storage, generate_series(1, 100) i WHERE health_storage.id = 5;
SELECT pg_relation_size(reltoastrelid) FROM pg_class WHERE oid = 'health_inline'::regclass;

-- statistics hold nulls and width, and nothing that a person has had
INSERT INTO health_type SELECT i, NULL FROM generate_series(201, 400) i;
CREATE INDEX health_type_expression ON health_type (cccd_health_merge(h, 'dose 2021-01-01'));
ANALYZE health_type;
SELECT tablename, attname, null_frac, avg_width BETWEEN 5 AND 60 AS width, most_common_vals, most_common_freqs,
       histogram_bounds, correlation, most_common_elems, elem_count_histogram
FROM pg_stats WHERE tablename LIKE 'health_type%' AND attname <> 'id' ORDER BY 1, 2;
SELECT count(*) AS columns, count(*) FILTER (WHERE stakind1 BETWEEN 1 AND 99 OR stakind2 BETWEEN 1 AND 99 OR stakind3 BETWEEN 1 AND 99
    OR stakind4 BETWEEN 1 AND 99 OR stakind5 BETWEEN 1 AND 99) AS with_values
FROM pg_statistic JOIN pg_attribute ON (attrelid, attnum) = (starelid, staattnum)
WHERE atttypid = 'cccd_health'::regtype;
CREATE TABLE health_nulls AS SELECT NULL::cccd_health AS h FROM generate_series(1, 10);
ANALYZE health_nulls;
SELECT null_frac, avg_width FROM pg_stats WHERE tablename = 'health_nulls';
DROP TABLE health_nulls;
CREATE TABLE health_nobody (h cccd_health);
ANALYZE health_nobody;
DROP TABLE health_nobody;

-- bytes that no input would have made: every function gives an answer or says
-- that the value is damaged
CREATE CAST (bytea AS cccd_health) WITHOUT FUNCTION;
CREATE CAST (cccd_health AS bytea) WITHOUT FUNCTION;
SELECT '\x'::bytea::cccd_health;
SELECT cccd_health_send('\x02000000'::bytea::cccd_health);
SELECT cccd_health_tests_from('\x0100'::bytea::cccd_health);
SELECT cccd_health_merge('', '\x01010000'::bytea::cccd_health);
SELECT * FROM cccd_health_events('\x1100000000000000'::bytea::cccd_health);
SELECT cccd_health_add('\x01200000'::bytea::cccd_health, 'dose', now());
SELECT cccd_health_merge(h) FROM (VALUES ('\x01000100000000002000ffff'::bytea::cccd_health)) v(h);

CREATE TEMP TABLE damaged AS
SELECT k, CASE k % 4
    WHEN 0 THEN substr(b, 1, k % (length(b) + 1))
    WHEN 1 THEN set_byte(b, k % length(b), hashint4(k) & 255)
    WHEN 2 THEN set_byte(set_byte(b, hashint4(-k) & 3, k & 15), k * 7 % length(b), hashint4(k) & 255)
    ELSE b || substr(b, k % length(b)) END AS b
FROM (SELECT k, h::bytea b
      FROM generate_series(1, 4000) k
      JOIN (SELECT row_number() OVER (ORDER BY h) n, h FROM (SELECT DISTINCT h FROM health_type WHERE h <> '' UNION SELECT h FROM health_storage WHERE h <> '') u) r
        ON n = 1 + k % 9) t;
CREATE FUNCTION outcome(call text, b bytea) RETURNS text LANGUAGE plpgsql AS $$
DECLARE answer text;
BEGIN
    EXECUTE 'SELECT (' || call || ')::text FROM (SELECT $1::cccd_health AS h) t' INTO answer USING b;
    RETURN 'answer';
EXCEPTION WHEN OTHERS THEN
    RETURN SQLSTATE;
END $$;
SELECT outcome, count(DISTINCT call) AS functions, count(*) > 1000 AS often
FROM unnest(ARRAY[
    'h', 'cccd_health_send(h)', 'cccd_health_merge(h, h)', 'cccd_health_tests_from(h)',
    'cccd_health_add(h, ''dose'', ''2021-06-01'')', '(SELECT count(*) FROM cccd_health_events(h))',
    'cccd_health_with_tests_from(h, ''2021-06-01'')', '(SELECT cccd_health_merge(v) FROM (VALUES (h), (h)) x(v))',
    'h = '''' or h < ''dose 2021-06-01''', 'cccd_health_hash(h)']) call, damaged, LATERAL outcome(call, b)
GROUP BY outcome ORDER BY outcome;
-- what text output accepts is a record that its text makes again
SELECT count(*) > 100 AS accepted, count(*) FILTER (WHERE (b::cccd_health)::text::cccd_health::bytea <> b) AS differ
FROM damaged WHERE outcome('h', b) = 'answer';

DROP CAST (bytea AS cccd_health);
DROP CAST (cccd_health AS bytea);
DROP FUNCTION outcome;
DROP TABLE health_type, health_storage, health_inline;
