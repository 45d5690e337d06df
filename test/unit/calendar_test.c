/*
 * calendar_test.c
 *		Days, months at month ends, and the text form of times.
 */
#include "unit.h"

#include "base/calendar_core.h"

static int64_t
at(const char *text)
{
	int64_t		time = 0;
	size_t		used = 0;

	CHECK(cccd_time_parse(text, strlen(text), &used, &time));
	CHECK(used == strlen(text));
	return time;
}

static void
check_days(void)
{
	int32_t		expected = cccd_days_from_civil(1000, 1, 1);

	CHECK(cccd_days_from_civil(2000, 1, 1) == 0);
	CHECK(cccd_days_from_civil(1970, 1, 1) == -10957);
	CHECK(cccd_days_from_civil(2021, 11, 16) == 7990);
	for (int y = 1000; y <= 2500; y++)
		for (int m = 1; m <= 12; m++)
			for (int d = 1; d <= cccd_days_in_month(y, m); d++, expected++)
			{
				int			y2,
							m2,
							d2;

				cccd_civil_from_days(expected, &y2, &m2, &d2);
				if (cccd_days_from_civil(y, m, d) != expected ||
					y2 != y || m2 != m || d2 != d)
					CHECK(!"a day and its date disagree");
			}
	CHECK(cccd_date_valid(2024, 2, 29) && !cccd_date_valid(2023, 2, 29));
	CHECK(!cccd_date_valid(1900, 2, 29) && cccd_date_valid(2000, 2, 29));
	CHECK(!cccd_date_valid(2021, 0, 1) && !cccd_date_valid(2021, 13, 1));
	CHECK(!cccd_date_valid(2021, 1, 0) && !cccd_date_valid(2021, 4, 31));
}

static void
check_months(void)
{
	CHECK(cccd_add_months(at("2021-05-16 19:00"), 6) == at("2021-11-16 19:00"));
	CHECK(cccd_add_months(at("2021-08-31 10:00"), 6) == at("2022-03-01"));
	CHECK(cccd_add_months(at("2023-08-31 10:00"), 6) == at("2024-03-01"));
	CHECK(cccd_add_months(at("2023-08-29 10:00"), 6) == at("2024-02-29 10:00"));
	CHECK(cccd_add_months(at("2020-02-29"), 12) == at("2021-03-01"));
	CHECK(cccd_add_months(at("2021-12-31 23:59"), 2) == at("2022-03-01"));

	/* the inverse is the smallest beginning, to the microsecond */
	for (int32_t day = cccd_days_from_civil(2019, 12, 25);
		 day < cccd_days_from_civil(2024, 4, 1); day++)
		for (int months = 0; months <= 14; months++)
			for (int k = 0; k < 4; k++)
			{
				static const int64_t in_day[] = {
					0, 1, CCCD_DAY / 2, CCCD_DAY - 1
				};
				int64_t		end = cccd_time_from_day(day) + in_day[k];
				int64_t		start = cccd_add_months_inverse(end, months);

				if (cccd_add_months(start, months) < end ||
					cccd_add_months(start - 1, months) >= end)
					CHECK(!"the inverse is not the smallest beginning");
				if (cccd_add_months(end, months) >
					cccd_add_months(end + 1, months))
					CHECK(!"adding months went backwards");
			}
	CHECK(unit_failures == 0);
}

static void
check_text(void)
{
	static const char *const bad[] = {
		"", "2021", "2021-11-1", "2021-02-30", "2021-11-16 25:00",
		"2021-11-16 19:60", "2021-11-16 19:00:61", "2021-11-16 19:00:00.",
		"2021-11-16 19:00+16", "2021-11-16 19:00+7", "0999-01-01"
	};
	char		text[CCCD_TIME_SIZE];
	int64_t		time;
	size_t		used;

	CHECK(at("2021-11-16T12:00:00Z") == at("2021-11-16 19:00"));
	CHECK(at("2021-11-16 19:00:00+07:00") == at("2021-11-16 12:00+0000"));
	CHECK(at("2000-01-01 07:00") == 0);

	/* a second date behind the first is no time of day */
	CHECK(cccd_time_parse("2021-05-01 2021-04-01", 21, &used, &time));
	CHECK(used == 10 && time == at("2021-05-01"));
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		CHECK(!cccd_time_parse(bad[i], strlen(bad[i]), &used, &time) ||
			  used != strlen(bad[i]));

	cccd_time_format(at("2021-11-16 19:00"), text);
	CHECK_STR(text, "2021-11-16 19:00:00+07");
	cccd_time_format(at("1999-12-31 23:59:59.25Z"), text);
	CHECK_STR(text, "2000-01-01 06:59:59.25+07");
	CHECK(cccd_day_from_time(at("1999-12-31 23:59")) == -1);
	CHECK(cccd_day_from_time(at("2000-01-01")) == 0);
}

int
main(void)
{
	check_days();
	check_months();
	check_text();
	return finish();
}
