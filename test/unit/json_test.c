/*
 * json_test.c
 *		The bounded JSON reader: the grammar of RFC 8259 with what parsers are
 *		known to differ in, what I-JSON refuses (RFC 7493), and the limits.
 */
#include "unit.h"

#include <stdlib.h>

#include "base/json_core.h"

#define NODES	70000

static CccdJsonNode nodes[NODES];
static int	count;
static char text[CCCD_JSON_SIZE + 64];

static CccdJsonStatus
read_text(const char *json)
{
	return cccd_json_parse((const uint8_t *) json, strlen(json), nodes, NODES,
						   &count);
}

static void
check_status(const char *json, CccdJsonStatus wanted)
{
	CccdJsonStatus status = read_text(json);

	CHECK(status == wanted);
	if (status != wanted)
		fprintf(stderr, "%.60s: status %d\n", json, (int) status);
	CHECK((status == CCCD_JSON_OK) == (count > 0));
}

static void
check_all(const char *const *texts, size_t length, CccdJsonStatus wanted)
{
	for (size_t k = 0; k < length; k++)
		check_status(texts[k], wanted);
}

#define CHECK_ALL(texts, wanted) \
	check_all(texts, sizeof(texts) / sizeof(texts[0]), wanted)

/* Write a node again, without white space and escapes. */
static char *
put(const char *json, int node, char *out)
{
	static const char *const words[] = {"null", "false", "true"};
	const CccdJsonNode *n = &nodes[node];
	bool		object = n->kind == CCCD_JSON_OBJECT;
	int			at = node + 1;

	if (n->kind <= CCCD_JSON_TRUE)
		return out + sprintf(out, "%s", words[n->kind]);
	if (n->kind == CCCD_JSON_NUMBER)
		return out + sprintf(out, "%.*s", (int) n->length, json + n->start);
	if (n->kind == CCCD_JSON_STRING)
	{
		*out++ = '"';
		out += cccd_json_string((const uint8_t *) json, n, out, 256);
		*out++ = '"';
		return out;
	}
	*out++ = object ? '{' : '[';
	for (int k = 0; k < n->count; k++)
	{
		if (k > 0)
			*out++ = ',';
		if (object)
		{
			out = put(json, at, out);
			*out++ = ':';
			at++;
		}
		out = put(json, at, out);
		at = (int) nodes[at].next;
	}
	*out++ = object ? '}' : ']';
	CHECK((int) n->next == at);
	return out;
}

static void
check_reads(const char *json, const char *wanted)
{
	char		out[1024];

	check_status(json, CCCD_JSON_OK);
	if (count == 0)
		return;
	*put(json, 0, out) = '\0';
	CHECK_STR(out, wanted);
	CHECK((int) nodes[0].next == count);
}

static void
test_values(void)
{
	static const char *const examples[][2] = {
		{"null", "null"}, {" true\r\n", "true"}, {"\tfalse ", "false"},
		{"0", "0"}, {"-0", "-0"}, {"-12.50e+3", "-12.50e+3"},
		{"1E5", "1E5"}, {"0e1", "0e1"}, {"0.0e-00", "0.0e-00"},
		{"\"\"", "\"\""}, {"\"a b\"", "\"a b\""},
		{"\"Nguy\xE1\xBB\x85n\"", "\"Nguy\xE1\xBB\x85n\""},
		{"\"\\u1ec5\\/\\t\"", "\"\xE1\xBB\x85/\t\""},
		{"\"\\ud83D\\uDE00\"", "\"\xF0\x9F\x98\x80\""},
		{"\"\xF0\x9F\x98\x80\"", "\"\xF0\x9F\x98\x80\""},
		{"\"\\\"\\\\\\b\\f\\n\\r\"", "\"\"\\\b\f\n\r\""},
		{"\"\x7F\xC2\x80\"", "\"\x7F\xC2\x80\""},
		{"[]", "[]"}, {"{}", "{}"}, {" [ ] ", "[]"}, {" { } ", "{}"},
		{"[null, [1,[]] ,{}]", "[null,[1,[]],{}]"},
		{"{\"a\" : 1 , \"b\": {\"a\":[true]}}",
		"{\"a\":1,\"b\":{\"a\":[true]}}"},
		{"{\"\":0,\"\\u0061\":1}", "{\"\":0,\"a\":1}"},
		{"[\"]\",\"}\",\",\"]", "[\"]\",\"}\",\",\"]"}
	};

	for (size_t k = 0; k < sizeof(examples) / sizeof(examples[0]); k++)
		check_reads(examples[k][0], examples[k][1]);
}

/* What a tolerant reader lets pass. */
static void
test_refused(void)
{
	static const char *const malformed[] = {
		"nul1", "NULL", "True", "nan", "NaN", "Infinity", "-Infinity",
		"undefined", "01", "-01", "+1", ".5", "1.e3", "-.5", "0x10", "1_0",
		"1e5.0", "1 2", "0 0", "[1 2]", "[1,]", "[,1]", "[1,,2]", "[1}",
		"{\"a\":1]", "{\"a\":1,}", "{,}", "{a:1}", "{'a':1}", "{1:1}",
		"{\"a\" 1}", "{\"a\"::1}", "{\"a\",1}", "{\"a\":1 \"b\":2}",
		"{\"a\":}", "{null:1}", "[1]]", "{}}", "null null", "[]x", "'a'",
		"\"\\x41\"", "\"\\'\"", "\"\\U0041\"", "\"\\u 041\"",
		"\"\\u00zz\"", "\"\t\"", "\"\n\"", "\"\x1F\"", "\xEF\xBB\xBF{}",
		"\xC2\xA0" "1", "\f1", "\v1", "// note\n1", "1 /* note */",
		"[1,\n// note\n2]", "{\"a\":1}#", "\xE2\x80\x9C" "a\xE2\x80\x9D",
		"[\xEF\xBC\x91]", "[-]", "[- 1]", "[1.]", "[1e]", "[1e+]", "*",
		"<null>", "[\"a\"\"b\"]", "[\"a\":1]", "{\"a\":\"b\":\"c\"}"
	};
	static const char *const truncated[] = {
		"", " ", "\n", "[", "[1", "[1,", "[[", "{", "{\"a\"", "{\"a\":",
		"{\"a\":1", "{\"a\":1,", "\"", "\"a", "\"\\", "tru", "n", "-", "1.",
		"1e", "1e-", "{\"", "[\"a\",", "[{\"a\":[", "\"a\\"
	};
	static const char *const bad_text[] = {
		"\"\xFF\"", "\"\x80\"", "\"\xC0\xAF\"", "\"\xC1\xBF\"",
		"\"\xE0\x80\xAF\"", "\"\xED\xA0\x80\"", "\"\xED\xBF\xBF\"",
		"\"\xF4\x90\x80\x80\"", "\"\xF8\x88\x80\x80\x80\"", "\"\xE1\xBB\"",
		"\"\\ud800\"", "\"\\udc00\"", "\"\\ud800\\ud800\"", "\"\\ud800x\"",
		"\"\\ud800\\n\"", "\"\\udc00\\ud800\"", "\"\\uD83D\\u0041\"",
		"{\"\\ud800\":1}", "\"\xEF\xBF\xBF\"", "\"\\ufffe\"", "\"\\uFDD0\"",
		"\"\\ud83f\\udfff\"", "\"\xF0\x9F\xBF\xBE\""
	};

	CHECK_ALL(malformed, CCCD_JSON_MALFORMED);
	CHECK_ALL(truncated, CCCD_JSON_TRUNCATED);
	CHECK_ALL(bad_text, CCCD_JSON_BAD_TEXT);
	/* a zero byte is not the end of the text */
	CHECK(cccd_json_parse((const uint8_t *) "1\0", 2, nodes, NODES, &count) ==
		  CCCD_JSON_MALFORMED);
	CHECK(cccd_json_parse((const uint8_t *) "\"\0\"", 3, nodes, NODES,
						  &count) == CCCD_JSON_MALFORMED);
	/* nothing behind the length is read */
	CHECK(cccd_json_parse((const uint8_t *) "true", 3, nodes, NODES, &count)
		  == CCCD_JSON_TRUNCATED);
	CHECK(cccd_json_parse((const uint8_t *) "123", 2, nodes, NODES, &count)
		  == CCCD_JSON_OK && nodes[0].length == 2);
	CHECK(cccd_json_parse((const uint8_t *) "\"\\u0041\"", 7, nodes, NODES,
						  &count) == CCCD_JSON_TRUNCATED);
}

static void
test_names(void)
{
	static const char *const twice[] = {
		"{\"a\":1,\"a\":1}", "{\"a\":1,\"b\":2,\"a\":3}",
		"{\"a\":1,\"\\u0061\":2}", "{\"\\u0061\":1,\"a\":2}",
		"{\"\\u0061\":1,\"\\u0061\":2}", "{\"\":1,\"\":2}",
		"{\"\\/\":1,\"/\":2}", "{\"x\":{\"b\":1,\"c\":[],\"b\":2}}",
		"{\"\\ud83d\\ude00\":1,\"\xF0\x9F\x98\x80\":2}",
		"{\"a\":{\"z\":[1,2]},\"b\":[{}],\"a\":0}"
	};
	static const char *const once[] = {
		"{\"a\":1,\"A\":2}", "{\"a\":{\"a\":{\"a\":1}}}", "{\"a\":1,\"aa\":2}",
		"{\"\\u0061\":1,\"\\u0061b\":2}", "{\"a\\n\":1,\"a\":2}",
		"[{\"a\":1},{\"a\":2}]", "{\"\xC3\xA9\":1,\"e\xCC\x81\":2}",
		"{\"a\":1,\"\\\\u0061\":2}"
	};

	CHECK_ALL(twice, CCCD_JSON_DUPLICATE);
	CHECK_ALL(once, CCCD_JSON_OK);
}

static void
test_members(void)
{
	const char *json = "{\"a\":[{\"b\":1}],\"\\u0062\\u1ec5\":\"x\",\"b\":null,"
	"\"c\":\"\\u0078\\ud83d\\ude00\"}";
	const uint8_t *bytes = (const uint8_t *) json;
	char		out[16];
	int			node;

	check_status(json, CCCD_JSON_OK);
	node = cccd_json_member(bytes, nodes, 0, "a");
	CHECK(node == 2 && nodes[node].kind == CCCD_JSON_ARRAY);
	CHECK(memcmp(json + nodes[node].start, "[{\"b\":1}]",
				 nodes[node].length) == 0 && nodes[node].length == 9);
	node = cccd_json_member(bytes, nodes, 0, "b");
	CHECK(node > 0 && nodes[node].kind == CCCD_JSON_NULL);
	node = cccd_json_member(bytes, nodes, 0, "b\xE1\xBB\x85");
	CHECK(node > 0 && cccd_json_string_is(bytes, &nodes[node], "x"));
	CHECK(!cccd_json_string_is(bytes, &nodes[node], "xx"));
	CHECK(!cccd_json_string_is(bytes, &nodes[node], ""));
	CHECK(cccd_json_member(bytes, nodes, 0, "x") == CCCD_JSON_NONE);
	CHECK(cccd_json_member(bytes, nodes, 0, "") == CCCD_JSON_NONE);
	CHECK(cccd_json_member(bytes, nodes, 2, "b") == CCCD_JSON_NONE);
	CHECK(cccd_json_member(bytes, nodes, CCCD_JSON_NONE, "b") ==
		  CCCD_JSON_NONE);
	node = cccd_json_member(bytes, nodes, 0, "c");
	CHECK(nodes[node].escaped);
	CHECK(cccd_json_string_is(bytes, &nodes[node], "x\xF0\x9F\x98\x80"));
	CHECK(!cccd_json_string_is(bytes, &nodes[node], "x\xF0\x9F\x98"));
	CHECK(!cccd_json_string_is(bytes, &nodes[node], "x\xF0\x9F\x98\x80y"));
	CHECK(!cccd_json_string_is(bytes, &nodes[0], "{"));
	/* a string needs room for its zero byte */
	CHECK(cccd_json_string(bytes, &nodes[node], out, 6) == 5);
	CHECK_STR(out, "x\xF0\x9F\x98\x80");
	CHECK(cccd_json_string(bytes, &nodes[node], out, 5) == -1);
	CHECK(cccd_json_string(bytes, &nodes[node], out, 0) == -1);
	CHECK(cccd_json_string(bytes, &nodes[0], out, 16) == -1);
	check_status("\"\"", CCCD_JSON_OK);
	CHECK(cccd_json_string((const uint8_t *) "\"\"", nodes, out, 1) == 0);
	CHECK(cccd_json_string((const uint8_t *) "\"\"", nodes, out, 0) == -1);
	check_status("\"a\\u0000b\"", CCCD_JSON_OK);
	CHECK(cccd_json_string((const uint8_t *) "\"a\\u0000b\"", nodes, out, 16)
		  == 3 && memcmp(out, "a\0b", 4) == 0);
	CHECK(!cccd_json_string_is((const uint8_t *) "\"a\\u0000b\"", nodes, "a"));
}

/* What a number is as a whole number, and in thousandths. */
static void
check_number(const char *json, bool whole, int64_t integer, bool fits,
			 int64_t thousandths)
{
	int64_t		value = 42;

	check_status(json, CCCD_JSON_OK);
	CHECK(cccd_json_integer((const uint8_t *) json, nodes, &value) == whole);
	if (value != (whole ? integer : 42))
		fprintf(stderr, "%s: %lld\n", json, (long long) value);
	CHECK(value == (whole ? integer : 42));
	value = 42;
	CHECK(cccd_json_scaled((const uint8_t *) json, nodes, 3, &value) == fits);
	if (value != (fits ? thousandths : 42))
		fprintf(stderr, "%s: %lld thousandths\n", json, (long long) value);
	CHECK(value == (fits ? thousandths : 42));
}

static void
test_numbers(void)
{
	check_number("0", true, 0, true, 0);
	check_number("-0", true, 0, true, 0);
	check_number("-7", true, -7, true, -7000);
	check_number("1620992383.218", false, 0, true, 1620992383218);
	check_number("1620992383.2189", false, 0, true, 1620992383218);
	check_number("-1.9999", false, 0, true, -1999);
	check_number("12.0", true, 12, true, 12000);
	check_number("1.25e2", true, 125, true, 125000);
	check_number("1200e-2", true, 12, true, 12000);
	check_number("1200e-3", false, 0, true, 1200);
	check_number("0.0004e1", false, 0, true, 4);
	check_number("5e-1", false, 0, true, 500);
	check_number("5e-9", false, 0, true, 0);
	check_number("0e999999999999999999999", true, 0, true, 0);
	check_number("0.0e-999999999999999999999", true, 0, true, 0);
	check_number("1e-999999999999999999999", false, 0, true, 0);
	check_number("1e18", true, 1000000000000000000, false, 0);
	check_number("1e15", true, 1000000000000000, true, 1000000000000000000);
	check_number("1e16", true, 10000000000000000, false, 0);
	check_number("1e19", false, 0, false, 0);
	check_number("1E+999999999999999999999", false, 0, false, 0);
	check_number("9223372036854775807", true, INT64_MAX, false, 0);
	check_number("9223372036854775808", false, 0, false, 0);
	check_number("-9223372036854775808", true, INT64_MIN, false, 0);
	check_number("-9223372036854775809", false, 0, false, 0);
	check_number("18446744073709551617", false, 0, false, 0);
	check_number("9223372036854775.807", false, 0, true, INT64_MAX);
	check_number("9223372036854775.808", false, 0, false, 0);
	check_number("-9223372036854775.808", false, 0, true, INT64_MIN);
	check_number("\"12\"", false, 0, false, 0);
	check_number("[12]", false, 0, false, 0);
	check_number("null", false, 0, false, 0);
}

/* opening times, then value, then closing times */
static CccdJsonStatus
read_nested(int times, const char *opening, const char *value,
			const char *closing)
{
	char	   *at = text;

	for (int k = 0; k < times; k++)
		at += sprintf(at, "%s", opening);
	at += sprintf(at, "%s", value);
	for (int k = 0; k < times; k++)
		at += sprintf(at, "%s", closing);
	return read_text(text);
}

/* An object of n members whose names are decimal numbers. */
static char *
put_members(char *out, int n)
{
	*out++ = '{';
	for (int k = 0; k < n; k++)
		out += sprintf(out, "%s\"%d\":%d", k > 0 ? "," : "", k, k);
	return out + sprintf(out, "}");
}

/* An array of n objects of 64 members and, if more, one of this many. */
static CccdJsonStatus
read_objects(int n, int more)
{
	char	   *out = text;

	*out++ = '[';
	for (int k = 0; k < n; k++)
	{
		out = put_members(out, CCCD_JSON_MEMBERS);
		*out++ = ',';
	}
	out = put_members(out, more);
	sprintf(out, "]");
	return read_text(text);
}

/* An object of so many members that the length of their names decides. */
static CccdJsonStatus
read_long_names(const char *name)
{
	const int	members = 36;
	char	   *out = text + sprintf(text, "{");

	for (int k = 0; k < members; k++)
	{
		out += sprintf(out, k > 0 ? ",\"" : "\"");
		out += sprintf(out, name, k);
		out += sprintf(out, "\":0");
	}
	sprintf(out, "}");
	return read_text(text);
}

static void
test_limits(void)
{
	/* of 64 members the last is compared with 63 */
	const int	one = CCCD_JSON_MEMBERS * (CCCD_JSON_MEMBERS - 1) / 2;
	const int	full = CCCD_JSON_COMPARISONS / one;
	int			more = 1;

	CHECK(read_nested(CCCD_JSON_DEPTH, "[", "1", "]") == CCCD_JSON_OK);
	CHECK(read_nested(CCCD_JSON_DEPTH + 1, "[", "1", "]") ==
		  CCCD_JSON_TOO_DEEP);
	CHECK(read_nested(CCCD_JSON_DEPTH, "{\"a\":", "1", "}") == CCCD_JSON_OK);
	CHECK(read_nested(CCCD_JSON_DEPTH + 1, "{\"a\":", "1", "}") ==
		  CCCD_JSON_TOO_DEEP);
	CHECK(read_nested(100000, "[", "", "") == CCCD_JSON_TOO_DEEP);

	put_members(text, CCCD_JSON_MEMBERS);
	CHECK(read_text(text) == CCCD_JSON_OK &&
		  nodes[0].count == CCCD_JSON_MEMBERS);
	put_members(text, CCCD_JSON_MEMBERS + 1);
	CHECK(read_text(text) == CCCD_JSON_TOO_MANY);

	sprintf(text, "{\"%0*d\":1}", CCCD_JSON_NAME, 7);
	CHECK(read_text(text) == CCCD_JSON_OK);
	sprintf(text, "{\"%0*d\":1}", CCCD_JSON_NAME + 1, 7);
	CHECK(read_text(text) == CCCD_JSON_TOO_MANY);

	/* the largest last object for which the comparisons are enough */
	while (full * one + (more + 1) * more / 2 <= CCCD_JSON_COMPARISONS)
		more++;
	CHECK(read_objects(full, more) == CCCD_JSON_OK);
	CHECK(read_objects(full, more + 1) == CCCD_JSON_TOO_MANY);

	/* long names, and names with escapes, count for more */
	CHECK(read_long_names("%0127d") == CCCD_JSON_OK);
	CHECK(read_long_names("%0128d") == CCCD_JSON_TOO_MANY);
	CHECK(read_long_names("\\u0061%d") == CCCD_JSON_OK);
	CHECK(read_long_names("\\u0061%03d") == CCCD_JSON_TOO_MANY);

	/* the caller's limit, and none at all */
	CHECK(cccd_json_parse((const uint8_t *) "[1,2]", 5, nodes, 3, &count) ==
		  CCCD_JSON_OK && count == 3);
	CHECK(cccd_json_parse((const uint8_t *) "[1,2]", 5, nodes, 2, &count) ==
		  CCCD_JSON_TOO_MANY && count == 0);
	CHECK(cccd_json_parse((const uint8_t *) "1", 1, nodes, 0, &count) ==
		  CCCD_JSON_TOO_MANY);
}

static void
test_long_texts(void)
{
	char	   *at = text;

	*at++ = '[';
	for (int k = 0; k < CCCD_JSON_ITEMS; k++)
		at += sprintf(at, "1,");
	strcpy(at - 1, "]");
	CHECK(read_text(text) == CCCD_JSON_OK &&
		  nodes[0].count == CCCD_JSON_ITEMS);
	strcpy(at - 1, ",1]");
	CHECK(read_text(text) == CCCD_JSON_TOO_MANY);

	memset(text, ' ', sizeof(text));
	text[0] = '1';
	CHECK(cccd_json_parse((const uint8_t *) text, CCCD_JSON_SIZE, nodes, NODES,
						  &count) == CCCD_JSON_OK);
	CHECK(cccd_json_parse((const uint8_t *) text, CCCD_JSON_SIZE + 1, nodes,
						  NODES, &count) == CCCD_JSON_TOO_MANY);
	memset(text, 'x', CCCD_JSON_SIZE);
	text[0] = text[CCCD_JSON_SIZE - 1] = '"';
	CHECK(cccd_json_parse((const uint8_t *) text, CCCD_JSON_SIZE, nodes, NODES,
						  &count) == CCCD_JSON_OK &&
		  nodes[0].length == CCCD_JSON_SIZE - 2);
	/* digits, digits, digits */
	memset(text, '9', CCCD_JSON_SIZE);
	CHECK(cccd_json_parse((const uint8_t *) text, CCCD_JSON_SIZE, nodes, NODES,
						  &count) == CCCD_JSON_OK);
}

/* Every beginning of a text is an error, and never the same as the whole. */
static void
test_beginnings(void)
{
	const char *json = "{\"iss\":\"https://a.example\",\"nbf\":1.5e3,"
	"\"x\":[true,null,{\"y\":\"\\u1ec5\\ud83d\\ude00\"}]}";

	check_status(json, CCCD_JSON_OK);
	for (size_t length = 0; length < strlen(json); length++)
	{
		/* its own memory, so that a sanitizer sees a byte too far */
		uint8_t    *copy = malloc(length > 0 ? length : 1);

		memcpy(copy, json, length);
		CHECK(cccd_json_parse(copy, length, nodes, NODES, &count) !=
			  CCCD_JSON_OK);
		free(copy);
	}
}

int
main(void)
{
	test_values();
	test_refused();
	test_names();
	test_members();
	test_numbers();
	test_limits();
	test_long_texts();
	test_beginnings();
	return finish();
}
