/*
 * rule_parser_core.h
 *		What the parts of the rule parser share: rule_parse_core.c builds the
 *		tree, rule_clause_core.c its leaves, rule_comparison_core.c what a leaf
 *		compares with.
 */
#ifndef CCCD_RULE_PARSER_CORE_H
#define CCCD_RULE_PARSER_CORE_H

#include "rule/rule_core.h"
#include "rule/rule_token_core.h"

/* Values of a list as they were written, then ascending and distinct. */
typedef struct CccdRuleList
{
	int			count;
	uint16_t	values[CCCD_RULE_MAX_ITEMS];
} CccdRuleList;

typedef struct CccdRuleParser
{
	const char *text;
	size_t		length;
	CccdToken	token;			/* the next one, not yet used */
	CccdInstr  *code;
	int			count;			/* instructions so far */
	int			clauses;
	int			parentheses;	/* open ones */
	CccdRuleError *error;
	CccdRuleList names;			/* of the clause being read: products, or
								 * names of facts */
	CccdRuleList values;
} CccdRuleParser;

/* Go on to the next token. */
extern void cccd_rule_advance(CccdRuleParser *p);

/* Note the error; always false. */
extern bool cccd_rule_fail(CccdRuleParser *p, CccdRuleStatus status,
						   size_t position, const char *expected);

/* The same for a token that does not fit where it stands. */
extern bool cccd_rule_expected(CccdRuleParser *p, const char *expected,
							   const char *hint);

/*
 * Use the next token, which must be of a kind; else an error that names what
 * was expected, and false.
 */
extern bool cccd_rule_expect(CccdRuleParser *p, CccdTokenKind kind,
							 const char *expected);

/* Use the next token if it is the given word; false is not an error here. */
extern bool cccd_rule_take(CccdRuleParser *p, const char *word);

/*
 * Append an instruction without values and without a list; NULL after an
 * error, CCCD_RULE_TOO_LONG.
 */
extern CccdInstr *cccd_rule_append(CccdRuleParser *p, CccdOp op,
								   size_t position);

/* How a clause compares; the first six are the tokens' order. */
typedef enum CccdComparison
{
	CCCD_COMPARE_EQ,
	CCCD_COMPARE_NE,
	CCCD_COMPARE_LT,
	CCCD_COMPARE_LE,
	CCCD_COMPARE_GT,
	CCCD_COMPARE_GE,
	CCCD_COMPARE_BETWEEN,
	CCCD_COMPARE_NOT_BETWEEN,
	CCCD_COMPARE_IN,
	CCCD_COMPARE_NOT_IN
} CccdComparison;

/* A set of comparisons that a clause admits. */
#define CCCD_COMPARES(c)		(1 << (c))
#define CCCD_COMPARES_ALL		(CCCD_COMPARES(CCCD_COMPARE_NOT_IN + 1) - 1)
#define CCCD_COMPARES_EQUAL \
	(CCCD_COMPARES(CCCD_COMPARE_EQ) | CCCD_COMPARES(CCCD_COMPARE_NE))
#define CCCD_COMPARES_ORDER \
	(CCCD_COMPARES(CCCD_COMPARE_LT) | CCCD_COMPARES(CCCD_COMPARE_LE) | \
	 CCCD_COMPARES(CCCD_COMPARE_GT) | CCCD_COMPARES(CCCD_COMPARE_GE) | \
	 CCCD_COMPARES(CCCD_COMPARE_BETWEEN))

/* A kind of value that clauses compare with. */
typedef struct CccdDomain
{
	int			min;
	int			max;
	int			names;			/* CccdCodeSet, or -1 for plain numbers */
	const char *expected;
	const char *hint;
} CccdDomain;

/* A name is a word, a code #123 or, where names are odd, in quotes. */
extern bool cccd_rule_is_name(const CccdToken *token);

/* Each of the following reads on from p->token; false after an error. */

/* One of the comparisons allowed, a set of CCCD_COMPARES(). */
extern bool cccd_rule_comparison(CccdRuleParser *p, int allowed,
								 CccdComparison *comparison);

/* A value of the domain, as a number or as the code of its name. */
extern bool cccd_rule_value(CccdRuleParser *p, const CccdDomain *domain,
							int *value);

/*
 * Put a value among those of a list, which are ascending and distinct and
 * fewer than CCCD_RULE_MAX_ITEMS.
 */
extern void cccd_rule_list_add(CccdRuleList *list, int value);

/* Values in parentheses; *list has them ascending and distinct. */
extern bool cccd_rule_list(CccdRuleParser *p, const CccdDomain *domain,
						   CccdRuleList *list);

/*
 * A comparison with whole numbers into lo, hi and flags, in its one canonical
 * form; a list goes to p->values and leaves lo and hi as they are.
 */
extern bool cccd_rule_integers(CccdRuleParser *p, const CccdDomain *domain,
							   CccdInstr *clause);

/* The duration behind "within", which has been read, as hi: at most so long. */
extern bool cccd_rule_within(CccdRuleParser *p, CccdInstr *clause);

/* A comparison with durations, or with ages, into lo, hi and flags. */
extern bool cccd_rule_durations(CccdRuleParser *p, bool age,
								CccdInstr *clause);

/*
 * Read a clause and append it.  The height of what was appended (0, but more
 * where a clause stands for several), or -1 after an error.
 */
extern int	cccd_rule_parse_clause(CccdRuleParser *p);

#endif							/* CCCD_RULE_PARSER_CORE_H */
