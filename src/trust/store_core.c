/*
 * store_core.c
 *		A trust value made ready for questions; see store_core.h.
 */
#include "trust/store_core.h"

#include <stdlib.h>
#include <string.h>

#include "pki/country_core.h"
#include "pki/distinguished_name_core.h"

/* Names under which one CSCA has been known. */
#define ISSUER_NAMES	8

/* Certificates of one key that are looked for in revocation lists. */
#define KEY_CERTIFICATES	8

/* Whether messages are verified with the entry's own key. */
static bool
is_key(const CccdTrustEntry *entry)
{
	return entry->kind == CCCD_TRUST_KEY ||
		(entry->kind == CCCD_TRUST_ANCHOR &&
		 entry->purpose != CCCD_PURPOSE_CHIP);
}

size_t
cccd_store_size(CccdBytes value)
{
	CccdTrustEntry entry;
	size_t		offset = 0;
	size_t		size = sizeof(CccdTrustStore);

	while (cccd_trust_next(value, &offset, &entry))
	{
		size += entry.kind == CCCD_TRUST_CRL ? sizeof(CccdListedCrl) :
			entry.kind == CCCD_TRUST_SIGNER ? sizeof(CccdListedSigner) :
			entry.kind == CCCD_TRUST_REVOKED ? sizeof(CccdListedRevocation) :
			entry.kind == CCCD_TRUST_KEY ? 0 : sizeof(CccdAnchor);
		if (is_key(&entry))
			size += sizeof(CccdListedKey);
	}
	return size;
}

static void
count_entries(CccdBytes value, CccdTrustStore *store)
{
	CccdTrustEntry entry;
	size_t		offset = 0;

	while (cccd_trust_next(value, &offset, &entry))
	{
		store->anchor_count += entry.kind == CCCD_TRUST_ANCHOR;
		store->crl_count += entry.kind == CCCD_TRUST_CRL;
		store->signer_count += entry.kind == CCCD_TRUST_SIGNER;
		store->revocation_count += entry.kind == CCCD_TRUST_REVOKED;
		store->key_count += is_key(&entry);
	}
}

/* Where the next entry of each kind goes. */
typedef struct Places
{
	CccdAnchor *anchor;
	CccdListedCrl *crl;
	CccdListedSigner *signer;
	CccdListedKey *key;
	CccdListedRevocation *revocation;
} Places;

static bool
open_anchor(const CccdTrustEntry *entry, Places *places)
{
	CccdAnchor *anchor = places->anchor++;
	CccdDerError error;
	size_t		where;

	memset(anchor, 0, sizeof(*anchor));
	if (!cccd_x509_read(entry->bytes, &anchor->certificate, &error,
						&where))
		return false;
	anchor->subject_hash = cccd_dn_hash(anchor->certificate.subject);
	memcpy(anchor->fingerprint, entry->fingerprint, CCCD_SHA256_SIZE);
	anchor->purpose = entry->purpose;
	anchor->source = entry->source;
	anchor->flags = entry->flags;
	if (is_key(entry))
		cccd_listed_key_from_certificate(places->key++, &anchor->certificate,
										 entry->fingerprint, entry->purpose);
	return true;
}

/* Read an entry into the place of its kind, and step behind that place. */
static bool
open_entry(const CccdTrustEntry *entry, Places *places)
{
	CccdKeyEntry key;
	uint8_t		fingerprint[CCCD_HASH_SIZE];
	CccdDerError error;
	size_t		where;

	switch (entry->kind)
	{
		case CCCD_TRUST_ANCHOR:
			return open_anchor(entry, places);
		case CCCD_TRUST_CRL:
			places->crl->checked = false;
			return cccd_crl_read(entry->bytes, &places->crl++->crl, &error,
								 &where);
		case CCCD_TRUST_SIGNER:
			places->signer->purpose = entry->purpose;
			return cccd_x509_read(entry->bytes,
								  &places->signer++->certificate,
								  &error, &where);
		case CCCD_TRUST_KEY:
			if (!cccd_key_entry_read(entry->bytes, &key) ||
				!cccd_hash_bytes(CCCD_HASH_SHA256, key.content, fingerprint))
				return false;
			cccd_listed_key_from_entry(places->key++, &key, fingerprint,
									   entry->purpose);
			return true;
		case CCCD_TRUST_REVOKED:
			places->revocation->purpose = entry->purpose;
			return cccd_revoked_entry_read(entry->bytes,
										   &places->revocation++->entry);
		default:
			return true;
	}
}

/* The newest lists first; of one moment as the value has them. */
static int
compare_lists(const void *left, const void *right)
{
	const CccdCrl *a = &((const CccdListedCrl *) left)->crl;
	const CccdCrl *b = &((const CccdListedCrl *) right)->crl;

	if (a->this_update != b->this_update)
		return a->this_update > b->this_update ? -1 : 1;
	return a->whole.data < b->whole.data ? -1 : 1;
}

bool
cccd_store_open(CccdBytes value, void *memory, CccdTrustStore **result)
{
	CccdTrustStore *store = memory;
	CccdTrustEntry entry;
	Places		places;
	size_t		offset = 0;
	uint8_t		digest[CCCD_HASH_SIZE];
	CccdBytes	body;

	memset(store, 0, sizeof(*store));
	*result = store;
	if (!cccd_trust_header_valid(value))
		return false;
	body.data = value.data + CCCD_TRUST_COUNT;
	body.length = value.length - CCCD_TRUST_COUNT;
	memcpy(store->digest, value.data + CCCD_TRUST_DIGEST, CCCD_SHA256_SIZE);
	if (!cccd_hash_bytes(CCCD_HASH_SHA256, body, digest) ||
		memcmp(digest, store->digest, CCCD_SHA256_SIZE) != 0)
		return false;
	count_entries(value, store);
	store->anchors = (CccdAnchor *) (store + 1);
	store->crls = (CccdListedCrl *) (store->anchors + store->anchor_count);
	store->signers = (CccdListedSigner *) (store->crls + store->crl_count);
	store->keys = (CccdListedKey *) (store->signers + store->signer_count);
	store->revocations = (CccdListedRevocation *) (store->keys +
												   store->key_count);
	places.anchor = store->anchors;
	places.crl = store->crls;
	places.signer = store->signers;
	places.key = store->keys;
	places.revocation = store->revocations;
	while (cccd_trust_next(value, &offset, &entry))
	{
		if (!open_entry(&entry, &places))
		{
			/* no key was made yet, so there is nothing to close */
			store->anchor_count = store->key_count = 0;
			return false;
		}
	}
	qsort(store->crls, (size_t) store->crl_count, sizeof(*store->crls),
		  compare_lists);
	cccd_listed_keys_sort(store->keys, store->key_count);
	return offset == value.length ||
		(offset == 0 && value.length == CCCD_TRUST_HEADER);
}

void
cccd_store_close(CccdTrustStore *store)
{
	for (int k = 0; k < store->anchor_count; k++)
		cccd_key_free(store->anchors[k].key);
	for (int k = 0; k < store->key_count; k++)
		cccd_key_free(store->keys[k].key);
	store->anchor_count = 0;
	store->key_count = 0;
}

CccdKey    *
cccd_anchor_key(CccdAnchor *anchor)
{
	if (!anchor->key_made)
	{
		anchor->key = cccd_key_make(&anchor->certificate.key);
		anchor->key_made = anchor->key != NULL || !cccd_memory_ran_out();
	}
	return anchor->key;
}

/*
 * In which way, the best one, an anchor is a candidate, and whether the
 * certificate names it by key identifier and name.
 */
static CccdChainMatch
candidate(const CccdAnchor *anchor, const CccdX509 *certificate,
		  uint64_t issuer_hash, bool *named)
{
	bool		by_name = anchor->subject_hash == issuer_hash &&
	cccd_dn_equal(anchor->certificate.subject, certificate->issuer);
	bool		by_key_id = certificate->authority_key_id.length > 0 &&
	cccd_bytes_equal(certificate->authority_key_id,
					 anchor->certificate.subject_key_id);

	*named = by_key_id && by_name;
	if (by_key_id)
		return CCCD_CHAIN_BY_KEY_ID;
	if (by_name)
		return CCCD_CHAIN_BY_NAME;
	if (cccd_country_equal(anchor->certificate.subject_country,
						   certificate->issuer_country))
		return CCCD_CHAIN_BY_COUNTRY;
	return CCCD_CHAIN_NONE;
}

void
cccd_store_chain(CccdTrustStore *store, int purpose,
				 const CccdX509 *certificate, CccdEffort *effort,
				 CccdChain *chain)
{
	uint64_t	issuer_hash = cccd_dn_hash(certificate->issuer);
	int			attempts = 0;

	memset(chain, 0, sizeof(*chain));
	chain->anchor = -1;
	/* each way twice: a CSCA's own certificate before links to its key */
	for (int pass = 0; pass < 6; pass++)
	{
		CccdChainMatch way = (CccdChainMatch) (CCCD_CHAIN_BY_KEY_ID +
											   pass / 2);

		for (int k = 0; k < store->anchor_count; k++)
		{
			CccdAnchor *anchor = &store->anchors[k];
			CccdSignatureVerdict verdict;
			bool		named;

			if (anchor->purpose != purpose ||
				((anchor->flags & CCCD_TRUST_VIA_LINK) != 0) != (pass % 2) ||
				candidate(anchor, certificate, issuer_hash, &named) != way)
				continue;
			if (attempts++ == CCCD_CHAIN_ATTEMPTS ||
				!cccd_effort_spend(effort, CCCD_COST_PLAIN))
			{
				/* one of those that it names may not have been tried */
				if (way == CCCD_CHAIN_BY_KEY_ID)
					chain->candidates = false;
				chain->exhausted = true;
				return;
			}
			verdict = cccd_signed_verify(&certificate->signed_part,
										 cccd_anchor_key(anchor),
										 &anchor->certificate.key);
			/* what no key signs accuses nobody */
			if (named && verdict == CCCD_SIGNATURE_INVALID)
				chain->candidates = true;
			if (verdict == CCCD_SIGNATURE_OK)
			{
				chain->match = way;
				chain->anchor = k;
				return;
			}
			if (verdict == CCCD_SIGNATURE_UNSUPPORTED &&
				way != CCCD_CHAIN_BY_COUNTRY)
				chain->unsupported = true;
		}
	}
}

/* Find the anchor that signed a list; false if effort does not suffice. */
static bool
find_crl_anchor(CccdTrustStore *store, CccdListedCrl *listed,
				CccdEffort *effort)
{
	const CccdCrl *crl = &listed->crl;

	listed->attempts = 0;
	listed->anchor = -1;
	listed->issuer_found = false;
	listed->unsupported = false;
	/* by key identifier, by name, by state */
	for (int pass = 0; pass < 3; pass++)
	{
		for (int k = 0; k < store->anchor_count; k++)
		{
			CccdAnchor *anchor = &store->anchors[k];
			const CccdX509 *csca = &anchor->certificate;
			CccdSignatureVerdict verdict;
			bool		by_id = crl->authority_key_id.length > 0 &&
			cccd_bytes_equal(crl->authority_key_id, csca->subject_key_id);
			bool		by_name = cccd_dn_equal(crl->issuer, csca->subject);

			if (!cccd_country_equal(crl->issuer_country,
									csca->subject_country) ||
				pass != (by_id ? 0 : by_name ? 1 : 2))
				continue;
			if (csca->has_key_usage &&
				!(csca->key_usage & CCCD_USAGE_CRL_SIGN))
				continue;
			if (listed->attempts == CCCD_CHAIN_ATTEMPTS)
				return true;
			if (!cccd_effort_spend(effort, CCCD_COST_PLAIN))
				return false;
			listed->attempts++;
			if (pass < 2)
				listed->issuer_found = true;
			verdict = cccd_signed_verify(&crl->signed_part,
										 cccd_anchor_key(anchor), &csca->key);
			if (verdict == CCCD_SIGNATURE_OK)
			{
				listed->anchor = k;
				return true;
			}
			if (verdict == CCCD_SIGNATURE_UNSUPPORTED && pass < 2)
				listed->unsupported = true;
		}
	}
	return true;
}

/*
 * The same once: what was found is kept, and counts as if it was found now.
 * False if effort does not suffice.
 */
static bool
check_crl(CccdTrustStore *store, CccdListedCrl *listed, CccdEffort *effort)
{
	bool		good;

	if (listed->checked)
		return cccd_effort_spend(effort, listed->attempts);
	good = find_crl_anchor(store, listed, effort);
	listed->checked = good && !cccd_memory_ran_out();
	return good;
}

static bool
has_name(const CccdBytes *names, int count, CccdBytes name)
{
	for (int k = 0; k < count; k++)
		if (cccd_dn_equal(names[k], name))
			return true;
	return false;
}

/*
 * The names of the CSCA that an anchor belongs to: its own, those under which
 * its key is an anchor as well, and those that verified link certificates
 * connect with it.
 */
static int
issuer_names(const CccdTrustStore *store, int anchor, CccdBytes *names)
{
	int			count = 1;
	int			before;

	names[0] = store->anchors[anchor].certificate.subject;
	do
	{
		before = count;
		for (int k = 0; k < store->anchor_count && count < ISSUER_NAMES; k++)
		{
			const CccdX509 *link = &store->anchors[k].certificate;
			bool		subject;
			bool		issuer;

			subject = has_name(names, count, link->subject);
			issuer = has_name(names, count, link->issuer);
			if (!subject && count < ISSUER_NAMES &&
				cccd_bytes_equal(link->key_info,
								 store->anchors[anchor].certificate.key_info))
			{
				names[count++] = link->subject;
				continue;
			}
			if (!(store->anchors[k].flags & CCCD_TRUST_VIA_LINK))
				continue;
			if (subject != issuer)
				names[count++] = subject ? link->issuer : link->subject;
		}
	} while (count > before && count < ISSUER_NAMES);
	return count;
}

/* Keep the newest lists. */
static void
add_list(CccdRevocationState *state, const CccdCrl *crl)
{
	int			at = state->list_count;

	if (at == CCCD_REVOCATION_LISTS)
	{
		at = 0;
		for (int k = 1; k < CCCD_REVOCATION_LISTS; k++)
			if (state->lists[k].this_update < state->lists[at].this_update)
				at = k;
		if (state->lists[at].this_update >= crl->this_update)
			return;
	}
	else
		state->list_count++;
	state->lists[at].this_update = crl->this_update;
	state->lists[at].next_update = crl->next_update;
	state->lists[at].has_next_update = crl->has_next_update;
}

/* Numbers without leading zeros, or none; the sign is that of a - b. */
static int
compare_numbers(CccdBytes a, CccdBytes b)
{
	if (a.length != b.length)
		return a.length < b.length ? -1 : 1;
	return cccd_bytes_compare(a, b);
}

/*
 * Whether a list has a higher number than a newer one of the same issuer:
 * numbers rise (RFC 5280 5.2.3), so one of the two is not what it says.
 */
static bool
numbers_fall(const CccdTrustStore *store, int list)
{
	const CccdCrl *crl = &store->crls[list].crl;

	for (int k = 0; k < list; k++)
	{
		const CccdCrl *other = &store->crls[k].crl;
		int			sign = compare_numbers(crl->number, other->number);

		if (store->crls[k].checked && store->crls[k].anchor >= 0 &&
			crl->number.length > 0 && other->number.length > 0 &&
			cccd_dn_equal(crl->issuer, other->issuer) &&
			((sign > 0 && crl->this_update < other->this_update) ||
			 (sign < 0 && crl->this_update > other->this_update)))
			return true;
	}
	return false;
}

/*
 * The serial numbers of the certificates that the CSCA issued of an anchor's
 * key: its own, and others that the value holds.  Whichever of them is revoked,
 * the key is.
 */
static int
key_certificates(const CccdTrustStore *store, int anchor,
				 const CccdBytes *names, int name_count, CccdBytes *serials)
{
	const CccdX509 *csca = &store->anchors[anchor].certificate;
	int			count = 1;

	serials[0] = csca->serial;
	for (int k = 0; k < store->anchor_count && count < KEY_CERTIFICATES; k++)
	{
		const CccdX509 *other = &store->anchors[k].certificate;

		if (k != anchor && cccd_bytes_equal(other->key_info, csca->key_info) &&
			store->anchors[k].purpose == store->anchors[anchor].purpose &&
			has_name(names, name_count, other->issuer))
			serials[count++] = other->serial;
	}
	return count;
}

/* Note the earliest revocation of the CSCA's key in a list. */
static void
find_csca(const CccdCrl *crl, const CccdBytes *serials, int count,
		  CccdRevocationState *state)
{
	for (int k = 0; k < count; k++)
	{
		CccdRevocation revocation;

		if (!cccd_crl_find(crl, serials[k], &revocation) ||
			(state->csca_revoked && revocation.time >= state->csca_revoked_at))
			continue;
		state->csca_revoked = true;
		state->csca_revoked_at = revocation.time;
	}
}

void
cccd_store_revocation(CccdTrustStore *store, int purpose,
					  const CccdX509 *certificate, int anchor,
					  CccdEffort *effort, CccdRevocationState *state)
{
	const CccdX509 *csca = &store->anchors[anchor].certificate;
	CccdBytes	names[ISSUER_NAMES];
	int			name_count = issuer_names(store, anchor, names);
	CccdBytes	keys[KEY_CERTIFICATES];
	int			key_count = key_certificates(store, anchor, names, name_count,
											 keys);

	memset(state, 0, sizeof(*state));
	for (int k = 0; k < store->crl_count; k++)
	{
		CccdListedCrl *listed = &store->crls[k];
		CccdRevocation revocation;
		bool		own;

		if (!cccd_country_equal(listed->crl.issuer_country,
								csca->subject_country))
			continue;
		if (!check_crl(store, listed, effort))
		{
			state->exhausted = true;
			return;
		}
		if (listed->anchor < 0)
		{
			if (listed->unsupported)
				state->signature_unsupported = true;
			else if (listed->issuer_found)
				state->signature_invalid = true;
			else
				state->issuer_unknown = true;
			continue;
		}
		if (store->anchors[listed->anchor].purpose != purpose)
			continue;
		own = has_name(names, name_count,
					   store->anchors[listed->anchor].certificate.subject);
		if (cccd_crl_find(&listed->crl, certificate->serial, &revocation))
		{
			/* a serial number is unique per issuer (RFC 5280 5.3) */
			if (!own)
				state->by_country = true;
			else if (!state->revoked || revocation.time < state->revoked_at)
			{
				state->revoked = true;
				state->revoked_at = revocation.time;
				state->reason = revocation.reason;
			}
		}
		if (own)
			find_csca(&listed->crl, keys, key_count, state);
		if (own && numbers_fall(store, k))
			state->number_rollback = true;
		if (listed->crl.unsupported && own)
			state->unsupported = true;
		else if (own)
			add_list(state, &listed->crl);
	}
}
