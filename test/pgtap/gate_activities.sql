-- One scenario for each kind of place: a bus line, a factory, a market, a school,
-- a place of isolation, a car park, a hospital desk.
BEGIN;
SELECT plan(59);
SET LOCAL client_min_messages = warning;
SET LOCAL timezone = 'Asia/Ho_Chi_Minh';
SET LOCAL cccd_gate.allow_superuser = on;

CREATE TEMP TABLE who AS
SELECT i, cccd_id('0010900000' || lpad(i::text, 2, '0')) AS id, 'Người Số ' || i AS name, CASE WHEN i = 9 THEN date '2012-05-05' ELSE date '1990-01-01' END AS born
FROM generate_series(1, 9) i;
UPDATE who SET id = '001212000009' WHERE i = 9;
INSERT INTO cccd_gate.person_in (id, name, birth_date, sex) SELECT id::text, name, born::text, 'M' FROM who;
SELECT cccd_gate.load_people('national');
INSERT INTO cccd_gate.document_in (id, kind, number, issued, status) SELECT id::text, 'chip', id::text, '2021-05-10', 'valid' FROM who;
SELECT cccd_gate.load_documents('national');
CREATE FUNCTION pg_temp.card(i int) RETURNS text LANGUAGE sql AS $$
    SELECT cccd_card_qr(w.id, NULL, w.name, w.born, 'M', 'Hà Nội', '2021-05-10') FROM who w WHERE w.i = card.i
$$;
CREATE FUNCTION pg_temp.enters(event text, i int) RETURNS text LANGUAGE sql AS $$
    SELECT concat_ws(' ', a.verdict, nullif(array_to_string(a.reasons, ','), '')) FROM cccd_gate.check_in(event, 'A', gen_random_uuid(), scan => pg_temp.card(i)) a
$$;
CREATE FUNCTION pg_temp.leaves(event text, i int) RETURNS text LANGUAGE sql AS $$
    SELECT concat_ws(' ', a.verdict, nullif(array_to_string(a.reasons, ','), '')) FROM cccd_gate.check_out(event, 'A', gen_random_uuid(), scan => pg_temp.card(i)) a
$$;
CREATE FUNCTION pg_temp.knows(i int, kind text, starts timestamptz, ends timestamptz DEFAULT NULL, detail text DEFAULT NULL, result text DEFAULT NULL, dose int DEFAULT NULL, record text DEFAULT NULL) RETURNS bigint LANGUAGE sql AS $$
    INSERT INTO cccd_gate.fact_in (id, kind, starts, ends, detail, result, dose_number, source_record)
    SELECT w.id::text, $2, $3::text, $4::text, $5, $6, $7::text, $8 FROM who w WHERE w.i = $1;
    SELECT taken + updated FROM cccd_gate.load_facts('national')
$$;
CREATE FUNCTION pg_temp.today() RETURNS date LANGUAGE sql AS $$SELECT (clock_timestamp() AT TIME ZONE interval '7 hours')::date$$;
-- two doses for all but 8 and the child
SELECT pg_temp.knows(i, 'dose', '2021-06-01', dose => 1), pg_temp.knows(i, 'dose', '2021-09-01', dose => 2) FROM who WHERE i < 8;
CREATE ROLE tap_organiser;
SELECT cccd_gate.grant_duty('tap_organiser', 'organiser');

-- A bus line: the trip is an event, made from the timetable of two days; the
-- vehicle is its venue and says how many people fit in.
SET LOCAL ROLE tap_organiser;
SELECT cccd_gate.save_event('BUS-19', '{"name": "Tuyến 19", "activity": "transport", "unit": "79", "starts": "2026-01-01 00:00+07", "capacity": 40, "status": "planned", "entries": "again", "ticket_required": false, "rule": "doses >= 1 or since(negative(pcr, antigen)) <= 72 hours"}');
SELECT cccd_gate.save_gate('BUS-19', 'A', 'Cổng trước'), cccd_gate.save_gate('BUS-19', 'B', 'Cổng sau');
CREATE TEMP TABLE trip AS SELECT * FROM cccd_gate.plan_events('BUS-19', daterange(pg_temp.today(), pg_temp.today() + 2),
    '[{"at": "23:58", "lasts": "45 minutes", "doors": "1 day", "venue": "51B-123.45", "capacity": 2}, {"at": "23:58", "code": "B", "lasts": "45 minutes", "venue": "51B-678.90"}]');
RESET ROLE;
SELECT is(count(*), 4::bigint, 'two trips on two days') FROM trip WHERE change = 'new';
SELECT set_eq($$SELECT event FROM trip WHERE starts < pg_temp.today() + 1$$, $$SELECT 'BUS-19-' || to_char(pg_temp.today(), 'YYYYMMDD') || '-2358' || s FROM unnest('{"",-B}'::text[]) s$$, 'their codes say when they leave');
SELECT event AS bus FROM trip WHERE starts < pg_temp.today() + 1 AND event !~ 'B$' \gset
SELECT results_eq(format('SELECT e.venue, e.capacity, (SELECT u.code FROM cccd_gate.unit u WHERE u.unit = e.unit), e.status, e.ends - e.starts, (SELECT count(*) FROM cccd_gate.gate g WHERE g.event = e.event) FROM cccd_gate.event e WHERE e.code = %L', :'bus'),
                  $$VALUES ('51B-123.45', 2, '79', 'open', interval '45 minutes', 2::bigint)$$, 'the vehicle, and what the line is');
SELECT is(pg_temp.enters(:'bus', 1), 'admit', 'somebody with a dose gets on');
SELECT is(pg_temp.enters(:'bus', 8), 'review doses_missing', 'somebody without is looked at');
SELECT pg_temp.knows(8, 'test', clock_timestamp() - interval '1 hour', detail => 'antigen', result => 'negative', record => 'T8');
SELECT is(pg_temp.enters(:'bus', 8), 'admit', 'a test serves');
SELECT is(pg_temp.enters(:'bus', 2), 'refuse full', 'the vehicle is full');
SELECT is(pg_temp.leaves(:'bus', 1), 'admit', 'somebody gets off');
SELECT is(pg_temp.enters(:'bus', 2), 'admit', 'and somebody on');
SET LOCAL ROLE tap_organiser;
SELECT results_eq($$SELECT change, count(*) FROM cccd_gate.plan_events('BUS-19', daterange(pg_temp.today(), pg_temp.today() + 2),
    '[{"at": "23:58", "lasts": "50 minutes", "doors": "1 day", "venue": "51B-111.11"}, {"at": "23:58", "code": "B", "lasts": "45 minutes"}]') GROUP BY 1 ORDER BY 1$$,
    $$VALUES ('changed', 3::bigint), ('none', 1)$$, 'planned again: trips that people may be on stay as they are');
RESET ROLE;
-- who organises the line alone learns nothing of what somebody else calls like a trip of it
CREATE ROLE tap_line;
SELECT cccd_gate.grant_duty('tap_line', 'organiser', 'BUS-19');
INSERT INTO cccd_gate.event (code, name, starts, capacity, rule) VALUES ('BUS-19-20200101-0530-X', 'X', '2020-01-01 05:30+07', 1, 'not isolated');
SET LOCAL ROLE tap_line;
SELECT throws_ok(format($$SELECT * FROM cccd_gate.plan_events('BUS-19', '[2020-01-01,2020-01-02)', '[{"at": "05:30", "lasts": "1 hour", "code": "%s"}]')$$, c), '22023', 'unknown event', w)
FROM (VALUES ('X', 'an event of somebody else'), ('Y', 'is answered as none')) v(c, w);
SET LOCAL ROLE tap_organiser;
SELECT is(count(*), 1::bigint, 'days of the week') FROM cccd_gate.plan_events('BUS-19', '[2030-01-07,2030-01-14)', '[{"at": "05:30", "lasts": "1 hour", "weekdays": [7]}]') WHERE event = 'BUS-19-20300113-0530';
SELECT is(count(*), 7::bigint, 'null is every day') FROM cccd_gate.plan_events('BUS-19', '[2030-01-14,2030-01-21)', '[{"at": "05:30", "lasts": "1 hour", "weekdays": null, "code": null}]');
-- Cairo's clocks go forward at midnight: 30 April 2027 begins at one
SET LOCAL timezone = 'Africa/Cairo';
SELECT results_eq($$SELECT starts FROM cccd_gate.plan_events('BUS-19', '[2027-04-28,2027-05-02)', '[{"at": "05:30", "lasts": "1 hour"}]')$$,
                  $$SELECT timestamptz '2027-04-28 05:30+07' + i * interval '24 hours' FROM generate_series(0, 3) i$$, 'days and hours of Viet Nam in a session of another country');
RESET timezone;
-- Bình Dương is part of Hồ Chí Minh City since 1 July 2025
SELECT cccd_gate.save_event('OLD-LINE', '{"name": "Tuyến cũ", "unit": "74", "starts": "2025-06-01 00:00+07", "capacity": 40, "status": "planned", "rule": "doses >= 1"}');
SELECT cccd_gate.plan_events('OLD-LINE', '[2025-06-30,2025-07-02)', '[{"at": "05:30", "lasts": "1 hour"}]');
RESET ROLE;
SELECT results_eq($$SELECT e.code, u.code, u.unit FROM cccd_gate.event e JOIN cccd_gate.unit u USING (unit) WHERE e.code ~ '^OLD-LINE-' ORDER BY 1$$,
                  $$VALUES ('OLD-LINE-20250630-0530', '74', 74), ('OLD-LINE-20250701-0530', '79', 1079)$$, 'of a unit that has ended, what it is part of');
SET LOCAL ROLE tap_organiser;
SELECT throws_ok(format('SELECT * FROM cccd_gate.plan_events(%L, %L, %L)', t, d, j), s, NULL, w) FROM (VALUES
    ('NONE', '[2030-01-07,2030-01-08)', '[]', '22023', 'an unknown template'),
    ('BUS-19', '[2030-01-07,)', '[]', '22023', 'days without an end'),
    ('BUS-19', 'empty', '[]', '22023', 'no days'),
    ('BUS-19', '[2030-01-07,2030-01-08)', '{}', '22023', 'no array'),
    ('BUS-19', '[2030-01-07,infinity)', '[]', '22023', 'days without an end, in other words'),
    ('BUS-19', '[2030-01-07,2030-01-08)', '[5]', '22023', 'no object'),
    ('BUS-19', '[2030-01-07,2030-01-08)', '[{"at": "05:30", "lasts": 60}]', '22023', 'a duration without a unit'),
    ('BUS-19', '[2030-01-07,2030-01-08)', '[{"at": "05:30", "lasts": "1 hour", "code": {"a": 1}}]', '22023', 'a code that is no string'),
    ('BUS-19', '[2030-01-07,2030-01-08)', '[{"at": "05:30", "lasts": "1 hour", "weekdays": []}]', '22023', 'no day of the week'),
    ('BUS-19', '[2030-01-07,2030-01-08)', '[{"at": "05:30", "lasts": "1 hour", "weekdays": 5}]', '22023', 'days that are no array'),
    ('BUS-19', '[2030-01-07,2030-01-08)', '[{"at": "05:30:10", "lasts": "1 hour"}, {"at": "05:30:50", "lasts": "1 hour"}]', '22023', 'two events of one code'),
    ('BUS-19', '[2030-01-07,2030-01-08)', '[{"at": "05:30"}]', '22023', 'without an end'),
    ('BUS-19', '[2030-01-07,2030-01-08)', '[{"at": "05:30", "lasts": "0"}]', '22023', 'without duration'),
    ('BUS-19', '[2030-01-07,2030-01-08)', '[{"at": "05:30", "lasts": "1 hour", "weekdays": [0]}]', '22023', 'a day that is no day of the week'),
    ('BUS-19', '[2030-01-07,2030-01-08)', '[{"at": "05:30", "lasts": "1 hour", "ends": "2030-01-07"}]', '22023', 'an end beside a duration'),
    ('BUS-19', '[2030-01-07,2030-01-08)', '[{"at": "25:30", "lasts": "1 hour"}]', '22008', 'a time that does not exist'),
    ('BUS-19', '[2030-01-01,2043-09-11)', '[{"at": "05:30", "lasts": "1 hour"}]', '54000', 'more than 5,000 events')) v(t, d, j, s, w);
SELECT lives_ok($$SELECT * FROM cccd_gate.plan_events('BUS-19', '[2030-01-01,2043-09-10)', '[{"at": "05:30", "lasts": "1 hour", "weekdays": [7]}]') LIMIT 0$$, '5,000 are not too many');

-- A factory: the staff list is the guest list of the template; whoever is taken
-- off it is off it in the shifts that have not begun.
SELECT cccd_gate.save_event('FACTORY', '{"name": "Nhà máy", "activity": "work", "unit": "79", "starts": "2026-01-01 00:00+07", "capacity": 500, "status": "planned", "entries": "again", "rule": "not isolated and not exposed"}');
SELECT cccd_gate.save_gate('FACTORY', 'A');
INSERT INTO cccd_gate.ticket_in (event, id) SELECT 'FACTORY', '00109000000' || i FROM generate_series(1, 3) i;
SELECT is(taken, 3::bigint, 'three on the staff list') FROM cccd_gate.load_tickets('staff');
SELECT is(count(*), 2::bigint, 'a shift, and one tomorrow') FROM cccd_gate.plan_events('FACTORY', daterange(pg_temp.today(), pg_temp.today() + 2), '[{"at": "23:58", "lasts": "8 hours", "doors": "1 day", "code": "C"}]') WHERE change = 'new';
RESET ROLE;
SELECT 'FACTORY-' || to_char(pg_temp.today(), 'YYYYMMDD') || '-2358-C' AS shift, 'FACTORY-' || to_char(pg_temp.today() + 1, 'YYYYMMDD') || '-2358-C' AS tomorrow \gset
SELECT is(pg_temp.enters(:'shift', 1), 'admit', 'staff enters by the card');
SELECT is(pg_temp.enters(:'shift', 4), 'refuse no_ticket', 'others do not');
SELECT pg_temp.knows(2, 'exposure', clock_timestamp() - interval '1 day', record => 'F1');
SELECT is(pg_temp.enters(:'shift', 2), 'refuse exposed', 'nor who met a case');
SET LOCAL ROLE tap_organiser;
SELECT cccd_gate.cancel_ticket('FACTORY', NULL, '001090000003');
SELECT is(count(*), 1::bigint, 'planned again') FROM cccd_gate.plan_events('FACTORY', daterange(pg_temp.today(), pg_temp.today() + 2), '[{"at": "23:58", "lasts": "8 hours", "doors": "1 day", "code": "C"}]') WHERE change = 'changed';
RESET ROLE;
SELECT is((SELECT count(*) FROM cccd_gate.ticket t JOIN cccd_gate.event e ON e.event = t.event WHERE e.code = :'tomorrow' AND NOT t.cancelled), 2::bigint, 'who was taken off the list is off it tomorrow');
SELECT is(pg_temp.enters(:'shift', 3), 'admit', 'and may end the shift that has begun');

-- A market: open for years, in and out as one likes, held under the book.
SELECT cccd_gate.save_rule('tap-market', '{"authority": "tap", "citation": "tap", "activity": "trade", "unit": "79", "valid": "[2026-01-01,)", "share": 0.5, "rule": "doses >= 2"}');
SELECT cccd_gate.save_event('MARKET', '{"name": "Chợ Bến Thành", "activity": "trade", "unit": "79", "starts": "2026-01-01 00:00+07", "capacity": 4, "rule": null, "entries": "free", "ticket_required": false}');
SELECT cccd_gate.save_gate('MARKET', 'A');
SELECT is(pg_temp.enters('MARKET', 1), 'admit', 'in');
SELECT is(pg_temp.enters('MARKET', 1), 'admit', 'in again after an exit that nobody saw');
SELECT is(pg_temp.enters('MARKET', 2), 'admit', 'another one');
SELECT is(pg_temp.enters('MARKET', 3), 'refuse full', 'half of the places is what the book allows');
SELECT is(pg_temp.leaves('MARKET', 1), 'admit', 'out');
SELECT is(pg_temp.enters('MARKET', 3), 'admit', 'a place is free again');

-- A school: children come by their birth certificate or card, adults are judged.
SELECT cccd_gate.save_event('SCHOOL', '{"name": "Trường", "activity": "school", "unit": "79", "starts": "2021-09-05 07:00+07", "capacity": 900, "entries": "again", "rule": "ticket and not isolated and not exposed and (doses >= 2 or age < 18 years)"}');
SELECT cccd_gate.save_gate('SCHOOL', 'A');
INSERT INTO cccd_gate.ticket_in (event, id) SELECT 'SCHOOL', id::text FROM who WHERE i IN (1, 8, 9);
SELECT cccd_gate.load_tickets('pupils');
SELECT is(pg_temp.enters('SCHOOL', 9), 'admit', 'a pupil');
SELECT is(pg_temp.enters('SCHOOL', 1), 'admit', 'a teacher with two doses');
SELECT is(pg_temp.enters('SCHOOL', 8), 'review doses_missing', 'a teacher without');

-- A place of isolation: people are brought in whatever the record says, and may
-- leave once the isolation is over and a test is negative.
SELECT cccd_gate.save_event('WARD', '{"name": "Khu cách ly", "activity": "quarantine", "unit": "79", "starts": "2021-09-05 07:00+07", "capacity": 50, "entries": "again", "ticket_required": false, "entering_is_judged": false, "leaving_is_judged": true, "rule": "not isolated and since(negative(pcr)) <= 72 hours"}');
SELECT cccd_gate.save_gate('WARD', 'A');
SELECT pg_temp.knows(5, 'isolation', clock_timestamp() - interval '7 days', clock_timestamp() + interval '7 days', record => 'I5');
SELECT is(pg_temp.enters('WARD', 5), 'admit', 'brought in while isolated');
SELECT is(pg_temp.leaves('WARD', 5), 'refuse isolated,test_missing', 'may not leave');
SELECT pg_temp.knows(5, 'isolation', clock_timestamp() - interval '7 days', clock_timestamp() - interval '1 hour', record => 'I5');
SELECT is(pg_temp.leaves('WARD', 5), 'review test_missing', 'nor without a test');
SELECT pg_temp.knows(5, 'test', clock_timestamp() - interval '1 hour', detail => 'pcr', result => 'negative', record => 'T5');
SELECT is(pg_temp.leaves('WARD', 5), 'admit', 'may leave');

-- A car park and the desk of a hospital: what else the card attests.
SELECT cccd_gate.save_event('PARKING', '{"name": "Bãi xe", "starts": "2021-01-01 00:00+07", "capacity": 300, "entries": "free", "ticket_required": false, "rule": "holds(driving_licence_b, driving_licence_c1)"}'), cccd_gate.save_gate('PARKING', 'A');
SELECT cccd_gate.save_event('HOSPITAL', '{"name": "Bàn tiếp đón", "activity": "health_care", "starts": "2021-01-01 00:00+07", "capacity": 300, "entries": "free", "ticket_required": false, "rule": "holds(insurance)"}'), cccd_gate.save_gate('HOSPITAL', 'A');
SELECT pg_temp.knows(6, 'credential', '2024-01-01', detail => 'driving_licence_b', record => 'L6'), pg_temp.knows(6, 'credential', '2024-01-01', clock_timestamp() - interval '1 day', detail => 'insurance', record => 'H6'),
       pg_temp.knows(7, 'credential', '2024-01-01', clock_timestamp() + interval '1 year', detail => 'insurance', record => 'H7');
SELECT is(pg_temp.enters('PARKING', 6), 'admit', 'a driver parks');
SELECT is(pg_temp.enters('PARKING', 7), 'review credential_missing', 'who has no licence does not');
SELECT is(pg_temp.enters('HOSPITAL', 7), 'admit', 'somebody who is insured');
SELECT is(pg_temp.enters('HOSPITAL', 6), 'review credential_missing', 'somebody whose insurance has ended');

SELECT * FROM finish();
ROLLBACK;
