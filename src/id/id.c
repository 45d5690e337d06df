/*
 * id.c
 *		The type cccd_id: input and output, casts, what the digits say.
 *
 * A value is an int64 from 0 to CCCD_ID_MAX, passed by value, so everything
 * that orders, compares, hashes and sends it is the server's own int8 code.
 *
 * No message contains the number or any part of it: messages end in logs.
 */
#include "base/cccd.h"

#include "libpq/pqformat.h"
#include "utils/builtins.h"
#include "utils/date.h"
#include "utils/datetime.h"
#include "utils/uuid.h"

#include "id/id_core.h"
#include "id/pseudonym_core.h"

#define PG_GETARG_CCCD_ID(n)	PG_GETARG_INT64(n)
#define PG_RETURN_CCCD_ID(x)	PG_RETURN_INT64(x)

/*
 * Input: exactly twelve ASCII digits.  Blanks are refused as well: whoever
 * has text with blanks around a number should see that before it is a key.
 */
PG_FUNCTION_INFO_V1(cccd_id_in);
Datum
cccd_id_in(PG_FUNCTION_ARGS)
{
	char	   *text = PG_GETARG_CSTRING(0);
	int64_t		id = 0;
	size_t		where = 0;

	switch (cccd_id_parse(text, strlen(text), &id, &where))
	{
		case CCCD_ID_OK:
			break;
		case CCCD_ID_BAD_LENGTH:
			ereturn(fcinfo->context, (Datum) 0,
					(errcode(ERRCODE_INVALID_TEXT_REPRESENTATION),
					 errmsg("invalid input syntax for type %s", "cccd_id"),
					 errdetail("Expected %d digits, found %zu.",
							   CCCD_ID_DIGITS, where)));
		case CCCD_ID_BAD_CHARACTER:
			ereturn(fcinfo->context, (Datum) 0,
					(errcode(ERRCODE_INVALID_TEXT_REPRESENTATION),
					 errmsg("invalid input syntax for type %s", "cccd_id"),
					 errdetail("Character %zu is not a digit.", where)));
	}
	PG_RETURN_CCCD_ID(id);
}

/* Output: always twelve digits. */
PG_FUNCTION_INFO_V1(cccd_id_out);
Datum
cccd_id_out(PG_FUNCTION_ARGS)
{
	char	   *result = palloc(CCCD_ID_DIGITS + 1);

	cccd_id_format(PG_GETARG_CCCD_ID(0), result);
	PG_RETURN_CSTRING(result);
}

/* Binary input: int8's format, and the range of the text input. */
PG_FUNCTION_INFO_V1(cccd_id_recv);
Datum
cccd_id_recv(PG_FUNCTION_ARGS)
{
	int64_t		id = pq_getmsgint64((StringInfo) PG_GETARG_POINTER(0));

	if (!cccd_id_in_range(id))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_BINARY_REPRESENTATION),
				 errmsg("invalid external \"%s\" value", "cccd_id"),
				 errdetail("The value is not between 0 and 999999999999.")));
	PG_RETURN_CCCD_ID(id);
}

/* Refuse a value that is not a number, without repeating it. */
pg_noreturn static void
refuse_cast(const char *type)
{
	ereport(ERROR,
			(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
			 errmsg("%s out of range for type %s", type, "cccd_id"),
			 errdetail("The value is not a whole number between 0 and 999999999999.")));
}

/* bigint to cccd_id */
PG_FUNCTION_INFO_V1(cccd_id_from_bigint);
Datum
cccd_id_from_bigint(PG_FUNCTION_ARGS)
{
	int64_t		id = PG_GETARG_INT64(0);

	if (!cccd_id_in_range(id))
		refuse_cast("bigint");
	PG_RETURN_CCCD_ID(id);
}

/* integer to cccd_id */
PG_FUNCTION_INFO_V1(cccd_id_from_integer);
Datum
cccd_id_from_integer(PG_FUNCTION_ARGS)
{
	int32		id = PG_GETARG_INT32(0);

	if (!cccd_id_in_range(id))
		refuse_cast("integer");
	PG_RETURN_CCCD_ID(id);
}

/* numeric to cccd_id: whole numbers, whatever their scale; never rounded */
PG_FUNCTION_INFO_V1(cccd_id_from_numeric);
Datum
cccd_id_from_numeric(PG_FUNCTION_ARGS)
{
	char	   *text = DatumGetCString(DirectFunctionCall1(numeric_out,
														   PG_GETARG_DATUM(0)));
	int64_t		id;

	if (!cccd_id_from_decimal(text, strlen(text), &id))
		refuse_cast("numeric");
	pfree(text);
	PG_RETURN_CCCD_ID(id);
}

/* 'M' or 'F' */
PG_FUNCTION_INFO_V1(cccd_id_sex);
Datum
cccd_id_sex(PG_FUNCTION_ARGS)
{
	char		sex = cccd_id_sex_of(PG_GETARG_CCCD_ID(0));

	PG_RETURN_TEXT_P(cstring_to_text_with_len(&sex, 1));
}

/* 1900 .. 2399 */
PG_FUNCTION_INFO_V1(cccd_id_birth_year);
Datum
cccd_id_birth_year(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT16((int16) cccd_id_birth_year_of(PG_GETARG_CCCD_ID(0)));
}

/* The letter of Doc 9303: M, F, or X for a sex that is not stated. */
static char
sex_argument(text *sex)
{
	if (VARSIZE_ANY_EXHDR(sex) == 1)
	{
		switch (*VARDATA_ANY(sex))
		{
			case 'M':
				return 'M';
			case 'F':
				return 'F';
			case 'X':
				return 0;
		}
	}
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("invalid sex"),
			 errhint("Use \"M\", \"F\", or \"X\" for a sex that is not stated.")));
	return 0;
}

/* The year of a date as the number could hold it; -1 where it never could. */
static int
year_argument(DateADT date)
{
	int			year,
				month,
				day;

	if (DATE_NOT_FINITE(date))
		return -1;
	j2date(date + POSTGRES_EPOCH_JDATE, &year, &month, &day);
	return year > 0 ? year : -1;
}

/*
 * Whether number and card agree.  What is not known is not compared; where
 * there is nothing to compare the answer is not known either.
 */
PG_FUNCTION_INFO_V1(cccd_id_fits);
Datum
cccd_id_fits(PG_FUNCTION_ARGS)
{
	int			year = PG_ARGISNULL(1) ? 0 : year_argument(PG_GETARG_DATEADT(1));
	char		sex = PG_ARGISNULL(2) ? 0 : sex_argument(PG_GETARG_TEXT_PP(2));

	if (PG_ARGISNULL(0) || (year == 0 && sex == 0))
		PG_RETURN_NULL();
	PG_RETURN_BOOL(cccd_id_agrees(PG_GETARG_CCCD_ID(0), year, sex));
}

/* Asterisks, and the last digits in clear. */
PG_FUNCTION_INFO_V1(cccd_id_mask);
Datum
cccd_id_mask(PG_FUNCTION_ARGS)
{
	int32		keep = PG_GETARG_INT32(1);
	char		masked[CCCD_ID_DIGITS + 1];

	if (keep < 0 || keep > CCCD_ID_DIGITS)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("number of digits to keep must be between 0 and %d",
						CCCD_ID_DIGITS)));
	cccd_id_format_masked(PG_GETARG_CCCD_ID(0), keep, masked);
	PG_RETURN_TEXT_P(cstring_to_text_with_len(masked, CCCD_ID_DIGITS));
}

/* The keyed stand-in for a number. */
PG_FUNCTION_INFO_V1(cccd_id_pseudonym);
Datum
cccd_id_pseudonym(PG_FUNCTION_ARGS)
{
	bytea	   *key = PG_GETARG_BYTEA_PP(1);
	size_t		key_length = VARSIZE_ANY_EXHDR(key);
	pg_uuid_t  *result = palloc(sizeof(pg_uuid_t));

	StaticAssertStmt(UUID_LEN == CCCD_PSEUDONYM_BYTES,
					 "a pseudonym has the size of a UUID");
	if (key_length < CCCD_PSEUDONYM_MIN_KEY)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("key is too short"),
				 errdetail("The key has %zu bytes, at least %d are needed.",
						   key_length, CCCD_PSEUDONYM_MIN_KEY)));
	if (key_length > CCCD_PSEUDONYM_MAX_KEY)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("key is too long"),
				 errdetail("The key has %zu bytes, at most %d are allowed.",
						   key_length, CCCD_PSEUDONYM_MAX_KEY)));
	if (!cccd_pseudonym(PG_GETARG_CCCD_ID(0),
						(const unsigned char *) VARDATA_ANY(key), key_length,
						result->data))
		ereport(ERROR,
				(errcode(ERRCODE_OUT_OF_MEMORY),
				 errmsg("could not compute a pseudonym")));
	PG_RETURN_UUID_P(result);
}
