/*
 * cbor_test.c
 *		The bounded CBOR reader: the examples of RFC 8949 (appendices A and F),
 *		its limits, and what a hostile message would have it do.
 */
#include "unit.h"
#include "chance.h"

#include <stdlib.h>

#include "base/cbor_core.h"

static CccdCborNode nodes[CCCD_CBOR_ITEMS];
static uint8_t scratch[65536];
static CccdCbor cbor;
static uint8_t bytes[65536];

/* Read hexadecimal digits; the root, or none. */
static int
read_hex(const char *hex, size_t *used)
{
	CccdBytes	message = {bytes, strlen(hex) / 2};
	size_t		k;

	for (k = 0; k < message.length; k++)
	{
		unsigned	value;

		sscanf(hex + 2 * k, "%2x", &value);
		bytes[k] = (uint8_t) value;
	}
	cccd_cbor_open(&cbor, nodes, scratch);
	return cccd_cbor_read(&cbor, message, used);
}

/* The diagnostic notation of a node (RFC 8949 8), as far as tests need it. */
static char *
put(char *out, int node)
{
	const CccdCborNode *n = cccd_cbor_node(&cbor, node);
	int			at = node + 1;
	uint32_t	k;

	switch (n->type)
	{
		case CCCD_CBOR_UNSIGNED:
			return out + sprintf(out, "%llu",
								 (unsigned long long) n->value.number);
		case CCCD_CBOR_NEGATIVE:
			return out + (n->value.number == UINT64_MAX ?
						  sprintf(out, "-18446744073709551616") :
						  sprintf(out, "-%llu",
								  (unsigned long long) n->value.number + 1));
		case CCCD_CBOR_BYTES:
			out += sprintf(out, "h'");
			for (k = 0; k < n->length; k++)
				out += sprintf(out, "%02x", n->value.data[k]);
			return out + sprintf(out, "'");
		case CCCD_CBOR_TEXT:
			return out + sprintf(out, "\"%.*s\"", (int) n->length,
								 (const char *) n->value.data);
		case CCCD_CBOR_ARRAY:
			*out++ = '[';
			for (k = 0; k < n->length; k++)
			{
				if (k > 0)
					out += sprintf(out, ", ");
				out = put(out, at);
				at = nodes[at].next;
			}
			return out + sprintf(out, "]");
		case CCCD_CBOR_MAP:
			*out++ = '{';
			for (k = 0; k < n->length; k++)
			{
				if (k > 0)
					out += sprintf(out, ", ");
				out = put(out, at);
				out += sprintf(out, ": ");
				out = put(out, at + 1);
				at = nodes[at + 1].next;
			}
			return out + sprintf(out, "}");
		case CCCD_CBOR_TAG:
			out += sprintf(out, "%llu(", (unsigned long long) n->value.number);
			out = put(out, at);
			return out + sprintf(out, ")");
		case CCCD_CBOR_FALSE:
			return out + sprintf(out, "false");
		case CCCD_CBOR_TRUE:
			return out + sprintf(out, "true");
		case CCCD_CBOR_NULL:
			return out + sprintf(out, "null");
		case CCCD_CBOR_UNDEFINED:
			return out + sprintf(out, "undefined");
		case CCCD_CBOR_SIMPLE:
			return out + sprintf(out, "simple(%llu)",
								 (unsigned long long) n->value.number);
		default:
			return out + sprintf(out, "%.17g", n->value.real);
	}
}

static void
check_reads(const char *hex, const char *wanted)
{
	char		out[4096];
	size_t		used;
	int			root = read_hex(hex, &used);

	if (root == CCCD_CBOR_NONE)
	{
		fprintf(stderr, "%s: error %d at %zu\n", hex, (int) cbor.error,
				cbor.offset);
		CHECK(root != CCCD_CBOR_NONE);
		return;
	}
	CHECK(used == strlen(hex) / 2);
	CHECK(nodes[root].next == cbor.count);
	*put(out, root) = '\0';
	CHECK_STR(out, wanted);
}

static void
check_refused(const char *hex, CccdCborError error)
{
	size_t		used;

	CHECK(read_hex(hex, &used) == CCCD_CBOR_NONE);
	if (cbor.error != error)
		fprintf(stderr, "%s: error %d\n", hex, (int) cbor.error);
	CHECK(cbor.error == error);
}

/* RFC 8949 appendix A, but for keys that are neither integer nor text. */
static void
test_examples(void)
{
	static const char *const examples[][2] = {
		{"00", "0"}, {"01", "1"}, {"0a", "10"}, {"17", "23"}, {"1818", "24"},
		{"1819", "25"}, {"1864", "100"}, {"1903e8", "1000"},
		{"1a000f4240", "1000000"}, {"1b000000e8d4a51000", "1000000000000"},
		{"1bffffffffffffffff", "18446744073709551615"},
		{"c249010000000000000000", "2(h'010000000000000000')"},
		{"3bffffffffffffffff", "-18446744073709551616"},
		{"20", "-1"}, {"29", "-10"}, {"3863", "-100"}, {"3903e7", "-1000"},
		{"f90000", "0"}, {"f98000", "-0"}, {"f93c00", "1"},
		{"fb3ff199999999999a", "1.1000000000000001"}, {"f93e00", "1.5"},
		{"f97bff", "65504"}, {"fa47c35000", "100000"},
		{"fa7f7fffff", "3.4028234663852886e+38"},
		{"fb7e37e43c8800759c", "1.0000000000000001e+300"},
		{"f90001", "5.9604644775390625e-08"},
		{"f90400", "6.103515625e-05"}, {"f9c400", "-4"},
		{"fbc010666666666666", "-4.0999999999999996"}, {"f97c00", "inf"},
		{"f9fc00", "-inf"}, {"fa7f800000", "inf"},
		{"fb7ff0000000000000", "inf"},
		{"f4", "false"}, {"f5", "true"}, {"f6", "null"},
		{"f7", "undefined"}, {"f0", "simple(16)"}, {"f8ff", "simple(255)"},
		{"c074323031332d30332d32315432303a30343a30305a",
		"0(\"2013-03-21T20:04:00Z\")"},
		{"c11a514b67b0", "1(1363896240)"},
		{"d74401020304", "23(h'01020304')"},
		{"d818456449455446", "24(h'6449455446')"},
		{"40", "h''"}, {"4401020304", "h'01020304'"}, {"60", "\"\""},
		{"6161", "\"a\""}, {"6449455446", "\"IETF\""},
		{"62225c", "\"\"\\\""}, {"62c3bc", "\"\xC3\xBC\""},
		{"63e6b0b4", "\"\xE6\xB0\xB4\""},
		{"64f0908591", "\"\xF0\x90\x85\x91\""},
		{"80", "[]"}, {"83010203", "[1, 2, 3]"},
		{"8301820203820405", "[1, [2, 3], [4, 5]]"},
		{"a0", "{}"}, {"a201020304", "{1: 2, 3: 4}"},
		{"a26161016162820203", "{\"a\": 1, \"b\": [2, 3]}"},
		{"826161a161626163", "[\"a\", {\"b\": \"c\"}]"},
		{"5f42010243030405ff", "h'0102030405'"},
		{"7f657374726561646d696e67ff", "\"streaming\""},
		{"5fff", "h''"}, {"7fff", "\"\""},
		{"9fff", "[]"}, {"bfff", "{}"},
		{"9f018202039f0405ffff", "[1, [2, 3], [4, 5]]"},
		{"9f01820203820405ff", "[1, [2, 3], [4, 5]]"},
		{"83018202039f0405ff", "[1, [2, 3], [4, 5]]"},
		{"83019f0203ff820405", "[1, [2, 3], [4, 5]]"},
		{"bf61610161629f0203ffff", "{\"a\": 1, \"b\": [2, 3]}"},
		{"826161bf61626163ff", "[\"a\", {\"b\": \"c\"}]"},
		{"bf6346756ef563416d7421ff", "{\"Fun\": true, \"Amt\": -2}"},
		{"c1c2c340", "1(2(3(h'')))"}, {"80", "[]"}, {"c180", "1([])"},
		{"c19fff", "1([])"}, {"82c10080", "[1(0), []]"}
	};
	size_t		k;

	for (k = 0; k < sizeof(examples) / sizeof(examples[0]); k++)
		check_reads(examples[k][0], examples[k][1]);
}

/* RFC 8949 appendix F: none of these is well-formed. */
static void
test_malformed(void)
{
	static const char *const truncated[] = {
		"", "18", "19", "1a", "1b", "1901", "1a0102", "1b01020304050607",
		"38", "58", "78", "98", "9a01ff00", "b8", "d8", "f8", "f900", "fa0000",
		"fb000000", "41", "61", "5affffffff00", "5bffffffffffffffff010203",
		"7affffffff00", "7b7fffffffffffffff010203", "81", "818181818181818181",
		"8200", "a1", "a20102", "a100", "a2000000", "c0", "9f", "9f0102", "bf",
		"bf01020102", "819f", "9f8000", "9f9f9f9f9fffffffff", "9f819f819f9fffffff",
		"5f4100", "7f6100", "5f", "7f", "9bffffffffffffffff", "bb8000000000000000",
		"bbffffffffffffffff00"
	};
	static const char *const malformed[] = {
		"1c", "1d", "1e", "3c", "3d", "3e", "5c", "5d", "5e", "7c", "7d", "7e",
		"9c", "9d", "9e", "bc", "bd", "be", "dc", "dd", "de", "fc", "fd", "fe",
		"f800", "f801", "f818", "f81f", "5f00ff", "5f21ff", "5f6100ff",
		"5f80ff", "5fa0ff", "5fc000ff", "5fe0ff", "7f4100ff", "5f5f4100ffff",
		"7f7f6100ffff", "ff", "81ff", "8200ff", "a1ff", "a1ff00", "a100ff",
		"a20000ff", "9f81ff", "9f829f819f9fffffffff", "bf00ff", "bf000000ff",
		"1f", "3f", "df", "c1ff"
	};
	static const char *const not_text[] = {
		"61ff", "62c080", "63eda080", "64f4908080", "61c3", "7f61c361bcff"
	};
	static const char *const bad_keys[] = {
		"a1f600", "a1f90000f6", "a140f6", "a180f6", "a1a0f6", "a1c000f6", "bff400ff"
	};
	size_t		k;

	for (k = 0; k < sizeof(truncated) / sizeof(truncated[0]); k++)
		check_refused(truncated[k], CCCD_CBOR_TRUNCATED);
	for (k = 0; k < sizeof(malformed) / sizeof(malformed[0]); k++)
		check_refused(malformed[k], CCCD_CBOR_MALFORMED);
	for (k = 0; k < sizeof(not_text) / sizeof(not_text[0]); k++)
		check_refused(not_text[k], CCCD_CBOR_BAD_TEXT);
	for (k = 0; k < sizeof(bad_keys) / sizeof(bad_keys[0]); k++)
		check_refused(bad_keys[k], CCCD_CBOR_BAD_KEY);
}

static void
test_seen(void)
{
	static const struct
	{
		const char *hex;
		unsigned	seen;
	}			cases[] = {
		{"a2616101616202", 0}, {"9f01ff", CCCD_CBOR_SAW_INDEFINITE},
		{"7f6161ff", CCCD_CBOR_SAW_INDEFINITE},
		{"1817", CCCD_CBOR_SAW_LONG_FORM}, {"1818", 0},
		{"1900ff", CCCD_CBOR_SAW_LONG_FORM}, {"190100", 0},
		{"1a0000ffff", CCCD_CBOR_SAW_LONG_FORM}, {"1a00010000", 0},
		{"1b00000000ffffffff", CCCD_CBOR_SAW_LONG_FORM},
		{"1b0000000100000000", 0}, {"780161", CCCD_CBOR_SAW_LONG_FORM},
		{"fa00000000", CCCD_CBOR_SAW_FLOAT}, {"c000", CCCD_CBOR_SAW_TAG},
		{"a200000000", CCCD_CBOR_SAW_DUPLICATE}, {"a200002000", 0},
		{"a261610061610a", CCCD_CBOR_SAW_DUPLICATE},
		{"bf000000a0ff", CCCD_CBOR_SAW_DUPLICATE | CCCD_CBOR_SAW_INDEFINITE},
		/* 0 in one byte and in two is one key */
		{"a21800000000", CCCD_CBOR_SAW_DUPLICATE | CCCD_CBOR_SAW_LONG_FORM},
		{"f6", CCCD_CBOR_SAW_NULL}, {"f7", CCCD_CBOR_SAW_SIMPLE},
		{"e0", CCCD_CBOR_SAW_SIMPLE}
	};
	size_t		used;
	size_t		k;

	for (k = 0; k < sizeof(cases) / sizeof(cases[0]); k++)
	{
		CHECK(read_hex(cases[k].hex, &used) == 0);
		if (cbor.seen != cases[k].seen)
			fprintf(stderr, "%s: seen %x\n", cases[k].hex, cbor.seen);
		CHECK(cbor.seen == cases[k].seen);
	}
}

static int
read_bytes(size_t length)
{
	CccdBytes	message = {bytes, length};
	size_t		used;

	cccd_cbor_open(&cbor, nodes, scratch);
	return cccd_cbor_read(&cbor, message, &used);
}

/* Write a map of so many distinct keys; the bytes that it takes. */
static size_t
map_of(uint8_t *out, int pairs)
{
	size_t		length = 2;

	out[0] = 0xB8;
	out[1] = (uint8_t) pairs;
	for (int key = 0; key < pairs; key++)
	{
		out[length++] = 0x19;
		out[length++] = 0;
		out[length++] = (uint8_t) key;
		out[length++] = 0;
	}
	return length;
}

/* Depth and number, in every way that a message can reach them. */
static void
test_limits(void)
{
	static const uint8_t openings[] = {0x81, 0x9F, 0xC1, 0xA1, 0xBF};
	size_t		k;

	for (k = 0; k < sizeof(openings); k++)
	{
		bool		map = openings[k] == 0xA1 || openings[k] == 0xBF;
		size_t		length = 0;
		int			depth;

		for (depth = 0; depth < CCCD_CBOR_DEPTH; depth++)
		{
			bytes[length++] = openings[k];
			if (map)
				bytes[length++] = 0;
		}
		bytes[length++] = 0;
		if (openings[k] == 0x9F || openings[k] == 0xBF)
			for (depth = 0; depth < CCCD_CBOR_DEPTH; depth++)
				bytes[length++] = 0xFF;
		CHECK(read_bytes(length) == 0);
		/* one more around it */
		memmove(bytes + 1 + map, bytes, length);
		CHECK(read_bytes(length + 1 + map) == CCCD_CBOR_NONE);
		CHECK(cbor.error == CCCD_CBOR_TOO_DEEP);
		memset(bytes, openings[k], sizeof(bytes));
		CHECK(read_bytes(sizeof(bytes)) == CCCD_CBOR_NONE);
	}
	/* an array of items: 1,023 and itself */
	memset(bytes, 0, sizeof(bytes));
	memcpy(bytes, "\x99\x03\xFF", 3);
	CHECK(read_bytes(3 + 1023) == 0);
	CHECK(cbor.count == CCCD_CBOR_ITEMS);
	memcpy(bytes, "\x99\x04\x00", 3);
	CHECK(read_bytes(3 + 1024) == CCCD_CBOR_NONE);
	CHECK(cbor.error == CCCD_CBOR_TOO_MANY);
	/* chunks count */
	memset(bytes, 0x40, sizeof(bytes));
	bytes[0] = 0x5F;
	bytes[1024] = 0xFF;
	CHECK(read_bytes(1025) == 0);
	bytes[1024] = 0x40;
	bytes[1025] = 0xFF;
	CHECK(read_bytes(1026) == CCCD_CBOR_NONE);
	CHECK(cbor.error == CCCD_CBOR_TOO_MANY);
	/* and so do further messages read into the same nodes */
	memset(bytes, 0, sizeof(bytes));
	memcpy(bytes, "\x99\x03\xFF", 3);
	CHECK(read_bytes(3 + 1023) == 0);
	{
		CccdBytes	more = {bytes, 1};
		size_t		used;

		CHECK(cccd_cbor_read(&cbor, more, &used) == CCCD_CBOR_NONE);
		CHECK(cbor.error == CCCD_CBOR_TOO_MANY);
	}
	/* the largest map of distinct keys, and one that is larger */
	for (int pairs = 64; pairs <= 65; pairs++)
	{
		size_t		length = map_of(bytes, pairs);

		if (pairs > 64)
		{
			CHECK(read_bytes(length) == CCCD_CBOR_NONE);
			CHECK(cbor.error == CCCD_CBOR_TOO_MANY);
			continue;
		}
		CHECK(read_bytes(length) == 0);
		CHECK(!(cbor.seen & CCCD_CBOR_SAW_DUPLICATE));
		CHECK(cccd_cbor_find(&cbor, 0, pairs - 1) == 2 * pairs);
		CHECK(cccd_cbor_find(&cbor, 0, pairs) == CCCD_CBOR_NONE);
	}
	/* maps count together: 2016 comparisons, 28, 3, 1 and one too many */
	{
		static const int pairs[] = {64, 8, 3, 2, 2};
		size_t		length = 1;

		for (int k = 0; k < 5; k++)
		{
			bytes[0] = (uint8_t) (0x80 | (k + 1));
			length += map_of(bytes + length, pairs[k]);
			CHECK((read_bytes(length) == 0) == (k < 4));
		}
		CHECK(cbor.error == CCCD_CBOR_TOO_MANY);
	}
}

static void
test_lookup(void)
{
	size_t		used;
	int64_t		number;
	double		real;

	/* {1: 2, -260: 3, "ver": "x", "": 4, 5: 7(8)} */
	CHECK(read_hex("a5010239010303637665726178600405c708", &used) == 0);
	CHECK(cccd_cbor_integer(&cbor, cccd_cbor_find(&cbor, 0, 1), &number) &&
		  number == 2);
	CHECK(cccd_cbor_integer(&cbor, cccd_cbor_find(&cbor, 0, -260), &number) &&
		  number == 3);
	CHECK(cccd_cbor_find(&cbor, 0, 260) == CCCD_CBOR_NONE);
	CHECK(cccd_cbor_is(&cbor, cccd_cbor_find_text(&cbor, 0, "ver"),
					   CCCD_CBOR_TEXT));
	CHECK(cccd_cbor_integer(&cbor, cccd_cbor_find_text(&cbor, 0, ""),
							&number) && number == 4);
	CHECK(cccd_cbor_find_text(&cbor, 0, "ve") == CCCD_CBOR_NONE);
	CHECK(cccd_cbor_integer(&cbor,
							cccd_cbor_untag(&cbor, cccd_cbor_find(&cbor, 0, 5)),
							&number) && number == 8);
	CHECK(!cccd_cbor_integer(&cbor, cccd_cbor_find(&cbor, 0, 5), &number));
	CHECK(cccd_cbor_find(&cbor, 1, 1) == CCCD_CBOR_NONE);
	CHECK(cccd_cbor_untag(&cbor, CCCD_CBOR_NONE) == CCCD_CBOR_NONE);
	CHECK(!cccd_cbor_integer(&cbor, CCCD_CBOR_NONE, &number));

	/* numbers that are none for an integer */
	CHECK(read_hex("881bffffffffffffffff3bffffffffffffffff1b7fffffffffffffff"
				   "f94000f93e00f97e00fb43e00000000000003b7fffffffffffffff",
				   &used) == 0);
	CHECK(!cccd_cbor_integer(&cbor, 1, &number));
	real = 7;
	CHECK(!cccd_cbor_number(&cbor, 0, &real) &&
		  !cccd_cbor_number(&cbor, CCCD_CBOR_NONE, &real) && real == 7);
	CHECK(cccd_cbor_number(&cbor, 1, &real) && real > 1.8e19);
	CHECK(!cccd_cbor_integer(&cbor, 2, &number));
	CHECK(cccd_cbor_number(&cbor, 2, &real) && real < -1.8e19);
	CHECK(cccd_cbor_integer(&cbor, 3, &number) && number == INT64_MAX);
	CHECK(cccd_cbor_integer(&cbor, 4, &number) && number == 2);
	CHECK(!cccd_cbor_integer(&cbor, 5, &number));
	CHECK(!cccd_cbor_integer(&cbor, 6, &number));
	CHECK(!cccd_cbor_integer(&cbor, 7, &number));
	CHECK(cccd_cbor_integer(&cbor, 8, &number) && number == INT64_MIN);
}

/* Any bytes at all: never an item outside, never more than was asked. */
static void
test_random(void)
{
	long		round;
	long		good = 0;

	for (round = 0; round < 200000; round++)
	{
		size_t		length;
		size_t		k;
		int			root;
		CccdBytes	message;
		size_t		used;

		length = 1 + chance(24);
		for (k = 0; k < length; k++)
			bytes[k] = (uint8_t) chance(256);
		/* exactly as large, so that a reader that goes on is caught */
		message.data = memcpy(malloc(length), bytes, length);
		message.length = length;
		cccd_cbor_open(&cbor, nodes, scratch);
		root = cccd_cbor_read(&cbor, message, &used);
		if (root != CCCD_CBOR_NONE)
		{
			good++;
			if (used > length || nodes[root].next != cbor.count)
				CHECK(false);
		}
		free((void *) message.data);
	}
	CHECK(good > 1000);
}

int
main(void)
{
	test_examples();
	test_malformed();
	test_seen();
	test_limits();
	test_lookup();
	test_random();
	return finish();
}
