/*
 * hcert_verify_core.h
 *		Is a health certificate what a health authority signed, and does it
 *		hold at this time?
 *
 * A key vouches for certificates of its own state only, under every policy.
 *
 * Every check has a status of its own, and what could not be checked is never
 * ok.  A certificate is valid when everything that the policy demands is ok.
 *
 *	strict	what the specification and the schema demand, and a revocation
 *			list must have been asked
 *	field	tolerates what issuers were seen to do, each with a flag
 *	test	as field, but only with keys that issue certificates for tests:
 *			those verify under no other policy
 */
#ifndef CCCD_HCERT_VERIFY_CORE_H
#define CCCD_HCERT_VERIFY_CORE_H

#include "hcert/hcert_core.h"
#include "trust/store_core.h"
#include "trust/verdict_core.h"

typedef enum CccdHcertPolicy
{
	CCCD_HCERT_STRICT,
	CCCD_HCERT_FIELD,
	CCCD_HCERT_FOR_TEST
} CccdHcertPolicy;

typedef struct CccdHcertResult
{
	CccdHcert	hcert;			/* its stages and the report of all */
	CccdVerdict verdict;
} CccdHcertResult;

/* The policy of a name of length bytes; -1 if there is no such policy. */
extern int	cccd_hcert_policy_by_name(const char *name, size_t length);

/*
 * Verify a scan of length bytes at a time, microseconds since 2000-01-01 UTC,
 * with the keys of a trust value.  The result points into text and work.
 * Everything that goes wrong is in it; out_of_memory alone says that there is
 * none.
 */
extern void cccd_hcert_verify(const char *text, size_t length,
							  CccdTrustStore *store, int64_t at,
							  CccdHcertPolicy policy, CccdHcertWork *work,
							  CccdHcertResult *result);

/*
 * The same of a certificate that is one of several: *attempts is how many keys
 * may still be tried, and is lowered by those that were.
 */
extern void cccd_hcert_verify_within(const char *text, size_t length,
									 CccdTrustStore *store, int64_t at,
									 CccdHcertPolicy policy, int *attempts,
									 CccdHcertWork *work,
									 CccdHcertResult *result);

/* Verify a message that came without its text form. */
extern void cccd_hcert_verify_message(CccdBytes message,
									  CccdTrustStore *store, int64_t at,
									  CccdHcertPolicy policy,
									  CccdHcertWork *work,
									  CccdHcertResult *result);

/*
 * The hash of what is signed: the array "Signature1", protected header, no
 * further data, payload (RFC 9052 4.4). digest has room for CCCD_HASH_SIZE
 * bytes.  Returns false if memory ran out.
 */
extern bool cccd_hcert_digest(const CccdHcert *hcert, CccdHashKind hash,
							  uint8_t *digest);

/*
 * In hcert_verify_signature_core.c: find the key and verify the signature;
 * *signer is the key that made it, or NULL. *attempts is lowered by the keys
 * that were tried; where it ends before them the key is undetermined.
 */
extern void cccd_hcert_check_signature(CccdTrustStore *store, int purpose,
									   int64_t at, int *attempts,
									   CccdHcertResult *result,
									   CccdListedKey **signer);

/*
 * In hcert_verify_revocation_core.c: whether a list revokes the certificate,
 * its signature, its key or its country; signer may be NULL.  Without any list
 * of this purpose the check is "not performed" with a flag if tolerant,
 * otherwise undetermined.
 */
extern void cccd_hcert_check_revocation(const CccdTrustStore *store,
										int purpose, bool tolerant,
										const CccdListedKey *signer,
										CccdHcertResult *result);

/*
 * Whether a key may sign certificates of these kinds, CCCD_HCERT_VACCINATION
 * and so on as bits: a list may say that it is for some only (eHealth Network,
 * volume 3, 2.6.6).  *status is ok, or failed with a reason for each kind.
 */
extern void cccd_hcert_key_usage(const CccdListedKey *signer,
								 uint8_t certified, CccdReport *report,
								 CccdCheckStatus *status);

/*
 * Whether a key is valid at a time, microseconds since 2000-01-01 UTC, both
 * ends included.  A list of keys without certificates may not say, which is a
 * flag: it changes when what is in it does.
 */
extern void cccd_hcert_key_validity(const CccdListedKey *signer, int64_t at,
									CccdReport *report,
									CccdCheckStatus *status);

/* A check is not ok: its status, and the reason code. */
static inline void
cccd_hcert_doubt(CccdHcertResult *result, CccdCheckStatus *status,
				 CccdCheckStatus how, int code)
{
	cccd_verdict_doubt(&result->hcert.report, status, how, code);
}

#endif							/* CCCD_HCERT_VERIFY_CORE_H */
