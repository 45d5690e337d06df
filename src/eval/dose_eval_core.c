/*
 * dose_eval_core.c
 *		Clauses about doses where reports must be weighed against each other;
 *		see dose_eval_core.h.
 *
 * A way in which the doses may have been given chooses one day for each, and
 * for each number that is stated again whether that is a further dose.  In one
 * way the doses are numbered in the order of time, as in any record: a dose
 * has at least one more than the dose before, and what is stated with it if
 * that is more.  Stated numbers stand where days contradict them: a dose whose
 * number is smaller than that of a dose before is one that the larger number
 * has told of.
 *
 * How many there are, and which is the last one, follows without looking at
 * every way; a dose by its number, and what a number tells of doses of another
 * product or source, does not.
 */
#include "eval/dose_eval_core.h"

#include "eval/dose_seen_core.h"

#include <string.h>

#define BIT(k)		(UINT32_C(1) << (k))

static uint32_t
earliest(const CccdSeenDoses *seen, const CccdSeenDose *dose)
{
	return seen->times[dose->first];
}

static uint32_t
latest(const CccdSeenDoses *seen, const CccdSeenDose *dose)
{
	return seen->times[dose->first + dose->count - 1];
}

/* Whether a dose, if it is later than the other one, adds to its number. */
static bool
adds_to(const CccdSeenDose *dose, const CccdSeenDose *other)
{
	return dose->again || dose->number == 0 || dose->number > other->number;
}

/* A dose that has happened and is one more than the others. */
static bool
is_certain(const CccdSeenDose *dose)
{
	return dose->happened && !dose->again;
}

/*
 * The least number of doses.  The later doses were given, the fewer there are
 * behind each, and no dose adds to fewer by happening.
 */
static int
least_doses(const CccdSeenDoses *seen)
{
	int			least = 0;

	for (int i = 0; i < seen->count; i++)
		least += is_certain(&seen->doses[i]);
	for (int i = 0; i < seen->count; i++)
	{
		const CccdSeenDose *dose = &seen->doses[i];
		int			number = dose->number;

		if (number == 0 || !is_certain(dose))
			continue;
		for (int j = 0; j < seen->count; j++)
			number += is_certain(&seen->doses[j]) &&
				adds_to(&seen->doses[j], dose) &&
				latest(seen, &seen->doses[j]) > latest(seen, dose);
		if (number > least)
			least = number;
	}
	return least;
}

/*
 * The largest number of doses that match or may match, those among them that
 * numbers tell of.  From the view of one numbered dose, given as early as can
 * be: every other dose adds one if it is given later, and takes one away from
 * what the number tells of unless it matches itself.
 */
static int
most_doses(const CccdSeenDoses *seen, bool filtered)
{
	int			most = 0;

	for (int i = 0; i < seen->count; i++)
		most += !filtered || seen->doses[i].maybe;
	for (int i = 0; i < seen->count; i++)
	{
		const CccdSeenDose *dose = &seen->doses[i];
		int			number = dose->number - (filtered && !dose->maybe);

		if (dose->number == 0 || dose->again)
			continue;
		for (int j = 0; j < seen->count; j++)
		{
			const CccdSeenDose *other = &seen->doses[j];
			bool		adds = j != i && adds_to(other, dose) &&
			latest(seen, other) > earliest(seen, dose);

			if (!filtered || other->maybe)
				number += adds;
			else if (j != i && is_certain(other))
				number -= !adds;
		}
		if (number > most)
			most = number;
	}
	return most;
}

/* Widen the range of how many there are by what is seen. */
static void
add_count(const CccdBinding *b, int i, const CccdSeenDoses *seen,
		  CccdOutlook *outlook)
{
	bool		filtered = cccd_is_filtered(b->code, i);
	int			least = 0,
				most = most_doses(seen, filtered);

	if (!filtered)
		least = least_doses(seen);
	for (int k = 0; filtered && k < seen->count; k++)
		least += is_certain(&seen->doses[k]) && seen->doses[k].sure;
	if (least < outlook->least)
		outlook->least = least;
	if (most > outlook->most)
		outlook->most = most;
}

/*
 * The last dose that matches, where no number tells of others: any time that
 * is not before the earliest time of a dose that has surely been given.
 */
static void
add_last(const CccdSeenDoses *seen, CccdOutlook *outlook)
{
	uint32_t	since = 0;
	bool		certain = false;

	for (int k = 0; k < seen->count; k++)
		if (seen->doses[k].happened && seen->doses[k].sure)
		{
			certain = true;
			if (earliest(seen, &seen->doses[k]) > since)
				since = earliest(seen, &seen->doses[k]);
		}
	for (int k = 0; k < seen->count; k++)
		for (int t = 0; seen->doses[k].maybe && t < seen->doses[k].count; t++)
		{
			int			at = seen->doses[k].first + t;

			if (seen->times[at] >= since)
				outlook->instants |= BIT(seen->reports[at]);
		}
	outlook->none |= !certain;
}

/* A dose in one of the ways. */
typedef struct GivenDose
{
	const CccdSeenDose *dose;
	uint32_t	time;
	int			report;			/* that says so, in CccdDoses */
	int			number;			/* which one it was */
} GivenDose;

/* One way in which the doses may have been given, in the order of time. */
typedef struct Way
{
	int			count;
	GivenDose	given[CCCD_HEALTH_MAX_DOSES];
	bool		tells;			/* a number tells of a dose before it that is
								 * not there */
	int			tells_before;	/* the last that does: its report */
} Way;

static void
give(Way *way, const CccdSeenDose *dose, uint32_t time, int report)
{
	int			at = way->count++;

	for (; at > 0 && way->given[at - 1].time > time; at--)
		way->given[at] = way->given[at - 1];
	way->given[at].dose = dose;
	way->given[at].time = time;
	way->given[at].report = report;
}

/*
 * Number the doses.  missing[n] is how many doses before the one that states n
 * are told of by n only: one with a smaller number may turn up later.
 */
static void
number_doses(Way *way)
{
	int			missing[CCCD_DOSE_NUMBER_MAX + 1] = {0};
	int			stated_by[CCCD_DOSE_NUMBER_MAX + 1];
	int			last = 0;

	for (int k = 0; k < way->count; k++)
	{
		GivenDose  *given = &way->given[k];
		int			stated = given->dose->again ? 0 : given->dose->number;
		int			larger = stated + 1;

		while (larger <= CCCD_DOSE_NUMBER_MAX && missing[larger] == 0)
			larger++;
		if (stated > last)
		{
			missing[stated] = stated - last - 1;
			stated_by[stated] = given->report;
			last = stated;
		}
		else if (stated != 0 && larger <= CCCD_DOSE_NUMBER_MAX)
		{
			missing[larger]--;
			given->number = stated;
			continue;
		}
		else
			last++;
		given->number = last;
	}
	way->tells = false;
	for (int n = 1; n <= CCCD_DOSE_NUMBER_MAX; n++)
		if (missing[n] > 0)
		{
			way->tells = true;
			way->tells_before = stated_by[n];
		}
}

/* A past that begins after a report's time, or -1, and ends before another's. */
static void
add_past(CccdOutlook *outlook, int begin, int end)
{
	outlook->pasts[begin < 0 ? CCCD_HEALTH_MAX_DOSES : begin] |= BIT(end);
}

/* SINCE of the last dose in one way. */
static void
add_last_in_way(const Way *way, CccdOutlook *outlook)
{
	int			certain = -1;

	for (int k = way->count - 1; k >= 0 && certain < 0; k--)
	{
		if (!way->given[k].dose->maybe)
			continue;
		outlook->instants |= BIT(way->given[k].report);
		if (way->given[k].dose->sure)
			certain = way->given[k].report;
	}
	outlook->none |= certain < 0;
	if (way->tells)
		add_past(outlook, certain, way->tells_before);
}

/* Which of the given doses has a number: the one that states it, if one does. */
static const GivenDose *
dose_numbered(const Way *way, int number)
{
	const GivenDose *found = NULL;

	for (int k = 0; k < way->count; k++)
	{
		const GivenDose *given = &way->given[k];

		if (given->number == number &&
			(found == NULL ||
			 (given->dose->number == number && !given->dose->again)))
			found = given;
	}
	return found;
}

/* SINCE of a dose by its number in one way. */
static void
add_numbered_in_way(const CccdBinding *b, const Way *way, int i,
					CccdOutlook *outlook)
{
	int			number = b->code[i].detail;
	const GivenDose *found = dose_numbered(way, number);

	if (found != NULL && found->dose->sure)
	{
		outlook->instants |= BIT(found->report);
		return;
	}
	for (int k = 0; found == NULL && k < way->count; k++)
	{
		if (way->given[k].number <= number)
			continue;
		/* it may have another source than the one that is asked for */
		outlook->none |= cccd_is_filtered(b->code, i);
		add_past(outlook, -1, way->given[k].report);
		return;
	}
	outlook->none = true;
}

/*
 * Whether, or since when, the series is complete in one way; as in any record,
 * but a number that is stated again, perhaps of the same dose, says nothing of
 * the doses before it.
 */
static void
add_complete_in_way(const Way *way, CccdOutlook *outlook)
{
	uint32_t	instants = 0;
	bool		complete = false;

	for (int k = 0; k < way->count && !complete; k++)
	{
		const GivenDose *given = &way->given[k];
		CccdCourse	course = given->dose->course;

		if (!given->dose->again && (course == CCCD_COURSE_UNFINISHED ||
									course == CCCD_COURSE_COMPLETE))
			instants = 0;
		if (course >= CCCD_COURSE_UNSTATED)
			instants |= BIT(given->report);
		complete = course > CCCD_COURSE_UNSTATED;
	}
	outlook->instants |= instants;
	outlook->none |= !complete;
}

/*
 * In how many ways a dose may have been given: its times, and not yet, or for
 * the number of doses not at all.
 */
static int
dose_ways(const CccdSeenDose *dose, bool numbered)
{
	return dose->count + (!dose->happened || (numbered && dose->again));
}

/* One way: in numbers of choices, one for each dose. */
static void
add_way(const CccdBinding *b, const CccdSeenDoses *seen, int i, long choice,
		CccdOutlook *outlook)
{
	bool		numbered = b->code[i].fact == CCCD_FACT_NTH_DOSE;
	Way			way;

	way.count = 0;
	for (int k = 0; k < seen->count; k++)
	{
		const CccdSeenDose *dose = &seen->doses[k];
		int			ways = dose_ways(dose, numbered),
					chosen = (int) (choice % ways),
					at = dose->first + chosen;

		choice /= ways;
		if (chosen < dose->count)
			give(&way, dose, seen->times[at], seen->reports[at]);
	}
	number_doses(&way);
	if (b->code[i].fact == CCCD_FACT_COMPLETE)
		add_complete_in_way(&way, outlook);
	else if (numbered)
		add_numbered_in_way(b, &way, i, outlook);
	else
		add_last_in_way(&way, outlook);
}

/* Returns how many ways there were; more than are left are not looked at. */
static long
add_ways(const CccdBinding *b, const CccdSeenDoses *seen, int i, long left,
		 CccdOutlook *outlook)
{
	bool		numbered = b->code[i].fact == CCCD_FACT_NTH_DOSE;
	long		ways = 1;

	for (int k = 0; k < seen->count && ways <= left; k++)
		ways *= dose_ways(&seen->doses[k], numbered);
	for (long n = 0; n < ways && ways <= left; n++)
		add_way(b, seen, i, n, outlook);
	return ways;
}

/*
 * Look at every way.  Days that may be of one dose are taken for that and for
 * two, each by itself.
 */
static void
look_at_ways(const CccdBinding *b, const CccdDoses *apart, int i,
			 CccdOutlook *outlook)
{
	int			near[CCCD_HEALTH_MAX_DOSES],
				count = 0;
	long		left = CCCD_DOSE_WAYS;

	for (int d = 0; d < apart->ndays; d++)
		if (apart->days[d].near)
			near[count++] = d;
	outlook->unknown = count > CCCD_DOSE_NEAR_PAIRS;
	for (int choice = 0; choice < 1 << count && !outlook->unknown; choice++)
	{
		CccdDoses	doses = *apart;
		CccdSeenDoses seen;
		bool		possible = true;

		for (int k = 0; k < count; k++)
			if (choice >> k & 1)
				possible &= cccd_doses_join(&doses, near[k]);
		if (!possible)
			continue;
		cccd_doses_see(b, i, &doses, &seen);
		if (b->code[i].op == CCCD_OP_DOSES)
			add_count(b, i, &seen, outlook);
		else
			left -= add_ways(b, &seen, i, left, outlook);
		outlook->unknown = left < 0;
	}
}

/*
 * Join all days that can be, from the first on or from the last on: a day
 * between two numbers is of one of them only.  False if there is none.
 */
static bool
join_near(const CccdDoses *apart, bool backwards, CccdDoses *joined)
{
	bool		any = false;

	*joined = *apart;
	for (int k = 0; k < apart->ndays; k++)
	{
		int			d = backwards ? apart->ndays - 1 - k : k;

		if (apart->days[d].near)
			any |= cccd_doses_join(joined, d);
	}
	return any;
}

/*
 * How many there are lies between as many doses as days and as few as can be;
 * and the last one is one of the days that may be joined with it.
 */
static void
look_at_extremes(const CccdBinding *b, const CccdDoses *apart, int i,
				 CccdOutlook *outlook)
{
	for (int joined = 0; joined < 3; joined++)
	{
		CccdDoses	doses = *apart;
		CccdSeenDoses seen;

		if (joined > 0 && !join_near(apart, joined == 2, &doses))
			return;
		cccd_doses_see(b, i, &doses, &seen);
		if (b->code[i].op == CCCD_OP_DOSES)
			add_count(b, i, &seen, outlook);
		else
			add_last(&seen, outlook);
	}
}

/* Whether a dose has a number that tells of others. */
static bool
numbers_tell(const CccdDoses *doses)
{
	for (int dose = 0; dose < doses->ndoses; dose++)
		if (doses->doses[dose].number > 1)
			return true;
	return false;
}

void
cccd_outlook_find(const CccdBinding *b, const CccdHealthView *view, int i,
				  CccdOutlook *outlook)
{
	CccdDoses	doses;

	memset(outlook, 0, sizeof(*outlook));
	outlook->least = INT32_MAX;
	cccd_doses_find(view, b->code[i].disease, &doses);
	for (int k = 0; k < doses.nreports; k++)
		outlook->times[k] = cccd_event_time(doses.reports[k]);
	if ((b->code[i].op != CCCD_OP_DOSES &&
		 (b->code[i].fact == CCCD_FACT_COMPLETE ||
		  b->code[i].fact == CCCD_FACT_NTH_DOSE)) ||
		(cccd_is_filtered(b->code, i) && numbers_tell(&doses)))
		look_at_ways(b, &doses, i, outlook);
	else
		look_at_extremes(b, &doses, i, outlook);
}

CccdTruth
cccd_outlook_truth(const CccdBinding *b, int i, const CccdOutlook *outlook)
{
	bool		is_state = b->code[i].op == CCCD_OP_STATE;
	CccdCandidates candidates = {false, !outlook->none};

	if (outlook->unknown)
		return CCCD_UNKNOWN;
	if (b->code[i].op == CCCD_OP_DOSES)
		return cccd_dose_count_truth(&b->code[i], outlook->least,
									 outlook->most);
	for (int k = 0; k < CCCD_HEALTH_MAX_DOSES; k++)
		if (outlook->instants & BIT(k))
			cccd_add_candidate(&candidates, is_state ||
							   cccd_in_span(b->spans[i], outlook->times[k]));
	for (int begin = 0; begin <= CCCD_HEALTH_MAX_DOSES; begin++)
		for (int end = 0; outlook->pasts[begin] >> end != 0; end++)
			if (outlook->pasts[begin] & BIT(end))
				cccd_add_past(&candidates, b, i,
							  begin < CCCD_HEALTH_MAX_DOSES,
							  begin < CCCD_HEALTH_MAX_DOSES ?
							  outlook->times[begin] : 0,
							  outlook->times[end]);
	return cccd_candidates_truth(candidates);
}

void
cccd_outlooks_init(CccdOutlooks *kept)
{
	kept->come = -1;
	kept->count = 0;
	memset(kept->entry, 0, sizeof(kept->entry));
}

void
cccd_outlooks_go(CccdOutlooks *kept, const CccdBinding *b,
				 const CccdHealthView *view)
{
	kept->come = 0;
	for (int k = 0; !b->before_time && k < view->ndoses; k++)
		kept->come += cccd_event_time(cccd_dose_at(view, k)) <= b->now;
}

/* The outlook of a clause, which is found again if it may have changed. */
static const CccdOutlook *
kept_outlook(const CccdBinding *b, const CccdHealthView *view, int i)
{
	CccdOutlooks *kept = b->kept;
	int			entry = kept->entry[i];

	if (entry == 0)
	{
		entry = kept->entry[i] = (uint8_t) ++kept->count;
		kept->found_at[entry - 1] = -1;
	}
	if (kept->found_at[entry - 1] != kept->come)
	{
		cccd_outlook_find(b, view, i, &kept->outlooks[entry - 1]);
		kept->found_at[entry - 1] = kept->come;
	}
	return &kept->outlooks[entry - 1];
}

CccdTruth
cccd_weighed_truth(const CccdBinding *b, const CccdHealthView *view, int i)
{
	CccdOutlook outlook;

	if (b->kept != NULL)
		return cccd_outlook_truth(b, i, kept_outlook(b, view, i));
	cccd_outlook_find(b, view, i, &outlook);
	return cccd_outlook_truth(b, i, &outlook);
}
