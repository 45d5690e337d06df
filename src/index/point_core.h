/*
 * point_core.h
 *		A health record as a point, for the index and for statistics.
 *
 * What a rule asks most is reduced to a few whole numbers: how many doses, and
 * in which hour the last dose, the latest negative PCR and antigen tests and
 * the latest recovery were, and the last isolation ends.  A point is about one
 * disease.  It is coarser than the record, so an answer from it is the set of
 * truths that the rule may have; only the record says which.
 *
 * Hours are counted from 2000-01-01 UTC and start with 1; 0 is "none".  21
 * bits last until 2136, as the seconds of a record do.
 */
#ifndef CCCD_POINT_CORE_H
#define CCCD_POINT_CORE_H

#include "eval/program_core.h"

typedef enum CccdDimension
{
	CCCD_POINT_DOSES,			/* largest number of doses, 0-31 */
	CCCD_POINT_DOUBT,			/* 1: some test may have more than one answer */
	CCCD_POINT_WEIGHED,			/* 1: doses may have more than one answer */
	CCCD_POINT_DOSE,			/* hours from here on */
	CCCD_POINT_PCR,
	CCCD_POINT_ANTIGEN,
	CCCD_POINT_RECOVERY,
	CCCD_POINT_ISOLATION,		/* hour of the latest end */
	CCCD_POINT_DIMENSIONS
} CccdDimension;

#define CCCD_POINT_MAX_DOSES	31
#define CCCD_POINT_MAX_HOUR		((UINT32_C(1) << 21) - 1)

/*
 * Packed, highest bits first: 5 + 1 + 21 + 21 bits in six bytes, which are 48,
 * then 3 * 21 + 1 bits in eight.
 */
#define CCCD_POINT_SIZE			14
#define CCCD_BOX_SIZE			(2 * CCCD_POINT_SIZE)

/* A key of the index that is not a point: a box and two places, gist_key_core.h. */
#define CCCD_GIST_KEY_SIZE			(CCCD_BOX_SIZE + 2 * 16)

typedef struct CccdPoint
{
	uint32_t	v[CCCD_POINT_DIMENSIONS];
} CccdPoint;

/* All points between two corners, which belong to it. */
typedef struct CccdBox
{
	CccdPoint	lo;
	CccdPoint	hi;
} CccdBox;

/* Sets of truths. */
#define CCCD_MAY_FAIL			(1 << CCCD_FAIL)
#define CCCD_MAY_BE_UNKNOWN		(1 << CCCD_UNKNOWN)
#define CCCD_MAY_PASS			(1 << CCCD_PASS)
#define CCCD_MAY_ANYTHING \
	(CCCD_MAY_FAIL | CCCD_MAY_BE_UNKNOWN | CCCD_MAY_PASS)

/* The point of an opened record about a disease (CCCD_CODES_DISEASE). */
extern void cccd_point_make(const CccdHealthView *view, int disease,
							CccdPoint *point);

/* Codes of diseases are smaller than this. */
#define CCCD_DISEASE_CODES		256

/*
 * Which diseases an opened record tells of: sets tells[code] for each, and
 * leaves the others of CCCD_DISEASE_CODES as they are.
 */
extern void cccd_point_diseases(const CccdHealthView *view, bool *tells);

/* Whether a point is that of a record without any event that points know. */
extern bool cccd_point_says_nothing(const CccdPoint *point);

/* How many clauses of a valid rule points about a disease may decide. */
extern int	cccd_point_clauses(const CccdInstr *code, int count, int disease);

/*
 * The disease that most clauses of a valid rule are about, COVID-19 if none is
 * about any: its points tell most of the rule.
 */
extern int	cccd_point_main_disease(const CccdInstr *code, int count);

/* A point as CCCD_POINT_SIZE bytes, which need not be aligned. */
extern void cccd_point_pack(const CccdPoint *point, unsigned char *out);

/* A point from such bytes. */
extern void cccd_point_unpack(const unsigned char *bytes, CccdPoint *point);

/*
 * The box that a key of the index begins with: a point (CCCD_POINT_SIZE bytes)
 * or a key of several (CCCD_GIST_KEY_SIZE).  False if the bytes are neither.
 */
extern bool cccd_box_unpack(const unsigned char *bytes, size_t length,
							CccdBox *box);

/* Make a box large enough for all points of another one. */
extern void cccd_box_add(CccdBox *box, const CccdBox *other);

/* How large a box is: the sum of its sides, in weighted hours; 0 for a point. */
extern double cccd_box_size(const CccdBox *box);

/*
 * The set of truths (CCCD_MAY_*) that a bound rule may have for records whose
 * points are in the box and about the disease.  It may hold too many, never
 * too few.
 */
extern int	cccd_box_truths(const CccdBinding *binding, int disease,
							const CccdBox *box);

/* Whether CCCD_MAY_PASS is one of them, and whether it is the only one. */
typedef enum CccdBoxAnswer
{
	CCCD_NOBODY_PASSES,
	CCCD_SOME_MAY_PASS,
	CCCD_ALL_PASS
} CccdBoxAnswer;

/* What cccd_box_truths says of it, for a program of the binding, sooner. */
extern CccdBoxAnswer cccd_box_answer(const CccdProgram *program, int disease,
									 const CccdBox *box);

/*
 * Make the program for boxes within the given one: what that decides is
 * skipped.  It is good for cccd_box_answer only, because it has lost the
 * clauses that are unknown.
 */
extern void cccd_box_narrow(const CccdProgram *program, int disease,
							const CccdBox *box, CccdProgram *narrowed);

/* Between 0 and 1 each; what is left of 1 is "unknown". */
typedef struct CccdLikelihood
{
	double		pass;
	double		fail;
} CccdLikelihood;

/*
 * How likely the answers of a subtree of the rule (0 is all of it) are for a
 * record of which only the point is known.
 */
extern CccdLikelihood cccd_point_guess(const CccdBinding *binding, int node,
									   int disease, const CccdPoint *point);

#endif							/* CCCD_POINT_CORE_H */
