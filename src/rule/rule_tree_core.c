/*
 * rule_tree_core.c
 *		Walking the instructions of a rule: where its clauses are.
 */
#include "rule/rule_core.h"
#include "rule/rule_words_core.h"

int
cccd_rule_clauses(const CccdInstr *code, int count)
{
	int			clauses = 0;

	for (int i = 0; i < count; i++)
		if (code[i].op > CCCD_OP_NOT && code[i].op < CCCD_OP_ITEM)
			clauses++;
	return clauses;
}

int
cccd_rule_clause_index(const CccdInstr *code, int count, int clause)
{
	for (int i = 0; i < count; i++)
		if (code[i].op > CCCD_OP_NOT && code[i].op < CCCD_OP_ITEM &&
			clause-- == 0)
			return i;
	return -1;
}

bool
cccd_rule_clause_negated(const CccdInstr *code, int index)
{
	bool		negated = false;

	for (int i = 0; i < index; i++)
		if (code[i].op == CCCD_OP_NOT && code[i].next > index)
			negated = !negated;
	return negated;
}

const char *
cccd_rule_clause_subject(const CccdInstr *clause)
{
	switch ((CccdOp) clause->op)
	{
		case CCCD_OP_SINCE:
			return cccd_rule_facts[clause->fact];
		case CCCD_OP_STATE:
			return cccd_rule_states[clause->fact];
		default:
			return cccd_rule_ops[clause->op];
	}
}
