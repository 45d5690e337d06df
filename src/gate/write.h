/*
 * write.h
 *		The last step of a check: what was judged is recorded.
 */
#ifndef CCCD_GATE_WRITE_H
#define CCCD_GATE_WRITE_H

#include "gate/log.h"
#include "gate/lookup.h"

/* How long a check may take until its transaction has an id, microseconds. */
#define CCCD_RECORDING_DELAY	INT64CONST(1000000)

/* What became of an attempt to write. */
typedef enum CccdWritten
{
	CCCD_WRITTEN,
	CCCD_CHANGED,				/* look up and judge again: others were
								 * quicker */
	CCCD_REPEATED				/* the request id is another answer's */
} CccdWritten;

/* What a transaction has written of one answer. */
typedef struct CccdRecord
{
	CccdCase	request;		/* the row of case_file that it wants */
	bool		claimed;		/* ... and has */
	char		state;			/* of the case, as it stands in case_file */
	CccdLogRow	row;
} CccdRecord;

/*
 * Record the judgement about what was found: the request, a place, presence
 * and the log.  record is all zero at the first attempt, but for request's
 * request id and, of a case that is asked again, its case_id and state; it is
 * handed in again after CCCD_CHANGED, and its row is the answer's after
 * CCCD_WRITTEN.  The judgement becomes "full" where there is no place.
 *
 * From then on the transaction's commit is durable, whatever was set and will
 * be set in it.
 */
extern CccdWritten cccd_write(CccdFound *found, CccdRecord *record);

/* Fill the row of the log from what was found and judged. */
extern void cccd_make_row(const CccdFound *found, CccdLogRow *row);

/*
 * The commit of this transaction waits for disk and synchronous standbys, and
 * until standbys show it where remote_apply is what a session begins with.
 */
extern void cccd_make_durable(void);

#endif							/* CCCD_GATE_WRITE_H */
