/*
 * chip_code_test.c
 *		Documents, certificates and lists with one fault or oddity each: the
 *		code that is reported, whether it is a reason or a flag, and whether
 *		the card is trusted all the same.
 */
#define _GNU_SOURCE
#include "chip_state.h"

#include "pki_state.h"

#include "trust/master_list_core.h"

typedef enum Outcome
{
	REFUSED, ACCEPTED
} Outcome;

static const PkiCertificate *const rsa = &signers[0];
static const PkiChange no_change;
static const PkiMessageChange no_message_change;

static void
check(const char *what, const CccdChipResult *r, int code, Outcome outcome)
{
	bool		found = false;
	int			k;

	for (k = 0; k < r->report.count; k++)
		if (r->report.finding[k].code == code)
			found = true;
	CHECK(found);
	CHECK(r->trusted == (outcome == ACCEPTED));
	if (!found || r->trusted != (outcome == ACCEPTED))
		fprintf(stderr, "%s: %s\n", what, cccd_finding_name(code));
}

/* Both policies on a card under a value, which is given back. */
static void
judge(Trust t, const PkiCard *card, int count, int code, Outcome strict,
	  Outcome field)
{
	check("strict", verify_at(&t, card->sod, card->groups, count,
							  CCCD_CHIP_POLICY_STRICT, AT), code, strict);
	check("field", verify_at(&t, card->sod, card->groups, count,
							 CCCD_CHIP_POLICY_FIELD, AT), code, field);
	free_trust(&t);
}

/* A card whose signer's certificate is changed. */
static void
changed_signer(const PkiCertificate *signer, PkiChange change, int code,
			   Outcome strict, Outcome field)
{
	PkiCard		card = pki_make_card(signer,
									 pki_change_certificate(signer, &change),
									 100, "260101000000Z");

	judge(make_trust(csca_der, PKI_END), &card, PKI_GROUPS, code, strict,
		  field);
}

static void
test_signers(void)
{
	PkiChange	change = no_change;
	PkiCertificate foreign = *rsa;

	/* no state at all in the issuer's name */
	change.issuer = PKI_SEQ(PKI_SET(PKI_SEQ(PKI_OID("\x55\x04\x03"),
											PKI_TLV(0x0C, PKI_LITERAL("CSCA test")))));
	changed_signer(rsa, change, CCCD_FINDING_country_missing, REFUSED,
				   ACCEPTED);
	/* two states, in the issuer's name, the subject's, and beside one of them */
	change.issuer = pki_twice_named("\x06", "VN", "LA");
	changed_signer(rsa, change, CCCD_FINDING_country_ambiguous, REFUSED,
				   REFUSED);
	change = no_change;
	change.name = pki_twice_named("\x06", "VN", "LA");
	changed_signer(rsa, change, CCCD_FINDING_country_ambiguous, REFUSED,
				   REFUSED);
	change = no_change;
	change.extensions = pki_alt_name(0x12, pki_twice_named("\x07", "VNM", "LAO"));
	changed_signer(rsa, change, CCCD_FINDING_country_ambiguous, REFUSED,
				   REFUSED);
	change = no_change;
	/* the subject is another state's than the issuer */
	foreign.country = "LA";
	change.issuer = pki_name("VN", "CSCA test");
	changed_signer(&foreign, change, CCCD_FINDING_dsc_country_mismatch,
				   REFUSED, REFUSED);
	change = no_change;
	change.usage = pki_extension(PKI_OID("\x55\x1D\x0F"), true,
								 PKI_LITERAL("\x03\x02\x05\x20"));
	changed_signer(rsa, change, CCCD_FINDING_dsc_key_usage, REFUSED, REFUSED);
	change = no_change;
	change.extensions = pki_extension(PKI_OID("\x2A\x03\x04"), true,
									  PKI_LITERAL("\x05\x00"));
	changed_signer(rsa, change, CCCD_FINDING_dsc_critical_extension_unknown,
				   REFUSED, REFUSED);
	/* signs passports only (Doc 9303-12 7.1.1.6) */
	change.extensions = pki_extension(PKI_OID("\x67\x81\x08\x01\x01\x06\x02"),
									  false,
									  PKI_SEQ(pki_integer(0),
											  PKI_SET(PKI_TLV(0x13, PKI_LITERAL("P")))));
	changed_signer(rsa, change, CCCD_FINDING_dsc_doc_type_not_allowed,
				   REFUSED, REFUSED);
	/* its key was to be used until 2025 */
	change.extensions = pki_extension(PKI_OID("\x55\x1D\x10"), false,
									  PKI_SEQ(PKI_TLV(CCCD_DER_CONTEXT(0), PKI_LITERAL("20210101000000Z")),
											  PKI_TLV(CCCD_DER_CONTEXT(1), PKI_LITERAL("20250101000000Z"))));
	changed_signer(rsa, change, CCCD_FINDING_issue_date_outside_pkup,
				   ACCEPTED, ACCEPTED);
	/* ecdsa-with-SHA512 outside, SHA-384 inside */
	change = no_change;
	change.algorithm = PKI_SEQ(PKI_OID("\x2A\x86\x48\xCE\x3D\x04\x03\x04"));
	changed_signer(rsa, change, CCCD_FINDING_dsc_sigalg_inner_outer, REFUSED,
				   REFUSED);
	change = no_change;
	change.validity = PKI_SEQ(pki_time("211301000000Z"),
							  pki_time("360101000000Z"));
	changed_signer(rsa, change, CCCD_FINDING_time_encoding_invalid, REFUSED,
				   REFUSED);
	/* the CSCA is found by its state alone */
	change = no_change;
	change.issuer = pki_name("VN", "CSCA of old");
	change.authority_id = PKI_LITERAL("somebody");
	changed_signer(rsa, change, CCCD_FINDING_matched_by_country, ACCEPTED,
				   ACCEPTED);
}

static void
test_keys(void)
{
	EVP_PKEY   *small = EVP_PKEY_Q_keygen(NULL, NULL, "RSA", (size_t) 768);
	EVP_PKEY   *koblitz = pki_key("secp256k1", false);
	EVP_PKEY   *compressed = pki_key("prime256v1", false);
	PkiCertificate signer = *rsa;
	PkiChange	change = no_change;
	const CccdCurve *curve;
	CccdBytes	info;
	uint8_t    *generator;

	signer.key = small;
	changed_signer(&signer, change, CCCD_FINDING_key_too_small, REFUSED,
				   REFUSED);
	signer.key = koblitz;
	changed_signer(&signer, change, CCCD_FINDING_curve_unknown, REFUSED,
				   REFUSED);
	signer.key = compressed;
	EVP_PKEY_set_utf8_string_param(compressed,
								   OSSL_PKEY_PARAM_EC_POINT_CONVERSION_FORMAT,
								   "compressed");
	changed_signer(&signer, change, CCCD_FINDING_ec_point_compressed,
				   ACCEPTED, ACCEPTED);
	/* a generator of the forger's choice (CVE-2020-0601) */
	signer = signers[1];
	info = pki_public_key(signer.key);
	for (curve = cccd_curves; strcmp(curve->group, "brainpoolP384r1") != 0;)
		curve++;
	generator = memmem(info.data, info.length, curve->x, 48);
	CHECK(generator != NULL);
	generator[47] ^= 1;
	change.key_info = info;
	changed_signer(&signer, change, CCCD_FINDING_curve_params_nonstandard,
				   REFUSED, REFUSED);
	EVP_PKEY_free(small);
	EVP_PKEY_free(koblitz);
	EVP_PKEY_free(compressed);
}

/* The largest and smallest keys that are used, and those beyond. */
static void
test_key_limits(void)
{
	static const struct
	{
		size_t		octets;
		CccdBytes	exponent;
		bool		usable;
	}			cases[] = {
#define EXPONENT(literal) \
	{(const uint8_t *) literal, sizeof(literal) - 1}
		{CCCD_RSA_BITS_MAX / 8, EXPONENT("\x01\x00\x01"), true},
		{CCCD_RSA_BITS_MAX / 8 + 1, EXPONENT("\x01\x00\x01"), false},
		{256, EXPONENT("\x03"), true},
		{256, EXPONENT("\x01"), false},
		{256, EXPONENT("\x02"), false},
		{256, EXPONENT("\x00"), false},
		{256, EXPONENT("\x00\xFF\xFF\xFF\xFF"), true},
		{256, EXPONENT("\x01\x00\x00\x00\x00"), false},
		{256, EXPONENT("\x01\x00\x00\x00\x01"), false},
		{256, EXPONENT("\x00\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF"), false},
		{256, EXPONENT("\x01\x00\x00\x00\x00\x00\x00\x00\x03"), false}
#undef EXPONENT
	};

	for (size_t k = 0; k < sizeof(cases) / sizeof(cases[0]); k++)
	{
		CccdBytes	info = pki_rsa_info(cases[k].octets, cases[k].exponent);
		CccdDerDocument document;
		CccdDer		cursor = cccd_der_open(&document, info.data, info.length,
										   false);
		CccdPublicKey key;

		memset(&key, 0, sizeof(key));
		CHECK(cccd_public_key_read(&cursor, &key));
		CHECK(key.problem == (cases[k].usable ? 0 :
							  CCCD_FINDING_key_unsupported));
	}
}

static CccdBytes
rsa_info(CccdBytes modulus, CccdBytes exponent)
{
	return PKI_SEQ(PKI_SEQ(PKI_OID("\x2A\x86\x48\x86\xF7\x0D\x01\x01\x01"),
						   PKI_LITERAL("\x05\x00")),
				   pki_bits(PKI_SEQ(PKI_TLV(CCCD_DER_INTEGER, modulus),
									PKI_TLV(CCCD_DER_INTEGER, exponent))));
}

/* Keys that make OpenSSL work for long, or that it should never see. */
static void
test_hostile_keys(void)
{
	static uint8_t large[1 + CCCD_RSA_BITS_MAX / 8 + 8] = {0, 0x80};
	EVP_PKEY   *sibling = pki_key("brainpoolP256r1", false);
	CccdBytes	modulus;
	CccdBytes	parameters;
	PkiChange	change = no_change;
	PkiCertificate signer = *rsa;
	uint8_t    *point = NULL;
	size_t		length;

	large[sizeof(large) - 1] = 1;
	modulus = pki_bytes(large, 1 + 2048 / 8);
	((uint8_t *) modulus.data)[2048 / 8] = 1;
	/* exponents: even, 1, longer than any in use */
	change.key_info = rsa_info(modulus, PKI_LITERAL("\x01\x00\x00"));
	changed_signer(rsa, change, CCCD_FINDING_key_unsupported, REFUSED, REFUSED);
	change.key_info = rsa_info(modulus, PKI_LITERAL("\x01"));
	changed_signer(rsa, change, CCCD_FINDING_key_unsupported, REFUSED, REFUSED);
	change.key_info = rsa_info(modulus,
							   PKI_LITERAL("\x01\x01\x01\x01\x01\x01\x01\x01\x01"));
	changed_signer(rsa, change, CCCD_FINDING_key_unsupported, REFUSED, REFUSED);
	/* a modulus of more than 8192 bits */
	change.key_info = rsa_info(pki_bytes(large, sizeof(large)),
							   PKI_LITERAL("\x01\x00\x01"));
	changed_signer(rsa, change, CCCD_FINDING_key_unsupported, REFUSED, REFUSED);
	/* explicit parameters of a field of characteristic two (CVE-2022-0778) */
	parameters = PKI_SEQ(pki_integer(1),
						 PKI_SEQ(PKI_OID("\x2A\x86\x48\xCE\x3D\x01\x02"),
								 PKI_SEQ(pki_integer(163), pki_integer(1))),
						 PKI_SEQ(PKI_TLV(CCCD_DER_OCTET_STRING, PKI_LITERAL("\x01")),
								 PKI_TLV(CCCD_DER_OCTET_STRING, PKI_LITERAL("\x01"))),
						 PKI_TLV(CCCD_DER_OCTET_STRING, PKI_LITERAL("\x04\x01\x01")),
						 pki_integer(7), pki_integer(2));
	change.key_info = PKI_SEQ(PKI_SEQ(PKI_OID("\x2A\x86\x48\xCE\x3D\x02\x01"),
									  parameters),
							  pki_bits(PKI_LITERAL("\x04\x01\x01")));
	changed_signer(&signers[1], change, CCCD_FINDING_curve_unknown, REFUSED,
				   REFUSED);
	/* another curve of the same size: no other is tried */
	signer.key = sibling;
	length = EVP_PKEY_get1_encoded_public_key(sibling, &point);
	change.key_info = PKI_SEQ(PKI_SEQ(PKI_OID("\x2A\x86\x48\xCE\x3D\x02\x01"),
									  PKI_OID("\x2A\x86\x48\xCE\x3D\x03\x01\x07")),
							  pki_bits(pki_bytes(point, length)));
	changed_signer(&signer, change, CCCD_FINDING_ec_point_invalid, REFUSED,
				   REFUSED);
	OPENSSL_free(point);
	EVP_PKEY_free(sibling);
}

/* A security object over DG1 alone, of which everything can be changed. */
typedef struct Lds
{
	int			version;
	CccdBytes	hash;			/* identifier */
	CccdBytes	hashes;
	CccdBytes	more;
} Lds;

static PkiCard
make_lds_card(Lds lds, const PkiMessageChange *change)
{
	PkiCard		card;

	card = pki_make_card(rsa, signer_ders[0], 10, NULL);
	card.sod = PKI_TLV(0x77, pki_change_message(
												PKI_OID("\x67\x81\x08\x01\x01\x01"),
												PKI_SEQ(pki_integer(lds.version), lds.hash,
														PKI_SEQ(pki_or(lds.hashes,
																	   pki_wrap(-1, pki_group_hash(1, card.groups[0]),
																				pki_group_hash(2, card.groups[1]),
																				PKI_END))),
														pki_or(lds.more, pki_bytes("", 0))),
												rsa, signer_ders[0], "260101000000Z", change));
	return card;
}

static void
changed_lds(Lds lds, int code, Outcome strict, Outcome field)
{
	PkiCard		card = make_lds_card(lds, &no_message_change);

	judge(make_trust(csca_der, PKI_END), &card, 2, code, strict, field);
}

static void
test_lds(void)
{
	PkiCard		card = pki_make_card(rsa, signer_ders[0], 10, NULL);
	Lds			good = {0, pki_sha256_identifier(), PKI_END, PKI_END};
	Lds			lds = good;
	CccdBytes	dg1;

	/* the honest one, so that what follows is about the change */
	changed_lds(good, CCCD_FINDING_crl_missing, ACCEPTED, ACCEPTED);
	lds.version = 2;
	changed_lds(lds, CCCD_FINDING_lds_version_unsupported, REFUSED, REFUSED);
	lds = good;
	lds.version = 1;
	changed_lds(lds, CCCD_FINDING_lds_version_inconsistent, REFUSED, ACCEPTED);
	lds = good;
	/* MD5 */
	lds.hash = PKI_SEQ(PKI_OID("\x2A\x86\x48\x86\xF7\x0D\x02\x05"));
	changed_lds(lds, CCCD_FINDING_lds_digest_unsupported, REFUSED, REFUSED);
	lds = good;
	lds.more = pki_integer(1);
	changed_lds(lds, CCCD_FINDING_lds_malformed, REFUSED, REFUSED);

	card = make_lds_card(good, &no_message_change);
	dg1 = pki_group_hash(1, card.groups[0]);
	lds = good;
	lds.hashes = pki_wrap(-1, dg1, dg1, PKI_END);
	changed_lds(lds, CCCD_FINDING_lds_dg_duplicate, REFUSED, REFUSED);
	lds.hashes = pki_wrap(-1, dg1, pki_group_hash(2, card.groups[1]),
						  pki_group_hash(17, card.groups[2]), PKI_END);
	changed_lds(lds, CCCD_FINDING_lds_dg_number_invalid, REFUSED, REFUSED);
	/* a hash of another length, of a group that was not read */
	lds.hashes = pki_wrap(-1, dg1, pki_group_hash(2, card.groups[1]),
						  PKI_SEQ(pki_integer(3), PKI_TLV(CCCD_DER_OCTET_STRING,
														  PKI_LITERAL("short"))), PKI_END);
	changed_lds(lds, CCCD_FINDING_lds_dg_hash_length, REFUSED, ACCEPTED);
	/* without a photo, without the machine readable zone */
	lds.hashes = dg1;
	card = make_lds_card(lds, &no_message_change);
	judge(make_trust(csca_der, PKI_END), &card, 1, CCCD_FINDING_dg2_missing,
		  REFUSED, ACCEPTED);
	lds.hashes = pki_group_hash(2, card.groups[1]);
	card = make_lds_card(lds, &no_message_change);
	card.groups[0] = card.groups[1];
	judge(make_trust(csca_der, PKI_END), &card, 1, CCCD_FINDING_dg1_missing,
		  REFUSED, ACCEPTED);
}

/* The zone of DG1: an unknown state, and cards that have expired. */
static void
test_zone(void)
{
	static const struct
	{
		const char *zone;
		int			code;
		Outcome		strict;
	}			zones[] =
	{
		{"IDXQZ2010012347001201001234<<5"
			"0107128M4107128XQZ<<<<<<<<<<<4"
		"NGUYEN<<VAN<AN<<<<<<<<<<<<<<<<", CCCD_FINDING_country_unknown, REFUSED},
		{"IDVNM2010012347001201001234<<5"
			"0107128M2611228VNM<<<<<<<<<<<4"
		"NGUYEN<<VAN<AN<<<<<<<<<<<<<<<<", CCCD_FINDING_document_expired, ACCEPTED},
		{"I<VNMNGUYEN<<VAN<AN<<<<<<<<<<<<<<<<<"
		"B012345675VNM0107128M2611228<<<<<<<4", CCCD_FINDING_document_expired, ACCEPTED},
		{"P<VNMNGUYEN<<VAN<AN<<<<<<<<<<<<<<<<<<<<<<<<<"
		"B012345675VNM0107128M2611228<<<<<<<<<<<<<<04", CCCD_FINDING_document_expired, ACCEPTED},
	};
	Lds			lds = {0, pki_sha256_identifier(), PKI_END, PKI_END};
	size_t		k;

	for (k = 0; k < sizeof(zones) / sizeof(zones[0]); k++)
	{
		CccdBytes	zone = pki_bytes(zones[k].zone, strlen(zones[k].zone));
		CccdBytes	dg1 = PKI_TLV(0x61, PKI_TLV(0x5F1F, zone));
		PkiCard		card = make_lds_card(lds, &no_message_change);

		lds.hashes = pki_wrap(-1, pki_group_hash(1, dg1),
							  pki_group_hash(2, card.groups[1]), PKI_END);
		card = make_lds_card(lds, &no_message_change);
		card.groups[0] = dg1;
		judge(make_trust(csca_der, PKI_END), &card, 1, zones[k].code,
			  zones[k].strict, ACCEPTED);
	}
}

/* The last day of a card is a day of Viet Nam, and belongs to it. */
static void
test_last_day(void)
{
	Trust		t = make_trust(csca_der, PKI_END);
	PkiCard		card = pki_make_card(rsa, signer_ders[0], 10, NULL);

	/* 2041-07-12; long after the signer, which says so, too */
	const int64_t end = INT64_C(1310576400000000);
	const CccdChipResult *r;

	r = verify_at(&t, card.sod, card.groups, 1, CCCD_CHIP_POLICY_FIELD, end - 1);
	CHECK(!cccd_report_has(&r->report, CCCD_FINDING_document_expired));
	r = verify_at(&t, card.sod, card.groups, 1, CCCD_CHIP_POLICY_FIELD, end);
	CHECK(cccd_report_has(&r->report, CCCD_FINDING_document_expired));
	/* nobody says so of a zone that is not the card's */
	card.groups[0] = PKI_TLV(0x61, PKI_TLV(0x5F1F, PKI_LITERAL(
															   "IDVNM2010012347001201001234<<5"
															   "0107128M2611228VNM<<<<<<<<<<<4"
															   "NGUYEN<<VAN<AN<<<<<<<<<<<<<<<<")));
	r = verify_at(&t, card.sod, card.groups, 1, CCCD_CHIP_POLICY_FIELD, AT);
	CHECK(cccd_report_has(&r->report, CCCD_FINDING_dg_hash_mismatch));
	CHECK(!cccd_report_has(&r->report, CCCD_FINDING_document_expired));
	free_trust(&t);
}

static void
changed_message(PkiMessageChange change, int code, Outcome outcome)
{
	Lds			lds = {0, pki_sha256_identifier(), PKI_END, PKI_END};
	PkiCard		card = make_lds_card(lds, &change);

	judge(make_trust(csca_der, PKI_END), &card, 2, code, outcome, outcome);
}

static void
test_messages(void)
{
	PkiMessageChange change = no_message_change;
	PkiCertificate stranger = *rsa;
	CccdBytes	others;

	change.content = pki_bytes("", 0);
	changed_message(change, CCCD_FINDING_sod_econtent_missing, REFUSED);
	change = no_message_change;
	change.signers = pki_bytes("", 0);
	changed_message(change, CCCD_FINDING_sod_no_signer, REFUSED);
	/* a second digest, which is signed as well */
	change = no_message_change;
	change.attributes = PKI_SEQ(PKI_OID("\x2A\x86\x48\x86\xF7\x0D\x01\x09\x04"),
								PKI_SET(PKI_TLV(CCCD_DER_OCTET_STRING,
												pki_sha256(PKI_LITERAL("x")))));
	changed_message(change, CCCD_FINDING_attr_duplicate, REFUSED);
	change = no_message_change;
	change.algorithm = PKI_SEQ(PKI_OID("\x2A\x03\x04"));
	changed_message(change, CCCD_FINDING_signature_algorithm_unsupported,
					REFUSED);
	change = no_message_change;
	change.signature = PKI_TLV(CCCD_DER_OCTET_STRING, PKI_LITERAL("x"));
	changed_message(change, CCCD_FINDING_signature_malformed, REFUSED);
	/* two certificates, and the signer is neither, or might be both */
	change = no_message_change;
	stranger.serial = 77;
	stranger.key = signer_keys[1];
	others = pki_make_certificate(&stranger);
	stranger.serial = 78;
	change.certificates = pki_wrap(-1, others,
								   pki_make_certificate(&stranger), PKI_END);
	changed_message(change, CCCD_FINDING_signer_cert_not_found, REFUSED);
	stranger.serial = rsa->serial;
	change.certificates = pki_wrap(-1, signer_ders[0],
								   pki_make_certificate(&stranger), PKI_END);
	changed_message(change, CCCD_FINDING_signer_cert_ambiguous, REFUSED);
}

/* A security object without the tag of its file, and with something behind. */
static void
test_tag(void)
{
	PkiCard		card = pki_make_card(rsa, signer_ders[0], 100,
									 "260101000000Z");
	CccdBytes	whole = card.sod;
	CccdDerDocument document;
	CccdDer		cursor = cccd_der_open(&document, whole.data, whole.length,
									   false);
	CccdDerItem item;

	CHECK(cccd_der_next(&cursor, &item) && item.tag == 0x77);
	card.sod = cccd_der_value(&item);
	judge(make_trust(csca_der, PKI_END), &card, PKI_GROUPS,
		  CCCD_FINDING_sod_tag, REFUSED, ACCEPTED);
	card.sod = PKI_TLV(0x77, cccd_der_value(&item), PKI_LITERAL("\x05\x00"));
	judge(make_trust(csca_der, PKI_END), &card, PKI_GROUPS,
		  CCCD_FINDING_sod_malformed, REFUSED, REFUSED);
	card.sod = PKI_TLV(0x76, cccd_der_value(&item));
	judge(make_trust(csca_der, PKI_END), &card, PKI_GROUPS,
		  CCCD_FINDING_sod_tag, REFUSED, REFUSED);
}

/* The anchor that the signer names has another key. */
static void
test_anchor(void)
{
	EVP_PKEY   *key = pki_key("RSA", false);
	PkiCertificate impostor = csca;
	PkiChange	change = no_change;
	PkiCard		card = pki_make_card(rsa, signer_ders[0], 10, NULL);

	impostor.key = impostor.issuer_key = key;
	change.subject_id = pki_key_id(csca_key);
	judge(make_trust(pki_change_certificate(&impostor, &change), PKI_END),
		  &card, PKI_GROUPS, CCCD_FINDING_csca_found_signature_invalid,
		  REFUSED, REFUSED);
	EVP_PKEY_free(key);
	/* a signature of the right form is wrong; what is none accuses nobody */
	change = no_change;
	change.signature = PKI_LITERAL("\x30\x06\x02\x01\x01\x02\x01\x01");
	changed_signer(rsa, change, CCCD_FINDING_csca_found_signature_invalid,
				   REFUSED, REFUSED);
	change.signature = PKI_LITERAL("\x30\x00");
	changed_signer(rsa, change, CCCD_FINDING_csca_not_found, REFUSED, REFUSED);
}

static void
test_lists(void)
{
	EVP_PKEY   *other = pki_key("RSA", false);
	PkiCard		card = pki_make_card(rsa, signer_ders[0], 10, NULL);
	CccdBytes	nothing = pki_bytes("", 0);
	CccdBytes	delta = pki_extension(PKI_OID("\x55\x1D\x1B"), true,
									  pki_integer(6));

	judge(make_trust(csca_der, pki_make_crl("VN", "CSCA of old", other, 1001),
					 PKI_END),
		  &card, PKI_GROUPS, CCCD_FINDING_crl_issuer_unknown, ACCEPTED,
		  ACCEPTED);
	judge(make_trust(csca_der, pki_change_crl("VN", "CSCA test", csca_key, 0,
											  "261001000000Z", 7, delta), PKI_END),
		  &card, PKI_GROUPS, CCCD_FINDING_crl_unsupported_delta, REFUSED,
		  ACCEPTED);
	/* the newer list has the lower number, and then one has the same */
	judge(make_trust(csca_der, pki_change_crl("VN", "CSCA test", csca_key, 0,
											  "261001000000Z", 700, nothing),
					 pki_change_crl("VN", "CSCA test", csca_key, 0,
									"261101000000Z", 9, nothing), PKI_END),
		  &card, PKI_GROUPS, CCCD_FINDING_crl_number_rollback, ACCEPTED,
		  ACCEPTED);
	{
		Trust		t = make_trust(csca_der,
								   pki_change_crl("VN", "CSCA test", csca_key, 0,
												  "261001000000Z", 9, nothing),
								   pki_change_crl("VN", "CSCA test", csca_key, 0,
												  "261101000000Z", 700, nothing),
								   pki_change_crl("VN", "CSCA test", csca_key, 1002,
												  "261101000000Z", 700, nothing), PKI_END);
		const CccdChipResult *r = verify_at(&t, card.sod, card.groups,
											PKI_GROUPS, CCCD_CHIP_POLICY_STRICT, AT);

		CHECK(r->trusted && r->revocation == CCCD_STATUS_OK);
		CHECK(!cccd_report_has(&r->report, CCCD_FINDING_crl_number_rollback));
		free_trust(&t);
	}
	EVP_PKEY_free(other);
}

static void
test_master_list(void)
{
	CccdMasterList list;
	CccdReport	report = {0};

	CHECK(cccd_master_list_read_raw(PKI_SEQ(pki_integer(0), PKI_SET(csca_der)),
									&list, &report));
	CHECK(report.count == 0);
	CHECK(!cccd_master_list_read_raw(PKI_SEQ(pki_integer(1), PKI_SET(csca_der)),
									 &list, &report));
	CHECK(cccd_report_has(&report, CCCD_FINDING_ml_version));
}

int
main(void)
{
	make_state();
	test_signers();
	test_keys();
	test_key_limits();
	test_hostile_keys();
	test_lds();
	test_zone();
	test_last_day();
	test_messages();
	test_tag();
	test_anchor();
	test_lists();
	test_master_list();
	CHECK(cccd_key_count() == 0);
	free_state();
	return finish();
}
