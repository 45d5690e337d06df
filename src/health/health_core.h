/*
 * health_core.h
 *		A person's health record as one compact value.
 *
 * A record is a sorted set of events.  Its bytes, after the varlena header:
 *
 *		byte 0		version in the low four bits (1); bit 4 says that the
 *					horizon of the tests follows; bits 5-7 are zero
 *		byte 1		number of doses
 *		byte 2		number of tests
 *		byte 3		number of other events
 *		4 bytes		only with bit 4: the second from which on the tests are
 *					complete
 *		8 bytes		a dose, ascending by time
 *		8 bytes		a test, descending by time
 *		12 bytes	another event (recovery, isolation, exposure,
 *					contraindication), ascending by time
 *
 * A time is seconds since 2000-01-01 00:00 UTC in four bytes, good until 2136.
 * An event is: time (4 bytes), a byte of source (bits 0-1), signed (bit 2) and
 * detail (bits 3-7: dose number, test kind or kind of other event), disease (1
 * byte), and two bytes of product (dose) or result (test); another event has
 * two zero bytes there and then the second at which it ends (4 bytes,
 * exclusive; CCCD_HEALTH_NO_END for none).
 *
 * Records are read in place and unaligned, in the machine's byte order.
 */
#ifndef CCCD_HEALTH_CORE_H
#define CCCD_HEALTH_CORE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#define CCCD_HEALTH_VERSION		1
#define CCCD_HEALTH_HEADER		4
#define CCCD_HEALTH_HORIZON		0x10	/* in byte 0: the horizon follows */
#define CCCD_HEALTH_NO_END		UINT32_MAX

/*
 * Limits of one record.  More doses or other events are an error; of more
 * tests the newest are kept and the horizon says so.
 */
#define CCCD_HEALTH_MAX_DOSES	31
#define CCCD_HEALTH_MAX_TESTS	12
#define CCCD_HEALTH_MAX_OTHERS	31
#define CCCD_HEALTH_MAX_SIZE \
	(CCCD_HEALTH_HEADER + 4 + CCCD_HEALTH_MAX_DOSES * 8 + \
	 CCCD_HEALTH_MAX_TESTS * 8 + CCCD_HEALTH_MAX_OTHERS * 12)

typedef enum CccdEventKind
{
	CCCD_RECOVERY = 0,			/* the first four are "other events" */
	CCCD_ISOLATION = 1,
	CCCD_EXPOSURE = 2,
	CCCD_CONTRAINDICATION = 3,
	CCCD_DOSE = 4,
	CCCD_TEST = 5
} CccdEventKind;

/* Where a fact comes from, from weak to strong. */
typedef enum CccdSource
{
	CCCD_SOURCE_DECLARED = 0,
	CCCD_SOURCE_PAPER = 1,
	CCCD_SOURCE_CERTIFICATE = 2,
	CCCD_SOURCE_NATIONAL = 3
} CccdSource;

typedef enum CccdResult
{
	CCCD_RESULT_NEGATIVE = 0,
	CCCD_RESULT_POSITIVE = 1,
	CCCD_RESULT_INCONCLUSIVE = 2,
	CCCD_RESULT_PENDING = 3
} CccdResult;

/* An event taken apart. */
typedef struct CccdEvent
{
	uint32_t	time;			/* seconds since 2000-01-01 UTC */
	uint32_t	until;			/* other events: end, or CCCD_HEALTH_NO_END */
	uint16_t	product;		/* doses: code, 0 is not known */
	uint8_t		kind;			/* CccdEventKind */
	uint8_t		disease;		/* code, see code_core.h */
	uint8_t		source;			/* CccdSource */
	uint8_t		is_signed;		/* a signature stands behind it */
	uint8_t		number;			/* doses: which dose, 0 is not stated */
	uint8_t		test;			/* tests: kind code, 0 is not known */
	uint8_t		result;			/* tests: CccdResult */
} CccdEvent;

/* A record opened for reading; points into the record's bytes. */
typedef struct CccdHealthView
{
	const unsigned char *doses;
	const unsigned char *tests;
	const unsigned char *others;
	int			ndoses;
	int			ntests;
	int			nothers;
	uint32_t	tests_from;		/* tests are complete from here on; 0: all */
} CccdHealthView;

typedef enum CccdHealthStatus
{
	CCCD_HEALTH_OK = 0,
	CCCD_HEALTH_BAD_VERSION,
	CCCD_HEALTH_BAD_SIZE,
	CCCD_HEALTH_BAD_EVENT,		/* reserved bits, codes, end before begin */
	CCCD_HEALTH_BAD_ORDER,		/* not sorted or not distinct */
	CCCD_HEALTH_TOO_MANY_DOSES,
	CCCD_HEALTH_TOO_MANY_OTHERS
} CccdHealthStatus;

static inline uint32_t
cccd_load32(const unsigned char *p)
{
	uint32_t	value;

	memcpy(&value, p, sizeof(value));
	return value;
}

static inline uint16_t
cccd_load16(const unsigned char *p)
{
	uint16_t	value;

	memcpy(&value, p, sizeof(value));
	return value;
}

/* The parts of an event that evaluation reads in place. */
static inline uint32_t
cccd_event_time(const unsigned char *event)
{
	return cccd_load32(event);
}

static inline int
cccd_event_source(const unsigned char *event)
{
	return event[4] & 3;
}

static inline bool
cccd_event_signed(const unsigned char *event)
{
	return (event[4] & 4) != 0;
}

static inline int
cccd_event_detail(const unsigned char *event)
{
	return event[4] >> 3;
}

static inline int
cccd_event_disease(const unsigned char *event)
{
	return event[5];
}

static inline int
cccd_event_code(const unsigned char *event)
{
	return cccd_load16(event + 6);
}

static inline uint32_t
cccd_event_until(const unsigned char *other)
{
	return cccd_load32(other + 8);
}

/* Version and sizes only: cheap, and enough to read no byte outside. */
extern CccdHealthStatus cccd_health_open(const unsigned char *body,
										 size_t length, CccdHealthView *view);

/* Everything: what binary input, and a cast from bytes, must pass. */
extern CccdHealthStatus cccd_health_validate(const unsigned char *body,
											 size_t length);

/* Most numbers that a record's hash is made of. */
#define CCCD_HEALTH_HASH_INPUT	(CCCD_HEALTH_MAX_SIZE / 4)

/*
 * What the hash of a record is made of: the record as numbers of 32 bits, in
 * the order of its bytes, which are the same on every machine.  Returns how
 * many; equal records give equal numbers.
 */
extern int	cccd_health_hash_input(const CccdHealthView *view,
								   uint32_t input[CCCD_HEALTH_HASH_INPUT]);

extern void cccd_health_dose(const CccdHealthView *view, int i,
							 CccdEvent *event);
extern void cccd_health_test(const CccdHealthView *view, int i,
							 CccdEvent *event);
extern void cccd_health_other(const CccdHealthView *view, int i,
							  CccdEvent *event);

/*
 * Make the canonical record of events in any order: sorted, duplicates
 * joined, old tests dropped.  The array is reordered.  out has room for
 * CCCD_HEALTH_MAX_SIZE bytes.
 */
extern CccdHealthStatus cccd_health_build(CccdEvent *events, size_t count,
										  uint32_t tests_from,
										  unsigned char *out, size_t *length);

#endif							/* CCCD_HEALTH_CORE_H */
