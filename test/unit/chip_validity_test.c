/*
 * chip_validity_test.c
 *		The moments of passive authentication, ends included: a microsecond
 *		before, then, and a microsecond after.
 */
#include "unit.h"

#include "chip/chip_core.h"

#define FROM	INT64_C(700000000000000)
#define TO		INT64_C(800000000000000)
#define WITHIN	INT64_C(750000000000000)

static CccdChipInput input;
static CccdSigner signer;
static CccdSignerInfo info;
static CccdChipResult result;

/* Everything valid from FROM to TO, signed between. */
static void
reset(void)
{
	memset(&input, 0, sizeof(input));
	memset(&signer, 0, sizeof(signer));
	memset(&info, 0, sizeof(info));
	memset(&result, 0, sizeof(result));
	input.kind = CCCD_SOD_DOCUMENT;
	input.policy = CCCD_CHIP_POLICY_STRICT;
	input.at = WITHIN;
	signer.anchor_count = 1;
	signer.certificate.not_before = signer.anchors[0].not_before = FROM;
	signer.certificate.not_after = signer.anchors[0].not_after = TO;
	info.signing_time_count = 1;
	info.signing_time = WITHIN;
}

static bool
times(int code)
{
	cccd_chip_check_times(&input, &signer, &info, &result);
	return cccd_report_has(&result.report, code);
}

static void
test_signer(void)
{
	for (int k = -1; k <= 1; k++)
	{
		reset();
		signer.anchors[0].not_before = INT64_MIN;
		input.at = FROM + k;
		CHECK(times(CCCD_FINDING_dsc_not_yet_valid) == (k < 0));
		CHECK((result.signer_validity == CCCD_STATUS_OK) == (k >= 0));
		reset();
		signer.anchors[0].not_after = INT64_MAX;
		input.at = TO + k;
		CHECK(times(CCCD_FINDING_dsc_expired) == (k > 0));
		CHECK((result.signer_validity == CCCD_STATUS_OK) == (k <= 0));

		/* what is said of an expired signer: when it signed */
		reset();
		input.at = TO + 10;
		info.signing_time = FROM + k;
		CHECK(times(CCCD_FINDING_dsc_expired_valid_at_signing) == (k >= 0));
		reset();
		input.at = TO + 10;
		info.signing_time = TO + k;
		CHECK(times(CCCD_FINDING_dsc_expired_valid_at_signing) == (k <= 0));
		reset();
		input.at = TO + 10;
		info.signing_time_count = 1 + k;
		CHECK(times(CCCD_FINDING_dsc_expired_valid_at_signing) == (k == 0));
	}
	reset();
	input.at = TO + 10;
	info.signing_time_invalid = true;
	CHECK(!times(CCCD_FINDING_dsc_expired_valid_at_signing));
	reset();
	signer.certificate.time_invalid = true;
	CHECK(times(CCCD_FINDING_time_encoding_invalid));
	CHECK(result.signer_validity == CCCD_STATUS_FAILED);
}

static void
test_anchor(void)
{
	for (int k = -1; k <= 1; k++)
	{
		for (int policy = CCCD_CHIP_POLICY_STRICT;
			 policy <= CCCD_CHIP_POLICY_FIELD; policy++)
		{
			reset();
			input.policy = policy;
			signer.certificate.not_before = INT64_MIN;
			input.at = FROM + k;
			CHECK(times(CCCD_FINDING_csca_not_yet_valid) == (k < 0));
			CHECK((result.anchor_validity == CCCD_STATUS_OK) == (k >= 0));
			reset();
			input.policy = policy;
			signer.certificate.not_after = INT64_MAX;
			input.at = TO + k;
			CHECK(times(CCCD_FINDING_csca_expired) == (k > 0));
			CHECK((result.anchor_validity == CCCD_STATUS_OK) == (k <= 0));
		}
	}
	reset();
	signer.anchors[0].time_invalid = true;
	CHECK(times(CCCD_FINDING_time_encoding_invalid));
	CHECK(result.anchor_validity == CCCD_STATUS_FAILED);
	/* without an anchor nothing is said of it */
	reset();
	signer.chain.anchor = -1;
	input.at = TO + 1;
	CHECK(!times(CCCD_FINDING_csca_expired));
	CHECK(result.anchor_validity == CCCD_STATUS_NOT_PERFORMED);
}

static void
test_signing_time(void)
{
	for (int k = -1; k <= 1; k++)
	{
		reset();
		info.signing_time = FROM + k;
		CHECK(times(CCCD_FINDING_signing_time_outside_dsc) == (k < 0));
		CHECK((result.signing_time == CCCD_STATUS_OK) == (k >= 0));
		CHECK(result.has_signed_at && result.signed_at == FROM + k);
		reset();
		info.signing_time = TO + k;
		CHECK(times(CCCD_FINDING_signing_time_outside_dsc) == (k > 0));
		CHECK((result.signing_time == CCCD_STATUS_OK) == (k <= 0));

		/* the period in which the key signs, which is noted only */
		reset();
		signer.certificate.has_key_period = true;
		signer.certificate.key_not_before = FROM + 100;
		signer.certificate.key_not_after = TO - 100;
		info.signing_time = FROM + 100 + k;
		CHECK(times(CCCD_FINDING_issue_date_outside_pkup) == (k < 0));
		CHECK(result.signing_time == CCCD_STATUS_OK);
		reset();
		signer.certificate.has_key_period = true;
		signer.certificate.key_not_before = FROM + 100;
		signer.certificate.key_not_after = TO - 100;
		info.signing_time = TO - 100 + k;
		CHECK(times(CCCD_FINDING_issue_date_outside_pkup) == (k > 0));
		signer.certificate.has_key_period = false;
		memset(&result, 0, sizeof(result));
		CHECK(!times(CCCD_FINDING_issue_date_outside_pkup));
	}
	reset();
	info.signing_time_count = 0;
	CHECK(times(CCCD_FINDING_signing_time_missing));
	CHECK(!result.has_signed_at);
	reset();
	info.signing_time_invalid = true;
	CHECK(times(CCCD_FINDING_time_encoding_invalid));
	CHECK(!result.has_signed_at &&
		  result.signing_time == CCCD_STATUS_FAILED);
	/* of a certificate alone nobody knows when it signed */
	reset();
	input.kind = CCCD_SOD_SIGNER;
	info.signing_time = TO + 1;
	CHECK(!times(CCCD_FINDING_signing_time_outside_dsc));
	CHECK(result.signing_time == CCCD_STATUS_NOT_PERFORMED);
}

static bool
revocation(int code)
{
	memset(&result, 0, sizeof(result));
	cccd_chip_check_revocation(&input, &signer, &result);
	return cccd_report_has(&result.report, code);
}

static void
test_lists(void)
{
	CccdRevocationState *state = &signer.revocation;

	for (int k = -1; k <= 1; k++)
	{
		reset();
		state->list_count = 1;
		state->lists[0].has_next_update = true;
		state->lists[0].this_update = FROM;
		state->lists[0].next_update = TO;
		input.at = FROM + k;
		CHECK(revocation(CCCD_FINDING_crl_not_yet_valid) == (k < 0));
		CHECK((result.revocation == CCCD_STATUS_OK) == (k >= 0));
		CHECK(result.revocation_weak == (k < 0));
		input.at = TO + k;
		CHECK(revocation(CCCD_FINDING_crl_expired) == (k > 0));
		CHECK((result.revocation == CCCD_STATUS_OK) == (k <= 0));

		/* one list of several is enough */
		state->list_count = 2;
		state->lists[1] = state->lists[0];
		state->lists[1].next_update = TO + 1;
		input.at = TO + 1 + k;
		CHECK(revocation(CCCD_FINDING_crl_expired) == (k > 0));

		/* revoked from then on */
		reset();
		state->revoked = true;
		state->revoked_at = WITHIN;
		state->reason = 1;
		input.at = WITHIN + k;
		CHECK(revocation(CCCD_FINDING_revoked) == (k >= 0));
		CHECK((result.revocation == CCCD_STATUS_FAILED) == (k >= 0));
		CHECK(!cccd_report_has(&result.report, CCCD_FINDING_csca_revoked));
		reset();
		state->csca_revoked = true;
		state->csca_revoked_at = WITHIN;
		input.at = WITHIN + k;
		CHECK(revocation(CCCD_FINDING_csca_revoked) == (k >= 0));
		CHECK((result.revocation == CCCD_STATUS_FAILED) == (k >= 0));
	}
	/* a list that does not say when the next one comes is no answer */
	reset();
	state->list_count = 1;
	state->lists[0].this_update = FROM;
	state->lists[0].next_update = TO;
	CHECK(revocation(CCCD_FINDING_crl_expired));
	CHECK(result.revocation == CCCD_STATUS_UNDETERMINED);

	/* lists that are there, and none */
	reset();
	CHECK(revocation(CCCD_FINDING_crl_missing) && !result.revocation_weak);
	state->issuer_unknown = true;
	CHECK(revocation(CCCD_FINDING_crl_issuer_unknown) &&
		  !result.revocation_weak);
	state->signature_invalid = true;
	CHECK(revocation(CCCD_FINDING_crl_signature_invalid) &&
		  result.revocation_weak);
	state->exhausted = true;
	CHECK(revocation(CCCD_FINDING_crl_attempts_exhausted) &&
		  result.revocation_weak);
	state->unsupported = true;
	CHECK(revocation(CCCD_FINDING_crl_unsupported_delta) &&
		  result.revocation_weak);
	state->number_rollback = true;
	CHECK(revocation(CCCD_FINDING_crl_number_rollback));
	signer.chain.anchor = -1;
	CHECK(!revocation(CCCD_FINDING_crl_number_rollback));
	CHECK(result.revocation == CCCD_STATUS_NOT_PERFORMED);
}

/* Whether the signer's certificate is of two states. */
static bool ambiguous;

/* The zone's state against the signer's country; -1, 0 or 1 for the status. */
static CccdCheckStatus
country(const char *zone, const char *issuer)
{
	static CccdChipWork work;

	reset();
	memset(&work, 0, sizeof(work));
	signer.certificate.country_ambiguous = ambiguous;
	strcpy(signer.certificate.issuer_country, issuer);
	strcpy(signer.anchors[0].country, issuer);
	work.has_mrz = true;
	strcpy(work.mrz_state, zone);
	cccd_chip_check_country(&input, &work, &signer, &result);
	return result.country;
}

/* The states of subject and anchor, of an issuer and a zone of VN. */
static CccdCheckStatus
states(const char *subject, const char *anchor_state, int anchor)
{
	static CccdChipWork work;

	reset();
	memset(&work, 0, sizeof(work));
	strcpy(signer.certificate.issuer_country, "VN");
	strcpy(signer.certificate.subject_country, subject);
	strcpy(signer.anchors[0].country, anchor_state);
	signer.chain.anchor = anchor;
	work.has_mrz = true;
	strcpy(work.mrz_state, "VNM");
	cccd_chip_check_country(&input, &work, &signer, &result);
	return result.country;
}

static void
test_country(void)
{
	CHECK(country("VNM", "VN") == CCCD_STATUS_OK);
	CHECK(country("VNM", "LA") == CCCD_STATUS_FAILED);
	CHECK(cccd_report_has(&result.report, CCCD_FINDING_mrz_country_mismatch));
	/* China's code stands for two more that sign for themselves */
	CHECK(country("CHN", "CN") == CCCD_STATUS_OK);
	CHECK(country("CHN", "HK") == CCCD_STATUS_OK);
	CHECK(country("CHN", "MO") == CCCD_STATUS_OK);
	CHECK(country("CHN", "TW") == CCCD_STATUS_FAILED);
	CHECK(country("HKG", "CN") == CCCD_STATUS_FAILED);
	CHECK(country("VNM", "MO") == CCCD_STATUS_FAILED);
	CHECK(country("XYZ", "VN") == CCCD_STATUS_UNDETERMINED);
	CHECK(cccd_report_has(&result.report, CCCD_FINDING_country_unknown));
	CHECK(country("VNM", "") == CCCD_STATUS_UNDETERMINED);
	CHECK(cccd_report_has(&result.report, CCCD_FINDING_country_missing));
	/* the states of anchor, issuer and subject are one; without anchor of two */
	CHECK(states("VN", "VN", 0) == CCCD_STATUS_OK);
	CHECK(states("", "VN", 0) == CCCD_STATUS_OK);
	CHECK(states("LA", "VN", 0) == CCCD_STATUS_FAILED);
	CHECK(cccd_report_has(&result.report, CCCD_FINDING_dsc_country_mismatch));
	CHECK(states("VN", "LA", 0) == CCCD_STATUS_FAILED);
	CHECK(cccd_report_has(&result.report, CCCD_FINDING_dsc_country_mismatch));
	CHECK(states("VN", "LA", -1) == CCCD_STATUS_OK);
	CHECK(!cccd_report_has(&result.report, CCCD_FINDING_dsc_country_mismatch));
	CHECK(states("LA", "VN", -1) == CCCD_STATUS_FAILED);
	/* an anchor of no state or of two proves nothing against the signer */
	CHECK(states("VN", "", 0) == CCCD_STATUS_UNDETERMINED);
	CHECK(cccd_report_has(&result.report, CCCD_FINDING_country_ambiguous));
	CHECK(!cccd_report_has(&result.report, CCCD_FINDING_dsc_country_mismatch));
	CHECK(states("VN", "", -1) == CCCD_STATUS_OK);
	CHECK(states("LA", "", 0) == CCCD_STATUS_FAILED);
	ambiguous = true;
	CHECK(country("VNM", "VN") == CCCD_STATUS_UNDETERMINED);
	CHECK(cccd_report_has(&result.report, CCCD_FINDING_country_ambiguous));
	CHECK(country("LAO", "VN") == CCCD_STATUS_FAILED);
	ambiguous = false;
}

int
main(void)
{
	test_signer();
	test_anchor();
	test_signing_time();
	test_lists();
	test_country();
	return finish();
}
