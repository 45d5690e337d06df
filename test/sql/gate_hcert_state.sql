-- Whose health certificates the gate believes: those of which the state is
-- known, by a key of that state; and whom it does not accuse.
SET client_min_messages = warning;
SET timezone = 'Asia/Ho_Chi_Minh';
BEGIN;
SET LOCAL cccd_gate.allow_superuser = on;
\getenv root PG_ABS_SRCDIR
CREATE TEMP TABLE certificate (name text, scan text);
\set file :root '/data/hcert/scans.txt'
COPY certificate FROM :'file' (DELIMITER '|');
SELECT set_config('cccd_test.root', :'root', false) = :'root' AS set;
CREATE FUNCTION pg_temp.signer(name text) RETURNS cccd_trust LANGUAGE sql
    AS $$ SELECT cccd_trust_from_certificate(pg_read_binary_file(current_setting('cccd_test.root') || '/data/hcert/' || name || '.der'), 'health_certificate') $$;
INSERT INTO cccd_gate.person_in (id, name, birth_date, sex) VALUES ('001090012345', 'Nguyễn Văn An', '1990-05-17', 'M');
SELECT taken, rejected FROM cccd_gate.load_people('national');
INSERT INTO cccd_gate.document_in (id, issued) VALUES ('001090012345', '2021-05-10');
SELECT taken, rejected FROM cccd_gate.load_documents('national');
INSERT INTO cccd_gate.event (code, name, starts, capacity, rule, minimum_evidence, ticket_required) VALUES
    ('TWO', 'Hai mũi', '2026-03-01 19:00+07', 1000, 'doses >= 2', 'qr', false);
INSERT INTO cccd_gate.gate SELECT event, 'A' FROM cccd_gate.event;

CREATE VIEW pg_temp.answer AS
SELECT c.name, a.verdict, a.reasons, v.valid, v.country_status AS country, v.signature_status AS signature
FROM cccd_gate.trust t,
     (VALUES (1, 'dose2'), (2, 'stateless'), (3, 'stateless_other'), (4, 'wrong_key'), (5, 'two_keys')) n (n, name) JOIN certificate c USING (name),
     LATERAL cccd_certificate_verify(c.scan, t.value, '2026-03-01 17:00+07', t.policy) v,
     LATERAL cccd_gate.preview('TWO', 'A', at => '2026-03-01 17:00+07', scan => '001090012345||Nguyễn Văn An|17051990|Nam|Hà Nội|10052021', certificates => ARRAY[c.scan]) a
WHERE t.retired_at IS NULL
ORDER BY n.n;

-- the state's own word, that of no state, of keys that did not sign
SELECT cccd_gate.load_trust('health_certificate', pg_temp.signer('vn') || pg_temp.signer('xa') || pg_temp.signer('xb'), 'field') > 0 AS field;
SELECT * FROM pg_temp.answer;
SELECT cccd_gate.load_trust('health_certificate', pg_temp.signer('vn') || pg_temp.signer('xa') || pg_temp.signer('xb') || cccd_trust_from_revocation('uci', ARRAY[sha256('another')]), 'strict') > 0 AS strict;
SELECT * FROM pg_temp.answer;
ROLLBACK;
