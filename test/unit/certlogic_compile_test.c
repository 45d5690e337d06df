/*
 * certlogic_compile_test.c
 *		Compiled expressions: the fields that they read, and comparisons of
 *		numbers that they do.
 */
#include "certlogic_compile.h"

static bool
holds(const char *logic, const char *data)
{
	CccdLogicValue context,
				result;
	CccdLogicError error;
	CccdLogicBudget budget = CCCD_LOGIC_BUDGET;
	CccdLogicFault fault;
	CccdLogicProgram *program;
	bool		truth;

	json_used = 0;
	program = compile(&json_source, logic, &error);
	CHECK(program != NULL && json_parse(data, strlen(data), &context));
	CHECK(cccd_logic_run(program, &json_source, &context, json_allocate,
						 &budget, &result, &fault));
	CHECK(result.kind == CCCD_LOGIC_BOOL);
	truth = result.truth;
	free(program);
	return truth;
}

/* Numbers below, equal to and above another one, of two and of three. */
static void
check_numbers(void)
{
	static const char *const operations[] = {"<", ">", "<=", ">="};
	char		logic[512];

	for (int i = 0; i < 4; i++)
		for (int a = 1; a <= 3; a++)
			for (int b = 1; b <= 3; b++)
			{
				bool		first = i == 0 ? a < b : i == 1 ? a > b :
				i == 2 ? a <= b : a >= b;

				snprintf(logic, sizeof(logic), "{\"%s\":[{\"var\":\"%d\"},%d]}",
						 operations[i], a, b);
				CHECK(holds(logic, "[0,1,2,3]") == (first));
				for (int c = 1; c <= 3; c++)
				{
					bool		second = i == 0 ? b < c : i == 1 ? b > c :
					i == 2 ? b <= c : b >= c;

					snprintf(logic, sizeof(logic),
							 "{\"%s\":[{\"var\":\"%d\"},%d,%d]}",
							 operations[i], a, b, c);
					CHECK(holds(logic, "[0,1,2,3]") == (first && second));
				}
			}
}

/* The data as a whole is the first field, with an empty path. */
static void
check_fields(void)
{
	static const struct
	{
		const char *logic;
		const char *fields[4];
	}			cases[] = {
		{"1", {NULL}},
		{"{\"var\":\"\"}", {"", NULL}},
		{"{\"var\":\"a.b\"}", {"a.b", NULL}},
		{"[{\"var\":\"a.b\"},{\"var\":\"\"},{\"var\":\"c\"}]",
		{"", "a.b", "c", NULL}},
		{"[{\"var\":\"a\"},{\"var\":\"b.0\"},{\"var\":\"a\"}]",
		{"a", "b.0", NULL}}
	};

	for (size_t k = 0; k < sizeof(cases) / sizeof(cases[0]); k++)
	{
		CccdLogicError error;
		CccdLogicProgram *program;
		uint32_t	length = 99;
		uint32_t	i = 0;

		json_used = 0;
		program = compile(&json_source, cases[k].logic, &error);
		CHECK(program != NULL);
		for (; cases[k].fields[i]; i++)
		{
			const char *field = cccd_logic_field(program, i, &length);

			CHECK(field != NULL && length == strlen(cases[k].fields[i]) &&
				  memcmp(field, cases[k].fields[i], length) == 0);
		}
		CHECK(cccd_logic_field_count(program) == i);
		length = 99;
		CHECK(cccd_logic_field(program, i, &length) == NULL && length == 0);
		CHECK(cccd_logic_field(program, i + 1, &length) == NULL);
		free(program);
	}
}

int
main(void)
{
	check_numbers();
	check_fields();
	json_free();
	return finish();
}
