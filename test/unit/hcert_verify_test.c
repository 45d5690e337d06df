/*
 * hcert_verify_test.c
 *		A health certificate is valid if every check is: what fails one of
 *		them, and that one alone, makes it invalid.
 */
#include "hcert_signers.h"

#include "base/calendar_core.h"

typedef enum Change
{
	NOTHING,
	PREFIX,
	COSE,
	CBOR,
	SCHEMA,
	KEY,
	SIGNATURE,
	KEY_REVOKED,
	KEY_USAGE,
	KEY_EARLY,
	KEY_LATE,
	VALIDITY,
	REVOKED,
	NO_LIST
} Change;

/* The checks that are not passed, by name. */
static const char *
not_passed(void)
{
	static char names[256];
	const CccdHcert *h = &result.hcert;
	const struct
	{
		const char *name;
		CccdCheckStatus status;
	}			checks[] = {
		{"prefix ", h->prefix}, {"base45 ", h->base45},
		{"inflate ", h->inflate}, {"cose ", h->cose}, {"cbor ", h->cbor},
		{"schema ", h->schema}, {"key ", result.verdict.key},
		{"signature ", result.verdict.signature}, {"key_usage ", result.verdict.key_usage},
		{"key_validity ", result.verdict.key_validity},
		{"validity ", result.verdict.validity}, {"revocation ", result.verdict.revocation}
	};

	names[0] = '\0';
	for (size_t k = 0; k < sizeof(checks) / sizeof(checks[0]); k++)
		if (checks[k].status != CCCD_STATUS_OK)
			strcat(names, checks[k].name);
	return names;
}

/* A trust value of the signer and a revocation. */
static CccdTrustStore *
open_trust(CccdBytes certificate, Change change)
{
	CccdTrustEntry entries[2];
	CccdRevokedEntry revoked;
	CccdBytes	list;
	const char *identifier = change == REVOKED ? "URN:UVCI:01:VN:1" : "another";
	int			count = 1;

	CHECK(cccd_trust_classify(certificate, CCCD_PURPOSE_HEALTH_CERTIFICATE,
							  CCCD_TRUST_SOURCE_OPERATOR, &entries[0]));
	if (change != NO_LIST)
	{
		memset(&revoked, 0, sizeof(revoked));
		revoked.scope = change == KEY_REVOKED ? CCCD_REVOKED_KEY :
			CCCD_REVOKED_UCI;
		revoked.width = cccd_revoked_width(revoked.scope);
		revoked.items = change == KEY_REVOKED ? PKI_LITERAL("unheard!") :
			pki_sha256(pki_bytes(identifier, strlen(identifier)));
		revoked.items.length = (size_t) revoked.width;
		list.length = cccd_revoked_entry_size(&revoked);
		list.data = pki_alloc(list.length);
		cccd_revoked_entry_write(&revoked, (uint8_t *) list.data);
		CHECK(cccd_trust_entry_of(list, CCCD_TRUST_REVOKED,
								  CCCD_PURPOSE_HEALTH_CERTIFICATE,
								  CCCD_TRUST_SOURCE_OPERATOR,
								  &entries[count++]));
	}
	return open_store(entries, count);
}

static void
check_change(Change change, const char *wanted)
{
	HcertMake	make = makes[BY_P256];
	CccdBytes	certificate =
	hcert_signer(keys[BY_P256], "VN", "Signer",
				 change == KEY_USAGE ? "13" : "",
				 change == KEY_EARLY ? "270101000000Z" : "250101000000Z",
				 change == KEY_LATE ? "260101000000Z" : "290101000000Z");
	CccdTrustStore *trust = open_trust(certificate, change);
	CccdBytes	scan;

	make.kid = change == KEY || change == KEY_REVOKED ? PKI_LITERAL("unheard!") : hcert_kid(certificate);
	make.untagged = change == COSE;
	if (change == CBOR)
		make.issuer = NULL;
	if (change == SCHEMA)
		make.content = "{\"ver\":\"1.3.0\"}";
	if (change == SIGNATURE)
		make.key = pki_key("prime256v1", false);
	if (change == VALIDITY)
		make.expires = HCERT_ISSUED + 1;
	scan = hcert_scan(&make);
	if (change == PREFIX)
	{
		char	   *copy = (char *) pki_alloc(scan.length);

		memcpy(copy, scan.data, scan.length);
		copy[0] = 'h';
		scan.data = (const uint8_t *) copy;
	}
	cccd_hcert_verify((const char *) scan.data, scan.length, trust, AT,
					  CCCD_HCERT_STRICT, &work, &result);
	CHECK_STR(not_passed(), wanted);
	CHECK(result.verdict.valid == (change == NOTHING));
	CHECK(!result.verdict.out_of_memory);
	if (change != PREFIX)
	{
		bool		valid = result.verdict.valid;

		/* a message has no prefix, no base45 and no compression */
		cccd_hcert_verify_message(hcert_message(&make), trust, AT,
								  CCCD_HCERT_STRICT, &work, &result);
		CHECK(result.verdict.valid == valid);
		CHECK(result.hcert.prefix == CCCD_STATUS_NOT_PERFORMED &&
			  result.hcert.base45 == CCCD_STATUS_NOT_PERFORMED &&
			  result.hcert.inflate == CCCD_STATUS_NOT_PERFORMED);
	}
	if (make.key != keys[BY_P256])
		EVP_PKEY_free(make.key);
	cccd_store_close(trust);
}

/*
 * Two certificates of one key, and a message that names neither: the one in
 * force counts, from its first instant to its last.
 */
static void
check_in_force(const char *from, const char *to, bool in_force)
{
	CccdBytes	good = hcert_signer(keys[BY_P256], "VN", "In force", "", from, to);

	/* so many that some stand before it and some behind it */
	for (int k = 0; k < 8; k++)
	{
		char		name[24];
		CccdTrustEntry entries[2];
		CccdTrustStore *trust;
		HcertMake	make = makes[BY_P256];
		CccdBytes	other;

		snprintf(name, sizeof(name), "Other %d", k);
		other = hcert_signer(keys[BY_P256], "VN", name, "", "250101000000Z",
							 "260101000000Z");
		CHECK(cccd_trust_classify(good, CCCD_PURPOSE_HEALTH_CERTIFICATE,
								  CCCD_TRUST_SOURCE_OPERATOR, &entries[0]));
		CHECK(cccd_trust_classify(other, CCCD_PURPOSE_HEALTH_CERTIFICATE,
								  CCCD_TRUST_SOURCE_OPERATOR, &entries[1]));
		trust = open_store(entries, 2);
		make.no_kid = true;
		cccd_hcert_verify_message(hcert_message(&make), trust, AT,
								  CCCD_HCERT_FIELD, &work, &result);
		CHECK(result.verdict.has_signer && result.verdict.signature == CCCD_STATUS_OK);
		CHECK(result.verdict.valid == in_force);
		CHECK(result.verdict.key_validity == (in_force ? CCCD_STATUS_OK :
											  CCCD_STATUS_FAILED));
		CHECK(!in_force || memcmp(result.verdict.signer_fingerprint,
								  pki_sha256(good).data,
								  CCCD_SHA256_SIZE) == 0);
		cccd_store_close(trust);
	}
}

/*
 * What is signed (RFC 9052 4.4): an array of a text, the protected header,
 * nothing, and the payload, whatever the lengths of both.
 */
static void
check_signed_bytes(void)
{
	static const size_t lengths[] = {
		0, 1, 22, 23, 24, 25, 254, 255, 256, 257, 511, 512, 4095, 65535
	};
	const size_t count = sizeof(lengths) / sizeof(lengths[0]);
	static uint8_t content[65535];

	for (size_t k = 0; k < sizeof(content); k++)
		content[k] = (uint8_t) (k * 31);
	for (size_t i = 0; i < count * count; i++)
	{
		static CccdHcert signed_hcert;
		uint8_t    *start = pki_alloc(2 * sizeof(content) + 64);
		HcertOut	out = {start, false};
		uint8_t		digest[CCCD_HASH_SIZE];

		signed_hcert.header.data = signed_hcert.payload.data = content;
		signed_hcert.header.length = lengths[i / count];
		signed_hcert.payload.length = lengths[i % count];
		hcert_head(&out, 4, 4);
		hcert_text(&out, "Signature1");
		hcert_string(&out, 2, content, signed_hcert.header.length);
		hcert_string(&out, 2, "", 0);
		hcert_string(&out, 2, content, signed_hcert.payload.length);
		CHECK(cccd_hcert_digest(&signed_hcert, CCCD_HASH_SHA256, digest));
		CHECK(memcmp(digest, pki_sha256(hcert_done(start, &out)).data,
					 CCCD_SHA256_SIZE) == 0);
	}
}

int
main(void)
{
	make_signers();
	CHECK(!verify(hcert_scan(&makes[BY_P256]), CCCD_HCERT_STRICT)->verdict.valid &&
		  has(CCCD_FINDING_revocation_missing));
	check_change(NOTHING, "");
	/* what cannot be read is not checked any further */
	check_change(PREFIX, "prefix base45 inflate cose cbor schema key "
				 "signature key_usage key_validity validity revocation ");
	check_change(COSE, "cose ");
	check_change(CBOR, "cbor ");
	check_change(SCHEMA, "schema ");
	check_change(KEY, "key signature key_usage key_validity ");
	/* a list may name a key that is not in the trust value */
	check_change(KEY_REVOKED, "key signature key_usage key_validity revocation ");
	check_change(SIGNATURE, "signature key_usage key_validity ");
	check_change(KEY_USAGE, "key_usage ");
	check_change(KEY_EARLY, "key_validity ");
	check_change(KEY_LATE, "key_validity ");
	check_change(VALIDITY, "validity ");
	check_change(REVOKED, "revocation ");
	check_change(NO_LIST, "revocation ");
	check_signed_bytes();
	check_in_force("250101000000Z", "290101000000Z", true);
	check_in_force("260301000000Z", "290101000000Z", true);
	check_in_force("260301000001Z", "290101000000Z", false);
	check_in_force("250101000000Z", "260301000000Z", true);
	check_in_force("250101000000Z", "260228235959Z", false);
	forget_signers();
	return finish();
}
