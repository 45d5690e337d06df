/*
 * master_list_core.c
 *		CSCA master lists; see master_list_core.h.
 */
#include "trust/master_list_core.h"

#include "pki/country_core.h"

static bool
fail(CccdReport *report, int code)
{
	cccd_report_reason(report, code);
	return false;
}

static bool
malformed(CccdReport *report, const CccdDerDocument *document)
{
	cccd_report_reason_of(report, CCCD_FINDING_ml_malformed,
						  (int32_t) document->offset);
	return false;
}

bool
cccd_master_list_read_raw(CccdBytes bytes, CccdMasterList *list,
						  CccdReport *report)
{
	CccdDer		cursor = cccd_der_open(&list->document, bytes.data,
									   bytes.length, true);
	CccdDer		inner;
	CccdDerItem item;
	uint32_t	version;

	if (bytes.length > CCCD_MASTER_LIST_SIZE)
		cccd_der_fail(&cursor, CCCD_DER_LIMIT, bytes.data);
	else
		list->document.items += (uint32_t) bytes.length / 64;
	if (!cccd_der_want_enter(&cursor, CCCD_DER_SEQUENCE, &inner) ||
		!cccd_der_want(&inner, CCCD_DER_INTEGER, &item) ||
		!cccd_der_small_integer(&inner, &item, &version) ||
		!cccd_der_want_enter(&inner, CCCD_DER_SET, &list->certificates) ||
		!cccd_der_finish(&inner))
		return malformed(report, &list->document);
	if (version != 0)
		return fail(report, CCCD_FINDING_ml_version);
	return true;
}

bool
cccd_master_list_read(CccdBytes bytes, uint8_t *scratch,
					  CccdMasterList *list, CccdReport *report)
{
	CccdDerDocument document;
	CccdDer		cursor = cccd_der_open(&document, bytes.data, bytes.length,
									   true);
	bool		signed_data;

	if (bytes.length > CCCD_MASTER_LIST_SIZE)
		cccd_der_fail(&cursor, CCCD_DER_LIMIT, bytes.data);
	if (!cccd_cms_read(&cursor, scratch, bytes.length, &list->cms,
					   &signed_data) ||
		!list->cms.has_content ||
		!CCCD_OID_IS(list->cms.content_type, CCCD_OID_MASTER_LIST))
		return malformed(report, &document);
	return cccd_master_list_read_raw(list->cms.content, list, report);
}

bool
cccd_master_list_next(CccdMasterList *list, CccdBytes *item)
{
	CccdDerItem element;

	if (cccd_der_at_end(&list->certificates) ||
		!cccd_der_next(&list->certificates, &element))
		return false;
	*item = cccd_der_whole(&element);
	return true;
}

/* Whether a signer of lists is one, and was at the time that counts. */
static bool
check_signer(const CccdX509 *certificate,
			 const CccdSignerInfo *info, bool has_at, int64_t at,
			 CccdReport *report)
{
	static const CccdBytes usage = {
		(const uint8_t *) CCCD_EKU_MASTER_LIST,
		sizeof(CCCD_EKU_MASTER_LIST) - 1
	};

	if (certificate->ca || !cccd_x509_has_eku(certificate, usage) ||
		(certificate->has_key_usage &&
		 !(certificate->key_usage & CCCD_USAGE_DIGITAL_SIGNATURE)))
		return fail(report, CCCD_FINDING_ml_signer_eku);
	if (!has_at)
	{
		if (info->signing_time_count != 1 || info->signing_time_invalid)
			return fail(report, CCCD_FINDING_ml_signing_time_missing);
		at = info->signing_time;
	}
	if (certificate->time_invalid || at < certificate->not_before ||
		at > certificate->not_after)
		return fail(report, CCCD_FINDING_ml_signer_expired);
	return true;
}

/* Whether a certificate's key made the signature of a list. */
static bool
signed_by(const CccdX509 *certificate, const CccdSignerInfo *info,
		  CccdEffort *effort, CccdReport *report)
{
	CccdCheckStatus status;
	CccdKey    *key;

	/* now, so that nobody leaves while the key is there */
	cccd_effort_breathe(effort);
	key = cccd_key_make(&certificate->key);
	status = cccd_cms_check_signature(info, key, &certificate->key, true,
									  NULL, report);
	cccd_key_free(key);
	return status == CCCD_STATUS_OK ||
		fail(report, CCCD_FINDING_ml_signature_invalid);
}

/*
 * Verify one signer of a list: its embedded certificate, its right to sign
 * lists, the CSCA behind it, content and signature.
 */
static bool
verify_signer(const CccdCms *cms, const CccdSignerInfo *info,
			  CccdTrustStore *store, bool has_at, int64_t at,
			  CccdEffort *effort, CccdEffort *lists, CccdReport *report)
{
	CccdX509	certificate;
	CccdRevocationState revocation;
	CccdChain	chain;
	CccdDerError error;
	size_t		offset;
	int			index;
	CccdSignerMatch match = cccd_cms_find_certificate(cms, info, &index);

	if ((match != CCCD_SIGNER_BY_NAME && match != CCCD_SIGNER_BY_KEY_ID) ||
		!cccd_x509_read(cms->certificates[index], &certificate,
						&error, &offset))
		return fail(report, CCCD_FINDING_signer_cert_not_found);
	if (cccd_cms_check_content(cms, info, true, report) != CCCD_STATUS_OK)
		return fail(report, CCCD_FINDING_ml_signature_invalid);
	if (!check_signer(&certificate, info, has_at, at, report))
		return false;
	cccd_store_chain(store, CCCD_PURPOSE_CHIP, &certificate, effort, &chain);
	if (chain.anchor < 0 ||
		!cccd_country_equal(certificate.issuer_country,
							store->anchors[chain.anchor].certificate.subject_country))
		return fail(report, CCCD_FINDING_ml_signer_untrusted);
	cccd_store_revocation(store, CCCD_PURPOSE_CHIP, &certificate,
						  chain.anchor, lists, &revocation);
	if (revocation.revoked || revocation.csca_revoked)
		return fail(report, CCCD_FINDING_revoked);
	return signed_by(&certificate, info, effort, report);
}

bool
cccd_master_list_verify(const CccdMasterList *list,
						CccdTrustStore *store, bool has_at, int64_t at,
						CccdEffort *effort, CccdReport *report)
{
	CccdEffort	lists = {CCCD_REVOCATION_ATTEMPTS, false,
	effort ? effort->breathe : NULL};

	if (list->cms.signer_count == 0)
		return fail(report, CCCD_FINDING_ml_signature_invalid);
	for (int k = 0; k < list->cms.signer_count; k++)
		if (!verify_signer(&list->cms, &list->cms.signers[k], store, has_at,
						   at, effort, &lists, report))
			return false;
	return true;
}
