/*
 * json_core.c
 *		A bounded reader of JSON; see json_core.h.
 */
#include "base/json_core.h"

#include <string.h>

#include "base/text_core.h"

typedef struct JsonReader
{
	const uint8_t *text;
	size_t		length;
	size_t		at;
	CccdJsonNode *nodes;
	int			limit;
	int			count;
	int			depth;
	int			open[CCCD_JSON_DEPTH];	/* containers around what comes next */
	uint32_t	comparisons;
	CccdJsonStatus status;
} JsonReader;

static bool
fail(JsonReader *r, CccdJsonStatus status)
{
	r->status = status;
	return false;
}

/* What does not go on is malformed, or cut off at the end of the text. */
static bool
unexpected(JsonReader *r)
{
	return fail(r, r->at >= r->length ? CCCD_JSON_TRUNCATED :
				CCCD_JSON_MALFORMED);
}

/* The byte at the cursor; 0, which JSON never has here, behind the end. */
static uint8_t
peek(const JsonReader *r)
{
	return r->at < r->length ? r->text[r->at] : 0;
}

static void
skip_space(JsonReader *r)
{
	const uint8_t *p = r->text + r->at;
	const uint8_t *end = r->text + r->length;

	while (p < end && (*p == ' ' || *p == '\t' || *p == '\n' || *p == '\r'))
		p++;
	r->at = (size_t) (p - r->text);
}

static bool
add_node(JsonReader *r, CccdJsonKind kind, size_t start, CccdJsonNode **node)
{
	if (r->count == r->limit)
		return fail(r, CCCD_JSON_TOO_MANY);
	*node = &r->nodes[r->count++];
	memset(*node, 0, sizeof(**node));
	(*node)->kind = (uint8_t) kind;
	(*node)->start = (uint32_t) start;
	(*node)->length = (uint32_t) (r->at - start);
	(*node)->next = (uint32_t) r->count;
	return true;
}

static int
hex_digit(uint8_t c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/* Four hexadecimal digits at p, or -1; end is behind the text. */
static int32_t
read_unit(const uint8_t *p, const uint8_t *end)
{
	int32_t		unit = 0;

	if (end - p < 4)
		return -1;
	for (int k = 0; k < 4; k++)
	{
		int			digit = hex_digit(p[k]);

		if (digit < 0)
			return -1;
		unit = unit << 4 | digit;
	}
	return unit;
}

static bool
is_high_surrogate(int32_t unit)
{
	return unit >= 0xD800 && unit <= 0xDBFF;
}

static bool
is_low_surrogate(int32_t unit)
{
	return unit >= 0xDC00 && unit <= 0xDFFF;
}

/* Code points that are never characters (Unicode 23.7). */
static bool
is_noncharacter(uint32_t code)
{
	return (code >= 0xFDD0 && code <= 0xFDEF) || (code & 0xFFFE) == 0xFFFE;
}

/*
 * The character of an escape, whose backslash is at p, and behind it *next.
 * CCCD_JSON_OK, or what is wrong with it.
 */
static CccdJsonStatus
read_escape(const uint8_t *p, const uint8_t *end, uint32_t *code,
			const uint8_t **next)
{
	static const char escapes[] = "\"\\/bfnrt";
	static const char meanings[] = "\"\\/\b\f\n\r\t";
	const char *found;
	int32_t		first;
	int32_t		second;

	if (end - p < 2)
		return CCCD_JSON_TRUNCATED;
	if (p[1] != 'u')
	{
		found = memchr(escapes, p[1], sizeof(escapes) - 1);
		if (found == NULL)
			return CCCD_JSON_MALFORMED;
		*code = (uint8_t) meanings[found - escapes];
		*next = p + 2;
		return CCCD_JSON_OK;
	}
	first = read_unit(p + 2, end);
	if (first < 0)
		return CCCD_JSON_MALFORMED;
	*code = (uint32_t) first;
	*next = p + 6;
	if (is_low_surrogate(first))
		return CCCD_JSON_BAD_TEXT;
	if (is_high_surrogate(first))
	{
		if (end - p < 12 || p[6] != '\\' || p[7] != 'u' ||
			!is_low_surrogate(second = read_unit(p + 8, end)))
			return CCCD_JSON_BAD_TEXT;
		*code = 0x10000 + (((uint32_t) first & 0x3FF) << 10 |
						   ((uint32_t) second & 0x3FF));
		*next = p + 12;
	}
	return is_noncharacter(*code) ? CCCD_JSON_BAD_TEXT : CCCD_JSON_OK;
}

#define EACH_BYTE	UINT64_C(0x0101010101010101)
#define HIGH_BITS	UINT64_C(0x8080808080808080)

/*
 * Behind the characters at p that stand for themselves, eight at a time:
 * printable ASCII, but for a quote and a backslash.  Fewer than eight are left
 * to the caller.
 */
static const uint8_t *
skip_plain(const uint8_t *p, const uint8_t *end)
{
	while (end - p >= 8)
	{
		uint64_t	bytes;
		uint64_t	quotes;
		uint64_t	backslashes;

		memcpy(&bytes, p, sizeof(bytes));
		quotes = bytes ^ EACH_BYTE * '"';
		backslashes = bytes ^ EACH_BYTE * '\\';
		/* a byte that is zero, or below a space, borrows from its high bit */
		if (((bytes | (quotes - EACH_BYTE) | (backslashes - EACH_BYTE) |
			  (bytes - EACH_BYTE * ' ')) & HIGH_BITS) != 0)
			return p;
		p += 8;
	}
	return p;
}

/* Read a string, whose opening quote is at the cursor, into a node. */
static bool
read_string(JsonReader *r)
{
	const uint8_t *end = r->text + r->length;
	size_t		start = r->at + 1;
	bool		escaped = false;
	CccdJsonNode *node;

	for (r->at = start; peek(r) != '"';)
	{
		const uint8_t *p = r->text + r->at;
		const uint8_t *next = p;
		uint32_t	code = 0;

		if (r->at >= r->length || *p < 0x20)
			return unexpected(r);
		next = skip_plain(p, end);
		if (next > p)
		{
			r->at = (size_t) (next - r->text);
			continue;
		}
		if (*p == '\\')
		{
			CccdJsonStatus status = read_escape(p, end, &code, &next);

			if (status != CCCD_JSON_OK)
				return fail(r, status);
			escaped = true;
		}
		else
			next += cccd_utf8_decode((const char *) p, (size_t) (end - p),
									 &code);
		if (next == p || is_noncharacter(code))
			return fail(r, CCCD_JSON_BAD_TEXT);
		r->at = (size_t) (next - r->text);
	}
	if (!add_node(r, CCCD_JSON_STRING, start, &node))
		return false;
	node->escaped = escaped;
	r->at++;
	return true;
}

/* At least one digit. */
static bool
skip_digits(JsonReader *r)
{
	if (peek(r) < '0' || peek(r) > '9')
		return unexpected(r);
	while (peek(r) >= '0' && peek(r) <= '9')
		r->at++;
	return true;
}

static bool
read_number(JsonReader *r)
{
	size_t		start = r->at;
	CccdJsonNode *node;

	if (peek(r) == '-')
		r->at++;
	/* a zero is the only digit before the point */
	if (peek(r) == '0')
		r->at++;
	else if (!skip_digits(r))
		return false;
	if (peek(r) == '.')
	{
		r->at++;
		if (!skip_digits(r))
			return false;
	}
	if (peek(r) == 'e' || peek(r) == 'E')
	{
		r->at++;
		if (peek(r) == '+' || peek(r) == '-')
			r->at++;
		if (!skip_digits(r))
			return false;
	}
	return add_node(r, CCCD_JSON_NUMBER, start, &node);
}

static bool
read_word(JsonReader *r, const char *word, CccdJsonKind kind)
{
	size_t		start = r->at;
	CccdJsonNode *node;

	for (; *word != '\0'; word++, r->at++)
		if (peek(r) != (uint8_t) *word)
			return unexpected(r);
	return add_node(r, kind, start, &node);
}

/*
 * The next character of a string's content, and behind it *p, which is not yet
 * at the end; the content was read before and is valid.
 */
static uint32_t
next_character(const uint8_t **p, const uint8_t *end)
{
	uint32_t	code = 0;

	if (**p == '\\')
		(void) read_escape(*p, end, &code, p);
	else
		*p += cccd_utf8_decode((const char *) *p, (size_t) (end - *p), &code);
	return code;
}

/*
 * What comparing two strings counts for: bytes are compared many at once,
 * characters with escapes one by one.
 */
static uint32_t
comparison_cost(const CccdJsonNode *a, const CccdJsonNode *b)
{
	uint32_t	shorter = a->length < b->length ? a->length : b->length;

	if (a->escaped || b->escaped)
		return 1 + shorter / 2;
	return a->length == b->length ? 1 + shorter / 32 : 1;
}

/* Whether two strings have the same characters. */
static bool
same_string(const uint8_t *text, const CccdJsonNode *a, const CccdJsonNode *b)
{
	const uint8_t *p = text + a->start;
	const uint8_t *q = text + b->start;
	const uint8_t *p_end = p + a->length;
	const uint8_t *q_end = q + b->length;

	if (!a->escaped && !b->escaped)
		return a->length == b->length && memcmp(p, q, a->length) == 0;
	while (p < p_end && q < q_end)
		if (next_character(&p, p_end) != next_character(&q, q_end))
			return false;
	return p == p_end && q == q_end;
}

/* The name of the next member of an object, and the colon behind it. */
static bool
read_name(JsonReader *r, int object)
{
	int			name = r->count;

	if (peek(r) != '"')
		return unexpected(r);
	if (!read_string(r))
		return false;
	if (r->nodes[name].length > CCCD_JSON_NAME ||
		r->nodes[object].count == CCCD_JSON_MEMBERS)
		return fail(r, CCCD_JSON_TOO_MANY);
	for (int other = object + 1; other < name;
		 other = (int) r->nodes[other + 1].next)
	{
		r->comparisons += comparison_cost(&r->nodes[other], &r->nodes[name]);
		if (r->comparisons > CCCD_JSON_COMPARISONS)
			return fail(r, CCCD_JSON_TOO_MANY);
		if (same_string(r->text, &r->nodes[other], &r->nodes[name]))
			return fail(r, CCCD_JSON_DUPLICATE);
	}
	r->nodes[object].count++;
	skip_space(r);
	if (peek(r) != ':')
		return unexpected(r);
	r->at++;
	skip_space(r);
	return true;
}

/* The innermost container ends at the cursor. */
static void
leave(JsonReader *r)
{
	CccdJsonNode *node = &r->nodes[r->open[--r->depth]];

	r->at++;
	node->length = (uint32_t) (r->at - node->start);
	node->next = (uint32_t) r->count;
}

/* What comes first in a container, or its end. */
static bool
enter(JsonReader *r, CccdJsonKind kind, bool *ended)
{
	int			container = r->count;
	CccdJsonNode *node;

	if (r->depth == CCCD_JSON_DEPTH)
		return fail(r, CCCD_JSON_TOO_DEEP);
	if (!add_node(r, kind, r->at, &node))
		return false;
	r->open[r->depth++] = container;
	r->at++;
	skip_space(r);
	*ended = peek(r) == (kind == CCCD_JSON_OBJECT ? '}' : ']');
	if (*ended)
	{
		leave(r);
		return true;
	}
	if (kind == CCCD_JSON_OBJECT)
		return read_name(r, container);
	node->count = 1;
	return true;
}

/*
 * Read a value that is not a container, or the beginning of one up to the
 * value within; *ended says whether a value ended.
 */
static bool
read_value(JsonReader *r, bool *ended)
{
	*ended = true;
	switch (peek(r))
	{
		case '{':
			return enter(r, CCCD_JSON_OBJECT, ended);
		case '[':
			return enter(r, CCCD_JSON_ARRAY, ended);
		case '"':
			return read_string(r);
		case 'n':
			return read_word(r, "null", CCCD_JSON_NULL);
		case 'f':
			return read_word(r, "false", CCCD_JSON_FALSE);
		case 't':
			return read_word(r, "true", CCCD_JSON_TRUE);
		default:
			return read_number(r);
	}
}

/*
 * Go on behind a value, up to the next one within a container; *ended says
 * that the whole text's value is over.
 */
static bool
go_on(JsonReader *r, bool *ended)
{
	for (;;)
	{
		CccdJsonNode *node;
		bool		object;

		skip_space(r);
		*ended = r->depth == 0;
		if (*ended)
			return r->at == r->length || fail(r, CCCD_JSON_MALFORMED);
		node = &r->nodes[r->open[r->depth - 1]];
		object = node->kind == CCCD_JSON_OBJECT;
		if (peek(r) == (object ? '}' : ']'))
		{
			leave(r);
			continue;
		}
		if (peek(r) != ',')
			return unexpected(r);
		r->at++;
		skip_space(r);
		if (object)
			return read_name(r, r->open[r->depth - 1]);
		if (node->count == CCCD_JSON_ITEMS)
			return fail(r, CCCD_JSON_TOO_MANY);
		node->count++;
		return true;
	}
}

CccdJsonStatus
cccd_json_parse(const uint8_t *text, size_t length, CccdJsonNode *nodes,
				int limit, int *count)
{
	JsonReader	r;
	bool		ended;

	*count = 0;
	memset(&r, 0, sizeof(r));
	r.text = text;
	r.length = length;
	r.nodes = nodes;
	r.limit = limit;
	if (length > CCCD_JSON_SIZE)
		return CCCD_JSON_TOO_MANY;
	skip_space(&r);
	do
	{
		if (!read_value(&r, &ended) || (ended && !go_on(&r, &ended)))
			return r.status;
	} while (!ended);
	*count = r.count;
	return CCCD_JSON_OK;
}

int
cccd_json_member(const uint8_t *text, const CccdJsonNode *nodes, int object,
				 const char *name)
{
	int			at = object + 1;

	if (object < 0 || nodes[object].kind != CCCD_JSON_OBJECT)
		return CCCD_JSON_NONE;
	for (int k = 0; k < nodes[object].count; k++)
	{
		if (cccd_json_string_is(text, &nodes[at], name))
			return at + 1;
		at = (int) nodes[at + 1].next;
	}
	return CCCD_JSON_NONE;
}

/* Write a character as UTF-8; its length. */
static int
put_character(uint32_t code, char *out)
{
	int			more = code < 0x80 ? 0 : code < 0x800 ? 1 :
	code < 0x10000 ? 2 : 3;

	if (more == 0)
	{
		out[0] = (char) code;
		return 1;
	}
	out[0] = (char) ((0xF0 << (3 - more) & 0xFF) | code >> (6 * more));
	for (int k = 1; k <= more; k++)
		out[k] = (char) (0x80 | (code >> (6 * (more - k)) & 0x3F));
	return more + 1;
}

int
cccd_json_string(const uint8_t *text, const CccdJsonNode *node, char *out,
				 int size)
{
	const uint8_t *p = text + node->start;
	const uint8_t *end = p + node->length;
	int			length = 0;

	if (node->kind != CCCD_JSON_STRING)
		return -1;
	while (p < end)
	{
		char		bytes[4];
		int			n = put_character(next_character(&p, end), bytes);

		if (length + n >= size)
			return -1;
		memcpy(out + length, bytes, (size_t) n);
		length += n;
	}
	if (length >= size)
		return -1;
	out[length] = '\0';
	return length;
}

bool
cccd_json_string_is(const uint8_t *text, const CccdJsonNode *node,
					const char *wanted)
{
	const uint8_t *p = text + node->start;
	const uint8_t *end = p + node->length;
	size_t		left = strlen(wanted);

	if (node->kind != CCCD_JSON_STRING)
		return false;
	if (!node->escaped)
		return left == node->length && memcmp(p, wanted, left) == 0;
	while (p < end)
	{
		char		bytes[4];
		size_t		n = (size_t) put_character(next_character(&p, end), bytes);

		if (n > left || memcmp(bytes, wanted, n) != 0)
			return false;
		wanted += n;
		left -= n;
	}
	return left == 0;
}
