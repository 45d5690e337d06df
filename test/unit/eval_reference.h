/*
 * eval_reference.h
 *		A second evaluator, which binds nothing: it lists what may have happened
 *		and looks at each possibility from its beginning forwards.
 */
#ifndef EVAL_REFERENCE_H
#define EVAL_REFERENCE_H

#include "eval_draw.h"

#define FAR_PAST		(INT64_C(-31000000000) * CCCD_SECOND)	/* 1017 */


static int64_t
later(int64_t time, int32_t duration)
{
	int64_t		value = CCCD_DURATION_VALUE(duration);

	switch (CCCD_DURATION_UNIT(duration))
	{
		case CCCD_UNIT_SECOND:
			return time + value * CCCD_SECOND;
		case CCCD_UNIT_MINUTE:
			return time + value * 60 * CCCD_SECOND;
		case CCCD_UNIT_HOUR:
			return time + value * 3600 * CCCD_SECOND;
		case CCCD_UNIT_DAY:
			return time + value * CCCD_DAY;
		case CCCD_UNIT_WEEK:
			return time + value * 7 * CCCD_DAY;
		case CCCD_UNIT_MONTH:
			return cccd_add_months(time, (int) value);
		default:
			return cccd_add_months(time, (int) value * 12);
	}
}

static bool
old_enough(const CccdInstr *c, int64_t time, int64_t at)
{
	if (c->lo == CCCD_RULE_NONE)
		return true;
	if (c->flags & CCCD_RULE_LO_STRICT)
		return at > later(time, c->lo);
	return at >= later(time, c->lo);
}

static bool
recent_enough(const CccdInstr *c, int64_t time, int64_t at)
{
	if (c->hi == CCCD_RULE_NONE)
		return true;
	if (c->flags & CCCD_RULE_HI_STRICT)
		return at < later(time, c->hi);
	return at <= later(time, c->hi);
}

static int64_t
start_of(const CccdEvent *e)
{
	return (int64_t) e->time * CCCD_SECOND;
}

static bool
filter_admits(const CccdInstr *c, const CccdEvent *e)
{
	return e->disease == c->disease &&
		(c->sources == 0 || (c->sources & (1 << e->source))) &&
		(!(c->flags & CCCD_RULE_SIGNED) || e->is_signed);
}

static bool
listed(int i, int value)
{
	for (int k = i + 1; k < code[i].next; k++)
	{
		CccdItem	item;

		memcpy(&item, &code[k], sizeof(item));
		for (int j = 0; j < item.count; j++)
			if (item.values[j] == value)
				return true;
	}
	return false;
}

/* Of a credential one of the clause's names. */
static bool
other_admits(int i, const CccdEvent *e)
{
	return e->kind == code[i].fact && filter_admits(&code[i], e) &&
		(e->kind != CCCD_CREDENTIAL || listed(i, e->credential));
}

static bool
has_filter(int i)
{
	return code[i].next > i + 1 || code[i].sources != 0 ||
		(code[i].flags & CCCD_RULE_SIGNED);
}

/* What the fact's instant may be; "none" and a stretch of past among it. */
typedef struct Possible
{
	bool		none;
	int			ninstants;
	int64_t		instants[100];
	bool		past;
	bool		past_has_begin;
	int64_t		past_begin;		/* first and last instant */
	int64_t		past_end;
} Possible;

/*
 * Every instant is looked at; of a past its ends and some in between.  A past
 * in which some instants are not too old, and some not too recent, may have
 * one that is neither.
 */
static CccdTruth
judge(const CccdInstr *c, const Possible *possible, int64_t at)
{
	bool		any = false,
				all = !possible->none;

	for (int i = 0; i < possible->ninstants; i++)
	{
		bool		good = old_enough(c, possible->instants[i], at) &&
		recent_enough(c, possible->instants[i], at);

		any |= good;
		all &= good;
	}
	if (possible->past)
	{
		int64_t		begin = possible->past_has_begin ? possible->past_begin :
		FAR_PAST;
		int64_t		length = possible->past_end - begin;
		bool		old = false,
					recent = false;

		for (int i = 0; i <= 16; i++)
		{
			int64_t		x = i == 16 ? possible->past_end :
			begin + length / 16 * i / CCCD_SECOND * CCCD_SECOND;
			bool		is_old = old_enough(c, x, at);
			bool		is_recent = recent_enough(c, x, at);

			old |= is_old;
			recent |= is_recent;
			all &= is_old && is_recent;
		}
		any |= old && recent;
	}
	return all ? CCCD_PASS : any ? CCCD_UNKNOWN : CCCD_FAIL;
}

static bool
counts(const CccdEvent *e, int64_t at)
{
	return start_of(e) <= at;
}

/* Numbers of the doses of a disease that count; 0 for other events. */
static int
number_doses(int disease, int64_t at, int *numbers, int64_t *implied_before,
			 int *implied)
{
	int			last = 0;

	*implied = 0;
	for (int i = 0; i < nevents; i++)
	{
		numbers[i] = 0;
		if (events[i].kind != CCCD_DOSE || events[i].disease != disease ||
			!counts(&events[i], at))
			continue;
		numbers[i] = events[i].number > last + 1 ? events[i].number : last + 1;
		if (numbers[i] > last + 1)
		{
			*implied += numbers[i] - last - 1;
			*implied_before = start_of(&events[i]);
		}
		last = numbers[i];
	}
	return last;
}

static CccdTruth
judge_doses(int i, int64_t at)
{
	const CccdInstr *c = &code[i];
	int			numbers[100];
	int64_t		before;
	int			implied,
				total = number_doses(c->disease, at, numbers, &before,
									 &implied),
				certain = 0,
				maybe = implied,
				good = 0;

	for (int k = 0; k < nevents; k++)
	{
		if (numbers[k] == 0 || !filter_admits(c, &events[k]))
			continue;
		if (c->next == i + 1 || listed(i, events[k].product))
			certain++;
		else if (events[k].product == 0)
			maybe++;
	}
	if (!has_filter(i))
	{
		certain = total;
		maybe = 0;
	}
	for (int n = certain; n <= certain + maybe; n++)
	{
		bool		in = (c->lo < 0 || n >= c->lo) && (c->hi < 0 || n <= c->hi);

		good += in != ((c->flags & CCCD_RULE_NOT_IN) != 0);
	}
	return good == maybe + 1 ? CCCD_PASS : good > 0 ? CCCD_UNKNOWN : CCCD_FAIL;
}

static CccdTruth
judge_last_dose(int i, int64_t at)
{
	const CccdInstr *c = &code[i];
	Possible	possible = {.none = true};
	int			numbers[100];
	int64_t		before = 0,
				certain = 0;
	int			implied;

	number_doses(c->disease, at, numbers, &before, &implied);
	for (int k = 0; k < nevents; k++)
	{
		if (numbers[k] == 0 || !filter_admits(c, &events[k]))
			continue;
		if (c->next == i + 1 || listed(i, events[k].product))
		{
			/* what was possible before is not the latest any more */
			possible.none = false;
			possible.ninstants = 0;
			certain = start_of(&events[k]);
		}
		else if (events[k].product != 0)
			continue;
		possible.instants[possible.ninstants++] = start_of(&events[k]);
	}
	if (implied > 0 && has_filter(i))
	{
		possible.past = true;
		possible.past_end = before - CCCD_SECOND;
		possible.past_has_begin = !possible.none;
		possible.past_begin = certain + CCCD_SECOND;
		if (possible.past_has_begin && possible.past_begin > possible.past_end)
			possible.past = false;
	}
	return judge(c, &possible, at);
}

static CccdTruth
judge_nth_dose(int i, int64_t at)
{
	const CccdInstr *c = &code[i];
	Possible	possible = {.none = true};
	int			numbers[100];
	int64_t		before;
	int			implied;

	number_doses(c->disease, at, numbers, &before, &implied);
	for (int k = 0; k < nevents; k++)
		if (numbers[k] == c->detail)
		{
			if (!filter_admits(c, &events[k]))
				return CCCD_FAIL;
			possible.none = false;
			possible.instants[possible.ninstants++] = start_of(&events[k]);
			return judge(c, &possible, at);
		}
	for (int k = 0; k < nevents; k++)
		if (numbers[k] > c->detail)
		{
			possible.none = has_filter(i);
			possible.past = true;
			possible.past_end = start_of(&events[k]) - CCCD_SECOND;
			return judge(c, &possible, at);
		}
	return CCCD_FAIL;
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
			start_of(&events[k]) > certain)
			certain = start_of(&events[k]);
	if (certain != INT64_MIN)
	{
		possible.none = false;
		possible.instants[possible.ninstants++] = certain;
	}
	for (int k = 0; k < nevents; k++)
		if (events[k].kind == CCCD_TEST && counts(&events[k], at) &&
			filter_admits(c, &events[k]) &&
			start_of(&events[k]) > certain &&
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
			return judge_state(i, at);
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
			return judge_last_dose(i, at);
		case CCCD_FACT_NTH_DOSE:
			return judge_nth_dose(i, at);
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
