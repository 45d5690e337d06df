/*
 * health_text_core.h
 *		The text form of a health record.
 *
 *		dose 2021-06-01 08:00:00+07 product 'EU/1/20/1528' number 2 series 2
 *			national;
 *		test 2021-11-14 08:00:00+07 pcr negative national signed;
 *		isolation 2021-08-01 00:00:00+07 until 2021-08-15 00:00:00+07 paper;
 *		credential 2021-01-01 00:00:00+07 insurance national;
 *		declaration 2021-11-16 08:00:00+07 until 2021-11-17 08:00:00+07
 *			no_symptoms declared;
 *		tests from 2021-01-01 00:00:00+07
 *
 * Written are the doses (oldest first), the tests (newest first), the other
 * events (oldest first) and, where tests are missing, from when on they are
 * complete.  Read are events in any order, their words in any order and case,
 * with any white space.  Times are written and, where the zone is left out,
 * read in Viet Nam's time, whatever the session's is.
 */
#ifndef CCCD_HEALTH_TEXT_CORE_H
#define CCCD_HEALTH_TEXT_CORE_H

#include "health/health_core.h"

/* Room for the longest text with its final zero byte. */
#define CCCD_HEALTH_EVENT_TEXT	200
#define CCCD_HEALTH_TEXT_SIZE \
	(CCCD_HEALTH_EVENT_TEXT * \
	 (CCCD_HEALTH_MAX_DOSES + CCCD_HEALTH_MAX_TESTS + \
	  CCCD_HEALTH_MAX_OTHERS + 1))

/* Events that a text may hold before duplicates are joined. */
#define CCCD_HEALTH_TEXT_EVENTS	256

typedef enum CccdHealthTextStatus
{
	CCCD_HEALTH_TEXT_OK = 0,
	CCCD_HEALTH_TEXT_SYNTAX,	/* expected and at say what and where */
	CCCD_HEALTH_TEXT_RANGE,		/* at is a time that a record cannot hold */
	CCCD_HEALTH_TEXT_EVENT_COUNT,	/* more than CCCD_HEALTH_TEXT_EVENTS */
	CCCD_HEALTH_TEXT_DOSE_COUNT,
	CCCD_HEALTH_TEXT_OTHER_COUNT
} CccdHealthTextStatus;

typedef struct CccdHealthTextError
{
	size_t		at;				/* byte of the text, from 0 */
	const char *expected;		/* "a time", never part of the text */
} CccdHealthTextError;

/*
 * The second at which a record puts an event of this time (microseconds since
 * 2000-01-01 UTC): the one in which it lies.  false: before 2000-01-01 UTC or
 * after 2136.
 */
extern bool cccd_health_event_time(int64_t time, uint32_t *second);

/*
 * The first second from which on tests are complete, if they are from this
 * time on: the one in which it lies only if it begins then.  false as above.
 */
extern bool cccd_health_horizon_time(int64_t time, uint32_t *second);

/*
 * Read the text of a record into its canonical bytes; out has room for
 * CCCD_HEALTH_MAX_SIZE.  After an error only *error is set.
 */
extern CccdHealthTextStatus cccd_health_parse(const char *input, size_t length,
											  unsigned char *out,
											  size_t *out_length,
											  CccdHealthTextError *error);

/*
 * The text of a valid record; out has room for CCCD_HEALTH_TEXT_SIZE bytes.
 * Returns the length without the final zero byte.
 */
extern size_t cccd_health_format(const CccdHealthView *view, char *out);

/* The word of a CccdEventKind. */
extern const char *cccd_health_kind_name(int kind);

/* The CccdEventKind of a word in any case, or -1. */
extern int	cccd_health_kind_find(const char *name, size_t length);

#endif							/* CCCD_HEALTH_TEXT_CORE_H */
