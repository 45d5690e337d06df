/*
 * base64_core.c
 *		Bytes as text in base64; see base64_core.h.
 */
#include "base/base64_core.h"

#include <string.h>

/* Six bits, or -1; c is a letter or a digit, or of the form's alphabet. */
static int
digit(char c, CccdBase64Form form)
{
	if (c >= 'A' && c <= 'Z')
		return c - 'A';
	if (c >= 'a' && c <= 'z')
		return c - 'a' + 26;
	if (c >= '0' && c <= '9')
		return c - '0' + 52;
	if (form != CCCD_BASE64_TOKEN && (c == '+' || c == '/'))
		return c == '+' ? 62 : 63;
	if (form != CCCD_BASE64_TEXT && (c == '-' || c == '_'))
		return c == '-' ? 62 : 63;
	return -1;
}

void
cccd_base64_begin(CccdBase64 *decoder, CccdBase64Form form, uint8_t *out)
{
	memset(decoder, 0, sizeof(*decoder));
	decoder->form = form;
	decoder->out = out;
}

void
cccd_base64_add(CccdBase64 *decoder, const char *text, size_t length)
{
	bool		token = decoder->form == CCCD_BASE64_TOKEN;

	for (size_t k = 0; k < length && !decoder->invalid; k++)
	{
		char		c = text[k];
		int			value = digit(c, decoder->form);

		if (!token && (c == ' ' || c == '\t' || c == '\n' || c == '\r'))
			continue;
		if (!token && c == '=')
		{
			decoder->padding++;
			continue;
		}
		decoder->invalid = value < 0 || decoder->padding > 0;
		if (decoder->invalid)
			break;
		decoder->bits = (decoder->bits << 6 | (uint32_t) value) & 0xFFFF;
		decoder->digits++;
		decoder->pending += 6;
		if (decoder->pending >= 8)
		{
			decoder->pending -= 8;
			decoder->out[decoder->length++] =
				(uint8_t) (decoder->bits >> decoder->pending);
		}
	}
}

bool
cccd_base64_end(const CccdBase64 *decoder, size_t *out_length)
{
	bool		padded = decoder->padding > 0 ||
	decoder->form == CCCD_BASE64_TEXT;

	*out_length = decoder->length;
	/* one digit is less than a byte */
	if (decoder->invalid || decoder->digits % 4 == 1 ||
		decoder->padding > 2 ||
		(padded && (decoder->digits + decoder->padding) % 4 != 0))
		return false;
	return decoder->form != CCCD_BASE64_TOKEN ||
		(decoder->bits & ((1U << decoder->pending) - 1)) == 0;
}

static bool
decode(const char *text, size_t length, CccdBase64Form form, uint8_t *out,
	   size_t *out_length)
{
	CccdBase64	decoder;

	cccd_base64_begin(&decoder, form, out);
	cccd_base64_add(&decoder, text, length);
	return cccd_base64_end(&decoder, out_length);
}

bool
cccd_base64url_decode(const char *text, size_t length, uint8_t *out,
					  size_t *out_length)
{
	return decode(text, length, CCCD_BASE64_TOKEN, out, out_length);
}

bool
cccd_base64_decode(const char *text, size_t length, uint8_t *out,
				   size_t *out_length)
{
	return decode(text, length, CCCD_BASE64_ANY, out, out_length);
}
