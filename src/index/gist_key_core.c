/*
 * gist_key_core.c
 *		Keys of the index and the order of points; see gist_key_core.h.
 */
#include "index/gist_key_core.h"

/*
 * For the curve only: hours since 2015 in 19 bits, which last until 2074; what
 * lies outside is not told apart, and only the order suffers.  Doses count
 * like the upper bits of an hour, or they would never be looked at.  Rules ask
 * for tests within hours and for doses within weeks, so tests come three bits
 * earlier: four find tests faster still, and doses and isolations slower.
 */
#define CURVE_START		UINT32_C(131496)	/* 2015-01-01 */
#define CURVE_BITS		19
#define TEST_BITS		3

/*
 * A level of the curve has a bit of the hour of each of five events and, since
 * they have no level in common, one of doses or of doubt.  The three levels on
 * top have tests only.  The lower half of a place has ten levels.
 */
#define LEVEL_BITS		6
#define LOW_LEVELS		10
#define HALF_BITS		(LEVEL_BITS * LOW_LEVELS)

static uint32_t
curve_hour(uint32_t hour)
{
	if (hour <= CURVE_START)
		return hour != 0;
	hour -= CURVE_START - 1;
	return hour < (1U << CURVE_BITS) ? hour : (1U << CURVE_BITS) - 1;
}

/* The lowest ten bits, one on each level: groups of 8, 4, 2 and 1 part. */
static uint64_t
spread(uint32_t bits)
{
	uint64_t	x = bits & 0x3ff;

	x = (x | x << 40) & UINT64_C(0x00030000000000ff);
	x = (x | x << 20) & UINT64_C(0x000300000f00000f);
	x = (x | x << 10) & UINT64_C(0x0003003003003003);
	x = (x | x << 5) & UINT64_C(0x0041041041041041);
	return x;
}

/* The bits of a test above the other events' levels, which tests alone have. */
static uint64_t
spread_top(uint32_t hour)
{
	uint32_t	top = hour >> (CURVE_BITS - TEST_BITS);

	return (top & 1) | (top & 2) << 1 | (top & 4) << 2;
}

CccdCurvePlace
cccd_point_place(const CccdPoint *point)
{
	uint32_t	doses = point->v[CCCD_POINT_DOSES];
	uint32_t	pcr = curve_hour(point->v[CCCD_POINT_PCR]);
	uint32_t	antigen = curve_hour(point->v[CCCD_POINT_ANTIGEN]);
	uint32_t	bits[LEVEL_BITS];	/* of a level, the highest first */
	CccdCurvePlace place = {0, 0};

	bits[0] = (doses < 7 ? doses : 7) << (CURVE_BITS - 4) |
		point->v[CCCD_POINT_DOUBT] << (CURVE_BITS - 6);
	bits[1] = curve_hour(point->v[CCCD_POINT_DOSE]);
	bits[2] = pcr << TEST_BITS & ((1U << CURVE_BITS) - 1);
	bits[3] = antigen << TEST_BITS & ((1U << CURVE_BITS) - 1);
	bits[4] = curve_hour(point->v[CCCD_POINT_RECOVERY]);
	bits[5] = curve_hour(point->v[CCCD_POINT_ISOLATION]);
	place.high = spread_top(pcr) << 1 | spread_top(antigen);
	place.high <<= LEVEL_BITS * (CURVE_BITS - LOW_LEVELS);
	for (int i = 0; i < LEVEL_BITS; i++)
	{
		place.high |= spread(bits[i] >> LOW_LEVELS) << (LEVEL_BITS - 1 - i);
		place.low |= spread(bits[i]) << (LEVEL_BITS - 1 - i);
	}
	return place;
}

int
cccd_curve_place_compare(const CccdCurvePlace *a, const CccdCurvePlace *b)
{
	if (a->high != b->high)
		return a->high < b->high ? -1 : 1;
	return a->low < b->low ? -1 : a->low > b->low;
}

uint64_t
cccd_curve_place_prefix(const CccdCurvePlace *place)
{
	return place->high << (64 - HALF_BITS) |
		place->low >> (2 * HALF_BITS - 64);
}

bool
cccd_stretch_unpack(const unsigned char *bytes, size_t length,
					CccdStretch *stretch)
{
	CccdPoint	point;

	if (length == CCCD_GIST_KEY_SIZE)
	{
		memcpy(stretch, bytes + CCCD_BOX_SIZE, sizeof(*stretch));
		return true;
	}
	if (length != CCCD_POINT_SIZE)
		return false;
	cccd_point_unpack(bytes, &point);
	stretch->first = stretch->last = cccd_point_place(&point);
	return true;
}

bool
cccd_gist_key_unpack(const unsigned char *bytes, size_t length, CccdGistKey *key)
{
	return cccd_box_unpack(bytes, length, &key->box) &&
		cccd_stretch_unpack(bytes, length, &key->stretch);
}

size_t
cccd_gist_key_pack(const CccdGistKey *key, unsigned char *out)
{
	cccd_point_pack(&key->box.lo, out);
	if (memcmp(&key->box.lo, &key->box.hi, sizeof(CccdPoint)) == 0)
		return CCCD_POINT_SIZE;
	cccd_point_pack(&key->box.hi, out + CCCD_POINT_SIZE);
	memcpy(out + CCCD_BOX_SIZE, &key->stretch, sizeof(key->stretch));
	return CCCD_GIST_KEY_SIZE;
}

void
cccd_gist_key_add(CccdGistKey *key, const CccdGistKey *other)
{
	cccd_box_add(&key->box, &other->box);
	if (cccd_curve_place_compare(&other->stretch.first, &key->stretch.first) < 0)
		key->stretch.first = other->stretch.first;
	if (cccd_curve_place_compare(&other->stretch.last, &key->stretch.last) > 0)
		key->stretch.last = other->stretch.last;
}

/* From a place to one that is not before it. */
static double
distance(const CccdCurvePlace *from, const CccdCurvePlace *to)
{
	uint64_t	high = to->high - from->high;
	uint64_t	low = to->low - from->low;

	if (to->low < from->low)
	{
		high--;
		low += UINT64_C(1) << HALF_BITS;
	}
	return (double) high * (double) (UINT64_C(1) << HALF_BITS) + (double) low;
}

double
cccd_stretch_distance(const CccdStretch *stretch, const CccdCurvePlace *place)
{
	if (cccd_curve_place_compare(place, &stretch->first) < 0)
		return distance(place, &stretch->first);
	if (cccd_curve_place_compare(place, &stretch->last) > 0)
		return distance(&stretch->last, place);
	return 0;
}
