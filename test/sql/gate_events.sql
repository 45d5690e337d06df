-- The published rules that the gate ships, asked about people for whom their
-- words matter.
\pset format unaligned
SET timezone = 'Asia/Ho_Chi_Minh';

-- the manual prints them from the install script, so that has the canonical text
SELECT code, rule FROM cccd_gate.rule_book WHERE shipped ORDER BY code;
\pset format aligned

-- what a rule says of a record, and what somebody with a ticket, who has this
-- record, is told at the door
BEGIN;
SET LOCAL cccd_gate.allow_superuser = on;
INSERT INTO cccd_gate.event (event, code, name, starts, judged_at, capacity, rule, ticket_required, refusals_per_minute)
VALUES (1, 'E', 'E', '2021-11-16 19:00+07', '2021-11-16 19:00+07', 10, 'ticket', true, 0);
INSERT INTO cccd_gate.gate (event, gate) VALUES (1, 'A');
INSERT INTO cccd_gate.person (person, name, birth_date, sex) VALUES (1, 'Nguyễn Văn An', '1990-01-01', 'M');
INSERT INTO cccd_gate.identity_number (id, person) VALUES ('001090000001', 1);
INSERT INTO cccd_gate.document (person, kind, number, issued) VALUES (1, 'chip', '001090000001', '2021-05-10');
INSERT INTO cccd_gate.ticket (event, person) VALUES (1, 1);
CREATE FUNCTION pg_temp.asked(rule cccd_rule, record cccd_health, OUT verdict text, OUT reasons text, OUT door text) LANGUAGE plpgsql AS $$
BEGIN
    UPDATE cccd_gate.event e SET rule = asked.rule WHERE e.event = 1;
    -- a record of another site is counted as it is
    INSERT INTO cccd_gate.health (person, origin, record) VALUES (1, 7, asked.record) ON CONFLICT ON CONSTRAINT health_pkey DO UPDATE SET record = excluded.record;
    SELECT c.verdict, array_to_string(cccd_explain(asked.rule, 'en', nullif(c.failed | c.unsure, 0)), '; ') INTO verdict, reasons
    FROM cccd_check(asked.record, asked.rule, '2021-11-16 19:00+07', cccd_context(ticket => true)) c;
    SELECT concat_ws(' ', a.verdict, array_to_string(a.reasons, ' ')) INTO door
    FROM cccd_gate.preview('E', 'A', '2021-11-16 17:00+07', cccd_card_qr('001090000001', NULL, 'Nguyễn Văn An', '1990-01-01', 'M', NULL, '2021-05-10')) a;
END $$;
CREATE FUNCTION pg_temp.verdict(rule_code text, record cccd_health, added text DEFAULT '') RETURNS TABLE (verdict text, door text) LANGUAGE sql AS $$
    SELECT q.verdict || coalesce(': ' || q.reasons, ''), q.door
    FROM cccd_gate.rule_book b, LATERAL pg_temp.asked((b.rule || added)::cccd_rule, record) q WHERE b.code = rule_code $$;

-- the basic course: a booster does not begin the fourteen days again, nor end
-- the year that counts from the last dose
SELECT n, q.* FROM (VALUES (1, cccd_health 'dose 2021-03-01; dose 2021-04-01; dose 2021-11-15'),
             (2, 'dose 2021-03-01; dose 2021-04-01'),
             (3, 'dose 2020-09-01; dose 2020-10-01'),
             (4, 'dose 2020-09-01; dose 2020-10-01; dose 2021-11-15'),
             (5, 'dose 2021-10-15; dose 2021-11-15'),
             (6, 'test 2021-08-01 pcr positive; recovery 2021-08-20 paper'),
             (7, 'test 2021-08-01 pcr positive; recovery 2021-08-20'),
             (8, 'test 2021-03-01 pcr positive; recovery 2021-03-20 paper')) v(n, record),
    pg_temp.verdict('moh-6288', record || 'test 2021-11-15 08:00 pcr negative') q ORDER BY n;
SELECT n, q.* FROM (VALUES (1, cccd_health 'dose 2021-06-01; dose 2021-07-01; dose 2021-11-15'),
             (2, 'dose 2021-06-01; dose 2021-11-03'),
             (3, 'recovery 2021-06-01'), (4, 'recovery 2021-05-01')) v(n, record),
    pg_temp.verdict('my-dinh-2021', record || 'test 2021-11-15 08:00 pcr negative') q ORDER BY n;

-- a positive test stands against a negative one of the same 72 hours, one that
-- is waited for may; an older one does not
SELECT code, n, q.* FROM cccd_gate.rule_book,
     (VALUES (1, cccd_health 'test 2021-11-15 08:00 pcr positive'), (2, 'test 2021-11-15 08:00 antigen positive'),
             (3, 'test 2021-11-15 08:00 pcr pending'), (4, 'test 2021-10-01 08:00 pcr positive')) v(n, record),
     pg_temp.verdict(code, record || 'dose 2021-06-01; dose 2021-07-01; test 2021-11-14 08:00 pcr negative') q
WHERE code IN ('my-dinh-2021', 'my-dinh-2022', 'ha-noi-243', 'moh-6288') ORDER BY 1, 2;

-- what the manual adds: isolation, and contact with a case, for whom no
-- isolation is recorded
SELECT n, q.* FROM (VALUES (1, cccd_health ''), (2, 'isolation 2021-11-10 until 2021-11-24'), (3, 'exposure 2021-11-10 until 2021-11-24'),
             (4, 'exposure 2021-10-10 until 2021-10-24')) v(n, record),
    pg_temp.verdict('my-dinh-2021', record || 'dose 2021-06-01; dose 2021-07-01; test 2021-11-14 08:00 pcr negative', ' and not isolated and not exposed') q ORDER BY n;

-- one dose for fourteen days, recovery, a contraindication on paper, a child with an adult
SELECT n, q.* FROM (VALUES (1, cccd_health 'dose 2021-11-01; dose 2021-11-15'), (2, 'dose 2021-11-03'), (3, 'recovery 2021-01-01'),
             (4, 'contraindication 2021-01-01 paper'), (5, 'contraindication 2021-01-01')) v(n, record), pg_temp.verdict('hcmc-3900', record) q ORDER BY n;

-- what a rule about a complete series, or a fact that has a name, gives as reasons
SELECT r.rule, q.verdict, q.door
FROM unnest('{complete,since(complete) >= 14 days,complete or recovered,not complete,holds(insurance),declared(no_symptoms) within 24 hours,booked(vaccination),consulted(doctor) within 14 days,not declared(symptoms)}'::text[]) WITH ORDINALITY r(rule, n),
     pg_temp.asked(r.rule::cccd_rule, CASE WHEN r.rule LIKE 'not%' THEN 'dose 2021-06-01 number 1 series 1; declaration 2021-11-16 08:00 symptoms' ELSE 'dose 2021-11-10 number 1 series 2' END::cccd_health) q ORDER BY n;
ROLLBACK;

-- an event without a rule
\set VERBOSITY terse
INSERT INTO cccd_gate.event (code, name, starts, ends, capacity) VALUES ('NO-RULE', 'Không có quy định', '2021-11-16', '2021-11-17', 10);
