/*
 * bound.c
 *		The type cccd_bound: a rule at a time in a context.
 *
 * Binding happens once for a query; the result is compared with the records
 * of many people.
 */
#include "eval/bound.h"

#include "libpq/pqformat.h"
#include "utils/timestamp.h"

#include "eval/bound_core.h"
#include "eval/context.h"
#include "rule/rule.h"

static CccdBoundValue *
parse(struct Node *escontext, const char *text, size_t length, bool binary)
{
	CccdInstr	code[CCCD_RULE_MAX_CODES];
	CccdBoundText bound = {.code = code};
	CccdRuleError error;

	if (cccd_bound_parse(text, length, &bound, &error) == CCCD_RULE_OK)
		return cccd_bound_build(code, bound.count, bound.at, bound.context);
	cccd_rule_report(escontext, "cccd_bound", text, length, &error, binary);
	return NULL;
}

/* Canonical text with a final zero byte. */
static char *
format(const CccdBoundValue *bound, size_t *length)
{
	char		text[1 + CCCD_RULE_MAX_TEXT + CCCD_BOUND_TAIL_SIZE];

	text[0] = '(';
	*length = 1 + cccd_rule_format(bound->code, bound->count, text + 1,
								   CCCD_RULE_MAX_TEXT);
	*length += cccd_bound_format_tail(bound->at, bound->context,
									  text + *length);
	return pnstrdup(text, *length);
}

/*
 * cccd_bound_in(cstring): (RULE) @ TIME {CONTEXT}
 */
PG_FUNCTION_INFO_V1(cccd_bound_in);
Datum
cccd_bound_in(PG_FUNCTION_ARGS)
{
	const char *text = PG_GETARG_CSTRING(0);
	CccdBoundValue *bound = parse(fcinfo->context, text, strlen(text), false);

	if (!bound)
		PG_RETURN_NULL();
	PG_RETURN_POINTER(bound);
}

/*
 * cccd_bound_out(cccd_bound): the same in canonical form.
 */
PG_FUNCTION_INFO_V1(cccd_bound_out);
Datum
cccd_bound_out(PG_FUNCTION_ARGS)
{
	size_t		length;

	PG_RETURN_CSTRING(format(cccd_bound_arg(fcinfo, 0), &length));
}

/*
 * cccd_bound_recv(internal): a byte of version and text.
 */
PG_FUNCTION_INFO_V1(cccd_bound_recv);
Datum
cccd_bound_recv(PG_FUNCTION_ARGS)
{
	StringInfo	message = (StringInfo) PG_GETARG_POINTER(0);
	const char *text;
	int			length;

	cccd_rule_recv_version(message, "cccd_bound");
	text = pq_getmsgtext(message, message->len - message->cursor, &length);
	PG_RETURN_POINTER(parse(NULL, text, length, true));
}

/*
 * cccd_bound_send(cccd_bound): a byte of version and canonical text.
 */
PG_FUNCTION_INFO_V1(cccd_bound_send);
Datum
cccd_bound_send(PG_FUNCTION_ARGS)
{
	size_t		length;
	char	   *text = format(cccd_bound_arg(fcinfo, 0), &length);
	StringInfoData message;

	pq_begintypsend(&message);
	pq_sendint8(&message, CCCD_RULE_VERSION);
	pq_sendtext(&message, text, (int) length);
	PG_RETURN_BYTEA_P(pq_endtypsend(&message));
}

/*
 * cccd_rule_bind(rule, at, context), and rule @ at, which has no context.
 */
PG_FUNCTION_INFO_V1(cccd_bound_make);
Datum
cccd_bound_make(PG_FUNCTION_ARGS)
{
	const CccdRuleValue *rule = cccd_rule_arg(fcinfo, 0);
	TimestampTz at = PG_GETARG_TIMESTAMPTZ(1);
	uint64		context = PG_NARGS() > 2 ? CCCD_GETARG_CONTEXT(2) : 0;

	cccd_bound_check_time(at);
	PG_RETURN_POINTER(cccd_bound_build(rule->code, rule->count, at, context));
}

/*
 * cccd_rule_bind_lossy(rule, at, context): what an index is asked in the place
 * of cccd_eligible().  For a time out of range every record is returned, so
 * that cccd_eligible() raises its error about the first of them.
 */
PG_FUNCTION_INFO_V1(cccd_bound_make_lossy);
Datum
cccd_bound_make_lossy(PG_FUNCTION_ARGS)
{
	static const char everybody[] = "(doses >= 0) @ 2000-01-01";
	TimestampTz at = PG_GETARG_TIMESTAMPTZ(1);

	if (at >= CCCD_AT_MIN && at <= CCCD_AT_MAX)
		return cccd_bound_make(fcinfo);
	PG_RETURN_POINTER(parse(NULL, everybody, sizeof(everybody) - 1, false));
}

/*
 * cccd_bound_rule(cccd_bound): the rule.
 */
PG_FUNCTION_INFO_V1(cccd_bound_rule);
Datum
cccd_bound_rule(PG_FUNCTION_ARGS)
{
	const CccdBoundValue *bound = cccd_bound_arg(fcinfo, 0);

	PG_RETURN_POINTER(cccd_rule_make(bound->code, bound->count));
}

/*
 * cccd_bound_at(cccd_bound): the time.
 */
PG_FUNCTION_INFO_V1(cccd_bound_at);
Datum
cccd_bound_at(PG_FUNCTION_ARGS)
{
	PG_RETURN_TIMESTAMPTZ(cccd_bound_arg(fcinfo, 0)->at);
}

/*
 * cccd_bound_context(cccd_bound): the context.
 */
PG_FUNCTION_INFO_V1(cccd_bound_context);
Datum
cccd_bound_context(PG_FUNCTION_ARGS)
{
	return CCCD_CONTEXT_DATUM(cccd_bound_arg(fcinfo, 0)->context);
}

/* What the hash of a bound rule is made of: time, context, instructions. */
#define HASH_INPUT	(4 + CCCD_RULE_HASH_INPUT(CCCD_RULE_MAX_CODES))

/*
 * The spans follow from the rest and are left out.  As with a rule, nothing is
 * kept from call to call.
 */
static int
hash_input(FunctionCallInfo fcinfo, uint32 input[HASH_INPUT])
{
	struct varlena *value = PG_DETOAST_DATUM_PACKED(PG_GETARG_DATUM(0));
	const Size	header = CCCD_BOUND_SIZE(0) - VARHDRSZ;
	const Size	each = CCCD_BOUND_SIZE(1) - CCCD_BOUND_SIZE(0);
	Size		size = VARSIZE_ANY_EXHDR(value);
	int			count = -1;
	CccdBoundValue bound;

	if (size >= header && (size - header) % each == 0)
		count = cccd_rule_hash_bytes(VARDATA_ANY(value) + header,
									 (size - header) / each *
									 sizeof(CccdInstr), input + 4);
	if (count < 0)
		cccd_value_corrupted("cccd_bound");
	memcpy((char *) &bound + VARHDRSZ, VARDATA_ANY(value), header);
	input[0] = (uint32) (uint64) bound.at;
	input[1] = (uint32) ((uint64) bound.at >> 32);
	input[2] = (uint32) bound.context;
	input[3] = (uint32) (bound.context >> 32);
	return 4 + count;
}

/*
 * cccd_bound_hash(cccd_bound), and with a seed: the same on every machine.
 */
PG_FUNCTION_INFO_V1(cccd_bound_hash);
Datum
cccd_bound_hash(PG_FUNCTION_ARGS)
{
	uint32		input[HASH_INPUT];

	return cccd_hash_numbers(input, hash_input(fcinfo, input));
}

PG_FUNCTION_INFO_V1(cccd_bound_hash_extended);
Datum
cccd_bound_hash_extended(PG_FUNCTION_ARGS)
{
	uint32		input[HASH_INPUT];

	return cccd_hash_numbers_extended(input, hash_input(fcinfo, input),
									  PG_GETARG_INT64(1));
}
