/*
 * rule_format_test.c
 *		How the sources of a filter are written: every set of them.
 */
#include "unit.h"

#include "rule/rule_core.h"

static const char *const names[] = {
	"declared", "paper", "certificate", "national"
};

/* The shortest way to write a set: one, from one on, or a list. */
static void
write_sources(unsigned set, char *text)
{
	unsigned	first = 0;

	while (!(set & 1u << first))
		first++;
	if (set == 1u << first)
		sprintf(text, "= %s", names[first]);
	else if (set == (0xfu & 0xfu << first))
		sprintf(text, ">= %s", names[first]);
	else
	{
		strcpy(text, "in (");
		for (unsigned i = 0; i < 4; i++)
			if (set & 1u << i)
				sprintf(text + strlen(text), "%s%s", i > first ? ", " : "",
						names[i]);
		strcat(text, ")");
	}
}

static void
test_sources(void)
{
	for (unsigned set = 1; set <= 15; set++)
	{
		char		list[128] = "";
		char		wanted[160];
		char		shortest[128];
		char		text[160];
		char		written[CCCD_RULE_MAX_TEXT];
		CccdInstr	code[CCCD_RULE_MAX_CODES];
		CccdRuleError error;
		int			count;

		for (int i = 0; i < 4; i++)
			if (set & 1u << i)
				sprintf(list + strlen(list), "%s%s", *list ? ", " : "",
						names[i]);
		write_sources(set, shortest);
		snprintf(text, sizeof(text), "doses(source in (%s)) >= 2", list);
		/* any source is no condition */
		if (set == 15)
			strcpy(wanted, "doses >= 2");
		else
			snprintf(wanted, sizeof(wanted), "doses(source %s) >= 2", shortest);
		CHECK(cccd_rule_parse(text, strlen(text), code, &count, &error) ==
			  CCCD_RULE_OK);
		CHECK(code[0].sources == (set == 15 ? 0 : set));
		written[cccd_rule_format(code, count, written, sizeof(written))] = '\0';
		CHECK_STR(written, wanted);
		CHECK(cccd_rule_parse(written, strlen(written), code, &count,
							  &error) == CCCD_RULE_OK);
		CHECK(code[0].sources == (set == 15 ? 0 : set));
	}
}

int
main(void)
{
	test_sources();
	return finish();
}
