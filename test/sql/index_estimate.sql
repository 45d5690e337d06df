-- The planner's estimates: within a factor of two of the truth for rules that
-- few, some and many satisfy, and from points alone, never from records.
CREATE SCHEMA estimate_test;
SET search_path = estimate_test;
SET datestyle = ISO;
SET timezone = 'Asia/Ho_Chi_Minh';
SET max_parallel_workers_per_gather = 0;
SET client_min_messages = warning;

CREATE TABLE person WITH (autovacuum_enabled = off) AS
SELECT i AS id, CASE WHEN i % 20 <> 0 THEN concat_ws('; ',
    CASE WHEN h % 100 < 90 THEN 'dose ' || (date '2021-06-01' + (h / 100 % 60)::int) || ' 08:00 product ''#' || 1 + h / 6000 % 6 || '''' END,
    CASE WHEN h % 100 < 75 THEN 'dose ' || (date '2021-08-15' + (h / 3600 % 100)::int) || ' 09:30 national' END,
    CASE WHEN h / 7 % 100 < 60 THEN 'test ' || (timestamp '2021-11-16 18:00' - (h / 11 % 1800 * (h / 11 % 1800) / 900)::int * interval '1 hour') || ' pcr '
        || CASE WHEN h / 13 % 20 = 0 THEN 'positive' ELSE 'negative' END END,
    CASE WHEN h / 17 % 100 < 40 THEN 'test ' || (timestamp '2021-10-16 18:00' - (h / 19 % 800)::int * interval '1 hour') || ' antigen negative' END,
    CASE WHEN h / 23 % 20 = 0 THEN 'recovery ' || (date '2021-11-15' - (h / 29 % 300)::int) END,
    CASE WHEN h / 31 % 20 = 0 THEN 'isolation ' || (date '2021-11-10' - (h / 37 % 300)::int) || ' until ' || (date '2021-11-24' - (h / 37 % 300)::int) END
    )::cccd_health END AS health
FROM (SELECT i, hashint8extended(i, 0) & 9007199254740991 AS h FROM generate_series(1, 100000::bigint) i) z;
CREATE INDEX person_health ON person USING gist (health);

CREATE FUNCTION plan(statement text, OUT rows numeric, OUT node text) LANGUAGE plpgsql AS $$
DECLARE plan json;
BEGIN
    EXECUTE 'EXPLAIN (FORMAT json) ' || statement INTO plan;
    rows := plan -> 0 -> 'Plan' ->> 'Plan Rows';
    node := plan -> 0 -> 'Plan' ->> 'Node Type';
END $$;
CREATE TABLE question (n int, share text, rule cccd_rule, at timestamptz DEFAULT '2021-11-16 19:00+07');
INSERT INTO question (n, share, rule) VALUES
    (1, 'few', 'since(recovery) <= 2 months and since(negative(pcr)) <= 8 hours and not isolated'),
    (2, 'some', 'doses >= 2 and since(last_dose) between 14 days and 12 months and since(negative(pcr)) <= 8 hours and not isolated'),
    (3, 'many', 'doses >= 2 and since(last_dose) between 14 days and 90 days and not isolated'),
    (4, 'few', 'since(recovery) <= 2 days'),
    (5, 'few', 'isolated and since(last_dose) >= 14 days or since(recovery) <= 1 day'),
    (6, 'some', 'since(negative) <= 1 day and not doses >= 2'),
    (7, 'few', 'isolated'),
    (8, 'many', 'since(first_dose) >= 90 days'),
    (9, 'many', 'doses >= 1 and not recovered'),
    (10, 'many', 'since(dose(2)) <= 60 days'),
    (11, 'some', 'since(last_dose) between 30 days and 33 days');
INSERT INTO question VALUES
    (12, 'many', 'doses >= 2', '2021-10-01 08:00+07'),
    (13, 'some', 'since(negative(pcr)) <= 72 hours', '2021-10-20 08:00+07'),
    (14, 'many', 'doses >= 2 and since(last_dose) >= 6 months', '2022-04-01 08:00+07');
CREATE TABLE truth AS SELECT q.*, (SELECT count(*) FROM person WHERE health @@ (rule @ at)) AS people FROM question q;

-- nothing is known yet: two of a hundred
SELECT (plan('SELECT 1 FROM person WHERE health @@ (cccd_rule ''isolated'' @ ''2021-11-16 19:00+07'')')).rows / 100000 BETWEEN 0.01 AND 0.04 AS two_percent;

-- every record is looked at, so that chance plays no part
ALTER TABLE person ALTER COLUMN health SET STATISTICS 400;
ANALYZE person;
ANALYZE question;
SELECT n, share, CASE share WHEN 'few' THEN people BETWEEN 2 AND 400 WHEN 'some' THEN people BETWEEN 400 AND 6000 ELSE people > 20000 END AS share_is,
       CASE WHEN rows / greatest(people, 1) BETWEEN 0.5 AND 2 THEN 'within 2' ELSE format('%s of %s', rows, people) END AS estimate
FROM truth, plan(format('SELECT 1 FROM person WHERE health @@ %L::cccd_bound', rule @ at)) ORDER BY n;
-- the same for the function, and the plan that goes with it
SELECT n, CASE WHEN rows / greatest(people, 1) BETWEEN 0.5 AND 2 THEN 'within 2' ELSE format('%s of %s', rows, people) END AS estimate,
       CASE node WHEN 'Seq Scan' THEN 'scan' ELSE 'index' END AS plan
FROM truth, plan(format('SELECT 1 FROM person WHERE cccd_eligible(health, %L, %L)', rule, at)) WHERE n <= 3 ORDER BY n;

-- what the record does not tell is known to fail or not to pass
SELECT rows < 100 AS nobody FROM unnest(ARRAY['ticket', '', 'doses >= 2 and not ticket']) WITH ORDINALITY u(rule, n),
     plan(format('SELECT 1 FROM person WHERE health @@ (cccd_rule %L @ ''2021-11-16 19:00+07'')', rule)) ORDER BY n;
-- a product is some of all, what points do not tell of is rare, and nobody was
-- seen with a dose against measles
SELECT rule, (rows / 100000)::numeric(6, 4) BETWEEN fewest AND most AS as_expected
FROM (VALUES ('doses(product = ''#1'') >= 1', 0.2, 0.6), ('contraindicated', 0.005, 0.02), ('doses(disease = measles) >= 1', 0, 0.0001)) v(rule, fewest, most),
     plan(format('SELECT 1 FROM person WHERE health @@ (cccd_rule %L @ ''2021-11-16 19:00+07'')', rule)) ORDER BY rule;
-- a rule that is not known when the query is planned: two of a hundred
PREPARE eligible(cccd_rule) AS SELECT 1 FROM person WHERE cccd_eligible(health, $1, '2021-11-16 19:00+07');
SET plan_cache_mode = force_generic_plan;
SELECT rows BETWEEN 1500 AND 2500 AS two_percent, node <> 'Seq Scan' AS by_index FROM plan('EXECUTE eligible(''doses >= 2'')');
SET plan_cache_mode = force_custom_plan;
SELECT rows > 40000 AS known, node FROM plan('EXECUTE eligible(''doses >= 2'')');
RESET plan_cache_mode;
SELECT rows BETWEEN 25000 AND 32000 AS two_percent_each FROM plan('SELECT 1 FROM person JOIN question ON cccd_eligible(health, rule, at)');

-- what is kept: points, which are hours without a name; no record, no value
SELECT null_frac BETWEEN 0.04 AND 0.06 AS nulls, n_distinct, most_common_vals IS NULL AND histogram_bounds IS NULL AND correlation IS NULL
       AND most_common_elems IS NULL AS nothing_shown
FROM pg_stats WHERE tablename = 'person' AND attname = 'health' AND schemaname = 'estimate_test';
SELECT array_agg(DISTINCT kind) AS kinds, bool_and(value IS NULL OR length(value) % 15 = 1 AND length(value) / 15 < 5000) AS points_only,
       bool_or(EXISTS (SELECT FROM person WHERE id < 2000 AND position(substr(cccd_health_send(health), 4) IN value) > 0
                       AND length(cccd_health_send(health)) > 12)) AS holds_a_record
FROM pg_statistic, LATERAL (VALUES (stakind1, (stavalues1::text::bytea[])[1]), (stakind2, NULL), (stakind3, NULL), (stakind4, NULL), (stakind5, NULL)) v(kind, value)
WHERE starelid = 'person'::regclass AND staattnum = 2;

-- new statistics are used at once, whatever was asked before
UPDATE person SET health = NULL WHERE id % 4 <> 0;
ANALYZE person;
SELECT rows / (SELECT count(*) FROM person WHERE health @@ (rule @ at)) BETWEEN 0.5 AND 2 AS within_2
FROM truth, plan(format('SELECT 1 FROM person WHERE health @@ %L::cccd_bound', rule @ at)) WHERE n = 3;

DROP SCHEMA estimate_test CASCADE;
