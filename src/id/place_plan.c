/*
 * place_plan.c
 *		cccd_id_place(id) = 79 through an ordinary index of id.
 *
 * The place is the number's first digits, so what is asked of it says between
 * which numbers id lies.  A support function alone cannot tell the planner:
 * it is asked about index conditions only when the index's column itself is an
 * operand of the operator (match_opclause_to_indexcol() in indxpath.c), and
 * here the operand is a function of it and the operator is an integer's.
 *
 * So the support function of cccd_id_place(), which the planner calls for
 * every query that mentions the function, installs a hook that offers
 * further paths.  Where a table's conditions are about the place, the hook
 * derives the bounds of id that they imply and lets the planner build index
 * paths with them.  The condition itself stays and is checked as before, so
 * the bounds need only be implied by it; partitions, expression indexes and
 * statistics of cccd_id_place(id) are used as before, too.
 */
#include "base/cccd.h"

#include "access/stratnum.h"
#include "catalog/pg_am.h"
#include "catalog/pg_namespace.h"
#include "catalog/pg_opfamily.h"
#include "catalog/pg_type.h"
#include "commands/defrem.h"
#include "miscadmin.h"
#include "nodes/makefuncs.h"
#include "nodes/nodeFuncs.h"
#include "optimizer/clauses.h"
#include "optimizer/optimizer.h"
#include "optimizer/pathnode.h"
#include "optimizer/paths.h"
#include "optimizer/restrictinfo.h"
#include "parser/parse_coerce.h"
#include "parser/parse_func.h"
#include "utils/array.h"
#include "utils/lsyscache.h"

/*
 * Longest list of places that becomes one range each; all 63 provinces fit.
 * A longer one is a condition on most of the table.
 */
#define MAX_PLACE_LIST	64

static set_rel_pathlist_hook_type previous_hook = NULL;
static bool hook_installed = false;

static List *implied_bounds(PlannerInfo *root, Node *clause);

/* The argument of cccd_id_place(), or NULL if the node is not a call of it. */
static Node *
place_argument(Node *node)
{
	FuncExpr   *call = (FuncExpr *) node;
	char	   *name;

	if (!IsA(node, FuncExpr) || call->funcresulttype != INT2OID ||
		list_length(call->args) != 1 ||
		get_func_namespace(call->funcid) != PG_CATALOG_NAMESPACE)
		return NULL;
	name = get_func_name(call->funcid);
	if (name == NULL || strcmp(name, "cccd_id_place") != 0)
		return NULL;
	return (Node *) linitial(call->args);
}

/* id >= cccd_id_place_first(place), or id <= cccd_id_place_last(place) */
static Expr *
make_bound(PlannerInfo *root, Node *id, Node *place, bool lower)
{
	Oid			type = exprType(id);
	Oid			argument = INT8OID;
	Oid			opclass = GetDefaultOpClass(type, BTREE_AM_OID);
	Oid			function;
	Oid			operator;
	Expr	   *bound;

	if (!OidIsValid(opclass))
		return NULL;
	operator = get_opfamily_member(get_opclass_family(opclass), type, type,
								   lower ? BTGreaterEqualStrategyNumber :
								   BTLessEqualStrategyNumber);
	function = LookupFuncName(list_make2(makeString("pg_catalog"),
										 makeString(lower ? "cccd_id_place_first" :
													"cccd_id_place_last")),
							  1, &argument, true);
	if (!OidIsValid(operator) || !OidIsValid(function) ||
		get_func_rettype(function) != type)
		return NULL;
	place = coerce_to_target_type(NULL, copyObject(place), exprType(place),
								  INT8OID, -1, COERCION_IMPLICIT,
								  COERCE_IMPLICIT_CAST, -1);
	if (place == NULL)
		return NULL;
	bound = (Expr *) makeFuncExpr(function, type, list_make1(place),
								  InvalidOid, InvalidOid, COERCE_EXPLICIT_CALL);
	bound = (Expr *) eval_const_expressions(root, (Node *) bound);
	bound = make_opclause(operator, BOOLOID, false, (Expr *) copyObject(id), bound,
						  InvalidOid, InvalidOid);
	set_opfuncid((OpExpr *) bound);
	return bound;
}

/*
 * The bounds of "place of id <strategy> place".  For < and > they are those
 * of <= and >=: one place more, which the condition itself takes away.
 */
static List *
make_bounds(PlannerInfo *root, Node *id, int strategy, Node *place)
{
	List	   *bounds = NIL;
	Expr	   *bound;

	if (strategy >= BTEqualStrategyNumber &&
		(bound = make_bound(root, id, place, true)) != NULL)
		bounds = lappend(bounds, bound);
	if (strategy <= BTEqualStrategyNumber &&
		(bound = make_bound(root, id, place, false)) != NULL)
		bounds = lappend(bounds, bound);
	return bounds;
}

/* Whether the value is the same for all rows of a scan. */
static bool
is_constant_in_scan(Node *node)
{
	return !contain_var_clause(node) && !contain_subplans(node) &&
		!contain_volatile_functions(node);
}

/* Whether the node can stand in two conditions at once. */
static bool
is_repeatable(Node *node)
{
	return !contain_subplans(node) && !contain_volatile_functions(node);
}

/* cccd_id_place(id) = 79, or <, <=, >=, >, from either side */
static List *
comparison_bounds(PlannerInfo *root, OpExpr *clause)
{
	Node	   *left,
			   *right,
			   *id;
	int			strategy;

	if (list_length(clause->args) != 2)
		return NIL;
	left = (Node *) linitial(clause->args);
	right = (Node *) lsecond(clause->args);
	strategy = get_op_opfamily_strategy(clause->opno, INTEGER_BTREE_FAM_OID);
	if (strategy == 0)
		return NIL;
	id = place_argument(left);
	if (id == NULL)
	{
		/* turned round: 79 > place is place < 79 */
		id = place_argument(right);
		right = left;
		strategy = BTMaxStrategyNumber + 1 - strategy;
	}
	if (id == NULL || !is_repeatable(id) || !is_constant_in_scan(right))
		return NIL;
	return make_bounds(root, id, strategy, right);
}

/* cccd_id_place(id) = ANY (array), with the array known */
static List *
list_bounds(PlannerInfo *root, ScalarArrayOpExpr *clause)
{
	Node	   *id = place_argument((Node *) linitial(clause->args));
	Const	   *list = (Const *) lsecond(clause->args);
	List	   *ranges = NIL;
	ArrayType  *array;
	Oid			type;
	int16		length;
	bool		by_value;
	char		align;
	Datum	   *places;
	bool	   *nulls;
	int			count,
				i;

	if (id == NULL || !is_repeatable(id) || !clause->useOr ||
		!IsA(list, Const) || list->constisnull ||
		get_op_opfamily_strategy(clause->opno, INTEGER_BTREE_FAM_OID) !=
		BTEqualStrategyNumber)
		return NIL;
	array = DatumGetArrayTypeP(list->constvalue);
	type = ARR_ELEMTYPE(array);
	get_typlenbyvalalign(type, &length, &by_value, &align);
	deconstruct_array(array, type, length, by_value, align,
					  &places, &nulls, &count);
	if (count > MAX_PLACE_LIST)
		return NIL;
	for (i = 0; i < count; i++)
	{
		Const	   *place;
		List	   *bounds;

		if (nulls[i])
			continue;
		place = makeConst(type, -1, InvalidOid, length, places[i], false,
						  by_value);
		bounds = make_bounds(root, id, BTEqualStrategyNumber, (Node *) place);
		if (bounds == NIL)
			return NIL;
		ranges = lappend(ranges, make_ands_explicit(bounds));
	}
	if (list_length(ranges) > 1)
		return list_make1(make_orclause(ranges));
	return ranges == NIL ? NIL : make_ands_implicit(linitial(ranges));
}

/*
 * An OR implies the OR of what each of its arms implies.  An arm that says
 * nothing of the place implies itself, and may have an index of its own.
 */
static List *
arms_bounds(PlannerInfo *root, List *arms)
{
	List	   *ranges = NIL;
	bool		found = false;
	ListCell   *cell;

	foreach(cell, arms)
	{
		Node	   *arm = (Node *) lfirst(cell);
		List	   *bounds = implied_bounds(root, arm);

		if (bounds != NIL)
			found = true;
		else if (is_repeatable(arm))
			bounds = make_ands_implicit((Expr *) copyObject(arm));
		else
			return NIL;
		/* keep the OR flat, as the planner expects it */
		if (list_length(bounds) == 1 && is_orclause(linitial(bounds)))
			ranges = list_concat(ranges, ((BoolExpr *) linitial(bounds))->args);
		else
			ranges = lappend(ranges, make_ands_explicit(bounds));
	}
	return found ? list_make1(make_orclause(ranges)) : NIL;
}

/* Conditions on id, implicitly ANDed, that hold wherever the clause holds. */
static List *
implied_bounds(PlannerInfo *root, Node *clause)
{
	List	   *bounds = NIL;
	ListCell   *cell;

	check_stack_depth();
	if (is_opclause(clause))
		return comparison_bounds(root, (OpExpr *) clause);
	if (IsA(clause, ScalarArrayOpExpr))
		return list_bounds(root, (ScalarArrayOpExpr *) clause);
	if (is_orclause(clause))
		return arms_bounds(root, ((BoolExpr *) clause)->args);
	if (is_andclause(clause))
	{
		foreach(cell, ((BoolExpr *) clause)->args)
			bounds = list_concat(bounds,
								 implied_bounds(root, (Node *) lfirst(cell)));
	}
	return bounds;
}

/*
 * What the table's conditions imply, ready for the planner.  The operators are
 * leakproof; where id is an expression that is not, a condition that has to
 * wait for row security gives no bounds.
 */
static List *
table_bounds(PlannerInfo *root, RelOptInfo *rel)
{
	List	   *result = NIL;
	ListCell   *cell,
			   *inner;

	foreach(cell, rel->baserestrictinfo)
	{
		RestrictInfo *condition = lfirst_node(RestrictInfo, cell);

		foreach(inner, implied_bounds(root, (Node *) condition->clause))
		{
			Expr	   *bound = (Expr *) lfirst(inner);

			if (condition->security_level > rel->baserestrict_min_security &&
				contain_leaked_vars((Node *) bound))
				continue;
			result = lappend(result, make_simple_restrictinfo(root, bound));
		}
	}
	return result;
}

/*
 * Offer index paths that use the bounds.  The bounds are only lent: after
 * the paths are made every list is as it was, so that row counts and filters
 * of other paths do not count a condition twice.
 */
static void
add_place_paths(PlannerInfo *root, RelOptInfo *rel, Index rti,
				RangeTblEntry *rte)
{
	List	   *bounds;
	List	   *conditions = rel->baserestrictinfo;
	List	   *of_indexes = NIL;
	ListCell   *cell,
			   *kept;

	if (previous_hook)
		previous_hook(root, rel, rti, rte);
	if (rte->rtekind != RTE_RELATION || rte->inh || rte->tablesample != NULL ||
		rel->indexlist == NIL || IS_DUMMY_REL(rel))
		return;
	bounds = table_bounds(root, rel);
	if (bounds == NIL)
		return;

	foreach(cell, rel->indexlist)
	{
		IndexOptInfo *index = lfirst_node(IndexOptInfo, cell);

		of_indexes = lappend(of_indexes, index->indrestrictinfo);
		index->indrestrictinfo = list_concat_copy(index->indrestrictinfo,
												  bounds);
	}
	rel->baserestrictinfo = list_concat_copy(conditions, bounds);
	create_index_paths(root, rel);
	rel->baserestrictinfo = conditions;
	forboth(cell, rel->indexlist, kept, of_indexes)
		((IndexOptInfo *) lfirst(cell))->indrestrictinfo = (List *) lfirst(kept);
}

/*
 * The support function of cccd_id_place().  It has no answer of its own; that
 * it is called is what matters.  A session that never plans a query with the
 * function has no hook.
 */
PG_FUNCTION_INFO_V1(cccd_id_place_support);
Datum
cccd_id_place_support(PG_FUNCTION_ARGS)
{
	if (!hook_installed)
	{
		previous_hook = set_rel_pathlist_hook;
		set_rel_pathlist_hook = add_place_paths;
		hook_installed = true;
	}
	PG_RETURN_POINTER(NULL);
}
