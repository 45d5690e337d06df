/*
 * vdsnc_test.c
 *		What a visible digital seal says: its frame, its header, its signature
 *		zone, and what is wrong with one.
 */
#include "vdsnc_ask.h"

#include "base/calendar_core.h"

static void
test_vaccination(void)
{
	read_seal(FRAME(SEAL_TWO_DOSES), false);
	CHECK_STR(findings(), "");
	CHECK(vdsnc.schema == CCCD_STATUS_OK);
	CHECK(vdsnc.kinds == CCCD_HCERT_VACCINATION);
	CHECK(vdsnc.algorithm == CCCD_VDSNC_ES256);
	CHECK_STR(vdsnc.issuer, "UTO");
	CHECK(is(vdsnc.identifier, "U12345678901"));
	CHECK(is(vdsnc.family, "NGUYEN") && is(vdsnc.given, "VAN AN"));
	CHECK(vdsnc.birth.known &&
		  vdsnc.birth.first == cccd_days_from_civil(1990, 5, 17));
	CHECK(vdsnc.event_count == 2);
	CHECK(vdsnc.events[0].number == 1 && vdsnc.events[1].number == 2);
	CHECK(is(vdsnc.events[1].disease, "840539006"));
	CHECK(is(vdsnc.events[1].product, "Comirnaty"));
	CHECK(is(vdsnc.events[1].country, "UTO"));
	/* the day begins in Viet Nam's time */
	CHECK(vdsnc.events[1].has_time && vdsnc.events[1].time ==
		  cccd_time_from_day(cccd_days_from_civil(2025, 11, 20)));
	CHECK(vdsnc.data.length == strlen(SEAL_TWO_DOSES) &&
		  memcmp(vdsnc.data.data, SEAL_TWO_DOSES, vdsnc.data.length) == 0);
}

static void
test_test(void)
{
	read_seal(FRAME(SEAL_PCR), false);
	CHECK_STR(findings(), "");
	CHECK(vdsnc.kinds == CCCD_HCERT_TEST && vdsnc.event_count == 1);
	CHECK(is(vdsnc.identifier, "T00000000001"));
	CHECK(is(vdsnc.events[0].test, "LP6464-4"));
	CHECK(is(vdsnc.events[0].result, "260415000"));
	CHECK(is(vdsnc.events[0].disease, "840539006"));
	CHECK(vdsnc.events[0].has_time && vdsnc.has_reported);
	CHECK(vdsnc.reported - vdsnc.events[0].time == INT64_C(12600000000));
	read_seal(FRAME(SEAL_DATA("UTO", "test",
							  SEAL_TEST("antigen", "positive",
										"2026-02-01T08:30:00Z"))), true);
	CHECK(is(vdsnc.events[0].test, "LP217198-3"));
	CHECK(is(vdsnc.events[0].result, "260373001"));
	/* other words remain: they are no result */
	read_seal(FRAME(SEAL_DATA("UTO", "test",
							  SEAL_TEST("antibody", "abnormal",
										"2026-02-01T08:30:00Z"))), true);
	CHECK(is(vdsnc.events[0].test, "antibody"));
	CHECK(is(vdsnc.events[0].result, "abnormal"));
}

/* The same seal in another order, with escapes and blanks. */
static void
test_forms(void)
{
	static const char form[] =
	" {\"sig\" : {\"sigvl\":\"AAEC\",\"alg\":\"ES256\",\"cer\":\"MIIB==\"},\r\n"
	"\"data\":{\"msg\":{\"ve\":[{\"vd\":[{\"seq\":1,\"dvc\":\"2025-10-25\",\"ctr\":\"UTO\",\"adm\":\"Clinic\",\"lot\":\"L1\"},"
	"{\"seq\":2,\"dvc\":\"2025-11-20\",\"ctr\":\"UTO\",\"adm\":\"Clinic\",\"lot\":\"L1\"}],"
	"\"nam\":\"\\u0043omirnaty\",\"dis\":\"RA01.0\",\"des\":\"XM68M6\"}],"
	"\"uvci\":\"U12345678901\",\"pid\":{\"n\":\"NGUYEN\\u0020 VAN AN\",\"sex\":\"M\",\"i\":\"P1234567\","
	"\"dob\":\"1990-05-17\"}},\"hdr\":{\"v\":1,\"t\":\"icao.vacc\",\"is\":\"UTO\"}}}\n";

	read_seal(form, false);
	CHECK_STR(findings(), "");
	CHECK(vdsnc.data.length == strlen(SEAL_TWO_DOSES) &&
		  memcmp(vdsnc.data.data, SEAL_TWO_DOSES, vdsnc.data.length) == 0);
	CHECK(is(vdsnc.family, "NGUYEN") && is(vdsnc.given, "VAN AN"));
	CHECK(is(vdsnc.events[0].product, "Comirnaty"));
}

/* The frame: what is not a seal. */
static void
test_frame(void)
{
	static const struct
	{
		const char *text;
		const char *reason;
	}			cases[] = {
		{"", "scan_empty"},
		{" \r\n", "scan_empty"},
		{"{", "json_malformed"},
		{"{\"data\":{}} x", "json_malformed"},
		{"{\"a\":\"\\ud800\"}", "json_text_invalid"},
		{"{\"a\":1,\"\\u0061\":2}", "json_duplicate"},
		{"[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]", "json_too_deep"},
		{"[\"icao.vacc\"]", "seal_malformed"},
		{"{\"data\":{}}", "seal_malformed"},
		{"{\"data\":{\"hdr\":{},\"msg\":{}}}", "seal_malformed"},
		{"{\"data\":{\"hdr\":{},\"msg\":[]},\"sig\":{}}", "seal_malformed"},
		{FRAME("{\"hdr\":{\"is\":\"UTO\",\"t\":\"icao.visa\",\"v\":1},\"msg\":{}}"), "seal_type"},
		{FRAME("{\"hdr\":{\"is\":\"UTO\",\"v\":1},\"msg\":{}}"), "seal_type"},
		{FRAME("{\"hdr\":{\"is\":\"UTO\",\"t\":\"icao.vacc\",\"v\":2},\"msg\":{}}"), "seal_version"},
		{FRAME("{\"hdr\":{\"is\":\"UTO\",\"t\":\"icao.vacc\",\"v\":\"1\"},\"msg\":{}}"), "seal_version"},
		{FRAME("{\"hdr\":{\"t\":\"icao.vacc\",\"v\":1},\"msg\":{}}"), "issuer_missing"},
		{FRAME("{\"hdr\":{\"is\":\"UTOP\",\"t\":\"icao.vacc\",\"v\":1},\"msg\":{}}"), "issuer_missing"},
		{"{\"data\":" SEAL_TWO_DOSES ",\"sig\":{\"cer\":\"MIIB\",\"sigvl\":\"AAEC\"}}", "alg_missing"},
		{"{\"data\":" SEAL_TWO_DOSES ",\"sig\":{\"alg\":\"ES256\",\"sigvl\":\"AAEC\"}}", "seal_certificate"},
		{"{\"data\":" SEAL_TWO_DOSES ",\"sig\":{\"alg\":\"ES256\",\"cer\":\"====\",\"sigvl\":\"AAEC\"}}", "seal_certificate"},
		{"{\"data\":" SEAL_TWO_DOSES ",\"sig\":{\"alg\":\"ES256\",\"cer\":\"MIIB\",\"sigvl\":\"?\"}}", "signature_malformed"},
		{FRAME("{\"hdr\":{\"is\":\"UTO\",\"t\":\"icao.vacc\",\"v\":1},\"msg\":{\"x\":1.5}}"), "json_number"}
	};

	for (size_t k = 0; k < sizeof(cases) / sizeof(cases[0]); k++)
	{
		read_seal(cases[k].text, true);
		CHECK_STR(findings(), cases[k].reason);
		CHECK(vdsnc.schema == CCCD_STATUS_NOT_PERFORMED);
		CHECK(vdsnc.data.length == 0);
	}
	/* the alphabet of other base64 is tolerated */
	read_seal("{\"data\":" SEAL_TWO_DOSES ",\"sig\":{\"alg\":\"ES256\",\"cer\":\"MII+\",\"sigvl\":\"AA/C\"}}", true);
	CHECK_STR(findings(), "[seal_base64]");
	read_seal("{\"data\":" SEAL_TWO_DOSES ",\"sig\":{\"alg\":\"ES256\",\"cer\":\"MII+\",\"sigvl\":\"AA/C\"}}", false);
	CHECK_STR(findings(), "seal_base64");
	/* an algorithm that is not known has no name */
	read_seal("{\"data\":" SEAL_TWO_DOSES ",\"sig\":{\"alg\":\"XX\",\"cer\":\"MIIB\",\"sigvl\":\"AAEC\"}}", true);
	CHECK(vdsnc.algorithm == CCCD_VDSNC_UNKNOWN && vdsnc.algorithm_name == NULL);
	read_seal("{\"data\":" SEAL_TWO_DOSES ",\"sig\":{\"alg\":\"RS256\",\"cer\":\"MIIB\",\"sigvl\":\"AAEC\"}}", true);
	CHECK(vdsnc.algorithm == CCCD_VDSNC_UNKNOWN);
	CHECK_STR(vdsnc.algorithm_name, "RS256");
}

#define SIGNED(data, signature)	"{\"data\":" data ",\"sig\":" signature "}"
#define HEADER(header) \
	FRAME("{\"hdr\":" header ",\"msg\":{" AN ",\"uvci\":\"U1\",\"ve\":[" ONE("x") "]}}")

/* The stage that fails, and those that were not performed. */
static void
test_stages(void)
{
	static const struct
	{
		const char *text;
		CccdCheckStatus stages[4];	/* json, seal, canonical, schema */
	}			cases[] = {
		{"", {CCCD_STATUS_FAILED}},
		{"{", {CCCD_STATUS_FAILED}},
		{"{}", {CCCD_STATUS_OK, CCCD_STATUS_FAILED}},
		{SIGNED(SEAL_TWO_DOSES, "[]"), {CCCD_STATUS_OK, CCCD_STATUS_FAILED}},
		{SIGNED(SEAL_TWO_DOSES, "{\"alg\":\"ES256\",\"cer\":\"MIIB\"}"),
		{CCCD_STATUS_OK, CCCD_STATUS_FAILED}},
		{SIGNED("{\"hdr\":{\"is\":\"UTO\",\"t\":\"icao.vacc\",\"v\":1}}",
				"{\"alg\":\"ES256\",\"cer\":\"MIIB\",\"sigvl\":\"AAEC\"}"),
		{CCCD_STATUS_OK, CCCD_STATUS_FAILED}},
		{FRAME("{\"hdr\":{\"is\":\"UTO\",\"t\":\"icao.vacc\",\"v\":1},\"msg\":{\"x\":1.5}}"),
		{CCCD_STATUS_OK, CCCD_STATUS_OK, CCCD_STATUS_FAILED}},
		{FRAME("{\"hdr\":{\"is\":\"UTO\",\"t\":\"icao.vacc\",\"v\":1},\"msg\":{\"x\":1}}"),
		{CCCD_STATUS_OK, CCCD_STATUS_OK, CCCD_STATUS_OK, CCCD_STATUS_FAILED}},
		{FRAME(SEAL_TWO_DOSES),
		{CCCD_STATUS_OK, CCCD_STATUS_OK, CCCD_STATUS_OK, CCCD_STATUS_OK}}
	};

	for (size_t k = 0; k < sizeof(cases) / sizeof(cases[0]); k++)
	{
		read_seal(cases[k].text, false);
		CHECK(vdsnc.json == cases[k].stages[0]);
		CHECK(vdsnc.seal == cases[k].stages[1]);
		CHECK(vdsnc.canonical == cases[k].stages[2]);
		CHECK(vdsnc.schema == cases[k].stages[3]);
		CHECK((vdsnc.message == CCCD_JSON_NONE) ==
			  (cases[k].stages[1] != CCCD_STATUS_OK));
		CHECK((vdsnc.data.data == NULL) == (vdsnc.data.length == 0));
	}
}

/* Type, version and issuer of the header, and what is beside each. */
static void
test_header(void)
{
	static const struct
	{
		const char *text;
		const char *findings;
		const char *issuer;
	}			cases[] = {
		{HEADER("{\"is\":\"UTO\",\"t\":\"icao.vacc\",\"v\":1}"), "", "UTO"},
		{HEADER("{\"is\":\"UT\",\"t\":\"icao.vacc\",\"v\":1}"), "", "UT"},
		{HEADER("{\"is\":\"D\",\"t\":\"icao.vacc\",\"v\":1}"), "", "D"},
		{HEADER("{\"is\":\"\",\"t\":\"icao.vacc\",\"v\":1}"), "issuer_missing", ""},
		{HEADER("{\"is\":7,\"t\":\"icao.vacc\",\"v\":1}"), "issuer_missing", ""},
		{HEADER("{\"is\":\"UTO\",\"t\":\"icao.vac\",\"v\":1}"), "seal_type", ""},
		{HEADER("{\"is\":\"UTO\",\"t\":\"icao.vaccs\",\"v\":1}"), "seal_type", ""},
		{HEADER("{\"is\":\"UTO\",\"t\":\"icao.tests\",\"v\":1}"), "seal_type", ""},
		{HEADER("{\"is\":\"UTO\",\"t\":\"\",\"v\":1}"), "seal_type", ""},
		{HEADER("{\"is\":\"UTO\",\"t\":\"icao.vacc\",\"v\":0}"), "seal_version", ""},
		{HEADER("{\"is\":\"UTO\",\"t\":\"icao.vacc\",\"v\":-1}"), "seal_version", ""},
		{HEADER("{\"is\":\"UTO\",\"t\":\"icao.vacc\"}"), "seal_version", ""}
	};

	for (size_t k = 0; k < sizeof(cases) / sizeof(cases[0]); k++)
	{
		read_seal(cases[k].text, false);
		CHECK_STR(findings(), cases[k].findings);
		CHECK_STR(vdsnc.issuer, cases[k].issuer);
	}
}

/* Base64 with and without its padding, and what it says. */
static void
test_base64(void)
{
	static const struct
	{
		const char *text;
		const char *findings;
		size_t		length;
		uint8_t		last;
	}			cases[] = {
		{"AAEC", "", 3, 2}, {"AAE", "", 2, 1}, {"AAE=", "", 2, 1},
		{"AQ", "", 1, 1}, {"AQ=", "", 1, 1}, {"AQ==", "", 1, 1},
		{"_-8", "", 2, 0xEF},
		/* bits behind the last octet */
		{"AR==", "[seal_base64]", 1, 1}, {"AR", "[seal_base64]", 1, 1},
		{"/+8=", "[seal_base64]", 2, 0xEF},
		{"AQ===", "seal_certificate", 0, 0}, {"=", "seal_certificate", 0, 0},
		{"==", "seal_certificate", 0, 0}, {"A", "seal_certificate", 0, 0},
		{"AAEC.", "seal_certificate", 0, 0}, {"", "seal_certificate", 0, 0}
	};
	char		text[1024];

	for (size_t k = 0; k < sizeof(cases) / sizeof(cases[0]); k++)
	{
		snprintf(text, sizeof(text),
				 SIGNED(SEAL_TWO_DOSES, "{\"alg\":\"ES256\",\"cer\":\"%s\",\"sigvl\":\"AAED\"}"),
				 cases[k].text);
		read_seal(text, true);
		CHECK_STR(findings(), cases[k].findings);
		CHECK(vdsnc.certificate.length == cases[k].length);
		CHECK(cases[k].length == 0 ||
			  vdsnc.certificate.data[cases[k].length - 1] == cases[k].last);
		CHECK(cases[k].length == 0 ||
			  (vdsnc.signature.length == 3 && vdsnc.signature.data[2] == 3));
	}
}

/* Those that may sign a seal, and the others by their names. */
static void
test_algorithms(void)
{
	static const struct
	{
		const char *name;
		CccdVdsncAlgorithm algorithm;
		bool		known;
	}			cases[] = {
		{"ES256", CCCD_VDSNC_ES256, true}, {"ES384", CCCD_VDSNC_ES384, true},
		{"ES512", CCCD_VDSNC_ES512, true},
		{"RS256", CCCD_VDSNC_UNKNOWN, true}, {"RS384", CCCD_VDSNC_UNKNOWN, true},
		{"RS512", CCCD_VDSNC_UNKNOWN, true}, {"PS256", CCCD_VDSNC_UNKNOWN, true},
		{"PS384", CCCD_VDSNC_UNKNOWN, true}, {"PS512", CCCD_VDSNC_UNKNOWN, true},
		{"HS256", CCCD_VDSNC_UNKNOWN, true}, {"EdDSA", CCCD_VDSNC_UNKNOWN, true},
		{"none", CCCD_VDSNC_UNKNOWN, true},
		{"ES25", CCCD_VDSNC_UNKNOWN, false}, {"ES2566", CCCD_VDSNC_UNKNOWN, false},
		{"es256", CCCD_VDSNC_UNKNOWN, false}
	};
	char		text[1024];

	for (size_t k = 0; k < sizeof(cases) / sizeof(cases[0]); k++)
	{
		snprintf(text, sizeof(text),
				 SIGNED(SEAL_TWO_DOSES, "{\"alg\":\"%s\",\"cer\":\"MIIB\",\"sigvl\":\"AAEC\"}"),
				 cases[k].name);
		read_seal(text, false);
		CHECK(vdsnc.algorithm == cases[k].algorithm);
		CHECK_STR(vdsnc.algorithm_name != NULL ? vdsnc.algorithm_name : "-",
				  cases[k].known ? cases[k].name : "-");
	}
}

/* Just allowed and just not: length, nodes, events. */
static void
test_limits(void)
{
	static char text[CCCD_VDSNC_TEXT_MAX + 2];
	static const char start[] = FRAME(SEAL_TWO_DOSES);
	char		doses[2048] = "";
	char		data[4096];
	size_t		length = sizeof(start) - 1;
	size_t		at;

	memset(text, ' ', sizeof(text) - 1);
	memcpy(text, start, length);
	text[CCCD_VDSNC_TEXT_MAX] = '\0';
	CHECK(read_seal(text, false)->schema == CCCD_STATUS_OK);
	text[CCCD_VDSNC_TEXT_MAX] = ' ';
	read_seal(text, false);
	CHECK_STR(findings(), "scan_too_long");

	/* an array and its items are nodes */
	for (int more = 0; more < 2; more++)
	{
		at = (size_t) sprintf(text, "[");
		for (int k = 0; k < CCCD_VDSNC_NODES - 1 + more; k++)
			at += (size_t) sprintf(text + at, k == 0 ? "1" : ",1");
		sprintf(text + at, "]");
		read_seal(text, false);
		CHECK_STR(findings(), more ? "json_too_many" : "seal_malformed");
	}
	for (int k = 1; k <= CCCD_VDSNC_EVENTS + 1; k++)
	{
		sprintf(doses + strlen(doses), "%s{\"dvc\":\"2025-10-25\",\"seq\":%d}",
				k > 1 ? "," : "", k);
		snprintf(data, sizeof(data), DATA(AN, SEAL_VACCINE("x", "%s")), doses);
		read_seal(data, true);
		CHECK(vdsnc.event_count == (k <= CCCD_VDSNC_EVENTS ? k :
									CCCD_VDSNC_EVENTS));
		CHECK_STR(findings(), k <= CCCD_VDSNC_EVENTS ? "" :
				  "[schema_entries(ve)]");
	}
}

int
main(void)
{
	test_vaccination();
	test_test();
	test_forms();
	test_frame();
	test_stages();
	test_header();
	test_base64();
	test_algorithms();
	test_limits();
	return finish();
}
