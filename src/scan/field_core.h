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

/*
 * Whether a field is exactly so many digits, at most 18; *value is then their
 * number and otherwise left alone.
 */
extern bool cccd_field_number(CccdSlice field, size_t digits,
							  int64_t *value);

/* Whether a field spells a sex: "Nam", or "Nu" with or without its marks. */
extern bool cccd_field_is_sex(CccdSlice field);

/*
 * The parts of a date.  Whether they make a day of the calendar is another
 * question: zeros stand for what is not known.
 */
extern CccdDateParts cccd_field_date(CccdSlice field);

/*
 * Whether a field is hexadecimal digits that spell UTF-8 text of up to
 * CCCD_NAME_MAX bytes: how a health insurance code writes names.
 */
extern bool cccd_field_is_hex_text(CccdSlice field);

/* A field without the spaces around it. */
extern CccdSlice cccd_field_trim(CccdSlice field);

/*
 * Take a name.  One that is missing or longer than CCCD_NAME_MAX is left
 * absent with a flag; digits, masks and signs of a lossy conversion set one.
 * The field must live as long as the scan; so for those below.
 */
extern void cccd_take_name(CccdScan *scan, CccdSlice field);

/* The same of an address and CCCD_ADDRESS_MAX. */
extern void cccd_take_address(CccdScan *scan, CccdSlice field);

/*
 * A field that is kept as it is, and may be empty; one longer than
 * CCCD_EXTRA_MAX is absent, with a flag.
 */
extern CccdSlice cccd_take_extra(CccdScan *scan, CccdSlice field);

/* Take the sex that a field spells, or a flag and none. */
extern void cccd_take_sex(CccdScan *scan, CccdSlice field);

/*
 * The day that a field says, in days since 2000-01-01, or CCCD_NO_DATE and a
 * flag. form is how this code writes dates: another form sets a flag.  *year
 * is the year if that is known, which can be without the day, otherwise 0.
 */
extern int32_t cccd_take_date(CccdScan *scan, CccdSlice field,
							  CccdDateForm form, int *year);

/*
 * The day that the parts of a date make, or CCCD_NO_DATE and the flag
 * DATE_INCOMPLETE or DATE_INVALID.
 */
extern int32_t cccd_date_known(CccdScan *scan,
							   const CccdDateParts *parts);

/*
 * Set flags where the number, if there is one, does not agree with the birth
 * year (0: not known) or the sex, or names a place that was never assigned.
 * Place, century and sex, year, six random digits: Decree 137/2015/ND-CP
 * article 13.  Numbers of other making exist (Law 26/2023 promises twelve
 * digits and no more), so these are flags and not errors.
 */
extern void cccd_check_agreement(CccdScan *scan, int birth_year);

#endif							/* CCCD_FIELD_CORE_H */
