-- SMART Health Cards of the specification and of its validator, each with what
-- their documents say of it.

SET timezone = 'UTC';
CREATE FUNCTION words(path text) RETURNS text LANGUAGE sql AS $$ SELECT convert_from(file(path), 'UTF8') $$;
-- a token in pairs of digits
CREATE FUNCTION digits(token text) RETURNS text LANGUAGE sql
    AS $$ SELECT 'shc:/' || string_agg(to_char(ascii(c) - 45, 'FM00'), '' ORDER BY i) FROM regexp_split_to_table(token, '') WITH ORDINALITY u(c, i) $$;

-- the examples: their codes, all parts of a card together, are their tokens, and
-- their content is the payload that stands beside them; the third names no patient
CREATE TABLE example AS
SELECT n, d.*, v.valid, v.country_status, v.signature_status, t.digest AS token_digest,
       words(format('examples/example-%s-c-jws-payload-minified.json', n))::jsonb AS payload
FROM unnest('{00,01,02,03}'::text[]) n,
     LATERAL (SELECT string_agg(words('examples/' || f), ' ' ORDER BY f DESC) AS scan
              FROM (VALUES (0), (1), (2)) p (part), LATERAL (SELECT format('example-%s-f-qr-code-numeric-value-%s.txt', n, part) AS f) f
              WHERE part = 0 OR n = '02') s,
     cccd_certificate_decode(s.scan) d,
     cccd_certificate_decode(digits(words(format('examples/example-%s-d-jws.txt', n)))) t,
     cccd_certificate_verify(s.scan, cccd_trust_from_jwks(words('examples/issuer/.well-known/jwks.json')::jsonb,
                                                          'https://spec.smarthealth.cards/examples/issuer'), '2023-07-01') v;
INSERT INTO result
SELECT 'example content', n, 'the payload', CASE WHEN content = payload THEN 'the payload' ELSE 'another' END, content IS NOT DISTINCT FROM payload FROM example
UNION ALL SELECT 'example token', n, token_digest::text, digest::text, digest IS NOT DISTINCT FROM token_digest FROM example
UNION ALL SELECT 'example signature', n, 'ok ok', signature_status || ' ' || country_status, signature_status = 'ok' AND country_status = 'ok' FROM example
UNION ALL SELECT 'example valid', n, CASE WHEN n = '02' THEN '{shc_patient}' ELSE 'valid' END, CASE WHEN valid THEN 'valid' ELSE reasons::text END,
                 valid = (n <> '02') AND (n <> '02' OR reasons = '{shc_patient}') FROM example
UNION ALL SELECT 'example facts', n, '3', count(e.*)::text, count(e.*) = 3
          FROM example, LATERAL cccd_health_events(cccd_health_from_certificates(ARRAY[digits(words(format('examples/example-%s-d-jws.txt', n)))], NULL, NULL)) e
          WHERE n IN ('00', '01') GROUP BY n;

-- the validator's test data: what is wrong with each
CREATE TABLE faulty (name text, wanted text);
INSERT INTO faulty VALUES
    ('test-example-00-d-jws-der-signature.txt', 'signature_malformed'), ('test-example-00-d-jws-der-signature-r-neg.txt', 'signature_malformed'),
    ('test-example-00-d-jws-der-signature-s-neg.txt', 'signature_malformed'), ('test-example-00-d-jws-der-signature-rs-neg.txt', 'signature_malformed'),
    ('test-example-00-d-jws-invalid-signature.txt', 'signature_invalid'), ('test-example-00-d-jws-issuer-kid-mismatch.txt', 'key_not_in_trust'),
    ('test-example-00-d-jws-issuer-not-valid-with-smart-key.txt', 'issuer_mismatch'), ('test-example-00-d-jws-no_deflate.txt', 'jws_zip'),
    ('test-example-00-d-jws-no_jws_header_alg.txt', 'alg_missing'), ('test-example-00-d-jws-no_jws_header_kid.txt', 'kid_missing'),
    ('test-example-00-d-jws-no_jws_header_zip.txt', 'jws_zip'), ('test-example-00-d-jws-trailing_chars.txt', 'shc_digits'),
    ('test-example-00-d-jws-utf8_bom_prefix.txt', 'json_malformed'), ('test-example-00-d-jws-wrong_jws_header_kid.txt', 'key_not_in_trust'),
    ('test-example-00-e-file-invalid_deflate.smart-health-card', 'inflate_malformed'), ('test-example-00-e-file-invalid_issuer_url.smart-health-card', 'issuer_mismatch'),
    ('test-example-00-e-file-invalid_issuer_url_http.smart-health-card', 'issuer_mismatch'), ('test-example-00-e-file-issuer_url_with_trailing_slash.smart-health-card', 'issuer_mismatch'),
    ('test-example-00-e-file-bad_jwks.smart-health-card', 'issuer_mismatch'), ('test-example-00-e-file-no_deflate.smart-health-card', 'jws_zip'),
    ('test-example-00-f-qr-code-numeric-value-0-index-out-of-range.txt', 'shc_part_malformed'), ('test-example-00-f-qr-code-numeric-value-0-number-too-big.txt', 'shc_digits'),
    ('test-example-00-f-qr-code-numeric-value-0-odd-count.txt', 'shc_digits'), ('test-example-00-f-qr-code-numeric-value-0-wrong_qr_header.txt', 'prefix_missing'),
    ('test-example-02-f-qr-code-numeric-value-0-qr_chunk_too_big.txt', 'shc_part_missing(2)'),
    -- what the validator warns of and a verifier reads: white space around, one part of one, much in one code, two cards in a file
    ('test-example-00-f-qr-code-numeric-value-0-trailing_chars.txt', NULL), ('test-example-00-f-qr-code-numeric-value-0-wrong-multi-chunk.txt', NULL),
    ('test-example-1195-byte-qrnumeric.txt', NULL), ('test-example-00-e-file-multi-jws.smart-health-card', NULL), ('test-example-00-d-jws-bad-fhir-metadata.txt', NULL);
INSERT INTO result
SELECT 'validator', name, coalesce(wanted, 'valid'), CASE WHEN v.valid THEN 'valid' ELSE v.reasons::text END,
       CASE WHEN wanted IS NULL THEN v.valid ELSE NOT v.valid AND wanted = ANY (v.reasons) END
FROM faulty, LATERAL (SELECT words('testdata/' || name) AS text) f,
     cccd_certificate_verify(CASE WHEN name LIKE '%numeric%' THEN text WHEN name LIKE '%card' THEN digits(text::jsonb#>>'{verifiableCredential,0}') ELSE digits(text) END,
                             cccd_trust_from_jwks(words('examples/issuer/.well-known/jwks.json')::jsonb, 'https://spec.smarthealth.cards/examples/issuer'), '2023-07-01') v;
-- one card in seventeen parts
INSERT INTO result
SELECT 'validator', 'seventeen parts', 'ok ok', d.status || ' ' || v.signature_status, d.status = 'ok' AND v.signature_status = 'ok'
FROM (SELECT string_agg(words(format('testdata/test-example-00-f-qr-code-numeric-value-%s-qr_chunk_too_small.txt', n)), E'\n') AS scan FROM generate_series(0, 16) n) s,
     cccd_certificate_decode(scan) d,
     cccd_certificate_verify(scan, cccd_trust_from_jwks(words('examples/issuer/.well-known/jwks.json')::jsonb, 'https://spec.smarthealth.cards/examples/issuer'), '2023-07-01') v;
