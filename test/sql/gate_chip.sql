-- The chip at the door: what it proves, what it is refused for, and what is kept.
-- Verdicts are asked with preview() at moments of their own; what is written is
-- written now, with certificates that are in force from 2021 to 2036.
SET client_min_messages = warning;
SET timezone = 'Asia/Ho_Chi_Minh';
SET datestyle = 'ISO, YMD';
BEGIN;
SET LOCAL cccd_gate.allow_superuser = on;
\getenv root PG_ABS_SRCDIR
SELECT set_config('cccd_test.root', :'root', false) = :'root' AS set;
CREATE FUNCTION pg_temp.chip_file(name text) RETURNS bytea LANGUAGE sql
    AS $$ SELECT pg_read_binary_file(current_setting('cccd_test.root') || '/data/gate_chip/' || name) $$;

INSERT INTO cccd_gate.person_in (id, old_id, name, birth_date, sex) VALUES
    ('001099012345', '012345678', 'Nguyễn Văn An', '1999-01-01', 'M'), ('034058000007', NULL, 'Lê Văn Cự', '1958-10-26', 'M'), ('001099000009', '999999999', 'Người Khác', '1999-01-01', 'M');
SELECT taken, rejected FROM cccd_gate.load_people('national', NULL);
INSERT INTO cccd_gate.document_in (id, issued) VALUES ('001099012345', '2021-05-10'), ('034058000007', '2022-03-15');
SELECT taken, rejected FROM cccd_gate.load_documents('national', NULL);
INSERT INTO cccd_gate.fact (person, kind, disease, starts, source) SELECT person, 'dose', 'covid19', '2021-06-01', 'national' FROM cccd_gate.person;
INSERT INTO cccd_gate.event (code, name, starts, capacity, rule, minimum_evidence, ticket_required) VALUES
    ('QR', 'Mã QR', '2026-11-23 19:00+07', 1000, 'doses >= 1', 'qr', false),
    ('CHIP', 'Chip', '2026-11-23 19:00+07', 1000, 'doses >= 1', 'chip', false),
    ('GENUINE', 'Chip thật', '2026-11-23 19:00+07', 1000, 'doses >= 1', 'genuine', false),
    ('RULE', 'Quy định đòi chip', '2026-11-23 19:00+07', 1000, 'doses >= 1 and evidence >= chip', 'qr', false),
    ('RULE2', 'Quy định đòi chip thật', '2026-11-23 19:00+07', 1000, 'doses >= 1 and evidence >= genuine', 'qr', false);
-- a test shows more chips a minute than a gate
UPDATE cccd_gate.event SET claims_per_minute = 0, refusals_per_minute = 0;
INSERT INTO cccd_gate.gate SELECT event, g FROM cccd_gate.event, unnest('{A,B}'::text[]) g;

-- a challenge of the database; its bytes are those that the recorded chips answered
CREATE FUNCTION pg_temp.challenge(event text, gate text DEFAULT 'A') RETURNS uuid LANGUAGE plpgsql AS $$
DECLARE c record;
BEGIN
    SELECT * INTO c FROM cccd_gate.challenge(event, gate);
    UPDATE cccd_gate.challenge SET nonce = pg_temp.chip_file('gate.challenge') WHERE challenge = c.challenge_id;
    RETURN c.challenge_id;
END $$;
-- the readings: files of a chip, the object that signs them, the answer
CREATE TEMP TABLE reading (what text PRIMARY KEY, scan text, sod bytea, files bytea[], response bytea);
INSERT INTO reading
SELECT 'an', cccd_card_qr('001099012345', '012345678', 'Nguyễn Văn An', '1999-01-01', 'M', 'Hà Nội', '2021-05-10'), pg_temp.chip_file('an.sod'),
       ARRAY[pg_temp.chip_file('an.dg1'), pg_temp.chip_file('an.dg2'), pg_temp.chip_file('an.dg13'), pg_temp.chip_file('an.dg15')], pg_temp.chip_file('an.response')
UNION ALL
SELECT 'cu', cccd_card_qr('034058000007', NULL, 'Lê Văn Cự', '1958-10-26', 'M', 'Hà Nội', '2022-03-15'), pg_temp.chip_file('cu.sod'),
       ARRAY[pg_temp.chip_file('cu.dg1'), pg_temp.chip_file('cu.dg2'), pg_temp.chip_file('cu.dg13'), pg_temp.chip_file('cu.dg14'), pg_temp.chip_file('cu.dg15')], pg_temp.chip_file('cu.response');
INSERT INTO reading
SELECT v.what, coalesce(v.scan, an.scan), coalesce(v.sod, an.sod), coalesce(v.files, an.files), coalesce(v.response, an.response)
FROM reading an, reading cu, LATERAL (VALUES
    ('a copy: the files, no key to answer with', NULL::text, NULL::bytea, NULL::bytea[], decode(repeat('5a', 256), 'hex')),
    ('a copy with a key of the forger', NULL, NULL, an.files[1:3] || pg_temp.chip_file('forger.dg15'), pg_temp.chip_file('forger.response')),
    ('a copy without its DG15', NULL, NULL, an.files[1:3], pg_temp.chip_file('forger.response')),
    ('DG13 of another card', NULL, NULL, ARRAY[an.files[1], an.files[2], cu.files[3], an.files[4]], NULL),
    ('one bit of the photo', NULL, NULL, ARRAY[an.files[1], set_byte(an.files[2], 7, 1), an.files[3], an.files[4]], NULL),
    ('one bit of the signature', NULL, set_byte(an.sod, length(an.sod) - 1, get_byte(an.sod, length(an.sod) - 1) # 1), NULL, NULL),
    ('signer revoked', NULL, pg_temp.chip_file('an.revoked'), NULL, NULL),
    ('signer expired', NULL, pg_temp.chip_file('an.expired'), NULL, NULL),
    ('another card''s chip', NULL, cu.sod, cu.files, cu.response),
    ('another name printed', cccd_card_qr('001099012345', NULL, 'Nguyễn Văn Anh', '1999-01-01', 'M', 'Hà Nội', '2021-05-10'), NULL, NULL, NULL),
    ('another date of issue printed', cccd_card_qr('001099012345', NULL, 'Nguyễn Văn An', '1999-01-01', 'M', 'Hà Nội', '2021-05-11'), NULL, NULL, NULL),
    ('letters garbled by the scanner', '001099012345||Nguyß╗àn V─ân An|01011999|Nam|H├á|10052021', NULL, NULL, NULL),
    ('a zone with a wrong check digit', overlay(cccd_card_mrz('001099012345', 'Nguyễn Văn An', '1999-01-01', 'M', '2039-01-01') PLACING '9' FROM 15), NULL, NULL, NULL),
    ('a typed number', '001099012345', NULL, NULL, NULL),
    ('a typed old number', '012345678', NULL, NULL, NULL),
    ('somebody else''s old number', '999999999', NULL, NULL, NULL),
    ('an unreadable scan', 'xyz', NULL, NULL, NULL),
    ('no object', NULL, '', NULL, NULL),
    ('no files', NULL, NULL, '{}', NULL),
    ('DG15 alone', NULL, NULL, an.files[4:4], NULL),
    ('rubbish', NULL, '\x7782ffff', ARRAY['\x61'::bytea, NULL, '', '\x6e00', '\x6f02ffff'], '\x00'),
    ('33 files', NULL, NULL, array_fill(an.files[1], ARRAY[33]), NULL)) v(what, scan, sod, files, response)
WHERE an.what = 'an' AND cu.what = 'cu';
-- who may vouch for whom, and what proves nothing
CREATE TEMP TABLE odd (n int, what text, sod bytea, files bytea[], response bytea);
INSERT INTO odd
SELECT v.n, v.what, coalesce(v.sod, an.sod), coalesce(v.files, an.files), coalesce(v.response, an.response)
FROM reading an, reading cu, LATERAL (VALUES
    (1, 'an', NULL::bytea, NULL::bytea[], NULL::bytea),
    (2, 'an, DG1 withheld', NULL, an.files[2:4], NULL),
    (3, 'an, DG1 and DG13 withheld', NULL, ARRAY[an.files[2], an.files[4]], NULL),
    (10, 'another state''s signer', pg_temp.chip_file('an.foreign'), NULL, NULL),
    (11, 'another state''s signer, DG1 withheld', pg_temp.chip_file('an.foreign'), an.files[2:4], NULL),
    (12, 'another state''s signer and zone', pg_temp.chip_file('an.foreign_zone'), ARRAY[pg_temp.chip_file('other.dg1')] || an.files[2:4], NULL),
    (20, 'a signer of passports', pg_temp.chip_file('an.passport'), NULL, NULL),
    (21, 'a signer of passports, DG1 withheld', pg_temp.chip_file('an.passport'), an.files[2:4], NULL),
    (22, 'a signer with a critical usage', pg_temp.chip_file('an.eku_critical'), NULL, NULL),
    (23, 'a signer of health certificates', pg_temp.chip_file('an.eku_health'), NULL, NULL),
    (24, 'a signer with a usage of its own', pg_temp.chip_file('an.eku_private'), NULL, NULL),
    (30, 'no key usage', pg_temp.chip_file('an.no_usage'), NULL, NULL),
    (31, 'no authority key identifier', pg_temp.chip_file('an.no_authority'), NULL, NULL),
    (32, 'a CSCA that is not loaded, not named', pg_temp.chip_file('an.new_csca'), NULL, NULL),
    (33, 'RSA of 1024 bits', pg_temp.chip_file('an.weak'), NULL, NULL),
    (34, 'signed a day before the signer', pg_temp.chip_file('an.time'), NULL, NULL),
    (35, 'no photo', pg_temp.chip_file('an.no_photo'), ARRAY[an.files[1], an.files[3], an.files[4]], NULL),
    (36, 'a long form of length', pg_temp.chip_file('an.long'), ARRAY[pg_temp.chip_file('an.long_dg1')] || an.files[2:4], NULL),
    (37, 'a file that nobody signed', NULL, an.files || '\x6b00'::bytea, NULL),
    (40, 'status bytes behind the answer', NULL, NULL, an.response || '\x9000'),
    (41, 'an empty answer', NULL, NULL, ''),
    (42, 'half an answer', NULL, NULL, substr(an.response, 1, 128)),
    (43, 'a wrong answer', NULL, NULL, decode(repeat('5a', 256), 'hex')),
    (44, 'a wrong answer, DG1 withheld', NULL, an.files[2:4], decode(repeat('5a', 256), 'hex')),
    (45, 'a wrong answer, another state''s signer', pg_temp.chip_file('an.foreign'), NULL, decode(repeat('5a', 256), 'hex')),
    (50, 'one bit of the photo', NULL, ARRAY[an.files[1], set_byte(an.files[2], 7, 1), an.files[3], an.files[4]], NULL),
    (51, 'one bit of the photo, a CSCA that is not loaded', pg_temp.chip_file('an.new_csca'), ARRAY[an.files[1], set_byte(an.files[2], 7, 1), an.files[3], an.files[4]], NULL),
    (52, 'one bit of the signature', set_byte(an.sod, length(an.sod) - 1, get_byte(an.sod, length(an.sod) - 1) # 1), NULL, NULL),
    (53, 'one bit of the signature, a CSCA that is not loaded', (SELECT set_byte(f, length(f) - 1, get_byte(f, length(f) - 1) # 1) FROM pg_temp.chip_file('an.new_csca') f), NULL, NULL)) v(n, what, sod, files, response)
WHERE an.what = 'an' AND cu.what = 'cu';

-- one reading at the gate, with a fresh challenge; nothing is written
CREATE FUNCTION pg_temp.show(reading text, event text DEFAULT 'QR', chip_alone boolean DEFAULT false, answers boolean DEFAULT true,
    at timestamptz DEFAULT '2026-11-23 17:00+07',
    OUT what text, OUT verdict text, OUT reasons text, OUT holder text, OUT card text, OUT evidence text, OUT findings text)
LANGUAGE plpgsql AS $$
DECLARE
    r record;
    a record;
    c CONSTANT uuid := CASE WHEN answers THEN pg_temp.challenge(show.event) END;
BEGIN
    SELECT x.*, CASE WHEN answers THEN x.response END AS answer INTO r FROM pg_temp.reading x WHERE x.what = show.reading;
    SELECT * INTO a FROM cccd_gate.preview(show.event, 'A', at => show.at, scan => CASE WHEN NOT chip_alone THEN r.scan END,
                                           chip => ROW(r.sod, r.files, c, r.answer)::cccd_gate.chip);
    what := show.reading;
    verdict := a.verdict; reasons := array_to_string(a.reasons, ' '); holder := a.holder_name || ' ' || a.holder_id_masked; card := a.document_kind; evidence := a.evidence;
    SELECT array_to_string((v.reading).findings, ' ') INTO findings
    FROM cccd_gate.event e, cccd_gate.read_chip(e.event, 'A', r.sod, r.files, c, r.answer, show.at, NULL) v WHERE e.code = show.event;
END $$;

-- without a trust value nothing is proved
SELECT * FROM pg_temp.show('an');
-- loading one: refused for another purpose, without an anchor, without a value
SAVEPOINT loading;
\set VERBOSITY terse
SELECT cccd_gate.load_trust('chip', cccd_trust_from_certificate(pg_temp.chip_file('state.csca'), 'ticket'));
ROLLBACK TO loading;
SELECT cccd_gate.load_trust('chip', cccd_trust_from_crl(pg_temp.chip_file('state.crl')));
ROLLBACK TO loading;
SELECT cccd_gate.load_trust('chip', NULL);
ROLLBACK TO loading;
SELECT cccd_gate.load_trust('chip', cccd_trust_from_certificate(pg_temp.chip_file('state.csca')), 'lenient');
ROLLBACK TO loading;
\set VERBOSITY default
SELECT cccd_gate.retire_trust('chip') AS retired;
-- a state that signed nothing here, then the right one without its list, then with it
SELECT cccd_gate.load_trust('chip', cccd_trust_from_certificate(pg_read_binary_file(current_setting('cccd_test.root') || '/data/chip/csca2.der'))) > 0 AS loaded;
SELECT * FROM pg_temp.show('an');
SELECT cccd_gate.load_trust('chip', cccd_trust_from_certificate(pg_temp.chip_file('state.csca')), revocation_required => true) > 0 AS loaded;
SELECT * FROM pg_temp.show('an');
SELECT cccd_gate.load_trust('chip', cccd_trust_from_certificate(pg_temp.chip_file('state.csca')) || cccd_trust_from_crl(pg_temp.chip_file('state.crl')), revocation_required => true, note => 'test') > 0 AS loaded;
SELECT purpose, kind, subject, key, policy, revocation_required, loaded_by = session_user AS by_me FROM cccd_gate.trust_entry ORDER BY kind;
SELECT count(*) AS values, count(*) FILTER (WHERE retired_at IS NULL) AS in_use, count(retired_by) AS retired FROM cccd_gate.trust;

-- every reading
SELECT s.* FROM reading r, LATERAL pg_temp.show(r.what) s ORDER BY r.what NOT IN ('an', 'cu'), r.what COLLATE "C";
-- two states: each signer speaks for its own
SAVEPOINT states;
INSERT INTO reading SELECT 'odd: ' || o.what, r.scan, o.sod, o.files, o.response FROM odd o, reading r WHERE r.what = 'an';
SELECT o.n, o.what, s.policy, s.trusted, s.proof, s.country_status AS country, s.signer_status AS signer, s.reasons, s.flags
FROM odd o, unnest('{strict,field}'::text[]) p (policy),
     LATERAL (SELECT p.policy, v.trusted, v.proof, v.country_status, v.signer_status, v.reasons, ARRAY(SELECT f FROM unnest(v.flags) f WHERE f !~ '^(dg_not_supplied|crl_)') AS flags
              FROM cccd_chip_verify(o.sod, o.files, cccd_trust_from_certificate(pg_temp.chip_file('state.csca')) || cccd_trust_from_certificate(pg_temp.chip_file('other.csca')), '2026-11-23', p.policy) v) s
ORDER BY o.n, p.policy DESC;
SELECT cccd_gate.load_trust('chip', cccd_trust_from_certificate(pg_temp.chip_file('state.csca')) || cccd_trust_from_certificate(pg_temp.chip_file('other.csca')), 'strict') > 0 AS strict;
SELECT s.what, s.verdict, s.reasons, s.evidence, s.findings FROM odd o, LATERAL pg_temp.show('odd: ' || o.what) s ORDER BY o.n;
SELECT cccd_gate.load_trust('chip', cccd_trust_from_certificate(pg_temp.chip_file('state.csca')) || cccd_trust_from_certificate(pg_temp.chip_file('other.csca')), 'field') > 0 AS field;
SELECT s.what, s.verdict, s.reasons, s.evidence, s.findings FROM odd o, LATERAL pg_temp.show('odd: ' || o.what) s ORDER BY o.n;
ROLLBACK TO states;
-- a year after the list's next update nobody says that the signer is not revoked
SELECT * FROM pg_temp.show('an', at => '2027-11-23 17:00+07');
-- the card's own last day, 2039-01-01, after the signer's
SELECT * FROM pg_temp.show('an', at => '2039-01-02 17:00+07');
-- the chip alone, and without an answer
SELECT s.* FROM unnest('{an,cu,"one bit of the photo",rubbish,"no files"}'::text[]) w, LATERAL pg_temp.show(w, chip_alone => true) s;
SELECT * FROM pg_temp.show('an', answers => false);
SELECT * FROM pg_temp.show('an', chip_alone => true, answers => false);
-- what events and rules demand
SELECT e.code, s.answers, a.verdict, a.reasons, a.evidence
FROM cccd_gate.event e, (VALUES ('the code alone', false, false), ('the chip', true, false), ('the chip and its answer', true, true)) s(answers, chip, answer), reading r,
     LATERAL cccd_gate.preview(e.code, 'A', at => '2026-11-23 17:00+07', scan => r.scan,
         chip => CASE WHEN chip THEN ROW(r.sod, r.files, CASE WHEN answer THEN pg_temp.challenge(e.code) END, CASE WHEN answer THEN r.response END)::cccd_gate.chip END) a
WHERE r.what = 'cu' AND e.code <> 'QR' ORDER BY e.event, s.chip, s.answer;

-- challenges: random, of one gate, used once, short-lived
SELECT count(DISTINCT challenge) AS different, min(length(challenge)), max(length(challenge)), count(DISTINCT challenge_id) AS keys,
       max(abs(extract(epoch FROM expires_at - clock_timestamp()) - 120)) < 5 AS two_minutes
FROM generate_series(1, 1000) i, LATERAL cccd_gate.challenge('QR', left('A' || i, 1));
-- each of the 64 bits is 1 in about half of 1,000 (6 standard deviations)
SELECT count(*) AS bits, bool_and(ones BETWEEN 405 AND 595) AS even
FROM (SELECT b, sum(get_bit(nonce, b)) AS ones FROM cccd_gate.challenge, generate_series(0, 63) b WHERE used_at IS NULL GROUP BY b) q;
SELECT * FROM cccd_gate.challenge('NOWHERE', 'A');
SELECT * FROM cccd_gate.challenge('QR', 'Z');
SELECT * FROM cccd_gate.challenge(NULL, NULL);
-- from here on at the server's clock, where the list of revoked signers may be over
UPDATE cccd_gate.event SET starts = clock_timestamp();
SELECT cccd_gate.load_trust('chip', cccd_trust_from_certificate(pg_temp.chip_file('state.csca'))) > 0 AS loaded;
CREATE FUNCTION pg_temp.answer(challenge uuid, gate text DEFAULT 'A', request uuid DEFAULT gen_random_uuid(), response boolean DEFAULT true, event text DEFAULT 'QR', reading text DEFAULT 'an')
    RETURNS TABLE (verdict text, reasons text[], evidence text, ask_en text[], ask_vi text[], inside boolean) LANGUAGE sql AS $$
    SELECT a.verdict, a.reasons, a.evidence, a.ask_en, a.ask_vi, a.inside
    FROM pg_temp.reading r, cccd_gate.check_in(event, gate, request, scan => r.scan,
        chip => ROW(r.sod, r.files, challenge, CASE WHEN answer.response THEN r.response END)::cccd_gate.chip) a WHERE r.what = reading $$;
-- everybody is outside again
CREATE PROCEDURE pg_temp.leave() LANGUAGE sql AS 'DELETE FROM cccd_gate.presence; UPDATE cccd_gate.slot SET inside = 0';
-- a preview uses no challenge up, and says what the check says then
SELECT pg_temp.challenge('QR') AS used \gset
SELECT p.verdict, p.evidence FROM reading r, generate_series(1, 2), cccd_gate.preview('QR', 'A', scan => r.scan, chip => ROW(r.sod, r.files, :'used', r.response)::cccd_gate.chip) p WHERE r.what = 'an';
SELECT verdict, evidence, inside FROM pg_temp.answer(:'used', request => md5('once')::uuid);
-- the same request again: the same answer, no second use
SELECT verdict, evidence, inside FROM pg_temp.answer(:'used', request => md5('once')::uuid);
SELECT verdict, evidence FROM pg_temp.answer(NULL, request => md5('once')::uuid, response => false);
SELECT verdict, evidence FROM cccd_gate.check_in('QR', 'A', md5('once')::uuid);
SELECT verdict, evidence FROM cccd_gate.check_in('QR', 'A', md5('once')::uuid, chip => ROW('', (SELECT files FROM reading WHERE what = 'an'), NULL, NULL)::cccd_gate.chip);
-- and another card with it is another request
SELECT verdict, reasons, holder_name FROM cccd_gate.check_in('QR', 'A', md5('once')::uuid, chip => ROW('', (SELECT files FROM reading WHERE what = 'cu'), NULL, NULL)::cccd_gate.chip);
SELECT verdict, reasons FROM pg_temp.answer(:'used', 'B', md5('once')::uuid);
SELECT count(*) AS readings, count(DISTINCT x.request_id) AS requests, bool_and(x.trusted AND x.active = 'ok' AND x.person = l.person) AS genuine FROM cccd_gate.chip_reading x JOIN cccd_gate.answer_log l USING (request_id);
CALL pg_temp.leave();
SELECT verdict, reasons, ask_en, evidence FROM pg_temp.answer(:'used');
SELECT p.verdict, p.reasons FROM reading r, cccd_gate.preview('QR', 'A', scan => r.scan, chip => ROW(r.sod, r.files, :'used', r.response)::cccd_gate.chip) p WHERE r.what = 'an';
-- the right bytes under another gate's challenge, one that nobody issued, none at all
SELECT verdict, reasons, evidence FROM pg_temp.answer(pg_temp.challenge('QR', 'B'));
SELECT verdict, reasons, evidence FROM pg_temp.answer(pg_temp.challenge('CHIP'));
SELECT verdict, reasons, evidence FROM pg_temp.answer(gen_random_uuid());
SELECT verdict, reasons, evidence FROM pg_temp.answer(NULL);
-- a challenge that the chip did not answer is used up as well, and so is one of a check that failed
SELECT pg_temp.challenge('QR') AS unanswered, pg_temp.challenge('QR') AS copied \gset
SELECT verdict, reasons, evidence FROM pg_temp.answer(:'unanswered', response => false);
CALL pg_temp.leave();
SELECT verdict, reasons, evidence FROM pg_temp.answer(:'unanswered');
SELECT verdict, reasons, evidence FROM pg_temp.answer(:'copied', reading => 'a copy: the files, no key to answer with');
SELECT verdict, reasons, evidence FROM pg_temp.answer(:'copied');
-- a call that is no check uses nothing up
SELECT pg_temp.challenge('QR') AS kept \gset
SELECT verdict, reasons FROM pg_temp.answer(:'kept', request => NULL);
SELECT verdict, reasons FROM pg_temp.answer(:'kept', 'Z');
SELECT verdict, reasons FROM pg_temp.answer(:'kept', event => 'NOWHERE');
SELECT verdict, reasons FROM reading r, cccd_gate.check_in('QR', 'A', gen_random_uuid(), scan => r.scan, chip => ROW(r.sod, r.files, :'kept', r.response)::cccd_gate.chip, certificates => array_fill('HC1:'::text, '{33}')) WHERE r.what = 'an';
SELECT verdict, reasons, evidence FROM pg_temp.answer(:'kept');
CALL pg_temp.leave();
-- too late, and what was too late is deleted an hour later
SELECT pg_temp.challenge('QR') AS late \gset
UPDATE cccd_gate.challenge SET expires_at = clock_timestamp() WHERE challenge = :'late';
SELECT verdict, reasons, ask_vi, evidence FROM pg_temp.answer(:'late');
SELECT verdict, reasons, evidence FROM pg_temp.answer(:'late');
UPDATE cccd_gate.challenge SET expires_at = clock_timestamp() - interval '61 minutes';
SELECT count(*) > 1000 AS old FROM cccd_gate.challenge;
SELECT count(challenge_id) AS issued FROM generate_series(1, 200) i, LATERAL cccd_gate.challenge('QR', left('A' || i, 1));
SELECT count(*) AS left FROM cccd_gate.challenge;
UPDATE cccd_gate.event SET challenge_lifetime = '5 seconds' WHERE code = 'QR';
SELECT expires_at < clock_timestamp() + interval '6 seconds' AS short FROM cccd_gate.challenge('QR', 'A');

-- what preview() says check_in() does, of every reading, with the scan and
-- without it; and what came of the chip is kept as it was found
CREATE FUNCTION pg_temp.compared(reading text, chip_alone boolean, OUT verdict text, OUT alike boolean, OUT kept boolean) LANGUAGE plpgsql AS $$
DECLARE
    r record;
    p record;
    a record;
    c CONSTANT uuid := pg_temp.challenge('QR');
    request CONSTANT uuid := gen_random_uuid();
BEGIN
    SELECT CASE WHEN NOT chip_alone THEN x.scan END AS scan, ROW(x.sod, x.files, c, x.response)::cccd_gate.chip AS chip INTO r FROM pg_temp.reading x WHERE x.what = compared.reading;
    SELECT to_jsonb(v) - '{request_id,valid_until,inside,admitted_at}'::text[] AS row, v.verdict, (v.valid_until - clock_timestamp()) AS valid INTO p FROM cccd_gate.preview('QR', 'A', scan => r.scan, chip => r.chip) v;
    SELECT to_jsonb(v) - '{request_id,valid_until,inside,admitted_at}'::text[] AS row INTO a FROM cccd_gate.check_in('QR', 'A', request, scan => r.scan, chip => r.chip) v;
    verdict := p.verdict;
    alike := p.row = a.row;
    SELECT x.findings = (v.reading).findings AND x.trusted = (v.reading).trusted AND x.sod_digest IS NOT DISTINCT FROM sha256((r.chip).sod)
           AND x.trust_digest = (SELECT digest FROM cccd_gate.trust WHERE purpose = 'chip' AND retired_at IS NULL) AND x.person IS NOT DISTINCT FROM l.person
    INTO kept
    FROM cccd_gate.chip_reading x JOIN cccd_gate.answer_log l USING (request_id) JOIN cccd_gate.event e USING (event),
         cccd_gate.read_chip(e.event, 'A', (r.chip).sod, (r.chip).data_groups, pg_temp.challenge('QR'), (r.chip).response, clock_timestamp(), NULL) v
    WHERE x.request_id = request;
    CALL pg_temp.leave();
END $$;
INSERT INTO reading SELECT 'odd: ' || o.what, r.scan, o.sod, o.files, o.response FROM odd o, reading r WHERE r.what = 'an';
SELECT chip_alone, c.verdict, count(*) FILTER (WHERE c.alike) AS alike, count(*) FILTER (WHERE c.kept) AS kept, count(*) AS readings
FROM reading r, unnest('{f,t}'::boolean[]) chip_alone, LATERAL pg_temp.compared(r.what, chip_alone) c GROUP BY 1, 2 ORDER BY 1, 2;

-- the desk: what an officer may answer for, and what nobody may
CREATE FUNCTION pg_temp.desk(reading text, event text) RETURNS TABLE (verdict text, reasons text[], evidence text, then_verdict text, then_reasons text[], then_evidence text) LANGUAGE plpgsql AS $$
DECLARE
    a record;
    b record;
    request CONSTANT uuid := gen_random_uuid();
BEGIN
    SELECT x.* INTO a FROM pg_temp.reading r, LATERAL cccd_gate.check_in(event, 'A', request, scan => r.scan, chip => ROW(r.sod, r.files, NULL, NULL)::cccd_gate.chip) x WHERE r.what = reading;
    PERFORM cccd_gate.accept_paper(case_id => request, kind => 'identity');
    SELECT * INTO b FROM cccd_gate.recheck(request, gen_random_uuid());
    CALL pg_temp.leave();
    RETURN QUERY SELECT a.verdict, a.reasons, a.evidence, b.verdict, b.reasons, b.evidence;
END $$;
SELECT * FROM pg_temp.desk('no object', 'QR');
SELECT * FROM pg_temp.desk('no object', 'CHIP');
SELECT * FROM pg_temp.desk('another name printed', 'QR');
SELECT * FROM pg_temp.desk('signer revoked', 'QR');
SELECT * FROM pg_temp.desk('one bit of the photo', 'QR');
SELECT * FROM pg_temp.desk('an', 'CHIP');

-- a person whom the register does not know is unknown with the best chip
DELETE FROM cccd_gate.person WHERE name = 'Lê Văn Cự';
SELECT * FROM pg_temp.show('cu');
SELECT * FROM pg_temp.show('cu', chip_alone => true);
-- and a lost card is lost
UPDATE cccd_gate.document SET status = 'lost' WHERE kind = 'chip';
SELECT * FROM pg_temp.show('an');

-- a trust value whose time is over is used no more
UPDATE cccd_gate.trust SET valid_until = clock_timestamp() WHERE retired_at IS NULL;
SELECT * FROM pg_temp.show('an');

-- what is kept of a chip: digests; erased with its person
SELECT count(*) > 50 AS many, count(*) FILTER (WHERE octet_length(x.sod_digest) <> 32 OR octet_length(signer_fingerprint) <> 32) AS odd, count(*) FILTER (WHERE x.trust_digest IS DISTINCT FROM t.digest) AS other_trust
FROM cccd_gate.chip_reading x LEFT JOIN cccd_gate.trust t ON t.digest = x.trust_digest;
SELECT count(*) AS named FROM cccd_gate.chip_reading x, unnest('{001099012345,Nguyễn,NGUYEN,1999-01-01}'::text[]) w WHERE x::text LIKE '%' || w || '%';
DELETE FROM cccd_gate.person;
SELECT count(*) AS of_people FROM cccd_gate.chip_reading WHERE person IS NOT NULL;

-- the guard's words
\pset format unaligned
\pset tuples_only on
SELECT r.code, r.verdict, r.vi, r.en, r.ask_vi, r.ask_en FROM cccd_gate.reason r WHERE r.code ~ '^(chip|challenge|picture)_' ORDER BY r.code COLLATE "C";
ROLLBACK;
