/*
 * eval_ask.h
 *		A rule, a record and a context from their texts, and the answer, which the
 *		ways to evaluate must agree on.
 */
#ifndef EVAL_ASK_H
#define EVAL_ASK_H

#include "unit.h"

#include <stdlib.h>

#include "base/calendar_core.h"
#include "health/health_text_core.h"
#include "eval/during_core.h"
#include "eval/program_core.h"

typedef struct Question
{
	CccdInstr	code[CCCD_RULE_MAX_CODES];
	int			count;
	unsigned char body[CCCD_HEALTH_MAX_SIZE];
	unsigned char *exact;		/* in no more memory than it needs */
	size_t		length;
	CccdHealthView view;
	const CccdHealthView *record;
	int64_t		at;
	uint64_t	context;
} Question;

static Question q;

static inline int64_t
time_of(const char *line)
{
	int64_t		time = 0;
	size_t		used;

	CHECK(cccd_time_parse(line, strlen(line), &used, &time) &&
		  used == strlen(line));
	return time;
}

/* A record of NULL is a missing one. */
static inline void
ask(const char *record, const char *rule, const char *at, const char *context)
{
	CccdRuleError rule_error;
	CccdHealthTextError health_error;
	CccdContextError error;

	if (cccd_rule_parse(rule, strlen(rule), q.code, &q.count, &rule_error) !=
		CCCD_RULE_OK)
	{
		fprintf(stderr, "\"%s\"\n", rule);
		CHECK(!"the rule is refused");
	}
	q.record = NULL;
	if (record)
	{
		CHECK(cccd_health_parse(record, strlen(record), q.body, &q.length,
								&health_error) == CCCD_HEALTH_TEXT_OK);
		free(q.exact);
		q.exact = memcpy(malloc(q.length), q.body, q.length);
		CHECK(cccd_health_open(q.exact, q.length, &q.view) == CCCD_HEALTH_OK);
		q.record = &q.view;
	}
	q.at = time_of(at);
	CHECK(cccd_context_parse(context, strlen(context), &q.context, &error));
}

static inline CccdTruth
evaluate(void)
{
	CccdSpan	spans[CCCD_RULE_MAX_CODES];
	CccdBinding binding;
	CccdProgram program;
	CccdTruth	answer;

	cccd_rule_bind(q.code, q.count, q.at, q.context, spans);
	cccd_binding_init(&binding, q.code, q.count, spans, q.at);
	answer = cccd_rule_eval(&binding, q.record);
	cccd_program_init(&program, &binding);
	if (q.record)
		CHECK(cccd_program_answer(&program, q.exact, q.length) ==
			  (int) answer);
	return answer;
}

/* The truth, which evaluation and check must agree on. */
static inline const char *
truth(const char *record, const char *rule, const char *at,
	  const char *context)
{
	static const char *const names[] = {"fail", "unknown", "pass"};
	CccdVerdict verdict;

	ask(record, rule, at, context);
	cccd_rule_check(q.code, q.count, q.at, q.context, q.record, &verdict);
	CHECK(verdict.truth == evaluate());
	return names[verdict.truth];
}

#define IS(record, rule, at, wanted) \
	CHECK_STR(truth(record, rule, at, ""), wanted)

#endif							/* EVAL_ASK_H */
