/*
 * signer_core.h
 *		What is known of a document signer under a trust value, and a cache of
 *		it.
 *
 * One signer signs up to 100,000 documents.  Reading its certificate, building
 * its key, finding and verifying its CSCA and searching the revocation lists
 * cost more than the document's own signature, and depend on nothing but the
 * certificate and the trust value: so they are done once in a process.
 */
#ifndef CCCD_SIGNER_CORE_H
#define CCCD_SIGNER_CORE_H

#include "trust/store_core.h"

/* Signers kept in a process: sets of ways. */
#define CCCD_SIGNER_SETS	64
#define CCCD_SIGNER_WAYS	4

typedef struct cccd_signer
{
	uint8_t		fingerprint[CCCD_SHA256_SIZE];
	uint8_t		trust_digest[CCCD_SHA256_SIZE];
	cccd_certificate certificate;
	cccd_key   *key;
	bool		no_anchors;		/* the trust value has none for chips */
	cccd_chain	chain;
	uint8_t		anchor_fingerprint[CCCD_SHA256_SIZE];
	char		anchor_country[4];
	uint8_t		anchor_source;
	uint8_t		anchor_flags;
	bool		anchor_time_invalid;
	int64_t		anchor_not_before;
	int64_t		anchor_not_after;
	cccd_revocation_state revocation;
	uint64_t	used;
	uint8_t		bytes[];		/* the certificate itself */
} cccd_signer;

/* How the caller brings the store of the trust value when it is needed. */
typedef struct cccd_store_source
{
	const uint8_t *digest;
	cccd_trust_store *(*open) (void *argument);
	void	   *argument;
} cccd_store_source;

typedef enum cccd_signer_error
{
	CCCD_SIGNER_OK,
	CCCD_SIGNER_MALFORMED,		/* the certificate cannot be read */
	CCCD_SIGNER_NO_MEMORY
} cccd_signer_error;

extern cccd_signer_error cccd_signer_get(cccd_bytes certificate,
										 const cccd_store_source *source,
										 cccd_signer **signer);
extern void cccd_signer_forget_all(void);

#endif							/* CCCD_SIGNER_CORE_H */
