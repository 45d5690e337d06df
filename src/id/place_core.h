/*
 * place_core.h
 *		The places of the number's first three digits.
 */
#ifndef CCCD_PLACE_CORE_H
#define CCCD_PLACE_CORE_H

#include <stdbool.h>
#include <stdint.h>

#define CCCD_PLACE_PROVINCES		63
#define CCCD_PLACE_SUCCESSORS		34
#define CCCD_PLACE_FIRST_COUNTRY	101
#define CCCD_PLACE_LAST_COUNTRY		295

/*
 * The Vietnamese name of a place, a province of 2016 or a country, as UTF-8 in
 * NFC; NULL if the code was never assigned.  The string is static.
 */
extern const char *cccd_place_name(int place);

/*
 * The code of the province, one of the 34 since 1 July 2025, that a province
 * of 2016 is part of; 0 for countries and for codes that were never assigned.
 */
extern int	cccd_place_successor(int place);

/*
 * The name of one of the 34 provinces by its code of today, as UTF-8 in NFC;
 * NULL for any other code.  The string is static.
 */
extern const char *cccd_place_successor_name(int code);

/* A set of places; all zero is the empty one. */
typedef struct CccdPlaceSet
{
	uint64_t	bits[16];
} CccdPlaceSet;

/* Add a place; one outside 0 .. CCCD_ID_LAST_PLACE has no numbers and is not added. */
extern void cccd_place_set_add(CccdPlaceSet *set, int64_t place);

/*
 * The next places of the set without a gap between them: at the call *first is
 * where to begin to look, from 0; on success the places are *first .. *last,
 * and the next call begins at *last + 1.  False if there are no more.
 */
extern bool cccd_place_set_next(const CccdPlaceSet *set, int *first,
								int *last);

#endif							/* CCCD_PLACE_CORE_H */
