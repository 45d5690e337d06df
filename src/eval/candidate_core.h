/*
 * candidate_core.h
 *		The instants that may be the one that a comparison is about.
 *
 * A comparison passes if it holds for every candidate, fails if for none.
 */
#ifndef CCCD_CANDIDATE_CORE_H
#define CCCD_CANDIDATE_CORE_H

#include "eval/fact_core.h"

/* What the candidates looked at so far say. */
typedef struct CccdCandidates
{
	bool		any;			/* one of them passes */
	bool		all;			/* none of them fails */
} CccdCandidates;

/* Whether a second lies in the span of a SINCE. */
static inline bool
cccd_in_span(CccdSpan span, uint32_t time)
{
	return time >= span.from && time <= span.to;
}

/* Add an instant for which the comparison holds or does not hold. */
static inline void
cccd_add_candidate(CccdCandidates *candidates, bool passes)
{
	candidates->any |= passes;
	candidates->all &= passes;
}

/* What all of them say; of no candidates at all: a pass. */
static inline CccdTruth
cccd_candidates_truth(CccdCandidates candidates)
{
	return candidates.all ? CCCD_PASS :
		candidates.any ? CCCD_UNKNOWN : CCCD_FAIL;
}

/*
 * Add what an open past holds: any second before the horizon, and after the
 * certain one if there is one.  i is the clause in the binding's code.
 */
extern void cccd_add_past(CccdCandidates *candidates, const CccdBinding *b,
						  int i, bool certain, uint32_t certain_time,
						  uint32_t horizon);

/* The truth of a number of doses that lies in a range: DOSES at i. */
extern CccdTruth cccd_dose_count_truth(const CccdInstr *clause, int least,
									   int most);

#endif							/* CCCD_CANDIDATE_CORE_H */
