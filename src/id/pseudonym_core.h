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

/*
 * The first 16 bytes of HMAC-SHA-256 over the twelve ASCII digits of the
 * number (RFC 2104), with version 8 and variant of RFC 9562 set.  The same
 * number and key give the same bytes everywhere.
 *
 * The caller has checked that key_length is at least CCCD_PSEUDONYM_MIN_KEY and
 * at most CCCD_PSEUDONYM_MAX_KEY bytes.  False if OpenSSL refuses, in practice
 * when it is out of memory; out is then untouched.  Nothing is kept, no copy
 * of the digest stays on the stack, and OpenSSL's error queue, which the
 * server's TLS code shares, is empty on return.
 */
extern bool cccd_pseudonym(int64_t id, const unsigned char *key,
						   size_t key_length,
						   unsigned char out[CCCD_PSEUDONYM_BYTES]);

#endif							/* CCCD_PSEUDONYM_CORE_H */
