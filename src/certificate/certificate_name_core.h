/*
 * certificate_name_core.h
 *		Whether the names of a health certificate are those of a card.
 */
#ifndef CCCD_CERTIFICATE_NAME_CORE_H
#define CCCD_CERTIFICATE_NAME_CORE_H

#include "base/text_core.h"

/* The names of a certificate; an absent one has no bytes. */
typedef struct CccdCertificateNames
{
	CccdSlice	family;			/* fn, with marks */
	CccdSlice	given;			/* gn */
	CccdSlice	standard_family;	/* fnt, in the letters of Doc 9303 */
	CccdSlice	standard_given; /* gnt */
	bool		truncated;		/* as long as the format allows: it may go on */
} CccdCertificateNames;

typedef enum CccdNameVerdict
{
	CCCD_NAME_FITS,
	CCCD_NAME_DISAGREES,
	CCCD_NAME_MISSING,			/* there is nothing to compare */
	CCCD_NAME_MARKS_DIFFER,		/* alike but for the marks on both sides */
	CCCD_NAME_CONFLICT,			/* the certificate names two persons */
	CCCD_NAME_TRUNCATED			/* alike as far as the certificate goes */
} CccdNameVerdict;

/*
 * Compare with a card's name, in UTF-8 or absent: family name and given names
 * in either order, without marks.  Where both sides have marks these must
 * agree, too; a syllable has its tone on whichever vowel.  Names with marks
 * and in standard letters must be of one person (ICAO Doc 9303-3 section 6);
 * those in another script are not compared.
 */
extern CccdNameVerdict cccd_certificate_compare_names(const CccdCertificateNames *names,
													  CccdSlice name);

#endif							/* CCCD_CERTIFICATE_NAME_CORE_H */
