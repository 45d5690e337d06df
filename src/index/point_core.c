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
		const unsigned char *dose = cccd_dose_at(view, i);
		uint32_t	stated = (uint32_t) cccd_event_detail(dose);

		if (cccd_event_disease(dose) != disease)
			continue;
		number++;
		raise_to(&number, stated);
		raise_to(&point->v[CCCD_POINT_DOSE], hour_of(cccd_event_time(dose)));
		/* reports that must be weighed are no more doses than there are */
		point->v[CCCD_POINT_WEIGHED] = view->weigh_doses;
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
		const unsigned char *test = cccd_test_at(view, i);
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
		const unsigned char *other = cccd_other_at(view, i);

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
cccd_point_diseases(const CccdHealthView *view, bool *tells)
{
	CccdEvent	event;

	for (int i = 0; i < view->ndoses; i++)
	{
		cccd_health_dose(view, i, &event);
		tells[event.disease] = true;
	}
	for (int i = 0; i < view->ntests; i++)
	{
		cccd_health_test(view, i, &event);
		tells[event.disease] = true;
	}
	for (int i = 0; i < view->nothers; i++)
	{
		cccd_health_other(view, i, &event);
		if (!cccd_kind_has_names(event.kind))
			tells[event.disease] = true;
	}
}

/* Whether an instruction is a clause about a disease. */
static bool
is_about_disease(const CccdInstr *clause)
{
	return clause->op > CCCD_OP_NOT && clause->op <= CCCD_OP_STATE &&
		!cccd_rule_has_names(clause);
}

int
cccd_point_clauses(const CccdInstr *code, int count, int disease)
{
	int			clauses = 0;

	for (int i = 0; i < count;
		 i = code[i].op > CCCD_OP_NOT ? code[i].next : i + 1)
		clauses += is_about_disease(&code[i]) && code[i].disease == disease;
	return clauses;
}

int
cccd_point_main_disease(const CccdInstr *code, int count)
{
	int			disease = CCCD_DISEASE_COVID19;
	int			most = cccd_point_clauses(code, count, disease);

	for (int i = 0; i < count;
		 i = code[i].op > CCCD_OP_NOT ? code[i].next : i + 1)
	{
		int			clauses;

		if (!is_about_disease(&code[i]))
			continue;
		clauses = cccd_point_clauses(code, count, code[i].disease);
		if (clauses > most)
		{
			most = clauses;
			disease = code[i].disease;
		}
	}
	return disease;
}

bool
cccd_point_says_nothing(const CccdPoint *point)
{
	for (int d = 0; d < CCCD_POINT_DIMENSIONS; d++)
		if (d != CCCD_POINT_DOUBT && point->v[d] != 0)
			return false;
	return true;
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
		(uint64_t) point->v[CCCD_POINT_ISOLATION] << 1 |
		(uint64_t) point->v[CCCD_POINT_WEIGHED];
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
	point->v[CCCD_POINT_WEIGHED] = same->v[CCCD_POINT_WEIGHED] =
		BITS(last, 63, 1);
}

void
cccd_point_unpack(const unsigned char *bytes, CccdPoint *point)
{
	unpack(bytes, point, point);
}

bool
cccd_box_unpack(const unsigned char *bytes, size_t length, CccdBox *box)
{
	if (length != CCCD_POINT_SIZE && length != CCCD_GIST_KEY_SIZE)
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
cccd_box_add(CccdBox *box, const CccdBox *other)
{
	for (int d = 0; d < CCCD_POINT_DIMENSIONS; d++)
	{
		if (other->lo.v[d] < box->lo.v[d])
			box->lo.v[d] = other->lo.v[d];
		raise_to(&box->hi.v[d], other->hi.v[d]);
	}
}

/*
 * The weight of a step in each dimension: a dose more separates people as
 * well as some weeks do, and a record with and one without an event must not
 * look a lifetime apart.
 */
static double
extent(uint32_t lo, uint32_t hi, bool hours)
{
	double		length = (double) hi - lo;

	if (!hours)
		return length * 720.0;
	if (hi == lo)
		return 0;
	if (lo == 0)
		return 4380.0;
	return length < 4380.0 ? length : 4380.0;
}

double
cccd_box_size(const CccdBox *box)
{
	double		size = 0;

	for (int d = 0; d < CCCD_POINT_DIMENSIONS; d++)
		size += extent(box->lo.v[d], box->hi.v[d], d >= CCCD_POINT_DOSE);
	return size;
}
