/*
 * health_text_core.c
 *		Reading and writing the text of a health record; see
 *		health_text_core.h.
 */
#include "health/health_text_core.h"

#include "base/calendar_core.h"
#include "health/code_core.h"

/* In the order of CccdEventKind. */
static const char *const kinds[] = {
	"recovery", "isolation", "exposure", "contraindication", "credential",
	"declaration", "registration", "consultation", "dose", "test"
};

typedef struct Parser
{
	const char *input;
	size_t		length;
	size_t		at;
	CccdHealthTextError *error;
} Parser;

/* A part of the text. */
typedef struct Word
{
	const char *start;
	size_t		length;
	size_t		at;
} Word;

/* Which words an event has had. */
typedef enum Seen
{
	SEEN_TIME = 1,
	SEEN_UNTIL = 2,
	SEEN_DISEASE = 4,
	SEEN_PRODUCT = 8,
	SEEN_NUMBER = 16,
	SEEN_TEST = 32,
	SEEN_RESULT = 64,
	SEEN_SOURCE = 128,
	SEEN_SIGNED = 256,
	SEEN_NAME = 512,
	SEEN_SERIES = 1024
} Seen;

bool
cccd_health_event_time(int64_t time, uint32_t *second)
{
	if (time < 0 || time / CCCD_SECOND >= CCCD_HEALTH_NO_END)
		return false;
	*second = (uint32_t) (time / CCCD_SECOND);
	return true;
}

bool
cccd_health_horizon_time(int64_t time, uint32_t *second)
{
	if (time < 0 || time > UINT32_MAX * CCCD_SECOND)
		return false;
	*second = (uint32_t) ((time + CCCD_SECOND - 1) / CCCD_SECOND);
	return true;
}

const char *
cccd_health_kind_name(int kind)
{
	return kinds[kind];
}

static bool
word_is(const char *text, size_t length, const char *name)
{
	for (size_t i = 0; i < length; i++)
	{
		char		c = text[i];

		if (c >= 'A' && c <= 'Z')
			c = c - 'A' + 'a';
		/* also where name has ended: its zero byte is not a letter of a word */
		if (name[i] != c || c == '\0')
			return false;
	}
	return name[length] == '\0';
}

int
cccd_health_kind_find(const char *name, size_t length)
{
	for (int kind = CCCD_RECOVERY; kind <= CCCD_TEST; kind++)
		if (word_is(name, length, kinds[kind]))
			return kind;
	return -1;
}

static CccdHealthTextStatus
expected(Parser *parser, size_t at, const char *what)
{
	parser->error->at = at;
	parser->error->expected = what;
	return CCCD_HEALTH_TEXT_SYNTAX;
}

static bool
is_space(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

static void
skip_space(Parser *parser)
{
	while (parser->at < parser->length && is_space(parser->input[parser->at]))
		parser->at++;
}

static bool
at_end(Parser *parser)
{
	skip_space(parser);
	return parser->at == parser->length;
}

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool
is_word_char(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || is_digit(c) ||
		c == '_' || c == '-' || c == '#';
}

/* A run of letters, digits, _, - and #; empty if there is none. */
static Word
read_word(Parser *parser)
{
	Word		word;

	skip_space(parser);
	word.at = parser->at;
	word.start = parser->input + word.at;
	while (parser->at < parser->length &&
		   is_word_char(parser->input[parser->at]))
		parser->at++;
	word.length = parser->at - word.at;
	return word;
}

/* A name: a word, or anything between single quotes. */
static bool
read_name(Parser *parser, Word *name)
{
	size_t		end;

	skip_space(parser);
	if (parser->at == parser->length || parser->input[parser->at] != '\'')
	{
		*name = read_word(parser);
		return name->length > 0;
	}
	end = parser->at + 1;
	while (end < parser->length && parser->input[end] != '\'')
		end++;
	name->at = parser->at;
	name->start = parser->input + parser->at + 1;
	name->length = end - parser->at - 1;
	if (end == parser->length)
		return false;
	parser->at = end + 1;
	return true;
}

static CccdHealthTextStatus
read_time(Parser *parser, uint32_t *second, bool horizon)
{
	size_t		used;
	size_t		start;
	int64_t		time;

	skip_space(parser);
	start = parser->at;
	if (!cccd_time_parse(parser->input + start, parser->length - start,
						 &used, &time))
		return expected(parser, start, "a time");
	parser->at += used;
	if (parser->at < parser->length && parser->input[parser->at] != ';' &&
		!is_space(parser->input[parser->at]))
		return expected(parser, parser->at, "the end of a time");
	if (horizon ? !cccd_health_horizon_time(time, second) :
		!cccd_health_event_time(time, second))
	{
		parser->error->at = start;
		return CCCD_HEALTH_TEXT_RANGE;
	}
	return CCCD_HEALTH_TEXT_OK;
}

static CccdHealthTextStatus
read_code(Parser *parser, CccdCodeSet set, const char *what, int *code)
{
	Word		name;

	*code = -1;
	skip_space(parser);
	name.at = parser->at;
	if (read_name(parser, &name))
		*code = cccd_code_find(set, name.start, name.length);
	return *code < 0 ? expected(parser, name.at, what) : CCCD_HEALTH_TEXT_OK;
}

static CccdHealthTextStatus
read_number(Parser *parser, uint8_t *number)
{
	Word		word = read_word(parser);
	int			value = 0;

	for (size_t i = 0; i < word.length && value <= CCCD_DOSE_NUMBER_MAX; i++)
	{
		if (!is_digit(word.start[i]))
			value = CCCD_DOSE_NUMBER_MAX;
		value = value * 10 + (word.start[i] - '0');
	}
	if (value < 1 || value > CCCD_DOSE_NUMBER_MAX)
		return expected(parser, word.at, "a number from 1 to 31");
	*number = (uint8_t) value;
	return CCCD_HEALTH_TEXT_OK;
}

/*
 * A word that says which it is by itself: signed, pcr, negative, insurance,
 * national.
 */
static int
plain_word(CccdEvent *event, Word word)
{
	int			code;

	if (word_is(word.start, word.length, "signed"))
	{
		event->is_signed = 1;
		return SEEN_SIGNED;
	}
	/* #NNN is a kind of test or a name: the others all have words */
	if (event->kind == CCCD_TEST)
	{
		code = cccd_code_find(CCCD_CODES_TEST, word.start, word.length);
		if (code >= 0)
		{
			event->test = (uint8_t) code;
			return SEEN_TEST;
		}
		code = cccd_code_find(CCCD_CODES_RESULT, word.start, word.length);
		if (code >= 0 && word.start[0] != '#')
		{
			event->result = (uint8_t) code;
			return SEEN_RESULT;
		}
	}
	else if (cccd_kind_has_names(event->kind))
	{
		code = cccd_code_find(cccd_kind_names(event->kind), word.start,
							  word.length);
		if (code >= 0)
		{
			event->name = (uint16_t) code;
			return SEEN_NAME;
		}
	}
	code = cccd_code_find(CCCD_CODES_SOURCE, word.start, word.length);
	if (code >= 0 && word.start[0] != '#')
	{
		event->source = (uint8_t) code;
		return SEEN_SOURCE;
	}
	return 0;
}

/* What a name is, and what else an event with one has, from credentials on. */
#define NAMED(what) \
	{what, "a time, \"until\", " what ", a source or \"signed\""}

static const char *const named[][2] = {
	NAMED("a credential"), NAMED("what is declared"),
	NAMED("what is booked"), NAMED("who was consulted")
};

static const char *
attributes_of(int kind)
{
	if (cccd_kind_has_names(kind))
		return named[kind - CCCD_CREDENTIAL][1];
	switch (kind)
	{
		case CCCD_DOSE:
			return "a time, \"product\", \"number\", \"series\", \"disease\", "
				"a source or \"signed\"";
		case CCCD_TEST:
			return "a time, a kind of test, a result, \"disease\", a source "
				"or \"signed\"";
		default:
			return "a time, \"until\", \"disease\", a source or \"signed\"";
	}
}

/* One attribute of an event; *seen gets which. */
static CccdHealthTextStatus
read_attribute(Parser *parser, CccdEvent *event, int *seen)
{
	CccdHealthTextStatus status = CCCD_HEALTH_TEXT_OK;
	int			code = 0;
	Word		word;

	if (is_digit(parser->input[parser->at]))
	{
		*seen = SEEN_TIME;
		return read_time(parser, &event->time, false);
	}
	word = read_word(parser);
	if (!cccd_kind_has_names(event->kind) &&
		word_is(word.start, word.length, "disease"))
	{
		*seen = SEEN_DISEASE;
		status = read_code(parser, CCCD_CODES_DISEASE, "a disease", &code);
		event->disease = (uint8_t) code;
	}
	else if (event->kind == CCCD_DOSE &&
			 word_is(word.start, word.length, "product"))
	{
		*seen = SEEN_PRODUCT;
		status = read_code(parser, CCCD_CODES_PRODUCT, "a product", &code);
		event->product = (uint16_t) code;
	}
	else if (event->kind == CCCD_DOSE &&
			 word_is(word.start, word.length, "number"))
	{
		*seen = SEEN_NUMBER;
		status = read_number(parser, &event->number);
	}
	else if (event->kind == CCCD_DOSE &&
			 word_is(word.start, word.length, "series"))
	{
		*seen = SEEN_SERIES;
		status = read_number(parser, &event->series);
	}
	else if (event->kind < CCCD_DOSE &&
			 word_is(word.start, word.length, "until"))
	{
		*seen = SEEN_UNTIL;
		status = read_time(parser, &event->until, false);
	}
	else
	{
		*seen = plain_word(event, word);
		if (*seen == 0)
			status = expected(parser, word.at, attributes_of(event->kind));
	}
	return status;
}

/* What follows the kind of an event, up to the semicolon or the end. */
static CccdHealthTextStatus
read_event(Parser *parser, int kind, CccdEvent *event)
{
	int			all = 0;
	size_t		until_at = 0;

	memset(event, 0, sizeof(*event));
	event->kind = (uint8_t) kind;
	event->until = CCCD_HEALTH_NO_END;
	event->disease = cccd_kind_has_names(kind) ? 0 : CCCD_DISEASE_COVID19;
	event->source = CCCD_SOURCE_DECLARED;
	while (!at_end(parser) && parser->input[parser->at] != ';')
	{
		size_t		at = parser->at;
		int			seen = 0;
		CccdHealthTextStatus status = read_attribute(parser, event, &seen);

		if (status != CCCD_HEALTH_TEXT_OK)
			return status;
		if (all & seen)
			return expected(parser, at, "each attribute only once");
		if (seen == SEEN_UNTIL)
			until_at = at;
		all |= seen;
	}
	if (!(all & SEEN_TIME))
		return expected(parser, parser->at, "a time");
	if (kind == CCCD_TEST && !(all & SEEN_RESULT))
		return expected(parser, parser->at, "a result");
	if (cccd_kind_has_names(kind) && !(all & SEEN_NAME))
		return expected(parser, parser->at, named[kind - CCCD_CREDENTIAL][0]);
	if (event->until <= event->time)
		return expected(parser, until_at, "an end after the beginning");
	return CCCD_HEALTH_TEXT_OK;
}

/* What follows "tests": the horizon. */
static CccdHealthTextStatus
read_horizon(Parser *parser, uint32_t *tests_from)
{
	Word		word = read_word(parser);
	uint32_t	second = 0;
	CccdHealthTextStatus status;

	if (!word_is(word.start, word.length, "from"))
		return expected(parser, word.at, "\"from\"");
	status = read_time(parser, &second, true);
	if (status == CCCD_HEALTH_TEXT_OK && second > *tests_from)
		*tests_from = second;
	if (status == CCCD_HEALTH_TEXT_OK && !at_end(parser) &&
		parser->input[parser->at] != ';')
		return expected(parser, parser->at, "\";\" or the end");
	return status;
}

static CccdHealthTextStatus
read_events(Parser *parser, CccdEvent *events, size_t *count,
			uint32_t *tests_from)
{
	if (at_end(parser))
		return CCCD_HEALTH_TEXT_OK;
	for (;;)
	{
		Word		word = read_word(parser);
		int			kind = cccd_health_kind_find(word.start, word.length);
		CccdHealthTextStatus status;

		if (word_is(word.start, word.length, "tests"))
			status = read_horizon(parser, tests_from);
		else if (kind < 0)
			return expected(parser, word.at,
							"a kind of event or \"tests from\"");
		else if (*count == CCCD_HEALTH_TEXT_EVENTS)
			return CCCD_HEALTH_TEXT_EVENT_COUNT;
		else
			status = read_event(parser, kind, &events[(*count)++]);
		if (status != CCCD_HEALTH_TEXT_OK)
			return status;
		if (at_end(parser))
			return CCCD_HEALTH_TEXT_OK;
		/* what ends an event is a semicolon */
		parser->at++;
	}
}

CccdHealthTextStatus
cccd_health_parse(const char *input, size_t length, unsigned char *out,
				  size_t *out_length, CccdHealthTextError *error)
{
	CccdEvent	events[CCCD_HEALTH_TEXT_EVENTS];
	size_t		count = 0;
	uint32_t	tests_from = 0;
	CccdHealthTextStatus status;
	Parser		parser;

	parser.input = input;
	parser.length = length;
	parser.at = 0;
	parser.error = error;
	error->at = 0;
	error->expected = "";
	status = read_events(&parser, events, &count, &tests_from);
	if (status != CCCD_HEALTH_TEXT_OK)
		return status;
	switch (cccd_health_build(events, count, tests_from, out, out_length))
	{
		case CCCD_HEALTH_OK:
			return CCCD_HEALTH_TEXT_OK;
		case CCCD_HEALTH_TOO_MANY_OTHERS:
			return CCCD_HEALTH_TEXT_OTHER_COUNT;
		default:
			return CCCD_HEALTH_TEXT_DOSE_COUNT;
	}
}

static char *
write_text(char *out, const char *text)
{
	size_t		length = strlen(text);

	memcpy(out, text, length);
	return out + length;
}

static char *
write_time(char *out, uint32_t second)
{
	return out + cccd_time_format(second * CCCD_SECOND, out);
}

static char *
write_code(char *out, CccdCodeSet set, int code)
{
	return out + cccd_code_name(set, code, out);
}

static char *
write_number(char *out, const char *word, int number)
{
	out = write_text(out, word);
	if (number >= 10)
		*out++ = '0' + number / 10;
	*out++ = '0' + number % 10;
	return out;
}

/* An event in the order of words that the header of this room shows. */
static char *
write_event(char *out, const CccdEvent *event)
{
	out = write_text(out, kinds[event->kind]);
	*out++ = ' ';
	out = write_time(out, event->time);
	if (event->until != CCCD_HEALTH_NO_END)
	{
		out = write_text(out, " until ");
		out = write_time(out, event->until);
	}
	if (cccd_kind_has_names(event->kind))
	{
		*out++ = ' ';
		out = write_code(out, cccd_kind_names(event->kind), event->name);
	}
	else if (event->disease != CCCD_DISEASE_COVID19)
	{
		out = write_text(out, " disease ");
		out = write_code(out, CCCD_CODES_DISEASE, event->disease);
	}
	if (event->product != 0)
	{
		out = write_text(out, " product '");
		out = write_code(out, CCCD_CODES_PRODUCT, event->product);
		*out++ = '\'';
	}
	if (event->number != 0)
		out = write_number(out, " number ", event->number);
	if (event->series != 0)
		out = write_number(out, " series ", event->series);
	if (event->kind == CCCD_TEST)
	{
		if (event->test != 0)
		{
			*out++ = ' ';
			out = write_code(out, CCCD_CODES_TEST, event->test);
		}
		*out++ = ' ';
		out = write_code(out, CCCD_CODES_RESULT, event->result);
	}
	*out++ = ' ';
	out = write_code(out, CCCD_CODES_SOURCE, event->source);
	if (event->is_signed)
		out = write_text(out, " signed");
	return write_text(out, "; ");
}

size_t
cccd_health_format(const CccdHealthView *view, char *out)
{
	char	   *p = out;
	CccdEvent	event;

	for (int i = 0; i < view->ndoses; i++)
	{
		cccd_health_dose(view, i, &event);
		p = write_event(p, &event);
	}
	for (int i = 0; i < view->ntests; i++)
	{
		cccd_health_test(view, i, &event);
		p = write_event(p, &event);
	}
	for (int i = 0; i < view->nothers; i++)
	{
		cccd_health_other(view, i, &event);
		p = write_event(p, &event);
	}
	if (view->tests_from > 0)
	{
		p = write_text(p, "tests from ");
		p = write_time(p, view->tests_from);
		p = write_text(p, "; ");
	}
	if (p > out)
		p -= 2;
	*p = '\0';
	return (size_t) (p - out);
}
