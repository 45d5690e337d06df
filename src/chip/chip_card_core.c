/*
 * chip_card_core.c
 *		What the chip of a card says of its holder; see chip_card_core.h.
 */
#include "chip/chip_card_core.h"

#include <string.h>

#include "base/calendar_core.h"
#include "base/der_core.h"
#include "chip/dg13_core.h"
#include "chip/sod_core.h"
#include "scan/card_core.h"
#include "scan/name_core.h"

const char *const cccd_chip_flag_names[CCCD_CHIP_FLAG_COUNT] = {
#define CCCD_CHIP_FLAG_NAME(name)	#name,
	CCCD_CHIP_FLAG_LIST(CCCD_CHIP_FLAG_NAME)
#undef CCCD_CHIP_FLAG_NAME
};

/* What the zone says of the card's end: a day, that there is none, nothing. */
typedef enum ExpiryKind
{
	EXPIRY_UNKNOWN,
	EXPIRY_NEVER,
	EXPIRY_DAY
} ExpiryKind;

/*
 * A string of DG13, copied, cleaned and trimmed; absent if there is none, or
 * none that can be used, which a flag then says.
 */
static CccdSlice
take(CccdChipCard *chip, CccdBytes bytes, size_t limit)
{
	CccdSlice	slice = {NULL, 0};
	char	   *copy = chip->text + chip->used;
	unsigned	seen = 0;
	size_t		length;

	if (bytes.data == NULL)
		return slice;
	if (bytes.length > limit)
	{
		chip->card.flags |= CCCD_FLAG(FIELD_TOO_LONG);
		return slice;
	}
	if (!cccd_utf8_valid((const char *) bytes.data, bytes.length))
	{
		chip->card.flags |= CCCD_FLAG(NOT_TEXT);
		return slice;
	}
	memcpy(copy, bytes.data, bytes.length);
	length = cccd_clean_text(copy, bytes.length, &seen);
	chip->used += length;
	if (seen & CCCD_CLEAN_CONTROL)
		chip->card.flags |= CCCD_FLAG(CONTROL_CHARACTERS);
	if (seen & CCCD_CLEAN_STRANGE)
		chip->card.flags |= CCCD_FLAG(ENCODING_SUSPECT);
	slice = cccd_clean_trim(copy, length);
	if (slice.len == 0)
		slice.ptr = NULL;
	return slice;
}

static void
take_id(CccdChipCard *chip, CccdSlice field)
{
	if (field.len > 0 && !cccd_field_number(field, 12, &chip->card.id))
		chip->card.flags |= CCCD_FLAG(ID_INVALID);
}

/*
 * The expiry is a string that may hold words: a card of somebody over 60 has
 * none ("Khong thoi han", with its marks).  The zone's day for that, the last
 * of 2099, means the same here.
 */
static bool
says_never(CccdSlice field)
{
	static const char *const words[] = {
		"KHONG THOI HAN", "KHONG XAC DINH THOI HAN", "VO THOI HAN"
	};
	char		key[CCCD_CHIP_FIELD_SHORT];
	size_t		length;

	if (field.len == 0 || field.len > sizeof(key))
		return false;
	length = cccd_name_fold(field.ptr, field.len, key);
	for (size_t k = 0; k < sizeof(words) / sizeof(words[0]); k++)
		if (length == strlen(words[k]) && memcmp(key, words[k], length) == 0)
			return true;
	return false;
}

static void
take_expiry(CccdChipCard *chip, CccdSlice field)
{
	if (!says_never(field))
	{
		int			year;

		chip->card.expires = cccd_take_date(&chip->card, field,
											CCCD_DATE_OTHER, &year);
		if (chip->card.expires != cccd_days_from_civil(2099, 12, 31))
			return;
		chip->card.expires = CCCD_NO_DATE;
	}
	chip->card.flags |= CCCD_FLAG(NO_EXPIRY);
}

/*
 * Fields that every card has.  The readers of fields say this of what take()
 * refused, too; that it was there is what its own flag says.
 */
static void
check_missing(CccdScan *card, const CccdDg13 *dg13)
{
	static const uint8_t wanted[] = {
		CCCD_DG13_ID, CCCD_DG13_NAME, CCCD_DG13_BIRTH_DATE, CCCD_DG13_SEX,
		CCCD_DG13_ADDRESS, CCCD_DG13_ISSUED, CCCD_DG13_EXPIRES
	};

	card->flags &= ~CCCD_FLAG(FIELD_MISSING);
	for (size_t k = 0; k < sizeof(wanted); k++)
	{
		const CccdBytes *bytes = &dg13->field[wanted[k]][0];
		size_t		at = 0;

		while (at < bytes->length && bytes->data[at] == ' ')
			at++;
		if (at == bytes->length)
			card->flags |= CCCD_FLAG(FIELD_MISSING);
	}
}

static void
take_oddities(CccdChipCard *chip, const CccdDg13 *dg13)
{
	if (dg13->odd & CCCD_DG13_ODD_VERSION)
		chip->flags |= CCCD_CHIP_FLAG(dg13_version);
	if (dg13->odd & CCCD_DG13_ODD_BER)
		chip->flags |= CCCD_CHIP_FLAG(dg13_ber);
	if (dg13->odd & CCCD_DG13_ODD_UNKNOWN)
		chip->flags |= CCCD_CHIP_FLAG(dg13_field_unknown);
	if (dg13->odd & CCCD_DG13_ODD_DUPLICATE)
		chip->flags |= CCCD_CHIP_FLAG(dg13_field_duplicate);
	if (dg13->odd & CCCD_DG13_ODD_TYPE)
		chip->flags |= CCCD_CHIP_FLAG(dg13_field_type);
	if (dg13->odd & CCCD_DG13_ODD_SURPLUS)
		chip->card.flags |= CCCD_FLAG(FIELD_SURPLUS);
}

/*
 * Take every field of DG13 and check it as the field of a scan is checked.
 * The copies of its strings stand in chip->text in this order.
 */
static void
take_dg13(CccdChipCard *chip, const CccdDg13 *dg13)
{
	CccdScan   *card = &chip->card;
	int			birth_year;
	int			year;

#define TAKE(number, limit)	take(chip, dg13->field[number][0], limit)
	take_id(chip, TAKE(CCCD_DG13_ID, CCCD_CHIP_FIELD_SHORT));
	cccd_take_name(card, TAKE(CCCD_DG13_NAME, CCCD_NAME_MAX));
	card->birth_date = cccd_take_date(card, TAKE(CCCD_DG13_BIRTH_DATE,
												 CCCD_CHIP_FIELD_SHORT),
									  CCCD_DATE_OTHER, &birth_year);
	cccd_take_sex(card, TAKE(CCCD_DG13_SEX, CCCD_CHIP_FIELD_SHORT));
	chip->nationality = TAKE(CCCD_DG13_NATIONALITY, CCCD_EXTRA_MAX);
	chip->ethnicity = TAKE(CCCD_DG13_ETHNICITY, CCCD_EXTRA_MAX);
	chip->religion = TAKE(CCCD_DG13_RELIGION, CCCD_EXTRA_MAX);
	chip->origin = TAKE(CCCD_DG13_ORIGIN, CCCD_ADDRESS_MAX);
	cccd_take_address(card, TAKE(CCCD_DG13_ADDRESS, CCCD_ADDRESS_MAX));
	chip->marks = TAKE(CCCD_DG13_MARKS, CCCD_EXTRA_MAX);
	card->issued = cccd_take_date(card, TAKE(CCCD_DG13_ISSUED,
											 CCCD_CHIP_FIELD_SHORT),
								  CCCD_DATE_OTHER, &year);
	take_expiry(chip, TAKE(CCCD_DG13_EXPIRES, CCCD_CHIP_FIELD_SHORT));
	chip->father = TAKE(CCCD_DG13_PARENTS, CCCD_EXTRA_MAX);
	chip->mother = take(chip, dg13->field[CCCD_DG13_PARENTS][1],
						CCCD_EXTRA_MAX);
	chip->spouse = TAKE(CCCD_DG13_SPOUSE, CCCD_EXTRA_MAX);
	cccd_card_take_old_id(card, TAKE(CCCD_DG13_OLD_ID, CCCD_CHIP_FIELD_SHORT));
	chip->serial = TAKE(CCCD_DG13_SERIAL, CCCD_EXTRA_MAX);
#undef TAKE
	for (int k = 0; k < dg13->extra_count; k++)
		card->extra[card->extra_count++] = take(chip, dg13->extra[k],
												CCCD_EXTRA_MAX);
	check_missing(card, dg13);
	take_oddities(chip, dg13);
	cccd_card_check_order(card);
	cccd_check_agreement(card, birth_year);
}

static bool
is_mrz_text(CccdBytes text)
{
	for (size_t k = 0; k < text.length; k++)
	{
		uint8_t		c = text.data[k];

		if (!((c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '<'))
			return false;
	}
	return true;
}

/*
 * The zone of DG1.  A chip does not misread it, so nothing of what repairs a
 * scanner's text is wanted here.
 */
static bool
read_zone(CccdChipCard *chip, CccdBytes text)
{
	char		mrz[CCCD_MRZ_SIZE];
	bool		repaired;

	if (text.length == CCCD_MRZ_TD3_SIZE || text.length == CCCD_MRZ_TD2_SIZE)
		chip->zone.flags |= CCCD_FLAG(MRZ_NOT_TD1);
	else if (text.length != CCCD_MRZ_SIZE)
		chip->flags |= CCCD_CHIP_FLAG(mrz_length);
	else if (!is_mrz_text(text))
		chip->flags |= CCCD_CHIP_FLAG(mrz_charset);
	else if (cccd_mrz_read((const char *) text.data, text.length, mrz,
						   &repaired) != CCCD_MRZ_TD1)
		chip->zone.flags |= CCCD_FLAG(MRZ_NOT_TD1);
	else
	{
		cccd_card_read_mrz(&chip->zone, mrz);
		return true;
	}
	return false;
}

static ExpiryKind
expiry_of(const CccdScan *scan)
{
	if (scan->expires != CCCD_NO_DATE)
		return EXPIRY_DAY;
	return scan->flags & CCCD_FLAG(NO_EXPIRY) ? EXPIRY_NEVER : EXPIRY_UNKNOWN;
}

/*
 * Do the names agree?  The zone has only A to Z and cuts what does not fit,
 * and then says so by having no filler at its end.
 */
static bool
names_agree(const CccdScan *card, const CccdScan *zone)
{
	char		name[CCCD_NAME_MAX];
	char		other[CCCD_NAME_MAX];
	size_t		length = cccd_name_fold(card->name.ptr, card->name.len, name);
	size_t		shorter = cccd_name_fold(zone->name.ptr, zone->name.len,
										 other);

	if (shorter > length ||
		(shorter < length && !(zone->flags & CCCD_FLAG(NAME_TRUNCATED))))
		return false;
	return memcmp(name, other, shorter) == 0;
}

/*
 * Put what the zone says beside what DG13 says, which is more.  A number, a
 * day or a sex of which they say different things is not given at all, so that
 * nobody takes one of two for the truth; the name is, because there are names
 * that two offices transcribe in two ways.
 */
static void
join(CccdChipCard *chip)
{
	CccdScan   *card = &chip->card;
	const CccdScan *zone = &chip->zone;
	ExpiryKind	ends = expiry_of(card);
	ExpiryKind	zone_ends = expiry_of(zone);

	if (card->id == CCCD_NO_ID)
		card->id = zone->id;
	else if (zone->id != CCCD_NO_ID && zone->id != card->id)
	{
		chip->flags |= CCCD_CHIP_FLAG(dg13_id_mismatch);
		card->id = CCCD_NO_ID;
	}
	if (card->name.ptr == NULL)
		card->name = zone->name;
	else if (zone->name.ptr != NULL && !names_agree(card, zone))
		chip->flags |= CCCD_CHIP_FLAG(dg13_name_mismatch);
	if (card->birth_date == CCCD_NO_DATE)
		card->birth_date = zone->birth_date;
	else if (zone->birth_date != CCCD_NO_DATE &&
			 zone->birth_date != card->birth_date)
	{
		chip->flags |= CCCD_CHIP_FLAG(dg13_dob_mismatch);
		card->birth_date = CCCD_NO_DATE;
	}
	if (card->sex == 0)
		card->sex = zone->sex;
	else if (zone->sex != 0 && zone->sex != card->sex)
	{
		chip->flags |= CCCD_CHIP_FLAG(dg13_sex_mismatch);
		card->sex = 0;
	}
	if (ends == EXPIRY_UNKNOWN)
		card->expires = zone->expires;
	else if (zone_ends != EXPIRY_UNKNOWN &&
			 (ends != zone_ends || card->expires != zone->expires))
	{
		chip->flags |= CCCD_CHIP_FLAG(dg13_expiry_mismatch);
		card->expires = CCCD_NO_DATE;
	}
	card->flags |= zone->flags;
}

/* One file; DG1 and DG13 are kept, the first of each. */
static void
sort_file(CccdChipCard *chip, CccdBytes file, CccdBytes *dg1,
		  CccdBytes *dg13)
{
	CccdDerDocument document;
	CccdDer		cursor = cccd_der_open(&document, file.data, file.length, true);
	CccdBytes  *place;
	CccdDerItem item;
	int			number;

	if (file.length > CCCD_DER_SIZE || !cccd_der_next(&cursor, &item))
	{
		chip->flags |= CCCD_CHIP_FLAG(dg_malformed);
		return;
	}
	number = cccd_data_group_number(item.tag);
	if (number == 0 && item.tag != CCCD_TAG_COM && item.tag != CCCD_TAG_SOD)
		chip->flags |= CCCD_CHIP_FLAG(dg_unknown);
	if (number != 1 && number != 13)
		return;
	place = number == 1 ? dg1 : dg13;
	if (place->data != NULL)
	{
		chip->flags |= CCCD_CHIP_FLAG(dg_duplicate);
		return;
	}
	if (!cccd_der_at_end(&cursor))
		chip->flags |= CCCD_CHIP_FLAG(dg_trailing);
	*place = file;
}

static bool
read_dg1(CccdChipCard *chip, CccdBytes dg1)
{
	CccdDerDocument document;
	CccdDer		cursor = cccd_der_open(&document, dg1.data, dg1.length, true);
	CccdDer		group;
	CccdDerItem item;

	if (!cccd_der_next(&cursor, &item))
		return false;
	group = cccd_der_enter(&cursor, &item);
	if (!cccd_der_want(&group, CCCD_TAG_MRZ, &item) || !cccd_der_finish(&group))
	{
		chip->flags |= CCCD_CHIP_FLAG(dg1_malformed);
		return false;
	}
	return read_zone(chip, cccd_der_value(&item));
}

void
cccd_chip_card_read(const CccdBytes *files, int count,
					const int64_t *scanned, CccdChipCard *chip)
{
	CccdBytes	dg1 = {NULL, 0};
	CccdBytes	dg13 = {NULL, 0};
	CccdDg13	fields;
	bool		zone = false;

	memset(chip, 0, offsetof(CccdChipCard, card));
	memset(&chip->flags, 0,
		   offsetof(CccdChipCard, text) - offsetof(CccdChipCard, flags));
	cccd_scan_clear(&chip->card);
	cccd_scan_clear(&chip->zone);
	for (int k = 0; k < count; k++)
		sort_file(chip, files[k], &dg1, &dg13);
	if (dg1.data == NULL)
		chip->flags |= CCCD_CHIP_FLAG(dg1_missing);
	else
		zone = read_dg1(chip, dg1);
	if (dg13.data == NULL)
		chip->flags |= CCCD_CHIP_FLAG(dg13_missing);
	else if (!cccd_dg13_read(dg13, &fields))
		chip->flags |= CCCD_CHIP_FLAG(dg13_malformed);
	else
	{
		chip->readable = true;
		take_dg13(chip, &fields);
	}
	chip->readable = chip->readable || zone;
	join(chip);
	if (scanned != NULL && chip->card.id != *scanned)
		chip->flags |= CCCD_CHIP_FLAG(scanned_id_mismatch);
}
