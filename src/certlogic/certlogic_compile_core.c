/*
 * certlogic_compile_core.c
 *		CertLogic to a program: nodes whose operands stand side by side, and
 *		paths that share their beginnings.
 */
#include "certlogic/certlogic_program_core.h"

#include <stdio.h>
#include <string.h>

typedef struct Compiler
{
	const CccdLogicSource *source;
	CccdLogicProgram *program;
} Compiler;

static size_t
aligned(size_t size)
{
	return (size + 15) / 16 * 16;
}

size_t
cccd_logic_room(const CccdLogicSize *size)
{
	return aligned(sizeof(CccdLogicProgram)) +
		aligned(size->nodes * sizeof(CccdLogicNode)) +
		aligned(size->fragments * sizeof(CccdLogicFragment)) +
		aligned(size->scopes * sizeof(CccdLogicScope)) +
		aligned(size->times * sizeof(CccdLogicKeptTime)) +
		aligned(size->items * sizeof(CccdLogicValue));
}

/*
 * What parseInt(key, 10) makes of a fragment: blanks, a sign, digits, and
 * whatever follows.  Without digits it is the name of a property.
 */
static void
read_index(CccdLogicFragment *fragment)
{
	const char *p = fragment->key,
			   *end = p + fragment->length;
	double		index = 0;
	bool		negative;

	while (p < end && (*p == ' ' || (*p >= '\t' && *p <= '\r')))
		p++;
	negative = p < end && *p == '-';
	if (p < end && (*p == '-' || *p == '+'))
		p++;
	if (p == end || *p < '0' || *p > '9')
		return;
	for (; p < end && *p >= '0' && *p <= '9'; p++)
		if (index < 1e16)
			index = index * 10 + (*p - '0');
	fragment->numeric = true;
	/* above 2^53 there is neither an array nor a key that is written so */
	fragment->index = negative ? -index : index;
	if (index <= 9007199254740991.0)
		fragment->digits_length = (uint8_t)
			snprintf(fragment->digits, sizeof(fragment->digits), "%s%.0f",
					 negative && index > 0 ? "-" : "", index);
}

/* The fragment behind another one, made when it is new. */
static uint32_t
find_fragment(Compiler *compiler, uint32_t scope, uint32_t parent,
			  const char *key, uint32_t length)
{
	CccdLogicProgram *program = compiler->program;
	uint32_t   *link = parent == CCCD_LOGIC_NONE ?
	&program->scopes[scope].first : &program->fragments[parent].child;
	CccdLogicFragment *fragment;

	for (; *link != CCCD_LOGIC_NONE; link = &program->fragments[*link].sibling)
	{
		fragment = &program->fragments[*link];
		if (fragment->length == length &&
			memcmp(fragment->key, key, length) == 0)
			return *link;
	}
	*link = program->fragment_count++;
	fragment = &program->fragments[*link];
	memset(fragment, 0, sizeof(*fragment));
	fragment->key = key;
	fragment->length = length;
	fragment->parent = parent;
	fragment->child = fragment->sibling = CCCD_LOGIC_NONE;
	fragment->scope = scope;
	read_index(fragment);
	return *link;
}

static void
compile_var(Compiler *compiler, CccdLogicNode *node,
			const CccdLogicValue *path, uint32_t scope)
{
	CccdLogicProgram *program = compiler->program;
	const char *text = path->u.text;
	uint32_t	begin = 0;

	node->op = CCCD_LOGIC_OP_VAR;
	node->extra = scope;
	node->first = CCCD_LOGIC_NONE;
	if (path->length == 0)
	{
		program->field_count += scope == 0 && !program->scopes[0].whole;
		program->scopes[scope].whole = true;
		return;
	}
	for (uint32_t i = 0; i <= path->length; i++)
		if (i == path->length || text[i] == '.')
		{
			node->first = find_fragment(compiler, scope, node->first,
										text + begin, i - begin);
			begin = i + 1;
		}
	if (program->fragments[node->first].path == NULL)
	{
		program->field_count += scope == 0;
		program->fragments[node->first].path = text;
		program->fragments[node->first].path_length = path->length;
	}
}

static void compile_node(Compiler *compiler, uint32_t number,
						 const CccdLogicValue *expression, uint32_t scope);

/* The operands, in nodes that are reserved before any of theirs. */
static void
compile_operands(Compiler *compiler, uint32_t number, const void *operands,
				 uint32_t count, uint32_t scope)
{
	CccdLogicProgram *program = compiler->program;
	CccdLogicNode *node = &program->nodes[number];

	node->count = count;
	node->first = program->node_count;
	program->node_count += count;
	for (uint32_t i = 0; i < count; i++)
	{
		CccdLogicNode *operand = &program->nodes[node->first + i];
		CccdLogicValue value;

		memset(operand, 0, sizeof(*operand));
		operand->parent = number;
		operand->position = i;
		(void) compiler->source->item(operands, i, &value);
		compile_node(compiler, node->first + i, &value,
					 node->op == CCCD_LOGIC_OP_REDUCE && i == 1 ?
					 node->extra : scope);
	}
}

/* An array; one of literals is a literal itself. */
static void
compile_list(Compiler *compiler, uint32_t number,
			 const CccdLogicValue *expression, uint32_t scope)
{
	CccdLogicProgram *program = compiler->program;
	CccdLogicNode *node = &program->nodes[number];
	CccdLogicValue *items;

	node->op = CCCD_LOGIC_OP_LIST;
	compile_operands(compiler, number, expression->u.source,
					 expression->length, scope);
	for (uint32_t i = 0; i < node->count; i++)
		if (program->nodes[node->first + i].op != CCCD_LOGIC_OP_LITERAL)
			return;
	items = &program->items[program->item_count];
	/* an empty one is an object of its own, too */
	program->item_count += node->count > 0 ? node->count : 1;
	for (uint32_t i = 0; i < node->count; i++)
		items[i] = program->nodes[node->first + i].value;
	node->op = CCCD_LOGIC_OP_LITERAL;
	node->value.kind = CCCD_LOGIC_LIST;
	node->value.length = node->count;
	node->value.u.items = items;
}

static int64_t
integer_operand(Compiler *compiler, const void *operands)
{
	CccdLogicValue value;
	double		number;

	(void) compiler->source->item(operands, 1, &value);
	number = cccd_logic_number(compiler->source, &value);
	if (number > CCCD_LOGIC_AMOUNT_MAX)
		return CCCD_LOGIC_AMOUNT_MAX;
	if (number < -CCCD_LOGIC_AMOUNT_MAX)
		return -CCCD_LOGIC_AMOUNT_MAX;
	return (int64_t) number;
}

/*
 * Compile an operation: its operands become nodes side by side, and what is
 * known from the logic alone (unit, amount, index, scope) is kept in its own
 * node.
 */
static void
compile_operation(Compiler *compiler, uint32_t number,
				  const CccdLogicValue *expression, uint32_t scope)
{
	CccdLogicProgram *program = compiler->program;
	CccdLogicNode *node = &program->nodes[number];
	const CccdLogicOperation *operation;
	CccdLogicValue name,
				operands,
				value;
	CccdLogicUnit unit = CCCD_LOGIC_DAY;
	uint32_t	count;

	compiler->source->entry(expression->u.source, 0, &name, &operands);
	operation = cccd_logic_operation(name.u.text, name.length);
	if (operation == NULL)
	{
		compile_var(compiler, node, &operands, scope);
		return;
	}
	node->op = operation->op;
	count = operands.length;
	if (operation->most > 0 && count > operation->most)
		count = operation->most;
	if (node->op == CCCD_LOGIC_OP_PLUS_TIME || node->op == CCCD_LOGIC_OP_UVCI)
	{
		node->amount = integer_operand(compiler, operands.u.source);
		if (node->op == CCCD_LOGIC_OP_PLUS_TIME)
		{
			(void) compiler->source->item(operands.u.source, 2, &value);
			(void) cccd_logic_unit(&value, &unit);
		}
		node->unit = (uint8_t) unit;
		count = 1;
	}
	if (node->op == CCCD_LOGIC_OP_PLUS_TIME || node->op == CCCD_LOGIC_OP_BIRTH)
	{
		node->extra = program->time_count++;
		program->times[node->extra].length = 0;
	}
	if (node->op == CCCD_LOGIC_OP_REDUCE)
	{
		node->extra = program->scope_count++;
		memset(&program->scopes[node->extra], 0, sizeof(CccdLogicScope));
		program->scopes[node->extra].first = CCCD_LOGIC_NONE;
	}
	compile_operands(compiler, number, operands.u.source, count, scope);
}

static void
compile_node(Compiler *compiler, uint32_t number,
			 const CccdLogicValue *expression, uint32_t scope)
{
	CccdLogicNode *node = &compiler->program->nodes[number];

	switch (expression->kind)
	{
		case CCCD_LOGIC_ARRAY:
			compile_list(compiler, number, expression, scope);
			break;
		case CCCD_LOGIC_OBJECT:
			compile_operation(compiler, number, expression, scope);
			break;
		default:
			node->op = CCCD_LOGIC_OP_LITERAL;
			node->value = *expression;
			/* the numeral's reading is done once */
			if (cccd_logic_is_number(expression))
			{
				node->value.kind = CCCD_LOGIC_NUMBER;
				node->value.u.number = cccd_logic_number(compiler->source,
														 expression);
			}
			break;
	}
}

CccdLogicProgram *
cccd_logic_compile(const CccdLogicSource *source, const CccdLogicValue *logic,
				   const CccdLogicSize *size, void *memory)
{
	char	   *place = memory;
	CccdLogicProgram *program = memory;
	Compiler	compiler = {source, program};

	memset(program, 0, sizeof(*program));
	place += aligned(sizeof(CccdLogicProgram));
	program->nodes = (CccdLogicNode *) place;
	place += aligned(size->nodes * sizeof(CccdLogicNode));
	program->fragments = (CccdLogicFragment *) place;
	place += aligned(size->fragments * sizeof(CccdLogicFragment));
	program->scopes = (CccdLogicScope *) place;
	place += aligned(size->scopes * sizeof(CccdLogicScope));
	program->times = (CccdLogicKeptTime *) place;
	place += aligned(size->times * sizeof(CccdLogicKeptTime));
	program->items = (CccdLogicValue *) place;

	memset(&program->scopes[0], 0, sizeof(CccdLogicScope));
	program->scopes[0].first = CCCD_LOGIC_NONE;
	program->scope_count = 1;
	memset(&program->nodes[0], 0, sizeof(CccdLogicNode));
	program->nodes[0].parent = CCCD_LOGIC_NONE;
	program->node_count = 1;
	compile_node(&compiler, 0, logic, 0);
	return program;
}

uint32_t
cccd_logic_field_count(const CccdLogicProgram *program)
{
	return program->field_count;
}

const char *
cccd_logic_field(const CccdLogicProgram *program, uint32_t number,
				 uint32_t *length)
{
	if (program->scopes[0].whole && number-- == 0)
	{
		*length = 0;
		return "";
	}
	for (uint32_t i = 0; i < program->fragment_count; i++)
	{
		const CccdLogicFragment *fragment = &program->fragments[i];

		if (fragment->scope == 0 && fragment->path && number-- == 0)
		{
			*length = fragment->path_length;
			return fragment->path;
		}
	}
	*length = 0;
	return NULL;
}
