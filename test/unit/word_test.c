/*
 * word_test.c
 *		What hospitals and laboratories write is understood, and nothing else.
 */
#include "unit.h"

#include <stdlib.h>

#include "base/calendar_core.h"
#include "base/text_core.h"
#include "health/health_core.h"
#include "health/word_core.h"
#include "health/word_time_core.h"
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

/* Dates and times beside yyyy-mm-dd hh:mm:ss in Viet Nam; "" for none. */
static const struct
{
	const char *text;
	const char *wanted;
}			times[] = {
	{"1/1/1970", "1970-01-01"},
	{"01/01/1970", "1970-01-01"},
	{"5/11/2021", "2021-11-05"},
	{"05-11-2021", "2021-11-05"},
	{"5.11.2021", "2021-11-05"},
	{"5 11 2021", "2021-11-05"},
	{" 2021-11-05 ", "2021-11-05"},
	{"2021/11/5", "2021-11-05"},
	{"20211105", "2021-11-05"},
	{"ngày 5 tháng 11 năm 2021", "2021-11-05"},
	{"Nga\xCC\x80y 05 tha\xCC\x81ng 11 n\xC4\x83m 2021", "2021-11-05"},
	{"5 tháng 11 năm 2021", "2021-11-05"},
	{"ngày 5/11/2021", "2021-11-05"},
	{"29/02/2020", "2020-02-29"},
	{"\xEF\xBB\xBF" "5/11/2021\r", "2021-11-05"},
	{"31/12/2149", "2149-12-31"},
	{"01/01/1800", "1800-01-01"},
	{"01/01/2150", ""},
	{"31/12/1799", ""},
	{"29/02/2021", ""},
	{"31/04/2021", ""},
	{"0/1/2021", ""},
	{"1/0/2021", ""},
	{"1/13/2021", ""},
	{"11/2021", ""},
	{"5/11/21", ""},
	{"5/11-2021", ""},
	{"2021-11-5-1", ""},
	{"44505", ""},
	{"20211305", ""},
	{"2021110", ""},
	{"005/11/2021", ""},
	{"5/011/2021", ""},
	{"5/11/02021", ""},
	{"5 tháng 11 2021", ""},
	{"hôm qua", ""},
	{"", ""},
	{"5/11/2021 8:09", "2021-11-05 08:09:00"},
	{"8:09 5/11/2021", "2021-11-05 08:09:00"},
	{"8:09, 5/11/2021", "2021-11-05 08:09:00"},
	{"8:09 - 5/11/2021", "2021-11-05 08:09:00"},
	{"5/11/2021, 08:09:30", "2021-11-05 08:09:30"},
	{"8h09 ngày 5/11/2021", "2021-11-05 08:09:00"},
	{"8h 5/11/2021", "2021-11-05 08:00:00"},
	{"5/11/2021 8h", "2021-11-05 08:00:00"},
	{"8 giờ 5/11/2021", "2021-11-05 08:00:00"},
	{"8 giờ 09 phút ngày 5 tháng 11 năm 2021", "2021-11-05 08:09:00"},
	{"8 giờ 30 ngày 5/11/2021", "2021-11-05 08:30:00"},
	{"lúc 8h09 5/11/2021", "2021-11-05 08:09:00"},
	{"2021-11-05T08:09:00", "2021-11-05 08:09:00"},
	{"2021-11-05T08:09:00Z", "2021-11-05 15:09:00"},
	{"2021-11-05T08:09:00+07:00", "2021-11-05 08:09:00"},
	{"2021-11-05 08:09:00.123+0700", "2021-11-05 08:09:00"},
	{"2021-11-05 08:09:00 +07", "2021-11-05 08:09:00"},
	{"2021-11-05 08:09:00-05", "2021-11-05 20:09:00"},
	{"2021-11-05 22:00Z", "2021-11-06 05:00:00"},
	{"5/11/2021 8:09 SA", "2021-11-05 08:09:00"},
	{"5/11/2021 8:09 CH", "2021-11-05 20:09:00"},
	{"5/11/2021 12:09 SA", "2021-11-05 00:09:00"},
	{"5/11/2021 12:09 PM", "2021-11-05 12:09:00"},
	{"8 giờ sáng 5/11/2021", "2021-11-05 08:00:00"},
	{"8 giờ SÁNG 5/11/2021", "2021-11-05 08:00:00"},
	{"8 giờ chiều 5/11/2021", "2021-11-05 20:00:00"},
	{"8 GIỜ CHIỀU 5/11/2021", "2021-11-05 20:00:00"},
	{"8h tối 5/11/2021", "2021-11-05 20:00:00"},
	{"8h TỐI 5/11/2021", "2021-11-05 20:00:00"},
	{"8h trưa 5/11/2021", ""},
	{"NGÀY 5 THÁNG 11 NĂM 2021", "2021-11-05"},
	{"LÚC 8 giờ 09 PHÚT NGÀY 5/11/2021", "2021-11-05 08:09:00"},
	{"23:59:59 5/11/2021", "2021-11-05 23:59:59"},
	{"24:00 5/11/2021", ""},
	{"8:60 5/11/2021", ""},
	{"8:09:60 5/11/2021", ""},
	{"8:9 5/11/2021", ""},
	{"8: 5/11/2021", ""},
	{"13:00 CH 5/11/2021", ""},
	{"0:30 SA 5/11/2021", ""},
	{"8:09", ""},
	{"8:09 9:10 5/11/2021", ""},
	{"5/11/2021 08:09+16", ""},
	{"5/11/2021 08:09+0760", ""},
	{"5/11/2021 08:09+0759", "2021-11-05 07:10:00"},
	{"5/11/2021 08:09+1559", "2021-11-04 23:10:00"},
	{"5/11/2021 08:09+1600", ""},
	{"5/11/2021 08:09+7", ""},
	{"5/11/2021 08:09+070", ""},
	{"5/11/2021 08:09+07000", ""},
	{"5/11/2021 08:09+Z", ""},
	{"5/11/2021 08:09+07:0", ""},
	{"5/11/2021 08:09+07:60", ""},
	{"5/11/2021 08:09 UTC", "2021-11-05 15:09:00"},
	{"5/11/2021 08:09+15:59", "2021-11-04 23:10:00"},
	{"5/11/2021 08:09 ICT", ""},
	{"123:09 5/11/2021", ""},
	{"008:09 5/11/2021", ""},
	{"008h 5/11/2021", ""},
	{"5/11/2021\n8:09", "2021-11-05 08:09:00"},
	{"5/11/2021\t08:09\r\n", "2021-11-05 08:09:00"},
	{"5/11/2021\r08:09", "2021-11-05 08:09:00"},
	{"5/11/2021 8:09 AM", "2021-11-05 08:09:00"},
	{"8h09p 5/11/2021", "2021-11-05 08:09:00"},
	{"5/11/2021 8h 30", "2021-11-05 08:30:00"},
	{"5/11/2021 8:09:9", ""},
	{"5/11/2021 8:09:", ""},
	{"5/11/2021 8:09:09.", ""},
	{"5/11/2021 8:09:09.5", "2021-11-05 08:09:09"},
	{"5 tháng 11 tháng 2021", ""},
	{"5+11+2021", ""},
	{"5,11,2021", ""},
	{"2021/11/005", ""},
	{"2021-11-2021", ""},
	{"31/12/2149 23:59:59", "2149-12-31 23:59:59"},
	{"31/12/2149 18:00-05", ""},
	{"1/1/1800 00:00+07", "1800-01-01 00:00:00"},
	{"1/1/1800 00:00+08", ""},
	{"1/1/1000", ""},
	{"1/1/9999", ""}
};

static void
test_times(void)
{
	for (size_t i = 0; i < sizeof(times) / sizeof(times[0]); i++)
	{
		const char *text = times[i].text;
		const char *wanted = times[i].wanted;
		CccdWordTime time = {0};
		char		got[CCCD_TIME_SIZE] = "";

		if (cccd_word_time_read(text, strlen(text), &time))
		{
			cccd_time_format(time.time, got);
			if (!time.has_clock)
			{
				int32_t		day = cccd_day_from_time(time.time);

				CHECK(time.time == cccd_time_from_day(day));
				CHECK(time.day == day);
				got[10] = '\0';
			}
			else
				got[19] = '\0';
		}
		if (strcmp(got, wanted) != 0)
			fprintf(stderr, "\"%s\":\n", text);
		CHECK_STR(got, wanted);
	}
}

static void
test_time_limits(void)
{
	char		text[CCCD_WORD_TIME_MAX + 8];
	CccdWordTime time = {12, true, 34};

	memset(text, ' ', sizeof(text));
	memcpy(text, "5/11/2021", 9);
	CHECK(cccd_word_time_read(text, CCCD_WORD_TIME_MAX, &time));
	CHECK(!time.has_clock);
	time.day = 12;
	CHECK(!cccd_word_time_read(text, CCCD_WORD_TIME_MAX + 1, &time));
	CHECK(time.day == 12);
	/* no text is too hostile: many signs, long numbers, long words */
	memset(text, '/', sizeof(text));
	CHECK(!cccd_word_time_read(text, 80, &time));
	memset(text, '9', sizeof(text));
	CHECK(!cccd_word_time_read(text, 80, &time));
	memset(text, 'a', sizeof(text));
	CHECK(!cccd_word_time_read(text, 80, &time));
	CHECK(!cccd_word_time_read("5/11/2021\xC0", 10, &time));
}

/* Birth dates beside their first day and precision (D, M, Y); "" for none. */
static const struct
{
	const char *text;
	const char *wanted;
}			births[] = {
	{"1/1/1970", "1970-01-01 D"},
	{"19700201", "1970-02-01 D"},
	{"ngày 5 tháng 11 năm 1990", "1990-11-05 D"},
	{"1990-01-02 00:00:00", "1990-01-02 D"},
	{"1990-01-02T00:00:00.000", "1990-01-02 D"},
	{"2/1/1990 0:00", "1990-01-02 D"},
	{"1990-01-02 00:01", ""},
	{"1990-01-02 00:00Z", ""},
	{"29/02/1992", "1992-02-29 D"},
	{"29/02/1990", ""},
	{"1990", "1990-01-01 Y"},
	{" 1990\r", "1990-01-01 Y"},
	{"năm 1990", "1990-01-01 Y"},
	{"sinh năm 1990", "1990-01-01 Y"},
	{"Năm sinh: 1990", "1990-01-01 Y"},
	{"05/1990", "1990-05-01 M"},
	{"5.1990", "1990-05-01 M"},
	{"1990-05", "1990-05-01 M"},
	{"12 1990", "1990-12-01 M"},
	{"tháng 5 năm 1990", "1990-05-01 M"},
	{"00/05/1990", "1990-05-01 M"},
	{"1990-05-00", "1990-05-01 M"},
	{"19900500", "1990-05-01 M"},
	{"00/00/1990", "1990-01-01 Y"},
	{"1990-00-00", "1990-01-01 Y"},
	{"19900000", "1990-01-01 Y"},
	{"00/1990", "1990-01-01 Y"},
	{"1800", "1800-01-01 Y"},
	{"2149", "2149-01-01 Y"},
	{"1799", ""},
	{"2150", ""},
	{"13/1990", ""},
	{"5/00/1990", ""},
	{"00/13/1990", ""},
	{"19901300", ""},
	{"1990-", ""},
	{"/1990", ""},
	{"5//1990", ""},
	{"5:1990", ""},
	{"1990 năm", ""},
	{"005/1990", ""},
	{"1990/1991", ""},
	{"5/5/5/1990", ""},
	{"90", ""},
	{"năm", ""},
	{"1990 00:00", "1990-01-01 Y"},
	{"hôm qua", ""},
	{"", ""}
};

static void
test_births(void)
{
	for (size_t i = 0; i < sizeof(births) / sizeof(births[0]); i++)
	{
		CccdWordBirth birth;
		char		written[64] = "";
		int			year,
					month,
					day;

		if (cccd_word_birth_read(births[i].text, strlen(births[i].text),
								 &birth))
		{
			cccd_civil_from_days(birth.day, &year, &month, &day);
			snprintf(written, sizeof(written), "%04d-%02d-%02d %c", year,
					 month, day, "DMY"[birth.precision]);
		}
		CHECK(strcmp(written, births[i].wanted) == 0);
		if (strcmp(written, births[i].wanted) != 0)
			fprintf(stderr, "\"%s\": %s, not %s\n", births[i].text, written,
					births[i].wanted);
	}
}

/* The length of a birth date: just allowed, just not. */
static void
test_birth_length(void)
{
	char		text[CCCD_WORD_TIME_MAX + 1];
	CccdWordBirth birth;

	memset(text, ' ', sizeof(text));
	memcpy(text, "1990", 4);
	CHECK(cccd_word_birth_read(text, CCCD_WORD_TIME_MAX, &birth));
	CHECK(!cccd_word_birth_read(text, CCCD_WORD_TIME_MAX + 1, &birth));
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
	test_births();
	test_birth_length();
	test_trim();
	test_composed();
	test_times();
	test_time_limits();
	return finish();
}
