/*
 * value.c
 *		What functions over our own types keep from call to call; see value.h.
 */
#include "base/value.h"

#include "common/hashfn.h"
#include "nodes/primnodes.h"

void	   *
cccd_function_state(FunctionCallInfo fcinfo, Size size)
{
	if (!fcinfo->flinfo)
		return palloc0(size);
	if (!fcinfo->flinfo->fn_extra)
		fcinfo->flinfo->fn_extra =
			MemoryContextAllocZero(fcinfo->flinfo->fn_mcxt, size);
	return fcinfo->flinfo->fn_extra;
}

bool
cccd_argument_is_constant(FunctionCallInfo fcinfo, int arg)
{
	Node	   *call = fcinfo->flinfo ? fcinfo->flinfo->fn_expr : NULL;
	List	   *args;

	if (call && IsA(call, FuncExpr))
		args = ((FuncExpr *) call)->args;
	else if (call && IsA(call, OpExpr))
		args = ((OpExpr *) call)->args;
	else
		return false;
	return arg < list_length(args) && IsA(list_nth(args, arg), Const);
}

void
cccd_value_corrupted(const char *type)
{
	ereport(ERROR,
			(errcode(ERRCODE_DATA_CORRUPTED),
			 errmsg("invalid value of type %s", type),
			 errdetail("This version of the library could not have written its bytes.")));
}

/* Copy the value, and its header as one of four bytes. */
static void
copy_value(CccdKeptValue *kept, FunctionCallInfo fcinfo,
		   struct varlena *value)
{
	MemoryContext home = fcinfo->flinfo ? fcinfo->flinfo->fn_mcxt :
	CurrentMemoryContext;
	Size		size = VARHDRSZ + VARSIZE_ANY_EXHDR(value);

	kept->size = 0;
	if (kept->room < size)
	{
		if (kept->value)
			pfree(kept->value);
		kept->value = NULL;
		kept->room = 0;
		kept->value = MemoryContextAlloc(home, size);
		kept->room = size;
	}
	SET_VARSIZE(kept->value, size);
	memcpy(VARDATA(kept->value), VARDATA_ANY(value), size - VARHDRSZ);
}

bool
cccd_value_keep(CccdKeptValue *kept, FunctionCallInfo fcinfo, int arg,
				Size largest, const char *type)
{
	struct varlena *value;

	if (cccd_value_is_kept(kept))
		return false;
	if (!kept->asked)
	{
		kept->constant = cccd_argument_is_constant(fcinfo, arg);
		kept->asked = true;
	}
	value = PG_DETOAST_DATUM_PACKED(PG_GETARG_DATUM(arg));
	if (kept->size == VARSIZE_ANY_EXHDR(value) + VARHDRSZ &&
		memcmp(VARDATA(kept->value), VARDATA_ANY(value),
			   kept->size - VARHDRSZ) == 0)
		return false;
	if (VARSIZE_ANY_EXHDR(value) > largest)
		cccd_value_corrupted(type);
	copy_value(kept, fcinfo, value);
	return true;
}

Datum
cccd_hash_numbers(const uint32 *numbers, int count)
{
	return hash_any((const unsigned char *) numbers,
					count * (int) sizeof(uint32));
}

Datum
cccd_hash_numbers_extended(const uint32 *numbers, int count, uint64 seed)
{
	return hash_any_extended((const unsigned char *) numbers,
							 count * (int) sizeof(uint32), seed);
}
