/*
 * place.c
 *		The place that a number's first three digits name.
 */
#include "base/cccd.h"

#include "mb/pg_wchar.h"
#include "utils/builtins.h"

#include "id/id_core.h"
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

/* The nearest place that three digits can say. */
static int64_t
clamp_place(int64_t place)
{
	return place < 0 ? 0 : place > 999 ? 999 : place;
}

/* The lowest number of a place. */
PG_FUNCTION_INFO_V1(cccd_id_place_first);
Datum
cccd_id_place_first(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT64(clamp_place(PG_GETARG_INT64(0)) * CCCD_ID_PER_PLACE);
}

/* The highest number of a place. */
PG_FUNCTION_INFO_V1(cccd_id_place_last);
Datum
cccd_id_place_last(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT64(clamp_place(PG_GETARG_INT64(0)) * CCCD_ID_PER_PLACE +
					CCCD_ID_PER_PLACE - 1);
}
