/*
 * event.c
 *		What a session remembers of events, gates and reasons; see event.h.
 *
 * What is remembered lives in one memory context.  When the relation cache's
 * entry of cccd_gate.event or cccd_gate.answer_log goes, all of it is
 * forgotten at the next call.
 */
#include "gate/event.h"

#include "access/table.h"
#include "catalog/partition.h"
#include "catalog/pg_type.h"
#include "partitioning/partbounds.h"
#include "partitioning/partdesc.h"
#include "utils/builtins.h"
#include "utils/inval.h"
#include "utils/lsyscache.h"
#include "utils/memutils.h"
#include "utils/snapmgr.h"

#include "gate/query.h"
#include "gate/table.h"

static struct
{
	MemoryContext context;
	Oid			event;			/* the tables whose entries are watched */
	Oid			log;
	uint64		changes;		/* invalidations so far */
	uint64		seen;			/* ... when the context was emptied */
	CccdGateEvent *events;
	CccdReasonWords *words;		/* by CccdReason */
	CccdDuty   *duties;
	bool		duties_known;
	bytea	   *secret;
	int16		site;
	CccdLogPart *parts;			/* by partition of the log */
	int64	   *bounds;			/* lower bounds, ascending */
	int		   *part_of_bound;	/* partition from a bound on, or -1 */
	int			bound_count;
	int			default_part;
}			known;

static void
table_changed(Datum argument, Oid relation)
{
	if (!OidIsValid(relation) || relation == known.event ||
		relation == known.log)
		known.changes++;
}

void
cccd_gate_begin(void)
{
	MemoryContext context;

	if (known.context == NULL)
	{
		known.context = AllocSetContextCreate(TopMemoryContext,
											  "cccd_gate events",
											  ALLOCSET_DEFAULT_SIZES);
		CacheRegisterRelcacheCallback(table_changed, (Datum) 0);
		known.changes = 1;
	}
	AcceptInvalidationMessages();
	if (known.seen == known.changes)
		return;
	context = known.context;
	MemoryContextReset(context);
	known.events = NULL;
	known.words = NULL;
	known.duties = NULL;
	known.duties_known = false;
	known.secret = NULL;
	known.parts = NULL;
	known.seen = known.changes;
	known.event = cccd_table_oid("event");
	known.log = cccd_table_oid("answer_log");
}

/* Something is being read that is remembered. */
typedef struct Reading
{
	Snapshot	snapshot;
	ResourceOwner caller;
} Reading;

/*
 * Begin to read what is remembered: with what is committed by now, and not
 * with a snapshot that a transaction took before, because others use it after
 * this transaction.  The tables are not locked any longer than a catalog is.
 */
static Reading
begin_reading(void)
{
	Reading		reading;

	reading.caller = cccd_locks_begin();
	reading.snapshot = RegisterSnapshot(GetLatestSnapshot());
	SPI_connect();
	return reading;
}

static void
end_reading(const Reading *reading)
{
	SPI_finish();
	UnregisterSnapshot(reading->snapshot);
	cccd_locks_end(reading->caller);
}

/* A text of the last result in the context that stays; NULL for null. */
static char *
kept_string(uint64 row, int column)
{
	bool		isnull;
	Datum		value = cccd_query_value(row, column, &isnull);
	char	   *string;
	char	   *kept;

	if (isnull)
		return NULL;
	string = TextDatumGetCString(value);
	kept = MemoryContextStrdup(known.context, string);
	pfree(string);
	return kept;
}

/* A value of variable length of the last result, likewise. */
static struct varlena *
kept_value(uint64 row, int column)
{
	bool		isnull;
	Datum		value = cccd_query_value(row, column, &isnull);
	MemoryContext caller;
	struct varlena *kept;

	if (isnull)
		return NULL;
	caller = MemoryContextSwitchTo(known.context);
	kept = PG_DETOAST_DATUM_COPY(value);
	MemoryContextSwitchTo(caller);
	return kept;
}

static int64
kept_time(uint64 row, int column)
{
	bool		isnull;
	Datum		value = cccd_query_value(row, column, &isnull);

	return isnull ? CCCD_JUDGE_NEVER : DatumGetTimestampTz(value);
}

static int32
kept_int(uint64 row, int column)
{
	bool		isnull;
	Datum		value = cccd_query_value(row, column, &isnull);

	return isnull ? 0 : DatumGetInt32(value);
}

/* The place of a word in a list; -1 if it is not there. */
static int
word_number(const char *word, const char *const *words, int count)
{
	for (int i = 0; word && i < count; i++)
		if (strcmp(word, words[i]) == 0)
			return i;
	return -1;
}

const char *const cccd_evidence_names[CCCD_EVIDENCE_GENUINE + 1] = {
	NULL, "claimed", "paper", "qr", "registry", "signature", "chip", "genuine"
};

CccdEvidence
cccd_evidence_named(const char *name)
{
	int			found = word_number(name, cccd_evidence_names + 1,
									CCCD_EVIDENCE_GENUINE);

	return (CccdEvidence) (found + 1);
}

static void
load_gates(CccdGateEvent *event, Snapshot snapshot)
{
	static CccdQuery query = {
		"SELECT g.gate, g.from_zone, g.to_zone FROM cccd_gate.gate g"
		" WHERE g.event OPERATOR(pg_catalog.=) $1",
		1, {INT4OID}
	};
	Datum		key = Int32GetDatum(event->event);
	uint64		count = cccd_query_read(&query, &key, NULL, snapshot);

	for (uint64 i = 0; i < count; i++)
	{
		CccdGate   *gate = MemoryContextAllocZero(known.context,
												  sizeof(CccdGate));

		gate->name = kept_string(i, 1);
		gate->from_zone = kept_string(i, 2);
		gate->to_zone = kept_string(i, 3);
		gate->next = event->gates;
		event->gates = gate;
	}
}

static void
load_kinds(CccdGateEvent *event, Snapshot snapshot)
{
	static CccdQuery query = {
		"SELECT v.document_kind, v.minimum FROM cccd_gate.event_evidence v"
		" WHERE v.event OPERATOR(pg_catalog.=) $1",
		1, {INT4OID}
	};
	Datum		key = Int32GetDatum(event->event);
	uint64		count = cccd_query_read(&query, &key, NULL, snapshot);

	for (uint64 i = 0; i < count; i++)
	{
		CccdKindEvidence *kind = MemoryContextAllocZero(known.context,
														sizeof(*kind));

		kind->kind = kept_string(i, 1);
		kind->minimum = cccd_evidence_named(kept_string(i, 2));
		kind->next = event->kinds;
		event->kinds = kind;
	}
}

/* The columns of an event, from the result of its query. */
static CccdGateEvent *
make_event(void)
{
	static const char *const states[] = {"planned", "open", "cancelled",
	"moved"};
	static const char *const entries[] = {"once", "again", "free"};
	CccdGateEvent *event = MemoryContextAllocZero(known.context,
												  sizeof(CccdGateEvent));

	event->code = kept_string(0, 1);
	event->event = kept_int(0, 2);
	event->state = (CccdEventState) word_number(kept_string(0, 3), states,
												lengthof(states));
	event->entries = (CccdEntries) word_number(kept_string(0, 4), entries,
											   lengthof(entries));
	event->doors = kept_time(0, 5);
	event->ends = kept_time(0, 6);
	event->judged_at = kept_time(0, 7);
	event->minimum = cccd_evidence_named(kept_string(0, 8));
	event->ticket_required = kept_int(0, 9) != 0;
	event->entering_is_judged = kept_int(0, 10) != 0;
	event->leaving_is_judged = kept_int(0, 11) != 0;
	event->claims_per_minute = kept_int(0, 12);
	event->refusals_per_minute = kept_int(0, 13);
	event->register_checked = USECS_PER_SEC * kept_int(0, 14);
	event->terms = cccd_terms_make(known.context, event->event,
								   event->judged_at != CCCD_JUDGE_NEVER);
	return event;
}

static CccdGateEvent *
load_event(const char *code)
{
	static CccdQuery query = {
		"SELECT e.code, e.event, e.status, e.entries, e.doors, e.ends,"
		" e.judged_at, e.minimum_evidence,"
		" e.ticket_required::pg_catalog.int4,"
		" e.entering_is_judged::pg_catalog.int4,"
		" e.leaving_is_judged::pg_catalog.int4, e.claims_per_minute,"
		" e.refusals_per_minute,"
		" pg_catalog.extract('epoch', e.register_checked)::pg_catalog.int4"
		" FROM cccd_gate.event e"
		" WHERE e.code OPERATOR(pg_catalog.=) $1",
		1, {TEXTOID}
	};
	Datum		key = CStringGetTextDatum(code);
	Reading		reading = begin_reading();
	CccdGateEvent *event = NULL;

	if (cccd_query_read(&query, &key, NULL, reading.snapshot) > 0)
	{
		event = make_event();
		load_gates(event, reading.snapshot);
		load_kinds(event, reading.snapshot);
	}
	end_reading(&reading);
	if (event)
	{
		event->next = known.events;
		known.events = event;
	}
	return event;
}

const CccdGateEvent *
cccd_gate_event(const char *code)
{
	for (CccdGateEvent *event = known.events; event; event = event->next)
		if (strcmp(event->code, code) == 0)
			return event;
	return load_event(code);
}

const CccdGateEvent *
cccd_gate_event_by_key(int32 key)
{
	static CccdQuery query = {
		"SELECT e.code FROM cccd_gate.event e"
		" WHERE e.event OPERATOR(pg_catalog.=) $1",
		1, {INT4OID}
	};
	Datum		argument = Int32GetDatum(key);
	Reading		reading;
	char	   *code = NULL;

	for (CccdGateEvent *event = known.events; event; event = event->next)
		if (event->event == key)
			return event;
	reading = begin_reading();
	if (cccd_query_read(&query, &argument, NULL, reading.snapshot) > 0)
		code = kept_string(0, 1);
	end_reading(&reading);
	return code ? load_event(code) : NULL;
}

const CccdGate *
cccd_gate_find(const CccdGateEvent *event, const char *name)
{
	for (CccdGate *gate = event->gates; gate; gate = gate->next)
		if (strcmp(gate->name, name) == 0)
			return gate;
	return NULL;
}

CccdEvidence
cccd_gate_minimum(const CccdGateEvent *event, const char *kind)
{
	for (CccdKindEvidence *k = event->kinds; k && kind; k = k->next)
		if (strcmp(k->kind, kind) == 0)
			return k->minimum;
	return event->minimum;
}

CccdReason
cccd_gate_reason(const char *code)
{
	for (int i = 0; i < CCCD_REASON_COUNT; i++)
		if (code && strcmp(cccd_reason_entries[i].code, code) == 0)
			return (CccdReason) i;
	return CCCD_REASON_COUNT;
}

static void
load_words(void)
{
	static CccdQuery query = {
		"SELECT r.code, r.vi, r.en, r.ask_vi, r.ask_en FROM cccd_gate.reason r",
		0
	};
	Reading		reading = begin_reading();
	CccdReasonWords *words;
	uint64		count = cccd_query_read(&query, NULL, NULL, reading.snapshot);

	words = MemoryContextAllocZero(known.context, CCCD_REASON_COUNT *
								   sizeof(CccdReasonWords));
	for (uint64 i = 0; i < count; i++)
	{
		CccdReason	reason = cccd_gate_reason(kept_string(i, 1));

		if (reason == CCCD_REASON_COUNT)
			continue;
		words[reason].vi = PointerGetDatum(kept_value(i, 2));
		words[reason].en = PointerGetDatum(kept_value(i, 3));
		words[reason].ask_vi = PointerGetDatum(kept_value(i, 4));
		words[reason].ask_en = PointerGetDatum(kept_value(i, 5));
	}
	end_reading(&reading);
	known.words = words;
}

const CccdReasonWords *
cccd_gate_words(CccdReason reason)
{
	if (known.words == NULL)
		load_words();
	return &known.words[reason];
}

static void
load_secret(void)
{
	static CccdQuery query = {
		"SELECT s.key, cccd_gate.this_site()::pg_catalog.int4"
		" FROM cccd_gate.secret s",
		0
	};
	Reading		reading = begin_reading();
	bytea	   *secret = NULL;

	if (cccd_query_read(&query, NULL, NULL, reading.snapshot) > 0)
	{
		secret = kept_value(0, 1);
		known.site = kept_int(0, 2);
	}
	end_reading(&reading);
	if (secret == NULL)
		ereport(ERROR,
				(errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
				 errmsg("table \"secret\" is empty")));
	known.secret = secret;
}

const char *
cccd_gate_secret(size_t *length)
{
	if (known.secret == NULL)
		load_secret();
	*length = VARSIZE_ANY_EXHDR(known.secret);
	return VARDATA_ANY(known.secret);
}

int16
cccd_gate_site(void)
{
	if (known.secret == NULL)
		load_secret();
	return known.site;
}

const CccdDuty *
cccd_gate_duty_list(void)
{
	static CccdQuery query = {
		"SELECT d.role, d.profile, coalesce(d.event, 0) FROM cccd_gate.duty d"
		" WHERE d.site IS NULL"
		" OR d.site OPERATOR(pg_catalog.=) cccd_gate.this_site()",
		0
	};
	Reading		reading;
	uint64		count;

	if (known.duties_known)
		return known.duties;
	reading = begin_reading();
	known.duties = NULL;
	count = cccd_query_read(&query, NULL, NULL, reading.snapshot);
	for (uint64 i = 0; i < count; i++)
	{
		CccdDuty   *duty = MemoryContextAllocZero(known.context,
												  sizeof(CccdDuty));

		duty->role = kept_string(i, 1);
		duty->profile = kept_string(i, 2);
		duty->event = kept_int(i, 3);
		duty->next = known.duties;
		known.duties = duty;
	}
	end_reading(&reading);
	known.duties_known = true;
	return known.duties;
}

/* The bounds of the log's partitions. */
static void
find_parts(void)
{
	Relation	log = table_open(known.log, AccessShareLock);
	PartitionDesc desc = RelationGetPartitionDesc(log, true);
	PartitionBoundInfo bound = desc->boundinfo;
	MemoryContext caller = MemoryContextSwitchTo(known.context);
	CccdLogPart *parts = palloc0(Max(desc->nparts, 1) * sizeof(CccdLogPart));

	for (int i = 0; i < desc->nparts; i++)
	{
		parts[i].oid = desc->oids[i];
		parts[i].name = quote_qualified_identifier("cccd_gate",
												   get_rel_name(desc->oids[i]));
	}
	known.bound_count = bound ? bound->ndatums : 0;
	known.default_part = bound ? bound->default_index : -1;
	known.bounds = palloc((known.bound_count + 1) * sizeof(int64));
	known.part_of_bound = palloc((known.bound_count + 1) * sizeof(int));
	for (int i = 0; i < known.bound_count; i++)
	{
		PartitionRangeDatumKind kind = bound->kind[i][0];

		known.bounds[i] = kind == PARTITION_RANGE_DATUM_VALUE ?
			DatumGetTimestampTz(bound->datums[i][0]) :
			kind == PARTITION_RANGE_DATUM_MINVALUE ? PG_INT64_MIN :
			PG_INT64_MAX;
		/* indexes[i] is the partition below bound i */
		known.part_of_bound[i] = bound->indexes[i + 1];
	}
	MemoryContextSwitchTo(caller);
	table_close(log, AccessShareLock);
	known.parts = parts;
}

const CccdLogPart *
cccd_gate_log(TimestampTz recorded_at)
{
	int			part;

	if (known.parts == NULL)
		find_parts();
	part = -1;
	for (int i = 0; i < known.bound_count && known.bounds[i] <= recorded_at;
		 i++)
		part = known.part_of_bound[i];
	if (part < 0)
		part = known.default_part;
	if (part < 0)
		ereport(ERROR,
				(errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
				 errmsg("table \"answer_log\" has no partition for this moment"),
				 errhint("Call cccd_gate.extend_log().")));
	return &known.parts[part];
}
