/*
 * point_box_test.c
 *		Boxes of points, and the planner's guess from a point.
 */
#include "unit.h"

#include "health/code_core.h"
#include "health/health_text_core.h"
#include "index/point_core.h"

/* A point whose numbers are all derived from one. */
static CccdPoint
point_of(uint32_t n)
{
	CccdPoint	point;

	for (int d = 0; d < CCCD_POINT_DIMENSIONS; d++)
	{
		uint32_t	limit = d == CCCD_POINT_DOSES ? CCCD_POINT_MAX_DOSES :
		d == CCCD_POINT_DOUBT || d == CCCD_POINT_WEIGHED ? 1 : CCCD_POINT_MAX_HOUR;

		n = n * UINT32_C(1664525) + UINT32_C(1013904223);
		point.v[d] = n >> 28 == 0 ? 0 : (n >> 4) % (limit + 1);
	}
	return point;
}

static bool
holds(const CccdBox *box, const CccdPoint *point)
{
	for (int d = 0; d < CCCD_POINT_DIMENSIONS; d++)
		if (point->v[d] < box->lo.v[d] || point->v[d] > box->hi.v[d])
			return false;
	return true;
}

static void
test_boxes(void)
{
	for (uint32_t n = 0; n < 20000; n += 4)
	{
		CccdPoint	corners[4];
		CccdBox		box,
					other;
		double		size;

		for (uint32_t k = 0; k < 4; k++)
			corners[k] = point_of(n + k);
		box.lo = box.hi = corners[0];
		CHECK(cccd_box_size(&box) == 0);
		other.lo = other.hi = corners[1];
		cccd_box_add(&box, &other);
		CHECK(holds(&box, &corners[0]) && holds(&box, &corners[1]));

		/* adding what lies inside changes nothing */
		size = cccd_box_size(&box);
		CHECK(size > 0);
		cccd_box_add(&box, &other);
		CHECK(cccd_box_size(&box) == size);
		CHECK(memcmp(&box.lo, &box.hi, sizeof(CccdPoint)) != 0);
	}
}

/*
 * The size of a box: 720 hours for a dose and for doubt, the hours of each
 * event up to half a year, and as much where some have it and some do not.
 */
static void
test_sizes(void)
{
	static const struct
	{
		uint32_t	lo;
		uint32_t	hi;
		double		size;
	}			events[] = {
		{0, 0, 0}, {5, 5, 0}, {5, 6, 1}, {1, 4380, 4379}, {1, 4381, 4380},
		{1, 4382, 4380}, {1, CCCD_POINT_MAX_HOUR, 4380}, {0, 1, 4380},
		{0, CCCD_POINT_MAX_HOUR, 4380}
	};

	for (int d = 0; d < CCCD_POINT_DIMENSIONS; d++)
	{
		CccdBox		box;

		memset(&box, 0, sizeof(box));
		if (d < CCCD_POINT_DOSE)
		{
			box.hi.v[d] = 1;
			CHECK(cccd_box_size(&box) == 720);
			box.lo.v[d] = 1;
			CHECK(cccd_box_size(&box) == 0);
			continue;
		}
		for (size_t k = 0; k < sizeof(events) / sizeof(events[0]); k++)
		{
			box.lo.v[d] = events[k].lo;
			box.hi.v[d] = events[k].hi;
			CHECK(cccd_box_size(&box) == events[k].size);
			box.hi.v[CCCD_POINT_DOSES] = 2;
			CHECK(cccd_box_size(&box) == events[k].size + 1440);
			box.hi.v[CCCD_POINT_DOSES] = 0;
		}
	}
}

/* What a point tells is guessed as the record answers. */
static void
test_guesses(void)
{
	static const struct
	{
		const char *record;
		const char *rule;
		CccdTruth	guess;
	}			cases[] = {
		{"", "", CCCD_UNKNOWN},
		{"", "doses >= 1", CCCD_FAIL},
		{"dose 2021-06-01 national", "doses >= 1", CCCD_PASS},
		{"dose 2021-06-01 national", "doses >= 2", CCCD_FAIL},
		{"dose 2021-06-01 national", "doses <= 1", CCCD_PASS},
		{"dose 2021-06-01 national", "doses <> 1", CCCD_FAIL},
		{"dose 2021-06-01 national", "doses = 1", CCCD_PASS},
		{"dose 2021-06-01 national", "not doses >= 2", CCCD_PASS},
		{"dose 2021-06-01 national", "doses(disease = measles) >= 1",
		CCCD_FAIL},
		{"dose 2021-06-01 national", "since(last_dose) >= 14 days", CCCD_PASS},
		{"dose 2021-06-01 national", "since(dose(1)) >= 14 days", CCCD_PASS},
		{"dose 2021-11-10 national", "since(last_dose) >= 14 days", CCCD_FAIL},
		{"", "since(last_dose) >= 14 days", CCCD_FAIL},
		{"recovery 2021-09-01 national", "since(recovery) <= 6 months",
		CCCD_PASS},
		{"recovery 2021-01-01 national", "since(recovery) <= 6 months",
		CCCD_FAIL},
		{"recovery 2021-09-01 national", "recovered", CCCD_PASS},
		{"", "recovered", CCCD_FAIL},
		{"test 2021-11-15 pcr negative national", "since(negative) <= 72 hours",
		CCCD_PASS},
		{"test 2021-11-15 pcr negative national",
		"since(negative(antigen)) <= 72 hours", CCCD_FAIL},
		{"test 2021-11-15 antigen negative national",
		"since(negative(antigen)) <= 72 hours", CCCD_PASS},
		{"test 2021-11-15 antigen negative national",
		"since(negative(pcr, antigen)) <= 72 hours", CCCD_PASS},
		{"test 2021-11-15 pcr negative national; test 2021-11-16 antigen negative national",
		"since(negative) <= 24 hours", CCCD_PASS},
		{"isolation 2021-11-10 until 2021-11-24 national", "isolated",
		CCCD_PASS},
		{"isolation 2021-10-10 until 2021-10-24 national", "isolated",
		CCCD_FAIL},
		{"", "not isolated", CCCD_PASS},
		/* what is usual where a point says nothing */
		{"", "exposed", CCCD_FAIL},
		{"", "contraindicated", CCCD_FAIL},
		{"", "since(positive) <= 30 days", CCCD_FAIL},
		{"", "since(exposure) <= 30 days", CCCD_FAIL},
		/* the context is known */
		{"", "ticket", CCCD_UNKNOWN},
		{"", "ticket and doses >= 1", CCCD_FAIL},
		{"dose 2021-06-01 national", "doses >= 1 and recovered", CCCD_FAIL},
		{"dose 2021-06-01 national", "recovered or doses >= 1", CCCD_PASS},
		{"dose 2021-06-01 national", "recovered or ticket", CCCD_UNKNOWN},
		{"dose 2021-06-01 national", "not (recovered or doses >= 2)",
		CCCD_PASS},
		{"dose 2021-06-01 national", "doses >= 1 and not recovered",
		CCCD_PASS}
	};
	const int64_t at = INT64_C(690379200000000);	/* 2021-11-16 12:00 UTC */

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
	{
		unsigned char body[CCCD_HEALTH_MAX_SIZE];
		size_t		length;
		CccdHealthTextError text_error;
		CccdHealthView view;
		CccdInstr	code[CCCD_RULE_MAX_CODES];
		CccdSpan	spans[CCCD_RULE_MAX_CODES];
		CccdRuleError error;
		CccdBinding binding;
		CccdPoint	point;
		CccdLikelihood likely;
		CccdTruth	guess;
		int			count;

		CHECK(cccd_health_parse(cases[i].record, strlen(cases[i].record),
								body, &length, &text_error) ==
			  CCCD_HEALTH_TEXT_OK);
		CHECK(cccd_health_open(body, length, &view) == CCCD_HEALTH_OK);
		CHECK(cccd_rule_parse(cases[i].rule, strlen(cases[i].rule), code,
							  &count, &error) == CCCD_RULE_OK);
		cccd_rule_bind(code, count, at, 0, spans);
		cccd_binding_init(&binding, code, count, spans, at);
		cccd_point_make(&view, CCCD_DISEASE_COVID19, &point);
		likely = cccd_point_guess(&binding, 0, CCCD_DISEASE_COVID19, &point);
		CHECK(likely.pass >= 0 && likely.fail >= 0 &&
			  likely.pass + likely.fail <= 1 + 1e-9);
		guess = likely.pass > 0.5 ? CCCD_PASS :
			likely.fail > 0.5 ? CCCD_FAIL : CCCD_UNKNOWN;
		if (guess != cases[i].guess)
			fprintf(stderr, "%s | %s: %d\n", cases[i].record, cases[i].rule,
					(int) guess);
		CHECK(guess == cases[i].guess);
	}
}

int
main(void)
{
	test_boxes();
	test_sizes();
	test_guesses();
	return finish();
}
