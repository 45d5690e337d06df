/*
 * eval_bind_core.c
 *		A rule at a time and in a context: durations become intervals of
 *		seconds, clauses about the context become constants.
 */
#include "eval/fact_core.h"

static const int64_t unit_sizes[] = {
	CCCD_SECOND, 60 * CCCD_SECOND, 3600 * CCCD_SECOND, CCCD_DAY, 7 * CCCD_DAY
};

/* Months of a duration that follows the calendar. */
static int
duration_months(int32_t duration)
{
	return CCCD_DURATION_VALUE(duration) *
		(CCCD_DURATION_UNIT(duration) == CCCD_UNIT_YEAR ? 12 : 1);
}

int64_t
cccd_add_duration(int64_t time, int32_t duration)
{
	if (CCCD_DURATION_UNIT(duration) >= CCCD_UNIT_MONTH)
		return cccd_add_months(time, duration_months(duration));
	return time + CCCD_DURATION_VALUE(duration) *
		unit_sizes[CCCD_DURATION_UNIT(duration)];
}

/* The earliest beginning whose duration ends at the given time or later. */
static int64_t
subtract_duration(int64_t time, int32_t duration)
{
	if (CCCD_DURATION_UNIT(duration) >= CCCD_UNIT_MONTH)
		return cccd_add_months_inverse(time, duration_months(duration));
	return time - CCCD_DURATION_VALUE(duration) *
		unit_sizes[CCCD_DURATION_UNIT(duration)];
}

static int64_t
floor_second(int64_t time)
{
	int64_t		second = time / CCCD_SECOND;

	return time % CCCD_SECOND < 0 ? second - 1 : second;
}

static int64_t
ceil_second(int64_t time)
{
	return -floor_second(-time);
}

/*
 * The seconds that a fact may have for the comparison to be true.  Ends of
 * durations never go backwards when their beginnings go forwards, so these
 * are an interval:
 *
 *		at >= L + lo	L < earliest beginning that ends after at
 *		at >  L + lo	L < earliest beginning that ends at or after at
 *		at <= L + hi	L >= earliest beginning that ends at or after at
 *		at <  L + hi	L >= earliest beginning that ends after at
 */
static CccdSpan
since_span(const CccdInstr *clause, int64_t at)
{
	int64_t		from = 0,
				to = floor_second(at);
	CccdSpan	span = {1, 0};

	if (clause->lo != CCCD_RULE_NONE)
	{
		int64_t		end = at + !(clause->flags & CCCD_RULE_LO_STRICT);
		int64_t		last = floor_second(subtract_duration(end, clause->lo) - 1);

		if (last < to)
			to = last;
	}
	if (clause->hi != CCCD_RULE_NONE)
	{
		int64_t		end = at + ((clause->flags & CCCD_RULE_HI_STRICT) != 0);

		from = ceil_second(subtract_duration(end, clause->hi));
		if (from < 0)
			from = 0;
	}
	if (from > 0 || to >= 0)
		span.from = (uint32_t) from;
	if (to >= 0)
		span.to = (uint32_t) to;
	return span;
}

bool
cccd_list_holds(const CccdInstr *code, int clause, int value)
{
	for (int i = clause + 1; i < code[clause].next; i++)
	{
		CccdItem	item = cccd_rule_item(&code[i]);

		for (int j = 0; j < item.count; j++)
			if (item.values[j] == value)
				return true;
	}
	return false;
}

static CccdTruth
truth_of(bool holds)
{
	return holds ? CCCD_PASS : CCCD_FAIL;
}

/* A range or a list of whole numbers; 0 stands for "unknown". */
static CccdTruth
compare_number(const CccdInstr *code, int i, int value)
{
	const CccdInstr *clause = &code[i];
	bool		holds;

	if (value == 0)
		return CCCD_UNKNOWN;
	if (cccd_has_list(code, i))
		holds = cccd_list_holds(code, i, value);
	else
		holds = (clause->lo == CCCD_RULE_NONE || value >= clause->lo) &&
			(clause->hi == CCCD_RULE_NONE || value <= clause->hi);
	return truth_of(holds != ((clause->flags & CCCD_RULE_NOT_IN) != 0));
}

/* Ages are completed at the beginning of the birthday. */
static CccdTruth
compare_age(const CccdInstr *clause, int64_t at, const CccdContext *context)
{
	int64_t		birth;
	bool		holds = true;

	if (!context->has_birth_date)
		return CCCD_UNKNOWN;
	birth = cccd_time_from_day(context->birth_date);
	if (clause->lo != CCCD_RULE_NONE)
	{
		int64_t		end = cccd_add_duration(birth, clause->lo);

		holds = clause->flags & CCCD_RULE_LO_STRICT ? at > end : at >= end;
	}
	if (holds && clause->hi != CCCD_RULE_NONE)
	{
		int64_t		end = cccd_add_duration(birth, clause->hi);

		holds = clause->flags & CCCD_RULE_HI_STRICT ? at < end : at <= end;
	}
	return truth_of(holds);
}

/* yes, no, unknown */
static CccdTruth
context_answer(int answer)
{
	if (answer == CCCD_CONTEXT_UNKNOWN)
		return CCCD_UNKNOWN;
	return truth_of(answer == CCCD_CONTEXT_YES);
}

static CccdTruth
context_clause(const CccdInstr *code, int i, int64_t at,
			   const CccdContext *context)
{
	switch ((CccdOp) code[i].op)
	{
		case CCCD_OP_AGE:
			return compare_age(&code[i], at, context);
		case CCCD_OP_TICKET:
			return context_answer(context->ticket);
		case CCCD_OP_ACCOMPANIED:
			return context_answer(context->accompanied);
		case CCCD_OP_EVIDENCE:
			return compare_number(code, i, context->evidence);
		case CCCD_OP_LEVEL:
			return compare_number(code, i, context->level);
		case CCCD_OP_ORIGIN_LEVEL:
			return compare_number(code, i, context->origin_level);
		case CCCD_OP_SEX:
			return compare_number(code, i, context->sex);
		case CCCD_OP_PLACE:
			return compare_number(code, i, context->place);
		default:
			return CCCD_UNKNOWN;
	}
}

void
cccd_rule_bind_unpacked(const CccdInstr *code, int count, int64_t at,
						const CccdContext *context, CccdSpan *spans)
{
	for (int i = 0; i < count; i++)
	{
		CccdSpan	span = {0, 0};

		if (code[i].op == CCCD_OP_SINCE)
			span = since_span(&code[i], at);
		else if (code[i].op >= CCCD_OP_AGE && code[i].op < CCCD_OP_ITEM)
			span.from = context_clause(code, i, at, context);
		spans[i] = span;
	}
}

void
cccd_rule_bind(const CccdInstr *code, int count, int64_t at,
			   uint64_t context, CccdSpan *spans)
{
	CccdContext parts = {0};

	/* bits that are no context say nothing */
	if (!cccd_context_unpack(context, &parts))
		parts = (CccdContext)
	{
		0
	};
	cccd_rule_bind_unpacked(code, count, at, &parts, spans);
}

void
cccd_binding_init(CccdBinding *binding, const CccdInstr *code, int count,
				  const CccdSpan *spans, int64_t at)
{
	binding->code = code;
	binding->count = count;
	binding->spans = spans;
	binding->before_time = at < 0;
	binding->now = at < 0 ? 0 : (uint32_t) (at / CCCD_SECOND);
	binding->kept = NULL;
}
