/*
 * trust_fuzz.c
 *		Any bytes as a trust value.  The digest is made right first, or nothing
 *		would get past it.
 */
#include "trust/store_core.h"

#include <stdlib.h>
#include <string.h>

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	uint8_t    *copy = malloc(size + 1);
	CccdBytes	value = {copy, size};
	CccdBytes	body;
	uint8_t		digest[CCCD_HASH_SIZE];
	CccdTrustStore *store;
	void	   *memory;

	memcpy(copy, data, size);
	cccd_trust_valid(value);
	if (cccd_trust_header_valid(value))
	{
		body.data = copy + CCCD_TRUST_COUNT;
		body.length = size - CCCD_TRUST_COUNT;
		cccd_hash_bytes(CCCD_HASH_SHA256, body, digest);
		memcpy(copy + CCCD_TRUST_DIGEST, digest, CCCD_SHA256_SIZE);
		memory = malloc(cccd_store_size(value));
		if (cccd_store_open(value, memory, &store))
			cccd_store_close(store);
		else if (cccd_trust_valid(value))
			abort();
		free(memory);
	}
	free(copy);
	return 0;
}
