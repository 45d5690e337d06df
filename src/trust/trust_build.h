/*
 * trust_build.h
 *		Collecting the entries of a new trust value.
 */
#ifndef CCCD_TRUST_BUILD_H
#define CCCD_TRUST_BUILD_H

#include "base/cccd.h"
#include "trust/trust_core.h"

/* Entries point into memory that outlives the collection. */
typedef struct CccdTrustBuild
{
	CccdTrustEntry *entries;
	int			count;
	int			capacity;
} CccdTrustBuild;

extern int	cccd_build_purpose(text *name);
extern void cccd_build_init(CccdTrustBuild *build);
extern void cccd_build_check(CccdBytes value);
extern void cccd_build_add(CccdTrustBuild *build,
						   const CccdTrustEntry *entry);
extern void cccd_build_add_value(CccdTrustBuild *build, bytea *value);
extern bytea *cccd_build_finish(CccdTrustBuild *build);

#endif							/* CCCD_TRUST_BUILD_H */
