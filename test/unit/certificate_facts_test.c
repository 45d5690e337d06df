/*
 * certificate_facts_test.c
 *		What certificates say of a person: dates in every form, whose they are,
 *		and which of several counts.
 */
#include "unit.h"

#include "shc_make.h"

#include "base/calendar_core.h"
#include "certificate/certificate_facts_core.h"
#include "hcert/hcert_moment_core.h"
#include "health/health_text_core.h"

static EVP_PKEY *key;
static CccdCertificateWork work;
static CccdCertificate certificate;

static const CccdCertificate *
read_content(const char *content, int64_t issued)
{
	HcertMake	make = {.key = key, .algorithm = -7, .issuer = "VN",
	.content = content, .issued = issued};
	CccdBytes	scan;

	make.kid = PKI_LITERAL("12345678");
	scan = hcert_scan(&make);
	cccd_certificate_read((const char *) scan.data, scan.length, NULL, &work,
						  &certificate);
	CHECK(certificate.kind == CCCD_CERTIFICATE_HC1);
	CHECK_STR(certificate.format, "hc1");
	return &certificate;
}

/* A message without content, of a protected header. */
static const CccdCertificate *
read_header(CccdBytes header)
{
	uint8_t		head[] = {0xD2, 0x84, (uint8_t) (0x40 + header.length)};
	CccdBytes	message = pki_wrap(-1, pki_bytes(head, sizeof(head)), header,
								   PKI_LITERAL("\xA0\x40\x40"), PKI_END);
	CccdBytes	scan = hcert_base45(hcert_deflate(message));

	cccd_certificate_read((const char *) scan.data, scan.length, NULL, &work,
						  &certificate);
	CHECK(certificate.kind == CCCD_CERTIFICATE_HC1);
	return &certificate;
}

/* The algorithm by its name, by its number, and none. */
static void
test_algorithm(void)
{
	CHECK_STR(read_header(PKI_LITERAL("\xA1\x01\x38\x24"))->algorithm, "PS256");
	CHECK_STR(read_header(PKI_LITERAL("\xA1\x01\x19\x03\xE8"))->algorithm,
			  "1000");
	CHECK_STR(read_header(PKI_LITERAL("\xA1\x05\x38\x24"))->algorithm, "");
	CHECK_STR(read_header(PKI_LITERAL("\xA1\x01\x62PS"))->algorithm, "");
}

/* The stage of an HC1 that fails is its status. */
static void
test_stages(void)
{
	static const char *const texts[][2] = {
		{"HC1:?", "base45"}, {"HC1:6BF", "inflate"}
	};

	for (size_t k = 0; k < sizeof(texts) / sizeof(texts[0]); k++)
	{
		cccd_certificate_read(texts[k][0], strlen(texts[k][0]), NULL, &work,
							  &certificate);
		CHECK_STR(certificate.status, texts[k][1]);
	}
	CHECK_STR(read_header(PKI_LITERAL("\xA1\x05\x38\x24"))->status, "cose");
	CHECK_STR(read_content("{}", 0)->status, "schema");
	CHECK(certificate.schema == CCCD_STATUS_FAILED && !certificate.valid);
}

/* A day of a year and a month, as days since 2000-01-01. */
static int32_t
day(int y, int m, int d)
{
	return cccd_days_from_civil(y, m, d);
}

static void
test_birth(void)
{
	static const struct
	{
		const char *text;
		CccdBirthForm form;
		int			first[3];
		int			last[3];
	}			cases[] = {
		{"", CCCD_BIRTH_EMPTY, {0}, {0}},
		{"1964", CCCD_BIRTH_YEAR, {1964, 1, 1}, {1964, 12, 31}},
		{"1964-02", CCCD_BIRTH_MONTH, {1964, 2, 1}, {1964, 2, 29}},
		{"1965-02", CCCD_BIRTH_MONTH, {1965, 2, 1}, {1965, 2, 28}},
		{"1964-02-29", CCCD_BIRTH_DAY, {1964, 2, 29}, {1964, 2, 29}},
		{"1964-02-29T00:00:00Z", CCCD_BIRTH_DAY, {1964, 2, 29},
		{1964, 2, 29}},
		{"1964-00", CCCD_BIRTH_YEAR, {1964, 1, 1}, {1964, 12, 31}},
		{"1964-00-00", CCCD_BIRTH_YEAR, {1964, 1, 1}, {1964, 12, 31}},
		{"1964-00-20", CCCD_BIRTH_YEAR, {1964, 1, 1}, {1964, 12, 31}},
		{"1964-05-00", CCCD_BIRTH_MONTH, {1964, 5, 1}, {1964, 5, 31}},
		{"1965-02-29", CCCD_BIRTH_INVALID, {0}, {0}},
		{"1964-13", CCCD_BIRTH_INVALID, {0}, {0}},
		{"1964-13-01", CCCD_BIRTH_INVALID, {0}, {0}},
		{"196", CCCD_BIRTH_INVALID, {0}, {0}},
		{"19640", CCCD_BIRTH_INVALID, {0}, {0}},
		{"1964/02", CCCD_BIRTH_INVALID, {0}, {0}},
		{"1964-0x", CCCD_BIRTH_INVALID, {0}, {0}},
		{"1964-02/29", CCCD_BIRTH_INVALID, {0}, {0}},
		{"1964-02-2x", CCCD_BIRTH_INVALID, {0}, {0}},
		{"1964-02-29 00:00:00Z", CCCD_BIRTH_INVALID, {0}, {0}},
		{"0000", CCCD_BIRTH_INVALID, {0}, {0}},
		{"29/02/1964", CCCD_BIRTH_INVALID, {0}, {0}}
	};
	size_t		k;

	for (k = 0; k < sizeof(cases) / sizeof(cases[0]); k++)
	{
		CccdBirth	birth;

		CHECK(cccd_birth_parse(cases[k].text, strlen(cases[k].text),
							   &birth) == cases[k].form);
		CHECK(birth.known == (cases[k].form >= CCCD_BIRTH_YEAR));
		if (!birth.known)
			continue;
		CHECK(birth.first == day(cases[k].first[0], cases[k].first[1],
								 cases[k].first[2]));
		CHECK(birth.last == day(cases[k].last[0], cases[k].last[1],
								cases[k].last[2]));
	}
}

static void
test_moment(void)
{
	static const struct
	{
		const char *text;
		int64_t		seconds;	/* since 2021-06-01 00:00 UTC */
		bool		zone;
	}			good[] = {
		{"2021-06-01T00:00:00Z", 0, true},
		{"2021-06-01t00:00:00z", 0, true},
		{"2021-06-01T07:00:00+07:00", 0, true},
		{"2021-06-01T07:00:00+0700", 0, true},
		{"2021-06-01T07:00:00+07", 0, true},
		{"2021-06-01T07:00:00+7", 0, true},
		{"2021-05-31T20:00:00-04:00", 0, true},
		{"2021-06-01T05:45:00+5:45", 0, true},
		{"2021-06-01T00:00:59.123456789Z", 59, true},
		{"2021-06-01T00:00:59.5Z", 59, true},
		{"2021-06-01T23:59:59", 86399, false},
		{"2021-06-01 00:00:00Z", 0, false}
	};
	static const char *const bad[] = {
		"", "2021-06-01", "2021-06-01T", "2021-06-01T00:00", "2021-06-01T0:00:00Z",
		"2021-06-01T24:00:00Z", "2021-06-01T00:60:00Z", "2021-06-01T00:00:60Z",
		"2021-06-31T00:00:00Z", "2021-06-01T00:00:00.Z", "2021-06-01T00:00:00+",
		"2021-06-01T00:00:00+24:00", "2021-06-01T00:00:00+07:60",
		"2021-06-01T00:00:00+07:0", "2021-06-01T00:00:00+07:000",
		"2021-06-01T00-00:00Z", "2021-06-01T00:0x:00Z", "2021-06-01T00:00-00Z",
		"2021-06-01T00:00:0xZ", "2021-06-01T00:00:00x", "2021-06-01T00:00:00-x",
		"2021-06-01T00:00:00ZZ", "2021-06-01T00:00:00 Z", "2021-06-01X00:00:00Z"
	};
	int64_t		start = day(2021, 6, 1) * CCCD_DAY;
	int64_t		moment;
	int32_t		date;
	size_t		k;

	for (k = 0; k < sizeof(good) / sizeof(good[0]); k++)
	{
		CHECK(cccd_moment_parse(good[k].text, strlen(good[k].text), &moment));
		CHECK((moment - start) / CCCD_SECOND == good[k].seconds);
		CHECK(cccd_moment_has_zone(good[k].text, strlen(good[k].text)) ==
			  good[k].zone);
	}
	for (k = 0; k < sizeof(bad) / sizeof(bad[0]); k++)
		CHECK(!cccd_moment_parse(bad[k], strlen(bad[k]), &moment));
	CHECK(cccd_day_parse("2021-06-01T05:00:00Z", 20, &date) &&
		  date == day(2021, 6, 1));
	CHECK(cccd_day_parse("2021-06-01 05:00:00Z", 20, &date) &&
		  date == day(2021, 6, 1));
	CHECK(!cccd_day_parse("2021-06-01Z", 11, &date));
	CHECK(!cccd_day_parse("2022-17-01", 10, &date));
}

static void
test_years(void)
{
	CccdBirth	birth;

	CHECK(cccd_birth_parse("1900", 4, &birth) == CCCD_BIRTH_YEAR &&
		  cccd_birth_in_years(&birth, 1900, 2099));
	CHECK(!cccd_birth_in_years(&birth, 1901, 2099));
	CHECK(!cccd_birth_in_years(&birth, 1800, 1899));
	CHECK(cccd_birth_parse("", 0, &birth) == CCCD_BIRTH_EMPTY &&
		  !cccd_birth_in_years(&birth, 1900, 2099));
}

#define NAME(fn, gn, fnt, gnt) \
	"\"nam\":{\"fn\":\"" fn "\",\"gn\":\"" gn "\",\"fnt\":\"" fnt \
	"\",\"gnt\":\"" gnt "\"}"
#define AN	NAME("Nguy\xE1\xBB\x85n", "V\xC4\x83n An", "NGUYEN", "VAN<AN")
#define HEAD(name) "{\"ver\":\"1.3.0\"," name ",\"dob\":\"1990-05-17\","
#define DOSE(dn, date, product) \
	HEAD(AN) "\"v\":[{\"tg\":\"840539006\",\"vp\":\"1\",\"mp\":\"" product \
	"\",\"ma\":\"1\",\"dn\":" dn ",\"sd\":2,\"dt\":\"" date \
	"\",\"co\":\"VN\",\"is\":\"MOH\",\"ci\":\"1\"}]}"
#define SHOT(tg, dn, more) \
	HEAD(AN) "\"v\":[{" tg "\"dn\":" dn more "}]}"
#define TEST(tg, tt, tr, sc) \
	HEAD(AN) "\"t\":[{\"tg\":\"" tg "\",\"tt\":\"" tt "\",\"tr\":\"" tr \
	"\",\"sc\":\"" sc "\",\"co\":\"VN\",\"is\":\"MOH\",\"ci\":\"1\"}]}"
#define RECOVERY(fr) \
	HEAD(AN) "\"r\":[{\"tg\":\"840539006\",\"fr\":\"" fr "\",\"df\":\"2021-07-01\"," \
	"\"du\":\"2021-12-01\",\"co\":\"VN\",\"is\":\"MOH\",\"ci\":\"1\"}]}"

/* The record of contents that were issued a second apart, in this order. */
static const char *
record_of(const char *const *contents, int count)
{
	static const CccdFactNames names = {cccd_fact_find, NULL};
	static CccdCertificateFact facts[CCCD_CERTIFICATE_FACTS];
	static CccdEvent events[CCCD_CERTIFICATE_FACTS];
	static unsigned char body[CCCD_HEALTH_MAX_SIZE];
	static char text[CCCD_HEALTH_TEXT_SIZE];
	CccdHealthView view;
	size_t		length;
	int			fact_count = 0;
	int			k;

	for (k = 0; k < count; k++)
		fact_count = cccd_facts_read(read_content(contents[k],
												  HCERT_ISSUED + k),
									 &names, CCCD_SOURCE_CERTIFICATE, true,
									 facts, fact_count);
	for (k = 0; k < fact_count; k++)
		events[k] = facts[k].event;
	CHECK(cccd_health_build(events, (size_t) fact_count, 0, body, &length) ==
		  CCCD_HEALTH_OK);
	CHECK(cccd_health_open(body, length, &view) == CCCD_HEALTH_OK);
	cccd_health_format(&view, text);
	return text;
}

#define CHECK_RECORD(wanted, ...) \
	do { \
		static const char *const contents[] = {__VA_ARGS__}; \
		CHECK_STR(record_of(contents, \
							(int) (sizeof(contents) / sizeof(contents[0]))), \
				  wanted); \
	} while (0)

static void
test_facts(void)
{
	/* numbers as stated, in any order of showing */
	CHECK_RECORD("dose 2021-07-01 00:00:00+07 product 'EU/1/20/1528' number 2 series 2 certificate signed",
				 DOSE("2", "2021-07-01", "EU/1/20/1528"));
	CHECK_RECORD("dose 2021-06-01 00:00:00+07 number 1 series 2 certificate signed; "
				 "dose 2021-07-01 00:00:00+07 number 2 series 2 certificate signed",
				 DOSE("2", "2021-07-01", "?"), DOSE("1", "2021-06-01", "?"));
	/* two certificates of one dose: both reports, in either order */
	CHECK_RECORD("dose 2021-07-01 00:00:00+07 number 2 series 2 certificate signed; "
				 "dose 2021-07-03 00:00:00+07 number 2 series 2 certificate signed",
				 DOSE("2", "2021-07-01", "?"), DOSE("2", "2021-07-03", "?"));
	CHECK_RECORD("dose 2021-07-01 00:00:00+07 number 2 series 2 certificate signed; "
				 "dose 2021-07-03 00:00:00+07 number 2 series 2 certificate signed",
				 DOSE("2", "2021-07-03", "?"), DOSE("2", "2021-07-01", "?"));
	/* a total that a record cannot hold is not stated */
	CHECK_RECORD("dose 2021-06-01 00:00:00+07 number 31 series 31 certificate signed; "
				 "dose 2021-07-01 00:00:00+07 number 31 certificate signed",
				 SHOT("\"tg\":\"840539006\",", "31", ",\"sd\":31,\"dt\":\"2021-06-01\""),
				 SHOT("\"tg\":\"840539006\",", "32", ",\"sd\":32,\"dt\":\"2021-07-01\""),
				 SHOT("\"tg\":\"840539006\",", "32", ",\"sd\":\"2\",\"dt\":\"2021-07-01\""));
	/* a product is a name, never a number */
	CHECK_RECORD("dose 2021-07-01 00:00:00+07 number 31 series 2 certificate signed",
				 DOSE("99", "2021-07-01", "#5"));

	CHECK_RECORD("test 2021-06-01 07:00:00+07 pcr negative certificate signed; "
				 "recovery 2021-05-01 00:00:00+07 certificate signed",
				 TEST("840539006", "LP6464-4", "260415000", "2021-06-01T00:00:00Z"),
				 RECOVERY("2021-05-01"));
	/* the same sample, corrected; another kind of test at the same time */
	CHECK_RECORD("test 2021-06-01 07:00:00+07 pcr positive certificate signed; "
				 "test 2021-06-01 07:00:00+07 antigen negative certificate signed",
				 TEST("840539006", "LP6464-4", "260415000", "2021-06-01T00:00:00Z"),
				 TEST("840539006", "LP217198-3", "260415000", "2021-06-01T00:00:00Z"),
				 TEST("840539006", "LP6464-4", "260373001", "2021-06-01T07:00:00+07"));
	/* unknown kinds and results; an unknown disease is none of ours */
	CHECK_RECORD("test 2021-06-01 07:00:00+07 inconclusive certificate signed",
				 TEST("840539006", "LP0-0", "0", "2021-06-01T00:00:00Z"));
	CHECK_RECORD("", TEST("1", "LP6464-4", "260415000", "2021-06-01T00:00:00Z"));
	CHECK_RECORD("", TEST("#1", "LP6464-4", "260415000", "2021-06-01T00:00:00Z"));
	/* doses against two diseases are numbered each for itself */
	CHECK_RECORD("dose 2021-06-01 00:00:00+07 disease measles number 3 certificate signed; "
				 "dose 2021-07-01 00:00:00+07 number 2 series 2 certificate signed",
				 DOSE("2", "2021-07-01", "?"),
				 SHOT("\"tg\":\"measles\",", "3", ",\"dt\":\"2021-06-01\""));
	/* no disease, no number, an impossible one, no day */
	CHECK_RECORD("", SHOT("", "2", ",\"dt\":\"2021-06-01\""),
				 SHOT("\"tg\":\"840539006\",", "\"2\"", ",\"dt\":\"2021-06-01\""),
				 SHOT("\"tg\":\"840539006\",", "0", ",\"dt\":\"2021-06-01\""),
				 SHOT("\"tg\":\"840539006\",", "2", ""),
				 SHOT("\"tg\":\" \",", "2", ",\"dt\":\"2021-06-01\""));
	/* times that a record cannot hold, or that are none */
	CHECK_RECORD("", RECOVERY("1999-12-31"), RECOVERY("2021-13-01"),
				 TEST("840539006", "LP6464-4", "260415000", "2021-06-01"));
}

/* A card of several doses without numbers, and beside it a certificate. */
static void
test_cards(void)
{
	static const CccdFactNames names = {cccd_fact_find, NULL};
	static CccdCertificateFact facts[CCCD_CERTIFICATE_FACTS];
	ShcMake		make = {.key = key};
	CccdBytes	scan;
	int			count;

	make.payload = SHC_PAYLOAD(SHC_CLAIM(SHC_BUNDLE(SHC_PERSON,
													SHC_DOSE("208", "2021-06-01")
													SHC_DOSE("208", "2021-07-01")
													SHC_DOSE("213", "2021-07-01")
													SHC_DOSE("9999", "2021-08-01")
													SHC_TEST("94500-6", "260415000", "2021-09-01"))));
	scan = shc_scan(&make);
	cccd_certificate_read((const char *) scan.data, scan.length, NULL, &work,
						  &certificate);
	CHECK_STR(certificate.format, "shc");
	CHECK_STR(certificate.status, "ok");
	CHECK(certificate.entry_count == 5 && certificate.has_digest);
	CHECK_STR(certificate.algorithm, "ES256");
	/* an unknown vaccine is against no disease; all others are reports */
	count = cccd_facts_read(&certificate, &names, CCCD_SOURCE_CERTIFICATE,
							true, facts, 0);
	CHECK(count == 4);
	for (int k = 0; k < 3; k++)
		CHECK(facts[k].event.kind == CCCD_DOSE &&
			  facts[k].event.number == 0 && facts[k].event.series == 0);
	CHECK(facts[1].event.time == facts[2].event.time &&
		  facts[1].event.product != facts[2].event.product);
}

/* More certificates than are looked at together. */
static void
test_many(void)
{
	static const CccdFactNames names = {cccd_fact_find, NULL};
	static CccdCertificateFact facts[CCCD_CERTIFICATE_FACTS];
	int			count = 0;
	int			k;

	read_content(DOSE("2", "2021-07-01", "?"), HCERT_ISSUED);
	for (k = 1; k <= CCCD_CERTIFICATE_FACTS + 1; k++)
	{
		count = cccd_facts_read(&certificate, &names, CCCD_SOURCE_CERTIFICATE,
								true, facts, count);
		CHECK(count == (k <= CCCD_CERTIFICATE_FACTS ? k : CCCD_CERTIFICATE_FACTS));
	}
}

static unsigned
fits(const char *content, const char *name, int32_t birth)
{
	CccdFitPerson person = {{name, name != NULL ? strlen(name) : 0}, birth,
	{NULL, 0}};

	return cccd_certificate_compare(read_content(content, 0), &person);
}

/* Numbers of passports: compared by letters and digits, where both are there. */
static void
test_documents(void)
{
	static const struct
	{
		const char *certificate;
		const char *shown;
		unsigned	with_birth; /* reasons, where the certificate has a date */
		unsigned	without;
	}			cases[] = {
		{"P1234567", "P1234567", 0, 0},
		{"p1234567", "P 123-4567<<", 0, 0},
		{"P1234567", "P1234568", CCCD_FIT_DOCUMENT_DISAGREES,
		CCCD_FIT_DOCUMENT_DISAGREES | CCCD_FIT_BIRTH_DATE_MISSING},
		{"P1234567", "P123456", CCCD_FIT_DOCUMENT_DISAGREES,
		CCCD_FIT_DOCUMENT_DISAGREES | CCCD_FIT_BIRTH_DATE_MISSING},
		{"P123456", "P1234567", CCCD_FIT_DOCUMENT_DISAGREES,
		CCCD_FIT_DOCUMENT_DISAGREES | CCCD_FIT_BIRTH_DATE_MISSING},
		{NULL, "P1234567", 0, CCCD_FIT_BIRTH_DATE_MISSING},
		{"P1234567", NULL, 0, CCCD_FIT_BIRTH_DATE_MISSING},
		{"<<<", "P1234567", 0, CCCD_FIT_BIRTH_DATE_MISSING},
		{"P1234567", " ", 0, CCCD_FIT_BIRTH_DATE_MISSING},
		{NULL, NULL, 0, CCCD_FIT_BIRTH_DATE_MISSING}
	};

	for (size_t k = 0; k < sizeof(cases) / sizeof(cases[0]); k++)
	{
		const char *mine = cases[k].certificate;
		const char *shown = cases[k].shown;
		CccdCertificate seal = {.has_content = true};
		CccdFitPerson person = {{"Nguyen Van An", 13}, 0,
		{shown, shown != NULL ? strlen(shown) : 0}};

		seal.names.family = person.name;
		seal.document.ptr = mine;
		seal.document.len = mine != NULL ? strlen(mine) : 0;
		CHECK(cccd_certificate_compare(&seal, &person) == cases[k].without);
		seal.birth.known = true;
		CHECK(cccd_certificate_compare(&seal, &person) == cases[k].with_birth);
		/* a date that the card does not say is missed */
		person.birth_date = CCCD_NO_DATE;
		CHECK((cccd_certificate_compare(&seal, &person) &
			   CCCD_FIT_BIRTH_DATE_MISSING) != 0);
	}
}

static void
test_fits(void)
{
	int32_t		birth = day(1990, 5, 17);
	char		endless[1200];
	char		content[2000];

	CHECK(fits(RECOVERY("2021-05-01"), "Nguy\xE1\xBB\x85n V\xC4\x83n An",
			   birth) == 0);
	CHECK(fits(RECOVERY("2021-05-01"), "NGUYEN<<VAN<AN", birth) == 0);
	CHECK(fits(RECOVERY("2021-05-01"), "Van An Nguyen", birth) == 0);
	CHECK(fits(RECOVERY("2021-05-01"), "Van Nguyen An", birth) ==
		  CCCD_FIT_NAME_DISAGREES);
	CHECK(fits(RECOVERY("2021-05-01"), "", birth) == CCCD_FIT_NAME_DISAGREES);
	CHECK(fits(RECOVERY("2021-05-01"), NULL, CCCD_NO_DATE) ==
		  (CCCD_FIT_NAME_MISSING | CCCD_FIT_BIRTH_DATE_MISSING));
	memset(endless, 'A', sizeof(endless));
	endless[sizeof(endless) - 1] = '\0';
	CHECK(fits(RECOVERY("2021-05-01"), endless, birth) ==
		  CCCD_FIT_NAME_MISSING);
	CHECK(fits(RECOVERY("2021-05-01"), "Nguyen Van An", birth + 1) ==
		  CCCD_FIT_BIRTH_DATE_DISAGREES);
	CHECK(fits(RECOVERY("2021-05-01"), "Nguyen Van An", birth - 1) ==
		  CCCD_FIT_BIRTH_DATE_DISAGREES);
	/* a year of birth may be this one */
	CHECK(fits("{\"ver\":\"1.3.0\"," AN ",\"dob\":\"1990\",\"v\":[]}",
			   "Nguyen Van An", birth) == CCCD_FIT_BIRTH_DATE_INCOMPLETE);
	CHECK(fits("{\"ver\":\"1.3.0\"," AN ",\"dob\":\"1990-06\",\"v\":[]}",
			   "Nguyen Van An", birth) == CCCD_FIT_BIRTH_DATE_DISAGREES);
	/* the other spelling, in either order */
	CHECK(fits(HEAD("\"nam\":{\"fn\":\"M\xC3\xBCller\",\"gn\":\"Eva\","
					"\"fnt\":\"MUELLER\",\"gnt\":\"EVA\"}") "\"v\":[]}",
			   "Muller Eva", birth) == 0);
	CHECK(fits(HEAD("\"nam\":{\"fn\":\"M\xC3\xBCller\",\"gn\":\"Eva\","
					"\"fnt\":\"MUELLER\",\"gnt\":\"EVA\"}") "\"v\":[]}",
			   "Eva Muller", birth) == 0);
	CHECK(fits(HEAD("\"nam\":{\"gn\":\"Eva\"}") "\"v\":[]}", "Eva",
			   birth) == 0);
	/* a name that is longer than any */
	memset(endless, 'A', sizeof(endless) - 1);
	snprintf(content, sizeof(content), HEAD("\"nam\":{\"fnt\":\"%s\"}")
			 "\"v\":[]}", endless);
	CHECK(fits(content, "Nguyen Van An", birth) == CCCD_FIT_NAME_DISAGREES);
	/* one name only, and none */
	CHECK(fits(HEAD("\"nam\":{\"fnt\":\"SUKARNO\"}") "\"v\":[]}", "Sukarno",
			   birth) == 0);
	CHECK(fits(HEAD("\"nam\":{\"gnt\":\"SUKARNO\"}") "\"v\":[]}", "Sukarno",
			   birth) == 0);
	CHECK(fits(HEAD("\"nam\":{}") "\"v\":[]}", "Sukarno", birth) ==
		  CCCD_FIT_NAME_MISSING);
	CHECK(fits("{\"ver\":\"1.3.0\"," AN ",\"v\":[]}",
			   "Nguyen Van An", birth) == CCCD_FIT_BIRTH_DATE_MISSING);
}

/* A name that was cut is alike as far as it goes, and not certain. */
static void
test_truncated(void)
{
	static const struct
	{
		const char *name;
		bool		truncated;
		CccdNameVerdict verdict;
	}			cases[] = {
		{"Tôn Nữ Nguyễn Thị Phương Thảo", true, CCCD_NAME_TRUNCATED},
		{"Tôn Nữ Nguyễn Thị Phương Thảo", false, CCCD_NAME_DISAGREES},
		{"Ton Nu Nguyen Thi Phuong Tha", true, CCCD_NAME_FITS},
		{"Ton Nu Nguyen Thi Phuong Mai", true, CCCD_NAME_DISAGREES},
		{"Ton Nu Nguyen", true, CCCD_NAME_DISAGREES}
	};

	for (size_t k = 0; k < sizeof(cases) / sizeof(cases[0]); k++)
	{
		CccdCertificateNames names = {.family = {"TON NU", 6},
		.given = {"NGUYEN THI PHUONG THA", 21}};
		CccdSlice	name = {cases[k].name, strlen(cases[k].name)};

		names.truncated = cases[k].truncated;
		CHECK(cccd_certificate_compare_names(&names, name) ==
			  cases[k].verdict);
	}
}

/* Namesakes: what agrees without its marks is not yet the same name. */
static void
test_namesakes(void)
{
	static const struct
	{
		const char *content;	/* of "nam" */
		const char *name;
		unsigned	reasons;
	}			cases[] = {
		{"\"fn\":\"Nguyễn\",\"gn\":\"Văn Ân\"", "Nguyễn Văn An",
		CCCD_FIT_NAME_MARKS_DIFFER},
		{"\"fn\":\"Nguyễn\",\"gn\":\"Văn Ân\"", "NGUYỄN VĂN ÂN", 0},
		{"\"fn\":\"Nguyễn\",\"gn\":\"Văn Ân\"", "Văn Ân Nguyễn", 0},
		/* marks on one side only say nothing */
		{"\"fn\":\"Nguyễn\",\"gn\":\"Văn Ân\"", "NGUYEN VAN AN", 0},
		{"\"fn\":\"Nguyen\",\"gn\":\"Van An\"", "Nguyễn Văn Ân", 0},
		{"\"fnt\":\"NGUYEN\",\"gnt\":\"VAN<AN\"", "Nguyễn Văn Ân", 0},
		/* a syllable has its tone on either vowel, in either form */
		{"\"fn\":\"Lê\",\"gn\":\"Hoà\"", "Lê Hòa", 0},
		{"\"fn\":\"Lê\",\"gn\":\"Thúy Hòa\"", "lê thuý hoà", 0},
		{"\"fn\":\"Lê\",\"gn\":\"Hoá\"", "Lê Hòa",
		CCCD_FIT_NAME_MARKS_DIFFER},
		{"\"fn\":\"Le\xCC\x82\",\"gn\":\"Ho\xCC\x80" "a\"", "Lê Hòa", 0},
		{"\"fn\":\"Lu\xCC\x9B\xCC\x81\",\"gn\":\"A\xCC\x86n\"", "Lứ Ăn", 0},
		{"\"fn\":\"Lu\xCC\x9B\xCC\x81\",\"gn\":\"A\xCC\x82n\"", "Lứ Ăn",
		CCCD_FIT_NAME_MARKS_DIFFER},
		{"\"fn\":\"Đỗ\",\"gn\":\"Ưng\"", "đỗ ưng", 0},
		{"\"fn\":\"Đỗ\",\"gn\":\"Ưng\"", "đố ưng",
		CCCD_FIT_NAME_MARKS_DIFFER},
		{"\"fn\":\"Garção\",\"gn\":\"Eva\"", "GARÇÃO EVA", 0},
		{"\"fn\":\"H'Hen\",\"gn\":\"Niê\"", "HHen Niê", 0},
		/* both forms are one person's */
		{"\"fn\":\"Lê\",\"gn\":\"Ân\",\"fnt\":\"LE\",\"gnt\":\"AN\"",
		"Lê Ân", 0},
		{"\"fn\":\"Lê\",\"gn\":\"Ân\",\"fnt\":\"TRAN\",\"gnt\":\"AN\"",
		"Lê Ân", CCCD_FIT_NAME_CONFLICT},
		{"\"fn\":\"Lê\",\"gn\":\"Ân\",\"fnt\":\"LE\",\"gnt\":\"BINH\"",
		"LE BINH", CCCD_FIT_NAME_CONFLICT},
		{"\"fn\":\"Lê\",\"gn\":\"Ân\",\"fnt\":\"LE\",\"gnt\":\"BINH\"",
		"LE VAN", CCCD_FIT_NAME_DISAGREES},
		{"\"fn\":\"Lê\",\"gn\":\"Ân\",\"fnt\":\"LE\"", "LE AN", 0},
		{"\"fn\":\"Lê\",\"gn\":\"Ân\",\"fnt\":\"LE\"", "LE",
		CCCD_FIT_NAME_DISAGREES},
		{"\"fn\":\"Møller\",\"gn\":\"Åse\",\"fnt\":\"MOELLER\","
		"\"gnt\":\"AASE\"", "MOELLER AASE", 0},
		/* another script says nothing of the letters */
		{"\"fn\":\"Иванов\",\"gn\":\"Иван\",\"fnt\":\"IVANOV\","
		"\"gnt\":\"IVAN\"", "Ivanov Ivan", 0},
		{"\"fn\":\"Иванов\",\"gn\":\"Иван\",\"fnt\":\"IVANOV\","
		"\"gnt\":\"IVAN\"", "Petrov Ivan", CCCD_FIT_NAME_DISAGREES}
	};

	for (size_t k = 0; k < sizeof(cases) / sizeof(cases[0]); k++)
	{
		char		content[512];
		unsigned	reasons;

		snprintf(content, sizeof(content),
				 "{\"ver\":\"1.3.0\",\"nam\":{%s},\"dob\":\"1990-05-17\","
				 "\"v\":[]}", cases[k].content);
		reasons = fits(content, cases[k].name, day(1990, 5, 17));
		if (reasons != cases[k].reasons)
			fprintf(stderr, "%s: %x\n", cases[k].content, reasons);
		CHECK(reasons == cases[k].reasons);
	}
}

int
main(void)
{
	key = pki_key("prime256v1", false);
	test_algorithm();
	test_stages();
	test_birth();
	test_moment();
	test_years();
	test_facts();
	test_cards();
	test_many();
	test_fits();
	test_documents();
	test_truncated();
	test_namesakes();
	EVP_PKEY_free(key);
	return finish();
}
