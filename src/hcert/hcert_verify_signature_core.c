/*
 * hcert_verify_signature_core.c
 *		The signature over a certificate (RFC 9052 4.4, RFC 9053 2) and the key
 *		that made it.
 */
#include "hcert/hcert_verify_core.h"

#include <string.h>

#include "pki/country_core.h"

/* Head of a byte string: up to three octets, for a message has 64 KB. */
#define CBOR_HEAD_SIZE	3

static const struct
{
	int64_t		algorithm;
	CccdScheme	scheme;
	CccdHashKind hash;
}			schemes[] = {
	{-7, CCCD_SCHEME_ECDSA_PLAIN, CCCD_HASH_SHA256},
	{-35, CCCD_SCHEME_ECDSA_PLAIN, CCCD_HASH_SHA384},
	{-36, CCCD_SCHEME_ECDSA_PLAIN, CCCD_HASH_SHA512},
	{-37, CCCD_SCHEME_PSS, CCCD_HASH_SHA256},
	{-38, CCCD_SCHEME_PSS, CCCD_HASH_SHA384},
	{-39, CCCD_SCHEME_PSS, CCCD_HASH_SHA512}
};

static bool
find_scheme(int64_t number, CccdAlgorithm *algorithm)
{
	for (size_t k = 0; k < sizeof(schemes) / sizeof(schemes[0]); k++)
	{
		if (schemes[k].algorithm != number)
			continue;
		memset(algorithm, 0, sizeof(*algorithm));
		algorithm->scheme = schemes[k].scheme;
		algorithm->hash = schemes[k].hash;
		/* the salt is as long as the hash (RFC 8230 2) */
		algorithm->mgf_hash = schemes[k].hash;
		algorithm->salt = (int) cccd_hash_size(schemes[k].hash);
		return true;
	}
	return false;
}

static size_t
put_head(uint8_t *out, size_t length)
{
	if (length < 24)
	{
		out[0] = (uint8_t) (0x40 | length);
		return 1;
	}
	if (length <= 0xFF)
	{
		out[0] = 0x58;
		out[1] = (uint8_t) length;
		return 2;
	}
	out[0] = 0x59;
	out[1] = (uint8_t) (length >> 8);
	out[2] = (uint8_t) length;
	return CBOR_HEAD_SIZE;
}

bool
cccd_hcert_digest(const CccdHcert *hcert, CccdHashKind hash, uint8_t *digest)
{
	static const uint8_t context[] = "\x84\x6ASignature1";
	static const uint8_t nothing[] = {0x40};
	uint8_t		header_head[CBOR_HEAD_SIZE];
	uint8_t		payload_head[CBOR_HEAD_SIZE];
	CccdBytes	parts[6];

	parts[0].data = context;
	parts[0].length = sizeof(context) - 1;
	parts[1].data = header_head;
	parts[1].length = put_head(header_head, hcert->header.length);
	parts[2] = hcert->header;
	parts[3].data = nothing;
	parts[3].length = sizeof(nothing);
	parts[4].data = payload_head;
	parts[4].length = put_head(payload_head, hcert->payload.length);
	parts[5] = hcert->payload;
	return cccd_hash_parts(hash, parts, 6, digest);
}

/* How far a key that did not verify came, worst first. */
typedef enum Attempt
{
	ATTEMPT_NONE,
	ATTEMPT_UNSUITABLE,
	ATTEMPT_INVALID,
	ATTEMPT_MALFORMED
} Attempt;

/* The search for the key that made a signature. */
typedef struct Search
{
	CccdTrustStore *store;
	int64_t		at;
	CccdAlgorithm algorithm;
	uint8_t		digest[CCCD_HASH_SIZE];
	CccdHcertResult *result;
	int		   *attempts;		/* keys that may still be tried */
	bool		exhausted;		/* and one more would have been */
	Attempt		attempt;		/* the best */
} Search;

/* Whether one key made the signature. */
static bool
try_key(Search *s, CccdListedKey *listed)
{
	Attempt		this = ATTEMPT_UNSUITABLE;

	if (cccd_algorithm_fits(&s->algorithm, &listed->numbers))
	{
		CccdKey    *key;

		if (*s->attempts == 0)
		{
			s->exhausted = true;
			return false;
		}
		(*s->attempts)--;
		/* none: a point that is not on its curve, a curve that is unknown */
		key = cccd_store_key(s->store, listed);
		if (key != NULL)
		{
			CccdSignatureVerdict verdict;

			verdict = cccd_key_verify(key, &s->algorithm, s->algorithm.hash,
									  s->digest, s->result->hcert.signature);
			if (verdict == CCCD_SIGNATURE_OK)
				return true;
			if (verdict == CCCD_SIGNATURE_INVALID)
				this = ATTEMPT_INVALID;
			else if (verdict == CCCD_SIGNATURE_MALFORMED)
				this = ATTEMPT_MALFORMED;
		}
	}
	if (this > s->attempt)
		s->attempt = this;
	return false;
}

/*
 * Try the candidates; without an identifier the keys of the state that issued
 * the certificate, then those whose state is not known: another state's could
 * not vouch for it, and neither could the key of an issuer of other cards.  A
 * key in force goes before one that is not: a list may
 * hold both under one identifier.
 */
static CccdListedKey *
find_signer(Search *s, int first, int count)
{
	bool		named = s->result->hcert.kid.length > 0;
	CccdBytes	issuer = s->result->hcert.issuer;
	bool		is_state = issuer.length == CCCD_COUNTRY_SIZE;

	for (int pass = 0; pass < 4; pass++)
	{
		for (int k = first; k < first + count && !s->exhausted; k++)
		{
			CccdListedKey *listed = &s->store->keys[k];
			bool		own = cccd_listed_country_is(listed, issuer);
			bool		in_force = !listed->has_validity ||
			(listed->not_before <= s->at && s->at <= listed->not_after);

			if (pass != (own ? 0 : 2) + (in_force ? 0 : 1) ||
				listed->issuer.length > 0)
				continue;
			if (!named && !own && is_state && listed->country[0] != '\0')
				continue;
			if (try_key(s, listed))
				return listed;
		}
	}
	return NULL;
}

/* With its name, or its number in the registry. */
static void
refuse_algorithm(CccdHcertResult *result)
{
	CccdHcert  *hcert = &result->hcert;
	const char *name = cccd_cose_algorithm_name(hcert->algorithm);
	bool		fits = hcert->algorithm > INT32_MIN &&
	hcert->algorithm <= INT32_MAX;

	if (name == NULL && fits)
		cccd_report_reason_of(&hcert->report,
							  CCCD_FINDING_algorithm_unsupported,
							  (int32_t) hcert->algorithm);
	else
		cccd_report_reason_about(&hcert->report,
								 CCCD_FINDING_algorithm_unsupported, name);
	result->verdict.signature = CCCD_STATUS_UNDETERMINED;
}

/*
 * No key of the candidates made the signature: what that means.  Where the two
 * headers name different keys, it is not shown that the one named should have.
 */
static void
refuse_signature(const Search *s)
{
	CccdHcertResult *result = s->result;

	if (s->exhausted)
		cccd_hcert_doubt(result, &result->verdict.key, CCCD_STATUS_UNDETERMINED,
						 CCCD_FINDING_attempts_exhausted);
	else if (result->hcert.kid.length == 0)
		cccd_hcert_doubt(result, &result->verdict.key, CCCD_STATUS_UNDETERMINED,
						 CCCD_FINDING_key_not_in_trust);
	else if (s->attempt == ATTEMPT_UNSUITABLE)
		cccd_hcert_doubt(result, &result->verdict.key, CCCD_STATUS_FAILED,
						 CCCD_FINDING_key_type_unsuitable);
	else
	{
		bool		conflict = cccd_report_has(&result->hcert.report,
											   CCCD_FINDING_kid_conflict);

		result->verdict.key = CCCD_STATUS_OK;
		cccd_hcert_doubt(result, &result->verdict.signature,
						 conflict ? CCCD_STATUS_UNDETERMINED :
						 CCCD_STATUS_FAILED,
						 s->attempt == ATTEMPT_MALFORMED ?
						 CCCD_FINDING_signature_malformed :
						 CCCD_FINDING_signature_invalid);
	}
}

void
cccd_hcert_check_signature(CccdTrustStore *store, int purpose, int64_t at,
						   int *attempts, CccdHcertResult *result,
						   CccdListedKey **signer)
{
	CccdHcert  *hcert = &result->hcert;
	Search		search = {.store = store, .at = at, .result = result,
	.attempts = attempts};
	CccdBytes	all = {NULL, 0};
	int			first;
	int			count;

	*signer = NULL;
	if (!find_scheme(hcert->algorithm, &search.algorithm))
	{
		refuse_algorithm(result);
		return;
	}
	if (!cccd_hcert_digest(hcert, search.algorithm.hash, search.digest))
	{
		result->verdict.out_of_memory = true;
		return;
	}
	if (search.algorithm.hash == CCCD_HASH_SHA256)
	{
		memcpy(result->verdict.digest, search.digest, CCCD_SHA256_SIZE);
		result->verdict.has_digest = true;
	}
	count = cccd_store_find_keys(store, purpose, hcert->kid, &first);
	if (count == 0)
	{
		cccd_hcert_doubt(result, &result->verdict.key, CCCD_STATUS_UNDETERMINED,
						 cccd_store_find_keys(store, purpose, all, &first) == 0 ?
						 CCCD_FINDING_trust_store_empty :
						 CCCD_FINDING_key_not_in_trust);
		return;
	}
	*signer = find_signer(&search, first, count);
	if (*signer == NULL)
	{
		refuse_signature(&search);
		return;
	}
	result->verdict.key = CCCD_STATUS_OK;
	result->verdict.signature = CCCD_STATUS_OK;
	if ((*signer)->is_test)
		cccd_hcert_doubt(result, &result->verdict.key, CCCD_STATUS_FAILED,
						 CCCD_FINDING_key_is_test);
}
