/*
 * digest.h
 *		SHA-256 of pieces, for the hashes that the gate stores.
 */
#ifndef CCCD_GATE_DIGEST_H
#define CCCD_GATE_DIGEST_H

#include "base/cccd.h"

/* A secret of fewer bytes could be guessed, so that its hash is keyed. */
#define CCCD_SHORT_SECRET	16

/* Bytes of the hash of a record in the log. */
#define CCCD_FACTS_HASH		8

typedef struct CccdPiece
{
	const void *bytes;
	size_t		length;
} CccdPiece;

/* SHA-256 of the pieces one after the other: 32 bytes. */
extern void cccd_digest(const CccdPiece *pieces, int count, uint8 *out);

#endif							/* CCCD_GATE_DIGEST_H */
