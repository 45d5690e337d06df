/*
 * certificate_name_test.c
 *		Names of certificates beside those of cards: every vowel of Vietnamese
 *		with every tone, composed and taken apart.
 */
#include "unit.h"

#include "certificate/certificate_name_core.h"

/* A vowel: without a tone and with grave, acute, hook, tilde and dot. */
static const struct
{
	const char *base;			/* its letter */
	const char *mark;			/* what makes another vowel of the letter */
	const char *small[6];
	const char *capital[6];
}			vowels[] = {
	{"a", "", {"a", "à", "á", "ả", "ã", "ạ"}, {"A", "À", "Á", "Ả", "Ã", "Ạ"}},
	{"a", "\xCC\x86", {"ă", "ằ", "ắ", "ẳ", "ẵ", "ặ"},
	{"Ă", "Ằ", "Ắ", "Ẳ", "Ẵ", "Ặ"}},
	{"a", "\xCC\x82", {"â", "ầ", "ấ", "ẩ", "ẫ", "ậ"},
	{"Â", "Ầ", "Ấ", "Ẩ", "Ẫ", "Ậ"}},
	{"e", "", {"e", "è", "é", "ẻ", "ẽ", "ẹ"}, {"E", "È", "É", "Ẻ", "Ẽ", "Ẹ"}},
	{"e", "\xCC\x82", {"ê", "ề", "ế", "ể", "ễ", "ệ"},
	{"Ê", "Ề", "Ế", "Ể", "Ễ", "Ệ"}},
	{"i", "", {"i", "ì", "í", "ỉ", "ĩ", "ị"}, {"I", "Ì", "Í", "Ỉ", "Ĩ", "Ị"}},
	{"o", "", {"o", "ò", "ó", "ỏ", "õ", "ọ"}, {"O", "Ò", "Ó", "Ỏ", "Õ", "Ọ"}},
	{"o", "\xCC\x82", {"ô", "ồ", "ố", "ổ", "ỗ", "ộ"},
	{"Ô", "Ồ", "Ố", "Ổ", "Ỗ", "Ộ"}},
	{"o", "\xCC\x9B", {"ơ", "ờ", "ớ", "ở", "ỡ", "ợ"},
	{"Ơ", "Ờ", "Ớ", "Ở", "Ỡ", "Ợ"}},
	{"u", "", {"u", "ù", "ú", "ủ", "ũ", "ụ"}, {"U", "Ù", "Ú", "Ủ", "Ũ", "Ụ"}},
	{"u", "\xCC\x9B", {"ư", "ừ", "ứ", "ử", "ữ", "ự"},
	{"Ư", "Ừ", "Ứ", "Ử", "Ữ", "Ự"}},
	{"y", "", {"y", "ỳ", "ý", "ỷ", "ỹ", "ỵ"}, {"Y", "Ỳ", "Ý", "Ỷ", "Ỹ", "Ỵ"}}
};
static const char *const tones[] = {
	"", "\xCC\x80", "\xCC\x81", "\xCC\x89", "\xCC\x83", "\xCC\xA3"
};

#define VOWELS	12
#define TONES	6

static CccdSlice
slice(const char *text)
{
	CccdSlice	result = {text, strlen(text)};

	return result;
}

static CccdNameVerdict
compare(const char *family, const char *given, const char *name)
{
	CccdCertificateNames names;

	memset(&names, 0, sizeof(names));
	names.family = slice(family);
	names.given = slice(given);
	return cccd_certificate_compare_names(&names, slice(name));
}

/* Each vowel beside each other one; the family name has marks on both sides. */
static void
test_vowels(void)
{
	for (int a = 0; a < VOWELS * TONES; a++)
		for (int b = 0; b < VOWELS * TONES; b++)
		{
			const char *one = vowels[a / TONES].small[a % TONES];
			const char *other = vowels[b / TONES].small[b % TONES];
			CccdNameVerdict wanted = a == b ? CCCD_NAME_FITS :
			vowels[a / TONES].base == vowels[b / TONES].base ||
			strcmp(vowels[a / TONES].base, vowels[b / TONES].base) == 0 ?
			CCCD_NAME_MARKS_DIFFER : CCCD_NAME_DISAGREES;
			char		given[32];
			char		name[64];

			snprintf(given, sizeof(given), "M%sn", one);
			snprintf(name, sizeof(name), "Nguyễn M%sn", other);
			CHECK(compare("Nguyễn", given, name) == wanted);
		}
}

/* Composed or taken apart, in capitals or not, is one letter. */
static void
test_forms(void)
{
	for (int v = 0; v < VOWELS; v++)
		for (int t = 0; t < TONES; t++)
		{
			char		forms[5][64];

			snprintf(forms[0], 64, "Nguyễn M%sn", vowels[v].small[t]);
			snprintf(forms[1], 64, "NGUYỄN M%sN", vowels[v].capital[t]);
			snprintf(forms[2], 64, "Nguyễn M%s%s%sn", vowels[v].base,
					 vowels[v].mark, tones[t]);
			snprintf(forms[3], 64, "Nguyễn M%s%sn", vowels[v].small[0],
					 tones[t]);
			/* a tone stands behind its syllable, wherever it was written */
			snprintf(forms[4], 64, "Nguyễn M%sn%s", vowels[v].small[0],
					 tones[t]);
			for (int i = 0; i < 5; i++)
			{
				const char *given = strchr(forms[i], ' ') + 1;
				char		family[32];

				snprintf(family, sizeof(family), "%.*s",
						 (int) (given - 1 - forms[i]), forms[i]);
				for (int k = 0; k < 5; k++)
				{
					if (compare(family, given, forms[k]) != CCCD_NAME_FITS)
						fprintf(stderr, "%s, %s\n", forms[i], forms[k]);
					CHECK(compare(family, given, forms[k]) == CCCD_NAME_FITS);
					CHECK(compare(given, family, forms[k]) == CCCD_NAME_FITS);
				}
			}
		}
	CHECK(compare("Đặng", "An", "ĐẶNG AN") == CCCD_NAME_FITS);
	CHECK(compare("Đặng", "An", "đặng an") == CCCD_NAME_FITS);
	CHECK(compare("Đặng", "An", "Dặng An") == CCCD_NAME_MARKS_DIFFER);
	CHECK(compare("Dang", "An", "Đặng An") == CCCD_NAME_FITS);
	/* tones of two words are not exchanged, nor words joined */
	CHECK(compare("Hoà", "Tám", "Hoá Tàm") == CCCD_NAME_MARKS_DIFFER);
	CHECK(compare("Hoà", "Tám", "Hòa Tám") == CCCD_NAME_FITS);
	CHECK(compare("Hoà", "An Tám", "Hoàan Tám") == CCCD_NAME_DISAGREES ||
		  compare("Hoà", "An Tám", "Hoàan Tám") == CCCD_NAME_MARKS_DIFFER);
}

/* Names of one letter, and of none. */
static void
test_short(void)
{
	CHECK(compare("A", "", "A") == CCCD_NAME_FITS);
	CHECK(compare("", "A", "a") == CCCD_NAME_FITS);
	CHECK(compare("A", "", "B") == CCCD_NAME_DISAGREES);
	CHECK(compare("A", "B", "B A") == CCCD_NAME_FITS);
	CHECK(compare("", "", "A") == CCCD_NAME_MISSING);
	CHECK(compare("A", "", "") == CCCD_NAME_DISAGREES);
	CHECK(compare("-", "", "-") == CCCD_NAME_DISAGREES);
}

int
main(void)
{
	test_vowels();
	test_forms();
	test_short();
	return finish();
}
