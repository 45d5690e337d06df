/*
 * write.c
 *		The last step of a check; see write.h.
 */
#include "gate/write.h"

#include "access/xact.h"
#include "catalog/pg_type.h"
#include "common/sha2.h"
#include "utils/builtins.h"
#include "utils/guc.h"

#include "gate/evidence.h"
#include "gate/presence.h"
#include "gate/query.h"

/* This transaction has written an answer. */
static bool has_written = false;

/*
 * What a commit waits for at least: synchronous standbys have it on disk, or
 * also show it where that is what the server, database or role is set to.
 */
static const char *
durable_level(void)
{
	const char *usual = GetConfigOptionResetString("synchronous_commit");

	return usual && strcmp(usual, "remote_apply") == 0 ? usual : "on";
}

/*
 * Before the commit: synchronous standbys are waited for, even if a statement
 * after the check said otherwise.
 */
static void
before_commit(XactEvent event, void *argument)
{
	if (event == XACT_EVENT_PRE_COMMIT || event == XACT_EVENT_PRE_PREPARE)
	{
		if (has_written && synchronous_commit < SYNCHRONOUS_COMMIT_ON)
			(void) set_config_option("synchronous_commit", durable_level(),
									 PGC_USERSET, PGC_S_SESSION,
									 GUC_ACTION_LOCAL, true, 0, false);
	}
	else if (event != XACT_EVENT_PARALLEL_PRE_COMMIT)
		has_written = false;
}

void
cccd_make_durable(void)
{
	static bool registered = false;

	if (!registered)
	{
		RegisterXactCallback(before_commit, NULL);
		registered = true;
	}
	has_written = true;
	ForceSyncCommit();
}

/* The keyed hash of the record that was judged. */
static void
hash_facts(const CccdFound *found, CccdLogRow *row)
{
	CccdPiece	pieces[3];
	uint8		digest[PG_SHA256_DIGEST_LENGTH];

	pieces[0].bytes = cccd_gate_secret(&pieces[0].length);
	pieces[1].bytes = "facts";
	pieces[1].length = strlen("facts");
	pieces[2].bytes = found->record;
	pieces[2].length = found->record_length;
	cccd_digest(pieces, lengthof(pieces), digest);
	memcpy(row->facts, digest, CCCD_FACTS_HASH);
	row->has_facts = true;
}

static char
verdict_letter(CccdGateVerdict verdict)
{
	return verdict == CCCD_GATE_ADMIT ? 'a' :
		verdict == CCCD_GATE_REVIEW ? 'v' : 'r';
}

static char
decided_letter(CccdDecided decided)
{
	return decided == CCCD_DECIDED_ADMIT ? 'a' :
		decided == CCCD_DECIDED_REVIEW ? 'v' :
		decided == CCCD_DECIDED_REFUSE ? 'r' : 0;
}

/* What the rule said, where it was asked. */
static void
put_rule(const CccdFound *found, CccdLogRow *row)
{
	if (!found->situation.rule_asked)
		return;
	row->rule = found->terms->rule_key;
	row->failed = found->rule.failed;
	row->unsure = found->rule.unsure;
	hash_facts(found, row);
}

void
cccd_make_row(const CccdFound *found, CccdLogRow *row)
{
	const CccdCall *call = found->call;
	const CccdJudgement *judgement = &found->judgement;

	row->occurred_at = call->replays ? call->at : CCCD_JUDGE_NEVER;
	row->person = found->holder.person;
	row->ticket = found->ticket;
	row->document = found->document;
	row->valid_until = judgement->valid_until;
	row->event = found->event ? found->event->event : 0;
	row->proof = found->proof;
	row->origin_level = call->origin_level;
	row->action = call->action;
	row->verdict = verdict_letter(judgement->verdict);
	row->evidence = judgement->evidence;
	row->decided = call->replays ? decided_letter(call->decided) : 0;
	row->accompanied = call->accompanied;
	row->gate = found->gate ? found->gate->name : NULL;
	row->zone = found->gate ? found->gate->to_zone : NULL;
	if (found->gate && (call->scan || call->image || call->chip || call->kind))
		row->kind = found->shown.kind;
	row->role = cccd_gate_role();
	row->reason_count = judgement->reason_count;
	memcpy(row->reasons, judgement->reasons, sizeof(row->reasons));
	put_rule(found, row);
}

/* The state that the case has after this answer. */
static char
case_state(const CccdFound *found)
{
	if (!found->judgement.takes_effect)
		return 'o';
	return found->call->direction == CCCD_DIRECTION_IN ? 'a' : 'c';
}

/* Whether an entry takes a place: nobody who is inside already takes one. */
static bool
needs_place(const CccdFound *found)
{
	return found->call->direction == CCCD_DIRECTION_IN &&
		found->situation.presence != CCCD_PRESENCE_INSIDE;
}

static bool
frees_place(const CccdFound *found)
{
	return found->call->direction == CCCD_DIRECTION_OUT &&
		found->situation.presence == CCCD_PRESENCE_INSIDE;
}

/*
 * Take or free a place.  Where there is none the judgement becomes "full",
 * unless the entry has happened: then one is taken beyond the capacity.
 * Returns false if nothing takes effect any more.
 */
static bool
change_place(CccdFound *found, int *slot)
{
	*slot = -1;
	if (frees_place(found))
		*slot = cccd_place_free(found->event);
	if (!needs_place(found))
		return true;
	*slot = cccd_place_take(found->event);
	if (*slot >= 0)
		return true;
	if (found->call->decided == CCCD_DECIDED_ADMIT)
	{
		*slot = cccd_place_force(found->event);
		return true;
	}
	found->situation.full = true;
	cccd_judge(&found->situation, &found->judgement);
	return false;
}

/* Record where the person is now; false if somebody else was quicker. */
static bool
change_presence(CccdFound *found)
{
	TimestampTz moment = found->call->at;
	bool		inside = found->situation.presence == CCCD_PRESENCE_INSIDE;

	switch (found->call->direction)
	{
		case CCCD_DIRECTION_IN:
			return cccd_presence_enter(found, moment);
		case CCCD_DIRECTION_OUT:
			/* a replayed exit of somebody who is not inside changes nothing */
			return !inside || cccd_presence_leave(found, moment);
		case CCCD_DIRECTION_MOVE:
			return !inside || cccd_presence_move(found, moment);
	}
	return true;
}

/*
 * Make the judgement happen.  A place comes before presence, as in all
 * transactions; if presence is lost then, the place is given back.
 */
static bool
take_effect(CccdFound *found)
{
	int			slot;

	if (!change_place(found, &slot))
		return true;
	if (change_presence(found))
		return true;
	if (slot >= 0)
		cccd_place_undo(found->event, slot, frees_place(found) ? -1 : 1);
	return false;
}

/* Make the request this answer's; false if it is another one's. */
static bool
claim(CccdFound *found, CccdRecord *record)
{
	CccdCase   *request = &record->request;

	if (record->claimed)
		return true;
	request->recorded_at = record->row.recorded_at;
	request->event = found->event ? found->event->event : 0;
	if (!request->has_case)
	{
		request->state = case_state(found);
		record->state = request->state;
	}
	record->claimed = cccd_case_claim(request);
	return record->claimed;
}

/* Bring the case's state up to date, where others were quicker. */
static void
set_state(const CccdFound *found, CccdRecord *record)
{
	char		state = case_state(found);

	/* a case that is asked again stays as it is, unless it takes effect */
	if (state == record->state ||
		(record->request.has_case && !found->judgement.takes_effect))
		return;
	cccd_case_set_state(record->request.has_case ? &record->request.case_id :
						&record->request.request, state);
	record->state = state;
}

/*
 * Keep a note where it can be erased, with every run of digits masked; the row
 * gets its keyed hash.
 */
static void
keep_note(const text *note, CccdLogRow *row, MemoryContext context)
{
	static CccdQuery query = {
		"WITH n AS (SELECT nullif(cccd_gate.masked_note($2), '') AS note),"
		" kept AS (INSERT INTO cccd_gate.note (request_id, note)"
		" SELECT $1, n.note FROM n WHERE n.note IS NOT NULL)"
		" SELECT cccd_gate.keyed_hash('note', n.note) FROM n",
		2, {UUIDOID, TEXTOID}
	};
	Datum		values[2] = {
		UUIDPGetDatum(&row->request), PointerGetDatum(note)
	};
	MemoryContext spi;
	Datum		hash;
	bool		isnull;

	cccd_query_run(&query, values, NULL);
	hash = cccd_query_value(0, 1, &isnull);
	if (isnull)
		return;
	spi = MemoryContextSwitchTo(context);
	row->note_hash = DatumGetByteaPCopy(hash);
	MemoryContextSwitchTo(spi);
}

/*
 * When an answer is recorded.  Who reads the log by transaction looks for the
 * rows of a transaction from the time on at which it got its id (91_board.sql):
 * of a check that has taken longer until then the row is later than the check.
 */
static TimestampTz
recording_time(const CccdCall *call)
{
	TimestampTz now;

	(void) GetTopTransactionId();
	now = GetCurrentTimestamp();
	return call->replays || now - call->at > CCCD_RECORDING_DELAY ? now :
		call->at;
}

CccdWritten
cccd_write(CccdFound *found, CccdRecord *record)
{
	MemoryContext caller = CurrentMemoryContext;

	record->row.recorded_at = recording_time(found->call);
	SPI_connect();
	cccd_make_durable();
	if (!claim(found, record))
	{
		SPI_finish();
		return CCCD_REPEATED;
	}
	if (found->judgement.takes_effect && !take_effect(found))
	{
		SPI_finish();
		return CCCD_CHANGED;
	}
	set_state(found, record);
	record->row.recorded_at = record->request.recorded_at;
	record->row.request = record->request.request;
	record->row.has_case = record->request.has_case;
	record->row.case_id = record->request.case_id;
	cccd_make_row(found, &record->row);
	if (found->call->note)
		keep_note(found->call->note, &record->row, caller);
	cccd_log_write(&record->row);
	cccd_keep_evidence(found, &record->request.request,
					   record->row.recorded_at);
	SPI_finish();
	return CCCD_WRITTEN;
}
