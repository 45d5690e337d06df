/*
 * certlogic_fuzz.c
 *		Any expression, or any rule, for any data.
 *
 *		first line	an expression, a rule or an array of rules
 *		the rest	data, or the content of a certificate
 *
 * Whatever is compiled must end, with a value that can be read to its end or
 * with an error that has a place; twice the same.
 */
#include "json.h"

#include "certlogic/certlogic_rule_core.h"

int			LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
must(bool condition)
{
	if (!condition)
		abort();
}

/* Visit all of a value; at most budget parts, because they may be shared. */
static uint64_t
visit(const CccdLogicValue *value, int *budget)
{
	uint64_t	sum = value->kind;

	if (--*budget < 0)
		return sum;
	switch ((CccdLogicKind) value->kind)
	{
		case CCCD_LOGIC_STRING:
			for (uint32_t i = 0; i < value->length; i++)
				sum = sum * 31 + (unsigned char) value->u.text[i];
			break;
		case CCCD_LOGIC_LIST:
			for (uint32_t i = 0; i < value->length && *budget > 0; i++)
				sum = sum * 31 + visit(&value->u.items[i], budget);
			break;
		case CCCD_LOGIC_RECORD:
			for (uint32_t i = 0; i < value->length && *budget > 0; i++)
				sum = sum * 31 + visit(&value->u.members[i].value, budget);
			break;
		case CCCD_LOGIC_BOOL:
			sum += value->truth;
			break;
		case CCCD_LOGIC_DATE:
			sum += (uint64_t) value->u.time;
			break;
		case CCCD_LOGIC_ARRAY:
		case CCCD_LOGIC_OBJECT:
			sum += value->length;
			break;
		case CCCD_LOGIC_NUMBER:
		case CCCD_LOGIC_NUMERAL:
			sum += cccd_logic_number(&json_source, value) > 0;
			break;
		default:
			break;
	}
	return sum;
}

static bool
evaluate(CccdLogicProgram *program, const CccdLogicValue *data,
		 uint64_t *sum)
{
	CccdLogicValue result;
	CccdLogicFault fault;
	CccdLogicError error;
	CccdLogicBudget budget = CCCD_LOGIC_BUDGET;
	int			parts = 10000;

	if (cccd_logic_run(program, &json_source, data, json_allocate, &budget,
					   &result, &fault))
	{
		*sum = visit(&result, &parts);
		return true;
	}
	cccd_logic_locate(program, &fault, &error);
	must(cccd_logic_message(error.status)[0] != '\0');
	must(strlen(error.path) < CCCD_LOGIC_PATH_SIZE);
	*sum = error.status;
	return false;
}

static void
try_expression(const CccdLogicValue *logic, const CccdLogicValue *data)
{
	CccdLogicError errors[4];
	CccdLogicSize size;
	CccdLogicProgram *program;
	uint64_t	first,
				second;
	uint32_t	length;
	bool		good;

	if (cccd_logic_check(&json_source, logic, false, errors, 4, &size) > 0)
	{
		must(cccd_logic_check(&json_source, logic, true, errors, 4, &size) > 0);
		return;
	}
	program = malloc(cccd_logic_room(&size));
	must(program != NULL);
	cccd_logic_compile(&json_source, logic, &size, program);
	for (uint32_t i = 0; i < cccd_logic_field_count(program); i++)
		must(cccd_logic_field(program, i, &length) != NULL);
	cccd_logic_check_types(program, true, errors, 4);
	good = evaluate(program, data, &first);
	must(good == evaluate(program, data, &second) && first == second);
	free(program);
}

static CccdLogicRule rules[64];
static CccdLogicAnswer answers[64];

static void
add_rule(const CccdLogicValue *value, uint32_t *count)
{
	CccdLogicError errors[4];
	CccdLogicRule *rule = &rules[*count];

	if (*count == 64 ||
		cccd_logic_rule_read(&json_source, value, false, errors, 4, rule) > 0)
		return;
	if (rule->engine)
	{
		void	   *memory = json_allocate(cccd_logic_room(&rule->size));

		if (memory == NULL)
			return;
		rule->program = cccd_logic_compile(&json_source, &rule->logic,
										   &rule->size, memory);
	}
	(*count)++;
}

static int
compare(const void *a, const void *b)
{
	return cccd_logic_rule_compare(a, b);
}

static void
try_rules(const CccdLogicValue *value, const CccdLogicValue *certificate)
{
	CccdLogicCase given;
	CccdLogicValue item,
				types[2];
	CccdLogicOutcome outcome;
	uint32_t	count = 0,
				limited = 0;

	if (value->kind != CCCD_LOGIC_ARRAY)
		add_rule(value, &count);
	else
		for (uint32_t i = 0; json_item(value->u.source, i, &item); i++)
			add_rule(&item, &count);
	qsort(rules, count, sizeof(CccdLogicRule), compare);
	memset(&given, 0, sizeof(given));
	given.certificate = *certificate;
	must(cccd_logic_time_parse("2022-01-01", 10, &given.clock) &&
		 json_parse("\"VN\"", 4, &given.country) &&
		 json_parse("\"Acceptance\"", 12, &types[0]) &&
		 json_parse("\"Invalidation\"", 14, &types[1]));
	given.issued = given.expires = CCCD_LOGIC_NO_TIME;
	given.issuer = given.country;
	given.types = types;
	given.type_count = 2;
	if (!cccd_logic_decide(&json_source, rules, count, &given, json_allocate,
						   answers, &outcome, &limited))
		must(limited < count);
	else
		must(outcome != CCCD_LOGIC_NOT_ASKED &&
			 (count > 0 || outcome == CCCD_LOGIC_OPEN));
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	const char *text = (const char *) bytes;
	const char *line = memchr(text, '\n', size);
	CccdLogicValue logic,
				data;

	json_used = 0;
	if (line == NULL || !json_parse(text, (size_t) (line - text), &logic) ||
		!json_parse(line + 1, size - (size_t) (line + 1 - text), &data))
		return 0;
	try_expression(&logic, &data);
	try_rules(&logic, &data);
	return 0;
}
