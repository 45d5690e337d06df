/*
 * dg13_core.c
 *		Data group 13 of the Vietnamese card; see dg13_core.h.
 */
#include "chip/dg13_core.h"

#include <string.h>

#include "base/der_core.h"

#define TAG_UTF8		0x0C
#define TAG_NUMERIC		0x12
#define TAG_PRINTABLE	0x13
#define TAG_IA5			0x16

/* The strings of one field, in their order; an absent one has no pointer. */
typedef struct StringList
{
	CccdBytes	string[CCCD_DG13_STRINGS];
	int			count;
	unsigned	odd;
} StringList;

/* All of these are UTF-8, or a part of it. */
static bool
is_string(uint32_t tag)
{
	return tag == TAG_UTF8 || tag == TAG_PRINTABLE || tag == TAG_IA5 ||
		tag == TAG_NUMERIC;
}

static void
append(StringList *list, CccdBytes string)
{
	if (string.length == 0)
		string.data = NULL;
	if (list->count < CCCD_DG13_STRINGS)
		list->string[list->count++] = string;
	else
		list->odd |= CCCD_DG13_ODD_SURPLUS;
}

/*
 * The strings of one SEQUENCE inside a field.  An empty one holds the place of
 * a string: a father who is not named leaves the mother where she was.
 */
static bool
read_nested(CccdDer *cursor, const CccdDerItem *item, StringList *list)
{
	static const CccdBytes none = {NULL, 0};
	CccdDer		inner = cccd_der_enter(cursor, item);

	if (cccd_der_at_end(&inner))
		append(list, none);
	while (!cccd_der_at_end(&inner))
	{
		CccdDerItem string;

		if (!cccd_der_next(&inner, &string))
			return false;
		if (is_string(string.tag))
			append(list, cccd_der_value(&string));
		else
			list->odd |= CCCD_DG13_ODD_TYPE;
	}
	return true;
}

static bool
read_strings(CccdDer *field, StringList *list)
{
	memset(list, 0, sizeof(*list));
	while (!cccd_der_at_end(field))
	{
		CccdDerItem item;

		if (!cccd_der_next(field, &item))
			return false;
		if (is_string(item.tag))
			append(list, cccd_der_value(&item));
		else if (item.tag == CCCD_DER_SEQUENCE)
		{
			if (!read_nested(field, &item, list))
				return false;
		}
		else
			list->odd |= CCCD_DG13_ODD_TYPE;
	}
	return true;
}

static void
keep(CccdDg13 *dg13, uint32_t number, StringList *list)
{
	int			wanted = number == CCCD_DG13_PARENTS ? 2 : 1;

	dg13->odd |= list->odd;
	if (number < 1 || number > CCCD_DG13_FIELDS)
	{
		dg13->odd |= CCCD_DG13_ODD_UNKNOWN;
		if (dg13->extra_count == CCCD_DG13_EXTRA)
			dg13->odd |= CCCD_DG13_ODD_SURPLUS;
		else if (list->string[0].data != NULL)
			dg13->extra[dg13->extra_count++] = list->string[0];
		return;
	}
	if (dg13->seen & (1u << number))
	{
		dg13->odd |= CCCD_DG13_ODD_DUPLICATE;
		return;
	}
	dg13->seen |= 1u << number;
	if (list->count > wanted)
		dg13->odd |= CCCD_DG13_ODD_SURPLUS;
	memcpy(dg13->field[number], list->string,
		   (size_t) wanted * sizeof(CccdBytes));
}

static bool
read_fields(CccdDer *fields, CccdDg13 *dg13)
{
	while (!cccd_der_at_end(fields))
	{
		uint32_t	number;
		StringList	list;
		CccdDerItem item;
		CccdDer		field;

		if (!cccd_der_want_enter(fields, CCCD_DER_SEQUENCE, &field) ||
			!cccd_der_want(&field, CCCD_DER_INTEGER, &item) ||
			!cccd_der_small_integer(&field, &item, &number) ||
			!read_strings(&field, &list))
			return false;
		keep(dg13, number, &list);
	}
	return true;
}

static bool
read_content(CccdDer *group, CccdDg13 *dg13)
{
	CccdDer		content;
	CccdDer		fields;
	CccdDerItem item;
	uint32_t	version = 0;
	bool		present;

	if (!cccd_der_want_enter(group, CCCD_DER_SEQUENCE, &content) ||
		!cccd_der_finish(group) ||
		!cccd_der_option(&content, CCCD_DER_INTEGER, &item, &present) ||
		(present && !cccd_der_small_integer(&content, &item, &version)) ||
		!cccd_der_option(&content, CCCD_DER_OID, &item, &present) ||
		!cccd_der_next(&content, &item))
		return false;
	if (version != 1)
		dg13->odd |= CCCD_DG13_ODD_VERSION;
	if (item.tag != CCCD_DER_SET && item.tag != CCCD_DER_SEQUENCE)
		return cccd_der_fail(&content, CCCD_DER_TAG, item.start);
	fields = cccd_der_enter(&content, &item);
	return read_fields(&fields, dg13) && cccd_der_finish(&content);
}

bool
cccd_dg13_read(CccdBytes group, CccdDg13 *dg13)
{
	CccdDerDocument document;
	CccdDer		cursor;
	CccdDer		content;

	memset(dg13, 0, sizeof(*dg13));
	cursor = cccd_der_open(&document, group.data, group.length, true);
	if (group.length > CCCD_DER_SIZE ||
		!cccd_der_want_enter(&cursor, CCCD_DG13_TAG, &content) ||
		!read_content(&content, dg13))
	{
		memset(dg13, 0, sizeof(*dg13));
		return false;
	}
	if (document.saw_ber)
		dg13->odd |= CCCD_DG13_ODD_BER;
	return true;
}
