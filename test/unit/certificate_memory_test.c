/*
 * certificate_memory_test.c
 *		Health certificates of each format when there is no memory: at every
 *		place where reading and verifying one asks for some, once and from then
 *		on.  Nothing forged is valid, nothing valid is called forged, and the
 *		next call answers as if nothing had been.
 *
 * link: -Wl,--wrap=calloc
 */
#include "memory_fail.h"

#include "shc_make.h"
#include "vdsnc_make.h"

#include "certificate/certificate_core.h"

#define AT		INT64_C(825638400000000)	/* 2026-03-01 */

#define CONTENT \
	"{\"ver\":\"1.3.0\",\"nam\":{\"fnt\":\"LE\"}," \
	"\"dob\":\"1988-08-01\",\"r\":[{\"tg\":\"840539006\"," \
	"\"fr\":\"2025-11-20\",\"df\":\"2025-12-01\"," \
	"\"du\":\"2026-05-20\",\"co\":\"VN\",\"is\":\"MOH\",\"ci\":\"1\"}]}"

static CccdCertificateWork work;
static CccdCertificate certificate;

/* The trust value, room for it when it is open, and the text asked about. */
static CccdBytes value;
static uint8_t *room;
static CccdBytes text;
static CccdTrustEntry entries[8];
static int	entry_count;

static Outcome
ask(bool good)
{
	CccdCertificateEffort effort = {CCCD_KEY_ATTEMPTS,
	CCCD_REVOCATION_ATTEMPTS};
	CccdCertificateCheck check = {NULL, AT, CCCD_HCERT_STRICT, &effort};

	cccd_memory_forget();
	if (!cccd_store_open(value, room, &check.store))
		return cccd_memory_ran_out() ? GAVE_UP : WRONG;
	cccd_certificate_read((const char *) text.data, text.length, &check,
						  &work, &certificate);
	cccd_store_close(check.store);
	if (certificate.out_of_memory)
		return certificate.valid ? WRONG : GAVE_UP;
	return certificate.valid == good && certificate.has_digest ? RIGHT : WRONG;
}

static Outcome
ask_honest(void)
{
	return ask(true);
}

static Outcome
ask_forged(void)
{
	return ask(false);
}

static CccdTrustEntry *
next_entry(void)
{
	return &entries[entry_count++];
}

/* A list that revokes nothing of ours: that it was asked is what counts. */
static void
add_revoked(void)
{
	static const uint8_t items[CCCD_REVOKED_HASH] = {1};
	CccdRevokedEntry revoked = {.scope = CCCD_REVOKED_UCI,
	.width = CCCD_REVOKED_HASH, .items = {items, sizeof(items)}};
	CccdBytes	bytes;

	bytes.length = cccd_revoked_entry_size(&revoked);
	bytes.data = pki_alloc(bytes.length);
	cccd_revoked_entry_write(&revoked, (uint8_t *) bytes.data);
	CHECK(cccd_trust_entry_of(bytes, CCCD_TRUST_REVOKED,
							  CCCD_PURPOSE_HEALTH_CERTIFICATE,
							  CCCD_TRUST_SOURCE_JSON, next_entry()));
}

static void
make_value(void)
{
	static CccdX509 settled[8];

	add_revoked();
	entry_count = cccd_trust_settle(entries, entry_count, settled, NULL);
	value.length = cccd_trust_size(entries, entry_count);
	value.data = pki_alloc(value.length);
	CHECK(cccd_trust_write(entries, entry_count, (uint8_t *) value.data));
	room = pki_alloc(cccd_store_size(value));
	entry_count = 0;
}

static void
exhaust_hc1(EVP_PKEY *key, EVP_PKEY *other)
{
	CccdBytes	signer = hcert_signer(key, "VN", "signer", "", "250101000000Z",
									  "290101000000Z");
	HcertMake	make = {.key = key, .algorithm = -7, .issuer = "VN",
	.content = CONTENT};

	make.kid = hcert_kid(signer);
	CHECK(cccd_trust_classify(signer, CCCD_PURPOSE_HEALTH_CERTIFICATE,
							  CCCD_TRUST_SOURCE_OPERATOR, next_entry()));
	make_value();
	text = hcert_scan(&make);
	exhaust("honest hc1", ask_honest);
	make.key = other;
	text = hcert_scan(&make);
	exhaust("forged hc1", ask_forged);
}

static void
exhaust_shc(EVP_PKEY *key, EVP_PKEY *other)
{
	CccdKeyEntry entry = {.content = pki_public_key(key),
	.issuer = PKI_LITERAL(SHC_ISSUER), .kid = shc_kid(key)};
	ShcMake		make = {.key = key};
	uint8_t		bytes[1024];

	make.payload = SHC_PAYLOAD(SHC_CLAIM(SHC_BUNDLE(SHC_PERSON, SHC_TWO_DOSES)));
	CHECK(cccd_trust_entry_of(pki_bytes(bytes, cccd_key_entry_write(&entry,
																	bytes)),
							  CCCD_TRUST_KEY, CCCD_PURPOSE_HEALTH_CERTIFICATE,
							  CCCD_TRUST_SOURCE_JSON, next_entry()));
	make_value();
	text = shc_scan(&make);
	exhaust("honest shc", ask_honest);
	make.key = other;
	make.header = shc_header(key);
	text = shc_scan(&make);
	exhaust("forged shc", ask_forged);
}

static void
exhaust_seal(EVP_PKEY *key)
{
	EVP_PKEY   *csca_key = pki_key("prime256v1", false);
	PkiCertificate csca = {"UT", "CSCA", "CSCA", 1, csca_key, csca_key, true,
	false, NULL, NULL};
	PkiCertificate signer = {"UT", "Seals", "CSCA", 42, key, csca_key, false,
	false, NULL, NULL};
	SealMake	make = {.key = key, .data = SEAL_TWO_DOSES};
	const char *seal;

	make.certificate = seal_signer(&signer, "NV");
	CHECK(cccd_trust_classify(pki_make_certificate(&csca), CCCD_PURPOSE_CHIP,
							  CCCD_TRUST_SOURCE_OPERATOR, next_entry()));
	CHECK(cccd_trust_entry_of(pki_make_crl("UT", "CSCA", csca_key, 7),
							  CCCD_TRUST_CRL, CCCD_PURPOSE_CHIP,
							  CCCD_TRUST_SOURCE_OPERATOR, next_entry()));
	make_value();
	seal = seal_text(&make);
	text = pki_bytes(seal, strlen(seal));
	exhaust("honest seal", ask_honest);
	/* a signer whom a CSCA of the same name never saw */
	signer.issuer_key = key;
	make.certificate = seal_signer(&signer, "NV");
	seal = seal_text(&make);
	text = pki_bytes(seal, strlen(seal));
	exhaust("forged seal", ask_forged);
	EVP_PKEY_free(csca_key);
}

int
main(void)
{
	EVP_PKEY   *key;
	EVP_PKEY   *other;

	if (!memory_begin())
		return 1;
	key = pki_key("prime256v1", false);
	other = pki_key("prime256v1", false);
	exhaust_hc1(key, other);
	exhaust_shc(key, other);
	exhaust_seal(key);
	EVP_PKEY_free(key);
	EVP_PKEY_free(other);
	return finish();
}
