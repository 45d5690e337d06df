/*
 * certificate_shc_test.c
 *		A SMART Health Card as a certificate of any format: what it says, the
 *		stage at which its reading ends, what came of its checks.
 */
#include "unit.h"

#include "shc_make.h"

#include "base/calendar_core.h"
#include "certificate/certificate_core.h"

#define AT		INT64_C(825638400000000)	/* 2026-03-01 */

static CccdCertificateWork work;
static CccdCertificate certificate;
static ShcMake make;

static bool
is(CccdSlice slice, const char *wanted)
{
	return slice.len == strlen(wanted) &&
		(slice.len == 0 || memcmp(slice.ptr, wanted, slice.len) == 0);
}

static void
read_text(CccdBytes text)
{
	memset(&certificate, 0, sizeof(certificate));
	cccd_certificate_of_shc((const char *) text.data, text.length, NULL, &work,
							&certificate);
}

static void
test_content(void)
{
	CccdBytes	scan = shc_scan(&make);
	CccdBytes	token = shc_token(&make);
	const uint8_t *last = token.data + token.length;
	CccdBytes	digest;

	/* what is signed ends before the second point */
	while (*--last != '.')
		;
	digest = pki_sha256(pki_bytes(token.data, (size_t) (last - token.data)));
	cccd_certificate_read((const char *) scan.data, scan.length, NULL, &work,
						  &certificate);
	CHECK(certificate.kind == CCCD_CERTIFICATE_SHC);
	CHECK_STR(certificate.format, "shc");
	CHECK_STR(certificate.status, "ok");
	CHECK(certificate.text == CCCD_STATUS_OK &&
		  certificate.message == CCCD_STATUS_OK &&
		  certificate.schema == CCCD_STATUS_OK);
	CHECK(certificate.key == CCCD_STATUS_NOT_PERFORMED &&
		  certificate.signature == CCCD_STATUS_NOT_PERFORMED &&
		  certificate.revocation == CCCD_STATUS_NOT_PERFORMED);
	CHECK(!certificate.valid && !certificate.out_of_memory);
	CHECK(certificate.has_digest &&
		  memcmp(certificate.digest, digest.data, CCCD_SHA256_SIZE) == 0);
	CHECK_STR(certificate.algorithm, "ES256");
	CHECK(cccd_bytes_equal(certificate.key_id, shc_kid(make.key)));
	CHECK(certificate.signature_part.length == 32);
	CHECK(is(certificate.issuer, SHC_ISSUER));
	CHECK(certificate.has_issued && certificate.issued ==
		  INT64_C(820540800250000) && !certificate.has_expires);
	CHECK(!certificate.has_signer && !certificate.has_signer_validity);

	CHECK(certificate.has_content);
	CHECK(certificate.kinds == CCCD_HCERT_VACCINATION);
	CHECK(is(certificate.version, "4.0.1"));
	CHECK(certificate.names.family.len > 0 && certificate.names.given.len > 0);
	CHECK(certificate.birth.known && certificate.entry_count == 2);
	for (int k = 0; k < 2; k++)
	{
		const CccdCertificateEntry *entry = &certificate.entries[k];

		CHECK(entry->kind == CCCD_HCERT_VACCINATION);
		CHECK(is(entry->disease, "covid19"));
		CHECK(is(entry->product, "EU/1/20/1528"));
		CHECK(entry->test.len == 0 && entry->result.len == 0);
		CHECK(is(entry->identifier, "card-1"));
		CHECK(entry->number == 2 - k && entry->has_time);
		CHECK(entry->time == cccd_time_from_day
			  (k == 0 ? cccd_days_from_civil(2025, 10, 25) :
			   cccd_days_from_civil(2025, 11, 20)));
	}
}

/* The stage that fails is the status, and none after it was performed. */
static void
test_stages(void)
{
	static const char *const stages[] = {
		"prefix", "numeric", "jws", "inflate", "json", "schema"
	};
	ShcMake		broken = make;
	CccdBytes	scans[6];

	scans[0] = pki_bytes("shc:", 4);
	scans[1] = pki_bytes("shc:/0x", 7);
	broken.header = "{}";
	scans[2] = shc_scan(&broken);
	broken.header = NULL;
	broken.packed = pki_bytes("\xFF\xFF", 2);
	scans[3] = shc_scan(&broken);
	broken.packed = pki_nothing;
	broken.payload = "{";
	scans[4] = shc_scan(&broken);
	broken.payload = SHC_PAYLOAD("{}");
	scans[5] = shc_scan(&broken);
	for (int k = 0; k < 6; k++)
	{
		read_text(scans[k]);
		CHECK_STR(certificate.status, stages[k]);
		CHECK(certificate.text == (k < 2 ? CCCD_STATUS_FAILED :
								   CCCD_STATUS_OK));
		CHECK(certificate.message == (k < 2 ? CCCD_STATUS_NOT_PERFORMED :
									  k < 5 ? CCCD_STATUS_FAILED :
									  CCCD_STATUS_OK));
		CHECK(certificate.schema == (k < 5 ? CCCD_STATUS_NOT_PERFORMED :
									 CCCD_STATUS_FAILED));
		CHECK(certificate.report.count > 0 && !certificate.valid);
		/* what was signed is there as soon as its parts are */
		CHECK(certificate.has_digest == (k > 2));
		CHECK_STR(certificate.algorithm, k > 2 ? "ES256" : "");
	}
}

/* Verify the card under one key of a list. */
static void
verify(const char *issuer, const char *country, CccdHcertPolicy policy)
{
	CccdKeyEntry key = {.kid = shc_kid(make.key),
	.content = pki_public_key(make.key)};
	CccdBytes	scan = shc_scan(&make);
	CccdCertificateEffort effort = {CCCD_KEY_ATTEMPTS,
	CCCD_REVOCATION_ATTEMPTS};
	CccdCertificateCheck check = {NULL, AT, policy, &effort};
	CccdX509	room[1];
	CccdTrustEntry entry;
	CccdBytes	value;
	uint8_t		bytes[1024];

	key.issuer = pki_bytes(issuer, strlen(issuer));
	snprintf(key.country, sizeof(key.country), "%s", country);
	CHECK(cccd_trust_entry_of(pki_bytes(bytes,
										cccd_key_entry_write(&key, bytes)),
							  CCCD_TRUST_KEY, CCCD_PURPOSE_HEALTH_CERTIFICATE,
							  CCCD_TRUST_SOURCE_JSON, &entry));
	CHECK(cccd_trust_settle(&entry, 1, room, NULL) == 1);
	value.length = cccd_trust_size(&entry, 1);
	value.data = pki_alloc(value.length);
	CHECK(cccd_trust_write(&entry, 1, (uint8_t *) value.data));
	CHECK(cccd_store_open(value, pki_alloc(cccd_store_size(value)),
						  &check.store));
	cccd_certificate_read((const char *) scan.data, scan.length, &check, &work,
						  &certificate);
	cccd_store_close(check.store);
}

static void
test_verified(void)
{
	verify(SHC_ISSUER, "US", CCCD_HCERT_FIELD);
	CHECK(certificate.valid && !certificate.out_of_memory);
	CHECK(certificate.key == CCCD_STATUS_OK &&
		  certificate.signature == CCCD_STATUS_OK &&
		  certificate.country == CCCD_STATUS_OK &&
		  certificate.key_usage == CCCD_STATUS_OK &&
		  certificate.key_validity == CCCD_STATUS_OK &&
		  certificate.validity == CCCD_STATUS_OK);
	CHECK(certificate.revocation == CCCD_STATUS_NOT_PERFORMED);
	CHECK(certificate.has_signer && !certificate.has_signer_validity);
	CHECK_STR(certificate.signer_country, "US");
	CHECK(memcmp(certificate.signer_fingerprint,
				 pki_sha256(pki_public_key(make.key)).data,
				 CCCD_SHA256_SIZE) == 0);
	verify(SHC_ISSUER, "", CCCD_HCERT_STRICT);
	CHECK(!certificate.valid &&
		  certificate.revocation == CCCD_STATUS_UNDETERMINED);
	/* the key of another issuer */
	verify("https://other.example", "", CCCD_HCERT_FIELD);
	CHECK(!certificate.valid && certificate.country == CCCD_STATUS_FAILED &&
		  certificate.signature == CCCD_STATUS_OK);
}

int
main(void)
{
	make.key = pki_key("prime256v1", false);
	make.payload = SHC_PAYLOAD(SHC_CLAIM_AS("https://smarthealth.cards#health-card", "4.0.1", ",\"rid\":\"card-1\"",
											SHC_BUNDLE(SHC_PERSON,
													   SHC_DOSE_AS("completed", SHC_CVX("208"), "2025-10-25",
																   ",\"protocolApplied\":[{\"doseNumberPositiveInt\":2}]")
													   SHC_DOSE_AS("completed", SHC_CVX("208"), "2025-11-20",
																   ",\"protocolApplied\":[{\"doseNumberPositiveInt\":1}]"))));
	test_content();
	test_stages();
	test_verified();
	EVP_PKEY_free(make.key);
	return finish();
}
