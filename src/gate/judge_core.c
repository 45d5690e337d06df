/*
 * judge_core.c
 *		The verdict of the gate; see judge_core.h.
 *
 * Reasons are collected in the order in which a guard wants to hear them: the
 * call, the document, the ticket, the place, the rule.
 */
#include "gate/judge_identity_core.h"

#include <string.h>

static CccdSeverity
severity_of(CccdReason reason)
{
	return cccd_reason_entries[reason].severity;
}

/*
 * Whether a ticket was used by an entry.  Under ONCE it is used up whoever it
 * was, so that can be said to somebody who is not known.
 */
static bool
is_used_up(const CccdSituation *situation, bool settled)
{
	if (settled)
		return situation->ticket_use == CCCD_TICKET_USED_OTHER;
	return situation->ticket_use != CCCD_TICKET_UNUSED &&
		situation->entries == CCCD_ENTRIES_ONCE;
}

/*
 * The reason for which a ticket does not hold, or CCCD_REASON_COUNT.  As long
 * as identity is not settled only the ticket itself is looked at: neither
 * whose it is, nor whether one is in that person's name.
 */
static CccdReason
ticket_reason(const CccdSituation *situation, bool settled)
{
	if (!settled && !situation->ticket_shown)
		return CCCD_REASON_COUNT;
	if (!situation->ticket_known)
	{
		if (!situation->ticket_shown && !situation->ticket_required)
			return CCCD_REASON_COUNT;
		if (situation->site_cut_off)
			return CCCD_REASON_SITE_CUT_OFF;
		return situation->ticket_shown ? CCCD_REASON_TICKET_UNKNOWN :
			CCCD_REASON_NO_TICKET;
	}
	if (!situation->ticket_of_event)
		return CCCD_REASON_TICKET_OTHER_EVENT;
	if (situation->ticket_cancelled)
		return CCCD_REASON_TICKET_CANCELLED;
	if (settled && situation->ticket_holder == CCCD_TICKET_OTHER)
		return CCCD_REASON_TICKET_OTHER_PERSON;
	if (is_used_up(situation, settled))
		return CCCD_REASON_TICKET_USED;
	if (!situation->ticket_of_gate)
		return CCCD_REASON_WRONG_GATE;
	return CCCD_REASON_COUNT;
}

/* What is wrong with the call itself; then nothing else is said. */
static void
judge_call(CccdReasons *reasons, const CccdSituation *situation)
{
	const CccdProblem problems[] = {
		{situation->not_handed_over, CCCD_REASON_NOT_HANDED_OVER},
		{situation->bad_request, CCCD_REASON_BAD_REQUEST},
		{situation->read_only, CCCD_REASON_READ_ONLY},
		{situation->request_reused, CCCD_REASON_REQUEST_REUSED},
		{situation->case_state == CCCD_CASE_UNKNOWN, CCCD_REASON_CASE_UNKNOWN},
		{!situation->event_known, CCCD_REASON_EVENT_UNKNOWN},
		{!situation->gate_known, CCCD_REASON_GATE_UNKNOWN},
		{situation->case_state == CCCD_CASE_CLOSED, CCCD_REASON_CASE_CLOSED},
		{situation->over_limit, CCCD_REASON_TOO_MANY}
	};
	CccdReason	problem = CCCD_JUDGE_FIRST(situation, problems);

	if (problem != CCCD_REASON_COUNT)
		cccd_reasons_add(reasons, problem);
}

/* Is the event on, and the door open? */
static void
judge_event(CccdReasons *reasons, const CccdSituation *situation)
{
	switch (situation->event_state)
	{
		case CCCD_EVENT_CANCELLED:
			cccd_reasons_add(reasons, CCCD_REASON_EVENT_CANCELLED);
			return;
		case CCCD_EVENT_MOVED:
			cccd_reasons_add(reasons, CCCD_REASON_EVENT_MOVED);
			return;
		case CCCD_EVENT_PLANNED:
			cccd_reasons_add(reasons, CCCD_REASON_EVENT_NOT_OPEN);
			return;
		case CCCD_EVENT_OPEN:
			break;
	}
	/* nothing is before CCCD_JUDGE_NEVER */
	if (situation->at < situation->doors)
		cccd_reasons_add(reasons, CCCD_REASON_TOO_EARLY);
	else if (situation->ends != CCCD_JUDGE_NEVER &&
			 situation->at >= situation->ends)
		cccd_reasons_add(reasons, CCCD_REASON_EVENT_OVER);
}

/*
 * Entries, presence and direction.  doc/gate_door.md prints this as a table.
 */
static void
judge_presence(CccdReasons *reasons, const CccdSituation *situation)
{
	bool		inside = situation->presence == CCCD_PRESENCE_INSIDE;

	switch (situation->direction)
	{
		case CCCD_DIRECTION_IN:
			if (inside && situation->entries != CCCD_ENTRIES_FREE)
				cccd_reasons_add(reasons, CCCD_REASON_ALREADY_INSIDE);
			if (situation->presence == CCCD_PRESENCE_LEFT &&
				situation->entries == CCCD_ENTRIES_ONCE)
				cccd_reasons_add(reasons, CCCD_REASON_ALREADY_LEFT);
			break;
		case CCCD_DIRECTION_OUT:
			if (!inside)
				cccd_reasons_add(reasons, CCCD_REASON_NOT_INSIDE);
			break;
		case CCCD_DIRECTION_MOVE:
			if (!inside)
				cccd_reasons_add(reasons, CCCD_REASON_NOT_INSIDE);
			else if (!situation->gate_leads)
				cccd_reasons_add(reasons, CCCD_REASON_WRONG_ZONE);
			break;
	}
}

/* A rule that is not satisfied, and what may be why. */
static void
judge_rule(CccdReasons *reasons, const CccdSituation *situation)
{
	/* what the ticket itself says is not repeated for the rule */
	bool		ticket_said =
	ticket_reason(situation, true) != CCCD_REASON_COUNT;

	if (!cccd_judge_found_about(situation, CCCD_ABOUT_RULE))
		cccd_reasons_add(reasons, situation->rule_asked && situation->rule == CCCD_FAIL ?
						 CCCD_REASON_RULE_FORBIDS : CCCD_REASON_RULE_EMPTY);
	for (int i = 0; i < situation->finding_count; i++)
	{
		const CccdFinding *finding = &situation->findings[i];

		if (cccd_reason_entries[finding->reason].subject == CCCD_ABOUT_RULE &&
			!finding->doubt &&
			!(finding->reason == CCCD_REASON_TICKET_RULE && ticket_said))
			cccd_reasons_add(reasons, finding->reason);
	}
	for (int i = 0; i < situation->finding_count; i++)
		if (situation->findings[i].doubt &&
			!cccd_judge_cured(situation, situation->findings[i].reason))
			cccd_reasons_add(reasons, situation->findings[i].reason);
}

/* The rule and the presence of somebody who is known. */
static void
judge_holder(CccdReasons *reasons, const CccdSituation *situation,
			 CccdEvidence *evidence)
{
	bool		passes = situation->rule_asked && situation->rule == CCCD_PASS;

	judge_presence(reasons, situation);
	if (!passes)
	{
		judge_rule(reasons, situation);
		return;
	}
	/* what the facts that prove the rule add to the evidence */
	if (*evidence == CCCD_EVIDENCE_REGISTRY && situation->proof_signed)
		*evidence = CCCD_EVIDENCE_SIGNATURE;
	if (*evidence < situation->minimum_evidence)
		cccd_reasons_add(reasons, CCCD_REASON_EVIDENCE_TOO_WEAK);
}

/* What certificates prove; of another person's, only to who is known. */
static void
judge_certificates(CccdReasons *reasons, const CccdSituation *situation,
				   bool settled)
{
	for (int i = 0; i < situation->finding_count; i++)
	{
		const CccdFinding *finding = &situation->findings[i];

		if (cccd_reason_entries[finding->reason].subject ==
			CCCD_ABOUT_CERTIFICATE && !finding->doubt &&
			(settled || severity_of(finding->reason) == CCCD_SEVERITY_REFUSE))
			cccd_reasons_add(reasons, finding->reason);
	}
}

/* The reasons in the order of the answer: the refusing ones first. */
static void
conclude(const CccdReasons *reasons, CccdJudgement *judgement)
{
	judgement->reason_count = 0;
	for (int refusing = 1; refusing >= 0; refusing--)
		for (int i = 0; i < reasons->count; i++)
			if ((severity_of(reasons->items[i]) == CCCD_SEVERITY_REFUSE) ==
				(refusing == 1))
				judgement->reasons[judgement->reason_count++] =
					reasons->items[i];
	judgement->verdict = CCCD_GATE_ADMIT;
	for (int i = 0; i < reasons->count; i++)
	{
		if (severity_of(reasons->items[i]) == CCCD_SEVERITY_REFUSE)
			judgement->verdict = CCCD_GATE_REFUSE;
		else if (judgement->verdict == CCCD_GATE_ADMIT)
			judgement->verdict = CCCD_GATE_REVIEW;
	}
}

/* Whether what is recorded happens: what is judged, or what a gate did. */
static bool
takes_effect(const CccdSituation *situation, CccdGateVerdict verdict)
{
	if (situation->decided == CCCD_DECIDED_NOT)
		return verdict == CCCD_GATE_ADMIT;
	return situation->decided == CCCD_DECIDED_ADMIT &&
		(situation->person_known ||
		 (situation->ticket_known && situation->ticket_of_event));
}

bool
cccd_judge_ticket_holds(const CccdSituation *situation)
{
	return situation->ticket_known &&
		ticket_reason(situation, true) == CCCD_REASON_COUNT;
}

bool
cccd_judge_asks_rule(const CccdSituation *situation)
{
	CccdReasons reasons = {0};

	judge_call(&reasons, situation);
	cccd_judge_identity(&reasons, situation);
	return reasons.count == 0;
}

CccdReason
cccd_judge_case(CccdCaseAction action, CccdCaseState state,
				CccdPresence presence)
{
	if (state == CCCD_CASE_UNKNOWN)
		return CCCD_REASON_CASE_UNKNOWN;
	if (state == CCCD_CASE_CLOSED)
		return CCCD_REASON_CASE_CLOSED;
	if (action != CCCD_ACTION_ANNUL)
		return state == CCCD_CASE_ADMITTED ? CCCD_REASON_CASE_CLOSED :
			CCCD_REASON_COUNT;
	if (state != CCCD_CASE_ADMITTED)
		return CCCD_REASON_NOT_ADMITTED;
	return presence == CCCD_PRESENCE_INSIDE ? CCCD_REASON_COUNT :
		CCCD_REASON_NOT_INSIDE;
}

int64_t
cccd_judge_valid_until(const CccdSituation *situation)
{
	const int64_t moments[] = {
		situation->rule_changes, situation->level_changes,
		situation->document_ends, situation->doors, situation->ends
	};
	int64_t		first = CCCD_JUDGE_NEVER;

	for (size_t i = 0; i < sizeof(moments) / sizeof(moments[0]); i++)
		if (moments[i] > situation->at &&
			(first == CCCD_JUDGE_NEVER || moments[i] < first))
			first = moments[i];
	return first;
}

/*
 * Everything that may be said to somebody who enters or moves, but whether
 * there is room.
 */
static void
judge_visitor(CccdReasons *reasons, const CccdSituation *situation,
			  bool settled, CccdEvidence *evidence)
{
	cccd_judge_identity(reasons, situation);
	judge_certificates(reasons, situation, settled);
	if (situation->direction == CCCD_DIRECTION_IN)
	{
		CccdReason	reason = ticket_reason(situation, settled);

		if (reason != CCCD_REASON_COUNT)
			cccd_reasons_add(reasons, reason);
		judge_event(reasons, situation);
	}
	if (settled)
		judge_holder(reasons, situation, evidence);
}

/*
 * A claim that does not let in, although there is such a person: what is said
 * to a number that nobody has.  That a case has let in is not news to who
 * has the case.
 */
static void
judge_claim(CccdReasons *reasons, const CccdSituation *situation)
{
	CccdEvidence evidence = CCCD_EVIDENCE_CLAIMED;

	reasons->count = 0;
	cccd_reasons_add(reasons, situation->case_state == CCCD_CASE_ADMITTED ?
					 CCCD_REASON_CASE_CLOSED :
					 CCCD_REASON_EVIDENCE_TOO_WEAK);
	judge_visitor(reasons, situation, false, &evidence);
}

/* Somebody who enters or moves. */
static void
judge_entry(CccdReasons *reasons, const CccdSituation *situation,
			CccdJudgement *judgement)
{
	bool		settled = cccd_judge_asks_rule(situation);
	bool		claims = judgement->evidence <= CCCD_EVIDENCE_CLAIMED;

	judgement->identity_stands = settled && !claims;
	judge_visitor(reasons, situation, settled, &judgement->evidence);
	if (settled && claims &&
		(reasons->count > 0 || situation->second_ticket))
		judge_claim(reasons, situation);
	if (reasons->count == 0 && situation->case_state == CCCD_CASE_ADMITTED)
		cccd_reasons_add(reasons, CCCD_REASON_CASE_CLOSED);
	if (reasons->count == 0 && situation->full &&
		situation->direction == CCCD_DIRECTION_IN &&
		situation->presence != CCCD_PRESENCE_INSIDE)
		cccd_reasons_add(reasons, CCCD_REASON_FULL);
	/* a claim that was enough */
	if (reasons->count == 0)
		judgement->identity_stands = true;
	if (judgement->identity_stands)
		judgement->valid_until = cccd_judge_valid_until(situation);
}

/* Somebody who leaves an event that asks no more than who it is. */
static void
judge_exit(CccdReasons *reasons, const CccdSituation *situation,
		   CccdJudgement *judgement)
{
	judgement->identity_stands = cccd_judge_asks_rule(situation) &&
		judgement->evidence > CCCD_EVIDENCE_CLAIMED;
	cccd_judge_leaver(reasons, situation);
	if (reasons->count == 0)
		judge_presence(reasons, situation);
}

void
cccd_judge(const CccdSituation *situation, CccdJudgement *judgement)
{
	CccdReasons reasons = {0};

	memset(judgement, 0, sizeof(*judgement));
	judgement->valid_until = CCCD_JUDGE_NEVER;
	judge_call(&reasons, situation);
	if (reasons.count > 0)
	{
		conclude(&reasons, judgement);
		return;
	}
	judgement->evidence = cccd_judge_evidence(situation);
	if (situation->direction == CCCD_DIRECTION_OUT &&
		!situation->leaving_is_judged)
		judge_exit(&reasons, situation, judgement);
	else
		judge_entry(&reasons, situation, judgement);
	conclude(&reasons, judgement);
	judgement->takes_effect = takes_effect(situation, judgement->verdict);
}
