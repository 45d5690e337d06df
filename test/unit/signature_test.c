/*
 * signature_test.c
 *		The curve table against OpenSSL's, hashes against known digests, keys
 *		and signatures made here with every scheme, and forged keys.
 */
#include "unit.h"

#include <stdlib.h>

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/objects.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>

#include "pki/finding_core.h"
#include "pki/signature_core.h"

static bool
same(const BIGNUM *number, const char *bytes, int octets)
{
	uint8_t		buffer[CCCD_CURVE_OCTETS];

	return BN_bn2binpad(number, buffer, octets) == octets &&
		memcmp(buffer, bytes, (size_t) octets) == 0;
}

static void
test_curves(void)
{
	int			k;

	for (k = 0; k < cccd_curve_count; k++)
	{
		const CccdCurve *c = &cccd_curves[k];
		EC_GROUP   *group = EC_GROUP_new_by_curve_name(OBJ_txt2nid(c->group));
		BIGNUM	   *p = BN_new();
		BIGNUM	   *a = BN_new();
		BIGNUM	   *b = BN_new();
		BIGNUM	   *x = BN_new();
		BIGNUM	   *y = BN_new();
		uint8_t		oid[40];
		uint8_t    *end = oid;
		int			length;

		CHECK(group != NULL);
		EC_GROUP_get_curve(group, p, a, b, NULL);
		EC_POINT_get_affine_coordinates(group,
										EC_GROUP_get0_generator(group),
										x, y, NULL);
		CHECK(same(p, c->p, c->octets));
		CHECK(same(a, c->a, c->octets));
		CHECK(same(b, c->b, c->octets));
		CHECK(same(x, c->x, c->octets));
		CHECK(same(y, c->y, c->octets));
		CHECK(same(EC_GROUP_get0_order(group), c->n, c->octets));
		CHECK(BN_is_one(EC_GROUP_get0_cofactor(group)));
		CHECK(EC_GROUP_order_bits(group) == c->bits);
		length = i2d_ASN1_OBJECT(OBJ_nid2obj(OBJ_txt2nid(c->group)), &end);
		CHECK(length == c->oid_length + 2);
		CHECK(memcmp(oid + 2, c->oid, (size_t) c->oid_length) == 0);
		BN_free(p);
		BN_free(a);
		BN_free(b);
		BN_free(x);
		BN_free(y);
		EC_GROUP_free(group);
	}
}

static void
test_hashes(void)
{
	static const CccdBytes parts[] = {
		{(const uint8_t *) "a", 1}, {(const uint8_t *) "bc", 2}
	};
	uint8_t		digest[CCCD_HASH_SIZE];

	CHECK(cccd_hash_parts(CCCD_HASH_SHA256, parts, 2, digest));
	CHECK(memcmp(digest, "\xBA\x78\x16\xBF\x8F\x01\xCF\xEA", 8) == 0);
	CHECK(cccd_hash_parts(CCCD_HASH_SHA1, parts, 2, digest));
	CHECK(memcmp(digest, "\xA9\x99\x3E\x36\x47\x06\x81\x6A", 8) == 0);
	CHECK(cccd_hash_parts(CCCD_HASH_SHA512, parts, 2, digest));
	CHECK(memcmp(digest, "\xDD\xAF\x35\xA1\x93\x61\x7A\xBA", 8) == 0);
	CHECK(cccd_hash_parts(CCCD_HASH_SHA384, parts, 2, digest));
	CHECK(memcmp(digest, "\xCB\x00\x75\x3F\x45\xA3\x5E\x8B", 8) == 0);
	CHECK(cccd_hash_parts(CCCD_HASH_SHA224, parts, 2, digest));
	CHECK(memcmp(digest, "\x23\x09\x7D\x22\x34\x05\xD8\x22", 8) == 0);
	CHECK(!cccd_hash_parts(CCCD_HASH_UNKNOWN, parts, 2, digest));
}

static EVP_PKEY *
generate_ec(const char *group, const char *encoding)
{
	EVP_PKEY_CTX *context = EVP_PKEY_CTX_new_from_name(NULL, "EC", NULL);
	EVP_PKEY   *key = NULL;

	EVP_PKEY_keygen_init(context);
	EVP_PKEY_CTX_set_group_name(context, group);
	EVP_PKEY_keygen(context, &key);
	EVP_PKEY_CTX_free(context);
	EVP_PKEY_set_utf8_string_param(key, OSSL_PKEY_PARAM_EC_ENCODING,
								   encoding);
	return key;
}

/* The key as SubjectPublicKeyInfo, read back by us. */
static bool
read_key(EVP_PKEY *pkey, uint8_t **der, CccdPublicKey *key)
{
	int			length = i2d_PUBKEY(pkey, der);
	CccdDerDocument document;
	CccdDer		cursor = cccd_der_open(&document, *der, (size_t) length,
									   false);

	return cccd_public_key_read(&cursor, key) && cccd_der_finish(&cursor);
}

static size_t
sign(EVP_PKEY *pkey, const CccdAlgorithm *algorithm, CccdHashKind hash,
	 const uint8_t *digest, uint8_t *signature, size_t capacity)
{
	EVP_PKEY_CTX *context = EVP_PKEY_CTX_new(pkey, NULL);
	const EVP_MD *md = EVP_get_digestbyname(
											hash == CCCD_HASH_SHA1 ? "SHA1" :
											hash == CCCD_HASH_SHA224 ? "SHA224" :
											hash == CCCD_HASH_SHA256 ? "SHA256" :
											hash == CCCD_HASH_SHA384 ? "SHA384" : "SHA512");
	size_t		length = capacity;

	EVP_PKEY_sign_init(context);
	if (algorithm->scheme == CCCD_SCHEME_PSS)
	{
		EVP_PKEY_CTX_set_rsa_padding(context, RSA_PKCS1_PSS_PADDING);
		EVP_PKEY_CTX_set_rsa_pss_saltlen(context, algorithm->salt);
		EVP_PKEY_CTX_set_rsa_mgf1_md(context,
									 algorithm->mgf_hash == CCCD_HASH_SHA1 ?
									 EVP_sha1() :
									 algorithm->mgf_hash == hash ? md :
									 EVP_sha256());
	}
	EVP_PKEY_CTX_set_signature_md(context, md);
	CHECK(EVP_PKEY_sign(context, signature, &length, digest,
						cccd_hash_size(hash)) == 1);
	EVP_PKEY_CTX_free(context);
	return length;
}

static void
test_round_trip(EVP_PKEY *pkey, CccdScheme scheme, CccdHashKind hash)
{
	CccdAlgorithm algorithm;
	CccdPublicKey numbers;
	CccdKey    *key;
	uint8_t    *der = NULL;
	uint8_t		digest[CCCD_HASH_SIZE];
	uint8_t		signature[CCCD_RSA_BITS_MAX / 8];
	CccdBytes	made;

	memset(digest, 0x5A, sizeof(digest));
	memset(&algorithm, 0, sizeof(algorithm));
	algorithm.scheme = scheme;
	algorithm.mgf_hash = scheme == CCCD_SCHEME_PSS ? hash : CCCD_HASH_UNKNOWN;
	algorithm.salt = scheme == CCCD_SCHEME_PSS ? 17 : 0;
	CHECK(read_key(pkey, &der, &numbers));
	CHECK(numbers.problem == 0);
	key = cccd_key_make(&numbers);
	CHECK(key != NULL);
	if (key != NULL)
	{
		made.data = signature;
		made.length = sign(pkey, &algorithm, hash, digest, signature,
						   sizeof(signature));
		CHECK(cccd_key_verify(key, &algorithm, hash, digest, made) ==
			  CCCD_SIGNATURE_OK);
		/* once more with what the first call prepared */
		CHECK(cccd_key_verify(key, &algorithm, hash, digest, made) ==
			  CCCD_SIGNATURE_OK);
		digest[0] ^= 1;
		CHECK(cccd_key_verify(key, &algorithm, hash, digest, made) ==
			  CCCD_SIGNATURE_INVALID);
		digest[0] ^= 1;
		signature[made.length - 1] ^= 1;
		CHECK(cccd_key_verify(key, &algorithm, hash, digest, made) ==
			  CCCD_SIGNATURE_INVALID);
		signature[made.length - 1] ^= 1;
		made.length--;
		CHECK(cccd_key_verify(key, &algorithm, hash, digest, made) ==
			  CCCD_SIGNATURE_MALFORMED);
		/* what is unsupported is so, whatever the signature looks like */
		for (made.length = 0; made.length < 2000; made.length += 8)
			CHECK(made.length > sizeof(signature) ||
				  cccd_key_verify(key, &algorithm, CCCD_HASH_UNKNOWN, digest,
								  made) == CCCD_SIGNATURE_UNSUPPORTED);
		made.length = 7;
		algorithm.params_invalid = true;
		CHECK(cccd_key_verify(key, &algorithm, hash, digest, made) ==
			  CCCD_SIGNATURE_UNSUPPORTED);
		algorithm.params_invalid = false;
		algorithm.scheme = numbers.kind == CCCD_KEY_RSA ? CCCD_SCHEME_ECDSA :
			CCCD_SCHEME_RSA;
		CHECK(cccd_key_verify(key, &algorithm, hash, digest, made) ==
			  CCCD_SIGNATURE_UNSUPPORTED);
		algorithm.scheme = CCCD_SCHEME_UNKNOWN;
		CHECK(cccd_key_verify(key, &algorithm, hash, digest, made) ==
			  CCCD_SIGNATURE_UNSUPPORTED);
	}
	CHECK(ERR_peek_error() == 0);
	cccd_key_free(key);
	OPENSSL_free(der);
}

static void
test_signatures(void)
{
	EVP_PKEY   *rsa = EVP_PKEY_Q_keygen(NULL, NULL, "RSA", (size_t) 2048);
	int			hash;
	int			k;

	for (hash = CCCD_HASH_SHA1; hash <= CCCD_HASH_SHA512; hash++)
	{
		test_round_trip(rsa, CCCD_SCHEME_RSA, hash);
		test_round_trip(rsa, CCCD_SCHEME_PSS, hash);
	}
	EVP_PKEY_free(rsa);
	for (k = 0; k < cccd_curve_count; k++)
	{
		EVP_PKEY   *named = generate_ec(cccd_curves[k].group, "named_curve");
		EVP_PKEY   *explicit = generate_ec(cccd_curves[k].group, "explicit");

		test_round_trip(named, CCCD_SCHEME_ECDSA, CCCD_HASH_SHA256);
		test_round_trip(explicit, CCCD_SCHEME_ECDSA, CCCD_HASH_SHA512);
		EVP_PKEY_free(named);
		EVP_PKEY_free(explicit);
	}
}

/* Whatever a key verified before, it verifies the next with all it needs. */
static void
test_prepared(void)
{
	static const struct
	{
		CccdScheme	scheme;
		CccdHashKind hash;
		CccdHashKind mgf;
		int			salt;
	}			kinds[] = {
		{CCCD_SCHEME_RSA, CCCD_HASH_SHA256, CCCD_HASH_UNKNOWN, 0},
		{CCCD_SCHEME_RSA, CCCD_HASH_SHA512, CCCD_HASH_UNKNOWN, 0},
		{CCCD_SCHEME_PSS, CCCD_HASH_SHA256, CCCD_HASH_SHA256, 20},
		{CCCD_SCHEME_PSS, CCCD_HASH_SHA256, CCCD_HASH_SHA256, 32},
		{CCCD_SCHEME_PSS, CCCD_HASH_SHA256, CCCD_HASH_SHA1, 20},
		{CCCD_SCHEME_PSS, CCCD_HASH_SHA512, CCCD_HASH_SHA256, 20}
	};
	enum
	{
		KINDS = sizeof(kinds) / sizeof(kinds[0])
	};
	EVP_PKEY   *rsa = EVP_PKEY_Q_keygen(NULL, NULL, "RSA", (size_t) 2048);
	static uint8_t signatures[KINDS][256];
	CccdAlgorithm algorithms[KINDS];
	uint8_t		digest[CCCD_HASH_SIZE];
	CccdPublicKey numbers;
	CccdKey    *key;
	uint8_t    *der = NULL;

	memset(digest, 0x5A, sizeof(digest));
	memset(algorithms, 0, sizeof(algorithms));
	CHECK(read_key(rsa, &der, &numbers));
	key = cccd_key_make(&numbers);
	for (int k = 0; k < KINDS; k++)
	{
		algorithms[k].scheme = kinds[k].scheme;
		algorithms[k].mgf_hash = kinds[k].mgf;
		algorithms[k].salt = kinds[k].salt;
		CHECK(sign(rsa, &algorithms[k], kinds[k].hash, digest, signatures[k],
				   256) == 256);
	}
	for (int first = 0; first < KINDS; first++)
		for (int second = 0; second < KINDS; second++)
		{
			CccdBytes	made = {signatures[first], 256};

			CHECK(cccd_key_verify(key, &algorithms[first], kinds[first].hash,
								  digest, made) == CCCD_SIGNATURE_OK);
			made.data = signatures[second];
			CHECK(cccd_key_verify(key, &algorithms[second],
								  kinds[second].hash, digest, made) ==
				  CCCD_SIGNATURE_OK);
			/* and no signature is taken for one of another kind */
			if (second != first)
				CHECK(cccd_key_verify(key, &algorithms[first],
									  kinds[first].hash, digest, made) ==
					  CCCD_SIGNATURE_INVALID);
		}
	cccd_key_free(key);
	OPENSSL_free(der);
	EVP_PKEY_free(rsa);
}

/*
 * Explicit parameters, changed one byte after the other: a key over them is
 * used only if the change is in the seed, in the point, or makes no
 * difference to the numbers.
 */
static void
test_forged_parameters(void)
{
	EVP_PKEY   *pkey = generate_ec("brainpoolP384r1", "explicit");
	uint8_t    *der = NULL;
	CccdPublicKey original;
	size_t		length;
	size_t		at;
	int			accepted = 0;

	CHECK(read_key(pkey, &der, &original));
	length = (size_t) (original.point.data + original.point.length - der);
	for (at = 0; at < length; at++)
	{
		CccdDerDocument document;
		CccdDer		cursor = cccd_der_open(&document, der, length, false);
		CccdPublicKey key;

		der[at] ^= 1;
		if (cccd_public_key_read(&cursor, &key) && key.problem == 0 &&
			key.kind == CCCD_KEY_EC && key.curve == original.curve &&
			der + at < original.point.data)
			accepted++;
		der[at] ^= 1;
	}
	/* only the version number 1 has neighbours that change nothing: 0 */
	CHECK(accepted == 1);
	OPENSSL_free(der);
	EVP_PKEY_free(pkey);
}

static void
test_refused_keys(void)
{
	static const uint8_t even[CCCD_RSA_BITS_MIN / 8] = {0x80};
	static const uint8_t three[] = {3};
	uint8_t		point[1 + 64] = {4, 1};
	CccdPublicKey key;
	CccdKey    *made;

	/* a point that is not on the curve */
	memset(&key, 0, sizeof(key));
	key.kind = CCCD_KEY_EC;
	key.curve = &cccd_curves[2];
	key.point.data = point;
	key.point.length = sizeof(point);
	CHECK_STR(key.curve->name, "P-256");
	CHECK(cccd_key_make(&key) == NULL);
	CHECK(ERR_peek_error() == 0);
	/* a key marked unusable */
	memset(&key, 0, sizeof(key));
	key.kind = CCCD_KEY_RSA;
	key.modulus.data = even;
	key.modulus.length = sizeof(even);
	key.exponent.data = three;
	key.exponent.length = 1;
	key.problem = CCCD_FINDING_key_unsupported;
	CHECK(cccd_key_make(&key) == NULL);
	key.problem = 0;
	made = cccd_key_make(&key);
	CHECK(made != NULL && cccd_key_count() == 1);
	cccd_key_free(made);
	cccd_key_free(NULL);
	CHECK(cccd_key_count() == 0);
}

/* A key on a curve that nobody names. */
static void
test_unnamed_curves(void)
{
	static const struct
	{
		const char *bytes;
		size_t		length;
		bool		readable;
	}			cases[] = {
#define EC(length, more_length, parameters) \
	"\x30" length "\x30" more_length "\x06\x07\x2A\x86\x48\xCE\x3D\x02\x01" \
	parameters "\x03\x02\x00\x04"
#define CASE(literal, readable)	{literal, sizeof(literal) - 1, readable}
		CASE(EC("\x0F", "\x09", ""), true),
		CASE(EC("\x11", "\x0B", "\x05\x00"), true),
		CASE(EC("\x14", "\x0E", "\x06\x03\x2A\x03\x04"), true),
		CASE(EC("\x11", "\x0B", "\x30\x00"), false),
		CASE(EC("\x11", "\x0B", "\x05\x01"), false)
#undef CASE
#undef EC
	};

	for (size_t k = 0; k < sizeof(cases) / sizeof(cases[0]); k++)
	{
		CccdDerDocument document;
		CccdDer		cursor = cccd_der_open(&document,
										   (const uint8_t *) cases[k].bytes,
										   cases[k].length, false);
		CccdPublicKey key;
		bool		read = cccd_public_key_read(&cursor, &key) &&
		cccd_der_finish(&cursor);

		if (read != cases[k].readable)
			fprintf(stderr, "case %zu\n", k);
		CHECK(read == cases[k].readable);
		CHECK(!read || (key.kind == CCCD_KEY_EC &&
						key.problem == CCCD_FINDING_curve_unknown &&
						!key.explicit_parameters));
	}
}

int
main(void)
{
	test_curves();
	test_hashes();
	test_signatures();
	test_prepared();
	test_forged_parameters();
	test_refused_keys();
	test_unnamed_curves();
	/* nothing bad looked like a lack of memory */
	CHECK(!cccd_memory_ran_out());
	return finish();
}
