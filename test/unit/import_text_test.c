/*
 * import_text_test.c
 *		PEM and LDIF; names and state codes.
 */
#include "unit.h"

#include "pki/country_core.h"
#include "pki/distinguished_name_core.h"
#include "trust/import_text_core.h"

static uint8_t out[256];

#define BYTES(literal) \
((CccdBytes) {(const uint8_t *) (literal), sizeof(literal) - 1})

/* The items of a text, joined by "|" with their kinds; then what was invalid. */
static const char *
items(const char *source, bool ldif)
{
	static char result[256];
	CccdImportReader reader;
	CccdImportKind kind;
	CccdBytes	bytes;
	CccdBytes	item;
	size_t		used = 0;

	bytes.data = (const uint8_t *) source;
	bytes.length = strlen(source);
	cccd_import_open(&reader, bytes);
	while (ldif ? cccd_import_ldif_next(&reader, out, &kind, &item) :
		   cccd_import_pem_next(&reader, out, &kind, &item))
		used += (size_t) snprintf(result + used, sizeof(result) - used,
								  "%c%.*s|", "crm"[kind], (int) item.length,
								  (const char *) item.data);
	snprintf(result + used, sizeof(result) - used, "%d/%d", reader.invalid,
			 reader.invalid_line);
	return result;
}

#define BEGIN_CERTIFICATE	"-----BEGIN CERTIFICATE-----\n"
#define END_CERTIFICATE		"-----END CERTIFICATE-----\n"

/* RFC 4648 section 10, and every byte as the last letter of four. */
static void
test_base64(void)
{
	static const char alphabet[] =
	"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
	static const char *const vectors[][2] = {
		{"Zg==", "f"}, {"Zm8=", "fo"}, {"Zm9v", "foo"}, {"Zm9vYg==", "foob"},
		{"Zm9vYmE=", "fooba"}, {"Zm9vYmFy", "foobar"}
	};
	char		text[128];

	for (size_t k = 0; k < sizeof(vectors) / sizeof(vectors[0]); k++)
	{
		char		wanted[32];

		snprintf(text, sizeof(text), "%s%s\n%s", BEGIN_CERTIFICATE,
				 vectors[k][0], END_CERTIFICATE);
		snprintf(wanted, sizeof(wanted), "c%s|0/0", vectors[k][1]);
		CHECK_STR(items(text, false), wanted);
	}
	for (int c = 1; c < 256; c++)
	{
		const char *at = strchr(alphabet, c);

		if (strchr(" \t\r\n=", c))
			continue;
		snprintf(text, sizeof(text), "%sYWJ%c\n%s", BEGIN_CERTIFICATE, c,
				 END_CERTIFICATE);
		if (at)
		{
			char		wanted[16];

			snprintf(wanted, sizeof(wanted), "cab%c|0/0",
					 (char) (0x40 | (at - alphabet)));
			CHECK_STR(items(text, false), wanted);
		}
		else
			CHECK_STR(items(text, false), "1/1");
	}
}

static void
test_pem(void)
{
	CHECK_STR(items("", false), "0/0");
	CHECK_STR(items("about\n" BEGIN_CERTIFICATE "YWJj\n" END_CERTIFICATE
					"-----BEGIN X509 CRL-----\r\nYWI=\r\n"
					"-----END X509 CRL-----\r\n", false), "cabc|rab|0/0");
	CHECK_STR(items(BEGIN_CERTIFICATE "YW\nJj\n" END_CERTIFICATE, false),
			  "cabc|0/0");
	/* other kinds, and what cannot be read */
	CHECK_STR(items("-----BEGIN PRIVATE KEY-----\nYWJj\n"
					"-----END PRIVATE KEY-----\n", false), "0/0");
	CHECK_STR(items(BEGIN_CERTIFICATE "YW?j\n" END_CERTIFICATE
					BEGIN_CERTIFICATE "YWJj\n" END_CERTIFICATE, false),
			  "cabc|1/1");
	CHECK_STR(items(BEGIN_CERTIFICATE "YWJ\n" END_CERTIFICATE, false), "1/1");
	CHECK_STR(items(BEGIN_CERTIFICATE "YQ==YQ==\n" END_CERTIFICATE, false),
			  "1/1");
	CHECK_STR(items(BEGIN_CERTIFICATE "Y===\n" END_CERTIFICATE, false), "1/1");
	CHECK_STR(items(BEGIN_CERTIFICATE END_CERTIFICATE, false), "1/1");
	/* all of the alphabet, blanks, an empty line, what is next to a digit */
	CHECK_STR(items(BEGIN_CERTIFICATE "Pj4+\n\r\nPz8/ \tMDkw\n" END_CERTIFICATE,
					false), "c>>>???090|0/0");
	CHECK_STR(items(BEGIN_CERTIFICATE "YW{j\n" END_CERTIFICATE
					BEGIN_CERTIFICATE "YW[j\n" END_CERTIFICATE
					BEGIN_CERTIFICATE "YW:j\nYWJj\n" END_CERTIFICATE
					BEGIN_CERTIFICATE "YQ=j\n" END_CERTIFICATE, false), "4/1");
	/* the last line needs no end */
	CHECK_STR(items(BEGIN_CERTIFICATE "YWJj\n-----END CERTIFICATE-----", false),
			  "cabc|0/0");
	CHECK(cccd_import_is_pem(BYTES("-----BEGIN")));
	CHECK(!cccd_import_is_pem(BYTES("0\x82")));
	CHECK(!cccd_import_is_pem(BYTES("")));
	CHECK_STR(items(BEGIN_CERTIFICATE "YWJj\n", false), "1/1");
	CHECK_STR(items(BEGIN_CERTIFICATE "YWJj\n-----END X509 CRL-----\n",
					false), "1/1");
}

static void
test_ldif(void)
{
	CHECK_STR(items("version: 1\ndn: x\nuserCertificate;binary:: YWJj\n"
					"certificateRevocationList;binary::YWI=\n"
					"cACertificate;binary:: YQ==\n", true),
			  "cabc|rab|ca|0/0");
	/* every name that master lists have had */
	CHECK_STR(items("CscaMasterListData:: YQ==\n"
					"pkdMasterListContent:: YQ==\n"
					"pkdMasterListContent;binary:: YQ==\n"
					"PKDMASTERLISTCONTENT:: YQ==\n", true),
			  "ma|ma|ma|ma|0/0");
	/* folded lines */
	CHECK_STR(items("userCertificate::\n YW\n J\n j\nother:: YQ==\n", true),
			  "cabc|0/0");
	CHECK_STR(items("userCertificate:: YW\r\n Jj\r\n", true), "cabc|0/0");
	CHECK_STR(items("userCertificate:: Y!\n WJj\n Jj\nuserCertificate:: YQ==", true),
			  "c|ca|1/1");
	/* text where base64 should be, and broken base64 */
	CHECK_STR(items("userCertificate: YWJj\n", true), "0/0");
	CHECK_STR(items("a:: YQ==\nuserCertificate:: Y!\n J\nuserCertificate:: YQ==\n",
					true), "c|ca|1/2");
}

/* The lines and entries of the items of an LDIF. */
static const char *
places(const char *source)
{
	static char result[512];
	CccdImportReader reader;
	CccdImportKind kind;
	CccdBytes	bytes = {(const uint8_t *) source, strlen(source)};
	CccdBytes	item;
	size_t		used = 0;

	result[0] = '\0';
	cccd_import_open(&reader, bytes);
	while (cccd_import_ldif_next(&reader, out, &kind, &item))
		used += (size_t) snprintf(result + used, sizeof(result) - used,
								  "%d:%s|", reader.item_line, reader.name);
	return result;
}

static void
test_ldif_places(void)
{
	char		text[400];

	CHECK_STR(places("userCertificate:: YQ==\n"), "1:|");
	CHECK_STR(places("dn: cn=a,\n c=VN\nx: y\nuserCertificate:: YQ==\n"
					 "userCertificate:: Y!\n\nDN:c=UT\r\n"
					 "cACertificate::\n YQ==\n"),
			  "4:cn=a,c=VN|5:cn=a,c=VN|8:c=UT|");
	CHECK_STR(places("dn:: YQ==\nuserCertificate:: YQ==\n"), "2:: YQ==|");
	CHECK_STR(places("dn: a\tb\x7F\xC3\xA9\nuserCertificate:: YQ==\n"),
			  "2:a?b???|");
	/* a name is cut at its limit */
	for (int more = 0; more < 2; more++)
	{
		size_t		length = CCCD_IMPORT_NAME + (size_t) more;
		const char *place;

		snprintf(text, sizeof(text), "dn: %0*d\nuserCertificate:: YQ==\n",
				 (int) length, 0);
		place = places(text);
		CHECK(strlen(place) == CCCD_IMPORT_NAME + 3);
	}
}

static void
test_names(void)
{
	CccdBytes	upper = BYTES("\x30\x1B\x31\x0B\x30\x09\x06\x03\x55\x04\x06\x13\x02VN"
							  "\x31\x0C\x30\x0A\x06\x03\x55\x04\x03\x0C\x03" "A B");
	CccdBytes	lower = BYTES("\x30\x1D\x31\x0B\x30\x09\x06\x03\x55\x04\x06\x0C\x02vn"
							  "\x31\x0E\x30\x0C\x06\x03\x55\x04\x03\x13\x05 a  b");
	CccdBytes	other = BYTES("\x30\x1B\x31\x0B\x30\x09\x06\x03\x55\x04\x06\x13\x02VN"
							  "\x31\x0C\x30\x0A\x06\x03\x55\x04\x03\x0C\x03" "A C");
	CccdBytes	turned = BYTES("\x30\x1B\x31\x0C\x30\x0A\x06\x03\x55\x04\x03\x0C\x03" "A B"
							   "\x31\x0B\x30\x09\x06\x03\x55\x04\x06\x13\x02VN");
	CccdBytes	control = BYTES("\x30\x0E\x31\x0C\x30\x0A\x06\x03\x55\x04\x03\x0C\x03" "A\nB");
	CccdBytes	broken = BYTES("\x30\x0E\x31\x0C\x30\x0A\x06\x03\x55\x04\x03");
	char		country[4];
	char		shown[CCCD_DN_TEXT_SIZE];

	CHECK(cccd_dn_equal(upper, upper));
	CHECK(cccd_dn_equal(upper, lower));
	CHECK(cccd_dn_hash(upper) == cccd_dn_hash(lower));
	CHECK(!cccd_dn_equal(upper, other));
	CHECK(cccd_dn_hash(upper) != cccd_dn_hash(other));
	CHECK(!cccd_dn_equal(upper, turned));
	CHECK(!cccd_dn_equal(upper, broken));
	CHECK(cccd_dn_equal(broken, broken));
	CHECK(cccd_dn_country(upper, country) == CCCD_DN_COUNTRY_ONE);
	CHECK_STR(country, "VN");
	CHECK(cccd_dn_country(lower, country) == CCCD_DN_COUNTRY_LOWER_CASE);
	CHECK_STR(country, "VN");
	CHECK(cccd_dn_country(control, country) == CCCD_DN_COUNTRY_NONE);
	CHECK_STR(country, "");
	cccd_dn_format(upper, shown);
	CHECK_STR(shown, "C=VN, CN=A B");
	/* no control character gets into a listing */
	cccd_dn_format(control, shown);
	CHECK_STR(shown, "CN=?");
	cccd_dn_format(broken, shown);
	CHECK_STR(shown, "");
}

static void
test_countries(void)
{
	CHECK(cccd_country_equal("VNM", "VN"));
	CHECK(cccd_country_equal("D", "DE"));
	CHECK(cccd_country_equal("DE", "DEU"));
	CHECK(cccd_country_equal("GBD", "GBR"));
	CHECK(cccd_country_equal("AFG", "AF"));
	CHECK(cccd_country_equal("ZWE", "ZW"));
	CHECK(!cccd_country_equal("VNM", "LA"));
	CHECK(!cccd_country_equal("", ""));
	CHECK(!cccd_country_equal("", "VN"));
	CHECK(cccd_country_equal("QQQ", "QQQ"));
	CHECK(!cccd_country_equal("QQQ", "QQ"));
}

int
main(void)
{
	test_base64();
	test_pem();
	test_ldif();
	test_ldif_places();
	test_names();
	test_countries();
	return finish();
}
