-- cccd_count(): always what count(*) by a sequential scan says, without looking
-- at rows that the index and the visibility map can answer for.
\if :{?quick}
\set people 2000
\else
\set people 100000
\endif
CREATE SCHEMA count_test;
SET search_path = count_test;
SET max_parallel_workers_per_gather = 0;
SET client_min_messages = warning;
\getenv root PG_ABS_SRCDIR
\set generator :root '/../data/random_rules.sql'
\set differences :root '/../data/count_differences.sql'
\set echo :ECHO
\set ECHO none
\i :generator
\i :differences
\set ECHO :echo

CREATE TABLE record (id bigint, dropped text, health cccd_health) WITH (autovacuum_enabled = off);
ALTER TABLE record DROP COLUMN dropped;
INSERT INTO record SELECT n, random_record(n) FROM generate_series(1, :people) n;
INSERT INTO record SELECT -n, NULL FROM generate_series(1, :people / 50) n;

-- pages that a query looks at
CREATE FUNCTION pages(query text) RETURNS int LANGUAGE plpgsql AS $$
DECLARE
    plan json;
BEGIN
    EXECUTE query;
    EXECUTE 'EXPLAIN (ANALYZE, BUFFERS, TIMING OFF, FORMAT JSON) ' || query INTO plan;
    RETURN (plan -> 0 -> 'Plan' ->> 'Shared Hit Blocks')::int + (plan -> 0 -> 'Plan' ->> 'Shared Read Blocks')::int;
END $$;
-- wait until no other session's snapshot is older than the last change, so that
-- VACUUM can show the pages to be visible to all
CREATE FUNCTION settled() RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
    FOR i IN 1 .. 1200 LOOP
        PERFORM pg_stat_clear_snapshot();
        IF NOT EXISTS (SELECT FROM pg_stat_activity
                       WHERE pid <> pg_backend_pid() AND age(backend_xmin) >= (SELECT min(age(xmin)) FROM record)) THEN
            RETURN true;
        END IF;
        PERFORM pg_sleep(0.05);
    END LOOP;
    RETURN false;
END $$;
\set recovered 'SELECT cccd_count(''record'', ''since(recovery) > 60 days'', ''2021-12-15 00:00+07'')'

-- no index: every row is looked at
SELECT * FROM differences('record', 1, 10);

-- built at once; nothing is known to be visible to all
CREATE INDEX record_health ON record USING gist (health);
SELECT * FROM differences('record', 1, 120);
-- reading may have shown so since 19: a change on every page
UPDATE record SET id = id WHERE id % 10 = 0;
SELECT pages(:'recovered') AS before \gset
SELECT settled() \gset

-- all visible: the index answers alone where the rule must pass
VACUUM record;
SELECT * FROM differences('record', 81, 240);
SELECT pages(:'recovered') AS after \gset
SELECT :after < :before / 2 AS fewer_pages, :after < pg_relation_size('record') / 8192 AS fewer_than_the_table;

-- points in a small work_mem: rows are looked at in portions
SET work_mem = '64kB';
SELECT * FROM differences('record', 241, 260);
RESET work_mem;

-- a snapshot; own rows that are not committed, deletions, updates, rollback
BEGIN ISOLATION LEVEL REPEATABLE READ;
INSERT INTO record SELECT n, random_record(n) FROM generate_series(:people + 1, :people + :people / 50) n;
DELETE FROM record WHERE id % 7 = 0;
UPDATE record SET health = random_record(id + 1000000) WHERE id % 11 = 0;
UPDATE record SET id = id WHERE id % 13 = 0;
SELECT * FROM differences('record', 241, 280);
SAVEPOINT s;
DELETE FROM record WHERE id % 2 = 0;
INSERT INTO record SELECT n, random_record(n) FROM generate_series(2 * :people, 2 * :people + :people / 33) n;
SELECT * FROM differences('record', 281, 300);
ROLLBACK TO s;
SELECT * FROM differences('record', 301, 320);
COMMIT;
SELECT * FROM differences('record', 321, 340);
-- a row's own transaction sees it as of its statement
SELECT cccd_count('record', 'doses >= 31', '2021-12-01 00:00+07') AS nobody;
WITH added AS (INSERT INTO record SELECT -9999, 'dose 2021-06-01 number 31' RETURNING id)
SELECT (SELECT count(*) FROM added) AS added, cccd_count('record', 'doses >= 31', '2021-12-01 00:00+07') AS seen_by_its_statement;
SELECT cccd_count('record', 'doses >= 31', '2021-12-01 00:00+07') AS seen_by_the_next;

-- pages of the index that became empty are taken away and used again
DELETE FROM record WHERE id BETWEEN :people / 5 AND 0.9 * :people;
VACUUM record;
VACUUM record;
INSERT INTO record SELECT n, random_record(n) FROM generate_series(:people / 5, :people * 3 / 5) n ORDER BY pick(n, 30, 1000000);
SELECT * FROM differences('record', 341, 370);
VACUUM record;
SELECT * FROM differences('record', 371, 400);

DROP SCHEMA count_test CASCADE;
