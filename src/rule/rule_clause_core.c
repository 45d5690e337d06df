/*
 * rule_clause_core.c
 *		Text of a clause to instructions; see rule_parser_core.h.
 */
#include "health/code_core.h"
#include "health/health_core.h"
#include "rule/rule_parser_core.h"
#include "rule/rule_words_core.h"

/* What may stand in the parentheses behind a fact. */
#define FILTER_PRODUCT		1
#define FILTER_KIND			2
#define FILTER_NAME			4

static const CccdDomain dose_count = {
	0, CCCD_RULE_MAX_DOSES, -1, "a number of doses from 0 to 255", NULL
};
static const CccdDomain dose_number = {
	1, CCCD_RULE_MAX_NTH, -1, "the number of a dose from 1 to 31", NULL
};
static const CccdDomain epidemic_level = {
	1, CCCD_LEVEL_MAX, -1, "a level from 1 to 4", NULL
};
static const CccdDomain place_code = {
	1, CCCD_PLACE_MAX, -1, "the code of a place from 1 to 999", NULL
};
static const CccdDomain evidence_level = {
	CCCD_EVIDENCE_CLAIMED, CCCD_EVIDENCE_GENUINE, CCCD_CODES_EVIDENCE,
	"a level of evidence",
	"From weak to strong: claimed, paper, qr, registry, signature, chip, "
	"genuine."
};
static const CccdDomain fact_source = {
	CCCD_SOURCE_DECLARED, CCCD_SOURCE_NATIONAL, CCCD_CODES_SOURCE,
	"a source",
	"From weak to strong: declared, paper, certificate, national."
};
static const CccdDomain disease_code = {
	1, 255, CCCD_CODES_DISEASE, "a disease",
	"Names of diseases are listed by cccd_code_list()."
};
static const CccdDomain product_code = {
	1, CCCD_PRODUCT_MAX, CCCD_CODES_PRODUCT, "a vaccine product in quotes",
	"Names of products are listed by cccd_code_list()."
};

/* The sources that a comparison admits, as a mask; all of them are 0. */
static bool
read_sources(CccdRuleParser *p, CccdInstr *clause)
{
	CccdInstr	range = {.lo = CCCD_RULE_NONE, .hi = CCCD_RULE_NONE};
	size_t		position = p->token.start;
	int			mask = 0;

	if (!cccd_rule_integers(p, &fact_source, &range))
		return false;
	for (int i = 0; i < p->values.count; i++)
		mask |= 1 << p->values.values[i];
	if (p->values.count == 0)
		for (int source = 0; source <= CCCD_SOURCE_NATIONAL; source++)
			if (source >= range.lo &&
				(range.hi == CCCD_RULE_NONE || source <= range.hi))
				mask |= 1 << source;
	if (range.flags & CCCD_RULE_NOT_IN)
		mask ^= CCCD_RULE_ANY_SOURCE;
	if (mask == 0)
		return cccd_rule_fail(p, CCCD_RULE_EMPTY_RANGE, position, NULL);
	p->values.count = 0;
	clause->sources = mask == CCCD_RULE_ANY_SOURCE ? 0 : mask;
	return true;
}

/* product = name | product in (name, ...) */
static bool
read_products(CccdRuleParser *p)
{
	int			value;

	if (cccd_rule_take(p, "in"))
		return cccd_rule_list(p, &product_code, &p->names);
	if (!cccd_rule_expect(p, CCCD_TOKEN_EQ, "= or \"in\"") ||
		!cccd_rule_value(p, &product_code, &value))
		return false;
	p->names.values[p->names.count++] = value;
	return true;
}

static bool
read_disease(CccdRuleParser *p, CccdInstr *clause)
{
	int			value;

	if (!cccd_rule_expect(p, CCCD_TOKEN_EQ, "=") ||
		!cccd_rule_value(p, &disease_code, &value))
		return false;
	clause->disease = value;
	return true;
}

static const char *const filter_hints[] = {
	[0] = "Valid are disease, source and signed.",
	[FILTER_PRODUCT] = "Valid are product, disease, source and signed.",
	[FILTER_KIND] =
	"Valid are pcr, antigen, antibody, disease, source and signed.",
	[FILTER_NAME] =
	("Valid are names of such facts, which cccd_code_list() lists, source and "
	 "signed."),
};

/* A test's kind or the name of a fact, if the next token is one. */
static bool
take_name(CccdRuleParser *p, CccdInstr *clause, int allowed)
{
	int			value = -1;

	if (!cccd_rule_is_name(&p->token))
		return false;
	if (allowed & FILTER_KIND)
	{
		value = cccd_code_find(CCCD_CODES_TEST, p->token.word,
							   p->token.length);
		if (value < 1 || value > CCCD_RULE_MAX_KIND)
			return false;
		clause->detail |= 1 << value;
	}
	if (allowed & FILTER_NAME)
	{
		value = cccd_code_find(cccd_kind_names(clause->fact), p->token.word,
							   p->token.length);
		if (value >= 1)
			cccd_rule_list_add(&p->names, value);
	}
	if (value < 1)
		return false;
	cccd_rule_advance(p);
	return true;
}

/* One condition behind a fact; seen refuses to have it twice. */
static bool
read_filter_term(CccdRuleParser *p, CccdInstr *clause, int allowed, int *seen)
{
	static const char *const words[] = {
		"product", "disease", "source", "signed"
	};
	size_t		position = p->token.start;

	for (int i = 0; i < 4; i++)
	{
		if ((i == 0 && !(allowed & FILTER_PRODUCT)) ||
			(i == 1 && (allowed & FILTER_NAME)) ||
			!cccd_rule_take(p, words[i]))
			continue;
		if (*seen & (1 << i))
			return cccd_rule_fail(p, CCCD_RULE_SYNTAX, position,
								  "every condition only once");
		*seen |= 1 << i;
		switch (i)
		{
			case 0:
				return read_products(p);
			case 1:
				return read_disease(p, clause);
			case 2:
				return read_sources(p, clause);
			default:
				clause->flags |= CCCD_RULE_SIGNED;
				return true;
		}
	}
	if (p->names.count == CCCD_RULE_MAX_ITEMS && (allowed & FILTER_NAME))
		return cccd_rule_fail(p, CCCD_RULE_TOO_MANY_ITEMS, position, NULL);
	if (take_name(p, clause, allowed))
		return true;
	return cccd_rule_expected(p, "a condition on the fact",
							  filter_hints[allowed]);
}

/* term { "," term } ")" */
static bool
read_filter(CccdRuleParser *p, CccdInstr *clause, int allowed)
{
	int			seen = 0;

	for (;;)
	{
		if (!read_filter_term(p, clause, allowed, &seen))
			return false;
		if (p->token.kind != CCCD_TOKEN_COMMA)
			return cccd_rule_expect(p, CCCD_TOKEN_CLOSE,
									"a comma or a closing parenthesis");
		cccd_rule_advance(p);
	}
}

/* Parentheses with conditions, if there are any. */
static bool
read_optional_filter(CccdRuleParser *p, CccdInstr *clause, int allowed)
{
	if (p->token.kind != CCCD_TOKEN_OPEN)
		return true;
	cccd_rule_advance(p);
	return read_filter(p, clause, allowed);
}

/* dose "(" number [ "," filter ] ")" */
static bool
read_nth_dose(CccdRuleParser *p, CccdInstr *clause)
{
	int			number;

	if (!cccd_rule_expect(p, CCCD_TOKEN_OPEN,
						  "the number of a dose in parentheses") ||
		!cccd_rule_value(p, &dose_number, &number))
		return false;
	clause->detail = number;
	if (p->token.kind != CCCD_TOKEN_COMMA)
		return cccd_rule_expect(p, CCCD_TOKEN_CLOSE,
								"a comma or a closing parenthesis");
	cccd_rule_advance(p);
	return read_filter(p, clause, 0);
}

/* What is expected of a fact that has names, from CCCD_FACT_CREDENTIAL on. */
typedef struct NamedFact
{
	const char *parentheses;
	const char *name;
	const char *hint;
} NamedFact;

static const NamedFact named_facts[] = {
	{"the name of a credential in parentheses", "the name of a credential",
	"Names of credentials are listed by cccd_code_list()."},
	{"what is declared in parentheses", "what is declared",
	"Names of declarations are listed by cccd_code_list()."},
	{"what is booked in parentheses", "what is booked",
	"Names of registrations are listed by cccd_code_list()."},
	{"who was consulted in parentheses", "who was consulted",
	"Names of consultations are listed by cccd_code_list()."}
};

/* Names of a fact, one at least, and what else it must be. */
static bool
read_names(CccdRuleParser *p, CccdInstr *clause)
{
	size_t		position = p->token.start;
	int			i = clause->fact - CCCD_FACT_CREDENTIAL;

	clause->disease = 0;
	if (!cccd_rule_expect(p, CCCD_TOKEN_OPEN, named_facts[i].parentheses) ||
		!read_filter(p, clause, FILTER_NAME))
		return false;
	if (p->names.count > 0)
		return true;
	cccd_rule_fail(p, CCCD_RULE_SYNTAX, position, named_facts[i].name);
	p->error->hint = named_facts[i].hint;
	return false;
}

/*
 * A state of facts that have names.  "declared(...) within 24 hours" is
 * another way to write since(declaration(...)) <= 24 hours.  Of credentials it
 * would be misread: they are asked for as long as they are held.
 */
static bool
read_named_state(CccdRuleParser *p, CccdInstr *clause)
{
	if (!read_names(p, clause))
		return false;
	if (clause->fact == CCCD_FACT_CREDENTIAL || !cccd_rule_take(p, "within"))
		return true;
	clause->op = CCCD_OP_SINCE;
	return cccd_rule_within(p, clause);
}

static const char *const fact_hint =
"Facts are last_dose, first_dose, dose(number), complete, recovery, "
"isolation, exposure, contraindication, credential(name), declaration(name), "
"registration(name), consultation(name), negative and positive.";

static bool
read_fact(CccdRuleParser *p, CccdInstr *clause)
{
	if (cccd_rule_take(p, "first_dose"))
	{
		clause->fact = CCCD_FACT_NTH_DOSE;
		clause->detail = 1;
		return read_optional_filter(p, clause, 0);
	}
	for (int fact = 0; fact < CCCD_FACTS; fact++)
	{
		if (!cccd_rule_take(p, cccd_rule_facts[fact]))
			continue;
		clause->fact = fact;
		if (fact == CCCD_FACT_NTH_DOSE)
			return read_nth_dose(p, clause);
		if (cccd_kind_has_names(fact))
			return read_names(p, clause);
		if (fact != CCCD_FACT_NEGATIVE && fact != CCCD_FACT_POSITIVE)
			return read_optional_filter(p, clause,
										fact == CCCD_FACT_LAST_DOSE ||
										fact == CCCD_FACT_COMPLETE ?
										FILTER_PRODUCT : 0);
		if (!read_optional_filter(p, clause, FILTER_KIND))
			return false;
		if (clause->detail == 0)
			clause->detail = CCCD_RULE_USUAL_KINDS;
		return true;
	}
	return cccd_rule_expected(p, "a fact", fact_hint);
}

/* since "(" fact ")" comparison */
static bool
read_since(CccdRuleParser *p, CccdInstr *clause)
{
	return cccd_rule_expect(p, CCCD_TOKEN_OPEN, "a fact in parentheses") &&
		read_fact(p, clause) &&
		cccd_rule_expect(p, CCCD_TOKEN_CLOSE, "a closing parenthesis") &&
		cccd_rule_durations(p, false, clause);
}

/* sex = male | female; the other one where it is <> */
static bool
read_sex(CccdRuleParser *p, CccdInstr *clause)
{
	CccdComparison comparison;
	int			sex;

	if (!cccd_rule_comparison(p, CCCD_COMPARES_EQUAL, &comparison))
		return false;
	if (cccd_token_is(&p->token, "male") || cccd_token_is(&p->token, "m"))
		sex = CCCD_SEX_MALE;
	else if (cccd_token_is(&p->token, "female") ||
			 cccd_token_is(&p->token, "f"))
		sex = CCCD_SEX_FEMALE;
	else
		return cccd_rule_expected(p, "\"male\" or \"female\"", NULL);
	cccd_rule_advance(p);
	if (comparison == CCCD_COMPARE_NE)
		sex = CCCD_SEX_MALE + CCCD_SEX_FEMALE - sex;
	clause->lo = clause->hi = sex;
	return true;
}

/* doses [ "(" filter ")" ] comparison */
static bool
read_doses(CccdRuleParser *p, CccdInstr *clause)
{
	if (!read_optional_filter(p, clause, FILTER_PRODUCT) ||
		!cccd_rule_integers(p, &dose_count, clause))
		return false;
	/* a number is never below 0 */
	if (clause->lo == CCCD_RULE_NONE && clause->hi == 0)
		clause->lo = 0;
	return true;
}

/* What follows the word that the clause begins with. */
static bool
read_clause(CccdRuleParser *p, CccdInstr *clause)
{
	switch ((CccdOp) clause->op)
	{
		case CCCD_OP_DOSES:
			return read_doses(p, clause);
		case CCCD_OP_SINCE:
			return read_since(p, clause);
		case CCCD_OP_STATE:
			if (cccd_kind_has_names(clause->fact))
				return read_named_state(p, clause);
			return read_optional_filter(p, clause,
										clause->fact == CCCD_FACT_COMPLETE ?
										FILTER_PRODUCT : 0);
		case CCCD_OP_AGE:
			return cccd_rule_durations(p, true, clause);
		case CCCD_OP_EVIDENCE:
			return cccd_rule_integers(p, &evidence_level, clause);
		case CCCD_OP_LEVEL:
		case CCCD_OP_ORIGIN_LEVEL:
			return cccd_rule_integers(p, &epidemic_level, clause);
		case CCCD_OP_PLACE:
			return cccd_rule_integers(p, &place_code, clause);
		case CCCD_OP_SEX:
			return read_sex(p, clause);
		default:
			return true;		/* ticket, accompanied: nothing */
	}
}

static const char *const clause_hint =
"Conditions are doses, since, isolated, exposed, contraindicated, recovered, "
"holds, declared, booked, consulted, complete, ticket, accompanied, age, "
"evidence, level, origin_level, sex and place.";

/* The clause that a word begins: what it is and whether it has a disease. */
static bool
begin_clause(CccdRuleParser *p, CccdInstr *clause)
{
	memset(clause, 0, sizeof(*clause));
	clause->lo = clause->hi = CCCD_RULE_NONE;
	for (int fact = 0; fact < CCCD_STATES; fact++)
		if (cccd_rule_take(p, cccd_rule_states[fact]))
		{
			clause->op = CCCD_OP_STATE;
			clause->fact = fact;
		}
	for (int op = CCCD_OP_DOSES; clause->op == 0 && op < CCCD_OP_ITEM; op++)
		if (cccd_rule_ops[op] && cccd_rule_take(p, cccd_rule_ops[op]))
			clause->op = op;
	if (clause->op == 0)
		return cccd_rule_expected(p, "a condition", clause_hint);
	if (clause->op <= CCCD_OP_STATE)
		clause->disease = CCCD_DISEASE_COVID19;
	p->names.count = 0;
	p->values.count = 0;
	return true;
}

/* Append a clause and its list. */
static bool
emit_clause(CccdRuleParser *p, const CccdInstr *clause,
			const CccdRuleList *list, size_t position)
{
	int			start = p->count;
	CccdInstr  *instr;

	if (p->clauses == CCCD_RULE_MAX_CLAUSES)
		return cccd_rule_fail(p, CCCD_RULE_TOO_MANY_CLAUSES, position, NULL);
	p->clauses++;
	instr = cccd_rule_append(p, clause->op, position);
	if (!instr)
		return false;
	*instr = *clause;
	for (int i = 0; i < list->count; i += CCCD_ITEM_VALUES)
	{
		CccdItem	item = {.op = CCCD_OP_ITEM};

		instr = cccd_rule_append(p, CCCD_OP_ITEM, position);
		if (!instr)
			return false;
		item.next = p->count;
		while (item.count < CCCD_ITEM_VALUES && i + item.count < list->count)
		{
			item.values[item.count] = list->values[i + item.count];
			item.count++;
		}
		memcpy(instr, &item, sizeof(item));
	}
	p->code[start].next = p->count;
	return true;
}

/*
 * doses in (1, 2, 4) is "doses between 1 and 2 or doses = 4", since the list
 * of a clause about doses holds products.  Whole runs are kept together, so
 * that a number known only as "1 or 2" is still surely in the list.
 */
static int
emit_dose_numbers(CccdRuleParser *p, CccdInstr *clause, size_t position)
{
	const CccdRuleList *numbers = &p->values;
	bool		negated = (clause->flags & CCCD_RULE_NOT_IN) != 0;
	bool		one_run = numbers->values[numbers->count - 1] -
	numbers->values[0] == numbers->count - 1;
	int			start = p->count;

	if (!one_run)
	{
		clause->flags &= ~CCCD_RULE_NOT_IN;
		if ((negated && !cccd_rule_append(p, CCCD_OP_NOT, position)) ||
			!cccd_rule_append(p, CCCD_OP_OR, position))
			return -1;
	}
	for (int i = 0, j; i < numbers->count; i = j)
	{
		j = i + 1;
		while (j < numbers->count &&
			   numbers->values[j] == numbers->values[j - 1] + 1)
			j++;
		clause->lo = numbers->values[i];
		clause->hi = numbers->values[j - 1];
		if (!emit_clause(p, clause, &p->names, position))
			return -1;
	}
	if (one_run)
		return 0;
	p->code[start].next = p->count;
	p->code[p->code[start].op == CCCD_OP_NOT ? start + 1 : start].next =
		p->count;
	return negated ? 2 : 1;
}

int
cccd_rule_parse_clause(CccdRuleParser *p)
{
	size_t		position = p->token.start;
	CccdInstr	clause;

	if (!begin_clause(p, &clause) || !read_clause(p, &clause))
		return -1;
	if (clause.op == CCCD_OP_DOSES && p->values.count > 0)
		return emit_dose_numbers(p, &clause, position);
	return emit_clause(p, &clause, clause.op <= CCCD_OP_STATE ? &p->names :
					   &p->values, position) ? 0 : -1;
}
