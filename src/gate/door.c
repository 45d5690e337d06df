/*
 * door.c
 *		Ask, look up, judge, write; see door.h.
 *
 * The path of a check is cccd_door(), from top to bottom.
 */
#include "gate/door.h"

#include "access/xact.h"
#include "access/xlog.h"
#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/snapmgr.h"

#include "gate/limit.h"
#include "gate/presence.h"
#include "gate/query.h"

/* How often a check is looked up again before the caller must try again. */
#define ATTEMPTS	100

const char *
cccd_string_arg(FunctionCallInfo fcinfo, int arg)
{
	return PG_ARGISNULL(arg) ? NULL : text_to_cstring(PG_GETARG_TEXT_PP(arg));
}

const		text *
cccd_text_arg(FunctionCallInfo fcinfo, int arg)
{
	return PG_ARGISNULL(arg) ? NULL : PG_GETARG_TEXT_PP(arg);
}

const pg_uuid_t *
cccd_uuid_arg(FunctionCallInfo fcinfo, int arg)
{
	return PG_ARGISNULL(arg) ? NULL : PG_GETARG_UUID_P(arg);
}

int
cccd_boolean_arg(FunctionCallInfo fcinfo, int arg)
{
	if (PG_ARGISNULL(arg))
		return CCCD_CONTEXT_UNKNOWN;
	return PG_GETARG_BOOL(arg) ? CCCD_CONTEXT_YES : CCCD_CONTEXT_NO;
}

bool
cccd_door_read_only(void)
{
	return XactReadOnly || RecoveryInProgress();
}

void
cccd_judge_found(CccdFound *found)
{
	cccd_judge(&found->situation, &found->judgement);
	if (cccd_limit_exceeded(found))
	{
		found->situation.over_limit = true;
		cccd_judge(&found->situation, &found->judgement);
	}
}

/*
 * Whether what the register says may be shown with a row of the log: an exit
 * that is judged again asks for no more than a number, either.
 */
static bool
shows_register(const CccdFound *found, const CccdLogRow *row)
{
	return cccd_answer_shows_register(row) &&
		!(found->call->direction == CCCD_DIRECTION_OUT &&
		  row->evidence <= CCCD_EVIDENCE_CLAIMED);
}

static bool
is_inside(const CccdFound *found)
{
	return found->situation.presence == CCCD_PRESENCE_INSIDE;
}

Datum
cccd_door_unwritten(FunctionCallInfo fcinfo, CccdFound *found)
{
	CccdAnswer	answer = {.found = found};
	CccdLogRow	row;

	memset(&row, 0, sizeof(row));
	row.recorded_at = found->call->at;
	if (found->call->request)
		row.request = *found->call->request;
	cccd_make_row(found, &row);
	/* nobody was admitted */
	row.action = 'o';
	row.decided = 0;
	answer.row = &row;
	answer.shows_register = found->judgement.identity_stands;
	answer.without_request = found->call->request == NULL;
	answer.says_inside = answer.shows_register;
	answer.inside = is_inside(found);
	return cccd_answer_datum(fcinfo, &answer);
}

Datum
cccd_door_written(FunctionCallInfo fcinfo, const CccdFound *found,
				  const CccdLogRow *row)
{
	CccdAnswer	answer = {.row = row, .found = found};
	bool		happens = found->judgement.takes_effect;

	answer.shows_register = shows_register(found, row);
	answer.says_inside = happens || answer.shows_register;
	answer.inside = is_inside(found);
	if (happens && found->call->direction != CCCD_DIRECTION_MOVE)
		answer.inside = found->call->direction == CCCD_DIRECTION_IN;
	answer.entered = happens &&
		found->call->direction == CCCD_DIRECTION_IN;
	return cccd_answer_datum(fcinfo, &answer);
}

/* Look at whom a row of the log is about, whatever the call shows. */
static void
look_at_row(CccdFound *found, const CccdLogRow *row)
{
	if (found->gate == NULL)
		return;
	found->snapshot = GetActiveSnapshot();
	cccd_clear_holder(&found->holder);
	if (row->person != 0)
	{
		cccd_read_holder(row->person, found->snapshot, &found->holder);
		cccd_read_holder_number(found);
	}
	found->situation.ticket_of_event = false;
	found->ticket = row->ticket;
	if (row->ticket != 0)
		cccd_read_ticket(found);
	cccd_read_presence(found);
}

/* Turn a row into what is said of a case that the desk has closed since. */
static void
close_row(CccdLogRow *row)
{
	row->verdict = 'r';
	row->decided = 0;
	row->valid_until = CCCD_JUDGE_NEVER;
	row->rule = 0;
	row->reasons[0] = CCCD_REASON_CASE_CLOSED;
	row->reason_count = 1;
}

Datum
cccd_door_repeated(FunctionCallInfo fcinfo, CccdFound *found,
				   const CccdLogRow *row, char state)
{
	CccdLogRow	now = *row;
	CccdAnswer	answer = {.row = &now, .found = found};
	bool		admits = cccd_log_admits(row);
	bool		enters = found->call->direction == CCCD_DIRECTION_IN;

	look_at_row(found, row);
	answer.shows_register = shows_register(found, row);
	answer.says_inside = answer.shows_register ||
		(admits && (found->holder.person != 0 || found->stay.known));
	answer.inside = is_inside(found);
	answer.entered = admits && enters && state == 'a';
	/* an exit or a move closes its case by itself */
	if (state == 'c' && !(admits && !enters))
		close_row(&now);
	return cccd_answer_datum(fcinfo, &answer);
}

bool
cccd_door_write(const CccdCall *call, CccdLook look, void *argument,
				CccdRecord *record, CccdFound *found)
{
	for (int i = 0; i < ATTEMPTS; i++)
	{
		CccdWritten written;

		CHECK_FOR_INTERRUPTS();
		if (i > 0)
		{
			PushActiveSnapshot(GetTransactionSnapshot());
			look(call, GetActiveSnapshot(), argument, found);
			cccd_judge_found(found);
			PopActiveSnapshot();
		}
		written = cccd_write(found, record);
		if (written != CCCD_CHANGED)
			return written == CCCD_WRITTEN;
	}
	ereport(ERROR,
			(errcode(ERRCODE_T_R_SERIALIZATION_FAILURE),
			 errmsg("could not serialize access due to concurrent update")));
}

static void
look_up(const CccdCall *call, Snapshot snapshot, void *argument,
		CccdFound *found)
{
	cccd_look_up(call, snapshot, found);
}

static bool
same_string(const char *a, const char *b)
{
	return a == b || (a && b && strcmp(a, b) == 0);
}

/* Whether a row of the log answers this very call. */
static bool
is_same_call(CccdFound *found, const CccdLogRow *row)
{
	const CccdCall *call = found->call;
	CccdHolder	holder = {.person = 0};

	if (row->has_case || row->action != call->action ||
		row->event != (found->event ? found->event->event : 0) ||
		!same_string(row->gate, found->gate ? found->gate->name : NULL))
		return false;
	/* of the tickets in a person's name another one may be the best now */
	if (call->ticket && row->ticket != 0 && found->ticket != 0 &&
		row->ticket != found->ticket)
		return false;
	/* the reader may not manage a picture again: it contradicts nothing then */
	if (call->scan == NULL && call->chip == 0 &&
		!cccd_shown_number(&found->shown))
		return true;

	/*
	 * An answer that said nothing of the register is given to whoever shows
	 * no more: whether it is about the same number would say whether there is
	 * one, and of a claim whether it would let in.
	 */
	if (!cccd_answer_shows_register(row) &&
		(!found->judgement.identity_stands ||
		 cccd_judge_evidence(&found->situation) <= CCCD_EVIDENCE_CLAIMED))
		return true;
	cccd_read_holder(row->person, GetActiveSnapshot(), &holder);
	return holder.person == found->holder.person;
}

/*
 * A request id that was answered before: the same call gets the same answer,
 * unless the desk has closed the case, and another call learns nothing of it.
 * It counts for no limit: it did when it was answered.
 */
static Datum
answer_again(FunctionCallInfo fcinfo, const CccdCase *request, CccdFound *found)
{
	MemoryContext caller = CurrentMemoryContext;
	CccdLogRow	row;
	bool		any;

	cccd_judge(&found->situation, &found->judgement);
	SPI_connect();
	any = cccd_log_read(request, caller, &row);
	SPI_finish();
	if (any && is_same_call(found, &row))
		return cccd_door_repeated(fcinfo, found, &row, request->state);
	found->situation.request_reused = true;
	cccd_judge(&found->situation, &found->judgement);
	return cccd_door_unwritten(fcinfo, found);
}

/* A call that was looked up, and was not answered before as far as is known. */
static Datum
answer_first(FunctionCallInfo fcinfo, CccdCall *call, bool writes,
			 CccdFound *found)
{
	CccdRecord	record;
	CccdCase	earlier = {.known = false};

	cccd_judge_found(found);
	if (!writes || found->situation.not_handed_over ||
		found->situation.bad_request)
		return cccd_door_unwritten(fcinfo, found);
	memset(&record, 0, sizeof(record));
	record.request.request = *call->request;
	if (cccd_door_write(call, look_up, NULL, &record, found))
		return cccd_door_written(fcinfo, found, &record.row);
	/* of two at the same moment the other one was first */
	PopActiveSnapshot();
	PushActiveSnapshot(GetTransactionSnapshot());
	cccd_case_find(call->request, GetActiveSnapshot(), &earlier);
	cccd_look_up(call, GetActiveSnapshot(), found);
	return answer_again(fcinfo, &earlier, found);
}

Datum
cccd_door(FunctionCallInfo fcinfo, CccdCall *call)
{
	CccdFound  *found = palloc(sizeof(CccdFound));
	CccdCase	earlier = {.known = false};
	Datum		answer;
	bool		writes = call->writes;

	cccd_gate_begin();
	if (writes)
	{
		call->at = call->replays ? call->at : GetCurrentTimestamp();
		PushActiveSnapshot(GetTransactionSnapshot());
		call->bad_request = call->bad_request || call->request == NULL;
		call->read_only = cccd_door_read_only();
		writes = !call->bad_request && !call->read_only;
	}
	else
		PushActiveSnapshot(GetActiveSnapshot());
	if (writes)
		cccd_case_find(call->request, GetActiveSnapshot(), &earlier);

	cccd_look_up(call, GetActiveSnapshot(), found);
	if (!call->writes && found->gate)
		found->situation.full = cccd_place_full(found->event,
												found->terms->capacity,
												found->snapshot);
	answer = earlier.known ? answer_again(fcinfo, &earlier, found) :
		answer_first(fcinfo, call, writes, found);
	PopActiveSnapshot();
	return answer;
}
