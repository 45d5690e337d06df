/*
 * der_core.c
 *		A bounded reader of DER and BER; see der_core.h.
 */
#include "base/der_core.h"

#include <string.h>

#include "base/calendar_core.h"

/* An identifier of more octets would be a tag above 16,383: nobody has one. */
#define TAG_OCTETS	3

bool
cccd_der_fail(const CccdDer *cursor, CccdDerError error,
			  const uint8_t *where)
{
	CccdDerDocument *document = cursor->document;

	if (document->error == CCCD_DER_OK)
	{
		document->error = error;
		document->offset = (size_t) (where - document->start);
	}
	return false;
}

CccdDer
cccd_der_open(CccdDerDocument *document, const uint8_t *data,
			  size_t length, bool ber)
{
	static const uint8_t nothing;
	CccdDer		cursor;

	/* an absent part has no address that could be computed with */
	if (data == NULL)
		data = &nothing;
	memset(document, 0, sizeof(*document));
	document->start = data;
	document->items = CCCD_DER_ITEMS;
	document->ber = ber;
	cursor.at = data;
	cursor.end = data + length;
	cursor.document = document;
	cursor.depth = 0;
	return cursor;
}

bool
cccd_der_at_end(const CccdDer *cursor)
{
	return cursor->at >= cursor->end;
}

/* Read the identifier at *p; "at" is where an error of the element is. */
static bool
read_tag(const CccdDer *cursor, const uint8_t *at, const uint8_t **p,
		 uint32_t *tag)
{
	*tag = *(*p)++;
	if ((*tag & 0x1F) == 0x1F)
	{
		int			octets = 1;

		do
		{
			if (*p >= cursor->end)
				return cccd_der_fail(cursor, CCCD_DER_TRUNCATED, at);
			if (++octets > TAG_OCTETS || (octets == 2 && **p == 0x80))
				return cccd_der_fail(cursor, CCCD_DER_LIMIT, at);
			*tag = *tag << 8 | **p;
		} while (*(*p)++ & 0x80);
	}
	if (*p >= cursor->end)
		return cccd_der_fail(cursor, CCCD_DER_TRUNCATED, at);
	return true;
}

/* Read the octets of a length behind its first one, which is before *p. */
static bool
read_long_length(const CccdDer *cursor, const uint8_t **p, size_t *length)
{
	const uint8_t *first = *p - 1;
	size_t		octets = *first & 0x7F;

	if ((size_t) (cursor->end - *p) < octets)
		return cccd_der_fail(cursor, CCCD_DER_TRUNCATED, first);
	if (octets > 4)
		return cccd_der_fail(cursor, CCCD_DER_LENGTH, first);
	*length = 0;
	for (size_t k = 0; k < octets; k++)
		*length = *length << 8 | *(*p)++;
	if (*length < 0x80 || *length >> (8 * (octets - 1)) == 0)
	{
		if (!cursor->document->ber)
			return cccd_der_fail(cursor, CCCD_DER_LENGTH, first);
		cursor->document->saw_ber = true;
	}
	return true;
}

/*
 * Read identifier and length at "at".  The length of an indefinite element is
 * left to the caller; item->value is where the content begins.
 */
static bool
read_header(const CccdDer *cursor, const uint8_t *at, CccdDerItem *item)
{
	const uint8_t *p = at;
	CccdDerDocument *document = cursor->document;
	size_t		length;

	if (document->items == 0)
		return cccd_der_fail(cursor, CCCD_DER_LIMIT, at);
	document->items--;
	if (p >= cursor->end)
		return cccd_der_fail(cursor, CCCD_DER_TRUNCATED, at);
	item->start = at;
	item->indefinite = false;
	item->depth = cursor->depth;
	if (!read_tag(cursor, at, &p, &item->tag))
		return false;
	length = *p++;
	if (length == 0x80)
	{
		if (!document->ber || !(*at & CCCD_DER_CONSTRUCTED))
			return cccd_der_fail(cursor, CCCD_DER_LENGTH, p - 1);
		document->saw_ber = true;
		item->indefinite = true;
		item->value = p;
		item->length = 0;
		return true;
	}
	if (length > 0x80 && !read_long_length(cursor, &p, &length))
		return false;
	if ((size_t) (cursor->end - p) < length)
		return cccd_der_fail(cursor, CCCD_DER_TRUNCATED, at);
	item->value = p;
	item->length = length;
	item->end = p + length;
	return true;
}

static bool
is_end_of_contents(const uint8_t *at, const uint8_t *end)
{
	return end - at >= 2 && at[0] == 0 && at[1] == 0;
}

/*
 * Find where an indefinite element ends (X.690 8.1.3.6).  Definite elements
 * are stepped over, indefinite ones nest, which the depth bounds.
 */
static bool
find_end(const CccdDer *cursor, CccdDerItem *item)
{
	const uint8_t *at = item->value;
	int			open = 1;

	for (;;)
	{
		CccdDerItem inner;

		if (is_end_of_contents(at, cursor->end))
		{
			at += 2;
			if (--open == 0)
				break;
			continue;
		}
		if (!read_header(cursor, at, &inner))
			return false;
		if (!inner.indefinite)
			at = inner.end;
		else
		{
			if (cursor->depth + ++open > CCCD_DER_DEPTH)
				return cccd_der_fail(cursor, CCCD_DER_LIMIT, at);
			at = inner.value;
		}
	}
	item->length = (size_t) (at - 2 - item->value);
	item->end = at;
	return true;
}

bool
cccd_der_next(CccdDer *cursor, CccdDerItem *item)
{
	if (cursor->document->error != CCCD_DER_OK)
		return false;
	if (!read_header(cursor, cursor->at, item))
		return false;
	if (item->indefinite && !find_end(cursor, item))
		return false;
	cursor->at = item->end;
	return true;
}

uint32_t
cccd_der_peek(const CccdDer *cursor)
{
	const uint8_t *p = cursor->at;
	uint32_t	tag;
	int			octets = 1;

	if (cursor->document->error != CCCD_DER_OK || p >= cursor->end)
		return 0;
	tag = *p++;
	if ((tag & 0x1F) != 0x1F)
		return tag;
	do
	{
		if (p >= cursor->end || ++octets > TAG_OCTETS)
			return 0;
		tag = tag << 8 | *p;
	} while (*p++ & 0x80);
	return tag;
}

bool
cccd_der_want(CccdDer *cursor, uint32_t tag, CccdDerItem *item)
{
	const uint8_t *at = cursor->at;

	if (!cccd_der_next(cursor, item))
		return false;
	if (item->tag != tag)
		return cccd_der_fail(cursor, CCCD_DER_TAG, at);
	return true;
}

bool
cccd_der_option(CccdDer *cursor, uint32_t tag, CccdDerItem *item,
				bool *present)
{
	*present = false;
	if (cursor->document->error != CCCD_DER_OK)
		return false;
	if (cccd_der_at_end(cursor) || cccd_der_peek(cursor) != tag)
		return true;
	*present = true;
	return cccd_der_next(cursor, item);
}

CccdDer
cccd_der_enter(const CccdDer *cursor, const CccdDerItem *item)
{
	CccdDer		inner;

	inner.document = cursor->document;
	inner.depth = item->depth + 1;
	inner.at = item->value;
	inner.end = item->value + item->length;
	if (inner.depth > CCCD_DER_DEPTH)
	{
		cccd_der_fail(cursor, CCCD_DER_LIMIT, item->start);
		inner.end = inner.at;
	}
	return inner;
}

bool
cccd_der_want_enter(CccdDer *cursor, uint32_t tag, CccdDer *inner)
{
	CccdDerItem item;

	if (!cccd_der_want(cursor, tag, &item))
		return false;
	*inner = cccd_der_enter(cursor, &item);
	return cursor->document->error == CCCD_DER_OK;
}

bool
cccd_der_finish(const CccdDer *cursor)
{
	if (cursor->document->error != CCCD_DER_OK)
		return false;
	if (!cccd_der_at_end(cursor))
		return cccd_der_fail(cursor, CCCD_DER_TRAILING, cursor->at);
	return true;
}

bool
cccd_der_small_integer(const CccdDer *cursor, const CccdDerItem *item,
					   uint32_t *value)
{
	CccdBytes	number;

	if (!cccd_der_unsigned(cursor, item, &number))
		return false;
	if (number.length > 4 || (number.length == 4 && number.data[0] > 0x7F))
		return cccd_der_fail(cursor, CCCD_DER_VALUE, item->start);
	*value = 0;
	for (size_t k = 0; k < number.length; k++)
		*value = *value << 8 | number.data[k];
	return true;
}

bool
cccd_der_boolean(const CccdDer *cursor, const CccdDerItem *item,
				 bool *value)
{
	if (item->tag != CCCD_DER_BOOLEAN || item->length != 1)
		return cccd_der_fail(cursor, CCCD_DER_VALUE, item->start);
	*value = item->value[0] != 0;
	return true;
}

bool
cccd_der_unsigned(const CccdDer *cursor, const CccdDerItem *item,
				  CccdBytes *number)
{
	const uint8_t *p = item->value;
	size_t		length = item->length;

	if (item->tag != CCCD_DER_INTEGER || length == 0 || (p[0] & 0x80) ||
		(length > 1 && p[0] == 0 && !(p[1] & 0x80) &&
		 !cursor->document->ber))
		return cccd_der_fail(cursor, CCCD_DER_VALUE, item->start);
	while (length > 0 && *p == 0)
	{
		p++;
		length--;
	}
	number->data = p;
	number->length = length;
	return true;
}

bool
cccd_der_bits(const CccdDer *cursor, const CccdDerItem *item,
			  CccdBytes *bits)
{
	if (item->tag != CCCD_DER_BIT_STRING || item->length < 1 ||
		item->value[0] != 0)
		return cccd_der_fail(cursor, CCCD_DER_VALUE, item->start);
	bits->data = item->value + 1;
	bits->length = item->length - 1;
	return true;
}

/* Append the parts of a constructed OCTET STRING (X.690 8.7). */
static bool
gather(const CccdDer *cursor, const CccdDerItem *item,
	   uint8_t *scratch, size_t capacity, size_t *used)
{
	CccdDer		parts = cccd_der_enter(cursor, item);

	while (!cccd_der_at_end(&parts))
	{
		CccdDerItem part;

		if (!cccd_der_next(&parts, &part))
			return false;
		if (part.tag == (CCCD_DER_OCTET_STRING | CCCD_DER_CONSTRUCTED))
		{
			if (!gather(&parts, &part, scratch, capacity, used))
				return false;
			continue;
		}
		if (part.tag != CCCD_DER_OCTET_STRING)
			return cccd_der_fail(cursor, CCCD_DER_TAG, part.start);
		if (part.length > capacity - *used)
			return cccd_der_fail(cursor, CCCD_DER_LIMIT, part.start);
		memcpy(scratch + *used, part.value, part.length);
		*used += part.length;
	}
	return cursor->document->error == CCCD_DER_OK;
}

bool
cccd_der_octets(const CccdDer *cursor, const CccdDerItem *item,
				uint8_t *scratch, size_t capacity, CccdBytes *octets)
{
	if (item->tag == CCCD_DER_OCTET_STRING)
	{
		*octets = cccd_der_value(item);
		return true;
	}
	if (item->tag != (CCCD_DER_OCTET_STRING | CCCD_DER_CONSTRUCTED) ||
		!cursor->document->ber)
		return cccd_der_fail(cursor, CCCD_DER_TAG, item->start);
	cursor->document->saw_ber = true;
	octets->data = scratch;
	octets->length = 0;
	return gather(cursor, item, scratch, capacity, &octets->length);
}

bool
cccd_der_time_bytes(uint32_t tag, const uint8_t *digits, size_t length,
					int64_t *time)
{
	const char *text = (const char *) digits;
	const char *end = text + length;
	int			year;
	int			part[5];		/* month, day, hour, minute, second */

	if (tag == CCCD_DER_GENERALIZED_TIME)
	{
		if (length != 15 || !cccd_digits_read(&text, end, 4, &year))
			return false;
	}
	else
	{
		if (tag != CCCD_DER_UTC_TIME || length != 13 ||
			!cccd_digits_read(&text, end, 2, &year))
			return false;
		year += year < 50 ? 2000 : 1900;
	}
	for (int k = 0; k < 5; k++)
		if (!cccd_digits_read(&text, end, 2, &part[k]))
			return false;
	if (*text != 'Z' || !cccd_date_valid(year, part[0], part[1]) ||
		part[2] > 23 || part[3] > 59 || part[4] > 59)
		return false;
	*time = cccd_days_from_civil(year, part[0], part[1]) * CCCD_DAY +
		cccd_clock_time(part[2], part[3], part[4]);
	return true;
}

bool
cccd_der_time(const CccdDer *cursor, const CccdDerItem *item,
			  int64_t *time)
{
	if (!cccd_der_time_bytes(item->tag, item->value, item->length, time))
		return cccd_der_fail(cursor, CCCD_DER_VALUE, item->start);
	return true;
}

size_t
cccd_der_put_length(uint8_t *out, size_t length)
{
	size_t		octets = 1;

	if (length < 0x80)
	{
		out[0] = (uint8_t) length;
		return 1;
	}
	while (octets < 4 && length >> (8 * octets) != 0)
		octets++;
	out[0] = (uint8_t) (0x80 | octets);
	for (size_t k = 0; k < octets; k++)
		out[1 + k] = (uint8_t) (length >> (8 * (octets - 1 - k)));
	return 1 + octets;
}
