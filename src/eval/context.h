/*
 * context.h
 *		Contexts as PostgreSQL values.
 */
#ifndef CCCD_CONTEXT_H
#define CCCD_CONTEXT_H

#include "base/cccd.h"

#include "eval/context_core.h"

/*
 * The eight bytes of an argument of type cccd_context; an error if they are
 * not a context: ERRCODE_DATA_CORRUPTED.
 */
extern uint64 cccd_context_check(int64 packed);

#define CCCD_CONTEXT_DATUM(packed)	Int64GetDatum((int64) (packed))
#define CCCD_GETARG_CONTEXT(n)		cccd_context_check(PG_GETARG_INT64(n))

#endif							/* CCCD_CONTEXT_H */
