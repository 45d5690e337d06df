/*
 * judge_situation.h
 *		Situations of the gate for tests: one in order, changes to it, and what
 *		is judged of them.
 */
#ifndef CCCD_JUDGE_SITUATION_H
#define CCCD_JUDGE_SITUATION_H

#include "gate/judge_core.h"

static CccdFinding found[CCCD_JUDGE_FINDINGS];

/* Reasons that some case gave. */
static bool given[CCCD_REASON_COUNT];

/* Somebody with everything in order at an event that demands all of it. */
static inline CccdSituation
in_order(void)
{
	CccdSituation s = {0};

	s.event_known = s.gate_known = s.gate_leads = true;
	s.event_state = CCCD_EVENT_OPEN;
	s.doors = 100;
	s.ends = 200;
	s.at = 150;
	s.minimum_evidence = CCCD_EVIDENCE_REGISTRY;
	s.ticket_required = true;
	s.readable = true;
	s.scan_evidence = CCCD_EVIDENCE_QR;
	s.person_known = s.register_is_national = true;
	s.name = s.birth_date = s.sex = s.issued = CCCD_AGREE_EQUAL;
	s.document = CCCD_DOCUMENT_VALID;
	s.ticket_shown = s.ticket_known = true;
	s.ticket_of_event = s.ticket_of_gate = true;
	s.rule_asked = true;
	s.rule = CCCD_PASS;
	s.findings = found;
	return s;
}

/* Add a finding to those of a situation. */
static inline void
find(CccdSituation *s, CccdReason reason, bool doubt)
{
	CccdFinding finding = {reason, doubt};

	found[s->finding_count++] = finding;
}

/* The codes of a judgement, separated by spaces, behind its verdict. */
static inline const char *
judged(const CccdSituation *s)
{
	static const char *const verdicts[] = {"admit", "review", "refuse"};
	static char text[2048];
	CccdJudgement judgement;

	cccd_judge(s, &judgement);
	strcpy(text, verdicts[judgement.verdict]);
	for (int i = 0; i < judgement.reason_count; i++)
	{
		strcat(text, " ");
		strcat(text, cccd_reason_entries[judgement.reasons[i]].code);
		given[judgement.reasons[i]] = true;
	}
	return text;
}

/* What comes of a change to what is in order: expressions about "s". */
#define CASE(wanted, ...) \
	do { \
		CccdSituation s = in_order(); \
		(void) (__VA_ARGS__, 0); \
		CHECK_STR(judged(&s), wanted); \
	} while (0)

/* An event for which the code of a card is enough. */
#define QR_CASE(wanted, ...) \
	CASE(wanted, s.minimum_evidence = CCCD_EVIDENCE_QR, __VA_ARGS__)

#endif							/* CCCD_JUDGE_SITUATION_H */
