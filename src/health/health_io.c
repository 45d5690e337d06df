/*
 * health_io.c
 *		Text and binary form of cccd_health.
 */
#include "base/cccd.h"

#include "libpq/pqformat.h"
#include "mb/pg_wchar.h"

#include "health/dose_core.h"
#include "health/health.h"
#include "health/health_text_core.h"

/* Version of the binary form, which is not that of the bytes on disk. */
#define BINARY_VERSION	1

int
cccd_health_limit_error(CccdHealthStatus status)
{
	errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED);
	errmsg("too many events in a health record");
	if (status == CCCD_HEALTH_TOO_MANY_DOSES)
		return errdetail("A record has at most %d reports of doses.",
						 CCCD_HEALTH_MAX_DOSES);
	return errdetail("A record has at most %d recoveries, isolations, exposures, contraindications, credentials, declarations, registrations and consultations.",
					 CCCD_HEALTH_MAX_OTHERS);
}

Datum
cccd_health_from_body(const unsigned char *body, size_t length)
{
	struct varlena *result = palloc(VARHDRSZ + length);

	SET_VARSIZE(result, VARHDRSZ + length);
	memcpy(VARDATA(result), body, length);
	return PointerGetDatum(result);
}

/*
 * The text of a record, see health_text_core.h.
 */
PG_FUNCTION_INFO_V1(cccd_health_in);
Datum
cccd_health_in(PG_FUNCTION_ARGS)
{
	char	   *text = PG_GETARG_CSTRING(0);
	unsigned char body[CCCD_HEALTH_MAX_SIZE];
	size_t		length;
	CccdHealthTextError error;
	CccdHealthTextStatus status = cccd_health_parse(text, strlen(text), body,
													&length, &error);
	int			character;

	if (status == CCCD_HEALTH_TEXT_OK)
		PG_RETURN_DATUM(cccd_health_from_body(body, length));
	character = pg_mbstrlen_with_len(text, (int) error.at) + 1;
	switch (status)
	{
		case CCCD_HEALTH_TEXT_RANGE:
			ereturn(fcinfo->context, (Datum) 0,
					(errcode(ERRCODE_DATETIME_VALUE_OUT_OF_RANGE),
					 errmsg("time out of range for type %s", "cccd_health"),
					 errdetail("The time at character %d is not between 2000 and 2136.",
							   character)));
		case CCCD_HEALTH_TEXT_EVENT_COUNT:
			ereturn(fcinfo->context, (Datum) 0,
					(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
					 errmsg("too many events in a health record"),
					 errdetail("A text has at most %d events.",
							   CCCD_HEALTH_TEXT_EVENTS)));
		case CCCD_HEALTH_TEXT_DOSE_COUNT:
			ereturn(fcinfo->context, (Datum) 0,
					(cccd_health_limit_error(CCCD_HEALTH_TOO_MANY_DOSES)));
		case CCCD_HEALTH_TEXT_OTHER_COUNT:
			ereturn(fcinfo->context, (Datum) 0,
					(cccd_health_limit_error(CCCD_HEALTH_TOO_MANY_OTHERS)));
		default:
			ereturn(fcinfo->context, (Datum) 0,
					(errcode(ERRCODE_INVALID_TEXT_REPRESENTATION),
					 errmsg("invalid input syntax for type %s", "cccd_health"),
					 errdetail("Expected %s at character %d.",
							   error.expected, character)));
	}
}

/* Open a value of which every bit will be looked at. */
static void
valid_view(Datum datum, CccdHealthView *view)
{
	size_t		length;
	const unsigned char *body = cccd_health_body(datum, &length);

	if (cccd_health_validate(body, length) != CCCD_HEALTH_OK ||
		cccd_health_open(body, length, view) != CCCD_HEALTH_OK)
		cccd_value_corrupted("cccd_health");
}

PG_FUNCTION_INFO_V1(cccd_health_out);
Datum
cccd_health_out(PG_FUNCTION_ARGS)
{
	CccdHealthView view;
	char		written[CCCD_HEALTH_TEXT_SIZE];
	size_t		length;

	valid_view(PG_GETARG_DATUM(0), &view);
	length = cccd_health_format(&view, written);
	PG_RETURN_CSTRING(pnstrdup(written, length));
}

int
cccd_health_take_apart(Datum datum, CccdEvent *events, uint32_t *tests_from)
{
	CccdHealthView view;
	int			count = 0;

	valid_view(datum, &view);
	for (int i = 0; i < view.ndoses; i++)
		cccd_health_dose(&view, i, &events[count++]);
	for (int i = 0; i < view.ntests; i++)
		cccd_health_test(&view, i, &events[count++]);
	for (int i = 0; i < view.nothers; i++)
		cccd_health_other(&view, i, &events[count++]);
	*tests_from = view.tests_from;
	return count;
}

/*
 * The binary form, in network order: version, numbers of doses, tests and
 * other events (1 byte each), horizon (4, 0 for none), and the events as
 * health_core.h describes them.
 */
static void
send_events(StringInfo buf, const unsigned char *event, int count, int size)
{
	for (int i = 0; i < count; i++, event += size)
	{
		pq_sendint32(buf, cccd_event_time(event));
		pq_sendint8(buf, event[CCCD_EVENT_FLAGS]);
		pq_sendint8(buf, event[CCCD_EVENT_DISEASE]);
		pq_sendint16(buf, (uint16) cccd_event_code(event));
		if (size > CCCD_EVENT_UNTIL)
			pq_sendint32(buf, cccd_event_until(event));
	}
}

PG_FUNCTION_INFO_V1(cccd_health_send);
Datum
cccd_health_send(PG_FUNCTION_ARGS)
{
	CccdHealthView view;
	StringInfoData buf;

	valid_view(PG_GETARG_DATUM(0), &view);
	pq_begintypsend(&buf);
	pq_sendint8(&buf, BINARY_VERSION);
	pq_sendint8(&buf, (uint8) view.ndoses);
	pq_sendint8(&buf, (uint8) view.ntests);
	pq_sendint8(&buf, (uint8) view.nothers);
	pq_sendint32(&buf, view.tests_from);
	send_events(&buf, view.doses, view.ndoses, CCCD_DOSE_SIZE);
	send_events(&buf, view.tests, view.ntests, CCCD_TEST_SIZE);
	send_events(&buf, view.others, view.nothers, CCCD_OTHER_SIZE);
	PG_RETURN_BYTEA_P(pq_endtypsend(&buf));
}

static void
receive32(StringInfo buf, unsigned char *p)
{
	uint32		value = pq_getmsgint(buf, 4);

	memcpy(p, &value, sizeof(value));
}

static unsigned char *
receive_events(StringInfo buf, unsigned char *event, int count, int size)
{
	for (int i = 0; i < count; i++, event += size)
	{
		uint16		code;

		receive32(buf, event);
		event[CCCD_EVENT_FLAGS] = (unsigned char) pq_getmsgbyte(buf);
		event[CCCD_EVENT_DISEASE] = (unsigned char) pq_getmsgbyte(buf);
		code = (uint16) pq_getmsgint(buf, 2);
		memcpy(event + CCCD_EVENT_CODE, &code, sizeof(code));
		if (size > CCCD_EVENT_UNTIL)
			receive32(buf, event + CCCD_EVENT_UNTIL);
	}
	return event;
}

static void
refuse_binary(void)
{
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_BINARY_REPRESENTATION),
			 errmsg("invalid binary representation of type %s",
					"cccd_health")));
}

PG_FUNCTION_INFO_V1(cccd_health_recv);
Datum
cccd_health_recv(PG_FUNCTION_ARGS)
{
	StringInfo	buf = (StringInfo) PG_GETARG_POINTER(0);
	unsigned char body[CCCD_HEALTH_MAX_SIZE];
	unsigned char *p = body + CCCD_HEALTH_HEADER;
	uint32		tests_from;

	if (pq_getmsgbyte(buf) != BINARY_VERSION)
		refuse_binary();
	body[0] = CCCD_HEALTH_VERSION;
	for (int i = 1; i < CCCD_HEALTH_HEADER; i++)
		body[i] = (unsigned char) pq_getmsgbyte(buf);
	if (body[1] > CCCD_HEALTH_MAX_DOSES || body[2] > CCCD_HEALTH_MAX_TESTS ||
		body[3] > CCCD_HEALTH_MAX_OTHERS)
		refuse_binary();
	tests_from = pq_getmsgint(buf, 4);
	if (tests_from > 0)
	{
		body[0] |= CCCD_HEALTH_HORIZON;
		memcpy(p, &tests_from, CCCD_HORIZON_SIZE);
		p += CCCD_HORIZON_SIZE;
	}
	p = receive_events(buf, p, body[1], CCCD_DOSE_SIZE);
	if (cccd_doses_weigh(p - body[1] * CCCD_DOSE_SIZE, body[1]))
		body[0] |= CCCD_HEALTH_WEIGH;
	p = receive_events(buf, p, body[2], CCCD_TEST_SIZE);
	p = receive_events(buf, p, body[3], CCCD_OTHER_SIZE);
	if (cccd_health_validate(body, p - body) != CCCD_HEALTH_OK)
		refuse_binary();
	PG_RETURN_DATUM(cccd_health_from_body(body, p - body));
}

/*
 * cccd_health_hash(cccd_health), and with a seed: the same on every machine.
 */
PG_FUNCTION_INFO_V1(cccd_health_hash);
Datum
cccd_health_hash(PG_FUNCTION_ARGS)
{
	CccdHealthView view;
	uint32		input[CCCD_HEALTH_HASH_INPUT];

	cccd_health_view(PG_GETARG_DATUM(0), &view);
	return cccd_hash_numbers(input, cccd_health_hash_input(&view, input));
}

PG_FUNCTION_INFO_V1(cccd_health_hash_extended);
Datum
cccd_health_hash_extended(PG_FUNCTION_ARGS)
{
	CccdHealthView view;
	uint32		input[CCCD_HEALTH_HASH_INPUT];

	cccd_health_view(PG_GETARG_DATUM(0), &view);
	return cccd_hash_numbers_extended(input,
									  cccd_health_hash_input(&view, input),
									  PG_GETARG_INT64(1));
}
