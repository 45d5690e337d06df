/*
 * signature.c
 *		Want of memory as an error of the server; see signature.h.
 */
#include "pki/signature.h"

void
cccd_memory_error(void)
{
	ereport(ERROR,
			(errcode(ERRCODE_OUT_OF_MEMORY),
			 errmsg("out of memory")));
}

void
cccd_memory_check(void)
{
	if (cccd_memory_ran_out())
		cccd_memory_error();
}
