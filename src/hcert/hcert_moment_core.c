/*
 * hcert_moment_core.c
 *		Dates and times as health certificates write them; see hcert_moment_core.h.
 */
#include "hcert/hcert_moment_core.h"

#include "base/calendar_core.h"

/* Digits up to another character or the limit. */
static size_t
digits(const char *text, size_t length, size_t most)
{
	size_t		k;

	for (k = 0; k < length && k < most; k++)
		if (text[k] < '0' || text[k] > '9')
			break;
	return k;
}

static int
number(const char *text, size_t count)
{
	int			value = 0;

	for (size_t k = 0; k < count; k++)
		value = value * 10 + (text[k] - '0');
	return value;
}

/* A date, perhaps with a time behind it, which is left out. */
bool
cccd_day_parse(const char *text, size_t length, int32_t *day)
{
	size_t		used;

	return cccd_date_parse(text, length, &used, day) &&
		(used == length || text[used] == 'T' || text[used] == ' ');
}

/*
 * Z, or a sign and hours and perhaps minutes; no zone at all is UTC, as
 * CertLogic reads it.
 */
static bool
parse_zone(const char *text, size_t length, int64_t *zone)
{
	size_t		hour_digits;
	size_t		minute_digits = 0;
	size_t		at;
	int			hours;
	int			minutes = 0;

	*zone = 0;
	if (length == 0 || (length == 1 && (*text == 'Z' || *text == 'z')))
		return true;
	if (*text != '+' && *text != '-')
		return false;
	hour_digits = digits(text + 1, length - 1, 2);
	at = 1 + hour_digits;
	if (hour_digits == 0)
		return false;
	if (at < length)
	{
		if (text[at] == ':')
			at++;
		minute_digits = digits(text + at, length - at, 2);
		if (minute_digits != 2 || at + minute_digits != length)
			return false;
		minutes = number(text + at, 2);
	}
	hours = number(text + 1, hour_digits);
	if (hours > 23 || minutes > 59)
		return false;
	*zone = (hours * 60 + minutes) * 60 * CCCD_SECOND;
	if (*text == '-')
		*zone = -*zone;
	return true;
}

/* A date and a time, microseconds since 2000-01-01 UTC. */
bool
cccd_moment_parse(const char *text, size_t length, int64_t *moment)
{
	size_t		at;
	int32_t		day;
	int			hour;
	int			minute;
	int			second;
	int64_t		fraction = 0;
	int64_t		zone;

	if (!cccd_date_parse(text, length, &at, &day) || length - at < 9 ||
		(text[at] != 'T' && text[at] != 't' && text[at] != ' ') ||
		digits(text + at + 1, 2, 2) != 2 || text[at + 3] != ':' ||
		digits(text + at + 4, 2, 2) != 2 || text[at + 6] != ':' ||
		digits(text + at + 7, 2, 2) != 2)
		return false;
	hour = number(text + at + 1, 2);
	minute = number(text + at + 4, 2);
	second = number(text + at + 7, 2);
	at += 9;
	if (hour > 23 || minute > 59 || second > 59)
		return false;
	if (at < length && text[at] == '.')
	{
		int64_t		unit = CCCD_SECOND / 10;
		size_t		count = digits(text + at + 1, length - at - 1, SIZE_MAX);

		if (count == 0)
			return false;
		for (size_t k = 1; k <= count && unit > 0; k++, unit /= 10)
			fraction += (text[at + k] - '0') * unit;
		at += 1 + count;
	}
	if (!parse_zone(text + at, length - at, &zone))
		return false;
	*moment = day * CCCD_DAY +
		((hour * 60 + minute) * 60 + second) * CCCD_SECOND + fraction - zone;
	return true;
}

/*
 * Of what cccd_moment_parse reads, what the schema's own examples have: ISO
 * 8601 with a T and some form of zone.
 */
bool
cccd_moment_has_zone(const char *text, size_t length)
{
	size_t		k = length;

	if (text[CCCD_DAY_LENGTH] == ' ')
		return false;
	while (k > CCCD_DAY_LENGTH && text[k - 1] != '+' && text[k - 1] != '-')
		k--;
	return k > CCCD_DAY_LENGTH || text[length - 1] == 'Z' ||
		text[length - 1] == 'z';
}

/*
 * A date of birth: a day, a month (1964-01), a year, nothing.  "birth" is
 * known unless it is empty or invalid; day and month 00 are unknown ones.
 */
CccdBirthForm
cccd_birth_parse(const char *text, size_t length, CccdBirth *birth)
{
	int			year;
	int			month = 0;
	int			day = 0;

	birth->known = false;
	if (length == 0)
		return CCCD_BIRTH_EMPTY;
	/* a time behind it says nothing */
	if (length > CCCD_DAY_LENGTH && text[CCCD_DAY_LENGTH] == 'T')
		length = CCCD_DAY_LENGTH;
	if ((length != 4 && length != 7 && length != CCCD_DAY_LENGTH) ||
		digits(text, 4, 4) != 4)
		return CCCD_BIRTH_INVALID;
	year = number(text, 4);
	if (length >= 7)
	{
		if (text[4] != '-' || digits(text + 5, 2, 2) != 2)
			return CCCD_BIRTH_INVALID;
		month = number(text + 5, 2);
	}
	if (length == CCCD_DAY_LENGTH)
	{
		if (text[7] != '-' || digits(text + 8, 2, 2) != 2)
			return CCCD_BIRTH_INVALID;
		day = number(text + 8, 2);
	}
	/* the day of an unknown month says nothing */
	if (month == 0)
		day = 0;
	if (year < CCCD_YEAR_MIN || month > 12 ||
		(day > 0 && !cccd_date_valid(year, month, day)))
		return CCCD_BIRTH_INVALID;
	birth->known = true;
	birth->first = cccd_days_from_civil(year, month > 0 ? month : 1,
										day > 0 ? day : 1);
	if (day > 0)
		birth->last = birth->first;
	else if (month > 0)
		birth->last = cccd_days_from_civil(year, month,
										   cccd_days_in_month(year, month));
	else
		birth->last = cccd_days_from_civil(year, 12, 31);
	return day > 0 ? CCCD_BIRTH_DAY : month > 0 ? CCCD_BIRTH_MONTH :
		CCCD_BIRTH_YEAR;
}

bool
cccd_birth_in_years(const CccdBirth *birth, int first, int last)
{
	return birth->known &&
		birth->first >= cccd_days_from_civil(first, 1, 1) &&
		birth->last <= cccd_days_from_civil(last, 12, 31);
}
