/*
 * bound_test.c
 *		Text of bound rules: what is read, what is refused and where.
 */
#include "unit.h"

#include "eval/bound_core.h"

#define RULE	"doses >= 2"

static CccdRuleStatus
parse(const char *text, CccdBoundText *bound, CccdRuleError *error)
{
	static CccdInstr code[CCCD_RULE_MAX_CODES];

	memset(bound, 0, sizeof(*bound));
	memset(error, 0, sizeof(*error));
	bound->code = code;
	return cccd_bound_parse(text, strlen(text), bound, error);
}

static void
test_round_trip(void)
{
	static const char *const texts[] = {
		"(" RULE ") @ 2021-11-16 19:00:00+07",
		"(" RULE ") @ 2021-11-16 19:00:00.5+07",
		"() @ 1900-01-01 00:00:00+07",
		"(not (isolated or place in (1, 79))) @ 2135-12-31 23:59:59.999999+07",
		"(" RULE ") @ 2021-11-16 19:00:00+07 {ticket=yes, evidence=qr}"
	};

	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
	{
		CccdBoundText bound;
		CccdRuleError error;
		char		text[CCCD_RULE_MAX_TEXT + CCCD_BOUND_TAIL_SIZE + 2] = "(";
		size_t		length = 1;

		CHECK(parse(texts[i], &bound, &error) == CCCD_RULE_OK);
		length += cccd_rule_format(bound.code, bound.count, text + length,
								   CCCD_RULE_MAX_TEXT);
		length += cccd_bound_format_tail(bound.at, bound.context,
										 text + length);
		CHECK(length == strlen(text));
		CHECK_STR(text, texts[i]);
	}
}

static void
test_refused(void)
{
	static const struct
	{
		const char *text;
		CccdRuleStatus status;
		int			position;
	}			cases[] = {
		{"", CCCD_RULE_SYNTAX, 0},
		{RULE, CCCD_RULE_SYNTAX, 0},
		{"(" RULE, CCCD_RULE_SYNTAX, -1},
		{"(doses >= ) @ 2021-11-16", CCCD_RULE_SYNTAX, 10},
		{"(" RULE ")) @ 2021-11-16", CCCD_RULE_SYNTAX, 12},
		{"(" RULE ") 2021-11-16", CCCD_RULE_SYNTAX, -1},
		{"(" RULE ") @", CCCD_RULE_SYNTAX, 14},
		{"(" RULE ") @ noon", CCCD_RULE_SYNTAX, 15},
		{"(" RULE ") @ 1899-12-31 23:59:59+07", CCCD_RULE_RANGE, 15},
		{"(" RULE ") @ 2136-01-01 00:00:00.000001+07", CCCD_RULE_RANGE, 15},
		{"(" RULE ") @ 2021-11-16 12:00:00+00 ticket", CCCD_RULE_SYNTAX, 38},
		{"(" RULE ") @ 2021-11-16 12:00:00+00 {ticket", CCCD_RULE_SYNTAX, -1},
		{"(" RULE ") @ 2021-11-16 12:00:00+00 {ticket=maybe}",
		CCCD_RULE_SYNTAX, 46},
		{"(" RULE ") @ 2021-11-16 12:00:00+00 {ticket=yes} {}",
		CCCD_RULE_SYNTAX, 51},
		{"(@ 2021-11-16 12:00:00+00 (", CCCD_RULE_SYNTAX, -1}
	};
	static char long_text[CCCD_BOUND_MAX_TEXT + 2];
	CccdBoundText bound;
	CccdRuleError error;

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
	{
		CHECK(parse(cases[i].text, &bound, &error) == cases[i].status);
		CHECK((size_t) error.position <= strlen(cases[i].text));
		if (cases[i].position >= 0 &&
			(size_t) error.position != (size_t) cases[i].position)
			fprintf(stderr, "%s: at %d\n", cases[i].text,
					(int) error.position);
		CHECK(cases[i].position < 0 ||
			  (size_t) error.position == (size_t) cases[i].position);
		CHECK(error.status == cases[i].status);
	}
	/* every beginning of a text that is right is refused */
	for (size_t n = 0; n < strlen("(" RULE ") @ 2021"); n++)
		CHECK(cccd_bound_parse("(" RULE ") @ 2021", n, &bound, &error) ==
			  CCCD_RULE_SYNTAX);
	memset(long_text, ' ', sizeof(long_text) - 1);
	CHECK(parse(long_text, &bound, &error) == CCCD_RULE_TOO_LONG);
}

/* What messages call the range of times is the range. */
static void
test_range(void)
{
	char		text[CCCD_BOUND_TAIL_SIZE + 2] = "(";
	char		first[11] = "",
				last[11] = "";
	CccdBoundText bound;
	CccdRuleError error;

	CHECK(sscanf(CCCD_AT_RANGE, "%10s to %10s", first, last) == 2);
	text[1 + cccd_bound_format_tail(CCCD_AT_MIN, 0, text + 1)] = '\0';
	CHECK(strstr(text, first) && strstr(text, " 00:00:00+07"));
	CHECK(parse(text, &bound, &error) == CCCD_RULE_OK &&
		  bound.at == CCCD_AT_MIN);
	text[1 + cccd_bound_format_tail(CCCD_AT_MIN - 1, 0, text + 1)] = '\0';
	CHECK(parse(text, &bound, &error) == CCCD_RULE_RANGE);
	CHECK_STR(error.expected, "a time from " CCCD_AT_RANGE);
	text[1 + cccd_bound_format_tail(CCCD_AT_MAX, 0, text + 1)] = '\0';
	CHECK(strstr(text, last) && strstr(text, " 00:00:00+07"));
	CHECK(parse(text, &bound, &error) == CCCD_RULE_OK &&
		  bound.at == CCCD_AT_MAX);
	text[1 + cccd_bound_format_tail(CCCD_AT_MAX + 1, 0, text + 1)] = '\0';
	CHECK(parse(text, &bound, &error) == CCCD_RULE_RANGE);
}

int
main(void)
{
	test_round_trip();
	test_refused();
	test_range();
	return finish();
}
