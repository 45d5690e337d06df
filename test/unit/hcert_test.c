/*
 * hcert_test.c
 *		Health certificates that our own states signed: the honest ones, those
 *		that no honest issuer makes, and a great many forgeries.
 */
#include "chance.h"
#include "hcert_signers.h"

#include "base/inflate_core.h"

static void
test_honest(void)
{
	int			k;

	for (k = 0; k < SIGNERS; k++)
	{
		static const int more[SIGNERS][2] = {
			{-38, -39}, {-35, -36}, {-35, -36}, {-7, -35}
		};
		HcertMake	make = makes[k];
		int			n;

		CHECK(verify(hcert_scan(&make), CCCD_HCERT_FIELD)->verdict.valid);
		CHECK(result.hcert.report.count == 2 &&
			  has(CCCD_FINDING_date_incomplete) &&
			  has(CCCD_FINDING_revocation_missing));
		/* every hash with every key of its kind */
		for (n = 0; n < 2; n++)
		{
			make.algorithm = more[k][n];
			CHECK(verify(hcert_scan(&make), CCCD_HCERT_FIELD)->verdict.valid);
		}
		/* strict asks for a revocation list */
		make = makes[k];
		CHECK(!verify(hcert_scan(&make), CCCD_HCERT_STRICT)->verdict.valid);
		CHECK(has(CCCD_FINDING_revocation_missing));
		CHECK(!verify(hcert_scan(&make), CCCD_HCERT_FOR_TEST)->verdict.valid);
		CHECK(has(CCCD_FINDING_trust_store_empty));
	}
}

/* What issuers were seen to do. */
static void
test_deviations(void)
{
	HcertMake	make = makes[BY_RSA];

	make.indefinite = true;
	CHECK(verify(hcert_scan(&make), CCCD_HCERT_FIELD)->verdict.valid);
	CHECK(has(CCCD_FINDING_cbor_indefinite));
	make.indefinite = false;
	make.kid_unprotected = true;
	CHECK(verify(hcert_scan(&make), CCCD_HCERT_FIELD)->verdict.valid);
	CHECK(has(CCCD_FINDING_kid_unprotected));
	make.kid_unprotected = false;
	make.no_kid = true;
	CHECK(verify(hcert_scan(&make), CCCD_HCERT_FIELD)->verdict.valid);
	CHECK(has(CCCD_FINDING_kid_missing));
	make.no_kid = false;
	make.algorithm_unprotected = true;
	CHECK(verify(hcert_scan(&make), CCCD_HCERT_FIELD)->verdict.valid);
	CHECK(has(CCCD_FINDING_alg_unprotected));
	make.algorithm_unprotected = false;
	make.untagged = true;
	CHECK(verify(hcert_scan(&make), CCCD_HCERT_FIELD)->verdict.valid);
	CHECK(has(CCCD_FINDING_cose_untagged));
	CHECK(!verify(hcert_scan(&make), CCCD_HCERT_STRICT)->verdict.valid);
	CHECK(result.hcert.cose == CCCD_STATUS_FAILED);
	make.untagged = false;
	make.cwt_tag = true;
	CHECK(verify(hcert_scan(&make), CCCD_HCERT_FIELD)->verdict.valid);
	CHECK(has(CCCD_FINDING_cose_tag));
	make.cwt_tag = false;
	make.float_time = true;
	CHECK(verify(hcert_scan(&make), CCCD_HCERT_FIELD)->verdict.valid);
	CHECK(has(CCCD_FINDING_time_float));
	CHECK(result.hcert.issued ==
		  (HCERT_ISSUED - 946684800) * INT64_C(1000000) + 500000);
	/* nobody issued it, and nobody says with which key */
	make = makes[BY_P256];
	make.issuer = NULL;
	make.no_kid = true;
	CHECK(verify(hcert_scan(&make), CCCD_HCERT_FIELD)->verdict.valid);
	CHECK(has(CCCD_FINDING_issuer_missing));
	CHECK(!verify(hcert_scan(&make), CCCD_HCERT_STRICT)->verdict.valid);
	CHECK(result.hcert.cbor == CCCD_STATUS_FAILED);
	make.issuer = "";
	CHECK(verify(hcert_scan(&make), CCCD_HCERT_FIELD)->verdict.valid);
	CHECK(has(CCCD_FINDING_issuer_missing));
	/* every deviation at once */
	make = makes[BY_RSA];
	make.float_time = true;
	make.indefinite = make.kid_unprotected = make.algorithm_unprotected =
		make.untagged = true;
	CHECK(verify(hcert_scan(&make), CCCD_HCERT_FIELD)->verdict.valid);
}

/* What CBOR allows and nobody needs, in a claim that nobody knows. */
static void
test_encoding(void)
{
	static const struct
	{
		const char *claim;
		size_t		length;
		int			code;
	}			cases[] = {
#define CLAIM(value, code)	{"\x18\x64" value, sizeof(value) + 1, code}
#define FLAGGED(value, code)	CLAIM(value, CCCD_FINDING_##code)
		CLAIM("\x00", 0), CLAIM("\x18\x18", 0), CLAIM("\xF4", 0),
		CLAIM("\xF5", 0), CLAIM("\x82\xA0\x80", 0),
		FLAGGED("\x18\x17", cbor_long_form),
		FLAGGED("\x58\x01\x00", cbor_long_form),
		FLAGGED("\x9B\x00\x00\x00\x00\x00\x00\x00\x00", cbor_long_form),
		FLAGGED("\x9F\xFF", cbor_indefinite),
		FLAGGED("\xF9\x7E\x00", cbor_float),
		FLAGGED("\xC1\x00", cbor_tag), FLAGGED("\x81\xD2\x80", cbor_tag),
		FLAGGED("\xF6", cbor_null), FLAGGED("\xF7", cbor_simple),
		FLAGGED("\xE0", cbor_simple), FLAGGED("\xF8\xFF", cbor_simple)
	};
	HcertMake	make = makes[BY_P256];
	size_t		k;

	for (k = 0; k < sizeof(cases) / sizeof(cases[0]); k++)
	{
		make.claim = pki_bytes(cases[k].claim, cases[k].length);
		CHECK(verify(hcert_scan(&make), CCCD_HCERT_FIELD)->verdict.valid);
		/* besides those that the certificate has without the claim */
		CHECK(result.hcert.report.count == 2 + (cases[k].code != 0));
		CHECK(cases[k].code == 0 || has(cases[k].code));
		/* a flag is no reason, however strict one is */
		verify(hcert_scan(&make), CCCD_HCERT_STRICT);
		CHECK(result.hcert.cbor == CCCD_STATUS_OK);
		CHECK(cases[k].code == 0 || has(cases[k].code));
	}
}

/*
 * Two identifiers of keys: the one that is signed counts, and another beside it
 * leaves open whose signature a wrong one is.
 */
static void
test_kids(void)
{
	HcertMake	make = makes[BY_P256];
	EVP_PKEY   *stranger = pki_key("prime256v1", false);

	make.other_kid = make.kid;
	CHECK(verify(hcert_scan(&make), CCCD_HCERT_FIELD)->verdict.valid);
	CHECK(result.hcert.report.count == 2);
	make.other_kid = makes[BY_RSA].kid;
	CHECK(verify(hcert_scan(&make), CCCD_HCERT_FIELD)->verdict.valid);
	CHECK(has(CCCD_FINDING_kid_conflict));
	CHECK(!verify(hcert_scan(&make), CCCD_HCERT_STRICT)->verdict.valid);
	CHECK(result.hcert.cose == CCCD_STATUS_FAILED &&
		  has(CCCD_FINDING_kid_conflict));
	/* a wrong signature accuses where one key is named */
	make.key = stranger;
	CHECK(!verify(hcert_scan(&make), CCCD_HCERT_FIELD)->verdict.valid);
	CHECK(has(CCCD_FINDING_signature_invalid) &&
		  result.verdict.signature == CCCD_STATUS_UNDETERMINED);
	make.other_kid = pki_nothing;
	CHECK(!verify(hcert_scan(&make), CCCD_HCERT_FIELD)->verdict.valid);
	CHECK(has(CCCD_FINDING_signature_invalid) &&
		  result.verdict.signature == CCCD_STATUS_FAILED);
	/* or none: any key of the state may have signed, also one not listed */
	make.no_kid = true;
	CHECK(!verify(hcert_scan(&make), CCCD_HCERT_FIELD)->verdict.valid);
	CHECK(has(CCCD_FINDING_key_not_in_trust) &&
		  !has(CCCD_FINDING_signature_invalid));
	CHECK(result.verdict.key == CCCD_STATUS_UNDETERMINED &&
		  result.verdict.signature == CCCD_STATUS_NOT_PERFORMED);
	make.no_kid = false;
	make.key = keys[BY_P256];
	make.kid = PKI_LITERAL("unheard!");
	make.other_kid = makes[BY_P256].kid;
	CHECK(!verify(hcert_scan(&make), CCCD_HCERT_FIELD)->verdict.valid);
	CHECK(has(CCCD_FINDING_kid_conflict) &&
		  has(CCCD_FINDING_key_not_in_trust));
	/* none is signed, or one of no bytes */
	make.no_kid = true;
	CHECK(verify(hcert_scan(&make), CCCD_HCERT_FIELD)->verdict.valid);
	CHECK(has(CCCD_FINDING_kid_unprotected));
	make.no_kid = false;
	make.kid = PKI_LITERAL("");
	CHECK(verify(hcert_scan(&make), CCCD_HCERT_FIELD)->verdict.valid);
	CHECK(has(CCCD_FINDING_kid_unprotected) &&
		  !has(CCCD_FINDING_kid_conflict));
	EVP_PKEY_free(stranger);
}

static void
test_refused(void)
{
	static const struct
	{
		int			algorithm;
		const char *text;
	}			unsupported[] = {
		{-8, "algorithm_unsupported(EdDSA)"},
		{-257, "algorithm_unsupported(RS256)"},
		{-47, "algorithm_unsupported(ES256K)"},
		{5, "algorithm_unsupported(HMAC 256)"},
		{-1000, "algorithm_unsupported(-1000)"}
	};
	HcertMake	make;
	char		text[CCCD_FINDING_SIZE];
	size_t		k;

	for (k = 0; k < sizeof(unsupported) / sizeof(unsupported[0]); k++)
	{
		make = makes[BY_P256];
		make.algorithm = unsupported[k].algorithm;
		CHECK(!verify(hcert_scan(&make), CCCD_HCERT_FIELD)->verdict.valid);
		CHECK(result.verdict.signature == CCCD_STATUS_UNDETERMINED);
		cccd_finding_format(&result.hcert.report.finding[1], text);
		CHECK_STR(text, unsupported[k].text);
	}
	/* an algorithm for another kind of key */
	make = makes[BY_P256];
	make.kid = makes[BY_RSA].kid;
	CHECK(!verify(hcert_scan(&make), CCCD_HCERT_FIELD)->verdict.valid);
	CHECK(has(CCCD_FINDING_key_type_unsuitable));
	/* a key of the right kind that did not sign */
	make = makes[BY_P256];
	make.kid = makes[BY_P384].kid;
	CHECK(!verify(hcert_scan(&make), CCCD_HCERT_FIELD)->verdict.valid);
	CHECK(result.verdict.signature == CCCD_STATUS_FAILED &&
		  has(CCCD_FINDING_signature_malformed));
	make.key = keys[BY_P384];
	make.kid = makes[BY_P256].kid;
	CHECK(!verify(hcert_scan(&make), CCCD_HCERT_FIELD)->verdict.valid);
	CHECK(has(CCCD_FINDING_signature_malformed));
	make = makes[BY_RSA];
	make.kid = PKI_LITERAL("unheard!");
	CHECK(!verify(hcert_scan(&make), CCCD_HCERT_FIELD)->verdict.valid);
	CHECK(has(CCCD_FINDING_key_not_in_trust));
	make = makes[BY_RSA];
	/* the issuer twice */
	make.claim = PKI_LITERAL("\x01\x62ZZ");
	CHECK(!verify(hcert_scan(&make), CCCD_HCERT_FIELD)->verdict.valid);
	CHECK(has(CCCD_FINDING_cbor_duplicate_key));
	make = makes[BY_RSA];
	make.trailing = PKI_LITERAL("\x00");
	CHECK(!verify(hcert_scan(&make), CCCD_HCERT_FIELD)->verdict.valid);
	CHECK(has(CCCD_FINDING_cbor_trailing));
	make = makes[BY_RSA];
	make.critical = true;
	CHECK(!verify(hcert_scan(&make), CCCD_HCERT_FIELD)->verdict.valid);
	CHECK(has(CCCD_FINDING_cose_critical));
	make = makes[BY_RSA];
	make.issued = HCERT_ISSUED * 2;
	CHECK(!verify(hcert_scan(&make), CCCD_HCERT_FIELD)->verdict.valid);
	CHECK(has(CCCD_FINDING_not_yet_valid));
	make.issued = INT64_C(253402300800);
	CHECK(!verify(hcert_scan(&make), CCCD_HCERT_FIELD)->verdict.valid);
	CHECK(has(CCCD_FINDING_time_invalid));
	make = makes[BY_RSA];
	make.issued = -1;
	CHECK(!verify(hcert_scan(&make), CCCD_HCERT_FIELD)->verdict.valid);
	CHECK(result.verdict.validity == CCCD_STATUS_UNDETERMINED);
}

/* Bytes after the message, and the message where the array is not one. */
static void
test_shapes(void)
{
	static const struct
	{
		const char *bytes;
		size_t		length;
		int			code;
	}			shapes[] = {
#define SHAPE(text, code)	{text, sizeof(text) - 1, CCCD_FINDING_##code}
		SHAPE("", cbor_truncated), SHAPE("\x00", cose_malformed),
		SHAPE("\xD2\x80", cose_malformed),
		SHAPE("\xD2\x84\x40\xA0\x40", cbor_truncated),
		SHAPE("\xD2\x83\x40\xA0\x40", cose_malformed),
		SHAPE("\xD2\x85\x40\xA0\x40\x40\x40", cose_malformed),
		SHAPE("\xD1\x84\x40\xA0\x40\x40", cose_malformed),
		SHAPE("\xD2\xD2\x84\x40\xA0\x40\x40", cose_malformed),
		SHAPE("\xD2\xD8\x3D\x84\x40\xA0\x40\x40", cose_malformed),
		SHAPE("\xD2\x84\x40\x80\x40\x40", cose_malformed),
		SHAPE("\xD2\x84\xA0\xA0\x40\x40", cose_malformed),
		SHAPE("\xD2\x84\x40\xA0\xF6\x40", cose_malformed),
		SHAPE("\xD2\x84\x40\xA0\x40\xF6", cose_malformed),
		SHAPE("\xD2\x84\x40\xA0\x40\x40\x00", cbor_trailing),
		SHAPE("\xD2\x84\x41\x80\xA0\x40\x40", cose_header),
		SHAPE("\xD2\x84\x42\xA0\x00\xA0\x40\x40", cbor_trailing),
		SHAPE("\xD2\x84\x41\xA1\xA0\x40\x40", cbor_truncated),
		SHAPE("\xD2\x84\x40\xA0\x40\x40", alg_missing),
		SHAPE("\xD2\x84\x40\xA1\x01\x40\x40\x40", cose_header),
		SHAPE("\xD2\x84\x40\xA2\x01\x26\x04\x00\x40\x40", kid_malformed),
		SHAPE("\xD2\x84\x40\xA2\x01\x26\x01\x26\x40\x40",
			  cbor_duplicate_key),
		SHAPE("\xD2\x84\x40\xA1\x01\x26\x40\x40", cbor_truncated),
		SHAPE("\xD2\x84\x40\xA1\x01\x26\x41\x80\x40", cwt_malformed),
		SHAPE("\xD2\x84\x40\xA1\x01\x26\x41\xA0\x40", hcert_missing),
		SHAPE("\xD2\x84\x40\xA1\x01\x26\x45\xA1\x39\x01\x03\x01\x40",
			  hcert_missing),
		SHAPE("\xD2\x84\x40\xA1\x01\x26\x45\xA1\x39\x01\x03\xA0\x40",
			  hcert_version),
		SHAPE("\xD2\x84\x40\xA1\x01\x26\x47\xA1\x39\x01\x03\xA1\x02\xA0\x40",
			  hcert_version),
		SHAPE("\xD2\x84\x40\xA1\x01\x26\x47\xA1\x39\x01\x03\xA1\x01\xA0\x40",
			  schema_required),
		SHAPE("\xD2\x84\x40\xA1\x01\x26\x43\xA1\x06\x60\x40", time_invalid),
		SHAPE("\xD2\x84\x40\xA1\x01\x26\x45\xA1\x06\xF9\x7E\x00\x40",
			  time_invalid),
		SHAPE("\x9B\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF", cbor_truncated),
		SHAPE("\x81\x81\x81\x81\x81\x81\x81\x81\x81\x81\x81\x81\x81\x81\x81"
			  "\x81\x81\x00", cbor_too_deep),
		SHAPE("\xD2\x84\x40\xA1\x01\x26\x40\x61\xFF", cbor_text_invalid),
		SHAPE("\xD2\x84\x40\xA1\xF6\x26\x40\x40", cbor_key_invalid),
		/* numbers of algorithms that are none of ours */
		SHAPE("\xD2\x84\x40\xA1\x01\x1A\xFF\xFF\xFF\xFF\x41\xA0\x40",
			  algorithm_unsupported),
		SHAPE("\xD2\x84\x40\xA1\x01\x3A\xFF\xFF\xFF\xFF\x41\xA0\x40",
			  algorithm_unsupported),
		/* times that no calendar has */
		SHAPE("\xD2\x84\x40\xA1\x01\x26\x4B\xA1\x06\xFB\x7F\xEF\xFF\xFF\xFF\xFF\xFF\xFF\x40",
			  time_invalid),
		SHAPE("\xD2\x84\x40\xA1\x01\x26\x45\xA1\x06\xF9\xFC\x00\x40",
			  time_invalid),
		SHAPE("\xD2\x84\x40\xA1\x01\x26\x43\xA1\x06\x20\x40", time_invalid),
		SHAPE("\x1C", cbor_malformed)
	};
	size_t		k;

	for (k = 0; k < sizeof(shapes) / sizeof(shapes[0]); k++)
	{
		CccdBytes	message = pki_bytes(shapes[k].bytes, shapes[k].length);

		verify(hcert_base45(hcert_deflate(message)), CCCD_HCERT_FIELD);
		CHECK(!result.verdict.valid);
		if (!has(shapes[k].code))
			fprintf(stderr, "shape %zu: %s\n", k, result.hcert.report.count ?
					cccd_finding_name(result.hcert.report.finding[0].code) :
					"nothing");
		CHECK(has(shapes[k].code));
	}
}

/* base45 (RFC 9285): what it is not, and at the end of the text. */
static void
test_base45(void)
{
	static const struct
	{
		const char *text;
		int			code;
	}			cases[] = {
		{"BB8", CCCD_FINDING_inflate_malformed},	/* "AB" */
		{"BB80", CCCD_FINDING_base45_length},
		{"BB8a", CCCD_FINDING_base45_character},
		{"aB8", CCCD_FINDING_base45_character},
		{"Ba8", CCCD_FINDING_base45_character},
		{"BBa", CCCD_FINDING_base45_character},
		{"BB8aA", CCCD_FINDING_base45_character},
		{"BB8Aa", CCCD_FINDING_base45_character},
		{"FGW", CCCD_FINDING_inflate_malformed},	/* the largest pair */
		{"GGW", CCCD_FINDING_base45_value},
		{"U5", CCCD_FINDING_inflate_malformed}, /* the largest byte */
		{"V5", CCCD_FINDING_base45_value}
	};
	size_t		k;

	for (k = 0; k < sizeof(cases) / sizeof(cases[0]); k++)
	{
		char		text[16];

		snprintf(text, sizeof(text), "HC1:%s", cases[k].text);
		verify(pki_bytes(text, strlen(text)), CCCD_HCERT_FIELD);
		CHECK(result.hcert.report.count == 1 && has(cases[k].code));
	}
}

/* More than there is room for, in little text. */
static void
test_bombs(void)
{
	static uint8_t big[CCCD_HCERT_SIZE * 64];
	static uint8_t out[16];
	CccdBytes	bytes = {big, CCCD_HCERT_SIZE};
	HcertMake	make = makes[BY_RSA];
	size_t		length;

	verify(hcert_base45(hcert_deflate(bytes)), CCCD_HCERT_FIELD);
	CHECK(result.hcert.inflate == CCCD_STATUS_OK);
	bytes.length++;
	verify(hcert_base45(hcert_deflate(bytes)), CCCD_HCERT_FIELD);
	CHECK(has(CCCD_FINDING_inflate_too_large));
	bytes.length = sizeof(big);
	verify(hcert_base45(hcert_deflate(bytes)), CCCD_HCERT_FIELD);
	CHECK(has(CCCD_FINDING_inflate_too_large));
	CHECK(cccd_inflate(hcert_deflate(bytes).data, hcert_deflate(bytes).length,
					   out, sizeof(out), &length) == CCCD_INFLATE_TOO_LARGE);
	/* a message that comes without its text */
	bytes.length = CCCD_HCERT_SIZE;
	cccd_hcert_verify_message(bytes, store, AT, CCCD_HCERT_FIELD, &work,
							  &result);
	CHECK(has(CCCD_FINDING_cbor_trailing));
	bytes.length++;
	cccd_hcert_verify_message(bytes, store, AT, CCCD_HCERT_FIELD, &work,
							  &result);
	CHECK(result.hcert.cose == CCCD_STATUS_FAILED &&
		  has(CCCD_FINDING_scan_too_long));
	/* and the reader is none the worse for it */
	CHECK(verify(hcert_scan(&make), CCCD_HCERT_FIELD)->verdict.valid);
	/* headers as large as there is room */
	make.kid = pki_bytes(big, 40000);
	CHECK(!verify(hcert_scan(&make), CCCD_HCERT_FIELD)->verdict.valid);
	CHECK(has(CCCD_FINDING_kid_malformed));
	/* 60,000 items of a byte */
	memset(big, 0xF6, 60003);
	memcpy(big, "\x99\xEA\x60", 3);
	make = makes[BY_RSA];
	make.payload.data = big;
	make.payload.length = 60003;
	CHECK(!verify(hcert_scan(&make), CCCD_HCERT_FIELD)->verdict.valid);
	CHECK(has(CCCD_FINDING_cbor_too_many));
	/* text to the limit, and one more */
	memset(big, '0', CCCD_HCERT_TEXT_MAX + 1);
	memcpy(big, "HC1:", 4);
	bytes.length = CCCD_HCERT_TEXT_MAX;
	verify(bytes, CCCD_HCERT_FIELD);
	CHECK(has(CCCD_FINDING_inflate_malformed) ||
		  has(CCCD_FINDING_base45_length));
	bytes.length++;
	verify(bytes, CCCD_HCERT_FIELD);
	CHECK(has(CCCD_FINDING_scan_too_long));
	/* zlib streams cut at every byte, then a good one */
	make = makes[BY_P256];
	bytes = hcert_deflate(hcert_message(&make));
	for (length = 0; length < bytes.length; length++)
	{
		CccdBytes	cut = {bytes.data, length};

		verify(hcert_base45(cut), CCCD_HCERT_FIELD);
		CHECK(result.hcert.inflate == CCCD_STATUS_FAILED);
	}
	verify(hcert_base45(pki_wrap(-1, bytes, PKI_LITERAL("\x00"), PKI_END)),
		   CCCD_HCERT_FIELD);
	CHECK(has(CCCD_FINDING_inflate_trailing));
	CHECK(verify(hcert_scan(&make), CCCD_HCERT_FIELD)->verdict.valid);
}

/*
 * Mutants: what verifies says what was signed, and by whom.  Outside what is
 * signed stand only the message's frame and its unprotected header.
 */
typedef struct Forgery
{
	uint8_t		digest[CCCD_SHA256_SIZE];
	long		tried;
	long		same;			/* valid, and what was signed is unchanged */
} Forgery;

static void
judge(Forgery *f)
{
	f->tried++;
	if (!result.verdict.valid)
		return;
	f->same++;
	if (!result.verdict.has_digest ||
		memcmp(result.verdict.digest, f->digest, CCCD_SHA256_SIZE) != 0)
		CHECK(!"a forged certificate is valid");
}

static void
forge(const HcertMake *make, long count)
{
	static uint8_t room[HCERT_ROOM];
	CccdBytes	message = hcert_message(make);
	CccdBytes	scan = hcert_scan(make);
	Forgery		in_message = {{0}, 0, 0};
	Forgery		in_text = {{0}, 0, 0};
	CccdBytes	mutant = {room, 0};
	long		k;

	CHECK(verify(scan, CCCD_HCERT_FIELD)->verdict.valid);
	memcpy(in_message.digest, result.verdict.digest, CCCD_SHA256_SIZE);
	memcpy(in_text.digest, result.verdict.digest, CCCD_SHA256_SIZE);
	for (k = 0; k < count; k++)
	{
		bool		text = k % 4 == 0;
		CccdBytes	from = text ? scan : message;
		size_t		at = chance((uint32_t) from.length);

		memcpy(room, from.data, from.length);
		mutant.length = from.length;
		switch (text ? 3 : chance(4))
		{
			case 0:
				room[at] ^= (uint8_t) (1U << chance(8));
				break;
			case 1:
				room[at] = (uint8_t) chance(256);
				break;
			case 2:
				/* a byte less, or a piece twice */
				if (chance(2))
				{
					memmove(room + at, room + at + 1, from.length - at - 1);
					mutant.length--;
				}
				else
				{
					memmove(room + at + 1, room + at, from.length - at);
					mutant.length++;
				}
				break;
			default:
				room[at] = (uint8_t) (text ? 32 + chance(64) :
									  chance(24));
		}
		if (text)
		{
			cccd_hcert_verify((const char *) room, mutant.length, store, AT,
							  CCCD_HCERT_FIELD, &work, &result);
			judge(&in_text);
		}
		else
		{
			cccd_hcert_verify_message(mutant, store, AT, CCCD_HCERT_FIELD,
									  &work, &result);
			judge(&in_message);
		}
	}
	printf("%ld mutants of messages, %ld say the same; %ld of texts, %ld\n",
		   in_message.tried, in_message.same, in_text.tried, in_text.same);
	CHECK(in_message.same < in_message.tried / 10);
}

static void
test_forgeries(void)
{
	const char *wanted = getenv("CCCD_FORGERIES");
	long		count = wanted != NULL ? atol(wanted) : 100000;
	HcertMake	make = makes[BY_RSA];

	forge(&makes[BY_RSA], count / 2);
	make.kid_unprotected = make.untagged = true;
	forge(&make, count / 4);
	forge(&makes[BY_P256], count / 4);
	forge(&makes[BY_P384], count / 100);
}

int
main(void)
{
	make_signers();
	test_honest();
	test_deviations();
	test_encoding();
	test_kids();
	test_refused();
	test_shapes();
	test_base45();
	test_bombs();
	test_forgeries();
	forget_signers();
	return finish();
}
