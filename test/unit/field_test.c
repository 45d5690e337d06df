/*
 * field_test.c
 *		Single fields of a scan, each form with what is just not of it.
 */
#include "unit.h"

#include <stdlib.h>

#include "base/calendar_core.h"
#include "scan/field_core.h"

/* A flag that a scan has already: others are added to it. */
#define BEFORE	CCCD_FLAG(CONTROL_CHARACTERS)

static CccdSlice
slice(const char *text)
{
	CccdSlice	field = {text, strlen(text)};

	return field;
}

static void
test_numbers(void)
{
	int64_t		value = -1;

	CHECK(cccd_field_number(slice("012345678"), 9, &value) &&
		  value == 12345678);
	CHECK(cccd_field_number(slice("999999999999"), 12, &value) &&
		  value == INT64_C(999999999999));
	CHECK(!cccd_field_number(slice("12345678"), 9, &value));
	CHECK(!cccd_field_number(slice("1234567890"), 9, &value));
	CHECK(!cccd_field_number(slice("12345678:"), 9, &value));
	CHECK(!cccd_field_number(slice("/23456789"), 9, &value));
	CHECK(cccd_field_number(slice("09"), 2, &value) && value == 9);
}

static void
test_trim(void)
{
	static const char *const cases[][2] = {
		{"", ""}, {" ", ""}, {"   ", ""}, {"a", "a"}, {" a", "a"},
		{"a ", "a"}, {"  a b  ", "a b"}, {"\ta", "\ta"}
	};

	for (size_t k = 0; k < sizeof(cases) / sizeof(cases[0]); k++)
	{
		CccdSlice	field = cccd_field_trim(slice(cases[k][0]));

		CHECK(field.len == strlen(cases[k][1]) &&
			  memcmp(field.ptr, cases[k][1], field.len) == 0);
	}
}

static void
test_sex(void)
{
	static const struct
	{
		const char *text;
		char		sex;
	}			cases[] = {
		{"Nam", 'M'}, {"nam", 'M'}, {"NAM", 'M'}, {"N\xE1\xBB\xAF", 'F'},
		{"nu", 'F'}, {"NU", 'F'}, {"", 0}, {"Na", 0}, {"Nan", 0}, {"Num", 0},
		{"N", 0}, {"Nams", 0}, {"MU", 0}, {"1", 0}, {"M", 0},
		{"Namxxxxxxxxxxxxxxxxxxxxx", 0}
	};

	for (size_t k = 0; k < sizeof(cases) / sizeof(cases[0]); k++)
	{
		CccdScan	scan = {.flags = BEFORE};

		CHECK(cccd_field_is_sex(slice(cases[k].text)) == (cases[k].sex != 0));
		cccd_take_sex(&scan, slice(cases[k].text));
		CHECK(scan.sex == cases[k].sex);
		CHECK(scan.flags == (BEFORE | (cases[k].sex != 0 ? 0 :
									   cases[k].text[0] == '\0' ?
									   CCCD_FLAG(FIELD_MISSING) : CCCD_FLAG(SEX_UNKNOWN))));
	}
}

static void
test_hex_text(void)
{
	char		text[2 * CCCD_NAME_MAX + 3];

	CHECK(cccd_field_is_hex_text(slice("414E")));
	CHECK(cccd_field_is_hex_text(slice("4aFf4a")) == false);
	CHECK(cccd_field_is_hex_text(slice("4E677579E1BB856E")));
	CHECK(cccd_field_is_hex_text(slice("4e677579e1bb856e")));
	CHECK(!cccd_field_is_hex_text(slice("41")));
	CHECK(!cccd_field_is_hex_text(slice("414")));
	CHECK(!cccd_field_is_hex_text(slice("41414")));
	CHECK(!cccd_field_is_hex_text(slice("414G")));
	CHECK(!cccd_field_is_hex_text(slice("414g")));
	CHECK(!cccd_field_is_hex_text(slice("41:0")));
	CHECK(!cccd_field_is_hex_text(slice("41@0")));
	CHECK(!cccd_field_is_hex_text(slice("41`0")));
	CHECK(!cccd_field_is_hex_text(slice("41/0")));
	/* control characters, a first character that is not a letter */
	CHECK(cccd_field_is_hex_text(slice("4120")));
	CHECK(!cccd_field_is_hex_text(slice("411F")));
	CHECK(!cccd_field_is_hex_text(slice("4041")));
	CHECK(cccd_field_is_hex_text(slice("4141")));
	CHECK(!cccd_field_is_hex_text(slice("3141")));
	/* broken UTF-8 */
	CHECK(!cccd_field_is_hex_text(slice("41E1BB")));
	CHECK(!cccd_field_is_hex_text(slice("FFFF")));
	/* the longest */
	for (int k = 0; k <= CCCD_NAME_MAX; k++)
		memcpy(text + 2 * k, "41", 3);
	CHECK(!cccd_field_is_hex_text(slice(text)));
	text[2 * CCCD_NAME_MAX] = '\0';
	CHECK(cccd_field_is_hex_text(slice(text)));
}

static void
test_date_forms(void)
{
	static const struct
	{
		const char *text;
		CccdDateForm form;
		int			year;
		int			month;
		int			day;
	}			cases[] = {
		{"01021990", CCCD_DATE_COMPACT, 1990, 2, 1},
		{"31121999", CCCD_DATE_COMPACT, 1999, 12, 31},
		{"99999999", CCCD_DATE_COMPACT, 9999, 99, 99},
		{"0102199", CCCD_DATE_NONE, 0, 0, 0},
		{"010219901", CCCD_DATE_NONE, 0, 0, 0},
		{"1990-02-01", CCCD_DATE_ISO, 1990, 2, 1},
		{"1990-2-01", CCCD_DATE_OTHER, 1990, 2, 1},
		{"1990-02-1", CCCD_DATE_OTHER, 1990, 2, 1},
		{"1990/02-01", CCCD_DATE_OTHER, 1990, 2, 1},
		{"1990-02/01", CCCD_DATE_OTHER, 1990, 2, 1},
		{"1990.02.01", CCCD_DATE_OTHER, 1990, 2, 1},
		{"1990 02 01", CCCD_DATE_OTHER, 1990, 2, 1},
		{"1990-002-01", CCCD_DATE_NONE, 0, 0, 0},
		{"1990-02-001", CCCD_DATE_NONE, 0, 0, 0},
		{"1990-02-", CCCD_DATE_NONE, 0, 0, 0},
		{"1990--01", CCCD_DATE_NONE, 0, 0, 0},
		{"1990-02-01-", CCCD_DATE_NONE, 0, 0, 0},
		{"990-02-01", CCCD_DATE_NONE, 0, 0, 0},
		{"19900-02-01", CCCD_DATE_NONE, 0, 0, 0},
		{"01/02/1990", CCCD_DATE_OTHER, 1990, 2, 1},
		{"1/2/1990", CCCD_DATE_OTHER, 1990, 2, 1},
		{"01-02-1990", CCCD_DATE_OTHER, 1990, 2, 1},
		{"001/02/1990", CCCD_DATE_NONE, 0, 0, 0},
		{"01/002/1990", CCCD_DATE_NONE, 0, 0, 0},
		{"01/02/990", CCCD_DATE_NONE, 0, 0, 0},
		{"01/02/19900", CCCD_DATE_NONE, 0, 0, 0},
		{"1/2/3", CCCD_DATE_NONE, 0, 0, 0},
		{"1/2/3/4", CCCD_DATE_NONE, 0, 0, 0},
		{"02/1990", CCCD_DATE_OTHER, 1990, 2, 0},
		{"2/1990", CCCD_DATE_OTHER, 1990, 2, 0},
		{"002/1990", CCCD_DATE_NONE, 0, 0, 0},
		{"02/990", CCCD_DATE_NONE, 0, 0, 0},
		{"02/19900", CCCD_DATE_NONE, 0, 0, 0},
		{"1990/02", CCCD_DATE_NONE, 0, 0, 0},
		{"1990", CCCD_DATE_OTHER, 1990, 0, 0},
		{"199", CCCD_DATE_NONE, 0, 0, 0},
		{"19900", CCCD_DATE_NONE, 0, 0, 0},
		{"", CCCD_DATE_NONE, 0, 0, 0},
		{"/1990", CCCD_DATE_NONE, 0, 0, 0},
		{"01:02:1990", CCCD_DATE_NONE, 0, 0, 0},
		{"01,02,1990", CCCD_DATE_NONE, 0, 0, 0},
		{"0102199O", CCCD_DATE_NONE, 0, 0, 0},
		{"999999999-1-1", CCCD_DATE_NONE, 0, 0, 0}
	};

	for (size_t k = 0; k < sizeof(cases) / sizeof(cases[0]); k++)
	{
		CccdDateParts date = cccd_field_date(slice(cases[k].text));

		if (date.form != cases[k].form)
			fprintf(stderr, "\"%s\": %d\n", cases[k].text, date.form);
		CHECK(date.form == cases[k].form);
		CHECK(date.year == cases[k].year && date.month == cases[k].month &&
			  date.day == cases[k].day);
	}
}

static void
test_dates(void)
{
	static const struct
	{
		const char *text;
		CccdDateForm form;
		uint64_t	flags;
		int			year;
		bool		day;
	}			cases[] = {
#define FORM	CCCD_DATE_COMPACT
		{"01021990", FORM, 0, 1990, true},
		{"01021990", CCCD_DATE_ISO, CCCD_FLAG(DATE_REFORMATTED), 1990, true},
		{"01/02/1990", FORM, CCCD_FLAG(DATE_REFORMATTED), 1990, true},
		{"29021990", FORM, CCCD_FLAG(DATE_INVALID), 1990, false},
		{"00021990", FORM, CCCD_FLAG(DATE_INCOMPLETE), 1990, false},
		{"01001990", FORM, CCCD_FLAG(DATE_INCOMPLETE), 1990, false},
		{"01020000", FORM, CCCD_FLAG(DATE_INCOMPLETE), 0, false},
		{"31001990", FORM, CCCD_FLAG(DATE_INCOMPLETE), 1990, false},
		{"32001990", FORM, CCCD_FLAG(DATE_INVALID), 1990, false},
		{"00121990", FORM, CCCD_FLAG(DATE_INCOMPLETE), 1990, false},
		{"00131990", FORM, CCCD_FLAG(DATE_INVALID), 1990, false},
		{"01131990", FORM, CCCD_FLAG(DATE_INVALID), 1990, false},
		{"32011990", FORM, CCCD_FLAG(DATE_INVALID), 1990, false},
		{"", FORM, CCCD_FLAG(FIELD_MISSING), 0, false},
		{"0102****", FORM, CCCD_FLAG(MASKED), 0, false},
		{"x", FORM, CCCD_FLAG(DATE_INVALID), 0, false}
#undef FORM
	};

	for (size_t k = 0; k < sizeof(cases) / sizeof(cases[0]); k++)
	{
		CccdScan	scan = {.flags = BEFORE};
		int			year = -1;
		int32_t		day = cccd_take_date(&scan, slice(cases[k].text),
										 cases[k].form, &year);

		if (scan.flags != (BEFORE | cases[k].flags))
			fprintf(stderr, "\"%s\"\n", cases[k].text);
		CHECK(scan.flags == (BEFORE | cases[k].flags));
		CHECK(year == cases[k].year);
		CHECK((day != CCCD_NO_DATE) == cases[k].day);
		CHECK(!cases[k].day || day == cccd_days_from_civil(1990, 2, 1));
	}
	/* the first and the last year that is a year */
	for (int k = -1; k <= 1; k++)
	{
		char		text[16];
		CccdScan	scan = {.flags = BEFORE};
		int			year;

		snprintf(text, sizeof(text), "0102%04d", CCCD_SCAN_YEAR_MIN + k);
		CHECK((cccd_take_date(&scan, slice(text), CCCD_DATE_COMPACT, &year) !=
			   CCCD_NO_DATE) == (k >= 0));
		CHECK(year == (k >= 0 ? CCCD_SCAN_YEAR_MIN + k : 0));
		snprintf(text, sizeof(text), "0102%04d", CCCD_SCAN_YEAR_MAX + k);
		CHECK((cccd_take_date(&scan, slice(text), CCCD_DATE_COMPACT, &year) !=
			   CCCD_NO_DATE) == (k <= 0));
		CHECK(year == (k <= 0 ? CCCD_SCAN_YEAR_MAX + k : 0));
	}
}

static void
test_names(void)
{
	static const struct
	{
		const char *text;
		uint64_t	flags;
		bool		kept;
	}			cases[] = {
		{"", CCCD_FLAG(FIELD_MISSING), false},
		{"An", 0, true}, {"a", 0, true}, {"z", 0, true}, {"A", 0, true},
		{"Z", 0, true}, {"\xE1\xBA\xA0", 0, true}, {"A b", 0, true},
		{"@", CCCD_FLAG(NAME_INVALID), true},
		{"[", CCCD_FLAG(NAME_INVALID), true},
		{"`", CCCD_FLAG(NAME_INVALID), true},
		{"{", CCCD_FLAG(NAME_INVALID), true},
		{" ", CCCD_FLAG(NAME_INVALID), true},
		{"An0", CCCD_FLAG(NAME_INVALID), true},
		{"An9", CCCD_FLAG(NAME_INVALID), true},
		{"An/", 0, true}, {"An:", 0, true},
		{"An?", CCCD_FLAG(ENCODING_SUSPECT), true},
		{"An*", CCCD_FLAG(MASKED), true},
		{"***", CCCD_FLAG(MASKED) | CCCD_FLAG(NAME_INVALID), true}
	};
	static char long_text[CCCD_ADDRESS_MAX + CCCD_EXTRA_MAX + 2];

	for (size_t k = 0; k < sizeof(cases) / sizeof(cases[0]); k++)
	{
		CccdScan	scan = {.flags = BEFORE};

		cccd_take_name(&scan, slice(cases[k].text));
		if (scan.flags != (BEFORE | cases[k].flags))
			fprintf(stderr, "\"%s\"\n", cases[k].text);
		CHECK(scan.flags == (BEFORE | cases[k].flags));
		CHECK((scan.name.ptr != NULL) == cases[k].kept);
	}
	memset(long_text, 'a', sizeof(long_text) - 1);
	for (size_t more = 0; more < 2; more++)
	{
		CccdScan	scan = {.flags = BEFORE};
		CccdSlice	field = {long_text, CCCD_NAME_MAX + more};

		cccd_take_name(&scan, field);
		CHECK((scan.name.ptr != NULL) == (more == 0));
		CHECK(scan.flags == (BEFORE | (more ? CCCD_FLAG(FIELD_TOO_LONG) : 0)));
		scan.flags = BEFORE;
		field.len = CCCD_ADDRESS_MAX + more;
		cccd_take_address(&scan, field);
		CHECK((scan.address.ptr != NULL) == (more == 0));
		CHECK(scan.flags == (BEFORE | (more ? CCCD_FLAG(FIELD_TOO_LONG) : 0)));
		scan.flags = BEFORE;
		field.len = CCCD_EXTRA_MAX + more;
		CHECK((cccd_take_extra(&scan, field).ptr != NULL) == (more == 0));
		CHECK(scan.flags == (BEFORE | (more ? CCCD_FLAG(FIELD_TOO_LONG) : 0)));
	}
}

static void
test_agreement(void)
{
	static const struct
	{
		int64_t		id;
		int			year;
		char		sex;
		uint64_t	flags;
	}			cases[] = {
		{INT64_C(1099012345), 1999, 'M', 0},
		{INT64_C(1099012345), 0, 0, 0},
		{INT64_C(1099012345), 1998, 'M', CCCD_FLAG(ID_DISAGREES_WITH_BIRTH_DATE)},
		{INT64_C(1099012345), 2099, 'M', CCCD_FLAG(ID_DISAGREES_WITH_BIRTH_DATE)},
		{INT64_C(1099012345), 1999, 'F', CCCD_FLAG(ID_DISAGREES_WITH_SEX)},
		{INT64_C(1199012345), 1999, 'F', 0},
		{INT64_C(3099012345), 1999, 'M', CCCD_FLAG(ID_PLACE_UNASSIGNED)},
		{CCCD_NO_ID, 1999, 'M', 0}
	};

	for (size_t k = 0; k < sizeof(cases) / sizeof(cases[0]); k++)
	{
		CccdScan	scan = {.flags = BEFORE};

		scan.id = cases[k].id;
		scan.sex = cases[k].sex;
		cccd_check_agreement(&scan, cases[k].year);
		CHECK(scan.flags == (BEFORE | cases[k].flags));
	}
}

int
main(void)
{
	test_numbers();
	test_trim();
	test_sex();
	test_hex_text();
	test_date_forms();
	test_dates();
	test_names();
	test_agreement();
	return finish();
}
