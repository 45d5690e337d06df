/*
 * clause_core.h
 *		The reasons that a rule gives: which of its clauses do not hold, as a
 *		guard says it.
 *
 * What a paper could cure leads to review, an obstacle to refusal.
 */
#ifndef CCCD_CLAUSE_CORE_H
#define CCCD_CLAUSE_CORE_H

#include <stdbool.h>
#include <stdint.h>

#include "gate/reason_core.h"
#include "rule/rule_core.h"

/* Most reasons that one rule gives. */
#define CCCD_CLAUSE_REASONS	32

/* A reason, and the clauses that explain it: bit n is clause n (0-63). */
typedef struct CccdClauseReason
{
	CccdReason	reason;
	uint64_t	clauses;
} CccdClauseReason;

/*
 * The reason that a clause gives which is false and must not be, or whose
 * truth is not known (unsure).  negated: the clause stands below NOT.
 */
extern CccdReason cccd_clause_reason(const CccdInstr *clause, bool negated,
									 bool unsure);

/*
 * The reasons for the failed and unsure clauses of a CccdVerdict, each once,
 * in the order of the first clause that explains it.  code is the rule, valid;
 * reasons has room for CCCD_CLAUSE_REASONS.  Returns how many there are; 0 for
 * the empty rule and for two empty sets.
 *
 * A rule that takes vaccination or recovery is explained by all its clauses
 * about them: the verdict names the alternative that is nearer, but the person
 * may bring proof of either.
 */
extern int	cccd_clause_reasons(const CccdInstr *code, int count,
								uint64_t failed, uint64_t unsure,
								CccdClauseReason *reasons);

#endif							/* CCCD_CLAUSE_CORE_H */
