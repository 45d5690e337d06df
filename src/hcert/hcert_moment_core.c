/*
 * hcert_moment_core.c
 *		Dates and times as health certificates write them; see hcert_moment_core.h.
 */
#include "hcert/hcert_moment_core.h"

#include "base/calendar_core.h"

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
read_zone(const char *text, const char *end, int64_t *zone)
{
	bool		west;
	int			hours;
	int			minutes = 0;

	*zone = 0;
	if (text == end || (end - text == 1 && (*text == 'Z' || *text == 'z')))
		return true;
	if (*text != '+' && *text != '-')
		return false;
	west = *text++ == '-';
	if (!cccd_digits_read(&text, end, 2, &hours) &&
		!cccd_digits_read(&text, end, 1, &hours))
		return false;
	if (text < end)
	{
		(void) cccd_char_read(&text, end, ':');
		if (!cccd_digits_read(&text, end, 2, &minutes) || text != end)
			return false;
	}
	if (hours > 23 || minutes > 59)
		return false;
	*zone = cccd_clock_time(hours, minutes, 0);
	if (west)
		*zone = -*zone;
	return true;
}

bool
cccd_moment_parse(const char *text, size_t length, int64_t *moment)
{
	const char *at = text;
	const char *end = text + length;
	size_t		used;
	int32_t		day;
	int			hour;
	int			minute;
	int			second;
	int64_t		fraction = 0;
	int64_t		zone;

	if (!cccd_date_parse(text, length, &used, &day))
		return false;
	at += used;
	if (at == end || (*at != 'T' && *at != 't' && *at != ' '))
		return false;
	at++;
	if (!cccd_digits_read(&at, end, 2, &hour) ||
		!cccd_char_read(&at, end, ':') ||
		!cccd_digits_read(&at, end, 2, &minute) ||
		!cccd_char_read(&at, end, ':') ||
		!cccd_digits_read(&at, end, 2, &second) ||
		hour > 23 || minute > 59 || second > 59)
		return false;
	if (cccd_char_read(&at, end, '.'))
	{
		const char *start = at;

		fraction = cccd_fraction_read(&at, end);
		if (at == start)
			return false;
	}
	if (!read_zone(at, end, &zone))
		return false;
	*moment = day * CCCD_DAY + cccd_clock_time(hour, minute, second) +
		fraction - zone;
	return true;
}

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

/* The parts of a date of birth; false when it does not have that form. */
static bool
read_birth(const char *text, size_t length, int *year, int *month, int *day)
{
	const char *end = text + length;

	if ((length != 4 && length != 7 && length != CCCD_DAY_LENGTH) ||
		!cccd_digits_read(&text, end, 4, year))
		return false;
	if (text < end && (!cccd_char_read(&text, end, '-') ||
					   !cccd_digits_read(&text, end, 2, month)))
		return false;
	if (text < end && (!cccd_char_read(&text, end, '-') ||
					   !cccd_digits_read(&text, end, 2, day)))
		return false;
	return true;
}

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
	if (!read_birth(text, length, &year, &month, &day))
		return CCCD_BIRTH_INVALID;
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
