/*
 * crl_core.c
 *		Certificate revocation lists; see crl_core.h.
 */
#include "pki/crl_core.h"

#include <string.h>

#include "pki/distinguished_name_core.h"
#include "pki/x509_core.h"

#define OID_CRL_NUMBER			"\x55\x1D\x14"
#define OID_REASON				"\x55\x1D\x15"
#define OID_DELTA				"\x55\x1D\x1B"
#define OID_ISSUING_POINT		"\x55\x1D\x1C"
#define OID_CERTIFICATE_ISSUER	"\x55\x1D\x1D"
#define OID_AUTHORITY_KEY_ID	"\x55\x1D\x23"

/* One extension: its identifier, whether it is critical, its content. */
static bool
read_extension(CccdDer *cursor, CccdBytes *oid, bool *critical,
			   CccdDer *content)
{
	CccdDer		extension;
	CccdDerItem item;
	bool		present;

	*critical = false;
	if (!cccd_der_want_enter(cursor, CCCD_DER_SEQUENCE, &extension) ||
		!cccd_der_want(&extension, CCCD_DER_OID, &item))
		return false;
	*oid = cccd_der_value(&item);
	if (!cccd_der_option(&extension, CCCD_DER_BOOLEAN, &item, &present) ||
		(present && !cccd_der_boolean(&extension, &item, critical)) ||
		!cccd_der_want(&extension, CCCD_DER_OCTET_STRING, &item) ||
		!cccd_der_finish(&extension))
		return false;
	*content = cccd_der_enter(&extension, &item);
	return true;
}

/* The next entry; *unsupported when it belongs to another issuer's list. */
static bool
read_entry(CccdDer *cursor, CccdBytes *serial, CccdRevocation *revocation,
		   bool *unsupported)
{
	CccdDer		entry;
	CccdDer		extensions;
	CccdDerItem item;

	revocation->reason = 0;
	if (!cccd_der_want_enter(cursor, CCCD_DER_SEQUENCE, &entry) ||
		!cccd_der_want(&entry, CCCD_DER_INTEGER, &item))
		return false;
	*serial = cccd_bytes_strip_zeros(cccd_der_value(&item));
	if (!cccd_der_next(&entry, &item) ||
		!cccd_der_time(&entry, &item, &revocation->time))
		return false;
	if (cccd_der_at_end(&entry))
		return true;
	if (!cccd_der_want_enter(&entry, CCCD_DER_SEQUENCE, &extensions) ||
		!cccd_der_finish(&entry))
		return false;
	while (!cccd_der_at_end(&extensions))
	{
		bool		critical;
		CccdBytes	oid;
		CccdDer		content;

		if (!read_extension(&extensions, &oid, &critical, &content))
			return false;
		if (CCCD_OID_IS(oid, OID_REASON))
		{
			if (!cccd_der_want(&content, CCCD_DER_ENUMERATED, &item))
				return false;
			if (item.length == 1)
				revocation->reason = item.value[0];
		}
		else if (CCCD_OID_IS(oid, OID_CERTIFICATE_ISSUER))
			*unsupported = true;
	}
	return true;
}

static bool
read_list_extensions(CccdDer *cursor, CccdCrl *crl)
{
	CccdDer		wrapper;
	CccdDer		extensions;
	CccdDerItem item;
	bool		present;

	if (!cccd_der_option(cursor, CCCD_DER_EXPLICIT(0), &item, &present))
		return false;
	if (!present)
		return true;
	wrapper = cccd_der_enter(cursor, &item);
	if (!cccd_der_want_enter(&wrapper, CCCD_DER_SEQUENCE, &extensions) ||
		!cccd_der_finish(&wrapper))
		return false;
	while (!cccd_der_at_end(&extensions))
	{
		bool		critical;
		CccdBytes	oid;
		CccdDer		content;

		if (!read_extension(&extensions, &oid, &critical, &content))
			return false;
		if (CCCD_OID_IS(oid, OID_AUTHORITY_KEY_ID))
		{
			CccdDer		inner;

			if (!cccd_der_want_enter(&content, CCCD_DER_SEQUENCE, &inner) ||
				!cccd_der_option(&inner, CCCD_DER_CONTEXT(0), &item,
								 &present))
				return false;
			if (present)
				crl->authority_key_id = cccd_der_value(&item);
		}
		else if (CCCD_OID_IS(oid, OID_CRL_NUMBER))
		{
			if (!cccd_der_want(&content, CCCD_DER_INTEGER, &item))
				return false;
			crl->number = cccd_bytes_strip_zeros(cccd_der_value(&item));
		}
		else if (critical || CCCD_OID_IS(oid, OID_DELTA) ||
				 CCCD_OID_IS(oid, OID_ISSUING_POINT))
			crl->unsupported = true;
	}
	return true;
}

static bool
read_entries(CccdDer *cursor, CccdCrl *crl)
{
	CccdDer		entries;
	CccdDerItem item;

	/* an empty list of revoked certificates is left out */
	if (cccd_der_peek(cursor) != CCCD_DER_SEQUENCE)
		return true;
	if (!cccd_der_want(cursor, CCCD_DER_SEQUENCE, &item))
		return false;
	crl->entries = cccd_der_value(&item);
	entries = cccd_der_enter(cursor, &item);
	while (!cccd_der_at_end(&entries))
	{
		CccdRevocation revocation;
		CccdBytes	serial;

		if (!read_entry(&entries, &serial, &revocation, &crl->unsupported))
			return false;
		crl->entry_count++;
	}
	return true;
}

static bool
read_tbs(CccdDer *cursor, CccdCrl *crl, CccdBytes *algorithm)
{
	CccdDer		tbs;
	CccdDer		copy;
	CccdDerItem item;
	bool		present;

	if (!cccd_der_want_enter(cursor, CCCD_DER_SEQUENCE, &tbs) ||
		!cccd_der_option(&tbs, CCCD_DER_INTEGER, &item, &present))
		return false;
	copy = tbs;
	if (!cccd_der_want(&tbs, CCCD_DER_SEQUENCE, &item) ||
		!cccd_algorithm_read(&copy, &crl->algorithm))
		return false;
	*algorithm = cccd_der_whole(&item);
	if (!cccd_der_want(&tbs, CCCD_DER_SEQUENCE, &item))
		return false;
	crl->issuer = cccd_der_whole(&item);
	if (!cccd_der_next(&tbs, &item) ||
		!cccd_der_time(&tbs, &item, &crl->this_update))
		return false;
	if (cccd_der_peek(&tbs) == CCCD_DER_UTC_TIME ||
		cccd_der_peek(&tbs) == CCCD_DER_GENERALIZED_TIME)
	{
		if (!cccd_der_next(&tbs, &item) ||
			!cccd_der_time(&tbs, &item, &crl->next_update))
			return false;
		crl->has_next_update = true;
	}
	return read_entries(&tbs, crl) && read_list_extensions(&tbs, crl) &&
		cccd_der_finish(&tbs);
}

/*
 * Read one list, the whole of "bytes".  Its entries may be many more than the
 * elements of other documents, so its size alone limits them: an element has
 * at least two bytes.
 */
bool
cccd_crl_read(CccdBytes bytes, CccdCrl *crl, CccdDerError *error,
			  size_t *offset)
{
	CccdDerDocument document;
	CccdDer		cursor = cccd_der_open(&document, bytes.data, bytes.length,
									   false);
	CccdDer		whole;
	CccdDerItem item;
	CccdBytes	inner;
	bool		good;

	memset(crl, 0, sizeof(*crl));
	crl->whole = bytes;
	if (bytes.length > CCCD_CRL_SIZE)
		cccd_der_fail(&cursor, CCCD_DER_LIMIT, bytes.data);
	else
		document.items = CCCD_DER_ITEMS + (uint32_t) bytes.length / 2;
	good = cccd_der_want_enter(&cursor, CCCD_DER_SEQUENCE, &whole) &&
		cccd_der_finish(&cursor);
	crl->tbs.data = whole.at;
	good = good && read_tbs(&whole, crl, &inner);
	if (good)
	{
		crl->tbs.length = (size_t) (whole.at - crl->tbs.data);
		good = cccd_der_want(&whole, CCCD_DER_SEQUENCE, &item);
	}
	if (good)
	{
		crl->algorithms_differ = !cccd_bytes_equal(inner,
												   cccd_der_whole(&item));
		good = cccd_der_want(&whole, CCCD_DER_BIT_STRING, &item) &&
			cccd_der_bits(&whole, &item, &crl->signature) &&
			cccd_der_finish(&whole);
	}
	if (good)
		cccd_dn_country(crl->issuer, crl->issuer_country);
	*error = document.error;
	*offset = document.offset;
	return good;
}

/* Whether a serial number is on the list. */
bool
cccd_crl_find(const CccdCrl *crl, CccdBytes serial,
			  CccdRevocation *revocation)
{
	CccdDerDocument document;
	CccdDer		cursor = cccd_der_open(&document, crl->entries.data,
									   crl->entries.length, false);
	CccdBytes	listed;
	bool		unsupported;

	document.items = CCCD_DER_ITEMS + (uint32_t) crl->entries.length / 2;
	serial = cccd_bytes_strip_zeros(serial);
	while (!cccd_der_at_end(&cursor) &&
		   read_entry(&cursor, &listed, revocation, &unsupported))
		if (cccd_bytes_equal(listed, serial))
			return true;
	return false;
}

CccdSignatureVerdict
cccd_crl_verify(const CccdCrl *crl, CccdKey *key,
				const CccdPublicKey *numbers)
{
	uint8_t		digest[CCCD_HASH_SIZE];

	if (crl->algorithms_differ)
		return CCCD_SIGNATURE_MALFORMED;
	if (!cccd_algorithm_fits(&crl->algorithm, numbers))
		return CCCD_SIGNATURE_INVALID;
	if (key == NULL || crl->algorithm.params_invalid ||
		!cccd_hash_bytes(crl->algorithm.hash, crl->tbs, digest))
		return CCCD_SIGNATURE_UNSUPPORTED;
	return cccd_key_verify(key, &crl->algorithm, crl->algorithm.hash, digest,
						   crl->signature);
}
