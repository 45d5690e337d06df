-- SMART Health Cards of invented issuers: what they say, who vouches for them,
-- and what comes of parts.
\getenv root PG_ABS_SRCDIR
SET TimeZone = 'UTC';
SET datestyle = 'ISO, YMD';
CREATE TEMP TABLE scan (name text, scan text);
\set file :root '/data/shc/scans.txt'
COPY scan FROM :'file' (DELIMITER '|');
\set issuer :root '/data/shc/issuer.json'
\set other :root '/data/shc/other.json'
CREATE TEMP TABLE keys AS
SELECT convert_from(pg_read_binary_file(:'issuer'), 'UTF8')::jsonb AS ours, convert_from(pg_read_binary_file(:'other'), 'UTF8')::jsonb AS others;
CREATE TEMP TABLE trust AS
SELECT cccd_trust_from_jwks(ours, 'https://health.example/shc') || cccd_trust_from_jwks(others, 'https://other.example/shc') AS value FROM keys;

-- everything that is said of a good one
\x on
SELECT d.status, d.format, d.kinds, d.issuer, d.issued, d.expires, d.algorithm, length(d.key_id) AS key_id, d.version, d.name, d.standard_name, d.birth_date,
       d.identifiers, d.disease, d.country, length(d.digest) AS digest, d.reasons, d.flags
FROM scan s, cccd_certificate_decode(scan) d WHERE s.name = 'doses';
SELECT v.valid, v.format, v.text_status, v.message_status, v.schema_status, v.key_status, v.signature_status, v.country_status, v.key_usage_status,
       v.key_validity_status, v.validity_status, v.revocation_status, v.reasons, v.flags, v.signer_country, v.algorithm, v.issuer
FROM scan s, trust, cccd_certificate_verify(scan, value, '2026-03-01') v WHERE s.name = 'doses';
\x off
SELECT content->'nbf' AS nbf, content#>'{vc,credentialSubject,fhirBundle,entry,0,resource,name}' AS name, jsonb_array_length(content#>'{vc,credentialSubject,fhirBundle,entry}') AS entries
FROM scan s, cccd_certificate_decode(scan) d WHERE s.name = 'doses';

-- each of the others
SELECT s.name, status, d.name AS holder, kinds, disease, reasons, flags FROM scan s, cccd_certificate_decode(scan) d ORDER BY s.name COLLATE "C";
SELECT s.name, policy, valid, key_status AS key, signature_status AS signature, country_status AS issuer, validity_status AS validity,
       revocation_status AS revocation, reasons, flags
FROM scan s, trust, unnest('{field,strict}'::text[]) policy, cccd_certificate_verify(scan, value, '2026-03-01', policy)
WHERE s.name NOT LIKE 'parts%' ORDER BY s.name COLLATE "C", policy;

-- a card in parts: in any order, one twice, one missing, of two cards
SELECT what, status, digest = (SELECT d.digest FROM scan s, cccd_certificate_decode(s.scan) d WHERE s.name = 'doses') AS same_card, reasons
FROM (SELECT 1 AS n, 'all' AS what, string_agg(scan, E'\n' ORDER BY name) AS scan FROM scan WHERE name LIKE 'parts%'
      UNION ALL SELECT 2, 'backwards', string_agg(scan, ' ' ORDER BY name DESC) FROM scan WHERE name LIKE 'parts%'
      UNION ALL SELECT 3, 'one twice', string_agg(scan, ' ' ORDER BY name) || ' ' || min(scan) FROM scan WHERE name LIKE 'parts%'
      UNION ALL SELECT 4, 'without the second', string_agg(scan, ' ' ORDER BY name) FROM scan WHERE name IN ('parts_1', 'parts_3')
      UNION ALL SELECT 5, 'the last', scan FROM scan WHERE name = 'parts_3'
      UNION ALL SELECT 6, 'two cards', string_agg(scan, ' ') FROM scan WHERE name IN ('doses', 'pcr')) v, cccd_certificate_decode(scan) ORDER BY n;

-- whose key it is: another issuer's, nobody's, only the beginning of the URL
SELECT what, valid, key_status, signature_status, country_status, reasons
FROM scan s, keys, LATERAL (VALUES (1, 'another issuer', cccd_trust_from_jwks(ours, 'https://other.example/shc')), (2, 'no issuer', cccd_trust_from_json(ours)),
     (3, 'a longer URL', cccd_trust_from_jwks(ours, 'https://health.example/shc/a')), (4, 'both', cccd_trust_from_jwks(ours, 'https://other.example/shc') || cccd_trust_from_jwks(ours, 'https://health.example/shc')),
     (5, 'tickets', cccd_trust_from_jwks(ours, 'https://health.example/shc', 'ticket')), (6, 'tests', cccd_trust_from_jwks(ours, 'https://health.example/shc', 'health_certificate_test'))) t (n, what, trust),
     cccd_certificate_verify(scan, t.trust, '2026-03-01') WHERE s.name = 'doses' ORDER BY n;
SELECT valid, reasons, flags FROM scan s, keys, cccd_certificate_verify(scan, cccd_trust_from_jwks(ours, 'https://health.example/shc', 'health_certificate_test'), '2026-03-01', 'test') WHERE s.name = 'doses';
-- a directory of issuers
SELECT count(*) FROM keys, LATERAL (SELECT cccd_trust_agg(cccd_trust_from_jwks(i->'keys', i->'issuer'->>'iss')) AS value
    FROM jsonb_array_elements(jsonb_build_array(jsonb_build_object('issuer', '{"iss": "https://health.example/shc", "name": "A"}'::jsonb, 'keys', ours->'keys'),
                                                jsonb_build_object('issuer', '{"iss": "https://other.example/shc"}'::jsonb, 'keys', others->'keys'))) i) directory, trust WHERE md5(directory.value::text) = md5(trust.value::text);
-- what is not the URL of an issuer, and what holds no key
SELECT cccd_trust_from_jwks(ours, 'http://health.example/shc') FROM keys;
SELECT cccd_trust_from_jwks(ours, 'https://health.example/shc/') FROM keys;
SELECT cccd_trust_from_jwks(ours, 'https://') FROM keys;
SELECT cccd_trust_from_jwks(ours, 'https://' || repeat('a', 248)) FROM keys;
SELECT cccd_trust_from_jwks(ours, 'https://' || repeat('a', 247)) IS NOT NULL AS longest FROM keys;
SELECT cccd_trust_from_jwks('{"keys": []}', 'https://health.example/shc');
SELECT cccd_trust_from_jwks(ours, 'https://health.example/shc', 'nothing') FROM keys;
SELECT md5(cccd_trust_from_jwks(jsonb_set(ours, '{keys,1}', '{"kty": "EC", "kid": "AA", "crv": "P-256", "x": "AA", "y": "AA"}'), 'https://health.example/shc')::text)
     = md5(cccd_trust_from_jwks(ours, 'https://health.example/shc')::text) AS without_it FROM keys;
-- the keys of an issuer vouch for no certificate of another format
SELECT count(*) AS keys, count(*) FILTER (WHERE kind = 'key') AS kind FROM trust, cccd_trust_list(value);

-- revoked: by its identifier, for this key or any; the key itself
SELECT what, valid, revocation_status, reasons
FROM scan s, trust, LATERAL (SELECT key_id FROM cccd_certificate_decode(scan)) d,
     LATERAL (VALUES (1, 'identifier', cccd_trust_from_revocation('uci', ARRAY[sha256('R1')], d.key_id)), (2, 'of any key', cccd_trust_from_revocation('uci', ARRAY[sha256('R1')])),
     (3, 'of another key', cccd_trust_from_revocation('uci', ARRAY[sha256('R1')], 'another')), (4, 'another identifier', cccd_trust_from_revocation('uci', ARRAY[sha256('R2')])),
     (5, 'key', cccd_trust_from_revocation('key', ARRAY[substr(d.key_id, 1, 8)]))) t (n, what, trust),
     cccd_certificate_verify(scan, value || t.trust, '2026-03-01') WHERE s.name = 'doses' ORDER BY n;

-- whose card it is
SELECT s.name, holder, birth, f.* FROM scan s, (VALUES ('Nguyễn Văn An', '1990-05-17'::date), ('An Nguyen Van', '1990-05-17'), ('Nguyễn Văn Ân', '1990-05-17'), ('Nguyễn Văn An', '1990-05-18'), ('Trần Thị Bé', '1991-01-31')) p (holder, birth),
     cccd_certificate_fits(scan, holder, birth) f WHERE s.name IN ('doses', 'other_person') ORDER BY s.name, holder COLLATE "C", birth;

-- facts, declared and verified, and beside an HC1
SELECT s.name, cccd_health_from_certificates(ARRAY[scan], NULL, NULL) AS declared, cccd_health_from_certificates(ARRAY[scan], value, '2026-03-01') AS verified
FROM scan s, trust WHERE s.name NOT LIKE 'parts%' ORDER BY s.name COLLATE "C";
SELECT cccd_health_from_certificates(ARRAY[scan], value, '2026-03-01', value_sets => '{"disease": {"cvx/9999": "dengue"}, "product": {"cvx/9999": "Qdenga", "cvx/213": "Abdala"}}') AS translated
FROM scan, trust WHERE name = 'codes';
-- a card whose parts stand in several texts
SELECT t.n, t.what, r.number, r.status, r.valid, r.reasons, r.facts
FROM trust, (SELECT array_agg(scan ORDER BY name) AS p FROM scan WHERE name LIKE 'parts%') s, LATERAL (VALUES
     (1, 'in order', p), (2, 'backwards', ARRAY[p[3], p[2], p[1]]), (3, 'with others between', ARRAY[NULL, 'NZCP:/1/2KCE', p[2], NULL, p[1], 'HC1:', p[3]]),
     (4, 'two together', ARRAY[p[3], p[1] || ' ' || p[2]]), (5, 'one twice', ARRAY[p[1], p[2], p[2], p[3]]), (6, 'without the second', ARRAY[p[1], p[3]]),
     (7, 'two texts of one', ARRAY[p[1], p[2], p[3], 'shc:/2/3/5676']), (8, 'of two cards', ARRAY[p[1], p[2], 'shc:/1/2/5676', p[3]]),
     (9, 'and all of it again', ARRAY[p[1], p[2], p[3], array_to_string(p, ' ')]), (10, 'a part of one part', ARRAY[p[1], 'shc:/1/1/5676', p[2], p[3]])) t (n, what, scans),
     cccd_certificates_read(t.scans, value, '2026-03-01') r ORDER BY t.n, r.number;
SELECT cccd_health_from_certificates(ARRAY[p[2], p[3], p[1]], value, '2026-03-01') = cccd_health_from_certificates(ARRAY[array_to_string(p, ' ')], value, '2026-03-01') AS same,
       cccd_health_from_certificates(ARRAY[p[2], p[1]], value, '2026-03-01') = '' AS nothing
FROM trust, (SELECT array_agg(scan ORDER BY name) AS p FROM scan WHERE name LIKE 'parts%') s;
\set seal_csca :root '/data/vdsnc/csca.der'
\set other_signer :root '/data/gate_hcert/health1.der'
-- a key with a certificate: of this key, of another, and what is not one
SELECT t.n, t.what, (SELECT count(*) FROM cccd_trust_list(cccd_trust_from_jwks(jsonb_build_object('keys', jsonb_build_array(key, key || '{"kid": "AQIDBAUGBwg="}' || t.x5c)), 'https://health.example/shc'))) AS keys
FROM (SELECT jsonb_build_object('kid', 'AAAAAAAAAAA=', 'kty', 'EC', 'crv', 'P-384', 'x', rtrim(translate(encode(substr(spki, 25, 48), 'base64'), E'+/\n', '-_'), '='), 'y', rtrim(translate(encode(substr(spki, 73, 48), 'base64'), E'+/\n', '-_'), '=')) AS key, der
      FROM (SELECT der, substr(der, position('\x3076301006072a8648ce3d0201'::bytea IN der), 120) AS spki FROM pg_read_binary_file(:'seal_csca') der) c) k,
     LATERAL (VALUES (1, 'its own', jsonb_build_object('x5c', ARRAY[encode(der, 'base64')])), (2, 'and a chain', jsonb_build_object('x5c', ARRAY[encode(der, 'base64'), 'MIIB'])), (3, 'another', jsonb_build_object('x5c', ARRAY[encode(pg_read_binary_file(:'other_signer'), 'base64')])),
     (4, 'none', '{"x5c": []}'), (5, 'no array', '{"x5c": "MIIB"}'), (6, 'no certificate', '{"x5c": ["MIIB"]}'), (7, 'null', '{"x5c": null}'), (8, 'a number', '{"x5c": [7]}')) t (n, what, x5c) ORDER BY n;
-- a certificate of the key that names URLs: the issuer's, another one's, both, and no URL
CREATE FUNCTION tlv(tag text, content bytea) RETURNS bytea LANGUAGE sql AS $$
    SELECT decode(tag || CASE WHEN length(content) < 128 THEN '' WHEN length(content) < 256 THEN '81' ELSE '82' END
                      || lpad(to_hex(length(content)), CASE WHEN length(content) < 256 THEN 2 ELSE 4 END, '0'), 'hex') || content $$;
CREATE FUNCTION named(spki bytea, names bytea) RETURNS text LANGUAGE sql AS $$
    SELECT encode(tlv('30', tlv('30', '\x020101300a06082a8648ce3d0403023000' || tlv('30', tlv('17', '210101000000Z') || tlv('17', '360101000000Z')) || '\x3000' || spki
                                      || tlv('a3', tlv('30', tlv('30', '\x0603551d11' || tlv('04', tlv('30', names))))))
                            || '\x300a06082a8648ce3d04030203020000'), 'base64') $$;
SELECT t.n, t.what, (SELECT count(*) FROM cccd_trust_list(CASE WHEN t.n < 6 THEN cccd_trust_from_jwks(keys, 'https://health.example/shc') ELSE cccd_trust_from_json(keys) END)) AS keys
FROM (SELECT jsonb_build_object('kid', 'AAAAAAAAAAA=', 'kty', 'EC', 'crv', 'P-384', 'x', rtrim(translate(encode(substr(spki, 25, 48), 'base64'), E'+/\n', '-_'), '='), 'y', rtrim(translate(encode(substr(spki, 73, 48), 'base64'), E'+/\n', '-_'), '=')) AS key, spki
      FROM (SELECT substr(der, position('\x3076301006072a8648ce3d0201'::bytea IN der), 120) AS spki FROM pg_read_binary_file(:'seal_csca') der) c) k,
     LATERAL (VALUES (1, 'the issuer', tlv('86', 'https://health.example/shc')), (2, 'another', tlv('86', 'https://other.example/shc')), (3, 'with a slash', tlv('86', 'https://health.example/shc/')),
     (4, 'both', tlv('86', 'https://other.example/shc') || tlv('86', 'https://health.example/shc')), (5, 'a host', tlv('82', 'other.example')),
     (6, 'another, in a list of no issuer', tlv('86', 'https://other.example/shc'))) t (n, what, names),
     LATERAL (SELECT jsonb_build_object('keys', jsonb_build_array(key, key || '{"kid": "AQIDBAUGBwg="}' || jsonb_build_object('x5c', ARRAY[named(spki, t.names)])))) j (keys) ORDER BY n;
DROP FUNCTION named(bytea, bytea), tlv(text, bytea);
CREATE TEMP TABLE hc1 (name text, scan text);
\set file :root '/data/hcert/scans.txt'
COPY hc1 FROM :'file' (DELIMITER '|');
\set vn :root '/data/hcert/vn.der'
SELECT r.number, r.format, r.status, r.valid, r.fits, r.identifiers, r.facts
FROM trust, cccd_certificates_read((SELECT ARRAY[h.scan, s.scan, s.scan, 'NZCP:/1/2KCE'] FROM scan s, hc1 h WHERE s.name = 'doses' AND h.name = 'dose2'),
         value || cccd_trust_from_certificate(pg_read_binary_file(:'vn'), 'health_certificate'), '2026-03-01', 'field', 'Nguyễn Văn An', '1990-05-17') r ORDER BY 1;
SELECT cccd_health_from_certificates((SELECT array_agg(scan ORDER BY name COLLATE "C") FROM scan), value, '2026-03-01', 'field', 'Nguyễn Văn An', '1990-05-17') AS together FROM trust;

-- one digit changed anywhere: never another card
SELECT count(*) > 1000 AS many, count(*) FILTER (WHERE valid AND m.digest <> o.digest) AS forged
FROM scan s, trust, cccd_certificate_decode(scan) o, generate_series(6, length(scan)) k,
     cccd_certificate_verify(overlay(scan PLACING (ascii(substr(scan, k, 1)) % 9)::text FROM k FOR 1), value, '2026-03-01') m WHERE s.name = 'pcr';
-- a scan of this kind at the gate, and in a picture
SELECT cccd_scan_kind(scan) AS kind, count(*) FROM scan GROUP BY 1;
SELECT count(*) FROM scan s, cccd_qr_scan(cccd_qr_png(scan, 'L')) c WHERE s.name = 'pcr' AND c.payload = s.scan;
-- never an error
SELECT what, status, format, reasons FROM (VALUES
    (1, 'nothing', 'shc:/'), (2, 'upper case', 'SHC:/5677'), (3, 'long', 'shc:/' || repeat('0', 8187)), (4, 'too long', 'shc:/' || repeat('0', 8188)),
    (5, 'thirty-one of thirty-two parts', (SELECT string_agg('shc:/' || k || '/32/00', ' ') FROM generate_series(1, 31) k)), (6, 'words', 'shc:/eyJ6aXAiOiJERUYifQ.AA.AA')) v (n, what, scan),
    cccd_certificate_decode(scan) ORDER BY n;
