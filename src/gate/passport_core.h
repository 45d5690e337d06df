/*
 * passport_core.h
 *		The number of a passport: typed, or in the passport's two lines.
 */
#ifndef CCCD_PASSPORT_CORE_H
#define CCCD_PASSPORT_CORE_H

#include <stdbool.h>
#include <stddef.h>

/* Characters of a number that is typed, and of the scan it stands in. */
#define CCCD_PASSPORT_NUMBER_MIN	6
#define CCCD_PASSPORT_NUMBER_MAX	15
#define CCCD_PASSPORT_LINE			44	/* of ICAO Doc 9303-4 */

typedef struct CccdPassport
{
	char		number[CCCD_PASSPORT_NUMBER_MAX + 1];
	char		state[4];		/* who issued it; empty: not said */
} CccdPassport;

/*
 * Read a passport's number from a scan in UTF-8: capital letters and digits
 * with at least one letter, or the two lines of ICAO Doc 9303-4 with any white
 * space between them.  White space around it does not matter.  The lines are
 * not checked further: a number found this way is only claimed.  False if the
 * scan is neither; *passport is undefined then.
 */
extern bool cccd_passport_read(const char *scan, size_t len,
							   CccdPassport *passport);

#endif							/* CCCD_PASSPORT_CORE_H */
