/*
 * dose_seen_core.c
 *		What a clause sees of the doses of a record; see dose_seen_core.h.
 */
#include "eval/dose_seen_core.h"

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
 * The best report of a day, or of those that the clause's sources admit; -1
 * if there is none.
 */
static int
best_report(const CccdDoses *doses, const CccdDoseDay *day,
			const CccdInstr *admitting)
{
	int			best = -1;

	for (int i = day->first; i < day->first + day->count; i++)
		if ((admitting == NULL ||
			 cccd_event_matches(admitting, doses->reports[i])) &&
			(best < 0 || is_better(doses->reports[i], doses->reports[best])))
			best = i;
	return best;
}

/* Whether the products that admitted reports state are in the clause's list. */
static void
see_products(const CccdBinding *b, int i, const CccdDoses *doses, int dose,
			 CccdSeenDose *seen)
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
			 const CccdSeenDose *seen)
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
		 CccdSeenDoses *seen, int *times)
{
	CccdSeenDose *s = &seen->doses[seen->count];
	bool		admitted = false;

	s->number = doses->doses[dose].number;
	s->again = doses->doses[dose].again;
	s->happened = true;
	s->first = *times;
	for (int d = 0; d < doses->ndays; d++)
		admitted |= doses->days[d].dose == dose &&
			best_report(doses, &doses->days[d], &b->code[i]) >= 0;
	for (int d = 0; d < doses->ndays; d++)
	{
		int			best;

		if (doses->days[d].dose != dose)
			continue;
		best = best_report(doses, &doses->days[d],
						   admitted ? &b->code[i] : NULL);
		if (best < 0)
			continue;
		if (cccd_event_time(doses->reports[best]) > b->now)
		{
			s->happened = false;
			continue;
		}
		seen->reports[*times] = (uint8_t) best;
		seen->times[(*times)++] = cccd_event_time(doses->reports[best]);
	}
	s->sure = s->maybe = admitted;
	if (admitted && cccd_has_list(b->code, i))
		see_products(b, i, doses, dose, s);
	s->course = joint_course(&b->code[i], doses, dose, s);
	s->count = *times - s->first;
	if (s->count > 0)
		seen->count++;
}

void
cccd_doses_see(const CccdBinding *b, int i, const CccdDoses *doses,
			   CccdSeenDoses *seen)
{
	int			times = 0;

	seen->count = 0;
	for (int dose = 0; dose < doses->ndoses; dose++)
		see_dose(b, i, doses, dose, seen, &times);
}
