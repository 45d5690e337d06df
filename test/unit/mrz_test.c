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

/* A character that stands where the fillers do, throughout. */
static void
test_fillers(void)
{
	for (int c = 1; c < 128; c++)
	{
		char		text[CCCD_MRZ_SIZE + 1] = VIETNAMESE;
		char		mrz[CCCD_MRZ_SIZE];
		bool		repaired;
		bool		letter = (c >= 'A' && c <= 'Z') ||
		(c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
		CccdMrzForm form;

		for (int k = 0; k < CCCD_MRZ_SIZE; k++)
			if (text[k] == '<')
				text[k] = (char) c;
		form = read_zone(text, mrz, &repaired);
		if (c >= 0x09 && c <= 0x0D)
			CHECK(form == CCCD_MRZ_NONE);
		else
		{
			CHECK(form == CCCD_MRZ_TD1);
			CHECK(repaired == (!letter && c != '<'));
			CHECK(letter || memcmp(mrz, VIETNAMESE, CCCD_MRZ_SIZE) == 0);
		}
		/* two of them are not a layout of the keyboard */
		if (!letter && c != '<' && c != '!')
		{
			text[CCCD_MRZ_SIZE - 1] = '!';
			CHECK(read_zone(text, mrz, &repaired) == CCCD_MRZ_NONE);
		}
	}
}

/* Letters may be small, and white space of any kind may be between them. */
static void
test_white_space(void)
{
	static const char *const spaces[] = {
		"\t", "\n", "\v", "\f", "\r", " ", "\xC2\xA0", "\xE3\x80\x80"
	};
	char		mrz[CCCD_MRZ_SIZE];
	bool		repaired;
	char		small[CCCD_MRZ_SIZE + 1] = VIETNAMESE;

	for (int k = 0; k < CCCD_MRZ_SIZE; k++)
		if (small[k] >= 'A' && small[k] <= 'Z')
			small[k] = (char) (small[k] + ('a' - 'A'));
	CHECK(read_zone(small, mrz, &repaired) == CCCD_MRZ_TD1 && !repaired);
	CHECK(memcmp(mrz, VIETNAMESE, CCCD_MRZ_SIZE) == 0);
	for (size_t k = 0; k < sizeof(spaces) / sizeof(spaces[0]); k++)
	{
		char		text[2 * CCCD_MRZ_SIZE];

		snprintf(text, sizeof(text), "%.45s%s%s", VIETNAMESE, spaces[k],
				 VIETNAMESE + 45);
		CHECK(read_zone(text, mrz, &repaired) == CCCD_MRZ_TD1 && !repaired);
		CHECK(memcmp(mrz, VIETNAMESE, CCCD_MRZ_SIZE) == 0);
	}
}

/* Document codes, issuing states and sexes that a zone may have. */
static void
test_recognised(void)
{
	for (int c = '0'; c <= 'Z'; c++)
	{
		char		text[CCCD_MRZ_SIZE + 1] = VIETNAMESE;
		char		two[CCCD_MRZ_SIZE + 1];
		char		mrz[CCCD_MRZ_SIZE];
		bool		repaired;
		bool		digit = c >= '0' && c <= '9';

		if (c > '9' && c < 'A' && c != '<')
			continue;
		text[0] = (char) c;
		CHECK((read_zone(text, mrz, &repaired) == CCCD_MRZ_TD1) ==
			  (strchr("ACI", c) != NULL));
		text[0] = 'I';
		text[CCCD_MRZ_SEX] = (char) c;
		CHECK((read_zone(text, mrz, &repaired) == CCCD_MRZ_TD1) ==
			  (strchr("MFX<", c) != NULL));
		text[CCCD_MRZ_SEX] = 'M';
		for (int at = CCCD_MRZ_ISSUER; at < CCCD_MRZ_DOCUMENT; at++)
		{
			char		old = text[at];

			text[at] = (char) c;
			CHECK((read_zone(text, mrz, &repaired) == CCCD_MRZ_TD1) ==
				  !digit);
			text[at] = old;
		}

		/* the zones of two lines, which have a filler somewhere */
		for (int size = 71; size <= 89; size++)
		{
			bool		known = (size == 88 && strchr("PV", c)) ||
			(size == 72 && strchr("ACIPV", c));

			memset(two, 'A', CCCD_MRZ_SIZE);
			two[0] = (char) c;
			two[size] = '\0';
			CHECK(c == '<' ||
				  read_zone(two, mrz, &repaired) == CCCD_MRZ_NONE);
			two[size - 1] = '<';
			CHECK(read_zone(two, mrz, &repaired) ==
				  (known ? CCCD_MRZ_OTHER : CCCD_MRZ_NONE));
			/* what another character stands for is not believed here */
			two[size - 1] = '?';
			CHECK(read_zone(two, mrz, &repaired) == CCCD_MRZ_NONE);
		}
	}
}

/* Lines whose fillers arrived as spaces, or whose last ones were cut off. */
static void
test_lines(void)
{
#define LINE1	"IDVNM0990123459001099012345  0"
#define LINE2	"9901018M3901016VNM           0"
#define LINE3	"NGUYEN  VAN AN"
	static const struct
	{
		const char *text;
		bool		good;
	}			cases[] = {
		{LINE1 "\n" LINE2 "\n" LINE3, true},
		{LINE1 "\r" LINE2 "\r" LINE3, true},
		{LINE1 "\r\n" LINE2 "\r\n" LINE3 "\r\n", true},
		{"\n\n" LINE1 "\n\n" LINE2 "\n\n" LINE3 "\n\n", true},
		{LINE1 "\n" LINE2 "\n" LINE3 "                ", true},
		{LINE1 "\n" LINE2 "\n" LINE3 "                    ", true},
		{LINE1 "  \n" LINE2 " \n" LINE3, true},
		{LINE1 LINE2 LINE3, true},
		{LINE1 LINE2 LINE3 "                   ", true},
		/* the last line has at least one character */
		{LINE1 "\n" LINE2, false},
		{LINE1 "\n" LINE2 "\nN", true},
		{LINE1 LINE2, false},
		{LINE1 LINE2 "N", true},
		/* a line too many, one too long, one too short */
		{LINE1 "\n" LINE2 "\n" LINE3 "\nA", false},
		{LINE1 "A\n" LINE2 "\n" LINE3, false},
		{LINE1 "\n" LINE2 "0\n" LINE3, false},
		{LINE1 "\n" LINE2 "\n" LINE3 "               A", true},
		{LINE1 "\n" LINE2 "\n" LINE3 "                A", false},
		{"IDVNM0990123459001099012345  \n" LINE2 "\n" LINE3, false},
		{LINE1 "\n9901018M3901016VNM           \n" LINE3, false},
		/* a check digit that does not agree, another character */
		{"IDVNM0990123459001099012345  1\n" LINE2 "\n" LINE3, false},
		{LINE1 "\n" LINE2 "\nNGUYEN  V?N AN", false},
		{LINE1 "\t" LINE2 "\t" LINE3, false}
	};

	for (size_t k = 0; k < sizeof(cases) / sizeof(cases[0]); k++)
	{
		char		mrz[CCCD_MRZ_SIZE];
		bool		repaired;
		CccdMrzForm form = read_zone(cases[k].text, mrz, &repaired);

		if ((form == CCCD_MRZ_TD1) != cases[k].good)
			fprintf(stderr, "case %d\n", (int) k);
		CHECK(form == (cases[k].good ? CCCD_MRZ_TD1 : CCCD_MRZ_NONE));
		CHECK(repaired == cases[k].good);
		CHECK(!cases[k].good ||
			  memcmp(mrz, VIETNAMESE, CCCD_MRZ_NAME + 1) == 0);
	}
}

/* Check digits that other states may leave out, and Viet Nam may not. */
static void
test_issuers(void)
{
	char		mrz[CCCD_MRZ_SIZE];

	memcpy(mrz, SPECIMEN, CCCD_MRZ_SIZE);
	mrz[29] = '5';
	CHECK((cccd_mrz_check(mrz) & CCCD_MRZ_BAD_OPTIONAL) == 0);
	mrz[14] = '<';
	CHECK((cccd_mrz_check(mrz) & CCCD_MRZ_BAD_DOCUMENT) == 0);
	mrz[14] = '8';
	CHECK((cccd_mrz_check(mrz) & CCCD_MRZ_BAD_DOCUMENT) != 0);
	memcpy(mrz, VIETNAMESE, CCCD_MRZ_SIZE);
	mrz[29] = '<';
	CHECK((cccd_mrz_check(mrz) & CCCD_MRZ_BAD_OPTIONAL) != 0);
	mrz[14] = '<';
	CHECK((cccd_mrz_check(mrz) & CCCD_MRZ_BAD_DOCUMENT) != 0);
	for (int at = CCCD_MRZ_ISSUER; at < CCCD_MRZ_DOCUMENT; at++)
	{
		memcpy(mrz, VIETNAMESE, CCCD_MRZ_SIZE);
		mrz[at] = 'Q';
		CHECK(!cccd_mrz_vietnamese(mrz));
	}
	/* letters count from ten: each has its own value */
	for (int c = 'A'; c <= 'Z'; c++)
	{
		memcpy(mrz, SPECIMEN, CCCD_MRZ_SIZE);
		mrz[5] = (char) c;
		mrz[14] = (char) ('0' + ((c - 'A' + 10) * 7 + 6) % 10);
		CHECK((cccd_mrz_check(mrz) & CCCD_MRZ_BAD_DOCUMENT) == 0);
		/* nine of them, whose weights are three times 7, 3 and 1 */
		memset(mrz + CCCD_MRZ_DOCUMENT, c, CCCD_MRZ_DOCUMENT_LEN);
		mrz[14] = (char) ('0' + (c - 'A' + 10) * 33 % 10);
		CHECK((cccd_mrz_check(mrz) & CCCD_MRZ_BAD_DOCUMENT) == 0);
	}
}

/* The name: every place of its line, with a space for any run of fillers. */
static void
test_names(void)
{
	char		mrz[CCCD_MRZ_SIZE];
	char		name[CCCD_MRZ_LINE];

	memset(mrz, '<', CCCD_MRZ_SIZE);
	CHECK(cccd_mrz_name(mrz, name) == 0);
	for (int at = CCCD_MRZ_NAME; at < CCCD_MRZ_SIZE; at++)
	{
		memset(mrz, '<', CCCD_MRZ_SIZE);
		mrz[CCCD_MRZ_NAME - 1] = 'X';
		mrz[at] = 'A';
		CHECK(cccd_mrz_name(mrz, name) == 1 && name[0] == 'A');
		mrz[CCCD_MRZ_NAME] = 'B';
		mrz[CCCD_MRZ_SIZE - 1] = 'C';
		CHECK(cccd_mrz_name(mrz, name) ==
			  (size_t) (at == CCCD_MRZ_NAME || at == CCCD_MRZ_SIZE - 1 ? 3 :
						at == CCCD_MRZ_NAME + 1 || at == CCCD_MRZ_SIZE - 2 ?
						4 : 5));
	}
	memset(mrz + CCCD_MRZ_NAME, 'A', CCCD_MRZ_LINE);
	CHECK(cccd_mrz_name(mrz, name) == CCCD_MRZ_LINE);
}

/* Every character that is written. */
static void
test_write(void)
{
	CccdMrzFields fields = {
		INT64_C(1099012345), "NGUYEN VAN AN", 13, {1999, 1, 1},
		{2039, 1, 1}, 'M'
	};
	char		mrz[CCCD_MRZ_SIZE];

	cccd_mrz_write(&fields, mrz);
	CHECK(memcmp(mrz, VIETNAMESE, CCCD_MRZ_SIZE) == 0);
	fields.id = INT64_C(987654321098);
	fields.birth[1] = 12;
	fields.birth[2] = 31;
	fields.sex = 'F';
	fields.expiry[0] = 0;
	fields.name = "ABCDEFGHIJKLMNO PQRSTUVWXYZABCD";
	fields.name_len = strlen(fields.name);
	cccd_mrz_write(&fields, mrz);
	CHECK(memcmp(mrz, "IDVNM6543210989987654321098<<", 14) == 0);
	CHECK(memcmp(mrz + 15, "987654321098<<", 14) == 0);
	CHECK(memcmp(mrz + 30, "991231", 6) == 0 && mrz[37] == 'F');
	CHECK(memcmp(mrz + 38, "991231", 6) == 0);
	CHECK(memcmp(mrz + 45, "VNM<<<<<<<<<<<", 14) == 0);
	CHECK(memcmp(mrz + 60, "ABCDEFGHIJKLMNO<<PQRSTUVWXYZABCD", 30) == 0);
	CHECK(cccd_mrz_check(mrz) == 0);
	/* two fillers behind the family name only, also at the end */
	fields.name = "ABCDEFGHIJKLMNOPQRSTUVWXYZAB C";
	fields.name_len = strlen(fields.name);
	cccd_mrz_write(&fields, mrz);
	CHECK(memcmp(mrz + 60, "ABCDEFGHIJKLMNOPQRSTUVWXYZAB<<", 30) == 0);
	fields.name = "A B C D";
	fields.name_len = strlen(fields.name);
	cccd_mrz_write(&fields, mrz);
	CHECK(memcmp(mrz + 60, "A<<B<C<D<<<<<<<<<<<<<<<<<<<<<<", 30) == 0);
}

int
main(void)
{
	test_read();
	test_every_digit();
	test_round_trip();
	test_fillers();
	test_white_space();
	test_recognised();
	test_lines();
	test_issuers();
	test_names();
	test_write();
	return finish();
}
