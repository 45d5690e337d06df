/*
 * point_eval_core.c
 *		The truths that a bound rule may have for all records in a box.
 *
 * Only false positives are allowed: a truth that some record of the box has
 * must be in the answer.  Each clause is judged by what every record of the
 * box has in common; AND, OR and NOT combine the sets as if their children
 * were independent, which can only add truths.
 *
 * A point knows the latest event of a kind whatever the time of the question,
 * so that
 *		- an event in a wanted interval means that the latest one is not
 *		  before the interval;
 *		- reports of doses that must be weighed are no fewer than the doses,
 *		  whichever they are, and no earlier than the last of them;
 *		- the latest one decides the other side only if it is not after the
 *		  time asked about, since otherwise an earlier one is the latest of
 *		  then, and only if every event counts for the clause.
 */
#include "eval/fact_core.h"
#include "health/code_core.h"
#include "index/point_core.h"

/* The seconds of a dimension: first and last possible, and "none". */
typedef struct Range
{
	uint32_t	first;
	uint32_t	last;
	bool		may_be_none;
	bool		is_none;
} Range;

static Range
range_of(const CccdBox *box, CccdDimension d)
{
	Range		range;
	uint64_t	last = (uint64_t) box->hi.v[d] * 3600;

	range.is_none = box->hi.v[d] == 0;
	range.may_be_none = box->lo.v[d] == 0;
	range.first = range.may_be_none ? 0 : (box->lo.v[d] - 1) * 3600;
	range.last = last > UINT32_MAX ? UINT32_MAX :
		(uint32_t) (range.is_none ? 0 : last - 1);
	return range;
}

/* Truths of "the event lies in the span" where every event counts. */
static int
instant_truths(const CccdBinding *binding, const CccdSpan *span, Range range,
			   bool every)
{
	bool		decided = range.last <= binding->now;

	if (range.is_none || range.last < span->from || span->from > span->to)
		return CCCD_MAY_ANYTHING & ~CCCD_MAY_PASS;
	if (every && decided && range.first > span->to)
		return CCCD_MAY_ANYTHING & ~CCCD_MAY_PASS;
	if (every && decided && !range.may_be_none &&
		range.first >= span->from && range.last <= span->to)
		return CCCD_MAY_PASS;
	return CCCD_MAY_ANYTHING;
}

/*
 * Does every event of the point's disease count for the clause, and is every
 * dose what it seems to be?
 */
static bool
counts_every(const CccdInstr *clause, int i, const CccdBox *box)
{
	return clause->sources == 0 && (clause->flags & CCCD_RULE_SIGNED) == 0 &&
		clause->next == i + 1 &&
		(box->hi.v[CCCD_POINT_WEIGHED] == 0 || !cccd_is_about_doses(clause));
}

static int
doses_truths(const CccdBinding *binding, const CccdInstr *clause, bool every,
			 const CccdBox *box)
{
	Range		last = range_of(box, CCCD_POINT_DOSE);
	uint32_t	least = box->lo.v[CCCD_POINT_DOSES];
	uint32_t	most = box->hi.v[CCCD_POINT_DOSES];
	uint32_t	from = clause->lo == CCCD_RULE_NONE ? 0 :
	(uint32_t) clause->lo;
	uint32_t	to = clause->hi == CCCD_RULE_NONE ? UINT32_MAX :
	(uint32_t) clause->hi;
	bool		decided = every && last.last <= binding->now;
	bool		inside;

	/* the largest number of a point stands for all above it, too */
	if (most == CCCD_POINT_MAX_DOSES)
		most = UINT32_MAX;
	inside = decided && least >= from && most <= to;
	if (clause->flags & CCCD_RULE_NOT_IN)
	{
		if (inside)
			return CCCD_MAY_FAIL;
		if (decided && (most < from || least > to))
			return CCCD_MAY_PASS;
		return CCCD_MAY_ANYTHING;
	}
	if (inside)
		return CCCD_MAY_PASS;
	if (most < from || (decided && least > to))
		return CCCD_MAY_ANYTHING & ~CCCD_MAY_PASS;
	return CCCD_MAY_ANYTHING;
}

/* The latest negative test of the clause's kinds, if the point knows them. */
static int
negative_truths(const CccdBinding *binding, const CccdInstr *clause,
				const CccdSpan *span, bool every, const CccdBox *box)
{
	const int	known = 1 << CCCD_TEST_PCR | 1 << CCCD_TEST_ANTIGEN;
	Range		range = range_of(box, CCCD_POINT_PCR);
	Range		antigen = range_of(box, CCCD_POINT_ANTIGEN);

	if (clause->detail & ~known)
		return CCCD_MAY_ANYTHING;
	if (clause->detail == 1 << CCCD_TEST_ANTIGEN)
		range = antigen;
	else if (clause->detail == known)
	{
		/* the later one of the two */
		if (antigen.first > range.first)
			range.first = antigen.first;
		if (antigen.last > range.last)
			range.last = antigen.last;
		range.may_be_none = range.may_be_none && antigen.may_be_none;
		range.is_none = range.is_none && antigen.is_none;
	}
	/* a pending test can be later, a forgotten one can be missing */
	if (box->hi.v[CCCD_POINT_DOUBT] != 0)
		every = false;
	return instant_truths(binding, span, range, every);
}

/* Without a dose it fails; it is not complete after the last one. */
static int
complete_truths(const CccdBinding *binding, int i, const CccdBox *box)
{
	if (box->hi.v[CCCD_POINT_DOSES] == 0)
		return CCCD_MAY_FAIL;
	if (binding->code[i].op == CCCD_OP_STATE)
		return CCCD_MAY_ANYTHING;
	return instant_truths(binding, &binding->spans[i],
						  range_of(box, CCCD_POINT_DOSE), false);
}

static int
since_truths(const CccdBinding *binding, int i, const CccdBox *box)
{
	const CccdInstr *clause = &binding->code[i];
	const CccdSpan *span = &binding->spans[i];
	bool		every = counts_every(clause, i, box);

	switch ((CccdFact) clause->fact)
	{
		case CCCD_FACT_LAST_DOSE:
			return instant_truths(binding, span,
								  range_of(box, CCCD_POINT_DOSE), every);
		case CCCD_FACT_NTH_DOSE:
			if (box->hi.v[CCCD_POINT_DOSES] < clause->detail)
				return CCCD_MAY_ANYTHING & ~CCCD_MAY_PASS;
			return instant_truths(binding, span,
								  range_of(box, CCCD_POINT_DOSE), false);
		case CCCD_FACT_RECOVERY:
			return instant_truths(binding, span,
								  range_of(box, CCCD_POINT_RECOVERY), every);
		case CCCD_FACT_NEGATIVE:
			return negative_truths(binding, clause, span, every, box);
		default:
			return CCCD_MAY_ANYTHING;
	}
}

static int
state_truths(const CccdBinding *binding, const CccdInstr *clause,
			 const CccdBox *box)
{
	Range		range;

	if (clause->fact == CCCD_FACT_RECOVERY)
	{
		range = range_of(box, CCCD_POINT_RECOVERY);
		return range.is_none ? CCCD_MAY_FAIL : CCCD_MAY_ANYTHING;
	}
	if (clause->fact != CCCD_FACT_ISOLATION)
		return CCCD_MAY_ANYTHING;
	range = range_of(box, CCCD_POINT_ISOLATION);

	/* the latest end is past: nobody is isolated any more */
	if (range.is_none || range.last < binding->now)
		return CCCD_MAY_FAIL;
	return CCCD_MAY_ANYTHING;
}

static int
clause_truths(const CccdBinding *binding, int i, int disease,
			  const CccdBox *box)
{
	const CccdInstr *clause = &binding->code[i];
	bool		every = counts_every(clause, i, box);

	if (clause->op > CCCD_OP_STATE)
		return 1 << binding->spans[i].from;
	if (clause->disease != disease)
		return CCCD_MAY_ANYTHING;
	if (clause->op == CCCD_OP_DOSES)
		return doses_truths(binding, clause, every, box);
	if (clause->fact == CCCD_FACT_COMPLETE)
		return complete_truths(binding, i, box);
	if (clause->op == CCCD_OP_SINCE)
		return since_truths(binding, i, box);
	return state_truths(binding, clause, box);
}

/* The truths of NOT: fail and pass change places. */
static int
turn_round(int truths)
{
	return (truths & CCCD_MAY_BE_UNKNOWN) |
		(truths & CCCD_MAY_FAIL ? CCCD_MAY_PASS : 0) |
		(truths & CCCD_MAY_PASS ? CCCD_MAY_FAIL : 0);
}

/* All minima of a truth of one set and one of the other. */
static int
all_minima(int a, int b)
{
	int			unknown = CCCD_MAY_BE_UNKNOWN;
	int			not_fail = CCCD_MAY_BE_UNKNOWN | CCCD_MAY_PASS;

	return ((a | b) & CCCD_MAY_FAIL) | (a & b & CCCD_MAY_PASS) |
		((a & unknown && b & not_fail) || (b & unknown && a & not_fail) ?
		 unknown : 0);
}

/* AND is the minimum, OR the maximum. */
static int
combine(CccdOp op, int a, int b)
{
	return op == CCCD_OP_AND ? all_minima(a, b) :
		turn_round(all_minima(turn_round(a), turn_round(b)));
}

/* Depth is limited by CCCD_RULE_MAX_DEPTH, which a rule's validation checks. */
static int
node_truths(const CccdBinding *binding, int i, int disease,
			const CccdBox *box)
{
	const CccdInstr *node = &binding->code[i];
	int			result;

	if (node->op > CCCD_OP_NOT)
		return clause_truths(binding, i, disease, box);
	result = node_truths(binding, i + 1, disease, box);
	if (node->op == CCCD_OP_NOT)
		return turn_round(result);
	for (int child = binding->code[i + 1].next; child < node->next;
		 child = binding->code[child].next)
	{
		/* nothing can change any more */
		if (result == (node->op == CCCD_OP_AND ? CCCD_MAY_FAIL :
					   CCCD_MAY_PASS))
			break;
		result = combine(node->op, result,
						 node_truths(binding, child, disease, box));
	}
	return result;
}

/* What a step makes of a clause's truths. */
typedef enum Holds
{
	HOLDS_NOT,
	HOLDS_PERHAPS,
	HOLDS_SURELY
} Holds;

static inline Holds
step_holds(const CccdProgram *program, const CccdProgramStep *step, int disease,
		   const CccdBox *box)
{
	int			truths = clause_truths(&program->binding, step->clause,
									   disease, box);
	int			wanted = step->negated ? CCCD_MAY_FAIL : CCCD_MAY_PASS;

	if ((truths & wanted) == 0)
		return HOLDS_NOT;
	return truths == wanted ? HOLDS_SURELY : HOLDS_PERHAPS;
}

static inline int
step_after(const CccdProgramStep *step, bool holds)
{
	return holds != step->negated ? step->on_pass : step->on_fail;
}

/* From a step on, a clause holds where it is at least this sure. */
static bool
walk(const CccdProgram *program, int next, int disease, const CccdBox *box,
	 Holds least)
{
	while (next < CCCD_RULE_MAX_CLAUSES)
	{
		const CccdProgramStep *step = &program->steps[next];

		next = step_after(step, step_holds(program, step, disease,
										   box) >= least);
	}
	return next == CCCD_STEP_IS_PASS;
}

/*
 * A walk takes the way on which a clause holds wherever it may, or only where
 * it must: less work than the set of all truths, and no more than a walk for a
 * record.  The two go together as far as the box decides each clause, for most
 * points to the end.
 */
CccdBoxAnswer
cccd_box_answer(const CccdProgram *program, int disease, const CccdBox *box)
{
	int			next = program->first;

	if (program->binding.count == 0)
		return CCCD_NOBODY_PASSES;
	if (program->binding.before_time)
		return CCCD_SOME_MAY_PASS;
	while (next < CCCD_RULE_MAX_CLAUSES)
	{
		const CccdProgramStep *step = &program->steps[next];
		Holds		holds = step_holds(program, step, disease, box);

		if (holds == HOLDS_PERHAPS)
		{
			if (!walk(program, step_after(step, true), disease, box,
					  HOLDS_PERHAPS))
				return CCCD_NOBODY_PASSES;
			return walk(program, step_after(step, false), disease, box,
						HOLDS_SURELY) ? CCCD_ALL_PASS : CCCD_SOME_MAY_PASS;
		}
		next = step_after(step, holds == HOLDS_SURELY);
	}
	return next == CCCD_STEP_IS_PASS ? CCCD_ALL_PASS : CCCD_NOBODY_PASSES;
}

/*
 * Steps lead to later ones only, so one pass finds those that are reached and
 * another, from the end, where each leads.
 */
void
cccd_box_narrow(const CccdProgram *program, int disease, const CccdBox *box,
				CccdProgram *narrowed)
{
	const CccdBinding *binding = &program->binding;
	bool		reached[CCCD_STEP_IS_PASS + 1] = {false};
	uint8_t		leads_to[CCCD_STEP_IS_PASS + 1];

	if (binding->count == 0 || binding->before_time)
	{
		*narrowed = *program;
		return;
	}
	narrowed->binding = *binding;
	leads_to[CCCD_STEP_IS_FAIL] = CCCD_STEP_IS_FAIL;
	leads_to[CCCD_STEP_IS_PASS] = CCCD_STEP_IS_PASS;
	reached[program->first] = true;
	for (int i = 0; i < CCCD_RULE_MAX_CLAUSES; i++)
		if (reached[i])
			reached[program->steps[i].on_pass] =
				reached[program->steps[i].on_fail] = true;
	for (int i = CCCD_RULE_MAX_CLAUSES - 1; i >= 0; i--)
	{
		const CccdProgramStep *step = &program->steps[i];
		Holds		holds;

		if (!reached[i])
			continue;
		narrowed->steps[i] = *step;
		holds = step_holds(program, step, disease, box);
		leads_to[i] = holds == HOLDS_PERHAPS ? (uint8_t) i :
			leads_to[step_after(step, holds == HOLDS_SURELY)];
		narrowed->steps[i].on_pass = leads_to[step->on_pass];
		narrowed->steps[i].on_fail = leads_to[step->on_fail];
	}
	narrowed->first = leads_to[program->first];
}

int
cccd_box_truths(const CccdBinding *binding, int disease, const CccdBox *box)
{
	if (binding->count == 0)
		return CCCD_MAY_BE_UNKNOWN;
	if (binding->before_time)
		return CCCD_MAY_ANYTHING;
	return node_truths(binding, 0, disease, box);
}
