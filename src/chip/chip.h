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

extern int	cccd_chip_files(ArrayType *array, CccdBytes *files);

#endif							/* CCCD_CHIP_H */
