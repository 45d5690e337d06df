/*
 * hot.h
 *		Rows that every admission writes, put in place without the executor.
 *
 * A statement of one row costs many times what the row costs: most of it goes
 * into preparing expressions, checks among them, and finding indexes, and is
 * thrown away again.  Here it is done once a session and table.
 *
 * Locks: the table is locked with ROW EXCLUSIVE until the transaction ends, as
 * by INSERT and UPDATE; indexes only while they are written, likewise.
 *
 * Constraints: whoever may insert a key takes a lock of that key before, which
 * lasts until the transaction ends, so that two transactions never have rows of
 * one key in place and wait for each other.  What else may be there, a row of a
 * statement, is found as ON CONFLICT finds it.  CHECK constraints and NOT NULL are not
 * evaluated: what stands in such a row comes from this library, and the tests
 * insert the same rows by statement.
 *
 * Privileges: as in table.h; row security does not apply to the owner.
 *
 * Whatever else a table may have, a trigger, a rule, a generated column, an
 * index on expressions or of another kind than btree, is the executor's: then
 * none of this is done, and the caller runs its statement.
 */
#ifndef CCCD_GATE_HOT_H
#define CCCD_GATE_HOT_H

#include "base/cccd.h"

#include "gate/event.h"

/* What became of a row. */
typedef enum CccdHotResult
{
	CCCD_HOT_DONE,
	CCCD_HOT_CONFLICT,			/* a unique index has it; whoever put it there
								 * has committed */
	CCCD_HOT_STATEMENT			/* the table is not one for this */
} CccdHotResult;

/*
 * Lock a key until the transaction ends, an advisory lock; waits for whoever
 * has it.  Keys are hashed with the seeds at the head of 00_schema.sql.
 */
extern void cccd_hot_lock(int64 key);

/*
 * Add a row to the schema's table with this OID.  There are as many values as
 * the table has columns, "count"; another number is CCCD_HOT_STATEMENT.  The
 * keys of its unique indexes are locked before (cccd_hot_lock).  In a
 * transaction whose snapshot stays, a conflict is an error:
 * ERRCODE_T_R_SERIALIZATION_FAILURE.
 */
extern CccdHotResult cccd_hot_insert(Oid table, const Datum *values,
									 const bool *nulls, int count);

/*
 * Find out of the schema's table with this OID, and of its indexes, what
 * cccd_hot_insert() does; writes nothing.
 */
extern void cccd_hot_warm(Oid table);

/* The parts of an event's places. */
#define CCCD_SLOTS	64

/*
 * Change a slot of an event that nobody else is changing: +1 is an entry into
 * one with room, -1 an exit from one where somebody is.  Returns its number;
 * -1 if there is none, or the table is not one for this.  The search begins at
 * another slot in each session.
 */
extern int	cccd_hot_slot(const CccdGateEvent *event, int change);

#endif							/* CCCD_GATE_HOT_H */
