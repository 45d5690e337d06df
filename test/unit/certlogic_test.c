/*
 * certlogic_test.c
 *		CertLogic: values, errors and where they are, limits.
 */
#include "unit.h"

#include "certlogic_compile.h"

#include "certlogic/certlogic_time_core.h"

static char shown[4096];
static size_t shown_length;

static void
show(const char *format, const char *text, size_t length)
{
	shown_length += (size_t) snprintf(shown + shown_length,
									  sizeof(shown) - shown_length, format,
									  (int) length, text);
	/* the beginning of a long one will do */
	if (shown_length >= sizeof(shown))
		shown_length = sizeof(shown) - 1;
}

static void
show_value(const CccdLogicValue *value)
{
	char		text[CCCD_LOGIC_TIME_SIZE + 32];
	CccdLogicValue member,
				key;

	switch ((CccdLogicKind) value->kind)
	{
		case CCCD_LOGIC_NULL:
			show("%.*s", "null", 4);
			break;
		case CCCD_LOGIC_BOOL:
			show("%.*s", value->truth ? "true" : "false", 5);
			break;
		case CCCD_LOGIC_NUMBER:
		case CCCD_LOGIC_NUMERAL:
			snprintf(text, sizeof(text), "%.17g",
					 cccd_logic_number(&json_source, value));
			show("%.*s", text, strlen(text));
			break;
		case CCCD_LOGIC_STRING:
			show("\"%.*s\"", value->u.text, value->length);
			break;
		case CCCD_LOGIC_DATE:
			if (value->u.time == CCCD_LOGIC_NO_TIME)
				strcpy(text, "no time");
			else
				cccd_logic_time_format(value->u.time, text);
			show("<%.*s>", text, strlen(text));
			break;
		case CCCD_LOGIC_ARRAY:
		case CCCD_LOGIC_LIST:
			show("%.*s", "[", 1);
			for (uint32_t i = 0; i < value->length; i++)
			{
				show("%.*s", ",", i > 0);
				if (value->kind == CCCD_LOGIC_LIST)
					member = value->u.items[i];
				else
					json_item(value->u.source, i, &member);
				show_value(&member);
			}
			show("%.*s", "]", 1);
			break;
		case CCCD_LOGIC_OBJECT:
		case CCCD_LOGIC_RECORD:
			show("%.*s", "{", 1);
			for (uint32_t i = 0; i < value->length; i++)
			{
				show("%.*s", ",", i > 0);
				if (value->kind == CCCD_LOGIC_RECORD)
				{
					show("%.*s:", value->u.members[i].key,
						 value->u.members[i].length);
					show_value(&value->u.members[i].value);
					continue;
				}
				json_entry(value->u.source, i, &key, &member);
				show("%.*s:", key.u.text, key.length);
				show_value(&member);
			}
			show("%.*s", "}", 1);
			break;
	}
}

/* What memory holds behind the texts of an expression: any of these, again. */
static const char *stale;

static void
fill_memory(void)
{
	char	   *memory;

	if (stale == NULL)
		return;
	json_used = 0;
	memory = json_allocate(4096);
	for (size_t i = 0; i < 4096; i++)
		memory[i] = stale[i % strlen(stale)];
}

/* The value of an expression, or its error and where it is. */
static const char *
value_of_source(const CccdLogicSource *source, const char *logic,
				const char *data)
{
	CccdLogicValue context,
				result;
	CccdLogicError error;
	CccdLogicBudget budget = CCCD_LOGIC_BUDGET;
	CccdLogicFault fault;
	CccdLogicProgram *program;

	fill_memory();
	json_used = 0;
	shown_length = 0;
	CHECK(json_parse(data, strlen(data), &context));
	program = compile(source, logic, &error);
	if (program && cccd_logic_run(program, source, &context, json_allocate,
								  &budget, &result, &fault))
		show_value(&result);
	else
	{
		if (program)
			cccd_logic_locate(program, &fault, &error);
		snprintf(shown, sizeof(shown), "%s: %s", error.path,
				 cccd_logic_message(error.status));
	}
	free(program);
	return shown;
}

static const char *
value_of(const char *logic, const char *data)
{
	return value_of_source(&json_source, logic, data);
}

static void
check_values(void)
{
	CHECK_STR(value_of("[1,\"a\",true,[]]", "null"), "[1,\"a\",true,[]]");
	CHECK_STR(value_of("{\"if\":[{\"var\":\"a\"},1,2]}", "{\"a\":{}}"), "2");
	CHECK_STR(value_of("{\"if\":[{\"var\":\"a\"},1,2]}", "{\"a\":\"0\"}"), "1");
	CHECK_STR(value_of("{\"and\":[1,{\"var\":\"a\"},{\"plusTime\":[null,1,\"day\"]}]}", "{}"),
			  "/and/2/plusTime/0: null is not an expression");
	CHECK_STR(value_of("{\"and\":[1,{\"var\":\"a\"},{\"plusTime\":[{\"var\":\"a\"},1,\"day\"]}]}", "{}"), "null");
	CHECK_STR(value_of("{\"!\":[{\"var\":\"\"}]}", "[]"), "true");
	CHECK_STR(value_of("{\"+\":[{\"var\":\"0\"},{\"var\":\"1\"}]}", "[4294967296,2.0]"), "4294967298");
	CHECK_STR(value_of("{\"===\":[{\"var\":\"0\"},2]}", "[2.0]"), "true");
	CHECK_STR(value_of("{\"===\":[{\"var\":\"0\"},{\"var\":\"0\"}]}", "[[1]]"), "true");
	CHECK_STR(value_of("{\"===\":[{\"var\":\"0\"},{\"var\":\"1\"}]}", "[[1],[1]]"), "false");
	CHECK_STR(value_of("{\"===\":[[],[]]}", "0"), "false");
	CHECK_STR(value_of("{\"===\":[{\"plusTime\":[\"2021\",0,\"day\"]},{\"plusTime\":[\"2021\",0,\"day\"]}]}", "0"), "false");
	CHECK_STR(value_of("{\"in\":[{\"var\":\"0\"},{\"var\":\"1\"}]}", "[null,[1,null]]"), "true");
	CHECK_STR(value_of("{\"in\":[3,{\"var\":\"1\"}]}", "[null,[1,3]]"), "true");
	CHECK_STR(value_of("{\"<\":[1,2,2]}", "0"), "false");
	CHECK_STR(value_of("{\">=\":[2,2,1]}", "0"), "true");
	CHECK_STR(value_of("{\"reduce\":[{\"var\":\"a\"},{\"+\":[{\"var\":\"current.n\"},{\"var\":\"accumulator\"}]},10]}",
					   "{\"a\":[{\"n\":1},{\"n\":2}]}"), "13");
	CHECK_STR(value_of("{\"reduce\":[[1,2],{\"var\":\"\"},0]}", "0"),
			  "{accumulator:{accumulator:0,current:1},current:2}");
	/* a date that is handed on is itself */
	CHECK_STR(value_of("{\"reduce\":[[1],{\"===\":[{\"var\":\"accumulator\"},{\"var\":\"accumulator\"}]},{\"plusTime\":[\"2021\",0,\"day\"]}]}", "0"), "true");
	CHECK_STR(value_of("{\"extractFromUVCI\":[{\"var\":\"\"},1]}", "\"URN:UVCI:01:VN:AB#9\""), "\"VN\"");
	CHECK_STR(value_of("{\"extractFromUVCI\":[{\"var\":\"\"},0]}", "\"urn:uvci:01\""), "\"urn\"");
	CHECK_STR(value_of("{\"extractFromUVCI\":[{\"var\":\"\"},-1]}", "\"a\""), "null");
	CHECK_STR(value_of("{\"if\":[true,1,2,3]}", "0"), "1");
	/* every pair of literals that is equal, or nearly */
	CHECK_STR(value_of("{\"===\":[true,true]}", "0"), "true");
	CHECK_STR(value_of("{\"===\":[true,false]}", "0"), "false");
	CHECK_STR(value_of("{\"===\":[\"a\",\"ab\"]}", "0"), "false");
	CHECK_STR(value_of("{\"===\":[\"ab\",\"aB\"]}", "0"), "false");
	CHECK_STR(value_of("{\"===\":[1,\"1\"]}", "0"), "false");
	CHECK_STR(value_of("{\"===\":[\"1\",1]}", "0"), "false");
	CHECK_STR(value_of("{\"===\":[{\"var\":\"a\"},{\"var\":\"b\"}]}", "{}"), "true");
	CHECK_STR(value_of("{\"!\":[{\"var\":\"a\"}]}", "{\"a\":0}"), "true");
	CHECK_STR(value_of("{\"!\":[{\"var\":\"a\"}]}", "{\"a\":7}"), "false");
	CHECK_STR(value_of("{\"in\":[2,[1,2,3]]}", "0"), "true");
	CHECK_STR(value_of("{\"in\":[4,[1,2,3]]}", "0"), "false");
	CHECK_STR(value_of("{\"in\":[1,{\"var\":\"\"}]}", "[1,2]"), "true");
	CHECK_STR(value_of("{\"in\":[\"a\",{\"var\":\"\"}]}", "[1,\"a\"]"), "true");
	CHECK_STR(value_of("{\"<=\":[1,1,2]}", "0"), "true");
	CHECK_STR(value_of("{\">\":[3,2,2]}", "0"), "false");
	/* parts of an identifier, with every mark between them */
	CHECK_STR(value_of("{\"extractFromUVCI\":[\"a/b#c:d\",3]}", "0"), "\"d\"");
	CHECK_STR(value_of("{\"extractFromUVCI\":[\"a/b#c:d\",1]}", "0"), "\"b\"");
	CHECK_STR(value_of("{\"extractFromUVCI\":[\"a/b#c:d\",4]}", "0"), "null");
	CHECK_STR(value_of("{\"extractFromUVCI\":[\"\",0]}", "0"), "\"\"");
	CHECK_STR(value_of("{\"extractFromUVCI\":[{\"var\":\"x\"},0]}", "0"), "null");
	/* amounts beyond all times, and a text that is not kept */
	CHECK_STR(value_of("{\"plusTime\":[\"2021\",9000000000,\"day\"]}", "0"), "<no time>");
	CHECK_STR(value_of("{\"plusTime\":[\"2021\",-9000000000,\"hour\"]}", "0"), "<no time>");
	CHECK_STR(value_of("{\"plusTime\":[\"2021-05-04T13:37:42.12345678901234567890Z\",1,\"day\"]}", "0"),
			  "<2021-05-05T13:37:42.123Z>");
	CHECK_STR(value_of("[{\"var\":\"\"},{\"var\":\"\"}]", "1"), "[1,1]");
}

/* Times before, after, at the same moment, and none at all. */
static void
check_comparisons(void)
{
	static const char *const operations[] = {
		"before", "after", "not-after", "not-before"
	};

	/* of an earlier, the same and a later time, and of one that is none */
	static const char *const wanted[][5] = {
		{"true", "false", "false", "false", "false"},
		{"false", "false", "true", "false", "false"},
		{"true", "true", "false", "false", "false"},
		{"false", "true", "true", "false", "false"}
	};
	static const char *const pairs[][2] = {
		{"2021-01-01", "2021-01-02"}, {"2021-01-01", "2021-01-01"},
		{"2021-01-02", "2021-01-01"}, {"2021-01-01", "2021-17-01"},
		{"2021-17-01", "2021-01-01"}
	};
	char		logic[512];

	for (int i = 0; i < 4; i++)
		for (int k = 0; k < 5; k++)
		{
			snprintf(logic, sizeof(logic),
					 "{\"%s\":[{\"plusTime\":[\"%s\",0,\"day\"]},{\"plusTime\":[\"%s\",0,\"day\"]}]}",
					 operations[i], pairs[k][0], pairs[k][1]);
			CHECK_STR(value_of(logic, "0"), wanted[i][k]);
		}
	/* of three, both neighbours must be in order */
	for (int k = 1; k <= 3; k++)
	{
		snprintf(logic, sizeof(logic),
				 "{\"before\":[{\"plusTime\":[\"2021-01-01\",0,\"day\"]},{\"plusTime\":[\"2021-01-02\",0,\"day\"]},"
				 "{\"plusTime\":[\"2021-01-0%d\",0,\"day\"]}]}", k);
		CHECK_STR(value_of(logic, "0"), k == 3 ? "true" : "false");
	}
}

/* What JavaScript finds. */
static void
check_paths(void)
{
	CHECK_STR(value_of("{\"var\":\"a.length\"}", "{\"a\":[7,8,9]}"), "3");
	CHECK_STR(value_of("{\"var\":\"a.1abc\"}", "{\"a\":[7,8,9]}"), "8");
	CHECK_STR(value_of("{\"var\":\"a. +01\"}", "{\"a\":[7,8,9]}"), "8");
	CHECK_STR(value_of("{\"var\":\"a.-1\"}", "{\"a\":[7,8,9]}"), "null");
	CHECK_STR(value_of("{\"var\":\"a.-1\"}", "{\"a\":{\"-1\":5}}"), "5");
	CHECK_STR(value_of("{\"var\":\"a.-0\"}", "{\"a\":{\"0\":5}}"), "5");
	CHECK_STR(value_of("{\"var\":\"a.007\"}", "{\"a\":{\"7\":5,\"007\":6}}"), "5");
	CHECK_STR(value_of("{\"var\":\"a.99999999999999999999\"}", "{\"a\":[1]}"), "null");
	CHECK_STR(value_of("{\"var\":\"a.length\"}", "{\"a\":{\"length\":5}}"), "5");
	CHECK_STR(value_of("{\"var\":\"length\"}", "\"Nguy\xE1\xBB\x85n\""), "6");
	CHECK_STR(value_of("{\"var\":\"4\"}", "\"Nguy\xE1\xBB\x85n\""), "\"\xE1\xBB\x85\"");
	CHECK_STR(value_of("{\"var\":\"5\"}", "\"Nguy\xE1\xBB\x85n\""), "\"n\"");
	CHECK_STR(value_of("{\"var\":\"6\"}", "\"Nguy\xE1\xBB\x85n\""), "null");
	CHECK_STR(value_of("{\"var\":\"length\"}", "\"\xF0\x9F\x98\x80!\""), "3");
	CHECK_STR(value_of("{\"var\":\"2\"}", "\"\xF0\x9F\x98\x80!\""), "\"!\"");
	CHECK_STR(value_of("{\"var\":\"1\"}", "\"\xF0\x9F\x98\x80!\""), "\"\xEF\xBF\xBD\"");
	/* damaged text does no harm */
	CHECK_STR(value_of("{\"var\":\"0\"}", "\"\xF0\""), "\"\xEF\xBF\xBD\"");
	CHECK_STR(value_of("{\"var\":\"0\"}", "\"\xE1\""), "\"\xE1\"");
	CHECK_STR(value_of("{\"var\":\"a.b.c\"}", "{\"a\":true}"), "null");
	/* every value has its own members, and "length" only where there is one */
	CHECK_STR(value_of("{\"var\":\"0\"}", "[7]"), "7");
	CHECK_STR(value_of("{\"var\":\"1\"}", "[7]"), "null");
	CHECK_STR(value_of("{\"var\":\"0\"}", "\"x\""), "\"x\"");
	CHECK_STR(value_of("{\"var\":\"1\"}", "\"x\""), "null");
	CHECK_STR(value_of("{\"var\":\"length\"}", "[]"), "0");
	CHECK_STR(value_of("{\"var\":\"length\"}", "\"\""), "0");
	CHECK_STR(value_of("{\"var\":\"length\"}", "{}"), "null");
	CHECK_STR(value_of("{\"var\":\"length\"}", "5"), "null");
	CHECK_STR(value_of("{\"var\":\"lengtj\"}", "[1]"), "null");
	CHECK_STR(value_of("{\"var\":\"lengti\"}", "\"x\""), "null");
	CHECK_STR(value_of("{\"var\":\"lengths\"}", "[1]"), "null");
	CHECK_STR(value_of("{\"var\":\"lengths\"}", "\"x\""), "null");
	CHECK_STR(value_of("{\"var\":\"lengt\"}", "\"x\""), "null");
	CHECK_STR(value_of("{\"var\":\"-0\"}", "[7]"), "7");
	CHECK_STR(value_of("{\"var\":\"length.length\"}", "[1]"), "null");
	CHECK_STR(value_of("{\"var\":\"a.9007199254740991\"}", "{\"a\":{\"9007199254740991\":5}}"), "5");
	CHECK_STR(value_of("{\"var\":\"a.9007199254740992\"}", "{\"a\":{\"9007199254740992\":5}}"), "null");
	CHECK_STR(value_of("{\"var\":\"a.-9007199254740991\"}", "{\"a\":{\"-9007199254740991\":5}}"), "5");
	CHECK_STR(value_of("{\"var\":\"a.\\u000D2\"}", "[]"), "null");
	CHECK_STR(value_of("{\"var\":\"a.\\u00092\"}", "{\"a\":{\"2\":5}}"), "5");
	CHECK_STR(value_of("{\"var\":\"a.\\u000D2\"}", "{\"a\":{\"2\":5}}"), "5");
	CHECK_STR(value_of("{\"reduce\":[{\"var\":\"a\"},{\"var\":\"current.b\"},5]}", "{\"a\":[{\"b\":3}]}"), "3");
	/* what is a number, and what is a name with one in it */
	CHECK_STR(value_of("{\"var\":\"a.\\t\\r+1x\"}", "{\"a\":[7,8,9]}"), "8");
	CHECK_STR(value_of("{\"var\":\"a.x1\"}", "{\"a\":{\"x1\":5,\"1\":6}}"), "5");
	CHECK_STR(value_of("{\"var\":\"a.-\"}", "{\"a\":{\"-\":5}}"), "5");
	CHECK_STR(value_of("{\"var\":\"a. \"}", "{\"a\":{\" \":5}}"), "5");
	CHECK_STR(value_of("{\"var\":\"a.\\b1\"}", "{\"a\":{\"\\b1\":5}}"), "5");
	CHECK_STR(value_of("{\"var\":\"a.\\u000E1\"}", "{\"a\":{\"\\u000E1\":5}}"), "5");
	CHECK_STR(value_of("{\"var\":\"a.:\"}", "{\"a\":{\":\":5}}"), "5");
	CHECK_STR(value_of("{\"var\":\"a.1:\"}", "{\"a\":{\"1\":5}}"), "5");
	CHECK_STR(value_of("{\"var\":\"a.1/\"}", "{\"a\":{\"1\":5}}"), "5");
	CHECK_STR(value_of("{\"var\":\"a.99999999999999999999\"}", "{\"a\":{}}"), "null");
	CHECK_STR(value_of("{\"var\":\"a.x\"}", "{\"a\":\"text\"}"), "null");
	CHECK_STR(value_of("{\"var\":\"a.x\"}", "{\"a\":[1]}"), "null");
	CHECK_STR(value_of("{\"var\":\"2\"}", "\"\xC3\xA9\xF0\x9F\x98\x80!\""), "\"\xEF\xBF\xBD\"");
	CHECK_STR(value_of("{\"reduce\":[[1],[{\"var\":\"other\"},{\"var\":\"currenT\"}],0]}", "0"), "[null,null]");
	CHECK_STR(value_of("{\"reduce\":[[1],{\"var\":\"accumulator.1\"},[5,6]]}", "0"), "6");
	CHECK_STR(value_of("{\"reduce\":[[1],{\"var\":\"accumulator.length\"},[5,6]]}", "0"), "2");
}

/* A path ends where it ends, whatever stands behind it in memory. */
static void
check_path_ends(void)
{
	static const char *const behind[] = {
		"7", "/", " ", "\t", "-", "+", "length", " 7", "7 ", "-7", "7-", "+7",
		"7+", ".a"
	};

	for (size_t i = 0; i < sizeof(behind) / sizeof(behind[0]); i++)
	{
		stale = behind[i];
		check_paths();
	}
	stale = NULL;
}

static void
check_encoding(void)
{
	CccdLogicSource source = json_source;

	source.utf8 = false;
	CHECK_STR(value_of_source(&source, "{\"var\":\"length\"}", "\"abc\""), "3");
	CHECK_STR(value_of_source(&source, "{\"!\":[{\"var\":\"length\"}]}", "\"ab\xE7\""),
			  "/!/0: characters of a text that is not ASCII can be counted in UTF8 only");
	CHECK_STR(value_of_source(&source, "{\"var\":\"1\"}", "\"abc\""), "\"b\"");
	CHECK_STR(value_of_source(&source, "[{\"var\":\"2\"}]", "\"ab\xE7\""),
			  "/0: characters of a text that is not ASCII can be counted in UTF8 only");
	CHECK_STR(value_of_source(&source, "{\"var\":\"length.x\"}", "\"ab\xE7\""),
			  ": characters of a text that is not ASCII can be counted in UTF8 only");
	CHECK_STR(value_of_source(&source, "{\"===\":[{\"var\":\"\"},\"\xE7\"]}", "\"\xE7\""), "true");
}

static void
check_errors(void)
{
	CHECK_STR(value_of("{\"var\":0}", "0"), ": the path of \"var\" must be a text");
	CHECK_STR(value_of("{\"var\":\"a..b\"}", "0"), ": the path of \"var\" has an empty fragment");
	CHECK_STR(value_of("{\"if\":[1,{\"and\":[{\"nor\":[1]},2]},3]}", "0"), "/if/1/and/0: unknown operation");
	CHECK_STR(value_of("[1,[{}]]", "0"), "/1/0: an operation has exactly one key");
	CHECK_STR(value_of("{\"!\":1}", "0"), ": the operands of an operation are an array");
	CHECK_STR(value_of("{\"===\":[1,2,3]}", "0"), ": wrong number of operands");
	CHECK_STR(value_of("{\"!\":[1.5]}", "0"), "/!/0: a number must be an integer");
	CHECK_STR(value_of("{\"plusTime\":[\"2021\",\"1\",\"day\"]}", "0"), ": the amount of \"plusTime\" must be an integer");
	CHECK_STR(value_of("{\"plusTime\":[\"2021\",1,\"days\"]}", "0"),
			  ": the unit of \"plusTime\" must be \"year\", \"month\", \"day\" or \"hour\"");
	CHECK_STR(value_of("{\"extractFromUVCI\":[\"a\",\"b\"]}", "0"), ": the index of \"extractFromUVCI\" must be an integer");
	CHECK_STR(value_of("{\"!\":[{\"plusTime\":[\"2021\",1,\"day\"]}]}", "0"), ": the value is neither truthy nor falsy");
	CHECK_STR(value_of("[{\"in\":[1,2]}]", "0"), "/0: the value is not an array");
	CHECK_STR(value_of("{\"reduce\":[1,1,1]}", "0"), ": the value is not an array");
	CHECK_STR(value_of("{\"+\":[1,{\"var\":\"\"}]}", "1.5"), ": an operand is not an integer");
	CHECK_STR(value_of("{\"<\":[1,{\"plusTime\":[\"2021\",1,\"day\"]}]}", "0"), ": an operand is not an integer");
	CHECK_STR(value_of("{\"after\":[1,{\"plusTime\":[\"2021\",1,\"day\"]}]}", "0"), ": an operand is not a date-time");
	CHECK_STR(value_of("{\"dccDateOfBirth\":[{\"var\":\"x\"}]}", "0"), ": the value is not a text");
	CHECK_STR(value_of("{\"dccDateOfBirth\":[\"2021-01-01T00:00:00\"]}", "0"), ": the text is neither a date nor a date-time");
	CHECK_STR(value_of("{\"extractFromUVCI\":[{\"var\":\"\"},0]}", "5"), ": the value is neither a text nor null");
}

/* An error is where it is, whatever is around it. */
static void
check_places(void)
{
#define BAD		"{\"+\":[1,\"a\"]}"
#define DAY		"{\"plusTime\":[\"2021\",0,\"day\"]}"
	static const char *const places[][2] = {
		{"{\"if\":[" BAD ",1,2]}", "/if/0"},
		{"{\"if\":[1," BAD ",2]}", "/if/1"},
		{"{\"and\":[1," BAD "]}", "/and/1"},
		{"{\"!\":[" BAD "]}", "/!/0"},
		{"[1," BAD "]", "/1"},
		{"{\"===\":[1," BAD "]}", "/===/1"},
		{"{\"+\":[" BAD ",1]}", "/+/0"},
		{"{\"reduce\":[" BAD ",1,2]}", "/reduce/0"},
		{"{\"reduce\":[[1]," BAD ",2]}", "/reduce/1"},
		{"{\"reduce\":[[1],1," BAD "]}", "/reduce/2"},
		{"{\"plusTime\":[" BAD ",0,\"day\"]}", "/plusTime/0"},
		{"{\"extractFromUVCI\":[" BAD ",0]}", "/extractFromUVCI/0"}
	};

	for (size_t i = 0; i < sizeof(places) / sizeof(places[0]); i++)
	{
		char		wanted[128];

		snprintf(wanted, sizeof(wanted), "%s: an operand is not an integer",
				 places[i][1]);
		CHECK_STR(value_of(places[i][0], "0"), wanted);
	}
	/* a date is neither truthy nor falsy */
	CHECK_STR(value_of("{\"if\":[" DAY ",1,2]}", "0"), ": the value is neither truthy nor falsy");
	CHECK_STR(value_of("[{\"and\":[1," DAY "]}]", "0"), "/0: the value is neither truthy nor falsy");
	/* operands that are not there, or of another kind */
	CHECK_STR(value_of("{\"plusTime\":[]}", "0"), ": wrong number of operands");
	CHECK_STR(value_of("{\"!\":[]}", "0"), ": wrong number of operands");
	CHECK_STR(value_of("{\"plusTime\":[\"2021\",1,5]}", "0"),
			  ": the unit of \"plusTime\" must be \"year\", \"month\", \"day\" or \"hour\"");
	CHECK_STR(value_of("{\"before\":[" DAY ",1]}", "0"), ": an operand is not a date-time");
}

/* Every error of an expression, as its validator tells them. */
static void
check_all_errors(void)
{
	static const char logic[] =
	"{\"if\":[{\"var\":\".a\"},{\"plusTime\":[null,1.5,\"week\"]},{\"or\":[]},4]}";
	CccdLogicValue value;
	CccdLogicError errors[8];
	CccdLogicSize size;

	json_used = 0;
	CHECK(json_parse(logic, sizeof(logic) - 1, &value));
	CHECK(cccd_logic_check(&json_source, &value, true, errors, 8, &size) == 6);
	CHECK(errors[0].status == CCCD_LOGIC_OPERAND_COUNT);
	CHECK(errors[1].status == CCCD_LOGIC_PATH_FORMAT);
	CHECK_STR(errors[1].path, "/if/0");
	CHECK_STR(errors[2].path, "/if/1/plusTime/0");
	CHECK(errors[3].status == CCCD_LOGIC_BAD_AMOUNT);
	CHECK(errors[4].status == CCCD_LOGIC_BAD_UNIT);
	CHECK_STR(errors[5].path, "/if/2");
	CHECK(cccd_logic_check(&json_source, &value, false, errors, 2, &size) == 5);
}

/* What can never work, and whether it is one that does not. */
static size_t
limit_errors(const char *logic)
{
	CccdLogicValue value;
	CccdLogicError error;
	CccdLogicSize size;

	CHECK(json_parse(logic, strlen(logic), &value));
	return cccd_logic_check(&json_source, &value, true, &error, 1, &size);
}

static void *
no_memory(size_t size)
{
	(void) size;
	return NULL;
}

static void
check_limits(void)
{
	char	   *text = malloc(600000);
	char	   *data = malloc(3000000);
	size_t		length = 0;

	/* levels */
	for (int i = 0; i < 64; i++)
		length += (size_t) sprintf(text + length, "{\"!\":[");
	sprintf(text + length, "1");
	for (int i = 0; i < 64; i++)
		strcat(text, "]}");
	CHECK_STR(value_of(text, "0"), "true");
	memmove(text + 1, text, strlen(text) + 1);
	text[0] = '[';
	strcat(text, "]");
	CHECK(strstr(value_of(text, "0"), "too many levels") != NULL);
	/* nothing is looked for behind a limit */
	strcpy(text + strlen(text) - 1, ",null]");
	CHECK(strstr(value_of(text, "0"), "too many levels") != NULL);
	CHECK(limit_errors(text) == 1);

	/* fragments of a path */
	strcpy(text, "{\"var\":\"a");
	for (int i = 0; i < 63; i++)
		strcat(text, ".a");
	strcat(text, "\"}");
	CHECK_STR(value_of(text, "0"), "null");
	strcpy(text + strlen(text) - 2, ".a\"}");
	CHECK_STR(value_of(text, "0"), ": too many levels");
	length = (size_t) sprintf(text, "[");
	for (int i = 0; i < 260; i++)
	{
		length += (size_t) sprintf(text + length, "%s{\"var\":\"x%d", i ? "," : "", i);
		for (int k = 1; k < 64; k++)
			length += (size_t) sprintf(text + length, ".a");
		length += (size_t) sprintf(text + length, "\"}");
	}
	sprintf(text + length, "]");
	CHECK_STR(value_of(text, "0"), "/256: too many expressions");
	CHECK(limit_errors(text) == 1);

	/* expressions */
	length = (size_t) sprintf(text, "[");
	for (int i = 0; i < 16384; i++)
		length += (size_t) sprintf(text + length, "%s{\"var\":\"a%d\"}", i ? "," : "", i);
	sprintf(text + length, "]");
	CHECK(strstr(value_of(text, "0"), "too many expressions") != NULL);
	strcpy(text + length - strlen(",{\"var\":\"a16383\"}"), "]");
	CHECK(strncmp(value_of(text, "0"), "[null,null", 10) == 0);

	/* steps: a million items, each asks for nothing */
	length = (size_t) sprintf(data, "[1");
	for (int i = 0; i < 999999; i++)
		length += (size_t) sprintf(data + length, ",1");
	sprintf(data + length, "]");
	CHECK_STR(value_of("{\"reduce\":[{\"var\":\"\"},1,1]}", data), "/reduce/1: too many steps");
	CHECK_STR(value_of("{\"in\":[2,{\"var\":\"\"}]}", data), "false");
	/* lists in lists, none of which is given back */
	CHECK_STR(value_of("{\"reduce\":[{\"var\":\"\"},[1,2,3,4,5,6,7,8,9,{\"var\":\"accumulator\"}],1]}", data),
			  "/reduce/1: too much memory");
	CHECK_STR(value_of("{\"reduce\":[{\"var\":\"\"},{\"var\":\"\"},1]}", data), ": too much memory");
	free(text);
	free(data);
}

/* The same program again and again: nothing of the last data is left. */
static void
check_again(void)
{
	static const char logic[] =
	"[{\"var\":\"a.b\"},{\"reduce\":[{\"var\":\"a.c\"},{\"+\":[{\"var\":\"accumulator\"},{\"var\":\"current\"}]},0]},{\"plusTime\":[{\"var\":\"a.d\"},1,\"day\"]}]";
	static const char *const data[] = {
		"{\"a\":{\"b\":1,\"c\":[1,2],\"d\":\"2021-01-01\"}}",
		"{\"a\":{\"b\":2,\"c\":[],\"d\":\"2021-01-02\"}}",
		"{\"a\":{\"c\":null,\"d\":\"2021-01-01\"}}"
	};
	static const char *const wanted[] = {
		"[1,3,<2021-01-02T00:00:00.000Z>]",
		"[2,0,<2021-01-03T00:00:00.000Z>]",
		"[null,0,<2021-01-02T00:00:00.000Z>]"
	};
	CccdLogicValue context,
				result;
	CccdLogicError error;
	CccdLogicBudget budget = CCCD_LOGIC_BUDGET;
	CccdLogicFault fault;
	CccdLogicProgram *program;
	uint32_t	length;

	json_used = 0;
	program = compile(&json_source, logic, &error);
	CHECK(program != NULL);
	CHECK(cccd_logic_field_count(program) == 3);
	for (int i = 0; i < 30; i++)
	{
		CHECK(json_parse(data[i % 3], strlen(data[i % 3]), &context));
		CHECK(cccd_logic_run(program, &json_source, &context, json_allocate,
							 &budget, &result, &fault));
		shown_length = 0;
		show_value(&result);
		CHECK_STR(shown, wanted[i % 3]);
	}
	/* they paid from one budget */
	CHECK(budget.steps < CCCD_LOGIC_MAX_STEPS - 30 * 5);
	budget.steps = 5;
	CHECK(!cccd_logic_run(program, &json_source, &context, json_allocate,
						  &budget, &result, &fault));
	CHECK(fault.status == CCCD_LOGIC_TOO_MANY_STEPS);
	budget.steps = 1000;
	budget.memory = 47;
	CHECK(!cccd_logic_run(program, &json_source, &context, json_allocate,
						  &budget, &result, &fault));
	CHECK(fault.status == CCCD_LOGIC_TOO_MUCH_MEMORY);
	budget.memory = CCCD_LOGIC_MAX_MEMORY;
	CHECK(!cccd_logic_run(program, &json_source, &context, no_memory,
						  &budget, &result, &fault));
	CHECK(fault.status == CCCD_LOGIC_TOO_MUCH_MEMORY);
	/* the fields, and none behind them */
	for (uint32_t i = 0; i < 3; i++)
		CHECK(cccd_logic_field(program, i, &length) != NULL && length == 3);
	CHECK(cccd_logic_field(program, 3, &length) == NULL && length == 0);
	free(program);
}

int
main(void)
{
	check_values();
	check_comparisons();
	check_paths();
	check_path_ends();
	check_encoding();
	check_errors();
	check_places();
	check_all_errors();
	check_limits();
	check_again();
	json_free();
	return finish();
}
