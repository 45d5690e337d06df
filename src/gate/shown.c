/*
 * shown.c
 *		What somebody shows at the gate; see shown.h.
 */
#include "gate/shown.h"

#include "access/detoast.h"
#include "utils/builtins.h"

#include "base/encoding.h"
#include "id/id_core.h"
#include "scan/name_core.h"

void
cccd_shown_clear(CccdShown *shown)
{
	memset(shown, 0, sizeof(*shown));
	shown->kind = cccd_scan_kind_names[CCCD_KIND_UNKNOWN];
	shown->id = CCCD_NO_ID;
	shown->birth_date = CCCD_NO_DATE;
	shown->issued = CCCD_NO_DATE;
	shown->expires = CCCD_NO_DATE;
}

bool
cccd_same_text(const text *a, const text *b)
{
	return a && b && VARSIZE_ANY_EXHDR(a) == VARSIZE_ANY_EXHDR(b) &&
		memcmp(VARDATA_ANY(a), VARDATA_ANY(b), VARSIZE_ANY_EXHDR(a)) == 0;
}

text	   *
cccd_shown_name_key(const text *name)
{
	CccdSlice	utf8;
	CccdSlice	key;
	char	   *buffer;

	if (name == NULL ||
		!cccd_to_utf8(VARDATA_ANY(name), VARSIZE_ANY_EXHDR(name), &utf8))
		return NULL;
	buffer = palloc(utf8.len + 1);
	key.ptr = buffer;
	key.len = cccd_name_fold(utf8.ptr, utf8.len, buffer);
	return cccd_text_from_utf8(key);
}

/* Text in NFC; NULL where there is none or the database cannot hold it. */
static text *
shown_text(CccdSlice slice)
{
	return slice.ptr ? cccd_text_from_utf8_nfc(slice) : NULL;
}

/* What a card's code, a zone, a personal code or a number says. */
static void
take_scan(const CccdScan *scan, CccdShown *shown)
{
	shown->kind = cccd_scan_kind_names[scan->kind];
	shown->scan_kind = scan->kind;
	shown->id = scan->id;
	shown->name = shown_text(scan->name);
	shown->birth_date = scan->birth_date;
	shown->issued = scan->issued;
	shown->expires = scan->expires;
	shown->sex = scan->sex;
	shown->flags = scan->flags;
	if (scan->kind == CCCD_KIND_PERSONAL && scan->extra_count > 3 &&
		scan->extra[3].ptr)
	{
		shown->number = shown_text(scan->extra[3]);
		shown->number_kind = "passport";
	}
	else if (scan->old_id.ptr)
	{
		shown->number = shown_text(scan->old_id);
		shown->number_kind = "old_id";
	}
}

void
cccd_shown_read(const text *scan, CccdShown *shown)
{
	CccdPassport passport;
	CccdSlice	utf8;

	cccd_shown_clear(shown);
	if (scan == NULL)
		return;
	if (toast_raw_datum_size(PointerGetDatum(scan)) >
		CCCD_HCERT_TEXT_MAX + VARHDRSZ ||
		!cccd_to_utf8(VARDATA_ANY(scan), VARSIZE_ANY_EXHDR(scan), &utf8))
		return;
	if (cccd_passport_read(utf8.ptr, utf8.len, &passport))
	{
		shown->kind = "passport";
		shown->number_kind = "passport";
		shown->number = cstring_to_text(passport.number);
		shown->state = passport.state[0] ? pstrdup(passport.state) : NULL;
	}
	else
	{
		CccdScan   *read = palloc(sizeof(CccdScan));

		cccd_scan_read(utf8.ptr, utf8.len, read);
		take_scan(read, shown);
		pfree(read);
	}
	shown->name_key = cccd_shown_name_key(shown->name);
}

bool
cccd_shown_certificate(const CccdShown *shown)
{
	return shown->scan_kind == CCCD_KIND_HEALTH_CERTIFICATE ||
		shown->scan_kind == CCCD_KIND_VDS_NC ||
		shown->scan_kind == CCCD_KIND_SHC ||
		shown->scan_kind == CCCD_KIND_OTHER_CERTIFICATE;
}

bool
cccd_shown_number(const CccdShown *shown)
{
	if (cccd_shown_certificate(shown) ||
		shown->scan_kind == CCCD_KIND_HEALTH_INSURANCE)
		return false;
	return shown->id != CCCD_NO_ID || shown->number != NULL;
}

CccdEvidence
cccd_shown_evidence(const CccdShown *shown)
{
	switch (shown->scan_kind)
	{
		case CCCD_KIND_CARD_2021:
		case CCCD_KIND_CARD_2024:
		case CCCD_KIND_MRZ:
			return CCCD_EVIDENCE_QR;
		default:
			return CCCD_EVIDENCE_CLAIMED;
	}
}

text	   *
cccd_masked_number(const char *number, int len)
{
	char		masked[32];
	int			shown = len > 6 ? 3 : 0;
	int			size = Min(len, 20);

	memset(masked, '*', size);
	memcpy(masked + size - shown, number + len - shown, shown);
	return cstring_to_text_with_len(masked, size);
}

text	   *
cccd_shown_masked(const CccdShown *shown)
{
	if (shown->id != CCCD_NO_ID)
	{
		char		masked[CCCD_ID_DIGITS + 1];

		cccd_id_format_masked(shown->id, 3, masked);
		return cstring_to_text(masked);
	}
	if (shown->number == NULL)
		return NULL;
	return cccd_masked_number(VARDATA_ANY(shown->number),
							  VARSIZE_ANY_EXHDR(shown->number));
}
