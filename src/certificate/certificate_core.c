/*
 * certificate_core.c
 *		From a scan to the room of its format; see certificate_core.h.
 */
#include "certificate/certificate_core.h"

#include <string.h>

typedef void (*CertificateReader) (const char *text, size_t length,
								   const CccdCertificateCheck *check,
								   CccdCertificateWork *work,
								   CccdCertificate *certificate);

/* The formats that are read. */
static const struct
{
	const char *name;
	CertificateReader read;
}			formats[CCCD_CERTIFICATE_KINDS] = {
	[CCCD_CERTIFICATE_HC1] = {"hc1", cccd_certificate_of_hc1},
	[CCCD_CERTIFICATE_VDS_NC] = {"vds-nc", cccd_certificate_of_vds_nc},
	[CCCD_CERTIFICATE_SHC] = {"shc", cccd_certificate_of_shc}
};

void
cccd_certificate_take_verdict(const CccdVerdict *verdict,
							  CccdCertificate *certificate)
{
	certificate->key = verdict->key;
	certificate->signature = verdict->signature;
	certificate->country = verdict->country;
	certificate->key_usage = verdict->key_usage;
	certificate->key_validity = verdict->key_validity;
	certificate->validity = verdict->validity;
	certificate->revocation = verdict->revocation;
	certificate->valid = verdict->valid;
	certificate->out_of_memory |= verdict->out_of_memory;
	certificate->has_digest = verdict->has_digest;
	memcpy(certificate->digest, verdict->digest, CCCD_SHA256_SIZE);
	certificate->has_signer = verdict->has_signer;
	memcpy(certificate->signer_fingerprint, verdict->signer_fingerprint,
		   CCCD_SHA256_SIZE);
	memcpy(certificate->signer_country, verdict->signer_country,
		   sizeof(certificate->signer_country));
	certificate->has_signer_validity = verdict->has_signer_validity;
	certificate->signer_not_before = verdict->signer_not_before;
	certificate->signer_not_after = verdict->signer_not_after;
}

void
cccd_certificate_take_digest(bool made, const uint8_t *digest,
							 CccdCertificate *certificate)
{
	certificate->has_digest = true;
	if (made)
		memcpy(certificate->digest, digest, CCCD_SHA256_SIZE);
	else
		certificate->out_of_memory = true;
}

/* A text of a format that is known by its name only. */
static void
refuse_format(const char *name, CccdCertificate *certificate)
{
	certificate->status = "prefix";
	certificate->text = CCCD_STATUS_FAILED;
	cccd_report_reason_about(&certificate->report,
							 CCCD_FINDING_format_unsupported, name);
}

void
cccd_certificate_read(const char *text, size_t length,
					  const CccdCertificateCheck *check,
					  CccdCertificateWork *work,
					  CccdCertificate *certificate)
{
	const char *name = "";
	CccdCertificateKind kind = CCCD_CERTIFICATE_NONE;

	memset(certificate, 0, sizeof(*certificate));
	if (length <= CCCD_CERTIFICATE_TEXT_MAX && cccd_utf8_valid(text, length))
		kind = cccd_certificate_kind(cccd_clean_trim(text, length), &name);
	certificate->kind = kind;
	certificate->format = formats[kind].name;
	if (formats[kind].read != NULL)
		formats[kind].read(text, length, check, work, certificate);
	else if (kind != CCCD_CERTIFICATE_NONE)
		refuse_format(name, certificate);
	else
		/* what is wrong with it is said as of an HC1 */
		cccd_certificate_of_hc1(text, length, check, work, certificate);
}
