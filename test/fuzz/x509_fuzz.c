/*
 * x509_fuzz.c
 *		Any bytes as a certificate, and everything asked of one that can be
 *		read.
 */
#include "trust/trust_core.h"

#include <stdlib.h>
#include <string.h>

#include "pki/distinguished_name_core.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	CccdBytes	bytes = {data, size};
	CccdX509	certificate;
	CccdDerError error;
	CccdTrustEntry entry;
	char		text[CCCD_DN_TEXT_SIZE];
	size_t		offset;

	if (!cccd_x509_read(bytes, &certificate, &error, &offset))
	{
		if (error == CCCD_DER_OK || offset > size)
			abort();
		return 0;
	}
	if (cccd_dn_format(certificate.subject, text) >= sizeof(text) ||
		cccd_dn_format(certificate.issuer, text) != strlen(text))
		abort();
	cccd_x509_has_eku(&certificate, certificate.serial);
	cccd_x509_allows_document(&certificate, "ID", 2);
	if (cccd_dn_equal(certificate.issuer, certificate.subject) &&
		cccd_dn_hash(certificate.issuer) !=
		cccd_dn_hash(certificate.subject))
		abort();
	cccd_trust_classify(bytes, CCCD_PURPOSE_CHIP, CCCD_TRUST_SOURCE_OPERATOR,
						&entry);
	return 0;
}
