/*
 * key_store_core.h
 *		The keys of a trust value by their identifiers, and its revocations:
 *		what health certificates are verified with.
 *
 * A trust list names the signers themselves, so no chain is built.  A key is
 * known by the first eight bytes of its certificate's SHA-256, or by the
 * identifier that a list gives it; several may have the same.
 */
#ifndef CCCD_KEY_STORE_CORE_H
#define CCCD_KEY_STORE_CORE_H

#include <string.h>

#include "trust/key_entry_core.h"

/* Keys tried for one message: one that names none may be anybody's. */
#define CCCD_KEY_ATTEMPTS		256

typedef struct CccdListedKey
{
	CccdBytes	kid;			/* no address: the fingerprint's beginning */
	uint8_t		purpose;
	uint8_t		usages;
	char		country[4];
	CccdBytes	issuer;			/* of SMART Health Cards, which it signs alone */
	bool		has_validity;
	int64_t		not_before;		/* microseconds since 2000-01-01 UTC */
	int64_t		not_after;
	uint8_t		fingerprint[CCCD_SHA256_SIZE];	/* certificate or key */
	CccdPublicKey numbers;
	bool		key_made;
	bool		is_test;		/* a test purpose has this key, too */
	bool		listed;			/* a list of revocations speaks of its state */
	CccdKey    *key;
} CccdListedKey;

typedef struct CccdListedRevocation
{
	CccdRevokedEntry entry;
	uint8_t		purpose;
} CccdListedRevocation;

/*
 * The identifier by which a key is known.  It points into the key, or into
 * what the key's own identifier points into.
 */
static inline CccdBytes
cccd_listed_kid(const CccdListedKey *listed)
{
	CccdBytes	kid = listed->kid;

	if (kid.data == NULL)
		kid.data = listed->fingerprint;
	return kid;
}

/* Whether a key is of this country, which is not empty. */
static inline bool
cccd_listed_country_is(const CccdListedKey *listed, CccdBytes country)
{
	return country.length > 0 && country.length < sizeof(listed->country) &&
		memcmp(listed->country, country.data, country.length) == 0 &&
		listed->country[country.length] == '\0';
}

struct CccdTrustStore;

/*
 * Make a key of a signer's certificate with its SHA-256, CCCD_SHA256_SIZE
 * bytes, which are copied.  The certificate's bytes must live as long as the
 * key.
 */
extern void cccd_listed_key_from_certificate(CccdListedKey *listed,
											 const CccdX509 *certificate,
											 const uint8_t *fingerprint,
											 int purpose);

/*
 * Make a key of an entry; fingerprint is the SHA-256 of its content.  What the
 * list says counts besides what the certificate says: the key may sign what
 * both allow.
 */
extern void cccd_listed_key_from_entry(CccdListedKey *listed,
									   const CccdKeyEntry *entry,
									   const uint8_t *fingerprint,
									   int purpose);

/*
 * Bring keys into the order of purpose and identifier, which
 * cccd_store_find_keys needs.
 */
extern void cccd_listed_keys_sort(CccdListedKey *keys, int count);

/*
 * How many keys have this purpose and identifier; they begin at *first in
 * store->keys.  An empty identifier finds all keys of the purpose.
 */
extern int	cccd_store_find_keys(const struct CccdTrustStore *store,
								 int purpose, CccdBytes kid, int *first);

/*
 * The key itself, made when first wanted, when is_test and listed are found out
 * as well; the store owns it.  NULL if it cannot be used, or if memory ran out,
 * which cccd_memory_ran_out() tells.
 */
extern CccdKey *cccd_store_key(struct CccdTrustStore *store,
							   CccdListedKey *listed);

/* Whether the trust value has a revocation list of this purpose at all. */
extern bool cccd_store_has_revocations(const struct CccdTrustStore *store,
									   int purpose);

/*
 * Whether a list of this purpose and scope revokes an item, for whoever signed
 * or for the key kid.
 */
extern bool cccd_store_revokes(const struct CccdTrustStore *store,
							   int purpose, CccdRevokedScope scope,
							   CccdBytes kid, CccdBytes item);

#endif							/* CCCD_KEY_STORE_CORE_H */
