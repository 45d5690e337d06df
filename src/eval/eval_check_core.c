/*
 * eval_check_core.c
 *		A verdict with its reasons: which clauses are in the way, which events
 *		prove a pass, and when the verdict changes.
 */
#include "eval/during_core.h"
#include "eval/fact_core.h"
#include "health/dose_core.h"

typedef struct Checker
{
	CccdBinding binding;
	const CccdHealthView *view;
	uint64_t	bits[CCCD_RULE_MAX_CODES];	/* a clause's bit */
	uint8_t		truths[CCCD_RULE_MAX_CODES];
} Checker;

/* Every truth, children before their parents. */
static void
find_truths(Checker *c)
{
	const CccdInstr *code = c->binding.code;
	int			clauses = 0;

	for (int i = 0; i < c->binding.count; i++)
		if (code[i].op > CCCD_OP_NOT && code[i].op < CCCD_OP_ITEM)
			c->bits[i] = UINT64_C(1) << clauses++;
	for (int i = c->binding.count - 1; i >= 0; i--)
	{
		CccdTruth	truth = CCCD_PASS;

		if (code[i].op == CCCD_OP_ITEM)
			continue;
		if (code[i].op > CCCD_OP_NOT)
			truth = cccd_clause_eval(&c->binding, c->view, i);
		else if (code[i].op == CCCD_OP_NOT)
			truth -= c->truths[i + 1];
		else
		{
			bool		is_and = code[i].op == CCCD_OP_AND;

			truth = is_and ? CCCD_PASS : CCCD_FAIL;
			for (int k = i + 1; k < code[i].next; k = code[k].next)
				if (is_and ? c->truths[k] < truth : c->truths[k] > truth)
					truth = c->truths[k];
		}
		c->truths[i] = (uint8_t) truth;
	}
}

/* The truth of a node that is wanted to hold, or not to hold below a NOT. */
static CccdTruth
wanted_truth(const Checker *c, int i, bool wanted)
{
	return wanted ? c->truths[i] : CCCD_PASS - c->truths[i];
}

/* Must all children be as wanted, or is one enough? */
static bool
needs_all(const Checker *c, int i, bool wanted)
{
	return (c->binding.code[i].op == CCCD_OP_AND) == wanted;
}

static int
count_bits(uint64_t mask)
{
	int			count = 0;

	for (; mask != 0; mask &= mask - 1)
		count++;
	return count;
}

/*
 * The clauses that keep a node from being as wanted: of children that must all
 * hold, what each lacks; of alternatives, what the one lacks that comes
 * closest: the truest, of these the one with the fewest clauses.
 */
static void
collect_reasons(const Checker *c, int i, bool wanted, uint64_t *failed,
				uint64_t *unsure)
{
	const CccdInstr *code = c->binding.code;
	CccdTruth	truth = wanted_truth(c, i, wanted);
	int			fewest = CCCD_RULE_MAX_CLAUSES + 1;
	uint64_t	best_failed = 0,
				best_unsure = 0;

	if (truth == CCCD_PASS)
		return;
	if (code[i].op > CCCD_OP_NOT)
	{
		*(truth == CCCD_FAIL ? failed : unsure) |= c->bits[i];
		return;
	}
	if (code[i].op == CCCD_OP_NOT)
	{
		collect_reasons(c, i + 1, !wanted, failed, unsure);
		return;
	}
	for (int child = i + 1; child < code[i].next; child = code[child].next)
	{
		uint64_t	its_failed = 0,
					its_unsure = 0;
		int			lacks;

		if (needs_all(c, i, wanted))
		{
			collect_reasons(c, child, wanted, failed, unsure);
			continue;
		}
		if (wanted_truth(c, child, wanted) != truth)
			continue;
		collect_reasons(c, child, wanted, &its_failed, &its_unsure);
		lacks = count_bits(its_failed | its_unsure);
		if (lacks < fewest)
		{
			fewest = lacks;
			best_failed = its_failed;
			best_unsure = its_unsure;
		}
	}
	*failed |= best_failed;
	*unsure |= best_unsure;
}

/*
 * Where reports must be weighed, all that have been weighed: what the clause
 * says follows from all of them.
 */
static void
prove_reports(const Checker *c, int i, CccdVerdict *verdict)
{
	const CccdInstr *clause = &c->binding.code[i];

	for (int k = 0; k < c->view->ndoses; k++)
	{
		const unsigned char *report = cccd_dose_at(c->view, k);

		if (cccd_event_time(report) <= c->binding.now &&
			cccd_event_matches(clause, report))
			verdict->doses |= UINT32_C(1) << k;
	}
}

/* Doses that were counted, or the one that "since" asks for. */
static void
prove_doses(const Checker *c, int i, CccdVerdict *verdict)
{
	const CccdInstr *code = c->binding.code;
	const CccdInstr *clause = &code[i];
	int			number = 0,
				last = -1;

	if (c->view->weigh_doses)
	{
		prove_reports(c, i, verdict);
		return;
	}
	for (int k = 0; k < c->view->ndoses; k++)
	{
		const unsigned char *dose = cccd_dose_at(c->view, k);

		if (cccd_event_time(dose) > c->binding.now)
			break;
		if (cccd_event_disease(dose) != clause->disease)
			continue;
		number = cccd_dose_number(dose, number);
		if (clause->op == CCCD_OP_SINCE && clause->fact == CCCD_FACT_NTH_DOSE)
		{
			/* it, or the later dose whose number tells of it */
			if (number < clause->detail)
				continue;
			if (number > clause->detail || cccd_event_matches(clause, dose))
				verdict->doses |= UINT32_C(1) << k;
			return;
		}
		if (!cccd_event_matches(clause, dose) ||
			(cccd_has_list(code, i) &&
			 !cccd_list_holds(code, i, cccd_dose_product(dose))))
			continue;
		if (clause->op == CCCD_OP_DOSES)
			verdict->doses |= UINT32_C(1) << k;
		last = k;
	}
	if (last >= 0)
		verdict->doses |= UINT32_C(1) << last;
}

/* The dose that completes the series. */
static void
prove_complete(const Checker *c, int i, CccdVerdict *verdict)
{
	if (c->view->weigh_doses)
	{
		prove_reports(c, i, verdict);
		return;
	}
	for (int k = 0; k < c->view->ndoses; k++)
	{
		const unsigned char *dose = cccd_dose_at(c->view, k);

		if (cccd_event_time(dose) > c->binding.now)
			return;
		if (cccd_dose_course(c->binding.code, i, dose) > CCCD_COURSE_UNSTATED)
		{
			verdict->doses |= UINT32_C(1) << k;
			return;
		}
	}
}

static void
prove_test(const Checker *c, int i, CccdVerdict *verdict)
{
	const CccdInstr *clause = &c->binding.code[i];

	for (int k = 0; k < c->view->ntests; k++)
	{
		const unsigned char *test = cccd_test_at(c->view, k);

		if (cccd_event_code(test) == cccd_wanted_result(clause) &&
			cccd_wanted_kind(clause, cccd_event_detail(test)) &&
			cccd_event_time(test) <= c->binding.now &&
			cccd_event_matches(clause, test) &&
			!cccd_test_superseded(c->view, k))
		{
			verdict->tests |= UINT32_C(1) << k;
			return;
		}
	}
}

/* States that hold, or the latest event that "since" asks for. */
static void
prove_others(const Checker *c, int i, CccdVerdict *verdict)
{
	const CccdInstr *clause = &c->binding.code[i];

	for (int k = c->view->nothers - 1; k >= 0; k--)
	{
		const unsigned char *other = cccd_other_at(c->view, k);

		if (cccd_event_time(other) > c->binding.now ||
			!cccd_other_matches(c->binding.code, i, other))
			continue;
		if (clause->op == CCCD_OP_SINCE)
		{
			verdict->others |= UINT32_C(1) << k;
			return;
		}
		if (c->binding.now < cccd_event_until(other))
			verdict->others |= UINT32_C(1) << k;
	}
}

/* The events that a decided clause rests on; an absence rests on none. */
static void
prove_clause(const Checker *c, int i, CccdVerdict *verdict)
{
	const CccdInstr *clause = &c->binding.code[i];

	if (clause->op >= CCCD_OP_AGE || c->view == NULL ||
		c->binding.before_time)
		return;
	if (clause->op == CCCD_OP_DOSES)
		prove_doses(c, i, verdict);
	else if (clause->fact == CCCD_FACT_COMPLETE)
		prove_complete(c, i, verdict);
	else if (clause->op == CCCD_OP_STATE)
		prove_others(c, i, verdict);
	else if (clause->fact == CCCD_FACT_LAST_DOSE ||
			 clause->fact == CCCD_FACT_NTH_DOSE)
		prove_doses(c, i, verdict);
	else if (clause->fact == CCCD_FACT_NEGATIVE ||
			 clause->fact == CCCD_FACT_POSITIVE)
		prove_test(c, i, verdict);
	else
		prove_others(c, i, verdict);
}

/* The events that a node that is as wanted rests on. */
static void
collect_proof(const Checker *c, int i, bool wanted, CccdVerdict *verdict)
{
	const CccdInstr *code = c->binding.code;

	if (code[i].op > CCCD_OP_NOT)
		prove_clause(c, i, verdict);
	else if (code[i].op == CCCD_OP_NOT)
		collect_proof(c, i + 1, !wanted, verdict);
	else
		for (int k = i + 1; k < code[i].next; k = code[k].next)
		{
			if (wanted_truth(c, k, wanted) != CCCD_PASS)
				continue;
			collect_proof(c, k, wanted, verdict);
			if (!needs_all(c, i, wanted))
				return;
		}
}

/* The first microsecond after "at" with another truth. */
static void
find_change(const CccdInstr *code, int count, int64_t at, uint64_t context,
			const CccdHealthView *view, CccdVerdict *verdict)
{
	CccdBreakpoints breakpoints;
	int64_t		point;

	verdict->changes = false;
	verdict->changes_at = 0;
	cccd_breakpoints_init(&breakpoints, code, count, context, view, at);
	while (cccd_breakpoints_next(&breakpoints, &point))
		for (int64_t time = point; time <= point + 1; time++)
		{
			if (time <= at || time > CCCD_AT_MAX ||
				cccd_truth_at(&breakpoints, time) == verdict->truth)
				continue;
			verdict->changes = true;
			verdict->changes_at = time;
			return;
		}
}

void
cccd_rule_check(const CccdInstr *code, int count, int64_t at,
				uint64_t context, const CccdHealthView *view,
				CccdVerdict *verdict)
{
	CccdSpan	spans[CCCD_RULE_MAX_CODES];
	Checker		c;

	memset(verdict, 0, sizeof(*verdict));
	verdict->truth = CCCD_UNKNOWN;
	if (count == 0)
		return;
	cccd_rule_bind(code, count, at, context, spans);
	cccd_binding_init(&c.binding, code, count, spans, at);
	c.view = view;
	find_truths(&c);
	verdict->truth = (CccdTruth) c.truths[0];
	if (verdict->truth == CCCD_PASS)
		collect_proof(&c, 0, true, verdict);
	else
		collect_reasons(&c, 0, true, &verdict->failed, &verdict->unsure);
	find_change(code, count, at, context, view, verdict);
}

static unsigned char *
copy_events(unsigned char *out, const unsigned char *events, int count,
			size_t size, uint32_t mask, unsigned char *copied)
{
	for (int i = 0; i < count; i++)
		if (mask & (UINT32_C(1) << i))
		{
			memcpy(out, events + i * size, size);
			out += size;
			(*copied)++;
		}
	return out;
}

size_t
cccd_verdict_proof(const CccdVerdict *verdict, const CccdHealthView *view,
				   unsigned char *out)
{
	unsigned char *p = out + CCCD_HEALTH_HEADER;

	/* a part of a canonical record is canonical, but for what follows */
	memset(out, 0, CCCD_HEALTH_HEADER);
	out[0] = CCCD_HEALTH_VERSION;
	if (view == NULL)
		return CCCD_HEALTH_HEADER;
	p = copy_events(p, view->doses, view->ndoses, CCCD_DOSE_SIZE,
					verdict->doses, &out[1]);
	if (cccd_doses_weigh(out + CCCD_HEALTH_HEADER, out[1]))
		out[0] |= CCCD_HEALTH_WEIGH;
	p = copy_events(p, view->tests, view->ntests, CCCD_TEST_SIZE,
					verdict->tests, &out[2]);
	p = copy_events(p, view->others, view->nothers, CCCD_OTHER_SIZE,
					verdict->others, &out[3]);
	return (size_t) (p - out);
}
