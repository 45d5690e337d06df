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
#define CCCD_CBOR_ITEMS		1024

/*
 * Comparisons of keys in one message: each key of a map is compared with those
 * before it, so that a map alone may have 64.
 */
#define CCCD_CBOR_COMPARISONS	2048

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
	CCCD_CBOR_MALFORMED,		/* not well-formed CBOR */
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
	uint32_t	comparisons;	/* of keys */
	uint8_t    *scratch;		/* room for the length of all that is read */
	size_t		scratch_used;
	unsigned	seen;
	CccdCborError error;		/* the first error */
	size_t		offset;			/* and where it was */
} CccdCbor;

/* Look-ups say this where there is nothing. */
#define CCCD_CBOR_NONE		(-1)

/*
 * Begin a message. nodes has room for CCCD_CBOR_ITEMS of them, scratch for as
 * many bytes as all that is read; both stay the caller's and must live as long
 * as the result is used.
 */
extern void cccd_cbor_open(CccdCbor *cbor, CccdCborNode *nodes,
						   uint8_t *scratch);

/*
 * Read one item at the beginning of some bytes, which must live as long as the
 * result is used.  Returns its node, and in *used how many bytes it took; or
 * CCCD_CBOR_NONE and the reason in cbor->error.  Keys must be integers or
 * texts; a key twice in a map is noted in cbor->seen.
 */
extern int	cccd_cbor_read(CccdCbor *cbor, CccdBytes bytes, size_t *used);

/*
 * The node under any tags; CCCD_CBOR_NONE stays what it is.  For this and the
 * functions below a node is one of this message or CCCD_CBOR_NONE.
 */
extern int	cccd_cbor_untag(const CccdCbor *cbor, int node);

/*
 * The node of the value of an integer key, of the first if there are several.
 * CCCD_CBOR_NONE if there is none or map is not a map.
 */
extern int	cccd_cbor_find(const CccdCbor *cbor, int map, int64_t key);

/* The same of a text key, which ends with a zero byte. */
extern int	cccd_cbor_find_text(const CccdCbor *cbor, int map,
								const char *key);

/*
 * The value of an integer that fits 64 bits with a sign, or of a float below
 * 9e15 that is a whole number.  Returns false for everything else; *value is
 * then undefined.
 */
extern bool cccd_cbor_integer(const CccdCbor *cbor, int node,
							  int64_t *value);

/*
 * The value of any integer or float, rounded if need be.  Returns false, and
 * leaves *value alone, for everything else.
 */
extern bool cccd_cbor_number(const CccdCbor *cbor, int node, double *value);

/* A node by its number, which is not CCCD_CBOR_NONE. */
static inline const CccdCborNode *
cccd_cbor_node(const CccdCbor *cbor, int node)
{
	return &cbor->nodes[node];
}

/* Whether there is a node, and of this type. */
static inline bool
cccd_cbor_is(const CccdCbor *cbor, int node, CccdCborType type)
{
	return node >= 0 && cbor->nodes[node].type == type;
}

/* The bytes of a string's node, in the message or in the scratch memory. */
static inline CccdBytes
cccd_cbor_bytes(const CccdCbor *cbor, int node)
{
	CccdBytes	bytes;

	bytes.data = cbor->nodes[node].value.data;
	bytes.length = cbor->nodes[node].length;
	return bytes;
}

#endif							/* CCCD_CBOR_CORE_H */
