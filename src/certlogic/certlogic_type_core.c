/*
 * certlogic_type_core.c
 *		What a CertLogic program can never do right, whatever the data.
 *
 * Operations are told apart by what they can give and what they take.  Data
 * can be anything but a date-time, which only plusTime and dccDateOfBirth
 * make; what the function of a reduce sees can be that, too.  Only what fails
 * always, if it is reached, is an error.
 */
#include "certlogic/certlogic_program_core.h"

#define NOTHING		(1u << CCCD_LOGIC_NULL)
#define BOOL		(1u << CCCD_LOGIC_BOOL)
#define NUMBER		(1u << CCCD_LOGIC_NUMBER)
#define TEXT		(1u << CCCD_LOGIC_STRING)
#define ARRAY		(1u << CCCD_LOGIC_ARRAY)
#define OBJECT		(1u << CCCD_LOGIC_OBJECT)
#define DATE		(1u << CCCD_LOGIC_DATE)

#define DATA		(NOTHING | BOOL | NUMBER | TEXT | ARRAY | OBJECT)
#define ANYTHING	(DATA | DATE)

typedef struct Typing
{
	const CccdLogicProgram *program;
	CccdLogicError *errors;
	size_t		room;
	size_t		count;
} Typing;

static void
complain(Typing *typing, uint32_t number, CccdLogicStatus status)
{
	CccdLogicFault fault = {status, number};

	if (typing->count < typing->room)
		cccd_logic_locate(typing->program, &fault,
						  &typing->errors[typing->count]);
	typing->count++;
}

static unsigned
literal_types(const CccdLogicValue *value)
{
	return value->kind == CCCD_LOGIC_LIST ? ARRAY : 1u << value->kind;
}

/* What an operation takes, and what it says to anything else. */
static unsigned
wanted_types(const CccdLogicNode *node, uint32_t operand,
			 CccdLogicStatus *status)
{
	switch ((CccdLogicOp) node->op)
	{
		case CCCD_LOGIC_OP_IF:
			*status = CCCD_LOGIC_NEITHER;
			return operand == 0 ? DATA : ANYTHING;
		case CCCD_LOGIC_OP_AND:
		case CCCD_LOGIC_OP_NOT:
			*status = CCCD_LOGIC_NEITHER;
			return DATA;
		case CCCD_LOGIC_OP_IN:
			*status = CCCD_LOGIC_WANTS_ARRAY;
			return operand == 1 ? ARRAY : ANYTHING;
		case CCCD_LOGIC_OP_PLUS:
		case CCCD_LOGIC_OP_LESS:
		case CCCD_LOGIC_OP_GREATER:
		case CCCD_LOGIC_OP_LESS_EQUAL:
		case CCCD_LOGIC_OP_GREATER_EQUAL:
			*status = CCCD_LOGIC_WANTS_INTEGERS;
			return NUMBER;
		case CCCD_LOGIC_OP_BEFORE:
		case CCCD_LOGIC_OP_AFTER:
		case CCCD_LOGIC_OP_NOT_AFTER:
		case CCCD_LOGIC_OP_NOT_BEFORE:
			*status = CCCD_LOGIC_WANTS_DATES;
			return DATE;
		case CCCD_LOGIC_OP_PLUS_TIME:
		case CCCD_LOGIC_OP_BIRTH:
			*status = CCCD_LOGIC_WANTS_TEXT;
			return TEXT;
		case CCCD_LOGIC_OP_REDUCE:
			*status = CCCD_LOGIC_WANTS_ARRAY;
			return operand == 0 ? ARRAY | NOTHING : ANYTHING;
		case CCCD_LOGIC_OP_UVCI:
			*status = CCCD_LOGIC_WANTS_TEXT_OR_NULL;
			return TEXT | NOTHING;
		default:
			*status = CCCD_LOGIC_OK;
			return ANYTHING;
	}
}

/* What an expression can give; its operands are checked on the way. */
static unsigned
types_of(Typing *typing, uint32_t number)
{
	const CccdLogicNode *node = &typing->program->nodes[number];
	unsigned	all = 0,
				last = 0;

	for (uint32_t i = 0; i < node->count &&
		 node->op != CCCD_LOGIC_OP_LITERAL; i++)
	{
		CccdLogicStatus status;
		unsigned	types = types_of(typing, node->first + i);

		if (!(types & wanted_types(node, i, &status)))
			complain(typing, number, status);
		if (node->op != CCCD_LOGIC_OP_IF || i > 0)
			all |= types;
		last = types;
	}
	switch ((CccdLogicOp) node->op)
	{
		case CCCD_LOGIC_OP_LITERAL:
			return literal_types(&node->value);
		case CCCD_LOGIC_OP_LIST:
			return ARRAY;
		case CCCD_LOGIC_OP_VAR:
			return node->extra == 0 ? DATA : ANYTHING;
		case CCCD_LOGIC_OP_IF:
			return all;
		case CCCD_LOGIC_OP_AND:
			/* a falsy operand, or the last one */
			return (all & DATA) | last;
		case CCCD_LOGIC_OP_PLUS:
			return NUMBER;
		case CCCD_LOGIC_OP_PLUS_TIME:
		case CCCD_LOGIC_OP_BIRTH:
			return DATE;
		case CCCD_LOGIC_OP_REDUCE:
			return ANYTHING;
		case CCCD_LOGIC_OP_UVCI:
			return TEXT | NOTHING;
		default:
			return BOOL;
	}
}

size_t
cccd_logic_check_types(const CccdLogicProgram *program, bool rule,
					   CccdLogicError *errors, size_t room)
{
	Typing		typing = {program, errors, room, 0};

	if (!(types_of(&typing, 0) & BOOL) && rule)
		complain(&typing, 0, CCCD_LOGIC_NEVER_BOOLEAN);
	return typing.count;
}
