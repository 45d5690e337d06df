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
#else
#define RARELY(condition)	(condition)
#endif

/* From a step on; a clause that is unknown does not hold, or holds. */
static bool
walk(const CccdProgram *program, const CccdHealthView *view, int next,
	 bool unknown_holds, bool *unsure)
{
	while (next < CCCD_RULE_MAX_CLAUSES)
	{
		const CccdProgramStep *step = &program->steps[next];
		CccdTruth	truth = cccd_clause_eval(&program->binding, view,
											 step->clause);

		if (truth == CCCD_UNKNOWN)
		{
			*unsure = true;
			truth = step->negated == unknown_holds ? CCCD_FAIL : CCCD_PASS;
		}
		next = truth == CCCD_PASS ? step->on_pass : step->on_fail;
	}
	return next == CCCD_STEP_IS_PASS;
}

static CccdTruth
walk_from(const CccdProgram *program, const CccdHealthView *view, int next)
{
	bool		unsure = false;

	if (walk(program, view, next, false, &unsure))
		return CCCD_PASS;
	return unsure && walk(program, view, next, true, &unsure) ?
		CCCD_UNKNOWN : CCCD_FAIL;
}

/*
 * The steps of a walk through the bytes of a record.  Each looks at what it
 * asks about, and goes on to the next; what is not simple is left to clauses,
 * from that step on.
 */
#define STEP_ARGUMENTS \
	const CccdProgramStep *step, const CccdProgram *program, \
	const unsigned char *body, const unsigned char *tests, \
	const unsigned char *others, bool *unknown

/* The answer is found; nothing is looked at any more. */
#define LOOK_AT_NOTHING() \
	((void) step, (void) program, (void) body, (void) tests, (void) others, \
	 (void) unknown)

static uintptr_t
answer_pass(STEP_ARGUMENTS)
{
	LOOK_AT_NOTHING();
	return 1;
}

static uintptr_t
answer_fail(STEP_ARGUMENTS)
{
	LOOK_AT_NOTHING();
	return 0;
}

/* Clause by clause, with an open view of bytes that can be opened. */
static uintptr_t
answer_anything(STEP_ARGUMENTS)
{
	CccdHealthView view;
	CccdTruth	truth = CCCD_UNKNOWN;

	(void) tests;
	(void) cccd_health_open(body, others + body[3] * CCCD_OTHER_SIZE - body,
							&view);
	if (program->binding.count > 0)
		truth = walk_from(program, &view, (int) (step - program->steps));
	*unknown = truth == CCCD_UNKNOWN;
	return truth == CCCD_PASS;
}

/* A branch, and no choice of the next step: it is foreseen or soon known. */
#define GO_TO(next) \
	program->steps[next].answer(&program->steps[next], program, body, \
								tests, others, unknown)
#define GO_ON(passes) \
	do { \
		if (passes) \
			return GO_TO(step->on_pass); \
		return GO_TO(step->on_fail); \
	} while (0)

/* Both differences are not negative: compilers make two branches of "&&". */
static inline bool
in_range(const CccdProgramStep *step, uint32_t value)
{
	return (((int64_t) value - step->from) | ((int64_t) step->to - value)) >= 0;
}

/* An event of the disease that has happened. */
static inline bool
event_counts(const CccdProgramStep *step, const CccdProgram *program,
			 const unsigned char *event)
{
	return cccd_event_time(event) <= program->binding.now &&
		cccd_event_disease(event) == step->disease;
}

/*
 * The event, or what stands for it in a record that does not have it.  Of "?:"
 * compilers make a branch.
 */
static inline const unsigned char *
event_or_none(const CccdProgramStep *step, bool has, const unsigned char *event)
{
	uintptr_t	none = (uintptr_t) step;

	return (const unsigned char *)
		(none ^ ((none ^ (uintptr_t) event) & -(uintptr_t) has));
}

/*
 * The latest test, if its kind and result are known.  Tests come latest first:
 * behind one that is too old there is none that is not.
 */
static uintptr_t
answer_test(STEP_ARGUMENTS)
{
	const unsigned char *first = event_or_none(step, tests != others, tests);

	if (RARELY(body[0] & CCCD_HEALTH_HORIZON))
		return answer_anything(step, program, body, tests, others, unknown);
	if (cccd_event_time(first) < step->from)
		return GO_TO(step->on_fail);
	for (const unsigned char *test = tests; test != others;
		 test += CCCD_TEST_SIZE)
	{
		int			kind = cccd_event_detail(test),
					result = cccd_event_code(test) & 7;

		if (cccd_event_time(test) < step->from)
			break;
		/* a kind that is not known stands against any result of the sample */
		if (!((step->kinds >> kind) & (step->results >> result |
									   (kind == 0)) & 1) ||
			!event_counts(step, program, test))
			continue;
		if (RARELY(kind == 0 || result == CCCD_RESULT_PENDING))
			return answer_anything(step, program, body, tests, others, unknown);
		GO_ON(cccd_event_time(test) <= step->to);
	}
	return GO_TO(step->on_fail);
}

/* The latest recovery, isolation, exposure or contraindication. */
static uintptr_t
answer_other(STEP_ARGUMENTS)
{
	const unsigned char *other = others + body[3] * CCCD_OTHER_SIZE;

	while (other != others)
	{
		other -= CCCD_OTHER_SIZE;
		if (cccd_event_detail(other) == step->fact &&
			event_counts(step, program, other))
			GO_ON(in_range(step, cccd_event_time(other)));
	}
	return GO_TO(step->on_fail);
}

/* Whether one of them is in force. */
static uintptr_t
answer_state(STEP_ARGUMENTS)
{
	const unsigned char *end = others + body[3] * CCCD_OTHER_SIZE;

	for (const unsigned char *other = others; other != end;
		 other += CCCD_OTHER_SIZE)
		if (cccd_event_detail(other) == step->fact &&
			event_counts(step, program, other) &&
			program->binding.now < cccd_event_until(other))
			return GO_TO(step->on_pass);
	return GO_TO(step->on_fail);
}

/* Whether an event of one name is in force. */
static uintptr_t
answer_named(STEP_ARGUMENTS)
{
	const unsigned char *end = others + body[3] * CCCD_OTHER_SIZE;

	for (const unsigned char *other = others; other != end;
		 other += CCCD_OTHER_SIZE)
		if (cccd_event_detail(other) == step->fact &&
			(uint32_t) cccd_event_code(other) == step->from &&
			cccd_event_time(other) <= program->binding.now &&
			program->binding.now < cccd_event_until(other))
			return GO_TO(step->on_pass);
	return GO_TO(step->on_fail);
}

/*
 * The latest dose, where it is perhaps not the last one.  Before one that is
 * too old there is none that is not.
 */
static uintptr_t
answer_earlier_dose(STEP_ARGUMENTS)
{
	const unsigned char *dose = tests;

	for (int left = body[1]; left > 0; left--)
	{
		dose -= CCCD_DOSE_SIZE;
		if (cccd_event_time(dose) < step->from)
			break;
		if (event_counts(step, program, dose))
			GO_ON(cccd_event_time(dose) <= step->to);
	}
	return GO_TO(step->on_fail);
}

/*
 * The latest dose.  Doses come earliest first and end where the tests begin:
 * nearly always the last one is of the disease and has been given, and one
 * branch on its time decides.
 */
static uintptr_t
answer_last_dose(STEP_ARGUMENTS)
{
	const unsigned char *last = event_or_none(step, body[1] > 0,
											  tests - CCCD_DOSE_SIZE);

	if (RARELY(cccd_event_disease(last) != step->disease) ||
		RARELY(cccd_event_time(last) > program->binding.now))
		return answer_earlier_dose(step, program, body, tests, others, unknown);
	GO_ON(in_range(step, cccd_event_time(last)));
}

/*
 * The number of the last dose.  It is the largest of what a dose states and
 * the doses after it add, so that from the last one backwards the first that
 * is large enough is enough.
 */
static uintptr_t
answer_doses(STEP_ARGUMENTS)
{
	const unsigned char *dose = tests;
	uint32_t	after = 0,
				number = 0;

	for (int left = body[1]; left > 0; left--)
	{
		uint32_t	its;

		dose -= CCCD_DOSE_SIZE;
		if (!event_counts(step, program, dose))
			continue;
		its = (uint32_t) cccd_event_detail(dose) + after++;
		if (its < after)
			its = after;
		if (number < its)
			number = its;
		if (number >= step->from && step->to == UINT32_MAX)
			return GO_TO(step->on_pass);
	}
	GO_ON(in_range(step, number));
}

int
cccd_program_answer_any(const CccdProgram *program, const unsigned char *body,
						size_t length)
{
	const CccdProgramStep *first = &program->steps[program->first];
	CccdHealthView view;
	bool		unknown = false,
				passes;

	if (cccd_health_open(body, length, &view) != CCCD_HEALTH_OK)
		return CCCD_NOT_A_RECORD;
	if (view.weigh_doses)
		passes = answer_anything(first, program, body, view.tests,
								 view.others, &unknown);
	else
		passes = first->answer(first, program, body, view.tests, view.others,
							   &unknown);
	if (unknown)
		return CCCD_UNKNOWN;
	return passes ? CCCD_PASS : CCCD_FAIL;
}

/* What a step asks. */
typedef enum StepKind
{
	STEP_TEST,					/* SINCE the latest test of any source */
	STEP_OTHER,					/* SINCE the latest other event, the same */
	STEP_STATE,
	STEP_NAMED,					/* STATE of one name and any source */
	STEP_LAST_DOSE,				/* SINCE the latest dose, whatever it is */
	STEP_DOSES,					/* every dose of the disease counts */
	STEP_CLAUSE,				/* anything else about the record */
	STEP_UNKNOWN				/* a part of the context that is not known */
} StepKind;

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

/* Whether a clause asks whether one name is in force, whatever its source. */
static bool
names_one(const CccdInstr *code, int i)
{
	const CccdInstr *clause = &code[i];

	return clause->op == CCCD_OP_STATE &&
		cccd_rule_has_names(clause) && clause->sources == 0 &&
		(clause->flags & CCCD_RULE_SIGNED) == 0 && clause->next == i + 2 &&
		cccd_rule_item(&code[i + 1]).count == 1;
}

static StepKind
step_kind(const CccdInstr *code, int i)
{
	if (code[i].op >= CCCD_OP_AGE)
		return STEP_UNKNOWN;
	if (names_one(code, i))
		return STEP_NAMED;
	if (cccd_is_filtered(code, i) || (code[i].flags & CCCD_RULE_NOT_IN))
		return STEP_CLAUSE;
	if (code[i].op == CCCD_OP_STATE)
		return code[i].fact == CCCD_FACT_COMPLETE ? STEP_CLAUSE : STEP_STATE;
	if (code[i].op == CCCD_OP_DOSES)
		return STEP_DOSES;
	switch ((CccdFact) code[i].fact)
	{
		case CCCD_FACT_LAST_DOSE:
			return STEP_LAST_DOSE;
		case CCCD_FACT_NTH_DOSE:
		case CCCD_FACT_COMPLETE:
			return STEP_CLAUSE;
		case CCCD_FACT_NEGATIVE:
		case CCCD_FACT_POSITIVE:
			return STEP_TEST;
		default:
			return STEP_OTHER;
	}
}

/* The time of no dose is one that has been, and not in the range. */
static void
build_last_dose(CccdProgramStep *step, uint32_t now)
{
	step->none_disease = step->disease;
	if (step->from == 0 && step->to < now)
		step->none_time = step->to + 1;
	else if (step->from == 0)
		step->answer = answer_earlier_dose;
}

/* Append the step of the clause at i. */
static void
build_step(Builder *builder, int i, bool negated, int on_pass, int on_fail)
{
	static const CccdStepAnswer answers[] = {
		answer_test, answer_other, answer_state, answer_named,
		answer_last_dose, answer_doses, answer_anything, answer_anything
	};
	const CccdBinding *b = &builder->program->binding;
	const CccdInstr *clause = &b->code[i];
	CccdProgramStep *step = &builder->program->steps[builder->steps];
	StepKind	kind = step_kind(b->code, i);
	uint32_t	truth = b->spans[i].from;

	builder->skip_to[builder->steps] = -1;
	if (kind == STEP_UNKNOWN && truth != CCCD_UNKNOWN)
		builder->skip_to[builder->steps] = truth == CCCD_PASS ? on_pass :
			on_fail;
	builder->steps++;
	memset(step, 0, sizeof(*step));
	step->answer = b->before_time ? answer_anything : answers[kind];
	step->clause = (uint16_t) i;
	step->on_pass = (uint8_t) on_pass;
	step->on_fail = (uint8_t) on_fail;
	step->negated = negated;
	step->disease = clause->disease;
	step->fact = clause->fact;
	step->from = b->spans[i].from;
	step->to = b->spans[i].to;
	if (kind == STEP_TEST)
	{
		step->kinds = clause->detail | 1;
		step->results = (1 << cccd_wanted_result(clause)) |
			(1 << CCCD_RESULT_PENDING);
	}
	if (kind == STEP_NAMED)
		step->from = cccd_rule_item(&b->code[i + 1]).values[0];
	if (kind == STEP_LAST_DOSE && step->answer == answer_last_dose)
		build_last_dose(step, b->now);
	if (kind == STEP_DOSES)
	{
		/* no bound is -1: nothing from above, and 0 from below */
		step->from = (uint32_t) (clause->lo < 0 ? 0 : clause->lo);
		step->to = (uint32_t) clause->hi;
	}
}

/*
 * The order among the children of AND and OR: what costs least and decides
 * most comes first.  Of most people nothing is known that a clause about a
 * test or another event asks for; what is unknown decides nothing.
 */
static int
rank_of(const CccdInstr *code, int i)
{
	StepKind	kind;

	if (code[i].op <= CCCD_OP_NOT)
		return STEP_CLAUSE;
	kind = step_kind(code, i);
	return kind < STEP_LAST_DOSE ? STEP_TEST : kind;
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

	for (int rank = STEP_TEST; rank <= STEP_UNKNOWN; rank++)
		for (int child = i + 1; child < code[i].next; child = code[child].next)
		{
			if (rank_of(code, child) != rank)
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
	program->steps[0].answer = answer_anything;
	program->steps[CCCD_STEP_IS_FAIL].answer = answer_fail;
	program->steps[CCCD_STEP_IS_PASS].answer = answer_pass;
	if (binding->count == 0)
		return;
	builder.program = program;
	builder.steps = 0;
	build_node(&builder, 0, false, CCCD_STEP_IS_PASS, CCCD_STEP_IS_FAIL);
	for (int i = builder.steps - 1; i >= 0; i--)
	{
		CccdProgramStep *step = &program->steps[i];

		step->on_pass = (uint8_t) resolve(&builder, step->on_pass);
		step->on_fail = (uint8_t) resolve(&builder, step->on_fail);
		if (builder.skip_to[i] >= 0)
			builder.skip_to[i] = resolve(&builder, builder.skip_to[i]);
	}
	program->first = resolve(&builder, 0);
}
