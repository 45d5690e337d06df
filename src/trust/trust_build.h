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

/* What may stand in arguments, for hints. */
#define CCCD_TRUST_PURPOSES_HINT \
	"Purposes are \"chip\", \"health_certificate\", \"health_certificate_test\" and \"ticket\"."
#define CCCD_TRUST_KINDS_HINT \
	"Kinds are \"anchor\", \"link\", \"signer\", \"crl\", \"key\" and \"revoked\"."
#define CCCD_TRUST_SOURCES_HINT \
	"Sources are \"operator\", \"master_list\", \"ldif\", \"raw_list\" and \"json\"."

/* The bytes of a detoasted argument, where they are. */
extern CccdBytes cccd_build_bytes(bytea *value);

/*
 * The purpose that an argument names; an unknown one raises
 * ERRCODE_INVALID_PARAMETER_VALUE.
 */
extern int	cccd_build_purpose(text *name);

/*
 * The purpose of bare keys and of revocations by hash.  Chips have neither, and
 * such an entry would do nothing: "chip" raises the same error.
 */
extern int	cccd_build_key_purpose(text *name);

/*
 * The state that an argument names, into two letters of country.  Another form
 * raises ERRCODE_INVALID_PARAMETER_VALUE.
 */
extern void cccd_build_country(text *code, char *country);

/*
 * The issuer of SMART Health Cards that an argument names, as its cards write
 * it: a URL in UTF-8 that does not end in a slash.  Another form raises
 * ERRCODE_INVALID_PARAMETER_VALUE.
 */
extern CccdBytes cccd_build_issuer(text *url_text);

/* Begin a collection in the current memory context. */
extern void cccd_build_init(CccdTrustBuild *build);

/*
 * Raise ERRCODE_DATA_CORRUPTED unless entries and their lengths are what the
 * header of a value says.  The digest is not checked.
 */
extern void cccd_build_check(CccdBytes value);

/*
 * Add an entry, of which a copy is kept; its bytes must live as long as the
 * collection.  Raises ERRCODE_PROGRAM_LIMIT_EXCEEDED above CCCD_TRUST_ENTRIES.
 */
extern void cccd_build_add(CccdTrustBuild *build,
						   const CccdTrustEntry *entry);

/* Add the entries of a value, which must live as long as the collection. */
extern void cccd_build_add_value(CccdTrustBuild *build, bytea *value);

/*
 * The value of all that was added: settled, each entry once, links followed.
 * It is allocated in the current memory context; the collection's entries are
 * reordered.  Raises ERRCODE_PROGRAM_LIMIT_EXCEEDED if it would be larger than
 * CCCD_TRUST_SIZE.
 */
extern bytea *cccd_build_finish(CccdTrustBuild *build);

#endif							/* CCCD_TRUST_BUILD_H */
