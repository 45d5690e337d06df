/*
 * master_list_fuzz.c
 *		Any bytes as a signed and as a raw master list, walked to its end.
 */
#include "trust/master_list_core.h"

#include <stdlib.h>

static void
walk(CccdMasterList *list)
{
	CccdBytes	item;
	CccdTrustEntry entry;

	while (cccd_master_list_next(list, &item))
		cccd_trust_classify(item, CCCD_PURPOSE_CHIP,
							CCCD_TRUST_SOURCE_MASTER_LIST, &entry);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static CccdTrustStore nobody;
	CccdBytes	bytes = {data, size};
	uint8_t    *scratch = malloc(size + 1);
	CccdMasterList list;
	CccdReport	report = {0};

	if (cccd_master_list_read(bytes, scratch, &list, &report))
	{
		if (cccd_master_list_verify(&list, &nobody, false, 0, NULL, &report))
			abort();
		walk(&list);
	}
	report.count = 0;
	if (cccd_master_list_read_raw(bytes, &list, &report))
		walk(&list);
	free(scratch);
	return 0;
}
