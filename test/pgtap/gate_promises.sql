-- What the gate promises whatever happens: idempotent, silent about identities,
-- completely commented, completely dumped.  That its answers are durable whatever
-- the session sets is tried with crashes (test/t/003_gate_durable.pl).
BEGIN;
SELECT plan(49);
SET LOCAL client_min_messages = warning;
SET LOCAL timezone = 'Asia/Ho_Chi_Minh';
SET LOCAL cccd_gate.allow_superuser = on;

-- a canary: if these digits or this name turn up where they must not, they are
-- found
\set canary 001090987654
\set canary_old 987654321
\set canary_secret canary-secret-7f3a9b
INSERT INTO cccd_gate.person_in (id, old_id, name, birth_date, sex) VALUES (:'canary', :'canary_old', 'Canary Hoàng Yến', '1990-01-01', 'M');
SELECT is(taken, 1::bigint, 'the canary is in the register') FROM cccd_gate.load_people('national', NULL);
INSERT INTO cccd_gate.fact_in (id, kind, starts) VALUES (:'canary', 'dose', '2021-06-01'), (:'canary', 'dose', '2021-09-01'), (:'canary' || '0', 'dose', '2021-09-01'), (left(:'canary', 11), 'dose', 'x'), (:'canary_old', 'dose', 'never');
SELECT is(rejected, 3::bigint, 'its wrong rows are rejected') FROM cccd_gate.load_facts('national');
INSERT INTO cccd_gate.event (code, name, starts, capacity, rule) VALUES ('TAP', 'TAP', '2021-11-16 19:00+07', 1000, 'ticket and doses >= 2');
INSERT INTO cccd_gate.gate SELECT event, 'A' FROM cccd_gate.event WHERE code = 'TAP';
INSERT INTO cccd_gate.ticket_in (event, number, secret) VALUES ('TAP', '1', :'canary_secret');
SELECT is(taken, 1::bigint, 'its ticket is loaded') FROM cccd_gate.load_tickets('list', as_of => '2021-11-16');
INSERT INTO cccd_gate.officer VALUES ('lan', 'Lan', true);
CREATE TEMP TABLE scan AS SELECT cccd_card_qr(:'canary'::cccd_id, :'canary_old', 'Canary Hoàng Yến', '1990-01-01', 'M', 'Hà Nội', '2021-05-10') AS scan;

-- what a session set stays as it was
SET LOCAL synchronous_commit = off;
SELECT is((cccd_gate.check_in('TAP', 'A', gen_random_uuid(), scan => '')).verdict, 'review', 'a check of a session that is not durable');
SELECT is(current_setting('synchronous_commit'), 'off', 'which stays so for what is no answer');
SET LOCAL synchronous_commit = on;

-- a number that is only claimed brings back nothing of the register, whoever
-- asks in whatever words
SELECT is(count(*), 0::bigint, 'a claimed number does not bring back the name, the birth date or the record')
FROM unnest(ARRAY[:'canary', ' ' || :'canary' || ' ', :'canary_old', :'canary' || '|AI DO|1990-01-01|0|162900000000000001|<2<<', :'canary' || '||||||', :'canary' || '||Ai Đó|01011990|Nam||10052021']) claim,
     LATERAL cccd_gate.check_in('TAP', 'A', gen_random_uuid(), scan => claim, ticket => :'canary_secret') a
WHERE a.holder_name ~ 'Canary' OR a.reasons && '{doses_missing,dose_time,already_inside,deceased}' OR a.valid_until IS NOT NULL;
-- a source of a lower rank never overwrites one of a higher rank
SELECT is(count(*), 0::bigint, 'ranks of the shipped sources are apart') FROM cccd_gate.source a JOIN cccd_gate.source b ON b.rank = a.rank AND b.code <> a.code;
INSERT INTO cccd_gate.person_in (id, name, birth_date, sex) SELECT :'canary', n, b, x FROM (VALUES ('Canary Hoàng Yến', '1990-01-02', 'M'), ('Somebody Else', '1990-01-01', 'M'), ('Canary Hoàng Yến', '1990-01-01', 'M')) v(n, b, x);
CREATE FUNCTION pg_temp.canary() RETURNS text LANGUAGE sql AS $$ SELECT to_jsonb(p)::text FROM cccd_gate.person p WHERE name_key = 'CANARY HOANG YEN' $$;
CREATE TEMP TABLE canary AS SELECT pg_temp.canary() AS said;
SELECT is(updated, 0::bigint, 'a guest list changes nothing that the register says') FROM cccd_gate.load_people('guest_list');
SELECT is(pg_temp.canary(), said, 'nor does it change who says it') FROM canary;

-- one request, one answer
CREATE TEMP TABLE answer AS
SELECT i, a FROM scan, generate_series(1, 5) i,
     LATERAL cccd_gate.check_in('TAP', 'A', '11111111-1111-1111-1111-111111111111', scan => scan, ticket => :'canary_secret') a;
SELECT is(count(DISTINCT a), 1::bigint, 'five requests with one id get one answer') FROM answer;
SELECT is((a).verdict, 'admit', 'and it is the first one') FROM answer WHERE i = 5;
SELECT is(count(*), 1::bigint, 'and one row of presence') FROM cccd_gate.presence;
SELECT is(sum(inside), 1::bigint, 'and one place') FROM cccd_gate.slot;

-- nothing of a scan is kept: hostile ones, and every path, then a search of
-- every column of every table but the register and its staging table
SELECT lives_ok(format('SELECT cccd_gate.check_in(%L, %L, gen_random_uuid(), scan => %L, ticket => %L)', e, g, s, t), 'a scan is answered: ' || what)
FROM (VALUES
    ('a bare number', 'TAP', :'canary', 'A', :'canary_secret'),
    ('an old number', 'TAP', :'canary_old', 'A', NULL),
    ('a number in rubbish', 'TAP', '{"id":"' || :'canary' || '"}''; DROP TABLE', 'A', :'canary_secret'),
    ('a number as gate and ticket', 'TAP', :'canary' || '||Canary|01011990|Nam|x|10052021', :'canary', :'canary'),
    ('a number as event', :'canary', :'canary', 'A', NULL)) v(what, e, s, g, t);
SELECT is((cccd_gate.check_in('TAP', 'A', md5('review')::uuid, scan => replace(scan, 'Canary', 'Canari'))).reasons, '{name_disagrees}', 'another name is reviewed') FROM scan;
SELECT is((cccd_gate.accept_paper(md5('review')::uuid, 'dose', '2021-10-01', document_number => :'canary', dose_number => 3, officer => 'lan')).accepted, true, 'a paper with the number on it is accepted');
SELECT is((cccd_gate.revoke_paper(paper, 'của ' || :'canary_old', 'lan')).revoked, true, 'and revoked with the number in the note') FROM cccd_gate.paper;
SELECT is((cccd_gate.turn_away(md5('review')::uuid, 'số ' || :'canary' || ' / ' || :'canary_old', 'lan')).verdict, 'refuse', 'a note with the number in it');
SELECT is((cccd_gate.annul('11111111-1111-1111-1111-111111111111', gen_random_uuid(), 'thẻ ' || :'canary')).verdict, 'refuse', 'so is one of an annulment');
SELECT is((cccd_gate.replay(gen_random_uuid(), clock_timestamp(), 'in', 'TAP', 'A', scan => :'canary', note => 'thẻ ' || :'canary', decided => 'refuse')).verdict, 'review', 'and of what a gate did alone');
SELECT is((cccd_gate.register_person('TAP', 'A', gen_random_uuid(), 'Canary Hoàng Yến', '1990-01-01', 'M', 'old_id', 'VNM', :'canary_old')).reasons, '{evidence_too_weak}', 'somebody is registered');
CREATE FUNCTION pg_temp.found(what text) RETURNS TABLE (place text) LANGUAGE plpgsql AS $$
DECLARE c record; n bigint;
BEGIN
    FOR c IN SELECT r.oid::regclass AS relation, a.attname FROM pg_class r JOIN pg_attribute a ON a.attrelid = r.oid
             WHERE r.relnamespace = 'cccd_gate'::regnamespace AND r.relkind = 'r' AND a.attnum > 0 AND NOT a.attisdropped
               AND r.relname NOT IN ('person', 'identity_number', 'document')
    LOOP
        EXECUTE format('SELECT count(*) FROM %s WHERE %I::text LIKE %L OR %I::text LIKE %L', c.relation, c.attname, '%' || what || '%', c.attname,
                       '%' || encode(convert_to(what, 'UTF8'), 'hex') || '%') INTO n;
        IF n > 0 THEN place := c.relation || '.' || c.attname; RETURN NEXT; END IF;
    END LOOP;
END $$;
-- nor of a picture or a chip: the canary's own, a broken one, one of somebody else
\getenv stage STAGE
CREATE FUNCTION pg_temp.chip_file(name text) RETURNS bytea LANGUAGE sql
    AS $$ SELECT pg_read_binary_file(current_setting('cccd_test.stage') || '/tree/test/data/gate_chip/' || name) $$;
SET cccd_test.stage = :'stage';
SELECT isnt(cccd_gate.load_trust('chip', cccd_trust_from_certificate(pg_temp.chip_file('state.csca'))), NULL, 'the state''s certificate is loaded');
INSERT INTO cccd_gate.person_in (id, name, birth_date, sex) VALUES ('001099012345', 'Nguyễn Văn An', '1999-01-01', 'M');
SELECT is(taken, 1::bigint, 'a person with a chip is in the register') FROM cccd_gate.load_people('national', NULL);
CREATE TEMP TABLE chip AS SELECT pg_temp.chip_file('an.sod') AS sod, ARRAY[pg_temp.chip_file('an.dg1'), pg_temp.chip_file('an.dg2'), pg_temp.chip_file('an.dg13'), pg_temp.chip_file('an.dg15')] AS files, pg_temp.chip_file('an.response') AS response;
SELECT is(evidence, 'chip', 'a chip is read')
FROM chip, cccd_gate.check_in('TAP', 'A', gen_random_uuid(), chip => ROW(sod, files, NULL, NULL)::cccd_gate.chip);
SELECT is(reasons @> '{challenge_unknown}', true, 'and one with an answer to no question')
FROM chip, cccd_gate.check_in('TAP', 'A', gen_random_uuid(), chip => ROW(sod, files, gen_random_uuid(), response)::cccd_gate.chip);
CREATE TEMP TABLE picture AS SELECT cccd_qr_png(scan) AS png FROM scan;
SELECT is(document_kind, 'card_2021', 'a picture is read')
FROM picture, cccd_gate.check_in('TAP', 'A', gen_random_uuid(), image => png);
SELECT is(reasons @> '{picture_unreadable}', true, 'and half a picture')
FROM picture, cccd_gate.check_in('TAP', 'A', gen_random_uuid(), image => substr(png, 1, length(png) / 2));
CREATE TEMP VIEW bytes AS
SELECT 'the picture' AS what, png AS bytes FROM picture
UNION ALL SELECT 'the object of the chip', sod FROM chip UNION ALL SELECT 'its answer', response FROM chip
UNION ALL SELECT 'data group ' || i, f FROM chip, unnest(files) WITH ORDINALITY u(f, i) WHERE length(f) > 8;
SELECT is_empty(format('SELECT * FROM pg_temp.found(%L)', encode(substr(bytes, 33, 24), 'hex')), what || ' is in no table') FROM bytes ORDER BY what;
SELECT isnt_empty($$SELECT * FROM pg_temp.found(encode(sha256(pg_temp.chip_file('an.sod')), 'hex'))$$, 'but the digest of its object is');
SELECT is_empty($$SELECT * FROM pg_temp.found('001099012345')$$, 'nor its number');

SELECT is_empty(format('SELECT * FROM pg_temp.found(%L)', :'canary'), 'the number is in no other table');
SELECT is_empty(format('SELECT * FROM pg_temp.found(%L)', left(:'canary', 11)), 'nor the number with a digit missing');
SELECT is_empty(format('SELECT * FROM pg_temp.found(%L)', :'canary_old'), 'nor the old number');
SELECT is_empty(format('SELECT * FROM pg_temp.found(%L)', 'Canary'), 'nor the name');
SELECT is_empty(format('SELECT * FROM pg_temp.found(%L)', :'canary_secret'), 'nor the secret of the ticket');
-- and the search can find
SELECT isnt_empty($$SELECT * FROM pg_temp.found('TAP')$$, 'the search finds what is there');

-- statistics hold no number, name or secret
INSERT INTO cccd_gate.person_in (id, old_id, name) SELECT :'canary', :'canary_old', 'Canary' FROM generate_series(1, 10);
INSERT INTO cccd_gate.ticket_in (secret, id) VALUES (:'canary_secret', :'canary');
ANALYZE;
SELECT is_empty(format($$SELECT tablename, attname FROM pg_stats WHERE schemaname = 'cccd_gate'
    AND (most_common_vals::text ~ %1$L OR histogram_bounds::text ~ %1$L)$$, 'Canary|CANARY|' || :'canary' || '|' || :'canary_old' || '|' || :'canary_secret'),
    'nor do the statistics know it');

-- every column has its comment; every table and sequence is dumped, but
-- load_reason (shipped), secret (meant to be lost), challenge (worth nothing by
-- then) and what the board makes again
SELECT is_empty($$SELECT c.oid::regclass, a.attname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0
    WHERE c.relnamespace = 'cccd_gate'::regnamespace AND c.relkind IN ('r', 'v', 'c') AND col_description(c.oid, a.attnum) IS NULL$$,
    'every column of every table, view and row type has a comment');
SELECT is_empty($$SELECT conrelid::regclass, conname FROM pg_constraint WHERE connamespace = 'cccd_gate'::regnamespace AND contype <> 'n' AND obj_description(oid, 'pg_constraint') IS NULL
    UNION ALL SELECT tgrelid::regclass, tgname FROM pg_trigger WHERE NOT tgisinternal AND obj_description(oid, 'pg_trigger') IS NULL
    UNION ALL SELECT indexrelid::regclass, NULL FROM pg_index JOIN pg_class c ON c.oid = indexrelid WHERE relnamespace = 'cccd_gate'::regnamespace
        AND obj_description(indexrelid, 'pg_class') IS NULL AND NOT EXISTS (SELECT FROM pg_constraint k WHERE k.conindid = indexrelid)$$,
    'so has every constraint, trigger and index');
SELECT set_eq($$SELECT c.relname FROM pg_class c, pg_extension e WHERE e.extname = 'cccd_gate' AND c.relnamespace = 'cccd_gate'::regnamespace
    AND c.relkind IN ('r', 'S') AND c.oid <> ALL (e.extconfig)$$, ARRAY['secret', 'challenge', 'load_reason', 'board_count', 'board_mark'], 'every table and sequence but five is dumped');
SELECT * FROM finish();
ROLLBACK;
