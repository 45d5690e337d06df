/*
 * chip_signer_test.c
 *		Document signers that are kept: under which trust value, for how long,
 *		and what is known of them.
 */
#include "chip_state.h"

#include "chip/signer_core.h"

/* The store keeps the key of its only anchor. */
#define ANCHOR_KEYS		1

static int	openings;
static Trust trust;

static CccdTrustStore *
count_opening(void *argument)
{
	openings++;
	return ((Trust *) argument)->store;
}

/* The signer under the trust value of a digest; true if it was kept. */
static bool
is_kept(int number, CccdSigner **signer)
{
	uint8_t		digest[CCCD_SHA256_SIZE];
	CccdStoreSource source = {digest, count_opening, &trust};
	int			before = openings;

	memset(digest, number, sizeof(digest));
	CHECK(cccd_signer_get(signer_ders[0], &source, NULL, NULL, signer) == CCCD_SIGNER_OK);
	CHECK(memcmp((*signer)->trust_digest, digest, CCCD_SHA256_SIZE) == 0);
	CHECK(memcmp((*signer)->fingerprint, pki_sha256(signer_ders[0]).data,
				 CCCD_SHA256_SIZE) == 0);
	CHECK((*signer)->certificate.whole.length == signer_ders[0].length);
	CHECK(cccd_signer_key(*signer) != NULL);
	return openings == before;
}

/* One certificate has a place in one set; the longest unused one leaves it. */
static void
test_ways(void)
{
	CccdSigner *signer[CCCD_SIGNER_WAYS];
	CccdSigner *again;

	cccd_signer_forget_all();
	for (int k = 0; k < CCCD_SIGNER_WAYS; k++)
		CHECK(!is_kept(k, &signer[k]));
	for (int k = 0; k < CCCD_SIGNER_WAYS; k++)
		CHECK(is_kept(k, &again) && again == signer[k]);

	/* a new one takes the place of the one that was not asked for again */
	for (int out = 0; out < CCCD_SIGNER_WAYS; out++)
	{
		cccd_signer_forget_all();
		CHECK(cccd_key_count() == ANCHOR_KEYS);
		for (int k = 0; k < CCCD_SIGNER_WAYS; k++)
			CHECK(!is_kept(k, &again));
		for (int k = CCCD_SIGNER_WAYS - 1; k >= 0; k--)
			if (k != out)
				CHECK(is_kept(k, &again));
		CHECK(!is_kept(100, &again));
		CHECK(cccd_key_count() == ANCHOR_KEYS + CCCD_SIGNER_WAYS);
		for (int k = 0; k < CCCD_SIGNER_WAYS; k++)
			if (k != out)
				CHECK(is_kept(k, &again));
		CHECK(is_kept(100, &again));
		CHECK(!is_kept(out, &again));
	}

	/* the new ones leave in the order in which they came */
	cccd_signer_forget_all();
	for (int k = 0; k < 4 * CCCD_SIGNER_WAYS; k++)
	{
		CHECK(!is_kept(k, &again));
		for (int back = 1; back < CCCD_SIGNER_WAYS && back <= k; back++)
			CHECK(is_kept(k - back, &again));
		for (int back = CCCD_SIGNER_WAYS - 1; back >= 0; back--)
			if (back <= k)
				CHECK(is_kept(k - back, &again));
	}
	cccd_signer_forget_all();
	CHECK(cccd_key_count() == ANCHOR_KEYS);
}

/* What cannot be read is not kept. */
static void
test_malformed(void)
{
	static const uint8_t digest[CCCD_SHA256_SIZE];
	CccdStoreSource source = {digest, count_opening, &trust};
	CccdBytes	cut = signer_ders[0];
	CccdSigner *signer = NULL;

	cut.length--;
	for (int k = 0; k < 2; k++)
	{
		int			before = openings;

		CHECK(cccd_signer_get(cut, &source, NULL, NULL, &signer) == CCCD_SIGNER_MALFORMED);
		CHECK(openings == before + 1 && signer == NULL);
	}
}

/* Every field that the trust value decides. */
static void
test_fields(void)
{
	CccdSigner *signer;
	CccdX509	certificate;
	CccdDerError error;
	size_t		offset;

	CHECK(cccd_x509_read(csca_der, &certificate, &error, &offset));
	trust = make_trust(csca_der, PKI_END);
	CHECK(!is_kept(1, &signer));
	CHECK(!signer->no_anchors && signer->chain.anchor == 0 &&
		  signer->anchor_count == 1);
	CHECK(memcmp(signer->anchors[0].fingerprint, pki_sha256(csca_der).data,
				 CCCD_SHA256_SIZE) == 0);
	CHECK_STR(signer->anchors[0].country, "VN");
	CHECK(signer->anchors[0].source == CCCD_TRUST_SOURCE_OPERATOR);
	CHECK(signer->anchors[0].flags == trust.store->anchors[0].flags);
	CHECK(!signer->anchors[0].time_invalid);
	CHECK(signer->anchors[0].not_before == certificate.not_before);
	CHECK(signer->anchors[0].not_after == certificate.not_after);
	CHECK(signer->anchors[0].not_before < signer->anchors[0].not_after);
	CHECK(!signer->revocation.revoked);
	/* anchors of another purpose are none */
	cccd_signer_forget_all();
	trust.store->anchors[0].purpose = CCCD_PURPOSE_TICKET;
	CHECK(!is_kept(1, &signer));
	CHECK(signer->no_anchors && signer->chain.anchor < 0);
	CHECK(signer->anchor_count == 0);
	trust.store->anchors[0].purpose = CCCD_PURPOSE_CHIP;
	free_trust(&trust);
}

/* The anchor that is valid at a time, to its ends; the first one if none is. */
static void
test_anchors(void)
{
	static CccdSigner signer;

	signer.anchor_count = 3;
	signer.anchors[0].not_before = 50;
	signer.anchors[0].not_after = 59;
	signer.anchors[1].not_before = 10;
	signer.anchors[1].not_after = 20;
	signer.anchors[2].not_before = 15;
	signer.anchors[2].not_after = 30;
	for (int64_t at = 5; at < 65; at++)
	{
		int			wanted = at >= 10 && at <= 20 ? 1 :
		at > 20 && at <= 30 ? 2 : 0;

		CHECK(cccd_signer_anchor(&signer, at) == &signer.anchors[wanted]);
		signer.anchors[1].time_invalid = true;
		CHECK(cccd_signer_anchor(&signer, at) ==
			  &signer.anchors[at >= 15 && at <= 30 ? 2 : 0]);
		signer.anchors[1].time_invalid = false;
		signer.anchor_count = 2;
		CHECK(cccd_signer_anchor(&signer, at) ==
			  &signer.anchors[at >= 10 && at <= 20]);
		signer.anchor_count = 3;
	}
}

/* What is said of a signer's key, with and without a message. */
static void
test_algorithms(void)
{
	static const char *const names[] = {"RSA 2048", "EC brainpoolP384r1"};
	static CccdChipResult result;
	CccdChipInput input;

	for (int k = 0; k < 2; k++)
	{
		memset(&input, 0, sizeof(input));
		input.sod = signer_ders[k];
		input.kind = CCCD_SOD_SIGNER;
		input.at = AT;
		input.trust.digest = trust.store->digest;
		input.trust.open = open_store;
		input.trust.argument = &trust;
		cccd_chip_verify_signer(&input, &work, &result);
		CHECK_STR(result.algorithm, names[k]);
		CHECK_STR(result.country_code, "VN");
		CHECK(result.has_signer && result.has_anchor && !result.time_invalid);
		CHECK(memcmp(result.anchor_fingerprint, pki_sha256(csca_der).data,
					 CCCD_SHA256_SIZE) == 0);
		CHECK(memcmp(result.signer_fingerprint,
					 pki_sha256(signer_ders[k]).data, CCCD_SHA256_SIZE) == 0);
	}
}

int
main(void)
{
	make_state();
	test_fields();
	trust = make_trust(csca_der, PKI_END);
	test_ways();
	test_malformed();
	test_anchors();
	test_algorithms();
	free_trust(&trust);
	CHECK(cccd_key_count() == 0);
	free_state();
	return finish();
}
