/*
 * vdsnc_fuzz.c
 *		Any text as a visible digital seal, read and verified under a trust
 *		value without CSCAs: nothing may be valid.  What has a canonical form
 *		is its own canonical form from then on.
 */
#include "vdsnc/vdsnc_verify_core.h"

#include <stdlib.h>
#include <string.h>

static CccdVdsncWork work;
static CccdVdsncResult result;

/* The canonical form of a canonical form. */
static void
check_canonical(void)
{
	static CccdJsonNode nodes[CCCD_VDSNC_NODES];
	static uint8_t again[CCCD_VDSNC_TEXT_MAX];
	CccdBytes	data = result.vdsnc.data;
	size_t		length;
	int			count;

	if (data.length == 0)
		return;
	if (cccd_json_parse(data.data, data.length, nodes, CCCD_VDSNC_NODES,
						&count) != CCCD_JSON_OK ||
		cccd_jcs_write(data.data, nodes, 0, again, sizeof(again),
					   &length) != CCCD_JCS_OK ||
		length != data.length || memcmp(again, data.data, length) != 0)
		abort();
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static uint8_t value[CCCD_TRUST_HEADER];
	static CccdTrustStore memory;
	static CccdTrustStore *empty;

	if (empty == NULL)
	{
		CccdBytes	bytes = {value, sizeof(value)};

		if (!cccd_trust_write(NULL, 0, value) ||
			!cccd_store_open(bytes, &memory, &empty))
			abort();
	}
	for (int policy = CCCD_HCERT_STRICT; policy <= CCCD_HCERT_FOR_TEST;
		 policy++)
	{
		int			attempts = CCCD_KEY_ATTEMPTS;
		int			lists = CCCD_REVOCATION_ATTEMPTS;

		cccd_vdsnc_verify_within((const char *) data, size, empty, 0,
								 (CccdHcertPolicy) policy, &attempts, &lists,
								 &work, &result);
		if (result.verdict.valid || attempts != CCCD_KEY_ATTEMPTS ||
			result.vdsnc.event_count > CCCD_VDSNC_EVENTS)
			abort();
		check_canonical();
	}
	return 0;
}
