/*
 * name_core.h
 *		The form in which names from different documents compare equal.
 */
#ifndef CCCD_NAME_CORE_H
#define CCCD_NAME_CORE_H

#include <stddef.h>

/*
 * Fold a name of len bytes: letters A to Z, digits and single spaces, marks
 * and apostrophes left out (ICAO Doc 9303-3 section 6). out has room for len
 * bytes and does not overlap the name; no zero byte is written.  Returns the
 * length of the result, never more than len.
 *
 * Bytes that are not UTF-8 and letters of other scripts stay as they are: a
 * key that differs is a question to the guard, one that agrees by accident
 * admits a stranger.
 */
extern size_t cccd_name_fold(const char *name, size_t len, char *out);

#endif							/* CCCD_NAME_CORE_H */
