/*
 * hcert_identifier_core.h
 *		The spellings of a certificate identifier that revocation lists hash.
 */
#ifndef CCCD_HCERT_IDENTIFIER_CORE_H
#define CCCD_HCERT_IDENTIFIER_CORE_H

#include "base/bytes_core.h"

/* The parts of an identifier of which issuers publish some or all. */
typedef struct CccdSpelling
{
	CccdBytes	prefix;			/* empty, or "URN:UVCI:" and the like */
	CccdBytes	identifier;
} CccdSpelling;

#define CCCD_SPELLINGS	6

/*
 * The spellings under which an identifier may have been hashed: as it stands
 * in the certificate first, then with the prefix and without it, each with the
 * check character behind "#" and without it.  spellings has room for
 * CCCD_SPELLINGS, which point into the identifier or at constants.  Returns how
 * many there are.
 */
extern int	cccd_identifier_spell(CccdBytes identifier,
								  CccdSpelling *spellings);

#endif							/* CCCD_HCERT_IDENTIFIER_CORE_H */
