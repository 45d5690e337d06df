-- Pictures of cards at the door: read, judged, and let go.
SET client_min_messages = warning;
SET timezone = 'Asia/Ho_Chi_Minh';
SET datestyle = 'ISO, YMD';
BEGIN;
SET LOCAL cccd_gate.allow_superuser = on;
\getenv root PG_ABS_SRCDIR
SELECT set_config('cccd_test.root', :'root', false) = :'root' AS set;
CREATE FUNCTION pg_temp.picture(name text) RETURNS bytea LANGUAGE sql
    AS $$ SELECT pg_read_binary_file(current_setting('cccd_test.root') || '/data/gate_picture/' || name || '.png') $$;
INSERT INTO cccd_gate.person_in (id, old_id, name, birth_date, sex) VALUES
    ('001099012345', '012345678', 'Nguyễn Văn An', '1999-01-01', 'M'), ('034058000007', NULL, 'Lê Văn Cự', '1958-10-26', 'M');
SELECT taken, rejected FROM cccd_gate.load_people('national', NULL);
INSERT INTO cccd_gate.document_in (id, issued) VALUES ('001099012345', '2021-05-10'), ('034058000007', '2022-03-15');
SELECT taken, rejected FROM cccd_gate.load_documents('national', NULL);
INSERT INTO cccd_gate.event (code, name, starts, capacity, rule) VALUES ('E', 'E', clock_timestamp(), 1000, 'ticket');
INSERT INTO cccd_gate.gate SELECT event, 'A' FROM cccd_gate.event;
INSERT INTO cccd_gate.ticket_in (event, number, secret) SELECT 'E', i::text, 'secret of the ticket ' || i FROM generate_series(1, 3) i;
SELECT taken, rejected FROM cccd_gate.load_tickets('list');
-- a later event whose tickets say the same
INSERT INTO cccd_gate.event (code, name, starts, capacity, rule) VALUES ('F', 'F', clock_timestamp(), 1000, 'ticket');
INSERT INTO cccd_gate.ticket (event, secret_hash) SELECT e.event, t.secret_hash FROM cccd_gate.event e, cccd_gate.ticket t WHERE e.code = 'F';

-- a check without a picture does not load the library that reads them
SELECT verdict, reasons FROM cccd_gate.check_in('E', 'A', gen_random_uuid(), scan => '001099012345||Nguyễn Văn An|01011999|Nam||10052021', ticket => 'secret of no ticket at all');
SELECT pg_read_file('/proc/self/maps') LIKE '%/cccd_qr.so%' AS mapped;

-- one picture; preview() says the same, and what was admitted is undone
CREATE FUNCTION pg_temp.show(image bytea, ticket text DEFAULT NULL, scan text DEFAULT NULL,
    OUT verdict text, OUT reasons text, OUT holder text, OUT card text, OUT evidence text, OUT ticket_number text, OUT ask text)
LANGUAGE plpgsql AS $$
DECLARE
    request CONSTANT uuid := gen_random_uuid();
    p jsonb;
    a cccd_gate.answer;
BEGIN
    p := to_jsonb(v) FROM cccd_gate.preview('E', 'A', scan => scan, ticket => ticket, image => image) v;
    a := cccd_gate.check_in('E', 'A', request, scan, ticket, image => image);
    verdict := a.verdict; reasons := array_to_string(a.reasons, ' '); holder := a.holder_name || ' ' || a.holder_id_masked; card := a.document_kind; evidence := a.evidence; ask := array_to_string(a.ask_en, '; ');
    IF p - '{request_id,valid_until,inside,admitted_at}'::text[] <> to_jsonb(a) - '{request_id,valid_until,inside,admitted_at}'::text[] THEN
        reasons := reasons || ' but preview says ' || p::text;
    END IF;
    SELECT t.number INTO ticket_number FROM cccd_gate.answer_log l JOIN cccd_gate.ticket t USING (ticket) WHERE l.request_id = request;
    DELETE FROM cccd_gate.presence;
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
CREATE FUNCTION pg_temp.chip(VARIADIC names text[]) RETURNS cccd_gate.chip LANGUAGE sql AS $$
    SELECT ROW('\x77', ARRAY(SELECT pg_read_binary_file(current_setting('cccd_test.root') || '/data/gate_chip/' || n) FROM unnest(names) n WHERE n <> ''), NULL, NULL)::cccd_gate.chip $$;
SELECT verdict, reasons, document_kind FROM cccd_gate.check_in('E', 'A', gen_random_uuid(), ticket => 'secret of the ticket 1', image => '\x89', chip => pg_temp.chip('an.dg1', 'an.dg13'));
SELECT verdict, reasons, document_kind FROM cccd_gate.check_in('E', 'A', gen_random_uuid(), ticket => 'secret of the ticket 1', image => '\x89', chip => pg_temp.chip(''));
-- the session goes on
SELECT * FROM pg_temp.show(pg_temp.picture('card_and_ticket'));
-- the same request again, with the picture, a worse one, or none; somebody else's
CREATE FUNCTION pg_temp.again(image bytea) RETURNS TABLE (verdict text, reasons text[], evidence text) LANGUAGE sql AS $$
    SELECT a.verdict, a.reasons, a.evidence FROM cccd_gate.check_in('E', 'A', md5('photo')::uuid, image => image) a $$;
SELECT * FROM pg_temp.again(pg_temp.picture('card_and_ticket'));
SELECT * FROM pg_temp.again(pg_temp.picture('card_and_ticket'));
SELECT * FROM pg_temp.again('\x89');
SELECT * FROM pg_temp.again(NULL);
SELECT * FROM pg_temp.again(cccd_qr_png('034058000007||Lê Văn Cự|26101958|Nam||15032022'));
SELECT count(*) AS inside FROM cccd_gate.presence WHERE state = 'i';
-- in what is kept is no trace of what was shown
SELECT count(*) FROM (SELECT l::text FROM cccd_gate.answer_log l UNION ALL SELECT f::text FROM cccd_gate.case_file f UNION ALL SELECT p::text FROM cccd_gate.presence p) k(kept)
WHERE kept LIKE '%001099012345%' OR kept LIKE '%' || left(encode(pg_temp.picture('card_and_ticket'), 'hex'), 60) || '%';
ROLLBACK;
