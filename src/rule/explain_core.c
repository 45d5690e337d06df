/*
 * explain_core.c
 *		The clauses of a rule as sentences; see explain_core.h.
 */
#include "rule/explain_core.h"

#include "base/writer_core.h"
#include "health/code_core.h"
#include "health/health_core.h"
#include "id/place_core.h"
#include "rule/explain_words_core.h"

/* What the placeholders of a template stand for. */
typedef struct Sentence
{
	CccdWriter	w;
	CccdLanguage language;
	const CccdInstr *code;
	int			index;			/* of the clause */
	const CccdInstr *clause;
	int32_t		a;
	int32_t		b;
	char		form;			/* of names: C, H or K as in templates */
} Sentence;

static void
put_phrase(Sentence *s, const CccdPhrase phrase)
{
	cccd_put(&s->w, phrase[s->language]);
}

static void put_template(Sentence *s, const CccdPhrase phrase);

/* What joins the values of a list, of which one or none is meant. */
static void
put_separator(Sentence *s, int i, int count, bool none)
{
	bool		last = i == count - 1;

	if (i == 0)
		return;
	if (none)
		put_phrase(s, cccd_say_nor[last]);
	else if (last)
		put_phrase(s, cccd_say_or);
	else
		cccd_put(&s->w, ", ");
}

static bool
has_name(int disease)
{
	return disease < CCCD_DISEASE_NAMES && cccd_say_diseases[disease][0];
}

/*
 * Whether vaccines against the disease may be taken by mouth: polio, cholera,
 * rotavirus, and what is not known.
 */
static bool
may_be_oral(int disease)
{
	return disease == 9 || disease == 13 || disease == 22 || !has_name(disease);
}

static void
put_disease(Sentence *s, int disease)
{
	if (has_name(disease))
	{
		put_phrase(s, cccd_say_diseases[disease]);
		return;
	}
	put_phrase(s, cccd_say_code);
	cccd_put_number(&s->w, disease);
}

/*
 * A product by the name that people know it by: European numbers have one
 * among the other names of their code.
 */
static void
put_product(Sentence *s, int product)
{
	char		name[CCCD_CODE_SIZE];
	const char *entry;
	int			entry_code;
	size_t		length = cccd_code_name(CCCD_CODES_PRODUCT, product, name);

	if (strncmp(name, "EU/", 3) != 0)
	{
		cccd_put_bytes(&s->w, name, length);
		return;
	}
	for (int i = 0; cccd_code_entry(CCCD_CODES_PRODUCT, i, &entry_code,
									&entry); i++)
		if (entry_code == product && strcmp(entry, name) != 0)
		{
			cccd_put(&s->w, entry);
			cccd_put(&s->w, " ");
			break;
		}
	cccd_put_bytes(&s->w, name, length);
}

/* In English a credential that is held is valid: "a valid work permit". */
static void
put_name(Sentence *s, int name)
{
	const CccdNamePhrases *say =
	&cccd_say_names[s->clause->fact - CCCD_FACT_CREDENTIAL];
	bool		named = name < say->count && say->names[name][0];
	const char *words = named ? say->names[name][s->language] :
	say->code[s->language];

	if (s->form == 'H' && s->language == CCCD_ENGLISH)
		cccd_put(&s->w, name == CCCD_CREDENTIAL_INSURANCE ? "valid " :
				 "a valid ");
	if (s->form == 'K')
	{
		/* all names begin with a small letter of ASCII */
		char		capital = *words++ - 'a' + 'A';

		cccd_put_bytes(&s->w, &capital, 1);
		s->form = 'C';
	}
	cccd_put(&s->w, words);
	if (!named)
		cccd_put_number(&s->w, name);
}

static void
put_kind(Sentence *s, int kind)
{
	if (kind <= CCCD_TEST_ANTIBODY)
	{
		put_phrase(s, cccd_say_tests[kind]);
		return;
	}
	put_phrase(s, cccd_say_kind);
	cccd_put_number(&s->w, kind);
}

/* Codes have no order that people know: names only where one code is meant. */
static void
put_place(Sentence *s, int place)
{
	bool		ordered = s->clause->lo != s->clause->hi;
	const char *name = s->language == CCCD_VIETNAMESE && !ordered ?
	cccd_place_name(place) : NULL;

	if (name)
	{
		cccd_put(&s->w, name);
		cccd_put(&s->w, " (");
	}
	cccd_put_number(&s->w, place);
	cccd_put(&s->w, name ? ")" : "");
}

static void
put_duration(Sentence *s, int32_t duration)
{
	CccdUnit	unit = CCCD_DURATION_UNIT(duration);
	int			value = CCCD_DURATION_VALUE(duration);

	cccd_put_number(&s->w, value);
	cccd_put(&s->w, " ");
	/* in Vietnamese an age in years has a unit of its own */
	if (s->clause->op != CCCD_OP_AGE || s->language != CCCD_VIETNAMESE)
		put_phrase(s, cccd_say_units[unit]);
	else if (unit == CCCD_UNIT_YEAR)
		cccd_put(&s->w, "tuổi");
	else
	{
		put_phrase(s, cccd_say_units[unit]);
		cccd_put(&s->w, " tuổi");
	}
	if (s->language == CCCD_ENGLISH && value != 1)
		cccd_put(&s->w, "s");
}

/* A duration after "the last": "day", "2 days". */
static void
put_last(Sentence *s, int32_t duration)
{
	if (s->language == CCCD_ENGLISH && CCCD_DURATION_VALUE(duration) == 1)
		put_phrase(s, cccd_say_units[CCCD_DURATION_UNIT(duration)]);
	else
		put_duration(s, duration);
}

/* An age in English: "the 12th birthday", "6 months of age". */
static void
put_birthday(Sentence *s, int32_t duration)
{
	int			years = CCCD_DURATION_VALUE(duration);
	bool		teen = years % 100 >= 11 && years % 100 <= 13;

	if (CCCD_DURATION_UNIT(duration) != CCCD_UNIT_YEAR || years == 0)
	{
		put_duration(s, duration);
		cccd_put(&s->w, " of age");
		return;
	}
	cccd_put(&s->w, "the ");
	cccd_put_number(&s->w, years);
	cccd_put(&s->w, teen ? "th" : years % 10 == 1 ? "st" :
			 years % 10 == 2 ? "nd" : years % 10 == 3 ? "rd" : "th");
	cccd_put(&s->w, " birthday");
}

/* A value that the clause compares with. */
static void
put_value(Sentence *s, int32_t value)
{
	switch ((CccdOp) s->clause->op)
	{
		case CCCD_OP_SINCE:
		case CCCD_OP_AGE:
			put_duration(s, value);
			break;
		case CCCD_OP_EVIDENCE:
			put_phrase(s, cccd_say_evidence[value]);
			break;
		case CCCD_OP_PLACE:
			put_place(s, value);
			break;
		default:
			cccd_put_number(&s->w, value);
	}
}

/* How many values the clause's list has. */
static int
list_length(const Sentence *s)
{
	int			items = s->clause->next - s->index - 1;

	if (items == 0)
		return 0;
	return (items - 1) * CCCD_ITEM_VALUES +
		cccd_rule_item(&s->code[s->clause->next - 1]).count;
}

/*
 * The list: products or names of a fact, else values; none: none of them is
 * meant.
 */
static void
put_list(Sentence *s, bool none)
{
	int			count = list_length(s);

	for (int i = 0; i < count; i++)
	{
		const CccdInstr *instr =
		&s->code[s->index + 1 + i / CCCD_ITEM_VALUES];
		int			value = cccd_rule_item(instr).values[i % CCCD_ITEM_VALUES];

		put_separator(s, i, count, none);
		if (cccd_rule_has_names(s->clause))
			put_name(s, value);
		else if (s->clause->op <= CCCD_OP_STATE)
			put_product(s, value);
		else
			put_value(s, value);
	}
}

/* The members of a mask, in words. */
static void
put_mask(Sentence *s, unsigned int mask,
		 void (*put_member) (Sentence *s, int member))
{
	int			count = 0,
				i = 0;

	for (unsigned int rest = mask; rest != 0; rest &= rest - 1)
		count++;
	for (int member = 0; mask >> member != 0; member++)
		if (mask & (1U << member))
		{
			put_separator(s, i++, count, false);
			put_member(s, member);
		}
}

static void
put_source(Sentence *s, int source)
{
	put_phrase(s, cccd_say_sources[source]);
}

/* " (" before the first, "; " before the others */
static void
next_qualifier(Sentence *s, bool *open)
{
	cccd_put(&s->w, *open ? "; " : " (");
	*open = true;
}

static void
put_qualifiers(Sentence *s)
{
	const CccdInstr *c = s->clause;
	bool		open = false;

	if (c->op == CCCD_OP_SINCE &&
		(c->fact == CCCD_FACT_NEGATIVE || c->fact == CCCD_FACT_POSITIVE))
	{
		next_qualifier(s, &open);
		put_mask(s, c->detail, put_kind);
	}
	if (c->next > s->index + 1 && !cccd_rule_has_names(c))
	{
		next_qualifier(s, &open);
		put_list(s, false);
	}
	if (c->sources != 0)
	{
		next_qualifier(s, &open);
		put_phrase(s, cccd_say_source);
		put_mask(s, c->sources, put_source);
	}
	if (c->flags & CCCD_RULE_SIGNED)
	{
		next_qualifier(s, &open);
		put_phrase(s, cccd_say_signed);
	}
	cccd_put(&s->w, open ? ")" : "");
}

/* What stands for a letter behind "%", see explain_words_core.h. */
static void
put_placeholder(Sentence *s, char name)
{
	bool		usual = s->clause->disease == CCCD_DISEASE_COVID19;
	bool		oral = may_be_oral(s->clause->disease);

	switch (name)
	{
		case 'D':
			put_disease(s, s->clause->disease);
			break;
		case 'V':
			put_template(s, cccd_say_vaccine[!has_name(s->clause->disease)]);
			break;
		case 'T':
			cccd_put(&s->w, cccd_say_given[oral]);
			break;
		case 'M':
			cccd_put(&s->w, cccd_say_dose[oral]);
			break;
		case 'O':
			cccd_put(&s->w, cccd_say_dose_first[oral]);
			break;
		case 'E':
			if (usual)
				break;
			cccd_put(&s->w, " ");
			put_disease(s, s->clause->disease);
			break;
		case 'F':
			if (usual)
				break;
			put_phrase(s, cccd_say_for);
			put_disease(s, s->clause->disease);
			break;
		case 'Q':
			put_qualifiers(s);
			break;
		case 'C':
		case 'H':
		case 'K':
			s->form = name;
			put_list(s, false);
			break;
		case 'N':
			cccd_put_number(&s->w, s->clause->detail);
			break;
		case 'A':
			put_value(s, s->a);
			break;
		case 'W':
			put_last(s, s->a);
			break;
		case 'Y':
			put_birthday(s, s->a);
			break;
		case 'B':
			put_value(s, s->b);
			break;
		case 'S':
			cccd_put(&s->w, s->a == 1 ? "" : "s");
			break;
		case 'U':
			put_list(s, true);
			break;
		default:				/* 'L' */
			put_list(s, false);
	}
}

static void
put_template(Sentence *s, const CccdPhrase phrase)
{
	const char *text = phrase[s->language];

	for (;;)
	{
		size_t		plain = strcspn(text, "%");

		cccd_put_bytes(&s->w, text, plain);
		if (text[plain] == '\0')
			return;
		put_placeholder(s, text[plain + 1]);
		text += plain + 2;
	}
}

/* How the clause's value lies to lo and hi; a and b become the bounds. */
static CccdRange
clause_range(Sentence *s, bool negated)
{
	const CccdInstr *c = s->clause;
	bool		durations = c->op == CCCD_OP_SINCE || c->op == CCCD_OP_AGE;
	CccdRange	range;

	s->a = c->lo != CCCD_RULE_NONE ? c->lo : c->hi;
	s->b = c->hi;
	if (c->lo == CCCD_RULE_NONE && c->hi == CCCD_RULE_NONE)
		range = CCCD_RANGE_LISTED;
	else if (c->hi == CCCD_RULE_NONE)
		range = c->flags & CCCD_RULE_LO_STRICT ?
			CCCD_RANGE_ABOVE : CCCD_RANGE_AT_LEAST;
	else if (c->lo == CCCD_RULE_NONE)
		range = c->flags & CCCD_RULE_HI_STRICT ?
			CCCD_RANGE_BELOW : CCCD_RANGE_AT_MOST;
	else if (c->lo == c->hi && !durations)
		range = CCCD_RANGE_EQUAL;
	else
		range = CCCD_RANGE_INSIDE;
	if (negated != ((c->flags & CCCD_RULE_NOT_IN) != 0))
		range ^= 1;
	return range;
}

/* Whole numbers: "fewer than 3" is "at most 2", and so on. */
static void
explain_doses(Sentence *s, bool negated)
{
	CccdRange	range = clause_range(s, negated);

	if (range == CCCD_RANGE_BELOW && s->a > 0)
	{
		range = CCCD_RANGE_AT_MOST;
		s->a--;
	}
	else if (range == CCCD_RANGE_ABOVE)
	{
		range = CCCD_RANGE_AT_LEAST;
		s->a++;
	}
	else if (range == CCCD_RANGE_UNEQUAL && s->a == 0)
	{
		range = CCCD_RANGE_AT_LEAST;
		s->a = 1;
	}
	else if (range == CCCD_RANGE_OUTSIDE && s->a == 0)
	{
		range = CCCD_RANGE_AT_LEAST;
		s->a = s->b + 1;
	}
	if (s->a == 0 &&
		(range == CCCD_RANGE_AT_MOST || range == CCCD_RANGE_EQUAL))
		put_template(s, cccd_say_no_dose);
	else
		put_template(s, cccd_say_doses[range]);
}

/*
 * A fact that is not there makes every comparison false, so the negation of
 * "at least 14 days ago" is not "less than 14 days ago".  "Within" has a
 * plain negation: the latest fact is not so recent, or there is none.
 */
static void
explain_since(Sentence *s, bool negated)
{
	const CccdInstr *c = s->clause;
	CccdRange	range = clause_range(s, false);

	if (range == CCCD_RANGE_AT_MOST && c->fact != CCCD_FACT_NTH_DOSE)
	{
		put_template(s, cccd_say_within[c->fact][negated]);
		return;
	}
	if (negated)
		put_phrase(s, cccd_say_not);
	if (c->fact == CCCD_FACT_NTH_DOSE && c->detail == 1)
		put_template(s, cccd_say_first_dose);
	else
		put_template(s, cccd_say_facts[c->fact]);
	put_template(s, cccd_say_ago[range]);
}

/*
 * The sentence of the clause, or of its opposite where it is below an odd
 * number of NOT.
 */
static void
explain(Sentence *s, bool negated)
{
	const CccdInstr *c = s->clause;

	switch ((CccdOp) c->op)
	{
		case CCCD_OP_DOSES:
			explain_doses(s, negated);
			break;
		case CCCD_OP_SINCE:
			explain_since(s, negated);
			break;
		case CCCD_OP_STATE:
			put_template(s, cccd_say_states[c->fact][negated]);
			break;
		case CCCD_OP_AGE:
			put_template(s, cccd_say_ages[clause_range(s, negated)]);
			break;
		case CCCD_OP_EVIDENCE:
			put_template(s, cccd_say_proved[clause_range(s, negated)]);
			break;
		case CCCD_OP_TICKET:
			put_phrase(s, cccd_say_ticket[negated]);
			break;
		case CCCD_OP_ACCOMPANIED:
			put_phrase(s, cccd_say_accompanied[negated]);
			break;
		case CCCD_OP_SEX:
			put_phrase(s, cccd_say_sexes[(c->lo == CCCD_SEX_FEMALE) !=
										 negated]);
			break;
		default:
			put_phrase(s, cccd_say_subjects[c->op]);
			put_template(s, cccd_say_compared[clause_range(s, negated)]);
	}
}

size_t
cccd_explain_clause(const CccdInstr *code, int count, int clause,
					CccdLanguage language, char *out, size_t size)
{
	Sentence	s = {.w = {out, size, 0}, .language = language, .code = code};

	s.index = cccd_rule_clause_index(code, count, clause);
	if (s.index < 0)
		return 0;
	s.clause = &code[s.index];
	explain(&s, cccd_rule_clause_negated(code, s.index));
	return s.w.length;
}

bool
cccd_language_find(const char *name, size_t length, CccdLanguage *language)
{
	static const char *const names[CCCD_LANGUAGES] = {"vi", "en"};

	for (int i = 0; i < CCCD_LANGUAGES; i++)
		if (length == 2 && (name[0] | 0x20) == names[i][0] &&
			(name[1] | 0x20) == names[i][1])
		{
			*language = i;
			return true;
		}
	return false;
}
