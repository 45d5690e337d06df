/*
 * certlogic_check_core.c
 *		What is wrong with a CertLogic expression, before any data.
 *
 * The checks are those of the specification's validator: every operation is
 * known and has its operands, paths and literals have their forms.  The
 * reference engine overlooks surplus operands of operations that are not
 * infix, and rules that are in force have some, so only strict checks object.
 */
#include "certlogic/certlogic_program_core.h"

#include <stdio.h>
#include <string.h>

#define OPERATION(name, op, least, most) \
	{name, sizeof(name) - 1, CCCD_LOGIC_OP_##op, least, most}

static const CccdLogicOperation operations[] = {
	OPERATION("if", IF, 3, 3),
	OPERATION("and", AND, 2, 0),
	OPERATION("!", NOT, 1, 1),
	OPERATION("===", EQUAL, 2, 2),
	OPERATION("in", IN, 2, 2),
	OPERATION("+", PLUS, 2, 2),
	OPERATION("<", LESS, 2, 3),
	OPERATION(">", GREATER, 2, 3),
	OPERATION("<=", LESS_EQUAL, 2, 3),
	OPERATION(">=", GREATER_EQUAL, 2, 3),
	OPERATION("before", BEFORE, 2, 3),
	OPERATION("after", AFTER, 2, 3),
	OPERATION("not-after", NOT_AFTER, 2, 3),
	OPERATION("not-before", NOT_BEFORE, 2, 3),
	OPERATION("plusTime", PLUS_TIME, 3, 3),
	OPERATION("dccDateOfBirth", BIRTH, 1, 1),
	OPERATION("reduce", REDUCE, 3, 3),
	OPERATION("extractFromUVCI", UVCI, 2, 2),
};

#define OPERATIONS	(sizeof(operations) / sizeof(operations[0]))

const CccdLogicOperation *
cccd_logic_operation(const char *name, size_t length)
{
	for (size_t i = 0; i < OPERATIONS; i++)
		if (operations[i].length == length &&
			memcmp(operations[i].name, name, length) == 0)
			return &operations[i];
	return NULL;
}

/* NULL: not written as an operation with operands */
const char *
cccd_logic_op_name(CccdLogicOp op)
{
	for (size_t i = 0; i < OPERATIONS; i++)
		if (operations[i].op == op)
			return operations[i].name;
	return NULL;
}

bool
cccd_logic_unit(const CccdLogicValue *value, CccdLogicUnit *unit)
{
	static const char *const names[] = {"year", "month", "day", "hour"};

	if (value->kind != CCCD_LOGIC_STRING)
		return false;
	for (int i = 0; i < 4; i++)
		if (strlen(names[i]) == value->length &&
			memcmp(names[i], value->u.text, value->length) == 0)
		{
			*unit = (CccdLogicUnit) i;
			return true;
		}
	return false;
}

const char *
cccd_logic_message(CccdLogicStatus status)
{
	switch (status)
	{
		case CCCD_LOGIC_OK:
			return "is right";
		case CCCD_LOGIC_INVALID_LITERAL:
			return "null is not an expression";
		case CCCD_LOGIC_NOT_INTEGER:
			return "a number must be an integer";
		case CCCD_LOGIC_KEY_COUNT:
			return "an operation has exactly one key";
		case CCCD_LOGIC_NOT_OPERATION:
			return "the operands of an operation are an array";
		case CCCD_LOGIC_UNKNOWN_OPERATION:
			return "unknown operation";
		case CCCD_LOGIC_OPERAND_COUNT:
			return "wrong number of operands";
		case CCCD_LOGIC_PATH_NOT_TEXT:
			return "the path of \"var\" must be a text";
		case CCCD_LOGIC_PATH_FORMAT:
			return "the path of \"var\" has an empty fragment";
		case CCCD_LOGIC_BAD_AMOUNT:
			return "the amount of \"plusTime\" must be an integer";
		case CCCD_LOGIC_BAD_UNIT:
			return "the unit of \"plusTime\" must be \"year\", \"month\", \"day\" or \"hour\"";
		case CCCD_LOGIC_BAD_INDEX:
			return "the index of \"extractFromUVCI\" must be an integer";
		case CCCD_LOGIC_NEITHER:
			return "the value is neither truthy nor falsy";
		case CCCD_LOGIC_WANTS_ARRAY:
			return "the value is not an array";
		case CCCD_LOGIC_WANTS_INTEGERS:
			return "an operand is not an integer";
		case CCCD_LOGIC_WANTS_DATES:
			return "an operand is not a date-time";
		case CCCD_LOGIC_WANTS_TEXT:
			return "the value is not a text";
		case CCCD_LOGIC_DATE_FORMAT:
			return "the text is neither a date nor a date-time";
		case CCCD_LOGIC_WANTS_TEXT_OR_NULL:
			return "the value is neither a text nor null";
		case CCCD_LOGIC_ENCODING:
			return "characters of a text that is not ASCII can be counted in UTF8 only";
		case CCCD_LOGIC_NEVER_BOOLEAN:
			return "the value can never be true or false";
		case CCCD_LOGIC_RULE_NOT_OBJECT:
			return "a rule is an object";
		case CCCD_LOGIC_RULE_WANTS_TEXT:
			return "must be a text";
		case CCCD_LOGIC_RULE_IDENTIFIER:
			return "must be GR, TR, VR, RR or IR, a country and a number, such as \"VR-VN-0001\"";
		case CCCD_LOGIC_RULE_PREFIX:
			return "must begin with GR, TR, VR or RR as its certificate type wants, and with IR if it is an invalidation";
		case CCCD_LOGIC_RULE_TYPE:
			return "must be \"Acceptance\" or \"Invalidation\"";
		case CCCD_LOGIC_RULE_COUNTRY:
			return "must be two capital letters";
		case CCCD_LOGIC_RULE_OTHER_COUNTRY:
			return "must be the country of the identifier";
		case CCCD_LOGIC_RULE_VERSION:
			return "must be three numbers with dots between them";
		case CCCD_LOGIC_RULE_ENGINE:
			return "must be \"CERTLOGIC\"";
		case CCCD_LOGIC_RULE_CERTIFICATE:
			return "must be \"General\", \"Test\", \"Vaccination\" or \"Recovery\"";
		case CCCD_LOGIC_RULE_TIME:
			return "must be a date-time";
		case CCCD_LOGIC_RULE_PERIOD:
			return "must be after ValidFrom";
		case CCCD_LOGIC_RULE_SHORT_PERIOD:
			return "must be 72 hours after ValidFrom at least";
		case CCCD_LOGIC_RULE_DESCRIPTION:
			return "must be objects with the texts \"lang\" and \"desc\"";
		case CCCD_LOGIC_RULE_ENGLISH:
			return "must have an English text of 20 characters at least";
		case CCCD_LOGIC_RULE_FIELDS:
			return "must be an array of texts";
		case CCCD_LOGIC_RULE_LOGIC:
			return "must be an object";
		case CCCD_LOGIC_TOO_DEEP:
			return "too many levels";
		case CCCD_LOGIC_TOO_LARGE:
			return "too many expressions";
		case CCCD_LOGIC_TOO_MANY_STEPS:
			return "too many steps";
		case CCCD_LOGIC_TOO_MUCH_MEMORY:
			return "too much memory";
	}
	return "";
}

size_t
cccd_logic_path_add(char *path, const char *name, uint32_t position)
{
	return (size_t) sprintf(path, name ? "/%s/%u" : "%s/%u",
							name ? name : "", (unsigned) position);
}

typedef struct Check
{
	const CccdLogicSource *source;
	CccdLogicError *errors;
	size_t		room;
	size_t		count;
	CccdLogicSize *size;
	bool		strict;
	bool		stop;			/* a limit was hit */
	int			depth;
	/* the way to the expression: operation (NULL in an array) and position */
	const char *names[CCCD_LOGIC_MAX_DEPTH + 1];
	uint32_t	positions[CCCD_LOGIC_MAX_DEPTH + 1];
} Check;

static void
complain(Check *check, CccdLogicStatus status)
{
	if (check->count < check->room)
	{
		CccdLogicError *error = &check->errors[check->count];
		size_t		used = 0;

		error->status = status;
		error->path[0] = '\0';
		for (int i = 0; i < check->depth; i++)
			used += cccd_logic_path_add(error->path + used, check->names[i],
										check->positions[i]);
	}
	check->count++;
	check->stop |= CCCD_LOGIC_IS_LIMIT(status);
}

static void check_expression(Check *check, const CccdLogicValue *expression);

/* An operand, or an item of an array. */
static void
check_inside(Check *check, const char *name, const void *array,
			 uint32_t position)
{
	CccdLogicValue value;

	if (check->depth == CCCD_LOGIC_MAX_DEPTH)
	{
		complain(check, CCCD_LOGIC_TOO_DEEP);
		return;
	}
	if (!check->source->item(array, position, &value))
		return;
	check->names[check->depth] = name;
	check->positions[check->depth] = position;
	check->depth++;
	check_expression(check, &value);
	check->depth--;
}

static void
check_var(Check *check, const CccdLogicValue *path)
{
	bool		empty = true;
	uint32_t	fragments = 0;

	if (path->kind != CCCD_LOGIC_STRING)
	{
		complain(check, CCCD_LOGIC_PATH_NOT_TEXT);
		return;
	}
	if (path->length == 0)
		return;
	for (uint32_t i = 0; i < path->length; i++)
	{
		if (path->u.text[i] != '.')
		{
			fragments += empty;
			empty = false;
		}
		else if (empty)
			break;
		else
			empty = true;
	}
	check->size->fragments += fragments;
	if (empty)
		complain(check, CCCD_LOGIC_PATH_FORMAT);
	else if (fragments > CCCD_LOGIC_MAX_DEPTH)
		complain(check, CCCD_LOGIC_TOO_DEEP);
	else if (check->size->fragments > CCCD_LOGIC_MAX_NODES)
		complain(check, CCCD_LOGIC_TOO_LARGE);
}

static bool
is_integer_value(Check *check, const CccdLogicValue *value)
{
	return cccd_logic_is_number(value) &&
		cccd_logic_is_integer(cccd_logic_number(check->source, value));
}

/* The operands of plusTime and extractFromUVCI that are not expressions. */
static void
check_literals(Check *check, const CccdLogicOperation *operation,
			   const CccdLogicValue *operands)
{
	CccdLogicValue value;
	CccdLogicUnit unit;
	bool		plus = operation->op == CCCD_LOGIC_OP_PLUS_TIME;

	if (check->source->item(operands->u.source, 1, &value) &&
		!is_integer_value(check, &value))
		complain(check, plus ? CCCD_LOGIC_BAD_AMOUNT : CCCD_LOGIC_BAD_INDEX);
	if (plus && check->source->item(operands->u.source, 2, &value) &&
		!cccd_logic_unit(&value, &unit))
		complain(check, CCCD_LOGIC_BAD_UNIT);
}

static void
check_operation(Check *check, const CccdLogicOperation *operation,
				const CccdLogicValue *operands)
{
	uint32_t	count = operands->length;
	bool		surplus = operation->most > 0 && count > operation->most;

	if (count < operation->least ||
		(surplus && (check->strict || cccd_logic_is_infix(operation->op))))
		complain(check, CCCD_LOGIC_OPERAND_COUNT);
	switch (operation->op)
	{
		case CCCD_LOGIC_OP_PLUS_TIME:
		case CCCD_LOGIC_OP_UVCI:
			check_inside(check, operation->name, operands->u.source, 0);
			check_literals(check, operation, operands);
			check->size->times += operation->op == CCCD_LOGIC_OP_PLUS_TIME;
			return;
		case CCCD_LOGIC_OP_REDUCE:
			check->size->scopes++;
			break;
		default:
			break;
	}
	check->size->times += operation->op == CCCD_LOGIC_OP_BIRTH;
	if (surplus)
		count = operation->most;
	for (uint32_t i = 0; i < count && !check->stop; i++)
		check_inside(check, operation->name, operands->u.source, i);
}

static void
check_object(Check *check, const CccdLogicValue *expression)
{
	const CccdLogicOperation *operation;
	CccdLogicValue name,
				operands;

	if (expression->length != 1)
	{
		complain(check, CCCD_LOGIC_KEY_COUNT);
		return;
	}
	check->source->entry(expression->u.source, 0, &name, &operands);
	if (name.length == 3 && memcmp(name.u.text, "var", 3) == 0)
	{
		check_var(check, &operands);
		return;
	}
	if (operands.kind != CCCD_LOGIC_ARRAY)
	{
		complain(check, CCCD_LOGIC_NOT_OPERATION);
		return;
	}
	operation = cccd_logic_operation(name.u.text, name.length);
	if (operation == NULL)
		complain(check, CCCD_LOGIC_UNKNOWN_OPERATION);
	else
		check_operation(check, operation, &operands);
}

static void
check_expression(Check *check, const CccdLogicValue *expression)
{
	if (++check->size->nodes > CCCD_LOGIC_MAX_NODES)
	{
		complain(check, CCCD_LOGIC_TOO_LARGE);
		return;
	}
	switch (expression->kind)
	{
		case CCCD_LOGIC_NUMBER:
		case CCCD_LOGIC_NUMERAL:
			if (!is_integer_value(check, expression))
				complain(check, CCCD_LOGIC_NOT_INTEGER);
			break;
		case CCCD_LOGIC_NULL:
			complain(check, CCCD_LOGIC_INVALID_LITERAL);
			break;
		case CCCD_LOGIC_ARRAY:
			for (uint32_t i = 0; i < expression->length && !check->stop; i++)
				check_inside(check, NULL, expression->u.source, i);
			break;
		case CCCD_LOGIC_OBJECT:
			check_object(check, expression);
			break;
		default:
			break;
	}
}

size_t
cccd_logic_check(const CccdLogicSource *source, const CccdLogicValue *logic,
				 bool strict, CccdLogicError *errors, size_t room, CccdLogicSize *size)
{
	Check		check;

	memset(size, 0, sizeof(*size));
	size->scopes = 1;
	check.source = source;
	check.errors = errors;
	check.room = room;
	check.count = 0;
	check.size = size;
	check.strict = strict;
	check.stop = false;
	check.depth = 0;
	check_expression(&check, logic);
	size->items = size->nodes;
	return check.count;
}
