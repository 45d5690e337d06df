/*
 * shc_verify_test.c
 *		Verifying SMART Health Cards: whose key it is, times, revocation,
 *		policies, and a great many forgeries.
 */
#include "unit.h"

#include "shc_make.h"

#include <openssl/err.h>

#include "shc/shc_verify_core.h"

#define AT		INT64_C(825638400000000)	/* 2026-03-01 */
#define DAY		INT64_C(86400000000)
#define ENTRIES	8

#define OTHER	"https://other.example/shc"

#define PAYLOAD_AS(issuer, times, more) \
	SHC_PAYLOAD_AS(issuer, times, \
				   SHC_CLAIM_AS("https://smarthealth.cards#health-card", \
								"4.0.1", more, \
								SHC_BUNDLE(SHC_PERSON, SHC_TWO_DOSES)))
#define PAYLOAD	PAYLOAD_AS(SHC_ISSUER, ",\"nbf\":1767225600", \
						   ",\"rid\":\"R1\"")

static CccdShcWork work;
static CccdShcResult result;
static EVP_PKEY *key;
static EVP_PKEY *other_key;
static EVP_PKEY *rsa;
static ShcMake make;

static CccdTrustEntry entries[ENTRIES];
static int	entry_count;

/* A key of a list. */
static void
add_key_of(EVP_PKEY *of, CccdBytes kid, const char *issuer, uint8_t usages,
		   int purpose)
{
	CccdKeyEntry entry;
	CccdKeyEntry again;
	CccdBytes	bytes;

	memset(&entry, 0, sizeof(entry));
	entry.kid = kid;
	entry.usages = usages;
	entry.content = pki_public_key(of);
	entry.issuer = pki_bytes(issuer, strlen(issuer));
	bytes.length = cccd_key_entry_size(&entry);
	bytes.data = pki_alloc(bytes.length);
	CHECK(cccd_key_entry_write(&entry, (uint8_t *) bytes.data) ==
		  bytes.length);
	CHECK(cccd_key_entry_read(bytes, &again) &&
		  cccd_bytes_equal(again.issuer, entry.issuer));
	CHECK(cccd_trust_entry_of(bytes, CCCD_TRUST_KEY, purpose,
							  CCCD_TRUST_SOURCE_JSON,
							  &entries[entry_count++]));
}

static void
add_key(EVP_PKEY *of, const char *issuer)
{
	add_key_of(of, shc_kid(of), issuer, 0, CCCD_PURPOSE_HEALTH_CERTIFICATE);
}

static void
add_revoked(CccdRevokedScope scope, CccdBytes kid, CccdBytes item)
{
	CccdRevokedEntry entry;
	CccdBytes	bytes;

	memset(&entry, 0, sizeof(entry));
	entry.scope = scope;
	entry.kid = kid;
	entry.width = cccd_revoked_width(scope);
	entry.items.data = item.data;
	entry.items.length = (size_t) entry.width;
	bytes.length = cccd_revoked_entry_size(&entry);
	bytes.data = pki_alloc(bytes.length);
	cccd_revoked_entry_write(&entry, (uint8_t *) bytes.data);
	CHECK(cccd_trust_entry_of(bytes, CCCD_TRUST_REVOKED,
							  CCCD_PURPOSE_HEALTH_CERTIFICATE,
							  CCCD_TRUST_SOURCE_OPERATOR,
							  &entries[entry_count++]));
}

static CccdTrustStore *
open_entries(void)
{
	static CccdX509 room[ENTRIES];
	CccdTrustStore *store;
	CccdBytes	value;
	uint8_t    *bytes;

	entry_count = cccd_trust_settle(entries, entry_count, room, NULL);
	value.length = cccd_trust_size(entries, entry_count);
	value.data = bytes = pki_alloc(value.length);
	CHECK(cccd_trust_write(entries, entry_count, bytes));
	CHECK(cccd_trust_valid(value));
	CHECK(cccd_store_open(value, pki_alloc(cccd_store_size(value)), &store));
	entry_count = 0;
	return store;
}

/* Verify a card with the entries that were added. */
static const CccdShcResult *
verify_at(const ShcMake *card, int64_t at, CccdHcertPolicy policy)
{
	CccdTrustStore *store = open_entries();
	CccdBytes	scan = shc_scan(card);
	int			attempts = CCCD_KEY_ATTEMPTS;

	cccd_shc_verify_within((const char *) scan.data, scan.length, store, at,
						   policy, &attempts, &work, &result);
	CHECK(ERR_peek_error() == 0);
	cccd_store_close(store);
	return &result;
}

static const CccdShcResult *
verify(const ShcMake *card, CccdHcertPolicy policy)
{
	return verify_at(card, AT, policy);
}

/* With the one key that made it. */
static const CccdShcResult *
verify_payload(const char *payload, int64_t at, CccdHcertPolicy policy)
{
	ShcMake		card = make;

	card.payload = payload;
	add_key(key, SHC_ISSUER);
	return verify_at(&card, at, policy);
}

static bool
has(int code)
{
	return cccd_report_has(&result.shc.report, code);
}

static void
test_honest(void)
{
	CccdBytes	token = shc_token(&make);
	CccdTrustStore *store;
	int			attempts = 3;

	add_key(key, SHC_ISSUER);
	CHECK(verify(&make, CCCD_HCERT_FIELD)->verdict.valid);
	CHECK(result.verdict.key == CCCD_STATUS_OK && result.verdict.country == CCCD_STATUS_OK);
	CHECK(result.verdict.revocation == CCCD_STATUS_NOT_PERFORMED);
	CHECK(has(CCCD_FINDING_revocation_missing) &&
		  has(CCCD_FINDING_key_validity_unknown));
	CHECK(result.verdict.has_signer && result.verdict.signer_country[0] == '\0' &&
		  !result.verdict.has_signer_validity && result.verdict.has_digest);
	/* strict wants a revocation list to have been asked */
	add_key(key, SHC_ISSUER);
	CHECK(!verify(&make, CCCD_HCERT_STRICT)->verdict.valid);
	CHECK(result.verdict.revocation == CCCD_STATUS_UNDETERMINED);
	add_key(key, SHC_ISSUER);
	add_revoked(CCCD_REVOKED_KEY, make.packed, pki_sha256(PKI_LITERAL("x")));
	CHECK(verify(&make, CCCD_HCERT_STRICT)->verdict.valid);
	CHECK(result.verdict.revocation == CCCD_STATUS_OK);
	/* a token without digits, and the budget of keys */
	add_key(key, SHC_ISSUER);
	store = open_entries();
	cccd_shc_verify_token((const char *) token.data, token.length, store, AT,
						  CCCD_HCERT_FIELD, &attempts, &work, &result);
	CHECK(result.verdict.valid && attempts == 2);
	attempts = 0;
	cccd_shc_verify_token((const char *) token.data, token.length, store, AT,
						  CCCD_HCERT_FIELD, &attempts, &work, &result);
	/* then the payload is not worth reading either */
	CHECK(!result.verdict.valid && has(CCCD_FINDING_attempts_exhausted));
	CHECK(result.shc.inflate == CCCD_STATUS_NOT_PERFORMED && attempts == 0);
	CHECK(result.verdict.key == CCCD_STATUS_NOT_PERFORMED &&
		  result.shc.jws == CCCD_STATUS_OK);
	CHECK(result.verdict.validity == CCCD_STATUS_NOT_PERFORMED &&
		  result.verdict.revocation == CCCD_STATUS_NOT_PERFORMED);
	CHECK(!has(CCCD_FINDING_revocation_missing));
	cccd_store_close(store);
}

/* A payload of many bytes is an attempt as well. */
static void
test_dear_payload(void)
{
	static char payload[CCCD_SHC_PAYLOAD_DEAR + 2];
	ShcMake		card = make;

	memset(payload, ' ', sizeof(payload) - 1);
	memcpy(payload, make.payload, strlen(make.payload));
	card.payload = payload;
	for (int over = 1; over >= 0; over--)
	{
		CccdBytes	token;
		CccdTrustStore *store;
		int			attempts = 2;

		payload[CCCD_SHC_PAYLOAD_DEAR + over] = '\0';
		token = shc_token(&card);
		add_key(key, SHC_ISSUER);
		store = open_entries();
		cccd_shc_verify_token((const char *) token.data, token.length, store,
							  AT, CCCD_HCERT_FIELD, &attempts, &work, &result);
		CHECK(result.verdict.valid && attempts == 1 - over);
		/* the last attempt is the payload's, and none is left for the key */
		attempts = 1;
		cccd_shc_verify_token((const char *) token.data, token.length, store,
							  AT, CCCD_HCERT_FIELD, &attempts, &work, &result);
		CHECK(result.verdict.valid == !over && attempts == 0);
		CHECK(has(CCCD_FINDING_attempts_exhausted) == over);
		cccd_store_close(store);
	}
}

/* A key vouches for its own issuer, under every policy. */
static void
test_issuer(void)
{
	for (int policy = CCCD_HCERT_STRICT; policy <= CCCD_HCERT_FIELD; policy++)
	{
		add_key(key, OTHER);
		add_revoked(CCCD_REVOKED_KEY, make.packed,
					pki_sha256(PKI_LITERAL("x")));
		CHECK(!verify(&make, (CccdHcertPolicy) policy)->verdict.valid);
		CHECK(result.verdict.signature == CCCD_STATUS_OK &&
			  result.verdict.country == CCCD_STATUS_FAILED);
		CHECK(has(CCCD_FINDING_issuer_mismatch));
		/* a key of no issuer, as lists of other certificates have */
		add_key(key, "");
		CHECK(!verify(&make, (CccdHcertPolicy) policy)->verdict.valid);
		CHECK(result.verdict.country == CCCD_STATUS_UNDETERMINED);
		CHECK(has(CCCD_FINDING_signer_issuer_missing));
		/* the longer or shorter URL of another issuer */
		add_key(key, SHC_ISSUER "/a");
		CHECK(!verify(&make, (CccdHcertPolicy) policy)->verdict.valid);
		add_key(key, "https://health.example");
		CHECK(!verify(&make, (CccdHcertPolicy) policy)->verdict.valid);
	}
	/* two issuers have this key: the card's is found */
	add_key(key, OTHER);
	add_key(key, SHC_ISSUER);
	add_key(key, "");
	CHECK(verify(&make, CCCD_HCERT_FIELD)->verdict.valid);
}

static void
test_keys(void)
{
	ShcMake		card = make;

	CHECK(!verify(&make, CCCD_HCERT_FIELD)->verdict.valid);
	CHECK(has(CCCD_FINDING_trust_store_empty) &&
		  result.verdict.key == CCCD_STATUS_UNDETERMINED);
	add_key(other_key, SHC_ISSUER);
	CHECK(!verify(&make, CCCD_HCERT_FIELD)->verdict.valid);
	CHECK(has(CCCD_FINDING_key_not_in_trust));
	/* another key under this one's identifier proves nothing */
	add_key_of(other_key, shc_kid(key), SHC_ISSUER, 0,
			   CCCD_PURPOSE_HEALTH_CERTIFICATE);
	CHECK(!verify(&make, CCCD_HCERT_FIELD)->verdict.valid);
	CHECK(has(CCCD_FINDING_key_not_in_trust) &&
		  result.verdict.key == CCCD_STATUS_UNDETERMINED &&
		  result.verdict.signature == CCCD_STATUS_NOT_PERFORMED);
	/* the key itself does, if it is the issuer's */
	card.header = shc_header(key);
	card.key = other_key;
	add_key(key, SHC_ISSUER);
	CHECK(!verify(&card, CCCD_HCERT_FIELD)->verdict.valid);
	CHECK(has(CCCD_FINDING_signature_invalid) &&
		  result.verdict.key == CCCD_STATUS_OK &&
		  result.verdict.signature == CCCD_STATUS_FAILED);
	add_key(key, OTHER);
	CHECK(!verify(&card, CCCD_HCERT_FIELD)->verdict.valid);
	CHECK(has(CCCD_FINDING_key_not_in_trust) &&
		  result.verdict.signature == CCCD_STATUS_NOT_PERFORMED);
	card = make;
	add_key_of(rsa, shc_kid(key), SHC_ISSUER, 0,
			   CCCD_PURPOSE_HEALTH_CERTIFICATE);
	CHECK(!verify(&make, CCCD_HCERT_FIELD)->verdict.valid);
	CHECK(has(CCCD_FINDING_key_type_unsuitable));
	/* the key under an identifier that is not its thumbprint */
	card.header = "{\"zip\":\"DEF\",\"alg\":\"ES256\","
		"\"kid\":\"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\"}";
	for (int policy = CCCD_HCERT_STRICT; policy <= CCCD_HCERT_FIELD; policy++)
	{
		static const uint8_t zeros[32];

		add_key_of(key, pki_bytes(zeros, 32), SHC_ISSUER, 0,
				   CCCD_PURPOSE_HEALTH_CERTIFICATE);
		add_revoked(CCCD_REVOKED_KEY, make.packed,
					pki_sha256(PKI_LITERAL("x")));
		CHECK(verify(&card, (CccdHcertPolicy) policy)->verdict.valid ==
			  (policy == CCCD_HCERT_FIELD));
		CHECK(has(CCCD_FINDING_kid_not_thumbprint));
	}
	/* a signature in the form of certificates is none of this algorithm */
	card = make;
	card.der_signature = true;
	add_key(key, SHC_ISSUER);
	CHECK(!verify(&card, CCCD_HCERT_FIELD)->verdict.valid);
	CHECK(has(CCCD_FINDING_signature_malformed) &&
		  result.verdict.key == CCCD_STATUS_OK &&
		  result.verdict.signature == CCCD_STATUS_UNDETERMINED);
	/* kinds that the key may sign */
	add_key_of(key, shc_kid(key), SHC_ISSUER, CCCD_KEY_TEST,
			   CCCD_PURPOSE_HEALTH_CERTIFICATE);
	CHECK(!verify(&make, CCCD_HCERT_FIELD)->verdict.valid);
	CHECK(has(CCCD_FINDING_key_usage_not_allowed));
	add_key_of(key, shc_kid(key), SHC_ISSUER, CCCD_KEY_VACCINATION,
			   CCCD_PURPOSE_HEALTH_CERTIFICATE);
	CHECK(verify(&make, CCCD_HCERT_FIELD)->verdict.valid);
	/* keys of test systems */
	add_key_of(key, shc_kid(key), SHC_ISSUER, 0, CCCD_PURPOSE_HEALTH_TEST);
	CHECK(verify(&make, CCCD_HCERT_FOR_TEST)->verdict.valid);
	CHECK(has(CCCD_FINDING_test_key));
	add_key_of(key, shc_kid(key), SHC_ISSUER, 0, CCCD_PURPOSE_HEALTH_TEST);
	CHECK(!verify(&make, CCCD_HCERT_FIELD)->verdict.valid);
	add_key_of(key, shc_kid(key), SHC_ISSUER, 0, CCCD_PURPOSE_HEALTH_TEST);
	add_key(key, SHC_ISSUER);
	CHECK(!verify(&make, CCCD_HCERT_FIELD)->verdict.valid);
	CHECK(has(CCCD_FINDING_key_is_test));
}

static void
test_times(void)
{
	const int64_t issued = INT64_C(820540800000000);
	const int64_t expires = INT64_C(883612800000000);
	const char *payload = PAYLOAD_AS(SHC_ISSUER, ",\"nbf\":1767225600,"
									 "\"exp\":1830297600", "");

	CHECK(verify_payload(payload, issued, CCCD_HCERT_FIELD)->verdict.valid);
	CHECK(!verify_payload(payload, issued - 1, CCCD_HCERT_FIELD)->verdict.valid);
	CHECK(has(CCCD_FINDING_not_yet_valid));
	CHECK(verify_payload(payload, expires, CCCD_HCERT_FIELD)->verdict.valid);
	CHECK(!verify_payload(payload, expires + 1, CCCD_HCERT_FIELD)->verdict.valid);
	CHECK(has(CCCD_FINDING_expired));
	/* a card need not expire, but says since when it holds */
	CHECK(verify_payload(PAYLOAD, expires + 3650 * DAY,
						 CCCD_HCERT_FIELD)->verdict.valid);
	CHECK(!verify_payload(PAYLOAD_AS(SHC_ISSUER, "", ""), AT,
						  CCCD_HCERT_FIELD)->verdict.valid);
	CHECK(has(CCCD_FINDING_issued_missing) &&
		  result.verdict.validity == CCCD_STATUS_UNDETERMINED);
}

static void
test_revocation(void)
{
	CccdBytes	none = {NULL, 0};
	CccdBytes	kid = shc_kid(key);
	CccdBytes	rid = pki_sha256(PKI_LITERAL("R1"));

	add_key(key, SHC_ISSUER);
	add_revoked(CCCD_REVOKED_UCI, kid, rid);
	CHECK(!verify(&make, CCCD_HCERT_FIELD)->verdict.valid);
	CHECK(has(CCCD_FINDING_revoked_identifier));
	add_key(key, SHC_ISSUER);
	add_revoked(CCCD_REVOKED_UCI, none, rid);
	CHECK(!verify(&make, CCCD_HCERT_FIELD)->verdict.valid);
	/* of another key, and of another card */
	add_key(key, SHC_ISSUER);
	add_revoked(CCCD_REVOKED_UCI, shc_kid(other_key), rid);
	CHECK(verify(&make, CCCD_HCERT_FIELD)->verdict.valid);
	add_key(key, SHC_ISSUER);
	add_revoked(CCCD_REVOKED_UCI, kid, pki_sha256(PKI_LITERAL("R2")));
	CHECK(verify(&make, CCCD_HCERT_FIELD)->verdict.valid);
	CHECK(result.verdict.revocation == CCCD_STATUS_OK);
	/* the key */
	add_key(key, SHC_ISSUER);
	add_revoked(CCCD_REVOKED_KEY, none, kid);
	CHECK(!verify(&make, CCCD_HCERT_FIELD)->verdict.valid);
	CHECK(has(CCCD_FINDING_revoked_key));
	/* the signature, by its first half */
	{
		CccdBytes	scan = shc_scan(&make);
		CccdTrustStore *store;
		CccdBytes	half;
		int			attempts = 1;

		cccd_shc_read((const char *) scan.data, scan.length, true, &work,
					  &result.shc);
		half = pki_bytes(result.shc.signature.data, 32);
		add_key(key, SHC_ISSUER);
		add_revoked(CCCD_REVOKED_SIGNATURE, none, pki_sha256(half));
		store = open_entries();
		cccd_shc_verify_within((const char *) scan.data, scan.length, store,
							   AT, CCCD_HCERT_FIELD, &attempts, &work,
							   &result);
		CHECK(!result.verdict.valid && has(CCCD_FINDING_revoked_signature));
		cccd_store_close(store);
	}
}

/* Parts of two cards put together are not a card that somebody forged. */
static void
test_parts(void)
{
	ShcMake		other = make;
	CccdBytes	ours = shc_token(&make);
	CccdBytes	theirs;
	char	   *text = pki_alloc(4 * ours.length + 128);
	char	   *out;
	CccdTrustStore *store;
	int			attempts = 2;

	/* the same claims: one signature is not the other one */
	other.key = key;
	theirs = shc_token(&other);
	CHECK(theirs.length == ours.length);
	add_key(key, SHC_ISSUER);
	store = open_entries();
	out = shc_digits(text, ours.data, ours.length - 60, 1, 2);
	*out++ = ' ';
	out = shc_digits(out, ours.data + ours.length - 60, 60, 2, 2);
	cccd_shc_verify_within(text, (size_t) (out - text), store, AT,
						   CCCD_HCERT_FIELD, &attempts, &work, &result);
	CHECK(result.verdict.valid && result.shc.parts == 2);
	out = shc_digits(text, ours.data, ours.length - 60, 1, 2);
	*out++ = ' ';
	out = shc_digits(out, theirs.data + ours.length - 60, 60, 2, 2);
	cccd_shc_verify_within(text, (size_t) (out - text), store, AT,
						   CCCD_HCERT_FIELD, &attempts, &work, &result);
	CHECK(!result.verdict.valid && has(CCCD_FINDING_signature_invalid) &&
		  result.verdict.signature == CCCD_STATUS_UNDETERMINED);
	cccd_store_close(store);
}

/* The example of RFC 7638 is of RSA; of P-256 none is there to compare. */
static void
test_thumbprint(void)
{
	CccdKeyEntry entry;
	CccdDerDocument document;
	CccdBytes	info = pki_public_key(key);
	CccdBytes	kid = shc_kid(key);
	CccdDer		cursor = cccd_der_open(&document, info.data, info.length,
									   false);
	uint8_t		digest[CCCD_HASH_SIZE];

	CHECK(cccd_public_key_read(&cursor, &entry.key));
	CHECK(cccd_jwk_thumbprint(&entry.key, digest) &&
		  memcmp(digest, kid.data, 32) == 0);
	info = pki_public_key(rsa);
	cursor = cccd_der_open(&document, info.data, info.length, false);
	CHECK(cccd_public_key_read(&cursor, &entry.key));
	CHECK(!cccd_jwk_thumbprint(&entry.key, digest));
}

/* The issuer of an entry: the longest, a longer one, one that is not UTF-8. */
static void
test_entry(void)
{
	CccdKeyEntry entry;
	CccdKeyEntry again;
	char		url[CCCD_KEY_ISSUER_MAX + 2];
	uint8_t		out[2048];
	CccdBytes	bytes = {out, 0};

	memset(&entry, 0, sizeof(entry));
	memset(url, 'a', sizeof(url));
	entry.content = pki_public_key(key);
	entry.issuer = pki_bytes(url, CCCD_KEY_ISSUER_MAX);
	bytes.length = cccd_key_entry_write(&entry, out);
	CHECK(cccd_key_entry_read(bytes, &again));
	entry.issuer = pki_bytes(url, CCCD_KEY_ISSUER_MAX + 1);
	bytes.length = cccd_key_entry_write(&entry, out);
	CHECK(!cccd_key_entry_read(bytes, &again));
	entry.issuer = PKI_LITERAL("\xFF");
	bytes.length = cccd_key_entry_write(&entry, out);
	CHECK(!cccd_key_entry_read(bytes, &again));
}

/*
 * Forgeries: what verifies says what was signed, and by whom.  Nothing stands
 * outside of what is signed, so that a mutant is valid only if its digits are
 * those of the card.
 */
static uint32_t seed = 20260301;

static uint32_t
next_random(void)
{
	seed = seed * 1664525 + 1013904223;
	return seed >> 8;
}

/* Change a byte, leave one out, or repeat one. */
static size_t
mutate(CccdBytes from, bool digits, char *room)
{
	size_t		at = next_random() % from.length;

	memcpy(room, from.data, from.length);
	switch (next_random() % 4)
	{
		case 0:
			memmove(room + at, room + at + 1, from.length - at - 1);
			return from.length - 1;
		case 1:
			memmove(room + at + 1, room + at, from.length - at);
			return from.length + 1;
		case 2:
			room[at] ^= (char) (1U << next_random() % 8);
			return from.length;
		default:
			room[at] = (char) (digits ? '0' + next_random() % 10 :
							   '-' + next_random() % 78);
			return from.length;
	}
}

static void
test_forgeries(void)
{
	static char room[65536];
	const char *wanted = getenv("CCCD_FORGERIES");
	long		count = wanted != NULL ? atol(wanted) : 100000;
	CccdBytes	token = shc_token(&make);
	CccdBytes	scan = shc_numeric(token);
	CccdTrustStore *store;
	long		forged = 0;
	long		same = 0;

	add_key(key, SHC_ISSUER);
	add_key(other_key, OTHER);
	store = open_entries();
	for (long k = 0; k < count; k++)
	{
		bool		digits = k % 2 == 0;
		CccdBytes	from = digits ? scan : token;
		size_t		length = mutate(from, digits, room);
		int			attempts = 1;

		if (digits)
			cccd_shc_verify_within(room, length, store, AT, CCCD_HCERT_FIELD,
								   &attempts, &work, &result);
		else
			cccd_shc_verify_token(room, length, store, AT, CCCD_HCERT_FIELD,
								  &attempts, &work, &result);
		if (!result.verdict.valid)
			continue;
		/* a digit replaced by itself, the letters of the scheme */
		if (digits ? length == from.length &&
			memcmp(room + 3, from.data + 3, length - 3) == 0 :
			length == from.length && memcmp(room, from.data, length) == 0)
			same++;
		else
			forged++;
	}
	printf("%ld mutants, %ld are the card, %ld are forged and valid\n", count,
		   same, forged);
	CHECK(forged == 0);
	CHECK(same < count / 10);
	cccd_store_close(store);
}

int
main(void)
{
	key = pki_key("prime256v1", false);
	other_key = pki_key("prime256v1", false);
	rsa = pki_key("RSA", false);
	make.key = key;
	make.payload = PAYLOAD;
	test_honest();
	test_issuer();
	test_keys();
	test_dear_payload();
	test_times();
	test_revocation();
	test_parts();
	test_thumbprint();
	test_entry();
	test_forgeries();
	CHECK(cccd_key_count() == 0);
	EVP_PKEY_free(key);
	EVP_PKEY_free(other_key);
	EVP_PKEY_free(rsa);
	return finish();
}
