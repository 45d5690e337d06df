-- Pictures of cards at the gate: read, decided, and let go.
SET client_min_messages = warning;
SET timezone = 'Asia/Ho_Chi_Minh';
SET datestyle = 'ISO, YMD';
BEGIN;
\getenv root PG_ABS_SRCDIR
SELECT set_config('cccd_test.root', :'root', false) = :'root' AS set;
CREATE FUNCTION pg_temp.picture(name text) RETURNS bytea LANGUAGE sql
    AS $$ SELECT pg_read_binary_file(current_setting('cccd_test.root') || '/data/gate_picture/' || name || '.png') $$;
INSERT INTO cccd_gate.person_in (id, old_id, name, birth_date, sex) VALUES
    ('001099012345', '012345678', 'Nguyễn Văn An', '1999-01-01', 'M'), ('034058000007', NULL, 'Lê Văn Cự', '1958-10-26', 'M');
SELECT taken, rejected FROM cccd_gate.load_people('national', NULL);
INSERT INTO cccd_gate.document_in (id, issued) VALUES ('001099012345', '2021-05-10'), ('034058000007', '2022-03-15');
SELECT taken, rejected FROM cccd_gate.load_documents('national', NULL);
INSERT INTO cccd_gate.event (code, name, starts, capacity, rule) VALUES ('E', 'E', '2021-11-16 19:00+07', 1000, 'ticket');
INSERT INTO cccd_gate.gate SELECT event, 'A' FROM cccd_gate.event;
INSERT INTO cccd_gate.ticket_in (event, number, secret) SELECT 'E', i::text, 'secret of the ticket ' || i FROM generate_series(1, 3) i;
SELECT taken, rejected FROM cccd_gate.load_tickets('list', as_of => '2021-11-16');

-- a check without a picture does not load the library that reads them
SELECT verdict, reasons FROM cccd_gate.check('E', '001099012345||Nguyễn Văn An|01011999|Nam||10052021', 'A', NULL, '2021-11-16 17:00+07', 'secret of no ticket at all');
SELECT pg_read_file('/proc/self/maps') LIKE '%/cccd_qr.so%' AS mapped;

-- one picture; what was admitted is undone
CREATE FUNCTION pg_temp.show(image bytea, ticket text DEFAULT NULL, scan text DEFAULT NULL, request uuid DEFAULT NULL,
    OUT verdict text, OUT reasons text, OUT holder text, OUT card text, OUT evidence text, OUT ticket_number text, OUT ask text)
LANGUAGE plpgsql AS $$
DECLARE a record;
BEGIN
    SELECT * INTO a FROM cccd_gate.check('E', scan, 'A', request, '2021-11-16 17:00+07', ticket, image => image);
    verdict := a.verdict; reasons := array_to_string(a.reasons, ' '); holder := a.holder_name || ' ' || a.holder_id_masked; card := a.card_kind; evidence := a.evidence; ask := array_to_string(a.ask_en, '; ');
    SELECT t.number INTO ticket_number FROM cccd_gate.decision d JOIN cccd_gate.ticket t USING (ticket) WHERE d.decision = a.decision_id;
    DELETE FROM cccd_gate.attendance w WHERE w.attendance = a.attendance_id;
END $$;
-- a card, in PNG
SELECT * FROM pg_temp.show(cccd_qr_png('001099012345||Nguyễn Văn An|01011999|Nam|Hà Nội|10052021'), 'secret of the ticket 1');
SELECT * FROM pg_temp.show(cccd_qr_png('001099012345||Nguyễn Văn An|01011999|Nam|Hà Nội|10052021'));
SELECT * FROM pg_temp.show(cccd_qr_png('001099012345'), 'secret of the ticket 1');
-- a scan is asked before a picture
SELECT * FROM pg_temp.show(cccd_qr_png('001099012345||Nguyễn Văn An|01011999|Nam|Hà Nội|10052021'), 'secret of the ticket 1', '034058000007||Lê Văn Cự|26101958|Nam||15032022');
-- several codes: the card, and the ticket beside it; no guess between two people or two tickets
SELECT p.name, s.* FROM unnest('{two_cards,card_twice,card_and_ticket,card_and_tickets,card_and_personal,ticket}'::text[]) WITH ORDINALITY p(name, i), LATERAL pg_temp.show(pg_temp.picture(name)) s ORDER BY i;
-- a ticket that was named counts, not the one in the picture
SELECT * FROM pg_temp.show(pg_temp.picture('card_and_ticket'), 'secret of the ticket 3');
-- a code that is no card, no code, no picture, half a picture, a bomb
SELECT * FROM pg_temp.show(cccd_qr_png('hello'), 'secret of the ticket 1');
SELECT * FROM pg_temp.show(cccd_qr_png('HC1:NCFOXN%TSMAHN-H'), 'secret of the ticket 1');
SELECT * FROM pg_temp.show(cccd_qr_png('\x00ff'::bytea), 'secret of the ticket 1');
SELECT * FROM pg_temp.show(decode('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg==', 'base64'), 'secret of the ticket 1');
SELECT * FROM pg_temp.show('not a picture'::bytea, 'secret of the ticket 1');
SELECT * FROM pg_temp.show(''::bytea, 'secret of the ticket 1');
SELECT * FROM pg_temp.show(substr(pg_temp.picture('two_cards'), 1, 1000), 'secret of the ticket 1');
SELECT * FROM pg_temp.show(set_byte(pg_temp.picture('two_cards'), 17, 255), 'secret of the ticket 1');
-- a chip needs no picture
SELECT verdict, reasons, card_kind FROM cccd_gate.check('E', NULL, 'A', NULL, '2021-11-16 17:00+07', 'secret of the ticket 1', image => '\x89', sod => '\x77',
    data_groups => ARRAY[pg_read_binary_file(current_setting('cccd_test.root') || '/data/gate_chip/an.dg1'), pg_read_binary_file(current_setting('cccd_test.root') || '/data/gate_chip/an.dg13')]);
SELECT verdict, reasons, card_kind FROM cccd_gate.check('E', NULL, 'A', NULL, '2021-11-16 17:00+07', 'secret of the ticket 1', image => '\x89', sod => '\x77', data_groups => '{}');
-- the session goes on
SELECT * FROM pg_temp.show(pg_temp.picture('card_and_ticket'));
-- the same request again, with the picture, a worse one, or none; somebody else's
SELECT verdict, evidence FROM cccd_gate.check('E', NULL, 'A', md5('photo')::uuid, '2021-11-16 17:00+07', image => pg_temp.picture('card_and_ticket'));
SELECT verdict, evidence FROM cccd_gate.check('E', NULL, 'A', md5('photo')::uuid, '2021-11-16 17:00+07', image => pg_temp.picture('card_and_ticket'));
SELECT verdict, evidence FROM cccd_gate.check('E', NULL, 'A', md5('photo')::uuid, '2021-11-16 17:00+07', image => '\x89');
SELECT verdict, evidence FROM cccd_gate.check('E', NULL, 'A', md5('photo')::uuid, '2021-11-16 17:00+07');
SELECT verdict, reasons FROM cccd_gate.check('E', NULL, 'A', md5('photo')::uuid, '2021-11-16 17:00+07', image => cccd_qr_png('034058000007||Lê Văn Cự|26101958|Nam||15032022'));
SELECT count(*) AS inside FROM cccd_gate.attendance;
-- in the decisions is no trace of what was shown
SELECT count(*) FROM cccd_gate.decision d WHERE d::text LIKE '%001099012345%' OR d::text LIKE '%' || left(encode(pg_temp.picture('card_and_ticket'), 'hex'), 60) || '%';
ROLLBACK;
