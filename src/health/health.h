/*
 * health.h
 *		The health record as a PostgreSQL value: opening one and making one.
 */
#ifndef CCCD_HEALTH_H
#define CCCD_HEALTH_H

#include "base/value.h"

#include "health/health_core.h"

/*
 * The bytes of a record, detoasted but not copied where that can be avoided:
 * the header may be short and the bytes unaligned.  In a table it nearly
 * always is short.
 */
static inline const unsigned char *
cccd_health_body(Datum datum, size_t *length)
{
	struct varlena *value = (struct varlena *) DatumGetPointer(datum);

	if (likely(VARATT_IS_SHORT(value) && !VARATT_IS_EXTERNAL(value)))
	{
		*length = VARSIZE_SHORT(value) - VARHDRSZ_SHORT;
		return (const unsigned char *) VARDATA_SHORT(value);
	}
	value = PG_DETOAST_DATUM_PACKED(datum);
	*length = VARSIZE_ANY_EXHDR(value);
	return (const unsigned char *) VARDATA_ANY(value);
}

/* Open for reading; sizes are checked, what the events say is not. */
static inline void
cccd_health_view(Datum datum, CccdHealthView *view)
{
	size_t		length;
	const unsigned char *body = cccd_health_body(datum, &length);

	if (unlikely(cccd_health_open(body, length, view) != CCCD_HEALTH_OK))
		cccd_value_corrupted("cccd_health");
}

/* Room for the events of a valid record. */
#define CCCD_HEALTH_EVENTS \
	(CCCD_HEALTH_MAX_DOSES + CCCD_HEALTH_MAX_TESTS + CCCD_HEALTH_MAX_OTHERS)

/*
 * Open, check everything, and take apart: events has room for
 * CCCD_HEALTH_EVENTS.  Returns the number of events; *tests_from is the second
 * from which on the tests are complete, 0 for all.  ERRCODE_DATA_CORRUPTED if
 * the bytes are not a record.
 */
extern int	cccd_health_take_apart(Datum datum, CccdEvent *events,
								   uint32_t *tests_from);

/*
 * The record of valid events in any order, which are reordered; tests_from as
 * in cccd_health_build.  ERRCODE_PROGRAM_LIMIT_EXCEEDED if there are too many.
 */
extern Datum cccd_health_from_events(CccdEvent *events, size_t count,
									 uint32_t tests_from);

/*
 * What two records say, as a record's bytes: body has room for
 * CCCD_HEALTH_MAX_SIZE.  Otherwise the status of cccd_health_build().
 * ERRCODE_DATA_CORRUPTED if the bytes of one are not a record.
 */
extern CccdHealthStatus cccd_health_join(Datum a, Datum b,
										 unsigned char *body, size_t *length);

/* The same as a value; ERRCODE_PROGRAM_LIMIT_EXCEEDED if it is too much. */
extern Datum cccd_health_joined(Datum a, Datum b);

/* The bytes of the record that says nothing. */
extern const unsigned char cccd_health_nothing[CCCD_HEALTH_HEADER];

/* The value of a valid record's bytes, which are copied. */
extern Datum cccd_health_from_body(const unsigned char *body, size_t length);

/* For ereport: code, message and detail of a record that is too large. */
extern int	cccd_health_limit_error(CccdHealthStatus status);

/*
 * Which argument of a function says what of an event; -1 where none does, and
 * that is the same as a null.
 */
typedef struct CccdEventArgs
{
	int			at;
	int			disease;
	int			detail;			/* product of a dose, kind of a test, name of
								 * a credential and its like */
	int			result;
	int			until;
	int			source;
	int			is_signed;
	int			number;
	int			series;
} CccdEventArgs;

/* The CccdEventKind of a text argument that is not null, or an error. */
extern int	cccd_health_kind_arg(FunctionCallInfo fcinfo, int arg);

/* Everything else of an event, or an error. */
extern void cccd_health_event_args(FunctionCallInfo fcinfo,
								   const CccdEventArgs *args, int kind,
								   CccdEvent *event);

/* A time that no record can hold: ERRCODE_DATETIME_VALUE_OUT_OF_RANGE. */
pg_noreturn extern void cccd_health_out_of_range(void);

/* A record's time in microseconds. */
static inline int64
cccd_health_timestamp(uint32_t second)
{
	return second * INT64CONST(1000000);
}

#endif							/* CCCD_HEALTH_H */
