/*
 * dose_eval_core.h
 *		Clauses about doses where reports must be weighed against each other.
 */
#ifndef CCCD_DOSE_EVAL_CORE_H
#define CCCD_DOSE_EVAL_CORE_H

#include "eval/candidate_core.h"

/*
 * In how many ways the doses may have been given that are looked at one by
 * one; a clause for which there are more is unknown.
 */
#define CCCD_DOSE_WAYS		1024

/*
 * How many pairs of days that may be of one dose are looked at in every
 * combination, likewise.
 */
#define CCCD_DOSE_NEAR_PAIRS	6

/*
 * What a clause is about in all the ways in which the doses may have been
 * given.  It depends on which of the reports are of a time that has come, not
 * on how long ago.  Reports are numbered by time, those of the disease alone.
 */
typedef struct CccdOutlook
{
	bool		unknown;		/* there are too many ways */
	bool		none;			/* in some way there is no such dose */
	int			least;			/* DOSES: how many there are */
	int			most;
	uint32_t	instants;		/* bit k: it may be the time of report k */
	uint32_t	pasts[CCCD_HEALTH_MAX_DOSES + 1];	/* bit k of entry j: any
													 * second between reports
													 * j and k, of the last
													 * entry any before k */
	uint32_t	times[CCCD_HEALTH_MAX_DOSES];	/* of the reports */
} CccdOutlook;

/*
 * Find what a clause about doses is about (DOSES, SINCE of doses, a complete
 * series; i is its index) in a record whose reports of doses must be weighed
 * against each other, see dose_core.h.
 */
extern void cccd_outlook_find(const CccdBinding *b,
							  const CccdHealthView *view, int i,
							  CccdOutlook *outlook);

/* The truth that a clause has in every way; unknown where they differ. */
extern CccdTruth cccd_outlook_truth(const CccdBinding *b, int i,
									const CccdOutlook *outlook);

/*
 * The outlooks of a rule's clauses for one record, kept from one time to the
 * next: they change only when the time of a report comes.
 */
typedef struct CccdOutlooks
{
	int			come;			/* how many reports' time has come */
	int			count;
	uint8_t		entry[CCCD_RULE_MAX_CODES]; /* of a clause, from 1; 0: none */
	int			found_at[CCCD_RULE_MAX_CLAUSES];	/* come, when it was found */
	CccdOutlook outlooks[CCCD_RULE_MAX_CLAUSES];
} CccdOutlooks;

/* Keep none yet. */
extern void cccd_outlooks_init(CccdOutlooks *kept);

/* The time that is asked about next, of the same record. */
extern void cccd_outlooks_go(CccdOutlooks *kept, const CccdBinding *b,
							 const CccdHealthView *view);

/* The truth of a clause, by what the binding keeps where it keeps any. */
extern CccdTruth cccd_weighed_truth(const CccdBinding *b,
									const CccdHealthView *view, int i);

#endif							/* CCCD_DOSE_EVAL_CORE_H */
