/*
 * name_test.c
 *		Names from different documents have one key.
 */
#include "unit.h"

#include "scan/name_core.h"
#include "base/text_core.h"

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
	uint32_t	code;
	int			wrong = 0;

	for (code = 1; code < 0x110000; code++)
	{
		char		text[6];
		char		key[6];
		char		again[6];
		size_t		size = 0;
		size_t		len;

		if (code < 0x80)
			text[size++] = (char) code;
		else if (code < 0x800)
			text[size++] = (char) (0xC0 | code >> 6);
		else
		{
			if (code < 0x10000)
				text[size++] = (char) (0xE0 | code >> 12);
			else
			{
				text[size++] = (char) (0xF0 | code >> 18);
				text[size++] = (char) (0x80 | (code >> 12 & 0x3F));
			}
			text[size++] = (char) (0x80 | (code >> 6 & 0x3F));
		}
		if (code >= 0x80)
			text[size++] = (char) (0x80 | (code & 0x3F));
		len = cccd_name_fold(text, size, key);
		wrong += len > size;
		wrong += cccd_name_fold(key, len, again) != len ||
			memcmp(key, again, len) != 0;
	}
	CHECK(wrong == 0);
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
	return finish();
}
