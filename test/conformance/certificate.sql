-- Other people's health certificates, each with the results that the data's
-- README states.  One row of "result" is a flag of a case.

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
