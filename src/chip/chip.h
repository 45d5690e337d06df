/*
 * chip.h
 *		What the SQL functions over a chip's files share.
 */
#ifndef CCCD_CHIP_H
#define CCCD_CHIP_H

#include "cccd.h"

#include "access/tupdesc.h"
#include "utils/array.h"

#include "der/der_core.h"
#include "trust/finding_core.h"

/* More files than a chip has. */
#define CCCD_CHIP_FILES		32

extern int	cccd_chip_files(ArrayType *array, CccdBytes *files);
extern Datum cccd_status_datum(CccdCheckStatus status);
extern Datum cccd_findings_datum(const CccdReport *report, bool flags);
extern TupleDesc cccd_chip_row_type(FunctionCallInfo fcinfo);

#endif							/* CCCD_CHIP_H */
