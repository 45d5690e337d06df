-- Answers of rules inside the server: bound evaluations and checks per second.
--
--	psql -v n=1000000 -f bench/rule.sql
--
-- Time is the server process's own time on a processor; the least of :rounds
-- rounds counts.  An operator's own cost is the time of ten of them in one scan
-- less the time of one, over nine.

\set ON_ERROR_STOP 1
\if :{?n}
\else
\set n 1000000
\endif
\if :{?rounds}
\else
\set rounds 5
\endif
\pset footer off
SET client_min_messages = warning;
SET max_parallel_workers_per_gather = 0;
SET jit = off;
SET timezone = 'Asia/Ho_Chi_Minh';

-- two doses as a rule, tests of the last weeks, sometimes a recovery or an
-- isolation: as people were in November 2021
CREATE UNLOGGED TABLE rule_record AS
SELECT i, concat_ws('; ',
    CASE WHEN h % 100 < 95 THEN 'dose ' || (date '2021-06-01' + (h / 100 % 60)::int) || ' 08:00 product ''#' || 1 + h / 6000 % 6 || '''' END,
    CASE WHEN h % 100 < 85 THEN 'dose ' || (date '2021-08-15' + (h / 3600 % 100)::int) || ' 09:30 national' END,
    CASE WHEN h / 7 % 100 < 70 THEN 'test ' || (timestamp '2021-11-16 18:00' - h / 11 % 800 * interval '1 hour') || ' pcr '
        || CASE WHEN h / 13 % 20 = 0 THEN 'positive' ELSE 'negative' END END,
    CASE WHEN h / 17 % 100 < 40 THEN 'test ' || (timestamp '2021-10-16 18:00' - h / 19 % 800 * interval '1 hour') || ' antigen negative' END,
    CASE WHEN h / 23 % 10 = 0 THEN 'recovery ' || (date '2021-11-01' - (h / 29 % 400)::int) END,
    CASE WHEN h / 31 % 20 = 0 THEN 'isolation ' || (date '2021-11-10' - (h / 37 % 300)::int) || ' until ' || (date '2021-11-24' - (h / 37 % 300)::int) END
    )::cccd_health AS health
FROM (SELECT i, hashint8extended(i, 0) & 9007199254740991 AS h FROM generate_series(1, :n::bigint) i) z;
VACUUM ANALYZE rule_record;

CREATE TEMP TABLE rule_asked (position int, name text, rule cccd_rule);
INSERT INTO rule_asked VALUES
    (1, 'stadium', '(doses >= 2 and since(last_dose) >= 14 days or since(recovery) <= 6 months)
        and since(negative(pcr, antigen)) <= 72 hours and not isolated and ticket'),
    (2, 'one dose or recovered', 'doses >= 1 and since(last_dose) >= 14 days or recovered or contraindicated and evidence >= paper'),
    (3, 'by product', 'since(last_dose(product in (''#1'', ''#2''))) between 14 days and 12 months'),
    (4, 'child or two doses', 'age < 12 years and accompanied or doses >= 2');

\ir clock.psql

CREATE TEMP TABLE rule_measured AS
SELECT position, name,
    pg_temp.timed('SELECT count(health) FROM rule_record', :rounds) AS scan,
    pg_temp.timed(format('SELECT count(*) FROM rule_record WHERE health @@ %L::cccd_bound', bound), :rounds) AS filter,
    pg_temp.timed(format('SELECT count(%s) FROM rule_record', format('health @@ %L::cccd_bound', bound)), :rounds) AS one,
    pg_temp.timed('SELECT ' || (SELECT string_agg(format('count(health @@ %L::cccd_bound)', cccd_rule_bind(rule, at + k * interval '1 second', context)), ', ') FROM generate_series(0, 9) k)
        || ' FROM rule_record', :rounds) AS ten,
    pg_temp.timed('SELECT ' || (SELECT string_agg(format('count((health IS NULL)::int + %s)', k), ', ') FROM generate_series(0, 9) k)
        || ' FROM rule_record', :rounds) AS ten_empty,
    pg_temp.timed(format('SELECT count(cccd_eligible(health, %L, %L, %L)) FROM rule_record', rule, at, context), :rounds) AS eligible,
    pg_temp.timed(format('SELECT count(c) FROM rule_record, cccd_check(health, %L, %L, %L) c', rule, at, context), 2) AS checks_from,
    pg_temp.timed(format('SELECT count(cccd_check(health, %L, %L, %L)) FROM rule_record', rule, at, context), 2) AS checks,
    pg_temp.timed(format('SELECT count(cccd_eligible_during(health, %L, %L)) FROM rule_record', rule, context), 2) AS during
FROM rule_asked, LATERAL (SELECT timestamptz '2021-11-16 19:00+07' AS at,
        cccd_context(ticket => true, accompanied => false, evidence => 'qr', birth_date => '1990-01-31') AS context) a,
    LATERAL cccd_rule_bind(rule, at, context) b(bound);

SELECT round(avg(pg_column_size(health)), 1) AS "bytes a record",
       round(pg_table_size('rule_record') / count(*)::numeric, 1) AS "bytes a row" FROM rule_record;
\echo :n records, millions per second of one core (bound: 30 evaluations; the fastest CertLogic engine does 0.69)
SELECT name, round(9 * :n / greatest(ten - one, 1) / 1000, 1) AS "evaluations, with the executor's share",
       round(10 * :n / greatest(ten - ten_empty, 1) / 1000, 1) AS "evaluations, without",
       round(:n / nullif(filter, 0) / 1000, 1) AS "rows of a filtered scan", round(:n / nullif(scan, 0) / 1000, 1) AS "rows of an empty scan",
       round(:n / nullif(eligible, 0) / 1000, 1) AS "cccd_eligible"
FROM rule_measured ORDER BY position;
\echo microseconds of one core for a row (bound: 1 for a check)
SELECT name, round((checks - scan) / :n * 1000, 2) AS "cccd_check as a value", round((checks_from - scan) / :n * 1000, 2) AS "cccd_check in FROM",
       round((during - scan) / :n * 1000, 2) AS "cccd_eligible_during", round(:n / nullif(checks - scan, 0)) * 1000 AS "checks per second"
FROM rule_measured ORDER BY position;
DROP TABLE rule_record;
