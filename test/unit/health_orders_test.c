/*
 * health_orders_test.c
 *		Every order in which up to six reports may arrive, grouped into calls
 *		and merged at random, makes the same bytes.
 */
#include "health_record.h"

#include "health/code_core.h"

#define SETS			100000	/* see unit_draws */
#define MOST_REPORTS	6

static uint64_t seed = 20210601;

static uint32_t
roll(uint32_t sides)
{
	seed ^= seed << 13;
	seed ^= seed >> 7;
	seed ^= seed << 17;
	return (uint32_t) ((seed >> 11) % sides);
}

/*
 * A report that has much to do with the others: of a few doses on a few days
 * and a few samples, by several systems.
 */
static CccdEvent
random_report(void)
{
	static const uint32_t days[] = {0, 0, 1, 2, 3, 30, 181, 400};
	CccdEvent	event = {0};

	event.until = CCCD_HEALTH_NO_END;
	event.disease = roll(8) == 0 ? 2 : CCCD_DISEASE_COVID19;
	event.source = roll(4);
	event.is_signed = roll(3) == 0;
	if (roll(4) == 0)
	{
		event.kind = CCCD_TEST;
		event.time = NOON + roll(2) * DAY;
		event.test = roll(3);
		event.result = roll(4);
		return event;
	}
	event.kind = CCCD_DOSE;
	event.time = NOON + days[roll(8)] * DAY + roll(2) * 3600;
	event.number = roll(4);
	event.series = roll(3);
	event.product = roll(3);
	return event;
}

/* As build and merge do it, without checking each of millions of records. */
static Record
make(CccdEvent *events, size_t count)
{
	Record		record;

	record.length = 0;
	record.status = cccd_health_build(events, count, 0, record.body,
									  &record.length);
	return record;
}

static Record
join(const Record *a, const Record *b)
{
	CccdEvent	events[2 * MOST_REPORTS];
	uint32_t	tests_from;
	size_t		count = open_record(a, events, &tests_from);

	count += open_record(b, events + count, &tests_from);
	return make(events, count);
}

/* The record of reports that arrive in this order, in calls of any size. */
static Record
in_calls(CccdEvent *events, size_t count)
{
	size_t		first = 1 + roll((uint32_t) count);
	Record		whole = make(events, first);

	while (first < count)
	{
		size_t		next = 1 + roll((uint32_t) (count - first));
		Record		part = make(events + first, next);

		whole = roll(2) ? join(&whole, &part) : join(&part, &whole);
		first += next;
	}
	return whole;
}

static void
swap(int *order, int i, int j)
{
	int			kept = order[i];

	order[i] = order[j];
	order[j] = kept;
}

/* The next order of the reports' numbers; false after the last. */
static bool
next_order(int *order, int count)
{
	int			i = count - 2,
				j = count - 1;

	while (i >= 0 && order[i] > order[i + 1])
		i--;
	if (i < 0)
		return false;
	while (order[j] < order[i])
		j--;
	swap(order, i, j);
	for (int left = i + 1, right = count - 1; left < right; left++, right--)
		swap(order, left, right);
	return true;
}

int
main(void)
{
	const int	sets = unit_draws(SETS);
	long		orders = 0,
				different = 0,
				weighed = 0;

	for (int set = 0; set < sets; set++)
	{
		CccdEvent	events[MOST_REPORTS],
					arriving[MOST_REPORTS];
		int			order[MOST_REPORTS];
		int			count = 1 + set % MOST_REPORTS;
		Record		whole;

		for (int k = 0; k < count; k++)
		{
			events[k] = random_report();
			order[k] = k;
		}
		whole = build(events, (size_t) count, 0);
		weighed += (whole.body[0] & CCCD_HEALTH_WEIGH) != 0;
		do
		{
			Record		record;

			for (int k = 0; k < count; k++)
				arriving[k] = events[order[k]];
			record = in_calls(arriving, (size_t) count);
			different += !same_record(&record, &whole);
			orders++;
		} while (next_order(order, count));
	}
	fprintf(stderr, "%d sets in %ld orders: %ld different; %ld sets to be "
			"weighed\n", sets, orders, different, weighed);
	CHECK(different == 0);
	/* 1 + 2 + 6 + 24 + 120 + 720 orders of six sets */
	CHECK(orders > sets / MOST_REPORTS * 872L);
	CHECK(weighed > sets / 3);
	return finish();
}
