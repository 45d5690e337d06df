/*
 * certlogic_path_core.c
 *		Data that a CertLogic program looks at.
 *
 * A path does what the reference engine does with JavaScript's values: a
 * fragment that parseInt() takes for a number is an index, or a key written as
 * digits; arrays and texts have a "length"; a text has characters.
 */
#include "certlogic/certlogic_program_core.h"

#include <string.h>

/* Characters as JavaScript counts them, of UTF-8: beyond 16 bits two each. */
static bool
count_characters(CccdLogicRun *run, const CccdLogicValue *text, uint32_t *count)
{
	cccd_logic_charge(run, text->length / 16);
	*count = 0;
	for (uint32_t i = 0; i < text->length; i++)
	{
		unsigned char c = (unsigned char) text->u.text[i];

		if (c >= 0x80 && !run->source->utf8)
			return false;
		*count += (c & 0xC0) != 0x80;
		*count += c >= 0xF0;
	}
	return true;
}

/* One of them; half of a pair is the replacement character. */
static bool
find_character(CccdLogicRun *run, const CccdLogicValue *text, double index,
			   CccdLogicValue *result)
{
	uint32_t	i = 0;
	double		at = 0;

	cccd_logic_charge(run, text->length / 16);
	while (i < text->length)
	{
		unsigned char c = (unsigned char) text->u.text[i];
		uint32_t	size = c < 0xC0 ? 1 : c < 0xE0 ? 2 : c < 0xF0 ? 3 : 4;

		if (c >= 0x80 && !run->source->utf8)
			return false;
		if (size > text->length - i)
			size = text->length - i;
		if (index < at + (c >= 0xF0 ? 2 : 1))
		{
			result->kind = CCCD_LOGIC_STRING;
			result->u.text = c >= 0xF0 ? "\xEF\xBF\xBD" : text->u.text + i;
			result->length = c >= 0xF0 ? 3 : size;
			return true;
		}
		at += c >= 0xF0 ? 2 : 1;
		i += size;
	}
	return true;
}

static void
find_record_member(const CccdLogicValue *record, const char *key,
				   uint32_t length, CccdLogicValue *result)
{
	const CccdLogicMember *members = record->u.members;

	for (uint32_t i = 0; i < record->length; i++)
		if (members[i].length == length &&
			memcmp(members[i].key, key, length) == 0)
		{
			*result = members[i].value;
			return;
		}
}

/*
 * What JavaScript finds at a fragment of a value; what is not there is null.
 * false: text that cannot be counted
 */
static bool
step_into(CccdLogicRun *run, const CccdLogicValue *value,
		  const CccdLogicFragment *fragment, CccdLogicValue *result)
{
	const char *key = fragment->key;
	uint32_t	length = fragment->length;
	bool		is_length = length == 6 && memcmp(key, "length", 6) == 0;
	bool		in_range = fragment->numeric && fragment->index >= 0 &&
	fragment->index < value->length;

	result->kind = CCCD_LOGIC_NULL;
	switch ((CccdLogicKind) value->kind)
	{
		case CCCD_LOGIC_OBJECT:
		case CCCD_LOGIC_RECORD:
			if (fragment->numeric)
			{
				key = fragment->digits;
				length = fragment->digits_length;
				if (length == 0)
					break;
			}
			if (value->kind == CCCD_LOGIC_RECORD)
				find_record_member(value, key, length, result);
			else if (!run->source->member(value->u.source, key, length,
										  result))
				result->kind = CCCD_LOGIC_NULL;
			break;
		case CCCD_LOGIC_ARRAY:
		case CCCD_LOGIC_LIST:
			if (in_range && value->kind == CCCD_LOGIC_LIST)
				*result = value->u.items[(uint32_t) fragment->index];
			else if (in_range)
				(void) run->source->item(value->u.source,
										 (uint32_t) fragment->index, result);
			else if (is_length)
			{
				result->kind = CCCD_LOGIC_NUMBER;
				result->u.number = value->length;
			}
			break;
		case CCCD_LOGIC_STRING:
			if (in_range)
				return find_character(run, value, fragment->index, result);
			if (is_length)
			{
				uint32_t	count;

				result->kind = CCCD_LOGIC_NUMBER;
				if (!count_characters(run, value, &count))
					return false;
				result->u.number = count;
			}
			break;
		default:
			break;
	}
	return true;
}

bool
cccd_logic_look_up(CccdLogicRun *run, uint32_t number, const CccdLogicValue **result)
{
	CccdLogicFragment *fragment = &run->program->fragments[number];
	CccdLogicScope *scope = &run->program->scopes[fragment->scope];
	const CccdLogicValue *parent = &scope->root;

	if (fragment->generation != scope->generation)
	{
		cccd_logic_charge(run, 1);
		/* a path has CCCD_LOGIC_MAX_DEPTH fragments at most */
		if (fragment->parent != CCCD_LOGIC_NONE &&
			!cccd_logic_look_up(run, fragment->parent, &parent))
			return false;
		if (!step_into(run, parent, fragment, &fragment->value))
			return false;
		fragment->generation = scope->generation;
	}
	*result = &fragment->value;
	return true;
}
