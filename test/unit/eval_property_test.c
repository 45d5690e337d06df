/*
 * eval_property_test.c
 *		Random rules for random records, against a second evaluator that binds
 *		nothing: it lists what may have happened and looks at each possibility
 *		from its beginning forwards.
 */
#include "eval_reference.h"

#define ROUNDS			50000	/* records with a rule and a context; see
								 * unit_draws */
#define CASES			21		/* times for each */
#define CHANGE_EVERY	4		/* one in so many has its next change found */
#define DURING_EVERY	4		/* one round in so many has all its periods */

static long cases,
			answers[3],
			changes,
			periods,
			instants;
static long weighed;			/* cases of records with doses to be weighed */
static int	reported;

static void
complain(const char *what, int64_t at)
{
	char		time[CCCD_TIME_SIZE];

	cccd_time_format(at, time);
	if (reported++ < 10)
		fprintf(stderr, "%s at %s, horizon %u, rule %s\n", what, time,
				record ? record->tests_from : 0, rule_text);
	CHECK(!"the evaluators differ");
}

/* Times at which something may happen, and the microseconds beside them. */
static int64_t points[20000];
static int	npoints;

static void
add_point(int64_t time)
{
	for (int k = -1; k <= 1; k++)
		if (npoints < 20000 && time + k >= CCCD_AT_MIN &&
			time + k <= CCCD_AT_MAX)
			points[npoints++] = time + k;
}

static void
add_with_durations(int64_t time)
{
	add_point(time);
	for (int i = 0; i < count; i++)
		if (code[i].op == CCCD_OP_SINCE || code[i].op == CCCD_OP_AGE)
		{
			if (code[i].lo != CCCD_RULE_NONE)
				add_point(later(time, code[i].lo));
			if (code[i].hi != CCCD_RULE_NONE)
				add_point(later(time, code[i].hi));
		}
}

static void
find_points(void)
{
	npoints = 0;
	for (int k = 0; record && k < nevents; k++)
	{
		for (int second = -1; second <= 1; second++)
			add_with_durations(start_of(&events[k]) + second * CCCD_SECOND);
		add_point((int64_t) events[k].until * CCCD_SECOND);
	}
	if (record && record->tests_from > 0)
		for (int second = -1; second <= 1; second++)
			add_with_durations(((int64_t) record->tests_from + second) *
							   CCCD_SECOND);
	if (context.has_birth_date)
		add_with_durations(cccd_time_from_day(context.birth_date));
	for (int i = 0; i < 10; i++)
		add_point(draw_time() + chance(1000000));
	add_point(CCCD_AT_MIN);
	add_point(CCCD_AT_MAX);
}

static void
check_reasons(const CccdVerdict *v, int64_t at)
{
	if (v->failed & v->unsure)
		complain("a clause is both failed and unsure", at);
	if ((v->truth == CCCD_PASS) !=
		(v->failed == 0 && v->unsure == 0 && count > 0))
		complain("reasons and a pass", at);
	if ((v->truth == CCCD_FAIL) != (v->failed != 0))
		complain("failed clauses and no failure", at);
	if (judge_rule(at, v->failed | v->unsure) != CCCD_PASS && count > 0)
		complain("setting the reasons right is not enough", at);
	if (v->truth != CCCD_PASS && (v->doses || v->tests || v->others))
		complain("a proof of nothing", at);
	for (int i = 0; record && i < record->ndoses; i++)
		if ((v->doses & (UINT32_C(1) << i)) && !counts(&events[i], at))
			complain("a proof from the future", at);
}

static void
check_change(const CccdVerdict *v, int64_t at)
{
	int64_t		until = v->changes ? v->changes_at : CCCD_AT_MAX + 1;

	changes++;
	if (v->changes)
	{
		if (v->changes_at <= at || v->changes_at > CCCD_AT_MAX ||
			judge_rule(v->changes_at, 0) == v->truth)
			complain("nothing changes", at);
		if (judge_rule(v->changes_at - 1, 0) != v->truth)
			complain("it changed before", at);
	}
	for (int i = 0; i < npoints; i++)
		if (points[i] > at && points[i] < until &&
			judge_rule(points[i], 0) != v->truth)
			complain("it changes earlier", at);
}

static void
check_case(int64_t at, bool with_change)
{
	CccdSpan	spans[CCCD_RULE_MAX_CODES];
	CccdBinding binding;
	CccdProgram program;
	CccdVerdict verdict;
	CccdTruth	wanted = judge_rule(at, 0);

	cases++;
	weighed += record != NULL && record->weigh_doses;
	answers[wanted]++;
	cccd_rule_bind(code, count, at, packed, spans);
	cccd_binding_init(&binding, code, count, spans, at);
	if (cccd_rule_eval(&binding, record) != wanted)
		complain("cccd_rule_eval", at);
	cccd_program_init(&program, &binding);
	if (record &&
		cccd_program_answer(&program, body, body_length) != (int) wanted)
		complain("cccd_program_answer", at);
	cccd_rule_check(code, count, at, packed, record, &verdict);
	if (verdict.truth != wanted)
		complain("cccd_rule_check", at);
	check_reasons(&verdict, at);
	if (with_change)
		check_change(&verdict, at);
}

static bool
inside(const CccdPeriod *list, int n, int64_t at)
{
	for (int i = 0; i < n; i++)
	{
		const CccdPeriod *p = &list[i];

		if ((!p->has_begin || at > p->begin ||
			 (at == p->begin && p->begin_included)) &&
			(!p->has_end || at < p->end ||
			 (at == p->end && p->end_included)))
			return true;
	}
	return false;
}

static void
check_during(void)
{
	static CccdDuring during;
	static CccdPeriod list[20000];
	int			n = 0;

	cccd_during_init(&during, code, count, packed, record);
	while (n < 20000 && cccd_during_next(&during, &list[n]))
		n++;
	for (int i = 0; i < n; i++)
	{
		const CccdPeriod *p = &list[i];

		if ((i > 0 && !p->has_begin) || (i < n - 1 && !p->has_end))
			complain("an open end in the middle", p->begin);
		if (p->has_begin && p->has_end &&
			(p->begin > p->end || (p->begin == p->end &&
								   !(p->begin_included && p->end_included))))
			complain("an empty period", p->begin);
		/* between two periods there is at least an instant */
		if (i > 0 && (list[i - 1].end > p->begin ||
					  (list[i - 1].end == p->begin &&
					   (list[i - 1].end_included || p->begin_included))))
			complain("periods that touch", p->begin);
		for (int k = -1; k <= 1; k++)
		{
			if (p->has_begin && (judge_rule(p->begin + k, 0) == CCCD_PASS) !=
				inside(list, n, p->begin + k))
				complain("the begin of a period", p->begin + k);
			if (p->has_end && (judge_rule(p->end + k, 0) == CCCD_PASS) !=
				inside(list, n, p->end + k))
				complain("the end of a period", p->end + k);
		}
	}
	periods += n;
	for (int i = 0; i < npoints; i++, instants++)
		if ((judge_rule(points[i], 0) == CCCD_PASS) !=
			inside(list, n, points[i]))
			complain("periods", points[i]);
}

int
main(void)
{
	const int	rounds = unit_draws(ROUNDS);

	for (int round = 0; round < rounds; round++)
	{
		draw_record();
		draw_rule();
		draw_context();
		find_points();
		for (int i = 0; i < CASES; i++)
			check_case(points[chance(npoints)], i % CHANGE_EVERY == 0 &&
					   one_in(8));
		if (round % DURING_EVERY == 0)
			check_during();
	}
	fprintf(stderr, "%ld cases: %ld fail, %ld unknown, %ld pass; %ld next "
			"changes; %ld periods at %ld instants\n", cases, answers[0],
			answers[1], answers[2], changes, periods, instants);
	fprintf(stderr, "%ld cases with doses to be weighed, %ld clauses with too "
			"many ways\n", weighed, many_ways);
	CHECK(cases >= rounds * (long) CASES);
	CHECK(weighed > cases / 10);
	CHECK(answers[0] > cases / 10 && answers[1] > cases / 10 &&
		  answers[2] > cases / 10);
	return finish();
}
