/*
 * active.c
 *		Active authentication of a chip.
 */
#include "base/cccd.h"

#include "access/htup_details.h"
#include "funcapi.h"
#include "utils/builtins.h"

#include "chip/active_core.h"
#include "pki/finding.h"
#include "pki/signature.h"

/* Columns of the result. */
enum
{
	COLUMN_STATUS,
	COLUMN_SIGNATURE_STATUS,
	COLUMN_REASONS,
	COLUMN_FLAGS,
	COLUMN_ALGORITHM,
	COLUMNS
};

/* A bytea argument; a null pointer where it is null. */
static CccdBytes
bytes_argument(FunctionCallInfo fcinfo, int number)
{
	CccdBytes	bytes = {NULL, 0};
	bytea	   *argument;

	if (PG_ARGISNULL(number))
		return bytes;
	argument = PG_GETARG_BYTEA_PP(number);
	bytes.data = (const uint8_t *) VARDATA_ANY(argument);
	bytes.length = VARSIZE_ANY_EXHDR(argument);
	return bytes;
}

/*
 * Whether a chip answered a challenge with the key of its DG15.  Not strict:
 * what was not read is a result.
 */
PG_FUNCTION_INFO_V1(cccd_active_auth_verify);
Datum
cccd_active_auth_verify(PG_FUNCTION_ARGS)
{
	CccdActiveInput input;
	CccdActiveResult result;
	Datum		values[COLUMNS];
	bool		nulls[COLUMNS] = {0};

	input.dg15 = bytes_argument(fcinfo, 0);
	input.challenge = bytes_argument(fcinfo, 1);
	input.response = bytes_argument(fcinfo, 2);
	input.dg14 = bytes_argument(fcinfo, 3);
	input.key_trusted = !PG_ARGISNULL(4) && PG_GETARG_BOOL(4);
	cccd_active_verify(&input, &result);
	if (result.out_of_memory)
		cccd_memory_error();
	values[COLUMN_STATUS] = cccd_status_datum(result.status);
	values[COLUMN_SIGNATURE_STATUS] = cccd_status_datum(result.signature);
	values[COLUMN_REASONS] = cccd_findings_datum(&result.report, false);
	values[COLUMN_FLAGS] = cccd_findings_datum(&result.report, true);
	nulls[COLUMN_ALGORITHM] = result.algorithm[0] == '\0';
	values[COLUMN_ALGORITHM] = CStringGetTextDatum(result.algorithm);
	return HeapTupleGetDatum(heap_form_tuple(cccd_row_type(fcinfo, COLUMNS),
											 values, nulls));
}
