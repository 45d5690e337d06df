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

/* Certificates of one CSCA key that are looked at. */
#define CCCD_SIGNER_ANCHORS	8

/* A certificate of the CSCA whose key signed the signer's. */
typedef struct CccdSignerAnchor
{
	uint8_t		fingerprint[CCCD_SHA256_SIZE];
	char		country[4];
	uint8_t		source;
	uint8_t		flags;
	bool		time_invalid;
	int64_t		not_before;
	int64_t		not_after;
} CccdSignerAnchor;

typedef struct CccdSigner
{
	uint8_t		fingerprint[CCCD_SHA256_SIZE];
	uint8_t		trust_digest[CCCD_SHA256_SIZE];
	CccdX509	certificate;
	bool		key_made;
	CccdKey    *key;			/* see cccd_signer_key */
	bool		no_anchors;		/* the trust value has none for chips */
	CccdChain	chain;
	int			anchor_count;	/* 0: no anchor signed it */
	CccdSignerAnchor anchors[CCCD_SIGNER_ANCHORS];
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
 * yet, and may leave by a non-local exit.  Signatures of the chain are
 * tried with effort, those of revocation lists with lists; both may be NULL, and
 * their breathe may leave so too.  A signer for whom they did not suffice is not
 * kept longer than until the next call.
 */
extern CccdSignerError cccd_signer_get(CccdBytes certificate,
									   const CccdStoreSource *source,
									   CccdEffort *effort,
									   CccdEffort *lists,
									   CccdSigner **signer);

/*
 * The signer's key, made when first wanted; the signer owns it.  NULL if it
 * cannot be used, or if memory ran out, which cccd_memory_ran_out() tells.
 */
extern CccdKey *cccd_signer_key(CccdSigner *signer);

/*
 * The certificate of the signer's CSCA that counts at a time, in microseconds
 * since 2000-01-01 UTC: of several of one key the first that is valid then,
 * else the one that was found.  The signer must have an anchor.
 */
extern const CccdSignerAnchor *cccd_signer_anchor(const CccdSigner *signer,
												  int64_t at);

/* Free all signers that are kept. */
extern void cccd_signer_forget_all(void);

#endif							/* CCCD_SIGNER_CORE_H */
