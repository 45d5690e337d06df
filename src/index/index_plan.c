/*
 * index_plan.c
 *		What the planner asks: how cccd_eligible() can use an index, and how
 *		many records a bound rule selects.
 */
#include "base/cccd.h"

#include "access/htup_details.h"
#include "access/stratnum.h"
#include "catalog/namespace.h"
#include "catalog/pg_am.h"
#include "catalog/pg_namespace.h"
#include "catalog/pg_statistic.h"
#include "catalog/pg_type.h"
#include "nodes/makefuncs.h"
#include "nodes/nodeFuncs.h"
#include "nodes/supportnodes.h"
#include "optimizer/cost.h"
#include "optimizer/optimizer.h"
#include "parser/parse_func.h"
#include "utils/builtins.h"
#include "utils/index_selfuncs.h"
#include "utils/lsyscache.h"
#include "utils/selfuncs.h"
#include "utils/syscache.h"

#include "eval/bound.h"
#include "eval/context.h"
#include "health/code_core.h"
#include "index/index.h"
#include "index/point_core.h"
#include "rule/rule.h"

/* What a rule selects where nothing is known of the column or the rule. */
#define DEFAULT_SELECTIVITY		0.02

/* What an index entry costs that a search looks at, in operators. */
#define ENTRY_COST				5

/*
 * Where a sample has fewer people than this who satisfy all of several
 * conditions, chance decides how many.
 */
#define FEW						3

/* A rule's conditions that must all hold; a rule without AND is one. */
typedef struct Conditions
{
	CccdBinding binding;
	int			count;
	int			nodes[CCCD_RULE_MAX_CLAUSES];
	double		selected[CCCD_RULE_MAX_CLAUSES];
} Conditions;

static void
open_conditions(Conditions *conditions, const CccdBoundValue *bound)
{
	memset(conditions, 0, sizeof(*conditions));
	cccd_binding_init(&conditions->binding, bound->code, bound->count,
					  cccd_bound_spans(bound), bound->at);
	if (bound->count == 0 || bound->code[0].op != CCCD_OP_AND)
	{
		conditions->count = 1;
		return;
	}
	for (int i = 1; i < bound->count; i = bound->code[i].next)
		conditions->nodes[conditions->count++] = i;
}

/* How likely a point satisfies all conditions. */
static double
add_point(Conditions *conditions, const CccdPoint *point, double weight)
{
	double		all = 1;

	for (int i = 0; i < conditions->count; i++)
	{
		double		pass = cccd_point_guess(&conditions->binding,
											conditions->nodes[i],
											CCCD_DISEASE_COVID19, point).pass;

		conditions->selected[i] += pass * weight;
		all *= pass;
	}
	return all;
}

/*
 * The share of the sample that a bound rule selects.  Few people in the sample
 * are drawn towards what the conditions select one by one; where there is
 * nobody, the truth is somewhere below the smallest share that the sample can
 * show.
 */
static double
sample_selectivity(const unsigned char *sample, Size size,
				   const CccdBoundValue *bound)
{
	Conditions	conditions;
	double		all = 0,
				selected = 0,
				entries = 0,
				expected,
				few;

	open_conditions(&conditions, bound);
	for (Size i = 0; i + CCCD_SAMPLE_ENTRY <= size; i += CCCD_SAMPLE_ENTRY)
	{
		double		weight = (double) (1 << (sample[i] & 31)),
					pass;
		CccdPoint	point;

		cccd_point_unpack(sample + i + 1, &point);
		pass = add_point(&conditions, &point, weight);
		all += weight;
		selected += weight * pass;
		entries += pass;
	}
	if (all == 0)
		return DEFAULT_SELECTIVITY;
	expected = all;
	for (int i = 0; i < conditions.count; i++)
		expected *= conditions.selected[i] / all;
	if (expected > 0)
	{
		few = FEW * (entries > 0 ? selected / entries : 1);
		selected = (selected + few) / (expected + few) * expected;
	}
	return selected > 0 ? selected / all : 0.5 / all;
}

/*
 * Cost of a search in an index over records.  PostgreSQL's own estimate knows
 * of the entries that are found; all others on the same pages are looked at,
 * too.
 */
static void
health_index_cost(PlannerInfo *root, IndexPath *path, double loop_count,
				  Cost * startup, Cost * total, Selectivity * selectivity,
				  double *correlation, double *pages)
{
	gistcostestimate(root, path, loop_count, startup, total, selectivity,
					 correlation, pages);
	*total += *pages * path->indexinfo->tuples /
		Max(path->indexinfo->pages, 1) * ENTRY_COST * cpu_operator_cost;
}

/* The planner has asked about a column, and will about its indexes. */
static void
cost_indexes(RelOptInfo *relation, Oid type)
{
	ListCell   *cell;

	foreach(cell, relation->indexlist)
	{
		IndexOptInfo *index = lfirst(cell);

		/* 15 declares the field without arguments, which C23 takes for none */
		if (index->relam == GIST_AM_OID && index->opcintype[0] == type)
			index->amcostestimate = (void *) health_index_cost;
	}
}

/*
 * The last answer.  The planner asks about a condition and then about the
 * index condition that is made of it.  A row of statistics never changes; which
 * one it is, its place and its transaction tell.
 */
typedef struct KnownSelectivity
{
	ItemPointerData tid;
	TransactionId xmin;
	Oid			relation;
	int16		column;
	Size		size;			/* of the bound rule, 0: nothing is known */
	char		bound[1024];
	double		selectivity;
} KnownSelectivity;

static KnownSelectivity known;

static bool
is_known(HeapTuple tuple, const CccdBoundValue *bound)
{
	Form_pg_statistic statistics = (Form_pg_statistic) GETSTRUCT(tuple);

	return known.size == VARSIZE(bound) &&
		ItemPointerEquals(&known.tid, &tuple->t_self) &&
		known.xmin == HeapTupleHeaderGetRawXmin(tuple->t_data) &&
		known.relation == statistics->starelid &&
		known.column == statistics->staattnum &&
		memcmp(known.bound, bound, known.size) == 0;
}

static void
keep(HeapTuple tuple, const CccdBoundValue *bound, double selectivity)
{
	Form_pg_statistic statistics = (Form_pg_statistic) GETSTRUCT(tuple);

	known.size = 0;
	if (VARSIZE(bound) > sizeof(known.bound))
		return;
	known.tid = tuple->t_self;
	known.xmin = HeapTupleHeaderGetRawXmin(tuple->t_data);
	known.relation = statistics->starelid;
	known.column = statistics->staattnum;
	memcpy(known.bound, bound, VARSIZE(bound));
	known.selectivity = selectivity;
	known.size = VARSIZE(bound);
}

/* The share of a column's records that a known bound rule selects. */
static double
column_selectivity(VariableStatData *column, Datum value)
{
	LOCAL_FCINFO(call, 1);
	const CccdBoundValue *bound;
	AttStatsSlot slot;
	double		selectivity = DEFAULT_SELECTIVITY;
	Form_pg_statistic statistics;

	if (!HeapTupleIsValid(column->statsTuple))
		return DEFAULT_SELECTIVITY;
	InitFunctionCallInfoData(*call, NULL, 1, InvalidOid, NULL, NULL);
	call->args[0].value = value;
	call->args[0].isnull = false;
	bound = cccd_bound_arg(call, 0);
	if (is_known(column->statsTuple, bound))
		return known.selectivity;
	statistics = (Form_pg_statistic) GETSTRUCT(column->statsTuple);
	if (get_attstatsslot(&slot, column->statsTuple, CCCD_SAMPLE_KIND,
						 InvalidOid, ATTSTATSSLOT_VALUES))
	{
		if (slot.nvalues == 1 && slot.valuetype == BYTEAOID)
		{
			bytea	   *sample = DatumGetByteaPP(slot.values[0]);

			selectivity =
				sample_selectivity((unsigned char *) VARDATA_ANY(sample),
								   VARSIZE_ANY_EXHDR(sample), bound);
		}
		free_attstatsslot(&slot);
	}
	selectivity *= 1.0 - statistics->stanullfrac;
	CLAMP_PROBABILITY(selectivity);
	keep(column->statsTuple, bound, selectivity);
	return selectivity;
}

/* The same for expressions. */
static double
expression_selectivity(PlannerInfo *root, Node *health, Node *bound,
					   int varRelid)
{
	VariableStatData column;
	double		selectivity = DEFAULT_SELECTIVITY;

	bound = estimate_expression_value(root, bound);
	if (!IsA(bound, Const))
		return DEFAULT_SELECTIVITY;
	if (((Const *) bound)->constisnull)
		return 0.0;
	examine_variable(root, health, varRelid, &column);
	if (column.rel != NULL)
	{
		cost_indexes(column.rel, exprType(health));
		selectivity = column_selectivity(&column,
										 ((Const *) bound)->constvalue);
	}
	ReleaseVariableStats(column);
	return selectivity;
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
	int			varRelid = PG_GETARG_INT32(3);
	Node	   *health = linitial(args);
	Node	   *bound = lsecond(args);

	/* our functions can be named in any operator: look at the types */
	if (exprType(health) == cccd_bound_type())
	{
		health = lsecond(args);
		bound = linitial(args);
	}
	if (exprType(bound) != cccd_bound_type())
		PG_RETURN_FLOAT8(DEFAULT_SELECTIVITY);
	PG_RETURN_FLOAT8(expression_selectivity(root, health, bound, varRelid));
}

/*
 * Join selectivity: the rule comes from another table and is not known.
 */
PG_FUNCTION_INFO_V1(cccd_health_joinsel);
Datum
cccd_health_joinsel(PG_FUNCTION_ARGS)
{
	PG_RETURN_FLOAT8(DEFAULT_SELECTIVITY);
}

Oid
cccd_bound_type(void)
{
	return GetSysCacheOid2(TYPENAMENSP, Anum_pg_type_oid,
						   PointerGetDatum("cccd_bound"),
						   ObjectIdGetDatum(PG_CATALOG_NAMESPACE));
}

/* A context that is null is one of which nothing is known. */
static Node *
known_context(Node *context)
{
	Oid			type = exprType(context);
	CoalesceExpr *known;

	if (IsA(context, Const) && !((Const *) context)->constisnull)
		return context;
	known = makeNode(CoalesceExpr);
	known->coalescetype = type;
	known->args = list_make2(context,
							 makeConst(type, -1, InvalidOid, sizeof(int64),
									   Int64GetDatum(0), false,
									   FLOAT8PASSBYVAL));
	known->location = -1;
	return (Node *) known;
}

/*
 * cccd_rule_bind(rule, at, context) of the last three arguments of
 * cccd_eligible(), folded if they are constant.
 */
static Node *
make_bound(PlannerInfo *root, List *call_args)
{
	List	   *args = list_make3(lsecond(call_args), lthird(call_args),
								  known_context(lfourth(call_args)));
	Oid			types[3];
	Oid			function;
	Expr	   *call;

	for (int i = 0; i < 3; i++)
		types[i] = exprType(list_nth(args, i));
	function = LookupFuncName(list_make2(makeString("pg_catalog"),
										 makeString("cccd_rule_bind")),
							  3, types, true);
	if (!OidIsValid(function))
		return NULL;
	call = (Expr *) makeFuncExpr(function, cccd_bound_type(), args,
								 InvalidOid, InvalidOid,
								 COERCE_EXPLICIT_CALL);
	return eval_const_expressions(root, (Node *) call);
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
	bound = make_bound(request->root, call->args);
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
		Node	   *bound;

		if (list_length(request->args) != 4)
			PG_RETURN_POINTER(NULL);
		if (request->is_join)
			request->selectivity = DEFAULT_SELECTIVITY;
		else
		{
			bound = make_bound(request->root, request->args);
			if (bound == NULL)
				PG_RETURN_POINTER(NULL);
			request->selectivity =
				expression_selectivity(request->root, linitial(request->args),
									   bound, request->varRelid);
		}
		PG_RETURN_POINTER(request);
	}
	PG_RETURN_POINTER(NULL);
}
