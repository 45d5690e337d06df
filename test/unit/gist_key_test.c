/*
 * gist_key_test.c
 *		Keys of the index, and the curve on which points lie.
 */
#include "unit.h"
#include "chance.h"

#include "index/gist_key_core.h"

static uint32_t
limit_of(int d)
{
	return d == CCCD_POINT_DOSES ? CCCD_POINT_MAX_DOSES :
		d == CCCD_POINT_DOUBT || d == CCCD_POINT_WEIGHED ? 1 : CCCD_POINT_MAX_HOUR;
}

/* 2015-01-01, from which on the curve tells hours apart, and until when. */
#define CURVE_START		UINT32_C(131496)
#define CURVE_END		(CURVE_START + (UINT32_C(1) << 19) - 2)

/* A value of a dimension, often none or near one of the curve's ends. */
static uint32_t
random_value(int d)
{
	if (limit_of(d) != CCCD_POINT_MAX_HOUR)
		return chance(limit_of(d) + 1);
	switch (chance(8))
	{
		case 0:
			return chance(3);
		case 1:
			return CURVE_START - 2 + chance(5);
		case 2:
			return CURVE_END - 2 + chance(5);
		default:
			return chance(CCCD_POINT_MAX_HOUR + 1);
	}
}

static CccdPoint
random_point(void)
{
	CccdPoint	point;

	for (int d = 0; d < CCCD_POINT_DIMENSIONS; d++)
		point.v[d] = chance(4) == 0 ? 0 : random_value(d);
	return point;
}

/*
 * The order of two points by its definition: of all bits in which they differ
 * the highest decides, and of equally high ones the earlier dimension.
 */
static int
order_by_bits(const CccdPoint *a, const CccdPoint *b)
{
	for (int bit = 21; bit >= 0; bit--)
		for (int d = 0; d < CCCD_POINT_DIMENSIONS; d++)
		{
			int			bits[2];

			for (int i = 0; i < 2; i++)
			{
				uint32_t	value = (i == 0 ? a : b)->v[d];

				if (d == CCCD_POINT_DOSES)
					value = (value < 7 ? value : 7) << 15;
				else if (d == CCCD_POINT_DOUBT)
					value <<= 13;
				else if (d == CCCD_POINT_WEIGHED)
					value = 0;	/* not on the curve */
				else if (value <= CURVE_START)
					value = value != 0;
				else
				{
					value -= CURVE_START - 1;
					if (value >= 1 << 19)
						value = (1 << 19) - 1;
				}
				if (d == CCCD_POINT_PCR || d == CCCD_POINT_ANTIGEN)
					value <<= 3;
				bits[i] = (int) (value >> bit & 1);
			}
			if (bits[0] != bits[1])
				return bits[0] - bits[1];
		}
	return 0;
}

static void
test_order(void)
{
	int			wrong = 0,
				equal = 0;

	for (int round = 0; round < 200000; round++)
	{
		CccdPoint	a = random_point();
		CccdPoint	b = a;
		CccdCurvePlace x,
					y;
		int			order;

		for (int d = 0; d < CCCD_POINT_DIMENSIONS; d++)
			if (chance(2) == 0)
				b.v[d] = random_value(d);
			else if (chance(3) == 0 && b.v[d] < limit_of(d))
				b.v[d]++;
		x = cccd_point_place(&a);
		y = cccd_point_place(&b);
		order = cccd_curve_place_compare(&x, &y);
		wrong += order != order_by_bits(&a, &b);
		wrong += order != -cccd_curve_place_compare(&y, &x);
		if (cccd_curve_place_prefix(&x) != cccd_curve_place_prefix(&y))
			wrong += (cccd_curve_place_prefix(&x) < cccd_curve_place_prefix(&y)) !=
				(order < 0);
		equal += order == 0;
	}
	CHECK(wrong == 0);
	CHECK(equal > 100 && equal < 100000);
}

static CccdGistKey
key_of(const CccdPoint *point)
{
	unsigned char bytes[CCCD_POINT_SIZE];
	CccdGistKey key;

	cccd_point_pack(point, bytes);
	CHECK(cccd_gist_key_unpack(bytes, sizeof(bytes), &key));
	return key;
}

static void
test_bytes(void)
{
	for (int round = 0; round < 20000; round++)
	{
		CccdPoint	points[3] = {random_point(), random_point(), random_point()};
		CccdGistKey key = key_of(&points[0]),
					read;
		CccdCurvePlace place = cccd_point_place(&points[0]);
		CccdBox		box;
		CccdStretch stretch;
		unsigned char bytes[CCCD_GIST_KEY_SIZE],
					again[CCCD_GIST_KEY_SIZE];

		CHECK(memcmp(&key.box.lo, &points[0], sizeof(CccdPoint)) == 0);
		CHECK(memcmp(&key.box.hi, &points[0], sizeof(CccdPoint)) == 0);
		CHECK(cccd_curve_place_compare(&key.stretch.first, &place) == 0);
		CHECK(cccd_curve_place_compare(&key.stretch.last, &place) == 0);
		CHECK(cccd_gist_key_pack(&key, bytes) == CCCD_POINT_SIZE);

		for (int i = 1; i < 3; i++)
		{
			CccdGistKey other = key_of(&points[i]);

			cccd_gist_key_add(&key, &other);
		}
		CHECK(cccd_gist_key_pack(&key, bytes) == CCCD_GIST_KEY_SIZE);
		CHECK(cccd_gist_key_unpack(bytes, CCCD_GIST_KEY_SIZE, &read));
		CHECK(cccd_gist_key_pack(&read, again) == CCCD_GIST_KEY_SIZE);
		CHECK(memcmp(bytes, again, CCCD_GIST_KEY_SIZE) == 0);
		CHECK(cccd_box_unpack(bytes, CCCD_GIST_KEY_SIZE, &box));
		CHECK(memcmp(&box, &key.box, sizeof(box)) == 0);
		CHECK(cccd_stretch_unpack(bytes, CCCD_GIST_KEY_SIZE, &stretch));
		CHECK(memcmp(&stretch, &key.stretch, sizeof(stretch)) == 0);

		for (size_t length = 0; length <= CCCD_GIST_KEY_SIZE; length++)
			if (length != CCCD_POINT_SIZE && length != CCCD_GIST_KEY_SIZE)
				CHECK(!cccd_box_unpack(bytes, length, &box) &&
					  !cccd_stretch_unpack(bytes, length, &stretch) &&
					  !cccd_gist_key_unpack(bytes, length, &read));
	}
}

/* A stretch reaches from the first place to the last. */
static void
test_stretch(void)
{
	int			before = 0,
				inside = 0,
				after = 0;

	for (int round = 0; round < 20000; round++)
	{
		CccdPoint	points[3] = {random_point(), random_point(), random_point()};
		CccdGistKey key = key_of(&points[0]);
		CccdGistKey other = key_of(&points[1]);
		CccdCurvePlace place = cccd_point_place(&points[2]);
		CccdStretch wider;
		double		distance;

		cccd_gist_key_add(&key, &other);
		CHECK(cccd_stretch_distance(&key.stretch, &key.stretch.first) == 0);
		CHECK(cccd_stretch_distance(&key.stretch, &key.stretch.last) == 0);
		CHECK(cccd_curve_place_compare(&key.stretch.first, &key.stretch.last) <= 0);
		distance = cccd_stretch_distance(&key.stretch, &place);
		if (cccd_curve_place_compare(&place, &key.stretch.first) < 0)
			before++;
		else if (cccd_curve_place_compare(&place, &key.stretch.last) > 0)
			after++;
		else
			inside++;
		CHECK((distance > 0) ==
			  (cccd_curve_place_compare(&place, &key.stretch.first) < 0 ||
			   cccd_curve_place_compare(&place, &key.stretch.last) > 0));
		/* nearer to a stretch that reaches further */
		wider = key.stretch;
		if (distance > 0 && wider.last.high + 1 < place.high)
		{
			wider.last.high += (place.high - wider.last.high) / 2;
			CHECK(cccd_stretch_distance(&wider, &place) < distance);
		}
	}
	CHECK(before > 1000 && inside > 1000 && after > 1000);
}

/* The places of single hours, in each dimension, at the ends of the curve. */
static void
test_ends(void)
{
	for (int d = CCCD_POINT_DOSE; d < CCCD_POINT_DIMENSIONS; d++)
	{
		static const struct
		{
			uint32_t	hour;
			uint32_t	next;
			int			order;	/* of their places */
		}			cases[] = {
			{0, 1, -1}, {1, 2, 0}, {2, CURVE_START, 0},
			{CURVE_START, CURVE_START + 1, -1},
			{CURVE_START + 1, CURVE_START + 2, -1},
			{CURVE_END - 1, CURVE_END, -1}, {CURVE_END, CURVE_END + 1, 0},
			{CURVE_END, CCCD_POINT_MAX_HOUR, 0}
		};

		for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		{
			CccdPoint	point = {{0}};
			CccdCurvePlace places[2];

			point.v[d] = cases[i].hour;
			places[0] = cccd_point_place(&point);
			point.v[d] = cases[i].next;
			places[1] = cccd_point_place(&point);
			CHECK(cccd_curve_place_compare(&places[0], &places[1]) ==
				  cases[i].order);
		}
	}
}

/* Distances across the border of the two halves, which are of 60 bits. */
static void
test_distance(void)
{
	const uint64_t half = UINT64_C(1) << 60;
	const uint64_t unit = half >> 10;
	const CccdStretch stretch = {{5, 10 * unit}, {7, 20 * unit}};
	static const struct
	{
		uint64_t	high;
		uint64_t	low;
		double		halves;
		double		rest;
	}			cases[] = {
		{5, 9, 0, 1}, {5, 10, 0, 0}, {6, 0, 0, 0}, {7, 20, 0, 0},
		{7, 21, 0, 1}, {4, 10, 1, 0}, {4, 12, 1, -2}, {4, 8, 1, 2},
		{8, 20, 1, 0}, {8, 19, 1, -1}, {9, 0, 2, -20}, {8, 1023, 1, 1003}
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
	{
		CccdCurvePlace place = {cases[i].high, cases[i].low * unit};

		CHECK(cccd_stretch_distance(&stretch, &place) ==
			  cases[i].halves * (double) half +
			  cases[i].rest * (double) unit);
	}
}

int
main(void)
{
	test_order();
	test_bytes();
	test_stretch();
	test_ends();
	test_distance();
	return finish();
}
