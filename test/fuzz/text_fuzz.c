/*
 * text_fuzz.c
 *		Any bytes as PEM and as LDIF; what comes out is never longer than what
 *		went in.
 */
#include "trust/text_core.h"

#include <stdlib.h>

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	cccd_bytes	bytes = {data, size};
	int			k;

	for (k = 0; k < 2; k++)
	{
		uint8_t    *start = malloc(size + 1);
		uint8_t    *out = start;
		cccd_text	text;
		cccd_text_kind kind;
		cccd_bytes	item;

		cccd_text_open(&text, bytes);
		while (k == 0 ? cccd_pem_next(&text, out, &kind, &item) :
			   cccd_ldif_next(&text, out, &kind, &item))
		{
			if (item.length == 0 || kind > CCCD_TEXT_MASTER_LIST)
				abort();
			out += item.length;
			if ((size_t) (out - start) > size)
				abort();
		}
		free(start);
	}
	return 0;
}
