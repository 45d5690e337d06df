/*
 * health_agg.c
 *		Aggregates that build the records of many people in one query.
 *
 * A country is five million groups in one hash table, so the state of a group
 * is small: 12 bytes a fact, beginning with room for four, and joined into at
 * most a record's worth of facts whenever a larger array fills.  Joining early
 * gives the same record, because it does not depend on order or grouping.
 */
#include "base/cccd.h"

#include "health/health.h"

/* An event as a state keeps it. */
typedef struct Fact
{
	uint32_t	time;
	uint32_t	value;			/* product and series, result or end, by kind */
	uint8_t		kind;
	uint8_t		disease;		/* with a name: high byte of its code */
	uint8_t		detail;			/* dose number, test kind, low byte of the
								 * code of a name */
	uint8_t		trust;			/* source, and 4 if signed */
} Fact;

/* The state, which is also what a parallel worker sends, byte by byte. */
typedef struct FactArray
{
	uint32_t	tests_from;
	uint16_t	count;
	uint16_t	capacity;		/* facts there is room for */
	Fact		facts[FLEXIBLE_ARRAY_MEMBER];
} FactArray;

/*
 * Sizes double from 64 bytes, which is what palloc rounds to: 4, 10, 20, 42
 * facts and so on.  From 512 bytes on facts are joined before the array grows.
 */
#define FIRST_SIZE			64
#define JOIN_SIZE			512
#define CAPACITY(size) \
	(((size) - offsetof(FactArray, facts)) / sizeof(Fact))

/*
 * Joined facts are at most a record's, an array that still is too small
 * doubles until half of it is free, so no array has more facts than this.
 */
#define MAX_SIZE			2048
#define MAX_FACTS			CAPACITY(MAX_SIZE)
StaticAssertDecl(MAX_FACTS >= 2 * (CCCD_HEALTH_EVENTS + 1),
				 "a state cannot hold a record");

static void
pack(const CccdEvent *event, Fact *fact)
{
	fact->time = event->time;
	fact->kind = event->kind;
	fact->disease = event->disease;
	fact->trust = event->source | event->is_signed << 2;
	fact->detail = 0;
	if (event->kind == CCCD_DOSE)
	{
		fact->value = event->product |
			(uint32_t) event->series << CCCD_DOSE_SERIES_SHIFT;
		fact->detail = event->number;
	}
	else if (event->kind == CCCD_TEST)
	{
		fact->value = event->result;
		fact->detail = event->test;
	}
	else
		fact->value = event->until;
	if (cccd_kind_has_names(event->kind))
	{
		fact->disease = (uint8_t) (event->name >> 8);
		fact->detail = (uint8_t) event->name;
	}
}

static void
unpack(const Fact *fact, CccdEvent *event)
{
	memset(event, 0, sizeof(*event));
	event->time = fact->time;
	event->until = CCCD_HEALTH_NO_END;
	event->kind = fact->kind;
	event->disease = fact->disease;
	event->source = fact->trust & 3;
	event->is_signed = fact->trust >> 2;
	if (fact->kind == CCCD_DOSE)
	{
		event->product = (uint16_t) (fact->value & CCCD_DOSE_PRODUCT);
		event->series = (uint8_t) (fact->value >> CCCD_DOSE_SERIES_SHIFT);
		event->number = fact->detail;
	}
	else if (fact->kind == CCCD_TEST)
	{
		event->result = (uint8_t) fact->value;
		event->test = fact->detail;
	}
	else
		event->until = fact->value;
	if (cccd_kind_has_names(fact->kind))
	{
		event->name = (uint16_t) (fact->disease << 8 | fact->detail);
		event->disease = 0;
	}
}

/* The record that the state stands for, which stays as it is. */
static Datum
state_record(const FactArray *state)
{
	CccdEvent	events[MAX_FACTS];

	for (int i = 0; i < state->count; i++)
		unpack(&state->facts[i], &events[i]);
	return cccd_health_from_events(events, state->count, state->tests_from);
}

/* Replace the facts by those of the record that they make. */
static void
join_facts(FactArray *state)
{
	CccdEvent	events[CCCD_HEALTH_EVENTS];
	Datum		record = state_record(state);

	state->count = (uint16_t) cccd_health_take_apart(record, events,
													 &state->tests_from);
	for (int i = 0; i < state->count; i++)
		pack(&events[i], &state->facts[i]);
	pfree(DatumGetPointer(record));
}

/* The state with room for one more fact, perhaps at another place. */
static FactArray *
make_room(MemoryContext context, FactArray *state)
{
	Size		wanted;
	Size		size = FIRST_SIZE;

	if (state == NULL)
	{
		state = MemoryContextAlloc(context, size);
		state->tests_from = 0;
		state->count = 0;
		state->capacity = CAPACITY(size);
	}
	if (state->count < state->capacity)
		return state;
	wanted = state->count + 1;
	if (state->capacity >= CAPACITY(JOIN_SIZE))
	{
		join_facts(state);
		wanted = 2 * (state->count + 1);
	}
	while (CAPACITY(size) < wanted)
		size *= 2;
	if (CAPACITY(size) > state->capacity)
	{
		state = repalloc(state, size);
		state->capacity = CAPACITY(size);
	}
	return state;
}

static MemoryContext
aggregate_context(FunctionCallInfo fcinfo)
{
	MemoryContext context;

	if (!AggCheckCallContext(fcinfo, &context))
		ereport(ERROR,
				(errcode(ERRCODE_WRONG_OBJECT_TYPE),
				 errmsg("transition function called outside an aggregate")));
	return context;
}

/* The state so far; null before the first fact. */
static FactArray *
state_arg(FunctionCallInfo fcinfo, int arg)
{
	return PG_ARGISNULL(arg) ? NULL : (FactArray *) PG_GETARG_POINTER(arg);
}

static Datum
return_state(FunctionCallInfo fcinfo, FactArray *state)
{
	if (state == NULL)
		PG_RETURN_NULL();
	PG_RETURN_POINTER(state);
}

/* One row: its kind is argument 1, a row without a kind is ignored. */
static Datum
step(FunctionCallInfo fcinfo, const CccdEventArgs *args)
{
	MemoryContext context = aggregate_context(fcinfo);
	FactArray  *state = state_arg(fcinfo, 0);

	if (!PG_ARGISNULL(1))
	{
		CccdEvent	event;

		cccd_health_event_args(fcinfo, args, cccd_health_kind_arg(fcinfo, 1),
							   &event);
		state = make_room(context, state);
		pack(&event, &state->facts[state->count++]);
	}
	return return_state(fcinfo, state);
}

/*
 * (state, kind, at, disease, detail, result, until, source, signed, number,
 * series)
 */
PG_FUNCTION_INFO_V1(cccd_health_agg_step);
Datum
cccd_health_agg_step(PG_FUNCTION_ARGS)
{
	static const CccdEventArgs args = {
		.at = 2,
		.disease = 3,
		.detail = 4,
		.result = 5,
		.until = 6,
		.source = 7,
		.is_signed = 8,
		.number = 9,
		.series = 10
	};

	return step(fcinfo, &args);
}

/*
 * (state, kind, at, detail, result, until)
 */
PG_FUNCTION_INFO_V1(cccd_health_agg_step_short);
Datum
cccd_health_agg_step_short(PG_FUNCTION_ARGS)
{
	static const CccdEventArgs args = {
		.at = 2,
		.detail = 3,
		.result = 4,
		.until = 5,
		.disease = -1,
		.source = -1,
		.is_signed = -1,
		.number = -1,
		.series = -1
	};

	return step(fcinfo, &args);
}

/*
 * (state, health): the facts of a whole record
 */
PG_FUNCTION_INFO_V1(cccd_health_merge_step);
Datum
cccd_health_merge_step(PG_FUNCTION_ARGS)
{
	MemoryContext context = aggregate_context(fcinfo);
	FactArray  *state = state_arg(fcinfo, 0);

	if (!PG_ARGISNULL(1))
	{
		CccdEvent	events[CCCD_HEALTH_EVENTS];
		uint32_t	tests_from;
		int			count = cccd_health_take_apart(PG_GETARG_DATUM(1), events,
												   &tests_from);

		for (int i = 0; i < count; i++)
		{
			state = make_room(context, state);
			pack(&events[i], &state->facts[state->count++]);
		}
		if (tests_from > 0)
		{
			state = make_room(context, state);
			state->tests_from = Max(state->tests_from, tests_from);
		}
	}
	return return_state(fcinfo, state);
}

/*
 * The facts of two parallel workers; the second state may be gone soon.
 */
PG_FUNCTION_INFO_V1(cccd_health_agg_combine);
Datum
cccd_health_agg_combine(PG_FUNCTION_ARGS)
{
	MemoryContext context = aggregate_context(fcinfo);
	FactArray  *state = state_arg(fcinfo, 0);
	FactArray  *other = state_arg(fcinfo, 1);

	if (other != NULL)
	{
		for (int i = 0; i < other->count; i++)
		{
			state = make_room(context, state);
			state->facts[state->count++] = other->facts[i];
		}
		if (other->tests_from > 0)
		{
			state = make_room(context, state);
			state->tests_from = Max(state->tests_from, other->tests_from);
		}
	}
	return return_state(fcinfo, state);
}

/*
 * The used part of a state, for a process on the same machine.
 */
PG_FUNCTION_INFO_V1(cccd_health_agg_serialize);
Datum
cccd_health_agg_serialize(PG_FUNCTION_ARGS)
{
	FactArray  *state;
	Size		size;
	bytea	   *result;

	(void) aggregate_context(fcinfo);
	state = (FactArray *) PG_GETARG_POINTER(0);
	size = offsetof(FactArray, facts) + state->count * sizeof(Fact);
	result = palloc(VARHDRSZ + size);
	SET_VARSIZE(result, VARHDRSZ + size);
	memcpy(VARDATA(result), state, size);
	PG_RETURN_BYTEA_P(result);
}

PG_FUNCTION_INFO_V1(cccd_health_agg_deserialize);
Datum
cccd_health_agg_deserialize(PG_FUNCTION_ARGS)
{
	bytea	   *bytes;
	Size		size;
	FactArray  *state;

	(void) aggregate_context(fcinfo);
	bytes = PG_GETARG_BYTEA_PP(0);
	size = VARSIZE_ANY_EXHDR(bytes);
	if (size < offsetof(FactArray, facts) || size > MAX_SIZE)
		cccd_value_corrupted("cccd_health");
	state = palloc(size);
	memcpy(state, VARDATA_ANY(bytes), size);
	if (size != offsetof(FactArray, facts) + state->count * sizeof(Fact))
		cccd_value_corrupted("cccd_health");
	state->capacity = state->count;
	PG_RETURN_POINTER(state);
}

/*
 * The record of a group; a group without facts has the empty record.
 */
PG_FUNCTION_INFO_V1(cccd_health_agg_final);
Datum
cccd_health_agg_final(PG_FUNCTION_ARGS)
{
	FactArray  *state;

	(void) aggregate_context(fcinfo);
	state = state_arg(fcinfo, 0);
	if (state == NULL)
		PG_RETURN_DATUM(cccd_health_from_events(NULL, 0, 0));
	PG_RETURN_DATUM(state_record(state));
}
