/*
 * certlogic_decide.c
 *		Certificate rules: cccd_certlogic_check() and cccd_certlogic_decide().
 */
#include "base/row.h"
#include "base/value.h"

#include "access/htup_details.h"
#include "catalog/pg_type.h"
#include "funcapi.h"
#include "miscadmin.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/fmgrprotos.h"
#include "utils/memutils.h"
#include "utils/timestamp.h"
#include "utils/tuplestore.h"

#include "certlogic/certlogic.h"
#include "certlogic/certlogic_rule_core.h"

/*
 * Rules of a set, types of them that are asked for, errors of a rule that are
 * told, and bytes of a key id.
 */
#define MAX_RULES	4096
#define MAX_TYPES	64
#define MAX_ERRORS	256
#define MAX_KID		32

/* What an expression without errors can never do right. */
static size_t
check_types(const CccdLogicValue *logic, const CccdLogicSize *size, bool rule,
			CccdLogicError *errors)
{
	return cccd_logic_check_types(cccd_logic_prepare(logic, size,
													 CurrentMemoryContext),
								  rule, errors, MAX_ERRORS);
}

/*
 * cccd_certlogic_check(rule): a rule with its envelope if there is "Logic" in
 * it, else an expression
 */
PG_FUNCTION_INFO_V1(cccd_certlogic_check);
Datum
cccd_certlogic_check(PG_FUNCTION_ARGS)
{
	ReturnSetInfo *result = (ReturnSetInfo *) fcinfo->resultinfo;
	const CccdLogicSource *source = cccd_logic_jsonb();
	CccdLogicError *errors = palloc(MAX_ERRORS * sizeof(CccdLogicError));
	CccdLogicValue value,
				logic;
	const char *prefix = "";
	size_t		count;

	InitMaterializedSRF(fcinfo, 0);
	cccd_logic_root(PG_GETARG_JSONB_P(0), &value);
	if (value.kind == CCCD_LOGIC_OBJECT &&
		source->member(value.u.source, "Logic", 5, &logic))
	{
		CccdLogicRule rule;

		count = cccd_logic_rule_read(source, &value, true, errors, MAX_ERRORS,
									 &rule);
		if (count == 0 && rule.engine)
		{
			count = check_types(&logic, &rule.size, true, errors);
			prefix = "/Logic";
		}
	}
	else
	{
		CccdLogicSize size;

		count = cccd_logic_check(source, &value, true, errors, MAX_ERRORS,
								 &size);
		if (count == 0)
			count = check_types(&value, &size, false, errors);
	}
	for (size_t i = 0; i < Min(count, MAX_ERRORS); i++)
	{
		const char *problem = cccd_logic_message(errors[i].status);
		Datum		values[2];
		bool		nulls[2] = {false};

		values[0] = CStringGetTextDatum(psprintf("%s%s", prefix,
												 errors[i].path));
		values[1] = CStringGetTextDatum(problem);
		tuplestore_putvalues(result->setResult, result->setDesc, values,
							 nulls);
	}
	return (Datum) 0;
}

/* What is kept for the query. */
typedef struct DecideState
{
	bool		constant;		/* the rules cannot change */
	MemoryContext home;			/* lives as long as the query */
	CccdLogicKept packed;		/* of the rules */
	CccdLogicKept certificate;
	CccdLogicKept value_sets;
	MemoryContext context;		/* of the compiled rules */
	Jsonb	   *bytes;			/* NULL: there are none yet */
	CccdLogicRule *rules;
	CccdLogicAnswer *answers;
	uint32		count;
} DecideState;

static int
compare_rules(const void *a, const void *b)
{
	return cccd_logic_rule_compare(a, b);
}

static void
read_rule(DecideState *state, const CccdLogicValue *value, int position)
{
	CccdLogicRule *rule = &state->rules[state->count];
	CccdLogicError *error = MemoryContextAlloc(state->context,
											   sizeof(CccdLogicError));
	char		prefix[16] = "";

	if (position >= 0)
		snprintf(prefix, sizeof(prefix), "/%d", position);
	if (cccd_logic_rule_read(cccd_logic_jsonb(), value, false, error, 1,
							 rule) > 0)
	{
		/* what is not a rule at all is a fault of the set */
		if (error->status == CCCD_LOGIC_RULE_NOT_OBJECT)
			cccd_logic_refuse(_("invalid certificate rule"), prefix, error);
		rule->fault = error;
	}
	else
		pfree(error);
	if (rule->engine && rule->fault == NULL)
		rule->program = cccd_logic_prepare(&rule->logic, &rule->size,
										   state->context);
	state->count++;
}

/* One rule or an array of rules, sorted and compiled. */
static void
read_rules(DecideState *state, Jsonb *bytes)
{
	const CccdLogicSource *source = cccd_logic_jsonb();
	CccdLogicValue root,
				value;
	uint32		count;

	MemoryContextReset(state->context);
	state->bytes = NULL;
	state->count = 0;
	bytes = memcpy(MemoryContextAlloc(state->context, VARSIZE(bytes)), bytes,
				   VARSIZE(bytes));
	cccd_logic_root(bytes, &root);
	count = root.kind == CCCD_LOGIC_ARRAY ? root.length : 1;
	if (count > MAX_RULES)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("too many certificate rules"),
				 errdetail("A set has at most %d rules.", MAX_RULES)));
	state->rules = MemoryContextAlloc(state->context,
									  Max(count, 1) * sizeof(CccdLogicRule));
	state->answers = MemoryContextAlloc(state->context,
										Max(count, 1) *
										sizeof(CccdLogicAnswer));
	if (root.kind != CCCD_LOGIC_ARRAY)
		read_rule(state, &root, -1);
	else
		for (uint32 i = 0; i < count; i++)
		{
			CHECK_FOR_INTERRUPTS();
			if (source->item(root.u.source, i, &value))
				read_rule(state, &value, (int) i);
		}
	qsort(state->rules, state->count, sizeof(CccdLogicRule), compare_rules);
	state->bytes = bytes;
}

static DecideState *
open_state(FunctionCallInfo fcinfo)
{
	DecideState *state = fcinfo->flinfo->fn_extra;
	Jsonb	   *bytes;
	bool		same;

	if (state == NULL)
	{
		MemoryContext home = fcinfo->flinfo->fn_mcxt;
		MemoryContext caller = MemoryContextSwitchTo(home);

		state = palloc0(sizeof(DecideState));
		state->home = home;
		state->context = AllocSetContextCreate(home, "certificate rules",
											   ALLOCSET_DEFAULT_SIZES);
		state->constant = cccd_argument_is_constant(fcinfo, 0);
		MemoryContextSwitchTo(caller);
		fcinfo->flinfo->fn_extra = state;
	}
	if (state->bytes && state->constant)
		return state;
	bytes = cccd_logic_unpack(&state->packed, state->home, PG_GETARG_DATUM(0),
							  &same);
	if (state->bytes == NULL ||
		(!same && (VARSIZE(state->bytes) != VARSIZE(bytes) ||
				   memcmp(state->bytes, bytes, VARSIZE(bytes)) != 0)))
		read_rules(state, bytes);
	return state;
}

static CccdLogicValue
bytes_value(const char *bytes, Size length)
{
	CccdLogicValue value = {.kind = CCCD_LOGIC_STRING};

	value.u.text = bytes;
	value.length = length;
	return value;
}

static CccdLogicValue
text_argument(FunctionCallInfo fcinfo, int arg)
{
	CccdLogicValue null = {.kind = CCCD_LOGIC_NULL};
	text	   *argument;

	if (PG_ARGISNULL(arg))
		return null;
	argument = PG_GETARG_TEXT_PP(arg);
	return bytes_value(VARDATA_ANY(argument), VARSIZE_ANY_EXHDR(argument));
}

static CccdLogicValue
jsonb_argument(FunctionCallInfo fcinfo, int arg, CccdLogicKept *kept,
			   MemoryContext context)
{
	CccdLogicValue value = {.kind = CCCD_LOGIC_NULL};

	if (!PG_ARGISNULL(arg))
		cccd_logic_root(cccd_logic_unpack(kept, context, PG_GETARG_DATUM(arg),
										  NULL), &value);
	return value;
}

/* Milliseconds of JavaScript's count. */
static int64
time_argument(FunctionCallInfo fcinfo, int arg)
{
	const int64 epoch = (POSTGRES_EPOCH_JDATE - UNIX_EPOCH_JDATE) *
	SECS_PER_DAY * INT64CONST(1000);
	TimestampTz time;

	if (PG_ARGISNULL(arg))
		return CCCD_LOGIC_NO_TIME;
	time = PG_GETARG_TIMESTAMPTZ(arg);
	if (TIMESTAMP_NOT_FINITE(time))
		ereport(ERROR,
				(errcode(ERRCODE_DATETIME_VALUE_OUT_OF_RANGE),
				 errmsg("times of a certificate must be finite")));
	return time / 1000 - (time % 1000 < 0) + epoch;
}

/* A key id as rules see it: in base64, which is too short here for lines. */
static CccdLogicValue
kid_argument(FunctionCallInfo fcinfo, int arg)
{
	CccdLogicValue null = {.kind = CCCD_LOGIC_NULL};
	bytea	   *kid;
	text	   *encoded;

	if (PG_ARGISNULL(arg))
		return null;
	kid = PG_GETARG_BYTEA_PP(arg);
	if (VARSIZE_ANY_EXHDR(kid) > MAX_KID)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("key identifier is too long"),
				 errdetail("It has at most %d bytes.", MAX_KID)));
	encoded = DatumGetTextPP(DirectFunctionCall2(binary_encode,
												 PointerGetDatum(kid),
												 CStringGetTextDatum("base64")));
	return bytes_value(VARDATA_ANY(encoded), VARSIZE_ANY_EXHDR(encoded));
}

/* The types of rules that count. */
static void
types_argument(FunctionCallInfo fcinfo, int arg, CccdLogicCase *given)
{
	CccdLogicValue *types;
	Datum	   *texts;
	bool	   *nulls;
	int			count;

	given->types = NULL;
	given->type_count = 0;
	if (PG_ARGISNULL(arg))
		return;
	deconstruct_array(PG_GETARG_ARRAYTYPE_P(arg), TEXTOID, -1, false,
					  TYPALIGN_INT, &texts, &nulls, &count);
	if (count > MAX_TYPES)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("too many types of rules"),
				 errdetail("At most %d can be asked for.", MAX_TYPES)));
	types = palloc(Max(count, 1) * sizeof(CccdLogicValue));
	for (int i = 0; i < count; i++)
		if (!nulls[i])
		{
			text	   *type = DatumGetTextPP(texts[i]);

			types[given->type_count++] =
				bytes_value(VARDATA_ANY(type), VARSIZE_ANY_EXHDR(type));
		}
	given->types = types;
}

static void
push_member(CccdJsonbState *state, const char *key,
			const CccdLogicValue *value)
{
	JsonbValue	name;

	if (value->kind == CCCD_LOGIC_NULL)
		return;
	name.type = jbvString;
	name.val.string.val = unconstify(char *, key);
	name.val.string.len = (int) strlen(key);
	cccd_jsonb_push(state, WJB_KEY, &name);
	cccd_logic_push(state, WJB_VALUE, value);
}

static void
push_cstring(CccdJsonbState *state, const char *key, const char *text)
{
	CccdLogicValue value = bytes_value(text, strlen(text));

	push_member(state, key, &value);
}

/* The description in the language asked for, in English, or the first. */
static CccdLogicValue
find_description(const CccdLogicRule *rule, const CccdLogicValue *language)
{
	const CccdLogicSource *source = cccd_logic_jsonb();
	CccdLogicValue text = {.kind = CCCD_LOGIC_NULL};
	CccdLogicValue first;

	if ((language->kind == CCCD_LOGIC_STRING &&
		 cccd_logic_rule_description(source, rule, language->u.text,
									 language->length, &text)) ||
		cccd_logic_rule_description(source, rule, "en", 2, &text))
		return text;
	text.kind = CCCD_LOGIC_NULL;
	if (rule->descriptions.kind == CCCD_LOGIC_ARRAY &&
		source->item(rule->descriptions.u.source, 0, &first) &&
		first.kind == CCCD_LOGIC_OBJECT)
		(void) source->member(first.u.source, "desc", 4, &text);
	return text;
}

static void
push_answer(CccdJsonbState *state, const CccdLogicRule *rule,
			const CccdLogicAnswer *answer, const CccdLogicValue *language)
{
	const char *reason = cccd_logic_reason_name(answer->reason);
	CccdLogicValue description = find_description(rule, language);

	cccd_jsonb_push(state, WJB_BEGIN_OBJECT, NULL);
	push_member(state, "identifier", &rule->identifier);
	push_member(state, "version", &rule->version_text);
	push_member(state, "type", &rule->type);
	push_cstring(state, "result", cccd_logic_outcome_name(answer->outcome));
	if (reason)
		push_cstring(state, "reason", reason);
	if (answer->reason == CCCD_LOGIC_EVALUATION)
	{
		CccdLogicError *error = palloc(sizeof(CccdLogicError));

		cccd_logic_locate(rule->program, &answer->fault, error);
		push_cstring(state, "path", error->path);
		push_cstring(state, "problem", cccd_logic_message(error->status));
	}
	if (answer->reason == CCCD_LOGIC_RULE_INVALID)
	{
		push_cstring(state, "path", rule->fault->path);
		push_cstring(state, "problem",
					 cccd_logic_message(rule->fault->status));
	}
	push_member(state, "fields", &rule->fields);
	push_member(state, "description", &description);
	cccd_jsonb_push(state, WJB_END_OBJECT, NULL);
}

/*
 * cccd_certlogic_decide(rules, certificate, clock, country, region, issuer,
 *		value_sets, issued, expires, key_id, types, language)
 */
PG_FUNCTION_INFO_V1(cccd_certlogic_decide);
Datum
cccd_certlogic_decide(PG_FUNCTION_ARGS)
{
	DecideState *state;
	CccdLogicCase given;
	CccdLogicOutcome outcome;
	CccdLogicValue language = text_argument(fcinfo, 11);
	CccdJsonbState details = {0};
	Datum		values[3],
			   *deciding;
	bool		nulls[3] = {false};
	uint32		limited,
				deciding_count = 0;

	if (PG_ARGISNULL(0) || PG_ARGISNULL(2))
		ereport(ERROR,
				(errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
				 errmsg("rules and clock must not be null")));
	state = open_state(fcinfo);
	given.certificate = jsonb_argument(fcinfo, 1, &state->certificate,
									   state->home);
	given.clock = time_argument(fcinfo, 2);
	given.country = text_argument(fcinfo, 3);
	given.region = text_argument(fcinfo, 4);
	given.issuer = text_argument(fcinfo, 5);
	given.value_sets = jsonb_argument(fcinfo, 6, &state->value_sets,
									  state->home);
	given.issued = time_argument(fcinfo, 7);
	given.expires = time_argument(fcinfo, 8);
	given.kid = kid_argument(fcinfo, 9);
	types_argument(fcinfo, 10, &given);
	if (!cccd_logic_decide(cccd_logic_jsonb(), state->rules, state->count,
						   &given, cccd_logic_palloc, state->answers,
						   &outcome, &limited))
		cccd_logic_raise(state->rules[limited].program,
						 &state->answers[limited].fault);

	deciding = palloc(Max(state->count, 1) * sizeof(Datum));
	cccd_jsonb_push(&details, WJB_BEGIN_ARRAY, NULL);
	for (uint32 i = 0; i < state->count; i++)
	{
		const CccdLogicRule *rule = &state->rules[i];

		if (state->answers[i].outcome == CCCD_LOGIC_NOT_ASKED)
			continue;
		push_answer(&details, rule, &state->answers[i], &language);
		if (state->answers[i].outcome == outcome)
			deciding[deciding_count++] =
				PointerGetDatum(cstring_to_text_with_len(rule->identifier.u.text,
														 rule->identifier.length));
	}
	cccd_jsonb_push(&details, WJB_END_ARRAY, NULL);
	values[0] = CStringGetTextDatum(cccd_logic_outcome_name(outcome));
	values[1] = cccd_texts_datum(deciding, deciding_count);
	values[2] = JsonbPGetDatum(JsonbValueToJsonb(details.result));
	return HeapTupleGetDatum(heap_form_tuple(cccd_row_type(fcinfo, 3),
											 values, nulls));
}
