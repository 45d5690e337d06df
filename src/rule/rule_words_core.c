/*
 * rule_words_core.c
 *		The words of the rule language; see rule_words_core.h.
 */
#include "rule/rule_words_core.h"

const char *const cccd_rule_units[CCCD_UNITS] = {
	[CCCD_UNIT_SECOND] = "second",
	[CCCD_UNIT_MINUTE] = "minute",
	[CCCD_UNIT_HOUR] = "hour",
	[CCCD_UNIT_DAY] = "day",
	[CCCD_UNIT_WEEK] = "week",
	[CCCD_UNIT_MONTH] = "month",
	[CCCD_UNIT_YEAR] = "year",
};

const char *const cccd_rule_facts[CCCD_FACTS] = {
	[CCCD_FACT_RECOVERY] = "recovery",
	[CCCD_FACT_ISOLATION] = "isolation",
	[CCCD_FACT_EXPOSURE] = "exposure",
	[CCCD_FACT_CONTRAINDICATION] = "contraindication",
	[CCCD_FACT_CREDENTIAL] = "credential",
	[CCCD_FACT_DECLARATION] = "declaration",
	[CCCD_FACT_REGISTRATION] = "registration",
	[CCCD_FACT_CONSULTATION] = "consultation",
	[CCCD_FACT_COMPLETE] = "complete",
	[CCCD_FACT_LAST_DOSE] = "last_dose",
	[CCCD_FACT_NTH_DOSE] = "dose",
	[CCCD_FACT_NEGATIVE] = "negative",
	[CCCD_FACT_POSITIVE] = "positive",
};

const char *const cccd_rule_states[CCCD_STATES] = {
	[CCCD_FACT_RECOVERY] = "recovered",
	[CCCD_FACT_ISOLATION] = "isolated",
	[CCCD_FACT_EXPOSURE] = "exposed",
	[CCCD_FACT_CONTRAINDICATION] = "contraindicated",
	[CCCD_FACT_CREDENTIAL] = "holds",
	[CCCD_FACT_DECLARATION] = "declared",
	[CCCD_FACT_REGISTRATION] = "booked",
	[CCCD_FACT_CONSULTATION] = "consulted",
	[CCCD_FACT_COMPLETE] = "complete",
};

const char *const cccd_rule_ops[CCCD_OPS] = {
	[CCCD_OP_AND] = "and",
	[CCCD_OP_OR] = "or",
	[CCCD_OP_NOT] = "not",
	[CCCD_OP_DOSES] = "doses",
	[CCCD_OP_SINCE] = "since",
	[CCCD_OP_AGE] = "age",
	[CCCD_OP_TICKET] = "ticket",
	[CCCD_OP_ACCOMPANIED] = "accompanied",
	[CCCD_OP_EVIDENCE] = "evidence",
	[CCCD_OP_LEVEL] = "level",
	[CCCD_OP_ORIGIN_LEVEL] = "origin_level",
	[CCCD_OP_SEX] = "sex",
	[CCCD_OP_PLACE] = "place",
};
