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

/* The program of the bound argument where it is not the one kept. */
static pg_noinline const CccdProgram *
open_bound(FunctionCallInfo fcinfo, int arg)
{
	MatchState *state = cccd_function_state(fcinfo, sizeof(MatchState));
	const CccdBoundValue *value;
	bool		changed;

	value = cccd_bound_open(&state->bound, fcinfo, arg, &changed);
	if (changed)
	{
		CccdBinding binding;

		cccd_binding_init(&binding, value->code, value->count,
						  cccd_bound_spans(value), value->at);
		cccd_program_init(&state->program, &binding);
	}
	return &state->program;
}

/* The answer for any record, in whatever form it is stored. */
static pg_noinline Datum
answer_any(FunctionCallInfo fcinfo, const CccdProgram *program, Datum health)
{
	size_t		length;
	const unsigned char *body = cccd_health_body(health, &length);
	int			truth = cccd_program_answer_any(program, body, length);

	if (truth == CCCD_NOT_A_RECORD)
		cccd_value_corrupted("cccd_health");
	return truth_datum(fcinfo, truth);
}

/*
 * The answer of a program for the record that is the argument.  All that is
 * done for nearly every row of a table is here and in the program's steps,
 * which return to the server by themselves.
 */
static inline Datum
answer(FunctionCallInfo fcinfo, const CccdProgram *program, Datum health)
{
	const struct varlena *value = (const struct varlena *) DatumGetPointer(health);
	const unsigned char *body = (const unsigned char *) VARDATA_SHORT(value);

	if (likely(VARATT_IS_SHORT(value) && !VARATT_IS_EXTERNAL(value) &&
			   cccd_health_is_plain(body, VARSIZE_SHORT(value) - VARHDRSZ_SHORT)))
		return cccd_program_answer_plain(program, body, &fcinfo->isnull);
	return answer_any(fcinfo, program, health);
}

static inline Datum
match(FunctionCallInfo fcinfo, int health, int bound)
{
	MatchState *state = fcinfo->flinfo ? fcinfo->flinfo->fn_extra : NULL;
	const CccdProgram *program;

	if (likely(state && cccd_value_is_kept(&state->bound)))
		program = &state->program;
	else
		program = open_bound(fcinfo, bound);
	return answer(fcinfo, program, PG_GETARG_DATUM(health));
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
	bool		constant;		/* ... and always will be */
	CccdBinding binding;
	CccdProgram program;
	CccdSpan	spans[CCCD_RULE_MAX_CODES];
} EligibleState;

/* Bind the rule; context is what the argument holds, which is checked here. */
static void
bind_rule(EligibleState *state, FunctionCallInfo fcinfo,
		  const CccdRuleValue *rule, int64 at, uint64 context)
{
	cccd_bound_check_time(at);
	cccd_rule_bind(rule->code, rule->count, at, context_arg(fcinfo, 3),
				   state->spans);
	cccd_binding_init(&state->binding, rule->code, rule->count, state->spans,
					  at);
	state->at = at;
	state->context = context;
	state->bound = true;
	state->repeated = false;
	state->constant = false;
}

/*
 * The answer where the rule, the time or the context may be another one than
 * at the call before.  The program is not worth its while before the second
 * record.
 */
static pg_noinline Datum
eligible_bind(PG_FUNCTION_ARGS)
{
	EligibleState *state;
	const CccdRuleValue *rule;
	CccdHealthView view;
	int64		at;
	uint64		context;
	bool		changed;

	if (PG_ARGISNULL(0) || PG_ARGISNULL(1) || PG_ARGISNULL(2))
		PG_RETURN_NULL();
	state = cccd_function_state(fcinfo, sizeof(EligibleState));
	rule = cccd_rule_open(&state->rule, fcinfo, 1, &changed);
	at = PG_GETARG_TIMESTAMPTZ(2);
	context = PG_ARGISNULL(3) ? 0 : (uint64) PG_GETARG_INT64(3);
	if (changed || !state->bound || at != state->at ||
		context != state->context)
	{
		state->bound = false;
		bind_rule(state, fcinfo, rule, at, context);
		cccd_health_view(PG_GETARG_DATUM(0), &view);
		return truth_datum(fcinfo, cccd_rule_eval(&state->binding, &view));
	}
	if (!state->repeated)
	{
		cccd_program_init(&state->program, &state->binding);
		state->repeated = true;
		state->constant = state->rule.constant &&
			cccd_argument_is_constant(fcinfo, 2) &&
			cccd_argument_is_constant(fcinfo, 3);
	}
	return answer(fcinfo, &state->program, PG_GETARG_DATUM(0));
}

/*
 * cccd_eligible(health, rule, at, context): the answer as a boolean.
 */
PG_FUNCTION_INFO_V1(cccd_eligible);
Datum
cccd_eligible(PG_FUNCTION_ARGS)
{
	const EligibleState *state = fcinfo->flinfo ? fcinfo->flinfo->fn_extra : NULL;

	if (likely(state && state->constant && !PG_ARGISNULL(0)))
		return answer(fcinfo, &state->program, PG_GETARG_DATUM(0));
	return eligible_bind(fcinfo);
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
	CccdStep	step;

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
	while ((step = cccd_during_step(&state->during, &period)) != CCCD_STEP_END)
	{
		CHECK_FOR_INTERRUPTS();
		if (step == CCCD_STEP_MORE)
			continue;
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
