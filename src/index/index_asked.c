/*
 * index_asked.c
 *		What the planner knows of a bound rule in a condition.
 *
 * A rule, a time or a context may be constant, may be known by its present
 * value only, as now() is, or may come from another table.  Nothing here calls
 * cccd_rule_bind() through the planner's folding of constants: that would
 * raise errors about a time that no record is ever asked about.
 */
#include "base/cccd.h"

#include "catalog/namespace.h"
#include "catalog/pg_namespace.h"
#include "catalog/pg_type.h"
#include "nodes/makefuncs.h"
#include "nodes/nodeFuncs.h"
#include "optimizer/optimizer.h"
#include "parser/parse_func.h"
#include "utils/syscache.h"
#include "utils/timestamp.h"

#include "eval/bound.h"
#include "eval/context.h"
#include "index/index.h"
#include "rule/rule.h"

/* cccd_rule_bind(), rule @ at, cccd_rule_bind_lossy(): in eval/bound.c */
extern Datum cccd_bound_make(PG_FUNCTION_ARGS);
extern Datum cccd_bound_make_lossy(PG_FUNCTION_ARGS);

Oid
cccd_bound_type(void)
{
	return GetSysCacheOid2(TYPENAMENSP, Anum_pg_type_oid,
						   PointerGetDatum("cccd_bound"),
						   ObjectIdGetDatum(PG_CATALOG_NAMESPACE));
}

/* A constant that is not null. */
static bool
is_value(Node *node)
{
	return IsA(node, Const) && !((Const *) node)->constisnull;
}

static bool
is_null(Node *node)
{
	return IsA(node, Const) && ((Const *) node)->constisnull;
}

/* A time that rules can be asked about. */
static bool
is_time(int64 at)
{
	return at >= CCCD_AT_MIN && at <= CCCD_AT_MAX;
}

/* The packed context of a constant, of which null is one that tells nothing. */
static bool
read_context(Node *node, uint64 *context)
{
	CccdContext unpacked;

	*context = 0;
	if (is_null(node))
		return true;
	if (!is_value(node))
		return false;
	*context = (uint64) DatumGetInt64(((Const *) node)->constvalue);
	return cccd_context_unpack(*context, &unpacked);
}

static const CccdRuleValue *
read_rule(Node *node)
{
	const CccdRuleValue *rule;

	if (!is_value(node))
		return NULL;
	rule = (const CccdRuleValue *)
		PG_DETOAST_DATUM(((Const *) node)->constvalue);
	return cccd_rule_is_valid(rule) ? rule : NULL;
}

/* The same of nodes that are constant where they can be. */
static CccdAsked
asked_of_constants(Node *rule, Node *at, Node *context)
{
	CccdAsked	asked = {CCCD_ASKED_UNKNOWN};
	const CccdRuleValue *value;

	if (is_null(rule) || is_null(at))
		asked.state = CCCD_ASKED_NULL;
	else if ((value = read_rule(rule)) != NULL &&
			 read_context(context, &asked.context))
	{
		asked.state = CCCD_ASKED_RULE;
		asked.code = value->code;
		asked.count = value->count;
		if (is_value(at))
		{
			asked.at = DatumGetTimestampTz(((Const *) at)->constvalue);
			asked.timed = is_time(asked.at);
		}
	}
	return asked;
}

CccdAsked
cccd_asked_of_args(PlannerInfo *root, Node *rule, Node *at, Node *context)
{
	return asked_of_constants(estimate_expression_value(root, rule),
							  estimate_expression_value(root, at),
							  estimate_expression_value(root, context));
}

/* The arguments of what binds a rule; NIL: it is something else. */
static List *
bind_args(Node *node)
{
	Oid			function = InvalidOid;
	List	   *args = NIL;
	FmgrInfo	info;

	if (IsA(node, FuncExpr))
	{
		function = ((FuncExpr *) node)->funcid;
		args = ((FuncExpr *) node)->args;
	}
	else if (IsA(node, OpExpr))
	{
		set_opfuncid((OpExpr *) node);
		function = ((OpExpr *) node)->opfuncid;
		args = ((OpExpr *) node)->args;
	}
	if (list_length(args) < 2)
		return NIL;
	fmgr_info(function, &info);
	return info.fn_addr == cccd_bound_make ||
		info.fn_addr == cccd_bound_make_lossy ? args : NIL;
}

CccdAsked
cccd_asked_of_bound(PlannerInfo *root, Node *bound)
{
	CccdAsked	asked = {CCCD_ASKED_UNKNOWN};
	List	   *args = bind_args(bound);
	const CccdBoundValue *value;

	if (args != NIL)
		return cccd_asked_of_args(root, linitial(args), lsecond(args),
								  list_length(args) > 2 ? lthird(args) :
								  (Node *) makeNullConst(INT8OID, -1,
														 InvalidOid));
	bound = estimate_expression_value(root, bound);
	if (is_null(bound))
		asked.state = CCCD_ASKED_NULL;
	if (!is_value(bound))
		return asked;
	value = (const CccdBoundValue *)
		PG_DETOAST_DATUM(((Const *) bound)->constvalue);
	if (!cccd_bound_is_valid(value))
		return asked;
	asked.state = CCCD_ASKED_RULE;
	asked.code = value->code;
	asked.count = value->count;
	asked.context = value->context;
	asked.timed = true;
	asked.at = value->at;
	return asked;
}

static Node *
bound_constant(CccdAsked asked)
{
	Oid			type = cccd_bound_type();
	CccdBoundValue *bound;

	if (asked.state == CCCD_ASKED_NULL)
		return (Node *) makeNullConst(type, -1, InvalidOid);
	if (asked.state == CCCD_ASKED_UNKNOWN || !asked.timed)
		return NULL;
	bound = cccd_bound_build(asked.code, asked.count, asked.at,
							 asked.context);
	return (Node *) makeConst(type, -1, InvalidOid, -1,
							  PointerGetDatum(bound), false, false);
}

/* A context that is null is one of which nothing is known. */
static Node *
known_context(Node *context)
{
	Oid			type = exprType(context);
	Node	   *nothing = (Node *) makeConst(type, -1, InvalidOid,
											 sizeof(int64), Int64GetDatum(0),
											 false, FLOAT8PASSBYVAL);
	CoalesceExpr *known;

	if (IsA(context, Const))
		return is_null(context) ? nothing : context;
	known = makeNode(CoalesceExpr);
	known->coalescetype = type;
	known->args = list_make2(context, nothing);
	known->location = -1;
	return (Node *) known;
}

Node	   *
cccd_asked_bind(Node *rule, Node *at, Node *context)
{
	List	   *args;
	Oid			types[3];
	Oid			function;

	if (is_null(rule) || is_null(at) ||
		(IsA(rule, Const) && IsA(at, Const) && IsA(context, Const)))
		return bound_constant(asked_of_constants(rule, at, context));
	args = list_make3(rule, at, known_context(context));
	for (int i = 0; i < 3; i++)
		types[i] = exprType(list_nth(args, i));
	function = LookupFuncName(list_make2(makeString("pg_catalog"),
										 makeString("cccd_rule_bind_lossy")),
							  3, types, true);
	if (!OidIsValid(function))
		return NULL;
	return (Node *) makeFuncExpr(function, cccd_bound_type(), args,
								 InvalidOid, InvalidOid,
								 COERCE_EXPLICIT_CALL);
}
