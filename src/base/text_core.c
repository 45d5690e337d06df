/*
 * text_core.c
 *		UTF-8 text; see text_core.h.
 */
#include "base/text_core.h"

#include <string.h>

/* Control and format characters: nothing that a person could see. */
static const CccdCodeRange control_ranges[] = {
	{0x0000, 0x001F}, {0x007F, 0x009F}, {0x00AD, 0x00AD}, {0x034F, 0x034F},
	{0x061C, 0x061C}, {0x115F, 0x1160}, {0x17B4, 0x17B5}, {0x180B, 0x180F},
	{0x200B, 0x200F}, {0x2028, 0x202E}, {0x2060, 0x206F}, {0x3164, 0x3164},
	{0xFE00, 0xFE0F}, {0xFEFF, 0xFEFF}, {0xFFA0, 0xFFA0}, {0xFFF0, 0xFFFB},
	{0x1D173, 0x1D17A}, {0xE0000, 0xE0FFF}
};

bool
cccd_text_is_control(uint32_t code)
{
	return cccd_code_in(code, control_ranges,
						sizeof(control_ranges) / sizeof(control_ranges[0]));
}

bool
cccd_text_is_space(uint32_t code)
{
	return code == 0x20 || code == 0xA0 || code == 0x1680 ||
		(code >= 0x2000 && code <= 0x200A) ||
		code == 0x202F || code == 0x205F || code == 0x3000;
}

/*
 * The character at the start of a text and its length in bytes, or 0 where
 * the text is empty or not UTF-8: truncated, overlong, a surrogate, or above
 * U+10FFFF (RFC 3629 section 4).
 */
size_t
cccd_utf8_decode(const char *text, size_t len, uint32_t *code)
{
	const unsigned char *s = (const unsigned char *) text;
	uint32_t	c;
	size_t		size;

	if (len == 0)
		return 0;
	if (s[0] < 0x80)
	{
		*code = s[0];
		return 1;
	}
	if (s[0] < 0xC2 || s[0] > 0xF4)
		return 0;
	size = s[0] < 0xE0 ? 2 : s[0] < 0xF0 ? 3 : 4;
	if (len < size)
		return 0;
	c = s[0] & (0xFFU >> (size + 1));
	for (size_t i = 1; i < size; i++)
	{
		if ((s[i] & 0xC0) != 0x80)
			return 0;
		c = (c << 6) | (s[i] & 0x3FU);
	}
	if ((size == 3 && c < 0x800) || (size == 4 && c < 0x10000) ||
		(c >= 0xD800 && c <= 0xDFFF) || c > 0x10FFFF)
		return 0;
	*code = c;
	return size;
}

bool
cccd_utf8_valid(const char *text, size_t len)
{
	uint64_t	words[4];

	/* a short text of ASCII in two words that overlap */
	if (len >= sizeof(words[0]) && len <= 2 * sizeof(words[0]))
	{
		memcpy(&words[0], text, sizeof(words[0]));
		memcpy(&words[1], text + len - sizeof(words[0]), sizeof(words[0]));
		if (((words[0] | words[1]) & UINT64_C(0x8080808080808080)) == 0)
			return true;
	}
	while (len > 0)
	{
		size_t		size;
		uint32_t	code;

		/* ASCII: as many characters at a time as there are */
		if (len >= sizeof(words))
		{
			memcpy(words, text, sizeof(words));
			if (((words[0] | words[1] | words[2] | words[3]) &
				 UINT64_C(0x8080808080808080)) == 0)
			{
				text += sizeof(words);
				len -= sizeof(words);
				continue;
			}
		}
		if (len >= sizeof(words[0]))
		{
			memcpy(words, text, sizeof(words[0]));
			if ((words[0] & UINT64_C(0x8080808080808080)) == 0)
			{
				text += sizeof(words[0]);
				len -= sizeof(words[0]);
				continue;
			}
		}
		if ((unsigned char) *text < 0x80)
		{
			text++;
			len--;
			continue;
		}
		size = cccd_utf8_decode(text, len, &code);
		if (size == 0)
			return false;
		text += size;
		len -= size;
	}
	return true;
}

/* Whether a file puts this around a value. */
static bool
is_around(uint32_t code)
{
	return cccd_text_is_space(code) || code == '\t' || code == '\r' ||
		code == '\n' || code == 0xFEFF;
}

CccdSlice
cccd_text_trim(const char *text, size_t len)
{
	CccdSlice	slice = {text, len};
	uint32_t	code;
	size_t		size;

	while ((size = cccd_utf8_decode(slice.ptr, slice.len, &code)) != 0 &&
		   is_around(code))
	{
		slice.ptr += size;
		slice.len -= size;
	}
	while (slice.len > 0)
	{
		/* to where the last character begins */
		for (size = 1; size < 4 && size < slice.len &&
			 ((unsigned char) slice.ptr[slice.len - size] & 0xC0) == 0x80;)
			size++;
		if (cccd_utf8_decode(slice.ptr + slice.len - size, size,
							 &code) != size || !is_around(code))
			break;
		slice.len -= size;
	}
	return slice;
}

bool
cccd_text_is_composed(const char *text, size_t len)
{
	const unsigned char *s = (const unsigned char *) text;

	for (size_t i = 0; i < len; i++)
	{
		/* the first byte of U+0300 and above; E1 B8 to E1 BB are U+1E00 on */
		if (s[i] >= 0xCC &&
			(s[i] != 0xE1 || i + 1 == len || s[i + 1] < 0xB8 ||
			 s[i + 1] > 0xBB))
			return false;
	}
	return true;
}
