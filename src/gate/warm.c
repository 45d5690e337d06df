/*
 * warm.c
 *		What a session does at its first check, done before.
 *
 * The server reads its catalogs, opens relations, plans statements and looks
 * up functions when they are first used, so all that a check uses is used
 * here.  Nothing is written: what looks up and judges runs, tables that are
 * written are opened, and the statements of what is rare are only planned.
 */
#include "gate/door.h"

#include "catalog/pg_type.h"
#include "executor/spi.h"
#include "utils/builtins.h"
#include "utils/snapmgr.h"

#include "gate/hot.h"
#include "gate/presence.h"
#include "gate/query.h"
#include "gate/table.h"

/* A key that no person, ticket or document has. */
#define NOBODY	INT64CONST(-1)

/* What is shown: a card's code and a ticket's, whoever may have them. */
#define SCAN	"001090000001||A B|01011990|Nam|A|01012021"
#define TICKET	"a ticket that nobody has"

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

/* Look somebody up and judge, as for an entry at a gate of the event. */
static void
warm_look_up(CccdFound *found, CccdCall *call)
{
	const char *gate = found->event->gates->name;

	call->gate = gate;
	call->scan = cstring_to_text(SCAN);
	call->ticket = cstring_to_text(TICKET);
	cccd_look_up(call, GetActiveSnapshot(), found);
	cccd_judge_found(found);
	(void) cccd_gate_words(CCCD_REASON_BAD_REQUEST);
	(void) cccd_gate_site();
}

/* Open the tables that an entry or an exit writes. */
static void
warm_tables(TimestampTz moment)
{
	static const char *const tables[] = {
		"case_file", "presence", "slot", "visit"
	};

	for (int i = 0; i < lengthof(tables); i++)
		cccd_hot_warm(cccd_table_oid(tables[i]));
	cccd_hot_warm(cccd_gate_log(moment)->oid);
}

/* Another entry, a move and an exit of nobody, then of nobody's ticket. */
static void
visit(CccdFound *found, TimestampTz moment)
{
	pg_uuid_t	request = {{0}};

	found->stay.known = true;
	found->stay.since = moment;
	found->stay.ticket = NOBODY;
	for (int i = 0; i < 2; i++)
	{
		found->stay.person = i == 0 ? NOBODY : 0;
		found->stay.state = 'l';
		(void) cccd_presence_enter(found, moment);
		found->stay.state = 'i';
		(void) cccd_presence_enter(found, moment);
		(void) cccd_presence_move(found, moment);
		(void) cccd_presence_leave(found, moment);
	}
	cccd_case_set_state(&request, 'o');
}

/* Plan the statements of a visit. */
static void
rehearse(CccdFound *found, TimestampTz moment)
{
	SPI_connect();
	cccd_query_rehearse(true);
	PG_TRY();
	{
		visit(found, moment);
	}
	PG_FINALLY();
	{
		cccd_query_rehearse(false);
	}
	PG_END_TRY();
	SPI_finish();
}

/* Read an answer that was never given, as for a repeated request. */
static void
warm_repetition(int32 event, TimestampTz moment)
{
	CccdCase	request;
	CccdLogRow	row;

	memset(&request, 0, sizeof(request));
	request.event = event;
	request.recorded_at = moment;
	SPI_connect();
	(void) cccd_log_read(&request, CurrentMemoryContext, &row);
	SPI_finish();
}

/*
 * Call the function itself, without a request id, which is answered and not
 * recorded.  What was looked up before must not be used any more.
 */
static void
warm_call(void)
{
	static CccdQuery query = {
		"SELECT a.verdict FROM cccd_gate.check_in("
		"event => NULL, gate => NULL, request_id => NULL) a",
		0
	};

	SPI_connect();
	(void) cccd_query_run(&query, NULL, NULL);
	SPI_finish();
}

/*
 * warm_up(event): true if the event exists and the acting role may ask there.
 */
PG_FUNCTION_INFO_V1(cccd_gate_warm_up);
Datum
cccd_gate_warm_up(PG_FUNCTION_ARGS)
{
	CccdFound  *found = palloc(sizeof(CccdFound));
	ResourceOwner locks;
	CccdCall	call;
	bool		known;

	cccd_gate_begin();
	memset(&call, 0, sizeof(call));
	call.event = cccd_string_arg(fcinfo, 0);
	call.action = 'i';
	call.duty = CCCD_DUTY_GATE;
	call.at = GetCurrentTimestamp();
	call.writes = true;
	locks = cccd_locks_begin();
	PushActiveSnapshot(GetTransactionSnapshot());
	cccd_look_up_begin(&call, GetActiveSnapshot(), found);
	cccd_look_up_place(found);
	known = found->event != NULL;
	if (known && found->event->gates && !found->situation.not_handed_over)
	{
		warm_look_up(found, &call);
		warm_indexes(GetActiveSnapshot());
		warm_repetition(found->event->event, call.at);
		if (!cccd_door_read_only())
		{
			warm_tables(call.at);
			rehearse(found, call.at);
		}
		warm_call();
	}
	PopActiveSnapshot();
	cccd_locks_end(locks);
	PG_RETURN_BOOL(known);
}
