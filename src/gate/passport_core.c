/*
 * passport_core.c
 *		The number of a passport; see passport_core.h.
 */
#include "gate/passport_core.h"

#include <string.h>

/* Bytes of the mark or space at the beginning of a text; 0: there is none. */
static size_t
space_length(const char *text, size_t len)
{
	if (len > 0 && (text[0] == ' ' || (text[0] >= '\t' && text[0] <= '\r')))
		return 1;
	if (len > 1 && memcmp(text, "\302\240", 2) == 0)
		return 2;				/* no-break space */
	if (len > 2 && memcmp(text, "\357\273\277", 3) == 0)
		return 3;				/* byte order mark */
	return 0;
}

static bool
is_letter(char c)
{
	return c >= 'A' && c <= 'Z';
}

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* Take white space away at both ends. */
static const char *
trim(const char *text, size_t *len)
{
	size_t		size;

	while ((size = space_length(text, *len)) > 0)
	{
		text += size;
		*len -= size;
	}
	for (bool more = true; more;)
	{
		more = false;
		for (size_t tail = 1; tail <= 3 && tail <= *len; tail++)
		{
			if (space_length(text + *len - tail, tail) != tail)
				continue;
			*len -= tail;
			more = true;
			break;
		}
	}
	return text;
}

static bool
read_typed(const char *text, size_t len, CccdPassport *passport)
{
	bool		letter = false;

	if (len < CCCD_PASSPORT_NUMBER_MIN || len > CCCD_PASSPORT_NUMBER_MAX)
		return false;
	for (size_t i = 0; i < len; i++)
	{
		if (!is_letter(text[i]) && !is_digit(text[i]))
			return false;
		letter = letter || is_letter(text[i]);
	}
	memcpy(passport->number, text, len);
	passport->number[len] = '\0';
	passport->state[0] = '\0';
	return letter;
}

/* Copy what stands before the fillers. */
static void
copy_field(const char *from, size_t len, char *to)
{
	while (len > 0 && from[len - 1] == '<')
		len--;
	memcpy(to, from, len);
	to[len] = '\0';
}

/*
 * Whether characters are as the pattern wants them: A a letter, a a letter or
 * filler, 0 a digit, x any of them, S a sex, P itself.
 */
static bool
matches(const char *text, const char *pattern)
{
	for (; *pattern; text++, pattern++)
	{
		bool		fits = *text == *pattern;

		if (*pattern == 'A')
			fits = is_letter(*text);
		else if (*pattern == 'a')
			fits = is_letter(*text) || *text == '<';
		else if (*pattern == '0')
			fits = is_digit(*text);
		else if (*pattern == 'x')
			fits = is_letter(*text) || is_digit(*text) || *text == '<';
		else if (*pattern == 'S')
			fits = *text != '\0' && strchr("MFX<", *text) != NULL;
		if (!fits)
			return false;
	}
	return true;
}

static bool
read_lines(const char *text, size_t len, CccdPassport *passport)
{
	const char *second = text + CCCD_PASSPORT_LINE;
	size_t		rest;

	if (len < 2 * CCCD_PASSPORT_LINE || !matches(text, "PaAaa"))
		return false;
	for (int i = 5; i < CCCD_PASSPORT_LINE; i++)
		if (!is_letter(text[i]) && text[i] != '<')
			return false;
	rest = len - CCCD_PASSPORT_LINE;
	for (size_t size; (size = space_length(second, rest)) > 0;)
	{
		second += size;
		rest -= size;
	}
	if (rest < CCCD_PASSPORT_LINE || !matches(second, "xxxxxxxxx0aaa0000000S"))
		return false;
	copy_field(second, 9, passport->number);
	copy_field(text + 2, 3, passport->state);
	return passport->number[0] != '\0';
}

bool
cccd_passport_read(const char *scan, size_t len, CccdPassport *passport)
{
	if (len > 4 * CCCD_PASSPORT_LINE)
		return false;
	scan = trim(scan, &len);
	return read_typed(scan, len, passport) ||
		read_lines(scan, len, passport);
}
