/*
 * index_analyze.c
 *		Statistics of columns of health records; see index.h.
 */
#include "base/cccd.h"

#include "catalog/pg_type.h"
#include "commands/vacuum.h"

#include "health/code_core.h"
#include "health/health.h"
#include "index/index.h"

typedef struct SampledPoint
{
	uint32		hour;			/* what points are sorted by */
	uint8		level;			/* one of 1 << level such points is kept */
	CccdPoint	point;
} SampledPoint;

/* Lower levels first, and in each the later hour. */
static int
compare_sampled(const void *a, const void *b)
{
	const SampledPoint *x = a;
	const SampledPoint *y = b;

	if (x->level != y->level)
		return x->level < y->level ? -1 : 1;
	return x->hour > y->hour ? -1 : x->hour < y->hour;
}

static uint32
hour_of(const CccdPoint *point, CccdDimension d)
{
	/* the later one of the two tests */
	return d == CCCD_POINT_PCR ? Max(point->v[CCCD_POINT_PCR],
									 point->v[CCCD_POINT_ANTIGEN]) :
		point->v[d];
}

static int
later_first(const void *a, const void *b)
{
	uint32		x = (*(SampledPoint *const *) a)->hour;
	uint32		y = (*(SampledPoint *const *) b)->hour;

	return x > y ? -1 : x < y;
}

/* What the ranks of a dimension say about how many of its points to keep. */
static void
lower_levels(SampledPoint *points, int count, CccdDimension d)
{
	SampledPoint **order = palloc(count * sizeof(SampledPoint *));

	for (int i = 0; i < count; i++)
	{
		points[i].hour = hour_of(&points[i].point, d);
		order[i] = &points[i];
	}
	qsort(order, count, sizeof(SampledPoint *), later_first);
	for (int i = 0, level = 0, end = CCCD_SAMPLE_STRATUM; i < count; i++)
	{
		if (i == end)
			end += CCCD_SAMPLE_STRATUM << ++level;
		order[i]->level = Min(order[i]->level, level);
	}
	pfree(order);
}

/* The weighted sample of points. */
static bytea *
make_sample(SampledPoint *points, int count)
{
	static const CccdDimension ranked[] = {
		CCCD_POINT_DOSE, CCCD_POINT_RECOVERY, CCCD_POINT_ISOLATION,
		CCCD_POINT_PCR			/* last: the order within a level */
	};
	bytea	   *sample = palloc(VARHDRSZ + (Size) count * CCCD_SAMPLE_ENTRY);
	unsigned char *out = (unsigned char *) VARDATA(sample);
	int			end;

	for (int i = 0; i < lengthof(ranked); i++)
		lower_levels(points, count, ranked[i]);
	qsort(points, count, sizeof(SampledPoint), compare_sampled);
	for (int begin = 0; begin < count; begin = end)
	{
		int			step = 1 << points[begin].level;

		for (end = begin; end < count &&
			 points[end].level == points[begin].level; end++)
			if ((end - begin) % step == step / 2)
			{
				*out++ = points[end].level;
				cccd_point_pack(&points[end].point, out);
				out += CCCD_POINT_SIZE;
			}
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
		points[count++].level = UINT8_MAX;
	}
	if (rows == 0)
		return;
	stats->stats_valid = true;
	stats->stanullfrac = (double) (rows - count) / rows;
	stats->stadistinct = -1.0 + stats->stanullfrac;
	if (count == 0)
		return;
	stats->stawidth = width / count;

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
