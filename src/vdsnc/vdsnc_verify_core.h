/*
 * vdsnc_verify_core.h
 *		Is a seal what a state signed, and does it hold at this time?
 *
 * The signer's certificate stands in the seal.  It counts if a CSCA of the
 * trust value signed it, that is an anchor of the purpose "chip" (the CSCA
 * that signs passport signers also signs those of seals) or
 * "health_certificate" (a CSCA for health alone, 2.23.136.1.1.14.1, or a
 * passport CSCA that the operator names for this), and if it says itself that
 * it may sign seals (Doc 9303-13; Doc 9303-12 table 6).
 *
 * A seal has no end of its own: it holds as long as its signer's certificate.
 * Policies are those of hcert_verify_core.h.
 */
#ifndef CCCD_VDSNC_VERIFY_CORE_H
#define CCCD_VDSNC_VERIFY_CORE_H

#include "hcert/hcert_verify_core.h"
#include "vdsnc/vdsnc_core.h"

typedef struct CccdVdsncResult
{
	CccdVdsnc	vdsnc;			/* its stages and the report of all */
	CccdVerdict verdict;
} CccdVdsncResult;

/*
 * Verify a scan of length bytes at a time, microseconds since 2000-01-01 UTC,
 * with the CSCAs of a trust value.  *attempts is how many of them may still be
 * tried, and is lowered by those that were; where it ends before a CSCA is
 * found the key is undetermined.  *list_attempts is how many signatures of
 * their revocation lists may still be tried, likewise.  The result points into text and work.
 * Everything that goes wrong is in it; out_of_memory alone says that there is
 * none.
 */
extern void cccd_vdsnc_verify_within(const char *text, size_t length,
									 CccdTrustStore *store, int64_t at,
									 CccdHcertPolicy policy, int *attempts,
									 int *list_attempts,
									 CccdVdsncWork *work,
									 CccdVdsncResult *result);

/*
 * The SHA-256 of what is signed; digest has room for CCCD_HASH_SIZE bytes.
 * Returns false if there is none, or memory ran out.
 */
extern bool cccd_vdsnc_digest(const CccdVdsnc *vdsnc, uint8_t *digest);

/*
 * In vdsnc_revocation_core.c: whether a list revokes the signer, its CSCA, the
 * seal's identifier or its state; purpose is the anchor's, lists that come
 * with health certificates are those of other. *attempts is lowered by the
 * signatures of lists that were tried.
 */
extern void cccd_vdsnc_check_revocation(CccdTrustStore *store, int anchor,
										int other, int64_t at, bool tolerant,
										int *attempts, const CccdX509 *signer,
										CccdVdsncResult *result);

/* A check is not ok: its status, and the reason code. */
static inline void
cccd_vdsnc_doubt(CccdVdsncResult *result, CccdCheckStatus *status,
				 CccdCheckStatus how, int code)
{
	cccd_verdict_doubt(&result->vdsnc.report, status, how, code);
}

#endif							/* CCCD_VDSNC_VERIFY_CORE_H */
