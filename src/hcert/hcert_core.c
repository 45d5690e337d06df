/*
 * hcert_core.c
 *		From the scanned text to the signed message, and through its parts; see
 *		hcert_core.h.
 */
#include "hcert/hcert_core.h"

#include <string.h>

#include "base/inflate_core.h"

#define PREFIX_SIZE		4		/* HC1: */

/* Findings count as far as their number says: they need not be cleared. */
static void
clear(CccdHcert *hcert)
{
	size_t		rest = offsetof(CccdHcert, cbor_message);

	memset(hcert, 0, offsetof(CccdHcert, report));
	hcert->report.count = 0;
	memset((uint8_t *) hcert + rest, 0, sizeof(*hcert) - rest);
	hcert->content = CCCD_CBOR_NONE;
}

/* "HC1:" in front; other schemes of two letters and a digit are named. */
static bool
read_prefix(CccdSlice text, bool tolerant, CccdHcert *hcert)
{
	const char *p = text.ptr;

	hcert->prefix = CCCD_STATUS_OK;
	if (text.len < PREFIX_SIZE || p[3] != ':' ||
		(p[0] | 0x20) != 'h' || (p[1] | 0x20) != 'c')
		cccd_hcert_refuse(hcert, &hcert->prefix, CCCD_FINDING_prefix_missing);
	else if (p[2] != '1')
		cccd_hcert_refuse(hcert, &hcert->prefix, CCCD_FINDING_prefix_unsupported);
	else if (p[0] != 'H' || p[1] != 'C')
		cccd_report_tolerate(&hcert->report, tolerant,
							 CCCD_FINDING_prefix_lower_case, &hcert->prefix);
	return hcert->prefix == CCCD_STATUS_OK;
}

static bool
unpack(CccdSlice text, CccdHcertWork *work, CccdHcert *hcert,
	   CccdBytes *message)
{
	static const int base45_codes[] = {
		0, CCCD_FINDING_base45_character, CCCD_FINDING_base45_length,
		CCCD_FINDING_base45_value
	};
	static const int inflate_codes[] = {
		0, CCCD_FINDING_inflate_malformed, CCCD_FINDING_inflate_too_large,
		CCCD_FINDING_inflate_trailing
	};
	CccdBase45Error base45;
	CccdInflateError inflate;
	size_t		packed;

	hcert->base45 = CCCD_STATUS_OK;
	base45 = cccd_base45_decode(text.ptr, text.len, work->packed, &packed);
	if (base45 != CCCD_BASE45_OK)
	{
		cccd_hcert_refuse(hcert, &hcert->base45, base45_codes[base45]);
		return false;
	}
	hcert->inflate = CCCD_STATUS_OK;
	inflate = cccd_inflate(work->packed, packed, work->message,
						   CCCD_HCERT_SIZE, &message->length);
	message->data = work->message;
	if (inflate != CCCD_INFLATE_OK)
	{
		cccd_hcert_refuse(hcert, &hcert->inflate, inflate_codes[inflate]);
		return false;
	}
	return true;
}

static void
read_message(CccdBytes message, bool tolerant, CccdHcertWork *work,
			 CccdHcert *hcert)
{
	int			claim;

	hcert->message = message;
	cccd_cbor_open(&hcert->cbor_message, work->nodes, work->scratch);
	cccd_cose_read(message, tolerant, hcert);
	if (hcert->payload.data == NULL)
		return;
	cccd_cwt_read(tolerant, hcert, &claim);
	if (claim != CCCD_CBOR_NONE)
		cccd_hcert_check_schema(tolerant, claim, hcert);
}

void
cccd_hcert_read(const char *text, size_t length, bool tolerant,
				CccdHcertWork *work, CccdHcert *hcert)
{
	CccdSlice	scan;
	CccdBytes	message;

	clear(hcert);
	if (length > CCCD_HCERT_TEXT_MAX)
	{
		cccd_hcert_refuse(hcert, &hcert->prefix, CCCD_FINDING_scan_too_long);
		return;
	}
	if (!cccd_utf8_valid(text, length))
	{
		cccd_hcert_refuse(hcert, &hcert->prefix, CCCD_FINDING_scan_not_text);
		return;
	}
	/* base45 never ends in a blank: 36 * 45 is more than a byte */
	scan = cccd_clean_trim(text, length);
	if (scan.len == 0)
	{
		cccd_hcert_refuse(hcert, &hcert->prefix, CCCD_FINDING_scan_empty);
		return;
	}
	if (!read_prefix(scan, tolerant, hcert))
		return;
	scan.ptr += PREFIX_SIZE;
	scan.len -= PREFIX_SIZE;
	if (unpack(scan, work, hcert, &message))
		read_message(message, tolerant, work, hcert);
}

void
cccd_hcert_read_message(CccdBytes message, bool tolerant,
						CccdHcertWork *work, CccdHcert *hcert)
{
	clear(hcert);
	if (message.length > CCCD_HCERT_SIZE)
		cccd_hcert_refuse(hcert, &hcert->cose, CCCD_FINDING_scan_too_long);
	else
		read_message(message, tolerant, work, hcert);
}

const char *
cccd_hcert_kind_name(int kind)
{
	return kind == CCCD_HCERT_VACCINATION ? "vaccination" :
		kind == CCCD_HCERT_TEST ? "test" : "recovery";
}

CccdSlice
cccd_hcert_text(const CccdHcert *hcert, int map, const char *key)
{
	const CccdCbor *cbor = &hcert->cbor_message;
	int			node = cccd_cbor_untag(cbor,
									   cccd_cbor_find_text(cbor, map, key));
	CccdSlice	text = {NULL, 0};
	CccdBytes	bytes;

	if (!cccd_cbor_is(cbor, node, CCCD_CBOR_TEXT))
		return text;

	bytes = cccd_cbor_bytes(cbor, node);
	text = cccd_clean_trim((const char *) bytes.data, bytes.length);

	if (text.len == 0)
		text.ptr = NULL;
	return text;
}
