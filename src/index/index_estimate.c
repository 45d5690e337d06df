/*
 * index_estimate.c
 *		What the statistics of a column say of a bound rule.
 */
#include "base/cccd.h"

#include "access/htup_details.h"
#include "catalog/pg_statistic.h"
#include "catalog/pg_type.h"
#include "utils/lsyscache.h"
#include "utils/memutils.h"
#include "utils/selfuncs.h"

#include "index/index.h"
#include "index/sample_core.h"

/* Of a question: what it selects, and no index of a disease. */
#define NO_INDEX		(-1)

/*
 * Which row of pg_statistic, and so which statistics: a row never changes, and
 * which one it is, its place and its transaction tell.  Rows that stand in no
 * place (of extended statistics, or made by another extension) cannot be told
 * apart, and nothing is kept of them.
 */
typedef struct RowName
{
	ItemPointerData tid;
	TransactionId xmin;
	Oid			relation;		/* InvalidOid: no row */
	int16		column;
} RowName;

/* The name of a row; false if it has none. */
static bool
name_row(HeapTuple row, RowName *name)
{
	Form_pg_statistic statistics = (Form_pg_statistic) GETSTRUCT(row);

	name->tid = row->t_self;
	name->xmin = HeapTupleHeaderGetRawXmin(row->t_data);
	name->relation = statistics->starelid;
	name->column = statistics->staattnum;
	return ItemPointerIsValid(&name->tid) && OidIsValid(name->relation);
}

static bool
same_row(RowName *a, RowName *b)
{
	return a->relation == b->relation && a->column == b->column &&
		a->xmin == b->xmin && ItemPointerEquals(&a->tid, &b->tid);
}

/*
 * The last answers.  The planner asks about a condition, and then several
 * times about each index that could serve it.
 */
typedef struct KnownShare
{
	RowName		row;
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

static const KnownShare *
find_known(HeapTuple row, const CccdAsked *asked, int disease)
{
	RowName		name;

	if (!name_row(row, &name))
		return NULL;
	for (int i = 0; i < lengthof(known); i++)
		if (same_row(&known[i].row, &name) && known[i].disease == disease &&
			known[i].timed == asked->timed && known[i].at == asked->at &&
			known[i].context == asked->context &&
			known[i].count == asked->count &&
			memcmp(known[i].code, asked->code,
				   asked->count * sizeof(CccdInstr)) == 0)
			return &known[i];
	return NULL;
}

static void
keep_share(HeapTuple row, const CccdAsked *asked, int disease, double share)
{
	KnownShare *entry = &known[next_known];
	RowName		name;

	if (!name_row(row, &name) || asked->count > lengthof(entry->code))
		return;
	next_known = (next_known + 1) % lengthof(known);
	entry->row = name;
	entry->disease = disease;
	entry->timed = asked->timed;
	entry->at = asked->at;
	entry->context = asked->context;
	entry->count = asked->count;
	memcpy(entry->code, asked->code, asked->count * sizeof(CccdInstr));
	entry->share = share;
}

/*
 * The sample about a disease among those of a row; an empty one where no
 * sampled record tells of it.  False if the row has none at all.
 */
static bool
read_sample(HeapTuple row, int disease, CccdSample *sample)
{
	AttStatsSlot slot;
	bool		found;

	if (!get_attstatsslot(&slot, row, CCCD_SAMPLE_KIND, InvalidOid,
						  ATTSTATSSLOT_VALUES))
		return false;
	*sample = cccd_sample_of_nobody(disease);
	found = slot.valuetype == BYTEAOID && slot.nvalues > 0;
	for (int i = 0; found && i < slot.nvalues; i++)
	{
		bytea	   *bytes = DatumGetByteaPCopy(slot.values[i]);
		CccdSample	one;

		found = cccd_sample_open((unsigned char *) VARDATA(bytes),
								 VARSIZE(bytes) - VARHDRSZ, &one);
		if (found && one.disease == disease)
		{
			*sample = one;
			break;
		}
		pfree(bytes);
	}
	free_attstatsslot(&slot);
	return found;
}

/* The last sample that was read: unpacking one takes longer than asking it. */
static struct
{
	RowName		row;
	CccdSample	sample;
	unsigned char *entries;		/* its own copy */
}			kept;

/* The same as read_sample, which is asked only if another one was last. */
static bool
find_sample(HeapTuple row, int disease, CccdSample *sample)
{
	RowName		name;
	bool		named = name_row(row, &name);

	if (named && same_row(&kept.row, &name) &&
		kept.sample.disease == disease)
	{
		*sample = kept.sample;
		return true;
	}
	if (!read_sample(row, disease, sample))
		return false;
	if (!named)
		return true;
	kept.row.relation = InvalidOid;
	if (kept.entries != NULL)
		pfree(kept.entries);
	kept.entries = NULL;
	kept.entries = MemoryContextAlloc(CacheMemoryContext, sample->size);
	memcpy(kept.entries, sample->entries, sample->size);
	kept.sample = *sample;
	kept.sample.entries = kept.entries;
	kept.row = name;
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
	int			about = disease != NO_INDEX ? disease :
	cccd_point_main_disease(asked->code, asked->count);
	CccdSample	sample;
	CccdSpan	spans[CCCD_RULE_MAX_CODES];
	CccdBinding binding;

	if (!find_sample(row, about, &sample))
		return default_share(asked, disease);
	binding = bind_asked(asked, &sample, spans);
	return disease == NO_INDEX ? cccd_sample_selects(&sample, &binding) :
		cccd_sample_returns(&sample, &binding);
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
	keep_share(row, asked, disease, share);
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
