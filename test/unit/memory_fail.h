/*
 * memory_fail.h
 *		Memory that a test lets run out, for the cores and for OpenSSL: at every
 *		place where an attempt asks for some, once and from then on.
 *
 * A test that uses it is linked with -Wl,--wrap=calloc.
 */
#ifndef MEMORY_FAIL_H
#define MEMORY_FAIL_H

#include "unit.h"

#include <openssl/crypto.h>
#include <openssl/err.h>

#include "pki/signature_core.h"

extern void *__real_calloc(size_t count, size_t size);
extern void *__wrap_calloc(size_t count, size_t size);

static long countdown = -1;		/* allocations until one fails; -1: none does */
static bool for_good;			/* and all after it */
static bool failed;
static long living;				/* allocations of OpenSSL and of the cores */

static bool
fails(void)
{
	if (countdown < 0)
		return false;
	if (countdown > 0)
	{
		countdown--;
		return false;
	}
	if (!for_good)
		countdown = -1;
	failed = true;
	return true;
}

void	   *
__wrap_calloc(size_t count, size_t size)
{
	return fails() ? NULL : __real_calloc(count, size);
}

static void *
our_malloc(size_t size, const char *file, int line)
{
	(void) file;
	(void) line;
	if (fails())
		return NULL;
	living++;
	return malloc(size);
}

static void *
our_realloc(void *old, size_t size, const char *file, int line)
{
	(void) file;
	(void) line;
	if (fails())
		return NULL;
	living += old == NULL;
	return realloc(old, size);
}

static void
our_free(void *old, const char *file, int line)
{
	(void) file;
	(void) line;
	living -= old != NULL;
	free(old);
}

/* What an attempt came to. */
typedef enum Outcome
{
	RIGHT,						/* what it says with enough memory */
	GAVE_UP,					/* and says so */
	WRONG
} Outcome;

/* Before anything else asks OpenSSL for memory. */
static inline bool
memory_begin(void)
{
	return CRYPTO_set_mem_functions(our_malloc, our_realloc, our_free) == 1;
}

/* Every place once, then every place from which on there is nothing. */
static inline void
exhaust(const char *name, Outcome (*ask) (void))
{
	long		baseline;
	long		places = 0;
	long		lost = 0;

	CHECK(ask() == RIGHT && ask() == RIGHT);
	baseline = living;
	for (int mode = 0; mode < 2; mode++)
	{
		for (long k = 0;; k++)
		{
			Outcome		outcome;

			countdown = k;
			for_good = mode == 1;
			failed = false;
			outcome = ask();
			countdown = -1;
			if (outcome == WRONG)
				fprintf(stderr, "%s: allocation %ld%s\n", name, k,
						for_good ? " and all after it" : "");
			CHECK(outcome != WRONG);
			CHECK(outcome == RIGHT || failed);
			CHECK(ERR_peek_error() == 0);
			if (!failed)
				break;
			places++;
			failed = false;
			CHECK(ask() == RIGHT);
			/* keys are ours; OpenSSL itself loses a piece here and there */
			CHECK(cccd_key_count() == 0);
			lost += living - baseline;
			baseline = living;
		}
	}
	printf("%s: %ld failed allocations, %ld lost by OpenSSL\n", name, places,
		   lost);
	CHECK(places > 0);
}

#endif							/* MEMORY_FAIL_H */
