/*
 * point_guess_core.c
 *		The likely answer of a bound rule for a point, for the planner's
 *		estimates.
 */
#include "health/code_core.h"
#include "rule/point_core.h"

/* A second in the middle of the hour, or 0 for none. */
static uint32_t
second_of(const CccdPoint *point, CccdDimension d)
{
	return point->v[d] == 0 ? 0 : (point->v[d] - 1) * 3600 + 1800;
}

static CccdTruth
instant_guess(const CccdSpan *span, uint32_t second)
{
	return second != 0 && second >= span->from && second <= span->to ?
		CCCD_PASS : CCCD_FAIL;
}

static CccdTruth
doses_guess(const CccdInstr *clause, const CccdPoint *point)
{
	int32_t		number = (int32_t) point->v[CCCD_POINT_DOSES];
	bool		inside = (clause->lo == CCCD_RULE_NONE ||
						  number >= clause->lo) &&
	(clause->hi == CCCD_RULE_NONE || number <= clause->hi);

	return inside != ((clause->flags & CCCD_RULE_NOT_IN) != 0) ?
		CCCD_PASS : CCCD_FAIL;
}

static CccdTruth
since_guess(const CccdInstr *clause, const CccdSpan *span,
			const CccdPoint *point)
{
	uint32_t	pcr = 0,
				antigen = 0;

	switch ((CccdFact) clause->fact)
	{
		case CCCD_FACT_LAST_DOSE:
		case CCCD_FACT_NTH_DOSE:
			return instant_guess(span, second_of(point, CCCD_POINT_DOSE));
		case CCCD_FACT_RECOVERY:
			return instant_guess(span, second_of(point, CCCD_POINT_RECOVERY));
		case CCCD_FACT_NEGATIVE:
			if (clause->detail & 1 << CCCD_TEST_PCR)
				pcr = second_of(point, CCCD_POINT_PCR);
			if (clause->detail & 1 << CCCD_TEST_ANTIGEN)
				antigen = second_of(point, CCCD_POINT_ANTIGEN);
			return instant_guess(span, pcr > antigen ? pcr : antigen);
		default:
			return CCCD_FAIL;
	}
}

static CccdTruth
clause_guess(const CccdBinding *binding, int i, int disease,
			 const CccdPoint *point)
{
	const CccdInstr *clause = &binding->code[i];

	if (clause->op > CCCD_OP_STATE)
		return (CccdTruth) binding->spans[i].from;
	if (clause->disease != disease)
		return CCCD_FAIL;
	if (clause->op == CCCD_OP_DOSES)
		return doses_guess(clause, point);
	if (clause->op == CCCD_OP_SINCE)
		return since_guess(clause, &binding->spans[i], point);
	if (clause->fact == CCCD_FACT_ISOLATION)
		return second_of(point, CCCD_POINT_ISOLATION) > binding->now ?
			CCCD_PASS : CCCD_FAIL;
	if (clause->fact == CCCD_FACT_RECOVERY)
		return point->v[CCCD_POINT_RECOVERY] != 0 ? CCCD_PASS : CCCD_FAIL;
	return CCCD_FAIL;
}

/* Depth is limited by CCCD_RULE_MAX_DEPTH, which a rule's validation checks. */
static CccdTruth
node_guess(const CccdBinding *binding, int i, int disease,
		   const CccdPoint *point)
{
	const CccdInstr *node = &binding->code[i];
	CccdTruth	result;

	if (node->op > CCCD_OP_NOT)
		return clause_guess(binding, i, disease, point);
	if (node->op == CCCD_OP_NOT)
		return CCCD_PASS - node_guess(binding, i + 1, disease, point);
	result = node->op == CCCD_OP_AND ? CCCD_PASS : CCCD_FAIL;
	for (int child = i + 1; child < node->next;
		 child = binding->code[child].next)
	{
		CccdTruth	truth = node_guess(binding, child, disease, point);

		if (node->op == CCCD_OP_AND ? truth < result : truth > result)
			result = truth;
		if (result == (node->op == CCCD_OP_AND ? CCCD_FAIL : CCCD_PASS))
			break;
	}
	return result;
}

CccdTruth
cccd_point_guess(const CccdBinding *binding, int disease,
				 const CccdPoint *point)
{
	if (binding->count == 0)
		return CCCD_UNKNOWN;
	return node_guess(binding, 0, disease, point);
}
