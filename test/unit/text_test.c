/*
 * text_test.c
 *		UTF-8: every character, what is none, and the classes at their edges.
 */
#include "unit.h"
#include "utf8_put.h"

#include <stdlib.h>

#include "base/text_core.h"

/* Every character is read as it is written, and no surrogate. */
static void
test_characters(void)
{
	for (uint32_t code = 0; code <= 0x110000; code++)
	{
		char		text[5] = "";
		size_t		size = utf8_put(code, text);
		uint32_t	got = 7;
		bool		good = (code < 0xD800 || code > 0xDFFF) &&
		code <= 0x10FFFF;

		if (cccd_utf8_decode(text, size, &got) != (good ? size : 0) ||
			got != (good ? code : 7) || cccd_utf8_valid(text, size) != good)
		{
			fprintf(stderr, "U+%04X\n", (unsigned) code);
			CHECK(!"a character");
		}
		/* cut off, and followed by another */
		if (good && size > 1 &&
			cccd_utf8_decode(text, size - 1, &got) != 0)
			CHECK(!"a truncated character");
		if (good && cccd_utf8_decode(text, sizeof(text), &got) != size)
			CHECK(!"a character in a text");
	}
	CHECK(true);
}

/* The first octet says how many follow, and none may be another kind. */
static void
test_octets(void)
{
	static const struct
	{
		const char *text;
		size_t		size;
	}			cases[] = {
		{"", 0}, {"\x7F", 1}, {"\x80", 0}, {"\xBF", 0},
		/* two octets for what has room in one */
		{"\xC0\x80", 0}, {"\xC1\xBF", 0}, {"\xC2\x80", 2}, {"\xDF\xBF", 2},
		{"\xC2\x7F", 0}, {"\xC2\xC0", 0}, {"\xC2", 0},
		{"\xE0\x9F\xBF", 0}, {"\xE0\xA0\x80", 3}, {"\xEF\xBF\xBF", 3},
		{"\xE1\x7F\x80", 0}, {"\xE1\x80\x7F", 0}, {"\xE1\x80\xC0", 0},
		{"\xED\x9F\xBF", 3}, {"\xED\xA0\x80", 0}, {"\xED\xBF\xBF", 0},
		{"\xEE\x80\x80", 3},
		{"\xF0\x8F\xBF\xBF", 0}, {"\xF0\x90\x80\x80", 4},
		{"\xF1\x80\x80\x7F", 0}, {"\xF1\x80\x80\xC0", 0},
		{"\xF4\x8F\xBF\xBF", 4}, {"\xF4\x90\x80\x80", 0},
		{"\xF5\x80\x80\x80", 0}, {"\xF8\x88\x80\x80\x80", 0}, {"\xFF", 0}
	};

	for (size_t k = 0; k < sizeof(cases) / sizeof(cases[0]); k++)
	{
		size_t		length = strlen(cases[k].text);
		uint32_t	code;

		CHECK(cccd_utf8_decode(cases[k].text, length, &code) ==
			  cases[k].size);
		CHECK(cccd_utf8_valid(cases[k].text, length) ==
			  (length == 0 || cases[k].size > 0));
	}
}

/*
 * Texts of each length, in which one octet is none of a character: it is found
 * at every place, whatever number of octets is looked at at a time.
 */
static void
test_lengths(void)
{
	for (size_t length = 0; length <= 80; length++)
	{
		char	   *text = malloc(length + (length == 0));

		memset(text, 'a', length);
		CHECK(cccd_utf8_valid(text, length));
		for (size_t at = 0; at < length; at++)
		{
			text[at] = (char) 0x80;
			CHECK(!cccd_utf8_valid(text, length));
			text[at] = (char) 0xC4;
			CHECK(!cccd_utf8_valid(text, length));
			if (at + 1 < length)
			{
				/* and a character of two octets is one */
				text[at + 1] = (char) 0x91;
				CHECK(cccd_utf8_valid(text, length));
				text[at + 1] = 'a';
			}
			text[at] = 'a';
		}
		free(text);
	}
}

/* The first and the last of each range, and the ones beside it. */
static void
test_classes(void)
{
	static const CccdCodeRange invisible[] = {
		{0x00, 0x1F}, {0x7F, 0x9F}, {0xAD, 0xAD}, {0x34F, 0x34F},
		{0x61C, 0x61C}, {0x115F, 0x1160}, {0x17B4, 0x17B5},
		{0x180B, 0x180F}, {0x200B, 0x200F}, {0x2028, 0x202E},
		{0x2060, 0x206F}, {0x3164, 0x3164}, {0xFE00, 0xFE0F},
		{0xFEFF, 0xFEFF}, {0xFFA0, 0xFFA0}, {0xFFF0, 0xFFFB},
		{0x1D173, 0x1D17A}, {0xE0000, 0xE0FFF}
	};
	static const CccdCodeRange spaces[] = {
		{0x20, 0x20}, {0xA0, 0xA0}, {0x1680, 0x1680}, {0x2000, 0x200A},
		{0x202F, 0x202F}, {0x205F, 0x205F}, {0x3000, 0x3000}
	};
	uint32_t	code = 0;

	for (size_t k = 0; k < sizeof(invisible) / sizeof(invisible[0]); k++)
	{
		for (; code < invisible[k].first; code++)
			if (cccd_text_is_control(code))
				CHECK(!"a visible character");
		for (; code <= invisible[k].last; code++)
			if (!cccd_text_is_control(code))
				CHECK(!"an invisible character");
	}
	CHECK(!cccd_text_is_control(code) && !cccd_text_is_control(0x10FFFF));
	code = 0;
	for (size_t k = 0; k < sizeof(spaces) / sizeof(spaces[0]); k++)
	{
		for (; code < spaces[k].first; code++)
			if (cccd_text_is_space(code))
				CHECK(!"no space");
		for (; code <= spaces[k].last; code++)
			if (!cccd_text_is_space(code))
				CHECK(!"a space");
	}
	CHECK(!cccd_text_is_space(code) && !cccd_text_is_space('\t'));
}

int
main(void)
{
	test_characters();
	test_octets();
	test_lengths();
	test_classes();
	return finish();
}
