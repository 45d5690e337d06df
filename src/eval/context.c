/*
 * context.c
 *		The type cccd_context: what the caller of a rule knows.
 */
#include "eval/context.h"

#include "access/htup_details.h"
#include "funcapi.h"
#include "libpq/pqformat.h"
#include "mb/pg_wchar.h"
#include "utils/builtins.h"
#include "utils/date.h"

#include "base/row.h"
#include "base/value.h"
#include "health/code_core.h"

uint64
cccd_context_check(int64 packed)
{
	CccdContext context;

	if (unlikely(!cccd_context_unpack((uint64) packed, &context)))
		cccd_value_corrupted("cccd_context");
	return (uint64) packed;
}

/*
 * cccd_context_in(cstring): name=value, ...
 */
PG_FUNCTION_INFO_V1(cccd_context_in);
Datum
cccd_context_in(PG_FUNCTION_ARGS)
{
	const char *text = PG_GETARG_CSTRING(0);
	CccdContextError error;
	uint64_t	packed;

	if (!cccd_context_parse(text, strlen(text), &packed, &error))
		ereturn(fcinfo->context, (Datum) 0,
				(errcode(ERRCODE_INVALID_TEXT_REPRESENTATION),
				 errmsg("invalid input syntax for type %s", "cccd_context"),
				 errdetail("Expected %s at character %d.", error.expected,
						   1 + pg_mbstrlen_with_len(text,
													(int) error.position))));
	return CCCD_CONTEXT_DATUM(packed);
}

/*
 * cccd_context_out(cccd_context): name=value, ..., the known parts only.
 */
PG_FUNCTION_INFO_V1(cccd_context_out);
Datum
cccd_context_out(PG_FUNCTION_ARGS)
{
	char	   *text = palloc(CCCD_CONTEXT_TEXT_SIZE);

	cccd_context_format(CCCD_GETARG_CONTEXT(0), text);
	PG_RETURN_CSTRING(text);
}

/*
 * cccd_context_recv(internal): the eight bytes, checked.
 */
PG_FUNCTION_INFO_V1(cccd_context_recv);
Datum
cccd_context_recv(PG_FUNCTION_ARGS)
{
	StringInfo	message = (StringInfo) PG_GETARG_POINTER(0);
	uint64_t	packed = (uint64_t) pq_getmsgint64(message);
	CccdContext context;

	if (!cccd_context_unpack(packed, &context))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_BINARY_REPRESENTATION),
				 errmsg("invalid binary data for type %s", "cccd_context")));
	return CCCD_CONTEXT_DATUM(packed);
}

/*
 * cccd_context_send(cccd_context): eight bytes.
 */
PG_FUNCTION_INFO_V1(cccd_context_send);
Datum
cccd_context_send(PG_FUNCTION_ARGS)
{
	StringInfoData message;

	pq_begintypsend(&message);
	pq_sendint64(&message, (int64) CCCD_GETARG_CONTEXT(0));
	PG_RETURN_BYTEA_P(pq_endtypsend(&message));
}

/* A boolean argument as a part of the context. */
static uint8
answer_arg(FunctionCallInfo fcinfo, int arg)
{
	if (PG_ARGISNULL(arg))
		return CCCD_CONTEXT_UNKNOWN;
	return PG_GETARG_BOOL(arg) ? CCCD_CONTEXT_YES : CCCD_CONTEXT_NO;
}

/* A number from 1 to max, 0 for null. */
static int
number_arg(FunctionCallInfo fcinfo, int arg, int max, const char *name)
{
	int			number;

	if (PG_ARGISNULL(arg))
		return 0;
	number = PG_GETARG_INT32(arg);
	if (number < 1 || number > max)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("%s is out of range", name),
				 errdetail("It must be from 1 to %d.", max)));
	return number;
}

static uint8
evidence_arg(FunctionCallInfo fcinfo, int arg)
{
	text	   *name;
	int			evidence;

	if (PG_ARGISNULL(arg))
		return CCCD_EVIDENCE_UNKNOWN;
	name = PG_GETARG_TEXT_PP(arg);
	evidence = cccd_code_find(CCCD_CODES_EVIDENCE, VARDATA_ANY(name),
							  VARSIZE_ANY_EXHDR(name));
	if (evidence < 0)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("unknown level of evidence"),
				 errhint("From weak to strong: claimed, paper, qr, registry, signature, chip, genuine.")));
	return evidence;
}

static uint8
sex_arg(FunctionCallInfo fcinfo, int arg)
{
	text	   *name;
	int			sex;

	if (PG_ARGISNULL(arg))
		return 0;
	name = PG_GETARG_TEXT_PP(arg);
	sex = cccd_context_find_sex(VARDATA_ANY(name), VARSIZE_ANY_EXHDR(name));
	if (sex < 0)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("unknown sex"),
				 errhint("It is M, F, male or female, or null if it is not known.")));
	return sex;
}

/*
 * cccd_context(ticket, accompanied, evidence, level, origin_level,
 * birth_date, sex, place): null is "not known".
 */
PG_FUNCTION_INFO_V1(cccd_context_make);
Datum
cccd_context_make(PG_FUNCTION_ARGS)
{
	CccdContext context = {0};
	uint64_t	packed;

	context.ticket = answer_arg(fcinfo, 0);
	context.accompanied = answer_arg(fcinfo, 1);
	context.evidence = evidence_arg(fcinfo, 2);
	context.level = number_arg(fcinfo, 3, CCCD_LEVEL_MAX, "level");
	context.origin_level = number_arg(fcinfo, 4, CCCD_LEVEL_MAX,
									  "origin_level");
	context.has_birth_date = !PG_ARGISNULL(5);
	if (context.has_birth_date)
		context.birth_date = PG_GETARG_DATEADT(5);
	context.sex = sex_arg(fcinfo, 6);
	context.place = number_arg(fcinfo, 7, CCCD_PLACE_MAX, "place");
	if (!cccd_context_pack(&context, &packed))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("birth_date is out of range"),
				 errdetail("It must be from %s.", CCCD_CONTEXT_BIRTH_RANGE)));
	return CCCD_CONTEXT_DATUM(packed);
}

/* A value of the row that cccd_context_fields returns, null for 0. */
static void
put_number(int number, int column, Datum *values, bool *nulls)
{
	nulls[column] = number == 0;
	values[column] = Int32GetDatum(number);
}

static void
put_answer(int answer, int column, Datum *values, bool *nulls)
{
	nulls[column] = answer == CCCD_CONTEXT_UNKNOWN;
	values[column] = BoolGetDatum(answer == CCCD_CONTEXT_YES);
}

/*
 * cccd_context_fields(cccd_context): the parts, in the order of the arguments
 * of cccd_context().
 */
PG_FUNCTION_INFO_V1(cccd_context_fields);
Datum
cccd_context_fields(PG_FUNCTION_ARGS)
{
	CccdContext context;
	char		evidence[CCCD_CODE_SIZE];
	Datum		values[8];
	bool		nulls[8] = {false};

	(void) cccd_context_unpack(CCCD_GETARG_CONTEXT(0), &context);
	put_answer(context.ticket, 0, values, nulls);
	put_answer(context.accompanied, 1, values, nulls);
	cccd_code_name(CCCD_CODES_EVIDENCE, context.evidence, evidence);
	nulls[2] = context.evidence == CCCD_EVIDENCE_UNKNOWN;
	values[2] = CStringGetTextDatum(evidence);
	put_number(context.level, 3, values, nulls);
	put_number(context.origin_level, 4, values, nulls);
	nulls[5] = !context.has_birth_date;
	values[5] = DateADTGetDatum(context.birth_date);
	nulls[6] = context.sex == 0;
	values[6] = CStringGetTextDatum(context.sex == CCCD_SEX_MALE ? "M" : "F");
	put_number(context.place, 7, values, nulls);
	return HeapTupleGetDatum(heap_form_tuple(cccd_row_type(fcinfo, 8),
											 values, nulls));
}
