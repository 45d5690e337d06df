/*
 * curve_core.h
 *		The elliptic curves of travel documents, by name and by parameters.
 *
 * Doc 9303-12 4.1.6.3 demands explicit parameters in CSCA certificates, so the
 * curve has to be recognised by them.  Parameters that are not those of a
 * known curve are refused before any arithmetic: a key over a generator of the
 * attacker's choice verifies whatever he signs (CVE-2020-0601).
 */
#ifndef CCCD_CURVE_CORE_H
#define CCCD_CURVE_CORE_H

#include "base/der_core.h"

/* Octets of the longest field element: P-521. */
#define CCCD_CURVE_OCTETS	66

typedef struct CccdCurve
{
	const char *name;			/* as documents call it */
	const char *group;			/* as OpenSSL calls it */
	int			bits;			/* of the order */
	int			octets;			/* of a field element and of the order */
	const char *oid;
	int			oid_length;
	/* field prime, coefficients, generator, order; the cofactor is 1 */
	const char *p;
	const char *a;
	const char *b;
	const char *x;
	const char *y;
	const char *n;
} CccdCurve;

typedef enum CccdCurveMatch
{
	CCCD_CURVE_OK,
	CCCD_CURVE_UNKNOWN,			/* no curve over this field is known */
	CCCD_CURVE_NONSTANDARD		/* the field is known, the rest differs */
} CccdCurveMatch;

extern const CccdCurve cccd_curves[];
extern const int cccd_curve_count;

/*
 * The curve that the content of an OBJECT IDENTIFIER names, in *curve, or
 * CCCD_CURVE_UNKNOWN; *curve is then left alone.  Curves are constants.
 */
extern CccdCurveMatch cccd_curve_by_oid(CccdBytes oid,
										const CccdCurve **curve);

/*
 * Read ECParameters (RFC 3279 2.3.5) and find the curve whose parameters they
 * are, all of them; *match tells.  Returns false, with the document marked, if
 * they cannot be read.
 */
extern bool cccd_curve_by_parameters(CccdDer *cursor,
									 const CccdCurve **curve,
									 CccdCurveMatch *match);

#endif							/* CCCD_CURVE_CORE_H */
