/*
 * algorithm_core.h
 *		Hashes, signature algorithms and public keys as certificates and
 *		signed messages name them.
 */
#ifndef CCCD_ALGORITHM_CORE_H
#define CCCD_ALGORITHM_CORE_H

#include "der/der_core.h"
#include "trust/curve_core.h"

typedef enum cccd_hash
{
	CCCD_HASH_UNKNOWN,
	CCCD_HASH_SHA1,
	CCCD_HASH_SHA224,
	CCCD_HASH_SHA256,
	CCCD_HASH_SHA384,
	CCCD_HASH_SHA512
} cccd_hash;

#define CCCD_HASH_COUNT		6
#define CCCD_HASH_SIZE		64	/* of the longest */
#define CCCD_SHA256_SIZE	32

typedef enum cccd_scheme
{
	CCCD_SCHEME_UNKNOWN,
	CCCD_SCHEME_RSA,			/* PKCS #1 v1.5 */
	CCCD_SCHEME_PSS,
	CCCD_SCHEME_ECDSA,			/* signature as SEQUENCE { r, s } */
	CCCD_SCHEME_ECDSA_PLAIN		/* signature as r || s (BSI TR-03111) */
} cccd_scheme;

typedef struct cccd_algorithm
{
	cccd_scheme scheme;
	cccd_hash	hash;			/* unknown: the digest algorithm decides */
	cccd_hash	mgf_hash;
	int			salt;
	bool		params_invalid;
	bool		key_oid;		/* id-ecPublicKey where a signature belongs */
} cccd_algorithm;

/* Bits of an RSA modulus: below the first a key is refused, below the second
 * it is weak; OpenSSL computes up to the third. */
#define CCCD_RSA_BITS_MIN	1024
#define CCCD_RSA_BITS_WEAK	2048
#define CCCD_RSA_BITS_MAX	16384
#define CCCD_RSA_EXPONENT_OCTETS	8
#define CCCD_CURVE_BITS_WEAK	224

typedef enum cccd_key_kind
{
	CCCD_KEY_NONE,
	CCCD_KEY_RSA,
	CCCD_KEY_EC
} cccd_key_kind;

typedef struct cccd_public_key
{
	cccd_key_kind kind;
	int			problem;		/* a cccd_finding_code; 0: usable */
	int			bits;
	cccd_bytes	modulus;		/* RSA */
	cccd_bytes	exponent;
	const cccd_curve *curve;	/* EC */
	cccd_bytes	point;
	bool		explicit_parameters;
	bool		compressed;
} cccd_public_key;

extern size_t cccd_hash_size(cccd_hash hash);
extern const char *cccd_hash_name(cccd_hash hash);
extern const char *cccd_scheme_name(cccd_scheme scheme);
extern bool cccd_oid_is(cccd_bytes oid, const char *wanted, size_t length);

#define CCCD_OID_IS(oid, literal) \
	cccd_oid_is(oid, literal, sizeof(literal) - 1)

extern bool cccd_hash_read(cccd_der *cursor, cccd_hash *hash);
extern bool cccd_algorithm_read(cccd_der *cursor, cccd_algorithm *algorithm);
extern bool cccd_public_key_read(cccd_der *cursor, cccd_public_key *key);
extern bool cccd_algorithm_fits(const cccd_algorithm *algorithm,
								const cccd_public_key *key);
extern bool cccd_algorithm_weak(cccd_hash hash, const cccd_public_key *key);

#endif							/* CCCD_ALGORITHM_CORE_H */
