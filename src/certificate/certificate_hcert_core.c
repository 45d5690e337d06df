/*
 * certificate_hcert_core.c
 *		HC1 as a certificate of any format; see certificate_core.h.
 */
#include "certificate/certificate_core.h"

#include <stdio.h>
#include <string.h>

#include "base/calendar_core.h"
#include "hcert/hcert_moment_core.h"

/* "ok", or the first stage of the reading that failed. */
static const char *
stage_of(const CccdHcert *hcert)
{
	return hcert->prefix != CCCD_STATUS_OK ? "prefix" :
		hcert->base45 != CCCD_STATUS_OK ? "base45" :
		hcert->inflate != CCCD_STATUS_OK ? "inflate" :
		hcert->cose != CCCD_STATUS_OK ? "cose" :
		hcert->cbor != CCCD_STATUS_OK ? "cbor" :
		hcert->schema != CCCD_STATUS_OK ? "schema" : "ok";
}

/* A day begins in Viet Nam's time. */
static void
read_day(const CccdHcert *hcert, int node, const char *key,
		 CccdCertificateEntry *entry)
{
	CccdSlice	text = cccd_hcert_text(hcert, node, key);
	int32_t		day;

	entry->has_time = text.ptr != NULL &&
		cccd_day_parse(text.ptr, text.len, &day);
	if (entry->has_time)
		entry->time = cccd_time_from_day(day);
}

/* A number of doses, 0 if it is not a positive one. */
static int64_t
read_count(const CccdHcert *hcert, int node, const char *key)
{
	const CccdCbor *cbor = &hcert->cbor_message;
	int			found = cccd_cbor_untag(cbor, cccd_cbor_find_text(cbor, node,
																  key));
	int64_t		count;

	return cccd_cbor_integer(cbor, found, &count) && count > 0 ? count : 0;
}

static void
read_dose(const CccdHcert *hcert, int node, CccdCertificateEntry *entry)
{
	entry->product = cccd_hcert_text(hcert, node, "mp");
	entry->number = read_count(hcert, node, "dn");
	if (entry->number == 0)
		entry->number = -1;
	entry->series = read_count(hcert, node, "sd");
	read_day(hcert, node, "dt", entry);
}

static void
read_test(const CccdHcert *hcert, int node, CccdCertificateEntry *entry)
{
	CccdSlice	sampled = cccd_hcert_text(hcert, node, "sc");

	entry->test = cccd_hcert_text(hcert, node, "tt");
	entry->result = cccd_hcert_text(hcert, node, "tr");
	entry->has_time = sampled.ptr != NULL &&
		cccd_moment_parse(sampled.ptr, sampled.len, &entry->time);
}

static void
describe_entry(const CccdHcert *hcert, const CccdHcertEntry *from,
			   CccdCertificateEntry *entry)
{
	entry->kind = from->kind;
	entry->disease = cccd_hcert_text(hcert, from->node, "tg");
	entry->identifier = cccd_hcert_text(hcert, from->node, "ci");
	entry->country = cccd_hcert_text(hcert, from->node, "co");
	if (from->kind == CCCD_HCERT_VACCINATION)
		read_dose(hcert, from->node, entry);
	else if (from->kind == CCCD_HCERT_TEST)
		read_test(hcert, from->node, entry);
	else
		read_day(hcert, from->node, "fr", entry);
}

static void
describe_content(const CccdHcert *hcert, CccdCertificate *certificate)
{
	const CccdCbor *cbor = &hcert->cbor_message;
	int			map = cccd_cbor_untag(cbor,
									  cccd_cbor_find_text(cbor, hcert->content,
														  "nam"));
	CccdCertificateNames *names = &certificate->names;

	certificate->has_content = true;
	certificate->kinds = hcert->kinds;
	certificate->version = cccd_hcert_text(hcert, hcert->content, "ver");
	names->family = cccd_hcert_text(hcert, map, "fn");
	names->given = cccd_hcert_text(hcert, map, "gn");
	names->standard_family = cccd_hcert_text(hcert, map, "fnt");
	names->standard_given = cccd_hcert_text(hcert, map, "gnt");
	certificate->birth = hcert->birth;
	certificate->entry_count = hcert->entry_count;
	for (int k = 0; k < hcert->entry_count; k++)
		describe_entry(hcert, &hcert->entries[k], &certificate->entries[k]);
}

static void
describe_algorithm(const CccdHcert *hcert, CccdCertificate *certificate)
{
	const char *name = cccd_cose_algorithm_name(hcert->algorithm);

	if (name != NULL)
		(void) snprintf(certificate->algorithm, sizeof(certificate->algorithm),
						"%s", name);
	else
		(void) snprintf(certificate->algorithm, sizeof(certificate->algorithm),
						"%lld", (long long) hcert->algorithm);
}

/* The token: what is signed, and its claims. */
static void
describe_token(const CccdHcertResult *result, CccdCertificate *certificate)
{
	const CccdHcert *hcert = &result->hcert;
	uint8_t		digest[CCCD_HASH_SIZE];

	if (hcert->has_algorithm)
		describe_algorithm(hcert, certificate);
	certificate->key_id = hcert->kid;
	certificate->signature_part = hcert->signature;
	if (strncmp(certificate->algorithm, "ES", 2) == 0)
		certificate->signature_part.length /= 2;
	certificate->issuer.ptr = (const char *) hcert->issuer.data;
	certificate->issuer.len = hcert->issuer.length;
	certificate->has_issued = hcert->has_issued;
	certificate->issued = hcert->issued;
	certificate->has_expires = hcert->has_expires;
	certificate->expires = hcert->expires;
	if (hcert->payload.data != NULL && !certificate->has_digest)
		cccd_certificate_take_digest(cccd_hcert_digest(hcert, CCCD_HASH_SHA256,
													   digest),
									 digest, certificate);
}

static void
describe_checks(const CccdHcertResult *result, CccdCertificate *certificate)
{
	const CccdHcert *hcert = &result->hcert;

	certificate->status = stage_of(hcert);
	cccd_status_worsen(&certificate->text, hcert->prefix);
	cccd_status_worsen(&certificate->text, hcert->base45);
	cccd_status_worsen(&certificate->text, hcert->inflate);
	cccd_status_worsen(&certificate->message, hcert->cose);
	cccd_status_worsen(&certificate->message, hcert->cbor);
	certificate->schema = hcert->schema;
	cccd_certificate_take_verdict(&result->verdict, certificate);
}

void
cccd_certificate_of_hc1(const char *text, size_t length,
						const CccdCertificateCheck *check,
						CccdCertificateWork *work,
						CccdCertificate *certificate)
{
	CccdHcertResult *result = &work->of.hc1.result;

	if (check != NULL)
		cccd_hcert_verify_within(text, length, check->store, check->at,
								 check->policy, &check->effort->keys,
								 &work->of.hc1.work, result);
	else
	{
		memset(result, 0, sizeof(*result));
		cccd_hcert_read(text, length, true, &work->of.hc1.work,
						&result->hcert);
	}
	certificate->report = result->hcert.report;
	describe_checks(result, certificate);
	describe_token(result, certificate);
	if (result->hcert.content != CCCD_CBOR_NONE)
		describe_content(&result->hcert, certificate);
}
