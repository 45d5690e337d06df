/*
 * shc_verify_core.h
 *		Is a SMART Health Card what its issuer signed, and does it hold at this
 *		time?
 *
 * A card names its issuer by a URL, and an issuer publishes its keys below
 * that URL.  So a key vouches for cards of its own issuer only, under every
 * policy: a trust value says of each key whose it is.
 *
 * Every check has a status of its own, and what could not be checked is never
 * ok.  The policies are those of health certificates (hcert_verify_core.h).
 */
#ifndef CCCD_SHC_VERIFY_CORE_H
#define CCCD_SHC_VERIFY_CORE_H

#include "hcert/hcert_verify_core.h"
#include "shc/shc_core.h"

typedef struct CccdShcResult
{
	CccdShc		shc;			/* its stages and the report of all */
	CccdVerdict verdict;
} CccdShcResult;

/*
 * Verify a scan of length bytes at a time, microseconds since 2000-01-01 UTC,
 * with the keys of a trust value.  *attempts is how many keys may still be
 * tried, and is lowered by those that were, and by one for a payload above
 * CCCD_SHC_PAYLOAD_DEAR; where it ends before them the key is undetermined, and
 * where it has ended the payload is not read.  The result points into work.  Everything that goes wrong
 * is in it; out_of_memory alone says that there is none.
 */
extern void cccd_shc_verify_within(const char *text, size_t length,
								   CccdTrustStore *store, int64_t at,
								   CccdHcertPolicy policy, int *attempts,
								   CccdShcWork *work, CccdShcResult *result);

/* Verify a token that came without its form in digits. */
extern void cccd_shc_verify_token(const char *token, size_t length,
								  CccdTrustStore *store, int64_t at,
								  CccdHcertPolicy policy, int *attempts,
								  CccdShcWork *work, CccdShcResult *result);

/*
 * The SHA-256 thumbprint of a key on the curve P-256 (RFC 7638 section 3), by
 * which cards name it.  out has room for CCCD_HASH_SIZE bytes.  Returns false
 * for any other key, or if memory ran out.
 */
extern bool cccd_jwk_thumbprint(const CccdPublicKey *key, uint8_t *out);

#endif							/* CCCD_SHC_VERIFY_CORE_H */
