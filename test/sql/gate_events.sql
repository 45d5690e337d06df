-- The published rules that the gate ships, asked about people for whom their
-- words matter.
\pset format unaligned
SET timezone = 'Asia/Ho_Chi_Minh';

-- the manual prints them from the install script, so that has the canonical text
SELECT code, rule FROM cccd_gate.rule_book WHERE shipped ORDER BY code;
\pset format aligned

CREATE FUNCTION pg_temp.verdict(rule_code text, record cccd_health, added text DEFAULT '') RETURNS text LANGUAGE sql AS $$
    SELECT c.verdict || coalesce(': ' || array_to_string(cccd_explain(r, 'en', nullif(c.failed | c.unsure, 0)), '; '), '')
    FROM cccd_gate.rule_book b, LATERAL (SELECT (b.rule || added)::cccd_rule) a(r),
         cccd_check(record, r, '2021-11-16 19:00+07', cccd_context(ticket => true)) c
    WHERE b.code = rule_code $$;

-- the basic course: a booster does not begin the fourteen days again, nor end
-- the year that counts from the last dose
SELECT n, pg_temp.verdict('moh-6288', record || 'test 2021-11-15 08:00 pcr negative')
FROM (VALUES (1, cccd_health 'dose 2021-03-01; dose 2021-04-01; dose 2021-11-15'),
             (2, 'dose 2021-03-01; dose 2021-04-01'),
             (3, 'dose 2020-09-01; dose 2020-10-01'),
             (4, 'dose 2020-09-01; dose 2020-10-01; dose 2021-11-15'),
             (5, 'dose 2021-10-15; dose 2021-11-15'),
             (6, 'test 2021-08-01 pcr positive; recovery 2021-08-20 paper'),
             (7, 'test 2021-08-01 pcr positive; recovery 2021-08-20'),
             (8, 'test 2021-03-01 pcr positive; recovery 2021-03-20 paper')) v(n, record) ORDER BY n;
SELECT n, pg_temp.verdict('my-dinh-2021', record || 'test 2021-11-15 08:00 pcr negative')
FROM (VALUES (1, cccd_health 'dose 2021-06-01; dose 2021-07-01; dose 2021-11-15'),
             (2, 'dose 2021-06-01; dose 2021-11-03'),
             (3, 'recovery 2021-06-01'), (4, 'recovery 2021-05-01')) v(n, record) ORDER BY n;

-- a positive test stands against a negative one of the same 72 hours, one that
-- is waited for may; an older one does not
SELECT code, n, pg_temp.verdict(code, record || 'dose 2021-06-01; dose 2021-07-01; test 2021-11-14 08:00 pcr negative')
FROM cccd_gate.rule_book,
     (VALUES (1, cccd_health 'test 2021-11-15 08:00 pcr positive'), (2, 'test 2021-11-15 08:00 antigen positive'),
             (3, 'test 2021-11-15 08:00 pcr pending'), (4, 'test 2021-10-01 08:00 pcr positive')) v(n, record)
WHERE code IN ('my-dinh-2021', 'my-dinh-2022', 'ha-noi-243', 'moh-6288') ORDER BY 1, 2;

-- what the manual adds: isolation, and contact with a case, for whom no
-- isolation is recorded
SELECT n, pg_temp.verdict('my-dinh-2021', record || 'dose 2021-06-01; dose 2021-07-01; test 2021-11-14 08:00 pcr negative', ' and not isolated and not exposed')
FROM (VALUES (1, cccd_health ''), (2, 'isolation 2021-11-10 until 2021-11-24'), (3, 'exposure 2021-11-10 until 2021-11-24'),
             (4, 'exposure 2021-10-10 until 2021-10-24')) v(n, record) ORDER BY n;

-- one dose for fourteen days, recovery, a contraindication on paper, a child with an adult
SELECT n, pg_temp.verdict('hcmc-3900', record)
FROM (VALUES (1, cccd_health 'dose 2021-11-01; dose 2021-11-15'), (2, 'dose 2021-11-03'), (3, 'recovery 2021-01-01'),
             (4, 'contraindication 2021-01-01 paper'), (5, 'contraindication 2021-01-01')) v(n, record) ORDER BY n;

-- what a rule about a complete series, or a credential, gives as reasons
SELECT rule, (SELECT array_agg(p.code || ' ' || p.clause ORDER BY p.clause) FROM cccd_gate.rule_problems(rule::cccd_rule, c.failed, c.unsure) p) AS reasons
FROM unnest('{complete,since(complete) >= 14 days,complete or recovered,not complete,holds(insurance)}'::text[]) WITH ORDINALITY r(rule, n),
     cccd_check(CASE WHEN rule LIKE 'not%' THEN 'dose 2021-06-01 number 1 series 1' ELSE 'dose 2021-11-10 number 1 series 2' END::cccd_health,
                rule::cccd_rule, '2021-11-16 19:00+07', cccd_context()) c ORDER BY n;
-- an event without a rule
\set VERBOSITY terse
INSERT INTO cccd_gate.event (code, name, starts, ends, capacity) VALUES ('NO-RULE', 'Không có quy định', '2021-11-16', '2021-11-17', 10);
