/*
 * bytes_test.c
 *		Bytes compared, and numbers without their zeros.
 */
#include "unit.h"

#include "base/bytes_core.h"

static CccdBytes
bytes(const char *text)
{
	CccdBytes	result = {(const uint8_t *) text, strlen(text)};

	return result;
}

static void
test_order(void)
{
	static const char *const sorted[] = {
		"", "a", "a\x01", "aa", "ab", "b", "ba", "\x80", "\xFF"
	};
	static const CccdBytes nothing;
	const int	count = sizeof(sorted) / sizeof(sorted[0]);

	for (int a = 0; a < count; a++)
		for (int b = 0; b < count; b++)
		{
			int			order = cccd_bytes_compare(bytes(sorted[a]),
												   bytes(sorted[b]));

			CHECK((order < 0) == (a < b) && (order > 0) == (a > b));
			CHECK(cccd_bytes_equal(bytes(sorted[a]), bytes(sorted[b])) ==
				  (a == b));
		}
	CHECK(cccd_bytes_equal(nothing, bytes("")));
	CHECK(cccd_bytes_compare(nothing, bytes("")) == 0);
	CHECK(cccd_bytes_compare(nothing, bytes("a")) < 0);
	CHECK(cccd_bytes_compare(bytes("a"), nothing) > 0);
}

static void
test_zeros(void)
{
	static const struct
	{
		const char *number;
		size_t		length;
		size_t		left;
	}			cases[] = {
		{"", 0, 0}, {"\0", 1, 1}, {"\0\0", 2, 1}, {"\1", 1, 1},
		{"\0\1", 2, 1}, {"\1\0", 2, 2}, {"\0\0\1\0", 4, 2}
	};

	for (size_t k = 0; k < sizeof(cases) / sizeof(cases[0]); k++)
	{
		CccdBytes	number = {(const uint8_t *) cases[k].number,
		cases[k].length};
		CccdBytes	left = cccd_bytes_strip_zeros(number);

		CHECK(left.length == cases[k].left);
		CHECK(left.data + left.length == number.data + number.length);
	}
}

int
main(void)
{
	test_order();
	test_zeros();
	return finish();
}
