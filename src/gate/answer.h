/*
 * answer.h
 *		The answer: a row of the log as a guard reads it.
 */
#ifndef CCCD_GATE_ANSWER_H
#define CCCD_GATE_ANSWER_H

#include "gate/log.h"
#include "gate/lookup.h"

/* Whether the answer is one row's first or repeated, it is made by this. */
typedef struct CccdAnswer
{
	const CccdLogRow *row;
	const CccdFound *found;		/* names, places and words */
	bool		shows_register; /* identity stood */
	bool		says_inside;	/* where the person is may be said ... */
	bool		inside;			/* ... and is this */
	bool		entered;		/* somebody was let in, and it stands */
	bool		without_request;	/* nothing was recorded under an id */
} CccdAnswer;

/*
 * Whether a row of the log is of somebody whose identity stood, so that what
 * the register says may be shown with it.
 */
extern bool cccd_answer_shows_register(const CccdLogRow *row);

/* The row of type cccd_gate.answer. */
extern Datum cccd_answer_datum(FunctionCallInfo fcinfo,
							   const CccdAnswer *answer);

#endif							/* CCCD_GATE_ANSWER_H */
