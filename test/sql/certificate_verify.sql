-- Verification of health certificates that invented states signed.
\getenv root PG_ABS_SRCDIR
SET TimeZone = 'UTC';
CREATE TEMP TABLE scan (name text, scan text);
\set file :root '/data/hcert/scans.txt'
COPY scan FROM :'file' (DELIMITER '|');
SELECT set_config('cccd_test.root', :'root', false) = :'root' AS set;
CREATE FUNCTION signer(name text) RETURNS bytea LANGUAGE sql
    AS $$ SELECT pg_read_binary_file(current_setting('cccd_test.root') || '/data/hcert/' || name || '.der') $$;
CREATE FUNCTION signers(names text, purpose text DEFAULT 'health_certificate') RETURNS cccd_trust LANGUAGE sql
    AS $$ SELECT cccd_trust_agg(cccd_trust_from_certificate(signer(n), purpose)) FROM unnest(names::text[]) n $$;
CREATE TEMP TABLE trust AS SELECT signers('{vn,xa,xb}') AS trust;

-- everything that is said of a good one
\x on
SELECT v.* FROM scan, trust, cccd_certificate_verify(scan, trust, '2026-03-01') v WHERE name = 'dose2';
\x off

-- each of the others, under both policies
SELECT s.name, policy, valid, key_status AS key, signature_status AS signature, key_usage_status AS usage, validity_status AS validity, reasons
FROM scan s, trust, unnest('{field,strict}'::text[]) policy, cccd_certificate_verify(scan, trust, '2026-03-01', policy)
ORDER BY s.name COLLATE "C", policy;

-- times: the certificate's and its signer's, ends included
SELECT s.name, at, valid, validity_status AS validity, key_validity_status AS key_validity, reasons
FROM scan s, trust, unnest('{2025-12-31 23:59:59.999999,2026-01-01,2026-06-01,2026-06-01 00:00:00.000001,2028-01-01,2028-01-01 00:00:00.000001,infinity,-infinity}'::timestamptz[]) WITH ORDINALITY t (at, n),
     cccd_certificate_verify(scan, trust, at) WHERE s.name IN ('dose2', 'recovery') ORDER BY s.name, n;

-- keys: none, others, by a list's name
CREATE TEMP TABLE keys (n int, what text, trust cccd_trust);
INSERT INTO keys
SELECT n, what, t.trust
FROM scan s, cccd_certificate_decode(scan) d, trust v, LATERAL (SELECT encode(key_id, 'base64') AS kid) k,
     LATERAL (VALUES
         (1, 'none', v.trust), (2, 'for a chip', signers('{vn}', 'chip')), (3, 'another', signers('{xa}')),
         (4, 'by its name', cccd_trust_from_json(jsonb_build_object(kid, encode(signer('vn'), 'base64')))),
         (5, 'another by this name', cccd_trust_from_json(jsonb_build_object(kid, encode(signer('xa'), 'base64')))),
         (6, 'two by this name', cccd_trust_from_json(jsonb_build_object(kid, jsonb_build_array(encode(signer('xa'), 'base64'), encode(signer('vn'), 'base64'))))),
         (7, 'under another name', cccd_trust_from_json(jsonb_build_object('AQIDBAUGBwg=', encode(signer('vn'), 'base64')))),
         (8, 'for tests', signers('{vn}', 'health_certificate_test')),
         (9, 'for both', signers('{vn}', 'health_certificate_test') || signers('{vn}'))) t (n, what, trust)
WHERE s.name = 'dose2';
SELECT what, s.name, valid, key_status AS key, signature_status AS signature, signer_country AS country, reasons, flags
FROM keys, scan s, cccd_certificate_verify(scan, trust, '2026-03-01') WHERE s.name IN ('dose2', 'no_kid') ORDER BY n, s.name;

-- the lists that countries made, each with the same signer
CREATE TEMP TABLE list (n int, what text, list jsonb);
INSERT INTO list
SELECT n, what, list
FROM (SELECT encode(signer('xb'), 'base64') AS b64, encode(substr(sha256(signer('xb')), 1, 8), 'base64') AS kid,
             encode(substr(signer('xb'), strpos(encode(signer('xb'), 'hex'), '3076301006072a8648ce3d0201') / 2 + 1, 120), 'base64') AS spki) k,
     LATERAL (VALUES
         (1, 'gateway', jsonb_build_object('certificates', jsonb_build_array(
                 jsonb_build_object('certificateType', 'DSC', 'country', 'XB', 'kid', kid, 'rawData', b64),
                 jsonb_build_object('certificateType', 'CSCA', 'country', 'XA', 'kid', 'AAAAAAAAAAA=', 'rawData', encode(signer('xa'), 'base64'))))),
         (2, 'by identifier', jsonb_build_object(kid, replace(b64, E'\n', ''))),
         (3, 'PEM', jsonb_build_object('XB', jsonb_build_array(E'-----BEGIN CERTIFICATE-----\n' || b64 || E'\n-----END CERTIFICATE-----\n'))),
         (4, 'public key, for tests only', jsonb_build_object('eu_keys', jsonb_build_object(kid, jsonb_build_array(jsonb_build_object('subjectPk', spki, 'keyUsage', '["t"]'::jsonb))))),
         (5, 'public key', jsonb_build_object('certs', jsonb_build_array(jsonb_build_object('keyId', kid, 'subjectPublicKeyInfo', replace(spki, E'\n', ''))))),
         (6, 'web key', jsonb_build_object('dsc_trust_list', jsonb_build_object('XB', jsonb_build_object('keys', jsonb_build_array(
                 jsonb_build_object('kty', 'EC', 'crv', 'P-384', 'kid', kid,
                     'x', rtrim(translate(encode(substr(decode(spki, 'base64'), 25, 48), 'base64'), E'+/\n', '-_'), '='),
                     'y', rtrim(translate(encode(substr(decode(spki, 'base64'), 73, 48), 'base64'), E'+/\n', '-_'), '='))))))),
         (7, 'junk beside it', jsonb_build_array(1, true, null, 'MIIBroken', jsonb_build_object('kid', 1, 'rawData', 'x'), b64))) l (n, what, list);
SELECT what, kind, source, country, key, usages, encode(key_id, 'base64') = encode(substr(sha256(signer('xb')), 1, 8), 'base64') AS named
FROM list, cccd_trust_list(cccd_trust_from_json(list)) ORDER BY n;
SELECT what, valid, key_usage_status AS usage, key_validity_status AS key_validity, reasons, flags
FROM list, scan s, cccd_certificate_verify(scan, cccd_trust_from_json(list), '2026-03-01') WHERE s.name = 'recovery' ORDER BY n;
SELECT cccd_trust_from_json('{"a": ["b", {"c": "d"}]}');
SELECT cccd_trust_from_json('[]', 'lunch');
-- values with keys and revocations survive their text
SELECT bool_and(t = t::text::cccd_trust::text) AS same FROM list, LATERAL (SELECT cccd_trust_from_json(list)::text AS t) x;

-- a web key with RSA
SELECT valid, signer_country, v.flags
FROM scan s, cccd_certificate_decode(scan) d,
     LATERAL (SELECT substr(signer('vn'), strpos(encode(signer('vn'), 'hex'), '3082010a0282010100') / 2 + 10, 256) AS n) k,
     cccd_certificate_verify(scan, cccd_trust_from_json(jsonb_build_object('VN', jsonb_build_array(jsonb_build_object('kty', 'RSA', 'kid', encode(key_id, 'base64'), 'e', 'AQAB',
         'n', translate(encode(n, 'base64'), E'+/=\n', '-_'))))), '2026-03-01') v
WHERE s.name = 'dose2';

-- revocation
SELECT scope, r.key_id IS NOT NULL AS by_key, valid, revocation_status, v.reasons, 'revocation_state_missing' = ANY (v.flags) AS state_missing
FROM scan s, trust, cccd_certificate_decode(scan) d,
     LATERAL (VALUES (1, 'uci', sha256(convert_to(identifiers[1], 'UTF8')), NULL::bytea), (2, 'uci', sha256('another'), NULL),
                     (3, 'country_uci', sha256(convert_to('VN' || identifiers[1], 'UTF8')), NULL), (4, 'key', d.key_id, NULL), (5, 'key', sha256(signer('vn')), NULL),
                     (6, 'country', 'VN', NULL), (7, 'country', 'XA', NULL), (8, 'uci', sha256(convert_to(identifiers[1], 'UTF8')), d.key_id),
                     (9, 'uci', sha256(convert_to(identifiers[1], 'UTF8')), '\x0102030405060708')) r (n, scope, item, key_id),
     cccd_certificate_verify(scan, trust || cccd_trust_from_revocation(scope, ARRAY[item], r.key_id), '2026-03-01') v
WHERE s.name = 'dose2' ORDER BY n;
SELECT kind, purpose, source, subject AS scope, key_id, items FROM cccd_trust_list(cccd_trust_from_revocation('uci', ARRAY[sha256('a'), sha256('b'), NULL, sha256('a')], '\x0102'));
SELECT cccd_trust_from_revocation('hash', ARRAY[sha256('a')]);
CREATE FUNCTION pg_temp.refused(key_id bytea, purpose text) RETURNS text LANGUAGE plpgsql AS $$
BEGIN
    PERFORM cccd_trust_from_revocation('uci', ARRAY[sha256('a')], key_id, purpose);
    RETURN 'taken';
EXCEPTION WHEN OTHERS THEN RETURN SQLSTATE || ' ' || SQLERRM;
END $$;
-- nothing that would revoke nothing: key identifiers of no key, chips
SELECT what, pg_temp.refused(key_id, purpose) FROM (VALUES (1, 'bytes', '\x0102030405060708'::bytea, 'health_certificate'), (2, 'empty', '', 'health_certificate'), (3, 'base64', 'AQIDBAUGBwg=', 'health_certificate'),
    (4, 'hexadecimal', '0102030405060708', 'health_certificate'), (5, 'hexadecimal of 32 bytes', encode(sha256('a'), 'hex')::bytea, 'health_certificate'), (6, 'base64 of 32 bytes', encode(sha256('a'), 'base64')::bytea, 'health_certificate'),
    (10, 'as in a key set', rtrim(translate(encode(sha256('a'), 'base64'), '+/', '-_'), '=')::bytea, 'health_certificate'), (7, 'letters', 'VWS-CC-1', 'health_certificate'), (8, 'more letters', 'the key of 2021', 'health_certificate'), (9, 'chips', NULL, 'chip')) v (n, what, key_id, purpose) ORDER BY n;
-- hashes as text, of other algorithms, states in other forms
CREATE FUNCTION pg_temp.refusal(scope text, item bytea) RETURNS text LANGUAGE plpgsql AS $$
DECLARE detail text;
BEGIN
    PERFORM cccd_trust_from_revocation(scope, ARRAY[item]);
    RETURN 'taken';
EXCEPTION WHEN OTHERS THEN
    GET STACKED DIAGNOSTICS detail = PG_EXCEPTION_DETAIL;
    RETURN SQLSTATE || ' ' || SQLERRM || ': ' || detail;
END $$;
SELECT scope, what, length(item) AS bytes, pg_temp.refusal(scope, item) FROM (VALUES
    (1, 'uci', 'SHA-256', sha256('a')), (2, 'uci', 'cut', substr(sha256('a'), 1, 16)), (3, 'uci', 'cut too short', substr(sha256('a'), 1, 15)),
    (4, 'uci', 'cut too long', substr(sha256('a'), 1, 17)), (5, 'uci', 'SHA-512', sha512('a')), (6, 'uci', 'as long as SHA-1', substr(sha256('a'), 1, 20)),
    (7, 'uci', 'hexadecimal', encode(sha256('a'), 'hex')::bytea), (8, 'country_uci', 'hexadecimal, cut', encode(substr(sha256('a'), 1, 16), 'hex')::bytea),
    (9, 'signature', 'hexadecimal, cut, capitals', upper(encode(substr(sha256('a'), 1, 16), 'hex'))::bytea), (10, 'uci', 'base64', encode(sha256('a'), 'base64')::bytea),
    (11, 'uci', 'base64, cut', encode(substr(sha256('a'), 1, 16), 'base64')::bytea), (12, 'uci', 'not quite hexadecimal', repeat('abcdefg0', 4)::bytea),
    (13, 'key', 'identifier', '\x0102030405060708'), (14, 'key', 'in letters', 'VWS-CC-1'), (15, 'key', 'in hexadecimal letters', 'ABCDEF01'),
    (16, 'key', 'base64', 'AQIDBAUGBwg='), (17, 'key', 'hexadecimal', '0102030405060708'), (18, 'key', 'SHA-256', sha256('a')),
    (19, 'country', 'two letters', 'US'), (20, 'country', 'lower case', 'us'), (21, 'country', 'three letters', 'VNM'), (22, 'country', 'one letter', 'V'), (23, 'country', 'nothing', ''),
    (24, 'uci', 'identifier of 16 bytes', 'URN:UVCI:01:VN:2'), (25, 'country_uci', 'identifier of 32 bytes', 'VNURN:UVCI:01:VN:12345678901234#'), (26, 'uci', 'of a card', 'aB-3.x_Zq0123456'),
    (27, 'signature', 'half of base64', substr(encode(sha256('a'), 'base64'), 1, 32)::bytea), (28, 'uci', 'a hash that reads like one', 'URN:UVCI:01:VN:2'::bytea || decode(repeat('00', 16), 'hex')), (29, 'key', 'identifier of 32 bytes', 'the-key-of-the-laboratory-no.001')) v (n, scope, what, item) ORDER BY n;
SELECT cccd_trust_from_revocation('uci', ARRAY[sha256('a'), 'a hash as text']);
-- both spellings of an identifier are asked: with the prefix and without it, with the check character and without it
SELECT s.name, spelling, valid, v.reasons FROM scan s, trust, cccd_certificate_decode(scan) d,
     LATERAL (VALUES (1, identifiers[1]), (2, replace(identifiers[1], 'URN:UVCI:', '')), (3, lower(identifiers[1])), (4, '')) x (n, spelling),
     cccd_certificate_verify(scan, trust || cccd_trust_from_revocation('uci', ARRAY[sha256(convert_to(spelling, 'UTF8'))]), '2026-03-01') v
WHERE s.name = 'dose2' ORDER BY n;
SELECT cccd_trust_from_revocation('uci', '{}');
SELECT cccd_trust_from_revocation('uci', ARRAY[sha256('a')], decode(repeat('00', 65), 'hex'));
-- a revocation batch as the gateway distributes it
WITH b AS (SELECT jsonb_build_object('country', 'VN', 'kid', kid, 'hashType', type, 'entries',
                      jsonb_build_array(jsonb_build_object('hash', encode(substr(sha256(convert_to(item, 'UTF8')), 1, 16), 'base64')))) AS batch, scan, type, kid
           FROM scan s, cccd_certificate_decode(scan), LATERAL (VALUES ('UCI', identifiers[1]), ('COUNTRYCODEUCI', country || identifiers[1])) t (type, item),
                unnest(ARRAY['UNKNOWN_KID', encode(key_id, 'base64'), 'AQIDBAUGBwg=']) kid WHERE s.name = 'dose2')
SELECT type, valid, reasons, count(*)
FROM b, trust, LATERAL (SELECT cccd_trust_from_revocation(
           CASE batch->>'hashType' WHEN 'UCI' THEN 'uci' WHEN 'COUNTRYCODEUCI' THEN 'country_uci' ELSE 'signature' END,
           ARRAY(SELECT decode(e->>'hash', 'base64') FROM jsonb_array_elements(batch->'entries') e),
           decode(nullif(batch->>'kid', 'UNKNOWN_KID'), 'base64')) AS revoked) r,
     cccd_certificate_verify(scan, trust || revoked, '2026-03-01') GROUP BY 1, 2, 3 ORDER BY 1, 2;
-- strict asks for a list, and one is enough
SELECT valid, revocation_status, reasons FROM scan s, trust,
     cccd_certificate_verify(scan, trust || cccd_trust_from_revocation('uci', ARRAY[sha256('another')]), '2026-03-01', 'strict') WHERE s.name = 'dose2';

-- tests have keys of their own
SELECT s.name, policy, valid, reasons, flags
FROM scan s, unnest('{field,strict,test}'::text[]) policy,
     cccd_certificate_verify(scan, signers('{vn}') || signers('{xt}', 'health_certificate_test'), '2026-03-01', policy)
WHERE s.name IN ('dose2', 'test_system') ORDER BY s.name, policy;

-- facts: only what is valid counts, and it is signed
CREATE TEMP TABLE person AS SELECT array_agg(scan ORDER BY name) AS scans FROM scan WHERE name <> 'year_only';
SELECT at, cccd_health_from_certificates(scans, trust, at) AS health FROM person, trust, unnest('{2026-03-01,2026-07-01,2029-03-01}'::timestamptz[]) at ORDER BY at;
SELECT cccd_health_from_certificates(ARRAY[scan], trust, '2026-03-01', name => who, birth_date => birth) AS health, who, birth
FROM scan s, trust, (VALUES (1, 'Nguyễn Văn An', '1990-05-17'::date), (2, 'Nguyễn Văn An', NULL), (3, NULL, '1990-05-17'), (4, 'Trần An', '1990-05-17'), (5, 'Nguyễn Văn An', '1990-05-18')) p (n, who, birth)
WHERE s.name = 'dose2' ORDER BY n;
SELECT cccd_eligible(cccd_health_from_certificates(scans, trust, '2026-03-01'), 'doses >= 2 and since(last_dose) >= 14 days and recovered', '2026-03-01') AS eligible
FROM person, trust;

-- several at once: each is read and verified once, and says what the single functions say
SELECT r.number, s.name, r.status = d.status AND r.digest IS NOT DISTINCT FROM d.digest AND r.expires IS NOT DISTINCT FROM d.expires
           AND r.country IS NOT DISTINCT FROM d.country AND r.kinds IS NOT DISTINCT FROM d.kinds AS decoded,
       (r.valid, r.key_status, r.signature_status, r.country_status, r.key_validity_status, r.validity_status, r.revocation_status, r.reasons, r.flags, r.signer_fingerprint)
           IS NOT DISTINCT FROM (v.valid, v.key_status, v.signature_status, v.country_status, v.key_validity_status, v.validity_status, v.revocation_status, v.reasons, v.flags, v.signer_fingerprint) AS verified,
       (r.fits, r.fit_reasons) IS NOT DISTINCT FROM (f.fits, f.reasons) AS fitted,
       (r.format, r.identifiers, r.key_id) IS NOT DISTINCT FROM (d.format, d.identifiers, d.key_id) AS named, r.facts
FROM (SELECT array_agg(scan ORDER BY name COLLATE "C") AS scans, array_agg(name ORDER BY name COLLATE "C") AS names FROM scan) a, trust,
     cccd_certificates_read(scans, trust, '2026-03-01', 'field', 'Nguyễn Văn An', '1990-05-17') r, LATERAL (SELECT names[r.number] AS name, scans[r.number] AS scan) s,
     cccd_certificate_decode(s.scan) d, cccd_certificate_verify(s.scan, trust, '2026-03-01') v, cccd_certificate_fits(s.scan, 'Nguyễn Văn An', '1990-05-17') f
ORDER BY r.number;
-- together their facts are the record of all
SELECT policy, name, birth, coalesce(r.together, '') = cccd_health_from_certificates(scans, trust, '2026-03-01', policy, name, birth) AS same
FROM person, trust, unnest('{field,strict}'::text[]) policy, (VALUES (NULL, NULL::date), ('Nguyễn Văn An', '1990-05-17'), ('Nguyễn Văn An', NULL), ('Trần An', '1990-05-17')) p (name, birth),
     LATERAL (SELECT string_agg(facts::text, '; ' ORDER BY number) FILTER (WHERE facts <> '')::cccd_health AS together
              FROM cccd_certificates_read(scans, trust, '2026-03-01', policy, name, birth)) r ORDER BY policy, name, birth;
-- by the digest of its signature a list finds it
SELECT r.number, length(r.signature_digest) AS digest, v.valid, v.reasons
FROM (SELECT array_agg(scan ORDER BY name) AS scans FROM scan WHERE name IN ('dose2', 'pcr')) a, trust, cccd_certificates_read(scans, trust, '2026-03-01') r,
     cccd_certificate_verify(scans[r.number], trust || cccd_trust_from_revocation('signature', ARRAY[r.signature_digest]), '2026-03-01') v ORDER BY 1;
-- the same text again, NULL, nothing, too many
SELECT r.number, r.valid, r.facts FROM scan s, trust, cccd_certificates_read(ARRAY[NULL, s.scan, '', s.scan, ''], trust, '2026-03-01') r WHERE s.name = 'dose2' ORDER BY 1;
SELECT r.number, r.valid, r.key_status, r.reasons, r.facts FROM scan s, cccd_certificates_read(ARRAY[s.scan], NULL, NULL) r WHERE s.name = 'dose2';
SELECT (SELECT count(*) FROM cccd_certificates_read(NULL, trust, '2026-03-01')) AS no_scans, (SELECT count(*) FROM cccd_certificates_read('{}', trust, '2026-03-01')) AS empty,
       (SELECT count(*) FROM cccd_certificates_read('{x}', trust, NULL)) AS no_time, (SELECT count(*) FROM cccd_certificates_read('{x}', trust, '2026-03-01', NULL)) AS no_policy,
       (SELECT count(*) FROM cccd_certificates_read(array_fill('x'::text, '{32}'), trust, '2026-03-01')) AS as_many FROM trust;
SELECT count(*) FROM trust, cccd_certificates_read(array_fill('x'::text, '{33}'), trust, '2026-03-01');
SELECT count(*) FROM trust, cccd_certificates_read('{x}', trust, '2026-03-01', 'lenient');
-- immutable: it can stand in an index and in a generated column
CREATE TEMP TABLE shown (scan text, content jsonb GENERATED ALWAYS AS ((cccd_certificate_decode(scan)).content) STORED);
INSERT INTO shown SELECT scan FROM scan WHERE name = 'pcr';
SELECT content #>> '{t,0,tr}' AS result FROM shown;

-- errors
SELECT cccd_certificate_verify('', trust, '2026-03-01', 'lenient') FROM trust;

-- a question that is not asked in full is answered: not valid
SELECT a.n, v.valid, v.format, v.key_status, v.reasons, v.flags
FROM scan s, trust, (VALUES (1, 'scan'), (2, 'trust'), (3, 'time'), (4, 'policy'), (5, 'all')) a (n, missing),
     cccd_certificate_verify(CASE WHEN missing NOT IN ('scan', 'all') THEN scan END, CASE WHEN missing NOT IN ('trust', 'all') THEN trust END,
                             CASE WHEN missing NOT IN ('time', 'all') THEN '2026-03-01'::timestamptz END, CASE WHEN missing NOT IN ('policy', 'all') THEN 'field' END) v
WHERE s.name = 'dose2' ORDER BY a.n;
-- one character changed anywhere: never another certificate
SELECT count(*) > 1000 AS many, count(*) FILTER (WHERE valid AND m.digest <> o.digest) AS forged
FROM scan s, trust, cccd_certificate_decode(scan) o, generate_series(5, length(scan)) k, unnest('{0,Z,%}'::text[]) c,
     cccd_certificate_verify(overlay(scan PLACING c FROM k FOR 1), trust, '2026-03-01') m WHERE s.name = 'dose2';
DROP FUNCTION signers, signer;
