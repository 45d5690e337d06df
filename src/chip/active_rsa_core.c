/*
 * active_rsa_core.c
 *		Active authentication with an RSA key; see active_core.h.
 *
 * RSA keys sign by ISO/IEC 9796-2, scheme 1, with recovery of a part of the
 * message (Doc 9303-11 6.1.2.2).  OpenSSL does not know that scheme: it
 * computes the power, everything else is here.
 */
#include "chip/active_core.h"

#include <string.h>

#include <openssl/bn.h>
#include <openssl/err.h>

/* First octet of the recovered message: 01, more of it follows (1), no
 * padding (0), and the nibble that ends the header. */
#define ISO9796_HEADER	0x6A

/* The last nibble of every message (ISO/IEC 9796-2 B.4 and B.6). */
#define ISO9796_NIBBLE	0x0C

/* Trailers: one octet leaves the hash to an agreement, which Doc 9303-11
 * makes SHA-1; of two, the first names the hash (ISO/IEC 10118-3). */
#define TRAILER_IMPLICIT	0xBC
#define TRAILER_EXPLICIT	0xCC

typedef struct RsaNumbers
{
	BIGNUM	   *n;
	BIGNUM	   *e;
	BIGNUM	   *s;
	BIGNUM	   *message;
	BN_CTX	   *context;
} RsaNumbers;

typedef enum Recovery
{
	RECOVERED,
	RECOVERED_COMPLEMENT,
	RECOVERY_RANGE,				/* the signature is not below the modulus */
	RECOVERY_NIBBLE,			/* neither form ends as a message does */
	RECOVERY_MEMORY
} Recovery;

static void
fail(CccdActiveResult *result, int code)
{
	cccd_active_reject(result, code, CCCD_STATUS_FAILED);
}

/*
 * Open the message: s^e mod n, or n minus that when only then the last nibble
 * is the one of every message.  The two cannot both have it, n being odd.
 * B.6 signs with the first form, B.4 with whichever is smaller; Doc 9303-11
 * 6.1.2.2 has verifiers know both.
 */
static Recovery
open_message(const RsaNumbers *rsa, uint8_t *out, size_t octets)
{
	Recovery	outcome = RECOVERED;

	if (BN_ucmp(rsa->s, rsa->n) >= 0)
		return RECOVERY_RANGE;
	if (BN_mod_exp_mont(rsa->message, rsa->s, rsa->e, rsa->n, rsa->context,
						NULL) != 1)
		return RECOVERY_MEMORY;
	if (BN_mod_word(rsa->message, 16) != ISO9796_NIBBLE)
	{
		if (BN_sub(rsa->message, rsa->n, rsa->message) != 1)
			return RECOVERY_MEMORY;
		if (BN_mod_word(rsa->message, 16) != ISO9796_NIBBLE)
			return RECOVERY_NIBBLE;
		outcome = RECOVERED_COMPLEMENT;
	}
	if (BN_bn2binpad(rsa->message, out, (int) octets) != (int) octets)
		return RECOVERY_MEMORY;
	return outcome;
}

/* The same with OpenSSL's objects made, owned and freed. */
static Recovery
recover(const CccdPublicKey *key, CccdBytes signature, uint8_t *out)
{
	RsaNumbers	rsa;
	Recovery	outcome = RECOVERY_MEMORY;

	ERR_clear_error();
	rsa.n = BN_bin2bn(key->modulus.data, (int) key->modulus.length, NULL);
	rsa.e = BN_bin2bn(key->exponent.data, (int) key->exponent.length, NULL);
	rsa.s = BN_bin2bn(signature.data, (int) signature.length, NULL);
	rsa.message = BN_new();
	rsa.context = BN_CTX_new();
	if (rsa.n != NULL && rsa.e != NULL && rsa.s != NULL &&
		rsa.message != NULL && rsa.context != NULL)
		outcome = open_message(&rsa, out, key->modulus.length);
	BN_free(rsa.n);
	BN_free(rsa.e);
	BN_free(rsa.s);
	BN_free(rsa.message);
	BN_CTX_free(rsa.context);
	ERR_clear_error();
	return outcome;
}

/* The hash that a trailer names, and the trailer's length. */
static CccdHashKind
trailer_hash(const uint8_t *end, size_t *length)
{
	*length = 1;
	if (end[-1] == TRAILER_IMPLICIT)
		return CCCD_HASH_SHA1;
	*length = 2;
	if (end[-1] == TRAILER_EXPLICIT)
		switch (end[-2])
		{
			case 0x38:
				return CCCD_HASH_SHA224;
			case 0x34:
				return CCCD_HASH_SHA256;
			case 0x36:
				return CCCD_HASH_SHA384;
			case 0x35:
				return CCCD_HASH_SHA512;
			default:
				break;
		}
	return CCCD_HASH_UNKNOWN;
}

/*
 * The message is 6A, M1, the hash over M1 and the challenge, the trailer.  M1
 * fills what the others leave, so the signer does not choose its length and
 * nothing is searched for (Doc 9303-11 6.1.2.2; a verifier that looks for the
 * header or skips zeros can be given a message of the forger's making).  This
 * tells whether it is one of this hash; a lack of memory is noted.
 */
static bool
message_fits(CccdBytes challenge, const uint8_t *message, size_t octets,
			 size_t trailer, CccdHashKind hash, CccdActiveResult *result)
{
	size_t		size = cccd_hash_size(hash);
	CccdBytes	parts[2];
	uint8_t		digest[CCCD_HASH_SIZE];

	parts[0].data = message + 1;
	parts[0].length = octets - 1 - size - trailer;
	parts[1] = challenge;
	if (!cccd_hash_parts(hash, parts, 2, digest))
	{
		result->out_of_memory = true;
		return false;
	}
	return memcmp(digest, parts[0].data + parts[0].length, size) == 0;
}

/*
 * The hash of a message: the one that its trailer names, or else another that
 * Doc 9303-11 6.1.2.2 permits, because BC leaves it to an agreement and chips
 * are in use that name one and take another.  What fits was made with the key,
 * whatever the trailer says; CCCD_HASH_UNKNOWN if none does.
 */
static CccdHashKind
find_hash(CccdBytes challenge, const uint8_t *message, size_t octets,
		  size_t trailer, CccdHashKind named, CccdActiveResult *result)
{
	if (message_fits(challenge, message, octets, trailer, named, result))
		return named;
	for (int k = CCCD_HASH_UNKNOWN + 1; k < CCCD_HASH_COUNT; k++)
		if (k != (int) named &&
			message_fits(challenge, message, octets, trailer,
						 (CccdHashKind) k, result))
		{
			cccd_report_flag(&result->report, CCCD_FINDING_aa_hash_other);
			return (CccdHashKind) k;
		}
	return CCCD_HASH_UNKNOWN;
}

static void
check_message(const CccdActiveInput *input, const CccdPublicKey *key,
			  const uint8_t *message, CccdActiveResult *result)
{
	size_t		octets = key->modulus.length;
	size_t		trailer;
	CccdHashKind named = trailer_hash(message + octets, &trailer);
	CccdHashKind hash;
	bool		header = message[0] == ISO9796_HEADER;

	if (named == CCCD_HASH_UNKNOWN)
	{
		fail(result, header ? CCCD_FINDING_aa_unknown_trailer :
			 CCCD_FINDING_aa_signature_invalid);
		return;
	}
	if (!header)
	{
		fail(result, CCCD_FINDING_aa_header);
		return;
	}
	hash = find_hash(input->challenge, message, octets, trailer, named, result);
	if (hash == CCCD_HASH_UNKNOWN)
		fail(result, CCCD_FINDING_aa_hash_mismatch);
	else
		result->signature = CCCD_STATUS_OK;
	if (hash == CCCD_HASH_UNKNOWN)
		hash = named;
	cccd_active_set_algorithm(result, "ISO 9796-2", hash, key);
	if (cccd_algorithm_weak(hash, key))
		cccd_report_flag(&result->report, CCCD_FINDING_weak_algorithm);
}

void
cccd_active_verify_rsa(const CccdActiveInput *input, const CccdPublicKey *key,
					   CccdActiveResult *result)
{
	uint8_t		message[CCCD_RSA_BITS_MAX / 8];

	if (input->response.length != key->modulus.length)
	{
		fail(result, CCCD_FINDING_aa_signature_length);
		return;
	}
	/* with a part of an octet in front, M1 would not be octets */
	if (key->bits % 8 != 0)
	{
		cccd_active_reject(result, CCCD_FINDING_key_unsupported,
						   CCCD_STATUS_UNDETERMINED);
		return;
	}
	switch (recover(key, input->response, message))
	{
		case RECOVERED_COMPLEMENT:
			cccd_report_flag(&result->report, CCCD_FINDING_aa_complement);
			check_message(input, key, message, result);
			break;
		case RECOVERED:
			check_message(input, key, message, result);
			break;
		case RECOVERY_RANGE:
		case RECOVERY_NIBBLE:
			fail(result, CCCD_FINDING_aa_signature_invalid);
			break;
		case RECOVERY_MEMORY:
			result->out_of_memory = true;
			break;
	}
}
