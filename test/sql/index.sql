-- The GiST index finds exactly what a sequential scan finds: random records,
-- random rules and times, after page splits, deletions and VACUUM.
CREATE SCHEMA index_test;
SET search_path = index_test;
SET datestyle = ISO;
SET timezone = 'Europe/Lisbon';		-- a rule's calendar is Viet Nam's, not the session's
SET max_parallel_workers_per_gather = 0;
SET client_min_messages = warning;

-- a number from 0 to m - 1 that depends on n and on what it is for
CREATE FUNCTION pick(n bigint, what int, m int) RETURNS int LANGUAGE sql IMMUTABLE STRICT
RETURN ((hashint8extended(n, what) & 9223372036854775807) % m)::int;

CREATE FUNCTION random_record(n bigint) RETURNS cccd_health LANGUAGE sql IMMUTABLE STRICT
RETURN (
    SELECT coalesce(string_agg(
        CASE pick(n * 16 + i, 1, 7)
            WHEN 0 THEN 'recovery ' || at || ' national'
            WHEN 1 THEN 'isolation ' || at || ' until ' || at + interval '10 days' || ' national'
            WHEN 2 THEN 'test ' || at || ' ' || (ARRAY['pcr','antigen','antibody'])[1 + pick(n * 16 + i, 2, 3)] || ' '
                        || (ARRAY['negative','negative','negative','positive','pending'])[1 + pick(n * 16 + i, 3, 5)] || ' certificate'
            WHEN 3 THEN 'test ' || at || ' antigen negative national'
            ELSE 'dose ' || at || (ARRAY['', ' product ''EU/1/20/1528''', ' product ''EU/1/20/1507'''])[1 + pick(n * 16 + i, 4, 3)]
                 || CASE pick(n * 16 + i, 5, 9) WHEN 0 THEN ' number 2' WHEN 1 THEN ' disease measles' ELSE '' END || ' national signed'
        END, '; '), '')::cccd_health
    FROM generate_series(1, pick(n, 6, 7)) i,
         LATERAL (SELECT (timestamp '2021-01-01' + pick(n * 16 + i, 7, 28800000) * interval '1 s')) t(at)
);

CREATE TABLE record AS
SELECT n AS id, random_record(n) AS health FROM generate_series(1, 100000) n;
INSERT INTO record VALUES (0, '');
INSERT INTO record SELECT -n, NULL FROM generate_series(1, 2000) n;
ANALYZE record;

CREATE FUNCTION random_clause(n bigint) RETURNS text LANGUAGE sql IMMUTABLE STRICT
RETURN CASE WHEN pick(n, 10, 5) = 0 THEN 'not ' ELSE '' END || (ARRAY[
    'doses >= 2', 'doses = 0', 'doses <> 1', 'doses <= 1', 'doses between 1 and 2',
    'doses(product = ''EU/1/20/1528'') >= 1', 'doses(disease = measles) >= 1', 'doses(signed) >= 2',
    'since(last_dose) >= ' || pick(n, 11, 200) || ' days',
    'since(last_dose) between 14 days and ' || 1 + pick(n, 11, 12) || ' months',
    'since(last_dose) < ' || 1 + pick(n, 11, 12) || ' months', 'since(first_dose) > ' || pick(n, 11, 9) || ' months',
    'since(dose(2)) <= 90 days', 'since(last_dose(source >= certificate)) <= 60 days',
    'since(last_dose(product in (''EU/1/20/1528'', ''EU/1/20/1507''))) >= 10 days',
    'since(recovery) <= ' || 1 + pick(n, 11, 12) || ' months', 'recovered', 'since(recovery) > 14 days',
    'since(negative) <= ' || 24 + pick(n, 11, 700) || ' hours', 'since(negative(pcr)) <= ' || 1 + pick(n, 11, 60) || ' days',
    'since(negative(antigen)) > 3 days', 'since(negative(antibody)) <= 30 days', 'since(positive) <= 30 days',
    'isolated', 'exposed', 'since(isolation) >= 14 days', 'ticket', 'age >= 18 years',
    'since(last_dose(disease = measles)) <= 90 days'])[1 + pick(n, 12, 29)];

CREATE FUNCTION random_rule(n bigint, depth int) RETURNS text LANGUAGE plpgsql IMMUTABLE STRICT AS $$
BEGIN
    IF depth = 0 OR pick(n, 13, 3) = 0 THEN
        RETURN random_clause(n);
    END IF;
    RETURN CASE WHEN pick(n, 14, 6) = 0 THEN 'not ' ELSE '' END
        || '(' || random_rule(n * 2, depth - 1) || CASE pick(n, 15, 2) WHEN 0 THEN ' and ' ELSE ' or ' END
        || random_rule(n * 2 + 1, depth - 1) || ')';
END $$;

-- the empty rule is the first question
CREATE TABLE question AS
SELECT n::bigint, CASE n WHEN 1 THEN '' ELSE random_rule(n * 1000003, 1 + pick(n, 17, 3)) END::cccd_rule
          @ (timestamptz '2021-01-15 00:00+07' + pick(n, 16, 31000000) * interval '1 s') AS bound
FROM generate_series(1, 2000) n;

CREATE FUNCTION answer(bound cccd_bound, OUT people bigint, OUT digest bigint) LANGUAGE sql STABLE
BEGIN ATOMIC
    SELECT count(*), bit_xor(hashint8extended(id, 0)) FROM record WHERE health @@ bound;
END;

CREATE FUNCTION answers(what text, most int DEFAULT 2000) RETURNS TABLE (n bigint, people bigint, digest bigint) LANGUAGE plpgsql AS $$
BEGIN
    PERFORM set_config('enable_seqscan', CASE what WHEN 'index' THEN 'off' ELSE 'on' END, true),
            set_config('enable_bitmapscan', CASE what WHEN 'index' THEN 'on' ELSE 'off' END, true),
            set_config('enable_indexscan', CASE what WHEN 'index' THEN 'on' ELSE 'off' END, true);
    RETURN QUERY SELECT q.n, a.people, a.digest FROM question q, LATERAL answer(q.bound) a WHERE q.n <= most;
END $$;

CREATE TABLE by_scan AS SELECT * FROM answers('scan');
SELECT count(*) AS questions, count(*) FILTER (WHERE people > 0) > 1000 AS many_find_somebody,
       count(*) FILTER (WHERE people BETWEEN 1 AND 2000) > 200 AS many_are_selective FROM by_scan;

-- built at once, which sorts
CREATE INDEX record_health ON record USING gist (health);
SELECT amvalidate(oid) FROM pg_opclass
WHERE opcname = 'cccd_health_ops' AND opcmethod = (SELECT oid FROM pg_am WHERE amname = 'gist');
EXPLAIN (COSTS OFF) SELECT id FROM record WHERE health @@ ('since(negative(pcr)) <= 24 hours and doses >= 3'::cccd_rule @ '2021-11-16 19:00+07');
SELECT count(*) AS different FROM by_scan s JOIN answers('index') i USING (n)
WHERE (s.people, s.digest) IS DISTINCT FROM (i.people, i.digest);

-- built by insertions, which split pages; then half of it deleted
DROP INDEX record_health;
CREATE TABLE grown (LIKE record);
CREATE INDEX grown_health ON grown USING gist (health) WITH (buffering = off);
INSERT INTO grown SELECT * FROM record ORDER BY pick(id, 18, 1000000);
DELETE FROM grown WHERE id % 2 = 0;
VACUUM grown;
INSERT INTO grown SELECT * FROM record WHERE id % 2 = 0;
ALTER TABLE record RENAME TO record_before;
ALTER TABLE grown RENAME TO record;
CREATE OR REPLACE FUNCTION answer(bound cccd_bound, OUT people bigint, OUT digest bigint) LANGUAGE sql STABLE
BEGIN ATOMIC
    SELECT count(*), bit_xor(hashint8extended(id, 0)) FROM record WHERE health @@ bound;
END;
SELECT count(*) AS different FROM by_scan s JOIN answers('index', 500) i USING (n)
WHERE (s.people, s.digest) IS DISTINCT FROM (i.people, i.digest);

-- the plans: an index condition for constants, parameters in custom and
-- generic plans, now(), and a rule that comes from another table
ANALYZE record;
SET enable_seqscan = off;
EXPLAIN (COSTS OFF) SELECT id FROM record
WHERE cccd_eligible(health, 'since(negative(pcr)) <= 24 hours', '2021-11-16 19:00+07');
PREPARE eligible(cccd_rule, timestamptz) AS SELECT count(*) FROM record WHERE cccd_eligible(health, $1, $2);
SET plan_cache_mode = force_custom_plan;
EXPLAIN (COSTS OFF) EXECUTE eligible('doses >= 3', '2021-11-16 19:00+07');
SET plan_cache_mode = force_generic_plan;
EXPLAIN (COSTS OFF) EXECUTE eligible('doses >= 3', '2021-11-16 19:00+07');
RESET plan_cache_mode;
EXPLAIN (COSTS OFF) SELECT id FROM record WHERE cccd_eligible(health, 'doses >= 3', now());
CREATE TABLE match (name text, rule cccd_rule, at timestamptz);
INSERT INTO match VALUES ('a', 'since(negative(pcr)) <= 24 hours', '2021-11-16 19:00+07');
-- since 18 a line says that the scan of match is disabled
CREATE FUNCTION plan(query text) RETURNS SETOF text LANGUAGE plpgsql AS $$
DECLARE
    line text;
BEGIN
    FOR line IN EXECUTE 'EXPLAIN (COSTS OFF) ' || query LOOP
        IF line !~ '^ *Disabled: ' THEN
            RETURN NEXT line;
        END IF;
    END LOOP;
END $$;
SELECT plan('SELECT name, id FROM match JOIN record ON cccd_eligible(health, rule, at)');
-- inside a view and under row security
CREATE VIEW invited AS SELECT id FROM record WHERE cccd_eligible(health, 'doses >= 3', '2021-11-16 19:00+07');
EXPLAIN (COSTS OFF) SELECT count(*) FROM invited;

-- row security does not keep the operator from the index: it leaks nothing
CREATE ROLE regress_analyst;
GRANT USAGE ON SCHEMA index_test TO regress_analyst;
GRANT SELECT ON record TO regress_analyst;
ALTER TABLE record ENABLE ROW LEVEL SECURITY;
CREATE POLICY site ON record USING (id % 2 = 0);
SET ROLE regress_analyst;
EXPLAIN (COSTS OFF) SELECT count(*) FROM record WHERE health @@ (cccd_rule 'doses >= 3' @ '2021-11-16 19:00+07');
RESET ROLE;
DROP POLICY site ON record;
ALTER TABLE record DISABLE ROW LEVEL SECURITY;
REVOKE ALL ON record FROM regress_analyst;
REVOKE ALL ON SCHEMA index_test FROM regress_analyst;
DROP ROLE regress_analyst;
-- partitions use theirs
CREATE TABLE part (id int, health cccd_health) PARTITION BY RANGE (id);
CREATE TABLE part_a PARTITION OF part FOR VALUES FROM (0) TO (50);
CREATE TABLE part_b PARTITION OF part FOR VALUES FROM (50) TO (100);
CREATE INDEX ON part USING gist (health);
EXPLAIN (COSTS OFF) SELECT id FROM part WHERE cccd_eligible(health, 'doses >= 3', '2021-11-16 19:00+07');
DROP TABLE part;

-- statistics hold no record
SELECT most_common_vals IS NULL AND histogram_bounds IS NULL AS nothing_kept, null_frac > 0 AS nulls_counted
FROM pg_stats WHERE tablename = 'record' AND attname = 'health';

-- an index about another disease answers rules about it
CREATE INDEX record_measles ON record USING gist (health cccd_health_ops (disease = 'measles'));
DROP INDEX grown_health;
SELECT count(*) AS by_index FROM record WHERE cccd_eligible(health, 'doses(disease = measles) >= 1', '2021-11-16 19:00+07')
EXCEPT
SELECT count(*) FROM record WHERE NOT (cccd_eligible(health, 'doses(disease = measles) >= 1', '2021-11-16 19:00+07') IS NOT TRUE);
CREATE INDEX ON record USING gist (health cccd_health_ops (disease = 'nothing'));
RESET enable_seqscan;

DROP SCHEMA index_test CASCADE;
