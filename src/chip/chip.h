/*
 * chip.h
 *		What the SQL functions over a chip's files share.
 */
#ifndef CCCD_CHIP_H
#define CCCD_CHIP_H

#include "base/cccd.h"

#include "utils/array.h"

#include "base/bytes_core.h"

/* More files than a chip has. */
#define CCCD_CHIP_FILES		32

/*
 * The files of a bytea array, in files, which has room for CCCD_CHIP_FILES;
 * NULL elements are files that were not read and are left out.  Returns their
 * number.  The bytes are the array's, or memory of the current context.  More
 * files raise ERRCODE_PROGRAM_LIMIT_EXCEEDED.
 */
extern int	cccd_chip_files(ArrayType *array, CccdBytes *files);

#endif							/* CCCD_CHIP_H */
