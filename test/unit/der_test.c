/*
 * der_test.c
 *		The bounded reader: what it reads, what it refuses, where it stops.
 */
#include "unit.h"

#include <stdlib.h>

#include "base/der_core.h"

/* Every element on every level; false when the reader refused something. */
static bool
walk(CccdDer *cursor)
{
	CccdDerItem item;

	while (!cccd_der_at_end(cursor))
	{
		if (!cccd_der_next(cursor, &item))
			return false;
		if (item.start[0] & CCCD_DER_CONSTRUCTED)
		{
			CccdDer		inner = cccd_der_enter(cursor, &item);

			if (!walk(&inner))
				return false;
		}
	}
	return cursor->document->error == CCCD_DER_OK;
}

static CccdDerError
read_all(const char *bytes, size_t length, bool ber)
{
	CccdDerDocument document;
	CccdDer		cursor;
	uint8_t    *copy = malloc(length + 1);
	CccdDerError error;

	memcpy(copy, bytes, length);
	cursor = cccd_der_open(&document, copy, length, ber);
	walk(&cursor);
	error = document.error;
	free(copy);
	return error;
}

#define READ(literal, ber) read_all(literal, sizeof(literal) - 1, ber)

static void
test_headers(void)
{
	CHECK(READ("\x30\x00", false) == CCCD_DER_OK);
	CHECK(READ("\x30\x03\x02\x01\x05", false) == CCCD_DER_OK);
	CHECK(READ("\x30\x04\x02\x01\x05", false) == CCCD_DER_TRUNCATED);
	CHECK(READ("\x30\x03\x02\x02\x05", false) == CCCD_DER_TRUNCATED);
	CHECK(READ("\x30", false) == CCCD_DER_TRUNCATED);
	CHECK(READ("\x30\x82\x01", false) == CCCD_DER_TRUNCATED);
	CHECK(READ("\x7F\x61\x00", false) == CCCD_DER_OK);
	CHECK(READ("\x7F\x80\x01\x00", false) == CCCD_DER_LIMIT);
	CHECK(READ("\x7F\x81\x82\x03\x00", false) == CCCD_DER_LIMIT);
	CHECK(READ("\x7F", false) == CCCD_DER_TRUNCATED);
	/* lengths that are longer than they need be */
	CHECK(READ("\x04\x81\x01\x00", false) == CCCD_DER_LENGTH);
	CHECK(READ("\x04\x81\x01\x00", true) == CCCD_DER_OK);
	CHECK(READ("\x04\x82\x00\x80", false) == CCCD_DER_LENGTH);
	CHECK(READ("\x04\x85\x00\x00\x00\x00\x00", true) == CCCD_DER_LENGTH);
	CHECK(READ("\x04\x84\xFF\xFF\xFF\xFF", true) == CCCD_DER_TRUNCATED);
	CHECK(READ("\x04\xFF", true) == CCCD_DER_TRUNCATED);
}

/*
 * An OCTET STRING whose length stands in this many octets: DER wants the
 * fewest, BER takes more and remembers.
 */
static void
check_length(size_t length, int octets, bool fewest)
{
	uint8_t    *bytes = calloc(1, length + 6);
	size_t		used = 0;

	bytes[used++] = CCCD_DER_OCTET_STRING;
	bytes[used++] = (uint8_t) (octets == 0 ? length : 0x80u | (size_t) octets);
	for (int k = octets - 1; k >= 0; k--)
		bytes[used++] = (uint8_t) (length >> (8 * k));
	for (int ber = 0; ber < 2; ber++)
	{
		CccdDerDocument document;
		CccdDer		cursor = cccd_der_open(&document, bytes, used + length,
										   ber);
		CccdDerItem item;
		bool		read = cccd_der_next(&cursor, &item);

		CHECK(read == (ber || fewest));
		CHECK(document.error == (read ? CCCD_DER_OK : CCCD_DER_LENGTH));
		CHECK(!read || (item.length == length && cccd_der_at_end(&cursor)));
		CHECK(document.saw_ber == (ber && !fewest));
		/* one byte less is too few */
		cursor = cccd_der_open(&document, bytes, used + length - 1, ber);
		CHECK(!cccd_der_next(&cursor, &item));
		CHECK(document.error == (read ? CCCD_DER_TRUNCATED : CCCD_DER_LENGTH));
	}
	free(bytes);
}

static void
test_long_forms(void)
{
	check_length(1, 0, true);
	check_length(1, 1, false);
	check_length(0x7F, 0, true);
	check_length(0x7F, 1, false);
	check_length(0x80, 1, true);
	check_length(0x80, 2, false);
	check_length(0xFF, 1, true);
	check_length(0xFF, 2, false);
	check_length(0x100, 2, true);
	check_length(0x100, 3, false);
	check_length(0xFFFF, 2, true);
	check_length(0xFFFF, 3, false);
	check_length(0x10000, 3, true);
	check_length(0x10000, 4, false);
	check_length(0xFFFFFF, 3, true);
	check_length(0xFFFFFF, 4, false);
	check_length(0x1000000, 4, true);
	CHECK(READ("\x04\x84\x00\x00\x00\x01x", true) == CCCD_DER_OK);
	CHECK(READ("\x04\x85\x00\x00\x00\x00\x01x", true) == CCCD_DER_LENGTH);
}

static void
test_indefinite(void)
{
	CHECK(READ("\x30\x80\x02\x01\x05\x00\x00", false) == CCCD_DER_LENGTH);
	CHECK(READ("\x30\x80\x02\x01\x05\x00\x00", true) == CCCD_DER_OK);
	CHECK(READ("\x30\x80\x02\x01\x05\x00", true) == CCCD_DER_TRUNCATED);
	CHECK(READ("\x30\x80\x30\x80\x00\x00", true) == CCCD_DER_TRUNCATED);
	CHECK(READ("\x30\x80\x30\x80\x00\x00\x00\x00", true) == CCCD_DER_OK);
	/* a primitive element has a length */
	CHECK(READ("\x04\x80\x00\x00", true) == CCCD_DER_LENGTH);
}

static void
test_limits(void)
{
	static char bytes[2 * CCCD_DER_ITEMS + 2];
	int			k;

	/* nesting, definite: every level needs two bytes more */
	for (k = 0; k < CCCD_DER_DEPTH + 1; k++)
	{
		bytes[2 * k] = 0x30;
		bytes[2 * k + 1] = (char) (2 * (CCCD_DER_DEPTH - k));
	}
	CHECK(read_all(bytes + 2, 2 * CCCD_DER_DEPTH, false) == CCCD_DER_OK);
	CHECK(read_all(bytes, 2 * CCCD_DER_DEPTH + 2, false) == CCCD_DER_LIMIT);

	/* nesting, indefinite */
	for (k = 0; k < 100; k++)
	{
		bytes[2 * k] = 0x30;
		bytes[2 * k + 1] = (char) 0x80;
	}
	CHECK(read_all(bytes, 200, true) == CCCD_DER_LIMIT);

	/* many elements */
	for (k = 0; k < CCCD_DER_ITEMS + 1; k++)
	{
		bytes[2 * k] = 0x05;
		bytes[2 * k + 1] = 0;
	}
	CHECK(read_all(bytes, 2 * CCCD_DER_ITEMS, false) == CCCD_DER_OK);
	CHECK(read_all(bytes, 2 * CCCD_DER_ITEMS + 2, false) == CCCD_DER_LIMIT);
}

/* The single element of a document, and its cursor. */
static CccdDer
only(CccdDerDocument *document, const char *bytes, size_t length, bool ber,
	 CccdDerItem *item)
{
	CccdDer		cursor = cccd_der_open(document, (const uint8_t *) bytes,
									   length, ber);

	CHECK(cccd_der_next(&cursor, item));
	CHECK(cccd_der_finish(&cursor));
	return cursor;
}

#define ONLY(literal, ber) \
	cursor = only(&document, literal, sizeof(literal) - 1, ber, &item)

static void
test_values(void)
{
	CccdDerDocument document;
	CccdDer		cursor;
	CccdDerItem item;
	CccdBytes	bytes;
	uint32_t	number;
	bool		flag;
	uint8_t		scratch[8];

	ONLY("\x02\x01\x00", false);
	CHECK(cccd_der_small_integer(&cursor, &item, &number) && number == 0);
	ONLY("\x02\x02\x00\x80", false);
	CHECK(cccd_der_small_integer(&cursor, &item, &number) && number == 128);
	ONLY("\x02\x04\x7F\xFF\xFF\xFF", false);
	CHECK(cccd_der_small_integer(&cursor, &item, &number) &&
		  number == 0x7FFFFFFF);
	ONLY("\x02\x05\x00\x80\x00\x00\x00", false);
	CHECK(!cccd_der_small_integer(&cursor, &item, &number));
	CHECK(document.error == CCCD_DER_VALUE);
	ONLY("\x02\x01\xFF", false);
	CHECK(!cccd_der_unsigned(&cursor, &item, &bytes));
	ONLY("\x02\x00", false);
	CHECK(!cccd_der_unsigned(&cursor, &item, &bytes));
	ONLY("\x02\x02\x00\x01", false);
	CHECK(!cccd_der_unsigned(&cursor, &item, &bytes));
	ONLY("\x02\x02\x00\x01", true);
	CHECK(cccd_der_unsigned(&cursor, &item, &bytes) && bytes.length == 1);

	ONLY("\x01\x01\xFF", false);
	CHECK(cccd_der_boolean(&cursor, &item, &flag) && flag);
	ONLY("\x01\x01\x01", false);
	CHECK(cccd_der_boolean(&cursor, &item, &flag) && flag);
	ONLY("\x01\x01\x00", false);
	CHECK(cccd_der_boolean(&cursor, &item, &flag) && !flag);
	ONLY("\x01\x02\x00\x00", false);
	CHECK(!cccd_der_boolean(&cursor, &item, &flag));

	ONLY("\x03\x02\x00\xAA", false);
	CHECK(cccd_der_bits(&cursor, &item, &bytes) && bytes.length == 1);
	ONLY("\x03\x02\x01\xAA", false);
	CHECK(!cccd_der_bits(&cursor, &item, &bytes));
	ONLY("\x03\x00", false);
	CHECK(!cccd_der_bits(&cursor, &item, &bytes));

	ONLY("\x24\x80\x04\x02" "ab\x24\x03\x04\x01" "c\x00\x00", true);
	CHECK(cccd_der_octets(&cursor, &item, scratch, 8, &bytes));
	CHECK(bytes.length == 3 && memcmp(bytes.data, "abc", 3) == 0);
	ONLY("\x24\x80\x04\x02" "ab\x24\x03\x04\x01" "c\x00\x00", true);
	CHECK(!cccd_der_octets(&cursor, &item, scratch, 2, &bytes));
	CHECK(document.error == CCCD_DER_LIMIT);
	ONLY("\x24\x02\x05\x00", true);
	CHECK(!cccd_der_octets(&cursor, &item, scratch, 8, &bytes));
	ONLY("\x24\x03\x04\x01" "a", false);
	CHECK(!cccd_der_octets(&cursor, &item, scratch, 8, &bytes));
}

#define TIME(tag, text, time) \
	cccd_der_time_bytes(tag, (const uint8_t *) (text), strlen(text), time)

static void
test_times(void)
{
	int64_t		time;

	CHECK(TIME(CCCD_DER_UTC_TIME, "000101000000Z", &time) && time == 0);
	CHECK(TIME(CCCD_DER_UTC_TIME, "491231235959Z", &time) &&
		  time == INT64_C(1577923199000000));
	CHECK(TIME(CCCD_DER_UTC_TIME, "500101000000Z", &time) &&
		  time == INT64_C(-1577836800000000));
	CHECK(TIME(CCCD_DER_GENERALIZED_TIME, "20500101000000Z", &time) &&
		  time == INT64_C(1577923200000000));
	CHECK(!TIME(CCCD_DER_UTC_TIME, "0001010000Z", &time));
	CHECK(!TIME(CCCD_DER_UTC_TIME, "000101000000+", &time));
	CHECK(!TIME(CCCD_DER_UTC_TIME, "000230000000Z", &time));
	CHECK(!TIME(CCCD_DER_UTC_TIME, "000101240000Z", &time));
	CHECK(!TIME(CCCD_DER_UTC_TIME, "0001010000 0Z", &time));
	/* each digit one below 0 and one above 9; each part at its last value */
	for (int at = 0; at < 14; at++)
		for (int k = 0; k < 2; k++)
		{
			char		text[] = "20000101000000Z";

			text[at] = k == 0 ? '/' : ':';
			CHECK(!TIME(CCCD_DER_GENERALIZED_TIME, text, &time));
			CHECK(at < 2 || !TIME(CCCD_DER_UTC_TIME, text + 2, &time));
		}
	CHECK(TIME(CCCD_DER_UTC_TIME, "000101230000Z", &time));
	CHECK(TIME(CCCD_DER_UTC_TIME, "000101005900Z", &time));
	CHECK(!TIME(CCCD_DER_UTC_TIME, "000101006000Z", &time));
	CHECK(TIME(CCCD_DER_UTC_TIME, "000101000059Z", &time));
	CHECK(!TIME(CCCD_DER_UTC_TIME, "000101000060Z", &time));
	CHECK(TIME(CCCD_DER_GENERALIZED_TIME, "99991231235959Z", &time));
	CHECK(!TIME(CCCD_DER_GENERALIZED_TIME, "000101000000Z", &time));
	CHECK(!TIME(CCCD_DER_GENERALIZED_TIME, "09990101000000Z", &time));
}

static void
test_cursor(void)
{
	static const char bytes[] = "\x30\x08\x02\x01\x05\x80\x01\x07\x05\x00";
	CccdDerDocument document;
	CccdDer		cursor = cccd_der_open(&document, (const uint8_t *) bytes,
									   sizeof(bytes) - 1, false);
	CccdDer		inner;
	CccdDerItem item;
	bool		present;

	CHECK(cccd_der_want_enter(&cursor, CCCD_DER_SEQUENCE, &inner));
	CHECK(cccd_der_option(&inner, CCCD_DER_CONTEXT(0), &item, &present));
	CHECK(!present);
	CHECK(cccd_der_want(&inner, CCCD_DER_INTEGER, &item));
	CHECK(cccd_der_option(&inner, CCCD_DER_CONTEXT(0), &item, &present));
	CHECK(present && item.length == 1);
	CHECK(cccd_der_peek(&inner) == CCCD_DER_NULL);
	CHECK(!cccd_der_finish(&inner));
	CHECK(document.error == CCCD_DER_TRAILING && document.offset == 8);
	/* after an error nothing is read any more, and the first one stays */
	CHECK(!cccd_der_next(&inner, &item) && cccd_der_peek(&inner) == 0);
	CHECK(!cccd_der_fail(&inner, CCCD_DER_TAG, inner.document->start));
	CHECK(document.error == CCCD_DER_TRAILING);
}

static void
test_lengths(void)
{
	static const size_t sizes[] = {0, 127, 128, 255, 256, 65535, 65536,
	16777215, 16777216};
	uint8_t		out[5];
	size_t		k;

	for (k = 0; k < sizeof(sizes) / sizeof(sizes[0]); k++)
	{
		size_t		used = cccd_der_put_length(out, sizes[k]);
		size_t		value = out[0];
		size_t		n;

		if (value & 0x80)
			for (value = 0, n = 1; n < used; n++)
				value = value << 8 | out[n];
		CHECK(value == sizes[k]);
		CHECK(used == (sizes[k] < 128 ? 1u : 1u + (out[0] & 0x7F)));
		CHECK(used == 1 || out[1] != 0);
	}
}

/* The tag that comes next, of one to three octets; 0 where it is cut off. */
static void
test_peek(void)
{
	static const struct
	{
		const char *bytes;
		size_t		length;
		uint32_t	tag;
	}			cases[] = {
		{"", 0, 0}, {"\x30", 1, 0x30}, {"\x1E", 1, 0x1E}, {"\x1F", 1, 0},
		{"\x7F\x49", 2, 0x7F49}, {"\x5F\x1F", 2, 0x5F1F},
		{"\x7F\x81\x49", 3, 0x7F8149}, {"\x7F\x81", 2, 0},
		{"\x7F\x81\x82\x49", 4, 0}, {"\x7F\x49\x82", 3, 0x7F49}
	};

	for (size_t k = 0; k < sizeof(cases) / sizeof(cases[0]); k++)
	{
		CccdDerDocument document;
		CccdDer		cursor = cccd_der_open(&document,
										   (const uint8_t *) cases[k].bytes,
										   cases[k].length, true);

		CHECK(cccd_der_peek(&cursor) == cases[k].tag);
		CHECK(document.error == CCCD_DER_OK);
	}
}

int
main(void)
{
	test_headers();
	test_long_forms();
	test_indefinite();
	test_limits();
	test_values();
	test_times();
	test_cursor();
	test_lengths();
	test_peek();
	return finish();
}
