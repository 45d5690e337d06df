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
