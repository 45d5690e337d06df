/*
 * id_test.c
 *		The number's core against a slow reading of the same rules.
 */
#include "unit.h"
#include "chance.h"

#include <stdlib.h>
#include <string.h>

#include "id/id_core.h"

/* What a reader of the law would write. */
static CccdIdCode
slow_parse(const char *text, size_t length, int64_t *id, size_t *where)
{
	size_t		i;

	*id = 0;
	for (i = 0; i < length; i++)
	{
		if (!strchr("0123456789", text[i]) || text[i] == '\0')
		{
			*where = i + 1;
			return CCCD_ID_BAD_CHARACTER;
		}
		if (i < 12)
			*id = *id * 10 + (text[i] - '0');
	}
	*where = length;
	return length == 12 ? CCCD_ID_OK : CCCD_ID_BAD_LENGTH;
}

static void
check_parse(const char *text, size_t length)
{
	int64_t		slow = 0,
				fast = -1;
	size_t		slow_where = 0,
				fast_where = 0;
	CccdIdCode	wanted = slow_parse(text, length, &slow, &slow_where);

	CHECK(cccd_id_parse(text, length, &fast, &fast_where) == wanted);
	if (wanted == CCCD_ID_OK)
		CHECK(fast == slow);
	else
	{
		CHECK(fast_where == slow_where);
		CHECK(fast == -1);
	}
}

static void
test_parse(void)
{
	static const char *const texts[] = {
		"", "0", "07920100123", "079201001234", "0792010012345",
		"000000000000", "999999999999", "999999999998", "100000000000",
		" 79201001234", "07920100123 ", "+79201001234", "-00000000001",
		"07920100123x", "x79201001234", "0792 1001234", "079201001234\n",
		"07920100:234", "07920100/234", "0x9201001234", "1e0000000000",
		"\xEF\xBC\x91" "79201001", "0792010012\xC3\x9A", "12345678901234567890",
	};
	char		text[13];
	size_t		i;
	int			c;

	for (i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
		check_parse(texts[i], strlen(texts[i]));

	/* each value of a byte at each position, zero included */
	for (i = 0; i < 12; i++)
	{
		for (c = 0; c < 256; c++)
		{
			memcpy(text, "079201001234", 13);
			text[i] = (char) c;

			check_parse(text, 12);
			/* a neighbour that could receive a carry */
			text[(i + 1) % 12] = (char) 0xFF;

			check_parse(text, 12);
		}
	}
}

static void
test_round_trip(void)
{
	char		text[13],
				wanted[32];
	int64_t		id,
				back;
	size_t		where;
	int			i;

	for (i = 0; i < 200000; i++)
	{
		id = (int64_t) (chance_bits() % 1000000000000u);
		if (i < 1000)
			id = i;
		else if (i < 2000)
			id = CCCD_ID_MAX - (i - 1000);
		cccd_id_format(id, text);
		snprintf(wanted, sizeof(wanted), "%012lld", (long long) id);
		if (strcmp(text, wanted) != 0 ||
			cccd_id_parse(text, 12, &back, &where) != CCCD_ID_OK || back != id)
		{
			CHECK_STR(text, wanted);
			CHECK(back == id);
		}
	}
	CHECK(i == 200000);
}

static void
test_fields(void)
{
	static const struct
	{
		int64_t		id;
		int			place,
					year;
		char		sex;
	}			cases[] = {
		{INT64_C(1099012345), 1, 1999, 'M'},
		{INT64_C(79301000001), 79, 2001, 'F'},
		{INT64_C(58058000007), 58, 1958, 'M'},
		{0, 0, 1900, 'M'},
		{CCCD_ID_MAX, 999, 2399, 'F'},
		{INT64_C(101499000000), 101, 2199, 'M'},
		{INT64_C(295500999999), 295, 2100, 'F'},
		{INT64_C(96650123456), 96, 2250, 'M'},
		{INT64_C(96750123456), 96, 2250, 'F'},
		{INT64_C(96800123456), 96, 2300, 'M'},
	};
	size_t		i;
	int			century;

	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
	{
		CHECK(cccd_id_place_of(cases[i].id) == cases[i].place);
		CHECK(cccd_id_birth_year_of(cases[i].id) == cases[i].year);
		CHECK(cccd_id_sex_of(cases[i].id) == cases[i].sex);
		CHECK(cccd_id_agrees(cases[i].id, cases[i].year, cases[i].sex));
		CHECK(cccd_id_agrees(cases[i].id, 0, cases[i].sex));
		CHECK(cccd_id_agrees(cases[i].id, cases[i].year, 0));
		CHECK(cccd_id_agrees(cases[i].id, 0, 0));
		CHECK(!cccd_id_agrees(cases[i].id, cases[i].year + 100, cases[i].sex));
		CHECK(!cccd_id_agrees(cases[i].id, cases[i].year - 1, 0));
		CHECK(!cccd_id_agrees(cases[i].id, cases[i].year,
							  cases[i].sex == 'M' ? 'F' : 'M'));
		CHECK(cccd_id_prefix_of(cases[i].id) % 1000000 == 0);
		CHECK(cases[i].id - cccd_id_prefix_of(cases[i].id) < 1000000);
	}
	/* Circular 07/2016 annex III, line by line */
	for (century = 0; century < 10; century++)
	{
		int64_t		id = INT64_C(1050000000) + century * INT64_C(100000000);

		CHECK(cccd_id_century_digit_of(id) == century);
		CHECK(cccd_id_birth_year_of(id) == 1950 + century / 2 * 100);
		CHECK(cccd_id_sex_of(id) == (century & 1 ? 'F' : 'M'));
	}
}

static void
test_mask(void)
{
	char		text[13];

	cccd_id_format_masked(INT64_C(79201123456), 3, text);
	CHECK_STR(text, "*********456");
	cccd_id_format_masked(INT64_C(79201123456), 0, text);
	CHECK_STR(text, "************");
	cccd_id_format_masked(INT64_C(79201123456), 12, text);
	CHECK_STR(text, "079201123456");
	cccd_id_format_masked(INT64_C(79201123456), -5, text);
	CHECK_STR(text, "************");
	cccd_id_format_masked(INT64_C(79201123456), 99, text);
	CHECK_STR(text, "079201123456");
}

/* Values that are no number stay within bounds and tables. */
static void
test_total(void)
{
	static const int64_t values[] = {
		-1, INT64_MIN, INT64_MAX, CCCD_ID_MAX + 1, -CCCD_ID_MAX, INT64_MIN + 1
	};
	char		text[13];
	size_t		i;

	CHECK(cccd_id_in_range(0));
	CHECK(cccd_id_in_range(CCCD_ID_MAX));
	for (i = 0; i < sizeof(values) / sizeof(values[0]); i++)
	{
		int			place = cccd_id_place_of(values[i]),
					year = cccd_id_birth_year_of(values[i]);

		CHECK(!cccd_id_in_range(values[i]));
		cccd_id_format(values[i], text);
		CHECK(strlen(text) == 12 && strspn(text, "0123456789") == 12);
		CHECK(place >= 0 && place <= 999);
		CHECK(year >= CCCD_ID_FIRST_YEAR && year <= CCCD_ID_LAST_YEAR);
		CHECK(cccd_id_prefix_of(values[i]) % 1000000 == 0);
	}
}

static bool
decimal(const char *text, int64_t *id)
{
	*id = -1;
	return cccd_id_from_decimal(text, strlen(text), id);
}

/* A decimal is taken whatever its scale, and never rounded. */
static void
test_decimal(void)
{
	static const char *const refused[] = {
		"", "-", "+1", "-1", "-0", ".", ".0", ".5", "1.5", "1.05", "1.00000001",
		"999999999999.5", "1000000000000", "1000000000000.0",
		"99999999999999999999999999", "9223372036854775808", "NaN", "Infinity",
		"-Infinity", "1e5", "1,0", " 1", "1 ", "1.0 ", "1..0", "1.0.0", "0x1"
	};
	int64_t		id;

	for (size_t i = 0; i < sizeof(refused) / sizeof(refused[0]); i++)
	{
		CHECK(!decimal(refused[i], &id));
		CHECK(id == -1);
	}
	CHECK(decimal("0", &id) && id == 0);
	CHECK(decimal("0.000", &id) && id == 0);
	CHECK(decimal("1.", &id) && id == 1);
	CHECK(decimal("1099012345", &id) && id == 1099012345);
	CHECK(decimal("79301000001.00", &id) && id == INT64_C(79301000001));
	CHECK(decimal("999999999999", &id) && id == CCCD_ID_MAX);
	CHECK(decimal("999999999999.0000", &id) && id == CCCD_ID_MAX);
	CHECK(decimal("000000000000000000000000000007", &id) && id == 7);
	/* the length counts, not a zero byte */
	CHECK(cccd_id_from_decimal("123", 2, &id) && id == 12);
	CHECK(!cccd_id_from_decimal("1\0", 2, &id));
}

/* The numbers of a place, and none of what is not a place. */
static void
test_place_range(void)
{
	static const int outside[] = {INT32_MIN, -1000, -1, 1000, 1001, INT32_MAX};

	for (int place = 0; place <= CCCD_ID_LAST_PLACE; place++)
	{
		int64_t		first = cccd_id_first_of_place(place);
		int64_t		last = cccd_id_last_of_place(place);

		CHECK(cccd_id_place_of(first) == place);
		CHECK(cccd_id_place_of(last) == place);
		CHECK(last - first == CCCD_ID_PER_PLACE - 1);
		CHECK(place == 0 ? first == 0 :
			  first == cccd_id_last_of_place(place - 1) + 1);
	}
	CHECK(cccd_id_last_of_place(CCCD_ID_LAST_PLACE) == CCCD_ID_MAX);
	for (size_t i = 0; i < sizeof(outside) / sizeof(outside[0]); i++)
	{
		int64_t		first = cccd_id_first_of_place(outside[i]);
		int64_t		last = cccd_id_last_of_place(outside[i]);

		CHECK(first > last);
		CHECK(cccd_id_in_range(first) && cccd_id_in_range(last));
		CHECK((outside[i] < 0) == (first < CCCD_ID_PER_PLACE));
	}
}

int
main(void)
{
	test_decimal();
	test_place_range();
	test_parse();
	test_round_trip();
	test_fields();
	test_mask();
	test_total();
	return finish();
}
