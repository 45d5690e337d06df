/*
 * point_guess_core.c
 *		How likely a bound rule passes or fails for a point, for the planner's
 *		estimates.
 *
 * A point knows the latest events as of today.  Where a rule asks for more, a
 * plain guess stands in: what was before the latest event, events that few
 * people have, products and sources.  Clauses are taken to be independent.
 */
#include "health/code_core.h"
#include "index/point_core.h"

#define DAY		86400

/* Between doses, and from the begin of an isolation to its end. */
#define DOSE_INTERVAL			(42 * DAY)
#define ISOLATION_LENGTH		(14 * DAY)

/* One who was tested later was also tested before, once in so many days. */
#define TEST_INTERVAL			(60 * DAY)

/* A fact that a point does not tell of, and a filter on one of which it does. */
#define RARE					0.01
#define FILTERED				0.5

/* A credential or its like that is asked for is one that many have. */
#define HELD					0.5

static CccdLikelihood
passes_with(double pass)
{
	CccdLikelihood result = {pass, 1 - pass};

	return result;
}

static CccdLikelihood
turned_round(CccdLikelihood likelihood)
{
	CccdLikelihood result = {likelihood.fail, likelihood.pass};

	return result;
}

/* A second in the middle of the hour, or 0 for none. */
static uint32_t
second_of(const CccdPoint *point, CccdDimension d)
{
	return point->v[d] == 0 ? 0 : (point->v[d] - 1) * 3600 + 1800;
}

static CccdLikelihood
instant_guess(const CccdSpan *span, uint32_t second)
{
	return passes_with(second != 0 && second >= span->from && second <= span->to);
}

/* The number of doses at a time, and when the last of them was. */
static int
doses_at(const CccdPoint *point, uint32_t now, uint32_t *last)
{
	int			number = (int) point->v[CCCD_POINT_DOSES];

	*last = second_of(point, CCCD_POINT_DOSE);
	while (number > 0 && *last > now)
	{
		number--;
		*last = *last > DOSE_INTERVAL ? *last - DOSE_INTERVAL : 0;
	}
	return number;
}

/* Doses of a product, of a source, signed ones: some of all. */
static bool
is_filtered(const CccdInstr *clause, int i)
{
	return clause->sources != 0 || (clause->flags & CCCD_RULE_SIGNED) ||
		clause->next != i + 1;
}

static CccdLikelihood
doses_guess(const CccdInstr *clause, int number, bool filtered)
{
	int			lo = clause->lo == CCCD_RULE_NONE ? 0 : clause->lo;
	int			hi = clause->hi == CCCD_RULE_NONE ? INT32_MAX : clause->hi;
	CccdLikelihood result;

	if (filtered && number > 0)
		result = passes_with(number >= lo ? FILTERED : 0);
	else
		result = passes_with(number >= lo && number <= hi);
	return clause->flags & CCCD_RULE_NOT_IN ? turned_round(result) : result;
}

/* The last dose, or one by its number, which has its usual distance. */
static CccdLikelihood
dose_guess(const CccdInstr *clause, const CccdSpan *span, uint32_t last,
		   int number, bool filtered)
{
	CccdLikelihood result;
	int			later = clause->fact == CCCD_FACT_NTH_DOSE ?
	number - clause->detail : 0;

	if (number == 0 || later < 0)
		return passes_with(0);
	last = last > (uint32_t) later * DOSE_INTERVAL ?
		last - (uint32_t) later * DOSE_INTERVAL : 1;
	result = instant_guess(span, last);
	return filtered ? passes_with(result.pass * FILTERED) : result;
}

/* A course of two doses, of which as many state that as do not. */
static CccdLikelihood
complete_guess(const CccdInstr *clause, const CccdSpan *span, uint32_t last,
			   int number)
{
	CccdInstr	second = *clause;

	second.fact = CCCD_FACT_NTH_DOSE;
	second.detail = 2;
	if (clause->op == CCCD_OP_SINCE)
		return dose_guess(&second, span, last, number, true);
	return passes_with(number >= 2 ? FILTERED : 0);
}

static CccdLikelihood
negative_guess(const CccdInstr *clause, const CccdSpan *span, uint32_t now,
			   const CccdPoint *point)
{
	uint32_t	latest = 0;
	double		length = (double) span->to - span->from + 1;

	if (!(clause->detail & (1 << CCCD_TEST_PCR | 1 << CCCD_TEST_ANTIGEN)))
		return passes_with(RARE);
	if (clause->detail & 1 << CCCD_TEST_PCR)
		latest = second_of(point, CCCD_POINT_PCR);
	if (clause->detail & 1 << CCCD_TEST_ANTIGEN &&
		second_of(point, CCCD_POINT_ANTIGEN) > latest)
		latest = second_of(point, CCCD_POINT_ANTIGEN);
	if (latest <= now)
		return instant_guess(span, latest);
	return passes_with(length <= 0 ? 0 :
					   length < TEST_INTERVAL ? length / TEST_INTERVAL : 1);
}

/* How likely a clause is to pass and to fail, as far as the point tells. */
static CccdLikelihood
clause_guess(const CccdBinding *binding, int i, int disease,
			 const CccdPoint *point)
{
	const CccdInstr *clause = &binding->code[i];
	const CccdSpan *span = &binding->spans[i];
	uint32_t	end = second_of(point, CCCD_POINT_ISOLATION),
				begin = end > ISOLATION_LENGTH ? end - ISOLATION_LENGTH : end,
				recovery = second_of(point, CCCD_POINT_RECOVERY),
				last_dose;
	int			number = doses_at(point, binding->now, &last_dose);
	bool		filtered = is_filtered(clause, i);
	CccdLikelihood unknown = {0, 0};

	if (clause->op > CCCD_OP_STATE)
		return span->from == CCCD_UNKNOWN ? unknown :
			passes_with(span->from == CCCD_PASS);
	if (cccd_rule_has_names(clause))
		return passes_with(HELD);
	if (clause->disease != disease)
		return passes_with(RARE);
	if (clause->op == CCCD_OP_DOSES)
		return doses_guess(clause, number, filtered);
	switch ((CccdFact) clause->fact)
	{
		case CCCD_FACT_COMPLETE:
			return complete_guess(clause, span, last_dose, number);
		case CCCD_FACT_LAST_DOSE:
		case CCCD_FACT_NTH_DOSE:
			return dose_guess(clause, span, last_dose, number, filtered);
		case CCCD_FACT_NEGATIVE:
			return negative_guess(clause, span, binding->now, point);
		case CCCD_FACT_RECOVERY:
			return clause->op == CCCD_OP_SINCE ?
				instant_guess(span, recovery) :
				passes_with(recovery != 0 && recovery <= binding->now);
		case CCCD_FACT_ISOLATION:
			return clause->op == CCCD_OP_SINCE ? instant_guess(span, begin) :
				passes_with(begin <= binding->now && end > binding->now);
		default:
			return passes_with(RARE);
	}
}

/* Depth is limited by CCCD_RULE_MAX_DEPTH, which a rule's validation checks. */
static CccdLikelihood
node_guess(const CccdBinding *binding, int i, int disease,
		   const CccdPoint *point)
{
	const CccdInstr *node = &binding->code[i];
	bool		is_or = node->op == CCCD_OP_OR;
	CccdLikelihood all = {1, 1};

	if (node->op > CCCD_OP_NOT)
		return clause_guess(binding, i, disease, point);
	if (node->op == CCCD_OP_NOT)
		return turned_round(node_guess(binding, i + 1, disease, point));

	/* AND passes if all pass and OR fails if all fail; the rest is 1 minus */
	for (int child = i + 1; child < node->next;
		 child = binding->code[child].next)
	{
		CccdLikelihood its = node_guess(binding, child, disease, point);

		all.pass *= is_or ? 1 - its.pass : its.pass;
		all.fail *= is_or ? its.fail : 1 - its.fail;
		if (all.pass == 0 && all.fail == 0)
			break;
	}
	if (is_or)
		all.pass = 1 - all.pass;
	else
		all.fail = 1 - all.fail;
	return all;
}

CccdLikelihood
cccd_point_guess(const CccdBinding *binding, int node, int disease,
				 const CccdPoint *point)
{
	CccdLikelihood unknown = {0, 0};

	if (binding->count == 0)
		return unknown;
	return node_guess(binding, node, disease, point);
}
