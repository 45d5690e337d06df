/*
 * dose_eval_core.h
 *		Clauses about doses where reports must be weighed against each other.
 */
#ifndef CCCD_DOSE_EVAL_CORE_H
#define CCCD_DOSE_EVAL_CORE_H

#include "eval/candidate_core.h"

/*
 * The truth of a clause about doses (DOSES, SINCE of doses, a complete series)
 * for a record whose reports of doses must be weighed against each other, see
 * dose_core.h: what it is in every way in which the doses may have been given.
 */
extern CccdTruth cccd_weighed_truth(const CccdBinding *b,
									const CccdHealthView *view, int i);

/*
 * In how many ways the doses may have been given that are looked at one by
 * one; a clause for which there are more is unknown.
 */
#define CCCD_DOSE_WAYS		1024

#endif							/* CCCD_DOSE_EVAL_CORE_H */
