/*
 * eval_dose_reference.h
 *		Clauses about doses, answered in every way in which the doses may have
 *		been given.
 */
#ifndef EVAL_DOSE_REFERENCE_H
#define EVAL_DOSE_REFERENCE_H

#include "eval_possible.h"

#include "health/code_core.h"

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

/* The dose that a report is about is known by its first report; -1: none. */
static int	about[100];
static bool repeated[100];		/* by first report: its number stood before */

/* Of the products of the dose's reports so far, and of a day's. */
static int
renewal_of(int dose, int k)
{
	int			shortest = INT32_MAX;

	for (int j = 0; j < nevents; j++)
		if (is_report(j, events[k].disease) &&
			((j < k && number_of_day(j) != 0 && about[j] == dose) ||
			 day_of(&events[j]) == day_of(&events[k])))
		{
			int			days = cccd_renewal_days(events[j].disease,
												 events[j].product);

			if (days < shortest)
				shortest = days;
		}
	return shortest;
}

/*
 * The reports come by time.  A report of a number is about the dose that had it
 * last unless it is too late after the first report of that, or of another
 * total.
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

			if (day_of(&events[k]) - day_of(&events[about[before]]) <=
				(uint32_t) renewal_of(about[before], k) &&
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
		uint32_t	nearest = cccd_spacing_days(disease) < 3 ?
		(uint32_t) cccd_spacing_days(disease) : 3;

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

/* Pairs of reports of two days, one after the other, that may be of one dose. */
static int	npairs;
static struct
{
	int			before;
	int			after;
}			pairs[100];

static void
find_pairs(int disease)
{
	int			before = -1;

	npairs = 0;
	for (int k = 0; k < nevents; k++)
	{
		if (!is_report(k, disease))
			continue;
		if (before >= 0 && day_of(&events[before]) != day_of(&events[k]) &&
			day_of(&events[k]) - day_of(&events[before]) <
			(uint32_t) cccd_spacing_days(disease) &&
			about[before] != about[k] &&
			(number_of_day(about[before]) == 0 ||
			 number_of_day(about[k]) == 0))
		{
			pairs[npairs].before = before;
			pairs[npairs++].after = k;
		}
		before = k;
	}
}

/* False where two doses with numbers would be one. */
static bool
join_pair(int pair)
{
	int			a = about[pairs[pair].before],
				b = about[pairs[pair].after];

	if (a == b)
		return true;
	if (number_of_day(a) != 0 && number_of_day(b) != 0)
		return false;
	for (int k = 0; k < nevents; k++)
		if (about[k] == a || about[k] == b)
			about[k] = number_of_day(a) != 0 ? a : b;
	return true;
}

/* A dose of the disease, as the clause's sources tell of it. */
typedef struct RefDose
{
	int			number;
	bool		again;
	bool		sure;
	bool		maybe;
	bool		finished;		/* a report says that it reached a total */
	bool		first_finished; /* and one that no dose before it did */
	bool		unfinished;		/* none does, but one says that it did not */
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
		if (events[k].number == 0 || events[k].series == 0)
			continue;
		dose->finished |= events[k].number >= events[k].series;
		dose->first_finished |= events[k].number == events[k].series;
		dose->unfinished |= events[k].number < events[k].series &&
			events[k].number == dose->number;
	}
	dose->unfinished &= !dose->finished;
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

/*
 * From the end: the first dose that surely finishes, and those before it up to
 * the last that denies that one before it did.
 */
static CccdTruth
complete_way(int i, int64_t at)
{
	Possible	possible = {.none = true};
	int			first = ngiven - 1;

	for (int k = ngiven - 1; k >= 0; k--)
		if (given[k].dose->sure && given[k].dose->finished)
		{
			first = k;
			possible.none = false;
		}
	for (int k = first; k >= 0; k--)
	{
		const RefDose *dose = given[k].dose;

		if (dose->maybe && !dose->unfinished)
			possible.instants[possible.ninstants++] = given[k].time;
		if (dose->sure && !dose->again &&
			(dose->first_finished || dose->unfinished))
			break;
	}
	if (code[i].op == CCCD_OP_STATE)
		return !possible.none ? CCCD_PASS :
			possible.ninstants > 0 ? CCCD_UNKNOWN : CCCD_FAIL;
	return judge(&code[i], &possible, at);
}

static bool
is_complete_clause(int i)
{
	return code[i].op != CCCD_OP_DOSES && code[i].fact == CCCD_FACT_COMPLETE;
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
	bool		without = k < nref_doses && dose->again && !last &&
	!is_complete_clause(i);

	if (k == nref_doses)
	{
		number_given();
		if (code[i].op == CCCD_OP_DOSES)
			count_way(i);
		else if (is_complete_clause(i))
			truths[complete_way(i, at)] = true;
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

/* How many ways there are. */
static double
count_ways(int i, int64_t at)
{
	double		ways = 1;

	for (int k = 0; k < nref_doses; k++)
	{
		int			past = 0;

		for (int t = 0; t < ref_doses[k].ntimes; t++)
			past += ref_doses[k].times[t] <= at;
		if (past > 0)
			ways *= past + (past < ref_doses[k].ntimes ||
							(ref_doses[k].again &&
							 code[i].fact == CCCD_FACT_NTH_DOSE));
	}
	return ways;
}

/* Whether a dose has a number above 1, which tells of others. */
static bool
numbers_tell_of_others(void)
{
	for (int k = 0; k < nevents; k++)
		if (about[k] == k && number_of_day(k) > 1)
			return true;
	return false;
}

static long many_ways;			/* clauses for which there were too many */

static CccdTruth
judge_doses(int i, int64_t at)
{
	const CccdInstr *c = &code[i];
	int			good = 0;
	bool		limited;
	double		ways = 0;

	find_doses(c->disease);
	find_pairs(c->disease);
	limited = is_complete_clause(i) ||
		(c->op != CCCD_OP_DOSES && c->fact == CCCD_FACT_NTH_DOSE) ||
		(numbers_tell_of_others() && has_filter(i));
	least = 1000;
	most = 0;
	truths[0] = truths[1] = truths[2] = false;
	for (long joined = 0; joined < 1L << npairs; joined++)
	{
		bool		possible = true;

		find_doses(c->disease);
		for (int pair = 0; pair < npairs; pair++)
			if (joined >> pair & 1)
				possible &= join_pair(pair);
		if (!possible)
			continue;
		tell_doses(i);
		ways += count_ways(i, at);
		if (limited && ((ways > 1024 && c->op != CCCD_OP_DOSES) || npairs > 6))
		{
			many_ways++;
			return CCCD_UNKNOWN;
		}
		ngiven = 0;
		try_ways(i, at, 0);
	}
	if (c->op != CCCD_OP_DOSES)
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

#endif							/* EVAL_DOSE_REFERENCE_H */
