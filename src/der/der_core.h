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

typedef enum cccd_der_error
{
	CCCD_DER_OK,
	CCCD_DER_TRUNCATED,			/* the element ends after its container */
	CCCD_DER_LENGTH,			/* a length that DER does not allow */
	CCCD_DER_TAG,				/* another element was wanted here */
	CCCD_DER_TRAILING,			/* bytes after the last element */
	CCCD_DER_VALUE,				/* the content is not what the type says */
	CCCD_DER_LIMIT				/* too deep, too many, too long */
} cccd_der_error;

typedef struct cccd_der_document
{
	const uint8_t *start;
	uint32_t	items;			/* elements that may still be read */
	bool		ber;			/* BER is accepted */
	bool		saw_ber;		/* and was met */
	cccd_der_error error;		/* the first error */
	size_t		offset;			/* and where it was */
} cccd_der_document;

typedef struct cccd_der
{
	const uint8_t *at;
	const uint8_t *end;
	cccd_der_document *document;
	int			depth;
} cccd_der;

typedef struct cccd_der_item
{
	uint32_t	tag;
	bool		indefinite;
	const uint8_t *start;		/* identifier */
	const uint8_t *value;		/* content */
	size_t		length;			/* of the content */
	const uint8_t *end;			/* first byte behind the element */
	int			depth;
} cccd_der_item;

/* Bytes in a document: what an element leaves for later use. */
typedef struct cccd_bytes
{
	const uint8_t *data;
	size_t		length;
} cccd_bytes;

extern cccd_der cccd_der_open(cccd_der_document *document,
							  const uint8_t *data, size_t length, bool ber);

extern bool cccd_der_at_end(const cccd_der *cursor);
extern uint32_t cccd_der_peek(const cccd_der *cursor);
extern bool cccd_der_next(cccd_der *cursor, cccd_der_item *item);
extern bool cccd_der_want(cccd_der *cursor, uint32_t tag,
						  cccd_der_item *item);
extern bool cccd_der_option(cccd_der *cursor, uint32_t tag,
							cccd_der_item *item, bool *present);
extern cccd_der cccd_der_enter(const cccd_der *cursor,
							   const cccd_der_item *item);
extern bool cccd_der_want_enter(cccd_der *cursor, uint32_t tag,
								cccd_der *inner);
extern bool cccd_der_finish(const cccd_der *cursor);
extern bool cccd_der_fail(const cccd_der *cursor, cccd_der_error error,
						  const uint8_t *where);

extern bool cccd_der_small_integer(const cccd_der *cursor,
								   const cccd_der_item *item, uint32_t *value);
extern bool cccd_der_boolean(const cccd_der *cursor,
							 const cccd_der_item *item, bool *value);
extern bool cccd_der_unsigned(const cccd_der *cursor,
							  const cccd_der_item *item, cccd_bytes *number);
extern bool cccd_der_bits(const cccd_der *cursor, const cccd_der_item *item,
						  cccd_bytes *bits);
extern bool cccd_der_octets(const cccd_der *cursor,
							const cccd_der_item *item,
							uint8_t *scratch, size_t capacity,
							cccd_bytes *octets);
extern bool cccd_der_time(const cccd_der *cursor, const cccd_der_item *item,
						  int64_t *time);
extern bool cccd_der_time_bytes(uint32_t tag, const uint8_t *text,
								size_t length, int64_t *time);

extern size_t cccd_der_put_length(uint8_t *out, size_t length);

extern bool cccd_bytes_equal(cccd_bytes a, cccd_bytes b);
extern int	cccd_bytes_compare(cccd_bytes a, cccd_bytes b);

static inline cccd_bytes
cccd_der_value(const cccd_der_item *item)
{
	cccd_bytes	bytes;

	bytes.data = item->value;
	bytes.length = item->length;
	return bytes;
}

static inline cccd_bytes
cccd_der_whole(const cccd_der_item *item)
{
	cccd_bytes	bytes;

	bytes.data = item->start;
	bytes.length = (size_t) (item->end - item->start);
	return bytes;
}

#endif							/* CCCD_DER_CORE_H */
