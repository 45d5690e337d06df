/*
 * key_core.h
 *		Keys of the index: boxes of points, and the order of the points.
 *
 * Points lie along a Z-shaped curve, so that near points are near in the
 * order.  An index that is built at once is sorted by it.  One that grows is
 * kept in the same order: a key of an inner page knows the stretch of the
 * curve on which the points below it lie, an entry goes where its place is on
 * or next to the stretch, and a page is divided between two places.  So
 * stretches of one level never overlap, as in a B-tree, while a search asks
 * the boxes.
 */
#ifndef CCCD_KEY_CORE_H
#define CCCD_KEY_CORE_H

#include "index/point_core.h"

/* A place on the curve: a number of 120 bits, 60 in each half. */
typedef struct CccdCurve
{
	uint64_t	high;
	uint64_t	low;
} CccdCurve;

/* From the place of the first of several points to that of the last. */
typedef struct CccdStretch
{
	CccdCurve	first;
	CccdCurve	last;
} CccdStretch;

/* What a key says of the points below it. */
typedef struct CccdKey
{
	CccdBox		box;			/* around them */
	CccdStretch stretch;
} CccdKey;

/* The place of a point. */
extern CccdCurve cccd_point_curve(const CccdPoint *point);

/* Less than, equal to or more than 0: the order of two places. */
extern int	cccd_curve_compare(const CccdCurve *a, const CccdCurve *b);

/* The first 64 bits of a place, in the order of places. */
extern uint64_t cccd_curve_prefix(const CccdCurve *place);

/*
 * A key from its bytes, which need not be aligned; or its stretch alone.  False
 * if they are neither a point (CCCD_POINT_SIZE) nor a key of several
 * (CCCD_KEY_SIZE).
 */
extern bool cccd_key_unpack(const unsigned char *bytes, size_t length,
							CccdKey *key);
extern bool cccd_stretch_unpack(const unsigned char *bytes, size_t length,
								CccdStretch *stretch);

/*
 * The bytes of a key, at most CCCD_KEY_SIZE, in the machine's byte order; those
 * of a point if its box is one.  Equal keys have equal bytes.  Returns how many.
 */
extern size_t cccd_key_pack(const CccdKey *key, unsigned char *out);

/* Make a key that of all points below it and below another one. */
extern void cccd_key_add(CccdKey *key, const CccdKey *other);

/* How far a place is from a stretch; 0 if it lies on it. */
extern double cccd_stretch_distance(const CccdStretch *stretch,
									const CccdCurve *place);

#endif							/* CCCD_KEY_CORE_H */
