/*
 * shc_content_test.c
 *		What SMART Health Cards say: whose they are, names, codes of several
 *		systems, entries.
 */
#include "shc_ask.h"

#include "base/calendar_core.h"

/* Whose card, of which version, and with which identifier. */
static void
test_card(void)
{
	static const struct
	{
		const char *payload;
		const char *finding;
		bool		read;		/* if tolerant */
		bool		strict;
	}			cases[] = {
		{SHC_PAYLOAD(SHC_CLAIM_AS("https://smarthealth.cards#covid19", "4.0.1", "",
								  SHC_BUNDLE(SHC_PERSON, SHC_TWO_DOSES))),
		"shc_type", false, false},
		{SHC_PAYLOAD(SHC_CLAIM_AS("https://smarthealth.cards#health-card", "5.0.0", "",
								  SHC_BUNDLE(SHC_PERSON, SHC_TWO_DOSES))),
		"shc_fhir_version", false, false},
		{SHC_PAYLOAD(SHC_CLAIM_AS("https://smarthealth.cards#health-card", "", "",
								  SHC_BUNDLE(SHC_PERSON, SHC_TWO_DOSES))),
		"shc_fhir_version", true, false},
		{SHC_PAYLOAD(SHC_CLAIM("[]")), "shc_bundle", false, false},
		{SHC_PAYLOAD(SHC_CLAIM("{\"resourceType\":\"Bundle\"}")), "shc_bundle",
		false, false},
		{SHC_PAYLOAD(SHC_CLAIM("{\"resourceType\":\"Bundle\",\"entry\":[]}")),
		"shc_bundle", false, false},
		{SHC_PAYLOAD(SHC_CLAIM("{\"resourceType\":\"List\",\"entry\":[{}]}")),
		"shc_bundle", false, false},
		{SHC_PAYLOAD(SHC_CLAIM("{\"resourceType\":\"Bundle\",\"entry\":[{}]}")),
		"shc_patient", false, false},
		{PAYLOAD(",{\"fullUrl\":\"resource:9\",\"resource\":" SHC_PERSON "}"),
		"shc_patient", false, false},
		{SHC_PAYLOAD(SHC_CLAIM(SHC_BUNDLE("{\"resourceType\":\"Patient\"}", ""))),
		"schema_required(name)", false, false},
		{SHC_PAYLOAD(SHC_CLAIM(SHC_BUNDLE("{\"resourceType\":\"Patient\"}", ""))),
		"schema_required(birthDate)", false, false},
		{SHC_PAYLOAD(SHC_CLAIM(SHC_BUNDLE(SHC_PATIENT("A", "\"B\"", "1990-13-01"), ""))),
		"schema_date(birthDate)", false, false},
		{PAYLOAD(SHC_DOSE_AS("not-done", SHC_CVX("208"), "2025-10-25", "")),
		"shc_status", true, true},
		{PAYLOAD(SHC_DOSE_AS("entered-in-error", SHC_CVX("208"), "2025-10-25", "")),
		"shc_status", true, true},
		{PAYLOAD(SHC_TEST_AS("preliminary", "94500-6", "260415000", "2026-02-01")),
		"shc_status", true, true},
		{PAYLOAD(",{\"fullUrl\":\"r\",\"resource\":{\"resourceType\":\"Immunization\","
				 "\"status\":\"completed\",\"patient\":{\"reference\":\"resource:5\"}}}"),
		"shc_reference", true, false},
		{PAYLOAD(",{\"fullUrl\":\"r\",\"resource\":{\"resourceType\":\"Immunization\","
				 "\"status\":\"completed\"}}"), "shc_reference", true, false},
		{PAYLOAD(SHC_DOSE("208", "2025-10")), "schema_date_time", true, false},
		{PAYLOAD(SHC_TEST("94500-6", "260415000", "2025-10-25Tx")),
		"schema_date_time", true, false},
		{PAYLOAD(SHC_DOSE_AS("completed", "", "2025-10-25", "")),
		"shc_code_unknown(vaccineCode)", true, true},
		{SHC_PAYLOAD(SHC_CLAIM_AS("https://smarthealth.cards#health-card", "4.0.1",
								  ",\"rid\":\"1234567890123456789012345\"",
								  SHC_BUNDLE(SHC_PERSON, ""))), "schema_pattern(rid)",
		false, false},
		{SHC_PAYLOAD(SHC_CLAIM_AS("https://smarthealth.cards#health-card", "4.0.1",
								  ",\"rid\":\"a.b\"", SHC_BUNDLE(SHC_PERSON, ""))),
		"schema_pattern(rid)", false, false}
	};

	for (size_t k = 0; k < sizeof(cases) / sizeof(cases[0]); k++)
	{
		read_payload(cases[k].payload, true);
		CHECK(found(cases[k].finding) && all_read() == cases[k].read);
		if (!found(cases[k].finding) || all_read() != cases[k].read)
			fprintf(stderr, "%s\n", cases[k].finding);
		read_payload(cases[k].payload, false);
		CHECK(found(cases[k].finding) && all_read() == cases[k].strict);
		if (!found(cases[k].finding) || all_read() != cases[k].strict)
			fprintf(stderr, "strict: %s\n", cases[k].finding);
	}
	read_payload(SHC_PAYLOAD(SHC_CLAIM_AS("https://smarthealth.cards#health-card",
										  "4.0.1", ",\"rid\":\"12345678901234567890-_Za\"",
										  SHC_BUNDLE(SHC_PERSON, ""))), false);
	CHECK(all_read() && is_text(shc.rid, "12345678901234567890-_Za"));
	/* the ends of the alphabet, and the characters beside them */
	read_payload(SHC_PAYLOAD(SHC_CLAIM_AS("https://smarthealth.cards#health-card",
										  "4.0.1", ",\"rid\":\"AZaz09\"",
										  SHC_BUNDLE(SHC_PERSON, ""))), false);
	CHECK(all_read() && is_text(shc.rid, "AZaz09"));
	for (const char *c = "@[`{/:,.^"; *c != '\0'; c++)
	{
		char		payload[4096];

		snprintf(payload, sizeof(payload),
				 SHC_PAYLOAD(SHC_CLAIM_AS("https://smarthealth.cards#health-card",
										  "4.0.1", ",\"rid\":\"A%c\"",
										  SHC_BUNDLE(SHC_PERSON, ""))), *c);
		read_payload(payload, true);
		CHECK(found("schema_pattern(rid)") && !all_read());
	}
}

static void
test_names(void)
{
	static const struct
	{
		const char *patient;
		const char *family;
		const char *given;
	}			cases[] = {
		{SHC_PATIENT("Le", "", "1990"), "Le", ""},
		{SHC_PATIENT("", "\"An\"", "1990"), "", "An"},
		{SHC_PATIENT(" Le ", "\" Thi \",\"\",\"B\"", "1990"), "Le", "Thi B"},
		{SHC_PATIENT("L\\u00ea", "\"Th\\u1ecb\",\"B\",\"\\u0110\"", "1990"),
		"L\xC3\xAA", "Th\xE1\xBB\x8B B \xC4\x90"},
		{SHC_PATIENT("Le", "\"B\",\"Th\\u1ecb\",\"C\"", "1990"), "Le",
		"B Th\xE1\xBB\x8B C"},
		{SHC_PATIENT("Le", "7,\"B\"", "1990"), "Le", "B"},
		{"{\"resourceType\":\"Patient\",\"name\":[{\"text\":\"Le Thi B\"}],"
		"\"birthDate\":\"1990-05\"}", "Le Thi B", ""}
	};
	char		payload[2048];

	for (size_t k = 0; k < sizeof(cases) / sizeof(cases[0]); k++)
	{
		snprintf(payload, sizeof(payload), SHC_PAYLOAD(SHC_CLAIM(SHC_BUNDLE("%s", ""))),
				 cases[k].patient);
		read_payload(payload, false);
		CHECK(all_read());
		CHECK(is_text(shc.family, cases[k].family));
		CHECK(is_text(shc.given, cases[k].given));
		CHECK(shc.birth.known && shc.birth.first < shc.birth.last);
	}
}

/* Codes of several systems, known and not. */
static void
test_codes(void)
{
	static const struct
	{
		const char *code;
		const char *disease;
		const char *product;
	}			cases[] = {
		{SHC_CVX("207"), "covid19", "EU/1/20/1507"},
		{SHC_CVX("212"), "covid19", "EU/1/20/1525"},
		{SHC_CVX("213"), "covid19", "cvx/213"},
		{SHC_CVX("510"), "covid19", "BBIBP-CorV"},
		{SHC_CVX("10"), "polio", "IPV"},
		{SHC_CVX("9999"), "cvx/9999", "cvx/9999"},
		{"{\"system\":\"http://snomed.info/sct\",\"code\":\"1119349007\"}",
		"snomed/1119349007", "snomed/1119349007"},
		{"{\"system\":\"http://snomed.info/sct\",\"code\":\"1\"}," SHC_CVX("208"),
		"covid19", "EU/1/20/1528"},
		{"{\"system\":\"http://hl7.org/fhir/sid/cvx\"}," SHC_CVX("208"),
		"covid19", "EU/1/20/1528"},
		{"{\"system\":\"http://hl7.org/fhir/sid/cvx\",\"code\":7}", "", ""},
		{"{\"system\":\"http://example.org\",\"code\":\"208\"}", "", ""},
		{"{\"code\":\"208\"}", "", ""}
	};
	static const struct
	{
		const char *code;
		const char *value;
		const char *test;
		const char *disease;
		const char *result;
	}			tests[] = {
		{"94500-6", "260373001", "pcr", "840539006", "positive"},
		{"94558-4", "10828004", "antigen", "840539006", "positive"},
		{"94563-4", "260385009", "antibody", "840539006", "negative"},
		{"94500-6", "419984006", "pcr", "840539006", "inconclusive"},
		{"94500-6", "1", "pcr", "840539006", "snomed/1"},
		/* words are not codes, and neither is a sign */
		{"94500-6", "-", "pcr", "840539006", "snomed/-"},
		{"94500-6", "am tinh", "pcr", "840539006", "snomed/am tinh"},
		{"pcr", "260415000", "loinc/pcr", "loinc/pcr", "negative"},
		{"1-8", "260415000", "loinc/1-8", "loinc/1-8", "negative"}
	};
	char		payload[2048];
	CccdSlice	disease;
	CccdSlice	product;
	CccdSlice	code = {"20", 2};

	for (size_t k = 0; k < sizeof(cases) / sizeof(cases[0]); k++)
	{
		snprintf(payload, sizeof(payload),
				 PAYLOAD(SHC_DOSE_AS("completed", "%s", "2025-10-25", "")),
				 cases[k].code);
		read_payload(payload, false);
		CHECK(all_read() && shc.entry_count == 1);
		CHECK(is_text(shc.entries[0].disease, cases[k].disease));
		CHECK(is_text(shc.entries[0].product, cases[k].product));
	}
	for (size_t k = 0; k < sizeof(tests) / sizeof(tests[0]); k++)
	{
		snprintf(payload, sizeof(payload),
				 PAYLOAD(SHC_TEST("%s", "%s", "2026-02-01")), tests[k].code,
				 tests[k].value);
		read_payload(payload, false);
		CHECK(all_read() && shc.entry_count == 1);
		CHECK(is_text(shc.entries[0].test, tests[k].test));
		CHECK(is_text(shc.entries[0].disease, tests[k].disease));
		CHECK(is_text(shc.entries[0].result, tests[k].result));
	}
	/* the beginning of a code is another code */
	CHECK(!cccd_shc_cvx(code, &disease, &product));
	CHECK(disease.ptr == NULL && product.ptr == NULL);
	/* a code that does not fit is not one */
	snprintf(payload, sizeof(payload), PAYLOAD(SHC_DOSE("%0*d", "2025-10-25")),
			 CCCD_SHC_CODE_SIZE - 5, 1);
	read_payload(payload, true);
	CHECK(shc.entries[0].product.len == CCCD_SHC_CODE_SIZE - 1);
	snprintf(payload, sizeof(payload), PAYLOAD(SHC_DOSE("%0*d", "2025-10-25")),
			 CCCD_SHC_CODE_SIZE - 4, 1);
	read_payload(payload, true);
	CHECK(shc.entries[0].product.ptr == NULL &&
		  found("shc_code_unknown(vaccineCode)"));
	/* the number of a dose, where it is stated */
	read_payload(PAYLOAD(SHC_DOSE_AS("completed", SHC_CVX("208"), "2025-10-25T08:00:00+07:00",
									 ",\"protocolApplied\":[{\"doseNumberPositiveInt\":2}]")),
				 false);
	CHECK(all_read() && shc.entries[0].number == 2 &&
		  shc.entries[0].time == INT64_C(814640400000000));
}

#define DOSE_OF(reference) \
	",{\"fullUrl\":\"r\",\"resource\":{\"resourceType\":\"Immunization\"," \
	"\"status\":\"completed\",\"vaccineCode\":{\"coding\":[" SHC_CVX("208") "]}," \
	reference "\"occurrenceDateTime\":\"2025-10-25\"}}"

/* What counts as a fact, and what is left out with a flag. */
static void
test_facts(void)
{
	static const struct
	{
		const char *resources;
		int			count;
		uint8_t		kinds;
	}			cases[] = {
		{"", 0, 0},
		{SHC_TWO_DOSES, 2, CCCD_HCERT_VACCINATION},
		{SHC_DOSE("208", "2025-10-25") SHC_TEST("94500-6", "260415000", "2026-02-01"),
		2, CCCD_HCERT_VACCINATION | CCCD_HCERT_TEST},
		{SHC_TEST("94500-6", "260415000", "2026-02-01"), 1, CCCD_HCERT_TEST},
		{SHC_DOSE_AS("not-done", SHC_CVX("208"), "2025-10-25", ""), 0, 0},
		{SHC_DOSE_AS("final", SHC_CVX("208"), "2025-10-25", ""), 0, 0},
		{SHC_TEST_AS("completed", "94500-6", "260415000", "2026-02-01"), 0, 0},
		{SHC_TEST_AS("preliminary", "94500-6", "260415000", "2026-02-01"), 0, 0},
		{DOSE_OF("\"patient\":{\"reference\":\"resource:0\"},"), 1,
		CCCD_HCERT_VACCINATION},
		{DOSE_OF("\"patient\":{\"reference\":\"resource:1\"},"), 0, 0},
		{DOSE_OF("\"patient\":{\"reference\":\"resource:\"},"), 0, 0},
		{DOSE_OF("\"patient\":{\"reference\":\"resource:00\"},"), 0, 0},
		{DOSE_OF("\"subject\":{\"reference\":\"resource:0\"},"), 0, 0},
		{DOSE_OF(""), 0, 0},
		{",{\"fullUrl\":\"r\",\"resource\":{\"resourceType\":\"Location\"}}", 0, 0}
	};
	char		payload[4096];

	for (size_t k = 0; k < sizeof(cases) / sizeof(cases[0]); k++)
	{
		snprintf(payload, sizeof(payload), PAYLOAD("%s"), cases[k].resources);
		read_payload(payload, true);
		CHECK(all_read());
		CHECK(shc.entry_count == cases[k].count);
		CHECK(shc.kinds == cases[k].kinds);
	}
	/* a patient whom nothing can refer to */
	read_payload(SHC_PAYLOAD(SHC_CLAIM("{\"resourceType\":\"Bundle\",\"entry\":["
									   "{\"resource\":" SHC_PERSON "}" DOSE_OF("") "]}")), true);
	CHECK(all_read() && shc.entry_count == 0 && found("shc_reference"));
}

/* Times of doses are days, those of tests may be moments. */
static void
test_times(void)
{
	static const int64_t day = INT64_C(814640400000000);	/* 2025-10-25 */
	static const struct
	{
		const char *text;
		int64_t		dose;		/* seconds after the day began; -1: none */
		int64_t		test;
	}			cases[] = {
		{"2025-10-25", 0, 0},
		{"2025-10-25T08:30:00+07:00", 0, 30600},
		{"2025-10-25T08:30:00Z", 0, 55800},
		{"2025-10-25T08:30", 0, -1},
		{"2025-10-25T", 0, -1},
		{"2025-10", -1, -1},
		{"2025", -1, -1},
		{"2025-13-25", -1, -1},
		{"", -1, -1}
	};
	char		payload[4096];

	for (size_t k = 0; k < sizeof(cases) / sizeof(cases[0]); k++)
	{
		snprintf(payload, sizeof(payload), PAYLOAD(SHC_DOSE("208", "%s")
												   SHC_TEST("94500-6", "260415000", "%s")),
				 cases[k].text, cases[k].text);
		read_payload(payload, true);
		CHECK(all_read() && shc.entry_count == 2);
		CHECK(shc.entries[0].kind == CCCD_HCERT_VACCINATION &&
			  shc.entries[1].kind == CCCD_HCERT_TEST);
		CHECK(shc.entries[0].has_time == (cases[k].dose >= 0));
		CHECK(shc.entries[1].has_time == (cases[k].test >= 0));
		CHECK(cases[k].dose < 0 || shc.entries[0].time == day);
		CHECK(cases[k].test < 0 || shc.entries[1].time ==
			  day + cases[k].test * CCCD_SECOND);
		CHECK(found("schema_date_time") ==
			  (cases[k].dose < 0 || cases[k].test < 0));
	}
}

/* The number of a dose, where the card states it. */
static void
test_numbers(void)
{
	static const struct
	{
		const char *applied;
		int64_t		number;
	}			cases[] = {
		{"[{\"doseNumberPositiveInt\":1}]", 1},
		{"[{\"doseNumberPositiveInt\":31}]", 31},
		{"[{\"doseNumberPositiveInt\":3},{\"doseNumberPositiveInt\":4}]", 3},
		{"[{\"doseNumberPositiveInt\":0}]", 0},
		{"[{\"doseNumberPositiveInt\":-1}]", 0},
		{"[{\"doseNumberPositiveInt\":1.5}]", 0},
		{"[{\"doseNumberPositiveInt\":\"2\"}]", 0},
		{"[{\"doseNumberString\":\"2\"}]", 0},
		{"[]", 0}, {"{\"doseNumberPositiveInt\":2}", 0}, {"7", 0}
	};
	char		payload[4096];

	for (size_t k = 0; k < sizeof(cases) / sizeof(cases[0]); k++)
	{
		snprintf(payload, sizeof(payload),
				 PAYLOAD(SHC_DOSE_AS("completed", SHC_CVX("208"), "2025-10-25",
									 ",\"protocolApplied\":%s")),
				 cases[k].applied);
		read_payload(payload, true);
		CHECK(all_read() && shc.entry_count == 1);
		CHECK(shc.entries[0].number == cases[k].number);
	}
}

/* As many doses as are looked at, and one more. */
static void
test_entries(void)
{
	static char payload[CCCD_SHC_PAYLOAD_SIZE];
	char	   *out = payload;

	out += sprintf(out, "{\"iss\":\"" SHC_ISSUER "\",\"nbf\":1767225600,"
				   "\"vc\":{\"type\":[\"https://smarthealth.cards#health-card\"],"
				   "\"credentialSubject\":{\"fhirVersion\":\"4.0.1\","
				   "\"fhirBundle\":{\"resourceType\":\"Bundle\",\"entry\":["
				   "{\"fullUrl\":\"resource:0\",\"resource\":" SHC_PERSON "}");
	for (int k = 0; k < CCCD_SHC_ENTRIES; k++)
		out += sprintf(out, SHC_DOSE("208", "2025-10-25"));
	strcpy(out, "]}}}}");
	read_payload(payload, false);
	CHECK(all_read() && shc.entry_count == CCCD_SHC_ENTRIES);
	out += sprintf(out, SHC_DOSE("208", "2025-10-25"));
	strcpy(out, "]}}}}");
	read_payload(payload, true);
	CHECK(!all_read() && found("shc_entries"));
}

int
main(void)
{
	make.key = pki_key("prime256v1", false);
	test_card();
	test_names();
	test_codes();
	test_facts();
	test_times();
	test_numbers();
	test_entries();
	EVP_PKEY_free(make.key);
	return finish();
}
