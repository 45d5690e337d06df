/*
 * rule_hash_core.c
 *		What the hash of a rule is made of; see rule_core.h.
 */
#include "rule/rule_core.h"

/* Two small numbers as one. */
static uint32_t
pair(uint16_t low, uint16_t high)
{
	return low | (uint32_t) high << 16;
}

void
cccd_rule_hash_input(const CccdInstr *code, int count, uint32_t *input)
{
	for (int i = 0; i < count; i++)
	{
		const CccdInstr *instr = &code[i];

		if (instr->op == CCCD_OP_ITEM)
		{
			CccdItem	item = cccd_rule_item(instr);

			*input++ = pair(item.op | item.count << 8, item.next);
			for (int j = 0; j < CCCD_ITEM_VALUES; j += 2)
				*input++ = pair(item.values[j], item.values[j + 1]);
			continue;
		}
		*input++ = pair(instr->op | instr->fact << 8, instr->next);
		*input++ = pair(instr->disease | instr->sources << 8,
						instr->flags | instr->detail << 8);
		*input++ = (uint32_t) instr->lo;
		*input++ = (uint32_t) instr->hi;
	}
}
