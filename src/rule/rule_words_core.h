/*
 * rule_words_core.h
 *		The words of the rule language, for its parser and its printer.
 */
#ifndef CCCD_RULE_WORDS_CORE_H
#define CCCD_RULE_WORDS_CORE_H

#include "rule/rule_core.h"

#define CCCD_UNITS		(CCCD_UNIT_YEAR + 1)
#define CCCD_FACTS		(CCCD_FACT_POSITIVE + 1)
#define CCCD_STATES		(CCCD_FACT_COMPLETE + 1)
#define CCCD_OPS		(CCCD_OP_ITEM + 1)

extern const char *const cccd_rule_units[CCCD_UNITS];	/* singular */
extern const char *const cccd_rule_facts[CCCD_FACTS];	/* inside since() */
extern const char *const cccd_rule_states[CCCD_STATES]; /* by CccdFact */
extern const char *const cccd_rule_ops[CCCD_OPS];	/* NULL: has no word */

#endif							/* CCCD_RULE_WORDS_CORE_H */
