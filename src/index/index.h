/*
 * index.h
 *		What the parts of the index share: the operator class as others see
 *		it, and what the planner asks.
 */
#ifndef CCCD_INDEX_H
#define CCCD_INDEX_H

#include "base/cccd.h"

#include "access/attnum.h"
#include "nodes/pathnodes.h"
#include "utils/relcache.h"
#include "utils/selfuncs.h"

#include "index/point_core.h"
#include "rule/rule_core.h"

/*
 * Statistics of a column of records hold an array of type bytea under a kind
 * of our own (from 10000 on they are free for private use, see
 * pg_statistic.h): one sample of points for each disease, see sample_core.h.
 * Diseases that have none are those of which no sampled record says anything.
 */
#define CCCD_SAMPLE_KIND		10079

/* Samples of a column: the diseases that most records tell of. */
#define CCCD_SAMPLE_DISEASES	16

/*
 * Rules look for recent tests, doses and recoveries and for isolations, which
 * few people have.  So people are sorted by each of these; all of the first
 * 128 are kept, every second of the next 256, every fourth of the next 512 and
 * so on.
 */
#define CCCD_SAMPLE_STRATUM		128

/* What a condition selects where nothing is known of the column or the rule. */
#define CCCD_DEFAULT_SELECTIVITY	0.02

/* ---- index_gist.c: the operator class ---- */

/*
 * The box of a key that is not null, which is a point in a leaf.  An error if
 * it is neither: ERRCODE_INDEX_CORRUPTED.
 */
extern void cccd_gist_box(Datum key, CccdBox *box);

/* Whether a key (from 1) of an open GiST index has our operator class. */
extern bool cccd_gist_is_ours(Relation index, AttrNumber key);

/* The disease that the points of such a key are about. */
extern int	cccd_gist_disease(Relation index, AttrNumber key);

/*
 * The same for a column (from 0) of an index of any kind, as the planner knows
 * it: the disease, or -1 if the column does not have our operator class.
 */
extern int	cccd_gist_planned_disease(const IndexOptInfo *index, int column);

/* ---- index_asked.c: what the planner knows of a condition ---- */

/* The type cccd_bound, InvalidOid while the extension is being created. */
extern Oid	cccd_bound_type(void);

typedef enum CccdAskedState
{
	CCCD_ASKED_UNKNOWN,			/* the rule or the context is not known */
	CCCD_ASKED_NULL,			/* the condition is null for every record */
	CCCD_ASKED_RULE				/* the rule is known */
} CccdAskedState;

/* A bound rule as far as the planner knows it. */
typedef struct CccdAsked
{
	CccdAskedState state;
	const CccdInstr *code;		/* the rest with CCCD_ASKED_RULE only */
	int			count;
	uint64		context;		/* packed */
	bool		timed;			/* the time is known, too */
	int64		at;
} CccdAsked;

/*
 * What is known of an expression of type cccd_bound.  What is constant, a known parameter
 * or stable counts with its present value.  It raises no error that running
 * the expressions themselves would not: a value that is corrupted or out of
 * range is not known.  The code lives in the current memory context.
 */
extern CccdAsked cccd_asked_of_bound(PlannerInfo *root, Node *bound);

/* The same of the arguments of cccd_eligible() and cccd_rule_bind(). */
extern CccdAsked cccd_asked_of_args(PlannerInfo *root, Node *rule, Node *at,
									Node *context);

/*
 * cccd_rule_bind_lossy(rule, at, context) as an expression, a constant if all three
 * are; NULL if they are constants that cannot be bound, since only running the
 * condition may raise the error.
 */
extern Node *cccd_asked_bind(Node *rule, Node *at, Node *context);

/* ---- index_estimate.c: what statistics say of it ---- */

/* The share (0 to 1) of a column's records that a bound rule selects. */
extern double cccd_estimate_selected(VariableStatData *column,
									 const CccdAsked *asked);

/*
 * The share (0 to 1) of a column's records that a search for it returns from
 * an index over points about a disease; never below what it selects.
 */
extern double cccd_estimate_returned(VariableStatData *column,
									 const CccdAsked *asked, int disease);

/* ---- index_cost.c ---- */

/*
 * Have searches in the indexes of a relation over records costed by what they
 * return, for the rest of this planning.
 */
extern void cccd_cost_indexes(RelOptInfo *relation);

#endif							/* CCCD_INDEX_H */
