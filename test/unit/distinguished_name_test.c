/*
 * distinguished_name_test.c
 *		Distinguished names that somebody wrote to be seen, or to be taken for
 *		another: texts that are none, names without end.
 */
#include "unit.h"

#include "pki_state.h"

#include "pki/distinguished_name_core.h"

#define UTF8_STRING			0x0C
#define PRINTABLE_STRING	0x13
#define IA5_STRING			0x16
#define BMP_STRING			0x1E

static CccdBytes
attribute(CccdBytes type, int tag, CccdBytes value)
{
	return PKI_SEQ(PKI_TLV(CCCD_DER_OID, type), PKI_TLV(tag, value));
}

/* A name of one attribute. */
static CccdBytes
name_of(const char *type, int tag, CccdBytes value)
{
	return PKI_SEQ(PKI_SET(attribute(pki_bytes(type, strlen(type)), tag,
									 value)));
}

#define CN(tag, literal) name_of("\x55\x04\x03", tag, PKI_LITERAL(literal))

static const char *
shown(CccdBytes name)
{
	static char text[CCCD_DN_TEXT_SIZE];

	CHECK(cccd_dn_format(name, text) == strlen(text));
	return text;
}

/* No control character and nothing that is not UTF-8 gets into a listing. */
static void
test_texts(void)
{
	static const char *const none[] = {
		"\x1F", "\x7F", "\xC2\x80", "\xC2\x9F", "\x80", "\xBF", "\xC0\x80",
		"\xC1\xBF", "\xC3", "\xC3" "a", "\xE0\x9F\xBF", "\xE1\xBB",
		"\xE1\xBB" "a", "\xED\xA0\x80", "\xED\xBF\xBF", "\xF0\x8F\xBF\xBF",
		"\xF0\x9F\x98", "\xF4\x90\x80\x80", "\xF5\x80\x80\x80", "\xFF"
	};
	static const char *const good[] = {
		"A~", "\xC2\xA0", "\xDF\xBF", "\xE0\xA0\x80", "\xE1\xBB\x85",
		"\xED\x9F\xBF", "\xEE\x80\x80", "\xEF\xBF\xBD", "\xF0\x90\x80\x80",
		"\xF4\x8F\xBF\xBF"
	};
	char		wanted[32];
	size_t		k;

	for (k = 0; k < sizeof(none) / sizeof(none[0]); k++)
		CHECK_STR(shown(name_of("\x55\x04\x03", UTF8_STRING,
								pki_bytes(none[k], strlen(none[k])))),
				  "CN=?");
	for (k = 0; k < sizeof(good) / sizeof(good[0]); k++)
	{
		snprintf(wanted, sizeof(wanted), "CN=%s", good[k]);
		CHECK_STR(shown(name_of("\x55\x04\x03", UTF8_STRING,
								pki_bytes(good[k], strlen(good[k])))),
				  wanted);
	}
	CHECK_STR(shown(CN(UTF8_STRING, "a\0b")), "CN=?");
	CHECK_STR(shown(CN(BMP_STRING, "\0A")), "CN=?");
	CHECK_STR(shown(CN(IA5_STRING, "a@b")), "CN=a@b");
	/* attributes that have no short name, or another root */
	CHECK_STR(shown(name_of("\x55\x04\x04", UTF8_STRING, PKI_LITERAL("x"))),
			  "?=x");
	CHECK_STR(shown(name_of("\x55\x05\x03", UTF8_STRING, PKI_LITERAL("x"))),
			  "?=x");
	CHECK_STR(shown(name_of("\x54\x04\x03", UTF8_STRING, PKI_LITERAL("x"))),
			  "?=x");
	CHECK_STR(shown(name_of("\x55\x04", UTF8_STRING, PKI_LITERAL("x"))),
			  "?=x");
	/* two attributes of one RDN */
	CHECK_STR(shown(PKI_SEQ(PKI_SET(attribute(PKI_LITERAL("\x55\x04\x0A"), UTF8_STRING, PKI_LITERAL("a")),
									attribute(PKI_LITERAL("\x55\x04\x0B"), UTF8_STRING, PKI_LITERAL("b"))))),
			  "O=a+OU=b");
}

/* Names longer than their text, and than what is compared attribute by attribute. */
static void
test_lengths(void)
{
	char		letters[2 * CCCD_DN_SIZE];
	CccdBytes	many = pki_bytes("", 0);
	CccdBytes	lower;
	CccdBytes	upper;
	const char *text;
	size_t		k;

	/* cut between characters, wherever the room ends */
	for (k = 0; k < sizeof(letters); k += 3)
		memcpy(letters + k, "\xE1\xBB\x85", sizeof(letters) - k < 3 ?
			   sizeof(letters) - k : 3);
	for (k = 0; k < 3; k++)
	{
		char		type[] = "\x55\x04\x03";

		type[2] = k == 0 ? 3 : k == 1 ? 6 : 11;
		text = shown(name_of(type, UTF8_STRING, pki_bytes(letters, 600)));
		CHECK(strlen(text) > CCCD_DN_TEXT_SIZE - 4);
		CHECK((strlen(text) - (type[2] == 6 ? 2 : 3)) % 3 == 0);
	}
	/* so many attributes that the last ones find no room */
	for (k = 0; k < 300; k++)
		many = pki_wrap(-1, many, PKI_SET(attribute(PKI_LITERAL("\x55\x04\x03"),
													UTF8_STRING, PKI_LITERAL("x"))), PKI_END);
	CHECK(strlen(shown(PKI_SEQ(many))) > CCCD_DN_TEXT_SIZE - 8);

	/* what has no normal form is equal to itself only, byte by byte */
	memset(letters, 'a', sizeof(letters));
	lower = name_of("\x55\x04\x03", UTF8_STRING, pki_bytes(letters, 1000));
	memset(letters, 'A', sizeof(letters));
	upper = name_of("\x55\x04\x03", UTF8_STRING, pki_bytes(letters, 1000));
	CHECK(cccd_dn_equal(lower, upper) &&
		  cccd_dn_hash(lower) == cccd_dn_hash(upper));
	upper = name_of("\x55\x04\x03", UTF8_STRING, pki_bytes(letters, 1100));
	CHECK(cccd_dn_equal(upper, upper));
	CHECK(!cccd_dn_equal(lower, upper) && !cccd_dn_equal(upper, lower));
	memset(letters, 'a', sizeof(letters));
	lower = name_of("\x55\x04\x03", UTF8_STRING, pki_bytes(letters, 1100));
	CHECK(!cccd_dn_equal(lower, upper) &&
		  cccd_dn_hash(lower) != cccd_dn_hash(upper));
	CHECK(!cccd_dn_equal(PKI_SEQ(many), lower));
	letters[0] = 0x2A;
	upper = PKI_SEQ(PKI_SET(attribute(pki_bytes(letters, 300), UTF8_STRING,
									  PKI_LITERAL("x"))));
	CHECK(!cccd_dn_equal(lower, upper));
	/* only texts are folded */
	CHECK(!cccd_dn_equal(CN(BMP_STRING, "\0a"), CN(BMP_STRING, "\0A")));
	CHECK(cccd_dn_equal(CN(IA5_STRING, "a  b "), CN(UTF8_STRING, "A B")));
	CHECK(!cccd_dn_equal(CN(UTF8_STRING, "a b"), CN(UTF8_STRING, "ab")));
}

static const char *
country_of(const char *value)
{
	static char country[4];

	cccd_dn_country(name_of("\x55\x04\x06", PRINTABLE_STRING,
							pki_bytes(value, strlen(value))), country);
	return country;
}

/* The state of a name that has two countries. */
static void
test_two_countries(void)
{
	static const struct
	{
		const char *first;
		const char *second;
		CccdDnCountry said;
		const char *country;
	}			cases[] = {
		{"VN", "VN", CCCD_DN_COUNTRY_ONE, "VN"},
		{"VN", "VNM", CCCD_DN_COUNTRY_ONE, "VN"},
		{"VNM", "VN", CCCD_DN_COUNTRY_ONE, "VNM"},
		{"VN", "vn", CCCD_DN_COUNTRY_LOWER_CASE, "VN"},
		{"vn", "VN", CCCD_DN_COUNTRY_LOWER_CASE, "VN"},
		{"VN", "LA", CCCD_DN_COUNTRY_SEVERAL, ""},
		{"LA", "VN", CCCD_DN_COUNTRY_SEVERAL, ""},
		{"VN", "LAO", CCCD_DN_COUNTRY_SEVERAL, ""},
		{"VN", "la", CCCD_DN_COUNTRY_SEVERAL, ""},
		/* what is not a code may be another state */
		{"VN", "Laos", CCCD_DN_COUNTRY_SEVERAL, ""},
		{"Laos", "VN", CCCD_DN_COUNTRY_SEVERAL, ""},
		{"VN", "", CCCD_DN_COUNTRY_SEVERAL, ""},
		{"V1", "V1", CCCD_DN_COUNTRY_SEVERAL, ""}
	};

	for (size_t k = 0; k < sizeof(cases) / sizeof(cases[0]); k++)
	{
		char		country[4];

		CHECK(cccd_dn_country(pki_twice_named("\x06", cases[k].first,
											  cases[k].second), country) ==
			  cases[k].said);
		CHECK_STR(country, cases[k].country);
	}
}

/* Whether a locality contradicts a country. */
static void
test_localities(void)
{
	static const struct
	{
		const char *locality;
		const char *country;
		bool		differs;
	}			cases[] = {
		{"VNM", "VN", false}, {"VN", "VN", false}, {"vnm", "VN", false},
		{"LAO", "VN", true}, {"LA", "VN", true}, {"lao", "VN", true},
		{"D", "DE", false}, {"D", "VN", true}, {"RKS", "KS", false},
		/* China's code stands for two more that sign for themselves */
		{"CHN", "HK", false}, {"CHN", "TW", true},
		/* a place, a code in no table, and a country that is not known */
		{"Hanoi", "VN", false}, {"XYZ", "VN", false}, {"", "VN", false},
		{"LAO", "", false}
	};

	for (size_t k = 0; k < sizeof(cases) / sizeof(cases[0]); k++)
		CHECK(cccd_dn_locality_differs(name_of("\x55\x04\x07", PRINTABLE_STRING,
											   pki_bytes(cases[k].locality,
														 strlen(cases[k].locality))),
									   cases[k].country) == cases[k].differs);
	/* any of several, and no other attribute */
	CHECK(cccd_dn_locality_differs(pki_twice_named("\x07", "VNM", "LAO"), "VN"));
	CHECK(!cccd_dn_locality_differs(pki_twice_named("\x07", "VNM", "Hue"), "VN"));
	CHECK(!cccd_dn_locality_differs(pki_twice_named("\x08", "LAO", "LAO"), "VN"));
}

/* A country of one to three letters. */
static void
test_countries(void)
{
	char		country[4];

	CHECK_STR(country_of("D"), "D");
	CHECK_STR(country_of("vn"), "VN");
	CHECK_STR(country_of("VNM"), "VNM");
	CHECK_STR(country_of("VNMX"), "");
	CHECK_STR(country_of(""), "");
	CHECK_STR(country_of("V1"), "");
	CHECK_STR(country_of("V{"), "");
	CHECK(cccd_dn_country(CN(UTF8_STRING, "VN"), country) ==
		  CCCD_DN_COUNTRY_NONE);
	CHECK_STR(country, "");
	CHECK(cccd_dn_country(name_of("\x55\x04", UTF8_STRING,
								  PKI_LITERAL("VN")), country) ==
		  CCCD_DN_COUNTRY_NONE);
	CHECK_STR(country, "");
	/* no name at all, and one that ends in something else */
	CHECK(cccd_dn_country(PKI_LITERAL("\x05\x00"), country) ==
		  CCCD_DN_COUNTRY_NONE);
	CHECK_STR(country, "");
	CHECK(cccd_dn_country(PKI_SEQ(PKI_SET(attribute(PKI_LITERAL("\x55\x04\x06"), UTF8_STRING, PKI_LITERAL("VN"))),
								  PKI_LITERAL("\x05\x00")), country) ==
		  CCCD_DN_COUNTRY_NONE);
	CHECK_STR(country, "");
	CHECK_STR(shown(PKI_LITERAL("\x05\x00")), "");
	CHECK_STR(shown(PKI_SEQ(PKI_SET(PKI_LITERAL("\x05\x00")))), "");
	CHECK_STR(shown(PKI_SEQ(PKI_SET(pki_bytes("", 0)),
							PKI_SET(attribute(PKI_LITERAL("\x55\x04\x03"), UTF8_STRING, PKI_LITERAL("x"))))),
			  "CN=x");
}

int
main(void)
{
	test_texts();
	test_lengths();
	test_countries();
	test_two_countries();
	test_localities();
	return finish();
}
