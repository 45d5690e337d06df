/*
 * during_core.c
 *		Breakpoints of a rule for a record, and the periods of passing between
 *		them; see during_core.h.
 */
#include "eval/during_core.h"

#include "eval/fact_core.h"

#define SECONDS(second)		((int64_t) (second) * CCCD_SECOND)

/* Heap sort: in place, without recursion, and never quadratic. */
static void
sift_down(int64_t *points, int root, int count)
{
	int64_t		value = points[root];

	for (;;)
	{
		int			child = 2 * root + 1;

		if (child >= count)
			break;
		if (child + 1 < count && points[child + 1] > points[child])
			child++;
		if (points[child] <= value)
			break;
		points[root] = points[child];
		root = child;
	}
	points[root] = value;
}

static void
sort_points(int64_t *points, int count)
{
	for (int root = count / 2 - 1; root >= 0; root--)
		sift_down(points, root, count);
	for (int last = count - 1; last > 0; last--)
	{
		int64_t		largest = points[0];

		points[0] = points[last];
		points[last] = largest;
		sift_down(points, 0, last);
	}
}

static void
sort_distinct(CccdBreakpoints *b)
{
	int			kept = 0;

	sort_points(b->points, b->used);
	for (int i = 0; i < b->used; i++)
		if (kept == 0 || b->points[i] != b->points[kept - 1])
			b->points[kept++] = b->points[i];
	b->used = kept;
}

/* A full batch keeps its smaller half; the rest is for the next batch. */
static void
add_point(CccdBreakpoints *b, int64_t point)
{
	if (point < b->from || point >= b->below)
		return;
	if (b->used == CCCD_BREAKPOINTS)
	{
		sort_distinct(b);
		if (b->used > CCCD_BREAKPOINTS / 2)
		{
			b->used = CCCD_BREAKPOINTS / 2;
			b->below = b->points[b->used];
			b->complete = false;
			if (point >= b->below)
				return;
		}
	}
	b->points[b->used++] = point;
}

/* What lies the clause's durations after an instant. */
static void
add_durations(CccdBreakpoints *b, const CccdInstr *clause, int64_t time)
{
	if (clause->lo != CCCD_RULE_NONE)
		add_point(b, cccd_add_duration(time, clause->lo));
	if (clause->hi != CCCD_RULE_NONE)
		add_point(b, cccd_add_duration(time, clause->hi));
}

/* An instant that may be the fact's. */
static void
add_instant(CccdBreakpoints *b, const CccdInstr *clause, int64_t time)
{
	add_point(b, time);
	add_durations(b, clause, time);
}

/*
 * Where reports of doses must be weighed any of them may say when a dose was,
 * where a past begins that numbers tell of, and where it ends.
 */
static void
add_reports(CccdBreakpoints *b, const CccdInstr *clause)
{
	for (int k = 0; k < b->view->ndoses; k++)
	{
		const unsigned char *report = cccd_dose_at(b->view, k);
		int64_t		time = SECONDS(cccd_event_time(report));

		if (cccd_event_disease(report) != clause->disease)
			continue;
		add_instant(b, clause, time);
		if (clause->op != CCCD_OP_SINCE)
			continue;
		add_instant(b, clause, time + CCCD_SECOND);
		add_durations(b, clause, time - CCCD_SECOND);
	}
}

/*
 * The instants around doses: each dose itself, and what lies a duration of the
 * clause after it or after the doses that its number implies.
 */
static void
add_doses(CccdBreakpoints *b, int i)
{
	const CccdInstr *clause = &b->code[i];
	bool		since = clause->op == CCCD_OP_SINCE;
	bool		open = since && (clause->fact == CCCD_FACT_NTH_DOSE ||
								 cccd_is_filtered(b->code, i));
	bool		implied = false;
	int			number = 0;

	if (b->view->weigh_doses)
	{
		add_reports(b, clause);
		return;
	}
	for (int k = 0; k < b->view->ndoses; k++)
	{
		const unsigned char *dose = cccd_dose_at(b->view, k);
		int64_t		time = SECONDS(cccd_event_time(dose));
		int			before = number;

		if (cccd_event_disease(dose) != clause->disease)
			continue;
		number = cccd_dose_number(dose, number);
		if (!since)
			add_point(b, time);
		else
			add_instant(b, clause, time);
		if (open && number > before + 1)
		{
			implied = true;
			add_durations(b, clause, time - CCCD_SECOND);
		}
	}
	/* the earliest instant of a past that begins after a certain dose */
	if (!implied || clause->fact == CCCD_FACT_NTH_DOSE)
		return;
	for (int k = 0; k < b->view->ndoses; k++)
	{
		const unsigned char *dose = cccd_dose_at(b->view, k);

		if (cccd_event_disease(dose) == clause->disease)
			add_instant(b, clause,
						SECONDS(cccd_event_time(dose)) + CCCD_SECOND);
	}
}

static void
add_tests(CccdBreakpoints *b, int i)
{
	const CccdInstr *clause = &b->code[i];
	int			wanted = cccd_wanted_result(clause);
	int64_t		horizon = SECONDS(b->view->tests_from);

	for (int k = 0; k < b->view->ntests; k++)
	{
		const unsigned char *test = cccd_test_at(b->view, k);
		int64_t		time = SECONDS(cccd_event_time(test));
		int			result = cccd_event_code(test),
					kind = cccd_event_detail(test);

		if ((result != wanted && result != CCCD_RESULT_PENDING) ||
			!(kind == 0 || cccd_wanted_kind(clause, kind)) ||
			!cccd_event_matches(clause, test))
			continue;
		add_instant(b, clause, time);
		if (time < horizon)
			add_instant(b, clause, time + CCCD_SECOND);
	}
	if (horizon != 0)
	{
		add_point(b, horizon);
		add_durations(b, clause, horizon - CCCD_SECOND);
	}
}

static void
add_others(CccdBreakpoints *b, int i)
{
	const CccdInstr *clause = &b->code[i];

	for (int k = 0; k < b->view->nothers; k++)
	{
		const unsigned char *other = cccd_other_at(b->view, k);

		if (!cccd_other_matches(b->code, i, other))
			continue;
		add_instant(b, clause, SECONDS(cccd_event_time(other)));
		if (clause->op == CCCD_OP_STATE)
			add_point(b, SECONDS(cccd_event_until(other)));
	}
}

static void
add_clause(CccdBreakpoints *b, int i)
{
	const CccdInstr *clause = &b->code[i];

	if (clause->op == CCCD_OP_AGE)
	{
		if (b->context.has_birth_date)
			add_durations(b, clause,
						  cccd_time_from_day(b->context.birth_date));
	}
	else if (clause->op > CCCD_OP_STATE || b->view == NULL)
		return;
	else if (clause->op == CCCD_OP_DOSES)
		add_doses(b, i);
	else if (clause->fact == CCCD_FACT_COMPLETE)
		add_doses(b, i);
	else if (clause->op == CCCD_OP_STATE)
		add_others(b, i);
	else if (clause->fact == CCCD_FACT_LAST_DOSE ||
			 clause->fact == CCCD_FACT_NTH_DOSE)
		add_doses(b, i);
	else if (clause->fact == CCCD_FACT_NEGATIVE ||
			 clause->fact == CCCD_FACT_POSITIVE)
		add_tests(b, i);
	else
		add_others(b, i);
}

/* The next breakpoints from b->from on. */
static void
find_batch(CccdBreakpoints *b)
{
	b->below = CCCD_AT_MAX + 1;
	b->complete = true;
	b->used = 0;
	b->next = 0;
	for (int i = 0; i < b->count; i++)
		if (b->code[i].op > CCCD_OP_NOT)
			add_clause(b, i);
	sort_distinct(b);
}

void
cccd_breakpoints_init(CccdBreakpoints *breakpoints, const CccdInstr *code,
					  int count, uint64_t context,
					  const CccdHealthView *view, int64_t from)
{
	static const CccdContext nothing;

	breakpoints->code = code;
	breakpoints->count = count;
	breakpoints->view = view;
	if (!cccd_context_unpack(context, &breakpoints->context))
		breakpoints->context = nothing;
	breakpoints->from = from;
	cccd_outlooks_init(&breakpoints->kept);
	find_batch(breakpoints);
}

bool
cccd_breakpoints_next(CccdBreakpoints *breakpoints, int64_t *point)
{
	CccdBreakpoints *b = breakpoints;

	if (b->next == b->used)
	{
		if (b->complete)
			return false;
		b->from = b->points[b->used - 1] + 1;
		find_batch(b);
		if (b->used == 0)
			return false;
	}
	*point = b->points[b->next++];
	return true;
}

CccdTruth
cccd_truth_at(CccdBreakpoints *breakpoints, int64_t at)
{
	CccdBreakpoints *b = breakpoints;
	CccdSpan	spans[CCCD_RULE_MAX_CODES];
	CccdBinding binding;

	cccd_rule_bind_unpacked(b->code, b->count, at, &b->context, spans);
	cccd_binding_init(&binding, b->code, b->count, spans, at);
	if (b->view != NULL && b->view->weigh_doses)
	{
		cccd_outlooks_go(&b->kept, &binding, b->view);
		binding.kept = &b->kept;
	}
	return cccd_rule_eval(&binding, b->view);
}

void
cccd_during_init(CccdDuring *during, const CccdInstr *code, int count,
				 uint64_t context, const CccdHealthView *view)
{
	cccd_breakpoints_init(&during->breakpoints, code, count, context, view,
						  CCCD_AT_MIN);
	during->has_point = false;
	during->has_following = cccd_breakpoints_next(&during->breakpoints,
												  &during->following);
	during->inside = false;
	during->passing = cccd_truth_at(&during->breakpoints,
									CCCD_AT_MIN) == CCCD_PASS;
	memset(&during->period, 0, sizeof(during->period));
}

/*
 * Go to the next stretch of time in which the answer is constant: a
 * breakpoint, or what lies between it and the next one.  False at the end.
 */
static bool
next_stretch(CccdDuring *during, bool *passes)
{
	CccdDuring *d = during;

	if (d->has_point && !d->inside)
	{
		d->inside = true;
		if (d->point < CCCD_AT_MAX &&
			!(d->has_following && d->following == d->point + 1))
		{
			*passes = cccd_truth_at(&d->breakpoints,
									d->point + 1) == CCCD_PASS;
			return true;
		}
	}
	if (!d->has_following)
		return false;
	d->has_point = true;
	d->inside = false;
	d->point = d->following;
	d->has_following = cccd_breakpoints_next(&d->breakpoints, &d->following);
	*passes = cccd_truth_at(&d->breakpoints, d->point) == CCCD_PASS;
	return true;
}

CccdStep
cccd_during_step(CccdDuring *during, CccdPeriod *period)
{
	CccdDuring *d = during;
	bool		passes;

	if (next_stretch(d, &passes))
	{
		if (passes == d->passing)
			return CCCD_STEP_MORE;
		d->passing = passes;
		if (passes)
		{
			d->period.has_begin = true;
			d->period.begin = d->point;
			d->period.begin_included = !d->inside;
			return CCCD_STEP_MORE;
		}
		/* a stretch after a breakpoint ends what held at the breakpoint */
		d->period.has_end = true;
		d->period.end = d->point;
		d->period.end_included = d->inside;
		*period = d->period;
		return CCCD_STEP_PERIOD;
	}
	if (!d->passing)
		return CCCD_STEP_END;
	d->passing = false;
	d->period.has_end = false;
	d->period.end_included = false;
	*period = d->period;
	return CCCD_STEP_PERIOD;
}

bool
cccd_during_next(CccdDuring *during, CccdPeriod *period)
{
	CccdStep	step;

	do
		step = cccd_during_step(during, period);
	while (step == CCCD_STEP_MORE);
	return step == CCCD_STEP_PERIOD;
}
