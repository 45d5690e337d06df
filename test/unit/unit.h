/*
 * unit.h
 *		The little that a unit test of a core needs.
 *
 * A check that fails says where and what, and the test goes on; finish()
 * prints the count that the suite adds up.
 */
#ifndef UNIT_H
#define UNIT_H

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

static int	unit_checks;
static int	unit_failures;

#define CHECK(condition) \
	do { \
		unit_checks++; \
		if (!(condition)) \
		{ \
			unit_failures++; \
			fprintf(stderr, "%s:%d: failed: %s\n", \
					__FILE__, __LINE__, #condition); \
		} \
	} while (0)

#define CHECK_STR(actual, wanted) \
	do { \
		const char *unit_actual = (actual); \
		const char *unit_wanted = (wanted); \
		unit_checks++; \
		if (strcmp(unit_actual, unit_wanted) != 0) \
		{ \
			unit_failures++; \
			fprintf(stderr, "%s:%d: wanted \"%s\", got \"%s\"\n", \
					__FILE__, __LINE__, unit_wanted, unit_actual); \
		} \
	} while (0)

static inline int
finish(void)
{
	printf("%d checks\n", unit_checks);
	return unit_failures == 0 ? 0 : 1;
}

#endif							/* UNIT_H */
