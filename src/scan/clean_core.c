/*
 * clean_core.c
 *		Text as scanners deliver it; see clean_core.h.
 */
#include "scan/clean_core.h"

#include <string.h>

#define LENGTH_OF(array) (sizeof(array) / sizeof((array)[0]))

/*
 * What names and addresses are written with: Latin letters with their marks,
 * modifier letters (the apostrophe of H'Hen), dashes and quotes.
 */
static const CccdCodeRange card_ranges[] = {
	{0x0020, 0x007E}, {0x00C0, 0x00D6}, {0x00D8, 0x00F6}, {0x00F8, 0x024F},
	{0x02B0, 0x034E}, {0x0350, 0x036F}, {0x1E00, 0x1EFF}, {0x2010, 0x2015},
	{0x2018, 0x201F}, {0x2032, 0x2033}
};

/*
 * Windows-1252 and Windows-1258 where they differ from Latin-1.  Their bytes
 * 0xC3, 0xD0 ... mean different letters, but no letter means two bytes.
 */
static const struct
{
	uint16_t	code;
	uint8_t		byte;
}			windows_bytes[] = {
	{0x0102, 0xC3}, {0x0103, 0xE3}, {0x0110, 0xD0}, {0x0111, 0xF0},
	{0x0152, 0x8C}, {0x0153, 0x9C}, {0x0160, 0x8A}, {0x0161, 0x9A},
	{0x0178, 0x9F}, {0x017D, 0x8E}, {0x017E, 0x9E}, {0x0192, 0x83},
	{0x01A0, 0xD5}, {0x01A1, 0xF5}, {0x01AF, 0xDD}, {0x01B0, 0xFD},
	{0x02C6, 0x88}, {0x02DC, 0x98}, {0x0300, 0xCC}, {0x0301, 0xEC},
	{0x0303, 0xDE}, {0x0309, 0xD2}, {0x0323, 0xF2}, {0x2013, 0x96},
	{0x2014, 0x97}, {0x2018, 0x91}, {0x2019, 0x92}, {0x201A, 0x82},
	{0x201C, 0x93}, {0x201D, 0x94}, {0x201E, 0x84}, {0x2020, 0x86},
	{0x2021, 0x87}, {0x2022, 0x95}, {0x2026, 0x85}, {0x2030, 0x89},
	{0x2039, 0x8B}, {0x203A, 0x9B}, {0x20AB, 0xFE}, {0x20AC, 0x80},
	{0x2122, 0x99}
};

/* The byte that a wrong decoder read as this character, or -1. */
static int
byte_of(uint32_t code)
{
	size_t		low = 0;
	size_t		high = LENGTH_OF(windows_bytes);

	if (code <= 0xFF)
		return (int) code;
	while (low < high)
	{
		size_t		middle = (low + high) / 2;

		if (windows_bytes[middle].code == code)
			return windows_bytes[middle].byte;
		if (windows_bytes[middle].code < code)
			low = middle + 1;
		else
			high = middle;
	}
	return -1;
}

/*
 * Take one wrong decoding back.  False, and the text untouched, when the bytes
 * behind its characters are not UTF-8.  That test is sharp: two neighbouring
 * letters of correct Vietnamese are never a lead and a continuation byte.
 *
 * The no-break space inside a mis-read "a grave" (C3 A0) often arrives as a
 * plain space; it is believed only where other letters prove the damage.
 */
static bool
undo_decoding(char *text, size_t *len)
{
	char		bytes[CCCD_CLEAN_MAX];
	size_t		count = 0;
	size_t		at = 0;
	bool		after_c3 = false;
	bool		spaced = false;
	int			proofs = 0;
	int			pending = 0;

	while (at < *len)
	{
		uint32_t	code;
		size_t		size = cccd_utf8_decode(text + at, *len - at, &code);
		int			byte = size == 0 ? -1 : byte_of(code);

		if (byte == 0x20 && after_c3)
		{
			byte = 0xA0;
			spaced = true;
		}
		if (byte < 0 || (pending > 0) != ((byte & 0xC0) == 0x80))
			return false;
		if (pending > 0)
		{
			pending--;
			if (!spaced)
				proofs++;
		}
		else if (byte >= 0xC2)
			pending = byte < 0xE0 ? 1 : byte < 0xF0 ? 2 : 3;
		after_c3 = byte == 0xC3;
		spaced = false;
		bytes[count++] = (char) byte;
		at += size;
	}
	if (pending > 0 || proofs == 0 || !cccd_utf8_valid(bytes, count))
		return false;
	memcpy(text, bytes, count);
	*len = count;
	return true;
}

/*
 * Repair a text whose UTF-8 bytes were read as a single-byte code page, once
 * or twice over.  True when it was repaired; the result is shorter.
 */
bool
cccd_clean_repair(char *text, size_t *len)
{
	bool		repaired = false;

	if (*len > CCCD_CLEAN_MAX)
		return false;
	for (int round = 0; round < 2 && undo_decoding(text, len); round++)
		repaired = true;
	return repaired;
}

/*
 * Clean a valid UTF-8 text in place: no-break and typographic spaces become
 * plain ones, control characters that separate (Tab, LF, CR, VT, FF) too,
 * other control and format characters go.  Returns the new length and adds
 * what was seen to *seen.
 */
size_t
cccd_clean_text(char *text, size_t len, unsigned *seen)
{
	size_t		in = 0;
	size_t		out = 0;

	while (in < len)
	{
		uint32_t	code;
		size_t		size;

		if (text[in] >= 0x20 && text[in] < 0x7F)
		{
			text[out++] = text[in++];
			continue;
		}
		size = cccd_utf8_decode(text + in, len - in, &code);
		if (size == 0)
			break;
		if (cccd_code_in(code, card_ranges, LENGTH_OF(card_ranges)))
		{
			for (size_t i = 0; i < size; i++)
				text[out++] = text[in + i];
		}
		else if (cccd_text_is_space(code))
			text[out++] = ' ';
		else if (cccd_text_is_control(code))
		{
			*seen |= CCCD_CLEAN_CONTROL;
			if (code >= 0x09 && code <= 0x0D)
				text[out++] = ' ';
		}
		else
		{
			*seen |= CCCD_CLEAN_STRANGE;
			for (size_t i = 0; i < size; i++)
				text[out++] = text[in + i];
		}
		in += size;
	}
	return out;
}

/* What a scanner may be set up to send before a code. */
static size_t
prefix_length(const char *text, size_t len)
{
	uint32_t	code;
	size_t		size;

	/* a byte order mark that was itself decoded as Latin-1 */
	if (len >= 6 && memcmp(text, "\xC3\xAF\xC2\xBB\xC2\xBF", 6) == 0)
		return 6;
	/* symbology identifier of a QR code, ISO/IEC 15424 */
	if (len >= 3 && text[0] == ']' && text[1] == 'Q' &&
		text[2] >= '0' && text[2] <= '6')
		return 3;
	size = cccd_utf8_decode(text, len, &code);
	if (size > 0 && (cccd_text_is_space(code) || cccd_text_is_control(code)))
		return size;
	return 0;
}

/* A visible character of ASCII. */
static bool
is_graphic(char c)
{
	return c > ' ' && c <= '~';
}

/*
 * The text without what scanners add around a code: byte order mark,
 * symbology identifier, start and end characters, spaces, Tab, CR, LF.
 */
CccdSlice
cccd_clean_trim(const char *text, size_t len)
{
	CccdSlice	slice = {text, len};
	size_t		size;

	/* most texts begin and end with a letter or a digit */
	if (len > 0 && is_graphic(text[0]) && text[0] != ']' &&
		is_graphic(text[len - 1]))
		return slice;
	while ((size = prefix_length(text, len)) > 0)
	{
		text += size;
		len -= size;
	}
	while (len > 0)
	{
		uint32_t	code = 0;
		size_t		start = len - 1;

		while (start > 0 && len - start < 4 && (text[start] & 0xC0) == 0x80)
			start--;
		if (cccd_utf8_decode(text + start, len - start, &code) != len - start ||
			!(cccd_text_is_space(code) || cccd_text_is_control(code)))
			break;
		len = start;
	}
	slice.ptr = text;
	slice.len = len;
	return slice;
}
