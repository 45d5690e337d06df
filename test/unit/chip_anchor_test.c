/*
 * chip_anchor_test.c
 *		How a signer's anchor is found among many.
 */
#include "chip_state.h"

#include "pki_state.h"

/*
 * As many anchors with the signer's key identifier as are tried, and one more:
 * the key of the one is found, that of the other is not.
 */
static void
test_anchor_attempts(void)
{
	static CccdTrustEntry entries[CCCD_CHAIN_ATTEMPTS + 1];
	static CccdX509 room[CCCD_CHAIN_ATTEMPTS + 1];
	EVP_PKEY   *keys[CCCD_CHAIN_ATTEMPTS + 1];
	CccdBytes	ids[CCCD_CHAIN_ATTEMPTS + 1];
	PkiChange	change = {.subject_id = PKI_LITERAL("the same one")};
	CccdTrustStore *store;
	CccdBytes	value;
	int			count = CCCD_CHAIN_ATTEMPTS + 1;

	change.authority_id = change.subject_id;
	for (int k = 0; k < count; k++)
	{
		PkiCertificate anchor = csca;

		keys[k] = pki_key("prime256v1", false);
		anchor.key = anchor.issuer_key = keys[k];
		anchor.serial = 100 + k;
		ids[k] = pki_change_certificate(&anchor, &change);
		CHECK(cccd_trust_classify(ids[k], CCCD_PURPOSE_CHIP,
								  CCCD_TRUST_SOURCE_OPERATOR, &entries[k]));
	}
	CHECK(cccd_trust_settle(entries, count, room, NULL) == count);
	value.length = cccd_trust_size(entries, count);
	value.data = pki_alloc(value.length);
	CHECK(cccd_trust_write(entries, count, (uint8_t *) value.data));
	CHECK(cccd_store_open(value, pki_alloc(cccd_store_size(value)), &store));
	for (int at = 0; at < count; at++)
	{
		PkiCertificate signer = signers[0];
		CccdX509	certificate;
		CccdDerError error;
		size_t		where;
		CccdChain	chain;
		int			k = 0;

		while (!cccd_bytes_equal(ids[k], store->anchors[at].certificate.whole))
			k++;
		signer.issuer_key = keys[k];
		CHECK(cccd_x509_read(pki_change_certificate(&signer, &change),
							 &certificate, &error, &where));
		cccd_store_chain(store, CCCD_PURPOSE_CHIP, &certificate, NULL, &chain);
		CHECK(chain.anchor == (at < CCCD_CHAIN_ATTEMPTS ? at : -1));
	}
	cccd_store_close(store);
	for (int k = 0; k < count; k++)
		EVP_PKEY_free(keys[k]);
}

static CccdStoreSource
source_of(Trust *t)
{
	CccdStoreSource source = {t->store->digest, open_store, t};

	return source;
}

/* Of one key and state, and of one purpose: those anchors are kept together. */
static void
test_purposes(void)
{
	PkiCertificate renewed = csca,
				abroad = csca;
	CccdBytes	renewed_der;
	CccdSigner *signer;

	renewed.serial = 9;
	renewed_der = pki_make_certificate(&renewed);
	abroad.country = "LA";
	for (int k = 0; k < 3; k++)
	{
		Trust		t = make_trust(csca_der, k == 2 ?
								   pki_make_certificate(&abroad) : renewed_der,
								   PKI_END);
		CccdStoreSource source = source_of(&t);
		int			csca_at = cccd_bytes_equal(t.store->anchors[0].certificate.whole,
											   csca_der) ? 0 : 1;

		CHECK(t.store->anchor_count == 2);
		if (k == 1)
			t.store->anchors[1 - csca_at].purpose = CCCD_PURPOSE_TICKET;
		CHECK(cccd_signer_get(signer_ders[0], &source, NULL, NULL, &signer) ==
			  CCCD_SIGNER_OK);
		CHECK(signer->anchor_count == (k == 0 ? 2 : 1));
		if (k == 1)
			CHECK(memcmp(signer->anchors[0].fingerprint,
						 pki_sha256(csca_der).data, CCCD_SHA256_SIZE) == 0);
		free_trust(&t);
	}
}

/*
 * A CSCA that names two states, in its name or beside it, and one that names
 * its own twice: for whom it vouches is open, whichever stands first.
 */
static void
test_two_states(void)
{
	static const struct
	{
		const char *first;
		const char *second;
		bool		beside;		/* as localities of the alternative names */
		bool		ok;
	}			cases[] = {
		{"VN", "VN", false, true}, {"VN", "VNM", false, true},
		{"VN", "LA", false, false}, {"LA", "VN", false, false},
		{"VNM", "VNM", true, true}, {"VNM", "Hue", true, true},
		{"VNM", "LAO", true, false}, {"LAO", "VNM", true, false}
	};
	PkiCard		card = pki_make_card(&signers[0], signer_ders[0], 10,
									 "260101000000Z");

	for (size_t k = 0; k < 2 * sizeof(cases) / sizeof(cases[0]); k++)
	{
		PkiChange	change = {.name = {NULL, 0}};
		const CccdChipResult *result;
		Trust		t;

		if (cases[k / 2].beside)
			change.extensions = pki_alt_name(0x11,
											 pki_twice_named("\x07",
															 cases[k / 2].first,
															 cases[k / 2].second));
		else
			change.name = change.issuer = pki_twice_named("\x06",
														  cases[k / 2].first,
														  cases[k / 2].second);
		t = make_trust(pki_change_certificate(&csca, &change), PKI_END);
		result = verify_at(&t, card.sod, card.groups, PKI_GROUPS,
						   k % 2 ? CCCD_CHIP_POLICY_FIELD :
						   CCCD_CHIP_POLICY_STRICT, AT);
		/* the key identifier leads to the anchor all the same */
		CHECK(result->chain == CCCD_STATUS_OK && result->vouched);
		CHECK(result->country == (cases[k / 2].ok ? CCCD_STATUS_OK :
								  CCCD_STATUS_UNDETERMINED));
		CHECK(cccd_report_has(&result->report,
							  CCCD_FINDING_country_ambiguous) ==
			  !cases[k / 2].ok);
		CHECK(!cccd_report_has(&result->report,
							   CCCD_FINDING_dsc_country_mismatch));
		CHECK(cases[k / 2].ok || !result->trusted);
		CHECK(k % 2 == 0 || result->trusted == cases[k / 2].ok);
		free_trust(&t);
	}
}

/* A card without its signer's certificate, which the trust value may have. */
static void
test_listed_signer(void)
{
	PkiMessageChange change = {.certificates = pki_bytes("", 0)};
	PkiCard		card = pki_make_card(&signers[0], signer_ders[0], 10, NULL);
	CccdBytes	hashes = pki_wrap(-1, pki_group_hash(1, card.groups[0]),
								  pki_group_hash(2, card.groups[1]), PKI_END);

	card.sod = PKI_TLV(0x77, pki_change_message(
												PKI_OID("\x67\x81\x08\x01\x01\x01"),
												PKI_SEQ(pki_integer(0),
														pki_sha256_identifier(),
														PKI_SEQ(hashes)),
												&signers[0], signer_ders[0],
												"260101000000Z", &change));
	for (int k = 0; k < 4; k++)
	{
		Trust		t = k == 0 ? make_trust(csca_der, PKI_END) :
		make_trust(csca_der, signer_ders[1], k == 1 ? csca_der :
				   signer_ders[0], PKI_END);
		const CccdChipResult *r;

		if (k == 3)
			for (int n = 0; n < t.store->signer_count; n++)
				t.store->signers[n].purpose = CCCD_PURPOSE_TICKET;
		r = verify_at(&t, card.sod, card.groups, 2, CCCD_CHIP_POLICY_FIELD, AT);
		CHECK(r->trusted == (k == 2));
		CHECK(cccd_report_has(&r->report,
							  CCCD_FINDING_signer_cert_not_found) == (k != 2));
		free_trust(&t);
	}
}

int
main(void)
{
	make_state();
	test_anchor_attempts();
	test_purposes();
	test_two_states();
	test_listed_signer();
	free_state();
	return finish();
}
