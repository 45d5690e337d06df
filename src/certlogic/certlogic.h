/*
 * certlogic.h
 *		CertLogic on PostgreSQL's jsonb.
 */
#ifndef CCCD_CERTLOGIC_H
#define CCCD_CERTLOGIC_H

#include "base/cccd.h"

#include "utils/jsonb.h"

#include "certlogic/certlogic_core.h"

/*
 * The functions that read jsonb in place, a constant; strings are in the
 * database's encoding.
 */
extern const CccdLogicSource *cccd_logic_jsonb(void);

/* The value that a jsonb is; it points into it. */
extern void cccd_logic_root(Jsonb *jsonb, CccdLogicValue *value);

/*
 * An argument that comes compressed or out of line again and again, as in a
 * join: unpacking it takes longer than what is done with it.  All zero at
 * first.
 */
typedef struct CccdLogicKept
{
	struct varlena *packed;
	Jsonb	   *value;
} CccdLogicKept;

/* *same (if not NULL): it is known to be the value of the call before. */
extern Jsonb *cccd_logic_unpack(CccdLogicKept *kept, MemoryContext context,
								Datum datum, bool *same);

/* A value as jsonb; steps of a result that is too large end with 54000. */
extern Jsonb *cccd_logic_to_jsonb(const CccdLogicValue *value);

/* A value as a part of jsonb that is being made. */
extern void cccd_logic_push(CccdJsonbState *state, JsonbIteratorToken token,
							const CccdLogicValue *value);

/* Memory of the current context, which ends with the row. */
static inline void *
cccd_logic_palloc(Size size)
{
	return palloc(size);
}

/* Compile a checked logic in context. */
extern CccdLogicProgram *cccd_logic_prepare(const CccdLogicValue *logic,
											const CccdLogicSize *size,
											MemoryContext context);

/*
 * Raise the message what for an error in an expression; its detail names the
 * path, behind prefix, and what is wrong there.
 * ERRCODE_INVALID_PARAMETER_VALUE, or ERRCODE_PROGRAM_LIMIT_EXCEEDED for a
 * limit.
 */
pg_noreturn extern void cccd_logic_refuse(const char *what, const char *prefix,
										  const CccdLogicError *error);

/*
 * Raise what an evaluation of a program met: 22023, 54000 for a limit, 0A000
 * for text that cannot be counted in this encoding.
 */
pg_noreturn extern void cccd_logic_raise(const CccdLogicProgram *program,
										 const CccdLogicFault *fault);

#endif							/* CCCD_CERTLOGIC_H */
