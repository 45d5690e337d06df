/*
 * mrz_test.c
 *		Machine readable zones: the specification's specimen, the Vietnamese
 *		layout, what is written is read.  All people are invented.
 */
#include "unit.h"

#include "scan/mrz_core.h"

/* Doc 9303-5 appendix A, the specimen of a TD1 document */
#define SPECIMEN "I<UTOD231458907<<<<<<<<<<<<<<<" \
	"7408122F1204159UTO<<<<<<<<<<<6ERIKSSON<<ANNA<MARIA<<<<<<<<<<"
#define VIETNAMESE "IDVNM0990123459001099012345<<0" \
	"9901018M3901016VNM<<<<<<<<<<<0NGUYEN<<VAN<AN<<<<<<<<<<<<<<<<"

static CccdMrzForm
read_zone(const char *text, char *mrz, bool *repaired)
{
	return cccd_mrz_read(text, strlen(text), mrz, repaired);
}

static void
test_read(void)
{
	char		mrz[CCCD_MRZ_SIZE];
	char		text[CCCD_MRZ_SIZE + 1];
	bool		repaired;

	CHECK(read_zone(SPECIMEN, mrz, &repaired) == CCCD_MRZ_TD1 && !repaired);
	CHECK(cccd_mrz_check(mrz) == 0);
	CHECK(!cccd_mrz_vietnamese(mrz));
	CHECK(read_zone(VIETNAMESE, mrz, &repaired) == CCCD_MRZ_TD1 && !repaired);
	CHECK(cccd_mrz_check(mrz) == 0);
	CHECK(cccd_mrz_vietnamese(mrz));

	/* Doc 9303-4 appendix A: a passport, two lines of 44 */
	CHECK(read_zone("P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\n"
					"L898902C36UTO7408122F1204159ZE184226B<<<<<10",
					mrz, &repaired) == CCCD_MRZ_OTHER);
	CHECK(read_zone("I<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<\n"
					"D231458907UTO7408122F1204159<<<<<<<6",
					mrz, &repaired) == CCCD_MRZ_OTHER);
	/* fillers as typographic signs */
	CHECK(read_zone("IDVNM0990123459001099012345\xE2\x80\xB9\xE2\x80\xB9" "0"
					"9901018M3901016VNM<<<<<<<<<<<0"
					"NGUYEN\xEF\xBC\x9C<VAN<AN<<<<<<<<<<<<<<<<",
					mrz, &repaired) == CCCD_MRZ_TD1 && !repaired);
	CHECK(memcmp(mrz, VIETNAMESE, CCCD_MRZ_SIZE) == 0);
	/* two signs where the last place has room for one, and broken bytes */
	memcpy(text, VIETNAMESE, 89);
	memcpy(text + 89, "\xC2\xAB", 2);
	CHECK(cccd_mrz_read(text, 91, mrz, &repaired) == CCCD_MRZ_NONE);
	memcpy(text + 88, "\xC2\xAB", 2);
	CHECK(cccd_mrz_read(text, 90, mrz, &repaired) == CCCD_MRZ_TD1 && repaired);
	CHECK(read_zone(VIETNAMESE "\xFF", mrz, &repaired) == CCCD_MRZ_NONE);
	/* a character short, a character long, no document code, no sex */
	CHECK(cccd_mrz_read(VIETNAMESE, 89, mrz, &repaired) == CCCD_MRZ_TD1 &&
		  repaired);
	CHECK(read_zone(VIETNAMESE "<", mrz, &repaired) == CCCD_MRZ_NONE);
	CHECK(read_zone("X" VIETNAMESE, mrz, &repaired) == CCCD_MRZ_NONE);
	CHECK(cccd_mrz_read(VIETNAMESE, 60, mrz, &repaired) == CCCD_MRZ_NONE);
	CHECK(read_zone("", mrz, &repaired) == CCCD_MRZ_NONE);
}

/* Each character matters: change one, and its check digit must not agree. */
static void
test_every_digit(void)
{
	int			at;

	for (at = 5; at < 60; at++)
	{
		char		mrz[CCCD_MRZ_SIZE];
		unsigned	bad;
		unsigned	wanted = 0;

		memcpy(mrz, VIETNAMESE, CCCD_MRZ_SIZE);
		if (mrz[at] < '0' || mrz[at] > '9')
			continue;
		mrz[at] = mrz[at] == '9' ? '0' : (char) (mrz[at] + 1);
		bad = cccd_mrz_check(mrz);
		if (at <= 14)
			wanted = CCCD_MRZ_BAD_DOCUMENT;
		else if (at <= 29)
			wanted = CCCD_MRZ_BAD_OPTIONAL;
		else if (at <= 36)
			wanted = CCCD_MRZ_BAD_BIRTH;
		else if (at <= 44)
			wanted = CCCD_MRZ_BAD_EXPIRY;
		CHECK(bad == (wanted | CCCD_MRZ_BAD_COMPOSITE));
	}
}

/* What is written is read, for numbers and dates all over their ranges. */
static void
test_round_trip(void)
{
	static const char *const names[] = {
		"NGUYEN VAN AN", "AN", "", "A B C D E F G H I J K L M N O P",
		"ABCDEFGHIJKLMNOPQRSTUVWXYZABCD", "ABCDEFGHIJKLMNOPQRSTUVWXYZABCDEF X"
	};
	int			wrong = 0;
	int			i;

	for (i = 0; i < 100000; i++)
	{
		CccdMrzFields fields;
		char		mrz[CCCD_MRZ_SIZE];
		char		again[CCCD_MRZ_SIZE];
		char		name[CCCD_MRZ_LINE];
		size_t		len;
		bool		repaired;

		fields.id = INT64_C(9999991) * i;
		fields.name = names[i % 6];
		fields.name_len = strlen(fields.name);
		fields.birth[0] = 1900 + i % 200;
		fields.birth[1] = 1 + i % 12;
		fields.birth[2] = 1 + i % 31;
		fields.expiry[0] = i % 7 == 0 ? 0 : 2000 + i % 90;
		fields.expiry[1] = 1 + i % 12;
		fields.expiry[2] = 1 + i % 28;
		fields.sex = "MF<"[i % 3];
		cccd_mrz_write(&fields, mrz);
		wrong += cccd_mrz_read(mrz, sizeof(mrz), again, &repaired) !=
			CCCD_MRZ_TD1 || repaired || cccd_mrz_check(mrz) != 0 ||
			memcmp(mrz, again, sizeof(mrz)) != 0;
		len = cccd_mrz_name(mrz, name);
		wrong += len > fields.name_len || memcmp(name, fields.name, len) != 0;
		wrong += i % 6 < 3 && len != fields.name_len;
	}
	CHECK(wrong == 0);
}

int
main(void)
{
	test_read();
	test_every_digit();
	test_round_trip();
	return finish();
}
