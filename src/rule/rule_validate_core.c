/*
 * rule_validate_core.c
 *		Whether instructions are what the parser could have made.
 *
 * Everything that reads a rule relies on this: children lie inside their
 * parents, every field is in its range and every unused one has its one
 * value, so that equal rules have equal bytes.
 */
#include "health/code_core.h"
#include "health/health_core.h"
#include "rule/rule_core.h"
#include "rule/rule_words_core.h"

static bool
duration_valid(int32_t duration, bool age)
{
	int			unit;

	if (duration < 0)
		return false;
	unit = CCCD_DURATION_UNIT(duration);
	return unit < CCCD_UNITS && (!age || unit >= CCCD_UNIT_DAY) &&
		CCCD_DURATION_VALUE(duration) <= cccd_rule_longest(unit);
}

/* lo, hi and flags of a comparison with durations */
static bool
durations_valid(const CccdInstr *c, bool age)
{
	bool		has_lo = c->lo != CCCD_RULE_NONE;
	bool		has_hi = c->hi != CCCD_RULE_NONE;
	bool		lo_strict = (c->flags & CCCD_RULE_LO_STRICT) != 0;
	bool		hi_strict = (c->flags & CCCD_RULE_HI_STRICT) != 0;

	if ((!has_lo && !has_hi) ||
		(has_lo && !duration_valid(c->lo, age)) ||
		(has_hi && !duration_valid(c->hi, age)) ||
		(lo_strict && (!has_lo || has_hi)) ||
		(hi_strict && (!has_hi || has_lo)))
		return false;
	if (has_lo && has_hi)
		return !cccd_rule_durations_empty(c->lo, c->hi);
	return !hi_strict || CCCD_DURATION_VALUE(c->hi) > 0;
}

/* lo, hi and flags of a comparison with whole numbers */
static bool
integers_valid(const CccdInstr *c, int min, int max, bool has_list)
{
	bool		has_lo = c->lo != CCCD_RULE_NONE;
	bool		has_hi = c->hi != CCCD_RULE_NONE;

	if (has_list)
		return !has_lo && !has_hi;
	if ((!has_lo && !has_hi) ||
		(has_lo && (c->lo < min || c->lo > max)) ||
		(has_hi && (c->hi < min || c->hi > max)))
		return false;
	if (has_lo && has_hi)
		return c->lo <= c->hi;
	return (c->flags & CCCD_RULE_NOT_IN) == 0;
}

/* The fields that say which facts count. */
static bool
filter_valid(const CccdInstr *c)
{
	if (c->op > CCCD_OP_STATE)
		return c->disease == 0 && c->sources == 0 &&
			(c->flags & CCCD_RULE_SIGNED) == 0;
	return (c->disease == 0) == cccd_rule_has_names(c) &&
		c->sources < CCCD_RULE_ANY_SOURCE;
}

static bool
fact_valid(const CccdInstr *c)
{
	if (c->op == CCCD_OP_STATE)
		return c->fact < CCCD_STATES && c->detail == 0;
	if (c->op != CCCD_OP_SINCE)
		return c->fact == 0 && c->detail == 0;
	switch ((CccdFact) c->fact)
	{
		case CCCD_FACT_NTH_DOSE:
			return c->detail >= 1 && c->detail <= CCCD_RULE_MAX_NTH;
		case CCCD_FACT_NEGATIVE:
		case CCCD_FACT_POSITIVE:
			return c->detail != 0 && (c->detail & 1) == 0;
		default:
			return c->fact < CCCD_FACTS && c->detail == 0;
	}
}

static bool
comparison_valid(const CccdInstr *c, bool has_list)
{
	switch ((CccdOp) c->op)
	{
		case CCCD_OP_DOSES:
			return integers_valid(c, 0, CCCD_RULE_MAX_DOSES, false) &&
				!(c->lo == CCCD_RULE_NONE && c->hi == 0);
		case CCCD_OP_SINCE:
			return durations_valid(c, false);
		case CCCD_OP_AGE:
			return durations_valid(c, true);
		case CCCD_OP_EVIDENCE:
			return integers_valid(c, CCCD_EVIDENCE_CLAIMED,
								  CCCD_EVIDENCE_GENUINE, has_list);
		case CCCD_OP_LEVEL:
		case CCCD_OP_ORIGIN_LEVEL:
			return integers_valid(c, 1, CCCD_LEVEL_MAX, has_list);
		case CCCD_OP_PLACE:
			return integers_valid(c, 1, CCCD_PLACE_MAX, has_list);
		case CCCD_OP_SEX:
			return c->lo == c->hi &&
				(c->lo == CCCD_SEX_MALE || c->lo == CCCD_SEX_FEMALE);
		default:
			return c->lo == CCCD_RULE_NONE && c->hi == CCCD_RULE_NONE;
	}
}

/* The flags and the list that a kind of clause can have. */
static bool
shape_valid(const CccdInstr *c, bool has_list)
{
	int			flags = 0;
	bool		list = false;

	switch ((CccdOp) c->op)
	{
		case CCCD_OP_DOSES:
			flags = CCCD_RULE_NOT_IN | CCCD_RULE_SIGNED;
			list = true;
			break;
		case CCCD_OP_SINCE:
			flags = CCCD_RULE_LO_STRICT | CCCD_RULE_HI_STRICT |
				CCCD_RULE_SIGNED;
			list = c->fact == CCCD_FACT_LAST_DOSE ||
				c->fact == CCCD_FACT_COMPLETE || cccd_rule_has_names(c);
			break;
		case CCCD_OP_STATE:
			flags = CCCD_RULE_SIGNED;
			list = c->fact == CCCD_FACT_COMPLETE || cccd_rule_has_names(c);
			break;
		case CCCD_OP_AGE:
			flags = CCCD_RULE_LO_STRICT | CCCD_RULE_HI_STRICT;
			break;
		case CCCD_OP_EVIDENCE:
		case CCCD_OP_LEVEL:
		case CCCD_OP_ORIGIN_LEVEL:
		case CCCD_OP_PLACE:
			flags = CCCD_RULE_NOT_IN;
			list = true;
			break;
		default:
			break;
	}
	return (c->flags & ~flags) == 0 && (list || !has_list) &&
		(has_list || !cccd_rule_has_names(c));
}

/* The largest value of a list that belongs to the clause. */
static int
list_max(const CccdInstr *clause)
{
	if (cccd_rule_has_names(clause))
		return UINT16_MAX;
	switch ((CccdOp) clause->op)
	{
		case CCCD_OP_EVIDENCE:
			return CCCD_EVIDENCE_GENUINE;
		case CCCD_OP_LEVEL:
		case CCCD_OP_ORIGIN_LEVEL:
			return CCCD_LEVEL_MAX;
		case CCCD_OP_PLACE:
			return CCCD_PLACE_MAX;
		default:
			return CCCD_PRODUCT_MAX;	/* products */
	}
}

/* The ITEMs behind the clause at i, up to its end. */
static bool
list_valid(const CccdInstr *code, int i)
{
	int			end = code[i].next;
	int			max = list_max(&code[i]);
	int			previous = 0;
	int			total = 0;

	for (int at = i + 1; at < end; at++)
	{
		CccdItem	item = cccd_rule_item(&code[at]);

		if (item.op != CCCD_OP_ITEM || item.next != at + 1 ||
			item.count < 1 || item.count > CCCD_ITEM_VALUES ||
			(item.count < CCCD_ITEM_VALUES && at + 1 < end))
			return false;
		for (int j = 0; j < CCCD_ITEM_VALUES; j++)
		{
			if (j >= item.count ? item.values[j] != 0 :
				item.values[j] <= previous || item.values[j] > max)
				return false;
			if (j < item.count)
				previous = item.values[j];
		}
		total += item.count;
	}
	/* a single value of the context is a comparison, not a list */
	return total <= CCCD_RULE_MAX_ITEMS &&
		(total != 1 || code[i].op <= CCCD_OP_STATE);
}

static bool
clause_valid(const CccdInstr *code, int i)
{
	const CccdInstr *c = &code[i];
	bool		has_list = c->next > i + 1;

	return c->op >= CCCD_OP_DOSES && c->op < CCCD_OP_ITEM &&
		fact_valid(c) && filter_valid(c) && comparison_valid(c, has_list) &&
		shape_valid(c, has_list) && list_valid(code, i);
}

static bool
node_valid(const CccdInstr *node)
{
	return node->fact == 0 && node->disease == 0 && node->sources == 0 &&
		node->flags == 0 && node->detail == 0 &&
		node->lo == CCCD_RULE_NONE && node->hi == CCCD_RULE_NONE;
}

typedef struct Validation
{
	const CccdInstr *code;
	int			clauses;
} Validation;

/*
 * The subtree at i, which must end at or before end; depth is how many nodes
 * lie above it, and above is the nearest one's kind.
 */
static CccdRuleStatus
validate_node(Validation *v, int i, int end, int above, int depth)
{
	const CccdInstr *node = &v->code[i];
	int			children = 0;

	if (node->next <= i || node->next > end)
		return CCCD_RULE_BAD_CODE;
	if (node->op > CCCD_OP_NOT)
	{
		if (++v->clauses > CCCD_RULE_MAX_CLAUSES)
			return CCCD_RULE_TOO_MANY_CLAUSES;
		return clause_valid(v->code, i) ? CCCD_RULE_OK : CCCD_RULE_BAD_CODE;
	}
	if (node->op == 0 || node->op == above || !node_valid(node))
		return CCCD_RULE_BAD_CODE;
	if (depth == CCCD_RULE_MAX_DEPTH)
		return CCCD_RULE_TOO_DEEP;
	for (int child = i + 1; child < node->next; child = v->code[child].next)
	{
		CccdRuleStatus status = validate_node(v, child, node->next, node->op,
											  depth + 1);

		if (status != CCCD_RULE_OK)
			return status;
		children++;
	}
	if (node->op == CCCD_OP_NOT ? children != 1 : children < 2)
		return CCCD_RULE_BAD_CODE;
	return CCCD_RULE_OK;
}

CccdRuleStatus
cccd_rule_validate(const CccdInstr *code, int count)
{
	Validation	v = {code, 0};
	CccdRuleStatus status;

	if (count == 0)
		return CCCD_RULE_OK;
	if (count < 0 || count > CCCD_RULE_MAX_CODES)
		return CCCD_RULE_TOO_LONG;
	if (code[0].next != count)
		return CCCD_RULE_BAD_CODE;
	status = validate_node(&v, 0, count, 0, 0);
	if (status == CCCD_RULE_OK && cccd_rule_text_too_long(code, count))
		return CCCD_RULE_TOO_LONG;
	return status;
}
