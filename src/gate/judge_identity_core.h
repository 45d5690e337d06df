/*
 * judge_identity_core.h
 *		The half of the verdict that says who somebody is, for judge_core.c
 *		alone: agreement with the register, the document in hand, evidence.
 */
#ifndef CCCD_JUDGE_IDENTITY_CORE_H
#define CCCD_JUDGE_IDENTITY_CORE_H

#include "gate/judge_core.h"

/* Reasons so far, in the order in which a guard wants to hear them. */
typedef struct CccdReasons
{
	int			count;
	CccdReason	items[CCCD_JUDGE_REASONS];
} CccdReasons;

/* Something that may be wrong, and the reason that it gives. */
typedef struct CccdProblem
{
	bool		is_so;
	CccdReason	reason;
} CccdProblem;

/* Add a reason; what was said already is not said again. */
extern void cccd_reasons_add(CccdReasons *reasons, CccdReason reason);

/* Whether a reason about a subject was found before, and is not a doubt. */
extern bool cccd_judge_found_about(const CccdSituation *situation,
								   CccdSubject subject);

/*
 * Whether an officer who compared document and holder answers a reason.  What
 * came up after the comparison, the officer has not seen.
 */
extern bool cccd_judge_cured(const CccdSituation *situation,
							 CccdReason reason);

/*
 * The first of so many problems that is so and that no officer answers;
 * CCCD_REASON_COUNT if there is none.
 */
extern CccdReason cccd_judge_first(const CccdSituation *situation,
								   const CccdProblem *problems, int count);

#define CCCD_JUDGE_FIRST(situation, problems) \
	cccd_judge_first(situation, problems, \
					 (int) (sizeof(problems) / sizeof((problems)[0])))

/*
 * Add what is wrong with the identity of somebody who enters or moves: nothing
 * if it is settled, as far as the event demands.
 */
extern void cccd_judge_identity(CccdReasons *reasons,
								const CccdSituation *situation);

/*
 * Add what is wrong with the identity of somebody who leaves: nobody is kept
 * inside for want of a document.
 */
extern void cccd_judge_leaver(CccdReasons *reasons,
							  const CccdSituation *situation);

#endif							/* CCCD_JUDGE_IDENTITY_CORE_H */
