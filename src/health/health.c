/*
 * health.c
 *		Making, joining and opening health records from SQL.
 */
#include "base/cccd.h"

#include "funcapi.h"
#include "utils/builtins.h"
#include "utils/timestamp.h"
#include "utils/tuplestore.h"

#include "health/code_core.h"
#include "health/health.h"
#include "health/health_text_core.h"

const unsigned char cccd_health_nothing[CCCD_HEALTH_HEADER] = {
	CCCD_HEALTH_VERSION
};

/* The value of bytes that were built, or the error that there are none. */
static Datum
built(CccdHealthStatus status, const unsigned char *body, size_t length)
{
	if (status == CCCD_HEALTH_BAD_EVENT)
		elog(ERROR, "invalid event for a health record");
	if (status != CCCD_HEALTH_OK)
		ereport(ERROR, (cccd_health_limit_error(status)));
	return cccd_health_from_body(body, length);
}

Datum
cccd_health_from_events(CccdEvent *events, size_t count, uint32_t tests_from)
{
	unsigned char body[CCCD_HEALTH_MAX_SIZE];
	size_t		length;
	CccdHealthStatus status = cccd_health_build(events, count, tests_from,
												body, &length);

	return built(status, body, length);
}

CccdHealthStatus
cccd_health_join(Datum a, Datum b, unsigned char *body, size_t *length)
{
	CccdEvent	events[2 * CCCD_HEALTH_EVENTS];
	uint32_t	from_a,
				from_b;
	int			count = cccd_health_take_apart(a, events, &from_a);

	count += cccd_health_take_apart(b, events + count, &from_b);
	return cccd_health_build(events, count, Max(from_a, from_b), body, length);
}

Datum
cccd_health_joined(Datum a, Datum b)
{
	unsigned char body[CCCD_HEALTH_MAX_SIZE];
	size_t		length;
	CccdHealthStatus status = cccd_health_join(a, b, body, &length);

	return built(status, body, length);
}

/* A record of one event, null if its time is. */
static Datum
one_event(FunctionCallInfo fcinfo, const CccdEventArgs *args, int kind)
{
	CccdEvent	event;

	if (PG_ARGISNULL(args->at))
		PG_RETURN_NULL();
	cccd_health_event_args(fcinfo, args, kind, &event);
	PG_RETURN_DATUM(cccd_health_from_events(&event, 1, 0));
}

/*
 * cccd_health_dose(at, product, source, signed, number, disease, series)
 */
PG_FUNCTION_INFO_V1(cccd_health_make_dose);
Datum
cccd_health_make_dose(PG_FUNCTION_ARGS)
{
	static const CccdEventArgs args = {
		.at = 0,
		.detail = 1,
		.source = 2,
		.is_signed = 3,
		.number = 4,
		.disease = 5,
		.series = 6,
		.result = -1,
		.until = -1
	};

	return one_event(fcinfo, &args, CCCD_DOSE);
}

/*
 * cccd_health_test(at, test, result, source, signed, disease)
 */
PG_FUNCTION_INFO_V1(cccd_health_make_test);
Datum
cccd_health_make_test(PG_FUNCTION_ARGS)
{
	static const CccdEventArgs args = {
		.at = 0,
		.detail = 1,
		.result = 2,
		.source = 3,
		.is_signed = 4,
		.disease = 5,
		.until = -1,
		.number = -1,
		.series = -1
	};

	return one_event(fcinfo, &args, CCCD_TEST);
}

/*
 * cccd_health_recovery and its like: (at, until, source, signed, disease)
 */
static const CccdEventArgs other_args = {
	.at = 0,
	.until = 1,
	.source = 2,
	.is_signed = 3,
	.disease = 4,
	.detail = -1,
	.result = -1,
	.number = -1,
	.series = -1
};

PG_FUNCTION_INFO_V1(cccd_health_make_recovery);
Datum
cccd_health_make_recovery(PG_FUNCTION_ARGS)
{
	return one_event(fcinfo, &other_args, CCCD_RECOVERY);
}

PG_FUNCTION_INFO_V1(cccd_health_make_isolation);
Datum
cccd_health_make_isolation(PG_FUNCTION_ARGS)
{
	return one_event(fcinfo, &other_args, CCCD_ISOLATION);
}

PG_FUNCTION_INFO_V1(cccd_health_make_exposure);
Datum
cccd_health_make_exposure(PG_FUNCTION_ARGS)
{
	return one_event(fcinfo, &other_args, CCCD_EXPOSURE);
}

PG_FUNCTION_INFO_V1(cccd_health_make_contraindication);
Datum
cccd_health_make_contraindication(PG_FUNCTION_ARGS)
{
	return one_event(fcinfo, &other_args, CCCD_CONTRAINDICATION);
}

/*
 * cccd_health_credential and its like: (at, name, until, source, signed)
 */
static const CccdEventArgs named_args = {
	.at = 0,
	.detail = 1,
	.until = 2,
	.source = 3,
	.is_signed = 4,
	.disease = -1,
	.result = -1,
	.number = -1,
	.series = -1
};

PG_FUNCTION_INFO_V1(cccd_health_make_credential);
Datum
cccd_health_make_credential(PG_FUNCTION_ARGS)
{
	return one_event(fcinfo, &named_args, CCCD_CREDENTIAL);
}

PG_FUNCTION_INFO_V1(cccd_health_make_declaration);
Datum
cccd_health_make_declaration(PG_FUNCTION_ARGS)
{
	return one_event(fcinfo, &named_args, CCCD_DECLARATION);
}

PG_FUNCTION_INFO_V1(cccd_health_make_registration);
Datum
cccd_health_make_registration(PG_FUNCTION_ARGS)
{
	return one_event(fcinfo, &named_args, CCCD_REGISTRATION);
}

PG_FUNCTION_INFO_V1(cccd_health_make_consultation);
Datum
cccd_health_make_consultation(PG_FUNCTION_ARGS)
{
	return one_event(fcinfo, &named_args, CCCD_CONSULTATION);
}

/*
 * cccd_health_add(health, kind, at, disease, detail, result, until, source,
 * signed, number, series): the record with one more event, or as it is if kind
 * is null.
 */
PG_FUNCTION_INFO_V1(cccd_health_add);
Datum
cccd_health_add(PG_FUNCTION_ARGS)
{
	static const CccdEventArgs args = {
		.at = 2,
		.disease = 3,
		.detail = 4,
		.result = 5,
		.until = 6,
		.source = 7,
		.is_signed = 8,
		.number = 9,
		.series = 10
	};
	CccdEvent	events[CCCD_HEALTH_EVENTS + 1];
	uint32_t	tests_from;
	int			count;

	if (PG_ARGISNULL(0))
		PG_RETURN_NULL();
	count = cccd_health_take_apart(PG_GETARG_DATUM(0), events, &tests_from);
	if (!PG_ARGISNULL(1))
	{
		int			kind = cccd_health_kind_arg(fcinfo, 1);

		cccd_health_event_args(fcinfo, &args, kind, &events[count++]);
	}
	PG_RETURN_DATUM(cccd_health_from_events(events, count, tests_from));
}

/*
 * cccd_health_merge(a, b): what both records say, duplicates joined.
 */
PG_FUNCTION_INFO_V1(cccd_health_merge);
Datum
cccd_health_merge(PG_FUNCTION_ARGS)
{
	PG_RETURN_DATUM(cccd_health_joined(PG_GETARG_DATUM(0),
									   PG_GETARG_DATUM(1)));
}

/*
 * The time from which on the record has every test; null if it has all.
 */
PG_FUNCTION_INFO_V1(cccd_health_tests_from);
Datum
cccd_health_tests_from(PG_FUNCTION_ARGS)
{
	CccdHealthView view;

	cccd_health_view(PG_GETARG_DATUM(0), &view);
	if (view.tests_from == 0)
		PG_RETURN_NULL();
	PG_RETURN_TIMESTAMPTZ(cccd_health_timestamp(view.tests_from));
}

/*
 * The record, complete only from a time on.  What a record has lost does not
 * come back: an earlier time changes nothing.
 */
PG_FUNCTION_INFO_V1(cccd_health_with_tests_from);
Datum
cccd_health_with_tests_from(PG_FUNCTION_ARGS)
{
	CccdEvent	events[CCCD_HEALTH_EVENTS];
	uint32_t	old_from,
				tests_from;
	int			count;

	if (PG_ARGISNULL(0))
		PG_RETURN_NULL();
	if (PG_ARGISNULL(1))
		PG_RETURN_DATUM(PG_GETARG_DATUM(0));
	if (!cccd_health_horizon_time(PG_GETARG_TIMESTAMPTZ(1), &tests_from))
		cccd_health_out_of_range();
	count = cccd_health_take_apart(PG_GETARG_DATUM(0), events, &old_from);
	PG_RETURN_DATUM(cccd_health_from_events(events, count,
											Max(old_from, tests_from)));
}

static Datum
code_name(CccdCodeSet set, int code)
{
	char		name[CCCD_CODE_SIZE];
	size_t		length = cccd_code_name(set, code, name);

	return PointerGetDatum(cstring_to_text_with_len(name, (int) length));
}

/* One row of cccd_health_events. */
static void
event_row(ReturnSetInfo *rsinfo, const CccdEvent *event)
{
	bool		is_dose = event->kind == CCCD_DOSE;
	bool		is_test = event->kind == CCCD_TEST;
	Datum		values[12] = {0};
	bool		nulls[12] = {false};

	values[0] = CStringGetTextDatum(cccd_health_kind_name(event->kind));
	values[1] = TimestampTzGetDatum(cccd_health_timestamp(event->time));
	nulls[2] = event->until == CCCD_HEALTH_NO_END;
	values[2] = TimestampTzGetDatum(cccd_health_timestamp(event->until));
	nulls[3] = event->disease == 0;
	if (!nulls[3])
		values[3] = code_name(CCCD_CODES_DISEASE, event->disease);
	nulls[4] = event->product == 0;
	if (!nulls[4])
		values[4] = code_name(CCCD_CODES_PRODUCT, event->product);
	nulls[5] = event->test == 0;
	if (!nulls[5])
		values[5] = code_name(CCCD_CODES_TEST, event->test);
	nulls[6] = !is_test;
	if (is_test)
		values[6] = code_name(CCCD_CODES_RESULT, event->result);
	nulls[7] = !is_dose || event->number == 0;
	values[7] = Int16GetDatum(event->number);
	values[8] = code_name(CCCD_CODES_SOURCE, event->source);
	values[9] = BoolGetDatum(event->is_signed);
	nulls[10] = !is_dose || event->series == 0;
	values[10] = Int16GetDatum(event->series);
	nulls[11] = event->name == 0;
	if (!nulls[11])
		values[11] = code_name(cccd_kind_names(event->kind), event->name);
	tuplestore_putvalues(rsinfo->setResult, rsinfo->setDesc, values, nulls);
}

/*
 * The events of a record by time, one row each.
 */
PG_FUNCTION_INFO_V1(cccd_health_events);
Datum
cccd_health_events(PG_FUNCTION_ARGS)
{
	CccdEvent	events[CCCD_HEALTH_EVENTS];
	uint32_t	tests_from;
	int			count = cccd_health_take_apart(PG_GETARG_DATUM(0), events,
											   &tests_from);

	for (int i = 1; i < count; i++)
	{
		CccdEvent	event = events[i];
		int			j = i;

		for (; j > 0 && events[j - 1].time > event.time; j--)
			events[j] = events[j - 1];
		events[j] = event;
	}
	InitMaterializedSRF(fcinfo, 0);
	for (int i = 0; i < count; i++)
		event_row((ReturnSetInfo *) fcinfo->resultinfo, &events[i]);
	return (Datum) 0;
}
