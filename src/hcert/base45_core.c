/*
 * base45_core.c
 *		Base45; see base45_core.h.
 */
#include "hcert/base45_core.h"

#define BASE	45

/* The value of each character plus one; 0: it is not in the alphabet. */
static const uint8_t values[256] = {
	['0'] = 1,['1'] = 2,['2'] = 3,['3'] = 4,['4'] = 5,['5'] = 6,
	['6'] = 7,['7'] = 8,['8'] = 9,['9'] = 10,['A'] = 11,['B'] = 12,
	['C'] = 13,['D'] = 14,['E'] = 15,['F'] = 16,['G'] = 17,['H'] = 18,
	['I'] = 19,['J'] = 20,['K'] = 21,['L'] = 22,['M'] = 23,['N'] = 24,
	['O'] = 25,['P'] = 26,['Q'] = 27,['R'] = 28,['S'] = 29,['T'] = 30,
	['U'] = 31,['V'] = 32,['W'] = 33,['X'] = 34,['Y'] = 35,['Z'] = 36,
	[' '] = 37,['$'] = 38,['%'] = 39,['*'] = 40,['+'] = 41,['-'] = 42,
	['.'] = 43,['/'] = 44,[':'] = 45
};

CccdBase45Error
cccd_base45_decode(const char *text, size_t length, uint8_t *out,
				   size_t *out_length)
{
	const uint8_t *p = (const uint8_t *) text;
	const uint8_t *end = p + length;
	uint8_t    *start = out;

	for (; end - p >= 3; p += 3)
	{
		unsigned	a = values[p[0]];
		unsigned	b = values[p[1]];
		unsigned	c = values[p[2]];
		unsigned	value;

		if (a == 0 || b == 0 || c == 0)
			return CCCD_BASE45_CHARACTER;
		value = a - 1 + BASE * (b - 1) + BASE * BASE * (c - 1);
		if (value > UINT16_MAX)
			return CCCD_BASE45_VALUE;
		*out++ = (uint8_t) (value >> 8);
		*out++ = (uint8_t) value;
	}
	if (end - p == 2)
	{
		unsigned	value;

		if (values[p[0]] == 0 || values[p[1]] == 0)
			return CCCD_BASE45_CHARACTER;
		value = values[p[0]] - 1U + BASE * (values[p[1]] - 1U);
		if (value > UINT8_MAX)
			return CCCD_BASE45_VALUE;
		*out++ = (uint8_t) value;
	}
	else if (end - p == 1)
		return values[p[0]] == 0 ? CCCD_BASE45_CHARACTER : CCCD_BASE45_LENGTH;
	*out_length = (size_t) (out - start);
	return CCCD_BASE45_OK;
}
