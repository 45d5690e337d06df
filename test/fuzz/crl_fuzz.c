/*
 * crl_fuzz.c
 *		Any bytes as a revocation list; a serial number that is in it is found.
 */
#include "trust/crl_core.h"

#include <stdlib.h>

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	cccd_bytes	bytes = {data, size};
	cccd_bytes	serial = {(const uint8_t *) "\x03\xEA", 2};
	cccd_crl	crl;
	cccd_revocation revocation;
	cccd_der_error error;
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
