-- What is said to be safe in parallel workers says the same there.  Every
-- function of cccd is taken from the catalog and called in a worker and in the
-- leader; scans with rules are divided among workers.
\if :{?quick}
\set calls 1
\else
\set calls 5
\endif
CREATE SCHEMA parallel_test;
SET search_path = parallel_test;
SET client_min_messages = error;
SET timezone = 'Asia/Ho_Chi_Minh';
\getenv root PG_ABS_SRCDIR
\set generator :root '/../data/random_rules.sql'
\set echo :ECHO
\set ECHO none
\i :generator
\set ECHO :echo

-- where a query runs; it is not safe, and says so to find that out
CREATE FUNCTION process() RETURNS int LANGUAGE plpgsql PARALLEL SAFE AS 'BEGIN RETURN pg_backend_pid(); END';
-- the setting has had two names
CREATE FUNCTION force_parallel(mode text) RETURNS void LANGUAGE sql AS $$
    SELECT set_config(name, mode, false) FROM pg_settings WHERE name IN ('force_parallel_mode', 'debug_parallel_query')
$$;

-- one column a type, named like it
CREATE FUNCTION card_file(name text, root text) RETURNS bytea LANGUAGE sql AS $$ SELECT pg_read_binary_file(root || '/../data/chip/' || name) $$;
CREATE TABLE argument AS
SELECT n, (ARRAY['001099012345||Nguyen Van An|01011999|Nam|So 1 Ha Noi|10052021', 'dose', 'negative', U&'Nguy\1EC5n V\0103n An',
                 'IDVNM0990123454001099012345<<89901011M3901011VNM<<<<<<<<<<<4NGUYEN<<VAN<AN<<<<<<<<<<<<<<<<'])[n] AS "text",
       (1099012345 + n * 7003000000::bigint)::cccd_id AS cccd_id, random_context(n) AS cccd_context,
       n * 1000003::bigint AS "bigint", n AS "integer", n::smallint AS "smallint", n % 2 = 0 AS "boolean",
       date '1999-01-01' + n * 1000 AS "date", random_time(n) AS "timestamp with time zone",
       card_file((ARRAY['csca1.der', 'list.ml', 'card1.sod', 'card1.dg1', 'pkd.ldif'])[n], :'root') AS "bytea",
       ARRAY[card_file('card1.dg1', :'root'), card_file('card1.dg13', :'root')] AS "bytea[]",
       random_record(n + 3) AS cccd_health, cccd_bound_rule(random_bound(n + 20)) AS cccd_rule, random_bound(n + 20) AS cccd_bound,
       cccd_trust_from_certificate(card_file('csca1.der', :'root')) || cccd_trust_from_crl(card_file('empty.crl', :'root')) AS cccd_trust
FROM generate_series(1, :calls) n;

CREATE TABLE outcome (function regprocedure, n int, forced boolean, outcome text, elsewhere boolean);
CREATE FUNCTION ask_all(forced boolean) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    f record;
    said text;
    process int;
BEGIN
    FOR f IN
        SELECT p.oid::regprocedure AS function, n, p.oid::regproc || '(' || string_agg(
                   CASE WHEN a.attnum IS NULL THEN 'NULL::' || format_type(t, NULL) -- too short a limit of time for reading a picture would be luck
                        ELSE quote_ident(a.attname) || CASE WHEN p.proname ~ 'scan|image' AND t = 'integer'::regtype THEN ' * 1000' ELSE '' END END, ', ' ORDER BY i) || ')' AS call
        FROM pg_depend d JOIN pg_proc p ON p.oid = d.objid AND p.prokind = 'f',
             unnest(p.proargtypes::oid[]) WITH ORDINALITY u(t, i)
             LEFT JOIN pg_attribute a ON a.attrelid = 'argument'::regclass AND a.attnum > 0 AND a.attname = format_type(t, NULL),
             (SELECT "integer" AS n FROM argument) k
        WHERE d.classid = 'pg_proc'::regclass AND d.refclassid = 'pg_extension'::regclass AND d.deptype = 'e'
          AND d.refobjid = (SELECT oid FROM pg_extension WHERE extname = 'cccd') AND p.proparallel = 's'
          AND NOT p.proargtypes::oid[] && ARRAY['internal'::regtype, 'cstring'::regtype]::oid[]
        GROUP BY p.oid, n
    LOOP
        BEGIN
            EXECUTE format('SELECT md5(coalesce(string_agg(t::text, chr(10) ORDER BY t::text COLLATE "C"), %L)), process()
                            FROM (SELECT %s AS t FROM argument WHERE n = %s) s', 'null', f.call, f.n) INTO said, process;
        EXCEPTION WHEN OTHERS THEN
            said := SQLSTATE;
            process := NULL;
        END;
        INSERT INTO outcome VALUES (f.function, f.n, forced, said, process <> pg_backend_pid());
    END LOOP;
END $$;
SELECT ask_all(false) \g /dev/null
SELECT force_parallel('on') \g /dev/null
SELECT ask_all(true) \g /dev/null
SELECT force_parallel('off') \g /dev/null
-- what differs
SELECT s.function, s.n, s.outcome, p.outcome AS in_worker FROM outcome s JOIN outcome p USING (function, n)
WHERE NOT s.forced AND p.forced AND s.outcome IS DISTINCT FROM p.outcome ORDER BY 1, 2;
SELECT count(DISTINCT function) > 80 AS functions, count(*) FILTER (WHERE forced AND elsewhere) > 0.9 * count(*) FILTER (WHERE forced AND elsewhere IS NOT NULL) AS in_workers,
       bool_or(elsewhere) FILTER (WHERE NOT forced) AS not_forced, count(*) FILTER (WHERE length(outcome) = 32) > 0.6 * count(*) AS answered
FROM outcome;

-- scans
CREATE TABLE record AS SELECT n AS id, random_record(n) AS health FROM generate_series(1, 20000) n;
CREATE INDEX record_health ON record USING gist (health);
VACUUM ANALYZE record;
CREATE TABLE question AS SELECT n::bigint, random_bound(n + 700) AS bound FROM generate_series(1, 60) n;
CREATE FUNCTION answers() RETURNS TABLE (n bigint, people bigint, digest numeric) LANGUAGE plpgsql AS $$
DECLARE
    q question;
BEGIN
    FOR q IN SELECT * FROM question LOOP
        n := q.n;
        EXECUTE 'SELECT count(*), sum(id) FROM record WHERE cccd_eligible(health, $1, $2, $3)' INTO people, digest
            USING cccd_bound_rule(q.bound), cccd_bound_at(q.bound), cccd_bound_context(q.bound);
        RETURN NEXT;
    END LOOP;
END $$;
SET max_parallel_workers_per_gather = 0;
SET enable_bitmapscan = off;
SET enable_indexscan = off;
CREATE TABLE alone AS SELECT * FROM answers();

SET max_parallel_workers_per_gather = 2;
SET parallel_setup_cost = 0;
SET parallel_tuple_cost = 0;
SET min_parallel_table_scan_size = 0;
SET min_parallel_index_scan_size = 0;
EXPLAIN (COSTS OFF) SELECT count(*) FROM record WHERE cccd_eligible(health, 'doses >= 2 and not isolated', '2021-11-16 19:00+07');
SELECT count(*) AS different FROM alone a JOIN answers() p USING (n) WHERE (a.people, a.digest) IS DISTINCT FROM (p.people, p.digest);
SET enable_bitmapscan = on;
SET enable_seqscan = off;
EXPLAIN (COSTS OFF) SELECT count(*) FROM record WHERE health @@ (cccd_rule 'doses >= 2 and not isolated' @ '2021-11-16 19:00+07');
SELECT count(*) AS different FROM alone a JOIN answers() p USING (n) WHERE (a.people, a.digest) IS DISTINCT FROM (p.people, p.digest);
RESET enable_seqscan;
RESET enable_indexscan;

-- the exact count is the leader's, beside a scan that is divided
SELECT count(*) AS different FROM alone a JOIN question q USING (n)
WHERE a.people <> cccd_count('record', cccd_bound_rule(bound), cccd_bound_at(bound), cccd_bound_context(bound));
EXPLAIN (COSTS OFF, VERBOSE) SELECT id, cccd_count('record', 'doses >= 2', '2021-11-16 19:00+07') FROM record WHERE id % 100 = 0;

-- aggregates: parts of them in workers where they can be put together
SET max_parallel_workers_per_gather = 0;
CREATE TABLE merged AS
SELECT id % 500 AS people, cccd_health_merge(health) AS health, min(id::bigint::cccd_id) AS least, max(id::bigint::cccd_id) AS most
FROM record WHERE id <= 2500 GROUP BY 1;
SET max_parallel_workers_per_gather = 2;
SELECT force_parallel('on') \g /dev/null
SELECT count(*) AS different
FROM merged a JOIN (SELECT id % 500 AS people, cccd_health_merge(health) AS health, min(id::bigint::cccd_id) AS least, max(id::bigint::cccd_id) AS most
                    FROM record WHERE id <= 2500 GROUP BY 1) p USING (people)
WHERE (a.health, a.least, a.most) IS DISTINCT FROM (p.health, p.least, p.most);
SELECT count(*) AS different
FROM (SELECT id, cccd_health_agg(kind, at, disease, coalesce(product, test, name), result, until, source, signed, number, series) AS health
      FROM record, cccd_health_events(health) WHERE id <= 2000 AND cccd_health_tests_from(health) IS NULL GROUP BY id) a
JOIN record r USING (id) WHERE a.health <> r.health;
SELECT force_parallel('off') \g /dev/null

DROP SCHEMA parallel_test CASCADE;
