-- A desk's evening on the door: somebody whom the register does not know, a
-- child, a case that is closed, a paper that was false.
\set VERBOSITY terse
SET client_min_messages = warning;
SET timezone = 'Asia/Ho_Chi_Minh';
BEGIN;
CREATE ROLE regress_desk;
INSERT INTO cccd_gate.event (event, code, name, starts, capacity, rule, ticket_required, minimum_evidence) VALUES
    (1, 'E', 'E', clock_timestamp(), 3, 'doses >= 1 or age < 16 years and accompanied', false, 'paper'),
    (2, 'QR', 'QR', clock_timestamp(), 3, 'doses >= 1', false, 'qr');
INSERT INTO cccd_gate.gate (event, gate) VALUES (1, 'A'), (2, 'A');
INSERT INTO cccd_gate.person (person, name, birth_date, sex) VALUES (900, 'Nguyễn Văn An', '1990-01-01', 'M');
INSERT INTO cccd_gate.identity_number (id, person) VALUES ('001090000001', 900);
SELECT cccd_gate.grant_duty('regress_desk', 'desk', officers => '{lan}');
CREATE FUNCTION pg_temp.id(n int) RETURNS uuid LANGUAGE sql IMMUTABLE AS $$ SELECT lpad(n::text, 32, '0')::uuid $$;
SET ROLE regress_desk;

-- nobody has a number of hers: registered, judged, a paper, admitted
SELECT request_id, verdict, reasons, holder_name, holder_birth_date, document_kind, evidence, inside FROM cccd_gate.register_person('E', 'A', pg_temp.id(1), 'Lê Thị Cúc', date '1980-01-01', 'F', officer => 'lan');
SELECT request_id, verdict, reasons, holder_name FROM cccd_gate.register_person('E', 'A', pg_temp.id(1), 'Lê Thị Cúc', date '1980-01-01', 'F', officer => 'lan');
SELECT accepted, problem FROM cccd_gate.accept_paper(pg_temp.id(1), 'dose', '2021-06-01', document_number => 'P 1', officer => 'lan');
SELECT verdict, reasons, evidence, inside FROM cccd_gate.recheck(pg_temp.id(1), pg_temp.id(2));
SELECT verdict, reasons FROM cccd_gate.turn_away(pg_temp.id(1));
SELECT accepted, problem FROM cccd_gate.accept_paper(pg_temp.id(1), 'dose', '2021-07-01');
-- the turnstile did not turn: the place is free, the case is closed
SELECT verdict, reasons, inside FROM cccd_gate.annul(pg_temp.id(1), pg_temp.id(3));
SELECT verdict, reasons FROM cccd_gate.recheck(pg_temp.id(1), pg_temp.id(4));
RESET ROLE;
SELECT sum(inside) AS inside, sum(entered) AS entered FROM cccd_gate.slot WHERE event = 1;
SET ROLE regress_desk;

-- a passport of another state, and the same one again
SELECT verdict, reasons, evidence FROM cccd_gate.register_person('E', 'A', pg_temp.id(10), 'Anna Example', date '1985-02-03', 'F', 'passport', 'GBR', 'C7654321');
SELECT verdict, reasons FROM cccd_gate.register_person('E', 'A', pg_temp.id(11), 'Anna Example', date '1985-02-03', 'F', 'passport', 'GBR', 'C7654321');
SELECT verdict, reasons FROM cccd_gate.register_person('E', 'A', pg_temp.id(12), 'Jean Dupont', date '1970-01-01', 'M', 'passport', 'GBR', 'C7654321');
SELECT verdict, reasons FROM cccd_gate.register_person('E', 'A', pg_temp.id(13), 'Jean Dupont', date '1970-01-01', 'M', 'passport', 'FRA', 'C7654321');
-- somebody whom the register has under another name
SELECT verdict, reasons FROM cccd_gate.register_person('E', 'A', pg_temp.id(14), 'Nguyễn Văn Khác', date '1990-01-01', 'M', 'chip', number => '001090000001');
-- an officer's word is paper; this event demands more
SELECT verdict, reasons, evidence FROM cccd_gate.register_person('QR', 'A', pg_temp.id(15), 'Lê Thị Cúc', date '1980-01-01', 'F');

-- a child with a guardian who is there, with one who is a child, with one who was turned away
SELECT verdict, reasons, evidence FROM cccd_gate.register_person('E', 'A', pg_temp.id(20), 'Bé Na', (now() - interval '9 years')::date, 'F', 'birth', guardian => pg_temp.id(10));
SELECT verdict, reasons FROM cccd_gate.register_person('E', 'A', pg_temp.id(21), 'Bé Nu', (now() - interval '8 years')::date, 'F', 'birth', guardian => pg_temp.id(20));
SELECT verdict, reasons FROM cccd_gate.turn_away(pg_temp.id(11));
SELECT verdict, reasons FROM cccd_gate.register_person('E', 'A', pg_temp.id(22), 'Bé Nu', (now() - interval '8 years')::date, 'F', 'birth', guardian => pg_temp.id(11));
SELECT verdict, reasons FROM cccd_gate.register_person('E', 'A', pg_temp.id(23), 'Bé Nu', (now() - interval '8 years')::date, 'F', 'birth');
-- everything is looked at again: a false identity cures nothing
SELECT accepted FROM cccd_gate.accept_paper(pg_temp.id(13), 'dose', '2021-06-01');
RESET ROLE;
SELECT paper FROM cccd_gate.paper WHERE case_id = pg_temp.id(13) AND kind = 'identity' \gset
SET ROLE regress_desk;
SELECT revoked, admissions FROM cccd_gate.revoke_paper(:paper);
SELECT verdict, reasons, evidence FROM cccd_gate.recheck(pg_temp.id(13), pg_temp.id(24));
SELECT accepted FROM cccd_gate.accept_paper(pg_temp.id(13), 'identity');
SELECT verdict, reasons, evidence FROM cccd_gate.recheck(pg_temp.id(13), pg_temp.id(25));
-- and a false identity of somebody who was let in is named
RESET ROLE;
SELECT max(paper) AS paper FROM cccd_gate.paper WHERE case_id = pg_temp.id(13) AND kind = 'identity' \gset
SET ROLE regress_desk;
SELECT revoked, admissions FROM cccd_gate.revoke_paper(:paper);
RESET ROLE;
-- what was under review about the document only an identity paper cures
SET ROLE regress_desk;
SELECT verdict, reasons FROM cccd_gate.check_in('E', 'A', pg_temp.id(30), '001090000001||Nguyễn Văn Khác|01011990|Nam||10052021');
SELECT accepted, problem FROM cccd_gate.accept_paper(pg_temp.id(30), 'dose', '2021-06-01');
SELECT verdict, reasons, holder_name FROM cccd_gate.recheck(pg_temp.id(30), pg_temp.id(31));
SELECT accepted, problem FROM cccd_gate.accept_paper(pg_temp.id(30), 'identity');
SELECT verdict, reasons, holder_name, evidence FROM cccd_gate.recheck(pg_temp.id(30), pg_temp.id(32));
RESET ROLE;
SELECT p.name, p.birth_date, p.source, d.kind, d.state, d.number, d.source FROM cccd_gate.person p LEFT JOIN cccd_gate.document d USING (person) WHERE p.person <> 900 AND p.name NOT LIKE 'Bé%' ORDER BY p.name COLLATE "C", d.state;
SELECT l.action, l.verdict, l.evidence, l.role, l.officer, count(*) FROM cccd_gate.answer_log l GROUP BY 1, 2, 3, 4, 5 ORDER BY 1, 2, 3, 4, 5;
ROLLBACK;
