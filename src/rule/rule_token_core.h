/*
 * rule_token_core.h
 *		The tokens of a rule's text.
 */
#ifndef CCCD_RULE_TOKEN_CORE_H
#define CCCD_RULE_TOKEN_CORE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef enum CccdTokenKind
{
	CCCD_TOKEN_END,
	CCCD_TOKEN_WORD,			/* in "word", lower case */
	CCCD_TOKEN_NUMBER,			/* in "number" */
	CCCD_TOKEN_STRING,			/* quoted; contents in "word" as they are */
	CCCD_TOKEN_CODE,			/* #123, in "word" */
	CCCD_TOKEN_OPEN,
	CCCD_TOKEN_CLOSE,
	CCCD_TOKEN_COMMA,
	CCCD_TOKEN_EQ,
	CCCD_TOKEN_NE,
	CCCD_TOKEN_LT,
	CCCD_TOKEN_LE,
	CCCD_TOKEN_GT,
	CCCD_TOKEN_GE,
	CCCD_TOKEN_BAD				/* not a token of the language */
} CccdTokenKind;

/* A longer word is none that we know; it is kept as an empty one. */
#define CCCD_TOKEN_SIZE			64

/* Larger numbers are kept as this one, which is out of every range. */
#define CCCD_TOKEN_MAX_NUMBER	1000000000

typedef struct CccdToken
{
	CccdTokenKind kind;
	size_t		start;			/* byte offsets in the text */
	size_t		end;
	int32_t		number;
	size_t		length;			/* of word */
	char		word[CCCD_TOKEN_SIZE];	/* with a final zero byte */
} CccdToken;

/* Read the token at the given offset; its end is where the next one begins. */
extern void cccd_token_read(const char *text, size_t length, size_t at,
							CccdToken *token);

/* Whether a token is this word, given in lower case. */
extern bool cccd_token_is(const CccdToken *token, const char *word);

#endif							/* CCCD_RULE_TOKEN_CORE_H */
