/*
 * make_shc.c
 *		Make the files of test/data/shc and the seeds of shc_fuzz: keys of two
 *		invented issuers as JSON Web Key sets, and SMART Health Cards of an
 *		invented person, honest and otherwise.  The keys are thrown away.
 *
 *		The files are in the repository; to make others, from its root:
 *
 *	gcc -std=gnu99 -Isrc -Itest/unit -o build/make_shc test/data/make_shc.c \
 *		src/base/der_core.c src/base/calendar_core.c -lcrypto -lz
 *	build/make_shc test
 */
#include "shc_make.h"

#include "make_files.h"

#define OTHER	"https://other.example/shc"
#define CARD	"https://smarthealth.cards#health-card"
#define PAYLOAD(issuer, more, resources) \
	SHC_PAYLOAD_AS(issuer, ",\"nbf\":1767225600.25", \
				   SHC_CLAIM_AS(CARD, "4.0.1", more, \
								SHC_BUNDLE(SHC_PERSON, resources)))

static FILE *scans;

/* One line "name|scan", and seeds of its scan and its payload. */
static void
put_card(const char *name, const ShcMake *make)
{
	CccdBytes	scan = shc_scan(make);
	char		payload[64];

	fprintf(scans, "%s|%s\n", name, (const char *) scan.data);
	put("fuzz/seeds/shc_fuzz", name, scan);
	snprintf(payload, sizeof(payload), "%s_payload", name);
	put("fuzz/seeds/shc_fuzz", payload,
		pki_bytes(make->payload, strlen(make->payload)));
}

/* A card in three parts, of which each is a line. */
static void
put_parts(const char *name, const ShcMake *make)
{
	CccdBytes	token = shc_token(make);
	size_t		third = token.length / 3;

	for (int part = 1; part <= 3; part++)
	{
		size_t		from = third * (size_t) (part - 1);
		char	   *text = pki_alloc(token.length * 2 + 64);

		shc_digits(text, token.data + from,
				   part == 3 ? token.length - from : third, part, 3);
		fprintf(scans, "%s_%d|%s\n", name, part, text);
		if (part == 2)
			put("fuzz/seeds/shc_fuzz", name, pki_bytes(text, strlen(text)));
	}
}

/* The key set of an issuer; ended by a zero byte. */
static void
put_keys(const char *name, EVP_PKEY *key)
{
	char		kid[64];
	const char *web_key;
	FILE	   *file = create("data/shc", name);
	char		before[256];

	*shc_base64(kid, shc_kid(key)) = '\0';
	snprintf(before, sizeof(before), "\"kid\":\"%s\",\"use\":\"sig\","
			 "\"alg\":\"ES256\",", kid);
	web_key = shc_web_key(key, before, "");
	fprintf(file, "{\"keys\":[%s]}\n", web_key);
	fclose(file);
}

int
main(int argc, char **argv)
{
	EVP_PKEY   *key = pki_key("prime256v1", false);
	EVP_PKEY   *other = pki_key("prime256v1", false);
	ShcMake		ours = {.key = key,
	.payload = PAYLOAD(SHC_ISSUER, ",\"rid\":\"R1\"", SHC_TWO_DOSES)};
	ShcMake		make = ours;

	if (argc != 2)
		return 2;
	root = argv[1];
	scans = create("data/shc", "scans.txt");
	put_keys("issuer.json", key);
	put_keys("other.json", other);
	put_card("doses", &ours);
	put_parts("parts", &ours);
	make.payload = PAYLOAD(SHC_ISSUER, "", SHC_TEST("94500-6", "260415000",
													"2026-02-01T08:30:00+07:00"));
	put_card("pcr", &make);
	make.payload = PAYLOAD(SHC_ISSUER, "", SHC_DOSE("213", "2025-10-25")
						   SHC_DOSE("9999", "2025-10-26")
						   SHC_DOSE_AS("not-done", SHC_CVX("208"), "2025-10-27", ""));
	put_card("codes", &make);
	/* another person, in letters without marks and with an escape */
	make.payload = SHC_PAYLOAD(SHC_CLAIM(SHC_BUNDLE(SHC_PATIENT("TR\\u1ea6N", "\"THI\",\"BE\"", "1991-01"),
													SHC_TWO_DOSES)));
	put_card("other_person", &make);
	/* signed with the key of another issuer */
	make = ours;
	make.key = other;
	put_card("other_issuer", &make);
	make.payload = PAYLOAD(OTHER, "", SHC_TWO_DOSES);
	put_card("others", &make);
	make = ours;
	make.payload = SHC_PAYLOAD_AS(SHC_ISSUER, ",\"nbf\":1767225600,\"exp\":1767312000",
								  SHC_CLAIM(SHC_BUNDLE(SHC_PERSON, SHC_TWO_DOSES)));
	put_card("expired", &make);
	make.payload = SHC_PAYLOAD(SHC_CLAIM_AS("https://smarthealth.cards#other", "4.0.1", "",
											SHC_BUNDLE(SHC_PERSON, SHC_TWO_DOSES)));
	put_card("other_type", &make);
	make.payload = PAYLOAD(SHC_ISSUER, "",
						   ",{\"fullUrl\":\"resource:9\",\"resource\":" SHC_PERSON "}");
	put_card("two_patients", &make);
	make.payload = "{\"iss\":\"https://health.example/shc\",\"iss\":\"https://other.example/shc\"}";
	put_card("duplicate", &make);
	make = ours;
	make.header = "{\"alg\":\"none\",\"zip\":\"DEF\"}";
	put_card("unsigned", &make);
	make = ours;
	make.der_signature = true;
	put_card("der_signature", &make);
	fclose(scans);
	EVP_PKEY_free(key);
	EVP_PKEY_free(other);
	return 0;
}
