/*
 * certificate_fuzz.c
 *		Any text as a certificate of any format, read and verified under a trust
 *		value without keys: nothing may be valid, and what is made of the
 *		description stays within its limits.
 */
#include "certificate/certificate_facts_core.h"

#include <stdlib.h>
#include <string.h>

static CccdCertificateWork work;
static CccdCertificate certificate;

static void
use(void)
{
	static const CccdFactNames names = {cccd_fact_find, NULL};
	static CccdCertificateFact facts[CCCD_CERTIFICATE_FACTS];
	CccdFitPerson person = {{"Nguyen Van An", 13}, 0, {"P1234567", 8}};
	int			count;

	if (certificate.valid || certificate.status == NULL ||
		certificate.entry_count > CCCD_CERTIFICATE_ENTRIES)
		abort();
	cccd_certificate_compare(&certificate, &person);
	count = cccd_facts_read(&certificate, &names, CCCD_SOURCE_DECLARED,
							false, facts, 0);
	count = cccd_facts_read(&certificate, &names, CCCD_SOURCE_CERTIFICATE,
							true, facts, count);
	if (count < 0 || count > CCCD_CERTIFICATE_FACTS)
		abort();
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static uint8_t value[CCCD_TRUST_HEADER];
	static CccdTrustStore memory;
	static CccdTrustStore *empty;

	if (empty == NULL)
	{
		CccdBytes	bytes = {value, sizeof(value)};

		if (!cccd_trust_write(NULL, 0, value) ||
			!cccd_store_open(bytes, &memory, &empty))
			abort();
	}
	cccd_certificate_read((const char *) data, size, NULL, &work,
						  &certificate);
	use();
	for (int policy = CCCD_HCERT_STRICT; policy <= CCCD_HCERT_FOR_TEST;
		 policy++)
	{
		CccdCertificateEffort effort = {CCCD_KEY_ATTEMPTS,
		CCCD_REVOCATION_ATTEMPTS};
		CccdCertificateCheck check = {empty, 0, (CccdHcertPolicy) policy,
		&effort};

		cccd_certificate_read((const char *) data, size, &check, &work,
							  &certificate);
		use();
	}
	return 0;
}
