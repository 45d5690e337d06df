/*
 * hcert_verify_revocation_core.c
 *		Revocation of health certificates: by the hash of the certificate
 *		identifier, alone or with the issuing country, or of the signature
 *		(eHealth Network, EU DCC revocation, B2A 2.0 chapter 5), by the key
 *		that signed, by the country that issued.
 */
#include "hcert/hcert_verify_core.h"

#include <string.h>

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
	q->result->revocation = CCCD_STATUS_FAILED;
}

static const CccdBytes nothing = {(const uint8_t *) "", 0};

/* The parts of an identifier of which issuers publish some or all. */
typedef struct Spelling
{
	CccdBytes	prefix;
	CccdBytes	identifier;
} Spelling;

/* Ask about the hash of a spelling behind a country's code, or nothing. */
static void
ask_hash(RevocationQuestion *q, CccdRevokedScope scope, CccdBytes country,
		 const Spelling *spelling, int code)
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
		q->result->out_of_memory = true;
}

static CccdBytes
bytes_of(CccdSlice slice)
{
	CccdBytes	bytes = {(const uint8_t *) slice.ptr, slice.len};

	return bytes;
}

/* What stands before an identifier in nearly all certificates. */
static const struct
{
	const char *text;
	size_t		length;
}			prefixes[] = {
	{"URN:UVCI:", 9}, {"URN:UCI:", 8}
};

/*
 * Bytes of the prefix of an identifier, written in either case: the bit that
 * makes a letter small is set in a colon anyway.
 */
static size_t
prefix_length(CccdBytes identifier)
{
	for (size_t k = 0; k < sizeof(prefixes) / sizeof(prefixes[0]); k++)
	{
		size_t		same = 0;

		while (same < prefixes[k].length && same < identifier.length &&
			   (identifier.data[same] == (uint8_t) prefixes[k].text[same] ||
				identifier.data[same] == (prefixes[k].text[same] | 0x20)))
			same++;
		if (same == prefixes[k].length)
			return same;
	}
	return 0;
}

/*
 * The spellings under which an identifier may have been hashed: as it stands
 * in the certificate first, then with the prefix and without it, each with the
 * check character behind "#" and without it.  Returns how many there are.
 */
#define SPELLINGS	6

static int
spell(CccdBytes identifier, Spelling *spellings)
{
	CccdBytes	standard = {(const uint8_t *) prefixes[0].text,
	prefixes[0].length};
	size_t		before = prefix_length(identifier);
	CccdBytes	own = {identifier.data, before};
	CccdBytes	body = {identifier.data + before, identifier.length - before};
	int			count = 0;

	for (int checked = 1; checked >= 0; checked--)
	{
		if (!checked &&
			(body.length < 3 || body.data[body.length - 2] != '#'))
			break;
		if (!checked)
			body.length -= 2;
		spellings[count].prefix = own;
		spellings[count++].identifier = body;
		if (before > 0)
		{
			spellings[count].prefix = nothing;
			spellings[count++].identifier = body;
		}
		if (!cccd_bytes_equal(own, standard))
		{
			spellings[count].prefix = standard;
			spellings[count++].identifier = body;
		}
	}
	return count;
}

/* The identifier of an entry, alone, and with the countries it may be of. */
static void
ask_entry(RevocationQuestion *q, const CccdHcert *hcert, int entry)
{
	CccdBytes	identifier = bytes_of(cccd_hcert_text(hcert, entry, "ci"));
	CccdBytes	country = bytes_of(cccd_hcert_text(hcert, entry, "co"));
	Spelling	spellings[SPELLINGS];
	int			count;

	if (identifier.data == NULL)
		return;
	count = spell(identifier, spellings);
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
	Spelling	whole;
	RevocationQuestion q;

	if (!cccd_store_has_revocations(store, purpose))
	{
		if (tolerant)
			cccd_report_flag(&hcert->report, CCCD_FINDING_revocation_missing);
		else
		{
			cccd_report_reason(&hcert->report,
							   CCCD_FINDING_revocation_missing);
			result->revocation = CCCD_STATUS_UNDETERMINED;
		}
		return;
	}
	result->revocation = CCCD_STATUS_OK;
	q.store = store;
	q.purpose = purpose;
	q.result = result;
	q.kid = hcert->kid;
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
