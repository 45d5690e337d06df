/*
 * calendar_core.h
 *		Dates, times and month arithmetic without a locale, a time zone
 *		database or a clock.
 *
 * A time is microseconds since 2000-01-01 00:00 UTC, a day is days since
 * 2000-01-01: PostgreSQL's timestamptz and date.  Calendar arithmetic happens
 * in Viet Nam's time, which has been UTC+7 without daylight saving since 1975,
 * so it is the same on every machine and for every session.
 *
 * All functions are defined for the years CCCD_YEAR_MIN to CCCD_YEAR_MAX of
 * the proleptic Gregorian calendar; months are 1 to 12, days 1 to 31.
 */
#ifndef CCCD_CALENDAR_CORE_H
#define CCCD_CALENDAR_CORE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define CCCD_SECOND			INT64_C(1000000)
#define CCCD_DAY			(INT64_C(86400) * CCCD_SECOND)
#define CCCD_ZONE			(INT64_C(7) * 3600 * CCCD_SECOND)

/* Years that the functions below are defined for. */
#define CCCD_YEAR_MIN		1000
#define CCCD_YEAR_MAX		9999

/* Room for the longest formatted time, with its final zero byte. */
#define CCCD_TIME_SIZE		36

/* Days of a month, 28 to 31. */
extern int	cccd_days_in_month(int year, int month);

/* Whether there is such a day; any numbers may be asked about. */
extern bool cccd_date_valid(int year, int month, int day);

/* The day of a date, which exists. */
extern int32_t cccd_days_from_civil(int year, int month, int day);

/* The date of a day: the inverse of cccd_days_from_civil. */
extern void cccd_civil_from_days(int32_t days, int *year, int *month,
								 int *day);

/* The instant at which a day begins in Viet Nam. */
extern int64_t cccd_time_from_day(int32_t day);

/* The day in Viet Nam that an instant is in. */
extern int32_t cccd_day_from_time(int64_t time);

/* Microseconds from midnight to a time of day. */
static inline int64_t
cccd_clock_time(int hour, int minute, int second)
{
	return (hour * INT64_C(3600) + minute * INT64_C(60) + second) *
		CCCD_SECOND;
}

/*
 * The end of a term of months that begins at an instant; months is not
 * negative and the end is within the years above.
 *
 * Civil Code 2015 (91/2015/QH13), Article 148(3): a term in months ends on
 * the corresponding day of its last month, and where that month has no such
 * day, at the end of its last day.  So 31 August 10:00 plus six months is the
 * instant at which February ends.  Unlike clipping to 28 February 10:00 this
 * never goes backwards: a later beginning has a later or the same end.
 */
extern int64_t cccd_add_months(int64_t time, int months);

/*
 * The earliest beginning whose term of months ends at the given instant or
 * later: min { t : cccd_add_months(t, months) >= time }.
 */
extern int64_t cccd_add_months_inverse(int64_t time, int months);

/*
 * Read exactly count digits at *text, at most nine, before end.  Returns
 * false, and leaves everything alone, if they are not there; otherwise *text
 * is behind them and *value the number.
 */
extern bool cccd_digits_read(const char **text, const char *end, int count,
							 int *value);

/* Step over a character; false if another one, or the end, is at *text. */
extern bool cccd_char_read(const char **text, const char *end, char wanted);

/*
 * The fraction of a second whose digits, any number of them, stand behind its
 * point: microseconds, further digits cut off.  *text is left behind them,
 * where it was if there are none.
 */
extern int64_t cccd_fraction_read(const char **text, const char *end);

/*
 * Read YYYY-MM-DD at the beginning of a text of length bytes; *used is set to
 * the bytes read.  Returns false, and leaves both alone, if there is no date
 * or no such day.
 */
extern bool cccd_date_parse(const char *text, size_t length, size_t *used,
							int32_t *day);

/*
 * Read YYYY-MM-DD[(space|T)HH:MM[:SS[.ffffff]][zone]] at the beginning of a
 * text of length bytes, where a zone is Z, +HH, +HHMM or +HH:MM, up to 15
 * hours.  A date alone is the beginning of the day, a zone left out is Viet
 * Nam's.  *used is set to the bytes read.  Returns false, and leaves both
 * alone, if there is no such time.
 */
extern bool cccd_time_parse(const char *text, size_t length, size_t *used,
							int64_t *time);

/*
 * Write YYYY-MM-DD with a final zero byte, 11 bytes.  Returns the length
 * without it.
 */
extern size_t cccd_date_format(int32_t day, char *out);

/*
 * Write YYYY-MM-DD HH:MM:SS[.ffffff]+07 with a final zero byte, at most
 * CCCD_TIME_SIZE bytes.  Returns the length without it.
 */
extern size_t cccd_time_format(int64_t time, char *out);

#endif							/* CCCD_CALENDAR_CORE_H */
