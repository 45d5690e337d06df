/*
 * eval_bind_test.c
 *		Binding: the seconds that a comparison allows, against what it says of
 *		each second; constants of the context; what is not used is zero.
 */
#include "unit.h"
#include "chance.h"

#include "base/calendar_core.h"
#include "eval/fact_core.h"

/* What "since" says of a fact at a second, as the manual does. */
static bool
holds(const CccdInstr *clause, int64_t at, int64_t second)
{
	int64_t		fact = second * CCCD_SECOND;
	int64_t		lo = fact,
				hi = at;

	if (fact > at)
		return false;
	if (clause->lo != CCCD_RULE_NONE)
	{
		lo = cccd_add_duration(fact, clause->lo);
		if (clause->flags & CCCD_RULE_LO_STRICT ? at <= lo : at < lo)
			return false;
	}
	if (clause->hi != CCCD_RULE_NONE)
	{
		hi = cccd_add_duration(fact, clause->hi);
		if (clause->flags & CCCD_RULE_HI_STRICT ? at >= hi : at > hi)
			return false;
	}
	return true;
}

static void
check_edges(const CccdInstr *clause, int64_t at)
{
	CccdSpan	span = {77, 77};
	bool		good;

	cccd_rule_bind(clause, 1, at, 0, &span);
	if (span.from > span.to)
	{
		/* nothing: one form where all of it lies before 2000 */
		good = !holds(clause, at, span.from) && !holds(clause, at, span.to);
		CHECK(span.to != 0 || span.from >= 1);
	}
	else
		good = holds(clause, at, span.from) && holds(clause, at, span.to) &&
			(span.from == 0 || !holds(clause, at, (int64_t) span.from - 1)) &&
			!holds(clause, at, (int64_t) span.to + 1);
	if (!good)
		fprintf(stderr, "%d..%d (%d) at %lld: %u..%u\n", clause->lo, clause->hi,
				clause->flags, (long long) at, span.from, span.to);
	CHECK(good);
}

static int32_t
a_duration(void)
{
	int			unit = (int) chance(7);

	return CCCD_DURATION(chance(unit == CCCD_UNIT_YEAR ? 4 : 40), unit);
}

/* Durations of every unit, on and around seconds, months' ends and 2000. */
static void
test_since(void)
{
	CccdInstr	clause = {.op = CCCD_OP_SINCE, .fact = CCCD_FACT_LAST_DOSE,
	.next = 1, .disease = 1};

	for (int i = 0; i < 200000; i++)
	{
		int64_t		day = chance(4) == 0 ? (int64_t) chance(60) :
		cccd_days_from_civil(2019 + (int) chance(4), 1 + (int) chance(12), 1) +
		(int) chance(5) - 3;
		int64_t		at = cccd_time_from_day((int32_t) day);

		if (chance(2) == 0)
			at += (int64_t) chance(86400) * CCCD_SECOND;
		at += (int64_t) chance(3) - 1;
		clause.flags = 0;
		clause.lo = clause.hi = CCCD_RULE_NONE;
		if (chance(4) != 0)
			clause.lo = a_duration();
		if (chance(4) != 0)
			clause.hi = a_duration();
		if (clause.lo != CCCD_RULE_NONE && chance(2))
			clause.flags |= CCCD_RULE_LO_STRICT;
		if (clause.hi != CCCD_RULE_NONE && chance(2))
			clause.flags |= CCCD_RULE_HI_STRICT;
		check_edges(&clause, at);
	}
}

static CccdSpan
span_of(int64_t at, int32_t lo, int32_t hi)
{
	CccdInstr	clause = {.op = CCCD_OP_SINCE, .fact = CCCD_FACT_RECOVERY,
	.next = 1, .disease = 1, .lo = lo, .hi = hi};
	CccdSpan	span = {77, 77};

	cccd_rule_bind(&clause, 1, at, 0, &span);
	return span;
}

/* Where all of the past lies before 2000, and where its first second does not. */
static void
test_begin(void)
{
	const int32_t day = CCCD_DURATION(1, CCCD_UNIT_DAY);
	CccdSpan	span = span_of(-1, CCCD_RULE_NONE, CCCD_RULE_NONE);

	CHECK(span.from == 1 && span.to == 0);
	span = span_of(0, CCCD_RULE_NONE, CCCD_RULE_NONE);
	CHECK(span.from == 0 && span.to == 0);
	span = span_of(CCCD_SECOND - 1, CCCD_RULE_NONE, CCCD_RULE_NONE);
	CHECK(span.from == 0 && span.to == 0);
	span = span_of(CCCD_SECOND, CCCD_RULE_NONE, CCCD_RULE_NONE);
	CHECK(span.from == 0 && span.to == 1);
	/* a day ago, on the first day, and a microsecond before it ends */
	span = span_of(CCCD_DAY - 1, day, CCCD_RULE_NONE);
	CHECK(span.from == 1 && span.to == 0);
	span = span_of(CCCD_DAY, day, CCCD_RULE_NONE);
	CHECK(span.from == 0 && span.to == 0);
	/* at most a day ago, just after the first day */
	span = span_of(CCCD_DAY, CCCD_RULE_NONE, day);
	CHECK(span.from == 0 && span.to == 86400);
	span = span_of(CCCD_DAY + 1, CCCD_RULE_NONE, day);
	CHECK(span.from == 1 && span.to == 86400);
}

static const char *const clauses[] = {
	"doses >= 2", "since(last_dose) >= 14 days", "isolated", "recovered",
	"age >= 18 years", "ticket", "accompanied", "evidence >= qr", "level <= 2",
	"origin_level = 3", "sex = F", "place in (1, 79)", "not place = 79"
};

/*
 * A span of two numbers for "since", a truth for the context, zeros for all
 * others, whatever was there before.
 */
static void
test_spans(void)
{
	static const char everything[] = "ticket=yes, accompanied=no, "
	"evidence=chip, level=2, origin_level=4, sex=F, place=79, "
	"birth_date=1990-01-31";
	CccdContextError context_error;
	uint64_t	contexts[2] = {0};

	CHECK(cccd_context_parse(everything, strlen(everything), &contexts[1],
							 &context_error));
	for (size_t k = 0; k < sizeof(clauses) / sizeof(clauses[0]); k++)
		for (int known = 0; known < 2; known++)
		{
			static const CccdTruth truths[] = {
				CCCD_PASS, CCCD_PASS, CCCD_FAIL, CCCD_PASS, CCCD_PASS,
				CCCD_FAIL, CCCD_PASS, CCCD_PASS
			};
			CccdInstr	code[CCCD_RULE_MAX_CODES];
			CccdSpan	spans[CCCD_RULE_MAX_CODES];
			CccdRuleError error;
			int			count;

			CHECK(cccd_rule_parse(clauses[k], strlen(clauses[k]), code, &count,
								  &error) == CCCD_RULE_OK);
			memset(spans, 0x55, sizeof(spans));
			cccd_rule_bind(code, count, INT64_C(690379200000000),
						   contexts[known], spans);
			for (int i = 0; i < count; i++)
			{
				if (code[i].op == CCCD_OP_SINCE)
					CHECK(spans[i].from == 0 &&
						  spans[i].to == 690379200 - 14 * 86400);
				else if (code[i].op >= CCCD_OP_AGE && code[i].op < CCCD_OP_ITEM)
				{
					CHECK(spans[i].from == (known ? truths[code[i].op - CCCD_OP_AGE] :
											CCCD_UNKNOWN));
					CHECK(spans[i].to == 0);
				}
				else
					CHECK(spans[i].from == 0 && spans[i].to == 0);
			}
			CHECK(spans[count].from == 0x55555555);
		}
}

/* The second that counts as now; before 2000 there is none. */
static void
test_now(void)
{
	static const struct
	{
		int64_t		at;
		bool		before;
		uint32_t	now;
	}			cases[] = {
		{CCCD_AT_MIN, true, 0}, {-1, true, 0}, {0, false, 0}, {1, false, 0},
		{CCCD_SECOND - 1, false, 0}, {CCCD_SECOND, false, 1},
		{CCCD_SECOND + 1, false, 1}, {CCCD_AT_MAX, false, UINT32_C(4291722000)}
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
	{
		CccdBinding binding;

		memset(&binding, 0x55, sizeof(binding));
		cccd_binding_init(&binding, NULL, 0, NULL, cases[i].at);
		CHECK(binding.before_time == cases[i].before);
		CHECK(binding.now == cases[i].now);
		CHECK(binding.count == 0 && binding.code == NULL &&
			  binding.spans == NULL);
	}
}

int
main(void)
{
	test_since();
	test_begin();
	test_spans();
	test_now();
	return finish();
}
