/*
 * word_core.c
 *		Words that people and systems write: the search; see word_core.h.
 */
#include "health/word_core.h"

#include <string.h>

#include "scan/name_core.h"

/* Words of a text in the form in which they compare. */
typedef struct Parts
{
	char		letters[CCCD_WORD_MAX]; /* of all words, one behind the other */
	uint8_t		start[CCCD_WORD_PARTS_MAX + 1];
	int			count;
} Parts;

/* Copy a text without the signs of a registered name, U+00AE and U+2122. */
static size_t
without_marks(const char *text, size_t len, char *out)
{
	size_t		count = 0;

	for (size_t i = 0; i < len;)
	{
		if (len - i >= 2 && memcmp(text + i, "\xC2\xAE", 2) == 0)
			i += 2;
		else if (len - i >= 3 && memcmp(text + i, "\xE2\x84\xA2", 3) == 0)
			i += 3;
		else
			out[count++] = text[i++];
	}
	return count;
}

/* Take a text apart; false if it has no words or is beyond the limits. */
static bool
split(const char *text, size_t len, Parts *parts)
{
	char		plain[CCCD_WORD_MAX];
	char		folded[CCCD_WORD_MAX];
	size_t		folded_len;
	size_t		count = 0;

	if (len > CCCD_WORD_MAX)
		return false;
	folded_len = cccd_name_fold(plain, without_marks(text, len, plain),
								folded);
	parts->count = 0;
	for (size_t i = 0; i < folded_len; i++)
	{
		if (folded[i] == ' ')
			continue;
		if (i == 0 || folded[i - 1] == ' ')
		{
			if (parts->count == CCCD_WORD_PARTS_MAX)
				return false;
			parts->start[parts->count++] = (uint8_t) count;
		}
		parts->letters[count++] = folded[i];
	}
	parts->start[parts->count] = (uint8_t) count;
	return parts->count > 0;
}

/* A sign in the place of a word of a result, in brackets or not. */
static int
sign_result(const char *text, size_t len)
{
	while (len > 0 && (*text == ' ' || *text == '('))
	{
		text++;
		len--;
	}
	while (len > 0 && (text[len - 1] == ' ' || text[len - 1] == ')'))
		len--;
	if (len == 1 && *text == '+')
		return 1;
	if ((len == 1 && *text == '-') ||
		(len == 3 && (memcmp(text, "\xE2\x88\x92", 3) == 0 ||	/* minus */
					  memcmp(text, "\xE2\x80\x93", 3) == 0)))	/* dash */
		return 0;
	return CCCD_WORD_NONE;
}

/* Whether a name of a list, folded, is these letters. */
static bool
name_is(const char *name, const char *letters, size_t len)
{
	char		folded[CCCD_CODE_SIZE];
	size_t		folded_len = cccd_name_fold(name, strlen(name), folded);
	size_t		count = 0;

	for (size_t i = 0; i < folded_len; i++)
	{
		if (folded[i] == ' ')
			continue;
		if (count == len || folded[i] != letters[count])
			return false;
		count++;
	}
	return count == len;
}

/*
 * Words first to last, last excluded, written as one: *code is what they mean
 * and *flags how.  False if they are not known.
 */
static bool
find_run(CccdWordKind kind, const Parts *parts, int first, int last,
		 int *code, int *flags)
{
	const char *letters = parts->letters + parts->start[first];
	size_t		len = parts->start[last] - parts->start[first];
	const CccdWord *word;
	const char *name;

	for (int i = cccd_word_first(kind);
		 (word = cccd_word_entry(i)) != NULL && word->kind == kind; i++)
	{
		if (word->length == len && memcmp(word->key, letters, len) == 0)
		{
			*code = word->code;
			*flags = word->flags;
			return true;
		}
	}
	*flags = 0;
	if (kind >= CCCD_WORDS_SEX)
		return false;
	for (int i = 0; cccd_code_entry((CccdCodeSet) kind, i, code, &name); i++)
	{
		if (name_is(name, letters, len))
			return true;
	}
	return false;
}

/*
 * All words of a text, longest runs first: each must be known, and those that
 * say something must say the same.
 */
static int
find_parts(CccdWordKind kind, const Parts *parts)
{
	int			strong = CCCD_WORD_NONE;
	int			weak = CCCD_WORD_NONE;

	for (int first = 0; first < parts->count;)
	{
		int			last = parts->count;
		int			code = CCCD_WORD_NONE,
					flags = 0;
		int		   *said;

		while (last > first &&
			   !find_run(kind, parts, first, last, &code, &flags))
			last--;
		if (last == first)
			return CCCD_WORD_NONE;
		first = last;
		if (flags & CCCD_WORD_NOISE)
			continue;
		said = flags & CCCD_WORD_WEAK ? &weak : &strong;
		if (*said != CCCD_WORD_NONE && *said != code)
			return CCCD_WORD_NONE;
		*said = code;
	}
	return strong != CCCD_WORD_NONE ? strong : weak;
}

int
cccd_word_find(CccdWordKind kind, const char *text, size_t len)
{
	Parts		parts;

	if (kind < CCCD_WORDS_SEX)
	{
		int			code = cccd_code_find((CccdCodeSet) kind, text, len);

		if (code >= 0)
			return code;
	}
	if (kind == CCCD_WORDS_RESULT)
	{
		int			code = sign_result(text, len);

		if (code != CCCD_WORD_NONE)
			return code;
	}
	if (!split(text, len, &parts))
		return CCCD_WORD_NONE;
	return find_parts(kind, &parts);
}
