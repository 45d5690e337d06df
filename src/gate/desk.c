/*
 * desk.c
 *		What the desk's functions, which are in PL/pgSQL, need of C.
 */
#include "gate/door.h"

#include "gate/write.h"

/*
 * force_durable(): the commit of this transaction waits for disk and
 * synchronous standbys, whatever was set and will be set in it.
 */
PG_FUNCTION_INFO_V1(cccd_gate_force_durable);
Datum
cccd_gate_force_durable(PG_FUNCTION_ARGS)
{
	cccd_make_durable();
	PG_RETURN_VOID();
}

/*
 * superuser_allowed(): the setting, which only a superuser can change once
 * this library is loaded; calling this loads it.
 */
PG_FUNCTION_INFO_V1(cccd_gate_superuser_allowed);
Datum
cccd_gate_superuser_allowed(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(cccd_gate_allows_superuser());
}
