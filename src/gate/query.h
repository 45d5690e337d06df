/*
 * query.h
 *		Statements that a session prepares once and keeps.
 *
 * A kept plan is made again by the server when a table changes, so it stands
 * over a dropped and created extension, and over an error in the middle of
 * anything.
 */
#ifndef CCCD_GATE_QUERY_H
#define CCCD_GATE_QUERY_H

#include "base/cccd.h"

#include "executor/spi.h"
#include "utils/resowner.h"
#include "utils/snapshot.h"

/* Most parameters of a statement. */
#define CCCD_QUERY_PARAMETERS	32

/* A statement; define it static, with plan NULL. */
typedef struct CccdQuery
{
	const char *text;
	int			count;			/* of parameters */
	Oid			types[CCCD_QUERY_PARAMETERS];
	SPIPlanPtr	plan;
} CccdQuery;

/*
 * Run a statement between SPI_connect() and SPI_finish(), which must not be
 * around it in a read-only way: it sees what was done before and what others
 * have committed by now (in READ COMMITTED).  nulls as in
 * SPI_execute_plan(), or NULL.  Returns the number of rows; those of a SELECT
 * or RETURNING are in SPI_tuptable.  Errors are those of the statement.
 */
extern uint64 cccd_query_run(CccdQuery *query, const Datum *values,
							 const char *nulls);

/*
 * The same for a statement that only reads, with a given snapshot, which must
 * be registered or active.
 */
extern uint64 cccd_query_read(CccdQuery *query, const Datum *values,
							  const char *nulls, Snapshot snapshot);

/*
 * Begin a piece of work whose locks of relations are released at its end, as
 * the server releases those of its catalogs: for what is read by statements
 * and remembered, of which no table is touched afterwards.  An error in
 * between is cleaned up with the transaction.  Returns what the end is given.
 */
extern ResourceOwner cccd_locks_begin(void);

/* End it.  Everything that was opened or registered since is closed again. */
extern void cccd_locks_end(ResourceOwner caller);

/*
 * While this is on, cccd_query_run() plans a statement, does not run it, and
 * returns 1, so that what comes after it is planned too.  Whoever turns it on
 * turns it off again, also after an error.
 */
extern void cccd_query_rehearse(bool on);

/* Column "column", from 1, of row "row", from 0, of the last result. */
extern Datum cccd_query_value(uint64 row, int column, bool *isnull);

#endif							/* CCCD_GATE_QUERY_H */
