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

extern CccdSlice cccd_hcert_scan(Datum argument);
extern CccdHcertPolicy cccd_hcert_policy(text *name);
extern void cccd_hcert_judge(CccdSlice scan, CccdTrustArgument *trust,
							 int64 at, CccdHcertPolicy policy,
							 CccdHcertResult *result);
extern Datum cccd_hcert_content(const CccdHcert *hcert);

#endif							/* CCCD_HCERT_H */
