/*
 * base45_core.h
 *		Base45 (RFC 9285), the text form of bytes in a QR code's alphanumeric
 *		mode.
 */
#ifndef CCCD_BASE45_CORE_H
#define CCCD_BASE45_CORE_H

#include <stddef.h>
#include <stdint.h>

typedef enum CccdBase45Error
{
	CCCD_BASE45_OK,
	CCCD_BASE45_CHARACTER,		/* not one of the 45 */
	CCCD_BASE45_LENGTH,			/* a character is left over */
	CCCD_BASE45_VALUE			/* a group stands for no bytes */
} CccdBase45Error;

/* Bytes that a text of this length may stand for. */
#define CCCD_BASE45_BYTES(length)	((length) / 3 * 2 + 1)

/*
 * Decode a text of length bytes. out has room for CCCD_BASE45_BYTES(length)
 * and may not overlap it; *out_length is set only after success.
 */
extern CccdBase45Error cccd_base45_decode(const char *text, size_t length,
										  uint8_t *out, size_t *out_length);

#endif							/* CCCD_BASE45_CORE_H */
