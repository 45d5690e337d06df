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
	certificate->key = result->key;
	certificate->signature = result->signature;
	/* who may vouch for whom: here an issuer, not a state */
	certificate->country = result->issuer;
	certificate->key_usage = result->key_usage;
	certificate->key_validity = result->key_validity;
	certificate->validity = result->validity;
	certificate->revocation = result->revocation;
	certificate->valid = result->valid;
	certificate->out_of_memory |= result->out_of_memory;
}

static void
describe_signer(const CccdShcResult *result, CccdCertificate *certificate)
{
	certificate->has_signer = result->has_signer;
	memcpy(certificate->signer_fingerprint, result->signer_fingerprint,
		   CCCD_SHA256_SIZE);
	memcpy(certificate->signer_country, result->signer_country,
		   sizeof(certificate->signer_country));
	certificate->has_signer_validity = result->has_signer_validity;
	certificate->signer_not_before = result->signer_not_before;
	certificate->signer_not_after = result->signer_not_after;
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
	if (shc->signed_part.length == 0)
		return;
	certificate->has_digest = true;
	if (result->has_digest)
		memcpy(certificate->digest, result->digest, CCCD_SHA256_SIZE);
	else if (cccd_hash_bytes(CCCD_HASH_SHA256, shc->signed_part, digest))
		memcpy(certificate->digest, digest, CCCD_SHA256_SIZE);
	else
		certificate->out_of_memory = true;
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
	describe_signer(result, certificate);
	if (result->shc.has_content)
		describe_content(&result->shc, certificate);
}
