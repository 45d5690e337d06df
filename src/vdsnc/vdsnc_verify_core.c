/*
 * vdsnc_verify_core.c
 *		Verification of seals; see vdsnc_verify_core.h.
 */
#include "vdsnc/vdsnc_verify_core.h"

#include <string.h>

#include "pki/country_core.h"

/* What one verification goes by. */
typedef struct SealCheck
{
	CccdTrustStore *store;
	int64_t		at;
	bool		tolerant;
	bool		for_test;
	int		   *attempts;
	int		   *list_attempts;	/* signatures of their lists */
	CccdX509	signer;
	int			anchor;			/* that signed it, or -1 */
	CccdVdsncResult *result;
} SealCheck;

bool
cccd_vdsnc_digest(const CccdVdsnc *vdsnc, uint8_t *digest)
{
	return vdsnc->data.length > 0 &&
		cccd_hash_bytes(CCCD_HASH_SHA256, vdsnc->data, digest);
}

static void
doubt(SealCheck *c, CccdCheckStatus *status, CccdCheckStatus how, int code)
{
	cccd_vdsnc_doubt(c->result, status, how, code);
}

static void
deviate(SealCheck *c, CccdCheckStatus *status, int code)
{
	cccd_report_tolerate(&c->result->vdsnc.report, c->tolerant, code, status);
}

/* The certificate that came with the seal. */
static bool
read_signer(SealCheck *c)
{
	CccdVdsncResult *r = c->result;
	CccdDerError error;
	size_t		offset;
	uint8_t		fingerprint[CCCD_HASH_SIZE];

	if (!cccd_x509_read(r->vdsnc.certificate, &c->signer, &error, &offset))
	{
		doubt(c, &r->verdict.key, CCCD_STATUS_FAILED, CCCD_FINDING_seal_certificate);
		return false;
	}
	if (!cccd_hash_bytes(CCCD_HASH_SHA256, r->vdsnc.certificate, fingerprint))
	{
		r->verdict.out_of_memory = true;
		return false;
	}
	r->verdict.has_signer = r->verdict.has_signer_validity = true;
	memcpy(r->verdict.signer_fingerprint, fingerprint, CCCD_SHA256_SIZE);
	memcpy(r->verdict.signer_country, c->signer.issuer_country,
		   sizeof(r->verdict.signer_country));
	r->verdict.signer_not_before = c->signer.not_before;
	r->verdict.signer_not_after = c->signer.not_after;
	return true;
}

/*
 * A signer of seals says so, and of which kind (Doc 9303-13: extended key
 * usage 2.23.136.1.1.14.2, document types NV and NT).  The CSCA's other
 * signers, above all those of passports, sign no seals.
 */
static void
check_role(SealCheck *c)
{
	static const CccdBytes seal = {(const uint8_t *) CCCD_EKU_SEAL,
	sizeof(CCCD_EKU_SEAL) - 1};
	CccdVdsncResult *r = c->result;
	const CccdX509 *signer = &c->signer;
	const char *type = r->vdsnc.kinds == CCCD_HCERT_TEST ? "NT" : "NV";

	r->verdict.key_usage = CCCD_STATUS_OK;
	if (signer->ca)
		doubt(c, &r->verdict.key_usage, CCCD_STATUS_FAILED, CCCD_FINDING_dsc_is_ca);
	if (signer->has_key_usage &&
		!(signer->key_usage & CCCD_USAGE_DIGITAL_SIGNATURE))
		doubt(c, &r->verdict.key_usage, CCCD_STATUS_FAILED,
			  CCCD_FINDING_dsc_key_usage);
	if (signer->critical_unknown)
		doubt(c, &r->verdict.key_usage, CCCD_STATUS_FAILED,
			  CCCD_FINDING_dsc_critical_extension_unknown);
	if (!cccd_x509_has_eku(signer, seal))
	{
		cccd_report_reason_about(&r->vdsnc.report,
								 CCCD_FINDING_key_usage_not_allowed, "seal");
		r->verdict.key_usage = CCCD_STATUS_FAILED;
	}
	if (!cccd_x509_allows_document(signer, type, 2))
		doubt(c, &r->verdict.key_usage, CCCD_STATUS_FAILED,
			  CCCD_FINDING_dsc_doc_type_not_allowed);
	else if (signer->document_types.length == 0)
		deviate(c, &r->verdict.key_usage, CCCD_FINDING_dsc_doc_type_unknown);
}

/* Whether the trust value has an anchor of a purpose. */
static bool
has_anchors(const CccdTrustStore *store, int purpose)
{
	for (int k = 0; k < store->anchor_count; k++)
		if (store->anchors[k].purpose == purpose)
			return true;
	return false;
}

/*
 * A CSCA issues certificates.  Among anchors for health certificates there are
 * signers of HC1 as well, whose word counts for those and not for a signer.
 */
static bool
is_csca(const CccdX509 *certificate)
{
	return certificate->ca && (!certificate->has_key_usage ||
							   (certificate->key_usage & CCCD_USAGE_CERT_SIGN));
}

/* Whether the same key is one for tests. */
static bool
is_for_tests(const CccdTrustStore *store, const CccdAnchor *anchor)
{
	for (int k = 0; k < store->anchor_count; k++)
		if (store->anchors[k].purpose == CCCD_PURPOSE_HEALTH_TEST &&
			cccd_bytes_equal(store->anchors[k].certificate.key_info,
							 anchor->certificate.key_info))
			return true;
	return false;
}

/* Why no CSCA was found. */
static void
refuse_chain(SealCheck *c, const CccdChain *chain, bool empty)
{
	CccdVdsncResult *r = c->result;

	if (chain->exhausted)
		doubt(c, &r->verdict.key, CCCD_STATUS_UNDETERMINED,
			  CCCD_FINDING_attempts_exhausted);
	else if (empty)
		doubt(c, &r->verdict.key, CCCD_STATUS_UNDETERMINED,
			  CCCD_FINDING_trust_store_empty);
	else if (chain->candidates)
		doubt(c, &r->verdict.key, CCCD_STATUS_FAILED,
			  CCCD_FINDING_csca_found_signature_invalid);
	else if (chain->unsupported)
		doubt(c, &r->verdict.key, CCCD_STATUS_UNDETERMINED,
			  CCCD_FINDING_signature_algorithm_unsupported);
	else
		doubt(c, &r->verdict.key, CCCD_STATUS_UNDETERMINED,
			  CCCD_FINDING_csca_not_found);
}

/* Find the CSCA that signed the signer's certificate. */
static bool
find_anchor(SealCheck *c)
{
	static const int usual[] = {CCCD_PURPOSE_CHIP,
	CCCD_PURPOSE_HEALTH_CERTIFICATE};
	static const int tests[] = {CCCD_PURPOSE_HEALTH_TEST};
	const int  *purposes = c->for_test ? tests : usual;
	int			count = c->for_test ? 1 : 2;
	CccdVdsncResult *r = c->result;
	CccdChain	seen = {.anchor = -1};
	bool		empty = true;

	if (c->signer.signed_part.algorithms_differ)
	{
		doubt(c, &r->verdict.key, CCCD_STATUS_FAILED,
			  CCCD_FINDING_dsc_sigalg_inner_outer);
		return false;
	}
	for (int k = 0; k < count && !seen.exhausted; k++)
	{
		CccdEffort	effort = {*c->attempts, false, NULL};
		CccdChain	chain;

		if (!has_anchors(c->store, purposes[k]))
			continue;
		empty = false;
		cccd_store_chain(c->store, purposes[k], &c->signer, &effort, &chain);
		*c->attempts = effort.attempts;
		if (chain.anchor >= 0 &&
			is_csca(&c->store->anchors[chain.anchor].certificate))
		{
			c->anchor = chain.anchor;
			r->verdict.key = CCCD_STATUS_OK;
			return true;
		}
		seen.candidates |= chain.candidates && chain.anchor < 0;
		seen.unsupported |= chain.unsupported;
		seen.exhausted |= chain.exhausted;
	}
	refuse_chain(c, &seen, empty);
	return false;
}

/* What the CSCA that was found leaves to be said. */
static void
check_anchor(SealCheck *c)
{
	CccdVdsncResult *r = c->result;
	const CccdAnchor *anchor = &c->store->anchors[c->anchor];
	const CccdX509 *csca = &anchor->certificate;

	if (c->signer.authority_key_id.length == 0)
		deviate(c, &r->verdict.key, CCCD_FINDING_aki_missing);
	if (c->signer.signed_part.algorithm.hash == CCCD_HASH_SHA1)
		deviate(c, &r->verdict.key, CCCD_FINDING_weak_algorithm);
	if (!c->for_test && is_for_tests(c->store, anchor))
		doubt(c, &r->verdict.key, CCCD_STATUS_FAILED, CCCD_FINDING_key_is_test);
	/* its key may be used after the CSCA's certificate has expired */
	if (csca->time_invalid)
		deviate(c, &r->verdict.key_validity, CCCD_FINDING_time_encoding_invalid);
	else if (c->at < csca->not_before)
		deviate(c, &r->verdict.key_validity, CCCD_FINDING_csca_not_yet_valid);
	else if (c->at > csca->not_after)
		deviate(c, &r->verdict.key_validity, CCCD_FINDING_csca_expired);
}

static void
check_times(SealCheck *c)
{
	CccdVdsncResult *r = c->result;
	const CccdVdsnc *v = &r->vdsnc;

	r->verdict.key_validity = CCCD_STATUS_OK;
	if (c->signer.time_invalid)
		doubt(c, &r->verdict.key_validity, CCCD_STATUS_FAILED,
			  CCCD_FINDING_time_encoding_invalid);
	else if (c->at < c->signer.not_before)
		doubt(c, &r->verdict.key_validity, CCCD_STATUS_FAILED,
			  CCCD_FINDING_key_not_yet_valid);
	else if (c->at > c->signer.not_after)
		doubt(c, &r->verdict.key_validity, CCCD_STATUS_FAILED,
			  CCCD_FINDING_key_expired);
	r->verdict.validity = CCCD_STATUS_OK;
	for (int k = 0; k < v->event_count; k++)
		if (v->events[k].has_time && v->events[k].time > c->at)
			doubt(c, &r->verdict.validity, CCCD_STATUS_FAILED,
				  CCCD_FINDING_not_yet_valid);
	if (v->has_reported && v->reported > c->at)
		doubt(c, &r->verdict.validity, CCCD_STATUS_FAILED,
			  CCCD_FINDING_not_yet_valid);
}

/* Issuer, signer and CSCA speak of one state. */
static void
check_country(SealCheck *c)
{
	CccdVdsncResult *r = c->result;
	const char *issuer = r->vdsnc.issuer;
	const CccdX509 *csca = &c->store->anchors[c->anchor].certificate;

	r->verdict.country = CCCD_STATUS_OK;
	if (c->signer.country_ambiguous || csca->country_ambiguous)
		doubt(c, &r->verdict.country, CCCD_STATUS_UNDETERMINED,
			  CCCD_FINDING_country_ambiguous);
	else if (c->signer.issuer_country[0] == '\0' ||
			 csca->subject_country[0] == '\0')
		doubt(c, &r->verdict.country, CCCD_STATUS_UNDETERMINED,
			  CCCD_FINDING_country_missing);
	else if (!cccd_country_equal(issuer, c->signer.issuer_country) ||
			 !cccd_country_equal(issuer, csca->subject_country) ||
			 (c->signer.subject_country[0] != '\0' &&
			  !cccd_country_equal(issuer, c->signer.subject_country)))
		doubt(c, &r->verdict.country, CCCD_STATUS_FAILED,
			  CCCD_FINDING_country_mismatch);
}

/* The hash of each algorithm; all sign with elliptic curves, r || s. */
static const CccdHashKind hashes[] = {
	[CCCD_VDSNC_UNKNOWN] = CCCD_HASH_UNKNOWN,
	[CCCD_VDSNC_ES256] = CCCD_HASH_SHA256,
	[CCCD_VDSNC_ES384] = CCCD_HASH_SHA384,
	[CCCD_VDSNC_ES512] = CCCD_HASH_SHA512
};

static void
judge_signature(SealCheck *c, CccdSignatureVerdict verdict)
{
	CccdVdsncResult *r = c->result;

	if (verdict == CCCD_SIGNATURE_OK)
		r->verdict.signature = CCCD_STATUS_OK;
	else if (verdict == CCCD_SIGNATURE_UNSUPPORTED)
		doubt(c, &r->verdict.key, CCCD_STATUS_FAILED,
			  CCCD_FINDING_key_type_unsuitable);
	else
		doubt(c, &r->verdict.signature, CCCD_STATUS_FAILED,
			  verdict == CCCD_SIGNATURE_MALFORMED ?
			  CCCD_FINDING_signature_malformed :
			  CCCD_FINDING_signature_invalid);
}

/* The signer's signature over the canonical data. */
static void
check_signature(SealCheck *c)
{
	CccdVdsncResult *r = c->result;
	CccdVdsnc  *v = &r->vdsnc;
	CccdAlgorithm algorithm = {.scheme = CCCD_SCHEME_ECDSA_PLAIN};
	uint8_t		digest[CCCD_HASH_SIZE];
	CccdKey    *key;

	algorithm.hash = hashes[v->algorithm];
	if (!cccd_algorithm_fits(&algorithm, &c->signer.key))
	{
		doubt(c, &r->verdict.key, CCCD_STATUS_FAILED,
			  CCCD_FINDING_key_type_unsuitable);
		return;
	}
	if (cccd_algorithm_weak(algorithm.hash, &c->signer.key))
		deviate(c, &r->verdict.key, CCCD_FINDING_weak_algorithm);
	if (!cccd_hash_bytes(algorithm.hash, v->data, digest))
	{
		r->verdict.out_of_memory = true;
		return;
	}
	/* none: a point that is not on its curve, a curve that is unknown */
	key = cccd_key_make(&c->signer.key);
	judge_signature(c, key == NULL ? CCCD_SIGNATURE_UNSUPPORTED :
					cccd_key_verify(key, &algorithm, algorithm.hash, digest,
									v->signature));
	cccd_key_free(key);
}

/* RSA, and whatever else a seal may not be signed with, by its name. */
static bool
check_algorithm(SealCheck *c)
{
	CccdVdsncResult *r = c->result;

	if (r->vdsnc.algorithm != CCCD_VDSNC_UNKNOWN)
		return true;
	cccd_report_reason_about(&r->vdsnc.report,
							 CCCD_FINDING_algorithm_unsupported,
							 r->vdsnc.algorithm_name);
	r->verdict.signature = CCCD_STATUS_UNDETERMINED;
	return false;
}

static bool
all_ok(const SealCheck *c)
{
	const CccdVdsncResult *r = c->result;
	const CccdVdsnc *v = &r->vdsnc;

	return v->json == CCCD_STATUS_OK && v->seal == CCCD_STATUS_OK &&
		v->canonical == CCCD_STATUS_OK && v->schema == CCCD_STATUS_OK &&
		r->verdict.key == CCCD_STATUS_OK &&
		r->verdict.signature == CCCD_STATUS_OK &&
		r->verdict.country == CCCD_STATUS_OK &&
		r->verdict.key_usage == CCCD_STATUS_OK &&
		r->verdict.key_validity == CCCD_STATUS_OK &&
		r->verdict.validity == CCCD_STATUS_OK &&
		(r->verdict.revocation == CCCD_STATUS_OK ||
		 (r->verdict.revocation == CCCD_STATUS_NOT_PERFORMED && c->tolerant));
}

static void
judge(SealCheck *c)
{
	uint8_t		digest[CCCD_HASH_SIZE];
	CccdVdsncResult *r = c->result;

	if (!cccd_vdsnc_digest(&r->vdsnc, digest))
	{
		r->verdict.out_of_memory = true;
		return;
	}
	r->verdict.has_digest = true;
	memcpy(r->verdict.digest, digest, CCCD_SHA256_SIZE);
	if (!check_algorithm(c) || !read_signer(c))
		return;
	check_role(c);
	check_times(c);
	if (!find_anchor(c))
		return;
	check_anchor(c);
	check_country(c);
	check_signature(c);
	cccd_vdsnc_check_revocation(c->store, c->anchor, c->for_test ?
								CCCD_PURPOSE_HEALTH_TEST :
								CCCD_PURPOSE_HEALTH_CERTIFICATE, c->at,
								c->tolerant, c->list_attempts, &c->signer, r);
}

void
cccd_vdsnc_verify_within(const char *text, size_t length,
						 CccdTrustStore *store, int64_t at,
						 CccdHcertPolicy policy, int *attempts,
						 int *list_attempts,
						 CccdVdsncWork *work, CccdVdsncResult *result)
{
	SealCheck	c = {.store = store, .at = at, .attempts = attempts,
	.list_attempts = list_attempts, .anchor = -1, .result = result};

	c.tolerant = policy != CCCD_HCERT_STRICT;
	c.for_test = policy == CCCD_HCERT_FOR_TEST;
	memset(result, 0, sizeof(*result));
	cccd_memory_forget();
	cccd_vdsnc_read(text, length, c.tolerant, work, &result->vdsnc);
	if (c.for_test)
		cccd_report_flag(&result->vdsnc.report, CCCD_FINDING_test_key);
	if (result->vdsnc.data.length > 0)
		judge(&c);
	result->verdict.out_of_memory |= cccd_memory_ran_out();
	result->verdict.valid = !result->verdict.out_of_memory && all_ok(&c);
}
