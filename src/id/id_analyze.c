/*
 * id_analyze.c
 *		Statistics of a cccd_id column that hold nobody's number.
 *
 * What the planner needs is how many numbers there are and how they spread over
 * places and years.
 */
#include "base/analyze.h"

#include "catalog/pg_statistic.h"

#include "id/id_core.h"

/*
 * The server does not know where a number lies between two bounds of the
 * histogram, and takes a range between two neighbours for empty.  With this
 * many bounds a province of a thousandth of the people is not.
 */
#define HISTOGRAM_BOUNDS	1000

/*
 * Bounds of a histogram keep place, sex and year of birth; rounding down keeps
 * them in order.  Anything else with numbers in it, such as the most common
 * ones, goes.
 *
 * Where a number is passed by reference it is made in the context that lives
 * until the row of pg_statistic is written.
 */
static void
edit_slot(VacAttrStats *stats, int slot)
{
	MemoryContext old;

	if (stats->stakind[slot] != STATISTIC_KIND_HISTOGRAM)
	{
		cccd_analyze_drop(stats, slot);
		return;
	}
	old = MemoryContextSwitchTo(stats->anl_context);
	for (int i = 0; i < stats->numvalues[slot]; i++)
	{
		int64_t		id = DatumGetInt64(stats->stavalues[slot][i]);

		stats->stavalues[slot][i] = Int64GetDatum(cccd_id_prefix_of(id));
	}
	MemoryContextSwitchTo(old);
}

/* The type's ANALYZE function. */
PG_FUNCTION_INFO_V1(cccd_id_typanalyze);
Datum
cccd_id_typanalyze(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(cccd_analyze_edited((VacAttrStats *) PG_GETARG_POINTER(0),
									   edit_slot, HISTOGRAM_BOUNDS));
}
