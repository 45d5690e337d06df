/*
 * algorithm_test.c
 *		Public keys and algorithms with each octet changed: read, or their
 *		document says what is wrong, never both.
 */
#include "unit.h"

#include "pki.h"
#include "pki/algorithm_core.h"

static void
read_key(const uint8_t *bytes, size_t length)
{
	CccdDerDocument document;
	CccdDer		cursor = cccd_der_open(&document, bytes, length, false);
	CccdPublicKey key;
	bool		good = cccd_public_key_read(&cursor, &key);

	CHECK(good == (document.error == CCCD_DER_OK));
	if (!good)
		return;
	CHECK(key.problem != 0 || key.kind != CCCD_KEY_NONE);
	CHECK(key.problem != 0 || key.kind != CCCD_KEY_RSA ||
		  (key.bits >= CCCD_RSA_BITS_MIN && key.bits <= CCCD_RSA_BITS_MAX));
	CHECK(key.problem != 0 || key.kind != CCCD_KEY_EC ||
		  (key.curve != NULL && key.bits == key.curve->bits));
}

static void
read_algorithm(const uint8_t *bytes, size_t length)
{
	CccdDerDocument document;
	CccdDer		cursor = cccd_der_open(&document, bytes, length, false);
	CccdAlgorithm algorithm;
	CccdHashKind hash;
	bool		good = cccd_algorithm_read(&cursor, &algorithm);

	CHECK(good == (document.error == CCCD_DER_OK));
	cursor = cccd_der_open(&document, bytes, length, false);
	good = cccd_hash_read(&cursor, &hash);
	CHECK(good == (document.error == CCCD_DER_OK));
}

static void
damage(CccdBytes bytes, void (*read) (const uint8_t *, size_t))
{
	static const uint8_t changes[] = {0x01, 0x02, 0x20, 0x80, 0xFF};
	uint8_t    *copy = malloc(bytes.length);

	memcpy(copy, bytes.data, bytes.length);
	read(copy, bytes.length);
	for (size_t at = 0; at < bytes.length; at++)
		for (size_t k = 0; k < sizeof(changes); k++)
		{
			copy[at] ^= changes[k];
			read(copy, bytes.length);
			copy[at] ^= changes[k];
		}
	free(copy);
	for (size_t length = 0; length < bytes.length; length++)
	{
		copy = malloc(length + 1);
		memcpy(copy, bytes.data, length);
		read(copy, length);
		free(copy);
	}
}

/* A scheme is of one kind of key. */
static void
test_fits(void)
{
	for (int scheme = CCCD_SCHEME_UNKNOWN; scheme <= CCCD_SCHEME_ECDSA_PLAIN;
		 scheme++)
		for (int kind = CCCD_KEY_NONE; kind <= CCCD_KEY_EC; kind++)
		{
			CccdAlgorithm algorithm = {.scheme = (CccdScheme) scheme};
			CccdPublicKey key = {.kind = (CccdKeyKind) kind};
			CccdKeyKind wanted = scheme == CCCD_SCHEME_RSA ||
			scheme == CCCD_SCHEME_PSS ? CCCD_KEY_RSA : CCCD_KEY_EC;

			CHECK(cccd_algorithm_fits(&algorithm, &key) ==
				  (scheme != CCCD_SCHEME_UNKNOWN && key.kind == wanted));
		}
}

/* What is weak today, and what is just not. */
static void
test_weak(void)
{
	static const struct
	{
		CccdHashKind hash;
		CccdKeyKind kind;
		int			bits;
		bool		weak;
	}			cases[] = {
		{CCCD_HASH_SHA256, CCCD_KEY_RSA, CCCD_RSA_BITS_WEAK, false},
		{CCCD_HASH_SHA256, CCCD_KEY_RSA, CCCD_RSA_BITS_WEAK - 1, true},
		{CCCD_HASH_SHA256, CCCD_KEY_EC, CCCD_CURVE_BITS_WEAK, false},
		{CCCD_HASH_SHA256, CCCD_KEY_EC, CCCD_CURVE_BITS_WEAK - 1, true},
		{CCCD_HASH_SHA224, CCCD_KEY_RSA, CCCD_RSA_BITS_WEAK, false},
		{CCCD_HASH_SHA1, CCCD_KEY_RSA, CCCD_RSA_BITS_WEAK, true},
		{CCCD_HASH_SHA1, CCCD_KEY_EC, CCCD_CURVE_BITS_WEAK, true},
		{CCCD_HASH_SHA256, CCCD_KEY_NONE, 0, false}
	};

	for (size_t k = 0; k < sizeof(cases) / sizeof(cases[0]); k++)
	{
		CccdPublicKey key = {.kind = cases[k].kind, .bits = cases[k].bits};

		CHECK(cccd_algorithm_weak(cases[k].hash, &key) == cases[k].weak);
	}
}

int
main(void)
{
	static const char *const kinds[] = {"RSA", "P-256", "brainpoolP384r1"};

	for (size_t k = 0; k < sizeof(kinds) / sizeof(kinds[0]); k++)
		for (int explicit_parameters = 0; explicit_parameters < 2;
			 explicit_parameters++)
		{
			EVP_PKEY   *key = pki_key(kinds[k], explicit_parameters);

			damage(pki_public_key(key), read_key);
			damage(pki_algorithm(key), read_algorithm);
			EVP_PKEY_free(key);
		}
	/* RSA-PSS with all of its parameters (RFC 4055 3.1) */
	damage(PKI_SEQ(PKI_OID("\x2A\x86\x48\x86\xF7\x0D\x01\x01\x0A"),
				   PKI_SEQ(PKI_TLV(CCCD_DER_EXPLICIT(0), pki_sha256_identifier()),
						   PKI_TLV(CCCD_DER_EXPLICIT(1),
								   PKI_SEQ(PKI_OID("\x2A\x86\x48\x86\xF7\x0D\x01\x01\x08"),
										   pki_sha256_identifier())),
						   PKI_TLV(CCCD_DER_EXPLICIT(2), pki_integer(32)),
						   PKI_TLV(CCCD_DER_EXPLICIT(3), pki_integer(1)))),
		   read_algorithm);
	test_fits();
	test_weak();
	return finish();
}
