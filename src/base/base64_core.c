/*
 * base64_core.c
 *		Bytes as text in base64; see base64_core.h.
 */
#include "base/base64_core.h"

/* Six bits, or -1; c is of the common alphabet or the URL's. */
static int
digit(char c)
{
	if (c >= 'A' && c <= 'Z')
		return c - 'A';
	if (c >= 'a' && c <= 'z')
		return c - 'a' + 26;
	if (c >= '0' && c <= '9')
		return c - '0' + 52;
	if (c == '+' || c == '-')
		return 62;
	return c == '/' || c == '_' ? 63 : -1;
}

/* Decode in one of the two forms; see the header. */
static bool
decode(const char *text, size_t length, bool tolerant, uint8_t *out,
	   size_t *out_length)
{
	uint32_t	bits = 0;
	int			pending = 0;	/* bits that wait for a byte */
	size_t		digits = 0;
	size_t		padding = 0;

	*out_length = 0;
	for (size_t k = 0; k < length; k++)
	{
		char		c = text[k];
		int			value = digit(c);

		if (tolerant && (c == ' ' || c == '\t' || c == '\n' || c == '\r'))
			continue;
		if (tolerant && c == '=')
		{
			padding++;
			continue;
		}
		if (value < 0 || padding > 0 || (!tolerant && (c == '+' || c == '/')))
			return false;
		bits = (bits << 6 | (uint32_t) value) & 0xFFFF;
		digits++;
		pending += 6;
		if (pending >= 8)
		{
			pending -= 8;
			out[(*out_length)++] = (uint8_t) (bits >> pending);
		}
	}
	/* one digit is less than a byte */
	if (digits % 4 == 1 || padding > 2 ||
		(padding > 0 && (digits + padding) % 4 != 0))
		return false;
	return tolerant || (bits & ((1U << pending) - 1)) == 0;
}

bool
cccd_base64url_decode(const char *text, size_t length, uint8_t *out,
					  size_t *out_length)
{
	return decode(text, length, false, out, out_length);
}

bool
cccd_base64_decode(const char *text, size_t length, uint8_t *out,
				   size_t *out_length)
{
	return decode(text, length, true, out, out_length);
}
