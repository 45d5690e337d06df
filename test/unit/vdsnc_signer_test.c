/*
 * vdsnc_signer_test.c
 *		What is wrong with a signer of seals or its CSCA beyond the signatures:
 *		states that are not stated, usages, times, weak curves.
 */
#include "vdsnc_state.h"

#include "pki_state.h"

/* Trust this CSCA, with a change of its certificate. */
static void
trust_changed(const PkiCertificate *certificate, const PkiChange *change)
{
	entry_count = 0;
	add(pki_change_certificate(certificate, change), CCCD_PURPOSE_CHIP);
}

/* A signer or a CSCA that does not say of which state it is. */
static void
test_countries(void)
{
	static const PkiChange none;
	PkiCertificate nowhere = csca;
	PkiCertificate stateless = signer;
	SealMake	other = make;

	nowhere.country = "";
	trust_changed(&nowhere, &none);
	verify(&make);
	CHECK(!result.verdict.valid && result.verdict.country == CCCD_STATUS_UNDETERMINED);
	CHECK(has(CCCD_FINDING_country_missing) &&
		  !has(CCCD_FINDING_country_mismatch));
	trust_csca(CCCD_PURPOSE_CHIP);
	stateless.country = "";
	other.certificate = seal_signer(&stateless, "NV");
	verify(&other);
	CHECK(!result.verdict.valid && result.verdict.country == CCCD_STATUS_UNDETERMINED);
	CHECK(has(CCCD_FINDING_country_missing) &&
		  !has(CCCD_FINDING_country_mismatch));
	CHECK(verify(&make)->verdict.valid && result.verdict.country == CCCD_STATUS_OK);
	/* or says that it is of two: in its name, or beside it */
	for (int k = 0; k < 2; k++)
	{
		PkiChange	two = {.name = {NULL, 0}};

		if (k == 0)
			two.name = two.issuer = pki_twice_named("\x06", csca.country, "LA");
		else
			two.extensions = pki_alt_name(0x11, pki_twice_named("\x07", "LAO",
																"LAO"));
		trust_changed(&csca, &two);
		verify(&make);
		CHECK(!result.verdict.valid &&
			  result.verdict.country == CCCD_STATUS_UNDETERMINED);
		CHECK(has(CCCD_FINDING_country_ambiguous) &&
			  !has(CCCD_FINDING_country_mismatch));
	}
	trust_csca(CCCD_PURPOSE_CHIP);
}

/* A CSCA signs certificates, unless it says what else it is for. */
static void
test_usage(void)
{
	PkiChange	change = {.usage = pki_bytes("", 0)};

	trust_changed(&csca, &change);
	CHECK(verify(&make)->verdict.valid);
	change.usage = pki_extension(PKI_OID("\x55\x1D\x0F"), true,
								 PKI_LITERAL("\x03\x02\x02\x04"));
	trust_changed(&csca, &change);
	CHECK(verify(&make)->verdict.valid);
	/* lists of certificates that are revoked, and nothing else */
	change.usage = pki_extension(PKI_OID("\x55\x1D\x0F"), true,
								 PKI_LITERAL("\x03\x02\x01\x02"));
	trust_changed(&csca, &change);
	CHECK(!verify(&make)->verdict.valid && result.verdict.key == CCCD_STATUS_UNDETERMINED);
	CHECK(has(CCCD_FINDING_csca_not_found));
	trust_csca(CCCD_PURPOSE_CHIP);
}

/* A time that cannot be read: the CSCA's is tolerated, the signer's is not. */
static void
test_unreadable_times(void)
{
	PkiChange	change = {.validity = PKI_SEQ(pki_time("219901000000Z"),
											  pki_time("360101000000Z"))};
	SealMake	other = make;
	int			attempts = CCCD_KEY_ATTEMPTS;

	trust_changed(&csca, &change);
	CHECK(verify(&make)->verdict.valid && has(CCCD_FINDING_time_encoding_invalid));
	CHECK(result.verdict.key_validity == CCCD_STATUS_OK);
	CHECK(!verify_text(seal_text(&make), CCCD_HCERT_STRICT, AT,
					   &attempts)->verdict.valid);
	CHECK(result.verdict.key_validity == CCCD_STATUS_FAILED);
	trust_csca(CCCD_PURPOSE_CHIP);
	change.extensions = pki_wrap(-1, seal_usage(), seal_types("NV"), PKI_END);
	other.certificate = pki_change_certificate(&signer, &change);
	CHECK(!verify(&other)->verdict.valid && has(CCCD_FINDING_time_encoding_invalid));
	CHECK(result.verdict.key_validity == CCCD_STATUS_FAILED);
}

/* The weakest curve that is known is tolerated in the field, and said. */
static void
test_weak(void)
{
	PkiCertificate weak = signer;
	SealMake	other = make;

	weak.key = other.key = pki_key("prime192v1", false);
	other.certificate = seal_signer(&weak, "NV");
	CHECK(verify(&other)->verdict.valid && has(CCCD_FINDING_weak_algorithm));
	CHECK(!verify_strict(&other)->verdict.valid);
	CHECK(result.verdict.key == CCCD_STATUS_FAILED);
	CHECK(verify(&make)->verdict.valid && !has(CCCD_FINDING_weak_algorithm));
	EVP_PKEY_free(weak.key);
}

/* A key for tests is the CSCA's only if it is the same one. */
static void
test_other_test_key(void)
{
	PkiCertificate other = csca;

	other.key = other.issuer_key = pki_key("secp384r1", false);
	trust_csca(CCCD_PURPOSE_CHIP);
	add(pki_make_certificate(&other), CCCD_PURPOSE_HEALTH_TEST);
	CHECK(verify(&make)->verdict.valid && !has(CCCD_FINDING_key_is_test));
	add(pki_make_certificate(&csca), CCCD_PURPOSE_HEALTH_TEST);
	CHECK(!verify(&make)->verdict.valid && has(CCCD_FINDING_key_is_test));
	EVP_PKEY_free(other.key);
	trust_csca(CCCD_PURPOSE_CHIP);
}

/* A list of the CSCA revokes from its moment on, and answers in its time. */
static void
test_moments(void)
{
	static const struct
	{
		int64_t		at;
		bool		revoked;
		bool		answers;
	}			cases[] = {
		{INT64_C(841535999999999), false, false},
		{INT64_C(841536000000000), true, false},
		{INT64_C(844127999999999), true, false},
		{INT64_C(844128000000000), true, true},
		{INT64_C(852076800000000), true, true},
		{INT64_C(852076800000001), true, false}
	};
	int			attempts = CCCD_KEY_ATTEMPTS;

	for (int serial = 41; serial <= 42; serial++)
		for (size_t k = 0; k < sizeof(cases) / sizeof(cases[0]); k++)
		{
			bool		revoked = serial == 42 && cases[k].revoked;
			bool		silent = !revoked && !cases[k].answers;
			bool		ended = cases[k].at > INT64_C(852076800000000);

			trust_csca(CCCD_PURPOSE_CHIP);
			add_crl(pki_make_crl("UT", "CSCA", csca_key, serial),
					CCCD_PURPOSE_CHIP);
			verify_text(seal_text(&make), CCCD_HCERT_FIELD, cases[k].at,
						&attempts);
			CHECK(has(CCCD_FINDING_revoked) == revoked);
			CHECK(result.verdict.revocation == (revoked ? CCCD_STATUS_FAILED :
												cases[k].answers ? CCCD_STATUS_OK :
												CCCD_STATUS_NOT_PERFORMED));
			CHECK(has(CCCD_FINDING_crl_expired) == (silent && ended));
			CHECK(has(CCCD_FINDING_crl_not_yet_valid) == (silent && !ended));
		}
	trust_csca(CCCD_PURPOSE_CHIP);
}

int
main(void)
{
	prepare();
	test_countries();
	test_usage();
	test_unreadable_times();
	test_weak();
	test_other_test_key();
	test_moments();
	CHECK(cccd_key_count() == 0);
	EVP_PKEY_free(csca_key);
	EVP_PKEY_free(signer_key);
	return finish();
}
