-- What holds of an event, and from when on: events that follow the book and the
-- level of their place; how many people may be inside.
\set VERBOSITY terse
SET client_min_messages = warning;
SET timezone = 'Asia/Ho_Chi_Minh';
SET datestyle = 'ISO, YMD';
SET cccd_gate.allow_superuser = on;
BEGIN;
INSERT INTO cccd_gate.person_in (id, name, birth_date, sex) VALUES ('001090000001', 'Nguyễn Văn An', '1990-01-01', 'M'), ('001190000002', 'Lê Thị Bình', '1990-02-01', 'F');
INSERT INTO cccd_gate.document_in (id, issued) VALUES ('001090000001', '2021-05-10'), ('001190000002', '2021-05-10');
INSERT INTO cccd_gate.fact_in (id, kind, starts, detail, dose_number) SELECT '001090000001', 'dose', d, 'EU/1/20/1528', n FROM (VALUES ('2021-06-01', 1), ('2021-07-01', 2)) v(d, n);
CREATE FUNCTION pg_temp.card(n int) RETURNS text LANGUAGE sql AS $$
    SELECT CASE n WHEN 1 THEN cccd_card_qr('001090000001', NULL, 'Nguyễn Văn An', '1990-01-01', 'M', 'Hà Nội', '2021-05-10')
                  ELSE cccd_card_qr('001190000002', NULL, 'Lê Thị Bình', '1990-02-01', 'F', 'Hà Nội', '2021-05-10') END $$;
SELECT (cccd_gate.load_people('national', NULL)).taken, (cccd_gate.load_documents('national', NULL)).taken, (cccd_gate.load_facts('national')).taken;

-- a market that is open for years: level and rule change at midnight
INSERT INTO cccd_gate.unit_level VALUES (70, 1, '[2021-12-01,2021-12-20)'), (70, 4, '[2021-12-20,)');
SELECT cccd_gate.save_event('MARKET', '{"name": "Chợ", "starts": "2021-12-01", "capacity": 400, "area": 150, "activity": "indoor", "unit": "70", "rule": null, "entries": "free", "ticket_required": false}');
SELECT cccd_gate.save_gate('MARKET', 'A');
SELECT starts, level, rule_code, rule IS NOT NULL AS rule, capacity FROM cccd_gate.event_terms((SELECT event FROM cccd_gate.event WHERE code = 'MARKET'), '2021-12-01 12:00');
-- and the verdict with them, to the microsecond, and says so beforehand
SELECT at, n, a.verdict, a.reasons, a.valid_until
FROM unnest('{2021-12-19 23:59:59.999999+07,2021-12-20 00:00+07,2021-12-31 23:59:59.999999+07,2022-01-01 00:00+07,2022-12-31 23:59:59.999999+07,2023-01-01 00:00+07}'::timestamptz[]) at, generate_series(1, 2) n,
     cccd_gate.preview('MARKET', 'A', at, scan => pg_temp.card(n)) a ORDER BY 1, 2;
-- in any order of asking
SELECT a.verdict, a.valid_until FROM cccd_gate.preview('MARKET', 'A', '2015-01-01', scan => pg_temp.card(1)) a;
SELECT a.verdict, a.valid_until FROM cccd_gate.preview('MARKET', 'A', '2022-06-01', scan => pg_temp.card(1)) a;

-- an event with a time of its own: what holds then, whenever the check is
SELECT cccd_gate.save_event('FAIR', '{"name": "Hội chợ", "starts": "2022-06-01 19:00", "judged_at": "2022-06-01 19:00", "capacity": 400, "area": 1000, "activity": "indoor", "unit": "70", "rule": null, "ticket_required": false}');
SELECT cccd_gate.save_gate('FAIR', 'A');
SELECT at, a.verdict, a.reasons, a.valid_until FROM unnest('{2021-12-19+07,2022-06-01 19:00+07,2023-06-01+07}'::timestamptz[]) at, cccd_gate.preview('FAIR', 'A', at, scan => pg_temp.card(2)) a ORDER BY 1;

-- head counts, shares and areas count
CREATE FUNCTION pg_temp.allowed(settings jsonb) RETURNS int LANGUAGE plpgsql AS $$
DECLARE n int;
BEGIN
    PERFORM cccd_gate.save_event('E', '{"name": "E", "starts": "2022-06-01 19:00", "judged_at": "2022-06-01 19:00"}' || settings);
    n := (SELECT t.capacity FROM cccd_gate.event e, cccd_gate.event_terms(e.event) t WHERE e.code = 'E');
    DELETE FROM cccd_gate.event WHERE code = 'E';
    RETURN n;
END $$;
SELECT n, pg_temp.allowed(settings::jsonb)
FROM (VALUES (1, '{"capacity": 40000, "activity": "football", "unit": "01", "rule_code": "my-dinh-2021", "starts": "2021-11-16 19:00", "judged_at": "2021-11-16 19:00"}'),
             (2, '{"capacity": 39999, "activity": "football", "unit": "01", "rule_code": "my-dinh-2021", "starts": "2021-11-16 19:00", "judged_at": "2021-11-16 19:00"}'),
             (3, '{"capacity": 50000, "activity": "football", "unit": "01", "rule_code": "my-dinh-2021", "starts": "2021-11-16 19:00", "judged_at": "2021-11-16 19:00"}'),
             (4, '{"capacity": 400, "activity": "indoor", "unit": "70", "rule_code": "binh-phuoc-indoor"}'), (5, '{"capacity": 400, "area": 239.9, "activity": "indoor", "unit": "70", "rule_code": "binh-phuoc-indoor"}'),
             (6, '{"capacity": 400, "area": 240, "activity": "indoor", "unit": "70", "rule_code": "binh-phuoc-indoor"}'), (7, '{"capacity": 59, "area": 1000, "activity": "indoor", "unit": "70", "rule_code": "binh-phuoc-indoor"}'),
             (8, '{"capacity": 400, "area": 1000, "activity": "indoor", "unit": "70", "rule": "doses >= 1"}'), (9, '{"capacity": 400, "rule": "doses >= 1"}'),
             (10, '{"capacity": 400, "area": 1e12, "activity": "indoor", "unit": "70", "rule": null}')) v(n, settings) ORDER BY n;
-- an area is a number
SAVEPOINT area;
SELECT pg_temp.allowed('{"capacity": 400, "area": "NaN", "rule": "doses >= 1"}');
ROLLBACK TO area;
SELECT pg_temp.allowed('{"capacity": 400, "area": 1000000000001, "rule": "doses >= 1"}');
ROLLBACK TO area;
SELECT cccd_gate.save_rule('regress area', '{"authority": "A", "citation": "B", "activity": "trade", "valid": "[2021-01-01,)", "square_metres": 1000000, "rule": "doses >= 1"}');
SELECT cccd_gate.save_rule('regress area', '{"square_metres": "NaN"}');
ROLLBACK TO area;
ROLLBACK;

-- a change takes effect by itself, also in the places that are shared out
SELECT cccd_gate.save_rule('regress one', '{"authority": "A", "citation": "B", "activity": "trade", "unit": "01", "level": 1, "valid": "[2021-01-01,)", "rule": "ticket or not ticket"}');
SELECT cccd_gate.save_rule('regress four', '{"authority": "A", "citation": "B", "activity": "trade", "unit": "01", "level": 4, "valid": "[2021-01-01,)", "share": 0.02, "rule": "doses >= 2"}');
SELECT cccd_gate.save_event('SHOP', '{"name": "Cửa hàng", "starts": "2021-12-01", "capacity": 100, "activity": "trade", "unit": "01", "rule": null, "entries": "free", "ticket_required": false}');
SELECT cccd_gate.save_gate('SHOP', 'A');
INSERT INTO cccd_gate.person_in (id, name, birth_date, sex) SELECT '00109000000' || i, 'Người Thứ ' || i, '1990-01-01', 'M' FROM generate_series(1, 4) i;
INSERT INTO cccd_gate.document_in (id, issued) SELECT '00109000000' || i, '2021-05-10' FROM generate_series(1, 4) i;
INSERT INTO cccd_gate.fact_in (id, kind, starts, detail, dose_number) SELECT '00109000000' || i, 'dose', d, 'EU/1/20/1528', n FROM generate_series(2, 4) i, (VALUES ('2021-06-01', 1), ('2021-07-01', 2)) v(d, n);
CALL cccd_gate.load_all('national');
CREATE FUNCTION pg_temp.enters(n int) RETURNS TABLE (verdict text, reasons text[], soon boolean) LANGUAGE sql AS $$
    SELECT a.verdict, a.reasons, a.valid_until < clock_timestamp() + interval '1 minute'
    FROM cccd_gate.check_in('SHOP', 'A', gen_random_uuid(), scan => cccd_card_qr(('00109000000' || n)::cccd_id, NULL, 'Người Thứ ' || n, '1990-01-01', 'M', 'Hà Nội', '2021-05-10')) a $$;
-- no level is known: no rule is in force, and somebody must look
SELECT * FROM pg_temp.enters(1);
SELECT previous FROM cccd_gate.set_level('01', 1);
SELECT * FROM pg_temp.enters(1);
SELECT sum(size) AS places, sum(inside) AS inside FROM cccd_gate.slot;
SELECT previous, short_notice FROM cccd_gate.set_level('01', 4, clock_timestamp() + interval '1 s');
SELECT * FROM pg_temp.enters(2);
SELECT pg_sleep(1.1);
SELECT n, a.* FROM generate_series(1, 4) n, pg_temp.enters(n) a;
SELECT sum(size) AS places, sum(inside) AS inside FROM cccd_gate.slot;
-- and back again
SELECT previous, short_notice FROM cccd_gate.set_level('01', 1);
SELECT * FROM pg_temp.enters(3);
SELECT sum(size) AS places, sum(inside) AS inside FROM cccd_gate.slot;
-- a rule that is saved counts from its commit on
SELECT cccd_gate.save_rule('regress one', '{"rule": "doses >= 2"}');
SELECT * FROM pg_temp.enters(1);
DELETE FROM cccd_gate.case_file c USING cccd_gate.event e WHERE e.event = c.event AND e.code = 'SHOP';
DELETE FROM cccd_gate.answer_log l USING cccd_gate.event e WHERE e.event = l.event AND e.code = 'SHOP';
SELECT cccd_gate.delete_event('SHOP'), cccd_gate.delete_people(ARRAY(SELECT person FROM cccd_gate.identity_number WHERE id BETWEEN '001090000001' AND '001090000004')) AS people;
DELETE FROM cccd_gate.rule_book WHERE NOT shipped;
DELETE FROM cccd_gate.unit_level;
DELETE FROM cccd_gate.level_notice;
