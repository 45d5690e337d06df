/*
 * point_guess_test.c
 *		How likely a point passes: every clause, with the figures that stand in
 *		for what a point does not know.
 */
#include "unit.h"

#include "base/calendar_core.h"
#include "health/code_core.h"
#include "index/point_core.h"

#define DAYS		24			/* in the hours of points */
#define RARE		0.01
#define FILTERED	0.5

/* 2021-11-16 12:30 UTC, which a point's event of this hour is taken for */
#define AT			INT64_C(690381000000000)
#define NOW			UINT32_C(191773)

typedef struct Guess
{
	CccdPoint	point;
	const char *rule;
	double		pass;
	double		fail;
} Guess;

static void
check_guess(const Guess *guess)
{
	CccdInstr	code[CCCD_RULE_MAX_CODES];
	CccdSpan	spans[CCCD_RULE_MAX_CODES];
	CccdRuleError error;
	CccdBinding binding;
	CccdLikelihood likely;
	int			count;

	CHECK(cccd_rule_parse(guess->rule, strlen(guess->rule), code, &count,
						  &error) == CCCD_RULE_OK);
	cccd_rule_bind(code, count, AT, 0, spans);
	cccd_binding_init(&binding, code, count, spans, AT);
	likely = cccd_point_guess(&binding, 0, CCCD_DISEASE_COVID19,
							  &guess->point);
	if (likely.pass < guess->pass - 1e-9 || likely.pass > guess->pass + 1e-9 ||
		likely.fail < guess->fail - 1e-9 || likely.fail > guess->fail + 1e-9)
	{
		fprintf(stderr, "%s: %g, %g\n", guess->rule, likely.pass, likely.fail);
		CHECK(false);
	}
	else
		CHECK(true);
}

#define POINT(...)				{.v = {__VA_ARGS__}}
#define NONE					POINT(0)
#define DOSES(number, ago) \
	POINT([CCCD_POINT_DOSES] = number, \
		  [CCCD_POINT_DOSE] = NOW - (ago) * DAYS)
#define TESTS(pcr, antigen) \
	POINT([CCCD_POINT_PCR] = pcr, [CCCD_POINT_ANTIGEN] = antigen)
#define RECOVERY(hour)			POINT([CCCD_POINT_RECOVERY] = hour)
#define ISOLATION(hour)			POINT([CCCD_POINT_ISOLATION] = hour)

static const Guess guesses[] = {
	/* doses by their number */
	{NONE, "doses >= 1", 0, 1},
	{NONE, "doses <= 0", 1, 0},
	{NONE, "doses <> 0", 0, 1},
	{DOSES(2, 30), "doses >= 2", 1, 0},
	{DOSES(2, 30), "doses >= 3", 0, 1},
	{DOSES(2, 30), "doses <= 2", 1, 0},
	{DOSES(2, 30), "doses <= 1", 0, 1},
	{DOSES(2, 30), "doses = 2", 1, 0},
	{DOSES(2, 30), "doses <> 2", 0, 1},
	/* a filter leaves half of what is enough */
	{DOSES(2, 30), "doses(signed) >= 2", FILTERED, 1 - FILTERED},
	{DOSES(2, 30), "doses(signed) >= 3", 0, 1},
	{DOSES(2, 30), "doses(source = paper) >= 1", FILTERED, 1 - FILTERED},
	{DOSES(2, 30), "doses(product = 'Abdala') >= 1", FILTERED, 1 - FILTERED},
	{DOSES(2, 30), "doses(signed) <= 1", FILTERED, 1 - FILTERED},
	{DOSES(2, 30), "doses(signed) <> 3", 1, 0},
	{NONE, "doses(signed) >= 1", 0, 1},
	{NONE, "doses(signed) <= 1", 1, 0},
	/* one that is yet to come does not count; the one before was 42 days ago */
	{DOSES(1, -1), "doses >= 1", 0, 1},
	{DOSES(2, -1), "doses >= 1", 1, 0},
	{DOSES(2, -1), "doses >= 2", 0, 1},
	{DOSES(3, -43), "doses = 1", 1, 0},
	{DOSES(3, -41), "doses = 2", 1, 0},
	{DOSES(2, -1), "since(last_dose) between 40 days and 42 days", 1, 0},
	{DOSES(2, -1), "since(last_dose) < 40 days", 0, 1},
	/* times of doses */
	{NONE, "since(last_dose) <= 9 years", 0, 1},
	{DOSES(1, 30), "since(last_dose) between 29 days and 31 days", 1, 0},
	{DOSES(1, 30), "since(last_dose) >= 31 days", 0, 1},
	{DOSES(1, 30), "since(last_dose) <= 29 days", 0, 1},
	{DOSES(2, 30), "since(dose(2)) between 29 days and 31 days", 1, 0},
	{DOSES(2, 30), "since(dose(3)) >= 1 day", 0, 1},
	{DOSES(2, 30), "since(dose(1)) between 71 days and 73 days", 1, 0},
	{DOSES(3, 30), "since(dose(1)) between 113 days and 115 days", 1, 0},
	{DOSES(3, 30), "since(dose(1)) <= 112 days", 0, 1},
	{DOSES(31, 7990), "since(dose(1)) >= 21 years", 1, 0},
	{DOSES(2, 30), "since(last_dose(signed)) >= 1 day", FILTERED, 1 - FILTERED},
	{DOSES(2, 30), "since(last_dose(signed)) <= 1 day", 0, 1},
	{DOSES(2, 30), "since(dose(1, signed)) >= 1 day", FILTERED, 1 - FILTERED},
	/* tests, by kind */
	{NONE, "since(negative(pcr)) <= 9 years", 0, 1},
	{TESTS(NOW - DAYS, 0), "since(negative(pcr)) <= 2 days", 1, 0},
	{TESTS(NOW - DAYS, 0), "since(negative(pcr)) >= 2 days", 0, 1},
	{TESTS(NOW - DAYS, 0), "since(negative(antigen)) <= 2 days", 0, 1},
	{TESTS(0, NOW - DAYS), "since(negative(antigen)) <= 2 days", 1, 0},
	{TESTS(0, NOW - DAYS), "since(negative(pcr)) <= 2 days", 0, 1},
	{TESTS(0, NOW - DAYS), "since(negative(pcr, antigen)) <= 2 days", 1, 0},
	{TESTS(NOW - 9 * DAYS, NOW - DAYS), "since(negative(pcr, antigen)) <= 2 days",
	1, 0},
	{TESTS(NOW - DAYS, NOW - 9 * DAYS), "since(negative(pcr, antigen)) <= 2 days",
	1, 0},
	{TESTS(NOW - DAYS, NOW - DAYS), "since(negative(antibody)) <= 2 days",
	RARE, 1 - RARE},
	{TESTS(NOW - DAYS, 0), "since(negative(pcr, antibody)) <= 2 days", 1, 0},
	/* one who is tested later was tested once in 60 days before */
	{TESTS(NOW + DAYS, 0), "since(negative(pcr)) <= 120 days", 1, 0},
	{TESTS(NOW + DAYS, 0), "since(negative(pcr)) <= 60 days", 1, 0},
	{TESTS(NOW + DAYS, 0), "since(negative(pcr)) <= 30 days",
	30.0 / 60 + 1.0 / (60 * 86400), 0.5 - 1.0 / (60 * 86400)},
	{TESTS(NOW + DAYS, 0), "since(negative(pcr)) between 10 days and 40 days",
	30.0 / 60 + 1.0 / (60 * 86400), 0.5 - 1.0 / (60 * 86400)},
	/* recoveries */
	{NONE, "recovered", 0, 1},
	{RECOVERY(NOW - DAYS), "recovered", 1, 0},
	{RECOVERY(NOW + DAYS), "recovered", 0, 1},
	{RECOVERY(NOW - 30 * DAYS), "since(recovery) between 29 days and 31 days",
	1, 0},
	{RECOVERY(NOW - 30 * DAYS), "since(recovery) <= 29 days", 0, 1},
	{NONE, "since(recovery) <= 29 days", 0, 1},
	/* isolations begin 14 days before their end */
	{NONE, "isolated", 0, 1},
	{ISOLATION(NOW + DAYS), "isolated", 1, 0},
	{ISOLATION(NOW - DAYS), "isolated", 0, 1},
	{ISOLATION(NOW + 13 * DAYS), "isolated", 1, 0},
	{ISOLATION(NOW + 15 * DAYS), "isolated", 0, 1},
	{ISOLATION(NOW - DAYS), "since(isolation) between 14 days and 16 days", 1, 0},
	{ISOLATION(NOW - DAYS), "since(isolation) <= 13 days", 0, 1},
	{ISOLATION(1), "since(isolation) >= 21 years", 1, 0},
	/* at this very second, and exactly a term ago */
	{DOSES(1, 0), "doses >= 1", 1, 0},
	{DOSES(1, 0), "since(last_dose) <= 1 day", 1, 0},
	{DOSES(1, 30), "since(last_dose) >= 30 days", 1, 0},
	{DOSES(1, 30), "since(last_dose) > 30 days", 0, 1},
	{DOSES(1, 30), "since(last_dose) <= 30 days", 1, 0},
	{DOSES(1, 30), "since(last_dose) < 30 days", 0, 1},
	{DOSES(2, 30), "since(dose(1)) >= 72 days", 1, 0},
	{DOSES(2, 30), "since(dose(1)) < 72 days", 0, 1},
	{TESTS(NOW, 0), "since(negative(pcr)) <= 1 day", 1, 0},
	{TESTS(NOW, NOW - DAYS), "since(negative(pcr, antigen)) <= 1 hour", 1, 0},
	{TESTS(NOW - DAYS, NOW), "since(negative(pcr, antigen)) <= 1 hour", 1, 0},
	{TESTS(0, NOW), "since(negative(antigen)) <= 1 day", 1, 0},
	{RECOVERY(NOW), "recovered", 1, 0},
	{RECOVERY(NOW + 1), "recovered", 0, 1},
	{ISOLATION(NOW), "isolated", 0, 1},
	{ISOLATION(NOW + 1), "isolated", 1, 0},
	{ISOLATION(NOW + 14 * DAYS), "isolated", 1, 0},
	{ISOLATION(NOW + 14 * DAYS + 1), "isolated", 0, 1},
	/* what a point does not tell */
	{DOSES(2, 30), "doses(disease = measles) >= 1", RARE, 1 - RARE},
	{DOSES(2, 30), "recovered(disease = measles)", RARE, 1 - RARE},
	{NONE, "exposed", RARE, 1 - RARE},
	{NONE, "contraindicated", RARE, 1 - RARE},
	{NONE, "since(positive) <= 1 day", RARE, 1 - RARE},
	{NONE, "since(exposure) <= 1 day", RARE, 1 - RARE},
	{NONE, "since(contraindication) <= 1 day", RARE, 1 - RARE},
	{NONE, "complete", 0, 1},
	{DOSES(1, 30), "complete", 0, 1},
	{DOSES(2, 30), "complete", 0.5, 0.5},
	{DOSES(2, 30), "since(complete) >= 14 days", 0.5, 0.5},
	{DOSES(2, 10), "since(complete) >= 14 days", 0, 1},
	{DOSES(3, 10), "since(complete) >= 14 days", 0.5, 0.5},
	{NONE, "holds(insurance)", 0.5, 0.5},
	{NONE, "since(credential(insurance)) <= 1 day", 0.5, 0.5},
	{NONE, "declared(no_symptoms)", 0.5, 0.5},
	{NONE, "booked(vaccination) within 1 day", 0.5, 0.5},
	{NONE, "not consulted(doctor)", 0.5, 0.5},
	/* the context is not known */
	{NONE, "ticket", 0, 0},
	{NONE, "not ticket", 0, 0},
	/* what AND, OR and NOT make of them */
	{DOSES(2, 30), "not exposed", 1 - RARE, RARE},
	{DOSES(2, 30), "not doses >= 2", 0, 1},
	{DOSES(2, 30), "doses >= 2 and exposed", RARE, 1 - RARE},
	{DOSES(2, 30), "exposed and contraindicated", RARE * RARE, 1 - RARE * RARE},
	{DOSES(2, 30), "exposed or contraindicated",
	1 - (1 - RARE) * (1 - RARE), (1 - RARE) * (1 - RARE)},
	{DOSES(2, 30), "exposed or doses(signed) >= 2 or contraindicated",
	1 - (1 - RARE) * (1 - RARE) * 0.5, (1 - RARE) * (1 - RARE) * 0.5},
	{DOSES(2, 30), "exposed and doses(signed) >= 2 and contraindicated",
	RARE * RARE * 0.5, 1 - RARE * RARE * 0.5},
	{DOSES(2, 30), "not (exposed or doses(signed) >= 2)",
	(1 - RARE) * 0.5, 1 - (1 - RARE) * 0.5},
	{DOSES(2, 30), "ticket and exposed", 0, 1 - RARE},
	{DOSES(2, 30), "ticket or exposed", RARE, 0},
	{DOSES(2, 30), "ticket and doses >= 2", 0, 0},
	{DOSES(2, 30), "ticket or doses >= 2", 1, 0},
	{DOSES(2, 30), "ticket and doses >= 3", 0, 1},
	{DOSES(2, 30), "", 0, 0}
};

/* What a context says is certain. */
static void
test_context(void)
{
	static const struct
	{
		const char *text;
		double		pass;
		double		fail;
	}			cases[] = {
		{"ticket=yes", 1, 0}, {"ticket=no", 0, 1}, {"accompanied=yes", 0, 0}
	};

	for (size_t k = 0; k < sizeof(cases) / sizeof(cases[0]); k++)
	{
		CccdInstr	code[CCCD_RULE_MAX_CODES];
		CccdSpan	spans[CCCD_RULE_MAX_CODES];
		CccdRuleError error;
		CccdContextError context_error;
		CccdBinding binding;
		CccdPoint	nothing = {{0}};
		CccdLikelihood likely;
		uint64_t	context;
		int			count;

		CHECK(cccd_rule_parse("ticket", 6, code, &count, &error) ==
			  CCCD_RULE_OK);
		CHECK(cccd_context_parse(cases[k].text, strlen(cases[k].text),
								 &context, &context_error));
		cccd_rule_bind(code, count, AT, context, spans);
		cccd_binding_init(&binding, code, count, spans, AT);
		likely = cccd_point_guess(&binding, 0, CCCD_DISEASE_COVID19, &nothing);
		CHECK(likely.pass == cases[k].pass && likely.fail == cases[k].fail);
	}
}

int
main(void)
{
	test_context();
	CHECK(AT / CCCD_SECOND / 3600 + 1 == NOW);
	for (size_t i = 0; i < sizeof(guesses) / sizeof(guesses[0]); i++)
		check_guess(&guesses[i]);
	return finish();
}
