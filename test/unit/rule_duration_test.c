/*
 * rule_duration_test.c
 *		Durations of rules: the longest of each unit, and which contradict each
 *		other.
 */
#include "unit.h"

#include "rule/rule_core.h"
#include "rule/rule_words_core.h"

#define DAY		86400

/* Seconds, or months of a unit that follows the calendar. */
static const int sizes[CCCD_UNITS] = {1, 60, 3600, DAY, 604800, 1, 12};

static bool
is_empty(int lo, CccdUnit lo_unit, int hi, CccdUnit hi_unit)
{
	return cccd_rule_durations_empty(CCCD_DURATION(lo, lo_unit),
									 CCCD_DURATION(hi, hi_unit));
}

/* Two of a kind: empty as soon as the first is the longer one. */
static void
test_one_kind(void)
{
	for (int lo = 0; lo < CCCD_UNITS; lo++)
		for (int hi = 0; hi < CCCD_UNITS; hi++)
		{
			if ((lo >= CCCD_UNIT_MONTH) != (hi >= CCCD_UNIT_MONTH))
				continue;
			for (int value = 0; value < 100; value++)
			{
				int			same = value * sizes[lo] / sizes[hi];
				bool		whole = value * sizes[lo] % sizes[hi] == 0;

				CHECK(is_empty(value, (CccdUnit) lo, same, (CccdUnit) hi) ==
					  !whole);
				CHECK(!is_empty(value, (CccdUnit) lo, same + 1, (CccdUnit) hi));
				CHECK(same == 0 ||
					  is_empty(value, (CccdUnit) lo, same - 1, (CccdUnit) hi));
			}
		}
}

/* A month has 28 days at least and 31 at most. */
static void
test_months(void)
{
	for (int months = 1; months < 50; months++)
	{
		int			least = months * 28;
		int			most = months * 31;

		CHECK(is_empty(months, CCCD_UNIT_MONTH, least - 1, CCCD_UNIT_DAY));
		CHECK(!is_empty(months, CCCD_UNIT_MONTH, least, CCCD_UNIT_DAY));
		CHECK(is_empty(months, CCCD_UNIT_MONTH, least * DAY - 1,
					   CCCD_UNIT_SECOND));
		CHECK(!is_empty(months, CCCD_UNIT_MONTH, least * DAY,
						CCCD_UNIT_SECOND));
		CHECK(!is_empty(most, CCCD_UNIT_DAY, months, CCCD_UNIT_MONTH));
		CHECK(is_empty(most + 1, CCCD_UNIT_DAY, months, CCCD_UNIT_MONTH));
		CHECK(!is_empty(most * DAY, CCCD_UNIT_SECOND, months,
						CCCD_UNIT_MONTH));
		CHECK(is_empty(most * DAY + 1, CCCD_UNIT_SECOND, months,
					   CCCD_UNIT_MONTH));
	}
	CHECK(is_empty(1, CCCD_UNIT_YEAR, 12 * 28 - 1, CCCD_UNIT_DAY));
	CHECK(!is_empty(1, CCCD_UNIT_YEAR, 12 * 28, CCCD_UNIT_DAY));
	CHECK(!is_empty(12 * 31, CCCD_UNIT_DAY, 1, CCCD_UNIT_YEAR));
	CHECK(is_empty(12 * 31 + 1, CCCD_UNIT_DAY, 1, CCCD_UNIT_YEAR));
	CHECK(!is_empty(4, CCCD_UNIT_WEEK, 1, CCCD_UNIT_MONTH));
	CHECK(!is_empty(1, CCCD_UNIT_MONTH, 4, CCCD_UNIT_WEEK));
	CHECK(is_empty(1, CCCD_UNIT_MONTH, 3, CCCD_UNIT_WEEK));
}

/* 200 years in every unit that holds them, and as a rule is written. */
static void
test_longest(void)
{
	static const char *const units[CCCD_UNITS] = {
		"seconds", "minutes", "hours", "days", "weeks", "months", "years"
	};
	static const int longest[CCCD_UNITS] = {
		268435455, 105408000, 1756800, 73200, 10457, 2400, 200
	};

	for (int unit = 0; unit < CCCD_UNITS; unit++)
	{
		CHECK(cccd_rule_longest((CccdUnit) unit) == longest[unit]);
		for (int more = 0; more < 2; more++)
		{
			CccdInstr	code[CCCD_RULE_MAX_CODES];
			CccdRuleError error;
			char		text[64];
			int			count;

			snprintf(text, sizeof(text), "since(last_dose) >= %d %s",
					 longest[unit] + more, units[unit]);
			CHECK((cccd_rule_parse(text, strlen(text), code, &count, &error) ==
				   CCCD_RULE_OK) == (more == 0));
		}
	}
}

int
main(void)
{
	test_one_kind();
	test_months();
	test_longest();
	return finish();
}
