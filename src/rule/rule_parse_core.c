/*
 * rule_parse_core.c
 *		Text of a rule to instructions: and, or, not and parentheses.
 *
 *		rule   := [ or ]
 *		or     := and { OR and }
 *		and    := not { AND not }
 *		not    := { NOT } primary
 *		primary := "(" or ")" | clause
 *
 * The tree is written in its canonical form at once: an AND inside an AND and
 * an OR inside an OR are one, two NOTs are none.  Recursion happens only at
 * parentheses, whose depth is limited.
 */
#include "rule/rule_parser_core.h"

void
cccd_rule_advance(CccdRuleParser *p)
{
	cccd_token_read(p->text, p->length, p->token.end, &p->token);
}

bool
cccd_rule_fail(CccdRuleParser *p, CccdRuleStatus status, size_t position,
			   const char *expected)
{
	p->error->status = status;
	p->error->position = position;
	p->error->expected = expected;
	p->error->hint = NULL;
	return false;
}

bool
cccd_rule_expected(CccdRuleParser *p, const char *expected, const char *hint)
{
	cccd_rule_fail(p, CCCD_RULE_SYNTAX, p->token.start, expected);
	p->error->hint = hint;
	return false;
}

bool
cccd_rule_expect(CccdRuleParser *p, CccdTokenKind kind, const char *expected)
{
	if (p->token.kind != kind)
		return cccd_rule_expected(p, expected, NULL);
	cccd_rule_advance(p);
	return true;
}

bool
cccd_rule_take(CccdRuleParser *p, const char *word)
{
	if (!cccd_token_is(&p->token, word))
		return false;
	cccd_rule_advance(p);
	return true;
}

CccdInstr  *
cccd_rule_append(CccdRuleParser *p, CccdOp op, size_t position)
{
	CccdInstr  *instr;

	if (p->count == CCCD_RULE_MAX_CODES)
	{
		cccd_rule_fail(p, CCCD_RULE_TOO_LONG, position, NULL);
		return NULL;
	}
	instr = &p->code[p->count++];
	memset(instr, 0, sizeof(*instr));
	instr->op = op;
	instr->next = p->count;
	instr->lo = instr->hi = CCCD_RULE_NONE;
	return instr;
}

/* Put a node above the subtree that ends the code. */
static bool
insert_node(CccdRuleParser *p, CccdOp op, int at, size_t position)
{
	CccdInstr	node;

	if (!cccd_rule_append(p, op, position))
		return false;
	node = p->code[p->count - 1];
	memmove(&p->code[at + 1], &p->code[at],
			(p->count - 1 - at) * sizeof(CccdInstr));
	p->code[at] = node;
	for (int i = at + 1; i < p->count; i++)
		p->code[i].next++;
	p->code[at].next = p->count;
	return true;
}

/* Take away the node above the subtree that ends the code. */
static void
remove_node(CccdRuleParser *p, int at)
{
	p->count--;
	memmove(&p->code[at], &p->code[at + 1],
			(p->count - at) * sizeof(CccdInstr));
	for (int i = at; i < p->count; i++)
		p->code[i].next--;
}

static int
checked_height(CccdRuleParser *p, int height, size_t position)
{
	if (height <= CCCD_RULE_MAX_DEPTH)
		return height;
	cccd_rule_fail(p, CCCD_RULE_TOO_DEEP, position, NULL);
	return -1;
}

static int	parse_chain(CccdRuleParser *p, CccdOp op);

/*
 * Each parser of a subtree appends it to the code and returns its height,
 * that is how many of AND, OR and NOT lie one below the other, or -1.
 */
static int
parse_primary(CccdRuleParser *p)
{
	size_t		position = p->token.start;
	int			height;

	if (p->token.kind != CCCD_TOKEN_OPEN)
		return cccd_rule_parse_clause(p);
	if (p->parentheses == CCCD_RULE_MAX_DEPTH)
	{
		cccd_rule_fail(p, CCCD_RULE_TOO_DEEP, position, NULL);
		return -1;
	}
	p->parentheses++;
	cccd_rule_advance(p);
	height = parse_chain(p, CCCD_OP_OR);
	if (height < 0)
		return -1;
	if (p->token.kind != CCCD_TOKEN_CLOSE)
	{
		cccd_rule_expected(p, "\"and\", \"or\" or a closing parenthesis",
						   NULL);
		return -1;
	}
	p->parentheses--;
	cccd_rule_advance(p);
	return height;
}

static int
parse_not(CccdRuleParser *p)
{
	size_t		position = p->token.start;
	int			start = p->count;
	bool		negated = false;
	int			height;

	while (cccd_token_is(&p->token, "not"))
	{
		negated = !negated;
		cccd_rule_advance(p);
	}
	height = parse_primary(p);
	if (height < 0 || !negated)
		return height;
	if (p->code[start].op == CCCD_OP_NOT)
	{
		remove_node(p, start);
		return height - 1;
	}
	if (!insert_node(p, CCCD_OP_NOT, start, position))
		return -1;
	return checked_height(p, height + 1, position);
}

/* Operands of AND, or of OR. */
static int
parse_chain(CccdRuleParser *p, CccdOp op)
{
	const char *word = op == CCCD_OP_OR ? "or" : "and";
	size_t		position = p->token.start;
	int			start = p->count;
	int			height,
				operand;

	height = op == CCCD_OP_OR ? parse_chain(p, CCCD_OP_AND) : parse_not(p);
	if (height < 0 || !cccd_token_is(&p->token, word))
		return height;
	if (p->code[start].op != op)
	{
		if (!insert_node(p, op, start, position))
			return -1;
		height++;
	}
	while (height >= 0 && cccd_token_is(&p->token, word))
	{
		int			child = p->count;

		cccd_rule_advance(p);
		position = p->token.start;
		operand = op == CCCD_OP_OR ? parse_chain(p, CCCD_OP_AND) :
			parse_not(p);
		if (operand < 0)
			return -1;
		if (p->code[child].op == op)
			remove_node(p, child);
		else
			operand++;
		height = checked_height(p, operand > height ? operand : height,
								position);
	}
	p->code[start].next = p->count;
	return height;
}

CccdRuleStatus
cccd_rule_parse(const char *text, size_t length, CccdInstr *code, int *count,
				CccdRuleError *error)
{
	CccdRuleParser parser = {.text = text, .length = length, .code = code,
	.error = error};
	CccdRuleParser *p = &parser;

	memset(error, 0, sizeof(*error));
	*count = 0;
	if (length > CCCD_RULE_MAX_TEXT)
	{
		cccd_rule_fail(p, CCCD_RULE_TOO_LONG, CCCD_RULE_MAX_TEXT, NULL);
		return error->status;
	}
	cccd_rule_advance(p);
	if (p->token.kind == CCCD_TOKEN_END)
		return CCCD_RULE_OK;
	if (parse_chain(p, CCCD_OP_OR) < 0)
		return error->status;
	if (p->token.kind != CCCD_TOKEN_END)
		cccd_rule_expected(p, "\"and\", \"or\" or the end of the rule", NULL);
	/* canonical text can be longer than what was written */
	else if (cccd_rule_text_too_long(code, p->count))
		cccd_rule_fail(p, CCCD_RULE_TOO_LONG, length, NULL);
	else
		*count = p->count;
	return error->status;
}
