/*
 * memory_test.c
 *		What the cores that allocate do when there is no memory: at every place
 *		where they or OpenSSL for them ask for some, once and from then on.
 *
 * No crash, nothing lost, nothing forged taken for true, nothing true called
 * forged, and the next call answers as if nothing had been.
 *
 * MEMORY_STRIDE (97) is how many places are passed over after each that fails
 * while OpenSSL sets itself up, which takes a process for each; 1 tries all.
 *
 * link: -Wl,--wrap=calloc
 */
#include "chip_state.h"

#include "active_sign.h"
#include "memory_fail.h"

#include <sys/wait.h>
#include <unistd.h>

#include "chip/active_core.h"
#include "id/pseudonym_core.h"
#include "pki/signature_core.h"

static CccdBytes message;
static CccdBytes signature;
static CccdPublicKey numbers;

static Outcome
ask_signature(void)
{
	static const CccdAlgorithm pkcs1 = {.scheme = CCCD_SCHEME_RSA,
	.hash = CCCD_HASH_SHA256};
	uint8_t		digest[CCCD_HASH_SIZE];
	CccdKey    *key;
	CccdSignatureVerdict verdict;

	cccd_memory_forget();
	if (!cccd_hash_bytes(CCCD_HASH_SHA256, message, digest))
		return cccd_memory_ran_out() ? GAVE_UP : WRONG;
	key = cccd_key_make(&numbers);
	if (key == NULL)
		return cccd_memory_ran_out() ? GAVE_UP : WRONG;
	verdict = cccd_key_verify(key, &pkcs1, CCCD_HASH_SHA256, digest, signature);
	cccd_key_free(key);
	return verdict == CCCD_SIGNATURE_OK ? RIGHT :
		cccd_memory_ran_out() ? GAVE_UP : WRONG;
}

static Outcome
ask_pseudonym(void)
{
	static const unsigned char key[32] = "a key of the test's own";
	static unsigned char first[CCCD_PSEUDONYM_BYTES];
	static bool known;
	unsigned char out[CCCD_PSEUDONYM_BYTES];

	if (!cccd_pseudonym(1090876543, key, sizeof(key), out))
		return GAVE_UP;
	if (!known)
		memcpy(first, out, sizeof(out));
	known = true;
	return memcmp(first, out, sizeof(out)) == 0 ? RIGHT : WRONG;
}

/* Cards under a trust value that is opened anew: the keys are made again. */
static Trust trust;
static CccdBytes trust_value;
static PkiCard card;
static PkiCard false_card;

static Outcome
ask_card(const PkiCard *asked, bool good)
{
	const CccdChipResult *result;
	Outcome		outcome;

	cccd_memory_forget();
	if (!cccd_store_open(trust_value, trust.memory, &trust.store))
		return cccd_memory_ran_out() ? GAVE_UP : WRONG;
	result = verify_at(&trust, asked->sod, asked->groups, PKI_GROUPS,
					   CCCD_CHIP_POLICY_FIELD, AT);
	outcome = result->out_of_memory ? GAVE_UP :
		result->trusted == good ? RIGHT : WRONG;
	if (result->out_of_memory && result->trusted)
		outcome = WRONG;
	/* while the store is still the same, memory is there again */
	if (countdown < 0 && failed && outcome == GAVE_UP)
	{
		result = verify_at(&trust, asked->sod, asked->groups, PKI_GROUPS,
						   CCCD_CHIP_POLICY_FIELD, AT);
		if (result->out_of_memory || result->trusted != good)
			outcome = WRONG;
	}
	cccd_signer_forget_all();
	cccd_store_close(trust.store);
	return outcome;
}

static Outcome
ask_honest(void)
{
	return ask_card(&card, true);
}

static Outcome
ask_forged(void)
{
	return ask_card(&false_card, false);
}

/* Making a trust value: a link is an anchor where its anchor is there. */
static CccdBytes link_der;

static Outcome
ask_trust(void)
{
	static uint8_t value[64 * 1024];
	CccdTrustEntry entries[2];
	CccdX509	work[2];
	int			count;

	cccd_memory_forget();
	if (!cccd_trust_classify(csca_der, CCCD_PURPOSE_CHIP,
							 CCCD_TRUST_SOURCE_OPERATOR, &entries[0]) ||
		!cccd_trust_classify(link_der, CCCD_PURPOSE_CHIP,
							 CCCD_TRUST_SOURCE_OPERATOR, &entries[1]))
		return cccd_memory_ran_out() ? GAVE_UP : WRONG;
	count = cccd_trust_settle(entries, 2, work, NULL);
	if (!cccd_trust_write(entries, count, value) || cccd_memory_ran_out())
		return cccd_memory_ran_out() ? GAVE_UP : WRONG;
	return count == 2 && entries[0].kind == CCCD_TRUST_ANCHOR &&
		entries[1].kind == CCCD_TRUST_ANCHOR ? RIGHT : WRONG;
}

static const uint8_t challenge[8] = "8 bytes";
static ActiveBytes chip_keys[2];
static ActiveBytes chip_answers[2];

static Outcome
ask_chip(int k)
{
	CccdActiveInput input = {0};
	CccdActiveResult result;

	input.dg15 = (CccdBytes)
	{
		chip_keys[k].data, chip_keys[k].length
	};
	input.challenge = (CccdBytes)
	{
		challenge, sizeof(challenge)
	};
	input.response = (CccdBytes)
	{
		chip_answers[k].data, chip_answers[k].length
	};
	input.key_trusted = true;
	cccd_active_verify(&input, &result);
	return result.out_of_memory ? GAVE_UP :
		result.status == CCCD_STATUS_OK ? RIGHT : WRONG;
}

static Outcome
ask_rsa_chip(void)
{
	return ask_chip(0);
}

static Outcome
ask_ec_chip(void)
{
	return ask_chip(1);
}

/* The same while OpenSSL sets itself up, each in a process of its own. */
static void
exhaust_first_use(const char *name, Outcome (*ask) (void))
{
	const char *given = getenv("MEMORY_STRIDE");
	long		stride = given != NULL ? atol(given) : 97;
	long		places = 0;

	for (long k = 0;; k += stride)
	{
		int			status;
		pid_t		pid = fork();

		if (pid == 0)
		{
			Outcome		first;

			countdown = k;
			failed = false;
			first = ask();
			countdown = -1;
			if (!failed)
				_exit(3);
			/* what OpenSSL could not set up may stay so, and then it says so */
			_exit(first == WRONG || ask() == WRONG || ERR_peek_error() != 0);
		}
		CHECK(waitpid(pid, &status, 0) == pid);
		if (WIFEXITED(status) && WEXITSTATUS(status) == 3)
			break;
		if (status != 0)
			fprintf(stderr, "%s: allocation %ld of the first use: status %d\n",
					name, k, status);
		CHECK(status == 0);
		places++;
	}
	printf("%s: %ld failed allocations of the first use\n", name, places);
	CHECK(places > 0);
}

static void
prepare_signature(void)
{
	EVP_PKEY   *key = pki_key("RSA", false);
	static CccdDerDocument document;
	CccdBytes	info = pki_public_key(key);
	CccdDer		cursor = cccd_der_open(&document, info.data, info.length, false);

	message = pki_bytes("what was signed", 15);
	signature = pki_sign(key, message);
	CHECK(cccd_public_key_read(&cursor, &numbers));
	EVP_PKEY_free(key);
}

static void
prepare_cards(void)
{
	EVP_PKEY   *link_key = pki_key("prime256v1", false);
	PkiCertificate link = {"VN", "CSCA new", "CSCA test", 2, link_key,
	csca_key, true, false, NULL, NULL};
	PkiCertificate forger = {"VN", "DS 1", "CSCA test", 1001, link_key,
	link_key, false, false, NULL, NULL};

	link_der = pki_make_certificate(&link);
	card = pki_make_card(&signers[0], signer_ders[0], 100, NULL);
	/* a card that somebody signed with a key of his own */
	false_card = pki_make_card(&forger, pki_make_certificate(&forger), 100, NULL);
	trust = make_trust(csca_der, pki_make_crl("VN", "CSCA test", csca_key, 7),
					   PKI_END);
	trust_value.data = trust.value;
	trust_value.length = trust.length;
	cccd_store_close(trust.store);
	EVP_PKEY_free(link_key);
}

int
main(void)
{
	EVP_PKEY   *rsa;
	EVP_PKEY   *ec;

	if (!memory_begin())
		return 1;
	prepare_signature();
	exhaust_first_use("signature", ask_signature);
	exhaust_first_use("pseudonym", ask_pseudonym);
	exhaust("signature", ask_signature);
	exhaust("pseudonym", ask_pseudonym);
	make_state();
	prepare_cards();
	exhaust("trust value", ask_trust);
	exhaust("honest card", ask_honest);
	exhaust("forged card", ask_forged);
	rsa = EVP_RSA_gen(1024);
	ec = EVP_EC_gen("P-256");
	active_dg15(rsa, &chip_keys[0]);
	active_rsa_sign(rsa, "SHA256", 0x34, challenge, false, &chip_answers[0]);
	active_dg15(ec, &chip_keys[1]);
	active_ec_sign(ec, "SHA256", challenge, false, &chip_answers[1]);
	exhaust("chip with RSA", ask_rsa_chip);
	exhaust("chip with a curve", ask_ec_chip);
	EVP_PKEY_free(rsa);
	EVP_PKEY_free(ec);
	free(trust.memory);
	free(trust.value);
	free_state();
	return finish();
}
