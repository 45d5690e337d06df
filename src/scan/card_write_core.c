/*
 * card_write_core.c
 *		Write the text of a card's QR code: Circular 06/2021/TT-BCA for the
 *		2021 card, Circular 16/2024/TT-BCA for the 2024 card, whose four
 *		further fields are left empty as nearly every card has them.
 */
#include "scan/card_write_core.h"

#include <string.h>

#include "base/calendar_core.h"
#include "id/id_core.h"

/*
 * The longest text: number, old number, name, two dates, sex, address and
 * ten bars.
 */
#define LONGEST (12 + 12 + CCCD_NAME_MAX + 2 * 8 + 4 + CCCD_ADDRESS_MAX + 10)
typedef char longest_text_fits[LONGEST <= CCCD_SCAN_MAX ? 1 : -1];

/* Text that a reader of the code gets back as it is. */
static CccdWriteCode
check_text(CccdSlice text, size_t limit)
{
	size_t		at = 0;

	if (text.len > limit)
		return CCCD_WRITE_LONG;
	while (at < text.len)
	{
		uint32_t	code;
		size_t		size = cccd_utf8_decode(text.ptr + at, text.len - at,
											&code);

		if (size == 0 || cccd_text_is_control(code))
			return CCCD_WRITE_CONTROL;
		if (code == '|')
			return CCCD_WRITE_BAR;
		at += size;
	}
	return CCCD_WRITE_OK;
}

static void
put(char *out, size_t *len, const char *text, size_t size)
{
	if (size > 0)
		memcpy(out + *len, text, size);
	*len += size;
}

static bool
put_date(char *out, size_t *len, int32_t date)
{
	int			year;
	int			month;
	int			day;
	char		digits[8];
	int			value;

	if (date == CCCD_NO_DATE)
		return true;
	if (date < cccd_days_from_civil(CCCD_SCAN_YEAR_MIN, 1, 1) ||
		date > cccd_days_from_civil(CCCD_SCAN_YEAR_MAX, 12, 31))
		return false;
	cccd_civil_from_days(date, &year, &month, &day);
	value = (day * 100 + month) * 10000 + year;
	for (int i = 7; i >= 0; i--)
	{
		digits[i] = (char) ('0' + value % 10);
		value /= 10;
	}
	put(out, len, digits, sizeof(digits));
	return true;
}

static bool
is_old_id(CccdSlice text)
{
	for (size_t i = 0; i < text.len; i++)
	{
		if (text.ptr[i] < '0' || text.ptr[i] > '9')
			return false;
	}
	return text.len == 0 || text.len == 9 || text.len == 12;
}

CccdWriteCode
cccd_card_write(const CccdCard *card, char out[CCCD_SCAN_MAX], size_t *len,
				const char **field)
{
	char		id[CCCD_ID_DIGITS + 1];
	CccdWriteCode code;

	*len = 0;
	*field = "old_id";
	if (!is_old_id(card->old_id))
		return CCCD_WRITE_OLD_ID;
	*field = "name";
	code = check_text(card->name, CCCD_NAME_MAX);
	if (code != CCCD_WRITE_OK)
		return code;
	*field = "address";
	code = check_text(card->address, CCCD_ADDRESS_MAX);
	if (code != CCCD_WRITE_OK)
		return code;

	cccd_id_format(card->id, id);
	put(out, len, id, CCCD_ID_DIGITS);
	put(out, len, "|", 1);
	put(out, len, card->old_id.ptr, card->old_id.len);
	put(out, len, "|", 1);
	put(out, len, card->name.ptr, card->name.len);
	put(out, len, "|", 1);
	*field = "birth_date";
	if (!put_date(out, len, card->birth_date))
		return CCCD_WRITE_YEAR;
	put(out, len, "|", 1);
	if (card->sex == 'M')
		put(out, len, "Nam", 3);
	else if (card->sex == 'F')
		put(out, len, "N\xE1\xBB\xAF", 4);
	put(out, len, "|", 1);
	put(out, len, card->address.ptr, card->address.len);
	put(out, len, "|", 1);
	*field = "issued";
	if (!put_date(out, len, card->issued))
		return CCCD_WRITE_YEAR;
	if (card->kind == CCCD_KIND_CARD_2024)
		put(out, len, "||||", 4);
	*field = NULL;
	return CCCD_WRITE_OK;
}
