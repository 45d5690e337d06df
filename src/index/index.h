/*
 * index.h
 *		What the parts of the index share: the sample that statistics keep.
 */
#ifndef CCCD_INDEX_H
#define CCCD_INDEX_H

#include "base/cccd.h"

#include "access/attnum.h"
#include "utils/relcache.h"

#include "index/point_core.h"

/*
 * Statistics of a column of records hold one value of type bytea under a kind
 * of our own (from 10000 on they are free for private use, see
 * pg_statistic.h): a sample of points, each behind a byte with the binary
 * logarithm of its weight.  Points are quantised and have no name: statistics
 * must not hold people's health.
 */
#define CCCD_SAMPLE_KIND		10079
#define CCCD_SAMPLE_ENTRY		(1 + CCCD_POINT_SIZE)

/*
 * Rules look for recent tests, doses and recoveries and for isolations, which
 * few people have.  So people are sorted by each of these; all of the first
 * 128 are kept, every second of the next 256, every fourth of the next 512 and
 * so on.
 */
#define CCCD_SAMPLE_STRATUM		128

extern Oid	cccd_bound_type(void);

/* The box of a key, which is a point in a leaf. */
extern void cccd_gist_box(Datum key, CccdBox *box);

/* Whether a key (from 1) of a GiST index has our operator class. */
extern bool cccd_gist_is_ours(Relation index, AttrNumber key);

/* ... and the disease that its points are about. */
extern int	cccd_gist_disease(Relation index, AttrNumber key);

#endif							/* CCCD_INDEX_H */
