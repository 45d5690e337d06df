/*
 * rule_duration_core.c
 *		Durations of rules: how long they may be, and which contradict each
 *		other.
 */
#include "rule/rule_core.h"
#include "rule/rule_words_core.h"

int
cccd_rule_longest(CccdUnit unit)
{
	static const int longest[CCCD_UNITS] = {
		INT32_MAX >> 3,			/* as many seconds as fit: 8.5 years */
		CCCD_RULE_MAX_YEARS * 366 * 24 * 60,
		CCCD_RULE_MAX_YEARS * 366 * 24,
		CCCD_RULE_MAX_YEARS * 366,
		CCCD_RULE_MAX_YEARS * 366 / 7,
		CCCD_RULE_MAX_YEARS * 12,
		CCCD_RULE_MAX_YEARS
	};

	return longest[unit];
}

/* Seconds of a duration, or months of one that follows the calendar. */
static int64_t
duration_size(int32_t duration)
{
	static const int32_t sizes[CCCD_UNITS] = {
		1, 60, 3600, 86400, 7 * 86400, 1, 12
	};

	return (int64_t) CCCD_DURATION_VALUE(duration) *
		sizes[CCCD_DURATION_UNIT(duration)];
}

/*
 * Months and days have no fixed order: then only what no calendar can make
 * true is empty.  A month has 28 to 31 days, and it may end on the first
 * instant of the day after.
 */
bool
cccd_rule_durations_empty(int32_t lo, int32_t hi)
{
	bool		lo_months = CCCD_DURATION_UNIT(lo) >= CCCD_UNIT_MONTH;
	bool		hi_months = CCCD_DURATION_UNIT(hi) >= CCCD_UNIT_MONTH;
	int64_t		a = duration_size(lo);
	int64_t		b = duration_size(hi);

	if (lo_months && !hi_months)
		a *= 28 * 86400;
	if (hi_months && !lo_months)
		b *= 31 * 86400;
	return a > b;
}
