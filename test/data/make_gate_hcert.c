/*
 * make_gate_hcert.c
 *		Make the files of test/data/gate_hcert: health certificates of
 *		the invented people whom the gate's tests know, one with each thing
 *		that can be wrong, and the certificates of their signers.  The keys are
 *		thrown away.
 *
 *		The files are in the repository; to make others, from its root:
 *
 *	gcc -Isrc -Itest/unit -o build/make_gate_certificate \
 *		test/data/make_gate_hcert.c src/base/der_core.c \
 *		src/base/calendar_core.c -lcrypto -lz
 *	build/make_gate_certificate test/data/gate_hcert
 */
#include "hcert_make.h"

/* Seconds since 1970 of 00:00 in Viet Nam. */
#define DAY_2021_09_02		INT64_C(1630515600)
#define DAY_2021_10_01		INT64_C(1633021200)
#define DAY_2049_01_01		INT64_C(2493046800)

#define AN		"\"nam\":{\"fn\":\"Nguy\xE1\xBB\x85n\",\"gn\":\"V\xC4\x83n An\"," \
	"\"fnt\":\"NGUYEN\",\"gnt\":\"VAN<AN\"},\"dob\":\"1999-01-01\""
/* the same person as far as it says, and a namesake */
#define YEAR	"\"nam\":{\"fn\":\"Nguy\xE1\xBB\x85n\",\"gn\":\"V\xC4\x83n An\"," \
	"\"fnt\":\"NGUYEN\",\"gnt\":\"VAN<AN\"},\"dob\":\"1999\""
#define NAMESAKE	"\"nam\":{\"fn\":\"Nguy\xE1\xBB\x85n\",\"gn\":\"V\xC4\x83n \xC3\x82n\"," \
	"\"fnt\":\"NGUYEN\",\"gnt\":\"VAN<AN\"},\"dob\":\"1999-01-01\""
#define CU		"\"nam\":{\"fn\":\"L\xC3\xAA\",\"gn\":\"V\xC4\x83n C\xE1\xBB\xB1\"," \
	"\"fnt\":\"LE\",\"gnt\":\"VAN<CU\"},\"dob\":\"1958-10-26\""
#define JOHN	"\"nam\":{\"fn\":\"Smith\",\"gn\":\"John\"," \
	"\"fnt\":\"SMITH\",\"gnt\":\"JOHN\"},\"dob\":\"1980-05-05\""
#define DOSE(who, number, date) \
	"{\"ver\":\"1.3.0\"," who ",\"v\":[{\"tg\":\"840539006\"," \
	"\"vp\":\"1119349007\",\"mp\":\"EU/1/20/1528\"," \
	"\"ma\":\"ORG-100030215\",\"dn\":" number ",\"sd\":2," \
	"\"dt\":\"" date "\",\"co\":\"VN\"," \
	"\"is\":\"B\xE1\xBB\x99 Y t\xE1\xBA\xBF\"," \
	"\"ci\":\"URN:UVCI:01:VN:" number "\"}]}"
#define NEGATIVE(who, time) \
	"{\"ver\":\"1.3.0\"," who ",\"t\":[{\"tg\":\"840539006\"," \
	"\"tt\":\"LP6464-4\",\"sc\":\"" time "\",\"tr\":\"260415000\"," \
	"\"tc\":\"CDC\",\"co\":\"VN\",\"is\":\"B\xE1\xBB\x99 Y t\xE1\xBA\xBF\"," \
	"\"ci\":\"URN:UVCI:01:VN:3\"}]}"

static const char *folder;

static void
put(const char *name, CccdBytes bytes)
{
	char		path[512];
	FILE	   *file;

	snprintf(path, sizeof(path), "%s/%s", folder, name);
	file = fopen(path, "wb");
	if (file == NULL ||
		fwrite(bytes.data, 1, bytes.length, file) != bytes.length ||
		fclose(file) != 0)
	{
		perror(path);
		exit(1);
	}
}

static void
issue(const char *name, const HcertMake *signer, const char *content)
{
	HcertMake	make = *signer;

	make.content = content;
	put(name, hcert_scan(&make));
}

int
main(int argc, char **argv)
{
	EVP_PKEY   *rsa = pki_key("RSA", false);
	EVP_PKEY   *p256 = pki_key("prime256v1", false);
	EVP_PKEY   *other = pki_key("prime256v1", false);
	CccdBytes	first = hcert_signer(rsa, "VN", "Health 1", "",
									 "210101000000Z", "491231000000Z");
	CccdBytes	second = hcert_signer(p256, "VN", "Health 2", "",
									  "210101000000Z", "491231000000Z");
	CccdBytes	test = hcert_signer(other, "VN", "Test", "",
									"210101000000Z", "491231000000Z");
	HcertMake	by_first = {.key = rsa, .algorithm = -37,
		.kid = hcert_kid(first), .issuer = "VN",
	.issued = DAY_2021_09_02, .expires = DAY_2049_01_01};
	HcertMake	by_second = {.key = p256, .algorithm = -7,
		.kid = hcert_kid(second), .issuer = "VN",
	.issued = DAY_2021_09_02, .expires = DAY_2049_01_01};
	HcertMake	short_lived = by_second;
	HcertMake	forged = by_second;
	HcertMake	by_test = by_second;
	HcertMake	by_foreign = by_second;
	EVP_PKEY   *foreign_key = pki_key("prime256v1", false);
	CccdBytes	foreign = hcert_signer(foreign_key, "US", "Foreign", "",
									   "210101000000Z", "491231000000Z");

	if (argc != 2)
		return 2;
	folder = argv[1];
	put("health1.der", first);
	put("health2.der", second);
	put("test.der", test);
	put("foreign.der", foreign);
	issue("an_dose1", &by_first, DOSE(AN, "1", "2021-06-01"));
	issue("an_dose2", &by_first, DOSE(AN, "2", "2021-09-01"));
	issue("an_negative", &by_second, NEGATIVE(AN, "2021-11-15T08:00:00+07:00"));
	issue("cu_dose2", &by_first, DOSE(CU, "2", "2021-09-01"));
	issue("john_dose2", &by_second, DOSE(JOHN, "2", "2021-09-01"));
	short_lived.expires = DAY_2021_10_01;
	issue("an_expired", &short_lived, DOSE(AN, "2", "2021-09-01"));
	forged.key = other;
	issue("an_forged", &forged, DOSE(AN, "2", "2021-09-01"));
	by_test.key = other;
	by_test.kid = hcert_kid(test);
	issue("an_test_key", &by_test, DOSE(AN, "2", "2021-09-01"));
	by_foreign.key = foreign_key;
	by_foreign.kid = hcert_kid(foreign);
	issue("an_foreign", &by_foreign, DOSE(AN, "2", "2021-09-01"));
	issue("an_year", &by_first, DOSE(YEAR, "2", "2021-09-01"));
	issue("an_namesake", &by_first, DOSE(NAMESAKE, "2", "2021-09-01"));
	return 0;
}
