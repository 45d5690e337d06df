/*
 * program_core.h
 *		A bound rule made ready for many records.
 *
 * The tree becomes a list of its clauses, each with the clause to go on with
 * where it passes and where it fails; what the context decides is gone.  Most
 * records are answered in one walk that looks at a few clauses, those first
 * that cost least and decide most.  A program is one binding's: rule, time and
 * context.
 */
#ifndef CCCD_PROGRAM_CORE_H
#define CCCD_PROGRAM_CORE_H

#include "eval/eval_core.h"

struct CccdProgram;
struct CccdProgramStep;

/*
 * Answers the program from a step on, for a record that is open: its bytes,
 * and where its tests and its other events begin in them.  Returns 1 where it
 * passes, else 0; *unknown, which is false before, becomes true where it does
 * not fail either.  What is returned is as wide as the server's Datum, so that
 * the last of a chain of calls can return for all of them.
 */
typedef uintptr_t (*CccdStepAnswer) (const struct CccdProgramStep *step,
									 const struct CccdProgram *program,
									 const unsigned char *body,
									 const unsigned char *tests,
									 const unsigned char *others,
									 bool *unknown);

typedef struct CccdProgramStep
{
	/*
	 * The first bytes of an event that answers the step as having none does.
	 * It is looked at where the record has none, because a branch on whether
	 * it has would often be mispredicted.
	 */
	uint32_t	none_time;
	uint8_t		none_flags;
	uint8_t		none_disease;

	uint8_t		disease;
	uint8_t		fact;
	CccdStepAnswer answer;
	uint16_t	clause;			/* the instruction */
	uint8_t		on_pass;		/* next step */
	uint8_t		on_fail;
	bool		negated;		/* below an odd number of NOTs */
	uint8_t		results;		/* tests: mask of results that count */
	uint8_t		kinds;			/* tests: mask of kinds, bit 0 is "unknown" */
	uint32_t	from;			/* second of a fact, number of doses, or the
								 * code of a name */
	uint32_t	to;
} CccdProgramStep;

/* Steps that are answers. */
#define CCCD_STEP_IS_FAIL	CCCD_RULE_MAX_CLAUSES
#define CCCD_STEP_IS_PASS	(CCCD_RULE_MAX_CLAUSES + 1)

typedef struct CccdProgram
{
	CccdBinding binding;
	int			first;			/* step to begin with */
	CccdProgramStep steps[CCCD_STEP_IS_PASS + 1];
} CccdProgram;

/*
 * Make the program of a binding.  The binding is copied; its code, which has
 * passed cccd_rule_validate, and its spans are not, and must outlive the
 * program.  Takes a few hundred nanoseconds for a usual rule.
 */
extern void cccd_program_init(CccdProgram *program,
							  const CccdBinding *binding);

/* What cccd_program_answer says of bytes that cannot be opened. */
#define CCCD_NOT_A_RECORD	(-1)

/*
 * The answer for a plain record (cccd_health_is_plain) as it is stored, maybe
 * unaligned: 1 or 0, and *unknown, as CccdStepAnswer has it.
 *
 * Inline, because a query over a table does this for each row.
 */
static inline uintptr_t
cccd_program_answer_plain(const CccdProgram *program,
						  const unsigned char *body, bool *unknown)
{
	const CccdProgramStep *first = &program->steps[program->first];
	const unsigned char *tests = body + CCCD_HEALTH_HEADER +
	body[1] * CCCD_DOSE_SIZE;

	return first->answer(first, program, body, tests,
						 tests + body[2] * CCCD_TEST_SIZE, unknown);
}

/* cccd_program_answer for any record, whether it is plain or not. */
extern int	cccd_program_answer_any(const CccdProgram *program,
									const unsigned char *body, size_t length);

/*
 * The answer for a record as it is stored: the CccdTruth of cccd_rule_eval for
 * its view, or CCCD_NOT_A_RECORD where cccd_health_open refuses the bytes.
 * The bytes may be unaligned.  Of a record that cccd_health_validate would
 * refuse, the answer may differ from cccd_rule_eval's.
 */
static inline int
cccd_program_answer(const CccdProgram *program, const unsigned char *body,
					size_t length)
{
	bool		unknown = false;
	uintptr_t	passes;

	if (!cccd_health_is_plain(body, length))
		return cccd_program_answer_any(program, body, length);
	passes = cccd_program_answer_plain(program, body, &unknown);
	if (unknown)
		return CCCD_UNKNOWN;
	return passes ? CCCD_PASS : CCCD_FAIL;
}

#endif							/* CCCD_PROGRAM_CORE_H */
