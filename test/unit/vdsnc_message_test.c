/*
 * vdsnc_message_test.c
 *		The message of a visible digital seal: its person, its doses and tests,
 *		and deviations of issuers.
 */
#include "vdsnc_ask.h"

#include "base/calendar_core.h"

/* Names with and without parts, birth dates with parts missing. */
static void
test_person(void)
{
	read_seal(DATA(SEAL_PERSON("Smith Bill"), ONE("x")), false);
	CHECK(is(vdsnc.family, "Smith Bill") && vdsnc.given.len == 0);
	read_seal(DATA(SEAL_PERSON("  A  "), ONE("x")), false);
	CHECK(is(vdsnc.family, "A") && vdsnc.given.len == 0);
	read_seal(DATA("\"pid\":{\"n\":\"A\"}", ONE("x")), false);
	CHECK(!vdsnc.birth.known && vdsnc.schema == CCCD_STATUS_OK);
	read_seal(DATA("\"pid\":{\"dob\":\"1990\",\"n\":\"A\"}", ONE("x")), false);
	CHECK_STR(findings(), "[date_incomplete(pid.dob)]");
	read_seal(DATA("\"pid\":{\"dob\":\"17.05.1990\",\"n\":\"A\"}", ONE("x")), true);
	CHECK_STR(findings(), "[schema_date(pid.dob)]");
	read_seal(DATA("\"pid\":{\"dob\":\"17.05.1990\",\"n\":\"A\"}", ONE("x")), false);
	CHECK_STR(findings(), "schema_date(pid.dob)");
	read_seal(DATA("\"pid\":{\"dob\":\"1990-05-17\",\"n\":\" \"}", ONE("x")), true);
	CHECK_STR(findings(), "schema_required(pid.n)");
	read_seal(DATA("\"x\":1", ONE("x")), true);
	CHECK_STR(findings(), "schema_required(pid)");
}

/* A name that fills its place may go on; one character less is all of it. */
static void
test_truncated(void)
{
	read_seal(DATA(SEAL_PERSON("CONG TANG TON NU  NGUYEN THI PHUONG THA"), ONE("x")), false);
	CHECK(vdsnc.name_truncated && vdsnc.schema == CCCD_STATUS_OK);
	read_seal(DATA(SEAL_PERSON("CONG TANG TON NU  NGUYEN THI PHUONG TH"), ONE("x")), false);
	CHECK(!vdsnc.name_truncated);
	/* characters, not octets */
	read_seal(DATA(SEAL_PERSON("CÔNG TẰNG TÔN NỮ  NGUYỄN THỊ PHƯƠNG TH"), ONE("x")), false);
	CHECK(!vdsnc.name_truncated);
	read_seal(DATA(SEAL_PERSON("CÔNG TẰNG TÔN NỮ  NGUYỄN THỊ PHƯƠNG THẢ"), ONE("x")), false);
	CHECK(vdsnc.name_truncated);
}

/* A product is the word of a name that rules know. */
static void
test_products(void)
{
	read_seal(DATA(AN, ONE("Pfizer Comirnaty")), false);
	CHECK(is(vdsnc.events[0].product, "Comirnaty"));
	read_seal(DATA(AN, ONE("COMIRNATY")), false);
	CHECK(is(vdsnc.events[0].product, "COMIRNATY"));
	read_seal(DATA(AN, ONE("AstraZeneca Vaxzevria")), false);
	CHECK(is(vdsnc.events[0].product, "Vaxzevria"));
	read_seal(DATA(AN, ONE("New Vaccine 42")), false);
	CHECK(is(vdsnc.events[0].product, "New Vaccine 42"));
	read_seal(DATA(AN, ONE("#5 #6")), false);
	CHECK(is(vdsnc.events[0].product, "#5 #6"));
	read_seal(DATA(AN, ONE("")), false);
	CHECK(vdsnc.events[0].product.len == 0 && vdsnc.schema == CCCD_STATUS_OK);
	/* the disease by the vaccine where it is not stated, or as it is */
	read_seal(DATA(AN, "{\"des\":\"XM0GQ8\",\"vd\":[" SEAL_DOSE("1", "2025-10-25") "]}"), false);
	CHECK(is(vdsnc.events[0].disease, "840539006"));
	read_seal(DATA(AN, "{\"des\":\"XM0000\",\"vd\":[" SEAL_DOSE("1", "2025-10-25") "]}"), false);
	CHECK(is(vdsnc.events[0].disease, "XM0000"));
	read_seal(DATA(AN, "{\"des\":\"XM68M6\",\"dis\":\"1D47\",\"vd\":[" SEAL_DOSE("1", "2025-10-25") "]}"), false);
	CHECK(is(vdsnc.events[0].disease, "1D47"));
}

/* Deviations that are tolerated, and those that are not. */
static void
test_schema(void)
{
	static const struct
	{
		const char *text;
		const char *field;
		const char *strict;
	}			cases[] = {
		{DATA(AN, SEAL_VACCINE("x", SEAL_DOSE("\"2\"", "2025-10-25"))),
		"[schema_type(vd.seq)]", "schema_type(vd.seq)"},
		{DATA(AN, SEAL_VACCINE("x", SEAL_DOSE("\"2a\"", "2025-10-25"))),
		"schema_type(vd.seq)", "schema_type(vd.seq)"},
		{DATA(AN, SEAL_VACCINE("x", SEAL_DOSE("\"200\"", "2025-10-25"))),
		"schema_type(vd.seq)", "schema_type(vd.seq)"},
		{DATA(AN, SEAL_VACCINE("x", SEAL_DOSE("0", "2025-10-25"))),
		"schema_range(vd.seq)", "schema_range(vd.seq)"},
		{DATA(AN, SEAL_VACCINE("x", "{\"dvc\":\"2025-10-25\"}")),
		"schema_required(vd.seq)", "schema_required(vd.seq)"},
		{DATA(AN, SEAL_VACCINE("x", "{\"seq\":1}")),
		"schema_required(vd.dvc)", "schema_required(vd.dvc)"},
		{DATA(AN, SEAL_VACCINE("x", SEAL_DOSE("1", "2025-13-25"))),
		"schema_date(vd.dvc)", "schema_date(vd.dvc)"},
		{DATA(AN, "{\"dis\":\"RA01\",\"vd\":[" SEAL_DOSE("1", "2025-10-25") "]}"),
		"[schema_required(ve.des)]", "schema_required(ve.des)"},
		{DATA(AN, SEAL_VACCINE("x", "")), "schema_required(ve.vd)",
		"schema_required(ve.vd)"},
		{DATA(AN, ""), "schema_required(ve)", "schema_required(ve)"},
		{FRAME(SEAL_DATA("UTO", "vacc", "{" AN ",\"ve\":[" ONE("x") "]}")),
		"[schema_required(uvci)]", "schema_required(uvci)"},
		{FRAME(SEAL_DATA("UTO", "test", "{" AN "}")),
			"[schema_required(utci)] schema_required(tr.tc) schema_required(tr.r) "
			"schema_required(dat.sc) [schema_date_time(dat.ri)]",
			"schema_required(utci) schema_required(tr.tc) schema_required(tr.r) "
		"schema_required(dat.sc) schema_date_time(dat.ri)"},
		{FRAME(SEAL_DATA("UTO", "test", SEAL_TEST("antigen", "negative", "2026-02-01"))),
		"schema_date_time(dat.sc)", "schema_date_time(dat.sc)"}
	};

	for (size_t k = 0; k < sizeof(cases) / sizeof(cases[0]); k++)
	{
		read_seal(cases[k].text, true);
		CHECK_STR(findings(), cases[k].field);
		CHECK((vdsnc.schema == CCCD_STATUS_OK) == (cases[k].field[0] == '[' &&
												   strstr(cases[k].field, "] s") == NULL));
		read_seal(cases[k].text, false);
		CHECK_STR(findings(), cases[k].strict);
		CHECK(vdsnc.schema == CCCD_STATUS_FAILED);
	}
}

/* Numbers of doses as strings: two digits at most, and a number or none. */
static void
test_numbers(void)
{
	static const struct
	{
		const char *text;
		int			number;
	}			cases[] = {
		{DATA(AN, SEAL_VACCINE("x", SEAL_DOSE("\"9\"", "2025-10-25"))), 9},
		{DATA(AN, SEAL_VACCINE("x", SEAL_DOSE("\"10\"", "2025-10-25"))), 10},
		{DATA(AN, SEAL_VACCINE("x", SEAL_DOSE("\"99\"", "2025-10-25"))), 99},
		{DATA(AN, SEAL_VACCINE("x", SEAL_DOSE("\"100\"", "2025-10-25"))), 0},
		{DATA(AN, SEAL_VACCINE("x", SEAL_DOSE("\"1a\"", "2025-10-25"))), 0},
		{DATA(AN, SEAL_VACCINE("x", SEAL_DOSE("\"1/\"", "2025-10-25"))), 0},
		{DATA(AN, SEAL_VACCINE("x", SEAL_DOSE("\"1:\"", "2025-10-25"))), 0},
		{DATA(AN, SEAL_VACCINE("x", SEAL_DOSE("\"0\"", "2025-10-25"))), 0},
		{DATA(AN, SEAL_VACCINE("x", SEAL_DOSE("1", "2025-10-25"))), 1},
		{DATA(AN, SEAL_VACCINE("x", SEAL_DOSE("-1", "2025-10-25"))), 0}
	};

	for (size_t k = 0; k < sizeof(cases) / sizeof(cases[0]); k++)
	{
		read_seal(cases[k].text, true);
		CHECK(vdsnc.event_count == 1);
		CHECK(vdsnc.events[0].number == cases[k].number);
	}
}

/* Codes of a seal stand for those of the eHealth Network. */
static void
test_codes(void)
{
	static const char *const vaccines[] = {
		"XM68M6", "XM1NL1", "XM5DF6", "XM9QW8", "XM0CX4", "XM5JC5", "XM1J92",
		"XM6AT1", "XM0GQ8"
	};
	static const char *const diseases[] = {"RA01.0", "RA01", "RA01.1"};
	static const char *const others[] = {"XM68M", "XM68M67", "RA01.2", "RA0"};
	static const char *const tests[][2] = {
		{"molecular(PCR)", "LP6464-4"}, {"molecular(other)", "LP6464-4"},
		{"antigen", "LP217198-3"}, {"antibody", "antibody"},
		{"antige", "antige"}, {"antigens", "antigens"}
	};
	char		text[2048];

	for (size_t k = 0; k < sizeof(vaccines) / sizeof(vaccines[0]); k++)
	{
		snprintf(text, sizeof(text), DATA(AN, "{\"des\":\"%s\",\"vd\":[" SEAL_DOSE("1", "2025-10-25") "]}"),
				 vaccines[k]);
		read_seal(text, false);
		CHECK(is(vdsnc.events[0].disease, "840539006"));
	}
	for (size_t k = 0; k < sizeof(diseases) / sizeof(diseases[0]); k++)
	{
		snprintf(text, sizeof(text), DATA(AN, "{\"des\":\"XM0000\",\"dis\":\"%s\",\"vd\":[" SEAL_DOSE("1", "2025-10-25") "]}"),
				 diseases[k]);
		read_seal(text, false);
		CHECK(is(vdsnc.events[0].disease, "840539006"));
	}
	for (size_t k = 0; k < sizeof(others) / sizeof(others[0]); k++)
	{
		snprintf(text, sizeof(text), DATA(AN, "{\"des\":\"%s\",\"vd\":[" SEAL_DOSE("1", "2025-10-25") "]}"),
				 others[k]);
		read_seal(text, false);
		CHECK(is(vdsnc.events[0].disease, others[k]));
	}
	for (size_t k = 0; k < sizeof(tests) / sizeof(tests[0]); k++)
	{
		snprintf(text, sizeof(text), FRAME(SEAL_DATA("UTO", "test", SEAL_TEST("%s", "negative", "2026-02-01T08:30:00+07:00"))),
				 tests[k][0]);
		read_seal(text, false);
		CHECK(is(vdsnc.events[0].test, tests[k][1]));
		CHECK(is(vdsnc.events[0].country, "UTO"));
	}
}

/* Vaccines, each with its doses, and what is not an array of them. */
static void
test_doses(void)
{
	read_seal(DATA(AN, SEAL_VACCINE("Comirnaty", SEAL_DOSE("1", "2025-10-25") ","
									SEAL_DOSE("2", "2025-11-20")) ","
				   SEAL_VACCINE("Vaxzevria", SEAL_DOSE("3", "2025-12-24"))), false);
	CHECK_STR(findings(), "");
	CHECK(vdsnc.event_count == 3);
	for (int k = 0; k < 3; k++)
	{
		CHECK(vdsnc.events[k].number == k + 1);
		CHECK(is(vdsnc.events[k].product, k < 2 ? "Comirnaty" : "Vaxzevria"));
	}
	CHECK(vdsnc.events[2].time ==
		  cccd_time_from_day(cccd_days_from_civil(2025, 12, 24)));
	read_seal(DATA(AN, "{\"des\":\"XM68M6\",\"vd\":{\"seq\":1}}"), true);
	CHECK_STR(findings(), "schema_required(ve.vd)");
	read_seal(DATA(AN, "{\"des\":\"XM68M6\"}"), true);
	CHECK_STR(findings(), "schema_required(ve.vd)");
	read_seal(FRAME(SEAL_DATA("UTO", "vacc", "{" AN ",\"uvci\":\"U1\",\"ve\":{\"vd\":[]}}")), true);
	CHECK_STR(findings(), "schema_required(ve)");
	read_seal(FRAME(SEAL_DATA("UTO", "vacc", "{" AN ",\"uvci\":\"U1\"}")), true);
	CHECK_STR(findings(), "schema_required(ve)");
	/* a dose without a day has no time */
	read_seal(DATA(AN, SEAL_VACCINE("x", "{\"seq\":1}")), true);
	CHECK(vdsnc.event_count == 1 && !vdsnc.events[0].has_time);
}

/* Where a name is taken apart, and which word is the product's. */
static void
test_words(void)
{
	static const char *const names[][3] = {
		{"A  B", "A", "B"}, {"AB  C", "AB", "C"}, {"A   B", "A", "B"},
		{"A B", "A B", ""}, {"A  B  C", "A", "B  C"}, {"AB", "AB", ""},
		{"\\u0041  \\u0042", "A", "B"}
	};
	static const char *const products[][2] = {
		{"Comirnaty Pfizer", "Comirnaty"}, {"x  Comirnaty", "Comirnaty"},
		{"#5 Comirnaty", "Comirnaty"}, {"Comirnatyx", "Comirnatyx"},
		{"x Comirnaty y", "Comirnaty"}, {" Comirnaty ", "Comirnaty"}
	};
	char		text[2048];

	for (size_t k = 0; k < sizeof(names) / sizeof(names[0]); k++)
	{
		snprintf(text, sizeof(text), DATA(SEAL_PERSON("%s"), ONE("x")), names[k][0]);
		read_seal(text, false);
		CHECK(is(vdsnc.family, names[k][1]));
		CHECK(vdsnc.given.len == strlen(names[k][2]) &&
			  (vdsnc.given.len == 0 || is(vdsnc.given, names[k][2])));
	}
	for (size_t k = 0; k < sizeof(products) / sizeof(products[0]); k++)
	{
		snprintf(text, sizeof(text), DATA(AN, ONE("%s")), products[k][0]);
		read_seal(text, false);
		CHECK(is(vdsnc.events[0].product, products[k][1]));
	}
	/* what has escapes is kept apart */
	read_seal(DATA("\"pid\":{\"dob\":\"1990-05-1\\u0037\",\"n\":\"\\u0041  B\"}", SEAL_VACCINE("\\u0043omirnaty", SEAL_DOSE("1", "2025-10-2\\u0035"))), false);
	CHECK_STR(findings(), "");
	CHECK(is(vdsnc.family, "A") && is(vdsnc.given, "B"));
	CHECK(vdsnc.birth.first == cccd_days_from_civil(1990, 5, 17));
	CHECK(is(vdsnc.events[0].product, "Comirnaty"));
	CHECK(vdsnc.events[0].time ==
		  cccd_time_from_day(cccd_days_from_civil(2025, 10, 25)));
}

int
main(void)
{
	test_person();
	test_truncated();
	test_products();
	test_schema();
	test_numbers();
	test_codes();
	test_doses();
	test_words();
	return finish();
}
