/*
 * rule.h
 *		Rules and bound rules as PostgreSQL values.
 *
 * Both are read through a cache that a calling function keeps from row to
 * row: an aligned copy of the last value, checked once.  Any bytes can arrive
 * as a rule, because a cast from bytea WITHOUT FUNCTION checks nothing.
 */
#ifndef CCCD_RULE_H
#define CCCD_RULE_H

#include "cccd.h"

#include "lib/stringinfo.h"

#include "rule/context_core.h"
#include "rule/eval_core.h"
#include "rule/rule_core.h"

/* The value of type cccd_rule. */
typedef struct CccdRuleValue
{
	int32		vl_len_;		/* varlena header (do not touch directly!) */
	uint8		version;		/* CCCD_RULE_VERSION */
	uint8		reserved;		/* 0 */
	uint16		count;			/* instructions */
	CccdInstr	code[FLEXIBLE_ARRAY_MEMBER];
} CccdRuleValue;

#define CCCD_RULE_SIZE(count) \
	(offsetof(CccdRuleValue, code) + (Size) (count) * sizeof(CccdInstr))

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
 * The value that was read last.  All zero at first; lives as long as
 * the memory context given to the functions below.
 */
typedef struct CccdValueCache
{
	void	   *value;			/* aligned copy with a four-byte header */
	Size		size;			/* of the value, 0: there is none */
	Size		room;
	bool		constant;		/* the argument cannot change */
	bool		asked;			/* ... and we know whether it can */
} CccdValueCache;

/*
 * Open argument number arg of the running function; context is where the copy
 * lives, usually fcinfo->flinfo->fn_mcxt.  *changed (if not NULL) tells
 * whether it is another value than at the call before.  Bytes that are no
 * rule are an error: ERRCODE_DATA_CORRUPTED.
 */
extern const CccdRuleValue *cccd_rule_open(CccdValueCache *cache,
										   FunctionCallInfo fcinfo, int arg,
										   bool *changed);
extern const CccdBoundValue *cccd_bound_open(CccdValueCache *cache,
											 FunctionCallInfo fcinfo, int arg,
											 bool *changed);

/*
 * The same for a function that has one such argument and keeps nothing else
 * in fn_extra.
 */
extern const CccdRuleValue *cccd_rule_arg(FunctionCallInfo fcinfo, int arg);
extern const CccdBoundValue *cccd_bound_arg(FunctionCallInfo fcinfo, int arg);

extern CccdRuleValue *cccd_rule_make(const CccdInstr *code, int count);
extern CccdBoundValue *cccd_bound_build(const CccdInstr *code, int count,
										int64 at, uint64 context);

/* A time that rules can be asked about, else an error: 22008. */
extern void cccd_rule_check_time(int64 at);

/* A context argument, or ERRCODE_DATA_CORRUPTED. */
extern uint64 cccd_context_check(int64 packed);

/*
 * Say what is wrong with the text of a rule or of a bound rule; a soft error
 * if escontext is one.  binary: the text came in a binary message.
 */
extern void cccd_rule_report(struct Node *escontext, const char *type,
							 const char *text, size_t length,
							 const CccdRuleError *error, bool binary);

/* The byte of version that begins a binary message. */
extern void cccd_rule_recv_version(StringInfo message, const char *type);

#define CCCD_CONTEXT_DATUM(packed)	Int64GetDatum((int64) (packed))
#define CCCD_GETARG_CONTEXT(n)		cccd_context_check(PG_GETARG_INT64(n))

#endif							/* CCCD_RULE_H */
