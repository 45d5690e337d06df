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
#include "index/sample_core.h"

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
rank_of(const CccdPoint *point, CccdDimension d)
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
		points[i].hour = rank_of(&points[i].point, d);
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

/*
 * The sample of points about a disease; and of people whose points say
 * nothing of it.  The points change their places.
 */
static bytea *
make_sample(int disease, SampledPoint *points, int count, int nobody)
{
	static const CccdDimension ranked[] = {
		CCCD_POINT_DOSE, CCCD_POINT_RECOVERY, CCCD_POINT_ISOLATION,
		CCCD_POINT_PCR			/* last: the order within a level */
	};
	bytea	   *sample = palloc(VARHDRSZ + CCCD_SAMPLE_HEADER +
								((Size) count + CCCD_SAMPLE_MAX_LEVEL + 1) *
								CCCD_SAMPLE_ENTRY);
	unsigned char *out = (unsigned char *) VARDATA(sample);
	int			end;

	for (int i = 0; i < lengthof(ranked); i++)
		lower_levels(points, count, ranked[i]);
	qsort(points, count, sizeof(SampledPoint), compare_sampled);
	*out++ = (unsigned char) disease;
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
	out += cccd_sample_add_nobody(nobody, out);
	SET_VARSIZE(sample, (char *) out - (char *) sample);
	return sample;
}

/* What is read of the rows that ANALYZE drew, for one disease. */
typedef struct Reading
{
	int			rows;
	int			count;			/* that are not null */
	double		width;
	SampledPoint *points;
	int			npoints;		/* that say something */
	int			tell[CCCD_DISEASE_CODES];	/* records that tell of a disease */
} Reading;

static void
read_rows(VacAttrStats *stats, AnalyzeAttrFetchFunc fetch, Reading *reading,
		  int disease)
{
	reading->count = reading->npoints = 0;
	reading->width = 0;
	memset(reading->tell, 0, sizeof(reading->tell));
	for (int i = 0; i < reading->rows; i++)
	{
		bool		isnull;
		Datum		value = fetch(stats, i, &isnull);
		SampledPoint *next = &reading->points[reading->npoints];
		CccdHealthView view;
		bool		tells[CCCD_DISEASE_CODES] = {false};

		cccd_analyze_delay_point();
		if (isnull)
			continue;
		reading->count++;
		reading->width += VARSIZE_ANY(DatumGetPointer(value));
		cccd_health_view(value, &view);
		cccd_point_diseases(&view, tells);
		for (int d = 0; d < lengthof(tells); d++)
			reading->tell[d] += tells[d];
		cccd_point_make(&view, disease, &next->point);
		next->level = UINT8_MAX;
		if (!cccd_point_says_nothing(&next->point))
			reading->npoints++;
	}
}

/* The disease that most records tell of, which is then forgotten; or 0. */
static int
take_disease(int *tell)
{
	int			most = 0;

	tell[0] = 0;
	for (int d = 1; d < CCCD_DISEASE_CODES; d++)
		if (tell[d] > tell[most])
			most = d;
	tell[most] = 0;
	return most;
}

/*
 * Read the rows that ANALYZE drew, once for every disease that is kept, and
 * store a sample for each in the one slot of ours.
 */
static void
compute_statistics(VacAttrStats *stats, AnalyzeAttrFetchFunc fetch,
				   int rows, double total)
{
	Datum		samples[CCCD_SAMPLE_DISEASES];
	int			nsamples = 0,
				tell[CCCD_DISEASE_CODES];
	Reading		reading = {.rows = rows};

	if (rows == 0)
		return;
	reading.points = palloc(rows * sizeof(SampledPoint));
	read_rows(stats, fetch, &reading, CCCD_DISEASE_COVID19);
	memcpy(tell, reading.tell, sizeof(tell));
	tell[CCCD_DISEASE_COVID19] = 0;
	stats->stats_valid = true;
	stats->stanullfrac = (double) (rows - reading.count) / rows;
	stats->stadistinct = -1.0 + stats->stanullfrac;
	if (reading.count == 0)
		return;
	stats->stawidth = reading.width / reading.count;

	for (int disease = CCCD_DISEASE_COVID19;
		 disease != 0 && nsamples < CCCD_SAMPLE_DISEASES;
		 disease = take_disease(tell))
	{
		MemoryContext old;

		if (nsamples > 0)
			read_rows(stats, fetch, &reading, disease);
		old = MemoryContextSwitchTo(stats->anl_context);
		samples[nsamples++] =
			PointerGetDatum(make_sample(disease, reading.points, reading.npoints,
										reading.count - reading.npoints));
		MemoryContextSwitchTo(old);
	}
	stats->stakind[0] = CCCD_SAMPLE_KIND;
	stats->stavalues[0] = MemoryContextAlloc(stats->anl_context,
											 sizeof(samples));
	memcpy(stats->stavalues[0], samples, nsamples * sizeof(Datum));
	stats->numvalues[0] = nsamples;
	stats->statypid[0] = BYTEAOID;
	stats->statyplen[0] = -1;
	stats->statypbyval[0] = false;
	stats->statypalign[0] = TYPALIGN_INT;
}

/*
 * cccd_health_typanalyze(internal): null fraction, width and samples of
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
