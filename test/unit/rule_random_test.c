/*
 * rule_random_test.c
 *		Random and damaged instructions: to text and back, or refused.
 */
#include "unit.h"
#include "chance.h"

#include "health/code_core.h"
#include "health/health_core.h"
#include "eval/context_core.h"
#include "rule/rule_core.h"

static CccdInstr code[CCCD_RULE_MAX_CODES];
static CccdInstr again[CCCD_RULE_MAX_CODES];
static char text[CCCD_RULE_MAX_TEXT + 1];

static int
random_below(int limit)
{
	return (int) chance((uint32_t) limit);
}

static CccdInstr *
random_append(int *count, CccdOp op)
{
	CccdInstr  *c = &code[(*count)++];

	memset(c, 0, sizeof(*c));
	c->op = op;
	c->lo = c->hi = CCCD_RULE_NONE;
	c->next = *count;
	return c;
}

static void
random_list(int *count, int values, int max)
{
	int			clause = *count - 1;
	int			value = 0;

	while (values > 0)
	{
		CccdItem	item = {.op = CCCD_OP_ITEM};
		CccdInstr  *c = random_append(count, CCCD_OP_ITEM);

		item.next = c->next;
		for (; item.count < 6 && values > 0; values--)
		{
			value += 1 + random_below((max - value - values + 1));
			item.values[item.count++] = value;
		}
		memcpy(c, &item, sizeof(item));
	}
	code[clause].next = *count;
}

static void
random_range(CccdInstr *c, int min, int max, bool can_exclude)
{
	int			a = min + random_below(max - min + 1);
	int			b = a + random_below(max - a + 1);
	int			side = random_below(4);

	if (side != 0)
		c->lo = a;
	if (side != 1)
		c->hi = side == 2 ? a : b;
	if (side >= 2 && can_exclude && random_below(2))
		c->flags |= CCCD_RULE_NOT_IN;
	if (c->op == CCCD_OP_DOSES && c->lo == CCCD_RULE_NONE && c->hi == 0)
		c->lo = 0;
}

static int32_t
random_duration(bool age)
{
	int			unit = age ? 3 + random_below(4) : random_below(7);

	return CCCD_DURATION(random_below(cccd_rule_longest(unit) + 1), unit);
}

static void
random_durations(CccdInstr *c, bool age)
{
	int			side = random_below(3);

	if (side != 0)
		c->lo = random_duration(age);
	if (side != 1)
		c->hi = random_duration(age);
	if (side == 2)
	{
		if (cccd_rule_durations_empty(c->lo, c->hi))
		{
			int32_t		swap = c->lo;

			c->lo = c->hi;
			c->hi = swap;
		}
	}
	else if (random_below(2) && !(side == 0 && c->hi < 8))
		c->flags |= side == 0 ? CCCD_RULE_HI_STRICT : CCCD_RULE_LO_STRICT;
}

static void
random_fact(CccdInstr *c)
{
	c->disease = random_below(2) ? CCCD_DISEASE_COVID19 :
		1 + random_below(255);
	c->sources = random_below(15);
	if (random_below(3) == 0)
		c->flags |= CCCD_RULE_SIGNED;
}

/* What a clause about facts that have names has in place of a disease. */
static void
random_names(int *count, CccdInstr *c)
{
	if (!cccd_rule_has_names(c))
		return;
	c->disease = 0;
	random_list(count, 1 + random_below(9), 65535);
}

static void
random_clause(int *count)
{
	CccdOp		op = CCCD_OP_DOSES + random_below(CCCD_OP_PLACE -
												  CCCD_OP_DOSES + 1);
	CccdInstr  *c = random_append(count, op);
	bool		list = random_below(3) == 0;

	if (op <= CCCD_OP_STATE)
		random_fact(c);
	switch (op)
	{
		case CCCD_OP_DOSES:
			random_range(c, 0, 255, true);
			if (list)
				random_list(count, 1 + random_below(15), CCCD_PRODUCT_MAX);
			break;
		case CCCD_OP_SINCE:
			c->fact = random_below(CCCD_FACT_POSITIVE + 1);
			if (c->fact == CCCD_FACT_NTH_DOSE)
				c->detail = 1 + random_below(31);
			if (c->fact >= CCCD_FACT_NEGATIVE)
				c->detail = 2 * (1 + random_below(127));
			random_durations(c, false);
			if ((c->fact == CCCD_FACT_LAST_DOSE ||
				 c->fact == CCCD_FACT_COMPLETE) && list)
				random_list(count, 1 + random_below(15), CCCD_PRODUCT_MAX);
			random_names(count, c);
			break;
		case CCCD_OP_STATE:
			c->fact = random_below(CCCD_FACT_COMPLETE + 1);
			if (c->fact == CCCD_FACT_COMPLETE && list)
				random_list(count, 1 + random_below(15), CCCD_PRODUCT_MAX);
			random_names(count, c);
			break;
		case CCCD_OP_AGE:
			random_durations(c, true);
			break;
		case CCCD_OP_EVIDENCE:
		case CCCD_OP_LEVEL:
		case CCCD_OP_ORIGIN_LEVEL:
		case CCCD_OP_PLACE:
			{
				int			max = op == CCCD_OP_EVIDENCE ? 7 :
				op == CCCD_OP_PLACE ? 999 : 4;

				if (!list)
				{
					random_range(c, 1, max, true);
					break;
				}
				c->flags = random_below(2) ? CCCD_RULE_NOT_IN : 0;
				random_list(count, 2 + random_below(max == 999 ? 20 : 3), max);
				break;
			}
		case CCCD_OP_SEX:
			c->lo = c->hi = 1 + random_below(2);
			break;
		default:
			break;
	}
}

static void
random_tree(int *count, int above, int depth)
{
	int			op = depth < 4 ? random_below(6) : 0;
	int			node = *count;

	if (op < CCCD_OP_AND || op > CCCD_OP_NOT || op == above)
	{
		random_clause(count);
		return;
	}
	random_append(count, op);
	for (int i = op == CCCD_OP_NOT ? 1 : 2 + random_below(2); i > 0; i--)
		random_tree(count, op, depth + 1);
	code[node].next = *count;
}

/* Every valid tree is printed as text that is parsed as the same tree. */
static void
check_random_trees(void)
{
	int			differences = 0;
	int			printed = 0;

	for (int i = 0; i < 20000; i++)
	{
		CccdRuleError error;
		CccdRuleStatus status;
		int			count = 0,
					count_again;
		size_t		length;

		do
		{
			count = 0;
			random_tree(&count, 0, 0);
			status = cccd_rule_validate(code, count);
			if (status != CCCD_RULE_OK && status != CCCD_RULE_TOO_LONG)
				differences++;
		} while (status != CCCD_RULE_OK);
		length = cccd_rule_format(code, count, text, sizeof(text));
		if (length > CCCD_RULE_MAX_TEXT ||
			cccd_rule_parse(text, length, again, &count_again, &error) !=
			CCCD_RULE_OK ||
			count != count_again ||
			memcmp(code, again, count * sizeof(CccdInstr)) != 0)
		{
			differences++;
			if (printed++ < 5)
				fprintf(stderr, "%.*s\n", (int) length, text);
		}
	}
	CHECK(differences == 0);
}

/*
 * Mutated instructions: what passes validation is printed and read back the
 * same, the rest is refused; nothing is read outside.
 */
static void
check_mutated_trees(void)
{
	static CccdInstr mutant[CCCD_RULE_MAX_CODES];
	int			accepted = 0,
				refusals = 0,
				differences = 0;

	for (int i = 0; i < 100000; i++)
	{
		CccdRuleError error;
		int			count = 0,
					count_again;
		size_t		length;
		CccdInstr  *exact;

		random_tree(&count, 0, 1);
		memcpy(mutant, code, sizeof(CccdInstr) * count);
		for (int k = 1 + random_below(2); k > 0; k--)
			((unsigned char *) mutant)[random_below(count * 16)] ^=
				1 << random_below(8);
		/* at the end of the array, so that a read behind it is seen */
		exact = mutant + CCCD_RULE_MAX_CODES - count;
		memmove(exact, mutant, sizeof(CccdInstr) * count);
		if (cccd_rule_validate(exact, count) != CCCD_RULE_OK)
		{
			refusals++;
			continue;
		}
		accepted++;
		length = cccd_rule_format(exact, count, text, sizeof(text));
		if (cccd_rule_parse(text, length, again, &count_again, &error) !=
			CCCD_RULE_OK || count != count_again ||
			memcmp(exact, again, count * sizeof(CccdInstr)) != 0)
			differences++;
	}
	CHECK(differences == 0);
	CHECK(accepted > 1000 && refusals > 1000);
}

int
main(void)
{
	check_random_trees();
	check_mutated_trees();
	return finish();
}
