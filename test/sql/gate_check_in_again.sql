-- the same request again, the same person again, and what a gate did while it was alone
BEGIN;
SET LOCAL cccd_gate.allow_superuser = on;
CREATE FUNCTION pg_temp.id(n int) RETURNS uuid LANGUAGE sql AS $$ SELECT ('00000000-0000-0000-0000-' || lpad(n::text, 12, '0'))::uuid $$;
CREATE FUNCTION pg_temp.card(n int, name text DEFAULT NULL) RETURNS text LANGUAGE sql AS $$
    SELECT cccd_card_qr(('00109000000' || n)::cccd_id, NULL, coalesce(name, 'Người Số ' || n), '1990-01-01', 'M', NULL, '2021-05-10') $$;
INSERT INTO cccd_gate.event (event, code, name, starts, capacity, rule, ticket_required, entries) VALUES
    (1, 'O', 'once', clock_timestamp(), 10, 'not isolated', false, 'once'),
    (2, 'R', 'again', clock_timestamp(), 10, 'not isolated', true, 'again'),
    (3, 'F', 'free', clock_timestamp(), 10, 'not isolated', false, 'free'),
    (4, 'C', 'again, claims', clock_timestamp(), 10, 'not isolated', true, 'again');
UPDATE cccd_gate.event SET minimum_evidence = CASE code WHEN 'C' THEN 'claimed' ELSE 'paper' END WHERE code IN ('C', 'O');
INSERT INTO cccd_gate.gate (event, gate) SELECT e, g FROM generate_series(1, 4) e, unnest('{A,B}'::text[]) g;
INSERT INTO cccd_gate.person (person, name, birth_date, sex) SELECT i, 'Người Số ' || i, '1990-01-01', 'M' FROM generate_series(1, 8) i;
SELECT setval(pg_get_serial_sequence('cccd_gate.person', 'person'), 100);
INSERT INTO cccd_gate.identity_number (id, person) SELECT ('00109000000' || i)::cccd_id, i FROM generate_series(1, 8) i;
INSERT INTO cccd_gate.document (person, kind, number, issued) SELECT i, 'chip', '00109000000' || i, '2021-05-10' FROM generate_series(1, 8) i;
INSERT INTO cccd_gate.ticket (ticket, event, secret_hash, person, gate)
SELECT e * 100 + n, e, sha256(convert_to('secret of ticket number ' || e * 100 + n, 'UTF8')), CASE n WHEN 8 THEN 8 END, CASE n WHEN 5 THEN 'A' WHEN 6 THEN 'B' END
FROM generate_series(1, 4) e, generate_series(1, 8) n;
CREATE FUNCTION pg_temp.says(a cccd_gate.answer) RETURNS text LANGUAGE sql AS $$ SELECT concat_ws(' ', a.verdict, a.reasons::text, a.holder_name, 'inside ' || a.inside, CASE WHEN a.admitted_at IS NOT NULL THEN 'admitted' END) $$;
CREATE FUNCTION pg_temp.enter(n int, event text, scan text, ticket int DEFAULT NULL, gate text DEFAULT 'A') RETURNS text LANGUAGE sql VOLATILE AS $$
    SELECT pg_temp.says(a) FROM cccd_gate.check_in(event, gate, pg_temp.id(n), scan, 'secret of ticket number ' || ticket) a $$;
CREATE FUNCTION pg_temp.leave(n int, event text, scan text DEFAULT NULL, ticket int DEFAULT NULL) RETURNS text LANGUAGE sql VOLATILE AS $$
    SELECT pg_temp.says(a) FROM cccd_gate.check_out(event, 'A', pg_temp.id(n), scan, 'secret of ticket number ' || ticket) a $$;
CREATE FUNCTION pg_temp.replay(n int, event text, scan text, ticket int DEFAULT NULL, direction text DEFAULT 'in') RETURNS text LANGUAGE sql VOLATILE AS $$
    SELECT pg_temp.says(a) FROM cccd_gate.replay(pg_temp.id(n), clock_timestamp() - interval '1 hour', direction, event, 'A', scan, 'secret of ticket number ' || ticket, 'admit') a $$;

-- the answer again, and where the person is now
SELECT pg_temp.enter(1, 'O', pg_temp.card(1)), pg_temp.enter(1, 'O', pg_temp.card(1));
SELECT pg_temp.leave(2, 'O', pg_temp.card(1)), pg_temp.leave(2, 'O', pg_temp.card(1));
SELECT pg_temp.enter(1, 'O', pg_temp.card(1));
-- an admission that was taken back is not green any more, whoever asked for it
SELECT pg_temp.enter(11, 'O', pg_temp.card(2));
SELECT pg_temp.enter(12, 'O', pg_temp.card(3, 'Kẻ Khác')), pg_temp.enter(13, 'O', pg_temp.card(4, 'Kẻ Khác'));
INSERT INTO cccd_gate.paper (case_id, person, kind, role) VALUES (pg_temp.id(13), 4, 'identity', 'desk');
SELECT pg_temp.says(a) FROM cccd_gate.recheck(pg_temp.id(13), pg_temp.id(14)) a;
SELECT verdict, inside FROM cccd_gate.annul(pg_temp.id(11), pg_temp.id(15));
SELECT verdict, reasons FROM cccd_gate.turn_away(pg_temp.id(12));
SELECT pg_temp.enter(11, 'O', pg_temp.card(2)), pg_temp.enter(11, 'O', NULL), pg_temp.enter(12, 'O', pg_temp.card(3, 'Kẻ Khác'));
SELECT pg_temp.says(a) FROM cccd_gate.recheck(pg_temp.id(13), pg_temp.id(14)) a;
SELECT verdict, inside FROM cccd_gate.annul(pg_temp.id(13), pg_temp.id(16));
SELECT pg_temp.says(a) FROM cccd_gate.recheck(pg_temp.id(13), pg_temp.id(14)) a;
SELECT pg_temp.enter(13, 'O', pg_temp.card(4, 'Kẻ Khác'));
-- another entry is another request's
SELECT pg_temp.enter(17, 'O', pg_temp.card(2)), pg_temp.enter(11, 'O', pg_temp.card(2));
-- somebody who was registered, and did not come in
SELECT pg_temp.says(a) FROM cccd_gate.register_person('O', 'A', pg_temp.id(18), 'Lê Thị Cúc', '1980-01-01') a;
SELECT verdict FROM cccd_gate.annul(pg_temp.id(18), pg_temp.id(19));
SELECT pg_temp.says(a) FROM cccd_gate.register_person('O', 'A', pg_temp.id(18), 'Lê Thị Cúc', '1980-01-01') a;

-- whoever comes back does so with the ticket of the first entry; another one stays unused
SELECT pg_temp.enter(21, 'R', pg_temp.card(1), 201), pg_temp.leave(22, 'R', pg_temp.card(1)), pg_temp.enter(23, 'R', pg_temp.card(1), 202);
SELECT pg_temp.enter(24, 'R', pg_temp.card(2), 201), pg_temp.enter(25, 'R', pg_temp.card(2), 202);
-- it need not be shown
SELECT pg_temp.leave(26, 'R', pg_temp.card(1)), pg_temp.enter(27, 'R', pg_temp.card(1));
SELECT person, ticket, entries, state FROM cccd_gate.presence WHERE event = 2 ORDER BY person;
SELECT person, ticket, gate FROM cccd_gate.answer_log WHERE event = 2 AND action = 'i' AND verdict = 'a' ORDER BY recorded_at;
-- what is wrong with one that is shown is said
SELECT pg_temp.leave(31, 'R', pg_temp.card(1)), pg_temp.enter(32, 'R', pg_temp.card(1), 202), pg_temp.enter(33, 'R', pg_temp.card(1), 999), pg_temp.enter(34, 'R', pg_temp.card(1), 208);
-- a ticket of one gate does not lead through another with a second ticket
SELECT pg_temp.enter(35, 'R', pg_temp.card(3), 205), pg_temp.leave(36, 'R', pg_temp.card(3)), pg_temp.enter(37, 'R', pg_temp.card(3), 206, 'B');
-- with one of one's own it does
SELECT pg_temp.enter(38, 'R', pg_temp.card(8), 203), pg_temp.leave(39, 'R', pg_temp.card(8)), pg_temp.enter(40, 'R', pg_temp.card(8), 208);
-- one that was cancelled since is replaced
UPDATE cccd_gate.ticket SET cancelled = true WHERE ticket = 201;
SELECT pg_temp.enter(41, 'R', pg_temp.card(1), 204), pg_temp.enter(42, 'R', pg_temp.card(4), 204);
SELECT person, ticket FROM cccd_gate.presence WHERE event = 2 ORDER BY person;
-- who came in without one, or is still inside, binds the one that is shown
SELECT pg_temp.enter(51, 'F', pg_temp.card(1)), pg_temp.enter(52, 'F', pg_temp.card(1), 301), pg_temp.enter(53, 'F', pg_temp.card(2), 301);
SELECT pg_temp.enter(54, 'F', pg_temp.card(2)), pg_temp.leave(55, 'F', pg_temp.card(2)), pg_temp.enter(56, 'F', pg_temp.card(2), 302), pg_temp.enter(57, 'F', pg_temp.card(3), 302);
SELECT person, ticket, entries FROM cccd_gate.presence WHERE event = 3 ORDER BY person;
-- who was let in again while inside stays inside, with the ticket of before, when that entry is annulled
SELECT pg_temp.enter(171, 'F', pg_temp.card(5)), pg_temp.enter(172, 'F', pg_temp.card(5), 305);
SELECT verdict, reasons, inside FROM cccd_gate.annul(pg_temp.id(172), pg_temp.id(173));
SELECT state, entries, ticket FROM cccd_gate.presence WHERE event = 3 AND person = 5;
SELECT pg_temp.leave(174, 'F', pg_temp.card(5)), pg_temp.enter(175, 'F', pg_temp.card(5));
SELECT verdict, reasons, inside FROM cccd_gate.annul(pg_temp.id(175), pg_temp.id(176));
SELECT p.state, p.entries, (SELECT count(*) FROM cccd_gate.visit v WHERE v.event = 3 AND v.person = 5) AS visits,
       (SELECT (sum(s.inside), sum(s.entered), sum(s.left_count)) FROM cccd_gate.slot s WHERE s.event = 3) AS places
FROM cccd_gate.presence p WHERE p.event = 3 AND p.person = 5;
-- an entry that is annulled leaves no stay, also where the person was moved
INSERT INTO cccd_gate.gate (event, gate, from_zone, to_zone) VALUES (3, 'lab', NULL, 'lab'), (3, 'roof', 'lab', 'roof');
SELECT pg_temp.enter(181, 'F', pg_temp.card(6)), pg_temp.leave(182, 'F', pg_temp.card(6)), pg_temp.enter(183, 'F', pg_temp.card(6), gate => 'lab');
SELECT verdict FROM cccd_gate.move('F', 'roof', pg_temp.id(184), pg_temp.card(6));
SELECT verdict, reasons, inside FROM cccd_gate.annul(pg_temp.id(183), pg_temp.id(185));
SELECT zone, gate_in, gate_out FROM cccd_gate.visit WHERE event = 3 AND person = 6;
-- a move that a gate reports of somebody who is not inside does not say that he is
SELECT a.verdict, a.reasons, a.inside FROM cccd_gate.replay(pg_temp.id(186), clock_timestamp(), 'move', 'F', 'roof', pg_temp.card(7), decided => 'admit') a;
-- more are inside than may be since the capacity was lowered: nobody enters until enough have left
INSERT INTO cccd_gate.event (event, code, name, starts, capacity, rule, ticket_required) VALUES (5, 'L', 'lowered', clock_timestamp(), 3, 'not isolated', false);
INSERT INTO cccd_gate.gate (event, gate) VALUES (5, 'A');
SELECT pg_temp.enter(190 + n, 'L', pg_temp.card(n)) FROM generate_series(1, 3) n;
UPDATE cccd_gate.event SET capacity = 2 WHERE event = 5;
SELECT pg_temp.leave(194, 'L', pg_temp.card(1)), pg_temp.enter(195, 'L', pg_temp.card(4)), pg_temp.leave(196, 'L', pg_temp.card(2)), pg_temp.enter(197, 'L', pg_temp.card(4)), pg_temp.enter(198, 'L', pg_temp.card(5));
SELECT sum(size) AS size, sum(inside) AS inside FROM cccd_gate.slot WHERE event = 5;
-- a claim does not come back with a ticket that somebody else may use
SELECT pg_temp.enter(61, 'C', '001090000001', 401), pg_temp.leave(62, 'C', '001090000001'), pg_temp.enter(63, 'C', '001090000001', 402), pg_temp.enter(64, 'C', '001090000001', 401);

-- replayed: nobody is inside by a number that nobody has, or with a ticket of elsewhere
SELECT pg_temp.replay(71, 'O', '079090999999'), pg_temp.replay(71, 'O', '079090999999'), pg_temp.replay(72, 'O', '079090999999', 201), pg_temp.replay(73, 'O', '079090999999', 201);
SELECT action, verdict, decided, person, f.state FROM cccd_gate.answer_log l JOIN cccd_gate.case_file f USING (request_id) WHERE request_id BETWEEN pg_temp.id(71) AND pg_temp.id(73) ORDER BY request_id;
-- by the ticket alone somebody is
SELECT pg_temp.replay(74, 'O', '079090999999', 101), pg_temp.replay(74, 'O', '079090999999', 101);
-- one ticket let in two people at two gates that were alone: both are inside
SELECT pg_temp.replay(75, 'O', pg_temp.card(5), 102), pg_temp.replay(76, 'O', pg_temp.card(6), 102), pg_temp.replay(77, 'O', pg_temp.card(7), 201);
SELECT person, ticket, state FROM cccd_gate.presence WHERE event = 1 ORDER BY person, ticket;
SELECT pg_temp.replay(78, 'O', pg_temp.card(6), 102, 'out'), pg_temp.replay(79, 'O', '079090999999', NULL, 'out');
SELECT (SELECT sum(inside) FROM cccd_gate.slot WHERE event = 1) = (SELECT count(*) FROM cccd_gate.presence WHERE event = 1 AND state = 'i') AS counted;
ROLLBACK;
