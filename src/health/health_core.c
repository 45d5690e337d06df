/*
 * health_core.c
 *		Opening, checking, taking apart and building health records; see
 *		health_core.h.
 */
#include "health/health_core.h"

/* Kinds of tests that five bits hold. */
#define TEST_KIND_MAX		31

/* The day in Viet Nam (UTC+7) of a time in seconds. */
static uint32_t
day_of(uint32_t time)
{
	return (uint32_t) (((uint64_t) time + 7 * 3600) / 86400);
}

static void
decode_common(const unsigned char *p, CccdEvent *event)
{
	memset(event, 0, sizeof(*event));
	event->time = cccd_event_time(p);
	event->until = CCCD_HEALTH_NO_END;
	event->source = (uint8_t) cccd_event_source(p);
	event->is_signed = cccd_event_signed(p);
	event->disease = (uint8_t) cccd_event_disease(p);
}

void
cccd_health_dose(const CccdHealthView *view, int i, CccdEvent *event)
{
	const unsigned char *p = cccd_dose_at(view, i);

	decode_common(p, event);
	event->kind = CCCD_DOSE;
	event->number = (uint8_t) cccd_event_detail(p);
	event->product = (uint16_t) cccd_dose_product(p);
	event->series = (uint8_t) cccd_dose_series(p);
}

void
cccd_health_test(const CccdHealthView *view, int i, CccdEvent *event)
{
	const unsigned char *p = cccd_test_at(view, i);

	decode_common(p, event);
	event->kind = CCCD_TEST;
	event->test = (uint8_t) cccd_event_detail(p);
	event->result = (uint8_t) cccd_event_code(p);
}

void
cccd_health_other(const CccdHealthView *view, int i, CccdEvent *event)
{
	const unsigned char *p = cccd_other_at(view, i);

	decode_common(p, event);
	event->kind = (uint8_t) cccd_event_detail(p);
	event->until = cccd_event_until(p);
	if (event->kind == CCCD_CREDENTIAL)
		event->credential = (uint16_t) cccd_event_code(p);
}

/* Does every part of the event fit where it is stored? */
static bool
event_valid(const CccdEvent *event)
{
	bool		is_credential = event->kind == CCCD_CREDENTIAL;

	if (event->time == CCCD_HEALTH_NO_END ||
		(event->disease == 0) != is_credential ||
		(event->credential != 0) != is_credential ||
		event->source > CCCD_SOURCE_NATIONAL || event->is_signed > 1)
		return false;
	if (event->kind == CCCD_DOSE)
		return event->number <= CCCD_DOSE_NUMBER_MAX &&
			event->series <= CCCD_DOSE_NUMBER_MAX &&
			event->product <= CCCD_DOSE_PRODUCT;
	if (event->kind == CCCD_TEST)
		return event->test <= TEST_KIND_MAX &&
			event->result <= CCCD_RESULT_PENDING;
	return event->kind < CCCD_DOSE && event->until > event->time;
}

#define COMPARE(a, b) \
	do { \
		if ((a) != (b)) \
			return (a) < (b) ? -1 : 1; \
	} while (0)

/*
 * The order in which events are stored: doses, tests, other events.  Two
 * events that compare equal say the same thing; a pending test says the same
 * thing as its result, and comes after it.
 */
static int
compare_stored(const CccdEvent *a, const CccdEvent *b)
{
	if (a->kind == CCCD_DOSE || b->kind == CCCD_DOSE)
	{
		COMPARE(b->kind == CCCD_DOSE, a->kind == CCCD_DOSE);
		COMPARE(a->time, b->time);
		COMPARE(a->disease, b->disease);
		return 0;
	}
	if (a->kind == CCCD_TEST || b->kind == CCCD_TEST)
	{
		COMPARE(b->kind == CCCD_TEST, a->kind == CCCD_TEST);
		COMPARE(b->time, a->time);
		COMPARE(a->disease, b->disease);
		COMPARE(a->test, b->test);
		COMPARE(a->result, b->result);
		return 0;
	}
	COMPARE(a->time, b->time);
	COMPARE(a->kind, b->kind);
	COMPARE(a->disease, b->disease);
	COMPARE(a->credential, b->credential);
	return 0;
}

/* Of two events that say the same thing, the better one comes first. */
static int
compare_quality(const CccdEvent *a, const CccdEvent *b)
{
	COMPARE(b->is_signed, a->is_signed);
	COMPARE(b->source, a->source);
	if (a->kind == CCCD_DOSE)
	{
		COMPARE(b->product != 0, a->product != 0);
		COMPARE(b->time, a->time);
		COMPARE(b->product, a->product);
	}
	else if (a->kind != CCCD_TEST)
		COMPARE(b->until, a->until);
	return 0;
}

static bool
same_dose(const CccdEvent *a, const CccdEvent *b)
{
	return a->disease == b->disease && day_of(a->time) == day_of(b->time);
}

/* As stored, but with what is to be joined side by side, the best first. */
static int
compare_joining(const CccdEvent *a, const CccdEvent *b)
{
	int			result;

	if (a->kind == CCCD_DOSE && b->kind == CCCD_DOSE)
	{
		uint32_t	day_a = day_of(a->time);
		uint32_t	day_b = day_of(b->time);

		COMPARE(day_a, day_b);
		COMPARE(a->disease, b->disease);
		return compare_quality(a, b);
	}
	result = compare_stored(a, b);
	return result != 0 ? result : compare_quality(a, b);
}

/* Shell sort: in place, no recursion, and nothing to do on sorted input. */
static void
sort_events(CccdEvent *events, size_t count,
			int (*compare) (const CccdEvent *, const CccdEvent *))
{
	static const size_t gaps[] = {701, 301, 132, 57, 23, 10, 4, 1};

	for (size_t g = 0; g < sizeof(gaps) / sizeof(gaps[0]); g++)
		for (size_t i = gaps[g]; i < count; i++)
		{
			CccdEvent	event = events[i];
			size_t		j = i;

			for (; j >= gaps[g] &&
				 compare(&event, &events[j - gaps[g]]) < 0; j -= gaps[g])
				events[j] = events[j - gaps[g]];
			if (j != i)
				events[j] = event;
		}
}

/*
 * Join b into a, which is the better one and comes before b; false if they
 * are two different facts.
 *
 * The better event stands as it is, so that a weak source never adds to the
 * word of a strong one; only the number of a dose, of which the larger counts,
 * may come from any source.  Both are maxima over a total order: joining does
 * not depend on the order in which events arrive.
 */
static bool
join_events(CccdEvent *a, const CccdEvent *b)
{
	if (a->kind == CCCD_DOSE)
	{
		if (b->kind != CCCD_DOSE || !same_dose(a, b))
			return false;
		if (b->number > a->number)
			a->number = b->number;
		if (b->series > a->series)
			a->series = b->series;
		return true;
	}
	if (a->kind == CCCD_TEST && b->kind == CCCD_TEST &&
		b->result == CCCD_RESULT_PENDING)
		return a->time == b->time && a->disease == b->disease &&
			a->test == b->test;
	return compare_stored(a, b) == 0;
}

static unsigned char *
encode_event(const CccdEvent *event, unsigned char *p)
{
	uint16_t	code = 0;
	int			detail = event->kind;

	if (event->kind == CCCD_DOSE)
	{
		detail = event->number;
		code = (uint16_t) (event->product |
						   event->series << CCCD_DOSE_SERIES_SHIFT);
	}
	else if (event->kind == CCCD_TEST)
	{
		detail = event->test;
		code = event->result;
	}
	else
		code = event->credential;
	memcpy(p, &event->time, 4);
	p[CCCD_EVENT_FLAGS] = (unsigned char)
		(event->source | event->is_signed << 2 | detail << 3);
	p[CCCD_EVENT_DISEASE] = event->disease;
	memcpy(p + CCCD_EVENT_CODE, &code, 2);
	if (event->kind == CCCD_DOSE || event->kind == CCCD_TEST)
		return p + CCCD_DOSE_SIZE;
	memcpy(p + CCCD_EVENT_UNTIL, &event->until, 4);
	return p + CCCD_OTHER_SIZE;
}

CccdHealthStatus
cccd_health_build(CccdEvent *events, size_t count, uint32_t tests_from,
				  unsigned char *out, size_t *length)
{
	size_t		kept = 0,
				doses = 0,
				tests = 0,
				others = 0;
	unsigned char *p = out + CCCD_HEALTH_HEADER;

	for (size_t i = 0; i < count; i++)
		if (!event_valid(&events[i]))
			return CCCD_HEALTH_BAD_EVENT;
	sort_events(events, count, compare_joining);
	for (size_t i = 0; i < count; i++)
	{
		if (kept > 0 && join_events(&events[kept - 1], &events[i]))
			continue;
		if (events[i].kind == CCCD_DOSE)
			doses++;
		else if (events[i].kind != CCCD_TEST)
			others++;
		else if (++tests > CCCD_HEALTH_MAX_TESTS)
		{
			/* tests come newest first */
			if (events[i].time >= tests_from)
				tests_from = events[i].time + 1;
			continue;
		}
		events[kept++] = events[i];
	}
	if (doses > CCCD_HEALTH_MAX_DOSES)
		return CCCD_HEALTH_TOO_MANY_DOSES;
	if (others > CCCD_HEALTH_MAX_OTHERS)
		return CCCD_HEALTH_TOO_MANY_OTHERS;
	if (tests > CCCD_HEALTH_MAX_TESTS)
		tests = CCCD_HEALTH_MAX_TESTS;

	/* the time of the best of a day's reports may come after another dose's */
	sort_events(events, doses, compare_stored);

	out[0] = CCCD_HEALTH_VERSION;
	out[1] = (unsigned char) doses;
	out[2] = (unsigned char) tests;
	out[3] = (unsigned char) others;
	if (tests_from > 0)
	{
		out[0] |= CCCD_HEALTH_HORIZON;
		memcpy(p, &tests_from, 4);
		p += CCCD_HORIZON_SIZE;
	}
	for (size_t i = 0; i < kept; i++)
		p = encode_event(&events[i], p);
	*length = (size_t) (p - out);
	return CCCD_HEALTH_OK;
}

/* Is the event allowed right after the ones before it? */
static CccdHealthStatus
check_next(const CccdEvent *previous, const CccdEvent *event)
{
	if (!event_valid(event))
		return CCCD_HEALTH_BAD_EVENT;
	if (previous != NULL && compare_stored(previous, event) >= 0)
		return CCCD_HEALTH_BAD_ORDER;
	return CCCD_HEALTH_OK;
}

static CccdHealthStatus
check_doses(const CccdHealthView *view)
{
	CccdEvent	doses[CCCD_HEALTH_MAX_DOSES];

	for (int i = 0; i < view->ndoses; i++)
	{
		CccdHealthStatus status;

		cccd_health_dose(view, i, &doses[i]);
		status = check_next(i > 0 ? &doses[i - 1] : NULL, &doses[i]);
		if (status != CCCD_HEALTH_OK)
			return status;
		for (int j = i - 1;
			 j >= 0 && day_of(doses[j].time) == day_of(doses[i].time); j--)
			if (same_dose(&doses[j], &doses[i]))
				return CCCD_HEALTH_BAD_ORDER;
	}
	return CCCD_HEALTH_OK;
}

static CccdHealthStatus
check_tests(const CccdHealthView *view)
{
	CccdEvent	previous,
				event;

	for (int i = 0; i < view->ntests; i++, previous = event)
	{
		CccdHealthStatus status;

		if (cccd_event_code(cccd_test_at(view, i)) >
			CCCD_RESULT_PENDING)
			return CCCD_HEALTH_BAD_EVENT;
		cccd_health_test(view, i, &event);
		status = check_next(i > 0 ? &previous : NULL, &event);
		if (status != CCCD_HEALTH_OK)
			return status;
		if (i > 0 && join_events(&previous, &event))
			return CCCD_HEALTH_BAD_ORDER;
	}
	return CCCD_HEALTH_OK;
}

static CccdHealthStatus
check_others(const CccdHealthView *view)
{
	CccdEvent	previous,
				event;

	for (int i = 0; i < view->nothers; i++, previous = event)
	{
		CccdHealthStatus status;

		cccd_health_other(view, i, &event);
		if (event.kind >= CCCD_DOSE ||
			cccd_event_code(cccd_other_at(view, i)) != event.credential)
			return CCCD_HEALTH_BAD_EVENT;
		status = check_next(i > 0 ? &previous : NULL, &event);
		if (status != CCCD_HEALTH_OK)
			return status;
	}
	return CCCD_HEALTH_OK;
}

CccdHealthStatus
cccd_health_validate(const unsigned char *body, size_t length)
{
	CccdHealthView view;
	CccdHealthStatus status = cccd_health_open(body, length, &view);

	if (status != CCCD_HEALTH_OK)
		return status;
	if ((body[0] & CCCD_HEALTH_HORIZON) && view.tests_from == 0)
		return CCCD_HEALTH_BAD_EVENT;
	status = check_doses(&view);
	if (status == CCCD_HEALTH_OK)
		status = check_tests(&view);
	if (status == CCCD_HEALTH_OK)
		status = check_others(&view);
	return status;
}
