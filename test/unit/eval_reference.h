/*
 * eval_reference.h
 *		A second evaluator, which binds nothing: it lists what may have happened
 *		and looks at each possibility from its beginning forwards.
 */
#ifndef EVAL_REFERENCE_H
#define EVAL_REFERENCE_H

#include "eval_draw.h"

#include "health/code_core.h"

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

/* --- doses: every way in which they may have been given ------------------ */

static uint32_t
day_of(const CccdEvent *e)
{
	return (uint32_t) (((uint64_t) e->time + 25200) / 86400);
}

static bool
is_report(int k, int disease)
{
	return events[k].kind == CCCD_DOSE && events[k].disease == disease;
}

/* What is stated of the day of report k: the largest number, its total. */
static int
number_of_day(int k)
{
	int			number = 0;

	for (int j = 0; j < nevents; j++)
		if (is_report(j, events[k].disease) &&
			day_of(&events[j]) == day_of(&events[k]) &&
			events[j].number > number)
			number = events[j].number;
	return number;
}

static int
series_of_day(int k)
{
	int			series = 0;

	for (int j = 0; j < nevents; j++)
	{
		if (!is_report(j, events[k].disease) || events[j].series == 0 ||
			day_of(&events[j]) != day_of(&events[k]) ||
			events[j].number != number_of_day(k))
			continue;
		if (series != 0 && series != events[j].series)
			return 0;
		series = events[j].series;
	}
	return series;
}

static int
renewal_of_days(int a, int b)
{
	int			shortest = INT32_MAX;

	for (int j = 0; j < nevents; j++)
		if (is_report(j, events[a].disease) &&
			(day_of(&events[j]) == day_of(&events[a]) ||
			 day_of(&events[j]) == day_of(&events[b])))
		{
			int			days = cccd_renewal_days(events[j].disease,
												 events[j].product);

			if (days < shortest)
				shortest = days;
		}
	return shortest;
}

/* The dose that a report is about is known by its first report; -1: none. */
static int	about[100];
static bool repeated[100];		/* by first report: its number stood before */

/*
 * The reports come by time.  Of two reports of a number one after the other,
 * the second is about the same dose unless it is too late or of another total.
 */
static void
find_doses(int disease)
{
	int			totals[100] = {0};

	for (int k = 0; k < nevents; k++)
	{
		int			before = -1;

		about[k] = -1;
		repeated[k] = false;
		if (!is_report(k, disease) || number_of_day(k) == 0)
			continue;
		for (int j = 0; j < k; j++)
			if (is_report(j, disease) && number_of_day(j) == number_of_day(k))
				before = j;
		about[k] = k;
		if (before >= 0)
		{
			int			total = totals[about[before]],
						its = series_of_day(k);

			if (day_of(&events[k]) - day_of(&events[before]) <=
				(uint32_t) renewal_of_days(before, k) &&
				(total == 0 || its == 0 || total == its))
				about[k] = about[before];
			else
				repeated[k] = true;
		}
		if (series_of_day(k) != 0)
			totals[about[k]] = series_of_day(k);
	}
	for (int k = 0; k < nevents; k++)
	{
		uint32_t	nearest = 3;

		if (!is_report(k, disease) || number_of_day(k) != 0)
			continue;
		for (int j = 0; j < nevents; j++)
			if (is_report(j, disease) && number_of_day(j) != 0)
			{
				uint32_t	away = j < k ?
				day_of(&events[k]) - day_of(&events[j]) :
				day_of(&events[j]) - day_of(&events[k]);

				if (away < nearest)
				{
					nearest = away;
					about[k] = about[j];
				}
			}
		for (int j = k; about[k] < 0; j--)
			if (j == 0 || !is_report(j - 1, disease) ||
				day_of(&events[j - 1]) != day_of(&events[k]))
				about[k] = j;
	}
}

/* A dose of the disease, as the clause's sources tell of it. */
typedef struct RefDose
{
	int			number;
	bool		again;
	bool		sure;
	bool		maybe;
	int			ntimes;
	int64_t		times[100];
} RefDose;

static RefDose ref_doses[100];
static int	nref_doses;

static bool
better_report(const CccdEvent *a, const CccdEvent *b)
{
	int			rank_a = a->is_signed * 4 + a->source,
				rank_b = b->is_signed * 4 + b->source;

	return rank_a != rank_b ? rank_a > rank_b : a->time > b->time;
}

static void
tell_dose(int i, int first, RefDose *dose)
{
	const CccdInstr *c = &code[i];
	bool		admitted = false,
				in = false,
				out = false;

	memset(dose, 0, sizeof(*dose));
	dose->number = number_of_day(first);
	dose->again = repeated[first];
	for (int k = 0; k < nevents; k++)
	{
		if (about[k] != first || !filter_admits(c, &events[k]))
			continue;
		admitted = true;
		if (events[k].product != 0)
			*(listed(i, events[k].product) ? &in : &out) = true;
	}
	for (int k = 0; k < nevents; k++)
	{
		bool		best = true;

		if (about[k] != first || (admitted && !filter_admits(c, &events[k])))
			continue;
		for (int j = 0; j < nevents; j++)
			if (about[j] == first && day_of(&events[j]) == day_of(&events[k]) &&
				(!admitted || filter_admits(c, &events[j])) &&
				(better_report(&events[j], &events[k]) ||
				 (j < k && !better_report(&events[k], &events[j]))))
				best = false;
		if (best)
			dose->times[dose->ntimes++] = start_of(&events[k]);
	}
	dose->sure = admitted && (c->next == i + 1 || (in && !out));
	dose->maybe = admitted && (c->next == i + 1 || in || !out);
}

static void
tell_doses(int i)
{
	find_doses(code[i].disease);
	nref_doses = 0;
	for (int k = 0; k < nevents; k++)
		if (about[k] == k)
			tell_dose(i, k, &ref_doses[nref_doses++]);
}

/* One way: what was given by the time that is asked about, by time. */
typedef struct Given
{
	const RefDose *dose;
	int64_t		time;
	int			number;
} Given;

static Given given[100];
static int	ngiven;
static int	missing;			/* doses that only numbers tell of */
static int64_t missing_before;	/* before the last that tells of one */

/*
 * Every larger number tells of the doses before it; one that turns up later
 * with a smaller number is the first of those that still lack.
 */
static void
number_given(void)
{
	int			last = 0,
				ngaps = 0;
	struct
	{
		int			below;
		int			left;
		int64_t		time;
	}			gaps[100];

	for (int k = 0; k < ngiven; k++)
	{
		int			stated = given[k].dose->again ? 0 : given[k].dose->number;
		int			gap = 0;

		while (gap < ngaps && !(gaps[gap].below > stated && gaps[gap].left > 0))
			gap++;
		if (stated > last)
		{
			gaps[ngaps].below = stated;
			gaps[ngaps].left = stated - last - 1;
			gaps[ngaps++].time = given[k].time;
			given[k].number = last = stated;
		}
		else if (stated > 0 && gap < ngaps)
		{
			gaps[gap].left--;
			given[k].number = stated;
		}
		else
			given[k].number = ++last;
	}
	missing = 0;
	for (int gap = 0; gap < ngaps; gap++)
		if (gaps[gap].left > 0)
		{
			missing += gaps[gap].left;
			missing_before = gaps[gap].time;
		}
}

/* What all ways say together. */
static int	least,
			most;
static bool truths[3];

static void
count_way(int i)
{
	int			sure = 0,
				maybe = missing;

	for (int k = 0; k < ngiven; k++)
	{
		sure += !has_filter(i) || given[k].dose->sure;
		maybe += !has_filter(i) || given[k].dose->maybe;
	}
	if (!has_filter(i))
		sure += missing;
	if (sure < least)
		least = sure;
	if (maybe > most)
		most = maybe;
}

static CccdTruth
last_way(int i, int64_t at)
{
	Possible	possible = {.none = true};
	int64_t		certain = 0;

	for (int k = 0; k < ngiven; k++)
	{
		if (!given[k].dose->maybe)
			continue;
		if (given[k].dose->sure)
		{
			/* what was possible before is not the latest any more */
			possible.none = false;
			possible.ninstants = 0;
			certain = given[k].time;
		}
		possible.instants[possible.ninstants++] = given[k].time;
	}
	if (missing > 0 && has_filter(i))
	{
		possible.past_end = missing_before - CCCD_SECOND;
		possible.past_has_begin = !possible.none;
		possible.past_begin = certain + CCCD_SECOND;
		possible.past = !possible.past_has_begin ||
			possible.past_begin <= possible.past_end;
	}
	return judge(&code[i], &possible, at);
}

static CccdTruth
nth_way(int i, int64_t at)
{
	Possible	possible = {.none = true};
	int			n = code[i].detail,
				found = -1;

	for (int k = ngiven - 1; k >= 0; k--)
		if (given[k].number == n && given[k].dose->number != n)
			found = k;
	for (int k = ngiven - 1; k >= 0; k--)
		if (given[k].number == n && given[k].dose->number == n &&
			!given[k].dose->again)
			found = k;
	if (found < 0)
		for (int k = ngiven - 1; k >= 0; k--)
			if (given[k].number == n)
				found = k;
	if (found >= 0)
	{
		if (!given[found].dose->sure)
			return CCCD_FAIL;
		possible.none = false;
		possible.instants[possible.ninstants++] = given[found].time;
		return judge(&code[i], &possible, at);
	}
	for (int k = 0; k < ngiven; k++)
		if (given[k].number > n)
		{
			possible.none = has_filter(i);
			possible.past = true;
			possible.past_end = given[k].time - CCCD_SECOND;
			return judge(&code[i], &possible, at);
		}
	return CCCD_FAIL;
}

/* Every way for the doses from k on. */
static void
try_ways(int i, int64_t at, int k)
{
	bool		last = code[i].op == CCCD_OP_SINCE &&
	code[i].fact == CCCD_FACT_LAST_DOSE;
	const RefDose *dose = &ref_doses[k];
	int			count_before = ngiven;
	Given		before[100];
	bool		without = k < nref_doses && dose->again && !last;

	if (k == nref_doses)
	{
		number_given();
		if (code[i].op == CCCD_OP_DOSES)
			count_way(i);
		else
			truths[last ? last_way(i, at) : nth_way(i, at)] = true;
		return;
	}
	memcpy(before, given, sizeof(before));
	for (int t = 0; t < dose->ntimes; t++)
	{
		int			place = ngiven;

		if (dose->times[t] > at)
		{
			without = true;
			continue;
		}
		for (; place > 0 && given[place - 1].time > dose->times[t]; place--)
			given[place] = given[place - 1];
		given[place].dose = dose;
		given[place].time = dose->times[t];
		ngiven++;
		try_ways(i, at, k + 1);
		ngiven = count_before;
		memcpy(given, before, sizeof(before));
	}
	if (without)
		try_ways(i, at, k + 1);
}

/* How many ways there are, and whether a number above 1 is among the doses. */
static double
count_ways(int i, int64_t at, bool *tells)
{
	double		ways = 1;

	*tells = false;
	for (int k = 0; k < nref_doses; k++)
	{
		int			past = 0;

		for (int t = 0; t < ref_doses[k].ntimes; t++)
			past += ref_doses[k].times[t] <= at;
		*tells |= past > 0 && ref_doses[k].number > 1;
		if (past > 0)
			ways *= past + (past < ref_doses[k].ntimes ||
							(ref_doses[k].again &&
							 code[i].fact == CCCD_FACT_NTH_DOSE));
	}
	return ways;
}

static long many_ways;			/* clauses for which there were too many */

static CccdTruth
judge_doses(int i, int64_t at)
{
	const CccdInstr *c = &code[i];
	int			good = 0;
	bool		tells;
	double		ways;

	tell_doses(i);
	ways = count_ways(i, at, &tells);
	if (ways > 1024 && c->op == CCCD_OP_SINCE &&
		(c->fact == CCCD_FACT_NTH_DOSE || (tells && has_filter(i))))
	{
		many_ways++;
		return CCCD_UNKNOWN;
	}
	ngiven = 0;
	least = 1000;
	most = 0;
	truths[0] = truths[1] = truths[2] = false;
	try_ways(i, at, 0);
	if (c->op == CCCD_OP_SINCE)
		return truths[1] || (truths[0] && truths[2]) ? CCCD_UNKNOWN :
			truths[0] ? CCCD_FAIL : CCCD_PASS;
	for (int n = least; n <= most; n++)
	{
		bool		in = (c->lo < 0 || n >= c->lo) && (c->hi < 0 || n <= c->hi);

		good += in != ((c->flags & CCCD_RULE_NOT_IN) != 0);
	}
	return good == most - least + 1 ? CCCD_PASS :
		good > 0 ? CCCD_UNKNOWN : CCCD_FAIL;
}

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

static bool
states_total(const CccdEvent *e)
{
	return e->number > 0 && e->series > 0;
}

/* Whether a report counts for the clause, if only perhaps. */
static bool
tells_course(int i, int k, int64_t at)
{
	const CccdInstr *c = &code[i];
	const CccdEvent *e = &events[k];

	return e->kind == CCCD_DOSE && counts(e, at) && filter_admits(c, e) &&
		(c->next == i + 1 || listed(i, e->product) ||
		 (e->product == 0 && !(states_total(e) && e->number < e->series)));
}

/* Whether it surely counts, and states which of how many its dose is. */
static bool
states_course(int i, int k, int64_t at)
{
	return tells_course(i, k, at) && states_total(&events[k]) &&
		(code[i].next == i + 1 || listed(i, events[k].product));
}

static CccdTruth
judge_complete(int i, int64_t at)
{
	const CccdInstr *c = &code[i];
	Possible	possible = {.none = true};
	int			first = nevents;	/* that surely completes the series */

	find_doses(c->disease);
	for (int k = nevents - 1; k >= 0; k--)
		if (states_course(i, k, at) && events[k].number >= events[k].series)
			first = k;
	possible.none = first == nevents;
	for (int k = 0; k < nevents; k++)
	{
		bool		excluded = k > first || states_course(i, k, at);

		if (!tells_course(i, k, at))
			continue;
		/* what a later one up to it denies, or another report knows better */
		for (int l = 0; l < nevents; l++)
			excluded |= states_course(i, l, at) &&
				(about[l] == about[k] ||
				 (l > k && l <= first &&
				  events[l].number <= events[l].series));
		/* every day that is stated for the first one is as good */
		if (!excluded || (first < nevents && about[k] == about[first]))
			possible.instants[possible.ninstants++] = start_of(&events[k]);
	}
	if (c->op == CCCD_OP_STATE)
		return !possible.none ? CCCD_PASS :
			possible.ninstants > 0 ? CCCD_UNKNOWN : CCCD_FAIL;
	return judge(c, &possible, at);
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
			return c->fact == CCCD_FACT_COMPLETE ? judge_complete(i, at) :
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
			return judge_doses(i, at);
		case CCCD_FACT_COMPLETE:
			return judge_complete(i, at);
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
