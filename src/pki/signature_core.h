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

#include "pki/algorithm_core.h"

typedef enum CccdSignatureVerdict
{
	CCCD_SIGNATURE_OK,
	CCCD_SIGNATURE_INVALID,		/* the arithmetic says no */
	CCCD_SIGNATURE_MALFORMED,	/* cannot be a signature of this key */
	CCCD_SIGNATURE_UNSUPPORTED	/* unknown algorithm, unusable key */
} CccdSignatureVerdict;

/*
 * Whether memory ran out in a call here since that was last forgotten.  A "no"
 * then means nothing: the whole check is to be given up, and nobody may keep
 * what came of it.
 */
extern bool cccd_memory_ran_out(void);
extern void cccd_memory_forget(void);

/* A key ready for use; its owner frees it. */
typedef struct CccdKey CccdKey;

extern bool cccd_hash_parts(CccdHashKind hash, const CccdBytes *parts,
							int count, uint8_t *digest);
extern bool cccd_hash_bytes(CccdHashKind hash, CccdBytes bytes,
							uint8_t *digest);

extern CccdKey *cccd_key_make(const CccdPublicKey *numbers);
extern void cccd_key_free(CccdKey *key);
extern int	cccd_key_count(void);

extern CccdSignatureVerdict cccd_key_verify(CccdKey *key,
											const CccdAlgorithm *algorithm,
											CccdHashKind hash, const uint8_t *digest,
											CccdBytes signature);
extern bool cccd_key_verify_without_null(CccdKey *key, CccdHashKind hash,
										 const uint8_t *digest,
										 CccdBytes signature);

#endif							/* CCCD_SIGNATURE_CORE_H */
