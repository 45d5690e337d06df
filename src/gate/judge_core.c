/*
 * judge_core.c
 *		The verdict of the gate; see judge_core.h.
 *
 * Reasons are collected in the order in which a guard wants to hear them: the
 * call, the document, the ticket, the place, the rule.
 */
#include "gate/judge_core.h"

#include <string.h>

/* Reasons so far. */
typedef struct Reasons
{
	int			count;
	CccdReason	items[CCCD_JUDGE_REASONS];
} Reasons;

/* Add a reason; what was said already is not said again. */
static void
add(Reasons *reasons, CccdReason reason)
{
	for (int i = 0; i < reasons->count; i++)
		if (reasons->items[i] == reason)
			return;
	if (reasons->count < CCCD_JUDGE_REASONS)
		reasons->items[reasons->count++] = reason;
}

static CccdSeverity
severity_of(CccdReason reason)
{
	return cccd_reason_entries[reason].severity;
}

/* Add a reason about the document, unless an officer answers it. */
static void
add_document(Reasons *reasons, const CccdSituation *situation,
			 CccdReason reason)
{
	if (!situation->identity_paper ||
		!(cccd_reason_entries[reason].flags & CCCD_REASON_CURED))
		add(reasons, reason);
}

/* The reason for which a ticket does not hold, or CCCD_REASON_COUNT. */
static CccdReason
ticket_reason(const CccdSituation *situation)
{
	if (!situation->ticket_known)
	{
		if (situation->ticket_shown)
			return situation->site_cut_off ? CCCD_REASON_SITE_CUT_OFF :
				CCCD_REASON_TICKET_UNKNOWN;
		return situation->ticket_required ? CCCD_REASON_NO_TICKET :
			CCCD_REASON_COUNT;
	}
	if (!situation->ticket_of_event)
		return CCCD_REASON_TICKET_OTHER_EVENT;
	if (situation->ticket_cancelled)
		return CCCD_REASON_TICKET_CANCELLED;
	if (situation->ticket_holder == CCCD_TICKET_OTHER)
		return CCCD_REASON_TICKET_OTHER_PERSON;
	if (situation->ticket_used)
		return CCCD_REASON_TICKET_USED;
	if (!situation->ticket_of_gate)
		return CCCD_REASON_WRONG_GATE;
	return CCCD_REASON_COUNT;
}

/* Findings about a subject: those that stand by themselves, or doubts. */
static void
add_findings(Reasons *reasons, const CccdSituation *situation,
			 CccdSubject subject, bool doubts)
{
	for (int i = 0; i < situation->finding_count; i++)
	{
		const CccdFinding *finding = &situation->findings[i];

		if (cccd_reason_entries[finding->reason].subject != subject ||
			finding->doubt != doubts)
			continue;
		/* what the ticket itself says is not repeated for the rule */
		if (finding->reason == CCCD_REASON_TICKET_RULE &&
			ticket_reason(situation) != CCCD_REASON_COUNT)
			continue;
		add_document(reasons, situation, finding->reason);
	}
}

static bool
has_finding(const CccdSituation *situation, CccdSubject subject)
{
	for (int i = 0; i < situation->finding_count; i++)
		if (cccd_reason_entries[situation->findings[i].reason].subject ==
			subject)
			return true;
	return false;
}

/* What is wrong with the call itself; then nothing else is said. */
static void
judge_call(Reasons *reasons, const CccdSituation *situation)
{
	if (situation->bad_request)
		add(reasons, CCCD_REASON_BAD_REQUEST);
	else if (situation->request_reused)
		add(reasons, CCCD_REASON_REQUEST_REUSED);
	else if (situation->case_state == CCCD_CASE_UNKNOWN)
		add(reasons, CCCD_REASON_CASE_UNKNOWN);
	else if (!situation->event_known)
		add(reasons, CCCD_REASON_EVENT_UNKNOWN);
	else if (!situation->gate_known)
		add(reasons, CCCD_REASON_GATE_UNKNOWN);
	else if (situation->case_state == CCCD_CASE_CLOSED)
		add(reasons, CCCD_REASON_CASE_CLOSED);
	else if (situation->over_limit)
		add(reasons, CCCD_REASON_TOO_MANY);
}

/* Whether the register's data of the person are all on the scan and equal. */
static bool
agrees(const CccdSituation *situation)
{
	return situation->name == CCCD_AGREE_EQUAL &&
		situation->birth_date == CCCD_AGREE_EQUAL &&
		situation->sex == CCCD_AGREE_EQUAL &&
		situation->issued == CCCD_AGREE_EQUAL;
}

/* Whether a card's code lacks what every card has. */
static bool
is_incomplete(const CccdSituation *situation)
{
	return situation->scan_evidence == CCCD_EVIDENCE_QR &&
		(situation->name == CCCD_AGREE_ABSENT ||
		 situation->birth_date == CCCD_AGREE_ABSENT ||
		 situation->sex == CCCD_AGREE_ABSENT ||
		 situation->issued == CCCD_AGREE_ABSENT);
}

/* What the scan says, against the register. */
static void
judge_agreement(Reasons *reasons, const CccdSituation *situation)
{
	if (situation->damaged)
		add_document(reasons, situation, CCCD_REASON_SCAN_DAMAGED);
	if (situation->number_disagrees)
		add_document(reasons, situation, CCCD_REASON_NUMBER_DISAGREES);
	/* lost letters are not another name */
	if (situation->name == CCCD_AGREE_DIFFERENT && !situation->damaged)
		add_document(reasons, situation, CCCD_REASON_NAME_DISAGREES);
	if (situation->birth_date == CCCD_AGREE_DIFFERENT)
		add_document(reasons, situation, CCCD_REASON_BIRTH_DATE_DISAGREES);
	if (situation->sex == CCCD_AGREE_DIFFERENT)
		add_document(reasons, situation, CCCD_REASON_SEX_DISAGREES);
}

/* The document in hand, as the register has it. */
static void
judge_document(Reasons *reasons, const CccdSituation *situation)
{
	if (situation->number_cancelled)
		add_document(reasons, situation, CCCD_REASON_NUMBER_CANCELLED);
	switch (situation->document)
	{
		case CCCD_DOCUMENT_LOST:
			add_document(reasons, situation, CCCD_REASON_CARD_LOST);
			break;
		case CCCD_DOCUMENT_REVOKED:
			add_document(reasons, situation, CCCD_REASON_CARD_REVOKED);
			break;
		case CCCD_DOCUMENT_REPLACED:
			add_document(reasons, situation, CCCD_REASON_CARD_REPLACED);
			break;
		case CCCD_DOCUMENT_UNMATCHED:
			add_document(reasons, situation, CCCD_REASON_CARD_UNKNOWN);
			break;
		case CCCD_DOCUMENT_VALID:
		case CCCD_DOCUMENT_NOT_KNOWN:
			if (situation->expired)
				add_document(reasons, situation, CCCD_REASON_CARD_EXPIRED);
			break;
	}
	if (is_incomplete(situation))
		add_document(reasons, situation, CCCD_REASON_SCAN_INCOMPLETE);
	if (situation->deceased)
		add_document(reasons, situation, CCCD_REASON_DECEASED);
}

/* Who is this, as far as the evidence goes that the event demands? */
static void
judge_identity(Reasons *reasons, const CccdSituation *situation)
{
	CccdEvidence minimum = situation->minimum_evidence;

	add_findings(reasons, situation, CCCD_ABOUT_CARD, false);
	if (!situation->readable)
	{
		if (!has_finding(situation, CCCD_ABOUT_CARD))
			add(reasons, situation->other_document ?
				CCCD_REASON_NOT_IDENTITY : CCCD_REASON_SCAN_UNREADABLE);
		return;
	}
	if (!situation->person_known)
	{
		if (situation->number_disagrees)
			add_document(reasons, situation, CCCD_REASON_NUMBER_DISAGREES);
		add(reasons, CCCD_REASON_PERSON_UNKNOWN);
	}
	else
	{
		judge_agreement(reasons, situation);
		judge_document(reasons, situation);
	}
	/* what signatures add comes from the facts that prove the rule */
	if (minimum == CCCD_EVIDENCE_SIGNATURE)
		minimum = CCCD_EVIDENCE_REGISTRY;
	if (reasons->count == 0 && cccd_judge_evidence(situation) < minimum)
		add(reasons, CCCD_REASON_EVIDENCE_TOO_WEAK);
}

/* Leaving: nobody is kept inside for want of a document. */
static void
judge_leaver(Reasons *reasons, const CccdSituation *situation)
{
	if (!situation->readable && !situation->ticket_known)
		judge_identity(reasons, situation);
	else if (!situation->person_known && !situation->ticket_known)
		add(reasons, CCCD_REASON_PERSON_UNKNOWN);
	else if (situation->person_known)
		judge_agreement(reasons, situation);
}

/* Is the event on, and the door open? */
static void
judge_event(Reasons *reasons, const CccdSituation *situation)
{
	switch (situation->event_state)
	{
		case CCCD_EVENT_CANCELLED:
			add(reasons, CCCD_REASON_EVENT_CANCELLED);
			return;
		case CCCD_EVENT_MOVED:
			add(reasons, CCCD_REASON_EVENT_MOVED);
			return;
		case CCCD_EVENT_PLANNED:
			add(reasons, CCCD_REASON_EVENT_NOT_OPEN);
			return;
		case CCCD_EVENT_OPEN:
			break;
	}
	if (situation->doors != CCCD_JUDGE_NEVER &&
		situation->at < situation->doors)
		add(reasons, CCCD_REASON_TOO_EARLY);
	else if (situation->ends != CCCD_JUDGE_NEVER &&
			 situation->at >= situation->ends)
		add(reasons, CCCD_REASON_EVENT_OVER);
}

/*
 * Entries, presence and direction.  doc/gate.md prints this as a table.
 */
static void
judge_presence(Reasons *reasons, const CccdSituation *situation)
{
	bool		inside = situation->presence == CCCD_PRESENCE_INSIDE;

	switch (situation->direction)
	{
		case CCCD_DIRECTION_IN:
			if (inside && situation->entries != CCCD_ENTRIES_FREE)
				add(reasons, CCCD_REASON_ALREADY_INSIDE);
			if (situation->presence == CCCD_PRESENCE_LEFT &&
				situation->entries == CCCD_ENTRIES_ONCE)
				add(reasons, CCCD_REASON_ALREADY_LEFT);
			break;
		case CCCD_DIRECTION_OUT:
			if (!inside)
				add(reasons, CCCD_REASON_NOT_INSIDE);
			break;
		case CCCD_DIRECTION_MOVE:
			if (!inside)
				add(reasons, CCCD_REASON_NOT_INSIDE);
			else if (!situation->gate_leads)
				add(reasons, CCCD_REASON_WRONG_ZONE);
			break;
	}
}

/* The rule, for somebody whose identity stands. */
static void
judge_rule(Reasons *reasons, const CccdSituation *situation)
{
	int			before = reasons->count;

	if (situation->rule_asked && situation->rule == CCCD_PASS)
		return;
	add_findings(reasons, situation, CCCD_ABOUT_RULE, false);
	if (reasons->count == before && !has_finding(situation, CCCD_ABOUT_RULE))
		add(reasons, situation->rule_asked && situation->rule == CCCD_FAIL ?
			CCCD_REASON_RULE_FORBIDS : CCCD_REASON_RULE_EMPTY);
	for (int subject = 0; subject < CCCD_SUBJECTS; subject++)
		add_findings(reasons, situation, (CccdSubject) subject, true);
}

/*
 * What the facts that prove the rule add to the evidence, and whether it is
 * then what the event demands.
 */
static void
judge_proof(Reasons *reasons, const CccdSituation *situation,
			CccdEvidence *evidence)
{
	if (*evidence == CCCD_EVIDENCE_REGISTRY && situation->proof_signed &&
		situation->rule_asked && situation->rule == CCCD_PASS)
		*evidence = CCCD_EVIDENCE_SIGNATURE;
	if (*evidence < situation->minimum_evidence)
		add(reasons, CCCD_REASON_EVIDENCE_TOO_WEAK);
}

/* The reasons in the order of the answer: the refusing ones first. */
static void
conclude(const Reasons *reasons, CccdJudgement *judgement)
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

bool
cccd_judge_ticket_holds(const CccdSituation *situation)
{
	return situation->ticket_known &&
		ticket_reason(situation) == CCCD_REASON_COUNT;
}

CccdEvidence
cccd_judge_evidence(const CccdSituation *situation)
{
	CccdEvidence evidence = situation->scan_evidence;

	if (!situation->readable)
		evidence = CCCD_EVIDENCE_UNKNOWN;
	else if (evidence == CCCD_EVIDENCE_QR && situation->person_known &&
			 situation->register_is_national && agrees(situation) &&
			 situation->document == CCCD_DOCUMENT_VALID &&
			 !situation->expired && !situation->damaged &&
			 !situation->number_disagrees && !situation->number_cancelled &&
			 !situation->deceased)
		evidence = CCCD_EVIDENCE_REGISTRY;
	if (situation->identity_paper && evidence < CCCD_EVIDENCE_PAPER)
		evidence = CCCD_EVIDENCE_PAPER;
	return evidence;
}

bool
cccd_judge_identity_stands(const CccdSituation *situation)
{
	Reasons		reasons = {0};

	judge_call(&reasons, situation);
	if (reasons.count > 0)
		return false;
	judge_identity(&reasons, situation);
	return reasons.count == 0;
}

void
cccd_judge(const CccdSituation *situation, CccdJudgement *judgement)
{
	Reasons		reasons = {0};
	bool		leaves = situation->direction == CCCD_DIRECTION_OUT &&
	!situation->leaving_is_judged;
	bool		enters = situation->direction == CCCD_DIRECTION_IN;

	memset(judgement, 0, sizeof(*judgement));
	judge_call(&reasons, situation);
	if (reasons.count > 0)
	{
		conclude(&reasons, judgement);
		return;
	}
	judgement->evidence = cccd_judge_evidence(situation);
	judgement->identity_stands = cccd_judge_identity_stands(situation);
	if (leaves)
		judge_leaver(&reasons, situation);
	else
		judge_identity(&reasons, situation);
	add_findings(&reasons, situation, CCCD_ABOUT_CERTIFICATE, false);
	if (enters)
	{
		CccdReason	reason = ticket_reason(situation);

		if (reason != CCCD_REASON_COUNT)
			add(&reasons, reason);
		judge_event(&reasons, situation);
	}
	/* of a person only to somebody whose identity stands */
	if (judgement->identity_stands || (leaves && reasons.count == 0))
		judge_presence(&reasons, situation);
	if (judgement->identity_stands && !leaves)
	{
		judge_rule(&reasons, situation);
		judge_proof(&reasons, situation, &judgement->evidence);
	}
	if (reasons.count == 0 && enters && situation->full &&
		situation->presence != CCCD_PRESENCE_INSIDE)
		add(&reasons, CCCD_REASON_FULL);
	conclude(&reasons, judgement);
}
