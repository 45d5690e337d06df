/*
 * eval_test.c
 *		Answers of rules for records: examples that can be followed by hand.
 */
#include "unit.h"

#include "calendar/calendar_core.h"
#include "health/health_text_core.h"
#include "rule/during_core.h"
#include "rule/program_core.h"

typedef struct Question
{
	CccdInstr	code[CCCD_RULE_MAX_CODES];
	int			count;
	unsigned char body[CCCD_HEALTH_MAX_SIZE];
	CccdHealthView view;
	const CccdHealthView *record;
	int64_t		at;
	uint64_t	context;
} Question;

static Question q;

static int64_t
time_of(const char *line)
{
	int64_t		time = 0;
	size_t		used;

	CHECK(cccd_time_parse(line, strlen(line), &used, &time) &&
		  used == strlen(line));
	return time;
}

/* A record of NULL is a missing one. */
static void
ask(const char *record, const char *rule, const char *at, const char *context)
{
	CccdRuleError rule_error;
	CccdHealthTextError health_error;
	CccdContextError error;
	size_t		length;

	if (cccd_rule_parse(rule, strlen(rule), q.code, &q.count, &rule_error) !=
		CCCD_RULE_OK)
	{
		fprintf(stderr, "\"%s\"\n", rule);
		CHECK(!"the rule is refused");
	}
	q.record = NULL;
	if (record)
	{
		CHECK(cccd_health_parse(record, strlen(record), q.body, &length,
								&health_error) == CCCD_HEALTH_TEXT_OK);
		CHECK(cccd_health_open(q.body, length, &q.view) == CCCD_HEALTH_OK);
		q.record = &q.view;
	}
	q.at = time_of(at);
	CHECK(cccd_context_parse(context, strlen(context), &q.context, &error));
}

static CccdTruth
evaluate(void)
{
	CccdSpan	spans[CCCD_RULE_MAX_CODES];
	CccdBinding binding;
	CccdProgram program;
	CccdTruth	answer;

	cccd_rule_bind(q.code, q.count, q.at, q.context, spans);
	cccd_binding_init(&binding, q.code, q.count, spans, q.at);
	answer = cccd_rule_eval(&binding, q.record);
	cccd_program_init(&program, &binding);
	CHECK(cccd_program_run(&program, q.record) == answer);
	return answer;
}

/* The truth, which evaluation and check must agree on. */
static const char *
truth(const char *record, const char *rule, const char *at,
	  const char *context)
{
	static const char *const names[] = {"fail", "unknown", "pass"};
	CccdVerdict verdict;

	ask(record, rule, at, context);
	cccd_rule_check(q.code, q.count, q.at, q.context, q.record, &verdict);
	CHECK(verdict.truth == evaluate());
	return names[verdict.truth];
}

#define IS(record, rule, at, wanted) \
	CHECK_STR(truth(record, rule, at, ""), wanted)
#define IS_IN(context, rule, wanted) \
	CHECK_STR(truth("", rule, "2021-11-16 19:00", context), wanted)

static void
check_since(void)
{
	const char *dose = "dose 2021-11-02 19:00:00+07";
	const char *month = "dose 2021-08-31 10:00:00+07";

	/* a time counts from its own second on */
	IS(dose, "doses = 1", "2021-11-02 19:00", "pass");
	IS(dose, "doses = 1", "2021-11-02 18:59:59.999999", "fail");

	/* both sides of each comparison, to the microsecond */
	IS(dose, "since(last_dose) >= 14 days", "2021-11-16 19:00", "pass");
	IS(dose, "since(last_dose) >= 14 days", "2021-11-16 18:59:59.999999",
	   "fail");
	IS(dose, "since(last_dose) > 14 days", "2021-11-16 19:00", "fail");
	IS(dose, "since(last_dose) > 14 days", "2021-11-16 19:00:00.000001",
	   "pass");
	IS(dose, "since(last_dose) <= 14 days", "2021-11-16 19:00", "pass");
	IS(dose, "since(last_dose) <= 14 days", "2021-11-16 19:00:00.000001",
	   "fail");
	IS(dose, "since(last_dose) < 14 days", "2021-11-16 19:00", "fail");
	IS(dose, "since(last_dose) < 14 days", "2021-11-16 18:59:59.999999",
	   "pass");
	IS(dose, "since(last_dose) between 14 days and 15 days",
	   "2021-11-17 19:00", "pass");
	IS(dose, "since(last_dose) between 14 days and 15 days",
	   "2021-11-17 19:00:00.000001", "fail");
	IS(dose, "since(last_dose) <= 0 days", "2021-11-02 19:00", "pass");
	IS(dose, "since(last_dose) <= 0 days", "2021-11-02 19:00:00.5", "fail");

	/* a month ends with its last day where it has no such day */
	IS(month, "since(last_dose) >= 6 months", "2022-02-28 23:59:59", "fail");
	IS(month, "since(last_dose) >= 6 months", "2022-03-01 00:00", "pass");
	IS(month, "since(last_dose) <= 6 months", "2022-03-01 00:00", "pass");
	IS(month, "since(last_dose) <= 6 months", "2022-03-01 00:00:00.000001",
	   "fail");
	IS(month, "since(last_dose) < 1 year", "2022-08-31 09:59:59", "pass");
	IS(month, "since(last_dose) < 1 year", "2022-08-31 10:00", "fail");

	/* no such instant is not a long time ago */
	IS("", "since(last_dose) >= 14 days", "2021-11-16", "fail");
	IS("", "since(last_dose) <= 14 days", "2021-11-16", "fail");
	IS("", "not since(last_dose) <= 14 days", "2021-11-16", "pass");

	/* the latest one decides */
	IS("test 2021-11-10 08:00 pcr negative; test 2021-11-15 08:00 antigen "
	   "negative", "since(negative) <= 72 hours", "2021-11-16", "pass");
	IS("test 2021-11-10 08:00 pcr negative; test 2021-11-15 08:00 antigen "
	   "negative", "since(negative(pcr)) <= 72 hours", "2021-11-16", "fail");
	IS("recovery 2021-05-01; recovery 2021-10-01",
	   "since(recovery) >= 60 days", "2021-11-16", "fail");
	IS("exposure 2021-11-10 until 2021-11-24",
	   "since(exposure) >= 6 days", "2021-11-16", "pass");
}

static void
check_filters(void)
{
	const char *doses = "dose 2021-03-01 product 'EU/1/20/1528' number 1 "
	"national signed; dose 2021-06-01 paper; dose 2021-07-01 disease measles";

	IS(doses, "doses = 2", "2021-11-16", "pass");
	IS(doses, "doses(disease = measles) = 1", "2021-11-16", "pass");
	IS(doses, "doses(signed) = 1", "2021-11-16", "pass");
	IS(doses, "doses(source >= paper) = 2", "2021-11-16", "pass");
	IS(doses, "doses(source = paper) = 2", "2021-11-16", "fail");
	IS(doses, "doses <> 2", "2021-11-16", "fail");
	IS(doses, "doses between 2 and 3", "2021-11-16", "pass");
	IS(doses, "doses in (1, 3)", "2021-11-16", "fail");

	/* an unknown product may be the one */
	IS(doses, "doses(product = 'EU/1/20/1528') >= 1", "2021-11-16", "pass");
	IS(doses, "doses(product = 'EU/1/20/1528') = 2", "2021-11-16", "unknown");
	IS(doses, "doses(product = 'EU/1/20/1528') = 3", "2021-11-16", "fail");
	IS(doses, "doses(product = 'EU/1/20/1528') <> 3", "2021-11-16", "pass");
	IS(doses, "since(last_dose(product = 'EU/1/20/1528')) >= 3 months",
	   "2021-11-16", "pass");
	IS(doses, "since(last_dose(product = 'EU/1/20/1528')) >= 6 months",
	   "2021-11-16", "unknown");
	IS(doses, "since(last_dose(product = 'EU/1/20/1528')) < 1 month",
	   "2021-11-16", "fail");
	IS(doses, "since(last_dose(product = 'EU/1/20/1507')) >= 3 months",
	   "2021-11-16", "unknown");

	IS("isolation 2021-11-01 until 2021-11-15 paper",
	   "isolated", "2021-11-14 23:59:59", "pass");
	IS("isolation 2021-11-01 until 2021-11-15 paper",
	   "isolated", "2021-11-15", "fail");
	IS("isolation 2021-11-01", "isolated", "2030-01-01", "pass");
	IS("isolation 2021-11-01 paper", "isolated(source = national)",
	   "2021-11-02", "fail");
	IS("contraindication 2021-01-01", "contraindicated", "2021-11-16", "pass");
	IS("recovery 2021-01-01", "recovered and not exposed", "2021-11-16",
	   "pass");
}

static void
check_numbers(void)
{
	/* "number 3" tells of a dose between that the record does not hold */
	const char *three = "dose 2021-03-01 09:00:00+07; "
	"dose 2021-09-01 09:00:00+07 number 3";

	IS(three, "doses = 3", "2021-11-16", "pass");
	IS(three, "doses = 1", "2021-08-31", "pass");
	IS(three, "since(dose(3)) <= 3 months", "2021-11-16", "pass");
	IS(three, "since(first_dose) >= 8 months", "2021-11-16", "pass");
	IS(three, "since(dose(4)) >= 0 days", "2021-11-16", "fail");
	IS(three, "since(dose(2)) >= 0 days", "2021-11-16", "pass");
	IS(three, "since(dose(2)) >= 0 days", "2021-08-31", "fail");
	IS(three, "since(dose(2)) >= 1 day", "2021-09-02 08:59:58.999999",
	   "unknown");
	IS(three, "since(dose(2)) >= 1 day", "2021-09-02 08:59:59", "pass");
	IS(three, "since(dose(2)) > 1 day", "2021-09-02 08:59:59", "unknown");
	IS(three, "since(dose(2)) <= 1 day", "2021-09-02 08:59:59", "unknown");
	IS(three, "since(dose(2)) <= 1 day", "2021-09-02 08:59:59.000001",
	   "fail");
	IS(three, "since(dose(2, signed)) >= 1 day", "2021-11-16", "unknown");
	IS(three, "since(dose(2, signed)) <= 1 day", "2021-11-16", "fail");
	IS(three, "since(dose(1, signed)) >= 1 day", "2021-11-16", "fail");

	/* the dose that is not there may be of any source and product */
	IS(three, "doses(source = declared) = 3", "2021-11-16", "unknown");
	IS(three, "doses(signed) = 0", "2021-11-16", "unknown");
	IS(three, "doses(signed) <= 1", "2021-11-16", "pass");
	IS(three, "since(last_dose(signed)) >= 2 months", "2021-11-16", "unknown");
	IS(three, "since(last_dose(signed)) <= 2 months", "2021-11-16", "fail");
	IS(three, "since(last_dose(signed)) >= 3 years", "2021-11-16", "unknown");
}

static void
check_unknown(void)
{
	const char *pending = "test 2021-11-15 08:00:00+07 pcr pending; "
	"test 2021-11-01 08:00:00+07 pcr negative";
	const char *newest = "test 2021-11-12 08:00:00+07 pcr negative; "
	"tests from 2021-11-10 00:00:00+07";

	IS(pending, "since(negative) <= 72 hours", "2021-11-16", "unknown");
	IS(pending, "since(negative) <= 30 days", "2021-11-16", "pass");
	IS(pending, "since(negative) <= 2 hours", "2021-11-16", "fail");
	IS(pending, "since(positive) <= 72 hours", "2021-11-16", "unknown");
	IS(pending, "since(negative(antigen)) <= 72 hours", "2021-11-16", "fail");
	IS("test 2021-11-15 negative", "since(negative(antigen)) <= 72 hours",
	   "2021-11-16", "unknown");
	IS("test 2021-11-15 inconclusive", "since(negative) <= 72 hours",
	   "2021-11-16", "fail");

	/* before the record is complete */
	IS(newest, "since(negative) <= 72 hours", "2021-11-13", "pass");
	IS(newest, "since(negative) <= 72 hours", "2021-11-11", "unknown");
	IS(newest, "since(positive) <= 72 hours", "2021-11-12 23:59:58",
	   "unknown");
	IS(newest, "since(positive) <= 72 hours", "2021-11-12 23:59:59",
	   "unknown");
	IS(newest, "since(positive) <= 72 hours", "2021-11-12 23:59:59.000001",
	   "fail");
	IS(newest, "since(positive) >= 14 days", "2021-11-13", "unknown");
	IS(newest, "since(negative) >= 1 hour", "2021-11-12 08:30", "fail");
	IS("test 2021-11-01 pcr negative; tests from 2021-11-10",
	   "since(negative) >= 2 days", "2021-11-05", "unknown");
	IS("test 2021-11-01 pcr negative; tests from 2021-11-10",
	   "since(negative) >= 2 days", "2021-11-12", "pass");
	IS("test 2021-11-01 pcr negative; tests from 2021-11-10",
	   "since(negative) >= 0 days", "2021-11-05", "pass");
	IS("tests from 2021-11-10", "since(negative) <= 0 seconds",
	   "2021-11-05 00:00:00.5", "unknown");
	IS("tests from 2021-11-10", "since(negative) >= 25 years",
	   "2021-11-16", "unknown");
	IS("tests from 2021-11-10", "since(negative) >= 1 day", "1950-01-01",
	   "unknown");
	IS("tests from 2000-01-01 07:00:55",
	   "since(positive) between 1 month and 30 days",
	   "2000-01-31 07:00:55.000001", "fail");
	IS("test 2000-01-01 07:00 pcr negative", "since(negative) >= 0 days",
	   "2000-01-01 06:59:59.999999", "fail");

	/* a missing person, an empty rule, a missing part of the context */
	IS(NULL, "doses >= 0", "2021-11-16", "unknown");
	IS(NULL, "not isolated", "2021-11-16", "unknown");
	IS("", "not isolated and doses = 0", "2021-11-16", "pass");
	IS("dose 2021-01-01", "", "2021-11-16", "unknown");
	IS(NULL, "ticket or doses = 1", "2021-11-16", "unknown");
}

static void
check_context(void)
{
	IS_IN("", "ticket", "unknown");
	IS_IN("ticket=yes", "ticket and not accompanied", "unknown");
	IS_IN("ticket=yes, accompanied=no", "ticket and not accompanied", "pass");
	IS_IN("ticket=no", "ticket and accompanied", "fail");
	IS_IN("evidence=qr", "evidence >= qr", "pass");
	IS_IN("evidence=paper", "evidence >= qr", "fail");
	IS_IN("", "evidence >= claimed", "unknown");
	IS_IN("level=2", "level <= 2 and level <> 3", "pass");
	IS_IN("level=2, origin_level=4", "origin_level in (1, 3)", "fail");
	IS_IN("sex=F", "sex = female", "pass");
	IS_IN("sex=F", "sex = male", "fail");
	IS_IN("place=79", "place in (1, 48, 79)", "pass");
	IS_IN("place=79", "place not in (1, 48, 79)", "fail");
	IS_IN("place=80", "place not in (1, 48, 79)", "pass");
	IS_IN("", "place not in (1, 48)", "unknown");

	/* a year of age is complete when the birthday begins */
	IS_IN("birth_date=2009-11-16", "age >= 12 years", "pass");
	IS_IN("birth_date=2009-11-17", "age >= 12 years", "fail");
	IS_IN("birth_date=2009-11-17", "age < 12 years", "pass");
	IS_IN("", "age < 12 years", "unknown");
	CHECK_STR(truth(NULL, "age >= 18 years", "2022-02-28 23:59:59",
					"birth_date=2004-02-29"), "fail");
	CHECK_STR(truth(NULL, "age >= 18 years", "2022-03-01",
					"birth_date=2004-02-29"), "pass");
	CHECK_STR(truth(NULL, "age > 18 years", "2022-03-01",
					"birth_date=2004-02-29"), "fail");
	CHECK_STR(truth(NULL, "age between 2 weeks and 40 days",
					"2022-02-10", "birth_date=2022-01-01"), "pass");
}

/* Reasons as clause numbers from 1: failed, then unsure. */
static const char *
reasons(const char *record, const char *rule, const char *context)
{
	static char line[256];
	CccdVerdict verdict;
	size_t		used = 0;

	ask(record, rule, "2021-11-16 19:00", context);
	cccd_rule_check(q.code, q.count, q.at, q.context, q.record, &verdict);
	line[0] = '\0';
	for (int i = 0; i < 64; i++)
		if (verdict.failed & UINT64_C(1) << i)
			used += sprintf(line + used, "-%d", i + 1);
	for (int i = 0; i < 64; i++)
		if (verdict.unsure & UINT64_C(1) << i)
			used += sprintf(line + used, "?%d", i + 1);
	return line;
}

/* The proof as a record's text. */
static const char *
proof(const char *record, const char *rule)
{
	static char line[CCCD_HEALTH_TEXT_SIZE];
	unsigned char body[CCCD_HEALTH_MAX_SIZE];
	CccdHealthView view;
	CccdVerdict verdict;
	size_t		length;

	ask(record, rule, "2021-11-16 19:00", "ticket=yes");
	cccd_rule_check(q.code, q.count, q.at, q.context, q.record, &verdict);
	CHECK(verdict.truth == CCCD_PASS);
	CHECK(verdict.failed == 0 && verdict.unsure == 0);
	length = cccd_verdict_proof(&verdict, q.record, body);
	CHECK(cccd_health_validate(body, length) == CCCD_HEALTH_OK);
	CHECK(cccd_health_open(body, length, &view) == CCCD_HEALTH_OK);
	cccd_health_format(&view, line);
	return line;
}

#define MATCH_RULE \
	"(doses >= 2 and since(last_dose) >= 14 days or " \
	"since(recovery) <= 6 months) and " \
	"since(negative(pcr, antigen)) <= 72 hours and not isolated and ticket"

static void
check_reasons(void)
{
	const char *pending = "test 2021-11-15 pcr pending; dose 2021-11-10";

	/* all that is lacking, and of alternatives the nearest */
	CHECK_STR(reasons("", MATCH_RULE, "ticket=yes"), "-3-4");
	CHECK_STR(reasons("dose 2021-01-01; dose 2021-11-10", MATCH_RULE,
					  "ticket=yes"), "-2-4");
	CHECK_STR(reasons("dose 2021-01-01; dose 2021-02-10", MATCH_RULE, ""),
			  "-4?6");
	CHECK_STR(reasons("dose 2021-01-01; dose 2021-02-10; "
					  "test 2021-11-15 pcr pending; isolation 2021-11-01",
					  MATCH_RULE, "ticket=no"), "-5-6?4");
	CHECK_STR(reasons(NULL, MATCH_RULE, "ticket=yes"), "?3?4?5");
	CHECK_STR(reasons(NULL, MATCH_RULE, "ticket=no"), "-6?3?4?5");
	CHECK_STR(reasons("", "", ""), "");

	/* what is not sure comes before what is wrong */
	CHECK_STR(reasons(pending, "doses = 2 or ticket and accompanied", ""),
			  "?2?3");
	/* below NOT everything is the other way round */
	CHECK_STR(reasons(pending, "not (doses = 1 and since(last_dose) >= "
					  "0 days)", ""), "-1");
	CHECK_STR(reasons(pending, "not (doses = 1 or since(last_dose) >= "
					  "0 days or doses = 2)", ""), "-1-2");
	CHECK_STR(reasons(pending, "not (doses = 1 and since(negative) <= 2 days)",
					  ""), "?2");
	CHECK_STR(reasons(pending, "not (not doses = 2 and not ticket)",
					  "ticket=no"), "-1");
}

static void
check_proof(void)
{
	const char *record = "dose 2021-03-01; dose 2021-06-01; "
	"dose 2021-11-20; test 2021-11-15 pcr negative; "
	"test 2021-11-16 pcr pending; test 2021-11-14 antigen negative; "
	"recovery 2021-08-01; exposure 2021-11-01 until 2021-11-15; "
	"contraindication 2021-01-01";

	CHECK_STR(proof(record, MATCH_RULE),
			  "dose 2021-03-01 00:00:00+07 declared; "
			  "dose 2021-06-01 00:00:00+07 declared; "
			  "test 2021-11-15 00:00:00+07 pcr negative declared");
	CHECK_STR(proof(record, "doses >= 3 or recovered and contraindicated"),
			  "contraindication 2021-01-01 00:00:00+07 declared; "
			  "recovery 2021-08-01 00:00:00+07 declared");
	CHECK_STR(proof(record, "not exposed and ticket"), "");
	CHECK_STR(proof(record, "since(last_dose) >= 14 days"),
			  "dose 2021-06-01 00:00:00+07 declared");
	CHECK_STR(proof(record, "since(first_dose) >= 14 days"),
			  "dose 2021-03-01 00:00:00+07 declared");
	CHECK_STR(proof(record, "not since(exposure) <= 1 week"),
			  "exposure 2021-11-01 00:00:00+07 until 2021-11-15 00:00:00+07 "
			  "declared");
	CHECK_STR(proof("dose 2021-09-01 number 3", "since(dose(2)) >= 1 week"),
			  "dose 2021-09-01 00:00:00+07 number 3 declared");
	CHECK_STR(proof(record, "since(negative(antigen)) <= 3 days"),
			  "test 2021-11-14 00:00:00+07 antigen negative declared");
}

/* When the verdict changes, or "never". */
static const char *
change(const char *record, const char *rule, const char *at,
	   const char *context)
{
	static char line[CCCD_TIME_SIZE];
	CccdVerdict verdict;

	ask(record, rule, at, context);
	cccd_rule_check(q.code, q.count, q.at, q.context, q.record, &verdict);
	if (!verdict.changes)
		return "never";
	cccd_time_format(verdict.changes_at, line);
	return line;
}

static void
check_changes(void)
{
	const char *record = "dose 2021-03-01 09:00; dose 2021-06-01 09:00; "
	"test 2021-11-15 08:00 pcr negative; "
	"isolation 2021-12-01 until 2021-12-08";

	CHECK_STR(change(record, MATCH_RULE, "2021-11-16", "ticket=yes"),
			  "2021-11-18 08:00:00.000001+07");
	CHECK_STR(change(record, MATCH_RULE, "2021-11-18 08:00", "ticket=yes"),
			  "2021-11-18 08:00:00.000001+07");
	CHECK_STR(change(record, MATCH_RULE, "2021-11-18 08:00:00.000001",
					 "ticket=yes"), "never");
	CHECK_STR(change(record, MATCH_RULE, "2021-10-16", "ticket=yes"),
			  "2021-11-15 08:00:00+07");
	CHECK_STR(change(record, "not isolated", "2021-10-16", ""),
			  "2021-12-01 00:00:00+07");
	CHECK_STR(change(record, "not isolated", "2021-12-01", ""),
			  "2021-12-08 00:00:00+07");
	CHECK_STR(change(record, "since(last_dose) <= 6 months", "2021-11-16", ""),
			  "2021-12-01 09:00:00.000001+07");
	CHECK_STR(change(NULL, "age >= 12 years", "2021-11-16",
					 "birth_date=2010-02-28"), "2022-02-28 00:00:00+07");
	CHECK_STR(change("", "", "2021-11-16", ""), "never");
	CHECK_STR(change("test 2021-11-15 08:00 pcr negative; "
					 "test 2021-11-16 08:00 pcr pending",
					 "since(negative) <= 72 hours", "2021-11-17", ""),
			  "2021-11-18 08:00:00.000001+07");
	/* a dose that "number 3" tells of may be a second later than the first */
	CHECK_STR(change("dose 2021-03-01 09:00 signed; dose 2021-09-01 number 3",
					 "since(last_dose(signed)) between 1 year and 1 year",
					 "2022-03-01 09:00", ""),
			  "2022-03-01 09:00:00.000001+07");
	CHECK_STR(change("dose 2021-03-01 09:00 signed; dose 2021-09-01 number 3",
					 "since(last_dose(signed)) between 1 year and 1 year",
					 "2022-03-01 09:00:00.000001", ""),
			  "2022-03-01 09:00:01+07");
	CHECK_STR(change("tests from 2021-11-10 00:00",
					 "since(negative) <= 72 hours", "2021-11-01", ""),
			  "2021-11-12 23:59:59.000001+07");
}

/* Periods of passing as ranges. */
static const char *
during(const char *record, const char *rule, const char *context)
{
	static char line[1024];
	static CccdDuring state;
	CccdPeriod	period;
	size_t		used = 0;

	ask(record, rule, "2021-11-16", context);
	cccd_during_init(&state, q.code, q.count, q.context, q.record);
	line[0] = '\0';
	while (cccd_during_next(&state, &period))
	{
		line[used++] = period.begin_included ? '[' : '(';
		if (period.has_begin)
			used += cccd_time_format(period.begin, line + used);
		line[used++] = ',';
		if (period.has_end)
			used += cccd_time_format(period.end, line + used);
		line[used++] = period.end_included ? ']' : ')';
		line[used] = '\0';
	}
	return line;
}

static void
check_during(void)
{
	const char *record = "dose 2021-03-01 09:00; dose 2021-06-01 09:00; "
	"test 2021-11-15 08:00 pcr negative; test 2021-11-30 08:00 pcr negative; "
	"isolation 2021-12-01 until 2021-12-02";

	CHECK_STR(during(record, MATCH_RULE, "ticket=yes"),
			  "[2021-11-15 08:00:00+07,2021-11-18 08:00:00+07]"
			  "[2021-11-30 08:00:00+07,2021-12-01 00:00:00+07)"
			  "[2021-12-02 00:00:00+07,2021-12-03 08:00:00+07]");
	CHECK_STR(during(record, MATCH_RULE, ""), "");
	CHECK_STR(during(record, "since(first_dose) > 14 days", ""),
			  "(2021-03-15 09:00:00+07,)");
	CHECK_STR(during(record, "since(first_dose) < 14 days", ""),
			  "[2021-03-01 09:00:00+07,2021-03-15 09:00:00+07)");
	CHECK_STR(during(record, "not isolated", ""),
			  "(,2021-12-01 00:00:00+07)[2021-12-02 00:00:00+07,)");
	CHECK_STR(during(record, "since(recovery) <= 6 months", ""), "");
	CHECK_STR(during(NULL, "age between 1 week and 2 weeks",
					 "birth_date=2020-01-01"),
			  "[2020-01-08 00:00:00+07,2020-01-15 00:00:00+07]");
	CHECK_STR(during("", "doses = 0", ""), "(,)");
	CHECK_STR(during("", "", ""), "");
	CHECK_STR(during("dose 2021-03-01 09:00", "since(last_dose) <= 0 days",
					 ""), "[2021-03-01 09:00:00+07,2021-03-01 09:00:00+07]");
	CHECK_STR(during("dose 2021-03-01 09:00",
					 "doses = 1 and not since(last_dose) <= 0 days or "
					 "doses = 0", ""),
			  "(,2021-03-01 09:00:00+07)(2021-03-01 09:00:00+07,)");
}

/* The most breakpoints that a record and a rule can have, and many periods. */
static void
check_largest(void)
{
	static CccdDuring state;
	CccdEvent	events[62];
	CccdPeriod	period;
	size_t		length;
	int			count = 0;
	int64_t		last = INT64_MIN;

	memset(events, 0, sizeof(events));
	for (int i = 0; i < 62; i++)
	{
		events[i].kind = i < 31 ? CCCD_DOSE : CCCD_ISOLATION;
		events[i].time = 400000000 + i % 31 * 8640000;
		events[i].until = i < 31 ? CCCD_HEALTH_NO_END : events[i].time + 1;
		events[i].disease = 1;
		events[i].number = i < 31 ? i + 1 : 0;
	}
	events[30].number = 31;
	CHECK(cccd_health_build(events, 62, 0, q.body, &length) ==
		  CCCD_HEALTH_OK);
	CHECK(cccd_health_open(q.body, length, &q.view) == CCCD_HEALTH_OK);
	q.count = 65;
	memset(q.code, 0, sizeof(q.code));
	q.code[0].op = CCCD_OP_OR;
	q.code[0].next = 65;
	q.code[0].lo = q.code[0].hi = CCCD_RULE_NONE;
	for (int i = 1; i < 65; i++)
	{
		q.code[i].op = CCCD_OP_SINCE;
		q.code[i].fact = CCCD_FACT_ISOLATION;
		q.code[i].next = i + 1;
		q.code[i].disease = 1;
		q.code[i].lo = CCCD_DURATION(i * 36, CCCD_UNIT_HOUR);
		q.code[i].hi = CCCD_DURATION(i * 36, CCCD_UNIT_HOUR);
	}
	CHECK(cccd_rule_validate(q.code, q.count) == CCCD_RULE_OK);
	cccd_during_init(&state, q.code, q.count, 0, &q.view);
	while (cccd_during_next(&state, &period))
	{
		count++;
		CHECK(period.has_begin && period.has_end &&
			  period.begin == period.end && period.begin > last);
		last = period.end;
	}
	CHECK(count == 64 * 31);
}

/* As many breakpoints as can be: each of 31 doses tells of another one. */
static void
check_most_breakpoints(void)
{
	static CccdBreakpoints breakpoints;
	CccdEvent	events[31];
	size_t		length;
	int			count = 0;
	int64_t		point,
				last = INT64_MIN;

	memset(events, 0, sizeof(events));
	for (int i = 0; i < 31; i++)
	{
		events[i].kind = CCCD_DOSE;
		events[i].time = 400000000 + i * 86400 * 3;
		events[i].until = CCCD_HEALTH_NO_END;
		events[i].disease = 1;
		events[i].number = i == 0 ? 2 : 0;
	}
	CHECK(cccd_health_build(events, 31, 0, q.body, &length) ==
		  CCCD_HEALTH_OK);
	CHECK(cccd_health_open(q.body, length, &q.view) == CCCD_HEALTH_OK);
	for (int i = 1; i < 65; i++)
	{
		q.code[i].fact = CCCD_FACT_LAST_DOSE;
		q.code[i].flags = CCCD_RULE_SIGNED;
		q.code[i].lo = CCCD_DURATION(i * 61, CCCD_UNIT_MINUTE);
		q.code[i].hi = CCCD_DURATION(i * 7 + 5, CCCD_UNIT_WEEK);
	}
	CHECK(cccd_rule_validate(q.code, q.count) == CCCD_RULE_OK);
	cccd_breakpoints_init(&breakpoints, q.code, q.count, 0, &q.view,
						  CCCD_AT_MIN);
	while (cccd_breakpoints_next(&breakpoints, &point))
	{
		count++;
		CHECK(point > last);
		last = point;
	}
	/* 31 doses and the seconds after them, and two durations of each clause */
	CHECK(count > 5 * CCCD_BREAKPOINTS);
	CHECK(count <= 62 + 64 * 2 * (62 + 1));
}

int
main(void)
{
	check_since();
	check_filters();
	check_numbers();
	check_unknown();
	check_context();
	check_reasons();
	check_proof();
	check_changes();
	check_during();
	check_largest();
	check_most_breakpoints();
	return finish();
}
