/*
 * writer_core.h
 *		Writing text into a buffer that may be too small.
 */
#ifndef CCCD_WRITER_CORE_H
#define CCCD_WRITER_CORE_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

typedef struct CccdWriter
{
	char	   *out;
	size_t		size;
	size_t		length;			/* of the whole text, also past size */
} CccdWriter;

/*
 * Append length bytes; those for which there is no room are counted only, so
 * that w->length tells afterwards what was needed.  No zero byte is written.
 */
static inline void
cccd_put_bytes(CccdWriter *w, const char *bytes, size_t length)
{
	if (w->length < w->size)
		memcpy(w->out + w->length, bytes,
			   length < w->size - w->length ? length : w->size - w->length);
	w->length += length;
}

/* Append a text that ends with a zero byte, without that byte. */
static inline void
cccd_put(CccdWriter *w, const char *text)
{
	cccd_put_bytes(w, text, strlen(text));
}

/* Append the digits of a number that is not negative. */
static inline void
cccd_put_number(CccdWriter *w, int32_t number)
{
	char		digits[12];
	size_t		at = sizeof(digits);

	do
	{
		digits[--at] = '0' + number % 10;
		number /= 10;
	} while (number > 0);
	cccd_put_bytes(w, digits + at, sizeof(digits) - at);
}

#endif							/* CCCD_WRITER_CORE_H */
