/*
 * place.h
 *		Lists of places, the integer[] of cccd_id_in_place().
 */
#ifndef CCCD_PLACE_H
#define CCCD_PLACE_H

#include "base/cccd.h"

#include "utils/array.h"

/* A list that is being read; the members but count are the functions' own. */
typedef struct CccdPlaces
{
	const int32 *next;			/* the next value that is not null */
	const uint8 *nulls;			/* a bit for each element, 0 for null; or NULL */
	int			index;
	int			count;			/* elements, nulls included */
} CccdPlaces;

/*
 * Begin to read an integer[] of any number of dimensions.  Points into the
 * array, which must be detoasted and live as long.
 */
static inline CccdPlaces
cccd_places(ArrayType *array)
{
	CccdPlaces	places = {
		.next = (const int32 *) ARR_DATA_PTR(array),
		.nulls = ARR_NULLBITMAP(array),
		.count = ArrayGetNItems(ARR_NDIM(array), ARR_DIMS(array))
	};

	return places;
}

/* The next element, which may be null; false if there are no more. */
static inline bool
cccd_places_next(CccdPlaces *places, int32 *place, bool *isnull)
{
	int			i = places->index;

	if (i >= places->count)
		return false;
	places->index++;
	*isnull = places->nulls && !(places->nulls[i / 8] >> i % 8 & 1);
	if (!*isnull)
		*place = *places->next++;
	return true;
}

#endif							/* CCCD_PLACE_H */
