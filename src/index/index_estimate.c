/*
 * index_estimate.c
 *		What the statistics of a column say of a bound rule.
 */
#include "base/cccd.h"

#include "access/htup_details.h"
#include "catalog/pg_statistic.h"
#include "catalog/pg_type.h"
#include "utils/lsyscache.h"
#include "utils/selfuncs.h"

#include "index/index.h"
#include "index/sample_core.h"

/* Of a question: what it selects, and no index of a disease. */
#define NO_INDEX		(-1)

/*
 * The last answers.  The planner asks about a condition, and then several
 * times about each index that could serve it.  A row of pg_statistic never
 * changes; which one it is, its place and its transaction tell.  Rows that
 * stand in no place (of extended statistics, or made by another extension)
 * cannot be told apart, and nothing is kept of them.
 */
typedef struct KnownShare
{
	ItemPointerData tid;
	TransactionId xmin;
	Oid			relation;		/* InvalidOid: the entry is free */
	int16		column;
	int			disease;		/* of an index, or NO_INDEX */
	bool		timed;
	int64		at;
	uint64		context;
	int			count;
	CccdInstr	code[32];
	double		share;
} KnownShare;

static KnownShare known[8];
static int	next_known = 0;

static bool
is_keepable(HeapTuple row, const CccdAsked *asked)
{
	return ItemPointerIsValid(&row->t_self) &&
		OidIsValid(((Form_pg_statistic) GETSTRUCT(row))->starelid) &&
		asked->count <= lengthof(known[0].code);
}

static const KnownShare *
find_known(HeapTuple row, const CccdAsked *asked, int disease)
{
	Form_pg_statistic statistics = (Form_pg_statistic) GETSTRUCT(row);

	if (!is_keepable(row, asked))
		return NULL;
	for (int i = 0; i < lengthof(known); i++)
		if (known[i].relation == statistics->starelid &&
			known[i].column == statistics->staattnum &&
			ItemPointerEquals(&known[i].tid, &row->t_self) &&
			known[i].xmin == HeapTupleHeaderGetRawXmin(row->t_data) &&
			known[i].disease == disease &&
			known[i].timed == asked->timed && known[i].at == asked->at &&
			known[i].context == asked->context &&
			known[i].count == asked->count &&
			memcmp(known[i].code, asked->code,
				   asked->count * sizeof(CccdInstr)) == 0)
			return &known[i];
	return NULL;
}

static void
keep(HeapTuple row, const CccdAsked *asked, int disease, double share)
{
	Form_pg_statistic statistics = (Form_pg_statistic) GETSTRUCT(row);
	KnownShare *entry = &known[next_known];

	if (!is_keepable(row, asked))
		return;
	next_known = (next_known + 1) % lengthof(known);
	entry->tid = row->t_self;
	entry->xmin = HeapTupleHeaderGetRawXmin(row->t_data);
	entry->relation = statistics->starelid;
	entry->column = statistics->staattnum;
	entry->disease = disease;
	entry->timed = asked->timed;
	entry->at = asked->at;
	entry->context = asked->context;
	entry->count = asked->count;
	memcpy(entry->code, asked->code, asked->count * sizeof(CccdInstr));
	entry->share = share;
}

/*
 * The sample about a disease; an empty one where no sampled record tells of
 * it.  False if the column has none at all.
 */
static bool
find_sample(const AttStatsSlot *slot, int disease, CccdSample *sample)
{
	if (slot->valuetype != BYTEAOID || slot->nvalues == 0)
		return false;
	for (int i = 0; i < slot->nvalues; i++)
	{
		bytea	   *bytes = DatumGetByteaPP(slot->values[i]);

		if (!cccd_sample_open((unsigned char *) VARDATA_ANY(bytes),
							  VARSIZE_ANY_EXHDR(bytes), sample))
			return false;
		if (sample->disease == disease)
			return true;
	}
	*sample = cccd_sample_of_nobody(disease);
	return true;
}

/* The rule at its time, or else at the time of the sample's latest event. */
static CccdBinding
bind_asked(const CccdAsked *asked, const CccdSample *sample, CccdSpan *spans)
{
	int64		latest = (int64) cccd_sample_latest(sample) * 1000000;
	int64		at = asked->timed ? asked->at : Min(latest, CCCD_AT_MAX);
	CccdBinding binding;

	cccd_rule_bind(asked->code, asked->count, at, asked->context, spans);
	cccd_binding_init(&binding, asked->code, asked->count, spans, at);
	return binding;
}

/*
 * Without statistics: an index that returns those of whom nothing is known is
 * one that the question does not narrow.
 */
static double
default_share(const CccdAsked *asked, int disease)
{
	CccdSample	nobody = cccd_sample_of_nobody(disease);
	CccdSpan	spans[CCCD_RULE_MAX_CODES];
	CccdBinding binding = bind_asked(asked, &nobody, spans);

	return disease != NO_INDEX &&
		cccd_sample_returns(&nobody, &binding) == 1 ?
		1 : CCCD_DEFAULT_SELECTIVITY;
}

static double
sample_share(HeapTuple row, const CccdAsked *asked, int disease)
{
	double		share;
	CccdSpan	spans[CCCD_RULE_MAX_CODES];
	CccdSample	sample;
	AttStatsSlot slot = {0};

	if (get_attstatsslot(&slot, row, CCCD_SAMPLE_KIND, InvalidOid,
						 ATTSTATSSLOT_VALUES) &&
		find_sample(&slot, disease != NO_INDEX ? disease :
					cccd_point_main_disease(asked->code, asked->count),
					&sample))
	{
		CccdBinding binding = bind_asked(asked, &sample, spans);

		share = disease == NO_INDEX ? cccd_sample_selects(&sample, &binding) :
			cccd_sample_returns(&sample, &binding);
	}
	else
		share = default_share(asked, disease);
	free_attstatsslot(&slot);
	return share;
}

static double
estimate(VariableStatData *column, const CccdAsked *asked, int disease)
{
	HeapTuple	row = column->statsTuple;
	const KnownShare *entry;
	double		share;

	if (asked->state == CCCD_ASKED_NULL)
		return 0;
	if (asked->state == CCCD_ASKED_UNKNOWN)
		return CCCD_DEFAULT_SELECTIVITY;
	if (!HeapTupleIsValid(row))
		return default_share(asked, disease);
	entry = find_known(row, asked, disease);
	if (entry != NULL)
		return entry->share;
	share = sample_share(row, asked, disease) *
		(1.0 - ((Form_pg_statistic) GETSTRUCT(row))->stanullfrac);
	CLAMP_PROBABILITY(share);
	keep(row, asked, disease, share);
	return share;
}

double
cccd_estimate_selected(VariableStatData *column, const CccdAsked *asked)
{
	return estimate(column, asked, NO_INDEX);
}

double
cccd_estimate_returned(VariableStatData *column, const CccdAsked *asked,
					   int disease)
{
	double		returned = estimate(column, asked, disease);

	return Max(returned, estimate(column, asked, NO_INDEX));
}
