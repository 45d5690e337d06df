/*
 * name_test.c
 *		Names from different documents have one key.
 */
#include "unit.h"
#include "utf8_put.h"

#include "base/text_core.h"
#include "name_letters.h"
#include "scan/name_core.h"

static const struct
{
	const char *name;
	const char *key;
}			names[] = {
	{"Nguyễn Văn An", "NGUYEN VAN AN"},
	{"NGUYEN<<VAN<AN<<<<<<<<", "NGUYEN VAN AN"},
	{"NGUYEN<VAN<AN", "NGUYEN VAN AN"},
	{"  nguyễn   văn\tan \n", "NGUYEN VAN AN"},
	{"Nguye\xCC\x82\xCC\x83n Va\xCC\x86n An", "NGUYEN VAN AN"},
	{"Nguyê\xCC\x83n V\xC4\x83n An", "NGUYEN VAN AN"},
	{"Nguyễn\xC2\xA0Văn\xE2\x80\x8B An", "NGUYEN VAN AN"},
	{"ĐẶNG ĐỨC đạt", "DANG DUC DAT"},
	{"\xC3\x90ặng \xC3\xB0", "DANG D"},
	{"TRƯƠNG THỊ MỸ Ỷ ỹ ơ Ơ", "TRUONG THI MY Y Y O O"},
	/* names of the Central Highlands */
	{"H'Hen Niê", "HHEN NIE"},
	{"H’Hen Niê", "HHEN NIE"},
	{"H\xCA\xBCHen Niê", "HHEN NIE"},
	{"H' Hen Niê", "H HEN NIE"},
	{"H`Hen Ni\xCB\x86" "e", "HHEN NIE"},
	{"Y-Bhăm Ênuôl", "Y BHAM ENUOL"},
	{"Y\xE2\x80\x93" "Bhăm", "Y BHAM"},
	{"K\xE2\x80\x99" "Brŏi Čč\xC4\x8D" "il Ñ\xC3\xB1", "KBROI CCCIL NN"},
	{"Siu Blŏk č", "SIU BLOK C"},
	/* other Latin letters */
	{"Müller Straße Æsir Œuvre Łódź Þór Øre ı İ", "MULLER STRASSE AESIR OEUVRE LODZ THOR ORE I I"},
	{"ǅ ǈ ǋ Ĳ ǽ ẞ Ỻ", "DZ LJ NJ IJ AE SS LL"},
	{"a.b,c_d/e", "A B C D E"},
	{"An 2", "AN 2"},
	/* nothing left */
	{"", ""}, {" <<< ", ""}, {"'", ""}, {"\xCC\x81", ""}, {"\x01\x7F", ""},
	/* other scripts and broken bytes stay, so that they do not agree */
	{"阮文安", "阮文安"}, {"阮 a", "阮 A"},
	{"a\xFF" "b", "A\xFF" "B"}, {"a\xE1\xBB", "A\xE1\xBB"},
	{"ə×÷", "ə×÷"}
};

/* Compositions of Vietnamese: base, mark, tone; all have the base's key. */
static void
test_vietnamese(void)
{
	static const char *const vowels[] = {
		"aàáảãạăằắẳẵặâầấẩẫậ", "AÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬ", "eèéẻẽẹêềếểễệ",
		"EÈÉẺẼẸÊỀẾỂỄỆ", "iìíỉĩị", "IÌÍỈĨỊ", "oòóỏõọôồốổỗộơờớởỡợ",
		"OÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢ", "uùúủũụưừứửữự", "UÙÚỦŨỤƯỪỨỬỮỰ", "yỳýỷỹỵ",
		"YỲÝỶỸỴ", "dđ", "DĐ"
	};
	size_t		i;

	for (i = 0; i < sizeof(vowels) / sizeof(vowels[0]); i++)
	{
		const char *text = vowels[i];
		char		wanted = (char) (vowels[i][0] & ~0x20);

		while (*text != '\0')
		{
			char		key[8];
			uint32_t	code;
			size_t		size = cccd_utf8_decode(text, strlen(text), &code);

			CHECK(cccd_name_fold(text, size, key) == 1 && key[0] == wanted);
			text += size;
		}
	}
}

/* No character's letters are longer than it; folding twice changes nothing. */
static void
test_every_character(void)
{
	int			wrong = 0;

	for (uint32_t code = 1; code < 0x110000; code++)
	{
		char		text[6];
		char		key[6];
		char		again[6];
		size_t		size = utf8_put(code, text);
		size_t		len = cccd_name_fold(text, size, key);

		wrong += len > size;
		wrong += cccd_name_fold(key, len, again) != len ||
			memcmp(key, again, len) != 0;
	}
	CHECK(wrong == 0);
}

/* Every Latin letter has its letters as key, and the tables hold them all. */
static void
test_letters(void)
{
	size_t		found = 0;

	for (size_t i = 0; i < sizeof(name_letters) / sizeof(name_letters[0]); i++)
	{
		const char *wanted = name_letters[i].key;
		const char *text = name_letters[i].letters;

		while (*text != '\0')
		{
			char		key[8] = "";
			uint32_t	code;
			size_t		size = cccd_utf8_decode(text, strlen(text), &code);
			size_t		len = cccd_name_fold(text, size, key);

			key[len] = '\0';
			CHECK_STR(key, wanted);
			text += size;
			found++;
		}
	}
	for (const char *text = name_kept; *text != '\0';)
	{
		char		key[8];
		uint32_t	code;
		size_t		size = cccd_utf8_decode(text, strlen(text), &code);

		CHECK(cccd_name_fold(text, size, key) == size &&
			  memcmp(key, text, size) == 0);
		text += size;
		found++;
	}
	CHECK(found == 0x250 - 0xC0 + 0x100);
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

/*
 * What a character between two letters does: it parts them, leaves them
 * together, or stands between them.
 */
static void
test_between(void)
{
	static const Span parting[] = {
		{0x09, 0x0D}, {' ', '&'}, {'(', '/'}, {':', '@'}, {'[', ']'},
		{'_', '_'}, {'{', '}'}, {0xA0, 0xA0}, {0xAB, 0xAB}, {0xBB, 0xBB},
		{0x1680, 0x1680}, {0x2000, 0x200A}, {0x2010, 0x2015},
		{0x202F, 0x202F}, {0x2039, 0x203A}, {0x205F, 0x205F},
		{0x2212, 0x2212}, {0x3000, 0x3000}, {0xFF1C, 0xFF1C}
	};
	static const Span left_out[] = {
		{0x01, 0x08}, {0x0E, 0x1F}, {'\'', '\''}, {'^', '^'}, {'`', '`'},
		{'~', '~'}, {0x7F, 0x9F}, {0xA8, 0xA8}, {0xAD, 0xAD}, {0xAF, 0xAF},
		{0xB4, 0xB4}, {0xB7, 0xB8}, {0x2B0, 0x36F}, {0x61C, 0x61C},
		{0x115F, 0x1160}, {0x17B4, 0x17B5}, {0x180B, 0x180F},
		{0x200B, 0x200F}, {0x2018, 0x201B}, {0x2028, 0x202E},
		{0x2032, 0x2032}, {0x2035, 0x2035}, {0x2060, 0x206F},
		{0x3164, 0x3164}, {0xFE00, 0xFE0F}, {0xFEFF, 0xFEFF},
		{0xFF07, 0xFF07}, {0xFFA0, 0xFFA0}, {0xFFF0, 0xFFFB},
		{0x1D173, 0x1D17A}, {0xE0000, 0xE0FFF}
	};

	for (uint32_t code = 1; code < 0x110000; code++)
	{
		char		text[8] = "a";
		char		key[8];
		size_t		size;
		size_t		len;
		bool		parts = is_in(code, parting,
								  sizeof(parting) / sizeof(parting[0]));
		bool		none = is_in(code, left_out,
								 sizeof(left_out) / sizeof(left_out[0]));

		if (code == 0xD800)
			code = 0xE000;
		size = 1 + utf8_put(code, text + 1);
		text[size++] = 'b';
		len = cccd_name_fold(text, size, key);
		if (parts ? len == 3 && memcmp(key, "A B", 3) == 0 :
			none ? len == 2 && memcmp(key, "AB", 2) == 0 :
			len > 2 && key[0] == 'A' && key[1] != ' ' && key[len - 1] == 'B')
			continue;
		fprintf(stderr, "U+%04X between two letters\n", (unsigned) code);
		CHECK(false);
	}
}

int
main(void)
{
	size_t		i;

	for (i = 0; i < sizeof(names) / sizeof(names[0]); i++)
	{
		char		key[256];
		size_t		len = cccd_name_fold(names[i].name, strlen(names[i].name),
										 key);

		key[len] = '\0';
		CHECK_STR(key, names[i].key);
	}
	test_vietnamese();
	test_every_character();
	test_letters();
	test_between();
	return finish();
}
