/*
 * reason.c
 *		The list of reasons in SQL.
 */
#include "base/cccd.h"

#include "funcapi.h"
#include "utils/builtins.h"
#include "utils/tuplestore.h"

#include "gate/reason_core.h"

/* reason_codes(): code, verdict and subject of every reason. */
PG_FUNCTION_INFO_V1(cccd_gate_reason_codes);
Datum
cccd_gate_reason_codes(PG_FUNCTION_ARGS)
{
	ReturnSetInfo *result = (ReturnSetInfo *) fcinfo->resultinfo;

	InitMaterializedSRF(fcinfo, 0);
	for (int i = 0; i < CCCD_REASON_COUNT; i++)
	{
		const CccdReasonEntry *entry = &cccd_reason_entries[i];
		const char *verdict =
		entry->severity == CCCD_SEVERITY_REFUSE ? "refuse" : "review";
		bool		nulls[3] = {false, false, false};
		Datum		values[3];

		values[0] = CStringGetTextDatum(entry->code);
		values[1] = CStringGetTextDatum(verdict);
		values[2] = CStringGetTextDatum(cccd_subject_names[entry->subject]);
		tuplestore_putvalues(result->setResult, result->setDesc, values,
							 nulls);
	}
	PG_RETURN_NULL();
}
