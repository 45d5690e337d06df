-- Tickets after the sale: cancelled, issued again, given to somebody else, by
-- function and by loader; short codes; several tickets of one person.
\set VERBOSITY terse
SET client_min_messages = warning;
BEGIN;
CREATE ROLE regress_organiser;
INSERT INTO cccd_gate.event (event, code, name, starts, capacity, rule) VALUES (1, 'E', 'E', '2121-11-16 19:00+07', 10, 'ticket'), (2, 'F', 'F', '2121-11-16 19:00+07', 10, 'ticket');
INSERT INTO cccd_gate.gate (event, gate) VALUES (1, 'A'), (1, 'B');
SELECT cccd_gate.grant_duty('regress_organiser', 'organiser', 'E');
INSERT INTO cccd_gate.person (person, name) VALUES (1, 'Nguyễn Văn An'), (2, 'Trần Thị Bình');
INSERT INTO cccd_gate.identity_number (id, person) VALUES ('001090000001', 1), ('001191000002', 2);
SET ROLE regress_organiser;
COPY cccd_gate.ticket_in (event, number, secret, id, gate) FROM stdin;
E	1	0123456789abcdef	\N	\N
E	2	0123456789abcde	\N	\N
E	3	abcdef	\N	\N
E	4	abcde	\N	\N
E	5	four seats of one a	001090000001	A
E	6	four seats of one b	001090000001	A
E	7	\N	001191000002	\N
E	\N	\N	001191000002	\N
E	\N	\N	001191000002	\N
F	1	not of this organiser	\N	\N
\.
SELECT taken, updated, withdrawn, rejected FROM cccd_gate.load_tickets('list');
RESET ROLE;
SELECT number, short, person, gate, secret_hash = sha256('0123456789abcdef') AS plain,
       secret_hash IN (SELECT sha256(s.key || 'ticket0123456789abcde') FROM cccd_gate.secret s) AS keyed FROM cccd_gate.ticket ORDER BY number;
SELECT reason, masked FROM cccd_gate.load_reject ORDER BY line;

-- cancelled, once; by number, or as the only one of somebody
SET ROLE regress_organiser;
SELECT ticket_id IS NOT NULL AS done, problem FROM cccd_gate.cancel_ticket('E', '1', note => 'trả lại, 0912 345 678');
SELECT ticket_id IS NOT NULL AS done, problem FROM cccd_gate.cancel_ticket('E', '1');
SELECT ticket_id IS NOT NULL AS done, problem, problem_vi, problem_en FROM cccd_gate.cancel_ticket('E', '9');
SELECT ticket_id IS NOT NULL AS done, problem FROM cccd_gate.cancel_ticket('F', '1');
SELECT ticket_id IS NOT NULL AS done, problem FROM cccd_gate.cancel_ticket('G', '1');
SELECT ticket_id IS NOT NULL AS done, problem FROM cccd_gate.cancel_ticket('E', id => '001090000001');
SELECT ticket_id IS NOT NULL AS done, problem FROM cccd_gate.cancel_ticket('E', id => '001090000009');
SELECT ticket_id IS NOT NULL AS done, problem FROM cccd_gate.cancel_ticket('E');
SELECT ticket_id IS NOT NULL AS done, problem FROM cccd_gate.cancel_ticket('E', '5');
SELECT ticket_id IS NOT NULL AS done, problem FROM cccd_gate.cancel_ticket('E', id => '001090000001');
-- issued again: valid again, and under a new code
SELECT ticket_id IS NOT NULL AS done, problem FROM cccd_gate.reissue_ticket('E', '1');
SELECT ticket_id IS NOT NULL AS done, problem FROM cccd_gate.reissue_ticket('E', '2', new_number => '2a', new_secret => 'a new code of the ticket');
SELECT ticket_id IS NOT NULL AS done, problem FROM cccd_gate.reissue_ticket('E', '2');
SELECT ticket_id IS NOT NULL AS done, problem, problem_en FROM cccd_gate.reissue_ticket('E', '3', new_secret => 'a new code of the ticket');
SELECT ticket_id IS NOT NULL AS done, problem FROM cccd_gate.reissue_ticket('E', '3', new_number => '1');
SELECT ticket_id IS NOT NULL AS done, problem FROM cccd_gate.reissue_ticket('E', '3', new_secret => 'abcde');
SELECT ticket_id IS NOT NULL AS done, problem FROM cccd_gate.reissue_ticket('E', '3', new_secret => 'fedcba');
SELECT ticket_id IS NOT NULL AS done, problem FROM cccd_gate.reissue_ticket('E', '3', new_number => repeat('x', 101));
-- what the tickets of another event say is not for this organiser to find out, and its own may say the same
RESET ROLE;
INSERT INTO cccd_gate.gate (event, gate) VALUES (2, 'A');
INSERT INTO cccd_gate.ticket (event, number, secret_hash, short)
SELECT 2, 'f' || n, cccd_gate.ticket_hash(code), octet_length(code) < 16 FROM (VALUES (1, 'a code of two events'), (2, 'short of F'), (3, 'a code of event F')) v(n, code);
SET ROLE regress_organiser;
COPY cccd_gate.ticket_in (event, number, secret) FROM stdin;
E	8	short of F
E	9	a code of two events
\.
SELECT taken, updated, withdrawn, rejected FROM cccd_gate.load_tickets('list');
SELECT ticket_id IS NOT NULL AS done, problem FROM cccd_gate.reissue_ticket('E', '8', new_secret => 'a code of event F');
SELECT ticket_id IS NOT NULL AS done, problem FROM cccd_gate.reissue_ticket('E', '8', new_secret => 'a code of two events');
SELECT ticket_id IS NOT NULL AS done, problem FROM cccd_gate.reissue_ticket('E', '8', new_secret => 'short of F');
SELECT ticket_id IS NOT NULL AS done, problem FROM cccd_gate.cancel_ticket('E', '9');
RESET ROLE;
SELECT event, number, cancelled, secret_hash = sha256('a code of two events') AS shared FROM cccd_gate.ticket WHERE number IN ('f1', 'f2', 'f3', '8', '9') ORDER BY 1, 2;
-- at a gate the ticket of its event counts, whichever is older
SELECT e.code, p.verdict, p.reasons
FROM cccd_gate.event e, cccd_gate.preview(e.code, 'A', at => e.starts, scan => '001090000001', ticket => 'a code of two events') p ORDER BY 1;
SELECT p.verdict, p.reasons FROM cccd_gate.preview('E', 'A', at => '2121-11-16 19:00+07', scan => '001090000001', ticket => 'a code of event F') p;
DELETE FROM cccd_gate.ticket WHERE number IN ('f1', 'f2', 'f3', '8', '9');
SET ROLE regress_organiser;
-- given to somebody else, or to the bearer
SELECT ticket_id IS NOT NULL AS done, problem FROM cccd_gate.transfer_ticket('E', '3', new_id => '001191000002');
SELECT ticket_id IS NOT NULL AS done, problem FROM cccd_gate.transfer_ticket('E', '6');
SELECT ticket_id IS NOT NULL AS done, problem FROM cccd_gate.transfer_ticket('E', '3', new_id => '001191000009');
-- a guest without number and code is nobody's without a name
SELECT ticket_id IS NOT NULL AS done, problem FROM cccd_gate.cancel_ticket('E', '7');
SELECT ticket_id IS NOT NULL AS done, problem FROM cccd_gate.cancel_ticket('E', '3');
SELECT ticket_id IS NOT NULL AS done, problem FROM cccd_gate.transfer_ticket('E', id => '001191000002');
RESET ROLE;
SELECT number, short, person, cancelled, secret_hash = sha256('a new code of the ticket') AS new_code FROM cccd_gate.ticket ORDER BY number;
-- who has entered has it
INSERT INTO cccd_gate.presence (event, ticket, since, entries, state) SELECT 1, ticket, clock_timestamp(), 1, CASE number WHEN '1' THEN 'i' ELSE 'a' END FROM cccd_gate.ticket WHERE number IN ('1', '2a');
SET ROLE regress_organiser;
SELECT f, c.problem FROM unnest('{1,2a}'::text[]) f, cccd_gate.cancel_ticket('E', f) c;
SELECT f, c.problem FROM unnest('{1,2a}'::text[]) f, cccd_gate.reissue_ticket('E', f, new_secret => 'another secret of ' || f) c;
SELECT f, c.problem FROM unnest('{1,2a}'::text[]) f, cccd_gate.transfer_ticket('E', f, new_id => '001090000001') c;
-- the same by loader: changes are taken first, in the order of their lines
COPY cccd_gate.ticket_in (event, number, secret, id, change) FROM stdin;
E	6	\N	\N	cancel
E	6	a code for the second	\N	Reissue
E	5	\N	001191000002	transfer
E	1	\N	\N	cancel
E	9	\N	\N	cancel
E	6	\N	\N	swap
F	1	\N	\N	cancel
E	6	\N	001190000009	transfer
E	6	code	\N	reissue
E	10	a code for a new ticket	\N	\N
\.
SELECT taken, updated, withdrawn, rejected FROM cccd_gate.load_tickets('list');
RESET ROLE;
SELECT line, reason, masked FROM cccd_gate.load_reject r WHERE rejected_at > (SELECT min(rejected_at) FROM cccd_gate.load_reject) AND reason <> 'event_unknown' ORDER BY line;
SELECT number, short, person, cancelled FROM cccd_gate.ticket ORDER BY number;
SELECT t.number, c.kind, c.role, c.note FROM cccd_gate.ticket_change c JOIN cccd_gate.ticket t USING (ticket) ORDER BY c.change;
-- where nothing can be written
SET ROLE regress_organiser;
SET TRANSACTION READ ONLY;
SELECT problem, problem_vi FROM cccd_gate.cancel_ticket('E', '5');
SELECT problem FROM cccd_gate.reissue_ticket('E', '5', new_secret => 'another secret of 5');
SELECT problem FROM cccd_gate.transfer_ticket('E', '5');
ROLLBACK;
