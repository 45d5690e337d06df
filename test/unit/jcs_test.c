/*
 * jcs_test.c
 *		The canonical form of JSON: what RFC 8785 says of strings, of the order
 *		of names, and of numbers, and what is not taken.
 */
#include "unit.h"

#include "utf8_put.h"

#include "vdsnc/jcs_core.h"

static CccdJsonNode nodes[512];
static uint8_t out[16384];

/* The canonical form, or the name of what is wrong. */
static const char *
canonical(const char *text)
{
	size_t		length;
	int			count;
	CccdJcsStatus status;

	if (cccd_json_parse((const uint8_t *) text, strlen(text), nodes, 512,
						&count) != CCCD_JSON_OK)
		return "not JSON";
	status = cccd_jcs_write((const uint8_t *) text, nodes, 0, out,
							sizeof(out) - 1, &length);
	out[length] = '\0';
	if (status == CCCD_JCS_OK)
		CHECK(length <= strlen(text));
	return status == CCCD_JCS_OK ? (const char *) out :
		status == CCCD_JCS_NUMBER ? "number" : "room";
}

static void
test_values(void)
{
	CHECK_STR(canonical("null"), "null");
	CHECK_STR(canonical(" true "), "true");
	CHECK_STR(canonical("[ false , { } , [ ] , \"\" ]"), "[false,{},[],\"\"]");
	CHECK_STR(canonical("{\"b\":1,\t\"a\":{\"d\":[2,\n1],\"c\":\"x\"}}"),
			  "{\"a\":{\"c\":\"x\",\"d\":[2,1]},\"b\":1}");
	/* an object within an array, each in its own order */
	CHECK_STR(canonical("[{\"z\":0,\"y\":0},{\"b\":0,\"a\":0}]"),
			  "[{\"y\":0,\"z\":0},{\"a\":0,\"b\":0}]");
}

/* RFC 8785 section 3.2.2.2. */
static void
test_strings(void)
{
	CHECK_STR(canonical("\"\\u20ac$\\u000F\\u000aA'\\u0042\\u0022\\u005c\\\\\\\"\\/\""),
			  "\"\xE2\x82\xAC$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"");
	CHECK_STR(canonical("\"\\b\\t\\n\\f\\r\\u0008\\u0009\\u000A\\u000C\\u000D\""),
			  "\"\\b\\t\\n\\f\\r\\b\\t\\n\\f\\r\"");
	CHECK_STR(canonical("\"\\u0001\\u001F\\u001f\""),
			  "\"\\u0001\\u001f\\u001f\"");
	CHECK_STR(canonical("\"\\u0000\""), "\"\\u0000\"");
	/* nothing else is escaped */
	CHECK_STR(canonical("\"\\u007f\\u0080\\u2028\\u2029\\u00e9</script>\""),
			  "\"\x7F\xC2\x80\xE2\x80\xA8\xE2\x80\xA9\xC3\xA9</script>\"");
	/* two halves are one character */
	CHECK_STR(canonical("\"\\uD83D\\uDE02\\ud83d\\ude02\""),
			  "\"\xF0\x9F\x98\x82\xF0\x9F\x98\x82\"");
	/* what was said in another form stays itself: no normalization */
	CHECK_STR(canonical("\"A\\u030a\\u00c5\""), "\"A\xCC\x8A\xC3\x85\"");
}

/*
 * RFC 8785 section 3.2.3: by UTF-16 code units, so that a character beyond
 * U+FFFF stands before U+E000 to U+FFFF.
 */
static void
test_order(void)
{
	CHECK_STR(canonical("{\"\\u20ac\":1,\"\\r\":2,\"\\ufb33\":3,\"1\":4,"
						"\"\\ud83d\\ude00\":5,\"\\u0080\":6,\"\\u00f6\":7}"),
			  "{\"\\r\":2,\"1\":4,\"\xC2\x80\":6,\"\xC3\xB6\":7,"
			  "\"\xE2\x82\xAC\":1,\"\xF0\x9F\x98\x80\":5,\"\xEF\xAC\xB3\":3}");
	/* the same without escapes, and of one with and one without */
	CHECK_STR(canonical("{\"\xEF\xAC\xB3\":1,\"\xF0\x9F\x98\x80\":2,\"\xED\x9F\xBF\":3,\"\xEE\x80\x80\":4}"),
			  "{\"\xED\x9F\xBF\":3,\"\xF0\x9F\x98\x80\":2,\"\xEE\x80\x80\":4,\"\xEF\xAC\xB3\":1}");
	CHECK_STR(canonical("{\"\xEF\xAC\xB3\":1,\"\\ud83d\\ude00\":2}"),
			  "{\"\xF0\x9F\x98\x80\":2,\"\xEF\xAC\xB3\":1}");
	CHECK_STR(canonical("{\"\xF0\x9F\x98\x82\":1,\"\xF0\x9F\x98\x80\":2,\"\xC3\xA9\":3,\"\xC3\xA8\":4}"),
			  "{\"\xC3\xA8\":4,\"\xC3\xA9\":3,\"\xF0\x9F\x98\x80\":2,\"\xF0\x9F\x98\x82\":1}");
	/* by the second half where the first is one */
	CHECK_STR(canonical("{\"\\ud83d\\ude02\":1,\"\\ud83d\\ude00\":2}"),
			  "{\"\xF0\x9F\x98\x80\":2,\"\xF0\x9F\x98\x82\":1}");
	/* a beginning stands before what continues it, capitals before small */
	CHECK_STR(canonical("{\"ab\":1,\"b\":2,\"a\":3,\"B\":4,\"\":5}"),
			  "{\"\":5,\"B\":4,\"a\":3,\"ab\":1,\"b\":2}");
	/* escapes do not count */
	CHECK_STR(canonical("{\"\\u0062\":1,\"a\":2,\"\\u0063\":3}"),
			  "{\"a\":2,\"b\":1,\"c\":3}");
	CHECK_STR(canonical("{\"a\":1,\"\\u0061\":2}"), "not JSON");
}

/* Whole numbers that a double holds, and no others. */
static void
test_numbers(void)
{
	static const char *const bad[] = {
		"1.0", "1e2", "1E2", "0.5", "-0.0", "9007199254740992",
		"-9007199254740992", "99999999999999999999", "{\"a\":[1.5]}"
	};

	CHECK_STR(canonical("0"), "0");
	CHECK_STR(canonical("-0"), "0");
	CHECK_STR(canonical("-17"), "-17");
	CHECK_STR(canonical("9007199254740991"), "9007199254740991");
	CHECK_STR(canonical("-9007199254740991"), "-9007199254740991");
	for (size_t k = 0; k < sizeof(bad) / sizeof(bad[0]); k++)
		CHECK_STR(canonical(bad[k]), "number");
	CHECK_STR(canonical("01"), "not JSON");
	CHECK_STR(canonical("+1"), "not JSON");
}

/* Room that is just enough, and one byte less. */
static void
test_room(void)
{
	static const char *const texts[] = {
		"{\"a\":[1,true,null,\"\\u0001\"]}", "\"\\u00e9\"", "12345", "[]"
	};

	for (size_t k = 0; k < sizeof(texts) / sizeof(texts[0]); k++)
	{
		size_t		needed = strlen(canonical(texts[k]));

		for (size_t size = 0; size <= needed; size++)
		{
			size_t		length;

			CHECK(cccd_jcs_write((const uint8_t *) texts[k], nodes, 0, out,
								 size, &length) ==
				  (size < needed ? CCCD_JCS_ROOM : CCCD_JCS_OK));
			CHECK(length <= size);
		}
	}
}

/* Both ways of comparing agree, whatever the characters. */
static void
test_compare(void)
{
	static const uint32_t codes[] = {
		0x20, 0x7F, 0x80, 0x7FF, 0x800, 0xD7FF, 0xE000, 0xFFFD, 0x10000,
		0x10FFFD, 'a', 'b'
	};
	static const size_t count = sizeof(codes) / sizeof(codes[0]);

	for (size_t k = 0; k < count * count; k++)
	{
		uint32_t	pair[2] = {codes[k / count], codes[k % count]};
		char		plain[32] = "[";
		char		escaped[64] = "[";
		char	   *p = plain + 1;
		char	   *e = escaped + 1;
		int			order;
		int			read;

		for (int n = 0; n < 2; n++)
		{
			p += sprintf(p, "%s\"x", n > 0 ? "," : "");
			p += utf8_put(pair[n], p);
			p += sprintf(p, "\"");
			e += sprintf(e, "%s\"\\u0078", n > 0 ? "," : "");
			if (pair[n] < 0x10000)
				e += sprintf(e, "\\u%04x\"", pair[n]);
			else
				e += sprintf(e, "\\u%04x\\u%04x\"",
							 0xD800 + ((pair[n] - 0x10000) >> 10),
							 0xDC00 + (pair[n] & 0x3FF));
		}
		strcpy(p, "]");
		strcpy(e, "]");
		CHECK(cccd_json_parse((const uint8_t *) plain, strlen(plain), nodes,
							  512, &read) == CCCD_JSON_OK);
		order = cccd_jcs_compare((const uint8_t *) plain, &nodes[1],
								 &nodes[2]);
		CHECK((order == 0) == (pair[0] == pair[1]));
		CHECK(cccd_json_parse((const uint8_t *) escaped, strlen(escaped),
							  nodes, 512, &read) == CCCD_JSON_OK);
		CHECK(cccd_jcs_compare((const uint8_t *) escaped, &nodes[1],
							   &nodes[2]) == order);
	}
}

/* As many members as an object may have, in the worst order. */
static void
test_members(void)
{
	char		text[1024] = "{";
	char		wanted[1024] = "{";

	for (int k = CCCD_JSON_MEMBERS - 1; k >= 0; k--)
		sprintf(text + strlen(text), "\"%02d\":%d%s", k, k, k > 0 ? "," : "}");
	for (int k = 0; k < CCCD_JSON_MEMBERS; k++)
		sprintf(wanted + strlen(wanted), "\"%02d\":%d%s", k, k,
				k < CCCD_JSON_MEMBERS - 1 ? "," : "}");
	CHECK_STR(canonical(text), wanted);
	/* a canonical text is its own canonical form */
	CHECK_STR(canonical(wanted), wanted);
}

int
main(void)
{
	test_values();
	test_strings();
	test_order();
	test_compare();
	test_numbers();
	test_room();
	test_members();
	return finish();
}
