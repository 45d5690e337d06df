/*
 * text_core.h
 *		UTF-8 text: decoding, validity, classes of characters.
 */
#ifndef CCCD_TEXT_CORE_H
#define CCCD_TEXT_CORE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * A piece of somebody else's text, which must live as long as it is used; a
 * null pointer means "absent".
 */
typedef struct CccdSlice
{
	const char *ptr;
	size_t		len;			/* bytes */
} CccdSlice;

/* Code points from first to last, both included. */
typedef struct CccdCodeRange
{
	uint32_t	first;
	uint32_t	last;
} CccdCodeRange;

/*
 * Decode the character at the start of a text of len bytes.  Returns its
 * length in bytes (1 to 4) and sets *code; returns 0 and leaves *code alone if
 * the text is empty or does not begin with UTF-8: truncated, overlong, a
 * surrogate, or above U+10FFFF (RFC 3629 section 4).
 */
extern size_t cccd_utf8_decode(const char *text, size_t len, uint32_t *code);

/* Whether all len bytes of a text are UTF-8; an empty text is. */
extern bool cccd_utf8_valid(const char *text, size_t len);

/*
 * The text of len bytes of UTF-8 without what files put around a value: spaces,
 * Tab, line ends, the byte order mark.  The slice points into the text and may
 * be empty.
 */
extern CccdSlice cccd_text_trim(const char *text, size_t len);

/*
 * Whether a text of len bytes of UTF-8 is in normalization form C for certain:
 * it has no character from U+0300 on but those of U+1E00 to U+1EFF, where
 * Vietnamese has its letters (UAX #15, NFC_Quick_Check).
 */
extern bool cccd_text_is_composed(const char *text, size_t len);

/*
 * Whether a character is a control or format character or invisible in some
 * other way: nothing that a person could see.
 */
extern bool cccd_text_is_control(uint32_t code);

/* Whether a character is a space: U+0020, no-break, typographic; not Tab. */
extern bool cccd_text_is_space(uint32_t code);

/* Whether a character is in one of count ranges, which ascend. */
static inline bool
cccd_code_in(uint32_t code, const CccdCodeRange *ranges, size_t count)
{
	for (size_t i = 0; i < count && code >= ranges[i].first; i++)
	{
		if (code <= ranges[i].last)
			return true;
	}
	return false;
}

#endif							/* CCCD_TEXT_CORE_H */
