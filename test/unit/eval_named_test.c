/*
 * eval_named_test.c
 *		Answers about facts that have names: credentials, declarations,
 *		registrations and consultations.
 */
#include "eval_ask.h"

static void
check_credentials(void)
{
	const char *cards = "credential 2021-01-01 until 2021-07-01 insurance "
	"national; credential 2019-01-01 driving_licence_b paper; "
	"credential 2021-01-01 #4711 certificate signed; isolation 2021-01-01";

	/* of credentials each is by itself, and holds until its end */
	IS(cards, "holds(insurance)", "2021-06-30 23:59:59", "pass");
	IS(cards, "holds(insurance)", "2021-07-01", "fail");
	IS(cards, "holds(insurance)", "2020-12-31 23:59:59", "fail");
	IS(cards, "holds(driving_licence_b)", "2030-01-01", "pass");
	IS(cards, "holds(driving_licence_c)", "2021-11-16", "fail");
	IS(cards, "holds(driving_licence_c, driving_licence_b)", "2021-11-16",
	   "pass");
	IS(cards, "holds(work_permit)", "2021-03-01", "fail");
	IS(cards, "holds(#4711, signed)", "2021-03-01", "pass");
	IS(cards, "holds(insurance, signed)", "2021-03-01", "fail");
	IS(cards, "holds(insurance, source >= certificate)", "2021-03-01",
	   "pass");
	IS(cards, "holds(driving_licence_b, source >= certificate)",
	   "2021-03-01", "fail");
	IS(cards, "since(credential(driving_licence_b)) >= 2 years",
	   "2021-01-01", "pass");
	IS(cards, "since(credential(driving_licence_b)) >= 2 years",
	   "2020-12-31 23:59:59", "fail");
	/* since an end does not matter, and the latest of a list decides */
	IS(cards, "since(credential(insurance)) >= 2 years", "2023-01-01",
	   "pass");
	IS(cards, "since(credential(insurance, driving_licence_b)) <= 1 year",
	   "2021-11-16", "pass");
	IS(cards, "since(credential(work_permit)) >= 0 days", "2021-11-16",
	   "fail");
	IS(NULL, "holds(insurance)", "2021-11-16", "unknown");
}

/* Declarations, registrations and consultations, as credentials. */
static void
check_others(void)
{
	const char *record = "declaration 2021-11-15 08:00 until 2021-11-16 08:00 "
	"no_symptoms; declaration 2021-11-16 09:00 until 2021-11-17 09:00 symptoms; "
	"registration 2021-11-10 until 2021-11-20 10:00 vaccination national; "
	"consultation 2021-11-01 doctor paper; credential 2021-01-01 #1";

	IS(record, "declared(no_symptoms)", "2021-11-16 07:59:59", "pass");
	IS(record, "declared(no_symptoms)", "2021-11-16 08:00", "fail");
	IS(record, "declared(no_symptoms)", "2021-11-15 07:59:59", "fail");
	IS(record, "declared(no_symptoms) within 24 hours", "2021-11-16 08:00",
	   "pass");
	IS(record, "declared(no_symptoms) within 24 hours",
	   "2021-11-16 08:00:00.000001", "fail");
	/* what is declared later says nothing of what was declared before */
	IS(record, "declared(no_symptoms) within 36 hours", "2021-11-16 10:00",
	   "pass");
	IS(record, "declared(no_symptoms) within 36 hours and not declared(symptoms)",
	   "2021-11-16 10:00", "fail");
	/* an end does not matter since when, and does to the state */
	IS(record, "declared(symptoms) within 14 days", "2021-11-30 09:00",
	   "pass");
	IS(record, "declared(symptoms)", "2021-11-18", "fail");
	IS(record, "declared(symptoms, source > declared)", "2021-11-16 10:00",
	   "fail");
	IS(record, "booked(vaccination)", "2021-11-20 09:59:59", "pass");
	IS(record, "booked(vaccination)", "2021-11-20 10:00", "fail");
	IS(record, "booked(test)", "2021-11-16", "fail");
	IS(record, "booked(test, vaccination, source = national)", "2021-11-16",
	   "pass");
	IS(record, "since(registration(vaccination)) >= 10 days", "2021-11-20",
	   "pass");
	IS(record, "consulted(doctor)", "2021-11-16", "pass");
	IS(record, "consulted(hospital, #1)", "2021-11-16", "pass");
	IS(record, "since(consultation(doctor)) <= 14 days", "2021-11-15", "pass");
	IS(record, "consulted(doctor) within 14 days", "2021-11-15 00:00:01",
	   "fail");
	/* names of one kind are not those of another */
	IS("credential 2021-01-01 #1", "declared(#1)", "2021-11-16", "fail");
	IS("credential 2021-01-01 #1", "booked(#1) or consulted(#1)", "2021-11-16",
	   "fail");
	IS("declaration 2021-01-01 #1", "holds(#1)", "2021-11-16", "fail");
	IS(NULL, "declared(no_symptoms)", "2021-11-16", "unknown");
}

int
main(void)
{
	check_credentials();
	check_others();
	return finish();
}
