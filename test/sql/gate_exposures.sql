-- exposures: contacts of a case of disease, and what the door says tomorrow
\set VERBOSITY terse
BEGIN;
SET LOCAL cccd_gate.allow_superuser = on;
SET LOCAL client_min_messages = warning;
SET LOCAL timezone = 'Asia/Ho_Chi_Minh';
SET LOCAL datestyle = iso;
CREATE FUNCTION pg_temp.id(n int) RETURNS uuid LANGUAGE sql AS $$ SELECT ('00000000-0000-0000-0000-' || lpad(n::text, 12, '0'))::uuid $$;
CREATE FUNCTION pg_temp.card(n int) RETURNS text LANGUAGE sql AS $$
    SELECT cccd_card_qr(('0010900000' || lpad(n::text, 2, '0'))::cccd_id, NULL, 'Người Số ' || n, '1990-01-01', 'M', 'Hà Nội', '2021-05-10') $$;
INSERT INTO cccd_gate.event (event, code, name, starts, capacity, rule, entries, ticket_required) VALUES
    (1, 'F', 'a factory', '2021-01-01', 100, 'not exposed', 'free', false),
    (2, 'B', 'a bus', '2021-01-01', 100, 'doses >= 0', 'free', false);
INSERT INTO cccd_gate.gate (event, gate) VALUES (1, 'A'), (2, 'A');
INSERT INTO cccd_gate.person (person, name, birth_date, sex) SELECT i, 'Người Số ' || i, '1990-01-01', 'M' FROM generate_series(1, 20) i;
INSERT INTO cccd_gate.identity_number (id, person) SELECT ('0010900000' || lpad(i::text, 2, '0'))::cccd_id, i FROM generate_series(1, 20) i;
INSERT INTO cccd_gate.document (person, kind, number, issued) SELECT i, 'chip', '0010900000' || lpad(i::text, 2, '0'), '2021-05-10' FROM generate_series(1, 20) i;
INSERT INTO cccd_gate.ticket (ticket, event, number) VALUES (101, 1, '101');
CREATE FUNCTION pg_temp.stay(event int, person bigint, begins text, ends text, ticket bigint DEFAULT NULL) RETURNS void LANGUAGE sql AS $$
    INSERT INTO cccd_gate.visit (event, person, ticket, entered, left_at) VALUES ($1, $2, $5, ('2021-11-' || $3 || '+07')::timestamptz, ('2021-11-' || $4 || '+07')::timestamptz) $$;
-- 1 fell ill; 2 to 4 and a bearer worked beside, 2 on two days; 5 rode with 2 the day after; 6 before
SELECT pg_temp.stay(1, 1, '16 08:00', '16 16:00'), pg_temp.stay(1, 1, '17 08:00', '17 16:00'), pg_temp.stay(2, 1, '17 16:30', '17 17:00');
SELECT pg_temp.stay(v.event, v.person, v.begins, v.ends, v.ticket) FROM (VALUES
    (1, 2, '16 08:00', '16 12:00', NULL::bigint), (1, 2, '17 08:00', '17 12:00', NULL), (1, 3, '16 15:00', '16 16:00', NULL), (2, 3, '17 16:30', '17 17:00', NULL), (1, 4, '16 15:50', '16 16:00', NULL),
    (1, NULL, '16 09:00', '16 10:00', 101), (2, 2, '18 08:00', '18 09:00', NULL), (2, 5, '18 08:00', '18 09:00', NULL), (2, 2, '15 08:00', '15 09:00', NULL), (2, 6, '15 08:00', '15 09:00', NULL)) v(event, person, begins, ends, ticket);
CREATE FUNCTION pg_temp.written() RETURNS TABLE (person bigint, event text, degree smallint, together interval, starts timestamptz, ends timestamptz) LANGUAGE sql AS $$
    SELECT f.person, e.code, x.degree, x.together, f.starts, f.ends FROM cccd_gate.current_fact f JOIN cccd_gate.exposure x ON x.fact = f.fact LEFT JOIN cccd_gate.event e ON e.event = x.event
    WHERE f.kind = 'exposure' AND f.source = 'tracing' ORDER BY 1, 2 $$;
CREATE FUNCTION pg_temp.versions() RETURNS text LANGUAGE sql AS $$
    SELECT count(*) || ' versions, ' || count(*) FILTER (WHERE superseded_at IS NULL AND NOT withdrawn) || ' count' FROM cccd_gate.fact WHERE source = 'tracing' $$;
CREATE FUNCTION pg_temp.asked(request int, who int) RETURNS text LANGUAGE sql AS $$
    SELECT concat_ws(' ', a.verdict, a.reasons) FROM cccd_gate.check_in('F', 'A', pg_temp.id($1), scan => pg_temp.card($2)) a $$;

-- before anybody knew
SELECT pg_temp.asked(1, 4), pg_temp.asked(2, 3);
SELECT (cccd_gate.check_out('F', 'A', pg_temp.id(10 + who), scan => pg_temp.card(who))).verdict FROM unnest('{3,4}'::int[]) who;
-- recorded, and the next check sees it
SELECT * FROM cccd_gate.record_exposures(pg_temp.id(900), 1, '2021-11-16', '2021-11-20', '15 minutes', 'case 12');
SELECT * FROM pg_temp.written();
SELECT person, record FROM cccd_gate.health WHERE person IN (2, 4) ORDER BY person;
SELECT count(DISTINCT source_record), min(source_record), bool_and(disease = 'covid19' AND NOT signed) FROM cccd_gate.fact WHERE source = 'tracing';
SELECT pg_temp.asked(3, 3), pg_temp.asked(4, 4), pg_temp.asked(5, 2);
-- again: nothing new; a shorter minimum: 4 as well; a second degree: 5
SELECT * FROM cccd_gate.record_exposures(pg_temp.id(900), 1, '2021-11-16', '2021-11-20', '15 minutes', 'case 12');
SELECT pg_temp.versions();
SELECT * FROM cccd_gate.record_exposures(pg_temp.id(900), 1, '2021-11-16', '2021-11-20', '10 minutes', 'case 12', 2);
SELECT * FROM pg_temp.written();
SELECT pg_temp.versions();
-- a time after which it does not count: all are corrected; a longer minimum: some are withdrawn
SELECT * FROM cccd_gate.record_exposures(pg_temp.id(900), 1, '2021-11-16', '2021-11-20', '10 minutes', 'case 12', 2, counts_for => '14 days');
SELECT pg_temp.versions();
SELECT * FROM cccd_gate.record_exposures(pg_temp.id(900), 1, '2021-11-16', '2021-11-20', '1 hour', 'case 12', 2, counts_for => '14 days');
SELECT * FROM pg_temp.written();
SELECT pg_temp.versions();
SELECT person, record FROM cccd_gate.health WHERE person IN (2, 4, 5) ORDER BY person;
-- what is known of the time together is corrected without another version
SELECT pg_temp.stay(1, 3, '16 12:00', '16 14:00');
SELECT * FROM cccd_gate.record_exposures(pg_temp.id(900), 1, '2021-11-16', '2021-11-20', '1 hour', 'case 12', 2, counts_for => '14 days');
SELECT person, together FROM pg_temp.written() WHERE person = 3;
-- a second case is another matter: 3 fell ill, too
SELECT * FROM cccd_gate.record_exposures(pg_temp.id(901), 3, '2021-11-16', '2021-11-20', '10 minutes', 'case 13', disease => 'sởi');
SELECT person, disease, count(*) FROM cccd_gate.current_fact WHERE source = 'tracing' GROUP BY 1, 2 ORDER BY 1, 2;
-- taken back, when it was no case: the other stays
SELECT cccd_gate.withdraw_exposures(pg_temp.id(900), 'the test was of somebody else');
SELECT cccd_gate.withdraw_exposures(pg_temp.id(900), 'again');
SELECT person, disease, count(*) FROM cccd_gate.current_fact WHERE source = 'tracing' GROUP BY 1, 2 ORDER BY 1, 2;
SELECT pg_temp.asked(6, 5), pg_temp.asked(7, 2);
-- and recorded again
SELECT * FROM cccd_gate.record_exposures(pg_temp.id(900), 1, '2021-11-16', '2021-11-20', '15 minutes', 'case 12');
SELECT pg_temp.versions();
SELECT count(*) FROM (SELECT source_record FROM cccd_gate.fact WHERE source = 'tracing' AND superseded_at IS NULL GROUP BY 1 HAVING count(*) > 1) twice;

-- people who are one have one exposure, and two again when they are split
SELECT problem FROM cccd_gate.merge_people(7, 2);
SELECT recorded, updated, withdrawn FROM cccd_gate.record_exposures(pg_temp.id(900), 1, '2021-11-16', '2021-11-20', '15 minutes', 'case 12');
SELECT problem FROM cccd_gate.merge_people(3, 7);
SELECT recorded, updated, withdrawn FROM cccd_gate.record_exposures(pg_temp.id(900), 1, '2021-11-16', '2021-11-20', '15 minutes', 'case 12');
SELECT person, event, together FROM pg_temp.written();
SELECT problem FROM cccd_gate.split_person(7);
SELECT recorded, updated, withdrawn FROM cccd_gate.record_exposures(pg_temp.id(900), 1, '2021-11-16', '2021-11-20', '15 minutes', 'case 12');
SELECT problem FROM cccd_gate.split_person(2);
SELECT recorded, updated, withdrawn FROM cccd_gate.record_exposures(pg_temp.id(900), 1, '2021-11-16', '2021-11-20', '15 minutes', 'case 12');
SELECT person, event FROM pg_temp.written();
-- the person of the case, too
SELECT problem FROM cccd_gate.merge_people(8, 1);
SELECT recorded, updated, withdrawn FROM cccd_gate.record_exposures(pg_temp.id(900), 8, '2021-11-16', '2021-11-20', '15 minutes', 'case 12');
SELECT problem FROM cccd_gate.split_person(1);

-- a record holds 31: one that is just not full, one that is
INSERT INTO cccd_gate.fact (person, kind, disease, starts, source) SELECT p, 'recovery', 'covid19', timestamptz '2020-01-01' + i * interval '1 day', 'national' FROM generate_series(9, 10) p, generate_series(1, 21 + p) i;
SELECT pg_temp.stay(1, p, '17 12:00', '17 13:00') FROM generate_series(9, 10) p;
SELECT recorded, updated, withdrawn, no_room FROM cccd_gate.record_exposures(pg_temp.id(900), 1, '2021-11-16', '2021-11-20', '15 minutes', 'case 12');
SELECT person FROM pg_temp.written() WHERE person IN (9, 10);
SELECT recorded, updated, withdrawn, no_room FROM cccd_gate.record_exposures(pg_temp.id(900), 1, '2021-11-16', '2021-11-20', '15 minutes', 'case 12');
-- all is as the facts say
SELECT cccd_gate.rebuild_health();

-- an event's tracer writes of that event, and takes that back
CREATE ROLE regress_tracer;
SELECT cccd_gate.grant_duty('regress_tracer', 'tracer', 'B');
SELECT count(*), count(*) FILTER (WHERE event = 'B') AS bus FROM pg_temp.written();
SET LOCAL cccd_gate.allow_superuser = off;
SET LOCAL ROLE regress_tracer;
SELECT recorded, updated, withdrawn FROM cccd_gate.record_exposures(pg_temp.id(900), 1, '2021-11-16', '2021-11-20', '1 hour', 'case 12');
SELECT recorded, updated, withdrawn FROM cccd_gate.record_exposures(pg_temp.id(900), 1, '2021-11-16', '2021-11-20', '15 minutes', 'case 12');
SELECT cccd_gate.withdraw_exposures(pg_temp.id(900), 'case 12');
RESET ROLE;
SELECT count(*), count(*) FILTER (WHERE event = 'B') AS bus FROM pg_temp.written();

-- what is refused
CREATE FUNCTION pg_temp.refused(statement text) RETURNS text LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE statement;
    RETURN 'no error';
EXCEPTION WHEN OTHERS THEN
    RETURN SQLSTATE || ' ' || SQLERRM;
END $$;
CREATE FUNCTION pg_temp.refusals() RETURNS TABLE (what text, refused text) LANGUAGE sql AS $$
SELECT q, pg_temp.refused('SELECT count(*) FROM cccd_gate.' || q) FROM unnest(ARRAY[
    $q$record_exposures(NULL, 1, '2021-11-16', '2021-11-20', '0', 'p')$q$,
    $q$record_exposures('00000000-0000-0000-0000-000000000901', 1, '2021-11-16', '2021-11-20', '0', 'p')$q$,
    $q$record_exposures('00000000-0000-0000-0000-000000000902', 99, '2021-11-16', '2021-11-20', '0', 'p')$q$,
    $q$record_exposures('00000000-0000-0000-0000-000000000902', 1, '2021-11-20', '2021-11-16', '0', 'p')$q$,
    $q$record_exposures('00000000-0000-0000-0000-000000000902', 1, '2021-11-16', '2021-11-20', '0', NULL)$q$,
    $q$record_exposures('00000000-0000-0000-0000-000000000902', 1, '2021-11-16', '2021-11-20', '0', 'p', 3)$q$,
    $q$record_exposures('00000000-0000-0000-0000-000000000902', 1, '2021-11-16', '2021-11-20', '0', 'p', disease => 'nothing')$q$,
    $q$record_exposures('00000000-0000-0000-0000-000000000902', 1, '2021-11-16', '2021-11-20', '0', 'p', disease => NULL)$q$,
    $q$record_exposures('00000000-0000-0000-0000-000000000902', 1, '2021-11-16', '2021-11-20', '0', 'p', counts_for => '0')$q$,
    $q$record_exposures('00000000-0000-0000-0000-000000000902', 1, '2021-11-16', '2021-11-20', '0', 'p', counts_for => '59.999999 seconds')$q$,
    $q$record_exposures('00000000-0000-0000-0000-000000000902', 1, '2021-11-16', '2021-11-20', '0', 'p', counts_for => '10 years 1 second')$q$,
    $q$record_exposures('00000000-0000-0000-0000-000000000902', 1, '2021-11-16', '2021-11-20', '0', 'p', officer => 'minh')$q$,
    $q$withdraw_exposures('00000000-0000-0000-0000-000000000902', 'p')$q$,
    $q$withdraw_exposures(NULL, 'p')$q$,
    $q$withdraw_exposures('00000000-0000-0000-0000-000000000900', '')$q$]) q $$;
SET LOCAL ROLE regress_tracer;
SELECT * FROM pg_temp.refusals();
RESET ROLE;
SET LOCAL cccd_gate.allow_superuser = on;
SELECT recorded > 0 AS one_minute FROM cccd_gate.record_exposures(pg_temp.id(900), 1, '2021-11-16', '2021-11-16 17:00:00.5', '0', 'p', counts_for => '1 minute');
SELECT cccd_gate.withdraw_exposures(pg_temp.id(900), 'p') > 0 AS withdrawn;
SELECT recorded > 0 AS ten_years FROM cccd_gate.record_exposures(pg_temp.id(900), 1, '2021-11-16', '2021-11-20', '0', 'p', counts_for => '10 years');
SELECT function, person, count(*), sum(rows) FROM cccd_gate.access_log GROUP BY 1, 2 ORDER BY 1, 2;

-- an event that is deleted takes its visits along, and no exposure
SELECT cccd_gate.delete_event('B');
SELECT recorded, updated, withdrawn FROM cccd_gate.record_exposures(pg_temp.id(900), 1, '2021-11-16', '2021-11-20', '0', 'p', counts_for => '10 years');
SELECT count(*), count(*) FILTER (WHERE event IS NULL) AS of_the_bus FROM pg_temp.written();
-- people who are deleted leave nothing of theirs: a contact, then who was ill, whose contacts keep theirs
SELECT cccd_gate.delete_people('{2}');
SELECT count(*) FROM cccd_gate.fact f WHERE f.person = 2;
SELECT count(*) FROM cccd_gate.exposure x WHERE NOT EXISTS (SELECT FROM cccd_gate.fact f WHERE f.fact = x.fact);
SELECT cccd_gate.delete_people('{1}');
SELECT count(*) FROM cccd_gate.traced_case;
SELECT count(*) > 0 AS kept FROM pg_temp.written();
SELECT cccd_gate.withdraw_exposures(pg_temp.id(900), 'the case is closed') > 0 AS taken_back;
ROLLBACK;
