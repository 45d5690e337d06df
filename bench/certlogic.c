/*
 * certlogic.c
 *		CertLogic's core alone: real rules, their tests and the cross table,
 *		read from $CCCD_TEST_DATA, as trees in memory.
 */
#include <time.h>

#include "../test/unit/json.h"

#define MAX_RULES		512
#define MAX_DATA		2048
#define ROUNDS			20

/* Evaluations a second: to reach, and of the fastest engine elsewhere. */
#define REACH			2.0
#define ELSEWHERE		0.69

typedef struct Record
{
	CccdLogicValue value;
	CccdLogicValue name;
} Record;

static CccdLogicProgram *programs[MAX_RULES];
static Record rules[MAX_RULES],
			payloads[MAX_DATA];
static int	rule_count,
			payload_count;
static long evaluations,
			errors;

static double
now(void)
{
	struct timespec time;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
	return time.tv_sec + time.tv_nsec * 1e-9;
}

static CccdLogicValue
get(const CccdLogicValue *object, const char *key)
{
	CccdLogicValue value = {.kind = CCCD_LOGIC_NULL};

	if (object->kind != CCCD_LOGIC_OBJECT ||
		!json_member(object->u.source, key, strlen(key), &value))
		value.kind = CCCD_LOGIC_NULL;
	return value;
}

static bool
same_text(const CccdLogicValue *a, const CccdLogicValue *b)
{
	return a->kind == CCCD_LOGIC_STRING && b->kind == CCCD_LOGIC_STRING &&
		a->length == b->length && memcmp(a->u.text, b->u.text, a->length) == 0;
}

/* The lines of a file as values, in an array of its own. */
static CccdLogicValue
read_lines(const char *name)
{
	const char *folder = getenv("CCCD_TEST_DATA");
	char		path[1024];
	JsonContainer *lines = json_allocate(sizeof(JsonContainer));
	CccdLogicValue value = {.kind = CCCD_LOGIC_ARRAY};
	char	   *line = NULL;
	size_t		room = 0;
	ssize_t		length;
	FILE	   *file;

	memset(lines, 0, sizeof(*lines));
	value.u.source = lines;
	snprintf(path, sizeof(path), "%s/health-certificates/%s.jsonl",
			 folder ? folder : "", name);
	file = fopen(path, "r");
	while (file && (length = getline(&line, &room, file)) > 0)
	{
		CccdLogicValue one;

		if (!json_parse(line, (size_t) length, &one) ||
			!json_add(lines, NULL, &one))
			abort();
	}
	if (file)
		fclose(file);
	free(line);
	value.length = lines->count;
	return value;
}

static CccdLogicValue
line_of(const CccdLogicValue *lines, uint32_t number)
{
	CccdLogicValue line;

	if (!json_item(lines->u.source, number, &line))
		abort();
	return line;
}

static void
compile_rules(void)
{
	CccdLogicValue lines = read_lines("rules");
	CccdLogicError error;
	CccdLogicSize size;

	for (uint32_t i = 0; i < lines.length && rule_count < MAX_RULES; i++)
	{
		CccdLogicValue line = line_of(&lines, i);
		CccdLogicValue rule = get(&line, "rule");
		CccdLogicValue logic = get(&rule, "Logic");

		if (cccd_logic_check(&json_source, &logic, false, &error, 1, &size) > 0)
			abort();
		programs[rule_count] =
			cccd_logic_compile(&json_source, &logic, &size,
							   json_allocate(cccd_logic_room(&size)));
		rules[rule_count++].name = get(&line, "id");
	}
}

static int
find(const Record *records, int count, const CccdLogicValue *name)
{
	for (int i = 0; i < count; i++)
		if (same_text(&records[i].name, name))
			return i;
	return -1;
}

/* An object with members, made here. */
static CccdLogicValue
object(int count, const char *const keys[], const CccdLogicValue *values)
{
	JsonContainer *container = json_allocate(sizeof(JsonContainer));
	CccdLogicValue made = {.kind = CCCD_LOGIC_OBJECT};

	memset(container, 0, sizeof(*container));
	for (int i = 0; i < count; i++)
	{
		CccdLogicValue key = {.kind = CCCD_LOGIC_STRING};

		key.u.text = keys[i];
		key.length = (uint32_t) strlen(keys[i]);
		if (!json_add(container, &key, &values[i]))
			abort();
	}
	made.length = container->count;
	made.u.source = container;
	return made;
}

static CccdLogicValue
make_data(CccdLogicValue payload, CccdLogicValue clock, CccdLogicValue sets)
{
	static const char *const outside[] = {"validationClock", "valueSets"};
	static const char *const both[] = {"payload", "external"};
	CccdLogicValue parts[2];

	parts[0] = clock;
	parts[1] = sets;
	parts[1] = object(2, outside, parts);
	parts[0] = payload;
	return object(2, both, parts);
}

static CccdLogicValue
value_sets(const CccdLogicValue *lines, CccdLogicValue ref)
{
	CccdLogicValue none = {.kind = CCCD_LOGIC_NULL};

	for (uint32_t i = 0; i < lines->length; i++)
	{
		CccdLogicValue line = line_of(lines, i);
		CccdLogicValue name = get(&line, "ref");

		if (same_text(&name, &ref))
			return get(&line, "sets");
	}
	return none;
}

static void
run(CccdLogicProgram *program, const CccdLogicValue *data)
{
	size_t		used = json_used;
	CccdLogicValue result;
	CccdLogicBudget budget = CCCD_LOGIC_BUDGET;
	CccdLogicFault fault;

	errors += !cccd_logic_run(program, &json_source, data, json_allocate,
							  &budget, &result, &fault);
	json_used = used;
	evaluations++;
}

static void
report(const char *what, double seconds)
{
	double		rate = evaluations / seconds / 1e6;

	printf("%s: %.2f M/s (bound %.1f%s; the fastest engine elsewhere %.2f:"
		   " %.1f times; %ld evaluations)\n", what, rate, REACH,
		   rate < REACH ? " MISSED" : "", ELSEWHERE, rate / ELSEWHERE,
		   evaluations);
	evaluations = errors = 0;
}

static void
measure_tests(const CccdLogicValue *sets)
{
	static CccdLogicValue data[MAX_DATA];
	static int	rule[MAX_DATA];
	CccdLogicValue lines = read_lines("rule_tests");
	int			count = 0;
	double		start;

	for (uint32_t i = 0; i < lines.length && count < MAX_DATA; i++)
	{
		CccdLogicValue line = line_of(&lines, i);
		CccdLogicValue name = get(&line, "rule");

		rule[count] = find(rules, rule_count, &name);
		data[count] = make_data(get(&line, "payload"), get(&line, "clock"),
								value_sets(sets, get(&line, "valuesets")));
		count += rule[count] >= 0;
	}
	start = now();
	for (int round = 0; round < ROUNDS * 50; round++)
		for (int i = 0; i < count; i++)
			run(programs[rule[i]], &data[i]);
	report("rule tests", now() - start);
}

/* Rule by rule over all certificates, then certificate by certificate. */
static void
measure_cross(const CccdLogicValue *sets)
{
	static CccdLogicValue data[MAX_DATA];
	static const char *letters[MAX_DATA];
	static int	order[MAX_RULES];
	CccdLogicValue lines = read_lines("cross");
	CccdLogicValue qa = read_lines("qa");
	CccdLogicValue header = line_of(&lines, 0);
	CccdLogicValue names = get(&header, "rules");
	CccdLogicValue all = value_sets(sets, get(&header, "valuesets"));
	int			count = 0,
				asked = (int) names.length;
	double		start;

	for (uint32_t i = 0; i < qa.length && payload_count < MAX_DATA; i++)
	{
		CccdLogicValue line = line_of(&qa, i);

		payloads[payload_count].name = get(&line, "id");
		payloads[payload_count++].value = get(&line, "json");
	}
	for (int i = 0; i < asked; i++)
	{
		CccdLogicValue name = line_of(&names, (uint32_t) i);

		order[i] = find(rules, rule_count, &name);
	}
	for (uint32_t i = 1; i < lines.length && count < MAX_DATA; i++)
	{
		CccdLogicValue line = line_of(&lines, i);
		CccdLogicValue name = get(&line, "payload");
		int			payload = find(payloads, payload_count, &name);

		if (payload < 0)
			continue;
		letters[count] = get(&line, "r").u.text;
		data[count++] = make_data(payloads[payload].value,
								  get(&line, "clock"), all);
	}
	start = now();
	for (int round = 0; round < ROUNDS; round++)
		for (int i = 0; i < asked; i++)
			for (int k = 0; k < count; k++)
				if (letters[k][i] != '.')
					run(programs[order[i]], &data[k]);
	report("cross table", now() - start);
	start = now();
	for (int round = 0; round < ROUNDS; round++)
		for (int k = 0; k < count; k++)
			for (int i = 0; i < asked; i++)
				if (letters[k][i] != '.')
					run(programs[order[i]], &data[k]);
	report("cross table by person", now() - start);
}

int
main(void)
{
	CccdLogicValue sets = read_lines("valuesets");

	compile_rules();
	if (rule_count == 0)
	{
		printf("skipped: no rules in $CCCD_TEST_DATA\n");
		json_free();
		return 0;
	}
	measure_tests(&sets);
	measure_cross(&sets);
	json_free();
	return 0;
}
