/*
 * finding.h
 *		Statuses and findings as SQL values, and rows that hold them.
 */
#ifndef CCCD_FINDING_H
#define CCCD_FINDING_H

#include "base/row.h"
#include "pki/finding_core.h"

/*
 * The name of a status as a text that is kept for the session; not to be freed
 * or changed.
 */
extern Datum cccd_status_datum(CccdCheckStatus status);

/*
 * The texts of a report's flags, or of its reasons, as text[] in the current
 * memory context.
 */
extern Datum cccd_findings_datum(const CccdReport *report, bool flags);

#endif							/* CCCD_FINDING_H */
