/*
 * build.h
 *		Collecting the entries of a new trust value.
 */
#ifndef CCCD_BUILD_H
#define CCCD_BUILD_H

#include "cccd.h"
#include "trust/trust_core.h"

/* Entries point into memory that outlives the collection. */
typedef struct cccd_trust_build
{
	cccd_trust_entry *entries;
	int			count;
	int			capacity;
} cccd_trust_build;

extern void cccd_build_init(cccd_trust_build *build);
extern void cccd_build_check(cccd_bytes value);
extern void cccd_build_add(cccd_trust_build *build,
						   const cccd_trust_entry *entry);
extern void cccd_build_add_value(cccd_trust_build *build, bytea *value);
extern bytea *cccd_build_finish(cccd_trust_build *build);

#endif							/* CCCD_BUILD_H */
