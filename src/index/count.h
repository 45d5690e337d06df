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

/* The same for every table of a call. */
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
	AttrNumber	key;			/* which of its keys the record is */
	int			disease;		/* which its points are about */
} CccdCountIndex;

/* Whether the record in a column of the slot's row satisfies the rule. */
extern bool cccd_count_passes(const CccdCount *count,
							  struct TupleTableSlot *slot, AttrNumber column);

extern int64 cccd_count_by_index(const CccdCount *count, Relation heap,
								 AttrNumber column,
								 const CccdCountIndex *index);

#endif							/* CCCD_COUNT_H */
