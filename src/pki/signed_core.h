/*
 * signed_core.h
 *		What certificates and revocation lists share: the frame around what is
 *		signed, its signature, and extensions (RFC 5280 4.1.1, 5.1.1, 4.2).
 *
 *	SEQUENCE { what is signed, signatureAlgorithm, signatureValue BIT STRING }
 *
 * What is signed repeats the algorithm, so that nobody can exchange it.  The
 * functions are called in the order in which they stand here, the readers of
 * the content between the first and the third.
 */
#ifndef CCCD_SIGNED_CORE_H
#define CCCD_SIGNED_CORE_H

#include "pki/algorithm_core.h"
#include "pki/signature_core.h"

/* The extension that both have (RFC 5280 4.2.1.1). */
#define CCCD_OID_AUTHORITY_KEY_ID	"\x55\x1D\x23"

/* All bytes point into the object. */
typedef struct CccdSigned
{
	CccdBytes	tbs;			/* what is signed, with its head */
	CccdBytes	inner;			/* algorithm identifier in it */
	CccdAlgorithm algorithm;	/* what that says */
	bool		algorithms_differ;	/* the one outside is another one */
	CccdBytes	signature;
} CccdSigned;

/*
 * Enter an object, which is all that cursor has.  *frame is left behind what
 * is signed, *content at the beginning of it.  False, and the document marked,
 * when it cannot be read; so do the readers below.
 */
extern bool cccd_signed_open(CccdDer *cursor, CccdSigned *object,
							 CccdDer *frame, CccdDer *content);

/* Read the algorithm that stands next in what is signed. */
extern bool cccd_signed_read_algorithm(CccdDer *content, CccdSigned *object);

/* Read what follows what is signed, to the end of the object. */
extern bool cccd_signed_close(CccdDer *frame, CccdSigned *object);

/*
 * Whether the object was signed with a key, of which numbers are what it was
 * made of; key may be NULL, which is a key that cannot be used.
 *
 *	malformed	the algorithms inside and outside differ, or no signature of
 *				this algorithm looks like that
 *	unsupported	an algorithm, its parameters or a key that is not known here:
 *				nothing is said about the object
 *	invalid		another key signed, also one of another kind, or the object
 *				was changed
 */
extern CccdSignatureVerdict cccd_signed_verify(const CccdSigned *object,
											   CccdKey *key,
											   const CccdPublicKey *numbers);

/*
 * Read the next Extension of a list of them: its identifier, whether it is
 * critical, and a cursor for what its OCTET STRING holds.
 */
extern bool cccd_extension_read(CccdDer *cursor, CccdBytes *oid,
								bool *critical, CccdDer *content);

/*
 * The key identifier of an AuthorityKeyIdentifier (RFC 5280 4.2.1.1); *key_id
 * is left alone if it has none.
 */
extern bool cccd_extension_read_authority(CccdDer *content,
										  CccdBytes *key_id);

#endif							/* CCCD_SIGNED_CORE_H */
