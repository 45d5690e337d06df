/*
 * active_core.h
 *		Active authentication (Doc 9303-11 6.1): the chip signs a challenge with
 *		a key that never leaves it, so a copy of its files cannot answer.
 *
 * The answer proves nothing by itself: anybody can make a key and put it into
 * a DG15.  It counts when passive authentication found the same DG15 in a
 * security object that is trusted.
 */
#ifndef CCCD_ACTIVE_CORE_H
#define CCCD_ACTIVE_CORE_H

#include "pki/finding_core.h"
#include "pki/signature_core.h"

/* Octets of a challenge, RND.IFD (Doc 9303-11 6.1.2.1). */
#define CCCD_ACTIVE_CHALLENGE	8

/* Room for the text of an algorithm, with its final zero byte. */
#define CCCD_ACTIVE_ALGORITHM_SIZE	48

/* Bytes of DG14 and DG15 that are looked at. */
#define CCCD_ACTIVE_GROUP_SIZE	65536

/* A null pointer stands for what is not there. */
typedef struct CccdActiveInput
{
	CccdBytes	dg15;
	CccdBytes	dg14;
	CccdBytes	challenge;
	CccdBytes	response;
	bool		key_trusted;	/* DG15 is in a trusted security object */
} CccdActiveInput;

typedef struct CccdActiveResult
{
	CccdCheckStatus status;		/* ok: signed, by a key that is trusted */
	CccdCheckStatus signature;	/* the signature alone */
	CccdReport	report;
	char		algorithm[CCCD_ACTIVE_ALGORITHM_SIZE];	/* empty: unknown */
	bool		out_of_memory;
} CccdActiveResult;

/*
 * Verify the answer to a challenge with the key of DG15.  Everything that goes
 * wrong is in the result, and what was not supplied is "not performed";
 * out_of_memory alone says that there is no result.
 */
extern void cccd_active_verify(const CccdActiveInput *input,
							   CccdActiveResult *result);

/*
 * Verify the answer of an RSA key, in active_rsa_core.c; the status bytes of
 * the card are off it.  Any hash that is permitted may have been used, the one
 * that the trailer names is tried first (Doc 9303-11 6.1.2.2).
 */
extern void cccd_active_verify_rsa(const CccdActiveInput *input,
								   const CccdPublicKey *key,
								   CccdActiveResult *result);

/* Add a reason, and set the signature's status to what it makes of it. */
extern void cccd_active_reject(CccdActiveResult *result, int code,
							   CccdCheckStatus status);

/* Write the text of an algorithm: scheme, hash and key. */
extern void cccd_active_set_algorithm(CccdActiveResult *result,
									  const char *scheme, CccdHashKind hash,
									  const CccdPublicKey *key);

#endif							/* CCCD_ACTIVE_CORE_H */
