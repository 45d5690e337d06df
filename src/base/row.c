/*
 * row.c
 *		Rows that functions with OUT columns return; see row.h.
 */
#include "base/row.h"

#include "catalog/pg_type.h"
#include "funcapi.h"
#include "utils/array.h"
#include "utils/memutils.h"

/* More than we have functions that return a row. */
#define ROW_TYPES	32

static struct
{
	Oid			function;
	TupleDesc	type;
}			row_types[ROW_TYPES];

TupleDesc
cccd_row_type(FunctionCallInfo fcinfo, int columns)
{
	static int	next = 0;
	Oid			function = fcinfo->flinfo->fn_oid;
	MemoryContext caller;
	TupleDesc	type;

	for (int i = 0; i < ROW_TYPES; i++)
		if (row_types[i].type != NULL && row_types[i].function == function)
			return row_types[i].type;
	if (get_call_result_type(fcinfo, NULL, &type) != TYPEFUNC_COMPOSITE ||
		type->natts != columns)
		elog(ERROR, "return type must be a row of %d columns", columns);
	caller = MemoryContextSwitchTo(TopMemoryContext);
	type = CreateTupleDescCopy(BlessTupleDesc(type));
	MemoryContextSwitchTo(caller);
	if (row_types[next].type != NULL)
		FreeTupleDesc(row_types[next].type);
	row_types[next].function = function;
	row_types[next].type = type;
	next = (next + 1) % ROW_TYPES;
	return type;
}

Datum
cccd_bytes_datum(const void *data, size_t length)
{
	bytea	   *value = palloc(VARHDRSZ + length);

	SET_VARSIZE(value, VARHDRSZ + length);
	if (length > 0)
		memcpy(VARDATA(value), data, length);
	return PointerGetDatum(value);
}

Datum
cccd_texts_datum(Datum *texts, int count)
{
	return PointerGetDatum(construct_array(texts, count, TEXTOID, -1, false,
										   TYPALIGN_INT));
}
