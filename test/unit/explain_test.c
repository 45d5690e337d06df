/*
 * explain_test.c
 *		What every kind of clause is called in both languages.
 */
#include "unit.h"

#include "explain_context.h"
#include "explain_sentences.h"

#include "rule/explain_words_core.h"

static CccdInstr code[CCCD_RULE_MAX_CODES];

/* The sentence, also where there is room for less of it. */
static void
check_sentence(int count, int clause, CccdLanguage language,
			   const char *wanted)
{
	char		text[4096];
	char		part[8] = "~~~~~~~";
	size_t		length = cccd_explain_clause(code, count, clause, language,
											 text, sizeof(text) - 1);

	text[length] = '\0';
	CHECK_STR(text, wanted);
	CHECK(cccd_explain_clause(code, count, clause, language, part, 3) ==
		  length);
	CHECK(memcmp(part, text, 3) == 0 && part[3] == '~');
}

static void
check_sentences(const ExplainSentence *sentences, size_t number)
{
	for (size_t i = 0; i < number; i++)
	{
		CccdRuleError error;
		const char *rule = sentences[i].rule;
		int			count;

		CHECK(cccd_rule_parse(rule, strlen(rule), code, &count, &error) ==
			  CCCD_RULE_OK);
		CHECK(cccd_rule_clauses(code, count) == 1);
		check_sentence(count, 0, CCCD_VIETNAMESE, sentences[i].vietnamese);
		check_sentence(count, 0, CCCD_ENGLISH, sentences[i].english);
	}
}

/* A clause below NOT is said the other way round, below two it is not. */
static void
check_negation(void)
{
	CccdRuleError error;
	int			count;
	const char *rule = "not (ticket or not (accompanied and isolated) "
	"or exposed) and recovered";

	CHECK(cccd_rule_parse(rule, strlen(rule), code, &count, &error) ==
		  CCCD_RULE_OK);
	check_sentence(count, 0, CCCD_ENGLISH, "Does not hold a ticket");
	check_sentence(count, 1, CCCD_ENGLISH, "Accompanied by an adult");
	check_sentence(count, 2, CCCD_ENGLISH, "In isolation");
	check_sentence(count, 3, CCCD_ENGLISH,
				   "Not under observation after contact with a case of COVID-19");
	check_sentence(count, 4, CCCD_ENGLISH, "Recovered from COVID-19, still valid");
	CHECK(cccd_explain_clause(code, count, 5, CCCD_ENGLISH, NULL, 0) == 0);
	CHECK(cccd_explain_clause(code, 0, 0, CCCD_ENGLISH, NULL, 0) == 0);
}

/* So that it can begin a sentence. */
static bool
begins_small(const char *words)
{
	return words[0] >= 'a' && words[0] <= 'z';
}

/*
 * What has a name in rules, a disease or a fact, has one in sentences; others
 * have a number.
 */
static void
check_names(void)
{
	const char *name;
	int			number;

	for (int i = 0; cccd_code_entry(CCCD_CODES_DISEASE, i, &number, &name);
		 i++)
		CHECK(number < CCCD_DISEASE_NAMES &&
			  cccd_say_diseases[number][CCCD_VIETNAMESE] &&
			  cccd_say_diseases[number][CCCD_ENGLISH]);
	for (int fact = 0; fact < CCCD_NAMED_FACTS; fact++)
		for (int i = 0; cccd_code_entry(CCCD_CODES_CREDENTIAL + fact, i,
										&number, &name); i++)
		{
			const CccdNamePhrases *say = &cccd_say_names[fact];

			CHECK(number < say->count);
			CHECK(say->names[number][CCCD_VIETNAMESE] &&
				  say->names[number][CCCD_ENGLISH]);
			/* those that begin a sentence are capitalised as ASCII */
			CHECK(fact > 0 ||
				  (begins_small(say->names[number][CCCD_VIETNAMESE]) &&
				   begins_small(say->names[number][CCCD_ENGLISH])));
		}
	for (int disease = 1; disease <= 255; disease++)
	{
		CccdInstr	recovered = {.op = 6, .next = 1, .disease = disease,
		.lo = CCCD_RULE_NONE, .hi = CCCD_RULE_NONE};

		CHECK(cccd_explain_clause(&recovered, 1, 0, CCCD_ENGLISH, NULL, 0) >
			  strlen("Recovered from "));
		CHECK(cccd_explain_clause(&recovered, 1, 0, CCCD_VIETNAMESE, NULL,
								  0) > strlen("Đã khỏi "));
	}
}

/* Every set of sources, and of kinds of tests, has its members in order. */
static void
check_masks(void)
{
	static const char *const sources[] = {
		"self-declared", "paper", "electronic certificate",
		"national database"
	};
	static const char *const tests[] = {
		NULL, "PCR", "rapid antigen", "antibody", "kind 4", "kind 5",
		"kind 6", "kind 7"
	};

	for (unsigned int mask = 1; mask < 512; mask++)
	{
		bool		is_source = mask < 16;
		unsigned int members = is_source ? mask : mask - 256;
		CccdInstr	clause = {.next = 1, .disease = CCCD_DISEASE_COVID19,
		.lo = CCCD_RULE_NONE};
		char		wanted[512];
		char		listed[256] = "";

		if (!is_source && (mask <= 256 || (mask & 1)))
			continue;
		for (unsigned int rest = members, i = 0; rest != 0; rest >>= 1, i++)
			if (rest & 1)
			{
				if (listed[0] != '\0')
					strcat(listed, rest == 1 ? " or " : ", ");
				strcat(listed, is_source ? sources[i] : tests[i]);
			}
		if (is_source)
		{
			clause.op = CCCD_OP_STATE;
			clause.fact = CCCD_FACT_RECOVERY;
			clause.hi = CCCD_RULE_NONE;
			clause.sources = members;
			snprintf(wanted, sizeof(wanted),
					 "Recovered from COVID-19 (source: %s), still valid", listed);
		}
		else
		{
			clause.op = CCCD_OP_SINCE;
			clause.fact = CCCD_FACT_NEGATIVE;
			clause.hi = CCCD_DURATION(72, CCCD_UNIT_HOUR);
			clause.detail = members;
			snprintf(wanted, sizeof(wanted),
					 "A negative test (%s) within the last 72 hours", listed);
		}
		code[0] = clause;
		check_sentence(1, 0, CCCD_ENGLISH, wanted);
	}
}

/* English ordinals of every age: 1st, 2nd, 3rd, 4th, but 11th to 13th. */
static void
check_birthdays(void)
{
	for (int years = 1; years <= 150; years++)
	{
		char		wanted[64];
		int			last = years % 10;
		const char *ending = years / 10 % 10 == 1 || last == 0 || last > 3 ?
		"th" : last == 1 ? "st" : last == 2 ? "nd" : "rd";

		code[0] = (CccdInstr)
		{
			.op = CCCD_OP_AGE, .next = 1, .flags = CCCD_RULE_LO_STRICT,
				.lo = CCCD_DURATION(years, CCCD_UNIT_YEAR),
				.hi = CCCD_RULE_NONE
		};
		snprintf(wanted, sizeof(wanted), "Past the %d%s birthday", years,
				 ending);
		check_sentence(1, 0, CCCD_ENGLISH, wanted);
	}
}

static void
check_languages(void)
{
	CccdLanguage language;

	CHECK(cccd_language_find("vi", 2, &language));
	CHECK(language == CCCD_VIETNAMESE);
	CHECK(cccd_language_find("EN", 2, &language));
	CHECK(language == CCCD_ENGLISH);
	CHECK(!cccd_language_find("fr", 2, &language));
	CHECK(!cccd_language_find("e", 1, &language));
	CHECK(!cccd_language_find("eng", 3, &language));
	CHECK(!cccd_language_find("", 0, &language));
}

int
main(void)
{
	check_sentences(fact_sentences,
					sizeof(fact_sentences) / sizeof(fact_sentences[0]));
	check_sentences(context_sentences,
					sizeof(context_sentences) / sizeof(context_sentences[0]));
	check_negation();
	check_names();
	check_masks();
	check_birthdays();
	check_languages();
	return finish();
}
