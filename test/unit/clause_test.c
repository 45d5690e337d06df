/*
 * clause_test.c
 *		The reasons that the clauses of a rule give.
 */
#include "unit.h"

#include "gate/clause_core.h"

static CccdInstr code[CCCD_RULE_MAX_CODES];
static int	count;

static void
parse(const char *text)
{
	CccdRuleError error;

	CHECK(cccd_rule_parse(text, strlen(text), code, &count, &error) ==
		  CCCD_RULE_OK);
}

/*
 * The reasons of a rule for sets of clauses, each with the numbers of the
 * clauses that explain it: "doses_missing 1 2; age 3".
 */
static const char *
reasons(const char *text, uint64_t failed, uint64_t unsure)
{
	static char out[1024];
	CccdClauseReason found[CCCD_CLAUSE_REASONS];
	size_t		length = 0;

	parse(text);

	int			n = cccd_clause_reasons(code, count, failed, unsure, found);

	out[0] = '\0';
	for (int i = 0; i < n; i++)
	{
		length += snprintf(out + length, sizeof(out) - length, "%s%s",
						   i > 0 ? "; " : "",
						   cccd_reason_entries[found[i].reason].code);
		for (int clause = 0; clause < 64; clause++)
			if (found[i].clauses >> clause & 1)
				length += snprintf(out + length, sizeof(out) - length, " %d",
								   clause + 1);
	}
	return out;
}

/* One clause: what it gives where it fails, below NOT, and not known. */
static void
test_clauses(void)
{
	static const struct
	{
		const char *clause;
		const char *failed;
		const char *negated;
		const char *unsure;
	}			table[] = {
		{"doses >= 2", "doses_missing", "rule_forbids", "not_certain"},
		{"complete", "doses_missing", "rule_forbids", "not_certain"},
		{"since(complete) >= 14 days", "doses_missing", "rule_forbids",
		"not_certain"},
		{"since(last_dose) >= 14 days", "dose_time", "rule_forbids",
		"not_certain"},
		{"since(dose(2)) >= 14 days", "dose_time", "rule_forbids",
		"not_certain"},
		{"recovered", "recovery_missing", "rule_forbids", "not_certain"},
		{"since(recovery) <= 6 months", "recovery_missing", "rule_forbids",
		"not_certain"},
		{"since(negative) <= 72 hours", "test_missing", "rule_forbids",
		"test_pending"},
		{"since(positive) >= 14 days", "positive_test", "rule_forbids",
		"test_pending"},
		{"contraindicated", "contraindication_missing", "rule_forbids",
		"not_certain"},
		{"since(contraindication) >= 1 day", "contraindication_missing",
		"rule_forbids", "not_certain"},
		{"holds(insurance)", "credential_missing", "rule_forbids",
		"not_certain"},
		{"since(credential(insurance)) >= 1 day", "credential_missing",
		"rule_forbids", "not_certain"},
		{"declared(no_symptoms)", "declaration_missing",
		"declaration_excludes", "not_certain"},
		{"since(declaration(no_symptoms)) <= 24 hours", "declaration_missing",
		"declaration_excludes", "not_certain"},
		{"booked(vaccination)", "registration_missing", "rule_forbids",
		"not_certain"},
		{"since(registration(test)) <= 1 day", "registration_missing",
		"rule_forbids", "not_certain"},
		{"consulted(doctor)", "consultation_missing", "rule_forbids",
		"not_certain"},
		{"since(consultation(doctor)) <= 14 days", "consultation_missing",
		"rule_forbids", "not_certain"},
		{"isolated", "rule_forbids", "isolated", "not_certain"},
		{"exposed", "rule_forbids", "exposed", "not_certain"},
		{"since(isolation) >= 14 days", "isolation_time", "isolation_time",
		"not_certain"},
		{"since(exposure) >= 14 days", "exposure_time", "exposure_time",
		"not_certain"},
		{"age >= 18 years", "age", "age", "age_unknown"},
		{"ticket", "ticket_rule", "ticket_rule", "ticket_rule"},
		{"accompanied", "not_accompanied", "not_accompanied",
		"accompanied_unknown"},
		{"evidence >= chip", "evidence_rule", "evidence_rule",
		"evidence_rule"},
		{"level <= 2", "place_rule", "place_rule", "place_unknown"},
		{"place = 1", "place_rule", "place_rule", "place_unknown"},
		{"origin_level <= 2", "place_rule", "place_rule", "origin_unknown"},
		{"sex = male", "sex_rule", "sex_rule", "not_certain"}
	};
	char		wanted[64];
	char		negated[128];

	for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++)
	{
		snprintf(wanted, sizeof(wanted), "%s 1", table[i].failed);
		CHECK_STR(reasons(table[i].clause, 1, 0), wanted);
		snprintf(wanted, sizeof(wanted), "%s 1", table[i].unsure);
		CHECK_STR(reasons(table[i].clause, 0, 1), wanted);
		snprintf(negated, sizeof(negated), "not (%s)", table[i].clause);
		CHECK_STR(reasons(negated, 0, 1), wanted);
		/* the parser may say the opposite instead of NOT */
		parse(negated);
		snprintf(wanted, sizeof(wanted), "%s 1", table[i].negated);
		CHECK(code[0].op == CCCD_OP_NOT);
		CHECK_STR(reasons(negated, 1, 0), wanted);
		/* twice below NOT is not below NOT */
		snprintf(negated, sizeof(negated), "not (ticket and not (%s))",
				 table[i].clause);
		snprintf(wanted, sizeof(wanted), "%s 2", table[i].failed);
		CHECK_STR(reasons(negated, 2, 0), wanted);
	}
}

static void
test_sets(void)
{
	const char *rule = "doses >= 2 and age >= 18 years and since(last_dose) >= 14 days "
	"and complete";

	CHECK_STR(reasons(rule, 0, 0), "");
	CHECK_STR(reasons("", 1, 1), "");
	CHECK_STR(reasons(rule, 1, 0), "doses_missing 1");
	CHECK_STR(reasons(rule, 2, 0), "age 2");
	CHECK_STR(reasons(rule, 15, 0), "doses_missing 1 4; age 2; dose_time 3");
	CHECK_STR(reasons(rule, 4, 2), "age_unknown 2; dose_time 3");
	CHECK_STR(reasons(rule, 4, 11), "not_certain 1 4; age_unknown 2; dose_time 3");
	/* what the rule does not have */
	CHECK_STR(reasons(rule, UINT64_MAX - 15, UINT64_MAX - 15), "");
}

/* Vaccination or recovery: either may be brought, so both are explained. */
static void
test_immunity(void)
{
	const char *rule = "(doses >= 2 and since(last_dose) >= 14 days or recovered) "
	"and age >= 18 years";

	CHECK_STR(reasons(rule, 1, 0), "immunity_missing 1 2 3");
	CHECK_STR(reasons(rule, 4, 0), "immunity_missing 1 2 3");
	CHECK_STR(reasons(rule, 12, 0), "immunity_missing 1 2 3; age 4");
	CHECK_STR(reasons(rule, 8, 0), "age 4");
	/* what is not known is said by itself; it alone asks for neither */
	CHECK_STR(reasons(rule, 0, 1), "not_certain 1");
	CHECK_STR(reasons(rule, 2, 1), "not_certain 1; immunity_missing 2 3");
	/* below NOT there is nothing to bring */
	CHECK_STR(reasons("not (doses >= 2) and recovered", 2, 0),
			  "recovery_missing 2");
	CHECK_STR(reasons("doses >= 2 and not recovered", 1, 0),
			  "doses_missing 1");
	CHECK_STR(reasons("complete or since(recovery) <= 6 months", 1, 0),
			  "immunity_missing 1 2");
	CHECK_STR(reasons("since(dose(2)) >= 14 days or recovered", 2, 0),
			  "immunity_missing 1 2");
	CHECK_STR(reasons("doses >= 2 or contraindicated", 1, 0),
			  "doses_missing 1");
}

/* A rule with as many clauses as a set has bits, and every reason at once. */
static void
test_most(void)
{
	char		text[CCCD_RULE_MAX_TEXT] = "age >= 1 year";
	CccdClauseReason found[CCCD_CLAUSE_REASONS];

	for (int i = 2; i <= 64; i++)
		snprintf(text + strlen(text), sizeof(text) - strlen(text),
				 " and age >= %d years", i);
	parse(text);
	CHECK(cccd_clause_reasons(code, count, UINT64_MAX, 0, found) == 1);
	CHECK(found[0].clauses == UINT64_MAX);
	CHECK(cccd_clause_reasons(code, count, UINT64_C(1) << 63, 1, found) == 2);
	CHECK(found[0].clauses == 1 && found[0].reason == CCCD_REASON_AGE_UNKNOWN);
	CHECK(found[1].clauses == UINT64_C(1) << 63);

	/* every reason of a rule that failing and unknown clauses can give */
	CHECK_STR(reasons("isolated and not isolated and not exposed and doses >= 2 "
					  "and since(last_dose) >= 1 day and since(negative) <= 1 day "
					  "and since(positive) >= 1 day and contraindicated "
					  "and holds(insurance) and declared(no_symptoms) "
					  "and not declared(symptoms) and booked(test) "
					  "and consulted(doctor) and since(isolation) >= 1 day "
					  "and since(exposure) >= 1 day and age >= 1 year and ticket "
					  "and accompanied and evidence >= qr and level <= 2 "
					  "and sex = male and since(negative) <= 2 days and age >= 2 years "
					  "and accompanied and origin_level = 1 and place = 1 "
					  "and complete",
					  (1 << 21) - 1, 63 << 21),
			  "rule_forbids 1; isolated 2; exposed 3; doses_missing 4; "
			  "dose_time 5; test_missing 6; positive_test 7; "
			  "contraindication_missing 8; credential_missing 9; "
			  "declaration_missing 10; declaration_excludes 11; "
			  "registration_missing 12; consultation_missing 13; "
			  "isolation_time 14; exposure_time 15; age 16; ticket_rule 17; "
			  "not_accompanied 18; evidence_rule 19; place_rule 20; "
			  "sex_rule 21; test_pending 22; age_unknown 23; "
			  "accompanied_unknown 24; origin_unknown 25; place_unknown 26; "
			  "not_certain 27");
}

int
main(void)
{
	test_clauses();
	test_sets();
	test_immunity();
	test_most();
	return finish();
}
