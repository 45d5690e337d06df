/*
 * hcert_fuzz.c
 *		Any bytes as the scan of a health certificate and as its message, under
 *		a trust value without keys: nothing may be valid.
 */
#include "hcert/hcert_verify_core.h"

#include <stdlib.h>
#include <string.h>

static CccdHcertWork work;
static CccdHcertResult result;

static void
use(void)
{
	uint8_t		digest[CCCD_HASH_SIZE];

	if (result.verdict.valid)
		abort();
	if (result.hcert.payload.data != NULL)
		cccd_hcert_digest(&result.hcert, CCCD_HASH_SHA256, digest);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static uint8_t value[CCCD_TRUST_HEADER];
	static CccdTrustStore memory;
	static CccdTrustStore *empty;
	CccdBytes	message = {data, size};
	int			policy;

	if (empty == NULL)
	{
		CccdBytes	bytes = {value, sizeof(value)};

		if (!cccd_trust_write(NULL, 0, value) ||
			!cccd_store_open(bytes, &memory, &empty))
			abort();
	}
	for (policy = CCCD_HCERT_STRICT; policy <= CCCD_HCERT_FOR_TEST; policy++)
	{
		cccd_hcert_verify((const char *) data, size, empty, 0,
						  (CccdHcertPolicy) policy, &work, &result);
		use();
		cccd_hcert_verify_message(message, empty, 0,
								  (CccdHcertPolicy) policy, &work, &result);
		use();
	}
	return 0;
}
