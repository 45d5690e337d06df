/*
 * explain.c
 *		The clauses of a rule as sentences.
 */
#include "base/cccd.h"

#include "catalog/pg_type.h"
#include "mb/pg_wchar.h"
#include "utils/array.h"
#include "utils/builtins.h"

#include "base/row.h"
#include "rule/explain_core.h"
#include "rule/rule.h"

/* A sentence in the encoding of the database. */
static Datum
sentence(const CccdRuleValue *rule, int clause, CccdLanguage language)
{
	size_t		length = cccd_explain_clause(rule->code, rule->count, clause,
											 language, NULL, 0);
	char	   *text = palloc(length + 1);

	cccd_explain_clause(rule->code, rule->count, clause, language, text,
						length);
	text[length] = '\0';
	text = pg_any_to_server(text, (int) length, PG_UTF8);
	return CStringGetTextDatum(text);
}

/*
 * cccd_explain(rule, language, clauses): a sentence for each clause of the
 * mask.
 */
PG_FUNCTION_INFO_V1(cccd_explain);
Datum
cccd_explain(PG_FUNCTION_ARGS)
{
	const CccdRuleValue *rule = cccd_rule_arg(fcinfo, 0);
	text	   *name = PG_GETARG_TEXT_PP(1);
	uint64		clauses = (uint64) PG_GETARG_INT64(2);
	CccdLanguage language;
	Datum		sentences[CCCD_RULE_MAX_CLAUSES];
	int			count = 0;

	if (!cccd_language_find(VARDATA_ANY(name), VARSIZE_ANY_EXHDR(name),
							&language))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("unknown language"),
				 errhint("Rules are explained in \"vi\" and \"en\".")));
	for (int clause = 0; clause < cccd_rule_clauses(rule->code, rule->count);
		 clause++)
		if (clauses & (UINT64CONST(1) << clause))
			sentences[count++] = sentence(rule, clause, language);
	return cccd_texts_datum(sentences, count);
}
