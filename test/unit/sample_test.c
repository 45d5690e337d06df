/*
 * sample_test.c
 *		What the planner learns from a sample of points.
 */
#include "unit.h"

#include "health/code_core.h"
#include "health/health_text_core.h"
#include "index/sample_core.h"

#define MEASLES		3

/* What this many entries of the sample show is half believed. */
#define FEW			3

static const int64_t at = INT64_C(690379200000000); /* 2021-11-16 12:00 UTC */

static unsigned char bytes[4096];

/* Add people with a record to the sample that is being made. */
static size_t
add(size_t length, const char *record, int level)
{
	unsigned char body[CCCD_HEALTH_MAX_SIZE];
	size_t		size;
	CccdHealthTextError error;
	CccdHealthView view;
	CccdPoint	point;

	CHECK(cccd_health_parse(record, strlen(record), body, &size, &error) ==
		  CCCD_HEALTH_TEXT_OK);
	CHECK(cccd_health_open(body, size, &view) == CCCD_HEALTH_OK);
	cccd_point_make(&view, bytes[0], &point);
	CHECK(cccd_point_says_nothing(&point) == (*record == '\0'));
	bytes[length] = (unsigned char) level;
	cccd_point_pack(&point, bytes + length + 1);
	return length + CCCD_SAMPLE_ENTRY;
}

/* 512 people with a dose, 256 with a later one, 256 with nothing. */
static CccdSample
make_sample(int disease)
{
	CccdSample	sample;
	size_t		length = 1;

	bytes[0] = (unsigned char) disease;
	length = add(length, disease == MEASLES ?
				 "dose 2021-06-01 08:00 national disease measles" :
				 "dose 2021-06-01 08:00 national", 9);
	length = add(length, disease == MEASLES ?
				 "dose 2021-11-10 08:00 national disease measles" :
				 "dose 2021-11-10 08:00 national", 8);
	length += cccd_sample_add_nobody(256, bytes + length);
	CHECK(length == 1 + 3 * CCCD_SAMPLE_ENTRY);
	CHECK(cccd_sample_open(bytes, length, &sample));
	CHECK(sample.disease == disease);
	return sample;
}

static void
ask(const CccdSample *sample, const char *text, double *selected,
	double *returned)
{
	CccdInstr	code[CCCD_RULE_MAX_CODES];
	CccdSpan	spans[CCCD_RULE_MAX_CODES];
	CccdRuleError error;
	CccdBinding binding;
	int			count;

	CHECK(cccd_rule_parse(text, strlen(text), code, &count, &error) ==
		  CCCD_RULE_OK);
	cccd_rule_bind(code, count, at, 0, spans);
	cccd_binding_init(&binding, code, count, spans, at);
	*selected = cccd_sample_selects(sample, &binding);
	*returned = cccd_sample_returns(sample, &binding);
}

static bool
near(double a, double b)
{
	return a - b < 0.001 && b - a < 0.001;
}

static void
test_shares(void)
{
	static const struct
	{
		int			disease;
		const char *rule;
		double		selected;
		double		returned;
	}			cases[] = {
		{CCCD_DISEASE_COVID19, "doses >= 1", 0.75, 0.75},
		{CCCD_DISEASE_COVID19, "doses = 0", 0.25, 0.25},
		{CCCD_DISEASE_COVID19, "since(last_dose) <= 14 days", 0.25, 0.25},
		{CCCD_DISEASE_COVID19, "since(last_dose) >= 14 days", 0.5, 0.5},
		{CCCD_DISEASE_COVID19, "isolated", 0.0005, 0.0005},
		/* a filter that points do not tell: half of the doses */
		{CCCD_DISEASE_COVID19, "doses(signed) >= 1", 0.375, 0.75},
		/* what points do not tell of is rare, and narrows nothing */
		{CCCD_DISEASE_COVID19, "exposed", 0.01, 1},
		{CCCD_DISEASE_COVID19, "doses(disease = measles) >= 1", 0.01, 1},
		{MEASLES, "doses(disease = measles) >= 1", 0.75, 0.75},
		{MEASLES, "doses >= 1", 0.01, 1},
		/* nobody passes, whatever the record */
		{MEASLES, "ticket", 0.0005, 0.0005},
		{MEASLES, "", 0.0005, 0.0005}
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
	{
		CccdSample	sample = make_sample(cases[i].disease);
		double		selected,
					returned;

		ask(&sample, cases[i].rule, &selected, &returned);
		if (!near(selected, cases[i].selected) ||
			!near(returned, cases[i].returned))
			fprintf(stderr, "%s: %f, %f\n", cases[i].rule, selected, returned);
		CHECK(near(selected, cases[i].selected));
		CHECK(near(returned, cases[i].returned));
	}
}

/*
 * Conditions joined: as far as few entries pass all of them, their number is
 * drawn towards what each selects alone, by the weight of FEW such entries.
 */
static void
test_joined(void)
{
	static const struct
	{
		const char *rule;
		double		selected;	/* people who pass all, of 1024 */
		double		expected;	/* who would if conditions had no common cause */
		double		entries;	/* of the sample that pass all */
	}			cases[] = {
		{"doses >= 1 and since(last_dose) <= 14 days", 256, 192, 1},
		{"doses >= 1 and since(last_dose) >= 14 days", 512, 384, 1},
		{"doses >= 1 and doses <= 3", 768, 768, 2},
		{"doses >= 1 and doses(signed) >= 1", 384, 288, 1},
		{"doses = 0 and doses <= 3", 256, 256, 1}
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
	{
		CccdSample	sample = make_sample(CCCD_DISEASE_COVID19);
		double		few = FEW * cases[i].selected / cases[i].entries;
		double		wanted = (cases[i].selected + few) /
		(cases[i].expected + few) * cases[i].expected / 1024;
		double		selected,
					returned;

		ask(&sample, cases[i].rule, &selected, &returned);
		if (!near(selected, wanted))
			fprintf(stderr, "%s: %f, not %f\n", cases[i].rule, selected,
					wanted);
		CHECK(near(selected, wanted));
	}
}

static void
test_nobody(void)
{
	CccdSample	nobody = cccd_sample_of_nobody(MEASLES);
	double		selected,
				returned;

	CHECK(nobody.disease == MEASLES);
	CHECK(cccd_sample_latest(&nobody) == 0);
	ask(&nobody, "doses(disease = measles) >= 1", &selected, &returned);
	CHECK(returned < 0.0001 && selected < 0.0001);
	ask(&nobody, "doses(disease = measles) = 0", &selected, &returned);
	CHECK(returned == 1 && selected == 1);

	/* as many entries as the number has bits, which add up to it */
	for (uint32_t people = 0; people < 5000; people += 37)
	{
		size_t		size = cccd_sample_add_nobody(people, bytes);
		uint32_t	sum = 0;

		for (size_t i = 0; i < size; i += CCCD_SAMPLE_ENTRY)
			sum += 1U << bytes[i];
		CHECK(sum == people);
	}
}

static void
test_latest(void)
{
	CccdSample	sample = make_sample(CCCD_DISEASE_COVID19);
	uint32_t	latest = cccd_sample_latest(&sample);
	uint32_t	hour = 689821200;	/* 2021-11-10 01:00 UTC */
	size_t		length = 1;

	CHECK(latest == hour + 3599);
	/* the end of an isolation is no event that has happened */
	length = add(length, "isolation 2021-11-10 until 2029-11-24 national", 0);
	CHECK(cccd_sample_open(bytes, length, &sample));
	CHECK(cccd_sample_latest(&sample) == 0);
}

static void
test_damage(void)
{
	CccdSample	sample;

	(void) make_sample(CCCD_DISEASE_COVID19);
	CHECK(!cccd_sample_open(bytes, 0, &sample));
	CHECK(!cccd_sample_open(bytes, 1, &sample));
	CHECK(!cccd_sample_open(bytes, CCCD_SAMPLE_ENTRY, &sample));
	CHECK(cccd_sample_open(bytes, 1 + CCCD_SAMPLE_ENTRY, &sample));
	CHECK(!cccd_sample_open(bytes, 2 + CCCD_SAMPLE_ENTRY, &sample));
	bytes[1] = CCCD_SAMPLE_MAX_LEVEL;
	CHECK(cccd_sample_open(bytes, 1 + CCCD_SAMPLE_ENTRY, &sample));
	bytes[1] = CCCD_SAMPLE_MAX_LEVEL + 1;
	CHECK(!cccd_sample_open(bytes, 1 + CCCD_SAMPLE_ENTRY, &sample));
}

/* Which diseases a record tells of, and whether points know of it. */
static void
test_tells(void)
{
	static const struct
	{
		const char *record;
		bool		covid;
		bool		measles;
		bool		nothing;	/* in a point about covid19 */
	}			cases[] = {
		{"", false, false, true},
		{"dose 2021-06-01 08:00 national", true, false, false},
		{"dose 2021-06-01 08:00 national disease measles", false, true, true},
		{"test 2021-06-01 08:00 pcr negative", true, false, false},
		{"test 2021-06-01 08:00 pcr positive", true, false, true},
		{"exposure 2021-06-01 until 2021-06-15", true, false, true},
		{"credential 2021-06-01 insurance", false, false, true},
		{"declaration 2021-06-01 no_symptoms; registration 2021-06-01 #1; "
		"consultation 2021-06-01 doctor", false, false, true},
		{"recovery 2021-06-01 disease measles; dose 2021-06-01 08:00",
		true, true, false}
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
	{
		unsigned char body[CCCD_HEALTH_MAX_SIZE];
		size_t		size;
		CccdHealthTextError error;
		CccdHealthView view;
		CccdPoint	point;
		bool		tells[CCCD_DISEASE_CODES] = {false};
		int			told = 0;

		CHECK(cccd_health_parse(cases[i].record, strlen(cases[i].record),
								body, &size, &error) == CCCD_HEALTH_TEXT_OK);
		CHECK(cccd_health_open(body, size, &view) == CCCD_HEALTH_OK);
		cccd_point_diseases(&view, tells);
		for (int d = 0; d < CCCD_DISEASE_CODES; d++)
			told += tells[d];
		CHECK(tells[CCCD_DISEASE_COVID19] == cases[i].covid);
		CHECK(tells[MEASLES] == cases[i].measles);
		CHECK(told == cases[i].covid + cases[i].measles);
		cccd_point_make(&view, CCCD_DISEASE_COVID19, &point);
		CHECK(cccd_point_says_nothing(&point) == cases[i].nothing);
	}
}

/* The disease that most of a rule is about. */
static void
test_disease(void)
{
	static const struct
	{
		const char *rule;
		int			disease;
		int			covid;
		int			measles;
	}			cases[] = {
		{"", CCCD_DISEASE_COVID19, 0, 0},
		{"ticket", CCCD_DISEASE_COVID19, 0, 0},
		{"doses >= 2 and not isolated", CCCD_DISEASE_COVID19, 2, 0},
		{"doses(disease = measles) >= 1 and ticket", MEASLES, 0, 1},
		{"holds(insurance) and holds(work_permit)", CCCD_DISEASE_COVID19, 0, 0},
		{"doses(disease = measles) >= 1 or isolated",
		CCCD_DISEASE_COVID19, 1, 1},
		{"doses(disease = measles) >= 1 or isolated(disease = measles) or isolated",
		MEASLES, 1, 2}
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
	{
		CccdInstr	code[CCCD_RULE_MAX_CODES];
		CccdRuleError error;
		int			count;

		CHECK(cccd_rule_parse(cases[i].rule, strlen(cases[i].rule), code,
							  &count, &error) == CCCD_RULE_OK);
		CHECK(cccd_point_main_disease(code, count) == cases[i].disease);
		CHECK(cccd_point_clauses(code, count, CCCD_DISEASE_COVID19) ==
			  cases[i].covid);
		CHECK(cccd_point_clauses(code, count, MEASLES) == cases[i].measles);
	}
}

int
main(void)
{
	test_shares();
	test_joined();
	test_nobody();
	test_latest();
	test_damage();
	test_tells();
	test_disease();
	return finish();
}
