/*
 * scan_core.h
 *		What a scanner delivered, and what a card says.
 *
 * Sources: Circular 06/2021/TT-BCA (code of the 2021 card), Circular
 * 16/2024/TT-BCA (2024 card), Decision 1405/QD-BTTTT of 2021 (personal code),
 * ICAO Doc 9303-5 (machine readable zone).
 */
#ifndef CCCD_SCAN_CORE_H
#define CCCD_SCAN_CORE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "scan/clean_core.h"

/* Limits, in bytes of UTF-8 where not said otherwise. */
#define CCCD_SCAN_MAX			CCCD_CLEAN_MAX
#define CCCD_HCERT_TEXT_MAX	8192	/* a health certificate */
#define CCCD_NAME_MAX			256
#define CCCD_ADDRESS_MAX		1024
#define CCCD_EXTRA_MAX			512 /* each of the fields kept raw */
#define CCCD_SCAN_FIELDS		11	/* fields that are looked at */
#define CCCD_SCAN_EXTRA			4
#define CCCD_SCAN_CANCELLED		8

/* Years that a card can hold: the number's century digit ends in 2399. */
#define CCCD_SCAN_YEAR_MIN		1900
#define CCCD_SCAN_YEAR_MAX		2399

#define CCCD_NO_DATE			INT32_MIN
#define CCCD_NO_ID				INT64_C(-1)

typedef enum CccdScanKind
{
	CCCD_KIND_UNKNOWN,
	CCCD_KIND_CARD_2021,
	CCCD_KIND_CARD_2024,
	CCCD_KIND_PERSONAL,
	CCCD_KIND_HEALTH_INSURANCE,
	CCCD_KIND_MRZ,
	CCCD_KIND_HEALTH_CERTIFICATE,	/* HC1 */
	CCCD_KIND_VDS_NC,
	CCCD_KIND_SHC,
	CCCD_KIND_OTHER_CERTIFICATE,	/* of a format that is not read */
	CCCD_KIND_OLD_ID,
	CCCD_KIND_ID,
	CCCD_KIND_COUNT
} CccdScanKind;

/*
 * What is to be said about a scan, in the order in which it is said.  The
 * manual explains each.
 */
typedef enum CccdScanFlag
{
	/* nothing was read */
	CCCD_FLAG_EMPTY,
	CCCD_FLAG_TOO_LONG,
	CCCD_FLAG_NOT_TEXT,
	CCCD_FLAG_UNRECOGNISED,
	CCCD_FLAG_KIND_UNEXPECTED,
	CCCD_FLAG_NOT_A_CARD,
	CCCD_FLAG_MRZ_NOT_TD1,
	/* the text */
	CCCD_FLAG_ENCODING_REPAIRED,
	CCCD_FLAG_ENCODING_SUSPECT,
	CCCD_FLAG_CONTROL_CHARACTERS,
	CCCD_FLAG_UNTRANSLATABLE,
	CCCD_FLAG_MRZ_FILLER_REPAIRED,
	/* the fields */
	CCCD_FLAG_FIELD_MISSING,
	CCCD_FLAG_FIELD_SURPLUS,
	CCCD_FLAG_FIELD_TOO_LONG,
	CCCD_FLAG_MASKED,
	CCCD_FLAG_NAME_INVALID,
	CCCD_FLAG_NAME_TRUNCATED,
	CCCD_FLAG_SEX_UNKNOWN,
	CCCD_FLAG_OLD_ID_INVALID,
	CCCD_FLAG_ISSUER_NOT_VIETNAM,
	CCCD_FLAG_NATIONALITY_NOT_VIETNAM,
	/* the number */
	CCCD_FLAG_ID_INVALID,
	CCCD_FLAG_ID_PLACE_UNASSIGNED,
	CCCD_FLAG_ID_DISAGREES_WITH_BIRTH_DATE,
	CCCD_FLAG_ID_DISAGREES_WITH_SEX,
	CCCD_FLAG_DOCUMENT_NUMBER_DISAGREES,
	/* the dates */
	CCCD_FLAG_DATE_REFORMATTED,
	CCCD_FLAG_DATE_INCOMPLETE,
	CCCD_FLAG_DATE_INVALID,
	CCCD_FLAG_ISSUED_BEFORE_BIRTH,
	CCCD_FLAG_EXPIRES_BEFORE_BIRTH,
	CCCD_FLAG_NO_EXPIRY,
	/* the check digits of the machine readable zone */
	CCCD_FLAG_CHECK_DIGIT_DOCUMENT,
	CCCD_FLAG_CHECK_DIGIT_OPTIONAL,
	CCCD_FLAG_CHECK_DIGIT_BIRTH,
	CCCD_FLAG_CHECK_DIGIT_EXPIRY,
	CCCD_FLAG_CHECK_DIGIT_COMPOSITE,
	CCCD_FLAG_COUNT
} CccdScanFlag;

#define CCCD_FLAG(flag)		(UINT64_C(1) << CCCD_FLAG_##flag)
#define CCCD_KIND(kind)		(1U << CCCD_KIND_##kind)
#define CCCD_KINDS_CARD		(CCCD_KIND(CARD_2021) | CCCD_KIND(CARD_2024))

typedef struct CccdScan
{
	CccdScanKind kind;
	uint64_t	flags;
	int64_t		id;				/* CCCD_NO_ID where there is none */
	CccdSlice	old_id;
	CccdSlice	name;
	CccdSlice	address;
	int32_t		birth_date;		/* days since 2000-01-01, or CCCD_NO_DATE */
	int32_t		issued;
	int32_t		expires;
	char		sex;			/* 'M', 'F', or 0 */
	int			cancelled_count;
	int64_t		cancelled[CCCD_SCAN_CANCELLED];
	int			extra_count;
	CccdSlice	extra[CCCD_SCAN_EXTRA];
	/* the slices point into this */
	char		text[CCCD_SCAN_MAX];
} CccdScan;

extern const char *const cccd_scan_kind_names[CCCD_KIND_COUNT];
extern const char *const cccd_scan_flag_names[CCCD_FLAG_COUNT];

/*
 * Make a scan that says nothing: kind unknown, no flags, every value absent.
 * The text buffer is left as it is.
 */
extern void cccd_scan_clear(CccdScan *scan);

/*
 * Read a scan of len bytes.  Every text has an answer, also one that is not
 * UTF-8; what is wrong with it is said in flags.  The slices of the result
 * point into scan->text, so it must not be copied.
 */
extern void cccd_scan_read(const char *text, size_t len, CccdScan *scan);

/*
 * Refuse a scan that is of none of these kinds, CCCD_KIND() as bits: its kind
 * stays, with the flag KIND_UNEXPECTED and nothing else.  One of unknown kind
 * is left alone.
 */
extern void cccd_scan_expect(CccdScan *scan, unsigned kinds);

#endif							/* CCCD_SCAN_CORE_H */
