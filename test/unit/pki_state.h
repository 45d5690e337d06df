/*
 * pki_state.h
 *		Names that say of which state they are more than once.
 */
#ifndef PKI_STATE_H
#define PKI_STATE_H

#include "pki.h"

/* A name that has an attribute of X.520 twice, the last octet of its type. */
static inline CccdBytes
pki_twice_named(const char *type, const char *first, const char *second)
{
	CccdBytes	oid = pki_wrap(-1, PKI_LITERAL("\x55\x04"),
							   pki_bytes((const uint8_t *) type, 1), PKI_END);

	return PKI_SEQ(
				   PKI_SET(PKI_SEQ(PKI_TLV(CCCD_DER_OID, oid),
								   PKI_TLV(0x13, pki_bytes(first, strlen(first))))),
				   PKI_SET(PKI_SEQ(PKI_TLV(CCCD_DER_OID, oid),
								   PKI_TLV(0x13, pki_bytes(second, strlen(second))))));
}

/*
 * Alternative names of a subject (type 0x11) or an issuer (0x12) with a
 * directoryName, as an extension.
 */
static inline CccdBytes
pki_alt_name(int type, CccdBytes name)
{
	uint8_t		oid[3] = {0x55, 0x1D, (uint8_t) type};

	return pki_extension(PKI_TLV(CCCD_DER_OID, pki_bytes(oid, sizeof(oid))),
						 false,
						 PKI_SEQ(PKI_TLV(CCCD_DER_EXPLICIT(4), name)));
}

#endif							/* PKI_STATE_H */
