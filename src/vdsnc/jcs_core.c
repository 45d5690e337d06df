/*
 * jcs_core.c
 *		Canonical JSON; see jcs_core.h.
 */
#include "vdsnc/jcs_core.h"

#include <stdbool.h>
#include <string.h>

#include "base/text_core.h"

/* The largest whole number below which a double holds all others. */
#define SAFE_INTEGER	INT64_C(9007199254740991)

typedef struct JcsWriter
{
	const uint8_t *text;
	const CccdJsonNode *nodes;
	uint8_t    *out;
	size_t		size;
	size_t		length;
	CccdJcsStatus status;
} JcsWriter;

/* The characters of a string, one after the other. */
typedef struct Characters
{
	const uint8_t *at;
	const uint8_t *end;
} Characters;

static Characters
characters_of(const uint8_t *text, const CccdJsonNode *node)
{
	Characters	c = {text + node->start, text + node->start + node->length};

	return c;
}

static uint32_t
hex_digit(uint8_t c)
{
	return c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10;
}

/* Four hexadecimal digits, which the reader has checked. */
static uint32_t
read_hex(Characters *c)
{
	uint32_t	unit = 0;

	for (int k = 0; k < 4; k++)
		unit = unit << 4 | hex_digit(*c->at++);
	return unit;
}

/* The character of an escape, behind its backslash. */
static uint32_t
read_escape(Characters *c)
{
	static const char names[] = "bfnrt";
	static const char values[] = "\b\f\n\r\t";
	uint8_t		name = *c->at++;
	const char *found;
	uint32_t	unit;

	if (name != 'u')
	{
		found = strchr(names, name);
		return found == NULL ? name : (uint8_t) values[found - names];
	}
	unit = read_hex(c);
	if (unit < 0xD800 || unit > 0xDBFF)
		return unit;
	/* the reader has seen to it that the other half follows */
	c->at += 2;
	return 0x10000 + ((unit - 0xD800) << 10) + (read_hex(c) - 0xDC00);
}

/* The next character; false at the end. */
static bool
next_character(Characters *c, uint32_t *code)
{
	size_t		used;

	if (c->at >= c->end)
		return false;
	if (*c->at == '\\')
	{
		c->at++;
		*code = read_escape(c);
		return true;
	}
	used = cccd_utf8_decode((const char *) c->at, (size_t) (c->end - c->at),
							code);
	c->at += used > 0 ? used : 1;
	return used > 0;
}

/* Its first UTF-16 code unit. */
static uint32_t
first_unit(uint32_t code)
{
	return code < 0x10000 ? code : 0xD800 + ((code - 0x10000) >> 10);
}

/* Octets that begin U+E000 to U+FFFF, and those that begin what is above. */
#define OCTET_E000		0xEE
#define OCTET_10000		0xF0

/*
 * Two strings without escapes.  UTF-8 is in the order of the characters, which
 * is that of UTF-16 but for those above U+FFFF: their first code unit is less
 * than U+E000.
 */
static int
compare_plain(const uint8_t *text, const CccdJsonNode *a,
			  const CccdJsonNode *b)
{
	uint32_t	shorter = a->length < b->length ? a->length : b->length;
	const uint8_t *x = text + a->start;
	const uint8_t *y = text + b->start;
	uint32_t	k = 0;

	while (k < shorter && x[k] == y[k])
		k++;
	if (k == shorter)
		return (a->length > b->length) - (a->length < b->length);
	if ((x[k] >= OCTET_10000) != (y[k] >= OCTET_10000) &&
		x[k] >= OCTET_E000 && y[k] >= OCTET_E000)
		return x[k] < y[k] ? 1 : -1;
	return x[k] < y[k] ? -1 : 1;
}

int
cccd_jcs_compare(const uint8_t *text, const CccdJsonNode *a,
				 const CccdJsonNode *b)
{
	Characters	left = characters_of(text, a);
	Characters	right = characters_of(text, b);

	if (!a->escaped && !b->escaped)
		return compare_plain(text, a, b);

	while (true)
	{
		uint32_t	x = 0;
		uint32_t	y = 0;
		bool		more = next_character(&left, &x);

		if (!next_character(&right, &y))
			return more;
		if (!more)
			return -1;
		/* of two with one first unit the second decides, as the codes do */
		if (first_unit(x) != first_unit(y))
			return first_unit(x) < first_unit(y) ? -1 : 1;
		if (x != y)
			return x < y ? -1 : 1;
	}
}

static void
put(JcsWriter *w, const void *bytes, size_t length)
{
	if (length > w->size - w->length)
	{
		w->status = CCCD_JCS_ROOM;
		return;
	}
	memcpy(w->out + w->length, bytes, length);
	w->length += length;
}

static void
put_character(JcsWriter *w, uint32_t code)
{
	uint8_t		utf8[4] = {0};
	size_t		length = code < 0x80 ? 1 : code < 0x800 ? 2 :
	code < 0x10000 ? 3 : 4;

	for (size_t k = length - 1; k > 0; k--)
	{
		utf8[k] = (uint8_t) (0x80 | (code & 0x3F));
		code >>= 6;
	}
	utf8[0] = (uint8_t) (length == 1 ? code :
						 (0xF00U >> length & 0xFF) | code);
	put(w, utf8, length);
}

/* Only what JSON demands is escaped (RFC 8785 section 3.2.2.2). */
static void
put_string(JcsWriter *w, const CccdJsonNode *node)
{
	static const char digits[] = "0123456789abcdef";
	static const char values[] = "\b\t\n\f\r\"\\";
	static const char names[] = "btnfr\"\\";
	Characters	c = characters_of(w->text, node);
	uint32_t	code;

	put(w, "\"", 1);
	while (w->status == CCCD_JCS_OK && next_character(&c, &code))
	{
		const char *found = code > 0 && code < 0x80 ?
		strchr(values, (int) code) : NULL;

		if (found != NULL)
		{
			put(w, "\\", 1);
			put(w, &names[found - values], 1);
		}
		else if (code < 0x20)
		{
			char		escape[6] = {'\\', 'u', '0', '0'};

			escape[4] = digits[code >> 4];
			escape[5] = digits[code & 0xF];
			put(w, escape, sizeof(escape));
		}
		else
			put_character(w, code);
	}
	put(w, "\"", 1);
}

/* Digits, perhaps behind a sign; zero has none. */
static void
put_number(JcsWriter *w, const CccdJsonNode *node)
{
	const uint8_t *digits = w->text + node->start;
	int64_t		value;

	for (uint32_t k = 0; k < node->length; k++)
		if (digits[k] != '-' && (digits[k] < '0' || digits[k] > '9'))
			w->status = CCCD_JCS_NUMBER;
	if (!cccd_json_integer(w->text, node, &value) ||
		value > SAFE_INTEGER || value < -SAFE_INTEGER)
		w->status = CCCD_JCS_NUMBER;
	else if (value == 0)
		put(w, "0", 1);
	else
		put(w, digits, node->length);
}

static void put_value(JcsWriter *w, int node);

static void
put_array(JcsWriter *w, int node)
{
	int			item = node + 1;

	put(w, "[", 1);
	for (int k = 0; k < w->nodes[node].count; k++)
	{
		if (k > 0)
			put(w, ",", 1);
		put_value(w, item);
		item = (int) w->nodes[item].next;
	}
	put(w, "]", 1);
}

/* The names of an object in order: their nodes.  Few comparisons are made. */
static void
sort_names(const JcsWriter *w, int node, int *names)
{
	int			name = node + 1;

	for (int k = 0; k < w->nodes[node].count; k++)
	{
		int			low = 0;
		int			high = k;

		while (low < high)
		{
			int			middle = (low + high) / 2;

			if (cccd_jcs_compare(w->text, &w->nodes[name],
								 &w->nodes[names[middle]]) < 0)
				high = middle;
			else
				low = middle + 1;
		}
		memmove(names + low + 1, names + low,
				(size_t) (k - low) * sizeof(names[0]));
		names[low] = name;
		name = (int) w->nodes[name + 1].next;
	}
}

static void
put_object(JcsWriter *w, int node)
{
	int			names[CCCD_JSON_MEMBERS];

	sort_names(w, node, names);
	put(w, "{", 1);
	for (int k = 0; k < w->nodes[node].count; k++)
	{
		if (k > 0)
			put(w, ",", 1);
		put_string(w, &w->nodes[names[k]]);
		put(w, ":", 1);
		put_value(w, names[k] + 1);
	}
	put(w, "}", 1);
}

/* The reader has bounded how deep this goes. */
static void
put_value(JcsWriter *w, int node)
{
	if (w->status != CCCD_JCS_OK)
		return;
	switch (w->nodes[node].kind)
	{
		case CCCD_JSON_NULL:
			put(w, "null", 4);
			break;
		case CCCD_JSON_FALSE:
			put(w, "false", 5);
			break;
		case CCCD_JSON_TRUE:
			put(w, "true", 4);
			break;
		case CCCD_JSON_NUMBER:
			put_number(w, &w->nodes[node]);
			break;
		case CCCD_JSON_STRING:
			put_string(w, &w->nodes[node]);
			break;
		case CCCD_JSON_ARRAY:
			put_array(w, node);
			break;
		default:
			put_object(w, node);
			break;
	}
}

CccdJcsStatus
cccd_jcs_write(const uint8_t *text, const CccdJsonNode *nodes, int node,
			   uint8_t *out, size_t size, size_t *length)
{
	JcsWriter	w = {text, nodes, out, size, 0, CCCD_JCS_OK};

	put_value(&w, node);
	*length = w.length;
	return w.status;
}
