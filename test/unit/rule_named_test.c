/*
 * rule_named_test.c
 *		Text of clauses about facts that have names: credentials, declarations,
 *		registrations and consultations.
 */
#include "rule_ask.h"

static void
check_credentials(void)
{
	same("holds(insurance)");
	canonical("HOLDS ( Health_Insurance )", "holds(insurance)");
	canonical("holds(#13)", "holds(driving_licence_b)");
	same("holds(#65535)");
	canonical("holds(signed, 'work permit', source > paper)",
			  "holds(work_permit, source >= certificate, signed)");
	canonical("holds(driving_licence_c, driving_licence_b, #15)",
			  "holds(driving_licence_b, driving_licence_c)");
	same("since(credential(driving_licence_b)) >= 3 years");
	same("since(credential(insurance, #99, source = national)) < 1 year");

	refused("holds", CCCD_RULE_SYNTAX, 5,
			"the name of a credential in parentheses");
	refused("holds()", CCCD_RULE_SYNTAX, 6, "a condition on the fact");
	refused("holds(signed)", CCCD_RULE_SYNTAX, 5, "the name of a credential");
	refused("holds(library_card)", CCCD_RULE_SYNTAX, 6, NULL);
	refused("holds(#0)", CCCD_RULE_SYNTAX, 6, NULL);
	refused("holds(#65536)", CCCD_RULE_SYNTAX, 6, NULL);
	refused("holds(insurance, disease = measles)", CCCD_RULE_SYNTAX, 17,
			"a condition on the fact");
	refused("holds(insurance, signed, signed)", CCCD_RULE_SYNTAX, 25,
			"every condition only once");
	refused("isolated(insurance)", CCCD_RULE_SYNTAX, 9, NULL);
	refused("since(credential) >= 1 year", CCCD_RULE_SYNTAX, 16,
			"the name of a credential in parentheses");
	refused("since(holds(insurance)) >= 1 year", CCCD_RULE_SYNTAX, 6,
			"a fact");
}

static void
check_others(void)
{
	same("declared(no_symptoms)");
	same("declared(no_symptoms, no_contact, #300, source >= paper, signed)");
	same("not declared(symptoms, travel_level_4)");
	same("since(declaration(no_symptoms)) <= 24 hours");
	canonical("declared(no_symptoms) within 24 hours",
			  "since(declaration(no_symptoms)) <= 24 hours");
	canonical("Declared ( signed, #1 ) WITHIN 1 Day and not declared(symptoms)",
			  "since(declaration(no_symptoms, signed)) <= 1 day and "
			  "not declared(symptoms)");
	canonical("declared(no_symptoms) within 0 hours",
			  "since(declaration(no_symptoms)) <= 0 hours");
	same("booked(vaccination)");
	canonical("booked(test, vaccination) within 2 weeks",
			  "since(registration(vaccination, test)) <= 2 weeks");
	same("since(registration(#65535)) > 3 days");
	same("consulted(hospital, health_station)");
	canonical("not consulted(doctor) within 14 days or ticket",
			  "not since(consultation(doctor)) <= 14 days or ticket");
	same("since(consultation(doctor)) between 1 day and 14 days");

	refused("declared", CCCD_RULE_SYNTAX, 8, "what is declared in parentheses");
	refused("declared(signed)", CCCD_RULE_SYNTAX, 8, "what is declared");
	refused("declared(insurance)", CCCD_RULE_SYNTAX, 9, NULL);
	refused("declared(#65536)", CCCD_RULE_SYNTAX, 9, NULL);
	refused("declared(no_symptoms, disease = measles)", CCCD_RULE_SYNTAX, 22,
			"a condition on the fact");
	refused("declared(no_symptoms) within", CCCD_RULE_SYNTAX, 28,
			"a duration such as 14 days");
	refused("declared(no_symptoms) within <= 1 day", CCCD_RULE_SYNTAX, 29,
			"a duration such as 14 days");
	refused("declared(no_symptoms) within 201 years", CCCD_RULE_RANGE, 29,
			NULL);
	refused("declared(no_symptoms) <= 24 hours", CCCD_RULE_SYNTAX, 22, NULL);
	refused("booked()", CCCD_RULE_SYNTAX, 7, "a condition on the fact");
	refused("booked(signed)", CCCD_RULE_SYNTAX, 6, "what is booked");
	refused("booked(doctor)", CCCD_RULE_SYNTAX, 7, NULL);
	refused("consulted", CCCD_RULE_SYNTAX, 9,
			"who was consulted in parentheses");
	refused("consulted(vaccination)", CCCD_RULE_SYNTAX, 10, NULL);
	/* only of what happens in a moment */
	refused("holds(insurance) within 1 day", CCCD_RULE_SYNTAX, 17, NULL);
	refused("isolated within 1 day", CCCD_RULE_SYNTAX, 9, NULL);
	refused("recovered within 6 months", CCCD_RULE_SYNTAX, 10, NULL);
	refused("since(declaration(symptoms) within 1 day)", CCCD_RULE_SYNTAX, 28,
			NULL);
}

int
main(void)
{
	check_credentials();
	check_others();
	return finish();
}
