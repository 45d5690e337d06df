/*
 * eval_reference.h
 *		A second evaluator, which binds nothing: it lists what may have happened
 *		and looks at each possibility from its beginning forwards.
 */
#ifndef EVAL_REFERENCE_H
#define EVAL_REFERENCE_H

#include "eval_dose_reference.h"

/*
 * Whether a test is not what its sample showed in the end: another report of
 * the same second does not know its kind and is stricter, or knows the kind
 * that this one does not and is as strict.
 */
static bool
is_superseded(const CccdEvent *e)
{
	static const int strictness[] = {2, 3, 1, 0};

	for (int k = 0; k < nevents; k++)
	{
		const CccdEvent *by = &events[k];
		int			more = strictness[by->result] - strictness[e->result];

		if (by->kind != CCCD_TEST || by->time != e->time ||
			by->disease != e->disease)
			continue;
		if (e->test != 0 && by->test == 0 && more > 0)
			return true;
		if (e->test == 0 && by->test != 0 && more >= 0)
			return true;
	}
	return false;
}

static CccdTruth
judge_test(int i, int64_t at)
{
	const CccdInstr *c = &code[i];
	Possible	possible = {.none = true};
	uint8_t		wanted = c->fact == CCCD_FACT_NEGATIVE ? CCCD_RESULT_NEGATIVE :
	CCCD_RESULT_POSITIVE;
	int64_t		certain = INT64_MIN,
				horizon = (int64_t) record->tests_from * CCCD_SECOND;

	for (int k = 0; k < nevents; k++)
		if (events[k].kind == CCCD_TEST && counts(&events[k], at) &&
			filter_admits(c, &events[k]) && events[k].result == wanted &&
			events[k].test != 0 && (c->detail & (1 << events[k].test)) &&
			!is_superseded(&events[k]) && start_of(&events[k]) > certain)
			certain = start_of(&events[k]);
	if (certain != INT64_MIN)
	{
		possible.none = false;
		possible.instants[possible.ninstants++] = certain;
	}
	for (int k = 0; k < nevents; k++)
		if (events[k].kind == CCCD_TEST && counts(&events[k], at) &&
			filter_admits(c, &events[k]) &&
			start_of(&events[k]) > certain && !is_superseded(&events[k]) &&
			(events[k].test == 0 || (c->detail & (1 << events[k].test))) &&
			(events[k].result == wanted ||
			 events[k].result == CCCD_RESULT_PENDING))
			possible.instants[possible.ninstants++] = start_of(&events[k]);
	if (horizon > 0)
	{
		/* where the horizon has not come yet, the past goes up to "at" */
		possible.past = true;
		possible.past_has_begin = !possible.none;
		possible.past_begin = certain + CCCD_SECOND;
		possible.past_end = horizon > at ? at : horizon - CCCD_SECOND;
		if (possible.past_has_begin && possible.past_begin > possible.past_end)
			possible.past = false;
	}
	return judge(c, &possible, at);
}

static CccdTruth
judge_other(int i, int64_t at)
{
	const CccdInstr *c = &code[i];
	Possible	possible = {.none = true};

	for (int k = 0; k < nevents; k++)
		if (counts(&events[k], at) && other_admits(i, &events[k]))
		{
			possible.none = false;
			possible.ninstants = 1;
			possible.instants[0] = start_of(&events[k]);
		}
	return judge(c, &possible, at);
}

static CccdTruth
judge_state(int i, int64_t at)
{
	for (int k = 0; k < nevents; k++)
		if (counts(&events[k], at) && other_admits(i, &events[k]) &&
			(events[k].until == CCCD_HEALTH_NO_END ||
			 at < (int64_t) events[k].until * CCCD_SECOND))
			return CCCD_PASS;
	return CCCD_FAIL;
}

static CccdTruth
judge_number(int i, int value)
{
	const CccdInstr *c = &code[i];
	bool		in;

	if (value == 0)
		return CCCD_UNKNOWN;
	if (c->next > i + 1)
		in = listed(i, value);
	else
		in = (c->lo < 0 || value >= c->lo) && (c->hi < 0 || value <= c->hi);
	return in != ((c->flags & CCCD_RULE_NOT_IN) != 0) ? CCCD_PASS : CCCD_FAIL;
}

static CccdTruth
judge_age(int i, int64_t at)
{
	int64_t		birth;

	if (!context.has_birth_date)
		return CCCD_UNKNOWN;
	birth = cccd_time_from_day(context.birth_date);
	return old_enough(&code[i], birth, at) &&
		recent_enough(&code[i], birth, at) ? CCCD_PASS : CCCD_FAIL;
}

static CccdTruth
judge_clause(int i, int64_t at)
{
	const CccdInstr *c = &code[i];

	if (c->op <= CCCD_OP_STATE && !record)
		return CCCD_UNKNOWN;
	switch ((CccdOp) c->op)
	{
		case CCCD_OP_DOSES:
			return judge_doses(i, at);
		case CCCD_OP_STATE:
			return c->fact == CCCD_FACT_COMPLETE ? judge_doses(i, at) :
				judge_state(i, at);
		case CCCD_OP_AGE:
			return judge_age(i, at);
		case CCCD_OP_TICKET:
		case CCCD_OP_ACCOMPANIED:
			{
				int			answer = c->op == CCCD_OP_TICKET ?
				context.ticket : context.accompanied;

				return answer == CCCD_CONTEXT_UNKNOWN ? CCCD_UNKNOWN :
					answer == CCCD_CONTEXT_YES ? CCCD_PASS : CCCD_FAIL;
			}
		case CCCD_OP_EVIDENCE:
			return judge_number(i, context.evidence);
		case CCCD_OP_LEVEL:
			return judge_number(i, context.level);
		case CCCD_OP_ORIGIN_LEVEL:
			return judge_number(i, context.origin_level);
		case CCCD_OP_SEX:
			return judge_number(i, context.sex);
		case CCCD_OP_PLACE:
			return judge_number(i, context.place);
		default:
			break;
	}
	switch ((CccdFact) c->fact)
	{
		case CCCD_FACT_LAST_DOSE:
		case CCCD_FACT_NTH_DOSE:
		case CCCD_FACT_COMPLETE:
			return judge_doses(i, at);
		case CCCD_FACT_NEGATIVE:
		case CCCD_FACT_POSITIVE:
			return judge_test(i, at);
		default:
			return judge_other(i, at);
	}
}

/*
 * The rule as a formula of its clauses' answers.  Clauses of the two masks
 * are taken to be as the rule wants them.
 */
static CccdTruth
judge_node(int i, int64_t at, bool wanted, uint64_t set_right, int *clause)
{
	CccdTruth	result;

	if (code[i].op == CCCD_OP_NOT)
		return 2 - judge_node(i + 1, at, !wanted, set_right, clause);
	if (code[i].op > CCCD_OP_NOT)
	{
		if (set_right & (UINT64_C(1) << (*clause)++))
			return wanted ? CCCD_PASS : CCCD_FAIL;
		return judge_clause(i, at);
	}
	result = code[i].op == CCCD_OP_AND ? CCCD_PASS : CCCD_FAIL;
	for (int k = i + 1; k < code[i].next; k = code[k].next)
	{
		CccdTruth	its = judge_node(k, at, wanted, set_right, clause);

		if (code[i].op == CCCD_OP_AND ? its < result : its > result)
			result = its;
	}
	return result;
}

static CccdTruth
judge_rule(int64_t at, uint64_t set_right)
{
	int			clause = 0;

	return count == 0 ? CCCD_UNKNOWN :
		judge_node(0, at, true, set_right, &clause);
}

#endif							/* EVAL_REFERENCE_H */
