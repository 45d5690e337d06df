/*
 * hcert.h
 *		What the SQL functions over health certificates share.
 */
#ifndef CCCD_HCERT_H
#define CCCD_HCERT_H

#include "base/cccd.h"

#include "hcert/hcert_verify_core.h"
#include "trust/trust.h"

/* Too large for the stack; a backend reads one certificate at a time. */
extern CccdHcertWork cccd_hcert_work;

/*
 * The UTF-8 of a text argument.  One that is too long is not even fetched, one
 * that has no UTF-8 form is handed on as a byte that is not UTF-8; the reader
 * refuses both.
 */
extern CccdSlice cccd_hcert_scan(Datum argument);

/*
 * The policy that an argument names; an unknown one raises
 * ERRCODE_INVALID_PARAMETER_VALUE.
 */
extern CccdHcertPolicy cccd_hcert_policy(text *name);

/*
 * Verify a scan at a time, microseconds since 2000-01-01 UTC.  The result
 * points into scan and cccd_hcert_work, until the next certificate is read.
 * Raises ERRCODE_OUT_OF_MEMORY, which no certificate is to blame for.
 */
extern void cccd_hcert_judge(CccdSlice scan, CccdTrustArgument *trust,
							 int64 at, CccdHcertPolicy policy,
							 CccdHcertResult *result);

/* The same of one of several: *attempts as for cccd_hcert_verify_within(). */
extern void cccd_hcert_judge_within(CccdSlice scan, CccdTrustArgument *trust,
									int64 at, CccdHcertPolicy policy,
									int *attempts, CccdHcertResult *result);

/* "ok", or the first stage of the reading that failed, a constant. */
extern const char *cccd_hcert_status(const CccdHcert *hcert);

/* The kinds of content, as text[]. */
extern Datum cccd_hcert_kinds(const CccdHcert *hcert);

/*
 * The content of a certificate that has one, as jsonb, as its JSON form would
 * be: dates under a tag as their texts, byte strings in hexadecimal, what JSON
 * has no value for as null.
 */
extern Datum cccd_hcert_content(const CccdHcert *hcert);

#endif							/* CCCD_HCERT_H */
