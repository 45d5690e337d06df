-- Health declarations: what is stored of them, what a rule makes of it, and
-- that nobody learns by one whether a number is known.
SET client_min_messages = warning;
BEGIN;
SET LOCAL cccd_gate.allow_superuser = on;
CREATE FUNCTION pg_temp.id(k text) RETURNS uuid LANGUAGE sql IMMUTABLE AS $$ SELECT md5(k)::uuid $$;
CREATE FUNCTION pg_temp.card(n int, name text DEFAULT NULL, born date DEFAULT '1990-01-01') RETURNS text LANGUAGE sql AS $$
    SELECT cccd_card_qr(('0010900000' || lpad(n::text, 2, '0'))::cccd_id, NULL, coalesce(name, 'Người Số ' || n), born, 'M', 'Hà Nội', '2021-05-10') $$;
INSERT INTO cccd_gate.event (code, name, starts, capacity, rule, ticket_required, entries, claims_per_minute) VALUES
    ('HALL', 'Nhà văn hóa', clock_timestamp(), 100, 'declared(no_symptoms) within 24 hours and not declared(symptoms) within 14 days', false, 'free', 0),
    ('FEW', 'Cổng nhỏ', clock_timestamp(), 100, '', false, 'free', 2);
INSERT INTO cccd_gate.gate (event, gate) SELECT event, unnest('{A,B}'::text[]) FROM cccd_gate.event WHERE code IN ('HALL', 'FEW');
INSERT INTO cccd_gate.officer VALUES ('lan', 'Nguyễn Thị Lan', true), ('gone', 'Trần Văn Nghỉ', false);
INSERT INTO cccd_gate.person (person, name, birth_date, sex) SELECT i, 'Người Số ' || i, '1990-01-01', 'M' FROM generate_series(1, 9) i;
SELECT setval(pg_get_serial_sequence('cccd_gate.person', 'person'), 100);
INSERT INTO cccd_gate.identity_number (id, person) SELECT ('0010900000' || lpad(i::text, 2, '0'))::cccd_id, i FROM generate_series(1, 9) i;
INSERT INTO cccd_gate.document (person, kind, number, issued) SELECT i, 'chip', '0010900000' || lpad(i::text, 2, '0'), '2021-05-10' FROM generate_series(1, 9) i;
INSERT INTO cccd_gate.document (person, kind, number) VALUES (9, 'old_id', '012345678');
-- what a person has declared that counts: the minutes since it began and until it ends
CREATE FUNCTION pg_temp.declared(who bigint) RETURNS TABLE (code text, since int, rest int, source text) LANGUAGE sql AS $$
    SELECT f.code, round(extract(epoch FROM clock_timestamp() - f.starts) / 600)::int * 10, round(extract(epoch FROM f.ends - clock_timestamp()) / 600)::int * 10, f.source
    FROM cccd_gate.current_fact f WHERE f.person = who AND f.kind = 'declaration' ORDER BY f.starts, f.code COLLATE "C" $$;
-- as if everything had been declared so much earlier
CREATE FUNCTION pg_temp.later(by interval) RETURNS void LANGUAGE sql AS $$
    UPDATE cccd_gate.fact SET starts = starts - by, ends = ends - by;
    UPDATE cccd_gate.declaration SET declared_at = declared_at - by, ends = ends - by $$;

-- nothing declared; no symptoms declared; a day later
SELECT verdict, reasons, ask_vi, ask_en FROM cccd_gate.check_in('HALL', 'A', pg_temp.id('before'), scan => pg_temp.card(1));
SELECT accepted, round(extract(epoch FROM ends - clock_timestamp()) / 3600) AS hours, problem FROM cccd_gate.declare('HALL', 'A', pg_temp.id('first'), pg_temp.card(1), '{"symptoms": false}');
SELECT * FROM pg_temp.declared(1);
SELECT verdict, reasons, valid_until - clock_timestamp() BETWEEN '23 h 59 min' AND '24 h 1 min' AS changes FROM cccd_gate.check_in('HALL', 'A', pg_temp.id('after'), scan => pg_temp.card(1));
SELECT pg_temp.later('24 h 1 min');
SELECT verdict, reasons FROM cccd_gate.check_in('HALL', 'A', pg_temp.id('next day'), scan => pg_temp.card(1));
SELECT cccd_gate.rebuild_health() AS changed;

-- the same request again is the same declaration, whatever it says; elsewhere it is another one's
SELECT accepted, ends < clock_timestamp() AS over FROM cccd_gate.declare('HALL', 'A', pg_temp.id('first'), NULL, '{"symptoms": true}');
SELECT accepted, ends, problem FROM cccd_gate.declare('HALL', 'B', pg_temp.id('first'), pg_temp.card(1), '{"symptoms": true}');
SELECT code FROM pg_temp.declared(1);

-- symptoms take back that there were none; that there are none later ends them, and the rule still knows
SELECT accepted FROM cccd_gate.declare('HALL', 'A', pg_temp.id('again'), pg_temp.card(1), '{"symptoms": false, "contact": false}');
SELECT pg_temp.later('1 h');
SELECT accepted FROM cccd_gate.declare('HALL', 'A', pg_temp.id('ill'), pg_temp.card(1), '{"symptoms": true}');
SELECT * FROM pg_temp.declared(1);
SELECT verdict, reasons, ask_vi FROM cccd_gate.check_in('HALL', 'A', pg_temp.id('is ill'), scan => pg_temp.card(1));
SELECT pg_temp.later('1 h');
SELECT accepted FROM cccd_gate.declare('HALL', 'A', pg_temp.id('well'), pg_temp.card(1), '{"symptoms": false}');
SELECT * FROM pg_temp.declared(1);
SELECT verdict, reasons, reasons_vi, reasons_en FROM cccd_gate.check_in('HALL', 'A', pg_temp.id('is well'), scan => pg_temp.card(1));
SELECT pg_temp.later('14 days');
SELECT accepted FROM cccd_gate.declare('HALL', 'A', pg_temp.id('two weeks'), pg_temp.card(1), '{"symptoms": false}');
SELECT verdict, reasons FROM cccd_gate.check_in('HALL', 'A', pg_temp.id('well again'), scan => pg_temp.card(1));
SELECT cccd_gate.rebuild_health() AS changed;
-- both in one second: the last one counts, and the warning is not lost
SELECT accepted FROM cccd_gate.declare('HALL', 'A', pg_temp.id('at once 1'), pg_temp.card(2), '{"contact": true}');
UPDATE cccd_gate.fact SET starts = date_trunc('second', clock_timestamp()) WHERE person = 2;
SELECT accepted FROM cccd_gate.declare('HALL', 'A', pg_temp.id('at once 2'), pg_temp.card(2), '{"contact": false}');
SELECT code, rest FROM pg_temp.declared(2);

-- what others say of a person stays: a declaration outranks nothing
INSERT INTO cccd_gate.fact (person, kind, starts, code, source) VALUES (3, 'declaration', '2021-01-01', 'symptoms', 'national'), (3, 'consultation', '2021-01-02', 'doctor', 'paper');
SELECT accepted FROM cccd_gate.declare('HALL', 'A', pg_temp.id('three'), pg_temp.card(3), '{"symptoms": false}');
SELECT kind, code, source, ends IS NULL AS lasts FROM cccd_gate.current_fact WHERE person = 3 ORDER BY starts;

-- places: none, some, and the highest level that one of them has had in the last 14 days
INSERT INTO cccd_gate.unit_level (unit, level, valid)
SELECT cccd_gate.unit_key(u.code), l, tstzrange(clock_timestamp() - from_day * interval '1 day', clock_timestamp() - to_day * interval '1 day')
FROM (VALUES ('01', 2, 30, NULL), ('79', 4, 20, 10), ('79', 1, 10, NULL), ('48', 4, 40, 15), ('48', 3, 15, 12), ('48', 1, 12, NULL),
             ('04', 1, 30, 9), ('04', 3, 9, 5)) u(code, l, from_day, to_day);
SELECT n, a, cccd_gate.declared_names(a, clock_timestamp()) FROM (VALUES
    (1, '{"places": []}'::jsonb), (2, '{"places": ["01"]}'), (3, '{"places": ["01", "79"]}'), (4, '{"places": ["48"]}'), (5, '{"places": ["48", "48", "01"]}'), (6, '{"places": ["92"]}'), (9, '{"places": ["04"]}'),
    (7, '{"symptoms": true, "contact": false, "places": ["01"]}'), (8, '{"symptoms": null, "contact": true}')) v(n, a) ORDER BY n;
-- a part with a level of its own does not have that of the whole meanwhile
INSERT INTO cccd_gate.unit (unit, code, name, kind, parent, valid) VALUES (100001, '00001', 'Phường Một', 'commune', 1, '[2000-01-01,)'), (100002, '00002', 'Phường Hai', 'commune', 1, '[2000-01-01,)'), (100003, '00003', 'Phường Ba', 'commune', 1, '[2000-01-01,)');
INSERT INTO cccd_gate.unit_level (unit, level, valid)
SELECT u, 1, tstzrange(clock_timestamp() - from_day * interval '1 day', NULL) FROM (VALUES (100001, 20), (100002, 5)) v(u, from_day);
SELECT a, cccd_gate.declared_names(a, clock_timestamp()) FROM unnest('{"{\"places\": [\"00001\"]}","{\"places\": [\"00002\"]}","{\"places\": [\"00003\"]}"}'::jsonb[]) a;
SELECT accepted FROM cccd_gate.declare('HALL', 'A', pg_temp.id('level 4'), pg_temp.card(4), '{"places": ["79"]}', valid_for => '3 days');
SELECT pg_temp.later('1 h');
SELECT accepted FROM cccd_gate.declare('HALL', 'A', pg_temp.id('level 2'), pg_temp.card(4), '{"places": ["01"]}');
SELECT * FROM pg_temp.declared(4);
SELECT pg_temp.later('1 h');
SELECT accepted FROM cccd_gate.declare('HALL', 'A', pg_temp.id('nowhere'), pg_temp.card(4), '{"places": []}');
SELECT * FROM pg_temp.declared(4);

-- answers that are not valid, and the most places
SELECT n, cccd_gate.declared_names(a, clock_timestamp()) IS NOT NULL AS valid FROM (VALUES
    (1, NULL), (2, 'null'::jsonb), (3, '{}'), (4, '[]'), (5, '"symptoms"'), (6, '{"symptoms": null}'), (7, '{"symptoms": "no"}'), (8, '{"symptoms": 0}'), (9, '{"contact": []}'),
    (10, '{"symptoms": false, "fever": true}'), (11, '{"places": "01"}'), (12, '{"places": [1]}'), (13, '{"places": ["01", "00"]}'), (14, '{"places": ["Hà Nội"]}'), (15, '{"places": [null]}'),
    (16, '{"places": {"01": true}}'), (17, jsonb_build_object('places', (SELECT jsonb_agg('01'::text) FROM generate_series(1, 64)))),
    (18, jsonb_build_object('places', (SELECT jsonb_agg('01'::text) FROM generate_series(1, 65))))) v(n, a) ORDER BY n;

-- who is not known is answered as who is; what names nobody, and what leaves out name or birth date, is said
SELECT n, d.accepted, d.ends - clock_timestamp() BETWEEN '23 h 59 min' AND '24 h' AS a_day, d.problem, d.problem_vi, d.problem_en
FROM (VALUES (1, pg_temp.card(5)), (2, pg_temp.card(77)), (3, pg_temp.card(5, 'Kẻ Khác')), (4, pg_temp.card(5, born => '1990-01-02')), (5, '001090000005'), (6, '001090000077'),
             (7, 'rubbish'), (8, NULL), (9, 'HC1:rubbish'), (10, '012345678'),
             (11, 'B1234567|NGUYEN VAN TU|1980-02-03|0|162900000000000003|<0'), (12, '012345678|NGUOI SO 9|1990-01-01|0|162900000000000009|<0'), (13, '012345678|NGUOI SO 8|1990-01-01|0|162900000000000008|<0')) v(n, scan),
     LATERAL cccd_gate.declare('HALL', 'A', pg_temp.id('who ' || n), v.scan, '{"contact": false}') d ORDER BY n;
SELECT person, code, count(*) FROM cccd_gate.current_fact WHERE person IN (5, 8, 9) GROUP BY person, code ORDER BY person;
SELECT count(*) AS taken FROM cccd_gate.declaration WHERE request_id IN (SELECT pg_temp.id('who ' || n) FROM generate_series(1, 13) n);

-- a full record keeps what it has, and its owner is answered as everybody
INSERT INTO cccd_gate.fact (person, kind, starts, code, source) SELECT 6, 'credential', timestamptz '2021-01-01' + i * interval '1 day', '#' || 100 + i, 'national' FROM generate_series(1, 31) i;
SELECT accepted FROM cccd_gate.declare('HALL', 'A', pg_temp.id('full'), pg_temp.card(6), '{"symptoms": false}');
SELECT count(*) AS facts, count(*) FILTER (WHERE kind = 'declaration') AS declared FROM cccd_gate.current_fact WHERE person = 6;
UPDATE cccd_gate.fact SET kind = 'declaration', code = 'no_symptoms', source = 'declared' WHERE person = 6 AND code = '#101';
SELECT accepted FROM cccd_gate.declare('HALL', 'A', pg_temp.id('full again'), pg_temp.card(6), '{"symptoms": false}');
SELECT count(*) AS facts, min(since) AS since FROM cccd_gate.current_fact, pg_temp.declared(6) d WHERE person = 6;

-- two people who are one: the one that is kept declares
UPDATE cccd_gate.person SET merged_into = 7 WHERE person = 8;
SELECT accepted FROM cccd_gate.declare('HALL', 'A', pg_temp.id('merged'), pg_temp.card(8), '{"symptoms": false}');
SELECT person, code FROM cccd_gate.current_fact WHERE person IN (7, 8);
UPDATE cccd_gate.identity_number SET status = 'cancelled' WHERE person = 9;
SELECT accepted FROM cccd_gate.declare('HALL', 'A', pg_temp.id('cancelled'), pg_temp.card(9), '{"symptoms": false}');
SELECT code FROM pg_temp.declared(9);

-- the call
SELECT n, d.accepted, d.problem FROM (VALUES
    (1, NULL, 'A', pg_temp.id('call 1'), NULL, interval '1 day'), (2, 'NONE', 'A', pg_temp.id('call 2'), NULL, '1 day'), (3, 'HALL', 'Z', pg_temp.id('call 3'), NULL, '1 day'), (4, 'HALL', 'A', NULL, NULL, '1 day'),
    (5, 'HALL', 'A', pg_temp.id('call 5'), 'nobody', '1 day'), (6, 'HALL', 'A', pg_temp.id('call 6'), 'gone', '1 day'), (7, 'HALL', 'A', pg_temp.id('call 7'), 'lan', '1 day'),
    (8, 'HALL', 'A', pg_temp.id('call 8'), NULL, '59 seconds'), (9, 'HALL', 'A', pg_temp.id('call 9'), NULL, '1 minute'), (10, 'HALL', 'A', pg_temp.id('call 10'), NULL, '14 days'),
    (11, 'HALL', 'A', pg_temp.id('call 11'), NULL, '14 days 1 second'), (12, 'HALL', 'A', pg_temp.id('call 12'), NULL, NULL), (13, 'HALL', 'A', pg_temp.id('call 13'), NULL, '100000000 years'), (14, 'HALL', 'A', pg_temp.id('call 14'), NULL, '-1 month 31 days'),
    (15, 'HALL', 'A', pg_temp.id('call 15'), NULL, '1 month')) v(n, event, gate, request, officer, valid_for),
    LATERAL cccd_gate.declare(v.event, v.gate, v.request, pg_temp.card(77), '{"contact": false}', v.officer, v.valid_for) d ORDER BY n;
SELECT d.problem FROM cccd_gate.declare('HALL', 'A', pg_temp.id('answers'), pg_temp.card(5), '{"places": ["Hà Nội"]}') d;
-- as many within a minute as numbers may be claimed, at each gate
SELECT n, d.accepted, d.problem FROM generate_series(1, 4) n, LATERAL cccd_gate.declare('FEW', 'A', pg_temp.id('few ' || n), pg_temp.card(5), '{"contact": false}') d ORDER BY n;
SELECT d.accepted, d.problem FROM cccd_gate.declare('FEW', 'B', pg_temp.id('few 5'), pg_temp.card(5), '{"contact": false}') d;
SELECT pg_temp.later('1 min 1 s');
SELECT d.accepted, d.problem FROM cccd_gate.declare('FEW', 'A', pg_temp.id('few 6'), pg_temp.card(5), '{"contact": false}') d;

-- guards and the desk may, others may not; without the duty there is no such event
CREATE ROLE regress_guard;
CREATE ROLE regress_loader;
SELECT cccd_gate.grant_duty('regress_guard', 'gate', 'HALL', officers => '{lan}'), cccd_gate.grant_duty('regress_loader', 'loader', source => 'national');
SET LOCAL ROLE regress_guard;
SELECT accepted, problem FROM cccd_gate.declare('HALL', 'A', pg_temp.id('guard'), pg_temp.card(5), '{"symptoms": false}', 'lan');
SELECT accepted, problem FROM cccd_gate.declare('FEW', 'A', pg_temp.id('guard elsewhere'), pg_temp.card(5), '{"symptoms": false}');
RESET ROLE;
SELECT role, officer FROM cccd_gate.declaration WHERE request_id = pg_temp.id('guard');
SELECT has_function_privilege('regress_guard', p.oid, 'EXECUTE') AS guard, has_function_privilege('regress_loader', p.oid, 'EXECUTE') AS loader
FROM pg_proc p WHERE p.pronamespace = 'cccd_gate'::regnamespace AND p.proname = 'declare';
ROLLBACK;
