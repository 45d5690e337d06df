/*
 * rule.c
 *		The type cccd_rule: input, output and its clauses.
 */
#include "base/cccd.h"

#include "funcapi.h"
#include "libpq/pqformat.h"
#include "utils/builtins.h"
#include "utils/tuplestore.h"

#include "rule/rule.h"

/* Parse, and report what is wrong; NULL after a soft error. */
static CccdRuleValue *
parse(struct Node *escontext, const char *text, size_t length, bool binary)
{
	CccdInstr	code[CCCD_RULE_MAX_CODES];
	CccdRuleError error;
	int			count;

	if (cccd_rule_parse(text, length, code, &count, &error) == CCCD_RULE_OK)
		return cccd_rule_make(code, count);
	cccd_rule_report(escontext, "cccd_rule", text, length, &error, binary);
	return NULL;
}

/*
 * cccd_rule_in(cstring): the text of a rule.
 */
PG_FUNCTION_INFO_V1(cccd_rule_in);
Datum
cccd_rule_in(PG_FUNCTION_ARGS)
{
	const char *text = PG_GETARG_CSTRING(0);
	CccdRuleValue *rule = parse(fcinfo->context, text, strlen(text), false);

	if (!rule)
		PG_RETURN_NULL();
	PG_RETURN_POINTER(rule);
}

/*
 * cccd_rule_out(cccd_rule): canonical text.
 */
PG_FUNCTION_INFO_V1(cccd_rule_out);
Datum
cccd_rule_out(PG_FUNCTION_ARGS)
{
	const CccdRuleValue *rule = cccd_rule_arg(fcinfo, 0);
	char		text[CCCD_RULE_MAX_TEXT];
	size_t		length = cccd_rule_format(rule->code, rule->count, text,
										  sizeof(text));

	PG_RETURN_CSTRING(pnstrdup(text, length));
}

/*
 * cccd_rule_recv(internal): a byte of version and text, which is parsed like
 * any other, so that nothing else can be received than can be typed.
 */
PG_FUNCTION_INFO_V1(cccd_rule_recv);
Datum
cccd_rule_recv(PG_FUNCTION_ARGS)
{
	StringInfo	message = (StringInfo) PG_GETARG_POINTER(0);
	const char *text;
	int			length;

	cccd_rule_recv_version(message, "cccd_rule");
	text = pq_getmsgtext(message, message->len - message->cursor, &length);
	PG_RETURN_POINTER(parse(NULL, text, length, true));
}

/*
 * cccd_rule_send(cccd_rule): a byte of version and canonical text.
 */
PG_FUNCTION_INFO_V1(cccd_rule_send);
Datum
cccd_rule_send(PG_FUNCTION_ARGS)
{
	const CccdRuleValue *rule = cccd_rule_arg(fcinfo, 0);
	char		text[CCCD_RULE_MAX_TEXT];
	size_t		length = cccd_rule_format(rule->code, rule->count, text,
										  sizeof(text));
	StringInfoData message;

	pq_begintypsend(&message);
	pq_sendint8(&message, CCCD_RULE_VERSION);
	pq_sendtext(&message, text, (int) length);
	PG_RETURN_BYTEA_P(pq_endtypsend(&message));
}

/*
 * cccd_rule_clauses(cccd_rule): the conditions, their numbers, what each is
 * about and whether it stands below NOT.
 */
PG_FUNCTION_INFO_V1(cccd_rule_clauses_sql);
Datum
cccd_rule_clauses_sql(PG_FUNCTION_ARGS)
{
	const CccdRuleValue *rule = cccd_rule_arg(fcinfo, 0);
	ReturnSetInfo *result = (ReturnSetInfo *) fcinfo->resultinfo;
	int			count = cccd_rule_clauses(rule->code, rule->count);
	char		text[CCCD_RULE_MAX_TEXT];

	InitMaterializedSRF(fcinfo, 0);
	for (int clause = 0; clause < count; clause++)
	{
		size_t		length = cccd_rule_format_clause(rule->code, rule->count,
													 clause, text,
													 sizeof(text));
		int			i = cccd_rule_clause_index(rule->code, rule->count,
											   clause);
		Datum		values[4];
		bool		nulls[4] = {false, false, false, false};

		values[0] = Int32GetDatum(clause + 1);
		values[1] = PointerGetDatum(cstring_to_text_with_len(text,
															 (int) length));
		values[2] = CStringGetTextDatum(
										cccd_rule_clause_subject(&rule->code[i]));
		values[3] = BoolGetDatum(cccd_rule_clause_negated(rule->code, i));
		tuplestore_putvalues(result->setResult, result->setDesc, values,
							 nulls);
	}
	return (Datum) 0;
}

/* What the hash of a rule is made of: the number of instructions, and them. */
#define HASH_INPUT	(1 + CCCD_RULE_HASH_INPUT(CCCD_RULE_MAX_CODES))

/*
 * Every byte of the value counts.  It is not kept from call to call: an
 * executor calls a hash function with expressions that are not its arguments.
 */
static int
hash_input(FunctionCallInfo fcinfo, uint32 input[HASH_INPUT])
{
	struct varlena *value = PG_DETOAST_DATUM_PACKED(PG_GETARG_DATUM(0));
	const Size	header = CCCD_RULE_SIZE(0) - VARHDRSZ;
	int			count = -1;

	if (VARSIZE_ANY_EXHDR(value) >= header)
		count = cccd_rule_hash_bytes(VARDATA_ANY(value) + header,
									 VARSIZE_ANY_EXHDR(value) - header,
									 input + 1);
	if (count < 0)
		cccd_value_corrupted("cccd_rule");
	input[0] = count;
	return 1 + count;
}

/*
 * cccd_rule_hash(cccd_rule), and with a seed: the same on every machine.
 */
PG_FUNCTION_INFO_V1(cccd_rule_hash);
Datum
cccd_rule_hash(PG_FUNCTION_ARGS)
{
	uint32		input[HASH_INPUT];

	return cccd_hash_numbers(input, hash_input(fcinfo, input));
}

PG_FUNCTION_INFO_V1(cccd_rule_hash_extended);
Datum
cccd_rule_hash_extended(PG_FUNCTION_ARGS)
{
	uint32		input[HASH_INPUT];

	return cccd_hash_numbers_extended(input, hash_input(fcinfo, input),
									  PG_GETARG_INT64(1));
}
