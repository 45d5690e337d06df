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

#include "health/dose_core.h"

/* A dose as a clause sees it at the time that is asked about. */
typedef struct SeenDose
{
	int			number;			/* stated, 0: not */
	bool		again;			/* see CccdDose */
	bool		sure;			/* it matches the clause */
	bool		maybe;			/* it may match: its product is uncertain */
	CccdCourse	course;			/* what its reports say of its series */
	bool		happened;		/* whatever its day, before now */
	int			first;			/* its times up to now */
	int			count;
} SeenDose;

/* In the order of their first days. */
typedef struct SeenDoses
{
	int			count;
	SeenDose	doses[CCCD_HEALTH_MAX_DOSES];
	uint32_t	times[CCCD_HEALTH_MAX_DOSES];
} SeenDoses;

/* A day's best report: signed, of the stronger source, the later one. */
static bool
is_better(const unsigned char *a, const unsigned char *b)
{
	if (cccd_event_signed(a) != cccd_event_signed(b))
		return cccd_event_signed(a);
	if (cccd_event_source(a) != cccd_event_source(b))
		return cccd_event_source(a) > cccd_event_source(b);
	return cccd_event_time(a) > cccd_event_time(b);
}

/*
 * The best report of a day, or of those that the clause's sources admit; NULL
 * if there is none.
 */
static const unsigned char *
best_report(const CccdDoses *doses, const CccdDoseDay *day,
			const CccdInstr *admitting)
{
	const unsigned char *best = NULL;

	for (int i = 0; i < day->count; i++)
	{
		const unsigned char *report = doses->reports[day->first + i];

		if (admitting != NULL && !cccd_event_matches(admitting, report))
			continue;
		if (best == NULL || is_better(report, best))
			best = report;
	}
	return best;
}

/* Whether the products that admitted reports state are in the clause's list. */
static void
see_products(const CccdBinding *b, int i, const CccdDoses *doses, int dose,
			 SeenDose *seen)
{
	bool		listed = false,
				other = false;

	for (int d = 0; d < doses->ndays; d++)
		for (int k = 0; doses->days[d].dose == dose &&
			 k < doses->days[d].count; k++)
		{
			const unsigned char *report =
			doses->reports[doses->days[d].first + k];
			int			product = cccd_dose_product(report);

			if (product == 0 || !cccd_event_matches(&b->code[i], report))
				continue;
			if (cccd_list_holds(b->code, i, product))
				listed = true;
			else
				other = true;
		}
	seen->sure = listed && !other;
	seen->maybe = listed || !other;
}

/*
 * What the admitted reports of a dose say of its series together: that it has
 * reached a total, if one says so, or that it has not.  What is stated of a
 * smaller number than the dose's is about another dose.
 */
static CccdCourse
joint_course(const CccdInstr *clause, const CccdDoses *doses, int dose,
			 const SeenDose *seen)
{
	bool		says[CCCD_COURSE_BEYOND + 1] = {false};
	CccdCourse	joint;

	for (int d = 0; d < doses->ndays; d++)
		for (int k = 0; doses->days[d].dose == dose &&
			 k < doses->days[d].count; k++)
		{
			const unsigned char *report =
			doses->reports[doses->days[d].first + k];
			CccdCourse	course = cccd_stated_course(report);

			if (cccd_event_matches(clause, report) &&
				(course != CCCD_COURSE_UNFINISHED ||
				 cccd_event_detail(report) == seen->number))
				says[course] = true;
		}
	joint = says[CCCD_COURSE_COMPLETE] ? CCCD_COURSE_COMPLETE :
		says[CCCD_COURSE_BEYOND] ? CCCD_COURSE_BEYOND :
		says[CCCD_COURSE_UNFINISHED] ? CCCD_COURSE_UNFINISHED :
		CCCD_COURSE_UNSTATED;
	if (seen->sure)
		return joint;
	return seen->maybe && joint != CCCD_COURSE_UNFINISHED ?
		CCCD_COURSE_UNSTATED : CCCD_COURSE_SILENT;
}

/*
 * A dose of the record.  Where the clause asks for a source or a signature,
 * only reports that have it say when such a dose was given, and what it was.
 */
static void
see_dose(const CccdBinding *b, int i, const CccdDoses *doses, int dose,
		 SeenDoses *seen, int *times)
{
	SeenDose   *s = &seen->doses[seen->count];
	bool		admitted = false;

	s->number = doses->doses[dose].number;
	s->again = doses->doses[dose].again;
	s->happened = true;
	s->first = *times;
	for (int d = 0; d < doses->ndays; d++)
		admitted |= doses->days[d].dose == dose &&
			best_report(doses, &doses->days[d], &b->code[i]) != NULL;
	for (int d = 0; d < doses->ndays; d++)
	{
		const unsigned char *best;

		if (doses->days[d].dose != dose)
			continue;
		best = best_report(doses, &doses->days[d],
						   admitted ? &b->code[i] : NULL);
		if (best == NULL)
			continue;
		if (cccd_event_time(best) > b->now)
			s->happened = false;
		else
			seen->times[(*times)++] = cccd_event_time(best);
	}
	s->sure = s->maybe = admitted;
	if (admitted && cccd_has_list(b->code, i))
		see_products(b, i, doses, dose, s);
	s->course = joint_course(&b->code[i], doses, dose, s);
	s->count = *times - s->first;
	if (s->count > 0)
		seen->count++;
}

static void
see_doses(const CccdBinding *b, const CccdHealthView *view, int i,
		  SeenDoses *seen)
{
	CccdDoses	doses;
	int			times = 0;

	cccd_doses_find(view, b->code[i].disease, &doses);
	seen->count = 0;
	for (int dose = 0; dose < doses.ndoses; dose++)
		see_dose(b, i, &doses, dose, seen, &times);
}

static uint32_t
earliest(const SeenDoses *seen, const SeenDose *dose)
{
	return seen->times[dose->first];
}

static uint32_t
latest(const SeenDoses *seen, const SeenDose *dose)
{
	return seen->times[dose->first + dose->count - 1];
}

/* Whether a dose, if it is later than the other one, adds to its number. */
static bool
adds_to(const SeenDose *dose, const SeenDose *other)
{
	return dose->again || dose->number == 0 || dose->number > other->number;
}

/* A dose that has happened and is one more than the others. */
static bool
is_certain(const SeenDose *dose)
{
	return dose->happened && !dose->again;
}

/*
 * The least number of doses.  The later doses were given, the fewer there are
 * behind each, and no dose adds to fewer by happening.
 */
static int
least_doses(const SeenDoses *seen)
{
	int			least = 0;

	for (int i = 0; i < seen->count; i++)
		least += is_certain(&seen->doses[i]);
	for (int i = 0; i < seen->count; i++)
	{
		const SeenDose *dose = &seen->doses[i];
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
most_doses(const SeenDoses *seen, bool filtered)
{
	int			most = 0;

	for (int i = 0; i < seen->count; i++)
		most += !filtered || seen->doses[i].maybe;
	for (int i = 0; i < seen->count; i++)
	{
		const SeenDose *dose = &seen->doses[i];
		int			number = dose->number - (filtered && !dose->maybe);

		if (dose->number == 0 || dose->again)
			continue;
		for (int j = 0; j < seen->count; j++)
		{
			const SeenDose *other = &seen->doses[j];
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

static CccdTruth
count_truth(const CccdBinding *b, const SeenDoses *seen, int i)
{
	bool		filtered = cccd_is_filtered(b->code, i);
	int			least = 0;

	if (!filtered)
		least = least_doses(seen);
	for (int k = 0; filtered && k < seen->count; k++)
		least += is_certain(&seen->doses[k]) && seen->doses[k].sure;
	return cccd_dose_count_truth(&b->code[i], least,
								 most_doses(seen, filtered));
}

/*
 * The last dose that matches, where no number tells of others: any time that
 * is not before the earliest time of a dose that has surely been given.
 */
static CccdTruth
last_truth(const CccdBinding *b, const SeenDoses *seen, int i)
{
	CccdCandidates candidates = {false, true};
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
			uint32_t	time = seen->times[seen->doses[k].first + t];

			if (time >= since)
				cccd_add_candidate(&candidates,
								   cccd_in_span(b->spans[i], time));
		}
	candidates.all &= certain;
	return cccd_candidates_truth(candidates);
}

/* A dose in one of the ways. */
typedef struct GivenDose
{
	const SeenDose *dose;
	uint32_t	time;
	int			number;			/* which one it was */
} GivenDose;

/* One way in which the doses may have been given, in the order of time. */
typedef struct Way
{
	int			count;
	GivenDose	given[CCCD_HEALTH_MAX_DOSES];
	bool		tells;			/* a number tells of a dose before it that is
								 * not there */
	uint32_t	tells_before;	/* the last that does: its time */
} Way;

static void
give(Way *way, const SeenDose *dose, uint32_t time)
{
	int			at = way->count++;

	for (; at > 0 && way->given[at - 1].time > time; at--)
		way->given[at] = way->given[at - 1];
	way->given[at].dose = dose;
	way->given[at].time = time;
}

/*
 * Number the doses.  missing[n] is how many doses before the one that states n
 * are told of by n only: one with a smaller number may turn up later.
 */
static void
number_doses(Way *way)
{
	int			missing[CCCD_DOSE_NUMBER_MAX + 1] = {0};
	uint32_t	stated_at[CCCD_DOSE_NUMBER_MAX + 1];
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
			stated_at[stated] = given->time;
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
			way->tells_before = stated_at[n];
		}
}

/* SINCE of the last dose in one way. */
static CccdTruth
last_in_way(const CccdBinding *b, const Way *way, int i)
{
	CccdCandidates candidates = {false, true};
	uint32_t	time = 0;
	bool		certain = false;

	for (int k = way->count - 1; k >= 0 && !certain; k--)
	{
		if (!way->given[k].dose->maybe)
			continue;
		time = way->given[k].time;
		certain = way->given[k].dose->sure;
		cccd_add_candidate(&candidates, cccd_in_span(b->spans[i], time));
	}
	candidates.all &= certain;
	if (way->tells)
		cccd_add_past(&candidates, b, i, certain, time, way->tells_before);
	return cccd_candidates_truth(candidates);
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
static CccdTruth
numbered_in_way(const CccdBinding *b, const Way *way, int i)
{
	int			number = b->code[i].detail;
	const GivenDose *found = dose_numbered(way, number);
	CccdCandidates candidates = {false, true};

	if (found != NULL)
		return found->dose->sure && cccd_in_span(b->spans[i], found->time) ?
			CCCD_PASS : CCCD_FAIL;
	for (int k = 0; k < way->count; k++)
	{
		if (way->given[k].number <= number)
			continue;
		/* it may have another source than the one that is asked for */
		candidates.all = !cccd_is_filtered(b->code, i);
		cccd_add_past(&candidates, b, i, false, 0, way->given[k].time);
		return cccd_candidates_truth(candidates);
	}
	return CCCD_FAIL;
}

/*
 * Whether, or since when, the series is complete in one way; as in any record,
 * but a number that is stated again, perhaps of the same dose, says nothing of
 * the doses before it.
 */
static CccdTruth
complete_in_way(const CccdBinding *b, const Way *way, int i)
{
	const CccdCandidates none_yet = {false, true};
	CccdCandidates candidates = none_yet;

	for (int k = 0; k < way->count; k++)
	{
		const GivenDose *given = &way->given[k];
		CccdCourse	course = given->dose->course;

		if (!given->dose->again && (course == CCCD_COURSE_UNFINISHED ||
									course == CCCD_COURSE_COMPLETE))
			candidates = none_yet;
		if (course < CCCD_COURSE_UNSTATED)
			continue;
		cccd_add_candidate(&candidates, b->code[i].op == CCCD_OP_STATE ||
						   cccd_in_span(b->spans[i], given->time));
		if (course > CCCD_COURSE_UNSTATED)
			return cccd_candidates_truth(candidates);
	}
	candidates.all = false;
	return cccd_candidates_truth(candidates);
}

/*
 * In how many ways a dose may have been given: its times, and not yet, or for
 * the number of doses not at all.
 */
static int
dose_ways(const SeenDose *dose, bool numbered)
{
	return dose->count + (!dose->happened || (numbered && dose->again));
}

/* The truth that a clause has in every way; unknown where they differ. */
static CccdTruth
truth_in_ways(const CccdBinding *b, const SeenDoses *seen, int i)
{
	bool		numbered = b->code[i].fact == CCCD_FACT_NTH_DOSE;
	long		ways = 1;
	CccdTruth	truth = CCCD_UNKNOWN;

	for (int k = 0; k < seen->count && ways <= CCCD_DOSE_WAYS; k++)
		ways *= dose_ways(&seen->doses[k], numbered);
	if (ways > CCCD_DOSE_WAYS)
		return CCCD_UNKNOWN;
	for (long n = 0; n < ways; n++)
	{
		Way			way = {0};
		long		choice = n;
		CccdTruth	its;

		for (int k = 0; k < seen->count; k++)
		{
			const SeenDose *dose = &seen->doses[k];
			int			chosen = (int) (choice % dose_ways(dose, numbered));

			choice /= dose_ways(dose, numbered);
			if (chosen < dose->count)
				give(&way, dose, seen->times[dose->first + chosen]);
		}
		number_doses(&way);
		if (b->code[i].fact == CCCD_FACT_COMPLETE)
			its = complete_in_way(b, &way, i);
		else
			its = numbered ? numbered_in_way(b, &way, i) :
				last_in_way(b, &way, i);
		if (its == CCCD_UNKNOWN || (n > 0 && its != truth))
			return CCCD_UNKNOWN;
		truth = its;
	}
	return truth;
}

CccdTruth
cccd_weighed_truth(const CccdBinding *b, const CccdHealthView *view, int i)
{
	SeenDoses	seen;
	bool		tells = false;

	see_doses(b, view, i, &seen);
	if (b->code[i].op == CCCD_OP_DOSES)
		return count_truth(b, &seen, i);
	for (int k = 0; k < seen.count; k++)
		tells |= seen.doses[k].number > 1;
	if (b->code[i].fact == CCCD_FACT_COMPLETE ||
		b->code[i].fact == CCCD_FACT_NTH_DOSE ||
		(tells && cccd_is_filtered(b->code, i)))
		return truth_in_ways(b, &seen, i);
	return last_truth(b, &seen, i);
}
