/*
 * hcert_signers.h
 *		Four signers of an invented state with the trust value of all of them,
 *		and what tests ask about the last verification.
 */
#ifndef HCERT_SIGNERS_H
#define HCERT_SIGNERS_H

#include "unit.h"

#include "hcert_make.h"

#include <openssl/err.h>

#include "hcert/hcert_verify_core.h"

#define AT		INT64_C(825638400000000)	/* 2026-03-01 */

#define CONTENT \
	"{\"ver\":\"1.3.0\",\"nam\":{\"fn\":\"Le\",\"gn\":\"Thi B\"," \
	"\"fnt\":\"LE\",\"gnt\":\"THI<B\"},\"dob\":\"1988-08\"," \
	"\"v\":[{\"tg\":\"840539006\",\"vp\":\"1119349007\"," \
	"\"mp\":\"EU/1/20/1528\",\"ma\":\"ORG-100030215\",\"dn\":2,\"sd\":2," \
	"\"dt\":\"2025-11-20\",\"co\":\"VN\",\"is\":\"MOH\"," \
	"\"ci\":\"URN:UVCI:01:VN:1\"}]}"

static CccdHcertWork work;
static CccdHcertResult result;

/* Signers, their certificates, and the trust value of all of them. */
enum
{
	BY_RSA,
	BY_P256,
	BY_P384,
	BY_P521,
	SIGNERS
};

static EVP_PKEY *keys[SIGNERS];
static CccdBytes certificates[SIGNERS];
static HcertMake makes[SIGNERS];
static CccdTrustStore *store;

static CccdTrustStore *
open_store(CccdTrustEntry *entries, int count)
{
	static CccdX509 room[64];
	CccdTrustStore *opened;
	CccdBytes	value;
	uint8_t    *bytes;

	count = cccd_trust_settle(entries, count, room, NULL);
	value.length = cccd_trust_size(entries, count);
	value.data = bytes = pki_alloc(value.length);
	CHECK(cccd_trust_write(entries, count, bytes));
	CHECK(cccd_trust_valid(value));
	CHECK(cccd_store_open(value, pki_alloc(cccd_store_size(value)), &opened));
	return opened;
}

static void
make_signers(void)
{
	static const char *const groups[SIGNERS] = {
		"RSA", "prime256v1", "secp384r1", "secp521r1"
	};
	static const int algorithms[SIGNERS] = {-37, -7, -7, -36};
	CccdTrustEntry entries[SIGNERS];
	int			k;

	for (k = 0; k < SIGNERS; k++)
	{
		keys[k] = pki_key(groups[k], false);
		certificates[k] = hcert_signer(keys[k], "VN", groups[k], "",
									   "250101000000Z", "290101000000Z");
		makes[k].key = keys[k];
		makes[k].algorithm = algorithms[k];
		makes[k].kid = hcert_kid(certificates[k]);
		makes[k].issuer = "VN";
		makes[k].content = CONTENT;
		CHECK(cccd_trust_classify(certificates[k],
								  CCCD_PURPOSE_HEALTH_CERTIFICATE,
								  CCCD_TRUST_SOURCE_OPERATOR, &entries[k]));
	}
	store = open_store(entries, SIGNERS);
}

static inline const CccdHcertResult *
verify(CccdBytes scan, CccdHcertPolicy policy)
{
	cccd_hcert_verify((const char *) scan.data, scan.length, store, AT,
					  policy, &work, &result);
	CHECK(ERR_peek_error() == 0);
	return &result;
}

static bool
has(int code)
{
	return cccd_report_has(&result.hcert.report, code);
}

/* SHA-256 of a text. */
static inline CccdBytes
hash_of(const char *text)
{
	return pki_sha256(pki_bytes(text, strlen(text)));
}

/* A key of a list as an entry of a trust value. */
static inline void
list_key(CccdTrustEntry *entry, CccdBytes kid, const char *country,
		 bool certificate, CccdBytes content, int purpose)
{
	CccdKeyEntry key;
	CccdBytes	bytes;

	memset(&key, 0, sizeof(key));
	key.kid = kid;
	snprintf(key.country, sizeof(key.country), "%s", country);
	key.has_certificate = certificate;
	key.content = content;
	bytes.length = cccd_key_entry_size(&key);
	bytes.data = pki_alloc(bytes.length);
	cccd_key_entry_write(&key, (uint8_t *) bytes.data);
	CHECK(cccd_trust_entry_of(bytes, CCCD_TRUST_KEY, purpose,
							  CCCD_TRUST_SOURCE_JSON, entry));
}

/* Verify a certificate under a trust value of some entries. */
static inline void
verify_with(const HcertMake *make, CccdTrustEntry *entries, int count,
			CccdHcertPolicy policy)
{
	CccdTrustStore *other = open_store(entries, count);

	cccd_hcert_verify_message(hcert_message(make), other, AT, policy, &work,
							  &result);
	cccd_store_close(other);
}

static void
forget_signers(void)
{
	int			k;

	cccd_store_close(store);
	CHECK(cccd_key_count() == 0);
	for (k = 0; k < SIGNERS; k++)
		EVP_PKEY_free(keys[k]);
}

#endif							/* HCERT_SIGNERS_H */
