/*
 * scan_fuzz.c
 *		Fuzz the reader of scans: whatever the text, the answer is sound, and
 *		a second reading agrees with the first.
 */
#include <stdlib.h>

#include "scan_check.h"

int			LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static CccdScan scan;
	static CccdScan again;

	cccd_scan_read((const char *) data, size, &scan);
	if (!scan_is_sound(&scan))
		abort();
	/* nothing of an earlier scan shows in a later one */
	memset(again.text, 'x', sizeof(again.text));
	cccd_scan_read((const char *) data, size, &again);
	if (again.kind != scan.kind || again.flags != scan.flags ||
		again.id != scan.id || again.birth_date != scan.birth_date ||
		!slices_equal(again.name, scan.name) ||
		!slices_equal(again.address, scan.address))
		abort();
	cccd_scan_expect(&again, CCCD_KIND(PERSONAL));
	if (scan.kind != CCCD_KIND_PERSONAL && again.name.ptr != NULL)
		abort();
	return 0;
}
