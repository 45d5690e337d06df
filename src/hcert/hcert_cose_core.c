/*
 * hcert_cose_core.c
 *		The signed message: COSE_Sign1 (RFC 9052 4.2), and the claims of the
 *		CBOR Web Token that it signs (RFC 8392 3.1).
 */
#include "hcert/hcert_core.h"

#include <string.h>

#define TAG_SIGN1		18
#define TAG_CWT			61

/* Claims (RFC 8392 4; -260: eHealth Network, volume 3, 2.6.5). */
#define CLAIM_ISSUER		1
#define CLAIM_EXPIRES		4
#define CLAIM_NOT_BEFORE	5
#define CLAIM_ISSUED		6
#define CLAIM_HCERT			(-260)
#define HCERT_VERSION		1

/* Seconds from 1970 to 2000, and to 10000. */
#define EPOCH_2000		INT64_C(946684800)
#define YEAR_10000		INT64_C(253402300800)

#define KID_MAX			64

/* The registry's signature algorithms (RFC 9053 2, RFC 8812). */
static const struct
{
	int64_t		number;
	const char *name;
}			algorithms[] = {
	{-7, "ES256"}, {-35, "ES384"}, {-36, "ES512"}, {-37, "PS256"},
	{-38, "PS384"}, {-39, "PS512"}, {-8, "EdDSA"}, {-47, "ES256K"},
	{-257, "RS256"}, {-258, "RS384"}, {-259, "RS512"}, {-65535, "RS1"},
	{-9, "ESP256"}, {-51, "ESP384"}, {-52, "ESP512"}, {-19, "Ed25519"},
	{-53, "Ed448"}, {-46, "HSS-LMS"}, {-48, "ML-DSA-44"},
	{-49, "ML-DSA-65"}, {-50, "ML-DSA-87"}, {5, "HMAC 256"}
};

const char *
cccd_cose_algorithm_name(int64_t algorithm)
{
	for (size_t k = 0; k < sizeof(algorithms) / sizeof(algorithms[0]); k++)
		if (algorithms[k].number == algorithm)
			return algorithms[k].name;
	return NULL;
}

/* Read one item that takes all the bytes. */
static int
read_whole(CccdHcert *hcert, CccdBytes bytes, CccdCheckStatus *status)
{
	static const int codes[] = {
		0, CCCD_FINDING_cbor_truncated, CCCD_FINDING_cbor_malformed,
		CCCD_FINDING_cbor_text_invalid, CCCD_FINDING_cbor_key_invalid,
		CCCD_FINDING_cbor_too_deep, CCCD_FINDING_cbor_too_many
	};
	CccdCbor   *cbor = &hcert->cbor_message;
	size_t		used;
	int			root = cccd_cbor_read(cbor, bytes, &used);

	if (root == CCCD_CBOR_NONE)
		cccd_hcert_refuse(hcert, status, codes[cbor->error]);
	else if (used != bytes.length)
	{
		cccd_hcert_refuse(hcert, status, CCCD_FINDING_cbor_trailing);
		root = CCCD_CBOR_NONE;
	}
	else if (cbor->seen & CCCD_CBOR_SAW_DUPLICATE)
	{
		/* two readers would see two certificates */
		cccd_hcert_refuse(hcert, status, CCCD_FINDING_cbor_duplicate_key);
		root = CCCD_CBOR_NONE;
	}
	return root;
}

/* The array under its tags: 18, or 61 around it, or none. */
static int
message_array(CccdHcert *hcert, int root, bool tolerant)
{
	CccdCbor   *cbor = &hcert->cbor_message;
	bool		sign1 = false;
	bool		other = false;

	for (; cccd_cbor_is(cbor, root, CCCD_CBOR_TAG); root++)
	{
		uint64_t	tag = cccd_cbor_node(cbor, root)->value.number;

		if (sign1 || (tag != TAG_SIGN1 && tag != TAG_CWT))
		{
			cccd_hcert_refuse(hcert, &hcert->cose, CCCD_FINDING_cose_malformed);
			return CCCD_CBOR_NONE;
		}
		sign1 = tag == TAG_SIGN1;
		other = other || tag == TAG_CWT;
	}
	if (other)
		cccd_report_tolerate(&hcert->report, tolerant, CCCD_FINDING_cose_tag,
							 &hcert->cose);
	if (!sign1)
		cccd_report_tolerate(&hcert->report, tolerant,
							 CCCD_FINDING_cose_untagged, &hcert->cose);
	if (cccd_cbor_is(cbor, root, CCCD_CBOR_ARRAY) &&
		cccd_cbor_node(cbor, root)->length == 4)
		return root;
	cccd_hcert_refuse(hcert, &hcert->cose, CCCD_FINDING_cose_malformed);
	return CCCD_CBOR_NONE;
}

/* The algorithm, which should stand in the protected header. */
static void
read_algorithm(CccdHcert *hcert, int header, int unprotected, bool tolerant)
{
	CccdCbor   *cbor = &hcert->cbor_message;
	int			node = cccd_cbor_find(cbor, header, CCCD_COSE_ALG);

	if (node == CCCD_CBOR_NONE)
	{
		node = cccd_cbor_find(cbor, unprotected, CCCD_COSE_ALG);
		if (node == CCCD_CBOR_NONE)
		{
			cccd_hcert_refuse(hcert, &hcert->cose, CCCD_FINDING_alg_missing);
			return;
		}
		cccd_report_tolerate(&hcert->report, tolerant,
							 CCCD_FINDING_alg_unprotected, &hcert->cose);
	}
	hcert->has_algorithm = cccd_cbor_integer(cbor, node, &hcert->algorithm);
	if (!hcert->has_algorithm)
		cccd_hcert_refuse(hcert, &hcert->cose, CCCD_FINDING_cose_header);
}

static CccdBytes
find_kid(CccdHcert *hcert, int header)
{
	CccdCbor   *cbor = &hcert->cbor_message;
	int			node = cccd_cbor_find(cbor, header, CCCD_COSE_KID);
	CccdBytes	kid = {NULL, 0};

	if (node == CCCD_CBOR_NONE)
		return kid;
	if (cccd_cbor_is(cbor, node, CCCD_CBOR_BYTES) &&
		cccd_cbor_node(cbor, node)->length <= KID_MAX)
		return cccd_cbor_bytes(cbor, node);
	cccd_hcert_refuse(hcert, &hcert->cose, CCCD_FINDING_kid_malformed);
	return kid;
}

/*
 * The key's identifier: the protected header's if it has one (eHealth Network,
 * volume 3, 2.6.2).
 */
static void
read_kid(CccdHcert *hcert, int header, int unprotected, bool tolerant)
{
	CccdBytes	other = find_kid(hcert, unprotected);

	hcert->kid = find_kid(hcert, header);
	if (hcert->kid.length > 0)
	{
		if (other.length > 0 && !cccd_bytes_equal(hcert->kid, other))
			cccd_report_tolerate(&hcert->report, tolerant,
								 CCCD_FINDING_kid_conflict, &hcert->cose);
		return;
	}
	hcert->kid = other;
	cccd_report_tolerate(&hcert->report, tolerant, other.length > 0 ?
						 CCCD_FINDING_kid_unprotected :
						 CCCD_FINDING_kid_missing, &hcert->cose);
}

/* What must be understood and is not known here (RFC 9052 3.1). */
static void
check_critical(CccdHcert *hcert, int header)
{
	if (cccd_cbor_find(&hcert->cbor_message, header, CCCD_COSE_CRIT) !=
		CCCD_CBOR_NONE)
		cccd_hcert_refuse(hcert, &hcert->cose, CCCD_FINDING_cose_critical);
}

void
cccd_cose_read(CccdBytes message, bool tolerant, CccdHcert *hcert)
{
	CccdCbor   *cbor = &hcert->cbor_message;
	int			root;
	int			parts[4];
	int			header = CCCD_CBOR_NONE;

	hcert->cose = CCCD_STATUS_OK;
	root = read_whole(hcert, message, &hcert->cose);
	if (root != CCCD_CBOR_NONE)
		root = message_array(hcert, root, tolerant);
	if (root == CCCD_CBOR_NONE)
		return;
	parts[0] = root + 1;
	for (int k = 1; k < 4; k++)
		parts[k] = cccd_cbor_node(cbor, parts[k - 1])->next;
	if (!cccd_cbor_is(cbor, parts[0], CCCD_CBOR_BYTES) ||
		!cccd_cbor_is(cbor, parts[1], CCCD_CBOR_MAP) ||
		!cccd_cbor_is(cbor, parts[2], CCCD_CBOR_BYTES) ||
		!cccd_cbor_is(cbor, parts[3], CCCD_CBOR_BYTES))
	{
		cccd_hcert_refuse(hcert, &hcert->cose, CCCD_FINDING_cose_malformed);
		return;
	}
	hcert->header = cccd_cbor_bytes(cbor, parts[0]);
	hcert->signature = cccd_cbor_bytes(cbor, parts[3]);
	if (hcert->header.length > 0)
	{
		header = read_whole(hcert, hcert->header, &hcert->cose);
		if (header == CCCD_CBOR_NONE)
			return;
		if (!cccd_cbor_is(cbor, header, CCCD_CBOR_MAP))
		{
			cccd_hcert_refuse(hcert, &hcert->cose, CCCD_FINDING_cose_header);
			return;
		}
	}
	read_algorithm(hcert, header, parts[1], tolerant);
	read_kid(hcert, header, parts[1], tolerant);
	check_critical(hcert, header);
	check_critical(hcert, parts[1]);
	hcert->payload = cccd_cbor_bytes(cbor, parts[2]);
}

/* A claim of seconds since 1970; true when there is a usable one. */
static bool
read_time(CccdHcert *hcert, int claims, int key, bool tolerant,
		  int64_t *time)
{
	CccdCbor   *cbor = &hcert->cbor_message;
	int			node = cccd_cbor_untag(cbor, cccd_cbor_find(cbor, claims, key));
	int64_t		seconds;
	int64_t		micros = 0;
	double		real;

	if (node == CCCD_CBOR_NONE)
		return false;
	if (cccd_cbor_is(cbor, node, CCCD_CBOR_FLOAT) &&
		cccd_cbor_number(cbor, node, &real))
	{
		cccd_report_tolerate(&hcert->report, tolerant,
							 CCCD_FINDING_time_float, &hcert->cbor);
		/* NaN fails both comparisons */
		if (!(real >= 0 && real < (double) YEAR_10000))
			seconds = -1;
		else
		{
			seconds = (int64_t) real;
			micros = (int64_t) ((real - (double) seconds) * 1e6);
		}
	}
	else if (!cccd_cbor_integer(cbor, node, &seconds))
		seconds = -1;
	if (seconds < 0 || seconds >= YEAR_10000)
	{
		cccd_hcert_refuse(hcert, &hcert->cbor, CCCD_FINDING_time_invalid);
		return false;
	}
	*time = (seconds - EPOCH_2000) * INT64_C(1000000) + micros;
	return true;
}

/* What the encoding was like besides the plainest. */
static void
report_encoding(CccdHcert *hcert)
{
	static const struct
	{
		unsigned	seen;
		int			code;
	}			kinds[] = {
		{CCCD_CBOR_SAW_INDEFINITE, CCCD_FINDING_cbor_indefinite},
		{CCCD_CBOR_SAW_LONG_FORM, CCCD_FINDING_cbor_long_form},
		{CCCD_CBOR_SAW_FLOAT, CCCD_FINDING_cbor_float},
		{CCCD_CBOR_SAW_TAG, CCCD_FINDING_cbor_tag},
		{CCCD_CBOR_SAW_NULL, CCCD_FINDING_cbor_null},
		{CCCD_CBOR_SAW_SIMPLE, CCCD_FINDING_cbor_simple}
	};

	for (size_t k = 0; k < sizeof(kinds) / sizeof(kinds[0]); k++)
		if (hcert->cbor_message.seen & kinds[k].seen)
			cccd_report_flag(&hcert->report, kinds[k].code);
}

void
cccd_cwt_read(bool tolerant, CccdHcert *hcert, int *claim)
{
	CccdCbor   *cbor = &hcert->cbor_message;
	int			claims;
	int			node;

	*claim = CCCD_CBOR_NONE;
	hcert->cbor = CCCD_STATUS_OK;
	/* the message's own tag is not a deviation */
	cbor->seen &= ~(unsigned) CCCD_CBOR_SAW_TAG;
	claims = read_whole(hcert, hcert->payload, &hcert->cbor);
	report_encoding(hcert);
	if (claims == CCCD_CBOR_NONE)
		return;
	claims = cccd_cbor_untag(cbor, claims);
	if (!cccd_cbor_is(cbor, claims, CCCD_CBOR_MAP))
	{
		cccd_hcert_refuse(hcert, &hcert->cbor, CCCD_FINDING_cwt_malformed);
		return;
	}
	node = cccd_cbor_find(cbor, claims, CLAIM_ISSUER);
	if (cccd_cbor_is(cbor, node, CCCD_CBOR_TEXT))
		hcert->issuer = cccd_cbor_bytes(cbor, node);
	if (hcert->issuer.length == 0)
		cccd_report_tolerate(&hcert->report, tolerant,
							 CCCD_FINDING_issuer_missing, &hcert->cbor);
	hcert->has_issued = read_time(hcert, claims, CLAIM_ISSUED, tolerant,
								  &hcert->issued);
	hcert->has_expires = read_time(hcert, claims, CLAIM_EXPIRES, tolerant,
								   &hcert->expires);
	hcert->has_not_before = read_time(hcert, claims, CLAIM_NOT_BEFORE,
									  tolerant, &hcert->not_before);
	node = cccd_cbor_untag(cbor, cccd_cbor_find(cbor, claims, CLAIM_HCERT));
	if (!cccd_cbor_is(cbor, node, CCCD_CBOR_MAP))
	{
		cccd_hcert_refuse(hcert, &hcert->cbor, CCCD_FINDING_hcert_missing);
		return;
	}
	node = cccd_cbor_untag(cbor, cccd_cbor_find(cbor, node, HCERT_VERSION));
	if (!cccd_cbor_is(cbor, node, CCCD_CBOR_MAP))
		cccd_hcert_refuse(hcert, &hcert->cbor, CCCD_FINDING_hcert_version);
	else
		*claim = node;
}
