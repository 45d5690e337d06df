/*
 * during_core.h
 *		The answer of a rule for a record over all time.
 *
 * The answer is constant but for finitely many instants, the breakpoints: the
 * time of an event, the end of one, and what lies a duration of the rule after
 * an event, after what limits an open past, or after the birth.  At a
 * breakpoint and after it the answers may be three different ones.
 */
#ifndef CCCD_DURING_CORE_H
#define CCCD_DURING_CORE_H

#include "eval/dose_eval_core.h"

/* Found this many at a time, so that no record is too large. */
#define CCCD_BREAKPOINTS	1024

/*
 * The breakpoints from a time on, ascending.  There may be some at which
 * nothing changes.
 */
typedef struct CccdBreakpoints
{
	const CccdInstr *code;
	int			count;
	const CccdHealthView *view; /* NULL where there is no record */
	CccdContext context;
	int64_t		from;			/* the batch has none before this */
	int64_t		below;			/* nor any from here on */
	bool		complete;		/* none was left out */
	int			used;
	int			next;
	int64_t		points[CCCD_BREAKPOINTS];
	CccdOutlooks kept;
} CccdBreakpoints;

/*
 * Begin with the breakpoints of a rule for a record from a time on
 * (microseconds, CCCD_AT_MIN to CCCD_AT_MAX).  view is NULL where there is no
 * record; bits that are not a context say nothing.  code and the view must
 * outlive the breakpoints.
 */
extern void cccd_breakpoints_init(CccdBreakpoints *breakpoints,
								  const CccdInstr *code, int count,
								  uint64_t context,
								  const CccdHealthView *view, int64_t from);

/* The next breakpoint, later than all before it; false if there is none. */
extern bool cccd_breakpoints_next(CccdBreakpoints *breakpoints,
								  int64_t *point);

/*
 * The answer at a time (microseconds, CCCD_AT_MIN to CCCD_AT_MAX) of the rule,
 * context and record that the breakpoints are of.
 */
extern CccdTruth cccd_truth_at(CccdBreakpoints *breakpoints, int64_t at);

/* In microseconds; a missing begin or end is -infinity or infinity. */
typedef struct CccdPeriod
{
	int64_t		begin;
	int64_t		end;
	bool		has_begin;
	bool		has_end;
	bool		begin_included;
	bool		end_included;
} CccdPeriod;

/*
 * The times of passing as maximal periods, ascending.  The first and the last
 * are open where the rule passes at CCCD_AT_MIN or CCCD_AT_MAX.
 */
typedef struct CccdDuring
{
	CccdBreakpoints breakpoints;
	int64_t		point;			/* the breakpoint that was reached */
	int64_t		following;
	bool		has_point;
	bool		has_following;
	bool		inside;			/* the stretch after point comes next */
	bool		passing;
	CccdPeriod	period;
} CccdDuring;

/*
 * Begin with the periods of a rule for a record; the arguments are those of
 * cccd_breakpoints_init.
 */
extern void cccd_during_init(CccdDuring *during, const CccdInstr *code,
							 int count, uint64_t context,
							 const CccdHealthView *view);

typedef enum CccdStep
{
	CCCD_STEP_END,				/* no further period */
	CCCD_STEP_PERIOD,			/* the next period was found */
	CCCD_STEP_MORE				/* none yet */
} CccdStep;

/*
 * One step towards the next period, after all before it: one evaluation of the
 * rule, so that a caller can stop between them.  period is written where one
 * is found.
 */
extern CccdStep cccd_during_step(CccdDuring *during, CccdPeriod *period);

/* All steps to the next period; false if there is none. */
extern bool cccd_during_next(CccdDuring *during, CccdPeriod *period);

#endif							/* CCCD_DURING_CORE_H */
