/*
 * shc_jws_core.c
 *		The token: header, payload and signature (RFC 7515 section 7.1); see
 *		shc_core.h.
 */
#include "shc/shc_core.h"

#include <string.h>

#include "base/inflate_core.h"

/* Nodes of a header: some fifteen members. */
#define HEADER_NODES	32

/* The three parts of a token between its two points. */
static bool
split(const char *token, size_t length, CccdSlice *parts)
{
	for (int k = 0; k < 3; k++)
	{
		const char *point = length > 0 ? memchr(token, '.', length) : NULL;

		parts[k].ptr = token;
		parts[k].len = point != NULL ? (size_t) (point - token) : length;
		if (parts[k].len == 0 || (point != NULL) != (k < 2))
			return false;
		if (point != NULL)
		{
			token = point + 1;
			length -= parts[k].len + 1;
		}
	}
	return true;
}

static bool
decode(CccdSlice text, uint8_t *out, CccdBytes *bytes)
{
	bytes->data = out;
	return cccd_base64url_decode(text.ptr, text.len, out, &bytes->length);
}

/* The key identifier: the SHA-256 of the key in base64url (RFC 7638). */
static void
read_kid(const uint8_t *header, const CccdJsonNode *nodes, CccdShcWork *work,
		 CccdShc *shc)
{
	int			node = cccd_json_member(header, nodes, 0, "kid");
	const char *text = (const char *) header;
	size_t		length;

	if (node == CCCD_JSON_NONE)
		cccd_shc_refuse(shc, &shc->jws, CCCD_FINDING_kid_missing);
	else if (nodes[node].kind != CCCD_JSON_STRING ||
			 !cccd_base64url_decode(text + nodes[node].start,
									nodes[node].length, work->kid, &length) ||
			 length != CCCD_SHC_KID_SIZE)
		cccd_shc_refuse(shc, &shc->jws, CCCD_FINDING_kid_malformed);
	else
	{
		shc->kid.data = work->kid;
		shc->kid.length = length;
	}
}

/* A name of an algorithm that cards of other kinds are signed with. */
static const char *
algorithm_name(const uint8_t *header, const CccdJsonNode *node)
{
	static const char *const names[] = {
		"none", "HS256", "RS256", "PS256", "ES384", "ES512", "EdDSA"
	};

	for (size_t k = 0; k < sizeof(names) / sizeof(names[0]); k++)
		if (cccd_json_string_is(header, node, names[k]))
			return names[k];
	return NULL;
}

/*
 * The header names the one algorithm, the one compression, and the key.  What
 * else it says is left out, unless it says that it must not be (RFC 7515
 * section 4.1.11).
 */
static void
read_header(CccdBytes header, CccdShcWork *work, CccdShc *shc)
{
	CccdJsonNode nodes[HEADER_NODES];
	int			count;
	int			node;

	if (header.length > CCCD_SHC_HEADER_SIZE ||
		cccd_json_parse(header.data, header.length, nodes, HEADER_NODES,
						&count) != CCCD_JSON_OK ||
		nodes[0].kind != CCCD_JSON_OBJECT)
	{
		cccd_shc_refuse(shc, &shc->jws, CCCD_FINDING_jws_header);
		return;
	}
	if (cccd_json_member(header.data, nodes, 0, "crit") != CCCD_JSON_NONE)
		cccd_shc_refuse(shc, &shc->jws, CCCD_FINDING_jws_critical);
	node = cccd_json_member(header.data, nodes, 0, "zip");
	if (node == CCCD_JSON_NONE ||
		!cccd_json_string_is(header.data, &nodes[node], "DEF"))
		cccd_shc_refuse(shc, &shc->jws, CCCD_FINDING_jws_zip);
	node = cccd_json_member(header.data, nodes, 0, "alg");
	if (node == CCCD_JSON_NONE)
		cccd_shc_refuse(shc, &shc->jws, CCCD_FINDING_alg_missing);
	else if (cccd_json_string_is(header.data, &nodes[node], "ES256"))
		shc->has_algorithm = true;
	else
	{
		cccd_report_reason_about(&shc->report,
								 CCCD_FINDING_algorithm_unsupported,
								 algorithm_name(header.data, &nodes[node]));
		shc->jws = CCCD_STATUS_FAILED;
	}
	read_kid(header.data, nodes, work, shc);
}

bool
cccd_shc_read_jws(const char *token, size_t length, CccdShcWork *work,
				  CccdShc *shc)
{
	static const int inflate_codes[] = {
		0, CCCD_FINDING_inflate_malformed, CCCD_FINDING_inflate_too_large,
		CCCD_FINDING_inflate_trailing
	};
	CccdSlice	parts[3] = {{NULL, 0}};
	CccdBytes	header;
	CccdBytes	packed;
	CccdInflateError error;

	shc->jws = CCCD_STATUS_OK;
	if (!split(token, length, parts) ||
		!decode(parts[0], work->header, &header) ||
		!decode(parts[1], work->packed, &packed) ||
		!decode(parts[2], work->signature, &shc->signature))
	{
		cccd_shc_refuse(shc, &shc->jws, CCCD_FINDING_jws_malformed);
		return false;
	}
	read_header(header, work, shc);
	if (shc->jws != CCCD_STATUS_OK)
		return false;
	shc->signed_part.data = (const uint8_t *) token;
	shc->signed_part.length = parts[0].len + 1 + parts[1].len;
	if (work->spent)
	{
		cccd_report_reason(&shc->report, CCCD_FINDING_attempts_exhausted);
		return false;
	}
	shc->inflate = CCCD_STATUS_OK;
	error = cccd_inflate_raw(packed.data, packed.length, work->payload,
							 CCCD_SHC_PAYLOAD_SIZE, &shc->payload.length);
	shc->payload.data = work->payload;
	if (error != CCCD_INFLATE_OK)
		cccd_shc_refuse(shc, &shc->inflate, inflate_codes[error]);
	return error == CCCD_INFLATE_OK;
}
