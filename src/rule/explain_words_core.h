/*
 * explain_words_core.h
 *		The words of the sentences of explain_core.h.
 *
 * Sentences are templates:
 *
 *		%D	the disease
 *		%V	the vaccine against it
 *		%T	in Vietnamese: injected, or taken where the vaccine may be oral
 *		%M	%O	in Vietnamese: a dose of such a vaccine; %O begins a sentence
 *		%E	the disease if it is not COVID-19, with a space where it needs one
 *		%F	the same as " for ..."
 *		%Q	what else a fact must be, as " (...)", or nothing
 *		%C	names of a fact (credentials, what is declared), of which one
 *		%H	credentials after "holds": in English "valid ..." or "a valid ..."
 *		%K	credentials at the beginning of a sentence
 *		%N	the number of a dose
 *		%A	%B	the lower and the upper duration or value, or the only one
 *		%W	%A after "the last": one unit without its number
 *		%Y	in English: the birthday that %A means, or the age
 *		%S	the s of a plural after %A
 *		%L	a list of values, of which one
 *		%U	a list of values, of which none
 */
#ifndef CCCD_EXPLAIN_WORDS_CORE_H
#define CCCD_EXPLAIN_WORDS_CORE_H

#include "health/code_core.h"
#include "rule/explain_core.h"
#include "rule/rule_words_core.h"

typedef const char *CccdPhrase[CCCD_LANGUAGES];

/* How a value lies to its bounds; complements are next to each other. */
typedef enum CccdRange
{
	CCCD_RANGE_EQUAL,
	CCCD_RANGE_UNEQUAL,
	CCCD_RANGE_AT_LEAST,
	CCCD_RANGE_BELOW,
	CCCD_RANGE_ABOVE,
	CCCD_RANGE_AT_MOST,
	CCCD_RANGE_INSIDE,
	CCCD_RANGE_OUTSIDE,
	CCCD_RANGE_LISTED,
	CCCD_RANGE_UNLISTED
} CccdRange;

#define CCCD_RANGES		(CCCD_RANGE_UNLISTED + 1)

/* The names by which people know diseases, by code; NULL: see the code. */
#define CCCD_DISEASE_NAMES	41
extern const CccdPhrase cccd_say_diseases[CCCD_DISEASE_NAMES];

/* The names of a fact, by code; NULL: what stands before the code. */
typedef struct CccdNamePhrases
{
	const CccdPhrase *names;
	int			count;
	CccdPhrase	code;
} CccdNamePhrases;

/* From CCCD_FACT_CREDENTIAL to CCCD_FACT_CONSULTATION. */
#define CCCD_NAMED_FACTS \
	(CCCD_FACT_CONSULTATION - CCCD_FACT_CREDENTIAL + 1)
extern const CccdNamePhrases cccd_say_names[CCCD_NAMED_FACTS];

/* The vaccine against a disease: [0] with a name, [1] with a code only */
extern const CccdPhrase cccd_say_vaccine[2];

/* Vietnamese: [0] injected, [1] oral, or not known */
extern const char *const cccd_say_given[2];
extern const char *const cccd_say_dose[2];
extern const char *const cccd_say_dose_first[2];

extern const CccdPhrase cccd_say_sources[4];
extern const CccdPhrase cccd_say_tests[CCCD_TEST_ANTIBODY + 1];
extern const CccdPhrase cccd_say_evidence[CCCD_EVIDENCE_GENUINE + 1];
extern const CccdPhrase cccd_say_units[CCCD_UNITS];

/* Number of doses */
extern const CccdPhrase cccd_say_doses[CCCD_RANGES];
extern const CccdPhrase cccd_say_no_dose;

/* Time since a fact: its name, and the comparison behind it. */
extern const CccdPhrase cccd_say_facts[CCCD_FACTS];
extern const CccdPhrase cccd_say_first_dose;
extern const CccdPhrase cccd_say_ago[CCCD_RANGES];

/* "within": [0] it must have happened, [1] it must not */
extern const CccdPhrase cccd_say_within[CCCD_FACTS][2];
extern const CccdPhrase cccd_say_not;

/* States: [0] must be, [1] must not be */
extern const CccdPhrase cccd_say_states[CCCD_STATES][2];

extern const CccdPhrase cccd_say_ages[CCCD_RANGES];

/* Plain conditions: [0] must be, [1] must not be */
extern const CccdPhrase cccd_say_ticket[2];
extern const CccdPhrase cccd_say_accompanied[2];
extern const CccdPhrase cccd_say_sexes[2];	/* male, female */

/* Evidence of identity */
extern const CccdPhrase cccd_say_proved[CCCD_RANGES];

/* Values of the context: what is compared, and how */
extern const CccdPhrase cccd_say_subjects[CCCD_OPS];
extern const CccdPhrase cccd_say_compared[CCCD_RANGES];

extern const CccdPhrase cccd_say_or;	/* before the last of a list */
extern const CccdPhrase cccd_say_nor[2];	/* between, and before the last */
extern const CccdPhrase cccd_say_source;
extern const CccdPhrase cccd_say_signed;
extern const CccdPhrase cccd_say_code;	/* before a code without a name */
extern const CccdPhrase cccd_say_kind;
extern const CccdPhrase cccd_say_for;	/* for the disease */

#endif							/* CCCD_EXPLAIN_WORDS_CORE_H */
