/*
 * cbor_core.h
 *		A bounded reader of CBOR (RFC 8949) over bytes that nobody vouches for.
 *
 * One item is read into a flat array of nodes in the order of the message: a
 * node's content follows it, and "next" is the node behind that.  Several
 * items of one message (a COSE message, its header, its payload) share the
 * array, so that the limits hold for all of them together.
 *
 * A length in a message is only ever compared with the bytes that are there.
 * Nothing is allocated; strings point into the message, except those that came
 * in chunks, which are put together in the caller's scratch memory.
 */
#ifndef CCCD_CBOR_CORE_H
#define CCCD_CBOR_CORE_H

#include "base/bytes_core.h"

/* Levels of nesting, and items of one message with all that it encloses. */
#define CCCD_CBOR_DEPTH		16
#define CCCD_CBOR_ITEMS		4096

typedef enum CccdCborType
{
	CCCD_CBOR_UNSIGNED,
	CCCD_CBOR_NEGATIVE,			/* -1 - number */
	CCCD_CBOR_BYTES,
	CCCD_CBOR_TEXT,
	CCCD_CBOR_ARRAY,
	CCCD_CBOR_MAP,
	CCCD_CBOR_TAG,
	CCCD_CBOR_FALSE,
	CCCD_CBOR_TRUE,
	CCCD_CBOR_NULL,
	CCCD_CBOR_UNDEFINED,
	CCCD_CBOR_SIMPLE,
	CCCD_CBOR_FLOAT
} CccdCborType;

typedef enum CccdCborError
{
	CCCD_CBOR_OK,
	CCCD_CBOR_TRUNCATED,		/* the item ends after its bytes */
	CCCD_CBOR_MALFORMED,		/* no well-formed CBOR */
	CCCD_CBOR_BAD_TEXT,			/* a text that is not UTF-8 */
	CCCD_CBOR_BAD_KEY,			/* a key that is neither an integer nor a text */
	CCCD_CBOR_TOO_DEEP,
	CCCD_CBOR_TOO_MANY
} CccdCborError;

/* What was met besides the plainest encoding. */
#define CCCD_CBOR_SAW_INDEFINITE	0x01
#define CCCD_CBOR_SAW_LONG_FORM		0x02	/* a shorter head would do */
#define CCCD_CBOR_SAW_FLOAT			0x04
#define CCCD_CBOR_SAW_TAG			0x08
#define CCCD_CBOR_SAW_DUPLICATE		0x10	/* a key stands twice in a map */
#define CCCD_CBOR_SAW_SIMPLE		0x20	/* undefined, unassigned */
#define CCCD_CBOR_SAW_NULL			0x40

typedef struct CccdCborNode
{
	uint8_t		type;
	uint16_t	next;
	uint32_t	length;			/* of a string; items or pairs within */
	union
	{
		uint64_t	number;		/* integers, tags, simple values */
		double		real;
		const uint8_t *data;
	}			value;
} CccdCborNode;

typedef struct CccdCbor
{
	CccdCborNode *nodes;		/* room for CCCD_CBOR_ITEMS */
	int			count;
	int			items;			/* nodes, and chunks of strings */
	uint8_t    *scratch;		/* room for the length of all that is read */
	size_t		scratch_used;
	unsigned	seen;
	CccdCborError error;		/* the first error */
	size_t		offset;			/* and where it was */
} CccdCbor;

/* Look-ups say this where there is nothing. */
#define CCCD_CBOR_NONE		(-1)

extern void cccd_cbor_open(CccdCbor *cbor, CccdCborNode *nodes,
						   uint8_t *scratch);
extern int	cccd_cbor_read(CccdCbor *cbor, CccdBytes bytes, size_t *used);

extern int	cccd_cbor_untag(const CccdCbor *cbor, int node);
extern int	cccd_cbor_find(const CccdCbor *cbor, int map, int64_t key);
extern int	cccd_cbor_find_text(const CccdCbor *cbor, int map,
								const char *key);
extern bool cccd_cbor_integer(const CccdCbor *cbor, int node,
							  int64_t *value);
extern bool cccd_cbor_number(const CccdCbor *cbor, int node, double *value);

static inline const CccdCborNode *
cccd_cbor_node(const CccdCbor *cbor, int node)
{
	return &cbor->nodes[node];
}

static inline bool
cccd_cbor_is(const CccdCbor *cbor, int node, CccdCborType type)
{
	return node >= 0 && cbor->nodes[node].type == type;
}

/* The bytes of a string. */
static inline CccdBytes
cccd_cbor_bytes(const CccdCbor *cbor, int node)
{
	CccdBytes	bytes;

	bytes.data = cbor->nodes[node].value.data;
	bytes.length = cbor->nodes[node].length;
	return bytes;
}

#endif							/* CCCD_CBOR_CORE_H */
