/*
 * certlogic_time_core.c
 *		Dates and times of CertLogic.
 *
 * The forms are those of the specification as the reference engine matches
 * them; what they mean is ECMA-262's (section Date Objects), because the
 * specification defines arithmetic by the methods of JavaScript's Date.  A day
 * up to 31 exists in every month and rolls over (2021-02-30 is 2021-03-02);
 * other impossible fields make CCCD_LOGIC_NO_TIME.
 */
#include "certlogic/certlogic_time_core.h"

#include <stdio.h>

#include "base/calendar_core.h"

#define HOUR_MS	INT64_C(3600000)
#define DAY_MS		(24 * HOUR_MS)

/* Days from 1970-01-01 to the first of a month; month counts from 0. */
static int64_t
days_to_month(int64_t year, int month)
{
	/* years begin in March, so that the leap day is the last one */
	int64_t		y = month < 2 ? year - 1 : year;
	int64_t		era = (y >= 0 ? y : y - 399) / 400;
	int64_t		year_of_era = y - era * 400;
	int			m = (month + 10) % 12;

	return era * 146097 + year_of_era * 365 + year_of_era / 4 -
		year_of_era / 100 + (153 * m + 2) / 5 - 719468;
}

/* The date of a count of days; month counts from 0. */
static void
date_of_days(int64_t days, int64_t *year, int *month, int *day)
{
	int64_t		z = days + 719468;
	int64_t		era = (z >= 0 ? z : z - 146096) / 146097;
	int			d = (int) (z - era * 146097);
	int			y = (d - d / 1460 + d / 36524 - d / 146096) / 365;
	int			rest = d - (365 * y + y / 4 - y / 100);
	int			m = (5 * rest + 2) / 153;

	*day = rest - (153 * m + 2) / 5 + 1;
	*month = (m + 2) % 12;
	*year = era * 400 + y + (*month < 2);
}

static int64_t
floor_divide(int64_t a, int64_t b)
{
	return a / b - (a % b < 0);
}

static int64_t
clip(int64_t time)
{
	return time > CCCD_LOGIC_TIME_MAX || time < -CCCD_LOGIC_TIME_MAX ?
		CCCD_LOGIC_NO_TIME : time;
}

int64_t
cccd_logic_time_add(int64_t time, int64_t amount, CccdLogicUnit unit)
{
	int64_t		days,
				year,
				months;
	int			month,
				day;

	if (time == CCCD_LOGIC_NO_TIME || amount == 0)
		return time;
	if (unit == CCCD_LOGIC_HOUR)
		return clip(time + amount * HOUR_MS);
	if (unit == CCCD_LOGIC_DAY)
		return clip(time + amount * DAY_MS);

	/* MakeDay(): a day that the month does not have rolls over */
	days = floor_divide(time, DAY_MS);
	date_of_days(days, &year, &month, &day);
	months = month + (unit == CCCD_LOGIC_MONTH ? amount : 0);
	year += unit == CCCD_LOGIC_YEAR ? amount : floor_divide(months, 12);
	if (year > 300000 || year < -300000)
		return CCCD_LOGIC_NO_TIME;
	month = (int) (months - floor_divide(months, 12) * 12);
	return clip((days_to_month(year, month) + day - 1) * DAY_MS +
				time - days * DAY_MS);
}

static int64_t
day_time(int year, int month, int day)
{
	if (month < 1 || month > 12 || day < 1 || day > 31)
		return CCCD_LOGIC_NO_TIME;
	return (days_to_month(year, month - 1) + day - 1) * DAY_MS;
}

/* The last day of a year or of a month. */
static int64_t
last_day_time(int year, int month)
{
	if (month < 1 || month > 12)
		return CCCD_LOGIC_NO_TIME;
	return (days_to_month(month == 12 ? year + 1 : year, month % 12) - 1) *
		DAY_MS;
}

/*
 * YYYY, YYYY-MM or the beginning YYYY-MM-DD; *text is left behind what was
 * read, *whole tells whether a day was among it.
 */
static bool
parse_date(const char **text, const char *end, int64_t *time, bool *whole)
{
	int			year,
				month,
				day;

	*whole = false;
	if (!cccd_digits_read(text, end, 4, &year))
		return false;
	if (*text == end)
	{
		*time = last_day_time(year, 12);
		return true;
	}
	if (!cccd_char_read(text, end, '-') || !cccd_digits_read(text, end, 2, &month))
		return false;
	if (*text == end)
	{
		*time = last_day_time(year, month);
		return true;
	}
	if (!cccd_char_read(text, end, '-') || !cccd_digits_read(text, end, 2, &day))
		return false;
	*time = day_time(year, month, day);
	*whole = true;
	return true;
}

bool
cccd_logic_birth_parse(const char *text, size_t length, int64_t *time)
{
	const char *end = text + length;
	bool		whole;

	return parse_date(&text, end, time, &whole) && text == end;
}

/* A dot and digits, of which three count. */
static bool
parse_fraction(const char **text, const char *end, int *millisecond)
{
	int			scale = 100;

	*millisecond = 0;
	if (!cccd_char_read(text, end, '.'))
		return true;
	if (*text == end || **text < '0' || **text > '9')
		return false;
	for (; *text < end && **text >= '0' && **text <= '9'; (*text)++)
	{
		*millisecond += scale * (**text - '0');
		scale /= 10;
	}
	return true;
}

/*
 * Nothing, Z, or a sign and h, hh, hmm, hhmm, h:mm, hh:mm; a colon without
 * minutes passes the reference engine's pattern, too.  *offset is in minutes,
 * *possible tells whether there is such a zone.
 */
static bool
parse_zone(const char *text, const char *end, int *offset, bool *possible)
{
	int			hour,
				minute = 0,
				width = 0;
	bool		west;

	*offset = 0;
	*possible = true;
	if (text == end || (end - text == 1 && *text == 'Z'))
		return true;
	west = *text == '-';
	if (!cccd_char_read(&text, end, '+') && !cccd_char_read(&text, end, '-'))
		return false;
	while (width < 5 && text + width < end && text[width] >= '0' &&
		   text[width] <= '9')
		width++;
	if (width == 0 || width == 5)
		return false;
	/* one or two digits of hours, the minutes take the last two of more */
	if (!cccd_digits_read(&text, end, width == 2 || width == 4 ? 2 : 1, &hour))
		return false;
	if (width > 2)
	{
		if (!cccd_digits_read(&text, end, 2, &minute))
			return false;
	}
	else if (cccd_char_read(&text, end, ':') && text < end &&
			 !cccd_digits_read(&text, end, 2, &minute))
		return false;
	if (text != end)
		return false;
	*possible = hour <= 23 && minute <= 59;
	*offset = (hour * 60 + minute) * (west ? -1 : 1);
	return true;
}

bool
cccd_logic_time_parse(const char *text, size_t length, int64_t *time)
{
	const char *end = text + length;
	int			hour,
				minute,
				second,
				millisecond,
				offset;
	bool		whole,
				possible;

	if (!parse_date(&text, end, time, &whole))
		return false;
	if (text == end)
		return true;
	if (!whole || !cccd_char_read(&text, end, 'T') ||
		!cccd_digits_read(&text, end, 2, &hour) || !cccd_char_read(&text, end, ':') ||
		!cccd_digits_read(&text, end, 2, &minute) || !cccd_char_read(&text, end, ':') ||
		!cccd_digits_read(&text, end, 2, &second) ||
		!parse_fraction(&text, end, &millisecond) ||
		!parse_zone(text, end, &offset, &possible))
		return false;
	if (hour > 23)
		possible &= hour == 24 && minute == 0 && second == 0 &&
			millisecond == 0;
	if (!possible || minute > 59 || second > 59)
		*time = CCCD_LOGIC_NO_TIME;
	if (*time != CCCD_LOGIC_NO_TIME)
		*time += hour * HOUR_MS + (minute - offset) * INT64_C(60000) +
			second * 1000 + millisecond;
	return true;
}

size_t
cccd_logic_time_format(int64_t time, char *out)
{
	int64_t		days = floor_divide(time, DAY_MS);
	int64_t		year;
	int			month,
				day,
				rest = (int) (time - days * DAY_MS);

	date_of_days(days, &year, &month, &day);
	return (size_t) snprintf(out, CCCD_LOGIC_TIME_SIZE,
							 year < 0 || year > 9999 ?
							 "%+07d-%02d-%02dT%02d:%02d:%02d.%03dZ" :
							 "%04d-%02d-%02dT%02d:%02d:%02d.%03dZ",
							 (int) year, month + 1, day, rest / 3600000,
							 rest / 60000 % 60, rest / 1000 % 60,
							 rest % 1000);
}
