/*
 * certlogic.h
 *		CertLogic on PostgreSQL's jsonb.
 */
#ifndef CCCD_CERTLOGIC_H
#define CCCD_CERTLOGIC_H

#include "cccd.h"

#include "utils/jsonb.h"

#include "certificate/certlogic_core.h"

/* jsonb as a source for the core; it is read in place */
extern const CccdLogicSource *cccd_logic_jsonb(void);
extern void cccd_logic_root(Jsonb *jsonb, CccdLogicValue *value);

/* A value as jsonb; steps of a result that is too large end with 54000. */
extern Jsonb *cccd_logic_to_jsonb(const CccdLogicValue *value);

/* Memory that ends with the row. */
extern void *cccd_logic_palloc(Size size);

/* Check and compile in context, or an error: 22023, 54000. */
extern CccdLogicProgram *cccd_logic_prepare(const CccdLogicValue *logic,
											const char *path,
											MemoryContext context);

/* Raise the error of an evaluation. */
extern void cccd_logic_raise(const CccdLogicError *error,
							 bool evaluating) pg_attribute_noreturn();

#endif							/* CCCD_CERTLOGIC_H */
