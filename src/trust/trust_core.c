/*
 * trust_core.c
 *		The trust value; see trust_core.h.
 */
#include "trust/trust_core.h"

#include <stdlib.h>
#include <string.h>

#include "pki/distinguished_name_core.h"

static const char magic[] = {'C', 'C', 'T', '1'};

/* A link's links: more re-keys than a CSCA does in a century. */
#define LINK_ROUNDS		16

/* Of anchors while links are followed: new in this round, in the next one. */
#define FRESH			0x40
#define NEXT			0x80

static const char *const purposes[] = {
	NULL, "chip", "health_certificate", "ticket", "health_certificate_test"
};

static const char *const kinds[] = {
	NULL, "anchor", "link", "signer", "crl", "key", "revoked"
};

static const char *const sources[] = {
	NULL, "operator", "master_list", "ldif", "raw_list", "json"
};

const char *
cccd_trust_kind_name(int kind)
{
	return kinds[kind];
}

const char *
cccd_trust_source_name(int source)
{
	return sources[source];
}

const char *
cccd_trust_purpose_name(int purpose)
{
	return purposes[purpose];
}

/* The number of a name among names, of which the first has the number 1. */
static int
by_name(const char *const *names, int last, const char *name, size_t length)
{
	for (int k = 1; k <= last; k++)
		if (strlen(names[k]) == length &&
			memcmp(names[k], name, length) == 0)
			return k;
	return 0;
}

int
cccd_trust_purpose_by_name(const char *name, size_t length)
{
	return by_name(purposes, CCCD_PURPOSE_HEALTH_TEST, name, length);
}

int
cccd_trust_kind_by_name(const char *name, size_t length)
{
	return by_name(kinds, CCCD_TRUST_REVOKED, name, length);
}

int
cccd_trust_source_by_name(const char *name, size_t length)
{
	return by_name(sources, CCCD_TRUST_SOURCE_JSON, name, length);
}

static uint32_t
get_number(const uint8_t *p)
{
	return (uint32_t) p[0] | (uint32_t) p[1] << 8 | (uint32_t) p[2] << 16 |
		(uint32_t) p[3] << 24;
}

static void
put_number(uint8_t *p, uint32_t number)
{
	p[0] = (uint8_t) number;
	p[1] = (uint8_t) (number >> 8);
	p[2] = (uint8_t) (number >> 16);
	p[3] = (uint8_t) (number >> 24);
}

bool
cccd_trust_header_valid(CccdBytes value)
{
	return value.length >= CCCD_TRUST_HEADER &&
		memcmp(value.data, magic, sizeof(magic)) == 0 &&
		get_number(value.data + CCCD_TRUST_COUNT) <= CCCD_TRUST_ENTRIES;
}

uint32_t
cccd_trust_count(CccdBytes value)
{
	return get_number(value.data + CCCD_TRUST_COUNT);
}

bool
cccd_trust_next(CccdBytes value, size_t *offset, CccdTrustEntry *entry)
{
	const uint8_t *p;
	size_t		left;

	if (*offset == 0)
		*offset = CCCD_TRUST_HEADER;
	if (*offset > value.length)
		return false;
	p = value.data + *offset;
	left = value.length - *offset;
	if (left < CCCD_TRUST_ENTRY)
		return false;
	entry->kind = p[0];
	entry->purpose = p[1];
	entry->source = p[2];
	entry->flags = p[3];
	entry->bytes.length = get_number(p + 4);
	entry->bytes.data = p + CCCD_TRUST_ENTRY;
	memcpy(entry->fingerprint, p + 8, CCCD_SHA256_SIZE);
	if (entry->bytes.length > left - CCCD_TRUST_ENTRY ||
		entry->kind < CCCD_TRUST_ANCHOR || entry->kind > CCCD_TRUST_REVOKED ||
		entry->purpose < CCCD_PURPOSE_CHIP ||
		entry->purpose > CCCD_PURPOSE_HEALTH_TEST ||
		entry->source < CCCD_TRUST_SOURCE_OPERATOR ||
		entry->source > CCCD_TRUST_SOURCE_JSON ||
		(entry->flags & ~(CCCD_TRUST_VIA_LINK | CCCD_TRUST_PROFILE)) != 0)
		return false;
	*offset += CCCD_TRUST_ENTRY + entry->bytes.length;
	return true;
}

static int
compare_entries(const void *left, const void *right)
{
	const CccdTrustEntry *a = left;
	const CccdTrustEntry *b = right;

	if (a->purpose != b->purpose)
		return a->purpose < b->purpose ? -1 : 1;
	return memcmp(a->fingerprint, b->fingerprint, CCCD_SHA256_SIZE);
}

bool
cccd_trust_content_valid(const CccdTrustEntry *entry)
{
	CccdX509	certificate;
	CccdCrl		crl;
	CccdKeyEntry key;
	CccdRevokedEntry revoked;
	CccdDerError error;
	size_t		where;

	switch (entry->kind)
	{
		case CCCD_TRUST_CRL:
			return cccd_crl_read(entry->bytes, &crl, &error, &where);
		case CCCD_TRUST_KEY:
			return cccd_key_entry_read(entry->bytes, &key);
		case CCCD_TRUST_REVOKED:
			return cccd_revoked_entry_read(entry->bytes, &revoked);
		default:
			return cccd_x509_read(entry->bytes, &certificate, &error,
								  &where);
	}
}

void
cccd_trust_country(const CccdTrustEntry *entry, char country[4])
{
	CccdX509	certificate;
	CccdCrl		crl;
	CccdKeyEntry key;
	CccdDerError error;
	size_t		where;

	country[0] = '\0';
	switch (entry->kind)
	{
		case CCCD_TRUST_CRL:
			if (cccd_crl_read(entry->bytes, &crl, &error, &where))
				memcpy(country, crl.issuer_country, 4);
			return;
		case CCCD_TRUST_KEY:
			if (!cccd_key_entry_read(entry->bytes, &key))
				return;
			if (key.country[0] != '\0')
				memcpy(country, key.country, 4);
			else if (key.has_certificate)
				memcpy(country, key.certificate.subject_country, 4);
			return;
		case CCCD_TRUST_REVOKED:
			return;
		default:
			if (cccd_x509_read(entry->bytes, &certificate, &error, &where))
				memcpy(country, certificate.subject_country, 4);
			return;
	}
}

bool
cccd_trust_valid(CccdBytes value)
{
	CccdTrustEntry entry;
	CccdTrustEntry last;
	CccdBytes	body;
	uint8_t		digest[CCCD_HASH_SIZE];
	uint32_t	count = 0;
	size_t		offset = 0;

	if (!cccd_trust_header_valid(value) || value.length > CCCD_TRUST_SIZE)
		return false;
	body.data = value.data + CCCD_TRUST_COUNT;
	body.length = value.length - CCCD_TRUST_COUNT;
	if (!cccd_hash_bytes(CCCD_HASH_SHA256, body, digest) ||
		memcmp(digest, value.data + CCCD_TRUST_DIGEST,
			   CCCD_SHA256_SIZE) != 0)
		return false;
	while (cccd_trust_next(value, &offset, &entry))
	{
		if (!cccd_hash_bytes(CCCD_HASH_SHA256, entry.bytes, digest) ||
			memcmp(digest, entry.fingerprint, CCCD_SHA256_SIZE) != 0)
			return false;
		if (!cccd_trust_content_valid(&entry))
			return false;
		if (count > 0 && compare_entries(&last, &entry) >= 0)
			return false;
		last = entry;
		count++;
	}
	if (offset == 0)
		offset = CCCD_TRUST_HEADER;
	return offset == value.length && count == cccd_trust_count(value);
}

/* What Doc 9303-12 Table 3 and 4 want of a CSCA certificate. */
static bool
has_csca_profile(const CccdX509 *certificate)
{
	return certificate->ca && certificate->has_key_usage &&
		(certificate->key_usage & CCCD_USAGE_CERT_SIGN) != 0 &&
		certificate->path_length == 0 && !certificate->critical_unknown &&
		certificate->subject_key_id.length > 0 &&
		certificate->subject_country[0] != '\0' &&
		!certificate->time_invalid;
}

static bool
signed_by_itself(const CccdX509 *certificate)
{
	CccdKey    *key;
	bool		good;

	if (!cccd_x509_self_issued(certificate))
		return false;
	key = cccd_key_make(&certificate->key);
	good = cccd_signed_verify(&certificate->signed_part, key, &certificate->key) ==
		CCCD_SIGNATURE_OK;
	cccd_key_free(key);
	return good;
}

bool
cccd_trust_entry_of(CccdBytes bytes, int kind, int purpose, int source,
					CccdTrustEntry *entry)
{
	uint8_t		digest[CCCD_HASH_SIZE];

	if (!cccd_hash_bytes(CCCD_HASH_SHA256, bytes, digest))
		return false;
	memset(entry, 0, sizeof(*entry));
	entry->kind = (uint8_t) kind;
	entry->purpose = (uint8_t) purpose;
	entry->source = (uint8_t) source;
	entry->bytes = bytes;
	memcpy(entry->fingerprint, digest, CCCD_SHA256_SIZE);
	return true;
}

bool
cccd_trust_classify(CccdBytes bytes, int purpose, int source,
					CccdTrustEntry *entry)
{
	CccdX509	certificate;
	CccdDerError error;
	size_t		offset;

	if (!cccd_x509_read(bytes, &certificate, &error, &offset) ||
		!cccd_trust_entry_of(bytes, CCCD_TRUST_ANCHOR, purpose, source,
							 entry))
		return false;
	if (purpose != CCCD_PURPOSE_CHIP || signed_by_itself(&certificate))
		entry->kind = CCCD_TRUST_ANCHOR;
	else
		entry->kind = certificate.ca ? CCCD_TRUST_LINK : CCCD_TRUST_SIGNER;
	if (purpose == CCCD_PURPOSE_CHIP && entry->kind != CCCD_TRUST_SIGNER &&
		!has_csca_profile(&certificate))
		entry->flags |= CCCD_TRUST_PROFILE;
	return true;
}

/* The better of two entries for one certificate. */
static void
merge(CccdTrustEntry *kept, const CccdTrustEntry *other)
{
	if (other->kind < kept->kind ||
		(other->kind == kept->kind &&
		 ((kept->flags & CCCD_TRUST_VIA_LINK) >
		  (other->flags & CCCD_TRUST_VIA_LINK) ||
		  ((kept->flags & CCCD_TRUST_VIA_LINK) ==
		   (other->flags & CCCD_TRUST_VIA_LINK) &&
		   other->source < kept->source))))
		*kept = *other;
}

/* Whether a link names an anchor of its state as its issuer. */
static bool
names_anchor(const CccdX509 *link, const CccdX509 *anchor)
{
	if (strcmp(link->subject_country, anchor->subject_country) != 0 ||
		link->subject_country[0] == '\0')
		return false;
	return link->authority_key_id.length > 0 &&
		anchor->subject_key_id.length > 0 ?
		cccd_bytes_equal(link->authority_key_id, anchor->subject_key_id) :
		cccd_dn_equal(link->issuer, anchor->subject);
}

/* Whether an anchor's key signed this link. */
static bool
link_holds(const CccdX509 *link, const CccdX509 *anchor)
{
	CccdKey    *key = cccd_key_make(&anchor->key);
	bool		good;

	good = cccd_signed_verify(&link->signed_part, key, &anchor->key) ==
		CCCD_SIGNATURE_OK;
	cccd_key_free(key);
	return good;
}

/* Put entries in order, each once; returns how many remain. */
static int
sort_entries(CccdTrustEntry *entries, int count)
{
	int			kept = 0;

	/* what became an anchor through a link is a link until proven again */
	for (int k = 0; k < count; k++)
	{
		if (!(entries[k].flags & CCCD_TRUST_VIA_LINK))
			continue;
		entries[k].kind = CCCD_TRUST_LINK;
		entries[k].flags &= (uint8_t) ~CCCD_TRUST_VIA_LINK;
	}
	qsort(entries, (size_t) count, sizeof(*entries), compare_entries);
	for (int k = 0; k < count; k++)
	{
		if (kept > 0 && compare_entries(&entries[kept - 1], &entries[k]) == 0)
			merge(&entries[kept - 1], &entries[k]);
		else
			entries[kept++] = entries[k];
	}
	return kept;
}

/*
 * Whether one of the anchors, of those that the last round added, signed a
 * link; all earlier ones were tried before.
 */
static bool
finds_anchor(const CccdTrustEntry *entries, int count, const CccdX509 *work,
			 int link, void (*breathe) (void))
{
	int			attempts = 0;

	for (int k = 0; k < count; k++)
	{
		if (entries[k].kind != CCCD_TRUST_ANCHOR ||
			!(entries[k].flags & FRESH) ||
			entries[k].purpose != entries[link].purpose ||
			!names_anchor(&work[link], &work[k]))
			continue;
		if (attempts++ == CCCD_LINK_ATTEMPTS)
			return false;
		if (breathe != NULL)
			breathe();
		if (link_holds(&work[link], &work[k]))
			return true;
	}
	return false;
}

/* The anchors of one round of links; returns whether there are any. */
static bool
follow_links(CccdTrustEntry *entries, int count, const CccdX509 *work,
			 void (*breathe) (void))
{
	bool		found = false;

	for (int k = 0; k < count; k++)
	{
		if (entries[k].kind != CCCD_TRUST_LINK)
			continue;
		if (breathe != NULL)
			breathe();
		if (finds_anchor(entries, count, work, k, breathe))
		{
			/* it signs from the next round on */
			entries[k].flags |= NEXT;
			found = true;
		}
	}
	for (int k = 0; k < count; k++)
	{
		entries[k].flags &= (uint8_t) ~FRESH;
		if (!(entries[k].flags & NEXT))
			continue;
		entries[k].kind = CCCD_TRUST_ANCHOR;
		entries[k].flags &= (uint8_t) ~NEXT;
		entries[k].flags |= FRESH | CCCD_TRUST_VIA_LINK;
	}
	return found;
}

int
cccd_trust_settle(CccdTrustEntry *entries, int count,
				  CccdX509 *work, void (*breathe) (void))
{
	int			kept = sort_entries(entries, count);

	for (int k = 0; k < kept; k++)
	{
		CccdDerError error;
		size_t		offset;

		if (entries[k].kind == CCCD_TRUST_ANCHOR)
			entries[k].flags |= FRESH;
		if (entries[k].kind > CCCD_TRUST_LINK ||
			!cccd_x509_read(entries[k].bytes, &work[k], &error,
							&offset))
			memset(&work[k], 0, sizeof(work[k]));
	}
	for (int round = 0; round < LINK_ROUNDS; round++)
		if (!follow_links(entries, kept, work, breathe))
			break;
	for (int k = 0; k < kept; k++)
		entries[k].flags &= (uint8_t) ~FRESH;
	return kept;
}

size_t
cccd_trust_size(const CccdTrustEntry *entries, int count)
{
	size_t		size = CCCD_TRUST_HEADER;

	for (int k = 0; k < count; k++)
		size += CCCD_TRUST_ENTRY + entries[k].bytes.length;
	return size;
}

bool
cccd_trust_write(const CccdTrustEntry *entries, int count, uint8_t *out)
{
	uint8_t    *p = out + CCCD_TRUST_HEADER;
	uint8_t		digest[CCCD_HASH_SIZE];
	CccdBytes	body;

	for (int k = 0; k < count; k++)
	{
		p[0] = entries[k].kind;
		p[1] = entries[k].purpose;
		p[2] = entries[k].source;
		p[3] = entries[k].flags;
		put_number(p + 4, (uint32_t) entries[k].bytes.length);
		memcpy(p + 8, entries[k].fingerprint, CCCD_SHA256_SIZE);
		memcpy(p + CCCD_TRUST_ENTRY, entries[k].bytes.data,
			   entries[k].bytes.length);
		p += CCCD_TRUST_ENTRY + entries[k].bytes.length;
	}
	memcpy(out, magic, sizeof(magic));
	put_number(out + CCCD_TRUST_COUNT, (uint32_t) count);
	body.data = out + CCCD_TRUST_COUNT;
	body.length = (size_t) (p - body.data);
	if (!cccd_hash_bytes(CCCD_HASH_SHA256, body, digest))
		return false;
	memcpy(out + CCCD_TRUST_DIGEST, digest, CCCD_SHA256_SIZE);
	return true;
}
