/*
 * event.h
 *		What a session remembers of events, gates, duties and reasons.
 *
 * These change rarely and are read by every check.  A row trigger on each of
 * the tables invalidates the relation cache's entry of cccd_gate.event, and
 * with it what every session remembers.  What is remembered was committed, or
 * written by the session's own transaction.
 *
 * Everything returned here lives until the next cccd_gate_begin(), and nobody
 * frees it.
 */
#ifndef CCCD_GATE_EVENT_H
#define CCCD_GATE_EVENT_H

#include "base/cccd.h"

#include "utils/timestamp.h"

#include "gate/judge_core.h"
#include "gate/terms.h"

typedef struct CccdGate
{
	struct CccdGate *next;
	const char *name;
	const char *from_zone;		/* NULL: from outside */
	const char *to_zone;		/* NULL: the event itself */
} CccdGate;

/* The evidence that an event demands of a kind of document. */
typedef struct CccdKindEvidence
{
	struct CccdKindEvidence *next;
	const char *kind;
	CccdEvidence minimum;
} CccdKindEvidence;

typedef struct CccdGateEvent
{
	struct CccdGateEvent *next;
	const char *code;
	int32		event;
	CccdEventState state;
	CccdEntries entries;
	int64		doors;			/* CCCD_JUDGE_NEVER: none */
	int64		ends;
	int64		judged_at;
	CccdTermsList *terms;		/* level, rule, how many people */
	CccdEvidence minimum;
	CccdKindEvidence *kinds;
	bool		ticket_required;
	bool		entering_is_judged;
	bool		leaving_is_judged;
	int64		register_checked;	/* microseconds; 0: not asked */
	int			claims_per_minute;	/* 0: no limit */
	int			refusals_per_minute;
	CccdGate   *gates;
} CccdGateEvent;

/* What operators say for a reason, as Datums of text; 0 where nothing. */
typedef struct CccdReasonWords
{
	Datum		vi;
	Datum		en;
	Datum		ask_vi;
	Datum		ask_en;
} CccdReasonWords;

/* A row of duty. */
typedef struct CccdDuty
{
	struct CccdDuty *next;
	const char *role;
	const char *profile;
	int32		event;			/* 0: every event */
} CccdDuty;

/* What the acting role may do; several bits may be set. */
#define CCCD_DUTY_GATE		1
#define CCCD_DUTY_DESK		2
#define CCCD_DUTY_ORGANISER	4
#define CCCD_DUTY_SYNC		8

/*
 * At the beginning of every function of the door: forget what has changed.
 * Call it where nothing returned before is still in use.
 */
extern void cccd_gate_begin(void);

/* The event of this code; NULL if there is none. */
extern const CccdGateEvent *cccd_gate_event(const char *code);

/* The event with this key; NULL if there is none. */
extern const CccdGateEvent *cccd_gate_event_by_key(int32 event);

/* The gate of this name; NULL if the event has none. */
extern const CccdGate *cccd_gate_find(const CccdGateEvent *event,
									  const char *name);

/* The evidence that an event demands of a document of this kind. */
extern CccdEvidence cccd_gate_minimum(const CccdGateEvent *event,
									  const char *kind);

/* The words of a reason; never NULL. */
extern const CccdReasonWords *cccd_gate_words(CccdReason reason);

/* The reason of this code; CCCD_REASON_COUNT if there is none. */
extern CccdReason cccd_gate_reason(const char *code);

/* What a level of evidence is called; NULL for CCCD_EVIDENCE_UNKNOWN. */
extern const char *const cccd_evidence_names[CCCD_EVIDENCE_GENUINE + 1];

/* The level of this name; CCCD_EVIDENCE_UNKNOWN for any other, and for NULL. */
extern CccdEvidence cccd_evidence_named(const char *name);

/* The key of the gate's keyed hashes. */
extern const char *cccd_gate_secret(size_t *length);

/* This server's number among the sites. */
extern int16 cccd_gate_site(void);

/* The role that acts: the one of SET ROLE, else the session's own. */
extern const char *cccd_gate_role(void);

/* The duties that count on this server. */
extern const CccdDuty *cccd_gate_duty_list(void);

/*
 * What the acting role may do at an event: CCCD_DUTY_* as bits.  A superuser
 * may do everything where cccd_gate.allow_superuser says so, and nothing
 * elsewhere.
 */
extern int	cccd_gate_duties(const CccdGateEvent *event);

/*
 * Whether the functions of the door still belong to a superuser, so that they
 * answer not_handed_over; false where cccd_gate.allow_superuser is on.
 */
extern bool cccd_gate_not_handed_over(void);

/* Whether the setting cccd_gate.allow_superuser is on. */
extern bool cccd_gate_allows_superuser(void);

/* A partition of the log, found by the moment of its rows. */
typedef struct CccdLogPart
{
	Oid			oid;
	const char *name;			/* quoted, with its schema */
} CccdLogPart;

/*
 * The partition for rows that are recorded at the moment.  Error if there is
 * none, which takes that somebody removed the default one.
 */
extern const CccdLogPart *cccd_gate_log(TimestampTz recorded_at);

/* Register the setting; called once, when the library is loaded. */
extern void cccd_gate_settings(void);

#endif							/* CCCD_GATE_EVENT_H */
