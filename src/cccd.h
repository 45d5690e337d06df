/*
 * cccd.h
 *		What every room's wrapper shares.
 */
#ifndef CCCD_H
#define CCCD_H

#include "postgres.h"
#include "fmgr.h"

#include "compat.h"

/* Whether the argument of the running function is a constant of the plan. */
extern bool cccd_argument_is_constant(FunctionCallInfo fcinfo, int arg);

#endif							/* CCCD_H */
