/*
 * import_text_fuzz.c
 *		Any bytes as PEM and as LDIF; what comes out is never longer than what
 *		went in.
 */
#include "trust/import_text_core.h"

#include <stdlib.h>
#include <string.h>

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	CccdBytes	bytes = {data, size};
	int			k;

	for (k = 0; k < 2; k++)
	{
		uint8_t    *start = malloc(size + 1);
		uint8_t    *out = start;
		CccdImportReader text;
		CccdImportKind kind;
		CccdBytes	item;

		cccd_import_open(&text, bytes);
		while (k == 0 ? cccd_import_pem_next(&text, out, &kind, &item) :
			   cccd_import_ldif_next(&text, out, &kind, &item))
		{
			/* of an LDIF what cannot be read comes without bytes */
			if ((item.length == 0 && k == 0) ||
				kind > CCCD_IMPORT_MASTER_LIST ||
				strlen(text.name) > CCCD_IMPORT_NAME)
				abort();
			out += item.length;
			if ((size_t) (out - start) > size)
				abort();
		}
		free(start);
	}
	return 0;
}
