/*
 * id_fuzz.c
 *		Any bytes as a number: what is read is written back the same, and what
 *		is refused is refused at the right place.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "id/id_core.h"
#include "id/place_core.h"

extern int	LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
require(int condition)
{
	if (!condition)
		abort();
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char		text[CCCD_ID_DIGITS + 1];
	int64_t		id = -1;
	size_t		where = 0,
				digits = 0;
	int			place;

	while (digits < size && data[digits] >= '0' && data[digits] <= '9')
		digits++;
	switch (cccd_id_parse((const char *) data, size, &id, &where))
	{
		case CCCD_ID_OK:
			require(size == CCCD_ID_DIGITS && cccd_id_in_range(id));
			cccd_id_format(id, text);
			require(memcmp(text, data, CCCD_ID_DIGITS) == 0);
			break;
		case CCCD_ID_BAD_LENGTH:
			require(digits == size && where == size &&
					size != CCCD_ID_DIGITS);
			break;
		case CCCD_ID_BAD_CHARACTER:
			require(digits < size && where == digits + 1);
			break;
	}

	/* twelve digits are a decimal; any decimal is a number */
	if (size == CCCD_ID_DIGITS && digits == size)
	{
		int64_t		whole = -1;

		require(cccd_id_from_decimal((const char *) data, size, &whole));
		require(whole == id);
	}
	else if (cccd_id_from_decimal((const char *) data, size, &id))
		require(cccd_id_in_range(id) && digits > 0 &&
				(digits == size || data[digits] == '.'));

	/* the same bytes as a stored value, which may not be a number */
	if (size >= sizeof(id))
		memcpy(&id, data, sizeof(id));
	cccd_id_format_masked(id, (int) size - 4, text);
	require(strlen(text) == CCCD_ID_DIGITS);
	place = cccd_id_place_of(id);
	require(place >= 0 && place <= CCCD_ID_LAST_PLACE);
	require(!cccd_id_in_range(id) ||
			(id >= cccd_id_first_of_place(place) &&
			 id <= cccd_id_last_of_place(place)));
	require((cccd_place_successor(place) != 0) ==
			(place < 100 && cccd_place_name(place) != NULL));
	require(cccd_id_agrees(id, cccd_id_birth_year_of(id), cccd_id_sex_of(id)));
	return 0;
}
