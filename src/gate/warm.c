/*
 * warm.c
 *		What a session does at its first check, done before.
 *
 * Plans are made and the catalog is read when a statement first runs, so all
 * of them run: an entry, a move and an exit of nobody, which are rolled back.
 */
#include "gate/door.h"

#include "access/xact.h"
#include "executor/spi.h"
#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/resowner.h"
#include "utils/snapmgr.h"

#include "gate/presence.h"
#include "gate/table.h"

/* A key that no person, ticket or document has. */
#define NOBODY	INT64CONST(-1)

/* Read by every index a row that is not there. */
static void
warm_indexes(Snapshot snapshot)
{
	Datum		key = Int64GetDatum(NOBODY);
	Datum		word = CStringGetTextDatum("");
	pg_uuid_t	request = {{0}};

	for (int i = 0; i < CCCD_INDEXES; i++)
	{
		Datum		keys[2] = {key, Int32GetDatum(0)};
		CccdRows	rows;

		if (i == CCCD_DOCUMENTS_BY_NUMBER)
			keys[0] = keys[1] = word;
		else if (i == CCCD_TICKET_BY_SECRET)
			keys[0] = word;
		else if (i == CCCD_BY_REQUEST)
			keys[0] = UUIDPGetDatum(&request);
		else if (i == CCCD_BY_SLOT)
			keys[0] = keys[1] = Int32GetDatum(0);
		else if (i == CCCD_PRESENCE_OF_TICKET)
		{
			keys[0] = Int32GetDatum(0);
			keys[1] = key;
		}
		cccd_rows_begin(&rows, (CccdIndex) i, keys, snapshot);
		(void) cccd_rows_next(&rows);
		cccd_rows_end(&rows);
	}
}

/* An entry, a move and an exit of nobody. */
static void
visit(CccdFound *found, CccdCall *call)
{
	CccdRecord	record;
	static const CccdDirection directions[] = {
		CCCD_DIRECTION_IN, CCCD_DIRECTION_MOVE, CCCD_DIRECTION_OUT
	};

	memset(&record, 0, sizeof(record));
	found->holder.person = NOBODY;
	for (int i = 0; i < lengthof(directions); i++)
	{
		call->direction = directions[i];
		found->judgement.takes_effect = true;
		record.request.request.data[0] = (unsigned char) i;
		record.claimed = false;
		(void) cccd_write(found, &record);
		found->stay.known = true;
		found->stay.person = NOBODY;
		found->stay.state = 'i';
		found->stay.since = call->at;
		found->situation.presence = CCCD_PRESENCE_INSIDE;
	}
	SPI_connect();
	(void) cccd_log_read(&record.request, CurrentMemoryContext, &record.row);
	SPI_finish();
}

/* Do it in a transaction of its own, and roll it back. */
static void
rehearse(CccdFound *found, CccdCall *call)
{
	MemoryContext context = CurrentMemoryContext;
	ResourceOwner owner = CurrentResourceOwner;

	BeginInternalSubTransaction(NULL);
	MemoryContextSwitchTo(context);
	PG_TRY();
	{
		visit(found, call);
		RollbackAndReleaseCurrentSubTransaction();
	}
	PG_CATCH();
	{
		RollbackAndReleaseCurrentSubTransaction();
		MemoryContextSwitchTo(context);
		CurrentResourceOwner = owner;
		PG_RE_THROW();
	}
	PG_END_TRY();
	MemoryContextSwitchTo(context);
	CurrentResourceOwner = owner;
}

/*
 * warm_up(event): true if the event exists and the acting role may ask there.
 */
PG_FUNCTION_INFO_V1(cccd_gate_warm_up);
Datum
cccd_gate_warm_up(PG_FUNCTION_ARGS)
{
	CccdFound  *found = palloc(sizeof(CccdFound));
	CccdCall	call;

	cccd_gate_begin();
	memset(&call, 0, sizeof(call));
	call.event = cccd_string_arg(fcinfo, 0);
	call.action = 'i';
	call.duty = CCCD_DUTY_GATE;
	call.at = GetCurrentTimestamp();
	call.writes = true;
	PushActiveSnapshot(GetTransactionSnapshot());
	cccd_look_up_begin(&call, GetActiveSnapshot(), found);
	cccd_look_up_place(found);
	if (found->event && found->event->gates &&
		!found->situation.not_handed_over)
	{
		found->gate = found->event->gates;
		(void) cccd_gate_words(CCCD_REASON_BAD_REQUEST);
		warm_indexes(GetActiveSnapshot());
		if (!cccd_door_read_only())
			rehearse(found, &call);
	}
	PopActiveSnapshot();
	PG_RETURN_BOOL(found->event != NULL);
}
