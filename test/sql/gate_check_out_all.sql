-- everybody has left: presence, visits, places, log, and what happens next
BEGIN;
SET LOCAL cccd_gate.allow_superuser = on;
CREATE FUNCTION pg_temp.id(n int) RETURNS uuid LANGUAGE sql AS $$ SELECT ('00000000-0000-0000-0000-' || lpad(n::text, 12, '0'))::uuid $$;
CREATE FUNCTION pg_temp.card(n int) RETURNS text LANGUAGE sql AS $$
    SELECT cccd_card_qr(('001090000' || lpad(n::text, 3, '0'))::cccd_id, NULL, 'Người Số ' || n, '1990-01-01', 'M', 'Hà Nội', '2021-05-10') $$;
INSERT INTO cccd_gate.event (code, name, starts, capacity, rule, entries, ticket_required) VALUES
    ('M', 'a match', clock_timestamp(), 1000, 'not isolated', 'once', false), ('F', 'a factory', clock_timestamp(), 1000, 'not isolated', 'again', false),
    ('N', 'nobody comes', clock_timestamp(), 1000, 'not isolated', 'once', false);
INSERT INTO cccd_gate.gate (event, gate, to_zone) SELECT e.event, g.gate, g.zone FROM cccd_gate.event e, (VALUES ('A', NULL), ('hall', 'hall')) g(gate, zone);
INSERT INTO cccd_gate.person (person, name, birth_date, sex) SELECT i, 'Người Số ' || i, '1990-01-01', 'M' FROM generate_series(1, 300) i;
INSERT INTO cccd_gate.identity_number (id, person) SELECT ('001090000' || lpad(i::text, 3, '0'))::cccd_id, i FROM generate_series(1, 300) i;
INSERT INTO cccd_gate.ticket (ticket, event, secret_hash) SELECT 1, e.event, sha256('the ticket of a bearer') FROM cccd_gate.event e WHERE e.code = 'M';
CREATE FUNCTION pg_temp.state(code text) RETURNS TABLE (inside bigint, "left" bigint, visits bigint, places bigint, entered bigint, left_count bigint, below_zero bigint) LANGUAGE sql AS $$
    SELECT (SELECT count(*) FROM cccd_gate.presence p WHERE p.event = e.event AND p.state = 'i'), (SELECT count(*) FROM cccd_gate.presence p WHERE p.event = e.event AND p.state = 'l'),
           (SELECT count(*) FROM cccd_gate.visit v WHERE v.event = e.event), sum(s.inside), sum(s.entered), sum(s.left_count), count(*) FILTER (WHERE s.inside < 0)
    FROM cccd_gate.event e LEFT JOIN cccd_gate.slot s USING (event) WHERE e.code = $1 GROUP BY e.event $$;

-- nobody has come yet, no such event, no number
SELECT * FROM cccd_gate.check_out_all('N');
SELECT * FROM cccd_gate.check_out_all('O');
SELECT * FROM cccd_gate.check_out_all(NULL);
SAVEPOINT wrong;
SELECT * FROM cccd_gate.check_out_all('N', at_most => 0);
ROLLBACK TO wrong;
SELECT * FROM cccd_gate.check_out_all('N', at_most => NULL);
ROLLBACK TO wrong;

-- 250 people and a bearer, of whom one has left
SELECT a.verdict, count(*) FROM generate_series(1, 250) n, cccd_gate.check_in('M', CASE WHEN n % 2 = 0 THEN 'hall' ELSE 'A' END, pg_temp.id(n), scan => pg_temp.card(n)) a GROUP BY 1;
SELECT verdict FROM cccd_gate.replay(pg_temp.id(300), clock_timestamp(), 'in', 'M', 'A', ticket => 'the ticket of a bearer', decided => 'admit');
SELECT verdict FROM cccd_gate.check_out('M', 'A', pg_temp.id(301), scan => pg_temp.card(250));
SELECT * FROM pg_temp.state('M');
-- in steps: one at a time takes one, and another event stays as it is
SELECT verdict FROM cccd_gate.check_in('F', 'A', pg_temp.id(310), scan => pg_temp.card(1));
SELECT * FROM cccd_gate.check_out_all('M', at_most => 1);
SELECT * FROM cccd_gate.check_out_all('M', note => 'mất điện, căn cước 001090000001', at_most => 100);
SELECT * FROM pg_temp.state('M');
SELECT * FROM cccd_gate.check_out_all('M');
SELECT * FROM pg_temp.state('M');
-- once more changes nothing
SELECT * FROM cccd_gate.check_out_all('M');
SELECT * FROM pg_temp.state('M');
SELECT * FROM pg_temp.state('F');
-- a row each, without a gate, and one for each step, which has the note
SELECT l.action, l.verdict, l.gate, count(*), count(l.person) AS people, count(l.ticket) AS tickets, count(l.note_hash) AS notes, count(f.request_id) AS cases
FROM cccd_gate.answer_log l LEFT JOIN cccd_gate.case_file f USING (request_id) WHERE l.gate IS NULL GROUP BY 1, 2, 3 ORDER BY 1;
SELECT note FROM cccd_gate.note;
SELECT zone, gate_in, gate_out, count(*), bool_and(entered <= left_at) AS fine FROM cccd_gate.visit GROUP BY 1, 2, 3 ORDER BY 1, 2, 3;
SELECT gate, entries, exits FROM cccd_gate.gate_report('M') ORDER BY gate;
-- who was checked out is outside: at the gate, by another exit, for the desk
SELECT verdict, reasons FROM cccd_gate.check_in('M', 'A', pg_temp.id(320), scan => pg_temp.card(1));
SELECT verdict, reasons, inside FROM cccd_gate.check_out('M', 'A', pg_temp.id(321), scan => pg_temp.card(1));
SELECT verdict, reasons FROM cccd_gate.annul(pg_temp.id(2), pg_temp.id(322));
SELECT verdict, reasons FROM cccd_gate.turn_away((SELECT request_id FROM cccd_gate.answer_log WHERE action = 'e' LIMIT 1));
-- under again people come back, and are checked out again
SELECT checked_out, remaining FROM cccd_gate.check_out_all('F');
SELECT verdict, inside FROM cccd_gate.check_in('F', 'A', pg_temp.id(330), scan => pg_temp.card(1));
SELECT checked_out, remaining FROM cccd_gate.check_out_all('F');
SELECT * FROM pg_temp.state('F');
-- the place is free for somebody else: three places, three people, three more
UPDATE cccd_gate.event SET capacity = 3 WHERE code = 'N';
SELECT string_agg(a.verdict || a.reasons::text, ' ' ORDER BY n) FROM generate_series(1, 4) n, cccd_gate.check_in('N', 'A', pg_temp.id(340 + n), scan => pg_temp.card(n)) a;
SELECT checked_out, remaining FROM cccd_gate.check_out_all('N', at_most => 2);
SELECT string_agg(a.verdict || a.reasons::text, ' ' ORDER BY n) FROM generate_series(5, 7) n, cccd_gate.check_in('N', 'A', pg_temp.id(340 + n), scan => pg_temp.card(n)) a;
SELECT * FROM pg_temp.state('N');
-- counters that do not know of the people let them leave all the same
UPDATE cccd_gate.slot s SET inside = 0 FROM cccd_gate.event e WHERE e.event = s.event AND e.code = 'N';
SELECT checked_out, remaining FROM cccd_gate.check_out_all('N');
-- the clock was set back: who came in after now has left when he came in
SELECT verdict FROM cccd_gate.check_in('F', 'hall', pg_temp.id(350), scan => pg_temp.card(1));
UPDATE cccd_gate.presence p SET since = clock_timestamp() + interval '1 hour' FROM cccd_gate.event e WHERE e.event = p.event AND e.code = 'F';
SELECT checked_out, remaining FROM cccd_gate.check_out_all('F');
SELECT zone, left_at = entered AS same FROM cccd_gate.visit v JOIN cccd_gate.event e USING (event) WHERE e.code = 'F' ORDER BY entered DESC LIMIT 1;
-- nothing is written on a server that does not write
SET LOCAL transaction_read_only = on;
SELECT * FROM cccd_gate.check_out_all('M');
ROLLBACK;
