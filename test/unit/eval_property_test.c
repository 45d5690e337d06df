/*
 * eval_property_test.c
 *		Random rules for random records, against a second evaluator that binds
 *		nothing: it lists what may have happened and looks at each possibility
 *		from its beginning forwards.
 */
#include "unit.h"

#include "calendar/calendar_core.h"
#include "health/health_core.h"
#include "rule/during_core.h"
#include "rule/program_core.h"

#define ROUNDS			50000	/* records with a rule and a context */
#define CASES			21		/* times for each */
#define CHANGE_EVERY	4		/* one in so many has its next change found */
#define DURING_EVERY	4		/* one round in so many has all its periods */

#define FAR_PAST		(INT64_C(-31000000000) * CCCD_SECOND)	/* 1017 */

/* --- random numbers and times ------------------------------------------ */

static uint64_t state = UINT64_C(20211116);

static uint32_t
draw(uint32_t below)
{
	state ^= state >> 12;
	state ^= state << 25;
	state ^= state >> 27;
	return (uint32_t) ((state * UINT64_C(2685821657736338717)) >> 33) % below;
}

static bool
one_in(uint32_t n)
{
	return draw(n) == 0;
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
	int			date = one_in(50) ? 9 : (int) draw(9);
	int32_t		day = cccd_days_from_civil(dates[date][0], dates[date][1],
										   dates[date][2]) + draw(7);

	if (date == 9)
		return (int64_t) draw(3 * 86400) * CCCD_SECOND;
	return cccd_time_from_day(day) + seconds[draw(7)] * CCCD_SECOND;
}

/* --- random records ----------------------------------------------------- */

static unsigned char body[CCCD_HEALTH_MAX_SIZE];
static CccdHealthView opened;
static const CccdHealthView *record;	/* NULL: the person is missing */
static CccdEvent events[100];
static int	nevents;

static void
draw_event(CccdEvent *e)
{
	static const uint8_t kinds[] = {
		CCCD_DOSE, CCCD_DOSE, CCCD_DOSE, CCCD_TEST, CCCD_TEST, CCCD_TEST,
		CCCD_RECOVERY, CCCD_ISOLATION, CCCD_EXPOSURE, CCCD_CONTRAINDICATION
	};

	memset(e, 0, sizeof(*e));
	e->kind = kinds[draw(10)];
	e->time = (uint32_t) (draw_time() / CCCD_SECOND);
	e->until = CCCD_HEALTH_NO_END;
	e->disease = one_in(8) ? 2 : 1;
	e->source = draw(4);
	e->is_signed = draw(2);
	if (e->kind == CCCD_DOSE)
	{
		e->product = draw(4);
		e->number = one_in(4) ? 1 + draw(5) : 0;
	}
	else if (e->kind == CCCD_TEST)
	{
		e->test = draw(5);
		e->result = one_in(2) ? 0 : draw(4);
	}
	else if (one_in(2))
		e->until = e->time + (one_in(4) ? 1 : 86400 * (1 + draw(200)));
}

static void
draw_record(void)
{
	CccdEvent	drawn[20];
	size_t		count = draw(one_in(4) ? 20 : 7),
				length;
	uint32_t	tests_from = 0;

	for (size_t i = 0; i < count; i++)
		draw_event(&drawn[i]);
	/* at any time, in the first minutes of all, or just after an event */
	if (one_in(4))
		tests_from = count > 0 && one_in(2) ? drawn[0].time + 2 - draw(3) :
			one_in(8) ? 2 + draw(100) :
			(uint32_t) (draw_time() / CCCD_SECOND);
	if (tests_from == 1)
		tests_from = 2;
	CHECK(cccd_health_build(drawn, count, tests_from, body, &length) ==
		  CCCD_HEALTH_OK);
	CHECK(cccd_health_open(body, length, &opened) == CCCD_HEALTH_OK);
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
	int			first = draw(22);

	if (!one_in(4))
	{
		say(comparisons[draw(4)]);
		say(durations[first]);
		return;
	}
	say(" between ");
	say(durations[first]);
	say(" and ");
	say(durations[one_in(3) ? first : (int) draw(22)]);
}

static void
say_filter(const char *first)
{
	static const char *const terms[] = {
		"disease = #2", "source = national", "source >= certificate", "signed",
		"source in (declared, certificate)"
	};

	say("(");
	if (first)
		say(first);
	if (!first || one_in(3))
	{
		if (first)
			say(", ");
		say(terms[draw(5)]);
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
say_fact(void)
{
	static const char *const others[] = {
		"recovery", "isolation", "exposure", "contraindication"
	};
	static const char *const numbers[] = {"dose(1", "dose(2", "dose(3"};

	say("since(");
	switch (draw(6))
	{
		case 0:
			say("last_dose");
			say_dose_filter();
			break;
		case 1:
			say(numbers[draw(3)]);
			say(one_in(3) ? ", signed)" : one_in(3) ? ", source = paper)" :
				")");
			break;
		case 2:
			say(others[draw(4)]);
			if (one_in(3))
				say_filter(NULL);
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

	switch (draw(8))
	{
		case 0:
		case 1:
			say("doses");
			say_dose_filter();
			say(counts[draw(10)]);
			break;
		case 2:
			say(states[draw(4)]);
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
				say(context[draw(9)]);
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
		int			children = 2 + draw(3);

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
			say_rule(draw(4));
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
	context.ticket = draw(3);
	context.accompanied = draw(3);
	context.evidence = draw(8);
	context.level = draw(5);
	context.origin_level = draw(5);
	context.sex = draw(3);
	context.place = one_in(2) ? 79 : draw(1000);
	context.has_birth_date = !one_in(4);
	if (context.has_birth_date)
		context.birth_date = cccd_day_from_time(draw_time()) -
			(one_in(2) ? 0 : 25 * 365);
	CHECK(cccd_context_pack(&context, &packed));
}

/* --- the second evaluator ----------------------------------------------- */

static int64_t
later(int64_t time, int32_t duration)
{
	int64_t		value = CCCD_DURATION_VALUE(duration);

	switch (CCCD_DURATION_UNIT(duration))
	{
		case CCCD_UNIT_SECOND:
			return time + value * CCCD_SECOND;
		case CCCD_UNIT_MINUTE:
			return time + value * 60 * CCCD_SECOND;
		case CCCD_UNIT_HOUR:
			return time + value * 3600 * CCCD_SECOND;
		case CCCD_UNIT_DAY:
			return time + value * CCCD_DAY;
		case CCCD_UNIT_WEEK:
			return time + value * 7 * CCCD_DAY;
		case CCCD_UNIT_MONTH:
			return cccd_add_months(time, (int) value);
		default:
			return cccd_add_months(time, (int) value * 12);
	}
}

static bool
old_enough(const CccdInstr *c, int64_t time, int64_t at)
{
	if (c->lo == CCCD_RULE_NONE)
		return true;
	if (c->flags & CCCD_RULE_LO_STRICT)
		return at > later(time, c->lo);
	return at >= later(time, c->lo);
}

static bool
recent_enough(const CccdInstr *c, int64_t time, int64_t at)
{
	if (c->hi == CCCD_RULE_NONE)
		return true;
	if (c->flags & CCCD_RULE_HI_STRICT)
		return at < later(time, c->hi);
	return at <= later(time, c->hi);
}

static int64_t
start_of(const CccdEvent *e)
{
	return (int64_t) e->time * CCCD_SECOND;
}

static bool
filter_admits(const CccdInstr *c, const CccdEvent *e)
{
	return e->disease == c->disease &&
		(c->sources == 0 || (c->sources & (1 << e->source))) &&
		(!(c->flags & CCCD_RULE_SIGNED) || e->is_signed);
}

static bool
listed(int i, int value)
{
	for (int k = i + 1; k < code[i].next; k++)
	{
		CccdItem	item;

		memcpy(&item, &code[k], sizeof(item));
		for (int j = 0; j < item.count; j++)
			if (item.values[j] == value)
				return true;
	}
	return false;
}

static bool
has_filter(int i)
{
	return code[i].next > i + 1 || code[i].sources != 0 ||
		(code[i].flags & CCCD_RULE_SIGNED);
}

/* What the fact's instant may be; "none" and a stretch of past among it. */
typedef struct Possible
{
	bool		none;
	int			ninstants;
	int64_t		instants[100];
	bool		past;
	bool		past_has_begin;
	int64_t		past_begin;		/* first and last instant */
	int64_t		past_end;
} Possible;

/*
 * Every instant is looked at; of a past its ends and some in between.  A past
 * in which some instants are not too old, and some not too recent, may have
 * one that is neither.
 */
static CccdTruth
judge(const CccdInstr *c, const Possible *possible, int64_t at)
{
	bool		any = false,
				all = !possible->none;

	for (int i = 0; i < possible->ninstants; i++)
	{
		bool		good = old_enough(c, possible->instants[i], at) &&
		recent_enough(c, possible->instants[i], at);

		any |= good;
		all &= good;
	}
	if (possible->past)
	{
		int64_t		begin = possible->past_has_begin ? possible->past_begin :
		FAR_PAST;
		int64_t		length = possible->past_end - begin;
		bool		old = false,
					recent = false;

		for (int i = 0; i <= 16; i++)
		{
			int64_t		x = i == 16 ? possible->past_end :
			begin + length / 16 * i / CCCD_SECOND * CCCD_SECOND;
			bool		is_old = old_enough(c, x, at);
			bool		is_recent = recent_enough(c, x, at);

			old |= is_old;
			recent |= is_recent;
			all &= is_old && is_recent;
		}
		any |= old && recent;
	}
	return all ? CCCD_PASS : any ? CCCD_UNKNOWN : CCCD_FAIL;
}

static bool
counts(const CccdEvent *e, int64_t at)
{
	return start_of(e) <= at;
}

/* Numbers of the doses of a disease that count; 0 for other events. */
static int
number_doses(int disease, int64_t at, int *numbers, int64_t *implied_before,
			 int *implied)
{
	int			last = 0;

	*implied = 0;
	for (int i = 0; i < nevents; i++)
	{
		numbers[i] = 0;
		if (events[i].kind != CCCD_DOSE || events[i].disease != disease ||
			!counts(&events[i], at))
			continue;
		numbers[i] = events[i].number > last + 1 ? events[i].number : last + 1;
		if (numbers[i] > last + 1)
		{
			*implied += numbers[i] - last - 1;
			*implied_before = start_of(&events[i]);
		}
		last = numbers[i];
	}
	return last;
}

static CccdTruth
judge_doses(int i, int64_t at)
{
	const CccdInstr *c = &code[i];
	int			numbers[100];
	int64_t		before;
	int			implied,
				total = number_doses(c->disease, at, numbers, &before,
									 &implied),
				certain = 0,
				maybe = implied,
				good = 0;

	for (int k = 0; k < nevents; k++)
	{
		if (numbers[k] == 0 || !filter_admits(c, &events[k]))
			continue;
		if (c->next == i + 1 || listed(i, events[k].product))
			certain++;
		else if (events[k].product == 0)
			maybe++;
	}
	if (!has_filter(i))
	{
		certain = total;
		maybe = 0;
	}
	for (int n = certain; n <= certain + maybe; n++)
	{
		bool		in = (c->lo < 0 || n >= c->lo) && (c->hi < 0 || n <= c->hi);

		good += in != ((c->flags & CCCD_RULE_NOT_IN) != 0);
	}
	return good == maybe + 1 ? CCCD_PASS : good > 0 ? CCCD_UNKNOWN : CCCD_FAIL;
}

static CccdTruth
judge_last_dose(int i, int64_t at)
{
	const CccdInstr *c = &code[i];
	Possible	possible = {.none = true};
	int			numbers[100];
	int64_t		before = 0,
				certain = 0;
	int			implied;

	number_doses(c->disease, at, numbers, &before, &implied);
	for (int k = 0; k < nevents; k++)
	{
		if (numbers[k] == 0 || !filter_admits(c, &events[k]))
			continue;
		if (c->next == i + 1 || listed(i, events[k].product))
		{
			/* what was possible before is not the latest any more */
			possible.none = false;
			possible.ninstants = 0;
			certain = start_of(&events[k]);
		}
		else if (events[k].product != 0)
			continue;
		possible.instants[possible.ninstants++] = start_of(&events[k]);
	}
	if (implied > 0 && has_filter(i))
	{
		possible.past = true;
		possible.past_end = before - CCCD_SECOND;
		possible.past_has_begin = !possible.none;
		possible.past_begin = certain + CCCD_SECOND;
		if (possible.past_has_begin && possible.past_begin > possible.past_end)
			possible.past = false;
	}
	return judge(c, &possible, at);
}

static CccdTruth
judge_nth_dose(int i, int64_t at)
{
	const CccdInstr *c = &code[i];
	Possible	possible = {.none = true};
	int			numbers[100];
	int64_t		before;
	int			implied;

	number_doses(c->disease, at, numbers, &before, &implied);
	for (int k = 0; k < nevents; k++)
		if (numbers[k] == c->detail)
		{
			if (!filter_admits(c, &events[k]))
				return CCCD_FAIL;
			possible.none = false;
			possible.instants[possible.ninstants++] = start_of(&events[k]);
			return judge(c, &possible, at);
		}
	for (int k = 0; k < nevents; k++)
		if (numbers[k] > c->detail)
		{
			possible.none = has_filter(i);
			possible.past = true;
			possible.past_end = start_of(&events[k]) - CCCD_SECOND;
			return judge(c, &possible, at);
		}
	return CCCD_FAIL;
}

static CccdTruth
judge_test(int i, int64_t at)
{
	const CccdInstr *c = &code[i];
	Possible	possible = {.none = true};
	uint8_t		wanted = c->fact == CCCD_FACT_NEGATIVE ? CCCD_RESULT_NEGATIVE :
	CCCD_RESULT_POSITIVE;
	int64_t		certain = INT64_MIN,
				horizon = (int64_t) record->tests_from * CCCD_SECOND;

	for (int k = 0; k < nevents; k++)
		if (events[k].kind == CCCD_TEST && counts(&events[k], at) &&
			filter_admits(c, &events[k]) && events[k].result == wanted &&
			events[k].test != 0 && (c->detail & (1 << events[k].test)) &&
			start_of(&events[k]) > certain)
			certain = start_of(&events[k]);
	if (certain != INT64_MIN)
	{
		possible.none = false;
		possible.instants[possible.ninstants++] = certain;
	}
	for (int k = 0; k < nevents; k++)
		if (events[k].kind == CCCD_TEST && counts(&events[k], at) &&
			filter_admits(c, &events[k]) &&
			start_of(&events[k]) > certain &&
			(events[k].test == 0 || (c->detail & (1 << events[k].test))) &&
			(events[k].result == wanted ||
			 events[k].result == CCCD_RESULT_PENDING))
			possible.instants[possible.ninstants++] = start_of(&events[k]);
	if (horizon > 0)
	{
		/* where the horizon has not come yet, the past goes up to "at" */
		possible.past = true;
		possible.past_has_begin = !possible.none;
		possible.past_begin = certain + CCCD_SECOND;
		possible.past_end = horizon > at ? at : horizon - CCCD_SECOND;
		if (possible.past_has_begin && possible.past_begin > possible.past_end)
			possible.past = false;
	}
	return judge(c, &possible, at);
}

static CccdTruth
judge_other(int i, int64_t at)
{
	const CccdInstr *c = &code[i];
	Possible	possible = {.none = true};

	for (int k = 0; k < nevents; k++)
		if (events[k].kind == c->fact && counts(&events[k], at) &&
			filter_admits(c, &events[k]))
		{
			possible.none = false;
			possible.ninstants = 1;
			possible.instants[0] = start_of(&events[k]);
		}
	return judge(c, &possible, at);
}

static CccdTruth
judge_state(int i, int64_t at)
{
	const CccdInstr *c = &code[i];

	for (int k = 0; k < nevents; k++)
		if (events[k].kind == c->fact && counts(&events[k], at) &&
			filter_admits(c, &events[k]) &&
			(events[k].until == CCCD_HEALTH_NO_END ||
			 at < (int64_t) events[k].until * CCCD_SECOND))
			return CCCD_PASS;
	return CCCD_FAIL;
}

static CccdTruth
judge_number(int i, int value)
{
	const CccdInstr *c = &code[i];
	bool		in;

	if (value == 0)
		return CCCD_UNKNOWN;
	if (c->next > i + 1)
		in = listed(i, value);
	else
		in = (c->lo < 0 || value >= c->lo) && (c->hi < 0 || value <= c->hi);
	return in != ((c->flags & CCCD_RULE_NOT_IN) != 0) ? CCCD_PASS : CCCD_FAIL;
}

static CccdTruth
judge_age(int i, int64_t at)
{
	int64_t		birth;

	if (!context.has_birth_date)
		return CCCD_UNKNOWN;
	birth = cccd_time_from_day(context.birth_date);
	return old_enough(&code[i], birth, at) &&
		recent_enough(&code[i], birth, at) ? CCCD_PASS : CCCD_FAIL;
}

static CccdTruth
judge_clause(int i, int64_t at)
{
	const CccdInstr *c = &code[i];

	if (c->op <= CCCD_OP_STATE && !record)
		return CCCD_UNKNOWN;
	switch ((CccdOp) c->op)
	{
		case CCCD_OP_DOSES:
			return judge_doses(i, at);
		case CCCD_OP_STATE:
			return judge_state(i, at);
		case CCCD_OP_AGE:
			return judge_age(i, at);
		case CCCD_OP_TICKET:
		case CCCD_OP_ACCOMPANIED:
			{
				int			answer = c->op == CCCD_OP_TICKET ?
				context.ticket : context.accompanied;

				return answer == CCCD_CONTEXT_UNKNOWN ? CCCD_UNKNOWN :
					answer == CCCD_CONTEXT_YES ? CCCD_PASS : CCCD_FAIL;
			}
		case CCCD_OP_EVIDENCE:
			return judge_number(i, context.evidence);
		case CCCD_OP_LEVEL:
			return judge_number(i, context.level);
		case CCCD_OP_ORIGIN_LEVEL:
			return judge_number(i, context.origin_level);
		case CCCD_OP_SEX:
			return judge_number(i, context.sex);
		case CCCD_OP_PLACE:
			return judge_number(i, context.place);
		default:
			break;
	}
	switch ((CccdFact) c->fact)
	{
		case CCCD_FACT_LAST_DOSE:
			return judge_last_dose(i, at);
		case CCCD_FACT_NTH_DOSE:
			return judge_nth_dose(i, at);
		case CCCD_FACT_NEGATIVE:
		case CCCD_FACT_POSITIVE:
			return judge_test(i, at);
		default:
			return judge_other(i, at);
	}
}

/*
 * The rule as a formula of its clauses' answers.  Clauses of the two masks
 * are taken to be as the rule wants them.
 */
static CccdTruth
judge_node(int i, int64_t at, bool wanted, uint64_t set_right, int *clause)
{
	CccdTruth	result;

	if (code[i].op == CCCD_OP_NOT)
		return 2 - judge_node(i + 1, at, !wanted, set_right, clause);
	if (code[i].op > CCCD_OP_NOT)
	{
		if (set_right & (UINT64_C(1) << (*clause)++))
			return wanted ? CCCD_PASS : CCCD_FAIL;
		return judge_clause(i, at);
	}
	result = code[i].op == CCCD_OP_AND ? CCCD_PASS : CCCD_FAIL;
	for (int k = i + 1; k < code[i].next; k = code[k].next)
	{
		CccdTruth	its = judge_node(k, at, wanted, set_right, clause);

		if (code[i].op == CCCD_OP_AND ? its < result : its > result)
			result = its;
	}
	return result;
}

static CccdTruth
judge_rule(int64_t at, uint64_t set_right)
{
	int			clause = 0;

	return count == 0 ? CCCD_UNKNOWN :
		judge_node(0, at, true, set_right, &clause);
}

/* --- the properties ------------------------------------------------------ */

static long cases,
			answers[3],
			changes,
			periods,
			instants;
static int	reported;

static void
complain(const char *what, int64_t at)
{
	char		time[CCCD_TIME_SIZE];

	cccd_time_format(at, time);
	if (reported++ < 10)
		fprintf(stderr, "%s at %s, horizon %u, rule %s\n", what, time,
				record ? record->tests_from : 0, rule_text);
	CHECK(!"the evaluators differ");
}

/* Times at which something may happen, and the microseconds beside them. */
static int64_t points[20000];
static int	npoints;

static void
add_point(int64_t time)
{
	for (int k = -1; k <= 1; k++)
		if (npoints < 20000 && time + k >= CCCD_AT_MIN &&
			time + k <= CCCD_AT_MAX)
			points[npoints++] = time + k;
}

static void
add_with_durations(int64_t time)
{
	add_point(time);
	for (int i = 0; i < count; i++)
		if (code[i].op == CCCD_OP_SINCE || code[i].op == CCCD_OP_AGE)
		{
			if (code[i].lo != CCCD_RULE_NONE)
				add_point(later(time, code[i].lo));
			if (code[i].hi != CCCD_RULE_NONE)
				add_point(later(time, code[i].hi));
		}
}

static void
find_points(void)
{
	npoints = 0;
	for (int k = 0; record && k < nevents; k++)
	{
		for (int second = -1; second <= 1; second++)
			add_with_durations(start_of(&events[k]) + second * CCCD_SECOND);
		add_point((int64_t) events[k].until * CCCD_SECOND);
	}
	if (record && record->tests_from > 0)
		for (int second = -1; second <= 1; second++)
			add_with_durations(((int64_t) record->tests_from + second) *
							   CCCD_SECOND);
	if (context.has_birth_date)
		add_with_durations(cccd_time_from_day(context.birth_date));
	for (int i = 0; i < 10; i++)
		add_point(draw_time() + draw(1000000));
	add_point(CCCD_AT_MIN);
	add_point(CCCD_AT_MAX);
}

static void
check_reasons(const CccdVerdict *v, int64_t at)
{
	if (v->failed & v->unsure)
		complain("a clause is both failed and unsure", at);
	if ((v->truth == CCCD_PASS) !=
		(v->failed == 0 && v->unsure == 0 && count > 0))
		complain("reasons and a pass", at);
	if ((v->truth == CCCD_FAIL) != (v->failed != 0))
		complain("failed clauses and no failure", at);
	if (judge_rule(at, v->failed | v->unsure) != CCCD_PASS && count > 0)
		complain("setting the reasons right is not enough", at);
	if (v->truth != CCCD_PASS && (v->doses || v->tests || v->others))
		complain("a proof of nothing", at);
	for (int i = 0; record && i < record->ndoses; i++)
		if ((v->doses & (UINT32_C(1) << i)) && !counts(&events[i], at))
			complain("a proof from the future", at);
}

static void
check_change(const CccdVerdict *v, int64_t at)
{
	int64_t		until = v->changes ? v->changes_at : CCCD_AT_MAX + 1;

	changes++;
	if (v->changes)
	{
		if (v->changes_at <= at || v->changes_at > CCCD_AT_MAX ||
			judge_rule(v->changes_at, 0) == v->truth)
			complain("nothing changes", at);
		if (judge_rule(v->changes_at - 1, 0) != v->truth)
			complain("it changed before", at);
	}
	for (int i = 0; i < npoints; i++)
		if (points[i] > at && points[i] < until &&
			judge_rule(points[i], 0) != v->truth)
			complain("it changes earlier", at);
}

static void
check_case(int64_t at, bool with_change)
{
	CccdSpan	spans[CCCD_RULE_MAX_CODES];
	CccdBinding binding;
	CccdProgram program;
	CccdVerdict verdict;
	CccdTruth	wanted = judge_rule(at, 0);

	cases++;
	answers[wanted]++;
	cccd_rule_bind(code, count, at, packed, spans);
	cccd_binding_init(&binding, code, count, spans, at);
	if (cccd_rule_eval(&binding, record) != wanted)
		complain("cccd_rule_eval", at);
	cccd_program_init(&program, &binding);
	if (cccd_program_run(&program, record) != wanted)
		complain("cccd_program_run", at);
	cccd_rule_check(code, count, at, packed, record, &verdict);
	if (verdict.truth != wanted)
		complain("cccd_rule_check", at);
	check_reasons(&verdict, at);
	if (with_change)
		check_change(&verdict, at);
}

static bool
inside(const CccdPeriod *list, int n, int64_t at)
{
	for (int i = 0; i < n; i++)
	{
		const CccdPeriod *p = &list[i];

		if ((!p->has_begin || at > p->begin ||
			 (at == p->begin && p->begin_included)) &&
			(!p->has_end || at < p->end ||
			 (at == p->end && p->end_included)))
			return true;
	}
	return false;
}

static void
check_during(void)
{
	static CccdDuring during;
	static CccdPeriod list[20000];
	int			n = 0;

	cccd_during_init(&during, code, count, packed, record);
	while (n < 20000 && cccd_during_next(&during, &list[n]))
		n++;
	for (int i = 0; i < n; i++)
	{
		const CccdPeriod *p = &list[i];

		if ((i > 0 && !p->has_begin) || (i < n - 1 && !p->has_end))
			complain("an open end in the middle", p->begin);
		if (p->has_begin && p->has_end &&
			(p->begin > p->end || (p->begin == p->end &&
								   !(p->begin_included && p->end_included))))
			complain("an empty period", p->begin);
		/* between two periods there is at least an instant */
		if (i > 0 && (list[i - 1].end > p->begin ||
					  (list[i - 1].end == p->begin &&
					   (list[i - 1].end_included || p->begin_included))))
			complain("periods that touch", p->begin);
		for (int k = -1; k <= 1; k++)
		{
			if (p->has_begin && (judge_rule(p->begin + k, 0) == CCCD_PASS) !=
				inside(list, n, p->begin + k))
				complain("the begin of a period", p->begin + k);
			if (p->has_end && (judge_rule(p->end + k, 0) == CCCD_PASS) !=
				inside(list, n, p->end + k))
				complain("the end of a period", p->end + k);
		}
	}
	periods += n;
	for (int i = 0; i < npoints; i++, instants++)
		if ((judge_rule(points[i], 0) == CCCD_PASS) !=
			inside(list, n, points[i]))
			complain("periods", points[i]);
}

int
main(void)
{
	for (int round = 0; round < ROUNDS; round++)
	{
		draw_record();
		draw_rule();
		draw_context();
		find_points();
		for (int i = 0; i < CASES; i++)
			check_case(points[draw(npoints)], i % CHANGE_EVERY == 0 &&
					   one_in(8));
		if (round % DURING_EVERY == 0)
			check_during();
	}
	fprintf(stderr, "%ld cases: %ld fail, %ld unknown, %ld pass; %ld next "
			"changes; %ld periods at %ld instants\n", cases, answers[0],
			answers[1], answers[2], changes, periods, instants);
	CHECK(cases >= 1000000);
	CHECK(answers[0] > cases / 10 && answers[1] > cases / 10 &&
		  answers[2] > cases / 10);
	return finish();
}
