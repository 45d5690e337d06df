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

/* A signature over the attributes, and how it was found to be right. */
typedef struct FoundSignature
{
	int			cost;			/* of an attempt */
	CccdSignatureVerdict verdict;
	CccdHashKind hash;
	bool		other_hash;		/* the digest algorithm's */
	int			deviation;		/* a CccdFindingCode, or 0 */
} FoundSignature;

/* One digest, with the forms a signature over it may have. */
static void
verify_forms(const CccdSignerInfo *signer, CccdKey *key,
			 const uint8_t *digest, bool tolerant, CccdEffort *effort,
			 FoundSignature *found)
{
	found->verdict = cccd_key_verify(key, &signer->algorithm, found->hash,
									 digest, signer->signature);
	if (found->verdict == CCCD_SIGNATURE_MALFORMED &&
		signer->algorithm.scheme == CCCD_SCHEME_ECDSA)
	{
		/* r || s where SEQUENCE { r, s } belongs; the other costs nothing */
		CccdAlgorithm plain = signer->algorithm;

		plain.scheme = CCCD_SCHEME_ECDSA_PLAIN;
		if (cccd_key_verify(key, &plain, found->hash, digest,
							signer->signature) == CCCD_SIGNATURE_OK)
		{
			found->deviation = CCCD_FINDING_signature_plain_format;
			found->verdict = CCCD_SIGNATURE_OK;
		}
	}
	else if (found->verdict == CCCD_SIGNATURE_INVALID && tolerant &&
			 signer->algorithm.scheme == CCCD_SCHEME_RSA &&
			 cccd_effort_spend(effort, found->cost) &&
			 cccd_key_verify_without_null(key, found->hash, digest,
										  signer->signature))
	{
		found->deviation = CCCD_FINDING_digestinfo_no_null;
		found->verdict = CCCD_SIGNATURE_OK;
	}
}

/* With one hash, in the order received and in DER's. */
static bool
verify_orders(const CccdSignerInfo *signer, CccdKey *key, bool tolerant,
			  CccdEffort *effort, FoundSignature *found)
{
	uint8_t		digest[CCCD_HASH_SIZE];

	for (int sort = 0; sort < 2; sort++)
	{
		if (sort > 0 && signer->attributes_sorted &&
			!signer->attributes_indefinite)
			break;
		if (!cccd_effort_spend(effort, found->cost) ||
			!hash_attributes(signer, sort > 0, found->hash, digest))
			return false;
		verify_forms(signer, key, digest, tolerant, effort, found);
		if (found->verdict == CCCD_SIGNATURE_OK)
			break;
	}
	return true;
}

/*
 * With the signature's hash, then with the digest algorithm's.  False if
 * memory or effort did not suffice.
 */
static bool
verify_hashes(const CccdSignerInfo *signer, CccdKey *key, bool tolerant,
			  CccdEffort *effort, FoundSignature *found)
{
	found->hash = signer->algorithm.hash != CCCD_HASH_UNKNOWN ?
		signer->algorithm.hash : signer->digest;
	if (!verify_orders(signer, key, tolerant, effort, found))
		return false;
	if (found->verdict == CCCD_SIGNATURE_OK ||
		signer->digest == found->hash || signer->digest == CCCD_HASH_UNKNOWN)
		return true;
	found->hash = signer->digest;
	found->other_hash = true;
	return verify_orders(signer, key, tolerant, effort, found);
}

/* Whether key and algorithm can have made a signature at all. */
static CccdCheckStatus
check_key(const CccdSignerInfo *signer, const CccdKey *key,
		  const CccdPublicKey *numbers, CccdReport *report)
{
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
	if (signer->algorithm.hash == CCCD_HASH_UNKNOWN &&
		signer->digest == CCCD_HASH_UNKNOWN)
		return unknown(report, CCCD_FINDING_digest_unsupported);
	return CCCD_STATUS_OK;
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

/* What a signature that is right has about it. */
static CccdCheckStatus
report_found(const CccdSignerInfo *signer, const CccdPublicKey *numbers,
			 const FoundSignature *found, bool tolerant, CccdReport *report)
{
	CccdCheckStatus status = CCCD_STATUS_OK;

	if (found->other_hash)
		cccd_report_flag(report, CCCD_FINDING_signature_hash_from_digest_alg);
	if (!signer->attributes_sorted || signer->attributes_indefinite)
		cccd_report_flag(report, CCCD_FINDING_attrs_not_der);
	if (found->deviation != 0)
		cccd_report_tolerate(report, tolerant, found->deviation, &status);
	if (signer->algorithm.key_oid)
		cccd_report_tolerate(report, tolerant,
							 CCCD_FINDING_signature_key_oid, &status);
	if (numbers->sign_missing)
		cccd_report_flag(report, CCCD_FINDING_key_sign_missing);
	if (numbers->compressed)
		cccd_report_flag(report, CCCD_FINDING_ec_point_compressed);
	if (cccd_algorithm_weak(found->hash, numbers))
		cccd_report_tolerate(report, tolerant, CCCD_FINDING_weak_algorithm,
							 &status);
	return status;
}

CccdCheckStatus
cccd_cms_check_signature(const CccdSignerInfo *signer, CccdKey *key,
						 const CccdPublicKey *numbers, bool tolerant,
						 CccdEffort *effort, CccdReport *report)
{
	FoundSignature found = {.cost = CCCD_COST_PLAIN};
	CccdCheckStatus status;

	if (!signer->has_attributes)
		return CCCD_STATUS_NOT_PERFORMED;
	status = check_key(signer, key, numbers, report);
	if (status != CCCD_STATUS_OK)
		return status;
	found.cost = cccd_key_cost(numbers);
	if (!verify_hashes(signer, key, tolerant, effort, &found) ||
		(found.verdict != CCCD_SIGNATURE_OK && effort != NULL &&
		 effort->exhausted))
		return unknown(report, effort != NULL && effort->exhausted ?
					   CCCD_FINDING_attempts_exhausted :
					   CCCD_FINDING_digest_unsupported);
	if (found.verdict != CCCD_SIGNATURE_OK)
		return report_verdict(found.verdict, report);
	return report_found(signer, numbers, &found, tolerant, report);
}
