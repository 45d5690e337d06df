/*
 * table.h
 *		Rows of the gate's tables by the equality of an index's columns.
 *
 * The look-up of a check reads some ten rows by key.  Through the executor
 * each costs several times what the index costs, so these are read as the
 * server reads its catalogs.
 *
 * Locks: table and index are locked with ACCESS SHARE while rows are read, and
 * released at once as for a catalog: what was read is a snapshot's truth, and
 * nothing of the table is touched afterwards.  Visibility: the snapshot is the
 * caller's, and the scan takes the predicate locks of SERIALIZABLE as any
 * other does.  Privileges: the functions of the door run as the owner of these
 * tables, who may read them; row security does not apply to the owner.
 */
#ifndef CCCD_GATE_TABLE_H
#define CCCD_GATE_TABLE_H

#include "base/cccd.h"

#include "access/genam.h"
#include "executor/tuptable.h"
#include "utils/rel.h"
#include "utils/snapshot.h"

/* The columns that are read, in the order of each table's list. */
enum
{
	CCCD_PERSON_PERSON,
	CCCD_PERSON_NAME,
	CCCD_PERSON_NAME_KEY,
	CCCD_PERSON_BIRTH_DATE,
	CCCD_PERSON_BIRTH_PRECISION,
	CCCD_PERSON_SEX,
	CCCD_PERSON_DIED_ON,
	CCCD_PERSON_SOURCE,
	CCCD_PERSON_BIRTH_SOURCE,
	CCCD_PERSON_SEX_SOURCE,
	CCCD_PERSON_MERGED_INTO
};
enum
{
	CCCD_NUMBER_ID,
	CCCD_NUMBER_PERSON,
	CCCD_NUMBER_STATUS
};
enum
{
	CCCD_DOCUMENT_DOCUMENT,
	CCCD_DOCUMENT_PERSON,
	CCCD_DOCUMENT_KIND,
	CCCD_DOCUMENT_ISSUER,
	CCCD_DOCUMENT_NUMBER,
	CCCD_DOCUMENT_ISSUED,
	CCCD_DOCUMENT_EXPIRES,
	CCCD_DOCUMENT_STATUS,
	CCCD_DOCUMENT_SOURCE
};
enum
{
	CCCD_TICKET_TICKET,
	CCCD_TICKET_EVENT,
	CCCD_TICKET_PERSON,
	CCCD_TICKET_GATE,
	CCCD_TICKET_CANCELLED,
	CCCD_TICKET_SECRET_HASH,
	CCCD_TICKET_SHORT
};
enum
{
	CCCD_HEALTH_PERSON,
	CCCD_HEALTH_RECORD
};
enum
{
	CCCD_PRESENCE_EVENT,
	CCCD_PRESENCE_PERSON,
	CCCD_PRESENCE_TICKET,
	CCCD_PRESENCE_SINCE,
	CCCD_PRESENCE_ENTRIES,
	CCCD_PRESENCE_STATE,
	CCCD_PRESENCE_GATE,
	CCCD_PRESENCE_ZONE
};
enum
{
	CCCD_CASE_REQUEST,
	CCCD_CASE_CASE,
	CCCD_CASE_RECORDED_AT,
	CCCD_CASE_EVENT,
	CCCD_CASE_STATE
};

enum
{
	CCCD_SLOT_EVENT,
	CCCD_SLOT_SLOT,
	CCCD_SLOT_SIZE,
	CCCD_SLOT_INSIDE,
	CCCD_SLOT_ENTERED,
	CCCD_SLOT_LEFT_COUNT
};
enum
{
	CCCD_ANSWER_PERSON,
	CCCD_ANSWER_SERVICE,
	CCCD_ANSWER_ID,
	CCCD_ANSWER_OUTCOME,
	CCCD_ANSWER_ASKED_AT,
	CCCD_ANSWER_EXPIRES_AT
};

/* A table and columns of it that an index begins with. */
typedef enum CccdIndex
{
	CCCD_BY_PERSON,				/* person */
	CCCD_BY_NUMBER,				/* identity_number (id) */
	CCCD_NUMBERS_OF_PERSON,
	CCCD_BY_DOCUMENT,			/* document (document) */
	CCCD_DOCUMENTS_BY_NUMBER,	/* document (kind, number) */
	CCCD_DOCUMENTS_OF_PERSON,
	CCCD_BY_TICKET,				/* ticket (ticket) */
	CCCD_TICKET_BY_SECRET,
	CCCD_TICKETS_OF_PERSON,		/* ticket (person, event) */
	CCCD_HEALTH_OF_PERSON,
	CCCD_PRESENCE_OF_PERSON,	/* presence (person, event) */
	CCCD_PRESENCE_OF_TICKET,	/* presence (event, ticket) */
	CCCD_BY_REQUEST,			/* case_file (request_id) */
	CCCD_BY_SLOT,				/* slot (event, slot) */
	CCCD_ANSWER_OF_PERSON,		/* register_answer (person, service) */
	CCCD_INDEXES
} CccdIndex;

/* A look-up in progress. */
typedef struct CccdRows
{
	CccdIndex	index;
	Relation	table;
	Relation	relation;		/* the index */
	IndexScanDesc scan;
	TupleTableSlot *slot;
} CccdRows;

/*
 * Begin to read the rows whose key columns equal "keys", of which there are as
 * many as the index is named by.  The snapshot must be registered or active.
 * Every begin is followed by an end; an error in between is cleaned up with
 * the transaction.
 */
extern void cccd_rows_begin(CccdRows *rows, CccdIndex index,
							const Datum *keys, Snapshot snapshot);

/*
 * Go to the next row; false if there is none.  What the row holds is good
 * until the next call.
 */
extern bool cccd_rows_next(CccdRows *rows);

/*
 * A column of the row, by its place in the list above.  Values of variable
 * length point into the page and may be compressed: copy what is kept.
 */
extern Datum cccd_rows_value(CccdRows *rows, int column, bool *isnull);

/* The number of a column in the table. */
extern AttrNumber cccd_rows_number(CccdRows *rows, int column);

/* End it: nothing of the rows may be used any more. */
extern void cccd_rows_end(CccdRows *rows);

/* The OID of the schema's table of this name; InvalidOid if there is none. */
extern Oid	cccd_table_oid(const char *name);

#endif							/* CCCD_GATE_TABLE_H */
