/*
 * finding_core.h
 *		What a verification says besides its verdict.
 *
 * A finding is a reason (it keeps a check from being ok) or a flag (it was
 * tolerated).  Its text is the code, with an argument in parentheses where
 * there is one: dg_hash_mismatch(2), schema_required(v.dn).
 */
#ifndef CCCD_FINDING_CORE_H
#define CCCD_FINDING_CORE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define CCCD_FINDING_LIST(X) \
	X(none) \
	/* arguments of a chip's verification that are NULL */ \
	X(time_missing) X(policy_missing) \
	/* document security object */ \
	X(sod_missing) X(sod_malformed) X(sod_tag) X(sod_ber) X(sod_trailing) \
	X(sod_too_large) X(sod_not_signed_data) X(sod_version) \
	X(sod_econtent_type) X(sod_econtent_missing) X(sod_no_signer) \
	X(sod_multiple_signers) X(sod_digest_algorithms) \
	X(sod_signer_info_version) \
	X(lds_malformed) X(lds_version_unsupported) \
	X(lds_version_inconsistent) X(lds_digest_unsupported) \
	X(lds_dg_number_invalid) X(lds_dg_duplicate) X(lds_dg_hash_length) \
	/* data groups */ \
	X(dg_hash_mismatch) X(dg_not_in_sod) X(dg_not_supplied) \
	X(dg_none_supplied) X(dg_malformed) X(dg_duplicate) X(dg_trailing) \
	X(dg_unknown) X(dg_ber) \
	X(dg1_missing) X(dg2_missing) X(com_sod_mismatch) \
	/* signature over the content */ \
	X(attrs_missing) X(attr_content_type_missing) \
	X(attr_content_type_mismatch) X(attr_message_digest_missing) \
	X(attr_duplicate) X(message_digest_length) X(message_digest_mismatch) \
	X(digest_unsupported) X(signature_algorithm_unsupported) \
	X(signature_params_invalid) X(signature_malformed) \
	X(signature_invalid) X(signature_hash_from_digest_alg) \
	X(signature_plain_format) X(signature_key_oid) X(attrs_not_der) \
	X(digestinfo_no_null) X(weak_algorithm) X(key_unsupported) \
	X(key_too_small) X(curve_unknown) X(curve_params_nonstandard) \
	X(ec_point_invalid) X(ec_point_compressed) X(key_sign_missing) \
	/* signer certificate */ \
	X(signer_cert_not_found) X(signer_cert_ambiguous) X(sid_mismatch) \
	X(dsc_malformed) X(dsc_is_ca) X(dsc_key_usage) \
	X(dsc_key_usage_missing) X(dsc_eku_present) X(dsc_eku_critical) \
	X(dsc_eku_other_role) X(dsc_critical_extension_unknown) \
	X(dsc_doc_type_not_allowed) X(dsc_doc_type_unknown) \
	X(dsc_sigalg_inner_outer) X(dsc_from_trust) \
	/* chain */ \
	X(trust_store_empty) X(csca_not_found) X(csca_found_signature_invalid) \
	X(attempts_exhausted) \
	X(matched_by_dn) X(matched_by_country) X(aki_missing) \
	X(csca_via_link) X(csca_profile) X(csca_source_unsigned) \
	/* times */ \
	X(dsc_not_yet_valid) X(dsc_expired) X(dsc_expired_valid_at_signing) \
	X(csca_not_yet_valid) X(csca_expired) X(signing_time_missing) \
	X(signing_time_outside_dsc) X(issue_date_outside_pkup) \
	X(time_encoding_invalid) X(document_expired) \
	/* revocation */ \
	X(revoked) X(csca_revoked) X(crl_missing) X(crl_expired) \
	X(crl_not_yet_valid) X(crl_signature_invalid) X(crl_issuer_unknown) \
	X(crl_unsupported_delta) X(crl_by_country) X(crl_number_rollback) \
	X(crl_attempts_exhausted) \
	/* countries */ \
	X(country_missing) X(country_ambiguous) \
	X(dsc_country_mismatch) X(mrz_country_mismatch) \
	X(dg13_country_mismatch) X(document_state_unknown) X(country_unknown) \
	X(country_lower_case) \
	/* active authentication */ \
	X(aa_not_supported) X(aa_challenge_missing) X(aa_response_missing) \
	X(aa_key_untrusted) X(aa_nonce_length) X(aa_signature_length) \
	X(aa_signature_invalid) X(aa_header) X(aa_unknown_trailer) \
	X(aa_hash_mismatch) X(aa_complement) X(aa_hash_unknown) \
	X(aa_hash_from_curve) X(aa_hash_not_allowed) X(aa_hash_too_long) \
	X(aa_hash_other) X(aa_algorithm_oid) X(aa_sig_der) \
	X(aa_key_too_small) X(aa_status_bytes) \
	/* master lists and other material for a trust value */ \
	X(ml_malformed) X(ml_signature_invalid) X(ml_signer_untrusted) \
	X(ml_signer_eku) X(ml_signer_expired) X(ml_signing_time_missing) \
	X(ml_version) X(certificate_malformed) X(crl_malformed) \
	/* health certificates: the scan */ \
	X(scan_empty) X(scan_too_long) X(scan_not_text) X(prefix_missing) \
	X(prefix_unsupported) X(prefix_lower_case) X(format_unsupported) \
	X(base45_character) X(base45_length) X(base45_value) \
	X(inflate_malformed) X(inflate_too_large) X(inflate_trailing) \
	/* the signed message */ \
	X(cbor_malformed) X(cbor_truncated) X(cbor_trailing) X(cbor_too_deep) \
	X(cbor_too_many) X(cbor_text_invalid) X(cbor_key_invalid) \
	X(cbor_duplicate_key) X(cbor_indefinite) X(cbor_long_form) \
	X(cbor_float) X(cbor_tag) X(cbor_null) X(cbor_simple) \
	X(cose_malformed) X(cose_tag) X(cose_untagged) X(cose_header) \
	X(cose_critical) X(alg_missing) X(alg_unprotected) \
	X(algorithm_unsupported) X(kid_missing) X(kid_unprotected) \
	X(kid_conflict) X(kid_malformed) \
	/* JSON that is signed, and ICAO's seals */ \
	X(json_malformed) X(json_text_invalid) X(json_duplicate) \
	X(json_too_deep) X(json_too_many) X(json_number) X(seal_malformed) \
	X(seal_type) X(seal_version) X(seal_base64) X(seal_certificate) \
	/* claims and content */ \
	X(cwt_malformed) X(issuer_missing) X(issued_missing) \
	X(expires_missing) X(time_invalid) X(time_float) X(hcert_missing) \
	X(hcert_version) X(schema_version) X(schema_required) X(schema_type) \
	X(schema_length) X(schema_pattern) X(schema_range) X(schema_date) \
	X(schema_date_time) X(schema_entries) X(schema_blanks) \
	X(date_incomplete) X(untranslatable) \
	/* SMART Health Cards */ \
	X(shc_digits) X(shc_part_malformed) X(shc_part_missing) \
	X(shc_part_conflict) X(jws_malformed) X(jws_header) X(jws_critical) \
	X(jws_zip) X(issuer_not_a_url) X(shc_type) \
	X(shc_fhir_version) X(shc_bundle) X(shc_patient) X(shc_reference) \
	X(shc_status) X(shc_code_unknown) X(shc_entries) X(issuer_mismatch) \
	X(signer_issuer_missing) X(kid_not_thumbprint) \
	/* signature and validity */ \
	X(key_not_in_trust) X(key_type_unsuitable) X(key_is_test) \
	X(key_usage_not_allowed) X(key_not_yet_valid) \
	X(key_expired) X(key_validity_unknown) X(test_key) X(country_mismatch) \
	X(signer_country_missing) X(issuer_not_a_state) X(entry_country_differs) \
	X(not_yet_valid) X(expired) \
	X(revocation_missing) X(revocation_state_missing) \
	X(revoked_identifier) X(revoked_signature) \
	X(revoked_country) X(revoked_key)

typedef enum CccdFindingCode
{
#define CCCD_FINDING_ENUM(name)	CCCD_FINDING_##name,
	CCCD_FINDING_LIST(CCCD_FINDING_ENUM)
#undef CCCD_FINDING_ENUM
	CCCD_FINDING_COUNT
} CccdFindingCode;

typedef enum CccdCheckStatus
{
	CCCD_STATUS_NOT_PERFORMED,
	CCCD_STATUS_OK,
	CCCD_STATUS_UNDETERMINED,
	CCCD_STATUS_FAILED
} CccdCheckStatus;

/*
 * Make *status the worse of the two; the enum's order is from best to worst,
 * after "not performed".
 */
static inline void
cccd_status_worsen(CccdCheckStatus *status, CccdCheckStatus other)
{
	if (other > *status)
		*status = other;
}

/* More findings than this say nothing new. */
#define CCCD_FINDINGS	64

/* Room for the longest text, with its final zero byte. */
#define CCCD_FINDING_SIZE	64

#define CCCD_FINDING_NO_ARGUMENT	INT32_MIN

typedef struct CccdFinding
{
	uint16_t	code;
	bool		flag;
	int32_t		argument;
	const char *about;			/* NULL, or the word in parentheses */
} CccdFinding;

typedef struct CccdReport
{
	int			count;
	CccdFinding finding[CCCD_FINDINGS];
} CccdReport;

/* The name of a code, a constant. */
extern const char *cccd_finding_name(int code);

/*
 * The name of a status, a constant: not_performed, ok, undetermined, failed.
 */
extern const char *cccd_status_name(CccdCheckStatus status);

/*
 * Add a reason to a report.  The same finding is reported once, and a reason
 * outweighs its flag; what comes after CCCD_FINDINGS of them is dropped.  So
 * for all functions that add.
 */
extern void cccd_report_reason(CccdReport *report, int code);

/* Add a reason with a number. */
extern void cccd_report_reason_of(CccdReport *report, int code,
								  int32_t argument);

/* Add a flag. */
extern void cccd_report_flag(CccdReport *report, int code);

/* Add a flag with a number. */
extern void cccd_report_flag_of(CccdReport *report, int code,
								int32_t argument);

/*
 * Add a reason with a word, or NULL for none.  The report keeps its address,
 * so it must be a constant.
 */
extern void cccd_report_reason_about(CccdReport *report, int code,
									 const char *about);

/* Add a flag with a word, or NULL for none, a constant. */
extern void cccd_report_flag_about(CccdReport *report, int code,
								   const char *about);

/* Whether a report has a finding of this code, reason or flag. */
extern bool cccd_report_has(const CccdReport *report, int code);

/*
 * Add a deviation: a flag where it is tolerated, else a reason, and *status
 * becomes failed.
 */
extern void cccd_report_tolerate(CccdReport *report, bool tolerated,
								 int code, CccdCheckStatus *status);

/*
 * Write the text of a finding with a final zero byte; out has room for
 * CCCD_FINDING_SIZE bytes.  Returns its length without that byte.
 */
extern size_t cccd_finding_format(const CccdFinding *finding, char *out);

#endif							/* CCCD_FINDING_CORE_H */
