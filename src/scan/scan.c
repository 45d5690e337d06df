/*
 * scan.c
 *		SQL functions over what a scanner delivered.
 *
 * A scan never raises an error: what is wrong with it is a flag in its row.
 */
#include "base/cccd.h"

#include "access/detoast.h"
#include "access/htup_details.h"
#include "funcapi.h"
#include "utils/builtins.h"
#include "utils/date.h"

#include "base/calendar_core.h"
#include "base/encoding.h"
#include "base/row.h"
#include "scan/card_row.h"
#include "scan/card_write_core.h"
#include "scan/mrz_core.h"
#include "scan/name_core.h"

/* Longest name that has a key, in bytes. */
#define NAME_KEY_MAX	65536

#define KINDS_ALL	((1U << CCCD_KIND_COUNT) - 1)

/*
 * Read argument 0.  A text that is too long is not even detoasted, one that
 * has no UTF-8 form is flagged.
 */
static void
read_scan(FunctionCallInfo fcinfo, CccdScan *scan)
{
	text	   *argument;
	CccdSlice	utf8;

	if (toast_raw_datum_size(PG_GETARG_DATUM(0)) >
		CCCD_HCERT_TEXT_MAX + VARHDRSZ)
	{
		cccd_scan_clear(scan);
		scan->flags = CCCD_FLAG(TOO_LONG);
		return;
	}
	argument = PG_GETARG_TEXT_PP(0);
	if (cccd_to_utf8(VARDATA_ANY(argument), VARSIZE_ANY_EXHDR(argument),
					 &utf8))
		cccd_scan_read(utf8.ptr, utf8.len, scan);
	else
	{
		cccd_scan_clear(scan);
		scan->flags = CCCD_FLAG(NOT_TEXT);
	}
}

static Datum
scan_row(FunctionCallInfo fcinfo, unsigned kinds)
{
	CccdScan	scan;
	TupleDesc	desc = cccd_row_type(fcinfo, CCCD_CARD_COLUMNS);
	Datum		values[CCCD_CARD_COLUMNS] = {0};
	bool		nulls[CCCD_CARD_COLUMNS];
	Datum		flags[CCCD_FLAG_COUNT];

	read_scan(fcinfo, &scan);
	cccd_scan_expect(&scan, kinds);
	memset(nulls, true, sizeof(nulls));
	cccd_card_set_columns(&scan, cccd_scan_kind_names[scan.kind], desc, values,
						  nulls);
	values[CCCD_CARD_FLAGS] =
		cccd_texts_datum(flags, cccd_card_flag_names(scan.flags, flags, 0));
	nulls[CCCD_CARD_FLAGS] = false;
	return HeapTupleGetDatum(heap_form_tuple(desc, values, nulls));
}

/*
 * What kind of scan a text is.
 */
PG_FUNCTION_INFO_V1(cccd_scan_kind);
Datum
cccd_scan_kind(PG_FUNCTION_ARGS)
{
	CccdScan	scan;

	read_scan(fcinfo, &scan);
	PG_RETURN_TEXT_P(cstring_to_text(cccd_scan_kind_names[scan.kind]));
}

/*
 * What any scan says.
 */
PG_FUNCTION_INFO_V1(cccd_card_from_scan);
Datum
cccd_card_from_scan(PG_FUNCTION_ARGS)
{
	return scan_row(fcinfo, KINDS_ALL);
}

/*
 * What the QR code of a card says.
 */
PG_FUNCTION_INFO_V1(cccd_card_from_qr);
Datum
cccd_card_from_qr(PG_FUNCTION_ARGS)
{
	return scan_row(fcinfo, CCCD_KINDS_CARD);
}

/*
 * What the personal QR code of the health applications says.
 */
PG_FUNCTION_INFO_V1(cccd_card_from_personal_qr);
Datum
cccd_card_from_personal_qr(PG_FUNCTION_ARGS)
{
	return scan_row(fcinfo, CCCD_KIND(PERSONAL));
}

/*
 * What a machine readable zone says.
 */
PG_FUNCTION_INFO_V1(cccd_card_from_mrz);
Datum
cccd_card_from_mrz(PG_FUNCTION_ARGS)
{
	return scan_row(fcinfo, CCCD_KIND(MRZ));
}

/*
 * The form in which names from different documents compare equal.
 */
PG_FUNCTION_INFO_V1(cccd_name_key);
Datum
cccd_name_key(PG_FUNCTION_ARGS)
{
	text	   *name = PG_GETARG_TEXT_PP(0);
	CccdSlice	utf8;
	text	   *result = NULL;

	if (VARSIZE_ANY_EXHDR(name) > NAME_KEY_MAX)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("name is too long"),
				 errdetail("A name has at most %d bytes.", NAME_KEY_MAX)));
	if (cccd_to_utf8(VARDATA_ANY(name), VARSIZE_ANY_EXHDR(name), &utf8))
	{
		CccdSlice	key;
		char	   *buffer = palloc(utf8.len + 1);

		key.ptr = buffer;
		key.len = cccd_name_fold(utf8.ptr, utf8.len, buffer);
		result = cccd_text_from_utf8(key);
	}
	if (result == NULL)
		PG_RETURN_NULL();
	PG_RETURN_TEXT_P(result);
}

/* A text argument in UTF-8, absent where it is null. */
static CccdSlice
text_argument(FunctionCallInfo fcinfo, int number)
{
	CccdSlice	utf8 = {NULL, 0};
	text	   *argument;

	if (PG_ARGISNULL(number))
		return utf8;
	argument = PG_GETARG_TEXT_PP(number);
	if (!cccd_to_utf8(VARDATA_ANY(argument), VARSIZE_ANY_EXHDR(argument),
					  &utf8))
		ereport(ERROR,
				(errcode(ERRCODE_UNTRANSLATABLE_CHARACTER),
				 errmsg("text cannot be written in UTF-8")));
	return utf8;
}

/* A sex argument: 'M', 'F', or 0 where it is null. */
static char
sex_argument(FunctionCallInfo fcinfo, int number)
{
	CccdSlice	sex = text_argument(fcinfo, number);

	if (sex.ptr == NULL)
		return 0;
	if (sex.len != 1 || (sex.ptr[0] != 'M' && sex.ptr[0] != 'F'))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("invalid sex"),
				 errdetail("The sex is M or F.")));
	return sex.ptr[0];
}

static text *
text_result(const char *bytes, size_t len)
{
	CccdSlice	utf8;
	text	   *result;

	utf8.ptr = bytes;
	utf8.len = len;
	result = cccd_text_from_utf8(utf8);
	if (result == NULL)
		ereport(ERROR,
				(errcode(ERRCODE_UNTRANSLATABLE_CHARACTER),
				 errmsg("card cannot be written in the encoding of the database")));
	return result;
}

/* Raise what is wrong with an argument of a card, if anything is. */
static void
report_write(CccdWriteCode code, const char *field)
{
	switch (code)
	{
		case CCCD_WRITE_OK:
			break;
		case CCCD_WRITE_BAR:
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("\"%s\" holds the separator of a card's fields",
							field)));
			break;
		case CCCD_WRITE_CONTROL:
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("\"%s\" holds control or invalid characters", field)));
			break;
		case CCCD_WRITE_LONG:
			ereport(ERROR,
					(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
					 errmsg("\"%s\" is too long", field),
					 errdetail("A name has at most %d bytes, an address %d.",
							   CCCD_NAME_MAX, CCCD_ADDRESS_MAX)));
			break;
		case CCCD_WRITE_OLD_ID:
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("\"%s\" is not an old number", field),
					 errdetail("An old number has 9 or 12 digits.")));
			break;
		case CCCD_WRITE_YEAR:
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("\"%s\" is not a date that a card can hold", field),
					 errdetail("A card holds years from %d to %d.",
							   CCCD_SCAN_YEAR_MIN, CCCD_SCAN_YEAR_MAX)));
			break;
	}
}

static CccdScanKind
card_kind_argument(FunctionCallInfo fcinfo, int number)
{
	CccdSlice	kind = text_argument(fcinfo, number);

	for (int i = 0; i < CCCD_KIND_COUNT; i++)
	{
		if ((CCCD_KINDS_CARD >> i & 1) != 0 && kind.ptr != NULL &&
			kind.len == strlen(cccd_scan_kind_names[i]) &&
			memcmp(kind.ptr, cccd_scan_kind_names[i], kind.len) == 0)
			return (CccdScanKind) i;
	}
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("unknown kind of card"),
			 errdetail("The kinds are card_2021 and card_2024.")));
}

/*
 * The text of a card's QR code.  Not strict: a card may lack fields.
 */
PG_FUNCTION_INFO_V1(cccd_card_qr);
Datum
cccd_card_qr(PG_FUNCTION_ARGS)
{
	CccdCard	card;
	CccdWriteCode code;
	char		out[CCCD_SCAN_MAX];
	size_t		len;
	const char *field;

	if (PG_ARGISNULL(0) || PG_ARGISNULL(7))
		PG_RETURN_NULL();
	card.id = PG_GETARG_INT64(0);
	card.old_id = text_argument(fcinfo, 1);
	card.name = text_argument(fcinfo, 2);
	card.birth_date = PG_ARGISNULL(3) ? CCCD_NO_DATE : PG_GETARG_DATEADT(3);
	card.sex = sex_argument(fcinfo, 4);
	card.address = text_argument(fcinfo, 5);
	card.issued = PG_ARGISNULL(6) ? CCCD_NO_DATE : PG_GETARG_DATEADT(6);
	card.kind = card_kind_argument(fcinfo, 7);
	code = cccd_card_write(&card, out, &len, &field);
	report_write(code, field);
	PG_RETURN_TEXT_P(text_result(out, len));
}

/* A date for a machine readable zone: year, month, day. */
static void
mrz_date(DateADT date, int first_year, int last_year, const char *field,
		 int parts[3])
{
	if (date < cccd_days_from_civil(first_year, 1, 1) ||
		date > cccd_days_from_civil(last_year, 12, 31))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("\"%s\" is not a date that a machine readable zone can hold",
						field),
				 errdetail("The years are %d to %d.", first_year, last_year)));
	cccd_civil_from_days(date, &parts[0], &parts[1], &parts[2]);
}

/*
 * The machine readable zone of a card, three lines.  Not strict: sex and
 * expiry may be absent.
 */
PG_FUNCTION_INFO_V1(cccd_card_mrz);
Datum
cccd_card_mrz(PG_FUNCTION_ARGS)
{
	CccdMrzFields fields;
	CccdSlice	name;
	char		key[CCCD_NAME_MAX];
	char		mrz[CCCD_MRZ_SIZE];
	char		out[CCCD_MRZ_SIZE + 2];

	if (PG_ARGISNULL(0) || PG_ARGISNULL(1) || PG_ARGISNULL(2))
		PG_RETURN_NULL();
	fields.id = PG_GETARG_INT64(0);
	name = text_argument(fcinfo, 1);
	if (name.len > CCCD_NAME_MAX)
		report_write(CCCD_WRITE_LONG, "name");
	fields.name = key;
	fields.name_len = cccd_name_fold(name.ptr, name.len, key);
	for (size_t i = 0; i < fields.name_len; i++)
	{
		if (key[i] != ' ' && (key[i] < 'A' || key[i] > 'Z'))
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("name cannot be written with the letters A to Z")));
	}
	mrz_date(PG_GETARG_DATEADT(2), CCCD_SCAN_YEAR_MIN, CCCD_SCAN_YEAR_MAX,
			 "birth_date", fields.birth);
	fields.sex = sex_argument(fcinfo, 3);
	if (fields.sex == 0)
		fields.sex = '<';
	memset(fields.expiry, 0, sizeof(fields.expiry));
	if (!PG_ARGISNULL(4))
		mrz_date(PG_GETARG_DATEADT(4), 2000, 2099, "expires", fields.expiry);
	cccd_mrz_write(&fields, mrz);

	memcpy(out, mrz, CCCD_MRZ_LINE);
	out[CCCD_MRZ_LINE] = '\n';
	memcpy(out + CCCD_MRZ_LINE + 1, mrz + CCCD_MRZ_LINE, CCCD_MRZ_LINE);
	out[2 * CCCD_MRZ_LINE + 1] = '\n';
	memcpy(out + 2 * CCCD_MRZ_LINE + 2, mrz + 2 * CCCD_MRZ_LINE,
		   CCCD_MRZ_LINE);
	PG_RETURN_TEXT_P(text_result(out, sizeof(out)));
}
