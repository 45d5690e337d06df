/*
 * utf8_put.h
 *		Characters as UTF-8, for tests that write what the cores read.
 */
#ifndef UTF8_PUT_H
#define UTF8_PUT_H

#include <stddef.h>
#include <stdint.h>

/* A character as UTF-8; its length. */
static inline size_t
utf8_put(uint32_t code, char *text)
{
	size_t		size = 0;

	if (code < 0x80)
	{
		text[0] = (char) code;
		return 1;
	}
	if (code < 0x800)
		text[size++] = (char) (0xC0 | code >> 6);
	else
	{
		if (code < 0x10000)
			text[size++] = (char) (0xE0 | code >> 12);
		else
		{
			text[size++] = (char) (0xF0 | code >> 18);
			text[size++] = (char) (0x80 | (code >> 12 & 0x3F));
		}
		text[size++] = (char) (0x80 | (code >> 6 & 0x3F));
	}
	text[size++] = (char) (0x80 | (code & 0x3F));
	return size;
}

#endif							/* UTF8_PUT_H */
