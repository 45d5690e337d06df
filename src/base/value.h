/*
 * value.h
 *		What functions over our own types share: what they keep from call to
 *		call, and what they say of bytes that are not a value.
 *
 * Any bytes can arrive as a value, because a cast from bytea WITHOUT FUNCTION
 * checks nothing.  A function that reads the same rule for a million records
 * checks it once and keeps an aligned copy.
 */
#ifndef CCCD_VALUE_H
#define CCCD_VALUE_H

#include "base/cccd.h"

/*
 * Memory that the running function keeps for as long as its call site lives
 * (flinfo->fn_extra): "size" bytes, all zero at the first call.  Without a
 * call site (DirectFunctionCall) it is fresh memory of the current context.
 * The function may keep nothing else in fn_extra.
 */
extern void *cccd_function_state(FunctionCallInfo fcinfo, Size size);

/*
 * Whether argument number arg (from 0) of the running function is a constant
 * of the plan, so that it cannot change from call to call.  False where that
 * is not known.
 */
extern bool cccd_argument_is_constant(FunctionCallInfo fcinfo, int arg);

/*
 * Raise ERRCODE_DATA_CORRUPTED: the bytes of an argument of this type are not
 * a value that this version of the library could have written.
 */
pg_noreturn extern void cccd_value_corrupted(const char *type);

/*
 * The value that an argument had last.  All zero at first; the copy lives as
 * long as the call site.
 */
typedef struct CccdKeptValue
{
	void	   *value;			/* aligned copy with a four-byte header */
	Size		size;			/* of the value, 0: there is none */
	Size		room;
	bool		constant;		/* the argument cannot change */
	bool		asked;			/* ... and we know whether it can */
} CccdKeptValue;

/*
 * Whether kept->value is sure to be the argument's value, so that the next
 * call need not look at it: the argument is a constant of the plan.
 */
static inline bool
cccd_value_is_kept(const CccdKeptValue *kept)
{
	return kept->constant && kept->size > 0;
}

/*
 * Bring varlena argument number arg, which is not null, into kept->value.
 * Returns true if it is not the value that was there already: the caller
 * checks it and then sets kept->size to VARSIZE(kept->value), or the next call
 * returns true again.  A value of more than "largest" bytes is an error
 * without being copied: cccd_value_corrupted(type).
 */
extern bool cccd_value_keep(CccdKeptValue *kept, FunctionCallInfo fcinfo,
							int arg, Size largest, const char *type);

/*
 * The hash of numbers of 32 bits for a hash support function, as int4.
 *
 * The server's hash of bytes depends on the byte order of the machine, since it
 * reads them as words of four; of words it is the same everywhere.  So a dump
 * of a table that is partitioned by the hash of our values can be restored on
 * another architecture.
 */
extern Datum cccd_hash_numbers(const uint32 *numbers, int count);

/* The same as int8, with the seed of an extended hash support function. */
extern Datum cccd_hash_numbers_extended(const uint32 *numbers, int count,
										uint64 seed);

#endif							/* CCCD_VALUE_H */
