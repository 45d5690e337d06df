/*
 * base64_core.h
 *		Bytes as text in base64 (RFC 4648).
 */
#ifndef CCCD_BASE64_CORE_H
#define CCCD_BASE64_CORE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Room for the bytes of a text of this length. */
#define CCCD_BASE64_BYTES(length)	((length) / 4 * 3 + 3)

/*
 * Decode all length characters of a text in the URL alphabet without padding
 * (RFC 4648 section 5, RFC 7515 section 2), as signed tokens have it.  Bits
 * behind the last byte must be zero, so that bytes have one text only.  out
 * has room for CCCD_BASE64_BYTES(length).  Returns false for any other text;
 * *out_length is then undefined.
 */
extern bool cccd_base64url_decode(const char *text, size_t length,
								  uint8_t *out, size_t *out_length);

/*
 * The same of a text as lists of keys have it: in either alphabet, with or
 * without padding, with blanks and ends of lines anywhere, and with any bits
 * behind the last byte.
 */
extern bool cccd_base64_decode(const char *text, size_t length, uint8_t *out,
							   size_t *out_length);

#endif							/* CCCD_BASE64_CORE_H */
