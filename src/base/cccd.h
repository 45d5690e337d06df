/*
 * cccd.h
 *		What every room's wrapper shares.
 */
#ifndef CCCD_H
#define CCCD_H

#include "postgres.h"
#include "fmgr.h"

#include "base/compat.h"

#endif							/* CCCD_H */
