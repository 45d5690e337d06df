/*
 * dose_seen_core.h
 *		What a clause sees of the doses of a record whose reports must be
 *		weighed against each other.
 */
#ifndef CCCD_DOSE_SEEN_CORE_H
#define CCCD_DOSE_SEEN_CORE_H

#include "eval/fact_core.h"
#include "health/dose_core.h"

/* A dose as a clause sees it at the time that is asked about. */
typedef struct CccdSeenDose
{
	int			number;			/* stated, 0: not */
	bool		again;			/* see CccdDose */
	bool		sure;			/* it matches the clause */
	bool		maybe;			/* it may match: its product is uncertain */
	CccdCourse	course;			/* what its reports say of its series */
	bool		happened;		/* whatever its day, before now */
	int			first;			/* its times up to now */
	int			count;
} CccdSeenDose;

/* In the order of their first days. */
typedef struct CccdSeenDoses
{
	int			count;
	CccdSeenDose doses[CCCD_HEALTH_MAX_DOSES];
	uint32_t	times[CCCD_HEALTH_MAX_DOSES];
	uint8_t		reports[CCCD_HEALTH_MAX_DOSES]; /* whose times they are, in
												 * CccdDoses */
} CccdSeenDoses;

/*
 * See the doses for the clause at this index, one that is about doses, at the
 * time that it is bound to.  A dose none of whose days has come is left out.
 */
extern void cccd_doses_see(const CccdBinding *b, int i,
						   const CccdDoses *doses, CccdSeenDoses *seen);

#endif							/* CCCD_DOSE_SEEN_CORE_H */
