-- who is inside: by zone, over time, and who would not be admitted any more
BEGIN;
SET LOCAL cccd_gate.allow_superuser = on;
SET LOCAL timezone = 'Asia/Ho_Chi_Minh';
CREATE FUNCTION pg_temp.id(n int) RETURNS uuid LANGUAGE sql AS $$ SELECT ('00000000-0000-0000-0000-' || lpad(n::text, 12, '0'))::uuid $$;
CREATE FUNCTION pg_temp.card(n int) RETURNS text LANGUAGE sql AS $$
    SELECT cccd_card_qr(('0010900000' || lpad(n::text, 2, '0'))::cccd_id, NULL, 'Người Số ' || n, '1990-01-01', 'M', 'Hà Nội', '2021-05-10') $$;
CREATE FUNCTION pg_temp.at(clock text) RETURNS timestamptz LANGUAGE sql AS $$ SELECT ('2021-11-16 ' || clock || '+07')::timestamptz $$;
INSERT INTO cccd_gate.event (event, code, name, starts, ends, capacity, rule, entries, ticket_required) VALUES
    (1, 'M', 'a match', pg_temp.at('19:00'), '2021-11-17 00:00+07', 20, 'ticket and doses >= 1 and not isolated', 'again', true),
    (2, 'N', 'nobody comes', pg_temp.at('19:00'), NULL, 20, 'not isolated', 'once', true);
INSERT INTO cccd_gate.gate (event, gate, from_zone, to_zone) VALUES (1, 'A', NULL, NULL), (1, 'stand', NULL, 'stand'), (1, 'box', 'stand', 'box'), (2, 'A', NULL, NULL);
INSERT INTO cccd_gate.person (person, name, birth_date, sex) SELECT i, 'Người Số ' || i, '1990-01-01', 'M' FROM generate_series(1, 20) i;
INSERT INTO cccd_gate.identity_number (id, person) SELECT ('0010900000' || lpad(i::text, 2, '0'))::cccd_id, i FROM generate_series(1, 20) i;
INSERT INTO cccd_gate.document (person, kind, number, issued) SELECT i, 'chip', '0010900000' || lpad(i::text, 2, '0'), '2021-05-10' FROM generate_series(1, 20) i;
INSERT INTO cccd_gate.fact (person, kind, disease, starts, source) SELECT i, 'dose', 'covid19', '2021-06-01', 'national' FROM generate_series(1, 20) i;
INSERT INTO cccd_gate.ticket (ticket, event, number, person) SELECT i, 1, 'No ' || i, i FROM generate_series(1, 20) i;
INSERT INTO cccd_gate.ticket (ticket, event, number, secret_hash) VALUES (30, 1, 'bearer', sha256('the ticket of a bearer'));
CREATE FUNCTION pg_temp.passes(n int, clock text, direction text, gate text, who int, ticket text DEFAULT NULL) RETURNS text LANGUAGE sql AS $$
    SELECT a.verdict || a.reasons::text FROM cccd_gate.replay(pg_temp.id(n), pg_temp.at(clock), direction, 'M', gate, scan => CASE WHEN who > 0 THEN pg_temp.card(who) END, ticket => ticket, decided => 'admit') a $$;

-- nobody
SELECT * FROM cccd_gate.inside('M');
SELECT * FROM cccd_gate.inside_count('M');
SELECT * FROM cccd_gate.inside_who_would_fail('M');
SELECT to_char(at, 'HH24:MI'), scope, zone, inside, most, capacity FROM cccd_gate.occupancy('M', pg_temp.at('17:00'), pg_temp.at('17:30'), '15 minutes');

SELECT v.*, pg_temp.passes(v.n, v.clock, v.direction, v.gate, v.who, v.ticket) FROM (VALUES
    (1, '17:00:00', 'in', 'A', 1, NULL), (2, '17:00:30', 'in', 'stand', 2, NULL), (3, '17:01:00', 'in', 'stand', 3, NULL), (4, '17:01:10', 'out', 'A', 1, NULL),
    (5, '17:02:30', 'move', 'box', 2, NULL), (6, '17:02:30', 'in', 'stand', 4, NULL), (7, '17:03:00', 'in', 'A', 1, NULL), (8, '17:03:20', 'in', 'A', 0, 'the ticket of a bearer'),
    -- comes and goes within a step, and is at both ends of it
    (9, '17:04:10', 'in', 'A', 5, NULL), (10, '17:04:50', 'out', 'A', 5, NULL), (11, '17:05:00', 'in', 'stand', 6, NULL), (12, '17:06:00', 'out', 'A', 6, NULL)) v(n, clock, direction, gate, who, ticket) ORDER BY n;
SELECT person, holder_name, ticket, zone, gate, to_char(since, 'HH24:MI:SS') AS since FROM cccd_gate.inside('M');
SELECT * FROM cccd_gate.inside_count('M');
SELECT to_char(at, 'HH24:MI') AS at, scope, zone, inside, most, capacity FROM cccd_gate.occupancy('M', pg_temp.at('16:59'), pg_temp.at('17:07'));
-- the same by the rows: how many stays a moment is in
WITH s AS (SELECT zone, entered, left_at FROM cccd_gate.visit UNION ALL SELECT zone, since, 'infinity' FROM cccd_gate.presence WHERE state = 'i'),
     o AS (SELECT * FROM cccd_gate.occupancy('M', pg_temp.at('16:59'), pg_temp.at('17:08'), '10 seconds'))
SELECT count(*) AS steps, count(*) FILTER (WHERE o.inside <> c.people) AS other, count(*) FILTER (WHERE o.most < o.inside) AS less
FROM o CROSS JOIN LATERAL (SELECT count(*) AS people FROM s WHERE s.entered < o.at + interval '10 seconds' AND s.left_at >= o.at + interval '10 seconds'
                           AND (o.scope = 'event' OR s.zone IS NOT DISTINCT FROM o.zone)) c;
-- a period that begins in the middle, the default of its end, a step that does not fit
SELECT to_char(at, 'HH24:MI:SS') AS at, scope, zone, inside, most FROM cccd_gate.occupancy('M', pg_temp.at('17:02:40'), pg_temp.at('17:03:10'), '20 seconds');
SELECT count(*), max(inside) FROM cccd_gate.occupancy('M', date_trunc('hour', clock_timestamp()) - interval '1 hour', step => '1 hour') WHERE scope = 'event';
-- capacity follows what the event allows
SELECT DISTINCT capacity FROM cccd_gate.occupancy('M', pg_temp.at('17:00'), pg_temp.at('18:00'), '30 minutes') WHERE scope = 'event';
SELECT count(*) FROM cccd_gate.occupancy('O', pg_temp.at('17:00'), pg_temp.at('18:00'));
SELECT count(*) FROM cccd_gate.occupancy('N', pg_temp.at('17:00'), pg_temp.at('17:00') + interval '10000 minutes');
SAVEPOINT wrong;
SELECT count(*) FROM cccd_gate.occupancy('N', pg_temp.at('17:00'), pg_temp.at('17:00') + interval '10000 minutes 1 second');
ROLLBACK TO wrong;
SELECT count(*) FROM cccd_gate.occupancy('N', pg_temp.at('17:00'), pg_temp.at('17:00'));
ROLLBACK TO wrong;
SELECT count(*) FROM cccd_gate.occupancy('N', pg_temp.at('17:00'), pg_temp.at('18:00'), '0 seconds');
ROLLBACK TO wrong;
SELECT count(*) FROM cccd_gate.occupancy('N', pg_temp.at('17:00'), pg_temp.at('18:00'), '29 days 23 hours');
SELECT count(*) FROM cccd_gate.occupancy('N', pg_temp.at('17:00'), pg_temp.at('18:00'), '30 days');
ROLLBACK TO wrong;
SELECT count(*) FROM cccd_gate.occupancy('N', pg_temp.at('17:00'), 'infinity', '1 day');
ROLLBACK TO wrong;
SELECT count(*) FROM cccd_gate.occupancy('N', NULL);
ROLLBACK TO wrong;

-- the event is over, and nobody would fail for that
SELECT * FROM cccd_gate.inside_who_would_fail('M');
-- isolated since; a dose that was taken back; a ticket that was cancelled; died; outside again; a bearer
INSERT INTO cccd_gate.fact (person, kind, disease, starts, source) VALUES (1, 'isolation', 'covid19', clock_timestamp() - interval '1 hour', 'national'), (5, 'isolation', 'covid19', clock_timestamp() - interval '1 hour', 'national');
UPDATE cccd_gate.fact SET withdrawn = true WHERE person = 2;
UPDATE cccd_gate.ticket SET cancelled = true WHERE ticket = 3;
UPDATE cccd_gate.person SET died_on = '2021-11-16' WHERE person = 4;
SELECT person, verdict, reasons, zone, gate, to_char(since, 'HH24:MI:SS') AS since FROM cccd_gate.inside_who_would_fail('M');
SELECT * FROM cccd_gate.inside_fail_count('M');
-- as the gate says, of whoever has left
SELECT verdict, reasons FROM cccd_gate.preview('M', 'A', at => pg_temp.at('18:00'), scan => pg_temp.card(2));
-- a test under way, and without the ticket that the event asks for
INSERT INTO cccd_gate.fact (person, kind, disease, starts, code, result, source) VALUES (6, 'test', 'covid19', clock_timestamp() - interval '1 hour', 'pcr', 'pending', 'national');
UPDATE cccd_gate.event SET rule = 'doses >= 1 and since(negative(pcr)) <= 72 hours' WHERE code = 'M';
SELECT pg_temp.passes(20, '17:10', 'in', 'A', 6);
UPDATE cccd_gate.presence SET ticket = NULL WHERE person = 6;
SELECT person, verdict, reasons FROM cccd_gate.inside_who_would_fail('M') WHERE person = 6;
-- a rule that asks about the person
UPDATE cccd_gate.event SET rule = 'age >= 60 years' WHERE code = 'M';
SELECT verdict, reasons, count(*) FROM cccd_gate.inside_who_would_fail('M') GROUP BY 1, 2 ORDER BY 3;
SELECT count(*) FROM cccd_gate.inside_who_would_fail('O');
SELECT count(*) FROM cccd_gate.inside_who_would_fail(NULL);
SELECT count(*) FROM cccd_gate.inside_who_would_fail('N');

-- who may ask what
CREATE ROLE regress_inside_gate;
CREATE ROLE regress_inside_desk;
CREATE ROLE regress_inside_organiser;
CREATE ROLE regress_inside_analyst;
CREATE ROLE regress_inside_other;
SELECT cccd_gate.grant_duty('regress_inside_gate', 'gate', 'M'), cccd_gate.grant_duty('regress_inside_desk', 'desk', 'M'), cccd_gate.grant_duty('regress_inside_organiser', 'organiser', 'M'),
       cccd_gate.grant_duty('regress_inside_analyst', 'analyst', 'M'), cccd_gate.grant_duty('regress_inside_other', 'desk', 'N');
CREATE FUNCTION pg_temp.asked(actor name, statement text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE n bigint;
BEGIN
    EXECUTE format('SET LOCAL ROLE %I', actor);
    BEGIN
        EXECUTE 'SELECT count(*) FROM cccd_gate.' || statement INTO n;
    EXCEPTION WHEN insufficient_privilege THEN
        RESET ROLE;
        RETURN 'no';
    END;
    RESET ROLE;
    RETURN n > 0;
END $$;
SELECT s.statement, pg_temp.asked('regress_inside_gate', s.statement) AS gate, pg_temp.asked('regress_inside_desk', s.statement) AS desk,
       pg_temp.asked('regress_inside_organiser', s.statement) AS organiser, pg_temp.asked('regress_inside_analyst', s.statement) AS analyst, pg_temp.asked('regress_inside_other', s.statement) AS other
FROM unnest(ARRAY['board(''M'')', 'entries_by_minute(''M'')', 'inside(''M'')', 'inside_count(''M'')', 'occupancy(''M'', ''2021-11-16'', ''2021-11-17'', ''1 hour'')',
                  'inside_who_would_fail(''M'')', 'inside_fail_count(''M'')', 'failing_inside(''M'')']) WITH ORDINALITY s(statement, n) ORDER BY s.n;
ROLLBACK;
