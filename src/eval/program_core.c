/*
 * program_core.c
 *		The loop that a query over a table of people runs once a row; see
 *		program_core.h.
 *
 * A walk has two answers only, so three-valued logic takes up to two walks.
 * In the first a clause that is unknown does not hold, whatever NOTs stand
 * above it: if the rule passes so, it passes; if it does not, and no unknown
 * clause was met, it fails.  In the second every unknown clause holds: if
 * the rule does not pass even so, it fails.
 */
#include "eval/program_core.h"

#include "eval/fact_core.h"

#if defined(__GNUC__)
#define RARELY(condition)	__builtin_expect(!!(condition), 0)
#define ALWAYS_INLINE		inline __attribute__((always_inline))
#else
#define RARELY(condition)	(condition)
#define ALWAYS_INLINE		inline
#endif

typedef struct Builder
{
	CccdProgram *program;
	int			steps;

	/* a clause that the context decides is skipped; -1 for all others */
	int			skip_to[CCCD_RULE_MAX_CLAUSES];
} Builder;

/* How many clauses a subtree has. */
static int
count_clauses(const CccdInstr *code, int node)
{
	return cccd_rule_clauses(code + node, code[node].next - node);
}

static CccdStepKind
step_kind(const CccdInstr *code, int i)
{
	if (code[i].op >= CCCD_OP_AGE)
		return CCCD_STEP_UNKNOWN;
	if (code[i].op == CCCD_OP_STATE)
		return CCCD_STEP_STATE;
	if (code[i].op == CCCD_OP_SINCE && code[i].fact < CCCD_FACT_LAST_DOSE)
		return CCCD_STEP_OTHER;
	if (cccd_is_filtered(code, i) || (code[i].flags & CCCD_RULE_NOT_IN))
		return CCCD_STEP_CLAUSE;
	if (code[i].op == CCCD_OP_DOSES)
		return CCCD_STEP_DOSES;
	if (code[i].fact == CCCD_FACT_LAST_DOSE)
		return CCCD_STEP_LAST_DOSE;
	return code[i].fact == CCCD_FACT_NTH_DOSE ? CCCD_STEP_CLAUSE :
		CCCD_STEP_TEST;
}

static void
build_step(Builder *builder, int i, bool negated, int on_pass, int on_fail)
{
	const CccdBinding *b = &builder->program->binding;
	const CccdInstr *clause = &b->code[i];
	CccdProgramStep *step = &builder->program->steps[builder->steps];
	uint32_t	truth = b->spans[i].from;

	builder->skip_to[builder->steps] = -1;
	if (clause->op >= CCCD_OP_AGE && truth != CCCD_UNKNOWN)
		builder->skip_to[builder->steps] = truth == CCCD_PASS ? on_pass :
			on_fail;
	builder->steps++;
	memset(step, 0, sizeof(*step));
	step->kind = step_kind(b->code, i);
	step->negated = negated;
	step->disease = clause->disease;
	step->fact = clause->fact;
	step->kinds = clause->detail | 1;
	step->clause = (uint16_t) i;
	step->on_pass = (uint16_t) on_pass;
	step->on_fail = (uint16_t) on_fail;
	step->from = b->spans[i].from;
	step->to = b->spans[i].to;
	if (step->kind == CCCD_STEP_TEST)
		step->results = (1 << cccd_wanted_result(clause)) |
			(1 << CCCD_RESULT_PENDING);
	if (step->kind == CCCD_STEP_DOSES)
	{
		/* no bound is -1: nothing from above, and 0 from below */
		step->from = (uint32_t) (clause->lo < 0 ? 0 : clause->lo);
		step->to = (uint32_t) clause->hi;
	}
}

/* A subtree, and the steps to go to behind it. */
static void
build_node(Builder *builder, int i, bool negated, int on_pass, int on_fail)
{
	const CccdInstr *code = builder->program->binding.code;
	bool		is_and = code[i].op == CCCD_OP_AND;
	int			behind = builder->steps;
	int			children = 0;

	if (code[i].op > CCCD_OP_NOT)
	{
		build_step(builder, i, negated, on_pass, on_fail);
		return;
	}
	if (code[i].op == CCCD_OP_NOT)
	{
		build_node(builder, i + 1, !negated, on_fail, on_pass);
		return;
	}
	for (int child = i + 1; child < code[i].next; child = code[child].next)
		children++;

	/* single clauses first: they cost least, and one may decide */
	for (int groups = 0; groups <= 1; groups++)
		for (int child = i + 1; child < code[i].next; child = code[child].next)
		{
			if ((code[child].op <= CCCD_OP_NOT) != groups)
				continue;
			children--;
			behind += count_clauses(code, child);
			if (children == 0)
				build_node(builder, child, negated, on_pass, on_fail);
			else if (is_and)
				build_node(builder, child, negated, behind, on_fail);
			else
				build_node(builder, child, negated, on_pass, behind);
		}
}

/* Steps only lead forwards, so that one way back resolves chains. */
static int
resolve(const Builder *builder, int step)
{
	if (step < CCCD_RULE_MAX_CLAUSES && builder->skip_to[step] >= 0)
		return builder->skip_to[step];
	return step;
}

void
cccd_program_init(CccdProgram *program, const CccdBinding *binding)
{
	Builder		builder;

	program->binding = *binding;
	program->first = 0;
	if (binding->count == 0)
		return;
	builder.program = program;
	builder.steps = 0;
	build_node(&builder, 0, false, CCCD_STEP_IS_PASS, CCCD_STEP_IS_FAIL);
	for (int i = builder.steps - 1; i >= 0; i--)
	{
		CccdProgramStep *step = &program->steps[i];

		step->on_pass = (uint16_t) resolve(&builder, step->on_pass);
		step->on_fail = (uint16_t) resolve(&builder, step->on_fail);
		if (builder.skip_to[i] >= 0)
			builder.skip_to[i] = resolve(&builder, builder.skip_to[i]);
	}
	program->first = resolve(&builder, 0);
}

static ALWAYS_INLINE CccdTruth
range_truth(const CccdProgramStep *step, uint32_t value)
{
	return value >= step->from && value <= step->to ? CCCD_PASS : CCCD_FAIL;
}

/*
 * An event of the disease that has happened.  Both questions are asked, since
 * a branch between them would be guessed wrong more often than it saves.
 */
static ALWAYS_INLINE int
event_counts(const CccdProgramStep *step, const unsigned char *event, uint32_t now)
{
	int			happened = cccd_event_time(event) <= now;
	int			disease = cccd_event_disease(event) == step->disease;

	return happened & disease;
}

static ALWAYS_INLINE CccdTruth
run_doses(const CccdProgramStep *step, const CccdHealthView *view, uint32_t now)
{
	const unsigned char *dose = view->doses;
	const unsigned char *end = dose + view->ndoses * CCCD_DOSE_SIZE;
	int			total = 0;

	for (; dose != end; dose += CCCD_DOSE_SIZE)
	{
		int			number = cccd_dose_number(dose, total);

		total = event_counts(step, dose, now) ? number : total;
	}
	return range_truth(step, (uint32_t) total);
}

static ALWAYS_INLINE CccdTruth
run_last_dose(const CccdProgramStep *step, const CccdHealthView *view, uint32_t now)
{
	const unsigned char *dose = view->doses + view->ndoses * CCCD_DOSE_SIZE;

	while (dose != view->doses)
	{
		dose -= CCCD_DOSE_SIZE;
		if (event_counts(step, dose, now))
			return range_truth(step, cccd_event_time(dose));
	}
	return CCCD_FAIL;
}

/* The latest test, if its kind and result are known. */
static ALWAYS_INLINE CccdTruth
run_test(const CccdProgram *program, const CccdProgramStep *step,
		 const CccdHealthView *view, uint32_t now)
{
	const unsigned char *test = view->tests;
	const unsigned char *end = test + view->ntests * CCCD_TEST_SIZE;

	if (RARELY(view->tests_from != 0))
		return cccd_clause_eval(&program->binding, view, step->clause);
	for (; test != end; test += CCCD_TEST_SIZE)
	{
		int			kind = cccd_event_detail(test),
					result = cccd_event_code(test) & 7;

		if (!((step->kinds >> kind) & (step->results >> result) &
			  event_counts(step, test, now)))
			continue;
		if (RARELY(kind == 0 || result == CCCD_RESULT_PENDING))
			return cccd_clause_eval(&program->binding, view, step->clause);
		return range_truth(step, cccd_event_time(test));
	}
	return CCCD_FAIL;
}

static ALWAYS_INLINE CccdTruth
step_truth(const CccdProgram *program, const CccdProgramStep *step,
		   const CccdHealthView *view)
{
	uint32_t	now = program->binding.now;

	switch ((CccdStepKind) step->kind)
	{
		case CCCD_STEP_DOSES:
			return run_doses(step, view, now);
		case CCCD_STEP_LAST_DOSE:
			return run_last_dose(step, view, now);
		case CCCD_STEP_TEST:
			return run_test(program, step, view, now);
		case CCCD_STEP_OTHER:
		case CCCD_STEP_STATE:
			/* most people have none */
			if (view->nothers == 0)
				return CCCD_FAIL;
			break;
		case CCCD_STEP_CLAUSE:
			break;
		case CCCD_STEP_UNKNOWN:
			return CCCD_UNKNOWN;
	}
	return cccd_clause_eval(&program->binding, view, step->clause);
}

/* The second walk: unknown clauses hold. */
static bool
may_pass(const CccdProgram *program, const CccdHealthView *view)
{
	int			next = program->first;

	while (next < CCCD_RULE_MAX_CLAUSES)
	{
		const CccdProgramStep *step = &program->steps[next];
		CccdTruth	truth = step_truth(program, step, view);

		if (truth == CCCD_UNKNOWN)
			truth = step->negated ? CCCD_FAIL : CCCD_PASS;
		next = truth == CCCD_PASS ? step->on_pass : step->on_fail;
	}
	return next == CCCD_STEP_IS_PASS;
}

CccdTruth
cccd_program_run(const CccdProgram *program, const CccdHealthView *view)
{
	int			next = program->first;
	bool		unsure = false;

	/* no rule, no record, or a time before all records */
	if (RARELY(program->binding.count == 0 || view == NULL ||
			   program->binding.before_time))
		return cccd_rule_eval(&program->binding, view);
	while (next < CCCD_RULE_MAX_CLAUSES)
	{
		const CccdProgramStep *step = &program->steps[next];
		CccdTruth	truth = step_truth(program, step, view);

		if (RARELY(truth == CCCD_UNKNOWN))
		{
			unsure = true;
			truth = step->negated ? CCCD_PASS : CCCD_FAIL;
		}
		next = truth == CCCD_PASS ? step->on_pass : step->on_fail;
	}
	if (next == CCCD_STEP_IS_PASS)
		return CCCD_PASS;
	return RARELY(unsure) && may_pass(program, view) ? CCCD_UNKNOWN :
		CCCD_FAIL;
}
