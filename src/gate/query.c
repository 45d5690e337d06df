/*
 * query.c
 *		Kept statements; see query.h.
 *
 * Every statement looks rows up by key, so that one plan is right for all
 * calls: it is the generic one, without sequential scans, which a plan made
 * while a table was empty would otherwise use when it is not, and without
 * compilation, which nothing here is worth.
 */
#include "gate/query.h"

#include "jit/jit.h"
#include "optimizer/cost.h"
#include "tcop/dest.h"
#include "utils/plancache.h"

/* Statements are planned and not run. */
static bool rehearsing = false;

static void
prepare(CccdQuery *query)
{
	SPIPlanPtr	plan;

	if (query->plan)
		return;
	plan = SPI_prepare_cursor(query->text, query->count, query->types,
							  CURSOR_OPT_GENERIC_PLAN);
	if (plan == NULL)
		elog(ERROR, "statement cannot be prepared: %s",
			 SPI_result_code_string(SPI_result));
	SPI_keepplan(plan);
	query->plan = plan;
}

/* Plan it as running it would; returns SPI's code. */
static int
plan_only(CccdQuery *query)
{
	CachedPlan *plan = SPI_plan_get_cached_plan(query->plan);

	if (plan)
		ReleaseCachedPlan(plan, CurrentResourceOwner);
	SPI_processed = 1;
	return SPI_OK_UTILITY;
}

/* Run it; a snapshot is given for a statement that only reads. */
static int
run(CccdQuery *query, const Datum *values, const char *nulls,
	Snapshot snapshot)
{
	volatile bool seqscan = enable_seqscan;
	volatile bool jit = jit_enabled;
	volatile int code = 0;

	enable_seqscan = false;
	jit_enabled = false;
	PG_TRY();
	{
		prepare(query);
		if (snapshot)
			code = SPI_execute_snapshot(query->plan, (Datum *) values, nulls,
										snapshot, InvalidSnapshot, true,
										false, 0);
		else if (rehearsing)
			code = plan_only(query);
		else
			code = SPI_execute_plan(query->plan, (Datum *) values, nulls,
									false, 0);
	}
	PG_FINALLY();
	{
		enable_seqscan = seqscan;
		jit_enabled = jit;
	}
	PG_END_TRY();
	return code;
}

/* The rows that a statement has returned or changed. */
static uint64
processed(int code)
{
	if (code < 0)
		elog(ERROR, "statement cannot be run: %s",
			 SPI_result_code_string(code));
	return SPI_processed;
}

uint64
cccd_query_run(CccdQuery *query, const Datum *values, const char *nulls)
{
	return processed(run(query, values, nulls, NULL));
}

uint64
cccd_query_read(CccdQuery *query, const Datum *values, const char *nulls,
				Snapshot snapshot)
{
	return processed(run(query, values, nulls, snapshot));
}

void
cccd_query_rehearse(bool on)
{
	rehearsing = on;
}

ResourceOwner
cccd_locks_begin(void)
{
	ResourceOwner caller = CurrentResourceOwner;

	CurrentResourceOwner = ResourceOwnerCreate(caller, "cccd_gate look-up");
	return caller;
}

void
cccd_locks_end(ResourceOwner caller)
{
	ResourceOwner owner = CurrentResourceOwner;

	CurrentResourceOwner = caller;
	ResourceOwnerRelease(owner, RESOURCE_RELEASE_BEFORE_LOCKS, true, false);
	/* as if it had failed: else the caller would get the locks */
	ResourceOwnerRelease(owner, RESOURCE_RELEASE_LOCKS, false, false);
	ResourceOwnerRelease(owner, RESOURCE_RELEASE_AFTER_LOCKS, true, false);
	ResourceOwnerDelete(owner);
}

Datum
cccd_query_value(uint64 row, int column, bool *isnull)
{
	return SPI_getbinval(SPI_tuptable->vals[row], SPI_tuptable->tupdesc,
						 column, isnull);
}
