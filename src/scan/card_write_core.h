/*
 * card_write_core.h
 *		Write the text of a card's QR code.
 */
#ifndef CCCD_CARD_WRITE_CORE_H
#define CCCD_CARD_WRITE_CORE_H

#include "scan/scan_core.h"

typedef enum CccdWriteCode
{
	CCCD_WRITE_OK,
	CCCD_WRITE_BAR,				/* a text holds the separator */
	CCCD_WRITE_CONTROL,			/* a text holds what cannot be seen */
	CCCD_WRITE_LONG,			/* a text is longer than a reader takes */
	CCCD_WRITE_OLD_ID,			/* not nine or twelve digits */
	CCCD_WRITE_YEAR				/* a date outside 1900 to 2399 */
} CccdWriteCode;

/* A card to write; what is absent is left empty. */
typedef struct CccdCard
{
	CccdScanKind kind;			/* CCCD_KIND_CARD_2021 or _2024 */
	int64_t		id;
	CccdSlice	old_id;
	CccdSlice	name;
	CccdSlice	address;
	int32_t		birth_date;		/* days since 2000-01-01, or CCCD_NO_DATE */
	int32_t		issued;
	char		sex;			/* 'M', 'F', or 0 */
} CccdCard;

/*
 * Write the text of a card's QR code (Circular 06/2021/TT-BCA for the 2021
 * card; Circular 16/2024/TT-BCA for the 2024 card, whose four further fields
 * are left empty as nearly every card has them). out gets *len bytes without a
 * final zero byte.  After an error *field is the name of the SQL argument at
 * fault, a constant, and what out holds means nothing.
 */
extern CccdWriteCode cccd_card_write(const CccdCard *card,
									 char out[CCCD_SCAN_MAX], size_t *len,
									 const char **field);

#endif							/* CCCD_CARD_WRITE_CORE_H */
