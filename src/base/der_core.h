/*
 * der_core.h
 *		A bounded reader of DER and BER (X.690) over bytes that nobody vouches
 *		for.
 *
 * A cursor walks the elements of one level; entering a constructed element
 * gives the cursor of the next level.  All cursors of one document share its
 * limits, so that nothing a document says makes the reader work longer than
 * CCCD_DER_ITEMS elements or nest deeper than CCCD_DER_DEPTH.  Nothing is
 * copied: an element points into the document.
 */
#ifndef CCCD_DER_CORE_H
#define CCCD_DER_CORE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/bytes_core.h"

/* Levels of nesting, and elements of one document, counted once per visit. */
#define CCCD_DER_DEPTH		16
#define CCCD_DER_ITEMS		4096

/* Bytes of one document, where its reader does not say otherwise. */
#define CCCD_DER_SIZE		65536

/* Identifier octets as they are written, the first one most significant. */
#define CCCD_DER_BOOLEAN		0x01
#define CCCD_DER_INTEGER		0x02
#define CCCD_DER_BIT_STRING		0x03
#define CCCD_DER_OCTET_STRING	0x04
#define CCCD_DER_NULL			0x05
#define CCCD_DER_OID			0x06
#define CCCD_DER_ENUMERATED		0x0A
#define CCCD_DER_UTC_TIME		0x17
#define CCCD_DER_GENERALIZED_TIME 0x18
#define CCCD_DER_SEQUENCE		0x30
#define CCCD_DER_SET			0x31
#define CCCD_DER_CONSTRUCTED	0x20

/* [n] IMPLICIT of a primitive, and [n] of a constructed element */
#define CCCD_DER_CONTEXT(n)		(0x80 + (n))
#define CCCD_DER_EXPLICIT(n)	(0xA0 + (n))

typedef enum CccdDerError
{
	CCCD_DER_OK,
	CCCD_DER_TRUNCATED,			/* the element ends after its container */
	CCCD_DER_LENGTH,			/* a length that DER does not allow */
	CCCD_DER_TAG,				/* another element was wanted here */
	CCCD_DER_TRAILING,			/* bytes after the last element */
	CCCD_DER_VALUE,				/* the content is not what the type says */
	CCCD_DER_LIMIT				/* too deep, too many, too long */
} CccdDerError;

typedef struct CccdDerDocument
{
	const uint8_t *start;
	uint32_t	items;			/* elements that may still be read */
	bool		ber;			/* BER is accepted */
	bool		saw_ber;		/* and was met */
	CccdDerError error;			/* the first error */
	size_t		offset;			/* and where it was */
} CccdDerDocument;

typedef struct CccdDer
{
	const uint8_t *at;
	const uint8_t *end;
	CccdDerDocument *document;
	int			depth;
} CccdDer;

typedef struct CccdDerItem
{
	uint32_t	tag;
	bool		indefinite;
	const uint8_t *start;		/* identifier */
	const uint8_t *value;		/* content */
	size_t		length;			/* of the content */
	const uint8_t *end;			/* first byte behind the element */
	int			depth;
} CccdDerItem;

extern CccdDer cccd_der_open(CccdDerDocument *document,
							 const uint8_t *data, size_t length, bool ber);

extern bool cccd_der_at_end(const CccdDer *cursor);
extern uint32_t cccd_der_peek(const CccdDer *cursor);
extern bool cccd_der_next(CccdDer *cursor, CccdDerItem *item);
extern bool cccd_der_want(CccdDer *cursor, uint32_t tag,
						  CccdDerItem *item);
extern bool cccd_der_option(CccdDer *cursor, uint32_t tag,
							CccdDerItem *item, bool *present);
extern CccdDer cccd_der_enter(const CccdDer *cursor,
							  const CccdDerItem *item);
extern bool cccd_der_want_enter(CccdDer *cursor, uint32_t tag,
								CccdDer *inner);
extern bool cccd_der_finish(const CccdDer *cursor);
extern bool cccd_der_fail(const CccdDer *cursor, CccdDerError error,
						  const uint8_t *where);

extern bool cccd_der_small_integer(const CccdDer *cursor,
								   const CccdDerItem *item, uint32_t *value);
extern bool cccd_der_boolean(const CccdDer *cursor,
							 const CccdDerItem *item, bool *value);
extern bool cccd_der_unsigned(const CccdDer *cursor,
							  const CccdDerItem *item, CccdBytes *number);
extern bool cccd_der_bits(const CccdDer *cursor, const CccdDerItem *item,
						  CccdBytes *bits);
extern bool cccd_der_octets(const CccdDer *cursor,
							const CccdDerItem *item,
							uint8_t *scratch, size_t capacity,
							CccdBytes *octets);
extern bool cccd_der_time(const CccdDer *cursor, const CccdDerItem *item,
						  int64_t *time);
extern bool cccd_der_time_bytes(uint32_t tag, const uint8_t *text,
								size_t length, int64_t *time);

extern size_t cccd_der_put_length(uint8_t *out, size_t length);

static inline CccdBytes
cccd_der_value(const CccdDerItem *item)
{
	CccdBytes	bytes;

	bytes.data = item->value;
	bytes.length = item->length;
	return bytes;
}

static inline CccdBytes
cccd_der_whole(const CccdDerItem *item)
{
	CccdBytes	bytes;

	bytes.data = item->start;
	bytes.length = (size_t) (item->end - item->start);
	return bytes;
}

#endif							/* CCCD_DER_CORE_H */
