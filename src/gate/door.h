/*
 * door.h
 *		What the functions of the door share: ask, look up, judge, write.
 */
#ifndef CCCD_GATE_DOOR_H
#define CCCD_GATE_DOOR_H

#include "gate/answer.h"
#include "gate/write.h"

/*
 * Answer a call: look up, judge, write.  A call that does not write, or
 * cannot, is looked up and judged alone.  The result is a row of type answer.
 */
extern Datum cccd_door(FunctionCallInfo fcinfo, CccdCall *call);

/* Answer with what was judged, of which nothing is written. */
extern Datum cccd_door_unwritten(FunctionCallInfo fcinfo, CccdFound *found);

/* Answer with what was judged and has been written to the log. */
extern Datum cccd_door_written(FunctionCallInfo fcinfo,
							   const CccdFound *found, const CccdLogRow *row);

/*
 * Answer once more with a row of the log, of whose case "state" is the state
 * now: what the desk has closed since is a refusal, and where the person is is
 * said as it is now.
 */
extern Datum cccd_door_repeated(FunctionCallInfo fcinfo, CccdFound *found,
								const CccdLogRow *row, char state);

/* How a call is looked up: cccd_look_up(), or that of a case. */
typedef void (*CccdLook) (const CccdCall *call, Snapshot snapshot,
						  void *argument, CccdFound *found);

/*
 * Write what was judged about "found", which "look" looks up; again where
 * others were quicker.  *found is what the written answer is about.  False if
 * the request id is another answer's, of which record->request is the row.
 */
extern bool cccd_door_write(const CccdCall *call, CccdLook look,
							void *argument, CccdRecord *record,
							CccdFound *found);

/* Whether this server or transaction cannot write. */
extern bool cccd_door_read_only(void);

/* An argument that is a text, as a string; NULL for null. */
extern const char *cccd_string_arg(FunctionCallInfo fcinfo, int arg);

/* An argument that is a text; NULL for null. */
extern const text *cccd_text_arg(FunctionCallInfo fcinfo, int arg);

/* An argument that is a uuid; NULL for null. */
extern const pg_uuid_t *cccd_uuid_arg(FunctionCallInfo fcinfo, int arg);

/* An argument that is a boolean, as CCCD_CONTEXT_*. */
extern int	cccd_boolean_arg(FunctionCallInfo fcinfo, int arg);

#endif							/* CCCD_GATE_DOOR_H */
