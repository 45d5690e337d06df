/*
 * chip_group_core.c
 *		Passive authentication, step B: the data groups; see chip_core.h.
 */
#include "chip/chip_core.h"

#include <string.h>

#include "base/calendar_core.h"
#include "chip/dg13_core.h"
#include "id/id_core.h"
#include "scan/mrz_core.h"

#define TAG_LIST		0x5C

static void
fail_of(CccdChipResult *result, int code, int argument)
{
	cccd_report_reason_of(&result->report, code, argument);
	result->data_groups = CCCD_STATUS_FAILED;
}

/* Offset of the date of expiry in an MRZ of this size (Doc 9303-5 to -7). */
static int
expiry_offset(size_t size)
{
	return size == CCCD_MRZ_SIZE ? CCCD_MRZ_EXPIRY :
		size == CCCD_MRZ_TD3_SIZE ? 65 : size == CCCD_MRZ_TD2_SIZE ? 57 : -1;
}

/*
 * When the document has expired: the day after its last begins in Viet Nam.
 * Documents expire in this century; a day that does not exist never comes.
 */
static int64_t
expiry(const uint8_t *digits)
{
	const char *text = (const char *) digits;
	const char *end = text + 6;
	int			year;
	int			month;
	int			day;

	if (!cccd_digits_read(&text, end, 2, &year) ||
		!cccd_digits_read(&text, end, 2, &month) ||
		!cccd_digits_read(&text, end, 2, &day) ||
		!cccd_date_valid(2000 + year, month, day))
		return INT64_MAX;
	return cccd_time_from_day(cccd_days_from_civil(2000 + year, month, day) + 1);
}

/* The MRZ of DG1: document code and issuing state stand first in each kind. */
static void
read_mrz(CccdDer *group, CccdChipWork *work)
{
	CccdDerItem item;
	int			at;

	if (!cccd_der_want(group, CCCD_TAG_MRZ, &item) || item.length < CCCD_MRZ_TD2_SIZE)
		return;
	memcpy(work->mrz_code, item.value, 2);
	memset(work->mrz_state, 0, sizeof(work->mrz_state));
	for (int k = 0; k < 3; k++)
	{
		if (item.value[2 + k] < 'A' || item.value[2 + k] > 'Z')
			break;
		work->mrz_state[k] = (char) item.value[2 + k];
	}
	work->has_mrz = true;
	at = expiry_offset(item.length);
	work->mrz_expired_at = at < 0 ? INT64_MAX : expiry(item.value + at);
}

/* Whether a file is a DG13 in Viet Nam's layout, with an identity number. */
static bool
is_vietnamese(CccdBytes whole)
{
	CccdDg13	dg13;
	CccdBytes	id;

	if (!cccd_dg13_read(whole, &dg13))
		return false;
	id = dg13.field[CCCD_DG13_ID][0];
	if (id.data == NULL || id.length != CCCD_ID_DIGITS)
		return false;
	for (size_t k = 0; k < id.length; k++)
		if (id.data[k] < '0' || id.data[k] > '9')
			return false;
	return true;
}

/*
 * EF.COM lists the data groups as well, but nobody signs it (Doc 9303-10
 * 4.6.1): a difference says that somebody changed it.
 */
static void
check_com(CccdDer *com, const CccdSod *sod, CccdChipResult *result)
{
	CccdDerItem item;
	uint32_t	listed = 0;

	while (!cccd_der_at_end(com) && cccd_der_next(com, &item))
	{
		if (item.tag != TAG_LIST)
			continue;
		for (size_t k = 0; k < item.length; k++)
		{
			int			number = cccd_data_group_number(item.value[k]);

			if (number != 0)
				listed |= 1u << number;
		}
	}
	if (com->document->error != CCCD_DER_OK || listed != sod->listed)
	{
		cccd_report_reason(&result->report, CCCD_FINDING_com_sod_mismatch);
		result->data_groups = CCCD_STATUS_FAILED;
	}
}

static void
check_hash(const CccdSod *sod, int number, CccdBytes whole,
		   CccdChipResult *result)
{
	uint8_t		digest[CCCD_HASH_SIZE];
	CccdBytes	wanted = sod->hashes[number];

	if (sod->hash == CCCD_HASH_UNKNOWN)
	{
		cccd_status_worsen(&result->data_groups, CCCD_STATUS_UNDETERMINED);
		return;
	}
	if (!cccd_hash_bytes(sod->hash, whole, digest))
		result->out_of_memory = true;
	else if (wanted.length != cccd_hash_size(sod->hash) ||
			 memcmp(digest, wanted.data, wanted.length) != 0)
		fail_of(result, CCCD_FINDING_dg_hash_mismatch, number);
	else
		result->verified |= 1u << number;
}

/* One file of the chip; "index" counts them from 1, for one without number. */
static void
check_group(CccdBytes bytes, int index, const CccdSod *sod,
			uint32_t *supplied, CccdChipWork *work,
			CccdChipResult *result)
{
	CccdDerDocument document;
	CccdDer		cursor;
	CccdDer		inner;
	CccdDerItem item;
	int			number;

	cursor = cccd_der_open(&document, bytes.data, bytes.length, true);
	if (bytes.length > CCCD_DATA_GROUP_SIZE ||
		!cccd_der_next(&cursor, &item))
	{
		fail_of(result, CCCD_FINDING_dg_malformed, index);
		return;
	}
	inner = cccd_der_enter(&cursor, &item);
	if (item.tag == CCCD_TAG_COM)
	{
		check_com(&inner, sod, result);
		return;
	}
	number = cccd_data_group_number(item.tag);
	if (number == 0)
	{
		fail_of(result, CCCD_FINDING_dg_unknown, index);
		return;
	}
	if (*supplied & (1u << number))
	{
		fail_of(result, CCCD_FINDING_dg_duplicate, number);
		return;
	}
	*supplied |= 1u << number;
	if (!cccd_der_at_end(&cursor))
		cccd_report_flag_of(&result->report, CCCD_FINDING_dg_trailing,
							number);
	if (!(sod->listed & (1u << number)))
	{
		fail_of(result, CCCD_FINDING_dg_not_in_sod, number);
		return;
	}
	cccd_status_worsen(&result->data_groups, CCCD_STATUS_OK);
	check_hash(sod, number, cccd_der_whole(&item), result);
	if (!(result->verified & (1u << number)))
		return;
	if (number == 1)
		read_mrz(&inner, work);
	else if (number == 13)
		work->vietnamese = is_vietnamese(cccd_der_whole(&item));
	if (document.saw_ber)
		cccd_report_flag_of(&result->report, CCCD_FINDING_dg_ber, number);
}

void
cccd_chip_check_groups(const CccdChipInput *input, CccdChipWork *work,
					   CccdChipResult *result)
{
	const CccdSod *sod = &work->sod;
	bool		tolerant = input->policy == CCCD_CHIP_POLICY_FIELD;
	uint32_t	supplied = 0;

	result->listed = sod->listed;
	for (int k = 0; k < input->group_count; k++)
		check_group(input->groups[k], k + 1, sod, &supplied, work, result);
	if ((result->verified & 1u << 1) && work->has_mrz &&
		input->at >= work->mrz_expired_at)
		cccd_report_flag(&result->report, CCCD_FINDING_document_expired);
	if (supplied == 0)
		cccd_report_reason(&result->report, CCCD_FINDING_dg_none_supplied);
	for (int k = 1; k <= CCCD_DATA_GROUPS; k++)
		if (sod->listed & ~supplied & (1u << k))
			cccd_report_flag_of(&result->report,
								CCCD_FINDING_dg_not_supplied, k);
	if (!(sod->listed & (1u << 1)))
		cccd_report_tolerate(&result->report, tolerant,
							 CCCD_FINDING_dg1_missing, &result->data_groups);
	if (!(sod->listed & (1u << 2)))
		cccd_report_tolerate(&result->report, tolerant,
							 CCCD_FINDING_dg2_missing, &result->data_groups);
}
