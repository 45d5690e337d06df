/*
 * compat.h
 *		Every difference between the supported server versions, in one place.
 */
#ifndef CCCD_COMPAT_H
#define CCCD_COMPAT_H

#if PG_VERSION_NUM >= 160000
#include "nodes/miscnodes.h"
#include "varatt.h"
#else
/*
 * Soft errors came with 16.  Before that an input function's error is an
 * ordinary one, and nothing after it runs.
 */
#define ereturn(context, dummy_value, ...) \
	do { \
		(void) (context); \
		ereport(ERROR, __VA_ARGS__); \
		return dummy_value; \
	} while (0)
#endif

/* A range of bounds in order, for which a soft error is not wanted. */
#if PG_VERSION_NUM >= 160000
#define cccd_make_range(type, lower, upper) \
	make_range(type, lower, upper, false, NULL)
#else
#define cccd_make_range(type, lower, upper) \
	make_range(type, lower, upper, false)
#endif

/* Where ANALYZE keeps the statistics target of a column; assignable. */
#if PG_VERSION_NUM >= 170000
#define cccd_statistics_target(stats) ((stats)->attstattarget)
#else
#define cccd_statistics_target(stats) ((stats)->attr->attstattarget)
#endif

/* ANALYZE's place to sleep and to be cancelled. */
#if PG_VERSION_NUM >= 180000
#define cccd_analyze_delay_point() vacuum_delay_point(true)
#else
#define cccd_analyze_delay_point() vacuum_delay_point()
#endif

/* Stands before a declaration from 18 on, behind it until 17. */
#if PG_VERSION_NUM < 180000
#define pg_noreturn pg_attribute_noreturn()
#endif

/*
 * Where a jsonb value is put together, all zero at first: result is the whole
 * once its outermost part has ended.  19 brought the like of it.
 */
#if PG_VERSION_NUM >= 190000
#define CccdJsonbState JsonbInState
#define cccd_jsonb_push(state, token, value) \
	pushJsonbValue(state, token, value)
#else
typedef struct CccdJsonbState
{
	struct JsonbValue *result;
	struct JsonbParseState *parse_state;
} CccdJsonbState;

#define cccd_jsonb_push(state, token, value) \
	((void) ((state)->result = \
			 pushJsonbValue(&(state)->parse_state, token, value)))
#endif

/* The difference of two numerics; what is out of range is an error. */
#if PG_VERSION_NUM >= 190000
#define cccd_numeric_sub(a, b) numeric_sub_safe(a, b, NULL)
#else
#define cccd_numeric_sub(a, b) numeric_sub_opt_error(a, b, NULL)
#endif

/* Scans that only read, of a whole table and of rows that an index names. */
#if PG_VERSION_NUM >= 190000
#define cccd_beginscan(table, snapshot) \
	table_beginscan(table, snapshot, 0, NULL, SO_NONE)
#define cccd_index_fetch_begin(table) table_index_fetch_begin(table, SO_NONE)
#else
#define cccd_beginscan(table, snapshot) \
	table_beginscan(table, snapshot, 0, NULL)
#define cccd_index_fetch_begin(table) table_index_fetch_begin(table)
#endif

/* A scan of a table through an index, by so many keys. */
#if PG_VERSION_NUM >= 190000
#define cccd_index_beginscan(table, index, snapshot, keys) \
	index_beginscan(table, index, snapshot, NULL, keys, 0, SO_NONE)
#elif PG_VERSION_NUM >= 180000
#define cccd_index_beginscan(table, index, snapshot, keys) \
	index_beginscan(table, index, snapshot, NULL, keys, 0)
#else
#define cccd_index_beginscan(table, index, snapshot, keys) \
	index_beginscan(table, index, snapshot, keys, 0)
#endif

/* What an update says of the indexes: whether the row needs new entries. */
#if PG_VERSION_NUM >= 160000
#define CccdUpdateIndexes TU_UpdateIndexes
#define cccd_must_index(indexes) ((indexes) == TU_All)
#else
#define CccdUpdateIndexes bool
#define cccd_must_index(indexes) (indexes)
#endif

/* The setting old_snapshot_threshold, and what reads it, went with 17. */
#if PG_VERSION_NUM >= 170000
#define TestForOldSnapshot(snapshot, relation, page) ((void) 0)
#endif

/* A new version of a row, without waiting for whoever else changes it. */
#if PG_VERSION_NUM >= 190000
#define cccd_tuple_update(table, tid, slot, snapshot, failure, mode, indexes) \
	table_tuple_update(table, tid, slot, GetCurrentCommandId(true), 0, \
					   snapshot, InvalidSnapshot, false, failure, mode, \
					   indexes)
#else
#define cccd_tuple_update(table, tid, slot, snapshot, failure, mode, indexes) \
	table_tuple_update(table, tid, slot, GetCurrentCommandId(true), \
					   snapshot, InvalidSnapshot, false, failure, mode, \
					   indexes)
#endif

#endif							/* CCCD_COMPAT_H */
