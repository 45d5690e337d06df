/*
 * x509_core.c
 *		X.509 certificates; see x509_core.h.
 */
#include "pki/x509_core.h"

#include <string.h>

#include "pki/distinguished_name_core.h"

#define OID_KEY_PERIOD			"\x55\x1D\x10"
#define OID_SUBJECT_KEY_ID		"\x55\x1D\x0E"
#define OID_KEY_USAGE			"\x55\x1D\x0F"
#define OID_SUBJECT_ALT_NAME	"\x55\x1D\x11"
#define OID_ISSUER_ALT_NAME		"\x55\x1D\x12"
#define OID_BASIC_CONSTRAINTS	"\x55\x1D\x13"
#define OID_CRL_POINTS			"\x55\x1D\x1F"
#define OID_POLICIES			"\x55\x1D\x20"
#define OID_EXTENDED_KEY_USAGE	"\x55\x1D\x25"
#define OID_NAME_CHANGE			"\x67\x81\x08\x01\x01\x06\x01"
#define OID_DOCUMENT_TYPES		"\x67\x81\x08\x01\x01\x06\x02"

static bool
read_key_usage(CccdDer *cursor, CccdX509 *certificate)
{
	CccdDerItem item;

	if (!cccd_der_want(cursor, CCCD_DER_BIT_STRING, &item))
		return false;
	if (item.length < 1 || item.value[0] > 7)
		return cccd_der_fail(cursor, CCCD_DER_VALUE, item.start);
	certificate->has_key_usage = true;
	if (item.length > 1)
		certificate->key_usage = (uint16_t) (item.value[1] << 8);
	if (item.length > 2)
		certificate->key_usage |= item.value[2];
	return true;
}

static bool
read_basic_constraints(CccdDer *cursor, CccdX509 *certificate)
{
	CccdDer		inner;
	CccdDerItem item;
	uint32_t	length;
	bool		present;

	if (!cccd_der_want_enter(cursor, CCCD_DER_SEQUENCE, &inner) ||
		!cccd_der_option(&inner, CCCD_DER_BOOLEAN, &item, &present) ||
		(present &&
		 !cccd_der_boolean(&inner, &item, &certificate->ca)) ||
		!cccd_der_option(&inner, CCCD_DER_INTEGER, &item, &present) ||
		(present && !cccd_der_small_integer(&inner, &item, &length)) ||
		!cccd_der_finish(&inner))
		return false;
	certificate->has_basic_constraints = true;
	if (present)
		certificate->path_length = length > 255 ? 255 : (int) length;
	return true;
}

/* PrivateKeyUsagePeriod: how long the key signs (Doc 9303-12, Table 5) */
static bool
read_key_period(CccdDer *cursor, CccdX509 *certificate)
{
	CccdDer		inner;
	CccdDerItem item;
	bool		from;
	bool		to;

	if (!cccd_der_want_enter(cursor, CCCD_DER_SEQUENCE, &inner) ||
		!cccd_der_option(&inner, CCCD_DER_CONTEXT(0), &item, &from))
		return false;
	if (from && !cccd_der_time_bytes(CCCD_DER_GENERALIZED_TIME, item.value,
									 item.length,
									 &certificate->key_not_before))
		certificate->time_invalid = true;
	if (!cccd_der_option(&inner, CCCD_DER_CONTEXT(1), &item, &to))
		return false;
	if (to && !cccd_der_time_bytes(CCCD_DER_GENERALIZED_TIME, item.value,
								   item.length,
								   &certificate->key_not_after))
		certificate->time_invalid = true;
	certificate->has_key_period = from && to;
	return cccd_der_finish(&inner);
}

/*
 * SubjectKeyIdentifier.  In some CSCA certificates the OCTET STRING around the
 * octets is missing: the identifier is then absent, and nothing is lost,
 * because a signature decides which key it was.
 */
static void
read_subject_key_id(const CccdDer *content, CccdX509 *certificate)
{
	CccdDerDocument document;
	CccdDer		cursor = cccd_der_open(&document, content->at,
									   (size_t) (content->end - content->at),
									   false);
	CccdDerItem item;

	if (cccd_der_want(&cursor, CCCD_DER_OCTET_STRING, &item) &&
		cccd_der_finish(&cursor))
		certificate->subject_key_id = cccd_der_value(&item);
}

/* What is not read yet of a content. */
static CccdBytes
rest_of(const CccdDer *cursor)
{
	CccdBytes	rest = {cursor->at, (size_t) (cursor->end - cursor->at)};

	return rest;
}

/*
 * Whether an extension that says what the key is for, or whose it is, has been
 * read before.  A certificate has each once (RFC 5280 4.2); the second must not hide the first.
 */
static bool
is_repeated(const CccdX509 *certificate, CccdBytes oid)
{
	return (CCCD_OID_IS(oid, OID_KEY_USAGE) && certificate->has_key_usage) ||
		(CCCD_OID_IS(oid, OID_BASIC_CONSTRAINTS) &&
		 certificate->has_basic_constraints) ||
		(CCCD_OID_IS(oid, OID_EXTENDED_KEY_USAGE) &&
		 certificate->extended_key_usage.data != NULL) ||
		(CCCD_OID_IS(oid, OID_DOCUMENT_TYPES) &&
		 certificate->document_types.data != NULL) ||
		(CCCD_OID_IS(oid, OID_SUBJECT_ALT_NAME) &&
		 certificate->subject_alt_names.data != NULL) ||
		(CCCD_OID_IS(oid, OID_ISSUER_ALT_NAME) &&
		 certificate->issuer_alt_names.data != NULL);
}

/*
 * One extension (RFC 5280 4.2).  The content of those that are not looked at
 * is passed over; a critical one that is not known is noted.
 */
static bool
read_extension(CccdDer *cursor, CccdX509 *certificate)
{
	CccdDer		content;
	CccdDerItem item;
	CccdBytes	oid;
	bool		critical;

	if (!cccd_extension_read(cursor, &oid, &critical, &content))
		return false;
	if (is_repeated(certificate, oid))
		return cccd_der_fail(cursor, CCCD_DER_VALUE, oid.data);
	if (CCCD_OID_IS(oid, OID_KEY_USAGE))
		return read_key_usage(&content, certificate) &&
			cccd_der_finish(&content);
	if (CCCD_OID_IS(oid, OID_BASIC_CONSTRAINTS))
		return read_basic_constraints(&content, certificate) &&
			cccd_der_finish(&content);
	if (CCCD_OID_IS(oid, OID_KEY_PERIOD))
		return read_key_period(&content, certificate) &&
			cccd_der_finish(&content);
	if (CCCD_OID_IS(oid, CCCD_OID_AUTHORITY_KEY_ID))
		return cccd_extension_read_authority(&content,
											 &certificate->authority_key_id);
	if (CCCD_OID_IS(oid, OID_SUBJECT_KEY_ID))
		read_subject_key_id(&content, certificate);
	else if (CCCD_OID_IS(oid, OID_EXTENDED_KEY_USAGE))
	{
		if (!cccd_der_want(&content, CCCD_DER_SEQUENCE, &item))
			return false;
		certificate->extended_key_usage = cccd_der_value(&item);
		certificate->eku_critical = critical;
	}
	else if (CCCD_OID_IS(oid, OID_DOCUMENT_TYPES))
	{
		if (!cccd_der_want(&content, CCCD_DER_SEQUENCE, &item))
			return false;
		certificate->document_types = cccd_der_value(&item);
	}
	else if (CCCD_OID_IS(oid, OID_SUBJECT_ALT_NAME))
		certificate->subject_alt_names = rest_of(&content);
	else if (CCCD_OID_IS(oid, OID_ISSUER_ALT_NAME))
		certificate->issuer_alt_names = rest_of(&content);
	else if (critical && !CCCD_OID_IS(oid, OID_CRL_POINTS) &&
			 !CCCD_OID_IS(oid, OID_POLICIES) &&
			 !CCCD_OID_IS(oid, OID_NAME_CHANGE))
		certificate->critical_unknown = true;
	return true;
}

static bool
read_validity(CccdDer *cursor, CccdX509 *certificate)
{
	CccdDer		validity;
	CccdDerItem from;
	CccdDerItem to;

	if (!cccd_der_want_enter(cursor, CCCD_DER_SEQUENCE, &validity) ||
		!cccd_der_next(&validity, &from) ||
		!cccd_der_next(&validity, &to) ||
		!cccd_der_finish(&validity))
		return false;
	if (!cccd_der_time_bytes(from.tag, from.value, from.length,
							 &certificate->not_before) ||
		!cccd_der_time_bytes(to.tag, to.value, to.length,
							 &certificate->not_after))
		certificate->time_invalid = true;
	return true;
}

static bool
read_extensions(CccdDer *cursor, CccdX509 *certificate)
{
	CccdDer		wrapper;
	CccdDer		extensions;
	CccdDerItem item;
	bool		present;

	/* issuerUniqueID, subjectUniqueID: nobody uses them, nothing is lost */
	if (!cccd_der_option(cursor, CCCD_DER_CONTEXT(1), &item, &present) ||
		!cccd_der_option(cursor, CCCD_DER_CONTEXT(2), &item, &present) ||
		!cccd_der_option(cursor, CCCD_DER_EXPLICIT(3), &item, &present))
		return false;
	if (!present)
		return true;
	wrapper = cccd_der_enter(cursor, &item);
	if (!cccd_der_want_enter(&wrapper, CCCD_DER_SEQUENCE, &extensions) ||
		!cccd_der_finish(&wrapper))
		return false;
	while (!cccd_der_at_end(&extensions))
		if (!read_extension(&extensions, certificate))
			return false;
	return true;
}

/* TBSCertificate (RFC 5280 4.1.2), from its content. */
static bool
read_content(CccdDer *tbs, CccdX509 *certificate)
{
	CccdDer		copy;
	CccdDerItem item;
	bool		present;

	if (!cccd_der_option(tbs, CCCD_DER_EXPLICIT(0), &item, &present) ||
		!cccd_der_want(tbs, CCCD_DER_INTEGER, &item))
		return false;
	certificate->serial = cccd_bytes_strip_zeros(cccd_der_value(&item));
	if (!cccd_signed_read_algorithm(tbs, &certificate->signed_part) ||
		!cccd_der_want(tbs, CCCD_DER_SEQUENCE, &item))
		return false;
	certificate->issuer = cccd_der_whole(&item);
	if (!read_validity(tbs, certificate) ||
		!cccd_der_want(tbs, CCCD_DER_SEQUENCE, &item))
		return false;
	certificate->subject = cccd_der_whole(&item);
	copy = *tbs;
	if (!cccd_der_want(tbs, CCCD_DER_SEQUENCE, &item) ||
		!cccd_public_key_read(&copy, &certificate->key))
		return false;
	certificate->key_info = cccd_der_whole(&item);
	return read_extensions(tbs, certificate) && cccd_der_finish(tbs);
}

/* Whether a directoryName among GeneralNames is of another state. */
static bool
alt_names_differ(CccdBytes names, const char *country)
{
	CccdDerDocument document;
	CccdDer		cursor = cccd_der_open(&document, names.data, names.length,
									   false);
	CccdDer		list;
	CccdDer		inside;
	CccdDerItem item;

	if (names.length == 0 ||
		!cccd_der_want_enter(&cursor, CCCD_DER_SEQUENCE, &list))
		return false;
	while (!cccd_der_at_end(&list) && cccd_der_next(&list, &item))
		if (item.tag == CCCD_DER_EXPLICIT(4))
		{
			inside = cccd_der_enter(&list, &item);
			if (cccd_der_want(&inside, CCCD_DER_SEQUENCE, &item) &&
				cccd_dn_locality_differs(cccd_der_whole(&item), country))
				return true;
		}
	return false;
}

/* The state of the issuer or of the subject. */
static void
read_country(CccdX509 *certificate, CccdBytes name, CccdBytes alt_names,
			 char country[4])
{
	CccdDnCountry said = cccd_dn_country(name, country);

	if (said == CCCD_DN_COUNTRY_LOWER_CASE)
		certificate->country_lower_case = true;
	if (said == CCCD_DN_COUNTRY_SEVERAL ||
		alt_names_differ(alt_names, country))
	{
		memset(country, 0, 4);
		certificate->country_ambiguous = true;
	}
}

bool
cccd_x509_read(CccdBytes bytes, CccdX509 *certificate,
			   CccdDerError *error, size_t *offset)
{
	CccdDerDocument document;
	CccdDer		cursor = cccd_der_open(&document, bytes.data, bytes.length,
									   false);
	CccdDer		frame;
	CccdDer		content;
	bool		good;

	memset(certificate, 0, sizeof(*certificate));
	certificate->whole = bytes;
	certificate->path_length = -1;
	if (bytes.length > CCCD_DER_SIZE)
		cccd_der_fail(&cursor, CCCD_DER_LIMIT, bytes.data);
	good = cccd_signed_open(&cursor, &certificate->signed_part, &frame,
							&content) &&
		read_content(&content, certificate) &&
		cccd_signed_close(&frame, &certificate->signed_part);
	if (good)
	{
		read_country(certificate, certificate->issuer,
					 certificate->issuer_alt_names,
					 certificate->issuer_country);
		read_country(certificate, certificate->subject,
					 certificate->subject_alt_names,
					 certificate->subject_country);
	}
	*error = document.error;
	*offset = document.offset;
	return good;
}

bool
cccd_x509_self_issued(const CccdX509 *certificate)
{
	return cccd_dn_equal(certificate->issuer, certificate->subject);
}

bool
cccd_x509_has_other_uri(const CccdX509 *certificate, CccdBytes uri)
{
	CccdDerDocument document;
	CccdDer		cursor = cccd_der_open(&document,
									   certificate->subject_alt_names.data,
									   certificate->subject_alt_names.length,
									   false);
	CccdDer		list;
	CccdDerItem item;
	bool		other = false;

	if (!cccd_der_want_enter(&cursor, CCCD_DER_SEQUENCE, &list))
		return false;
	while (!cccd_der_at_end(&list) && cccd_der_next(&list, &item))
		if (item.tag == CCCD_DER_CONTEXT(6))
		{
			if (cccd_bytes_equal(cccd_der_value(&item), uri))
				return false;
			other = true;
		}
	return other && document.error == CCCD_DER_OK;
}

bool
cccd_x509_has_eku(const CccdX509 *certificate, CccdBytes oid)
{
	CccdDerDocument document;
	CccdDer		cursor = cccd_der_open(&document,
									   certificate->extended_key_usage.data,
									   certificate->extended_key_usage.length,
									   false);
	CccdDerItem item;

	while (!cccd_der_at_end(&cursor) && cccd_der_next(&cursor, &item))
		if (item.tag == CCCD_DER_OID &&
			cccd_bytes_equal(cccd_der_value(&item), oid))
			return true;
	return false;
}

/* The content of an identifier that another role's identifiers begin with. */
#define ROLE(text)	{(const uint8_t *) (text), sizeof(text) - 1}

bool
cccd_x509_has_other_role(const CccdX509 *certificate)
{
	static const CccdBytes roles[] = {
		ROLE("\x2B\x06\x01\x05\x05\x07\x03"),	/* id-kp */
		/* all of Doc 9303, which has none for document signers */
		ROLE("\x67\x81\x08\x01\x01"),
		/* health certificates: 1.3.6.1.4.1[.0].1847.2021.1 */
		ROLE("\x2B\x06\x01\x04\x01\x8E\x37\x8F\x65\x01"),
		ROLE("\x2B\x06\x01\x04\x01\x00\x8E\x37\x8F\x65\x01")
	};
	CccdDerDocument document;
	CccdDer		cursor = cccd_der_open(&document,
									   certificate->extended_key_usage.data,
									   certificate->extended_key_usage.length,
									   false);
	CccdDerItem item;

	while (!cccd_der_at_end(&cursor))
	{
		if (!cccd_der_want(&cursor, CCCD_DER_OID, &item))
			return true;
		for (size_t k = 0; k < sizeof(roles) / sizeof(roles[0]); k++)
			if (item.length >= roles[k].length &&
				memcmp(item.value, roles[k].data, roles[k].length) == 0)
				return true;
	}
	return false;
}

bool
cccd_x509_allows_document(const CccdX509 *certificate,
						  const char *code, size_t length)
{
	CccdDerDocument document;
	CccdDer		cursor = cccd_der_open(&document,
									   certificate->document_types.data,
									   certificate->document_types.length,
									   false);
	CccdDer		types;
	CccdDerItem item;

	if (certificate->document_types.length == 0)
		return true;
	if (!cccd_der_want(&cursor, CCCD_DER_INTEGER, &item) ||
		!cccd_der_want_enter(&cursor, CCCD_DER_SET, &types))
		return false;
	while (!cccd_der_at_end(&types) && cccd_der_next(&types, &item))
		if (item.length >= 1 && item.length <= length &&
			memcmp(item.value, code, item.length) == 0)
			return true;
	return false;
}
