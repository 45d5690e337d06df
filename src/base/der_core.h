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

/*
 * Open a document of length bytes and return the cursor of its outermost
 * level.  The document is initialised; the bytes and it must live as long as
 * any cursor. ber allows BER where DER would refuse (indefinite lengths,
 * lengths not in their shortest form, constructed strings); saw_ber then tells
 * whether it was met. data may be null, which is an empty document.  The
 * caller checks the length against its own limit and may raise
 * document->items.
 */
extern CccdDer cccd_der_open(CccdDerDocument *document,
							 const uint8_t *data, size_t length, bool ber);

/*
 * Whether nothing more is at this level; not an error by itself.  Content that
 * a cursor cannot step over any more, because of an error, is not the end.
 */
extern bool cccd_der_at_end(const CccdDer *cursor);

/*
 * The identifier of the next element, or 0 at the end, after an error and
 * before an identifier that cannot be read.  Does not move the cursor or count
 * an element.
 */
extern uint32_t cccd_der_peek(const CccdDer *cursor);

/*
 * Read the next element of this level and move behind it.  Returns false,
 * marks the document and leaves the cursor where it was if there is none, it
 * ends after its container, or a limit is hit.
 */
extern bool cccd_der_next(CccdDer *cursor, CccdDerItem *item);

/*
 * As cccd_der_next, but another identifier than tag is an error
 * (CCCD_DER_TAG).
 */
extern bool cccd_der_want(CccdDer *cursor, uint32_t tag,
						  CccdDerItem *item);

/*
 * Read the next element if it has the identifier tag; *present says whether.
 * Returns false only for an error, then or earlier.
 */
extern bool cccd_der_option(CccdDer *cursor, uint32_t tag,
							CccdDerItem *item, bool *present);

/*
 * The cursor of the content of an element of this document.  A level deeper
 * than CCCD_DER_DEPTH gives an empty cursor and marks the document, so that
 * what reads it next fails.
 */
extern CccdDer cccd_der_enter(const CccdDer *cursor,
							  const CccdDerItem *item);

/*
 * Read the next element, which must have the identifier tag, and set *inner to
 * the cursor of its content.  Returns false as cccd_der_want; *inner is then
 * undefined.
 */
extern bool cccd_der_want_enter(CccdDer *cursor, uint32_t tag,
								CccdDer *inner);

/*
 * Whether this level is at its end without an error in the document; bytes
 * that follow are an error (CCCD_DER_TRAILING).
 */
extern bool cccd_der_finish(const CccdDer *cursor);

/*
 * Mark the document: an error, and where it is, an address in it.  Only the
 * first error is kept, because later ones follow from it.  Returns false, so
 * that a reader can return it.
 */
extern bool cccd_der_fail(const CccdDer *cursor, CccdDerError error,
						  const uint8_t *where);

/*
 * The value of an INTEGER from 0 to 2^31 - 1.  Another one, and another type,
 * marks the document; so do the functions below, and all then leave their
 * result undefined.
 */
extern bool cccd_der_small_integer(const CccdDer *cursor,
								   const CccdDerItem *item, uint32_t *value);

/*
 * The value of a BOOLEAN.  DER knows 00 and FF, BER every other octet as true,
 * and a CSCA certificate in the public master lists has 01: it is read in
 * both.
 */
extern bool cccd_der_boolean(const CccdDer *cursor,
							 const CccdDerItem *item, bool *value);

/*
 * The octets of an INTEGER that is not negative, without leading zeros: most
 * significant first, in the document; zero has none.  A leading zero octet too
 * many is an error unless the document is BER.
 */
extern bool cccd_der_unsigned(const CccdDer *cursor,
							  const CccdDerItem *item, CccdBytes *number);

/* The octets of a BIT STRING that has whole octets. */
extern bool cccd_der_bits(const CccdDer *cursor, const CccdDerItem *item,
						  CccdBytes *bits);

/*
 * The octets of an OCTET STRING, in the document.  One that BER has split into
 * parts (X.690 8.7) is put together in scratch, which has room for capacity
 * bytes and must live as long as the octets are used; more is an error.
 */
extern bool cccd_der_octets(const CccdDer *cursor,
							const CccdDerItem *item,
							uint8_t *scratch, size_t capacity,
							CccdBytes *octets);

/*
 * The time of a UTCTime or GeneralizedTime element, see cccd_der_time_bytes.
 */
extern bool cccd_der_time(const CccdDer *cursor, const CccdDerItem *item,
						  int64_t *time);

/*
 * The time in the content of a UTCTime or GeneralizedTime, whichever tag says,
 * as RFC 5280 4.1.2.5 allows them: in UTC, with seconds, without fractions; a
 * two-digit year below 50 is of this century.  *time is microseconds since
 * 2000-01-01 00:00 UTC.  Returns false, and leaves it alone, for anything
 * else.
 */
extern bool cccd_der_time_bytes(uint32_t tag, const uint8_t *text,
								size_t length, int64_t *time);

/*
 * Write the length octets of DER for a content of length bytes, less than
 * 2^32; out has room for five.  Returns how many were written.
 */
extern size_t cccd_der_put_length(uint8_t *out, size_t length);

/* The content of an element, in the document. */
static inline CccdBytes
cccd_der_value(const CccdDerItem *item)
{
	CccdBytes	bytes;

	bytes.data = item->value;
	bytes.length = item->length;
	return bytes;
}

/* An element with its identifier and length, in the document. */
static inline CccdBytes
cccd_der_whole(const CccdDerItem *item)
{
	CccdBytes	bytes;

	bytes.data = item->start;
	bytes.length = (size_t) (item->end - item->start);
	return bytes;
}

#endif							/* CCCD_DER_CORE_H */
