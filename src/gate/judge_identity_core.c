/*
 * judge_identity_core.c
 *		Whether somebody is who the document says; see judge_identity_core.h.
 */
#include "gate/judge_identity_core.h"

void
cccd_reasons_add(CccdReasons *reasons, CccdReason reason)
{
	for (int i = 0; i < reasons->count; i++)
		if (reasons->items[i] == reason)
			return;
	reasons->items[reasons->count++] = reason;
}

/* Whether a case is judged again, without its scan. */
static bool
is_again(const CccdSituation *situation)
{
	return situation->case_state != CCCD_CASE_NEW;
}

/* Whether a reason was found before, and is not a mere doubt. */
static bool
has_found(const CccdSituation *situation, CccdReason reason)
{
	for (int i = 0; i < situation->finding_count; i++)
		if (situation->findings[i].reason == reason &&
			!situation->findings[i].doubt)
			return true;
	return false;
}

bool
cccd_judge_found_about(const CccdSituation *situation, CccdSubject subject)
{
	for (int i = 0; i < situation->finding_count; i++)
		if (cccd_reason_entries[situation->findings[i].reason].subject ==
			subject && !situation->findings[i].doubt)
			return true;
	return false;
}

bool
cccd_judge_cured(const CccdSituation *situation, CccdReason reason)
{
	return situation->identity_paper &&
		(cccd_reason_entries[reason].flags & CCCD_REASON_CURED) &&
		(!is_again(situation) || has_found(situation, reason));
}

CccdReason
cccd_judge_first(const CccdSituation *situation, const CccdProblem *problems,
				 int count)
{
	for (int i = 0; i < count; i++)
		if (problems[i].is_so && !cccd_judge_cured(situation, problems[i].reason))
			return problems[i].reason;
	return CCCD_REASON_COUNT;
}

/* Findings about a subject that stand by themselves. */
static void
add_findings(CccdReasons *reasons, const CccdSituation *situation,
			 CccdSubject subject)
{
	for (int i = 0; i < situation->finding_count; i++)
	{
		CccdReason	reason = situation->findings[i].reason;

		if (cccd_reason_entries[reason].subject == subject &&
			!situation->findings[i].doubt && !cccd_judge_cured(situation, reason))
			cccd_reasons_add(reasons, reason);
	}
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

/* Whether the register speaks for a field of the scan, as far as it goes. */
static bool
is_confirmed(CccdAgreement agreement)
{
	return agreement == CCCD_AGREE_EQUAL || agreement == CCCD_AGREE_PARTLY;
}

/* Where the scan is not the person of the number. */
static CccdReason
person_problem(const CccdSituation *situation)
{
	/* lost letters are not another name */
	const CccdProblem problems[] = {
		{situation->name == CCCD_AGREE_DIFFERENT,
			situation->letters_lost ? CCCD_REASON_SCAN_DAMAGED :
		CCCD_REASON_NAME_DISAGREES},
		{situation->birth_date == CCCD_AGREE_DIFFERENT,
		CCCD_REASON_BIRTH_DATE_DISAGREES},
		{situation->sex == CCCD_AGREE_DIFFERENT, CCCD_REASON_SEX_DISAGREES}
	};

	return CCCD_JUDGE_FIRST(situation, problems);
}

/*
 * What the scan says, against the register: one thing at a time, so that who
 * does not know the name learns nothing of the birth date.
 */
static CccdReason
agreement_problem(const CccdSituation *situation)
{
	CccdReason	person = person_problem(situation);
	const CccdProblem problems[] = {
		{situation->damaged, CCCD_REASON_SCAN_DAMAGED},
		{person != CCCD_REASON_COUNT, person},
		{situation->number_disagrees &&
			!(is_confirmed(situation->birth_date) &&
			  is_confirmed(situation->sex)), CCCD_REASON_NUMBER_DISAGREES},
		{is_incomplete(situation), CCCD_REASON_SCAN_INCOMPLETE}
	};

	return CCCD_JUDGE_FIRST(situation, problems);
}

/* The document in hand and its holder, as the register has them. */
static CccdReason
document_problem(const CccdSituation *situation)
{
	/* of a number that was typed the officer compared another one */
	bool		other = situation->number_alone && situation->identity_paper;
	CccdDocumentState state =
	other ? CCCD_DOCUMENT_NOT_KNOWN : situation->document;
	bool		expired = situation->expired && !other;
	const CccdProblem problems[] = {
		{situation->number_cancelled, CCCD_REASON_NUMBER_CANCELLED},
		{state == CCCD_DOCUMENT_LOST, CCCD_REASON_CARD_LOST},
		{state == CCCD_DOCUMENT_REVOKED, CCCD_REASON_CARD_REVOKED},
		{state == CCCD_DOCUMENT_REPLACED, CCCD_REASON_CARD_REPLACED},
		{state == CCCD_DOCUMENT_UNMATCHED, CCCD_REASON_CARD_UNKNOWN},
		{expired && state != CCCD_DOCUMENT_UNMATCHED,
		CCCD_REASON_CARD_EXPIRED},
		{situation->deceased, CCCD_REASON_DECEASED}
	};

	return CCCD_JUDGE_FIRST(situation, problems);
}

/* The first thing that is wrong with somebody who was seen. */
static CccdReason
holder_problem(const CccdSituation *situation)
{
	CccdReason	problem = CCCD_REASON_COUNT;

	if (!situation->person_known)
	{
		/* nor is the number sure then */
		if (situation->damaged && !is_again(situation))
			return CCCD_REASON_SCAN_DAMAGED;
		return is_again(situation) &&
			cccd_judge_found_about(situation, CCCD_ABOUT_CARD) ? CCCD_REASON_COUNT :
			CCCD_REASON_PERSON_UNKNOWN;
	}
	if (!is_again(situation))
		problem = agreement_problem(situation);
	if (problem != CCCD_REASON_COUNT)
		return problem;
	return document_problem(situation);
}

/* Nobody was seen. */
static void
judge_unseen(CccdReasons *reasons, const CccdSituation *situation)
{
	add_findings(reasons, situation, CCCD_ABOUT_CARD);
	if (!cccd_judge_found_about(situation, CCCD_ABOUT_CARD))
		cccd_reasons_add(reasons, situation->other_document ? CCCD_REASON_NOT_IDENTITY :
						 CCCD_REASON_SCAN_UNREADABLE);
}

/* Who is this, as far as the evidence goes that the event demands? */
void
cccd_judge_identity(CccdReasons *reasons, const CccdSituation *situation)
{
	CccdEvidence evidence = cccd_judge_evidence(situation);

	/* what signatures add comes from the facts that prove the rule */
	CccdEvidence minimum =
	situation->minimum_evidence == CCCD_EVIDENCE_SIGNATURE ?
	CCCD_EVIDENCE_REGISTRY : situation->minimum_evidence;
	bool		weak = evidence < minimum;
	CccdReason	problem;

	if (!situation->readable)
	{
		judge_unseen(reasons, situation);
		return;
	}
	add_findings(reasons, situation, CCCD_ABOUT_CARD);
	problem = holder_problem(situation);
	if (evidence <= CCCD_EVIDENCE_CLAIMED)
	{
		/* not even whether there is such a person */
		weak = weak || problem != CCCD_REASON_COUNT;
		if (situation->damaged && !is_again(situation))
			cccd_reasons_add(reasons, CCCD_REASON_SCAN_DAMAGED);
	}
	else
	{
		if (!situation->person_known && situation->number_disagrees &&
			!is_again(situation) && problem != CCCD_REASON_SCAN_DAMAGED)
			cccd_reasons_add(reasons, CCCD_REASON_NUMBER_DISAGREES);
		if (problem != CCCD_REASON_COUNT)
			cccd_reasons_add(reasons, problem);
	}
	if (reasons->count == 0 && weak)
		cccd_reasons_add(reasons, CCCD_REASON_EVIDENCE_TOO_WEAK);
}

/* What keeps somebody whose document was read from leaving. */
static CccdReason
leaver_problem(const CccdSituation *situation)
{
	if (situation->person_known)
		return person_problem(situation);
	/* whoever is not known is not inside */
	return situation->ticket_known ? CCCD_REASON_COUNT :
		CCCD_REASON_NOT_INSIDE;
}

void
cccd_judge_leaver(CccdReasons *reasons, const CccdSituation *situation)
{
	CccdReason	problem;

	if (!situation->readable)
	{
		if (!situation->ticket_known)
			judge_unseen(reasons, situation);
		return;
	}
	problem = leaver_problem(situation);
	if (problem == CCCD_REASON_COUNT)
		return;
	/* a claim is not told whether the register has the number */
	if (cccd_judge_evidence(situation) <= CCCD_EVIDENCE_CLAIMED)
		problem = CCCD_REASON_NOT_INSIDE;
	cccd_reasons_add(reasons, problem);
}

CccdEvidence
cccd_judge_evidence(const CccdSituation *situation)
{
	CccdEvidence evidence = situation->scan_evidence;

	if (!situation->readable)
		evidence = CCCD_EVIDENCE_UNKNOWN;
	else if (is_again(situation))
	{
		/* the facts may have gone */
		if (evidence == CCCD_EVIDENCE_SIGNATURE)
			evidence = CCCD_EVIDENCE_REGISTRY;
	}
	else if (evidence == CCCD_EVIDENCE_QR && situation->person_known &&
			 situation->register_is_national && agrees(situation) &&
			 situation->document == CCCD_DOCUMENT_VALID &&
			 !situation->expired && !situation->damaged &&
			 !situation->number_cancelled && !situation->deceased)
		evidence = CCCD_EVIDENCE_REGISTRY;
	if (situation->identity_paper && evidence < CCCD_EVIDENCE_PAPER)
		evidence = CCCD_EVIDENCE_PAPER;
	return evidence;
}

bool
cccd_judge_carries(CccdReason reason)
{
	const CccdReasonEntry *entry = &cccd_reason_entries[reason];

	if (entry->subject == CCCD_ABOUT_CERTIFICATE)
		return entry->severity == CCCD_SEVERITY_REFUSE;
	return entry->subject == CCCD_ABOUT_CARD &&
		reason != CCCD_REASON_PERSON_UNKNOWN &&
		reason != CCCD_REASON_EVIDENCE_TOO_WEAK;
}
