/*
 * shc_verify_core.c
 *		Verification of SMART Health Cards; see shc_verify_core.h.
 */
#include "shc/shc_verify_core.h"

#include <string.h>

/* Octets of a coordinate of P-256, and characters of them in base64url. */
#define COORDINATE_SIZE		32
#define COORDINATE_TEXT		43

/* A check is not ok: its status, and the reason code. */
static void
doubt(CccdShcResult *result, CccdCheckStatus *status, CccdCheckStatus how,
	  int code)
{
	cccd_verdict_doubt(&result->shc.report, status, how, code);
}

/* A coordinate in base64url without padding. */
static void
put_coordinate(const uint8_t *bytes, char *text)
{
	static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
	"abcdefghijklmnopqrstuvwxyz0123456789-_";

	for (int k = 0; k < COORDINATE_TEXT; k++)
	{
		int			bit = k * 6;
		unsigned	pair = (unsigned) bytes[bit / 8] << 8 |
		(bit / 8 + 1 < COORDINATE_SIZE ? bytes[bit / 8 + 1] : 0U);

		text[k] = alphabet[pair >> (10 - bit % 8) & 0x3F];
	}
}

bool
cccd_jwk_thumbprint(const CccdPublicKey *key, uint8_t *out)
{
	static const char before[] = "{\"crv\":\"P-256\",\"kty\":\"EC\",\"x\":\"";
	static const char between[] = "\",\"y\":\"";
	static const char behind[] = "\"}";
	char		x[COORDINATE_TEXT];
	char		y[COORDINATE_TEXT];
	CccdBytes	parts[] = {
		{(const uint8_t *) before, sizeof(before) - 1},
		{(const uint8_t *) x, sizeof(x)},
		{(const uint8_t *) between, sizeof(between) - 1},
		{(const uint8_t *) y, sizeof(y)},
		{(const uint8_t *) behind, sizeof(behind) - 1}
	};

	if (key->kind != CCCD_KEY_EC || key->problem != 0 ||
		strcmp(key->curve->name, "P-256") != 0 ||
		key->point.length != 1 + 2 * COORDINATE_SIZE)
		return false;
	put_coordinate(key->point.data + 1, x);
	put_coordinate(key->point.data + 1 + COORDINATE_SIZE, y);
	return cccd_hash_parts(CCCD_HASH_SHA256, parts, 5, out);
}

/* What the card says of its own time, ends included; it need not expire. */
static void
check_validity(int64_t at, CccdShcResult *result)
{
	const CccdShc *shc = &result->shc;

	result->verdict.validity = CCCD_STATUS_OK;
	if (!shc->has_issued)
		doubt(result, &result->verdict.validity, CCCD_STATUS_UNDETERMINED,
			  CCCD_FINDING_issued_missing);
	else if (at < shc->issued)
		doubt(result, &result->verdict.validity, CCCD_STATUS_FAILED,
			  CCCD_FINDING_not_yet_valid);
	if (shc->has_expires && at > shc->expires)
		doubt(result, &result->verdict.validity, CCCD_STATUS_FAILED,
			  CCCD_FINDING_expired);
}

static bool
is_issuer(const CccdListedKey *listed, CccdSlice issuer)
{
	return listed->issuer.length > 0 &&
		listed->issuer.length == issuer.len &&
		memcmp(listed->issuer.data, issuer.ptr, issuer.len) == 0;
}

/* Whether an identifier is the thumbprint of a key. */
static bool
is_thumbprint(const CccdListedKey *listed, CccdBytes kid)
{
	uint8_t		digest[CCCD_HASH_SIZE];
	CccdBytes	thumbprint = {digest, CCCD_SHA256_SIZE};

	return cccd_jwk_thumbprint(&listed->numbers, digest) &&
		cccd_bytes_equal(thumbprint, kid);
}

/* The search for the key that made a signature. */
typedef struct KeySearch
{
	CccdTrustStore *store;
	CccdAlgorithm algorithm;
	int		   *attempts;
	bool		exhausted;
	bool		suitable;		/* a key of P-256 was there */
	bool		malformed;		/* the signature cannot be one */
	bool		disproven;		/* the key that the card names says no */
	CccdShcResult *result;
} KeySearch;

/* Whether one key made the signature. */
static bool
try_key(KeySearch *s, CccdListedKey *listed)
{
	CccdSignatureVerdict verdict;
	CccdKey    *key;

	/* the algorithm is of this one curve (RFC 7518 section 3.4) */
	if (listed->numbers.kind != CCCD_KEY_EC || listed->numbers.problem != 0 ||
		strcmp(listed->numbers.curve->name, "P-256") != 0)
		return false;
	s->suitable = true;
	if (*s->attempts == 0)
	{
		s->exhausted = true;
		return false;
	}
	(*s->attempts)--;
	key = cccd_store_key(s->store, listed);
	if (key == NULL)
		return false;
	verdict = cccd_key_verify(key, &s->algorithm, CCCD_HASH_SHA256,
							  s->result->verdict.digest, s->result->shc.signature);
	s->malformed |= verdict == CCCD_SIGNATURE_MALFORMED;
	s->disproven |= verdict == CCCD_SIGNATURE_INVALID &&
		is_issuer(listed, s->result->shc.issuer) &&
		is_thumbprint(listed, s->result->shc.kid);
	return verdict == CCCD_SIGNATURE_OK;
}

/*
 * The keys of the issuer first, then others of this identifier: a signature of
 * another issuer's key is worth a reason of its own.
 */
static CccdListedKey *
find_signer(KeySearch *s, int first, int count)
{
	for (int pass = 0; pass < 2; pass++)
		for (int k = first; k < first + count && !s->exhausted; k++)
		{
			CccdListedKey *listed = &s->store->keys[k];

			if (is_issuer(listed, s->result->shc.issuer) == (pass == 0) &&
				try_key(s, listed))
				return listed;
		}
	return NULL;
}

/*
 * No key made the signature: what that means.  That it is wrong is proven by
 * the issuer's key alone, and by one that has its identifier rightly; what is
 * not a signature at all proves nothing, nor does one over parts that may be
 * of two cards.
 */
static void
refuse_signature(const KeySearch *s)
{
	CccdShcResult *result = s->result;

	if (s->exhausted)
		doubt(result, &result->verdict.key, CCCD_STATUS_UNDETERMINED,
			  CCCD_FINDING_attempts_exhausted);
	else if (!s->suitable)
		doubt(result, &result->verdict.key, CCCD_STATUS_FAILED,
			  CCCD_FINDING_key_type_unsuitable);
	else if (s->malformed)
	{
		result->verdict.key = CCCD_STATUS_OK;
		doubt(result, &result->verdict.signature, CCCD_STATUS_UNDETERMINED,
			  CCCD_FINDING_signature_malformed);
	}
	else if (s->disproven)
	{
		result->verdict.key = CCCD_STATUS_OK;
		doubt(result, &result->verdict.signature,
			  result->shc.parts > 1 ? CCCD_STATUS_UNDETERMINED :
			  CCCD_STATUS_FAILED, CCCD_FINDING_signature_invalid);
	}
	else
		doubt(result, &result->verdict.key, CCCD_STATUS_UNDETERMINED,
			  CCCD_FINDING_key_not_in_trust);
}

/* Find the key and verify the signature (RFC 7515 5.2, RFC 7518 3.4). */
static CccdListedKey *
check_signature(CccdTrustStore *store, int purpose, int *attempts,
				CccdShcResult *result)
{
	KeySearch	search = {.store = store, .attempts = attempts,
	.result = result};
	CccdBytes	all = {NULL, 0};
	uint8_t		digest[CCCD_HASH_SIZE];
	CccdListedKey *signer;
	int			first;
	int			count;

	search.algorithm.scheme = CCCD_SCHEME_ECDSA_PLAIN;
	search.algorithm.hash = CCCD_HASH_SHA256;
	if (!cccd_hash_bytes(CCCD_HASH_SHA256, result->shc.signed_part, digest))
	{
		result->verdict.out_of_memory = true;
		return NULL;
	}
	memcpy(result->verdict.digest, digest, CCCD_SHA256_SIZE);
	result->verdict.has_digest = true;
	count = cccd_store_find_keys(store, purpose, result->shc.kid, &first);
	if (count == 0)
	{
		doubt(result, &result->verdict.key, CCCD_STATUS_UNDETERMINED,
			  cccd_store_find_keys(store, purpose, all, &first) == 0 ?
			  CCCD_FINDING_trust_store_empty :
			  CCCD_FINDING_key_not_in_trust);
		return NULL;
	}
	signer = find_signer(&search, first, count);
	if (signer == NULL)
	{
		refuse_signature(&search);
		return NULL;
	}
	result->verdict.key = CCCD_STATUS_OK;
	result->verdict.signature = CCCD_STATUS_OK;
	if (signer->is_test)
		doubt(result, &result->verdict.key, CCCD_STATUS_FAILED,
			  CCCD_FINDING_key_is_test);
	return signer;
}

/*
 * A key vouches for cards of its own issuer; one of nobody for none.  A card
 * whose issuer could not be read says nothing that a key could contradict.
 */
static void
check_issuer(const CccdListedKey *signer, CccdShcResult *result)
{
	if (result->shc.issuer.ptr == NULL)
		return;
	result->verdict.country = CCCD_STATUS_OK;
	if (signer->issuer.length == 0)
		doubt(result, &result->verdict.country, CCCD_STATUS_UNDETERMINED,
			  CCCD_FINDING_signer_issuer_missing);
	else if (!is_issuer(signer, result->shc.issuer))
		doubt(result, &result->verdict.country, CCCD_STATUS_FAILED,
			  CCCD_FINDING_issuer_mismatch);
}

/*
 * The identifier of a key is its thumbprint, so that no issuer can take the
 * identifier of another one's key.
 */
static void
check_thumbprint(const CccdListedKey *signer, bool tolerant,
				 CccdShcResult *result)
{
	if (!is_thumbprint(signer, result->shc.kid))
		cccd_report_tolerate(&result->shc.report, tolerant,
							 CCCD_FINDING_kid_not_thumbprint, &result->verdict.key);
}

static void
ask(const CccdTrustStore *store, int purpose, CccdRevokedScope scope,
	CccdBytes item, int code, CccdShcResult *result)
{
	if (cccd_store_revokes(store, purpose, scope, result->shc.kid, item))
		doubt(result, &result->verdict.revocation, CCCD_STATUS_FAILED, code);
}

/* The same of the hash of some bytes. */
static void
ask_hash(const CccdTrustStore *store, int purpose, CccdRevokedScope scope,
		 CccdBytes bytes, int code, CccdShcResult *result)
{
	uint8_t		digest[CCCD_HASH_SIZE];
	CccdBytes	hash = {digest, CCCD_SHA256_SIZE};

	if (cccd_hash_bytes(CCCD_HASH_SHA256, bytes, digest))
		ask(store, purpose, scope, hash, code, result);
	else
		result->verdict.out_of_memory = true;
}

/*
 * Whether a list revokes the card by its revocation identifier, its signature,
 * or its key.  Without any list the check is "not performed" with a flag if
 * tolerant, otherwise undetermined.
 */
static void
check_revocation(const CccdTrustStore *store, int purpose, bool tolerant,
				 const CccdListedKey *signer, CccdShcResult *result)
{
	CccdShc    *shc = &result->shc;
	CccdBytes	rid = {(const uint8_t *) shc->rid.ptr, shc->rid.len};
	CccdBytes	half = {shc->signature.data, shc->signature.length / 2};

	if (!cccd_store_has_revocations(store, purpose))
	{
		if (tolerant)
			cccd_report_flag(&shc->report, CCCD_FINDING_revocation_missing);
		else
			doubt(result, &result->verdict.revocation, CCCD_STATUS_UNDETERMINED,
				  CCCD_FINDING_revocation_missing);
		return;
	}
	result->verdict.revocation = CCCD_STATUS_OK;
	if (rid.length > 0)
		ask_hash(store, purpose, CCCD_REVOKED_UCI, rid,
				 CCCD_FINDING_revoked_identifier, result);
	/* r alone: s has another value as good */
	ask_hash(store, purpose, CCCD_REVOKED_SIGNATURE, half,
			 CCCD_FINDING_revoked_signature, result);
	ask(store, purpose, CCCD_REVOKED_KEY, shc->kid, CCCD_FINDING_revoked_key,
		result);
	if (signer != NULL)
	{
		CccdBytes	fingerprint = {signer->fingerprint, CCCD_SHA256_SIZE};

		if (!signer->listed)
			cccd_report_flag(&shc->report,
							 CCCD_FINDING_revocation_state_missing);
		ask(store, purpose, CCCD_REVOKED_KEY, fingerprint,
			CCCD_FINDING_revoked_key, result);
	}
}

static void
note_signer(const CccdListedKey *signer, CccdShcResult *result)
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
all_ok(const CccdShcResult *r, bool text, bool tolerant)
{
	const CccdShc *s = &r->shc;

	return (!text || (s->prefix == CCCD_STATUS_OK &&
					  s->numeric == CCCD_STATUS_OK)) &&
		s->jws == CCCD_STATUS_OK && s->inflate == CCCD_STATUS_OK &&
		s->json == CCCD_STATUS_OK && s->schema == CCCD_STATUS_OK &&
		r->verdict.key == CCCD_STATUS_OK &&
		r->verdict.signature == CCCD_STATUS_OK &&
		r->verdict.country == CCCD_STATUS_OK &&
		r->verdict.key_usage == CCCD_STATUS_OK &&
		r->verdict.key_validity == CCCD_STATUS_OK &&
		r->verdict.validity == CCCD_STATUS_OK &&
		(r->verdict.revocation == CCCD_STATUS_OK ||
		 (r->verdict.revocation == CCCD_STATUS_NOT_PERFORMED && tolerant));
}

/*
 * The checks of a card that was read: its time, its signature, and what may be
 * said of the key that made it.
 */
static void
judge(CccdTrustStore *store, int64_t at, CccdHcertPolicy policy, bool text,
	  int *attempts, CccdShcResult *result)
{
	int			purpose = policy == CCCD_HCERT_FOR_TEST ?
	CCCD_PURPOSE_HEALTH_TEST : CCCD_PURPOSE_HEALTH_CERTIFICATE;
	bool		tolerant = policy != CCCD_HCERT_STRICT;

	/* what cannot be read is not worth the arithmetic of a signature */
	bool		token = result->shc.schema != CCCD_STATUS_NOT_PERFORMED;
	CccdListedKey *signer = NULL;

	cccd_memory_forget();
	if (result->shc.payload.length > CCCD_SHC_PAYLOAD_DEAR && *attempts > 0)
		(*attempts)--;
	if (policy == CCCD_HCERT_FOR_TEST)
		cccd_report_flag(&result->shc.report, CCCD_FINDING_test_key);
	if (token)
		check_validity(at, result);
	if (token)
		signer = check_signature(store, purpose, attempts, result);
	if (signer != NULL)
	{
		note_signer(signer, result);
		check_issuer(signer, result);
		check_thumbprint(signer, tolerant, result);
		cccd_hcert_key_usage(signer, result->shc.kinds, &result->shc.report,
							 &result->verdict.key_usage);
		cccd_hcert_key_validity(signer, at, &result->shc.report,
								&result->verdict.key_validity);
	}
	if (token)
		check_revocation(store, purpose, tolerant, signer, result);
	result->verdict.out_of_memory |= cccd_memory_ran_out();
	result->verdict.valid = !result->verdict.out_of_memory &&
		all_ok(result, text, tolerant);
}

void
cccd_shc_verify_within(const char *text, size_t length,
					   CccdTrustStore *store, int64_t at,
					   CccdHcertPolicy policy, int *attempts,
					   CccdShcWork *work, CccdShcResult *result)
{
	memset(result, 0, sizeof(*result));
	work->spent = *attempts == 0;
	cccd_shc_read(text, length, policy != CCCD_HCERT_STRICT, work,
				  &result->shc);
	judge(store, at, policy, true, attempts, result);
}

void
cccd_shc_verify_token(const char *token, size_t length,
					  CccdTrustStore *store, int64_t at,
					  CccdHcertPolicy policy, int *attempts,
					  CccdShcWork *work, CccdShcResult *result)
{
	memset(result, 0, sizeof(*result));
	work->spent = *attempts == 0;
	cccd_shc_read_token(token, length, policy != CCCD_HCERT_STRICT, work,
						&result->shc);
	judge(store, at, policy, false, attempts, result);
}
