-- a number that is only claimed lets in, or is answered as one that nobody has
BEGIN;
SET LOCAL cccd_gate.allow_superuser = on;
CREATE FUNCTION pg_temp.id(n int) RETURNS uuid LANGUAGE sql AS $$ SELECT ('00000000-0000-0000-0000-' || lpad(n::text, 12, '0'))::uuid $$;
INSERT INTO cccd_gate.event (event, code, name, starts, capacity, rule, ticket_required, minimum_evidence, entries) VALUES
    (1, 'C', 'accepts claims', clock_timestamp(), 2, 'not isolated', false, 'claimed', 'again'),
    (2, 'T', 'accepts claims, with tickets', clock_timestamp(), 10, 'not isolated', true, 'claimed', 'again'),
    (3, 'Q', 'quarantine', clock_timestamp(), 10, 'not isolated', false, 'claimed', 'again');
UPDATE cccd_gate.event SET leaving_is_judged = true WHERE code = 'Q';
INSERT INTO cccd_gate.gate (event, gate) SELECT e, g FROM generate_series(1, 3) e, unnest('{A,B}'::text[]) g;
INSERT INTO cccd_gate.person (person, name, birth_date, sex, died_on)
SELECT i, 'Người Số ' || i, '1990-01-01', 'M', CASE i WHEN 5 THEN date '2021-01-01' END FROM generate_series(1, 8) i;
INSERT INTO cccd_gate.identity_number (id, person, status)
SELECT ('00109000000' || i)::cccd_id, i, CASE i WHEN 4 THEN 'cancelled' ELSE 'current' END FROM generate_series(1, 8) i;
INSERT INTO cccd_gate.document (person, kind, number, issued, status) SELECT i, 'chip', '00109000000' || i, '2021-05-10', CASE i WHEN 3 THEN 'lost' ELSE 'valid' END FROM generate_series(1, 8) i;
-- two people have one number of a passport
INSERT INTO cccd_gate.document (person, kind, state, number) VALUES (6, 'passport', 'VNM', 'C4000001'), (7, 'passport', 'GBR', 'C4000001');
INSERT INTO cccd_gate.fact (person, kind, disease, starts, source) VALUES (2, 'isolation', 'covid19', clock_timestamp() - interval '1 day', 'national');
INSERT INTO cccd_gate.ticket (ticket, event, secret_hash, person, gate, cancelled)
SELECT n, 2, sha256(convert_to('secret of ticket number ' || n, 'UTF8')), person, gate, cancelled
FROM (VALUES (1, NULL::bigint, NULL, false), (2, 8, NULL, false), (3, NULL, 'B', false), (4, NULL, NULL, true), (5, NULL, NULL, false)) v(n, person, gate, cancelled);
CREATE FUNCTION pg_temp.says(a cccd_gate.answer) RETURNS text LANGUAGE sql AS $$ SELECT concat_ws(' ', a.verdict, a.reasons::text, a.evidence, a.holder_name, 'inside ' || a.inside, a.valid_until, a.reasons_en) $$;
CREATE FUNCTION pg_temp.enter(n int, event text, scan text, ticket text DEFAULT NULL) RETURNS text LANGUAGE sql VOLATILE AS $$ SELECT pg_temp.says(a) FROM cccd_gate.check_in(event, 'A', pg_temp.id(n), scan, ticket) a $$;
CREATE FUNCTION pg_temp.leave(n int, event text, scan text, ticket text DEFAULT NULL) RETURNS text LANGUAGE sql VOLATILE AS $$ SELECT pg_temp.says(a) FROM cccd_gate.check_out(event, 'A', pg_temp.id(n), scan, ticket) a $$;

-- whoever is isolated, has a lost card, a cancelled number or has died is said to be
-- no more than a number that nobody, or more than one, has
SELECT pg_temp.enter(1, 'C', '001090000001');
SELECT answer, count(*), string_agg(what, ', ' ORDER BY n)
FROM (VALUES (11, 'isolated', '001090000002'), (12, 'lost', '001090000003'), (13, 'cancelled', '001090000004'), (14, 'deceased', '001090000005'),
             (15, 'of two people', 'C4000001'), (16, 'of nobody', '079090999999'), (17, 'inside', '001090000001')) v(n, what, scan)
    CROSS JOIN LATERAL pg_temp.enter(v.n, 'C', v.scan) answer GROUP BY answer;
-- nor does a request id that was used say whether another number would be let in
SELECT answer, count(*) FROM (VALUES ('001090000007'), ('001090000002'), ('079090999998')) v(scan) CROSS JOIN LATERAL pg_temp.enter(16, 'C', v.scan) answer GROUP BY answer;
-- a card says what is wrong with it
SELECT verdict, reasons, holder_name, inside
FROM generate_series(1, 3, 2) n, cccd_gate.check_in('C', 'A', pg_temp.id(18 + n / 2), cccd_card_qr(('00109000000' || n)::cccd_id, NULL, 'Người Số ' || n, '1990-01-01', 'M', NULL, '2021-05-10'))
ORDER BY n;
-- a claim that would let in, were there room
SELECT pg_temp.enter(20, 'C', '001090000006');
SELECT pg_temp.enter(21, 'C', '001090000007'), pg_temp.enter(22, 'C', '001090000002');
-- an officer who compared a document is answered about the person
SELECT accepted FROM cccd_gate.accept_paper(pg_temp.id(11), 'identity');
SELECT verdict, reasons, evidence, holder_name FROM cccd_gate.recheck(pg_temp.id(11), pg_temp.id(23));
-- a case that a claim has closed is closed
SELECT pg_temp.says(a) FROM cccd_gate.recheck(pg_temp.id(1), pg_temp.id(24)) a;

-- tickets: what they are by themselves, not whose
SELECT answer, count(*), string_agg(what, ', ' ORDER BY n)
FROM (VALUES (31, 'isolated', '001090000002'), (32, 'of nobody', '079090999999'), (33, 'without a ticket', '001090000001')) v(n, what, scan)
    CROSS JOIN LATERAL pg_temp.enter(v.n, 'T', v.scan) answer GROUP BY answer;
SELECT number, answer, count(*)
FROM generate_series(1, 6) number,
    (VALUES ('001090000002'), ('079090999999'), ('001090000006')) v(scan)
    CROSS JOIN LATERAL (SELECT pg_temp.says(a) FROM cccd_gate.preview('T', 'A', scan => v.scan, ticket => 'secret of ticket number ' || number) a) p(answer)
GROUP BY number, answer ORDER BY number, answer;

-- an exit: beside a ticket that is inside a number adds nothing
SELECT pg_temp.enter(71, 'T', '001090000006', 'secret of ticket number 1'), pg_temp.enter(72, 'T', '001090000007', 'secret of ticket number 5');
SAVEPOINT inside;
SELECT pg_temp.leave(73, 'T', '001090000001', 'secret of ticket number 1');
SELECT person, state FROM cccd_gate.presence WHERE event = 2 ORDER BY person;
ROLLBACK TO inside;
SELECT pg_temp.leave(73, 'T', '079090999999', 'secret of ticket number 1');
ROLLBACK TO inside;
-- of somebody else who is inside, too: the ticket says who leaves; asked again likewise
SELECT pg_temp.leave(73, 'T', '001090000007', 'secret of ticket number 1');
SELECT pg_temp.leave(73, 'T', '001090000007', 'secret of ticket number 1');
SELECT person, state FROM cccd_gate.presence WHERE event = 2 ORDER BY person;
SELECT pg_temp.leave(74, 'T', '001090000001', 'secret of ticket number 1'), pg_temp.leave(75, 'T', '079090999999', 'secret of ticket number 1');
-- whoever is inside leaves beside a ticket that is not
SELECT pg_temp.leave(76, 'T', '001090000007', 'secret of ticket number 3');
-- a number alone
SELECT answer, count(*) FROM (VALUES (81, '001090000001'), (82, '079090999999'), (83, 'C4000001')) v(n, scan) CROSS JOIN LATERAL pg_temp.leave(v.n, 'T', v.scan) answer GROUP BY answer;
-- where leaving is judged as entering is
SELECT pg_temp.enter(91, 'Q', '001090000001');
INSERT INTO cccd_gate.fact (person, kind, disease, starts, source) VALUES (1, 'isolation', 'covid19', clock_timestamp() - interval '1 hour', 'national');
SELECT answer, count(*) FROM (VALUES (92, '001090000001'), (93, '001090000006'), (94, '079090999999')) v(n, scan) CROSS JOIN LATERAL pg_temp.leave(v.n, 'Q', v.scan) answer GROUP BY answer;
SELECT verdict, reasons FROM cccd_gate.check_out('Q', 'A', pg_temp.id(95), cccd_card_qr('001090000001', NULL, 'Người Số 1', '1990-01-01', 'M', NULL, '2021-05-10'));
ROLLBACK;
