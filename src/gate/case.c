/*
 * case.c
 *		A case that is judged again, after papers or when something changed.
 *
 * The scan is gone.  What it said is in the first answer of the case: who it
 * was, the evidence, and what was wrong with the document.  Everything that
 * can be looked at again is.
 */
#include "gate/door.h"

#include "catalog/pg_type.h"
#include "utils/builtins.h"
#include "utils/snapmgr.h"

#include "base/calendar_core.h"
#include "gate/query.h"

/* The first answer of a case, and its file. */
typedef struct Again
{
	CccdCase	file;
	CccdLogRow	first;
} Again;

/*
 * When an officer last compared document and holder, and stands by it;
 * CCCD_JUDGE_NEVER if none has.
 */
static TimestampTz
compared_at(const CccdCase *file)
{
	static CccdQuery query = {
		"SELECT pg_catalog.max(p.accepted_at) FROM cccd_gate.paper p"
		" WHERE p.case_id OPERATOR(pg_catalog.=) $1"
		" AND p.kind OPERATOR(pg_catalog.=) 'identity'"
		" AND p.revoked_at IS NULL",
		1, {UUIDOID}
	};
	Datum		key = UUIDPGetDatum(&file->request);
	Datum		value;
	bool		isnull;

	SPI_connect();
	cccd_query_run(&query, &key, NULL);
	value = cccd_query_value(0, 1, &isnull);
	SPI_finish();
	return isnull ? CCCD_JUDGE_NEVER : DatumGetTimestampTz(value);
}

/*
 * What was said of the document between the first answer and the comparison:
 * the officer has seen it, too.
 */
static void
add_compared(CccdFound *found, const CccdCase *file, TimestampTz compared)
{
	static CccdQuery query = {
		"SELECT DISTINCT u.code FROM cccd_gate.answer_log l"
		" CROSS JOIN LATERAL pg_catalog.unnest(l.reasons) u(code)"
		" WHERE l.event OPERATOR(pg_catalog.=) $1"
		" AND l.recorded_at OPERATOR(pg_catalog.>=) $2"
		" AND l.recorded_at OPERATOR(pg_catalog.<=) $3"
		" AND l.case_id OPERATOR(pg_catalog.=) $4",
		4, {INT4OID, TIMESTAMPTZOID, TIMESTAMPTZOID, UUIDOID}
	};
	Datum		values[4] = {
		Int32GetDatum(file->event), TimestampTzGetDatum(file->recorded_at),
		TimestampTzGetDatum(compared), UUIDPGetDatum(&file->request)
	};
	uint64		count;

	SPI_connect();
	count = cccd_query_run(&query, values, NULL);
	for (uint64 i = 0; i < count; i++)
	{
		bool		isnull;
		Datum		code = cccd_query_value(i, 1, &isnull);
		CccdReason	reason = cccd_gate_reason(TextDatumGetCString(code));

		if (reason != CCCD_REASON_COUNT && cccd_judge_carries(reason) &&
			(cccd_reason_entries[reason].flags & CCCD_REASON_CURED))
			cccd_add_finding(found, reason, false);
	}
	SPI_finish();
}

static CccdCaseState
state_of(const CccdCase *file)
{
	if (!file->known)
		return CCCD_CASE_UNKNOWN;
	return file->state == 'o' ? CCCD_CASE_OPEN :
		file->state == 'a' ? CCCD_CASE_ADMITTED : CCCD_CASE_CLOSED;
}

static bool
said(const CccdLogRow *row, CccdReason reason)
{
	for (int i = 0; i < row->reason_count; i++)
		if (row->reasons[i] == reason)
			return true;
	return false;
}

/* The ticket of the first answer, or one that the person has got since. */
static void
look_at_ticket(CccdFound *found, const CccdLogRow *first)
{
	CccdSituation *situation = &found->situation;

	found->ticket = first->ticket;
	if (first->ticket != 0)
	{
		situation->ticket_shown = true;
		cccd_read_ticket(found);
		if (situation->ticket_holder == CCCD_TICKET_BEARER ||
			cccd_judge_ticket_holds(situation))
			return;
	}
	else if (said(first, CCCD_REASON_TICKET_UNKNOWN))
		situation->ticket_shown = true;
	cccd_find_named_ticket(found);
}

static void
look_at_person(CccdFound *found, const CccdLogRow *first)
{
	CccdSituation *situation = &found->situation;

	situation->readable = first->evidence != CCCD_EVIDENCE_UNKNOWN;
	situation->scan_evidence = first->evidence;
	found->shown.kind = first->kind;
	situation->minimum_evidence = cccd_gate_minimum(found->event,
													first->kind);
	if (first->person == 0)
		return;
	cccd_read_holder(first->person, found->snapshot, &found->holder);
	if (found->holder.person == 0)
		return;
	situation->person_known = true;
	situation->register_is_national = found->holder.national;
	situation->deceased = found->holder.died_on != CCCD_NO_DATE &&
		found->holder.died_on <= cccd_day_from_time(situation->at);
	found->document = first->document;
	cccd_read_document(found);
}

static void
look_again(const CccdCall *call, Snapshot snapshot, void *argument,
		   CccdFound *found)
{
	Again	   *again = argument;
	CccdSituation *situation = &found->situation;
	TimestampTz compared;

	cccd_look_up_begin(call, snapshot, found);
	cccd_look_up_place(found);
	situation->case_state = state_of(&again->file);
	if (found->gate == NULL || !again->file.known)
		return;
	compared = compared_at(&again->file);
	situation->identity_paper = compared != CCCD_JUDGE_NEVER;
	look_at_person(found, &again->first);
	look_at_ticket(found, &again->first);
	cccd_choose_leaver(found);
	cccd_read_presence(found);
	for (int i = 0; i < again->first.reason_count; i++)
		if (cccd_judge_carries(again->first.reasons[i]))
			cccd_add_finding(found, again->first.reasons[i], false);
	if (situation->identity_paper)
		add_compared(found, &again->file, compared);
	cccd_choose_ticket(found);
	cccd_ask_rule(found);
}

/*
 * Find the case, and take its place in the call.  A case of an event at which
 * the role has no duty is one that is not known.
 */
static void
find_case(const pg_uuid_t *case_id, CccdCall *call, Again *again,
		  MemoryContext context)
{
	const CccdGateEvent *event = NULL;

	memset(again, 0, sizeof(*again));
	if (case_id == NULL)
		return;
	SPI_connect();
	if (call->read_only)
		cccd_case_find(case_id, GetActiveSnapshot(), &again->file);
	else
		cccd_case_lock(case_id, &again->file);
	again->file.known = again->file.known && !again->file.has_case &&
		cccd_log_read(&again->file, context, &again->first);
	SPI_finish();
	if (again->file.event != 0)
		event = cccd_gate_event_by_key(again->file.event);
	if (event == NULL || (cccd_gate_duties(event) & call->duty) == 0)
		again->file.known = false;
	if (!again->file.known)
		return;
	call->event = event->code;
	call->gate = again->first.gate;
	call->direction = again->first.action == 'o' ? CCCD_DIRECTION_OUT :
		again->first.action == 'm' ? CCCD_DIRECTION_MOVE : CCCD_DIRECTION_IN;
	call->kind = again->first.kind;
	call->origin_level = again->first.origin_level;
	if (call->accompanied == CCCD_CONTEXT_UNKNOWN)
		call->accompanied = again->first.accompanied;
}

/* The request id was used: for this case, or for something else. */
static Datum
answer_earlier(FunctionCallInfo fcinfo, const CccdCase *earlier,
			   const Again *again, CccdFound *found)
{
	MemoryContext context = CurrentMemoryContext;
	CccdLogRow	row;
	bool		same = earlier->has_case && again->file.known &&
	memcmp(&earlier->case_id, &again->file.request,
		   sizeof(pg_uuid_t)) == 0;

	if (same)
	{
		SPI_connect();
		same = cccd_log_read(earlier, context, &row) && row.action == 'r';
		SPI_finish();
	}
	if (same)
		return cccd_door_repeated(fcinfo, found, &row, again->file.state);
	found->situation.request_reused = true;
	cccd_judge(&found->situation, &found->judgement);
	return cccd_door_unwritten(fcinfo, found);
}

/* Judge the case again and write it down, if that can be done. */
static Datum
judge_again(FunctionCallInfo fcinfo, CccdCall *call, Again *again)
{
	CccdFound  *found = palloc(sizeof(CccdFound));
	CccdCase	earlier = {.known = false};
	CccdRecord	record;

	memset(&record, 0, sizeof(record));
	if (call->request && !call->read_only)
		cccd_case_find(call->request, GetActiveSnapshot(), &earlier);
	look_again(call, GetActiveSnapshot(), again, found);
	if (earlier.known)
		return answer_earlier(fcinfo, &earlier, again, found);
	cccd_judge_found(found);
	if (call->bad_request || call->read_only || !again->file.known ||
		found->situation.not_handed_over || found->gate == NULL)
		return cccd_door_unwritten(fcinfo, found);
	record.request.request = *call->request;
	record.request.has_case = true;
	record.request.case_id = again->file.request;
	record.state = again->file.state;
	if (cccd_door_write(call, look_again, again, &record, found))
		return cccd_door_written(fcinfo, found, &record.row);
	PushActiveSnapshot(GetTransactionSnapshot());
	cccd_case_find(call->request, GetActiveSnapshot(), &earlier);
	PopActiveSnapshot();
	return answer_earlier(fcinfo, &earlier, again, found);
}

/*
 * recheck(case_id, request_id, accompanied)
 */
PG_FUNCTION_INFO_V1(cccd_gate_recheck);
Datum
cccd_gate_recheck(PG_FUNCTION_ARGS)
{
	CccdCall	call;
	Again		again;
	Datum		answer;

	cccd_gate_begin();
	memset(&call, 0, sizeof(call));
	call.writes = true;
	call.action = 'r';
	call.duty = CCCD_DUTY_DESK;
	call.request = cccd_uuid_arg(fcinfo, 1);
	call.accompanied = cccd_boolean_arg(fcinfo, 2);
	call.bad_request = call.request == NULL;
	call.read_only = cccd_door_read_only();
	/* the request before the case, as annul() locks them */
	if (call.request && !call.read_only)
		cccd_request_lock(call.request);
	PushActiveSnapshot(GetTransactionSnapshot());
	find_case(cccd_uuid_arg(fcinfo, 0), &call, &again, CurrentMemoryContext);
	PopActiveSnapshot();
	/* what was waited for has been committed */
	PushActiveSnapshot(GetTransactionSnapshot());
	call.at = GetCurrentTimestamp();
	answer = judge_again(fcinfo, &call, &again);
	PopActiveSnapshot();
	return answer;
}
