/*
 * word_test.c
 *		What hospitals and laboratories write is understood, and nothing else.
 */
#include "unit.h"

#include <stdlib.h>

#include "base/text_core.h"
#include "health/health_core.h"
#include "health/word_core.h"
#include "scan/name_core.h"

#define UNKNOWN	CCCD_WORD_UNKNOWN
#define NONE	CCCD_WORD_NONE

static const struct
{
	CccdWordKind kind;
	const char *text;
	int			code;
}			words[] = {
	{CCCD_WORDS_PRODUCT, "AstraZeneca", 3},
	{CCCD_WORDS_PRODUCT, "ASTRAZENECA", 3},
	{CCCD_WORDS_PRODUCT, "Astra Zeneca", 3},
	{CCCD_WORDS_PRODUCT, "AstraZeneca (AZD1222)", 3},
	{CCCD_WORDS_PRODUCT, "vắc xin AstraZeneca", 3},
	{CCCD_WORDS_PRODUCT, "Vaccine phòng COVID-19 AstraZeneca", 3},
	{CCCD_WORDS_PRODUCT, "Covishield (AstraZeneca)", 14},
	{CCCD_WORDS_PRODUCT, "Pfizer", 1},
	{CCCD_WORDS_PRODUCT, " pfizer-biontech ", 1},
	{CCCD_WORDS_PRODUCT, "Comirnaty® (Pfizer/BioNTech)", 1},
	{CCCD_WORDS_PRODUCT, "Comirnaty\xE2\x84\xA2", 1},
	{CCCD_WORDS_PRODUCT, "BNT162b2", 1},
	{CCCD_WORDS_PRODUCT, "EU/1/20/1528", 1},
	{CCCD_WORDS_PRODUCT, "eu 1 20 1528", 1},
	{CCCD_WORDS_PRODUCT, "XM8NQ0", 1},
	{CCCD_WORDS_PRODUCT, "Moderna", 2},
	{CCCD_WORDS_PRODUCT, "Johnson & Johnson", 4},
	{CCCD_WORDS_PRODUCT, "J&J", 4},
	{CCCD_WORDS_PRODUCT, "Verocell", 8},
	{CCCD_WORDS_PRODUCT, "Vero Cell", 8},
	{CCCD_WORDS_PRODUCT, "Vero-cell (Sinopharm)", 8},
	{CCCD_WORDS_PRODUCT, "Sputnik V", 9},
	{CCCD_WORDS_PRODUCT, "Sputnik Light", 16},
	{CCCD_WORDS_PRODUCT, "Nano Covax", 39},
	{CCCD_WORDS_PRODUCT, "#100", 100},
	{CCCD_WORDS_PRODUCT, "J07BX03", UNKNOWN},
	{CCCD_WORDS_PRODUCT, "1119349007", UNKNOWN},
	{CCCD_WORDS_PRODUCT, "Vaccine COVID-19", UNKNOWN},
	{CCCD_WORDS_PRODUCT, "mRNA vaccine XM0GQ8", UNKNOWN},
	{CCCD_WORDS_PRODUCT, "J07BX03 Pfizer", 1},
	{CCCD_WORDS_PRODUCT, "không rõ", UNKNOWN},
	{CCCD_WORDS_PRODUCT, "cvx/208", 1},
	{CCCD_WORDS_PRODUCT, "CVX 207", 2},
	{CCCD_WORDS_PRODUCT, "cvx/213", UNKNOWN},
	{CCCD_WORDS_PRODUCT, "cvx/999", NONE},
	{CCCD_WORDS_PRODUCT, "208", NONE},
	{CCCD_WORDS_DISEASE, "cvx/208", 1},
	{CCCD_WORDS_DISEASE, "cvx/08", 10},
	{CCCD_WORDS_DISEASE, "cvx/8", NONE},
	{CCCD_WORDS_DISEASE, "J07BN01", 1},
	/* other names, substances, and codes of the WHO's list (ICD-11) */
	{CCCD_WORDS_PRODUCT, "Moderna mRNA-1273", 2},
	{CCCD_WORDS_PRODUCT, "Elasomeran", 2},
	{CCCD_WORDS_PRODUCT, "XM3DT5", 2},
	{CCCD_WORDS_PRODUCT, "Tozinameran", 1},
	{CCCD_WORDS_PRODUCT, "AstraZeneka", 3},
	{CCCD_WORDS_PRODUCT, "AZ", 3},
	{CCCD_WORDS_PRODUCT, "Oxford", 3},
	{CCCD_WORDS_PRODUCT, "ChAdOx1", 3},
	{CCCD_WORDS_PRODUCT, "ChAdOx1-S", 3},
	{CCCD_WORDS_PRODUCT, "ChAdOx1 nCoV-19", 3},
	{CCCD_WORDS_PRODUCT, "XM4YL8", 3},
	{CCCD_WORDS_PRODUCT, "Johnson and Johnson", 4},
	{CCCD_WORDS_PRODUCT, "Johnson", 4},
	{CCCD_WORDS_PRODUCT, "JNJ", 4},
	{CCCD_WORDS_PRODUCT, "Ad26.COV2.S", 4},
	{CCCD_WORDS_PRODUCT, "XM6QV1", 4},
	{CCCD_WORDS_PRODUCT, "Novavax", 5},
	{CCCD_WORDS_PRODUCT, "Sinopharm BIBP", 8},
	{CCCD_WORDS_PRODUCT, "BIBP", 8},
	{CCCD_WORDS_PRODUCT, "Covilo", 8},
	{CCCD_WORDS_PRODUCT, "XM8866", 8},
	{CCCD_WORDS_PRODUCT, "XM5ZJ4", 9},
	{CCCD_WORDS_PRODUCT, "CIGB-66", 10},
	{CCCD_WORDS_PRODUCT, "XM9FQ7", 11},
	{CCCD_WORDS_PRODUCT, "BBV152", 12},
	{CCCD_WORDS_PRODUCT, "XM1G90", 12},
	{CCCD_WORDS_PRODUCT, "Sinovac", 13},
	{CCCD_WORDS_PRODUCT, "XM7HT3", 13},
	{CCCD_WORDS_PRODUCT, "XM97T2", 14},
	{CCCD_WORDS_PRODUCT, "XM5QM6", 16},
	{CCCD_WORDS_PRODUCT, "CanSino", 18},
	{CCCD_WORDS_PRODUCT, "CanSinoBIO", 18},
	{CCCD_WORDS_PRODUCT, "Ad5-nCoV", 18},
	{CCCD_WORDS_PRODUCT, "XM1AG7", 18},
	{CCCD_WORDS_PRODUCT, "XM6SZ8", 20},
	{CCCD_WORDS_PRODUCT, "XM85P5", 22},
	{CCCD_WORDS_PRODUCT, "Medigen", 28},
	{CCCD_WORDS_PRODUCT, "XM4EC8", 28},
	{CCCD_WORDS_PRODUCT, "XM3PG0", 32},
	{CCCD_WORDS_PRODUCT, "Sinopharm WIBP", 36},
	{CCCD_WORDS_PRODUCT, "WIBP", 36},
	{CCCD_WORDS_PRODUCT, "Nanogen", 39},
	{CCCD_WORDS_PRODUCT, "AstraZeneca Covishield", 14},
	/* what contradicts itself, is two things, or is not known */
	{CCCD_WORDS_PRODUCT, "Pfizer Moderna", NONE},
	{CCCD_WORDS_PRODUCT, "AstraZeneca, Pfizer", NONE},
	{CCCD_WORDS_PRODUCT, "Sputnik", NONE},
	{CCCD_WORDS_PRODUCT, "Pfizer mũi", NONE},
	{CCCD_WORDS_PRODUCT, "vaccine", NONE},
	{CCCD_WORDS_PRODUCT, "", NONE},
	{CCCD_WORDS_PRODUCT, "  ", NONE},
	{CCCD_WORDS_PRODUCT, "Pfizer \xE7\x96\xAB", NONE},
	{CCCD_WORDS_PRODUCT, "Pfizer\xFF", NONE},
	{CCCD_WORDS_PRODUCT, "Pfizer\xC2", NONE},
	{CCCD_WORDS_PRODUCT, "Pfizer\xE2\x84", NONE},
	{CCCD_WORDS_PRODUCT, "am tinh", NONE},

	{CCCD_WORDS_TEST, "RT-PCR", CCCD_TEST_PCR},
	{CCCD_WORDS_TEST, "rRT-PCR", CCCD_TEST_PCR},
	{CCCD_WORDS_TEST, "Realtime RT-PCR", CCCD_TEST_PCR},
	{CCCD_WORDS_TEST, "real time PCR", CCCD_TEST_PCR},
	{CCCD_WORDS_TEST, "Xét nghiệm RT-PCR SARS-CoV-2", CCCD_TEST_PCR},
	{CCCD_WORDS_TEST, "RT-LAMP", CCCD_TEST_PCR},
	{CCCD_WORDS_TEST, "94500-6", CCCD_TEST_PCR},
	{CCCD_WORDS_TEST, "LP6464-4", CCCD_TEST_PCR},
	{CCCD_WORDS_TEST, "test nhanh", CCCD_TEST_ANTIGEN},
	{CCCD_WORDS_TEST, "Test nhanh kháng nguyên", CCCD_TEST_ANTIGEN},
	{CCCD_WORDS_TEST, "kháng nguyên", CCCD_TEST_ANTIGEN},
	{CCCD_WORDS_TEST, "Xét nghiệm nhanh", CCCD_TEST_ANTIGEN},
	{CCCD_WORDS_TEST, "Rapid antigen test", CCCD_TEST_ANTIGEN},
	{CCCD_WORDS_TEST, "94558-4", CCCD_TEST_ANTIGEN},
	{CCCD_WORDS_TEST, "test nhanh kháng thể", CCCD_TEST_ANTIBODY},
	{CCCD_WORDS_TEST, "rapid PCR", CCCD_TEST_PCR},
	{CCCD_WORDS_TEST, "không rõ", UNKNOWN},
	{CCCD_WORDS_TEST, "PCR kháng nguyên", NONE},
	{CCCD_WORDS_TEST, "xét nghiệm", NONE},
	{CCCD_WORDS_TEST, "94500", NONE},

	{CCCD_WORDS_RESULT, "âm tính", CCCD_RESULT_NEGATIVE},
	{CCCD_WORDS_RESULT, "ÂM TÍNH", CCCD_RESULT_NEGATIVE},
	{CCCD_WORDS_RESULT, "A\xCC\x82m ti\xCC\x81nh", CCCD_RESULT_NEGATIVE},
	{CCCD_WORDS_RESULT, "Am tinh (-)", CCCD_RESULT_NEGATIVE},
	{CCCD_WORDS_RESULT, "Kết quả: âm tính", CCCD_RESULT_NEGATIVE},
	{CCCD_WORDS_RESULT, "Negative", CCCD_RESULT_NEGATIVE},
	{CCCD_WORDS_RESULT, "NEG", CCCD_RESULT_NEGATIVE},
	{CCCD_WORDS_RESULT, "(-)", CCCD_RESULT_NEGATIVE},
	{CCCD_WORDS_RESULT, "\xE2\x88\x92", CCCD_RESULT_NEGATIVE},
	{CCCD_WORDS_RESULT, "không phát hiện", CCCD_RESULT_NEGATIVE},
	{CCCD_WORDS_RESULT, "Not detected", CCCD_RESULT_NEGATIVE},
	{CCCD_WORDS_RESULT, "260415000", CCCD_RESULT_NEGATIVE},
	{CCCD_WORDS_RESULT, "dương tính", CCCD_RESULT_POSITIVE},
	{CCCD_WORDS_RESULT, "+", CCCD_RESULT_POSITIVE},
	{CCCD_WORDS_RESULT, " (+) ", CCCD_RESULT_POSITIVE},
	{CCCD_WORDS_RESULT, "phát hiện", CCCD_RESULT_POSITIVE},
	{CCCD_WORDS_RESULT, "SARS-CoV-2 detected", CCCD_RESULT_POSITIVE},
	{CCCD_WORDS_RESULT, "260373001", CCCD_RESULT_POSITIVE},
	{CCCD_WORDS_RESULT, "nghi ngờ", CCCD_RESULT_INCONCLUSIVE},
	{CCCD_WORDS_RESULT, "Indeterminate", CCCD_RESULT_INCONCLUSIVE},
	{CCCD_WORDS_RESULT, "chờ kết quả", CCCD_RESULT_PENDING},
	/* a word that is not understood is never passed over */
	{CCCD_WORDS_RESULT, "không âm tính", NONE},
	{CCCD_WORDS_RESULT, "not negative", NONE},
	{CCCD_WORDS_RESULT, "âm tính dương tính", NONE},
	{CCCD_WORDS_RESULT, "kết quả", NONE},
	{CCCD_WORDS_RESULT, "+-", NONE},
	{CCCD_WORDS_RESULT, "N", NONE},
	{CCCD_WORDS_RESULT, "0", NONE},

	{CCCD_WORDS_DISEASE, "COVID-19", 1},
	{CCCD_WORDS_DISEASE, "Covid", 1},
	{CCCD_WORDS_DISEASE, "SARS-CoV-2", 1},
	{CCCD_WORDS_DISEASE, "SARS", 28},
	{CCCD_WORDS_DISEASE, "U07.1", 1},
	{CCCD_WORDS_DISEASE, "bệnh sởi", 3},
	{CCCD_WORDS_DISEASE, "cúm", 2},
	{CCCD_WORDS_DISEASE, "Cúm A/H5N1", 26},
	{CCCD_WORDS_DISEASE, "Viêm não Nhật Bản", 15},
	{CCCD_WORDS_DISEASE, "sốt xuất huyết", 12},
	{CCCD_WORDS_DISEASE, "Sốt xuất huyết Dengue", 12},
	{CCCD_WORDS_DISEASE, "viêm gan B", 10},
	{CCCD_WORDS_DISEASE, "viêm gan vi rút B", 10},
	{CCCD_WORDS_DISEASE, "viêm gan", NONE},
	{CCCD_WORDS_DISEASE, "sởi quai bị", NONE},

	{CCCD_WORDS_SEX, "Nam", CCCD_WORD_MALE},
	{CCCD_WORDS_SEX, "nữ", CCCD_WORD_FEMALE},
	{CCCD_WORDS_SEX, "NU\xCC\x9B\xCC\x83", CCCD_WORD_FEMALE},
	{CCCD_WORDS_SEX, "Giới tính: Nữ", CCCD_WORD_FEMALE},
	{CCCD_WORDS_SEX, "F", CCCD_WORD_FEMALE},
	{CCCD_WORDS_SEX, "male", CCCD_WORD_MALE},
	{CCCD_WORDS_SEX, "khác", UNKNOWN},
	{CCCD_WORDS_SEX, "1", NONE},
	{CCCD_WORDS_SEX, "nam nữ", NONE},
	{CCCD_WORDS_DOCUMENT, "Căn cước công dân", CCCD_WORD_CHIP},
	{CCCD_WORDS_DOCUMENT, "CCCD (chip)", CCCD_WORD_CHIP},
	{CCCD_WORDS_DOCUMENT, "old_id", CCCD_WORD_OLD_ID},
	{CCCD_WORDS_DOCUMENT, "hộ chiếu", CCCD_WORD_PASSPORT},
	{CCCD_WORDS_DOCUMENT, "thẻ tạm trú", CCCD_WORD_RESIDENCE},
	{CCCD_WORDS_DOCUMENT, "Giấy khai sinh", CCCD_WORD_BIRTH},
	{CCCD_WORDS_DOCUMENT, "khác", CCCD_WORD_OTHER},
	{CCCD_WORDS_DOCUMENT, "CCCD, CMND", NONE},
	{CCCD_WORDS_DOCUMENT, "valid", NONE},
	{CCCD_WORDS_STATUS, "Còn hiệu lực", CCCD_WORD_VALID},
	{CCCD_WORDS_STATUS, "đã báo mất", CCCD_WORD_LOST},
	{CCCD_WORDS_STATUS, "bị thu hồi", CCCD_WORD_REVOKED},
	{CCCD_WORDS_STATUS, "cấp lại", CCCD_WORD_REPLACED},
	{CCCD_WORDS_STATUS, "chip", NONE},
	{CCCD_WORDS_ANSWER, "Có", CCCD_WORD_YES},
	{CCCD_WORDS_ANSWER, "1", CCCD_WORD_YES},
	{CCCD_WORDS_ANSWER, "Không", CCCD_WORD_NO},
	{CCCD_WORDS_ANSWER, "0", CCCD_WORD_NO},
	{CCCD_WORDS_ANSWER, "không có", NONE},
	{CCCD_WORDS_ANSWER, "?", NONE}
};

static int
find(CccdWordKind kind, const char *text)
{
	size_t		len = strlen(text);
	char	   *copy = malloc(len + (len == 0));
	int			code;

	/* what is looked at behind the text is found */
	memcpy(copy, text, len);
	code = cccd_word_find(kind, copy, len);
	free(copy);
	return code;
}

static void
test_words(void)
{
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
	{
		int			code = find(words[i].kind, words[i].text);

		CHECK(code == words[i].code);
		if (code != words[i].code)
			fprintf(stderr, "\"%s\": %d, not %d\n", words[i].text, code,
					words[i].code);
	}
}

/* The codes of the CDC's list (CVX) for vaccines against COVID-19. */
static void
test_cvx(void)
{
	static const int codes[] = {
		207, 208, 210, 211, 212, 213, 217, 218, 219, 221, 225, 226, 227,
		228, 229, 230, 300, 301, 302, 500, 501, 502, 503, 504, 505, 506,
		507, 508, 509, 510, 511, 512, 513, 514, 515, 516, 517
	};

	for (size_t k = 0; k < sizeof(codes) / sizeof(codes[0]); k++)
	{
		char		text[16];

		snprintf(text, sizeof(text), "cvx/%d", codes[k]);
		CHECK(find(CCCD_WORDS_DISEASE, text) == CCCD_DISEASE_COVID19);
	}
}

/* Each entry is a key in its own form, stands once, and is found. */
static void
test_entries(void)
{
	const CccdWord *word;
	const CccdWord *other;
	int			i;

	for (i = 0; (word = cccd_word_entry(i)) != NULL; i++)
	{
		char		folded[64];
		size_t		len = strlen(word->key);

		CHECK(i == 0 || cccd_word_entry(i - 1)->kind <= word->kind);
		CHECK(i == 0 || cccd_word_entry(i - 1)->kind == word->kind ||
			  cccd_word_first(word->kind) == i);
		CHECK(len > 0 && len < sizeof(folded));
		CHECK(cccd_name_fold(word->key, len, folded) == len);
		CHECK(memcmp(folded, word->key, len) == 0);
		CHECK(find(word->kind, word->key) ==
			  (word->flags & CCCD_WORD_NOISE ? NONE : word->code));
		for (int k = 0; k < i; k++)
		{
			other = cccd_word_entry(k);
			CHECK(other->kind != word->kind ||
				  strcmp(other->key, word->key) != 0);
		}
	}
	CHECK(i > 300);
	CHECK(cccd_word_entry(-1) == NULL);
	CHECK(cccd_word_entry(i + 1) == NULL);
}

/* Every name of the lists is understood in capitals and without its signs. */
static void
test_names(void)
{
	static const CccdCodeSet sets[] = {
		CCCD_CODES_DISEASE, CCCD_CODES_PRODUCT, CCCD_CODES_TEST,
		CCCD_CODES_RESULT
	};
	int			code;
	const char *name;

	for (int set = 0; set < 4; set++)
		for (int i = 0; cccd_code_entry(sets[set], i, &code, &name); i++)
		{
			char		folded[64];
			size_t		len = cccd_name_fold(name, strlen(name), folded);

			CHECK(cccd_word_find(set, folded, len) == code);
		}
}

static void
test_limits(void)
{
	char		text[CCCD_WORD_MAX + 8];

	memset(text, ' ', sizeof(text));
	memcpy(text, "Pfizer", 6);
	CHECK(cccd_word_find(CCCD_WORDS_PRODUCT, text, CCCD_WORD_MAX) == 1);
	CHECK(cccd_word_find(CCCD_WORDS_PRODUCT, text, CCCD_WORD_MAX + 1) == NONE);
	text[0] = '\0';
	for (int i = 0; i < CCCD_WORD_PARTS_MAX; i++)
		strcat(text, "Pfizer ");
	CHECK(find(CCCD_WORDS_PRODUCT, text) == 1);
	strcat(text, "Pfizer");
	CHECK(find(CCCD_WORDS_PRODUCT, text) == NONE);
}

/* What files put around a value, and nothing that is in it. */
static void
test_trim(void)
{
	static const struct
	{
		const char *text;
		const char *wanted;
	}			texts[] = {
		{"", ""}, {" \t\r\n", ""}, {"\xEF\xBB\xBF", ""},
		{"\xEF\xBB\xBF An \xC2\xA0", "An"}, {"a b", "a b"},
		{" \xC4\x90\xC3\xA0 ", "\xC4\x90\xC3\xA0"}, {"\xE3\x80\x80x", "x"},
		{"x\v", "x\v"}, {"\xA0x\xA0", "\xA0x\xA0"}
	};

	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
	{
		CccdSlice	slice = cccd_text_trim(texts[i].text,
										   strlen(texts[i].text));

		CHECK(slice.len == strlen(texts[i].wanted) &&
			  memcmp(slice.ptr, texts[i].wanted, slice.len) == 0);
	}
}

static void
test_composed(void)
{
	static const char *const composed[] = {
		"", "Nguyen", "Nguy\xE1\xBB\x85n", "\xC4\x90\xC6\xA1", "\xCB\xBF",
		"\xE1\xB8\x80", "\xE1\xBB\xBF"
	};
	static const char *const others[] = {
		"e\xCC\x80", "\xCC\x80", "\xE1\xB7\xBF", "\xE1\xBC\x80", "\xE1",
		"\xE2\x84\xAA", "\xEF\xAC\x81", "\xF0\x90\x80\x80"
	};

	for (size_t i = 0; i < sizeof(composed) / sizeof(composed[0]); i++)
		CHECK(cccd_text_is_composed(composed[i], strlen(composed[i])));
	for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++)
		CHECK(!cccd_text_is_composed(others[i], strlen(others[i])));
}

int
main(void)
{
	test_words();
	test_cvx();
	test_entries();
	test_names();
	test_limits();
	test_trim();
	test_composed();
	return finish();
}
