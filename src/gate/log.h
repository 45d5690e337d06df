/*
 * log.h
 *		Cases and rows of the log.
 */
#ifndef CCCD_GATE_LOG_H
#define CCCD_GATE_LOG_H

#include "base/cccd.h"

#include "utils/snapshot.h"
#include "utils/timestamp.h"
#include "utils/uuid.h"

#include "gate/digest.h"
#include "gate/judge_core.h"

/* A row of case_file. */
typedef struct CccdCase
{
	bool		known;
	pg_uuid_t	request;
	bool		has_case;		/* a later request of a case ... */
	pg_uuid_t	case_id;		/* ... which is this one */
	TimestampTz recorded_at;
	int32		event;			/* 0: none */
	char		state;			/* 'o', 'a', 'c'; 0 of a later request */
} CccdCase;

/* A row of answer_log.  0, NULL and CCCD_JUDGE_NEVER stand for null. */
typedef struct CccdLogRow
{
	TimestampTz recorded_at;
	pg_uuid_t	request;
	bool		has_case;
	pg_uuid_t	case_id;
	int64		occurred_at;	/* of a replay */
	int64		person;
	int64		ticket;
	int64		document;
	int64		valid_until;
	uint64		failed;
	uint64		unsure;
	int32		event;
	int32		rule;
	int32		proof;			/* -1: null */
	int			origin_level;
	char		action;
	char		verdict;		/* 'a', 'v', 'r' */
	CccdEvidence evidence;
	char		decided;
	int			accompanied;	/* CCCD_CONTEXT_* */
	const char *gate;
	const char *zone;
	const char *kind;
	const char *role;
	int			reason_count;
	CccdReason	reasons[CCCD_JUDGE_REASONS];
	bool		has_facts;
	uint8		facts[CCCD_FACTS_HASH];
	bytea	   *note_hash;
} CccdLogRow;

/* Whether an answer let happen what was asked: of a replay, what was done. */
static inline bool
cccd_log_admits(const CccdLogRow *row)
{
	return (row->decided ? row->decided : row->verdict) == 'a';
}

/* Find the row of case_file of a request; known is false if there is none. */
extern void cccd_case_find(const pg_uuid_t *request, Snapshot snapshot,
						   CccdCase *row);

/*
 * The same, and lock it until the end of the transaction: whoever else works
 * on the case waits.  Between SPI_connect() and SPI_finish(), like all below.
 */
extern void cccd_case_lock(const pg_uuid_t *request, CccdCase *row);

/*
 * Lock a request id until the end of the transaction, before its case: of two
 * calls with the same the second waits.
 */
extern void cccd_request_lock(const pg_uuid_t *request);

/*
 * Add a row to case_file and lock its request id; false if that is another
 * answer's, also one of a transaction that had to be waited for.
 */
extern bool cccd_case_claim(const CccdCase *row);

/* Change the state of a case. */
extern void cccd_case_set_state(const pg_uuid_t *request, char state);

/* Add a row to the log. */
extern void cccd_log_write(const CccdLogRow *row);

/*
 * Read the row of an answer, with what is committed by now; false if it is not
 * there any more (months are removed as a whole).  Texts are copied to
 * "context".
 */
extern bool cccd_log_read(const CccdCase *request, MemoryContext context,
						  CccdLogRow *row);

/*
 * How many answers that admit nobody the acting role got at this gate since
 * the moment, but no more than "most".
 */
extern int	cccd_log_count(int32 event, const char *gate, const char *role,
						   TimestampTz since, int most, bool claims,
						   Snapshot snapshot);

#endif							/* CCCD_GATE_LOG_H */
