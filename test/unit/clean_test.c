/*
 * clean_test.c
 *		Text as scanners deliver it: wrong code pages, invisible characters,
 *		and what stands around a code.
 */
#include "unit.h"
#include "utf8_put.h"

#include <stdlib.h>

#include "base/text_core.h"
#include "scan/clean_core.h"

/* What Windows-1252 and Windows-1258 read in the bytes from 0x80 on. */
static const uint16_t pages[2][128] = {
	{
		0x20AC, 0x0081, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
		0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0x008D, 0x017D, 0x008F,
		0x0090, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
		0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x009D, 0x017E, 0x0178,
		0x00A0, 0x00A1, 0x00A2, 0x00A3, 0x00A4, 0x00A5, 0x00A6, 0x00A7,
		0x00A8, 0x00A9, 0x00AA, 0x00AB, 0x00AC, 0x00AD, 0x00AE, 0x00AF,
		0x00B0, 0x00B1, 0x00B2, 0x00B3, 0x00B4, 0x00B5, 0x00B6, 0x00B7,
		0x00B8, 0x00B9, 0x00BA, 0x00BB, 0x00BC, 0x00BD, 0x00BE, 0x00BF,
		0x00C0, 0x00C1, 0x00C2, 0x00C3, 0x00C4, 0x00C5, 0x00C6, 0x00C7,
		0x00C8, 0x00C9, 0x00CA, 0x00CB, 0x00CC, 0x00CD, 0x00CE, 0x00CF,
		0x00D0, 0x00D1, 0x00D2, 0x00D3, 0x00D4, 0x00D5, 0x00D6, 0x00D7,
		0x00D8, 0x00D9, 0x00DA, 0x00DB, 0x00DC, 0x00DD, 0x00DE, 0x00DF,
		0x00E0, 0x00E1, 0x00E2, 0x00E3, 0x00E4, 0x00E5, 0x00E6, 0x00E7,
		0x00E8, 0x00E9, 0x00EA, 0x00EB, 0x00EC, 0x00ED, 0x00EE, 0x00EF,
		0x00F0, 0x00F1, 0x00F2, 0x00F3, 0x00F4, 0x00F5, 0x00F6, 0x00F7,
		0x00F8, 0x00F9, 0x00FA, 0x00FB, 0x00FC, 0x00FD, 0x00FE, 0x00FF
	},
	{
		0x20AC, 0x0081, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
		0x02C6, 0x2030, 0x008A, 0x2039, 0x0152, 0x008D, 0x008E, 0x008F,
		0x0090, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
		0x02DC, 0x2122, 0x009A, 0x203A, 0x0153, 0x009D, 0x009E, 0x0178,
		0x00A0, 0x00A1, 0x00A2, 0x00A3, 0x00A4, 0x00A5, 0x00A6, 0x00A7,
		0x00A8, 0x00A9, 0x00AA, 0x00AB, 0x00AC, 0x00AD, 0x00AE, 0x00AF,
		0x00B0, 0x00B1, 0x00B2, 0x00B3, 0x00B4, 0x00B5, 0x00B6, 0x00B7,
		0x00B8, 0x00B9, 0x00BA, 0x00BB, 0x00BC, 0x00BD, 0x00BE, 0x00BF,
		0x00C0, 0x00C1, 0x00C2, 0x0102, 0x00C4, 0x00C5, 0x00C6, 0x00C7,
		0x00C8, 0x00C9, 0x00CA, 0x00CB, 0x0300, 0x00CD, 0x00CE, 0x00CF,
		0x0110, 0x00D1, 0x0309, 0x00D3, 0x00D4, 0x01A0, 0x00D6, 0x00D7,
		0x00D8, 0x00D9, 0x00DA, 0x00DB, 0x00DC, 0x01AF, 0x0303, 0x00DF,
		0x00E0, 0x00E1, 0x00E2, 0x0103, 0x00E4, 0x00E5, 0x00E6, 0x00E7,
		0x00E8, 0x00E9, 0x00EA, 0x00EB, 0x0301, 0x00ED, 0x00EE, 0x00EF,
		0x0111, 0x00F1, 0x0323, 0x00F3, 0x00F4, 0x01A1, 0x00F6, 0x00F7,
		0x00F8, 0x00F9, 0x00FA, 0x00FB, 0x00FC, 0x01B0, 0x20AB, 0x00FF
	}
};

/* The text whose bytes a page has read as characters; its length. */
static size_t
misread(const char *text, size_t length, int page, char *out)
{
	size_t		count = 0;

	for (size_t i = 0; i < length; i++)
	{
		unsigned char byte = (unsigned char) text[i];

		/* the third page is Latin-1 */
		count += utf8_put(byte < 0x80 || page == 2 ? byte :
						  pages[page][byte - 0x80], out + count);
	}
	return count;
}

/* Every character that a page has misread comes back, also when read twice. */
static void
test_repair(void)
{
	for (int page = 0; page < 3; page++)
		for (uint32_t code = 0x80; code < 0x110000;
			 code += code < 0x3000 ? 1 : 61)
		{
			char		text[16] = "Ab";
			char		read[64];
			char		again[256];
			size_t		length = 2 + utf8_put(code, text + 2);
			size_t		size = misread(text, length, page, read);
			size_t		twice = misread(read, size, page, again);
			bool		good;

			if (code >= 0xD800 && code <= 0xDFFF)
				continue;
			good = cccd_clean_repair(read, &size) && size == length &&
				memcmp(read, text, length) == 0;
			if (!good)
				fprintf(stderr, "page %d, U+%04X\n", page, (unsigned) code);
			CHECK(good);
			CHECK(cccd_clean_repair(again, &twice) && twice == length &&
				  memcmp(again, text, length) == 0);
		}
}

/* Text that is not damaged, or in another way, stays as it is. */
static void
test_left_alone(void)
{
	static const char *const texts[] = {
		"", "Nguyen Van An", "Nguyễn Văn An", "XÃ A", "ĐẶNG", "阮文安",
		/* a lead byte without what follows, or something else behind it */
		"Nguyá", "Nguyá»", "Nguyá»x", "Nguyá»…Ã", "Nguy»…", "Nguyá»……",
		/* no such character: overlong, a surrogate */
		"xÀ\xC2\x80", "xí\xC2\xA0\xC2\x80", "xõ\xC2\x80\xC2\x80\xC2\x80",
		/* a byte that belongs to no page, and a space that proves nothing */
		"Nguyá»…Ω", "Hà Ã ", "Ã x"
	};

	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
	{
		char		text[64];
		size_t		length = strlen(texts[i]);

		memset(text, 0x41, sizeof(text));
		memcpy(text, texts[i], length);
		CHECK(!cccd_clean_repair(text, &length));
		CHECK(length == strlen(texts[i]) &&
			  memcmp(text, texts[i], length) == 0 && text[length] == 'A');
	}
}

/* A space behind the first byte of "a grave", where others prove the damage. */
static void
test_lost_space(void)
{
	char		text[64] = "HÃ  Ná»™i";
	size_t		length = strlen(text);

	CHECK(cccd_clean_repair(text, &length));
	CHECK(length == strlen("Hà Nội") && memcmp(text, "Hà Nội", length) == 0);
	strcpy(text, "Â  Ná»™i");
	length = strlen(text);
	CHECK(!cccd_clean_repair(text, &length));
}

/* Bytes that are not text, behind a character that is damaged: untouched. */
static void
test_not_text(void)
{
	static const char *const ends[] = {"\xFF", "\x80", "\xC3", "\xE1\xBB"};

	for (size_t i = 0; i < sizeof(ends) / sizeof(ends[0]); i++)
	{
		char		text[64];
		char		before[64];
		size_t		length = (size_t) snprintf(text, sizeof(text),
											   "x\xC3\x83\xC2\xA9%s", ends[i]);

		memcpy(before, text, sizeof(text));
		CHECK(!cccd_clean_repair(text, &length));
		CHECK(length == strlen(before) && memcmp(text, before, length) == 0);
	}
}

static void
test_limit(void)
{
	for (size_t size = CCCD_CLEAN_MAX - 1; size <= CCCD_CLEAN_MAX + 1; size++)
	{
		char	   *text = malloc(size);
		size_t		length = size;

		memset(text, 'a', size);
		memcpy(text, "\xC3\x83\xC2\xA9", 4);
		CHECK(cccd_clean_repair(text, &length) == (size <= CCCD_CLEAN_MAX));
		CHECK(length == (size <= CCCD_CLEAN_MAX ? size - 2 : size));
		free(text);
	}
}

typedef struct Span
{
	uint32_t	first;
	uint32_t	last;
} Span;

static bool
is_in(uint32_t code, const Span *spans, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (code >= spans[i].first && code <= spans[i].last)
			return true;
	return false;
}

/* Each character between two letters: kept, a space, or gone. */
static void
test_characters(void)
{
	/* Latin letters and marks, modifier letters, dashes, quotes, primes */
	static const Span usual[] = {
		{0x20, 0x7E}, {0xC0, 0xD6}, {0xD8, 0xF6}, {0xF8, 0x24F},
		{0x2B0, 0x34E}, {0x350, 0x36F}, {0x1E00, 0x1EFF},
		{0x2010, 0x2015}, {0x2018, 0x201F}, {0x2032, 0x2033}
	};
	static const Span spaces[] = {
		{0xA0, 0xA0}, {0x1680, 0x1680}, {0x2000, 0x200A}, {0x202F, 0x202F},
		{0x205F, 0x205F}, {0x3000, 0x3000}
	};
	static const Span parting[] = {{0x09, 0x0D}};
	static const Span unseen[] = {
		{0x00, 0x08}, {0x0E, 0x1F}, {0x7F, 0x9F}, {0xAD, 0xAD},
		{0x34F, 0x34F}, {0x61C, 0x61C}, {0x115F, 0x1160}, {0x17B4, 0x17B5},
		{0x180B, 0x180F}, {0x200B, 0x200F}, {0x2028, 0x202E},
		{0x2060, 0x206F}, {0x3164, 0x3164}, {0xFE00, 0xFE0F},
		{0xFEFF, 0xFEFF}, {0xFFA0, 0xFFA0}, {0xFFF0, 0xFFFB},
		{0x1D173, 0x1D17A}, {0xE0000, 0xE0FFF}
	};
#define IN(spans)	is_in(code, spans, sizeof(spans) / sizeof(spans[0]))

	for (uint32_t code = 0; code < 0x110000; code++)
	{
		char		text[8] = "a";
		char		wanted[8];
		size_t		size;
		size_t		length;
		unsigned	seen = 0;
		unsigned	flags = 0;

		if (code == 0xD800)
			code = 0xE000;
		size = 1 + utf8_put(code, text + 1);
		text[size++] = 'b';
		memcpy(wanted, text, size);
		length = size;
		if (IN(spaces) || IN(parting))
			length = (size_t) sprintf(wanted, "a b");
		else if (IN(unseen))
			length = (size_t) sprintf(wanted, "ab");
		if (IN(parting) || IN(unseen))
			flags = CCCD_CLEAN_CONTROL;
		else if (!IN(spaces) && !IN(usual))
			flags = CCCD_CLEAN_STRANGE;
		if (cccd_clean_text(text, size, &seen) == length && seen == flags &&
			memcmp(text, wanted, length) == 0)
			continue;
		fprintf(stderr, "U+%04X\n", (unsigned) code);
		CHECK(false);
	}
#undef IN
}

/* What was seen of several characters is added up. */
static void
test_seen(void)
{
	char		text[] = "a\x01\xCE\xA9";
	unsigned	seen = 0;

	CHECK(cccd_clean_text(text, 4, &seen) == 3);
	CHECK(seen == (CCCD_CLEAN_CONTROL | CCCD_CLEAN_STRANGE));
	CHECK(cccd_clean_text(text, 1, &seen) == 1);
	CHECK(seen == (CCCD_CLEAN_CONTROL | CCCD_CLEAN_STRANGE));
}

/* What stands around a code, and what only looks like it. */
static void
test_trim(void)
{
	static const struct
	{
		const char *text;
		const char *trimmed;
	}			cases[] = {
		{"", ""}, {"a", "a"}, {" ", ""}, {"\t\r\n a b\t\r\n ", "a b"},
		{"]Q0a", "a"}, {"]Q1a", "a"}, {"]Q6a", "a"}, {"]Q7a", "]Q7a"},
		{"]Q/a", "]Q/a"}, {"]P3a", "]P3a"}, {"]R3a", "]R3a"},
		{"\\Q3a", "\\Q3a"}, {"^Q3a", "^Q3a"}, {"]Q3", ""}, {"]Q", "]Q"},
		{"]", "]"}, {" ]Q3 a", "a"}, {"]Q3]Q3a", "a"}, {"a]Q3", "a]Q3"},
		{"\xEF\xBB\xBF" "a", "a"},
		{"\xC3\xAF\xC2\xBB\xC2\xBF" "a", "a"},
		{"\xC3\xAF\xC2\xBB\xC2\xBF", ""},
		{"\xC3\xAF\xC2\xBB\xC2\xBE" "a", "\xC3\xAF\xC2\xBB\xC2\xBE" "a"},
		{"\xC3\xAF\xC2\xBB", "\xC3\xAF\xC2\xBB"},
		{"\x02" "a\x03", "a"}, {"a\xC2\xA0", "a"}, {"a\xE2\x80\x8B", "a"},
		{"a\xF3\xA0\x80\x81", "a"}, {"\xF3\xA0\x80\x81" "a", "a"},
		{"\xE3\x80\x80\xE3\x80\x80" "a\xE3\x80\x80\xE3\x80\x80", "a"},
		{"\xC3\xA9", "\xC3\xA9"}, {"a\xF0\x9F\x98\x80", "a\xF0\x9F\x98\x80"},
		/* broken bytes are neither space nor control */
		{"\x80\x80\x80\x80\x80", "\x80\x80\x80\x80\x80"},
		{"\xC2\xA0\x80", "\x80"}, {"a\xC2\xA0\x80", "a\xC2\xA0\x80"}
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		for (const char *next = "03 ]Q\xBF\xA0"; *next; next++)
		{
			/* and whatever stands behind the text */
			size_t		length = strlen(cases[i].text);
			char		text[64];
			CccdSlice	slice;

			memset(text, *next, sizeof(text));
			memcpy(text, cases[i].text, length);
			slice = cccd_clean_trim(text, length);
			CHECK(slice.len == strlen(cases[i].trimmed) &&
				  memcmp(slice.ptr, cases[i].trimmed, slice.len) == 0);
			CHECK(slice.ptr >= text && slice.ptr + slice.len <= text + length);
		}
}

int
main(void)
{
	test_repair();
	test_left_alone();
	test_lost_space();
	test_not_text();
	test_limit();
	test_characters();
	test_seen();
	test_trim();
	return finish();
}
