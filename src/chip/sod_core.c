/*
 * sod_core.c
 *		The document security object; see sod_core.h.
 */
#include "chip/sod_core.h"

#include <string.h>

/* eContentType: Doc 9303-10 4.6.2, and three that documents in use have */
#define OID_LDS				"\x67\x81\x08\x01\x01\x01"
#define OID_LDS_BE_FR		"\x2B\x1B\x01\x01\x01"
#define OID_LDS_NL			"\x2A\x84\x10\x01\x87\x6E\x01\x14\x01"
#define OID_CARD_SECURITY	"\x04\x00\x7F\x00\x07\x03\x02\x01"

/* Tags of EF.DG1 to EF.DG16 (Doc 9303-10, Table 38). */
static const uint8_t data_group_tags[CCCD_DATA_GROUPS] = {
	0x61, 0x75, 0x63, 0x76, 0x65, 0x66, 0x67, 0x68,
	0x69, 0x6A, 0x6B, 0x6C, 0x6D, 0x6E, 0x6F, 0x70
};

int
cccd_data_group_number(uint32_t tag)
{
	for (int k = 0; k < CCCD_DATA_GROUPS; k++)
		if (data_group_tags[k] == tag)
			return k + 1;
	return 0;
}

/*
 * DataGroupHash ::= SEQUENCE { dataGroupNumber, dataGroupHashValue }, a list
 * of them.  Returns false if it cannot be read; a number or length that is
 * wrong is reported, and the others still count.
 */
static bool
read_hashes(CccdDer *cursor, CccdSod *sod, bool tolerant,
			CccdReport *report, CccdCheckStatus *status)
{
	CccdDer		list;

	if (!cccd_der_want_enter(cursor, CCCD_DER_SEQUENCE, &list))
		return false;
	while (!cccd_der_at_end(&list))
	{
		uint32_t	number;
		CccdDerItem item;
		CccdDer		entry;

		if (!cccd_der_want_enter(&list, CCCD_DER_SEQUENCE, &entry) ||
			!cccd_der_want(&entry, CCCD_DER_INTEGER, &item) ||
			!cccd_der_small_integer(&entry, &item, &number) ||
			!cccd_der_want(&entry, CCCD_DER_OCTET_STRING, &item) ||
			!cccd_der_finish(&entry))
			return false;
		if (number < 1 || number > CCCD_DATA_GROUPS)
		{
			cccd_report_reason(report, CCCD_FINDING_lds_dg_number_invalid);
			*status = CCCD_STATUS_FAILED;
			continue;
		}
		if (sod->listed & (1u << number))
		{
			cccd_report_reason_of(report, CCCD_FINDING_lds_dg_duplicate,
								  (int32_t) number);
			*status = CCCD_STATUS_FAILED;
			continue;
		}
		if (sod->hash != CCCD_HASH_UNKNOWN &&
			item.length != cccd_hash_size(sod->hash))
		{
			/* such a data group matches nothing; the others may */
			if (tolerant)
				cccd_report_flag_of(report, CCCD_FINDING_lds_dg_hash_length,
									(int32_t) number);
			else
			{
				cccd_report_reason_of(report, CCCD_FINDING_lds_dg_hash_length,
									  (int32_t) number);
				*status = CCCD_STATUS_FAILED;
			}
		}
		sod->listed |= 1u << number;
		sod->hashes[number] = cccd_der_value(&item);
	}
	return true;
}

/* LDSSecurityObject (Doc 9303-10 4.6.2.3) */
static CccdCheckStatus
read_lds(CccdSod *sod, bool tolerant, CccdReport *report)
{
	CccdDerDocument document;
	CccdDer		cursor = cccd_der_open(&document, sod->cms.content.data,
									   sod->cms.content.length, true);
	CccdDer		lds;
	CccdDerItem item;
	CccdCheckStatus status = CCCD_STATUS_OK;
	uint32_t	version = 0;
	bool		has_info = false;

	if (!cccd_der_want_enter(&cursor, CCCD_DER_SEQUENCE, &lds) ||
		!cccd_der_finish(&cursor) ||
		!cccd_der_want(&lds, CCCD_DER_INTEGER, &item) ||
		!cccd_der_small_integer(&lds, &item, &version) ||
		!cccd_hash_read(&lds, &sod->hash) ||
		!read_hashes(&lds, sod, tolerant, report, &status) ||
		!cccd_der_option(&lds, CCCD_DER_SEQUENCE, &item, &has_info) ||
		!cccd_der_finish(&lds))
	{
		cccd_report_reason_of(report, CCCD_FINDING_lds_malformed,
							  (int32_t) document.offset);
		return CCCD_STATUS_FAILED;
	}
	sod->listable = true;
	if (version > 1)
	{
		cccd_report_reason(report, CCCD_FINDING_lds_version_unsupported);
		status = CCCD_STATUS_FAILED;
	}
	/* version 1 has ldsVersionInfo, version 0 has not */
	else if (has_info != (version == 1))
		cccd_report_tolerate(report, tolerant,
							 CCCD_FINDING_lds_version_inconsistent, &status);
	if (sod->hash == CCCD_HASH_UNKNOWN)
	{
		cccd_report_reason(report, CCCD_FINDING_lds_digest_unsupported);
		if (status == CCCD_STATUS_OK)
			status = CCCD_STATUS_UNDETERMINED;
	}
	else if (sod->hash == CCCD_HASH_SHA1)
		cccd_report_tolerate(report, tolerant, CCCD_FINDING_weak_algorithm,
							 &status);
	return status;
}

static CccdCheckStatus
check_content_type(const CccdSod *sod, CccdSodKind kind,
				   CccdReport *report)
{
	CccdBytes	type = sod->cms.content_type;

	if (kind == CCCD_SOD_CARD ? CCCD_OID_IS(type, OID_CARD_SECURITY) :
		CCCD_OID_IS(type, OID_LDS))
		return CCCD_STATUS_OK;
	if (kind == CCCD_SOD_DOCUMENT &&
		(CCCD_OID_IS(type, OID_LDS_BE_FR) || CCCD_OID_IS(type, OID_LDS_NL) ||
		 CCCD_OID_IS(type, CCCD_OID_DATA)))
	{
		cccd_report_flag(report, CCCD_FINDING_sod_econtent_type);
		return CCCD_STATUS_OK;
	}
	cccd_report_reason(report, CCCD_FINDING_sod_econtent_type);
	return CCCD_STATUS_FAILED;
}

/*
 * Find the message: below tag 77 in EF.SOD, bare in EF.CardSecurity.  What
 * follows it is padding of the file.
 */
static bool
read_message(CccdBytes bytes, CccdSodKind kind, uint8_t *scratch,
			 size_t capacity, CccdSod *sod, CccdReport *report,
			 bool *bare)
{
	CccdDerDocument document;
	CccdDer		cursor = cccd_der_open(&document, bytes.data, bytes.length,
									   true);
	CccdDer		message = cursor;
	CccdDerItem item;
	bool		signed_data = true;
	bool		good;

	*bare = cccd_der_peek(&cursor) != CCCD_TAG_SOD;
	good = cccd_der_want(&cursor, *bare ? CCCD_DER_SEQUENCE : CCCD_TAG_SOD, &item);
	if (good && !*bare)
		message = cccd_der_enter(&cursor, &item);
	good = good && cccd_cms_read(&message, scratch, capacity, &sod->cms,
								 &signed_data);
	if (good && !*bare)
		good = cccd_der_finish(&message);
	if (!good)
	{
		if (!signed_data)
			cccd_report_reason(report, CCCD_FINDING_sod_not_signed_data);
		else if (*bare && kind == CCCD_SOD_DOCUMENT &&
				 document.error == CCCD_DER_TAG && document.offset == 0)
			cccd_report_reason(report, CCCD_FINDING_sod_tag);
		else
			cccd_report_reason_of(report, CCCD_FINDING_sod_malformed,
								  (int32_t) document.offset);
		return false;
	}
	if (document.saw_ber)
		cccd_report_flag(report, CCCD_FINDING_sod_ber);
	if (!cccd_der_at_end(&cursor))
		cccd_report_flag(report, CCCD_FINDING_sod_trailing);
	return true;
}

CccdCheckStatus
cccd_sod_read(CccdBytes bytes, CccdSodKind kind, bool tolerant,
			  uint8_t *scratch, size_t capacity, CccdSod *sod,
			  CccdReport *report)
{
	CccdCheckStatus status;
	bool		bare;

	sod->readable = false;
	sod->listable = false;
	sod->hash = CCCD_HASH_UNKNOWN;
	sod->listed = 0;
	if (bytes.length == 0 || bytes.length > CCCD_SOD_SIZE)
	{
		cccd_report_reason(report, bytes.length == 0 ?
						   CCCD_FINDING_sod_missing :
						   CCCD_FINDING_sod_too_large);
		return CCCD_STATUS_FAILED;
	}
	if (!read_message(bytes, kind, scratch, capacity, sod, report, &bare))
		return CCCD_STATUS_FAILED;
	if (!sod->cms.has_content || sod->cms.signer_count == 0)
	{
		cccd_report_reason(report, sod->cms.has_content ?
						   CCCD_FINDING_sod_no_signer :
						   CCCD_FINDING_sod_econtent_missing);
		return CCCD_STATUS_FAILED;
	}
	sod->readable = true;
	status = check_content_type(sod, kind, report);
	if (bare && kind == CCCD_SOD_DOCUMENT)
		cccd_report_tolerate(report, tolerant, CCCD_FINDING_sod_tag, &status);
	cccd_status_worsen(&status,
					   cccd_cms_check_structure(&sod->cms, tolerant, report));
	if (kind == CCCD_SOD_DOCUMENT && status != CCCD_STATUS_FAILED)
		cccd_status_worsen(&status, read_lds(sod, tolerant, report));
	return status;
}
