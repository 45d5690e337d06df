/*
 * health_property_test.c
 *		Random events: joining does not depend on their order or on how they
 *		were grouped.
 */
#include "chance.h"
#include "health_record.h"

/* An event from a few values, so that most of them meet another one. */
static CccdEvent
random_event(void)
{
	CccdEvent	event = {0};
	uint32_t	dice = chance(20);

	event.kind = dice < 6 ? CCCD_DOSE : dice < 12 ? CCCD_TEST : dice % 8;
	event.time = NOON + chance(4) * DAY / 2 + chance(3) * 3600;
	event.until = chance(2) ? CCCD_HEALTH_NO_END : event.time + 1 + chance(3);
	event.disease = 1 + chance(10) / 9;
	if (cccd_kind_has_names(event.kind))
	{
		event.disease = 0;
		event.name = 1 + chance(3);
	}
	event.source = chance(4);
	event.is_signed = chance(2);
	if (event.kind == CCCD_DOSE)
	{
		event.product = chance(4);
		event.number = chance(4);
		event.series = chance(3);
	}
	else if (event.kind == CCCD_TEST)
	{
		event.test = chance(4);
		event.result = chance(4);
	}
	return event;
}

static void
check_properties(void)
{
	long		wrong = 0,
				dropped = 0;

	for (int round = 0; round < 20000; round++)
	{
		CccdEvent	events[48];
		size_t		count = 1 + chance(48);
		size_t		cut1 = chance((uint32_t) count + 1);
		size_t		cut2 = cut1 + chance((uint32_t) (count - cut1) + 1);
		uint32_t	from = chance(3) ? 0 : NOON + chance(DAY);
		Record		whole,
					a,
					b,
					c,
					ab,
					bc,
					left,
					right,
					back,
					again;

		for (size_t i = 0; i < count; i++)
			events[i] = random_event();
		whole = build(events, count, from);
		a = build(events, cut1, from);
		b = build(events + cut1, cut2 - cut1, 0);
		c = build(events + cut2, count - cut2, 0);
		ab = merge(&a, &b);
		bc = merge(&b, &c);
		left = merge(&ab, &c);
		right = merge(&a, &bc);
		back = merge(&c, &ab);
		again = merge(&whole, &whole);
		if (!same_record(&left, &whole) || !same_record(&right, &whole) ||
			!same_record(&back, &whole) || !same_record(&again, &whole))
			wrong++;
		for (size_t i = count; i > 1; i--)
		{
			size_t		j = chance((uint32_t) i);
			CccdEvent	event = events[i - 1];

			events[i - 1] = events[j];
			events[j] = event;
		}
		back = build(events, count, from);
		if (!same_record(&back, &whole))
			wrong++;
		if (from == 0 && whole.status == CCCD_HEALTH_OK &&
			(whole.body[0] & CCCD_HEALTH_HORIZON))
			dropped++;
	}
	CHECK(wrong == 0);
	/* the limit of tests was in play */
	CHECK(dropped > 1000);
}

int
main(void)
{
	check_properties();
	return finish();
}
