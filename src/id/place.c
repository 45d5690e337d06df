/*
 * place.c
 *		The place that a number's first three digits name.
 */
#include "base/cccd.h"

#include "mb/pg_wchar.h"
#include "utils/builtins.h"

#include "id/id_core.h"
#include "id/place.h"
#include "id/place_core.h"

/* A name of the tables in the database's encoding. */
static Datum
name_datum(const char *name)
{
	return PointerGetDatum(cstring_to_text(pg_any_to_server(name, strlen(name),
															PG_UTF8)));
}

/* 0 .. 999, assigned or not */
PG_FUNCTION_INFO_V1(cccd_id_place);
Datum
cccd_id_place(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT16((int16) cccd_id_place_of(PG_GETARG_INT64(0)));
}

/* Province of the number, or country. */
PG_FUNCTION_INFO_V1(cccd_id_place_name);
Datum
cccd_id_place_name(PG_FUNCTION_ARGS)
{
	const char *name = cccd_place_name(cccd_id_place_of(PG_GETARG_INT64(0)));

	if (name == NULL)
		PG_RETURN_NULL();
	PG_RETURN_DATUM(name_datum(name));
}

/* Code of today's province. */
PG_FUNCTION_INFO_V1(cccd_id_place_successor);
Datum
cccd_id_place_successor(PG_FUNCTION_ARGS)
{
	int			code = cccd_place_successor(cccd_id_place_of(PG_GETARG_INT64(0)));

	if (code == 0)
		PG_RETURN_NULL();
	PG_RETURN_INT16((int16) code);
}

/* Name of today's province. */
PG_FUNCTION_INFO_V1(cccd_id_place_successor_name);
Datum
cccd_id_place_successor_name(PG_FUNCTION_ARGS)
{
	int			code = cccd_place_successor(cccd_id_place_of(PG_GETARG_INT64(0)));

	if (code == 0)
		PG_RETURN_NULL();
	PG_RETURN_DATUM(name_datum(cccd_place_successor_name(code)));
}

/* The lowest number of a place. */
PG_FUNCTION_INFO_V1(cccd_id_place_first);
Datum
cccd_id_place_first(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT64(cccd_id_first_of_place(PG_GETARG_INT32(0)));
}

/* The highest number of a place. */
PG_FUNCTION_INFO_V1(cccd_id_place_last);
Datum
cccd_id_place_last(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT64(cccd_id_last_of_place(PG_GETARG_INT32(0)));
}

/*
 * The lowest and the highest place of the list that have numbers; if there is
 * none, places of which the numbers lie in the wrong order.
 */
static void
outer_places(ArrayType *array, int *lowest, int *highest)
{
	CccdPlaces	places = cccd_places(array);
	int32		place;
	bool		isnull;

	*lowest = CCCD_ID_LAST_PLACE + 1;
	*highest = -1;
	while (cccd_places_next(&places, &place, &isnull))
	{
		if (isnull || place < 0 || place > CCCD_ID_LAST_PLACE)
			continue;
		*lowest = Min(*lowest, place);
		*highest = Max(*highest, place);
	}
}

/* The lowest number of all places of a list. */
PG_FUNCTION_INFO_V1(cccd_id_places_first);
Datum
cccd_id_places_first(PG_FUNCTION_ARGS)
{
	int			lowest,
				highest;

	outer_places(PG_GETARG_ARRAYTYPE_P(0), &lowest, &highest);
	PG_RETURN_INT64(cccd_id_first_of_place(lowest));
}

/* The highest number of all places of a list. */
PG_FUNCTION_INFO_V1(cccd_id_places_last);
Datum
cccd_id_places_last(PG_FUNCTION_ARGS)
{
	int			lowest,
				highest;

	outer_places(PG_GETARG_ARRAYTYPE_P(0), &lowest, &highest);
	PG_RETURN_INT64(cccd_id_last_of_place(highest));
}

/*
 * cccd_id_in_place(id, VARIADIC places): the same as cccd_id_place(id) =
 * ANY (places), nulls included.  The planner replaces most calls by ranges of
 * id (place_support.c); what is left comes here.
 */
PG_FUNCTION_INFO_V1(cccd_id_in_place);
Datum
cccd_id_in_place(PG_FUNCTION_ARGS)
{
	CccdPlaces	places;
	int64_t		id;
	int32		place;
	bool		isnull,
				any_null = false;

	if (PG_ARGISNULL(1))
		PG_RETURN_NULL();
	places = cccd_places(PG_GETARG_ARRAYTYPE_P(1));
	if (places.count == 0)
		PG_RETURN_BOOL(false);
	if (PG_ARGISNULL(0))
		PG_RETURN_NULL();
	id = PG_GETARG_INT64(0);
	while (cccd_places_next(&places, &place, &isnull))
	{
		any_null |= isnull;
		if (!isnull && id >= cccd_id_first_of_place(place) &&
			id <= cccd_id_last_of_place(place))
			PG_RETURN_BOOL(true);
	}
	if (any_null)
		PG_RETURN_NULL();
	PG_RETURN_BOOL(false);
}
