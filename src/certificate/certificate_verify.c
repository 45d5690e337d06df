/*
 * certificate_verify.c
 *		Verifying health certificates.
 */
#include "certificate/certificate.h"

#include "access/htup_details.h"
#include "catalog/pg_type.h"
#include "funcapi.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/timestamp.h"

#include "base/encoding.h"
#include "pki/finding.h"
#include "trust/trust.h"

/* Columns of a verification's row. */
enum
{
	COLUMN_VALID,
	COLUMN_FORMAT,
	COLUMN_TEXT_STATUS,
	COLUMN_MESSAGE_STATUS,
	COLUMN_SCHEMA_STATUS,
	COLUMN_KEY_STATUS,
	COLUMN_SIGNATURE_STATUS,
	COLUMN_COUNTRY_STATUS,
	COLUMN_KEY_USAGE_STATUS,
	COLUMN_KEY_VALIDITY_STATUS,
	COLUMN_VALIDITY_STATUS,
	COLUMN_REVOCATION_STATUS,
	COLUMN_REASONS,
	COLUMN_FLAGS,
	COLUMN_SIGNER_FINGERPRINT,
	COLUMN_SIGNER_COUNTRY,
	COLUMN_SIGNER_NOT_BEFORE,
	COLUMN_SIGNER_NOT_AFTER,
	COLUMN_ALGORITHM,
	COLUMN_ISSUER,
	COLUMN_ISSUED,
	COLUMN_EXPIRES,
	COLUMN_DIGEST,
	COLUMNS
};

/* The row of cccd_certificate_verify, in the order of its OUT columns. */
static Datum
result_row(FunctionCallInfo fcinfo, const CccdCertificate *c)
{
	text	   *issuer = NULL;
	Datum		values[COLUMNS] = {0};
	bool		nulls[COLUMNS] = {0};

	values[COLUMN_VALID] = BoolGetDatum(c->valid);
	nulls[COLUMN_FORMAT] = c->format == NULL;
	if (c->format != NULL)
		values[COLUMN_FORMAT] = CStringGetTextDatum(c->format);
	values[COLUMN_TEXT_STATUS] = cccd_status_datum(c->text);
	values[COLUMN_MESSAGE_STATUS] = cccd_status_datum(c->message);
	values[COLUMN_SCHEMA_STATUS] = cccd_status_datum(c->schema);
	values[COLUMN_KEY_STATUS] = cccd_status_datum(c->key);
	values[COLUMN_SIGNATURE_STATUS] = cccd_status_datum(c->signature);
	values[COLUMN_COUNTRY_STATUS] = cccd_status_datum(c->country);
	values[COLUMN_KEY_USAGE_STATUS] = cccd_status_datum(c->key_usage);
	values[COLUMN_KEY_VALIDITY_STATUS] = cccd_status_datum(c->key_validity);
	values[COLUMN_VALIDITY_STATUS] = cccd_status_datum(c->validity);
	values[COLUMN_REVOCATION_STATUS] = cccd_status_datum(c->revocation);
	values[COLUMN_REASONS] = cccd_findings_datum(&c->report, false);
	values[COLUMN_FLAGS] = cccd_findings_datum(&c->report, true);

	nulls[COLUMN_SIGNER_FINGERPRINT] = !c->has_signer;
	if (c->has_signer)
		values[COLUMN_SIGNER_FINGERPRINT] =
			cccd_bytes_datum(c->signer_fingerprint, CCCD_SHA256_SIZE);
	nulls[COLUMN_SIGNER_COUNTRY] = c->signer_country[0] == '\0';
	values[COLUMN_SIGNER_COUNTRY] = CStringGetTextDatum(c->signer_country);
	nulls[COLUMN_SIGNER_NOT_BEFORE] = !c->has_signer_validity;
	nulls[COLUMN_SIGNER_NOT_AFTER] = !c->has_signer_validity;
	values[COLUMN_SIGNER_NOT_BEFORE] = TimestampTzGetDatum(c->signer_not_before);
	values[COLUMN_SIGNER_NOT_AFTER] = TimestampTzGetDatum(c->signer_not_after);
	nulls[COLUMN_ALGORITHM] = c->algorithm[0] == '\0';
	values[COLUMN_ALGORITHM] = CStringGetTextDatum(c->algorithm);
	if (c->issuer.ptr != NULL &&
		memchr(c->issuer.ptr, 0, c->issuer.len) == NULL)
		issuer = cccd_text_from_utf8(c->issuer);
	nulls[COLUMN_ISSUER] = issuer == NULL;
	values[COLUMN_ISSUER] = PointerGetDatum(issuer);
	nulls[COLUMN_ISSUED] = !c->has_issued;
	values[COLUMN_ISSUED] = TimestampTzGetDatum(c->issued);
	nulls[COLUMN_EXPIRES] = !c->has_expires;
	values[COLUMN_EXPIRES] = TimestampTzGetDatum(c->expires);
	nulls[COLUMN_DIGEST] = !c->has_digest;
	if (c->has_digest)
		values[COLUMN_DIGEST] = cccd_bytes_datum(c->digest, CCCD_SHA256_SIZE);
	return HeapTupleGetDatum(heap_form_tuple(cccd_row_type(fcinfo, COLUMNS), values,
											 nulls));
}

/*
 * Report the arguments that are NULL.  A question that was not asked in full
 * has the answer "not valid", which a row of NULLs would not be in a WHERE
 * clause.
 */
static bool
is_complete(FunctionCallInfo fcinfo, CccdReport *report)
{
	static const CccdFindingCode missing[] = {
		CCCD_FINDING_scan_empty, CCCD_FINDING_trust_store_empty,
		CCCD_FINDING_time_missing, CCCD_FINDING_policy_missing
	};

	for (int k = 0; k < 4; k++)
		if (PG_ARGISNULL(k))
			cccd_report_reason(report, missing[k]);
	return report->count == 0;
}

/* Is a certificate what an authority signed, and does it hold at this time? */
PG_FUNCTION_INFO_V1(cccd_certificate_verify);
Datum
cccd_certificate_verify(PG_FUNCTION_ARGS)
{
	CccdSlice	scan;
	CccdTrustArgument trust;
	CccdCertificate certificate;
	CccdCertificateEffort effort = {CCCD_KEY_ATTEMPTS,
	CCCD_REVOCATION_ATTEMPTS};

	memset(&certificate, 0, sizeof(certificate));
	if (!is_complete(fcinfo, &certificate.report))
		return result_row(fcinfo, &certificate);
	scan = cccd_certificate_scan(PG_GETARG_DATUM(0));
	cccd_trust_argument_init(&trust, PG_GETARG_DATUM(1));
	cccd_certificate_judge(scan, &trust, PG_GETARG_TIMESTAMPTZ(2),
						   cccd_certificate_policy(PG_GETARG_TEXT_PP(3)),
						   &effort, &certificate);
	return result_row(fcinfo, &certificate);
}
