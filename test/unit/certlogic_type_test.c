/*
 * certlogic_type_test.c
 *		What can be said of an expression before there are data: operands of
 *		the wrong type, rules that are never true or false.
 */
#include "certlogic_compile.h"

#include "certlogic/certlogic_program_core.h"

static size_t
type_errors(const char *logic, CccdLogicError *error)
{
	CccdLogicProgram *program;
	size_t		count;

	json_used = 0;
	program = compile(&json_source, logic, error);
	if (program == NULL)
		fprintf(stderr, "%s at %s\n", logic, error->path);
	CHECK(program != NULL);
	if (program == NULL)
		return 0;
	count = cccd_logic_check_types(program, true, error, 1);
	free(program);
	return count;
}

static void
check_types(void)
{
	CccdLogicError error;

	CHECK(type_errors("{\"after\":[{\"var\":\"a\"},{\"plusTime\":[{\"var\":\"a\"},1,\"day\"]}]}", &error) == 1);
	CHECK(error.status == CCCD_LOGIC_WANTS_DATES);
	CHECK(type_errors("{\"if\":[1,{\"<\":[{\"plusTime\":[{\"var\":\"a\"},1,\"day\"]},1]},true]}", &error) == 1);
	CHECK_STR(error.path, "/if/1");
	CHECK(type_errors("{\"and\":[1,{\"plusTime\":[{\"var\":\"a\"},1,\"day\"]}]}", &error) == 2);
	CHECK(type_errors("{\"in\":[1,{\"if\":[{\"var\":\"a\"},1,[]]}]}", &error) == 0);
	CHECK(type_errors("{\"reduce\":[[],{\"after\":[{\"var\":\"accumulator\"},{\"var\":\"current\"}]},1]}", &error) == 0);
	CHECK(type_errors("{\"and\":[{\"var\":\"a\"},5]}", &error) == 0);
	CHECK(type_errors("{\"extractFromUVCI\":[{\"var\":\"a\"},5]}", &error) == 1);
	CHECK(error.status == CCCD_LOGIC_NEVER_BOOLEAN);
	CHECK(type_errors("[]", &error) == 1);
}

/* What each operation refuses, whatever the data are. */
static void
check_wanted_types(void)
{
#define DATED	"{\"plusTime\":[{\"var\":\"a\"},1,\"day\"]}"
	static const struct
	{
		const char *logic;
		CccdLogicStatus status;
		size_t		count;
	}			cases[] = {
		{"{\"if\":[" DATED ",true,true]}", CCCD_LOGIC_NEITHER, 1},
		{"{\"if\":[1," DATED ",true]}", CCCD_LOGIC_OK, 0},
		{"{\"if\":[1,true," DATED "]}", CCCD_LOGIC_OK, 0},
		{"{\"if\":[true," DATED "," DATED "]}", CCCD_LOGIC_NEVER_BOOLEAN, 1},
		{"{\"if\":[true,1,2]}", CCCD_LOGIC_NEVER_BOOLEAN, 1},
		{"{\"!\":[" DATED "]}", CCCD_LOGIC_NEITHER, 1},
		{"{\"!\":[1]}", CCCD_LOGIC_OK, 0},
		{"{\"in\":[1,1]}", CCCD_LOGIC_WANTS_ARRAY, 1},
		{"{\"in\":[[],[]]}", CCCD_LOGIC_OK, 0},
		{"{\"in\":[1,[]]}", CCCD_LOGIC_OK, 0},
		{"{\"<\":[1,true]}", CCCD_LOGIC_WANTS_INTEGERS, 1},
		{"{\">\":[true,1]}", CCCD_LOGIC_WANTS_INTEGERS, 1},
		{"{\"<=\":[\"\",1]}", CCCD_LOGIC_WANTS_INTEGERS, 1},
		{"{\">=\":[1,[]]}", CCCD_LOGIC_WANTS_INTEGERS, 1},
		{"{\">=\":[1,{\"+\":[1,true]}]}", CCCD_LOGIC_WANTS_INTEGERS, 1},
		{"{\">=\":[1,{\"+\":[1,1]}]}", CCCD_LOGIC_OK, 0},
		{"{\"before\":[" DATED ",1]}", CCCD_LOGIC_WANTS_DATES, 1},
		{"{\"after\":[\"2021\"," DATED "]}", CCCD_LOGIC_WANTS_DATES, 1},
		{"{\"not-after\":[true," DATED "]}", CCCD_LOGIC_WANTS_DATES, 1},
		{"{\"not-before\":[" DATED "," DATED "]}", CCCD_LOGIC_OK, 0},
		{"{\"not-before\":[" DATED ",[]]}", CCCD_LOGIC_WANTS_DATES, 1},
		{"{\"after\":[{\"plusTime\":[1,1,\"day\"]}," DATED "]}", CCCD_LOGIC_WANTS_TEXT, 1},
		{"{\"after\":[{\"dccDateOfBirth\":[1]}," DATED "]}", CCCD_LOGIC_WANTS_TEXT, 1},
		{"{\"after\":[{\"dccDateOfBirth\":[{\"var\":\"a\"}]}," DATED "]}", CCCD_LOGIC_OK, 0},
		{"{\"reduce\":[1,true,true]}", CCCD_LOGIC_WANTS_ARRAY, 1},
		{"{\"reduce\":[[],1,1]}", CCCD_LOGIC_OK, 0},
		{"{\"===\":[{\"extractFromUVCI\":[1,1]},1]}", CCCD_LOGIC_WANTS_TEXT_OR_NULL, 1},
		{"{\"===\":[{\"extractFromUVCI\":[\"\",1]},1]}", CCCD_LOGIC_OK, 0},
		{"{\"extractFromUVCI\":[\"\",1]}", CCCD_LOGIC_NEVER_BOOLEAN, 1},
		{"{\"+\":[1,1]}", CCCD_LOGIC_NEVER_BOOLEAN, 1},
		{DATED, CCCD_LOGIC_NEVER_BOOLEAN, 1},
		{"{\"var\":\"a\"}", CCCD_LOGIC_OK, 0},
		{"{\"and\":[1,2]}", CCCD_LOGIC_NEVER_BOOLEAN, 1},
		{"{\"and\":[true,2]}", CCCD_LOGIC_OK, 0},
		{"{\"and\":[2,true]}", CCCD_LOGIC_OK, 0},
		{"true", CCCD_LOGIC_OK, 0},
		{"1", CCCD_LOGIC_NEVER_BOOLEAN, 1}
	};

	for (size_t k = 0; k < sizeof(cases) / sizeof(cases[0]); k++)
	{
		CccdLogicError error;
		size_t		count = type_errors(cases[k].logic, &error);

		if (count != cases[k].count)
			fprintf(stderr, "%s: %zu\n", cases[k].logic, count);
		CHECK(count == cases[k].count);
		CHECK(count == 0 || error.status == cases[k].status);
	}
#undef DATED
}

/* Above 2^53 every number is an integer, and no 64-bit one has to hold it. */
static void
check_integers(void)
{
	CHECK(cccd_logic_is_integer(0) && cccd_logic_is_integer(-1));
	CHECK(!cccd_logic_is_integer(0.5) && !cccd_logic_is_integer(-1.5));
	CHECK(cccd_logic_is_integer(9007199254740991.0));
	CHECK(!cccd_logic_is_integer(4503599627370495.5));
	CHECK(cccd_logic_is_integer(9007199254740992.0));
	CHECK(cccd_logic_is_integer(-9007199254740992.0));
	CHECK(cccd_logic_is_integer(1e300) && cccd_logic_is_integer(-1e300));
	CHECK(!cccd_logic_is_integer(INFINITY));
	CHECK(!cccd_logic_is_integer(-INFINITY));
	CHECK(!cccd_logic_is_integer(NAN));
}

int
main(void)
{
	check_integers();
	check_types();
	check_wanted_types();
	return finish();
}
