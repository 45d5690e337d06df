/*
 * field_core.h
 *		The fields of a scan, and the scans that are made of them.
 */
#ifndef CCCD_FIELD_CORE_H
#define CCCD_FIELD_CORE_H

#include "scan/scan_core.h"

typedef struct CccdFields
{
	CccdSlice	field[CCCD_SCAN_FIELDS];
	int			count;			/* may be more than CCCD_SCAN_FIELDS */
} CccdFields;

/* How a date is written. */
typedef enum CccdDateForm
{
	CCCD_DATE_NONE,				/* not a date */
	CCCD_DATE_COMPACT,			/* ddmmyyyy: the card */
	CCCD_DATE_ISO,				/* yyyy-mm-dd: the personal code */
	CCCD_DATE_OTHER				/* dd/mm/yyyy and the like */
} CccdDateForm;

typedef struct CccdDateParts
{
	CccdDateForm form;
	int			year;			/* 0 where the date does not say */
	int			month;
	int			day;
} CccdDateParts;

extern bool cccd_field_number(CccdSlice field, size_t digits,
							  int64_t *value);
extern bool cccd_field_is_sex(CccdSlice field);
extern CccdDateParts cccd_field_date(CccdSlice field);
extern bool cccd_field_is_hex_text(CccdSlice field);
extern CccdSlice cccd_field_trim(CccdSlice field);
extern void cccd_take_name(CccdScan *scan, CccdSlice field);
extern void cccd_take_address(CccdScan *scan, CccdSlice field);
extern CccdSlice cccd_take_extra(CccdScan *scan, CccdSlice field);
extern void cccd_take_sex(CccdScan *scan, CccdSlice field);
extern int32_t cccd_take_date(CccdScan *scan, CccdSlice field,
							  CccdDateForm form, int *year);
extern int32_t cccd_date_known(CccdScan *scan,
							   const CccdDateParts *parts);
extern void cccd_check_agreement(CccdScan *scan, int birth_year);

#endif							/* CCCD_FIELD_CORE_H */
