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

/* what three digits can say */
#define CCCD_ID_LAST_PLACE	999

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

/*
 * Read a number: exactly twelve ASCII digits in "length" bytes of text, which
 * need no final zero byte.  Nothing may stand before or after them.
 *
 * On success *id is the number.  Otherwise *id is left as it was and *where
 * says what is wrong: for CCCD_ID_BAD_CHARACTER the position of the first
 * character that is not a digit, counted from 1 (all before it are ASCII, so
 * characters and bytes are the same), for CCCD_ID_BAD_LENGTH the count of
 * digits.
 */
extern CccdIdCode cccd_id_parse(const char *text, size_t length,
								int64_t *id, size_t *where);

/*
 * Read a number as a decimal of any scale writes it, without its leading
 * zeros: one digit or more, and perhaps a point with zeros behind it.  False,
 * and *id left as it was, for a sign, a fraction, anything that is not finite
 * and anything above CCCD_ID_MAX.
 */
extern bool cccd_id_from_decimal(const char *text, size_t length,
								 int64_t *id);

/*
 * Write the last twelve decimal digits of the value, read without a sign, and
 * a final zero byte.
 */
extern void cccd_id_format(int64_t id, char out[CCCD_ID_DIGITS + 1]);

/*
 * The same with the last "keep" digits readable and an asterisk for each other;
 * keep below 0 counts as 0, above twelve as twelve.
 */
extern void cccd_id_format_masked(int64_t id, int keep,
								  char out[CCCD_ID_DIGITS + 1]);

/*
 * Whether the digits agree with a year of birth and a sex ('M' or 'F'); 0
 * stands for one that is not known and is not compared, so that with nothing
 * known the result is true.
 */
extern bool cccd_id_agrees(int64_t id, int birth_year, char sex);

/* Whether the value is a number: 0 .. CCCD_ID_MAX. */
static inline bool
cccd_id_in_range(int64_t id)
{
	return (uint64_t) id <= (uint64_t) CCCD_ID_MAX;
}

/* The first three digits, 0 .. 999; not all are assigned (place_core.h). */
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

/* By digits four to six, 1900 .. 2399. */
static inline int
cccd_id_birth_year_of(int64_t id)
{
	return CCCD_ID_FIRST_YEAR + 100 * (cccd_id_century_digit_of(id) / 2) +
		(int) ((uint64_t) id / (uint64_t) CCCD_ID_PER_PREFIX % 100);
}

/*
 * The lowest number of a place.  Of a place outside 0 .. 999 this and
 * cccd_id_last_of_place are two neighbours in the wrong order, so that no
 * number lies between them: at the lower end of all numbers for a place below
 * 0, at the upper end for one above 999.
 */
static inline int64_t
cccd_id_first_of_place(int place)
{
	if (place < 0)
		return 1;
	return place > CCCD_ID_LAST_PLACE ? CCCD_ID_MAX : place * CCCD_ID_PER_PLACE;
}

/* The highest number of a place. */
static inline int64_t
cccd_id_last_of_place(int place)
{
	if (place < 0)
		return 0;
	return place > CCCD_ID_LAST_PLACE ? CCCD_ID_MAX - 1 :
		place * CCCD_ID_PER_PLACE + CCCD_ID_PER_PLACE - 1;
}

/* The number with its random part set to zero. */
static inline int64_t
cccd_id_prefix_of(int64_t id)
{
	return id - id % CCCD_ID_PER_PREFIX;
}

#endif							/* CCCD_ID_CORE_H */
