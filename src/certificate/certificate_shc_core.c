/*
 * certificate_shc_core.c
 *		A SMART Health Card as a certificate of any format; see
 *		certificate_core.h.
 */
#include "certificate/certificate_core.h"

#include <string.h>

/* "ok", or the first stage of the reading that failed. */
static const char *
stage_of(const CccdShc *shc)
{
	return shc->prefix != CCCD_STATUS_OK ? "prefix" :
		shc->numeric != CCCD_STATUS_OK ? "numeric" :
		shc->jws != CCCD_STATUS_OK ? "jws" :
		shc->inflate != CCCD_STATUS_OK ? "inflate" :
		shc->json != CCCD_STATUS_OK ? "json" :
		shc->schema != CCCD_STATUS_OK ? "schema" : "ok";
}

static void
describe_checks(const CccdShcResult *result, CccdCertificate *certificate)
{
	const CccdShc *shc = &result->shc;

	certificate->status = stage_of(shc);
	cccd_status_worsen(&certificate->text, shc->prefix);
	cccd_status_worsen(&certificate->text, shc->numeric);
	cccd_status_worsen(&certificate->message, shc->jws);
	cccd_status_worsen(&certificate->message, shc->inflate);
	cccd_status_worsen(&certificate->message, shc->json);
	certificate->schema = shc->schema;
	cccd_certificate_take_verdict(&result->verdict, certificate);
}

/* The token: what is signed, and its claims. */
static void
describe_token(const CccdShcResult *result, CccdCertificate *certificate)
{
	static const char algorithm[] = "ES256";
	const CccdShc *shc = &result->shc;
	uint8_t		digest[CCCD_HASH_SIZE];

	if (shc->has_algorithm)
		memcpy(certificate->algorithm, algorithm, sizeof(algorithm));
	certificate->key_id = shc->kid;
	certificate->signature_part = shc->signature;
	certificate->signature_part.length /= 2;
	certificate->issuer = shc->issuer;
	certificate->has_issued = shc->has_issued;
	certificate->issued = shc->issued;
	certificate->has_expires = shc->has_expires;
	certificate->expires = shc->expires;
	if (shc->signed_part.length > 0 && !certificate->has_digest)
		cccd_certificate_take_digest(cccd_hash_bytes(CCCD_HASH_SHA256,
													 shc->signed_part, digest),
									 digest, certificate);
}

/* The identifier is that of the card, by which its issuer revokes it. */
static void
describe_content(const CccdShc *shc, CccdCertificate *certificate)
{
	certificate->has_content = true;
	certificate->kinds = shc->kinds;
	certificate->version = shc->version;
	certificate->names.family = shc->family;
	certificate->names.given = shc->given;
	certificate->birth = shc->birth;
	certificate->entry_count = shc->entry_count;
	for (int k = 0; k < shc->entry_count; k++)
	{
		const CccdShcEntry *from = &shc->entries[k];
		CccdCertificateEntry *entry = &certificate->entries[k];

		entry->kind = from->kind;
		entry->disease = from->disease;
		entry->product = from->product;
		entry->test = from->test;
		entry->result = from->result;
		entry->identifier = shc->rid;
		entry->number = from->number;
		entry->has_time = from->has_time;
		entry->time = from->time;
	}
}

void
cccd_certificate_of_shc(const char *text, size_t length,
						const CccdCertificateCheck *check,
						CccdCertificateWork *work,
						CccdCertificate *certificate)
{
	CccdShcResult *result = &work->of.shc.result;

	if (check != NULL)
		cccd_shc_verify_within(text, length, check->store, check->at,
							   check->policy, &check->effort->keys,
							   &work->of.shc.work, result);
	else
	{
		memset(result, 0, sizeof(*result));
		work->of.shc.work.spent = false;
		cccd_shc_read(text, length, true, &work->of.shc.work, &result->shc);
	}
	certificate->report = result->shc.report;
	describe_checks(result, certificate);
	describe_token(result, certificate);
	if (result->shc.has_content)
		describe_content(&result->shc, certificate);
}
