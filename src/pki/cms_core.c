/*
 * cms_core.c
 *		Signed messages: reading them; see cms_core.h.
 */
#include "pki/cms_core.h"

#include <string.h>

#include "pki/distinguished_name_core.h"

#define OID_SIGNED_DATA		"\x2A\x86\x48\x86\xF7\x0D\x01\x07\x02"
#define OID_CONTENT_TYPE	"\x2A\x86\x48\x86\xF7\x0D\x01\x09\x03"
#define OID_MESSAGE_DIGEST	"\x2A\x86\x48\x86\xF7\x0D\x01\x09\x04"
#define OID_SIGNING_TIME	"\x2A\x86\x48\x86\xF7\x0D\x01\x09\x05"

static bool
read_digest_algorithms(CccdDer *cursor, CccdCms *cms)
{
	CccdDer		set;

	if (!cccd_der_want_enter(cursor, CCCD_DER_SET, &set))
		return false;
	while (!cccd_der_at_end(&set))
	{
		CccdHashKind hash;

		if (!cccd_hash_read(&set, &hash))
			return false;
		if (hash != CCCD_HASH_UNKNOWN && cms->digest_count < CCCD_CMS_SIGNERS)
			cms->digests[cms->digest_count++] = hash;
	}
	return true;
}

static bool
read_content(CccdDer *cursor, uint8_t *scratch, size_t capacity,
			 CccdCms *cms)
{
	CccdDer		content;
	CccdDerItem item;

	if (!cccd_der_want_enter(cursor, CCCD_DER_SEQUENCE, &content) ||
		!cccd_der_want(&content, CCCD_DER_OID, &item))
		return false;
	cms->content_type = cccd_der_value(&item);
	if (!cccd_der_option(&content, CCCD_DER_EXPLICIT(0), &item,
						 &cms->has_content))
		return false;
	if (cms->has_content)
	{
		CccdDer		wrapper = cccd_der_enter(&content, &item);

		if (!cccd_der_next(&wrapper, &item) ||
			!cccd_der_finish(&wrapper) ||
			!cccd_der_octets(&wrapper, &item, scratch, capacity,
							 &cms->content))
			return false;
	}
	return cccd_der_finish(&content);
}

static bool
read_certificates(CccdDer *cursor, CccdCms *cms)
{
	CccdDerItem item;
	bool		present;

	if (!cccd_der_option(cursor, CCCD_DER_EXPLICIT(0), &item, &present))
		return false;
	if (present)
	{
		CccdDer		set = cccd_der_enter(cursor, &item);

		while (!cccd_der_at_end(&set))
		{
			if (!cccd_der_next(&set, &item))
				return false;
			/* other forms of certificates are obsolete */
			if (item.tag != CCCD_DER_SEQUENCE)
				continue;
			if (cms->certificate_count == CCCD_CMS_CERTIFICATES)
				return cccd_der_fail(&set, CCCD_DER_LIMIT, item.start);
			cms->certificates[cms->certificate_count++] =
				cccd_der_whole(&item);
		}
	}
	/* lists of revoked certificates are taken from the trust value only */
	return cccd_der_option(cursor, CCCD_DER_EXPLICIT(1), &item, &present);
}

/* One attribute: a type and a SET of values, of which ours have one. */
static bool
read_attribute(CccdDer *cursor, CccdSignerInfo *signer)
{
	CccdDer		attribute;
	CccdDer		values;
	CccdDerItem item;
	CccdBytes	type;

	if (!cccd_der_want_enter(cursor, CCCD_DER_SEQUENCE, &attribute) ||
		!cccd_der_want(&attribute, CCCD_DER_OID, &item))
		return false;
	type = cccd_der_value(&item);
	if (!cccd_der_want_enter(&attribute, CCCD_DER_SET, &values) ||
		!cccd_der_finish(&attribute))
		return false;
	while (!cccd_der_at_end(&values))
	{
		if (!cccd_der_next(&values, &item))
			return false;
		if (CCCD_OID_IS(type, OID_CONTENT_TYPE))
		{
			if (item.tag != CCCD_DER_OID)
				return cccd_der_fail(&values, CCCD_DER_TAG, item.start);
			signer->content_type = cccd_der_value(&item);
			signer->content_type_count++;
		}
		else if (CCCD_OID_IS(type, OID_MESSAGE_DIGEST))
		{
			if (item.tag != CCCD_DER_OCTET_STRING)
				return cccd_der_fail(&values, CCCD_DER_TAG, item.start);
			signer->message_digest = cccd_der_value(&item);
			signer->message_digest_count++;
		}
		else if (CCCD_OID_IS(type, OID_SIGNING_TIME))
		{
			if (!cccd_der_time_bytes(item.tag, item.value, item.length,
									 &signer->signing_time))
				signer->signing_time_invalid = true;
			signer->signing_time_count++;
		}
	}
	return true;
}

static bool
read_attributes(CccdDer *cursor, const CccdDerItem *item,
				CccdSignerInfo *signer)
{
	CccdDer		attributes = cccd_der_enter(cursor, item);

	signer->attributes_head.data = item->start + 1;
	signer->attributes_head.length = (size_t) (item->value - item->start) - 1;
	signer->attributes_indefinite = item->indefinite;
	signer->attributes_content = cccd_der_value(item);
	signer->attributes_sorted = true;
	while (!cccd_der_at_end(&attributes))
	{
		const uint8_t *start = attributes.at;
		CccdBytes  *whole;

		if (signer->attribute_count == CCCD_CMS_ATTRIBUTES)
			return cccd_der_fail(cursor, CCCD_DER_LIMIT, start);
		if (!read_attribute(&attributes, signer))
			return false;
		whole = &signer->attributes[signer->attribute_count++];
		whole->data = start;
		whole->length = (size_t) (attributes.at - start);
		if (signer->attribute_count > 1 &&
			cccd_bytes_compare(whole[-1], whole[0]) > 0)
			signer->attributes_sorted = false;
	}
	return cursor->document->error == CCCD_DER_OK;
}

static bool
read_identifier(CccdDer *cursor, CccdSignerInfo *signer)
{
	CccdDer		inner;
	CccdDerItem item;

	if (cccd_der_peek(cursor) == CCCD_DER_CONTEXT(0))
	{
		signer->by_key_id = true;
		if (!cccd_der_next(cursor, &item))
			return false;
		signer->key_id = cccd_der_value(&item);
		return true;
	}
	if (!cccd_der_want_enter(cursor, CCCD_DER_SEQUENCE, &inner) ||
		!cccd_der_want(&inner, CCCD_DER_SEQUENCE, &item))
		return false;
	signer->issuer = cccd_der_whole(&item);
	if (!cccd_der_want(&inner, CCCD_DER_INTEGER, &item))
		return false;
	signer->serial = cccd_bytes_strip_zeros(cccd_der_value(&item));
	return cccd_der_finish(&inner);
}

static bool
read_signer(CccdDer *cursor, uint8_t *scratch, size_t capacity,
			CccdSignerInfo *signer)
{
	CccdDer		inner;
	CccdDerItem item;
	bool		present;

	memset(signer, 0, sizeof(*signer));
	if (!cccd_der_want_enter(cursor, CCCD_DER_SEQUENCE, &inner) ||
		!cccd_der_want(&inner, CCCD_DER_INTEGER, &item) ||
		!cccd_der_small_integer(&inner, &item, &signer->version) ||
		!read_identifier(&inner, signer) ||
		!cccd_hash_read(&inner, &signer->digest) ||
		!cccd_der_option(&inner, CCCD_DER_EXPLICIT(0), &item,
						 &signer->has_attributes))
		return false;
	if (signer->has_attributes && !read_attributes(&inner, &item, signer))
		return false;
	/* unsigned attributes say nothing */
	return cccd_algorithm_read(&inner, &signer->algorithm) &&
		cccd_der_next(&inner, &item) &&
		cccd_der_octets(&inner, &item, scratch, capacity,
						&signer->signature) &&
		cccd_der_option(&inner, CCCD_DER_EXPLICIT(1), &item, &present) &&
		cccd_der_finish(&inner);
}

bool
cccd_cms_read(CccdDer *cursor, uint8_t *scratch, size_t capacity,
			  CccdCms *cms, bool *signed_data)
{
	CccdDer		info;
	CccdDer		wrapper;
	CccdDer		data;
	CccdDer		set;
	CccdDerItem item;
	size_t		used = 0;

	memset(cms, 0, offsetof(CccdCms, signers));
	*signed_data = false;
	if (!cccd_der_want_enter(cursor, CCCD_DER_SEQUENCE, &info) ||
		!cccd_der_want(&info, CCCD_DER_OID, &item))
		return false;
	if (!CCCD_OID_IS(cccd_der_value(&item), OID_SIGNED_DATA))
		return cccd_der_fail(&info, CCCD_DER_VALUE, item.start);
	*signed_data = true;
	if (!cccd_der_want_enter(&info, CCCD_DER_EXPLICIT(0), &wrapper) ||
		!cccd_der_finish(&info) ||
		!cccd_der_want_enter(&wrapper, CCCD_DER_SEQUENCE, &data) ||
		!cccd_der_finish(&wrapper) ||
		!cccd_der_want(&data, CCCD_DER_INTEGER, &item) ||
		!cccd_der_small_integer(&data, &item, &cms->version) ||
		!read_digest_algorithms(&data, cms) ||
		!read_content(&data, scratch, capacity, cms) ||
		!read_certificates(&data, cms) ||
		!cccd_der_want_enter(&data, CCCD_DER_SET, &set) ||
		!cccd_der_finish(&data))
		return false;
	if (cms->content.data == scratch)
		used = cms->content.length;
	while (!cccd_der_at_end(&set))
	{
		CccdSignerInfo *signer;

		if (cms->signer_count == CCCD_CMS_SIGNERS)
			return cccd_der_fail(&set, CCCD_DER_LIMIT, set.at);
		signer = &cms->signers[cms->signer_count];
		if (!read_signer(&set, scratch + used, capacity - used, signer))
			return false;
		if (signer->signature.data == scratch + used)
			used += signer->signature.length;
		cms->signer_count++;
	}
	return cursor->document->error == CCCD_DER_OK;
}

bool
cccd_signer_is(const CccdSignerInfo *signer,
			   const CccdX509 *certificate)
{
	if (signer->by_key_id)
		return signer->key_id.length > 0 &&
			cccd_bytes_equal(signer->key_id, certificate->subject_key_id);
	return cccd_bytes_equal(signer->serial, certificate->serial) &&
		cccd_dn_equal(signer->issuer, certificate->issuer);
}

CccdSignerMatch
cccd_cms_find_certificate(const CccdCms *cms,
						  const CccdSignerInfo *signer, int *index)
{
	CccdSignerMatch match = CCCD_SIGNER_NOT_FOUND;

	for (int k = 0; k < cms->certificate_count; k++)
	{
		CccdX509	certificate;
		CccdDerError error;
		size_t		offset;

		if (!cccd_x509_read(cms->certificates[k], &certificate,
							&error, &offset) ||
			!cccd_signer_is(signer, &certificate))
			continue;
		if (match != CCCD_SIGNER_NOT_FOUND &&
			!cccd_bytes_equal(cms->certificates[k],
							  cms->certificates[*index]))
			return CCCD_SIGNER_AMBIGUOUS;
		match = signer->by_key_id ? CCCD_SIGNER_BY_KEY_ID :
			CCCD_SIGNER_BY_NAME;
		*index = k;
	}
	if (match == CCCD_SIGNER_NOT_FOUND && cms->certificate_count == 1)
	{
		*index = 0;
		return CCCD_SIGNER_ONLY_ONE;
	}
	return match;
}
