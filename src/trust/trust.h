/*
 * trust.h
 *		Trust values in the server.
 */
#ifndef CCCD_TRUST_H
#define CCCD_TRUST_H

#include "cccd.h"
#include "trust/store_core.h"

/* A trust argument: its digest at hand, its content fetched when needed. */
typedef struct cccd_trust_argument
{
	Datum		datum;
	uint8		digest[CCCD_SHA256_SIZE];
} cccd_trust_argument;

extern void cccd_trust_argument_init(cccd_trust_argument *argument,
									 Datum datum);

/* The value read and ready; cached in the backend by its digest. */
extern cccd_trust_store *cccd_trust_open(cccd_trust_argument *argument);

#endif							/* CCCD_TRUST_H */
