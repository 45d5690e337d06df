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

/* Where the person is after an answer, as far as it may be said. */
static void
tell_presence(const CccdFound *found, const CccdLogRow *row,
			  CccdAnswer *answer)
{
	answer->says_inside = true;
	if (row->action == 'n' && row->verdict == 'a')
		answer->inside = false;
	else if (cccd_log_admits(row))
		/* a case that is judged again may be an exit's */
		answer->inside = found->call->direction != CCCD_DIRECTION_OUT;
	else
	{
		answer->says_inside = answer->shows_register;
		answer->inside = found->situation.presence == CCCD_PRESENCE_INSIDE;
	}
}

static Datum
make_answer(FunctionCallInfo fcinfo, const CccdFound *found,
			const CccdLogRow *row, bool shows_register, bool unwritten)
{
	CccdAnswer	answer = {0};

	answer.row = row;
	answer.found = found;
	answer.shows_register = shows_register;
	answer.without_request = unwritten && found->call->request == NULL;
	if (unwritten)
	{
		answer.says_inside = shows_register;
		answer.inside = found->situation.presence == CCCD_PRESENCE_INSIDE;
	}
	else
		tell_presence(found, row, &answer);
	return cccd_answer_datum(fcinfo, &answer);
}

Datum
cccd_door_unwritten(FunctionCallInfo fcinfo, CccdFound *found)
{
	CccdLogRow	row;

	memset(&row, 0, sizeof(row));
	row.recorded_at = found->call->at;
	if (found->call->request)
		row.request = *found->call->request;
	cccd_make_row(found, &row);
	/* nobody was admitted */
	row.action = 'o';
	row.decided = 0;
	return make_answer(fcinfo, found, &row,
					   found->judgement.identity_stands, true);
}

Datum
cccd_door_logged(FunctionCallInfo fcinfo, CccdFound *found,
				 const CccdLogRow *row)
{
	if (row->person != 0 && found->holder.person == 0)
	{
		cccd_read_holder(row->person, GetActiveSnapshot(), &found->holder);
		found->snapshot = GetActiveSnapshot();
		cccd_read_holder_number(found);
	}
	/* an exit that is judged again asks for no more than a number, either */
	return make_answer(fcinfo, found, row,
					   cccd_answer_shows_register(row) &&
					   !(found->call->direction == CCCD_DIRECTION_OUT &&
						 row->evidence <= CCCD_EVIDENCE_CLAIMED),
					   false);
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
	 * one.
	 */
	if (!cccd_answer_shows_register(row) && !found->judgement.identity_stands)
		return true;
	cccd_read_holder(row->person, GetActiveSnapshot(), &holder);
	return holder.person == found->holder.person;
}

/*
 * A request id that was answered before: the same call gets the same answer,
 * and another call learns nothing of it.
 */
static Datum
answer_again(FunctionCallInfo fcinfo, const CccdCase *request, CccdFound *found)
{
	MemoryContext caller = CurrentMemoryContext;
	CccdLogRow	row;
	bool		any;

	SPI_connect();
	any = cccd_log_read(request, caller, &row);
	SPI_finish();
	if (any && is_same_call(found, &row))
		return cccd_door_logged(fcinfo, found, &row);
	found->situation.request_reused = true;
	cccd_judge(&found->situation, &found->judgement);
	return cccd_door_unwritten(fcinfo, found);
}

Datum
cccd_door(FunctionCallInfo fcinfo, CccdCall *call)
{
	CccdFound  *found = palloc(sizeof(CccdFound));
	CccdRecord	record;
	CccdCase	earlier = {.known = false};
	Datum		answer;
	bool		writes = call->writes;

	cccd_gate_begin();
	memset(&record, 0, sizeof(record));
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
	cccd_judge_found(found);
	if (earlier.known)
		answer = answer_again(fcinfo, &earlier, found);
	else if (!writes || found->situation.not_handed_over ||
			 found->situation.bad_request)
		answer = cccd_door_unwritten(fcinfo, found);
	else
	{
		record.request.request = *call->request;
		if (cccd_door_write(call, look_up, NULL, &record, found))
			answer = make_answer(fcinfo, found, &record.row,
								 cccd_answer_shows_register(&record.row),
								 false);
		else
		{
			/* of two at the same moment the other one was first */
			PopActiveSnapshot();
			PushActiveSnapshot(GetTransactionSnapshot());
			cccd_case_find(call->request, GetActiveSnapshot(), &earlier);
			cccd_look_up(call, GetActiveSnapshot(), found);
			answer = answer_again(fcinfo, &earlier, found);
		}
	}
	PopActiveSnapshot();
	return answer;
}
