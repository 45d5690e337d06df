-- A plan shows no person's birth date or sex: not the context that is given,
-- nor the bound rule that is made of it.

\getenv root PG_ABS_SRCDIR
\set file :root '/data/plan.sql'
\i :file
CREATE TABLE visitor (n int, health cccd_health);
INSERT INTO visitor SELECT n, ('dose 2021-06-01; dose 2021-0' || 7 + n % 3 || '-01')::cccd_health FROM generate_series(1, 300) n;
CREATE TABLE season (rule cccd_rule, facts cccd_context DEFAULT cccd_context(sex => 'F', birth_date => '1990-01-31'), bound cccd_bound);
INSERT INTO season VALUES ('age >= 12 years and doses >= 2', 'ticket=yes, birth_date=1990-01-31, sex=F', '(age >= 12 years) @ 2021-11-16 {birth_date=1990-01-31}');

-- the context as it is written into plans
EXPLAIN (VERBOSE, COSTS OFF) SELECT cccd_context(ticket => true, birth_date => '1990-01-31', sex => 'F');
EXPLAIN (COSTS OFF) SELECT * FROM visitor
WHERE cccd_eligible(health, 'age >= 12 years and doses >= 2', '2021-11-16', cccd_context(ticket => true, birth_date => '1990-01-31', sex => 'F'));
EXPLAIN (COSTS OFF) SELECT * FROM visitor
WHERE health @@ cccd_rule_bind('age >= 12 years and doses >= 2', '2021-11-16', cccd_context(ticket => true, birth_date => '1990-01-31', sex => 'F'));

-- whatever the statement: with an index and without, constants and parameters,
-- custom plans and generic ones, every verbosity
CREATE FUNCTION pg_temp.shown(statement text, OUT plan text) LANGUAGE plpgsql AS $$
DECLARE
    line text;
BEGIN
    FOR line IN EXECUTE 'EXPLAIN (VERBOSE, FORMAT text) ' || statement LOOP
        plan := concat_ws(E'\n', plan, line);
    END LOOP;
END $$;
CREATE TEMP TABLE question AS
SELECT * FROM (VALUES
    (1, 'SELECT * FROM visitor WHERE cccd_eligible(health, ''age >= 12 years and doses >= 2'', now(), %s)'),
    (2, 'SELECT * FROM visitor WHERE cccd_eligible(health, ''age >= 12 years and doses >= 2'', ''2021-11-16'', %s)'),
    (3, 'SELECT * FROM visitor WHERE health @@ cccd_rule_bind(''age >= 12 years and doses >= 2'', ''2021-11-16'', %s)'),
    (4, 'SELECT c.* FROM visitor, cccd_check(health, ''age >= 12 years and doses >= 2'', ''2021-11-16'', %s) c'),
    (5, 'SELECT cccd_eligible_during(health, ''age >= 12 years and doses >= 2'', %s) FROM visitor'),
    (6, 'SELECT v.* FROM season, visitor v WHERE cccd_eligible(health, rule, ''2021-11-16'', %s)'),
    (7, 'SELECT * FROM season WHERE facts = %s'),
    -- one argument is not a constant: %s is the birth date and the sex
    (8, 'SELECT cccd_context(ticket => n > 5, %s) FROM visitor'),
    (9, 'SELECT * FROM visitor v WHERE cccd_eligible(health, ''age >= 12 years and doses >= 2'', now(), cccd_context(ticket => EXISTS (SELECT FROM season), %s))')) v(n, text);
SET enable_seqscan = off;
CREATE FUNCTION pg_temp.plans(OUT n int, OUT way text, OUT plan text) RETURNS SETOF record LANGUAGE plpgsql AS $$
DECLARE
    q record; mode text;
BEGIN
    FOR q IN SELECT * FROM question ORDER BY n LOOP
        n := q.n;
        way := 'constants';
        plan := pg_temp.shown(format(q.text, format(CASE WHEN q.n < 8 THEN 'cccd_context(ticket => true, %s)' ELSE '%s' END,
                                                    'birth_date => ''1990-01-31'', sex => ''F''')));
        RETURN NEXT;
        EXECUTE format('PREPARE asked(date, text) AS ' || q.text, CASE WHEN q.n < 8 THEN 'cccd_context(ticket => true, birth_date => $1, sex => $2)'
                                                                       ELSE 'birth_date => $1, sex => $2' END);
        FOREACH mode IN ARRAY '{force_custom_plan,force_generic_plan}'::text[] LOOP
            PERFORM set_config('plan_cache_mode', mode, true);
            way := mode;
            plan := pg_temp.shown('EXECUTE asked(''1990-01-31'', ''F'')');
            RETURN NEXT;
        END LOOP;
        DEALLOCATE asked;
    END LOOP;
END $$;
CREATE TEMP TABLE plans AS SELECT 'before' AS index, * FROM pg_temp.plans();
CREATE INDEX visitor_health ON visitor USING gist (health);
INSERT INTO plans SELECT 'with' AS index, * FROM pg_temp.plans();
SELECT count(*) AS plans, count(*) FILTER (WHERE plan ~ 'person=[a-z2-7]{6}') AS with_a_person,
       count(*) FILTER (WHERE plan ~ 'visitor_health') AS with_an_index,
       count(*) FILTER (WHERE plan ~ '1990|sex=|birth_date|''F''') AS with_a_birth_date_or_sex
FROM plans;
RESET enable_seqscan;

-- which answers as the call does, and refuses only what it is asked
EXPLAIN (VERBOSE, COSTS OFF) SELECT cccd_context(ticket => n > 5, birth_date => '1990-01-31', sex => 'F', place => n) FROM visitor;
SELECT count(*) FILTER (WHERE joined = apart) AS same, count(*) AS all
FROM visitor, LATERAL (SELECT cccd_context(ticket => n > 5, birth_date => '1990-01-31', sex => 'F', place => n) AS joined,
                              cccd_context(ticket => n > 5, birth_date => date '1990-01-31' + n - n, sex => left('F' || n, 1), place => n) AS apart) c;
SELECT cccd_context(ticket => n > 5, sex => 'woman') FROM visitor WHERE n < 0;
SELECT cccd_context(ticket => n > 5, sex => 'woman') FROM visitor WHERE n = 1;
SELECT cccd_context(ticket => n > 5, place => 1000) FROM visitor WHERE n < 0;
SELECT cccd_context(ticket => n > 5, birth_date => '1799-12-31') FROM visitor WHERE n < 0;
SELECT cccd_context_join('ticket=yes, sex=F', 'ticket=no, level=2, sex=M, place=79') = 'ticket=yes, sex=F, level=2, place=79' AS joined,
       cccd_context_join('', 'sex=F') = 'sex=F' AS from_second, cccd_context_join('sex=F', NULL) IS NULL AS with_null;

-- stored values and defaults keep everything, and give it back
SELECT pg_get_expr(adbin, adrelid) FROM pg_attrdef WHERE adrelid = 'season'::regclass;
INSERT INTO season (rule) VALUES ('');
SELECT f.* FROM season, cccd_context_fields(facts) f;
SELECT f.* FROM season, cccd_context_fields(cccd_bound_context(bound::text::cccd_bound)) f WHERE bound IS NOT NULL;
DROP TABLE visitor, season;
DROP FUNCTION pg_temp.plan(text);
