/*
 * lookup.c
 *		The first step of a check: the person, the ticket, the place and the
 *		record; see lookup.h.
 */
#include "gate/lookup.h"

#include "common/cryptohash.h"
#include "common/sha2.h"
#include "utils/builtins.h"
#include "utils/date.h"

#include "gate/evidence.h"
#include "gate/table.h"
#include "health/health.h"
#include "id/id_core.h"

void
cccd_add_finding(CccdFound *found, CccdReason reason, bool doubt)
{
	CccdSituation *situation = &found->situation;

	if (reason == CCCD_REASON_COUNT ||
		situation->finding_count == CCCD_JUDGE_FINDINGS)
		return;
	found->findings[situation->finding_count].reason = reason;
	found->findings[situation->finding_count].doubt = doubt;
	situation->finding_count++;
}

void
cccd_look_up_place(CccdFound *found)
{
	const CccdCall *call = found->call;
	CccdSituation *situation = &found->situation;
	const CccdGateEvent *event = NULL;

	situation->not_handed_over = cccd_gate_not_handed_over();
	if (call->event)
		event = cccd_gate_event(call->event);
	/* who has no duty there is told what is said of what does not exist */
	if (event == NULL || (cccd_gate_duties(event) & call->duty) == 0)
		return;
	found->event = event;
	found->terms = cccd_terms_at(event->terms, situation->at,
								 &situation->level_changes);
	situation->event_known = true;
	situation->event_state = event->state;
	situation->entries = event->entries;
	situation->doors = event->doors;
	situation->ends = event->ends;
	situation->minimum_evidence = event->minimum;
	situation->ticket_required = event->ticket_required;
	situation->leaving_is_judged = event->leaving_is_judged;
	if (call->gate)
		found->gate = cccd_gate_find(event, call->gate);
	situation->gate_known = found->gate != NULL;
}

/* The person of a 12-digit number; 0 if the register does not have it. */
static int64
person_of_number(CccdFound *found, int64 id)
{
	Datum		key = Int64GetDatum(id);
	CccdRows	rows;
	int64		person = 0;
	bool		isnull;

	cccd_rows_begin(&rows, CCCD_BY_NUMBER, &key, found->snapshot);
	if (cccd_rows_next(&rows))
	{
		Datum		status = cccd_rows_value(&rows, CCCD_NUMBER_STATUS,
											 &isnull);

		found->holder.number = id;
		found->holder.number_current =
			*VARDATA_ANY(DatumGetTextPP(status)) == 'c' &&
			VARSIZE_ANY_EXHDR(DatumGetTextPP(status)) == strlen("current");
		found->situation.number_cancelled = !found->holder.number_current;
		person = DatumGetInt64(cccd_rows_value(&rows, CCCD_NUMBER_PERSON,
											   &isnull));
	}
	cccd_rows_end(&rows);
	return person;
}

/* Whether the row's document may be of the state that the scan names. */
static bool
is_of_state(CccdRows *rows, const CccdShown *shown)
{
	bool		isnull;
	Datum		state = cccd_rows_value(rows, CCCD_DOCUMENT_ISSUER, &isnull);

	return shown->state == NULL || isnull ||
		cccd_same_text(DatumGetTextPP(state), cstring_to_text(shown->state));
}

/*
 * The person and the document of an old card's or a passport's number.  A
 * number that several documents have names somebody with the state, or with
 * the name, and else nobody.
 */
static int64
person_of_document(CccdFound *found, int64 *document)
{
	Datum		keys[2] = {
		CStringGetTextDatum(found->shown.number_kind),
		PointerGetDatum(found->shown.number)
	};
	CccdHolder	best = {.person = 0};
	CccdRows	rows;
	int			count = 0;
	bool		named = false;

	cccd_rows_begin(&rows, CCCD_DOCUMENTS_BY_NUMBER, keys, found->snapshot);
	while (cccd_rows_next(&rows))
	{
		CccdHolder	holder = {.number = CCCD_NO_ID};
		bool		isnull;
		bool		same;
		int64		person;

		if (!is_of_state(&rows, &found->shown))
			continue;
		count++;
		person = DatumGetInt64(cccd_rows_value(&rows, CCCD_DOCUMENT_PERSON,
											   &isnull));
		cccd_read_holder(person, found->snapshot, &holder);
		same = cccd_same_text(holder.name_key, found->shown.name_key);
		if (best.person != 0 && !(same && !named))
			continue;
		best = holder;
		named = same;
		*document = DatumGetInt64(cccd_rows_value(&rows,
												  CCCD_DOCUMENT_DOCUMENT,
												  &isnull));
	}
	cccd_rows_end(&rows);
	return count > 1 && !named ? 0 : best.person;
}

/* What a number says of itself; false if none was shown. */
static bool
read_number(CccdFound *found)
{
	CccdSituation *situation = &found->situation;

	if (!cccd_shown_number(&found->shown))
		return false;
	situation->readable = true;
	situation->number_alone = found->shown.scan_kind == CCCD_KIND_ID;
	situation->number_disagrees =
		CCCD_SHOWN(&found->shown, ID_DISAGREES_WITH_BIRTH_DATE) ||
		CCCD_SHOWN(&found->shown, ID_DISAGREES_WITH_SEX);
	return true;
}

/*
 * Whether a number is claimed where the event demands more.  The answer is the
 * same whoever it is; so is the work, of which else its time would tell.
 */
static bool
claims_too_little(const CccdFound *found)
{
	const CccdSituation *situation = &found->situation;

	return situation->scan_evidence == CCCD_EVIDENCE_CLAIMED &&
		situation->minimum_evidence > CCCD_EVIDENCE_CLAIMED &&
		(situation->direction != CCCD_DIRECTION_OUT ||
		 situation->leaving_is_judged) &&
		found->shown.id != CCCD_NO_ID && !found->call->replays &&
		found->call->chip == 0 && found->certificates == 0;
}

/*
 * Whether a claim says more than the number, and that is not of this person:
 * then it names nobody.  What was wrong with it could not be kept without
 * saying that there is such a number, and an officer who compares the document
 * of who holds the code would let in somebody else.
 */
static bool
claims_another(const CccdFound *found, int64 person)
{
	return found->situation.scan_evidence == CCCD_EVIDENCE_CLAIMED &&
		!found->situation.number_alone &&
		!cccd_claim_agrees(found, person);
}

void
cccd_look_up_holder(CccdFound *found)
{
	int64		document = 0;
	int64		person = 0;

	if (!read_number(found))
		return;
	if (found->shown.id != CCCD_NO_ID)
		person = person_of_number(found, found->shown.id);
	else
		person = person_of_document(found, &document);
	if (person != 0 && claims_another(found, person))
		person = 0;
	if (person != 0)
		cccd_read_holder(person, found->snapshot, &found->holder);
	if (found->holder.person != 0)
		cccd_compare(found, document);
}

/* What the scan is, before anybody is looked up. */
static void
read_scan(CccdFound *found)
{
	const CccdShown *shown = &found->shown;
	CccdSituation *situation = &found->situation;

	situation->scan_evidence = cccd_shown_evidence(shown);
	situation->other_document = cccd_shown_certificate(shown) ||
		shown->scan_kind == CCCD_KIND_HEALTH_INSURANCE;
	situation->damaged = CCCD_SHOWN(shown, CHECK_DIGIT_DOCUMENT) ||
		CCCD_SHOWN(shown, CHECK_DIGIT_OPTIONAL) ||
		CCCD_SHOWN(shown, CHECK_DIGIT_BIRTH) ||
		CCCD_SHOWN(shown, CHECK_DIGIT_EXPIRY) ||
		CCCD_SHOWN(shown, CHECK_DIGIT_COMPOSITE) ||
		CCCD_SHOWN(shown, DOCUMENT_NUMBER_DISAGREES);
	if (found->event)
		situation->minimum_evidence = cccd_gate_minimum(found->event,
														shown->kind);
}

/* A health certificate alone: who it is says a ticket in that person's name. */
static void
find_ticket_holder(CccdFound *found)
{
	CccdStay	stay = {.known = false};

	if (!cccd_shown_certificate(&found->shown) || found->holder.person != 0 ||
		found->ticket_secret == NULL)
		return;
	cccd_find_ticket(found);
	if (found->stay.person == 0)
		return;
	cccd_read_holder(found->stay.person, found->snapshot, &found->holder);
	found->stay = stay;
	if (found->holder.person == 0)
		return;
	found->situation.readable = true;
	cccd_compare(found, 0);
	found->situation.scan_evidence = CCCD_EVIDENCE_CLAIMED;
}

/* The records of all sites as one. */
static void
merge_records(CccdFound *found, Datum first, CccdRows *rows)
{
	Datum		merged = first;
	bool		isnull;

	do
		merged = cccd_health_joined(merged,
									cccd_rows_value(rows, CCCD_HEALTH_RECORD,
													&isnull));
	while (cccd_rows_next(rows));
	found->record = cccd_health_body(merged, &found->record_length);
}

/* Read what all sites know of the person; the empty record if nothing. */
static void
read_record(CccdFound *found)
{
	Datum		key = Int64GetDatum(found->holder.person);
	CccdRows	rows;

	found->record = cccd_health_nothing;
	found->record_length = sizeof(cccd_health_nothing);
	cccd_rows_begin(&rows, CCCD_HEALTH_OF_PERSON, &key, found->snapshot);
	if (cccd_rows_next(&rows))
	{
		bool		isnull;
		Datum		value = cccd_rows_value(&rows, CCCD_HEALTH_RECORD, &isnull);
		Datum		record = PointerGetDatum(PG_DETOAST_DATUM_COPY(value));

		if (cccd_rows_next(&rows))
			merge_records(found, record, &rows);
		else
			found->record = cccd_health_body(record, &found->record_length);
	}
	cccd_rows_end(&rows);
	cccd_add_certificate_facts(found);
	if (cccd_health_open(found->record, found->record_length,
						 &found->health) != CCCD_HEALTH_OK)
		cccd_value_corrupted("cccd_health");
}

uint64
cccd_rule_context(CccdContext *context, char sex, int32 birth_date,
				  int64 number)
{
	uint64_t	packed;

	context->sex = sex == 'M' ? CCCD_SEX_MALE :
		sex == 'F' ? CCCD_SEX_FEMALE : 0;
	context->has_birth_date = birth_date != CCCD_NO_DATE;
	context->birth_date = birth_date;
	if (number != CCCD_NO_ID)
		context->place = cccd_id_place_of(number);
	if (cccd_context_pack(context, &packed))
		return packed;
	/* a scan may state any date */
	context->has_birth_date = false;
	return cccd_context_pack(context, &packed) ? packed : 0;
}

/* The same of who was found. */
static uint64
found_context(const CccdFound *found)
{
	const CccdHolder *holder = &found->holder;
	CccdContext context = {0};
	bool		day_known = holder->birth_precision == 'd' &&
	holder->birth_date != CCCD_NO_DATE;

	context.ticket = cccd_judge_ticket_holds(&found->situation) ?
		CCCD_CONTEXT_YES : CCCD_CONTEXT_NO;
	context.accompanied = found->call->accompanied;
	context.evidence = cccd_judge_evidence(&found->situation);
	context.level = found->terms->level;
	context.origin_level = found->call->origin_level;
	return cccd_rule_context(&context,
							 holder->sex ? holder->sex : found->shown.sex,
							 day_known ? holder->birth_date :
							 found->shown.birth_date, holder->number);
}

bool
cccd_proof_signed(const CccdVerdict *verdict, const CccdHealthView *view)
{
	for (int i = 0; i < view->ndoses; i++)
		if ((verdict->doses >> i & 1) &&
			!cccd_event_signed(cccd_dose_at(view, i)))
			return false;
	for (int i = 0; i < view->ntests; i++)
		if ((verdict->tests >> i & 1) &&
			!cccd_event_signed(cccd_test_at(view, i)))
			return false;
	for (int i = 0; i < view->nothers; i++)
		if ((verdict->others >> i & 1) &&
			!cccd_event_signed(cccd_other_at(view, i)))
			return false;
	return (verdict->doses | verdict->tests | verdict->others) != 0;
}

/*
 * How many facts proved a verdict, in five bits each: doses, tests and others,
 * on record and on paper.
 */
static int32
count_proof(const CccdFound *found)
{
	const CccdHealthView *view = &found->health;
	int			counts[6] = {0};
	int32		packed = 0;

	for (int i = 0; i < view->ndoses; i++)
		if (found->rule.doses >> i & 1)
			counts[cccd_event_source(cccd_dose_at(view, i)) >=
				   CCCD_SOURCE_CERTIFICATE ? 0 : 1]++;
	for (int i = 0; i < view->ntests; i++)
		if (found->rule.tests >> i & 1)
			counts[cccd_event_source(cccd_test_at(view, i)) >=
				   CCCD_SOURCE_CERTIFICATE ? 2 : 3]++;
	for (int i = 0; i < view->nothers; i++)
		if (found->rule.others >> i & 1)
			counts[cccd_event_source(cccd_other_at(view, i)) >=
				   CCCD_SOURCE_CERTIFICATE ? 4 : 5]++;
	for (int i = 0; i < 6; i++)
		packed |= Min(counts[i], 31) << (5 * i);
	return packed;
}

void
cccd_ask_rule(CccdFound *found)
{
	CccdSituation *situation = &found->situation;
	const CccdGateEvent *event = found->event;
	const CccdRuleValue *rule = found->terms->rule;
	int64		at;

	/* nobody is kept inside by a rule, but where an event says so */
	if ((situation->direction == CCCD_DIRECTION_OUT &&
		 !situation->leaving_is_judged) || !cccd_judge_asks_rule(situation))
		return;
	if (situation->direction == CCCD_DIRECTION_IN && !event->entering_is_judged)
	{
		situation->rule_asked = true;
		situation->rule = CCCD_PASS;
		return;
	}
	read_record(found);
	cccd_read_holder_number(found);
	at = event->judged_at == CCCD_JUDGE_NEVER ? situation->at :
		event->judged_at;
	if (at < CCCD_AT_MIN || at > CCCD_AT_MAX)
		return;
	if (rule == NULL)
		return;
	cccd_rule_check(rule->code, rule->count, at,
					found_context(found), &found->health, &found->rule);
	situation->rule_asked = true;
	situation->rule = found->rule.truth;
	situation->proof_signed = found->rule.truth == CCCD_PASS &&
		cccd_proof_signed(&found->rule, &found->health);
	if (event->judged_at == CCCD_JUDGE_NEVER && found->rule.changes)
		situation->rule_changes = found->rule.changes_at;
	if (found->rule.truth == CCCD_PASS)
	{
		found->proof = count_proof(found);
		return;
	}
	found->clause_count = cccd_clause_reasons(rule->code, rule->count,
											  found->rule.failed,
											  found->rule.unsure,
											  found->clauses);
	for (int i = 0; i < found->clause_count; i++)
		cccd_add_finding(found, found->clauses[i].reason, false);
}

void
cccd_clear_holder(CccdHolder *holder)
{
	memset(holder, 0, sizeof(*holder));
	holder->number = CCCD_NO_ID;
	holder->birth_date = CCCD_NO_DATE;
	holder->died_on = CCCD_NO_DATE;
}

void
cccd_look_up_begin(const CccdCall *call, Snapshot snapshot, CccdFound *found)
{
	memset(found, 0, sizeof(*found));
	found->call = call;
	found->snapshot = snapshot;
	found->ticket_secret = call->ticket;
	found->certificates = call->certificates;
	cccd_clear_holder(&found->holder);
	found->proof = -1;
	found->situation.findings = found->findings;
	found->situation.direction = call->direction;
	found->situation.decided = call->decided;
	found->situation.at = call->at;
	found->situation.doors = CCCD_JUDGE_NEVER;
	found->situation.ends = CCCD_JUDGE_NEVER;
	found->situation.rule_changes = CCCD_JUDGE_NEVER;
	found->situation.level_changes = CCCD_JUDGE_NEVER;
	found->situation.document_ends = CCCD_JUDGE_NEVER;
	found->situation.bad_request = call->bad_request;
	found->situation.read_only = call->read_only;
	cccd_shown_clear(&found->shown);
}

void
cccd_look_up(const CccdCall *call, Snapshot snapshot, CccdFound *found)
{
	const		text *scan = call->scan;

	cccd_look_up_begin(call, snapshot, found);
	cccd_look_up_place(found);
	/* what is wrong with the call itself is said, and nothing else */
	if (found->gate == NULL || call->bad_request || call->read_only ||
		found->situation.not_handed_over)
		return;
	if (call->image != 0)
		scan = cccd_read_image(found, scan);
	cccd_shown_read(scan, &found->shown);
	if (cccd_shown_certificate(&found->shown))
		cccd_take_certificate(found, scan);
	if (cccd_too_many_certificates(found))
	{
		found->situation.bad_request = true;
		return;
	}
	read_scan(found);
	if (claims_too_little(found) && read_number(found))
	{
		/* the log says whose number it was, and nothing else is looked up */
		int64		person = person_of_number(found, found->shown.id);

		cccd_find_ticket(found);
		cccd_read_presence(found);
		found->holder.person = claims_another(found, person) ? 0 : person;
		return;
	}
	cccd_look_up_holder(found);
	if (call->chip != 0)
		cccd_read_chip(found);
	cccd_ask_register(found);
	find_ticket_holder(found);
	cccd_find_ticket(found);
	cccd_choose_leaver(found);
	cccd_read_presence(found);
	if (found->certificates != 0)
		cccd_read_certificates(found);
	cccd_choose_ticket(found);
	cccd_ask_rule(found);
}
