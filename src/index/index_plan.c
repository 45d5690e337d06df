/*
 * index_plan.c
 *		What the planner asks: how cccd_eligible() can use an index, and how
 *		many records a bound rule selects.
 */
#include "base/cccd.h"

#include "catalog/pg_type.h"
#include "nodes/makefuncs.h"
#include "nodes/nodeFuncs.h"
#include "nodes/supportnodes.h"
#include "optimizer/optimizer.h"
#include "utils/lsyscache.h"
#include "utils/selfuncs.h"

#include "index/index.h"

/*
 * The share of records that a condition selects.  After this the planner asks
 * about the indexes of the column's table.
 */
static double
condition_selects(PlannerInfo *root, Node *health, const CccdAsked *asked,
				  int varRelid)
{
	VariableStatData column;
	double		selected = CCCD_DEFAULT_SELECTIVITY;

	examine_variable(root, health, varRelid, &column);
	if (column.rel != NULL)
	{
		cccd_cost_indexes(column.rel);
		selected = cccd_estimate_selected(&column, asked);
	}
	ReleaseVariableStats(column);
	return selected;
}

/* The same for the arguments of health @@ bound or of bound @@ health. */
static double
operator_selects(PlannerInfo *root, List *args, int varRelid)
{
	Node	   *health = linitial(args);
	Node	   *bound = lsecond(args);
	CccdAsked	asked;

	/* our functions can be named in any operator: look at the types */
	if (exprType(health) == cccd_bound_type())
	{
		health = lsecond(args);
		bound = linitial(args);
	}
	if (exprType(bound) != cccd_bound_type())
		return CCCD_DEFAULT_SELECTIVITY;
	asked = cccd_asked_of_bound(root, bound);
	return condition_selects(root, health, &asked, varRelid);
}

/*
 * Restriction selectivity of health @@ bound and of bound @@ health.
 */
PG_FUNCTION_INFO_V1(cccd_health_sel);
Datum
cccd_health_sel(PG_FUNCTION_ARGS)
{
	PlannerInfo *root = (PlannerInfo *) PG_GETARG_POINTER(0);
	List	   *args = (List *) PG_GETARG_POINTER(2);

	PG_RETURN_FLOAT8(operator_selects(root, args, PG_GETARG_INT32(3)));
}

/*
 * Join selectivity: the rule or its time comes from another table.
 */
PG_FUNCTION_INFO_V1(cccd_health_joinsel);
Datum
cccd_health_joinsel(PG_FUNCTION_ARGS)
{
	PlannerInfo *root = (PlannerInfo *) PG_GETARG_POINTER(0);
	List	   *args = (List *) PG_GETARG_POINTER(2);

	PG_RETURN_FLOAT8(operator_selects(root, args, 0));
}

/* cccd_eligible(health, rule, at, context) as health @@ bound */
static List *
index_condition(SupportRequestIndexCondition *request)
{
	FuncExpr   *call = (FuncExpr *) request->node;
	Node	   *health;
	Node	   *bound;
	Oid			operator;

	if (!IsA(call, FuncExpr) || request->indexarg != 0 ||
		list_length(call->args) != 4)
		return NIL;
	health = linitial(call->args);
	for (int i = 1; i < 4; i++)
		if (!is_pseudo_constant_for_index(request->root,
										  list_nth(call->args, i),
										  request->index))
			return NIL;
	operator = get_opfamily_member(request->opfamily, exprType(health),
								   cccd_bound_type(), 1);
	if (!OidIsValid(operator))
		return NIL;
	bound = cccd_asked_bind(lsecond(call->args), lthird(call->args),
							lfourth(call->args));
	if (bound == NULL)
		return NIL;
	request->lossy = true;
	return list_make1(make_opclause(operator, BOOLOID, false,
									(Expr *) health, (Expr *) bound,
									InvalidOid, InvalidOid));
}

/*
 * Planner support of cccd_eligible(health, rule, at, context).
 */
PG_FUNCTION_INFO_V1(cccd_eligible_support);
Datum
cccd_eligible_support(PG_FUNCTION_ARGS)
{
	Node	   *node = (Node *) PG_GETARG_POINTER(0);

	if (IsA(node, SupportRequestIndexCondition))
		PG_RETURN_POINTER(index_condition((SupportRequestIndexCondition *)
										  node));
	if (IsA(node, SupportRequestSelectivity))
	{
		SupportRequestSelectivity *request = (SupportRequestSelectivity *) node;
		CccdAsked	asked;

		if (list_length(request->args) != 4)
			PG_RETURN_POINTER(NULL);
		asked = cccd_asked_of_args(request->root, lsecond(request->args),
								   lthird(request->args),
								   lfourth(request->args));
		request->selectivity =
			condition_selects(request->root, linitial(request->args), &asked,
							  request->is_join ? 0 : request->varRelid);
		PG_RETURN_POINTER(request);
	}
	PG_RETURN_POINTER(NULL);
}
