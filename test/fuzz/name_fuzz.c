/*
 * name_fuzz.c
 *		Fuzz the folding of names: never longer than the name, stable, valid
 *		where the name is, and clean where the name is ASCII.
 */
#include <stdlib.h>
#include <string.h>

#include "scan/name_core.h"
#include "base/text_core.h"

int			LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	/* exactly as much room as promised, so that one byte more is noticed */
	char	   *key = malloc(size + 1);
	char	   *again = malloc(size + 1);
	size_t		len;
	size_t		i;
	bool		ascii = true;

	key[size] = 'x';
	len = cccd_name_fold((const char *) data, size, key);
	if (len > size || key[size] != 'x')
		abort();
	if (cccd_utf8_valid((const char *) data, size))
	{
		if (!cccd_utf8_valid(key, len))
			abort();
		if (cccd_name_fold(key, len, again) != len ||
			memcmp(key, again, len) != 0)
			abort();
	}
	for (i = 0; i < size; i++)
		ascii = ascii && data[i] < 0x80;
	for (i = 0; ascii && i < len; i++)
	{
		if (!(key[i] == ' ' || (key[i] >= '0' && key[i] <= '9') ||
			  (key[i] >= 'A' && key[i] <= 'Z')))
			abort();
	}
	if (len > 0 && (key[0] == ' ' || key[len - 1] == ' '))
		abort();
	free(key);
	free(again);
	return 0;
}
