/*
 * card_row.c
 *		The columns of a row that says what is on a card; see card_row.h.
 */
#include "scan/card_row.h"

#include "catalog/pg_type.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/date.h"

#include "base/encoding.h"

static void
set(int column, Datum value, Datum *values, bool *nulls)
{
	values[column] = value;
	nulls[column] = false;
}

/* Text in NFC, or null with a flag where the database cannot hold it. */
static text *
make_text(CccdScan *scan, CccdSlice slice)
{
	text	   *result;

	if (slice.ptr == NULL)
		return NULL;
	result = cccd_text_from_utf8_nfc(slice);
	if (result == NULL)
		scan->flags |= CCCD_FLAG(UNTRANSLATABLE);
	return result;
}

void
cccd_card_set_text(CccdScan *scan, CccdSlice slice, int column,
				   Datum *values, bool *nulls)
{
	text	   *result = make_text(scan, slice);

	if (result != NULL)
		set(column, PointerGetDatum(result), values, nulls);
}

static void
set_date(int32_t date, int column, Datum *values, bool *nulls)
{
	if (date != CCCD_NO_DATE)
		set(column, DateADTGetDatum(date), values, nulls);
}

static Datum
ids_datum(const int64_t *ids, int count, Oid type)
{
	Datum		datums[CCCD_SCAN_CANCELLED];

	for (int i = 0; i < count; i++)
		datums[i] = Int64GetDatum(ids[i]);
	return PointerGetDatum(construct_array(datums, count, type, sizeof(int64),
										   FLOAT8PASSBYVAL, TYPALIGN_DOUBLE));
}

/* The fields kept raw; one that the database cannot hold is null. */
static Datum
extra_datum(CccdScan *scan)
{
	Datum		texts[CCCD_SCAN_EXTRA];
	bool		nulls[CCCD_SCAN_EXTRA];
	int			count = scan->extra_count;
	int			lower = 1;

	for (int i = 0; i < count; i++)
	{
		text	   *extra = make_text(scan, scan->extra[i]);

		texts[i] = PointerGetDatum(extra);
		nulls[i] = extra == NULL;
	}
	return PointerGetDatum(construct_md_array(texts, nulls, 1, &count, &lower,
											  TEXTOID, -1, false,
											  TYPALIGN_INT));
}

void
cccd_card_set_columns(CccdScan *scan, const char *kind, TupleDesc desc,
					  Datum *values, bool *nulls)
{
	set(CCCD_CARD_KIND, CStringGetTextDatum(kind), values, nulls);
	if (scan->id != CCCD_NO_ID)
		set(CCCD_CARD_ID, Int64GetDatum(scan->id), values, nulls);
	cccd_card_set_text(scan, scan->old_id, CCCD_CARD_OLD_ID, values, nulls);
	if (scan->cancelled_count > 0)
		set(CCCD_CARD_CANCELLED_IDS,
			ids_datum(scan->cancelled, scan->cancelled_count,
					  TupleDescAttr(desc, CCCD_CARD_ID)->atttypid),
			values, nulls);
	cccd_card_set_text(scan, scan->name, CCCD_CARD_NAME, values, nulls);
	set_date(scan->birth_date, CCCD_CARD_BIRTH_DATE, values, nulls);
	if (scan->sex != 0)
		set(CCCD_CARD_SEX,
			PointerGetDatum(cstring_to_text_with_len(&scan->sex, 1)),
			values, nulls);
	cccd_card_set_text(scan, scan->address, CCCD_CARD_ADDRESS, values, nulls);
	set_date(scan->issued, CCCD_CARD_ISSUED, values, nulls);
	set_date(scan->expires, CCCD_CARD_EXPIRES, values, nulls);
	if (scan->extra_count > 0)
		set(CCCD_CARD_EXTRA, extra_datum(scan), values, nulls);
}

int
cccd_card_flag_names(uint64_t flags, Datum *names, int count)
{
	for (int i = 0; i < CCCD_FLAG_COUNT; i++)
	{
		if ((flags >> i & 1) != 0)
			names[count++] = CStringGetTextDatum(cccd_scan_flag_names[i]);
	}
	return count;
}
