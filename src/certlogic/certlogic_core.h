/*
 * certlogic_core.h
 *		CertLogic 1.3.3: check, compile, evaluate.
 *
 * The language is that of github.com/ehn-dcc-development/eu-dcc-business-rules
 * (certlogic/specification); where engines differ the reference in JavaScript
 * is followed, whose Date and property access the specification names.
 *
 * Logic and data are JSON that stays where it is: the core sees it through the
 * functions of a source.  A program is one block of memory and points into its
 * logic, which must live as long.  It remembers what it looked up last, so one
 * program serves one evaluation at a time.
 */
#ifndef CCCD_CERTLOGIC_CORE_H
#define CCCD_CERTLOGIC_CORE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Expressions inside each other; lists and records of a result likewise. */
#define CCCD_LOGIC_MAX_DEPTH	64

/* Expressions of a logic, and fragments of all its paths. */
#define CCCD_LOGIC_MAX_NODES	16384

/* Steps of an evaluation: an expression is one, long texts and lists more. */
#define CCCD_LOGIC_MAX_STEPS	1000000

/* Bytes of the lists and records that an evaluation makes. */
#define CCCD_LOGIC_MAX_MEMORY	(8 * 1024 * 1024)

/*
 * Room for the path of an error, with its final zero byte: at each level an
 * operation's name, two slashes and a number; and before them where in a rule
 * the logic is.
 */
#define CCCD_LOGIC_PATH_SIZE	(CCCD_LOGIC_MAX_DEPTH * 28 + 32)

typedef enum CccdLogicKind
{
	CCCD_LOGIC_NULL,
	CCCD_LOGIC_BOOL,
	CCCD_LOGIC_NUMBER,			/* computed, or of the logic */
	CCCD_LOGIC_NUMERAL,			/* a number as the source has it */
	CCCD_LOGIC_STRING,
	CCCD_LOGIC_ARRAY,			/* of the source */
	CCCD_LOGIC_OBJECT,			/* of the source */
	CCCD_LOGIC_LIST,			/* an array that evaluation made */
	CCCD_LOGIC_RECORD,			/* an object that it or the caller made */
	CCCD_LOGIC_DATE
} CccdLogicKind;

typedef struct CccdLogicValue
{
	uint8_t		kind;
	bool		truth;
	uint32_t	length;			/* bytes of a text or numeral; members of a
								 * container; of a date, which one it is */
	union
	{
		double		number;
		int64_t		time;		/* see certlogic_time_core.h */
		const char *text;		/* not terminated */
		const void *source;		/* array, object, numeral */
		const struct CccdLogicValue *items;
		const struct CccdLogicMember *members;
	}			u;
} CccdLogicValue;

typedef struct CccdLogicMember
{
	const char *key;
	uint32_t	length;
	CccdLogicValue value;
} CccdLogicMember;

/* How a value of the source is read.  false: there is no such member. */
typedef struct CccdLogicSource
{
	bool		(*member) (const void *object, const char *key, size_t length,
						   CccdLogicValue *value);
	bool		(*item) (const void *array, uint32_t number,
						 CccdLogicValue *value);
	/* whether a text is among the items */
	bool		(*holds) (const void *array, const char *text, size_t length);
	/* member by number, which is below the object's length */
	void		(*entry) (const void *object, uint32_t number,
						  CccdLogicValue *key, CccdLogicValue *value);
	double		(*number) (const void *numeral);
	/* texts are UTF-8; else their characters can only be counted if ASCII */
	bool		utf8;
} CccdLogicSource;

typedef enum CccdLogicStatus
{
	CCCD_LOGIC_OK,

	/* what is wrong with an expression */
	CCCD_LOGIC_INVALID_LITERAL,
	CCCD_LOGIC_NOT_INTEGER,
	CCCD_LOGIC_KEY_COUNT,
	CCCD_LOGIC_NOT_OPERATION,
	CCCD_LOGIC_UNKNOWN_OPERATION,
	CCCD_LOGIC_OPERAND_COUNT,
	CCCD_LOGIC_PATH_NOT_TEXT,
	CCCD_LOGIC_PATH_FORMAT,
	CCCD_LOGIC_BAD_AMOUNT,
	CCCD_LOGIC_BAD_UNIT,
	CCCD_LOGIC_BAD_INDEX,

	/* what can only be seen with data */
	CCCD_LOGIC_NEITHER,
	CCCD_LOGIC_WANTS_ARRAY,
	CCCD_LOGIC_WANTS_INTEGERS,
	CCCD_LOGIC_WANTS_DATES,
	CCCD_LOGIC_WANTS_TEXT,
	CCCD_LOGIC_DATE_FORMAT,
	CCCD_LOGIC_WANTS_TEXT_OR_NULL,
	CCCD_LOGIC_ENCODING,
	CCCD_LOGIC_NEVER_BOOLEAN,

	/* what is wrong with a rule around its logic */
	CCCD_LOGIC_RULE_NOT_OBJECT,
	CCCD_LOGIC_RULE_WANTS_TEXT,
	CCCD_LOGIC_RULE_IDENTIFIER,
	CCCD_LOGIC_RULE_PREFIX,
	CCCD_LOGIC_RULE_TYPE,
	CCCD_LOGIC_RULE_COUNTRY,
	CCCD_LOGIC_RULE_OTHER_COUNTRY,
	CCCD_LOGIC_RULE_VERSION,
	CCCD_LOGIC_RULE_ENGINE,
	CCCD_LOGIC_RULE_CERTIFICATE,
	CCCD_LOGIC_RULE_TIME,
	CCCD_LOGIC_RULE_PERIOD,
	CCCD_LOGIC_RULE_SHORT_PERIOD,
	CCCD_LOGIC_RULE_DESCRIPTION,
	CCCD_LOGIC_RULE_ENGLISH,
	CCCD_LOGIC_RULE_FIELDS,
	CCCD_LOGIC_RULE_LOGIC,

	/* limits */
	CCCD_LOGIC_TOO_DEEP,
	CCCD_LOGIC_TOO_LARGE,
	CCCD_LOGIC_TOO_MANY_STEPS,
	CCCD_LOGIC_TOO_MUCH_MEMORY
} CccdLogicStatus;

#define CCCD_LOGIC_IS_LIMIT(status)		((status) >= CCCD_LOGIC_TOO_DEEP)

/*
 * Where something is wrong: a path of keys and numbers into the logic, "" for
 * all of it.  Its keys are operations, so it never tells data.
 */
typedef struct CccdLogicError
{
	CccdLogicStatus status;
	char		path[CCCD_LOGIC_PATH_SIZE];
} CccdLogicError;

/* The same of an evaluation, where the path is not yet asked for. */
typedef struct CccdLogicFault
{
	CccdLogicStatus status;
	uint32_t	node;
} CccdLogicFault;

/* What a checked logic needs as a program. */
typedef struct CccdLogicSize
{
	uint32_t	nodes;
	uint32_t	fragments;
	uint32_t	scopes;
	uint32_t	times;
	uint32_t	items;			/* of lists of literals */
} CccdLogicSize;

typedef struct CccdLogicProgram CccdLogicProgram;

/* What evaluations may still take; one for those of a decision together. */
typedef struct CccdLogicBudget
{
	uint32_t	steps;
	uint32_t	memory;
} CccdLogicBudget;

#define CCCD_LOGIC_BUDGET \
	{CCCD_LOGIC_MAX_STEPS, CCCD_LOGIC_MAX_MEMORY}

/* Memory for an evaluation, freed by the caller; NULL fails the evaluation. */
typedef void *(*CccdLogicAllocate) (size_t size);

/*
 * Check a logic; returns how many errors were found, the first of which (up to
 * room) are stored.  A limit ends the search.  strict: as the specification's
 * validator; else what the reference engine overlooks is not an error.
 */
extern size_t cccd_logic_check(const CccdLogicSource *source,
							   const CccdLogicValue *logic, bool strict,
							   CccdLogicError *errors, size_t room,
							   CccdLogicSize *size);

/* Bytes of memory that a program of a checked logic takes. */
extern size_t cccd_logic_room(const CccdLogicSize *size);

/*
 * Compile a logic without errors, of which size is what cccd_logic_check
 * found, into memory of cccd_logic_room() bytes, aligned for any type.  The
 * program is at its beginning and points into the logic.
 */
extern CccdLogicProgram *cccd_logic_compile(const CccdLogicSource *source,
											const CccdLogicValue *logic,
											const CccdLogicSize *size,
											void *memory);

/*
 * Evaluate a program with data.  Returns false if that fails: *fault says why.
 * The result may point into data, program and memory of allocate, and is the
 * caller's to use until any of them goes. budget is what may still be taken,
 * and is lowered.
 */
extern bool cccd_logic_run(CccdLogicProgram *program,
						   const CccdLogicSource *source,
						   const CccdLogicValue *data,
						   CccdLogicAllocate allocate,
						   CccdLogicBudget *budget,
						   CccdLogicValue *result, CccdLogicFault *fault);

/* The path of a fault in the logic, for its message. */
extern void cccd_logic_locate(const CccdLogicProgram *program,
							  const CccdLogicFault *fault,
							  CccdLogicError *error);

/*
 * What a program can never do right, as cccd_logic_check() does it.  rule: its
 * value should be true or false.
 */
extern size_t cccd_logic_check_types(const CccdLogicProgram *program,
									 bool rule, CccdLogicError *errors,
									 size_t room);

/*
 * How many paths of data a logic may look at, each once; those of the function
 * of a reduce are of another context and not among them.
 */
extern uint32_t cccd_logic_field_count(const CccdLogicProgram *program);

/*
 * One of those paths, by its number from 0; it is not terminated but has
 * *length bytes.
 */
extern const char *cccd_logic_field(const CccdLogicProgram *program,
									uint32_t number, uint32_t *length);

/* A sentence without its subject and period: "is ...", "has ...". */
extern const char *cccd_logic_message(CccdLogicStatus status);

/* A number of the source, or of the evaluation, as a double. */
static inline double
cccd_logic_number(const CccdLogicSource *source, const CccdLogicValue *value)
{
	return value->kind == CCCD_LOGIC_NUMERAL ?
		source->number(value->u.source) : value->u.number;
}

/* Whether a value is a number, of either kind. */
static inline bool
cccd_logic_is_number(const CccdLogicValue *value)
{
	return value->kind == CCCD_LOGIC_NUMBER ||
		value->kind == CCCD_LOGIC_NUMERAL;
}

#endif							/* CCCD_CERTLOGIC_CORE_H */
