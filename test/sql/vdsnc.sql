-- Visible digital seals of an invented state: what they say, who vouches for
-- them, and that they count as HC1 does.
\getenv root PG_ABS_SRCDIR
SET TimeZone = 'UTC';
CREATE TEMP TABLE scan (name text, scan text);
\set file :root '/data/vdsnc/scans.txt'
COPY scan FROM :'file' (FORMAT csv, DELIMITER '|', QUOTE E'\x01');
\set csca :root '/data/vdsnc/csca.der'
\set crl :root '/data/vdsnc/crl.der'
CREATE TEMP TABLE trust AS
SELECT cccd_trust_from_certificate(pg_read_binary_file(:'csca')) AS chip,
       cccd_trust_from_certificate(pg_read_binary_file(:'csca'), 'health_certificate')
       || cccd_trust_from_crl(pg_read_binary_file(:'crl'), 'health_certificate') AS health;

-- everything that is said of a good one
\x on
SELECT d.* FROM scan s, cccd_certificate_decode(scan) d WHERE s.name = 'two_doses';
SELECT v.valid, v.format, v.text_status, v.message_status, v.schema_status, v.key_status, v.signature_status, v.country_status, v.key_usage_status,
       v.key_validity_status, v.validity_status, v.revocation_status, v.reasons, v.flags, v.signer_country, v.algorithm, v.issuer, v.signer_not_after
FROM scan s, trust, cccd_certificate_verify(scan, health, '2026-12-01') v WHERE s.name = 'two_doses';
\x off

-- each of the others
SELECT s.name, status, d.name AS holder, kinds, birth_date, birth_from, disease, reasons, flags
FROM scan s, cccd_certificate_decode(scan) d ORDER BY s.name COLLATE "C";
SELECT s.name, policy, valid, key_status AS key, signature_status AS signature, country_status AS country, key_usage_status AS usage,
       validity_status AS validity, revocation_status AS revocation, reasons, flags
FROM scan s, trust, unnest('{field,strict}'::text[]) policy, cccd_certificate_verify(scan, health, '2026-12-01', policy)
ORDER BY s.name COLLATE "C", policy;
-- a CSCA for chips vouches for seals, too; no trust value, one for tests, tickets
SELECT what, valid, key_status, reasons
FROM scan s, trust, LATERAL (VALUES (1, 'chip', chip), (2, 'health', health), (3, 'nothing', cccd_trust_from_revocation('country', ARRAY['VN'::bytea]))) t (n, what, trust),
     cccd_certificate_verify(scan, t.trust, '2026-03-01') WHERE s.name = 'two_doses' ORDER BY n;
SELECT policy, purpose, valid, reasons, flags
FROM scan s, unnest('{field,test}'::text[]) policy, unnest('{health_certificate_test,ticket}'::text[]) purpose,
     cccd_certificate_verify(scan, cccd_trust_from_certificate(pg_read_binary_file(:'csca'), purpose), '2026-03-01', policy)
WHERE s.name = 'two_doses' ORDER BY 1, 2;
-- one seal in other forms is one seal
SELECT s.name, d.digest = o.digest AS same_digest, d.content = o.content AS same_content, d.key_id = o.key_id AS same_key
FROM scan s, cccd_certificate_decode(s.scan) d, scan t, cccd_certificate_decode(t.scan) o
WHERE s.name IN ('other_form', 'other_base64', 'changed') AND t.name = 'two_doses' ORDER BY s.name;

-- whose it is
SELECT holder, birth, f.* FROM scan s, (VALUES ('Nguyễn Văn An', '1990-05-17'::date), ('An Nguyen Van', '1990-05-17'), ('VAN AN NGUYEN', '1990-05-17'), ('Nguyễn Văn Anh', '1990-05-17'),
     ('Nguyễn Văn An', '1990-05-18')) p (holder, birth), cccd_certificate_fits(scan, holder, birth) f WHERE s.name = 'two_doses' ORDER BY holder COLLATE "C", birth;
SELECT f.* FROM scan s, cccd_certificate_fits(scan, 'Nguyễn Văn An', '1990-05-17') f WHERE s.name = 'namesake';

-- the number of the passport that is beside it: of a proof of testing only where it is a passport's
SELECT n, number, f.*, coalesce(cccd_health_from_certificates(ARRAY[scan], NULL, NULL, document_number => number) <> '', false) AS has_facts
FROM scan s, (VALUES (1, 'P1234567'), (2, 'p 123456-7'), (3, 'P1234568'), (4, ''), (5, NULL)) p (n, number), cccd_certificate_fits(scan, 'Nguyễn Văn An', '1990-05-17', number) f WHERE s.name = 'two_doses' ORDER BY n;
SELECT f.* FROM scan s, cccd_certificate_fits(scan, 'Nguyễn Văn Ân', '1990-05-17', 'P1234568') f WHERE s.name = 'namesake';
SELECT t.what, f.* FROM (VALUES (1, 'passport', '"dt":"P","dn":"P1234567"'), (2, 'not said', '"dn":"P1234567"'), (3, 'a card', '"dt":"C","dn":"034058000007"')) t (n, what, document),
     cccd_certificate_fits(format('{"data":{"hdr":{"is":"UTO","t":"icao.test","v":1},"msg":{"dat":{"ri":"2026-03-01T09:00:00Z","sc":"2026-03-01T08:00:00Z"},"pid":{%s,"n":"Nguyễn Văn An"},"sp":{"ctr":"UTO"},"tr":{"r":"Negative","tc":"antigen(nasal)"},"utci":"U1"}},"sig":{"alg":"ES256","cer":"MAA=","sigvl":"AAAA"}}', document), 'Nguyễn Văn An', '1990-05-17', 'P1234567') f ORDER BY n;

-- facts, alone and together with others, declared and verified
SELECT s.name, cccd_health_from_certificates(ARRAY[scan], NULL, NULL) AS declared, cccd_health_from_certificates(ARRAY[scan], health, '2026-12-01') AS verified
FROM scan s, trust ORDER BY s.name COLLATE "C";
SELECT cccd_health_from_certificates((SELECT array_agg(scan ORDER BY name COLLATE "C") FROM scan WHERE name <> 'new_product'), health, '2026-12-01', 'field', 'Nguyễn Văn An', '1990-05-17') AS together FROM trust;
SELECT cccd_health_from_certificates(ARRAY[scan], health, '2026-12-01', value_sets => '{"product": {"NEW-42": "#501"}}') AS translated FROM scan, trust WHERE name = 'new_product';
-- a seal and an HC1, each once
CREATE TEMP TABLE other (name text, scan text);
\set file :root '/data/hcert/scans.txt'
COPY other FROM :'file' (DELIMITER '|');
\set vn :root '/data/hcert/vn.der'
SELECT r.number, r.format, r.status, r.valid, r.fits, r.identifiers, r.key_id IS NOT NULL AS key, r.facts
FROM trust, cccd_certificates_read((SELECT ARRAY[o.scan, s.scan, s.scan, 'NZCP:/1/2KCE'] FROM scan s, other o WHERE s.name = 'pcr' AND o.name = 'dose2'),
         health || cccd_trust_from_certificate(pg_read_binary_file(:'vn'), 'health_certificate'), '2026-12-01', 'field', 'Nguyễn Văn An', '1990-05-17') r ORDER BY 1;

-- by the digest of its signature, by its identifier, by its key a list finds it
SELECT scope, v.valid, v.reasons
FROM scan s, trust, cccd_certificates_read(ARRAY[scan], health, '2026-12-01') r, LATERAL (VALUES (1, 'signature', r.signature_digest), (2, 'uci', sha256(convert_to(r.identifiers[1], 'UTF8'))),
     (3, 'country_uci', sha256(convert_to('UT' || r.identifiers[1], 'UTF8'))), (4, 'key', r.key_id), (5, 'key', r.signer_fingerprint), (6, 'country', 'UT'), (7, 'uci', r.digest)) l (n, scope, item),
     cccd_certificate_verify(scan, health || cccd_trust_from_revocation(scope, ARRAY[item]), '2026-12-01') v WHERE name = 'pcr' ORDER BY n;

-- 32 keys are tried for all certificates together
SELECT count(*) FILTER (WHERE valid) AS valid, count(*) FILTER (WHERE reasons = '{attempts_exhausted}' AND key_status = 'undetermined') AS exhausted, count(*)
FROM trust, cccd_certificates_read((SELECT array_agg(scan || repeat(' ', k)) FROM scan, generate_series(1, 32) k WHERE name = 'two_doses'), health, '2026-03-01');
-- a seal that names a CSCA of this name takes one for each of its certificates
-- that did not sign it: those behind them find none left, before them all is well
SELECT first, count(*) FILTER (WHERE valid) AS valid, count(*) FILTER (WHERE reasons = '{csca_not_found}') AS not_found,
       count(*) FILTER (WHERE reasons = '{attempts_exhausted}' AND key_status = 'undetermined') AS exhausted
FROM trust, unnest('{other_csca,two_doses}'::text[]) first,
     cccd_certificates_read((SELECT array_agg(scan || repeat(' ', k) ORDER BY name <> first, k) FROM scan, generate_series(1, 16) k
                             WHERE name IN ('two_doses', 'other_csca')), chip || health, '2026-03-01') GROUP BY 1 ORDER BY 1;
SELECT number, key_status, reasons
FROM trust, cccd_certificates_read((SELECT array_agg(scan || repeat(' ', k) ORDER BY name, k) FROM scan, generate_series(1, 17) k
                                    WHERE name = 'other_csca' OR name = 'two_doses' AND k = 1), chip || health, '2026-03-01') WHERE number > 15 ORDER BY 1;

-- one character changed anywhere: never another seal
SELECT count(*) > 1000 AS many, count(*) FILTER (WHERE valid AND m.digest <> o.digest) AS forged
FROM scan s, trust, cccd_certificate_decode(scan) o, generate_series(1, length(scan), 2) k, unnest('{0,Z,"\""}'::text[]) c,
     cccd_certificate_verify(overlay(scan PLACING c FROM k FOR 1), health, '2026-03-01') m WHERE s.name = 'pcr';
-- never an error: what JSON can be
SELECT what, status, format, reasons FROM (VALUES
    (1, 'nothing within', '{"icao.vacc"}'), (2, 'U+0000', '{"data":{"hdr":{"t":"icao.vacc","v":1,"is":"UTO"},"msg":{"pid":{"n":"A\u0000B"},"ve":[{"des":"X","vd":[{"dvc":"2026-01-01","seq":1}]}]}},"sig":{"alg":"ES256","cer":"MIIB","sigvl":"AAEC"}}'),
    (3, 'deep', '{"icao.":' || repeat('[', 5000)), (4, 'many', '{"icao.":[' || repeat('1,', 4000) || '1]}'), (5, 'long', '{"icao.":"' || repeat('x', 8200)),
    (6, 'members', '{"icao.":0' || (SELECT string_agg(format(',"%s":0', k), '') FROM generate_series(1, 700) k) || '}')) v (n, what, scan),
    cccd_certificate_decode(scan) ORDER BY n;
SELECT content, d.name, d.flags FROM cccd_certificate_decode('{"data":{"hdr":{"t":"icao.vacc","v":1,"is":"UTO"},"msg":{"pid":{"n":"A\u0000B"},"uvci":"U","ve":[{"des":"X","vd":[{"dvc":"2026-01-01","seq":1}]}],"x":[true,false,null,-5,{}]}},"sig":{"alg":"ES256","cer":"MIIB","sigvl":"AAEC"}}') d;
