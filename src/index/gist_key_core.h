/*
 * gist_key_core.h
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
#ifndef CCCD_GIST_KEY_CORE_H
#define CCCD_GIST_KEY_CORE_H

#include "index/point_core.h"

/* A place on the curve: a number of 120 bits, 60 in each half. */
typedef struct CccdCurvePlace
{
	uint64_t	high;
	uint64_t	low;
} CccdCurvePlace;

/* From the place of the first of several points to that of the last. */
typedef struct CccdStretch
{
	CccdCurvePlace first;
	CccdCurvePlace last;
} CccdStretch;

/* What a key says of the points below it. */
typedef struct CccdGistKey
{
	CccdBox		box;			/* around them */
	CccdStretch stretch;
} CccdGistKey;

/* The place of a point. */
extern CccdCurvePlace cccd_point_place(const CccdPoint *point);

/* Less than, equal to or more than 0: the order of two places. */
extern int	cccd_curve_place_compare(const CccdCurvePlace *a, const CccdCurvePlace *b);

/* The first 64 bits of a place, in the order of places. */
extern uint64_t cccd_curve_place_prefix(const CccdCurvePlace *place);

/*
 * A key from its bytes, which need not be aligned.  False if they are neither a
 * point (CCCD_POINT_SIZE) nor a key of several (CCCD_GIST_KEY_SIZE).
 */
extern bool cccd_gist_key_unpack(const unsigned char *bytes, size_t length,
								 CccdGistKey *key);

/* The stretch of a key alone, from the same bytes. */
extern bool cccd_stretch_unpack(const unsigned char *bytes, size_t length,
								CccdStretch *stretch);

/*
 * The bytes of a key, at most CCCD_GIST_KEY_SIZE, in the machine's byte order; those
 * of a point if its box is one.  Equal keys have equal bytes.  Returns how many.
 */
extern size_t cccd_gist_key_pack(const CccdGistKey *key, unsigned char *out);

/* Make a key that of all points below it and below another one. */
extern void cccd_gist_key_add(CccdGistKey *key, const CccdGistKey *other);

/* How far a place is from a stretch; 0 if it lies on it. */
extern double cccd_stretch_distance(const CccdStretch *stretch,
									const CccdCurvePlace *place);

#endif							/* CCCD_GIST_KEY_CORE_H */
