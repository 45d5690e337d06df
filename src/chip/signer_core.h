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

typedef struct CccdSigner
{
	uint8_t		fingerprint[CCCD_SHA256_SIZE];
	uint8_t		trust_digest[CCCD_SHA256_SIZE];
	CccdX509	certificate;
	CccdKey    *key;
	bool		no_anchors;		/* the trust value has none for chips */
	CccdChain	chain;
	uint8_t		anchor_fingerprint[CCCD_SHA256_SIZE];
	char		anchor_country[4];
	uint8_t		anchor_source;
	uint8_t		anchor_flags;
	bool		anchor_time_invalid;
	int64_t		anchor_not_before;
	int64_t		anchor_not_after;
	CccdRevocationState revocation;
	uint64_t	used;
	uint8_t		bytes[];		/* the certificate itself */
} CccdSigner;

/* How the caller brings the store of the trust value when it is needed. */
typedef struct CccdStoreSource
{
	const uint8_t *digest;
	CccdTrustStore *(*open) (void *argument);
	void	   *argument;
} CccdStoreSource;

typedef enum CccdSignerError
{
	CCCD_SIGNER_OK,
	CCCD_SIGNER_MALFORMED,		/* the certificate cannot be read */
	CCCD_SIGNER_NO_MEMORY
} CccdSignerError;

/*
 * The signer of a certificate, whose bytes are copied, under the trust value
 * of source.  It is kept in the process and stays valid until the next call;
 * the process owns it. source->open is called only if the signer is not kept
 * yet, and may leave by a non-local exit.
 */
extern CccdSignerError cccd_signer_get(CccdBytes certificate,
									   const CccdStoreSource *source,
									   CccdSigner **signer);

/* Free all signers that are kept. */
extern void cccd_signer_forget_all(void);

#endif							/* CCCD_SIGNER_CORE_H */
