/*
 * finding.c
 *		Statuses and findings as SQL values; see finding.h.
 */
#include "trust/finding.h"

#include "catalog/pg_type.h"
#include "funcapi.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/memutils.h"

Datum
cccd_bytes_datum(const void *data, size_t length)
{
	bytea	   *value = palloc(VARHDRSZ + length);

	SET_VARSIZE(value, VARHDRSZ + length);
	memcpy(VARDATA(value), data, length);
	return PointerGetDatum(value);
}

/* A row has a dozen of them: each is made once in a session. */
Datum
cccd_status_datum(CccdCheckStatus status)
{
	static text *texts[CCCD_STATUS_FAILED + 1];

	if (texts[status] == NULL)
	{
		MemoryContext before = MemoryContextSwitchTo(TopMemoryContext);

		texts[status] = cstring_to_text(cccd_status_name(status));
		MemoryContextSwitchTo(before);
	}
	return PointerGetDatum(texts[status]);
}

/* The reasons, or the flags, as text[]. */
Datum
cccd_findings_datum(const CccdReport *report, bool flags)
{
	Datum		texts[CCCD_FINDINGS];
	char		out[CCCD_FINDING_SIZE];
	int			count = 0;
	int			k;

	for (k = 0; k < report->count; k++)
	{
		if (report->finding[k].flag != flags)
			continue;
		cccd_finding_format(&report->finding[k], out);
		texts[count++] = CStringGetTextDatum(out);
	}
	return PointerGetDatum(construct_array(texts, count, TEXTOID, -1, false,
										   TYPALIGN_INT));
}

/* The result's row type, looked up once per query. */
TupleDesc
cccd_row_type(FunctionCallInfo fcinfo)
{
	if (fcinfo->flinfo->fn_extra == NULL)
	{
		MemoryContext before = MemoryContextSwitchTo(fcinfo->flinfo->fn_mcxt);
		TupleDesc	type;

		if (get_call_result_type(fcinfo, NULL, &type) != TYPEFUNC_COMPOSITE)
			elog(ERROR, "return type must be a row type");
		fcinfo->flinfo->fn_extra = BlessTupleDesc(type);
		MemoryContextSwitchTo(before);
	}
	return (TupleDesc) fcinfo->flinfo->fn_extra;
}
