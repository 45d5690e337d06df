/*
 * calendar_core.c
 *		Dates, times and month arithmetic; see calendar_core.h.
 */
#include "base/calendar_core.h"

#include <string.h>

/* Digits of a fraction of a second that are read: microseconds. */
#define FRACTION_DIGITS	6

int
cccd_days_in_month(int year, int month)
{
	static const unsigned char days[] = {
		31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31
	};

	if (month == 2 && year % 4 == 0 && (year % 100 != 0 || year % 400 == 0))
		return 29;
	return days[month - 1];
}

bool
cccd_date_valid(int year, int month, int day)
{
	return year >= CCCD_YEAR_MIN && year <= CCCD_YEAR_MAX &&
		month >= 1 && month <= 12 &&
		day >= 1 && day <= cccd_days_in_month(year, month);
}

/*
 * Days since 2000-01-01 in the proleptic Gregorian calendar.  Years are
 * counted from March, so that the leap day is the last of its year; a cycle of
 * 400 years has 146,097 days, and 730,425 days lie between 0000-03-01 and
 * 2000-01-01.
 */
int32_t
cccd_days_from_civil(int year, int month, int day)
{
	int			y = month <= 2 ? year - 1 : year;
	int			m = month <= 2 ? month + 9 : month - 3;

	return 365 * y + y / 4 - y / 100 + y / 400 +
		(153 * m + 2) / 5 + day - 1 - 730425;
}

void
cccd_civil_from_days(int32_t days, int *year, int *month, int *day)
{
	int32_t		n = days + 730425;
	int32_t		cycle = n / 146097;
	int32_t		in_cycle = n % 146097;
	int32_t		y = (in_cycle - in_cycle / 1460 + in_cycle / 36524 -
					 in_cycle / 146096) / 365;
	int32_t		in_year = in_cycle - (365 * y + y / 4 - y / 100);
	int32_t		m = (5 * in_year + 2) / 153;

	*day = in_year - (153 * m + 2) / 5 + 1;
	*month = m < 10 ? m + 3 : m - 9;
	*year = y + 400 * cycle + (*month <= 2 ? 1 : 0);
}

int64_t
cccd_time_from_day(int32_t day)
{
	return day * CCCD_DAY - CCCD_ZONE;
}

int32_t
cccd_day_from_time(int64_t time)
{
	int64_t		local = time + CCCD_ZONE;
	int64_t		day = local / CCCD_DAY;

	if (local % CCCD_DAY < 0)
		day--;
	return (int32_t) day;
}

/*
 * The end of a term of months that begins at an instant.
 *
 * Civil Code 2015 (91/2015/QH13), Article 148(3): a term in months ends on
 * the corresponding day of its last month, and where that month has no such
 * day, at the end of its last day.  So 31 August 10:00 plus six months is the
 * instant at which February ends.  Unlike clipping to 28 February 10:00 this
 * never goes backwards: a later beginning has a later or the same end.
 */
int64_t
cccd_add_months(int64_t time, int months)
{
	int32_t		day = cccd_day_from_time(time);
	int64_t		in_day = time - cccd_time_from_day(day);
	int			y,
				m,
				d,
				total;

	cccd_civil_from_days(day, &y, &m, &d);
	total = y * 12 + (m - 1) + months;
	y = total / 12;
	m = total % 12 + 1;
	if (d > cccd_days_in_month(y, m))
		return cccd_time_from_day(cccd_days_from_civil(y, m, 1) +
								  cccd_days_in_month(y, m));
	return cccd_time_from_day(cccd_days_from_civil(y, m, d)) + in_day;
}

/*
 * The earliest beginning whose term of months ends at the given instant or
 * later: min { t : cccd_add_months(t, months) >= time }.
 */
int64_t
cccd_add_months_inverse(int64_t time, int months)
{
	int32_t		day = cccd_day_from_time(time);
	int64_t		in_day = time - cccd_time_from_day(day);
	int			y,
				m,
				d,
				length,
				total;

	cccd_civil_from_days(day, &y, &m, &d);
	if (d == 1 && in_day == 0)
	{
		int32_t		before = cccd_days_from_civil(y, m, 1) - 1;
		int			term_days;

		/* the days that the month before lacks end here, too */
		cccd_civil_from_days(before, &y, &m, &d);
		term_days = d;
		total = y * 12 + (m - 1) - months;
		y = total / 12;
		m = total % 12 + 1;
		length = cccd_days_in_month(y, m);
		if (length > term_days)
			return cccd_time_from_day(cccd_days_from_civil(y, m,
														   term_days + 1));
		return cccd_time_from_day(cccd_days_from_civil(y, m, 1) + length);
	}
	total = y * 12 + (m - 1) - months;
	y = total / 12;
	m = total % 12 + 1;
	length = cccd_days_in_month(y, m);
	if (d > length)
		return cccd_time_from_day(cccd_days_from_civil(y, m, 1) + length);
	return cccd_time_from_day(cccd_days_from_civil(y, m, d)) + in_day;
}

bool
cccd_digits_read(const char **text, const char *end, int count, int *value)
{
	const char *p = *text;
	int			result = 0;

	if (end - p < count)
		return false;
	for (; count > 0; count--, p++)
	{
		if (*p < '0' || *p > '9')
			return false;
		result = result * 10 + (*p - '0');
	}
	*text = p;
	*value = result;
	return true;
}

bool
cccd_char_read(const char **text, const char *end, char wanted)
{
	if (*text == end || **text != wanted)
		return false;
	(*text)++;
	return true;
}

int64_t
cccd_fraction_read(const char **text, const char *end)
{
	int64_t		unit = CCCD_SECOND / 10;
	int64_t		fraction = 0;

	for (; *text < end && **text >= '0' && **text <= '9'; (*text)++)
	{
		fraction += (**text - '0') * unit;
		unit /= 10;
	}
	return fraction;
}

bool
cccd_date_parse(const char *text, size_t length, size_t *used, int32_t *day)
{
	const char *at = text;
	const char *end = text + length;
	int			y,
				m,
				d;

	if (!cccd_digits_read(&at, end, 4, &y) ||
		!cccd_char_read(&at, end, '-') ||
		!cccd_digits_read(&at, end, 2, &m) ||
		!cccd_char_read(&at, end, '-') ||
		!cccd_digits_read(&at, end, 2, &d) ||
		!cccd_date_valid(y, m, d))
		return false;
	*day = cccd_days_from_civil(y, m, d);
	*used = (size_t) (at - text);
	return true;
}

/* Z, +HH, +HHMM or +HH:MM; nothing means Viet Nam's time. */
static bool
read_zone(const char **text, const char *end, int64_t *zone)
{
	int			sign,
				hours,
				minutes = 0;

	*zone = CCCD_ZONE;
	if (cccd_char_read(text, end, 'Z'))
	{
		*zone = 0;
		return true;
	}
	if (*text == end || (**text != '+' && **text != '-'))
		return true;
	sign = *(*text)++ == '-' ? -1 : 1;
	if (!cccd_digits_read(text, end, 2, &hours))
		return false;
	if (cccd_char_read(text, end, ':'))
	{
		if (!cccd_digits_read(text, end, 2, &minutes))
			return false;
	}
	else if (*text < end && **text >= '0' && **text <= '9' &&
			 !cccd_digits_read(text, end, 2, &minutes))
		return false;
	if (hours > 15 || minutes > 59)
		return false;
	*zone = sign * (hours * INT64_C(3600) + minutes * INT64_C(60)) *
		CCCD_SECOND;
	return true;
}

/* HH:MM[:SS[.ffffff]] as microseconds since midnight. */
static bool
read_clock(const char **text, const char *end, int64_t *time)
{
	int			hour,
				minute,
				second = 0;
	int64_t		fraction = 0;

	if (!cccd_digits_read(text, end, 2, &hour) ||
		!cccd_char_read(text, end, ':') ||
		!cccd_digits_read(text, end, 2, &minute))
		return false;
	if (cccd_char_read(text, end, ':') &&
		!cccd_digits_read(text, end, 2, &second))
		return false;
	if (cccd_char_read(text, end, '.'))
	{
		const char *start = *text;
		const char *limit = end - start > FRACTION_DIGITS ?
		start + FRACTION_DIGITS : end;

		fraction = cccd_fraction_read(text, limit);
		if (*text == start)
			return false;
	}
	*time = cccd_clock_time(hour, minute, second) + fraction;
	return hour <= 23 && minute <= 59 && second <= 59;
}

bool
cccd_time_parse(const char *text, size_t length, size_t *used, int64_t *time)
{
	const char *at = text;
	const char *end = text + length;
	size_t		date_length;
	int32_t		day;
	int64_t		clock = 0,
				zone = CCCD_ZONE;

	if (!cccd_date_parse(text, length, &date_length, &day))
		return false;
	at += date_length;
	if (end - at >= 6 && (*at == ' ' || *at == 'T') && at[3] == ':')
	{
		at++;
		if (!read_clock(&at, end, &clock) || !read_zone(&at, end, &zone))
			return false;
	}
	*time = day * CCCD_DAY + clock - zone;
	*used = (size_t) (at - text);
	return true;
}

static size_t
write_digits(char *out, int count, int value)
{
	for (int i = count - 1; i >= 0; i--)
	{
		out[i] = '0' + value % 10;
		value /= 10;
	}
	return count;
}

/* YYYY-MM-DD, with a final zero byte; returns the length without it. */
size_t
cccd_date_format(int32_t day, char *out)
{
	int			y,
				m,
				d;

	cccd_civil_from_days(day, &y, &m, &d);
	write_digits(out, 4, y);
	out[4] = '-';
	write_digits(out + 5, 2, m);
	out[7] = '-';
	write_digits(out + 8, 2, d);
	out[10] = '\0';
	return 10;
}

/* YYYY-MM-DD HH:MM:SS[.ffffff]+07 */
size_t
cccd_time_format(int64_t time, char *out)
{
	int32_t		day = cccd_day_from_time(time);
	int64_t		in_day = time - cccd_time_from_day(day);
	int			seconds = (int) (in_day / CCCD_SECOND);
	int			fraction = (int) (in_day % CCCD_SECOND);
	size_t		at = cccd_date_format(day, out);

	out[at++] = ' ';
	at += write_digits(out + at, 2, seconds / 3600);
	out[at++] = ':';
	at += write_digits(out + at, 2, seconds / 60 % 60);
	out[at++] = ':';
	at += write_digits(out + at, 2, seconds % 60);
	if (fraction != 0)
	{
		out[at++] = '.';
		at += write_digits(out + at, 6, fraction);
		while (out[at - 1] == '0')
			at--;
	}
	memcpy(out + at, "+07", 4);
	return at + 3;
}
