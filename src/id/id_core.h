/*
 * id_core.h
 *		The 12-digit personal identification number, PPP G YY RRRRRR.
 *
 * PPP is the place where the birth was registered, G the century and the sex,
 * YY the year of birth, RRRRRR a random number (Decree 137/2015/ND-CP art. 13,
 * Circular 07/2016/TT-BCA art. 7).  There is no check digit, and Law
 * 26/2023/QH15 art. 12 guarantees no more than twelve digits, so every
 * twelve-digit number is a valid one and what it says of its holder may be
 * wrong.
 *
 * All functions are total: they stay within their tables and buffers for
 * every int64_t, although only 0 .. CCCD_ID_MAX is a number.
 */
#ifndef CCCD_ID_CORE_H
#define CCCD_ID_CORE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define CCCD_ID_DIGITS		12
#define CCCD_ID_MAX			INT64_C(999999999999)

/* numbers of one place, and of one place, sex and year of birth */
#define CCCD_ID_PER_PLACE	INT64_C(1000000000)
#define CCCD_ID_PER_PREFIX	INT64_C(1000000)

#define CCCD_ID_FIRST_YEAR	1900
#define CCCD_ID_LAST_YEAR	2399

typedef enum CccdIdCode
{
	CCCD_ID_OK,
	CCCD_ID_BAD_LENGTH,			/* digits only, but not twelve */
	CCCD_ID_BAD_CHARACTER		/* something that is not an ASCII digit */
} CccdIdCode;

extern CccdIdCode cccd_id_parse(const char *text, size_t length,
								int64_t *id, size_t *where);
extern void cccd_id_format(int64_t id, char out[CCCD_ID_DIGITS + 1]);
extern void cccd_id_format_masked(int64_t id, int keep,
								  char out[CCCD_ID_DIGITS + 1]);
extern bool cccd_id_agrees(int64_t id, int birth_year, char sex);

static inline bool
cccd_id_in_range(int64_t id)
{
	return (uint64_t) id <= (uint64_t) CCCD_ID_MAX;
}

/* The first three digits, 0 .. 999. */
static inline int
cccd_id_place_of(int64_t id)
{
	return (int) ((uint64_t) id / (uint64_t) CCCD_ID_PER_PLACE % 1000);
}

/* The fourth digit: 0 and 1 for 1900-1999, 2 and 3 for 2000-2099, ... */
static inline int
cccd_id_century_digit_of(int64_t id)
{
	return (int) ((uint64_t) id / 100000000 % 10);
}

/* 'M' or 'F': the fourth digit is even for men and odd for women. */
static inline char
cccd_id_sex_of(int64_t id)
{
	return cccd_id_century_digit_of(id) % 2 == 0 ? 'M' : 'F';
}

static inline int
cccd_id_birth_year_of(int64_t id)
{
	return CCCD_ID_FIRST_YEAR + 100 * (cccd_id_century_digit_of(id) / 2) +
		(int) ((uint64_t) id / (uint64_t) CCCD_ID_PER_PREFIX % 100);
}

/* The number with its random part set to zero. */
static inline int64_t
cccd_id_prefix_of(int64_t id)
{
	return id - id % CCCD_ID_PER_PREFIX;
}

#endif							/* CCCD_ID_CORE_H */
