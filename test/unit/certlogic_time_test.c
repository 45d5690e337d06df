/*
 * certlogic_time_test.c
 *		Dates and times of CertLogic: forms, impossible ones, arithmetic.
 */
#include "unit.h"

#include "certlogic/certlogic_time_core.h"

static const char *
time_of(const char *text, int64_t amount, CccdLogicUnit unit)
{
	static char out[CCCD_LOGIC_TIME_SIZE];
	int64_t		time;

	if (!cccd_logic_time_parse(text, strlen(text), &time))
		return "refused";
	time = cccd_logic_time_add(time, amount, unit);
	if (time == CCCD_LOGIC_NO_TIME)
		return "no time";
	cccd_logic_time_format(time, out);
	return out;
}

#define TIME(text, wanted)	CHECK_STR(time_of(text, 0, CCCD_LOGIC_DAY), wanted)
#define SUM(text, amount, unit, wanted) \
	CHECK_STR(time_of(text, amount, CCCD_LOGIC_##unit), wanted)

static void
check_times(void)
{
	TIME("2021", "2021-12-31T00:00:00.000Z");
	TIME("2004-02", "2004-02-29T00:00:00.000Z");
	TIME("1900-02", "1900-02-28T00:00:00.000Z");
	TIME("2004-12", "2004-12-31T00:00:00.000Z");
	TIME("2021-02-30", "2021-03-02T00:00:00.000Z");
	TIME("0000-01-01", "0000-01-01T00:00:00.000Z");
	TIME("9999-12-31", "9999-12-31T00:00:00.000Z");
	SUM("9999-12-31", 1, DAY, "+010000-01-01T00:00:00.000Z");
	TIME("2021-05-04T13:37:42", "2021-05-04T13:37:42.000Z");
	TIME("2021-05-04T13:37:42.1Z", "2021-05-04T13:37:42.100Z");
	TIME("2021-05-04T13:37:42.123999+07:00", "2021-05-04T06:37:42.123Z");
	TIME("2021-05-04T00:00:00+7", "2021-05-03T17:00:00.000Z");
	TIME("2021-05-04T00:00:00+07", "2021-05-03T17:00:00.000Z");
	TIME("2021-05-04T00:00:00-730", "2021-05-04T07:30:00.000Z");
	TIME("2021-05-04T00:00:00-0730", "2021-05-04T07:30:00.000Z");
	TIME("2021-05-04T00:00:00-7:30", "2021-05-04T07:30:00.000Z");
	TIME("2021-05-04T00:00:00+01:", "2021-05-03T23:00:00.000Z");
	TIME("2021-05-04T24:00:00", "2021-05-05T00:00:00.000Z");
	TIME("2021-05-04T24:00:01", "no time");
	TIME("2021-05-04T23:59:60", "no time");
	TIME("2021-05-04T00:00:00+24:00", "no time");
	TIME("2022-17-01", "no time");
	TIME("2022-13", "no time");
	TIME("2022-00-01", "no time");
	TIME("2022-01-32", "no time");
	TIME("", "refused");
	TIME("21-01-01", "refused");
	TIME("2021-1-1", "refused");
	TIME("2021-05-04 13:37:42", "refused");
	TIME("2021-05-04t13:37:42", "refused");
	TIME("2021-05-04T13:37", "refused");
	TIME("2021-05-04T13:37:42.", "refused");
	TIME("2021-05-04T13:37:42z", "refused");
	TIME("2021-05-04T13:37:42+12345", "refused");
	TIME("2021-05-04T13:37:42+1:3", "refused");
	TIME("2021T00:00:00", "refused");
	/* next to what is allowed, position by position */
	TIME("202/-01-01", "refused");
	TIME("202:-01-01", "refused");
	TIME("2021/01-01", "refused");
	TIME("2021-0x", "refused");
	TIME("2021-01/01", "refused");
	TIME("2021-01-0", "refused");
	TIME("2021-01-0x", "refused");
	TIME("2021-01-01T", "refused");
	TIME("2021-01-01T0x:00:00", "refused");
	TIME("2021-01-01T00-00:00", "refused");
	TIME("2021-01-01T00:0x:00", "refused");
	TIME("2021-01-01T00:00-00", "refused");
	TIME("2021-01-01T00:00:0x", "refused");
	TIME("2021-01-01T00:00:00.x", "refused");
	TIME("2021-01-01T00:00:00./", "refused");
	TIME("2021-01-01T00:00:00.1/", "refused");
	TIME("2021-01-01T00:00:00.1:", "refused");
	TIME("2021-01-01T00:00:00+", "refused");
	TIME("2021-01-01T00:00:00+/", "refused");
	TIME("2021-01-01T00:00:00+x", "refused");
	TIME("2021-01-01T00:00:00+01:0x", "refused");
	TIME("2021-01-01T00:00:00+01:000", "refused");
	TIME("2021-01-01T00:00:00+010x", "refused");
	TIME("2021-01-01T00:00:00+01:60", "no time");
	TIME("2021-01-01T00:60:00", "no time");
	TIME("2021-01-01T24:01:00", "no time");
	TIME("2021-01-01T24:00:00.001", "no time");
	TIME("2021-01-01T25:00:00", "no time");
	TIME("2021-00", "no time");
	TIME("2021-01-00", "no time");

	SUM("2021-01-31", 1, MONTH, "2021-03-03T00:00:00.000Z");
	SUM("2021-03-31", -1, MONTH, "2021-03-03T00:00:00.000Z");
	SUM("2021-03-01T00:30:00+02:00", 1, MONTH, "2021-03-28T22:30:00.000Z");
	SUM("2021-01-15", -13, MONTH, "2019-12-15T00:00:00.000Z");
	SUM("2020-02-29", 1, YEAR, "2021-03-01T00:00:00.000Z");
	SUM("2020-02-29", -4, YEAR, "2016-02-29T00:00:00.000Z");
	SUM("2020-02-29", 1, DAY, "2020-03-01T00:00:00.000Z");
	SUM("2021-06-23", -72, HOUR, "2021-06-20T00:00:00.000Z");
	SUM("0000-01-01", -1, DAY, "-000001-12-31T00:00:00.000Z");
	SUM("2021-01-01", 250000, YEAR, "+252021-01-01T00:00:00.000Z");
	SUM("1970-01-01", 100000000, DAY, "+275760-09-13T00:00:00.000Z");
	SUM("1970-01-01", 100000001, DAY, "no time");
	SUM("1970-01-01", -100000000, DAY, "-271821-04-20T00:00:00.000Z");
	SUM("1970-01-01", -100000001, DAY, "no time");
	SUM("2021-01-01", CCCD_LOGIC_AMOUNT_MAX, HOUR, "no time");
	SUM("2021-01-01", -CCCD_LOGIC_AMOUNT_MAX, YEAR, "no time");
	SUM("2021-01-01", CCCD_LOGIC_AMOUNT_MAX, MONTH, "no time");
	SUM("2022-17-01", 1, YEAR, "no time");
}

/* Calendar arithmetic against counting day by day. */
static void
check_calendar(void)
{
	static const int lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
	char		text[16],
				wanted[32];
	int			day = 1,
				month = 1,
				year = 1890;

	for (int i = 0; i < 100000; i++)
	{
		int			length = lengths[month - 1];

		if (month == 2 && ((year % 4 == 0 && year % 100 != 0) || year % 400 == 0))
			length++;
		snprintf(wanted, sizeof(wanted), "%04d-%02d-%02dT00:00:00.000Z",
				 year, month, day);
		snprintf(text, sizeof(text), "%.10s", wanted);
		CHECK_STR(time_of(text, 0, CCCD_LOGIC_DAY), wanted);
		CHECK_STR(time_of("1890-01-01", i, CCCD_LOGIC_DAY), wanted);
		if (++day > length)
		{
			day = 1;
			if (++month > 12)
			{
				month = 1;
				year++;
			}
		}
	}
}

/* Months and years, back and forth, against counting months one by one. */
static void
check_months(void)
{
	char		wanted[64];

	for (int amount = -30; amount <= 30; amount++)
	{
		for (int month = 1; month <= 12; month++)
		{
			char		text[32];
			int			then = month;
			int			year = 2021;

			snprintf(text, sizeof(text), "2021-%02d-15", month);
			for (int k = 0; k < amount; k++)
				if (++then > 12)
				{
					then = 1;
					year++;
				}
			for (int k = 0; k > amount; k--)
				if (--then < 1)
				{
					then = 12;
					year--;
				}
			snprintf(wanted, sizeof(wanted), "%04d-%02d-15T00:00:00.000Z",
					 year, then);
			CHECK_STR(time_of(text, amount, CCCD_LOGIC_MONTH), wanted);
			snprintf(wanted, sizeof(wanted), "%04d-%02d-15T00:00:00.000Z",
					 2021 + amount, month);
			CHECK_STR(time_of(text, amount, CCCD_LOGIC_YEAR), wanted);
		}
	}
}

/* A date of birth is a year, a month or a day, and nothing behind it. */
static void
check_births(void)
{
	int64_t		time;
	int64_t		other;

	CHECK(cccd_logic_birth_parse("2021", 4, &time) &&
		  cccd_logic_time_parse("2021-12-31", 10, &other) && time == other);
	CHECK(cccd_logic_birth_parse("2021-02", 7, &time) &&
		  cccd_logic_time_parse("2021-02-28", 10, &other) && time == other);
	CHECK(cccd_logic_birth_parse("2021-02-03", 10, &time) &&
		  cccd_logic_time_parse("2021-02-03", 10, &other) && time == other);
	CHECK(cccd_logic_birth_parse("2021-13", 7, &time) &&
		  time == CCCD_LOGIC_NO_TIME);
	CHECK(!cccd_logic_birth_parse("2021-02-03T", 11, &time));
	CHECK(!cccd_logic_birth_parse("2021-02-", 8, &time));
	CHECK(!cccd_logic_birth_parse("", 0, &time));
}

/* What stands behind a text does not count, whatever it is. */
static void
check_ends(void)
{
	static const char *const texts[] = {
		"2021-05-04T13:37:42.123+07:30", "2021-05-04T13:37:42-0730",
		"2021-05-04T13:37:42+1234", "2021-05-04T13:37:42+123",
		"2021-05-04T13:37:42Z", "2021-05-04T24:00:00.000+12:"
	};

	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
		for (size_t length = 0; length <= strlen(texts[i]); length++)
			for (const char *next = "0959:+-.TZ"; *next; next++)
			{
				char		alone[64] = "";
				char		more[64];
				int64_t		time = 0;
				int64_t		other = 0;
				bool		good;

				memcpy(alone, texts[i], length);
				memset(more, *next, sizeof(more));
				memcpy(more, texts[i], length);
				good = cccd_logic_time_parse(alone, length, &time);
				CHECK(cccd_logic_time_parse(more, length, &other) == good);
				CHECK(!good || time == other);
				good = cccd_logic_birth_parse(alone, length, &time);
				CHECK(cccd_logic_birth_parse(more, length, &other) == good);
				CHECK(!good || time == other);
			}
}

int
main(void)
{
	check_times();
	check_calendar();
	check_months();
	check_births();
	check_ends();
	return finish();
}
