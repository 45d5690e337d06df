/*
 * chip_validity_core.c
 *		Passive authentication, steps G to I: times, revocation, states; see
 *		chip_core.h.
 */
#include "chip/chip_core.h"

#include <string.h>

#include "pki/country_core.h"

/* A deviation of a check that only the strict policy demands. */
static void
report(CccdChipResult *result, CccdChipPolicy policy, int code)
{
	if (policy == CCCD_CHIP_POLICY_FIELD)
		cccd_report_flag(&result->report, code);
	else
		cccd_report_reason(&result->report, code);
}

static void
check_signer_validity(const CccdChipInput *input,
					  const CccdX509 *certificate,
					  const CccdSignerInfo *info, CccdChipResult *result)
{
	CccdCheckStatus status = CCCD_STATUS_FAILED;

	if (certificate->time_invalid)
		cccd_report_reason(&result->report,
						   CCCD_FINDING_time_encoding_invalid);
	else if (input->at < certificate->not_before)
		cccd_report_reason(&result->report, CCCD_FINDING_dsc_not_yet_valid);
	else if (input->at > certificate->not_after)
	{
		cccd_report_reason(&result->report, CCCD_FINDING_dsc_expired);
		/* says something, but the signer sets that time himself */
		if (info->signing_time_count == 1 && !info->signing_time_invalid &&
			info->signing_time >= certificate->not_before &&
			info->signing_time <= certificate->not_after)
			cccd_report_flag(&result->report,
							 CCCD_FINDING_dsc_expired_valid_at_signing);
	}
	else
		status = CCCD_STATUS_OK;
	cccd_status_worsen(&result->signer_validity, status);
}

/*
 * A CSCA's key may be used after its certificate has expired (Doc 9303-12
 * D.1.1.3); BSI TR-03135-1 5.6.4.3.4 demands that it has not.
 */
static void
check_anchor_validity(const CccdChipInput *input, const CccdSigner *signer,
					  CccdChipResult *result)
{
	CccdCheckStatus status = CCCD_STATUS_FAILED;
	const CccdSignerAnchor *anchor;

	if (signer->chain.anchor < 0)
		return;
	anchor = cccd_signer_anchor(signer, input->at);
	if (anchor->time_invalid)
		report(result, input->policy, CCCD_FINDING_time_encoding_invalid);
	else if (input->at < anchor->not_before)
		report(result, input->policy, CCCD_FINDING_csca_not_yet_valid);
	else if (input->at > anchor->not_after)
		report(result, input->policy, CCCD_FINDING_csca_expired);
	else
		status = CCCD_STATUS_OK;
	cccd_status_worsen(&result->anchor_validity, status);
}

/*
 * The time that the signer states must be within the validity of its
 * certificate; without one there is nothing to check.  Outside the private
 * key's usage period it is a flag only.
 */
static void
check_signing_time(const CccdChipInput *input,
				   const CccdX509 *certificate,
				   const CccdSignerInfo *info, CccdChipResult *result)
{
	CccdCheckStatus status = CCCD_STATUS_OK;

	if (input->kind == CCCD_SOD_SIGNER)
		return;
	if (info->signing_time_count == 0)
	{
		cccd_report_flag(&result->report, CCCD_FINDING_signing_time_missing);
		return;
	}
	if (info->signing_time_invalid || certificate->time_invalid)
	{
		report(result, input->policy, CCCD_FINDING_time_encoding_invalid);
		status = CCCD_STATUS_FAILED;
	}
	else
	{
		result->has_signed_at = true;
		result->signed_at = info->signing_time;
		if (info->signing_time < certificate->not_before ||
			info->signing_time > certificate->not_after)
		{
			report(result, input->policy,
				   CCCD_FINDING_signing_time_outside_dsc);
			status = CCCD_STATUS_FAILED;
		}
		else if (certificate->has_key_period &&
				 (info->signing_time < certificate->key_not_before ||
				  info->signing_time > certificate->key_not_after))
			cccd_report_flag(&result->report,
							 CCCD_FINDING_issue_date_outside_pkup);
	}
	cccd_status_worsen(&result->signing_time, status);
}

void
cccd_chip_check_times(const CccdChipInput *input, const CccdSigner *signer,
					  const CccdSignerInfo *info, CccdChipResult *result)
{
	check_signer_validity(input, &signer->certificate, info, result);
	check_anchor_validity(input, signer, result);
	check_signing_time(input, &signer->certificate, info, result);
}

/* Why lists that are there do not say "not revoked". */
static int
why_undetermined(const CccdRevocationState *state, int64_t at,
				 bool *answerless)
{
	*answerless = true;
	for (int k = 0; k < state->list_count; k++)
		if (state->lists[k].this_update <= at)
			return CCCD_FINDING_crl_expired;
	if (state->list_count > 0)
		return CCCD_FINDING_crl_not_yet_valid;
	if (state->unsupported)
		return CCCD_FINDING_crl_unsupported_delta;
	if (state->exhausted)
		return CCCD_FINDING_crl_attempts_exhausted;
	if (state->signature_invalid)
		return CCCD_FINDING_crl_signature_invalid;
	if (state->signature_unsupported)
		return CCCD_FINDING_signature_algorithm_unsupported;
	*answerless = false;
	return state->issuer_unknown ? CCCD_FINDING_crl_issuer_unknown :
		CCCD_FINDING_crl_missing;
}

void
cccd_chip_check_revocation(const CccdChipInput *input,
						   const CccdSigner *signer,
						   CccdChipResult *result)
{
	const CccdRevocationState *state = &signer->revocation;
	bool		answerless;
	int			code;

	if (signer->chain.anchor < 0)
		return;
	if (state->by_country)
		cccd_report_flag(&result->report, CCCD_FINDING_crl_by_country);
	if (state->number_rollback)
		cccd_report_flag(&result->report, CCCD_FINDING_crl_number_rollback);
	if (state->exhausted)
		cccd_report_flag(&result->report,
						 CCCD_FINDING_crl_attempts_exhausted);
	if (state->revoked && state->revoked_at <= input->at)
	{
		cccd_report_reason_of(&result->report, CCCD_FINDING_revoked,
							  state->reason);
		cccd_status_worsen(&result->revocation, CCCD_STATUS_FAILED);
	}
	if (state->csca_revoked && state->csca_revoked_at <= input->at)
	{
		cccd_report_reason(&result->report, CCCD_FINDING_csca_revoked);
		cccd_status_worsen(&result->revocation, CCCD_STATUS_FAILED);
	}
	if (result->revocation == CCCD_STATUS_FAILED)
		return;
	for (int k = 0; k < state->list_count; k++)
	{
		if (state->lists[k].this_update <= input->at &&
			state->lists[k].has_next_update &&
			input->at <= state->lists[k].next_update)
		{
			cccd_status_worsen(&result->revocation, CCCD_STATUS_OK);
			return;
		}
	}
	code = why_undetermined(state, input->at, &answerless);
	if (answerless)
	{
		result->revocation_weak = true;
		report(result, input->policy, code);
	}
	else
		cccd_report_flag(&result->report, code);
	cccd_status_worsen(&result->revocation, CCCD_STATUS_UNDETERMINED);
}

/* What keeps the check of the state from being ok. */
static CccdCheckStatus
uncertain(const CccdChipInput *input, CccdChipResult *result, int code)
{
	report(result, input->policy, code);
	return CCCD_STATUS_UNDETERMINED;
}

/* Whether signer and CSCA leave open whose they are. */
static bool
is_ambiguous(const CccdSigner *signer)
{
	return signer->certificate.country_ambiguous ||
		(signer->chain.anchor >= 0 && signer->anchors[0].country[0] == '\0');
}

/* What the document's own files say of its state. */
static CccdCheckStatus
check_document_state(const CccdChipInput *input, const CccdChipWork *work,
					 const char *country, CccdChipResult *result)
{
	CccdCheckStatus status = CCCD_STATUS_OK;

	if (work->vietnamese && !cccd_country_equal("VN", country))
	{
		cccd_report_reason(&result->report,
						   CCCD_FINDING_dg13_country_mismatch);
		status = CCCD_STATUS_FAILED;
	}
	if (!work->has_mrz)
	{
		if (input->kind != CCCD_SOD_DOCUMENT || work->vietnamese)
			return status;
		/* files that are not right have their own reasons */
		if (result->data_groups == CCCD_STATUS_OK)
			report(result, input->policy,
				   CCCD_FINDING_document_state_unknown);
		cccd_status_worsen(&status, CCCD_STATUS_UNDETERMINED);
		return status;
	}
	if (cccd_country_fits_zone(work->mrz_state,
							   cccd_country_two_letters(country)))
		return status;
	/* a code that is in no table can be anybody's */
	if (strlen(cccd_country_two_letters(work->mrz_state)) != 2)
		cccd_status_worsen(&status, uncertain(input, result,
											  CCCD_FINDING_country_unknown));
	else
	{
		cccd_report_reason(&result->report,
						   CCCD_FINDING_mrz_country_mismatch);
		status = CCCD_STATUS_FAILED;
	}
	return status;
}

void
cccd_chip_check_country(const CccdChipInput *input, const CccdChipWork *work,
						const CccdSigner *signer, CccdChipResult *result)
{
	const CccdX509 *certificate = &signer->certificate;

	if (certificate->issuer_country[0] == '\0' &&
		!certificate->country_ambiguous)
		cccd_status_worsen(&result->country,
						   uncertain(input, result,
									 CCCD_FINDING_country_missing));
	else if (is_ambiguous(signer))
	{
		cccd_report_reason(&result->report, CCCD_FINDING_country_ambiguous);
		cccd_status_worsen(&result->country, CCCD_STATUS_UNDETERMINED);
	}
	if (certificate->issuer_country[0] == '\0')
		return;
	if (certificate->country_lower_case)
		cccd_report_flag(&result->report, CCCD_FINDING_country_lower_case);
	if ((certificate->subject_country[0] != '\0' &&
		 !cccd_country_equal(certificate->subject_country,
							 certificate->issuer_country)) ||
		(signer->chain.anchor >= 0 && signer->anchors[0].country[0] != '\0' &&
		 !cccd_country_equal(signer->anchors[0].country,
							 certificate->issuer_country)))
	{
		cccd_report_reason(&result->report,
						   CCCD_FINDING_dsc_country_mismatch);
		cccd_status_worsen(&result->country, CCCD_STATUS_FAILED);
	}
	cccd_status_worsen(&result->country,
					   check_document_state(input, work,
											certificate->issuer_country,
											result));
}
