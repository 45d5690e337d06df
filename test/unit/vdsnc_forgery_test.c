/*
 * vdsnc_forgery_test.c
 *		Mutants of a seal: none is valid that says anything else.  CCCD_FORGERIES
 *		is how many are tried, 20,000 unless another number is named.
 */
#include "unit.h"

#include "vdsnc_make.h"

#include "vdsnc/vdsnc_verify_core.h"

#define AT		INT64_C(825638400000000)	/* 2026-03-01 */

static CccdVdsncWork work;
static CccdVdsncResult result;
static CccdTrustStore *store;
static uint64_t state = 20260301;

static uint32_t
chance(uint32_t n)
{
	state ^= state << 13;
	state ^= state >> 7;
	state ^= state << 17;
	return (uint32_t) (state >> 20) % n;
}

static void
verify(const char *text, size_t length)
{
	int			attempts = CCCD_KEY_ATTEMPTS;
	int			lists = CCCD_REVOCATION_ATTEMPTS;

	cccd_vdsnc_verify_within(text, length, store, AT, CCCD_HCERT_FIELD,
							 &attempts, &lists, &work, &result);
}

/* A seal, and a trust value with the CSCA of its signer. */
static const char *
make_seal(const char *data, const char *type)
{
	static CccdX509 room[1];
	PkiCertificate csca = {.country = "UT", .subject = "CSCA",
	.issuer = "CSCA", .serial = 1, .ca = true};
	PkiCertificate signer = {.country = "UT", .subject = "Seals",
	.issuer = "CSCA", .serial = 2};
	SealMake	make = {.data = data};
	CccdTrustEntry entry;
	CccdBytes	value;
	const char *text;
	EVP_PKEY   *csca_key = pki_key("prime256v1", false);

	csca.key = csca.issuer_key = signer.issuer_key = csca_key;
	signer.key = make.key = pki_key("prime256v1", false);
	make.certificate = seal_signer(&signer, type);
	CHECK(cccd_trust_classify(pki_make_certificate(&csca), CCCD_PURPOSE_CHIP,
							  CCCD_TRUST_SOURCE_OPERATOR, &entry));
	CHECK(cccd_trust_settle(&entry, 1, room, NULL) == 1);
	value.length = cccd_trust_size(&entry, 1);
	value.data = pki_alloc(value.length);
	CHECK(cccd_trust_write(&entry, 1, (uint8_t *) value.data));
	CHECK(cccd_store_open(value, pki_alloc(cccd_store_size(value)), &store));
	text = seal_text(&make);
	EVP_PKEY_free(csca_key);
	EVP_PKEY_free(make.key);
	return text;
}

/* Change a text of length bytes; returns how many it has then. */
static size_t
mutate(char *text, size_t length)
{
	size_t		at = chance((uint32_t) length);
	size_t		other = chance((uint32_t) length);
	char		kept = text[at];

	switch (chance(6))
	{
		case 0:
			text[at] = (char) (text[at] ^ (1 << chance(8)));
			return length;
		case 1:
			text[at] = (char) (32 + chance(95));
			return length;
		case 2:
			memmove(text + at, text + at + 1, length - at - 1);
			return length - 1;
		case 3:
			memmove(text + at + 1, text + at, length - at);
			return length + 1;
		case 4:
			text[at] = text[other];
			text[other] = kept;
			return length;
		default:
			/* within the data, where a change would be a lie */
			at = chance((uint32_t) length / 3);
			text[at] = "0123456789\"{}[],:\\u AB"[chance(22)];
			return length;
	}
}

static void
forge(const char *data, const char *type, long count)
{
	static char room[CCCD_VDSNC_TEXT_MAX];
	const char *text = make_seal(data, type);
	size_t		length = strlen(text);
	uint8_t		digest[CCCD_SHA256_SIZE];
	long		same = 0;

	verify(text, length);
	CHECK(result.verdict.valid);
	memcpy(digest, result.verdict.digest, sizeof(digest));
	for (long k = 0; k < count; k++)
	{
		memcpy(room, text, length);
		verify(room, mutate(room, length));
		if (!result.verdict.valid)
			continue;
		same++;
		if (memcmp(digest, result.verdict.digest, sizeof(digest)) != 0)
			CHECK(!"a forged seal is valid");
	}
	printf("%ld mutants, %ld say the same\n", count, same);
	/* blanks between members, at most */
	CHECK(same < count / 20);
	cccd_store_close(store);
}

int
main(void)
{
	const char *wanted = getenv("CCCD_FORGERIES");
	long		count = wanted != NULL ? atol(wanted) : 20000;

	forge(SEAL_TWO_DOSES, "NV", count / 2);
	forge(SEAL_PCR, "NT", count - count / 2);
	CHECK(cccd_key_count() == 0);
	return finish();
}
