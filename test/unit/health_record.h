/*
 * health_record.h
 *		Records built of events, opened, compared and joined.
 */
#ifndef HEALTH_RECORD_H
#define HEALTH_RECORD_H

#include "unit.h"

#include <stdlib.h>

#include "health/health_core.h"

#define DAY		86400u
#define NOON	(8000u * DAY + 5 * 3600)	/* 12:00 in Viet Nam */

typedef struct Record
{
	unsigned char body[CCCD_HEALTH_MAX_SIZE];
	size_t		length;
	CccdHealthStatus status;
} Record;

static inline Record
build(const CccdEvent *events, size_t count, uint32_t tests_from)
{
	CccdEvent  *copy = malloc((count + 1) * sizeof(CccdEvent));
	Record		record;

	for (size_t i = 0; i < count; i++)
		copy[i] = events[i];
	record.length = 0;
	record.status = cccd_health_build(copy, count, tests_from, record.body,
									  &record.length);
	free(copy);
	if (record.status == CCCD_HEALTH_OK)
		CHECK(cccd_health_validate(record.body, record.length) ==
			  CCCD_HEALTH_OK);
	return record;
}

static inline size_t
open_record(const Record *record, CccdEvent *events, uint32_t *tests_from)
{
	CccdHealthView view;
	size_t		count = 0;

	CHECK(cccd_health_open(record->body, record->length, &view) ==
		  CCCD_HEALTH_OK);
	for (int i = 0; i < view.ndoses; i++)
		cccd_health_dose(&view, i, &events[count++]);
	for (int i = 0; i < view.ntests; i++)
		cccd_health_test(&view, i, &events[count++]);
	for (int i = 0; i < view.nothers; i++)
		cccd_health_other(&view, i, &events[count++]);
	*tests_from = view.tests_from;
	return count;
}

static inline bool
same_record(const Record *a, const Record *b)
{
	return a->status == b->status &&
		(a->status != CCCD_HEALTH_OK ||
		 (a->length == b->length && memcmp(a->body, b->body, a->length) == 0));
}

static inline Record
merge(const Record *a, const Record *b)
{
	CccdEvent	events[2 * CCCD_HEALTH_MAX_SIZE / 8];
	uint32_t	from_a = 0,
				from_b = 0;
	size_t		count;

	if (a->status != CCCD_HEALTH_OK)
		return *a;
	if (b->status != CCCD_HEALTH_OK)
		return *b;
	count = open_record(a, events, &from_a);
	count += open_record(b, events + count, &from_b);
	return build(events, count, from_a > from_b ? from_a : from_b);
}

#endif							/* HEALTH_RECORD_H */
