/*
 * key_store_core.c
 *		Keys by identifier, and revocations; see key_store_core.h.
 */
#include "trust/key_store_core.h"

#include <stdlib.h>
#include <string.h>

#include "pki/country_core.h"
#include "trust/store_core.h"

void
cccd_listed_key_from_certificate(CccdListedKey *listed,
								 const CccdX509 *certificate,
								 const uint8_t *fingerprint, int purpose)
{
	memset(listed, 0, sizeof(*listed));
	memcpy(listed->fingerprint, fingerprint, CCCD_SHA256_SIZE);
	listed->purpose = (uint8_t) purpose;
	listed->usages = cccd_x509_usages(certificate);
	memcpy(listed->country, certificate->subject_country,
		   sizeof(listed->country));
	listed->has_validity = !certificate->time_invalid;
	listed->not_before = certificate->not_before;
	listed->not_after = certificate->not_after;
	listed->numbers = certificate->key;
	listed->kid.length = CCCD_KID_SIZE;
}

void
cccd_listed_key_from_entry(CccdListedKey *listed, const CccdKeyEntry *entry,
						   const uint8_t *fingerprint, int purpose)
{
	uint8_t		usages;

	if (entry->has_certificate)
		cccd_listed_key_from_certificate(listed, &entry->certificate,
										 fingerprint, purpose);
	else
	{
		memset(listed, 0, sizeof(*listed));
		memcpy(listed->fingerprint, fingerprint, CCCD_SHA256_SIZE);
		listed->purpose = (uint8_t) purpose;
		listed->numbers = entry->key;
	}
	usages = listed->usages;
	listed->usages = usages == 0 || entry->usages == 0 ?
		usages | entry->usages : usages & entry->usages;
	/* a list and a certificate that contradict each other allow nothing */
	if (listed->usages == 0 && usages != 0)
		listed->usages = CCCD_KEY_USAGES + 1;
	if (entry->country[0] != '\0')
		memcpy(listed->country, entry->country, sizeof(listed->country));
	listed->kid = entry->kid;
	listed->issuer = entry->issuer;
}

/* Any order will do in which no two identifiers are equal. */
static int
compare_kids(CccdBytes a, CccdBytes b)
{
	if (a.length != b.length)
		return a.length < b.length ? -1 : 1;
	return a.length == 0 ? 0 : memcmp(a.data, b.data, a.length);
}

static int
compare_keys(const void *left, const void *right)
{
	const CccdListedKey *a = left;
	const CccdListedKey *b = right;
	int			order;

	if (a->purpose != b->purpose)
		return a->purpose < b->purpose ? -1 : 1;
	order = compare_kids(cccd_listed_kid(a), cccd_listed_kid(b));
	return order != 0 ? order :
		memcmp(a->fingerprint, b->fingerprint, CCCD_SHA256_SIZE);
}

void
cccd_listed_keys_sort(CccdListedKey *keys, int count)
{
	qsort(keys, (size_t) count, sizeof(*keys), compare_keys);
}

int
cccd_store_find_keys(const CccdTrustStore *store, int purpose, CccdBytes kid,
					 int *first)
{
	int			low = 0;
	int			high = store->key_count;
	int			count = 0;

	while (low < high)
	{
		int			middle = low + (high - low) / 2;
		const CccdListedKey *key = &store->keys[middle];

		if (key->purpose < purpose ||
			(key->purpose == purpose && kid.length > 0 &&
			 compare_kids(cccd_listed_kid(key), kid) < 0))
			low = middle + 1;
		else
			high = middle;
	}
	*first = low;
	while (low + count < store->key_count &&
		   store->keys[low + count].purpose == purpose &&
		   (kid.length == 0 ||
			cccd_bytes_equal(cccd_listed_kid(&store->keys[low + count]), kid)))
		count++;
	return count;
}

static bool
same_numbers(const CccdPublicKey *a, const CccdPublicKey *b)
{
	if (a->kind != b->kind)
		return false;
	if (a->kind == CCCD_KEY_RSA)
		return cccd_bytes_equal(a->modulus, b->modulus);
	return a->kind == CCCD_KEY_EC && a->curve == b->curve &&
		cccd_bytes_equal(a->point, b->point);
}

/* Whether a key that signs for production is known as a test's. */
static bool
known_as_test(const CccdTrustStore *store, const CccdListedKey *listed)
{
	if (listed->purpose != CCCD_PURPOSE_HEALTH_CERTIFICATE)
		return false;
	for (int k = 0; k < store->key_count; k++)
		if (store->keys[k].purpose == CCCD_PURPOSE_HEALTH_TEST &&
			same_numbers(&store->keys[k].numbers, &listed->numbers))
			return true;
	return false;
}

/* Whether a key is of the state of another, or of the issuer of its cards. */
static bool
same_authority(const CccdListedKey *a, const CccdListedKey *b)
{
	return a->issuer.length > 0 || b->issuer.length > 0 ?
		cccd_bytes_equal(a->issuer, b->issuer) :
		cccd_country_equal(a->country, b->country);
}

/*
 * Whether a list of revocations speaks of a key's state: one for all keys, for
 * this key, or for another of its state.  Of the others nothing follows.
 */
static bool
has_list(const CccdTrustStore *store, const CccdListedKey *listed)
{
	for (int k = 0; k < store->revocation_count; k++)
	{
		const CccdListedRevocation *list = &store->revocations[k];
		int			first;
		int			count;

		if (list->purpose != listed->purpose)
			continue;
		if (list->entry.kid.length == 0 ||
			cccd_bytes_equal(list->entry.kid, cccd_listed_kid(listed)))
			return true;
		count = cccd_store_find_keys(store, listed->purpose, list->entry.kid,
									 &first);
		for (int other = first; other < first + count; other++)
			if (same_authority(&store->keys[other], listed))
				return true;
	}
	return false;
}

CccdKey    *
cccd_store_key(CccdTrustStore *store, CccdListedKey *listed)
{
	if (!listed->key_made)
	{
		listed->is_test = known_as_test(store, listed);
		listed->listed = has_list(store, listed);
		listed->key = cccd_key_make(&listed->numbers);
		listed->key_made = listed->key != NULL || !cccd_memory_ran_out();
	}
	return listed->key;
}

bool
cccd_store_has_revocations(const CccdTrustStore *store, int purpose)
{
	for (int k = 0; k < store->revocation_count; k++)
		if (store->revocations[k].purpose == purpose)
			return true;
	return false;
}

bool
cccd_store_revokes(const CccdTrustStore *store, int purpose,
				   CccdRevokedScope scope, CccdBytes kid, CccdBytes item)
{
	for (int k = 0; k < store->revocation_count; k++)
	{
		const CccdListedRevocation *list = &store->revocations[k];

		if (list->purpose == purpose && list->entry.scope == scope &&
			(list->entry.kid.length == 0 ||
			 cccd_bytes_equal(list->entry.kid, kid)) &&
			cccd_revoked_entry_has(&list->entry, item))
			return true;
	}
	return false;
}
