/*
 * judge_core.h
 *		The verdict of the gate: a situation in; verdict, reasons and evidence
 *		out.
 *
 * A check looks everything up first, then asks cccd_judge(), then writes.  The
 * situation holds no name and no number: only how what was scanned compares
 * with what is known.  So the verdict is a function that can be tested by a
 * table, asked for 25,000 people at once, and asked again when an officer has
 * accepted a paper.
 *
 * Three rules run through it.
 *
 * Silence is not agreement.  What a scan leaves out, or the register does not
 * know, never compares its way to "equal".
 *
 * Identity comes first.  As long as it does not stand, the verdict says the
 * first thing that is wrong with it and nothing about the person: no health
 * reason, no presence, no ticket in that person's name, not whether the card
 * was lost.  Whoever prints a code with somebody's number learns nothing, and
 * of a number that is only claimed not even whether the register has it: where
 * an event accepts claims a claim lets in, or it is answered as one of a number
 * that nobody has.
 *
 * Accusations are not made here.  What chip and certificates prove is found
 * before and comes in as findings.
 */
#ifndef CCCD_JUDGE_CORE_H
#define CCCD_JUDGE_CORE_H

#include <stdbool.h>
#include <stdint.h>

#include "eval/eval_core.h"
#include "gate/reason_core.h"
#include "health/code_core.h"

typedef enum CccdGateVerdict
{
	CCCD_GATE_ADMIT,
	CCCD_GATE_REVIEW,
	CCCD_GATE_REFUSE
} CccdGateVerdict;

typedef enum CccdDirection
{
	CCCD_DIRECTION_IN,
	CCCD_DIRECTION_OUT,
	CCCD_DIRECTION_MOVE			/* from one zone to another */
} CccdDirection;

/* How often somebody may enter. */
typedef enum CccdEntries
{
	CCCD_ENTRIES_ONCE,
	CCCD_ENTRIES_AGAIN,			/* may return after leaving */
	CCCD_ENTRIES_FREE			/* comes and goes; a missed exit does not
								 * matter */
} CccdEntries;

typedef enum CccdPresence
{
	CCCD_PRESENCE_NEVER,		/* or annulled */
	CCCD_PRESENCE_INSIDE,
	CCCD_PRESENCE_LEFT
} CccdPresence;

/* How a field of the scan compares with the register. */
typedef enum CccdAgreement
{
	CCCD_AGREE_ABSENT,			/* the scan does not have it */
	CCCD_AGREE_NOT_KNOWN,		/* the register does not have it */
	CCCD_AGREE_PARTLY,			/* as far as the register knows it */
	CCCD_AGREE_EQUAL,
	CCCD_AGREE_DIFFERENT
} CccdAgreement;

/* The document in hand, as the register has it. */
typedef enum CccdDocumentState
{
	CCCD_DOCUMENT_NOT_KNOWN,	/* the register has none of this kind */
	CCCD_DOCUMENT_UNMATCHED,	/* it has others */
	CCCD_DOCUMENT_VALID,
	CCCD_DOCUMENT_LOST,
	CCCD_DOCUMENT_REVOKED,
	CCCD_DOCUMENT_REPLACED
} CccdDocumentState;

typedef enum CccdEventState
{
	CCCD_EVENT_PLANNED,
	CCCD_EVENT_OPEN,
	CCCD_EVENT_CANCELLED,
	CCCD_EVENT_MOVED			/* to another time or place: a new event */
} CccdEventState;

/* Whose a ticket is; of one in nobody's name CCCD_TICKET_BEARER. */
typedef enum CccdTicketHolder
{
	CCCD_TICKET_BEARER,
	CCCD_TICKET_SAME,			/* the person of the scan */
	CCCD_TICKET_OTHER			/* somebody else, or nobody is known */
} CccdTicketHolder;

/* Who has entered with a ticket, as far as entries were not annulled. */
typedef enum CccdTicketUse
{
	CCCD_TICKET_UNUSED,
	CCCD_TICKET_USED_SAME,		/* the person of the scan */
	CCCD_TICKET_USED_OTHER		/* somebody else */
} CccdTicketUse;

typedef enum CccdCaseState
{
	CCCD_CASE_NEW,
	CCCD_CASE_OPEN,				/* reviewed or refused before, asked again */
	CCCD_CASE_ADMITTED,
	CCCD_CASE_CLOSED,			/* turned away, annulled */
	CCCD_CASE_UNKNOWN			/* no such case */
} CccdCaseState;

/* What else is done to a case than judging it again. */
typedef enum CccdCaseAction
{
	CCCD_ACTION_PAPER,			/* accept one */
	CCCD_ACTION_TURN_AWAY,
	CCCD_ACTION_ANNUL
} CccdCaseAction;

/* What a gate did while it was alone, which is replayed now. */
typedef enum CccdDecided
{
	CCCD_DECIDED_NOT,			/* not a replay, or what is judged counts */
	CCCD_DECIDED_ADMIT,
	CCCD_DECIDED_REVIEW,
	CCCD_DECIDED_REFUSE
} CccdDecided;

/*
 * Most findings that come in, and reasons that go out: beside the findings
 * each step of the judgement gives one or two.
 */
#define CCCD_JUDGE_FINDINGS	48
#define CCCD_JUDGE_REASONS	(CCCD_JUDGE_FINDINGS + 16)

/* No moment: an event without doors, without an end; nothing will change. */
#define CCCD_JUDGE_NEVER	INT64_MIN

/*
 * A reason that was found before: of a picture, a chip, a certificate, of a
 * clause of the rule (clause_core.h), or of an earlier answer of an open case
 * (cccd_judge_carries()).
 */
typedef struct CccdFinding
{
	CccdReason	reason;
	bool		doubt;			/* matters only where the rule is not
								 * satisfied */
} CccdFinding;

/*
 * Everything that a verdict depends on.  All zero is a well-formed call about
 * an event and a person that are not known.  Times are microseconds since
 * 2000-01-01 UTC.
 *
 * Of an open or admitted case, which is judged again without its scan,
 * scan_evidence is the evidence of its first answer, what is looked up is what
 * is so now, and the agreement of the scan comes in with the findings.
 */
typedef struct CccdSituation
{
	/* the call */
	CccdDirection direction;
	CccdCaseState case_state;
	bool		not_handed_over;	/* the function is a superuser's */
	bool		read_only;		/* to be written on a standby, or in a
								 * transaction that cannot */
	bool		bad_request;
	bool		request_reused; /* the request id is another check's */
	bool		over_limit;		/* too many claims at this gate or role */
	CccdDecided decided;
	int64_t		at;

	/* the event and its gate */
	bool		event_known;
	bool		gate_known;
	bool		gate_leads;		/* MOVE: from the zone that the person is in */
	bool		leaving_is_judged;	/* OUT: the rule is asked, as in isolation */
	CccdEventState event_state;
	CccdEntries entries;
	int64_t		doors;
	int64_t		ends;
	CccdEvidence minimum_evidence;	/* for this kind of document */
	bool		ticket_required;
	bool		full;

	/* the scan */
	bool		readable;		/* a document that names somebody was read */
	bool		other_document; /* something was read that does not */
	bool		damaged;		/* a check digit is wrong */
	bool		letters_lost;	/* or masked: another name may be the same */
	bool		number_disagrees;	/* with birth date or sex on the card */
	bool		number_alone;	/* typed; there is no document in hand */
	CccdEvidence scan_evidence; /* what this kind of scan is worth by itself:
								 * CLAIMED or QR; CHIP or GENUINE for a chip
								 * that was verified */

	/* the person, and how the scan agrees */
	bool		person_known;
	bool		register_is_national;	/* person and document are; agreement
										 * with them is evidence */
	bool		deceased;
	bool		number_cancelled;
	CccdAgreement name;			/* equal: also a truncated one that the
								 * register's begins with */
	CccdAgreement birth_date;
	CccdAgreement sex;
	CccdAgreement issued;		/* date of issue, or else of expiry */
	CccdDocumentState document; /* number_alone: the newest card */
	bool		expired;		/* by what the card or the register says */
	bool		identity_paper; /* an officer has compared and answers for it */

	/* the ticket */
	bool		ticket_shown;
	bool		ticket_known;	/* the one shown, or one in the person's name */
	bool		site_cut_off;	/* what is not known here may exist elsewhere */
	bool		ticket_of_event;
	bool		ticket_cancelled;
	bool		ticket_of_gate; /* or of any gate */
	CccdTicketUse ticket_use;
	CccdTicketHolder ticket_holder;
	bool		second_ticket;	/* a claim: the person has entered before, and
								 * not with this one */

	/* where the person is */
	CccdPresence presence;

	/* the rule */
	bool		rule_asked;
	CccdTruth	rule;
	bool		proof_signed;	/* at least one fact proves it, and all that
								 * do are signed */

	/* when something changes, or CCCD_JUDGE_NEVER */
	int64_t		rule_changes;	/* the rule's answer: CccdVerdict */
	int64_t		level_changes;	/* the epidemic level of the place */
	int64_t		document_ends;	/* the first moment after its last day */

	/* what was found before, in the order in which it is said */
	const CccdFinding *findings;
	int			finding_count;	/* at most CCCD_JUDGE_FINDINGS */
} CccdSituation;

typedef struct CccdJudgement
{
	CccdGateVerdict verdict;
	CccdEvidence evidence;		/* of who this is */
	bool		identity_stands;	/* what the register says may be shown */
	bool		takes_effect;	/* record the entry, the exit or the move */
	int64_t		valid_until;	/* cccd_judge_valid_until(), or
								 * CCCD_JUDGE_NEVER */
	int			reason_count;
	CccdReason	reasons[CCCD_JUDGE_REASONS];	/* refusing ones first */
} CccdJudgement;

/*
 * Whether a ticket is one that the rule may count on: known, of this event and
 * gate, not cancelled, not somebody else's.  The rule is asked before the
 * judgement and needs to know.
 */
extern bool cccd_judge_ticket_holds(const CccdSituation *situation);

/*
 * The evidence of identity before the rule is asked, which rules may ask about:
 * what the scan is worth, raised to REGISTRY by agreement with the national
 * register, and to PAPER by an officer.
 */
extern CccdEvidence cccd_judge_evidence(const CccdSituation *situation);

/*
 * Whether the rule is to be asked, and presence looked at: somebody was seen
 * and is known, nothing speaks against the document, and the evidence is what
 * the event demands.  Without it neither changes the judgement.
 */
extern bool cccd_judge_asks_rule(const CccdSituation *situation);

/*
 * Whether a reason of a case's answer is a finding when the case is judged
 * again: what was wrong with the document or a certificate, and cannot be
 * looked at again.
 */
extern bool cccd_judge_carries(CccdReason reason);

/*
 * Why something cannot be done to a case, or CCCD_REASON_COUNT.  presence is
 * that of who was admitted.
 */
extern CccdReason cccd_judge_case(CccdCaseAction action, CccdCaseState state,
								  CccdPresence presence);

/*
 * The first moment after "at" when the answer may be another: rule, level,
 * document, doors or end.  CCCD_JUDGE_NEVER where there is none.
 */
extern int64_t cccd_judge_valid_until(const CccdSituation *situation);

/*
 * The verdict.  Every situation has one.  Of a replay it is what would be said
 * now; takes_effect says what was done then, as far as there is somebody, or a
 * ticket of the event, and the call itself is in order.
 */
extern void cccd_judge(const CccdSituation *situation,
					   CccdJudgement *judgement);

#endif							/* CCCD_JUDGE_CORE_H */
