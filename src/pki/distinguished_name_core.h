/*
 * distinguished_name_core.h
 *		Distinguished names: compared and hashed as RFC 5280 7.1 means it.
 *
 * Real lists write one name in several ways: "UT" and "ut", PrintableString
 * and UTF8String.  A name is compared in a normal form: attribute by
 * attribute, ASCII letters in lower case, runs of spaces as one.
 */
#ifndef CCCD_DISTINGUISHED_NAME_CORE_H
#define CCCD_DISTINGUISHED_NAME_CORE_H

#include "base/bytes_core.h"

/* A longer name is compared byte for byte. */
#define CCCD_DN_SIZE		1024

/* Room for a name's text, with its final zero byte. */
#define CCCD_DN_TEXT_SIZE	512

/*
 * Whether two names, as DER, are equal in normal form.  A name that has none,
 * because it cannot be read or is longer than CCCD_DN_SIZE, equals only the
 * same bytes.
 */
extern bool cccd_dn_equal(CccdBytes a, CccdBytes b);

/*
 * A hash of the normal form (FNV-1a): equal names have equal hashes.  It is
 * not cryptographic.
 */
extern uint64_t cccd_dn_hash(CccdBytes name);

/* How a name says of which state it is. */
typedef enum CccdDnCountry
{
	CCCD_DN_COUNTRY_NONE,		/* not at all */
	CCCD_DN_COUNTRY_ONE,
	CCCD_DN_COUNTRY_LOWER_CASE, /* of one, not all in capitals */
	CCCD_DN_COUNTRY_SEVERAL		/* of more than one */
} CccdDnCountry;

/*
 * The state of a name, from its countryName, in capitals, with final zero
 * bytes: two letters, or three where an issuer used the MRZ's code.  Doc
 * 9303-12 7.1.1.1.1 wants it once and in capitals.  A state that is named
 * twice, in whichever form, is one.  A name of two states, or of a state and
 * something else, is of none, and so is one that cannot be read: country is
 * then empty.
 */
extern CccdDnCountry cccd_dn_country(CccdBytes name, char country[4]);

/*
 * Whether a localityName is the code of a state whose documents a certificate
 * of this country is not for: Doc 9303-12 7.1.1 puts the MRZ's code of the
 * state there in a directoryName of the alternative names.  What is not the
 * code of a state in the table contradicts nothing, nor does anything
 * contradict an empty country.
 */
extern bool cccd_dn_locality_differs(CccdBytes name, const char *country);

/*
 * Write a name for people, "C=VN, O=..., CN=...", in UTF-8 with a final zero
 * byte; out has room for CCCD_DN_TEXT_SIZE bytes, and a longer name is cut
 * between characters.  What is not text is shown as "?".  Returns the length
 * without the zero byte.
 */
extern size_t cccd_dn_format(CccdBytes name, char *out);

#endif							/* CCCD_DISTINGUISHED_NAME_CORE_H */
