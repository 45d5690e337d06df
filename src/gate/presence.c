/*
 * presence.c
 *		Who is inside, and the places; see presence.h.
 */
#include "gate/presence.h"

#include "access/transam.h"
#include "access/xact.h"
#include "catalog/pg_type.h"
#include "miscadmin.h"
#include "storage/latch.h"
#include "utils/builtins.h"
#include "utils/fmgrprotos.h"
#include "utils/snapmgr.h"
#include "utils/wait_event.h"

#include "gate/hot.h"
#include "gate/query.h"
#include "gate/table.h"

/* How long to wait before the slots are looked at again, milliseconds. */
#define SLOT_WAIT	1

/* How often: whoever has them may be waiting for this transaction. */
#define SLOT_LOOKS	5000

/*
 * A statement about a free slot.  $2 is where the search begins, another place
 * for each session, so that gates do not try the same slot first.
 */
#define SLOT_TEXT(change, condition) \
	"UPDATE cccd_gate.slot AS s SET " change \
	" WHERE s.event OPERATOR(pg_catalog.=) $1 AND s.slot OPERATOR(pg_catalog.=)" \
	" (SELECT f.slot FROM cccd_gate.slot f" \
	" WHERE f.event OPERATOR(pg_catalog.=) $1" \
	" AND f.slot OPERATOR(pg_catalog.>=) $2 AND " condition \
	" LIMIT 1 FOR UPDATE SKIP LOCKED)" \
	" RETURNING s.slot"

#define PLUS(column)	column " = s." column " OPERATOR(pg_catalog.+) 1"
#define MINUS(column)	column " = s." column " OPERATOR(pg_catalog.-) 1"

#define HAS_ROOM	"f.inside OPERATOR(pg_catalog.<) f.size"

/* Try to change one slot; -1 if none that could serve is free. */
static int
try_slot(CccdQuery *query, const CccdGateEvent *event, int from)
{
	Datum		values[2] = {
		Int32GetDatum(event->event), Int16GetDatum((int16) from)
	};
	int			slot = -1;
	bool		isnull;

	if (cccd_query_run(query, values, NULL) > 0)
		slot = DatumGetInt16(cccd_query_value(0, 1, &isnull));
	SPI_freetuptable(SPI_tuptable);
	return slot;
}

/* Whether any slot could serve, whoever is using it. */
static bool
any_slot(CccdQuery *query, const CccdGateEvent *event)
{
	Datum		key = Int32GetDatum(event->event);
	bool		any = cccd_query_run(query, &key, NULL) > 0;

	SPI_freetuptable(SPI_tuptable);
	return any;
}

/* How many people may be inside now. */
static int
capacity_now(const CccdGateEvent *event)
{
	int64		changes;

	return cccd_terms_at(event->terms, GetCurrentTimestamp(),
						 &changes)->capacity;
}

/*
 * Whether this session knows that the places are shared out for so many
 * people: others have done it, or this session in a transaction that committed.
 */
static bool
are_shared(CccdTermsList *terms, int capacity)
{
	return terms->shared == capacity &&
		(!TransactionIdIsValid(terms->shared_by) ||
		 TransactionIdDidCommit(terms->shared_by));
}

/*
 * Share the places out, the first time or because another number of people may
 * be inside than before; false if there was nothing to do.
 */
static bool
share_slots(const CccdGateEvent *event, int capacity)
{
	static CccdQuery query = {
		"SELECT cccd_gate.share_slots($1, $2)", 2, {INT4OID, INT4OID}
	};
	CccdTermsList *terms = event->terms;
	Datum		values[2] = {
		Int32GetDatum(event->event), Int32GetDatum(capacity)
	};
	bool		shared;
	bool		isnull;

	cccd_query_run(&query, values, NULL);
	shared = DatumGetBool(cccd_query_value(0, 1, &isnull));
	/* what was seen may be this transaction's own work */
	terms->shared = capacity;
	terms->shared_by = shared ? GetCurrentTransactionId() :
		GetTopTransactionIdIfAny();
	return shared;
}

/*
 * Change one slot.  A slot that was filled after the statement began is passed
 * over, but stays locked until the transaction ends.  So nobody may wait for a
 * slot's lock: gates look again instead, which is rare, since it takes more
 * gates at one moment than there are slots, or an event that is nearly full.
 * The deadlock detector does not see who looks, so looking has an end.
 */
static int
change_slot(CccdQuery *query, CccdQuery *any, const CccdGateEvent *event)
{
	int			slot = try_slot(query, event, MyProcPid % CCCD_SLOTS);

	if (slot < 0)
		slot = try_slot(query, event, 0);
	if (slot < 0 && !any_slot(any, event) &&
		share_slots(event, capacity_now(event)))
		slot = try_slot(query, event, 0);
	for (int looks = 0; slot < 0 && any_slot(any, event); looks++)
	{
		if (IsolationUsesXactSnapshot() || looks >= SLOT_LOOKS)
			ereport(ERROR,
					(errcode(ERRCODE_T_R_SERIALIZATION_FAILURE),
					 errmsg("could not serialize access due to concurrent update")));
		CHECK_FOR_INTERRUPTS();
		(void) WaitLatch(MyLatch,
						 WL_LATCH_SET | WL_TIMEOUT | WL_EXIT_ON_PM_DEATH,
						 SLOT_WAIT, PG_WAIT_EXTENSION);
		ResetLatch(MyLatch);
		slot = try_slot(query, event, 0);
	}
	return slot;
}

int
cccd_place_take(const CccdGateEvent *event)
{
	static CccdQuery query = {
		SLOT_TEXT(PLUS("inside") ", " PLUS("entered"), HAS_ROOM),
		2, {INT4OID, INT2OID}
	};
	static CccdQuery any = {
		"SELECT 1 FROM cccd_gate.slot f"
		" WHERE f.event OPERATOR(pg_catalog.=) $1 AND " HAS_ROOM " LIMIT 1",
		1, {INT4OID}
	};
	int			capacity = capacity_now(event);
	int			slot;

	if (!are_shared(event->terms, capacity))
		share_slots(event, capacity);
	slot = cccd_hot_slot(event, 1);

	return slot >= 0 ? slot : change_slot(&query, &any, event);
}

int
cccd_place_force(const CccdGateEvent *event)
{
	static CccdQuery query = {
		SLOT_TEXT(PLUS("inside") ", " PLUS("entered"), "true"),
		2, {INT4OID, INT2OID}
	};
	static CccdQuery any = {
		"SELECT 1 FROM cccd_gate.slot f"
		" WHERE f.event OPERATOR(pg_catalog.=) $1 LIMIT 1",
		1, {INT4OID}
	};

	return change_slot(&query, &any, event);
}

int
cccd_place_free(const CccdGateEvent *event)
{
	static CccdQuery query = {
		SLOT_TEXT(MINUS("inside") ", " PLUS("left_count"), "true"),
		2, {INT4OID, INT2OID}
	};
	static CccdQuery any = {
		"SELECT 1 FROM cccd_gate.slot f"
		" WHERE f.event OPERATOR(pg_catalog.=) $1 LIMIT 1",
		1, {INT4OID}
	};

	int			slot = cccd_hot_slot(event, -1);

	/* others have all that hold people: the count of a part may be below zero */
	return slot >= 0 ? slot : change_slot(&query, &any, event);
}

void
cccd_place_undo(const CccdGateEvent *event, int slot, int change)
{
	static CccdQuery query = {
		"UPDATE cccd_gate.slot AS s SET"
		" inside = s.inside OPERATOR(pg_catalog.-) $3,"
		" entered = s.entered OPERATOR(pg_catalog.-)"
		" CASE WHEN $3 OPERATOR(pg_catalog.>) 0 THEN 1 ELSE 0 END,"
		" left_count = s.left_count OPERATOR(pg_catalog.-)"
		" CASE WHEN $3 OPERATOR(pg_catalog.>) 0 THEN 0 ELSE 1 END"
		" WHERE s.event OPERATOR(pg_catalog.=) $1"
		" AND s.slot OPERATOR(pg_catalog.=) $2",
		3, {INT4OID, INT2OID, INT4OID}
	};
	Datum		values[3] = {
		Int32GetDatum(event->event), Int16GetDatum((int16) slot),
		Int32GetDatum(change)
	};

	cccd_query_run(&query, values, NULL);
}

bool
cccd_place_full(const CccdGateEvent *event, int capacity, Snapshot snapshot)
{
	static CccdQuery query = {
		"SELECT pg_catalog.sum(f.inside) FROM cccd_gate.slot f"
		" WHERE f.event OPERATOR(pg_catalog.=) $1",
		1, {INT4OID}
	};
	Datum		key = Int32GetDatum(event->event);
	Datum		inside;
	bool		full;
	bool		isnull;

	SPI_connect();
	cccd_query_read(&query, &key, NULL, snapshot);
	inside = cccd_query_value(0, 1, &isnull);
	/* slots are made by the first entry */
	full = (isnull ? 0 : DatumGetInt64(inside)) >= capacity;
	SPI_finish();
	return full;
}

/* Parameters of a change of presence. */
typedef struct Change
{
	Datum		values[9];
	char		nulls[9];
} Change;

enum
{
	FOR_EVENT, FOR_PERSON, FOR_TICKET, FOR_MOMENT, FOR_PROOF, FOR_GATE,
	FOR_ZONE, FOR_SINCE, FOR_STATE
};

#define CHANGE_TYPES \
	{INT4OID, INT8OID, INT8OID, TIMESTAMPTZOID, INT4OID, TEXTOID, TEXTOID, \
	TIMESTAMPTZOID, CHAROID}

/*
 * The row that was found, as it was found: $8 and $9 are its moment and state.
 * A bearer's row is named by the ticket.
 */
#define AS_FOUND(key, column) \
	" WHERE p." column " OPERATOR(pg_catalog.=) " key \
	" AND p.event OPERATOR(pg_catalog.=) $1" \
	" AND p.since OPERATOR(pg_catalog.=) $8" \
	" AND p.state OPERATOR(pg_catalog.=) $9"

/*
 * The ticket that an entry binds; 0: none, or the one that the row has.  What
 * a gate let in while it was alone may have come with a ticket that has let in
 * somebody else: both entries stand, the ticket is the first one's.
 */
static int64
ticket_to_bind(const CccdFound *found)
{
	const CccdSituation *situation = &found->situation;

	if (found->ticket == 0 || !situation->ticket_of_event ||
		situation->ticket_use == CCCD_TICKET_USED_OTHER)
		return 0;
	if (found->stay.known && found->stay.ticket != 0 &&
		!found->ticket_replaces)
		return 0;
	return found->ticket;
}

static void
make_change(const CccdFound *found, TimestampTz moment, Change *change)
{
	int64		ticket = ticket_to_bind(found);
	const char *zone = found->gate->to_zone;

	memset(change->nulls, ' ', sizeof(change->nulls));
	change->values[FOR_EVENT] = Int32GetDatum(found->event->event);
	change->values[FOR_PERSON] = Int64GetDatum(found->holder.person);
	change->values[FOR_TICKET] = Int64GetDatum(ticket);
	change->values[FOR_MOMENT] = TimestampTzGetDatum(moment);
	change->values[FOR_PROOF] = Int32GetDatum(found->proof);
	change->values[FOR_GATE] = CStringGetTextDatum(found->gate->name);
	change->values[FOR_ZONE] = zone ? CStringGetTextDatum(zone) : (Datum) 0;
	change->values[FOR_SINCE] = TimestampTzGetDatum(found->stay.since);
	change->values[FOR_STATE] = CharGetDatum(found->stay.state);
	if (found->holder.person == 0)
		change->nulls[FOR_PERSON] = 'n';
	if (ticket == 0)
		change->nulls[FOR_TICKET] = 'n';
	if (found->proof < 0)
		change->nulls[FOR_PROOF] = 'n';
	if (zone == NULL)
		change->nulls[FOR_ZONE] = 'n';
}

/* Run the statement for a person, or the one for a bearer. */
static bool
change_row(CccdQuery *of_person, CccdQuery *of_ticket, const CccdFound *found,
		   Change *change)
{
	bool		bearer = found->stay.person == 0;

	if (bearer)
	{
		change->values[FOR_TICKET] = Int64GetDatum(found->stay.ticket);
		change->nulls[FOR_TICKET] = ' ';
	}
	else
	{
		change->values[FOR_PERSON] = Int64GetDatum(found->stay.person);
		change->nulls[FOR_PERSON] = ' ';
	}
	return cccd_query_run(bearer ? of_ticket : of_person, change->values,
						  change->nulls) > 0;
}

/* By statement, where the table needs the executor. */
static bool
insert_by_statement(Change *change)
{
	static CccdQuery query = {
		"INSERT INTO cccd_gate.presence"
		" (event, person, ticket, since, entries, state, proof, gate, zone)"
		" VALUES ($1, $2, $3, $4, 1, 'i'::pg_catalog.\"char\", $5, $6, $7)"
		" ON CONFLICT DO NOTHING",
		7, CHANGE_TYPES
	};

	return cccd_query_run(&query, change->values, change->nulls) > 0;
}

/* The seeds of locks of a key of presence; see the head of 00_schema.sql. */
#define LOCK_INSIDE		1667457899
#define LOCK_TICKET		1667457900

/*
 * Lock a person whom presence does not know yet, as whoever merges or deletes
 * people does; false if that has happened since the person was looked up.
 */
static bool
lock_person(const CccdFound *found)
{
	CccdHolder	holder = {.person = 0};
	Snapshot	latest;

	if (found->holder.person == 0)
		return true;
	cccd_hot_lock((int64) DatumGetUInt64(DirectFunctionCall2(hashint8extended,
															 Int64GetDatum(found->holder.person),
															 Int64GetDatum(LOCK_INSIDE))));
	latest = RegisterSnapshot(GetLatestSnapshot());
	cccd_read_holder(found->holder.person, latest, &holder);
	UnregisterSnapshot(latest);
	return holder.person == found->holder.person;
}

/*
 * Lock the ticket that the entry binds, as whoever changes it does; false if it
 * was changed or used since it was looked up.
 */
static bool
lock_ticket(const CccdFound *found)
{
	int64		ticket = ticket_to_bind(found);
	Snapshot	latest;
	bool		stands;

	if (ticket == 0)
		return true;
	cccd_hot_lock((int64) DatumGetUInt64(DirectFunctionCall2(hashint8extended,
															 Int64GetDatum(ticket),
															 Int64GetDatum(LOCK_TICKET))));
	latest = RegisterSnapshot(GetLatestSnapshot());
	stands = cccd_ticket_stands(found, latest);
	UnregisterSnapshot(latest);
	return stands;
}

/* The first entry: of two gates the second waits for the first to commit. */
static bool
insert_row(Change *change)
{
	/* in the order of the table, where merged_from is the fourth */
	Datum		values[10] = {
		change->values[FOR_PERSON], change->values[FOR_TICKET],
		change->values[FOR_MOMENT], (Datum) 0, change->values[FOR_EVENT],
		change->values[FOR_PROOF], Int16GetDatum(1), CharGetDatum('i'),
		change->values[FOR_GATE], change->values[FOR_ZONE]
	};
	bool		nulls[10] = {
		change->nulls[FOR_PERSON] == 'n', change->nulls[FOR_TICKET] == 'n',
		false, true, false, change->nulls[FOR_PROOF] == 'n', false, false,
		false, change->nulls[FOR_ZONE] == 'n'
	};

	switch (cccd_hot_insert(cccd_table_oid("presence"), values, nulls, 10))
	{
		case CCCD_HOT_DONE:
			return true;
		case CCCD_HOT_CONFLICT:
			return false;
		case CCCD_HOT_STATEMENT:
			break;
	}
	return insert_by_statement(change);
}

/* Another entry while still inside: only counted, who came in stays so. */
#define AGAIN_TEXT \
	"UPDATE cccd_gate.presence AS p SET" \
	" entries = (least(p.entries, 32766)" \
	" OPERATOR(pg_catalog.+) 1)::pg_catalog.int2," \
	" ticket = coalesce($3, p.ticket)"

/* Another entry after leaving, or after one that was annulled. */
#define REENTER_TEXT \
	"UPDATE cccd_gate.presence AS p SET since = $4," \
	" entries = (least(p.entries, 32766)" \
	" OPERATOR(pg_catalog.+) 1)::pg_catalog.int2," \
	" state = 'i'::pg_catalog.\"char\", proof = $5, gate = $6, zone = $7," \
	" ticket = coalesce($3, p.ticket)"

bool
cccd_presence_enter(const CccdFound *found, TimestampTz moment)
{
	static CccdQuery again_person = {
		AGAIN_TEXT AS_FOUND("$2", "person"), 9, CHANGE_TYPES
	};
	static CccdQuery again_ticket = {
		AGAIN_TEXT AS_FOUND("$3", "ticket"), 9, CHANGE_TYPES
	};
	static CccdQuery reenter_person = {
		REENTER_TEXT AS_FOUND("$2", "person"), 9, CHANGE_TYPES
	};
	static CccdQuery reenter_ticket = {
		REENTER_TEXT AS_FOUND("$3", "ticket"), 9, CHANGE_TYPES
	};
	Change		change;

	make_change(found, moment, &change);
	if (!found->stay.known && !lock_person(found))
		return false;
	if (!lock_ticket(found))
		return false;
	if (!found->stay.known)
		return insert_row(&change);
	if (found->stay.state == 'i')
		return change_row(&again_person, &again_ticket, found, &change);
	return change_row(&reenter_person, &reenter_ticket, found, &change);
}

/* A stay that is over. */
static void
add_visit(const CccdFound *found, TimestampTz moment)
{
	static CccdQuery query = {
		"INSERT INTO cccd_gate.visit"
		" (event, person, ticket, zone, entered, left_at, gate_in, gate_out)"
		" VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
		8, {INT4OID, INT8OID, INT8OID, TEXTOID, TIMESTAMPTZOID,
		TIMESTAMPTZOID, TEXTOID, TEXTOID}
	};
	const CccdStay *stay = &found->stay;
	Datum		values[8] = {
		Int32GetDatum(found->event->event), Int64GetDatum(stay->person),
		Int64GetDatum(stay->ticket),
		stay->zone ? CStringGetTextDatum(stay->zone) : (Datum) 0,
		TimestampTzGetDatum(stay->since),
		TimestampTzGetDatum(Max(moment, stay->since)),
		stay->gate ? CStringGetTextDatum(stay->gate) : (Datum) 0,
		CStringGetTextDatum(found->gate->name)
	};
	char		nulls[8] = {
		' ', stay->person ? ' ' : 'n', stay->ticket ? ' ' : 'n',
		stay->zone ? ' ' : 'n', ' ', ' ', stay->gate ? ' ' : 'n', ' '
	};

	cccd_query_run(&query, values, nulls);
}

/* End a stay: change the row by one of the statements, and add the visit. */
static bool
end_stay(CccdQuery *of_person, CccdQuery *of_ticket, const CccdFound *found,
		 TimestampTz moment)
{
	Change		change;

	make_change(found, moment, &change);
	if (!change_row(of_person, of_ticket, found, &change))
		return false;
	add_visit(found, moment);
	return true;
}

#define LEAVE_TEXT \
	"UPDATE cccd_gate.presence AS p SET since = $4," \
	" state = 'l'::pg_catalog.\"char\", gate = $6"

bool
cccd_presence_leave(const CccdFound *found, TimestampTz moment)
{
	static CccdQuery of_person = {
		LEAVE_TEXT AS_FOUND("$2", "person"), 9, CHANGE_TYPES
	};
	static CccdQuery of_ticket = {
		LEAVE_TEXT AS_FOUND("$3", "ticket"), 9, CHANGE_TYPES
	};

	return end_stay(&of_person, &of_ticket, found, moment);
}

#define MOVE_TEXT \
	"UPDATE cccd_gate.presence AS p SET since = $4, gate = $6, zone = $7"

bool
cccd_presence_move(const CccdFound *found, TimestampTz moment)
{
	static CccdQuery of_person = {
		MOVE_TEXT AS_FOUND("$2", "person"), 9, CHANGE_TYPES
	};
	static CccdQuery of_ticket = {
		MOVE_TEXT AS_FOUND("$3", "ticket"), 9, CHANGE_TYPES
	};

	return end_stay(&of_person, &of_ticket, found, moment);
}
