/*
 * analyze.c
 *		Statistics that hold nobody's data; see analyze.h.
 */
#include "base/analyze.h"

/* Rows of the sample between two bounds of a histogram, at least. */
#define ROWS_A_BOUND	30

/* What std_typanalyze() chose, kept while our function replaces it. */
typedef struct EditedAnalysis
{
	AnalyzeAttrComputeStatsFunc compute_stats;
	void	   *extra_data;
	CccdEditSlot edit;
	int			bounds;
} EditedAnalysis;

void
cccd_analyze_drop(VacAttrStats *stats, int slot)
{
	stats->stakind[slot] = 0;
	stats->staop[slot] = InvalidOid;
	stats->stacoll[slot] = InvalidOid;
	stats->numnumbers[slot] = 0;
	stats->stanumbers[slot] = NULL;
	stats->numvalues[slot] = 0;
	stats->stavalues[slot] = NULL;
}

static void
compute_edited(VacAttrStatsP stats, AnalyzeAttrFetchFunc fetchfunc,
			   int samplerows, double totalrows)
{
	EditedAnalysis *analysis = (EditedAnalysis *) stats->extra_data;
	int			bounds;

	stats->extra_data = analysis->extra_data;
	bounds = Min(analysis->bounds, samplerows / ROWS_A_BOUND);
	if (cccd_statistics_target(stats) < bounds)
		cccd_statistics_target(stats) = bounds;
	analysis->compute_stats(stats, fetchfunc, samplerows, totalrows);
	stats->extra_data = analysis;

	for (int slot = 0; slot < STATISTIC_NUM_SLOTS; slot++)
		if (stats->numvalues[slot] > 0)
			analysis->edit(stats, slot);
}

bool
cccd_analyze_edited(VacAttrStats *stats, CccdEditSlot edit, int bounds)
{
	EditedAnalysis *analysis;

	if (!std_typanalyze(stats))
		return false;
	analysis = palloc(sizeof(EditedAnalysis));
	analysis->compute_stats = stats->compute_stats;
	analysis->extra_data = stats->extra_data;
	analysis->edit = edit;
	analysis->bounds = bounds;
	stats->compute_stats = compute_edited;
	stats->extra_data = analysis;
	return true;
}

/*
 * cccd_private_typanalyze(internal): null fraction, width, count of distinct
 * values and correlation, no values.
 */
PG_FUNCTION_INFO_V1(cccd_private_typanalyze);
Datum
cccd_private_typanalyze(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(cccd_analyze_edited((VacAttrStats *) PG_GETARG_POINTER(0),
									   cccd_analyze_drop, 0));
}
