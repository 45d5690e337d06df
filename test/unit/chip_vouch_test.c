/*
 * chip_vouch_test.c
 *		Who may vouch for whom: two states, signers of other roles, documents
 *		whose state was withheld; what proves a forgery and what does not; and
 *		whose list revokes.
 */
#include "chip_state.h"

static EVP_PKEY *other_key;
static PkiCertificate other_csca;
static CccdBytes other_der;

/* Both states' CSCAs are anchors. */
static Trust
both_states(void)
{
	return make_trust(csca_der, other_der, PKI_END);
}

static const CccdChipResult *
judge(CccdBytes sod, const CccdBytes *groups, int count, CccdChipPolicy policy)
{
	static CccdChipResult result;
	Trust		t = both_states();

	result = *verify_at(&t, sod, groups, count, policy, AT);
	free_trust(&t);
	return &result;
}

static bool
is_reason(const CccdChipResult *r, int code)
{
	for (int k = 0; k < r->report.count; k++)
		if (r->report.finding[k].code == code)
			return !r->report.finding[k].flag;
	return false;
}

/* The groups of a card without some of them, by their place. */
static int
without(const PkiCard *card, unsigned places, CccdBytes *groups)
{
	int			count = 0;

	for (int k = 0; k < PKI_GROUPS; k++)
		if (!(places & (1u << k)))
			groups[count++] = card->groups[k];
	return count;
}

#define DG1		(1u << 0)
#define DG13	(1u << 2)

/* A signer of UT for a Vietnamese card, and one of VN whose state is withheld. */
static void
test_states(void)
{
	PkiCertificate stranger = {"UT", "DS 1", "CSCA other", 1001,
	signer_keys[0], other_key, false, false, NULL, NULL};
	PkiCard		foreign = pki_make_card(&stranger,
										pki_make_certificate(&stranger), 100,
										"260101000000Z");
	PkiCard		own = pki_make_card(&signers[0], signer_ders[0], 100,
									"260101000000Z");
	static const unsigned withheld[] = {0, DG1, DG13, DG1 | DG13};
	CccdBytes	groups[PKI_GROUPS];

	for (size_t k = 0; k < 4; k++)
		for (int p = 0; p < 2; p++)
		{
			CccdChipPolicy policy = (CccdChipPolicy) p;
			bool		nothing = withheld[k] == (DG1 | DG13);
			int			count = without(&foreign, withheld[k], groups);
			const CccdChipResult *r = judge(foreign.sod, groups, count, policy);

			/* strict is what the gate uses; it never trusts the stranger */
			CHECK(r->trusted == (nothing && p == CCCD_CHIP_POLICY_FIELD));
			CHECK(r->country == (nothing ? CCCD_STATUS_UNDETERMINED :
								 CCCD_STATUS_FAILED));
			CHECK(r->proof == (nothing ? CCCD_PROOF_SIGNED : CCCD_PROOF_NONE));
			CHECK(is_reason(r, CCCD_FINDING_mrz_country_mismatch) ==
				  !(withheld[k] & DG1));
			CHECK(is_reason(r, CCCD_FINDING_dg13_country_mismatch) ==
				  !(withheld[k] & DG13));

			count = without(&own, withheld[k], groups);
			r = judge(own.sod, groups, count, policy);
			CHECK(r->trusted == (!nothing || p == CCCD_CHIP_POLICY_FIELD));
			CHECK(r->country == (nothing ? CCCD_STATUS_UNDETERMINED :
								 CCCD_STATUS_OK));
			CHECK(cccd_report_has(&r->report,
								  CCCD_FINDING_document_state_unknown) ==
				  nothing);
			CHECK(r->proof == CCCD_PROOF_SIGNED);
		}
}

/* What a DG13 must hold to make a document Viet Nam's. */
static void
test_layout(void)
{
	static const struct
	{
		const char *id;
		bool		vietnamese;
	}			ids[] = {
		{"001201001234", true},
		{"00120100123", false},
		{"0012010012345", false},
		{"00120100123A", false}
	};
	PkiCertificate stranger = {"UT", "DS 1", "CSCA other", 1001,
	signer_keys[0], other_key, false, false, NULL, NULL};
	CccdBytes	der = pki_make_certificate(&stranger);

	for (size_t k = 0; k < sizeof(ids) / sizeof(ids[0]); k++)
	{
		CccdBytes	id = pki_bytes(ids[k].id, strlen(ids[k].id));
		CccdBytes	dg13 = PKI_TLV(0x6D, PKI_SEQ(PKI_OID("\x2B\x06\x01"),
												 PKI_SET(pki_dg13_field(1, PKI_TLV(0x0C, id)))));
		CccdBytes	sod = PKI_TLV(0x77,
								  pki_make_message(PKI_OID("\x67\x81\x08\x01\x01\x01"),
												   PKI_SEQ(pki_integer(0), pki_sha256_identifier(),
														   PKI_SEQ(pki_group_hash(13, dg13))),
												   &stranger, der, NULL));
		const CccdChipResult *r = judge(sod, &dg13, 1, CCCD_CHIP_POLICY_FIELD);

		CHECK(r->trusted == !ids[k].vietnamese);
		CHECK(is_reason(r, CCCD_FINDING_dg13_country_mismatch) ==
			  ids[k].vietnamese);
	}
}

/* A card of VN whose signer's certificate is changed, under both policies. */
static void
check_signer(PkiChange change, unsigned withheld, int code, bool strict,
			 bool field)
{
	PkiCard		card = pki_make_card(&signers[0],
									 pki_change_certificate(&signers[0], &change),
									 100, "260101000000Z");
	CccdBytes	groups[PKI_GROUPS];
	int			count = without(&card, withheld, groups);

	for (int p = 0; p < 2; p++)
	{
		const CccdChipResult *r = judge(card.sod, groups, count,
										(CccdChipPolicy) p);

		CHECK(cccd_report_has(&r->report, code));
		CHECK(r->trusted == (p == CCCD_CHIP_POLICY_FIELD ? field : strict));
		if (r->trusted != (p == CCCD_CHIP_POLICY_FIELD ? field : strict))
			fprintf(stderr, "%s\n", cccd_finding_name(code));
	}
}

static CccdBytes
usage(bool critical, CccdBytes oids)
{
	return pki_extension(PKI_OID("\x55\x1D\x25"), critical,
						 PKI_TLV(CCCD_DER_SEQUENCE, oids));
}

static void
test_roles(void)
{
	static const char health[] = "\x2B\x06\x01\x04\x01\x8E\x37\x8F\x65\x01\x03";
	static const char health_zero[] = "\x2B\x06\x01\x04\x01\x00\x8E\x37\x8F\x65\x01\x01";
	const CccdBytes others[] = {
		PKI_TLV(CCCD_DER_OID, pki_bytes(health, sizeof(health) - 1)),
		PKI_TLV(CCCD_DER_OID, pki_bytes(health_zero, sizeof(health_zero) - 1)),
		PKI_OID("\x67\x81\x08\x01\x01\x03"),
		PKI_OID("\x67\x81\x08\x01\x01\x08"),
		PKI_OID("\x67\x81\x08\x01\x01\x0E"),
		PKI_OID("\x67\x81\x08\x01\x01\x0E\x02"),
		/* time stamps of LDS2, inspection over SPOC, and whatever comes */
		PKI_OID("\x67\x81\x08\x01\x01\x09\x08\x01"),
		PKI_OID("\x67\x81\x08\x01\x01\x0A\x01"),
		PKI_OID("\x67\x81\x08\x01\x01\x04"),
		PKI_OID("\x2B\x06\x01\x05\x05\x07\x03\x01"),
		PKI_OID("\x2B\x06\x01\x05\x05\x07\x03\x03"),
		PKI_OID("\x2B\x06\x01\x05\x05\x07\x03\x08"),
		PKI_OID("\x2B\x06\x01\x05\x05\x07\x03\x09"),
		/* behind anyExtendedKeyUsage; not an identifier at all */
		pki_wrap(-1, PKI_OID("\x55\x1D\x25\x00"),
				 PKI_OID("\x2B\x06\x01\x05\x05\x07\x03\x01"), PKI_END),
		PKI_LITERAL("\x05\x00")
	};
	const CccdBytes neutral[] = {
		PKI_OID("\x55\x1D\x25\x00"),
		PKI_OID("\x2B\x06\x01\x04\x01\x86\x8D\x1F\x01"),
		/* neighbours of roles: 1.3.6.1.5.5.7.4.1, 2.23.136.1.2 */
		PKI_OID("\x2B\x06\x01\x05\x05\x07\x04\x01"),
		PKI_OID("\x67\x81\x08\x01\x02"),
		PKI_OID("\x2B\x06\x01\x04\x01\x8E\x37\x8F\x65\x02"),
		pki_bytes("", 0)
	};
	PkiChange	change = {0};

	for (size_t k = 0; k < sizeof(others) / sizeof(others[0]); k++)
	{
		change.extensions = usage(false, others[k]);
		check_signer(change, 0, CCCD_FINDING_dsc_eku_other_role, false, false);
		change.extensions = usage(true, others[k]);
		check_signer(change, 0, CCCD_FINDING_dsc_eku_critical, false, false);
	}
	for (size_t k = 0; k < sizeof(neutral) / sizeof(neutral[0]); k++)
	{
		change.extensions = usage(false, neutral[k]);
		check_signer(change, 0, CCCD_FINDING_dsc_eku_present, false, true);
		change.extensions = usage(true, neutral[k]);
		check_signer(change, 0, CCCD_FINDING_dsc_eku_critical, false, false);
	}
	/* a signer of passports, and one of cards: "I" stands for "ID" */
	change.extensions = pki_extension(PKI_OID("\x67\x81\x08\x01\x01\x06\x02"), false,
									  PKI_SEQ(pki_integer(0), PKI_SET(PKI_TLV(0x13, PKI_LITERAL("P")))));
	check_signer(change, 0, CCCD_FINDING_dsc_doc_type_not_allowed, false, false);
	check_signer(change, DG1, CCCD_FINDING_dsc_doc_type_unknown, false, false);
	change.extensions = pki_extension(PKI_OID("\x67\x81\x08\x01\x01\x06\x02"), false,
									  PKI_SEQ(pki_integer(0), PKI_SET(PKI_TLV(0x13, PKI_LITERAL("I")))));
	check_signer(change, 0, CCCD_FINDING_crl_missing, true, true);
	check_signer(change, DG1, CCCD_FINDING_dsc_doc_type_unknown, false, false);
}

/* A copy of the bytes with the last one changed. */
static CccdBytes
spoilt(CccdBytes bytes)
{
	CccdBytes	copy = pki_bytes(bytes.data, bytes.length);

	((uint8_t *) copy.data)[copy.length - 1] ^= 1;
	return copy;
}

static void
proves(CccdBytes sod, const PkiCard *card, CccdChipProof proof)
{
	for (int p = 0; p < 2; p++)
	{
		const CccdChipResult *r = judge(sod, card->groups, PKI_GROUPS,
										(CccdChipPolicy) p);

		CHECK(r->proof == proof);
		CHECK(r->proof == CCCD_PROOF_SIGNED || !r->trusted);
	}
}

static void
test_proofs(void)
{
	EVP_PKEY   *unknown = pki_key("brainpoolP384r1", true);
	PkiCard		card = pki_make_card(&signers[0], signer_ders[0], 100,
									 "260101000000Z");
	PkiCard		changed = card;
	PkiCertificate signer = signers[0];
	PkiChange	change = {0};
	CccdBytes	der;

	proves(card.sod, &card, CCCD_PROOF_SIGNED);
	proves(spoilt(card.sod), &card, CCCD_PROOF_FORGED);
	changed.groups[1] = spoilt(card.groups[1]);
	proves(card.sod, &changed, CCCD_PROOF_CHANGED);
	/* both: the signature says more */
	proves(spoilt(card.sod), &changed, CCCD_PROOF_FORGED);
	/* the content is another one than was signed */
	proves(pki_replace(card.sod, "\x02\x01\x0D\x04\x20", "\x02\x01\x0C\x04\x20", 5),
		   &card, CCCD_PROOF_CHANGED);

	/* nobody vouches for the key: nothing is proven */
	signer.issuer_key = unknown;
	der = pki_make_certificate(&signer);
	proves(pki_make_card(&signer, der, 100, NULL).sod, &card, CCCD_PROOF_NONE);
	/* the CSCA has a new key, and its signer names it by name alone */
	change.authority = pki_bytes("", 0);
	der = pki_change_certificate(&signer, &change);
	proves(pki_make_card(&signer, der, 100, NULL).sod, &card, CCCD_PROOF_NONE);
	/* or by an identifier that the old one has, and another name */
	change.authority = PKI_END;
	change.authority_id = pki_key_id(csca_key);
	change.issuer = pki_name("VN", "CSCA new");
	der = pki_change_certificate(&signer, &change);
	proves(pki_make_card(&signer, der, 100, NULL).sod, &card, CCCD_PROOF_NONE);
	/* the CSCA that it names by both did not sign it */
	change.issuer = PKI_END;
	der = pki_change_certificate(&signer, &change);
	proves(pki_make_card(&signer, der, 100, NULL).sod, &card,
		   CCCD_PROOF_FORGED);
	/* the object names another certificate than the only one */
	signer = signers[0];
	signer.serial = 77;
	card = pki_make_card(&signer, signer_ders[1], 100, NULL);
	proves(card.sod, &card, CCCD_PROOF_NONE);
	/* a deviation that a policy does not allow does not hide a proof */
	change = (PkiChange)
	{
		.usage = pki_bytes("", 0)
	};
	der = pki_change_certificate(&signers[0], &change);
	card = pki_make_card(&signers[0], der, 100, NULL);
	proves(card.sod, &card, CCCD_PROOF_SIGNED);
	proves(spoilt(card.sod), &card, CCCD_PROOF_FORGED);
	EVP_PKEY_free(unknown);
}

static const CccdChipResult *
judge_under(Trust t, const PkiCard *card, CccdChipPolicy policy, int64_t at)
{
	static CccdChipResult result;

	result = *verify_at(&t, card->sod, card->groups, PKI_GROUPS, policy, at);
	free_trust(&t);
	return &result;
}

/* Serial numbers are unique per CSCA, not per state. */
static void
test_lists(void)
{
	EVP_PKEY   *second_key = pki_key("brainpoolP384r1", true);
	PkiCertificate second = {"VN", "CSCA two", "CSCA two", 1, second_key,
	second_key, true, false, NULL, NULL};
	PkiCertificate rekeyed = {"VN", "CSCA test", "CSCA test", 3, second_key,
	second_key, true, false, NULL, NULL};
	PkiCertificate renamed = {"VN", "CSCA later", "CSCA later", 4, csca_key,
	csca_key, true, false, NULL, NULL};
	PkiCertificate signer = {"VN", "DS 5", "CSCA two", 5, signer_keys[0],
	second_key, false, false, NULL, NULL};
	PkiCard		card = pki_make_card(&signer, pki_make_certificate(&signer), 50,
									 "260101000000Z");
	CccdBytes	second_der = pki_make_certificate(&second);
	CccdBytes	list = pki_make_crl("VN", "CSCA test", csca_key, 5);
	CccdBytes	own = pki_make_crl("VN", "CSCA two", second_key, 0);
	const CccdChipResult *r;

	/* the first CSCA's list names the serial number of the second's signer */
	r = judge_under(make_trust(csca_der, second_der, list, PKI_END), &card,
					CCCD_CHIP_POLICY_STRICT, AT);
	CHECK(r->trusted && r->revocation == CCCD_STATUS_UNDETERMINED);
	CHECK(cccd_report_has(&r->report, CCCD_FINDING_crl_by_country));
	CHECK(!cccd_report_has(&r->report, CCCD_FINDING_revoked));
	r = judge_under(make_trust(csca_der, second_der, list, own, PKI_END), &card,
					CCCD_CHIP_POLICY_STRICT, AT);
	CHECK(r->trusted && r->revocation == CCCD_STATUS_OK);
	/* its own list does */
	own = pki_make_crl("VN", "CSCA two", second_key, 5);
	r = judge_under(make_trust(csca_der, second_der, own, PKI_END), &card,
					CCCD_CHIP_POLICY_FIELD, AT);
	CHECK(!r->trusted && is_reason(r, CCCD_FINDING_revoked));

	/* a new key of the same name revokes what the old one issued */
	card = pki_make_card(&signers[0], signer_ders[0], 50, "260101000000Z");
	list = pki_make_crl("VN", "CSCA test", second_key, 1001);
	r = judge_under(make_trust(csca_der, pki_make_certificate(&rekeyed), list,
							   PKI_END), &card, CCCD_CHIP_POLICY_FIELD, AT);
	CHECK(!r->trusted && is_reason(r, CCCD_FINDING_revoked));
	/* and so does the same key under a new name */
	list = pki_make_crl("VN", "CSCA later", csca_key, 1001);
	r = judge_under(make_trust(csca_der, pki_make_certificate(&renamed), list,
							   PKI_END), &card, CCCD_CHIP_POLICY_FIELD, AT);
	CHECK(!r->trusted && is_reason(r, CCCD_FINDING_revoked));
	EVP_PKEY_free(second_key);
}

/* Of two certificates of one key the one that is valid counts. */
static void
test_renewed(void)
{
	PkiCertificate ended = csca;
	PkiCard		card = pki_make_card(&signers[0], signer_ders[0], 50,
									 "260101000000Z");
	const CccdChipResult *r;
	uint8_t		digest[CCCD_HASH_SIZE];

	ended.not_after = "250101000000Z";
	cccd_hash_bytes(CCCD_HASH_SHA256, csca_der, digest);
	/* the order of their fingerprints is one and the other */
	for (ended.serial = 10; ended.serial < 18; ended.serial++)
	{
		CccdBytes	der = pki_make_certificate(&ended);

		r = judge_under(make_trust(der, PKI_END), &card,
						CCCD_CHIP_POLICY_STRICT, AT);
		CHECK(!r->trusted && is_reason(r, CCCD_FINDING_csca_expired));
		r = judge_under(make_trust(csca_der, der, PKI_END), &card,
						CCCD_CHIP_POLICY_STRICT, AT);
		CHECK(r->trusted && r->anchor_validity == CCCD_STATUS_OK);
		CHECK(memcmp(r->anchor_fingerprint, digest, CCCD_SHA256_SIZE) == 0);
		r = judge_under(make_trust(csca_der, der, PKI_END), &card,
						CCCD_CHIP_POLICY_FIELD, AT + 12 * 365 * DAY);
		CHECK(cccd_report_has(&r->report, CCCD_FINDING_csca_expired));
	}
}

/* A key identifier without its OCTET STRING is absent, and nothing is lost. */
static void
test_key_identifier(void)
{
	PkiCard		card = pki_make_card(&signers[0], signer_ders[0], 50,
									 "260101000000Z");
	CccdBytes	id = pki_key_id(csca_key);
	const CccdBytes contents[] = {
		id,
		pki_bytes("", 0),
		PKI_LITERAL("\x04\x14short"),
		pki_wrap(-1, PKI_TLV(CCCD_DER_OCTET_STRING, id), PKI_LITERAL("x"), PKI_END)
	};

	for (size_t k = 0; k < sizeof(contents) / sizeof(contents[0]); k++)
	{
		PkiChange	change = {0};
		CccdX509	certificate;
		CccdDerError error;
		size_t		offset;
		CccdBytes	der;
		const CccdChipResult *r;

		change.subject = pki_extension(PKI_OID("\x55\x1D\x0E"), false,
									   contents[k]);
		der = pki_change_certificate(&csca, &change);
		CHECK(cccd_x509_read(der, &certificate, &error, &offset));
		CHECK(certificate.subject_key_id.length == 0);
		r = judge_under(make_trust(der, PKI_END), &card,
						CCCD_CHIP_POLICY_STRICT, AT);
		CHECK(r->trusted);
		CHECK(cccd_report_has(&r->report, CCCD_FINDING_matched_by_dn));
	}
}

int
main(void)
{
	make_state();
	other_key = pki_key("brainpoolP384r1", true);
	other_csca = (PkiCertificate)
	{
		"UT", "CSCA other", "CSCA other", 1, other_key, other_key, true, false,
			NULL, NULL
	};
	other_der = pki_make_certificate(&other_csca);
	test_states();
	test_layout();
	test_roles();
	test_proofs();
	test_lists();
	test_renewed();
	test_key_identifier();
	EVP_PKEY_free(other_key);
	free_state();
	return finish();
}
