/*
 * card_row.h
 *		The columns of a row that says what is on a card, whether its code, its
 *		zone or its chip was read.
 */
#ifndef CCCD_CARD_ROW_H
#define CCCD_CARD_ROW_H

#include "base/cccd.h"

#include "access/tupdesc.h"

#include "scan/scan_core.h"

/* The first columns of every such row. */
enum
{
	CCCD_CARD_KIND,
	CCCD_CARD_ID,
	CCCD_CARD_OLD_ID,
	CCCD_CARD_CANCELLED_IDS,
	CCCD_CARD_NAME,
	CCCD_CARD_BIRTH_DATE,
	CCCD_CARD_SEX,
	CCCD_CARD_ADDRESS,
	CCCD_CARD_ISSUED,
	CCCD_CARD_EXPIRES,
	CCCD_CARD_FLAGS,
	CCCD_CARD_EXTRA,
	CCCD_CARD_COLUMNS
};

/*
 * Set a text column from UTF-8, in NFC.  An absent text, and one that the
 * database's encoding cannot hold, is null; the latter adds a flag to the
 * scan.
 */
extern void cccd_card_set_text(CccdScan *scan, CccdSlice text, int column,
							   Datum *values, bool *nulls);

/*
 * Set the columns above from a scan, all but CCCD_CARD_FLAGS, which must wait
 * until the last text is set.  "kind" is the text of the first one.  desc is
 * the row's type; values and nulls have its length, and nulls are all set
 * before.  The values are allocated in the current memory context.
 */
extern void cccd_card_set_columns(CccdScan *scan, const char *kind,
								  TupleDesc desc, Datum *values, bool *nulls);

/*
 * Append the names of a scan's flags, as Datums of text in the order of the
 * manual, to "count" others; names has room for CCCD_FLAG_COUNT more.  Returns
 * how many there are then.
 */
extern int	cccd_card_flag_names(uint64_t flags, Datum *names, int count);

#endif							/* CCCD_CARD_ROW_H */
