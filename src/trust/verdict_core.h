/*
 * verdict_core.h
 *		What a verification of a health certificate says, whatever its format.
 */
#ifndef CCCD_VERDICT_CORE_H
#define CCCD_VERDICT_CORE_H

#include "pki/finding_core.h"
#include "pki/signature_core.h"

typedef struct CccdVerdict
{
	bool		valid;			/* all that the policy demands is ok */
	CccdCheckStatus key;		/* a key for it is in the trust value, or a
								 * CSCA there signed the signer's certificate */
	CccdCheckStatus signature;
	CccdCheckStatus country;	/* who may vouch for whom: the key's state is
								 * the certificate's, or the key its issuer's */
	CccdCheckStatus key_usage;
	CccdCheckStatus key_validity;
	CccdCheckStatus validity;	/* the certificate's own time */
	CccdCheckStatus revocation;

	bool		has_digest;		/* of what is signed: SHA-256 */
	uint8_t		digest[CCCD_SHA256_SIZE];
	bool		has_signer;
	uint8_t		signer_fingerprint[CCCD_SHA256_SIZE];
	char		signer_country[4];
	bool		has_signer_validity;
	int64_t		signer_not_before;	/* microseconds since 2000-01-01 UTC */
	int64_t		signer_not_after;
	bool		out_of_memory;	/* then nothing else means anything */
} CccdVerdict;

/* A check is not ok, or worse than it was: its status, and the reason code. */
static inline void
cccd_verdict_doubt(CccdReport *report, CccdCheckStatus *status,
				   CccdCheckStatus how, int code)
{
	cccd_report_reason(report, code);
	cccd_status_worsen(status, how);
}

#endif							/* CCCD_VERDICT_CORE_H */
