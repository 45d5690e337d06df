/*
 * import_text_core.h
 *		Certificates, revocation lists and master lists in text: PEM
 *		(RFC 7468) and LDIF (RFC 2849) as the ICAO PKD publishes it.
 */
#ifndef CCCD_IMPORT_TEXT_CORE_H
#define CCCD_IMPORT_TEXT_CORE_H

#include "base/der_core.h"

typedef enum CccdTextKind
{
	CCCD_TEXT_CERTIFICATE,
	CCCD_TEXT_CRL,
	CCCD_TEXT_MASTER_LIST
} CccdTextKind;

typedef struct CccdTextReader
{
	const uint8_t *at;
	const uint8_t *end;
	int			line;
	int			invalid;		/* items whose base64 cannot be read */
	int			invalid_line;	/* the first of them */
} CccdTextReader;

extern void cccd_text_open(CccdTextReader *reader, CccdBytes bytes);
extern bool cccd_is_pem(CccdBytes bytes);
extern bool cccd_pem_next(CccdTextReader *reader, uint8_t *out,
						  CccdTextKind *kind, CccdBytes *item);
extern bool cccd_ldif_next(CccdTextReader *reader, uint8_t *out,
						   CccdTextKind *kind, CccdBytes *item);

#endif							/* CCCD_IMPORT_TEXT_CORE_H */
