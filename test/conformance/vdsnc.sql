-- Seals that states issued as samples, and changed ones.
SET timezone = 'UTC';
CREATE TABLE seal AS
SELECT line::jsonb->>'id' AS id, line::jsonb->>'payload' AS payload, line::jsonb->>'wanted' AS wanted
FROM regexp_split_to_table(convert_from(file('health-certificates/vds_nc.jsonl'), 'UTF8'), '\n') line WHERE line <> '';
CREATE TABLE trust AS
SELECT cccd_trust_from_master_list(file('chip/gmrtd/master_lists/DE_ML_2025-03-05-08-05-28.ml'),
           cccd_trust_from_certificate(file('chip/gmrtd/roots/DE_ROOT_CA_CSCA07.cer'))) AS trust;

INSERT INTO result
SELECT 'verify', id, wanted, CASE WHEN v.valid THEN 'valid' ELSE '' END || array_to_string(v.reasons, ' '),
       CASE wanted WHEN 'valid' THEN v.valid ELSE NOT v.valid AND wanted = ANY (v.reasons) END
FROM seal, trust, cccd_certificate_verify(payload, trust.trust, '2022-03-01') v;
-- the content is what the JSON says
INSERT INTO result
SELECT 'content', id, 'msg', d.status, d.content = payload::jsonb #> '{data,msg}' AND d.identifiers[1] = payload::jsonb #>> ARRAY['data', 'msg', CASE kinds[1] WHEN 'test' THEN 'utci' ELSE 'uvci' END]
FROM seal, cccd_certificate_decode(payload) d WHERE wanted <> 'prefix_missing';
-- one character of what is signed is another seal
INSERT INTO result
SELECT 'changed', id, 'never valid', count(*) FILTER (WHERE v.valid AND v.digest <> o.digest)::text, count(*) FILTER (WHERE v.valid AND v.digest <> o.digest) = 0 AND count(*) > 100
FROM seal, trust, cccd_certificate_decode(payload) o, generate_series(1, strpos(payload, '"sig"'), 3) k,
     cccd_certificate_verify(overlay(payload PLACING '7' FROM k FOR 1), trust.trust, '2022-03-01') v
WHERE wanted = 'valid' GROUP BY id;
