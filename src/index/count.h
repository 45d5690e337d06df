/*
 * count.h
 *		Counting the rows of one table whose record satisfies a bound rule.
 */
#ifndef CCCD_COUNT_H
#define CCCD_COUNT_H

#include "base/cccd.h"

#include "access/attnum.h"
#include "utils/relcache.h"
#include "utils/snapshot.h"

#include "eval/program_core.h"

/* What is the same for every table of a call. */
typedef struct CccdCount
{
	CccdBinding binding;
	CccdProgram program;		/* the binding made ready for many records */
	Snapshot	snapshot;
} CccdCount;

/* An index of a table that can answer. */
typedef struct CccdCountIndex
{
	Relation	index;			/* NULL: there is none */
	AttrNumber	key;			/* which of its keys (from 1) the record is */
	int			disease;		/* which its points are about */
} CccdCountIndex;

/* ---- count_scan.c ---- */

/*
 * Whether the record in a column of the slot's row satisfies the rule; false
 * where there is none.
 */
extern bool cccd_count_passes(const CccdCount *count,
							  struct TupleTableSlot *slot, AttrNumber column);

/*
 * How many rows of a table that the snapshot sees satisfy the rule, by reading
 * all of them.  The table is open and locked.
 */
extern int64 cccd_count_by_scan(const CccdCount *count, Relation table,
								AttrNumber column);

/* ---- count_index.c ---- */

/*
 * The same for a table in PostgreSQL's own format, by an index that is open,
 * locked, and knows all rows that the snapshot sees.
 */
extern int64 cccd_count_by_index(const CccdCount *count, Relation heap,
								 AttrNumber column,
								 const CccdCountIndex *index);

#endif							/* CCCD_COUNT_H */
