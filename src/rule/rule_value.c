/*
 * rule_value.c
 *		Reading and making values of cccd_rule, and what is said of text that
 *		is not a rule.
 */
#include "rule/rule.h"

#include "libpq/pqformat.h"
#include "mb/pg_wchar.h"

bool
cccd_rule_is_valid(const CccdRuleValue *rule)
{
	return VARSIZE(rule) >= CCCD_RULE_SIZE(0) &&
		VARSIZE(rule) == CCCD_RULE_SIZE(rule->count) &&
		rule->version == CCCD_RULE_VERSION && rule->reserved == 0 &&
		cccd_rule_validate(rule->code, rule->count) == CCCD_RULE_OK;
}

const CccdRuleValue *
cccd_rule_open(CccdKeptValue *kept, FunctionCallInfo fcinfo, int arg,
			   bool *changed)
{
	bool		fresh = cccd_value_keep(kept, fcinfo, arg,
										CCCD_RULE_SIZE(CCCD_RULE_MAX_CODES),
										"cccd_rule");
	const CccdRuleValue *rule = kept->value;

	if (changed)
		*changed = fresh;
	if (!fresh)
		return rule;
	if (!cccd_rule_is_valid(rule))
		cccd_value_corrupted("cccd_rule");
	kept->size = VARSIZE(rule);
	return rule;
}

const CccdRuleValue *
cccd_rule_arg(FunctionCallInfo fcinfo, int arg)
{
	return cccd_rule_open(cccd_function_state(fcinfo, sizeof(CccdKeptValue)), fcinfo, arg, NULL);
}

int
cccd_rule_hash_bytes(const char *bytes, Size size, uint32 *input)
{
	CccdInstr	code[CCCD_RULE_MAX_CODES];
	int			count = (int) (size / sizeof(CccdInstr));

	if (size > sizeof(code) || size % sizeof(CccdInstr) != 0)
		return -1;
	memcpy(code, bytes, size);
	cccd_rule_hash_input(code, count, input);
	return CCCD_RULE_HASH_INPUT(count);
}

CccdRuleValue *
cccd_rule_make(const CccdInstr *code, int count)
{
	CccdRuleValue *rule = palloc0(CCCD_RULE_SIZE(count));

	SET_VARSIZE(rule, CCCD_RULE_SIZE(count));
	rule->version = CCCD_RULE_VERSION;
	rule->count = count;
	memcpy(rule->code, code, count * sizeof(CccdInstr));
	return rule;
}

/* The detail of a limit, with the limit; the result means nothing. */
static int
limit_detail(const CccdRuleError *error, int position)
{
	switch (error->status)
	{
		case CCCD_RULE_TOO_DEEP:
			return errdetail("At most %d parentheses or changes between \"and\", \"or\" and \"not\" can be inside each other, see character %d.",
							 CCCD_RULE_MAX_DEPTH, position);
		case CCCD_RULE_TOO_MANY_CLAUSES:
			return errdetail("A rule has at most %d conditions, one more begins at character %d.",
							 CCCD_RULE_MAX_CLAUSES, position);
		case CCCD_RULE_TOO_MANY_ITEMS:
			return errdetail("A list has at most %d values, one more begins at character %d.",
							 CCCD_RULE_MAX_ITEMS, position);
		default:
			return errdetail("The text of a rule has at most %d bytes, also in its canonical form with at most %d instructions.",
							 CCCD_RULE_MAX_TEXT, CCCD_RULE_MAX_CODES);
	}
}

static int
syntax_detail(const CccdRuleError *error, int position)
{
	if (error->hint)
		errhint("%s", error->hint);
	if (error->status == CCCD_RULE_UNKNOWN_CODE)
		return errdetail("The name at character %d is not known, expected %s.",
						 position, error->expected);
	if (error->status == CCCD_RULE_EMPTY_RANGE)
		return errdetail("Nothing can satisfy the comparison at character %d.",
						 position);
	return errdetail("Expected %s at character %d.", error->expected,
					 position);
}

void
cccd_rule_report(struct Node *escontext, const char *type, const char *text,
				 size_t length, const CccdRuleError *error, bool binary)
{
	int			position = 1 + pg_mbstrlen_with_len(text,
													(int) error->position);

	if (error->status >= CCCD_RULE_TOO_LONG)
		ereturn(escontext,,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("rule is too large"),
				 limit_detail(error, position)));
	ereturn(escontext,,
			(errcode(binary ? ERRCODE_INVALID_BINARY_REPRESENTATION :
					 ERRCODE_INVALID_TEXT_REPRESENTATION),
			 binary ? errmsg("invalid binary data for type %s", type) :
			 errmsg("invalid input syntax for type %s", type),
			 syntax_detail(error, position)));
}

void
cccd_rule_recv_version(StringInfo message, const char *type)
{
	if (pq_getmsgbyte(message) != CCCD_RULE_VERSION)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_BINARY_REPRESENTATION),
				 errmsg("invalid binary data for type %s", type),
				 errdetail("Its version is not known here.")));
}
