/*
 * hcert_verify.c
 *		Verifying health certificates.
 */
#include "hcert/hcert.h"

#include "access/htup_details.h"
#include "catalog/pg_type.h"
#include "funcapi.h"
#include "miscadmin.h"
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
	COLUMN_PREFIX_STATUS,
	COLUMN_BASE45_STATUS,
	COLUMN_INFLATE_STATUS,
	COLUMN_COSE_STATUS,
	COLUMN_CBOR_STATUS,
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

void
cccd_hcert_judge(CccdSlice scan, CccdTrustArgument *trust, int64 at,
				 CccdHcertPolicy policy, CccdHcertResult *result)
{
	int			attempts = CCCD_KEY_ATTEMPTS;

	cccd_hcert_judge_within(scan, trust, at, policy, &attempts, result);
}

void
cccd_hcert_judge_within(CccdSlice scan, CccdTrustArgument *trust, int64 at,
						CccdHcertPolicy policy, int *attempts,
						CccdHcertResult *result)
{
	CHECK_FOR_INTERRUPTS();
	cccd_hcert_verify_within(scan.ptr, scan.len, cccd_trust_open(trust), at,
							 policy, attempts, &cccd_hcert_work, result);
	if (result->out_of_memory)
		cccd_memory_error();
}

/* The row of cccd_certificate_verify, in the order of its OUT columns. */
static Datum
result_row(FunctionCallInfo fcinfo, const CccdHcertResult *r)
{
	const CccdHcert *h = &r->hcert;
	const char *algorithm = h->has_algorithm ?
	cccd_cose_algorithm_name(h->algorithm) : NULL;
	text	   *issuer = NULL;
	CccdSlice	issuer_slice;
	Datum		values[COLUMNS];
	bool		nulls[COLUMNS] = {0};

	values[COLUMN_VALID] = BoolGetDatum(r->valid);
	values[COLUMN_PREFIX_STATUS] = cccd_status_datum(h->prefix);
	values[COLUMN_BASE45_STATUS] = cccd_status_datum(h->base45);
	values[COLUMN_INFLATE_STATUS] = cccd_status_datum(h->inflate);
	values[COLUMN_COSE_STATUS] = cccd_status_datum(h->cose);
	values[COLUMN_CBOR_STATUS] = cccd_status_datum(h->cbor);
	values[COLUMN_SCHEMA_STATUS] = cccd_status_datum(h->schema);
	values[COLUMN_KEY_STATUS] = cccd_status_datum(r->key);
	values[COLUMN_SIGNATURE_STATUS] = cccd_status_datum(r->signature);
	values[COLUMN_COUNTRY_STATUS] = cccd_status_datum(r->country);
	values[COLUMN_KEY_USAGE_STATUS] = cccd_status_datum(r->key_usage);
	values[COLUMN_KEY_VALIDITY_STATUS] = cccd_status_datum(r->key_validity);
	values[COLUMN_VALIDITY_STATUS] = cccd_status_datum(r->validity);
	values[COLUMN_REVOCATION_STATUS] = cccd_status_datum(r->revocation);
	values[COLUMN_REASONS] = cccd_findings_datum(&h->report, false);
	values[COLUMN_FLAGS] = cccd_findings_datum(&h->report, true);

	nulls[COLUMN_SIGNER_FINGERPRINT] = !r->has_signer;
	if (r->has_signer)
		values[COLUMN_SIGNER_FINGERPRINT] =
			cccd_bytes_datum(r->signer_fingerprint, CCCD_SHA256_SIZE);
	nulls[COLUMN_SIGNER_COUNTRY] = r->signer_country[0] == '\0';
	values[COLUMN_SIGNER_COUNTRY] = CStringGetTextDatum(r->signer_country);
	nulls[COLUMN_SIGNER_NOT_BEFORE] = !r->has_signer_validity;
	nulls[COLUMN_SIGNER_NOT_AFTER] = !r->has_signer_validity;
	values[COLUMN_SIGNER_NOT_BEFORE] = TimestampTzGetDatum(r->signer_not_before);
	values[COLUMN_SIGNER_NOT_AFTER] = TimestampTzGetDatum(r->signer_not_after);
	nulls[COLUMN_ALGORITHM] = algorithm == NULL;
	values[COLUMN_ALGORITHM] = CStringGetTextDatum(algorithm != NULL ?
												   algorithm : "");
	issuer_slice.ptr = (const char *) h->issuer.data;
	issuer_slice.len = h->issuer.length;
	if (issuer_slice.ptr != NULL &&
		memchr(issuer_slice.ptr, 0, issuer_slice.len) == NULL)
		issuer = cccd_text_from_utf8(issuer_slice);
	nulls[COLUMN_ISSUER] = issuer == NULL;
	values[COLUMN_ISSUER] = PointerGetDatum(issuer);
	nulls[COLUMN_ISSUED] = !h->has_issued;
	values[COLUMN_ISSUED] = TimestampTzGetDatum(h->issued);
	nulls[COLUMN_EXPIRES] = !h->has_expires;
	values[COLUMN_EXPIRES] = TimestampTzGetDatum(h->expires);
	nulls[COLUMN_DIGEST] = !r->has_digest;
	if (r->has_digest)
		values[COLUMN_DIGEST] = cccd_bytes_datum(r->digest, CCCD_SHA256_SIZE);
	return HeapTupleGetDatum(heap_form_tuple(cccd_row_type(fcinfo, COLUMNS), values,
											 nulls));
}

/* Is a certificate what an authority signed, and does it hold at this time? */
PG_FUNCTION_INFO_V1(cccd_certificate_verify);
Datum
cccd_certificate_verify(PG_FUNCTION_ARGS)
{
	CccdSlice	scan = cccd_hcert_scan(PG_GETARG_DATUM(0));
	CccdTrustArgument trust;
	CccdHcertResult result;

	cccd_trust_argument_init(&trust, PG_GETARG_DATUM(1));
	cccd_hcert_judge(scan, &trust, PG_GETARG_TIMESTAMPTZ(2),
					 cccd_hcert_policy(PG_GETARG_TEXT_PP(3)),
					 &result);
	return result_row(fcinfo, &result);
}
