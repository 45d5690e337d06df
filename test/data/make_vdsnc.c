/*
 * make_vdsnc.c
 *		Make the files of test/data/vdsnc and the seeds of the fuzz target: the
 *		CSCA of an invented state with a revocation list, another CSCA of its
 *		name, and visible digital seals of an invented person, honest and
 *		otherwise.  The keys are thrown away.
 *
 *		The files are in the repository; to make others, from its root:
 *
 *	gcc -Isrc -Itest/unit -o build/make_vdsnc \
 *		test/data/make_vdsnc.c src/base/der_core.c \
 *		src/base/calendar_core.c -lcrypto -lz
 *	build/make_vdsnc test
 */
#include "vdsnc_make.h"

#include "make_files.h"

static FILE *scans;

/* One line "name|scan", and a seed of two fuzz targets. */
static void
put_text(const char *name, const char *text)
{
	fprintf(scans, "%s|%s\n", name, text);
	put("fuzz/seeds/vdsnc_fuzz", name, pki_bytes(text, strlen(text)));
}

static void
put_seal(const char *name, const SealMake *make)
{
	put_text(name, seal_text(make));
}

#define PERSON	SEAL_PERSON("NGUYEN  VAN AN")
#define VACCINATION(vaccines) \
	SEAL_DATA("UTO", "vacc", SEAL_VACCINATION(PERSON, vaccines))

int
main(int argc, char **argv)
{
	EVP_PKEY   *csca_key = pki_key("secp384r1", false);
	EVP_PKEY   *key = pki_key("prime256v1", false);
	EVP_PKEY   *key384 = pki_key("secp384r1", false);
	EVP_PKEY   *other_key = pki_key("secp384r1", false);
	EVP_PKEY   *second_key = pki_key("secp384r1", false);
	PkiCertificate csca = {.country = "UT", .subject = "CSCA of Utopia",
		.issuer = "CSCA of Utopia", .serial = 1, .key = csca_key,
	.issuer_key = csca_key, .ca = true};
	PkiCertificate signer = {.country = "UT", .subject = "Seals",
		.issuer = "CSCA of Utopia", .serial = 11, .key = key,
	.issuer_key = csca_key};
	PkiCertificate other = signer;
	PkiCertificate second = csca;
	SealMake	vacc = {.key = key, .data = SEAL_TWO_DOSES};
	SealMake	test = {.key = key, .data = SEAL_PCR};
	SealMake	make;

	if (argc != 2)
		return 2;
	root = argv[1];
	put("data/vdsnc", "csca.der", pki_make_certificate(&csca));
	put("data/vdsnc", "crl.der", pki_make_crl("UT", "CSCA of Utopia", csca_key,
											  13));
	second.key = second.issuer_key = second_key;
	put("data/vdsnc", "csca2.der", pki_make_certificate(&second));
	scans = create("data/vdsnc", "scans.txt");

	vacc.certificate = seal_signer(&signer, "NV");
	put_seal("two_doses", &vacc);
	signer.serial = 12;
	test.certificate = seal_signer(&signer, "NT");
	put_seal("pcr", &test);
	make = test;
	make.data = SEAL_DATA("UTO", "test", SEAL_TEST("antigen", "positive", "2026-01-09T01:00:00Z"));
	put_seal("antigen", &make);

	/* in other forms: the same */
	make = vacc;
	make.shown = "{ \"msg\" : " SEAL_VACCINATION(SEAL_PERSON("NGUYEN  VAN\\u0020AN"),
												 SEAL_VACCINE("\\u0043omirnaty", SEAL_DOSE("1", "2025-10-25") " , "
															  SEAL_DOSE("2", "2025-11-20"))) ", \"hdr\":{\"v\":1,\"t\":\"icao.vacc\",\"is\":\"UTO\"}}";
	put_seal("other_form", &make);
	make = vacc;
	make.padded = make.other_alphabet = true;
	put_seal("other_base64", &make);
	make = vacc;
	make.data = VACCINATION(SEAL_VACCINE("Pfizer Comirnaty", SEAL_DOSE("\"3\"", "2026-01-20")));
	put_seal("number_as_text", &make);
	make.data = VACCINATION(SEAL_VACCINE("NEW-42", SEAL_DOSE("1", "2026-01-20")));
	put_seal("new_product", &make);
	make.data = SEAL_DATA("UTO", "vacc", "{\"pid\":{\"dob\":\"1990\",\"n\":\"Nguy\xE1\xBB\x85n  V\xC4\x83n \xC3\x82n\"},\"uvci\":\"U2\",\"ve\":["
						  SEAL_VACCINE("Comirnaty", SEAL_DOSE("1", "2025-10-25")) "]}");
	put_seal("namesake", &make);
	other.key = make.key = key384;
	other.serial = 14;
	make = vacc;
	make.key = key384;
	make.algorithm = "ES384";
	make.certificate = seal_signer(&other, "NV");
	put_seal("es384", &make);

	/* what must fail */
	make = vacc;
	make.shown = VACCINATION(SEAL_VACCINE("Comirnaty", SEAL_DOSE("1", "2025-10-25") "," SEAL_DOSE("3", "2025-11-20")));
	put_seal("changed", &make);
	make = vacc;
	make.certificate = test.certificate;
	put_seal("wrong_type", &make);
	make = vacc;
	make.certificate = pki_make_certificate(&signer);
	put_seal("passport_signer", &make);
	make = vacc;
	make.data = SEAL_DATA("VNM", "vacc", SEAL_VACCINATION(PERSON, SEAL_VACCINE("Comirnaty", SEAL_DOSE("1", "2025-10-25"))));
	put_seal("other_state", &make);
	make = vacc;
	make.data = VACCINATION(SEAL_VACCINE("Comirnaty", SEAL_DOSE("1", "2026-12-31")));
	put_seal("ahead", &make);
	other = signer;
	other.serial = 13;
	make = vacc;
	make.certificate = seal_signer(&other, "NV");
	put_seal("revoked", &make);
	other = signer;
	other.not_after = "260201000000Z";
	make.certificate = seal_signer(&other, "NV");
	put_seal("signer_expired", &make);
	other = signer;
	other.issuer_key = other_key;
	make.certificate = seal_signer(&other, "NV");
	put_seal("other_csca", &make);
	make = vacc;
	make.algorithm = "PS256";
	put_seal("rsa", &make);
	put_text("duplicate", "{\"data\":" SEAL_TWO_DOSES ",\"data\":{\"hdr\":{\"t\":\"icao.vacc\"}},\"sig\":{}}");
	put_text("number", "{\"data\":{\"hdr\":{\"is\":\"UTO\",\"t\":\"icao.vacc\",\"v\":1},\"msg\":{\"x\":1.0}},\"sig\":{\"alg\":\"ES256\",\"cer\":\"MIIB\",\"sigvl\":\"AAEC\"}}");
	put_text("other_seal", "{\"data\":{\"hdr\":{\"is\":\"UTO\",\"t\":\"icao.visa\",\"v\":1},\"msg\":{}},\"sig\":{}}");

	fclose(scans);
	EVP_PKEY_free(csca_key);
	EVP_PKEY_free(key);
	EVP_PKEY_free(key384);
	EVP_PKEY_free(other_key);
	EVP_PKEY_free(second_key);
	return 0;
}
