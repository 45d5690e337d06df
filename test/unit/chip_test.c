/*
 * chip_test.c
 *		Passive authentication of cards that our own state issued: the honest
 *		ones, the dishonest ones, and a great many forgeries.
 */
#include "chance.h"
#include "chip_state.h"

#include <openssl/err.h>

static const CccdChipResult *
verify(Trust *t, const PkiCard *card, CccdChipPolicy policy)
{
	return verify_at(t, card->sod, card->groups, PKI_GROUPS, policy, AT);
}

static void
test_honest(void)
{
	Trust		t = make_trust(csca_der, PKI_END);
	int			k;

	for (k = 0; k < 2; k++)
	{
		PkiCard		card = pki_make_card(&signers[k], signer_ders[k], 15000,
										 "260101000000Z");
		const CccdChipResult *r = verify(&t, &card, CCCD_CHIP_POLICY_STRICT);

		CHECK(r->trusted);
		CHECK(r->sod == CCCD_STATUS_OK);
		CHECK(r->data_groups == CCCD_STATUS_OK);
		CHECK(r->content == CCCD_STATUS_OK);
		CHECK(r->signer == CCCD_STATUS_OK);
		CHECK(r->signature == CCCD_STATUS_OK);
		CHECK(r->chain == CCCD_STATUS_OK);
		CHECK(r->signer_validity == CCCD_STATUS_OK);
		CHECK(r->anchor_validity == CCCD_STATUS_OK);
		CHECK(r->signing_time == CCCD_STATUS_OK);
		CHECK(r->revocation == CCCD_STATUS_UNDETERMINED);
		CHECK(r->country == CCCD_STATUS_OK);
		CHECK(r->listed == r->verified);
		CHECK(r->listed == (1u << 1 | 1u << 2 | 1u << 13 | 1u << 14 | 1u << 15));
		CHECK(r->report.count == 1);
		CHECK(cccd_report_has(&r->report, CCCD_FINDING_crl_missing));
		CHECK_STR(r->algorithm, k == 0 ? "RSA SHA-256 2048" :
				  "ECDSA SHA-384 brainpoolP384r1");
		CHECK_STR(r->country_code, "VN");
		/* before and after the signer was valid */
		r = verify_at(&t, card.sod, card.groups, PKI_GROUPS,
					  CCCD_CHIP_POLICY_FIELD, AT - 6 * 365 * DAY);
		CHECK(!r->trusted);
		CHECK(cccd_report_has(&r->report, CCCD_FINDING_dsc_not_yet_valid));
		r = verify_at(&t, card.sod, card.groups, PKI_GROUPS,
					  CCCD_CHIP_POLICY_FIELD, AT + 10 * 365 * DAY);
		CHECK(!r->trusted);
		CHECK(cccd_report_has(&r->report, CCCD_FINDING_dsc_expired));
		CHECK(cccd_report_has(&r->report,
							  CCCD_FINDING_dsc_expired_valid_at_signing));
	}
	free_trust(&t);
}

static void
test_groups(void)
{
	Trust		t = make_trust(csca_der, PKI_END);
	PkiCard		card = pki_make_card(&signers[0], signer_ders[0], 100, NULL);
	PkiCard		other = pki_make_card(&signers[0], signer_ders[0], 101, NULL);
	CccdBytes	files[4];
	const CccdChipResult *r;

	/* nothing read is nothing verified */
	r = verify_at(&t, card.sod, NULL, 0, CCCD_CHIP_POLICY_FIELD, AT);
	CHECK(!r->trusted && r->data_groups == CCCD_STATUS_NOT_PERFORMED);
	/* any order, some of them */
	files[0] = card.groups[2];
	files[1] = card.groups[0];
	r = verify_at(&t, card.sod, files, 2, CCCD_CHIP_POLICY_STRICT, AT);
	CHECK(r->trusted && r->verified == (1u << 1 | 1u << 13));
	/* the chip's key and the photo of somebody else */
	files[1] = other.groups[1];
	r = verify_at(&t, card.sod, files, 2, CCCD_CHIP_POLICY_FIELD, AT);
	CHECK(!r->trusted && r->verified == 1u << 13);
	CHECK(cccd_report_has(&r->report, CCCD_FINDING_dg_hash_mismatch));
	/* a group that is not listed, one that is none, one twice, an empty one */
	files[1] = PKI_TLV(0x6B, PKI_LITERAL("x"));
	r = verify_at(&t, card.sod, files, 2, CCCD_CHIP_POLICY_FIELD, AT);
	CHECK(!r->trusted && cccd_report_has(&r->report,
										 CCCD_FINDING_dg_not_in_sod));
	files[1] = PKI_TLV(0x30, PKI_LITERAL("x"));
	r = verify_at(&t, card.sod, files, 2, CCCD_CHIP_POLICY_FIELD, AT);
	CHECK(!r->trusted && cccd_report_has(&r->report,
										 CCCD_FINDING_dg_unknown));
	files[1] = card.groups[2];
	r = verify_at(&t, card.sod, files, 2, CCCD_CHIP_POLICY_FIELD, AT);
	CHECK(!r->trusted && cccd_report_has(&r->report,
										 CCCD_FINDING_dg_duplicate));
	files[1] = pki_bytes("", 0);
	r = verify_at(&t, card.sod, files, 2, CCCD_CHIP_POLICY_FIELD, AT);
	CHECK(!r->trusted && cccd_report_has(&r->report,
										 CCCD_FINDING_dg_malformed));
	/* padding behind a file, and EF.COM */
	files[1] = pki_wrap(-1, card.groups[0], PKI_LITERAL("\0\0\0"), PKI_END);
	r = verify_at(&t, card.sod, files, 2, CCCD_CHIP_POLICY_STRICT, AT);
	CHECK(r->trusted && cccd_report_has(&r->report,
										CCCD_FINDING_dg_trailing));
	files[1] = PKI_TLV(0x60, PKI_TLV(0x5C,
									 PKI_LITERAL("\x61\x75\x6D\x6E\x6F")));
	r = verify_at(&t, card.sod, files, 2, CCCD_CHIP_POLICY_STRICT, AT);
	CHECK(r->trusted);
	files[1] = PKI_TLV(0x60, PKI_TLV(0x5C, PKI_LITERAL("\x61\x75\x6D")));
	r = verify_at(&t, card.sod, files, 2, CCCD_CHIP_POLICY_FIELD, AT);
	CHECK(!r->trusted && cccd_report_has(&r->report,
										 CCCD_FINDING_com_sod_mismatch));
	free_trust(&t);
}

/* One finding that keeps a card from being trusted under a value. */
static void
refused(Trust t, const PkiCard *card, CccdChipPolicy policy, int code)
{
	const CccdChipResult *r = verify(&t, card, policy);

	CHECK(!r->trusted);
	CHECK(cccd_report_has(&r->report, code));
	free_trust(&t);
}

static void
accepted(Trust t, const PkiCard *card, CccdChipPolicy policy, int code)
{
	const CccdChipResult *r = verify(&t, card, policy);

	CHECK(r->trusted);
	CHECK(cccd_report_has(&r->report, code));
	free_trust(&t);
}

static void
test_chain(void)
{
	EVP_PKEY   *fake_key = pki_key("brainpoolP384r1", true);
	PkiCertificate fake = csca;
	PkiCertificate forged = signers[0];
	PkiCard		card = pki_make_card(&signers[0], signer_ders[0], 100, NULL);
	PkiCard		forgery;

	/* no anchor; another state's; one with the same name and another key */
	refused(make_trust(PKI_END), &card, CCCD_CHIP_POLICY_FIELD,
			CCCD_FINDING_trust_store_empty);
	fake.key = fake.issuer_key = fake_key;
	refused(make_trust(pki_make_certificate(&fake), PKI_END), &card,
			CCCD_CHIP_POLICY_FIELD, CCCD_FINDING_csca_not_found);
	/* the signer's certificate is no anchor, however it is given */
	refused(make_trust(signer_ders[0], PKI_END), &card, CCCD_CHIP_POLICY_FIELD,
			CCCD_FINDING_trust_store_empty);
	/* a signer that the fake CSCA issued, with the true one's key id */
	forged.issuer_key = fake_key;
	forgery = pki_make_card(&forged, pki_make_certificate(&forged), 100, NULL);
	refused(make_trust(csca_der, PKI_END), &forgery, CCCD_CHIP_POLICY_FIELD,
			CCCD_FINDING_csca_not_found);
	/* a signer that a true signer issued */
	forged.issuer_key = signer_keys[1];
	forged.issuer = "DS 2";
	forgery = pki_make_card(&forged, pki_make_certificate(&forged), 100, NULL);
	refused(make_trust(csca_der, signer_ders[1], PKI_END), &forgery,
			CCCD_CHIP_POLICY_FIELD, CCCD_FINDING_csca_not_found);
	/* a CSCA that signs a document itself; a signer of lists that does */
	forgery = pki_make_card(&csca, csca_der, 100, NULL);
	refused(make_trust(csca_der, PKI_END), &forgery, CCCD_CHIP_POLICY_FIELD,
			CCCD_FINDING_dsc_is_ca);
	forged = signers[0];
	forged.master_list_signer = true;
	forgery = pki_make_card(&forged, pki_make_certificate(&forged), 100, NULL);
	refused(make_trust(csca_der, PKI_END), &forgery, CCCD_CHIP_POLICY_STRICT,
			CCCD_FINDING_dsc_eku_critical);
	/* a state that signs for another */
	forged = signers[0];
	forged.country = "LA";
	fake = csca;
	fake.country = "LA";
	forgery = pki_make_card(&forged, pki_make_certificate(&forged), 100, NULL);
	refused(make_trust(pki_make_certificate(&fake), PKI_END), &forgery,
			CCCD_CHIP_POLICY_FIELD, CCCD_FINDING_mrz_country_mismatch);
	EVP_PKEY_free(fake_key);
}

static void
test_revocation(void)
{
	PkiCard		card = pki_make_card(&signers[0], signer_ders[0], 100, NULL);
	EVP_PKEY   *other = pki_key("prime256v1", false);
	PkiCertificate renewed;
	const CccdChipResult *r;
	Trust		t = make_trust(csca_der, pki_make_crl("VN", "CSCA test",
													  csca_key, 0), PKI_END);

	CHECK(verify(&t, &card, CCCD_CHIP_POLICY_STRICT)->revocation ==
		  CCCD_STATUS_OK);
	CHECK(verify(&t, &card, CCCD_CHIP_POLICY_STRICT)->trusted);
	CHECK(!verify_at(&t, card.sod, card.groups, PKI_GROUPS,
					 CCCD_CHIP_POLICY_STRICT, AT + 100 * DAY)->trusted);
	free_trust(&t);
	refused(make_trust(csca_der, pki_make_crl("VN", "CSCA test", csca_key,
											  1001), PKI_END),
			&card, CCCD_CHIP_POLICY_FIELD, CCCD_FINDING_revoked);
	refused(make_trust(csca_der, pki_make_crl("VN", "CSCA test", csca_key,
											  1), PKI_END),
			&card, CCCD_CHIP_POLICY_FIELD, CCCD_FINDING_csca_revoked);
	/* another certificate of the CSCA's key, an older one, is revoked */
	renewed = csca;
	renewed.serial = 77;
	refused(make_trust(csca_der, pki_make_certificate(&renewed),
					   pki_make_crl("VN", "CSCA test", csca_key, 77), PKI_END),
			&card, CCCD_CHIP_POLICY_FIELD, CCCD_FINDING_csca_revoked);

	/*
	 * one of another key is not this CSCA, nor is what the value does not
	 * hold
	 */
	renewed.key = renewed.issuer_key = other;
	accepted(make_trust(csca_der, pki_make_certificate(&renewed),
						pki_make_crl("VN", "CSCA test", csca_key, 77), PKI_END),
			 &card, CCCD_CHIP_POLICY_STRICT, CCCD_FINDING_signing_time_missing);
	accepted(make_trust(csca_der, pki_make_crl("VN", "CSCA test", csca_key, 77),
						PKI_END),
			 &card, CCCD_CHIP_POLICY_STRICT, CCCD_FINDING_signing_time_missing);
	/* a list that somebody else signed says nothing, either way */
	refused(make_trust(csca_der, pki_make_crl("VN", "CSCA test", other,
											  0), PKI_END),
			&card, CCCD_CHIP_POLICY_STRICT, CCCD_FINDING_crl_signature_invalid);
	accepted(make_trust(csca_der, pki_make_crl("VN", "CSCA test", other,
											   1001), PKI_END),
			 &card, CCCD_CHIP_POLICY_FIELD, CCCD_FINDING_crl_signature_invalid);
	/* nor does one whose algorithm is not known, but nobody is accused */
	t = make_trust(csca_der,
				   pki_unknown_algorithm(pki_make_crl("VN", "CSCA test",
													  csca_key, 0), csca_key),
				   PKI_END);
	CHECK(verify(&t, &card, CCCD_CHIP_POLICY_FIELD)->trusted);
	r = verify(&t, &card, CCCD_CHIP_POLICY_STRICT);
	CHECK(!r->trusted && r->revocation == CCCD_STATUS_UNDETERMINED);
	CHECK(cccd_report_has(&r->report,
						  CCCD_FINDING_signature_algorithm_unsupported));
	CHECK(!cccd_report_has(&r->report, CCCD_FINDING_crl_signature_invalid));
	free_trust(&t);
	EVP_PKEY_free(other);
}

static void
test_links(void)
{
	EVP_PKEY   *new_key = pki_key("brainpoolP512r1", true);
	PkiCertificate link = {"VN", "CSCA new", "CSCA test", 2, new_key,
	csca_key, true, false, NULL, NULL};
	PkiCertificate fresh = {"VN", "DS 3", "CSCA new", 2001, signer_keys[0],
	new_key, false, false, NULL, NULL};
	PkiCertificate abroad = link;
	PkiCard		card = pki_make_card(&fresh, pki_make_certificate(&fresh), 100,
									 NULL);

	accepted(make_trust(csca_der, pki_make_certificate(&link), PKI_END),
			 &card, CCCD_CHIP_POLICY_STRICT, CCCD_FINDING_csca_via_link);
	refused(make_trust(pki_make_certificate(&link), PKI_END), &card,
			CCCD_CHIP_POLICY_FIELD, CCCD_FINDING_trust_store_empty);
	/* a list under the new name revokes what the old key issued */
	card = pki_make_card(&signers[0], signer_ders[0], 100, NULL);
	refused(make_trust(csca_der, pki_make_certificate(&link),
					   pki_make_crl("VN", "CSCA new", new_key, 1001), PKI_END),
			&card, CCCD_CHIP_POLICY_FIELD, CCCD_FINDING_revoked);
	/* a link by which one state would speak for another */
	abroad.country = "LA";
	fresh.country = "LA";
	card = pki_make_card(&fresh, pki_make_certificate(&fresh), 100, NULL);
	refused(make_trust(csca_der, pki_make_certificate(&abroad), PKI_END),
			&card, CCCD_CHIP_POLICY_FIELD, CCCD_FINDING_csca_not_found);
	EVP_PKEY_free(new_key);
}

/*
 * What the signatures cover of an object: its content, the signed attributes,
 * and of the signer's certificate the part that the CSCA signed.
 */
typedef struct Covered
{
	uint8_t		digest[3][CCCD_HASH_SIZE];
	uint32_t	listed;
} Covered;

static void
get_covered(CccdBytes sod_bytes, Covered *c)
{
	static CccdSod sod;
	CccdX509	certificate;
	CccdReport	report = {0};
	CccdDerError error;
	size_t		offset;

	memset(c, 0, sizeof(*c));
	cccd_sod_read(sod_bytes, CCCD_SOD_DOCUMENT, true, scratch,
				  sizeof(scratch), &sod, &report);
	CHECK(sod.readable && sod.cms.signer_count == 1 &&
		  sod.cms.certificate_count == 1);
	CHECK(cccd_x509_read(sod.cms.certificates[0], &certificate, &error,
						 &offset));
	cccd_hash_bytes(CCCD_HASH_SHA256, sod.cms.content, c->digest[0]);
	cccd_hash_bytes(CCCD_HASH_SHA256, sod.cms.signers[0].attributes_content,
					c->digest[1]);
	cccd_hash_bytes(CCCD_HASH_SHA256, certificate.signed_part.tbs, c->digest[2]);
	c->listed = sod.listed;
}

/*
 * Change one bit or one byte of the object or of a file.  A change in a file
 * is never trusted.  A change in the object may be only if everything the
 * signatures cover is still what was signed.
 */
static void
forge(Trust *t, const PkiCard *card, long count)
{
	uint8_t		copy[16384];
	Covered		original;
	long		trusted[2] = {0, 0};
	long		k;

	get_covered(card->sod, &original);
	for (k = 0; k < count; k++)
	{
		PkiCard		mutant = *card;
		int			which = chance(5) == 0 ?
		(int) chance(PKI_GROUPS) : -1;
		CccdBytes  *target = which < 0 ? &mutant.sod : &mutant.groups[which];
		size_t		at = chance((uint32_t) target->length);
		CccdChipPolicy policy = (CccdChipPolicy) (k % 2);
		const CccdChipResult *r;

		memcpy(copy, target->data, target->length);
		if (chance(2) == 0)
			copy[at] ^= (uint8_t) (1u << chance(8));
		else
			copy[at] = (uint8_t) (copy[at] + 1 + chance(255));
		target->data = copy;
		r = verify(t, &mutant, policy);
		if (r->out_of_memory)
			CHECK(!"a forgery looks like a lack of memory");
		if (r->trusted)
		{
			Covered		now;

			CHECK(which < 0);
			get_covered(mutant.sod, &now);
			CHECK(memcmp(&original, &now, sizeof(now)) == 0);
			trusted[policy]++;
		}
	}
	fprintf(stderr, "%ld forgeries, trusted with nothing signed changed: "
			"%ld strict, %ld field\n", count, trusted[0], trusted[1]);
	CHECK(ERR_peek_error() == 0);
}

/* Mutants of the anchor and of a list that revokes. */
static void
forge_trust(const PkiCard *card, long count)
{
	CccdBytes	list = pki_make_crl("VN", "CSCA test", csca_key, 1001);
	uint8_t		copy[4096];
	long		k;

	for (k = 0; k < count; k++)
	{
		bool		anchor = k % 2 == 0;
		CccdBytes	mutant = anchor ? csca_der : list;
		size_t		at = chance((uint32_t) mutant.length);
		CccdCrl		crl;
		CccdDerError error;
		size_t		offset;
		Trust		t;

		memcpy(copy, mutant.data, mutant.length);
		copy[at] ^= (uint8_t) (1u << chance(8));
		mutant.data = copy;
		if (anchor)
		{
			t = make_trust(mutant, PKI_END);
			CHECK(!verify(&t, card, CCCD_CHIP_POLICY_FIELD)->trusted);
		}
		else if (cccd_crl_read(mutant, &crl, &error, &offset))
		{
			t = make_trust(csca_der, mutant, PKI_END);
			/* it revokes as before, or it says nothing */
			CHECK(verify(&t, card, CCCD_CHIP_POLICY_STRICT)->revocation !=
				  CCCD_STATUS_OK);
			CHECK(!verify(&t, card, CCCD_CHIP_POLICY_STRICT)->trusted ||
				  crl.issuer_country[0] != 'V' || crl.issuer_country[1] != 'N');
		}
		else
			continue;
		free_trust(&t);
	}
}

static void
test_forgeries(void)
{
	EVP_PKEY   *fast_key = pki_key("RSA", false);
	PkiCertificate fast = {"VN", "CSCA fast", "CSCA fast", 1, fast_key,
	fast_key, true, false, NULL, NULL};
	PkiCertificate signer = {"VN", "DS 4", "CSCA fast", 3001, signer_keys[0],
	fast_key, false, false, NULL, NULL};
	Trust		t = make_trust(csca_der, pki_make_certificate(&fast), PKI_END);
	const char *wanted = getenv("CCCD_FORGERIES");
	long		count = wanted != NULL ? atol(wanted) : 100000;
	PkiCard		rsa = pki_make_card(&signer, pki_make_certificate(&signer),
									200, "260101000000Z");
	PkiCard		mixed = pki_make_card(&signers[0], signer_ders[0], 200, NULL);
	PkiCard		curve = pki_make_card(&signers[1], signer_ders[1], 200, NULL);

	/* curves are forty times slower: fewer */
	forge(&t, &rsa, count - count / 50);
	forge(&t, &mixed, count / 100);
	forge(&t, &curve, count / 100);
	free_trust(&t);
	forge_trust(&mixed, count / 500);
	EVP_PKEY_free(fast_key);
}

int
main(void)
{
	make_state();
	test_honest();
	test_groups();
	test_chain();
	test_revocation();
	test_links();
	test_forgeries();
	CHECK(cccd_key_count() == 0);
	free_state();
	return finish();
}
