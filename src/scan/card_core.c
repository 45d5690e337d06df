/*
 * card_core.c
 *		Read a card's code, a personal code and a machine readable zone; see
 *		card_core.h.
 */
#include "scan/card_core.h"

#include <string.h>

#include "id/id_core.h"

/* The 2021 card's fields come first in both cards. */
enum
{
	FIELD_ID,
	FIELD_OLD_ID,
	FIELD_NAME,
	FIELD_BIRTH_DATE,
	FIELD_SEX,
	FIELD_ADDRESS,
	FIELD_ISSUED,
	FIELD_EXTRA,
	FIELDS_2024 = FIELD_EXTRA + CCCD_SCAN_EXTRA
};

/* Fields of the personal code, Decision 1405/QD-BTTTT of 2021. */
enum
{
	PERSONAL_DOCUMENT,
	PERSONAL_NAME,
	PERSONAL_BIRTH_DATE,
	PERSONAL_DECLARED_BY,
	PERSONAL_QID,
	PERSONAL_EXT,
	PERSONAL_FIELDS
};

static CccdSlice
field_at(const CccdFields *fields, int at)
{
	CccdSlice	none = {NULL, 0};

	return at >= 0 && at < fields->count && at < CCCD_SCAN_FIELDS ?
		fields->field[at] : none;
}

static void
take_id(CccdScan *scan, CccdSlice field)
{
	if (!cccd_field_number(field, 12, &scan->id))
		scan->flags |= CCCD_FLAG(ID_INVALID);
}

void
cccd_card_take_old_id(CccdScan *scan, CccdSlice field)
{
	int64_t		number;

	if (cccd_field_number(field, 9, &number) ||
		cccd_field_number(field, 12, &number))
		scan->old_id = field;
	else if (field.len > 0)
		scan->flags |= CCCD_FLAG(OLD_ID_INVALID);
}

void
cccd_card_check_order(CccdScan *scan)
{
	if (scan->birth_date == CCCD_NO_DATE)
		return;
	if (scan->issued != CCCD_NO_DATE && scan->issued < scan->birth_date)
		scan->flags |= CCCD_FLAG(ISSUED_BEFORE_BIRTH);
	if (scan->expires != CCCD_NO_DATE && scan->expires < scan->birth_date)
		scan->flags |= CCCD_FLAG(EXPIRES_BEFORE_BIRTH);
}

/* A field that holds cancelled numbers and nothing else; true if so. */
static void
take_cancelled(CccdScan *scan, CccdSlice field)
{
	CccdSlice	part = field;

	/* first look, then take */
	for (int pass = 0; pass < 2; pass++)
	{
		part.ptr = field.ptr;
		part.len = 0;
		for (size_t i = 0; i <= field.len; i++)
		{
			if (i < field.len && field.ptr[i] != ' ' &&
				field.ptr[i] != ',' && field.ptr[i] != ';')
			{
				part.len++;
				continue;
			}
			if (part.len > 0)
			{
				int64_t		number;

				if (!cccd_field_number(part, 12, &number))
					return;
				if (pass == 1 && scan->cancelled_count == CCCD_SCAN_CANCELLED)
					scan->flags |= CCCD_FLAG(FIELD_SURPLUS);
				else if (pass == 1)
					scan->cancelled[scan->cancelled_count++] = number;
			}
			part.ptr = field.ptr + (i < field.len ? i + 1 : i);
			part.len = 0;
		}
	}
}

/*
 * Fields 8 to 11 of the 2024 card: cancelled numbers and the parents' names
 * (Circular 16/2024/TT-BCA), in an order that is not public.
 */
static void
take_extra_fields(CccdScan *scan, const CccdFields *fields, int first)
{
	int			count = 0;
	bool		filled = false;

	for (int i = first; i < fields->count && count < CCCD_SCAN_EXTRA; i++)
	{
		CccdSlice	field = field_at(fields, i);

		filled = filled || field.len > 0;
		scan->extra[count++] = cccd_take_extra(scan, field);
		take_cancelled(scan, field);
	}
	scan->extra_count = filled ? count : 0;
}

/*
 * A card with fewer fields than it has: bars were swallowed by a wrong
 * decoding, or the text was cut.  The word for the sex is an anchor; what
 * does not stand right beside it is left out.
 */
static void
read_damaged_card(CccdScan *scan, const CccdFields *fields, int *birth_year)
{
	CccdSlice	none = {NULL, 0};
	int			sex = FIELD_NAME;
	int			last = fields->count - 1;
	bool		dated;

	scan->flags |= CCCD_FLAG(FIELD_MISSING);
	while (sex <= last && !cccd_field_is_sex(field_at(fields, sex)))
		sex++;
	if (sex > last)
		return;
	cccd_take_sex(scan, field_at(fields, sex));
	dated = cccd_field_date(field_at(fields, sex - 1)).form != CCCD_DATE_NONE;
	if (dated)
	{
		scan->birth_date = cccd_take_date(scan, field_at(fields, sex - 1),
										  CCCD_DATE_COMPACT, birth_year);
		if (sex - 2 > FIELD_ID)
			cccd_take_name(scan, field_at(fields, sex - 2));
	}
	dated = last > sex &&
		cccd_field_date(field_at(fields, last)).form != CCCD_DATE_NONE;
	if (dated)
	{
		int			year;

		scan->issued = cccd_take_date(scan, field_at(fields, last),
									  CCCD_DATE_COMPACT, &year);
	}
	cccd_take_address(scan, sex + 1 < last || (sex + 1 == last && !dated) ?
					  field_at(fields, sex + 1) : none);
}

/*
 * Read the code of a 2021 or 2024 card.  Some front ends leave the old number
 * out together with its bar; sex and birth date then stand one field earlier.
 */
void
cccd_card_read(CccdScan *scan, const CccdFields *fields)
{
	int			birth_year = 0;
	int			shift = 0;
	int			count;

	if (!cccd_field_is_sex(field_at(fields, FIELD_SEX)) &&
		cccd_field_is_sex(field_at(fields, FIELD_SEX - 1)) &&
		cccd_field_date(field_at(fields, FIELD_BIRTH_DATE - 1)).form !=
		CCCD_DATE_NONE)
		shift = 1;
	count = fields->count + shift;
	scan->kind = count > FIELD_EXTRA ? CCCD_KIND_CARD_2024 :
		CCCD_KIND_CARD_2021;
	if (shift > 0 || (count > FIELD_EXTRA && count < FIELDS_2024))
		scan->flags |= CCCD_FLAG(FIELD_MISSING);
	if (count > FIELDS_2024)
		scan->flags |= CCCD_FLAG(FIELD_SURPLUS);

	take_id(scan, field_at(fields, FIELD_ID));
	if (count < FIELD_EXTRA)
		read_damaged_card(scan, fields, &birth_year);
	else
	{
		int			year;

		if (shift == 0)
			cccd_card_take_old_id(scan, field_at(fields, FIELD_OLD_ID));
		cccd_take_name(scan, field_at(fields, FIELD_NAME - shift));
		scan->birth_date = cccd_take_date(scan,
										  field_at(fields, FIELD_BIRTH_DATE - shift),
										  CCCD_DATE_COMPACT, &birth_year);
		cccd_take_sex(scan, field_at(fields, FIELD_SEX - shift));
		cccd_take_address(scan, field_at(fields, FIELD_ADDRESS - shift));
		scan->issued = cccd_take_date(scan,
									  field_at(fields, FIELD_ISSUED - shift),
									  CCCD_DATE_COMPACT, &year);
		take_extra_fields(scan, fields, FIELD_EXTRA - shift);
	}
	cccd_card_check_order(scan);
	cccd_check_agreement(scan, birth_year);
}

/* The sex is the second part of EXT: 0 unknown, 1 male, 2 female. */
static void
take_personal_sex(CccdScan *scan, CccdSlice ext)
{
	size_t		start = 0;
	size_t		end;

	while (start < ext.len && ext.ptr[start] != '<')
		start++;
	if (start == ext.len)
		return;
	start++;
	for (end = start; end < ext.len && ext.ptr[end] != '<'; end++)
		;
	if (end - start == 1 && ext.ptr[start] == '1')
		scan->sex = 'M';
	else if (end - start == 1 && ext.ptr[start] == '2')
		scan->sex = 'F';
	else if (!(end == start || (end - start == 1 && ext.ptr[start] == '0')))
		scan->flags |= CCCD_FLAG(SEX_UNKNOWN);
}

/*
 * Read a personal code.  A passport's number has no column of its own: it
 * follows the raw fields.
 */
void
cccd_card_read_personal(CccdScan *scan, const CccdFields *fields)
{
	CccdSlice	document = field_at(fields, PERSONAL_DOCUMENT);
	int64_t		number;
	int			birth_year;

	scan->kind = CCCD_KIND_PERSONAL;
	if (fields->count < PERSONAL_FIELDS)
		scan->flags |= CCCD_FLAG(FIELD_MISSING);
	else if (fields->count > PERSONAL_FIELDS)
		scan->flags |= CCCD_FLAG(FIELD_SURPLUS);

	scan->extra_count = CCCD_SCAN_EXTRA - 1;
	for (int i = 0; i < scan->extra_count; i++)
		scan->extra[i] = cccd_take_extra(scan,
										 field_at(fields,
												  PERSONAL_DECLARED_BY + i));
	if (document.len == 0)
		scan->flags |= CCCD_FLAG(FIELD_MISSING);
	else if (memchr(document.ptr, '*', document.len) != NULL)
		scan->flags |= CCCD_FLAG(MASKED);
	else if (cccd_field_number(document, 9, &number))
		scan->old_id = document;
	else if (!cccd_field_number(document, 12, &scan->id))
		scan->extra[scan->extra_count++] = cccd_take_extra(scan, document);

	cccd_take_name(scan, field_at(fields, PERSONAL_NAME));
	scan->birth_date = cccd_take_date(scan,
									  field_at(fields, PERSONAL_BIRTH_DATE),
									  CCCD_DATE_ISO, &birth_year);
	take_personal_sex(scan, field_at(fields, PERSONAL_EXT));
	cccd_check_agreement(scan, birth_year);
}

/*
 * Six characters YYMMDD; fillers stand for what is not known (Doc 9303-3
 * section 4.8).  Without a century there is no date.
 */
static int32_t
take_mrz_date(CccdScan *scan, const char *text, int century, int *year)
{
	CccdDateParts parts = {CCCD_DATE_OTHER, 0, 0, 0};
	int			value[3];

	for (int i = 0; i < 3; i++)
	{
		CccdSlice	pair;
		int64_t		number;

		pair.ptr = text + 2 * i;
		pair.len = 2;
		if (cccd_field_number(pair, 2, &number))
			value[i] = (int) number;
		else if (memcmp(pair.ptr, "<<", 2) == 0)
			value[i] = -1;
		else
		{
			scan->flags |= CCCD_FLAG(DATE_INVALID);
			return CCCD_NO_DATE;
		}
	}
	if (value[0] >= 0 && century > 0)
		parts.year = *year = century + value[0];
	parts.month = value[1] < 0 ? 0 : value[1];
	parts.day = value[2] < 0 ? 0 : value[2];
	return cccd_date_known(scan, &parts);
}

/* A flag for each check digit that does not agree. */
static void
check_digits(CccdScan *scan, unsigned bad)
{
	static const struct
	{
		unsigned	bad;
		uint64_t	flag;
	}			digits[] = {
		{CCCD_MRZ_BAD_DOCUMENT, CCCD_FLAG(CHECK_DIGIT_DOCUMENT)},
		{CCCD_MRZ_BAD_OPTIONAL, CCCD_FLAG(CHECK_DIGIT_OPTIONAL)},
		{CCCD_MRZ_BAD_BIRTH, CCCD_FLAG(CHECK_DIGIT_BIRTH)},
		{CCCD_MRZ_BAD_EXPIRY, CCCD_FLAG(CHECK_DIGIT_EXPIRY)},
		{CCCD_MRZ_BAD_COMPOSITE, CCCD_FLAG(CHECK_DIGIT_COMPOSITE)}
	};

	for (size_t k = 0; k < sizeof(digits) / sizeof(digits[0]); k++)
		if (bad & digits[k].bad)
			scan->flags |= digits[k].flag;
}

/*
 * Read a machine readable zone of three lines laid end to end.  Its birth
 * year has two digits: the century comes from the number.
 */
void
cccd_card_read_mrz(CccdScan *scan, const char mrz[CCCD_MRZ_SIZE])
{
	bool		vietnamese = cccd_mrz_vietnamese(mrz);
	CccdSlice	field;
	int			century = 0;
	int			birth_year = 0;
	int			expiry_year = 0;

	scan->kind = CCCD_KIND_MRZ;
	memcpy(scan->text, mrz, CCCD_MRZ_SIZE);
	if (!vietnamese)
		scan->flags |= CCCD_FLAG(ISSUER_NOT_VIETNAM);
	if (memcmp(mrz + CCCD_MRZ_NATIONALITY, "VNM", 3) != 0)
		scan->flags |= CCCD_FLAG(NATIONALITY_NOT_VIETNAM);
	if (vietnamese)
	{
		field.ptr = scan->text + CCCD_MRZ_OPTIONAL;
		field.len = 12;
		take_id(scan, field);
		if (scan->id != CCCD_NO_ID)
		{
			century = cccd_id_birth_year_of(scan->id) / 100 * 100;
			if (memcmp(mrz + CCCD_MRZ_DOCUMENT, mrz + CCCD_MRZ_OPTIONAL + 3,
					   CCCD_MRZ_DOCUMENT_LEN) != 0)
				scan->flags |= CCCD_FLAG(DOCUMENT_NUMBER_DISAGREES);
		}
	}
	field.ptr = scan->text + CCCD_MRZ_SIZE;
	field.len = cccd_mrz_name(mrz, scan->text + CCCD_MRZ_SIZE);
	cccd_take_name(scan, field);
	if (mrz[CCCD_MRZ_SIZE - 1] != '<')
		scan->flags |= CCCD_FLAG(NAME_TRUNCATED);

	if (mrz[CCCD_MRZ_SEX] == 'M' || mrz[CCCD_MRZ_SEX] == 'F')
		scan->sex = mrz[CCCD_MRZ_SEX];
	else
		scan->flags |= CCCD_FLAG(SEX_UNKNOWN);
	scan->birth_date = take_mrz_date(scan, mrz + CCCD_MRZ_BIRTH, century,
									 &birth_year);
	if (memcmp(mrz + CCCD_MRZ_EXPIRY, CCCD_MRZ_NO_EXPIRY,
			   CCCD_MRZ_DATE_LEN) == 0)
		scan->flags |= CCCD_FLAG(NO_EXPIRY);
	else
		scan->expires = take_mrz_date(scan, mrz + CCCD_MRZ_EXPIRY, 2000,
									  &expiry_year);
	cccd_card_check_order(scan);
	cccd_check_agreement(scan, birth_year);
	check_digits(scan, cccd_mrz_check(mrz));
}
