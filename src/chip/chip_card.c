/*
 * chip_card.c
 *		What the chip of a card says of its holder.
 *
 * The files themselves never raise an error: what is wrong with them is a flag
 * in the row.
 */
#include "base/cccd.h"

#include "access/htup_details.h"
#include "funcapi.h"
#include "utils/builtins.h"

#include "base/row.h"
#include "chip/chip.h"
#include "chip/chip_card_core.h"
#include "scan/card_row.h"

/* The columns that follow those of a scan: further fields of DG13. */
enum
{
	COLUMN_NATIONALITY = CCCD_CARD_COLUMNS,
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

/* What concerns the chip stands first, then what concerns any scan. */
static Datum
flags_datum(void)
{
	Datum		names[CCCD_CHIP_FLAG_COUNT + CCCD_FLAG_COUNT];
	int			count = 0;

	for (int i = 0; i < CCCD_CHIP_FLAG_COUNT; i++)
		if ((chip.flags >> i & 1) != 0)
			names[count++] = CStringGetTextDatum(cccd_chip_flag_names[i]);
	count = cccd_card_flag_names(chip.card.flags, names, count);
	return cccd_texts_datum(names, count);
}

/* Set all columns; nulls are all set before. */
static void
set_columns(TupleDesc desc, Datum *values, bool *nulls)
{
	const struct
	{
		int			column;
		CccdSlice	text;
	}			texts[] = {
		{COLUMN_NATIONALITY, chip.nationality},
		{COLUMN_ETHNICITY, chip.ethnicity},
		{COLUMN_RELIGION, chip.religion},
		{COLUMN_ORIGIN, chip.origin},
		{COLUMN_MARKS, chip.marks},
		{COLUMN_FATHER, chip.father},
		{COLUMN_MOTHER, chip.mother},
		{COLUMN_SPOUSE, chip.spouse},
		{COLUMN_CHIP_SERIAL, chip.serial}
	};

	cccd_card_set_columns(&chip.card, chip.readable ? "chip" :
						  cccd_scan_kind_names[CCCD_KIND_UNKNOWN],
						  desc, values, nulls);
	for (size_t k = 0; k < lengthof(texts); k++)
		cccd_card_set_text(&chip.card, texts[k].text, texts[k].column, values,
						   nulls);
	values[CCCD_CARD_FLAGS] = flags_datum();
	nulls[CCCD_CARD_FLAGS] = false;
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
	TupleDesc	desc = cccd_row_type(fcinfo, COLUMNS);
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
	set_columns(desc, values, nulls);
	return HeapTupleGetDatum(heap_form_tuple(desc, values, nulls));
}
