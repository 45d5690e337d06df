/*
 * unit.h
 *		The little that a unit test of a core needs.
 *
 * A check that fails says where and what, and the test goes on; finish()
 * prints the count that the suite adds up.  With UNIT_STOP, which
 * scripts/mutants sets, the first check that fails ends the test.
 */
#ifndef UNIT_H
#define UNIT_H

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int	unit_checks;
static int	unit_failures;

static inline void
unit_fail(void)
{
	unit_failures++;
#ifdef UNIT_STOP
	exit(1);
#endif
}

#define CHECK(condition) \
	do { \
		unit_checks++; \
		if (!(condition)) \
		{ \
			fprintf(stderr, "%s:%d: failed: %s\n", \
					__FILE__, __LINE__, #condition); \
			unit_fail(); \
		} \
	} while (0)

#define CHECK_STR(actual, wanted) \
	do { \
		const char *unit_actual = (actual); \
		const char *unit_wanted = (wanted); \
		unit_checks++; \
		if (strcmp(unit_actual, unit_wanted) != 0) \
		{ \
			fprintf(stderr, "%s:%d: wanted \"%s\", got \"%s\"\n", \
					__FILE__, __LINE__, unit_wanted, unit_actual); \
			unit_fail(); \
		} \
	} while (0)

/*
 * How many random cases to draw: a tenth of all, and all of them with CCCD_FULL
 * in the environment, which "make test-all" sets.
 */
static inline int
unit_draws(int all)
{
	return getenv("CCCD_FULL") ? all : all / 10;
}

static inline int
finish(void)
{
	printf("%d checks\n", unit_checks);
	return unit_failures == 0 ? 0 : 1;
}

#endif							/* UNIT_H */
