-- A complete admission at the door, beside the floor: one prepared statement a
-- step that does the same look-ups and writes, and judges nothing.
--
--	psql -v n=1000000 -f bench/gate_door.sql
--
-- Each admission is a transaction of its own.  First inside the server, where
-- time is the server process's own on a processor and commits are not waited for
-- (fsync is off meanwhile); then through pgbench with durable commits, where it is
-- that of all server processes of the clients together.  The floor's tables have
-- the columns and indexes of the gate's.

\set ON_ERROR_STOP 1
\pset footer off
SET client_min_messages = warning;
SELECT :'n'::int < 100000 AS small, least(:n, 20000) AS people, least(:n / 2, 4000) AS part \gset
ALTER DATABASE :DBNAME SET cccd_gate.allow_superuser = on;
ALTER DATABASE :DBNAME SET jit = off;
ALTER DATABASE :DBNAME SET timezone = 'Asia/Ho_Chi_Minh';
ALTER SYSTEM SET autovacuum = off;
ALTER SYSTEM SET fsync = off;
SELECT pg_reload_conf() \g /dev/null
\c
SET client_min_messages = warning;
\ir clock.psql

\echo :people people, each with a card, two doses, a test and a ticket
INSERT INTO cccd_gate.person (person, name, birth_date, sex) SELECT i, 'Người ' || i, '1990-01-01', 'M' FROM generate_series(1, :people) i;
INSERT INTO cccd_gate.identity_number (id, person) SELECT (1090000000 + i)::bigint::cccd_id, i FROM generate_series(1, :people) i;
INSERT INTO cccd_gate.document (person, kind, number, issued, expires) SELECT i, 'chip', '00' || 1090000000 + i, '2021-05-10', '2030-01-01' FROM generate_series(1, :people) i;
INSERT INTO cccd_gate.fact (person, kind, disease, starts, code, result, dose_number, source)
SELECT i, kind, 'covid19', clock_timestamp() - age, code, result, number, 'national'
FROM generate_series(1, :people) i,
     (VALUES ('dose', interval '200 days', 'EU/1/21/1529', NULL, 1), ('dose', interval '100 days', 'EU/1/21/1529', NULL, 2),
             ('test', interval '20 hours', 'antigen', 'negative', NULL)) v(kind, age, code, result, number);
INSERT INTO cccd_gate.event (event, code, name, starts, capacity, rule, refusals_per_minute)
SELECT i, 'E' || i, 'E', clock_timestamp(), 1000000,
       'ticket and doses >= 2 and since(dose(2)) >= 14 days and since(negative(pcr, antigen)) <= 72 hours and not isolated', 0
FROM generate_series(1, 9) i;
INSERT INTO cccd_gate.gate (event, gate) SELECT e, 'A' FROM generate_series(1, 9) e;
INSERT INTO cccd_gate.ticket (event, number, secret_hash)
SELECT e, i::text, sha256(convert_to(format('a ticket of event %s and %s', e, i), 'UTF8')) FROM generate_series(1, 9) e, generate_series(1, :part) i;

CREATE SCHEMA floor;
CREATE TABLE floor.case_file (LIKE cccd_gate.case_file INCLUDING ALL);
CREATE TABLE floor.presence (LIKE cccd_gate.presence INCLUDING ALL);
CREATE TABLE floor.answer_log (LIKE cccd_gate.answer_log_default INCLUDING ALL);
CREATE TABLE floor.slot (LIKE cccd_gate.slot INCLUDING ALL);
INSERT INTO floor.slot (event, slot, size) SELECT e, s, 1000000 FROM generate_series(1, 9) e, generate_series(0, 63) s;
CREATE FUNCTION floor.scan(i bigint) RETURNS text LANGUAGE sql IMMUTABLE AS
$$SELECT '00' || (1090000000 + i)::text || '||Người ' || i::text || '|01011990|Nam|Hà Nội|10052021'$$;
-- request ids in order of time, as UUIDv7's are
CREATE FUNCTION floor.request(run int, i bigint) RETURNS uuid LANGUAGE sql IMMUTABLE AS
$$SELECT (lpad(run::text, 3, '0') || lpad(i::text, 9, '0') || '7' || substr(md5(i::text), 1, 19))::uuid$$;

-- one admission of person i to event e: look up, then a statement a table
CREATE PROCEDURE floor.admit(e int, i int) LANGUAGE plpgsql AS $$
DECLARE
    found record;
    moment CONSTANT timestamptz := clock_timestamp();
    request CONSTANT uuid := gen_random_uuid();
BEGIN
    SELECT n.status, p.person, p.name_key, p.birth_date, p.sex, d.document, d.status AS card, d.expires, h.record, t.ticket, t.cancelled,
           a.state, b.state AS bearer, c.recorded_at
    INTO found
    FROM cccd_gate.identity_number n
    JOIN cccd_gate.person p ON p.person = n.person
    LEFT JOIN cccd_gate.document d ON d.person = p.person AND d.kind = 'chip'
    LEFT JOIN cccd_gate.health h ON h.person = p.person AND h.origin = 1
    LEFT JOIN cccd_gate.ticket t ON t.event = e AND t.secret_hash = sha256(convert_to(format('a ticket of event %s and %s', e, i), 'UTF8'))
    LEFT JOIN floor.presence a ON a.event = e AND a.person = p.person
    LEFT JOIN floor.presence b ON b.event = e AND b.ticket = t.ticket
    LEFT JOIN floor.case_file c ON c.request_id = request
    WHERE n.id = (1090000000 + i)::bigint::cccd_id;
    INSERT INTO floor.case_file (request_id, recorded_at, event, state) VALUES (request, moment, e, 'a') ON CONFLICT DO NOTHING;
    INSERT INTO floor.presence (event, person, ticket, since, entries, state, proof, gate)
    VALUES (e, found.person, found.ticket, moment, 1, 'i', 66, 'A') ON CONFLICT DO NOTHING;
    UPDATE floor.slot s SET inside = s.inside + 1, entered = s.entered + 1
    WHERE s.event = e AND s.slot = (SELECT f.slot FROM floor.slot f WHERE f.event = e AND f.inside < f.size LIMIT 1 FOR UPDATE SKIP LOCKED);
    INSERT INTO floor.answer_log (recorded_at, xid, request_id, person, ticket, document, valid_until, event, rule, proof, site, action, verdict, evidence, gate, kind, role, facts_hash)
    VALUES (moment, pg_current_xact_id(), request, found.person, found.ticket, found.document, moment, e, 1, 66, 1, 'i', 'a', '4', 'A', 'card_2021', 'gate_a', '\x0011223344556677');
END $$;
CREATE PROCEDURE floor.run(e int, first int, last int) LANGUAGE plpgsql AS $$
BEGIN
    FOR i IN first..last LOOP
        CALL floor.admit(e, i);
        COMMIT;
    END LOOP;
END $$;
CREATE PROCEDURE floor.door(e int, first int, last int, expected text, run int) LANGUAGE plpgsql AS $$
DECLARE
    a cccd_gate.answer;
BEGIN
    FOR i IN first..last LOOP
        a := cccd_gate.check_in(event => 'E' || e, gate => 'A', request_id => floor.request(run, i),
                                scan => floor.scan(i), ticket => format('a ticket of event %s and %s', e, i));
        IF a.verdict <> expected THEN
            RAISE EXCEPTION 'a % where % was expected: %', a.verdict, expected, a.reasons;
        END IF;
        COMMIT;
    END LOOP;
END $$;
-- as an application that runs for an evening has its plans
ALTER DATABASE :DBNAME SET plan_cache_mode = force_generic_plan;
ALTER DATABASE :DBNAME SET enable_seqscan = off;
\c
SET client_min_messages = warning;
\ir clock.psql
VACUUM ANALYZE;
CALL floor.run(1, 1, 100);
CALL floor.door(1, 1, 100, 'admit', 1);

CREATE TEMP TABLE measured (position int, work text, us numeric);
CREATE PROCEDURE pg_temp.note(place int, work text, start numeric, n int) LANGUAGE sql AS
$$INSERT INTO measured VALUES (place, work, (pg_temp.cpu_ms() - start) * 1000 / n)$$;
CREATE VIEW pg_temp.grown AS
SELECT c.oid::regclass AS relation, pg_relation_size(c.oid) AS bytes
FROM pg_class t LEFT JOIN pg_index i ON i.indrelid = t.oid JOIN pg_class c ON c.oid IN (t.oid, i.indexrelid)
WHERE t.oid = ANY ('{cccd_gate.case_file,cccd_gate.answer_log_default,cccd_gate.presence,cccd_gate.slot}'::regclass[])
GROUP BY c.oid;
CHECKPOINT;
CREATE TEMP TABLE before AS TABLE pg_temp.grown;
SELECT pg_current_wal_insert_lsn() AS lsn \gset
SELECT pg_temp.cpu_ms() AS start \gset
CALL floor.door(2, 1, :part, 'admit', 2);
CALL pg_temp.note(2, 'an admission', :start, :part);
SELECT pg_wal_lsn_diff(pg_current_wal_insert_lsn(), :'lsn') / :part AS wal \gset
CREATE TEMP TABLE growth AS
SELECT relation, (g.bytes - b.bytes)::numeric / :part AS bytes FROM pg_temp.grown g JOIN before b USING (relation) WHERE g.bytes > b.bytes;
SELECT pg_temp.cpu_ms() AS start \gset
CALL floor.run(2, 1, :part);
CALL pg_temp.note(1, 'the floor', :start, :part);
SELECT pg_temp.cpu_ms() AS start \gset
CALL floor.door(3, 1, :part, 'admit', 3);
CALL pg_temp.note(2, 'an admission', :start, :part);
SELECT pg_temp.cpu_ms() AS start \gset
CALL floor.run(3, 1, :part);
CALL pg_temp.note(1, 'the floor', :start, :part);
SELECT pg_temp.cpu_ms() AS start \gset
CALL floor.door(3, 1, :part, 'admit', 3);
CALL pg_temp.note(4, 'a repeated request', :start, :part);
SELECT pg_temp.cpu_ms() AS start \gset
CALL floor.door(3, 1, :part, 'refuse', 4);
CALL pg_temp.note(3, 'a refusal: already inside', :start, :part);
\echo inside the server, commits not waited for
SELECT work, round(min(us), 1) AS "us each", round(min(us) / (SELECT min(us) FROM measured WHERE position = 1), 2) AS "this / floor",
       CASE position WHEN 2 THEN '<= 100 us, <= 1.5' WHEN 1 THEN '' ELSE '<= 60 us' END AS bound
FROM measured GROUP BY position, work ORDER BY position;

-- a number that was typed, and refused: who asks learns neither from the answer
-- nor from its time whether the register has it.  Rounds of known and of unknown
-- numbers in turn, each long enough for the clock of processor time.
INSERT INTO cccd_gate.event (event, code, name, starts, capacity, rule, minimum_evidence, claims_per_minute, refusals_per_minute)
VALUES (10, 'CLAIM', 'CLAIM', clock_timestamp(), 1000000, 'doses >= 2', 'registry', 0, 0);
INSERT INTO cccd_gate.gate (event, gate) VALUES (10, 'A');
CREATE TABLE floor.claim (round int, known boolean, us numeric);
CREATE PROCEDURE pg_temp.claims(round int, known boolean, first int, last int) LANGUAGE plpgsql AS $$
DECLARE
    a cccd_gate.answer;
    start CONSTANT numeric := pg_temp.cpu_ms();
BEGIN
    FOR i IN first..last LOOP
        -- born in 1990, as everybody, and in 1991
        a := cccd_gate.check_in(event => 'CLAIM', gate => 'A', request_id => floor.request(100 + round, 2 * i + known::int),
                                scan => CASE WHEN known THEN '00' || 1090000000 + i ELSE '00' || 1091000000 + i END);
        IF a.reasons <> '{evidence_too_weak}' THEN
            RAISE EXCEPTION 'a claim was answered %', a.reasons;
        END IF;
        COMMIT;
    END LOOP;
    INSERT INTO floor.claim VALUES (round, known, (pg_temp.cpu_ms() - start) * 1000 / (last - first + 1));
END $$;
CREATE PROCEDURE pg_temp.claim_rounds(rounds int, part int) LANGUAGE plpgsql AS $$
BEGIN
    FOR r IN 1..rounds LOOP
        CALL pg_temp.claims(r, r % 2 = 0, 1, part);
        CALL pg_temp.claims(r, r % 2 = 1, 1, part);
    END LOOP;
END $$;
CALL pg_temp.claims(0, true, 1, 10);
CALL pg_temp.claims(0, false, 1, 10);
CALL pg_temp.claim_rounds(8, :part);
\echo a number that was typed and is refused, inside the server
SELECT round(min(us) FILTER (WHERE known), 1) AS "known, us", round(min(us) FILTER (WHERE NOT known), 1) AS "unknown, us",
       round(min(us) FILTER (WHERE known) / nullif(min(us) FILTER (WHERE NOT known), 0), 2) AS "known / unknown", '0.9 to 1.1' AS bound
FROM floor.claim WHERE round > 0;
CREATE FUNCTION pg_temp.locks(i int) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
    a cccd_gate.answer := cccd_gate.check_in(event => 'E4', gate => 'A', request_id => gen_random_uuid(), scan => floor.scan(i), ticket => 'a ticket of event 4 and ' || i);
BEGIN
    RETURN (SELECT count(*) FROM pg_locks l JOIN pg_class c ON c.oid = l.relation
            WHERE a.verdict = 'admit' AND l.pid = pg_backend_pid() AND c.relnamespace = 'cccd_gate'::regnamespace);
END $$;
SELECT pg_temp.locks(1) AS first \gset
SELECT pg_temp.locks(2) AS next \gset
\echo what an admission leaves behind
SELECT round(:wal) AS "bytes of WAL", round(sum(bytes)) AS "bytes of growth", :first AS "relation locks, an event's first", :next AS "any other", '<= 900, <= 350, <= 16' AS bound FROM growth;
SELECT relation, round(bytes, 1) AS "bytes of growth" FROM growth ORDER BY bytes DESC, relation::text;

-- what is decided for all ticket holders at once
\echo everybody who has a ticket in their name, at once
INSERT INTO cccd_gate.ticket (event, person) SELECT 5, i FROM generate_series(1, :people) i;
VACUUM ANALYZE cccd_gate.ticket;
SELECT count(*) AS warm FROM cccd_gate.preview_event('E5', clock_timestamp()) \gset
SELECT pg_temp.cpu_ms() AS start \gset
SELECT count(*) FILTER (WHERE verdict = 'admit') AS admitted FROM cccd_gate.preview_event('E5', clock_timestamp()) \gset
SELECT round(pg_temp.cpu_ms() - :start, 1) AS preview \gset
SELECT pg_temp.cpu_ms() AS start \gset
SELECT count(*) FILTER (WHERE ok) AS alike FROM (
    SELECT t.person, (SELECT count(*) FROM cccd_gate.fact f WHERE f.person = t.person AND f.kind = 'dose' AND f.superseded_at IS NULL AND NOT f.withdrawn) >= 2
        AND EXISTS (SELECT FROM cccd_gate.fact f WHERE f.person = t.person AND f.kind = 'dose' AND f.dose_number = 2 AND f.starts <= clock_timestamp() - interval '14 days')
        AND EXISTS (SELECT FROM cccd_gate.fact f WHERE f.person = t.person AND f.kind = 'test' AND f.result = 'negative' AND f.starts >= clock_timestamp() - interval '72 hours')
        AND NOT EXISTS (SELECT FROM cccd_gate.fact f WHERE f.person = t.person AND f.kind = 'isolation' AND f.starts <= clock_timestamp() AND f.ends > clock_timestamp())
        AND NOT EXISTS (SELECT FROM cccd_gate.presence a WHERE a.person = t.person AND a.event = t.event) AS ok
    FROM cccd_gate.ticket t JOIN cccd_gate.person p USING (person) WHERE t.event = 5 AND t.person IS NOT NULL AND NOT t.cancelled) q \gset
SELECT :people AS people, :admitted AS admitted, :alike AS "by SQL", :preview AS "preview_event, ms", round(pg_temp.cpu_ms() - :start, 1) AS "SQL on facts, ms",
       round((pg_temp.cpu_ms() - :start) / :preview, 2) AS "SQL / preview_event", '>= 3' AS bound;

-- clients, durable
ALTER SYSTEM RESET fsync;
SELECT pg_reload_conf() \g /dev/null
\setenv PGDATABASE :DBNAME
\setenv PART :part
\! cd "$STAGE" && . tree/bench/gate_door.sh
ALTER SYSTEM RESET autovacuum;
SELECT pg_reload_conf() \g /dev/null
