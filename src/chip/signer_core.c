/*
 * signer_core.c
 *		Document signers and their cache; see signer_core.h.
 */
#include "chip/signer_core.h"

#include <stdlib.h>
#include <string.h>

#include "pki/country_core.h"

static CccdSigner *cache[CCCD_SIGNER_SETS][CCCD_SIGNER_WAYS];

/*
 * The signer that is being judged, or could not be judged to the end: freed by
 * the next call, so that an exit in between loses nothing.
 */
static CccdSigner *unfinished;
static uint64_t uses;

static void
forget(CccdSigner *signer)
{
	if (signer != NULL)
		cccd_key_free(signer->key);
	free(signer);
}

void
cccd_signer_forget_all(void)
{
	forget(unfinished);
	unfinished = NULL;
	for (int set = 0; set < CCCD_SIGNER_SETS; set++)
	{
		for (int way = 0; way < CCCD_SIGNER_WAYS; way++)
		{
			forget(cache[set][way]);
			cache[set][way] = NULL;
		}
	}
}

static void
keep_anchor(CccdSigner *signer, const CccdAnchor *anchor)
{
	CccdSignerAnchor *kept = &signer->anchors[signer->anchor_count++];

	memcpy(kept->fingerprint, anchor->fingerprint, CCCD_SHA256_SIZE);
	memcpy(kept->country, anchor->certificate.subject_country, 4);
	kept->source = anchor->source;
	kept->flags = anchor->flags;
	kept->time_invalid = anchor->certificate.time_invalid;
	kept->not_before = anchor->certificate.not_before;
	kept->not_after = anchor->certificate.not_after;
}

/*
 * Keep the anchor that was found, and the others of the same key and state: a
 * CSCA may have a certificate that has expired and one that has not.
 */
static void
keep_anchors(CccdSigner *signer, const CccdTrustStore *store)
{
	const CccdAnchor *found = &store->anchors[signer->chain.anchor];

	keep_anchor(signer, found);
	for (int k = 0; k < store->anchor_count &&
		 signer->anchor_count < CCCD_SIGNER_ANCHORS; k++)
	{
		const CccdAnchor *other = &store->anchors[k];

		if (other != found && other->purpose == found->purpose &&
			cccd_bytes_equal(other->certificate.key_info,
							 found->certificate.key_info) &&
			cccd_country_equal(other->certificate.subject_country,
							   found->certificate.subject_country))
			keep_anchor(signer, other);
	}
}

const CccdSignerAnchor *
cccd_signer_anchor(const CccdSigner *signer, int64_t at)
{
	for (int k = 0; k < signer->anchor_count; k++)
		if (!signer->anchors[k].time_invalid &&
			at >= signer->anchors[k].not_before &&
			at <= signer->anchors[k].not_after)
			return &signer->anchors[k];
	return &signer->anchors[0];
}

/* Ask the store everything that does not depend on the time of the check. */
static void
judge(CccdSigner *signer, CccdTrustStore *store, CccdEffort *effort,
	  CccdEffort *lists)
{
	signer->no_anchors = true;
	for (int k = 0; k < store->anchor_count; k++)
		if (store->anchors[k].purpose == CCCD_PURPOSE_CHIP)
			signer->no_anchors = false;
	cccd_store_chain(store, CCCD_PURPOSE_CHIP, &signer->certificate,
					 effort, &signer->chain);
	if (signer->chain.anchor < 0)
		return;
	keep_anchors(signer, store);
	cccd_store_revocation(store, CCCD_PURPOSE_CHIP, &signer->certificate,
						  signer->chain.anchor, lists, &signer->revocation);
}

/* The place for a new signer in its set: a free one or the longest unused. */
static CccdSigner **
make_room(CccdSigner **set)
{
	CccdSigner **oldest = &set[0];

	for (int way = 0; way < CCCD_SIGNER_WAYS; way++)
	{
		if (set[way] == NULL)
			return &set[way];
		if (set[way]->used < (*oldest)->used)
			oldest = &set[way];
	}
	forget(*oldest);
	*oldest = NULL;
	return oldest;
}

CccdSignerError
cccd_signer_get(CccdBytes certificate, const CccdStoreSource *source,
				CccdEffort *effort, CccdEffort *lists,
				CccdSigner **result)
{
	uint8_t		fingerprint[CCCD_HASH_SIZE];
	CccdSigner **set;
	CccdSigner *signer;
	CccdTrustStore *store;
	CccdBytes	copy;
	CccdDerError error;
	size_t		offset;

	forget(unfinished);
	unfinished = NULL;
	if (!cccd_hash_bytes(CCCD_HASH_SHA256, certificate, fingerprint))
		return CCCD_SIGNER_NO_MEMORY;
	set = cache[fingerprint[0] % CCCD_SIGNER_SETS];
	for (int way = 0; way < CCCD_SIGNER_WAYS; way++)
	{
		signer = set[way];
		if (signer != NULL &&
			memcmp(signer->fingerprint, fingerprint, CCCD_SHA256_SIZE) == 0 &&
			memcmp(signer->trust_digest, source->digest,
				   CCCD_SHA256_SIZE) == 0)
		{
			signer->used = ++uses;
			*result = signer;
			return CCCD_SIGNER_OK;
		}
	}
	/* opening may leave by a non-local exit: nothing is allocated before */
	store = source->open(source->argument);
	signer = calloc(1, sizeof(CccdSigner) + certificate.length);
	if (signer == NULL)
		return CCCD_SIGNER_NO_MEMORY;
	memcpy(signer->bytes, certificate.data, certificate.length);
	copy.data = signer->bytes;
	copy.length = certificate.length;
	if (!cccd_x509_read(copy, &signer->certificate, &error, &offset))
	{
		free(signer);
		return CCCD_SIGNER_MALFORMED;
	}
	memcpy(signer->fingerprint, fingerprint, CCCD_SHA256_SIZE);
	memcpy(signer->trust_digest, source->digest, CCCD_SHA256_SIZE);
	unfinished = signer;
	judge(signer, store, effort, lists);
	/* what was found out for want of memory is not to be kept */
	if (cccd_memory_ran_out())
		return CCCD_SIGNER_NO_MEMORY;
	*result = signer;
	/* nor for want of effort: others might have spent it */
	if (signer->revocation.exhausted ||
		(signer->chain.anchor < 0 && effort != NULL && effort->exhausted))
		return CCCD_SIGNER_OK;
	unfinished = NULL;
	signer->used = ++uses;
	*make_room(set) = signer;
	return CCCD_SIGNER_OK;
}

CccdKey    *
cccd_signer_key(CccdSigner *signer)
{
	if (!signer->key_made)
	{
		signer->key = cccd_key_make(&signer->certificate.key);
		signer->key_made = signer->key != NULL || !cccd_memory_ran_out();
	}
	return signer->key;
}
