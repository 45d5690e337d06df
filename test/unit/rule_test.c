/*
 * rule_test.c
 *		Text of rules to instructions and back.
 */
#include "rule_ask.h"

#include "health/code_core.h"
#include "health/health_core.h"
#include "eval/context_core.h"

static void
check_clauses(void)
{
	same("");
	canonical(" \t\n ", "");
	same("doses = 2");
	same("doses <> 0");
	same("doses >= 2");
	canonical("doses > 1", "doses >= 2");
	canonical("DOSES>1", "doses >= 2");
	canonical("doses < 3", "doses <= 2");
	canonical("doses < 1", "doses = 0");
	canonical("doses <= 0", "doses = 0");
	same("doses >= 0");
	canonical("doses != 2", "doses <> 2");
	same("doses between 1 and 2");
	same("doses not between 1 and 2");
	canonical("doses between 2 and 2", "doses = 2");
	canonical("doses in (2)", "doses = 2");
	canonical("doses in (3, 1, 2, 2)", "doses between 1 and 3");
	canonical("doses in (4, 1, 2)", "doses between 1 and 2 or doses = 4");
	canonical("doses not in (2)", "doses <> 2");
	canonical("doses not in (2, 3)", "doses not between 2 and 3");
	canonical("doses not in (1, 3)", "not (doses = 1 or doses = 3)");
	canonical("not doses not in (1, 3)", "doses = 1 or doses = 3");
	canonical("ticket and doses in (1, 3)",
			  "ticket and (doses = 1 or doses = 3)");
	canonical("ticket or doses(signed) in (1, 3)",
			  "ticket or doses(signed) = 1 or doses(signed) = 3");
	same("doses(product = 'EU/1/20/1528') >= 1");
	canonical("doses(product = 'comirnaty') >= 1",
			  "doses(product = 'EU/1/20/1528') >= 1");
	canonical("doses(product in ('EU/1/20/1507', 'EU/1/20/1528')) >= 1",
			  "doses(product in ('EU/1/20/1528', 'EU/1/20/1507')) >= 1");
	canonical("doses(product = #1) >= 1",
			  "doses(product = 'EU/1/20/1528') >= 1");
	canonical("doses(product = #1711) >= 1",
			  "doses(product = '#1711') >= 1");
	canonical("doses(signed, source = national, disease = measles, "
			  "product in (#1711)) = 2",
			  "doses(product = '#1711', disease = measles, "
			  "source = national, signed) = 2");
	canonical("doses(disease = 'covid-19') = 2", "doses = 2");
	canonical("doses(disease = #200) = 2", "doses(disease = #200) = 2");
	canonical("doses(source >= declared) = 2", "doses = 2");
	canonical("doses(source <> paper) = 2",
			  "doses(source in (declared, certificate, national)) = 2");
	canonical("doses(source > certificate) = 2",
			  "doses(source = national) = 2");
	canonical("doses(source in (national, certificate)) = 2",
			  "doses(source >= certificate) = 2");
	canonical("doses(source <= paper) = 2",
			  "doses(source in (declared, paper)) = 2");
	canonical("doses(source between paper and certificate) = 2",
			  "doses(source in (paper, certificate)) = 2");

	same("since(last_dose) >= 14 days");
	same("since(last_dose) > 14 days");
	same("since(last_dose) < 1 year");
	same("since(last_dose) <= 1 second");
	same("since(last_dose) >= 0 days");
	canonical("since ( last_dose )>=14 day", "since(last_dose) >= 14 days");
	canonical("since(last_dose) >= 1 days", "since(last_dose) >= 1 day");
	same("since(last_dose) between 14 days and 12 months");
	same("since(last_dose) between 2 weeks and 2 weeks");
	same("since(last_dose) between 3 months and 89 days");
	same("since(last_dose(product in ('EU/1/20/1528', 'EU/1/20/1507'))) "
		 "between 14 days and 12 months");
	same("since(first_dose) >= 3 weeks");
	same("since(dose(2)) >= 14 days");
	canonical("since(dose(1)) >= 14 days", "since(first_dose) >= 14 days");
	canonical("since(dose(1, signed)) >= 14 days",
			  "since(first_dose(signed)) >= 14 days");
	same("since(dose(2, disease = measles, source >= paper)) >= 14 days");
	same("since(recovery) <= 6 months");
	same("since(recovery(source >= certificate, signed)) <= 6 months");
	same("since(isolation) > 30 minutes");
	same("since(exposure) > 14 days");
	same("since(contraindication) < 90 days");
	same("since(negative(pcr, antigen)) <= 72 hours");
	canonical("since(negative) <= 72 hours",
			  "since(negative(pcr, antigen)) <= 72 hours");
	canonical("since(positive(disease = measles)) <= 72 hours",
			  "since(positive(pcr, antigen, disease = measles)) <= 72 hours");
	canonical("since(positive(signed, #7, rat, 'LP6464-4', antibody)) "
			  "<= 6 months",
			  "since(positive(pcr, antigen, antibody, #7, signed)) "
			  "<= 6 months");
	same("isolated");
	same("exposed");
	same("contraindicated(signed)");
	same("recovered(disease = measles, source = national)");

	same("complete");
	canonical("Complete ( disease = covid19 )", "complete");
	same("complete(product in ('EU/1/20/1528', 'EU/1/20/1507'), disease = "
		 "measles, source >= paper, signed)");
	same("since(complete) >= 14 days");
	same("since(complete(product = 'Abdala', source = national)) <= 6 months");

	same("ticket");
	same("accompanied");
	same("age < 12 years");
	same("age between 12 years and 17 years");
	same("age >= 216 months");
	same("evidence >= paper");
	canonical("evidence > paper", "evidence >= qr");
	canonical("evidence in (chip, qr)", "evidence in (qr, chip)");
	canonical("evidence not in (chip)", "evidence <> chip");
	same("evidence between paper and registry");
	same("level <= 2");
	canonical("level < 2", "level <= 1");
	same("level in (1, 3)");
	same("level not in (1, 3)");
	same("origin_level = 4");
	same("sex = female");
	canonical("sex = M", "sex = male");
	canonical("sex <> f", "sex = male");
	same("place = 79");
	canonical("place = 001", "place = 1");
	same("place in (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13)");
	same("place not in (1, 79)");
	same("place not between 101 and 295");
}

static void
check_tree(void)
{
	canonical("doses >= 2 and ticket", "doses >= 2 and ticket");
	canonical("(ticket and (accompanied and exposed)) and isolated",
			  "ticket and accompanied and exposed and isolated");
	canonical("ticket or (accompanied or exposed) or isolated",
			  "ticket or accompanied or exposed or isolated");
	canonical("(ticket or accompanied) and exposed",
			  "(ticket or accompanied) and exposed");
	canonical("(ticket and accompanied) or exposed",
			  "ticket and accompanied or exposed");
	canonical("ticket and accompanied or exposed and isolated or recovered",
			  "ticket and accompanied or exposed and isolated or recovered");
	same("not ticket");
	canonical("not not ticket", "ticket");
	canonical("not (not (not ticket))", "not ticket");
	canonical("NOT (ticket)", "not ticket");
	same("not (ticket and accompanied)");
	same("not (ticket or not accompanied) and exposed");
	canonical("exposed and not (not (ticket and accompanied))",
			  "exposed and ticket and accompanied");
	canonical("exposed or not (not (ticket and accompanied))",
			  "exposed or ticket and accompanied");
	canonical("exposed and not not (ticket or accompanied) and isolated",
			  "exposed and (ticket or accompanied) and isolated");
	canonical("((((((((((((((((ticket))))))))))))))))", "ticket");
	same("not (ticket or not (ticket or not (ticket or not (ticket or "
		 "not (ticket or not (ticket or not (ticket or not (ticket or "
		 "accompanied))))))))");
}

/* The examples of the manual, and the rules that were really published. */
static void
check_published(void)
{
	/* Viet Nam Football Federation, My Dinh, 11 and 16 November 2021 */
	canonical("(doses >= 2 and since(last_dose) >= 14 days "
			  "or since(recovery) <= 6 months)\n"
			  "  and since(negative(pcr, antigen)) <= 72 hours "
			  "and not isolated and ticket",
			  "(doses >= 2 and since(last_dose) >= 14 days "
			  "or since(recovery) <= 6 months) "
			  "and since(negative(pcr, antigen)) <= 72 hours "
			  "and not isolated and ticket");
	/* Ho Chi Minh City, Decision 3900/QD-UBND, 16 November 2021 */
	same("doses >= 1 and since(last_dose) >= 14 days or recovered "
		 "or contraindicated and evidence >= paper");
	same("since(last_dose(product in ('EU/1/20/1528', 'EU/1/20/1507'))) "
		 "between 14 days and 12 months");
	same("age < 12 years and accompanied or doses >= 2");
	/* Ministry of Health, dispatch 6288/BYT-MT, 4 August 2021 */
	same("since(negative(pcr)) <= 72 hours and "
		 "(since(last_dose) between 14 days and 12 months or "
		 "since(positive(pcr)) <= 6 months and recovered(source >= paper))");
	/* Ha Noi, Plan 243/KH-UBND, 29 October 2021 */
	same("(doses >= 2 or recovered) and "
		 "since(negative(pcr, antigen)) <= 72 hours");
}

static void
check_errors(void)
{
	static char long_text[CCCD_RULE_MAX_TEXT + 2];
	size_t		at = 0;

	refused("x", CCCD_RULE_SYNTAX, 0, "a condition");
	refused("doses", CCCD_RULE_SYNTAX, 5,
			"=, <>, <, <=, >, >=, \"between\" or \"in\"");
	refused("doses >= two", CCCD_RULE_SYNTAX, 9,
			"a number of doses from 0 to 255");
	refused("doses >= 256", CCCD_RULE_RANGE, 9,
			"a number of doses from 0 to 255");
	refused("doses >= 99999999999999999999", CCCD_RULE_RANGE, 9, NULL);
	refused("doses < 0", CCCD_RULE_EMPTY_RANGE, 8, NULL);
	refused("doses > 255", CCCD_RULE_EMPTY_RANGE, 8, NULL);
	refused("doses between 3 and 2", CCCD_RULE_EMPTY_RANGE, 14, NULL);
	refused("doses between 3 or 2", CCCD_RULE_SYNTAX, 16, "\"and\"");
	refused("doses not 3", CCCD_RULE_SYNTAX, 6, NULL);
	refused("doses in 3", CCCD_RULE_SYNTAX, 9, "a list in parentheses");
	refused("doses in (3 4)", CCCD_RULE_SYNTAX, 12,
			"a comma or a closing parenthesis");
	refused("doses in ()", CCCD_RULE_SYNTAX, 10, NULL);
	refused("doses() = 1", CCCD_RULE_SYNTAX, 6, "a condition on the fact");
	refused("doses(pcr) = 1", CCCD_RULE_SYNTAX, 6, "a condition on the fact");
	refused("doses(product = Comirnaty2) = 1", CCCD_RULE_UNKNOWN_CODE, 16,
			"a vaccine product in quotes");
	refused("doses(product = 'x) = 1", CCCD_RULE_SYNTAX, 16, NULL);
	refused("doses(product = 'x') = 1", CCCD_RULE_UNKNOWN_CODE, 16, NULL);
	refused("doses(product = #0) = 1", CCCD_RULE_UNKNOWN_CODE, 16, NULL);
	refused("doses(product = #2048) = 1", CCCD_RULE_UNKNOWN_CODE, 16, NULL);
	refused("doses(signed, signed) = 1", CCCD_RULE_SYNTAX, 14,
			"every condition only once");
	refused("doses(disease = flu2) = 1", CCCD_RULE_UNKNOWN_CODE, 16,
			"a disease");
	refused("doses(disease in (measles)) = 1", CCCD_RULE_SYNTAX, 14, "=");
	refused("doses(source = police) = 1", CCCD_RULE_UNKNOWN_CODE, 15,
			"a source");
	refused("doses(source < declared) = 1", CCCD_RULE_EMPTY_RANGE, 15, NULL);
	refused("since last_dose >= 14 days", CCCD_RULE_SYNTAX, 6,
			"a fact in parentheses");
	refused("since(dose) >= 14 days", CCCD_RULE_SYNTAX, 10, NULL);
	refused("since(dose(0)) >= 14 days", CCCD_RULE_RANGE, 11, NULL);
	refused("since(dose(32)) >= 14 days", CCCD_RULE_RANGE, 11, NULL);
	refused("since(birth) >= 14 days", CCCD_RULE_SYNTAX, 6, "a fact");
	refused("since(first_dose(product = #1)) >= 14 days", CCCD_RULE_SYNTAX,
			17, "a condition on the fact");
	refused("since(last_dose) = 14 days", CCCD_RULE_SYNTAX, 17,
			"<, <=, >, >= or \"between\"");
	refused("since(last_dose) not between 1 day and 2 days",
			CCCD_RULE_SYNTAX, 17, NULL);
	refused("since(last_dose) >= 14", CCCD_RULE_SYNTAX, 22, "a unit of time");
	refused("since(last_dose) >= 14 dayss", CCCD_RULE_SYNTAX, 23, NULL);
	refused("since(last_dose) >= days", CCCD_RULE_SYNTAX, 20,
			"a duration such as 14 days");
	refused("since(last_dose) >= 201 years", CCCD_RULE_RANGE, 20, NULL);
	refused("since(last_dose) >= 268435456 seconds", CCCD_RULE_RANGE, 20,
			NULL);
	refused("since(last_dose) < 0 hours", CCCD_RULE_EMPTY_RANGE, 19, NULL);
	refused("since(last_dose) between 15 days and 2 weeks",
			CCCD_RULE_EMPTY_RANGE, 25, NULL);
	refused("since(last_dose) between 2 months and 55 days",
			CCCD_RULE_EMPTY_RANGE, 25, NULL);
	refused("since(negative(pcr, pcr2)) <= 1 day", CCCD_RULE_SYNTAX, 20,
			"a condition on the fact");
	refused("since(negative(#8)) <= 1 day", CCCD_RULE_SYNTAX, 15, NULL);
	refused("complete()", CCCD_RULE_SYNTAX, 9, "a condition on the fact");
	refused("complete(pcr)", CCCD_RULE_SYNTAX, 9, "a condition on the fact");
	refused("complete >= 1", CCCD_RULE_SYNTAX, 9, NULL);
	refused("age >= 12", CCCD_RULE_SYNTAX, 9, NULL);
	refused("age >= 12 hours", CCCD_RULE_SYNTAX, 10, NULL);
	refused("age = 12 years", CCCD_RULE_SYNTAX, 4, NULL);
	refused("evidence >= oral", CCCD_RULE_UNKNOWN_CODE, 12,
			"a level of evidence");
	refused("evidence > genuine", CCCD_RULE_EMPTY_RANGE, 11, NULL);
	refused("level = 5", CCCD_RULE_RANGE, 8, "a level from 1 to 4");
	refused("level < 1", CCCD_RULE_EMPTY_RANGE, 8, NULL);
	refused("place = 0", CCCD_RULE_RANGE, 8, NULL);
	refused("sex = x", CCCD_RULE_SYNTAX, 6, "\"male\" or \"female\"");
	refused("sex > male", CCCD_RULE_SYNTAX, 4, "= or <>");
	refused("ticket and", CCCD_RULE_SYNTAX, 10, "a condition");
	refused("ticket accompanied", CCCD_RULE_SYNTAX, 7,
			"\"and\", \"or\" or the end of the rule");
	refused("(ticket", CCCD_RULE_SYNTAX, 7,
			"\"and\", \"or\" or a closing parenthesis");
	refused("ticket)", CCCD_RULE_SYNTAX, 6, NULL);
	refused("ticket & exposed", CCCD_RULE_SYNTAX, 7, NULL);
	refused("not", CCCD_RULE_SYNTAX, 3, "a condition");
	refused("()", CCCD_RULE_SYNTAX, 1, "a condition");
	refused("(((((((((((((((((ticket)))))))))))))))))",
			CCCD_RULE_TOO_DEEP, 16, NULL);
	refused("not (ticket or not (ticket or not (ticket or not (ticket or "
			"not (ticket or not (ticket or not (ticket or not (ticket or "
			"not ticket))))))))", CCCD_RULE_TOO_DEEP, 0, NULL);

	for (int i = 0; i < 65; i++)
		at += snprintf(long_text + at, sizeof(long_text) - at, "%sexposed",
					   i > 0 ? " or " : "");
	refused(long_text, CCCD_RULE_TOO_MANY_CLAUSES, 64 * 11, NULL);
	at = snprintf(long_text, sizeof(long_text), "place in (1");
	for (int i = 0; i < 128; i++)
		at += snprintf(long_text + at, sizeof(long_text) - at, ",1");
	snprintf(long_text + at, sizeof(long_text) - at, ")");
	refused(long_text, CCCD_RULE_TOO_MANY_ITEMS, 10 + 128 * 2, NULL);
	memset(long_text, ' ', sizeof(long_text) - 1);
	refused(long_text, CCCD_RULE_TOO_LONG, CCCD_RULE_MAX_TEXT, NULL);

	/* short when written with numbers, too long with names */
	at = 0;
	for (int i = 0; i < 18; i++)
	{
		at += snprintf(long_text + at, sizeof(long_text) - at,
					   "%sdoses(product in(#1", i > 0 ? "or " : "");
		for (int product = 2; product <= 71; product++)
			at += snprintf(long_text + at, sizeof(long_text) - at, ",#%d",
						   product);
		at += snprintf(long_text + at, sizeof(long_text) - at, "))=1");
	}
	refused(long_text, CCCD_RULE_TOO_LONG, at, NULL);
}

static void
check_clause_text(void)
{
	CccdRuleError error;
	int			count;
	size_t		length;

	CHECK(parse("not (doses >= 2 or place in (1, 2)) and ticket", &count,
				&error) == CCCD_RULE_OK);
	CHECK(cccd_rule_clauses(code, count) == 3);
	length = cccd_rule_format_clause(code, count, 1, text, sizeof(text) - 1);
	text[length] = '\0';
	CHECK_STR(text, "place in (1, 2)");
	CHECK(cccd_rule_format_clause(code, count, 3, text, sizeof(text)) == 0);
	CHECK(cccd_rule_clause_index(code, count, 2) == count - 1);
	CHECK(cccd_rule_clause_index(code, count, -1) == -1);

	/* a short buffer gets the beginning, and the length is still told */
	memset(text, '~', 10);
	length = cccd_rule_format(code, count, text, 5);
	CHECK(length == 46 && memcmp(text, "not (~", 6) == 0);
}

/* A name in canonical text must be read back: a word, or quoted. */
static void
check_names(void)
{
	static const CccdCodeSet words[] = {
		CCCD_CODES_DISEASE, CCCD_CODES_TEST, CCCD_CODES_SOURCE,
		CCCD_CODES_EVIDENCE
	};
	char		name[CCCD_CODE_SIZE];
	const char *entry;
	int			number;

	for (size_t set = 0; set < sizeof(words) / sizeof(words[0]); set++)
		for (int i = 0; cccd_code_entry(words[set], i, &number, &entry); i++)
		{
			cccd_code_name(words[set], number, name);
			CHECK(strspn(name, "abcdefghijklmnopqrstuvwxyz_0123456789") ==
				  strlen(name) && name[0] >= 'a');
		}
	for (int i = 0; cccd_code_entry(CCCD_CODES_PRODUCT, i, &number, &entry);
		 i++)
	{
		cccd_code_name(CCCD_CODES_PRODUCT, number, name);
		CHECK(strchr(name, '\'') == NULL);
	}
}

/* The longest duration of a unit: 200 years, or what 32 bits hold. */
static void
test_longest(void)
{
	static const struct
	{
		CccdUnit	unit;
		int			longest;
	}			cases[] = {
		{CCCD_UNIT_SECOND, 268435455},
		{CCCD_UNIT_MINUTE, 105408000},
		{CCCD_UNIT_HOUR, 1756800},
		{CCCD_UNIT_DAY, 73200},
		{CCCD_UNIT_WEEK, 10457},
		{CCCD_UNIT_MONTH, 2400},
		{CCCD_UNIT_YEAR, 200}
	};

	for (size_t k = 0; k < sizeof(cases) / sizeof(cases[0]); k++)
		CHECK(cccd_rule_longest(cases[k].unit) == cases[k].longest);
}

/* The longest list of each kind, and one value more. */
static void
check_long_lists(void)
{
	static const struct
	{
		const char *head;
		const char *prefix;
		const char *tail;
	}			lists[] = {
		{"doses(product in (", "#", ")) >= 1"}, {"place in (", "", ")"},
		{"since(last_dose(product in (", "#", "))) >= 1 day"}
	};

	for (size_t k = 0; k < sizeof(lists) / sizeof(lists[0]); k++)
		for (int count = 1; count <= CCCD_RULE_MAX_ITEMS + 1; count++)
		{
			char		text[4096];
			int			length = 0;
			int			instructions;
			CccdRuleError error;
			bool		good = count <= CCCD_RULE_MAX_ITEMS;

			length += sprintf(text, "%s", lists[k].head);
			for (int i = 0; i < count; i++)
				length += sprintf(text + length, "%s%s%d", i > 0 ? ", " : "",
								  lists[k].prefix, 1 + i);
			strcpy(text + length, lists[k].tail);
			CHECK((cccd_rule_parse(text, strlen(text), code, &instructions,
								   &error) == CCCD_RULE_OK) == good);
			if (!good)
				continue;
			CHECK(cccd_rule_validate(code, instructions) == CCCD_RULE_OK);
			/* one value is a comparison where it is no product */
			CHECK(instructions == 1 + (count + CCCD_ITEM_VALUES - 1) /
				  CCCD_ITEM_VALUES - (count == 1 && k == 1));
		}
}

/* Instructions of a text, for tests that put others together. */
static void
take(const char *from, CccdInstr *to, int wanted)
{
	CccdRuleError error;
	int			count;

	CHECK(parse(from, &count, &error) == CCCD_RULE_OK && count == wanted);
	memcpy(to, code, sizeof(CccdInstr) * (size_t) wanted);
}

/* What binary input may hold, and one more of each. */
static void
check_binary_limits(void)
{
	static CccdInstr built[CCCD_RULE_MAX_CODES + 1];
	CccdInstr	any[3];
	CccdInstr	all[3];

	take("ticket or accompanied", any, 3);
	take("ticket and accompanied", all, 3);
	CHECK(cccd_rule_validate(any, 3) == CCCD_RULE_OK);
	CHECK(cccd_rule_validate(any, 0) == CCCD_RULE_OK);
	CHECK(cccd_rule_validate(any, 2) == CCCD_RULE_BAD_CODE);
	CHECK(cccd_rule_validate(any, -1) == CCCD_RULE_TOO_LONG);
	CHECK(cccd_rule_validate(built, CCCD_RULE_MAX_CODES) == CCCD_RULE_BAD_CODE);
	CHECK(cccd_rule_validate(built, CCCD_RULE_MAX_CODES + 1) ==
		  CCCD_RULE_TOO_LONG);
	/* clauses */
	for (int clauses = CCCD_RULE_MAX_CLAUSES;
		 clauses <= CCCD_RULE_MAX_CLAUSES + 1; clauses++)
	{
		built[0] = any[0];
		built[0].next = (uint16_t) (clauses + 1);
		for (int i = 1; i <= clauses; i++)
		{
			built[i] = any[1];
			built[i].next = (uint16_t) (i + 1);
		}
		CHECK(cccd_rule_validate(built, clauses + 1) ==
			  (clauses <= CCCD_RULE_MAX_CLAUSES ? CCCD_RULE_OK :
			   CCCD_RULE_TOO_MANY_CLAUSES));
	}
	/* a chain of AND and OR in turn, each with a clause and the next */
	for (int depth = CCCD_RULE_MAX_DEPTH; depth <= CCCD_RULE_MAX_DEPTH + 1;
		 depth++)
	{
		int			count = 2 * depth + 1;

		for (int level = 0; level < depth; level++)
		{
			built[2 * level] = level % 2 ? any[0] : all[0];
			built[2 * level].next = (uint16_t) count;
			built[2 * level + 1] = any[1];
			built[2 * level + 1].next = (uint16_t) (2 * level + 2);
		}
		built[count - 1] = any[1];
		built[count - 1].next = (uint16_t) count;
		CHECK(cccd_rule_validate(built, count) ==
			  (depth <= CCCD_RULE_MAX_DEPTH ? CCCD_RULE_OK :
			   CCCD_RULE_TOO_DEEP));
		/* what is one kind below another of it is written as one */
		built[2] = built[0];
		built[2].next = (uint16_t) count;
		CHECK(cccd_rule_validate(built, count) == CCCD_RULE_BAD_CODE);
	}
}

int
main(void)
{
	test_longest();
	check_clauses();
	check_tree();
	check_published();
	check_errors();
	check_clause_text();
	check_names();
	check_long_lists();
	check_binary_limits();
	return finish();
}
