/*
 * bound_core.c
 *		The text of a bound rule; see bound_core.h.
 */
#include "eval/bound_core.h"

#include "base/calendar_core.h"
#include "rule/rule_token_core.h"

static CccdRuleStatus
fail(CccdRuleError *error, CccdRuleStatus status, size_t position,
	 const char *expected)
{
	memset(error, 0, sizeof(*error));
	error->status = status;
	error->position = position;
	error->expected = expected;
	return status;
}

/*
 * Where the parenthesis closes that opens at the given token; the length of
 * the text if it does not.
 */
static size_t
find_close(const char *text, size_t length, CccdToken *token)
{
	size_t		depth = 1;

	while (depth > 0)
	{
		cccd_token_read(text, length, token->end, token);
		if (token->kind == CCCD_TOKEN_END)
			return length;
		if (token->kind == CCCD_TOKEN_OPEN)
			depth++;
		else if (token->kind == CCCD_TOKEN_CLOSE)
			depth--;
	}
	return token->start;
}

/* Where the next thing begins. */
static size_t
skip_spaces(const char *text, size_t length, size_t at)
{
	CccdToken	token;

	cccd_token_read(text, length, at, &token);
	return token.start;
}

/* [ "{" name=value, ... "}" ] and the end */
static CccdRuleStatus
parse_context(const char *text, size_t length, size_t at,
			  CccdBoundText *bound, CccdRuleError *error)
{
	CccdContextError context_error;
	size_t		close;

	bound->context = 0;
	at = skip_spaces(text, length, at);
	if (at == length)
		return CCCD_RULE_OK;
	if (text[at] != '{')
		return fail(error, CCCD_RULE_SYNTAX, at,
					"the context in braces or the end");
	at++;
	for (close = at; close < length && text[close] != '}';)
		close++;
	if (!cccd_context_parse(text + at, close - at, &bound->context,
							&context_error))
		return fail(error, CCCD_RULE_SYNTAX, at + context_error.position,
					context_error.expected);
	if (close == length)
		return fail(error, CCCD_RULE_SYNTAX, close, "a closing brace");
	at = skip_spaces(text, length, close + 1);
	if (at != length)
		return fail(error, CCCD_RULE_SYNTAX, at, "the end");
	return CCCD_RULE_OK;
}

CccdRuleStatus
cccd_bound_parse(const char *text, size_t length, CccdBoundText *bound,
				 CccdRuleError *error)
{
	CccdToken	token;
	size_t		open,
				close,
				at,
				used;

	memset(error, 0, sizeof(*error));
	if (length > CCCD_BOUND_MAX_TEXT)
		return fail(error, CCCD_RULE_TOO_LONG, CCCD_BOUND_MAX_TEXT, NULL);
	cccd_token_read(text, length, 0, &token);
	if (token.kind != CCCD_TOKEN_OPEN)
		return fail(error, CCCD_RULE_SYNTAX, token.start,
					"a rule in parentheses");
	open = token.end;
	close = find_close(text, length, &token);
	if (cccd_rule_parse(text + open, close - open, bound->code,
						&bound->count, error) != CCCD_RULE_OK)
	{
		error->position += open;
		return error->status;
	}
	if (close == length)
		return fail(error, CCCD_RULE_SYNTAX, close, "a closing parenthesis");
	at = skip_spaces(text, length, close + 1);
	if (at == length || text[at] != '@')
		return fail(error, CCCD_RULE_SYNTAX, at, "@ and a time");
	at = skip_spaces(text, length, at + 1);
	if (!cccd_time_parse(text + at, length - at, &used, &bound->at))
		return fail(error, CCCD_RULE_SYNTAX, at,
					"a time such as 2021-11-16 19:00:00+07");
	if (bound->at < CCCD_AT_MIN || bound->at > CCCD_AT_MAX)
		return fail(error, CCCD_RULE_RANGE, at,
					"a time from " CCCD_AT_RANGE);
	return parse_context(text, length, at + used, bound, error);
}

size_t
cccd_bound_format_tail(int64_t at, uint64_t context, char *out)
{
	size_t		length = 4;

	memcpy(out, ") @ ", 4);
	length += cccd_time_format(at, out + length);
	if (context != 0)
	{
		memcpy(out + length, " {", 2);
		length += 2;
		length += cccd_context_format(context, out + length);
		memcpy(out + length, "}", 2);
		length++;
	}
	return length;
}
