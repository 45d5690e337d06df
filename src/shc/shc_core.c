/*
 * shc_core.c
 *		From the scanned text to the claims of the payload; see shc_core.h.
 */
#include "shc/shc_core.h"

#include <string.h>

#include "base/calendar_core.h"

/* Seconds from 1970-01-01 to 2000-01-01. */
#define EPOCH		INT64_C(946684800)

/* Times further away are not times, but milliseconds or worse. */
#define TIME_MAX	(INT64_C(8000) * 366 * 86400)

static int
json_code(CccdJsonStatus status)
{
	switch (status)
	{
		case CCCD_JSON_BAD_TEXT:
			return CCCD_FINDING_json_text_invalid;
		case CCCD_JSON_DUPLICATE:
			return CCCD_FINDING_json_duplicate;
		case CCCD_JSON_TOO_DEEP:
			return CCCD_FINDING_json_too_deep;
		case CCCD_JSON_TOO_MANY:
			return CCCD_FINDING_json_too_many;
		default:
			return CCCD_FINDING_json_malformed;
	}
}

int
cccd_shc_member(const CccdShc *shc, int object, const char *name)
{
	return cccd_json_member(shc->payload.data, shc->nodes, object, name);
}

CccdSlice
cccd_shc_text(int node, CccdShcWork *work, const CccdShc *shc)
{
	CccdSlice	text = {NULL, 0};
	const CccdJsonNode *n;
	int			length;

	if (node < 0 || shc->nodes[node].kind != CCCD_JSON_STRING)
		return text;
	n = &shc->nodes[node];
	text.ptr = (const char *) shc->payload.data + n->start;
	text.len = n->length;
	if (n->escaped)
	{
		int			room = (int) (sizeof(work->scratch) - work->scratch_used);

		length = cccd_json_string(shc->payload.data, n,
								  work->scratch + work->scratch_used, room);
		text.ptr = work->scratch + work->scratch_used;
		text.len = length < 0 ? 0 : (size_t) length;
		work->scratch_used += length < 0 ? 0 : (size_t) length + 1;
	}
	if (text.len > 0 && memchr(text.ptr, 0, text.len) == NULL)
		text = cccd_clean_trim(text.ptr, text.len);
	else
		text.len = 0;
	if (text.len == 0)
		text.ptr = NULL;
	return text;
}

/*
 * A time in seconds since 1970, with or without a fraction (RFC 7519 section
 * 2, NumericDate).  False if there is none.
 */
static bool
read_time(CccdShc *shc, const char *name, int64_t *time)
{
	int			node = cccd_shc_member(shc, 0, name);
	int64_t		micros;

	if (node == CCCD_JSON_NONE)
		return false;
	if (!cccd_json_scaled(shc->payload.data, &shc->nodes[node], 6, &micros) ||
		micros > TIME_MAX * CCCD_SECOND || micros < 0)
	{
		cccd_report_reason_about(&shc->report, CCCD_FINDING_time_invalid,
								 name);
		shc->json = CCCD_STATUS_FAILED;
		return false;
	}
	*time = micros - EPOCH * CCCD_SECOND;
	return true;
}

/*
 * The issuer is a URL of the scheme https without a slash at its end
 * (section "Determining keys associated with an issuer").
 */
static void
read_issuer(bool tolerant, CccdShcWork *work, CccdShc *shc)
{
	static const char scheme[] = "https://";
	size_t		size = sizeof(scheme) - 1;

	shc->issuer = cccd_shc_text(cccd_shc_member(shc, 0, "iss"), work, shc);
	if (shc->issuer.ptr == NULL || shc->issuer.len > CCCD_SHC_ISSUER_MAX)
	{
		cccd_shc_refuse(shc, &shc->json, CCCD_FINDING_issuer_missing);
		shc->issuer.ptr = NULL;
		shc->issuer.len = 0;
	}
	else if (shc->issuer.len <= size ||
			 memcmp(shc->issuer.ptr, scheme, size) != 0 ||
			 shc->issuer.ptr[shc->issuer.len - 1] == '/')
		cccd_report_tolerate(&shc->report, tolerant,
							 CCCD_FINDING_issuer_not_a_url, &shc->json);
}

/* The payload and its claims. */
static bool
read_claims(bool tolerant, CccdShcWork *work, CccdShc *shc)
{
	CccdJsonStatus status;
	int			count;

	shc->json = CCCD_STATUS_OK;
	shc->nodes = work->nodes;
	status = cccd_json_parse(shc->payload.data, shc->payload.length,
							 work->nodes, CCCD_SHC_NODES, &count);
	if (status == CCCD_JSON_OK && work->nodes[0].kind != CCCD_JSON_OBJECT)
		status = CCCD_JSON_MALFORMED;
	if (status != CCCD_JSON_OK)
	{
		cccd_shc_refuse(shc, &shc->json, json_code(status));
		return false;
	}
	read_issuer(tolerant, work, shc);
	shc->has_issued = read_time(shc, "nbf", &shc->issued);
	shc->has_expires = read_time(shc, "exp", &shc->expires);
	return true;
}

static void
read_token(const char *token, size_t length, bool tolerant,
		   CccdShcWork *work, CccdShc *shc)
{
	work->scratch_used = 0;
	if (cccd_shc_read_jws(token, length, work, shc) &&
		read_claims(tolerant, work, shc))
		cccd_shc_read_content(tolerant, work, shc);
}

void
cccd_shc_read(const char *text, size_t length, bool tolerant,
			  CccdShcWork *work, CccdShc *shc)
{
	CccdSlice	scan;

	memset(shc, 0, sizeof(*shc));
	if (length > CCCD_SHC_TEXT_MAX)
	{
		cccd_shc_refuse(shc, &shc->prefix, CCCD_FINDING_scan_too_long);
		return;
	}
	if (!cccd_utf8_valid(text, length))
	{
		cccd_shc_refuse(shc, &shc->prefix, CCCD_FINDING_scan_not_text);
		return;
	}
	scan = cccd_clean_trim(text, length);
	if (scan.len == 0)
	{
		cccd_shc_refuse(shc, &shc->prefix, CCCD_FINDING_scan_empty);
		return;
	}
	length = cccd_shc_read_text(scan, work, shc);
	if (length > 0)
		read_token(work->token, length, tolerant, work, shc);
}

void
cccd_shc_read_token(const char *token, size_t length, bool tolerant,
					CccdShcWork *work, CccdShc *shc)
{
	memset(shc, 0, sizeof(*shc));
	if (length > CCCD_SHC_TOKEN_SIZE)
		cccd_shc_refuse(shc, &shc->jws, CCCD_FINDING_scan_too_long);
	else
		read_token(token, length, tolerant, work, shc);
}
