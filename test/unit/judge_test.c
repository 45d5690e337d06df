/*
 * judge_test.c
 *		Every reason of a verdict, and the nearest situation without it.
 */
#include "unit.h"

#include "judge_situation.h"

static void
test_call(void)
{
	CASE("admit", s.event_known = true);
	CASE("refuse bad_request", s.bad_request = true);
	CASE("refuse request_id_reused", s.request_reused = true);
	CASE("refuse event_unknown", s.event_known = false);
	CASE("refuse gate_unknown", s.gate_known = false);
	CASE("refuse too_many_attempts", s.over_limit = true);
	CASE("refuse decision_unknown", s.case_state = CCCD_CASE_UNKNOWN);
	CASE("refuse decision_closed", s.case_state = CCCD_CASE_CLOSED);
	CASE("admit", s.case_state = CCCD_CASE_OPEN,
		 s.scan_evidence = CCCD_EVIDENCE_REGISTRY);
	CASE("refuse server_read_only", s.read_only = true);
	CASE("refuse not_handed_over", s.not_handed_over = true);
	/* the first that matters */
	CASE("refuse not_handed_over", s.not_handed_over = s.bad_request = true);
	CASE("refuse bad_request", s.bad_request = s.read_only = true);
	CASE("refuse server_read_only", s.read_only = s.request_reused = true);
	CASE("refuse request_id_reused", s.request_reused = true,
		 s.case_state = CCCD_CASE_UNKNOWN);
	CASE("refuse decision_unknown", s.event_known = false,
		 s.case_state = CCCD_CASE_UNKNOWN);
	CASE("refuse event_unknown", s.event_known = s.gate_known = false);
	CASE("refuse gate_unknown", s.gate_known = false,
		 s.case_state = CCCD_CASE_CLOSED);
	CASE("refuse decision_closed", s.over_limit = true,
		 s.case_state = CCCD_CASE_CLOSED);
	/* a call that is wrong gives nothing else away */
	CASE("refuse too_many_attempts", s.over_limit = true,
		 s.document = CCCD_DOCUMENT_LOST, s.presence = CCCD_PRESENCE_INSIDE,
		 s.rule = CCCD_FAIL);
	CASE("refuse decision_closed", s.case_state = CCCD_CASE_CLOSED,
		 s.document = CCCD_DOCUMENT_LOST);
}

static void
test_scan(void)
{
	CASE("review scan_unreadable", s.readable = false);
	CASE("review not_an_identity_card", s.readable = false,
		 s.other_document = true);
	CASE("admit", s.other_document = true);
	CASE("review picture_ambiguous", s.readable = false,
		 find(&s, CCCD_REASON_PICTURE_AMBIGUOUS, false));
	CASE("review scan_damaged", s.damaged = true);
	/* where the register says the same as the card, it is not forged */
	CASE("admit", s.number_disagrees = true);
	QR_CASE("admit", s.number_disagrees = true,
			s.birth_date = CCCD_AGREE_PARTLY);
	QR_CASE("review number_disagrees", s.number_disagrees = true,
			s.birth_date = CCCD_AGREE_NOT_KNOWN);
	QR_CASE("review number_disagrees", s.number_disagrees = true,
			s.sex = CCCD_AGREE_NOT_KNOWN);
	CASE("review person_unknown", s.person_known = false);
	CASE("review person_unknown", s.person_known = false,
		 s.minimum_evidence = CCCD_EVIDENCE_QR);
	CASE("review number_disagrees person_unknown", s.person_known = false,
		 s.number_disagrees = true, s.minimum_evidence = CCCD_EVIDENCE_QR);
	CASE("review scan_damaged", s.person_known = false, s.damaged = true,
		 s.number_disagrees = true);
	/* a doubt about a picture beside a scan is not a finding */
	CASE("review scan_unreadable", s.readable = false,
		 find(&s, CCCD_REASON_PICTURE_UNREADABLE, true));
	CASE("admit", find(&s, CCCD_REASON_PICTURE_UNREADABLE, true));
	/* what was not seen is not called weak */
	CASE("review scan_unreadable", s.readable = false,
		 s.minimum_evidence = CCCD_EVIDENCE_GENUINE);
}

static void
test_agreement(void)
{
	QR_CASE("review name_disagrees", s.name = CCCD_AGREE_DIFFERENT);
	QR_CASE("review birth_date_disagrees",
			s.birth_date = CCCD_AGREE_DIFFERENT);
	QR_CASE("review sex_disagrees", s.sex = CCCD_AGREE_DIFFERENT);
	QR_CASE("review scan_damaged", s.name = CCCD_AGREE_DIFFERENT,
			s.damaged = true);
	QR_CASE("review scan_damaged", s.name = CCCD_AGREE_DIFFERENT,
			s.letters_lost = true);
	QR_CASE("admit", s.letters_lost = true);
	/* one thing at a time */
	QR_CASE("review name_disagrees", s.name = CCCD_AGREE_DIFFERENT,
			s.birth_date = CCCD_AGREE_DIFFERENT,
			s.sex = CCCD_AGREE_DIFFERENT, s.issued = CCCD_AGREE_ABSENT,
			s.document = CCCD_DOCUMENT_LOST, s.deceased = true);
	QR_CASE("review birth_date_disagrees",
			s.birth_date = CCCD_AGREE_DIFFERENT,
			s.sex = CCCD_AGREE_DIFFERENT, s.number_disagrees = true,
			s.document = CCCD_DOCUMENT_REVOKED);
	QR_CASE("review sex_disagrees", s.sex = CCCD_AGREE_DIFFERENT,
			s.number_disagrees = true, s.name = CCCD_AGREE_ABSENT);
	QR_CASE("review number_disagrees", s.number_disagrees = true,
			s.sex = CCCD_AGREE_ABSENT);
	QR_CASE("review scan_incomplete", s.issued = CCCD_AGREE_ABSENT,
			s.document = CCCD_DOCUMENT_LOST);
	QR_CASE("review scan_damaged", s.damaged = true,
			s.document = CCCD_DOCUMENT_LOST);
	/* silence is not agreement */
	QR_CASE("review scan_incomplete", s.name = CCCD_AGREE_ABSENT);
	QR_CASE("review scan_incomplete", s.birth_date = CCCD_AGREE_ABSENT);
	QR_CASE("review scan_incomplete", s.sex = CCCD_AGREE_ABSENT);
	QR_CASE("review scan_incomplete", s.issued = CCCD_AGREE_ABSENT);
	QR_CASE("admit", s.name = CCCD_AGREE_NOT_KNOWN);
	QR_CASE("admit", s.birth_date = CCCD_AGREE_PARTLY);
	CASE("review evidence_too_weak", s.name = CCCD_AGREE_NOT_KNOWN);
	CASE("review evidence_too_weak", s.birth_date = CCCD_AGREE_PARTLY);
	CASE("review evidence_too_weak", s.birth_date = CCCD_AGREE_NOT_KNOWN);
	CASE("review evidence_too_weak", s.sex = CCCD_AGREE_NOT_KNOWN);
	CASE("review evidence_too_weak", s.issued = CCCD_AGREE_NOT_KNOWN);
	CASE("review evidence_too_weak", s.register_is_national = false);
	/* a typed number has nothing to be incomplete about */
	CASE("admit", s.scan_evidence = CCCD_EVIDENCE_CLAIMED,
		 s.minimum_evidence = CCCD_EVIDENCE_CLAIMED,
		 s.name = s.birth_date = s.sex = s.issued = CCCD_AGREE_ABSENT);
	CASE("review evidence_too_weak", s.scan_evidence = CCCD_EVIDENCE_CLAIMED);
}

static void
test_document(void)
{
	QR_CASE("refuse card_lost", s.document = CCCD_DOCUMENT_LOST);
	QR_CASE("refuse card_revoked", s.document = CCCD_DOCUMENT_REVOKED);
	QR_CASE("refuse card_replaced", s.document = CCCD_DOCUMENT_REPLACED);
	QR_CASE("review card_unknown", s.document = CCCD_DOCUMENT_UNMATCHED);
	QR_CASE("admit", s.document = CCCD_DOCUMENT_NOT_KNOWN);
	CASE("review evidence_too_weak", s.document = CCCD_DOCUMENT_NOT_KNOWN);
	QR_CASE("review card_expired", s.expired = true);
	QR_CASE("review card_expired", s.expired = true,
			s.document = CCCD_DOCUMENT_NOT_KNOWN);
	/* a lost card is not called expired as well */
	QR_CASE("refuse card_lost", s.expired = true,
			s.document = CCCD_DOCUMENT_LOST);
	QR_CASE("review number_cancelled", s.number_cancelled = true);
	QR_CASE("review deceased", s.deceased = true);
	/* in this order */
	QR_CASE("review number_cancelled", s.number_cancelled = true,
			s.document = CCCD_DOCUMENT_LOST);
	QR_CASE("review card_unknown", s.document = CCCD_DOCUMENT_UNMATCHED,
			s.expired = s.deceased = true);
	QR_CASE("review card_expired", s.expired = s.deceased = true);
}

/* What is needed for REGISTRY, one by one. */
static void
test_evidence(void)
{
	CccdSituation s = in_order();

	CHECK(cccd_judge_evidence(&s) == CCCD_EVIDENCE_REGISTRY);
	s.expired = true;
	CHECK(cccd_judge_evidence(&s) == CCCD_EVIDENCE_QR);
	s = in_order();
	s.damaged = true;
	CHECK(cccd_judge_evidence(&s) == CCCD_EVIDENCE_QR);
	s = in_order();
	s.number_cancelled = true;
	CHECK(cccd_judge_evidence(&s) == CCCD_EVIDENCE_QR);
	s = in_order();
	s.deceased = true;
	CHECK(cccd_judge_evidence(&s) == CCCD_EVIDENCE_QR);
	s = in_order();
	s.person_known = false;
	CHECK(cccd_judge_evidence(&s) == CCCD_EVIDENCE_QR);
	s = in_order();
	s.scan_evidence = CCCD_EVIDENCE_CLAIMED;
	CHECK(cccd_judge_evidence(&s) == CCCD_EVIDENCE_CLAIMED);
	s.identity_paper = true;
	CHECK(cccd_judge_evidence(&s) == CCCD_EVIDENCE_PAPER);
	s.scan_evidence = CCCD_EVIDENCE_GENUINE;
	CHECK(cccd_judge_evidence(&s) == CCCD_EVIDENCE_GENUINE);
	s.readable = false;
	CHECK(cccd_judge_evidence(&s) == CCCD_EVIDENCE_PAPER);
	s.identity_paper = false;
	CHECK(cccd_judge_evidence(&s) == CCCD_EVIDENCE_UNKNOWN);

	/* a chip outdoes the register */
	CASE("admit", s.scan_evidence = CCCD_EVIDENCE_CHIP,
		 s.minimum_evidence = CCCD_EVIDENCE_CHIP);
	CASE("review evidence_too_weak", s.minimum_evidence = CCCD_EVIDENCE_CHIP);
	CASE("review evidence_too_weak", s.scan_evidence = CCCD_EVIDENCE_CHIP,
		 s.minimum_evidence = CCCD_EVIDENCE_GENUINE);
	/* signatures count where the facts that prove the rule have them */
	CASE("admit", s.minimum_evidence = CCCD_EVIDENCE_SIGNATURE,
		 s.proof_signed = true);
	CASE("review evidence_too_weak",
		 s.minimum_evidence = CCCD_EVIDENCE_SIGNATURE);
	CASE("review evidence_too_weak",
		 s.minimum_evidence = CCCD_EVIDENCE_SIGNATURE, s.proof_signed = true,
		 s.sex = CCCD_AGREE_NOT_KNOWN);
	CASE("review evidence_too_weak", s.minimum_evidence = CCCD_EVIDENCE_CHIP,
		 s.proof_signed = true);
	CASE("admit", s.minimum_evidence = CCCD_EVIDENCE_SIGNATURE,
		 s.scan_evidence = CCCD_EVIDENCE_CHIP);
	/* and raise nothing but what the register confirms */
	CASE("admit", s.minimum_evidence = CCCD_EVIDENCE_CHIP,
		 s.scan_evidence = CCCD_EVIDENCE_CHIP, s.proof_signed = true);

	CccdJudgement judgement;

	s = in_order();
	s.minimum_evidence = CCCD_EVIDENCE_QR;
	s.proof_signed = true;
	cccd_judge(&s, &judgement);
	CHECK(judgement.evidence == CCCD_EVIDENCE_SIGNATURE);
	s.sex = CCCD_AGREE_NOT_KNOWN;
	cccd_judge(&s, &judgement);
	CHECK(judgement.evidence == CCCD_EVIDENCE_QR);
}

static void
test_ticket(void)
{
	bool		holds;

	CASE("refuse no_ticket", s.ticket_shown = s.ticket_known = false);
	CASE("admit", s.ticket_shown = s.ticket_known = false,
		 s.ticket_required = false);
	CASE("refuse ticket_unknown", s.ticket_known = false);
	CASE("refuse ticket_unknown", s.ticket_known = false,
		 s.ticket_required = false);
	CASE("review site_cut_off", s.ticket_known = false, s.site_cut_off = true);
	CASE("admit", s.site_cut_off = true);
	CASE("review site_cut_off", s.site_cut_off = true,
		 s.ticket_shown = s.ticket_known = false);
	CASE("admit", s.site_cut_off = true, s.ticket_required = false,
		 s.ticket_shown = s.ticket_known = false);
	CASE("admit", s.ticket_shown = false, s.ticket_holder = CCCD_TICKET_SAME);
	CASE("refuse ticket_other_event", s.ticket_of_event = false);
	CASE("refuse ticket_cancelled", s.ticket_cancelled = true);
	CASE("refuse ticket_other_person", s.ticket_holder = CCCD_TICKET_OTHER);
	CASE("refuse ticket_used", s.ticket_use = CCCD_TICKET_USED_OTHER);
	CASE("review wrong_gate", s.ticket_of_gate = false);
	/* by the same person: presence says whether that matters */
	CASE("admit", s.ticket_use = CCCD_TICKET_USED_SAME);
	CASE("refuse already_inside", s.ticket_use = CCCD_TICKET_USED_SAME,
		 s.presence = CCCD_PRESENCE_INSIDE);
	CASE("refuse ticket_used", s.ticket_use = CCCD_TICKET_USED_OTHER,
		 s.entries = CCCD_ENTRIES_FREE);
	/* where identity is not settled: the ticket by itself, and no more */
#define DOUBTED(wanted, ...) \
	CASE(wanted, s.minimum_evidence = CCCD_EVIDENCE_QR, \
		 s.name = CCCD_AGREE_DIFFERENT, __VA_ARGS__)

	DOUBTED("review name_disagrees", s.ticket_shown = false);
	DOUBTED("review name_disagrees", s.ticket_shown = s.ticket_known = false);
	DOUBTED("review name_disagrees", s.ticket_shown = false,
			s.ticket_cancelled = true);
	DOUBTED("refuse ticket_unknown name_disagrees", s.ticket_known = false);
	DOUBTED("refuse ticket_cancelled name_disagrees",
			s.ticket_cancelled = true);
	DOUBTED("review name_disagrees", s.ticket_holder = CCCD_TICKET_OTHER);
	DOUBTED("review name_disagrees", s.ticket_holder = CCCD_TICKET_SAME);
	DOUBTED("refuse ticket_used name_disagrees",
			s.ticket_use = CCCD_TICKET_USED_OTHER);
	DOUBTED("refuse ticket_used name_disagrees",
			s.ticket_use = CCCD_TICKET_USED_SAME);
	DOUBTED("review name_disagrees", s.entries = CCCD_ENTRIES_AGAIN,
			s.ticket_use = CCCD_TICKET_USED_OTHER);
	DOUBTED("review name_disagrees", s.entries = CCCD_ENTRIES_FREE,
			s.ticket_use = CCCD_TICKET_USED_SAME);
	DOUBTED("review name_disagrees wrong_gate", s.ticket_of_gate = false);
	/* one reason: the first that matters */
	CASE("refuse ticket_other_event", s.ticket_of_event = false,
		 s.ticket_cancelled = true);
	CASE("refuse ticket_cancelled", s.ticket_cancelled = true,
		 s.ticket_holder = CCCD_TICKET_OTHER);
	CASE("refuse ticket_other_person", s.ticket_holder = CCCD_TICKET_OTHER,
		 s.ticket_use = CCCD_TICKET_USED_OTHER);
	CASE("refuse ticket_used", s.ticket_use = CCCD_TICKET_USED_OTHER, s.ticket_of_gate = false);
	/* what a rule may count on */
	CASE("admit", holds = cccd_judge_ticket_holds(&s));
	CHECK(holds);
	CASE("review wrong_gate", s.ticket_of_gate = false,
		 holds = cccd_judge_ticket_holds(&s));
	CHECK(!holds);
	CASE("review wrong_gate", s.ticket_shown = s.ticket_of_gate = false,
		 holds = cccd_judge_ticket_holds(&s));
	CHECK(!holds);
	CASE("admit", s.ticket_shown = s.ticket_known = s.ticket_required = false,
		 holds = cccd_judge_ticket_holds(&s));
	CHECK(!holds);
	/* a rule that asks for a ticket repeats nothing */
	CASE("refuse ticket_unknown test_missing", s.ticket_known = false,
		 s.rule = CCCD_FAIL, find(&s, CCCD_REASON_TICKET_RULE, false),
		 find(&s, CCCD_REASON_TEST_MISSING, false));
	CASE("refuse ticket_unknown", s.ticket_known = false, s.rule = CCCD_FAIL,
		 find(&s, CCCD_REASON_TICKET_RULE, false));
	CASE("refuse no_ticket", s.ticket_shown = s.ticket_known = false,
		 s.rule = CCCD_FAIL, find(&s, CCCD_REASON_TICKET_RULE, false));
	CASE("refuse ticket_rule",
		 s.ticket_shown = s.ticket_known = s.ticket_required = false,
		 s.rule = CCCD_FAIL, find(&s, CCCD_REASON_TICKET_RULE, false));
}

static void
test_event(void)
{
	CASE("refuse event_cancelled", s.event_state = CCCD_EVENT_CANCELLED);
	CASE("refuse event_moved", s.event_state = CCCD_EVENT_MOVED);
	CASE("refuse event_not_open", s.event_state = CCCD_EVENT_PLANNED);
	CASE("refuse too_early", s.at = 99);
	CASE("admit", s.at = 100);
	CASE("admit", s.at = 199);
	CASE("refuse event_over", s.at = 200);
	CASE("admit", s.at = 99, s.doors = CCCD_JUDGE_NEVER);
	CASE("admit", s.at = 200, s.ends = CCCD_JUDGE_NEVER);
	CASE("refuse event_cancelled", s.at = 99,
		 s.event_state = CCCD_EVENT_CANCELLED);
	CASE("refuse full", s.full = true);
	/* whoever cannot enter anyway is not told so */
	CASE("refuse ticket_used", s.full = true, s.ticket_use = CCCD_TICKET_USED_OTHER);
	CASE("admit", s.full = true, s.entries = CCCD_ENTRIES_FREE,
		 s.presence = CCCD_PRESENCE_INSIDE);
	CASE("refuse full", s.full = true, s.entries = CCCD_ENTRIES_AGAIN,
		 s.presence = CCCD_PRESENCE_LEFT);
}

/* The whole table of entries, presence and direction. */
static void
test_presence(void)
{
	static const struct
	{
		CccdDirection direction;
		CccdEntries entries;
		const char *answers[3]; /* never, inside, left */
	}			table[] = {
		{CCCD_DIRECTION_IN, CCCD_ENTRIES_ONCE,
		{"admit", "refuse already_inside", "refuse already_left"}},
		{CCCD_DIRECTION_IN, CCCD_ENTRIES_AGAIN,
		{"admit", "refuse already_inside", "admit"}},
		{CCCD_DIRECTION_IN, CCCD_ENTRIES_FREE,
		{"admit", "admit", "admit"}},
		{CCCD_DIRECTION_OUT, CCCD_ENTRIES_ONCE,
		{"review not_inside", "admit", "review not_inside"}},
		{CCCD_DIRECTION_OUT, CCCD_ENTRIES_AGAIN,
		{"review not_inside", "admit", "review not_inside"}},
		{CCCD_DIRECTION_OUT, CCCD_ENTRIES_FREE,
		{"review not_inside", "admit", "review not_inside"}},
		{CCCD_DIRECTION_MOVE, CCCD_ENTRIES_ONCE,
		{"review not_inside", "admit", "review not_inside"}},
		{CCCD_DIRECTION_MOVE, CCCD_ENTRIES_AGAIN,
		{"review not_inside", "admit", "review not_inside"}},
		{CCCD_DIRECTION_MOVE, CCCD_ENTRIES_FREE,
		{"review not_inside", "admit", "review not_inside"}}
	};

	for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++)
		for (int presence = 0; presence < 3; presence++)
			CASE(table[i].answers[presence], s.direction = table[i].direction,
				 s.entries = table[i].entries,
				 s.presence = (CccdPresence) presence);
	CASE("review wrong_zone", s.direction = CCCD_DIRECTION_MOVE,
		 s.gate_leads = false, s.presence = CCCD_PRESENCE_INSIDE);
	CASE("review not_inside", s.direction = CCCD_DIRECTION_MOVE,
		 s.gate_leads = false);
	CASE("admit", s.gate_leads = false);
	/* whoever moves is inside: neither ticket, event nor places matter */
	CASE("admit", s.direction = CCCD_DIRECTION_MOVE,
		 s.presence = CCCD_PRESENCE_INSIDE, s.ticket_known = false,
		 s.event_state = CCCD_EVENT_CANCELLED, s.full = true);
	CASE("review not_inside", s.direction = CCCD_DIRECTION_MOVE,
		 s.full = true);
}

/* Nobody is kept inside for want of a ticket, a document, or health. */
static void
test_leaving(void)
{
#define LEAVES(wanted, ...) \
	CASE(wanted, s.direction = CCCD_DIRECTION_OUT, \
		 s.presence = CCCD_PRESENCE_INSIDE, __VA_ARGS__)

	LEAVES("admit", s.rule = CCCD_FAIL);
	LEAVES("admit", s.document = CCCD_DOCUMENT_LOST);
	LEAVES("admit", s.scan_evidence = CCCD_EVIDENCE_CLAIMED);
	LEAVES("admit", s.ticket_shown = s.ticket_known = false);
	LEAVES("admit", s.event_state = CCCD_EVENT_CANCELLED);
	LEAVES("admit", s.at = 300);
	LEAVES("admit", s.full = true);
	LEAVES("admit", s.gate_leads = false);
	/* but it must be clear who leaves */
	LEAVES("review scan_unreadable", s.readable = false,
		   s.ticket_shown = s.ticket_known = false);
	LEAVES("admit", s.readable = false, s.person_known = false);
	LEAVES("review not_inside", s.person_known = false,
		   s.ticket_shown = s.ticket_known = false);
	LEAVES("admit", s.person_known = false);
	LEAVES("review not_an_identity_card", s.readable = false,
		   s.ticket_known = false, s.other_document = true);
	LEAVES("review name_disagrees", s.name = CCCD_AGREE_DIFFERENT);
	LEAVES("review name_disagrees", s.name = CCCD_AGREE_DIFFERENT,
		   s.presence = CCCD_PRESENCE_NEVER);
	LEAVES("review scan_damaged", s.name = CCCD_AGREE_DIFFERENT,
		   s.letters_lost = true);
	LEAVES("review birth_date_disagrees",
		   s.birth_date = CCCD_AGREE_DIFFERENT);
	/* of a number that is only claimed no more than that */
	LEAVES("review not_inside", s.scan_evidence = CCCD_EVIDENCE_CLAIMED,
		   s.name = CCCD_AGREE_DIFFERENT);
	LEAVES("review not_inside", s.scan_evidence = CCCD_EVIDENCE_CLAIMED,
		   s.sex = CCCD_AGREE_DIFFERENT);
	LEAVES("review not_inside", s.scan_evidence = CCCD_EVIDENCE_CLAIMED,
		   s.person_known = s.ticket_known = false);
	LEAVES("review not_inside", s.scan_evidence = CCCD_EVIDENCE_CLAIMED,
		   s.presence = CCCD_PRESENCE_LEFT);
	LEAVES("review name_disagrees", s.scan_evidence = CCCD_EVIDENCE_CHIP,
		   s.name = CCCD_AGREE_DIFFERENT);
	LEAVES("admit", s.damaged = true);
	LEAVES("admit", s.name = CCCD_AGREE_ABSENT);
	LEAVES("admit", s.deceased = s.expired = s.number_cancelled = true);
	LEAVES("admit", find(&s, CCCD_REASON_CERTIFICATE_FORGED, false));
	LEAVES("refuse too_many_attempts", s.over_limit = true);
	/* where leaving is judged, as in a quarantine area */
	LEAVES("admit", s.leaving_is_judged = true);
	LEAVES("refuse isolated", s.leaving_is_judged = true, s.rule = CCCD_FAIL,
		   find(&s, CCCD_REASON_ISOLATED, false));
	LEAVES("refuse card_lost", s.leaving_is_judged = true,
		   s.document = CCCD_DOCUMENT_LOST);
}

static void
test_rule(void)
{
	CASE("refuse rule_forbids", s.rule = CCCD_FAIL);
	CASE("review rule_empty", s.rule = CCCD_UNKNOWN);
	CASE("review rule_empty", s.rule_asked = false);
	CASE("review rule_empty", s.rule_asked = false, s.rule = CCCD_FAIL);
	CASE("refuse isolated test_missing", s.rule = CCCD_FAIL,
		 find(&s, CCCD_REASON_TEST_MISSING, false),
		 find(&s, CCCD_REASON_ISOLATED, false));
	/* findings of a rule that is satisfied are none */
	CASE("admit", find(&s, CCCD_REASON_ISOLATED, false));
	/* a doubt matters only where the rule is not satisfied */
	CASE("admit", find(&s, CCCD_REASON_CERTIFICATE_EXPIRED, true));
	CASE("review rule_empty certificate_expired", s.rule = CCCD_UNKNOWN,
		 find(&s, CCCD_REASON_CERTIFICATE_EXPIRED, true));
	CASE("refuse certificate_forged",
		 find(&s, CCCD_REASON_CERTIFICATE_FORGED, false));
	/* what is found of something else explains neither a rule nor a scan */
	CASE("refuse certificate_forged rule_forbids", s.rule = CCCD_FAIL,
		 find(&s, CCCD_REASON_CERTIFICATE_FORGED, false));
	CASE("review scan_unreadable", s.readable = false,
		 find(&s, CCCD_REASON_TEST_MISSING, false));
	/* doubts of every subject, in their order, behind the rule's reasons */
	CASE("review doses_missing not_certain", s.rule = CCCD_FAIL,
		 find(&s, CCCD_REASON_NOT_CERTAIN, true),
		 find(&s, CCCD_REASON_DOSES_MISSING, false));
	CASE("review doses_missing certificate_expired picture_unreadable",
		 s.rule = CCCD_FAIL, find(&s, CCCD_REASON_CERTIFICATE_EXPIRED, true),
		 find(&s, CCCD_REASON_PICTURE_UNREADABLE, true),
		 find(&s, CCCD_REASON_DOSES_MISSING, false));
	/* whose a certificate is, is said of who is known */
	QR_CASE("review certificate_other_person",
			find(&s, CCCD_REASON_CERTIFICATE_OTHER_PERSON, false));
	QR_CASE("review name_disagrees", s.name = CCCD_AGREE_DIFFERENT,
			find(&s, CCCD_REASON_CERTIFICATE_OTHER_PERSON, false));
	QR_CASE("refuse certificate_forged name_disagrees",
			s.name = CCCD_AGREE_DIFFERENT,
			find(&s, CCCD_REASON_CERTIFICATE_FORGED, false));
	/* where nothing proves the rule, a signature is not what is missing */
	CASE("review doses_missing", s.rule = CCCD_FAIL,
		 s.minimum_evidence = CCCD_EVIDENCE_SIGNATURE,
		 find(&s, CCCD_REASON_DOSES_MISSING, false));
}

/* Whoever is not who the number says learns nothing of that person. */
static void
test_silence(void)
{
	static const CccdTruth truths[] = {CCCD_FAIL, CCCD_UNKNOWN, CCCD_PASS};

	for (int i = 0; i < 3; i++)
		for (int presence = 0; presence < 3; presence++)
			CASE("review name_disagrees", s.name = CCCD_AGREE_DIFFERENT,
				 s.minimum_evidence = CCCD_EVIDENCE_QR, s.rule = truths[i],
				 s.presence = (CccdPresence) presence,
				 find(&s, CCCD_REASON_ISOLATED, false),
				 find(&s, CCCD_REASON_CERTIFICATE_EXPIRED, true));
	CASE("review evidence_too_weak", s.scan_evidence = CCCD_EVIDENCE_CLAIMED,
		 s.rule = CCCD_FAIL, s.minimum_evidence = CCCD_EVIDENCE_QR,
		 s.presence = CCCD_PRESENCE_INSIDE);

	CccdJudgement judgement;
	CccdSituation s = in_order();

	cccd_judge(&s, &judgement);
	CHECK(judgement.identity_stands);
	CHECK(judgement.evidence == CCCD_EVIDENCE_REGISTRY);
	CHECK(cccd_judge_asks_rule(&s));
	s.name = CCCD_AGREE_DIFFERENT;
	cccd_judge(&s, &judgement);
	CHECK(!judgement.identity_stands);
	CHECK(!cccd_judge_asks_rule(&s));
	s = in_order();
	s.over_limit = true;
	cccd_judge(&s, &judgement);
	CHECK(!judgement.identity_stands);
	CHECK(judgement.evidence == CCCD_EVIDENCE_UNKNOWN);
	CHECK(!cccd_judge_asks_rule(&s));
}

/* The list itself: codes once, and every reason given by some case above. */
static void
test_list(void)
{
	for (int i = 0; i < CCCD_REASON_COUNT; i++)
	{
		const CccdReasonEntry *entry = &cccd_reason_entries[i];

		CHECK(entry->code[0] != '\0' && strchr(entry->code, ' ') == NULL);
		CHECK((int) entry->subject >= 0 && entry->subject < CCCD_SUBJECTS);
		for (int k = 0; k < i; k++)
			CHECK(strcmp(entry->code, cccd_reason_entries[k].code) != 0);
		/* what refuses is never cured */
		CHECK(!(entry->flags & CCCD_REASON_CURED) ||
			  entry->severity == CCCD_SEVERITY_REVIEW);
		/* of papers and cases the desk speaks, not a verdict */
		if (!given[i] && entry->subject != CCCD_ABOUT_PAPER &&
			entry->subject != CCCD_ABOUT_DESK)
			CHECK_STR(entry->code, "given by a case above");
	}
	CHECK_STR(cccd_subject_names[CCCD_ABOUT_DESK], "desk");
}

/*
 * Every reason that is found elsewhere comes through with its severity: of a
 * card and a certificate by itself, of the rule where the rule is not
 * satisfied.
 */
static void
test_findings(void)
{
	for (int i = 0; i < CCCD_REASON_COUNT; i++)
	{
		const CccdReasonEntry *entry = &cccd_reason_entries[i];
		char		wanted[64];

		if (entry->subject != CCCD_ABOUT_CARD &&
			entry->subject != CCCD_ABOUT_CERTIFICATE &&
			entry->subject != CCCD_ABOUT_RULE)
			continue;
		snprintf(wanted, sizeof(wanted), "%s %s",
				 entry->severity == CCCD_SEVERITY_REVIEW ? "review" : "refuse",
				 entry->code);
		CASE(wanted,
			 s.rule = entry->subject == CCCD_ABOUT_RULE ? CCCD_FAIL : CCCD_PASS,
			 find(&s, (CccdReason) i, false));
		if (entry->subject == CCCD_ABOUT_RULE)
			CASE("admit", find(&s, (CccdReason) i, false));
		CASE("admit", find(&s, (CccdReason) i, true));
	}
}

/* The same reason twice is said once. */
static void
test_repetition(void)
{
	CccdSituation s = in_order();

	for (int i = 0; i < CCCD_JUDGE_FINDINGS; i++)
		find(&s, CCCD_REASON_CHIP_FORGED, false);
	CHECK_STR(judged(&s), "refuse chip_forged");
}

int
main(void)
{
	test_call();
	test_scan();
	test_agreement();
	test_document();
	test_evidence();
	test_ticket();
	test_event();
	test_presence();
	test_leaving();
	test_rule();
	test_silence();
	test_findings();
	test_repetition();
	test_list();
	return finish();
}
