/*
 * table.c
 *		Rows of the gate's tables by key; see table.h.
 *
 * Which index serves is found by its columns and not by its name, so that an
 * operator may rebuild or replace it.
 */
#include "gate/table.h"

#include "access/nbtree.h"
#include "access/table.h"
#include "access/tableam.h"
#include "catalog/namespace.h"
#include "catalog/pg_am.h"
#include "utils/inval.h"
#include "utils/lsyscache.h"
#include "utils/memutils.h"

#define COLUMNS_MAX	12
#define KEYS_MAX	2

typedef enum Table
{
	TABLE_PERSON,
	TABLE_NUMBER,
	TABLE_DOCUMENT,
	TABLE_TICKET,
	TABLE_HEALTH,
	TABLE_PRESENCE,
	TABLE_CASE,
	TABLE_SLOT,
	TABLE_ANSWER,
	TABLES
} Table;

/* The columns, in the order of the lists in table.h. */
static const struct
{
	const char *name;
	const char *columns[COLUMNS_MAX];
}			tables[TABLES] = {

	{"person", {"person", "name", "name_key", "birth_date", "birth_precision",
			"sex", "died_on", "source", "birth_source", "sex_source",
	"merged_into"}},
	{"identity_number", {"id", "person", "status"}},
	{"document", {"document", "person", "kind", "state", "number", "issued",
	"expires", "status", "source"}},
	{"ticket", {"ticket", "event", "person", "gate", "cancelled",
	"secret_hash", "short"}},
	{"health", {"person", "record"}},
	{"presence", {"event", "person", "ticket", "since", "entries", "state",
	"gate", "zone"}},
	{"case_file", {"request_id", "case_id", "recorded_at", "event", "state"}},
	{"slot", {"event", "slot", "size", "inside", "entered", "left_count"}},
	{"register_answer", {"person", "service", "id", "outcome", "asked_at",
	"expires_at"}},
};

static const struct
{
	Table		table;
	int			keys[KEYS_MAX]; /* columns of the table's list */
	int			count;
}			indexes[CCCD_INDEXES] = {
	[CCCD_BY_PERSON] = {TABLE_PERSON, {CCCD_PERSON_PERSON}, 1},
	[CCCD_BY_NUMBER] = {TABLE_NUMBER, {CCCD_NUMBER_ID}, 1},
	[CCCD_NUMBERS_OF_PERSON] = {TABLE_NUMBER, {CCCD_NUMBER_PERSON}, 1},
	[CCCD_BY_DOCUMENT] = {TABLE_DOCUMENT, {CCCD_DOCUMENT_DOCUMENT}, 1},
	[CCCD_DOCUMENTS_BY_NUMBER] = {TABLE_DOCUMENT,
	{CCCD_DOCUMENT_KIND, CCCD_DOCUMENT_NUMBER}, 2},
	[CCCD_DOCUMENTS_OF_PERSON] = {TABLE_DOCUMENT, {CCCD_DOCUMENT_PERSON}, 1},
	[CCCD_BY_TICKET] = {TABLE_TICKET, {CCCD_TICKET_TICKET}, 1},
	[CCCD_TICKET_BY_SECRET] = {TABLE_TICKET, {CCCD_TICKET_SECRET_HASH}, 1},
	[CCCD_TICKETS_OF_PERSON] = {TABLE_TICKET,
	{CCCD_TICKET_PERSON, CCCD_TICKET_EVENT}, 2},
	[CCCD_HEALTH_OF_PERSON] = {TABLE_HEALTH, {CCCD_HEALTH_PERSON}, 1},
	[CCCD_PRESENCE_OF_PERSON] = {TABLE_PRESENCE,
	{CCCD_PRESENCE_PERSON, CCCD_PRESENCE_EVENT}, 2},
	[CCCD_PRESENCE_OF_TICKET] = {TABLE_PRESENCE,
	{CCCD_PRESENCE_EVENT, CCCD_PRESENCE_TICKET}, 2},
	[CCCD_BY_REQUEST] = {TABLE_CASE, {CCCD_CASE_REQUEST}, 1},
	[CCCD_BY_SLOT] = {TABLE_SLOT, {CCCD_SLOT_EVENT, CCCD_SLOT_SLOT}, 2},
	[CCCD_ANSWER_OF_PERSON] = {TABLE_ANSWER,
	{CCCD_ANSWER_PERSON, CCCD_ANSWER_SERVICE}, 2},
};

/* What was found out of a table and of an index; gone when they change. */
static struct
{
	bool		valid;
	Oid			oid;
	AttrNumber	columns[COLUMNS_MAX];
}			known_tables[TABLES];
static struct
{
	bool		valid;
	Oid			oid;
	ScanKeyData keys[KEYS_MAX];
}			known_indexes[CCCD_INDEXES];

/* A table has changed, or any may have. */
static void
table_changed(Datum argument, Oid relation)
{
	for (int i = 0; i < TABLES; i++)
		if (!OidIsValid(relation) || known_tables[i].oid == relation)
			known_tables[i].valid = false;
}

Oid
cccd_table_oid(const char *name)
{
	Oid			schema = get_namespace_oid("cccd_gate", true);

	return OidIsValid(schema) ? get_relname_relid(name, schema) : InvalidOid;
}

/* Find out what a table's columns are numbered. */
static void
find_table(Table table)
{
	static bool registered = false;

	if (!registered)
	{
		CacheRegisterRelcacheCallback(table_changed, (Datum) 0);
		registered = true;
	}
	known_tables[table].oid = cccd_table_oid(tables[table].name);
	if (!OidIsValid(known_tables[table].oid))
		ereport(ERROR,
				(errcode(ERRCODE_UNDEFINED_TABLE),
				 errmsg("relation \"cccd_gate.%s\" does not exist",
						tables[table].name)));
	known_tables[table].valid = true;
	for (int i = 0; i < COLUMNS_MAX && tables[table].columns[i]; i++)
		known_tables[table].columns[i] =
			get_attnum(known_tables[table].oid, tables[table].columns[i]);
	for (int i = 0; i < CCCD_INDEXES; i++)
		if (indexes[i].table == table)
			known_indexes[i].valid = false;
}

/* The number of key column i of an index. */
static AttrNumber
key_column(CccdIndex index, int i)
{
	return known_tables[indexes[index].table].columns[indexes[index].keys[i]];
}

/* Whether an index begins with the columns that are wanted. */
static bool
serves(Relation relation, CccdIndex index)
{
	Form_pg_index form = relation->rd_index;

	if (relation->rd_rel->relam != BTREE_AM_OID || !form->indisvalid ||
		form->indnkeyatts < indexes[index].count)
		return false;
	for (int i = 0; i < indexes[index].count; i++)
		if (form->indkey.values[i] != key_column(index, i))
			return false;
	return true;
}

/* Make the scan keys of an index that serves; the arguments come later. */
static void
make_keys(Relation relation, CccdIndex index)
{
	for (int i = 0; i < indexes[index].count; i++)
	{
		Oid			type = relation->rd_opcintype[i];
		Oid			equal = get_opfamily_member(relation->rd_opfamily[i], type,
												type, BTEqualStrategyNumber);

		ScanKeyEntryInitialize(&known_indexes[index].keys[i], 0, i + 1,
							   BTEqualStrategyNumber, InvalidOid,
							   relation->rd_indcollation[i],
							   get_opcode(equal), (Datum) 0);
	}
}

/* Find the index of an open table. */
static void
find_index(Relation table, CccdIndex index)
{
	List	   *oids = RelationGetIndexList(table);
	ListCell   *cell;

	foreach(cell, oids)
	{
		Relation	relation = index_open(lfirst_oid(cell), AccessShareLock);
		bool		found = serves(relation, index);

		if (found)
		{
			MemoryContext caller = MemoryContextSwitchTo(TopMemoryContext);

			make_keys(relation, index);
			MemoryContextSwitchTo(caller);
			known_indexes[index].oid = RelationGetRelid(relation);
			known_indexes[index].valid = true;
		}
		index_close(relation, AccessShareLock);
		if (found)
			break;
	}
	list_free(oids);
	if (!known_indexes[index].valid)
		ereport(ERROR,
				(errcode(ERRCODE_UNDEFINED_OBJECT),
				 errmsg("table \"%s\" lacks an index that the gate needs",
						RelationGetRelationName(table))));
}

void
cccd_rows_begin(CccdRows *rows, CccdIndex index, const Datum *keys,
				Snapshot snapshot)
{
	Table		table = indexes[index].table;
	ScanKeyData arguments[KEYS_MAX];

	if (!known_tables[table].valid)
		find_table(table);
	rows->index = index;
	rows->table = table_open(known_tables[table].oid, AccessShareLock);
	/* what came with the lock may say that something has changed */
	if (!known_tables[table].valid)
		find_table(table);
	if (!known_indexes[index].valid)
		find_index(rows->table, index);
	rows->relation = index_open(known_indexes[index].oid, AccessShareLock);
	rows->slot = table_slot_create(rows->table, NULL);
	for (int i = 0; i < indexes[index].count; i++)
	{
		arguments[i] = known_indexes[index].keys[i];
		arguments[i].sk_argument = keys[i];
	}
	rows->scan = cccd_index_beginscan(rows->table, rows->relation, snapshot,
									  indexes[index].count);
	index_rescan(rows->scan, arguments, indexes[index].count, NULL, 0);
}

bool
cccd_rows_next(CccdRows *rows)
{
	return index_getnext_slot(rows->scan, ForwardScanDirection, rows->slot);
}

Datum
cccd_rows_value(CccdRows *rows, int column, bool *isnull)
{
	Table		table = indexes[rows->index].table;

	return slot_getattr(rows->slot, known_tables[table].columns[column],
						isnull);
}

AttrNumber
cccd_rows_number(CccdRows *rows, int column)
{
	return known_tables[indexes[rows->index].table].columns[column];
}

void
cccd_rows_end(CccdRows *rows)
{
	index_endscan(rows->scan);
	ExecDropSingleTupleTableSlot(rows->slot);
	index_close(rows->relation, AccessShareLock);
	table_close(rows->table, AccessShareLock);
}
