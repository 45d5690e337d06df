/*
 * place_support.c
 *		cccd_id_in_place(id, 79, 80) as ranges of id.
 *
 * The places of a list are ranges of numbers, so the planner replaces the call
 * by comparisons of id with the ends of these ranges, as it replaces a
 * function written in SQL by its body.  From then on they are comparisons like
 * any others: of an index, a join, a partition's bounds, a policy.
 *
 * A list whose length is not known before execution, or that is long, stays a
 * call.  An index then finds what lies between its lowest and its highest
 * place, and the call decides.
 */
#include "base/cccd.h"

#include "access/stratnum.h"
#include "catalog/pg_am.h"
#include "catalog/pg_type.h"
#include "commands/defrem.h"
#include "nodes/makefuncs.h"
#include "nodes/nodeFuncs.h"
#include "nodes/supportnodes.h"
#include "optimizer/clauses.h"
#include "optimizer/cost.h"
#include "optimizer/optimizer.h"
#include "parser/parse_func.h"
#include "utils/lsyscache.h"
#include "utils/selfuncs.h"

#include "id/id_core.h"
#include "id/place.h"
#include "id/place_core.h"

/*
 * Most ranges that a call becomes.  Where no index serves, each row is compared
 * with one range after the other, at 8 ranges in 1.8 times what the call takes.
 */
#define MAX_RANGES		8

/* What the share of a list of unknown length is estimated for. */
#define USUAL_PLACES	10

/* id >= bound, or id <= bound; NULL if the type has no such operator. */
static Expr *
make_comparison(Node *id, int strategy, Expr *bound)
{
	Oid			type = exprType((Node *) bound);
	Oid			opclass = GetDefaultOpClass(type, BTREE_AM_OID);
	Oid			operator;
	Expr	   *result;

	if (!OidIsValid(opclass))
		return NULL;
	operator = get_opfamily_member(get_opclass_family(opclass), type, type,
								   strategy);
	if (!OidIsValid(operator))
		return NULL;
	result = make_opclause(operator, BOOLOID, false,
						   (Expr *) copyObject(id), bound,
						   InvalidOid, InvalidOid);
	set_opfuncid((OpExpr *) result);
	return result;
}

/* id >= first AND id <= last */
static Expr *
make_range(Node *id, Expr *first, Expr *last)
{
	Expr	   *lower = make_comparison(id, BTGreaterEqualStrategyNumber,
										first);
	Expr	   *upper = make_comparison(id, BTLessEqualStrategyNumber, last);

	if (lower == NULL || upper == NULL)
		return NULL;
	return make_andclause(list_make2(lower, upper));
}

/* A call of one of our functions over a place or a list of places. */
static Expr *
make_call(char *name, Node *argument)
{
	Oid			type = exprType(argument);
	Oid			function = LookupFuncName(list_make2(makeString("pg_catalog"),
													 makeString(name)),
										  1, &type, true);

	if (!OidIsValid(function))
		return NULL;
	return (Expr *) makeFuncExpr(function, get_func_rettype(function),
								 list_make1(copyObject(argument)),
								 InvalidOid, InvalidOid,
								 COERCE_EXPLICIT_CALL);
}

/* A number as a constant of id's type. */
static Expr *
make_number(Node *id, int64 number)
{
	int16		length;
	bool		by_value;

	get_typlenbyval(exprType(id), &length, &by_value);
	return (Expr *) makeConst(exprType(id), -1, InvalidOid, length,
							  Int64GetDatum(number), false, by_value);
}

/*
 * What a call becomes: ranges of places that are known, then those of
 * expressions.
 */
typedef struct Ranges
{
	Node	   *id;
	CccdPlaceSet set;
	List	   *arms;			/* of an OR */
	bool		any_null;		/* a place of the list is null */
	bool		any;			/* the list is not empty */
} Ranges;

static void
add_place(Ranges *ranges, int32 place, bool isnull)
{
	ranges->any = true;
	if (isnull)
		ranges->any_null = true;
	else
		cccd_place_set_add(&ranges->set, place);
}

/* The range between two places, which need not have numbers. */
static void
add_range(Ranges *ranges, int first, int last)
{
	ranges->arms =
		lappend(ranges->arms,
				make_range(ranges->id,
						   make_number(ranges->id,
									   cccd_id_first_of_place(first)),
						   make_number(ranges->id,
									   cccd_id_last_of_place(last))));
}

/* A place that is known later; false if it cannot stand in two conditions. */
static bool
add_expression(Ranges *ranges, Node *place)
{
	Expr	   *first = make_call("cccd_id_place_first", place);
	Expr	   *last = make_call("cccd_id_place_last", place);

	if (first == NULL || last == NULL)
		return false;
	ranges->any = true;
	ranges->arms = lappend(ranges->arms, make_range(ranges->id, first, last));
	return true;
}

/*
 * The ranges as one condition, which answers as the call does, also null.
 * NULL if there are more than "most" of them.
 */
static Node *
finish(Ranges *ranges, int most)
{
	int			first = 0,
				last;

	if (!ranges->any)
		return makeBoolConst(false, false);
	while (cccd_place_set_next(&ranges->set, &first, &last))
	{
		add_range(ranges, first, last);
		if (list_length(ranges->arms) > most)
			return NULL;
		first = last + 1;
	}
	if (list_length(ranges->arms) > most ||
		list_member_ptr(ranges->arms, NULL))
		return NULL;
	if (ranges->any_null)
		ranges->arms = lappend(ranges->arms, makeBoolConst(false, true));
	/* nothing but places without numbers: false, but null for a null */
	if (ranges->arms == NIL)
		add_range(ranges, -1, -1);
	if (list_length(ranges->arms) == 1)
		return linitial(ranges->arms);
	return (Node *) make_orclause(ranges->arms);
}

/* The ranges of a list that is known. */
static Node *
ranges_of_list(Node *id, Const *list, int most)
{
	Ranges		ranges = {.id = id};
	CccdPlaces	places;
	int32		place = 0;
	bool		isnull;

	if (list->constisnull)
		return makeBoolConst(false, true);
	places = cccd_places(DatumGetArrayTypeP(list->constvalue));
	while (cccd_places_next(&places, &place, &isnull))
		add_place(&ranges, place, isnull);
	return finish(&ranges, most);
}

/*
 * Whether an expression may be written twice, by the measure that the planner
 * has for the arguments of SQL functions.
 */
static bool
is_repeatable(Node *node)
{
	QualCost	cost;

	if (contain_subplans(node) || contain_volatile_functions(node))
		return false;
	cost_qual_eval(&cost, list_make1(node), NULL);
	return cost.startup + cost.per_tuple <= 10 * cpu_operator_cost;
}

/* The ranges of a list that is written as ARRAY[...]. */
static Node *
ranges_of_elements(Node *id, ArrayExpr * list)
{
	Ranges		ranges = {.id = id};
	ListCell   *cell;

	if (list->multidims || list_length(list->elements) > MAX_RANGES)
		return NULL;
	foreach(cell, list->elements)
	{
		Node	   *element = lfirst(cell);

		if (IsA(element, Const))
			add_place(&ranges, DatumGetInt32(((Const *) element)->constvalue),
					  ((Const *) element)->constisnull);
		else if (!is_repeatable(element) ||
				 !add_expression(&ranges, element))
			return NULL;
	}
	return finish(&ranges, MAX_RANGES);
}

/* The call as ranges, or NULL if it stays a call. */
static Node *
simplify(FuncExpr *call)
{
	Node	   *id;
	Node	   *list;

	if (list_length(call->args) != 2)
		return NULL;
	id = linitial(call->args);
	list = lsecond(call->args);
	if (!is_repeatable(id))
		return NULL;
	if (IsA(list, Const))
		return ranges_of_list(id, (Const *) list, MAX_RANGES);
	if (IsA(list, ArrayExpr))
		return ranges_of_elements(id, (ArrayExpr *) list);
	return NULL;
}

/* A condition on an index that is implied by the call. */
static Expr *
outer_bound(SupportRequestIndexCondition *request, Node *id, int strategy,
			char *name, Node *list)
{
	Expr	   *bound = make_call(name, list);

	if (bound == NULL)
		return NULL;
	bound = (Expr *) eval_const_expressions(request->root, (Node *) bound);
	bound = make_comparison(id, strategy, bound);
	if (bound == NULL ||
		!op_in_opfamily(((OpExpr *) bound)->opno, request->opfamily))
		return NULL;
	return bound;
}

/* id between the lowest and the highest place of a list */
static List *
index_condition(SupportRequestIndexCondition *request)
{
	FuncExpr   *call = (FuncExpr *) request->node;
	Node	   *id;
	Node	   *list;
	Expr	   *lower,
			   *upper;

	if (!IsA(call, FuncExpr) || request->indexarg != 0 ||
		list_length(call->args) != 2)
		return NIL;
	id = linitial(call->args);
	list = lsecond(call->args);
	if (!is_pseudo_constant_for_index(request->root, list, request->index))
		return NIL;
	lower = outer_bound(request, id, BTGreaterEqualStrategyNumber,
						"cccd_id_places_first", list);
	upper = outer_bound(request, id, BTLessEqualStrategyNumber,
						"cccd_id_places_last", list);
	if (lower == NULL || upper == NULL)
		return NIL;
	request->lossy = true;
	return list_make2(lower, upper);
}

/* The share of the rows that a call selects. */
static bool
estimate(SupportRequestSelectivity *request)
{
	Node	   *list;
	int			count = USUAL_PLACES;

	if (list_length(request->args) != 2)
		return false;
	list = estimate_expression_value(request->root, lsecond(request->args));
	if (IsA(list, Const))
	{
		Node	   *ranges = ranges_of_list(linitial(request->args),
											(Const *) list,
											CCCD_ID_LAST_PLACE);

		if (ranges == NULL)
			return false;
		request->selectivity =
			clause_selectivity(request->root, ranges, request->varRelid,
							   request->jointype, request->sjinfo);
		return true;
	}
	if (IsA(list, ArrayExpr))
		count = list_length(((ArrayExpr *) list)->elements);
	request->selectivity = Min(1.0, count * DEFAULT_RANGE_INEQ_SEL);
	return true;
}

/*
 * Planner support of cccd_id_in_place(id, VARIADIC places).
 */
PG_FUNCTION_INFO_V1(cccd_id_in_place_support);
Datum
cccd_id_in_place_support(PG_FUNCTION_ARGS)
{
	Node	   *node = (Node *) PG_GETARG_POINTER(0);

	if (IsA(node, SupportRequestSimplify))
		PG_RETURN_POINTER(simplify(((SupportRequestSimplify *) node)->fcall));
	if (IsA(node, SupportRequestIndexCondition))
		PG_RETURN_POINTER(index_condition((SupportRequestIndexCondition *)
										  node));
	if (IsA(node, SupportRequestSelectivity) &&
		estimate((SupportRequestSelectivity *) node))
		PG_RETURN_POINTER(node);
	PG_RETURN_POINTER(NULL);
}
