/*
 * trust.h
 *		Trust values in the server.
 */
#ifndef CCCD_TRUST_H
#define CCCD_TRUST_H

#include "base/cccd.h"
#include "pki/signature.h"
#include "trust/store_core.h"

/* A trust argument: its digest at hand, its content fetched when needed. */
typedef struct CccdTrustArgument
{
	Datum		datum;
	uint8		digest[CCCD_SHA256_SIZE];
} CccdTrustArgument;

/*
 * Take a trust argument: its digest, CCCD_SHA256_SIZE bytes, is fetched
 * without the rest of a value that is stored out of line.  Raises
 * ERRCODE_DATA_CORRUPTED if the header is not one.
 */
extern void cccd_trust_argument_init(CccdTrustArgument *argument,
									 Datum datum);

/*
 * The value read and ready.  It is cached in the backend by its digest, which
 * keeps the last few values; the store stays valid until another value is
 * opened.  Raises ERRCODE_DATA_CORRUPTED if it is damaged.
 */
extern CccdTrustStore *cccd_trust_open(CccdTrustArgument *argument);

#endif							/* CCCD_TRUST_H */
