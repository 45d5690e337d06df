/*
 * crl_core.c
 *		Certificate revocation lists; see crl_core.h.
 */
#include "pki/crl_core.h"

#include <string.h>

#include "pki/distinguished_name_core.h"

#define OID_CRL_NUMBER			"\x55\x1D\x14"
#define OID_REASON				"\x55\x1D\x15"
#define OID_DELTA				"\x55\x1D\x1B"
#define OID_ISSUING_POINT		"\x55\x1D\x1C"
#define OID_CERTIFICATE_ISSUER	"\x55\x1D\x1D"

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

		if (!cccd_extension_read(&extensions, &oid, &critical, &content))
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

/*
 * The extensions of a list (RFC 5280 5.2).  A delta list, one of a part of the
 * certificates, and a critical extension that is not known make the list
 * unsupported.
 */
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

		if (!cccd_extension_read(&extensions, &oid, &critical, &content))
			return false;
		if (CCCD_OID_IS(oid, CCCD_OID_AUTHORITY_KEY_ID))
		{
			if (!cccd_extension_read_authority(&content,
											   &crl->authority_key_id))
				return false;
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

/* TBSCertList (RFC 5280 5.1.2), from its content. */
static bool
read_content(CccdDer *tbs, CccdCrl *crl)
{
	CccdDerItem item;
	bool		present;

	if (!cccd_der_option(tbs, CCCD_DER_INTEGER, &item, &present) ||
		!cccd_signed_read_algorithm(tbs, &crl->signed_part) ||
		!cccd_der_want(tbs, CCCD_DER_SEQUENCE, &item))
		return false;
	crl->issuer = cccd_der_whole(&item);
	if (!cccd_der_next(tbs, &item) ||
		!cccd_der_time(tbs, &item, &crl->this_update))
		return false;
	if (cccd_der_peek(tbs) == CCCD_DER_UTC_TIME ||
		cccd_der_peek(tbs) == CCCD_DER_GENERALIZED_TIME)
	{
		if (!cccd_der_next(tbs, &item) ||
			!cccd_der_time(tbs, &item, &crl->next_update))
			return false;
		crl->has_next_update = true;
	}
	return read_entries(tbs, crl) && read_list_extensions(tbs, crl) &&
		cccd_der_finish(tbs);
}

/*
 * A list's entries may be many more than the elements of other documents, so
 * its size alone limits them: an element has at least two bytes.
 */
bool
cccd_crl_read(CccdBytes bytes, CccdCrl *crl, CccdDerError *error,
			  size_t *offset)
{
	CccdDerDocument document;
	CccdDer		cursor = cccd_der_open(&document, bytes.data, bytes.length,
									   false);
	CccdDer		frame;
	CccdDer		content;
	bool		good;

	memset(crl, 0, sizeof(*crl));
	crl->whole = bytes;
	if (bytes.length > CCCD_CRL_SIZE)
		cccd_der_fail(&cursor, CCCD_DER_LIMIT, bytes.data);
	else
		document.items = CCCD_DER_ITEMS + (uint32_t) bytes.length / 2;
	good = cccd_signed_open(&cursor, &crl->signed_part, &frame, &content) &&
		read_content(&content, crl) &&
		cccd_signed_close(&frame, &crl->signed_part);
	if (good)
		cccd_dn_country(crl->issuer, crl->issuer_country);
	*error = document.error;
	*offset = document.offset;
	return good;
}

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
