-- Answers of rules for records: examples that can be followed by hand.  What
-- holds for random rules and records is a property: see test/property/sql/eval.sql.
SET timezone = 'Asia/Ho_Chi_Minh';
SET datestyle = ISO;

-- the stadium: two doses, the second at least 14 days ago, or recovered within
-- six months; tested negative within 72 hours; a ticket
CREATE TEMP TABLE match AS
SELECT '(doses >= 2 and since(last_dose) >= 14 days or since(recovery) <= 6 months)
        and since(negative(pcr, antigen)) <= 72 hours and not isolated and ticket'::cccd_rule AS rule,
       timestamptz '2021-11-16 19:00+07' AS at, cccd_context(ticket => true) AS context;
CREATE TEMP TABLE person (name text, health cccd_health);
INSERT INTO person VALUES
    ('two doses, tested', 'dose 2021-06-01 08:00; dose 2021-08-20 08:00; test 2021-11-14 08:00 pcr negative'),
    ('one dose, tested', 'dose 2021-06-01 08:00; test 2021-11-14 08:00 pcr negative'),
    ('second dose too late', 'dose 2021-06-01 08:00; dose 2021-11-03 08:00; test 2021-11-14 08:00 antigen negative'),
    ('test too old', 'dose 2021-06-01 08:00; dose 2021-08-20 08:00; test 2021-11-13 18:00 pcr negative'),
    ('test to the second', 'dose 2021-06-01 08:00; dose 2021-08-20 08:00; test 2021-11-13 19:00 pcr negative'),
    ('result not there yet', 'dose 2021-06-01 08:00; dose 2021-08-20 08:00; test 2021-11-16 08:00 pcr pending'),
    ('recovered', 'recovery 2021-05-16 19:00; test 2021-11-14 08:00 antigen negative'),
    ('recovered long ago', 'recovery 2021-05-16 18:59:59; test 2021-11-14 08:00 antigen negative'),
    ('isolated', 'dose 2021-06-01 08:00; dose 2021-08-20 08:00; test 2021-11-14 08:00 pcr negative; isolation 2021-11-15 until 2021-11-29'),
    ('nothing on record', ''),
    ('not registered', NULL);
SELECT name, health @@ cccd_rule_bind(rule, at, context) AS matches,
       cccd_rule_bind(rule, at, context) @@ health AS turned,
       cccd_eligible(health, rule, at, context) AS eligible
FROM person, match ORDER BY name;
SELECT name, verdict, failed, unsure, changes_at
FROM person, match, cccd_check(health, rule, at, context) ORDER BY name;
SELECT name, cccd_explain(rule, 'en', failed | unsure) AS lacks
FROM person, match, cccd_check(health, rule, at, context)
WHERE verdict <> 'pass' ORDER BY name;
SELECT name, proof
FROM person, match, cccd_check(health, rule, at, context)
WHERE verdict = 'pass' ORDER BY name;
SELECT name, cccd_eligible_during(health, rule, context)
FROM person, match ORDER BY name;
-- who may come in may not hold without a ticket
SELECT name, verdict, failed, unsure FROM person, match, cccd_check(health, rule, at) ORDER BY name LIMIT 3;
SELECT count(*) FROM person, match WHERE health @@ (rule @ at);

CREATE FUNCTION pg_temp.answer(health cccd_health, rule cccd_rule, at timestamptz, context cccd_context DEFAULT cccd_context())
RETURNS text LANGUAGE sql AS 'SELECT verdict FROM cccd_check($1, $2, $3, $4)';
CREATE FUNCTION pg_temp.answers(health cccd_health, at timestamptz, VARIADIC rules text[])
RETURNS TABLE (rule text, verdict text) LANGUAGE sql AS
'SELECT r, pg_temp.answer($1, r::cccd_rule, $2) FROM unnest(rules) WITH ORDINALITY u(r, i) ORDER BY i';

-- an event counts from its own second on; comparisons are exact
SELECT at::text AS at, pg_temp.answer('dose 2021-11-02 19:00', 'doses = 1', at::timestamptz)
FROM unnest('{2021-11-02 18:59:59.999999+07,2021-11-02 19:00+07}'::text[]) at;
SELECT * FROM pg_temp.answers('dose 2021-11-02 19:00', '2021-11-16 19:00+07', 'since(last_dose) >= 14 days',
    'since(last_dose) > 14 days', 'since(last_dose) <= 14 days', 'since(last_dose) < 14 days',
    'since(last_dose) between 14 days and 15 days', 'since(last_dose) between 13 days and 14 days');
SELECT * FROM pg_temp.answers('dose 2021-11-02 19:00', '2021-11-16 19:00:00.000001+07', 'since(last_dose) >= 14 days',
    'since(last_dose) > 14 days', 'since(last_dose) <= 14 days', 'since(last_dose) < 14 days',
    'since(last_dose) between 14 days and 15 days', 'since(last_dose) between 13 days and 14 days');
-- a term of months ends on the corresponding day, or with the last day
SELECT at::text AS at, pg_temp.answer('dose 2021-08-31 10:00', 'since(last_dose) >= 6 months', at::timestamptz) AS old_enough,
       pg_temp.answer('dose 2021-08-31 10:00', 'since(last_dose) <= 6 months', at::timestamptz) AS recent_enough
FROM unnest('{2022-02-28 23:59:59.999999+07,2022-03-01 00:00+07,2022-03-01 00:00:00.000001+07}'::text[]) at;
-- the calendar does not depend on the session
SET timezone = 'America/New_York';
SELECT pg_temp.answer('dose 2021-08-31 10:00', 'since(last_dose) >= 6 months', '2022-02-28 17:00+00') AS old_enough,
       cccd_eligible_during('dose 2021-08-31 10:00', 'since(last_dose) >= 6 months');
RESET timezone;
SET timezone = 'Asia/Ho_Chi_Minh';
-- the latest matching event decides, and none is not a long time ago
SELECT * FROM pg_temp.answers('test 2021-11-10 08:00 pcr negative; test 2021-11-15 08:00 antigen negative', '2021-11-16 19:00+07',
    'since(negative) <= 72 hours', 'since(negative(pcr)) <= 72 hours', 'since(negative) >= 5 days', 'since(positive) >= 5 days',
    'since(positive) <= 5 days', 'not since(positive) <= 5 days');
-- states last from their time up to their end, or for ever
SELECT * FROM pg_temp.answers('isolation 2021-11-02 until 2021-11-16 19:00; exposure 2021-11-16 19:00; recovery 2021-01-01; contraindication 2021-01-01 paper',
    '2021-11-16 19:00+07', 'isolated', 'exposed', 'recovered', 'contraindicated', 'contraindicated(source >= certificate)', 'since(isolation) <= 15 days');
-- what certificates state of a series: the first dose that reaches its total
SELECT * FROM pg_temp.answers('dose 2021-03-01 number 1 series 1 product Janssen certificate signed; dose 2021-11-10 number 2 series 1 product comirnaty certificate signed',
    '2021-11-16 19:00+07', 'complete', 'since(complete) >= 14 days', 'complete(product = comirnaty)', 'since(complete(product = comirnaty)) >= 14 days', 'complete(source = national)');
SELECT * FROM pg_temp.answers('dose 2021-06-01; dose 2021-11-01', '2021-11-16 19:00+07',
    'complete', 'since(complete) >= 14 days', 'since(complete) >= 6 months', 'doses >= 2');
SELECT * FROM pg_temp.answers('dose 2021-06-01; dose 2021-11-10 number 2 series 3', '2021-11-16 19:00+07', 'complete', 'not complete');
-- a credential holds from its beginning up to its end, each by itself
SELECT * FROM pg_temp.answers('credential 2021-01-01 until 2021-11-16 19:00 insurance national; credential 2021-11-16 19:00 driving_licence_b; credential 2021-11-17 work_permit',
    '2021-11-16 19:00+07', 'holds(insurance)', 'holds(driving_licence_b)', 'holds(work_permit)', 'holds(insurance, driving_licence_b)',
    'holds(driving_licence_b, source >= paper)', 'since(credential(insurance)) >= 10 months', 'since(credential(insurance, driving_licence_b)) >= 1 day');
-- declarations, registrations and consultations as well; a declaration says nothing of one before
SELECT * FROM pg_temp.answers('declaration 2021-11-15 19:00 until 2021-11-16 19:00 no_symptoms; declaration 2021-11-16 18:00 until 2021-11-17 18:00 symptoms; registration 2021-11-16 until 2021-11-20 vaccination; consultation 2021-11-02 19:00 doctor',
    '2021-11-16 19:00+07', 'declared(no_symptoms)', 'declared(symptoms)', 'declared(no_symptoms) within 24 hours', 'declared(no_symptoms) within 23 hours',
    'not declared(symptoms) within 14 days', 'declared(no_symptoms, symptoms) within 1 hour', 'booked(vaccination)', 'booked(test)', 'consulted(doctor) within 14 days',
    'since(consultation(doctor)) < 14 days', 'consulted(doctor, source >= paper)');
-- filters
SELECT * FROM pg_temp.answers('dose 2021-03-01 product ''EU/1/20/1528'' national signed; dose 2021-06-01 paper; dose 2021-07-01 disease measles',
    '2021-11-16 19:00+07', 'doses = 2', 'doses(disease = measles) = 1', 'doses(signed) = 1', 'doses(source = paper) = 1', 'doses(source >= certificate) = 2',
    'doses <> 2', 'doses in (1, 3)', 'since(last_dose(signed)) >= 8 months');
-- a dose of an unknown product may be of the one that is asked for
SELECT * FROM pg_temp.answers('dose 2021-03-01 product ''EU/1/20/1528''; dose 2021-06-01', '2021-11-16 19:00+07',
    'doses(product = ''EU/1/20/1528'') >= 1', 'doses(product = ''EU/1/20/1528'') >= 2', 'doses(product = ''EU/1/20/1528'') >= 3',
    'since(last_dose(product = ''EU/1/20/1528'')) >= 3 months', 'since(last_dose(product = ''EU/1/20/1528'')) >= 8 months',
    'since(last_dose(product = ''EU/1/20/1528'')) <= 1 month', 'since(last_dose(product = ''EU/1/20/1507'')) >= 3 months');
-- "number 3" tells of a dose that the record does not hold
SELECT * FROM pg_temp.answers('dose 2021-03-01; dose 2021-09-01 number 3', '2021-11-16 19:00+07',
    'doses = 3', 'since(dose(3)) <= 3 months', 'since(dose(2)) >= 2 months', 'since(dose(2)) >= 4 months', 'since(dose(2)) <= 2 months',
    'since(first_dose) >= 8 months', 'since(dose(4)) >= 0 days', 'doses(source = declared) = 3', 'doses(source = national) >= 2',
    'since(dose(2, signed)) >= 2 months', 'since(last_dose(signed)) >= 2 months', 'since(last_dose(signed)) < 2 months');
-- a pending test, a test of an unknown kind, an inconclusive one
SELECT * FROM pg_temp.answers('test 2021-11-15 08:00 pcr pending; test 2021-11-01 08:00 pcr negative', '2021-11-16 19:00+07',
    'since(negative) <= 72 hours', 'since(negative) <= 30 days', 'since(negative) <= 2 hours', 'since(positive) <= 72 hours',
    'since(negative(antigen)) <= 72 hours');
SELECT * FROM pg_temp.answers('test 2021-11-15 08:00 negative; test 2021-11-16 08:00 pcr inconclusive', '2021-11-16 19:00+07',
    'since(negative) <= 72 hours', 'since(positive) <= 72 hours');
-- before the tests are complete there may be others
SELECT at::text AS at, pg_temp.answer('test 2021-11-12 08:00 pcr negative; tests from 2021-11-10', 'since(negative) <= 72 hours', at::timestamptz) AS negative,
       pg_temp.answer('test 2021-11-12 08:00 pcr negative; tests from 2021-11-10', 'since(positive) <= 72 hours', at::timestamptz) AS positive
FROM unnest('{2021-11-09 00:00+07,2021-11-12 08:00+07,2021-11-12 23:59:59+07,2021-11-12 23:59:59.000001+07,2021-11-16 08:00+07}'::text[]) at;
-- what is known beyond the record
SELECT rule, pg_temp.answer('', rule::cccd_rule, '2021-11-16 19:00+07', c) AS known, pg_temp.answer('', rule::cccd_rule, '2021-11-16 19:00+07') AS unknown
FROM unnest(ARRAY['ticket', 'not ticket', 'accompanied', 'evidence >= qr', 'evidence in (paper, chip)', 'level <= 2', 'level <> 3', 'origin_level = 4',
                  'sex = female', 'place in (1, 79)', 'place not in (1, 79)', 'age >= 12 years', 'age < 12 years', 'age between 12 years and 18 years',
                  'ticket or accompanied', 'ticket and accompanied']) WITH ORDINALITY r(rule, i),
     cccd_context(ticket => true, accompanied => false, evidence => 'qr', level => 2, origin_level => 4, birth_date => '2009-11-16', sex => 'F', place => 79) c
ORDER BY i;
-- somebody born on 29 February comes of age when 28 February is over
SELECT cccd_eligible_during(NULL, 'age >= 18 years', cccd_context(birth_date => '2004-02-29'));

-- reasons: all that is lacking; of alternatives the nearest; below NOT the
-- other way round; what is not known before what is wrong
SELECT rule, verdict, failed::int::bit(4) AS failed, unsure::int::bit(4) AS unsure
FROM unnest(ARRAY['doses = 2 and ticket and isolated', 'doses = 2 and isolated or exposed', 'not (doses = 1 or contraindicated or doses <= 3)',
                  'not (doses = 1 and ticket)', 'doses = 2 or ticket and accompanied', 'isolated or ticket', '']) WITH ORDINALITY r(rule, i),
     cccd_check('dose 2021-06-01', rule::cccd_rule, '2021-11-16 19:00+07') ORDER BY i;

-- proofs: what was counted, what "since" is about, nothing for what is absent
SELECT rule, verdict, proof
FROM unnest(ARRAY['doses >= 2', 'since(last_dose) >= 14 days', 'since(first_dose) >= 14 days', 'since(negative(antigen)) <= 72 hours', 'exposed or recovered',
                  'not isolated', 'not since(recovery) <= 6 months', 'doses >= 3', 'doses >= 1 and recovered']) WITH ORDINALITY r(rule, i),
     cccd_check('dose 2021-03-01; dose 2021-06-01; dose 2021-12-01; test 2021-11-15 pcr negative; test 2021-11-14 antigen negative; recovery 2021-02-01; exposure 2021-11-15 until 2021-11-16',
                rule::cccd_rule, '2021-11-16 19:00+07') ORDER BY i;

-- when the verdict changes: the first microsecond of another one
SELECT at::text AS at, verdict, changes_at
FROM unnest('{2021-01-01+07,2021-11-15 08:00+07,2021-11-18 08:00+07,2021-11-18 08:00:00.000001+07}'::text[]) at,
     cccd_check('test 2021-11-15 08:00 pcr negative', 'since(negative) <= 72 hours', at::timestamptz);

-- every kind of end
SELECT rule, cccd_eligible_during('dose 2021-03-01 09:00; isolation 2021-06-01 until 2021-06-15', rule::cccd_rule)
FROM unnest(ARRAY['since(last_dose) >= 14 days', 'since(last_dose) > 14 days', 'since(last_dose) < 14 days', 'since(last_dose) between 14 days and 21 days',
                  'isolated', 'not isolated', 'since(last_dose) <= 0 days', 'not since(last_dose) <= 0 days', 'doses = 0', 'doses >= 0', 'doses = 7', 'ticket', '']) WITH ORDINALITY r(rule, i)
ORDER BY i;
SELECT cccd_eligible_during(NULL, 'doses >= 0') AS missing, cccd_eligible_during(NULL, 'ticket', cccd_context(ticket => true)) AS known;

-- null: the operators and cccd_eligible answer null, as for all that is not
-- known; cccd_check and cccd_eligible_during also ask about a missing record
SELECT (NULL::cccd_health @@ ('doses = 0'::cccd_rule @ now())) IS NULL AS unknown,
       cccd_eligible(NULL, 'ticket', now(), cccd_context(ticket => true)) IS NULL AS no_record,
       (''::cccd_health @@ NULL::cccd_bound) IS NULL AS no_bound,
       cccd_eligible('', NULL, now()) IS NULL AS no_rule, cccd_eligible('', 'doses = 0', NULL) IS NULL AS no_time,
       cccd_eligible('', 'doses = 0', now(), NULL) AS no_context, cccd_eligible_during('', NULL) IS NULL AS never_asked;
SELECT * FROM cccd_check('', NULL, now());
SELECT * FROM cccd_check('', 'doses = 0', NULL);
SELECT verdict, failed, unsure, proof, changes_at FROM cccd_check(NULL, 'doses >= 2 and ticket', '2021-11-16 19:00+07', NULL);

-- errors
SELECT cccd_eligible('', 'doses = 0', 'infinity');
SELECT cccd_eligible('', 'doses = 0', '1899-12-31 23:59:59+07');
SELECT * FROM cccd_check('', 'doses = 0', '2136-01-01 00:00:00.000001+07');
SELECT cccd_eligible('', 'doses = 0', '1900-01-01 00:00+07') AS first, cccd_eligible('', 'doses = 0', '2136-01-01 00:00+07') AS last;
CREATE CAST (bytea AS cccd_health) WITHOUT FUNCTION;
CREATE CAST (bytea AS cccd_rule) WITHOUT FUNCTION;
CREATE CAST (bytea AS cccd_bound) WITHOUT FUNCTION;
\set VERBOSITY sqlstate
SELECT '\x0102'::bytea::cccd_health @@ ('doses = 0'::cccd_rule @ now());
SELECT cccd_eligible('', '\x01000100'::bytea::cccd_rule, now());
SELECT ''::cccd_health @@ '\x'::bytea::cccd_bound;
SELECT cccd_check('\xffffffff'::bytea::cccd_health, 'doses = 0', now());
SELECT cccd_eligible_during('\x00'::bytea::cccd_health, 'doses = 0');
\set VERBOSITY default
DROP CAST (bytea AS cccd_health);
DROP CAST (bytea AS cccd_rule);
DROP CAST (bytea AS cccd_bound);

-- rules, times, contexts and records that change from row to row
CREATE TEMP TABLE question AS
SELECT i, CASE WHEN i % 7 = 0 THEN NULL ELSE health END AS health, rule, at, context
FROM generate_series(1, 400) i
JOIN (SELECT row_number() OVER (ORDER BY name) AS n, health FROM person) p ON n = 1 + i % 11
JOIN (VALUES (0, 'doses >= 2'::cccd_rule), (1, 'doses(product = ''EU/1/20/1528'') >= 1 or ticket'), (2, ''),
             (3, 'since(negative) <= 72 hours and (recovered or since(last_dose) >= 14 days) and age >= 12 years')) r(k, rule) ON k = i / 3 % 4,
LATERAL (SELECT timestamptz '2021-11-14 08:00+07' + i / 5 % 3 * interval '1 day' AS at,
                cccd_context(ticket => i / 7 % 2 = 0, birth_date => '2009-11-15') AS context) c;
SELECT count(*), count(*) FILTER (WHERE e) AS true, count(*) FILTER (WHERE NOT e) AS false,
       count(*) FILTER (WHERE health IS NOT NULL AND e IS DISTINCT FROM v.b) AS check_differs,
       count(*) FILTER (WHERE e IS DISTINCT FROM m) AS operator_differs,
       count(*) FILTER (WHERE health IS NOT NULL AND e IS NOT DISTINCT FROM true <> (cccd_eligible_during(health, rule, context) @> at)) AS during_differs
FROM (SELECT *, cccd_eligible(health, rule, at, context) AS e, health @@ cccd_rule_bind(rule, at, context) AS m FROM question ORDER BY i) q,
     cccd_check(health, rule, at, context), LATERAL (SELECT CASE verdict WHEN 'pass' THEN true WHEN 'fail' THEN false END) v(b);

-- a bound rule is a constant of the plan, and so is not bound for each row
EXPLAIN (COSTS OFF, VERBOSE)
SELECT name FROM person WHERE health @@ ('doses >= 2'::cccd_rule @ timestamptz '2021-11-16 19:00+07');

-- periods as a stored column with an index: who loses eligibility before Saturday
CREATE TEMP TABLE season (name text, health cccd_health,
    during tstzmultirange GENERATED ALWAYS AS (cccd_eligible_during(health, 'doses >= 1 and since(negative) <= 7 days')) STORED);
INSERT INTO season SELECT name, health FROM person;
CREATE INDEX ON season USING gist (during);
SET enable_seqscan = off;
EXPLAIN (COSTS OFF)
SELECT name FROM season WHERE during @> timestamptz '2021-11-16 19:00+07' AND NOT during @> timestamptz '2021-11-21 00:00+07';
SELECT name, upper(during) FROM season
WHERE during @> timestamptz '2021-11-16 19:00+07' AND NOT during @> timestamptz '2021-11-21 00:00+07' ORDER BY name;
SELECT name, upper(during) FROM season
WHERE during && tstzrange('2021-11-20 00:00+07', '2021-11-21 00:00+07') ORDER BY name;
RESET enable_seqscan;
DROP TABLE season;
