/*
 * finding.h
 *		Statuses and findings as SQL values, and rows that hold them.
 */
#ifndef CCCD_FINDING_H
#define CCCD_FINDING_H

#include "base/row.h"
#include "pki/finding_core.h"

extern Datum cccd_status_datum(CccdCheckStatus status);
extern Datum cccd_findings_datum(const CccdReport *report, bool flags);

#endif							/* CCCD_FINDING_H */
