/*
 * der_fuzz.c
 *		Walk any bytes as DER and as BER, every value read in every way.
 */
#include "base/der_core.h"

#include <stdlib.h>

static uint8_t scratch[256];

static void
walk(CccdDer *cursor)
{
	CccdDerItem item;

	while (!cccd_der_at_end(cursor) && cccd_der_next(cursor, &item))
	{
		CccdDerDocument save = *cursor->document;
		CccdBytes	bytes;
		uint32_t	number;
		int64_t		time;
		bool		flag;

		if (item.value + item.length > cursor->end || item.end > cursor->end)
			abort();
		cccd_der_small_integer(cursor, &item, &number);
		cccd_der_unsigned(cursor, &item, &bytes);
		cccd_der_bits(cursor, &item, &bytes);
		cccd_der_boolean(cursor, &item, &flag);
		cccd_der_time(cursor, &item, &time);
		cccd_der_octets(cursor, &item, scratch, sizeof(scratch), &bytes);
		*cursor->document = save;
		if (item.start[0] & CCCD_DER_CONSTRUCTED)
		{
			CccdDer		inner = cccd_der_enter(cursor, &item);

			walk(&inner);
		}
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	int			ber;

	for (ber = 0; ber < 2; ber++)
	{
		CccdDerDocument document;
		CccdDer		cursor = cccd_der_open(&document, data, size, ber);

		walk(&cursor);
	}
	return 0;
}
