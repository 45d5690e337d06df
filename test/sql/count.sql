-- cccd_count(): which index it uses, keys, partitions, privileges, what it
-- refuses.  That it says what count(*) by a sequential scan says is a property:
-- see test/property/sql/count.sql.
CREATE SCHEMA count_test;
SET search_path = count_test;
SET max_parallel_workers_per_gather = 0;
SET client_min_messages = warning;
\getenv root PG_ABS_SRCDIR
\set generator :root '/data/random_rules.sql'
\set differences :root '/data/count_differences.sql'
\set echo :ECHO
\set ECHO none
\i :generator
\i :differences
\set ECHO :echo

CREATE TABLE record (id bigint, dropped text, health cccd_health) WITH (autovacuum_enabled = off);
ALTER TABLE record DROP COLUMN dropped;
INSERT INTO record SELECT n, random_record(n) FROM generate_series(1, 30000, 10) n;
INSERT INTO record SELECT -n, NULL FROM generate_series(1, 100) n;

CREATE INDEX record_health ON record USING gist (health);
VACUUM record;

-- which index: the one about the rule's disease, never one that does not know all rows
CREATE INDEX record_measles ON record USING gist (health cccd_health_ops (disease = 'measles'));
CREATE INDEX record_some ON record USING gist (health) WHERE id > 0;
CREATE INDEX record_expression ON record USING gist (cccd_health_with_tests_from(health, NULL));
SELECT pg_stat_force_next_flush() \g /dev/null
BEGIN;
SELECT cccd_count('record', 'doses(disease = measles) >= 1 and since(last_dose(disease = measles)) <= 90 days', '2021-09-01 00:00+07')
     = (SELECT count(*) FROM record WHERE (cccd_eligible(health, 'doses(disease = measles) >= 1 and since(last_dose(disease = measles)) <= 90 days', '2021-09-01 00:00+07')) IS TRUE) AS equal;
SELECT i.name, pg_stat_get_xact_numscans(('record_' || i.name)::regclass) AS scans
FROM unnest('{health,measles,some,expression}'::text[]) i(name);
COMMIT;
SELECT * FROM differences('record', 1, 20);
DROP INDEX record_health, record_measles;
SELECT * FROM differences('record', 1, 20);
DROP INDEX record_some, record_expression;

-- a record that is not the first key, beside one that is missing; a box says
-- nothing of the nulls that it covers
CREATE TABLE two (a cccd_health, health cccd_health);
INSERT INTO two
SELECT CASE pick(n, 31, 3) WHEN 0 THEN NULL ELSE random_record(n) END,
       CASE pick(n, 32, 3) WHEN 0 THEN NULL ELSE random_record(n + 1000) END
FROM generate_series(1, 5000) n;
CREATE INDEX two_keys ON two USING gist (a, health);
VACUUM two;
SELECT * FROM differences('two', 1, 100);
SELECT cccd_count('two', 'doses >= 0', '2021-09-01 00:00+07', health_column => 'health') = count(health) AS without_nulls,
       cccd_count('two', 'doses >= 0', '2021-09-01 00:00+07', health_column => 'a') = count(a) AS of_the_first
FROM two;
SELECT cccd_count('two', 'doses >= 0', '2021-09-01 00:00+07');
SELECT cccd_count('two', 'doses >= 0', '2021-09-01 00:00+07', health_column => 'c');
SELECT cccd_count('two', 'doses >= 0', '2021-09-01 00:00+07', health_column => 'ctid');

-- partitions of different shape, one of them without an index; children
CREATE TABLE part (id bigint, health cccd_health) PARTITION BY RANGE (id);
CREATE TABLE part_a PARTITION OF part FOR VALUES FROM (0) TO (10000);
CREATE TABLE part_b (health cccd_health, gone int, id bigint);
ALTER TABLE part_b DROP COLUMN gone;
ALTER TABLE part ATTACH PARTITION part_b FOR VALUES FROM (10000) TO (20000);
CREATE TABLE part_c PARTITION OF part DEFAULT PARTITION BY RANGE (id);
CREATE TABLE part_d PARTITION OF part_c FOR VALUES FROM (20000) TO (30000);
INSERT INTO part SELECT id, health FROM record WHERE id BETWEEN 1 AND 29999;
CREATE INDEX ON part_a USING gist (health);
CREATE INDEX ON part_b USING gist (health);
VACUUM part_a;
SELECT * FROM differences('part', 1, 60);
SELECT cccd_count('part', 'doses >= 2', '2021-09-01 00:00+07')
     = cccd_count('part_a', 'doses >= 2', '2021-09-01 00:00+07') + cccd_count('part_b', 'doses >= 2', '2021-09-01 00:00+07')
       + cccd_count('part_c', 'doses >= 2', '2021-09-01 00:00+07') AS sum_of_partitions;
CREATE TABLE child (more int) INHERITS (two);
INSERT INTO child SELECT a, health, 1 FROM two LIMIT 1000;
SELECT * FROM differences('two', 1, 30);

-- whatever else holds rows of its own
CREATE TEMP TABLE mine AS SELECT health FROM record LIMIT 3000;
CREATE INDEX ON mine USING gist (health);
CREATE UNLOGGED TABLE quick AS SELECT health FROM record LIMIT 3000;
CREATE INDEX ON quick USING gist (health);
CREATE MATERIALIZED VIEW kept AS SELECT health FROM record LIMIT 3000;
CREATE INDEX ON kept USING gist (health);
CREATE DOMAIN own_record AS cccd_health;
CREATE TABLE tame (health own_record);
INSERT INTO tame SELECT health FROM record LIMIT 3000;
CREATE INDEX ON tame USING gist (health);
INSERT INTO mine SELECT random_record(n) FROM generate_series(1, 5000) n;
INSERT INTO quick SELECT random_record(n) FROM generate_series(1, 5000) n;
VACUUM mine, quick, kept, tame;
SELECT t, d.* FROM unnest('{mine,quick,kept,tame}'::regclass[]) t, differences(t, 1, 40) d;
CREATE TABLE nobody (health cccd_health);
CREATE INDEX ON nobody USING gist (health);
SELECT cccd_count('nobody', 'doses >= 0', '2021-09-01 00:00+07');

-- what is not known is not counted
SELECT cccd_count(NULL, 'doses >= 0', '2021-09-01 00:00+07') IS NULL AS no_table,
       cccd_count('mine', NULL, '2021-09-01 00:00+07') IS NULL AS no_rule,
       cccd_count('mine', 'doses >= 0', NULL) IS NULL AS no_time,
       cccd_count('mine', '', '2021-09-01 00:00+07') AS empty_rule,
       cccd_count('mine', 'ticket', '2021-09-01 00:00+07') AS ticket_unknown,
       cccd_count('mine', 'ticket', '2021-09-01 00:00+07', NULL) AS nothing_known,
       cccd_count('mine', 'ticket', '2021-09-01 00:00+07', cccd_context(ticket => true)) = count(health) AS everybody
FROM mine;
SELECT cccd_count('mine', 'doses >= 0', '1800-01-01 00:00+07');

-- what has no rows to count
CREATE VIEW seen AS SELECT health FROM record;
CREATE SEQUENCE numbers;
CREATE TABLE other (id int);
CREATE MATERIALIZED VIEW later AS SELECT health FROM record WITH NO DATA;
CREATE FOREIGN DATA WRAPPER count_wrapper;
CREATE SERVER count_server FOREIGN DATA WRAPPER count_wrapper;
CREATE FOREIGN TABLE part_far PARTITION OF part_c FOR VALUES FROM (50000) TO (60000) SERVER count_server;
\set VERBOSITY default
SELECT cccd_count('seen', 'doses >= 0', '2021-09-01 00:00+07');
SELECT cccd_count('numbers', 'doses >= 0', '2021-09-01 00:00+07');
SELECT cccd_count('other', 'doses >= 0', '2021-09-01 00:00+07');
SELECT cccd_count('later', 'doses >= 0', '2021-09-01 00:00+07');
SELECT cccd_count('part', 'doses >= 0', '2021-09-01 00:00+07');
SELECT cccd_count('record_gone', 'doses >= 0', '2021-09-01 00:00+07');
SELECT cccd_count(1::oid, 'doses >= 0', '2021-09-01 00:00+07');
SELECT cccd_count('record', 'doses >= 0', '2021-09-01 00:00+07', health_column => 'id');
-- the server's words for it differ from version to version
\set VERBOSITY sqlstate
SELECT cccd_count('part_a_health_idx', 'doses >= 0', '2021-09-01 00:00+07');
\set VERBOSITY default
SELECT cccd_count('pg_class', 'doses >= 0', '2021-09-01 00:00+07');
DROP FOREIGN DATA WRAPPER count_wrapper CASCADE;

-- privileges are those of a query
CREATE ROLE regress_counter;
GRANT USAGE ON SCHEMA count_test TO regress_counter;
SET ROLE regress_counter;
SELECT cccd_count('record', 'doses >= 0', '2021-09-01 00:00+07');
RESET ROLE;
GRANT SELECT (id) ON record TO regress_counter;
SET ROLE regress_counter;
SELECT cccd_count('record', 'doses >= 0', '2021-09-01 00:00+07');
RESET ROLE;
GRANT SELECT (health) ON record TO regress_counter;
GRANT SELECT ON part TO regress_counter;
SET ROLE regress_counter;
SELECT cccd_count('record', 'doses >= 0', '2021-09-01 00:00+07') > 0 AS by_column;
SELECT cccd_count('part', 'doses >= 0', '2021-09-01 00:00+07') > 0 AS by_parent;
SELECT cccd_count('part_a', 'doses >= 0', '2021-09-01 00:00+07');
RESET ROLE;

-- row security: what the policies hide must not be counted
ALTER TABLE record ENABLE ROW LEVEL SECURITY;
CREATE POLICY site ON record USING (id % 2 = 0);
SELECT cccd_count('record', 'doses >= 0', '2021-09-01 00:00+07') > 0 AS the_owner_is_exempt;
SET ROLE regress_counter;
SELECT cccd_count('record', 'doses >= 0', '2021-09-01 00:00+07');
SET row_security = off;
SELECT cccd_count('record', 'doses >= 0', '2021-09-01 00:00+07');
RESET row_security;
RESET ROLE;
ALTER TABLE record OWNER TO regress_counter;
ALTER TABLE record FORCE ROW LEVEL SECURITY;
SET ROLE regress_counter;
SELECT cccd_count('record', 'doses >= 0', '2021-09-01 00:00+07');
RESET ROLE;
DROP SCHEMA count_test CASCADE;
DROP ROLE regress_counter;
