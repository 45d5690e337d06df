/*
 * preview.c
 *		What everybody who has a ticket for an event, or is inside, would be told.
 *
 * One statement brings all of them; what the rule asks is bound once where it
 * does not ask about the person beyond the record.
 */
#include "gate/door.h"

#include "catalog/pg_type.h"
#include "executor/spi.h"
#include "funcapi.h"
#include "miscadmin.h"
#include "nodes/params.h"
#include "tcop/dest.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/date.h"
#include "utils/datum.h"
#include "utils/tuplestore.h"

#include "base/calendar_core.h"
#include "base/row.h"
#include "eval/program_core.h"
#include "health/health.h"
#include "id/id_core.h"

/* The set's work: what stays the same for all. */
typedef struct Preview
{
	const CccdGateEvent *event;
	const CccdTerms *terms;
	TimestampTz at;
	bool		inside;			/* of those inside: who would not be admitted */
	bool		personal;		/* the rule asks about the person */
	int64		asked_at;
	CccdBinding binding;
	CccdSpan	spans[CCCD_RULE_MAX_CODES];
	CccdProgram program;
	Datum		verdicts[3];	/* by CccdGateVerdict */
	Datum		nothing;		/* an empty text[] */
	Datum		codes[CCCD_REASON_COUNT];
} Preview;

/* The columns of the statement. */
enum
{
	HOLDER_PERSON = 1, HOLDER_CANCELLED, HOLDER_BIRTH, HOLDER_SEX,
	HOLDER_DIED, HOLDER_STATE, HOLDER_RECORD, HOLDER_NUMBER,
	/* of who is inside */
	HOLDER_TICKET, HOLDER_ZONE, HOLDER_GATE, HOLDER_SINCE
};

/* The columns of a row that is returned; the last three of who is inside. */
enum
{
	ROW_PERSON, ROW_VERDICT, ROW_REASONS, ROW_ZONE, ROW_GATE, ROW_SINCE,
	ROW_COLUMNS
};

/* Somebody with a ticket. */
typedef struct Holder
{
	int64		person;
	bool		ticket;			/* there is one */
	bool		cancelled;		/* all tickets are */
	int32		birth_date;		/* CCCD_NO_DATE: not known */
	int32		died_on;		/* CCCD_NO_DATE: lives */
	char		sex;			/* 0: not known */
	char		state;			/* of presence; 'a': never inside */
	int64		number;			/* CCCD_NO_ID: none, or not asked for */
	Datum		zone;			/* 0: none */
	Datum		gate;			/* 0: none */
	TimestampTz since;
	size_t		length;			/* of the record */
	unsigned char record[CCCD_HEALTH_MAX_SIZE];
} Holder;

/* Whether a rule asks about age, sex or place. */
static bool
is_personal(const CccdRuleValue *rule)
{
	for (int i = 0; i < rule->count; i++)
		if (rule->code[i].op == CCCD_OP_AGE ||
			rule->code[i].op == CCCD_OP_SEX ||
			rule->code[i].op == CCCD_OP_PLACE)
			return true;
	return false;
}

/* What the rule may ask about a person with a ticket and a card in order. */
static uint64
holder_context(const Preview *preview, bool ticket, const Holder *holder)
{
	CccdContext context = {0};

	context.ticket = ticket ? CCCD_CONTEXT_YES : CCCD_CONTEXT_NO;
	context.evidence = Max(preview->event->minimum, CCCD_EVIDENCE_REGISTRY);
	context.level = preview->terms->level;
	if (!preview->personal || holder == NULL)
		return cccd_rule_context(&context, 0, CCCD_NO_DATE, CCCD_NO_ID);
	return cccd_rule_context(&context, holder->sex, holder->birth_date,
							 holder->number);
}

/* Make what is the same for all. */
static void
begin_preview(Preview *preview, const CccdGateEvent *event, TimestampTz at)
{
	static const char *const verdicts[] = {"admit", "review", "refuse"};
	const CccdRuleValue *rule;
	uint64_t	context = 0;
	int64		changes;

	memset(preview, 0, sizeof(*preview));
	preview->event = event;
	preview->terms = cccd_terms_at(event->terms, at, &changes);
	preview->at = at;
	preview->asked_at = event->judged_at == CCCD_JUDGE_NEVER ? at :
		event->judged_at;
	rule = preview->terms->rule;
	if (rule)
	{
		preview->personal = is_personal(rule);
		if (!preview->personal)
			context = holder_context(preview, true, NULL);
		cccd_rule_bind(rule->code, rule->count, preview->asked_at, context,
					   preview->spans);
		cccd_binding_init(&preview->binding, rule->code, rule->count,
						  preview->spans, preview->asked_at);
		cccd_program_init(&preview->program, &preview->binding);
	}
	for (int i = 0; i < 3; i++)
		preview->verdicts[i] = CStringGetTextDatum(verdicts[i]);
	for (int i = 0; i < CCCD_REASON_COUNT; i++)
		preview->codes[i] = CStringGetTextDatum(cccd_reason_entries[i].code);
	preview->nothing = PointerGetDatum(construct_empty_array(TEXTOID));
}

/* Ask the rule about one holder: quickly, and for reasons if it fails. */
static void
ask_rule(const Preview *preview, uint64_t context, bool quick,
		 const unsigned char *record, size_t length,
		 CccdSituation *situation, CccdFinding *findings)
{
	const CccdRuleValue *rule = preview->terms->rule;
	CccdClauseReason clauses[CCCD_CLAUSE_REASONS];
	CccdHealthView view;
	CccdVerdict verdict;
	int			count;

	situation->findings = findings;
	if (rule == NULL && preview->event->entering_is_judged)
		return;
	situation->rule_asked = true;
	if (!preview->event->entering_is_judged ||
		(quick &&
		 cccd_program_answer(&preview->program, record, length) == CCCD_PASS))
	{
		situation->rule = CCCD_PASS;
		return;
	}
	if (cccd_health_open(record, length, &view) != CCCD_HEALTH_OK)
		cccd_value_corrupted("cccd_health");
	cccd_rule_check(rule->code, rule->count, preview->asked_at, context,
					&view, &verdict);
	situation->rule = verdict.truth;
	situation->proof_signed = verdict.truth == CCCD_PASS &&
		cccd_proof_signed(&verdict, &view);
	if (verdict.truth == CCCD_PASS)
		return;
	count = cccd_clause_reasons(rule->code, rule->count, verdict.failed,
								verdict.unsure, clauses);
	StaticAssertStmt(CCCD_CLAUSE_REASONS <= CCCD_JUDGE_FINDINGS,
					 "every reason of a rule has room");
	for (int i = 0; i < count; i++)
	{
		findings[i].reason = clauses[i].reason;
		findings[i].doubt = false;
	}
	situation->finding_count = count;
}

/*
 * The situation of somebody who comes with a card in order, whatever kind of
 * document the event demands.
 */
static void
make_situation(const Preview *preview, const Holder *holder,
			   CccdSituation *situation)
{
	const CccdGateEvent *event = preview->event;

	memset(situation, 0, sizeof(*situation));
	situation->at = preview->at;
	situation->event_known = true;
	situation->gate_known = true;
	situation->event_state = event->state;
	situation->entries = event->entries;
	situation->doors = event->doors;
	situation->ends = event->ends;
	situation->minimum_evidence = event->minimum;
	situation->ticket_required = event->ticket_required;
	situation->readable = true;
	situation->scan_evidence = Max(event->minimum, CCCD_EVIDENCE_REGISTRY);
	situation->person_known = true;
	situation->register_is_national = true;
	situation->name = CCCD_AGREE_EQUAL;
	situation->birth_date = CCCD_AGREE_EQUAL;
	situation->sex = CCCD_AGREE_EQUAL;
	situation->issued = CCCD_AGREE_EQUAL;
	situation->document = CCCD_DOCUMENT_VALID;
	situation->document_ends = CCCD_JUDGE_NEVER;
	situation->level_changes = CCCD_JUDGE_NEVER;
	situation->rule_changes = CCCD_JUDGE_NEVER;
	situation->deceased = holder->died_on != CCCD_NO_DATE &&
		holder->died_on <= cccd_day_from_time(preview->at);
	situation->ticket_known = holder->ticket;
	situation->ticket_of_event = true;
	situation->ticket_of_gate = true;
	situation->ticket_holder = CCCD_TICKET_SAME;
	situation->ticket_cancelled = holder->cancelled;
	situation->presence = holder->state == 'i' ? CCCD_PRESENCE_INSIDE :
		holder->state == 'l' ? CCCD_PRESENCE_LEFT : CCCD_PRESENCE_NEVER;
	if (preview->inside)
	{
		/*
		 * the event may be over; that they are inside is not held against
		 * them
		 */
		situation->presence = CCCD_PRESENCE_NEVER;
		situation->event_state = CCCD_EVENT_OPEN;
		situation->doors = CCCD_JUDGE_NEVER;
		situation->ends = CCCD_JUDGE_NEVER;
	}
}

/* Judge one holder, and add the answer to the result. */
static void
judge_holder(const Preview *preview, const Holder *holder,
			 ReturnSetInfo *result)
{
	CccdFinding findings[CCCD_JUDGE_FINDINGS];
	CccdSituation situation;
	CccdJudgement judgement;
	Datum		codes[CCCD_JUDGE_REASONS];
	Datum		values[ROW_COLUMNS];
	bool		nulls[ROW_COLUMNS] = {false};
	bool		ticket;

	make_situation(preview, holder, &situation);
	ticket = cccd_judge_ticket_holds(&situation);
	if (cccd_judge_asks_rule(&situation))
		ask_rule(preview, holder_context(preview, ticket, holder),
				 ticket && !preview->personal &&
				 preview->event->minimum != CCCD_EVIDENCE_SIGNATURE,
				 holder->record, holder->length, &situation, findings);
	cccd_judge(&situation, &judgement);
	if (preview->inside && judgement.verdict == CCCD_GATE_ADMIT)
		return;
	for (int i = 0; i < judgement.reason_count; i++)
		codes[i] = preview->codes[judgement.reasons[i]];
	values[ROW_PERSON] = Int64GetDatum(holder->person);
	values[ROW_VERDICT] = preview->verdicts[judgement.verdict];
	values[ROW_REASONS] = judgement.reason_count == 0 ? preview->nothing :
		cccd_texts_datum(codes, judgement.reason_count);
	values[ROW_ZONE] = holder->zone;
	nulls[ROW_ZONE] = holder->zone == 0;
	values[ROW_GATE] = holder->gate;
	nulls[ROW_GATE] = holder->gate == 0;
	values[ROW_SINCE] = TimestampTzGetDatum(holder->since);
	tuplestore_putvalues(result->setResult, result->setDesc, values, nulls);
	if (judgement.reason_count > 0)
		pfree(DatumGetPointer(values[ROW_REASONS]));
}

/* The number of the person, where the rule asks for it. */
static const char *
number_text(const Preview *preview)
{
	return preview->personal ?
		"(SELECT n.id::pg_catalog.int8"
		" FROM cccd_gate.identity_number n"
		" WHERE n.person OPERATOR(pg_catalog.=) p.person"
		" ORDER BY n.status OPERATOR(pg_catalog.=) 'current' DESC"
		" LIMIT 1)" : "NULL::pg_catalog.int8";
}

#define PERSON_COLUMNS \
	"CASE p.birth_precision WHEN 'day' THEN p.birth_date END, p.sex, p.died_on"

/*
 * Everybody who has a ticket in his or her name, in the order of the keys.  A
 * person has a row for each ticket and site that has a record.
 */
static const char *
holders_text(const Preview *preview)
{
	return psprintf("SELECT t.person, t.cancelled, " PERSON_COLUMNS ","
					" w.state, h.record, %s"
					" FROM cccd_gate.ticket t"
					" JOIN cccd_gate.person p"
					" ON p.person OPERATOR(pg_catalog.=) t.person"
					" LEFT JOIN cccd_gate.presence w"
					" ON w.event OPERATOR(pg_catalog.=) $1"
					" AND w.person OPERATOR(pg_catalog.=) t.person"
					" LEFT JOIN cccd_gate.health h"
					" ON h.person OPERATOR(pg_catalog.=) t.person"
					" WHERE t.event OPERATOR(pg_catalog.=) $1"
					" ORDER BY t.person", number_text(preview));
}

/*
 * Everybody who is inside, but bearers of tickets, of whom nothing is known: in
 * the order of the keys, a row for each site that has a record.
 */
static const char *
inside_text(const Preview *preview)
{
	return psprintf("SELECT w.person, coalesce(t.cancelled, false), "
					PERSON_COLUMNS ", w.state, h.record, %s,"
					" w.ticket IS NOT NULL, w.zone, w.gate, w.since"
					" FROM cccd_gate.presence w"
					" JOIN cccd_gate.person p"
					" ON p.person OPERATOR(pg_catalog.=) w.person"
					" LEFT JOIN cccd_gate.ticket t"
					" ON t.ticket OPERATOR(pg_catalog.=) w.ticket"
					" LEFT JOIN cccd_gate.health h"
					" ON h.person OPERATOR(pg_catalog.=) w.person"
					" WHERE w.event OPERATOR(pg_catalog.=) $1"
					" AND w.state OPERATOR(pg_catalog.=)"
					" 'i'::pg_catalog.\"char\""
					" ORDER BY w.person", number_text(preview));
}

/* Where the rows of the statement go. */
typedef struct Receiver
{
	DestReceiver base;
	const Preview *preview;
	ReturnSetInfo *result;
	bool		any;			/* holder is somebody */
	Holder		holder;			/* whose rows are being read */
} Receiver;

static int32
date_column(TupleTableSlot *slot, int column)
{
	bool		isnull;
	Datum		value = slot_getattr(slot, column, &isnull);

	return isnull ? CCCD_NO_DATE : DatumGetDateADT(value);
}

/* A record of the holder, or another site's record of the same. */
static void
take_record(Holder *holder, Datum record)
{
	size_t		length;
	const unsigned char *body = cccd_health_body(record, &length);

	if (length > CCCD_HEALTH_MAX_SIZE)
		cccd_value_corrupted("cccd_health");
	if (holder->length == length && memcmp(holder->record, body, length) == 0)
		return;
	if (holder->length == 0)
	{
		memcpy(holder->record, body, length);
		holder->length = length;
		return;
	}
	record = cccd_health_joined(cccd_health_from_body(holder->record,
													  holder->length), record);
	body = cccd_health_body(record, &length);
	memcpy(holder->record, body, length);
	holder->length = length;
}

/* A text of the slot that outlives it; 0 if NULL. */
static Datum
text_column(TupleTableSlot *slot, int column)
{
	bool		isnull;
	Datum		value = slot_getattr(slot, column, &isnull);

	return isnull ? (Datum) 0 : datumCopy(value, false, -1);
}

/* Where somebody is, and whether with a ticket. */
static void
take_stay(Holder *holder, TupleTableSlot *slot)
{
	bool		isnull;

	if (holder->zone)
		pfree(DatumGetPointer(holder->zone));
	if (holder->gate)
		pfree(DatumGetPointer(holder->gate));
	holder->zone = text_column(slot, HOLDER_ZONE);
	holder->gate = text_column(slot, HOLDER_GATE);
	holder->since = DatumGetTimestampTz(slot_getattr(slot, HOLDER_SINCE,
													 &isnull));
	holder->ticket = DatumGetBool(slot_getattr(slot, HOLDER_TICKET, &isnull));
}

/* Begin with another holder. */
static void
take_holder(Holder *holder, int64 person, TupleTableSlot *slot)
{
	bool		isnull;
	Datum		value = slot_getattr(slot, HOLDER_SEX, &isnull);

	holder->person = person;
	holder->ticket = true;
	holder->cancelled = true;
	holder->length = 0;
	holder->sex = isnull ? 0 : *VARDATA_ANY(DatumGetTextPP(value));
	holder->birth_date = date_column(slot, HOLDER_BIRTH);
	holder->died_on = date_column(slot, HOLDER_DIED);
	value = slot_getattr(slot, HOLDER_STATE, &isnull);
	holder->state = isnull ? 'a' : DatumGetChar(value);
	value = slot_getattr(slot, HOLDER_NUMBER, &isnull);
	holder->number = isnull ? CCCD_NO_ID : DatumGetInt64(value);
}

/* Judge the holder whose rows have all come. */
static void
end_holder(Receiver *receiver)
{
	if (!receiver->any)
		return;
	if (receiver->holder.length == 0)
	{
		memcpy(receiver->holder.record, cccd_health_nothing,
			   sizeof(cccd_health_nothing));
		receiver->holder.length = sizeof(cccd_health_nothing);
	}
	judge_holder(receiver->preview, &receiver->holder, receiver->result);
	receiver->any = false;
}

static bool
receive_row(TupleTableSlot *slot, DestReceiver * self)
{
	Receiver   *receiver = (Receiver *) self;
	Holder	   *holder = &receiver->holder;
	bool		isnull;
	int64		person = DatumGetInt64(slot_getattr(slot, HOLDER_PERSON,
													&isnull));
	Datum		record;

	CHECK_FOR_INTERRUPTS();
	if (!receiver->any || holder->person != person)
	{
		end_holder(receiver);
		take_holder(holder, person, slot);
		if (receiver->preview->inside)
			take_stay(holder, slot);
		receiver->any = true;
	}
	/* who has several tickets is let in by one that was not cancelled */
	if (!DatumGetBool(slot_getattr(slot, HOLDER_CANCELLED, &isnull)))
		holder->cancelled = false;
	record = slot_getattr(slot, HOLDER_RECORD, &isnull);
	if (!isnull)
		take_record(holder, record);
	return true;
}

static void
receive_nothing(DestReceiver * self)
{
}

static void
receive_startup(DestReceiver * self, int operation, TupleDesc desc)
{
}

/* Read and judge all holders, between SPI_connect() and SPI_finish(). */
static void
judge_all(const Preview *preview, ReturnSetInfo *result)
{
	ParamListInfo params = makeParamList(1);
	SPIExecuteOptions options = {0};
	Receiver   *receiver = palloc0(sizeof(Receiver));
	int			code;

	params->params[0].value = Int32GetDatum(preview->event->event);
	params->params[0].isnull = false;
	params->params[0].pflags = PARAM_FLAG_CONST;
	params->params[0].ptype = INT4OID;
	receiver->base.receiveSlot = receive_row;
	receiver->base.rStartup = receive_startup;
	receiver->base.rShutdown = receive_nothing;
	receiver->base.rDestroy = receive_nothing;
	receiver->base.mydest = DestNone;
	receiver->preview = preview;
	receiver->result = result;
	options.params = params;
	options.read_only = true;
	options.dest = &receiver->base;
	code = SPI_execute_extended(preview->inside ? inside_text(preview) :
								holders_text(preview), &options);
	if (code < 0)
		elog(ERROR, "statement cannot be run: %s",
			 SPI_result_code_string(code));
	end_holder(receiver);
}

/* Judge all of an event, for whom a desk or an organiser asks. */
static Datum
preview_all(FunctionCallInfo fcinfo, bool inside, TimestampTz at)
{
	ReturnSetInfo *result = (ReturnSetInfo *) fcinfo->resultinfo;
	const char *code = cccd_string_arg(fcinfo, 0);
	const CccdGateEvent *event;
	Preview    *preview;

	cccd_gate_begin();
	InitMaterializedSRF(fcinfo, 0);
	event = code ? cccd_gate_event(code) : NULL;
	if (event == NULL || cccd_gate_not_handed_over() ||
		(cccd_gate_duties(event) & (CCCD_DUTY_ORGANISER | CCCD_DUTY_DESK)) == 0)
		return (Datum) 0;
	if (at < CCCD_AT_MIN || at > CCCD_AT_MAX)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("time is out of range"),
				 errdetail("Rules can be asked about " CCCD_AT_RANGE ".")));
	preview = palloc(sizeof(Preview));
	begin_preview(preview, event, at);
	preview->inside = inside;
	SPI_connect();
	judge_all(preview, result);
	SPI_finish();
	return (Datum) 0;
}

/*
 * preview_event(event, at): a row for everybody with a ticket; none for an
 * event that does not exist, or at which the acting role has no duty.
 */
PG_FUNCTION_INFO_V1(cccd_gate_preview_event);
Datum
cccd_gate_preview_event(PG_FUNCTION_ARGS)
{
	return preview_all(fcinfo, false, PG_ARGISNULL(1) ?
					   GetCurrentTimestamp() : PG_GETARG_TIMESTAMPTZ(1));
}

/*
 * failing_inside(event): a row for everybody inside who would not be admitted
 * now; none for an event that does not exist, or at which the acting role has
 * no duty.
 */
PG_FUNCTION_INFO_V1(cccd_gate_failing_inside);
Datum
cccd_gate_failing_inside(PG_FUNCTION_ARGS)
{
	return preview_all(fcinfo, true, GetCurrentTimestamp());
}
