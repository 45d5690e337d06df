-- reports: who came, on what evidence, who stayed out, what the gates did
BEGIN;
SET LOCAL cccd_gate.allow_superuser = on;
CREATE FUNCTION pg_temp.id(n int) RETURNS uuid LANGUAGE sql AS $$ SELECT ('00000000-0000-0000-0000-' || lpad(n::text, 12, '0'))::uuid $$;
CREATE FUNCTION pg_temp.card(n int, name text DEFAULT NULL) RETURNS text LANGUAGE sql AS $$
    SELECT cccd_card_qr(('0010900000' || lpad(n::text, 2, '0'))::cccd_id, NULL, coalesce(name, 'Người Số ' || n), '1990-01-01', 'M', 'Hà Nội', '2021-05-10') $$;
CREATE FUNCTION pg_temp.secret(n int) RETURNS text LANGUAGE sql AS $$ SELECT 'secret of ticket number ' || n $$;
INSERT INTO cccd_gate.event (event, code, name, starts, capacity, rule, entries, judged_at) VALUES
    (1, 'M', 'a match', clock_timestamp(), 100, 'ticket and (doses >= 2 or recovered) and since(negative(pcr, antigen)) <= 72 hours', 'once', '2021-11-16 19:00+07'),
    (2, 'F', 'a factory', clock_timestamp(), 100, 'not isolated', 'again', NULL),
    (3, 'E', 'an event of nobody', clock_timestamp(), 100, 'doses >= 1', 'once', NULL);
UPDATE cccd_gate.event SET ticket_required = code <> 'F';
INSERT INTO cccd_gate.gate (event, gate, from_zone, to_zone) SELECT e, g.gate, g.from_zone, g.to_zone FROM generate_series(1, 3) e,
    (VALUES ('A', NULL, NULL), ('B', NULL, NULL), ('lab', NULL, 'lab')) g(gate, from_zone, to_zone);
INSERT INTO cccd_gate.person (person, name, birth_date, sex) SELECT i, 'Người Số ' || i, '1990-01-01', 'M' FROM generate_series(1, 30) i;
SELECT setval(pg_get_serial_sequence('cccd_gate.person', 'person'), 100);
INSERT INTO cccd_gate.identity_number (id, person) SELECT ('0010900000' || lpad(i::text, 2, '0'))::cccd_id, i FROM generate_series(1, 30) i;
INSERT INTO cccd_gate.document (person, kind, number, issued) SELECT i, 'chip', '0010900000' || lpad(i::text, 2, '0'), '2021-05-10' FROM generate_series(1, 30) i;
-- 1 to 3: all on record; 4 and 5: a dose; 6: nothing; 7: recovered; 8: two doses and an old test; 9 to 20: all on record
INSERT INTO cccd_gate.fact (person, kind, disease, starts, code, dose_number, source)
SELECT i, 'dose', 'covid19', timestamptz '2021-06-01 00:00+07' + d * interval '60 days', 'AZ', d, 'national'
FROM generate_series(1, 20) i, generate_series(1, 2) d WHERE i NOT IN (6, 7) AND (i NOT IN (4, 5) OR d = 1);
INSERT INTO cccd_gate.fact (person, kind, disease, starts, code, result, source)
SELECT i, 'test', 'covid19', timestamptz '2021-11-15 08:00+07' - CASE i WHEN 8 THEN interval '7 days' ELSE interval '0' END, 'antigen', 'negative', 'national'
FROM generate_series(1, 20) i WHERE i NOT IN (4, 5, 6);
INSERT INTO cccd_gate.fact (person, kind, disease, starts, source) VALUES (7, 'recovery', 'covid19', '2021-09-01', 'national'), (20, 'isolation', 'covid19', '2021-11-01', 'national');
INSERT INTO cccd_gate.ticket (ticket, event, secret_hash)
SELECT i, 1, sha256(convert_to(pg_temp.secret(i), 'UTF8')) FROM generate_series(1, 40) i;

-- an event that nobody came to, one that does not exist, one that is not the caller's
SELECT category, people, share FROM cccd_gate.attendance_report('M');
SELECT count(*) FROM cccd_gate.attendance_report('N');
SELECT count(*) FROM cccd_gate.attendance_report(NULL);
SELECT (SELECT count(*) FROM cccd_gate.proof_report('M')), (SELECT count(*) FROM cccd_gate.refusals_report('N')), (SELECT count(*) FROM cccd_gate.gate_report('N'));

-- three on record; two bring paper for the second dose and the test, one for all; one recovered
SELECT n, a.verdict, a.reasons FROM generate_series(1, 8) n, cccd_gate.check_in('M', 'A', pg_temp.id(n), scan => pg_temp.card(n), ticket => pg_temp.secret(n)) a ORDER BY n;
SELECT bool_and(p.accepted) FROM (VALUES (4, 'dose', '2021-08-01', NULL, 2), (5, 'dose', '2021-08-01', NULL, 2), (6, 'dose', '2021-06-01', NULL, 1), (6, 'dose', '2021-08-01', NULL, 2),
    (4, 'test', '2021-11-15', 'negative', NULL), (5, 'test', '2021-11-15', 'negative', NULL), (6, 'test', '2021-11-15', 'negative', NULL)) v(n, kind, at, result, dose),
    cccd_gate.accept_paper(case_id => pg_temp.id(n), kind => v.kind, starts => v.at::timestamptz, detail => CASE v.kind WHEN 'test' THEN 'antigen' END, result => v.result, dose_number => v.dose) p;
SELECT n, a.verdict, a.reasons FROM generate_series(4, 6) n, cccd_gate.recheck(case_id => pg_temp.id(n), request_id => pg_temp.id(50 + n)) a ORDER BY n;
SELECT category, label_vi, label_en, people, share FROM cccd_gate.attendance_report('M');
SELECT * FROM cccd_gate.proof_report('M');

-- 8 has no test; the turnstile does not turn for 9, who goes home, and for 10, who tries again
SELECT n, a.verdict FROM generate_series(9, 10) n, cccd_gate.check_in('M', 'A', pg_temp.id(n), scan => pg_temp.card(n), ticket => pg_temp.secret(n)) a ORDER BY n;
SELECT n, a.verdict, a.reasons FROM generate_series(9, 10) n, cccd_gate.annul(pg_temp.id(n), pg_temp.id(60 + n)) a ORDER BY n;
SELECT verdict FROM cccd_gate.check_in('M', 'B', pg_temp.id(80), scan => pg_temp.card(10), ticket => pg_temp.secret(10));
-- 11 is turned away, once for all; 1 comes again with the ticket; 12 comes twice without a ticket, then with it; 13 twice without
SELECT verdict FROM cccd_gate.check_in('M', 'A', pg_temp.id(11), scan => pg_temp.card(11, 'Kẻ Khác'), ticket => pg_temp.secret(11));
SELECT verdict, reasons FROM cccd_gate.turn_away(pg_temp.id(11), note => 'không phải người này');
SELECT n, a.verdict, a.reasons[1] FROM (VALUES (81, 1, pg_temp.secret(1)), (82, 12, NULL), (83, 12, NULL), (84, 12, pg_temp.secret(12)), (85, 13, NULL), (86, 13, pg_temp.secret(1))) v(n, who, secret),
    cccd_gate.check_in('M', 'B', pg_temp.id(n), scan => pg_temp.card(v.who), ticket => v.secret) a ORDER BY n;
-- 18 is refused, and two others show that number
SELECT n, a.verdict, a.reasons[1] FROM (VALUES (140, NULL), (141, 'Kẻ Khác'), (142, 'Kẻ Lạ')) v(n, name),
    cccd_gate.check_in('M', 'B', pg_temp.id(n), scan => pg_temp.card(18, v.name), ticket => CASE WHEN v.name IS NOT NULL THEN pg_temp.secret(18) END) a ORDER BY n;
-- unknown people count once a case; where nothing was read, not if the ticket let somebody in
SELECT n, a.verdict, a.reasons[1] FROM (VALUES (87, pg_temp.card(90), pg_temp.secret(30)), (88, pg_temp.card(90), pg_temp.secret(30)), (89, 'nothing', pg_temp.secret(31)),
    (90, 'nothing', pg_temp.secret(14))) v(n, scan, secret),
    cccd_gate.check_in('M', 'B', pg_temp.id(n), scan => v.scan, ticket => v.secret) a ORDER BY n;
SELECT verdict FROM cccd_gate.check_in('M', 'B', pg_temp.id(91), scan => pg_temp.card(14), ticket => pg_temp.secret(14));
-- what gates did while they were alone: 15 was let in, 16 without proof, 17 refused, a bearer let in, a bearer refused; then 15 left
SELECT n, a.verdict, a.reasons FROM (VALUES (92, '17:10', 'in', pg_temp.card(15), 15, NULL), (93, '17:20', 'in', pg_temp.card(8), 8, 'admit'), (94, '18:00', 'in', pg_temp.card(17), 17, 'refuse'),
    (95, '18:10', 'in', NULL, 32, 'admit'), (96, '18:20', 'in', NULL, 33, 'refuse'), (97, '21:00', 'out', pg_temp.card(15), NULL, NULL), (98, '21:30', 'out', NULL, 32, NULL)) v(n, at, direction, scan, ticket, decided),
    cccd_gate.replay(pg_temp.id(n), ('2021-11-16 ' || v.at || '+07')::timestamptz, v.direction, 'M', 'A', scan => v.scan, ticket => pg_temp.secret(v.ticket), decided => v.decided) a ORDER BY n;
SELECT category, people, share FROM cccd_gate.attendance_report('M');
SELECT * FROM cccd_gate.proof_report('M');
SELECT * FROM cccd_gate.refusals_report('M');
SELECT hour, gate, admitted, reviewed, refused, entries, exits FROM cccd_gate.gate_report('M') WHERE hour < '2022-01-01';
SELECT gate, sum(admitted) AS admitted, sum(reviewed) AS reviewed, sum(refused) AS refused, sum(entries) AS entries, sum(exits) AS exits
FROM cccd_gate.gate_report('M') WHERE hour >= '2022-01-01' GROUP BY gate ORDER BY gate;
-- the hour is Viet Nam's, whatever the session's; all reports add up
SET LOCAL timezone = 'UTC';
SELECT min(hour) FROM cccd_gate.gate_report('M');
RESET timezone;
CREATE FUNCTION pg_temp.add_up(event text) RETURNS boolean LANGUAGE sql AS $$
    SELECT (SELECT sum(g.admitted) FROM cccd_gate.gate_report($1) g) = (SELECT a.people FROM cccd_gate.attendance_report($1) a WHERE a.category = 'total')
       AND (SELECT sum(p.people) FROM cccd_gate.proof_report($1) p) = (SELECT a.people FROM cccd_gate.attendance_report($1) a WHERE a.category = 'total')
       AND (SELECT sum(g.reviewed + g.refused) FROM cccd_gate.gate_report($1) g) = (SELECT coalesce(sum(r.people), 0) FROM cccd_gate.refusals_report($1) r)
       AND (SELECT sum(g.entries - g.exits) FROM cccd_gate.gate_report($1) g)
           = (SELECT sum(s.inside) FROM cccd_gate.slot s JOIN cccd_gate.event e USING (event) WHERE e.code = $1) $$;
SELECT pg_temp.add_up('M');

-- a factory: in, out, in again; moves are neither; an exit of somebody who is not inside is none
SELECT n, v.what, a.verdict, a.reasons FROM (VALUES (1, 'in', 1), (2, 'move', 1), (3, 'out', 1), (4, 'in', 1), (5, 'in', 2), (6, 'out', 3), (7, 'in', 20)) v(n, what, who)
    CROSS JOIN LATERAL (SELECT * FROM cccd_gate.check_in('F', 'A', pg_temp.id(100 + n), scan => pg_temp.card(v.who)) WHERE v.what = 'in'
        UNION ALL SELECT * FROM cccd_gate.check_out('F', 'B', pg_temp.id(100 + n), scan => pg_temp.card(v.who)) WHERE v.what = 'out'
        UNION ALL SELECT * FROM cccd_gate.move('F', 'lab', pg_temp.id(100 + n), scan => pg_temp.card(v.who)) WHERE v.what = 'move') a ORDER BY n;
SELECT category, people FROM cccd_gate.attendance_report('F');
SELECT * FROM cccd_gate.refusals_report('F');
SELECT gate, sum(admitted) AS admitted, sum(reviewed) AS reviewed, sum(refused) AS refused, sum(entries) AS entries, sum(exits) AS exits FROM cccd_gate.gate_report('F') GROUP BY gate ORDER BY gate;
SELECT pg_temp.add_up('F');
-- a re-entry that is annulled
SELECT verdict, reasons FROM cccd_gate.annul(pg_temp.id(104), pg_temp.id(120));
SELECT category, people FROM cccd_gate.attendance_report('F');
SELECT gate, sum(admitted) AS admitted, sum(entries) AS entries, sum(exits) AS exits FROM cccd_gate.gate_report('F') GROUP BY gate ORDER BY gate;
SELECT pg_temp.add_up('F');

-- two people who are one are one in every report, though the log keeps both; 13 was refused, 3 came
SELECT problem FROM cccd_gate.merge_people(3, 13);
SELECT * FROM cccd_gate.refusals_report('M');
SELECT problem FROM cccd_gate.split_person(13);
SELECT sum(people) FROM cccd_gate.refusals_report('M');
-- both came: one of them is inside, and a second ticket is nobody
SELECT problem FROM cccd_gate.check_out('M', 'B', pg_temp.id(130), ticket => pg_temp.secret(2)), cccd_gate.merge_people(1, 2);
SELECT people FROM cccd_gate.attendance_report('M') WHERE category = 'total';
SELECT problem FROM cccd_gate.split_person(2);
SELECT people FROM cccd_gate.attendance_report('M') WHERE category = 'total';

-- which admissions rested on a fact is said of people who were merged since
CREATE FUNCTION pg_temp.test_of(who bigint) RETURNS bigint LANGUAGE sql AS $$
    SELECT min(f.fact) FROM cccd_gate.fact f WHERE $1 IN (f.person, f.merged_from) AND f.kind = 'test' $$;
SELECT case_id, request_id, gate, person FROM cccd_gate.cases_resting_on(pg_temp.test_of(4));
SELECT count(*) FROM cccd_gate.cases_resting_on(pg_temp.test_of(8));
SELECT problem FROM cccd_gate.merge_people(21, 4);
SELECT case_id, request_id, gate, person FROM cccd_gate.cases_resting_on(pg_temp.test_of(4));
SELECT problem FROM cccd_gate.merge_people(22, 21);
SELECT case_id, request_id, gate, person FROM cccd_gate.cases_resting_on(pg_temp.test_of(4));
-- a role without the duty has no rows
SET LOCAL cccd_gate.allow_superuser = off;
SELECT (SELECT count(*) FROM cccd_gate.attendance_report('M')), (SELECT count(*) FROM cccd_gate.proof_report('M')),
       (SELECT count(*) FROM cccd_gate.refusals_report('M')), (SELECT count(*) FROM cccd_gate.gate_report('M'));
CREATE ROLE regress_reader;
SELECT cccd_gate.grant_duty('regress_reader', 'analyst', 'F');
SET LOCAL ROLE regress_reader;
SELECT (SELECT count(*) FROM cccd_gate.attendance_report('M')), (SELECT people FROM cccd_gate.attendance_report('F') WHERE category = 'total'),
       (SELECT count(*) FROM cccd_gate.gate_report('M')), (SELECT sum(people) FROM cccd_gate.refusals_report('F'));
ROLLBACK;
