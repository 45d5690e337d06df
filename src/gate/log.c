/*
 * log.c
 *		Cases and rows of the log; see log.h.
 *
 * Rows go to the partition of their moment by its own name: what the parent
 * would do for each row, finding the partition, is done once a month.
 */
#include "gate/log.h"

#include "access/transam.h"
#include "access/xact.h"
#include "catalog/pg_type.h"
#include "common/hashfn.h"
#include "lib/stringinfo.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/memutils.h"
#include "utils/xid8.h"

#include "eval/context_core.h"
#include "gate/event.h"
#include "base/row.h"
#include "gate/hot.h"
#include "gate/query.h"
#include "gate/table.h"

/* The seed of locks of a request; see the head of 00_schema.sql. */
#define LOCK_REQUEST	1667457891

void
cccd_case_find(const pg_uuid_t *request, Snapshot snapshot, CccdCase *row)
{
	Datum		key = UUIDPGetDatum(request);
	CccdRows	rows;

	memset(row, 0, sizeof(*row));
	row->request = *request;
	cccd_rows_begin(&rows, CCCD_BY_REQUEST, &key, snapshot);
	if (cccd_rows_next(&rows))
	{
		bool		isnull;
		Datum		value = cccd_rows_value(&rows, CCCD_CASE_CASE, &isnull);

		row->known = true;
		row->has_case = !isnull;
		if (!isnull)
			row->case_id = *DatumGetUUIDP(value);
		row->recorded_at =
			DatumGetTimestampTz(cccd_rows_value(&rows, CCCD_CASE_RECORDED_AT,
												&isnull));
		value = cccd_rows_value(&rows, CCCD_CASE_EVENT, &isnull);
		row->event = isnull ? 0 : DatumGetInt32(value);
		value = cccd_rows_value(&rows, CCCD_CASE_STATE, &isnull);
		row->state = isnull ? 0 : DatumGetChar(value);
	}
	cccd_rows_end(&rows);
}

void
cccd_case_lock(const pg_uuid_t *request, CccdCase *row)
{
	static CccdQuery query = {
		"SELECT c.recorded_at, c.event, c.state, c.request_id"
		" FROM cccd_gate.case_file c"
		" WHERE c.request_id OPERATOR(pg_catalog.=) coalesce("
		"(SELECT k.case_id FROM cccd_gate.case_file k"
		" WHERE k.request_id OPERATOR(pg_catalog.=) $1), $1)"
		" FOR UPDATE OF c",
		1, {UUIDOID}
	};
	Datum		key = UUIDPGetDatum(request);

	memset(row, 0, sizeof(*row));
	row->request = *request;
	if (cccd_query_run(&query, &key, NULL) > 0)
	{
		bool		isnull;
		Datum		value;

		row->known = true;
		row->recorded_at = DatumGetTimestampTz(cccd_query_value(0, 1,
																&isnull));
		value = cccd_query_value(0, 2, &isnull);
		row->event = isnull ? 0 : DatumGetInt32(value);
		row->state = DatumGetChar(cccd_query_value(0, 3, &isnull));
		row->request = *DatumGetUUIDP(cccd_query_value(0, 4, &isnull));
	}
}

/* By statement, where the table needs the executor. */
static bool
claim_by_statement(const CccdCase *row)
{
	static CccdQuery query = {
		"INSERT INTO cccd_gate.case_file"
		" (request_id, case_id, recorded_at, event, state)"
		" VALUES ($1, $2, $3, $4, $5) ON CONFLICT (request_id) DO NOTHING",
		5, {UUIDOID, UUIDOID, TIMESTAMPTZOID, INT4OID, CHAROID}
	};
	Datum		values[5] = {
		UUIDPGetDatum(&row->request), UUIDPGetDatum(&row->case_id),
		TimestampTzGetDatum(row->recorded_at), Int32GetDatum(row->event),
		CharGetDatum(row->state)
	};
	char		nulls[5] = {
		' ', row->has_case ? ' ' : 'n', ' ', row->event ? ' ' : 'n',
		row->has_case ? 'n' : ' '
	};

	return cccd_query_run(&query, values, nulls) > 0;
}

void
cccd_request_lock(const pg_uuid_t *request)
{
	/* lock: request */
	cccd_hot_lock((int64) DatumGetUInt64(hash_any_extended(request->data,
														   UUID_LEN,
														   LOCK_REQUEST)));
}

bool
cccd_case_claim(const CccdCase *row)
{
	Datum		values[5] = {
		UUIDPGetDatum(&row->request), UUIDPGetDatum(&row->case_id),
		TimestampTzGetDatum(row->recorded_at), Int32GetDatum(row->event),
		CharGetDatum(row->state)
	};
	bool		nulls[5] = {
		false, !row->has_case, false, row->event == 0, row->has_case
	};

	cccd_request_lock(&row->request);
	switch (cccd_hot_insert(cccd_table_oid("case_file"), values, nulls, 5))
	{
		case CCCD_HOT_DONE:
			return true;
		case CCCD_HOT_CONFLICT:
			return false;
		case CCCD_HOT_STATEMENT:
			break;
	}
	return claim_by_statement(row);
}

void
cccd_case_set_state(const pg_uuid_t *request, char state)
{
	static CccdQuery query = {
		"UPDATE cccd_gate.case_file SET state = $2"
		" WHERE request_id OPERATOR(pg_catalog.=) $1 AND case_id IS NULL",
		2, {UUIDOID, CHAROID}
	};
	Datum		values[2] = {UUIDPGetDatum(request), CharGetDatum(state)};

	cccd_query_run(&query, values, NULL);
}

/* The columns of the log, in the order of the table. */
#define COLUMNS \
	"recorded_at, xid, request_id, case_id, occurred_at, person, ticket," \
	" document, valid_until, failed, unsure, event, rule, proof, site," \
	" origin_level, action, verdict, evidence, decided, accompanied, gate," \
	" zone, kind, role, officer, reasons, facts_hash, note_hash"

enum
{
	LOG_RECORDED_AT, LOG_XID, LOG_REQUEST, LOG_CASE, LOG_OCCURRED_AT,
	LOG_PERSON, LOG_TICKET, LOG_DOCUMENT, LOG_VALID_UNTIL, LOG_FAILED,
	LOG_UNSURE, LOG_EVENT, LOG_RULE, LOG_PROOF, LOG_SITE, LOG_ORIGIN_LEVEL,
	LOG_ACTION, LOG_VERDICT, LOG_EVIDENCE, LOG_DECIDED, LOG_ACCOMPANIED,
	LOG_GATE, LOG_ZONE, LOG_KIND, LOG_ROLE, LOG_OFFICER, LOG_REASONS,
	LOG_FACTS_HASH, LOG_NOTE_HASH, LOG_COLUMNS
};

static const Oid log_types[LOG_COLUMNS] = {
	TIMESTAMPTZOID, XID8OID, UUIDOID, UUIDOID, TIMESTAMPTZOID,
	INT8OID, INT8OID, INT8OID, TIMESTAMPTZOID, INT8OID,
	INT8OID, INT4OID, INT4OID, INT4OID, INT2OID, INT2OID,
	CHAROID, CHAROID, CHAROID, CHAROID, BOOLOID,
	TEXTOID, TEXTOID, TEXTOID, TEXTOID, TEXTOID, TEXTARRAYOID,
	BYTEAOID, BYTEAOID
};

/*
 * A statement about one partition, prepared again when it is about another
 * one.  "text" has %s where the partition stands.
 */
typedef struct PartQuery
{
	CccdQuery	query;
	Oid			part;
} PartQuery;

static CccdQuery *
part_query(PartQuery *query, const CccdLogPart *part, const char *text)
{
	if (query->part != part->oid)
	{
		char	   *made = psprintf(text, part->name);

		query->part = InvalidOid;
		if (query->query.plan)
			SPI_freeplan(query->query.plan);
		query->query.plan = NULL;
		if (query->query.text)
			pfree((char *) query->query.text);
		query->query.text = MemoryContextStrdup(TopMemoryContext, made);
		pfree(made);
		query->part = part->oid;
	}
	return &query->query;
}

/* Values of a row to be written. */
typedef struct Values
{
	Datum		values[LOG_COLUMNS];
	char		nulls[LOG_COLUMNS];
} Values;

static void
put(Values *row, int column, Datum value, bool given)
{
	row->values[column] = value;
	row->nulls[column] = given ? ' ' : 'n';
}

static void
put_string(Values *row, int column, const char *value)
{
	put(row, column, value ? CStringGetTextDatum(value) : (Datum) 0,
		value != NULL);
}

static void
put_char(Values *row, int column, char value)
{
	put(row, column, CharGetDatum(value), value != 0);
}

static void
put_time(Values *row, int column, int64 value)
{
	put(row, column, TimestampTzGetDatum(value), value != CCCD_JUDGE_NEVER);
}

static Datum
reasons_datum(const CccdLogRow *row)
{
	Datum		codes[CCCD_JUDGE_REASONS];

	for (int i = 0; i < row->reason_count; i++)
		codes[i] =
			CStringGetTextDatum(cccd_reason_entries[row->reasons[i]].code);
	return cccd_texts_datum(codes, row->reason_count);
}

/* The keys and moments of a row. */
static void
put_keys(const CccdLogRow *row, Values *to)
{
	put_time(to, LOG_RECORDED_AT, row->recorded_at);
	put(to, LOG_XID, FullTransactionIdGetDatum(GetTopFullTransactionId()),
		true);
	put(to, LOG_REQUEST, UUIDPGetDatum(&row->request), true);
	put(to, LOG_CASE, UUIDPGetDatum(&row->case_id), row->has_case);
	put_time(to, LOG_OCCURRED_AT, row->occurred_at);
	put(to, LOG_PERSON, Int64GetDatum(row->person), row->person != 0);
	put(to, LOG_TICKET, Int64GetDatum(row->ticket), row->ticket != 0);
	put(to, LOG_DOCUMENT, Int64GetDatum(row->document), row->document != 0);
	put_time(to, LOG_VALID_UNTIL, row->valid_until);
	put(to, LOG_FAILED, Int64GetDatum((int64) row->failed), row->failed != 0);
	put(to, LOG_UNSURE, Int64GetDatum((int64) row->unsure), row->unsure != 0);
	put(to, LOG_EVENT, Int32GetDatum(row->event), row->event != 0);
	put(to, LOG_RULE, Int32GetDatum(row->rule), row->rule != 0);
	put(to, LOG_PROOF, Int32GetDatum(row->proof), row->proof >= 0);
	put(to, LOG_SITE, Int16GetDatum(cccd_gate_site()), true);
	put(to, LOG_ORIGIN_LEVEL, Int16GetDatum(row->origin_level),
		row->origin_level != 0);
}

/* By statement, where the partition needs the executor. */
static void
write_by_statement(const CccdLogPart *part, const Values *to)
{
	static PartQuery insert = {{NULL, LOG_COLUMNS}};
	static StringInfoData text;

	if (insert.query.types[0] == InvalidOid)
	{
		MemoryContext caller = MemoryContextSwitchTo(TopMemoryContext);

		initStringInfo(&text);
		appendStringInfoString(&text, "INSERT INTO %s (" COLUMNS ") VALUES (");
		for (int i = 1; i <= LOG_COLUMNS; i++)
			appendStringInfo(&text, "%s$%d", i == 1 ? "" : ", ", i);
		appendStringInfoChar(&text, ')');
		memcpy(insert.query.types, log_types, sizeof(log_types));
		MemoryContextSwitchTo(caller);
	}
	cccd_query_run(part_query(&insert, part, text.data), to->values,
				   to->nulls);
}

void
cccd_log_write(const CccdLogRow *row)
{
	const CccdLogPart *part;
	bool		nulls[LOG_COLUMNS];
	Values		to;

	put_keys(row, &to);
	put_char(&to, LOG_ACTION, row->action);
	put_char(&to, LOG_VERDICT, row->verdict);
	put_char(&to, LOG_EVIDENCE, row->evidence == CCCD_EVIDENCE_UNKNOWN ? 0 :
			 (char) ('0' + row->evidence));
	put_char(&to, LOG_DECIDED, row->decided);
	put(&to, LOG_ACCOMPANIED,
		BoolGetDatum(row->accompanied == CCCD_CONTEXT_YES),
		row->accompanied != CCCD_CONTEXT_UNKNOWN);
	put_string(&to, LOG_GATE, row->gate);
	put_string(&to, LOG_ZONE, row->zone);
	put_string(&to, LOG_KIND, row->kind);
	put_string(&to, LOG_ROLE, row->role);
	put_string(&to, LOG_OFFICER, NULL); /* is the desk's, which is SQL */
	put(&to, LOG_REASONS, row->reason_count > 0 ? reasons_datum(row) :
		(Datum) 0, row->reason_count > 0);
	put(&to, LOG_FACTS_HASH, row->has_facts ?
		cccd_bytes_datum(row->facts, CCCD_FACTS_HASH) : (Datum) 0, row->has_facts);
	put(&to, LOG_NOTE_HASH, PointerGetDatum(row->note_hash),
		row->note_hash != NULL);
	part = cccd_gate_log(row->recorded_at);
	for (int i = 0; i < LOG_COLUMNS; i++)
		nulls[i] = to.nulls[i] == 'n';
	if (cccd_hot_insert(part->oid, to.values, nulls, LOG_COLUMNS) !=
		CCCD_HOT_DONE)
		write_by_statement(part, &to);
}

/* Columns of the row that was read. */
static int64
got_int64(int column)
{
	bool		isnull;
	Datum		value = cccd_query_value(0, column + 1, &isnull);

	return isnull ? 0 : DatumGetInt64(value);
}

static int64
got_time(int column)
{
	bool		isnull;
	Datum		value = cccd_query_value(0, column + 1, &isnull);

	return isnull ? CCCD_JUDGE_NEVER : DatumGetTimestampTz(value);
}

static int32
got_int32(int column, int32 otherwise)
{
	bool		isnull;
	Datum		value = cccd_query_value(0, column + 1, &isnull);

	return isnull ? otherwise : DatumGetInt32(value);
}

static char
got_char(int column)
{
	bool		isnull;
	Datum		value = cccd_query_value(0, column + 1, &isnull);

	return isnull ? 0 : DatumGetChar(value);
}

static const char *
got_string(MemoryContext context, int column)
{
	bool		isnull;
	Datum		value = cccd_query_value(0, column + 1, &isnull);

	return isnull ? NULL :
		MemoryContextStrdup(context, TextDatumGetCString(value));
}

static void
got_reasons(CccdLogRow *row)
{
	bool		isnull;
	Datum		value = cccd_query_value(0, LOG_REASONS + 1, &isnull);
	Datum	   *codes;
	int			count;

	if (isnull)
		return;
	deconstruct_array(DatumGetArrayTypeP(value), TEXTOID, -1, false,
					  TYPALIGN_INT, &codes, NULL, &count);
	for (int i = 0; i < count && i < CCCD_JUDGE_REASONS; i++)
	{
		CccdReason	reason = cccd_gate_reason(TextDatumGetCString(codes[i]));

		if (reason != CCCD_REASON_COUNT)
			row->reasons[row->reason_count++] = reason;
	}
}

/* Take the row of the last result. */
static void
take_row(MemoryContext context, CccdLogRow *row)
{
	bool		isnull;
	Datum		value;
	char		evidence = got_char(LOG_EVIDENCE);

	row->recorded_at = got_time(LOG_RECORDED_AT);
	row->request = *DatumGetUUIDP(cccd_query_value(0, LOG_REQUEST + 1,
												   &isnull));
	value = cccd_query_value(0, LOG_CASE + 1, &isnull);
	row->has_case = !isnull;
	if (!isnull)
		row->case_id = *DatumGetUUIDP(value);
	row->occurred_at = got_time(LOG_OCCURRED_AT);
	row->person = got_int64(LOG_PERSON);
	row->ticket = got_int64(LOG_TICKET);
	row->document = got_int64(LOG_DOCUMENT);
	row->valid_until = got_time(LOG_VALID_UNTIL);
	row->failed = (uint64) got_int64(LOG_FAILED);
	row->unsure = (uint64) got_int64(LOG_UNSURE);
	row->event = got_int32(LOG_EVENT, 0);
	row->rule = got_int32(LOG_RULE, 0);
	row->proof = got_int32(LOG_PROOF, -1);
	value = cccd_query_value(0, LOG_ORIGIN_LEVEL + 1, &isnull);
	row->origin_level = isnull ? 0 : DatumGetInt16(value);
	row->action = got_char(LOG_ACTION);
	row->verdict = got_char(LOG_VERDICT);
	row->evidence = evidence ? (CccdEvidence) (evidence - '0') :
		CCCD_EVIDENCE_UNKNOWN;
	row->decided = got_char(LOG_DECIDED);
	value = cccd_query_value(0, LOG_ACCOMPANIED + 1, &isnull);
	row->accompanied = isnull ? CCCD_CONTEXT_UNKNOWN :
		DatumGetBool(value) ? CCCD_CONTEXT_YES : CCCD_CONTEXT_NO;
	row->gate = got_string(context, LOG_GATE);
	row->zone = got_string(context, LOG_ZONE);
	row->kind = got_string(context, LOG_KIND);
	row->role = got_string(context, LOG_ROLE);
	got_reasons(row);
}

bool
cccd_log_read(const CccdCase *request, MemoryContext context,
			  CccdLogRow *row)
{
	static PartQuery of_event = {
		{NULL, 3, {TIMESTAMPTZOID, UUIDOID, INT4OID}}
	};
	static PartQuery of_none = {{NULL, 2, {TIMESTAMPTZOID, UUIDOID}}};
	const CccdLogPart *part = cccd_gate_log(request->recorded_at);
	Datum		values[3] = {
		TimestampTzGetDatum(request->recorded_at),
		UUIDPGetDatum(&request->request), Int32GetDatum(request->event)
	};
	CccdQuery  *query;

	/* the index begins with the event */
	if (request->event != 0)
		query = part_query(&of_event, part, "SELECT " COLUMNS " FROM %s"
						   " WHERE recorded_at OPERATOR(pg_catalog.=) $1"
						   " AND request_id OPERATOR(pg_catalog.=) $2"
						   " AND event OPERATOR(pg_catalog.=) $3");
	else
		query = part_query(&of_none, part, "SELECT " COLUMNS " FROM %s"
						   " WHERE recorded_at OPERATOR(pg_catalog.=) $1"
						   " AND request_id OPERATOR(pg_catalog.=) $2"
						   " AND event IS NULL");
	memset(row, 0, sizeof(*row));
	if (cccd_query_run(query, values, NULL) == 0)
		return false;
	take_row(context, row);
	return true;
}

int
cccd_log_count(int32 event, const char *gate, const char *role,
			   TimestampTz since, int most, bool claims, Snapshot snapshot)
{
	static PartQuery all = {
		{NULL, 5, {INT4OID, TEXTOID, TEXTOID, TIMESTAMPTZOID, INT4OID}}
	};
	static PartQuery claimed = {
		{NULL, 5, {INT4OID, TEXTOID, TEXTOID, TIMESTAMPTZOID, INT4OID}}
	};
	const CccdLogPart *part = cccd_gate_log(since);
	Datum		values[5] = {
		Int32GetDatum(event), CStringGetTextDatum(gate),
		CStringGetTextDatum(role), TimestampTzGetDatum(since),
		Int32GetDatum(most)
	};
	CccdQuery  *query;

#define COUNT_TEXT(condition) \
	"SELECT 1 FROM %s l WHERE l.event OPERATOR(pg_catalog.=) $1" \
	" AND l.gate OPERATOR(pg_catalog.=) $2" \
	" AND l.role OPERATOR(pg_catalog.=) $3" \
	" AND l.recorded_at OPERATOR(pg_catalog.>) $4" \
	" AND l.verdict OPERATOR(pg_catalog.<>) 'a'::pg_catalog.\"char\"" \
	condition " LIMIT $5"

	if (claims)
		query = part_query(&claimed, part, COUNT_TEXT(
													  " AND l.evidence OPERATOR(pg_catalog.=)"
													  " '1'::pg_catalog.\"char\""));
	else
		query = part_query(&all, part, COUNT_TEXT(""));
	return (int) cccd_query_read(query, values, NULL, snapshot);
}
