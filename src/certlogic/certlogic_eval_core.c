/*
 * certlogic_eval_core.c
 *		CertLogic programs at work.
 */
#include "certlogic/certlogic_program_core.h"

#include <string.h>

static bool evaluate(CccdLogicRun *run, uint32_t number, CccdLogicValue *result);

static bool
fail(CccdLogicRun *run, const CccdLogicNode *node, CccdLogicStatus status)
{
	run->status = status;
	run->node = (uint32_t) (node - run->program->nodes);
	return false;
}

#define charge	cccd_logic_charge

static void *
make(CccdLogicRun *run, const CccdLogicNode *node, uint32_t count, size_t size)
{
	void	   *made;

	if (count > run->budget->memory / size ||
		(made = run->allocate(count * size)) == NULL)
	{
		fail(run, node, CCCD_LOGIC_TOO_MUCH_MEMORY);
		return NULL;
	}
	run->budget->memory -= (uint32_t) (count * size);
	return made;
}

static inline void
set_bool(CccdLogicValue *value, bool truth)
{
	value->kind = CCCD_LOGIC_BOOL;
	value->truth = truth;
}

static double
number_of(CccdLogicRun *run, const CccdLogicValue *value)
{
	if (value->kind == CCCD_LOGIC_NUMERAL)
		charge(run, value->length / 8);
	return cccd_logic_number(run->source, value);
}

/* Truthy or falsy; false: neither. */
static bool
truthiness(CccdLogicRun *run, const CccdLogicValue *value, bool *truthy)
{
	switch ((CccdLogicKind) value->kind)
	{
		case CCCD_LOGIC_NULL:
			*truthy = false;
			return true;
		case CCCD_LOGIC_BOOL:
			*truthy = value->truth;
			return true;
		case CCCD_LOGIC_NUMBER:
		case CCCD_LOGIC_NUMERAL:
			*truthy = number_of(run, value) != 0;
			return true;
		case CCCD_LOGIC_DATE:
			return false;
		default:
			*truthy = value->length > 0;
			return true;
	}
}

/* JavaScript's ===: objects, arrays and dates are equal to themselves only. */
static bool
same(CccdLogicRun *run, const CccdLogicValue *a, const CccdLogicValue *b)
{
	if (cccd_logic_is_number(a) && cccd_logic_is_number(b))
		return number_of(run, a) == number_of(run, b);
	if (a->kind != b->kind)
		return false;
	switch ((CccdLogicKind) a->kind)
	{
		case CCCD_LOGIC_NULL:
			return true;
		case CCCD_LOGIC_BOOL:
			return a->truth == b->truth;
		case CCCD_LOGIC_STRING:
			if (a->length != b->length)
				return false;
			charge(run, a->length / 256);
			return memcmp(a->u.text, b->u.text, a->length) == 0;
		case CCCD_LOGIC_DATE:
			return a->length == b->length;
		default:
			return a->u.source == b->u.source;
	}
}

static bool
run_list(CccdLogicRun *run, const CccdLogicNode *node, CccdLogicValue *result)
{
	CccdLogicValue *items = make(run, node, node->count, sizeof(*items));

	if (items == NULL)
		return false;
	for (uint32_t i = 0; i < node->count; i++)
		if (!evaluate(run, node->first + i, &items[i]))
			return false;
	result->kind = CCCD_LOGIC_LIST;
	result->length = node->count;
	result->u.items = items;
	return true;
}

static bool
run_if(CccdLogicRun *run, const CccdLogicNode *node, CccdLogicValue *result)
{
	bool		truthy;

	if (!evaluate(run, node->first, result))
		return false;
	if (!truthiness(run, result, &truthy))
		return fail(run, node, CCCD_LOGIC_NEITHER);
	return evaluate(run, node->first + (truthy ? 1 : 2), result);
}

static bool
run_and(CccdLogicRun *run, const CccdLogicNode *node, CccdLogicValue *result)
{
	bool		truthy = true;

	for (uint32_t i = 0; i < node->count && truthy; i++)
	{
		if (!evaluate(run, node->first + i, result))
			return false;
		if (!truthiness(run, result, &truthy))
			return fail(run, node, CCCD_LOGIC_NEITHER);
	}
	return true;
}

static bool
run_in(CccdLogicRun *run, const CccdLogicNode *node, CccdLogicValue *operands,
	   bool *found)
{
	const CccdLogicValue *list = &operands[1];
	CccdLogicValue item;

	*found = false;
	if (list->kind != CCCD_LOGIC_LIST && list->kind != CCCD_LOGIC_ARRAY)
		return fail(run, node, CCCD_LOGIC_WANTS_ARRAY);
	charge(run, list->length / 8);
	/* the reading of a long numeral is done once */
	if (cccd_logic_is_number(&operands[0]))
	{
		operands[0].u.number = number_of(run, &operands[0]);
		operands[0].kind = CCCD_LOGIC_NUMBER;
	}
	if (list->kind == CCCD_LOGIC_LIST)
	{
		for (uint32_t i = 0; i < list->length && !*found; i++)
			*found = same(run, &operands[0], &list->u.items[i]);
		return true;
	}
	if (operands[0].kind == CCCD_LOGIC_STRING)
		*found = run->source->holds(list->u.source, operands[0].u.text,
									operands[0].length);
	else
		for (uint32_t i = 0; i < list->length && !*found; i++)
			*found = run->source->item(list->u.source, i, &item) &&
				same(run, &operands[0], &item);
	return true;
}

static bool
compare_numbers(CccdLogicOp op, double a, double b)
{
	switch (op)
	{
		case CCCD_LOGIC_OP_LESS:
			return a < b;
		case CCCD_LOGIC_OP_GREATER:
			return a > b;
		case CCCD_LOGIC_OP_LESS_EQUAL:
			return a <= b;
		default:
			return a >= b;
	}
}

static bool
compare_times(CccdLogicOp op, int64_t a, int64_t b)
{
	if (a == CCCD_LOGIC_NO_TIME || b == CCCD_LOGIC_NO_TIME)
		return false;
	switch (op)
	{
		case CCCD_LOGIC_OP_BEFORE:
			return a < b;
		case CCCD_LOGIC_OP_AFTER:
			return a > b;
		case CCCD_LOGIC_OP_NOT_AFTER:
			return a <= b;
		default:
			return a >= b;
	}
}

static bool
run_integers(CccdLogicRun *run, const CccdLogicNode *node, CccdLogicValue *operands,
			 CccdLogicValue *result)
{
	double		numbers[3];

	for (uint32_t i = 0; i < node->count; i++)
	{
		if (!cccd_logic_is_number(&operands[i]))
			return fail(run, node, CCCD_LOGIC_WANTS_INTEGERS);
		numbers[i] = number_of(run, &operands[i]);
		if (!cccd_logic_is_integer(numbers[i]))
			return fail(run, node, CCCD_LOGIC_WANTS_INTEGERS);
	}
	if (node->op == CCCD_LOGIC_OP_PLUS)
	{
		result->kind = CCCD_LOGIC_NUMBER;
		result->u.number = numbers[0] + numbers[1];
		return true;
	}
	set_bool(result, compare_numbers(node->op, numbers[0], numbers[1]) &&
			 (node->count < 3 ||
			  compare_numbers(node->op, numbers[1], numbers[2])));
	return true;
}

/* Operations that evaluate all their operands first. */
static bool
run_infix(CccdLogicRun *run, const CccdLogicNode *node, CccdLogicValue *result)
{
	CccdLogicValue operands[3];
	bool		truth;

	/* two, or three of a comparison */
	if (!evaluate(run, node->first, &operands[0]) ||
		!evaluate(run, node->first + 1, &operands[1]) ||
		(node->count > 2 && !evaluate(run, node->first + 2, &operands[2])))
		return false;
	if (node->op == CCCD_LOGIC_OP_EQUAL)
		truth = same(run, &operands[0], &operands[1]);
	else if (node->op == CCCD_LOGIC_OP_IN)
	{
		if (!run_in(run, node, operands, &truth))
			return false;
	}
	else if (node->op < CCCD_LOGIC_OP_BEFORE)
		return run_integers(run, node, operands, result);
	else
	{
		for (uint32_t i = 0; i < node->count; i++)
			if (operands[i].kind != CCCD_LOGIC_DATE)
				return fail(run, node, CCCD_LOGIC_WANTS_DATES);
		truth = compare_times(node->op, operands[0].u.time,
							  operands[1].u.time) &&
			(node->count < 3 || compare_times(node->op, operands[1].u.time,
											  operands[2].u.time));
	}
	set_bool(result, truth);
	return true;
}

/* plusTime and dccDateOfBirth; the text that was read last is known by heart */
static bool
run_time(CccdLogicRun *run, const CccdLogicNode *node, CccdLogicValue *result)
{
	CccdLogicKeptTime *kept = &run->program->times[node->extra];
	int64_t		time;

	if (!evaluate(run, node->first, result))
		return false;
	if (result->kind != CCCD_LOGIC_STRING)
		return fail(run, node, CCCD_LOGIC_WANTS_TEXT);
	if (kept->length > 0 && kept->length == result->length &&
		memcmp(kept->text, result->u.text, kept->length) == 0)
		time = kept->time;
	else
	{
		charge(run, result->length / 64);
		if (!(node->op == CCCD_LOGIC_OP_BIRTH ?
			  cccd_logic_birth_parse(result->u.text, result->length, &time) :
			  cccd_logic_time_parse(result->u.text, result->length, &time)))
			return fail(run, node, CCCD_LOGIC_DATE_FORMAT);
		time = cccd_logic_time_add(time, node->amount,
								   (CccdLogicUnit) node->unit);
		if (result->length <= CCCD_LOGIC_KEPT_TEXT)
		{
			kept->length = (uint8_t) result->length;
			memcpy(kept->text, result->u.text, result->length);
			kept->time = time;
		}
	}
	result->kind = CCCD_LOGIC_DATE;
	result->length = ++run->dates;
	result->u.time = time;
	return true;
}

/* Let the paths of a scope begin at a value. */
static void
enter_scope(CccdLogicProgram *program, CccdLogicScope *scope,
			const CccdLogicValue *root)
{
	scope->root = *root;
	scope->generation = ++program->generation;
}

/*
 * {"reduce": [array, function, initial]}: the function sees "current" and
 * "accumulator", a record
 * that is made once, or for each item if an expression asks for all of it.
 */
static bool
run_reduce(CccdLogicRun *run, const CccdLogicNode *node, CccdLogicValue *result)
{
	CccdLogicScope *scope = &run->program->scopes[node->extra];
	CccdLogicMember own[2];
	CccdLogicMember *members = own;
	CccdLogicValue operand,
				root;

	if (!evaluate(run, node->first, &operand))
		return false;
	if (operand.kind != CCCD_LOGIC_NULL && operand.kind != CCCD_LOGIC_ARRAY &&
		operand.kind != CCCD_LOGIC_LIST)
		return fail(run, node, CCCD_LOGIC_WANTS_ARRAY);
	if (!evaluate(run, node->first + 2, result))
		return false;
	if (operand.kind == CCCD_LOGIC_NULL)
		return true;
	for (uint32_t i = 0; i < operand.length; i++)
	{
		/* what asks for all of the context may keep it */
		if (scope->whole &&
			(members = make(run, node, 2, sizeof(*members))) == NULL)
			return false;
		members[0].key = "accumulator";
		members[0].length = 11;
		members[0].value = *result;
		members[1].key = "current";
		members[1].length = 7;
		if (operand.kind == CCCD_LOGIC_LIST)
			members[1].value = operand.u.items[i];
		else
			(void) run->source->item(operand.u.source, i, &members[1].value);
		root.kind = CCCD_LOGIC_RECORD;
		root.length = 2;
		root.u.members = members;
		enter_scope(run->program, scope, &root);
		if (!evaluate(run, node->first + 1, result))
			return false;
	}
	return true;
}

/*
 * {"extractFromUVCI": [text, index]}: the fragment of that number
 * between the separators of a certificate identifier, without its prefix; null
 * for null, or if there are not so many.
 */
static bool
run_uvci(CccdLogicRun *run, const CccdLogicNode *node, CccdLogicValue *result)
{
	static const char prefix[] = "URN:UVCI:";
	const size_t prefix_length = sizeof(prefix) - 1;
	const char *begin,
			   *end,
			   *p;
	int64_t		index = node->amount;

	if (!evaluate(run, node->first, result))
		return false;
	if (result->kind == CCCD_LOGIC_NULL)
		return true;
	if (result->kind != CCCD_LOGIC_STRING)
		return fail(run, node, CCCD_LOGIC_WANTS_TEXT_OR_NULL);
	begin = result->u.text;
	end = begin + result->length;
	charge(run, result->length / 64);
	if (result->length >= prefix_length &&
		memcmp(begin, prefix, prefix_length) == 0)
		begin += prefix_length;
	result->kind = CCCD_LOGIC_NULL;
	if (index < 0)
		return true;
	for (p = begin;; p++)
		if (p == end || *p == '/' || *p == '#' || *p == ':')
		{
			if (index-- == 0)
			{
				result->kind = CCCD_LOGIC_STRING;
				result->u.text = begin;
				result->length = (uint32_t) (p - begin);
				return true;
			}
			if (p == end)
				return true;
			begin = p + 1;
		}
}

static bool
run_not(CccdLogicRun *run, const CccdLogicNode *node, CccdLogicValue *result)
{
	bool		truthy;

	if (!evaluate(run, node->first, result))
		return false;
	if (!truthiness(run, result, &truthy))
		return fail(run, node, CCCD_LOGIC_NEITHER);
	set_bool(result, !truthy);
	return true;
}

static bool
run_var(CccdLogicRun *run, const CccdLogicNode *node, CccdLogicValue *result)
{
	const CccdLogicValue *value;

	if (node->first == CCCD_LOGIC_NONE)
		*result = run->program->scopes[node->extra].root;
	else if (!cccd_logic_look_up(run, node->first, &value))
		return fail(run, node, CCCD_LOGIC_ENCODING);
	else
		*result = *value;
	return true;
}

static bool
evaluate(CccdLogicRun *run, uint32_t number, CccdLogicValue *result)
{
	const CccdLogicNode *node = &run->program->nodes[number];

	if (run->budget->steps == 0)
		return fail(run, node, CCCD_LOGIC_TOO_MANY_STEPS);
	run->budget->steps--;
	switch ((CccdLogicOp) node->op)
	{
		case CCCD_LOGIC_OP_LITERAL:
			*result = node->value;
			return true;
		case CCCD_LOGIC_OP_LIST:
			return run_list(run, node, result);
		case CCCD_LOGIC_OP_VAR:
			return run_var(run, node, result);
		case CCCD_LOGIC_OP_IF:
			return run_if(run, node, result);
		case CCCD_LOGIC_OP_AND:
			return run_and(run, node, result);
		case CCCD_LOGIC_OP_NOT:
			return run_not(run, node, result);
		case CCCD_LOGIC_OP_PLUS_TIME:
		case CCCD_LOGIC_OP_BIRTH:
			return run_time(run, node, result);
		case CCCD_LOGIC_OP_REDUCE:
			return run_reduce(run, node, result);
		case CCCD_LOGIC_OP_UVCI:
			return run_uvci(run, node, result);
		default:
			return run_infix(run, node, result);
	}
}

bool
cccd_logic_run(CccdLogicProgram *program, const CccdLogicSource *source,
			   const CccdLogicValue *data, CccdLogicAllocate allocate,
			   CccdLogicBudget *budget, CccdLogicValue *result,
			   CccdLogicFault *fault)
{
	CccdLogicRun run;

	memset(&run, 0, sizeof(run));
	run.program = program;
	run.source = source;
	run.allocate = allocate;
	run.budget = budget;
	enter_scope(program, &program->scopes[0], data);
	if (evaluate(&run, 0, result))
		return true;
	fault->status = run.status;
	fault->node = run.node;
	return false;
}

/* The path to a node, built from its end. */
void
cccd_logic_locate(const CccdLogicProgram *program,
				  const CccdLogicFault *fault, CccdLogicError *error)
{
	uint32_t	way[CCCD_LOGIC_MAX_DEPTH + 1];
	uint32_t	number = fault->node;
	char	   *path = error->path;
	int			depth = 0;

	for (; program->nodes[number].parent != CCCD_LOGIC_NONE;
		 number = program->nodes[number].parent)
		way[depth++] = number;
	*path = '\0';
	while (depth-- > 0)
	{
		const CccdLogicNode *node = &program->nodes[way[depth]];
		CccdLogicOp op = program->nodes[node->parent].op;

		path += cccd_logic_path_add(path, cccd_logic_op_name(op),
									node->position);
	}
	error->status = fault->status;
}
