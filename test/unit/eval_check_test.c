/*
 * eval_check_test.c
 *		The next change of an answer, to the microsecond and up to the last time
 *		that a rule can be asked about.
 */
#include "eval_ask.h"

/* When the answer changes after a time, or 0. */
static int64_t
change(const char *record, const char *rule, int64_t at)
{
	CccdVerdict verdict;

	ask(record, rule, "2021-11-16 19:00", "");
	memset(&verdict, 0x5A, sizeof(verdict));
	cccd_rule_check(q.code, q.count, at, q.context, q.record, &verdict);
	CHECK(verdict.changes || verdict.changes_at == 0);
	CHECK(!verdict.changes || verdict.changes_at > at);
	return verdict.changes_at;
}

/* A change at the last time of all is one, and the second behind is not. */
static void
test_end(void)
{
	const char *rule = "since(last_dose) >= 1 day";
	int64_t		at = CCCD_AT_MAX - 10 * CCCD_DAY;

	CHECK(change("dose 2135-12-30 23:59:59", rule, at) ==
		  CCCD_AT_MAX - CCCD_SECOND);
	CHECK(change("dose 2135-12-31 00:00:00", rule, at) == CCCD_AT_MAX);
	CHECK(change("dose 2135-12-31 00:00:01", rule, at) == 0);
	/* what ends at it ends a microsecond later, where nobody can ask */
	CHECK(change("dose 2135-12-31 00:00:00", "since(last_dose) <= 1 day",
				 CCCD_AT_MAX - CCCD_DAY) == 0);
	CHECK(change("dose 2135-12-31 00:00:00", "since(last_dose) < 1 day",
				 CCCD_AT_MAX - CCCD_DAY) == CCCD_AT_MAX);
	CHECK(change("dose 2135-12-31 00:00:00", rule, CCCD_AT_MAX) == 0);
}

/* Asked before, at and after a change. */
static void
test_moments(void)
{
	const char *record = "dose 2021-06-01 08:00";
	int64_t		dose = time_of("2021-06-01 08:00");
	int64_t		end = dose + 14 * CCCD_DAY;

	for (int k = -1; k <= 1; k++)
	{
		/* it holds from the end on, or up to it, or from behind it on */
		CHECK(change(record, "since(last_dose) >= 14 days", end + k) ==
			  (k < 0 ? end : 0));
		CHECK(change(record, "since(last_dose) > 14 days", end + k) ==
			  (k <= 0 ? end + 1 : 0));
		CHECK(change(record, "since(last_dose) <= 14 days", end + k) ==
			  (k <= 0 ? end + 1 : 0));
		CHECK(change(record, "since(last_dose) < 14 days", end + k) ==
			  (k < 0 ? end : 0));
		CHECK(change(record, "doses >= 1", dose + k) == (k < 0 ? dose : 0));
	}
	/* nothing changes, and there is nothing that could */
	CHECK(change(record, "doses >= 2", dose - CCCD_DAY) == 0);
	CHECK(change("", "doses >= 1", dose) == 0);
	CHECK(change(record, "", dose - CCCD_DAY) == 0);
	CHECK(change(NULL, "doses >= 1", dose) == 0);
}

int
main(void)
{
	test_end();
	test_moments();
	return finish();
}
