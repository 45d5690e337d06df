/*
 * chip_effort_test.c
 *		What a hostile document costs: how many signatures are tried, what is
 *		not tried, and when the caller may stop.
 */
#include "chip_state.h"

#include <setjmp.h>

#define CROWD	8

static int	breaths;
static int	leave_at;
static jmp_buf outside;

static void
breathe(void)
{
	if (++breaths == leave_at)
		longjmp(outside, 1);
}

/* Verify an object; *spent are the signatures that were tried. */
static const CccdChipResult *
verify(Trust *t, CccdBytes sod, int *spent)
{
	static CccdChipResult result;
	CccdChipInput input;

	memset(&input, 0, sizeof(input));
	input.sod = sod;
	input.at = AT;
	input.policy = CCCD_CHIP_POLICY_FIELD;
	input.trust.digest = t->store->digest;
	input.trust.open = open_store;
	input.trust.argument = t;
	input.breathe = breathe;
	input.scratch = scratch;
	input.capacity = sizeof(scratch);
	input.kind = CCCD_SOD_DOCUMENT;
	breaths = 0;
	cccd_chip_verify(&input, &work, &result);
	*spent = CCCD_CHIP_ATTEMPTS - work.effort.attempts;
	CHECK(breaths > 0 &&
		  breaths <= *spent + CCCD_REVOCATION_ATTEMPTS - work.lists.attempts);
	return &result;
}

/* Signers of one state, each with a certificate of its own. */
static void
make_crowd(PkiCertificate *crowd, CccdBytes *ders, const PkiCertificate *like,
		   const PkiChange *change)
{
	for (int k = 0; k < CROWD; k++)
	{
		crowd[k] = *like;
		crowd[k].serial = 5000 + k;
		ders[k] = pki_change_certificate(&crowd[k], change);
	}
}

static bool
has(const CccdChipResult *result, int code)
{
	return cccd_report_has(&result->report, code);
}

/* Signers for whom a CSCA vouches: all are verified. */
static void
test_honest_crowd(Trust *t, const PkiCard *card)
{
	static const PkiChange same;
	static const PkiMessageChange plain;
	PkiCertificate crowd[CROWD];
	CccdBytes	ders[CROWD];
	const CccdChipResult *result;
	int			spent;

	make_crowd(crowd, ders, &signers[0], &same);
	result = verify(t, pki_make_crowd(card, crowd, ders, CROWD, &plain),
					&spent);
	CHECK(result->signature == CCCD_STATUS_OK);
	CHECK(result->chain == CCCD_STATUS_OK && result->vouched);
	CHECK(spent == 2 * CROWD);
	/* known by now: one signature each */
	result = verify(t, pki_make_crowd(card, crowd, ders, CROWD, &plain),
					&spent);
	CHECK(result->signature == CCCD_STATUS_OK && spent == CROWD);
}

/* Signers for whom nobody vouches. */
static void
test_strangers(Trust *t, const PkiCard *card)
{
	static const PkiMessageChange plain;
	PkiChange	change = {0};
	PkiCertificate stranger = signers[0];
	PkiCertificate crowd[CROWD];
	CccdBytes	ders[CROWD];
	const CccdChipResult *result;
	int			spent;

	stranger.issuer_key = signer_keys[0];
	make_crowd(crowd, ders, &stranger, &change);
	/* each names the CSCA, which did not sign; one own signature is tried */
	result = verify(t, pki_make_crowd(card, crowd, ders, CROWD, &plain),
					&spent);
	CHECK(result->signature == CCCD_STATUS_UNDETERMINED);
	CHECK(!result->vouched && !result->trusted);
	CHECK(spent == CROWD + 1);
	result = verify(t, pki_make_crowd(card, crowd, ders, 1, &plain), &spent);
	CHECK(result->signature == CCCD_STATUS_OK && !result->trusted);
	/* the longest key of which one signature is tried, and a longer one */
	for (int large = 0; large < 2; large++)
	{
		change.key_info = pki_rsa_info(4096 / 8 + large,
									   PKI_LITERAL("\x01\x00\x01"));
		make_crowd(crowd, ders, &stranger, &change);
		result = verify(t, pki_make_crowd(card, crowd, ders, 1, &plain),
						&spent);
		CHECK(result->signature == (large ? CCCD_STATUS_UNDETERMINED :
									CCCD_STATUS_FAILED));
		CHECK(has(result, CCCD_FINDING_signature_malformed) == !large);
		CHECK(spent == (large ? 1 : 1 + 4));
		CHECK(result->proof != CCCD_PROOF_SIGNED);
	}
}

/* What an attempt counts with a key of the state's, tried in two forms. */
#define EXPONENT(bytes)	(const uint8_t *) bytes, sizeof(bytes) - 1

static const struct
{
	size_t		octets;
	const uint8_t *exponent;
	size_t		exponent_length;
	int			cost;
}			sizes[] = {

	/* the unit; longer, a word too long, and of another exponent */
	{256, EXPONENT("\x01\x00\x01"), 1},
	{384, EXPONENT("\x01\x00\x01"), 3},
	{257, EXPONENT("\x01\x00\x01"), 3},
	{256, EXPONENT("\x01\x00\x03"), 1},
	{256, EXPONENT("\x03\x00\x01"), 2},
	{512, EXPONENT("\x01\x00\x01"), 4},
	{512, EXPONENT("\x00\xFF\xFF\xFF\xFF"), 8},
	{1024, EXPONENT("\x03"), 2},
	{1024, EXPONENT("\x01\x00\x01"), 16}
};

/* A large key costs more, whoever vouches for it. */
static void
test_key_sizes(Trust *t, const PkiCard *card)
{
	uint8_t		zeros[CCCD_RSA_BITS_MAX / 8] = {0};

	for (size_t k = 0; k < sizeof(sizes) / sizeof(sizes[0]); k++)
	{
		PkiMessageChange wrong = {.signature = {NULL, 0}};
		PkiChange	change = {.key_info = {NULL, 0}};
		PkiCertificate crowd[CROWD];
		CccdBytes	ders[CROWD];
		const CccdChipResult *result;
		int			spent;

		wrong.signature = PKI_TLV(CCCD_DER_OCTET_STRING,
								  pki_bytes(zeros, sizes[k].octets));
		change.key_info = pki_rsa_info(sizes[k].octets,
									   pki_bytes(sizes[k].exponent,
												 sizes[k].exponent_length));
		make_crowd(crowd, ders, &signers[0], &change);
		result = verify(t, pki_make_crowd(card, crowd, ders, 1, &wrong),
						&spent);
		CHECK(result->vouched);
		CHECK(has(result, CCCD_FINDING_signature_invalid));
		CHECK(spent == 1 + 2 * sizes[k].cost);
	}
}

/* One signature of the dearest key is tried, of a dearer one none. */
static void
test_dearest_key(Trust *t, const PkiCard *card)
{
	for (int odd = 0; odd < 2; odd++)
	{
		PkiChange	change = {.key_info = {NULL, 0}};
		PkiMessageChange message = {.signature = {NULL, 0}};
		PkiCertificate crowd[CROWD];
		CccdBytes	ders[CROWD];
		size_t		octets = CCCD_RSA_BITS_MAX / 8 - (size_t) odd * 64 + odd;
		uint8_t		zeros[CCCD_RSA_BITS_MAX / 8] = {0};
		const CccdChipResult *result;
		int			spent;

		message.signature = PKI_TLV(CCCD_DER_OCTET_STRING,
									pki_bytes(zeros, octets));
		change.key_info = pki_rsa_info(octets,
									   PKI_LITERAL("\x00\xFF\xFF\xFF\xFF"));
		make_crowd(crowd, ders, &signers[0], &change);
		result = verify(t, pki_make_crowd(card, crowd, ders, 1, &message),
						&spent);
		CHECK(has(result, CCCD_FINDING_attempts_exhausted));
		CHECK(result->signature == CCCD_STATUS_UNDETERMINED);
		/* an honest one would have needed one attempt only */
		CHECK(breaths == (odd ? 1 : 2));
	}
}

/* Eight of them together do not cost more than the limit. */
static void
test_dear_keys(Trust *t, const PkiCard *card)
{
	PkiMessageChange wrong = {.signature = {NULL, 0}};
	PkiChange	change = {.key_info = {NULL, 0}};
	PkiCertificate crowd[CROWD];
	CccdBytes	ders[CROWD];
	const CccdChipResult *result;
	uint8_t		zeros[CCCD_RSA_BITS_MAX / 8] = {0};
	int			spent;

	wrong.signature = PKI_TLV(CCCD_DER_OCTET_STRING,
							  pki_bytes(zeros, sizeof(zeros)));
	change.key_info = pki_rsa_info(sizeof(zeros), PKI_LITERAL("\x01\x00\x01"));
	make_crowd(crowd, ders, &signers[0], &change);
	result = verify(t, pki_make_crowd(card, crowd, ders, CROWD, &wrong),
					&spent);
	CHECK(has(result, CCCD_FINDING_attempts_exhausted));
	CHECK(result->proof == CCCD_PROOF_NONE);
	CHECK(spent == CCCD_CHIP_ATTEMPTS);
}

/* A signer that names nobody is compared with all of its state, up to the limit. */
static void
test_many_anchors(const PkiCard *card)
{
	static const PkiMessageChange plain;
	static const PkiChange same;
	Trust		t;
	PkiCertificate others[11];
	PkiCertificate unknown = signers[0];
	PkiCertificate crowd[CROWD];
	CccdBytes	ders[CROWD];
	CccdBytes	csca_ders[11];
	EVP_PKEY   *key = pki_key("RSA", false);
	const CccdChipResult *result;
	int			spent;

	for (int k = 0; k < 11; k++)
	{
		others[k] = (PkiCertificate)
		{
			"VN", "CSCA other", "CSCA other", 100 + k, key, key, true, false,
				NULL, NULL
		};
		csca_ders[k] = pki_make_certificate(&others[k]);
	}
	t = make_trust(csca_der, csca_ders[0], csca_ders[1], csca_ders[2],
				   csca_ders[3], csca_ders[4], csca_ders[5], csca_ders[6],
				   csca_ders[7], csca_ders[8], csca_ders[9], csca_ders[10],
				   PKI_END);
	unknown.issuer = "CSCA gone";
	unknown.issuer_key = signer_keys[0];
	make_crowd(crowd, ders, &unknown, &same);
	result = verify(&t, pki_make_crowd(card, crowd, ders, CROWD, &plain),
					&spent);
	CHECK(spent == CCCD_CHIP_ATTEMPTS && work.effort.exhausted);
	CHECK(has(result, CCCD_FINDING_csca_not_found));
	CHECK(has(result, CCCD_FINDING_attempts_exhausted));
	CHECK(result->chain == CCCD_STATUS_UNDETERMINED);
	CHECK(result->proof == CCCD_PROOF_NONE);
	/* two signers are within it, three are not: 12 anchors each, and one own */
	result = verify(&t, pki_make_crowd(card, crowd, ders, 2, &plain), &spent);
	CHECK(!has(result, CCCD_FINDING_attempts_exhausted));
	cccd_signer_forget_all();
	result = verify(&t, pki_make_crowd(card, crowd, ders, 2, &plain), &spent);
	CHECK(!has(result, CCCD_FINDING_attempts_exhausted) && spent == 25);
	cccd_signer_forget_all();
	result = verify(&t, pki_make_crowd(card, crowd, ders, 3, &plain), &spent);
	CHECK(has(result, CCCD_FINDING_attempts_exhausted));

	/* an honest signer behind them is not judged, and not remembered so */
	crowd[7] = signers[1];
	ders[7] = signer_ders[1];
	cccd_signer_forget_all();
	result = verify(&t, pki_make_crowd(card, crowd, ders, CROWD, &plain),
					&spent);
	CHECK(!result->vouched && spent == CCCD_CHIP_ATTEMPTS);
	result = verify(&t, pki_make_crowd(card, crowd + 7, ders + 7, 1, &plain),
					&spent);
	CHECK(result->vouched && result->chain == CCCD_STATUS_OK);
	CHECK(result->signature == CCCD_STATUS_OK);
	free_trust(&t);
	EVP_PKEY_free(key);
}

/* Lists that none of many anchors signed: an effort of their own. */
static void
test_many_lists(const PkiCard *card)
{
	static const PkiChange same;
	static const PkiMessageChange plain;
	EVP_PKEY   *key = pki_key("RSA", false);
	EVP_PKEY   *nobody = pki_key("RSA", false);
	PkiCertificate crowd[CROWD];
	CccdBytes	ders[CROWD];
	CccdBytes	anchors[8];
	CccdBytes	lists[9];

	anchors[0] = csca_der;
	for (int k = 1; k < 8; k++)
	{
		PkiCertificate other = {"VN", "CSCA other", "CSCA other", 100 + k, key,
		key, true, false, NULL, NULL};

		anchors[k] = pki_make_certificate(&other);
	}
	for (int k = 0; k < 9; k++)
		lists[k] = pki_make_crl("VN", "CSCA gone", nobody, 70 + k);
	make_crowd(crowd, ders, &signers[0], &same);
	/* 64 signatures are tried, no 65th */
	for (int more = 0; more < 2; more++)
	{
		Trust		t = make_trust(anchors[0], anchors[1], anchors[2],
								   anchors[3], anchors[4], anchors[5],
								   anchors[6], anchors[7], lists[0], lists[1],
								   lists[2], lists[3], lists[4], lists[5],
								   lists[6], lists[7],
								   more ? lists[8] : PKI_END, PKI_END);

		for (int again = 0; again < 2; again++)
		{
			const CccdChipResult *result;
			int			spent;

			result = verify(&t, pki_make_crowd(card, crowd, ders, 1, &plain),
							&spent);
			CHECK(result->chain == CCCD_STATUS_OK &&
				  result->signature == CCCD_STATUS_OK);
			CHECK(result->revocation == CCCD_STATUS_UNDETERMINED);
			CHECK(has(result, CCCD_FINDING_crl_attempts_exhausted) == more);
			CHECK(has(result, CCCD_FINDING_crl_issuer_unknown) == !more);
			CHECK(result->revocation_weak == more);
			CHECK(work.lists.exhausted == more);
			CHECK(work.lists.attempts == (again && !more ?
										  CCCD_REVOCATION_ATTEMPTS : 0));
		}
		free_trust(&t);
	}
	EVP_PKEY_free(key);
	EVP_PKEY_free(nobody);
}

/* Leaving at any signature loses nothing and spoils nothing. */
static void
test_leaving(Trust *t, const PkiCard *card)
{
	static const PkiChange same;
	static const PkiMessageChange plain;
	PkiCertificate crowd[CROWD];
	CccdBytes	ders[CROWD];
	CccdBytes	sod;
	int			spent;

	make_crowd(crowd, ders, &signers[0], &same);
	sod = pki_make_crowd(card, crowd, ders, CROWD, &plain);
	for (volatile int at = 1; at <= 2 * CROWD; at++)
	{
		volatile bool left = true;

		cccd_signer_forget_all();
		leave_at = at;
		if (setjmp(outside) == 0)
		{
			(void) verify(t, sod, &spent);
			left = false;
		}
		leave_at = 0;
		CHECK(left && breaths == at);
		CHECK(verify(t, sod, &spent)->signature == CCCD_STATUS_OK);
		CHECK(work.effort.attempts < CCCD_CHIP_ATTEMPTS - CROWD + 1);
	}
}

int
main(void)
{
	Trust		t;
	PkiCard		card;

	make_state();
	card = pki_make_card(&signers[0], signer_ders[0], 100, NULL);
	t = make_trust(csca_der, PKI_END);
	test_honest_crowd(&t, &card);
	test_strangers(&t, &card);
	test_key_sizes(&t, &card);
	test_dearest_key(&t, &card);
	test_dear_keys(&t, &card);
	test_leaving(&t, &card);
	free_trust(&t);
	test_many_anchors(&card);
	test_many_lists(&card);
	CHECK(cccd_key_count() == 0);
	free_state();
	return finish();
}
