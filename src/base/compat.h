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
#define SOFT_ERROR_OCCURRED(escontext) (false)
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

/* The setting old_snapshot_threshold, and what reads it, went with 17. */
#if PG_VERSION_NUM >= 170000
#define TestForOldSnapshot(snapshot, relation, page) ((void) 0)
#endif

#endif							/* CCCD_COMPAT_H */
