/*
 * rule_code_fuzz.c
 *		Any bytes as instructions, as a cast from bytea can bring them.
 *
 * What passes validation is printed as text that is parsed as the same
 * instructions, and its clauses can be explained.
 */
#include <stdlib.h>

#include "rule/explain_core.h"
#include "rule/rule_core.h"

static void
must(bool condition)
{
	if (!condition)
		abort();
}

static void
check_code(const CccdInstr *code, int count)
{
	static CccdInstr again[CCCD_RULE_MAX_CODES];
	static char text[CCCD_RULE_MAX_TEXT];
	CccdRuleError error;
	int			count_again;
	size_t		length;

	if (cccd_rule_validate(code, count) != CCCD_RULE_OK)
		return;
	length = cccd_rule_format(code, count, text, sizeof(text));
	must(length <= sizeof(text));
	must(cccd_rule_parse(text, length, again, &count_again, &error) ==
		 CCCD_RULE_OK);
	must(count == count_again &&
		 memcmp(code, again, count * sizeof(CccdInstr)) == 0);
	for (int clause = 0; clause < cccd_rule_clauses(code, count); clause++)
		for (int language = 0; language < CCCD_LANGUAGES; language++)
			must(cccd_explain_clause(code, count, clause, language, text,
									 sizeof(text)) > 0);
}

int			LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);

int
LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
	size_t		count = size / sizeof(CccdInstr);
	CccdInstr  *code = malloc(count * sizeof(CccdInstr) + 1);

	/* a buffer of the exact size, so that a read behind it is seen */
	memcpy(code, data, count * sizeof(CccdInstr));
	check_code(code, (int) count);
	free(code);
	return 0;
}
