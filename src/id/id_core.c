/*
 * id_core.c
 *		Reading and writing the 12-digit personal identification number.
 */
#include "id/id_core.h"

#include <string.h>

static const char digit_pairs[] =
"00010203040506070809" "10111213141516171819"
"20212223242526272829" "30313233343536373839"
"40414243444546474849" "50515253545556575859"
"60616263646566676869" "70717273747576777879"
"80818283848586878889" "90919293949596979899";

/* Eight characters as one number, the first in the lowest byte. */
static inline uint64_t
load8(const unsigned char *s)
{
	return (uint64_t) s[0] | (uint64_t) s[1] << 8 |
		(uint64_t) s[2] << 16 | (uint64_t) s[3] << 24 |
		(uint64_t) s[4] << 32 | (uint64_t) s[5] << 40 |
		(uint64_t) s[6] << 48 | (uint64_t) s[7] << 56;
}

/*
 * Whether all eight bytes are '0' .. '9', 0x30 .. 0x39: their high halves are
 * 3, and still 3 after adding 6.  A byte above 0xF9 carries into its
 * neighbour, but its own high half is not 3 then.
 */
static inline bool
all_digits(uint64_t v)
{
	const uint64_t high = UINT64_C(0xF0F0F0F0F0F0F0F0);
	const uint64_t three = UINT64_C(0x3030303030303030);

	return (((v & high) ^ three) |
			(((v + UINT64_C(0x0606060606060606)) & high) ^ three)) == 0;
}

/* The value of eight digits: pairs, then fours, then all. */
static inline uint64_t
eight_digits(uint64_t v)
{
	v &= UINT64_C(0x0F0F0F0F0F0F0F0F);
	v = ((v * 10) + (v >> 8)) & UINT64_C(0x00FF00FF00FF00FF);
	v = ((v * 100) + (v >> 16)) & UINT64_C(0x0000FFFF0000FFFF);
	return (v * 10000 + (v >> 32)) & UINT64_C(0xFFFFFFFF);
}

/* What is wrong with a text that is not a number. */
static CccdIdCode
complain(const char *text, size_t length, size_t *where)
{
	for (size_t i = 0; i < length; i++)
	{
		if (text[i] < '0' || text[i] > '9')
		{
			*where = i + 1;
			return CCCD_ID_BAD_CHARACTER;
		}
	}
	*where = length;
	return CCCD_ID_BAD_LENGTH;
}

CccdIdCode
cccd_id_parse(const char *text, size_t length, int64_t *id, size_t *where)
{
	const unsigned char *s = (const unsigned char *) text;
	uint64_t	first,
				last;

	if (length != CCCD_ID_DIGITS)
		return complain(text, length, where);

	/* two overlapping groups of eight: digits 1-8 and 5-12 */
	first = load8(s);
	last = load8(s + 4);
	if (!all_digits(first) || !all_digits(last))
		return complain(text, length, where);

	*id = (int64_t) (eight_digits(first << 32) * 100000000 +
					 eight_digits(last));
	return CCCD_ID_OK;
}

bool
cccd_id_from_decimal(const char *text, size_t length, int64_t *id)
{
	int64_t		value = 0;
	size_t		at = 0;

	for (; at < length && text[at] >= '0' && text[at] <= '9'; at++)
	{
		value = value * 10 + (text[at] - '0');
		if (value > CCCD_ID_MAX)
			return false;
	}
	if (at == 0)
		return false;
	if (at < length && text[at] == '.')
	{
		at++;
		while (at < length && text[at] == '0')
			at++;
	}
	if (at < length)
		return false;
	*id = value;
	return true;
}

static inline void
put_four(char *out, uint32_t value)
{
	memcpy(out, digit_pairs + 2 * (value / 100), 2);
	memcpy(out + 2, digit_pairs + 2 * (value % 100), 2);
}

void
cccd_id_format(int64_t id, char out[CCCD_ID_DIGITS + 1])
{
	uint64_t	value = (uint64_t) id;
	uint32_t	high = (uint32_t) (value / 100000000 % 10000);
	uint32_t	low = (uint32_t) (value % 100000000);

	put_four(out, high);
	put_four(out + 4, low / 10000);
	put_four(out + 8, low % 10000);
	out[CCCD_ID_DIGITS] = '\0';
}

void
cccd_id_format_masked(int64_t id, int keep, char out[CCCD_ID_DIGITS + 1])
{
	cccd_id_format(id, out);
	if (keep < 0)
		keep = 0;
	if (keep < CCCD_ID_DIGITS)
		memset(out, '*', (size_t) (CCCD_ID_DIGITS - keep));
}

bool
cccd_id_agrees(int64_t id, int birth_year, char sex)
{
	return (birth_year == 0 || birth_year == cccd_id_birth_year_of(id)) &&
		(sex == 0 || sex == cccd_id_sex_of(id));
}
