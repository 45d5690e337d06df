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
	cccd_certificate_take_verdict(&result->verdict, certificate);
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
	if (!certificate->has_digest)
		cccd_certificate_take_digest(cccd_vdsnc_digest(vdsnc, digest), digest,
									 certificate);
	if (!result->verdict.has_signer)
	{
		if (!cccd_hash_bytes(CCCD_HASH_SHA256, vdsnc->certificate, digest))
			certificate->out_of_memory = true;
		else
			memcpy(result->verdict.signer_fingerprint, digest, CCCD_SHA256_SIZE);
	}
	certificate->key_id.data = result->verdict.signer_fingerprint;
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
	describe_seal(work, certificate);
	if (result->vdsnc.message != CCCD_JSON_NONE &&
		result->vdsnc.schema != CCCD_STATUS_NOT_PERFORMED)
		describe_content(&result->vdsnc, certificate);
}
