-- Health certificates of other formats at the door: visible digital seals count
-- as HC1 does, and what is not read has its own reason.  The rules are asked for
-- a moment of 2026; the certificates are in force until 2036.
SET client_min_messages = warning;
SET timezone = 'Asia/Ho_Chi_Minh';
SET datestyle = 'ISO, YMD';
BEGIN;
SET LOCAL cccd_gate.allow_superuser = on;
\getenv root PG_ABS_SRCDIR
CREATE TEMP TABLE seal (name text PRIMARY KEY, scan text);
\set file :root '/data/vdsnc/scans.txt'
COPY seal FROM :'file' (FORMAT csv, DELIMITER '|', QUOTE E'\x01');
INSERT INTO seal VALUES ('shc_card', 'shc:/567629095243'), ('nzcp', 'NZCP:/1/2KCEVIQEIVVWK6'), ('lt1', 'LT1:6BFOXN'), ('hc2', 'HC2:6BFOXN'),
    ('divoc', '{"@context":["https://www.w3.org/2018/credentials/v1"]}'), ('broken', '{"data":{"hdr":{"t":"icao.vacc"}}}');
\set csca :root '/data/vdsnc/csca.der'
\set crl :root '/data/vdsnc/crl.der'
\set csca2 :root '/data/vdsnc/csca2.der'
SELECT cccd_gate.load_trust('health_certificate', cccd_trust_from_certificate(pg_read_binary_file(:'csca'), 'health_certificate')
                            || cccd_trust_from_crl(pg_read_binary_file(:'crl'), 'health_certificate')) > 0 AS loaded;

INSERT INTO cccd_gate.person_in (id, name, birth_date, sex) VALUES ('001090012345', 'Nguyễn Văn An', '1990-05-17', 'M'), ('034058000007', 'Lê Văn Cự', '1958-10-26', 'M');
SELECT taken, rejected FROM cccd_gate.load_people('national');
INSERT INTO cccd_gate.document_in (id, issued) VALUES ('001090012345', '2021-05-10'), ('034058000007', '2022-03-15');
SELECT taken, rejected FROM cccd_gate.load_documents('national');
INSERT INTO cccd_gate.person_in (passport, name, birth_date, sex) VALUES ('P1234567', 'Nguyen Van An', '1990-05-17', 'M');
SELECT taken, rejected FROM cccd_gate.load_people('guest_list');
INSERT INTO cccd_gate.event (code, name, starts, judged_at, capacity, rule, minimum_evidence, ticket_required) VALUES
    ('TWO', 'Hai mũi và xét nghiệm', '2026-02-03 19:00+07', '2026-02-03 19:00+07', 1000, 'doses >= 2 and since(negative) <= 72 hours', 'claimed', false),
    ('ANY', 'Ai cũng được', '2026-02-03 19:00+07', '2026-02-03 19:00+07', 1000, 'doses >= 0', 'claimed', false);
-- limits have a test of their own
UPDATE cccd_gate.event SET claims_per_minute = 0, refusals_per_minute = 0;
INSERT INTO cccd_gate.gate SELECT event, 'A' FROM cccd_gate.event;
INSERT INTO cccd_gate.ticket_in (event, number, secret, id) VALUES ('TWO', 'an', 'ticket in the name of an', '001090012345');
SELECT taken, rejected FROM cccd_gate.load_tickets('list', as_of => '2026-02-03');

-- what preview() says, and, undone, what check_in() keeps of the certificates;
-- both say the same, unless check_in() comes at another time of the certificate
CREATE FUNCTION pg_temp.show(names text[], event text DEFAULT 'TWO', scan text DEFAULT '001090012345||Nguyễn Văn An|17051990|Nam|Hà Nội|10052021', ticket text DEFAULT NULL, image bytea DEFAULT NULL,
    at timestamptz DEFAULT '2026-02-03 17:00+07',
    OUT shown text, OUT verdict text, OUT reasons text, OUT holder text, OUT card text, OUT evidence text, OUT problems text, OUT record cccd_health)
LANGUAGE plpgsql AS $$
DECLARE
    request CONSTANT uuid := gen_random_uuid();
    card_scan CONSTANT text := coalesce((SELECT s.scan FROM seal s WHERE s.name = show.scan), show.scan);
    certificates CONSTANT text[] := (SELECT array_agg(s.scan ORDER BY i) FROM unnest(names) WITH ORDINALITY n(name, i) JOIN seal s USING (name));
    p cccd_gate.answer;
    a cccd_gate.answer;
BEGIN
    shown := array_to_string(names, ' ');
    p := cccd_gate.preview(event, 'A', at, card_scan, ticket, certificates => certificates, image => image);
    verdict := p.verdict; reasons := array_to_string(p.reasons, ' '); holder := p.holder_name || ' ' || p.holder_id_masked; card := p.document_kind; evidence := p.evidence;
    IF names && '{revoked,ahead}' THEN
        RETURN;
    END IF;
    BEGIN
        a := cccd_gate.check_in(event, 'A', request, card_scan, ticket, certificates => certificates, image => image);
        IF (a.verdict, a.reasons, a.holder_name, a.document_kind, a.evidence) IS DISTINCT FROM (p.verdict, p.reasons, p.holder_name, p.document_kind, p.evidence) THEN
            reasons := reasons || ' but recorded: ' || array_to_string(a.reasons, ' ');
        END IF;
        SELECT string_agg(coalesce(r.problem, 'counted'), ' ' ORDER BY r.reading) INTO problems FROM cccd_gate.certificate_reading r WHERE r.request_id = request;
        SELECT h.record INTO record FROM cccd_gate.health h JOIN cccd_gate.answer_log l ON l.person = h.person WHERE l.request_id = request;
        RAISE EXCEPTION 'undo' USING ERRCODE = 'CC001';
    EXCEPTION WHEN SQLSTATE 'CC001' THEN NULL;
    END;
END $$;
-- what comes of a certificate at any moment
CREATE FUNCTION pg_temp.read(certificate text, passport text DEFAULT NULL, at timestamptz DEFAULT '2026-02-03 17:00+07', OUT problem text, OUT findings text[], OUT fits boolean)
LANGUAGE sql AS $$
    SELECT (x.readings[1]).problem, (x.readings[1]).findings, x.fits
    FROM cccd_gate.read_certificates(ARRAY[(SELECT scan FROM seal WHERE name = certificate)], 'Nguyen Van An', '1990-05-17', passport, at) x $$;

-- what seals add, on a card and on a passport
SELECT s.* FROM (VALUES (1, '{two_doses,pcr}'::text[]), (2, '{two_doses}'), (3, '{other_form,pcr,two_doses}')) v(i, c), LATERAL pg_temp.show(c) s ORDER BY i;
SELECT * FROM pg_temp.show('{two_doses,pcr}', scan => 'P1234567');
-- but not where it was issued for another passport than the one that is shown
SAVEPOINT passport;
INSERT INTO cccd_gate.person_in (passport, name, birth_date, sex) VALUES ('P7654321', 'Nguyen Van An', '1990-05-17', 'M');
SELECT taken, rejected FROM cccd_gate.load_people('guest_list');
SELECT * FROM pg_temp.show('{two_doses}', 'ANY', scan => 'P7654321');
SELECT passport, r.* FROM (VALUES (1, 'P1234567'), (2, 'P7654321'), (3, NULL)) p (n, passport), pg_temp.read('two_doses', passport) r ORDER BY n;
ROLLBACK TO passport;
-- a reading says where no list of the CSCA is in force, even if others answer
SELECT n, at, r.problem, r.findings
FROM (VALUES (1, '2026-02-03 17:00+07'::timestamptz), (2, '2027-01-01 07:00+07'), (3, '2027-01-01 07:00:01+07')) a (n, at), pg_temp.read('two_doses', at => at) r ORDER BY n;
SELECT cccd_gate.load_trust('health_certificate', cccd_trust_from_certificate(pg_read_binary_file(:'csca'), 'health_certificate')
                            || cccd_trust_from_revocation('uci', ARRAY[sha256('another seal')])) > 0 AS loaded;
SELECT r.problem, r.findings FROM pg_temp.read('two_doses') r;
ROLLBACK TO passport;
-- facts that were kept are withdrawn by the two letters of the state, alone and before the identifier
SAVEPOINT kept;
SELECT verdict FROM cccd_gate.check_in('ANY', 'A', md5('kept')::uuid, '001090012345||Nguyễn Văn An|17051990|Nam|Hà Nội|10052021', certificates => ARRAY(SELECT scan FROM seal WHERE name = 'two_doses'));
SAVEPOINT revoked;
SELECT count(*) AS withdrawn FROM cccd_gate.revoke_certificates('country', ARRAY['UT'::bytea]);
ROLLBACK TO revoked;
SELECT count(*) AS withdrawn FROM cccd_gate.revoke_certificates('country_uci', ARRAY[sha256('UTU12345678901')]);
ROLLBACK TO kept;
-- what they are not taken for
SELECT s.* FROM unnest('{namesake,changed,wrong_type,passport_signer,other_csca,other_state,ahead,rsa,signer_expired,number,broken}'::text[]) WITH ORDINALITY v(c, i),
    LATERAL pg_temp.show(ARRAY[c, 'pcr']) s ORDER BY i;
SELECT * FROM pg_temp.show('{two_doses,pcr}', scan => '034058000007||Lê Văn Cự|26101958|Nam||15032022');
-- the signer is on its CSCA's list from September on
SELECT s.* FROM unnest('{2026-08-01,2026-10-01}'::timestamptz[]) at, LATERAL pg_temp.show('{revoked}', 'ANY', at => at) s ORDER BY at;
-- formats that are known by name: on paper; where the rule does not need them they do no harm
SELECT s.* FROM unnest('{nzcp,lt1,divoc,hc2}'::text[]) WITH ORDINALITY v(c, i), LATERAL pg_temp.show(ARRAY[c, 'pcr']) s ORDER BY i;
SELECT * FROM pg_temp.show('{nzcp,two_doses}', 'ANY');
SELECT code, verdict, about, vi, en, ask_vi, ask_en FROM cccd_gate.reason
WHERE code IN ('certificate_format_unsupported', 'certificate_uncertain_person', 'certificate_attempts_exhausted') ORDER BY code;
-- as the scan: nobody, unless a ticket says who
SELECT s.* FROM (VALUES (1, 'two_doses', NULL), (2, 'two_doses', 'ticket in the name of an'), (3, 'nzcp', NULL), (4, 'nzcp', 'ticket in the name of an'), (5, 'namesake', 'ticket in the name of an')) v(i, c, t),
    LATERAL pg_temp.show('{pcr}', scan => c, ticket => t) s ORDER BY i;
-- in a picture
SELECT * FROM pg_temp.show('{pcr}', image => (SELECT cccd_qr_png(scan, 'L') FROM seal WHERE name = 'two_doses'));
-- signatures count where the rule uses what was signed, and for nothing else
SAVEPOINT signed;
INSERT INTO cccd_gate.event (code, name, starts, judged_at, capacity, rule, minimum_evidence, ticket_required, refusals_per_minute) VALUES
    ('SIGNED', 'Kết quả có chữ ký', '2026-02-03 19:00+07', '2026-02-03 19:00+07', 1000, 'since(negative) <= 72 hours', 'signature', false, 0),
    ('FLU', 'Tiêm cúm', '2026-02-03 19:00+07', '2026-02-03 19:00+07', 1000, 'doses(disease = influenza) >= 1', 'signature', false, 0);
INSERT INTO cccd_gate.gate SELECT event, 'A' FROM cccd_gate.event WHERE code IN ('SIGNED', 'FLU');
INSERT INTO cccd_gate.fact_in (id, kind, starts, detail, result, disease) VALUES ('001090012345', 'test', '2026-02-01 07:00', 'antigen', 'negative', NULL), ('001090012345', 'dose', '2025-10-01', NULL, NULL, 'influenza');
SELECT taken, rejected FROM cccd_gate.load_facts('national');
SELECT v.event, s.shown, s.verdict, s.reasons, s.evidence
FROM (VALUES (1, 'SIGNED', '{two_doses}'::text[]), (2, 'SIGNED', '{pcr}'), (3, 'SIGNED', '{}'), (4, 'FLU', '{two_doses,pcr}')) v(i, event, c), LATERAL pg_temp.show(v.c, v.event) s ORDER BY i;
ROLLBACK TO signed;
-- a seal that names this CSCA and was signed by another takes a key that the others need
INSERT INTO seal SELECT 'hard' || k, scan || repeat(' ', k) FROM seal, generate_series(1, 31) k WHERE name = 'other_csca';
SELECT verdict, reasons, (regexp_split_to_array(problems, ' '))[31:32] AS last FROM pg_temp.show((SELECT array_agg('hard' || k ORDER BY k) FROM generate_series(1, 31) k) || '{two_doses}');
SELECT cccd_gate.load_trust('health_certificate', value || cccd_trust_from_certificate(pg_read_binary_file(:'csca2'), 'health_certificate')) > 0 AS loaded FROM cccd_gate.trust WHERE retired_at IS NULL;
SELECT verdict, reasons, (regexp_split_to_array(problems, ' '))[16:18] AS middle FROM pg_temp.show((SELECT array_agg('hard' || k ORDER BY k) FROM generate_series(1, 31) k) || '{two_doses}');
ROLLBACK;
