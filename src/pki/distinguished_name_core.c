/*
 * distinguished_name_core.c
 *		Distinguished names; see distinguished_name_core.h.
 */
#include "pki/distinguished_name_core.h"

#include <string.h>

#include "base/der_core.h"
#include "base/text_core.h"
#include "pki/country_core.h"

#define OID_COUNTRY		"\x55\x04\x06"
#define OID_LOCALITY	"\x55\x04\x07"

/* UTF8String, PrintableString, T61String, IA5String */
static bool
is_byte_string(uint32_t tag)
{
	return tag == 0x0C || tag == 0x13 || tag == 0x14 || tag == 0x16;
}

static uint8_t
fold(uint8_t c)
{
	return c >= 'A' && c <= 'Z' ? (uint8_t) (c - 'A' + 'a') : c;
}

/* Steps through the attributes of a name, RDN by RDN. */
typedef struct NameWalk
{
	CccdDerDocument document;
	CccdDer		names;
	CccdDer		set;
} NameWalk;

static void
walk_open(NameWalk *walk, CccdBytes name)
{
	CccdDer		cursor = cccd_der_open(&walk->document, name.data,
									   name.length, false);

	if (!cccd_der_want_enter(&cursor, CCCD_DER_SEQUENCE, &walk->names))
		walk->names = cursor;
	walk->set = walk->names;
	walk->set.at = walk->set.end;
}

static bool
walk_next(NameWalk *walk, CccdBytes *type, CccdDerItem *value,
		  bool *new_set)
{
	CccdDer		attribute;
	CccdDerItem item;

	*new_set = false;
	while (cccd_der_at_end(&walk->set))
	{
		if (cccd_der_at_end(&walk->names) ||
			!cccd_der_want_enter(&walk->names, CCCD_DER_SET, &walk->set))
			return false;
		*new_set = true;
	}
	if (!cccd_der_want_enter(&walk->set, CCCD_DER_SEQUENCE, &attribute) ||
		!cccd_der_want(&attribute, CCCD_DER_OID, &item) ||
		!cccd_der_next(&attribute, value) ||
		!cccd_der_finish(&attribute))
		return false;
	*type = cccd_der_value(&item);
	return true;
}

/* Copy a value in its normal form; false when there is no room. */
static bool
put_value(uint8_t *out, size_t *used, const CccdDerItem *value)
{
	bool		space = false;
	bool		any = false;

	for (size_t k = 0; k < value->length; k++)
	{
		uint8_t		c = value->value[k];

		if (*used + 2 > CCCD_DN_SIZE)
			return false;
		if (!is_byte_string(value->tag))
		{
			out[(*used)++] = c;
			continue;
		}
		if (c == ' ')
		{
			space = true;
			continue;
		}
		if (space && any)
			out[(*used)++] = ' ';
		space = false;
		any = true;
		out[(*used)++] = fold(c);
	}
	return true;
}

/* The normal form; false for a name that has none. */
static bool
normalise(CccdBytes name, uint8_t *out, size_t *length)
{
	NameWalk	walk;
	CccdBytes	type;
	CccdDerItem value;
	size_t		used = 0;
	bool		new_set;

	walk_open(&walk, name);
	while (walk_next(&walk, &type, &value, &new_set))
	{
		size_t		start = used;
		size_t		value_length;

		/* marker, type, room for the length of the value */
		if (used + type.length + 5 > CCCD_DN_SIZE || type.length > 255)
			return false;
		out[used++] = new_set;
		out[used++] = (uint8_t) type.length;
		memcpy(out + used, type.data, type.length);
		used += type.length + 2;
		start = used;
		if (!put_value(out, &used, &value))
			return false;
		value_length = used - start;
		out[start - 2] = (uint8_t) (value_length >> 8);
		out[start - 1] = (uint8_t) value_length;
	}
	*length = used;
	return walk.document.error == CCCD_DER_OK;
}

bool
cccd_dn_equal(CccdBytes a, CccdBytes b)
{
	uint8_t		normal_a[CCCD_DN_SIZE];
	uint8_t		normal_b[CCCD_DN_SIZE];
	size_t		length_a;
	size_t		length_b;

	if (cccd_bytes_equal(a, b))
		return true;
	return normalise(a, normal_a, &length_a) &&
		normalise(b, normal_b, &length_b) &&
		length_a == length_b && memcmp(normal_a, normal_b, length_a) == 0;
}

uint64_t
cccd_dn_hash(CccdBytes name)
{
	uint8_t		normal[CCCD_DN_SIZE];
	size_t		length;
	const uint8_t *p = normal;
	uint64_t	hash = UINT64_C(0xCBF29CE484222325);

	if (!normalise(name, normal, &length))
	{
		p = name.data;
		length = name.length;
	}
	while (length-- > 0)
		hash = (hash ^ *p++) * UINT64_C(0x100000001B3);
	return hash;
}

/* Whether an attribute's type is one of X.520, of three octets. */
static bool
is_type(CccdBytes type, const char *oid)
{
	return type.length == 3 && memcmp(type.data, oid, 3) == 0;
}

/*
 * A code of one to three letters, in capitals with final zero bytes; false for
 * what is not one.
 */
static bool
read_code(const CccdDerItem *value, char code[4], bool *capitals)
{
	memset(code, 0, 4);
	if (value->length < 1 || value->length > 3)
		return false;
	for (size_t k = 0; k < value->length; k++)
	{
		uint8_t		c = fold(value->value[k]);

		if (c < 'a' || c > 'z')
			return false;
		code[k] = (char) (c - 'a' + 'A');
		*capitals = *capitals && value->value[k] != c;
	}
	return true;
}

CccdDnCountry
cccd_dn_country(CccdBytes name, char country[4])
{
	NameWalk	walk;
	CccdBytes	type;
	CccdDerItem value;
	bool		new_set;
	bool		capitals = true;
	int			states = 0;
	int			others = 0;

	memset(country, 0, 4);
	walk_open(&walk, name);
	while (walk_next(&walk, &type, &value, &new_set))
	{
		char		code[4];

		if (!is_type(type, OID_COUNTRY))
			continue;
		if (!read_code(&value, code, &capitals))
			others++;
		else if (states == 0)
		{
			memcpy(country, code, sizeof(code));
			states++;
		}
		else if (!cccd_country_equal(country, code))
			states++;
	}
	if (states == 1 && others == 0 && walk.document.error == CCCD_DER_OK)
		return capitals ? CCCD_DN_COUNTRY_ONE : CCCD_DN_COUNTRY_LOWER_CASE;
	memset(country, 0, 4);
	return states + others > 1 ? CCCD_DN_COUNTRY_SEVERAL : CCCD_DN_COUNTRY_NONE;
}

bool
cccd_dn_locality_differs(CccdBytes name, const char *country)
{
	NameWalk	walk;
	CccdBytes	type;
	CccdDerItem value;
	bool		new_set;
	bool		capitals = true;

	if (country[0] == '\0')
		return false;
	walk_open(&walk, name);
	while (walk_next(&walk, &type, &value, &new_set))
	{
		char		code[4];

		if (is_type(type, OID_LOCALITY) &&
			read_code(&value, code, &capitals) &&
			strlen(cccd_country_two_letters(code)) == CCCD_COUNTRY_SIZE &&
			!cccd_country_fits_zone(code, country))
			return true;
	}
	return false;
}

static const char *
type_name(CccdBytes type)
{
	static const struct
	{
		uint8_t		last;
		const char *name;
	}			names[] = {
		{3, "CN"}, {5, "serialNumber"}, {6, "C"}, {7, "L"}, {8, "ST"},
		{10, "O"}, {11, "OU"}, {97, "organizationIdentifier"}
	};

	if (type.length == 3 && type.data[0] == 0x55 && type.data[1] == 4)
		for (size_t k = 0; k < sizeof(names) / sizeof(names[0]); k++)
			if (names[k].last == type.data[2])
				return names[k].name;
	return "?";
}

/* How many bytes of letters, at most "length", end with a whole character. */
static size_t
whole_characters(const uint8_t *letters, size_t length, size_t room)
{
	if (length <= room)
		return length;
	while (room > 0 && (letters[room] & 0xC0) == 0x80)
		room--;
	return room;
}

/* Whether bytes are UTF-8 without control characters. */
static bool
is_text(const uint8_t *p, size_t length)
{
	size_t		size;

	for (; length > 0; p += size, length -= size)
	{
		uint32_t	code;

		size = cccd_utf8_decode((const char *) p, length, &code);
		if (size == 0 || code < 0x20 || (code >= 0x7F && code < 0xA0))
			return false;
	}
	return true;
}

size_t
cccd_dn_format(CccdBytes name, char *out)
{
	NameWalk	walk;
	CccdBytes	type;
	CccdDerItem value;
	size_t		used = 0;
	bool		new_set;

	walk_open(&walk, name);
	while (walk_next(&walk, &type, &value, &new_set))
	{
		const char *label = type_name(type);
		const char *separator = used == 0 ? "" : new_set ? ", " : "+";
		const uint8_t *letters = value.value;
		size_t		length = value.length;

		if (!is_byte_string(value.tag) || !is_text(letters, length))
		{
			letters = (const uint8_t *) "?";
			length = 1;
		}
		if (used + strlen(separator) + strlen(label) + 2 >
			CCCD_DN_TEXT_SIZE)
			break;
		strcpy(out + used, separator);
		used += strlen(separator);
		strcpy(out + used, label);
		used += strlen(label);
		out[used++] = '=';
		length = whole_characters(letters, length,
								  CCCD_DN_TEXT_SIZE - 1 - used);
		memcpy(out + used, letters, length);
		used += length;
	}
	out[used] = '\0';
	return used;
}
