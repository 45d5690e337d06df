/*
 * key_entry_core.c
 *		Keys and revocations in a trust value; see key_entry_core.h.
 */
#include "trust/key_entry_core.h"

#include <string.h>

#include "base/text_core.h"
#include "pki/country_core.h"

/* A head is a tag and at most five octets of length. */
#define DER_HEAD_SIZE		6

#define ISSUER_TAG		CCCD_DER_CONTEXT(2)

/* Bytes of the largest revocation list. */
#define REVOKED_SIZE	(CCCD_REVOKED_ITEMS * CCCD_REVOKED_HASH + 256)

/*
 * Extended key usages of signers (eHealth Network, volume 3, 2.6.6): test,
 * vaccination, recovery.  Some certificates have a zero arc too many.
 */
#define OID_USAGE		"\x2B\x06\x01\x04\x01\x8E\x37\x8F\x65\x01"
#define OID_USAGE_ZERO	"\x2B\x06\x01\x04\x01\x00\x8E\x37\x8F\x65\x01"

static const struct
{
	char		arc;
	uint8_t		usage;
}			usage_arcs[] = {
	{1, CCCD_KEY_TEST}, {2, CCCD_KEY_VACCINATION}, {3, CCCD_KEY_RECOVERY}
};

uint8_t
cccd_x509_usages(const CccdX509 *certificate)
{
	uint8_t		usages = 0;

	for (size_t k = 0; k < 3; k++)
	{
		uint8_t		oid[sizeof(OID_USAGE)];
		uint8_t		zero[sizeof(OID_USAGE_ZERO)];
		CccdBytes	plain = {oid, sizeof(oid)};
		CccdBytes	with_zero = {zero, sizeof(zero)};

		memcpy(oid, OID_USAGE, sizeof(oid) - 1);
		memcpy(zero, OID_USAGE_ZERO, sizeof(zero) - 1);
		oid[sizeof(oid) - 1] = zero[sizeof(zero) - 1] =
			(uint8_t) usage_arcs[k].arc;
		if (cccd_x509_has_eku(certificate, plain) ||
			cccd_x509_has_eku(certificate, with_zero))
			usages |= usage_arcs[k].usage;
	}
	return usages;
}

static bool
read_octets(CccdDer *cursor, size_t most, CccdBytes *bytes)
{
	CccdDerItem item;

	if (!cccd_der_want(cursor, CCCD_DER_OCTET_STRING, &item) ||
		item.length > most)
		return false;
	*bytes = cccd_der_value(&item);
	return true;
}

static bool
read_number(CccdDer *cursor, uint32_t *number)
{
	CccdDerItem item;

	return cccd_der_want(cursor, CCCD_DER_INTEGER, &item) &&
		cccd_der_small_integer(cursor, &item, number);
}

/* The last field, which may be left out. */
static bool
read_issuer(CccdDer *cursor, CccdBytes *issuer)
{
	CccdDerItem item;

	if (cccd_der_peek(cursor) == ISSUER_TAG)
	{
		if (!cccd_der_want(cursor, ISSUER_TAG, &item) || item.length == 0 ||
			item.length > CCCD_KEY_ISSUER_MAX)
			return false;
		*issuer = cccd_der_value(&item);
		if (!cccd_utf8_valid((const char *) issuer->data, issuer->length))
			return false;
	}
	return cccd_der_finish(cursor);
}

bool
cccd_key_entry_read(CccdBytes bytes, CccdKeyEntry *entry)
{
	CccdDerDocument document;
	CccdDer		cursor = cccd_der_open(&document, bytes.data, bytes.length,
									   false);
	CccdDer		fields;
	CccdDer		inner;
	CccdDerItem item;
	CccdBytes	country;
	uint32_t	usages;

	memset(entry, 0, sizeof(*entry));
	if (bytes.length > CCCD_DER_SIZE ||
		!cccd_der_want_enter(&cursor, CCCD_DER_SEQUENCE, &fields) ||
		!cccd_der_finish(&cursor) ||
		!read_octets(&fields, CCCD_KID_MAX, &entry->kid) ||
		!read_octets(&fields, CCCD_COUNTRY_SIZE, &country) ||
		(country.length > 0 &&
		 !cccd_country_has_form((const char *) country.data,
								country.length)) ||
		!read_number(&fields, &usages) ||
		usages > CCCD_KEY_USAGES)
		return false;
	memcpy(entry->country, country.data, country.length);
	entry->usages = (uint8_t) usages;
	entry->has_certificate = cccd_der_peek(&fields) ==
		CCCD_DER_EXPLICIT(0);
	if (!cccd_der_want_enter(&fields,
							 CCCD_DER_EXPLICIT(entry->has_certificate ? 0 : 1),
							 &inner) ||
		!read_issuer(&fields, &entry->issuer) ||
		!cccd_der_want(&inner, CCCD_DER_SEQUENCE, &item) ||
		!cccd_der_finish(&inner))
		return false;
	entry->content = cccd_der_whole(&item);
	if (entry->has_certificate)
	{
		size_t		where;
		CccdDerError error;

		if (!cccd_x509_read(entry->content, &entry->certificate,
							&error, &where))
			return false;
		entry->key = entry->certificate.key;
		return true;
	}
	cursor = cccd_der_open(&document, entry->content.data,
						   entry->content.length, false);
	return cccd_public_key_read(&cursor, &entry->key) &&
		cccd_der_finish(&cursor);
}

static uint8_t *
put_head(uint8_t *out, int tag, size_t length)
{
	*out++ = (uint8_t) tag;
	return out + cccd_der_put_length(out, length);
}

static uint8_t *
put_bytes(uint8_t *out, int tag, const void *bytes, size_t length)
{
	out = put_head(out, tag, length);
	if (length > 0)
		memcpy(out, bytes, length);
	return out + length;
}

static size_t
head_size(size_t length)
{
	uint8_t		scratch[DER_HEAD_SIZE];

	return 1 + cccd_der_put_length(scratch, length);
}

/* The fields of a key entry without the sequence's own head. */
static size_t
key_fields_size(const CccdKeyEntry *entry)
{
	return head_size(entry->kid.length) + entry->kid.length +
		2 + strlen(entry->country) + 3 +
		head_size(entry->content.length) + entry->content.length +
		(entry->issuer.length == 0 ? 0 :
		 head_size(entry->issuer.length) + entry->issuer.length);
}

size_t
cccd_key_entry_size(const CccdKeyEntry *entry)
{
	size_t		size = key_fields_size(entry);

	return head_size(size) + size;
}

size_t
cccd_key_entry_write(const CccdKeyEntry *entry, uint8_t *out)
{
	uint8_t    *p = put_head(out, CCCD_DER_SEQUENCE, key_fields_size(entry));

	p = put_bytes(p, CCCD_DER_OCTET_STRING, entry->kid.data,
				  entry->kid.length);
	p = put_bytes(p, CCCD_DER_OCTET_STRING, entry->country,
				  strlen(entry->country));
	p = put_bytes(p, CCCD_DER_INTEGER, &entry->usages, 1);
	p = put_bytes(p, CCCD_DER_EXPLICIT(entry->has_certificate ? 0 : 1),
				  entry->content.data, entry->content.length);
	if (entry->issuer.length > 0)
		p = put_bytes(p, ISSUER_TAG, entry->issuer.data,
					  entry->issuer.length);
	return (size_t) (p - out);
}

static const struct
{
	const char *name;
	int			width;
}			scopes[] = {
	{NULL, 0}, {"uci", CCCD_REVOKED_HASH}, {"country_uci", CCCD_REVOKED_HASH},
	{"signature", CCCD_REVOKED_HASH}, {"key", CCCD_KID_SIZE},
	{"country", CCCD_COUNTRY_SIZE}
};

const char *
cccd_revoked_scope_name(int scope)
{
	return scopes[scope].name;
}

int
cccd_revoked_scope_by_name(const char *name, size_t length)
{
	for (int k = CCCD_REVOKED_UCI; k <= CCCD_REVOKED_COUNTRY; k++)
		if (strlen(scopes[k].name) == length &&
			memcmp(scopes[k].name, name, length) == 0)
			return k;
	return 0;
}

int
cccd_revoked_width(int scope)
{
	return scopes[scope].width;
}

static bool
is_hexadecimal(CccdBytes bytes)
{
	for (size_t k = 0; k < bytes.length; k++)
	{
		uint8_t		c = bytes.data[k];

		if (!(c >= '0' && c <= '9') && !(c >= 'a' && c <= 'f') &&
			!(c >= 'A' && c <= 'F'))
			return false;
	}
	return true;
}

/* Whether bytes are letters and digits of ASCII, or of these marks. */
static bool
has_letters_only(CccdBytes bytes, const char *marks)
{
	for (size_t k = 0; k < bytes.length; k++)
	{
		uint8_t		c = bytes.data[k];

		if (!(c >= '0' && c <= '9') && !(c >= 'a' && c <= 'z') &&
			!(c >= 'A' && c <= 'Z') &&
			(c == 0 || strchr(marks, (char) c) == NULL))
			return false;
	}
	return true;
}

CccdRevokedFault
cccd_revoked_item_check(int scope, CccdBytes item)
{
	if (scope == CCCD_REVOKED_COUNTRY)
		return cccd_country_has_form((const char *) item.data, item.length) ?
			CCCD_REVOKED_GOOD : CCCD_REVOKED_STATE;
	if (item.length != (size_t) scopes[scope].width &&
		item.length != CCCD_SHA256_SIZE)
		return CCCD_REVOKED_LENGTH;
	/* an identifier of a key may be written in letters */
	if (item.length <= CCCD_KID_SIZE)
		return CCCD_REVOKED_GOOD;
	return is_hexadecimal(item) ? CCCD_REVOKED_HEX :
		has_letters_only(item, "+/-_:#.=") ? CCCD_REVOKED_TEXT :
		CCCD_REVOKED_GOOD;
}

bool
cccd_kid_is_text(CccdBytes kid)
{
	if (kid.length == 2 * CCCD_KID_SIZE || kid.length == 2 * CCCD_SHA256_SIZE)
		return is_hexadecimal(kid);
	/* both lengths end in one character of padding, which may be left out */
	if ((kid.length == 12 || kid.length == 44) &&
		kid.data[kid.length - 1] == '=')
		kid.length--;
	else if (kid.length != 43)
		return false;
	return has_letters_only(kid, "+/-_");
}

bool
cccd_revoked_entry_read(CccdBytes bytes, CccdRevokedEntry *entry)
{
	CccdDerDocument document;
	CccdDer		cursor = cccd_der_open(&document, bytes.data, bytes.length,
									   false);
	CccdDer		fields;
	uint32_t	scope;
	uint32_t	width;

	memset(entry, 0, sizeof(*entry));
	if (bytes.length > REVOKED_SIZE ||
		!cccd_der_want_enter(&cursor, CCCD_DER_SEQUENCE, &fields) ||
		!cccd_der_finish(&cursor) ||
		!read_number(&fields, &scope) ||
		scope < CCCD_REVOKED_UCI || scope > CCCD_REVOKED_COUNTRY ||
		!read_octets(&fields, CCCD_KID_MAX, &entry->kid) ||
		!read_number(&fields, &width) ||
		(int) width != scopes[scope].width ||
		!read_octets(&fields, REVOKED_SIZE, &entry->items) ||
		!cccd_der_finish(&fields) || entry->items.length % width != 0 ||
		entry->items.length == 0)
		return false;
	entry->scope = (CccdRevokedScope) scope;
	entry->width = (int) width;
	for (size_t k = width; k < entry->items.length; k += width)
		if (memcmp(entry->items.data + k - width, entry->items.data + k,
				   width) >= 0)
			return false;
	return true;
}

static size_t
revoked_fields_size(const CccdRevokedEntry *entry)
{
	return 3 + head_size(entry->kid.length) + entry->kid.length + 3 +
		head_size(entry->items.length) + entry->items.length;
}

size_t
cccd_revoked_entry_size(const CccdRevokedEntry *entry)
{
	size_t		size = revoked_fields_size(entry);

	return head_size(size) + size;
}

size_t
cccd_revoked_entry_write(const CccdRevokedEntry *entry, uint8_t *out)
{
	uint8_t		scope = (uint8_t) entry->scope;
	uint8_t		width = (uint8_t) entry->width;
	uint8_t    *p = put_head(out, CCCD_DER_SEQUENCE,
							 revoked_fields_size(entry));

	p = put_bytes(p, CCCD_DER_INTEGER, &scope, 1);
	p = put_bytes(p, CCCD_DER_OCTET_STRING, entry->kid.data,
				  entry->kid.length);
	p = put_bytes(p, CCCD_DER_INTEGER, &width, 1);
	p = put_bytes(p, CCCD_DER_OCTET_STRING, entry->items.data,
				  entry->items.length);
	return (size_t) (p - out);
}

bool
cccd_revoked_entry_has(const CccdRevokedEntry *entry, CccdBytes item)
{
	size_t		width = (size_t) entry->width;
	size_t		low = 0;
	size_t		high = entry->items.length / width;

	if (item.length < width)
		return false;
	while (low < high)
	{
		size_t		middle = low + (high - low) / 2;
		int			order = memcmp(entry->items.data + middle * width,
								   item.data, width);

		if (order == 0)
			return true;
		if (order < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return false;
}
