/*
 * json_core.h
 *		A bounded reader of JSON (RFC 8259, and what I-JSON demands, RFC 7493)
 *		over bytes that nobody vouches for.
 *
 * The server has a parser of its own.  It is not used here because it raises
 * errors, allocates, and is not there for cores, and because whoever verifies
 * signed JSON needs to know where in the text a value stands.
 *
 * A text is read into a flat array of nodes in the order of the text: a node's
 * content follows it, and "next" is the node behind that.  The content of an
 * object is the node of a name, the node of its value, the next name, and so
 * on.  Nothing is allocated and nothing is copied: a node is a place in the
 * text.
 *
 * Readers of one signed text must agree on what it says.  A name that stands
 * twice in an object, after its escapes are resolved, is therefore an error,
 * and so are surrogates without their partner and noncharacters (RFC 7493
 * sections 2.1 and 2.3).
 */
#ifndef CCCD_JSON_CORE_H
#define CCCD_JSON_CORE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Bytes of a text. */
#define CCCD_JSON_SIZE		(1024 * 1024)

/* Levels of nesting; items of one array. */
#define CCCD_JSON_DEPTH		16
#define CCCD_JSON_ITEMS		65535

/*
 * A name of an object is compared with those before it.  These bound the cost:
 * members of one object, bytes of a name between its quotes, and comparisons
 * of one text, of which one of long names counts for several.
 */
#define CCCD_JSON_MEMBERS		64
#define CCCD_JSON_NAME			256
#define CCCD_JSON_COMPARISONS	3072

typedef enum CccdJsonKind
{
	CCCD_JSON_NULL,
	CCCD_JSON_FALSE,
	CCCD_JSON_TRUE,
	CCCD_JSON_NUMBER,
	CCCD_JSON_STRING,
	CCCD_JSON_ARRAY,
	CCCD_JSON_OBJECT
} CccdJsonKind;

typedef enum CccdJsonStatus
{
	CCCD_JSON_OK,
	CCCD_JSON_TRUNCATED,		/* the text ends before its value */
	CCCD_JSON_MALFORMED,		/* not JSON */
	CCCD_JSON_BAD_TEXT,			/* not UTF-8, a lone surrogate, a noncharacter */
	CCCD_JSON_DUPLICATE,		/* a name stands twice in an object */
	CCCD_JSON_TOO_DEEP,
	CCCD_JSON_TOO_MANY			/* any other limit, also the caller's */
} CccdJsonStatus;

typedef struct CccdJsonNode
{
	uint32_t	start;			/* span in the text: of a string without its */
	uint32_t	length;			/* quotes, of a container with its brackets */
	uint32_t	next;			/* node behind this one and its content */
	uint16_t	count;			/* items of an array, members of an object */
	uint8_t		kind;			/* CccdJsonKind */
	bool		escaped;		/* a string holds a backslash */
} CccdJsonNode;

/* Look-ups say this where there is nothing. */
#define CCCD_JSON_NONE		(-1)

/*
 * Read a text of length bytes, which is one value and white space around it.
 * nodes has room for limit of them; the value's own is the first.  Returns
 * CCCD_JSON_OK and in *count how many there are, or the first error that was
 * met; *count is then 0 and what nodes hold means nothing.
 */
extern CccdJsonStatus cccd_json_parse(const uint8_t *text, size_t length,
									  CccdJsonNode *nodes, int limit,
									  int *count);

/*
 * The node of the value of a member of an object.  name is UTF-8 and ends with
 * a zero byte.  CCCD_JSON_NONE if there is no such member, or if object is
 * CCCD_JSON_NONE or not an object.
 */
extern int	cccd_json_member(const uint8_t *text, const CccdJsonNode *nodes,
							 int object, const char *name);

/*
 * The text of a string, its escapes resolved, in UTF-8, with a zero byte
 * behind it.  out has room for size bytes.  Returns its length without that
 * byte, or -1 if node is not a string or the text does not fit; what out holds
 * then means nothing.  U+0000 can stand in it.
 */
extern int	cccd_json_string(const uint8_t *text, const CccdJsonNode *node,
							 char *out, int size);

/*
 * Whether a node is a string with this content, which is UTF-8 and ends with a
 * zero byte.
 */
extern bool cccd_json_string_is(const uint8_t *text, const CccdJsonNode *node,
								const char *wanted);

/*
 * In json_number_core.c: the value of a number that is whole and fits 64 bits with a sign, in any
 * notation: 12, 12.0 and 1.2e1 are one number.  Returns false, and leaves
 * *value alone, for everything else.
 */
extern bool cccd_json_integer(const uint8_t *text, const CccdJsonNode *node,
							  int64_t *value);

/*
 * The value of a number times 10 to the power of digits (0 to 18), for times
 * with fractions of a second.  What is smaller than one unit is cut off.
 * Returns false, and leaves *value alone, for what is not a number or does not
 * fit.
 */
extern bool cccd_json_scaled(const uint8_t *text, const CccdJsonNode *node,
							 int digits, int64_t *value);

#endif							/* CCCD_JSON_CORE_H */
