/*
 * lookup.h
 *		The first step of a check: what was asked, and everything that is known
 *		about it.
 */
#ifndef CCCD_GATE_LOOKUP_H
#define CCCD_GATE_LOOKUP_H

#include "base/cccd.h"

#include "storage/itemptr.h"
#include "utils/snapshot.h"
#include "utils/timestamp.h"
#include "utils/uuid.h"

#include "eval/context_core.h"
#include "gate/clause_core.h"
#include "gate/event.h"
#include "gate/shown.h"
#include "health/health_core.h"

/* What the gate is asked.  All zero is a call without arguments. */
typedef struct CccdCall
{
	CccdDirection direction;
	char		action;			/* answer_log.action */
	bool		writes;			/* not a preview */
	const char *event;			/* code; NULL: not given */
	const char *gate;
	const pg_uuid_t *request;
	const		text *scan;
	const		text *ticket;
	int			accompanied;	/* CCCD_CONTEXT_* */
	int			origin_level;	/* 1-4; 0 not known */
	bool		bad_request;	/* an argument is missing or out of range */
	bool		read_only;		/* it should write and cannot */
	Datum		image;			/* 0: none */
	Datum		chip;			/* a row of cccd_gate.chip; 0: none */
	Datum		certificates;	/* text[]; 0: none */
	TimestampTz at;
	int			duty;			/* CCCD_DUTY_* that it needs one of */
	CccdDecided decided;		/* of a replay */
	bool		replays;
	const char *kind;			/* of what the case was shown first */
	const		text *note;		/* of a replay */
} CccdCall;

/* The person as the register has it. */
typedef struct CccdHolder
{
	int64		person;			/* 0: not known */
	text	   *name;
	text	   *name_key;
	int32		birth_date;		/* CCCD_NO_DATE: not known */
	char		birth_precision;	/* 'd', 'm', 'y' */
	char		sex;			/* 'M', 'F', or 0 */
	int32		died_on;		/* CCCD_NO_DATE: lives */
	bool		national;		/* all of it from the national register */
	int64		number;			/* CCCD_NO_ID: none is known */
	bool		number_current;
} CccdHolder;

/* A row of presence. */
typedef struct CccdStay
{
	bool		known;
	int64		person;			/* 0: a bearer */
	int64		ticket;			/* 0: none */
	TimestampTz since;
	char		state;			/* 'i', 'l', 'a' */
	const char *gate;
	const char *zone;
} CccdStay;

typedef struct CccdFound
{
	const CccdCall *call;
	Snapshot	snapshot;
	const CccdGateEvent *event; /* NULL: unknown */
	const CccdGate *gate;		/* NULL: unknown */
	const CccdTerms *terms;		/* what holds of the event; with it */

	CccdShown	shown;			/* what was shown */
	CccdHolder	holder;
	int64		document;		/* in hand; 0: the register does not have it */
	int64		ticket;			/* 0: none */
	ItemPointerData ticket_tid; /* the version of its row */
	const		text *ticket_secret;	/* that was scanned or is in the
										 * picture */
	CccdStay	stay;			/* where the person, or the bearer, is */
	CccdStay	ticket_stay;	/* where the ticket was used */
	bool		ticket_replaces;	/* the person entered with another ticket,
									 * which does not stand any more */

	/* what is kept of a chip: jsonb; 0: none was read */
	Datum		chip_reading;
	/* certificates that are shown: text[], 0 for none; what they state */
	Datum		certificates;
	Datum		certificate_facts;
	/* what is kept of them: jsonb; 0: none was read */
	Datum		certificates_read;
	bool		certificates_fit;

	/* the record, and what the rule says of it */
	CccdHealthView health;
	const unsigned char *record;
	size_t		record_length;
	CccdVerdict rule;
	int32		proof;			/* answer_log.proof; -1: nothing is proved */
	CccdClauseReason clauses[CCCD_CLAUSE_REASONS];
	int			clause_count;

	CccdFinding findings[CCCD_JUDGE_FINDINGS];
	CccdSituation situation;
	CccdJudgement judgement;
} CccdFound;

/*
 * Look everything up that a verdict about the call depends on, with the given
 * snapshot, and judge.  The result lives in the current memory context.  Reads
 * only, but for a chip's challenge, which is used up where the call writes.
 */
extern void cccd_look_up(const CccdCall *call, Snapshot snapshot,
						 CccdFound *found);

/* A situation of which nothing is known yet but the call. */
extern void cccd_look_up_begin(const CccdCall *call, Snapshot snapshot,
							   CccdFound *found);

/* Find who is meant by found->shown, and compare; see cccd_compare(). */
extern void cccd_look_up_holder(CccdFound *found);

/* Find event and gate, and whether the acting role may ask. */
extern void cccd_look_up_place(CccdFound *found);

/* Find the best ticket in the person's name, if there is one. */
extern void cccd_find_named_ticket(CccdFound *found);

/*
 * Read the person with this key, or the one it was merged into; holder->person
 * is 0 if there is none.
 */
extern void cccd_read_holder(int64 person, Snapshot snapshot,
							 CccdHolder *holder);

/*
 * What a rule may ask about beyond the record: the parts of the context that
 * are given, and sex ('M', 'F' or 0), birth date and number of the person,
 * CCCD_NO_DATE and CCCD_NO_ID where they are not known.  A birth date that
 * rules cannot be asked about is one that is not known.
 */
extern uint64 cccd_rule_context(CccdContext *context, char sex,
								int32 birth_date, int64 number);

/* Find a current number of a person whose scan did not name one. */
extern void cccd_read_holder_number(CccdFound *found);

/*
 * Compare what was shown with the register, and find the document in hand:
 * fills the situation's part about the person.  document is the one that named
 * the person, 0 where a number of 12 digits did.
 */
extern void cccd_compare(CccdFound *found, int64 document);

/*
 * Whether name, birth date and sex that were shown, as far as they were, are
 * those of a person; false for 0, after the same work.
 */
extern bool cccd_claim_agrees(const CccdFound *found, int64 person);

/*
 * What the population database answered about who agrees with the register:
 * that it says otherwise is a finding, and where the event asks for a
 * confirmation that is missing or too old, agreement is not evidence.  Call it
 * when scan and chip were read.  Who does not agree is told nothing.
 */
extern void cccd_ask_register(CccdFound *found);

/* The state of the document found, for a case that is judged again. */
extern void cccd_read_document(CccdFound *found);

/* Find the ticket: the one shown, or the person's best one. */
extern void cccd_find_ticket(CccdFound *found);

/* Fill in the situation's part about the ticket in found->ticket. */
extern void cccd_read_ticket(CccdFound *found);

/*
 * Whether the ticket in found->ticket is in this snapshot as it was looked up,
 * and nobody else has entered with it.
 */
extern bool cccd_ticket_stands(const CccdFound *found, Snapshot snapshot);

/* Find out where the person is, or the bearer of the ticket. */
extern void cccd_read_presence(CccdFound *found);

/*
 * At an exit, before presence is read: whom a ticket lets out that is inside,
 * it lets out whatever number is claimed beside it, so that the answer does
 * not say whether the register has the number.
 */
extern void cccd_choose_leaver(CccdFound *found);

/*
 * At an entry, after presence is read: who comes back does so with the ticket
 * of the first entry, which is his or hers for good.  A bearer's ticket that
 * is shown in its place stays unused, and none need be shown.  Nothing is done
 * as long as identity is not settled.
 */
extern void cccd_choose_ticket(CccdFound *found);

/* Nobody is known. */
extern void cccd_clear_holder(CccdHolder *holder);

/* Read the record and ask the rule, if identity is settled so far. */
extern void cccd_ask_rule(CccdFound *found);

/* Whether at least one fact proves a verdict and all that do are signed. */
extern bool cccd_proof_signed(const CccdVerdict *verdict,
							  const CccdHealthView *view);

/* Add a reason found before the judgement. */
extern void cccd_add_finding(CccdFound *found, CccdReason reason, bool doubt);

/*
 * Ask the judge, and once more if the role was refused or has claimed too
 * often at this gate.
 */
extern void cccd_judge_found(CccdFound *found);

/* A copy of a text in the current memory context; NULL for null. */
extern text *cccd_copy_text(Datum value, bool isnull);

#endif							/* CCCD_GATE_LOOKUP_H */
