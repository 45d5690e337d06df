/*
 * chip_card_fuzz.c
 *		The files of a chip from any bytes.  Input: the length of the first
 *		file in two octets, the first file, and the second is the rest.
 */
#include "chip/chip_card_core.h"

#include <stdlib.h>

static CccdChipCard card;

/* A slice lies in one of the texts and is text. */
static void
check(CccdSlice slice)
{
	bool		inside = (slice.ptr >= card.text &&
						  slice.ptr + slice.len <= card.text + card.used) ||
	(slice.ptr >= card.zone.text &&
	 slice.ptr + slice.len <= card.zone.text + sizeof(card.zone.text));

	if (slice.ptr == NULL ? slice.len != 0 :
		!inside || !cccd_utf8_valid(slice.ptr, slice.len))
		abort();
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const int64_t scanned = INT64_C(1099012345);
	CccdBytes	files[2];
	int			k;

	if (size < 2)
		return 0;
	files[0].length = (size_t) (data[0] << 8 | data[1]);
	if (files[0].length > size - 2)
		files[0].length = size - 2;
	files[0].data = data + 2;
	files[1].data = data + 2 + files[0].length;
	files[1].length = size - 2 - files[0].length;
	cccd_chip_card_read(files, 2, &scanned, &card);
	if (card.used > CCCD_CHIP_TEXT || card.card.extra_count > CCCD_SCAN_EXTRA)
		abort();
	check(card.card.name);
	check(card.card.address);
	check(card.card.old_id);
	check(card.nationality);
	check(card.ethnicity);
	check(card.religion);
	check(card.origin);
	check(card.marks);
	check(card.father);
	check(card.mother);
	check(card.spouse);
	check(card.serial);
	for (k = 0; k < card.card.extra_count; k++)
		check(card.card.extra[k]);
	if (card.card.id != CCCD_NO_ID && (card.card.id < 0 ||
									   card.card.id > INT64_C(999999999999)))
		abort();
	if ((card.card.id == scanned) !=
		((card.flags & CCCD_CHIP_FLAG(scanned_id_mismatch)) == 0))
		abort();
	return 0;
}
