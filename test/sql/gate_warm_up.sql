-- a session is warmed up without a trace; what an admission locks
SET cccd_gate.allow_superuser = on;
CREATE FUNCTION pg_temp.enter(i int) RETURNS text LANGUAGE sql AS $$
    SELECT a.verdict FROM cccd_gate.check_in('W', 'A', gen_random_uuid(), ticket => 'a ticket of this event ' || i,
        scan => cccd_card_qr(('00109000000' || i)::cccd_id, NULL, 'Người Số ' || i, '1990-01-01', 'M', 'Hà Nội', '2021-05-10')) a $$;
CREATE FUNCTION pg_temp.locks() RETURNS bigint LANGUAGE sql AS $$
    SELECT count(*) FROM pg_locks l JOIN pg_class c ON c.oid = l.relation
    WHERE l.pid = pg_backend_pid() AND c.relnamespace = 'cccd_gate'::regnamespace $$;
INSERT INTO cccd_gate.event (code, name, starts, capacity, rule) VALUES ('W', 'a match', clock_timestamp(), 10, 'not isolated');
INSERT INTO cccd_gate.gate (event, gate) SELECT event, 'A' FROM cccd_gate.event WHERE code = 'W';
INSERT INTO cccd_gate.person (person, name, birth_date, sex) SELECT i, 'Người Số ' || i, '1990-01-01', 'M' FROM generate_series(1, 3) i;
INSERT INTO cccd_gate.identity_number (id, person) SELECT ('00109000000' || i)::cccd_id, i FROM generate_series(1, 3) i;
INSERT INTO cccd_gate.document (person, kind, number, issued) SELECT i, 'chip', '00109000000' || i, '2021-05-10' FROM generate_series(1, 3) i;
INSERT INTO cccd_gate.ticket (event, secret_hash)
SELECT e.event, sha256(convert_to('a ticket of this event ' || i, 'UTF8')) FROM cccd_gate.event e, generate_series(1, 3) i WHERE e.code = 'W';

-- no transaction id, so no row; no lock; an event that is not there warms nothing
BEGIN;
SELECT cccd_gate.warm_up('W'), cccd_gate.warm_up('N');
SELECT pg_current_xact_id_if_assigned() AS xid, pg_temp.locks() AS locks,
       (SELECT count(*) FROM pg_locks WHERE pid = pg_backend_pid() AND locktype = 'advisory') AS keys;
COMMIT;
-- so it works where nothing can be written
BEGIN READ ONLY;
SELECT cccd_gate.warm_up('W');
COMMIT;
-- the first admission of an event, which makes its slots, and another one
BEGIN;
SELECT pg_temp.enter(1), pg_temp.locks() <= 16 AS few;
COMMIT;
BEGIN;
SELECT pg_temp.enter(2), pg_temp.locks() AS locks;
COMMIT;
-- an entry after a session was warmed up is recorded as any other
SELECT p.person, p.entries, p.state, p.gate, p.merged_from, p.ticket IS NOT NULL AS ticket, p.proof
FROM cccd_gate.presence p JOIN cccd_gate.event e USING (event) WHERE e.code = 'W' ORDER BY p.person;

DELETE FROM cccd_gate.case_file c USING cccd_gate.event e WHERE e.event = c.event AND e.code = 'W';
DELETE FROM cccd_gate.answer_log l USING cccd_gate.event e WHERE e.event = l.event AND e.code = 'W';
SELECT cccd_gate.delete_event('W'), cccd_gate.delete_people('{1,2,3}');
