-- Other people's health certificates, each with the results that the data's
-- README states.  One row of "result" is a flag of a case.

SET timezone = 'UTC';

CREATE FUNCTION records(name text) RETURNS SETOF jsonb LANGUAGE sql
    AS $$ SELECT line::jsonb FROM regexp_split_to_table(
              convert_from(pg_read_binary_file(current_setting('cccd_test.data') || '/' || name), 'UTF8'), '\n') line
          WHERE line <> '' $$;

CREATE TABLE result (family text, item text, wanted text, got text, good boolean);

-- what was demanded of a record, and what was seen
CREATE FUNCTION note(family text, item text, flag text, wanted boolean, got boolean, seen text) RETURNS void LANGUAGE sql
    AS $$ INSERT INTO result VALUES (family, item, flag || ' ' || wanted, got || ' ' || seen, wanted IS NOT DISTINCT FROM got) $$;

CREATE FUNCTION signer(certificate text, purpose text) RETURNS cccd_trust LANGUAGE sql
    AS $$ SELECT cccd_trust_from_certificate(decode(certificate, 'base64'), purpose) $$;

CREATE TABLE dcc AS
SELECT r->>'id' AS id, r, d.*, s.schema_status AS strict_schema, s.reasons AS strict_reasons, f.valid AS field_valid,
       f.key_status, f.signature_status, f.key_usage_status, f.validity_status, f.reasons AS field_reasons, f.flags AS field_flags
FROM records('dcc.jsonl') r
LEFT JOIN LATERAL cccd_certificate_decode(r->>'payload') d ON true
LEFT JOIN LATERAL cccd_certificate_verify(r->>'payload', signer(r->>'cert', 'health_certificate'),
                      coalesce((r->>'clock')::timestamptz, '2021-06-01'), 'field') f ON true
LEFT JOIN LATERAL cccd_certificate_verify(r->>'payload', signer(r->>'cert', 'health_certificate'),
                      coalesce((r->>'clock')::timestamptz, '2021-06-01'), 'strict') s ON true;

-- whether each stage said what it should; a picture is read elsewhere
CREATE TABLE dcc_flag AS
SELECT id, flag, (r->'expected'->>flag)::boolean AS wanted, field_reasons || field_flags AS seen, strict_reasons,
       CASE flag
           WHEN 'unprefix' THEN status <> 'prefix'
           WHEN 'b45decode' THEN status NOT IN ('prefix', 'base45')
           WHEN 'compression' THEN status NOT IN ('prefix', 'base45', 'inflate')
           WHEN 'decode' THEN content IS NOT NULL AND content = r->'json'
           WHEN 'validjson' THEN content IS NOT NULL AND content = r->'json'
           WHEN 'verify' THEN coalesce(signature_status = 'ok' AND key_status = 'ok', false)
           WHEN 'keyusage' THEN key_usage_status = 'ok'
           WHEN 'expiration' THEN validity_status = 'ok'
           WHEN 'schema' THEN strict_schema = 'ok'
       END AS got
FROM dcc, LATERAL jsonb_array_elements_text(r->'scored') flag
WHERE flag <> 'picture';
INSERT INTO result
SELECT 'dcc ' || flag, id, flag || ' ' || wanted, coalesce(got::text, 'unknown') || ' ' || seen::text
       || CASE WHEN flag = 'schema' THEN ' ' || strict_reasons::text ELSE '' END, got IS NOT DISTINCT FROM wanted
FROM dcc_flag;

-- the quality assurance set: every verifier must read these; they are looked at
-- when they were issued (three are older than their signer's certificate: when
-- that begins), with the keys of all of them in one trust value
CREATE TABLE list AS
SELECT cccd_trust_from_json(jsonb_object_agg(DISTINCT kid, certificate)) AS trust
FROM (SELECT encode(decode(r->>'kid', 'hex'), 'base64') AS kid, r->>'cert' AS certificate
      FROM records('qa.jsonl') r WHERE r->>'cert' IS NOT NULL) k;

CREATE TABLE qa AS
SELECT r->>'id' AS id, r, d.*, at, v.valid, v.key_status, v.signature_status, v.reasons AS verify_reasons, s.schema_status AS strict_schema
FROM list, records('qa.jsonl') r, cccd_certificate_decode(r->>'payload') d,
     cccd_certificate_verify(r->>'payload', trust, d.issued, 'strict') s,
     greatest(d.issued, s.signer_not_before) at,
     cccd_certificate_verify(r->>'payload', trust, at, 'field') v;

INSERT INTO result
SELECT 'qa decode', id, 'content', status || ' ' || reasons::text, status IN ('ok', 'schema') AND content = r->'json' FROM qa
UNION ALL
SELECT 'qa verify', id, coalesce(r->'expected'->>'verify', 'no key'), key_status || ' ' || signature_status || ' ' || verify_reasons::text,
       CASE WHEN (r->'expected'->>'verify')::boolean THEN key_status = 'ok' AND signature_status = 'ok'
            ELSE NOT valid AND verify_reasons = '{key_not_in_trust}' END
FROM qa
UNION ALL
SELECT 'qa schema', id, coalesce(r->>'schema_issues', 'none'), strict_schema, (strict_schema = 'ok') = (r->'schema_issues' = 'null') FROM qa
UNION ALL
-- five are not valid, and nothing tolerates that: the date of one dose is
-- impossible, one certificate ended before that of its signer began, and three
-- of Germany are signed by a key of "WW", the test issuer "MinistryOfTest"
SELECT 'qa valid', id, coalesce(reason, 'true'), valid || ' ' || verify_reasons::text,
       CASE WHEN reason IS NULL THEN valid ELSE NOT valid AND verify_reasons = ARRAY[reason] END
FROM qa LEFT JOIN (VALUES ('qa:LV/1.0.0/VAC.png', 'schema_date(v.dt)'), ('qa:IL/1.3.0/VAC3.png', 'expired'), ('qa:DE/1.3.0/REC_revoked01.png', 'country_mismatch'),
                       ('qa:DE/1.3.0/VAC_revoked01.png', 'country_mismatch'), ('qa:DE/1.3.0/VAC_revoked02.png', 'country_mismatch')) x (id, reason) USING (id)
WHERE (r->'expected'->>'verify')::boolean
UNION ALL
-- and as facts they are signed
SELECT 'qa facts', id, (r->>'kinds') || ' ' || jsonb_path_query_array(content, '$.*[*].ci')::text, health::text,
       CASE WHEN valid THEN health::text ~ 'certificate signed' ELSE health::text = '' END
FROM list, qa, LATERAL cccd_health_from_certificates(ARRAY[r->>'payload'], trust, at) health;

-- Viet Nam's own: PS256, the name with its marks against the card's
INSERT INTO result
SELECT 'qa Viet Nam', id, 'PS256 and dose 2', algorithm || ' ' || standard_name || ' ' || health::text,
       algorithm = 'PS256' AND issuer = 'VN' AND health::text ~ '^dose .* product ''EU/1/21/1529'' number 2 certificate signed$'
       AND f.fits AND NOT o.fits AND o.reasons = '{name_disagrees,birth_date_disagrees}'
FROM list, qa, LATERAL cccd_health_from_certificates(ARRAY[r->>'payload'], trust, at) health,
     cccd_certificate_fits(r->>'payload', name, birth_date) f,
     cccd_certificate_fits(r->>'payload', 'Trần Thị B', birth_date + 1) o
WHERE r->>'country' = 'VN';

-- keys for tests verify under the policy for tests only, and a key known as
-- one does not become another by standing in both lists
INSERT INTO result
SELECT 'test keys', id, 'f t f', left(p.valid::text, 1) || ' ' || left(t.valid::text, 1) || ' ' || left(b.valid::text, 1) || ' ' || b.reasons::text,
       NOT p.valid AND p.reasons = '{trust_store_empty}' AND t.valid AND 'test_key' = ANY (t.flags) AND NOT b.valid AND 'key_is_test' = ANY (b.reasons)
FROM (SELECT * FROM qa WHERE valid AND (r->'expected'->>'verify')::boolean ORDER BY id LIMIT 20) q,
     LATERAL (SELECT signer(r->>'cert', 'health_certificate_test') AS test, signer(r->>'cert', 'health_certificate') AS production) k,
     cccd_certificate_verify(r->>'payload', test, at) p,
     cccd_certificate_verify(r->>'payload', test, at, 'test') t,
     cccd_certificate_verify(r->>'payload', test || production, at) b;

-- revocation by identifier, with the country, by signature, by key, by country
INSERT INTO result
SELECT 'revocation', id, code, v.valid || ' ' || v.reasons::text || ' ' || o.revocation_status,
       NOT v.valid AND v.reasons = ARRAY[code] AND o.valid AND o.revocation_status = 'ok'
FROM list, (SELECT * FROM qa WHERE valid AND (r->'expected'->>'verify')::boolean AND issuer <> '' ORDER BY id LIMIT 20) q,
     LATERAL (VALUES ('uci', sha256(convert_to(identifiers[1], 'UTF8')), 'revoked_identifier'),
                     ('country_uci', sha256(convert_to(country || identifiers[1], 'UTF8')), 'revoked_identifier'),
                     ('key', key_id, 'revoked_key'),
                     ('country', convert_to(issuer, 'UTF8'), 'revoked_country')) x (scope, item, code),
     LATERAL (SELECT cccd_trust_from_revocation(scope, ARRAY[item]) AS it,
                     cccd_trust_from_revocation(CASE scope WHEN 'country' THEN 'key' ELSE scope END, ARRAY[sha256(item)]) AS another) l,
     cccd_certificate_verify(r->>'payload', trust || it, at) v,
     cccd_certificate_verify(r->>'payload', trust || another, at) o;

-- Content in JSON as the text form of a certificate that nobody signed: CBOR,
-- a message around it, zlib that only stores, base45.
CREATE FUNCTION cbor_head(major int, n bigint) RETURNS bytea LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE WHEN n < 24 THEN set_byte('\x00', 0, (major * 32 + n)::int)
                WHEN n < 256 THEN set_byte('\x00', 0, major * 32 + 24) || substr(int8send(n), 8)
                WHEN n < 65536 THEN set_byte('\x00', 0, major * 32 + 25) || substr(int8send(n), 7)
                ELSE set_byte('\x00', 0, major * 32 + 27) || int8send(n) END $$;
CREATE FUNCTION cbor(value jsonb) RETURNS bytea LANGUAGE plpgsql IMMUTABLE AS $$
DECLARE
    text bytea := convert_to(value #>> '{}', 'UTF8');
BEGIN
    RETURN CASE jsonb_typeof(value)
        WHEN 'string' THEN cbor_head(3, length(text)) || text
        WHEN 'number' THEN CASE WHEN (value #>> '{}')::numeric = trunc((value #>> '{}')::numeric) AND (value #>> '{}')::numeric >= 0
                                THEN cbor_head(0, (value #>> '{}')::bigint) ELSE '\xfb' || float8send((value #>> '{}')::float8) END
        WHEN 'boolean' THEN CASE WHEN value::boolean THEN '\xf5'::bytea ELSE '\xf4' END
        WHEN 'null' THEN '\xf6'
        WHEN 'array' THEN cbor_head(4, jsonb_array_length(value))
            || coalesce((SELECT string_agg(cbor(e), '' ORDER BY n) FROM jsonb_array_elements(value) WITH ORDINALITY x (e, n)), '')
        ELSE cbor_head(5, (SELECT count(*) FROM jsonb_object_keys(value)))
            || coalesce((SELECT string_agg(cbor(to_jsonb(k)) || cbor(v), '') FROM jsonb_each(value) x (k, v)), '') END;
END $$;
CREATE FUNCTION stored(bytes bytea) RETURNS bytea LANGUAGE plpgsql IMMUTABLE AS $$
DECLARE
    a int := 1;
    b int := 0;
    n bytea := substr(int4send(length(bytes)), 3);
BEGIN
    FOR k IN 0..length(bytes) - 1 LOOP
        a := (a + get_byte(bytes, k)) % 65521;
        b := (b + a) % 65521;
    END LOOP;
    RETURN '\x7801' || '\x01'::bytea || substr(n, 2) || substr(n, 1, 1)
        || set_byte('\x00', 0, 255 - get_byte(n, 1)) || set_byte('\x00', 0, 255 - get_byte(n, 0)) || bytes
        || substr(int4send(b), 3) || substr(int4send(a), 3);
END $$;
CREATE FUNCTION base45(bytes bytea) RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT coalesce(string_agg(substr(c, v % 45 + 1, 1) || substr(c, v / 45 % 45 + 1, 1)
               || CASE WHEN k + 1 < length(bytes) THEN substr(c, v / 2025 + 1, 1) ELSE '' END, '' ORDER BY k), '')
    FROM (SELECT k, '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:' AS c,
                 CASE WHEN k + 1 < length(bytes) THEN get_byte(bytes, k) * 256 + get_byte(bytes, k + 1) ELSE get_byte(bytes, k) END AS v
          FROM generate_series(0, length(bytes) - 1, 2) k) x $$;
CREATE FUNCTION scan(message bytea) RETURNS text LANGUAGE sql IMMUTABLE AS $$ SELECT 'HC1:' || base45(stored(message)) $$;
CREATE FUNCTION unsigned(content jsonb) RETURNS bytea LANGUAGE sql IMMUTABLE AS $$
    SELECT '\xd2844da204480102030405060708' || '\x0126'::bytea || '\xa0'::bytea || cbor_head(2, length(p)) || p || cbor_head(2, 64) || decode(repeat('01', 64), 'hex')
    FROM (SELECT '\xa401624e4c041a6a000000061a60000000' || '\x390103a101'::bytea || cbor(content) AS p) x $$;

INSERT INTO result
SELECT 'schema examples', r->>'id', r->>'expected_valid', schema_status || ' ' || v.reasons::text || ' ' || d.status,
       (schema_status = 'ok') = (r->>'expected_valid')::boolean AND d.content = r->'json'
FROM list, records('schema_examples.jsonl') r, cccd_certificate_decode(scan(unsigned(r->'json'))) d,
     cccd_certificate_verify(scan(unsigned(r->'json')), trust, '2021-06-01', 'strict') v;

-- a message of the specification's own test data: of four issuers with one
-- name the one that signed is found although the identifier is none of theirs
INSERT INTO result
SELECT 'hcert', r->>'id', 'content', status || ' ' || reasons::text, content = r->'json' AND status = 'ok'
FROM records('hcert_testdata.jsonl') r, cccd_certificate_decode(scan(decode(r->>'bin', 'hex')))
UNION ALL
SELECT 'hcert', r->>'id' || ' under its identifier', 'true', signature_status || ' ' || v.reasons::text, signature_status = 'ok'
FROM records('hcert_testdata.jsonl') r,
     LATERAL (SELECT cccd_trust_agg(cccd_trust_from_json(jsonb_build_object(encode(key_id, 'base64'), c.*))) AS trust
              FROM cccd_certificate_decode(scan(decode(r->>'bin', 'hex'))) d, jsonb_array_elements(r->'certs') c) t,
     cccd_certificate_verify(scan(decode(r->>'bin', 'hex')), trust, '2021-06-01') v;

-- published value sets: what a certificate may say of disease, product, kind of
-- test and result has a name in rules
INSERT INTO result
SELECT DISTINCT ON (kind, code) 'value sets', kind || ' ' || code, 'a name', coalesce(cccd_code(kind, code)::text, 'none'), cccd_code(kind, code) IS NOT NULL
FROM records('valuesets.jsonl') r,
     LATERAL (VALUES ('disease', 'disease-agent-targeted'), ('product', 'vaccines-covid-19-names'),
                     ('test', 'covid-19-lab-test-type'), ('result', 'covid-19-lab-result')) k (kind, set_id),
     jsonb_array_elements_text(r->'sets'->set_id) code;
