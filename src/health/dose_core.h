/*
 * dose_core.h
 *		Doses from the reports that a record has of them.
 *
 * A record keeps every report of a dose that says more than another one, since
 * what is one dose can be told only when all of them are there.  Which reports
 * are about one dose:
 *
 *		- Of one disease, the reports of one day are about one dose.  Days are
 *		  Viet Nam's.  The number of the day is the largest that one of them
 *		  states.
 *		- Days of the same number are days of one dose, as far as they are not
 *		  later than the renewal interval (cccd_renewal_days) after the first of
 *		  them, and their stated totals of the series do not differ.  After that,
 *		  or with another total, the number begins again: that may be a further
 *		  dose or the same one.
 *		- A day without a number is about the dose of the nearest day that has
 *		  one, if it is no more than CCCD_DOSE_NEAR_DAYS away and closer than
 *		  the shortest interval between two doses (cccd_spacing_days); of two
 *		  that are equally near, the earlier one's.
 *		- Any other day without a number is a dose of its own.  If it and the day
 *		  before or after it are closer than the shortest interval between two
 *		  doses, they may be days of one dose as well.
 *
 * A dose with several days was given on one of them.
 */
#ifndef CCCD_DOSE_CORE_H
#define CCCD_DOSE_CORE_H

#include "health/health_core.h"

/*
 * A report without a number that is so near to one with a number is about the
 * same dose: nobody is vaccinated again so soon, but after a bite by an animal
 * with rabies after three days.
 */
#define CCCD_DOSE_NEAR_DAYS		2

/* The reports of one day, and which dose they are about. */
typedef struct CccdDoseDay
{
	uint32_t	day;			/* since 2000-01-01 in Viet Nam */
	int			first;			/* its reports in the list */
	int			count;
	int			number;			/* the largest stated, 0: none is */
	int			series;			/* stated with the number, 0: not, or two */
	int			renewal;		/* shortest renewal interval of its products */
	int			dose;
	bool		near;			/* it and the day before may be of one dose */
} CccdDoseDay;

typedef struct CccdDose
{
	int			number;			/* stated, 0: not */
	bool		again;			/* the number had been stated before: a
								 * further dose or that one */
} CccdDose;

/* All reports of one disease; days and doses ascend by time. */
typedef struct CccdDoses
{
	int			nreports;
	int			ndays;
	int			ndoses;
	const unsigned char *reports[CCCD_HEALTH_MAX_DOSES];
	CccdDoseDay days[CCCD_HEALTH_MAX_DOSES];
	CccdDose	doses[CCCD_HEALTH_MAX_DOSES];
} CccdDoses;

/* The day in Viet Nam (UTC+7) of a second since 2000-01-01 UTC. */
static inline uint32_t
cccd_dose_day(uint32_t second)
{
	return (uint32_t) (((uint64_t) second + 7 * 3600) / 86400);
}

/*
 * Find the doses of a disease in an open record; they point into it and are
 * good for as long as it is.  Days that may be of one dose are of two here.
 */
extern void cccd_doses_find(const CccdHealthView *view, int disease,
							CccdDoses *doses);

/*
 * Take a day that is near and the day before it for days of one dose.  False,
 * and nothing is changed, if they are of two doses that have numbers.  The
 * other dose has no days after that.
 */
extern bool cccd_doses_join(CccdDoses *doses, int day);

/*
 * Whether some of the reports, which are sorted as a record's are, must be
 * weighed against each other: two of a disease are of one day, numbers do not
 * ascend, or one of two that are closer than the shortest interval between two
 * doses has no number.  Otherwise every report is a dose.
 */
extern bool cccd_doses_weigh(const unsigned char *reports, int count);

#endif							/* CCCD_DOSE_CORE_H */
