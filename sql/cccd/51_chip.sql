-- passive authentication

CREATE FUNCTION cccd_chip_verify(sod bytea, data_groups bytea[], trust cccd_trust, at timestamptz, policy text DEFAULT 'strict',
    OUT trusted boolean, OUT sod_status text, OUT data_groups_status text, OUT content_status text, OUT signer_status text,
    OUT signature_status text, OUT chain_status text, OUT signer_validity_status text, OUT anchor_validity_status text,
    OUT signing_time_status text, OUT revocation_status text, OUT country_status text,
    OUT reasons text[], OUT flags text[], OUT listed integer[], OUT verified integer[],
    OUT signer_fingerprint bytea, OUT anchor_fingerprint bytea, OUT country text, OUT algorithm text,
    OUT not_before timestamptz, OUT not_after timestamptz, OUT signed_at timestamptz, OUT proof text)
    AS 'MODULE_PATHNAME', 'cccd_chip_verify_sql' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 10000;
COMMENT ON FUNCTION cccd_chip_verify(bytea, bytea[], cccd_trust, timestamptz, text) IS
    'passive authentication of a chip: is what it holds what its state signed? sod is EF.SOD, data_groups the files read (EF.DG1 to EF.DG16, EF.COM; in any order, known by their tags; NULL elements are ignored), at the time of the check, policy strict or field; each check is ok, failed, undetermined or not_performed; trusted only when all that the policy demands is ok; a bad document is a result, not an error; proof is what is proven whatever the policy demands: signed, changed, forged, or NULL; a NULL argument gives a row that is not trusted, with a reason; errors: 22023 for another policy; source: Doc 9303-11 section 5.1, 9303-12 section 6.1, BSI TR-03135-1 section 5.6.4';

CREATE FUNCTION cccd_card_security_verify(card_security bytea, trust cccd_trust, at timestamptz, policy text DEFAULT 'strict',
    OUT trusted boolean, OUT sod_status text, OUT data_groups_status text, OUT content_status text, OUT signer_status text,
    OUT signature_status text, OUT chain_status text, OUT signer_validity_status text, OUT anchor_validity_status text,
    OUT signing_time_status text, OUT revocation_status text, OUT country_status text,
    OUT reasons text[], OUT flags text[], OUT listed integer[], OUT verified integer[],
    OUT signer_fingerprint bytea, OUT anchor_fingerprint bytea, OUT country text, OUT algorithm text,
    OUT not_before timestamptz, OUT not_after timestamptz, OUT signed_at timestamptz, OUT proof text)
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 10000;
COMMENT ON FUNCTION cccd_card_security_verify(bytea, cccd_trust, timestamptz, text) IS
    'the checks of cccd_chip_verify for EF.CardSecurity, which holds security information instead of data group hashes; data_groups_status is not_performed, listed and verified are empty; source: BSI TR-03110-3 A.1.2.5';

CREATE FUNCTION cccd_signer_verify(certificate bytea, trust cccd_trust, at timestamptz, policy text DEFAULT 'strict',
    OUT trusted boolean, OUT sod_status text, OUT data_groups_status text, OUT content_status text, OUT signer_status text,
    OUT signature_status text, OUT chain_status text, OUT signer_validity_status text, OUT anchor_validity_status text,
    OUT signing_time_status text, OUT revocation_status text, OUT country_status text,
    OUT reasons text[], OUT flags text[], OUT listed integer[], OUT verified integer[],
    OUT signer_fingerprint bytea, OUT anchor_fingerprint bytea, OUT country text, OUT algorithm text,
    OUT not_before timestamptz, OUT not_after timestamptz, OUT signed_at timestamptz, OUT proof text)
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 10000;
COMMENT ON FUNCTION cccd_signer_verify(bytea, cccd_trust, timestamptz, text) IS
    'what a trust value says of a document signer certificate in DER: its role, its CSCA, its validity at the time given, its revocation; the columns of cccd_chip_verify, those of a document not_performed; algorithm is the signer''s key; source: Doc 9303-12 section 6.1, BSI TR-03135-1 section 5.6.4.3';
