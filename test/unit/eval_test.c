/*
 * eval_test.c
 *		Answers of rules for records: examples that can be followed by hand.
 */
#include "eval_ask.h"

#define IS_IN(context, rule, wanted) \
	CHECK_STR(truth("", rule, "2021-11-16 19:00", context), wanted)

static void
check_since(void)
{
	const char *dose = "dose 2021-11-02 19:00:00+07";
	const char *month = "dose 2021-08-31 10:00:00+07";

	/* a time counts from its own second on */
	IS(dose, "doses = 1", "2021-11-02 19:00", "pass");
	IS(dose, "doses = 1", "2021-11-02 18:59:59.999999", "fail");

	/* both sides of each comparison, to the microsecond */
	IS(dose, "since(last_dose) >= 14 days", "2021-11-16 19:00", "pass");
	IS(dose, "since(last_dose) >= 14 days", "2021-11-16 18:59:59.999999",
	   "fail");
	IS(dose, "since(last_dose) > 14 days", "2021-11-16 19:00", "fail");
	IS(dose, "since(last_dose) > 14 days", "2021-11-16 19:00:00.000001",
	   "pass");
	IS(dose, "since(last_dose) <= 14 days", "2021-11-16 19:00", "pass");
	IS(dose, "since(last_dose) <= 14 days", "2021-11-16 19:00:00.000001",
	   "fail");
	IS(dose, "since(last_dose) < 14 days", "2021-11-16 19:00", "fail");
	IS(dose, "since(last_dose) < 14 days", "2021-11-16 18:59:59.999999",
	   "pass");
	IS(dose, "since(last_dose) between 14 days and 15 days",
	   "2021-11-17 19:00", "pass");
	IS(dose, "since(last_dose) between 14 days and 15 days",
	   "2021-11-17 19:00:00.000001", "fail");
	IS(dose, "since(last_dose) <= 0 days", "2021-11-02 19:00", "pass");
	IS(dose, "since(last_dose) <= 0 days", "2021-11-02 19:00:00.5", "fail");

	/* a month ends with its last day where it has no such day */
	IS(month, "since(last_dose) >= 6 months", "2022-02-28 23:59:59", "fail");
	IS(month, "since(last_dose) >= 6 months", "2022-03-01 00:00", "pass");
	IS(month, "since(last_dose) <= 6 months", "2022-03-01 00:00", "pass");
	IS(month, "since(last_dose) <= 6 months", "2022-03-01 00:00:00.000001",
	   "fail");
	IS(month, "since(last_dose) < 1 year", "2022-08-31 09:59:59", "pass");
	IS(month, "since(last_dose) < 1 year", "2022-08-31 10:00", "fail");

	/* no such instant is not a long time ago */
	IS("", "since(last_dose) >= 14 days", "2021-11-16", "fail");
	IS("", "since(last_dose) <= 14 days", "2021-11-16", "fail");
	IS("", "not since(last_dose) <= 14 days", "2021-11-16", "pass");
	IS("", "since(last_dose) >= 0 days", "2021-11-16", "fail");
	IS("", "since(last_dose) >= 0 days", "2000-01-01 07:00", "fail");
	IS("", "since(last_dose) between 14 days and 50 years", "2021-11-16", "fail");
	IS(dose, "since(last_dose) >= 0 days", "2021-11-02 19:00", "pass");
	IS(dose, "since(last_dose) >= 0 days", "2021-11-02 18:59:59", "fail");
	IS("dose 2000-01-01 07:00", "since(last_dose) >= 0 days",
	   "2000-01-01 07:00", "pass");

	/* the latest one decides */
	IS("test 2021-11-10 08:00 pcr negative; test 2021-11-15 08:00 antigen "
	   "negative", "since(negative) <= 72 hours", "2021-11-16", "pass");
	IS("test 2021-11-10 08:00 pcr negative; test 2021-11-15 08:00 antigen "
	   "negative", "since(negative(pcr)) <= 72 hours", "2021-11-16", "fail");
	IS("recovery 2021-05-01; recovery 2021-10-01",
	   "since(recovery) >= 60 days", "2021-11-16", "fail");
	IS("exposure 2021-11-10 until 2021-11-24",
	   "since(exposure) >= 6 days", "2021-11-16", "pass");
}

static void
check_filters(void)
{
	const char *doses = "dose 2021-03-01 product 'EU/1/20/1528' number 1 "
	"national signed; dose 2021-06-01 paper; dose 2021-07-01 disease measles";

	IS(doses, "doses = 2", "2021-11-16", "pass");
	IS(doses, "doses(disease = measles) = 1", "2021-11-16", "pass");
	IS(doses, "doses(signed) = 1", "2021-11-16", "pass");
	IS(doses, "doses(source >= paper) = 2", "2021-11-16", "pass");
	IS(doses, "doses(source = paper) = 2", "2021-11-16", "fail");
	IS(doses, "doses <> 2", "2021-11-16", "fail");
	IS(doses, "doses between 2 and 3", "2021-11-16", "pass");
	IS(doses, "doses in (1, 3)", "2021-11-16", "fail");

	/* an unknown product may be the one */
	IS(doses, "doses(product = 'EU/1/20/1528') >= 1", "2021-11-16", "pass");
	IS(doses, "doses(product = 'EU/1/20/1528') = 2", "2021-11-16", "unknown");
	IS(doses, "doses(product = 'EU/1/20/1528') = 3", "2021-11-16", "fail");
	IS(doses, "doses(product = 'EU/1/20/1528') <> 3", "2021-11-16", "pass");
	IS(doses, "since(last_dose(product = 'EU/1/20/1528')) >= 3 months",
	   "2021-11-16", "pass");
	IS(doses, "since(last_dose(product = 'EU/1/20/1528')) >= 6 months",
	   "2021-11-16", "unknown");
	IS(doses, "since(last_dose(product = 'EU/1/20/1528')) < 1 month",
	   "2021-11-16", "fail");
	IS(doses, "since(last_dose(product = 'EU/1/20/1507')) >= 3 months",
	   "2021-11-16", "unknown");

	IS("isolation 2021-11-01 until 2021-11-15 paper",
	   "isolated", "2021-11-14 23:59:59", "pass");
	IS("isolation 2021-11-01 until 2021-11-15 paper",
	   "isolated", "2021-11-15", "fail");
	IS("isolation 2021-11-01", "isolated", "2030-01-01", "pass");
	IS("isolation 2021-11-01 paper", "isolated(source = national)",
	   "2021-11-02", "fail");
	IS("contraindication 2021-01-01", "contraindicated", "2021-11-16", "pass");

	IS("recovery 2021-01-01", "recovered and not exposed", "2021-11-16",
	   "pass");
	/* a recovery that has ended is none any more, as every state */
	IS("recovery 2021-01-01 until 2021-07-01", "recovered",
	   "2021-06-30 23:59:59", "pass");
	IS("recovery 2021-01-01 until 2021-07-01", "recovered", "2021-07-01",
	   "fail");
	IS("recovery 2021-01-01 until 2021-07-01", "not recovered", "2021-11-16",
	   "pass");
	IS("recovery 2021-01-01 until 2021-07-01", "since(recovery) <= 1 year",
	   "2021-11-16", "pass");
}

/* A series of which reports give several days, numbers or products. */
static void
check_complete_in_ways(void)
{
	const char *later = "dose 2021-11-01 number 2 series 2; "
	"dose 2021-11-20 number 2 series 2";
	const char *either = "dose 2021-11-01 number 2 series 2 "
	"product 'EU/1/20/1528'; dose 2021-11-03 number 2 series 2 "
	"product 'EU/1/20/1507' paper";
	const char *told = "dose 2021-11-01 number 2 series 2 paper; "
	"dose 2021-11-01 product 'EU/1/20/1528'";

	/* a certificate of the first dose of a later day does not undo the second */
	IS("dose 2021-06-01 number 1 series 2; dose 2021-07-01 number 2; "
	   "dose 2021-07-15 number 1 series 2", "complete", "2021-11-16",
	   "unknown");
	IS("dose 2021-06-01 number 1; dose 2021-07-01 number 2; "
	   "dose 2021-07-15 number 1 series 2", "complete", "2021-11-16",
	   "unknown");
	IS("dose 2021-01-01 number 1 series 2; dose 2021-03-01 number 2; "
	   "dose 2021-09-01 number 1 series 2", "complete", "2021-11-16",
	   "unknown");
	IS("dose 2021-06-01; dose 2021-07-01 number 1 series 2; "
	   "dose 2021-07-15 number 1 series 2", "complete", "2021-11-16", "fail");
	/* what is stated of the first dose says nothing of the second */
	IS("dose 2021-06-01 number 1 series 2; dose 2021-06-01 number 2 paper",
	   "complete", "2021-11-16", "unknown");
	IS("dose 2021-06-01 number 1 series 2; "
	   "dose 2021-06-01 number 2 series 2 paper", "complete", "2021-11-16",
	   "pass");
	/* the total that is reached speaks for the dose */
	IS("dose 2021-06-01 number 1 series 2; "
	   "dose 2021-06-01 number 1 series 1 paper", "complete", "2021-11-16",
	   "pass");
	/* on a day to come it has not been given yet */
	IS(later, "complete", "2021-11-16", "unknown");
	IS(later, "complete", "2021-11-20", "pass");
	IS(later, "since(complete) >= 1 day", "2021-11-16", "unknown");
	/* two products leave open which one it was, the one that is known is it */
	IS(either, "complete(product = 'EU/1/20/1528')", "2021-11-16",
	   "unknown");
	IS(either, "complete(product = 'EU/1/20/1528', source <> paper)",
	   "2021-11-16", "pass");
	IS(either, "complete(product in ('EU/1/20/1528', 'EU/1/20/1507'))",
	   "2021-11-16", "pass");
	IS(either, "complete(product = 'EU/1/21/1529')", "2021-11-16", "fail");
	IS(told, "complete(product = 'EU/1/20/1528')", "2021-11-16", "pass");
	IS(told, "complete(product = 'EU/1/20/1507')", "2021-11-16", "fail");
	IS(told, "complete(product = 'EU/1/20/1528', source = paper)",
	   "2021-11-16", "unknown");
}

/* Five doses, each reported of four days, the last one of so many. */
static const char *
five_doses(int days)
{
	static char text[2048];
	int			length = 0;

	for (int dose = 1; dose <= 5; dose++)
		for (int day = 1; day <= (dose == 5 ? days : 4); day++)
			length += snprintf(text + length, sizeof(text) - length,
							   "%sdose 2021-%02d-%02d number %d series 5",
							   length > 0 ? "; " : "", dose, day * 5, dose);
	return text;
}

/* So many pairs of days that may be of one dose. */
static const char *
near_days(int pairs)
{
	static char text[1024];
	int			length = 0;

	for (int day = 0; day <= pairs; day++)
		length += snprintf(text + length, sizeof(text) - length,
						   "%sdose 2021-06-%02d", length > 0 ? "; " : "",
						   1 + 3 * day);
	return text;
}

/* 1,024 ways and six pairs are looked at one by one, more are not. */
static void
check_most_ways(void)
{
	static const char *const rules[] = {
		"complete", "since(complete) >= 14 days", "since(dose(1)) >= 14 days"
	};

	for (int i = 0; i < 3; i++)
	{
		IS(five_doses(4), rules[i], "2021-11-16", "pass");
		IS(five_doses(5), rules[i], "2021-11-16", "unknown");
	}
	IS(near_days(6), "since(dose(1)) >= 14 days", "2021-11-16", "pass");
	IS(near_days(7), "since(dose(1)) >= 14 days", "2021-11-16", "unknown");
	IS(near_days(7), "since(last_dose) >= 14 days", "2021-11-16", "pass");
	IS(near_days(7), "doses between 1 and 8", "2021-11-16", "pass");
	IS(five_doses(5), "doses = 5", "2021-11-16", "pass");
	IS(five_doses(5), "since(last_dose) >= 14 days", "2021-11-16", "pass");
}

/* Reports without a number that are closer than two doses can be. */
static void
check_near_doses(void)
{
	const char *adjacent = "dose 2021-06-01; dose 2021-06-02 paper";
	const char *chain = "dose 2021-06-01; dose 2021-06-09; dose 2021-06-17";
	const char *between = "dose 2021-06-01 number 1; dose 2021-06-06; "
	"dose 2021-06-11 number 2";

	IS(adjacent, "doses >= 1", "2021-11-16", "pass");
	IS(adjacent, "doses >= 2", "2021-11-16", "unknown");
	IS(adjacent, "doses >= 3", "2021-11-16", "fail");
	IS(adjacent, "doses >= 2", "2021-06-01 12:00", "fail");
	IS(adjacent, "doses(source = national) >= 1", "2021-11-16", "fail");
	IS(adjacent, "doses(source = declared) >= 1", "2021-11-16", "pass");
	IS(adjacent, "since(last_dose) >= 14 days", "2021-06-15", "unknown");
	IS(adjacent, "since(last_dose) >= 14 days", "2021-06-16", "pass");
	IS(adjacent, "since(dose(1)) >= 14 days", "2021-06-15", "unknown");
	IS(adjacent, "since(dose(2)) >= 14 days", "2021-11-16", "unknown");
	/* 10 days against COVID-19, 24 against influenza, 3 against rabies */
	IS("dose 2021-06-01; dose 2021-06-10", "doses >= 2", "2021-11-16",
	   "unknown");
	IS("dose 2021-06-01; dose 2021-06-11", "doses >= 2", "2021-11-16",
	   "pass");
	IS("dose 2021-06-01 disease influenza; dose 2021-06-24 disease influenza",
	   "doses(disease = influenza) >= 2", "2021-11-16", "unknown");
	IS("dose 2021-06-01 disease influenza; dose 2021-06-25 disease influenza",
	   "doses(disease = influenza) >= 2", "2021-11-16", "pass");
	IS("dose 2021-06-01 disease rabies; dose 2021-06-03 disease rabies",
	   "doses(disease = rabies) >= 2", "2021-11-16", "unknown");
	IS("dose 2021-06-01 disease rabies; dose 2021-06-04 disease rabies",
	   "doses(disease = rabies) >= 2", "2021-11-16", "pass");
	IS("dose 2021-06-01 disease typhoid number 1; "
	   "dose 2021-06-03 disease typhoid", "doses(disease = typhoid) >= 2",
	   "2021-11-16", "pass");
	/* one, two or three; two at least with a number on both sides */
	IS(chain, "doses >= 2", "2021-11-16", "unknown");
	IS(chain, "doses between 1 and 3", "2021-11-16", "pass");
	IS(between, "doses >= 2", "2021-11-16", "pass");
	IS(between, "doses >= 3", "2021-11-16", "unknown");
	IS(between, "since(dose(2)) >= 14 days", "2021-06-23", "unknown");
	IS(between, "since(dose(2)) >= 14 days", "2021-06-25", "pass");
	/* numbers that differ stand */
	IS("dose 2021-06-01 number 1; dose 2021-06-02 number 2", "doses >= 2",
	   "2021-11-16", "pass");
	/* a product of one of the two, or of both */
	IS("dose 2021-06-01 product 'EU/1/20/1528'; "
	   "dose 2021-06-03 product 'EU/1/20/1507'",
	   "doses(product = 'EU/1/20/1528') >= 1", "2021-11-16", "unknown");
	IS("dose 2021-06-01 product 'EU/1/20/1528'; dose 2021-06-03",
	   "doses(product = 'EU/1/20/1528') >= 1", "2021-11-16", "pass");
}

/* A number that is stated again after the renewal interval. */
static void
check_renewal(void)
{
	const char *two = "dose 2021-01-01 number 1; dose 2021-07-01 number 1";
	const char *three = "dose 2021-01-01 number 1; dose 2021-06-01 number 1; "
	"dose 2021-11-01 number 1";

	/* 180 days, and one more */
	IS("dose 2021-01-01 number 1; dose 2021-06-30 number 1", "doses >= 2",
	   "2021-11-16", "fail");
	IS(two, "doses >= 2", "2021-11-16", "unknown");
	IS(two, "doses >= 1", "2021-11-16", "pass");
	/* what lies between does not make two days nearer */
	IS(three, "doses >= 2", "2021-11-16", "unknown");
	IS(three, "doses >= 3", "2021-11-16", "fail");
	IS("dose 2021-01-01 number 1; dose 2021-06-29; dose 2021-07-01 number 1",
	   "doses >= 2", "2021-11-16", "unknown");
	IS("dose 2021-01-01 number 1; dose 2021-04-01; dose 2021-07-01 number 1",
	   "doses >= 2", "2021-11-16", "pass");
	IS("dose 2021-01-01 number 1; dose 2021-04-01; dose 2021-07-01 number 1",
	   "doses >= 3", "2021-11-16", "unknown");
	/* another total, and each number by itself */
	IS("dose 2021-01-01 number 1 series 2; dose 2021-01-20 number 1 series 1",
	   "doses >= 2", "2021-11-16", "unknown");
	IS("dose 2021-01-01 number 1 series 2; dose 2021-02-01 number 2 series 2; "
	   "dose 2021-09-01 number 1 series 2; dose 2021-10-01 number 2 series 2",
	   "doses >= 3", "2021-11-16", "unknown");
	IS("dose 2021-01-01 number 1 series 2; dose 2021-02-01 number 2 series 2; "
	   "dose 2021-09-01 number 1 series 2; dose 2021-10-01 number 2 series 2",
	   "doses between 2 and 4", "2021-11-16", "pass");
	IS("dose 2021-01-01 number 3; dose 2021-07-01 number 3", "doses >= 4",
	   "2021-11-16", "unknown");
	IS("dose 2021-01-01 number 3; dose 2021-07-01 number 3", "doses >= 3",
	   "2021-11-16", "pass");
}

/* What certificates state of their series, and nothing else. */
static void
check_complete(void)
{
	const char *two = "dose 2021-06-01 number 1 series 2; "
	"dose 2021-11-01 number 2 series 2";
	const char *booster = "dose 2021-03-01 number 1 series 1; "
	"dose 2021-11-10 number 2 series 1 national signed";
	const char *silent = "dose 2021-06-01; dose 2021-11-01";

	IS("", "complete", "2021-11-16", "fail");
	IS(NULL, "complete", "2021-11-16", "unknown");
	IS("dose 2021-11-01 number 1 series 1", "complete", "2021-11-16", "pass");
	IS("dose 2021-11-01 number 3 series 3", "complete", "2021-11-16", "pass");
	IS("dose 2021-11-01 number 2 series 3", "complete", "2021-11-16", "fail");
	IS(two, "complete", "2021-11-16", "pass");
	IS(two, "complete", "2021-10-31 23:59:59", "fail");
	IS(two, "complete", "2021-11-01", "pass");
	IS(two, "since(complete) >= 14 days", "2021-11-14 23:59:59", "fail");
	IS(two, "since(complete) >= 14 days", "2021-11-15", "pass");
	IS(two, "complete(disease = measles)", "2021-11-16", "fail");

	/* a booster leaves the time of the course as it was */
	IS(booster, "since(complete) >= 14 days", "2021-11-16", "pass");
	IS(booster, "since(complete(signed)) >= 14 days", "2021-11-16", "fail");
	IS(booster, "complete(source = national)", "2021-11-16", "pass");
	IS(booster, "complete(source = national)", "2021-11-09", "fail");

	/* no total, or no number, may be the end of a series */
	IS(silent, "complete", "2021-11-16", "unknown");
	IS(silent, "since(complete) >= 14 days", "2021-11-16", "unknown");
	IS(silent, "since(complete) >= 6 months", "2021-11-16", "fail");
	IS("dose 2021-11-01 number 2", "complete", "2021-11-16", "unknown");
	IS("dose 2021-11-01 series 2", "complete", "2021-11-16", "unknown");
	/* but no dose before the first of two, nor before the last of two */
	IS("dose 2021-06-01; dose 2021-11-10 number 1 series 2", "complete",
	   "2021-11-16", "fail");
	IS("dose 2021-06-01; dose 2021-11-10 number 2 series 2",
	   "since(complete) >= 14 days", "2021-11-16", "fail");
	IS("dose 2021-06-01; dose 2021-11-10 number 2 series 1",
	   "since(complete) >= 14 days", "2021-11-16", "unknown");
	IS("dose 2021-06-01 number 1 series 2; dose 2021-11-10", "complete",
	   "2021-11-16", "unknown");

	/* of several reports of a dose the one that states it speaks for all */
	IS("dose 2021-11-10 number 1 series 2 certificate signed; "
	   "dose 2021-11-10 09:00 national", "complete", "2021-11-16", "fail");
	IS("dose 2021-11-10 number 1 series 2; dose 2021-11-12 number 1",
	   "complete", "2021-11-16", "fail");
	IS("dose 2021-11-10 number 2 series 2; dose 2021-11-10 09:00 national",
	   "complete", "2021-11-16", "pass");
	IS("dose 2021-11-10 number 2 series 2; dose 2021-11-10 09:00 national",
	   "complete(source = national)", "2021-11-16", "unknown");
	/* any day that is stated for it may be the one */
	IS("dose 2021-11-01 number 2 series 2; dose 2021-11-03 number 2 paper",
	   "since(complete) >= 14 days", "2021-11-16", "unknown");
	IS("dose 2021-11-01 number 2 series 2; dose 2021-11-03 number 2 paper",
	   "since(complete) >= 14 days", "2021-11-17", "pass");
	IS("dose 2021-11-01 number 2 series 2; dose 2021-11-03 number 2 paper",
	   "since(complete(source <> paper)) >= 14 days", "2021-11-16", "pass");
	IS("dose 2020-11-01 number 2 series 2; dose 2021-11-03 number 2 series 2",
	   "since(complete) >= 14 days", "2021-11-16", "pass");

	check_complete_in_ways();
	check_near_doses();
	check_renewal();
	check_most_ways();

	/* a product that is not known may be the one */
	IS("dose 2021-11-01 number 2 series 2",
	   "complete(product = 'EU/1/20/1528')", "2021-11-16", "unknown");
	IS("dose 2021-11-01 number 1 series 2",
	   "complete(product = 'EU/1/20/1528')", "2021-11-16", "fail");
	IS("dose 2021-11-01 number 2 series 2 product 'EU/1/20/1507'",
	   "complete(product = 'EU/1/20/1528')", "2021-11-16", "fail");
	IS("dose 2021-11-01 number 2 series 2 product 'EU/1/20/1507'",
	   "complete(product in ('EU/1/20/1528', 'EU/1/20/1507'))", "2021-11-16",
	   "pass");
}

static void
check_numbers(void)
{
	/* "number 3" tells of a dose between that the record does not hold */
	const char *three = "dose 2021-03-01 09:00:00+07; "
	"dose 2021-09-01 09:00:00+07 number 3";

	IS(three, "doses = 3", "2021-11-16", "pass");
	IS(three, "doses = 1", "2021-08-31", "pass");
	IS(three, "since(dose(3)) <= 3 months", "2021-11-16", "pass");
	IS(three, "since(first_dose) >= 8 months", "2021-11-16", "pass");
	IS(three, "since(dose(4)) >= 0 days", "2021-11-16", "fail");
	IS(three, "since(dose(2)) >= 0 days", "2021-11-16", "pass");
	IS(three, "since(dose(2)) >= 0 days", "2021-08-31", "fail");
	IS(three, "since(dose(2)) >= 1 day", "2021-09-02 08:59:58.999999",
	   "unknown");
	IS(three, "since(dose(2)) >= 1 day", "2021-09-02 08:59:59", "pass");
	IS(three, "since(dose(2)) > 1 day", "2021-09-02 08:59:59", "unknown");
	IS(three, "since(dose(2)) <= 1 day", "2021-09-02 08:59:59", "unknown");
	IS(three, "since(dose(2)) <= 1 day", "2021-09-02 08:59:59.000001",
	   "fail");
	IS(three, "since(dose(2, signed)) >= 1 day", "2021-11-16", "unknown");
	IS(three, "since(dose(2, signed)) <= 1 day", "2021-11-16", "fail");
	IS(three, "since(dose(1, signed)) >= 1 day", "2021-11-16", "fail");

	/* the dose that is not there may be of any source and product */
	IS(three, "doses(source = declared) = 3", "2021-11-16", "unknown");
	IS(three, "doses(signed) = 0", "2021-11-16", "unknown");
	IS(three, "doses(signed) <= 1", "2021-11-16", "pass");
	IS(three, "since(last_dose(signed)) >= 2 months", "2021-11-16", "unknown");
	IS(three, "since(last_dose(signed)) <= 2 months", "2021-11-16", "fail");
	IS(three, "since(last_dose(signed)) >= 3 years", "2021-11-16", "unknown");
}

static void
check_unknown(void)
{
	const char *pending = "test 2021-11-15 08:00:00+07 pcr pending; "
	"test 2021-11-01 08:00:00+07 pcr negative";
	const char *newest = "test 2021-11-12 08:00:00+07 pcr negative; "
	"tests from 2021-11-10 00:00:00+07";

	IS(pending, "since(negative) <= 72 hours", "2021-11-16", "unknown");
	IS(pending, "since(negative) <= 30 days", "2021-11-16", "pass");
	IS(pending, "since(negative) <= 2 hours", "2021-11-16", "fail");
	IS(pending, "since(positive) <= 72 hours", "2021-11-16", "unknown");
	IS(pending, "since(negative(antigen)) <= 72 hours", "2021-11-16", "fail");
	IS("test 2021-11-15 negative", "since(negative(antigen)) <= 72 hours",
	   "2021-11-16", "unknown");
	IS("test 2021-11-15 inconclusive", "since(negative) <= 72 hours",
	   "2021-11-16", "fail");

	/* before the record is complete */
	IS(newest, "since(negative) <= 72 hours", "2021-11-13", "pass");
	IS(newest, "since(negative) <= 72 hours", "2021-11-11", "unknown");
	IS(newest, "since(positive) <= 72 hours", "2021-11-12 23:59:58",
	   "unknown");
	IS(newest, "since(positive) <= 72 hours", "2021-11-12 23:59:59",
	   "unknown");
	IS(newest, "since(positive) <= 72 hours", "2021-11-12 23:59:59.000001",
	   "fail");
	IS(newest, "since(positive) >= 14 days", "2021-11-13", "unknown");
	IS(newest, "since(negative) >= 1 hour", "2021-11-12 08:30", "fail");
	IS("test 2021-11-01 pcr negative; tests from 2021-11-10",
	   "since(negative) >= 2 days", "2021-11-05", "unknown");
	IS("test 2021-11-01 pcr negative; tests from 2021-11-10",
	   "since(negative) >= 2 days", "2021-11-12", "pass");
	IS("test 2021-11-01 pcr negative; tests from 2021-11-10",
	   "since(negative) >= 0 days", "2021-11-05", "pass");
	IS("tests from 2021-11-10", "since(negative) <= 0 seconds",
	   "2021-11-05 00:00:00.5", "unknown");
	IS("tests from 2021-11-10", "since(negative) >= 25 years",
	   "2021-11-16", "unknown");
	IS("tests from 2021-11-10", "since(negative) >= 1 day", "1950-01-01",
	   "unknown");
	IS("tests from 2000-01-01 07:00:55",
	   "since(positive) between 1 month and 30 days",
	   "2000-01-31 07:00:55.000001", "fail");
	IS("test 2000-01-01 07:00 pcr negative", "since(negative) >= 0 days",
	   "2000-01-01 06:59:59.999999", "fail");

	/* a missing person, an empty rule, a missing part of the context */
	IS(NULL, "doses >= 0", "2021-11-16", "unknown");
	IS(NULL, "not isolated", "2021-11-16", "unknown");
	IS("", "not isolated and doses = 0", "2021-11-16", "pass");
	IS("dose 2021-01-01", "", "2021-11-16", "unknown");
	IS(NULL, "ticket or doses = 1", "2021-11-16", "unknown");
}

static void
check_context(void)
{
	IS_IN("", "ticket", "unknown");
	IS_IN("ticket=yes", "ticket and not accompanied", "unknown");
	IS_IN("ticket=yes, accompanied=no", "ticket and not accompanied", "pass");
	IS_IN("ticket=no", "ticket and accompanied", "fail");
	IS_IN("evidence=qr", "evidence >= qr", "pass");
	IS_IN("evidence=paper", "evidence >= qr", "fail");
	IS_IN("", "evidence >= claimed", "unknown");
	IS_IN("level=2", "level <= 2 and level <> 3", "pass");
	IS_IN("level=2, origin_level=4", "origin_level in (1, 3)", "fail");
	IS_IN("sex=F", "sex = female", "pass");
	IS_IN("sex=F", "sex = male", "fail");
	IS_IN("place=79", "place in (1, 48, 79)", "pass");
	IS_IN("place=79", "place not in (1, 48, 79)", "fail");
	IS_IN("place=80", "place not in (1, 48, 79)", "pass");
	IS_IN("", "place not in (1, 48)", "unknown");

	/* a year of age is complete when the birthday begins */
	IS_IN("birth_date=2009-11-16", "age >= 12 years", "pass");
	IS_IN("birth_date=2009-11-17", "age >= 12 years", "fail");
	IS_IN("birth_date=2009-11-17", "age < 12 years", "pass");
	IS_IN("", "age < 12 years", "unknown");
	CHECK_STR(truth(NULL, "age >= 18 years", "2022-02-28 23:59:59",
					"birth_date=2004-02-29"), "fail");
	CHECK_STR(truth(NULL, "age >= 18 years", "2022-03-01",
					"birth_date=2004-02-29"), "pass");
	CHECK_STR(truth(NULL, "age > 18 years", "2022-03-01",
					"birth_date=2004-02-29"), "fail");
	CHECK_STR(truth(NULL, "age between 2 weeks and 40 days",
					"2022-02-10", "birth_date=2022-01-01"), "pass");
}

int
main(void)
{
	check_since();
	check_filters();
	check_complete();
	check_numbers();
	check_unknown();
	check_context();
	return finish();
}
