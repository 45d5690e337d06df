/*
 * algorithm_core.c
 *		Hashes, signature algorithms and public keys; see algorithm_core.h.
 */
#include "pki/algorithm_core.h"

#include <string.h>

#include "pki/finding_core.h"

typedef struct NamedHash
{
	CccdHashKind hash;
	size_t		size;
	const char *name;
	const char *oid;
	size_t		oid_length;
} NamedHash;

#define OID(literal) literal, sizeof(literal) - 1

static const NamedHash hashes[CCCD_HASH_COUNT] = {
	{CCCD_HASH_UNKNOWN, 0, "unknown", OID("")},
	{CCCD_HASH_SHA1, 20, "SHA-1", OID("\x2B\x0E\x03\x02\x1A")},
	{CCCD_HASH_SHA224, 28, "SHA-224",
	OID("\x60\x86\x48\x01\x65\x03\x04\x02\x04")},
	{CCCD_HASH_SHA256, 32, "SHA-256",
	OID("\x60\x86\x48\x01\x65\x03\x04\x02\x01")},
	{CCCD_HASH_SHA384, 48, "SHA-384",
	OID("\x60\x86\x48\x01\x65\x03\x04\x02\x02")},
	{CCCD_HASH_SHA512, 64, "SHA-512",
	OID("\x60\x86\x48\x01\x65\x03\x04\x02\x03")},
};

typedef struct NamedAlgorithm
{
	CccdScheme	scheme;
	CccdHashKind hash;
	const char *oid;
	size_t		oid_length;
} NamedAlgorithm;

/* RFC 8017, RFC 5758, BSI TR-03111 5.2.1.1 */
static const NamedAlgorithm algorithms[] = {
	{CCCD_SCHEME_RSA, CCCD_HASH_SHA256,
	OID("\x2A\x86\x48\x86\xF7\x0D\x01\x01\x0B")},
	{CCCD_SCHEME_RSA, CCCD_HASH_UNKNOWN,
	OID("\x2A\x86\x48\x86\xF7\x0D\x01\x01\x01")},
	{CCCD_SCHEME_RSA, CCCD_HASH_SHA1,
	OID("\x2A\x86\x48\x86\xF7\x0D\x01\x01\x05")},
	{CCCD_SCHEME_RSA, CCCD_HASH_SHA384,
	OID("\x2A\x86\x48\x86\xF7\x0D\x01\x01\x0C")},
	{CCCD_SCHEME_RSA, CCCD_HASH_SHA512,
	OID("\x2A\x86\x48\x86\xF7\x0D\x01\x01\x0D")},
	{CCCD_SCHEME_RSA, CCCD_HASH_SHA224,
	OID("\x2A\x86\x48\x86\xF7\x0D\x01\x01\x0E")},
	{CCCD_SCHEME_PSS, CCCD_HASH_UNKNOWN,
	OID("\x2A\x86\x48\x86\xF7\x0D\x01\x01\x0A")},
	{CCCD_SCHEME_ECDSA, CCCD_HASH_SHA1,
	OID("\x2A\x86\x48\xCE\x3D\x04\x01")},
	{CCCD_SCHEME_ECDSA, CCCD_HASH_SHA224,
	OID("\x2A\x86\x48\xCE\x3D\x04\x03\x01")},
	{CCCD_SCHEME_ECDSA, CCCD_HASH_SHA256,
	OID("\x2A\x86\x48\xCE\x3D\x04\x03\x02")},
	{CCCD_SCHEME_ECDSA, CCCD_HASH_SHA384,
	OID("\x2A\x86\x48\xCE\x3D\x04\x03\x03")},
	{CCCD_SCHEME_ECDSA, CCCD_HASH_SHA512,
	OID("\x2A\x86\x48\xCE\x3D\x04\x03\x04")},
	{CCCD_SCHEME_ECDSA, CCCD_HASH_UNKNOWN,
	OID("\x2A\x86\x48\xCE\x3D\x02\x01")},
	{CCCD_SCHEME_ECDSA_PLAIN, CCCD_HASH_SHA1,
	OID("\x04\x00\x7F\x00\x07\x01\x01\x04\x01\x01")},
	{CCCD_SCHEME_ECDSA_PLAIN, CCCD_HASH_SHA224,
	OID("\x04\x00\x7F\x00\x07\x01\x01\x04\x01\x02")},
	{CCCD_SCHEME_ECDSA_PLAIN, CCCD_HASH_SHA256,
	OID("\x04\x00\x7F\x00\x07\x01\x01\x04\x01\x03")},
	{CCCD_SCHEME_ECDSA_PLAIN, CCCD_HASH_SHA384,
	OID("\x04\x00\x7F\x00\x07\x01\x01\x04\x01\x04")},
	{CCCD_SCHEME_ECDSA_PLAIN, CCCD_HASH_SHA512,
	OID("\x04\x00\x7F\x00\x07\x01\x01\x04\x01\x05")},
};

#define OID_RSA			"\x2A\x86\x48\x86\xF7\x0D\x01\x01\x01"
#define OID_MGF1		"\x2A\x86\x48\x86\xF7\x0D\x01\x01\x08"
#define OID_PSS			"\x2A\x86\x48\x86\xF7\x0D\x01\x01\x0A"
#define OID_EC_KEY		"\x2A\x86\x48\xCE\x3D\x02\x01"

size_t
cccd_hash_size(CccdHashKind hash)
{
	return hashes[hash].size;
}

const char *
cccd_hash_name(CccdHashKind hash)
{
	return hashes[hash].name;
}

const char *
cccd_scheme_name(CccdScheme scheme)
{
	static const char *const names[] = {
		"unknown", "RSA", "RSA-PSS", "ECDSA", "ECDSA"
	};

	return names[scheme];
}

bool
cccd_oid_is(CccdBytes oid, const char *wanted, size_t length)
{
	return oid.length == length && memcmp(oid.data, wanted, length) == 0;
}

bool
cccd_hash_read(CccdDer *cursor, CccdHashKind *hash)
{
	CccdDer		inner;
	CccdDerItem oid;
	CccdDerItem item;
	bool		present;

	*hash = CCCD_HASH_UNKNOWN;
	if (!cccd_der_want_enter(cursor, CCCD_DER_SEQUENCE, &inner) ||
		!cccd_der_want(&inner, CCCD_DER_OID, &oid) ||
		!cccd_der_option(&inner, CCCD_DER_NULL, &item, &present) ||
		!cccd_der_finish(&inner))
		return false;
	for (int k = 1; k < CCCD_HASH_COUNT; k++)
		if (cccd_oid_is(cccd_der_value(&oid), hashes[k].oid,
						hashes[k].oid_length))
			*hash = hashes[k].hash;
	return true;
}

/* Octets of a salt where nothing is said, and at most. */
#define PSS_SALT		20
#define PSS_SALT_MAX	(CCCD_RSA_BITS_MAX / 8)

/* [tag] MaskGenAlgorithm of the parameters below, if it is there. */
static bool
read_mgf(CccdDer *params, int tag, CccdAlgorithm *algorithm)
{
	CccdDer		inner;
	CccdDer		mgf;
	CccdDerItem item;
	bool		present;

	if (!cccd_der_option(params, CCCD_DER_EXPLICIT(tag), &item, &present))
		return false;
	if (!present)
		return true;
	inner = cccd_der_enter(params, &item);
	if (!cccd_der_want_enter(&inner, CCCD_DER_SEQUENCE, &mgf) ||
		!cccd_der_finish(&inner) ||
		!cccd_der_want(&mgf, CCCD_DER_OID, &item) ||
		!cccd_hash_read(&mgf, &algorithm->mgf_hash) ||
		!cccd_der_finish(&mgf))
		return false;
	if (!CCCD_OID_IS(cccd_der_value(&item), OID_MGF1))
		algorithm->params_invalid = true;
	return true;
}

/* [tag] INTEGER; *number stays its default if it is not there. */
static bool
read_number(CccdDer *params, int tag, uint32_t *number)
{
	CccdDer		inner;
	CccdDerItem item;
	bool		present;

	if (!cccd_der_option(params, CCCD_DER_EXPLICIT(tag), &item, &present))
		return false;
	if (!present)
		return true;
	inner = cccd_der_enter(params, &item);
	return cccd_der_want(&inner, CCCD_DER_INTEGER, &item) &&
		cccd_der_small_integer(&inner, &item, number) &&
		cccd_der_finish(&inner);
}

/* RSASSA-PSS-params (RFC 4055 3.1), with its defaults. */
static bool
read_pss(CccdDer *cursor, CccdAlgorithm *algorithm)
{
	CccdDer		params;
	CccdDer		inner;
	CccdDerItem item;
	uint32_t	salt = PSS_SALT;
	uint32_t	trailer = 1;
	bool		present;

	algorithm->hash = CCCD_HASH_SHA1;
	algorithm->mgf_hash = CCCD_HASH_SHA1;
	if (!cccd_der_want_enter(cursor, CCCD_DER_SEQUENCE, &params) ||
		!cccd_der_option(&params, CCCD_DER_EXPLICIT(0), &item, &present))
		return false;
	if (present)
	{
		inner = cccd_der_enter(&params, &item);
		if (!cccd_hash_read(&inner, &algorithm->hash) ||
			!cccd_der_finish(&inner))
			return false;
	}
	if (!read_mgf(&params, 1, algorithm) ||
		!read_number(&params, 2, &salt) ||
		!read_number(&params, 3, &trailer))
		return false;
	algorithm->salt = salt <= PSS_SALT_MAX ? (int) salt : PSS_SALT;
	if (salt > PSS_SALT_MAX || trailer != 1 ||
		algorithm->hash == CCCD_HASH_UNKNOWN ||
		algorithm->mgf_hash == CCCD_HASH_UNKNOWN)
		algorithm->params_invalid = true;
	return cccd_der_finish(&params);
}

bool
cccd_algorithm_read(CccdDer *cursor, CccdAlgorithm *algorithm)
{
	CccdDer		inner;
	CccdDerItem oid;
	CccdDerItem item;
	bool		present;

	memset(algorithm, 0, sizeof(*algorithm));
	if (!cccd_der_want_enter(cursor, CCCD_DER_SEQUENCE, &inner) ||
		!cccd_der_want(&inner, CCCD_DER_OID, &oid))
		return false;
	for (size_t k = 0; k < sizeof(algorithms) / sizeof(algorithms[0]); k++)
	{
		if (cccd_oid_is(cccd_der_value(&oid), algorithms[k].oid,
						algorithms[k].oid_length))
		{
			algorithm->scheme = algorithms[k].scheme;
			algorithm->hash = algorithms[k].hash;
			break;
		}
	}
	if (algorithm->scheme == CCCD_SCHEME_UNKNOWN)
		return true;
	algorithm->key_oid = algorithm->scheme == CCCD_SCHEME_ECDSA &&
		algorithm->hash == CCCD_HASH_UNKNOWN;
	if (algorithm->scheme == CCCD_SCHEME_PSS)
	{
		/* RFC 4055 3.1: in a signature they MUST be present */
		if (cccd_der_at_end(&inner) ||
			cccd_der_peek(&inner) == CCCD_DER_NULL)
		{
			algorithm->params_invalid = true;
			return true;
		}
		return read_pss(&inner, algorithm) && cccd_der_finish(&inner);
	}
	/* a curve may stand here when the key's identifier does */
	if (algorithm->key_oid && !cccd_der_at_end(&inner))
		return cccd_der_next(&inner, &item) && cccd_der_finish(&inner);
	return cccd_der_option(&inner, CCCD_DER_NULL, &item, &present) &&
		cccd_der_finish(&inner);
}

/* Bits of a number without leading zero octets; of zero, which has none, 0. */
static int
bit_length(CccdBytes number)
{
	int			bits = (int) (8 * number.length);

	if (bits == 0)
		return 0;
	for (int mask = 0x80; !(number.data[0] & mask); mask >>= 1)
		bits--;
	return bits;
}

/*
 * The modulus.  Some chips and one reference set (BSI TR-03105-5) leave out
 * the zero octet that keeps its INTEGER positive; no modulus is negative.
 */
static bool
read_modulus(CccdDer *numbers, CccdPublicKey *key)
{
	CccdDerItem item;

	if (!cccd_der_want(numbers, CCCD_DER_INTEGER, &item))
		return false;
	key->sign_missing = item.length > 0 && (item.value[0] & 0x80) != 0;
	if (!key->sign_missing)
		return cccd_der_unsigned(numbers, &item, &key->modulus);
	key->modulus = cccd_der_value(&item);
	return true;
}

/* Whether an exponent is odd and within the limits. */
static bool
exponent_usable(CccdBytes exponent)
{
	uint64_t	value = 0;

	if (exponent.length > sizeof(value))
		return false;
	for (size_t k = 0; k < exponent.length; k++)
		value = value << 8 | exponent.data[k];
	return value % 2 == 1 && value >= CCCD_RSA_EXPONENT_MIN &&
		value <= CCCD_RSA_EXPONENT_MAX;
}

static bool
read_rsa(CccdDer *cursor, CccdBytes bits, CccdPublicKey *key)
{
	CccdDer		content = *cursor;
	CccdDer		numbers;
	CccdDerItem item;

	content.at = bits.data;
	content.end = bits.data + bits.length;
	if (!cccd_der_want_enter(&content, CCCD_DER_SEQUENCE, &numbers) ||
		!cccd_der_finish(&content) ||
		!read_modulus(&numbers, key) ||
		!cccd_der_want(&numbers, CCCD_DER_INTEGER, &item) ||
		!cccd_der_unsigned(&numbers, &item, &key->exponent) ||
		!cccd_der_finish(&numbers))
		return false;
	key->kind = CCCD_KEY_RSA;
	key->bits = bit_length(key->modulus);
	if (key->bits < CCCD_RSA_BITS_MIN)
		key->problem = CCCD_FINDING_key_too_small;
	else if (key->bits > CCCD_RSA_BITS_MAX ||
			 !(key->modulus.data[key->modulus.length - 1] & 1) ||
			 !exponent_usable(key->exponent))
		key->problem = CCCD_FINDING_key_unsupported;
	return true;
}

/*
 * The key of an elliptic curve: the curve by name or by parameters, at cursor,
 * and the point, which is only measured here.
 */
static bool
read_ec(CccdDer *cursor, CccdBytes bits, CccdPublicKey *key)
{
	CccdDerItem item;
	CccdCurveMatch match = CCCD_CURVE_UNKNOWN;
	size_t		octets;

	key->kind = CCCD_KEY_EC;
	key->point = bits;
	if (cccd_der_peek(cursor) == CCCD_DER_OID)
	{
		if (!cccd_der_want(cursor, CCCD_DER_OID, &item))
			return false;
		match = cccd_curve_by_oid(cccd_der_value(&item), &key->curve);
	}
	else if (cccd_der_peek(cursor) == CCCD_DER_SEQUENCE)
	{
		key->explicit_parameters = true;
		if (!cccd_curve_by_parameters(cursor, &key->curve, &match))
			return false;
	}
	else if (!cccd_der_at_end(cursor) && !cccd_der_next(cursor, &item))
		return false;
	if (match != CCCD_CURVE_OK)
	{
		key->problem = match == CCCD_CURVE_NONSTANDARD ?
			CCCD_FINDING_curve_params_nonstandard :
			CCCD_FINDING_curve_unknown;
		return true;
	}
	key->bits = key->curve->bits;
	octets = (size_t) key->curve->octets;
	key->compressed = bits.length == 1 + octets &&
		(bits.data[0] & 0xFE) == 2;
	if (!key->compressed &&
		(bits.length != 1 + 2 * octets || bits.data[0] != 4))
		key->problem = CCCD_FINDING_ec_point_invalid;
	return true;
}

bool
cccd_public_key_read(CccdDer *cursor, CccdPublicKey *key)
{
	CccdDer		info;
	CccdDer		algorithm;
	CccdDerItem item;
	CccdBytes	oid;
	CccdBytes	bits;

	memset(key, 0, sizeof(*key));
	if (!cccd_der_want_enter(cursor, CCCD_DER_SEQUENCE, &info) ||
		!cccd_der_want_enter(&info, CCCD_DER_SEQUENCE, &algorithm) ||
		!cccd_der_want(&algorithm, CCCD_DER_OID, &item))
		return false;
	oid = cccd_der_value(&item);
	if (!cccd_der_want(&info, CCCD_DER_BIT_STRING, &item) ||
		!cccd_der_bits(&info, &item, &bits) ||
		!cccd_der_finish(&info))
		return false;
	if (CCCD_OID_IS(oid, OID_RSA) || CCCD_OID_IS(oid, OID_PSS))
		return read_rsa(&info, bits, key);
	if (CCCD_OID_IS(oid, OID_EC_KEY))
		return read_ec(&algorithm, bits, key);
	key->problem = CCCD_FINDING_key_unsupported;
	return true;
}

bool
cccd_algorithm_fits(const CccdAlgorithm *algorithm,
					const CccdPublicKey *key)
{
	switch (algorithm->scheme)
	{
		case CCCD_SCHEME_RSA:
		case CCCD_SCHEME_PSS:
			return key->kind == CCCD_KEY_RSA;
		case CCCD_SCHEME_ECDSA:
		case CCCD_SCHEME_ECDSA_PLAIN:
			return key->kind == CCCD_KEY_EC;
		case CCCD_SCHEME_UNKNOWN:
			break;
	}
	return false;
}

bool
cccd_algorithm_weak(CccdHashKind hash, const CccdPublicKey *key)
{
	return hash == CCCD_HASH_SHA1 ||
		(key->kind == CCCD_KEY_RSA && key->bits < CCCD_RSA_BITS_WEAK) ||
		(key->kind == CCCD_KEY_EC && key->bits < CCCD_CURVE_BITS_WEAK);
}
