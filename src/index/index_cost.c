/*
 * index_cost.c
 *		What a search in an index over records costs.
 *
 * PostgreSQL takes an index to return what its condition selects.  One that
 * only knows points may return everybody, and of several the one about the
 * right disease returns the fewest; so the cost is that of what an index
 * returns.  The server offers an operator class no way to say so but the
 * function that it found for the access method, which is replaced in the
 * description of the index that one planning uses.
 */
#include "base/cccd.h"

#include <math.h>

#include "nodes/nodeFuncs.h"
#include "optimizer/cost.h"
#include "optimizer/optimizer.h"
#include "utils/selfuncs.h"

#include "index/index.h"

/* As in the server's estimate of GiST: a page on the way down, in operators. */
#define PAGE_COST		50

/* What a rule's answer for an entry costs, in operators. */
#define ENTRY_COST		2

/* The share of records that an index returns for a condition on its column. */
static double
condition_returns(PlannerInfo *root, IndexOptInfo *index, OpExpr *condition,
				  int disease)
{
	CccdAsked	asked = cccd_asked_of_bound(root, lsecond(condition->args));
	VariableStatData column;
	double		returned;

	examine_variable(root, linitial(condition->args), index->rel->relid,
					 &column);
	returned = cccd_estimate_returned(&column, &asked, disease);
	ReleaseVariableStats(column);
	return returned;
}

/* health @@ bound */
static bool
is_search(Node *node)
{
	return IsA(node, OpExpr) && list_length(((OpExpr *) node)->args) == 2 &&
		exprType(lsecond(((OpExpr *) node)->args)) == cccd_bound_type();
}

/*
 * The share of the table's rows that an index returns.  Conditions on columns
 * of other operator classes return what they select.
 */
static double
index_returns(PlannerInfo *root, IndexPath *path)
{
	IndexOptInfo *index = path->indexinfo;
	List	   *others = NIL;
	double		returned = 1;
	ListCell   *cell;

	foreach(cell, path->indexclauses)
	{
		IndexClause *clause = lfirst_node(IndexClause, cell);
		int			disease = cccd_gist_planned_disease(index,
														clause->indexcol);
		ListCell   *qual;

		foreach(qual, clause->indexquals)
		{
			RestrictInfo *condition = lfirst_node(RestrictInfo, qual);

			if (disease >= 0 && is_search((Node *) condition->clause))
				returned *= condition_returns(root, index,
											  (OpExpr *) condition->clause,
											  disease);
			else
				others = lappend(others, condition);
		}
	}
	others = add_predicate_to_index_quals(index, others);
	return returned * clauselist_selectivity(root, others, index->rel->relid,
											 JOIN_INNER, NULL);
}

/*
 * The entries on the pages that a search opens.  Pages hold what is near in
 * several dimensions, and a rule asks for some of them: a share between that
 * of the entries returned and its root.  Measured with bench/index.sql.
 */
static double
entries_read(const IndexOptInfo *index, double returned)
{
	double		share = Min(returned * index->rel->tuples /
							Max(index->tuples, 1), 1);

	return Max(index->tuples, 1) * (share + sqrt(share)) / 2;
}

/* A replacement for gistcostestimate, with its arguments and results. */
static void
health_index_cost(PlannerInfo *root, IndexPath *path, double loop_count,
				  Cost *startup, Cost *total, Selectivity *selectivity,
				  double *correlation, double *pages)
{
	IndexOptInfo *index = path->indexinfo;
	GenericCosts costs = {0};
	double		returned = index_returns(root, path);
	Cost		descent = 0;

	costs.numIndexTuples = entries_read(index, returned);
	genericcostestimate(root, path, loop_count, &costs);
	if (index->tuples > 1)
		descent = ceil(log(index->tuples) / log(2.0)) * cpu_operator_cost;
	if (index->pages > 1)
		descent += (1 + floor(log(index->pages) / log(100.0))) * PAGE_COST *
			cpu_operator_cost;
	*startup = costs.indexStartupCost + descent;
	*total = costs.indexTotalCost + costs.num_sa_scans * descent +
		costs.numIndexTuples * ENTRY_COST * cpu_operator_cost;
	*selectivity = returned;
	*correlation = 0;
	*pages = costs.numIndexPages;
}

void
cccd_cost_indexes(RelOptInfo *relation)
{
	ListCell   *cell;

	foreach(cell, relation->indexlist)
	{
		IndexOptInfo *index = lfirst_node(IndexOptInfo, cell);

		for (int i = 0; i < index->nkeycolumns; i++)

			/*
			 * 15 declares the field without arguments, which C23 takes for
			 * none
			 */
			if (cccd_gist_planned_disease(index, i) >= 0)
				index->amcostestimate = (void *) health_index_cost;
	}
}
