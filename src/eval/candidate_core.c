/*
 * candidate_core.c
 *		Instants in an open past, and numbers of doses; see candidate_core.h.
 */
#include "eval/candidate_core.h"

/*
 * Further candidates in the open past: any second before the horizon, and
 * after the certain one if there is one.  Where the horizon has not come yet,
 * the latest candidate is "at" itself, not its second: otherwise a comparison
 * with 0 seconds would flicker with the fractions of "at".
 *
 * Only the latest and the earliest candidate are looked at.  Between one that
 * is too recent and one that is too old may be one that fits.
 */
void
cccd_add_past(CccdCandidates *candidates, const CccdBinding *b, int i, bool certain,
			  uint32_t certain_time, uint32_t horizon)
{
	const CccdInstr *clause = &b->code[i];
	CccdSpan	span = b->spans[i];
	bool		before_2000 = span.from == 1 && span.to == 0;
	bool		ahead = b->before_time || horizon > b->now;
	bool		latest_recent,	/* the latest candidate is recent enough */
				latest_old,		/* ... and old enough */
				earliest_recent,
				earliest_old;

	if (certain && (ahead ? b->now <= certain_time :
					horizon <= (uint64_t) certain_time + 1))
		return;
	if (ahead)
	{
		latest_recent = clause->hi == CCCD_RULE_NONE ||
			CCCD_DURATION_VALUE(clause->hi) > 0 ||
			!(clause->flags & CCCD_RULE_HI_STRICT);
		latest_old = clause->lo == CCCD_RULE_NONE ||
			(CCCD_DURATION_VALUE(clause->lo) == 0 &&
			 !(clause->flags & CCCD_RULE_LO_STRICT));
	}
	else
	{
		latest_recent = before_2000 || span.from < horizon || span.from == 0;
		latest_old = !before_2000 && horizon <= (uint64_t) span.to + 1;
	}
	if (certain)
	{
		earliest_recent = span.from <= (uint64_t) certain_time + 1;
		earliest_old = span.to > certain_time;
	}
	else
	{
		earliest_recent = clause->hi == CCCD_RULE_NONE;
		earliest_old = true;
	}
	candidates->any |= latest_recent && earliest_old;
	candidates->all &= latest_recent && latest_old && earliest_recent &&
		earliest_old;
}

CccdTruth
cccd_dose_count_truth(const CccdInstr *clause, int least, int most)
{
	int			lo = clause->lo == CCCD_RULE_NONE ? 0 : clause->lo;
	int			hi = clause->hi == CCCD_RULE_NONE ? INT32_MAX : clause->hi;
	CccdTruth	truth = CCCD_UNKNOWN;

	if (least >= lo && most <= hi)
		truth = CCCD_PASS;
	else if (most < lo || least > hi)
		truth = CCCD_FAIL;
	return clause->flags & CCCD_RULE_NOT_IN ? CCCD_PASS - truth : truth;
}
