/*
 * certificate.h
 *		What the SQL functions over health certificates share.
 */
#ifndef CCCD_CERTIFICATE_H
#define CCCD_CERTIFICATE_H

#include "cccd.h"

#include "certificate/hcert_verify_core.h"
#include "trust/trust.h"

/* Too large for the stack; a backend reads one certificate at a time. */
extern CccdHcertWork cccd_hcert_work;

extern CccdSlice cccd_certificate_scan(Datum argument);
extern CccdHcertPolicy cccd_certificate_policy(text *name);
extern void cccd_certificate_judge(CccdSlice scan, CccdTrustArgument *trust,
								   int64 at, CccdHcertPolicy policy,
								   CccdHcertResult *result);
extern Datum cccd_certificate_content(const CccdHcert *hcert);

#endif							/* CCCD_CERTIFICATE_H */
