/*
 * certificate_fuzz.c
 *		Any bytes as a certificate, and everything asked of one that can be
 *		read.
 */
#include "trust/trust_core.h"

#include <stdlib.h>
#include <string.h>

#include "trust/distinguished_name_core.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	CccdBytes	bytes = {data, size};
	CccdCertificate certificate;
	CccdDerError error;
	CccdTrustEntry entry;
	char		text[CCCD_NAME_TEXT_SIZE];
	size_t		offset;

	if (!cccd_certificate_read(bytes, &certificate, &error, &offset))
	{
		if (error == CCCD_DER_OK || offset > size)
			abort();
		return 0;
	}
	if (cccd_name_format(certificate.subject, text) >= sizeof(text) ||
		cccd_name_format(certificate.issuer, text) != strlen(text))
		abort();
	cccd_certificate_has_eku(&certificate, certificate.serial);
	cccd_certificate_allows_document(&certificate, "ID", 2);
	if (cccd_name_equal(certificate.issuer, certificate.subject) &&
		cccd_name_hash(certificate.issuer) !=
		cccd_name_hash(certificate.subject))
		abort();
	cccd_trust_classify(bytes, CCCD_PURPOSE_CHIP, CCCD_SOURCE_OPERATOR,
						&entry);
	return 0;
}
