-- A case that is judged again: everything that can be looked at again is, and an
-- officer's comparison answers what had been said before it, nothing else.
\set VERBOSITY terse
SET client_min_messages = warning;
SET timezone = 'Asia/Ho_Chi_Minh';
SET cccd_gate.allow_superuser = on;
BEGIN;
INSERT INTO cccd_gate.event (event, code, name, starts, capacity, rule, ticket_required, minimum_evidence) VALUES
    (1, 'E', 'E', clock_timestamp(), 10, 'doses >= 1 and not isolated', false, 'paper'), (2, 'F', 'F', clock_timestamp(), 10, 'doses >= 0', true, 'qr');
INSERT INTO cccd_gate.gate (event, gate) VALUES (1, 'A'), (2, 'A');
INSERT INTO cccd_gate.person (person, name, birth_date, sex) VALUES (1, 'Nguyễn Văn An', '1990-01-01', 'M'), (2, 'Trần Thị Bình', '1991-02-02', 'F');
INSERT INTO cccd_gate.identity_number (id, person) VALUES ('001090000001', 1), ('001191000002', 2);
INSERT INTO cccd_gate.document (document, person, kind, number, issued, expires) VALUES
    (1, 1, 'chip', '001090000001', '2021-05-10', '2099-01-01'), (2, 2, 'chip', '001191000002', '2021-05-10', '2099-01-01');
INSERT INTO cccd_gate.fact (person, kind, disease, starts, source) VALUES (2, 'dose', 'covid19', '2021-06-01', 'national');
CREATE VIEW pg_temp.an AS SELECT cccd_card_qr('001090000001', NULL, 'Nguyễn Văn An', '1990-01-01', 'M', NULL, '2021-05-10') AS scan;
CREATE VIEW pg_temp.binh AS SELECT cccd_card_qr('001191000002', NULL, 'Trần Thị Bình', '1991-02-02', 'F', NULL, '2021-05-10') AS scan;
CREATE FUNCTION pg_temp.id(n int) RETURNS uuid LANGUAGE sql IMMUTABLE AS $$ SELECT lpad(n::text, 32, '0')::uuid $$;
CREATE FUNCTION pg_temp.enter(n int, scan text, event text DEFAULT 'E', ticket text DEFAULT NULL) RETURNS text LANGUAGE sql VOLATILE AS $$
    SELECT concat_ws(' ', a.verdict, a.reasons, a.evidence, a.holder_name)
    FROM cccd_gate.check_in(event => event, gate => 'A', request_id => pg_temp.id(n), scan => scan, ticket => ticket) a $$;
CREATE FUNCTION pg_temp.again(n int, request int) RETURNS text LANGUAGE sql VOLATILE AS $$
    SELECT concat_ws(' ', a.verdict, a.reasons, a.evidence, a.holder_name) FROM cccd_gate.recheck(pg_temp.id(n), pg_temp.id(request)) a $$;
CREATE FUNCTION pg_temp.accept(n int, kind text, number text DEFAULT NULL) RETURNS text LANGUAGE sql VOLATILE AS $$
    SELECT concat_ws(' ', p.accepted, p.problem)
    FROM cccd_gate.accept_paper(pg_temp.id(n), kind, CASE WHEN kind <> 'identity' THEN timestamptz '2021-06-01' END, document_number => number) p $$;

-- a paper, and the case goes on; the same request gets the same answer
SAVEPOINT s;
SELECT pg_temp.enter(1, scan) FROM pg_temp.an;
SELECT pg_temp.again(1, 2);
SELECT pg_temp.accept(1, 'dose', 'GCN 1');
SELECT pg_temp.again(1, 3);
SELECT pg_temp.again(1, 3), pg_temp.again(1, 2);
-- an admitted case is closed for good
SELECT pg_temp.again(1, 4), pg_temp.accept(1, 'dose', 'GCN 2');
-- the request of another case, of no case; and no request
SELECT pg_temp.again(9, 10), pg_temp.again(9, 3), (cccd_gate.recheck(pg_temp.id(1), NULL)).reasons;
ROLLBACK TO s;

-- what happened meanwhile
SELECT pg_temp.enter(1, scan) FROM pg_temp.an;
SELECT pg_temp.accept(1, 'dose');
SAVEPOINT open;
UPDATE cccd_gate.document SET status = 'lost' WHERE document = 1;
SELECT pg_temp.again(1, 2);
ROLLBACK TO open;
INSERT INTO cccd_gate.fact (person, kind, disease, starts, source) VALUES (1, 'isolation', 'covid19', clock_timestamp() - interval '1 day', 'national');
SELECT pg_temp.again(1, 2);
ROLLBACK TO open;
UPDATE cccd_gate.event SET starts = clock_timestamp() - interval '2 days', ends = clock_timestamp() - interval '1 day' WHERE event = 1;
SELECT pg_temp.again(1, 2);
ROLLBACK TO open;
UPDATE cccd_gate.event SET status = 'cancelled' WHERE event = 1;
SELECT pg_temp.again(1, 2);
ROLLBACK TO open;
UPDATE cccd_gate.event SET capacity = 0 WHERE event = 1;
SELECT pg_temp.again(1, 2);
ROLLBACK TO open;
SELECT verdict, reasons FROM cccd_gate.turn_away(pg_temp.id(1));
SELECT pg_temp.again(1, 2), pg_temp.accept(1, 'dose');
ROLLBACK TO s;
-- a ticket that was used meanwhile
INSERT INTO cccd_gate.ticket (ticket, event, secret_hash) VALUES (1, 2, sha256('a ticket of more than 16 bytes'));
INSERT INTO cccd_gate.gate (event, gate) VALUES (2, 'B');
UPDATE cccd_gate.ticket SET gate = 'B' WHERE ticket = 1;
SELECT pg_temp.enter(1, scan, 'F', 'a ticket of more than 16 bytes') FROM pg_temp.an;
UPDATE cccd_gate.ticket SET gate = NULL WHERE ticket = 1;
SAVEPOINT ticket;
SELECT pg_temp.again(1, 2);
ROLLBACK TO ticket;
SELECT pg_temp.enter(2, scan, 'F', 'a ticket of more than 16 bytes') FROM pg_temp.binh;
SELECT pg_temp.again(1, 3);
ROLLBACK TO s;

-- what an officer compares, and what not
SELECT pg_temp.enter(1, cccd_card_qr('001191000002', NULL, 'Người Khác', '1991-02-02', 'F', NULL, '2021-05-10'));
SAVEPOINT other;
SELECT pg_temp.accept(1, 'dose');
SELECT pg_temp.again(1, 2);
ROLLBACK TO other;
SELECT pg_temp.accept(1, 'identity');
SELECT pg_temp.again(1, 2);
ROLLBACK TO other;
-- a paper that was taken back compares nothing
SELECT pg_temp.accept(1, 'identity');
SELECT revoked FROM cccd_gate.revoke_paper((SELECT max(paper) FROM cccd_gate.paper));
SELECT pg_temp.again(1, 2);
ROLLBACK TO s;
-- a number alone; what comes to light after the comparison needs another one
SELECT pg_temp.enter(1, '001191000002');
SELECT pg_temp.again(1, 2);
SELECT pg_temp.accept(1, 'identity');
UPDATE cccd_gate.person SET died_on = '2021-01-01' WHERE person = 2;
SELECT pg_temp.again(1, 3);
SELECT pg_temp.accept(1, 'identity');
SELECT pg_temp.again(1, 4);
SELECT state FROM cccd_gate.case_file WHERE request_id = pg_temp.id(1);
ROLLBACK TO s;

-- of a claim nothing but the number is looked up; the ticket is when the case is judged again
UPDATE cccd_gate.event SET ticket_required = true WHERE event = 1;
INSERT INTO cccd_gate.ticket (ticket, event, person, number) VALUES (7, 1, 2, 'Bình');
SELECT pg_temp.enter(1, '001191000002'), pg_temp.enter(2, '001191000003');
SELECT pg_temp.accept(1, 'identity'), pg_temp.accept(2, 'identity');
SELECT pg_temp.again(1, 3), pg_temp.again(2, 4);
SELECT action, verdict, reasons, person, ticket FROM cccd_gate.answer_log ORDER BY request_id;
ROLLBACK TO s;

-- a move and an exit that were judged again let nobody in: they rest on no fact, and no entry is annulled by them
INSERT INTO cccd_gate.gate (event, gate, from_zone, to_zone) VALUES (1, 'hall', NULL, 'hall'), (1, 'stand', 'lobby', 'stand');
UPDATE cccd_gate.event SET leaving_is_judged = true WHERE event = 1;
SELECT pg_temp.enter(1, scan) FROM pg_temp.an;
SELECT pg_temp.accept(1, 'dose'), pg_temp.again(1, 2);
SELECT verdict, reasons FROM pg_temp.an, cccd_gate.move('E', 'stand', pg_temp.id(3), scan => scan);
UPDATE cccd_gate.presence SET zone = 'lobby';
SELECT pg_temp.again(3, 4);
SELECT verdict, reasons FROM pg_temp.an, cccd_gate.check_out('E', 'A', pg_temp.id(5), scan => split_part(scan, '|', 1) || '||||||');
SAVEPOINT inside;
SELECT verdict, reasons, inside FROM cccd_gate.annul(pg_temp.id(3), pg_temp.id(10));
SELECT state, entries, zone FROM cccd_gate.presence;
SELECT pg_temp.accept(5, 'identity'), pg_temp.again(5, 6);
SELECT l.request_id, l.case_id, l.action, l.verdict, l.rule IS NOT NULL AS asked, cccd_gate.let_in(l) FROM cccd_gate.answer_log l ORDER BY l.request_id;
SELECT case_id, request_id FROM cccd_gate.cases_resting_on((SELECT fact FROM cccd_gate.fact WHERE source = 'paper'));
SELECT verdict, reasons, inside FROM cccd_gate.annul(pg_temp.id(5), pg_temp.id(11));
-- the officer's comparison at the exit let nobody in either
SELECT y.case_id, r.revoked, r.admissions FROM (SELECT * FROM cccd_gate.paper p WHERE p.kind = 'identity' ORDER BY p.paper) y, cccd_gate.revoke_paper(y.paper) r;
SELECT r.admissions FROM cccd_gate.revoke_paper((SELECT paper FROM cccd_gate.paper WHERE kind = 'dose')) r;
ROLLBACK TO inside;
SELECT verdict, reasons, inside FROM cccd_gate.annul(pg_temp.id(1), pg_temp.id(12));
SELECT state, entries FROM cccd_gate.presence;
ROLLBACK;
