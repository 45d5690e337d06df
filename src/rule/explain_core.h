/*
 * explain_core.h
 *		The clauses of a rule as sentences in Vietnamese and English.
 */
#ifndef CCCD_EXPLAIN_CORE_H
#define CCCD_EXPLAIN_CORE_H

#include "rule/rule_core.h"

typedef enum CccdLanguage
{
	CCCD_VIETNAMESE,
	CCCD_ENGLISH
} CccdLanguage;

#define CCCD_LANGUAGES	(CCCD_ENGLISH + 1)

/*
 * What clause number clause (0-63) requires, as one sentence in UTF-8 without
 * a full stop.  A clause below NOT is said the other way round.  Writes at
 * most size bytes and returns the length that the whole sentence has.
 */
extern size_t cccd_explain_clause(const CccdInstr *code, int count,
								  int clause, CccdLanguage language,
								  char *out, size_t size);

/* "vi" and "en", in any case; false for everything else */
extern bool cccd_language_find(const char *name, size_t length,
							   CccdLanguage *language);

#endif							/* CCCD_EXPLAIN_CORE_H */
