/*
 * health_fuzz.c
 *		Texts, bytes that claim to be a record, and events of any values.
 *
 * What is read must be valid, what is valid must be what its own events and
 * its own text make again.  The first byte says what the rest is.
 */
#include <stdlib.h>

#include "health/code_core.h"
#include "health/health_text_core.h"

#define MAX_EVENTS	400

static void
must(bool condition)
{
	if (!condition)
		abort();
}

static size_t
take_apart(const CccdHealthView *view, CccdEvent *events)
{
	size_t		count = 0;

	for (int i = 0; i < view->ndoses; i++)
		cccd_health_dose(view, i, &events[count++]);
	for (int i = 0; i < view->ntests; i++)
		cccd_health_test(view, i, &events[count++]);
	for (int i = 0; i < view->nothers; i++)
		cccd_health_other(view, i, &events[count++]);
	return count;
}

/* A valid record comes back from its events and from its text. */
static void
round_trip(const unsigned char *body, size_t length)
{
	CccdEvent	events[CCCD_HEALTH_MAX_SIZE / 8];
	unsigned char again[CCCD_HEALTH_MAX_SIZE];
	char		written[CCCD_HEALTH_TEXT_SIZE];
	size_t		again_length,
				text_length;
	CccdHealthView view;
	CccdHealthTextError error;

	must(cccd_health_validate(body, length) == CCCD_HEALTH_OK);
	must(cccd_health_open(body, length, &view) == CCCD_HEALTH_OK);
	must(cccd_health_build(events, take_apart(&view, events),
						   view.tests_from, again, &again_length) ==
		 CCCD_HEALTH_OK);
	must(again_length == length && memcmp(again, body, length) == 0);
	text_length = cccd_health_format(&view, written);
	must(text_length < sizeof(written));
	must(cccd_health_parse(written, text_length, again, &again_length, &error) ==
		 CCCD_HEALTH_TEXT_OK);
	must(again_length == length && memcmp(again, body, length) == 0);
}

static void
try_text(const char *text, size_t length)
{
	unsigned char body[CCCD_HEALTH_MAX_SIZE];
	size_t		body_length;
	CccdHealthTextError error;
	CccdHealthTextStatus status = cccd_health_parse(text, length, body,
													&body_length, &error);

	must(error.at <= length);
	if (status == CCCD_HEALTH_TEXT_OK)
		round_trip(body, body_length);
	else if (status == CCCD_HEALTH_TEXT_SYNTAX)
		must(error.expected[0] != '\0');
}

static void
try_bytes(const unsigned char *body, size_t length)
{
	CccdHealthView view;
	CccdEvent	events[CCCD_HEALTH_MAX_SIZE / 8];
	unsigned char built[CCCD_HEALTH_MAX_SIZE];
	size_t		built_length;

	if (cccd_health_open(body, length, &view) != CCCD_HEALTH_OK)
	{
		must(cccd_health_validate(body, length) != CCCD_HEALTH_OK);
		return;
	}
	/* what only looks like a record can be taken apart without harm */
	if (cccd_health_build(events, take_apart(&view, events),
						  view.tests_from, built, &built_length) ==
		CCCD_HEALTH_OK)
		round_trip(built, built_length);
	if (cccd_health_validate(body, length) == CCCD_HEALTH_OK)
		round_trip(body, length);
}

static void
try_events(const unsigned char *data, size_t size)
{
	static CccdEvent events[MAX_EVENTS];
	static CccdEvent parts[MAX_EVENTS];
	size_t		count = size / sizeof(CccdEvent);
	size_t		half;
	unsigned char whole[CCCD_HEALTH_MAX_SIZE];
	unsigned char first[CCCD_HEALTH_MAX_SIZE];
	size_t		whole_length,
				first_length;
	CccdHealthView view;

	if (count > MAX_EVENTS)
		count = MAX_EVENTS;
	half = count / 2;
	if (count > 0)
	{
		memcpy(events, data, count * sizeof(CccdEvent));
		memcpy(parts, data, count * sizeof(CccdEvent));
	}
	if (cccd_health_build(events, count, 0, whole, &whole_length) !=
		CCCD_HEALTH_OK)
		return;
	round_trip(whole, whole_length);

	/* half of it, and then the rest, is the same */
	must(cccd_health_build(parts, half, 0, first, &first_length) ==
		 CCCD_HEALTH_OK);
	must(cccd_health_open(first, first_length, &view) == CCCD_HEALTH_OK);
	count -= half;
	memmove(events, parts + half, count * sizeof(CccdEvent));
	if (count + take_apart(&view, parts) > MAX_EVENTS)
		return;
	count += take_apart(&view, events + count);
	must(cccd_health_build(events, count, view.tests_from, first,
						   &first_length) == CCCD_HEALTH_OK);
	must(first_length == whole_length &&
		 memcmp(first, whole, whole_length) == 0);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	if (size == 0)
		return 0;
	switch (data[0])
	{
		case 'b':
			try_bytes(data + 1, size - 1);
			break;
		case 'e':
			try_events(data + 1, size - 1);
			break;
		default:
			try_text((const char *) data + 1, size - 1);
			break;
	}
	return 0;
}
