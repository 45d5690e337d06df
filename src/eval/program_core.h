/*
 * program_core.h
 *		A bound rule made ready for many records.
 *
 * The tree becomes a list of its clauses, each with the clause to go on with
 * where it passes and where it fails; what the context decides is gone.  Most
 * records are answered in one walk that looks at a few clauses.  A program is
 * one binding's: rule, time and context.
 */
#ifndef CCCD_PROGRAM_CORE_H
#define CCCD_PROGRAM_CORE_H

#include "eval/eval_core.h"

typedef enum CccdStepKind
{
	CCCD_STEP_DOSES,			/* every dose of the disease counts */
	CCCD_STEP_LAST_DOSE,
	CCCD_STEP_TEST,				/* tests of any source */
	CCCD_STEP_OTHER,
	CCCD_STEP_STATE,
	CCCD_STEP_CLAUSE,			/* anything else about the record */
	CCCD_STEP_UNKNOWN			/* a part of the context that is not known */
} CccdStepKind;

typedef struct CccdProgramStep
{
	uint8_t		kind;			/* CccdStepKind */
	bool		negated;		/* below an odd number of NOTs */
	uint8_t		disease;
	uint8_t		fact;
	uint8_t		results;		/* tests: mask of results that count */
	uint8_t		kinds;			/* tests: mask of kinds, bit 0 is "unknown" */
	uint16_t	clause;			/* the instruction */
	uint16_t	on_pass;		/* next step */
	uint16_t	on_fail;
	uint32_t	from;			/* second of a fact, or number of doses */
	uint32_t	to;
} CccdProgramStep;

/* Steps that are answers. */
#define CCCD_STEP_IS_FAIL	CCCD_RULE_MAX_CLAUSES
#define CCCD_STEP_IS_PASS	(CCCD_RULE_MAX_CLAUSES + 1)

typedef struct CccdProgram
{
	CccdBinding binding;
	int			first;			/* step to begin with */
	CccdProgramStep steps[CCCD_RULE_MAX_CLAUSES];
} CccdProgram;

/* The binding's code and spans must outlive the program. */
extern void cccd_program_init(CccdProgram *program,
							  const CccdBinding *binding);

/* The same answer as cccd_rule_eval. */
extern CccdTruth cccd_program_run(const CccdProgram *program,
								  const CccdHealthView *view);

#endif							/* CCCD_PROGRAM_CORE_H */
