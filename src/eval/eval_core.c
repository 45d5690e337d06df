/*
 * eval_core.c
 *		The answer of a bound rule for a record, clause by clause.
 *
 * A fact has one instant that is certain, the latest matching event, or none.
 * Beside it stand instants that may be the true one: a test without a result,
 * a dose of an unknown product, and what lies in a past that the record does
 * not cover.  A comparison passes if every candidate passes, fails if none
 * does.
 */
#include "eval/dose_eval_core.h"

static inline CccdTruth
truth_of(bool holds)
{
	return holds ? CCCD_PASS : CCCD_FAIL;
}

/*
 * How many doses match: from the certain ones to all that could.  Without a
 * filter these are the same number.
 */
static CccdTruth
doses_truth(const CccdBinding *b, const CccdHealthView *view, int i)
{
	const CccdInstr *clause = &b->code[i];
	const unsigned char *dose = view->doses;
	int			total = 0,
				events = 0,
				certain = 0,
				possible;

	possible = 0;
	for (int k = 0; k < view->ndoses; k++, dose += CCCD_DOSE_SIZE)
	{
		if (cccd_event_time(dose) > b->now)
			break;
		if (cccd_event_disease(dose) != clause->disease)
			continue;
		total = cccd_dose_number(dose, total);
		events++;
		if (!cccd_event_matches(clause, dose))
			continue;
		if (!cccd_has_list(b->code, i) ||
			cccd_list_holds(b->code, i, cccd_dose_product(dose)))
			certain++;
		else if (cccd_dose_product(dose) == 0)
			possible++;
	}
	possible += certain + total - events;
	if (!cccd_is_filtered(b->code, i))
		certain = total;
	return cccd_dose_count_truth(clause, certain, possible);
}

/*
 * The latest dose.  With a filter, doses of an unknown product may match, and
 * so may doses that only the number of a later one tells of; without one, the
 * latest dose is later than those.
 */
static CccdTruth
last_dose_truth(const CccdBinding *b, const CccdHealthView *view, int i)
{
	const CccdInstr *clause = &b->code[i];
	const unsigned char *dose = view->doses;
	CccdCandidates candidates = {false, true};
	uint32_t	implied_before = 0,
				certain_time = 0;
	bool		implied = false,
				certain = false;
	int			total = 0,
				counted;

	for (counted = 0; counted < view->ndoses; counted++)
	{
		int			number;

		dose = cccd_dose_at(view, counted);
		if (cccd_event_time(dose) > b->now)
			break;
		if (cccd_event_disease(dose) != clause->disease)
			continue;
		number = cccd_dose_number(dose, total);
		if (number > total + 1)
		{
			implied = true;
			implied_before = cccd_event_time(dose);
		}
		total = number;
	}
	for (int k = counted - 1; k >= 0 && !certain; k--)
	{
		dose = cccd_dose_at(view, k);
		if (!cccd_event_matches(clause, dose))
			continue;
		certain_time = cccd_event_time(dose);
		certain = !cccd_has_list(b->code, i) ||
			cccd_list_holds(b->code, i, cccd_dose_product(dose));
		if (certain || cccd_dose_product(dose) == 0)
			cccd_add_candidate(&candidates, cccd_in_span(b->spans[i], certain_time));
	}
	if (!certain)
		candidates.all = false;
	if (implied && cccd_is_filtered(b->code, i))
		cccd_add_past(&candidates, b, i, certain, certain_time, implied_before);
	return cccd_candidates_truth(candidates);
}

/*
 * A dose by its number.  Where only the number of a later dose tells of it,
 * it lies at an unknown time before that one.
 */
static CccdTruth
nth_dose_truth(const CccdBinding *b, const CccdHealthView *view, int i)
{
	const CccdInstr *clause = &b->code[i];
	int			total = 0;

	for (int k = 0; k < view->ndoses; k++)
	{
		const unsigned char *dose = cccd_dose_at(view, k);
		CccdCandidates candidates = {false, true};

		if (cccd_event_time(dose) > b->now)
			break;
		if (cccd_event_disease(dose) != clause->disease)
			continue;
		total = cccd_dose_number(dose, total);
		if (total < clause->detail)
			continue;
		if (total == clause->detail)
			return truth_of(cccd_event_matches(clause, dose) &&
							cccd_in_span(b->spans[i], cccd_event_time(dose)));
		/* it may have another source than the one that is asked for */
		if (cccd_is_filtered(b->code, i))
			candidates.all = false;
		cccd_add_past(&candidates, b, i, false, 0, cccd_event_time(dose));
		return cccd_candidates_truth(candidates);
	}
	return CCCD_FAIL;
}

/*
 * Whether another report of the sample stands against a test: of the same
 * second and disease, one of the two of unknown kind.  The known kind stands
 * unless the other result is a stricter one.
 */
bool
cccd_test_superseded(const CccdHealthView *view, int k)
{
	const unsigned char *test = cccd_test_at(view, k);
	uint32_t	time = cccd_event_time(test);
	int			other = k;

	/* tests of one second are side by side, and seldom more than one */
	while (other > 0 && cccd_event_time(cccd_test_at(view, other - 1)) == time)
		other--;
	for (; other < view->ntests &&
		 cccd_event_time(cccd_test_at(view, other)) == time; other++)
	{
		const unsigned char *by = cccd_test_at(view, other);
		int			rank = cccd_result_rank(cccd_event_code(test) & 3),
					by_rank = cccd_result_rank(cccd_event_code(by) & 3);

		if (other == k ||
			cccd_event_disease(by) != cccd_event_disease(test))
			continue;
		if (cccd_event_detail(test) == 0 ?
			cccd_event_detail(by) != 0 && by_rank >= rank :
			cccd_event_detail(by) == 0 && by_rank > rank)
			return true;
	}
	return false;
}

CccdCourse
cccd_stated_course(const unsigned char *dose)
{
	int			number = cccd_event_detail(dose),
				series = cccd_dose_series(dose);

	if (number == 0 || series == 0)
		return CCCD_COURSE_UNSTATED;
	if (number < series)
		return CCCD_COURSE_UNFINISHED;
	return number == series ? CCCD_COURSE_COMPLETE : CCCD_COURSE_BEYOND;
}

CccdCourse
cccd_dose_course(const CccdInstr *code, int clause, const unsigned char *dose)
{
	CccdCourse	course = cccd_stated_course(dose);
	int			product = cccd_dose_product(dose);

	if (!cccd_event_matches(&code[clause], dose))
		return CCCD_COURSE_SILENT;
	if (!cccd_has_list(code, clause) || cccd_list_holds(code, clause, product))
		return course;
	return product != 0 || course == CCCD_COURSE_UNFINISHED ?
		CCCD_COURSE_SILENT : CCCD_COURSE_UNSTATED;
}

/*
 * Whether the series is complete, or since when: from the first dose that
 * states its total and has reached it.  A dose that states none may be the
 * one, but not where a later one says that it is the first, or that the series
 * is not finished.
 */
static CccdTruth
complete_truth(const CccdBinding *b, const CccdHealthView *view, int i)
{
	const CccdCandidates none_yet = {false, true};
	bool		is_state = b->code[i].op == CCCD_OP_STATE;
	CccdCandidates candidates = none_yet;

	for (int k = 0; k < view->ndoses; k++)
	{
		const unsigned char *dose = cccd_dose_at(view, k);
		CccdCourse	course;

		if (cccd_event_time(dose) > b->now)
			break;
		course = cccd_dose_course(b->code, i, dose);
		if (course == CCCD_COURSE_UNFINISHED || course == CCCD_COURSE_COMPLETE)
			candidates = none_yet;
		if (course < CCCD_COURSE_UNSTATED)
			continue;
		cccd_add_candidate(&candidates, is_state ||
						   cccd_in_span(b->spans[i], cccd_event_time(dose)));
		if (course > CCCD_COURSE_UNSTATED)
			return cccd_candidates_truth(candidates);
	}
	candidates.all = false;
	return cccd_candidates_truth(candidates);
}

/* The latest test of a result and its kinds. */
static CccdTruth
test_truth(const CccdBinding *b, const CccdHealthView *view, int i)
{
	const CccdInstr *clause = &b->code[i];
	const unsigned char *test = view->tests;
	CccdCandidates candidates = {false, true};
	int			wanted = cccd_wanted_result(clause);
	bool		certain = false;
	uint32_t	time = 0;

	for (int k = 0; k < view->ntests; k++, test += CCCD_TEST_SIZE)
	{
		int			result = cccd_event_code(test),
					kind = cccd_event_detail(test);

		if ((result != wanted && result != CCCD_RESULT_PENDING) ||
			cccd_event_time(test) > b->now ||
			!(kind == 0 || cccd_wanted_kind(clause, kind)) ||
			!cccd_event_matches(clause, test) ||
			cccd_test_superseded(view, k))
			continue;
		time = cccd_event_time(test);
		cccd_add_candidate(&candidates, cccd_in_span(b->spans[i], time));
		if (kind != 0 && result == wanted)
		{
			certain = true;
			break;
		}
	}
	if (!certain)
		candidates.all = false;
	if ((view->tests_from != 0))
		cccd_add_past(&candidates, b, i, certain, time, view->tests_from);
	return cccd_candidates_truth(candidates);
}

/* The latest event that is neither a dose nor a test. */
static CccdTruth
other_truth(const CccdBinding *b, const CccdHealthView *view, int i)
{
	for (int k = view->nothers - 1; k >= 0; k--)
	{
		const unsigned char *other = cccd_other_at(view, k);

		if (cccd_event_time(other) <= b->now &&
			cccd_other_matches(b->code, i, other))
			return truth_of(cccd_in_span(b->spans[i], cccd_event_time(other)));
	}
	return CCCD_FAIL;
}

/* isolated, holds, declared and their like: is one in force? */
static CccdTruth
state_truth(const CccdBinding *b, const CccdHealthView *view, int i)
{
	const unsigned char *other = view->others;

	for (int k = 0; k < view->nothers; k++, other += CCCD_OTHER_SIZE)
		if (cccd_event_time(other) <= b->now &&
			b->now < cccd_event_until(other) &&
			cccd_other_matches(b->code, i, other))
			return CCCD_PASS;
	return CCCD_FAIL;
}

/* Events do not count before there can be any; an open past remains. */
static CccdHealthView
without_events(const CccdHealthView *view)
{
	CccdHealthView none = *view;

	none.ndoses = none.ntests = none.nothers = 0;
	return none;
}

CccdTruth
cccd_clause_eval(const CccdBinding *binding, const CccdHealthView *view,
				 int clause)
{
	const CccdBinding *b = binding;
	CccdHealthView none;

	if (b->code[clause].op >= CCCD_OP_AGE)
		return (CccdTruth) b->spans[clause].from;
	if (view == NULL)
		return CCCD_UNKNOWN;
	if (b->before_time)
	{
		none = without_events(view);
		view = &none;
	}
	if (view->weigh_doses && cccd_is_about_doses(&b->code[clause]))
		return cccd_weighed_truth(b, view, clause);
	if (b->code[clause].op == CCCD_OP_DOSES)
		return doses_truth(b, view, clause);
	if (b->code[clause].op == CCCD_OP_STATE &&
		b->code[clause].fact != CCCD_FACT_COMPLETE)
		return state_truth(b, view, clause);
	switch ((CccdFact) b->code[clause].fact)
	{
		case CCCD_FACT_COMPLETE:
			return complete_truth(b, view, clause);
		case CCCD_FACT_LAST_DOSE:
			return last_dose_truth(b, view, clause);
		case CCCD_FACT_NTH_DOSE:
			return nth_dose_truth(b, view, clause);
		case CCCD_FACT_NEGATIVE:
		case CCCD_FACT_POSITIVE:
			return test_truth(b, view, clause);
		default:
			return other_truth(b, view, clause);
	}
}

/*
 * One subtree.  AND stops at the first child that fails, OR at the first that
 * passes.  The depth is CCCD_RULE_MAX_DEPTH at most.
 */
static CccdTruth
node_truth(const CccdBinding *b, const CccdHealthView *view, int i)
{
	const CccdInstr *node = &b->code[i];
	CccdTruth	decides,
				truth;

	if (node->op > CCCD_OP_NOT)
		return cccd_clause_eval(b, view, i);
	if (node->op == CCCD_OP_NOT)
		return CCCD_PASS - node_truth(b, view, i + 1);
	decides = node->op == CCCD_OP_AND ? CCCD_FAIL : CCCD_PASS;
	truth = CCCD_PASS - decides;
	for (int child = i + 1; child < node->next; child = b->code[child].next)
	{
		CccdTruth	its = node_truth(b, view, child);

		if (its == decides)
			return decides;
		if (its == CCCD_UNKNOWN)
			truth = CCCD_UNKNOWN;
	}
	return truth;
}

CccdTruth
cccd_rule_eval(const CccdBinding *binding, const CccdHealthView *view)
{
	if (binding->count == 0)
		return CCCD_UNKNOWN;
	return node_truth(binding, view, 0);
}
