/*
 * dose_core.c
 *		Doses from the reports that a record has of them; see dose_core.h.
 */
#include "health/dose_core.h"

#include "health/code_core.h"

/* Add a report, which is not earlier than those before, to its day. */
static void
add_report(CccdDoses *doses, const unsigned char *report)
{
	uint32_t	day = cccd_dose_day(cccd_event_time(report));
	int			number = cccd_event_detail(report),
				series = cccd_dose_series(report),
				renewal = cccd_renewal_days(cccd_event_disease(report),
											cccd_dose_product(report));
	CccdDoseDay *last;

	if (doses->ndays > 0 && doses->days[doses->ndays - 1].day == day)
		last = &doses->days[doses->ndays - 1];
	else
	{
		last = &doses->days[doses->ndays++];
		last->day = day;
		last->first = doses->nreports;
		last->count = 0;
		last->number = 0;
		last->series = 0;
		last->renewal = renewal;
	}
	doses->reports[doses->nreports++] = report;
	last->count++;
	if (number > last->number)
	{
		last->number = number;
		last->series = 0;
	}
	if (renewal < last->renewal)
		last->renewal = renewal;
	if (number == last->number && series > last->series)
		last->series = series;
}

/* Two totals that differ are none. */
static void
settle_series(const CccdDoses *doses, CccdDoseDay *day)
{
	for (int i = 0; i < day->count; i++)
	{
		const unsigned char *report = doses->reports[day->first + i];
		int			series = cccd_dose_series(report);

		if (cccd_event_detail(report) == day->number && series != 0 &&
			series != day->series)
		{
			day->series = 0;
			return;
		}
	}
}

/* The dose that a number stood for last, and what was said of it. */
typedef struct Numbered
{
	int			dose;			/* -1: none yet */
	uint32_t	day;			/* its first one */
	int			renewal;		/* shortest of its products */
	int			series;
} Numbered;

/* Whether a day of a number is about the dose that had the number last. */
static bool
continues(const Numbered *last, const CccdDoseDay *day)
{
	int			renewal = day->renewal < last->renewal ? day->renewal :
	last->renewal;

	return day->day - last->day <= (uint32_t) renewal &&
		(day->series == 0 || last->series == 0 ||
		 day->series == last->series);
}

static int
new_dose(CccdDoses *doses, int number, bool again)
{
	doses->doses[doses->ndoses].number = number;
	doses->doses[doses->ndoses].again = again;
	return doses->ndoses++;
}

/* The nearest day with a number, the earlier of two; -1 if none is near. */
static int
nearest_numbered(const CccdDoses *doses, int day, uint32_t spacing)
{
	int			nearest = -1;
	uint32_t	best = spacing < CCCD_DOSE_NEAR_DAYS + 1 ? spacing :
	CCCD_DOSE_NEAR_DAYS + 1;

	for (int i = 0; i < doses->ndays; i++)
	{
		uint32_t	distance = i < day ?
		doses->days[day].day - doses->days[i].day :
		doses->days[i].day - doses->days[day].day;

		if (doses->days[i].number != 0 && distance < best)
		{
			best = distance;
			nearest = i;
		}
	}
	return nearest;
}

/*
 * Say for each day which dose it is about: first the days with numbers, by time,
 * then those without one that are near to them.
 */
static void
assign_doses(CccdDoses *doses, uint32_t spacing)
{
	Numbered	last[CCCD_DOSE_NUMBER_MAX + 1];

	for (int n = 0; n <= CCCD_DOSE_NUMBER_MAX; n++)
		last[n].dose = -1;
	for (int i = 0; i < doses->ndays; i++)
	{
		CccdDoseDay *day = &doses->days[i];
		Numbered   *before = &last[day->number];

		if (day->number == 0)
		{
			day->dose = nearest_numbered(doses, i, spacing) < 0 ?
				new_dose(doses, 0, false) : -1;
			continue;
		}
		if (before->dose < 0 || !continues(before, day))
		{
			before->dose = new_dose(doses, day->number, before->dose >= 0);
			before->day = day->day;
			before->renewal = day->renewal;
			before->series = 0;
		}
		day->dose = before->dose;
		if (day->renewal < before->renewal)
			before->renewal = day->renewal;
		if (day->series != 0)
			before->series = day->series;
	}
	for (int i = 0; i < doses->ndays; i++)
		if (doses->days[i].dose < 0)
			doses->days[i].dose =
				doses->days[nearest_numbered(doses, i, spacing)].dose;
}

/*
 * Which days may be of the dose of the day before: they are close, and one of
 * the two doses has no number.
 */
static void
find_near_days(CccdDoses *doses, uint32_t spacing)
{
	for (int i = 0; i < doses->ndays; i++)
	{
		CccdDoseDay *day = &doses->days[i];

		day->near = i > 0 && day->day - day[-1].day < spacing &&
			day->dose != day[-1].dose &&
			(doses->doses[day->dose].number == 0 ||
			 doses->doses[day[-1].dose].number == 0);
	}
}

bool
cccd_doses_join(CccdDoses *doses, int day)
{
	int			kept = doses->days[day - 1].dose,
				gone = doses->days[day].dose;

	if (kept == gone)
		return true;
	if (doses->doses[kept].number != 0 && doses->doses[gone].number != 0)
		return false;
	if (doses->doses[kept].number == 0)
		doses->doses[kept] = doses->doses[gone];
	for (int i = 0; i < doses->ndays; i++)
		if (doses->days[i].dose == gone)
			doses->days[i].dose = kept;
	return true;
}

void
cccd_doses_find(const CccdHealthView *view, int disease, CccdDoses *doses)
{
	uint32_t	spacing = (uint32_t) cccd_spacing_days(disease);

	doses->nreports = doses->ndays = doses->ndoses = 0;
	for (int i = 0; i < view->ndoses; i++)
		if (cccd_event_disease(cccd_dose_at(view, i)) == disease)
			add_report(doses, cccd_dose_at(view, i));
	for (int i = 0; i < doses->ndays; i++)
		settle_series(doses, &doses->days[i]);
	assign_doses(doses, spacing);
	find_near_days(doses, spacing);
}

/* Two reports of a disease, the second not earlier than the first. */
static bool
must_be_weighed(const unsigned char *a, const unsigned char *b)
{
	int			number_a = cccd_event_detail(a),
				number_b = cccd_event_detail(b);
	uint32_t	days = cccd_dose_day(cccd_event_time(b)) -
	cccd_dose_day(cccd_event_time(a));

	if (days == 0)
		return true;
	if (number_a != 0 && number_b != 0)
		return number_b <= number_a;
	return days < (uint32_t) cccd_spacing_days(cccd_event_disease(a));
}

bool
cccd_doses_weigh(const unsigned char *reports, int count)
{
	for (int i = 0; i < count; i++)
		for (int j = i + 1; j < count; j++)
		{
			const unsigned char *a = reports + i * CCCD_DOSE_SIZE;
			const unsigned char *b = reports + j * CCCD_DOSE_SIZE;

			if (cccd_event_disease(a) == cccd_event_disease(b) &&
				must_be_weighed(a, b))
				return true;
		}
	return false;
}
