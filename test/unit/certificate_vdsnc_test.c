/*
 * certificate_vdsnc_test.c
 *		A visible digital seal as a certificate of any format: what it says,
 *		what came of its checks, and who signed it.
 */
#include "unit.h"

#include "vdsnc_make.h"

#include "base/calendar_core.h"
#include "certificate/certificate_core.h"

#define AT		INT64_C(825638400000000)	/* 2026-03-01 */

static CccdCertificateWork work;
static CccdCertificate certificate;
static PkiCertificate csca;
static PkiCertificate signer;
static SealMake make;

static bool
is(CccdSlice slice, const char *wanted)
{
	return slice.len == strlen(wanted) &&
		memcmp(slice.ptr, wanted, slice.len) == 0;
}

static void
read_text(const char *text)
{
	cccd_certificate_read(text, strlen(text), NULL, &work, &certificate);
	CHECK(certificate.kind == CCCD_CERTIFICATE_VDS_NC);
	CHECK_STR(certificate.format, "vds-nc");
}

/* Verify the seal under the trust in one certificate. */
static void
verify(CccdBytes anchor, CccdHcertPolicy policy)
{
	const char *text = seal_text(&make);
	CccdCertificateEffort effort = {CCCD_KEY_ATTEMPTS,
	CCCD_REVOCATION_ATTEMPTS};
	CccdCertificateCheck check = {NULL, AT, policy, &effort};
	CccdX509	room[1];
	CccdTrustEntry entry;
	CccdBytes	value;

	CHECK(cccd_trust_classify(anchor, CCCD_PURPOSE_CHIP,
							  CCCD_TRUST_SOURCE_OPERATOR, &entry));
	CHECK(cccd_trust_settle(&entry, 1, room, NULL) == 1);
	value.length = cccd_trust_size(&entry, 1);
	value.data = pki_alloc(value.length);
	CHECK(cccd_trust_write(&entry, 1, (uint8_t *) value.data));
	CHECK(cccd_store_open(value, pki_alloc(cccd_store_size(value)),
						  &check.store));
	cccd_certificate_read(text, strlen(text), &check, &work, &certificate);
	cccd_store_close(check.store);
	CHECK(certificate.kind == CCCD_CERTIFICATE_VDS_NC);
}

static void
prepare(void)
{
	csca.key = csca.issuer_key = pki_key("secp384r1", false);
	csca.country = signer.country = "UT";
	csca.subject = csca.issuer = signer.issuer = "CSCA";
	csca.serial = 1;
	csca.ca = true;
	signer.subject = "Seals";
	signer.serial = 42;
	signer.issuer_key = csca.key;
	signer.key = make.key = pki_key("prime256v1", false);
	make.certificate = seal_signer(&signer, "NV");
	make.data = SEAL_TWO_DOSES;
}

/* Without keys: the content, and what lists may hash. */
static void
test_vaccination(void)
{
	CccdBytes	digest = pki_sha256(pki_bytes(SEAL_TWO_DOSES,
											  strlen(SEAL_TWO_DOSES)));

	read_text(seal_text(&make));
	CHECK_STR(certificate.status, "ok");
	CHECK(certificate.text == CCCD_STATUS_OK &&
		  certificate.message == CCCD_STATUS_OK &&
		  certificate.schema == CCCD_STATUS_OK);
	CHECK(certificate.key == CCCD_STATUS_NOT_PERFORMED &&
		  certificate.signature == CCCD_STATUS_NOT_PERFORMED &&
		  certificate.country == CCCD_STATUS_NOT_PERFORMED &&
		  certificate.key_usage == CCCD_STATUS_NOT_PERFORMED &&
		  certificate.key_validity == CCCD_STATUS_NOT_PERFORMED &&
		  certificate.validity == CCCD_STATUS_NOT_PERFORMED &&
		  certificate.revocation == CCCD_STATUS_NOT_PERFORMED);
	CHECK(!certificate.valid && !certificate.out_of_memory);
	CHECK(certificate.report.count == 0);

	CHECK(certificate.has_digest &&
		  memcmp(certificate.digest, digest.data, CCCD_SHA256_SIZE) == 0);
	CHECK_STR(certificate.algorithm, "ES256");
	CHECK(certificate.signature_part.length == 32);
	CHECK(is(certificate.issuer, "UTO"));
	CHECK(!certificate.has_issued && !certificate.has_expires);
	/* the certificate in the seal names the key before anybody vouches */
	CHECK(cccd_bytes_equal(certificate.key_id, hcert_kid(make.certificate)));
	CHECK(!certificate.has_signer && !certificate.has_signer_validity);

	CHECK(certificate.has_content);
	CHECK(certificate.kinds == CCCD_HCERT_VACCINATION);
	CHECK(is(certificate.version, "1"));
	CHECK(is(certificate.names.family, "NGUYEN") &&
		  is(certificate.names.given, "VAN AN"));
	CHECK(!certificate.names.truncated);
	CHECK(certificate.birth.known && certificate.birth.first ==
		  cccd_days_from_civil(1990, 5, 17));
	CHECK(certificate.entry_count == 2);
	for (int k = 0; k < 2; k++)
	{
		const CccdCertificateEntry *entry = &certificate.entries[k];

		CHECK(entry->kind == CCCD_HCERT_VACCINATION);
		CHECK(is(entry->disease, "840539006"));
		CHECK(is(entry->product, "Comirnaty"));
		CHECK(is(entry->identifier, "U12345678901"));
		CHECK(is(entry->country, "UTO"));
		CHECK(entry->test.len == 0 && entry->result.len == 0);
		CHECK(entry->number == k + 1 && entry->series == 0);
		CHECK(entry->has_time && entry->time == cccd_time_from_day
			  (k == 0 ? cccd_days_from_civil(2025, 10, 25) :
			   cccd_days_from_civil(2025, 11, 20)));
	}
	/* a name that fills its place */
	make.data = SEAL_DATA("UTO", "vacc", SEAL_VACCINATION
						  (SEAL_PERSON("CONG TANG TON NU  NGUYEN THI PHUONG THA"),
						   SEAL_VACCINE("Comirnaty", SEAL_DOSE("1", "2025-10-25"))));
	read_text(seal_text(&make));
	CHECK(certificate.names.truncated && certificate.entry_count == 1);
	make.data = SEAL_TWO_DOSES;
}

static void
test_test(void)
{
	const CccdCertificateEntry *entry = &certificate.entries[0];

	make.data = SEAL_PCR;
	read_text(seal_text(&make));
	CHECK_STR(certificate.status, "ok");
	CHECK(certificate.kinds == CCCD_HCERT_TEST &&
		  certificate.entry_count == 1);
	CHECK(entry->kind == CCCD_HCERT_TEST && entry->product.len == 0);
	CHECK(is(entry->test, "LP6464-4") && is(entry->result, "260415000"));
	CHECK(is(entry->identifier, "T00000000001"));
	/* the test was reported three and a half hours after the sample */
	CHECK(certificate.has_issued && entry->has_time &&
		  certificate.issued - entry->time == INT64_C(12600000000));
	make.data = SEAL_TWO_DOSES;
}

/* The stage that fails is the status, and none after it was performed. */
static void
test_stages(void)
{
	static const struct
	{
		const char *text;
		const char *status;
		CccdCheckStatus text_status;
		CccdCheckStatus message;
		CccdCheckStatus schema;
	}			cases[] = {
		{"{", "json", CCCD_STATUS_FAILED, CCCD_STATUS_NOT_PERFORMED,
		CCCD_STATUS_NOT_PERFORMED},
		{"{\"data\":{}}", "seal", CCCD_STATUS_OK, CCCD_STATUS_FAILED,
		CCCD_STATUS_NOT_PERFORMED},
		{"{\"data\":" SEAL_DATA("UTO", "vacc", "{\"x\":1e999}")
			",\"sig\":{\"alg\":\"ES256\",\"cer\":\"MIIB\",\"sigvl\":\"AAEC\"}}",
			"canonical", CCCD_STATUS_OK, CCCD_STATUS_FAILED,
		CCCD_STATUS_NOT_PERFORMED},
		{"{\"data\":" SEAL_DATA("UTO", "vacc", "{\"x\":1}")
			",\"sig\":{\"alg\":\"ES256\",\"cer\":\"MIIB\",\"sigvl\":\"AAEC\"}}",
			"schema", CCCD_STATUS_OK, CCCD_STATUS_OK,
		CCCD_STATUS_FAILED}
	};

	for (size_t k = 0; k < sizeof(cases) / sizeof(cases[0]); k++)
	{
		bool		read = cases[k].schema == CCCD_STATUS_FAILED;

		memset(&certificate, 0, sizeof(certificate));
		cccd_certificate_of_vds_nc(cases[k].text, strlen(cases[k].text), NULL,
								   &work, &certificate);
		CHECK_STR(certificate.status, cases[k].status);
		CHECK(certificate.text == cases[k].text_status);
		CHECK(certificate.message == cases[k].message);
		CHECK(certificate.schema == cases[k].schema);
		CHECK(certificate.report.count > 0);
		CHECK(certificate.has_content == read && certificate.has_digest == read);
		CHECK(certificate.key_id.length == (read ? CCCD_KID_SIZE : 0));
		CHECK((certificate.issuer.ptr != NULL) == (certificate.issuer.len > 0));
	}
}

/* What the verification says is passed on, and who signed. */
static void
test_verified(void)
{
	CccdBytes	digest = pki_sha256(make.certificate);
	PkiCertificate other = csca;

	verify(pki_make_certificate(&csca), CCCD_HCERT_FIELD);
	CHECK(certificate.valid && !certificate.out_of_memory);
	CHECK(certificate.key == CCCD_STATUS_OK &&
		  certificate.signature == CCCD_STATUS_OK &&
		  certificate.country == CCCD_STATUS_OK &&
		  certificate.key_usage == CCCD_STATUS_OK &&
		  certificate.key_validity == CCCD_STATUS_OK &&
		  certificate.validity == CCCD_STATUS_OK);
	CHECK(certificate.revocation == CCCD_STATUS_NOT_PERFORMED);
	CHECK(certificate.has_signer && certificate.has_signer_validity);
	CHECK(memcmp(certificate.signer_fingerprint, digest.data,
				 CCCD_SHA256_SIZE) == 0);
	CHECK(cccd_bytes_equal(certificate.key_id, hcert_kid(make.certificate)));
	CHECK_STR(certificate.signer_country, "UT");
	CHECK(certificate.signer_not_before < AT &&
		  certificate.signer_not_after > AT);
	/* strict wants a list to have been asked */
	verify(pki_make_certificate(&csca), CCCD_HCERT_STRICT);
	CHECK(!certificate.valid &&
		  certificate.revocation == CCCD_STATUS_UNDETERMINED);
	/* a signature over other data */
	make.shown = SEAL_DATA("UTO", "vacc", SEAL_VACCINATION
						   (SEAL_PERSON("NGUYEN  VAN AN"),
							SEAL_VACCINE("Comirnaty", SEAL_DOSE("1", "2025-10-25"))));
	verify(pki_make_certificate(&csca), CCCD_HCERT_FIELD);
	CHECK(!certificate.valid && certificate.signature == CCCD_STATUS_FAILED);
	make.shown = NULL;
	/* a CSCA of another state */
	other.country = "XA";
	other.key = other.issuer_key = pki_key("secp384r1", false);
	verify(pki_make_certificate(&other), CCCD_HCERT_FIELD);
	CHECK(!certificate.valid && certificate.key != CCCD_STATUS_OK);
	EVP_PKEY_free(other.key);
}

int
main(void)
{
	prepare();
	test_vaccination();
	test_test();
	test_stages();
	test_verified();
	EVP_PKEY_free(csca.key);
	EVP_PKEY_free(make.key);
	return finish();
}
