/*
 * make_hcert.c
 *		Make the files of test/data/hcert and the seeds of the fuzz
 *		targets: signers of invented states (RSA-2048, P-256, P-384, one for
 *		tests only) and health certificates of an invented person, honest and
 *		otherwise.  The keys are thrown away.
 *
 *		The files are in the repository; to make others, from its root:
 *
 *	gcc -Isrc -Itest/unit -o build/make_hcert \
 *		test/data/make_hcert.c src/base/der_core.c \
 *		src/base/calendar_core.c -lcrypto -lz
 *	build/make_hcert test
 */
#include "hcert_make.h"

#include "make_files.h"

static FILE *scans;

/* One line "name|scan", and a seed of each of its forms. */
static void
put_scan(const char *name, CccdBytes message)
{
	CccdBytes	scan = hcert_base45(hcert_deflate(message));

	fprintf(scans, "%s|%s\n", name, (const char *) scan.data);
	put("fuzz/seeds/hcert_fuzz", name, scan);
	put("fuzz/seeds/cbor_fuzz", name, message);
}

#define PERSON	"\"nam\":{\"fn\":\"Nguy\xE1\xBB\x85n\",\"gn\":\"V\xC4\x83n An\"," \
	"\"fnt\":\"NGUYEN\",\"gnt\":\"VAN<AN\"},\"dob\":\"1990-05-17\""
#define DOSE(number, of, date, product, identifier) \
	"{\"ver\":\"1.3.0\"," PERSON ",\"v\":[{\"tg\":\"840539006\"," \
	"\"vp\":\"1119349007\",\"mp\":\"" product "\",\"ma\":\"ORG-100030215\"," \
	"\"dn\":" number ",\"sd\":" of ",\"dt\":\"" date "\",\"co\":\"VN\"," \
	"\"is\":\"B\xE1\xBB\x99 Y t\xE1\xBA\xBF\"," \
	"\"ci\":\"URN:UVCI:01:VN:" identifier "\"}]}"
/* of no state */
#define STATELESS \
	"{\"ver\":\"1.3.0\"," PERSON ",\"v\":[{\"tg\":\"840539006\"," \
	"\"vp\":\"1119349007\",\"mp\":\"EU/1/20/1528\"," \
	"\"ma\":\"ORG-100030215\",\"dn\":2,\"sd\":2," \
	"\"dt\":\"2025-11-20\",\"is\":\"MOH\",\"ci\":\"URN:UVCI:01:VN:2\"}]}"
#define TEST(kind, result, time, identifier) \
	"{\"ver\":\"1.3.0\"," PERSON ",\"t\":[{\"tg\":\"840539006\"," \
	"\"tt\":\"" kind "\",\"sc\":\"" time "\",\"tr\":\"" result "\"," \
	"\"tc\":\"CDC\",\"co\":\"XA\",\"is\":\"Ministry of Health\"," \
	"\"ci\":\"URN:UVCI:01:XA:" identifier "\"}]}"
#define RECOVERY(date, identifier) \
	"{\"ver\":\"1.3.0\"," PERSON ",\"r\":[{\"tg\":\"840539006\"," \
	"\"fr\":\"" date "\",\"co\":\"XB\",\"is\":\"Ministry of Health\"," \
	"\"df\":\"2026-01-20\",\"du\":\"2026-07-09\"," \
	"\"ci\":\"URN:UVCI:01:XB:" identifier "\"}]}"

int
main(int argc, char **argv)
{
	EVP_PKEY   *rsa = pki_key("RSA", false);
	EVP_PKEY   *p256 = pki_key("prime256v1", false);
	EVP_PKEY   *p384 = pki_key("secp384r1", false);
	EVP_PKEY   *test_key = pki_key("prime256v1", false);
	CccdBytes	vn = hcert_signer(rsa, "VN", "Signer of the Ministry of Health",
								  "", "250101000000Z", "290101000000Z");
	CccdBytes	xa = hcert_signer(p256, "XA", "Signer of tests", "1",
								  "250101000000Z", "290101000000Z");
	CccdBytes	xb = hcert_signer(p384, "XB", "Signer of everything", "123",
								  "250101000000Z", "260601000000Z");
	CccdBytes	xt = hcert_signer(test_key, "VN", "Signer of test systems", "",
								  "250101000000Z", "290101000000Z");
	HcertMake	by_vn = {.key = rsa, .algorithm = -37, .kid = hcert_kid(vn),
		.issuer = "VN",
	.content = DOSE("2", "2", "2025-11-20", "EU/1/20/1528", "2")};
	HcertMake	by_xa = {.key = p256, .algorithm = -7, .kid = hcert_kid(xa),
		.issuer = "XA",
		.content = TEST("LP6464-4", "260415000", "2026-02-01T08:30:00+07:00",
						"PCR1")};
	HcertMake	by_xb = {.key = p384, .algorithm = -7, .kid = hcert_kid(xb),
	.issuer = "XB", .content = RECOVERY("2026-01-09", "R1")};
	HcertMake	make;

	if (argc != 2)
		return 2;
	root = argv[1];
	put("data/hcert", "vn.der", vn);
	put("data/hcert", "xa.der", xa);
	put("data/hcert", "xb.der", xb);
	put("data/hcert", "xt.der", xt);
	scans = create("data/hcert", "scans.txt");

	put_scan("dose2", hcert_message(&by_vn));
	make = by_vn;
	make.content = DOSE("1", "2", "2025-10-25", "EU/1/21/1529", "1");
	put_scan("dose1", hcert_message(&make));
	/* the same dose, corrected later */
	make.content = DOSE("2", "2", "2025-11-19", "Nanocovax", "2B");
	make.issued = HCERT_ISSUED + 86400;
	put_scan("dose2_corrected", hcert_message(&make));
	put_scan("pcr", hcert_message(&by_xa));
	make = by_xa;
	make.content = TEST("LP217198-3", "260373001", "2026-01-09T01:00:00Z",
						"AG1");
	put_scan("antigen", hcert_message(&make));
	put_scan("recovery", hcert_message(&by_xb));

	/* deviations that issuers were seen to make */
	make = by_vn;
	make.kid_unprotected = true;
	put_scan("kid_unprotected", hcert_message(&make));
	make = by_vn;
	make.no_kid = true;
	put_scan("no_kid", hcert_message(&make));
	make = by_vn;
	make.algorithm_unprotected = true;
	put_scan("algorithm_unprotected", hcert_message(&make));
	make = by_vn;
	make.untagged = true;
	put_scan("untagged", hcert_message(&make));
	make.untagged = false;
	make.cwt_tag = true;
	put_scan("cwt_tag", hcert_message(&make));
	make = by_vn;
	make.float_time = true;
	put_scan("float_time", hcert_message(&make));
	make = by_vn;
	make.indefinite = true;
	put_scan("indefinite", hcert_message(&make));
	make = by_vn;
	make.content = DOSE("2.0", "2.0", "2025-11-20T00:00:00Z", " EU/1/20/1528 ",
						"F");
	put_scan("loose_content", hcert_message(&make));
	make.content = "{\"ver\":\"1.3.0\",\"nam\":{\"fnt\":\"NGUYEN\",\"gnt\":\"VAN<AN\"},"
		"\"dob\":\"1990\",\"v\":[{\"tg\":\"840539006\",\"vp\":\"1119349007\","
		"\"mp\":\"NEW-42\",\"ma\":\"ORG-100030215\",\"dn\":1,\"sd\":1,"
		"\"dt\":\"2025-11-20\",\"co\":\"VN\",\"is\":\"MOH\",\"ci\":\"X\"}]}";
	put_scan("year_only", hcert_message(&make));

	/* what must fail */
	make = by_xa;
	make.content = by_vn.content;
	put_scan("wrong_usage", hcert_message(&make));
	make = by_vn;
	make.key = test_key;
	make.algorithm = -7;
	put_scan("wrong_key_type", hcert_message(&make));
	make.kid = hcert_kid(xt);
	put_scan("test_system", hcert_message(&make));
	make = by_vn;
	make.expires = HCERT_ISSUED + 86400;
	put_scan("expired", hcert_message(&make));
	make = by_vn;
	make.issued = -1;
	make.expires = -1;
	put_scan("timeless", hcert_message(&make));
	make = by_vn;
	make.claim = PKI_LITERAL("\x01\x62ZZ");
	put_scan("duplicate_key", hcert_message(&make));
	make = by_vn;
	make.trailing = PKI_LITERAL("\xF6");
	put_scan("trailing", hcert_message(&make));
	make = by_vn;
	make.critical = true;
	put_scan("critical", hcert_message(&make));
	make = by_vn;
	make.payload = PKI_LITERAL("\xA1\x01\x62VN");
	put_scan("no_certificate", hcert_message(&make));
	make = by_vn;
	make.content = DOSE("0", "2", "2025-13-20", "EU/1/20/1528", "0");
	put_scan("impossible", hcert_message(&make));
	make.content = "{\"ver\":\"2.0.0\",\"nam\":{\"fnt\":\"NGUYEN\"},\"dob\":\"\",\"v\":[]}";
	put_scan("other_version", hcert_message(&make));

	/* what proves nothing: no state stated, two keys named and neither right */
	make = by_vn;
	make.issuer = NULL;
	make.content = STATELESS;
	put_scan("stateless", hcert_message(&make));
	make = by_xb;
	make.issuer = NULL;
	make.content = STATELESS;
	put_scan("stateless_other", hcert_message(&make));
	make = by_vn;
	make.key = test_key;
	make.algorithm = -7;
	make.kid = hcert_kid(xa);
	put_scan("wrong_key", hcert_message(&make));
	make.other_kid = hcert_kid(xt);
	put_scan("two_keys", hcert_message(&make));

	fclose(scans);
	EVP_PKEY_free(rsa);
	EVP_PKEY_free(p256);
	EVP_PKEY_free(p384);
	EVP_PKEY_free(test_key);
	return 0;
}
