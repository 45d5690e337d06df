/*
 * field_core.c
 *		One field of a scan: numbers, dates, sex, names, addresses, and
 *		whether the number agrees with them.
 */
#include "scan/field_core.h"

#include <string.h>

#include "base/calendar_core.h"
#include "id/id_core.h"
#include "id/place_core.h"
#include "scan/name_core.h"

/* Longest spelling of a sex that is looked at, decomposed, in bytes. */
#define SEX_MAX		16

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool
contains(CccdSlice field, char c)
{
	return field.len > 0 && memchr(field.ptr, c, field.len) != NULL;
}

CccdSlice
cccd_field_trim(CccdSlice field)
{
	while (field.len > 0 && field.ptr[0] == ' ')
	{
		field.ptr++;
		field.len--;
	}
	while (field.len > 0 && field.ptr[field.len - 1] == ' ')
		field.len--;
	return field;
}

bool
cccd_field_number(CccdSlice field, size_t digits, int64_t *value)
{
	int64_t		number = 0;

	if (field.len != digits)
		return false;
	for (size_t i = 0; i < digits; i++)
	{
		if (!is_digit(field.ptr[i]))
			return false;
		number = number * 10 + (field.ptr[i] - '0');
	}
	*value = number;
	return true;
}

/* 'M' for "Nam", 'F' for "Nu" with or without its marks, else 0. */
static char
sex_of(CccdSlice field)
{
	char		key[SEX_MAX];
	size_t		len;

	if (field.len == 0 || field.len > SEX_MAX)
		return 0;
	len = cccd_name_fold(field.ptr, field.len, key);
	if (len == 3 && memcmp(key, "NAM", 3) == 0)
		return 'M';
	if (len == 2 && memcmp(key, "NU", 2) == 0)
		return 'F';
	return 0;
}

bool
cccd_field_is_sex(CccdSlice field)
{
	return sex_of(field) != 0;
}

bool
cccd_field_is_hex_text(CccdSlice field)
{
	char		bytes[CCCD_NAME_MAX];

	if (field.len < 4 || field.len % 2 != 0 || field.len / 2 > CCCD_NAME_MAX)
		return false;
	for (size_t i = 0; i < field.len; i++)
	{
		char		c = field.ptr[i];
		unsigned	digit;

		if (is_digit(c))
			digit = (unsigned) (c - '0');
		else if ((c >= 'A' && c <= 'F') || (c >= 'a' && c <= 'f'))
			digit = (unsigned) ((c | 0x20) - 'a' + 10);
		else
			return false;
		if (i % 2 == 0)
			bytes[i / 2] = (char) (digit << 4);
		else
		{
			bytes[i / 2] = (char) ((unsigned char) bytes[i / 2] | digit);
			if ((unsigned char) bytes[i / 2] < 0x20)
				return false;
		}
	}
	/* a name begins with a letter, an old number in its place would not */
	return (unsigned char) bytes[0] >= 'A' && cccd_utf8_valid(bytes, field.len / 2);
}

CccdDateParts
cccd_field_date(CccdSlice field)
{
	CccdDateParts none = {CCCD_DATE_NONE, 0, 0, 0};
	CccdDateParts date = none;
	int			value[3] = {0, 0, 0};
	size_t		digits[3] = {0, 0, 0};
	int			group = 0;
	bool		hyphens = true;

	for (size_t i = 0; i < field.len; i++)
	{
		char		c = field.ptr[i];

		if (is_digit(c))
		{
			if (++digits[group] > 8)
				return none;
			value[group] = value[group] * 10 + (c - '0');
		}
		else if ((c == '/' || c == '-' || c == '.' || c == ' ') &&
				 digits[group] > 0 && group < 2)
		{
			hyphens = hyphens && c == '-';
			group++;
		}
		else
			return none;
	}
	if (group == 0 && digits[0] == 8)
	{
		date.form = CCCD_DATE_COMPACT;
		date.day = value[0] / 1000000;
		date.month = value[0] / 10000 % 100;
		date.year = value[0] % 10000;
	}
	else if (group == 2 && digits[0] == 4 && digits[1] <= 2 &&
			 (digits[2] == 1 || digits[2] == 2))
	{
		date.form = hyphens && digits[1] == 2 && digits[2] == 2 ?
			CCCD_DATE_ISO : CCCD_DATE_OTHER;
		date.year = value[0];
		date.month = value[1];
		date.day = value[2];
	}
	else if (group == 2 && digits[0] <= 2 && digits[1] <= 2 && digits[2] == 4)
	{
		date.form = CCCD_DATE_OTHER;
		date.day = value[0];
		date.month = value[1];
		date.year = value[2];
	}
	else if (group == 1 && digits[0] <= 2 && digits[1] == 4)
	{
		date.form = CCCD_DATE_OTHER;
		date.month = value[0];
		date.year = value[1];
	}
	else if (group == 0 && digits[0] == 4)
	{
		date.form = CCCD_DATE_OTHER;
		date.year = value[0];
	}
	return date;
}

int32_t
cccd_date_known(CccdScan *scan, const CccdDateParts *parts)
{
	bool		year_known = parts->year >= CCCD_SCAN_YEAR_MIN &&
	parts->year <= CCCD_SCAN_YEAR_MAX;

	if ((year_known || parts->year == 0) && parts->month <= 12 &&
		parts->day <= 31 &&
		(parts->year == 0 || parts->month == 0 || parts->day == 0))
	{
		scan->flags |= CCCD_FLAG(DATE_INCOMPLETE);
		return CCCD_NO_DATE;
	}
	if (!year_known ||
		!cccd_date_valid(parts->year, parts->month, parts->day))
	{
		scan->flags |= CCCD_FLAG(DATE_INVALID);
		return CCCD_NO_DATE;
	}
	return cccd_days_from_civil(parts->year, parts->month, parts->day);
}

int32_t
cccd_take_date(CccdScan *scan, CccdSlice field, CccdDateForm form,
			   int *year)
{
	CccdDateParts parts = cccd_field_date(field);

	*year = 0;
	if (field.len == 0)
		scan->flags |= CCCD_FLAG(FIELD_MISSING);
	else if (contains(field, '*'))
		scan->flags |= CCCD_FLAG(MASKED);
	else if (parts.form == CCCD_DATE_NONE)
		scan->flags |= CCCD_FLAG(DATE_INVALID);
	else
	{
		int32_t		day;

		if (parts.form != form)
			scan->flags |= CCCD_FLAG(DATE_REFORMATTED);
		day = cccd_date_known(scan, &parts);
		if (parts.year >= CCCD_SCAN_YEAR_MIN &&
			parts.year <= CCCD_SCAN_YEAR_MAX)
			*year = parts.year;
		return day;
	}
	return CCCD_NO_DATE;
}

void
cccd_take_sex(CccdScan *scan, CccdSlice field)
{
	scan->sex = sex_of(field);
	if (field.len == 0)
		scan->flags |= CCCD_FLAG(FIELD_MISSING);
	else if (scan->sex == 0)
		scan->flags |= CCCD_FLAG(SEX_UNKNOWN);
}

/*
 * Text of a name or an address.  A question mark is what a lossy conversion
 * leaves of a letter.
 */
static CccdSlice
take_text(CccdScan *scan, CccdSlice field, size_t limit)
{
	CccdSlice	none = {NULL, 0};

	if (field.len == 0)
		scan->flags |= CCCD_FLAG(FIELD_MISSING);
	else if (field.len > limit)
		scan->flags |= CCCD_FLAG(FIELD_TOO_LONG);
	else
	{
		if (contains(field, '?'))
			scan->flags |= CCCD_FLAG(ENCODING_SUSPECT);
		if (contains(field, '*'))
			scan->flags |= CCCD_FLAG(MASKED);
		return field;
	}
	return none;
}

void
cccd_take_name(CccdScan *scan, CccdSlice field)
{
	bool		letter = false;

	scan->name = take_text(scan, field, CCCD_NAME_MAX);
	if (scan->name.ptr == NULL)
		return;
	for (size_t i = 0; i < field.len; i++)
	{
		char		c = field.ptr[i];

		if (is_digit(c))
			scan->flags |= CCCD_FLAG(NAME_INVALID);
		else if ((unsigned char) c >= 0x80 ||
				 ((c | 0x20) >= 'a' && (c | 0x20) <= 'z'))
			letter = true;
	}
	if (!letter)
		scan->flags |= CCCD_FLAG(NAME_INVALID);
}

void
cccd_take_address(CccdScan *scan, CccdSlice field)
{
	scan->address = take_text(scan, field, CCCD_ADDRESS_MAX);
}

CccdSlice
cccd_take_extra(CccdScan *scan, CccdSlice field)
{
	CccdSlice	none = {NULL, 0};

	if (field.len <= CCCD_EXTRA_MAX)
		return field;
	scan->flags |= CCCD_FLAG(FIELD_TOO_LONG);
	return none;
}

void
cccd_check_agreement(CccdScan *scan, int birth_year)
{
	if (scan->id == CCCD_NO_ID)
		return;
	if (cccd_place_name(cccd_id_place_of(scan->id)) == NULL)
		scan->flags |= CCCD_FLAG(ID_PLACE_UNASSIGNED);
	if (birth_year != 0 && birth_year != cccd_id_birth_year_of(scan->id))
		scan->flags |= CCCD_FLAG(ID_DISAGREES_WITH_BIRTH_DATE);
	if (scan->sex != 0 && scan->sex != cccd_id_sex_of(scan->id))
		scan->flags |= CCCD_FLAG(ID_DISAGREES_WITH_SEX);
}
