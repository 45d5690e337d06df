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

extern bool cccd_dn_equal(CccdBytes a, CccdBytes b);
extern uint64_t cccd_dn_hash(CccdBytes name);
extern bool cccd_dn_country(CccdBytes name, char country[4]);
extern size_t cccd_dn_format(CccdBytes name, char *out);

#endif							/* CCCD_DISTINGUISHED_NAME_CORE_H */
