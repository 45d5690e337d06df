/*
 * cms_check_core.c
 *		Signed messages: checking them; see cms_core.h.
 */
#include "pki/cms_core.h"

#include <string.h>

CccdCheckStatus
cccd_cms_check_structure(const CccdCms *cms, bool tolerant,
						 CccdReport *report)
{
	CccdCheckStatus status = CCCD_STATUS_OK;
	bool		data = CCCD_OID_IS(cms->content_type, CCCD_OID_DATA);

	if (cms->version != 3 && !(data && cms->version == 1))
		cccd_report_tolerate(report, tolerant, CCCD_FINDING_sod_version,
							 &status);
	if (cms->signer_count > 1)
		cccd_report_flag(report, CCCD_FINDING_sod_multiple_signers);
	for (int k = 0; k < cms->signer_count; k++)
	{
		int			n;
		const CccdSignerInfo *signer = &cms->signers[k];

		if (signer->version != (signer->by_key_id ? 3u : 1u))
			cccd_report_tolerate(report, tolerant,
								 CCCD_FINDING_sod_signer_info_version,
								 &status);
		for (n = 0; n < cms->digest_count; n++)
			if (cms->digests[n] == signer->digest)
				break;
		if (n == cms->digest_count && signer->digest != CCCD_HASH_UNKNOWN)
			cccd_report_tolerate(report, tolerant,
								 CCCD_FINDING_sod_digest_algorithms,
								 &status);
	}
	return status;
}

static CccdCheckStatus
fail(CccdReport *report, int code)
{
	cccd_report_reason(report, code);
	return CCCD_STATUS_FAILED;
}

static CccdCheckStatus
unknown(CccdReport *report, int code)
{
	cccd_report_reason(report, code);
	return CCCD_STATUS_UNDETERMINED;
}

CccdCheckStatus
cccd_cms_check_content(const CccdCms *cms, const CccdSignerInfo *signer,
					   bool tolerant, CccdReport *report)
{
	uint8_t		digest[CCCD_HASH_SIZE];
	CccdCheckStatus status = CCCD_STATUS_OK;

	if (!signer->has_attributes)
		return fail(report, CCCD_FINDING_attrs_missing);
	if (signer->content_type_count > 1 || signer->message_digest_count > 1 ||
		signer->signing_time_count > 1)
		return fail(report, CCCD_FINDING_attr_duplicate);
	if (signer->content_type_count == 0)
		return fail(report, CCCD_FINDING_attr_content_type_missing);
	if (!cccd_bytes_equal(signer->content_type, cms->content_type))
		return fail(report, CCCD_FINDING_attr_content_type_mismatch);
	if (signer->message_digest_count == 0)
		return fail(report, CCCD_FINDING_attr_message_digest_missing);
	if (signer->digest == CCCD_HASH_UNKNOWN)
		return unknown(report, CCCD_FINDING_digest_unsupported);
	if (signer->message_digest.length != cccd_hash_size(signer->digest))
		return fail(report, CCCD_FINDING_message_digest_length);
	if (!cccd_hash_bytes(signer->digest, cms->content, digest))
		return unknown(report, CCCD_FINDING_digest_unsupported);
	if (memcmp(digest, signer->message_digest.data,
			   signer->message_digest.length) != 0)
		return fail(report, CCCD_FINDING_message_digest_mismatch);
	if (signer->digest == CCCD_HASH_SHA1)
		cccd_report_tolerate(report, tolerant, CCCD_FINDING_weak_algorithm,
							 &status);
	return status;
}

/*
 * Hash what is signed: the attributes as a SET OF instead of as [0]
 * (RFC 5652 5.4), in the order received or in DER's.
 */
static bool
hash_attributes(const CccdSignerInfo *signer, bool sort, CccdHashKind hash,
				uint8_t *digest)
{
	static const uint8_t set_tag = CCCD_DER_SET;
	CccdBytes	parts[CCCD_CMS_ATTRIBUTES + 2];
	uint8_t		length[5];

	parts[0].data = &set_tag;
	parts[0].length = 1;
	parts[1] = signer->attributes_head;
	if (sort || signer->attributes_indefinite)
	{
		parts[1].data = length;
		parts[1].length = cccd_der_put_length(length,
											  signer->attributes_content.length);
	}
	if (!sort)
	{
		parts[2] = signer->attributes_content;
		return cccd_hash_parts(hash, parts, 3, digest);
	}
	/* insertion sort: there are three or four */
	for (int k = 0; k < signer->attribute_count; k++)
	{
		int			n = 2 + k;

		for (; n > 2 && cccd_bytes_compare(parts[n - 1],
										   signer->attributes[k]) > 0; n--)
			parts[n] = parts[n - 1];
		parts[n] = signer->attributes[k];
	}
	return cccd_hash_parts(hash, parts, 2 + signer->attribute_count, digest);
}

/* One digest, with the forms a signature over it may have. */
static CccdSignatureVerdict
verify_forms(const CccdSignerInfo *signer, CccdKey *key, CccdHashKind hash,
			 const uint8_t *digest, bool tolerant, int *deviation)
{
	CccdSignatureVerdict verdict = cccd_key_verify(key, &signer->algorithm, hash,
												   digest, signer->signature);

	*deviation = 0;
	if (verdict == CCCD_SIGNATURE_MALFORMED &&
		signer->algorithm.scheme == CCCD_SCHEME_ECDSA)
	{
		/* r || s where SEQUENCE { r, s } belongs */
		CccdAlgorithm plain = signer->algorithm;

		plain.scheme = CCCD_SCHEME_ECDSA_PLAIN;
		if (cccd_key_verify(key, &plain, hash, digest,
							signer->signature) == CCCD_SIGNATURE_OK)
		{
			*deviation = CCCD_FINDING_signature_plain_format;
			return CCCD_SIGNATURE_OK;
		}
	}
	else if (verdict == CCCD_SIGNATURE_INVALID && tolerant &&
			 signer->algorithm.scheme == CCCD_SCHEME_RSA &&
			 cccd_key_verify_without_null(key, hash, digest,
										  signer->signature))
	{
		*deviation = CCCD_FINDING_digestinfo_no_null;
		return CCCD_SIGNATURE_OK;
	}
	return verdict;
}

static CccdCheckStatus
report_verdict(CccdSignatureVerdict verdict, CccdReport *report)
{
	if (verdict == CCCD_SIGNATURE_UNSUPPORTED)
		return unknown(report, CCCD_FINDING_signature_algorithm_unsupported);
	return fail(report, verdict == CCCD_SIGNATURE_MALFORMED ?
				CCCD_FINDING_signature_malformed :
				CCCD_FINDING_signature_invalid);
}

CccdCheckStatus
cccd_cms_check_signature(const CccdSignerInfo *signer, CccdKey *key,
						 const CccdPublicKey *numbers, bool tolerant,
						 CccdReport *report)
{
	CccdHashKind hashes[2];
	CccdSignatureVerdict verdict = CCCD_SIGNATURE_UNSUPPORTED;
	CccdCheckStatus status = CCCD_STATUS_OK;
	uint8_t		digest[CCCD_HASH_SIZE];
	int			deviation = 0;
	int			n;

	if (!signer->has_attributes)
		return CCCD_STATUS_NOT_PERFORMED;
	if (numbers->problem != 0 || key == NULL)
	{
		int			problem = numbers->problem != 0 ? numbers->problem :
		CCCD_FINDING_ec_point_invalid;

		return problem == CCCD_FINDING_key_unsupported ||
			problem == CCCD_FINDING_curve_unknown ?
			unknown(report, problem) : fail(report, problem);
	}
	if (signer->algorithm.scheme == CCCD_SCHEME_UNKNOWN)
		return unknown(report, CCCD_FINDING_signature_algorithm_unsupported);
	if (signer->algorithm.params_invalid)
		return fail(report, CCCD_FINDING_signature_params_invalid);
	if (!cccd_algorithm_fits(&signer->algorithm, numbers))
		return fail(report, CCCD_FINDING_signature_invalid);

	hashes[0] = signer->algorithm.hash;
	hashes[1] = signer->digest;
	if (hashes[0] == CCCD_HASH_UNKNOWN)
		hashes[0] = hashes[1];
	if (hashes[0] == CCCD_HASH_UNKNOWN)
		return unknown(report, CCCD_FINDING_digest_unsupported);
	for (n = 0; n < 2 && verdict != CCCD_SIGNATURE_OK; n++)
	{
		if (n > 0 && (hashes[1] == hashes[0] ||
					  hashes[1] == CCCD_HASH_UNKNOWN))
			break;
		for (int sort = 0; sort < 2 && verdict != CCCD_SIGNATURE_OK; sort++)
		{
			if (sort > 0 && signer->attributes_sorted &&
				!signer->attributes_indefinite)
				break;
			if (!hash_attributes(signer, sort > 0, hashes[n], digest))
				return unknown(report, CCCD_FINDING_digest_unsupported);
			verdict = verify_forms(signer, key, hashes[n], digest, tolerant,
								   &deviation);
		}
	}
	if (verdict != CCCD_SIGNATURE_OK)
		return report_verdict(verdict, report);
	n--;
	if (n > 0)
		cccd_report_flag(report, CCCD_FINDING_signature_hash_from_digest_alg);
	if (!signer->attributes_sorted || signer->attributes_indefinite)
		cccd_report_flag(report, CCCD_FINDING_attrs_not_der);
	if (deviation != 0)
		cccd_report_tolerate(report, tolerant, deviation, &status);
	if (signer->algorithm.key_oid)
		cccd_report_tolerate(report, tolerant,
							 CCCD_FINDING_signature_key_oid, &status);
	if (numbers->sign_missing)
		cccd_report_flag(report, CCCD_FINDING_key_sign_missing);
	if (numbers->compressed)
		cccd_report_flag(report, CCCD_FINDING_ec_point_compressed);
	if (cccd_algorithm_weak(hashes[n], numbers))
		cccd_report_tolerate(report, tolerant, CCCD_FINDING_weak_algorithm,
							 &status);
	return status;
}
