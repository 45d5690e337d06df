/*
 * fact_core.h
 *		What binding, evaluation, proofs and breakpoints share: which events
 *		a clause is about, and when a comparison with a duration is true.
 */
#ifndef CCCD_FACT_CORE_H
#define CCCD_FACT_CORE_H

#include "base/calendar_core.h"
#include "eval/eval_core.h"

/* Which test results and kinds SINCE NEGATIVE and POSITIVE ask for. */
static inline int
cccd_wanted_result(const CccdInstr *clause)
{
	return clause->fact == CCCD_FACT_NEGATIVE ? CCCD_RESULT_NEGATIVE :
		CCCD_RESULT_POSITIVE;
}

/* Whether a test of this kind (1-7) counts for a SINCE of tests. */
static inline bool
cccd_wanted_kind(const CccdInstr *clause, int kind)
{
	return ((uint32_t) clause->detail >> kind) & 1;
}

/*
 * The parts of a filter that every kind of event can have: disease, source and
 * signature.  event points into a record.
 */
static inline bool
cccd_event_matches(const CccdInstr *clause, const unsigned char *event)
{
	if (cccd_event_disease(event) != clause->disease)
		return false;
	if (clause->sources != 0 &&
		!(clause->sources & (1 << cccd_event_source(event))))
		return false;
	return !(clause->flags & CCCD_RULE_SIGNED) || cccd_event_signed(event);
}

/* Whether instructions ITEM belong to the clause at this index. */
static inline bool
cccd_has_list(const CccdInstr *code, int clause)
{
	return code[clause].next != clause + 1;
}

/*
 * Whether the clause asks for some events of its disease only.  Then a dose
 * that only the number of a later one tells of may be one that does not match.
 */
static inline bool
cccd_is_filtered(const CccdInstr *code, int clause)
{
	return code[clause].sources != 0 ||
		(code[clause].flags & CCCD_RULE_SIGNED) != 0 ||
		cccd_has_list(code, clause);
}

/* Whether the list of the clause at this index holds the code or number. */
extern bool cccd_list_holds(const CccdInstr *code, int clause, int value);

/*
 * Whether another event is one that the clause at this index asks for: of its
 * kind, and of one of its names where that has names.
 */
static inline bool
cccd_other_matches(const CccdInstr *code, int clause,
				   const unsigned char *other)
{
	return cccd_event_detail(other) == code[clause].fact &&
		cccd_event_matches(&code[clause], other) &&
		(!cccd_has_list(code, clause) ||
		 cccd_list_holds(code, clause, cccd_event_code(other)));
}

/* What a dose says of its series, for a clause about that. */
typedef enum CccdCourse
{
	CCCD_COURSE_SILENT,			/* nothing: it does not count */
	CCCD_COURSE_UNFINISHED,		/* 1 of 2: nor has any dose before it */
	CCCD_COURSE_UNSTATED,		/* it may complete the series */
	CCCD_COURSE_COMPLETE,		/* 2 of 2: it does, and none before it did */
	CCCD_COURSE_BEYOND			/* 2 of 1: it does, and one before it may have */
} CccdCourse;

/* What a report of a dose states of its series, whatever a clause asks for. */
extern CccdCourse cccd_stated_course(const unsigned char *dose);

/*
 * What a dose says for the clause at this index, CCCD_FACT_COMPLETE.  Only the
 * number and the total that are stated with the dose itself count.  Where the
 * clause asks for products, a dose of an unknown one at most may.
 */
extern CccdCourse cccd_dose_course(const CccdInstr *code, int clause,
								   const unsigned char *dose);

/*
 * The number of the next dose of a disease: at least one more than the one
 * before, and what is stated if that is more.
 */
static inline int
cccd_dose_number(const unsigned char *dose, int before)
{
	int			stated = cccd_event_detail(dose);

	return stated > before ? stated : before + 1;
}

/* Whether a clause is about doses of a disease. */
static inline bool
cccd_is_about_doses(const CccdInstr *clause)
{
	return clause->op == CCCD_OP_DOSES ||
		(clause->op == CCCD_OP_STATE && clause->fact == CCCD_FACT_COMPLETE) ||
		(clause->op == CCCD_OP_SINCE &&
		 (clause->fact == CCCD_FACT_LAST_DOSE ||
		  clause->fact == CCCD_FACT_NTH_DOSE ||
		  clause->fact == CCCD_FACT_COMPLETE));
}

/* Whether another report of the same sample supersedes test k of a record. */
extern bool cccd_test_superseded(const CccdHealthView *view, int k);

/*
 * The instant at which a duration after an instant (microseconds) ends.
 * Months and years follow the calendar in Viet Nam's time and end as terms do,
 * see cccd_add_months.
 */
extern int64_t cccd_add_duration(int64_t time, int32_t duration);

/* cccd_rule_bind with a context taken apart, to bind to many times. */
extern void cccd_rule_bind_unpacked(const CccdInstr *code, int count,
									int64_t at, const CccdContext *context,
									CccdSpan *spans);

/*
 * The truth of one clause, by its index in the code.  view is NULL if the
 * record is missing: a clause about it is unknown then.
 */
extern CccdTruth cccd_clause_eval(const CccdBinding *binding,
								  const CccdHealthView *view, int clause);

#endif							/* CCCD_FACT_CORE_H */
