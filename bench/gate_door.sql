-- A complete admission at the door, beside the floor: one prepared statement a
-- step that does the same look-ups and writes, and asks nothing.
--
--	psql -f bench/gate_door.sql
--
-- Time is the server process's own on a processor; with clients it is that of
-- all their server processes together.  The commits of pgbench wait for the
-- disk on both sides.

\set ON_ERROR_STOP 1
\pset footer off
SET client_min_messages = warning;
SET timezone = 'Asia/Ho_Chi_Minh';
ALTER DATABASE :DBNAME SET cccd_gate.allow_superuser = on;
ALTER DATABASE :DBNAME SET jit = off;
ALTER SYSTEM SET autovacuum = off;
SELECT pg_reload_conf() \g /dev/null
\c
SET client_min_messages = warning;
SET timezone = 'Asia/Ho_Chi_Minh';
\ir clock.psql

\set people 30000
\echo :people people, each with a card, two doses, a test and a ticket
INSERT INTO cccd_gate.person (person, name, birth_date, sex) SELECT i, 'Người ' || i, '1990-01-01', 'M' FROM generate_series(1, :people) i;
INSERT INTO cccd_gate.identity_number (id, person) SELECT (1090000000 + i)::bigint::cccd_id, i FROM generate_series(1, :people) i;
INSERT INTO cccd_gate.document (person, kind, number, issued, expires) SELECT i, 'chip', '00' || 1090000000 + i, '2021-05-10', '2030-01-01' FROM generate_series(1, :people) i;
INSERT INTO cccd_gate.fact (person, kind, disease, starts, code, result, dose_number, source)
SELECT i, kind, 'covid19', clock_timestamp() - age, code, result, number, 'national'
FROM generate_series(1, :people) i,
     (VALUES ('dose', interval '200 days', 'EU/1/21/1529', NULL, 1), ('dose', interval '100 days', 'EU/1/21/1529', NULL, 2),
             ('test', interval '20 hours', 'antigen', 'negative', NULL)) v(kind, age, code, result, number);
INSERT INTO cccd_gate.event (event, code, name, starts, capacity, rule)
SELECT i, 'E' || i, 'E', clock_timestamp(), 1000000,
       'ticket and doses >= 2 and since(dose(2)) >= 14 days and since(negative(pcr, antigen)) <= 72 hours and not isolated'
FROM generate_series(1, 20) i;
INSERT INTO cccd_gate.gate (event, gate) SELECT e, chr(64 + g) FROM generate_series(1, 20) e, generate_series(1, 6) g;
INSERT INTO cccd_gate.ticket (event, number, secret_hash)
SELECT e, i::text, sha256(convert_to(format('a ticket of event %s and %s', e, i), 'UTF8')) FROM generate_series(1, 14) e, generate_series(1, :people) i;
VACUUM ANALYZE;

-- the floor's tables: the same columns, the same indexes
CREATE SCHEMA floor;
CREATE TABLE floor.case_file (LIKE cccd_gate.case_file INCLUDING ALL);
CREATE TABLE floor.presence (LIKE cccd_gate.presence INCLUDING ALL);
CREATE TABLE floor.answer_log (LIKE cccd_gate.answer_log_default INCLUDING ALL);
CREATE TABLE floor.slot (LIKE cccd_gate.slot INCLUDING ALL);
INSERT INTO floor.slot (event, slot, size) SELECT e, s, 1000000 FROM generate_series(1, 20) e, generate_series(0, 63) s;
CREATE SEQUENCE floor.request;

-- the steps of the floor, for person i of event e
PREPARE floor_look AS SELECT 1;
DEALLOCATE floor_look;
CREATE FUNCTION floor.request_id(i bigint) RETURNS uuid LANGUAGE sql IMMUTABLE AS
$$SELECT (lpad(to_hex(i), 12, '0') || '70008000' || '000000000000')::uuid$$;

CREATE PROCEDURE floor.run(e int, first int, last int, commits boolean) LANGUAGE plpgsql AS $$
DECLARE
    found record;
    moment timestamptz;
    request uuid;
BEGIN
    FOR i IN first..last LOOP
        request := gen_random_uuid();
        moment := clock_timestamp();
        -- look up
        SELECT n.status, p.person, p.name_key, p.birth_date, p.sex, d.document, d.status AS card, d.expires, h.record, t.ticket, t.cancelled,
               a.state, b.state AS bearer, c.recorded_at
        INTO found
        FROM cccd_gate.identity_number n
        JOIN cccd_gate.person p ON p.person = n.person
        LEFT JOIN cccd_gate.document d ON d.person = p.person AND d.kind = 'chip'
        LEFT JOIN cccd_gate.health h ON h.person = p.person AND h.origin = 1
        LEFT JOIN cccd_gate.ticket t ON t.secret_hash = sha256(convert_to(format('a ticket of event %s and %s', e, i), 'UTF8'))
        LEFT JOIN floor.presence a ON a.event = e AND a.person = p.person
        LEFT JOIN floor.presence b ON b.event = e AND b.ticket = t.ticket
        LEFT JOIN floor.case_file c ON c.request_id = request
        WHERE n.id = (1090000000 + i)::bigint::cccd_id;
        -- write
        INSERT INTO floor.case_file (request_id, recorded_at, event, state) VALUES (request, moment, e, 'a') ON CONFLICT DO NOTHING;
        INSERT INTO floor.presence (event, person, ticket, since, entries, state, proof, gate)
        VALUES (e, found.person, found.ticket, moment, 1, 'i', 66, 'A') ON CONFLICT DO NOTHING;
        UPDATE floor.slot s SET inside = s.inside + 1, entered = s.entered + 1
        WHERE s.event = e AND s.slot = (SELECT f.slot FROM floor.slot f WHERE f.event = e AND f.inside < f.size LIMIT 1 FOR UPDATE SKIP LOCKED);
        INSERT INTO floor.answer_log (recorded_at, xid, request_id, person, ticket, document, valid_until, event, rule, proof, site, action, verdict, evidence, gate, kind, role, facts_hash)
        VALUES (moment, pg_current_xact_id(), request, found.person, found.ticket, found.document, moment, e, 1, 66, 1, 'i', 'a', '4', 'A', 'card_2021', 'gate_a', '\x0011223344556677');
        IF commits THEN
            COMMIT;
        END IF;
    END LOOP;
END $$;
CREATE PROCEDURE floor.door(e int, first int, last int, commits boolean, expected text) LANGUAGE plpgsql AS $$
DECLARE
    a cccd_gate.answer;
BEGIN
    FOR i IN first..last LOOP
        a := cccd_gate.check_in(event => 'E' || e, gate => 'A', request_id => gen_random_uuid(),
                                scan => '00' || (1090000000 + i) || '||Người ' || i || '|01011990|Nam|Hà Nội|10052021',
                                ticket => format('a ticket of event %s and %s', e, i));
        IF a.verdict <> expected THEN
            RAISE EXCEPTION '%: % %', i, a.verdict, a.reasons;
        END IF;
        IF commits THEN
            COMMIT;
        END IF;
    END LOOP;
END $$;
SET plan_cache_mode = force_generic_plan;
SET enable_seqscan = off;
CALL floor.run(1, 1, 200, true);
CALL floor.door(1, 1, 200, true, 'admit');
VACUUM ANALYZE;
CREATE TEMP TABLE measured (position int, work text, us numeric);
SELECT pg_temp.cpu_ms() AS start \gset
CALL floor.run(2, 1, 10000, true);
INSERT INTO measured VALUES (1, 'floor', (pg_temp.cpu_ms() - :start) * 1000 / 10000);
SELECT pg_temp.cpu_ms() AS start \gset
CALL floor.door(2, 1, 10000, true, 'admit');
INSERT INTO measured VALUES (2, 'check_in', (pg_temp.cpu_ms() - :start) * 1000 / 10000);
SELECT pg_temp.cpu_ms() AS start \gset
CALL floor.run(2, 10001, 20000, true);
INSERT INTO measured VALUES (1, 'floor', (pg_temp.cpu_ms() - :start) * 1000 / 10000);
SELECT pg_temp.cpu_ms() AS start \gset
CALL floor.door(2, 10001, 20000, true, 'admit');
INSERT INTO measured VALUES (2, 'check_in', (pg_temp.cpu_ms() - :start) * 1000 / 10000);
SELECT pg_temp.cpu_ms() AS start \gset
CALL floor.door(2, 1, 10000, true, 'refuse');
INSERT INTO measured VALUES (3, 'check_in: already inside', (pg_temp.cpu_ms() - :start) * 1000 / 10000);
SELECT work, round(us,1) FROM measured;
