/*
 * vdsnc_verify_test.c
 *		Who may vouch for a visible digital seal: signers of seals under the
 *		CSCA of the state that the seal names, and nobody else.
 */
#include "vdsnc_state.h"

static void
test_good(void)
{
	static const int purposes[] = {CCCD_PURPOSE_CHIP,
	CCCD_PURPOSE_HEALTH_CERTIFICATE};

	for (size_t k = 0; k < 2; k++)
	{
		trust_csca(purposes[k]);
		CHECK(verify(&make)->verdict.valid);
		CHECK(result.verdict.key == CCCD_STATUS_OK &&
			  result.verdict.signature == CCCD_STATUS_OK &&
			  result.verdict.country == CCCD_STATUS_OK &&
			  result.verdict.key_usage == CCCD_STATUS_OK &&
			  result.verdict.key_validity == CCCD_STATUS_OK &&
			  result.verdict.validity == CCCD_STATUS_OK &&
			  result.verdict.revocation == CCCD_STATUS_NOT_PERFORMED);
		CHECK(has(CCCD_FINDING_revocation_missing) &&
			  result.vdsnc.report.count == 1);
		CHECK(result.verdict.has_digest && result.verdict.has_signer);
		CHECK_STR(result.verdict.signer_country, "UT");
		/* strict asks a revocation list */
		CHECK(!verify_strict(&make)->verdict.valid);
		CHECK(result.verdict.revocation == CCCD_STATUS_UNDETERMINED);
		add_crl(pki_change_crl("UT", "CSCA", csca_key, 0, "260101000000Z", 7,
							   pki_bytes("", 0)), purposes[k]);
		CHECK(verify_strict(&make)->verdict.valid && result.vdsnc.report.count == 0);
	}
	trust_csca(CCCD_PURPOSE_CHIP);
	make.padded = true;
	CHECK(verify(&make)->verdict.valid);
	make.other_alphabet = true;
	CHECK(verify(&make)->verdict.valid && has(CCCD_FINDING_seal_base64));
	CHECK(!verify_strict(&make)->verdict.valid);
	make.padded = make.other_alphabet = false;
}

/* What is signed is the canonical form, in whatever form it is shown. */
static void
test_forms(void)
{
	SealMake	other = make;
	uint8_t		digest[CCCD_SHA256_SIZE];

	verify(&make);
	memcpy(digest, result.verdict.digest, sizeof(digest));
	other.shown = "{ \"msg\":" SEAL_VACCINATION(SEAL_PERSON("NGUYEN  VAN\\u0020AN"),
												SEAL_VACCINE("Comirnaty", SEAL_DOSE("1", "2025-10-25") ", "
															 SEAL_DOSE("2", "2025-11-20"))) ", \"hdr\":{\"v\":1,\"t\":\"icao.vacc\",\"is\":\"UTO\"}}";
	CHECK(verify(&other)->verdict.valid);
	CHECK(memcmp(digest, result.verdict.digest, sizeof(digest)) == 0);
	/* one letter, one member more, one less */
	other.shown = SEAL_DATA("UTO", "vacc", SEAL_VACCINATION(SEAL_PERSON("NGUYEN  VAN EN"),
															SEAL_VACCINE("Comirnaty", SEAL_DOSE("1", "2025-10-25") ","
																		 SEAL_DOSE("2", "2025-11-20"))));
	CHECK(!verify(&other)->verdict.valid && has(CCCD_FINDING_signature_invalid));
	CHECK(result.verdict.key == CCCD_STATUS_OK &&
		  result.verdict.signature == CCCD_STATUS_FAILED);
	other.shown = SEAL_DATA("UTO", "vacc", SEAL_VACCINATION(SEAL_PERSON("NGUYEN  VAN AN"),
															SEAL_VACCINE("Comirnaty", SEAL_DOSE("1", "2025-10-25"))));
	CHECK(!verify(&other)->verdict.valid && has(CCCD_FINDING_signature_invalid));
}

/* Only a signer of seals, and of this kind. */
static void
test_role(void)
{
	PkiChange	change = {.extensions = seal_types("NV")};
	PkiCertificate authority = signer;

	sign_by(&signer, &change);
	CHECK(!verify(&make)->verdict.valid && has(CCCD_FINDING_key_usage_not_allowed));
	CHECK(result.verdict.key_usage == CCCD_STATUS_FAILED);
	change.extensions = pki_extension(PKI_OID("\x55\x1D\x25"), false,
									  PKI_SEQ(PKI_OID("\x67\x81\x08\x01\x01\x03")));
	sign_by(&signer, &change);
	CHECK(!verify(&make)->verdict.valid && has(CCCD_FINDING_key_usage_not_allowed));
	/* a signer of tests, of passports, of no stated kind */
	make.certificate = seal_signer(&signer, "NT");
	CHECK(!verify(&make)->verdict.valid &&
		  has(CCCD_FINDING_dsc_doc_type_not_allowed));
	make.certificate = seal_signer(&signer, "P");
	CHECK(!verify(&make)->verdict.valid &&
		  has(CCCD_FINDING_dsc_doc_type_not_allowed));
	make.certificate = seal_signer(&signer, "");
	CHECK(verify(&make)->verdict.valid && has(CCCD_FINDING_dsc_doc_type_unknown));
	make.data = SEAL_PCR;
	CHECK(verify(&make)->verdict.valid);
	make.certificate = seal_signer(&signer, "NT");
	CHECK(verify(&make)->verdict.valid && !has(CCCD_FINDING_dsc_doc_type_unknown));
	make.certificate = seal_signer(&signer, "NV");
	CHECK(!verify(&make)->verdict.valid);
	make.data = SEAL_TWO_DOSES;
	/* not an authority, and it may sign */
	authority.ca = true;
	change.extensions = seal_usage();
	change.usage = PKI_LITERAL("");
	sign_by(&authority, &change);
	CHECK(!verify(&make)->verdict.valid && has(CCCD_FINDING_dsc_is_ca));
	sign_by(&signer, &change);
	CHECK(verify(&make)->verdict.valid);
	change.usage = pki_extension(PKI_OID("\x55\x1D\x0F"), true,
								 PKI_LITERAL("\x03\x02\x01\x06"));
	sign_by(&signer, &change);
	CHECK(!verify(&make)->verdict.valid && has(CCCD_FINDING_dsc_key_usage));
	change.usage = pki_extension(PKI_OID("\x2B\x06\x01\x63"), true,
								 PKI_LITERAL("\x05\x00"));
	sign_by(&signer, &change);
	CHECK(!verify(&make)->verdict.valid &&
		  has(CCCD_FINDING_dsc_critical_extension_unknown));
	make.certificate = seal_signer(&signer, "NV");
}

/* A CSCA that is not here, a forged certificate, an anchor that is no CSCA. */
static void
test_chain(void)
{
	EVP_PKEY   *other_key = pki_key("secp384r1", false);
	PkiCertificate forged = signer;
	PkiCertificate other = csca;
	PkiChange	change = {.extensions = seal_usage()};

	entry_count = 0;
	CHECK(!verify(&make)->verdict.valid && has(CCCD_FINDING_trust_store_empty));
	CHECK(result.verdict.key == CCCD_STATUS_UNDETERMINED &&
		  result.verdict.signature == CCCD_STATUS_NOT_PERFORMED);
	trust_csca(CCCD_PURPOSE_TICKET);
	CHECK(!verify(&make)->verdict.valid && has(CCCD_FINDING_trust_store_empty));
	other.key = other.issuer_key = other_key;
	entry_count = 0;
	add(pki_make_certificate(&other), CCCD_PURPOSE_CHIP);
	CHECK(!verify(&make)->verdict.valid && has(CCCD_FINDING_csca_not_found));
	CHECK(result.verdict.key == CCCD_STATUS_UNDETERMINED);
	/* it names the CSCA, whose key did not sign it */
	trust_csca(CCCD_PURPOSE_CHIP);
	forged.issuer_key = other_key;
	change.authority_id = pki_key_id(csca_key);
	sign_by(&forged, &change);
	CHECK(!verify(&make)->verdict.valid &&
		  has(CCCD_FINDING_csca_found_signature_invalid));
	CHECK(result.verdict.key == CCCD_STATUS_FAILED);
	/* an HC1 signer that the list trusts issues no signers of seals */
	other.ca = false;
	other.subject = "Signer of HC1";
	entry_count = 0;
	add(pki_make_certificate(&other), CCCD_PURPOSE_HEALTH_CERTIFICATE);
	forged.issuer = "Signer of HC1";
	change.authority_id = pki_nothing;
	sign_by(&forged, &change);
	CHECK(!verify(&make)->verdict.valid && has(CCCD_FINDING_csca_not_found));
	/* without an authority key identifier */
	trust_csca(CCCD_PURPOSE_CHIP);
	change.extensions = pki_wrap(-1, seal_usage(), seal_types("NV"), PKI_END);
	change.authority = PKI_LITERAL("");
	sign_by(&signer, &change);
	CHECK(verify(&make)->verdict.valid && has(CCCD_FINDING_aki_missing));
	add_crl(pki_change_crl("UT", "CSCA", csca_key, 0, "260101000000Z", 7,
						   pki_bytes("", 0)), CCCD_PURPOSE_CHIP);
	CHECK(!verify_strict(&make)->verdict.valid && has(CCCD_FINDING_aki_missing));
	make.certificate = pki_bytes("\x30\x03\x02\x01\x00", 5);
	CHECK(!verify(&make)->verdict.valid && has(CCCD_FINDING_seal_certificate));
	CHECK(result.verdict.key == CCCD_STATUS_FAILED && !result.verdict.has_signer);
	make.certificate = seal_signer(&signer, "NV");
	trust_csca(CCCD_PURPOSE_CHIP);
	EVP_PKEY_free(other_key);
}

/* Issuer, signer and CSCA are of one state, in two letters or three. */
static void
test_country(void)
{
	SealMake	other = make;
	PkiCertificate foreign = csca;

	other.data = SEAL_DATA("VNM", "vacc", SEAL_VACCINATION(SEAL_PERSON("NGUYEN  VAN AN"),
														   SEAL_VACCINE("Comirnaty", SEAL_DOSE("1", "2025-10-25"))));
	CHECK(!verify(&other)->verdict.valid && has(CCCD_FINDING_country_mismatch));
	CHECK(result.verdict.country == CCCD_STATUS_FAILED &&
		  result.verdict.signature == CCCD_STATUS_OK);
	/* a CSCA of another state with the same name and key */
	foreign.country = "VN";
	entry_count = 0;
	add(pki_make_certificate(&foreign), CCCD_PURPOSE_CHIP);
	CHECK(!verify(&make)->verdict.valid && has(CCCD_FINDING_country_mismatch));
	trust_csca(CCCD_PURPOSE_CHIP);
}

/* The signer's time, the CSCA's, and what lies ahead. */
static void
test_times(void)
{
	SealMake	other = make;
	PkiCertificate late = signer;
	PkiCertificate old = csca;
	int			attempts = CCCD_KEY_ATTEMPTS;

	late.not_before = "260301000001Z";
	other.certificate = seal_signer(&late, "NV");
	CHECK(!verify(&other)->verdict.valid && has(CCCD_FINDING_key_not_yet_valid));
	late.not_before = NULL;
	late.not_after = "260228235959Z";
	other.certificate = seal_signer(&late, "NV");
	CHECK(!verify(&other)->verdict.valid && has(CCCD_FINDING_key_expired));
	late.not_before = late.not_after = "260301000000Z";
	other.certificate = seal_signer(&late, "NV");
	CHECK(verify(&other)->verdict.valid);
	/* a CSCA's key may be used after its certificate has expired */
	old.not_after = "260228235959Z";
	entry_count = 0;
	add(pki_make_certificate(&old), CCCD_PURPOSE_CHIP);
	CHECK(verify(&make)->verdict.valid && has(CCCD_FINDING_csca_expired));
	CHECK(!verify_strict(&make)->verdict.valid);
	old.not_after = NULL;
	old.not_before = "260301000001Z";
	entry_count = 0;
	add(pki_make_certificate(&old), CCCD_PURPOSE_CHIP);
	CHECK(verify(&make)->verdict.valid && has(CCCD_FINDING_csca_not_yet_valid));
	trust_csca(CCCD_PURPOSE_CHIP);
	/* before the second dose, which began at 17:00 UTC of the day before */
	CHECK(!verify_text(seal_text(&make), CCCD_HCERT_FIELD,
					   INT64_C(816886799999999), &attempts)->verdict.valid);
	CHECK(result.verdict.validity == CCCD_STATUS_FAILED &&
		  has(CCCD_FINDING_not_yet_valid));
	CHECK(verify_text(seal_text(&make), CCCD_HCERT_FIELD,
					  INT64_C(816886800000000), &attempts)->verdict.valid);
}

/* Curves and their algorithms; RSA and names that are not known. */
static void
test_algorithms(void)
{
	static const struct
	{
		const char *group;
		const char *algorithm;
	}			good[] = {
		{"secp384r1", "ES384"}, {"secp521r1", "ES512"},
		{"brainpoolP256r1", "ES256"}, {"secp384r1", "ES256"}
	};
	EVP_PKEY   *rsa = pki_key("RSA", false);
	PkiCertificate other = signer;
	SealMake	seal = make;

	for (size_t k = 0; k < sizeof(good) / sizeof(good[0]); k++)
	{
		other.key = seal.key = pki_key(good[k].group, false);
		seal.certificate = seal_signer(&other, "NV");
		seal.algorithm = good[k].algorithm;
		CHECK(verify(&seal)->verdict.valid);
		/* signed with another hash than it says */
		seal.algorithm = "ES256";
		if (strcmp(good[k].algorithm, "ES256") != 0)
			CHECK(verify(&seal)->verdict.valid);
		EVP_PKEY_free(seal.key);
	}
	seal = make;
	seal.algorithm = "PS256";
	CHECK(!verify(&seal)->verdict.valid && has(CCCD_FINDING_algorithm_unsupported));
	CHECK(result.verdict.signature == CCCD_STATUS_UNDETERMINED);
	seal.algorithm = "XX";
	CHECK(!verify(&seal)->verdict.valid && has(CCCD_FINDING_algorithm_unsupported));
	/* RSA is not allowed, whatever the algorithm says */
	other.key = seal.key = rsa;
	seal.algorithm = "ES256";
	seal.certificate = seal_signer(&other, "NV");
	CHECK(!verify(&seal)->verdict.valid && has(CCCD_FINDING_key_type_unsuitable));
	EVP_PKEY_free(rsa);
}

/* Signatures that cannot be one. */
static void
test_signature(void)
{
	char	   *text = (char *) seal_text(&make);
	char	   *at = strstr(text, "\"sigvl\":\"") + 9;
	int			attempts = CCCD_KEY_ATTEMPTS;

	*at = *at == 'A' ? 'B' : 'A';
	CHECK(!verify_text(text, CCCD_HCERT_FIELD, AT, &attempts)->verdict.valid);
	CHECK(has(CCCD_FINDING_signature_invalid));
	strcpy(at, "AAECAwQF\"}}");
	CHECK(!verify_text(text, CCCD_HCERT_FIELD, AT, &attempts)->verdict.valid);
	CHECK(has(CCCD_FINDING_signature_malformed));
	CHECK(result.verdict.signature == CCCD_STATUS_FAILED);
}

static void
test_revocation(void)
{
	/* the signer's serial is on the CSCA's list from September 2026 on */
	CccdBytes	crl = pki_make_crl("UT", "CSCA", csca_key, 42);
	int64_t		later = INT64_C(844128000000000);	/* 2026-10-01 */
	int			attempts = CCCD_KEY_ATTEMPTS;

	trust_csca(CCCD_PURPOSE_CHIP);
	add_crl(crl, CCCD_PURPOSE_CHIP);
	CHECK(!verify_text(seal_text(&make), CCCD_HCERT_FIELD, later,
					   &attempts)->verdict.valid);
	CHECK(result.verdict.revocation == CCCD_STATUS_FAILED &&
		  has(CCCD_FINDING_revoked));
	trust_csca(CCCD_PURPOSE_CHIP);
	add_crl(pki_make_crl("UT", "CSCA", csca_key, 1), CCCD_PURPOSE_CHIP);
	CHECK(!verify_text(seal_text(&make), CCCD_HCERT_FIELD, later,
					   &attempts)->verdict.valid);
	CHECK(has(CCCD_FINDING_csca_revoked));
	trust_csca(CCCD_PURPOSE_CHIP);
	add_crl(pki_make_crl("UT", "CSCA", csca_key, 41), CCCD_PURPOSE_CHIP);
	CHECK(verify_text(seal_text(&make), CCCD_HCERT_STRICT, later,
					  &attempts)->verdict.valid);
	CHECK(result.verdict.revocation == CCCD_STATUS_OK);
	/* nor does one for whose signature there is no effort left */
	list_attempts = 0;
	CHECK(!verify_text(seal_text(&make), CCCD_HCERT_STRICT, later,
					   &attempts)->verdict.valid);
	CHECK(has(CCCD_FINDING_crl_attempts_exhausted) &&
		  result.verdict.revocation == CCCD_STATUS_UNDETERMINED);
	list_attempts = 1;
	CHECK(verify_text(seal_text(&make), CCCD_HCERT_STRICT, later,
					  &attempts)->verdict.valid);
	CHECK(!has(CCCD_FINDING_crl_attempts_exhausted));
	list_attempts = CCCD_REVOCATION_ATTEMPTS;
	/* a list that has expired answers nothing */
	CHECK(verify_text(seal_text(&make), CCCD_HCERT_FIELD,
					  INT64_C(852076800000001), &attempts)->verdict.valid);
	CHECK(has(CCCD_FINDING_crl_expired) &&
		  result.verdict.revocation == CCCD_STATUS_NOT_PERFORMED);
}

/* Lists for health certificates name identifiers, keys, states. */
static void
test_lists(void)
{
	static const char identifier[] = "U12345678901";
	static const char both[] = "UTU12345678901";
	CccdBytes	fingerprint = pki_sha256(make.certificate);
	const char *text = seal_text(&make);
	CccdBytes	half;
	int			attempts = CCCD_KEY_ATTEMPTS;

	trust_csca(CCCD_PURPOSE_CHIP);
	add_revoked(CCCD_REVOKED_UCI, pki_sha256(PKI_LITERAL("U0")));
	CHECK(verify(&make)->verdict.valid && result.verdict.revocation == CCCD_STATUS_OK);
	/* the signer itself is on no list, which is said */
	CHECK(has(CCCD_FINDING_crl_missing));
	add_crl(pki_make_crl("UT", "CSCA", csca_key, 41), CCCD_PURPOSE_CHIP);
	CHECK(verify_text(text, CCCD_HCERT_FIELD, INT64_C(844128000000000),
					  &attempts)->verdict.valid);
	CHECK(!has(CCCD_FINDING_crl_missing));
	CHECK(verify_text(text, CCCD_HCERT_FIELD, INT64_C(852076800000001),
					  &attempts)->verdict.valid);
	CHECK(has(CCCD_FINDING_crl_expired) &&
		  result.verdict.revocation == CCCD_STATUS_OK);
	trust_csca(CCCD_PURPOSE_CHIP);
	add_revoked(CCCD_REVOKED_UCI, pki_sha256(pki_bytes(identifier, 12)));
	CHECK(!verify(&make)->verdict.valid && has(CCCD_FINDING_revoked_identifier));
	trust_csca(CCCD_PURPOSE_CHIP);
	add_revoked(CCCD_REVOKED_COUNTRY_UCI, pki_sha256(pki_bytes(both, 14)));
	CHECK(!verify(&make)->verdict.valid && has(CCCD_FINDING_revoked_identifier));
	/* the other spelling, as lists of HC1 have it */
	trust_csca(CCCD_PURPOSE_CHIP);
	add_revoked(CCCD_REVOKED_UCI,
				pki_sha256(pki_wrap(-1, PKI_LITERAL("URN:UVCI:"),
									pki_bytes(identifier, 12), PKI_END)));
	CHECK(!verify(&make)->verdict.valid && has(CCCD_FINDING_revoked_identifier));
	trust_csca(CCCD_PURPOSE_CHIP);
	add_revoked(CCCD_REVOKED_KEY, fingerprint);
	CHECK(!verify(&make)->verdict.valid && has(CCCD_FINDING_revoked_key));
	trust_csca(CCCD_PURPOSE_CHIP);
	add_revoked(CCCD_REVOKED_COUNTRY, PKI_LITERAL("UT"));
	CHECK(!verify(&make)->verdict.valid && has(CCCD_FINDING_revoked_country));
	trust_csca(CCCD_PURPOSE_CHIP);
	CHECK(verify_text(text, CCCD_HCERT_FIELD, AT, &attempts)->verdict.valid);
	half = result.vdsnc.signature;
	half.length /= 2;
	add_revoked(CCCD_REVOKED_SIGNATURE, pki_sha256(half));
	CHECK(!verify_text(text, CCCD_HCERT_FIELD, AT, &attempts)->verdict.valid);
	CHECK(has(CCCD_FINDING_revoked_signature));
	CHECK(verify(&make)->verdict.valid);
	trust_csca(CCCD_PURPOSE_CHIP);
}

/* Keys for tests verify under the policy for tests only. */
static void
test_policies(void)
{
	int			attempts = CCCD_KEY_ATTEMPTS;

	trust_csca(CCCD_PURPOSE_HEALTH_TEST);
	CHECK(!verify(&make)->verdict.valid && has(CCCD_FINDING_trust_store_empty));
	CHECK(verify_text(seal_text(&make), CCCD_HCERT_FOR_TEST, AT,
					  &attempts)->verdict.valid);
	CHECK(has(CCCD_FINDING_test_key));
	add(pki_make_certificate(&csca), CCCD_PURPOSE_CHIP);
	CHECK(!verify(&make)->verdict.valid && has(CCCD_FINDING_key_is_test));
	trust_csca(CCCD_PURPOSE_CHIP);
	CHECK(!verify_text(seal_text(&make), CCCD_HCERT_FOR_TEST, AT,
					   &attempts)->verdict.valid);
}

/* Many CSCAs of one name: attempts that are just enough, and one less. */
static void
test_attempts(void)
{
	enum
	{
		CSCAS = 8
	};
	EVP_PKEY   *others[CSCAS];
	PkiCertificate other = csca;
	PkiChange	change = {.extensions = pki_wrap(-1, seal_usage(),
												 seal_types("NV"), PKI_END)};
	int			attempts;
	int			used;

	entry_count = 0;
	for (int k = 0; k < CSCAS; k++)
	{
		others[k] = pki_key("prime256v1", false);
		other.key = other.issuer_key = others[k];
		add(pki_make_certificate(&other), CCCD_PURPOSE_CHIP);
	}
	change.authority = PKI_LITERAL("");
	sign_by(&signer, &change);
	/* none of them signed it */
	attempts = CSCAS;
	CHECK(!verify_text(seal_text(&make), CCCD_HCERT_FIELD, AT,
					   &attempts)->verdict.valid);
	CHECK(attempts == 0 && has(CCCD_FINDING_csca_not_found));
	attempts = CSCAS - 1;
	CHECK(!verify_text(seal_text(&make), CCCD_HCERT_FIELD, AT,
					   &attempts)->verdict.valid);
	CHECK(attempts == 0 && has(CCCD_FINDING_attempts_exhausted) &&
		  result.verdict.key == CCCD_STATUS_UNDETERMINED);
	/* the one that did */
	add(pki_make_certificate(&csca), CCCD_PURPOSE_CHIP);
	attempts = CSCAS + 1;
	CHECK(verify_text(seal_text(&make), CCCD_HCERT_FIELD, AT,
					  &attempts)->verdict.valid);
	used = CSCAS + 1 - attempts;
	attempts = used;
	CHECK(verify_text(seal_text(&make), CCCD_HCERT_FIELD, AT,
					  &attempts)->verdict.valid);
	attempts = used - 1;
	CHECK(!verify_text(seal_text(&make), CCCD_HCERT_FIELD, AT,
					   &attempts)->verdict.valid);
	CHECK(has(CCCD_FINDING_attempts_exhausted));
	/* one that is named takes one */
	make.certificate = seal_signer(&signer, "NV");
	attempts = 1;
	CHECK(verify_text(seal_text(&make), CCCD_HCERT_FIELD, AT,
					  &attempts)->verdict.valid);
	trust_csca(CCCD_PURPOSE_CHIP);
	for (int k = 0; k < CSCAS; k++)
		EVP_PKEY_free(others[k]);
}

int
main(void)
{
	prepare();
	test_good();
	test_forms();
	test_role();
	test_chain();
	test_country();
	test_times();
	test_algorithms();
	test_signature();
	test_revocation();
	test_lists();
	test_policies();
	test_attempts();
	CHECK(cccd_key_count() == 0);
	EVP_PKEY_free(csca_key);
	EVP_PKEY_free(signer_key);
	return finish();
}
