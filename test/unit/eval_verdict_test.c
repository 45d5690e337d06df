/*
 * eval_verdict_test.c
 *		What a verdict says besides the answer: reasons, proof, the next
 *		change, and the periods of passing.
 */
#include "eval_ask.h"

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
	"contraindication 2021-01-01; credential 2021-02-01 insurance national; "
	"credential 2021-03-01 until 2021-12-01 insurance paper; "
	"credential 2021-03-01 work_permit; declaration 2021-03-02 no_symptoms";

	CHECK_STR(proof(record, "holds(insurance)"),
			  "credential 2021-02-01 00:00:00+07 insurance national; "
			  "credential 2021-03-01 00:00:00+07 until "
			  "2021-12-01 00:00:00+07 insurance paper");
	CHECK_STR(proof(record, "since(credential(insurance, #99)) >= 1 week"),
			  "credential 2021-03-01 00:00:00+07 until "
			  "2021-12-01 00:00:00+07 insurance paper");
	CHECK_STR(proof(record, "declared(no_symptoms, symptoms)"),
			  "declaration 2021-03-02 00:00:00+07 no_symptoms declared");
	CHECK_STR(proof(record, "not declared(symptoms) within 14 days"), "");
	CHECK_STR(proof(record, "not holds(residence_permit)"), "");
	CHECK_STR(proof(record, MATCH_RULE),
			  "dose 2021-03-01 00:00:00+07 declared; "
			  "dose 2021-06-01 00:00:00+07 declared; "
			  "test 2021-11-15 00:00:00+07 pcr negative declared");
	CHECK_STR(proof(record, "doses >= 3 or recovered and contraindicated"),
			  "contraindication 2021-01-01 00:00:00+07 declared; "
			  "recovery 2021-08-01 00:00:00+07 declared");
	CHECK_STR(proof("dose 2021-03-01 number 1 series 2; dose 2021-06-01 "
					"number 2 series 2; dose 2021-09-01 number 3 series 2",
					"complete"),
			  "dose 2021-06-01 00:00:00+07 number 2 series 2 declared");
	CHECK_STR(proof("dose 2021-03-01 number 1 series 2; dose 2021-06-01 "
					"number 2 series 2", "not since(complete) <= 1 week"),
			  "dose 2021-06-01 00:00:00+07 number 2 series 2 declared");
	CHECK_STR(proof("dose 2021-03-01 number 1 series 2", "not complete"), "");
	/* it rests on both, whichever of the days it was */
	CHECK_STR(proof("dose 2021-06-01 number 2 series 2; dose 2021-06-08 "
					"number 2 series 2", "since(complete) >= 8 days"),
			  "dose 2021-06-01 00:00:00+07 number 2 series 2 declared; "
			  "dose 2021-06-08 00:00:00+07 number 2 series 2 declared");
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
	const char *card = "credential 2021-01-01 until 2022-01-01 insurance";
	const char *declared = "declaration 2021-11-15 until 2021-11-17 no_symptoms";

	CHECK_STR(change("dose 2021-03-01 number 1 series 2; dose 2021-06-01 "
					 "number 2 series 2", "complete", "2021-04-01", ""),
			  "2021-06-01 00:00:00+07");
	CHECK_STR(change("dose 2021-06-01 number 2 series 2",
					 "since(complete) >= 14 days", "2021-06-02", ""),
			  "2021-06-15 00:00:00+07");
	CHECK_STR(change(card, "holds(insurance)", "2020-11-16", ""),
			  "2021-01-01 00:00:00+07");
	CHECK_STR(change(card, "holds(insurance)", "2021-11-16", ""),
			  "2022-01-01 00:00:00+07");
	CHECK_STR(change(card, "holds(insurance)", "2022-11-16", ""), "never");
	CHECK_STR(change(card, "holds(work_permit)", "2020-11-16", ""), "never");
	CHECK_STR(change(card, "since(credential(insurance)) >= 2 years",
					 "2021-11-16", ""), "2023-01-01 00:00:00+07");
	CHECK_STR(change(declared, "declared(no_symptoms)", "2021-11-16", ""),
			  "2021-11-17 00:00:00+07");
	CHECK_STR(change(declared, "declared(no_symptoms) within 24 hours",
					 "2021-11-15 09:00", ""),
			  "2021-11-16 00:00:00.000001+07");
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
	CHECK(cccd_health_build(events, 62, 0, q.body, &q.length) ==
		  CCCD_HEALTH_OK);
	CHECK(cccd_health_open(q.body, q.length, &q.view) == CCCD_HEALTH_OK);
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

/* How many breakpoints 64 clauses have for 31 doses, so many days apart. */
static int
count_breakpoints(int days)
{
	static CccdBreakpoints breakpoints;
	CccdEvent	events[31];
	int			count = 0;
	int64_t		point,
				last = INT64_MIN;

	memset(events, 0, sizeof(events));
	for (int i = 0; i < 31; i++)
	{
		events[i].kind = CCCD_DOSE;
		events[i].time = 400000000 + i * 86400 * days;
		events[i].until = CCCD_HEALTH_NO_END;
		events[i].disease = 1;
		events[i].number = i == 0 ? 2 : 0;
	}
	CHECK(cccd_health_build(events, 31, 0, q.body, &q.length) ==
		  CCCD_HEALTH_OK);
	CHECK(cccd_health_open(q.body, q.length, &q.view) == CCCD_HEALTH_OK);
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
	return count;
}

/* As many breakpoints as can be. */
static void
check_most_breakpoints(void)
{
	int			apart = count_breakpoints(10),
				weighed = count_breakpoints(9);

	/*
	 * 31 doses, the first of which tells of another one, and the seconds
	 * after them, and two durations of each clause
	 */
	CHECK(apart > 5 * CCCD_BREAKPOINTS);
	CHECK(apart <= 62 + 64 * 2 * (62 + 1));
	/* each may tell of others, where they must be weighed */
	CHECK(weighed > apart);
	CHECK(weighed <= 62 + 64 * 2 * 3 * 31);
}

int
main(void)
{
	check_reasons();
	check_proof();
	check_changes();
	check_during();
	check_largest();
	check_most_breakpoints();
	return finish();
}
