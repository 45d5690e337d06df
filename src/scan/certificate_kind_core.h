/*
 * certificate_kind_core.h
 *		Which health certificate a text is, by how it begins; nothing of it is
 *		read.
 *
 * Read are HC1 (European Union and some seventy other states), ICAO's visible
 * digital seals (Doc 9303-13, VDS-NC) and SMART Health Cards.  Named only are
 * New Zealand's passes, Luxembourg's test certificates, and the verifiable
 * credentials of India and Sri Lanka (DIVOC).
 */
#ifndef CCCD_CERTIFICATE_KIND_CORE_H
#define CCCD_CERTIFICATE_KIND_CORE_H

#include "scan/clean_core.h"

typedef enum CccdCertificateKind
{
	CCCD_CERTIFICATE_NONE,		/* the text is something else */
	CCCD_CERTIFICATE_HC1,
	CCCD_CERTIFICATE_VDS_NC,
	CCCD_CERTIFICATE_SHC,
	CCCD_CERTIFICATE_OTHER,		/* of a format that is not read */
	CCCD_CERTIFICATE_KINDS
} CccdCertificateKind;

/*
 * The kind of a text that cccd_clean_trim() returned.  *name is the name of
 * the format, a constant; it is left alone if the text is not a certificate.
 */
extern CccdCertificateKind cccd_certificate_kind(CccdSlice text,
												 const char **name);

#endif							/* CCCD_CERTIFICATE_KIND_CORE_H */
