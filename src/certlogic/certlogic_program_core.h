/*
 * certlogic_program_core.h
 *		What check, compiler and evaluator of CertLogic share.
 */
#ifndef CCCD_CERTLOGIC_PROGRAM_CORE_H
#define CCCD_CERTLOGIC_PROGRAM_CORE_H

#include <math.h>

#include "certlogic/certlogic_core.h"
#include "certlogic/certlogic_time_core.h"

typedef enum CccdLogicOp
{
	CCCD_LOGIC_OP_LITERAL,
	CCCD_LOGIC_OP_LIST,
	CCCD_LOGIC_OP_VAR,
	CCCD_LOGIC_OP_IF,
	CCCD_LOGIC_OP_AND,
	CCCD_LOGIC_OP_NOT,
	CCCD_LOGIC_OP_EQUAL,
	CCCD_LOGIC_OP_IN,
	CCCD_LOGIC_OP_PLUS,
	CCCD_LOGIC_OP_LESS,
	CCCD_LOGIC_OP_GREATER,
	CCCD_LOGIC_OP_LESS_EQUAL,
	CCCD_LOGIC_OP_GREATER_EQUAL,
	CCCD_LOGIC_OP_BEFORE,
	CCCD_LOGIC_OP_AFTER,
	CCCD_LOGIC_OP_NOT_AFTER,
	CCCD_LOGIC_OP_NOT_BEFORE,
	CCCD_LOGIC_OP_PLUS_TIME,
	CCCD_LOGIC_OP_BIRTH,
	CCCD_LOGIC_OP_REDUCE,
	CCCD_LOGIC_OP_UVCI
} CccdLogicOp;

/* An operation's name and how many operands it takes. */
typedef struct CccdLogicOperation
{
	const char *name;
	uint8_t		length;
	uint8_t		op;
	uint8_t		least;
	uint8_t		most;			/* 0: any number */
} CccdLogicOperation;

/*
 * The operation of a name of length bytes, a constant, or NULL.  "var" is not
 * one: it has no operands.
 */
extern const CccdLogicOperation *cccd_logic_operation(const char *name,
													  size_t length);

/* Operations between their operands. */
static inline bool
cccd_logic_is_infix(CccdLogicOp op)
{
	return op == CCCD_LOGIC_OP_AND ||
		(op >= CCCD_LOGIC_OP_EQUAL && op <= CCCD_LOGIC_OP_NOT_BEFORE);
}

/* The name of an operation, a constant. */
extern const char *cccd_logic_op_name(CccdLogicOp op);

/* Append a level to a path; name is NULL for an item of an array. */
extern size_t cccd_logic_path_add(char *path, const char *name,
								  uint32_t position);

/* A unit of plusTime; false: none */
extern bool cccd_logic_unit(const CccdLogicValue *value, CccdLogicUnit *unit);

/* JavaScript's Number.isInteger(); above 2^53 there are no fractions. */
static inline bool
cccd_logic_is_integer(double number)
{
	if (number > -9007199254740992.0 && number < 9007199254740992.0)
		return number == (double) (int64_t) number;
	return isfinite(number);
}

#define CCCD_LOGIC_NONE		UINT32_MAX

/* An expression.  Its operands stand side by side. */
typedef struct CccdLogicNode
{
	uint8_t		op;
	uint8_t		unit;
	uint32_t	count;			/* operands */
	uint32_t	first;			/* operand; fragment of a var */
	uint32_t	parent;
	uint32_t	position;		/* among the operands of the parent */
	uint32_t	extra;			/* scope of a var or that a reduce makes, kept
								 * time of plusTime and dccDateOfBirth */
	int64_t		amount;			/* of plusTime, index of extractFromUVCI */
	CccdLogicValue value;		/* of a literal */
} CccdLogicNode;

/*
 * A fragment of a path: paths that begin alike share theirs, so that a value
 * is looked up once an evaluation.
 */
typedef struct CccdLogicFragment
{
	const char *key;			/* as the logic writes it */
	uint32_t	length;
	uint32_t	parent;			/* CCCD_LOGIC_NONE: the data itself */
	uint32_t	child;			/* first, and next of the same parent */
	uint32_t	sibling;
	uint32_t	scope;
	bool		numeric;		/* JavaScript takes it for a number: index, */
	uint8_t		digits_length;	/* which as a key is written as digits */
	char		digits[22];
	double		index;
	const char *path;			/* from the root, if a var ends here */
	uint32_t	path_length;
	uint64_t	generation;		/* of the scope for which value holds */
	CccdLogicValue value;
} CccdLogicFragment;

/* The data that paths begin at: all of it, or what a reduce passes on. */
typedef struct CccdLogicScope
{
	uint64_t	generation;
	uint32_t	first;			/* fragment without a parent */
	bool		whole;			/* a var asks for all of it */
	CccdLogicValue root;
} CccdLogicScope;

/* The last text that a plusTime read, and what it made of it. */
#define CCCD_LOGIC_KEPT_TEXT	32

typedef struct CccdLogicKeptTime
{
	uint8_t		length;			/* 0: nothing is kept */
	char		text[CCCD_LOGIC_KEPT_TEXT];
	int64_t		time;
} CccdLogicKeptTime;

struct CccdLogicProgram
{
	CccdLogicNode *nodes;
	CccdLogicFragment *fragments;
	CccdLogicScope *scopes;
	CccdLogicKeptTime *times;
	CccdLogicValue *items;
	uint32_t	node_count;
	uint32_t	fragment_count;
	uint32_t	scope_count;
	uint32_t	time_count;
	uint32_t	item_count;
	uint32_t	field_count;
	uint64_t	generation;
};

/* An evaluation. */
typedef struct CccdLogicRun
{
	CccdLogicProgram *program;
	const CccdLogicSource *source;
	CccdLogicAllocate allocate;
	CccdLogicBudget *budget;
	uint32_t	dates;			/* made so far: each is another object */
	CccdLogicStatus status;
	uint32_t	node;			/* where the error is */
} CccdLogicRun;

/* Work that grows with the data. */
static inline void
cccd_logic_charge(CccdLogicRun *run, uint32_t steps)
{
	CccdLogicBudget *budget = run->budget;

	budget->steps = steps > budget->steps ? 0 : budget->steps - steps;
}

/*
 * The value at a fragment, looked up once for the scope's data; false: a text
 * whose characters cannot be counted
 */
extern bool cccd_logic_look_up(CccdLogicRun *run, uint32_t number,
							   const CccdLogicValue **result);

#endif							/* CCCD_CERTLOGIC_PROGRAM_CORE_H */
