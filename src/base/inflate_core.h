/*
 * inflate_core.h
 *		Decompression (RFC 1950, RFC 1951) into a buffer of the caller's, and
 *		not a byte more.
 */
#ifndef CCCD_INFLATE_CORE_H
#define CCCD_INFLATE_CORE_H

#include <stddef.h>
#include <stdint.h>

typedef enum CccdInflateError
{
	CCCD_INFLATE_OK,
	CCCD_INFLATE_MALFORMED,		/* not such a stream, or a damaged one */
	CCCD_INFLATE_TOO_LARGE,		/* more than there is room for */
	CCCD_INFLATE_TRAILING		/* bytes after the stream */
} CccdInflateError;

/*
 * Decompress a zlib stream (RFC 1950), which is all of the length bytes, into
 * out, which has room for capacity bytes and does not overlap them.
 * *out_length is set to the bytes written, also after an error.  Nothing is
 * allocated.  Not reentrant: the decompressor is one for the process.
 */
extern CccdInflateError cccd_inflate(const uint8_t *bytes, size_t length,
									 uint8_t *out, size_t capacity,
									 size_t *out_length);

/*
 * The same of a stream without zlib's header and checksum (RFC 1951), as
 * signed tokens have it (RFC 7516 section 4.1.3, "DEF").
 */
extern CccdInflateError cccd_inflate_raw(const uint8_t *bytes, size_t length,
										 uint8_t *out, size_t capacity,
										 size_t *out_length);

#endif							/* CCCD_INFLATE_CORE_H */
