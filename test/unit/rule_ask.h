/*
 * rule_ask.h
 *		What tests of the language ask: what a text is read as, and why it is
 *		refused.
 */
#ifndef RULE_ASK_H
#define RULE_ASK_H

#include "unit.h"

#include "rule/rule_core.h"

static CccdInstr code[CCCD_RULE_MAX_CODES];
static CccdInstr again[CCCD_RULE_MAX_CODES];
static char text[CCCD_RULE_MAX_TEXT + 1];

static inline CccdRuleStatus
parse(const char *rule, int *count, CccdRuleError *error)
{
	return cccd_rule_parse(rule, strlen(rule), code, count, error);
}

/* A rule, its canonical text, and that the text means the same. */
static inline void
canonical(const char *rule, const char *wanted)
{
	CccdRuleError error;
	int			count,
				count_again;
	size_t		length;

	if (parse(rule, &count, &error) != CCCD_RULE_OK)
	{
		fprintf(stderr, "\"%s\": status %d at %zu, expected %s\n", rule,
				error.status, error.position,
				error.expected ? error.expected : "?");
		CHECK(!"a good rule is refused");
		return;
	}
	CHECK(cccd_rule_validate(code, count) == CCCD_RULE_OK);
	length = cccd_rule_format(code, count, text, sizeof(text) - 1);
	text[length] = '\0';
	CHECK_STR(text, wanted);
	CHECK(cccd_rule_parse(text, length, again, &count_again, &error) ==
		  CCCD_RULE_OK);
	CHECK(count == count_again &&
		  memcmp(code, again, count * sizeof(CccdInstr)) == 0);
}

static inline void
same(const char *rule)
{
	canonical(rule, rule);
}

static inline void
refused(const char *rule, CccdRuleStatus status, size_t position,
		const char *expected)
{
	CccdRuleError error;
	int			count;

	CHECK(parse(rule, &count, &error) == status && count == 0);
	if (error.status != status || error.position != position)
		fprintf(stderr, "\"%s\": status %d at %zu, expected %s\n", rule,
				error.status, error.position,
				error.expected ? error.expected : "?");
	CHECK(error.position == position);
	if (expected)
		CHECK_STR(error.expected ? error.expected : "", expected);
}

#endif							/* RULE_ASK_H */
