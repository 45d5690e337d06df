/*
 * rule_comparison_core.c
 *		The comparisons of a rule's clauses; see rule_parser_core.h.
 */
#include "health/code_core.h"
#include "rule/rule_parser_core.h"
#include "rule/rule_words_core.h"

bool
cccd_rule_comparison(CccdRuleParser *p, int allowed,
					 CccdComparison *comparison)
{
	const char *expected = allowed == CCCD_COMPARES_EQUAL ? "= or <>" :
	allowed == CCCD_COMPARES_ORDER ? "<, <=, >, >= or \"between\"" :
	"=, <>, <, <=, >, >=, \"between\" or \"in\"";
	CccdToken	before = p->token;
	int			found = -1;

	if (p->token.kind >= CCCD_TOKEN_EQ && p->token.kind <= CCCD_TOKEN_GE)
	{
		found = p->token.kind - CCCD_TOKEN_EQ;
		cccd_rule_advance(p);
	}
	else
	{
		bool		negated = cccd_rule_take(p, "not");

		if (cccd_rule_take(p, "between"))
			found = negated ? CCCD_COMPARE_NOT_BETWEEN : CCCD_COMPARE_BETWEEN;
		else if (cccd_rule_take(p, "in"))
			found = negated ? CCCD_COMPARE_NOT_IN : CCCD_COMPARE_IN;
	}
	if (found < 0 || !(allowed & CCCD_COMPARES(found)))
	{
		p->token = before;
		return cccd_rule_expected(p, expected, NULL);
	}
	*comparison = found;
	return true;
}

bool
cccd_rule_is_name(const CccdToken *token)
{
	return token->kind == CCCD_TOKEN_WORD ||
		token->kind == CCCD_TOKEN_CODE || token->kind == CCCD_TOKEN_STRING;
}

bool
cccd_rule_value(CccdRuleParser *p, const CccdDomain *domain, int *value)
{
	if (domain->names < 0)
	{
		if (p->token.kind != CCCD_TOKEN_NUMBER)
			return cccd_rule_expected(p, domain->expected, NULL);
		*value = p->token.number;
		if (*value < domain->min || *value > domain->max)
			return cccd_rule_fail(p, CCCD_RULE_RANGE, p->token.start,
								  domain->expected);
	}
	else
	{
		if (!cccd_rule_is_name(&p->token))
			return cccd_rule_expected(p, domain->expected, domain->hint);
		*value = cccd_code_find(domain->names, p->token.word,
								p->token.length);
		if (*value < domain->min || *value > domain->max)
		{
			cccd_rule_fail(p, CCCD_RULE_UNKNOWN_CODE, p->token.start,
						   domain->expected);
			p->error->hint = domain->hint;
			return false;
		}
	}
	cccd_rule_advance(p);
	return true;
}

void
cccd_rule_list_add(CccdRuleList *list, int value)
{
	int			at = list->count;

	while (at > 0 && list->values[at - 1] > value)
		at--;
	if (at > 0 && list->values[at - 1] == value)
		return;
	memmove(&list->values[at + 1], &list->values[at],
			(list->count - at) * sizeof(list->values[0]));
	list->values[at] = (uint16_t) value;
	list->count++;
}

/* "(" value { "," value } ")" */
bool
cccd_rule_list(CccdRuleParser *p, const CccdDomain *domain, CccdRuleList *list)
{
	int			written = 0;
	int			value;

	list->count = 0;
	if (!cccd_rule_expect(p, CCCD_TOKEN_OPEN, "a list in parentheses"))
		return false;
	for (;;)
	{
		size_t		position = p->token.start;

		if (!cccd_rule_value(p, domain, &value))
			return false;
		if (++written > CCCD_RULE_MAX_ITEMS)
			return cccd_rule_fail(p, CCCD_RULE_TOO_MANY_ITEMS, position, NULL);
		cccd_rule_list_add(list, value);
		if (p->token.kind != CCCD_TOKEN_COMMA)
			return cccd_rule_expect(p, CCCD_TOKEN_CLOSE,
									"a comma or a closing parenthesis");
		cccd_rule_advance(p);
	}
}

/*
 * "<" and ">" become "<=" and ">=" of the neighbour, "=" a range of one
 * value, and a list of one value a comparison, so that each has one form.
 */
bool
cccd_rule_integers(CccdRuleParser *p, const CccdDomain *domain,
				   CccdInstr *clause)
{
	CccdComparison comparison;
	size_t		position;
	int			a,
				b;

	if (!cccd_rule_comparison(p, CCCD_COMPARES_ALL, &comparison))
		return false;
	if (comparison == CCCD_COMPARE_NE ||
		comparison == CCCD_COMPARE_NOT_BETWEEN ||
		comparison == CCCD_COMPARE_NOT_IN)
		clause->flags |= CCCD_RULE_NOT_IN;
	if (comparison == CCCD_COMPARE_IN || comparison == CCCD_COMPARE_NOT_IN)
	{
		if (!cccd_rule_list(p, domain, &p->values))
			return false;
		if (p->values.count > 1)
			return true;
		a = b = p->values.values[0];
		p->values.count = 0;
		clause->lo = a;
		clause->hi = b;
		return true;
	}
	position = p->token.start;
	if (!cccd_rule_value(p, domain, &a))
		return false;
	b = a;
	if (comparison == CCCD_COMPARE_BETWEEN ||
		comparison == CCCD_COMPARE_NOT_BETWEEN)
	{
		if (!cccd_rule_take(p, "and"))
			return cccd_rule_expected(p, "\"and\"", NULL);
		if (!cccd_rule_value(p, domain, &b))
			return false;
	}
	else if (comparison == CCCD_COMPARE_LT)
		b--;
	else if (comparison == CCCD_COMPARE_GT)
		a++;
	if (a > domain->max || b < domain->min ||
		(a > b && comparison >= CCCD_COMPARE_BETWEEN))
		return cccd_rule_fail(p, CCCD_RULE_EMPTY_RANGE, position, NULL);
	if (comparison != CCCD_COMPARE_LT && comparison != CCCD_COMPARE_LE)
		clause->lo = a;
	if (comparison != CCCD_COMPARE_GT && comparison != CCCD_COMPARE_GE)
		clause->hi = b;
	return true;
}

static const char *const duration_hint =
"A duration is a whole number and second, minute, hour, day, week, month "
"or year.";
static const char *const age_hint =
"An age is a whole number and day, week, month or year.";

static bool
read_duration(CccdRuleParser *p, bool age, int32_t *duration)
{
	const char *expected = age ? "an age such as 12 years" :
	"a duration such as 14 days";
	const char *hint = age ? age_hint : duration_hint;
	size_t		position = p->token.start;
	int			number = p->token.number;

	if (p->token.kind != CCCD_TOKEN_NUMBER)
		return cccd_rule_expected(p, expected, hint);
	cccd_rule_advance(p);
	for (int unit = age ? CCCD_UNIT_DAY : 0; unit < CCCD_UNITS; unit++)
	{
		const char *word = cccd_rule_units[unit];
		size_t		length = strlen(word);

		if (p->token.kind != CCCD_TOKEN_WORD ||
			strncmp(p->token.word, word, length) != 0 ||
			(strcmp(p->token.word + length, "") != 0 &&
			 strcmp(p->token.word + length, "s") != 0))
			continue;
		if (number > cccd_rule_longest(unit))
			return cccd_rule_fail(p, CCCD_RULE_RANGE, position,
								  unit == CCCD_UNIT_SECOND ?
								  "at most 268435455 seconds" :
								  "a duration of at most 200 years");
		*duration = CCCD_DURATION(number, unit);
		cccd_rule_advance(p);
		return true;
	}
	return cccd_rule_expected(p, "a unit of time", hint);
}

bool
cccd_rule_within(CccdRuleParser *p, CccdInstr *clause)
{
	return read_duration(p, false, &clause->hi);
}

/* "<" and ">" stay strict: durations have no neighbours. */
bool
cccd_rule_durations(CccdRuleParser *p, bool age, CccdInstr *clause)
{
	CccdComparison comparison;
	size_t		position;
	int32_t		a,
				b;

	if (!cccd_rule_comparison(p, CCCD_COMPARES_ORDER, &comparison))
		return false;
	position = p->token.start;
	if (!read_duration(p, age, &a))
		return false;
	b = a;
	if (comparison == CCCD_COMPARE_BETWEEN)
	{
		if (!cccd_rule_take(p, "and"))
			return cccd_rule_expected(p, "\"and\"", NULL);
		if (!read_duration(p, age, &b))
			return false;
		if (cccd_rule_durations_empty(a, b))
			return cccd_rule_fail(p, CCCD_RULE_EMPTY_RANGE, position, NULL);
	}
	else if (comparison == CCCD_COMPARE_LT)
	{
		clause->flags |= CCCD_RULE_HI_STRICT;
		/* nothing is younger than its own instant */
		if (CCCD_DURATION_VALUE(b) == 0)
			return cccd_rule_fail(p, CCCD_RULE_EMPTY_RANGE, position, NULL);
	}
	else if (comparison == CCCD_COMPARE_GT)
		clause->flags |= CCCD_RULE_LO_STRICT;
	if (comparison != CCCD_COMPARE_LT && comparison != CCCD_COMPARE_LE)
		clause->lo = a;
	if (comparison != CCCD_COMPARE_GT && comparison != CCCD_COMPARE_GE)
		clause->hi = b;
	return true;
}
