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

typedef enum CccdBase64Form
{
	CCCD_BASE64_TOKEN,			/* URL alphabet without padding */
	CCCD_BASE64_TEXT,			/* common alphabet with padding */
	CCCD_BASE64_ANY				/* either alphabet, with or without padding */
} CccdBase64Form;

/* A text that is decoded piece by piece. */
typedef struct CccdBase64
{
	CccdBase64Form form;
	uint8_t    *out;
	size_t		length;			/* bytes in out */
	uint32_t	bits;
	int			pending;		/* bits that wait for a byte */
	size_t		digits;
	size_t		padding;
	bool		invalid;
} CccdBase64;

/*
 * Begin to decode into out, which has room for CCCD_BASE64_BYTES() of all
 * pieces together.
 *
 *	CCCD_BASE64_TOKEN	signed tokens (RFC 4648 section 5, RFC 7515 section 2):
 *						bits behind the last byte are zero, so that bytes have
 *						one text only
 *	CCCD_BASE64_TEXT	PEM and LDIF (RFC 4648 section 4), and blanks and ends
 *						of lines anywhere
 *	CCCD_BASE64_ANY		lists of keys: blanks and ends of lines anywhere, and
 *						any bits behind the last byte
 */
extern void cccd_base64_begin(CccdBase64 *decoder, CccdBase64Form form,
							  uint8_t *out);

/* Decode a piece of length characters. */
extern void cccd_base64_add(CccdBase64 *decoder, const char *text,
							size_t length);

/*
 * The number of bytes, when there is no more text.  Returns false if the
 * pieces are not a text of this form; *out_length is then undefined.
 */
extern bool cccd_base64_end(const CccdBase64 *decoder, size_t *out_length);

/* All of that for a text in one piece, in the form CCCD_BASE64_TOKEN. */
extern bool cccd_base64url_decode(const char *text, size_t length,
								  uint8_t *out, size_t *out_length);

/* The same in the form CCCD_BASE64_ANY. */
extern bool cccd_base64_decode(const char *text, size_t length, uint8_t *out,
							   size_t *out_length);

#endif							/* CCCD_BASE64_CORE_H */
