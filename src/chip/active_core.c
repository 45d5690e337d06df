/*
 * active_core.c
 *		Active authentication; see active_core.h.
 */
#include "chip/active_core.h"

#include <stdio.h>
#include <string.h>

#define TAG_DG14		0x6E
#define TAG_DG15		0x6F

/* ActiveAuthenticationInfo of DG14 (Doc 9303-11 9.2.5) */
#define OID_ACTIVE		"\x67\x81\x08\x01\x01\x05"

/* Longest identifier of an algorithm that is looked up. */
#define OID_SIZE		32

void
cccd_active_set_algorithm(CccdActiveResult *result, const char *scheme,
						  CccdHashKind hash, const CccdPublicKey *key)
{
	if (key->kind == CCCD_KEY_EC)
		(void) snprintf(result->algorithm, sizeof(result->algorithm), "%s %s %s",
						scheme, cccd_hash_name(hash), key->curve->name);
	else
		(void) snprintf(result->algorithm, sizeof(result->algorithm), "%s %s %d",
						scheme, cccd_hash_name(hash), key->bits);
}

void
cccd_active_reject(CccdActiveResult *result, int code,
				   CccdCheckStatus status)
{
	cccd_report_reason(&result->report, code);
	result->signature = status;
}

static void
fail(CccdActiveResult *result, int code)
{
	cccd_active_reject(result, code, CCCD_STATUS_FAILED);
}

/*
 * The algorithm of a bare identifier.  The reader of algorithms wants the
 * SEQUENCE that certificates have around it.
 */
static bool
algorithm_of(CccdBytes oid, CccdAlgorithm *algorithm)
{
	uint8_t		bytes[OID_SIZE + 4] = {CCCD_DER_SEQUENCE, 0, CCCD_DER_OID, 0};
	CccdDerDocument document;
	CccdDer		cursor;

	if (oid.length > OID_SIZE)
		return false;
	bytes[1] = (uint8_t) (oid.length + 2);
	bytes[3] = (uint8_t) oid.length;
	memcpy(bytes + 4, oid.data, oid.length);
	cursor = cccd_der_open(&document, bytes, oid.length + 4, false);
	return cccd_algorithm_read(&cursor, algorithm);
}

/* ActiveAuthenticationInfo: identifier, version 1, signature algorithm. */
static bool
read_info(CccdDer *info, CccdAlgorithm *algorithm)
{
	CccdDerItem item;
	uint32_t	version;

	if (!cccd_der_want(info, CCCD_DER_INTEGER, &item) ||
		!cccd_der_small_integer(info, &item, &version) ||
		!cccd_der_want(info, CCCD_DER_OID, &item) ||
		!cccd_der_finish(info))
		return false;
	return algorithm_of(cccd_der_value(&item), algorithm);
}

/*
 * Look for it in DG14, a SET of SecurityInfo (Doc 9303-11 9.2).  False when
 * DG14 cannot be read; *found is false when it says nothing of the matter.
 */
static bool
read_dg14(CccdBytes dg14, CccdAlgorithm *algorithm, bool *found)
{
	CccdDerDocument document;
	CccdDer		cursor;
	CccdDer		group;
	CccdDer		infos;

	*found = false;
	if (dg14.length > CCCD_ACTIVE_GROUP_SIZE)
		return false;
	cursor = cccd_der_open(&document, dg14.data, dg14.length, false);
	if (!cccd_der_want_enter(&cursor, TAG_DG14, &group) ||
		!cccd_der_want_enter(&group, CCCD_DER_SET, &infos) ||
		!cccd_der_finish(&group))
		return false;
	while (!cccd_der_at_end(&infos))
	{
		CccdDerItem item;
		CccdDer		info;

		if (!cccd_der_want_enter(&infos, CCCD_DER_SEQUENCE, &info) ||
			!cccd_der_want(&info, CCCD_DER_OID, &item))
			return false;
		if (!*found && CCCD_OID_IS(cccd_der_value(&item), OID_ACTIVE))
		{
			if (!read_info(&info, algorithm))
				return false;
			*found = true;
		}
	}
	return true;
}

/*
 * The hash as long as the curve, or the next shorter one: what Doc 9303-11
 * 6.1.2.3 allows and chips do whose DG14 says nothing.
 */
static CccdHashKind
curve_hash(const CccdPublicKey *key)
{
	if (key->bits < 256)
		return CCCD_HASH_SHA224;
	if (key->bits < 384)
		return CCCD_HASH_SHA256;
	return key->bits < 512 ? CCCD_HASH_SHA384 : CCCD_HASH_SHA512;
}

/* What is known of the chip's hash, and the hashes to try in their order. */
typedef struct HashChoice
{
	bool		named;			/* DG14 names one */
	bool		known;			/* which is known, or none is named */
	int			count;
	CccdHashKind hash[CCCD_HASH_COUNT];
} HashChoice;

/*
 * Every hash: Doc 9303-11 6.1.2.3 permits those that are not longer than the
 * key, without SHA-1.  The one that DG14 names comes first, else that of the
 * curve's size; chips are in use that took another one.  Those that are not
 * permitted come last: an answer that fits one of them is this key's as well,
 * and its chip is not a copy.  Returns false with a reason if DG14 cannot be read.
 */
static bool
choose_hashes(const CccdActiveInput *input, const CccdPublicKey *key,
			  HashChoice *choice, CccdActiveResult *result)
{
	static const CccdHashKind hashes[] = {
		CCCD_HASH_SHA224, CCCD_HASH_SHA256, CCCD_HASH_SHA384,
		CCCD_HASH_SHA512, CCCD_HASH_SHA1
	};
	CccdAlgorithm algorithm;

	memset(choice, 0, sizeof(*choice));
	if (input->dg14.data != NULL &&
		!read_dg14(input->dg14, &algorithm, &choice->named))
	{
		cccd_report_reason_of(&result->report, CCCD_FINDING_dg_malformed, 14);
		result->signature = CCCD_STATUS_UNDETERMINED;
		return false;
	}
	choice->known = !choice->named ||
		(algorithm.hash != CCCD_HASH_UNKNOWN &&
		 cccd_algorithm_fits(&algorithm, key));
	if (!choice->named)
		cccd_report_flag(&result->report, CCCD_FINDING_aa_hash_from_curve);
	else if (choice->known && algorithm.scheme != CCCD_SCHEME_ECDSA_PLAIN)
		cccd_report_flag(&result->report, CCCD_FINDING_aa_algorithm_oid);
	choice->hash[choice->count++] = choice->named && choice->known ?
		algorithm.hash : curve_hash(key);
	for (int longer = 0; longer <= 1; longer++)
		for (size_t k = 0; k < sizeof(hashes) / sizeof(hashes[0]); k++)
			if (hashes[k] != choice->hash[0] &&
				(8 * cccd_hash_size(hashes[k]) > (size_t) key->bits) == longer)
				choice->hash[choice->count++] = hashes[k];
	return true;
}

/* Whether one hash is the right one; a lack of memory is noted. */
static CccdSignatureVerdict
try_hash(const CccdActiveInput *input, CccdKey *key, CccdScheme scheme,
		 CccdHashKind hash, CccdActiveResult *result)
{
	CccdAlgorithm algorithm;
	uint8_t		digest[CCCD_HASH_SIZE];

	memset(&algorithm, 0, sizeof(algorithm));
	algorithm.hash = hash;
	algorithm.scheme = scheme;
	if (!cccd_hash_bytes(hash, input->challenge, digest))
	{
		result->out_of_memory = true;
		return CCCD_SIGNATURE_UNSUPPORTED;
	}
	return cccd_key_verify(key, &algorithm, hash, digest, input->response);
}

/* Try the hashes until one is right; returns its place, or -1. */
static int
try_hashes(const CccdActiveInput *input, CccdKey *key, CccdScheme scheme,
		   const HashChoice *choice, CccdActiveResult *result)
{
	for (int k = 0; k < choice->count; k++)
	{
		CccdSignatureVerdict verdict = try_hash(input, key, scheme,
												choice->hash[k], result);

		if (verdict == CCCD_SIGNATURE_OK)
			return k;
		if (verdict == CCCD_SIGNATURE_MALFORMED)
		{
			fail(result, CCCD_FINDING_aa_signature_length);
			return -1;
		}
	}
	if (choice->known)
		fail(result, CCCD_FINDING_aa_signature_invalid);
	else
		cccd_active_reject(result, CCCD_FINDING_aa_hash_unknown,
						   CCCD_STATUS_UNDETERMINED);
	return -1;
}

/* What is tolerated of the hash that was right, or was to be. */
static void
describe_hash(const CccdPublicKey *key, const HashChoice *choice, int place,
			  CccdActiveResult *result)
{
	CccdHashKind hash = choice->hash[place < 0 ? 0 : place];

	cccd_active_set_algorithm(result, "ECDSA", hash, key);
	if (cccd_algorithm_weak(hash, key))
		cccd_report_flag(&result->report, CCCD_FINDING_weak_algorithm);
	if (place > 0 || (place == 0 && !choice->known))
		cccd_report_flag(&result->report, CCCD_FINDING_aa_hash_other);
	if (place >= 0 && hash == CCCD_HASH_SHA1)
		cccd_report_flag(&result->report, CCCD_FINDING_aa_hash_not_allowed);
	if (8 * cccd_hash_size(hash) > (size_t) key->bits)
		cccd_report_flag(&result->report, CCCD_FINDING_aa_hash_too_long);
}

/*
 * r || s (BSI TR-03111 5.2.1).  Some chips answer with the SEQUENCE of X9.62
 * instead, which says the same.
 */
static void
verify_ec(const CccdActiveInput *input, const CccdPublicKey *key,
		  CccdActiveResult *result)
{
	HashChoice	choice;
	CccdKey    *ready;
	CccdScheme	scheme =
	input->response.length == 2 * (size_t) key->curve->octets ?
	CCCD_SCHEME_ECDSA_PLAIN : CCCD_SCHEME_ECDSA;
	int			place;

	if (!choose_hashes(input, key, &choice, result))
		return;
	ready = cccd_key_make(key);
	if (ready == NULL)
	{
		describe_hash(key, &choice, -1, result);
		fail(result, CCCD_FINDING_ec_point_invalid);
		return;
	}
	place = try_hashes(input, ready, scheme, &choice, result);
	cccd_key_free(ready);
	describe_hash(key, &choice, place, result);
	if (place < 0)
		return;
	result->signature = CCCD_STATUS_OK;
	if (scheme == CCCD_SCHEME_ECDSA)
		cccd_report_flag(&result->report, CCCD_FINDING_aa_sig_der);
}

/*
 * Take the status bytes 9000 off an answer that is two bytes longer than a
 * signature with this key can be: some readers hand on the whole response of
 * the card (ISO/IEC 7816-4).
 */
static void
strip_status(const CccdPublicKey *key, CccdActiveInput *input,
			 CccdActiveResult *result)
{
	CccdBytes  *response = &input->response;
	size_t		wanted = key->kind == CCCD_KEY_RSA ? key->modulus.length :
	2 * (size_t) key->curve->octets;

	if (response->length < 2 ||
		response->data[response->length - 2] != 0x90 ||
		response->data[response->length - 1] != 0x00)
		return;
	if (response->length != wanted + 2)
	{
		CccdDerDocument document;
		CccdDer		cursor = cccd_der_open(&document, response->data,
										   response->length, false);
		CccdDerItem item;

		if (key->kind == CCCD_KEY_RSA || response->length == wanted ||
			!cccd_der_want(&cursor, CCCD_DER_SEQUENCE, &item) ||
			item.end + 2 != response->data + response->length)
			return;
	}
	response->length -= 2;
	cccd_report_flag(&result->report, CCCD_FINDING_aa_status_bytes);
}

/* The key of DG15; false with a reason if there is none that can be used. */
static bool
read_dg15(CccdBytes dg15, CccdPublicKey *key, CccdActiveResult *result)
{
	CccdDerDocument document;
	CccdDer		cursor;
	CccdDer		group;

	cursor = cccd_der_open(&document, dg15.data, dg15.length, false);
	if (dg15.length > CCCD_ACTIVE_GROUP_SIZE ||
		!cccd_der_want_enter(&cursor, TAG_DG15, &group) ||
		!cccd_public_key_read(&group, key) ||
		!cccd_der_finish(&group))
	{
		cccd_report_reason_of(&result->report, CCCD_FINDING_dg_malformed, 15);
		result->signature = CCCD_STATUS_FAILED;
		return false;
	}
	if (!cccd_der_at_end(&cursor))
		cccd_report_flag_of(&result->report, CCCD_FINDING_dg_trailing, 15);
	if (key->compressed)
		cccd_report_flag(&result->report, CCCD_FINDING_ec_point_compressed);
	if (key->sign_missing)
		cccd_report_flag(&result->report, CCCD_FINDING_key_sign_missing);
	switch (key->problem)
	{
		case 0:
			return true;
		case CCCD_FINDING_key_too_small:
			fail(result, CCCD_FINDING_aa_key_too_small);
			return false;
		case CCCD_FINDING_key_unsupported:
		case CCCD_FINDING_curve_unknown:
			cccd_active_reject(result, key->problem, CCCD_STATUS_UNDETERMINED);
			return false;
		default:
			fail(result, key->problem);
			return false;
	}
}

/* What is not there: a chip without the key, a question never asked. */
static bool
is_complete(const CccdActiveInput *input, CccdActiveResult *result)
{
	if (input->dg15.data == NULL)
		cccd_report_reason(&result->report, CCCD_FINDING_aa_not_supported);
	if (input->challenge.data == NULL)
		cccd_report_reason(&result->report,
						   CCCD_FINDING_aa_challenge_missing);
	if (input->response.data == NULL)
		cccd_report_reason(&result->report, CCCD_FINDING_aa_response_missing);
	return result->report.count == 0;
}

static void
verify_signature(const CccdActiveInput *input, CccdActiveResult *result)
{
	CccdPublicKey key;

	/* longer, it could carry a text that its holder would not sign */
	if (input->challenge.length != CCCD_ACTIVE_CHALLENGE)
		fail(result, CCCD_FINDING_aa_nonce_length);
	else if (read_dg15(input->dg15, &key, result))
	{
		CccdActiveInput answer = *input;

		strip_status(&key, &answer, result);
		if (key.kind == CCCD_KEY_RSA)
			cccd_active_verify_rsa(&answer, &key, result);
		else
			verify_ec(&answer, &key, result);
	}
}

void
cccd_active_verify(const CccdActiveInput *input, CccdActiveResult *result)
{
	cccd_memory_forget();
	memset(result, 0, sizeof(*result));
	if (!is_complete(input, result))
		return;
	verify_signature(input, result);
	result->out_of_memory |= cccd_memory_ran_out();
	result->status = result->signature;
	if (!input->key_trusted)
	{
		cccd_report_reason(&result->report, CCCD_FINDING_aa_key_untrusted);
		if (result->status == CCCD_STATUS_OK)
			result->status = CCCD_STATUS_UNDETERMINED;
	}
}
