/*
 * text_core.h
 *		Certificates, revocation lists and master lists in text: PEM
 *		(RFC 7468) and LDIF (RFC 2849) as the ICAO PKD publishes it.
 */
#ifndef CCCD_TEXT_CORE_H
#define CCCD_TEXT_CORE_H

#include "der/der_core.h"

typedef enum cccd_text_kind
{
	CCCD_TEXT_CERTIFICATE,
	CCCD_TEXT_CRL,
	CCCD_TEXT_MASTER_LIST
} cccd_text_kind;

typedef struct cccd_text
{
	const uint8_t *at;
	const uint8_t *end;
	int			line;
	int			invalid;		/* items whose base64 cannot be read */
	int			invalid_line;	/* the first of them */
} cccd_text;

extern void cccd_text_open(cccd_text *text, cccd_bytes bytes);
extern bool cccd_is_pem(cccd_bytes bytes);
extern bool cccd_pem_next(cccd_text *text, uint8_t *out,
						  cccd_text_kind *kind, cccd_bytes *item);
extern bool cccd_ldif_next(cccd_text *text, uint8_t *out,
						   cccd_text_kind *kind, cccd_bytes *item);

#endif							/* CCCD_TEXT_CORE_H */
