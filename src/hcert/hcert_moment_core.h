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

extern bool cccd_day_parse(const char *text, size_t length, int32_t *day);
extern bool cccd_moment_parse(const char *text, size_t length,
							  int64_t *moment);
extern bool cccd_moment_has_zone(const char *text, size_t length);
extern CccdBirthForm cccd_birth_parse(const char *text, size_t length,
									  CccdBirth *birth);
extern bool cccd_birth_in_years(const CccdBirth *birth, int first, int last);

#endif							/* CCCD_HCERT_MOMENT_CORE_H */
