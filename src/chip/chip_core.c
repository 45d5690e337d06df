/*
 * chip_core.c
 *		Passive authentication; see chip_core.h.
 */
#include "chip/chip_core.h"

#include <stdio.h>
#include <string.h>

static bool
is_tolerant(const CccdChipInput *input)
{
	return input->policy == CCCD_CHIP_POLICY_FIELD;
}

/* The certificate of a signer that the document does not carry. */
static bool
find_listed_signer(const CccdChipInput *input, const CccdSignerInfo *info,
				   CccdBytes *certificate)
{
	CccdTrustStore *store = input->trust.open(input->trust.argument);

	for (int k = 0; k < store->signer_count; k++)
	{
		if (store->signers[k].purpose == CCCD_PURPOSE_CHIP &&
			cccd_signer_is(info, &store->signers[k].certificate))
		{
			*certificate = store->signers[k].certificate.whole;
			return true;
		}
	}
	return false;
}

/* Step D, first half: which certificate is the signer's? */
static bool
find_signer(const CccdChipInput *input, CccdChipWork *work,
			const CccdSignerInfo *info, CccdChipResult *result,
			CccdSigner **signer)
{
	const CccdCms *cms = &work->sod.cms;
	CccdBytes	certificate;
	int			index = 0;

	switch (cccd_cms_find_certificate(cms, info, &index))
	{
		case CCCD_SIGNER_BY_NAME:
		case CCCD_SIGNER_BY_KEY_ID:
			certificate = cms->certificates[index];
			break;
		case CCCD_SIGNER_ONLY_ONE:
			cccd_report_flag(&result->report, CCCD_FINDING_sid_mismatch);
			certificate = cms->certificates[index];
			break;
		case CCCD_SIGNER_AMBIGUOUS:
			cccd_report_reason(&result->report,
							   CCCD_FINDING_signer_cert_ambiguous);
			result->signer = CCCD_STATUS_FAILED;
			return false;
		default:
			if (!find_listed_signer(input, info, &certificate))
			{
				cccd_report_reason(&result->report,
								   CCCD_FINDING_signer_cert_not_found);
				cccd_status_worsen(&result->signer,
								   CCCD_STATUS_UNDETERMINED);
				return false;
			}
			cccd_report_flag(&result->report, CCCD_FINDING_dsc_from_trust);
			break;
	}
	switch (cccd_signer_get(certificate, &input->trust, &work->effort,
							&work->lists, signer))
	{
		case CCCD_SIGNER_OK:
			return true;
		case CCCD_SIGNER_MALFORMED:
			cccd_report_reason(&result->report, CCCD_FINDING_dsc_malformed);
			result->signer = CCCD_STATUS_FAILED;
			return false;
		case CCCD_SIGNER_NO_MEMORY:
			result->out_of_memory = true;
			break;
	}
	return false;
}

/*
 * Step D, second half: a signer's certificate signs documents and nothing
 * else (Doc 9303-12 Tables 3 and 4, 9303-11 5.1.1).
 */
static void
check_role(const CccdChipInput *input, const CccdChipWork *work,
		   const CccdX509 *certificate, CccdChipResult *result)
{
	CccdCheckStatus status = CCCD_STATUS_OK;
	int			failures[6];
	int			count = 0;

	if (certificate->ca)
		failures[count++] = CCCD_FINDING_dsc_is_ca;
	if (certificate->has_key_usage &&
		!(certificate->key_usage & CCCD_USAGE_DIGITAL_SIGNATURE))
		failures[count++] = CCCD_FINDING_dsc_key_usage;
	if (certificate->critical_unknown)
		failures[count++] = CCCD_FINDING_dsc_critical_extension_unknown;
	if (certificate->eku_critical)
		failures[count++] = CCCD_FINDING_dsc_eku_critical;
	if (cccd_x509_has_other_role(certificate))
		failures[count++] = CCCD_FINDING_dsc_eku_other_role;
	if (work->has_mrz &&
		!cccd_x509_allows_document(certificate, work->mrz_code, 2))
		failures[count++] = CCCD_FINDING_dsc_doc_type_not_allowed;
	if (count > 0)
	{
		result->vouched = false;
		status = CCCD_STATUS_FAILED;
	}
	while (count > 0)
		cccd_report_reason(&result->report, failures[--count]);
	/* of what kind the document is was withheld */
	if (input->kind == CCCD_SOD_DOCUMENT && !work->has_mrz &&
		certificate->document_types.length > 0)
	{
		cccd_report_reason(&result->report, CCCD_FINDING_dsc_doc_type_unknown);
		cccd_status_worsen(&status, CCCD_STATUS_UNDETERMINED);
	}
	if (!certificate->has_key_usage)
		cccd_report_tolerate(&result->report, is_tolerant(input),
							 CCCD_FINDING_dsc_key_usage_missing, &status);
	if (certificate->extended_key_usage.data != NULL &&
		!certificate->eku_critical && !cccd_x509_has_other_role(certificate))
		cccd_report_tolerate(&result->report, is_tolerant(input),
							 CCCD_FINDING_dsc_eku_present, &status);
	cccd_status_worsen(&result->signer, status);
}

/* Step F: what is known of the signer's issuer. */
static void
check_chain(const CccdChipInput *input, const CccdSigner *signer,
			CccdChipResult *result)
{
	const CccdX509 *certificate = &signer->certificate;
	CccdReport *report = &result->report;
	CccdCheckStatus status = CCCD_STATUS_OK;

	if (certificate->signed_part.algorithms_differ ||
		signer->chain.anchor < 0)
		result->vouched = false;
	if (certificate->signed_part.algorithms_differ)
	{
		cccd_report_reason(report, CCCD_FINDING_dsc_sigalg_inner_outer);
		status = CCCD_STATUS_FAILED;
	}
	else if (signer->chain.anchor < 0)
	{
		status = CCCD_STATUS_UNDETERMINED;
		if (signer->no_anchors)
			cccd_report_reason(report, CCCD_FINDING_trust_store_empty);
		else if (signer->chain.unsupported)
			cccd_report_reason(report,
							   CCCD_FINDING_signature_algorithm_unsupported);
		else if (!signer->chain.candidates)
			cccd_report_reason(report, signer->chain.exhausted ?
							   CCCD_FINDING_attempts_exhausted :
							   CCCD_FINDING_csca_not_found);
		else
		{
			cccd_report_reason(report,
							   CCCD_FINDING_csca_found_signature_invalid);
			status = CCCD_STATUS_FAILED;
		}
	}
	else
	{
		const CccdSignerAnchor *anchor = cccd_signer_anchor(signer, input->at);

		if (certificate->authority_key_id.length == 0)
			cccd_report_tolerate(report, is_tolerant(input),
								 CCCD_FINDING_aki_missing, &status);
		if (signer->chain.match == CCCD_CHAIN_BY_NAME)
			cccd_report_flag(report, CCCD_FINDING_matched_by_dn);
		if (signer->chain.match == CCCD_CHAIN_BY_COUNTRY)
			cccd_report_flag(report, CCCD_FINDING_matched_by_country);
		if (anchor->flags & CCCD_TRUST_VIA_LINK)
			cccd_report_flag(report, CCCD_FINDING_csca_via_link);
		if (anchor->flags & CCCD_TRUST_PROFILE)
			cccd_report_flag(report, CCCD_FINDING_csca_profile);
		if (anchor->source == CCCD_TRUST_SOURCE_LDIF ||
			anchor->source == CCCD_TRUST_SOURCE_RAW_LIST)
			cccd_report_flag(report, CCCD_FINDING_csca_source_unsigned);
		if (certificate->signed_part.algorithm.hash == CCCD_HASH_SHA1)
			cccd_report_tolerate(report, is_tolerant(input),
								 CCCD_FINDING_weak_algorithm, &status);
	}
	cccd_status_worsen(&result->chain, status);
}

/*
 * The text of an algorithm: scheme, hash and key of a signature, or the key of
 * a signer alone.
 */
static void
format_algorithm(const CccdPublicKey *key, const CccdSignerInfo *info,
				 char *out)
{
	char		size[16];
	const char *which = size;

	(void) snprintf(size, sizeof(size), "%d", key->bits);
	if (key->kind == CCCD_KEY_EC && key->curve != NULL)
		which = key->curve->name;
	if (info == NULL)
		(void) snprintf(out, CCCD_ALGORITHM_SIZE, "%s %s",
						key->kind == CCCD_KEY_RSA ? "RSA" :
						key->kind == CCCD_KEY_EC ? "EC" : "unknown", which);
	else
		(void) snprintf(out, CCCD_ALGORITHM_SIZE, "%s %s %s",
						cccd_scheme_name(info->algorithm.scheme),
						cccd_hash_name(info->algorithm.hash != CCCD_HASH_UNKNOWN ?
									   info->algorithm.hash : info->digest), which);
}

/* What the caller is told of the signer. */
static void
describe(const CccdSigner *signer, const CccdSignerInfo *info, int64_t at,
		 CccdChipResult *result)
{
	const CccdX509 *certificate = &signer->certificate;

	if (result->has_signer)
		return;
	result->has_signer = true;
	memcpy(result->signer_fingerprint, signer->fingerprint, CCCD_SHA256_SIZE);
	memcpy(result->country_code, certificate->issuer_country, 4);
	result->not_before = certificate->not_before;
	result->not_after = certificate->not_after;
	result->time_invalid = certificate->time_invalid;
	format_algorithm(&certificate->key, info, result->algorithm);
	if (signer->chain.anchor >= 0)
	{
		result->has_anchor = true;
		memcpy(result->anchor_fingerprint,
			   cccd_signer_anchor(signer, at)->fingerprint, CCCD_SHA256_SIZE);
	}
}

/*
 * Step E.  A signature that no anchor vouches for proves nothing: it is looked
 * at for what it says of the document, one of them and only if it is not dear,
 * and stays unchecked otherwise.
 */
static CccdCheckStatus
check_signature(const CccdChipInput *input, CccdChipWork *work,
				const CccdSignerInfo *info, CccdSigner *signer,
				CccdChipResult *result)
{
	const CccdPublicKey *numbers = &signer->certificate.key;
	CccdKey    *key = NULL;

	if (signer->chain.anchor < 0 && numbers->problem == 0)
	{
		if (work->unvouched || cccd_key_cost(numbers) > CCCD_CHIP_STRANGER_COST)
			return CCCD_STATUS_UNDETERMINED;
		work->unvouched = true;
	}
	if (numbers->problem == 0)
		key = cccd_signer_key(signer);
	return cccd_cms_check_signature(info, key, numbers, is_tolerant(input),
									&work->effort, &result->report);
}

/* Steps C to I for one of the signers; all of them must be right. */
static void
check_signer(const CccdChipInput *input, CccdChipWork *work,
			 const CccdSignerInfo *info, CccdChipResult *result)
{
	CccdSigner *signer;

	cccd_status_worsen(&result->content,
					   cccd_cms_check_content(&work->sod.cms, info,
											  is_tolerant(input),
											  &result->report));
	if (!find_signer(input, work, info, result, &signer))
	{
		/* this signature remains unchecked, whatever the others say */
		cccd_status_worsen(&result->signature, CCCD_STATUS_UNDETERMINED);
		cccd_status_worsen(&result->chain, CCCD_STATUS_UNDETERMINED);
		result->vouched = false;
		return;
	}
	describe(signer, info, input->at, result);
	check_role(input, work, &signer->certificate, result);
	check_chain(input, signer, result);
	cccd_status_worsen(&result->signature,
					   check_signature(input, work, info, signer, result));
	cccd_chip_check_times(input, signer, info, result);
	cccd_chip_check_revocation(input, signer, result);
	cccd_chip_check_country(input, work, signer, result);
}

/* Whether one of these codes is among the reasons. */
static bool
has_reason(const CccdReport *report, const uint16_t *codes, int count)
{
	for (int k = 0; k < report->count; k++)
		for (int n = 0; n < count; n++)
			if (report->finding[k].code == codes[n] &&
				!report->finding[k].flag)
				return true;
	return false;
}

#define HAS_REASON(report, ...) \
	has_reason(report, (const uint16_t[]) {__VA_ARGS__}, \
			   (int) (sizeof((const uint16_t[]) {__VA_ARGS__}) / sizeof(uint16_t)))

/*
 * What the object and its files prove, whatever the policy demands.  Only the
 * arithmetic under a key that the state vouches for proves anything; where a
 * part of it could not be done, nothing is proven.
 */
static CccdChipProof
weigh(const CccdChipResult *result)
{
	const CccdReport *report = &result->report;

	if (HAS_REASON(report, CCCD_FINDING_csca_found_signature_invalid))
		return CCCD_PROOF_FORGED;
	if (!result->vouched || result->country == CCCD_STATUS_FAILED ||
		HAS_REASON(report, CCCD_FINDING_attrs_missing,
				   CCCD_FINDING_signature_malformed,
				   CCCD_FINDING_signature_params_invalid,
				   CCCD_FINDING_signature_algorithm_unsupported,
				   CCCD_FINDING_attempts_exhausted,
				   CCCD_FINDING_digest_unsupported,
				   CCCD_FINDING_key_unsupported,
				   CCCD_FINDING_key_too_small,
				   CCCD_FINDING_curve_unknown,
				   CCCD_FINDING_curve_params_nonstandard,
				   CCCD_FINDING_ec_point_invalid))
		return CCCD_PROOF_NONE;
	/* the only certificate is not the one that is named: perhaps not its key */
	if (HAS_REASON(report, CCCD_FINDING_signature_invalid))
		return cccd_report_has(report, CCCD_FINDING_sid_mismatch) ?
			CCCD_PROOF_NONE : CCCD_PROOF_FORGED;
	if (HAS_REASON(report, CCCD_FINDING_message_digest_mismatch))
		return CCCD_PROOF_CHANGED;
	if (HAS_REASON(report, CCCD_FINDING_attr_duplicate,
				   CCCD_FINDING_attr_content_type_missing,
				   CCCD_FINDING_attr_content_type_mismatch,
				   CCCD_FINDING_attr_message_digest_missing,
				   CCCD_FINDING_message_digest_length) ||
		result->sod == CCCD_STATUS_NOT_PERFORMED)
		return CCCD_PROOF_NONE;
	/* a hash of the wrong length is the issuer's mistake, not the holder's */
	if (HAS_REASON(report, CCCD_FINDING_dg_hash_mismatch))
		return cccd_report_has(report, CCCD_FINDING_lds_dg_hash_length) ?
			CCCD_PROOF_NONE : CCCD_PROOF_CHANGED;
	return CCCD_PROOF_SIGNED;
}

const char *
cccd_chip_proof_name(CccdChipProof proof)
{
	static const char *const names[] = {NULL, "signed", "changed", "forged"};

	return names[proof];
}

/* Step K. */
static bool
decide(const CccdChipInput *input, const CccdChipResult *result)
{
	if (result->signer != CCCD_STATUS_OK || result->chain != CCCD_STATUS_OK ||
		result->signer_validity != CCCD_STATUS_OK ||
		result->revocation == CCCD_STATUS_FAILED ||
		result->country == CCCD_STATUS_FAILED ||
		HAS_REASON(&result->report, CCCD_FINDING_country_ambiguous))
		return false;
	if (input->kind != CCCD_SOD_SIGNER &&
		(result->sod != CCCD_STATUS_OK ||
		 result->content != CCCD_STATUS_OK ||
		 result->signature != CCCD_STATUS_OK))
		return false;
	if (input->kind == CCCD_SOD_DOCUMENT &&
		result->data_groups != CCCD_STATUS_OK)
		return false;
	if (input->policy == CCCD_CHIP_POLICY_FIELD)
		return true;
	return result->anchor_validity == CCCD_STATUS_OK &&
		result->signing_time != CCCD_STATUS_FAILED &&
		!result->revocation_weak && result->country == CCCD_STATUS_OK;
}

static void
begin(const CccdChipInput *input, CccdChipWork *work, CccdChipResult *result)
{
	cccd_memory_forget();
	memset(result, 0, sizeof(*result));
	work->has_mrz = false;
	work->vietnamese = false;
	work->unvouched = false;
	work->effort.attempts = CCCD_CHIP_ATTEMPTS;
	work->effort.exhausted = false;
	work->effort.breathe = input->breathe;
	work->lists.attempts = CCCD_REVOCATION_ATTEMPTS;
	work->lists.exhausted = false;
	work->lists.breathe = input->breathe;
}

void
cccd_chip_verify(const CccdChipInput *input, CccdChipWork *work,
				 CccdChipResult *result)
{
	begin(input, work, result);
	result->sod = cccd_sod_read(input->sod, input->kind, is_tolerant(input),
								input->scratch, input->capacity, &work->sod,
								&result->report);
	if (!work->sod.readable)
		return;
	if (work->sod.listable)
		cccd_chip_check_groups(input, work, result);
	result->vouched = work->sod.cms.signer_count > 0;
	for (int k = 0; k < work->sod.cms.signer_count; k++)
		check_signer(input, work, &work->sod.cms.signers[k], result);
	result->proof = weigh(result);
	result->out_of_memory |= cccd_memory_ran_out();
	result->trusted = !result->out_of_memory && decide(input, result);
}

void
cccd_chip_verify_signer(const CccdChipInput *input, CccdChipWork *work,
						CccdChipResult *result)
{
	static const CccdSignerInfo no_message;
	CccdSigner *signer;

	begin(input, work, result);
	switch (cccd_signer_get(input->sod, &input->trust, &work->effort,
							&work->lists, &signer))
	{
		case CCCD_SIGNER_OK:
			break;
		case CCCD_SIGNER_MALFORMED:
			cccd_report_reason(&result->report, CCCD_FINDING_dsc_malformed);
			result->signer = CCCD_STATUS_FAILED;
			return;
		case CCCD_SIGNER_NO_MEMORY:
			result->out_of_memory = true;
			return;
	}
	describe(signer, NULL, input->at, result);
	check_role(input, work, &signer->certificate, result);
	if (signer->certificate.key.problem != 0)
	{
		cccd_report_reason(&result->report, signer->certificate.key.problem);
		result->signer = CCCD_STATUS_FAILED;
	}
	check_chain(input, signer, result);
	cccd_chip_check_times(input, signer, &no_message, result);
	cccd_chip_check_revocation(input, signer, result);
	cccd_chip_check_country(input, work, signer, result);
	result->out_of_memory |= cccd_memory_ran_out();
	result->trusted = !result->out_of_memory && decide(input, result);
}
