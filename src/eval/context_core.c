/*
 * context_core.c
 *		What the caller of a rule knows; see context_core.h.
 */
#include "eval/context_core.h"

#include <string.h>

#include "base/calendar_core.h"
#include "health/code_core.h"
#include "rule/rule_token_core.h"

/* The parts in the order of their text and of their bits. */
typedef enum Part
{
	PART_TICKET,
	PART_ACCOMPANIED,
	PART_EVIDENCE,
	PART_LEVEL,
	PART_ORIGIN_LEVEL,
	PART_SEX,
	PART_PLACE,
	PART_BIRTH_DATE,
	PART_PERSON					/* sex, place and birth date in one */
} Part;

#define PARTS	PART_PERSON		/* that have bits of their own */

typedef struct PartInfo
{
	const char *name;
	int			shift;			/* lowest bit */
	int			bits;
	uint32_t	max;
	const char *expected;		/* the value in text */
} PartInfo;

static const PartInfo parts[PARTS + 1] = {
	{"ticket", 0, 2, CCCD_CONTEXT_YES, "yes or no"},
	{"accompanied", 2, 2, CCCD_CONTEXT_YES, "yes or no"},
	{"evidence", 4, 3, CCCD_EVIDENCE_GENUINE, "a level of evidence"},
	{"level", 7, 3, CCCD_LEVEL_MAX, "a level from 1 to 4"},
	{"origin_level", 10, 3, CCCD_LEVEL_MAX, "a level from 1 to 4"},
	{"sex", 13, 2, CCCD_SEX_FEMALE, "M or F"},
	{"place", 15, 10, CCCD_PLACE_MAX, "the code of a place from 1 to 999"},
	{"birth_date", 25, 17, 0x1ffff, "a date from " CCCD_CONTEXT_BIRTH_RANGE},
	{"person", 13, 29, 0x1fffffff, "a person as cccd_context writes it"},
};

#define CONTEXT_BITS	42

/* Day 0 of a packed birth date, which is "unknown", is 1799-12-31. */
#define BIRTH_DATE_ZERO	(-73049)

static uint32_t
get_part(uint64_t packed, Part part)
{
	return (uint32_t) (packed >> parts[part].shift) &
		((UINT32_C(1) << parts[part].bits) - 1);
}

static bool
set_part(uint64_t *packed, Part part, int64_t value)
{
	if (value < 0 || value > parts[part].max)
		return false;
	*packed |= (uint64_t) value << parts[part].shift;
	return true;
}

bool
cccd_context_pack(const CccdContext *context, uint64_t *packed)
{
	int64_t		birth = 0;

	*packed = 0;
	if (context->has_birth_date)
	{
		birth = (int64_t) context->birth_date - BIRTH_DATE_ZERO;
		if (birth < 1)
			return false;
	}
	return set_part(packed, PART_TICKET, context->ticket) &&
		set_part(packed, PART_ACCOMPANIED, context->accompanied) &&
		set_part(packed, PART_EVIDENCE, context->evidence) &&
		set_part(packed, PART_LEVEL, context->level) &&
		set_part(packed, PART_ORIGIN_LEVEL, context->origin_level) &&
		set_part(packed, PART_SEX, context->sex) &&
		set_part(packed, PART_PLACE, context->place) &&
		set_part(packed, PART_BIRTH_DATE, birth);
}

bool
cccd_context_unpack(uint64_t packed, CccdContext *context)
{
	if (packed >> CONTEXT_BITS != 0)
		return false;
	for (Part part = 0; part < PARTS; part++)
		if (get_part(packed, part) > parts[part].max)
			return false;
	context->ticket = get_part(packed, PART_TICKET);
	context->accompanied = get_part(packed, PART_ACCOMPANIED);
	context->evidence = get_part(packed, PART_EVIDENCE);
	context->level = get_part(packed, PART_LEVEL);
	context->origin_level = get_part(packed, PART_ORIGIN_LEVEL);
	context->sex = get_part(packed, PART_SEX);
	context->place = get_part(packed, PART_PLACE);
	context->has_birth_date = get_part(packed, PART_BIRTH_DATE) != 0;
	context->birth_date = context->has_birth_date ?
		(int32_t) get_part(packed, PART_BIRTH_DATE) + BIRTH_DATE_ZERO : 0;
	return true;
}

uint64_t
cccd_context_join_packed(uint64_t first, uint64_t second)
{
	for (Part part = 0; part < PARTS; part++)
		if (get_part(first, part) == 0)
			first |= (uint64_t) get_part(second, part) << parts[part].shift;
	return first;
}

/* The value of the first of the words that is the given one, or -1. */
static int
find_word(const char *const words[], const int values[], int count,
		  const char *word, size_t length)
{
	CccdToken	token;

	cccd_token_read(word, length, 0, &token);
	if (token.end != length)
		return -1;
	for (int i = 0; i < count; i++)
		if (cccd_token_is(&token, words[i]))
			return values[i];
	return -1;
}

int
cccd_context_find_answer(const char *word, size_t length)
{
	static const char *const words[] = {"yes", "no", "true", "false"};
	static const int values[] = {
		CCCD_CONTEXT_YES, CCCD_CONTEXT_NO, CCCD_CONTEXT_YES, CCCD_CONTEXT_NO
	};

	return find_word(words, values, 4, word, length);
}

int
cccd_context_find_sex(const char *word, size_t length)
{
	static const char *const words[] = {"m", "f", "male", "female"};
	static const int values[] = {
		CCCD_SEX_MALE, CCCD_SEX_FEMALE, CCCD_SEX_MALE, CCCD_SEX_FEMALE
	};

	return find_word(words, values, 4, word, length);
}

/* The value of a part that is a single token, or -1. */
static int
token_value(const char *text, const CccdToken *token, Part part)
{
	const char *word = text + token->start;
	size_t		length = token->end - token->start;

	switch (part)
	{
		case PART_TICKET:
		case PART_ACCOMPANIED:
			return cccd_context_find_answer(word, length);
		case PART_SEX:
			return cccd_context_find_sex(word, length);
		case PART_EVIDENCE:
			return cccd_code_find(CCCD_CODES_EVIDENCE, word, length);
		default:
			return token->kind == CCCD_TOKEN_NUMBER ? token->number : -1;
	}
}

/*
 * A person in text: 30 bits, of which the highest was zero before they were
 * mixed.  Multiplying by odd numbers and folding the upper half of the bits
 * into the lower one can be undone, and after it neighbouring days have nothing
 * in common.  The two numbers mean nothing.
 */
#define PERSON_MASK		UINT32_C(0x3fffffff)
#define MIX_FIRST		UINT32_C(0x2c1b3c6d)
#define MIX_SECOND		UINT32_C(0x297a2d39)

static const char person_letters[] = "abcdefghijklmnopqrstuvwxyz234567";

/* The number that undoes multiplying by an odd one, by Newton's method. */
static uint32_t
inverse(uint32_t odd)
{
	uint32_t	result = odd;	/* right in the lowest three bits */

	for (int i = 0; i < 4; i++)
		result *= 2 - odd * result;
	return result;
}

static size_t
format_person(uint32_t person, char *out)
{
	uint32_t	mixed = person * MIX_FIRST & PERSON_MASK;

	mixed ^= mixed >> 15;
	mixed = mixed * MIX_SECOND & PERSON_MASK;
	mixed ^= mixed >> 15;
	for (int i = CCCD_CONTEXT_PERSON_SIZE - 1; i >= 0; i--, mixed >>= 5)
		out[i] = person_letters[mixed & 31];
	out[CCCD_CONTEXT_PERSON_SIZE] = '\0';
	return CCCD_CONTEXT_PERSON_SIZE;
}

/* The bits of a person, or -1. */
static int64_t
parse_person(const char *text, size_t length)
{
	uint32_t	mixed = 0;

	if (length < CCCD_CONTEXT_PERSON_SIZE)
		return -1;
	for (int i = 0; i < CCCD_CONTEXT_PERSON_SIZE; i++)
	{
		char		letter = text[i];
		const char *found;

		if (letter >= 'A' && letter <= 'Z')
			letter += 'a' - 'A';
		found = letter ? strchr(person_letters, letter) : NULL;
		if (!found)
			return -1;
		mixed = mixed << 5 | (uint32_t) (found - person_letters);
	}
	mixed ^= mixed >> 15;
	mixed = mixed * inverse(MIX_SECOND) & PERSON_MASK;
	mixed ^= mixed >> 15;
	return mixed * inverse(MIX_FIRST) & PERSON_MASK;
}

/*
 * The value of a part at the token, which becomes the last one of the value;
 * below 1 if there is none.
 */
static int64_t
part_value(const char *text, size_t length, CccdToken *token, Part part)
{
	int64_t		value;
	size_t		used = CCCD_CONTEXT_PERSON_SIZE;
	int32_t		day;

	if (part == PART_BIRTH_DATE)
	{
		if (!cccd_date_parse(text + token->start, length - token->start,
							 &used, &day))
			return -1;
		value = (int64_t) day - BIRTH_DATE_ZERO;
	}
	else if (part == PART_PERSON)
		value = parse_person(text + token->start, length - token->start);
	else
		return token_value(text, token, part);
	token->end = token->start + used;
	return value;
}

/* One name=value; the token is the name, and afterwards what follows. */
static bool
parse_part(const char *text, size_t length, CccdToken *token,
		   uint64_t *packed, CccdContextError *error)
{
	Part		part = 0;
	int64_t		value;
	CccdContext context;

	error->position = token->start;
	error->expected = "ticket, accompanied, evidence, level, origin_level, "
		"sex, place, birth_date or person";
	while (part <= PART_PERSON && !cccd_token_is(token, parts[part].name))
		part++;
	if (part > PART_PERSON)
		return false;
	error->expected = "every name only once";
	if (get_part(*packed, part) != 0)
		return false;

	cccd_token_read(text, length, token->end, token);
	error->position = token->start;
	error->expected = "=";
	if (token->kind != CCCD_TOKEN_EQ)
		return false;

	cccd_token_read(text, length, token->end, token);
	error->position = token->start;
	error->expected = parts[part].expected;
	value = part_value(text, length, token, part);
	if (value < 1 || !set_part(packed, part, value) ||
		!cccd_context_unpack(*packed, &context))
		return false;
	cccd_token_read(text, length, token->end, token);
	return true;
}

bool
cccd_context_parse(const char *text, size_t length, uint64_t *packed,
				   CccdContextError *error)
{
	CccdToken	token;

	*packed = 0;
	if (length > CCCD_CONTEXT_MAX_TEXT)
	{
		error->position = CCCD_CONTEXT_MAX_TEXT;
		error->expected = "the end";
		return false;
	}
	cccd_token_read(text, length, 0, &token);
	if (token.kind == CCCD_TOKEN_END)
		return true;
	for (;;)
	{
		if (!parse_part(text, length, &token, packed, error))
			return false;
		if (token.kind == CCCD_TOKEN_END)
			return true;
		error->position = token.start;
		error->expected = "a comma or the end";
		if (token.kind != CCCD_TOKEN_COMMA)
			return false;
		cccd_token_read(text, length, token.end, &token);
	}
}

static size_t
append(char *out, size_t at, const char *text)
{
	size_t		length = strlen(text);

	memcpy(out + at, text, length + 1);
	return at + length;
}

static size_t
append_number(char *out, size_t at, uint32_t number)
{
	char		digits[11];
	size_t		first = sizeof(digits) - 1;

	digits[first] = '\0';
	do
	{
		digits[--first] = '0' + number % 10;
		number /= 10;
	} while (number > 0);
	return append(out, at, digits + first);
}

size_t
cccd_context_format(uint64_t packed, char *out)
{
	size_t		at = 0;

	out[0] = '\0';
	for (Part part = 0; part <= PART_PERSON; part++)
	{
		uint32_t	value = get_part(packed, part);

		if (value == 0 || (part >= PART_SEX && part != PART_PERSON))
			continue;
		if (at > 0)
			at = append(out, at, ", ");
		at = append(out, at, parts[part].name);
		at = append(out, at, "=");
		switch (part)
		{
			case PART_TICKET:
			case PART_ACCOMPANIED:
				at = append(out, at, value == CCCD_CONTEXT_YES ? "yes" : "no");
				break;
			case PART_EVIDENCE:
				at += cccd_code_name(CCCD_CODES_EVIDENCE, (int) value,
									 out + at);
				break;
			case PART_PERSON:
				at += format_person(value, out + at);
				break;
			default:
				at = append_number(out, at, value);
		}
	}
	return at;
}
