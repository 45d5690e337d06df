/*
 * rule_hash_test.c
 *		The numbers that the hash of a rule is made of: those of a machine
 *		with the other byte order are the same.
 */
#include "unit.h"

#include <string.h>

#include "rule/rule_core.h"

/* The numbers as a machine with little-endian words has them in memory. */
static uint32_t
from_bytes(const unsigned char *p)
{
	return (uint32_t) p[0] | (uint32_t) p[1] << 8 | (uint32_t) p[2] << 16 |
		(uint32_t) p[3] << 24;
}

static void
put16(unsigned char *p, uint16_t value)
{
	p[0] = value & 0xff;
	p[1] = value >> 8;
}

static void
put32(unsigned char *p, uint32_t value)
{
	put16(p, value & 0xffff);
	put16(p + 2, value >> 16);
}

/* An instruction in little-endian bytes, field by field. */
static void
little_endian(const CccdInstr *instr, unsigned char bytes[16])
{
	bytes[0] = instr->op;
	put16(bytes + 2, instr->next);
	if (instr->op == CCCD_OP_ITEM)
	{
		CccdItem	item = cccd_rule_item(instr);

		bytes[1] = item.count;
		for (int i = 0; i < CCCD_ITEM_VALUES; i++)
			put16(bytes + 4 + 2 * i, item.values[i]);
		return;
	}
	bytes[1] = instr->fact;
	bytes[4] = instr->disease;
	bytes[5] = instr->sources;
	bytes[6] = instr->flags;
	bytes[7] = instr->detail;
	put32(bytes + 8, (uint32_t) instr->lo);
	put32(bytes + 12, (uint32_t) instr->hi);
}

static void
check_rule(const char *text)
{
	CccdInstr	code[CCCD_RULE_MAX_CODES];
	uint32_t	input[CCCD_RULE_HASH_INPUT(CCCD_RULE_MAX_CODES)];
	CccdRuleError error;
	int			count;

	CHECK(cccd_rule_parse(text, strlen(text), code, &count, &error) ==
		  CCCD_RULE_OK);
	cccd_rule_hash_input(code, count, input);
	for (int i = 0; i < count; i++)
	{
		unsigned char bytes[16];

		little_endian(&code[i], bytes);
		for (int j = 0; j < 4; j++)
			CHECK(input[4 * i + j] == from_bytes(bytes + 4 * j));
	}
}

int
main(void)
{
	check_rule("");
	check_rule("doses >= 2 and since(last_dose) >= 14 days");
	check_rule("not (since(negative(pcr, signed)) < 72 hours or age "
			   "between 5 years and 11 years) and isolated");
	check_rule("place in (1, 79, 201, 202, 203, 204, 999) or "
			   "doses(product in (#1, #2047)) <> 3");
	return finish();
}
