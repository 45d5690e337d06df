/*
 * point_eval_test.c
 *		What a box around two records says of a rule: exactly the truths that it
 *		leaves open, at each edge of what decides a clause.
 */
#include "unit.h"

#include "health/code_core.h"
#include "health/health_text_core.h"
#include "index/point_core.h"

static const int64_t at = INT64_C(690379200000000); /* 2021-11-16 19:00 +07 */

static CccdInstr code[CCCD_RULE_MAX_CODES];
static CccdSpan spans[CCCD_RULE_MAX_CODES];
static CccdBinding binding;

static void
add_record(CccdBox *box, const char *text, bool first)
{
	unsigned char body[CCCD_HEALTH_MAX_SIZE];
	size_t		length;
	CccdHealthTextError error;
	CccdHealthView view;
	CccdBox		one;

	CHECK(cccd_health_parse(text, strlen(text), body, &length, &error) ==
		  CCCD_HEALTH_TEXT_OK);
	CHECK(cccd_health_open(body, length, &view) == CCCD_HEALTH_OK);
	cccd_point_make(&view, CCCD_DISEASE_COVID19, &one.lo);
	one.hi = one.lo;
	if (first)
		*box = one;
	else
		cccd_box_add(box, &one);
}

static void
bind(const char *rule, int64_t time)
{
	CccdRuleError error;
	CccdContextError context_error;
	uint64_t	context;
	int			count;

	CHECK(cccd_rule_parse(rule, strlen(rule), code, &count, &error) ==
		  CCCD_RULE_OK);
	CHECK(cccd_context_parse("ticket=yes, accompanied=no", 26, &context,
							 &context_error));
	cccd_rule_bind(code, count, time, context, spans);
	cccd_binding_init(&binding, code, count, spans, time);
}

/* P, F, U: only that; N, M: anything but pass, but fail; A: anything. */
static int
truths_of(char letter)
{
	return letter == 'P' ? CCCD_MAY_PASS : letter == 'F' ? CCCD_MAY_FAIL :
		letter == 'U' ? CCCD_MAY_BE_UNKNOWN :
		letter == 'N' ? CCCD_MAY_ANYTHING & ~CCCD_MAY_PASS :
		letter == 'M' ? CCCD_MAY_ANYTHING & ~CCCD_MAY_FAIL :
		CCCD_MAY_ANYTHING;
}

static void
check_box(const CccdBox *box, const char *rule, char letter)
{
	CccdProgram program;
	int			truths = cccd_box_truths(&binding, CCCD_DISEASE_COVID19, box);
	CccdBoxAnswer answer;

	if (truths != truths_of(letter))
		fprintf(stderr, "%s: %d\n", rule, truths);
	CHECK(truths == truths_of(letter));
	cccd_program_init(&program, &binding);
	answer = cccd_box_answer(&program, CCCD_DISEASE_COVID19, box);
	CHECK((answer == CCCD_NOBODY_PASSES) == ((truths & CCCD_MAY_PASS) == 0));
	CHECK((answer == CCCD_ALL_PASS) == (truths == CCCD_MAY_PASS));
}

static void
test_cases(void)
{
#define NONE	""
#define OLD		"dose 2021-06-01 08:00 national"
#define NEW		"dose 2021-11-10 08:00 national"
#define COMING	"dose 2021-12-01 08:00 national"
#define PCR		"test 2021-11-15 08:00 pcr negative national"
#define ANTIGEN	"test 2021-11-15 08:00 antigen negative national"
#define BOTH	PCR "; " ANTIGEN
#define PENDING	"test 2021-11-16 08:00 pcr pending national"
	static const struct
	{
		const char *rule;
		const char *one;
		const char *other;
		char		truths;
	}			cases[] = {
		/* the last dose: two weeks ago it was 19:00, in the hour of 19 */
		{"since(last_dose) >= 14 days", NONE, NONE, 'N'},
		{"since(last_dose) >= 14 days", OLD, OLD, 'P'},
		{"since(last_dose) >= 14 days", NONE, OLD, 'A'},
		{"since(last_dose) >= 14 days", NEW, NEW, 'N'},
		{"since(last_dose) >= 14 days", OLD, NEW, 'A'},
		{"since(last_dose) >= 14 days", NONE, NEW, 'A'},
		{"since(last_dose) >= 14 days", COMING, COMING, 'A'},
		{"since(last_dose) >= 14 days", "dose 2021-11-02 18:59:59 national",
		"dose 2021-11-02 18:00 national", 'P'},
		{"since(last_dose) >= 14 days", "dose 2021-11-02 19:00 national",
		"dose 2021-11-02 19:00 national", 'A'},
		{"since(last_dose) >= 14 days", "dose 2021-11-02 20:00 national",
		"dose 2021-11-02 20:00 national", 'N'},
		{"since(last_dose) <= 14 days", "dose 2021-11-02 18:59:59 national",
		"dose 2021-11-02 18:00 national", 'N'},
		{"since(last_dose) <= 14 days", "dose 2021-11-02 19:00 national",
		"dose 2021-11-02 19:59:59 national", 'P'},
		{"since(last_dose) < 14 days", "dose 2021-11-02 19:00 national",
		"dose 2021-11-02 19:59:59 national", 'A'},
		/* what is asked now: an hour before, the same hour, the one after */
		{"since(last_dose) <= 14 days", "dose 2021-11-16 18:00 national",
		"dose 2021-11-16 18:59:59 national", 'P'},
		{"since(last_dose) <= 14 days", "dose 2021-11-16 19:00 national",
		"dose 2021-11-16 19:00 national", 'A'},
		{"since(last_dose) <= 14 days", "dose 2021-11-16 20:00 national",
		"dose 2021-11-16 20:00 national", 'A'},
		{"since(last_dose) between 200 days and 300 days", OLD, OLD, 'N'},
		{"since(last_dose) between 100 days and 200 days", OLD, OLD, 'P'},
		/* not every dose counts: the latest may be another one */
		{"since(last_dose(source >= paper)) >= 14 days", OLD, OLD, 'A'},
		{"since(last_dose(signed)) >= 14 days", OLD, OLD, 'A'},
		{"since(last_dose(product = sputnik_v)) >= 14 days", OLD, OLD, 'A'},
		{"since(last_dose(source >= paper)) >= 14 days", NEW, NEW, 'A'},
		{"since(last_dose(source >= paper)) >= 14 days", NONE, NONE, 'N'},
		{"since(last_dose(source >= paper)) <= 14 days", OLD, OLD, 'N'},
		/* a dose by its number: too few, or some earlier one */
		{"since(dose(2)) >= 14 days", OLD, OLD, 'N'},
		{"since(dose(1)) >= 14 days", OLD, OLD, 'A'},
		{"since(dose(2)) >= 14 days", OLD "; " NEW, OLD "; " NEW, 'A'},
		{"since(dose(2)) >= 14 days", OLD "; " NEW, OLD, 'A'},
		{"since(dose(1)) <= 14 days", OLD, OLD, 'N'},

		/*
		 * no point says whether the doses are complete, but since when at
		 * most
		 */
		{"complete", NONE, NONE, 'F'}, {"complete", NONE, OLD, 'A'},
		{"complete", OLD, OLD, 'A'}, {"complete", NEW, NEW, 'A'},
		{"since(complete) <= 14 days", NONE, NONE, 'F'},
		{"since(complete) <= 14 days", OLD, OLD, 'N'},
		{"since(complete) <= 14 days", NEW, NEW, 'A'},
		{"since(complete) >= 14 days", OLD, OLD, 'A'},
		/* numbers of doses */
		{"doses >= 1", NONE, NONE, 'N'}, {"doses >= 1", OLD, OLD, 'P'},
		{"doses >= 1", NONE, OLD, 'A'}, {"doses >= 2", OLD, OLD, 'N'},
		{"doses <= 1", OLD, OLD, 'P'}, {"doses <= 1", NONE, OLD, 'P'},
		{"doses <= 1", OLD "; " NEW, OLD "; " NEW, 'N'},
		{"doses <= 1", OLD, OLD "; " NEW, 'A'},
		{"doses = 1", OLD, OLD, 'P'}, {"doses <> 1", OLD, OLD, 'F'},
		{"doses <> 1", NONE, NONE, 'P'},
		{"doses <> 1", OLD "; " NEW, OLD "; " NEW, 'P'},
		{"doses <> 1", NONE, OLD, 'A'},
		{"doses >= 1", COMING, COMING, 'A'},
		{"doses <= 0", COMING, COMING, 'A'},
		{"doses <> 5", COMING, COMING, 'A'},
		{"doses(source >= paper) >= 1", OLD, OLD, 'A'},
		{"doses(source >= paper) >= 2", OLD, OLD, 'N'},
		/* the largest number of a point stands for all above it */
		{"doses >= 3", "dose 2021-06-01 number 31 national",
		"dose 2021-06-01 number 31 national", 'P'},
		{"doses <= 31", "dose 2021-06-01 number 31 national",
		"dose 2021-06-01 number 31 national", 'A'},
		/* tests by their kinds */
		{"since(negative(pcr)) <= 72 hours", PCR, PCR, 'P'},
		{"since(negative(pcr)) <= 72 hours", ANTIGEN, ANTIGEN, 'N'},
		{"since(negative(pcr)) <= 72 hours", NONE, PCR, 'A'},
		{"since(negative(pcr)) <= 24 hours", PCR, PCR, 'N'},
		{"since(negative(antigen)) <= 72 hours", ANTIGEN, ANTIGEN, 'P'},
		{"since(negative(antigen)) <= 72 hours", PCR, PCR, 'N'},
		{"since(negative(pcr, antigen)) <= 72 hours", PCR, PCR, 'P'},
		{"since(negative(pcr, antigen)) <= 72 hours", ANTIGEN, ANTIGEN, 'P'},
		{"since(negative(pcr, antigen)) <= 72 hours", BOTH, ANTIGEN, 'P'},
		{"since(negative(pcr, antigen)) <= 72 hours", BOTH, PCR, 'P'},
		{"since(negative(pcr, antigen)) <= 72 hours", PCR, ANTIGEN, 'A'},
		{"since(negative(pcr, antigen)) <= 72 hours", NONE, NONE, 'N'},
		{"since(negative(pcr, antigen)) <= 72 hours", NONE, BOTH, 'A'},
		{"since(negative(pcr, antigen)) <= 72 hours",
			"test 2021-11-01 pcr negative national; " ANTIGEN,
		"test 2021-11-01 pcr negative national; " ANTIGEN, 'P'},
		{"since(negative(pcr, antigen)) <= 72 hours",
			PCR "; test 2021-11-01 antigen negative national",
		PCR "; test 2021-11-01 antigen negative national", 'P'},
		{"since(negative(pcr)) <= 72 hours", PCR "; " PENDING,
		PCR "; " PENDING, 'A'},
		{"since(negative(pcr)) <= 72 hours", PCR, PCR "; " PENDING, 'A'},
		{"since(negative(pcr, antibody)) <= 72 hours", NONE, NONE, 'A'},
		{"since(negative(antibody)) <= 72 hours", PCR, PCR, 'A'},
		/* recovery and isolation */
		{"since(recovery) <= 6 months", "recovery 2021-09-01 national",
		"recovery 2021-10-01 national", 'P'},
		{"since(recovery) <= 6 months", NONE, "recovery 2021-10-01 national",
		'A'},
		{"since(recovery) <= 6 months", NONE, NONE, 'N'},
		{"recovered", NONE, NONE, 'F'},
		{"recovered", NONE, "recovery 2021-09-01 national", 'A'},
		{"isolated", NONE, NONE, 'F'},
		{"isolated", "isolation 2021-10-01 until 2021-10-15 national", NONE,
		'F'},
		{"isolated",
			"isolation 2021-11-10 until 2021-11-16 17:59:59 national",
		NONE, 'F'},
		{"isolated", "isolation 2021-11-10 until 2021-11-16 19:00 national",
		NONE, 'A'},
		{"isolated", "isolation 2021-11-10 until 2021-11-20 national", NONE,
		'A'},
		/* of what a point says nothing */
		{"exposed", NONE, NONE, 'A'}, {"contraindicated", NONE, NONE, 'A'},
		{"since(exposure) <= 14 days", NONE, NONE, 'A'},
		{"since(positive) <= 14 days", NONE, NONE, 'A'},
		{"doses(disease = measles) >= 1", NONE, NONE, 'A'},
		/* the context is known, or not */
		{"ticket", NONE, NONE, 'P'}, {"accompanied", NONE, NONE, 'F'},
		{"level = 1", NONE, NONE, 'U'}, {"not level = 1", NONE, NONE, 'U'},
		/* combined */
		{"", NONE, NONE, 'U'},
		{"not ticket", NONE, NONE, 'F'}, {"not accompanied", NONE, NONE, 'P'},
		{"not doses >= 1", NONE, NONE, 'M'},
		{"ticket and doses >= 1", OLD, OLD, 'P'},
		{"ticket and doses >= 1", NONE, NONE, 'N'},
		{"ticket and doses >= 1", NONE, OLD, 'A'},
		{"accompanied and doses >= 1", NONE, OLD, 'F'},
		{"doses >= 1 and accompanied", NONE, OLD, 'F'},
		{"level = 1 and doses >= 1", NONE, OLD, 'N'},
		{"doses >= 1 and level = 1", NONE, OLD, 'N'},
		{"level = 1 and ticket", NONE, NONE, 'U'},
		{"level = 1 and accompanied", NONE, NONE, 'F'},
		{"level = 1 or ticket", NONE, NONE, 'P'},
		{"level = 1 or accompanied", NONE, NONE, 'U'},
		{"level = 1 or doses >= 1", NONE, OLD, 'M'},
		{"ticket or doses >= 1", NONE, OLD, 'P'},
		{"accompanied or doses >= 1", OLD, OLD, 'P'},
		{"accompanied or doses >= 1", NONE, NONE, 'N'},
		{"accompanied or accompanied", NONE, NONE, 'F'}
	};

	for (size_t k = 0; k < sizeof(cases) / sizeof(cases[0]); k++)
		for (int turned = 0; turned < 2; turned++)
		{
			CccdBox		box;

			add_record(&box, turned ? cases[k].other : cases[k].one, true);
			add_record(&box, turned ? cases[k].one : cases[k].other, false);
			bind(cases[k].rule, at);
			check_box(&box, cases[k].rule, cases[k].truths);
		}
}

/* Before 2000 no event counts, whatever the box says. */
static void
test_before(void)
{
	CccdBox		box;
	CccdProgram program;

	add_record(&box, NONE, true);
	bind("doses >= 1", -1);
	CHECK(cccd_box_truths(&binding, CCCD_DISEASE_COVID19, &box) ==
		  CCCD_MAY_ANYTHING);
	cccd_program_init(&program, &binding);
	CHECK(cccd_box_answer(&program, CCCD_DISEASE_COVID19, &box) ==
		  CCCD_SOME_MAY_PASS);
	bind("doses >= 1", 0);
	CHECK(cccd_box_truths(&binding, CCCD_DISEASE_COVID19, &box) ==
		  truths_of('N'));
	/* points about another disease say nothing of this one */
	CHECK(cccd_box_truths(&binding, CCCD_DISEASE_COVID19 + 1, &box) ==
		  CCCD_MAY_ANYTHING);
}

/* The disease of most clauses; where two have as many, the first. */
static void
test_main_disease(void)
{
	static const struct
	{
		const char *rule;
		int			disease;
		int			clauses;
	}			cases[] = {
		{"", CCCD_DISEASE_COVID19, 0},
		{"ticket", CCCD_DISEASE_COVID19, 0},
		{"ticket or sex = F or place in (1, 79)", CCCD_DISEASE_COVID19, 0},
		{"doses(disease = measles) >= 1", 3, 1},
		{"doses(disease = measles) >= 1 and doses >= 1",
		CCCD_DISEASE_COVID19, 1},
		{"doses >= 1 and doses(disease = measles) >= 1",
		CCCD_DISEASE_COVID19, 1},
		{"doses >= 1 and doses(disease = measles) >= 1 and "
		"recovered(disease = measles)", 3, 2},
		{"doses(disease = measles, product = sputnik_v) >= 1 and "
		"doses(disease = influenza) >= 1", 3, 1},
		{"doses(disease = influenza) >= 1 and "
		"doses(disease = measles) >= 1", 2, 1}
	};

	for (size_t k = 0; k < sizeof(cases) / sizeof(cases[0]); k++)
	{
		CccdRuleError error;
		int			count;
		int			disease;

		if (cccd_rule_parse(cases[k].rule, strlen(cases[k].rule), code, &count,
							&error) != CCCD_RULE_OK)
		{
			fprintf(stderr, "%s\n", cases[k].rule);
			CHECK(!"a rule");
			continue;
		}
		disease = cccd_point_main_disease(code, count);
		CHECK(disease == cases[k].disease);
		CHECK(cccd_point_clauses(code, count, disease) == cases[k].clauses);
	}
}

int
main(void)
{
	test_cases();
	test_before();
	test_main_disease();
	return finish();
}
