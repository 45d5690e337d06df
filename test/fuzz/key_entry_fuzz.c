/*
 * key_entry_fuzz.c
 *		Any bytes as a key or a revocation of a trust value: what can be read
 *		is written as the same bytes.
 */
#include "trust/key_store_core.h"

#include <stdlib.h>
#include <string.h>

static void
compare(const uint8_t *written, size_t length, const uint8_t *data,
		size_t size)
{
	if (length != size || memcmp(written, data, size) != 0)
		abort();
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const uint8_t fingerprint[CCCD_SHA256_SIZE];
	CccdBytes	bytes = {data, size};
	CccdKeyEntry key;
	CccdRevokedEntry revoked;
	CccdListedKey listed;
	uint8_t    *out;

	if (cccd_key_entry_read(bytes, &key))
	{
		out = malloc(cccd_key_entry_size(&key));
		compare(out, cccd_key_entry_write(&key, out), data, size);
		free(out);
		cccd_listed_key_from_entry(&listed, &key, fingerprint, 2);
		cccd_listed_keys_sort(&listed, 1);
	}
	if (cccd_revoked_entry_read(bytes, &revoked))
	{
		out = malloc(cccd_revoked_entry_size(&revoked));
		compare(out, cccd_revoked_entry_write(&revoked, out), data, size);
		free(out);
		if (!cccd_revoked_entry_has(&revoked, revoked.items))
			abort();
	}
	return 0;
}
