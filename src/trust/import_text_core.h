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

/* Characters of an LDIF entry's name that are kept. */
#define CCCD_IMPORT_NAME	128

typedef struct CccdImportReader
{
	const uint8_t *at;
	const uint8_t *end;
	int			line;
	int			invalid;		/* items whose base64 cannot be read */
	int			invalid_line;	/* the first of them */
	int			item_line;		/* of the item read last */
	char		name[CCCD_IMPORT_NAME + 1]; /* of its entry, "" if none */
} CccdImportReader;

/* Begin to read a text, whose bytes must live as long as the reader. */
extern void cccd_import_open(CccdImportReader *reader, CccdBytes bytes);

/*
 * Whether bytes are a text with a PEM armour rather than DER, which begins
 * with 0x30.
 */
extern bool cccd_import_is_pem(CccdBytes bytes);

/*
 * The next certificate or revocation list of a PEM text (RFC 7468). out takes
 * its bytes and needs room for as many as the text has, of all items together
 * if they are to be kept.  Text around the armour and other kinds are passed
 * over; what cannot be read is counted in reader->invalid.  Returns false at
 * the end.
 */
extern bool cccd_import_pem_next(CccdImportReader *reader, uint8_t *out,
								 CccdImportKind *kind, CccdBytes *item);

/*
 * The next certificate, revocation list or master list of an LDIF text, with
 * out as above.  Lines that begin with a space continue the one before (RFC
 * 2849, note 2).  An item whose base64 cannot be read is returned without
 * bytes, so that it can be named: reader->item_line is its line and
 * reader->name the distinguished name of its entry, in printable ASCII.
 */
extern bool cccd_import_ldif_next(CccdImportReader *reader, uint8_t *out,
								  CccdImportKind *kind, CccdBytes *item);

#endif							/* CCCD_IMPORT_TEXT_CORE_H */
