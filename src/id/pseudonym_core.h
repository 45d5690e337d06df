/*
 * pseudonym_core.h
 *		A stand-in for a number that only the holder of a key can compute.
 */
#ifndef CCCD_PSEUDONYM_CORE_H
#define CCCD_PSEUDONYM_CORE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * A shorter key could be found by trying: all numbers of the country are
 * 13 thousand million, so the key is the only secret.
 */
#define CCCD_PSEUDONYM_MIN_KEY	16
/* HMAC takes the length as an int; nobody has a key of a megabyte */
#define CCCD_PSEUDONYM_MAX_KEY	(1024 * 1024)
#define CCCD_PSEUDONYM_BYTES	16

extern bool cccd_pseudonym(int64_t id, const unsigned char *key,
						   size_t key_length,
						   unsigned char out[CCCD_PSEUDONYM_BYTES]);

#endif							/* CCCD_PSEUDONYM_CORE_H */
