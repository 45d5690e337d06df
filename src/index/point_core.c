/*
 * point_core.c
 *		Records as points, boxes around them, and their order; see
 *		point_core.h.
 */
#include "index/point_core.h"

#include "health/code_core.h"

static uint32_t
hour_of(uint32_t second)
{
	return second / 3600 + 1;
}

static void
raise_to(uint32_t *value, uint32_t candidate)
{
	if (candidate > *value)
		*value = candidate;
}

static void
add_doses(const CccdHealthView *view, int disease, CccdPoint *point)
{
	uint32_t	number = 0;

	for (int i = 0; i < view->ndoses; i++)
	{
		const unsigned char *dose = view->doses + i * 8;
		uint32_t	stated = (uint32_t) cccd_event_detail(dose);

		if (cccd_event_disease(dose) != disease)
			continue;
		number++;
		raise_to(&number, stated);
		raise_to(&point->v[CCCD_POINT_DOSE], hour_of(cccd_event_time(dose)));
	}
	point->v[CCCD_POINT_DOSES] =
		number > CCCD_POINT_MAX_DOSES ? CCCD_POINT_MAX_DOSES : number;
}

static void
add_tests(const CccdHealthView *view, int disease, CccdPoint *point)
{
	if (view->tests_from > 0)
		point->v[CCCD_POINT_DOUBT] = 1;
	for (int i = 0; i < view->ntests; i++)
	{
		const unsigned char *test = view->tests + i * 8;
		int			kind = cccd_event_detail(test);
		int			result = cccd_event_code(test);

		if (cccd_event_disease(test) != disease)
			continue;
		if (kind == 0 || result == CCCD_RESULT_PENDING)
			point->v[CCCD_POINT_DOUBT] = 1;
		if (result != CCCD_RESULT_NEGATIVE)
			continue;
		if (kind == CCCD_TEST_PCR)
			raise_to(&point->v[CCCD_POINT_PCR],
					 hour_of(cccd_event_time(test)));
		else if (kind == CCCD_TEST_ANTIGEN)
			raise_to(&point->v[CCCD_POINT_ANTIGEN],
					 hour_of(cccd_event_time(test)));
	}
}

static void
add_others(const CccdHealthView *view, int disease, CccdPoint *point)
{
	for (int i = 0; i < view->nothers; i++)
	{
		const unsigned char *other = view->others + i * 12;

		if (cccd_event_disease(other) != disease)
			continue;
		if (cccd_event_detail(other) == CCCD_RECOVERY)
			raise_to(&point->v[CCCD_POINT_RECOVERY],
					 hour_of(cccd_event_time(other)));
		else if (cccd_event_detail(other) == CCCD_ISOLATION)
			raise_to(&point->v[CCCD_POINT_ISOLATION],
					 hour_of(cccd_event_until(other)));
	}
}

void
cccd_point_make(const CccdHealthView *view, int disease, CccdPoint *point)
{
	memset(point, 0, sizeof(*point));
	add_doses(view, disease, point);
	add_tests(view, disease, point);
	add_others(view, disease, point);
}

void
cccd_point_pack(const CccdPoint *point, unsigned char *out)
{
	uint64_t	first,
				last;

	first = (uint64_t) point->v[CCCD_POINT_DOSES] << 59 |
		(uint64_t) point->v[CCCD_POINT_DOUBT] << 58 |
		(uint64_t) point->v[CCCD_POINT_DOSE] << 37 |
		(uint64_t) point->v[CCCD_POINT_PCR] << 16;
	last = (uint64_t) point->v[CCCD_POINT_ANTIGEN] << 43 |
		(uint64_t) point->v[CCCD_POINT_RECOVERY] << 22 |
		(uint64_t) point->v[CCCD_POINT_ISOLATION] << 1;
	for (int i = 0; i < 6; i++)
		out[i] = (unsigned char) (first >> (56 - 8 * i));
	for (int i = 0; i < 8; i++)
		out[6 + i] = (unsigned char) (last >> (56 - 8 * i));
}

/* Eight bytes as a number, the first one on top: one load where that works. */
static inline uint64_t
eight_bytes(const unsigned char *b)
{
	return (uint64_t) b[0] << 56 | (uint64_t) b[1] << 48 |
		(uint64_t) b[2] << 40 | (uint64_t) b[3] << 32 |
		(uint64_t) b[4] << 24 | (uint64_t) b[5] << 16 |
		(uint64_t) b[6] << 8 | (uint64_t) b[7];
}

/* Bits from..from+width-1, counted from the highest of the eight bytes. */
#define BITS(eight, from, width) \
	((uint32_t) ((eight) >> (64 - (from) - (width))) & \
	 ((UINT32_C(1) << (width)) - 1))

/*
 * Both corners at once, as a box of one point needs it: copying what was just
 * stored in smaller parts makes the processor wait for them.
 */
static inline void
unpack(const unsigned char *bytes, CccdPoint *point, CccdPoint *same)
{
	uint64_t	first = eight_bytes(bytes);
	uint64_t	last = eight_bytes(bytes + CCCD_POINT_SIZE - 8);

	point->v[CCCD_POINT_DOSES] = same->v[CCCD_POINT_DOSES] =
		BITS(first, 0, 5);
	point->v[CCCD_POINT_DOUBT] = same->v[CCCD_POINT_DOUBT] =
		BITS(first, 5, 1);
	point->v[CCCD_POINT_DOSE] = same->v[CCCD_POINT_DOSE] =
		BITS(first, 6, 21);
	point->v[CCCD_POINT_PCR] = same->v[CCCD_POINT_PCR] =
		BITS(first, 27, 21);
	point->v[CCCD_POINT_ANTIGEN] = same->v[CCCD_POINT_ANTIGEN] =
		BITS(last, 0, 21);
	point->v[CCCD_POINT_RECOVERY] = same->v[CCCD_POINT_RECOVERY] =
		BITS(last, 21, 21);
	point->v[CCCD_POINT_ISOLATION] = same->v[CCCD_POINT_ISOLATION] =
		BITS(last, 42, 21);
}

void
cccd_point_unpack(const unsigned char *bytes, CccdPoint *point)
{
	unpack(bytes, point, point);
}

bool
cccd_box_unpack(const unsigned char *bytes, size_t length, CccdBox *box)
{
	if (length != CCCD_POINT_SIZE && length != CCCD_BOX_SIZE)
		return false;
	if (length == CCCD_POINT_SIZE)
	{
		unpack(bytes, &box->lo, &box->hi);
		return true;
	}
	cccd_point_unpack(bytes, &box->lo);
	cccd_point_unpack(bytes + CCCD_POINT_SIZE, &box->hi);
	return true;
}

void
cccd_box_pack(const CccdBox *box, unsigned char *out)
{
	cccd_point_pack(&box->lo, out);
	cccd_point_pack(&box->hi, out + CCCD_POINT_SIZE);
}

void
cccd_box_add(CccdBox *box, const CccdBox *other)
{
	for (int d = 0; d < CCCD_POINT_DIMENSIONS; d++)
	{
		if (other->lo.v[d] < box->lo.v[d])
			box->lo.v[d] = other->lo.v[d];
		raise_to(&box->hi.v[d], other->hi.v[d]);
	}
}

bool
cccd_box_equal(const CccdBox *a, const CccdBox *b)
{
	return memcmp(a, b, sizeof(*a)) == 0;
}

/*
 * The weight of a step in each dimension: a dose more separates people as
 * well as some weeks do, and a record with and one without an event must not
 * look a lifetime apart.
 */
static double
extent(const CccdBox *box, int d)
{
	double		length;

	if (d == CCCD_POINT_DOSES || d == CCCD_POINT_DOUBT)
		return (box->hi.v[d] - box->lo.v[d]) * 720.0;
	if (box->hi.v[d] == box->lo.v[d])
		return 0;
	if (box->lo.v[d] == 0)
		return 4380.0;
	length = box->hi.v[d] - box->lo.v[d];
	return length < 4380.0 ? length : 4380.0;
}

double
cccd_box_size(const CccdBox *box)
{
	double		size = 0;

	for (int d = 0; d < CCCD_POINT_DIMENSIONS; d++)
		size += extent(box, d);
	return size;
}

double
cccd_box_growth(const CccdBox *box, const CccdBox *other)
{
	CccdBox		both = *box;
	double		growth = 0;

	cccd_box_add(&both, other);
	for (int d = 0; d < CCCD_POINT_DIMENSIONS; d++)
		if (both.lo.v[d] != box->lo.v[d] || both.hi.v[d] != box->hi.v[d])
			growth += extent(&both, d) - extent(box, d);
	return growth;
}

/*
 * For the curve only: hours since 2015 in 19 bits, which last until 2074; what
 * lies outside is not told apart, and only the order suffers.  Doses count
 * like the upper bits of an hour, or they would never be looked at.  Rules ask
 * for tests within hours and for doses within weeks, so tests come three bits
 * earlier: four find tests faster still, and doses and isolations slower.
 */
#define CURVE_START		UINT32_C(131496)	/* 2015-01-01 */
#define CURVE_BITS		19
#define CURVE_TEST_BITS	3

static uint32_t
curve_hour(uint32_t hour)
{
	if (hour <= CURVE_START)
		return hour != 0;
	hour -= CURVE_START - 1;
	return hour < (1U << CURVE_BITS) ? hour : (1U << CURVE_BITS) - 1;
}

static uint32_t
curve_value(const CccdPoint *point, int d)
{
	uint32_t	value = point->v[d];

	if (d == CCCD_POINT_DOSES)
		return (value < 7 ? value : 7) << (CURVE_BITS - 4);
	if (d == CCCD_POINT_DOUBT)
		return value << (CURVE_BITS - 6);
	value = curve_hour(value);
	return d == CCCD_POINT_PCR || d == CCCD_POINT_ANTIGEN ?
		value << CURVE_TEST_BITS : value;
}

/* Bits of each dimension that can be set on the curve. */
static const uint32_t curve_bits[CCCD_POINT_DIMENSIONS] = {
	7U << (CURVE_BITS - 4),
	1U << (CURVE_BITS - 6),
	(1U << CURVE_BITS) - 1,
	((1U << CURVE_BITS) - 1) << CURVE_TEST_BITS,
	((1U << CURVE_BITS) - 1) << CURVE_TEST_BITS,
	(1U << CURVE_BITS) - 1,
	(1U << CURVE_BITS) - 1
};

int
cccd_point_compare(const CccdPoint *a, const CccdPoint *b)
{
	uint32_t	highest = 0;
	int			decides = -1;

	for (int d = 0; d < CCCD_POINT_DIMENSIONS; d++)
	{
		uint32_t	differ = curve_value(a, d) ^ curve_value(b, d);

		/* is the highest bit of differ above the one of highest? */
		if (highest < differ && highest < (highest ^ differ))
		{
			highest = differ;
			decides = d;
		}
	}
	if (decides < 0)
		return 0;
	return curve_value(a, decides) < curve_value(b, decides) ? -1 : 1;
}

/* The first 64 bits of the curve's interleaved value. */
uint64_t
cccd_point_prefix(const CccdPoint *point)
{
	uint32_t	values[CCCD_POINT_DIMENSIONS];
	uint64_t	prefix = 0;
	int			room = 64;

	for (int d = 0; d < CCCD_POINT_DIMENSIONS; d++)
		values[d] = curve_value(point, d);
	for (int bit = CURVE_BITS + CURVE_TEST_BITS - 1; bit >= 0; bit--)
		for (int d = 0; d < CCCD_POINT_DIMENSIONS; d++)
		{
			if (!(curve_bits[d] >> bit & 1))
				continue;
			prefix = prefix << 1 | (values[d] >> bit & 1);
			if (--room == 0)
				return prefix;
		}
	return prefix;
}
