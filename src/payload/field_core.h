/*
 * field_core.h
 *		The fields of a scan, and the scans that are made of them.
 */
#ifndef CCCD_FIELD_CORE_H
#define CCCD_FIELD_CORE_H

#include "payload/scan_core.h"

typedef struct cccd_fields
{
	cccd_slice	field[CCCD_SCAN_FIELDS];
	int			count;			/* may be more than CCCD_SCAN_FIELDS */
} cccd_fields;

/* How a date is written. */
typedef enum cccd_date_form
{
	CCCD_DATE_NONE,				/* not a date */
	CCCD_DATE_COMPACT,			/* ddmmyyyy: the card */
	CCCD_DATE_ISO,				/* yyyy-mm-dd: the personal code */
	CCCD_DATE_OTHER				/* dd/mm/yyyy and the like */
} cccd_date_form;

typedef struct cccd_date_parts
{
	cccd_date_form form;
	int			year;			/* 0 where the date does not say */
	int			month;
	int			day;
} cccd_date_parts;

/* field_core.c: one field */
extern bool cccd_field_number(cccd_slice field, size_t digits,
							  int64_t *value);
extern bool cccd_field_is_sex(cccd_slice field);
extern cccd_date_parts cccd_field_date(cccd_slice field);
extern bool cccd_field_is_hex_text(cccd_slice field);
extern cccd_slice cccd_field_trim(cccd_slice field);
extern void cccd_take_name(cccd_scan *scan, cccd_slice field);
extern void cccd_take_address(cccd_scan *scan, cccd_slice field);
extern cccd_slice cccd_take_extra(cccd_scan *scan, cccd_slice field);
extern void cccd_take_sex(cccd_scan *scan, cccd_slice field);
extern int32_t cccd_take_date(cccd_scan *scan, cccd_slice field,
							  cccd_date_form form, int *year);
extern int32_t cccd_date_known(cccd_scan *scan,
							   const cccd_date_parts *parts);
extern void cccd_check_agreement(cccd_scan *scan, int birth_year);

/* card_core.c: one scan */
extern void cccd_read_card(cccd_scan *scan, const cccd_fields *fields);
extern void cccd_read_personal(cccd_scan *scan, const cccd_fields *fields);
extern void cccd_read_mrz(cccd_scan *scan, const char *mrz);

#endif							/* CCCD_FIELD_CORE_H */
