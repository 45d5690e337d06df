-- Other people's documents, certificates and lists, each with the result that
-- the data's README or expected.json states.  One row of "result" is a case.

CREATE FUNCTION pem(path text) RETURNS bytea LANGUAGE sql
    AS $$ SELECT decode(substring(convert_from(file(path), 'UTF8')
                 FROM '-----BEGIN [A-Z0-9 ]+-----(.*?)-----END'), 'base64') $$;
CREATE FUNCTION files(folder text, pattern text) RETURNS SETOF text LANGUAGE sql
    AS $$ SELECT folder || '/' || f FROM pg_ls_dir(current_setting('cccd_test.data') || '/' || folder) f
          WHERE f ~ pattern ORDER BY f COLLATE "C" $$;

CREATE VIEW moment AS SELECT '2026-11-23 00:00+00'::timestamptz AS at;

-- the trust values
CREATE TABLE trust AS
SELECT cccd_trust_from_master_list(file('gmrtd/master_lists/DE_ML_2025-03-05-08-05-28.ml'),
           cccd_trust_from_certificate(file('gmrtd/roots/DE_ROOT_CA_CSCA07.cer')))
       || cccd_trust_from_master_list(file('gmrtd/master_lists/NL_ML_2025-12-20.ml'),
           cccd_trust_from_certificate(file('gmrtd/roots/NL_ROOT_CA.cer'))) AS public,
       cccd_trust_from_certificate(file('synthetic-quirks/csca.cer')) AS quirks,
       cccd_trust_from_certificate(file('zkpassport-circuits/zkr-csca-rsa-2048-sha256.pem'))
       || cccd_trust_from_certificate(file('zkpassport-circuits/zkr-csca-ecdsa-p256-sha256.pem')) AS zkr;

-- synthetic-quirks: what the words of expected.json mean for both policies
CREATE TABLE quirk AS
SELECT e->>'file' AS file, e->>'expect' AS expect,
       CASE WHEN e->>'expect' IN ('valid') THEN 'tt'
            WHEN e->>'expect' ~ '^valid\(deviation.*\) or invalid' THEN 'ft'
            WHEN e->>'expect' ~ '^valid\(deviation' THEN 'tt+flag'
            WHEN e->>'expect' ~ '^valid, trailing' THEN 'tt+flag'
            WHEN e->>'expect' ~ '^valid via issuer DN' THEN 'ft+flag'
            WHEN e->>'expect' ~ '^(deviation|valid\(weak\))' THEN 'ft+flag'
            WHEN e->>'expect' ~ 'signing_time_outside_dsc' THEN 'ft+flag'
            WHEN e->>'expect' ~ '^(invalid|untrusted|unsupported|undetermined|dsc_expired|signature valid; dg1)' THEN 'ff'
       END AS policies
FROM jsonb_array_elements(convert_from(file('synthetic-quirks/expected.json'), 'UTF8')::jsonb) e;

-- and the code that must be among the reasons or flags, where it is a matter
-- of one code
CREATE TABLE quirk_code (file text, code text);
INSERT INTO quirk_code VALUES
    ('ok_rsa_pss_defaults_sha1.sod', 'weak_algorithm'),
    ('bad_rsa_pss_params_absent.sod', 'signature_params_invalid'),
    ('q_rsa_digestinfo_no_null.sod', 'digestinfo_no_null'),
    ('q_ecdsa_sigalg_idecPublicKey.sod', 'signature_key_oid'),
    ('q_attrs_unsorted_signed_as_received.sod', 'attrs_not_der'),
    ('q_attrs_unsorted_signed_der.sod', 'attrs_not_der'),
    ('q_signingtime_before_dsc.sod', 'signing_time_outside_dsc'),
    ('q_signingtime_after_dsc.sod', 'signing_time_outside_dsc'),
    ('bad_no_contenttype.sod', 'attr_content_type_missing'),
    ('bad_no_messagedigest.sod', 'attr_message_digest_missing'),
    ('bad_contenttype_mismatch.sod', 'attr_content_type_mismatch'),
    ('bad_md_wrong.sod', 'message_digest_mismatch'),
    ('bad_md_len.sod', 'message_digest_length'),
    ('q_no_signed_attrs.sod', 'attrs_missing'),
    ('q_ect_iddata.sod', 'sod_econtent_type'),
    ('q_ect_1_3_27.sod', 'sod_econtent_type'),
    ('q_ect_sdu.sod', 'sod_econtent_type'),
    ('bad_ect_unknown.sod', 'sod_econtent_type'),
    ('ok_econtent_constructed_octets.sod', 'sod_ber'),
    ('bad_ldsv1_noinfo.sod', 'lds_version_inconsistent'),
    ('q_ldsv0_with_info.sod', 'lds_version_inconsistent'),
    ('q_ski_sid_v1.sod', 'sod_signer_info_version'),
    ('q_ias_sid_v3.sod', 'sod_signer_info_version'),
    ('q_sid_mismatch.sod', 'sid_mismatch'),
    ('q_no_certs.sod', 'signer_cert_not_found'),
    ('q_dup_signers.sod', 'sod_multiple_signers'),
    ('q_sdver1.sod', 'sod_version'),
    ('q_digalgs_empty.sod', 'sod_digest_algorithms'),
    ('bad_sig.sod', 'signature_invalid'),
    ('bad_md5.sod', 'digest_unsupported'),
    ('bad_dg1hash.sod', 'dg_hash_mismatch(1)'),
    ('q_trailing.sod', 'sod_trailing'),
    ('q_no77.sod', 'sod_tag'),
    ('forge_noattr.sod', 'signature_invalid'),
    ('bad_dsc_issued_by_dsc.sod', 'csca_not_found'),
    ('bad_fake_csca_same_dn.sod', 'csca_not_found'),
    ('q_dsc_expired.sod', 'dsc_expired'),
    ('q_dsc_no_keyusage.sod', 'dsc_key_usage_missing'),
    ('q_dsc_no_aki_ski.sod', 'aki_missing'),
    ('q_dsc_country_lowercase.sod', 'country_lower_case');

INSERT INTO result
SELECT 'quirks', file, policies || coalesce(' ' || code, ''), got, coalesce(
           got LIKE left(policies, 2) || '%'
           AND (policies NOT LIKE '%+flag' OR tolerated)
           AND (code IS NULL OR code = ANY (codes))
           AND (policies NOT LIKE 'f%' OR refused), false)
FROM (SELECT q.file, q.policies, c.code, s.reasons || f.reasons || f.flags AS codes,
             cardinality(s.reasons) > 0 AS refused,
             NOT f.flags <@ ARRAY['signing_time_missing', 'crl_missing', 'document_expired'] AS tolerated,
             left(s.trusted::text, 1) || left(f.trusted::text, 1) || ' ' || (s.reasons || f.reasons || f.flags)::text AS got
      FROM quirk q LEFT JOIN quirk_code c USING (file), trust, moment,
           LATERAL (SELECT ARRAY[file('synthetic-quirks/DG1.bin'), file('synthetic-quirks/DG2.bin'),
                                 file('synthetic-quirks/DG13.bin')] AS groups) g,
           cccd_chip_verify(file('synthetic-quirks/' || q.file), groups, quirks, at, 'strict') s,
           cccd_chip_verify(file('synthetic-quirks/' || q.file), groups, quirks, at, 'field') f) x;

-- the document without a certificate, with its signer in the trust value
INSERT INTO result
SELECT 'quirks', 'q_no_certs.sod with the signer in the trust value', 'trusted dsc_from_trust',
       trusted || ' ' || flags::text, trusted AND 'dsc_from_trust' = ANY (flags)
FROM trust, moment, cccd_chip_verify(file('synthetic-quirks/q_no_certs.sod'), ARRAY[file('synthetic-quirks/DG1.bin')],
         quirks || cccd_trust_from_certificate(file('synthetic-quirks/dsc_ec.cer')), at);

-- documents: the status of structure, content, signature and chain, and a code
CREATE TABLE document (family text, item text, groups text[], wanted text, code text, trust text DEFAULT 'public');
INSERT INTO document VALUES
    ('pymrtd', 'pymrtd/sods/sod_L31.bin', NULL, 'ok ok ok undetermined', 'csca_not_found', 'public'),
    ('pymrtd', 'pymrtd/sods/sod_L202.bin', NULL, 'ok ok ok undetermined', 'csca_not_found', 'public'),
    ('pymrtd', 'pymrtd/sods/sod_L386.bin', NULL, 'ok ok failed undetermined', 'signature_invalid', 'public'),
    ('pymrtd', 'pymrtd/sods/sod_L559.bin', NULL, 'failed not_performed not_performed not_performed', 'sod_not_signed_data', 'public'),
    ('pymrtd', 'pymrtd/sods/sod_L564.bin', NULL, 'failed not_performed not_performed not_performed', 'sod_not_signed_data', 'public'),
    ('pymrtd', 'pymrtd/sods/sod_L569.bin', NULL, 'ok ok ok undetermined', 'sod_version', 'public'),
    ('pymrtd', 'pymrtd/sods/sod_L574.bin', NULL, 'ok ok ok undetermined', 'sod_version', 'public'),
    ('pymrtd', 'pymrtd/sods/sod_L579.bin', NULL, 'ok ok ok undetermined', 'sod_version', 'public'),
    ('pymrtd', 'pymrtd/sods/sod_L584.bin', NULL, 'ok ok failed undetermined', 'signature_invalid', 'public'),
    ('pymrtd', 'pymrtd/sods/sod_L589.bin', NULL, 'failed failed failed undetermined', 'attr_content_type_mismatch', 'public'),
    ('pymrtd', 'pymrtd/sods/sod_L594.bin', NULL, 'failed failed failed undetermined', 'attr_content_type_mismatch', 'public'),
    ('pymrtd', 'pymrtd/sods/sod_L599.bin', NULL, 'failed failed ok undetermined', 'message_digest_mismatch', 'public'),
    ('pymrtd', 'pymrtd/sods/sod_L604.bin', NULL, 'failed failed ok undetermined', 'message_digest_mismatch', 'public'),
    ('pymrtd', 'pymrtd/sods/sod_L609.bin', NULL, 'ok ok ok undetermined', 'sod_trailing', 'public'),
    ('pymrtd', 'pymrtd/sods/sod_L619.bin', NULL, 'ok failed ok undetermined', 'message_digest_mismatch', 'public'),
    ('pymrtd', 'pymrtd/sods/sod_L632.bin', NULL, 'ok ok failed undetermined', 'signature_invalid', 'public'),
    ('pymrtd', 'pymrtd/sods/sod_L645.bin', NULL, 'ok failed ok undetermined', 'message_digest_mismatch', 'public'),
    ('pymrtd', 'pymrtd/sods/sod_L657.bin', '{pymrtd/lds/dg1_sodtest_L659.bin}', 'ok ok ok undetermined', 'dg_hash_mismatch(1)', 'public'),
    ('pymrtd', 'pymrtd/sods/sod_L669.bin', '{pymrtd/lds/dg15_sodtest_L671.bin}', 'ok ok ok undetermined', 'dg_hash_mismatch(15)', 'public'),
    ('jmrtd', 'jmrtd/bsi2008/EF_SOD.bin', '{jmrtd/bsi2008/Datagroup1.bin,jmrtd/bsi2008/Datagroup14.bin}', 'ok ok ok undetermined', 'weak_algorithm', 'public'),
    ('jmrtd', 'jmrtd/bsi2008/EF_SOD.bin', '{jmrtd/bsi2008/Datagroup15.bin}', 'ok ok ok undetermined', 'dg_not_in_sod(15)', 'public'),
    ('jmrtd', 'jmrtd/loes2006/ef011D.bin', '{jmrtd/loes2006/ef0101.bin,jmrtd/loes2006/ef010F.bin}', 'ok ok ok undetermined', 'csca_not_found', 'public'),
    ('jmrtd', 'jmrtd/NZ2013_EF_SOD.BIN', NULL, 'ok ok ok undetermined', 'sod_ber', 'public'),
    ('bsi', 'tsemrtd/EF_SOD.bin', '{tsemrtd/EF_DG1.bin,tsemrtd/EF_DG14.bin}', 'ok ok ok undetermined', 'csca_not_found', 'public'),
    ('bsi', 'tsemrtd/EF_SOD.bin', '{tsemrtd/EF_DG1.bin,tsemrtd/EF_DG14.bin,tsemrtd/EF_DG15.bin}', 'ok ok ok undetermined', 'dg_not_in_sod(15)', 'public'),
    ('bsi', 'worldfnd-icao-9303/EF_SOD.bin', '{worldfnd-icao-9303/Datagroup1.bin,worldfnd-icao-9303/Datagroup14.bin}', 'ok ok ok undetermined', 'csca_not_found', 'public'),
    ('bsi', 'worldfnd-icao-9303/EF_SOD.bin', '{worldfnd-icao-9303/Datagroup15.bin}', 'ok ok ok undetermined', 'dg_not_in_sod(15)', 'public'),
    ('zkpassport', 'zkpassport-circuits/EF_SOD.bin', NULL, 'ok ok ok undetermined', 'csca_not_found', 'public'),
    ('zkpassport', 'zkpassport-circuits/johnny-silverhand-rsa-2048-sha256.sod', NULL, 'ok ok ok ok', 'sid_mismatch', 'zkr'),
    ('zkpassport', 'zkpassport-circuits/johnny-silverhand-rsa-3072-sha384.sod', NULL, 'ok ok ok ok', 'sid_mismatch', 'zkr'),
    ('zkpassport', 'zkpassport-circuits/johnny-silverhand-rsa-4096-sha512.sod', NULL, 'ok ok ok ok', 'sid_mismatch', 'zkr'),
    ('zkpassport', 'zkpassport-circuits/johnny-silverhand-ecdsa-p256-sha256.sod', NULL, 'ok ok ok ok', 'signature_plain_format', 'zkr'),
    ('zkpassport', 'zkpassport-circuits/johnny-silverhand-ecdsa-p384-sha384.sod', NULL, 'ok ok ok ok', 'signature_hash_from_digest_alg', 'zkr'),
    ('zkpassport', 'zkpassport-circuits/johnny-silverhand-ecdsa-p521-sha512.sod', NULL, 'ok ok ok ok', 'signature_hash_from_digest_alg', 'zkr'),
    ('damaged', 'gmrtd/invalid/DE_err2_sodF.bin', NULL, 'ok ok ok ok', 'crl_missing', 'public'),
    ('damaged', 'gmrtd/invalid/DE_err4_sodF.bin', NULL, 'ok ok failed ok', 'signature_invalid', 'public'),
    ('damaged', 'gmrtd/invalid/GB_sod_malformed1.bin', NULL, 'failed ok failed ok', 'signature_invalid', 'public'),
    ('damaged', 'gmrtd/invalid/GB_sod_malformed2.bin', NULL, 'failed failed ok ok', 'message_digest_mismatch', 'public');

INSERT INTO result
SELECT family, item || coalesce(' with ' || groups::text, ''), wanted || ' ' || code,
       concat_ws(' ', sod_status, content_status, signature_status, chain_status, reasons || flags),
       concat_ws(' ', sod_status, content_status, signature_status, chain_status) = wanted
       AND code = ANY (reasons || flags)
       -- groups that are there are right unless a code says what is wrong
       AND (groups IS NULL OR data_groups_status = CASE WHEN code LIKE 'dg\_%' THEN 'failed' ELSE 'ok' END)
       AND NOT trusted
FROM document d, trust t, moment,
     cccd_chip_verify(file(item), ARRAY(SELECT file(g) FROM unnest(groups) g),
         CASE d.trust WHEN 'zkr' THEN t.zkr ELSE t.public END, at, 'field');

-- EF.CardSecurity
INSERT INTO result
SELECT family, item, wanted, trusted || ' ' || (reasons || flags)::text,
       trusted = (wanted = 'trusted') AND (wanted = 'trusted' OR 'signature_invalid' = ANY (reasons))
FROM (VALUES ('cardsecurity', 'gmrtd/cardsecurity/DE_CardSecurity.bin', 'trusted'),
             ('cardsecurity', 'gmrtd/cardsecurity/FI_CardSecurity.bin', 'trusted'),
             ('damaged', 'gmrtd/invalid/DE_err1_card.bin', 'invalid'),
             ('damaged', 'gmrtd/invalid/DE_err3_card.bin', 'trusted'),
             ('damaged', 'gmrtd/invalid/DE_err5_card.bin', 'trusted')) c (family, item, wanted),
     trust, moment, cccd_card_security_verify(file(item), public, at, 'strict');

-- master lists: as many certificates as another reader finds (OpenSSL's
-- cms -verify and a walk over the content), each of them read
INSERT INTO result
SELECT 'master lists', item, wanted || ' certificates', got, got LIKE wanted || ' certificates%'
FROM (VALUES ('gmrtd/master_lists/DE_ML_2025-03-05-08-05-28.ml', 'gmrtd/roots/DE_ROOT_CA_CSCA07.cer', 557),
             ('gmrtd/master_lists/NL_ML_2025-12-20.ml', 'gmrtd/roots/NL_ROOT_CA.cer', 395)) l (item, root, wanted),
     LATERAL (SELECT count(*) || ' certificates: ' || count(*) FILTER (WHERE kind = 'anchor') || ' anchors, '
                     || count(*) FILTER (WHERE via_link) || ' of them by link, ' || count(*) FILTER (WHERE kind = 'link') || ' links' AS got
              FROM cccd_trust_list(cccd_trust_from_master_list(file(item), cccd_trust_from_certificate(file(root))))) g;
-- a list under another state's anchor is refused
CREATE FUNCTION refusal(list bytea, anchors cccd_trust) RETURNS text LANGUAGE plpgsql AS $$
DECLARE detail text;
BEGIN
    PERFORM cccd_trust_from_master_list(list, anchors);
    RETURN 'accepted';
EXCEPTION WHEN invalid_parameter_value OR invalid_binary_representation THEN
    GET STACKED DIAGNOSTICS detail = PG_EXCEPTION_DETAIL;
    RETURN detail;
END $$;
INSERT INTO result
SELECT 'master lists', item, wanted, got, got = 'The check says ' || wanted || '.'
FROM (VALUES ('the German list under the Dutch anchor', 'gmrtd/master_lists/DE_ML_2025-03-05-08-05-28.ml', 'gmrtd/roots/NL_ROOT_CA.cer', 'ml_signer_untrusted'),
             ('a document as a list', 'synthetic-quirks/ok_rsa_pkcs1.sod', 'gmrtd/roots/NL_ROOT_CA.cer', 'ml_malformed')) l (item, list, root, wanted),
     LATERAL (SELECT refusal(file(list), cccd_trust_from_certificate(file(root))) AS got) r;

-- Vietnam's only public CSCA is in the lists
INSERT INTO result
SELECT 'master lists', 'VN_CSCA_ePassport_2022.cer', 'EC brainpoolP512r1', count(*) || ' ' || min(key),
       count(*) = 1 AND min(key) = 'EC brainpoolP512r1'
FROM trust, cccd_trust_list(public)
WHERE fingerprint = sha256(file('VN_CSCA_ePassport_2022.cer')) AND kind = 'anchor';

-- link certificates: Indonesia's lead from the key of 2010 to that of 2016 and
-- on to that of 2020
INSERT INTO result
SELECT 'links', item, wanted, got, got = wanted
FROM (SELECT 'from 2010 with both links' AS item, '3 anchors, 2 by link' AS wanted, ARRAY['2010-12_CSCA', '2016-01_CSCA_LINK', '2020-10_CSCA_LINK'] AS names
      UNION ALL SELECT 'from 2010, the middle link missing', '1 anchors, 0 by link', ARRAY['2010-12_CSCA', '2020-10_CSCA_LINK']
      UNION ALL SELECT 'links alone', '0 anchors, 0 by link', ARRAY['2016-01_CSCA_LINK', '2020-10_CSCA_LINK']) c,
     LATERAL (SELECT cccd_trust_agg(cccd_trust_from_certificate(file('gmrtd/roots/' || n || '.cer'))) AS t FROM unnest(names) n) t,
     LATERAL (SELECT count(*) FILTER (WHERE kind = 'anchor') || ' anchors, ' || count(*) FILTER (WHERE via_link) || ' by link' AS got FROM cccd_trust_list(t)) g;

-- certificates of mock states: each signer under its CSCA
CREATE TABLE pair AS
SELECT d.f AS name
FROM pg_ls_dir(current_setting('cccd_test.data') || '/selfxyz/mock_certificates') d (f)
WHERE (SELECT count(*) FROM pg_ls_dir(current_setting('cccd_test.data') || '/selfxyz/mock_certificates/' || d.f) x WHERE x IN ('mock_csca.pem', 'mock_dsc.pem')) = 2;
INSERT INTO result
SELECT 'selfxyz', name, 'ok', concat_ws(' ', chain_status, algorithm, reasons || flags), chain_status = 'ok' AND anchor_fingerprint IS NOT NULL
FROM pair, LATERAL (SELECT 'selfxyz/mock_certificates/' || name AS folder) f, moment,
     cccd_signer_verify(pem(folder || '/mock_dsc.pem'),
         cccd_trust_from_certificate(file(folder || '/mock_csca.pem')), at, 'field');
-- signers whose CSCA stands in another folder, under all CSCAs at once
INSERT INTO result
SELECT 'selfxyz', d.f || ' under all', 'ok', concat_ws(' ', chain_status, algorithm, reasons || flags), chain_status = 'ok'
FROM pg_ls_dir(current_setting('cccd_test.data') || '/selfxyz/mock_certificates') d (f), moment,
     (SELECT cccd_trust_agg(cccd_trust_from_certificate(file('selfxyz/mock_certificates/' || f || '/mock_csca.pem'))) AS pool
      FROM pg_ls_dir(current_setting('cccd_test.data') || '/selfxyz/mock_certificates') f
      WHERE EXISTS (SELECT FROM pg_ls_dir(current_setting('cccd_test.data') || '/selfxyz/mock_certificates/' || f) x WHERE x = 'mock_csca.pem')) p,
     cccd_signer_verify(pem('selfxyz/mock_certificates/' || d.f || '/mock_dsc.pem'), pool, at, 'field')
WHERE d.f NOT IN (SELECT name FROM pair)
  AND EXISTS (SELECT FROM pg_ls_dir(current_setting('cccd_test.data') || '/selfxyz/mock_certificates/' || d.f) x WHERE x = 'mock_dsc.pem');
-- and under every other CSCA not
INSERT INTO result
SELECT 'selfxyz', 'the other CSCAs', '0 of ' || count(*), count(*) FILTER (WHERE chain_status = 'ok') || ' of ' || count(*),
       count(*) FILTER (WHERE chain_status = 'ok') = 0 AND count(*) = 992
FROM pair a, pair b, moment,
     cccd_signer_verify(pem('selfxyz/mock_certificates/' || a.name || '/mock_dsc.pem'),
         cccd_trust_from_certificate(file('selfxyz/mock_certificates/' || b.name || '/mock_csca.pem')), at, 'field')
WHERE pem('selfxyz/mock_certificates/' || a.name || '/mock_csca.pem') <> pem('selfxyz/mock_certificates/' || b.name || '/mock_csca.pem');

-- a CSCA that changed its key and then its key and its name
CREATE FUNCTION rekey(VARIADIC names text[]) RETURNS cccd_trust LANGUAGE sql AS $$
    SELECT cccd_trust_agg(CASE WHEN n ~ '^crl' THEN cccd_trust_from_crl(file('synthetic-quirks/rekey/' || n || '.pem'))
                          ELSE cccd_trust_from_certificate(file('synthetic-quirks/rekey/' || n || '.pem')) END) FROM unnest(names) n $$;
INSERT INTO result
SELECT 'rekey', item, wanted, got, got = wanted
FROM (VALUES
    ('no list', 'dsc', rekey('csca1'), '2026-11-23', 'ok undetermined crl_missing'),
    ('list of the same key', 'dsc', rekey('csca1', 'crl_by1_empty'), '2026-11-23', 'ok ok'),
    ('list of the new key', 'dsc', rekey('csca1', 'csca2', 'crl_by2_empty'), '2026-11-23', 'ok ok'),
    ('list of the new key, trusted by link', 'dsc', rekey('csca1', 'link12', 'crl_by2_empty'), '2026-11-23', 'ok ok'),
    ('list of the new key, which nobody trusts', 'dsc', rekey('csca1', 'crl_by2_empty'), '2026-11-23', 'ok undetermined crl_signature_invalid'),
    ('revoked by the new key', 'dsc', rekey('csca1', 'csca2', 'crl_by2_revokes_dsc'), '2026-11-23', 'ok failed revoked(0)'),
    ('before it was revoked', 'dsc', rekey('csca1', 'csca2', 'crl_by2_revokes_dsc'), '2026-08-23', 'ok undetermined crl_not_yet_valid'),
    ('when the list has expired', 'dsc', rekey('csca1', 'csca2', 'crl_by2_revokes_dsc'), '2027-11-23', 'ok failed revoked(0)'),
    ('not on a list that has expired', 'dsc', rekey('csca1', 'crl_by1_empty'), '2027-11-23', 'ok undetermined crl_expired'),
    ('revoked under the new name, trusted by link', 'dsc', rekey('csca1', 'link12', 'link23', 'crl_by3_newname_revokes_dsc'), '2026-11-23', 'ok failed revoked(0)'),
    -- without the links the two are two CSCAs, each with serial numbers of its own (RFC 5280 5.3)
    ('on the list of another CSCA of the state', 'dsc', rekey('csca1', 'csca3', 'crl_by3_newname_revokes_dsc'), '2026-11-23', 'ok undetermined crl_missing crl_by_country'),
    ('anchors in one order', 'dsc_noaki', cccd_trust_from_certificate(file('synthetic-quirks/rekey/s12.pem')), '2026-11-23', 'ok undetermined matched_by_dn crl_missing aki_missing'),
    ('anchors in the other order', 'dsc_noaki', cccd_trust_from_certificate(file('synthetic-quirks/rekey/s21.pem')), '2026-11-23', 'ok undetermined matched_by_dn crl_missing aki_missing')
    ) c (item, signer, trust, at, wanted),
    LATERAL (SELECT concat_ws(' ', chain_status, revocation_status,
                 (SELECT string_agg(f, ' ' ORDER BY array_position(ARRAY['revoked(0)', 'matched_by_dn', 'crl_missing', 'crl_expired', 'crl_not_yet_valid', 'crl_signature_invalid', 'crl_by_country', 'aki_missing'], f))
                  FROM unnest(reasons || flags) f WHERE f NOT IN ('csca_via_link', 'csca_profile'))) AS got
             FROM cccd_signer_verify(pem('synthetic-quirks/rekey/' || signer || '.pem'), trust, at::timestamptz, 'field')) v;
-- what was revoked is trusted by no policy; what is only unknown, by policy
INSERT INTO result
SELECT 'rekey', 'policy ' || policy || ' with ' || lists::text, wanted::text, trusted::text, trusted = wanted
FROM (VALUES ('strict', ARRAY['csca1'], true), ('field', ARRAY['csca1'], true),
             ('strict', ARRAY['csca1', 'crl_by1_empty'], true),
             ('strict', ARRAY['csca1', 'crl_by2_empty'], false), ('field', ARRAY['csca1', 'crl_by2_empty'], true),
             ('strict', ARRAY['csca1', 'csca2', 'crl_by2_revokes_dsc'], false), ('field', ARRAY['csca1', 'csca2', 'crl_by2_revokes_dsc'], false)
     ) c (policy, lists, wanted), moment,
     cccd_signer_verify(pem('synthetic-quirks/rekey/dsc.pem'), rekey(VARIADIC lists), at, policy);
