/*
 * gate.c
 *		SQL functions of cccd_gate.so: the door.
 *
 * Arguments are checked here and nowhere else.  No argument is believed: what
 * a caller says of evidence, moment or officer is not among them.
 */
#include "gate/door.h"

#include "commands/trigger.h"
#include "utils/builtins.h"
#include "utils/inval.h"

#include "gate/table.h"

#ifdef PG_MODULE_MAGIC_EXT
PG_MODULE_MAGIC_EXT(.name = "cccd_gate", .version = CCCD_VERSION);
#else
PG_MODULE_MAGIC;
#endif

void		_PG_init(void);

void
_PG_init(void)
{
	cccd_gate_settings();
}

/* The arguments that every question at a gate begins with. */
static void
place_args(FunctionCallInfo fcinfo, CccdCall *call)
{
	memset(call, 0, sizeof(*call));
	call->event = cccd_string_arg(fcinfo, 0);
	call->gate = cccd_string_arg(fcinfo, 1);
	call->duty = CCCD_DUTY_GATE;
}

/* What a person shows, from argument "first" on, as check_in() has it. */
static void
shown_args(FunctionCallInfo fcinfo, int first, CccdCall *call)
{
	call->scan = cccd_text_arg(fcinfo, first);
	call->ticket = cccd_text_arg(fcinfo, first + 1);
	call->accompanied = cccd_boolean_arg(fcinfo, first + 2);
	if (!PG_ARGISNULL(first + 3))
	{
		int32		level = PG_GETARG_INT32(first + 3);

		if (level < 1 || level > CCCD_LEVEL_MAX)
			call->bad_request = true;
		else
			call->origin_level = level;
	}
	if (!PG_ARGISNULL(first + 4))
		call->image = PG_GETARG_DATUM(first + 4);
	if (!PG_ARGISNULL(first + 5))
		call->chip = PG_GETARG_DATUM(first + 5);
	if (!PG_ARGISNULL(first + 6))
		call->certificates = PG_GETARG_DATUM(first + 6);
}

/*
 * check_in(event, gate, request_id, scan, ticket, accompanied, origin_level,
 * image, chip, certificates)
 */
PG_FUNCTION_INFO_V1(cccd_gate_check_in);
Datum
cccd_gate_check_in(PG_FUNCTION_ARGS)
{
	CccdCall	call;

	place_args(fcinfo, &call);
	call.writes = true;
	call.action = 'i';
	call.request = cccd_uuid_arg(fcinfo, 2);
	shown_args(fcinfo, 3, &call);
	return cccd_door(fcinfo, &call);
}

/* A question about somebody inside. */
static Datum
ask_inside(FunctionCallInfo fcinfo, CccdDirection direction, char action)
{
	CccdCall	call;

	place_args(fcinfo, &call);
	call.writes = true;
	call.direction = direction;
	call.action = action;
	call.request = cccd_uuid_arg(fcinfo, 2);
	call.scan = cccd_text_arg(fcinfo, 3);
	call.ticket = cccd_text_arg(fcinfo, 4);
	return cccd_door(fcinfo, &call);
}

/*
 * check_out(event, gate, request_id, scan, ticket)
 */
PG_FUNCTION_INFO_V1(cccd_gate_check_out);
Datum
cccd_gate_check_out(PG_FUNCTION_ARGS)
{
	return ask_inside(fcinfo, CCCD_DIRECTION_OUT, 'o');
}

/*
 * move(event, gate, request_id, scan, ticket)
 */
PG_FUNCTION_INFO_V1(cccd_gate_move);
Datum
cccd_gate_move(PG_FUNCTION_ARGS)
{
	return ask_inside(fcinfo, CCCD_DIRECTION_MOVE, 'm');
}

/*
 * preview(event, gate, at, scan, ticket, accompanied, origin_level, image,
 * chip, certificates)
 */
PG_FUNCTION_INFO_V1(cccd_gate_preview);
Datum
cccd_gate_preview(PG_FUNCTION_ARGS)
{
	CccdCall	call;

	place_args(fcinfo, &call);
	call.action = 'i';
	call.at = PG_ARGISNULL(2) ? GetCurrentTimestamp() :
		PG_GETARG_TIMESTAMPTZ(2);
	call.bad_request = call.at < CCCD_AT_MIN || call.at > CCCD_AT_MAX;
	shown_args(fcinfo, 3, &call);
	return cccd_door(fcinfo, &call);
}

/* What was decided, of a replay; false for another word. */
static bool
decided_arg(FunctionCallInfo fcinfo, int arg, CccdDecided *decided)
{
	static const char *const words[] = {"admit", "review", "refuse"};
	const char *word = cccd_string_arg(fcinfo, arg);

	*decided = CCCD_DECIDED_NOT;
	for (int i = 0; word && i < lengthof(words); i++)
		if (strcmp(word, words[i]) == 0)
			*decided = (CccdDecided) (CCCD_DECIDED_ADMIT + i);
	return word == NULL || *decided != CCCD_DECIDED_NOT;
}

/* in, out or move; false for another word. */
static bool
direction_arg(FunctionCallInfo fcinfo, int arg, CccdCall *call)
{
	const char *word = cccd_string_arg(fcinfo, arg);

	if (word == NULL)
		return false;
	if (strcmp(word, "in") == 0)
		call->direction = CCCD_DIRECTION_IN;
	else if (strcmp(word, "out") == 0)
		call->direction = CCCD_DIRECTION_OUT;
	else if (strcmp(word, "move") == 0)
		call->direction = CCCD_DIRECTION_MOVE;
	else
		return false;
	call->action = word[0];
	return true;
}

/*
 * replay(request_id, occurred_at, direction, event, gate, scan, ticket,
 * decided, note)
 */
PG_FUNCTION_INFO_V1(cccd_gate_replay);
Datum
cccd_gate_replay(PG_FUNCTION_ARGS)
{
	CccdCall	call;

	memset(&call, 0, sizeof(call));
	call.writes = true;
	call.replays = true;
	call.action = 'i';
	call.duty = CCCD_DUTY_SYNC;
	call.request = cccd_uuid_arg(fcinfo, 0);
	call.at = PG_ARGISNULL(1) ? GetCurrentTimestamp() :
		PG_GETARG_TIMESTAMPTZ(1);
	call.event = cccd_string_arg(fcinfo, 3);
	call.gate = cccd_string_arg(fcinfo, 4);
	call.scan = cccd_text_arg(fcinfo, 5);
	call.ticket = cccd_text_arg(fcinfo, 6);
	call.note = cccd_text_arg(fcinfo, 8);
	/* nothing is replayed before it has happened */
	call.bad_request = !direction_arg(fcinfo, 2, &call);
	if (!decided_arg(fcinfo, 7, &call.decided) || PG_ARGISNULL(1) ||
		call.at < CCCD_AT_MIN || call.at > GetCurrentTimestamp())
		call.bad_request = true;
	return cccd_door(fcinfo, &call);
}

/*
 * cache_changed(): trigger of the tables that sessions remember; every session
 * forgets them with this transaction's commit.
 */
PG_FUNCTION_INFO_V1(cccd_gate_cache_changed);
Datum
cccd_gate_cache_changed(PG_FUNCTION_ARGS)
{
	TriggerData *trigger = (TriggerData *) fcinfo->context;
	Oid			event = cccd_table_oid("event");

	if (!CALLED_AS_TRIGGER(fcinfo))
		ereport(ERROR,
				(errcode(ERRCODE_E_R_I_E_TRIGGER_PROTOCOL_VIOLATED),
				 errmsg("function \"cache_changed\" must be called as a trigger")));
	if (OidIsValid(event))
		CacheInvalidateRelcacheByRelid(event);
	if (TRIGGER_FIRED_FOR_STATEMENT(trigger->tg_event))
		return PointerGetDatum(NULL);
	return PointerGetDatum(TRIGGER_FIRED_BY_UPDATE(trigger->tg_event) ?
						   trigger->tg_newtuple : trigger->tg_trigtuple);
}
