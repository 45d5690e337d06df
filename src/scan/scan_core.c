/*
 * scan_core.c
 *		What a scanner delivered: recognise it, split it, have it read.
 */
#include "scan/scan_core.h"

#include <string.h>

#include "scan/card_core.h"
#include "scan/certificate_kind_core.h"

/* A machine readable zone without its trailing fillers has at least this size. */
#define MRZ_MIN		CCCD_MRZ_NAME

/* Fewest fields that a damaged card is recognised by. */
#define DAMAGED_MIN	4

const char *const cccd_scan_kind_names[CCCD_KIND_COUNT] = {
	[CCCD_KIND_UNKNOWN] = "unknown",
	[CCCD_KIND_CARD_2021] = "card_2021",
	[CCCD_KIND_CARD_2024] = "card_2024",
	[CCCD_KIND_PERSONAL] = "personal",
	[CCCD_KIND_HEALTH_INSURANCE] = "health_insurance",
	[CCCD_KIND_MRZ] = "mrz",
	[CCCD_KIND_HEALTH_CERTIFICATE] = "health_certificate",
	[CCCD_KIND_VDS_NC] = "vds_nc",
	[CCCD_KIND_SHC] = "shc",
	[CCCD_KIND_OTHER_CERTIFICATE] = "other_certificate",
	[CCCD_KIND_OLD_ID] = "old_id",
	[CCCD_KIND_ID] = "id"
};

const char *const cccd_scan_flag_names[CCCD_FLAG_COUNT] = {
	[CCCD_FLAG_EMPTY] = "empty",
	[CCCD_FLAG_TOO_LONG] = "too_long",
	[CCCD_FLAG_NOT_TEXT] = "not_text",
	[CCCD_FLAG_UNRECOGNISED] = "unrecognised",
	[CCCD_FLAG_KIND_UNEXPECTED] = "kind_unexpected",
	[CCCD_FLAG_NOT_A_CARD] = "not_a_card",
	[CCCD_FLAG_MRZ_NOT_TD1] = "mrz_not_td1",
	[CCCD_FLAG_ENCODING_REPAIRED] = "encoding_repaired",
	[CCCD_FLAG_ENCODING_SUSPECT] = "encoding_suspect",
	[CCCD_FLAG_CONTROL_CHARACTERS] = "control_characters",
	[CCCD_FLAG_UNTRANSLATABLE] = "untranslatable",
	[CCCD_FLAG_MRZ_FILLER_REPAIRED] = "mrz_filler_repaired",
	[CCCD_FLAG_FIELD_MISSING] = "field_missing",
	[CCCD_FLAG_FIELD_SURPLUS] = "field_surplus",
	[CCCD_FLAG_FIELD_TOO_LONG] = "field_too_long",
	[CCCD_FLAG_MASKED] = "masked",
	[CCCD_FLAG_NAME_INVALID] = "name_invalid",
	[CCCD_FLAG_NAME_TRUNCATED] = "name_truncated",
	[CCCD_FLAG_SEX_UNKNOWN] = "sex_unknown",
	[CCCD_FLAG_OLD_ID_INVALID] = "old_id_invalid",
	[CCCD_FLAG_ISSUER_NOT_VIETNAM] = "issuer_not_vietnam",
	[CCCD_FLAG_NATIONALITY_NOT_VIETNAM] = "nationality_not_vietnam",
	[CCCD_FLAG_ID_INVALID] = "id_invalid",
	[CCCD_FLAG_ID_PLACE_UNASSIGNED] = "id_place_unassigned",
	[CCCD_FLAG_ID_DISAGREES_WITH_BIRTH_DATE] = "id_disagrees_with_birth_date",
	[CCCD_FLAG_ID_DISAGREES_WITH_SEX] = "id_disagrees_with_sex",
	[CCCD_FLAG_DOCUMENT_NUMBER_DISAGREES] = "document_number_disagrees",
	[CCCD_FLAG_DATE_REFORMATTED] = "date_reformatted",
	[CCCD_FLAG_DATE_INCOMPLETE] = "date_incomplete",
	[CCCD_FLAG_DATE_INVALID] = "date_invalid",
	[CCCD_FLAG_ISSUED_BEFORE_BIRTH] = "issued_before_birth",
	[CCCD_FLAG_EXPIRES_BEFORE_BIRTH] = "expires_before_birth",
	[CCCD_FLAG_NO_EXPIRY] = "no_expiry",
	[CCCD_FLAG_CHECK_DIGIT_DOCUMENT] = "check_digit_document",
	[CCCD_FLAG_CHECK_DIGIT_OPTIONAL] = "check_digit_optional",
	[CCCD_FLAG_CHECK_DIGIT_BIRTH] = "check_digit_birth",
	[CCCD_FLAG_CHECK_DIGIT_EXPIRY] = "check_digit_expiry",
	[CCCD_FLAG_CHECK_DIGIT_COMPOSITE] = "check_digit_composite"
};

void
cccd_scan_clear(CccdScan *scan)
{
	memset(scan, 0, offsetof(CccdScan, text));
	scan->id = CCCD_NO_ID;
	scan->birth_date = CCCD_NO_DATE;
	scan->issued = CCCD_NO_DATE;
	scan->expires = CCCD_NO_DATE;
}

static void
split(const char *text, size_t len, CccdFields *fields)
{
	size_t		start = 0;

	fields->count = 0;
	for (size_t i = 0; i <= len; i++)
	{
		if (i < len && text[i] != '|')
			continue;
		if (fields->count < CCCD_SCAN_FIELDS)
		{
			CccdSlice	field;

			field.ptr = text + start;
			field.len = i - start;
			fields->field[fields->count] = cccd_field_trim(field);
		}
		fields->count++;
		start = i + 1;
	}
}

/*
 * A health insurance code: the card's number (ten digits, twelve where it is
 * the personal number, or the older two letters and thirteen digits), then
 * the name in hexadecimal.
 */
static bool
is_health_insurance(const CccdFields *fields)
{
	CccdSlice	number;
	int64_t		value;

	if (fields->count < DAMAGED_MIN ||
		!cccd_field_is_hex_text(fields->field[1]))
		return false;
	number = fields->field[0];
	if (number.len == 15 && (number.ptr[0] | 0x20) >= 'a' &&
		(number.ptr[0] | 0x20) <= 'z' && (number.ptr[1] | 0x20) >= 'a' &&
		(number.ptr[1] | 0x20) <= 'z')
	{
		number.ptr += 2;
		number.len -= 2;
		return cccd_field_number(number, 13, &value);
	}
	return cccd_field_number(number, 10, &value) ||
		cccd_field_number(number, 12, &value);
}

/* yyyy-mm-dd in the third field, any of its digits masked. */
static bool
has_iso_birth_date(const CccdFields *fields)
{
	CccdSlice	field = fields->field[2];

	if (field.len != 10)
		return false;
	for (size_t i = 0; i < field.len; i++)
	{
		char		c = field.ptr[i];

		if (i == 4 || i == 7 ? c != '-' :
			!((c >= '0' && c <= '9') || c == '*'))
			return false;
	}
	return true;
}

/* A personal code, perhaps with a field too few or too many. */
static bool
is_personal(const CccdFields *fields)
{
	CccdSlice	declared_by;

	if (fields->count < 5 || fields->count > 8)
		return false;
	declared_by = fields->field[3];
	if (has_iso_birth_date(fields))
		return !cccd_field_is_sex(declared_by);
	return fields->count == 6 && declared_by.len == 1 &&
		(declared_by.ptr[0] == '0' || declared_by.ptr[0] == '1');
}

/*
 * A card: the number and seven fields or more, or what is left of it; or all
 * but the number as a card has it.
 */
static bool
is_card(const CccdFields *fields)
{
	int			count = fields->count < CCCD_SCAN_FIELDS ?
	fields->count : CCCD_SCAN_FIELDS;
	int64_t		number;

	if (count >= 7 && cccd_field_is_sex(fields->field[4]) &&
		cccd_field_date(fields->field[3]).form != CCCD_DATE_NONE)
		return true;
	if (count < DAMAGED_MIN ||
		!cccd_field_number(fields->field[0], 12, &number))
		return false;
	if (count >= 7)
		return true;
	for (int i = 1; i < count; i++)
	{
		if (cccd_field_is_sex(fields->field[i]) ||
			cccd_field_date(fields->field[i]).form == CCCD_DATE_COMPACT)
			return true;
	}
	return false;
}

/* Text that is neither a certificate nor a machine readable zone. */
static void
read_text(CccdScan *scan, CccdSlice text)
{
	CccdFields	fields;
	unsigned	seen = 0;
	size_t		len = text.len;

	memcpy(scan->text, text.ptr, len);
	if (cccd_clean_repair(scan->text, &len))
		scan->flags |= CCCD_FLAG(ENCODING_REPAIRED);
	len = cccd_clean_text(scan->text, len, &seen);
	if (seen & CCCD_CLEAN_CONTROL)
		scan->flags |= CCCD_FLAG(CONTROL_CHARACTERS);
	if (seen & CCCD_CLEAN_STRANGE)
		scan->flags |= CCCD_FLAG(ENCODING_SUSPECT);

	split(scan->text, len, &fields);
	if (fields.count == 1)
	{
		int64_t		number;

		if (cccd_field_number(fields.field[0], 12, &scan->id))
		{
			scan->kind = CCCD_KIND_ID;
			cccd_check_agreement(scan, 0);
		}
		else if (cccd_field_number(fields.field[0], 9, &number))
		{
			scan->kind = CCCD_KIND_OLD_ID;
			scan->old_id = fields.field[0];
		}
		else
			scan->flags |= CCCD_FLAG(UNRECOGNISED);
	}
	else if (is_health_insurance(&fields))
	{
		scan->kind = CCCD_KIND_HEALTH_INSURANCE;
		scan->flags |= CCCD_FLAG(NOT_A_CARD);
	}
	else if (is_personal(&fields))
		cccd_card_read_personal(scan, &fields);
	else if (is_card(&fields))
		cccd_card_read(scan, &fields);
	else
		scan->flags |= CCCD_FLAG(UNRECOGNISED);
}

/* The kind of a health certificate, or unknown. */
static CccdScanKind
certificate_kind(CccdSlice text)
{
	static const CccdScanKind kinds[CCCD_CERTIFICATE_KINDS] = {
		[CCCD_CERTIFICATE_NONE] = CCCD_KIND_UNKNOWN,
		[CCCD_CERTIFICATE_HC1] = CCCD_KIND_HEALTH_CERTIFICATE,
		[CCCD_CERTIFICATE_VDS_NC] = CCCD_KIND_VDS_NC,
		[CCCD_CERTIFICATE_SHC] = CCCD_KIND_SHC,
		[CCCD_CERTIFICATE_OTHER] = CCCD_KIND_OTHER_CERTIFICATE
	};
	const char *name;

	return kinds[cccd_certificate_kind(text, &name)];
}

void
cccd_scan_read(const char *text, size_t len, CccdScan *scan)
{
	CccdSlice	trimmed;
	char		mrz[CCCD_MRZ_SIZE];

	cccd_scan_clear(scan);
	if (len > CCCD_HCERT_TEXT_MAX)
	{
		scan->flags = CCCD_FLAG(TOO_LONG);
		return;
	}
	if (!cccd_utf8_valid(text, len))
	{
		scan->flags = CCCD_FLAG(NOT_TEXT);
		return;
	}
	trimmed = cccd_clean_trim(text, len);
	scan->kind = certificate_kind(trimmed);
	if (trimmed.len == 0)
		scan->flags = CCCD_FLAG(EMPTY);
	else if (scan->kind != CCCD_KIND_UNKNOWN)
		scan->flags = CCCD_FLAG(NOT_A_CARD);
	else if (len > CCCD_SCAN_MAX)
		scan->flags = CCCD_FLAG(TOO_LONG);
	else if (trimmed.len < MRZ_MIN ||
			 memchr(trimmed.ptr, '|', trimmed.len) != NULL)
		read_text(scan, trimmed);
	else
	{
		bool		repaired;

		switch (cccd_mrz_read(trimmed.ptr, trimmed.len, mrz, &repaired))
		{
			case CCCD_MRZ_NONE:
				read_text(scan, trimmed);
				break;
			case CCCD_MRZ_TD1:
				if (repaired)
					scan->flags |= CCCD_FLAG(MRZ_FILLER_REPAIRED);
				cccd_card_read_mrz(scan, mrz);
				break;
			case CCCD_MRZ_OTHER:
				scan->kind = CCCD_KIND_MRZ;
				scan->flags |= CCCD_FLAG(MRZ_NOT_TD1);
				break;
		}
	}
}

void
cccd_scan_expect(CccdScan *scan, unsigned kinds)
{
	CccdScanKind kind = scan->kind;

	if (kind == CCCD_KIND_UNKNOWN || (kinds >> kind & 1) != 0)
		return;
	cccd_scan_clear(scan);
	scan->kind = kind;
	scan->flags = CCCD_FLAG(KIND_UNEXPECTED);
}
