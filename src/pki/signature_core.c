/*
 * signature_core.c
 *		Hashing and signature arithmetic; see signature_core.h.
 */
#include "pki/signature_core.h"

#include <stdlib.h>
#include <string.h>

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>
#include <openssl/rsa.h>

struct CccdKey
{
	EVP_PKEY   *pkey;
	CccdKeyKind kind;
	size_t		octets;			/* of the modulus, or of the curve's order */

	/* the last operation prepared, reused while the algorithm is the same */
	EVP_PKEY_CTX *context;
	CccdScheme	scheme;
	CccdHashKind hash;
	CccdHashKind mgf_hash;
	int			salt;
};

/* SEQUENCE { INTEGER r, INTEGER s } of the longest curve */
#define ECDSA_DER_SIZE	(2 * (CCCD_CURVE_OCTETS + 3) + 4)

/* What a process sets up once. */
static OSSL_LIB_CTX *library;
static EVP_MD *digests[CCCD_HASH_COUNT];
static EVP_MD_CTX *digest_context;
static int	living_keys;

static bool ran_out;

bool
cccd_memory_ran_out(void)
{
	return ran_out;
}

void
cccd_memory_forget(void)
{
	ran_out = false;
}

void
cccd_effort_breathe(const CccdEffort *effort)
{
	if (effort != NULL && effort->breathe != NULL)
		effort->breathe();
}

/* Bits of a number without leading zeros. */
static int
count_bits(CccdBytes number)
{
	int			bits = (int) number.length * 8;

	for (int mask = 0x80; mask > 0 && !(number.data[0] & mask); mask >>= 1)
		bits--;
	return bits;
}

/*
 * A squaring for each bit of the exponent, each as dear as the square of the
 * modulus in words.  OpenSSL's fast code is for eights of words; the other
 * takes up to twice as long.
 */
static int
rsa_work(int bits, int exponent_bits)
{
	int			words = (bits + 63) / 64;

	return words * words * exponent_bits * (words % 8 == 0 ? 1 : 2);
}

int
cccd_key_cost(const CccdPublicKey *numbers)
{
	int			unit = rsa_work(2048, 17);
	int			work;

	if (numbers->kind != CCCD_KEY_RSA)
		return CCCD_COST_PLAIN;
	work = rsa_work(numbers->bits,
					count_bits(cccd_bytes_strip_zeros(numbers->exponent)));
	return (work + unit - 1) / unit * CCCD_COST_PLAIN;
}

bool
cccd_effort_spend(CccdEffort *effort, int cost)
{
	if (effort == NULL)
		return true;
	if (effort->attempts < cost)
	{
		effort->exhausted = true;
		effort->attempts = 0;
		return false;
	}
	effort->attempts -= cost;
	cccd_effort_breathe(effort);
	return true;
}

/*
 * Leave the error queue empty.  A failure that is the input's fault has a
 * reason of the library that computes, such as a bad signature or a point off
 * its curve.  Where there is none, memory has run out: OpenSSL does not always
 * say so.
 */
static void
finish_errors(bool failure)
{
	unsigned long error;
	bool		reason = false;

	while ((error = ERR_get_error()) != 0)
	{
		reason |= !ERR_COMMON_ERROR(error) &&
			(ERR_GET_LIB(error) == ERR_LIB_RSA ||
			 ERR_GET_LIB(error) == ERR_LIB_EC);
		ran_out |= ERR_GET_REASON(error) == ERR_R_MALLOC_FAILURE;
	}
	ran_out |= failure && !reason;
}

/* What OpenSSL refuses to make for want of memory only. */
static bool
made(const void *object)
{
	ran_out |= object == NULL;
	return object != NULL;
}

static OSSL_LIB_CTX *
get_library(void)
{
	if (library == NULL)
	{
		OPENSSL_init_crypto(OPENSSL_INIT_NO_LOAD_CONFIG |
							OPENSSL_INIT_NO_ATEXIT, NULL);
		library = OSSL_LIB_CTX_new();
	}
	(void) made(library);
	return library;
}

static EVP_MD *
get_digest(CccdHashKind hash)
{
	static const char *const names[CCCD_HASH_COUNT] = {
		NULL, "SHA1", "SHA2-224", "SHA2-256", "SHA2-384", "SHA2-512"
	};

	if (hash == CCCD_HASH_UNKNOWN || get_library() == NULL)
		return NULL;
	if (digests[hash] == NULL)
		digests[hash] = EVP_MD_fetch(library, names[hash], NULL);
	(void) made(digests[hash]);
	return digests[hash];
}

bool
cccd_hash_parts(CccdHashKind hash, const CccdBytes *parts, int count,
				uint8_t *digest)
{
	EVP_MD	   *md;
	bool		good;

	ERR_clear_error();
	md = get_digest(hash);
	if (digest_context == NULL)
		digest_context = EVP_MD_CTX_new();
	good = md != NULL && made(digest_context) &&
		EVP_DigestInit_ex2(digest_context, md, NULL) == 1;
	for (int k = 0; good && k < count; k++)
		good = EVP_DigestUpdate(digest_context, parts[k].data,
								parts[k].length) == 1;
	good = good && EVP_DigestFinal_ex(digest_context, digest, NULL) == 1;
	finish_errors(!good && hash != CCCD_HASH_UNKNOWN);
	return good;
}

bool
cccd_hash_bytes(CccdHashKind hash, CccdBytes bytes, uint8_t *digest)
{
	return cccd_hash_parts(hash, &bytes, 1, digest);
}

/* Hand the numbers to OpenSSL; it checks that a point lies on its curve. */
static EVP_PKEY *
build_key(OSSL_PARAM_BLD *builder, const char *type)
{
	OSSL_PARAM *params = OSSL_PARAM_BLD_to_param(builder);
	EVP_PKEY_CTX *context = EVP_PKEY_CTX_new_from_name(library, type, NULL);
	EVP_PKEY   *pkey = NULL;

	if (made(params) && made(context) &&
		EVP_PKEY_fromdata_init(context) == 1 &&
		EVP_PKEY_fromdata(context, &pkey, EVP_PKEY_PUBLIC_KEY, params) != 1)
		pkey = NULL;
	EVP_PKEY_CTX_free(context);
	OSSL_PARAM_free(params);
	return pkey;
}

static EVP_PKEY *
build_rsa(const CccdPublicKey *numbers)
{
	OSSL_PARAM_BLD *builder = OSSL_PARAM_BLD_new();
	BIGNUM	   *n = BN_bin2bn(numbers->modulus.data,
							  (int) numbers->modulus.length, NULL);
	BIGNUM	   *e = BN_bin2bn(numbers->exponent.data,
							  (int) numbers->exponent.length, NULL);
	EVP_PKEY   *pkey = NULL;

	if (made(builder) && made(n) && made(e) &&
		OSSL_PARAM_BLD_push_BN(builder, OSSL_PKEY_PARAM_RSA_N, n) == 1 &&
		OSSL_PARAM_BLD_push_BN(builder, OSSL_PKEY_PARAM_RSA_E, e) == 1)
		pkey = build_key(builder, "RSA");
	BN_free(n);
	BN_free(e);
	OSSL_PARAM_BLD_free(builder);
	return pkey;
}

static EVP_PKEY *
build_ec(const CccdPublicKey *numbers)
{
	OSSL_PARAM_BLD *builder = OSSL_PARAM_BLD_new();
	EVP_PKEY   *pkey = NULL;

	if (made(builder) &&
		OSSL_PARAM_BLD_push_utf8_string(builder, OSSL_PKEY_PARAM_GROUP_NAME,
										numbers->curve->group, 0) == 1 &&
		OSSL_PARAM_BLD_push_octet_string(builder, OSSL_PKEY_PARAM_PUB_KEY,
										 numbers->point.data,
										 numbers->point.length) == 1)
		pkey = build_key(builder, "EC");
	OSSL_PARAM_BLD_free(builder);
	return pkey;
}

CccdKey    *
cccd_key_make(const CccdPublicKey *numbers)
{
	CccdKey    *key;

	if (numbers->kind == CCCD_KEY_NONE || numbers->problem != 0)
		return NULL;
	ERR_clear_error();
	key = calloc(1, sizeof(CccdKey));
	if (made(key) && get_library() != NULL)
	{
		key->kind = numbers->kind;
		if (numbers->kind == CCCD_KEY_RSA)
		{
			key->octets = numbers->modulus.length;
			key->pkey = build_rsa(numbers);
		}
		else
		{
			key->octets = (size_t) numbers->curve->octets;
			key->pkey = build_ec(numbers);
		}
	}
	finish_errors(key == NULL || key->pkey == NULL);
	if (key != NULL && key->pkey == NULL)
	{
		free(key);
		return NULL;
	}
	living_keys += key != NULL;
	return key;
}

void
cccd_key_free(CccdKey *key)
{
	if (key == NULL)
		return;
	EVP_PKEY_CTX_free(key->context);
	EVP_PKEY_free(key->pkey);
	free(key);
	living_keys--;
}

int
cccd_key_count(void)
{
	return living_keys;
}

/* Prepare the key for signatures of one algorithm and hash. */
static bool
prepare(CccdKey *key, const CccdAlgorithm *algorithm, CccdHashKind hash)
{
	EVP_PKEY_CTX *context;
	bool		good;

	if (key->context != NULL && key->scheme == algorithm->scheme &&
		key->hash == hash && key->mgf_hash == algorithm->mgf_hash &&
		key->salt == algorithm->salt)
		return true;
	EVP_PKEY_CTX_free(key->context);
	key->context = NULL;
	context = EVP_PKEY_CTX_new_from_pkey(library, key->pkey, NULL);
	good = made(context) && get_digest(hash) != NULL &&
		EVP_PKEY_verify_init(context) == 1;
	if (good && algorithm->scheme == CCCD_SCHEME_PSS)
		good = EVP_PKEY_CTX_set_rsa_padding(context, RSA_PKCS1_PSS_PADDING) == 1 &&
			EVP_PKEY_CTX_set_signature_md(context, get_digest(hash)) == 1 &&
			get_digest(algorithm->mgf_hash) != NULL &&
			EVP_PKEY_CTX_set_rsa_mgf1_md(context,
										 get_digest(algorithm->mgf_hash)) == 1 &&
			EVP_PKEY_CTX_set_rsa_pss_saltlen(context, algorithm->salt) == 1;
	else if (good && algorithm->scheme == CCCD_SCHEME_RSA)
		good = EVP_PKEY_CTX_set_rsa_padding(context, RSA_PKCS1_PADDING) == 1 &&
			EVP_PKEY_CTX_set_signature_md(context, get_digest(hash)) == 1;
	if (!good)
	{
		EVP_PKEY_CTX_free(context);
		return false;
	}
	key->context = context;
	key->scheme = algorithm->scheme;
	key->hash = hash;
	key->mgf_hash = algorithm->mgf_hash;
	key->salt = algorithm->salt;
	return true;
}

/* An INTEGER of fewer than 128 octets; returns where it ends. */
static uint8_t *
put_integer(uint8_t *out, const uint8_t *octets, size_t length)
{
	CccdBytes	number = {octets, length};
	bool		sign;

	number = cccd_bytes_strip_zeros(number);
	sign = (*number.data & 0x80) != 0;
	*out++ = CCCD_DER_INTEGER;
	*out++ = (uint8_t) (number.length + sign);
	if (sign)
		*out++ = 0;
	memcpy(out, number.data, number.length);
	return out + number.length;
}

/* r || s as the SEQUENCE that OpenSSL reads. */
static size_t
plain_to_der(CccdBytes signature, uint8_t *out)
{
	uint8_t		numbers[ECDSA_DER_SIZE];
	size_t		half = signature.length / 2;
	uint8_t    *end = put_integer(numbers, signature.data, half);
	size_t		length;
	size_t		header;

	end = put_integer(end, signature.data + half, half);
	length = (size_t) (end - numbers);
	out[0] = CCCD_DER_SEQUENCE;
	header = 1 + cccd_der_put_length(out + 1, length);
	memcpy(out + header, numbers, length);
	return header + length;
}

/* SEQUENCE { r, s }, strictly DER, both numbers short enough for the curve. */
static bool
ecdsa_well_formed(CccdBytes signature, size_t octets)
{
	CccdDerDocument document;
	CccdDer		cursor = cccd_der_open(&document, signature.data,
									   signature.length, false);
	CccdDer		numbers;
	CccdDerItem item;
	CccdBytes	r;
	CccdBytes	s;

	return cccd_der_want_enter(&cursor, CCCD_DER_SEQUENCE, &numbers) &&
		cccd_der_finish(&cursor) &&
		cccd_der_want(&numbers, CCCD_DER_INTEGER, &item) &&
		cccd_der_unsigned(&numbers, &item, &r) &&
		cccd_der_want(&numbers, CCCD_DER_INTEGER, &item) &&
		cccd_der_unsigned(&numbers, &item, &s) &&
		cccd_der_finish(&numbers) &&
		r.length > 0 && r.length <= octets &&
		s.length > 0 && s.length <= octets;
}

CccdSignatureVerdict
cccd_key_verify(CccdKey *key, const CccdAlgorithm *algorithm,
				CccdHashKind hash, const uint8_t *digest, CccdBytes signature)
{
	bool		rsa = algorithm->scheme == CCCD_SCHEME_RSA ||
	algorithm->scheme == CCCD_SCHEME_PSS;
	uint8_t		der[ECDSA_DER_SIZE];
	int			result;

	if (algorithm->scheme == CCCD_SCHEME_UNKNOWN ||
		hash == CCCD_HASH_UNKNOWN || algorithm->params_invalid ||
		rsa != (key->kind == CCCD_KEY_RSA))
		return CCCD_SIGNATURE_UNSUPPORTED;
	if (rsa ? signature.length != key->octets :
		algorithm->scheme == CCCD_SCHEME_ECDSA_PLAIN ?
		signature.length != 2 * key->octets :
		!ecdsa_well_formed(signature, key->octets))
		return CCCD_SIGNATURE_MALFORMED;
	if (algorithm->scheme == CCCD_SCHEME_ECDSA_PLAIN)
	{
		signature.length = plain_to_der(signature, der);
		signature.data = der;
	}
	ERR_clear_error();
	if (!prepare(key, algorithm, hash))
	{
		finish_errors(true);
		return CCCD_SIGNATURE_UNSUPPORTED;
	}
	result = EVP_PKEY_verify(key->context, signature.data, signature.length,
							 digest, cccd_hash_size(hash));
	/* of a curve, a plain "no" is zero without a reason */
	finish_errors(result != 1 && (rsa || result < 0));
	return result == 1 ? CCCD_SIGNATURE_OK : CCCD_SIGNATURE_INVALID;
}

bool
cccd_key_verify_without_null(CccdKey *key, CccdHashKind hash,
							 const uint8_t *digest, CccdBytes signature)
{
	static const char *const prefix[CCCD_HASH_COUNT] = {
		NULL,
		"\x30\x1F\x30\x07\x06\x05\x2B\x0E\x03\x02\x1A\x04\x14",
		"\x30\x2B\x30\x0B\x06\x09\x60\x86\x48\x01\x65\x03\x04\x02\x04\x04\x1C",
		"\x30\x2F\x30\x0B\x06\x09\x60\x86\x48\x01\x65\x03\x04\x02\x01\x04\x20",
		"\x30\x3F\x30\x0B\x06\x09\x60\x86\x48\x01\x65\x03\x04\x02\x02\x04\x30",
		"\x30\x4F\x30\x0B\x06\x09\x60\x86\x48\x01\x65\x03\x04\x02\x03\x04\x40"
	};
	size_t		prefix_length = hash == CCCD_HASH_SHA1 ? 13 : 17;
	size_t		size = cccd_hash_size(hash);
	uint8_t		recovered[CCCD_RSA_BITS_MAX / 8];
	size_t		length = sizeof(recovered);
	EVP_PKEY_CTX *context;
	bool		good;

	if (key->kind != CCCD_KEY_RSA || hash == CCCD_HASH_UNKNOWN ||
		signature.length != key->octets)
		return false;
	ERR_clear_error();
	context = EVP_PKEY_CTX_new_from_pkey(library, key->pkey, NULL);
	good = made(context) && EVP_PKEY_verify_recover_init(context) == 1 &&
		EVP_PKEY_CTX_set_rsa_padding(context, RSA_PKCS1_PADDING) == 1 &&
		EVP_PKEY_verify_recover(context, recovered, &length, signature.data,
								signature.length) == 1 &&
		length == prefix_length + size &&
		memcmp(recovered, prefix[hash], prefix_length) == 0 &&
		memcmp(recovered + prefix_length, digest, size) == 0;
	EVP_PKEY_CTX_free(context);
	finish_errors(false);
	return good;
}
