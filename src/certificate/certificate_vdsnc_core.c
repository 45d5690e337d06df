/*
 * certificate_vdsnc_core.c
 *		A visible digital seal as a certificate of any format; see
 *		certificate_core.h.
 */
#include "certificate/certificate_core.h"

#include <stdio.h>
#include <string.h>

/* "ok", or the first stage of the reading that failed. */
static const char *
stage_of(const CccdVdsnc *vdsnc)
{
	return vdsnc->json != CCCD_STATUS_OK ? "json" :
		vdsnc->seal != CCCD_STATUS_OK ? "seal" :
		vdsnc->canonical != CCCD_STATUS_OK ? "canonical" :
		vdsnc->schema != CCCD_STATUS_OK ? "schema" : "ok";
}

static void
describe_checks(const CccdVdsncResult *result, CccdCertificate *certificate)
{
	const CccdVdsnc *vdsnc = &result->vdsnc;

	certificate->status = stage_of(vdsnc);
	certificate->text = vdsnc->json;
	cccd_status_worsen(&certificate->message, vdsnc->seal);
	cccd_status_worsen(&certificate->message, vdsnc->canonical);
	certificate->schema = vdsnc->schema;
	certificate->key = result->key;
	certificate->signature = result->signature;
	certificate->country = result->country;
	certificate->key_usage = result->key_usage;
	certificate->key_validity = result->key_validity;
	certificate->validity = result->validity;
	certificate->revocation = result->revocation;
	certificate->valid = result->valid;
	certificate->out_of_memory |= result->out_of_memory;
}

static void
describe_signer(const CccdVdsncResult *result, CccdCertificate *certificate)
{
	certificate->has_signer = result->has_signer;
	certificate->has_signer_validity = result->has_signer;
	memcpy(certificate->signer_fingerprint, result->signer_fingerprint,
		   CCCD_SHA256_SIZE);
	memcpy(certificate->signer_country, result->signer_country,
		   sizeof(certificate->signer_country));
	certificate->signer_not_before = result->signer_not_before;
	certificate->signer_not_after = result->signer_not_after;
}

/* What is signed, and by which key: known by its certificate's SHA-256. */
static void
describe_seal(CccdCertificateWork *work, CccdCertificate *certificate)
{
	CccdVdsncResult *result = &work->of.vds_nc.result;
	const CccdVdsnc *vdsnc = &result->vdsnc;
	uint8_t		digest[CCCD_HASH_SIZE];

	if (vdsnc->algorithm_name != NULL)
		(void) snprintf(certificate->algorithm,
						sizeof(certificate->algorithm), "%s",
						vdsnc->algorithm_name);
	certificate->issuer.ptr = vdsnc->issuer;
	certificate->issuer.len = strlen(vdsnc->issuer);
	if (certificate->issuer.len == 0)
		certificate->issuer.ptr = NULL;
	certificate->signature_part = vdsnc->signature;
	certificate->signature_part.length /= 2;
	certificate->has_issued = vdsnc->has_reported;
	certificate->issued = vdsnc->reported;
	if (vdsnc->data.length == 0)
		return;
	certificate->has_digest = true;
	if (result->has_digest)
		memcpy(certificate->digest, result->digest, CCCD_SHA256_SIZE);
	else if (cccd_vdsnc_digest(vdsnc, digest))
		memcpy(certificate->digest, digest, CCCD_SHA256_SIZE);
	else
		certificate->out_of_memory = true;
	if (!result->has_signer)
	{
		if (!cccd_hash_bytes(CCCD_HASH_SHA256, vdsnc->certificate, digest))
			certificate->out_of_memory = true;
		else
			memcpy(result->signer_fingerprint, digest, CCCD_SHA256_SIZE);
	}
	certificate->key_id.data = result->signer_fingerprint;
	certificate->key_id.length = CCCD_KID_SIZE;
}

static void
describe_content(const CccdVdsnc *vdsnc, CccdCertificate *certificate)
{
	static const CccdSlice version = {"1", 1};

	certificate->has_content = true;
	certificate->kinds = vdsnc->kinds;
	certificate->version = version;
	certificate->names.family = vdsnc->family;
	certificate->names.given = vdsnc->given;
	certificate->names.truncated = vdsnc->name_truncated;
	certificate->birth = vdsnc->birth;
	certificate->document = vdsnc->document;
	certificate->entry_count = vdsnc->event_count;
	for (int k = 0; k < vdsnc->event_count; k++)
	{
		const CccdVdsncEvent *event = &vdsnc->events[k];
		CccdCertificateEntry *entry = &certificate->entries[k];

		entry->kind = vdsnc->kinds;
		entry->disease = event->disease;
		entry->product = event->product;
		entry->test = event->test;
		entry->result = event->result;
		entry->identifier = vdsnc->identifier;
		entry->country = event->country;
		entry->number = event->number;
		entry->has_time = event->has_time;
		entry->time = event->time;
	}
}

void
cccd_certificate_of_vds_nc(const char *text, size_t length,
						   const CccdCertificateCheck *check,
						   CccdCertificateWork *work,
						   CccdCertificate *certificate)
{
	CccdVdsncResult *result = &work->of.vds_nc.result;

	if (check != NULL)
		cccd_vdsnc_verify_within(text, length, check->store, check->at,
								 check->policy, &check->effort->keys,
								 &check->effort->lists,
								 &work->of.vds_nc.work, result);
	else
	{
		memset(result, 0, sizeof(*result));
		cccd_vdsnc_read(text, length, true, &work->of.vds_nc.work,
						&result->vdsnc);
	}
	certificate->report = result->vdsnc.report;
	describe_checks(result, certificate);
	describe_signer(result, certificate);
	describe_seal(work, certificate);
	if (result->vdsnc.message != CCCD_JSON_NONE &&
		result->vdsnc.schema != CCCD_STATUS_NOT_PERFORMED)
		describe_content(&result->vdsnc, certificate);
}
