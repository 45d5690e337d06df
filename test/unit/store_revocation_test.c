/*
 * store_revocation_test.c
 *		What the lists of a trust value say of a signer: which of them speak,
 *		and the earliest of what they say.
 */
#include "chip_state.h"

#include "base/calendar_core.h"

static const char *const months[] = {
	"260101000000Z", "260201000000Z", "260301000000Z", "260401000000Z",
	"260501000000Z", "260601000000Z", "260701000000Z", "260801000000Z",
	"260901000000Z", "261001000000Z", "261101000000Z"
};

#define MONTHS	11

static int64_t
month(int k)
{
	return cccd_days_from_civil(2026 + k / 12, 1 + k % 12, 1) * CCCD_DAY;
}

/* A list of a month; it revokes a serial number (or 0) as of another month. */
static CccdBytes
list_of(const char *issuer, EVP_PKEY *key, int serial, int since, int reason,
		int from, int number)
{
	char		enumerated[] = {0x0A, 1, (char) reason};
	CccdBytes	revoked = serial == 0 ? pki_bytes("", 0) :
	PKI_SEQ(PKI_SEQ(pki_integer(serial), pki_time(months[since]),
					PKI_SEQ(pki_extension(PKI_OID("\x55\x1D\x15"), false,
										  pki_bytes(enumerated, 3)))));
	CccdBytes	numbered = number < 0 ? pki_bytes("", 0) :
	pki_extension(PKI_OID("\x55\x1D\x14"), false, pki_integer(number));
	CccdBytes	authority = pki_extension(PKI_OID("\x55\x1D\x23"), false,
										  PKI_SEQ(PKI_TLV(CCCD_DER_CONTEXT(0),
														  pki_key_id(key))));
	CccdBytes	tbs = PKI_SEQ(pki_integer(1), pki_algorithm(key),
							  pki_name("VN", issuer), pki_time(months[from]),
							  pki_time("270101000000Z"), revoked,
							  PKI_TLV(CCCD_DER_EXPLICIT(0),
									  PKI_SEQ(authority, numbered)));

	return PKI_SEQ(tbs, pki_algorithm(key), pki_bits(pki_sign(key, tbs)));
}

static CccdRevocationState state;

/* What a trust value says of the first signer; the anchor is the first one. */
static void
ask(Trust t)
{
	CccdX509	certificate;
	CccdDerError error;
	size_t		offset;
	int			anchor = 0;

	CHECK(cccd_x509_read(signer_ders[0], &certificate, &error, &offset));
	while (!cccd_bytes_equal(t.store->anchors[anchor].certificate.whole,
							 csca_der))
		anchor++;
	memset(&state, 0xA5, sizeof(state));
	cccd_store_revocation(t.store, CCCD_PURPOSE_CHIP, &certificate, anchor, NULL,
						  &state);
	free_trust(&t);
}

#define LIST(serial, since, reason, from, number) \
	list_of("CSCA test", csca_key, serial, since, reason, from, number)

/* Nothing is said; then one list covers, and revokes, the signer. */
static void
test_one(void)
{
	ask(make_trust(csca_der, PKI_END));
	CHECK(!state.revoked && !state.csca_revoked && !state.by_country &&
		  !state.signature_invalid && !state.signature_unsupported &&
		  !state.issuer_unknown && !state.unsupported &&
		  !state.number_rollback && state.list_count == 0);
	ask(make_trust(csca_der, LIST(0, 0, 0, 2, 1), PKI_END));
	CHECK(!state.revoked && !state.csca_revoked && state.list_count == 1);
	CHECK(state.lists[0].this_update == month(2) &&
		  state.lists[0].has_next_update &&
		  state.lists[0].next_update == month(12));
	ask(make_trust(csca_der, LIST(1001, 1, 4, 2, 1), PKI_END));
	CHECK(state.revoked && state.revoked_at == month(1) && state.reason == 4);
	CHECK(!state.csca_revoked && state.list_count == 1);
	ask(make_trust(csca_der, LIST(1, 1, 2, 2, 1), PKI_END));
	CHECK(!state.revoked && state.csca_revoked &&
		  state.csca_revoked_at == month(1) && state.list_count == 1);
	ask(make_trust(csca_der, LIST(1000, 1, 2, 2, 1), PKI_END));
	CHECK(!state.revoked && !state.csca_revoked && state.list_count == 1);
}

/* Of two lists that revoke, the earlier time counts, in every order. */
static void
test_earliest(void)
{
	for (int one = 0; one < 4; one++)
		for (int other = 0; other < 4; other++)
		{
			int			earliest = one < other ? one : other;

			ask(make_trust(csca_der, LIST(1001, one, 1 + one, 4, 1),
						   LIST(1001, other, 1 + other, 5, 2), PKI_END));
			CHECK(state.revoked && state.revoked_at == month(earliest));
			CHECK(state.reason == 1 + earliest);
			CHECK(state.list_count == 2 && !state.number_rollback);
			ask(make_trust(csca_der, LIST(1, one, 1, 4, 1),
						   LIST(1, other, 1, 5, 2), PKI_END));
			CHECK(state.csca_revoked &&
				  state.csca_revoked_at == month(earliest));
			CHECK(!state.revoked);
		}
}

/*
 * The newest lists are asked first, as far as the effort goes, and whatever was
 * verified before: the answer is the same again.
 */
static void
test_effort(void)
{
	for (int attempts = 0; attempts <= 3; attempts++)
	{
		Trust		t = make_trust(csca_der, LIST(1001, 0, 1, 0, 1),
								   LIST(1001, 1, 1, 1, 2),
								   LIST(1001, 2, 1, 2, 3), PKI_END);
		CccdX509	certificate;
		CccdDerError error;
		size_t		offset;

		CHECK(cccd_x509_read(signer_ders[0], &certificate, &error, &offset));
		for (int again = 0; again < 2; again++)
		{
			CccdEffort	effort = {attempts, false, NULL};

			cccd_store_revocation(t.store, CCCD_PURPOSE_CHIP, &certificate, 0,
								  &effort, &state);
			CHECK(state.list_count == attempts);
			CHECK(state.exhausted == (attempts < 3));
			CHECK(effort.exhausted == (attempts < 3) && effort.attempts == 0);
			CHECK(state.revoked == (attempts > 0));
			/* of the newest ones the earliest time */
			CHECK(attempts == 0 || state.revoked_at == month(3 - attempts));
		}
		/* more of it goes on where it ended */
		cccd_store_revocation(t.store, CCCD_PURPOSE_CHIP, &certificate, 0,
							  NULL, &state);
		CHECK(state.list_count == 3 && !state.exhausted);
		free_trust(&t);
	}
}

/* A newer list with a lower number; without one of the numbers nothing falls. */
static void
test_numbers(void)
{
	static const int numbers[] = {-1, 0, 1, 2, 255, 256};

	for (int i = 0; i < 6; i++)
		for (int k = 0; k < 6; k++)
			for (int newer = 0; newer < 2; newer++)
			{
				int			a = numbers[i],
							b = numbers[k];

				ask(make_trust(csca_der, LIST(0, 0, 0, 3, a),
							   LIST(0, 0, 0, 3 + newer, b), PKI_END));
				CHECK(state.number_rollback ==
					  (newer && a >= 0 && b >= 0 && b < a));
			}
}

/* The newest lists are kept, so many of them. */
static void
test_newest(void)
{
	for (int skipped = 0; skipped < MONTHS; skipped++)
	{
		CccdBytes	lists[MONTHS];
		bool		has[MONTHS] = {false};
		int			count = 0;

		for (int k = 0; k < MONTHS; k++)
			if (k != skipped)
				lists[count++] = LIST(0, 0, 0, k, k);
		CHECK(count == CCCD_REVOCATION_LISTS + 2);
		ask(make_trust(csca_der, lists[0], lists[1], lists[2], lists[3],
					   lists[4], lists[5], lists[6], lists[7], lists[8],
					   lists[9], PKI_END));
		CHECK(state.list_count == CCCD_REVOCATION_LISTS);
		for (int k = 0; k < state.list_count; k++)
			for (int m = 0; m < MONTHS; m++)
				if (state.lists[k].this_update == month(m))
					has[m] = true;
		count = 0;
		for (int m = MONTHS - 1; m >= 0 && count < state.list_count; m--)
			if (m != skipped)
			{
				CHECK(has[m]);
				count++;
			}
	}
}

/* Lists that do not speak, each for its own reason. */
static void
test_silent(void)
{
	EVP_PKEY   *key = pki_key("prime256v1", false);
	PkiCertificate second = {"VN", "CSCA two", "CSCA two", 5, key, key, true,
	false, NULL, NULL};
	PkiChange	no_usage = {.usage = pki_extension(PKI_OID("\x55\x1D\x0F"), true,
												   PKI_LITERAL("\x03\x02\x02\x04"))};
	CccdBytes	second_der = pki_make_certificate(&second);
	Trust		t;

	/* another key's under the same name; of a CSCA that nobody knows */
	ask(make_trust(csca_der, list_of("CSCA test", key, 1001, 1, 1, 2, 1),
				   PKI_END));
	CHECK(!state.revoked && state.signature_invalid && !state.issuer_unknown &&
		  state.list_count == 0);
	ask(make_trust(csca_der, list_of("CSCA two", key, 1001, 1, 1, 2, 1),
				   PKI_END));
	CHECK(!state.revoked && !state.signature_invalid && state.issuer_unknown &&
		  state.list_count == 0);
	/* of a second CSCA of the state: its numbers are other ones */
	ask(make_trust(csca_der, second_der,
				   list_of("CSCA two", key, 1001, 1, 1, 2, 1), PKI_END));
	CHECK(!state.revoked && state.by_country && state.list_count == 0);
	ask(make_trust(csca_der, second_der,
				   list_of("CSCA two", key, 1, 1, 1, 2, 1), PKI_END));
	CHECK(!state.csca_revoked && !state.by_country && state.list_count == 0);
	/* an algorithm that is not known */
	ask(make_trust(csca_der, pki_unknown_algorithm(LIST(1001, 1, 1, 2, 1),
												   csca_key), PKI_END));
	CHECK(!state.revoked && state.signature_unsupported &&
		  !state.signature_invalid && state.list_count == 0);
	/* an anchor that may not sign lists does not */
	t = make_trust(pki_change_certificate(&csca, &no_usage),
				   LIST(1001, 1, 1, 2, 1), PKI_END);
	{
		CccdX509	certificate;
		CccdDerError error;
		size_t		offset;

		CHECK(cccd_x509_read(signer_ders[0], &certificate, &error, &offset));
		cccd_store_revocation(t.store, CCCD_PURPOSE_CHIP, &certificate, 0, NULL,
							  &state);
		CHECK(!state.revoked && state.issuer_unknown);
	}
	free_trust(&t);
	EVP_PKEY_free(key);
}

/* Keys are made when they are asked for, and freed once. */
static void
test_closed(void)
{
	Trust		t = make_trust(csca_der, LIST(0, 0, 0, 2, 1), PKI_END);
	int			before = cccd_key_count();

	CHECK(cccd_anchor_key(&t.store->anchors[0]) != NULL);
	CHECK(cccd_anchor_key(&t.store->anchors[0]) ==
		  cccd_anchor_key(&t.store->anchors[0]));
	CHECK(cccd_key_count() == before + 1);
	cccd_store_close(t.store);
	CHECK(cccd_key_count() == before);
	cccd_store_close(t.store);
	CHECK(cccd_key_count() == before);
	free_trust(&t);
}

int
main(void)
{
	make_state();
	test_one();
	test_earliest();
	test_effort();
	test_numbers();
	test_newest();
	test_silent();
	test_closed();
	free_state();
	return finish();
}
