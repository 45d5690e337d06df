/*
 * eval_draw.h
 *		Random records, rules and contexts that have much to do with each other.
 */
#ifndef EVAL_DRAW_H
#define EVAL_DRAW_H

#include "unit.h"
#include "chance.h"

#include <stdlib.h>

#include "base/calendar_core.h"
#include "health/health_core.h"
#include "eval/during_core.h"
#include "eval/program_core.h"

/* --- random numbers and times ------------------------------------------ */

static bool
one_in(uint32_t n)
{
	return chance(n) == 0;
}

/* Days around month ends meet each other after months and after days. */
static int64_t
draw_time(void)
{
	static const int dates[][3] = {
		{2021, 1, 28}, {2021, 2, 25}, {2021, 3, 28}, {2021, 5, 30},
		{2021, 8, 28}, {2021, 11, 14}, {2021, 12, 29}, {2020, 2, 26},
		{2020, 8, 29}, {2000, 1, 1}
	};
	static const int seconds[] = {
		0, 0, 1, 8 * 3600, 36000, 43200, 86399
	};
	int			date = one_in(50) ? 9 : (int) chance(9);
	int32_t		day = cccd_days_from_civil(dates[date][0], dates[date][1],
										   dates[date][2]) + chance(7);

	if (date == 9)
		return (int64_t) chance(3 * 86400) * CCCD_SECOND;
	return cccd_time_from_day(day) + seconds[chance(7)] * CCCD_SECOND;
}

/* --- random records ----------------------------------------------------- */

static unsigned char *body;		/* in no more memory than it needs */
static size_t body_length;
static CccdHealthView opened;
static const CccdHealthView *record;	/* NULL: the person is missing */
static CccdEvent events[100];
static int	nevents;

static void
draw_event(CccdEvent *e)
{
	static const uint8_t kinds[] = {
		CCCD_DOSE, CCCD_DOSE, CCCD_DOSE, CCCD_TEST, CCCD_TEST, CCCD_TEST,
		CCCD_RECOVERY, CCCD_ISOLATION, CCCD_EXPOSURE, CCCD_CONTRAINDICATION,
		CCCD_CREDENTIAL, CCCD_DECLARATION, CCCD_DECLARATION,
		CCCD_REGISTRATION, CCCD_CONSULTATION
	};

	memset(e, 0, sizeof(*e));
	e->kind = kinds[chance(sizeof(kinds))];
	e->time = (uint32_t) (draw_time() / CCCD_SECOND);
	e->until = CCCD_HEALTH_NO_END;
	e->disease = one_in(8) ? 2 : 1;
	e->source = chance(4);
	e->is_signed = chance(2);
	if (cccd_kind_has_names(e->kind))
	{
		e->disease = 0;
		e->name = 1 + chance(3);
	}
	if (e->kind == CCCD_DOSE)
	{
		e->product = chance(4);
		e->number = one_in(3) ? 1 + chance(4) : 0;
		e->series = one_in(2) ? 1 + chance(3) : 0;
	}
	else if (e->kind == CCCD_TEST)
	{
		e->test = chance(5);
		e->result = one_in(2) ? 0 : chance(4);
	}
	else if (one_in(2))
		e->until = e->time + (one_in(4) ? 1 : 86400 * (1 + chance(200)));
}

/* Another report of a drawn dose: it agrees in most things, seldom in all. */
static void
draw_again(const CccdEvent *dose, CccdEvent *e)
{
	static const int later[] = {
		0, 0, 1, 3600, 86400, -86400, 2 * 86400, -3 * 86400, 9 * 86400,
		10 * 86400, 40 * 86400, 180 * 86400, 181 * 86400, 200 * 86400
	};
	int64_t		time = (int64_t) dose->time + later[chance(14)];

	*e = *dose;
	e->time = (uint32_t) (time < 0 ? 0 : time);
	e->source = chance(4);
	e->is_signed = chance(2);
	if (one_in(3))
		e->product = chance(4);
	if (one_in(4))
		e->number = chance(4);
	if (one_in(4))
		e->series = chance(3);
}

static void
draw_record(void)
{
	unsigned char built[CCCD_HEALTH_MAX_SIZE];
	CccdEvent	drawn[20];
	size_t		count = chance(one_in(4) ? 20 : 7);
	uint32_t	tests_from = 0;

	for (size_t i = 0; i < count; i++)
		if (i > 0 && drawn[i - 1].kind == CCCD_DOSE && one_in(3))
			draw_again(&drawn[i - 1], &drawn[i]);
		else
			draw_event(&drawn[i]);
	/* each without a number may be one dose with its neighbour, or not */
	for (size_t i = 0, without = 0; i < count; i++)
		if (drawn[i].kind == CCCD_DOSE && drawn[i].number == 0 &&
			++without > 5)
			drawn[i].number = 1 + chance(4);
	/* at any time, in the first minutes of all, or just after an event */
	if (one_in(4))
		tests_from = count > 0 && one_in(2) ? drawn[0].time + 2 - chance(3) :
			one_in(8) ? 2 + chance(100) :
			(uint32_t) (draw_time() / CCCD_SECOND);
	if (tests_from == 1)
		tests_from = 2;
	CHECK(cccd_health_build(drawn, count, tests_from, built, &body_length) ==
		  CCCD_HEALTH_OK);
	free(body);
	body = memcpy(malloc(body_length), built, body_length);
	CHECK(cccd_health_open(body, body_length, &opened) == CCCD_HEALTH_OK);
	record = one_in(30) ? NULL : &opened;
	nevents = 0;
	for (int i = 0; i < opened.ndoses; i++)
		cccd_health_dose(&opened, i, &events[nevents++]);
	for (int i = 0; i < opened.ntests; i++)
		cccd_health_test(&opened, i, &events[nevents++]);
	for (int i = 0; i < opened.nothers; i++)
		cccd_health_other(&opened, i, &events[nevents++]);
}

/* --- random rules, as text ---------------------------------------------- */

static CccdInstr code[CCCD_RULE_MAX_CODES];
static int	count;
static char rule_text[4096];
static size_t used;

static void
say(const char *words)
{
	used += snprintf(rule_text + used, sizeof(rule_text) - used, "%s", words);
}

static const char *const durations[] = {
	"0 days", "1 second", "1 hour", "72 hours", "1 day", "3 days",
	"14 days", "28 days", "30 days", "31 days", "2 weeks", "1 month",
	"1 month", "2 months", "3 months", "6 months", "6 months",
	"9 months", "12 months", "1 year", "2 years", "25 years"
};

static void
say_durations(void)
{
	static const char *const comparisons[] = {" < ", " <= ", " > ", " >= "};
	int			first = chance(22);

	if (!one_in(4))
	{
		say(comparisons[chance(4)]);
		say(durations[first]);
		return;
	}
	say(" between ");
	say(durations[first]);
	say(" and ");
	say(durations[one_in(3) ? first : (int) chance(22)]);
}

static void
say_filter(const char *first)
{
	static const char *const terms[] = {
		"disease = #2", "source = national", "source >= certificate", "signed",
		"source in (declared, certificate)"
	};

	/* what has a name is about no disease */
	bool		named = first && first[0] == '#';

	say("(");
	if (first)
		say(first);
	if (!first || one_in(3))
	{
		if (first)
			say(", ");
		say(terms[named ? 1 + chance(4) : chance(5)]);
	}
	say(")");
}

static void
say_dose_filter(void)
{
	if (one_in(2))
		return;
	say_filter(one_in(3) ? NULL : one_in(2) ? "product = #1" :
			   "product in (#1, #3)");
}

static void
say_named(const char *word)
{
	static const char *const names[] = {"#1", "#2", "#3", "#1, #3"};

	say(word);
	say_filter(names[chance(4)]);
}

static void
say_fact(void)
{
	static const char *const others[] = {
		"recovery", "isolation", "exposure", "contraindication"
	};
	static const char *const numbers[] = {"dose(1", "dose(2", "dose(3"};
	static const char *const named[] = {
		"credential", "declaration", "registration", "consultation"
	};

	say("since(");
	switch (chance(8))
	{
		case 0:
			say("last_dose");
			say_dose_filter();
			break;
		case 1:
			say(numbers[chance(3)]);
			say(one_in(3) ? ", signed)" : one_in(3) ? ", source = paper)" :
				")");
			break;
		case 2:
			say(others[chance(4)]);
			if (one_in(3))
				say_filter(NULL);
			break;
		case 4:
			say("complete");
			say_dose_filter();
			break;
		case 3:
			say_named(named[chance(4)]);
			break;
		default:
			say(one_in(3) ? "positive" : "negative");
			if (one_in(2))
				say_filter(one_in(2) ? "pcr" : one_in(2) ?
						   "pcr, antibody" : NULL);
	}
	say(")");
	say_durations();
}

static void
say_clause(void)
{
	static const char *const counts[] = {
		" >= 1", " >= 2", " = 2", " <> 1", " <= 2", " = 0", " between 1 and 3",
		" in (1, 3)", " >= 3", " not between 2 and 3"
	};
	static const char *const context[] = {
		"ticket", "accompanied", "evidence >= qr", "evidence in (paper, chip)",
		"level <= 2", "origin_level <> 3", "sex = female", "place = 79",
		"place not in (1, 48, 79)"
	};
	static const char *const states[] = {
		"isolated", "exposed", "contraindicated", "recovered"
	};
	static const char *const named[] = {
		"holds", "declared", "booked", "consulted"
	};

	switch (chance(8))
	{
		case 0:
		case 1:
			say("doses");
			say_dose_filter();
			say(counts[chance(10)]);
			break;
		case 2:
			if (one_in(3))
			{
				say_named(named[chance(4)]);
				break;
			}
			if (one_in(3))
			{
				say("complete");
				say_dose_filter();
				break;
			}
			say(states[chance(4)]);
			if (one_in(3))
				say_filter(NULL);
			break;
		case 3:
			if (one_in(2))
			{
				say("age");
				say_durations();
			}
			else
				say(context[chance(9)]);
			break;
		default:
			say_fact();
	}
}

static void
say_rule(int depth)
{
	if (one_in(5))
		say("not ");
	if (depth == 0 || one_in(3))
		say_clause();
	else
	{
		const char *word = one_in(2) ? " and " : " or ";
		int			children = 2 + chance(3);

		say("(");
		for (int i = 0; i < children; i++)
		{
			if (i > 0)
				say(word);
			say_rule(depth - 1);
		}
		say(")");
	}
}

static void
draw_rule(void)
{
	CccdRuleError error;

	do
	{
		used = 0;
		rule_text[0] = '\0';
		if (!one_in(200))
			say_rule(chance(4));
	}
	/* a unit of age is a day at least, some ranges are empty */
	while (used >= sizeof(rule_text) ||
		   cccd_rule_parse(rule_text, used, code, &count,
						   &error) != CCCD_RULE_OK);
}

static CccdContext context;
static uint64_t packed;

static void
draw_context(void)
{
	memset(&context, 0, sizeof(context));
	context.ticket = chance(3);
	context.accompanied = chance(3);
	context.evidence = chance(8);
	context.level = chance(5);
	context.origin_level = chance(5);
	context.sex = chance(3);
	context.place = one_in(2) ? 79 : chance(1000);
	context.has_birth_date = !one_in(4);
	if (context.has_birth_date)
		context.birth_date = cccd_day_from_time(draw_time()) -
			(one_in(2) ? 0 : 25 * 365);
	CHECK(cccd_context_pack(&context, &packed));
}

#endif							/* EVAL_DRAW_H */
