/*
 * health_event.c
 *		A health event from the arguments of an SQL function.
 */
#include "base/cccd.h"

#include "utils/timestamp.h"

#include "health/code_core.h"
#include "health/health.h"
#include "health/health_text_core.h"
#include "health/word_core.h"

/* An argument that the function does not have is one that is not given. */
#define ABSENT(arg)		((arg) < 0 || PG_ARGISNULL(arg))

void
cccd_health_out_of_range(void)
{
	ereport(ERROR,
			(errcode(ERRCODE_DATETIME_VALUE_OUT_OF_RANGE),
			 errmsg("time out of range for type %s", "cccd_health"),
			 errdetail("A record holds times between 2000 and 2136.")));
}

int
cccd_health_kind_arg(FunctionCallInfo fcinfo, int arg)
{
	text	   *word = PG_GETARG_TEXT_PP(arg);
	int			kind = cccd_health_kind_find(VARDATA_ANY(word),
											 VARSIZE_ANY_EXHDR(word));

	if (kind < 0)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("unknown kind of health event"),
				 errhint("Kinds are dose, test, recovery, isolation, exposure, contraindication, credential, declaration, registration and consultation.")));
	return kind;
}

static uint32_t
time_arg(FunctionCallInfo fcinfo, int arg)
{
	uint32_t	second;

	if (!cccd_health_event_time(PG_GETARG_TIMESTAMPTZ(arg), &second))
		cccd_health_out_of_range();
	return second;
}

/*
 * The code of a name or, of what other systems have words for too, of one of
 * these; absent is the code if there is no name.
 */
static int
code_arg(FunctionCallInfo fcinfo, int arg, CccdCodeSet set, const char *what,
		 int absent)
{
	text	   *name;
	int			code;

	if (ABSENT(arg))
		return absent;
	name = PG_GETARG_TEXT_PP(arg);
	if (set < CCCD_CODES_SOURCE)
		code = cccd_word_find((CccdWordKind) set, VARDATA_ANY(name),
							  VARSIZE_ANY_EXHDR(name));
	else
		code = cccd_code_find(set, VARDATA_ANY(name),
							  VARSIZE_ANY_EXHDR(name));
	if (code < 0)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("unknown %s", what),
				 errhint("cccd_code_list() lists the known names, cccd_word_list() further words; #NNN is a code without a name.")));
	return code;
}

/* The number of a dose or of the doses of its series; 0 if it is not stated. */
static int
number_arg(FunctionCallInfo fcinfo, int arg, const char *what)
{
	int32		number;

	if (ABSENT(arg))
		return 0;
	number = PG_GETARG_INT32(arg);
	if (number < 1 || number > CCCD_DOSE_NUMBER_MAX)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("%s must be between 1 and %d", what,
						CCCD_DOSE_NUMBER_MAX)));
	return number;
}

/* What a credential and its like is must be known, or it says nothing. */
static int
name_arg(FunctionCallInfo fcinfo, int arg, int kind)
{
	const char *what = cccd_health_kind_name(kind);

	if (ABSENT(arg))
		ereport(ERROR,
				(errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
				 errmsg("the name of a %s must not be null", what)));
	return code_arg(fcinfo, arg, cccd_kind_names(kind), what, 0);
}

/* infinity is the same as no end */
static uint32_t
until_arg(FunctionCallInfo fcinfo, int arg, uint32_t begin)
{
	uint32_t	end;

	if (ABSENT(arg) || TIMESTAMP_IS_NOEND(PG_GETARG_TIMESTAMPTZ(arg)))
		return CCCD_HEALTH_NO_END;
	end = time_arg(fcinfo, arg);
	if (end <= begin)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("a health event must end after it begins")));
	return end;
}

/* An argument that an event of this kind cannot have. */
static void
refuse_arg(FunctionCallInfo fcinfo, int arg, int kind, const char *what)
{
	if (!ABSENT(arg))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("an event of kind \"%s\" has no %s",
						cccd_health_kind_name(kind), what)));
}

/*
 * What every kind of event has first; then what only doses, only tests and
 * only the others have, which the rest must not be given.
 */
void
cccd_health_event_args(FunctionCallInfo fcinfo, const CccdEventArgs *args,
					   int kind, CccdEvent *event)
{
	if (ABSENT(args->at))
		ereport(ERROR,
				(errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
				 errmsg("the time of a health event must not be null")));
	memset(event, 0, sizeof(*event));
	event->kind = (uint8_t) kind;
	event->time = time_arg(fcinfo, args->at);
	if (!cccd_kind_has_names(kind))
		event->disease = code_arg(fcinfo, args->disease, CCCD_CODES_DISEASE,
								  "disease", CCCD_DISEASE_COVID19);
	else
	{
		refuse_arg(fcinfo, args->disease, kind, "disease");
		event->name = name_arg(fcinfo, args->detail, kind);
	}
	event->source = code_arg(fcinfo, args->source, CCCD_CODES_SOURCE,
							 "source", CCCD_SOURCE_DECLARED);
	event->is_signed = !ABSENT(args->is_signed) &&
		PG_GETARG_BOOL(args->is_signed);
	if (kind == CCCD_DOSE)
	{
		event->product = code_arg(fcinfo, args->detail, CCCD_CODES_PRODUCT,
								  "vaccine product", 0);
		event->number = number_arg(fcinfo, args->number, "the number of a dose");
		event->series = number_arg(fcinfo, args->series,
								   "the series of a dose");
	}
	else
	{
		refuse_arg(fcinfo, args->number, kind, "number");
		refuse_arg(fcinfo, args->series, kind, "series");
	}
	if (kind == CCCD_TEST)
	{
		event->test = code_arg(fcinfo, args->detail, CCCD_CODES_TEST,
							   "kind of test", 0);
		/* no result is one that is still awaited */
		event->result = code_arg(fcinfo, args->result, CCCD_CODES_RESULT,
								 "test result", CCCD_RESULT_PENDING);
	}
	else
		refuse_arg(fcinfo, args->result, kind, "result");
	if (kind != CCCD_DOSE && kind != CCCD_TEST)
	{
		if (!cccd_kind_has_names(kind))
			refuse_arg(fcinfo, args->detail, kind, "detail");
		event->until = until_arg(fcinfo, args->until, event->time);
	}
	else
	{
		refuse_arg(fcinfo, args->until, kind, "end");
		event->until = CCCD_HEALTH_NO_END;
	}
}
