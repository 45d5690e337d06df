/*
 * card_test.c
 *		What a machine readable zone and the fields behind a card's own say:
 *		each character of the zone alone.  All people are invented.
 */
#include "unit.h"

#include "base/calendar_core.h"
#include "scan/card_core.h"

#define ZONE "IDVNM0990123459001099012345<<0" \
	"9901018M3901016VNM<<<<<<<<<<<0NGUYEN<<VAN<AN<<<<<<<<<<<<<<<<"

/* Places of a TD1 zone, Doc 9303-5 section 4.2. */
#define ISSUER		2
#define DOCUMENT	5
#define OPTIONAL	15
#define BIRTH		30
#define SEX			37
#define EXPIRY		38
#define NATIONALITY	45
#define LAST		89

static CccdScan scan;

/* The check digit of a stretch of the zone, of several for the last one. */
static int
weigh(const char *text, int from, int to, int *place)
{
	int			sum = 0;

	for (int i = from; i < to; i++)
	{
		char		c = text[i];

		sum += (c == '<' ? 0 : c <= '9' ? c - '0' : c - 'A' + 10) *
			(++*place % 3 == 1 ? 7 : *place % 3 == 2 ? 3 : 1);
	}
	return sum;
}

static void
put_check_digits(char *zone)
{
	static const int fields[][2] = {{5, 14}, {15, 29}, {30, 36}, {38, 44}};
	int			place;
	int			sum;

	for (int i = 0; i < 4; i++)
	{
		place = 0;
		sum = weigh(zone, fields[i][0], fields[i][1], &place);
		zone[fields[i][1]] = (char) ('0' + sum % 10);
	}
	place = 0;
	sum = weigh(zone, 5, 30, &place);
	sum += weigh(zone, 30, 37, &place);
	sum += weigh(zone, 38, 45, &place);
	sum += weigh(zone, 48, 59, &place);
	zone[59] = (char) ('0' + sum % 10);
}

/* Read the zone with another text in one place; the flags that it gets. */
static uint64_t
read_with(int at, const char *text)
{
	char		zone[] = ZONE;

	memcpy(zone + at, text, strlen(text));
	put_check_digits(zone);
	cccd_scan_read(zone, strlen(zone), &scan);
	CHECK(scan.kind == CCCD_KIND_MRZ);
	return scan.flags;
}

static void
test_undamaged(void)
{
	CHECK(read_with(0, "ID") == 0);
	CHECK(scan.id == INT64_C(1099012345) && scan.sex == 'M');
	CHECK(scan.birth_date == cccd_days_from_civil(1999, 1, 1));
	CHECK(scan.expires == cccd_days_from_civil(2039, 1, 1));
	CHECK(scan.issued == CCCD_NO_DATE);
	CHECK(scan.name.len == 13 && memcmp(scan.name.ptr, "NGUYEN VAN AN", 13) == 0);
}

/* The issuing state and the nationality, each of their letters. */
static void
test_states(void)
{
	for (int i = 0; i < 3; i++)
	{
		CHECK(read_with(NATIONALITY + i, "Q") ==
			  CCCD_FLAG(NATIONALITY_NOT_VIETNAM));
		CHECK(scan.id == INT64_C(1099012345));
		/* without the number nobody knows the century of the birth date */
		CHECK(read_with(ISSUER + i, "Q") ==
			  (CCCD_FLAG(ISSUER_NOT_VIETNAM) | CCCD_FLAG(DATE_INCOMPLETE)));
		CHECK(scan.id == CCCD_NO_ID && scan.birth_date == CCCD_NO_DATE);
	}
}

/* The document's number is the last nine digits of the number. */
static void
test_numbers(void)
{
	for (int i = 0; i < 9; i++)
	{
		CHECK(read_with(DOCUMENT + i, "8") ==
			  CCCD_FLAG(DOCUMENT_NUMBER_DISAGREES));
		CHECK(scan.id == INT64_C(1099012345));
	}
	for (int i = 0; i < 12; i++)
	{
		CHECK(read_with(OPTIONAL + i, "X") ==
			  (CCCD_FLAG(ID_INVALID) | CCCD_FLAG(DATE_INCOMPLETE)));
		CHECK(scan.id == CCCD_NO_ID);
	}
	/* the first three digits are not in the document's number */
	CHECK(read_with(OPTIONAL, "079") == 0 && scan.id == INT64_C(79099012345));
	/* what stands behind the number is not looked at */
	CHECK(read_with(OPTIONAL + 12, "AB") == 0);
	/* the digit for sex and century */
	CHECK(read_with(OPTIONAL + 3, "1") ==
		  (CCCD_FLAG(DOCUMENT_NUMBER_DISAGREES) |
		   CCCD_FLAG(ID_DISAGREES_WITH_SEX)));
	CHECK(read_with(OPTIONAL + 3, "2") ==
		  (CCCD_FLAG(DOCUMENT_NUMBER_DISAGREES) |
		   CCCD_FLAG(EXPIRES_BEFORE_BIRTH)));
	CHECK(scan.birth_date == cccd_days_from_civil(2099, 1, 1));
}

/* A name that fills its line may go on; one that ends before it does not. */
static void
test_names(void)
{
	CHECK(read_with(LAST, "A") == CCCD_FLAG(NAME_TRUNCATED));
	CHECK(read_with(LAST - 1, "A") == 0);
	CHECK(read_with(LAST - 29, "ABCDEFGHIJKLMNOPQRSTUVWXYZABCD") ==
		  CCCD_FLAG(NAME_TRUNCATED));
	CHECK(scan.name.len == 30);
	CHECK(read_with(LAST - 29, "ABCDEFGHIJKLMNOPQRSTUVWXYZABC<") == 0);
	CHECK(scan.name.len == 29);
	CHECK(read_with(LAST - 29, "<<<<<<<<<<<<<<<") == CCCD_FLAG(FIELD_MISSING));
	CHECK(read_with(LAST - 29, "NGUYEN<<V4N") == CCCD_FLAG(NAME_INVALID));
}

static void
test_sex(void)
{
	CHECK(read_with(SEX, "F") == CCCD_FLAG(ID_DISAGREES_WITH_SEX));
	CHECK(scan.sex == 'F');
	CHECK(read_with(SEX, "X") == CCCD_FLAG(SEX_UNKNOWN) && scan.sex == 0);
	CHECK(read_with(SEX, "<") == CCCD_FLAG(SEX_UNKNOWN) && scan.sex == 0);
}

/* Dates of six digits, of which fillers stand for what is not known. */
static void
test_dates(void)
{
	static const struct
	{
		const char *text;
		uint64_t	flags;
	}			births[] = {
		{"990101", 0}, {"991231", 0}, {"990001", CCCD_FLAG(DATE_INCOMPLETE)},
		{"990100", CCCD_FLAG(DATE_INCOMPLETE)},
		{"<<0101", CCCD_FLAG(DATE_INCOMPLETE)},
		{"99<<01", CCCD_FLAG(DATE_INCOMPLETE)},
		{"9901<<", CCCD_FLAG(DATE_INCOMPLETE)},
		{"<<<<<<", CCCD_FLAG(DATE_INCOMPLETE)},
		{"9<0101", CCCD_FLAG(DATE_INVALID)}, {"<90101", CCCD_FLAG(DATE_INVALID)},
		{"99<101", CCCD_FLAG(DATE_INVALID)}, {"990<01", CCCD_FLAG(DATE_INVALID)},
		{"9901<1", CCCD_FLAG(DATE_INVALID)}, {"99010<", CCCD_FLAG(DATE_INVALID)},
		{"99X101", CCCD_FLAG(DATE_INVALID)}, {"991301", CCCD_FLAG(DATE_INVALID)},
		{"990132", CCCD_FLAG(DATE_INVALID)}, {"990229", CCCD_FLAG(DATE_INVALID)},
		{"980101", CCCD_FLAG(ID_DISAGREES_WITH_BIRTH_DATE)}
	};

	for (size_t i = 0; i < sizeof(births) / sizeof(births[0]); i++)
	{
		if (read_with(BIRTH, births[i].text) != births[i].flags)
			fprintf(stderr, "%s\n", births[i].text);
		CHECK(scan.flags == births[i].flags);
		CHECK((scan.birth_date == CCCD_NO_DATE) ==
			  ((births[i].flags & (CCCD_FLAG(DATE_INCOMPLETE) |
								   CCCD_FLAG(DATE_INVALID))) != 0));
	}
	/* the last day of 99 says that there is no end, the one before is a date */
	CHECK(read_with(EXPIRY, "991231") == CCCD_FLAG(NO_EXPIRY) &&
		  scan.expires == CCCD_NO_DATE);
	CHECK(read_with(EXPIRY, "991230") == 0 &&
		  scan.expires == cccd_days_from_civil(2099, 12, 30));
	CHECK(read_with(EXPIRY, "000101") == 0 &&
		  scan.expires == cccd_days_from_civil(2000, 1, 1));
	CHECK(read_with(EXPIRY, "<<0101") == CCCD_FLAG(DATE_INCOMPLETE));
	CHECK(read_with(EXPIRY, "390229") == CCCD_FLAG(DATE_INVALID));
}

/* A check digit that does not agree is named, and so is the last one. */
static void
test_check_digits(void)
{
	static const struct
	{
		int			at;
		uint64_t	flags;
	}			digits[] = {
		{14, CCCD_FLAG(CHECK_DIGIT_DOCUMENT)},
		{29, CCCD_FLAG(CHECK_DIGIT_OPTIONAL)},
		{36, CCCD_FLAG(CHECK_DIGIT_BIRTH)},
		{44, CCCD_FLAG(CHECK_DIGIT_EXPIRY)},
		{59, 0}
	};

	for (size_t i = 0; i < sizeof(digits) / sizeof(digits[0]); i++)
	{
		char		zone[] = ZONE;

		zone[digits[i].at] = zone[digits[i].at] == '9' ? '0' :
			(char) (zone[digits[i].at] + 1);
		cccd_scan_read(zone, strlen(zone), &scan);
		CHECK(scan.flags == (digits[i].flags | CCCD_FLAG(CHECK_DIGIT_COMPOSITE)));
	}
}

/* Nobody gets a card before birth, and none ends before it: not by a day. */
static void
test_order(void)
{
	for (int day = -1; day <= 1; day++)
	{
		memset(&scan, 0, sizeof(scan));
		scan.birth_date = 100;
		scan.issued = 100 + day;
		scan.expires = CCCD_NO_DATE;
		cccd_card_check_order(&scan);
		CHECK(scan.flags == (day < 0 ? CCCD_FLAG(ISSUED_BEFORE_BIRTH) : 0));
		scan.flags = CCCD_FLAG(MASKED);
		scan.issued = CCCD_NO_DATE;
		scan.expires = 100 + day;
		cccd_card_check_order(&scan);
		CHECK(scan.flags == (CCCD_FLAG(MASKED) |
							 (day < 0 ? CCCD_FLAG(EXPIRES_BEFORE_BIRTH) : 0)));
		scan.flags = 0;
		scan.issued = scan.expires = 100 + day;
		cccd_card_check_order(&scan);
		CHECK(scan.flags ==
			  (day < 0 ? CCCD_FLAG(ISSUED_BEFORE_BIRTH) |
			   CCCD_FLAG(EXPIRES_BEFORE_BIRTH) : 0));
		scan.flags = 0;
		scan.birth_date = CCCD_NO_DATE;
		cccd_card_check_order(&scan);
		CHECK(scan.flags == 0);
	}
}

/*
 * Cancelled numbers stand in any of the fields behind a card's own; a field
 * with anything else has none, and says nothing about how many there are.
 */
static void
test_cancelled(void)
{
#define FIELDS "001099012345||An|01011999|Nam|Hue|04102024|"
#define EIGHT "001099000001,001099000002;001099000003 001099000004, " \
	"001099000005,,001099000006 001099000007;001099000008"
	static const struct
	{
		const char *fields;
		int			count;
		uint64_t	flags;
	}			cases[] = {
		{"|||", 0, 0},
		{"001099000001|||", 1, 0},
		{"|||001099000001", 1, 0},
		{"001099000001||001099000002|", 2, 0},
		{"00109900000|||", 0, 0},
		{"001099000001 x|||", 0, 0},
		{"x 001099000001|||", 0, 0},
		{EIGHT "|||", 8, 0},
		{EIGHT "|An||", 8, 0},
		/* a field that begins as a list does and is not one */
		{EIGHT "|001099000009 x||", 8, 0},
		{EIGHT "|001099000009||", 8, CCCD_FLAG(FIELD_SURPLUS)},
		{EIGHT " 001099000009|||", 8, CCCD_FLAG(FIELD_SURPLUS)}
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
	{
		char		text[512];

		snprintf(text, sizeof(text), FIELDS "%s", cases[i].fields);
		cccd_scan_read(text, strlen(text), &scan);
		CHECK(scan.kind == CCCD_KIND_CARD_2024);
		if (scan.cancelled_count != cases[i].count)
			fprintf(stderr, "%s: %d\n", cases[i].fields, scan.cancelled_count);
		CHECK(scan.cancelled_count == cases[i].count);
		CHECK(scan.flags == cases[i].flags);
		for (int k = 0; k < scan.cancelled_count && k < 1; k++)
			CHECK(scan.cancelled[k] == INT64_C(1099000001) + k);
	}
}

/* The sex of a personal code stands between the first two signs. */
static void
test_personal(void)
{
	static const struct
	{
		const char *ext;
		char		sex;
		uint64_t	flags;
	}			cases[] = {
		{"", 0, 0}, {"1", 0, 0}, {"<", 0, 0}, {"<<", 0, 0}, {"<0", 0, 0},
		{"<0<1", 0, 0}, {"<1", 'M', 0}, {"<1<", 'M', 0}, {"<2<1", 'F', 0},
		{"162900000000000001<2<0", 'F', 0}, {"<<1", 0, 0},
		{"<3", 0, CCCD_FLAG(SEX_UNKNOWN)}, {"<10", 0, CCCD_FLAG(SEX_UNKNOWN)},
		{"<01", 0, CCCD_FLAG(SEX_UNKNOWN)}, {"<00", 0, CCCD_FLAG(SEX_UNKNOWN)},
		{"<20<", 0, CCCD_FLAG(SEX_UNKNOWN)}, {"</", 0, CCCD_FLAG(SEX_UNKNOWN)}
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
	{
		char		text[128];
		bool		female = cases[i].sex == 'F';

		snprintf(text, sizeof(text), "001%c99012345|AN|1999-01-01|0|1|%s",
				 female ? '1' : '0', cases[i].ext);
		cccd_scan_read(text, strlen(text), &scan);
		CHECK(scan.kind == CCCD_KIND_PERSONAL);
		CHECK(scan.sex == cases[i].sex);
		CHECK((scan.flags & CCCD_FLAG(SEX_UNKNOWN)) == cases[i].flags);
		CHECK(!(scan.flags & CCCD_FLAG(ID_DISAGREES_WITH_SEX)));
	}
}

int
main(void)
{
	test_undamaged();
	test_states();
	test_numbers();
	test_names();
	test_sex();
	test_dates();
	test_check_digits();
	test_order();
	test_cancelled();
	test_personal();
	return finish();
}
