/*
 * admission.c
 *		The ticket that is shown or stands in a person's name, and where the
 *		person is; see lookup.h.
 */
#include "gate/lookup.h"

#include "common/cryptohash.h"
#include "common/sha2.h"
#include "utils/builtins.h"

#include "gate/digest.h"
#include "gate/table.h"

/* A row of ticket, and how well it serves. */
typedef struct Ticket
{
	int64		ticket;
	ItemPointerData tid;
	int32		event;
	int64		person;			/* 0: the bearer's */
	bool		cancelled;
	bool		of_gate;
	bool		used;			/* by somebody else */
	CccdStay	stay;			/* where it was used */
} Ticket;

static int64
row_key(CccdRows *rows, int column)
{
	bool		isnull;
	Datum		value = cccd_rows_value(rows, column, &isnull);

	return isnull ? 0 : DatumGetInt64(value);
}

static const char *
row_string(CccdRows *rows, int column)
{
	bool		isnull;
	Datum		value = cccd_rows_value(rows, column, &isnull);

	return isnull ? NULL : TextDatumGetCString(value);
}

static void
take_stay(CccdRows *rows, CccdStay *stay)
{
	bool		isnull;

	stay->known = true;
	stay->person = row_key(rows, CCCD_PRESENCE_PERSON);
	stay->ticket = row_key(rows, CCCD_PRESENCE_TICKET);
	stay->since = DatumGetTimestampTz(cccd_rows_value(rows,
													  CCCD_PRESENCE_SINCE,
													  &isnull));
	stay->state = DatumGetChar(cccd_rows_value(rows, CCCD_PRESENCE_STATE,
											   &isnull));
	stay->gate = row_string(rows, CCCD_PRESENCE_GATE);
	stay->zone = row_string(rows, CCCD_PRESENCE_ZONE);
}

static void
read_stay(CccdIndex index, Datum first, Datum second, Snapshot snapshot,
		  CccdStay *stay)
{
	Datum		keys[2] = {first, second};
	CccdRows	rows;

	memset(stay, 0, sizeof(*stay));
	cccd_rows_begin(&rows, index, keys, snapshot);
	if (cccd_rows_next(&rows))
		take_stay(&rows, stay);
	cccd_rows_end(&rows);
}

/* Where a ticket was used, if an entry with it stands. */
static void
read_use(const CccdFound *found, Snapshot snapshot, Ticket *ticket)
{
	read_stay(CCCD_PRESENCE_OF_TICKET, Int32GetDatum(ticket->event),
			  Int64GetDatum(ticket->ticket), snapshot, &ticket->stay);
	ticket->used = ticket->stay.known && ticket->stay.state != 'a' &&
		ticket->stay.person != found->holder.person;
}

static void
take_ticket(const CccdFound *found, CccdRows *rows, Ticket *ticket)
{
	bool		isnull;
	const char *gate = row_string(rows, CCCD_TICKET_GATE);

	memset(ticket, 0, sizeof(*ticket));
	ticket->ticket = row_key(rows, CCCD_TICKET_TICKET);
	ticket->tid = rows->slot->tts_tid;
	ticket->event = DatumGetInt32(cccd_rows_value(rows, CCCD_TICKET_EVENT,
												  &isnull));
	ticket->person = row_key(rows, CCCD_TICKET_PERSON);
	ticket->cancelled = DatumGetBool(cccd_rows_value(rows,
													 CCCD_TICKET_CANCELLED,
													 &isnull));
	ticket->of_gate = gate == NULL || (found->gate &&
									   strcmp(gate, found->gate->name) == 0);
}

/* How far a ticket is from letting in: what cannot be helped weighs more. */
static int
obstacles(const Ticket *ticket)
{
	return (ticket->cancelled ? 4 : 0) + (ticket->used ? 2 : 0) +
		(ticket->of_gate ? 0 : 1);
}

/* Whether a ticket is in somebody else's name. */
static CccdTicketHolder
holder_of(CccdFound *found, const Ticket *ticket)
{
	CccdHolder	other;

	if (ticket->person == 0)
		return CCCD_TICKET_BEARER;
	if (found->holder.person == 0)
		return CCCD_TICKET_OTHER;
	if (ticket->person == found->holder.person)
		return CCCD_TICKET_SAME;
	/* a name that was merged into this one */
	cccd_read_holder(ticket->person, found->snapshot, &other);
	return other.person == found->holder.person ? CCCD_TICKET_SAME :
		CCCD_TICKET_OTHER;
}

/* Fill in what the judge asks about a ticket. */
static void
set_ticket(CccdFound *found, const Ticket *ticket)
{
	CccdSituation *situation = &found->situation;

	found->ticket = ticket->ticket;
	found->ticket_tid = ticket->tid;
	found->ticket_stay = ticket->stay;
	situation->ticket_known = true;
	situation->ticket_of_event = found->event &&
		ticket->event == found->event->event;
	situation->ticket_cancelled = ticket->cancelled;
	situation->ticket_of_gate = ticket->of_gate;
	situation->ticket_holder = holder_of(found, ticket);
	situation->ticket_use = CCCD_TICKET_UNUSED;
	if (ticket->stay.known && ticket->stay.state != 'a')
		situation->ticket_use = ticket->used ? CCCD_TICKET_USED_OTHER :
			CCCD_TICKET_USED_SAME;
}

/*
 * The hash under which a secret is stored: plain where it cannot be guessed,
 * keyed where it is short.
 */
static Datum
secret_hash(const text *secret)
{
	const char *bytes = VARDATA_ANY(secret);
	size_t		length = VARSIZE_ANY_EXHDR(secret);
	bytea	   *hash = palloc(VARHDRSZ + PG_SHA256_DIGEST_LENGTH);
	CccdPiece	pieces[3] = {{NULL, 0}, {NULL, 0}, {NULL, 0}};

	if (length < CCCD_SHORT_SECRET)
	{
		pieces[0].bytes = cccd_gate_secret(&pieces[0].length);
		pieces[1].bytes = "ticket";
		pieces[1].length = strlen("ticket");
	}
	pieces[2].bytes = bytes;
	pieces[2].length = length;
	SET_VARSIZE(hash, VARHDRSZ + PG_SHA256_DIGEST_LENGTH);
	cccd_digest(pieces, lengthof(pieces), (uint8 *) VARDATA(hash));
	return PointerGetDatum(hash);
}

/*
 * The ticket that was shown; false if there is none of this secret.  Events
 * choose their secrets without knowing of each other: this event's ticket
 * counts, and without one the oldest of another.
 */
static bool
find_shown(CccdFound *found, Ticket *shown)
{
	Datum		key = secret_hash(found->ticket_secret);
	CccdRows	rows;
	bool		any = false;
	bool		ours = false;

	cccd_rows_begin(&rows, CCCD_TICKET_BY_SECRET, &key, found->snapshot);
	while (!ours && cccd_rows_next(&rows))
	{
		Ticket		ticket;

		take_ticket(found, &rows, &ticket);
		ours = found->event && ticket.event == found->event->event;
		if (!any || ours || ticket.ticket < shown->ticket)
			*shown = ticket;
		any = true;
	}
	cccd_rows_end(&rows);
	if (any)
		read_use(found, found->snapshot, shown);
	return any;
}

/*
 * The ticket in the person's name for this event.  Of several the best one
 * counts: who has bought another one is not held to the cancelled one.
 */
static bool
find_named(CccdFound *found, Ticket *best)
{
	Datum		keys[2] = {
		Int64GetDatum(found->holder.person),
		Int32GetDatum(found->event->event)
	};
	CccdRows	rows;
	bool		any = false;

	cccd_rows_begin(&rows, CCCD_TICKETS_OF_PERSON, keys, found->snapshot);
	while (cccd_rows_next(&rows))
	{
		Ticket		ticket;

		take_ticket(found, &rows, &ticket);
		read_use(found, found->snapshot, &ticket);
		if (!any || obstacles(&ticket) < obstacles(best) ||
			(obstacles(&ticket) == obstacles(best) &&
			 ticket.ticket < best->ticket))
			*best = ticket;
		any = true;
	}
	cccd_rows_end(&rows);
	return any;
}

void
cccd_find_ticket(CccdFound *found)
{
	Ticket		ticket;

	found->situation.ticket_shown = found->ticket_secret != NULL;
	if (found->ticket_secret)
	{
		if (find_shown(found, &ticket))
		{
			set_ticket(found, &ticket);
			/* for a certificate alone: whose ticket it is */
			found->stay.person = ticket.person;
		}
	}
	else
		cccd_find_named_ticket(found);
}

void
cccd_find_named_ticket(CccdFound *found)
{
	Ticket		ticket;

	if (found->holder.person != 0 && find_named(found, &ticket))
		set_ticket(found, &ticket);
}

/* Read a ticket by its key; false if it is gone. */
static bool
read_ticket(const CccdFound *found, int64 key, Snapshot snapshot,
			Ticket *ticket)
{
	Datum		keys[1] = {Int64GetDatum(key)};
	CccdRows	rows;
	bool		any;

	cccd_rows_begin(&rows, CCCD_BY_TICKET, keys, snapshot);
	any = cccd_rows_next(&rows);
	if (any)
		take_ticket(found, &rows, ticket);
	cccd_rows_end(&rows);
	return any;
}

void
cccd_read_ticket(CccdFound *found)
{
	Ticket		ticket;
	bool		any = read_ticket(found, found->ticket, found->snapshot,
								  &ticket);

	found->ticket = 0;
	if (any)
	{
		read_use(found, found->snapshot, &ticket);
		set_ticket(found, &ticket);
	}
}

bool
cccd_ticket_stands(const CccdFound *found, Snapshot snapshot)
{
	Ticket		ticket;

	if (!read_ticket(found, found->ticket, snapshot, &ticket) ||
		!ItemPointerEquals(&ticket.tid,
						   unconstify(ItemPointerData *, &found->ticket_tid)))
		return false;
	read_use(found, snapshot, &ticket);
	return !ticket.stay.known ||
		(found->stay.known && ticket.stay.person == found->stay.person);
}

void
cccd_read_presence(CccdFound *found)
{
	CccdSituation *situation = &found->situation;

	memset(&found->stay, 0, sizeof(found->stay));
	if (found->holder.person != 0)
		read_stay(CCCD_PRESENCE_OF_PERSON,
				  Int64GetDatum(found->holder.person),
				  Int32GetDatum(found->event->event), found->snapshot,
				  &found->stay);
	else if (found->ticket != 0 && situation->ticket_of_event)
		found->stay = found->ticket_stay;
	if (!found->stay.known || found->stay.state == 'a')
		situation->presence = CCCD_PRESENCE_NEVER;
	else
		situation->presence = found->stay.state == 'i' ?
			CCCD_PRESENCE_INSIDE : CCCD_PRESENCE_LEFT;
	situation->gate_leads = found->stay.known && found->gate->from_zone &&
		found->stay.zone &&
		strcmp(found->gate->from_zone, found->stay.zone) == 0;
}

void
cccd_choose_leaver(CccdFound *found)
{
	CccdSituation *situation = &found->situation;

	if (situation->direction != CCCD_DIRECTION_OUT ||
		situation->leaving_is_judged || !situation->ticket_shown ||
		found->ticket == 0 || !situation->ticket_of_event ||
		!found->ticket_stay.known || found->ticket_stay.state != 'i' ||
		cccd_judge_evidence(situation) > CCCD_EVIDENCE_CLAIMED)
		return;
	cccd_clear_holder(&found->holder);
	found->document = 0;
	situation->person_known = false;
}

/* Go on with another ticket; 0: with none. */
static void
take_instead(CccdFound *found, int64 ticket)
{
	found->ticket = ticket;
	found->situation.ticket_known = false;
	memset(&found->ticket_stay, 0, sizeof(found->ticket_stay));
	if (ticket != 0)
		cccd_read_ticket(found);
}

void
cccd_choose_ticket(CccdFound *found)
{
	CccdSituation *situation = &found->situation;
	int64		shown = found->ticket;
	bool		holds = cccd_judge_ticket_holds(situation);
	bool		claims = cccd_judge_evidence(situation) <=
	CCCD_EVIDENCE_CLAIMED;

	if (situation->direction != CCCD_DIRECTION_IN ||
		situation->entries == CCCD_ENTRIES_ONCE ||
		situation->presence == CCCD_PRESENCE_NEVER ||
		found->holder.person == 0 || found->stay.ticket == 0 ||
		found->stay.ticket == shown || !cccd_judge_asks_rule(situation))
		return;
	/* what is wrong with a ticket that is shown is said */
	if (situation->ticket_shown ?
		!holds || situation->ticket_holder != CCCD_TICKET_BEARER : holds)
		return;
	take_instead(found, found->stay.ticket);
	if (found->ticket == 0 || situation->ticket_cancelled)
	{
		take_instead(found, shown);
		found->ticket_replaces = shown != 0;
	}
	else if (claims)
	{
		take_instead(found, shown);
		situation->second_ticket = situation->ticket_shown;
	}
}
