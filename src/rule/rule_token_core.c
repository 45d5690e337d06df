/*
 * rule_token_core.c
 *		The tokens of a rule's text; see rule_token_core.h.
 */
#include "rule/rule_token_core.h"

#include <string.h>

static bool
is_space(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool
is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

static char
lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char) (c - 'A' + 'a') : c;
}

/* Keep the bytes from..to of the text as the token's word. */
static void
keep(CccdToken *token, const char *text, size_t from, size_t to, bool fold)
{
	token->length = to - from;
	if (token->length >= CCCD_TOKEN_SIZE)
		token->length = 0;
	for (size_t i = 0; i < token->length; i++)
		token->word[i] = fold ? lower(text[from + i]) : text[from + i];
	token->word[token->length] = '\0';
}

static void
read_number(const char *text, size_t length, CccdToken *token)
{
	int64_t		number = 0;
	size_t		at = token->start;

	for (; at < length && is_digit(text[at]); at++)
	{
		number = number * 10 + (text[at] - '0');
		if (number > CCCD_TOKEN_MAX_NUMBER)
			number = CCCD_TOKEN_MAX_NUMBER;
	}
	token->kind = CCCD_TOKEN_NUMBER;
	token->number = (int32_t) number;
	token->end = at;
}

static void
read_word(const char *text, size_t length, CccdToken *token)
{
	size_t		at = token->start;

	while (at < length && (is_letter(text[at]) || is_digit(text[at])))
		at++;
	token->kind = CCCD_TOKEN_WORD;
	token->end = at;
	keep(token, text, token->start, at, true);
}

/* 'text', without any way to put a quote inside: no name has one. */
static void
read_string(const char *text, size_t length, CccdToken *token)
{
	size_t		at = token->start + 1;

	while (at < length && text[at] != '\'')
		at++;
	if (at == length)
	{
		token->kind = CCCD_TOKEN_BAD;
		token->end = at;
		return;
	}
	token->kind = CCCD_TOKEN_STRING;
	token->end = at + 1;
	keep(token, text, token->start + 1, at, false);
}

static void
read_code(const char *text, size_t length, CccdToken *token)
{
	size_t		at = token->start + 1;

	while (at < length && is_digit(text[at]))
		at++;
	token->kind = at - token->start > 1 ? CCCD_TOKEN_CODE : CCCD_TOKEN_BAD;
	token->end = at;
	keep(token, text, token->start, at, false);
}

static void
read_symbol(const char *text, size_t length, CccdToken *token)
{
	static const struct
	{
		char		text[3];
		CccdTokenKind kind;
	}			symbols[] = {
		/* the longer ones first */
		{"<=", CCCD_TOKEN_LE}, {">=", CCCD_TOKEN_GE}, {"<>", CCCD_TOKEN_NE},
		{"!=", CCCD_TOKEN_NE}, {"<", CCCD_TOKEN_LT}, {">", CCCD_TOKEN_GT},
		{"=", CCCD_TOKEN_EQ}, {"(", CCCD_TOKEN_OPEN}, {")", CCCD_TOKEN_CLOSE},
		{",", CCCD_TOKEN_COMMA}
	};

	token->kind = CCCD_TOKEN_BAD;
	token->end = token->start + 1;
	for (size_t i = 0; i < sizeof(symbols) / sizeof(symbols[0]); i++)
	{
		size_t		size = strlen(symbols[i].text);

		if (length - token->start >= size &&
			memcmp(text + token->start, symbols[i].text, size) == 0)
		{
			token->kind = symbols[i].kind;
			token->end = token->start + size;
			return;
		}
	}
}

void
cccd_token_read(const char *text, size_t length, size_t at, CccdToken *token)
{
	while (at < length && is_space(text[at]))
		at++;
	token->start = at;
	token->length = 0;
	token->word[0] = '\0';
	token->number = 0;
	if (at == length)
	{
		token->kind = CCCD_TOKEN_END;
		token->end = at;
	}
	else if (is_digit(text[at]))
		read_number(text, length, token);
	else if (is_letter(text[at]))
		read_word(text, length, token);
	else if (text[at] == '\'')
		read_string(text, length, token);
	else if (text[at] == '#')
		read_code(text, length, token);
	else
		read_symbol(text, length, token);
}

bool
cccd_token_is(const CccdToken *token, const char *word)
{
	return token->kind == CCCD_TOKEN_WORD && strcmp(token->word, word) == 0;
}
