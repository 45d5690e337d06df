/*
 * hcert_schema_test.c
 *		Content of certificates against the schema of its version: what passes
 *		a strict reader and what a tolerant one, and what each deviation is
 *		called.
 */
#include "unit.h"

#include "hcert_make.h"

#include "hcert/hcert_core.h"

static EVP_PKEY *key;
static CccdHcertWork work;
static CccdHcert hcert;

static CccdCheckStatus
read_content(const char *content, bool tolerant)
{
	HcertMake	make = {.key = key, .algorithm = -7, .issuer = "VN",
	.content = content};

	make.kid = PKI_LITERAL("12345678");
	cccd_hcert_read_message(hcert_message(&make), tolerant, &work, &hcert);
	return hcert.schema;
}

#define AN	"\"nam\":{\"fn\":\"Nguy\xE1\xBB\x85n\",\"gn\":\"An\"," \
	"\"fnt\":\"NGUYEN\",\"gnt\":\"AN\"}"

/* The checks of the schema by version, one by one. */
static void
test_versions(void)
{
	static const struct
	{
		const char *content;
		bool		strict;		/* passes */
		bool		tolerant;
	}			cases[] = {
#define OLD(ver, more) "{\"ver\":\"" ver "\"," AN "," more "}"
#define SHOT	"\"v\":[{\"tg\":\"840539006\",\"vp\":\"1\",\"mp\":\"1\"," \
	"\"ma\":\"1\",\"dn\":9,\"sd\":9,\"dt\":\"2021-06-01\",\"co\":\"VN\"," \
	"\"is\":\"MOH\",\"ci\":\"1\"}]"
#define SHOTS	"\"v\":[{\"tg\":\"840539006\",\"vp\":\"1\",\"mp\":\"1\"," \
	"\"ma\":\"1\",\"dn\":10,\"sd\":10,\"dt\":\"2021-06-01\",\"co\":\"VN\"," \
	"\"is\":\"MOH\",\"ci\":\"1\"}]"
#define CURE	"\"r\":[{\"tg\":\"840539006\",\"fr\":\"2021-06-01\",\"co\":\"VN\"," \
	"\"is\":\"MOH\",\"df\":\"2021-06-12\",\"du\":\"2021-12-01\",\"ci\":\"1\"}]"
#define SWAB	"\"t\":[{\"tg\":\"840539006\",\"tt\":\"1\",\"tr\":\"1\"," \
	"\"sc\":\"2021-06-01T00:00:00Z\",\"co\":\"VN\",\"is\":\"MOH\"," \
	"\"ci\":\"1\"}]"
		{OLD("1.0.0", "\"dob\":\"1990-05-17\"," SHOT), true, true},
		{OLD("1.3.3", "\"dob\":\"1990-05-17\"," SHOT), true, true},
		{OLD("1.9.0", "\"dob\":\"1990-05-17\"," SHOT), true, true},
		{OLD("2.0.0", "\"dob\":\"1990-05-17\"," SHOT), false, false},
		/* numbers of up to four digits, none of which may be left out */
		{OLD("1.9999.0", "\"dob\":\"1990-05-17\"," SHOT), true, true},
		{OLD("1.10000.0", "\"dob\":\"1990-05-17\"," SHOT), false, true},
		{OLD("01.3.0", "\"dob\":\"1990-05-17\"," SHOT), true, true},
		{OLD("11.3.0", "\"dob\":\"1990-05-17\"," SHOT), false, false},
		{OLD("0.3.0", "\"dob\":\"1990-05-17\"," SHOT), false, false},
		{OLD("1..0", "\"dob\":\"1990-05-17\"," SHOT), false, true},
		{OLD("1.3.", "\"dob\":\"1990-05-17\"," SHOT), false, true},
		{OLD(".3.0", "\"dob\":\"1990-05-17\"," SHOT), false, false},
		{OLD("1.3.:", "\"dob\":\"1990-05-17\"," SHOT), false, true},
		{OLD("1.3./", "\"dob\":\"1990-05-17\"," SHOT), false, true},
		{OLD("1.3", "\"dob\":\"1990-05-17\"," SHOT), false, true},
		{OLD("1.3.0.0", "\"dob\":\"1990-05-17\"," SHOT), false, true},
		{OLD("one", "\"dob\":\"1990-05-17\"," SHOT), false, false},
		{OLD("1.0.1", "\"dob\":\"1990-05\"," SHOT), false, true},
		{OLD("1.1.0", "\"dob\":\"1990-05\"," SHOT), true, true},
		{OLD("1.2.1", "\"dob\":\"\"," SHOT), false, true},
		{OLD("1.3.0", "\"dob\":\"\"," SHOT), true, true},
		{OLD("1.3.0", "\"dob\":\"1899-12-31\"," SHOT), false, true},
		{OLD("1.3.0", "\"dob\":\"2100\"," SHOT), false, true},
		{OLD("1.3.0", SHOT), false, true},
		{OLD("1.2.0", "\"dob\":\"1990\"," SHOTS), false, true},
		{OLD("1.3.0", "\"dob\":\"1990\"," SHOTS), true, true},
		/* the place of a test was required, and is not any more */
		{OLD("1.2.0", "\"dob\":\"1990\"," SWAB), false, true},
		{OLD("1.3.0", "\"dob\":\"1990\"," SWAB), true, true},
		/* two kinds, both complete, were allowed */
		{OLD("1.2.9", "\"dob\":\"1990\"," SHOT "," CURE), true, true},
		{OLD("1.3.0", "\"dob\":\"1990\"," SHOT "," CURE), false, true},
		{OLD("1.3.0", "\"dob\":\"1990\"," CURE), true, true},
		/* two kinds, none, nothing of a kind */
		{OLD("1.2.0", "\"dob\":\"1990\"," SHOT "," SWAB), false, true},
		{OLD("1.3.0", "\"dob\":\"1990\"," SHOT ",\"r\":null"), false, true},
		{OLD("1.3.0", "\"dob\":\"1990\""), false, false},
		{OLD("1.3.0", "\"dob\":\"1990\",\"v\":[]"), false, false},
		{OLD("1.3.0", "\"dob\":\"1990\",\"v\":1"), false, false},
		{OLD("1.3.0", "\"dob\":\"1990\",\"v\":[1]"), false, false},
		{OLD("1.3.0", "\"dob\":1990," SHOT), false, true},
		/* names */
		{"{\"ver\":\"1.3.0\",\"dob\":\"1990\"," SHOT "}", false, false},
		{"{\"ver\":\"1.3.0\",\"nam\":1,\"dob\":\"1990\"," SHOT "}", false, false},
		{"{\"ver\":\"1.3.0\",\"nam\":{\"gnt\":\"AN\"},\"dob\":\"1990\"," SHOT "}", false, true},
		{"{\"ver\":\"1.3.2\",\"nam\":{\"gnt\":\"AN\"},\"dob\":\"1990\"," SHOT "}", true, true},
		{"{\"ver\":\"1.3.2\",\"nam\":{\"fnt\":\"An\"},\"dob\":\"1990\"," SHOT "}", false, true},
		{"{\"ver\":\"1.3.2\",\"nam\":{\"fnt\":1},\"dob\":\"1990\"," SHOT "}", false, true},
		{"{\"nam\":{\"fnt\":\"AN\"},\"dob\":\"1990\"," SHOT "}", false, false}
	};
	size_t		k;

	for (k = 0; k < sizeof(cases) / sizeof(cases[0]); k++)
	{
		bool		strict = read_content(cases[k].content, false) ==
		CCCD_STATUS_OK;
		bool		tolerant = read_content(cases[k].content, true) ==
		CCCD_STATUS_OK;

		if (strict != cases[k].strict || tolerant != cases[k].tolerant)
			fprintf(stderr, "%s: %d %d\n", cases[k].content, strict, tolerant);
		CHECK(strict == cases[k].strict);
		CHECK(tolerant == cases[k].tolerant);
	}
}

/* A country at the very end, where the next byte is of the signature. */
static void
test_last_field(void)
{
#define LAST(country) \
	"{\"ver\":\"1.3.0\"," AN ",\"dob\":\"1990\",\"v\":[{\"tg\":\"840539006\"," \
	"\"vp\":\"1\",\"mp\":\"1\",\"ma\":\"1\",\"dn\":1,\"sd\":1," \
	"\"dt\":\"2021-06-01\",\"is\":\"MOH\",\"ci\":\"1\",\"co\":\"" country "\"}]}"
	CHECK(read_content(LAST("VN"), false) == CCCD_STATUS_OK);
	CHECK(read_content(LAST("AA"), false) == CCCD_STATUS_OK);
	CHECK(read_content(LAST("vZ"), false) == CCCD_STATUS_OK);
	CHECK(read_content(LAST("vn"), false) != CCCD_STATUS_OK);
	CHECK(read_content(LAST("@["), false) != CCCD_STATUS_OK);
	CHECK(read_content(LAST(""), false) != CCCD_STATUS_OK);
#undef LAST
}

/* Whether a deviation of this name is about this, and a flag or a reason. */
static bool
found(int code, const char *about, bool flag)
{
	int			k;

	for (k = 0; k < hcert.report.count; k++)
	{
		const CccdFinding *finding = &hcert.report.finding[k];

		if (finding->code == code && finding->flag == flag &&
			(about == NULL ? finding->about == NULL :
			 finding->about != NULL && strcmp(finding->about, about) == 0))
			return true;
	}
	return false;
}

#define TEN			"0123456789"
#define FIFTY		"\xE1\xBB\x85" "123456789" TEN TEN TEN TEN
#define EIGHTY		FIFTY TEN TEN TEN

/* One field of each kind of entry as JSON, the others as they should be. */
#define NAMED(ver, name, dob, more) \
	"{\"ver\":\"" ver "\",\"nam\":{" name "},\"dob\":\"" dob "\"," more "}"
#define FNT			"\"fnt\":\"NGUYEN\""
#define ENTRY(ver, more) NAMED(ver, FNT, "1990-05-17", more)
#define REST		"\"co\":\"VN\",\"is\":\"MOH\",\"ci\":\"1\""
#define DOSE_OF(tg, mp, dn, dt, rest) \
	"{\"tg\":" tg ",\"vp\":\"1\",\"mp\":" mp ",\"ma\":\"1\",\"dn\":" dn \
	",\"sd\":2,\"dt\":" dt "," rest "}"
#define DOSE(mp, dn, dt, rest) \
	ENTRY("1.3.0", "\"v\":[" DOSE_OF("\"840539006\"", mp, dn, dt, rest) "]")
#define GOOD_DOSE \
	DOSE_OF("\"840539006\"", "\"1\"", "2", "\"2021-06-01\"", REST)
#define SAMPLE(sc, more) \
	ENTRY("1.3.0", "\"t\":[{\"tg\":\"840539006\",\"tt\":\"1\"," \
		  "\"tr\":\"1\",\"sc\":" sc more "," REST "}]")
#define RECOVERY(fr, df) \
	ENTRY("1.3.0", "\"r\":[{\"tg\":\"840539006\",\"fr\":" fr ",\"df\":" df \
		  ",\"du\":\"2021-12-01\"," REST "}]")
#define PLACED(co, is) \
	DOSE("\"1\"", "2", "\"2021-06-01\"", \
		 "\"co\":" co ",\"is\":" is ",\"ci\":\"1\"")

/*
 * What each deviation is called and which field it names.  A strict reader has
 * a reason in any case; "fatal" ones are reasons for a tolerant one, too.
 */
static void
test_deviations(void)
{
	static const struct
	{
		const char *content;
		int			code;
		const char *about;
		bool		fatal;
	}			cases[] = {
#define CASE(content, code, about, fatal) \
	{content, CCCD_FINDING_##code, about, fatal}
		CASE(DOSE("\"1\"", "\"2\"", "\"2021-06-01\"", REST), schema_type, "v.dn", true),
		CASE(DOSE("1", "2", "\"2021-06-01\"", REST), schema_type, "v.mp", false),
		CASE(DOSE("\"1\"", "2", "20210601", REST), schema_type, "v.dt", true),
		CASE(DOSE("\"1\"", "2", "{}", REST), schema_type, "v.dt", true),
		CASE(PLACED("[]", "\"MOH\""), schema_type, "v.co", false),
		CASE(ENTRY("1.3.0", "\"v\":{}"), schema_type, "v", true),
		CASE(ENTRY("1.3.0", "\"v\":[null]"), schema_type, "v", true),
		CASE("{\"ver\":\"1.3.0\",\"nam\":[],\"dob\":\"1990\",\"v\":[" GOOD_DOSE "]}",
			 schema_type, "nam", true),
		CASE("{\"ver\":\"1.3.0\",\"nam\":{" FNT "},\"dob\":1990,\"v\":[" GOOD_DOSE "]}",
			 schema_type, "dob", false),
		CASE(NAMED("1.3.0", FNT ",\"gn\":1", "1990", "\"v\":[" GOOD_DOSE "]"),
			 schema_type, "nam.gn", false),
		/* characters are counted, not bytes */
		CASE(PLACED("\"VN\"", "\"" EIGHTY "x\""), schema_length, "v.is", false),
		CASE(NAMED("1.3.0", FNT ",\"fn\":\"" EIGHTY "x\"", "1990", "\"v\":[" GOOD_DOSE "]"),
			 schema_length, "nam.fn", false),
		CASE(NAMED("1.2.1", FNT ",\"gn\":\"" FIFTY "x\"", "1990", "\"v\":[" GOOD_DOSE "]"),
			 schema_length, "nam.gn", false),
		CASE(PLACED("\"vn\"", "\"MOH\""), schema_pattern, "v.co", false),
		CASE(PLACED("\"\"", "\"MOH\""), schema_pattern, "v.co", false),
		CASE(PLACED("\"@[\"", "\"MOH\""), schema_pattern, "v.co", false),
		CASE(NAMED("1.3.0", "\"fnt\":\"AZ<@\"", "1990", "\"v\":[" GOOD_DOSE "]"),
			 schema_pattern, "nam.fnt", false),
		CASE(NAMED("1.3.0", FNT ",\"gnt\":\"A[\"", "1990", "\"v\":[" GOOD_DOSE "]"),
			 schema_pattern, "nam.gnt", false),
		CASE(ENTRY("1.3", "\"v\":[" GOOD_DOSE "]"), schema_pattern, "ver", false),
		CASE(ENTRY("1..3", "\"v\":[" GOOD_DOSE "]"), schema_pattern, "ver", false),
		CASE(ENTRY("1.3.0:", "\"v\":[" GOOD_DOSE "]"), schema_pattern, "ver", false),
		CASE(ENTRY("1.3.10000", "\"v\":[" GOOD_DOSE "]"), schema_pattern, "ver", false),
		CASE(ENTRY("2.0.0", "\"v\":[" GOOD_DOSE "]"), schema_version, NULL, true),
		CASE(DOSE("\"1\"", "0", "\"2021-06-01\"", REST), schema_range, "v.dn", true),
		CASE(DOSE("\"1\"", "-1", "\"2021-06-01\"", REST), schema_range, "v.dn", true),
		CASE(ENTRY("1.2.1", "\"v\":[" DOSE_OF("\"1\"", "\"1\"", "10", "\"2021-06-01\"", REST) "]"),
			 schema_range, "v.dn", false),
		CASE(DOSE("\"1\"", "2", "\"2021-13-01\"", REST), schema_date, "v.dt", true),
		CASE(DOSE("\"1\"", "2", "\"2021-06-01T00:00:00Z\"", REST), schema_date, "v.dt", false),
		CASE(RECOVERY("\"2021\"", "\"2021-07-01\""), schema_date, "r.fr", true),
		CASE(RECOVERY("\"2021-06-01\"", "\"soon\""), schema_date, "r.df", false),
		CASE(NAMED("1.3.0", FNT, "1990-13", "\"v\":[" GOOD_DOSE "]"), schema_date, "dob", false),
		CASE(SAMPLE("\"2021-06-01\"", ""), schema_date_time, "t.sc", true),
		CASE(SAMPLE("\"2021-06-01T25:00:00Z\"", ""), schema_date_time, "t.sc", true),
		CASE(SAMPLE("\"2021-06-01T00:00:00\"", ""), schema_date_time, "t.sc", false),
		CASE(SAMPLE("\"2021-06-01 00:00:00Z\"", ""), schema_date_time, "t.sc", false),
		CASE(SAMPLE("\"2021-06-01T00:00:00Z\"", ",\"dr\":\"soon\""), schema_date_time, "t.dr", false),
		CASE(ENTRY("1.3.0", "\"v\":[" GOOD_DOSE "," GOOD_DOSE "]"), schema_entries, "v", false),
		CASE(ENTRY("1.3.0", "\"v\":[" GOOD_DOSE "],\"r\":[]"), schema_entries, NULL, false),
		CASE(ENTRY("1.3.0", "\"v\":[" GOOD_DOSE "],\"r\":[]"), schema_entries, "r", false),
		CASE(ENTRY("1.3.0", "\"x\":1"), schema_entries, NULL, true),
		/* one more than is looked at */
		CASE(ENTRY("1.2.1", "\"v\":[" GOOD_DOSE "," GOOD_DOSE "," GOOD_DOSE "," GOOD_DOSE ","
				   GOOD_DOSE "," GOOD_DOSE "," GOOD_DOSE "," GOOD_DOSE "," GOOD_DOSE "]"),
			 schema_entries, "v", true),
		CASE(NAMED("1.3.1", "\"gnt\":\"AN\"", "1990", "\"v\":[" GOOD_DOSE "]"),
			 schema_required, "nam.fnt", false),
		CASE(NAMED("1.4.0", "\"fn\":\"An\"", "1990", "\"v\":[" GOOD_DOSE "]"),
			 schema_required, "nam.fnt", false),
		CASE("{\"nam\":{" FNT "},\"dob\":\"1990\",\"v\":[" GOOD_DOSE "]}",
			 schema_required, "ver", true),
		CASE(ENTRY("1.3.0", "\"v\":[{\"tg\":\"1\"}]"), schema_required, "v.dn", true),
		CASE(ENTRY("1.3.0", "\"v\":[{\"tg\":\"1\",\"mp\":\"1\",\"ma\":\"1\",\"dn\":1,"
				   "\"sd\":1,\"dt\":\"2021-06-01\"," REST "}]"),
			 schema_required, "v.vp", false),
		/* null is as good as nothing, but for strict readers */
		CASE(DOSE("null", "2", "\"2021-06-01\"", REST), schema_type, "v.mp", false),
		CASE(ENTRY("1.3.0", "\"v\":[" GOOD_DOSE "],\"r\":null"), schema_type, "r", false)
	};
	size_t		k;

	for (k = 0; k < sizeof(cases) / sizeof(cases[0]); k++)
	{
		int			tolerant;

		for (tolerant = 0; tolerant <= 1; tolerant++)
		{
			bool		flag = tolerant && !cases[k].fatal;
			bool		good = read_content(cases[k].content, tolerant) ==
			CCCD_STATUS_OK;
			bool		named = found(cases[k].code, cases[k].about, flag);

			if (good != flag || !named)
				fprintf(stderr, "%s\n", cases[k].content);
			CHECK(named);
			CHECK(good == flag);
		}
	}
}

/* What any reader passes, at the limits and with what is only remarked. */
static void
test_passed(void)
{
	static const struct
	{
		const char *content;
		int			code;
		const char *about;
	}			cases[] = {
#define PASSED(content)	{content, 0, NULL}
#define REMARKED(content, code, about) {content, CCCD_FINDING_##code, about}
		PASSED(DOSE("\"1\"", "2.0", "\"2021-06-01\"", REST)),
		PASSED(PLACED("\"vnM\"", "\"" EIGHTY "\"")),
		PASSED(ENTRY("1.2.1", "\"v\":[" GOOD_DOSE "," GOOD_DOSE "]")),
		PASSED(NAMED("1.2.1", FNT ",\"gnt\":\"AZ<\",\"gn\":\"" FIFTY "\"", "1990-05-17",
					 "\"v\":[" GOOD_DOSE "]")),
		PASSED(SAMPLE("\"2021-06-01T00:00:00+07\"", ",\"dr\":\"2021-06-01T00:00:00z\"")),
		PASSED(RECOVERY("\"2021-06-01\"", "\"2021-07-01\"")),
		REMARKED(PLACED("\"VN\"", "\" MOH\""), schema_blanks, "v.is"),
		REMARKED(DOSE("\"1\"", "2", "\"2021-06-01 \"", REST), schema_blanks, "v.dt"),
		REMARKED(NAMED("1.3.0", FNT, "1990", "\"v\":[" GOOD_DOSE "]"), date_incomplete, "dob")
	};
	size_t		k;

	for (k = 0; k < sizeof(cases) / sizeof(cases[0]); k++)
	{
		int			tolerant;

		for (tolerant = 0; tolerant <= 1; tolerant++)
		{
			CHECK(read_content(cases[k].content, tolerant) ==
				  CCCD_STATUS_OK);
			CHECK(cases[k].code == 0 ? hcert.report.count <= 1 :
				  found(cases[k].code, cases[k].about, true));
		}
	}
	/* a fact is made of this one, and null is none */
	CHECK(read_content(DOSE("\"1\"", "null", "\"2021-06-01\"", REST), true) ==
		  CCCD_STATUS_FAILED);
	CHECK(found(CCCD_FINDING_schema_type, "v.dn", true) &&
		  found(CCCD_FINDING_schema_required, "v.dn", false));
	/* without a version nothing else is wrong */
	CHECK(read_content("{\"nam\":{" FNT ",\"fn\":\"" EIGHTY "\"},"
					   "\"dob\":\"1990-05-17\",\"v\":[" GOOD_DOSE "]}",
					   true) == CCCD_STATUS_FAILED);
	CHECK(hcert.report.count == 1 &&
		  found(CCCD_FINDING_schema_required, "ver", false));
}

int
main(void)
{
	key = pki_key("prime256v1", false);
	test_versions();
	test_last_field();
	test_deviations();
	test_passed();
	EVP_PKEY_free(key);
	return finish();
}
