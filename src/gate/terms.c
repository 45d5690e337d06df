/*
 * terms.c
 *		What holds of an event; see terms.h.
 */
#include "gate/terms.h"

#include "access/xact.h"
#include "catalog/pg_type.h"
#include "executor/spi.h"
#include "utils/memutils.h"
#include "utils/resowner.h"
#include "utils/snapmgr.h"
#include "utils/timestamp.h"

#include "gate/judge_core.h"
#include "gate/query.h"

/* How long before the moment that is asked for the list begins. */
#define TERMS_BEFORE	(INT64CONST(31) * USECS_PER_DAY)

CccdTermsList *
cccd_terms_make(MemoryContext context, int32 event, bool fixed)
{
	CccdTermsList *list = MemoryContextAllocZero(context, sizeof(*list));

	list->context = context;
	list->event = event;
	list->fixed = fixed;
	list->shared = -1;
	return list;
}

/* An integer of the last result; 0 for null. */
static int32
int_column(uint64 row, int column)
{
	bool		isnull;
	Datum		value = cccd_query_value(row, column, &isnull);

	return isnull ? 0 : DatumGetInt32(value);
}

/* The rule of a row of the last result; NULL for null. */
static CccdRuleValue *
rule_column(const CccdTermsList *list, uint64 row, int column)
{
	bool		isnull;
	Datum		value = cccd_query_value(row, column, &isnull);
	MemoryContext caller;
	CccdRuleValue *rule;

	if (isnull)
		return NULL;
	caller = MemoryContextSwitchTo(list->context);
	rule = (CccdRuleValue *) PG_DETOAST_DATUM_COPY(value);
	MemoryContextSwitchTo(caller);
	if (!cccd_rule_is_valid(rule))
		cccd_value_corrupted("cccd_rule");
	return rule;
}

static bool
same_rule(const CccdTerms *a, const CccdTerms *b)
{
	return a->level == b->level && a->rule_key == b->rule_key;
}

/* Add the row, unless it says what the one before says. */
static void
take_row(CccdTermsList *list, uint64 row)
{
	CccdTerms  *terms = &list->items[list->count];
	bool		isnull;

	terms->starts =
		DatumGetTimestampTz(cccd_query_value(row, 1, &isnull));
	terms->level = int_column(row, 2);
	terms->rule_key = int_column(row, 3);
	terms->capacity = int_column(row, 4);
	if (list->count > 0 && same_rule(terms, terms - 1))
	{
		if (terms->capacity == terms[-1].capacity)
			return;
		terms->rule = terms[-1].rule;
	}
	else
		terms->rule = rule_column(list, row, 5);
	list->count++;
}

static void
read_rows(CccdTermsList *list, int64 since, Snapshot snapshot)
{
	static CccdQuery query = {
		"SELECT t.starts, t.level, t.rule_key, t.capacity, t.rule"
		" FROM cccd_gate.event_terms($1, $2) t",
		2, {INT4OID, TIMESTAMPTZOID}
	};
	Datum		values[2] = {
		Int32GetDatum(list->event), TimestampTzGetDatum(since)
	};
	uint64		rows;

	SPI_connect();
	rows = cccd_query_read(&query, values, NULL, snapshot);
	if (rows == 0)
		ereport(ERROR,
				(errcode(ERRCODE_T_R_SERIALIZATION_FAILURE),
				 errmsg("event was deleted while it was looked up")));
	list->count = 0;
	list->items = MemoryContextAlloc(list->context, rows * sizeof(CccdTerms));
	for (uint64 i = 0; i < rows; i++)
		take_row(list, i);
	SPI_finish();
}

/*
 * Read what holds from the moment on, with what is committed by now: others
 * use it after this transaction.  It is read in a subtransaction that is rolled
 * back, so that the transaction does not keep the locks of a dozen tables of
 * which it needs nothing any more.
 */
static void
read_terms(CccdTermsList *list, int64 since)
{
	Snapshot	snapshot = RegisterSnapshot(GetLatestSnapshot());
	MemoryContext caller = CurrentMemoryContext;
	ResourceOwner owner = CurrentResourceOwner;

	if (IsInParallelMode())
		read_rows(list, since, snapshot);
	else
	{
		BeginInternalSubTransaction(NULL);
		PG_TRY();
		{
			read_rows(list, since, snapshot);
			RollbackAndReleaseCurrentSubTransaction();
			MemoryContextSwitchTo(caller);
			CurrentResourceOwner = owner;
		}
		PG_CATCH();
		{
			ErrorData  *error;

			MemoryContextSwitchTo(caller);
			error = CopyErrorData();
			FlushErrorState();
			RollbackAndReleaseCurrentSubTransaction();
			MemoryContextSwitchTo(caller);
			CurrentResourceOwner = owner;
			ReThrowError(error);
		}
		PG_END_TRY();
	}
	UnregisterSnapshot(snapshot);
}

const CccdTerms *
cccd_terms_at(CccdTermsList *list, int64 at, int64 *changes)
{
	int			i;

	if (list->count == 0 || (!list->fixed && at < list->items[0].starts))
		read_terms(list, Max(at, MIN_TIMESTAMP + TERMS_BEFORE) - TERMS_BEFORE);
	i = list->count - 1;
	while (i > 0 && (list->fixed || at < list->items[i].starts))
		i--;
	*changes = CCCD_JUDGE_NEVER;
	for (int later = i + 1; !list->fixed && later < list->count; later++)
		if (!same_rule(&list->items[i], &list->items[later]))
		{
			*changes = list->items[later].starts;
			break;
		}
	return &list->items[i];
}
