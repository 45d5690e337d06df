/*
 * health_core.c
 *		Opening, checking, taking apart and building health records; see
 *		health_core.h.
 */
#include "health/dose_core.h"

/* Kinds of tests that five bits hold. */
#define TEST_KIND_MAX		31

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
	if (cccd_kind_has_names(event->kind))
		event->name = (uint16_t) cccd_event_code(p);
}

/* Does every part of the event fit where it is stored? */
static bool
event_valid(const CccdEvent *event)
{
	bool		has_name = cccd_kind_has_names(event->kind);

	if (event->time == CCCD_HEALTH_NO_END ||
		(event->disease == 0) != has_name ||
		(event->name != 0) != has_name ||
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

int
cccd_result_rank(int result)
{
	static const uint8_t ranks[] = {
		[CCCD_RESULT_PENDING] = 0,[CCCD_RESULT_INCONCLUSIVE] = 1,
		[CCCD_RESULT_NEGATIVE] = 2,[CCCD_RESULT_POSITIVE] = 3
	};

	return ranks[result];
}

static int
compare_doses(const CccdEvent *a, const CccdEvent *b)
{
	COMPARE(a->time, b->time);
	COMPARE(a->disease, b->disease);
	COMPARE(a->number, b->number);
	COMPARE(a->series, b->series);
	COMPARE(a->product, b->product);
	COMPARE(a->source, b->source);
	COMPARE(a->is_signed, b->is_signed);
	return 0;
}

/*
 * The order in which events are stored: doses, tests, other events.  Two
 * tests or other events that compare equal are about the same thing.
 */
static int
compare_stored(const CccdEvent *a, const CccdEvent *b)
{
	if (a->kind == CCCD_DOSE || b->kind == CCCD_DOSE)
	{
		COMPARE(b->kind == CCCD_DOSE, a->kind == CCCD_DOSE);
		return compare_doses(a, b);
	}
	if (a->kind == CCCD_TEST || b->kind == CCCD_TEST)
	{
		COMPARE(b->kind == CCCD_TEST, a->kind == CCCD_TEST);
		COMPARE(b->time, a->time);
		COMPARE(a->disease, b->disease);
		COMPARE(a->test, b->test);
		return 0;
	}
	COMPARE(a->time, b->time);
	COMPARE(a->kind, b->kind);
	COMPARE(a->disease, b->disease);
	COMPARE(a->name, b->name);
	return 0;
}

/*
 * As stored, and of tests or other events about the same thing the one that
 * stands first.  Of a test that is the stricter result, since a record cannot
 * tell which one corrects the other.
 */
static int
compare_joining(const CccdEvent *a, const CccdEvent *b)
{
	int			result = compare_stored(a, b);

	if (result != 0)
		return result;
	if (a->kind == CCCD_TEST)
		COMPARE(cccd_result_rank(b->result), cccd_result_rank(a->result));
	COMPARE(b->is_signed, a->is_signed);
	COMPARE(b->source, a->source);
	COMPARE(b->until, a->until);
	return 0;
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

/* Whether a part of a report is not stated, or stated by another one, too. */
static bool
says_no_more(int part, int others)
{
	return part == 0 || part == others;
}

/*
 * Whether a report of a dose says nothing that another one does not say.  This
 * is a partial order, so that what remains of many reports without those that
 * another one covers does not depend on the order in which they arrive.
 */
static bool
is_covered(const CccdEvent *dose, const CccdEvent *other)
{
	return dose->time == other->time && dose->disease == other->disease &&
		dose->source == other->source &&
		says_no_more(dose->is_signed, other->is_signed) &&
		says_no_more(dose->number, other->number) &&
		says_no_more(dose->series, other->series) &&
		says_no_more(dose->product, other->product);
}

/*
 * Keep doses that are sorted and that no other one covers; returns how many.
 * Equal ones are side by side: the first of them stays.
 */
static size_t
keep_doses(CccdEvent *doses, size_t count)
{
	size_t		kept = 0;

	for (size_t i = 0; i < count; i++)
	{
		size_t		first = kept;
		bool		covered = false;

		/* what is covered by a later one has gone from those kept */
		while (first > 0 && doses[first - 1].time == doses[i].time)
			covered |= is_covered(&doses[i], &doses[--first]);
		for (size_t j = i + 1; !covered && j < count &&
			 doses[j].time == doses[i].time; j++)
			covered = is_covered(&doses[i], &doses[j]) &&
				compare_doses(&doses[i], &doses[j]) != 0;
		if (!covered)
			doses[kept++] = doses[i];
	}
	return kept;
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
		code = event->name;
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

/*
 * Keep the tests that stand, newest first, and no more than a record has;
 * returns how many.  The horizon moves behind those that are dropped.
 */
static size_t
keep_tests(CccdEvent *tests, size_t count, uint32_t *tests_from)
{
	size_t		kept = 0;

	for (size_t i = 0; i < count; i++)
	{
		if (i > 0 && compare_stored(&tests[i - 1], &tests[i]) == 0)
			continue;
		if (kept < CCCD_HEALTH_MAX_TESTS)
			tests[kept++] = tests[i];
		else if (tests[i].time >= *tests_from)
			*tests_from = tests[i].time + 1;
	}
	return kept;
}

static size_t
keep_others(CccdEvent *others, size_t count)
{
	size_t		kept = 0;

	for (size_t i = 0; i < count; i++)
		if (kept == 0 || compare_stored(&others[kept - 1], &others[i]) != 0)
			others[kept++] = others[i];
	return kept;
}

static unsigned char *
encode_events(const CccdEvent *events, size_t count, unsigned char *p)
{
	for (size_t i = 0; i < count; i++)
		p = encode_event(&events[i], p);
	return p;
}

CccdHealthStatus
cccd_health_build(CccdEvent *events, size_t count, uint32_t tests_from,
				  unsigned char *out, size_t *length)
{
	size_t		of_kind[CCCD_TEST + 1] = {0};
	size_t		doses,
				tests,
				others;
	CccdEvent  *first_test,
			   *first_other,
				none;
	unsigned char *p = out + CCCD_HEALTH_HEADER;

	/* no events may also be no array */
	if (count == 0)
		events = &none;
	for (size_t i = 0; i < count; i++)
	{
		if (!event_valid(&events[i]))
			return CCCD_HEALTH_BAD_EVENT;
		of_kind[events[i].kind]++;
	}
	sort_events(events, count, compare_joining);
	first_test = events + of_kind[CCCD_DOSE];
	first_other = first_test + of_kind[CCCD_TEST];
	doses = keep_doses(events, of_kind[CCCD_DOSE]);
	tests = keep_tests(first_test, of_kind[CCCD_TEST], &tests_from);
	others = keep_others(first_other,
						 count - of_kind[CCCD_DOSE] - of_kind[CCCD_TEST]);
	if (doses > CCCD_HEALTH_MAX_DOSES)
		return CCCD_HEALTH_TOO_MANY_DOSES;
	if (others > CCCD_HEALTH_MAX_OTHERS)
		return CCCD_HEALTH_TOO_MANY_OTHERS;

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
	p = encode_events(events, doses, p);
	if (cccd_doses_weigh(p - doses * CCCD_DOSE_SIZE, (int) doses))
		out[0] |= CCCD_HEALTH_WEIGH;
	p = encode_events(first_test, tests, p);
	p = encode_events(first_other, others, p);
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
	}
	if (keep_doses(doses, view->ndoses) != (size_t) view->ndoses)
		return CCCD_HEALTH_BAD_ORDER;
	if (view->weigh_doses != cccd_doses_weigh(view->doses, view->ndoses))
		return CCCD_HEALTH_BAD_EVENT;
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
			cccd_event_code(cccd_other_at(view, i)) != event.name)
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
