/*
 * certlogic_time_core.h
 *		Dates and times of CertLogic (specification 1.3.3, "Dates and
 *		date-times"): milliseconds since 1970-01-01 UTC on JavaScript's
 *		proleptic Gregorian calendar, with JavaScript's arithmetic.
 */
#ifndef CCCD_CERTLOGIC_TIME_CORE_H
#define CCCD_CERTLOGIC_TIME_CORE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * A text of the right form that is not a date, such as 2022-17-01, and a time
 * beyond JavaScript's range: comparisons with it are false.
 */
#define CCCD_LOGIC_NO_TIME	INT64_MIN

/* JavaScript's times reach so far from 1970 (ECMA-262, TimeClip). */
#define CCCD_LOGIC_TIME_MAX	INT64_C(8640000000000000)

/* An amount above which every sum is out of range. */
#define CCCD_LOGIC_AMOUNT_MAX	INT64_C(5000000000)

/* Room for a formatted time: +YYYYYY-MM-DDThh:mm:ss.sssZ and a zero byte. */
#define CCCD_LOGIC_TIME_SIZE	32

typedef enum CccdLogicUnit
{
	CCCD_LOGIC_YEAR,
	CCCD_LOGIC_MONTH,
	CCCD_LOGIC_DAY,
	CCCD_LOGIC_HOUR
} CccdLogicUnit;

/*
 * Read a date or a date and time of length bytes.  Returns false, and leaves
 * *time undefined, if the text has none of the allowed formats; *time is
 * CCCD_LOGIC_NO_TIME if it has one and there is no such date.
 */
extern bool cccd_logic_time_parse(const char *text, size_t length,
								  int64_t *time);

/*
 * Read a date of birth: a date, or a year or month, which stand for their last
 * day.  The result as above.
 */
extern bool cccd_logic_birth_parse(const char *text, size_t length,
								   int64_t *time);

/*
 * The time an amount of units later, or earlier; amount lies between
 * -CCCD_LOGIC_AMOUNT_MAX and CCCD_LOGIC_AMOUNT_MAX.  A day that the month does
 * not have rolls over (ECMA-262, MakeDay).  CCCD_LOGIC_NO_TIME stays what it
 * is.
 */
extern int64_t cccd_logic_time_add(int64_t time, int64_t amount,
								   CccdLogicUnit unit);

/*
 * Write a time, which is not CCCD_LOGIC_NO_TIME, as JavaScript's toISOString()
 * does, with a final zero byte; out has room for CCCD_LOGIC_TIME_SIZE bytes.
 * Returns the length without it.
 */
extern size_t cccd_logic_time_format(int64_t time, char *out);

#endif							/* CCCD_CERTLOGIC_TIME_CORE_H */
