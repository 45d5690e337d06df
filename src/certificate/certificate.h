/*
 * certificate.h
 *		What the SQL functions over health certificates share.
 */
#ifndef CCCD_CERTIFICATE_H
#define CCCD_CERTIFICATE_H

#include "base/cccd.h"

#include "certificate/certificate_core.h"
#include "trust/trust.h"

/* Too large for the stack; a backend reads one certificate at a time. */
extern CccdCertificateWork cccd_certificate_work;

/*
 * The UTF-8 of a text argument.  One that is too long is not even fetched, one
 * that has no UTF-8 form is handed on as a byte that is not UTF-8; the reader
 * refuses both.
 */
extern CccdSlice cccd_certificate_scan(Datum argument);

/*
 * The policy that an argument names; an unknown one raises
 * ERRCODE_INVALID_PARAMETER_VALUE.
 */
extern CccdHcertPolicy cccd_certificate_policy(text *name);

/*
 * Read a scan without verifying it.  The result points into scan and
 * cccd_certificate_work, until the next certificate is read.  Raises
 * ERRCODE_OUT_OF_MEMORY, which no certificate is to blame for.
 */
extern void cccd_certificate_open(CccdSlice scan,
								  CccdCertificate *certificate);

/*
 * Read and verify a scan at a time, microseconds since 2000-01-01 UTC;
 * *effort is what may still be tried, and is lowered by what was.  Otherwise as cccd_certificate_open().
 */
extern void cccd_certificate_judge(CccdSlice scan, CccdTrustArgument *trust,
								   int64 at, CccdHcertPolicy policy,
								   CccdCertificateEffort *effort,
								   CccdCertificate *certificate);

/* The kinds of content, as text[]. */
extern Datum cccd_certificate_kinds(const CccdCertificate *certificate);

/* The certificate's identifiers that the database can hold, as text[]. */
extern Datum cccd_certificate_identifiers(const CccdCertificate *certificate);

/*
 * The content of the certificate that was read last and has one, as jsonb, as
 * its JSON form would be: dates under a tag as their texts, byte strings in
 * hexadecimal, what JSON has no value for as null.
 */
extern Datum cccd_certificate_content(const CccdCertificate *certificate);

#endif							/* CCCD_CERTIFICATE_H */
