/*
 * index_analyze.c
 *		Statistics of columns of health records; see index.h.
 */
#include "cccd.h"

#include "catalog/pg_type.h"
#include "commands/vacuum.h"

#include "health/code_core.h"
#include "health/health.h"
#include "rule/index.h"

typedef struct SampledPoint
{
	uint32		tested;			/* hour of the latest negative test */
	CccdPoint	point;
} SampledPoint;

static int
later_test_first(const void *a, const void *b)
{
	uint32		x = ((const SampledPoint *) a)->tested;
	uint32		y = ((const SampledPoint *) b)->tested;

	return x > y ? -1 : x < y ? 1 : 0;
}

/* The weighted sample of sorted points. */
static bytea *
make_sample(const SampledPoint *points, int count)
{
	bytea	   *sample = palloc(VARHDRSZ + (Size) count * CCCD_SAMPLE_ENTRY);
	unsigned char *out = (unsigned char *) VARDATA(sample);
	int			begin = 0;

	for (int level = 0; begin < count; level++)
	{
		int			step = 1 << level;
		int			end = Min(count, begin + CCCD_SAMPLE_STRATUM * step);

		for (int i = begin + step / 2; i < end; i += step)
		{
			*out++ = (unsigned char) level;
			cccd_point_pack(&points[i].point, out);
			out += CCCD_POINT_SIZE;
		}
		begin = end;
	}
	SET_VARSIZE(sample, (char *) out - (char *) sample);
	return sample;
}

static void
compute_statistics(VacAttrStats *stats, AnalyzeAttrFetchFunc fetch,
				   int rows, double total)
{
	SampledPoint *points = palloc(Max(rows, 1) * sizeof(SampledPoint));
	double		width = 0;
	int			count = 0;
	MemoryContext old;

	for (int i = 0; i < rows; i++)
	{
		bool		isnull;
		Datum		value = fetch(stats, i, &isnull);
		CccdHealthView view;
		CccdPoint  *point = &points[count].point;

		cccd_analyze_delay_point();
		if (isnull)
			continue;
		width += VARSIZE_ANY(DatumGetPointer(value));
		cccd_health_view(value, &view);
		cccd_point_make(&view, CCCD_DISEASE_COVID19, point);
		points[count++].tested = Max(point->v[CCCD_POINT_PCR],
									 point->v[CCCD_POINT_ANTIGEN]);
	}
	if (rows == 0)
		return;
	stats->stats_valid = true;
	stats->stanullfrac = (double) (rows - count) / rows;
	stats->stadistinct = -1.0 + stats->stanullfrac;
	if (count == 0)
		return;
	stats->stawidth = width / count;
	qsort(points, count, sizeof(SampledPoint), later_test_first);

	old = MemoryContextSwitchTo(stats->anl_context);
	stats->stakind[0] = CCCD_SAMPLE_KIND;
	stats->stavalues[0] = palloc(sizeof(Datum));
	stats->stavalues[0][0] = PointerGetDatum(make_sample(points, count));
	stats->numvalues[0] = 1;
	stats->statypid[0] = BYTEAOID;
	stats->statyplen[0] = -1;
	stats->statypbyval[0] = false;
	stats->statypalign[0] = TYPALIGN_INT;
	MemoryContextSwitchTo(old);
}

/*
 * cccd_health_typanalyze(internal): null fraction, width and a sample of
 * points; no record, no most common value, no histogram.
 */
PG_FUNCTION_INFO_V1(cccd_health_typanalyze);
Datum
cccd_health_typanalyze(PG_FUNCTION_ARGS)
{
	VacAttrStats *stats = (VacAttrStats *) PG_GETARG_POINTER(0);

	if (cccd_statistics_target(stats) < 0)
		cccd_statistics_target(stats) = default_statistics_target;
	stats->compute_stats = compute_statistics;
	stats->minrows = 300 * cccd_statistics_target(stats);
	PG_RETURN_BOOL(true);
}
