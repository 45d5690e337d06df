/*
 * clause_core.c
 *		The reasons that a rule gives; see clause_core.h.
 */
#include "gate/clause_core.h"

/* Whether a clause is about one of the facts of a mask of 1 << CccdFact. */
static bool
about(const CccdInstr *clause, unsigned facts)
{
	return (clause->op == CCCD_OP_STATE || clause->op == CCCD_OP_SINCE) &&
		(facts >> clause->fact & 1) != 0;
}

/* Whether a clause asks for vaccination. */
static bool
is_vaccination(const CccdInstr *clause)
{
	return clause->op == CCCD_OP_DOSES ||
		about(clause, 1U << CCCD_FACT_COMPLETE | 1U << CCCD_FACT_LAST_DOSE |
			  1U << CCCD_FACT_NTH_DOSE);
}

static bool
is_recovery(const CccdInstr *clause)
{
	return about(clause, 1U << CCCD_FACT_RECOVERY);
}

/* A clause whose truth is not known. */
static CccdReason
unsure_reason(const CccdInstr *clause)
{
	switch ((CccdOp) clause->op)
	{
		case CCCD_OP_AGE:
			return CCCD_REASON_AGE_UNKNOWN;
		case CCCD_OP_TICKET:
			return CCCD_REASON_TICKET_RULE;
		case CCCD_OP_ACCOMPANIED:
			return CCCD_REASON_ACCOMPANIED_UNKNOWN;
		case CCCD_OP_EVIDENCE:
			return CCCD_REASON_EVIDENCE_RULE;
		case CCCD_OP_LEVEL:
		case CCCD_OP_PLACE:
			return CCCD_REASON_PLACE_UNKNOWN;
		case CCCD_OP_ORIGIN_LEVEL:
			return CCCD_REASON_ORIGIN_UNKNOWN;
		default:
			return about(clause, 1U << CCCD_FACT_NEGATIVE |
						 1U << CCCD_FACT_POSITIVE) ?
				CCCD_REASON_TEST_PENDING : CCCD_REASON_NOT_CERTAIN;
	}
}

/* A state that must hold and does not, or the other way round. */
static CccdReason
state_reason(const CccdInstr *clause, bool negated)
{
	switch ((CccdFact) clause->fact)
	{
		case CCCD_FACT_ISOLATION:
			return negated ? CCCD_REASON_ISOLATED : CCCD_REASON_RULE_FORBIDS;
		case CCCD_FACT_EXPOSURE:
			return negated ? CCCD_REASON_EXPOSED : CCCD_REASON_RULE_FORBIDS;
		case CCCD_FACT_RECOVERY:
			return CCCD_REASON_RECOVERY_MISSING;
		case CCCD_FACT_CONTRAINDICATION:
			return CCCD_REASON_CONTRAINDICATION_MISSING;
		case CCCD_FACT_CREDENTIAL:
			return CCCD_REASON_CREDENTIAL_MISSING;
		case CCCD_FACT_DECLARATION:
			return CCCD_REASON_DECLARATION_MISSING;
		case CCCD_FACT_REGISTRATION:
			return CCCD_REASON_REGISTRATION_MISSING;
		case CCCD_FACT_CONSULTATION:
			return CCCD_REASON_CONSULTATION_MISSING;
		default:
			return CCCD_REASON_DOSES_MISSING;
	}
}

/* A fact whose time is not what the rule asks for. */
static CccdReason
since_reason(const CccdInstr *clause)
{
	switch ((CccdFact) clause->fact)
	{
		case CCCD_FACT_ISOLATION:
			return CCCD_REASON_ISOLATION_TIME;
		case CCCD_FACT_EXPOSURE:
			return CCCD_REASON_EXPOSURE_TIME;
		case CCCD_FACT_LAST_DOSE:
		case CCCD_FACT_NTH_DOSE:
			return CCCD_REASON_DOSE_TIME;
		case CCCD_FACT_NEGATIVE:
			return CCCD_REASON_TEST_MISSING;
		case CCCD_FACT_POSITIVE:
			return CCCD_REASON_POSITIVE_TEST;
		default:
			return state_reason(clause, false);
	}
}

/*
 * Whether a clause is about what somebody could bring proof of.  Below NOT
 * there is nothing to bring: the rule excludes it.
 */
static bool
can_be_brought(const CccdInstr *clause)
{
	return clause->op == CCCD_OP_DOSES ||
		about(clause, ~(1U << CCCD_FACT_ISOLATION | 1U << CCCD_FACT_EXPOSURE));
}

CccdReason
cccd_clause_reason(const CccdInstr *clause, bool negated, bool unsure)
{
	if (unsure)
		return unsure_reason(clause);
	/* what somebody says of himself is looked into, not held against him */
	if (negated && about(clause, 1U << CCCD_FACT_DECLARATION))
		return CCCD_REASON_DECLARATION_EXCLUDES;
	if (negated && can_be_brought(clause))
		return CCCD_REASON_RULE_FORBIDS;
	switch ((CccdOp) clause->op)
	{
		case CCCD_OP_DOSES:
			return CCCD_REASON_DOSES_MISSING;
		case CCCD_OP_SINCE:
			return since_reason(clause);
		case CCCD_OP_STATE:
			return state_reason(clause, negated);
		case CCCD_OP_AGE:
			return CCCD_REASON_AGE;
		case CCCD_OP_TICKET:
			return CCCD_REASON_TICKET_RULE;
		case CCCD_OP_ACCOMPANIED:
			return CCCD_REASON_NOT_ACCOMPANIED;
		case CCCD_OP_EVIDENCE:
			return CCCD_REASON_EVIDENCE_RULE;
		case CCCD_OP_LEVEL:
		case CCCD_OP_ORIGIN_LEVEL:
		case CCCD_OP_PLACE:
			return CCCD_REASON_PLACE_RULE;
		case CCCD_OP_SEX:
			return CCCD_REASON_SEX_RULE;
		default:
			return CCCD_REASON_RULE_FORBIDS;
	}
}

/*
 * The clauses of a rule about vaccination and recovery, as one set, if it has
 * both.  Those below NOT do not count.
 */
static uint64_t
find_immunity(const CccdInstr *code, int count)
{
	int			clauses = cccd_rule_clauses(code, count);
	uint64_t	vaccination = 0;
	uint64_t	recovery = 0;

	for (int clause = 0; clause < clauses; clause++)
	{
		int			index = cccd_rule_clause_index(code, count, clause);

		if (cccd_rule_clause_negated(code, index))
			continue;
		if (is_vaccination(&code[index]))
			vaccination |= UINT64_C(1) << clause;
		else if (is_recovery(&code[index]))
			recovery |= UINT64_C(1) << clause;
	}
	return vaccination && recovery ? vaccination | recovery : 0;
}

/* Add a clause to the reason that it explains; returns the new number. */
static int
add(CccdClauseReason *reasons, int count, CccdReason reason, int clause)
{
	int			i = 0;

	while (i < count && reasons[i].reason != reason)
		i++;
	if (i == count)
	{
		reasons[count].reason = reason;
		reasons[count++].clauses = 0;
	}
	reasons[i].clauses |= UINT64_C(1) << clause;
	return count;
}

int
cccd_clause_reasons(const CccdInstr *code, int count, uint64_t failed,
					uint64_t unsure, CccdClauseReason *reasons)
{
	int			clauses = cccd_rule_clauses(code, count);
	uint64_t	either = find_immunity(code, count);
	uint64_t	said = failed | unsure | (failed & either ? either : 0);
	int			found = 0;

	for (int clause = 0; clause < clauses; clause++)
	{
		uint64_t	bit = UINT64_C(1) << clause;
		int			index = cccd_rule_clause_index(code, count, clause);

		if (!(said & bit))
			continue;
		found = add(reasons, found,
					(either & bit) && !(unsure & bit) ?
					CCCD_REASON_IMMUNITY_MISSING :
					cccd_clause_reason(&code[index],
									   cccd_rule_clause_negated(code, index),
									   unsure & bit), clause);
	}
	return found;
}
