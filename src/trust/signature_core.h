/*
 * signature_core.h
 *		Hashing and signature arithmetic: all that OpenSSL is used for.
 *
 * Keys are built from numbers that our own reader found and our own table
 * checked; OpenSSL parses nothing.  Its objects live in a library context of
 * our own, so that neither the server's use of OpenSSL nor a configuration
 * file changes a verdict, and its error queue is empty before and after every
 * call here.
 */
#ifndef CCCD_SIGNATURE_CORE_H
#define CCCD_SIGNATURE_CORE_H

#include "trust/algorithm_core.h"

typedef enum cccd_verdict
{
	CCCD_VERDICT_OK,
	CCCD_VERDICT_INVALID,		/* the arithmetic says no */
	CCCD_VERDICT_MALFORMED,		/* cannot be a signature of this key */
	CCCD_VERDICT_UNSUPPORTED	/* unknown algorithm, unusable key */
} cccd_verdict;

/* A key ready for use; its owner frees it. */
typedef struct cccd_key cccd_key;

extern bool cccd_hash_parts(cccd_hash hash, const cccd_bytes *parts,
							int count, uint8_t *digest);
extern bool cccd_hash_bytes(cccd_hash hash, cccd_bytes bytes,
							uint8_t *digest);

extern cccd_key *cccd_key_make(const cccd_public_key *numbers);
extern void cccd_key_free(cccd_key *key);
extern int	cccd_key_count(void);

extern cccd_verdict cccd_key_verify(cccd_key *key,
									const cccd_algorithm *algorithm,
									cccd_hash hash, const uint8_t *digest,
									cccd_bytes signature);
extern bool cccd_key_verify_without_null(cccd_key *key, cccd_hash hash,
										 const uint8_t *digest,
										 cccd_bytes signature);

#endif							/* CCCD_SIGNATURE_CORE_H */
