/*
 * rule.h
 *		Rules as PostgreSQL values.
 *
 * A rule is read through a copy that a calling function keeps from row to row
 * (base/value.h): aligned, and checked once.
 */
#ifndef CCCD_RULE_H
#define CCCD_RULE_H

#include "base/value.h"

#include "lib/stringinfo.h"

#include "rule/rule_core.h"

/* The value of type cccd_rule. */
typedef struct CccdRuleValue
{
	int32		vl_len_;		/* varlena header (do not touch directly!) */
	uint8		version;		/* CCCD_RULE_VERSION */
	uint8		reserved;		/* 0 */
	uint16		count;			/* instructions */
	CccdInstr	code[FLEXIBLE_ARRAY_MEMBER];
} CccdRuleValue;

#define CCCD_RULE_SIZE(count) \
	(offsetof(CccdRuleValue, code) + (Size) (count) * sizeof(CccdInstr))

/*
 * Whether bytes with an aligned four-byte header are a rule that this version
 * of the library could have written.
 */
extern bool cccd_rule_is_valid(const CccdRuleValue *rule);

/*
 * Open argument number arg of the running function.  *changed (if not NULL)
 * tells whether it is another rule than at the call before.  Bytes that are
 * not a rule are an error: ERRCODE_DATA_CORRUPTED.
 */
extern const CccdRuleValue *cccd_rule_open(CccdKeptValue *kept,
										   FunctionCallInfo fcinfo, int arg,
										   bool *changed);

/*
 * The same for a function that has one such argument and keeps nothing else
 * in fn_extra.
 */
extern const CccdRuleValue *cccd_rule_arg(FunctionCallInfo fcinfo, int arg);

/*
 * Bytes of instructions, which need not be aligned, as numbers for a hash.
 * Returns how many; -1 if they are more than a rule has, or not whole ones.
 */
extern int	cccd_rule_hash_bytes(const char *bytes, Size size,
								 uint32 *input);

/* A new value of valid code, in the current memory context. */
extern CccdRuleValue *cccd_rule_make(const CccdInstr *code, int count);

/*
 * Say what is wrong with the text of a rule or of a bound rule; a soft error
 * if escontext is one.  binary: the text came in a binary message.
 */
extern void cccd_rule_report(struct Node *escontext, const char *type,
							 const char *text, size_t length,
							 const CccdRuleError *error, bool binary);

/*
 * Take the byte of version that begins a binary message; an error if it is of
 * another version: ERRCODE_INVALID_BINARY_REPRESENTATION.
 */
extern void cccd_rule_recv_version(StringInfo message, const char *type);

#endif							/* CCCD_RULE_H */
