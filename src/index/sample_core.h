/*
 * sample_core.h
 *		The sample of points that statistics keep, and what the planner learns
 *		from it.
 *
 * A sample is about one disease, as a point is.  Its bytes are that disease's
 * code and then entries: a byte with the binary logarithm of a weight, and a
 * point that stands for so many people.  Points are quantised and have no
 * name: statistics must not hold people's health.
 */
#ifndef CCCD_SAMPLE_CORE_H
#define CCCD_SAMPLE_CORE_H

#include "index/point_core.h"

#define CCCD_SAMPLE_HEADER		1
#define CCCD_SAMPLE_ENTRY		(1 + CCCD_POINT_SIZE)

/* The largest logarithm of a weight. */
#define CCCD_SAMPLE_MAX_LEVEL	30

typedef struct CccdSample
{
	const unsigned char *entries;
	size_t		size;			/* bytes of entries */
	int			disease;		/* CCCD_CODES_DISEASE that points are about */
} CccdSample;

/*
 * Open a sample for reading; it points into the bytes.  False if they are not
 * one with people in it.
 */
extern bool cccd_sample_open(const unsigned char *bytes, size_t length,
							 CccdSample *sample);

/*
 * The sample of a disease of which no record of the column says anything.
 */
extern CccdSample cccd_sample_of_nobody(int disease);

/*
 * Write entries of people of whom the disease's points say nothing, which are
 * alike.  out has room for CCCD_SAMPLE_MAX_LEVEL + 1 entries.  Returns the
 * number of bytes.
 */
extern size_t cccd_sample_add_nobody(uint32_t people, unsigned char *out);

/*
 * The second (since 2000-01-01 UTC) of the latest event that a point of the
 * sample tells of, ends of isolations aside; 0 if there is none.
 */
extern uint32_t cccd_sample_latest(const CccdSample *sample);

/*
 * The share of people, above 0 and at most 1, for whom a bound rule passes: an
 * estimate by cccd_point_guess.
 */
extern double cccd_sample_selects(const CccdSample *sample,
								  const CccdBinding *binding);

/*
 * The share of people, above 0 and at most 1, whom a search with a bound rule
 * returns from an index over points about the sample's disease: those for whom
 * the answer from the point is not CCCD_NOBODY_PASSES.
 */
extern double cccd_sample_returns(const CccdSample *sample,
								  const CccdBinding *binding);

#endif							/* CCCD_SAMPLE_CORE_H */
