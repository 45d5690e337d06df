/*
 * bound_core.h
 *		The text of a rule bound to a time and a context:
 *
 *		(RULE) @ 2021-11-16 19:00:00+07 {ticket=yes, evidence=qr}
 *
 * Braces without anything in them may be left out, and are.
 */
#ifndef CCCD_BOUND_CORE_H
#define CCCD_BOUND_CORE_H

#include "eval/context_core.h"
#include "eval/eval_core.h"
#include "rule/rule_core.h"

/* What a text says; code is the caller's, as for cccd_rule_parse. */
typedef struct CccdBoundText
{
	CccdInstr  *code;
	int			count;
	int64_t		at;
	uint64_t	context;
} CccdBoundText;

/* Bytes of text, spaces and all. */
#define CCCD_BOUND_MAX_TEXT		(CCCD_RULE_MAX_TEXT + 1024)

/* Room for everything behind the rule, with a final zero byte. */
#define CCCD_BOUND_TAIL_SIZE	(8 + 36 + CCCD_CONTEXT_TEXT_SIZE)

extern CccdRuleStatus cccd_bound_parse(const char *text, size_t length,
									   CccdBoundText *bound,
									   CccdRuleError *error);

/* ") @ TIME {CONTEXT}"; returns its length. */
extern size_t cccd_bound_format_tail(int64_t at, uint64_t context, char *out);

#endif							/* CCCD_BOUND_CORE_H */
