/*
 * eval_core.h
 *		Binding a rule to a time and answering it for a record.
 *
 * Facts are absolute, rules relative: binding turns every duration into a
 * closed interval of absolute seconds, once per rule and time, and every
 * clause about the context into a constant.  What is left is comparing the
 * seconds of a record with intervals.
 *
 * Truth is three-valued, fail < unknown < pass; AND is the minimum, OR the
 * maximum, NOT turns pass and fail round.
 */
#ifndef CCCD_EVAL_CORE_H
#define CCCD_EVAL_CORE_H

#include "eval/context_core.h"
#include "health/health_core.h"
#include "rule/rule_core.h"

typedef enum CccdTruth
{
	CCCD_FAIL = 0,
	CCCD_UNKNOWN = 1,
	CCCD_PASS = 2
} CccdTruth;

/* Times that a rule can be asked about: 1900-01-01 to 2136-01-01, UTC+7. */
#define CCCD_AT_MIN		INT64_C(-3155698800000000)
#define CCCD_AT_MAX		INT64_C(4291722000000000)
#define CCCD_AT_RANGE	"1900-01-01 to 2136-01-01"	/* for messages */

/*
 * One per instruction.  SINCE: the fact's second lies in from..to (empty if
 * from > to; 1..0 if all of it lies before 2000).  Context clauses: from is
 * the truth.  Others: not used.
 */
typedef struct CccdSpan
{
	uint32_t	from;
	uint32_t	to;
} CccdSpan;

struct CccdOutlooks;

typedef struct CccdBinding
{
	const CccdInstr *code;
	int			count;
	const CccdSpan *spans;
	uint32_t	now;			/* second of "at"; events after it do not
								 * count */
	bool		before_time;	/* "at" lies before 2000: no event counts */
	struct CccdOutlooks *kept;	/* for many times, see dose_eval_core.h; NULL:
								 * for one */
} CccdBinding;

/*
 * Bind valid code to a time (microseconds since 2000-01-01 UTC, from
 * CCCD_AT_MIN to CCCD_AT_MAX) and a packed context (context_core.h; bits that
 * are not a context say nothing).  spans has room for count spans; those of
 * instructions that do not use theirs become zero.
 */
extern void cccd_rule_bind(const CccdInstr *code, int count, int64_t at,
						   uint64_t context, CccdSpan *spans);

/*
 * Put together what cccd_rule_bind made for the same code and time.  The
 * binding points to code and spans and is good for as long as they are; kept
 * is NULL.
 */
extern void cccd_binding_init(CccdBinding *binding, const CccdInstr *code,
							  int count, const CccdSpan *spans, int64_t at);

/*
 * The answer for one record.  view is NULL where there is no record: clauses
 * about it are unknown then.  The empty rule is unknown for everybody.
 */
extern CccdTruth cccd_rule_eval(const CccdBinding *binding,
								const CccdHealthView *view);

/*
 * An answer with its reasons.  Bit n of a set of clauses is clause n (0-63) of
 * the rule, bit n of a set of events is event n of its kind in the record.
 */
typedef struct CccdVerdict
{
	CccdTruth	truth;
	uint64_t	failed;			/* clauses that are false and must not be */
	uint64_t	unsure;			/* clauses that are unknown and matter */
	uint32_t	doses;			/* the events that prove a pass: masks */
	uint32_t	tests;
	uint32_t	others;
	bool		changes;		/* the verdict will change */
	int64_t		changes_at;		/* ... first at this microsecond */
} CccdVerdict;

/*
 * Answer a rule for one record with reasons; the arguments are those of
 * cccd_rule_bind and cccd_rule_eval.  failed and unsure are empty where the
 * rule passes, doses, tests and others where it does not.  Of alternatives
 * that do not hold, the reasons of the one that comes closest are named.
 * changes_at is the first microsecond after at, and not after CCCD_AT_MAX,
 * with another truth.
 */
extern void cccd_rule_check(const CccdInstr *code, int count, int64_t at,
							uint64_t context, const CccdHealthView *view,
							CccdVerdict *verdict);

/*
 * The events that a verdict's proof names, as a canonical record of its own;
 * view is that of the check, or NULL.  out has room for CCCD_HEALTH_MAX_SIZE
 * bytes.  Returns the length.
 */
extern size_t cccd_verdict_proof(const CccdVerdict *verdict,
								 const CccdHealthView *view,
								 unsigned char *out);

#endif							/* CCCD_EVAL_CORE_H */
