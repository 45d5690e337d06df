/*
 * health_core.h
 *		A person's health record as one compact value.
 *
 * A record is a sorted set of events.  Its bytes, after the varlena header:
 *
 *		byte 0		version in the low four bits (1); bit 4 says that the
 *					horizon of the tests follows, bit 5 that the reports of
 *					doses must be weighed against each other (dose_core.h);
 *					bits 6 and 7 are zero
 *		byte 1		number of reports of doses
 *		byte 2		number of tests
 *		byte 3		number of other events
 *		4 bytes		only with bit 4: the second from which on the tests are
 *					complete
 *		8 bytes		a report of a dose, ascending by time
 *		8 bytes		a test, descending by time
 *		12 bytes	another event (CccdEventKind below CCCD_DOSE), ascending
 *					by time
 *
 * A time is seconds since 2000-01-01 00:00 UTC in four bytes, good until 2136.
 * An event is: time (4 bytes), a byte of source (bits 0-1), signed (bit 2) and
 * detail (bits 3-7: dose number, test kind or kind of other event), disease (1
 * byte), and two bytes.  Of a dose these are the product (bits 0-10) and the
 * total of its series (bits 11-15), of a test the result, of a kind that has
 * names (cccd_kind_has_names) the code of its name; another event has zeros
 * there.  Other events have then the second at which they end (4 bytes,
 * exclusive; CCCD_HEALTH_NO_END for none).  An event with a name is about no
 * disease: that byte is zero, of all other events it is not.
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
#define CCCD_HEALTH_WEIGH		0x20	/* in byte 0: doses must be weighed */
#define CCCD_HEALTH_NO_END		UINT32_MAX

/* Bytes of the horizon and of each kind of event. */
#define CCCD_HORIZON_SIZE		4
#define CCCD_DOSE_SIZE			8
#define CCCD_TEST_SIZE			8
#define CCCD_OTHER_SIZE			12

/*
 * The number of a dose and the total number of doses of its series, as they
 * are stated, are at least 1 and at most this; 0 stands for "not stated".
 */
#define CCCD_DOSE_NUMBER_MAX	31

/* Where the parts of an event are; its time comes first. */
#define CCCD_EVENT_FLAGS		4	/* source, signed, detail */
#define CCCD_EVENT_DISEASE		5
#define CCCD_EVENT_CODE			6
#define CCCD_EVENT_UNTIL		8	/* other events only */

/* The two parts of a dose's code. */
#define CCCD_DOSE_PRODUCT		0x7ff
#define CCCD_DOSE_SERIES_SHIFT	11

/*
 * Limits of one record.  More reports of doses or other events are an error;
 * of more tests the newest are kept and the horizon says so.
 */
#define CCCD_HEALTH_MAX_DOSES	31
#define CCCD_HEALTH_MAX_TESTS	12
#define CCCD_HEALTH_MAX_OTHERS	31
#define CCCD_HEALTH_MAX_SIZE \
	(CCCD_HEALTH_HEADER + CCCD_HORIZON_SIZE + \
	 CCCD_HEALTH_MAX_DOSES * CCCD_DOSE_SIZE + \
	 CCCD_HEALTH_MAX_TESTS * CCCD_TEST_SIZE + \
	 CCCD_HEALTH_MAX_OTHERS * CCCD_OTHER_SIZE)

typedef enum CccdEventKind
{
	CCCD_RECOVERY = 0,			/* all before doses are "other events" */
	CCCD_ISOLATION = 1,
	CCCD_EXPOSURE = 2,
	CCCD_CONTRAINDICATION = 3,
	CCCD_CREDENTIAL = 4,		/* insurance, driving licence, permit */
	CCCD_DECLARATION = 5,		/* what somebody says of himself */
	CCCD_REGISTRATION = 6,		/* a vaccination that is booked */
	CCCD_CONSULTATION = 7,		/* a visit to a doctor */
	CCCD_DOSE = 8,
	CCCD_TEST = 9
} CccdEventKind;

/*
 * Whether events of a kind have a name in place of a disease; its codes are
 * those of cccd_kind_names() in code_core.h.
 */
static inline bool
cccd_kind_has_names(int kind)
{
	return kind >= CCCD_CREDENTIAL && kind <= CCCD_CONSULTATION;
}

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
	uint16_t	name;			/* kinds that have names: code, else 0 */
	uint8_t		kind;			/* CccdEventKind */
	uint8_t		disease;		/* code, see code_core.h; 0 with a name */
	uint8_t		source;			/* CccdSource */
	uint8_t		is_signed;		/* a signature stands behind it */
	uint8_t		number;			/* doses: which dose, 0 is not stated */
	uint8_t		series;			/* doses: how many its series has, the same */
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
	bool		weigh_doses;	/* their reports, see dose_core.h */
} CccdHealthView;

typedef enum CccdHealthStatus
{
	CCCD_HEALTH_OK = 0,
	CCCD_HEALTH_BAD_VERSION,
	CCCD_HEALTH_BAD_SIZE,
	CCCD_HEALTH_BAD_EVENT,		/* reserved bits, codes, end before begin */
	CCCD_HEALTH_BAD_ORDER,		/* not sorted, or one says no more than
								 * another */
	CCCD_HEALTH_TOO_MANY_DOSES,
	CCCD_HEALTH_TOO_MANY_OTHERS
} CccdHealthStatus;

/*
 * The parts of an event where it is stored: unaligned, in the machine's byte
 * order.  First its time, in seconds since 2000-01-01 UTC.
 */
static inline uint32_t
cccd_event_time(const unsigned char *event)
{
	uint32_t	time;

	memcpy(&time, event, sizeof(time));
	return time;
}

/* CccdSource */
static inline int
cccd_event_source(const unsigned char *event)
{
	return event[CCCD_EVENT_FLAGS] & 3;
}

/* Whether a signature stands behind it. */
static inline bool
cccd_event_signed(const unsigned char *event)
{
	return (event[CCCD_EVENT_FLAGS] & 4) != 0;
}

/* Number of a dose (0: not stated), kind of a test, CccdEventKind. */
static inline int
cccd_event_detail(const unsigned char *event)
{
	return event[CCCD_EVENT_FLAGS] >> 3;
}

/* The code of the disease, see code_core.h; 0 of an event with a name. */
static inline int
cccd_event_disease(const unsigned char *event)
{
	return event[CCCD_EVENT_DISEASE];
}

/*
 * Product and series of a dose, CccdResult of a test, code of a name, 0 of
 * other events.
 */
static inline int
cccd_event_code(const unsigned char *event)
{
	uint16_t	code;

	memcpy(&code, event + CCCD_EVENT_CODE, sizeof(code));
	return code;
}

/* The product of a dose, 0: not known. */
static inline int
cccd_dose_product(const unsigned char *dose)
{
	return cccd_event_code(dose) & CCCD_DOSE_PRODUCT;
}

/* The stated total number of doses of a dose's series, 0: not stated. */
static inline int
cccd_dose_series(const unsigned char *dose)
{
	return cccd_event_code(dose) >> CCCD_DOSE_SERIES_SHIFT;
}

/* When another event ends, a second, or CCCD_HEALTH_NO_END. */
static inline uint32_t
cccd_event_until(const unsigned char *other)
{
	return cccd_event_time(other + CCCD_EVENT_UNTIL);
}

/* Report i of a dose, from 0, of an open record, the earliest first. */
static inline const unsigned char *
cccd_dose_at(const CccdHealthView *view, int i)
{
	return view->doses + i * CCCD_DOSE_SIZE;
}

/* Test number i, the latest first. */
static inline const unsigned char *
cccd_test_at(const CccdHealthView *view, int i)
{
	return view->tests + i * CCCD_TEST_SIZE;
}

/* Other event number i, the earliest first. */
static inline const unsigned char *
cccd_other_at(const CccdHealthView *view, int i)
{
	return view->others + i * CCCD_OTHER_SIZE;
}

/*
 * Open the bytes of a record for reading.  Version, numbers and length are
 * checked, which is cheap and enough to read no byte outside; what the events
 * say is not.  Returns CCCD_HEALTH_OK, BAD_VERSION or BAD_SIZE, with *view
 * undefined for the latter two.  The view points into the bytes and is good
 * for as long as they are.
 *
 * Inline, because a query over a table does this for each row.
 */
static inline CccdHealthStatus
cccd_health_open(const unsigned char *body, size_t length,
				 CccdHealthView *view)
{
	size_t		horizon;

	if (length < CCCD_HEALTH_HEADER)
		return CCCD_HEALTH_BAD_SIZE;
	if ((body[0] & ~(CCCD_HEALTH_HORIZON | CCCD_HEALTH_WEIGH)) !=
		CCCD_HEALTH_VERSION)
		return CCCD_HEALTH_BAD_VERSION;
	horizon = body[0] & CCCD_HEALTH_HORIZON ? CCCD_HORIZON_SIZE : 0;
	if (body[1] > CCCD_HEALTH_MAX_DOSES)
		return CCCD_HEALTH_BAD_SIZE;
	if (body[2] > CCCD_HEALTH_MAX_TESTS)
		return CCCD_HEALTH_BAD_SIZE;
	if (body[3] > CCCD_HEALTH_MAX_OTHERS)
		return CCCD_HEALTH_BAD_SIZE;
	view->weigh_doses = (body[0] & CCCD_HEALTH_WEIGH) != 0;
	view->ndoses = body[1];
	view->ntests = body[2];
	view->nothers = body[3];
	if (length != CCCD_HEALTH_HEADER + horizon +
		(size_t) view->ndoses * CCCD_DOSE_SIZE +
		(size_t) view->ntests * CCCD_TEST_SIZE +
		(size_t) view->nothers * CCCD_OTHER_SIZE)
		return CCCD_HEALTH_BAD_SIZE;
	view->tests_from = horizon == 0 ? 0 :
		cccd_event_time(body + CCCD_HEALTH_HEADER);
	view->doses = body + CCCD_HEALTH_HEADER + horizon;
	view->tests = cccd_dose_at(view, view->ndoses);
	view->others = cccd_test_at(view, view->ntests);
	return CCCD_HEALTH_OK;
}

/* A record that is not longer has no number that is above its limit. */
#define CCCD_HEALTH_PLAIN_SIZE \
	(CCCD_HEALTH_HEADER + CCCD_HEALTH_MAX_TESTS * CCCD_TEST_SIZE)

/*
 * Whether cccd_health_open accepts the bytes, the reports of doses need not be
 * weighed, and all tests are known.  It is false of long records, too: what is
 * quickly found out about nearly all.
 */
static inline bool
cccd_health_is_plain(const unsigned char *body, size_t length)
{
	return length >= CCCD_HEALTH_HEADER && length <= CCCD_HEALTH_PLAIN_SIZE &&
		body[0] == CCCD_HEALTH_VERSION &&
		length == CCCD_HEALTH_HEADER + (size_t) body[1] * CCCD_DOSE_SIZE +
		(size_t) body[2] * CCCD_TEST_SIZE + (size_t) body[3] * CCCD_OTHER_SIZE;
}

/*
 * Check everything that cccd_health_build makes true: what binary input must
 * pass, and bytes of which every part will be believed.
 */
extern CccdHealthStatus cccd_health_validate(const unsigned char *body,
											 size_t length);

/*
 * Which of two results of one sample stands, the one of the larger rank:
 * pending, inconclusive, negative, positive.  A record cannot tell which one
 * corrects the other, so that the stricter one of two final ones does.
 */
extern int	cccd_result_rank(int result);

/* Most numbers that a record's hash is made of. */
#define CCCD_HEALTH_HASH_INPUT	(CCCD_HEALTH_MAX_SIZE / 4)

/*
 * What the hash of a record is made of: the record as numbers of 32 bits, in
 * the order of its bytes, which are the same on every machine.  Returns how
 * many; equal records give equal numbers.
 */
extern int	cccd_health_hash_input(const CccdHealthView *view,
								   uint32_t input[CCCD_HEALTH_HASH_INPUT]);

/* Report i of a dose, from 0, of an open record, taken apart. */
extern void cccd_health_dose(const CccdHealthView *view, int i,
							 CccdEvent *event);

/* Test number i, taken apart. */
extern void cccd_health_test(const CccdHealthView *view, int i,
							 CccdEvent *event);

/* Other event number i, taken apart. */
extern void cccd_health_other(const CccdHealthView *view, int i,
							  CccdEvent *event);

/*
 * Make the canonical record of events in any order: sorted, without reports
 * that say nothing beyond another one, old tests dropped.  tests_from is the second from which on the tests
 * are complete, 0 for all.  The array is reordered.  out has room for
 * CCCD_HEALTH_MAX_SIZE bytes, of which *length are used.  Returns
 * CCCD_HEALTH_OK, BAD_EVENT, TOO_MANY_DOSES or TOO_MANY_OTHERS; *length is
 * unchanged for the latter three.
 */
extern CccdHealthStatus cccd_health_build(CccdEvent *events, size_t count,
										  uint32_t tests_from,
										  unsigned char *out, size_t *length);

#endif							/* CCCD_HEALTH_CORE_H */
