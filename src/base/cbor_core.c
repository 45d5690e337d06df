/*
 * cbor_core.c
 *		A bounded reader of CBOR; see cbor_core.h.
 */
#include "base/cbor_core.h"

#include <string.h>

#include "base/text_core.h"

/* Additional information of an initial byte (RFC 8949 3). */
#define INFO_8_BITS		24
#define INFO_64_BITS	27
#define INFO_INDEFINITE	31

#define BREAK			0xFF
#define MAJOR_SIMPLE	7

/* Items that an open container still lacks. */
#define UNTIL_BREAK		UINT64_MAX

typedef struct Head
{
	int			major;
	int			info;
	uint64_t	argument;
} Head;

typedef struct CborReader
{
	CccdCbor   *cbor;
	const uint8_t *start;
	const uint8_t *at;
	const uint8_t *end;
	int			depth;
	int			open[CCCD_CBOR_DEPTH];	/* containers around the next item */
	uint64_t	left[CCCD_CBOR_DEPTH];
} CborReader;

void
cccd_cbor_open(CccdCbor *cbor, CccdCborNode *nodes, uint8_t *scratch)
{
	memset(cbor, 0, sizeof(*cbor));
	cbor->nodes = nodes;
	cbor->scratch = scratch;
}

static bool
fail(CborReader *r, CccdCborError error)
{
	if (r->cbor->error == CCCD_CBOR_OK)
	{
		r->cbor->error = error;
		r->cbor->offset = (size_t) (r->at - r->start);
	}
	return false;
}

/* Read the argument of an initial byte that does not hold it itself. */
static bool
read_argument(CborReader *r, Head *head)
{
	int			octets;

	if (head->info > INFO_64_BITS)
		return fail(r, CCCD_CBOR_MALFORMED);
	octets = 1 << (head->info - INFO_8_BITS);
	if (r->end - r->at < octets)
		return fail(r, CCCD_CBOR_TRUNCATED);
	head->argument = 0;
	for (int k = 0; k < octets; k++)
		head->argument = head->argument << 8 | *r->at++;
	if (head->major != MAJOR_SIMPLE &&
		head->argument < (octets == 1 ? 24 : UINT64_C(1) << (octets * 4)))
		r->cbor->seen |= CCCD_CBOR_SAW_LONG_FORM;
	return true;
}

/* Read an initial byte and its argument. */
static inline bool
read_head(CborReader *r, Head *head)
{
	if (r->at == r->end)
		return fail(r, CCCD_CBOR_TRUNCATED);
	head->major = *r->at >> 5;
	head->info = *r->at & 0x1F;
	r->at++;
	head->argument = (uint64_t) head->info;
	if (head->info < INFO_8_BITS || head->info == INFO_INDEFINITE)
		return true;
	return read_argument(r, head);
}

static bool
count_item(CborReader *r)
{
	if (r->cbor->items == CCCD_CBOR_ITEMS)
		return fail(r, CCCD_CBOR_TOO_MANY);
	r->cbor->items++;
	return true;
}

/*
 * Whether a text is UTF-8.  Keys and codes are short and ASCII, and most have
 * two letters or three: those are looked at without a loop.
 */
static inline bool
text_valid(const uint8_t *text, size_t length)
{
	if (length - 1 < 3 &&
		(text[0] | text[length / 2] | text[length - 1]) < 0x80)
		return true;
	return cccd_utf8_valid((const char *) text, length);
}

/* The bytes of a definite string. */
static inline bool
take_string(CborReader *r, const Head *head, CccdBytes *bytes)
{
	if (head->argument > (uint64_t) (r->end - r->at))
		return fail(r, CCCD_CBOR_TRUNCATED);
	bytes->data = r->at;
	bytes->length = (size_t) head->argument;
	if (head->major == CCCD_CBOR_TEXT &&
		!text_valid(bytes->data, bytes->length))
		return fail(r, CCCD_CBOR_BAD_TEXT);
	r->at += bytes->length;
	return true;
}

/* A string in chunks, up to its break. */
static bool
take_chunks(CborReader *r, int major, CccdBytes *bytes)
{
	CccdCbor   *cbor = r->cbor;

	cbor->seen |= CCCD_CBOR_SAW_INDEFINITE;
	bytes->data = cbor->scratch + cbor->scratch_used;
	bytes->length = 0;
	for (;;)
	{
		CccdBytes	chunk = {NULL, 0};
		Head		head;

		if (r->at < r->end && *r->at == BREAK)
		{
			r->at++;
			return true;
		}
		if (!count_item(r) || !read_head(r, &head))
			return false;
		if (head.major != major || head.info == INFO_INDEFINITE)
			return fail(r, CCCD_CBOR_MALFORMED);
		if (!take_string(r, &head, &chunk))
			return false;
		memcpy(cbor->scratch + cbor->scratch_used, chunk.data, chunk.length);
		cbor->scratch_used += chunk.length;
		bytes->length += chunk.length;
	}
}

/* IEEE 754 binary16, binary32 or binary64 in the low bits. */
static double
read_float(int info, uint64_t bits)
{
	uint64_t	exponent = bits >> 10 & 0x1F;
	uint64_t	fraction = bits & 0x3FF;
	uint32_t	bits32 = (uint32_t) bits;
	double		real;

	if (info == INFO_64_BITS)
	{
		memcpy(&real, &bits, sizeof(real));
		return real;
	}
	if (info == INFO_64_BITS - 1)
	{
		float		single;

		memcpy(&single, &bits32, sizeof(single));
		return (double) single;
	}
	if (exponent == 0)
		/* 2^-24 is the smallest number */
		return (bits >> 15 & 1 ? -1.0 : 1.0) * (double) fraction / 16777216.0;
	/* the exponent's offset is 15 there and 1023 here */
	bits = (bits >> 15 & 1) << 63 | fraction << 42 |
		(exponent == 31 ? UINT64_C(0x7FF) : exponent - 15 + 1023) << 52;
	memcpy(&real, &bits, sizeof(real));
	return real;
}

/*
 * A simple value or a float (RFC 8949 3.3).  A simple value in two octets that
 * fits one is not well-formed.
 */
static bool
take_simple(CborReader *r, const Head *head, CccdCborNode *node)
{
	CccdCbor   *cbor = r->cbor;

	node->value.number = head->argument;
	if (head->info > INFO_8_BITS)
	{
		cbor->seen |= CCCD_CBOR_SAW_FLOAT;
		node->type = CCCD_CBOR_FLOAT;
		node->value.real = read_float(head->info, head->argument);
		return true;
	}
	/* two octets only for what does not fit in one */
	if (head->info == INFO_8_BITS && head->argument < 32)
		return fail(r, CCCD_CBOR_MALFORMED);
	switch (head->argument)
	{
		case 20:
			node->type = CCCD_CBOR_FALSE;
			return true;
		case 21:
			node->type = CCCD_CBOR_TRUE;
			return true;
		case 22:
			node->type = CCCD_CBOR_NULL;
			cbor->seen |= CCCD_CBOR_SAW_NULL;
			return true;
		case 23:
			node->type = CCCD_CBOR_UNDEFINED;
			break;
		default:
			node->type = CCCD_CBOR_SIMPLE;
	}
	cbor->seen |= CCCD_CBOR_SAW_SIMPLE;
	return true;
}

/* What follows belongs to this node until so many items have come. */
static bool
enter(CborReader *r, int node, uint64_t items)
{
	if (r->depth == CCCD_CBOR_DEPTH)
		return fail(r, CCCD_CBOR_TOO_DEEP);
	r->open[r->depth] = node;
	r->left[r->depth] = items;
	r->depth++;
	return true;
}

static bool
enter_container(CborReader *r, int node, const Head *head)
{
	uint64_t	items = head->argument;

	if (head->info == INFO_INDEFINITE)
	{
		r->cbor->seen |= CCCD_CBOR_SAW_INDEFINITE;
		return enter(r, node, UNTIL_BREAK);
	}
	/* an item has a byte at least */
	if (items > (uint64_t) (r->end - r->at))
		return fail(r, CCCD_CBOR_TRUNCATED);
	r->cbor->nodes[node].length = (uint32_t) items;
	if (head->major == CCCD_CBOR_MAP)
		items *= 2;
	return enter(r, node, items);
}

/*
 * Read the head of the next item, and its content if that is a string; the
 * items of a container follow and are not read here.
 */
static bool
take_item(CborReader *r)
{
	CccdCbor   *cbor = r->cbor;
	int			index = cbor->count;
	CccdCborNode *node = &cbor->nodes[index];
	Head		head;
	CccdBytes	bytes = {NULL, 0};

	if (!count_item(r) || !read_head(r, &head))
		return false;
	cbor->count++;
	node->type = (uint8_t) head.major;
	node->length = 0;
	node->value.number = head.argument;
	node->next = (uint16_t) cbor->count;
	switch (head.major)
	{
		case CCCD_CBOR_BYTES:
		case CCCD_CBOR_TEXT:
			if (head.info == INFO_INDEFINITE ?
				!take_chunks(r, head.major, &bytes) :
				!take_string(r, &head, &bytes))
				return false;
			node->value.data = bytes.data;
			node->length = (uint32_t) bytes.length;
			return true;
		case CCCD_CBOR_ARRAY:
		case CCCD_CBOR_MAP:
			return enter_container(r, index, &head);
		case MAJOR_SIMPLE:
			return head.info == INFO_INDEFINITE ?
				fail(r, CCCD_CBOR_MALFORMED) : take_simple(r, &head, node);
		default:
			if (head.info == INFO_INDEFINITE)
				return fail(r, CCCD_CBOR_MALFORMED);
			if (head.major != CCCD_CBOR_TAG)
				return true;
			cbor->seen |= CCCD_CBOR_SAW_TAG;
			node->length = 1;
			return enter(r, index, 1);
	}
}

static bool
same_key(const CccdCborNode *a, const CccdCborNode *b)
{
	if (a->type != b->type)
		return false;
	if (a->type == CCCD_CBOR_TEXT)
		return a->length == b->length &&
			memcmp(a->value.data, b->value.data, a->length) == 0;
	return a->value.number == b->value.number;
}

/*
 * One of 64 bits for a key, the same for equal keys.  Keys of a certificate are
 * short texts; those of one map hardly ever share a bit.
 */
static inline uint64_t
key_bit(const CccdCborNode *key)
{
	uint64_t	sum = key->value.number;

	if (key->type == CCCD_CBOR_TEXT)
		sum = key->length == 0 ? 0 : key->length + key->value.data[0] +
			(uint64_t) 9 * key->value.data[key->length - 1];
	return UINT64_C(1) << (sum + key->type) % 64;
}

/* All keys must be integers or texts; none should stand there twice. */
static bool
check_keys(CborReader *r, int map)
{
	CccdCbor   *cbor = r->cbor;
	CccdCborNode *nodes = cbor->nodes;
	uint64_t	met = 0;

	/* a map has items at most, so this does not overflow */
	cbor->comparisons += nodes[map].length * (nodes[map].length - 1) / 2;
	if (cbor->comparisons > CCCD_CBOR_COMPARISONS)
		return fail(r, CCCD_CBOR_TOO_MANY);
	for (int key = map + 1; key < cbor->count; key = nodes[key + 1].next)
	{
		uint64_t	bit;

		if (nodes[key].type > CCCD_CBOR_NEGATIVE &&
			nodes[key].type != CCCD_CBOR_TEXT)
			return fail(r, CCCD_CBOR_BAD_KEY);
		bit = key_bit(&nodes[key]);
		/* only a key whose bit was met can be one of those before it */
		if (met & bit)
			for (int other = map + 1; other < key;
				 other = nodes[other + 1].next)
				if (same_key(&nodes[key], &nodes[other]))
					cbor->seen |= CCCD_CBOR_SAW_DUPLICATE;
		met |= bit;
	}
	return true;
}

/*
 * An item is complete: count it in the innermost open container, which knows
 * from its head what it lacks, or counts until its break.  Returns whether that
 * surely lacks more.
 */
static inline bool
count_within(CborReader *r)
{
	int			top = r->depth - 1;

	if (top < 0)
		return false;
	if (r->left[top] != UNTIL_BREAK)
		return --r->left[top] > 0;
	r->cbor->nodes[r->open[top]].length++;
	return false;
}

/* An item is complete, and so may be what is around it. */
static bool
leave(CborReader *r)
{
	CccdCbor   *cbor = r->cbor;

	while (r->depth > 0)
	{
		int			top = r->depth - 1;
		CccdCborNode *node = &cbor->nodes[r->open[top]];

		if (r->left[top] == UNTIL_BREAK)
		{
			if (r->at == r->end || *r->at != BREAK)
				return true;
			if (node->type == CCCD_CBOR_MAP && node->length % 2 != 0)
				return fail(r, CCCD_CBOR_MALFORMED);
			if (node->type == CCCD_CBOR_MAP)
				node->length /= 2;
			r->at++;
		}
		else if (r->left[top] > 0)
			return true;
		if (node->type == CCCD_CBOR_MAP && !check_keys(r, r->open[top]))
			return false;
		node->next = (uint16_t) cbor->count;
		r->depth--;
		if (count_within(r))
			return true;
	}
	return true;
}

int
cccd_cbor_read(CccdCbor *cbor, CccdBytes bytes, size_t *used)
{
	CborReader	r;
	int			root = cbor->count;

	r.cbor = cbor;
	r.start = bytes.data;
	r.at = bytes.data;
	r.end = bytes.data + bytes.length;
	r.depth = 0;
	*used = 0;
	do
	{
		int			depth = r.depth;

		if (!take_item(&r))
			return CCCD_CBOR_NONE;
		if (r.depth == depth && count_within(&r))
			continue;
		if (!leave(&r))
			return CCCD_CBOR_NONE;
	} while (r.depth > 0);
	*used = (size_t) (r.at - r.start);
	return root;
}

int
cccd_cbor_untag(const CccdCbor *cbor, int node)
{
	while (cccd_cbor_is(cbor, node, CCCD_CBOR_TAG))
		node++;
	return node;
}

int
cccd_cbor_find(const CccdCbor *cbor, int map, int64_t key)
{
	CccdCborNode wanted = {0};
	int			node = map + 1;

	if (!cccd_cbor_is(cbor, map, CCCD_CBOR_MAP))
		return CCCD_CBOR_NONE;
	wanted.type = key < 0 ? CCCD_CBOR_NEGATIVE : CCCD_CBOR_UNSIGNED;
	wanted.value.number = (uint64_t) (key < 0 ? -1 - key : key);
	for (uint32_t k = 0; k < cbor->nodes[map].length; k++)
	{
		if (same_key(&cbor->nodes[node], &wanted))
			return node + 1;
		node = cbor->nodes[node + 1].next;
	}
	return CCCD_CBOR_NONE;
}

/* Whether a node is this text. */
static bool
is_text(const CccdCborNode *node, const char *text)
{
	if (node->type != CCCD_CBOR_TEXT)
		return false;
	for (uint32_t k = 0; k < node->length; k++)
		if (text[k] == '\0' || node->value.data[k] != (uint8_t) text[k])
			return false;
	return text[node->length] == '\0';
}

int
cccd_cbor_find_text(const CccdCbor *cbor, int map, const char *key)
{
	int			node = map + 1;

	if (!cccd_cbor_is(cbor, map, CCCD_CBOR_MAP))
		return CCCD_CBOR_NONE;
	for (uint32_t k = 0; k < cbor->nodes[map].length; k++)
	{
		if (is_text(&cbor->nodes[node], key))
			return node + 1;
		node = cbor->nodes[node + 1].next;
	}
	return CCCD_CBOR_NONE;
}

bool
cccd_cbor_integer(const CccdCbor *cbor, int node, int64_t *value)
{
	const CccdCborNode *n;

	if (node < 0)
		return false;
	n = &cbor->nodes[node];
	if (n->type == CCCD_CBOR_FLOAT)
	{
		if (!(n->value.real > -9e15 && n->value.real < 9e15))
			return false;
		*value = (int64_t) n->value.real;
		return (double) *value == n->value.real;
	}
	if (n->type > CCCD_CBOR_NEGATIVE || n->value.number > INT64_MAX)
		return false;
	*value = n->type == CCCD_CBOR_UNSIGNED ? (int64_t) n->value.number :
		-1 - (int64_t) n->value.number;
	return true;
}

bool
cccd_cbor_number(const CccdCbor *cbor, int node, double *value)
{
	const CccdCborNode *n;

	if (node < 0)
		return false;
	n = &cbor->nodes[node];
	if (n->type == CCCD_CBOR_FLOAT)
		*value = n->value.real;
	else if (n->type == CCCD_CBOR_UNSIGNED)
		*value = (double) n->value.number;
	else if (n->type == CCCD_CBOR_NEGATIVE)
		*value = -1 - (double) n->value.number;
	else
		return false;
	return true;
}
