/*
 * signed_core.c
 *		What certificates and revocation lists share; see signed_core.h.
 */
#include "pki/signed_core.h"

bool
cccd_signed_open(CccdDer *cursor, CccdSigned *object, CccdDer *frame,
				 CccdDer *content)
{
	CccdDerItem item;

	if (!cccd_der_want_enter(cursor, CCCD_DER_SEQUENCE, frame) ||
		!cccd_der_finish(cursor) ||
		!cccd_der_want(frame, CCCD_DER_SEQUENCE, &item))
		return false;
	object->tbs = cccd_der_whole(&item);
	*content = cccd_der_enter(frame, &item);
	return true;
}

bool
cccd_signed_read_algorithm(CccdDer *content, CccdSigned *object)
{
	CccdDer		copy = *content;
	CccdDerItem item;

	if (!cccd_der_want(content, CCCD_DER_SEQUENCE, &item) ||
		!cccd_algorithm_read(&copy, &object->algorithm))
		return false;
	object->inner = cccd_der_whole(&item);
	return true;
}

bool
cccd_signed_close(CccdDer *frame, CccdSigned *object)
{
	CccdDerItem item;

	if (!cccd_der_want(frame, CCCD_DER_SEQUENCE, &item))
		return false;
	object->algorithms_differ = !cccd_bytes_equal(object->inner,
												  cccd_der_whole(&item));
	return cccd_der_want(frame, CCCD_DER_BIT_STRING, &item) &&
		cccd_der_bits(frame, &item, &object->signature) &&
		cccd_der_finish(frame);
}

CccdSignatureVerdict
cccd_signed_verify(const CccdSigned *object, CccdKey *key,
				   const CccdPublicKey *numbers)
{
	const CccdAlgorithm *algorithm = &object->algorithm;
	uint8_t		digest[CCCD_HASH_SIZE];

	if (object->algorithms_differ)
		return CCCD_SIGNATURE_MALFORMED;
	if (algorithm->scheme == CCCD_SCHEME_UNKNOWN)
		return CCCD_SIGNATURE_UNSUPPORTED;
	if (!cccd_algorithm_fits(algorithm, numbers))
		return CCCD_SIGNATURE_INVALID;
	if (key == NULL || algorithm->params_invalid ||
		!cccd_hash_bytes(algorithm->hash, object->tbs, digest))
		return CCCD_SIGNATURE_UNSUPPORTED;
	return cccd_key_verify(key, algorithm, algorithm->hash, digest,
						   object->signature);
}

bool
cccd_extension_read(CccdDer *cursor, CccdBytes *oid, bool *critical,
					CccdDer *content)
{
	CccdDer		extension;
	CccdDerItem item;
	bool		present;

	*critical = false;
	if (!cccd_der_want_enter(cursor, CCCD_DER_SEQUENCE, &extension) ||
		!cccd_der_want(&extension, CCCD_DER_OID, &item))
		return false;
	*oid = cccd_der_value(&item);
	if (!cccd_der_option(&extension, CCCD_DER_BOOLEAN, &item, &present) ||
		(present && !cccd_der_boolean(&extension, &item, critical)) ||
		!cccd_der_want(&extension, CCCD_DER_OCTET_STRING, &item) ||
		!cccd_der_finish(&extension))
		return false;
	*content = cccd_der_enter(&extension, &item);
	return true;
}

bool
cccd_extension_read_authority(CccdDer *content, CccdBytes *key_id)
{
	CccdDer		inner;
	CccdDerItem item;
	bool		present;

	if (!cccd_der_want_enter(content, CCCD_DER_SEQUENCE, &inner) ||
		!cccd_der_option(&inner, CCCD_DER_CONTEXT(0), &item, &present))
		return false;
	if (present)
		*key_id = cccd_der_value(&item);
	return true;
}
