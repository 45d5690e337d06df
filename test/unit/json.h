/*
 * json.h
 *		JSON in memory as a source for the CertLogic core: what unit tests, the
 *		fuzz target and the bench have in the place of jsonb.
 *
 * All memory is of one arena that is emptied at once.
 */
#ifndef JSON_H
#define JSON_H

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "certlogic/certlogic_core.h"

#define JSON_ARENA		(256 * 1024 * 1024)
#define JSON_DEPTH		200

typedef struct JsonContainer
{
	uint32_t	count;
	uint32_t	room;
	CccdLogicValue *keys;		/* NULL: an array */
	CccdLogicValue *values;
} JsonContainer;

static char *json_arena;
static size_t json_used;

static inline void *
json_allocate(size_t size)
{
	void	   *place;

	if (json_arena == NULL && (json_arena = malloc(JSON_ARENA)) == NULL)
		abort();
	size = (size + 15) / 16 * 16;
	if (size > JSON_ARENA - json_used)
		return NULL;
	place = json_arena + json_used;
	json_used += size;
	return place;
}

static inline void
json_free(void)
{
	free(json_arena);
	json_arena = NULL;
	json_used = 0;
}

static inline bool
json_member(const void *object, const char *key, size_t length,
			CccdLogicValue *value)
{
	const JsonContainer *container = object;

	for (uint32_t i = 0; i < container->count; i++)
		if (container->keys[i].length == length &&
			memcmp(container->keys[i].u.text, key, length) == 0)
		{
			*value = container->values[i];
			return true;
		}
	return false;
}

static inline bool
json_item(const void *array, uint32_t number, CccdLogicValue *value)
{
	const JsonContainer *container = array;

	if (number >= container->count)
		return false;
	*value = container->values[number];
	return true;
}

static inline bool
json_holds(const void *array, const char *text, size_t length)
{
	const JsonContainer *container = array;

	for (uint32_t i = 0; i < container->count; i++)
		if (container->values[i].kind == CCCD_LOGIC_STRING &&
			container->values[i].length == length &&
			memcmp(container->values[i].u.text, text, length) == 0)
			return true;
	return false;
}

static inline void
json_entry(const void *object, uint32_t number, CccdLogicValue *key,
		   CccdLogicValue *value)
{
	const JsonContainer *container = object;

	*key = container->keys[number];
	*value = container->values[number];
}

static inline double
json_number(const void *numeral)
{
	return *(const double *) numeral;
}

static const CccdLogicSource json_source = {
	.member = json_member,
	.item = json_item,
	.holds = json_holds,
	.entry = json_entry,
	.number = json_number,
	.utf8 = true
};

/* A parser without mercy: false for anything that is not JSON. */
typedef struct JsonText
{
	const char *at;
	const char *end;
} JsonText;

static bool json_value(JsonText *text, int depth, CccdLogicValue *value);

static inline void
json_blank(JsonText *text)
{
	while (text->at < text->end && strchr(" \t\r\n", *text->at) &&
		   *text->at != '\0')
		text->at++;
}

static inline bool
json_symbol(JsonText *text, char c)
{
	json_blank(text);
	if (text->at == text->end || *text->at != c)
		return false;
	text->at++;
	return true;
}

static inline bool
json_word(JsonText *text, const char *word)
{
	size_t		length = strlen(word);

	if ((size_t) (text->end - text->at) < length ||
		memcmp(text->at, word, length) != 0)
		return false;
	text->at += length;
	return true;
}

static inline char *
json_put_utf8(char *out, unsigned c)
{
	if (c < 0x80)
		*out++ = (char) c;
	else if (c < 0x800)
	{
		*out++ = (char) (0xC0 | c >> 6);
		*out++ = (char) (0x80 | (c & 0x3F));
	}
	else
	{
		*out++ = (char) (0xE0 | c >> 12);
		*out++ = (char) (0x80 | (c >> 6 & 0x3F));
		*out++ = (char) (0x80 | (c & 0x3F));
	}
	return out;
}

/* Pairs of surrogates stay two characters, which nothing here minds. */
static inline bool
json_string(JsonText *text, CccdLogicValue *value)
{
	static const char escapes[] = "\"\\/bfnrt";
	static const char meanings[] = "\"\\/\b\f\n\r\t";
	const char *close = memchr(text->at, '"', (size_t) (text->end - text->at));
	char	   *out;
	const char *escape;

	if (close == NULL || !json_symbol(text, '"'))
		return false;
	/* the end of the text: an escaped quote is not it */
	for (close = text->at; close < text->end && *close != '"'; close++)
		if (*close == '\\' && close + 1 < text->end)
			close++;
	out = json_allocate((size_t) (close - text->at) + 1);
	if (out == NULL)
		return false;
	value->kind = CCCD_LOGIC_STRING;
	value->u.text = out;
	while (text->at < text->end && *text->at != '"')
	{
		char		c = *text->at++;
		unsigned	code;
		char		hex[5] = {0};

		if (c != '\\')
		{
			*out++ = c;
			continue;
		}
		if (text->at == text->end)
			return false;
		c = *text->at++;
		if (c == 'u')
		{
			if (text->end - text->at < 4)
				return false;
			memcpy(hex, text->at, 4);
			if (sscanf(hex, "%4x", &code) != 1)
				return false;
			text->at += 4;
			out = json_put_utf8(out, code);
		}
		else if (c != '\0' && (escape = strchr(escapes, c)) != NULL)
			*out++ = meanings[escape - escapes];
		else
			return false;
	}
	if (text->at == text->end)
		return false;
	text->at++;
	value->length = (uint32_t) (out - value->u.text);
	return true;
}

static inline bool
json_numeral(JsonText *text, CccdLogicValue *value)
{
	char		digits[64];
	size_t		length = 0;
	double	   *number = json_allocate(sizeof(double));
	char	   *end;

	while (text->at < text->end && strchr("+-.eE0123456789", *text->at) &&
		   *text->at != '\0' && length < sizeof(digits) - 1)
		digits[length++] = *text->at++;
	digits[length] = '\0';
	if (number == NULL || length == 0)
		return false;
	*number = strtod(digits, &end);
	if (*end != '\0')
		return false;
	value->kind = CCCD_LOGIC_NUMERAL;
	value->length = (uint32_t) length;
	value->u.source = number;
	return true;
}

static inline bool
json_add(JsonContainer *container, const CccdLogicValue *key,
		 const CccdLogicValue *value)
{
	for (uint32_t i = 0; key && i < container->count; i++)
		if (container->keys[i].length == key->length &&
			memcmp(container->keys[i].u.text, key->u.text, key->length) == 0)
		{
			container->values[i] = *value;
			return true;
		}
	if (container->count == container->room)
	{
		uint32_t	room = container->room * 2 + 4;
		CccdLogicValue *keys = json_allocate(room * sizeof(*keys));
		CccdLogicValue *values = json_allocate(room * sizeof(*values));

		if (keys == NULL || values == NULL)
			return false;
		if (container->count > 0)
		{
			memcpy(keys, container->keys, container->count * sizeof(*keys));
			memcpy(values, container->values,
				   container->count * sizeof(*values));
		}
		container->room = room;
		container->keys = keys;
		container->values = values;
	}
	if (key)
		container->keys[container->count] = *key;
	container->values[container->count++] = *value;
	return true;
}

static inline bool
json_container(JsonText *text, int depth, CccdLogicValue *value)
{
	bool		object = *text->at == '{';
	JsonContainer *container = json_allocate(sizeof(JsonContainer));
	CccdLogicValue key,
				member;

	if (container == NULL || depth == JSON_DEPTH)
		return false;
	memset(container, 0, sizeof(*container));
	text->at++;
	if (!json_symbol(text, object ? '}' : ']'))
		for (;;)
		{
			json_blank(text);
			if (object && (!json_string(text, &key) ||
						   !json_symbol(text, ':')))
				return false;
			if (!json_value(text, depth + 1, &member) ||
				!json_add(container, object ? &key : NULL, &member))
				return false;
			if (json_symbol(text, object ? '}' : ']'))
				break;
			if (!json_symbol(text, ','))
				return false;
		}
	value->kind = object ? CCCD_LOGIC_OBJECT : CCCD_LOGIC_ARRAY;
	value->length = container->count;
	value->u.source = container;
	return true;
}

static bool
json_value(JsonText *text, int depth, CccdLogicValue *value)
{
	json_blank(text);
	memset(value, 0, sizeof(*value));
	if (text->at == text->end)
		return false;
	switch (*text->at)
	{
		case '{':
		case '[':
			return json_container(text, depth, value);
		case '"':
			return json_string(text, value);
		case 't':
			value->truth = true;
			value->kind = CCCD_LOGIC_BOOL;
			return json_word(text, "true");
		case 'f':
			value->kind = CCCD_LOGIC_BOOL;
			return json_word(text, "false");
		case 'n':
			return json_word(text, "null");
		default:
			return json_numeral(text, value);
	}
}

static inline bool
json_parse(const char *bytes, size_t length, CccdLogicValue *value)
{
	JsonText	text = {bytes, bytes + length};

	if (!json_value(&text, 0, value))
		return false;
	json_blank(&text);
	return text.at == text.end;
}

#endif							/* JSON_H */
