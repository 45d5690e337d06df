/*
 * hcert_verify_core.c
 *		Verification of health certificates; see hcert_verify_core.h.
 */
#include "hcert/hcert_verify_core.h"

#include <string.h>

#include "pki/country_core.h"

int
cccd_hcert_policy_by_name(const char *name, size_t length)
{
	static const char *const names[] = {"strict", "field", "test"};

	for (int k = CCCD_HCERT_STRICT; k <= CCCD_HCERT_FOR_TEST; k++)
		if (strlen(names[k]) == length && memcmp(names[k], name, length) == 0)
			return k;
	return -1;
}

/* What the certificate says of its own time, ends included. */
static void
check_validity(int64_t at, CccdHcertResult *result)
{
	const CccdHcert *hcert = &result->hcert;

	result->verdict.validity = CCCD_STATUS_OK;
	if (!hcert->has_issued)
		cccd_hcert_doubt(result, &result->verdict.validity, CCCD_STATUS_UNDETERMINED,
						 CCCD_FINDING_issued_missing);
	if (!hcert->has_expires)
		cccd_hcert_doubt(result, &result->verdict.validity, CCCD_STATUS_UNDETERMINED,
						 CCCD_FINDING_expires_missing);
	if ((hcert->has_issued && at < hcert->issued) ||
		(hcert->has_not_before && at < hcert->not_before))
		cccd_hcert_doubt(result, &result->verdict.validity, CCCD_STATUS_FAILED,
						 CCCD_FINDING_not_yet_valid);
	if (hcert->has_expires && at > hcert->expires)
		cccd_hcert_doubt(result, &result->verdict.validity, CCCD_STATUS_FAILED,
						 CCCD_FINDING_expired);
}

void
cccd_hcert_key_usage(const CccdListedKey *signer, uint8_t certified,
					 CccdReport *report, CccdCheckStatus *status)
{
	static const struct
	{
		uint8_t		kind;
		uint8_t		usage;
		const char *name;
	}			kinds[] = {
		{CCCD_HCERT_VACCINATION, CCCD_KEY_VACCINATION, "vaccination"},
		{CCCD_HCERT_TEST, CCCD_KEY_TEST, "test"},
		{CCCD_HCERT_RECOVERY, CCCD_KEY_RECOVERY, "recovery"}
	};

	*status = CCCD_STATUS_OK;
	for (size_t k = 0; k < 3; k++)
	{
		if (!(certified & kinds[k].kind) || signer->usages == 0 ||
			(signer->usages & kinds[k].usage))
			continue;
		cccd_report_reason_about(report, CCCD_FINDING_key_usage_not_allowed,
								 kinds[k].name);
		*status = CCCD_STATUS_FAILED;
	}
}

void
cccd_hcert_key_validity(const CccdListedKey *signer, int64_t at,
						CccdReport *report, CccdCheckStatus *status)
{
	*status = CCCD_STATUS_OK;
	if (!signer->has_validity)
	{
		cccd_report_flag(report, CCCD_FINDING_key_validity_unknown);
		return;
	}
	if (at >= signer->not_before && at <= signer->not_after)
		return;
	cccd_report_reason(report, at < signer->not_before ?
					   CCCD_FINDING_key_not_yet_valid :
					   CCCD_FINDING_key_expired);
	*status = CCCD_STATUS_FAILED;
}

/* A check is undetermined: a flag where that is tolerated, else a reason. */
static void
leave_open(bool tolerant, int code, CccdHcertResult *result)
{
	if (tolerant)
		cccd_report_flag(&result->hcert.report, code);
	else
		cccd_report_reason(&result->hcert.report, code);
	cccd_status_worsen(&result->verdict.country, CCCD_STATUS_UNDETERMINED);
}

/* Whether a text is the code of the signer's state, in either case. */
static bool
names_state(const CccdListedKey *signer, CccdBytes text)
{
	char		code[sizeof(signer->country)] = "";

	for (size_t k = 0; k + 1 < sizeof(code); k++)
	{
		char		c = signer->country[k];

		code[k] = c >= 'a' && c <= 'z' ? (char) (c - ('a' - 'A')) : c;
	}
	return text.length == CCCD_COUNTRY_SIZE &&
		memcmp(cccd_country_two_letters(code), text.data, text.length) == 0;
}

/*
 * A certificate whose issuer is not a state's code ("CH BAG", "CNAM") is of
 * the state that its entries name.
 */
static void
check_entries_country(const CccdListedKey *signer, bool by_entries,
					  bool tolerant, CccdHcertResult *result)
{
	const CccdHcert *hcert = &result->hcert;
	int			named = 0;

	for (int k = 0; k < hcert->entry_count; k++)
	{
		CccdSlice	slice = cccd_hcert_text(hcert, hcert->entries[k].node,
											"co");
		CccdBytes	state = {(const uint8_t *) slice.ptr, slice.len};

		if (slice.ptr == NULL)
			continue;
		named++;
		if (by_entries && !names_state(signer, state))
			cccd_hcert_doubt(result, &result->verdict.country, CCCD_STATUS_FAILED,
							 CCCD_FINDING_country_mismatch);
		else if (!by_entries && !cccd_bytes_equal(state, hcert->issuer))
			cccd_report_flag(&result->hcert.report,
							 CCCD_FINDING_entry_country_differs);
	}
	if (by_entries && named == 0)
		leave_open(tolerant, CCCD_FINDING_country_missing, result);
}

/*
 * A key vouches for certificates of its own state (eHealth Network, volume 1).
 * A dose may be given in another state than the one that certifies it, so the
 * country of an entry is only compared.
 */
static void
check_country(const CccdListedKey *signer, bool tolerant,
			  CccdHcertResult *result)
{
	CccdBytes	issuer = result->hcert.issuer;
	bool		is_state = issuer.length == CCCD_COUNTRY_SIZE &&
	cccd_country_has_form((const char *) issuer.data, issuer.length);

	result->verdict.country = CCCD_STATUS_OK;
	if (issuer.length > 0 && !is_state)
	{
		if (tolerant)
			cccd_report_flag(&result->hcert.report,
							 CCCD_FINDING_issuer_not_a_state);
		else
			cccd_hcert_doubt(result, &result->verdict.country, CCCD_STATUS_FAILED,
							 CCCD_FINDING_issuer_not_a_state);
	}
	if (signer->country[0] == '\0')
	{
		leave_open(tolerant, CCCD_FINDING_signer_country_missing, result);
		return;
	}
	if (is_state && !names_state(signer, issuer))
		cccd_hcert_doubt(result, &result->verdict.country, CCCD_STATUS_FAILED,
						 CCCD_FINDING_country_mismatch);
	check_entries_country(signer, !is_state, tolerant, result);
}

/* A key that is short for its kind; no scheme here has a weak hash. */
static void
check_strength(const CccdListedKey *signer, bool tolerant,
			   CccdHcertResult *result)
{
	if (cccd_algorithm_weak(CCCD_HASH_SHA256, &signer->numbers))
		cccd_report_tolerate(&result->hcert.report, tolerant,
							 CCCD_FINDING_weak_algorithm, &result->verdict.key);
}

static void
note_signer(const CccdListedKey *signer, CccdHcertResult *result)
{
	result->verdict.has_signer = true;
	memcpy(result->verdict.signer_fingerprint, signer->fingerprint,
		   CCCD_SHA256_SIZE);
	memcpy(result->verdict.signer_country, signer->country,
		   sizeof(result->verdict.signer_country));
	result->verdict.has_signer_validity = signer->has_validity;
	result->verdict.signer_not_before = signer->not_before;
	result->verdict.signer_not_after = signer->not_after;
}

static bool
all_ok(const CccdHcertResult *r, bool text)
{
	const CccdHcert *h = &r->hcert;

	return (!text || (h->prefix == CCCD_STATUS_OK &&
					  h->base45 == CCCD_STATUS_OK &&
					  h->inflate == CCCD_STATUS_OK)) &&
		h->cose == CCCD_STATUS_OK && h->cbor == CCCD_STATUS_OK &&
		h->schema == CCCD_STATUS_OK && r->verdict.key == CCCD_STATUS_OK &&
		r->verdict.signature == CCCD_STATUS_OK &&
		r->verdict.key_usage == CCCD_STATUS_OK &&
		r->verdict.key_validity == CCCD_STATUS_OK &&
		r->verdict.validity == CCCD_STATUS_OK;
}

/*
 * The checks of a certificate that was read: its time, its signature, and what
 * may be said of the key that made it.
 */
static void
judge(CccdTrustStore *store, int64_t at, CccdHcertPolicy policy, bool text,
	  int *attempts, CccdHcertResult *result)
{
	int			purpose = policy == CCCD_HCERT_FOR_TEST ?
	CCCD_PURPOSE_HEALTH_TEST : CCCD_PURPOSE_HEALTH_CERTIFICATE;
	bool		tolerant = policy != CCCD_HCERT_STRICT;
	CccdListedKey *signer = NULL;

	cccd_memory_forget();
	if (policy == CCCD_HCERT_FOR_TEST)
		cccd_report_flag(&result->hcert.report, CCCD_FINDING_test_key);
	if (result->hcert.cbor != CCCD_STATUS_NOT_PERFORMED)
		check_validity(at, result);
	if (result->hcert.payload.data != NULL && result->hcert.has_algorithm)
		cccd_hcert_check_signature(store, purpose, at, attempts, result,
								   &signer);
	if (signer != NULL)
	{
		note_signer(signer, result);
		if (result->hcert.content != CCCD_CBOR_NONE)
			check_country(signer, tolerant, result);
		check_strength(signer, tolerant, result);
		cccd_hcert_key_usage(signer, result->hcert.kinds, &result->hcert.report,
							 &result->verdict.key_usage);
		cccd_hcert_key_validity(signer, at, &result->hcert.report,
								&result->verdict.key_validity);
	}
	if (result->hcert.content != CCCD_CBOR_NONE)
		cccd_hcert_check_revocation(store, purpose, tolerant, signer, result);
	result->verdict.out_of_memory |= cccd_memory_ran_out();
	result->verdict.valid = !result->verdict.out_of_memory &&
		all_ok(result, text) &&
		(result->verdict.country == CCCD_STATUS_OK ||
		 (result->verdict.country == CCCD_STATUS_UNDETERMINED && tolerant)) &&
		(result->verdict.revocation == CCCD_STATUS_OK ||
		 (result->verdict.revocation == CCCD_STATUS_NOT_PERFORMED && tolerant));
}

void
cccd_hcert_verify_within(const char *text, size_t length,
						 CccdTrustStore *store, int64_t at,
						 CccdHcertPolicy policy, int *attempts,
						 CccdHcertWork *work, CccdHcertResult *result)
{
	memset(result, 0, sizeof(*result));
	cccd_hcert_read(text, length, policy != CCCD_HCERT_STRICT, work,
					&result->hcert);
	judge(store, at, policy, true, attempts, result);
}

void
cccd_hcert_verify(const char *text, size_t length, CccdTrustStore *store,
				  int64_t at, CccdHcertPolicy policy, CccdHcertWork *work,
				  CccdHcertResult *result)
{
	int			attempts = CCCD_KEY_ATTEMPTS;

	cccd_hcert_verify_within(text, length, store, at, policy, &attempts, work,
							 result);
}

void
cccd_hcert_verify_message(CccdBytes message, CccdTrustStore *store,
						  int64_t at, CccdHcertPolicy policy,
						  CccdHcertWork *work, CccdHcertResult *result)
{
	int			attempts = CCCD_KEY_ATTEMPTS;

	memset(result, 0, sizeof(*result));
	cccd_hcert_read_message(message, policy != CCCD_HCERT_STRICT, work,
							&result->hcert);
	judge(store, at, policy, false, &attempts, result);
}
