/*
 * control.c
 *		What must be found in a server: a lost allocation, an overflow, a byte
 *		read behind the end.  If they are not, silence about everything else
 *		means nothing.
 */
#include "postgres.h"

#include "fmgr.h"

#include <stdlib.h>

PG_MODULE_MAGIC;

PG_FUNCTION_INFO_V1(control_leak);
PG_FUNCTION_INFO_V1(control_overflow);
PG_FUNCTION_INFO_V1(control_behind);

Datum
control_leak(PG_FUNCTION_ARGS)
{
	char	   *volatile lost = NULL;

	/* the last may still stand in a register */
	for (int i = 0; i < 10; i++)
	{
		lost = malloc(64);
		lost[0] = i;
	}
	lost = NULL;
	PG_RETURN_INT32(lost == NULL);
}

Datum
control_overflow(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT32(PG_GETARG_INT32(0) + PG_GETARG_INT32(0));
}

Datum
control_behind(PG_FUNCTION_ARGS)
{
	char	   *volatile bytes = calloc(1, 8);
	char		found = bytes[8];

	free(bytes);
	PG_RETURN_INT32(found);
}
