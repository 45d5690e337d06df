/*
 * word_time_core.h
 *		Dates and times as people and spreadsheets write them.
 *
 * A date is day, month and year in this order, or year, month and day where
 * the year of four digits comes first; separated by / - . or spaces, or as
 * "ngày 5 tháng 11 năm 2021"; day and month have one digit or two.  Eight
 * digits alone are yyyymmdd where that is a date.  A year of two digits, a
 * month before the day and a spreadsheet's number of days are not read: more
 * than one date could be meant.
 *
 * A time has a date, and before or behind it h:mm, h:mm:ss, "8h", "8h09" or
 * "8 giờ 09 phút", with SA or AM, CH or PM where hours are of twelve; a
 * fraction of a second is dropped; a zone is Z, +hh, +hhmm or +hh:mm behind
 * the time, and Viet Nam's +07 where there is none.
 */
#ifndef CCCD_WORD_TIME_CORE_H
#define CCCD_WORD_TIME_CORE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Years of a date, and bytes of a text; others are not read. */
#define CCCD_WORD_YEAR_MIN	1800
#define CCCD_WORD_YEAR_MAX	2149
#define CCCD_WORD_TIME_MAX	80

typedef struct CccdWordTime
{
	int32_t		day;			/* days since 2000-01-01, as it is written */
	bool		has_clock;		/* a time of day is written */
	int64_t		time;			/* microseconds since 2000-01-01 UTC; without
								 * a clock, the beginning of the day in Viet
								 * Nam */
} CccdWordTime;

/*
 * Read a whole text of len bytes of UTF-8, with spaces around it.  Returns
 * false, and leaves *out alone, if it is not one date, with or without one
 * time of day.
 */
extern bool cccd_word_time_read(const char *text, size_t len,
								CccdWordTime *out);

/* How much of a birth date is known. */
typedef enum CccdWordPrecision
{
	CCCD_WORD_DAY,
	CCCD_WORD_MONTH,
	CCCD_WORD_YEAR
} CccdWordPrecision;

typedef struct CccdWordBirth
{
	int32_t		day;			/* days since 2000-01-01; the first one of a
								 * month or year of which no more is known */
	CccdWordPrecision precision;
} CccdWordBirth;

/*
 * Read a birth date: a date as above, also with the midnight that spreadsheets
 * write behind it; or a month or a year, alone ("05/1990", "1990-05", "năm
 * 1990", "tháng 5 năm 1990") or with zeros for what is not known ("00/00/1990",
 * "1990-05-00", "19900000"), as civil registers write it.  Returns false, and
 * leaves *out alone, for any other text.
 */
extern bool cccd_word_birth_read(const char *text, size_t len,
								 CccdWordBirth *out);

#endif							/* CCCD_WORD_TIME_CORE_H */
