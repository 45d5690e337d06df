/*
 * hcert_moment_core.h
 *		Dates and times as health certificates write them.
 */
#ifndef CCCD_HCERT_MOMENT_CORE_H
#define CCCD_HCERT_MOMENT_CORE_H

#include "hcert/hcert_core.h"

#define CCCD_DAY_LENGTH		10	/* 2021-06-01 */

typedef enum CccdBirthForm
{
	CCCD_BIRTH_INVALID,
	CCCD_BIRTH_EMPTY,
	CCCD_BIRTH_YEAR,
	CCCD_BIRTH_MONTH,
	CCCD_BIRTH_DAY
} CccdBirthForm;

/*
 * Read a date, perhaps with a time behind it, which is left out: days since
 * 2000-01-01.  Returns false, and leaves *day alone, if a text of length bytes
 * is not one.
 */
extern bool cccd_day_parse(const char *text, size_t length, int32_t *day);

/*
 * Read a date and a time with or without a zone (UTC): microseconds since
 * 2000-01-01 UTC.  Returns false, and leaves *moment alone, if a text of
 * length bytes is not one.
 */
extern bool cccd_moment_parse(const char *text, size_t length,
							  int64_t *moment);

/*
 * Of what cccd_moment_parse reads, whether it is what the schema's own
 * examples have: ISO 8601 with a T and some form of zone.
 */
extern bool cccd_moment_has_zone(const char *text, size_t length);

/*
 * Read a date of birth of length bytes: a day, a month (1964-01), a year,
 * nothing. birth is known unless it is empty or invalid; day and month 00 are
 * unknown ones.
 */
extern CccdBirthForm cccd_birth_parse(const char *text, size_t length,
									  CccdBirth *birth);

/*
 * Whether a date of birth is known and all of it within the years first to
 * last.
 */
extern bool cccd_birth_in_years(const CccdBirth *birth, int first, int last);

#endif							/* CCCD_HCERT_MOMENT_CORE_H */
