/*
 * judge_fuzz.c
 *		Fuzz the verdict of the gate: a byte for each part of the situation.
 *
 * Whatever the situation: an admission has no reasons and everything else has;
 * whoever is not the person of the number learns nothing, so that two
 * situations that differ only in what is known of that person give the same
 * judgement; and knowing less never turns another verdict into an admission.
 */
#include <stdlib.h>
#include <string.h>

#include "gate/judge_core.h"

int			LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const uint8_t *next;
static size_t left;

/* The next byte, below limit; 0 when there are no more. */
static int
draw(int limit)
{
	if (left == 0)
		return 0;
	left--;
	return *next++ % limit;
}

static void
make(CccdSituation *s, CccdFinding *findings)
{
	memset(s, 0, sizeof(*s));
	s->direction = (CccdDirection) draw(3);
	s->case_state = (CccdCaseState) draw(5);
	s->bad_request = draw(8) == 1;
	s->request_reused = draw(8) == 1;
	s->not_handed_over = draw(16) == 1;
	s->read_only = draw(16) == 1;
	s->over_limit = draw(8) == 1;
	s->decided = (CccdDecided) draw(4);
	s->event_known = draw(8) != 1;
	s->gate_known = draw(8) != 1;
	s->gate_leads = draw(2);
	s->leaving_is_judged = draw(2);
	s->event_state = (CccdEventState) draw(4);
	s->entries = (CccdEntries) draw(3);
	s->at = draw(4);
	s->doors = draw(4) == 0 ? CCCD_JUDGE_NEVER : draw(4);
	s->ends = draw(4) == 0 ? CCCD_JUDGE_NEVER : draw(4);
	s->minimum_evidence = (CccdEvidence) draw(8);
	s->ticket_required = draw(2);
	s->full = draw(4) == 1;
	s->readable = draw(8) != 1;
	s->other_document = draw(2);
	s->damaged = draw(4) == 1;
	s->letters_lost = draw(4) == 1;
	s->number_disagrees = draw(8) == 1;
	s->number_alone = draw(4) == 1;
	s->scan_evidence = (CccdEvidence) draw(8);
	s->person_known = draw(8) != 1;
	s->register_is_national = draw(4) != 1;
	s->deceased = draw(8) == 1;
	s->number_cancelled = draw(8) == 1;
	s->name = (CccdAgreement) draw(5);
	s->birth_date = (CccdAgreement) draw(5);
	s->sex = (CccdAgreement) draw(5);
	s->issued = (CccdAgreement) draw(5);
	s->document = (CccdDocumentState) draw(6);
	s->expired = draw(8) == 1;
	s->identity_paper = draw(4) == 1;
	s->ticket_shown = draw(2);
	s->ticket_known = draw(4) != 1;
	s->site_cut_off = draw(4) == 1;
	s->ticket_of_event = draw(8) != 1;
	s->ticket_cancelled = draw(8) == 1;
	s->ticket_of_gate = draw(8) != 1;
	s->ticket_use = (CccdTicketUse) draw(3);
	s->ticket_holder = (CccdTicketHolder) draw(3);
	s->second_ticket = draw(4) == 1;
	s->presence = (CccdPresence) draw(3);
	s->rule_asked = draw(8) != 1;
	s->rule = (CccdTruth) draw(3);
	s->proof_signed = draw(2);
	s->rule_changes = draw(4);
	s->level_changes = draw(4);
	s->document_ends = draw(4);
	s->findings = findings;
	s->finding_count = draw(CCCD_JUDGE_FINDINGS + 1);
	for (int i = 0; i < s->finding_count; i++)
	{
		findings[i].reason = (CccdReason) draw(CCCD_REASON_COUNT);
		findings[i].doubt = draw(2);
	}
}

static void
check_order(const CccdJudgement *judgement)
{
	bool		refuses = false;

	for (int i = 0; i < judgement->reason_count; i++)
	{
		bool		refusing =
		cccd_reason_entries[judgement->reasons[i]].severity ==
		CCCD_SEVERITY_REFUSE;

		if (refusing && i > 0 && !refuses)
			abort();
		refuses = refusing;
		if (i == 0 && refusing != (judgement->verdict == CCCD_GATE_REFUSE))
			abort();
		for (int k = 0; k < i; k++)
			if (judgement->reasons[k] == judgement->reasons[i])
				abort();
	}
	if ((judgement->reason_count == 0) !=
		(judgement->verdict == CCCD_GATE_ADMIT))
		abort();
}

/* Whether a judgement answers the same. */
static bool
same_answer(const CccdSituation *s, const CccdJudgement *judgement)
{
	CccdJudgement other;

	cccd_judge(s, &other);
	return other.verdict == judgement->verdict &&
		other.evidence == judgement->evidence &&
		other.identity_stands == judgement->identity_stands &&
		other.valid_until == judgement->valid_until &&
		other.reason_count == judgement->reason_count &&
		memcmp(other.reasons, judgement->reasons,
			   sizeof(other.reasons[0]) * other.reason_count) == 0;
}

/* Another health, another place: what the rule and presence depend on. */
static void
change_health(CccdSituation *s)
{
	static CccdFinding findings[CCCD_JUDGE_FINDINGS];
	int			count = 0;

	s->rule_asked = draw(2);
	s->rule = (CccdTruth) draw(3);
	s->proof_signed = draw(2);
	s->rule_changes = draw(4);
	s->level_changes = draw(4);
	s->document_ends = draw(4);
	for (int i = 0; i < s->finding_count; i++)
	{
		CccdSubject subject =
		cccd_reason_entries[s->findings[i].reason].subject;

		/* what a rule gives, and what matters beside a rule alone */
		if (subject != CCCD_ABOUT_RULE && !s->findings[i].doubt)
			findings[count++] = s->findings[i];
	}
	s->findings = findings;
	s->finding_count = count;
}

/* Another register: who the person is, and which document there is. */
static void
change_register(CccdSituation *s)
{
	s->deceased = draw(2);
	s->number_cancelled = draw(2);
	s->expired = draw(2);
	s->document = (CccdDocumentState) draw(6);
	s->birth_date = (CccdAgreement) draw(5);
	s->sex = (CccdAgreement) draw(5);
	s->issued = (CccdAgreement) draw(5);
	s->register_is_national = draw(2);
}

/* Another ticket of the person, where none is shown; another history. */
static void
change_visits(CccdSituation *s)
{
	s->presence = (CccdPresence) draw(3);
	s->ticket_holder = (CccdTicketHolder) draw(3);
	if (s->ticket_use != CCCD_TICKET_UNUSED)
		s->ticket_use = (CccdTicketUse) (1 + draw(2));
	if (s->ticket_shown)
		return;
	s->ticket_known = draw(2);
	s->ticket_of_event = draw(2);
	s->ticket_cancelled = draw(2);
	s->ticket_of_gate = draw(2);
	s->ticket_use = (CccdTicketUse) draw(3);
}

/*
 * The answer to somebody who is not the person of the number, or is not known
 * well enough to be.
 */
static void
check_silence(const CccdSituation *situation, const CccdJudgement *judgement)
{
	CccdSituation s = *situation;
	bool		again = s.case_state != CCCD_CASE_NEW;

	change_health(&s);
	change_visits(&s);
	if (!same_answer(&s, judgement))
		abort();
	/* another name: nothing else of the register */
	if (s.readable && s.person_known && !again && !s.identity_paper &&
		s.name == CCCD_AGREE_DIFFERENT &&
		cccd_judge_evidence(&s) > CCCD_EVIDENCE_CLAIMED)
	{
		change_register(&s);
		if (!same_answer(&s, judgement))
			abort();
	}
}

/*
 * A claim that does not let in, whatever the event accepts: not even whether
 * there is such a person.
 */
static void
check_claim(const CccdSituation *situation, const CccdJudgement *judgement)
{
	CccdSituation s = *situation;
	bool		leaves = s.direction == CCCD_DIRECTION_OUT &&
	!s.leaving_is_judged;

	if (cccd_judge_evidence(&s) > CCCD_EVIDENCE_CLAIMED ||
		judgement->verdict == CCCD_GATE_ADMIT ||
		judgement->reasons[0] == CCCD_REASON_FULL ||
		s.case_state == CCCD_CASE_ADMITTED || !s.readable)
		return;
	change_health(&s);
	change_visits(&s);
	change_register(&s);
	s.name = (CccdAgreement) draw(5);
	s.letters_lost = draw(2);
	s.second_ticket = draw(2);
	s.person_known = false;
	if (leaves)
		s.presence = CCCD_PRESENCE_NEVER;
	if (!same_answer(&s, judgement))
		abort();
}

static void
check_less(CccdSituation *s, CccdGateVerdict verdict, CccdAgreement *field)
{
	CccdJudgement other;

	/* only what the register confirms can be lost; a difference is known */
	if (verdict == CCCD_GATE_ADMIT || *field != CCCD_AGREE_EQUAL)
		return;
	*field = CCCD_AGREE_ABSENT;
	cccd_judge(s, &other);
	if (other.verdict == CCCD_GATE_ADMIT)
		abort();
	*field = CCCD_AGREE_EQUAL;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	CccdFinding findings[CCCD_JUDGE_FINDINGS];
	CccdSituation s;
	CccdJudgement judgement;

	next = data;
	left = size;
	make(&s, findings);
	cccd_judge(&s, &judgement);
	check_order(&judgement);
	if (judgement.takes_effect && s.decided != CCCD_DECIDED_ADMIT &&
		judgement.verdict != CCCD_GATE_ADMIT)
		abort();
	if ((s.direction != CCCD_DIRECTION_OUT || s.leaving_is_judged) &&
		!cccd_judge_asks_rule(&s))
		check_silence(&s, &judgement);
	check_claim(&s, &judgement);
	check_less(&s, judgement.verdict, &s.name);
	check_less(&s, judgement.verdict, &s.birth_date);
	check_less(&s, judgement.verdict, &s.sex);
	check_less(&s, judgement.verdict, &s.issued);
	return 0;
}
