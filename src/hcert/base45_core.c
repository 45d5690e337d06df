/*
 * base45_core.c
 *		Base45; see base45_core.h.
 */
#include "hcert/base45_core.h"

#define BASE	45

/* Not in the alphabet: more than two bytes hold, in every place of a group. */
#define NONE	(UINT16_MAX + 1)

/* The value of each character. */
static const uint32_t values[256] = {
	NONE, NONE, NONE, NONE, NONE, NONE, NONE, NONE,
	NONE, NONE, NONE, NONE, NONE, NONE, NONE, NONE,
	NONE, NONE, NONE, NONE, NONE, NONE, NONE, NONE,
	NONE, NONE, NONE, NONE, NONE, NONE, NONE, NONE,
	36, NONE, NONE, NONE, 37, 38, NONE, NONE,
	NONE, NONE, 39, 40, NONE, 41, 42, 43,
	0, 1, 2, 3, 4, 5, 6, 7,
	8, 9, 44, NONE, NONE, NONE, NONE, NONE,
	NONE, 10, 11, 12, 13, 14, 15, 16,
	17, 18, 19, 20, 21, 22, 23, 24,
	25, 26, 27, 28, 29, 30, 31, 32,
	33, 34, 35, NONE, NONE, NONE, NONE, NONE,
	NONE, NONE, NONE, NONE, NONE, NONE, NONE, NONE,
	NONE, NONE, NONE, NONE, NONE, NONE, NONE, NONE,
	NONE, NONE, NONE, NONE, NONE, NONE, NONE, NONE,
	NONE, NONE, NONE, NONE, NONE, NONE, NONE, NONE,
	NONE, NONE, NONE, NONE, NONE, NONE, NONE, NONE,
	NONE, NONE, NONE, NONE, NONE, NONE, NONE, NONE,
	NONE, NONE, NONE, NONE, NONE, NONE, NONE, NONE,
	NONE, NONE, NONE, NONE, NONE, NONE, NONE, NONE,
	NONE, NONE, NONE, NONE, NONE, NONE, NONE, NONE,
	NONE, NONE, NONE, NONE, NONE, NONE, NONE, NONE,
	NONE, NONE, NONE, NONE, NONE, NONE, NONE, NONE,
	NONE, NONE, NONE, NONE, NONE, NONE, NONE, NONE,
	NONE, NONE, NONE, NONE, NONE, NONE, NONE, NONE,
	NONE, NONE, NONE, NONE, NONE, NONE, NONE, NONE,
	NONE, NONE, NONE, NONE, NONE, NONE, NONE, NONE,
	NONE, NONE, NONE, NONE, NONE, NONE, NONE, NONE,
	NONE, NONE, NONE, NONE, NONE, NONE, NONE, NONE,
	NONE, NONE, NONE, NONE, NONE, NONE, NONE, NONE,
	NONE, NONE, NONE, NONE, NONE, NONE, NONE, NONE,
	NONE, NONE, NONE, NONE, NONE, NONE, NONE, NONE
};

/* The value of a group of three characters. */
static inline uint32_t
group_value(const uint8_t *group)
{
	return values[group[0]] + BASE * values[group[1]] +
		BASE * BASE * values[group[2]];
}

/* What is wrong with a group of length characters that is too large. */
static CccdBase45Error
group_error(const uint8_t *group, size_t length)
{
	for (size_t k = 0; k < length; k++)
		if (values[group[k]] == NONE)
			return CCCD_BASE45_CHARACTER;
	return CCCD_BASE45_VALUE;
}

CccdBase45Error
cccd_base45_decode(const char *text, size_t length, uint8_t *out,
				   size_t *out_length)
{
	const uint8_t *p = (const uint8_t *) text;
	const uint8_t *end = p + length;
	uint8_t    *start = out;

	/* two groups at a time; one that is too large is left to the next loop */
	for (; end - p >= 6; p += 6)
	{
		uint32_t	first = group_value(p);
		uint32_t	second = group_value(p + 3);

		if ((first | second) > UINT16_MAX)
			break;
		*out++ = (uint8_t) (first >> 8);
		*out++ = (uint8_t) first;
		*out++ = (uint8_t) (second >> 8);
		*out++ = (uint8_t) second;
	}
	for (; end - p >= 3; p += 3)
	{
		uint32_t	value = group_value(p);

		if (value > UINT16_MAX)
			return group_error(p, 3);
		*out++ = (uint8_t) (value >> 8);
		*out++ = (uint8_t) value;
	}
	if (end - p == 2)
	{
		uint32_t	value = values[p[0]] + BASE * values[p[1]];

		if (value > UINT8_MAX)
			return group_error(p, 2);
		*out++ = (uint8_t) value;
	}
	else if (end - p == 1)
		return values[p[0]] == NONE ? CCCD_BASE45_CHARACTER :
			CCCD_BASE45_LENGTH;
	*out_length = (size_t) (out - start);
	return CCCD_BASE45_OK;
}
