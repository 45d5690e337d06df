/*
 * rule_fuzz.c
 *		Any text as a rule and as a bound rule.
 *
 * What is accepted is valid, is printed, and is read back the same; each of
 * its clauses can be printed and explained.  What is refused says where, and
 * that place lies in the text.
 */
#include <stdlib.h>

#include "eval/bound_core.h"
#include "rule/explain_core.h"
#include "rule/rule_core.h"

static CccdInstr code[CCCD_RULE_MAX_CODES];
static CccdInstr again[CCCD_RULE_MAX_CODES];
static char text[1 + CCCD_RULE_MAX_TEXT + CCCD_BOUND_TAIL_SIZE];

static void
must(bool condition)
{
	if (!condition)
		abort();
}

static void
must_be_refused(const CccdRuleError *error, size_t size)
{
	must(error->status != CCCD_RULE_OK && error->position <= size);
	must(error->expected || error->status == CCCD_RULE_EMPTY_RANGE ||
		 error->status >= CCCD_RULE_TOO_LONG);
}

/* A clause's text is a rule with that clause only. */
static void
check_clauses(int count)
{
	for (int clause = 0; clause < cccd_rule_clauses(code, count); clause++)
	{
		CccdRuleError error;
		int			index = cccd_rule_clause_index(code, count, clause);
		int			length = code[index].next - index;
		int			count_again;
		size_t		size = cccd_rule_format_clause(code, count, clause, text,
												   sizeof(text));

		must(size <= CCCD_RULE_MAX_TEXT);
		must(cccd_rule_parse(text, size, again, &count_again, &error) ==
			 CCCD_RULE_OK);
		must(count_again == length);
		for (int language = 0; language < CCCD_LANGUAGES; language++)
		{
			size = cccd_explain_clause(code, count, clause, language, text,
									   sizeof(text));
			must(size > 0);
			must(cccd_explain_clause(code, count, clause, language, NULL,
									 0) == size);
		}
	}
}

static void
check_rule(const char *data, size_t size)
{
	CccdRuleError error;
	int			count,
				count_again;
	size_t		length;

	if (cccd_rule_parse(data, size, code, &count, &error) != CCCD_RULE_OK)
	{
		must_be_refused(&error, size);
		return;
	}
	must(cccd_rule_validate(code, count) == CCCD_RULE_OK);
	length = cccd_rule_format(code, count, text, sizeof(text));
	must(length <= CCCD_RULE_MAX_TEXT);
	must(cccd_rule_parse(text, length, again, &count_again, &error) ==
		 CCCD_RULE_OK);
	must(count_again == count &&
		 memcmp(code, again, count * sizeof(CccdInstr)) == 0);
	check_clauses(count);
}

static void
check_bound(const char *data, size_t size)
{
	CccdBoundText bound = {.code = code};
	CccdBoundText bound_again = {.code = again};
	CccdRuleError error;
	size_t		length;

	if (cccd_bound_parse(data, size, &bound, &error) != CCCD_RULE_OK)
	{
		must_be_refused(&error, size);
		return;
	}
	text[0] = '(';
	length = 1 + cccd_rule_format(code, bound.count, text + 1,
								  CCCD_RULE_MAX_TEXT);
	length += cccd_bound_format_tail(bound.at, bound.context, text + length);
	must(length < sizeof(text));
	must(cccd_bound_parse(text, length, &bound_again, &error) ==
		 CCCD_RULE_OK);
	must(bound.count == bound_again.count && bound.at == bound_again.at &&
		 bound.context == bound_again.context &&
		 memcmp(code, again, bound.count * sizeof(CccdInstr)) == 0);
}

int			LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);

int
LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
	check_rule((const char *) data, size);
	check_bound((const char *) data, size);
	return 0;
}
