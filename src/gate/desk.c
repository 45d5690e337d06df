/*
 * desk.c
 *		What the desk's functions, which are in PL/pgSQL, need of C.
 */
#include "gate/door.h"

#include "utils/builtins.h"

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

/*
 * log_line(): a line of the server's log.  The statement that runs stays out of
 * it, because what somebody asks for may hold a number or a name.
 */
PG_FUNCTION_INFO_V1(cccd_gate_log_line);
Datum
cccd_gate_log_line(PG_FUNCTION_ARGS)
{
	ereport(LOG_SERVER_ONLY,
			(errmsg_internal("cccd_gate: %s",
							 text_to_cstring(PG_GETARG_TEXT_PP(0))),
			 errhidestmt(true), errhidecontext(true)));
	PG_RETURN_VOID();
}
