/*
 * health_hash_core.c
 *		What the hash of a health record is made of; see health_core.h.
 */
#include "health/health_core.h"

/* The two or three numbers of each event. */
static uint32_t *
add_events(const unsigned char *event, int count, int size, uint32_t *input)
{
	for (; count > 0; count--, event += size)
	{
		*input++ = cccd_event_time(event);
		*input++ = (uint32_t) event[4] | (uint32_t) event[5] << 8 |
			(uint32_t) cccd_event_code(event) << 16;
		if (size > 8)
			*input++ = cccd_event_until(event);
	}
	return input;
}

int
cccd_health_hash_input(const CccdHealthView *view,
					   uint32_t input[CCCD_HEALTH_HASH_INPUT])
{
	uint32_t   *next = input;

	*next++ = (uint32_t) CCCD_HEALTH_VERSION | (uint32_t) view->ndoses << 8 |
		(uint32_t) view->ntests << 16 | (uint32_t) view->nothers << 24;
	*next++ = view->tests_from;
	next = add_events(view->doses, view->ndoses, 8, next);
	next = add_events(view->tests, view->ntests, 8, next);
	next = add_events(view->others, view->nothers, 12, next);
	return (int) (next - input);
}
