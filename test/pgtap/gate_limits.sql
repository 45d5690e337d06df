-- Every limit of the gate with both neighbours: the last moment on one side,
-- the first on the other.
BEGIN;
SELECT plan(48);
SET LOCAL client_min_messages = warning;
SET LOCAL timezone = 'Asia/Ho_Chi_Minh';
SET LOCAL cccd_gate.allow_superuser = on;

INSERT INTO cccd_gate.person_in (id, name, birth_date, sex) VALUES
    ('001190000001', 'Một', '1990-01-01', 'F'), ('001190000002', 'Hai', '1990-01-01', 'F'),
    ('001190000003', 'Ba', '1990-01-01', 'F'), ('001190000004', 'Bốn', '1990-01-01', 'F');
SELECT is(taken, 4::bigint, 'four people') FROM cccd_gate.load_people('national', NULL);
INSERT INTO cccd_gate.document_in (id, issued, expires) VALUES ('001190000001', '2021-05-10', '2021-11-16');
SELECT is(taken, 1::bigint, 'a card') FROM cccd_gate.load_documents('national', NULL);
INSERT INTO cccd_gate.event (code, name, doors, starts, ends, capacity, rule)
VALUES ('LIMIT', 'Limit', '2021-11-16 16:00+07', '2021-11-16 19:00+07', '2021-11-18 21:00+07', 1000, 'ticket or not ticket'),
       ('DAYS', 'Days', NULL, '2021-11-16 19:00+07', '2041-11-18 21:00+07', 1000, 'ticket or not ticket'),
       ('LATER', 'Later', NULL, '2021-11-16 19:00+07', '2021-11-18 21:00+07', 1000, 'ticket or not ticket'),
       ('PAPER', 'Paper', NULL, '2021-11-16 19:00+07', NULL, 1000, 'doses >= 1');
-- how often somebody may ask is asked below
UPDATE cccd_gate.event SET ticket_required = false, claims_per_minute = 0, refusals_per_minute = 0;
INSERT INTO cccd_gate.gate SELECT event, 'A' FROM cccd_gate.event;
INSERT INTO cccd_gate.officer VALUES ('lan', 'Lan', true);
CREATE FUNCTION pg_temp.qr(n int, issued date DEFAULT '2021-05-10') RETURNS text LANGUAGE sql AS $$
    SELECT cccd_card_qr(('00119000000' || n)::cccd_id, NULL, ('{Một,Hai,Ba,Bốn}'::text[])[n], '1990-01-01', 'F', 'Hà Nội', issued) $$;
CREATE FUNCTION pg_temp.has(reason text, event text, scan text, at timestamptz) RETURNS boolean LANGUAGE sql
    AS $$ SELECT reason = ANY (reasons) FROM cccd_gate.preview(event, 'A', at => at, scan => scan) $$;

-- the doors open at a moment, which is not too early; the end is over
SELECT is(pg_temp.has('too_early', 'LIMIT', pg_temp.qr(3), '2021-11-16 15:59:59.999999+07'), true, 'a microsecond before the doors');
SELECT is(pg_temp.has('too_early', 'LIMIT', pg_temp.qr(3), '2021-11-16 16:00+07'), false, 'when the doors open');
SELECT is(pg_temp.has('event_over', 'LIMIT', pg_temp.qr(3), '2021-11-18 20:59:59.999999+07'), false, 'a microsecond before the end');
SELECT is(pg_temp.has('event_over', 'LIMIT', pg_temp.qr(3), '2021-11-18 21:00+07'), true, 'at the end');

-- the last day of a card is Viet Nam's and belongs to it: in the register
SELECT is(pg_temp.has('card_expired', 'LIMIT', pg_temp.qr(1), '2021-11-16 23:59:59.999999+07'), false, 'the last moment of a card in the register');
SELECT is(pg_temp.has('card_expired', 'LIMIT', pg_temp.qr(1), '2021-11-17 00:00+07'), true, 'the first moment after it');
-- and on the card, of a person whose card the register does not have
SELECT is(pg_temp.has('card_expired', 'DAYS', cccd_card_mrz('001190000003', 'Ba', '1990-01-01', 'F', '2030-02-01'), '2030-02-01 23:59:59.999999+07'), false,
    'the last moment of a card that is not in the register');
SELECT is(pg_temp.has('card_expired', 'DAYS', cccd_card_mrz('001190000003', 'Ba', '1990-01-01', 'F', '2030-02-01'), '2030-02-02 00:00+07'), true,
    'the first moment after it');

-- of a name that the zone cuts off the rest cannot disagree; a whole name can
CREATE FUNCTION pg_temp.zone(name text) RETURNS text LANGUAGE sql
    AS $$ SELECT overlay(cccd_card_mrz('001190000003', 'Ba', '1990-01-01', 'F', '2030-02-01') PLACING rpad(name, 30, '<') FROM 63) $$;
SELECT is((SELECT flags FROM cccd_card_from_scan(pg_temp.zone('NGUYEN<<BA<XXXXXXXXXXXXXXXXXXX'))) @> '{name_truncated}', true, 'a name of thirty letters is cut off');
SELECT is(pg_temp.has('name_disagrees', 'DAYS', pg_temp.zone('NGUYEN<<BA<XXXXXXXXXXXXXXXXXXX'), '2021-11-16'), false, 'a name that is cut off does not disagree');
SELECT is(pg_temp.has('name_disagrees', 'DAYS', pg_temp.zone('NGUYEN<<BA<XXXXXXXXXXXXXXXXXX'), '2021-11-16'), true, 'one of twenty-nine letters does');
SELECT is(pg_temp.has('name_disagrees', 'DAYS', pg_temp.zone('BA'), '2021-11-16'), false, 'the right name does not');
-- the same between card and chip
CREATE FUNCTION pg_temp.disagree(scan_flags text[], scan_name text) RETURNS text[] LANGUAGE sql AS $$
    SELECT cccd_gate.chip_disagreements(
        ROW('mrz', '001190000003', NULL, NULL, scan_name, '1990-01-01', 'F', NULL, NULL, scan_flags)::cccd_gate.shown_document,
        ROW('chip', '001190000003', NULL, NULL, 'Ba', '1990-01-01', 'F', NULL, NULL, '{}')::cccd_gate.shown_document, NULL) $$;
SELECT is(pg_temp.disagree('{}', 'Ba'), '{}', 'card and chip agree');
SELECT is(pg_temp.disagree('{}', 'Bao'), '{chip_disagrees}', 'card and chip have different names');
SELECT is(pg_temp.disagree(flags, 'Bao'), '{}', 'a name with ' || flags::text || ' is not held against the card')
FROM (VALUES ('{name_truncated}'::text[]), ('{encoding_suspect}'), ('{masked}')) f(flags);

-- a card under review is cured by an officer who compared card and holder, by
-- no other paper
CREATE TEMP TABLE unknown_card AS
SELECT request_id, verdict, reasons FROM cccd_gate.replay(md5('unknown card')::uuid, '2021-11-16 17:00+07', 'in', 'PAPER', 'A', scan => pg_temp.qr(1, '2021-05-11'));
SELECT is((verdict, reasons @> '{card_unknown}')::text, '(review,t)', 'a card that the register does not know, without a dose') FROM unknown_card;
SELECT is(accepted, true, 'a paper about a dose is accepted')
FROM unknown_card, cccd_gate.accept_paper(request_id, 'dose', '2021-10-01', detail => 'EU/1/20/1528', dose_number => 1, officer => 'lan');
SELECT is(a.reasons, '{card_unknown}', 'which does not cure the card')
FROM unknown_card u, cccd_gate.recheck(u.request_id, md5('again')::uuid) a;
SELECT is(accepted, true, 'an officer compares card and holder')
FROM unknown_card, cccd_gate.accept_paper(request_id, 'identity', officer => 'lan');
SELECT is(a.verdict, 'admit', 'which cures it')
FROM unknown_card u, cccd_gate.recheck(u.request_id, md5('compared')::uuid) a;

-- the moment that is asked about: within the years that rules are asked about
SELECT is(pg_temp.has('bad_request', 'DAYS', pg_temp.qr(4), at), bad, 'a preview for ' || timezone('UTC', at) || ' UTC')
FROM (VALUES (timestamptz '1899-12-31 16:59:59.999999+00', true), ('1899-12-31 17:00+00', false), ('2135-12-31 17:00+00', false), ('2135-12-31 17:00:00.000001+00', true)) v(at, bad);
-- what happened is recorded up to now
SELECT is('bad_request' = ANY (reasons), bad, 'what happened ' || at || ' from now')
FROM (VALUES (interval '0', false), ('1 minute', true)) v(at, bad), cccd_gate.replay(gen_random_uuid(), clock_timestamp() + at, 'in', 'DAYS', 'A', scan => pg_temp.qr(4));

-- 32 files of a chip may be shown, 33 may not; of certificates gate_hcert asks
\getenv stage STAGE
SET cccd_test.stage = :'stage';
CREATE FUNCTION pg_temp.chip_file(name text) RETURNS bytea LANGUAGE sql
    AS $$ SELECT pg_read_binary_file(current_setting('cccd_test.stage') || '/tree/test/data/gate_chip/' || name) $$;
SELECT is((cccd_gate.chip_document(ARRAY[pg_temp.chip_file('an.dg1')] || array_fill(''::bytea, ARRAY[n - 1]))).id IS NULL, n > 32, n || ' files of a chip')
FROM generate_series(32, 33) n;

-- the day of a load: what is dated after it lies in the future
CREATE FUNCTION pg_temp.rejected() RETURNS text LANGUAGE sql
    AS $$ SELECT string_agg(reason, ' ') FROM cccd_gate.load_reject WHERE rejected_at = (SELECT max(rejected_at) FROM cccd_gate.load_reject) $$;
CREATE FUNCTION pg_temp.today() RETURNS date LANGUAGE sql AS $$ SELECT timezone(interval '7 hours', clock_timestamp())::date $$;
CREATE FUNCTION pg_temp.born(day date) RETURNS text LANGUAGE sql AS $$ SELECT '0013' || to_char(day, 'YY') || '000001' $$;
INSERT INTO cccd_gate.person_in (id, name, birth_date, sex) SELECT pg_temp.born(pg_temp.today() + 1), 'Sinh Hôm Nay', pg_temp.today() + 1, 'F';
SELECT is(taken, 0::bigint, 'somebody born tomorrow, by the clock of Viet Nam') FROM cccd_gate.load_people('national', NULL);
INSERT INTO cccd_gate.person_in (id, name, birth_date, sex) SELECT pg_temp.born(pg_temp.today()), 'Sinh Hôm Nay', pg_temp.today(), 'F';
SELECT is(taken, 1::bigint, 'somebody born today') FROM cccd_gate.load_people('national', NULL);
INSERT INTO cccd_gate.document_in (id, issued) SELECT '001190000004', pg_temp.today() + 1;
SELECT is(taken, 0::bigint, 'a card issued tomorrow') FROM cccd_gate.load_documents('national', NULL);
INSERT INTO cccd_gate.document_in (id, issued) SELECT '001190000004', pg_temp.today();
SELECT is(taken, 1::bigint, 'a card issued today') FROM cccd_gate.load_documents('national', NULL);
INSERT INTO cccd_gate.fact_in (id, kind, starts) SELECT '001190000004', 'dose', to_char(clock_timestamp() + interval '1 hour', 'YYYY-MM-DD HH24:MI:SS');
SELECT is(rejected, 1::bigint, 'a dose an hour from now') FROM cccd_gate.load_facts('national');
INSERT INTO cccd_gate.fact_in (id, kind, starts) SELECT '001190000004', 'dose', to_char(clock_timestamp(), 'YYYY-MM-DD HH24:MI:SS');
SELECT is(taken, 1::bigint, 'a dose of this second') FROM cccd_gate.load_facts('national');
INSERT INTO cccd_gate.fact_in (id, kind, starts, ends) SELECT '001190000004', 'isolation', (current_date + 1)::text, (current_date + 14)::text;
SELECT is(taken, 1::bigint, 'an isolation is ordered in advance') FROM cccd_gate.load_facts('national');
INSERT INTO cccd_gate.ticket_in (event, number, secret) VALUES ('LATER', '1', 'a secret of the ticket');
SELECT is(taken, 0::bigint, 'a ticket at the end of the event') FROM cccd_gate.load_tickets('list', as_of => '2021-11-18 21:00+07');
INSERT INTO cccd_gate.ticket_in (event, number, secret) VALUES ('LATER', '1', 'a secret of the ticket');
SELECT is(taken, 1::bigint, 'a ticket a microsecond before') FROM cccd_gate.load_tickets('list', as_of => '2021-11-18 20:59:59.999999+07');

-- a loader takes one line or none of less
INSERT INTO cccd_gate.person_in (id, name) VALUES ('001190000008', 'Tám'), ('001190000009', 'Chín');
SELECT is((taken, remaining), (1::bigint, 1::bigint), 'one line of two') FROM cccd_gate.load_people('national', at_most => 1);
SELECT throws_ok('SELECT cccd_gate.load_people(''national'', at_most => 0)', '22023', 'at_most must be at least 1', 'no line of one');
SELECT throws_ok('SELECT cccd_gate.load_documents(''national'', at_most => 0)', '22023', 'at_most must be at least 1', 'no line of documents');
-- names have 200 characters, document numbers 30
INSERT INTO cccd_gate.person_in (id, name) VALUES ('001190000010', repeat('A', 200)), ('001190000011', repeat('A', 201));
SELECT is((taken, rejected), (2::bigint, 1::bigint), 'a name of 200 characters, and one of 201') FROM cccd_gate.load_people('national');
INSERT INTO cccd_gate.document_in (id, kind, number) VALUES ('001190000010', 'residence', repeat('1', 30)), ('001190000010', 'residence', repeat('1', 31));
SELECT is((taken, rejected), (1::bigint, 1::bigint), 'a document number of 30 characters, and one of 31') FROM cccd_gate.load_documents('national');
-- the day of death is the first on which somebody is deceased (also at 23:59 the day before)
UPDATE cccd_gate.person SET died_on = '2021-11-17' WHERE name = 'Bốn';
SELECT is(pg_temp.has('deceased', 'DAYS', pg_temp.qr(4, timezone(interval '7 hours', clock_timestamp())::date), at), dead, 'deceased at ' || at)
FROM (VALUES (timestamptz '2021-11-16 23:59:59.999999+07', false), ('2021-11-17 00:00+07', true)) v(at, dead);

SELECT * FROM finish();
ROLLBACK;
