/*
 * algorithm_core.h
 *		Hashes, signature algorithms and public keys as certificates and
 *		signed messages name them.
 */
#ifndef CCCD_ALGORITHM_CORE_H
#define CCCD_ALGORITHM_CORE_H

#include "base/der_core.h"
#include "pki/curve_core.h"

typedef enum CccdHashKind
{
	CCCD_HASH_UNKNOWN,
	CCCD_HASH_SHA1,
	CCCD_HASH_SHA224,
	CCCD_HASH_SHA256,
	CCCD_HASH_SHA384,
	CCCD_HASH_SHA512
} CccdHashKind;

#define CCCD_HASH_COUNT		6
#define CCCD_HASH_SIZE		64	/* of the longest */
#define CCCD_SHA256_SIZE	32

typedef enum CccdScheme
{
	CCCD_SCHEME_UNKNOWN,
	CCCD_SCHEME_RSA,			/* PKCS #1 v1.5 */
	CCCD_SCHEME_PSS,
	CCCD_SCHEME_ECDSA,			/* signature as SEQUENCE { r, s } */
	CCCD_SCHEME_ECDSA_PLAIN		/* signature as r || s (BSI TR-03111) */
} CccdScheme;

typedef struct CccdAlgorithm
{
	CccdScheme	scheme;
	CccdHashKind hash;			/* unknown: the digest algorithm decides */
	CccdHashKind mgf_hash;
	int			salt;
	bool		params_invalid;
	bool		key_oid;		/* id-ecPublicKey where a signature belongs */
} CccdAlgorithm;

/*
 * Bits of an RSA modulus: below the first a key is refused, below the second
 * it is weak, above the third it is not used, nor with an exponent above
 * CCCD_RSA_EXPONENT_MAX.  The dearest key within these limits takes some 60
 * times as long as one of 2,048 bits; the largest that states use has 6,144
 * bits, the largest exponent is 65537.
 */
#define CCCD_RSA_BITS_MIN	1024
#define CCCD_RSA_BITS_WEAK	2048
#define CCCD_RSA_BITS_MAX	8192
#define CCCD_RSA_EXPONENT_MIN	3
#define CCCD_RSA_EXPONENT_MAX	(UINT64_C(1) << 32)
#define CCCD_CURVE_BITS_WEAK	224

typedef enum CccdKeyKind
{
	CCCD_KEY_NONE,
	CCCD_KEY_RSA,
	CCCD_KEY_EC
} CccdKeyKind;

typedef struct CccdPublicKey
{
	CccdKeyKind kind;
	int			problem;		/* a CccdFindingCode; 0: usable */
	int			bits;
	CccdBytes	modulus;		/* RSA */
	CccdBytes	exponent;
	const CccdCurve *curve;		/* EC */
	CccdBytes	point;
	bool		explicit_parameters;
	bool		compressed;
	bool		sign_missing;	/* the modulus is written as a negative number */
} CccdPublicKey;

/* Bytes of a digest; 0 for CCCD_HASH_UNKNOWN. */
extern size_t cccd_hash_size(CccdHashKind hash);

/* The name of a hash, such as "SHA-256", or "unknown"; a constant. */
extern const char *cccd_hash_name(CccdHashKind hash);

/* The name of a signature scheme, or "unknown"; a constant. */
extern const char *cccd_scheme_name(CccdScheme scheme);

/* Whether the content of an OBJECT IDENTIFIER is these length bytes. */
extern bool cccd_oid_is(CccdBytes oid, const char *wanted, size_t length);

#define CCCD_OID_IS(oid, literal) \
	cccd_oid_is(oid, literal, sizeof(literal) - 1)

/*
 * Read an AlgorithmIdentifier that names a hash; parameters are absent or NULL
 * (Doc 9303-10, Table 37, note 2).  A hash that is not known is
 * CCCD_HASH_UNKNOWN and not an error.  Returns false, with the document
 * marked, if it cannot be read.
 */
extern bool cccd_hash_read(CccdDer *cursor, CccdHashKind *hash);

/*
 * Read an AlgorithmIdentifier that names a signature, with the parameters of
 * RSA-PSS (RFC 4055 3.1) and their defaults.  An algorithm that is not known
 * leaves scheme unknown and is not an error; parameters that cannot be used
 * set params_invalid.  Returns false, with the document marked, if it cannot
 * be read.
 */
extern bool cccd_algorithm_read(CccdDer *cursor, CccdAlgorithm *algorithm);

/*
 * Read a SubjectPublicKeyInfo; the key points into the document.  A key that
 * can be read but not used says why in key->problem.  A modulus without the
 * zero octet that keeps it positive is read as if it had one, and
 * key->sign_missing says so.  Returns false, with the document marked, if it
 * cannot be read.
 */
extern bool cccd_public_key_read(CccdDer *cursor, CccdPublicKey *key);

/*
 * Whether a signature of this kind can have been made with such a key; of an
 * unknown algorithm none can.
 */
extern bool cccd_algorithm_fits(const CccdAlgorithm *algorithm,
								const CccdPublicKey *key);

/*
 * Whether hash or key are weak today: SHA-1, RSA keys below
 * CCCD_RSA_BITS_WEAK, curves below CCCD_CURVE_BITS_WEAK.
 */
extern bool cccd_algorithm_weak(CccdHashKind hash, const CccdPublicKey *key);

#endif							/* CCCD_ALGORITHM_CORE_H */
