-- SMART Health Cards at the door: beside the card, in a picture, in parts, and
-- when another issuer signed.
SET client_min_messages = warning;
SET timezone = 'Asia/Ho_Chi_Minh';
SET datestyle = 'ISO, YMD';
BEGIN;
SET LOCAL cccd_gate.allow_superuser = on;
\getenv root PG_ABS_SRCDIR
CREATE TEMP TABLE card (name text, scan text);
\set file :root '/data/shc/scans.txt'
COPY card FROM :'file' (DELIMITER '|');
\set issuer :root '/data/shc/issuer.json'
SELECT convert_from(pg_read_binary_file(:'issuer'), 'UTF8') AS keys \gset

INSERT INTO cccd_gate.person_in (id, name, birth_date, sex) VALUES ('001090012345', 'Nguyễn Văn An', '1990-05-17', 'M');
SELECT taken, rejected FROM cccd_gate.load_people('national');
INSERT INTO cccd_gate.document_in (id, issued) VALUES ('001090012345', '2021-05-10');
SELECT taken, rejected FROM cccd_gate.load_documents('national');
INSERT INTO cccd_gate.event (code, name, starts, judged_at, capacity, rule, minimum_evidence, ticket_required) VALUES
    ('TWO', 'Hai mũi', '2026-03-01 19:00+07', '2026-03-01 19:00+07', 1000, 'doses >= 2', 'qr', false),
    ('TEST', 'Xét nghiệm', '2026-02-01 19:00+07', '2026-02-01 19:00+07', 1000, 'doses >= 2 and since(negative) <= 72 hours', 'qr', false);
UPDATE cccd_gate.event SET refusals_per_minute = 0;
INSERT INTO cccd_gate.gate SELECT event, 'A' FROM cccd_gate.event;

-- one check at its moment, and what its cards are found to state
CREATE FUNCTION pg_temp.show(cards text[], event text DEFAULT 'TWO', at timestamptz DEFAULT '2026-03-01 17:00+07', scan text DEFAULT '001090012345||Nguyễn Văn An|17051990|Nam|Hà Nội|10052021', image bytea DEFAULT NULL,
    OUT shown text, OUT verdict text, OUT reasons text, OUT card text, OUT problems text, OUT findings text, OUT record cccd_health)
LANGUAGE plpgsql AS $$
DECLARE
    texts CONSTANT text[] := ARRAY(SELECT coalesce((SELECT string_agg(c.scan, E'\n' ORDER BY c.name) FROM card c WHERE c.name LIKE n), n) FROM unnest(cards) WITH ORDINALITY u(n, i) ORDER BY i);
BEGIN
    shown := array_to_string(cards, ' ');
    SELECT a.verdict, array_to_string(a.reasons, ' '), a.document_kind INTO verdict, reasons, card
    FROM cccd_gate.preview(event, 'A', at, scan => scan, image => image, certificates => texts) a;
    SELECT string_agg(coalesce(r.problem, 'counted'), ' ' ORDER BY i) FILTER (WHERE i > 0), string_agg(r.findings::text, ' ' ORDER BY i), (SELECT cccd_health_merge(f) FROM unnest(x.facts) f) INTO problems, findings, record
    FROM cccd_gate.read_certificates(texts, 'Nguyễn Văn An', '1990-05-17', NULL, at) x
    LEFT JOIN LATERAL unnest(x.readings) WITH ORDINALITY r(reading, request_id, person, problem, findings, digest, kinds, country, expires, signer_fingerprint, trust_digest, i) ON true
    GROUP BY x.facts;
END $$;

-- without keys, with the keys of no issuer, of another one, of this one
SELECT * FROM pg_temp.show('{doses}');
SELECT cccd_gate.load_trust('health_certificate', cccd_trust_from_json(:'keys'::jsonb)) > 0 AS loaded;
SELECT * FROM pg_temp.show('{doses}');
SELECT cccd_gate.load_trust('health_certificate', cccd_trust_from_jwks(:'keys'::jsonb, 'https://other.example/shc')) > 0 AS loaded;
SELECT * FROM pg_temp.show('{doses}');
SELECT cccd_gate.load_trust('health_certificate', cccd_trust_from_jwks(:'keys'::jsonb, 'https://health.example/shc')) > 0 AS loaded;
SELECT * FROM pg_temp.show('{doses}');
SELECT purpose, policy, kind, country FROM cccd_gate.trust_entry;
-- together with a test, in parts, and without one of them
SELECT * FROM pg_temp.show('{doses,pcr}', 'TEST', '2026-02-01 17:00+07');
SELECT s.* FROM (VALUES (1, '{parts%}'::text[]), (2, '{parts_1}'), (3, '{parts_1,parts_2,parts_3}')) v (n, cards), LATERAL pg_temp.show(cards) s ORDER BY n;
-- in a picture, and as the scan
SELECT * FROM pg_temp.show('{}', scan => NULL, image => (SELECT cccd_qr_png(scan, 'L') FROM card WHERE name = 'doses'));
SELECT * FROM pg_temp.show('{}', image => (SELECT cccd_qr_png(scan, 'L') FROM card WHERE name = 'doses'));
SELECT * FROM pg_temp.show('{}', scan => (SELECT scan FROM card WHERE name = 'doses'));
-- what does not count, and that nothing of it is called forged
SELECT s.* FROM (VALUES (1, '{other_issuer}'::text[]), (2, '{others}'), (3, '{other_person}'), (4, '{expired}'), (5, '{der_signature}'), (6, '{unsigned}'), (7, '{two_patients}'), (8, '{duplicate}'), (9, '{shc:/5677}')) v (n, cards),
     LATERAL pg_temp.show(cards) s ORDER BY n;
-- a digit of the signature changed is forged: this issuer's key says no
SELECT verdict, reasons, problems FROM pg_temp.show(ARRAY[(SELECT left(scan, -12) || CASE WHEN substr(scan, length(scan) - 11, 2) = '20' THEN '21' ELSE '20' END || right(scan, 10) FROM card WHERE name = 'doses')]);
-- facts that were kept are withdrawn by the card's key, whole and cut
SAVEPOINT kept;
SELECT c.scan AS doses, d.key_id FROM card c, cccd_certificate_decode(c.scan) d WHERE c.name = 'doses' \gset
SELECT cccd_gate.keep_certificates(md5('kept')::uuid, clock_timestamp(), n.person, r.shown, true)
FROM cccd_gate.identity_number n, cccd_gate.read_certificates_shown(ARRAY[:'doses'], 'Nguyễn Văn An', '1990-05-17', NULL, '2026-03-01 17:00+07') r;
SELECT kind, starts, code, source, signed FROM cccd_gate.current_fact ORDER BY starts;
SELECT verdict, reasons, evidence FROM cccd_gate.preview('TWO', 'A', '2026-03-01 17:00+07', scan => '001090012345||Nguyễn Văn An|17051990|Nam|Hà Nội|10052021');
SAVEPOINT revoked;
SELECT count(*) AS withdrawn FROM cccd_gate.revoke_certificates('key', ARRAY[:'key_id'::bytea]);
SELECT verdict, reasons FROM pg_temp.show('{doses}');
ROLLBACK TO revoked;
SELECT count(*) AS withdrawn FROM cccd_gate.revoke_certificates('key', ARRAY[substr(:'key_id'::bytea, 1, 8)]);
ROLLBACK TO kept;
-- revoked by its identifier
SELECT cccd_gate.load_trust('health_certificate', cccd_trust_from_jwks(:'keys'::jsonb, 'https://health.example/shc') || cccd_trust_from_revocation('uci', ARRAY[sha256('R1')])) > 0 AS loaded;
SELECT * FROM pg_temp.show('{doses}');
ROLLBACK;
