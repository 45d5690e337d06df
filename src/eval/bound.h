/*
 * bound.h
 *		Bound rules as PostgreSQL values: a rule at a time in a context.
 */
#ifndef CCCD_BOUND_H
#define CCCD_BOUND_H

#include "base/value.h"
#include "eval/eval_core.h"

/*
 * The value of type cccd_bound: a rule at a time in a context.  One CccdSpan
 * for each instruction follows the code.
 */
typedef struct CccdBoundValue
{
	int32		vl_len_;		/* varlena header (do not touch directly!) */
	uint8		version;		/* CCCD_RULE_VERSION */
	uint8		reserved;		/* 0 */
	uint16		count;			/* instructions */
	int64		at;				/* microseconds, as timestamptz */
	uint64		context;		/* packed, see context_core.h */
	CccdInstr	code[FLEXIBLE_ARRAY_MEMBER];
} CccdBoundValue;

#define CCCD_BOUND_SIZE(count) \
	(offsetof(CccdBoundValue, code) + \
	 (Size) (count) * (sizeof(CccdInstr) + sizeof(CccdSpan)))

/* The spans of a bound value in memory, which is aligned. */
static inline const CccdSpan *
cccd_bound_spans(const CccdBoundValue *bound)
{
	return (const CccdSpan *) (bound->code + bound->count);
}

/*
 * Whether bytes with an aligned four-byte header are a bound rule that this
 * version of the library could have written.
 */
extern bool cccd_bound_is_valid(const CccdBoundValue *bound);

/*
 * Open argument number arg of the running function.  *changed (if not NULL)
 * tells whether it is another value than at the call before.  Bytes that are
 * not a bound rule are an error: ERRCODE_DATA_CORRUPTED.  The value is aligned,
 * belongs to kept, and stands until the next call with it.
 */
extern const CccdBoundValue *cccd_bound_open(CccdKeptValue *kept,
											 FunctionCallInfo fcinfo, int arg,
											 bool *changed);

/*
 * The same for a function that has one such argument and keeps nothing else
 * in fn_extra.
 */
extern const CccdBoundValue *cccd_bound_arg(FunctionCallInfo fcinfo, int arg);

/*
 * A new value of "count" valid instructions at a time (microseconds since
 * 2000-01-01 UTC, which has passed cccd_bound_check_time) in a packed context,
 * with the spans that follow from them.  It is allocated in the current memory
 * context and belongs to the caller.
 */
extern CccdBoundValue *cccd_bound_build(const CccdInstr *code, int count,
										int64 at, uint64 context);

/*
 * An error unless rules can be asked about this time (microseconds since
 * 2000-01-01 UTC; infinity cannot): ERRCODE_DATETIME_VALUE_OUT_OF_RANGE.
 */
extern void cccd_bound_check_time(int64 at);

#endif							/* CCCD_BOUND_H */
