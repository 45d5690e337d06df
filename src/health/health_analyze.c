/*
 * health_analyze.c
 *		What ANALYZE keeps of a column of health records.
 */
#include "cccd.h"

#include "commands/vacuum.h"
#include "miscadmin.h"

/* The share of nulls and the average width. */
static void
compute_width(VacAttrStats *stats, AnalyzeAttrFetchFunc fetchfunc,
			  int samplerows, double totalrows)
{
	int			nulls = 0;
	double		width = 0;

	for (int i = 0; i < samplerows; i++)
	{
		bool		is_null;
		Datum		value = fetchfunc(stats, i, &is_null);

		CHECK_FOR_INTERRUPTS();
		if (is_null)
			nulls++;
		else
			width += VARSIZE_ANY(DatumGetPointer(value));
	}
	if (samplerows == 0)
		return;
	stats->stats_valid = true;
	stats->stanullfrac = (float4) nulls / samplerows;
	stats->stawidth = nulls < samplerows ?
		(int32) (width / (samplerows - nulls)) : 0;
}

/*
 * Statistics must not hold people's health, so there are no most common
 * values and no histogram.
 */
PG_FUNCTION_INFO_V1(cccd_health_typanalyze);
Datum
cccd_health_typanalyze(PG_FUNCTION_ARGS)
{
	VacAttrStats *stats = (VacAttrStats *) PG_GETARG_POINTER(0);

	/* a width is well known from as many rows as a small histogram needs */
	stats->compute_stats = compute_width;
	stats->minrows = 3000;
	PG_RETURN_BOOL(true);
}
