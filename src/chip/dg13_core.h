/*
 * dg13_core.h
 *		Data group 13 of the Vietnamese card: the holder's particulars.
 *
 * Doc 9303-10 leaves DG13 to the state, and Viet Nam has published no
 * description of it.  This is what readers of real cards agree on:
 *
 *	6D {
 *	  SEQUENCE {
 *		INTEGER 1,
 *		OBJECT IDENTIFIER 1.0.10646.1.0.8,
 *		SET { SEQUENCE { INTEGER number, value OPTIONAL } ... } } }
 *
 * A value is a string; that of the parents is two SEQUENCEs of one string,
 * or one SEQUENCE of two.
 */
#ifndef CCCD_DG13_CORE_H
#define CCCD_DG13_CORE_H

#include "base/bytes_core.h"

#define CCCD_DG13_TAG		0x6D

/* Numbers of the fields. */
#define CCCD_DG13_ID			1
#define CCCD_DG13_NAME			2
#define CCCD_DG13_BIRTH_DATE	3
#define CCCD_DG13_SEX			4
#define CCCD_DG13_NATIONALITY	5
#define CCCD_DG13_ETHNICITY		6
#define CCCD_DG13_RELIGION		7
#define CCCD_DG13_ORIGIN		8
#define CCCD_DG13_ADDRESS		9
#define CCCD_DG13_MARKS			10
#define CCCD_DG13_ISSUED		11
#define CCCD_DG13_EXPIRES		12
#define CCCD_DG13_PARENTS		13
#define CCCD_DG13_SPOUSE		14
#define CCCD_DG13_OLD_ID		15
#define CCCD_DG13_SERIAL		16
#define CCCD_DG13_FIELDS		16

/* Strings of one field that are kept, and fields of higher numbers. */
#define CCCD_DG13_STRINGS		2
#define CCCD_DG13_EXTRA			4

/* What was odd about it, though it could be read. */
#define CCCD_DG13_ODD_VERSION	1	/* no version, or another than 1 */
#define CCCD_DG13_ODD_BER		2	/* not DER */
#define CCCD_DG13_ODD_UNKNOWN	4	/* a field of another number */
#define CCCD_DG13_ODD_DUPLICATE	8	/* a field twice: the first is kept */
#define CCCD_DG13_ODD_TYPE		16	/* a value that is not a string */
#define CCCD_DG13_ODD_SURPLUS	32	/* more strings than are kept */

typedef struct CccdDg13
{
	/* a null pointer: the field, or the string, is not there or empty */
	CccdBytes	field[CCCD_DG13_FIELDS + 1][CCCD_DG13_STRINGS];
	uint32_t	seen;			/* bit n: field n is there */
	int			extra_count;
	CccdBytes	extra[CCCD_DG13_EXTRA];
	unsigned	odd;
} CccdDg13;

/*
 * Read the file, all of group, up to CCCD_DER_SIZE bytes; strings point into
 * it.  Returns false, and no field at all, when any part of it cannot be read:
 * half a person is worse than none.
 */
extern bool cccd_dg13_read(CccdBytes group, CccdDg13 *dg13);

#endif							/* CCCD_DG13_CORE_H */
