/*
 * json_number_core.c
 *		The numbers of a JSON text; see json_core.h.
 */
#include "base/json_core.h"

#include <string.h>

/* Powers of ten beyond these make any number here zero or too large. */
#define EXPONENT_MAX	2000000

/* Digits of a number, in order, without its point. */
typedef struct Decimal
{
	bool		negative;
	const uint8_t *at;			/* first digit */
	const uint8_t *end;			/* behind the last, or the exponent */
	int64_t		point;			/* digits before the point, exponent included */
} Decimal;

static void
open_number(const uint8_t *text, const CccdJsonNode *node, Decimal *number)
{
	const uint8_t *p = text + node->start;
	const uint8_t *end = p + node->length;
	bool		point_seen = false;
	int64_t		exponent = 0;
	bool		negative;

	memset(number, 0, sizeof(*number));
	number->negative = *p == '-';
	p += number->negative;
	for (number->at = p; p < end && *p != 'e' && *p != 'E'; p++)
	{
		point_seen = point_seen || *p == '.';
		number->point += !point_seen;
	}
	number->end = p;
	if (p == end)
		return;
	p++;
	negative = *p == '-';
	if (*p == '-' || *p == '+')
		p++;
	/* no text has so many digits that a larger one would matter */
	for (; p < end && exponent < EXPONENT_MAX; p++)
		exponent = exponent * 10 + (*p - '0');
	number->point += negative ? -exponent : exponent;
}

/*
 * A number times a power of ten; *exact says whether nothing was cut off.
 * False: it does not fit.
 */
static bool
scale(const uint8_t *text, const CccdJsonNode *node, int digits,
	  int64_t *value, bool *exact)
{
	uint64_t	sum = 0;
	uint64_t	most;
	Decimal		number;
	int64_t		places;

	open_number(text, node, &number);
	most = (uint64_t) INT64_MAX + number.negative;
	places = number.point + digits;
	*exact = true;
	for (const uint8_t *p = number.at; p < number.end; p++)
	{
		uint64_t	digit = (uint64_t) (*p - '0');

		if (*p == '.')
			continue;
		if (places-- <= 0)
		{
			*exact = *exact && digit == 0;
			continue;
		}
		if (sum > (most - digit) / 10)
			return false;
		sum = sum * 10 + digit;
	}
	for (; places > 0 && sum > 0; places--)
	{
		if (sum > most / 10)
			return false;
		sum *= 10;
	}
	*value = number.negative ? (int64_t) (0 - sum) : (int64_t) sum;
	return true;
}

bool
cccd_json_integer(const uint8_t *text, const CccdJsonNode *node,
				  int64_t *value)
{
	int64_t		number;
	bool		exact;

	if (node->kind != CCCD_JSON_NUMBER ||
		!scale(text, node, 0, &number, &exact) || !exact)
		return false;
	*value = number;
	return true;
}

bool
cccd_json_scaled(const uint8_t *text, const CccdJsonNode *node, int digits,
				 int64_t *value)
{
	bool		exact;

	return node->kind == CCCD_JSON_NUMBER &&
		scale(text, node, digits, value, &exact);
}
