/*
 * vdsnc_state.h
 *		A state with a CSCA and a signer of seals, the trust value of a test,
 *		and what it asks about the last verification.
 */
#ifndef VDSNC_STATE_H
#define VDSNC_STATE_H

#include "unit.h"

#include "vdsnc_make.h"

#include <openssl/err.h>

#include "vdsnc/vdsnc_verify_core.h"

#define AT		INT64_C(825638400000000)	/* 2026-03-01 */

static CccdVdsncWork work;
static CccdVdsncResult result;
static EVP_PKEY *csca_key;
static EVP_PKEY *signer_key;
static PkiCertificate csca;
static PkiCertificate signer;
static SealMake make;

static CccdTrustEntry entries[64];
static int	entry_count;

static inline void
add(CccdBytes certificate, int purpose)
{
	CHECK(cccd_trust_classify(certificate, purpose, CCCD_TRUST_SOURCE_OPERATOR,
							  &entries[entry_count++]));
}

static inline void
add_crl(CccdBytes crl, int purpose)
{
	CHECK(cccd_trust_entry_of(crl, CCCD_TRUST_CRL, purpose,
							  CCCD_TRUST_SOURCE_OPERATOR,
							  &entries[entry_count++]));
}

static inline void
add_revoked(CccdRevokedScope scope, CccdBytes item)
{
	CccdRevokedEntry revoked = {.scope = scope, .items = item};
	CccdBytes	bytes;

	revoked.width = cccd_revoked_width(scope);
	revoked.items.length = (size_t) revoked.width;
	bytes.length = cccd_revoked_entry_size(&revoked);
	bytes.data = pki_alloc(bytes.length);
	cccd_revoked_entry_write(&revoked, (uint8_t *) bytes.data);
	CHECK(cccd_trust_entry_of(bytes, CCCD_TRUST_REVOKED,
							  CCCD_PURPOSE_HEALTH_CERTIFICATE,
							  CCCD_TRUST_SOURCE_OPERATOR,
							  &entries[entry_count++]));
}

static int	list_attempts = CCCD_REVOCATION_ATTEMPTS;

/* Verify under the entries that were added. */
static inline const CccdVdsncResult *
verify_text(const char *text, CccdHcertPolicy policy, int64_t at,
			int *attempts)
{
	static CccdX509 room[64];
	CccdTrustEntry copy[64];
	CccdTrustStore *store;
	CccdBytes	value;
	int			count;
	int			lists = list_attempts;

	memcpy(copy, entries, sizeof(copy));
	count = cccd_trust_settle(copy, entry_count, room, NULL);
	value.length = cccd_trust_size(copy, count);
	value.data = pki_alloc(value.length);
	CHECK(cccd_trust_write(copy, count, (uint8_t *) value.data));
	CHECK(cccd_store_open(value, pki_alloc(cccd_store_size(value)), &store));
	cccd_vdsnc_verify_within(text, strlen(text), store, at, policy, attempts,
							 &lists, &work, &result);
	cccd_store_close(store);
	CHECK(ERR_peek_error() == 0);
	return &result;
}

static inline const CccdVdsncResult *
verify(const SealMake *seal)
{
	int			attempts = CCCD_KEY_ATTEMPTS;

	return verify_text(seal_text(seal), CCCD_HCERT_FIELD, AT, &attempts);
}

static inline const CccdVdsncResult *
verify_strict(const SealMake *seal)
{
	int			attempts = CCCD_KEY_ATTEMPTS;

	return verify_text(seal_text(seal), CCCD_HCERT_STRICT, AT, &attempts);
}

static inline bool
has(int code)
{
	return cccd_report_has(&result.vdsnc.report, code);
}

/* The CSCA for this purpose alone. */
static inline void
trust_csca(int purpose)
{
	entry_count = 0;
	add(pki_make_certificate(&csca), purpose);
}

/* A seal by a signer whose certificate has these changes. */
static inline void
sign_by(const PkiCertificate *other, const PkiChange *change)
{
	make.certificate = pki_change_certificate(other, change);
}

static inline void
prepare(void)
{
	csca_key = pki_key("secp384r1", false);
	signer_key = pki_key("prime256v1", false);
	csca.country = signer.country = "UT";
	csca.subject = csca.issuer = signer.issuer = "CSCA";
	csca.serial = 1;
	csca.key = csca.issuer_key = signer.issuer_key = csca_key;
	csca.ca = true;
	signer.subject = "Seals";
	signer.serial = 42;
	signer.key = signer_key;
	make.key = signer_key;
	make.certificate = seal_signer(&signer, "NV");
	make.data = SEAL_TWO_DOSES;
	trust_csca(CCCD_PURPOSE_CHIP);
}

#endif							/* VDSNC_STATE_H */
