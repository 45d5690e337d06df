/*
 * vdsnc_core.c
 *		From the scanned text to what is signed; see vdsnc_core.h.
 */
#include "vdsnc/vdsnc_core.h"

#include <string.h>

#include "base/base64_core.h"

#define STATE_SIZE	3			/* letters of an issuer */

static const struct
{
	const char *name;
	CccdVdsncAlgorithm algorithm;
}			algorithms[] = {
	{"ES256", CCCD_VDSNC_ES256}, {"ES384", CCCD_VDSNC_ES384},
	{"ES512", CCCD_VDSNC_ES512},
	/* not allowed in a seal; known by name */
	{"RS256", CCCD_VDSNC_UNKNOWN}, {"RS384", CCCD_VDSNC_UNKNOWN},
	{"RS512", CCCD_VDSNC_UNKNOWN}, {"PS256", CCCD_VDSNC_UNKNOWN},
	{"PS384", CCCD_VDSNC_UNKNOWN}, {"PS512", CCCD_VDSNC_UNKNOWN},
	{"HS256", CCCD_VDSNC_UNKNOWN}, {"EdDSA", CCCD_VDSNC_UNKNOWN},
	{"none", CCCD_VDSNC_UNKNOWN}
};

CccdSlice
cccd_vdsnc_text(const CccdVdsnc *vdsnc, CccdVdsncWork *work, int object,
				const char *name)
{
	int			node = cccd_json_member(vdsnc->text, vdsnc->nodes, object,
										name);
	CccdSlice	text = {NULL, 0};
	const CccdJsonNode *n;

	if (node == CCCD_JSON_NONE ||
		vdsnc->nodes[node].kind != CCCD_JSON_STRING)
		return text;
	n = &vdsnc->nodes[node];
	if (n->escaped)
	{
		char	   *out = work->strings + work->used;
		int			room = (int) (sizeof(work->strings) - work->used);
		int			length = cccd_json_string(vdsnc->text, n, out, room);

		if (length < 0)
			return text;
		work->used += (size_t) length + 1;
		text = cccd_clean_trim(out, (size_t) length);
	}
	else
		text = cccd_clean_trim((const char *) vdsnc->text + n->start,
							   n->length);
	if (text.len == 0)
		text.ptr = NULL;
	return text;
}

/* The stage "json": the text is one value, and not too much of it. */
static bool
read_json(const char *text, size_t length, CccdVdsncWork *work,
		  CccdVdsnc *vdsnc)
{
	static const int codes[] = {
		[CCCD_JSON_TRUNCATED] = CCCD_FINDING_json_malformed,
		[CCCD_JSON_MALFORMED] = CCCD_FINDING_json_malformed,
		[CCCD_JSON_BAD_TEXT] = CCCD_FINDING_json_text_invalid,
		[CCCD_JSON_DUPLICATE] = CCCD_FINDING_json_duplicate,
		[CCCD_JSON_TOO_DEEP] = CCCD_FINDING_json_too_deep,
		[CCCD_JSON_TOO_MANY] = CCCD_FINDING_json_too_many
	};
	CccdJsonStatus status;
	CccdSlice	scan;
	int			count;

	vdsnc->json = CCCD_STATUS_OK;
	if (length > CCCD_VDSNC_TEXT_MAX)
	{
		cccd_vdsnc_refuse(vdsnc, &vdsnc->json, CCCD_FINDING_scan_too_long,
						  NULL);
		return false;
	}
	scan = cccd_clean_trim(text, length);
	if (scan.len == 0)
	{
		cccd_vdsnc_refuse(vdsnc, &vdsnc->json, CCCD_FINDING_scan_empty, NULL);
		return false;
	}
	vdsnc->text = (const uint8_t *) scan.ptr;
	vdsnc->nodes = work->nodes;
	status = cccd_json_parse(vdsnc->text, scan.len, work->nodes,
							 CCCD_VDSNC_NODES, &count);
	if (status != CCCD_JSON_OK)
		cccd_vdsnc_refuse(vdsnc, &vdsnc->json, codes[status], NULL);
	return status == CCCD_JSON_OK;
}

/* Type, version and issuer. */
static bool
read_header(int header, CccdVdsncWork *work, CccdVdsnc *vdsnc)
{
	CccdSlice	type = cccd_vdsnc_text(vdsnc, work, header, "t");
	CccdSlice	issuer = cccd_vdsnc_text(vdsnc, work, header, "is");
	int			version = cccd_json_member(vdsnc->text, vdsnc->nodes, header,
										   "v");

	if (type.ptr != NULL && type.len == 9 &&
		memcmp(type.ptr, "icao.vacc", 9) == 0)
		vdsnc->kinds = CCCD_HCERT_VACCINATION;
	else if (type.ptr != NULL && type.len == 9 &&
			 memcmp(type.ptr, "icao.test", 9) == 0)
		vdsnc->kinds = CCCD_HCERT_TEST;
	else
	{
		cccd_vdsnc_refuse(vdsnc, &vdsnc->seal, CCCD_FINDING_seal_type, NULL);
		return false;
	}
	if (version == CCCD_JSON_NONE ||
		!cccd_json_integer(vdsnc->text, &vdsnc->nodes[version],
						   &vdsnc->version) || vdsnc->version != 1)
	{
		cccd_vdsnc_refuse(vdsnc, &vdsnc->seal, CCCD_FINDING_seal_version,
						  NULL);
		return false;
	}
	if (issuer.len == 0 || issuer.len > STATE_SIZE)
	{
		cccd_vdsnc_refuse(vdsnc, &vdsnc->seal, CCCD_FINDING_issuer_missing,
						  NULL);
		return false;
	}
	memcpy(vdsnc->issuer, issuer.ptr, issuer.len);
	return true;
}

/*
 * The bytes of a member in base64.  It is the URL alphabet without padding (RFC
 * 7515 section 2); seals of several states are padded, some have the other
 * alphabet, and only the latter is a deviation worth a word.
 */
static bool
read_base64(int object, const char *name, bool tolerant, CccdVdsncWork *work,
			CccdVdsnc *vdsnc, uint8_t *out, CccdBytes *bytes)
{
	CccdSlice	text = cccd_vdsnc_text(vdsnc, work, object, name);
	size_t		length = text.len;

	while (length > 0 && length + 2 > text.len && text.ptr[length - 1] == '=')
		length--;
	bytes->data = out;
	if (length > 0 && cccd_base64url_decode(text.ptr, length, out,
											&bytes->length) &&
		bytes->length > 0)
		return true;
	if (text.len == 0 || !cccd_base64_decode(text.ptr, text.len, out,
											 &bytes->length) ||
		bytes->length == 0)
	{
		bytes->length = 0;
		return false;
	}
	cccd_report_tolerate(&vdsnc->report, tolerant,
						 CCCD_FINDING_seal_base64, &vdsnc->seal);
	return true;
}

/* Algorithm, certificate and signature. */
static bool
read_signature(int zone, bool tolerant, CccdVdsncWork *work, CccdVdsnc *vdsnc)
{
	CccdSlice	name = cccd_vdsnc_text(vdsnc, work, zone, "alg");

	if (name.len == 0)
	{
		cccd_vdsnc_refuse(vdsnc, &vdsnc->seal, CCCD_FINDING_alg_missing, NULL);
		return false;
	}
	for (size_t k = 0; k < sizeof(algorithms) / sizeof(algorithms[0]); k++)
	{
		if (strlen(algorithms[k].name) != name.len ||
			memcmp(algorithms[k].name, name.ptr, name.len) != 0)
			continue;
		vdsnc->algorithm_name = algorithms[k].name;
		vdsnc->algorithm = algorithms[k].algorithm;
	}
	if (!read_base64(zone, "cer", tolerant, work, vdsnc, work->certificate,
					 &vdsnc->certificate))
	{
		cccd_vdsnc_refuse(vdsnc, &vdsnc->seal, CCCD_FINDING_seal_certificate,
						  NULL);
		return false;
	}
	if (!read_base64(zone, "sigvl", tolerant, work, vdsnc, work->signature,
					 &vdsnc->signature))
		cccd_vdsnc_refuse(vdsnc, &vdsnc->seal,
						  CCCD_FINDING_signature_malformed, NULL);
	return vdsnc->seal == CCCD_STATUS_OK;
}

/* The stage "seal": header, message and signature zone are where they belong. */
static bool
read_seal(bool tolerant, CccdVdsncWork *work, CccdVdsnc *vdsnc, int *data)
{
	int			header;
	int			zone = cccd_json_member(vdsnc->text, vdsnc->nodes, 0, "sig");
	int			message;

	vdsnc->seal = CCCD_STATUS_OK;
	*data = cccd_json_member(vdsnc->text, vdsnc->nodes, 0, "data");
	header = cccd_json_member(vdsnc->text, vdsnc->nodes, *data, "hdr");
	message = cccd_json_member(vdsnc->text, vdsnc->nodes, *data, "msg");
	if (header == CCCD_JSON_NONE || zone == CCCD_JSON_NONE ||
		message == CCCD_JSON_NONE ||
		vdsnc->nodes[message].kind != CCCD_JSON_OBJECT)
	{
		cccd_vdsnc_refuse(vdsnc, &vdsnc->seal, CCCD_FINDING_seal_malformed,
						  NULL);
		return false;
	}
	if (!read_header(header, work, vdsnc) ||
		!read_signature(zone, tolerant, work, vdsnc))
		return false;
	vdsnc->message = message;
	return true;
}

/* The stage "canonical": the bytes that were signed. */
static bool
read_canonical(int data, CccdVdsncWork *work, CccdVdsnc *vdsnc)
{
	vdsnc->canonical = CCCD_STATUS_OK;
	vdsnc->data.data = work->canonical;
	if (cccd_jcs_write(vdsnc->text, vdsnc->nodes, data, work->canonical,
					   sizeof(work->canonical),
					   &vdsnc->data.length) == CCCD_JCS_OK)
		return true;
	vdsnc->data.data = NULL;
	vdsnc->data.length = 0;
	cccd_vdsnc_refuse(vdsnc, &vdsnc->canonical, CCCD_FINDING_json_number,
					  NULL);
	return false;
}

void
cccd_vdsnc_read(const char *text, size_t length, bool tolerant,
				CccdVdsncWork *work, CccdVdsnc *vdsnc)
{
	int			data;

	memset(vdsnc, 0, sizeof(*vdsnc));
	vdsnc->message = CCCD_JSON_NONE;
	work->used = 0;
	if (!read_json(text, length, work, vdsnc) ||
		!read_seal(tolerant, work, vdsnc, &data) ||
		!read_canonical(data, work, vdsnc))
		return;
	cccd_vdsnc_read_message(tolerant, work, vdsnc);
}
