/*
 * rule_format_core.c
 *		Instructions of a rule to its canonical text.
 *
 * Words are lower case, lists ascending, and parentheses stand only where
 * the tree needs them: around OR below AND, and around AND or OR below NOT.
 */
#include "base/writer_core.h"
#include "health/code_core.h"
#include "health/health_core.h"
#include "rule/rule_core.h"
#include "rule/rule_words_core.h"

static void
put_code(CccdWriter *w, CccdCodeSet set, int code)
{
	char		name[CCCD_CODE_SIZE];
	const char *quote = set == CCCD_CODES_PRODUCT ? "'" : "";
	size_t		length = cccd_code_name(set, code, name);

	cccd_put(w, quote);
	cccd_put_bytes(w, name, length);
	cccd_put(w, quote);
}

static void
put_duration(CccdWriter *w, int32_t duration)
{
	cccd_put_number(w, CCCD_DURATION_VALUE(duration));
	cccd_put(w, " ");
	cccd_put(w, cccd_rule_units[CCCD_DURATION_UNIT(duration)]);
	if (CCCD_DURATION_VALUE(duration) != 1)
		cccd_put(w, "s");
}

/* A bound of a comparison: a number, a name or a duration. */
static void
put_value(CccdWriter *w, CccdOp op, int32_t value)
{
	if (op == CCCD_OP_SINCE || op == CCCD_OP_AGE)
		put_duration(w, value);
	else if (op == CCCD_OP_EVIDENCE)
		put_code(w, CCCD_CODES_EVIDENCE, value);
	else if (op == CCCD_OP_SEX)
		cccd_put(w, value == CCCD_SEX_MALE ? "male" : "female");
	else if (op == CCCD_OP_DOSES || op == CCCD_OP_LEVEL ||
			 op == CCCD_OP_ORIGIN_LEVEL || op == CCCD_OP_PLACE)
		cccd_put_number(w, value);
}

/* The list of the clause at i, with products quoted. */
static void
put_items(CccdWriter *w, const CccdInstr *code, int i)
{
	const CccdInstr *clause = &code[i];
	int			from = i + 1;

	for (int at = from; at < clause->next; at++)
	{
		CccdItem	item = cccd_rule_item(&code[at]);

		for (int j = 0; j < item.count; j++)
		{
			if (at > from || j > 0)
				cccd_put(w, ", ");
			if (cccd_rule_has_names(clause))
				put_code(w, cccd_kind_names(clause->fact), item.values[j]);
			else if (clause->op <= CCCD_OP_STATE)
				put_code(w, CCCD_CODES_PRODUCT, item.values[j]);
			else
				put_value(w, clause->op, item.values[j]);
		}
	}
}

static void
put_comparison(CccdWriter *w, const CccdInstr *c)
{
	bool		outside = (c->flags & CCCD_RULE_NOT_IN) != 0;
	bool		durations = c->op == CCCD_OP_SINCE || c->op == CCCD_OP_AGE;

	if (c->hi == CCCD_RULE_NONE)
	{
		cccd_put(w, c->flags & CCCD_RULE_LO_STRICT ? " > " : " >= ");
		put_value(w, c->op, c->lo);
	}
	else if (c->lo == CCCD_RULE_NONE)
	{
		cccd_put(w, c->flags & CCCD_RULE_HI_STRICT ? " < " : " <= ");
		put_value(w, c->op, c->hi);
	}
	else if (c->lo == c->hi && !durations)
	{
		cccd_put(w, outside ? " <> " : " = ");
		put_value(w, c->op, c->lo);
	}
	else
	{
		cccd_put(w, outside ? " not between " : " between ");
		put_value(w, c->op, c->lo);
		cccd_put(w, " and ");
		put_value(w, c->op, c->hi);
	}
}

static void
put_sources(CccdWriter *w, unsigned int mask)
{
	unsigned int lowest = mask & (~mask + 1);
	const char *separator = "";

	cccd_put(w, "source ");
	if ((mask & (mask - 1)) == 0 || mask == CCCD_RULE_ANY_SOURCE + 1 - lowest)
	{
		cccd_put(w, (mask & (mask - 1)) == 0 ? "= " : ">= ");
		for (int source = 0; source <= CCCD_SOURCE_NATIONAL; source++)
			if (lowest == 1U << source)
				put_code(w, CCCD_CODES_SOURCE, source);
		return;
	}
	cccd_put(w, "in (");
	for (int source = 0; source <= CCCD_SOURCE_NATIONAL; source++)
		if (mask & (1U << source))
		{
			cccd_put(w, separator);
			put_code(w, CCCD_CODES_SOURCE, source);
			separator = ", ";
		}
	cccd_put(w, ")");
}

/* " (" before the first term, ", " before the others. */
static void
next_term(CccdWriter *w, bool *open)
{
	cccd_put(w, *open ? ", " : "(");
	*open = true;
}

/* What stands in the parentheses of a clause about the record. */
static void
put_filter(CccdWriter *w, const CccdInstr *code, int i)
{
	const CccdInstr *c = &code[i];
	bool		test = c->op == CCCD_OP_SINCE &&
	(c->fact == CCCD_FACT_NEGATIVE || c->fact == CCCD_FACT_POSITIVE);
	bool		open = false;

	if (c->op == CCCD_OP_SINCE && c->fact == CCCD_FACT_NTH_DOSE &&
		c->detail != 1)
	{
		next_term(w, &open);
		cccd_put_number(w, c->detail);
	}
	for (int kind = 1; test && kind <= CCCD_RULE_MAX_KIND; kind++)
		if (c->detail & (1 << kind))
		{
			next_term(w, &open);
			put_code(w, CCCD_CODES_TEST, kind);
		}
	if (cccd_rule_has_names(c))
	{
		next_term(w, &open);
		put_items(w, code, i);
	}
	else if (c->next > i + 1)
	{
		bool		many = c->next > i + 2 ||
		cccd_rule_item(&code[i + 1]).count > 1;

		next_term(w, &open);
		cccd_put(w, many ? "product in (" : "product = ");
		put_items(w, code, i);
		cccd_put(w, many ? ")" : "");
	}
	if (c->disease != CCCD_DISEASE_COVID19 && c->disease != 0)
	{
		next_term(w, &open);
		cccd_put(w, "disease = ");
		put_code(w, CCCD_CODES_DISEASE, c->disease);
	}
	if (c->sources != 0)
	{
		next_term(w, &open);
		put_sources(w, c->sources);
	}
	if (c->flags & CCCD_RULE_SIGNED)
	{
		next_term(w, &open);
		cccd_put(w, "signed");
	}
	cccd_put(w, open ? ")" : "");
}

/* A clause with its filter, its comparison and its list. */
static void
put_clause(CccdWriter *w, const CccdInstr *code, int i)
{
	const CccdInstr *c = &code[i];

	switch ((CccdOp) c->op)
	{
		case CCCD_OP_STATE:
			cccd_put(w, cccd_rule_states[c->fact]);
			put_filter(w, code, i);
			break;
		case CCCD_OP_SINCE:
			cccd_put(w, "since(");
			cccd_put(w, c->fact == CCCD_FACT_NTH_DOSE && c->detail == 1 ?
					 "first_dose" : cccd_rule_facts[c->fact]);
			put_filter(w, code, i);
			cccd_put(w, ")");
			put_comparison(w, c);
			break;
		case CCCD_OP_DOSES:
			cccd_put(w, "doses");
			put_filter(w, code, i);
			put_comparison(w, c);
			break;
		case CCCD_OP_TICKET:
		case CCCD_OP_ACCOMPANIED:
			cccd_put(w, cccd_rule_ops[c->op]);
			break;
		default:
			cccd_put(w, cccd_rule_ops[c->op]);
			if (c->next == i + 1)
			{
				put_comparison(w, c);
				break;
			}
			cccd_put(w, c->flags & CCCD_RULE_NOT_IN ? " not in (" : " in (");
			put_items(w, code, i);
			cccd_put(w, ")");
	}
}

/* The subtree at i, below a node of the kind above. */
static void
put_node(CccdWriter *w, const CccdInstr *code, int i, int above)
{
	int			op = code[i].op;
	bool		parentheses = above == CCCD_OP_NOT ?
	op == CCCD_OP_AND || op == CCCD_OP_OR :
	above == CCCD_OP_AND && op == CCCD_OP_OR;

	if (op > CCCD_OP_NOT)
	{
		put_clause(w, code, i);
		return;
	}
	cccd_put(w, parentheses ? "(" : "");
	if (op == CCCD_OP_NOT)
	{
		cccd_put(w, "not ");
		put_node(w, code, i + 1, op);
	}
	else
		for (int child = i + 1; child < code[i].next; child = code[child].next)
		{
			if (child > i + 1)
				cccd_put(w, op == CCCD_OP_AND ? " and " : " or ");
			put_node(w, code, child, op);
		}
	cccd_put(w, parentheses ? ")" : "");
}

size_t
cccd_rule_format(const CccdInstr *code, int count, char *out, size_t size)
{
	CccdWriter	w = {out, size, 0};

	if (count > 0)
		put_node(&w, code, 0, CCCD_OP_OR);
	return w.length;
}

size_t
cccd_rule_format_clause(const CccdInstr *code, int count, int clause,
						char *out, size_t size)
{
	CccdWriter	w = {out, size, 0};
	int			i = cccd_rule_clause_index(code, count, clause);

	if (i >= 0)
		put_clause(&w, code, i);
	return w.length;
}

/*
 * No clause without its list takes more than 300 bytes with its parentheses
 * and the word before it, so a short rule need not be written to be measured.
 */
#define SURELY_SHORT	24

bool
cccd_rule_text_too_long(const CccdInstr *code, int count)
{
	int			items = 0;

	for (int i = 0; i < count; i++)
		items += code[i].op == CCCD_OP_ITEM;
	if (items == 0 && count <= SURELY_SHORT)
		return false;
	return cccd_rule_format(code, count, NULL, 0) > CCCD_RULE_MAX_TEXT;
}
