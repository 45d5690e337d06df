/*
 * mrz_fuzz.c
 *		Fuzz the reader of machine readable zones: what it takes for one has
 *		only the zone's characters, and a repaired one its check digits.
 */
#include <stdlib.h>
#include <string.h>

#include "scan/mrz_core.h"

int			LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char		mrz[CCCD_MRZ_SIZE];
	char		again[CCCD_MRZ_SIZE];
	char		name[CCCD_MRZ_LINE];
	bool		repaired;
	size_t		len;
	size_t		i;

	if (size > 4096 ||
		cccd_mrz_read((const char *) data, size, mrz, &repaired) !=
		CCCD_MRZ_TD1)
		return 0;
	for (i = 0; i < sizeof(mrz); i++)
	{
		if (!(mrz[i] == '<' || (mrz[i] >= '0' && mrz[i] <= '9') ||
			  (mrz[i] >= 'A' && mrz[i] <= 'Z')))
			abort();
	}
	if (repaired && cccd_mrz_check(mrz) != 0)
		abort();
	len = cccd_mrz_name(mrz, name);
	if (len > sizeof(name) || memchr(name, '<', len) != NULL)
		abort();
	if (cccd_mrz_read(mrz, sizeof(mrz), again, &repaired) != CCCD_MRZ_TD1 ||
		repaired || memcmp(mrz, again, sizeof(mrz)) != 0)
		abort();
	return 0;
}
