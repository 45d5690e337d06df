/*
 * card_core.h
 *		Read a card's code, a personal code and a machine readable zone.
 *
 * Each fills in a scan that cccd_scan_clear() has cleared: its kind, what the
 * fields say, and a flag for everything that is wrong with them.  None fails:
 * what cannot be read is left absent.
 */
#ifndef CCCD_CARD_CORE_H
#define CCCD_CARD_CORE_H

#include "scan/field_core.h"
#include "scan/mrz_core.h"

/*
 * Read the code of a 2021 or 2024 card (Circulars 06/2021 and 16/2024/TT-BCA).
 * The fields point into scan->text.  A card with fewer fields than it has is
 * read as far as its fields can be told apart.
 */
extern void cccd_card_read(CccdScan *scan, const CccdFields *fields);

/*
 * Read the personal code of the health applications (Decision 1405/QD-BTTTT of
 * 2021).  The fields point into scan->text.  The fields that have no column
 * are the first three of scan->extra; a passport's number follows them.
 */
extern void cccd_card_read_personal(CccdScan *scan, const CccdFields *fields);

/*
 * Read a machine readable zone of three lines laid end to end, as
 * cccd_mrz_read() returns it; it is copied to scan->text.  Its birth year has
 * two digits: the century comes from the number.
 */
extern void cccd_card_read_mrz(CccdScan *scan,
							   const char mrz[CCCD_MRZ_SIZE]);

/*
 * Take the digits of an old number, which is absent in most cards: nine, or
 * twelve on the papers of 2012 to 2015.  A field that is neither empty nor one
 * of them sets a flag.
 */
extern void cccd_card_take_old_id(CccdScan *scan, CccdSlice field);

/* Set a flag if the card was issued, or ends, before its holder's birth. */
extern void cccd_card_check_order(CccdScan *scan);

#endif							/* CCCD_CARD_CORE_H */
