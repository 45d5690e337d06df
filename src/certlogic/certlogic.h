/*
 * certlogic.h
 *		CertLogic on PostgreSQL's jsonb.
 */
#ifndef CCCD_CERTLOGIC_H
#define CCCD_CERTLOGIC_H

#include "base/cccd.h"

#include "utils/jsonb.h"

#include "certlogic/certlogic_core.h"

/* jsonb as a source for the core; it is read in place */
extern const CccdLogicSource *cccd_logic_jsonb(void);
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
extern JsonbValue *cccd_logic_push(JsonbParseState **state,
								   JsonbIteratorToken token,
								   const CccdLogicValue *value);

/* Memory that ends with the row. */
static inline void *
cccd_logic_palloc(Size size)
{
	return palloc(size);
}

/* Compile a checked logic in context. */
extern CccdLogicProgram *cccd_logic_prepare(const CccdLogicValue *logic,
											const CccdLogicSize *size,
											MemoryContext context);

/* Raise what was found before or at an evaluation: 22023, 54000, 0A000. */
pg_noreturn extern void cccd_logic_refuse(const char *what, const char *prefix,
										  const CccdLogicError *error);
pg_noreturn extern void cccd_logic_raise(const CccdLogicProgram *program,
										 const CccdLogicFault *fault);

#endif							/* CCCD_CERTLOGIC_H */
