/*
 * eval.c
 *		Answers of rules for records: the @@ operators, cccd_eligible,
 *		cccd_check and cccd_eligible_during.
 *
 * What depends on the rule, the time and the context is made once and kept
 * for as long as they stay the same, so that a scan with constants or a join
 * with few rules only evaluates.
 */
#include "base/cccd.h"

#include "access/htup_details.h"
#include "catalog/pg_type.h"
#include "funcapi.h"
#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/multirangetypes.h"
#include "utils/rangetypes.h"
#include "utils/timestamp.h"
#include "utils/typcache.h"

#include "base/row.h"
#include "eval/bound.h"
#include "eval/context.h"
#include "eval/during_core.h"
#include "eval/program_core.h"
#include "health/health.h"
#include "rule/rule.h"

/* The record that is the argument, or NULL for a person without one. */
static const CccdHealthView *
health_arg(FunctionCallInfo fcinfo, int arg, CccdHealthView *view)
{
	if (PG_ARGISNULL(arg))
		return NULL;
	cccd_health_view(PG_GETARG_DATUM(arg), view);
	return view;
}

/* A context that is null is one of which nothing is known. */
static uint64
context_arg(FunctionCallInfo fcinfo, int arg)
{
	return PG_ARGISNULL(arg) ? 0 : CCCD_GETARG_CONTEXT(arg);
}

/* pass is true, fail is false, unknown is SQL's own unknown */
static Datum
truth_datum(FunctionCallInfo fcinfo, CccdTruth truth)
{
	if (truth == CCCD_UNKNOWN)
		PG_RETURN_NULL();
	PG_RETURN_BOOL(truth == CCCD_PASS);
}

typedef struct MatchState
{
	CccdKeptValue bound;
	CccdProgram program;
} MatchState;

static Datum
match(FunctionCallInfo fcinfo, int health, int bound)
{
	MatchState *state;
	const CccdBoundValue *value;
	CccdHealthView view;
	bool		changed;

	if (PG_ARGISNULL(bound))
		PG_RETURN_NULL();
	state = cccd_function_state(fcinfo, sizeof(MatchState));
	value = cccd_bound_open(&state->bound, fcinfo, bound, &changed);
	if (unlikely(changed))
	{
		CccdBinding binding;

		cccd_binding_init(&binding, value->code, value->count,
						  cccd_bound_spans(value), value->at);
		cccd_program_init(&state->program, &binding);
	}
	return truth_datum(fcinfo,
					   cccd_program_run(&state->program,
										health_arg(fcinfo, health, &view)));
}

/*
 * health @@ bound
 */
PG_FUNCTION_INFO_V1(cccd_health_satisfies);
Datum
cccd_health_satisfies(PG_FUNCTION_ARGS)
{
	return match(fcinfo, 0, 1);
}

/*
 * bound @@ health
 */
PG_FUNCTION_INFO_V1(cccd_bound_satisfied);
Datum
cccd_bound_satisfied(PG_FUNCTION_ARGS)
{
	return match(fcinfo, 1, 0);
}

typedef struct EligibleState
{
	CccdKeptValue rule;
	int64		at;
	uint64		context;
	bool		bound;			/* spans and binding are of these */
	bool		repeated;		/* ... and so is the program */
	CccdBinding binding;
	CccdProgram program;
	CccdSpan	spans[CCCD_RULE_MAX_CODES];
} EligibleState;

/*
 * cccd_eligible(health, rule, at, context): the answer as a boolean.  The
 * program is not worth its while before the second record.
 */
PG_FUNCTION_INFO_V1(cccd_eligible);
Datum
cccd_eligible(PG_FUNCTION_ARGS)
{
	EligibleState *state;
	const CccdRuleValue *rule;
	const CccdHealthView *record;
	CccdHealthView view;
	int64		at;
	uint64		context;
	bool		changed;

	if (PG_ARGISNULL(0) || PG_ARGISNULL(1) || PG_ARGISNULL(2))
		PG_RETURN_NULL();
	state = cccd_function_state(fcinfo, sizeof(EligibleState));
	rule = cccd_rule_open(&state->rule, fcinfo, 1, &changed);
	at = PG_GETARG_TIMESTAMPTZ(2);
	/* checked when it is bound */
	context = PG_ARGISNULL(3) ? 0 : (uint64) PG_GETARG_INT64(3);
	if (changed || at != state->at || context != state->context)
		state->bound = false;
	record = health_arg(fcinfo, 0, &view);
	if (!state->bound)
	{
		cccd_bound_check_time(at);
		context = context_arg(fcinfo, 3);
		cccd_rule_bind(rule->code, rule->count, at, context, state->spans);
		cccd_binding_init(&state->binding, rule->code, rule->count,
						  state->spans, at);
		state->at = at;
		state->context = context;
		state->bound = true;
		state->repeated = false;
		return truth_datum(fcinfo, cccd_rule_eval(&state->binding, record));
	}
	if (!state->repeated)
	{
		cccd_program_init(&state->program, &state->binding);
		state->repeated = true;
	}
	return truth_datum(fcinfo, cccd_program_run(&state->program, record));
}

/*
 * cccd_check(health, rule, at, context): the verdict with its reasons.
 */
PG_FUNCTION_INFO_V1(cccd_check);
Datum
cccd_check(PG_FUNCTION_ARGS)
{
	static const char *const names[] = {"fail", "unknown", "pass"};
	const CccdRuleValue *rule;
	const CccdHealthView *record;
	CccdHealthView view;
	CccdVerdict verdict;
	int64		at;
	uint64		context;
	Datum		values[5] = {0};
	bool		nulls[5] = {false};

	if (PG_ARGISNULL(1) || PG_ARGISNULL(2))
		PG_RETURN_NULL();
	rule = cccd_rule_arg(fcinfo, 1);
	at = PG_GETARG_TIMESTAMPTZ(2);
	cccd_bound_check_time(at);
	context = context_arg(fcinfo, 3);
	record = health_arg(fcinfo, 0, &view);
	cccd_rule_check(rule->code, rule->count, at, context, record, &verdict);

	values[0] = CStringGetTextDatum(names[verdict.truth]);
	values[1] = Int64GetDatum((int64) verdict.failed);
	values[2] = Int64GetDatum((int64) verdict.unsure);
	if (verdict.truth == CCCD_PASS)
	{
		unsigned char body[CCCD_HEALTH_MAX_SIZE];
		size_t		length = cccd_verdict_proof(&verdict, record, body);

		values[3] = cccd_health_from_body(body, length);
	}
	else
		nulls[3] = true;
	values[4] = TimestampTzGetDatum(verdict.changes_at);
	nulls[4] = !verdict.changes;
	return HeapTupleGetDatum(heap_form_tuple(cccd_row_type(fcinfo, 5),
											 values, nulls));
}

typedef struct DuringState
{
	CccdKeptValue rule;
	TypeCacheEntry *multirange;
	CccdDuring	during;
} DuringState;

static RangeType *
period_range(TypeCacheEntry *range, const CccdPeriod *period)
{
	RangeBound	lower = {
		.val = TimestampTzGetDatum(period->begin),
		.infinite = !period->has_begin,
		.inclusive = period->begin_included,
		.lower = true
	};
	RangeBound	upper = {
		.val = TimestampTzGetDatum(period->end),
		.infinite = !period->has_end,
		.inclusive = period->end_included,
		.lower = false
	};

	return cccd_make_range(range, &lower, &upper);
}

/*
 * cccd_eligible_during(health, rule, context): all times of passing.
 */
PG_FUNCTION_INFO_V1(cccd_eligible_during);
Datum
cccd_eligible_during(PG_FUNCTION_ARGS)
{
	DuringState *state;
	const CccdRuleValue *rule;
	CccdHealthView view;
	CccdPeriod	period;
	RangeType **ranges;
	int			count = 0,
				room = 8;

	if (PG_ARGISNULL(1))
		PG_RETURN_NULL();
	state = cccd_function_state(fcinfo, sizeof(DuringState));
	if (!state->multirange)
		state->multirange = lookup_type_cache(TSTZMULTIRANGEOID,
											  TYPECACHE_MULTIRANGE_INFO);
	rule = cccd_rule_open(&state->rule, fcinfo, 1, NULL);
	cccd_during_init(&state->during, rule->code, rule->count,
					 context_arg(fcinfo, 2), health_arg(fcinfo, 0, &view));
	ranges = palloc(room * sizeof(RangeType *));
	while (cccd_during_next(&state->during, &period))
	{
		CHECK_FOR_INTERRUPTS();
		if (count == room)
		{
			room *= 2;
			ranges = repalloc(ranges, room * sizeof(RangeType *));
		}
		ranges[count++] = period_range(state->multirange->rngtype, &period);
	}
	PG_RETURN_MULTIRANGE_P(make_multirange(TSTZMULTIRANGEOID,
										   state->multirange->rngtype,
										   count, ranges));
}
