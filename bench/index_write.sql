-- needs the workload
--
-- What an index on the record costs: building it, its size, and each arriving
-- test, against a normalised insert, summary columns with btree indexes and one
-- jsonb a person with GIN.
--
--	psql -v n=1000000 -f bench/index_write.sql
--
-- An arriving test is one statement, prepared, for a person chosen at random;
-- what a round wrote is rolled back, so that all rounds write the same tables.
-- Time is the server process's own on a processor, the shortest of the rounds;
-- WAL is without full-page images where a checkpoint is not near.

\set ON_ERROR_STOP 1
\if :{?rounds}
\else
\set rounds 5
\endif
\pset footer off
\ir index_people.psql
SET maintenance_work_mem = '512MB';
SET plan_cache_mode = force_generic_plan;

CREATE TEMP TABLE built (position int, way text, ms numeric, seconds numeric, bytes bigint);
CREATE PROCEDURE pg_temp.build(place int, way text, options text) LANGUAGE plpgsql AS $$
DECLARE
    start numeric := pg_temp.cpu_ms();
    begun timestamptz := clock_timestamp();
BEGIN
    DROP INDEX IF EXISTS health_set_gist;
    start := pg_temp.cpu_ms();
    begun := clock_timestamp();
    EXECUTE 'CREATE INDEX health_set_gist ON health_set USING gist (health)' || options;
    INSERT INTO built VALUES (place, way, pg_temp.cpu_ms() - start, extract(epoch FROM clock_timestamp() - begun), pg_relation_size('health_set_gist'));
END $$;
CALL pg_temp.build(2, 'by inserts, buffered', ' WITH (buffering = on)');
CALL pg_temp.build(1, 'sorted, the default', '');
\echo building the GiST index for :n people
SELECT way, round(ms / 1000, 1) AS "s of processor", round(seconds, 1) AS seconds, round(bytes / 1e6) AS "MB", round(bytes / :n::numeric, 1) AS "bytes a person"
FROM built ORDER BY position;

-- an index that grew: everybody inserted, in no order
DROP TABLE IF EXISTS health_grown;
CREATE TABLE health_grown (LIKE health_set) WITH (fillfactor = 85);
CREATE INDEX health_grown_gist ON health_grown USING gist (health);
INSERT INTO health_grown SELECT * FROM health_set ORDER BY hashint8(id);
VACUUM ANALYZE health_grown;
\ir index_rules.psql
SET enable_seqscan = off;
SET enable_indexscan = off;
CREATE FUNCTION pg_temp.pages_read(relation text, rule cccd_rule, at timestamptz) RETURNS numeric LANGUAGE sql
RETURN (SELECT (node ->> 'Shared Hit Blocks')::numeric + (node ->> 'Shared Read Blocks')::numeric
        FROM pg_temp.nodes(format('SELECT FROM %I WHERE cccd_eligible(health, %L, %L)', relation, rule, at), 'ANALYZE, BUFFERS,') node
        WHERE node ->> 'Node Type' = 'Bitmap Index Scan');
CREATE TEMP TABLE pages AS
SELECT number, pg_temp.pages_read('health_set', rule, :'at') AS sorted, pg_temp.pages_read('health_grown', rule, :'at') AS grown FROM asked;
RESET enable_seqscan;
RESET enable_indexscan;
\echo pages of the index that a search reads (bound: an index that grew at most 2 times a sorted one)
SELECT left(rule::text, 60) AS rule, sorted, grown, round(grown / sorted, 2) AS ratio FROM pages JOIN asked USING (number) ORDER BY number;
SELECT pg_relation_size('health_set_gist') / 8192 AS "sorted, pages", pg_relation_size('health_grown_gist') / 8192 AS "grown, pages",
       round(exp(avg(ln(grown / sorted))), 2) AS "mean ratio", round(max(grown / sorted), 2) AS "worst ratio", '<= 2' AS bound FROM pages;
DROP TABLE health_grown;

\echo bytes a person
SELECT what, round(bytes / :n::numeric, 1) AS bytes, round(bytes / normalised, 3) AS "of normalised", bound
FROM (SELECT sum(pg_total_relation_size(c))::numeric AS normalised FROM unnest('{dose,test,recovery,status}'::regclass[]) c) z,
     LATERAL (VALUES (1, 'normalised tables with indexes', normalised, ''),
                     (2, 'summary columns with 3 btree indexes and key', pg_total_relation_size('person_summary'), ''),
                     (3, 'jsonb with GIN and key', pg_total_relation_size('person_json'), ''),
                     (4, 'cccd_health with key', pg_relation_size('health_set') + pg_relation_size('health_set_pkey'), '<= 0.25'),
                     (5, 'cccd_health with key and GiST', pg_total_relation_size('health_set'), '')) v(position, what, bytes, bound)
ORDER BY position;

-- the same records without the index
DROP TABLE IF EXISTS health_unindexed;
CREATE TABLE health_unindexed (LIKE health_set) WITH (fillfactor = 85);
INSERT INTO health_unindexed SELECT * FROM health_set;
ALTER TABLE health_unindexed ADD PRIMARY KEY (id);
VACUUM ANALYZE health_unindexed;

SELECT least(20000, :n / :rounds) AS batch \gset
CREATE TEMP TABLE arrival AS
SELECT 1 + (row_number() OVER (ORDER BY hashint8(id)) - 1) / :batch AS round, id FROM person ORDER BY 1 LIMIT :batch * :rounds;
CREATE TEMP TABLE measured (position int, ms numeric, wal numeric, updates bigint, hot bigint);
CREATE PROCEDURE pg_temp.arrive(round int, place int, target regclass, statement text) LANGUAGE plpgsql AS $$
DECLARE
    ids CONSTANT bigint[] := ARRAY(SELECT id FROM arrival a WHERE a.round = arrive.round ORDER BY hashint8(id));
    start numeric;
    lsn pg_lsn;
    m measured;
    one bigint;
    at timestamptz := '2021-12-01 00:00:01+07';
BEGIN
    EXECUTE 'CREATE FUNCTION pg_temp.arrive_one(one bigint, at timestamptz) RETURNS void LANGUAGE plpgsql AS $f$ BEGIN ' || statement || '; END $f$';
    PERFORM pg_temp.arrive_one(ids[1], at);
    start := pg_temp.cpu_ms();
    lsn := pg_current_wal_insert_lsn();
    FOREACH one IN ARRAY ids LOOP
        PERFORM pg_temp.arrive_one(one, at);
    END LOOP;
    m := (place, pg_temp.cpu_ms() - start, pg_current_wal_insert_lsn() - lsn,
          pg_stat_get_xact_tuples_updated(target), pg_stat_get_xact_tuples_hot_updated(target));
    ROLLBACK;
    INSERT INTO measured SELECT m.*;
END $$;
CREATE TEMP TABLE way (position int, way text, target regclass, statement text, bound text);
INSERT INTO way VALUES
    (1, 'normalised insert, 2 indexes', 'test', 'INSERT INTO test VALUES (one, at, 0, 0)', ''),
    (2, 'cccd_health, no index on it', 'health_unindexed', 'UPDATE health_unindexed SET health = cccd_health_add(health, ''test'', at, detail => ''pcr'', result => ''negative'') WHERE id = one', '<= 1.1'),
    (3, 'cccd_health, GiST', 'health_set', 'UPDATE health_set SET health = cccd_health_add(health, ''test'', at, detail => ''pcr'', result => ''negative'') WHERE id = one', '<= 2.3'),
    (4, 'summary columns, 3 btree indexes', 'person_summary', 'UPDATE person_summary SET last_negative_pcr = at WHERE id = one', ''),
    (5, 'jsonb, GIN', 'person_json', 'UPDATE person_json SET doc = jsonb_set(doc, ''{t}'', jsonb_build_array(jsonb_build_object(''k'', ''pcr'', ''r'', ''neg'', ''t'', extract(epoch FROM at)::bigint, ''b'', (extract(epoch FROM at) / 86400)::int)) || coalesce(doc->''t'', ''[]'')) WHERE id = one', ''),
    -- the server's part of 2: a row changed in place, without a function
    (6, 'cccd_health, no index, nothing added', 'health_unindexed', 'UPDATE health_unindexed SET health = health WHERE id = one', '');
-- one call a transaction, the ways in turn
SELECT format('CALL pg_temp.arrive(%s, %s, %L, %L)', r, position, target, statement) FROM generate_series(1, :rounds) r, way ORDER BY r, position \gexec
\echo an arriving test
SELECT way, round(min(ms) * 1000 / :batch, 1) AS "us", round(min(ms) / nullif((SELECT min(ms) FROM measured WHERE position = 1), 0), 2) AS "of normalised", bound,
       round(min(wal) / :batch) AS "WAL bytes", round(100.0 * sum(hot) / nullif(sum(updates), 0), 1) AS "HOT %"
FROM measured JOIN way USING (position) GROUP BY position, way, bound ORDER BY position;
SELECT round(bytes / 1e6) AS "MB of GiST before", round(pg_relation_size('health_set_gist') / 1e6) AS "MB after", :batch * :rounds AS "arrived tests"
FROM built WHERE position = 1;
DROP TABLE health_unindexed;
VACUUM test, person_summary, person_json, health_set;
REINDEX INDEX health_set_gist;
