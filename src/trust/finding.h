/*
 * finding.h
 *		Statuses and findings as SQL values, and rows that hold them.
 */
#ifndef CCCD_FINDING_H
#define CCCD_FINDING_H

#include "cccd.h"

#include "access/tupdesc.h"

#include "trust/finding_core.h"

extern Datum cccd_bytes_datum(const void *data, size_t length);
extern Datum cccd_status_datum(CccdCheckStatus status);
extern Datum cccd_findings_datum(const CccdReport *report, bool flags);
extern TupleDesc cccd_row_type(FunctionCallInfo fcinfo);

#endif							/* CCCD_FINDING_H */
