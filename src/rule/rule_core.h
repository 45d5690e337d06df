/*
 * rule_core.h
 *		An eligibility rule: a flat prefix tree of 16-byte instructions.
 *
 * The tree: AND, OR and NOT are followed by their children; next is the index
 * of the first instruction behind the whole subtree.  Every other instruction
 * but ITEM is a clause, a leaf that is true, unknown or false.  A clause with
 * a list is followed by ITEM instructions inside its subtree.  No instructions
 * at all is the empty rule, whose answer is always "unknown".
 *
 * Clauses are numbered from 0 in the order of the text; at most 64, so that a
 * set of clauses is a 64-bit mask.
 */
#ifndef CCCD_RULE_CORE_H
#define CCCD_RULE_CORE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#define CCCD_RULE_VERSION		1
#define CCCD_RULE_MAX_CODES		512 /* instructions */
#define CCCD_RULE_MAX_CLAUSES	64
#define CCCD_RULE_MAX_DEPTH		16
#define CCCD_RULE_MAX_TEXT		8192	/* bytes of text */
#define CCCD_RULE_MAX_ITEMS		128 /* in one list */

typedef enum CccdOp
{
	CCCD_OP_AND = 1,
	CCCD_OP_OR = 2,
	CCCD_OP_NOT = 3,
	/* clauses about the record */
	CCCD_OP_DOSES = 4,			/* number of doses */
	CCCD_OP_SINCE = 5,			/* time since a fact */
	CCCD_OP_STATE = 6,			/* isolated, exposed, contraindicated,
								 * recovered, holds(...), declared(...),
								 * booked(...), consulted(...), complete: it
								 * is so now */
	/* clauses about the context */
	CCCD_OP_AGE = 7,
	CCCD_OP_TICKET = 8,
	CCCD_OP_ACCOMPANIED = 9,
	CCCD_OP_EVIDENCE = 10,
	CCCD_OP_LEVEL = 11,
	CCCD_OP_ORIGIN_LEVEL = 12,
	CCCD_OP_SEX = 13,
	CCCD_OP_PLACE = 14,
	/* values of the clause before it */
	CCCD_OP_ITEM = 15
} CccdOp;

/* What CCCD_OP_SINCE and CCCD_OP_STATE are about. */
typedef enum CccdFact
{
	CCCD_FACT_RECOVERY = 0,		/* before complete: CccdEventKind */
	CCCD_FACT_ISOLATION = 1,
	CCCD_FACT_EXPOSURE = 2,
	CCCD_FACT_CONTRAINDICATION = 3,
	CCCD_FACT_CREDENTIAL = 4,	/* the state is holds(...) */
	CCCD_FACT_DECLARATION = 5,	/* declared(...) */
	CCCD_FACT_REGISTRATION = 6, /* booked(...) */
	CCCD_FACT_CONSULTATION = 7, /* consulted(...) */
	CCCD_FACT_COMPLETE = 8,		/* the first dose that reaches its total */
	CCCD_FACT_LAST_DOSE = 9,
	CCCD_FACT_NTH_DOSE = 10,	/* number in "detail"; first_dose is 1 */
	CCCD_FACT_NEGATIVE = 11,	/* the latest negative test */
	CCCD_FACT_POSITIVE = 12		/* the latest positive test */
} CccdFact;

/* flags */
#define CCCD_RULE_LO_STRICT		0x01	/* more than lo, not lo itself */
#define CCCD_RULE_HI_STRICT		0x02	/* less than hi, not hi itself */
#define CCCD_RULE_SIGNED		0x04	/* only signed facts count */
#define CCCD_RULE_NOT_IN		0x08	/* <> and "not in": outside the range
										 * or list */

/* No bound on this side. */
#define CCCD_RULE_NONE			(-1)

/*
 * Durations (lo and hi of SINCE and AGE) are value * 8 + unit, so that they
 * are printed as they were written.  The first five are exact, the last two
 * follow the calendar (cccd_add_months).
 */
typedef enum CccdUnit
{
	CCCD_UNIT_SECOND = 0,
	CCCD_UNIT_MINUTE = 1,
	CCCD_UNIT_HOUR = 2,
	CCCD_UNIT_DAY = 3,
	CCCD_UNIT_WEEK = 4,
	CCCD_UNIT_MONTH = 5,
	CCCD_UNIT_YEAR = 6
} CccdUnit;

#define CCCD_DURATION(value, unit)	((int32_t) (value) * 8 + (int32_t) (unit))
#define CCCD_DURATION_VALUE(d)		((d) >> 3)
#define CCCD_DURATION_UNIT(d)		((d) & 7)
#define CCCD_RULE_MAX_YEARS			200 /* longest duration */

typedef struct CccdInstr
{
	uint8_t		op;				/* CccdOp */
	uint8_t		fact;			/* SINCE, STATE: CccdFact */
	uint16_t	next;			/* index behind this subtree */
	uint8_t		disease;		/* clauses about the record: code, 0 for facts
								 * that have names */
	uint8_t		sources;		/* mask of 1 << CccdSource, 0 is any */
	uint8_t		flags;
	uint8_t		detail;			/* NTH_DOSE: which (1-31); NEGATIVE and
								 * POSITIVE: mask of 1 << test kind (1-7); 0
								 * for all other clauses */
	int32_t		lo;				/* inclusive; CCCD_RULE_NONE for none */
	int32_t		hi;
} CccdInstr;

/* CCCD_OP_ITEM seen as such: up to six values of a list, ascending. */
typedef struct CccdItem
{
	uint8_t		op;				/* CCCD_OP_ITEM */
	uint8_t		count;			/* 1-6 */
	uint16_t	next;			/* the instruction behind */
	uint16_t	values[6];		/* unused ones are 0 */
} CccdItem;

/* An ITEM read as such; the two structures have one size. */
static inline CccdItem
cccd_rule_item(const CccdInstr *instr)
{
	CccdItem	item;

	memcpy(&item, instr, sizeof(item));
	return item;
}

/*
 * A list belongs to the clause before it: products of DOSES, of SINCE
 * LAST_DOSE, and of STATE and SINCE COMPLETE; one or more names of STATE and
 * SINCE of facts that have names, of which one is asked for; two or more values of PLACE, LEVEL, ORIGIN_LEVEL, EVIDENCE (then
 * lo and hi are CCCD_RULE_NONE).  All ITEMs of a list but the last are full.
 * DOSES: lo and hi are counts.  SEX: lo = hi = CCCD_SEX_*.  What a clause does
 * not use is zero, lo and hi CCCD_RULE_NONE.
 */
#define CCCD_ITEM_VALUES		6

/* Values of SEX, LEVEL, ORIGIN_LEVEL and PLACE; 0 is "not known". */
#define CCCD_SEX_MALE			1
#define CCCD_SEX_FEMALE			2
#define CCCD_LEVEL_MAX			4
#define CCCD_PLACE_MAX			999 /* a number's first three digits */

/* Largest numbers of a rule's text. */
#define CCCD_RULE_MAX_DOSES		255 /* in a comparison */
#define CCCD_RULE_MAX_NTH		31	/* dose(n) */
#define CCCD_RULE_MAX_KIND		7	/* test kinds */
#define CCCD_RULE_ANY_SOURCE	0x0f	/* mask of all sources */
#define CCCD_RULE_USUAL_KINDS	0x06	/* a test without kind: pcr, antigen */

/*
 * The longest duration of a unit, in that unit: 200 years, or as many seconds
 * as an instruction holds.
 */
extern int	cccd_rule_longest(CccdUnit unit);

/* Whether nothing lies between the two durations, whatever the calendar. */
extern bool cccd_rule_durations_empty(int32_t lo, int32_t hi);

typedef enum CccdRuleStatus
{
	CCCD_RULE_OK = 0,
	CCCD_RULE_SYNTAX,			/* something else was expected */
	CCCD_RULE_UNKNOWN_CODE,		/* no such product, disease, test, ... */
	CCCD_RULE_RANGE,			/* number or duration out of range */
	CCCD_RULE_EMPTY_RANGE,		/* between 5 and 3 */
	CCCD_RULE_TOO_LONG,
	CCCD_RULE_TOO_DEEP,
	CCCD_RULE_TOO_MANY_CLAUSES,
	CCCD_RULE_TOO_MANY_ITEMS,
	CCCD_RULE_BAD_CODE			/* instructions that no text makes */
} CccdRuleStatus;

typedef struct CccdRuleError
{
	CccdRuleStatus status;
	size_t		position;		/* byte offset in the text */
	const char *expected;		/* what would have fitted, or NULL */
	const char *hint;			/* a sentence with the valid words, or NULL */
} CccdRuleError;

/*
 * Text to instructions; code has room for CCCD_RULE_MAX_CODES.  The result is
 * canonical: its text, parsed again, gives the same instructions.
 */
extern CccdRuleStatus cccd_rule_parse(const char *text, size_t length,
									  CccdInstr *code, int *count,
									  CccdRuleError *error);

/*
 * Instructions to canonical text.  Writes at most size bytes and returns the
 * length that the whole text has; no final zero byte.
 */
extern size_t cccd_rule_format(const CccdInstr *code, int count,
							   char *out, size_t size);

/* One clause (0-63) as canonical text, same convention. */
extern size_t cccd_rule_format_clause(const CccdInstr *code, int count,
									  int clause, char *out, size_t size);

/* Whether the canonical text is longer than text may be. */
extern bool cccd_rule_text_too_long(const CccdInstr *code, int count);

/* Structure, ranges, canonical form: what binary input must pass. */
extern CccdRuleStatus cccd_rule_validate(const CccdInstr *code, int count);

/* Whether a clause is about facts that have names, and so about no disease. */
static inline bool
cccd_rule_has_names(const CccdInstr *clause)
{
	return (clause->op == CCCD_OP_STATE || clause->op == CCCD_OP_SINCE) &&
		clause->fact >= CCCD_FACT_CREDENTIAL &&
		clause->fact <= CCCD_FACT_CONSULTATION;
}

/* How many clauses a rule has. */
extern int	cccd_rule_clauses(const CccdInstr *code, int count);

/* The index of a clause (0-63) among the instructions; -1: there is none. */
extern int	cccd_rule_clause_index(const CccdInstr *code, int count,
								   int clause);

/* Whether an odd number of NOTs lies above the instruction. */
extern bool cccd_rule_clause_negated(const CccdInstr *code, int index);

/* What a clause is about: the word of its fact, its state, or itself. */
extern const char *cccd_rule_clause_subject(const CccdInstr *clause);

/* How many numbers the hash of so many instructions is made of. */
#define CCCD_RULE_HASH_INPUT(count)	(4 * (count))

/*
 * What the hash of a rule is made of: its instructions as numbers of 32 bits,
 * four for each, which are the same on every machine.  The instructions need
 * not be valid.
 */
extern void cccd_rule_hash_input(const CccdInstr *code, int count,
								 uint32_t *input);

#endif							/* CCCD_RULE_CORE_H */
