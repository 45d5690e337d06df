/*
 * certlogic_eval_core.c
 *		CertLogic programs at work.
 */
#include "certificate/certlogic_program_core.h"

#include <string.h>

typedef struct Run
{
	CccdLogicProgram *program;
	const CccdLogicSource *source;
	CccdLogicAllocate allocate;
	uint32_t	steps;
	uint32_t	memory;
	uint32_t	dates;			/* made so far: each is another object */
	CccdLogicStatus status;
	uint32_t	node;			/* where the error is */
} Run;

static bool evaluate(Run *run, uint32_t number, CccdLogicValue *result);

static bool
fail(Run *run, const CccdLogicNode *node, CccdLogicStatus status)
{
	run->status = status;
	run->node = (uint32_t) (node - run->program->nodes);
	return false;
}

/* Work that grows with the data. */
static inline void
charge(Run *run, uint32_t steps)
{
	run->steps += steps;
	if (run->steps > CCCD_LOGIC_MAX_STEPS)
		run->steps = CCCD_LOGIC_MAX_STEPS;
}

static void *
make(Run *run, const CccdLogicNode *node, uint32_t count, size_t size)
{
	void	   *made;

	/* something empty must be an object of its own, too */
	if (count == 0)
		count = 1;
	if (count > (CCCD_LOGIC_MAX_MEMORY - run->memory) / size ||
		(made = run->allocate(count * size)) == NULL)
	{
		fail(run, node, CCCD_LOGIC_TOO_MUCH_MEMORY);
		return NULL;
	}
	run->memory += (uint32_t) (count * size);
	return made;
}

static inline void
set_bool(CccdLogicValue *value, bool truth)
{
	value->kind = CCCD_LOGIC_BOOL;
	value->truth = truth;
}

static double
number_of(Run *run, const CccdLogicValue *value)
{
	if (value->kind == CCCD_LOGIC_NUMERAL)
		charge(run, value->length / 8);
	return cccd_logic_number(run->source, value);
}

/* Truthy or falsy; false: neither. */
static bool
truthiness(Run *run, const CccdLogicValue *value, bool *truthy)
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
same(Run *run, const CccdLogicValue *a, const CccdLogicValue *b)
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

/* Characters as JavaScript counts them, of UTF-8: beyond 16 bits two each. */
static bool
count_characters(Run *run, const CccdLogicValue *text, uint32_t *count)
{
	charge(run, text->length / 16);
	*count = 0;
	for (uint32_t i = 0; i < text->length; i++)
	{
		unsigned char c = (unsigned char) text->u.text[i];

		if (c >= 0x80 && !run->source->utf8)
			return false;
		*count += (c & 0xC0) != 0x80;
		*count += c >= 0xF0;
	}
	return true;
}

/* One of them; half of a pair is the replacement character. */
static bool
find_character(Run *run, const CccdLogicValue *text, double index,
			   CccdLogicValue *result)
{
	uint32_t	i = 0;
	double		at = 0;

	charge(run, text->length / 16);
	while (i < text->length)
	{
		unsigned char c = (unsigned char) text->u.text[i];
		uint32_t	size = c < 0xC0 ? 1 : c < 0xE0 ? 2 : c < 0xF0 ? 3 : 4;

		if (c >= 0x80 && !run->source->utf8)
			return false;
		if (size > text->length - i)
			size = text->length - i;
		if (index < at + (c >= 0xF0 ? 2 : 1))
		{
			result->kind = CCCD_LOGIC_STRING;
			result->u.text = c >= 0xF0 ? "\xEF\xBF\xBD" : text->u.text + i;
			result->length = c >= 0xF0 ? 3 : size;
			return true;
		}
		at += c >= 0xF0 ? 2 : 1;
		i += size;
	}
	return true;
}

static void
find_record_member(const CccdLogicValue *record, const char *key,
				   uint32_t length, CccdLogicValue *result)
{
	const CccdLogicMember *members = record->u.members;

	for (uint32_t i = 0; i < record->length; i++)
		if (members[i].length == length &&
			memcmp(members[i].key, key, length) == 0)
		{
			*result = members[i].value;
			return;
		}
}

/*
 * What JavaScript finds at a fragment of a value; what is not there is null.
 * false: text that cannot be counted
 */
static bool
step_into(Run *run, const CccdLogicValue *value,
		  const CccdLogicFragment *fragment, CccdLogicValue *result)
{
	const char *key = fragment->key;
	uint32_t	length = fragment->length;
	bool		is_length = length == 6 && memcmp(key, "length", 6) == 0;
	bool		in_range = fragment->numeric && fragment->index >= 0 &&
		fragment->index < value->length;

	result->kind = CCCD_LOGIC_NULL;
	switch ((CccdLogicKind) value->kind)
	{
		case CCCD_LOGIC_OBJECT:
		case CCCD_LOGIC_RECORD:
			if (fragment->numeric)
			{
				key = fragment->digits;
				length = fragment->digits_length;
				if (length == 0)
					break;
			}
			if (value->kind == CCCD_LOGIC_RECORD)
				find_record_member(value, key, length, result);
			else if (!run->source->member(value->u.source, key, length,
										  result))
				result->kind = CCCD_LOGIC_NULL;
			break;
		case CCCD_LOGIC_ARRAY:
		case CCCD_LOGIC_LIST:
			if (in_range && value->kind == CCCD_LOGIC_LIST)
				*result = value->u.items[(uint32_t) fragment->index];
			else if (in_range)
				(void) run->source->item(value->u.source,
										 (uint32_t) fragment->index, result);
			else if (is_length)
			{
				result->kind = CCCD_LOGIC_NUMBER;
				result->u.number = value->length;
			}
			break;
		case CCCD_LOGIC_STRING:
			if (in_range)
				return find_character(run, value, fragment->index, result);
			if (is_length)
			{
				uint32_t	count;

				result->kind = CCCD_LOGIC_NUMBER;
				if (!count_characters(run, value, &count))
					return false;
				result->u.number = count;
			}
			break;
		default:
			break;
	}
	return true;
}

/* The value at a fragment, looked up once for the scope's data. */
static bool
look_up(Run *run, const CccdLogicNode *node, uint32_t number,
		const CccdLogicValue **result)
{
	CccdLogicFragment *fragment = &run->program->fragments[number];
	CccdLogicScope *scope = &run->program->scopes[fragment->scope];
	const CccdLogicValue *parent = &scope->root;

	if (fragment->generation != scope->generation)
	{
		charge(run, 1);
		/* a path has CCCD_LOGIC_MAX_DEPTH fragments at most */
		if (fragment->parent != CCCD_LOGIC_NONE &&
			!look_up(run, node, fragment->parent, &parent))
			return false;
		if (!step_into(run, parent, fragment, &fragment->value))
			return fail(run, node, CCCD_LOGIC_ENCODING);
		fragment->generation = scope->generation;
	}
	*result = &fragment->value;
	return true;
}

static bool
run_list(Run *run, const CccdLogicNode *node, CccdLogicValue *result)
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
run_if(Run *run, const CccdLogicNode *node, CccdLogicValue *result)
{
	bool		truthy;

	if (!evaluate(run, node->first, result))
		return false;
	if (!truthiness(run, result, &truthy))
		return fail(run, node, CCCD_LOGIC_NEITHER);
	return evaluate(run, node->first + (truthy ? 1 : 2), result);
}

static bool
run_and(Run *run, const CccdLogicNode *node, CccdLogicValue *result)
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
run_in(Run *run, const CccdLogicNode *node, CccdLogicValue *operands,
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
run_integers(Run *run, const CccdLogicNode *node, CccdLogicValue *operands,
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
run_infix(Run *run, const CccdLogicNode *node, CccdLogicValue *result)
{
	CccdLogicValue operands[3];
	bool		truth;

	for (uint32_t i = 0; i < node->count; i++)
		if (!evaluate(run, node->first + i, &operands[i]))
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
run_time(Run *run, const CccdLogicNode *node, CccdLogicValue *result)
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

static bool
run_reduce(Run *run, const CccdLogicNode *node, CccdLogicValue *result)
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
		members[0] = (CccdLogicMember) {"accumulator", 11, *result};
		members[1] = (CccdLogicMember) {"current", 7, {CCCD_LOGIC_NULL}};
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

static bool
run_uvci(Run *run, const CccdLogicNode *node, CccdLogicValue *result)
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
run_not(Run *run, const CccdLogicNode *node, CccdLogicValue *result)
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
run_var(Run *run, const CccdLogicNode *node, CccdLogicValue *result)
{
	const CccdLogicValue *value;

	if (node->first == CCCD_LOGIC_NONE)
		*result = run->program->scopes[node->extra].root;
	else if (!look_up(run, node, node->first, &value))
		return false;
	else
		*result = *value;
	return true;
}

static bool
evaluate(Run *run, uint32_t number, CccdLogicValue *result)
{
	const CccdLogicNode *node = &run->program->nodes[number];

	if (run->steps >= CCCD_LOGIC_MAX_STEPS)
		return fail(run, node, CCCD_LOGIC_TOO_MANY_STEPS);
	run->steps++;
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

/* The path to a node, built from its end. */
static void
write_path(const CccdLogicProgram *program, uint32_t number, char *path)
{
	uint32_t	way[CCCD_LOGIC_MAX_DEPTH + 1];
	int			depth = 0;

	while (program->nodes[number].parent != CCCD_LOGIC_NONE)
	{
		way[depth++] = number;
		number = program->nodes[number].parent;
	}
	*path = '\0';
	while (depth-- > 0)
	{
		const CccdLogicNode *node = &program->nodes[way[depth]];

		path += cccd_logic_path_add(path,
									cccd_logic_op_name(program->nodes[node->parent].op),
									node->position);
	}
}

bool
cccd_logic_run(CccdLogicProgram *program, const CccdLogicSource *source,
			   const CccdLogicValue *data, CccdLogicAllocate allocate,
			   CccdLogicValue *result, CccdLogicError *error)
{
	Run			run = {program, source, allocate};

	enter_scope(program, &program->scopes[0], data);
	if (evaluate(&run, 0, result))
		return true;
	error->status = run.status;
	write_path(program, run.node, error->path);
	return false;
}
