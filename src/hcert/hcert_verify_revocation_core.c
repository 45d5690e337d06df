/*
 * hcert_verify_revocation_core.c
 *		Revocation of health certificates: by the hash of the certificate
 *		identifier, alone or with the issuing country, or of the signature
 *		(eHealth Network, EU DCC revocation, B2A 2.0 chapter 5), by the key
 *		that signed, by the country that issued.
 */
#include "hcert/hcert_verify_core.h"

#include <string.h>

#include "hcert/hcert_identifier_core.h"

typedef struct RevocationQuestion
{
	const CccdTrustStore *store;
	int			purpose;
	CccdBytes	kid;
	CccdHcertResult *result;
} RevocationQuestion;

static void
ask(RevocationQuestion *q, CccdRevokedScope scope, CccdBytes item, int code)
{
	if (!cccd_store_revokes(q->store, q->purpose, scope, q->kid, item))
		return;
	cccd_report_reason(&q->result->hcert.report, code);
	q->result->verdict.revocation = CCCD_STATUS_FAILED;
}

static const CccdBytes nothing = {(const uint8_t *) "", 0};

/* Ask about the hash of a spelling behind a country's code, or nothing. */
static void
ask_hash(RevocationQuestion *q, CccdRevokedScope scope, CccdBytes country,
		 const CccdSpelling *spelling, int code)
{
	uint8_t		digest[CCCD_HASH_SIZE];
	CccdBytes	parts[3];
	CccdBytes	hash = {digest, CCCD_SHA256_SIZE};

	parts[0] = country;
	parts[1] = spelling->prefix;
	parts[2] = spelling->identifier;
	if (cccd_hash_parts(CCCD_HASH_SHA256, parts, 3, digest))
		ask(q, scope, hash, code);
	else
		q->result->verdict.out_of_memory = true;
}

static CccdBytes
bytes_of(CccdSlice slice)
{
	CccdBytes	bytes = {(const uint8_t *) slice.ptr, slice.len};

	return bytes;
}

/* The identifier of an entry, alone, and with the countries it may be of. */
static void
ask_entry(RevocationQuestion *q, const CccdHcert *hcert, int entry)
{
	CccdBytes	identifier = bytes_of(cccd_hcert_text(hcert, entry, "ci"));
	CccdBytes	country = bytes_of(cccd_hcert_text(hcert, entry, "co"));
	CccdSpelling spellings[CCCD_SPELLINGS];
	int			count;

	if (identifier.data == NULL)
		return;
	count = cccd_identifier_spell(identifier, spellings);
	for (int k = 0; k < count; k++)
	{
		ask_hash(q, CCCD_REVOKED_UCI, nothing, &spellings[k],
				 CCCD_FINDING_revoked_identifier);
		if (hcert->issuer.length > 0)
			ask_hash(q, CCCD_REVOKED_COUNTRY_UCI, hcert->issuer, &spellings[k],
					 CCCD_FINDING_revoked_identifier);
		if (country.data != NULL && !cccd_bytes_equal(country, hcert->issuer))
			ask_hash(q, CCCD_REVOKED_COUNTRY_UCI, country, &spellings[k],
					 CCCD_FINDING_revoked_identifier);
	}
}

void
cccd_hcert_check_revocation(const CccdTrustStore *store, int purpose,
							bool tolerant, const CccdListedKey *signer,
							CccdHcertResult *result)
{
	CccdHcert  *hcert = &result->hcert;
	CccdBytes	signature = hcert->signature;
	CccdBytes	country;
	CccdSpelling whole;
	RevocationQuestion q;

	if (!cccd_store_has_revocations(store, purpose))
	{
		if (tolerant)
			cccd_report_flag(&hcert->report, CCCD_FINDING_revocation_missing);
		else
		{
			cccd_report_reason(&hcert->report,
							   CCCD_FINDING_revocation_missing);
			result->verdict.revocation = CCCD_STATUS_UNDETERMINED;
		}
		return;
	}
	result->verdict.revocation = CCCD_STATUS_OK;
	q.store = store;
	q.purpose = purpose;
	q.result = result;
	q.kid = hcert->kid;
	if (signer != NULL && !signer->listed)
		cccd_report_flag(&hcert->report,
						 CCCD_FINDING_revocation_state_missing);
	if (signer != NULL)
	{
		CccdBytes	fingerprint;

		q.kid = cccd_listed_kid(signer);
		fingerprint.data = signer->fingerprint;
		fingerprint.length = CCCD_SHA256_SIZE;
		ask(&q, CCCD_REVOKED_KEY, fingerprint, CCCD_FINDING_revoked_key);
		country.data = (const uint8_t *) signer->country;
		country.length = strlen(signer->country);
		ask(&q, CCCD_REVOKED_COUNTRY, country, CCCD_FINDING_revoked_country);
	}
	ask(&q, CCCD_REVOKED_KEY, q.kid, CCCD_FINDING_revoked_key);
	ask(&q, CCCD_REVOKED_COUNTRY, hcert->issuer,
		CCCD_FINDING_revoked_country);
	/* of a signature with ECDSA r alone: s has another value as good */
	if (signer != NULL && signer->numbers.kind == CCCD_KEY_EC)
		signature.length /= 2;
	whole.prefix = nothing;
	whole.identifier = signature;
	ask_hash(&q, CCCD_REVOKED_SIGNATURE, nothing, &whole,
			 CCCD_FINDING_revoked_signature);
	for (int k = 0; k < hcert->entry_count; k++)
		ask_entry(&q, hcert, hcert->entries[k].node);
}
