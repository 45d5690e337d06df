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
	int			count;			/* instructions */
	int64_t		at;				/* microseconds since 2000-01-01 UTC */
	uint64_t	context;		/* packed, see context_core.h */
} CccdBoundText;

/* Bytes of text, spaces and all. */
#define CCCD_BOUND_MAX_TEXT		(CCCD_RULE_MAX_TEXT + 1024)

/* Room for everything behind the rule, with a final zero byte. */
#define CCCD_BOUND_TAIL_SIZE	(8 + 36 + CCCD_CONTEXT_TEXT_SIZE)

/*
 * Read the text of a bound rule in "length" bytes, which need no final zero
 * byte.  bound->code has room for CCCD_RULE_MAX_CODES instructions, into which
 * the rule is written; the time lies in CCCD_AT_MIN .. CCCD_AT_MAX, and the
 * context is one that cccd_context_unpack() accepts.
 *
 * The result is CCCD_RULE_OK or, as in error->status, what is wrong; then
 * error->position is a byte offset in text, error->expected what would have
 * fitted (a static string or NULL), and *bound is undefined.
 */
extern CccdRuleStatus cccd_bound_parse(const char *text, size_t length,
									   CccdBoundText *bound,
									   CccdRuleError *error);

/*
 * Write what follows the rule in canonical text, ") @ TIME {CONTEXT}" with the
 * braces only where something is known, and a final zero byte.  at is in
 * CCCD_AT_MIN .. CCCD_AT_MAX, out has room for CCCD_BOUND_TAIL_SIZE.  Returns
 * the length without the zero byte.
 */
extern size_t cccd_bound_format_tail(int64_t at, uint64_t context, char *out);

#endif							/* CCCD_BOUND_CORE_H */
