/*
 * import_text_core.h
 *		Certificates, revocation lists and master lists in text: PEM
 *		(RFC 7468) and LDIF (RFC 2849) as the ICAO PKD publishes it.
 */
#ifndef CCCD_IMPORT_TEXT_CORE_H
#define CCCD_IMPORT_TEXT_CORE_H

#include "base/bytes_core.h"

typedef enum CccdImportKind
{
	CCCD_IMPORT_CERTIFICATE,
	CCCD_IMPORT_CRL,
	CCCD_IMPORT_MASTER_LIST
} CccdImportKind;

typedef struct CccdImportReader
{
	const uint8_t *at;
	const uint8_t *end;
	int			line;
	int			invalid;		/* items whose base64 cannot be read */
	int			invalid_line;	/* the first of them */
} CccdImportReader;

extern void cccd_import_open(CccdImportReader *reader, CccdBytes bytes);
extern bool cccd_import_is_pem(CccdBytes bytes);
extern bool cccd_import_pem_next(CccdImportReader *reader, uint8_t *out,
								 CccdImportKind *kind, CccdBytes *item);
extern bool cccd_import_ldif_next(CccdImportReader *reader, uint8_t *out,
								  CccdImportKind *kind, CccdBytes *item);

#endif							/* CCCD_IMPORT_TEXT_CORE_H */
