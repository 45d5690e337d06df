/*
 * hot.c
 *		Rows that every admission writes; see hot.h.
 */
#include "gate/hot.h"

#include "access/genam.h"
#include "access/heapam.h"
#include "access/nbtree.h"
#include "access/table.h"
#include "access/tableam.h"
#include "access/xact.h"
#include "catalog/index.h"
#include "catalog/pg_am.h"
#include "executor/executor.h"
#include "miscadmin.h"
#include "storage/lmgr.h"
#include "storage/lock.h"
#include "utils/inval.h"
#include "utils/memutils.h"
#include "utils/rel.h"
#include "utils/snapmgr.h"

#include "gate/table.h"

/* Indexes of one table. */
#define INDEXES_MAX	8

/* Tables that are remembered: case_file, presence, slot, parts of the log. */
#define TABLES_MAX	8

/* What was found out of a table; gone when it changes. */
typedef struct HotTable
{
	Oid			oid;			/* InvalidOid: free */
	bool		valid;
	bool		suits;			/* rows may be put in place */
	MemoryContext context;
	EState	   *estate;			/* for predicates of indexes */
	int			index_count;
	Oid			indexes[INDEXES_MAX];
	IndexInfo  *infos[INDEXES_MAX];
} HotTable;

static HotTable hot_tables[TABLES_MAX];

static void
table_changed(Datum argument, Oid relation)
{
	for (int i = 0; i < TABLES_MAX; i++)
		if (!OidIsValid(relation) || hot_tables[i].oid == relation)
			hot_tables[i].valid = false;
}

/* Whether rows of an open table need nothing of the executor. */
static bool
is_plain(Relation relation)
{
	TupleConstr *constraints = RelationGetDescr(relation)->constr;

	return relation->rd_rel->relkind == RELKIND_RELATION &&
		relation->rd_rel->relam == HEAP_TABLE_AM_OID &&
		relation->trigdesc == NULL && relation->rd_rules == NULL &&
		!relation->rd_rel->relforcerowsecurity &&
		!(constraints && constraints->has_generated_stored);
}

/* Remember an index; false if it needs the executor. */
static bool
take_index(HotTable *table, Oid oid)
{
	Relation	index = index_open(oid, RowExclusiveLock);
	bool		suits = table->index_count < INDEXES_MAX &&
	index->rd_rel->relam == BTREE_AM_OID &&
	index->rd_index->indisready && index->rd_index->indimmediate &&
	!index->rd_index->indisexclusion &&
	RelationGetIndexExpressions(index) == NIL;

	if (suits)
	{
		MemoryContext caller = MemoryContextSwitchTo(table->context);

		table->indexes[table->index_count] = oid;
		table->infos[table->index_count] = BuildIndexInfo(index);
		if (index->rd_index->indisunique)
			BuildSpeculativeIndexInfo(index,
									  table->infos[table->index_count]);
		table->index_count++;
		MemoryContextSwitchTo(caller);
	}
	index_close(index, RowExclusiveLock);
	return suits;
}

/* Find out what a table needs, which is open. */
static void
fill(HotTable *table, Relation relation)
{
	MemoryContext caller;
	List	   *oids;

	if (table->context == NULL)
		table->context = AllocSetContextCreate(TopMemoryContext,
											   "cccd_gate table",
											   ALLOCSET_SMALL_SIZES);
	else
		MemoryContextReset(table->context);
	table->oid = RelationGetRelid(relation);
	table->valid = true;
	table->suits = is_plain(relation);
	table->index_count = 0;
	caller = MemoryContextSwitchTo(table->context);
	table->estate = CreateExecutorState();
	MemoryContextSwitchTo(caller);
	oids = RelationGetIndexList(relation);
	for (int i = 0; i < list_length(oids); i++)
		table->suits = table->suits && take_index(table, list_nth_oid(oids, i));
	list_free(oids);
}

/* What is remembered of an open table. */
static HotTable *
find(Relation relation)
{
	static bool registered = false;
	static int	next = 0;
	HotTable   *table = NULL;

	if (!registered)
	{
		CacheRegisterRelcacheCallback(table_changed, (Datum) 0);
		registered = true;
	}
	for (int i = 0; i < TABLES_MAX; i++)
		if (hot_tables[i].oid == RelationGetRelid(relation))
			table = &hot_tables[i];
	if (table == NULL)
	{
		table = &hot_tables[next];
		next = (next + 1) % TABLES_MAX;
		table->valid = false;
	}
	if (!table->valid)
		fill(table, relation);
	return table;
}

/* Whether an index has an entry for the row in the slot. */
static bool
is_indexed(HotTable *table, IndexInfo * info, TupleTableSlot *slot)
{
	ExprContext *context;

	if (info->ii_Predicate == NIL)
		return true;
	context = GetPerTupleExprContext(table->estate);
	context->ecxt_scantuple = slot;
	if (info->ii_PredicateState == NULL)
		info->ii_PredicateState = ExecPrepareQual(info->ii_Predicate,
												  table->estate);
	return ExecQual(info->ii_PredicateState, context);
}

/* What another row with the same key is. */
typedef enum Other
{
	OTHER_NONE,
	OTHER_STANDS,				/* committed */
	OTHER_PENDING				/* its transaction is running */
} Other;

/*
 * Look for another row with the key of the one in the slot, which is in the
 * index already.  Of a pending one *xid is the transaction.
 */
static Other
find_other(IndexInfo * info, Relation relation, Relation index,
		   TupleTableSlot *slot, const Datum *values, const bool *nulls,
		   TransactionId * xid)
{
	TupleTableSlot *row = table_slot_create(relation, NULL);
	ScanKeyData keys[INDEX_MAX_KEYS];
	SnapshotData dirty;
	IndexScanDesc scan;
	Other		result = OTHER_NONE;

	for (int i = 0; i < info->ii_NumIndexKeyAttrs; i++)
		ScanKeyEntryInitialize(&keys[i], nulls[i] ? SK_ISNULL : 0, i + 1,
							   BTEqualStrategyNumber, InvalidOid,
							   index->rd_indcollation[i],
							   info->ii_UniqueProcs[i], values[i]);
	InitDirtySnapshot(dirty);
	scan = cccd_index_beginscan(relation, index, &dirty,
								info->ii_NumIndexKeyAttrs);
	index_rescan(scan, keys, info->ii_NumIndexKeyAttrs, NULL, 0);
	while (result == OTHER_NONE &&
		   index_getnext_slot(scan, ForwardScanDirection, row))
	{
		if (ItemPointerEquals(&row->tts_tid, &slot->tts_tid))
			continue;
		*xid = TransactionIdIsValid(dirty.xmin) ? dirty.xmin : dirty.xmax;
		result = TransactionIdIsValid(*xid) ? OTHER_PENDING : OTHER_STANDS;
	}
	index_endscan(scan);
	ExecDropSingleTupleTableSlot(row);
	return result;
}

/*
 * Add the row in the slot to all indexes, as far as no unique one has the key
 * already.
 */
static Other
add_to_indexes(HotTable *table, Relation relation, TupleTableSlot *slot,
			   TransactionId * xid)
{
	Other		other = OTHER_NONE;

	for (int i = 0; i < table->index_count && other == OTHER_NONE; i++)
	{
		IndexInfo  *info = table->infos[i];
		Datum		values[INDEX_MAX_KEYS];
		bool		nulls[INDEX_MAX_KEYS];
		Relation	index;
		bool		fine;

		if (!is_indexed(table, info, slot))
			continue;
		index = index_open(table->indexes[i], RowExclusiveLock);
		FormIndexDatum(info, slot, table->estate, values, nulls);
		fine = index_insert(index, values, nulls, &slot->tts_tid, relation,
							info->ii_Unique ? UNIQUE_CHECK_PARTIAL :
							UNIQUE_CHECK_NO, false, info);
		/* false says that there may be one: it may also be dead */
		if (info->ii_Unique && !fine)
			other = find_other(info, relation, index, slot, values, nulls,
							   xid);
		index_close(index, RowExclusiveLock);
	}
	ResetPerTupleExprContext(table->estate);
	return other;
}

/* Put the row in place; if another one has a key, it is gone again. */
static Other
put(HotTable *table, Relation relation, TupleTableSlot *slot,
	TransactionId * xid)
{
	Other		other;

	table_tuple_insert(relation, slot, GetCurrentCommandId(true), 0, NULL);
	other = add_to_indexes(table, relation, slot, xid);
	CommandCounterIncrement();
	if (other != OTHER_NONE)
	{
		simple_heap_delete(relation, &slot->tts_tid);
		CommandCounterIncrement();
	}
	return other;
}

void
cccd_hot_lock(int64 key)
{
	LOCKTAG		tag;

	/* as pg_advisory_xact_lock() does */
	SET_LOCKTAG_ADVISORY(tag, MyDatabaseId, (uint32) (key >> 32),
						 (uint32) key, 1);
	(void) LockAcquire(&tag, ExclusiveLock, false, false);
}

CccdHotResult
cccd_hot_insert(Oid oid, const Datum *values, const bool *nulls, int count)
{
	Relation	relation = table_open(oid, RowExclusiveLock);
	HotTable   *table = find(relation);
	TransactionId xid = InvalidTransactionId;
	TupleTableSlot *slot;
	Other		other;

	if (!table->suits || RelationGetNumberOfAttributes(relation) != count)
	{
		table_close(relation, NoLock);
		return CCCD_HOT_STATEMENT;
	}
	slot = table_slot_create(relation, NULL);
	do
	{
		CHECK_FOR_INTERRUPTS();
		ExecClearTuple(slot);
		memcpy(slot->tts_values, values, count * sizeof(Datum));
		memcpy(slot->tts_isnull, nulls, count * sizeof(bool));
		ExecStoreVirtualTuple(slot);
		other = put(table, relation, slot, &xid);
		if (other == OTHER_PENDING)
			XactLockTableWait(xid, relation, &slot->tts_tid, XLTW_InsertIndex);
	} while (other == OTHER_PENDING);
	ExecDropSingleTupleTableSlot(slot);
	table_close(relation, NoLock);
	if (other == OTHER_NONE)
		return CCCD_HOT_DONE;
	if (IsolationUsesXactSnapshot())
		ereport(ERROR,
				(errcode(ERRCODE_T_R_SERIALIZATION_FAILURE),
				 errmsg("could not serialize access due to concurrent update")));
	return CCCD_HOT_CONFLICT;
}

void
cccd_hot_warm(Oid oid)
{
	Relation	relation = table_open(oid, RowExclusiveLock);
	HotTable   *table = find(relation);
	TupleTableSlot *slot = table_slot_create(relation, NULL);
	List	   *indexes = RelationGetIndexList(relation);

	ExecStoreAllNullTuple(slot);
	for (int i = 0; i < table->index_count; i++)
		(void) is_indexed(table, table->infos[i], slot);
	ResetPerTupleExprContext(table->estate);
	for (int i = 0; i < list_length(indexes); i++)
		index_close(index_open(list_nth_oid(indexes, i), RowExclusiveLock),
					RowExclusiveLock);
	list_free(indexes);
	ExecDropSingleTupleTableSlot(slot);
	table_close(relation, NoLock);
}

/* Add to an integer column of the new row. */
static void
add(CccdRows *rows, TupleTableSlot *slot, int column, int32 change)
{
	int			i = cccd_rows_number(rows, column) - 1;

	slot->tts_values[i] = Int32GetDatum(DatumGetInt32(slot->tts_values[i]) +
										change);
}

/* Change the row that was read, unless somebody else is at it. */
static bool
change_slot(CccdRows *rows, Relation relation, HotTable *table, int change,
			Snapshot snapshot)
{
	TupleTableSlot *slot = table_slot_create(relation, NULL);
	int			columns = RelationGetNumberOfAttributes(relation);
	ItemPointerData tid = rows->slot->tts_tid;
	TM_FailureData failure;
	LockTupleMode mode;
	CccdUpdateIndexes indexes;
	TransactionId xid;
	TM_Result	result;

	slot_getallattrs(rows->slot);
	memcpy(slot->tts_values, rows->slot->tts_values, columns * sizeof(Datum));
	memcpy(slot->tts_isnull, rows->slot->tts_isnull, columns * sizeof(bool));
	add(rows, slot, CCCD_SLOT_INSIDE, change);
	add(rows, slot, change > 0 ? CCCD_SLOT_ENTERED : CCCD_SLOT_LEFT_COUNT, 1);
	ExecStoreVirtualTuple(slot);
	result = cccd_tuple_update(relation, &tid, slot, snapshot, &failure, &mode,
							   &indexes);
	if (result == TM_Ok)
	{
		/* a row that did not fit into its page */
		if (cccd_must_index(indexes))
			(void) add_to_indexes(table, relation, slot, &xid);
		CommandCounterIncrement();
	}
	ExecDropSingleTupleTableSlot(slot);
	return result == TM_Ok;
}

static int32
slot_count(CccdRows *rows, int column)
{
	bool		isnull;

	return DatumGetInt32(cccd_rows_value(rows, column, &isnull));
}

/* Try one slot. */
static bool
try_slot(const CccdGateEvent *event, int number, int change, Relation relation,
		 HotTable *table, Snapshot snapshot)
{
	Datum		keys[2] = {
		Int32GetDatum(event->event), Int16GetDatum((int16) number)
	};
	bool		done = false;
	CccdRows	rows;

	cccd_rows_begin(&rows, CCCD_BY_SLOT, keys, snapshot);
	if (cccd_rows_next(&rows))
	{
		int32		inside = slot_count(&rows, CCCD_SLOT_INSIDE);
		bool		serves = change > 0 ?
		inside < slot_count(&rows, CCCD_SLOT_SIZE) : inside > 0;

		done = serves && change_slot(&rows, relation, table, change, snapshot);
	}
	cccd_rows_end(&rows);
	return done;
}

int
cccd_hot_slot(const CccdGateEvent *event, int change)
{
	Relation	relation;
	HotTable   *table;
	Snapshot	snapshot;
	int			found = -1;

	if (IsolationUsesXactSnapshot())
		return -1;
	relation = table_open(cccd_table_oid("slot"), RowExclusiveLock);
	table = find(relation);
	if (table->suits)
	{
		/* the newest state: what was changed since the check began counts */
		snapshot = RegisterSnapshot(GetLatestSnapshot());
		for (int i = 0; found < 0 && i < CCCD_SLOTS; i++)
		{
			int			number = (MyProcPid + i) % CCCD_SLOTS;

			if (try_slot(event, number, change, relation, table, snapshot))
				found = number;
		}
		UnregisterSnapshot(snapshot);
	}
	table_close(relation, NoLock);
	return found;
}
