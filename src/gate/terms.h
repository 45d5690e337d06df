/*
 * terms.h
 *		What holds of an event, and from when on: level, rule, how many people.
 *
 * An event may follow the rule book, and the epidemic level of its place: both
 * change at moments that are known before.  A session remembers what holds from
 * some moment on and finds the right part by the moment of the check, so that a
 * change needs nobody to make it.
 */
#ifndef CCCD_GATE_TERMS_H
#define CCCD_GATE_TERMS_H

#include "base/cccd.h"

#include "utils/snapshot.h"

#include "rule/rule.h"

typedef struct CccdTerms
{
	int64		starts;			/* to the next ones' beginning */
	int			level;			/* 1-4, 0 not known */
	int			capacity;		/* how many people may be inside */
	CccdRuleValue *rule;		/* NULL: the event follows the book, and no
								 * rule is in force */
	int32		rule_key;		/* rule_text; 0 with rule NULL */
} CccdTerms;

/* The terms of an event in the order of time. */
typedef struct CccdTermsList
{
	MemoryContext context;		/* where they live */
	int32		event;
	bool		fixed;			/* one moment counts for the event, whenever
								 * the check is */
	int			shared;			/* for how many people the places are shared
								 * out, as far as this session knows; -1 */
	TransactionId shared_by;	/* counts if this has committed; or any */
	int			count;
	CccdTerms  *items;
} CccdTermsList;

/* An empty list in the context, which reads itself when it is asked. */
extern CccdTermsList *cccd_terms_make(MemoryContext context, int32 event,
									  bool fixed);

/*
 * What holds at a moment, and in *changes the first moment after it at which
 * another level or rule does, CCCD_JUDGE_NEVER if none is known.  Never NULL.
 * Reads the tables where it does not know that moment yet.
 */
extern const CccdTerms *cccd_terms_at(CccdTermsList *list, int64 at,
									  int64 *changes);

#endif							/* CCCD_GATE_TERMS_H */
