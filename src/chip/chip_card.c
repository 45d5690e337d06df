/*
 * chip_card.c
 *		What the chip of a card says of its holder.
 *
 * The files themselves never raise an error: what is wrong with them is a flag
 * in the row.
 */
#include "base/cccd.h"

#include "access/htup_details.h"
#include "catalog/pg_type.h"
#include "funcapi.h"
#include "utils/builtins.h"
#include "utils/date.h"

#include "base/encoding.h"
#include "chip/chip.h"
#include "chip/chip_card_core.h"
#include "pki/finding.h"

/* Columns: those of a scan, and the further fields of DG13. */
enum
{
	COLUMN_KIND,
	COLUMN_ID,
	COLUMN_OLD_ID,
	COLUMN_CANCELLED_IDS,
	COLUMN_NAME,
	COLUMN_BIRTH_DATE,
	COLUMN_SEX,
	COLUMN_ADDRESS,
	COLUMN_ISSUED,
	COLUMN_EXPIRES,
	COLUMN_FLAGS,
	COLUMN_EXTRA,
	COLUMN_NATIONALITY,
	COLUMN_ETHNICITY,
	COLUMN_RELIGION,
	COLUMN_ORIGIN,
	COLUMN_MARKS,
	COLUMN_FATHER,
	COLUMN_MOTHER,
	COLUMN_SPOUSE,
	COLUMN_CHIP_SERIAL,
	COLUMNS
};

/* Too large for the stack; a backend reads one chip at a time. */
static CccdChipCard chip;

/* A text column, left null with a flag where the database cannot hold it. */
static void
set_text(CccdSlice slice, Datum *value, bool *isnull)
{
	text	   *result;

	if (slice.ptr == NULL)
		return;
	result = cccd_text_from_utf8_nfc(slice);
	if (result == NULL)
	{
		chip.card.flags |= CCCD_FLAG(UNTRANSLATABLE);
		return;
	}
	*value = PointerGetDatum(result);
	*isnull = false;
}

static void
set_date(int32_t date, Datum *value, bool *isnull)
{
	if (date == CCCD_NO_DATE)
		return;
	*value = DateADTGetDatum(date);
	*isnull = false;
}

static void
set_extra(Datum *value, bool *isnull)
{
	Datum		texts[CCCD_SCAN_EXTRA];
	bool		nulls[CCCD_SCAN_EXTRA];
	int			count = chip.card.extra_count;
	int			lower = 1;

	if (count == 0)
		return;
	for (int i = 0; i < count; i++)
	{
		texts[i] = (Datum) 0;
		nulls[i] = true;
		set_text(chip.card.extra[i], &texts[i], &nulls[i]);
	}
	*value = PointerGetDatum(construct_md_array(texts, nulls, 1, &count,
												&lower, TEXTOID, -1, false,
												TYPALIGN_INT));
	*isnull = false;
}

/* What concerns the chip stands first, then what concerns any scan. */
static Datum
flags_datum(void)
{
	Datum		names[CCCD_CHIP_FLAG_COUNT + CCCD_FLAG_COUNT];
	int			count = 0;

	for (int i = 0; i < CCCD_CHIP_FLAG_COUNT; i++)
		if ((chip.flags >> i & 1) != 0)
			names[count++] = CStringGetTextDatum(cccd_chip_flag_names[i]);
	for (int i = 0; i < CCCD_FLAG_COUNT; i++)
		if ((chip.card.flags >> i & 1) != 0)
			names[count++] = CStringGetTextDatum(cccd_scan_flag_names[i]);
	return cccd_texts_datum(names, count);
}

static void
set_columns(Datum *values, bool *nulls)
{
	const CccdScan *card = &chip.card;

#define SET_TEXT(slice, column) \
	set_text(slice, &values[column], &nulls[column])
#define SET_DATE(date, column) \
	set_date(date, &values[column], &nulls[column])
	values[COLUMN_KIND] = CStringGetTextDatum(chip.readable ? "chip" :
											  cccd_scan_kind_names[CCCD_KIND_UNKNOWN]);
	nulls[COLUMN_KIND] = false;
	if (card->id != CCCD_NO_ID)
	{
		values[COLUMN_ID] = Int64GetDatum(card->id);
		nulls[COLUMN_ID] = false;
	}
	SET_TEXT(card->old_id, COLUMN_OLD_ID);
	SET_TEXT(card->name, COLUMN_NAME);
	SET_DATE(card->birth_date, COLUMN_BIRTH_DATE);
	if (card->sex != 0)
	{
		values[COLUMN_SEX] = PointerGetDatum(cstring_to_text_with_len(&card->sex, 1));
		nulls[COLUMN_SEX] = false;
	}
	SET_TEXT(card->address, COLUMN_ADDRESS);
	SET_DATE(card->issued, COLUMN_ISSUED);
	SET_DATE(card->expires, COLUMN_EXPIRES);
	set_extra(&values[COLUMN_EXTRA], &nulls[COLUMN_EXTRA]);
	SET_TEXT(chip.nationality, COLUMN_NATIONALITY);
	SET_TEXT(chip.ethnicity, COLUMN_ETHNICITY);
	SET_TEXT(chip.religion, COLUMN_RELIGION);
	SET_TEXT(chip.origin, COLUMN_ORIGIN);
	SET_TEXT(chip.marks, COLUMN_MARKS);
	SET_TEXT(chip.father, COLUMN_FATHER);
	SET_TEXT(chip.mother, COLUMN_MOTHER);
	SET_TEXT(chip.spouse, COLUMN_SPOUSE);
	SET_TEXT(chip.serial, COLUMN_CHIP_SERIAL);
#undef SET_TEXT
#undef SET_DATE
	/* last: a text that could not be stored adds a flag */
	values[COLUMN_FLAGS] = flags_datum();
	nulls[COLUMN_FLAGS] = false;
}

/*
 * What the chip of a card says of its holder.  Not strict: the scanned number
 * may be absent.
 */
PG_FUNCTION_INFO_V1(cccd_card_from_chip);
Datum
cccd_card_from_chip(PG_FUNCTION_ARGS)
{
	CccdBytes	files[CCCD_CHIP_FILES];
	Datum		values[COLUMNS] = {0};
	bool		nulls[COLUMNS];
	int64_t		scanned = 0;
	int			count;

	if (PG_ARGISNULL(0))
		PG_RETURN_NULL();
	count = cccd_chip_files(PG_GETARG_ARRAYTYPE_P(0), files);
	if (!PG_ARGISNULL(1))
		scanned = PG_GETARG_INT64(1);
	cccd_chip_card_read(files, count, PG_ARGISNULL(1) ? NULL : &scanned,
						&chip);
	memset(nulls, true, sizeof(nulls));
	set_columns(values, nulls);
	return HeapTupleGetDatum(heap_form_tuple(cccd_row_type(fcinfo, COLUMNS),
											 values, nulls));
}
