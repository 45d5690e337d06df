-- Files that belong to no document of chip.sql: certificates by themselves,
-- EF.COM, DG14.

CREATE FUNCTION pem(path text) RETURNS bytea LANGUAGE sql
    AS $$ SELECT decode(substring(convert_from(file(path), 'UTF8')
                 FROM '-----BEGIN [A-Z0-9 ]+-----(.*?)-----END'), 'base64') $$;

-- Signers under the anchors of their states, at a time when both are valid;
-- of two states only test signers are public.
INSERT INTO result
SELECT 'signers', signer, wanted, concat_ws(' ', chain_status, signer_validity_status, reasons), chain_status || ' ' || signer_validity_status = wanted
FROM (VALUES ('synthetic-quirks/dsc_bp256.cer', 'synthetic-quirks/csca.cer', '2026-11-23', 'ok ok'),
             ('synthetic-quirks/dsc_ec.cer', 'synthetic-quirks/csca.cer', '2026-11-23', 'ok ok'),
             ('synthetic-quirks/dsc_rsa.cer', 'synthetic-quirks/csca.cer', '2026-11-23', 'ok ok'),
             ('synthetic-quirks/dsc_rsa_e3.cer', 'synthetic-quirks/csca.cer', '2026-11-23', 'ok ok'),
             ('synthetic-quirks/dsc_rsa_e3.cer', 'synthetic-quirks/csca.cer', '2032-03-30', 'ok failed'),
             ('synthetic-quirks/dsc_rsa.cer', 'gmrtd/roots/2016-01_CSCA.cer', '2026-11-23', 'undetermined ok'),
             ('pymrtd/dsc_de_0130846f2b3e.cer', 'gmrtd/roots/DE_ROOT_CA_CSCA07.cer', '2012-01-01', 'undetermined ok'),
             ('pymrtd/dsc_de_0142fd5cf927.cer', 'gmrtd/roots/DE_ROOT_CA_CSCA07.cer', '2014-01-01', 'undetermined ok')) c (signer, csca, at, wanted),
     cccd_signer_verify(file(signer), cccd_trust_from_certificate(file(csca)), at::timestamptz, 'field');
INSERT INTO result
SELECT 'signers', signer, 'ok', concat_ws(' ', chain_status, reasons), chain_status = 'ok'
FROM (VALUES ('rsa-2048-sha256', 'rsa-2048-sha256'), ('rsa-3072-sha384', 'rsa-2048-sha256'), ('rsa-4096-sha512', 'rsa-2048-sha256'),
             ('ecdsa-p256-sha256', 'ecdsa-p256-sha256'), ('ecdsa-p384-sha384', 'ecdsa-p256-sha256'), ('ecdsa-p521-sha512', 'ecdsa-p256-sha256')) c (signer, csca),
     cccd_signer_verify(pem('zkpassport-circuits/zkr-dsc-' || signer || '.pem'),
         cccd_trust_from_certificate(file('zkpassport-circuits/zkr-csca-' || csca || '.pem')), '2026-11-23', 'field');

-- Anchors: each signed by its own key, and files of several in PEM, which hold
-- what the single ones hold.
INSERT INTO result
SELECT 'anchors', file, wanted, got, got = wanted
FROM (VALUES ('gmrtd/roots/2016-01_CSCA.cer', 'anchor'), ('gmrtd/roots/2020-10_CSCA.cer', 'anchor'),
             ('synthetic-quirks/rekey/all.pem', 'anchor anchor anchor anchor anchor'),
             ('synthetic-quirks/rekey/all2.pem', 'anchor anchor anchor anchor anchor')) c (file, wanted),
     LATERAL (SELECT string_agg(kind, ' ') AS got FROM cccd_trust_list(cccd_trust_from_certificate(file(file)))) g;
INSERT INTO result
SELECT 'anchors', 'the same in another order', 'one digest', count(DISTINCT digest)::text, count(DISTINCT digest) = 1
FROM unnest('{all,all2}'::text[]) f, cccd_trust_digest(cccd_trust_from_certificate(file('synthetic-quirks/rekey/' || f || '.pem'))) digest;

-- EF.COM lists what the security object of its document lists; with another
-- document's it is found out.
INSERT INTO result
SELECT 'EF.COM', com || ' with ' || sod, CASE WHEN same THEN 'agrees' ELSE 'com_sod_mismatch' END, concat_ws(' ', listed, reasons),
       same = ('com_sod_mismatch' <> ALL (reasons))
FROM (VALUES ('tsemrtd/EF_COM.bin', 'tsemrtd/EF_SOD.bin', true), ('jmrtd/bsi2008/EF_COM.bin', 'jmrtd/bsi2008/EF_SOD.bin', true),
             ('worldfnd-icao-9303/EF_COM.bin', 'worldfnd-icao-9303/EF_SOD.bin', true), ('jmrtd/loes2006/ef011E.bin', 'jmrtd/loes2006/ef011D.bin', true),
             ('tsemrtd/EF_COM.bin', 'worldfnd-icao-9303/EF_SOD.bin', false), ('gmrtd/lds/com_com_test_22.bin', 'tsemrtd/EF_SOD.bin', false),
             ('gmrtd/lds/com_com_test_56.bin', 'tsemrtd/EF_SOD.bin', false), ('gmrtd/lds/com_com_test_60.bin', 'tsemrtd/EF_SOD.bin', false),
             ('gmrtd/lds/com_com_test_64.bin', 'tsemrtd/EF_SOD.bin', false), ('gmrtd/lds/com_sample_document_21.bin', 'tsemrtd/EF_SOD.bin', false)) c (com, sod, same),
     cccd_chip_verify(file(sod), ARRAY[file(com)], cccd_trust_from_certificate(file('synthetic-quirks/csca.cer')), '2026-11-23', 'field');

-- DG14 of documents without ECDSA active authentication (openssl asn1parse
-- finds no ActiveAuthenticationInfo in them): read to its end, and the hash is
-- taken from the curve.
INSERT INTO result
SELECT 'DG14', dg14, 'ok, aa_hash_from_curve', status || ' ' || flags::text,
       status = 'ok' AND 'aa_hash_from_curve' = ANY (flags)
FROM (SELECT decode(e->>'dg15', 'hex') AS dg15, decode(e->>'nonce', 'hex') AS challenge, decode(e->>'signature', 'hex') AS response
      FROM jsonb_array_elements(convert_from(file('synthetic-aa/aa_vectors.json'), 'UTF8')::jsonb) e
      WHERE e->>'name' = 'ecdsa_secp256r1_sha256_plain') v,
     (SELECT 'gmrtd/lds/' || f FROM pg_ls_dir(current_setting('cccd_test.data') || '/gmrtd/lds') f WHERE f ~ '^dg14'
      UNION ALL SELECT 'pymrtd/lds/' || f FROM pg_ls_dir(current_setting('cccd_test.data') || '/pymrtd/lds') f WHERE f ~ '^dg14'
      UNION ALL VALUES ('jmrtd/spec_sample_encoded_dg14.bin'), ('jmrtd/bsi2008/Datagroup14.bin'), ('tsemrtd/EF_DG14.bin'), ('worldfnd-icao-9303/Datagroup14.bin')) d (dg14),
     cccd_active_auth_verify(dg15, challenge, response, file(dg14), true)
ORDER BY dg14 COLLATE "C";
INSERT INTO result SELECT 'DG14', 'all of them', '27', count(*)::text, count(*) = 27 FROM result WHERE family = 'DG14';

-- A public key by itself is no data group.
INSERT INTO result
SELECT 'DG15', file, 'dg_malformed(15)', status || ' ' || reasons::text, reasons = '{dg_malformed(15)}'
FROM unnest('{worldfnd-icao-9303/DG14_pk.bin,worldfnd-icao-9303/DG15_pk.bin}'::text[]) file,
     cccd_active_auth_verify(file(file), '\x0102030405060708', '\x00', NULL, true);

-- DG13 of another state's form, which is no text
INSERT INTO result
SELECT 'DG13', file, 'dg13_malformed', kind || ' ' || flags::text, 'dg13_malformed' = ANY (flags) AND id IS NULL
FROM (VALUES ('gmrtd/lds/dg13_dg13_test_35.bin')) f (file), cccd_card_from_chip(ARRAY[file(file)]);
