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

/* Every limit of a time of day and of a zone, with both neighbours. */
static void
check_parts(void)
{
	static const struct
	{
		const char *text;
		int			used;		/* -1: not a time */
		int64_t		seconds;	/* from 2000-01-01 00:00 UTC */
		int			micros;
	}			cases[] = {
		{"2000-01-02", 10, 86400 - 25200, 0},
		{"2000-01-02 00:00Z", 17, 86400, 0},
		{"2000-01-02T00:00Z", 17, 86400, 0},
		{"2000-01-02_00:00Z", 10, 86400 - 25200, 0},
		{"2000-01-02 00:0", 10, 86400 - 25200, 0},
		{"2000-01-02 00:00", 16, 86400 - 25200, 0},
		{"2000-01-02 23:59Z", 17, 86400 + 86340, 0},
		{"2000-01-02 24:00Z", -1, 0, 0},
		{"2000-01-02 23:60Z", -1, 0, 0},
		{"2000-01-02 12:34:56Z", 20, 86400 + 45296, 0},
		{"2000-01-02 23:59:59Z", 20, 86400 + 86399, 0},
		{"2000-01-02 23:59:60Z", -1, 0, 0},
		{"2000-01-02 00:00:5Z", -1, 0, 0},
		{"2000-01-02 00:0a", -1, 0, 0},
		{"2000-01-02 0a:00", -1, 0, 0},
		/* fractions: seconds may be missing, six digits are read */
		{"2000-01-02 00:00:00.5Z", 22, 86400, 500000},
		{"2000-01-02 00:00:00.123456Z", 27, 86400, 123456},
		{"2000-01-02 00:00:00.1234567Z", 26, 86400 - 25200, 123456},
		{"2000-01-02 00:00:00.000001", 26, 86400 - 25200, 1},
		{"2000-01-02 00:00:00.Z", -1, 0, 0},
		{"2000-01-02 00:00.5Z", 19, 86400, 500000},
		/* zones */
		{"2000-01-02 00:00+07", 19, 86400 - 25200, 0},
		{"2000-01-02 00:00-07", 19, 86400 + 25200, 0},
		{"2000-01-02 00:00+0", -1, 0, 0},
		{"2000-01-02 00:00+", -1, 0, 0},
		{"2000-01-02 00:00+a7", -1, 0, 0},
		{"2000-01-02 00:00+15", 19, 86400 - 54000, 0},
		{"2000-01-02 00:00-15", 19, 86400 + 54000, 0},
		{"2000-01-02 00:00+16", -1, 0, 0},
		{"2000-01-02 00:00+0530", 21, 86400 - 19800, 0},
		{"2000-01-02 00:00-05:30", 22, 86400 + 19800, 0},
		{"2000-01-02 00:00+05:59", 22, 86400 - 21540, 0},
		{"2000-01-02 00:00+05:60", -1, 0, 0},
		{"2000-01-02 00:00+0560", -1, 0, 0},
		{"2000-01-02 00:00+05:3", -1, 0, 0},
		{"2000-01-02 00:00+05:", -1, 0, 0},
		{"2000-01-02 00:00+053", -1, 0, 0},
		{"2000-01-02 00:00+050", -1, 0, 0},
		{"2000-01-02 00:00+059", -1, 0, 0},
		{"2000-01-02 00:00+05/3", 19, 86400 - 18000, 0},
		{"2000-01-02 00:00+05;3", 19, 86400 - 18000, 0},
		{"2000-01-02 00:00+05x", 19, 86400 - 18000, 0},
		{"2000-01-02 00:00 Z", 16, 86400 - 25200, 0},
		/* years */
		{"0999-12-31", -1, 0, 0},
		{"1000-01-01 00:00Z", 17, INT64_C(-365242) * 86400, 0},
		{"9999-12-31 00:00Z", 17, INT64_C(2921939) * 86400, 0},
		{"2000/01-02", -1, 0, 0},
		{"2000-01/02", -1, 0, 0},
		{"2000-01-00", -1, 0, 0},
		{"2000-00-01", -1, 0, 0},
		{"2000-13-01", -1, 0, 0},
		{"2000-12-32", -1, 0, 0},
		{"200a-01-01", -1, 0, 0},
		{"20:0-01-01", -1, 0, 0},
		{"20/0-01-01", -1, 0, 0}
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
	{
		size_t		used = 99;
		int64_t		time = 77;
		bool		good = cccd_time_parse(cases[i].text,
										   strlen(cases[i].text), &used,
										   &time);

		if (cases[i].used < 0)
			CHECK(!good && used == 99 && time == 77);
		else
			CHECK(good && used == (size_t) cases[i].used &&
				  time == cases[i].seconds * CCCD_SECOND + cases[i].micros);
	}
}

/* The days of every month, and the years that there are. */
static void
check_limits(void)
{
	static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

	for (int month = 1; month <= 12; month++)
	{
		CHECK(cccd_days_in_month(2023, month) == days[month - 1]);
		CHECK(cccd_days_in_month(2024, month) ==
			  days[month - 1] + (month == 2));
		CHECK(cccd_date_valid(2023, month, days[month - 1]));
		CHECK(!cccd_date_valid(2023, month, days[month - 1] + 1));
		CHECK(cccd_date_valid(2023, month, 1));
		CHECK(!cccd_date_valid(2023, month, 0));
	}
	CHECK(!cccd_date_valid(999, 12, 31) && cccd_date_valid(1000, 1, 1));
	CHECK(cccd_date_valid(9999, 12, 31) && !cccd_date_valid(10000, 1, 1));
}

/* The pieces that other readers are made of. */
static void
check_pieces(void)
{
	const char	text[] = "0123456789x";
	const char *end = text + 11;
	const char *at = text;
	int			value = -1;

	CHECK(cccd_digits_read(&at, end, 9, &value));
	CHECK(at == text + 9 && value == 12345678);
	CHECK(!cccd_digits_read(&at, end, 2, &value));
	CHECK(at == text + 9 && value == 12345678);
	CHECK(!cccd_digits_read(&at, text + 9, 1, &value));
	CHECK(cccd_digits_read(&at, text + 10, 1, &value));
	CHECK(at == text + 10 && value == 9);
	CHECK(!cccd_char_read(&at, end, 'y') && at == text + 10);
	CHECK(cccd_char_read(&at, end, 'x') && at == end);
	CHECK(!cccd_char_read(&at, end, '\0') && at == end);
	at = end;
	CHECK(cccd_fraction_read(&at, end) == 0 && at == end);
	at = text;
	CHECK(cccd_fraction_read(&at, end) == 12345 && at == text + 10);
	at = text + 9;
	CHECK(cccd_fraction_read(&at, end) == 900000 && at == text + 10);
	at = text + 10;
	CHECK(cccd_fraction_read(&at, end) == 0 && at == text + 10);
}

/* What is written: each part, and the digits of a fraction that are needed. */
static void
check_formatting(void)
{
	static const struct
	{
		int64_t		time;
		const char *text;
	}			cases[] = {
		{-CCCD_ZONE, "2000-01-01 00:00:00+07"},
		{-CCCD_ZONE - 1, "1999-12-31 23:59:59.999999+07"},
		{-CCCD_ZONE + 1, "2000-01-01 00:00:00.000001+07"},
		{-CCCD_ZONE + 10, "2000-01-01 00:00:00.00001+07"},
		{-CCCD_ZONE + 100000, "2000-01-01 00:00:00.1+07"},
		{-CCCD_ZONE + 45296 * CCCD_SECOND, "2000-01-01 12:34:56+07"},
		{-CCCD_ZONE + 3599 * CCCD_SECOND, "2000-01-01 00:59:59+07"},
		{-CCCD_ZONE + 3600 * CCCD_SECOND, "2000-01-01 01:00:00+07"}
	};
	char		text[CCCD_TIME_SIZE];

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
	{
		CHECK(cccd_time_format(cases[i].time, text) == strlen(cases[i].text));
		CHECK_STR(text, cases[i].text);
	}
	CHECK(cccd_date_format(cccd_days_from_civil(1000, 1, 1), text) == 10);
	CHECK_STR(text, "1000-01-01");
	CHECK(cccd_date_format(cccd_days_from_civil(9999, 12, 31), text) == 10);
	CHECK_STR(text, "9999-12-31");
}

/* What stands behind a text does not count, whatever it is. */
static void
check_ends(void)
{
	static const char *const texts[] = {
		"2021-11-16 19:00:00.123456+07:30", "2021-11-16T19:00-0730",
		"2021-11-16 19:00:00.5Z"
	};

	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
		for (size_t length = 0; length <= strlen(texts[i]); length++)
			for (const char *next = "0959:+-.TZ "; *next; next++)
			{
				char		alone[64] = "";
				char		more[64];
				int64_t		time = 0;
				int64_t		other = 0;
				size_t		used = 0;
				size_t		other_used = 0;
				bool		good;

				memcpy(alone, texts[i], length);
				memset(more, *next, sizeof(more));
				memcpy(more, texts[i], length);
				good = cccd_time_parse(alone, length, &used, &time);
				CHECK(cccd_time_parse(more, length, &other_used, &other) ==
					  good);
				CHECK(used == other_used && time == other && used <= length);
			}
}

int
main(void)
{
	check_days();
	check_months();
	check_text();
	check_parts();
	check_limits();
	check_pieces();
	check_formatting();
	check_ends();
	return finish();
}
