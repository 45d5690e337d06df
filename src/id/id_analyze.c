/*
 * id_analyze.c
 *		Statistics of a cccd_id column that hold nobody's number.
 *
 * ANALYZE keeps values of a column in pg_statistic, where they outlive their
 * rows and where whoever may read the table's statistics reads them: deleted
 * people would still be listed.  What the planner needs is how many numbers
 * there are and how they spread over places and years.
 */
#include "base/cccd.h"

#include "catalog/pg_statistic.h"
#include "commands/vacuum.h"

#include "id/id_core.h"

/* What std_typanalyze() chose, kept while our function is in its place. */
typedef struct StandardAnalysis
{
	AnalyzeAttrComputeStatsFunc compute_stats;
	void	   *extra_data;
} StandardAnalysis;

/* Empty a slot so that nothing of it is stored. */
static void
drop_slot(VacAttrStats *stats, int slot)
{
	stats->stakind[slot] = 0;
	stats->staop[slot] = InvalidOid;
	stats->stacoll[slot] = InvalidOid;
	stats->numnumbers[slot] = 0;
	stats->stanumbers[slot] = NULL;
	stats->numvalues[slot] = 0;
	stats->stavalues[slot] = NULL;
}

/*
 * Let the server compute its statistics from the real values, then take the
 * people out of the result: most common values go, histogram bounds keep
 * place, sex and year of birth.  Rounding down keeps them in order.  Null
 * fraction, count of distinct values and correlation name nobody.
 */
static void
compute_id_stats(VacAttrStatsP stats, AnalyzeAttrFetchFunc fetchfunc,
				 int samplerows, double totalrows)
{
	StandardAnalysis *standard = (StandardAnalysis *) stats->extra_data;
	int			slot,
				i;

	stats->extra_data = standard->extra_data;
	standard->compute_stats(stats, fetchfunc, samplerows, totalrows);
	stats->extra_data = standard;

	for (slot = 0; slot < STATISTIC_NUM_SLOTS; slot++)
	{
		if (stats->stakind[slot] == STATISTIC_KIND_HISTOGRAM)
		{
			for (i = 0; i < stats->numvalues[slot]; i++)
			{
				int64_t		id = DatumGetInt64(stats->stavalues[slot][i]);

				stats->stavalues[slot][i] =
					Int64GetDatum(cccd_id_prefix_of(id));
			}
		}
		else if (stats->numvalues[slot] > 0)
			drop_slot(stats, slot);
	}
}

/* The type's ANALYZE function. */
PG_FUNCTION_INFO_V1(cccd_id_typanalyze);
Datum
cccd_id_typanalyze(PG_FUNCTION_ARGS)
{
	VacAttrStats *stats = (VacAttrStats *) PG_GETARG_POINTER(0);
	StandardAnalysis *standard;

	if (!std_typanalyze(stats))
		PG_RETURN_BOOL(false);

	standard = palloc(sizeof(StandardAnalysis));
	standard->compute_stats = stats->compute_stats;
	standard->extra_data = stats->extra_data;
	stats->compute_stats = compute_id_stats;
	stats->extra_data = standard;
	PG_RETURN_BOOL(true);
}
