/*
 * word_time_core.c
 *		Dates and times as people and spreadsheets write them; see
 *		word_time_core.h.
 *
 * The text is folded to capital letters without marks and taken apart into
 * numbers, letters and signs.  A clock is found by its sign (":", "H", "GIO")
 * wherever it stands; what remains must be the three numbers of a date.
 */
#include "health/word_time_core.h"

#include <string.h>

#include "base/calendar_core.h"
#include "base/text_core.h"

#define TOKENS_MAX		24

typedef struct Token
{
	char		kind;			/* '0' number, 'A' letters, or the sign */
	bool		spaced;			/* a space stands before it */
	uint8_t		digits;			/* of a number */
	int32_t		value;
	char		letters[8];		/* the first seven */
} Token;

typedef struct Tokens
{
	Token		token[TOKENS_MAX + 1];	/* the last one is 0 */
	int			count;
} Tokens;

/* The letter under a mark of the few words that occur, in capitals. */
static int
plain_letter(uint32_t code)
{
	if (code >= 'a' && code <= 'z')
		return (int) code - 'a' + 'A';
	if (code >= 'A' && code <= 'Z')
		return (int) code;
	switch (code)
	{
		case 0xE0:				/* ngày */
		case 0xC0:
		case 0xE1:				/* tháng, sáng */
		case 0xC1:
		case 0x103:				/* năm */
		case 0x102:
			return 'A';
		case 0x1EDD:			/* giờ */
		case 0x1EDC:
			return 'O';
		case 0xFA:				/* phút, lúc */
		case 0xDA:
			return 'U';
		case 0x1EC1:			/* chiều */
		case 0x1EC0:
			return 'E';
		case 0x1ED1:			/* tối */
		case 0x1ED0:
			return 'O';
	}
	return 0;
}

static bool
is_mark(uint32_t code)
{
	return code >= 0x300 && code <= 0x36F;
}

/* Numbers and words of a text; false for any other sign or too many. */
static bool
take_apart(const char *text, size_t len, Tokens *tokens)
{
	bool		spaced = false;

	memset(tokens, 0, sizeof(*tokens));
	while (len > 0)
	{
		Token	   *last = tokens->count > 0 ?
		&tokens->token[tokens->count - 1] : NULL;
		uint32_t	code;
		size_t		size = cccd_utf8_decode(text, len, &code);
		char		kind;
		int			letter;

		if (size == 0)
			return false;
		text += size;
		len -= size;
		if (cccd_text_is_space(code) || code == '\t' || code == '\r' ||
			code == '\n' || code == 0xFEFF)
		{
			spaced = true;
			continue;
		}
		if (is_mark(code))
			continue;
		letter = plain_letter(code);
		if (code >= '0' && code <= '9')
			kind = '0';
		else if (letter != 0)
			kind = 'A';
		else if (code < 0x80 && strchr("/-.:+,", (int) code) != NULL)
			kind = (char) code;
		else
			return false;
		if (last == NULL || spaced || last->kind != kind ||
			(kind != '0' && kind != 'A'))
		{
			if (tokens->count == TOKENS_MAX)
				return false;
			last = &tokens->token[tokens->count++];
			last->kind = kind;
			last->spaced = spaced;
		}
		spaced = false;
		if (kind == '0')
		{
			if (last->digits == 9)
				return false;
			last->digits++;
			last->value = last->value * 10 + (int32_t) (code - '0');
		}
		else if (kind == 'A')
		{
			size_t		used = strlen(last->letters);

			if (used == sizeof(last->letters) - 1)
				return false;
			last->letters[used] = (char) letter;
		}
	}
	return tokens->count > 0;
}

static bool
is_word(const Token *token, const char *word)
{
	return token->kind == 'A' && strcmp(token->letters, word) == 0;
}

static bool
is_number(const Token *token, int least_digits, int most_digits)
{
	return token->kind == '0' && token->digits >= least_digits &&
		token->digits <= most_digits;
}

/* Take count tokens out at i. */
static void
take_out(Tokens *tokens, int i, int count)
{
	memmove(&tokens->token[i], &tokens->token[i + count],
			sizeof(Token) * (TOKENS_MAX + 1 - i - count));
	tokens->count -= count;
	memset(&tokens->token[tokens->count], 0,
		   sizeof(Token) * (TOKENS_MAX + 1 - tokens->count));
}

/*
 * The zone at token i, behind a clock: *zone in minutes east of UTC.  Returns
 * how many tokens it is, 0 for none, -1 for one that is not possible.
 */
static int
read_zone(const Token *token, int *zone)
{
	int			hours,
				minutes = 0;
	int			used = 2;

	*zone = 7 * 60;
	if (is_word(token, "Z") || is_word(token, "UTC"))
	{
		*zone = 0;
		return 1;
	}
	if ((token->kind != '+' && token->kind != '-') || token[1].spaced)
		return 0;
	if (is_number(&token[1], 4, 4))
	{
		hours = token[1].value / 100;
		minutes = token[1].value % 100;
	}
	else if (is_number(&token[1], 2, 2))
	{
		hours = token[1].value;
		if (token[2].kind == ':' && is_number(&token[3], 2, 2))
		{
			minutes = token[3].value;
			used = 4;
		}
	}
	else
		return -1;
	if (hours > 15 || minutes > 59)
		return -1;
	*zone = (token->kind == '-' ? -1 : 1) * (hours * 60 + minutes);
	return used;
}

/* Half of the day at a token: 1 first, 2 second, 0 none. */
static int
read_half(const Token *token)
{
	if (is_word(token, "SA") || is_word(token, "AM") || is_word(token, "SANG"))
		return 1;
	if (is_word(token, "CH") || is_word(token, "PM") ||
		is_word(token, "CHIEU") || is_word(token, "TOI"))
		return 2;
	return 0;
}

/*
 * Minutes and seconds behind the sign of an hour; returns the tokens used.  A
 * number behind a space may be the date's instead ("8h 5/11/2021").
 */
static int
read_minutes(const Token *token, int *minute, int *second)
{
	int			used = 1;

	*minute = *second = 0;
	if (!is_number(token, 1, 2))
		return 0;
	if (token->spaced && !is_word(&token[1], "PHUT") &&
		!is_word(&token[1], "NGAY") && token[1].kind != 0)
		return 0;
	*minute = token->value;
	if (is_word(&token[used], "PHUT") || is_word(&token[used], "P"))
		return used + 1;
	if (token[used].kind == ':' && is_number(&token[used + 1], 2, 2))
	{
		*second = token[used + 1].value;
		used += 2;
		if (token[used].kind == '.' && token[used + 1].kind == '0')
			used += 2;			/* the fraction */
	}
	return used;
}

/*
 * Find the clock, read it and take it out.  Returns 1 if there was one, 0 if
 * there was none, -1 if there is one that is not possible.  *clock is minutes
 * and seconds since midnight UTC, which may be on another day.
 */
static int
take_clock(Tokens *tokens, int64_t *clock)
{
	Token	   *token = tokens->token;
	int			i,
				used,
				minute,
				second,
				hour,
				half,
				zone,
				more;

	for (i = 0; i + 1 < tokens->count; i++)
		if (is_number(&token[i], 1, 2) &&
			(token[i + 1].kind == ':' || is_word(&token[i + 1], "H") ||
			 is_word(&token[i + 1], "GIO")))
			break;
	if (i + 1 >= tokens->count)
		return 0;
	hour = token[i].value;
	used = 2 + read_minutes(&token[i + 2], &minute, &second);
	if (token[i + 1].kind == ':' &&
		(used == 2 || token[i + 2].digits != 2))
		return -1;
	half = read_half(&token[i + used]);
	if (half != 0)
	{
		used++;
		if (hour > 12 || hour == 0)
			return -1;
		hour = hour % 12 + (half == 2 ? 12 : 0);
	}
	more = read_zone(&token[i + used], &zone);
	if (more < 0 || hour > 23 || minute > 59 || second > 59)
		return -1;
	used += more;
	*clock = cccd_clock_time(hour, minute, second) -
		zone * INT64_C(60) * CCCD_SECOND;
	take_out(tokens, i, used);
	/* "T", "lúc" or a comma between date and time */
	if (i > 0 && (is_word(&token[i - 1], "T") ||
				  is_word(&token[i - 1], "LUC") || token[i - 1].kind == ','))
		take_out(tokens, i - 1, 1);
	else if (token[i].kind == ',' || (i == 0 && token[i].kind == '-'))
		take_out(tokens, i, 1);
	return 1;
}

/* Leave out "ngày", "tháng" and "năm" where they stand between the numbers. */
static bool
take_words(Tokens *tokens)
{
	Token	   *token = tokens->token;

	if (is_word(&token[0], "NGAY"))
		take_out(tokens, 0, 1);
	if (tokens->count != 5 || !is_word(&token[1], "THANG"))
		return true;
	if (!is_word(&token[3], "NAM"))
		return false;
	token[1].kind = token[3].kind = '/';
	return true;
}

static bool
year_is_read(int32_t day)
{
	int			year,
				month,
				date;

	cccd_civil_from_days(day, &year, &month, &date);
	return year >= CCCD_WORD_YEAR_MIN && year <= CCCD_WORD_YEAR_MAX;
}

/* The day that the remaining tokens are. */
static bool
read_day(Tokens *tokens, int32_t *day)
{
	const Token *token = tokens->token;
	int			year,
				month,
				date;

	if (!take_words(tokens))
		return false;
	if (tokens->count == 1 && is_number(token, 8, 8))
	{
		year = token[0].value / 10000;
		month = token[0].value / 100 % 100;
		date = token[0].value % 100;
	}
	else
	{
		int			gap;		/* tokens from one number to the next */

		if (tokens->count == 3)
			gap = 1;
		else if (tokens->count == 5 && token[1].kind == token[3].kind &&
				 strchr("/-.", token[1].kind) != NULL)
			gap = 2;
		else
			return false;
		if (!is_number(&token[gap], 1, 2))
			return false;
		month = token[gap].value;
		if (is_number(&token[0], 4, 4) && is_number(&token[2 * gap], 1, 2))
		{
			year = token[0].value;
			date = token[2 * gap].value;
		}
		else if (is_number(&token[0], 1, 2) &&
				 is_number(&token[2 * gap], 4, 4))
		{
			date = token[0].value;
			year = token[2 * gap].value;
		}
		else
			return false;
	}
	if (!cccd_date_valid(year, month, date))
		return false;
	*day = cccd_days_from_civil(year, month, date);
	return year_is_read(*day);
}

bool
cccd_word_time_read(const char *text, size_t len, CccdWordTime *out)
{
	Tokens		tokens;
	int64_t		clock = 0;
	int			found;
	int32_t		day;

	if (len > CCCD_WORD_TIME_MAX || !take_apart(text, len, &tokens))
		return false;
	found = take_clock(&tokens, &clock);
	if (found < 0 || !read_day(&tokens, &day))
		return false;
	if (found == 0)
		clock = -CCCD_ZONE;
	/* a zone may lead into a year that is not read */
	if (!year_is_read(cccd_day_from_time(day * CCCD_DAY + clock)))
		return false;
	out->day = day;
	out->has_clock = found > 0;
	out->time = day * CCCD_DAY + clock;
	return true;
}

/* The words that stand beside the numbers of a date. */
static bool
is_date_word(const Token *token)
{
	return is_word(token, "NGAY") || is_word(token, "THANG") ||
		is_word(token, "NAM") || is_word(token, "SINH");
}

/*
 * The numbers of a date of which not all may be known, in the order in which
 * they stand, at most three: words before them, one sign or words between them,
 * nothing behind.  Returns how many, 0 for anything else.
 */
static int
partial_numbers(const Tokens *tokens, const Token *number[3])
{
	int			count = 0;
	bool		apart = true;	/* a number may follow */

	for (int i = 0; i < tokens->count; i++)
	{
		const Token *token = &tokens->token[i];

		if (token->kind == '0')
		{
			if (count == 3 || !(apart || token->spaced))
				return 0;
			number[count++] = token;
			apart = false;
		}
		else if (is_date_word(token))
			apart = true;
		else if (token->kind == ':' && i > 0 && is_date_word(token - 1))
			continue;			/* "năm sinh: 1990" */
		else if (!apart && strchr("/-.", token->kind) != NULL)
			apart = true;
		else
			return 0;
	}
	return apart ? 0 : count;
}

/* Year, and month or 0, of a date whose day is not known. */
static bool
read_partial(const Tokens *tokens, int *year, int *month)
{
	const Token *number[3];
	int			count = partial_numbers(tokens, number);

	*month = 0;
	if (count == 1 && is_number(number[0], 8, 8))
	{
		*year = number[0]->value / 10000;
		*month = number[0]->value / 100 % 100;
		return number[0]->value % 100 == 0;
	}
	for (int i = 0; i < count; i++)
	{
		/* the year stands first or last, the month beside it */
		const Token *token = is_number(number[0], 4, 4) ?
		number[i] : number[count - 1 - i];

		if (!is_number(token, i == 0 ? 4 : 1, i == 0 ? 4 : 2))
			return false;
		if (i == 0)
			*year = token->value;
		else if (i == 1)
			*month = token->value;
		else if (token->value != 0)
			return false;
	}
	return count > 0;
}

bool
cccd_word_birth_read(const char *text, size_t len, CccdWordBirth *out)
{
	Tokens		tokens,
				rest;			/* read_day takes words out */
	int64_t		clock = 0;
	int			found,
				year,
				month;
	int32_t		day;

	if (len > CCCD_WORD_TIME_MAX || !take_apart(text, len, &tokens))
		return false;
	found = take_clock(&tokens, &clock);
	if (found < 0 || (found > 0 && clock != -CCCD_ZONE))
		return false;
	rest = tokens;
	if (read_day(&rest, &day))
	{
		out->day = day;
		out->precision = CCCD_WORD_DAY;
		return true;
	}
	if (!read_partial(&tokens, &year, &month) || month > 12 ||
		year < CCCD_WORD_YEAR_MIN || year > CCCD_WORD_YEAR_MAX)
		return false;
	out->day = cccd_days_from_civil(year, month == 0 ? 1 : month, 1);
	out->precision = month == 0 ? CCCD_WORD_YEAR : CCCD_WORD_MONTH;
	return true;
}
