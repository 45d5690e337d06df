/*
 * chance.h
 *		Random numbers of a test: the same ones in every run.
 */
#ifndef CHANCE_H
#define CHANCE_H

#include <stdint.h>

static uint64_t chance_state = 20211116;

/* 64 random bits, of Marsaglia's xorshift: never 0, the low ones the worst. */
static inline uint64_t
chance_bits(void)
{
	chance_state ^= chance_state << 13;
	chance_state ^= chance_state >> 7;
	chance_state ^= chance_state << 17;
	return chance_state;
}

/* A number from 0 up to, without it, n, which is not 0. */
static inline uint32_t
chance(uint32_t n)
{
	return (uint32_t) (chance_bits() >> 20) % n;
}

#endif							/* CHANCE_H */
