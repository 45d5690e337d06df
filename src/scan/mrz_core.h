/*
 * mrz_core.h
 *		The machine readable zone of a card: TD1 of ICAO Doc 9303-5, in the
 *		layout of the Vietnamese card.
 *
 * Line 1	ID VNM, the last nine digits of the number, their check digit, the
 *			whole number, "<<", and a check digit over these fourteen
 *			(the last is Viet Nam's; ICAO leaves the place to the issuer).
 * Line 2	birth date, check digit, sex, expiry, check digit, nationality,
 *			eleven fillers, check digit over all of this (Doc 9303-5 4.2.4).
 * Line 3	family name, "<<", other names.
 */
#ifndef CCCD_MRZ_CORE_H
#define CCCD_MRZ_CORE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define CCCD_MRZ_LINE			30
#define CCCD_MRZ_SIZE			(3 * CCCD_MRZ_LINE)

/* Of the other zones, two lines each: passports (TD3), older cards (TD2). */
#define CCCD_MRZ_TD3_SIZE		88
#define CCCD_MRZ_TD2_SIZE		72

/* Offsets and lengths of the fields, the lines laid end to end. */
#define CCCD_MRZ_ISSUER			2
#define CCCD_MRZ_DOCUMENT		5
#define CCCD_MRZ_DOCUMENT_LEN	9
#define CCCD_MRZ_OPTIONAL		15
#define CCCD_MRZ_OPTIONAL_LEN	14
#define CCCD_MRZ_BIRTH			30
#define CCCD_MRZ_SEX			37
#define CCCD_MRZ_EXPIRY			38
#define CCCD_MRZ_DATE_LEN		6
#define CCCD_MRZ_NATIONALITY	45
#define CCCD_MRZ_NAME			60

/* The expiry of a card that does not expire (holder over 60): 31 12 99. */
#define CCCD_MRZ_NO_EXPIRY		"991231"

typedef enum CccdMrzForm
{
	CCCD_MRZ_NONE,				/* not a machine readable zone */
	CCCD_MRZ_TD1,				/* three lines of 30 */
	CCCD_MRZ_OTHER				/* a passport's or a visa's: two lines */
} CccdMrzForm;

/* Check digits that do not agree. */
#define CCCD_MRZ_BAD_DOCUMENT	1
#define CCCD_MRZ_BAD_OPTIONAL	2
#define CCCD_MRZ_BAD_BIRTH		4
#define CCCD_MRZ_BAD_EXPIRY		8
#define CCCD_MRZ_BAD_COMPOSITE	16

typedef struct CccdMrzFields
{
	int64_t		id;				/* 0..999999999999 */
	const char *name;			/* a name key: A-Z and single spaces */
	size_t		name_len;
	int			birth[3];		/* year, month, day */
	int			expiry[3];		/* year 0: the card does not expire */
	char		sex;			/* 'M', 'F' or '<' */
} CccdMrzFields;

/*
 * Read a machine readable zone from a scan of one to three lines, len bytes of
 * UTF-8.  With CCCD_MRZ_TD1 the three lines are in mrz, end to end; otherwise
 * its content is undefined.  *repaired says that fillers were put back, as
 * keyboards and trimming lose them; a repaired zone is believed only when all
 * check digits agree.
 */
extern CccdMrzForm cccd_mrz_read(const char *text, size_t len,
								 char mrz[CCCD_MRZ_SIZE], bool *repaired);

/*
 * The check digits that do not agree, as bits CCCD_MRZ_BAD_ (Doc 9303-3
 * section 4.9).  Only Viet Nam has one over the optional data, and only Viet
 * Nam's document numbers always fit their field: where a longer one runs on,
 * "<" stands for its check digit.
 */
extern unsigned cccd_mrz_check(const char mrz[CCCD_MRZ_SIZE]);

/* Whether Viet Nam issued the document. */
extern bool cccd_mrz_vietnamese(const char mrz[CCCD_MRZ_SIZE]);

/*
 * Write the name with single spaces for fillers to out, which has room for
 * CCCD_MRZ_LINE bytes.  Returns the length; no zero byte is written.
 */
extern size_t cccd_mrz_name(const char mrz[CCCD_MRZ_SIZE], char *out);

/*
 * Write a card's zone with its check digits.  The first word of the name is
 * the family name; a name that is too long is cut (Doc 9303-3 section 4.6 lets
 * the issuer choose where).
 */
extern void cccd_mrz_write(const CccdMrzFields *fields,
						   char mrz[CCCD_MRZ_SIZE]);

#endif							/* CCCD_MRZ_CORE_H */
