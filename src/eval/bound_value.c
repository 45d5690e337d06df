/*
 * bound_value.c
 *		Reading and making values of cccd_bound.
 */
#include "eval/bound.h"

#include "eval/context_core.h"

/* The spans must be those that binding makes. */
static bool
spans_valid(const CccdBoundValue *bound)
{
	CccdSpan	spans[CCCD_RULE_MAX_CODES];

	memset(spans, 0, bound->count * sizeof(CccdSpan));
	cccd_rule_bind(bound->code, bound->count, bound->at, bound->context,
				   spans);
	return memcmp(spans, cccd_bound_spans(bound),
				  bound->count * sizeof(CccdSpan)) == 0;
}

bool
cccd_bound_is_valid(const CccdBoundValue *bound)
{
	CccdContext context;

	return VARSIZE(bound) >= CCCD_BOUND_SIZE(0) &&
		VARSIZE(bound) == CCCD_BOUND_SIZE(bound->count) &&
		bound->version == CCCD_RULE_VERSION && bound->reserved == 0 &&
		bound->at >= CCCD_AT_MIN && bound->at <= CCCD_AT_MAX &&
		cccd_context_unpack(bound->context, &context) &&
		cccd_rule_validate(bound->code, bound->count) == CCCD_RULE_OK &&
		spans_valid(bound);
}

const CccdBoundValue *
cccd_bound_open(CccdKeptValue *kept, FunctionCallInfo fcinfo, int arg,
				bool *changed)
{
	bool		fresh = cccd_value_keep(kept, fcinfo, arg,
										CCCD_BOUND_SIZE(CCCD_RULE_MAX_CODES),
										"cccd_bound");
	const CccdBoundValue *bound = kept->value;

	if (changed)
		*changed = fresh;
	if (!fresh)
		return bound;
	if (!cccd_bound_is_valid(bound))
		cccd_value_corrupted("cccd_bound");
	kept->size = VARSIZE(bound);
	return bound;
}

const CccdBoundValue *
cccd_bound_arg(FunctionCallInfo fcinfo, int arg)
{
	return cccd_bound_open(cccd_function_state(fcinfo, sizeof(CccdKeptValue)), fcinfo, arg, NULL);
}

CccdBoundValue *
cccd_bound_build(const CccdInstr *code, int count, int64 at, uint64 context)
{
	CccdBoundValue *bound = palloc0(CCCD_BOUND_SIZE(count));

	SET_VARSIZE(bound, CCCD_BOUND_SIZE(count));
	bound->version = CCCD_RULE_VERSION;
	bound->count = count;
	bound->at = at;
	bound->context = context;
	memcpy(bound->code, code, count * sizeof(CccdInstr));
	cccd_rule_bind(bound->code, count, at, context,
				   (CccdSpan *) (bound->code + count));
	return bound;
}

void
cccd_bound_check_time(int64 at)
{
	if (at < CCCD_AT_MIN || at > CCCD_AT_MAX)
		ereport(ERROR,
				(errcode(ERRCODE_DATETIME_VALUE_OUT_OF_RANGE),
				 errmsg("time is out of range for a rule"),
				 errdetail("Rules can be asked about times from %s.",
						   CCCD_AT_RANGE)));
}
