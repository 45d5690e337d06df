/*
 * sod_fuzz.c
 *		Any bytes as EF.SOD and as EF.CardSecurity, under a trust value without
 *		anchors: nothing may be trusted.
 */
#include "chip/chip_core.h"

#include <stdlib.h>
#include <string.h>

static uint8_t scratch[CCCD_SOD_SIZE];
static CccdChipWork work;
static CccdTrustStore *empty;

static CccdTrustStore *
open_store(void *argument)
{
	(void) argument;
	return empty;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static uint8_t value[CCCD_TRUST_HEADER];
	static CccdTrustStore memory;
	int			k;

	if (empty == NULL)
	{
		CccdBytes	bytes = {value, sizeof(value)};

		if (!cccd_trust_write(NULL, 0, value) ||
			!cccd_store_open(bytes, &memory, &empty))
			abort();
	}
	for (k = 0; k < 4; k++)
	{
		CccdChipInput input;
		CccdChipResult result;
		CccdBytes	group = {data, size};

		memset(&input, 0, sizeof(input));
		input.sod.data = data;
		input.sod.length = size;
		input.kind = k < 2 ? CCCD_SOD_DOCUMENT : CCCD_SOD_CARD;
		input.groups = &group;
		input.group_count = 1;
		input.policy = k % 2 == 0 ? CCCD_CHIP_POLICY_STRICT : CCCD_CHIP_POLICY_FIELD;
		input.trust.digest = empty->digest;
		input.trust.open = open_store;
		input.scratch = scratch;
		input.capacity = sizeof(scratch);
		cccd_chip_verify(&input, &work, &result);
		if (result.trusted)
			abort();
		/* no input looks like a lack of memory */
		if (result.out_of_memory)
			abort();
	}
	cccd_signer_forget_all();
	if (cccd_key_count() != 0)
		abort();
	return 0;
}
