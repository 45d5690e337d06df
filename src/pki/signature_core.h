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
 * Whether memory ran out in a call here since cccd_memory_forget().  A "no"
 * then means nothing: the whole check is to be given up, and nobody may keep
 * what came of it.
 */
extern bool cccd_memory_ran_out(void);

/* Forget that memory ran out: a new check begins. */
extern void cccd_memory_forget(void);

/*
 * What a call may spend on signatures, so that nobody can make it dear: how
 * many more may be tried, and what is called before each, which may leave by a
 * non-local exit.
 */
typedef struct CccdEffort
{
	int			attempts;
	bool		exhausted;		/* and one more would have been tried */
	void		(*breathe) (void);	/* or NULL */
} CccdEffort;

/* Call what is to be called before a signature; of NULL nothing. */
extern void cccd_effort_breathe(const CccdEffort *effort);

/* What an attempt counts that is not dear. */
#define CCCD_COST_PLAIN		1

/*
 * What an attempt with a key of these numbers counts, which have no problem:
 * of RSA as often CCCD_COST_PLAIN as its arithmetic takes the time of 2,048
 * bits with the exponent 65537, rounded up.  A curve is the state's choice, and
 * an honest document of that state takes as long: it counts as plain.
 */
extern int	cccd_key_cost(const CccdPublicKey *numbers);

/*
 * Whether a signature may be tried that counts cost attempts, which are then
 * spent; always with NULL.  A refusal is noted in exhausted, and nothing is
 * left.
 */
extern bool cccd_effort_spend(CccdEffort *effort, int cost);

/* A key ready for use; its owner frees it. */
typedef struct CccdKey CccdKey;

/*
 * Hash count parts as if they stood one behind the other. digest has room for
 * CCCD_HASH_SIZE bytes.  Returns false for CCCD_HASH_UNKNOWN, or if memory ran
 * out.
 */
extern bool cccd_hash_parts(CccdHashKind hash, const CccdBytes *parts,
							int count, uint8_t *digest);

/* The same of one piece of bytes. */
extern bool cccd_hash_bytes(CccdHashKind hash, CccdBytes bytes,
							uint8_t *digest);

/*
 * Make a key of these numbers, which need not live on; the caller owns it.
 * Returns NULL if they cannot be used, such as a point that is not on its
 * curve, or if memory ran out.
 */
extern CccdKey *cccd_key_make(const CccdPublicKey *numbers);

/* Free a key; NULL is allowed. */
extern void cccd_key_free(CccdKey *key);

/* Keys made and not freed, for tests of who owns them. */
extern int	cccd_key_count(void);

/*
 * Whether signature was made with key over digest, which has the size of hash.
 * The caller says which hash the digest is of, because the algorithm may leave
 * it open.  The key remembers the algorithm it was used with last.
 */
extern CccdSignatureVerdict cccd_key_verify(CccdKey *key,
											const CccdAlgorithm *algorithm,
											CccdHashKind hash, const uint8_t *digest,
											CccdBytes signature);

/*
 * Whether signature is one of PKCS #1 v1.5 whose DigestInfo lacks the NULL of
 * its hash's parameters: one master list of the United Nations was signed so.
 * Exactly that one encoding is recognised; for other kinds of keys the answer
 * is no.
 */
extern bool cccd_key_verify_without_null(CccdKey *key, CccdHashKind hash,
										 const uint8_t *digest,
										 CccdBytes signature);

#endif							/* CCCD_SIGNATURE_CORE_H */
