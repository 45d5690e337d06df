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

extern void cccd_trust_argument_init(CccdTrustArgument *argument,
									 Datum datum);

/* The value read and ready; cached in the backend by its digest. */
extern CccdTrustStore *cccd_trust_open(CccdTrustArgument *argument);

#endif							/* CCCD_TRUST_H */
