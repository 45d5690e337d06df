/*
 * chip_anchor_test.c
 *		How a signer's anchor is found among many.
 */
#include "chip_state.h"

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

int
main(void)
{
	make_state();
	test_anchor_attempts();
	free_state();
	return finish();
}
