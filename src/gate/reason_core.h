/*
 * reason_core.h
 *		The reasons of a verdict: codes, severity, and what each is about.
 *
 * This is the one place that says how severe a reason is and what it does to
 * the rest of a verdict; the table "reason" of the gate takes its rows from
 * here and adds the words, which operators may change.
 *
 * Codes are stored in the log, so one that was released keeps its meaning; the
 * numbers of CccdReason are not stored.
 */
#ifndef CCCD_REASON_CORE_H
#define CCCD_REASON_CORE_H

#include <stdbool.h>
#include <stddef.h>

/* What a reason leads to. */
typedef enum CccdSeverity
{
	CCCD_SEVERITY_REVIEW,		/* a person must look */
	CCCD_SEVERITY_REFUSE
} CccdSeverity;

/* What it is about. */
typedef enum CccdSubject
{
	CCCD_ABOUT_REQUEST,
	CCCD_ABOUT_CARD,
	CCCD_ABOUT_CERTIFICATE,
	CCCD_ABOUT_TICKET,
	CCCD_ABOUT_PLACE,
	CCCD_ABOUT_RULE,
	CCCD_ABOUT_DESK,
	CCCD_ABOUT_PAPER			/* one that the desk was shown */
} CccdSubject;

#define CCCD_SUBJECTS	8

/* A flag: an officer who compares the document with its holder answers it. */
#define CCCD_REASON_CURED	1

/*
 * REASON(symbol, code, severity, subject, flags), in the order of the list.  A
 * reason of severity REFUSE is not cured.
 */
#define CCCD_REASONS(REASON) \
	/* the call */ \
	REASON(BAD_REQUEST, "bad_request", REFUSE, REQUEST, 0) \
	REASON(EVENT_UNKNOWN, "event_unknown", REFUSE, REQUEST, 0) \
	REASON(GATE_UNKNOWN, "gate_unknown", REFUSE, REQUEST, 0) \
	REASON(REQUEST_REUSED, "request_id_reused", REFUSE, REQUEST, 0) \
	REASON(CASE_UNKNOWN, "decision_unknown", REFUSE, REQUEST, 0) \
	REASON(TOO_MANY, "too_many_attempts", REFUSE, REQUEST, 0) \
	REASON(READ_ONLY, "server_read_only", REFUSE, REQUEST, 0) \
	REASON(NOT_HANDED_OVER, "not_handed_over", REFUSE, REQUEST, 0) \
	/* the document and who holds it */ \
	REASON(SCAN_UNREADABLE, "scan_unreadable", REVIEW, CARD, 0) \
	REASON(NOT_IDENTITY, "not_an_identity_card", REVIEW, CARD, 0) \
	REASON(SCAN_DAMAGED, "scan_damaged", REVIEW, CARD, CCCD_REASON_CURED) \
	REASON(NUMBER_DISAGREES, "number_disagrees", REVIEW, CARD, CCCD_REASON_CURED) \
	REASON(NUMBER_CANCELLED, "number_cancelled", REVIEW, CARD, CCCD_REASON_CURED) \
	REASON(PERSON_UNKNOWN, "person_unknown", REVIEW, CARD, 0) \
	REASON(NAME_DISAGREES, "name_disagrees", REVIEW, CARD, CCCD_REASON_CURED) \
	REASON(BIRTH_DATE_DISAGREES, "birth_date_disagrees", REVIEW, CARD, CCCD_REASON_CURED) \
	REASON(SEX_DISAGREES, "sex_disagrees", REVIEW, CARD, CCCD_REASON_CURED) \
	REASON(CARD_UNKNOWN, "card_unknown", REVIEW, CARD, CCCD_REASON_CURED) \
	REASON(CARD_EXPIRED, "card_expired", REVIEW, CARD, CCCD_REASON_CURED) \
	REASON(CARD_LOST, "card_lost", REFUSE, CARD, 0) \
	REASON(CARD_REVOKED, "card_revoked", REFUSE, CARD, 0) \
	REASON(CARD_REPLACED, "card_replaced", REFUSE, CARD, 0) \
	REASON(EVIDENCE_TOO_WEAK, "evidence_too_weak", REVIEW, CARD, 0) \
	REASON(PICTURE_UNREADABLE, "picture_unreadable", REVIEW, CARD, 0) \
	REASON(PICTURE_AMBIGUOUS, "picture_ambiguous", REVIEW, CARD, 0) \
	REASON(PICTURE_NOT_POSSIBLE, "picture_not_possible", REVIEW, CARD, 0) \
	REASON(CHIP_CHANGED, "chip_changed", REFUSE, CARD, 0) \
	REASON(CHIP_FORGED, "chip_forged", REFUSE, CARD, 0) \
	REASON(CHIP_SIGNER_REVOKED, "chip_signer_revoked", REFUSE, CARD, 0) \
	REASON(CHIP_COPIED, "chip_copied", REFUSE, CARD, 0) \
	REASON(CHIP_OTHER_CARD, "chip_other_card", REFUSE, CARD, 0) \
	REASON(CHALLENGE_USED, "challenge_used", REFUSE, CARD, 0) \
	REASON(CHALLENGE_UNKNOWN, "challenge_unknown", REFUSE, CARD, 0) \
	REASON(CHALLENGE_EXPIRED, "challenge_expired", REVIEW, CARD, CCCD_REASON_CURED) \
	REASON(CHIP_UNREADABLE, "chip_unreadable", REVIEW, CARD, CCCD_REASON_CURED) \
	REASON(CHIP_DISAGREES, "chip_disagrees", REVIEW, CARD, CCCD_REASON_CURED) \
	REASON(CHIP_SIGNER_UNKNOWN, "chip_signer_unknown", REVIEW, CARD, CCCD_REASON_CURED) \
	REASON(CHIP_SIGNER_EXPIRED, "chip_signer_expired", REVIEW, CARD, CCCD_REASON_CURED) \
	REASON(CHIP_MRZ_MISSING, "chip_mrz_missing", REVIEW, CARD, CCCD_REASON_CURED) \
	REASON(CHIP_OTHER_STATE, "chip_other_state", REVIEW, CARD, CCCD_REASON_CURED) \
	REASON(CHIP_SIGNER_ROLE, "chip_signer_role", REVIEW, CARD, CCCD_REASON_CURED) \
	REASON(CHIP_SIGNING_TIME, "chip_signing_time", REVIEW, CARD, CCCD_REASON_CURED) \
	REASON(CHIP_UNSIGNED_FILE, "chip_unsigned_file", REVIEW, CARD, CCCD_REASON_CURED) \
	REASON(CHIP_POLICY, "chip_policy", REVIEW, CARD, CCCD_REASON_CURED) \
	REASON(CHIP_WEAK, "chip_weak", REVIEW, CARD, CCCD_REASON_CURED) \
	REASON(CHIP_UNSUPPORTED, "chip_unsupported", REVIEW, CARD, CCCD_REASON_CURED) \
	REASON(CHIP_NOT_VERIFIED, "chip_not_verified", REVIEW, CARD, CCCD_REASON_CURED) \
	REASON(CHIP_TRUST_MISSING, "chip_trust_missing", REVIEW, CARD, CCCD_REASON_CURED) \
	REASON(CHIP_REVOCATION_UNKNOWN, "chip_revocation_unknown", REVIEW, CARD, CCCD_REASON_CURED) \
	REASON(SCAN_INCOMPLETE, "scan_incomplete", REVIEW, CARD, CCCD_REASON_CURED) \
	REASON(DECEASED, "deceased", REVIEW, CARD, CCCD_REASON_CURED) \
	REASON(REGISTER_CHECK_OLD, "register_check_old", REVIEW, CARD, 0) \
	REASON(REGISTER_DENIES, "register_denies", REVIEW, CARD, CCCD_REASON_CURED) \
	/* health certificates */ \
	REASON(CERTIFICATE_FORGED, "certificate_forged", REFUSE, CERTIFICATE, 0) \
	REASON(CERTIFICATE_REVOKED, "certificate_revoked", REFUSE, CERTIFICATE, 0) \
	REASON(CERTIFICATE_UNREADABLE, "certificate_unreadable", REVIEW, CERTIFICATE, 0) \
	REASON(CERTIFICATE_OTHER_PERSON, "certificate_other_person", REVIEW, CERTIFICATE, 0) \
	REASON(CERTIFICATE_EXPIRED, "certificate_expired", REVIEW, CERTIFICATE, 0) \
	REASON(CERTIFICATE_SIGNER_UNKNOWN, "certificate_signer_unknown", REVIEW, CERTIFICATE, 0) \
	REASON(CERTIFICATE_NOT_VERIFIED, "certificate_not_verified", REVIEW, CERTIFICATE, 0) \
	REASON(CERTIFICATE_TRUST_MISSING, "certificate_trust_missing", REVIEW, CERTIFICATE, 0) \
	REASON(CERTIFICATE_FORMAT_UNSUPPORTED, "certificate_format_unsupported", REVIEW, CERTIFICATE, 0) \
	REASON(CERTIFICATE_ATTEMPTS_EXHAUSTED, "certificate_attempts_exhausted", REVIEW, CERTIFICATE, 0) \
	REASON(CERTIFICATE_UNCERTAIN_PERSON, "certificate_uncertain_person", REVIEW, CERTIFICATE, 0) \
	/* the ticket */ \
	REASON(NO_TICKET, "no_ticket", REFUSE, TICKET, 0) \
	REASON(TICKET_UNKNOWN, "ticket_unknown", REFUSE, TICKET, 0) \
	REASON(TICKET_OTHER_EVENT, "ticket_other_event", REFUSE, TICKET, 0) \
	REASON(TICKET_OTHER_PERSON, "ticket_other_person", REFUSE, TICKET, 0) \
	REASON(TICKET_CANCELLED, "ticket_cancelled", REFUSE, TICKET, 0) \
	REASON(TICKET_USED, "ticket_used", REFUSE, TICKET, 0) \
	REASON(WRONG_GATE, "wrong_gate", REVIEW, TICKET, 0) \
	REASON(SITE_CUT_OFF, "site_cut_off", REVIEW, TICKET, 0) \
	/* the place and the time */ \
	REASON(TOO_EARLY, "too_early", REFUSE, PLACE, 0) \
	REASON(EVENT_OVER, "event_over", REFUSE, PLACE, 0) \
	REASON(ALREADY_INSIDE, "already_inside", REFUSE, PLACE, 0) \
	REASON(FULL, "full", REFUSE, PLACE, 0) \
	REASON(EVENT_CANCELLED, "event_cancelled", REFUSE, PLACE, 0) \
	REASON(EVENT_MOVED, "event_moved", REFUSE, PLACE, 0) \
	REASON(EVENT_NOT_OPEN, "event_not_open", REFUSE, PLACE, 0) \
	REASON(ALREADY_LEFT, "already_left", REFUSE, PLACE, 0) \
	REASON(NOT_INSIDE, "not_inside", REVIEW, PLACE, 0) \
	REASON(WRONG_ZONE, "wrong_zone", REVIEW, PLACE, 0) \
	/* the rule */ \
	REASON(DOSES_MISSING, "doses_missing", REVIEW, RULE, 0) \
	REASON(DOSE_TIME, "dose_time", REVIEW, RULE, 0) \
	REASON(RECOVERY_MISSING, "recovery_missing", REVIEW, RULE, 0) \
	REASON(IMMUNITY_MISSING, "immunity_missing", REVIEW, RULE, 0) \
	REASON(TEST_MISSING, "test_missing", REVIEW, RULE, 0) \
	REASON(POSITIVE_TEST, "positive_test", REVIEW, RULE, 0) \
	REASON(CONTRAINDICATION_MISSING, "contraindication_missing", REVIEW, RULE, 0) \
	REASON(CREDENTIAL_MISSING, "credential_missing", REVIEW, RULE, 0) \
	REASON(DECLARATION_MISSING, "declaration_missing", REVIEW, RULE, 0) \
	REASON(DECLARATION_EXCLUDES, "declaration_excludes", REVIEW, RULE, 0) \
	REASON(REGISTRATION_MISSING, "registration_missing", REVIEW, RULE, 0) \
	REASON(CONSULTATION_MISSING, "consultation_missing", REVIEW, RULE, 0) \
	REASON(ISOLATION_TIME, "isolation_time", REVIEW, RULE, 0) \
	REASON(EXPOSURE_TIME, "exposure_time", REVIEW, RULE, 0) \
	REASON(NOT_ACCOMPANIED, "not_accompanied", REVIEW, RULE, 0) \
	REASON(EVIDENCE_RULE, "evidence_rule", REVIEW, RULE, 0) \
	REASON(NOT_CERTAIN, "not_certain", REVIEW, RULE, 0) \
	REASON(TEST_PENDING, "test_pending", REVIEW, RULE, 0) \
	REASON(AGE_UNKNOWN, "age_unknown", REVIEW, RULE, 0) \
	REASON(ACCOMPANIED_UNKNOWN, "accompanied_unknown", REVIEW, RULE, 0) \
	REASON(ORIGIN_UNKNOWN, "origin_unknown", REVIEW, RULE, 0) \
	REASON(PLACE_UNKNOWN, "place_unknown", REVIEW, RULE, 0) \
	REASON(RULE_EMPTY, "rule_empty", REVIEW, RULE, 0) \
	REASON(ISOLATED, "isolated", REFUSE, RULE, 0) \
	REASON(EXPOSED, "exposed", REFUSE, RULE, 0) \
	REASON(AGE, "age", REFUSE, RULE, 0) \
	REASON(TICKET_RULE, "ticket_rule", REFUSE, RULE, 0) \
	REASON(PLACE_RULE, "place_rule", REFUSE, RULE, 0) \
	REASON(SEX_RULE, "sex_rule", REFUSE, RULE, 0) \
	REASON(RULE_FORBIDS, "rule_forbids", REFUSE, RULE, 0) \
	/* the case at the desk */ \
	REASON(TURNED_AWAY, "turned_away", REFUSE, DESK, 0) \
	REASON(CASE_CLOSED, "decision_closed", REFUSE, DESK, 0) \
	REASON(NOT_ADMITTED, "not_admitted", REFUSE, DESK, 0) \
	/* a person who is not registered */ \
	REASON(NAME_MISSING, "name_missing", REVIEW, DESK, 0) \
	REASON(BIRTH_DATE_MISSING, "birth_date_missing", REVIEW, DESK, 0) \
	REASON(BIRTH_DATE_MALFORMED, "birth_date_malformed", REVIEW, DESK, 0) \
	REASON(SEX_MALFORMED, "sex_malformed", REVIEW, DESK, 0) \
	REASON(STATE_MALFORMED, "state_malformed", REVIEW, DESK, 0) \
	REASON(DOCUMENT_KIND_UNKNOWN, "document_kind_unknown", REVIEW, DESK, 0) \
	REASON(DOCUMENT_NUMBER_MALFORMED, "document_number_malformed", REVIEW, DESK, 0) \
	REASON(NUMBER_OF_OTHER, "number_of_somebody_else", REVIEW, DESK, 0) \
	REASON(GUARDIAN_UNKNOWN, "guardian_unknown", REVIEW, DESK, 0) \
	/* people who are not merged, or not split */ \
	REASON(PERSON_SAME, "person_same", REFUSE, DESK, 0) \
	REASON(PERSON_MERGED, "person_merged", REFUSE, DESK, 0) \
	REASON(PERSON_NOT_MERGED, "person_not_merged", REFUSE, DESK, 0) \
	REASON(BOTH_INSIDE, "both_inside", REFUSE, DESK, 0) \
	/* a paper that is not accepted, or not revoked */ \
	REASON(OFFICER_UNKNOWN, "officer_unknown", REFUSE, PAPER, 0) \
	REASON(KIND_UNKNOWN, "kind_unknown", REVIEW, PAPER, 0) \
	REASON(KIND_MISSING, "kind_missing", REVIEW, PAPER, 0) \
	REASON(TIME_MALFORMED, "time_malformed", REVIEW, PAPER, 0) \
	REASON(IN_FUTURE, "in_future", REVIEW, PAPER, 0) \
	REASON(BEFORE_BIRTH, "before_birth", REVIEW, PAPER, 0) \
	REASON(ENDS_BEFORE_BEGIN, "ends_before_begin", REVIEW, PAPER, 0) \
	REASON(DISEASE_UNKNOWN, "disease_unknown", REVIEW, PAPER, 0) \
	REASON(PRODUCT_UNKNOWN, "product_unknown", REVIEW, PAPER, 0) \
	REASON(NUMBER_MALFORMED, "number_malformed", REVIEW, PAPER, 0) \
	REASON(RESULT_MISSING, "result_missing", REVIEW, PAPER, 0) \
	REASON(RESULT_UNKNOWN, "result_unknown", REVIEW, PAPER, 0) \
	REASON(TOO_MANY_FACTS, "too_many_facts", REVIEW, PAPER, 0) \
	REASON(DOCUMENT_USED, "document_used", REFUSE, PAPER, 0) \
	REASON(DIFFERS_FROM_STORED, "differs_from_stored", REVIEW, PAPER, 0) \
	REASON(ANSWERS_MALFORMED, "answers_malformed", REVIEW, PAPER, 0) \
	REASON(PAPER_UNKNOWN, "paper_unknown", REFUSE, PAPER, 0) \
	REASON(PAPER_REVOKED, "paper_revoked", REFUSE, PAPER, 0)

typedef enum CccdReason
{
#define REASON(symbol, code, severity, subject, flags) CCCD_REASON_##symbol,
	CCCD_REASONS(REASON)
#undef REASON
	CCCD_REASON_COUNT
} CccdReason;

typedef struct CccdReasonEntry
{
	const char *code;
	CccdSeverity severity;
	CccdSubject subject;
	unsigned	flags;
} CccdReasonEntry;

/* The entries, by CccdReason. */
extern const CccdReasonEntry cccd_reason_entries[CCCD_REASON_COUNT];

/* What subjects are called, by CccdSubject. */
extern const char *const cccd_subject_names[CCCD_SUBJECTS];

#endif							/* CCCD_REASON_CORE_H */
