/*
 * judge_fuzz.c
 *		Fuzz the verdict of the gate: a byte for each part of the situation.
 *
 * Whatever the situation: an admission has no reasons and everything else has;
 * as long as identity does not stand, neither the rule nor where the person is
 * changes the answer; and knowing less never turns another verdict into an
 * admission.
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
	s->over_limit = draw(8) == 1;
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
	s->number_disagrees = draw(8) == 1;
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
	s->presence = (CccdPresence) draw(3);
	s->rule_asked = draw(8) != 1;
	s->rule = (CccdTruth) draw(3);
	s->proof_signed = draw(2);
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

/* The answer to somebody who is not the person of the number. */
static void
check_silence(CccdSituation s, const CccdJudgement *judgement)
{
	CccdJudgement other;

	for (int rule = 0; rule < 3; rule++)
		for (int presence = 0; presence < 3; presence++)
		{
			s.rule = (CccdTruth) rule;
			s.presence = (CccdPresence) presence;
			cccd_judge(&s, &other);
			if (other.reason_count != judgement->reason_count ||
				memcmp(other.reasons, judgement->reasons,
					   sizeof(other.reasons[0]) * other.reason_count) != 0)
				abort();
		}
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
	if (judgement.identity_stands != cccd_judge_asks_rule(&s))
		abort();
	if (!judgement.identity_stands && s.direction == CCCD_DIRECTION_IN)
		check_silence(s, &judgement);
	check_less(&s, judgement.verdict, &s.name);
	check_less(&s, judgement.verdict, &s.birth_date);
	check_less(&s, judgement.verdict, &s.sex);
	check_less(&s, judgement.verdict, &s.issued);
	return 0;
}
