/*
 * judge_case_test.c
 *		Claims, comparisons by an officer, a case that is judged again, what is
 *		done to it, replays, and until when an answer holds.
 */
#include "unit.h"

#include "judge_situation.h"

/*
 * A number that is only claimed: nothing of the register.  Where the event
 * accepts claims it lets in, or is answered as a number that nobody has.
 */
static void
test_claims(void)
{
#define CLAIM(wanted, ...) \
	CASE(wanted, s.scan_evidence = CCCD_EVIDENCE_CLAIMED, \
		 s.name = s.birth_date = s.sex = s.issued = CCCD_AGREE_ABSENT, \
		 s.minimum_evidence = CCCD_EVIDENCE_CLAIMED, __VA_ARGS__)
#define WEAK_CLAIM(wanted, ...) \
	CLAIM(wanted, s.minimum_evidence = CCCD_EVIDENCE_PAPER, __VA_ARGS__)

	WEAK_CLAIM("review evidence_too_weak", s.rule = CCCD_PASS);
	WEAK_CLAIM("review evidence_too_weak", s.person_known = false);
	WEAK_CLAIM("review evidence_too_weak", s.number_disagrees = true,
			   s.person_known = false);
	WEAK_CLAIM("review evidence_too_weak", s.name = CCCD_AGREE_DIFFERENT);
	WEAK_CLAIM("review evidence_too_weak", s.document = CCCD_DOCUMENT_LOST);
	WEAK_CLAIM("review evidence_too_weak", s.number_cancelled = true);
	/* what the scan says by itself */
	WEAK_CLAIM("review scan_damaged", s.damaged = true);
	WEAK_CLAIM("review chip_unreadable",
			   find(&s, CCCD_REASON_CHIP_UNREADABLE, false));
	CLAIM("admit", s.rule = CCCD_PASS);
	CLAIM("review evidence_too_weak", s.person_known = false);
	CLAIM("review evidence_too_weak", s.person_known = false,
		  s.number_disagrees = true);
	CLAIM("review evidence_too_weak", s.number_disagrees = true);
	CLAIM("review evidence_too_weak", s.name = CCCD_AGREE_DIFFERENT);
	CLAIM("review evidence_too_weak", s.name = CCCD_AGREE_DIFFERENT,
		  s.letters_lost = true);
	CLAIM("review scan_damaged", s.damaged = true);
	CLAIM("review scan_damaged", s.damaged = true, s.person_known = false);
	CLAIM("review evidence_too_weak", s.document = CCCD_DOCUMENT_LOST);
	CLAIM("review evidence_too_weak", s.number_cancelled = true);
	CLAIM("review evidence_too_weak", s.deceased = true);
	CLAIM("review evidence_too_weak", s.expired = true);
	CLAIM("review evidence_too_weak", s.rule = CCCD_FAIL,
		  find(&s, CCCD_REASON_ISOLATED, false));
	CLAIM("review evidence_too_weak", s.rule = CCCD_UNKNOWN,
		  s.presence = CCCD_PRESENCE_INSIDE);
	CLAIM("review evidence_too_weak", s.rule_asked = false);
	/* where the person is neither, nor whose a ticket is */
	CLAIM("review evidence_too_weak", s.presence = CCCD_PRESENCE_INSIDE);
	CLAIM("review evidence_too_weak", s.presence = CCCD_PRESENCE_LEFT);
	CLAIM("review evidence_too_weak", s.ticket_holder = CCCD_TICKET_OTHER);
	CLAIM("review evidence_too_weak", s.entries = CCCD_ENTRIES_AGAIN,
		  s.ticket_use = CCCD_TICKET_USED_OTHER);
	CLAIM("review evidence_too_weak", s.ticket_shown = s.ticket_known = false);
	CLAIM("review evidence_too_weak",
		  find(&s, CCCD_REASON_CERTIFICATE_OTHER_PERSON, false));
	CLAIM("review evidence_too_weak", s.direction = CCCD_DIRECTION_MOVE);
	CLAIM("review evidence_too_weak", s.direction = CCCD_DIRECTION_OUT,
		  s.leaving_is_judged = true);
	CLAIM("admit", s.direction = CCCD_DIRECTION_MOVE,
		  s.presence = CCCD_PRESENCE_INSIDE);
	/* nobody comes back by a claim and the ticket of somebody else */
	CLAIM("review evidence_too_weak", s.second_ticket = true);
	CASE("admit", s.second_ticket = true);
	/* what a ticket, a certificate and the event say by themselves */
#define CLAIMED(wanted, ...) \
	do { \
		CLAIM(wanted, __VA_ARGS__); \
		CLAIM(wanted, s.rule = CCCD_FAIL, __VA_ARGS__); \
		CLAIM(wanted, s.person_known = false, __VA_ARGS__); \
	} while (0)

	CLAIMED("refuse ticket_cancelled evidence_too_weak",
			s.ticket_cancelled = true);
	CLAIMED("review evidence_too_weak wrong_gate", s.ticket_of_gate = false);
	CLAIMED("refuse ticket_used evidence_too_weak",
			s.ticket_use = CCCD_TICKET_USED_OTHER);
	CLAIMED("refuse certificate_forged evidence_too_weak",
			find(&s, CCCD_REASON_CERTIFICATE_FORGED, false));
	CLAIMED("refuse event_over evidence_too_weak", s.at = 200);
	CLAIM("refuse full", s.full = true);
	CLAIM("review evidence_too_weak", s.full = true, s.rule = CCCD_FAIL);
	/* a scan whose worth is not known is not worth more */
	CLAIM("review evidence_too_weak", s.scan_evidence = CCCD_EVIDENCE_UNKNOWN);
}

/* An officer's comparison answers reviews about the document, and only them. */
static void
test_identity_paper(void)
{
#define CURED(wanted, ...) \
	CASE(wanted, s.minimum_evidence = CCCD_EVIDENCE_PAPER, \
		 s.identity_paper = true, __VA_ARGS__)

	CURED("admit", s.damaged = true);
	CURED("admit", s.name = CCCD_AGREE_ABSENT);
	CURED("admit", s.number_disagrees = true);
	CURED("admit", s.number_cancelled = true);
	CURED("admit", s.deceased = true);
	CURED("admit", s.name = CCCD_AGREE_DIFFERENT);
	CURED("admit", s.birth_date = CCCD_AGREE_DIFFERENT);
	CURED("admit", s.sex = CCCD_AGREE_DIFFERENT);
	CURED("admit", s.document = CCCD_DOCUMENT_UNMATCHED);
	CURED("admit", s.expired = true);
	CURED("admit", s.scan_evidence = CCCD_EVIDENCE_CLAIMED);
	CURED("admit", find(&s, CCCD_REASON_CHIP_UNREADABLE, false));
	CURED("review test_missing", s.rule = CCCD_FAIL,
		  find(&s, CCCD_REASON_TEST_MISSING, false),
		  find(&s, CCCD_REASON_CHIP_UNREADABLE, true));
	CURED("review test_missing", s.rule = CCCD_FAIL,
		  find(&s, CCCD_REASON_CHIP_UNREADABLE, false),
		  find(&s, CCCD_REASON_TEST_MISSING, false));
	/* and not these */
	CURED("refuse card_lost", s.document = CCCD_DOCUMENT_LOST);
	CURED("refuse card_revoked", s.document = CCCD_DOCUMENT_REVOKED);
	CURED("refuse card_replaced", s.document = CCCD_DOCUMENT_REPLACED);
	CURED("review person_unknown", s.person_known = false);
	CURED("review scan_unreadable", s.readable = false);
	CURED("refuse chip_forged", find(&s, CCCD_REASON_CHIP_FORGED, false));
	CURED("review wrong_gate", s.ticket_of_gate = false);
	/* what follows behind what was cured */
	CURED("refuse card_lost", s.damaged = true,
		  s.name = CCCD_AGREE_DIFFERENT, s.document = CCCD_DOCUMENT_LOST);
	/* of a number that was typed, another document was compared */
	CURED("admit", s.scan_evidence = CCCD_EVIDENCE_CLAIMED,
		  s.number_alone = true, s.document = CCCD_DOCUMENT_LOST);
	CURED("admit", s.scan_evidence = CCCD_EVIDENCE_CLAIMED,
		  s.number_alone = s.expired = true);
	CURED("refuse card_lost", s.scan_evidence = CCCD_EVIDENCE_CLAIMED,
		  s.document = CCCD_DOCUMENT_LOST);
	QR_CASE("refuse card_lost", s.number_alone = true,
			s.document = CCCD_DOCUMENT_LOST);
	QR_CASE("review card_expired", s.number_alone = s.expired = true);
	CURED("review evidence_too_weak", s.scan_evidence = CCCD_EVIDENCE_CLAIMED,
		  s.minimum_evidence = CCCD_EVIDENCE_QR);
	CURED("review test_missing", s.rule = CCCD_FAIL,
		  find(&s, CCCD_REASON_TEST_MISSING, false));
}

/* A case whose scan agreed with the register. */
#define AGAIN(wanted, ...) \
	CASE(wanted, s.case_state = CCCD_CASE_OPEN, \
		 s.minimum_evidence = CCCD_EVIDENCE_QR, __VA_ARGS__)

/* One that an officer has compared. */
#define COMPARED(wanted, ...) \
	AGAIN(wanted, s.identity_paper = true, __VA_ARGS__)

static void
test_again(void)
{
	AGAIN("admit", s.rule = CCCD_PASS);
	/* the scan is not there any more */
	AGAIN("admit", s.name = s.birth_date = s.sex = CCCD_AGREE_ABSENT,
		  s.issued = CCCD_AGREE_ABSENT);
	AGAIN("admit", s.name = CCCD_AGREE_DIFFERENT, s.damaged = true);
	AGAIN("review name_disagrees",
		  find(&s, CCCD_REASON_NAME_DISAGREES, false));
	AGAIN("refuse chip_forged", find(&s, CCCD_REASON_CHIP_FORGED, false));
	AGAIN("refuse certificate_revoked",
		  find(&s, CCCD_REASON_CERTIFICATE_REVOKED, false));
	/* everything else is looked at again */
	AGAIN("refuse card_lost", s.document = CCCD_DOCUMENT_LOST);
	AGAIN("review deceased", s.deceased = true);
	AGAIN("refuse event_over", s.at = 200);
	AGAIN("refuse event_cancelled", s.event_state = CCCD_EVENT_CANCELLED);
	AGAIN("refuse ticket_used", s.ticket_use = CCCD_TICKET_USED_OTHER);
	AGAIN("refuse isolated", s.rule = CCCD_FAIL,
		  find(&s, CCCD_REASON_ISOLATED, false));
	AGAIN("refuse already_inside", s.presence = CCCD_PRESENCE_INSIDE);
	AGAIN("refuse full", s.full = true);
	AGAIN("refuse decision_closed", s.case_state = CCCD_CASE_CLOSED);
	AGAIN("refuse decision_unknown", s.case_state = CCCD_CASE_UNKNOWN);
	/* nobody was seen, or nobody is known */
	AGAIN("review scan_unreadable", s.readable = s.person_known = false,
		  find(&s, CCCD_REASON_SCAN_UNREADABLE, false));
	AGAIN("review person_unknown", s.person_known = false);
	AGAIN("review person_unknown", s.person_known = false, s.damaged = true);
	AGAIN("review evidence_too_weak",
		  s.scan_evidence = CCCD_EVIDENCE_CLAIMED, s.damaged = true);
	AGAIN("review person_unknown", s.person_known = false,
		  s.number_disagrees = true);
	AGAIN("review number_disagrees", s.person_known = false,
		  find(&s, CCCD_REASON_NUMBER_DISAGREES, false));
}

/* An officer answers what stood in the answers before the comparison. */
static void
test_compared(void)
{
	COMPARED("admit", find(&s, CCCD_REASON_NAME_DISAGREES, false));
	COMPARED("admit", s.expired = true,
			 find(&s, CCCD_REASON_CARD_EXPIRED, false));
	COMPARED("admit", s.deceased = true,
			 find(&s, CCCD_REASON_DECEASED, false));
	COMPARED("admit", s.deceased = true, s.expired = true,
			 find(&s, CCCD_REASON_DECEASED, false),
			 find(&s, CCCD_REASON_CARD_EXPIRED, false));
	/* what came up since, the officer has not seen */
	COMPARED("review card_expired", s.expired = true);
	/* that the register does not have the document says more */
	COMPARED("admit", s.document = CCCD_DOCUMENT_UNMATCHED, s.expired = true,
			 find(&s, CCCD_REASON_CARD_UNKNOWN, false));
	COMPARED("review deceased", s.deceased = true);
	COMPARED("review deceased", s.deceased = true,
			 find(&s, CCCD_REASON_CARD_EXPIRED, false));
	COMPARED("review deceased", s.deceased = true,
			 find(&s, CCCD_REASON_DECEASED, true));
	/* and never what refuses */
	COMPARED("refuse card_lost", find(&s, CCCD_REASON_CARD_LOST, false));
	COMPARED("refuse chip_copied", find(&s, CCCD_REASON_CHIP_COPIED, false));
	COMPARED("admit", s.scan_evidence = CCCD_EVIDENCE_CLAIMED,
			 s.minimum_evidence = CCCD_EVIDENCE_PAPER);
	COMPARED("review evidence_too_weak",
			 s.scan_evidence = CCCD_EVIDENCE_CLAIMED);
	/* a dose paper in the place of one about identity cures nothing */
	AGAIN("review name_disagrees", s.rule = CCCD_PASS,
		  find(&s, CCCD_REASON_NAME_DISAGREES, false));
}

/* The evidence of the first answer, without what its facts added. */
static void
test_evidence_again(void)
{
	CccdSituation s = in_order();

	s.case_state = CCCD_CASE_OPEN;
	for (int evidence = 0; evidence <= CCCD_EVIDENCE_GENUINE; evidence++)
	{
		s.scan_evidence = (CccdEvidence) evidence;
		CHECK(cccd_judge_evidence(&s) ==
			  (evidence == CCCD_EVIDENCE_SIGNATURE ? CCCD_EVIDENCE_REGISTRY :
			   (CccdEvidence) evidence));
	}
	s.minimum_evidence = CCCD_EVIDENCE_SIGNATURE;
	s.scan_evidence = CCCD_EVIDENCE_SIGNATURE;
	CHECK_STR(judged(&s), "review evidence_too_weak");
	s.proof_signed = true;
	CHECK_STR(judged(&s), "admit");
}

/* Whoever was admitted by the case is not admitted by it once more. */
static void
test_admitted(void)
{
#define ADMITTED(wanted, ...) \
	AGAIN(wanted, s.case_state = CCCD_CASE_ADMITTED, \
		  s.presence = CCCD_PRESENCE_INSIDE, __VA_ARGS__)

	ADMITTED("refuse already_inside", s.entries = CCCD_ENTRIES_ONCE);
	ADMITTED("refuse already_inside", s.entries = CCCD_ENTRIES_AGAIN);
	ADMITTED("refuse decision_closed", s.entries = CCCD_ENTRIES_FREE);
	ADMITTED("refuse already_left", s.presence = CCCD_PRESENCE_LEFT);
	ADMITTED("refuse decision_closed", s.presence = CCCD_PRESENCE_LEFT,
			 s.entries = CCCD_ENTRIES_AGAIN);
	ADMITTED("refuse decision_closed", s.presence = CCCD_PRESENCE_LEFT,
			 s.entries = CCCD_ENTRIES_AGAIN, s.full = true);
	/* a claim has let in, and is told no more than that */
	ADMITTED("refuse decision_closed",
			 s.scan_evidence = s.minimum_evidence = CCCD_EVIDENCE_CLAIMED);
	ADMITTED("refuse decision_closed",
			 s.scan_evidence = s.minimum_evidence = CCCD_EVIDENCE_CLAIMED,
			 s.rule = CCCD_FAIL, find(&s, CCCD_REASON_ISOLATED, false));
}

/* What may be done to a case, by its state. */
static void
test_actions(void)
{
	static const struct
	{
		CccdCaseState state;
		const char *paper;
		const char *turn_away;
		const char *annul;
		const char *annul_left;
	}			table[] = {
		{CCCD_CASE_OPEN, "", "", "not_admitted", "not_admitted"},
		{CCCD_CASE_ADMITTED, "decision_closed", "decision_closed", "",
		"not_inside"},
		{CCCD_CASE_CLOSED, "decision_closed", "decision_closed",
		"decision_closed", "decision_closed"},
		{CCCD_CASE_UNKNOWN, "decision_unknown", "decision_unknown",
		"decision_unknown", "decision_unknown"}
	};

#define CHECK_CASE(action, presence, wanted) \
	do { \
		CccdReason	reason = cccd_judge_case(CCCD_ACTION_##action, \
											 table[i].state, \
											 CCCD_PRESENCE_##presence); \
		CHECK_STR(reason == CCCD_REASON_COUNT ? "" : \
				  cccd_reason_entries[reason].code, wanted); \
	} while (0)

	for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++)
	{
		CHECK_CASE(PAPER, NEVER, table[i].paper);
		CHECK_CASE(PAPER, INSIDE, table[i].paper);
		CHECK_CASE(TURN_AWAY, NEVER, table[i].turn_away);
		CHECK_CASE(TURN_AWAY, INSIDE, table[i].turn_away);
		CHECK_CASE(ANNUL, INSIDE, table[i].annul);
		CHECK_CASE(ANNUL, LEFT, table[i].annul_left);
		CHECK_CASE(ANNUL, NEVER, table[i].annul_left);
	}
}

/* Which reasons an answer hands on to the next of its case. */
static void
test_carries(void)
{
	for (int i = 0; i < CCCD_REASON_COUNT; i++)
	{
		const CccdReasonEntry *entry = &cccd_reason_entries[i];
		bool		wanted = entry->subject == CCCD_ABOUT_CARD ||
		(entry->subject == CCCD_ABOUT_CERTIFICATE &&
		 entry->severity == CCCD_SEVERITY_REFUSE);

		if (i == CCCD_REASON_PERSON_UNKNOWN ||
			i == CCCD_REASON_EVIDENCE_TOO_WEAK)
			wanted = false;
		CHECK(cccd_judge_carries((CccdReason) i) == wanted);
	}
}

/* Whether something happens: "judged reasons, effect". */
static const char *
effect(const CccdSituation *s)
{
	static char text[2100];
	CccdJudgement judgement;

	cccd_judge(s, &judgement);
	snprintf(text, sizeof(text), "%s, %s", judged(s),
			 judgement.takes_effect ? "done" : "not done");
	return text;
}

/* What a gate did stands, and the reasons say what would be said now. */
static void
test_replay(void)
{
#define REPLAY(wanted, ...) \
	do { \
		CccdSituation s = in_order(); \
		(void) (__VA_ARGS__, 0); \
		CHECK_STR(effect(&s), wanted); \
	} while (0)

	REPLAY("admit, done", s.decided = CCCD_DECIDED_NOT);
	REPLAY("refuse full, not done", s.full = true);
	REPLAY("review card_expired, not done", s.expired = true);
	REPLAY("admit, done", s.decided = CCCD_DECIDED_ADMIT);
	REPLAY("admit, not done", s.decided = CCCD_DECIDED_REVIEW);
	REPLAY("admit, not done", s.decided = CCCD_DECIDED_REFUSE);
	REPLAY("refuse full, done", s.decided = CCCD_DECIDED_ADMIT, s.full = true);
	REPLAY("refuse already_inside, done", s.decided = CCCD_DECIDED_ADMIT,
		   s.presence = CCCD_PRESENCE_INSIDE);
	REPLAY("refuse card_lost, done", s.decided = CCCD_DECIDED_ADMIT,
		   s.document = CCCD_DOCUMENT_LOST);
	REPLAY("review person_unknown, done", s.decided = CCCD_DECIDED_ADMIT,
		   s.person_known = false);
	/* neither somebody nor a ticket: there is nothing to record */
	REPLAY("review person_unknown, not done", s.decided = CCCD_DECIDED_ADMIT,
		   s.person_known = s.ticket_known = s.ticket_shown = false);
	REPLAY("refuse no_ticket, done", s.decided = CCCD_DECIDED_ADMIT,
		   s.ticket_known = s.ticket_shown = false);
	/* a ticket of another event is nobody's entry here */
	REPLAY("refuse ticket_other_event person_unknown, not done",
		   s.decided = CCCD_DECIDED_ADMIT,
		   s.person_known = s.ticket_of_event = false);
	REPLAY("refuse ticket_other_event, done", s.decided = CCCD_DECIDED_ADMIT,
		   s.ticket_of_event = false);
	/* nor where the call is wrong */
	REPLAY("refuse event_unknown, not done", s.decided = CCCD_DECIDED_ADMIT,
		   s.event_known = false);
	REPLAY("refuse bad_request, not done", s.bad_request = true);
	REPLAY("review not_inside, done", s.decided = CCCD_DECIDED_ADMIT,
		   s.direction = CCCD_DIRECTION_OUT);
	REPLAY("review not_inside, not done", s.direction = CCCD_DIRECTION_OUT);
}

/* The earliest of what is to come; what is past, or never is, does not count. */
static void
test_valid_until(void)
{
#define UNTIL(wanted, ...) \
	do { \
		CccdSituation s = in_order(); \
		s.rule_changes = s.level_changes = s.document_ends = CCCD_JUDGE_NEVER; \
		(void) (__VA_ARGS__, 0); \
		CHECK(cccd_judge_valid_until(&s) == (wanted)); \
	} while (0)

	UNTIL(200, s.at = 150);
	UNTIL(200, s.at = 199);
	UNTIL(CCCD_JUDGE_NEVER, s.at = 200);
	UNTIL(CCCD_JUDGE_NEVER, s.ends = CCCD_JUDGE_NEVER);
	UNTIL(160, s.rule_changes = 160);
	UNTIL(160, s.level_changes = 160);
	UNTIL(160, s.document_ends = 160);
	UNTIL(151, s.rule_changes = 151, s.level_changes = 152,
		  s.document_ends = 153);
	UNTIL(151, s.rule_changes = 153, s.level_changes = 152,
		  s.document_ends = 151);
	UNTIL(152, s.rule_changes = 150, s.level_changes = 152);
	UNTIL(100, s.at = 50);
	UNTIL(-5, s.at = -10, s.rule_changes = -5);
	UNTIL(0, s.at = -10, s.rule_changes = 0);
	UNTIL(INT64_MIN + 1, s.at = INT64_MIN, s.level_changes = INT64_MIN + 1);
	UNTIL(INT64_MAX, s.ends = INT64_MAX);

	/* only somebody whose identity stands is told */
	CccdJudgement judgement;
	CccdSituation s = in_order();

	s.rule_changes = s.level_changes = CCCD_JUDGE_NEVER;
	s.document_ends = 170;
	cccd_judge(&s, &judgement);
	CHECK(judgement.valid_until == 170);
	s.rule = CCCD_FAIL;
	cccd_judge(&s, &judgement);
	CHECK(judgement.valid_until == 170);
	s.name = CCCD_AGREE_DIFFERENT;
	cccd_judge(&s, &judgement);
	CHECK(judgement.valid_until == CCCD_JUDGE_NEVER);
	s = in_order();
	s.direction = CCCD_DIRECTION_OUT;
	s.presence = CCCD_PRESENCE_INSIDE;
	cccd_judge(&s, &judgement);
	CHECK(judgement.valid_until == CCCD_JUDGE_NEVER);
	s.bad_request = true;
	cccd_judge(&s, &judgement);
	CHECK(judgement.valid_until == CCCD_JUDGE_NEVER);
}

/* What of the register may be shown. */
static void
test_shown(void)
{
#define SHOWN(wanted, ...) \
	do { \
		CccdSituation s = in_order(); \
		CccdJudgement judgement; \
		(void) (__VA_ARGS__, 0); \
		cccd_judge(&s, &judgement); \
		CHECK(judgement.identity_stands == (wanted)); \
	} while (0)

	SHOWN(true, s.rule = CCCD_PASS);
	SHOWN(true, s.rule = CCCD_FAIL);
	SHOWN(true, s.presence = CCCD_PRESENCE_INSIDE);
	SHOWN(true, s.ticket_cancelled = true);
	SHOWN(false, s.name = CCCD_AGREE_DIFFERENT);
	SHOWN(false, s.document = CCCD_DOCUMENT_LOST);
	SHOWN(false, s.register_is_national = false);
	SHOWN(false, s.over_limit = true);
	/* a claim that is enough, when it has admitted */
	SHOWN(true, s.minimum_evidence = s.scan_evidence = CCCD_EVIDENCE_CLAIMED);
	SHOWN(false, s.minimum_evidence = s.scan_evidence = CCCD_EVIDENCE_CLAIMED,
		  s.rule = CCCD_FAIL);
	SHOWN(false, s.minimum_evidence = s.scan_evidence = CCCD_EVIDENCE_CLAIMED,
		  s.presence = CCCD_PRESENCE_INSIDE);
	SHOWN(false, s.minimum_evidence = s.scan_evidence = CCCD_EVIDENCE_CLAIMED,
		  s.full = true);
	/* a number typed at the exit shows nobody's name */
	SHOWN(false, s.minimum_evidence = s.scan_evidence = CCCD_EVIDENCE_CLAIMED,
		  s.direction = CCCD_DIRECTION_OUT,
		  s.presence = CCCD_PRESENCE_INSIDE);
	SHOWN(true, s.direction = CCCD_DIRECTION_OUT,
		  s.presence = CCCD_PRESENCE_INSIDE);
	/* nor does a lost card, which lets out */
	SHOWN(false, s.direction = CCCD_DIRECTION_OUT,
		  s.presence = CCCD_PRESENCE_INSIDE, s.document = CCCD_DOCUMENT_LOST);
	SHOWN(true, s.minimum_evidence = CCCD_EVIDENCE_PAPER,
		  s.scan_evidence = CCCD_EVIDENCE_CLAIMED, s.identity_paper = true,
		  s.rule = CCCD_FAIL);
}

int
main(void)
{
	test_claims();
	test_identity_paper();
	test_again();
	test_compared();
	test_evidence_again();
	test_admitted();
	test_actions();
	test_carries();
	test_replay();
	test_valid_until();
	test_shown();
	return finish();
}
