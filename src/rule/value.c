/*
 * value.c
 *		Reading and making the values of cccd_rule and cccd_bound.
 */
#include "cccd.h"

#include "libpq/pqformat.h"
#include "mb/pg_wchar.h"
#include "nodes/primnodes.h"

#include "rule/rule.h"

pg_noreturn static void corrupted(const char *type);

static void
corrupted(const char *type)
{
	ereport(ERROR,
			(errcode(ERRCODE_DATA_CORRUPTED),
			 errmsg("invalid value of type %s", type),
			 errdetail("Its bytes do not hold a rule that this version of the library could have written.")));
}

bool
cccd_argument_is_constant(FunctionCallInfo fcinfo, int arg)
{
	Node	   *call = fcinfo->flinfo ? fcinfo->flinfo->fn_expr : NULL;
	List	   *args;

	if (call && IsA(call, FuncExpr))
		args = ((FuncExpr *) call)->args;
	else if (call && IsA(call, OpExpr))
		args = ((OpExpr *) call)->args;
	else
		return false;
	return arg < list_length(args) && IsA(list_nth(args, arg), Const);
}

/* Copy the value, and its header as one of four bytes. */
static void
keep_value(CccdValueCache *cache, FunctionCallInfo fcinfo,
		   struct varlena *value)
{
	MemoryContext home = fcinfo->flinfo ? fcinfo->flinfo->fn_mcxt :
	CurrentMemoryContext;
	Size		size = VARHDRSZ + VARSIZE_ANY_EXHDR(value);

	cache->size = 0;
	if (cache->room < size)
	{
		if (cache->value)
			pfree(cache->value);
		cache->value = NULL;
		cache->room = 0;
		cache->value = MemoryContextAlloc(home, size);
		cache->room = size;
	}
	SET_VARSIZE(cache->value, size);
	memcpy(VARDATA(cache->value), VARDATA_ANY(value), size - VARHDRSZ);
}

/* Largest value that can be one of ours: more is not even copied. */
#define LARGEST		CCCD_BOUND_SIZE(CCCD_RULE_MAX_CODES)

/*
 * Bring the argument into the cache; true if it is not the one that is there
 * already and so must be checked.
 */
static bool
refresh(CccdValueCache *cache, FunctionCallInfo fcinfo, int arg,
		const char *type)
{
	struct varlena *value;

	if (cache->constant && cache->size > 0)
		return false;
	if (!cache->asked)
	{
		cache->constant = cccd_argument_is_constant(fcinfo, arg);
		cache->asked = true;
	}
	value = PG_DETOAST_DATUM_PACKED(PG_GETARG_DATUM(arg));
	if (cache->size == VARSIZE_ANY_EXHDR(value) + VARHDRSZ &&
		memcmp(VARDATA(cache->value), VARDATA_ANY(value),
			   cache->size - VARHDRSZ) == 0)
		return false;
	if (VARSIZE_ANY_EXHDR(value) > LARGEST)
		corrupted(type);
	keep_value(cache, fcinfo, value);
	return true;
}

const CccdRuleValue *
cccd_rule_open(CccdValueCache *cache, FunctionCallInfo fcinfo, int arg,
			   bool *changed)
{
	bool		fresh = refresh(cache, fcinfo, arg, "cccd_rule");
	const CccdRuleValue *rule = cache->value;

	if (changed)
		*changed = fresh;
	if (!fresh)
		return rule;
	if (VARSIZE(rule) < CCCD_RULE_SIZE(0) ||
		VARSIZE(rule) != CCCD_RULE_SIZE(rule->count) ||
		rule->version != CCCD_RULE_VERSION || rule->reserved != 0 ||
		cccd_rule_validate(rule->code, rule->count) != CCCD_RULE_OK)
		corrupted("cccd_rule");
	cache->size = VARSIZE(rule);
	return rule;
}

/* The spans must be those that binding makes. */
static bool
spans_valid(const CccdBoundValue *bound)
{
	CccdSpan	spans[CCCD_RULE_MAX_CODES];

	memset(spans, 0, bound->count * sizeof(CccdSpan));
	cccd_rule_bind(bound->code, bound->count, bound->at, bound->context,
				   spans);
	return memcmp(spans, cccd_bound_spans(bound),
				  bound->count * sizeof(CccdSpan)) == 0;
}

const CccdBoundValue *
cccd_bound_open(CccdValueCache *cache, FunctionCallInfo fcinfo, int arg,
				bool *changed)
{
	bool		fresh = refresh(cache, fcinfo, arg, "cccd_bound");
	const CccdBoundValue *bound = cache->value;
	CccdContext context;

	if (changed)
		*changed = fresh;
	if (!fresh)
		return bound;
	if (VARSIZE(bound) < CCCD_BOUND_SIZE(0) ||
		VARSIZE(bound) != CCCD_BOUND_SIZE(bound->count) ||
		bound->version != CCCD_RULE_VERSION || bound->reserved != 0 ||
		bound->at < CCCD_AT_MIN || bound->at > CCCD_AT_MAX ||
		!cccd_context_unpack(bound->context, &context) ||
		cccd_rule_validate(bound->code, bound->count) != CCCD_RULE_OK ||
		!spans_valid(bound))
		corrupted("cccd_bound");
	cache->size = VARSIZE(bound);
	return bound;
}

/* The cache of a function that keeps nothing else. */
static CccdValueCache *
own_cache(FunctionCallInfo fcinfo)
{
	if (!fcinfo->flinfo)
		return palloc0(sizeof(CccdValueCache));
	if (!fcinfo->flinfo->fn_extra)
		fcinfo->flinfo->fn_extra =
			MemoryContextAllocZero(fcinfo->flinfo->fn_mcxt,
								   sizeof(CccdValueCache));
	return fcinfo->flinfo->fn_extra;
}

const CccdRuleValue *
cccd_rule_arg(FunctionCallInfo fcinfo, int arg)
{
	return cccd_rule_open(own_cache(fcinfo), fcinfo, arg, NULL);
}

const CccdBoundValue *
cccd_bound_arg(FunctionCallInfo fcinfo, int arg)
{
	return cccd_bound_open(own_cache(fcinfo), fcinfo, arg, NULL);
}

CccdRuleValue *
cccd_rule_make(const CccdInstr *code, int count)
{
	CccdRuleValue *rule = palloc0(CCCD_RULE_SIZE(count));

	SET_VARSIZE(rule, CCCD_RULE_SIZE(count));
	rule->version = CCCD_RULE_VERSION;
	rule->count = count;
	memcpy(rule->code, code, count * sizeof(CccdInstr));
	return rule;
}

CccdBoundValue *
cccd_bound_build(const CccdInstr *code, int count, int64 at, uint64 context)
{
	CccdBoundValue *bound = palloc0(CCCD_BOUND_SIZE(count));

	SET_VARSIZE(bound, CCCD_BOUND_SIZE(count));
	bound->version = CCCD_RULE_VERSION;
	bound->count = count;
	bound->at = at;
	bound->context = context;
	memcpy(bound->code, code, count * sizeof(CccdInstr));
	cccd_rule_bind(bound->code, count, at, context,
				   (CccdSpan *) (bound->code + count));
	return bound;
}

void
cccd_rule_check_time(int64 at)
{
	if (at < CCCD_AT_MIN || at > CCCD_AT_MAX)
		ereport(ERROR,
				(errcode(ERRCODE_DATETIME_VALUE_OUT_OF_RANGE),
				 errmsg("time is out of range for a rule"),
				 errdetail("Rules can be asked about times from 1900-01-01 to 2136-01-01.")));
}

uint64
cccd_context_check(int64 packed)
{
	CccdContext context;

	if (unlikely(!cccd_context_unpack((uint64) packed, &context)))
		ereport(ERROR,
				(errcode(ERRCODE_DATA_CORRUPTED),
				 errmsg("invalid value of type cccd_context")));
	return (uint64) packed;
}

/* The detail of a limit, with the limit; the result means nothing. */
static int
limit_detail(const CccdRuleError *error, int position)
{
	switch (error->status)
	{
		case CCCD_RULE_TOO_DEEP:
			return errdetail("At most %d parentheses or changes between \"and\", \"or\" and \"not\" can be inside each other, see character %d.",
							 CCCD_RULE_MAX_DEPTH, position);
		case CCCD_RULE_TOO_MANY_CLAUSES:
			return errdetail("A rule has at most %d conditions, one more begins at character %d.",
							 CCCD_RULE_MAX_CLAUSES, position);
		case CCCD_RULE_TOO_MANY_ITEMS:
			return errdetail("A list has at most %d values, one more begins at character %d.",
							 CCCD_RULE_MAX_ITEMS, position);
		default:
			return errdetail("The text of a rule has at most %d bytes, also in its canonical form with at most %d instructions.",
							 CCCD_RULE_MAX_TEXT, CCCD_RULE_MAX_CODES);
	}
}

static int
syntax_detail(const CccdRuleError *error, int position)
{
	if (error->hint)
		errhint("%s", error->hint);
	if (error->status == CCCD_RULE_UNKNOWN_CODE)
		return errdetail("The name at character %d is not known, expected %s.",
						 position, error->expected);
	if (error->status == CCCD_RULE_EMPTY_RANGE)
		return errdetail("Nothing can satisfy the comparison at character %d.",
						 position);
	return errdetail("Expected %s at character %d.", error->expected,
					 position);
}

void
cccd_rule_report(struct Node *escontext, const char *type, const char *text,
				 size_t length, const CccdRuleError *error, bool binary)
{
	int			position = 1 + pg_mbstrlen_with_len(text,
													(int) error->position);

	if (error->status >= CCCD_RULE_TOO_LONG)
		ereturn(escontext,,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("rule is too large"),
				 limit_detail(error, position)));
	ereturn(escontext,,
			(errcode(binary ? ERRCODE_INVALID_BINARY_REPRESENTATION :
					 ERRCODE_INVALID_TEXT_REPRESENTATION),
			 binary ? errmsg("invalid binary data for type %s", type) :
			 errmsg("invalid input syntax for type %s", type),
			 syntax_detail(error, position)));
}

void
cccd_rule_recv_version(StringInfo message, const char *type)
{
	if (pq_getmsgbyte(message) != CCCD_RULE_VERSION)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_BINARY_REPRESENTATION),
				 errmsg("invalid binary data for type %s", type),
				 errdetail("Its version is not known here.")));
}
