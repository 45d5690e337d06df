-- contacts: who was at the same event, in the same zone, at the same time
\set VERBOSITY terse
BEGIN;
SET LOCAL cccd_gate.allow_superuser = on;
SET LOCAL client_min_messages = warning;
SET LOCAL timezone = 'Asia/Ho_Chi_Minh';
SET LOCAL datestyle = iso;
INSERT INTO cccd_gate.event (event, code, name, starts, capacity, rule, entries) VALUES
    (1, 'M', 'a match', '2021-11-16 19:00+07', 100, 'ticket', 'once'),
    (2, 'B', 'a bus', '2021-01-01', 100, 'not isolated', 'free'),
    (3, 'D', 'a market', '2021-01-01', 100, 'not isolated', 'free'),
    (4, 'N', 'a night', '2021-11-20', 100, 'not isolated', 'again');
INSERT INTO cccd_gate.person (person, name, birth_date, sex) SELECT i, 'Người Số ' || i, '1990-01-01', 'M' FROM generate_series(1, 40) i;
INSERT INTO cccd_gate.identity_number (id, person) SELECT ('0010900000' || lpad(i::text, 2, '0'))::cccd_id, i FROM generate_series(1, 40) i;
INSERT INTO cccd_gate.ticket (ticket, event, number) SELECT i, 1, i::text FROM generate_series(101, 103) i;
CREATE FUNCTION pg_temp.stay(event int, person bigint, begins text, ends text, zone text DEFAULT NULL, ticket bigint DEFAULT NULL) RETURNS void LANGUAGE sql AS $$
    INSERT INTO cccd_gate.visit (event, person, ticket, zone, entered, left_at) VALUES ($1, $2, $6, $5, ('2021-11-' || $3 || '+07')::timestamptz, ('2021-11-' || $4 || '+07')::timestamptz) $$;
-- what the owner sees, in short
CREATE FUNCTION pg_temp.found(minimum interval, degree int DEFAULT 1, since text DEFAULT '2021-11-01', until text DEFAULT '2021-12-01', who bigint DEFAULT 1)
    RETURNS TABLE (contact text, event text, zones text[], met text, together interval, degree int) LANGUAGE sql AS $$
    SELECT coalesce('person ' || c.other, 'ticket ' || c.bearer), e.code, c.zones, c.met::text, c.together, c.contact_degree
    FROM cccd_gate.contact_rows(who, since::timestamptz, until::timestamptz, $1, $2, NULL) c JOIN cccd_gate.event e ON e.event = c.event
    ORDER BY c.contact_degree, e.code, c.other, c.bearer $$;

-- nobody was anywhere
SELECT * FROM pg_temp.found('0');

-- 1 was on the bus from 8 to 9; others before, after, at the ends, inside, around, in an instant
SELECT pg_temp.stay(2, 1, '16 08:00', '16 09:00');
SELECT pg_temp.stay(2, v.person, v.begins, v.ends) FROM (VALUES
    (2, '16 07:00', '16 07:59'), (3, '16 07:00', '16 08:00'), (4, '16 09:00', '16 10:00'), (5, '16 07:00', '16 08:00:00.000001'), (6, '16 08:59:59.999999', '16 10:00'),
    (7, '16 08:10', '16 08:25'), (8, '16 07:00', '16 10:00'), (9, '16 08:30', '16 08:30'), (10, '16 08:00', '16 09:00'), (11, '16 08:00', '16 08:00')) v(person, begins, ends);
SELECT * FROM pg_temp.found('0');
-- just enough, and just not
SELECT contact FROM pg_temp.found('15 minutes');
SELECT contact FROM pg_temp.found('15 minutes 0.000001 seconds');
-- the time that is asked about ends before it, begins after it, cuts it
SELECT * FROM pg_temp.found('0', until => '2021-11-16 08:00+07');
SELECT * FROM pg_temp.found('0', since => '2021-11-16 09:00+07');
SELECT * FROM pg_temp.found('10 minutes', since => '2021-11-16 08:20+07', until => '2021-11-16 08:30+07');
SELECT count(*) FROM pg_temp.found('0', since => '-infinity', until => 'infinity');
-- a stay of no length meets nobody
SELECT * FROM pg_temp.found('0', who => 9);

-- zones: the same, another, none, which is anywhere
SELECT pg_temp.stay(1, 1, '17 18:00', '17 18:30');
SELECT pg_temp.stay(1, 1, '17 18:30', '17 20:00', 'A');
SELECT pg_temp.stay(1, v.person, v.begins, v.ends, v.zone) FROM (VALUES
    (12, '17 18:30', '17 20:00', 'A'), (13, '17 18:30', '17 20:00', 'B'), (14, '17 18:30', '17 20:00', NULL), (15, '17 18:00', '17 20:00', 'B'),
    (16, '17 18:20', '17 18:40', 'A'), (16, '17 18:40', '17 20:00', 'B')) v(person, begins, ends, zone);
SELECT * FROM pg_temp.found('0', since => '2021-11-17', until => '2021-11-18');
-- another event at the same time is another place
SELECT pg_temp.stay(3, 17, '17 18:00', '17 20:00');
SELECT count(*) FROM pg_temp.found('0') WHERE contact = 'person 17';

-- the minimum is of all times at an event, and not of several events
SELECT pg_temp.stay(3, 1, '18 08:00', '18 08:10'), pg_temp.stay(3, 1, '19 08:00', '19 08:10'), pg_temp.stay(4, 1, '20 20:00', '20 20:10');
SELECT pg_temp.stay(3, 18, '18 07:00', '18 12:00'), pg_temp.stay(3, 18, '19 07:00', '19 12:00');
SELECT pg_temp.stay(3, 19, '18 07:00', '18 12:00'), pg_temp.stay(4, 19, '20 20:00', '20 20:10');
SELECT * FROM pg_temp.found('20 minutes', since => '2021-11-18');
SELECT * FROM pg_temp.found('10 minutes', since => '2021-11-18');
-- stays of one person that share time are counted once
SELECT pg_temp.stay(4, 20, '20 20:00', '20 20:06'), pg_temp.stay(4, 20, '20 20:04', '20 20:09');
SELECT * FROM pg_temp.found('0', since => '2021-11-20') WHERE contact = 'person 20';

-- stays of a day, and of more: the night shift was never checked out
SELECT pg_temp.stay(4, 21, '19 20:00', '20 20:05'), pg_temp.stay(4, 22, '19 20:05', '20 20:05'), pg_temp.stay(4, 23, '02 00:00', '30 00:00');
SELECT contact, together FROM pg_temp.found('0', since => '2021-11-20') WHERE contact IN ('person 21', 'person 22', 'person 23');

-- bearers of tickets, whose person is not known; with a person the ticket says nothing
SELECT pg_temp.stay(1, NULL, '17 18:30', '17 19:30', 'A', 101), pg_temp.stay(1, NULL, '17 19:30', '17 19:40', 'A', 101), pg_temp.stay(1, 24, '17 18:30', '17 20:00', 'A', 102);
SELECT contact, met, together FROM pg_temp.found('30 minutes', since => '2021-11-17', until => '2021-11-18') WHERE contact IN ('person 24', 'ticket 101', 'ticket 102');

-- who is inside is so until now: with somebody who left, and with somebody who is inside
INSERT INTO cccd_gate.presence (event, person, since, entries, state, zone) SELECT 4, p, statement_timestamp() - t, 1, s::"char", z
FROM (VALUES (1, interval '2 hours', 'i', 'A'), (25, '1 hour', 'i', 'A'), (26, '1 hour', 'i', 'B'), (27, '1 hour', 'l', 'A'), (28, '1 hour', 'a', 'A'), (29, '3 hours', 'i', NULL)) v(p, t, s, z);
INSERT INTO cccd_gate.presence (event, ticket, since, entries, state, zone) VALUES (4, 103, statement_timestamp() - interval '1 hour', 1, 'i', 'A');
INSERT INTO cccd_gate.visit (event, person, entered, left_at, zone) SELECT 4, 30, statement_timestamp() - interval '90 minutes', statement_timestamp() - interval '30 minutes', 'A';
SELECT coalesce('person ' || other, 'ticket ' || bearer) AS contact, zones, date_trunc('minute', together) AS together, upper(met) > now() AS until_now
FROM cccd_gate.contact_rows(1, now() - interval '1 day', 'infinity', '1 minute', 1, NULL) ORDER BY other, bearer;
SELECT count(*) FROM cccd_gate.contact_rows(1, now() - interval '1 day', now() - interval '2 hours', '0', 1, NULL);
-- and the other way round
SELECT other, date_trunc('minute', together) AS together FROM cccd_gate.contact_rows(25, now() - interval '1 day', 'infinity', '1 minute', 1, NULL) ORDER BY other, bearer;

-- the second degree: 7 met 1 until 8:25, and met 31 before, 32 after; 32 met 10 at the same time, and later; 101 met 33 after
SELECT pg_temp.stay(3, v.person, v.begins, v.ends) FROM (VALUES
    (7, '16 06:00', '16 07:00'), (31, '16 06:00', '16 07:00'), (7, '16 10:00', '16 11:00'), (32, '16 10:00', '16 11:00'), (10, '16 10:00', '16 11:00'), (10, '16 12:00', '16 12:20'), (32, '16 12:10', '16 12:30'), (1, '16 12:00', '16 12:01')) v(person, begins, ends);
SELECT pg_temp.stay(1, NULL, '17 20:30', '17 21:30', 'C', 101), pg_temp.stay(1, 33, '17 20:45', '17 21:30', 'C');
-- 34 was ten minutes with 7, and ten with 10, and never fifteen with one of them
SELECT pg_temp.stay(4, v.person, v.begins, v.ends) FROM (VALUES (34, '16 13:00', '16 15:00'), (7, '16 13:00', '16 13:10'), (10, '16 14:00', '16 14:10')) v(person, begins, ends);
SELECT contact, event, met, together FROM pg_temp.found('15 minutes', 2, since => '2021-11-16', until => '2021-11-18') WHERE degree = 2;
SELECT contact, together FROM pg_temp.found('10 minutes', 2, since => '2021-11-16', until => '2021-11-17') WHERE degree = 2 AND event = 'N';
-- the time that is asked about ends for both degrees
SELECT contact, met, together FROM pg_temp.found('15 minutes', 2, since => '2021-11-16', until => '2021-11-16 10:30+07') WHERE degree = 2 AND event = 'D';
-- nobody in both degrees, and never the person
SELECT count(*) FILTER (WHERE contact = 'person 1') AS self, bool_and(degrees = 1) AS one_degree
FROM (SELECT contact, count(DISTINCT degree) AS degrees FROM pg_temp.found('0', 2) GROUP BY contact) c;

-- people who are one: what either did
SELECT problem FROM cccd_gate.merge_people(31, 18);
SELECT contact, together FROM pg_temp.found('20 minutes', since => '2021-11-18', until => '2021-11-20');
SELECT problem FROM cccd_gate.merge_people(2, 1);
SELECT contact FROM pg_temp.found('20 minutes', since => '2021-11-18', until => '2021-11-20', who => 2);
SELECT contact, together FROM cccd_gate.contacts(1, '2021-11-18', '2021-11-20', '20 minutes', 'after a merge');
SELECT problem FROM cccd_gate.split_person(1);
SELECT problem FROM cccd_gate.split_person(18);
SELECT contact, together FROM pg_temp.found('20 minutes', since => '2021-11-18', until => '2021-11-20');

-- the index that finds them is read at the event and the time of each stay
SET LOCAL enable_seqscan = off;
SET LOCAL enable_bitmapscan = off;
EXPLAIN (COSTS OFF) SELECT * FROM cccd_gate.stays_at(3, '2021-11-18 08:00+07', '2021-11-18 08:10+07');
CREATE FUNCTION pg_temp.indexes(query text) RETURNS TABLE (line text) LANGUAGE plpgsql AS $$
BEGIN
    FOR line IN EXECUTE 'EXPLAIN (COSTS OFF) ' || query LOOP
        CONTINUE WHEN line !~ 'Scan using|Scan on|Index Cond';
        line := trim(line);
        RETURN NEXT;
    END LOOP;
END $$;
SELECT * FROM pg_temp.indexes($$SELECT * FROM cccd_gate.meetings(1, NULL, NULL, '2021-11-18', '2021-11-20')$$);
RESET enable_seqscan;
RESET enable_bitmapscan;

-- who may ask, and what is kept of it
CREATE ROLE regress_tracer;
CREATE ROLE regress_counter;
CREATE ROLE regress_nobody;
SELECT cccd_gate.grant_duty('regress_tracer', 'tracer', officers => '{lan}');
SELECT cccd_gate.grant_duty('regress_counter', 'analyst');
INSERT INTO cccd_gate.officer VALUES ('lan', 'Lan', true);
SET LOCAL cccd_gate.allow_superuser = off;
DELETE FROM cccd_gate.access_log;
SET LOCAL ROLE regress_tracer;
SELECT * FROM cccd_gate.find_person('001090000001', 'case 12 of Hà Nội, number 001090000001');
SELECT * FROM cccd_gate.find_person(cccd_card_qr('001090000002', NULL, 'Người Số 2', '1990-01-01', 'M', 'Hà Nội', '2021-05-10'), 'case 12', 'lan');
SELECT * FROM cccd_gate.find_person('001090000099', 'case 12');
SELECT * FROM cccd_gate.find_person('nothing', 'case 12');
SELECT * FROM cccd_gate.find_person(NULL, 'case 12');
SELECT contact, ticket, name, event, zones, met_from, met_until, together, contact_degree FROM cccd_gate.contacts(1, '2021-11-17', '2021-11-18', '1 hour', 'case 12', officer => 'lan');
SELECT contact, name, contact_degree FROM cccd_gate.contacts(1, '2021-11-16', '2021-11-17', '1 hour', 'case 12', 2);
RESET ROLE;
SELECT role, officer, function, person, rows, purpose FROM cccd_gate.access_log ORDER BY access;
SET LOCAL ROLE regress_counter;
-- five, and four
SELECT * FROM cccd_gate.contact_counts(1, '2021-11-16', '2021-11-18', '15 minutes', 'how many');
SELECT * FROM cccd_gate.contact_counts(1, '2021-11-17', '2021-11-18', '30 minutes', 'how many');
SELECT * FROM cccd_gate.contact_counts(1, '2021-11-17', '2021-11-18', '31 minutes', 'how many');
RESET ROLE;

-- an event's tracer and analyst see that event
SELECT cccd_gate.revoke_duty('regress_tracer', 'tracer'), cccd_gate.revoke_duty('regress_counter', 'analyst');
SELECT cccd_gate.grant_duty('regress_tracer', 'tracer', 'M'), cccd_gate.grant_duty('regress_tracer', 'tracer', 'N'), cccd_gate.grant_duty('regress_counter', 'analyst', 'B');
SET LOCAL ROLE regress_tracer;
SELECT event, count(*) FROM cccd_gate.contacts(1, '2021-11-01', '2021-12-01', '0', 'case 12', 2) GROUP BY event ORDER BY event;
-- and finds those who were or are there, not everybody in the register
CREATE TEMP TABLE found_there AS
SELECT n, f.person FROM generate_series(1, 40) n CROSS JOIN LATERAL cccd_gate.find_person('0010900000' || lpad(n::text, 2, '0'), 'case 12') f;
SET LOCAL ROLE regress_counter;
SELECT event, people FROM cccd_gate.contact_counts(1, '2021-11-01', '2021-12-01', '0', 'case 12');
RESET ROLE;
SELECT count(*) AS found, count(*) FILTER (WHERE f.person = f.n) AS right_ones, (SELECT count(DISTINCT v.person) FROM cccd_gate.visit v) AS anywhere
FROM found_there f;
SELECT count(*) AS wrong FROM generate_series(1, 40) n
WHERE (n IN (SELECT f.person FROM found_there f))
   <> (n IN (SELECT v.person FROM cccd_gate.visit v WHERE v.event IN (1, 4) AND v.person IS NOT NULL
             UNION SELECT p.person FROM cccd_gate.presence p WHERE p.event IN (1, 4) AND p.state = 'i' AND p.person IS NOT NULL));

-- what is refused
CREATE FUNCTION pg_temp.refused(statement text) RETURNS text LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE statement;
    RETURN 'no error';
EXCEPTION WHEN OTHERS THEN
    RETURN SQLSTATE || ' ' || SQLERRM;
END $$;
GRANT regress_tracer TO regress_nobody;
SELECT q, pg_temp.refused(format('SET LOCAL ROLE regress_tracer; SELECT count(*) FROM cccd_gate.%s; RESET ROLE', q)) FROM unnest(ARRAY[
    $$contacts(1, '2021-11-01', '2021-12-01', '0', NULL)$$,
    $$contacts(1, '2021-11-01', '2021-12-01', '0', ' ')$$,
    $$contacts(1, '2021-11-01', '2021-12-01', '0', 'p', officer => 'minh')$$,
    $$contacts(99, '2021-11-01', '2021-12-01', '0', 'p')$$,
    $$contacts(NULL, '2021-11-01', '2021-12-01', '0', 'p')$$,
    $$contacts(1, '2021-12-01', '2021-12-01', '0', 'p')$$,
    $$contacts(1, NULL, '2021-12-01', '0', 'p')$$,
    $$contacts(1, '2021-11-01', NULL, '0', 'p')$$,
    $$contacts(1, '2021-11-01', '2021-12-01', '-1 second', 'p')$$,
    $$contacts(1, '2021-11-01', '2021-12-01', NULL, 'p')$$,
    $$contacts(1, '2021-11-01', '2021-12-01', '0', 'p', 0)$$,
    $$contacts(1, '2021-11-01', '2021-12-01', '0', 'p', 3)$$,
    $$contacts(1, '2021-11-01', '2021-12-01', '0', 'p', NULL)$$,
    $$find_person('001090000001', '')$$,
    $$contact_counts(1, '2021-11-01', '2021-12-01', '0', 'p')$$,
    $$access_log$$]) q;
-- a role that may call it by membership has no duty: nobody is known
SET LOCAL SESSION AUTHORIZATION regress_nobody;
SELECT * FROM cccd_gate.find_person('001090000001', 'case 12');
SAVEPOINT s;
SELECT * FROM cccd_gate.contacts(1, '2021-11-01', '2021-12-01', '0', 'case 12');
ROLLBACK TO s;
RESET SESSION AUTHORIZATION;
ROLLBACK;
