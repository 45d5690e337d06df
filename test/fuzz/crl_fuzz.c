/*
 * crl_fuzz.c
 *		Any bytes as a revocation list; a serial number that is in it is found.
 */
#include "pki/crl_core.h"

#include <stdlib.h>

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	CccdBytes	bytes = {data, size};
	CccdBytes	serial = {(const uint8_t *) "\x03\xEA", 2};
	CccdCrl		crl;
	CccdRevocation revocation;
	CccdDerError error;
	size_t		offset;

	if (!cccd_crl_read(bytes, &crl, &error, &offset))
	{
		if (error == CCCD_DER_OK || offset > size)
			abort();
		return 0;
	}
	if (cccd_crl_find(&crl, serial, &revocation) && crl.entry_count == 0)
		abort();
	return 0;
}
