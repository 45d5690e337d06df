/*
 * crl_core.h
 *		Certificate revocation lists (RFC 5280 chapter 5, Doc 9303-12 7.1.4).
 */
#ifndef CCCD_CRL_CORE_H
#define CCCD_CRL_CORE_H

#include "pki/signed_core.h"

/* Bytes of one list: about 100,000 entries. */
#define CCCD_CRL_SIZE	(4 * 1024 * 1024)

typedef struct CccdCrl
{
	CccdBytes	whole;
	CccdSigned	signed_part;
	CccdBytes	issuer;
	char		issuer_country[4];
	int64_t		this_update;	/* microseconds since 2000-01-01 UTC */
	int64_t		next_update;
	bool		has_next_update;
	CccdBytes	entries;
	int			entry_count;
	CccdBytes	authority_key_id;
	CccdBytes	number;
	bool		unsupported;	/* delta, partitioned, indirect */
} CccdCrl;

typedef struct CccdRevocation
{
	int64_t		time;
	int			reason;			/* RFC 5280 5.3.1; 0 when not given */
} CccdRevocation;

/*
 * Read one list, the whole of bytes, up to CCCD_CRL_SIZE of them, which must
 * live as long as it is used.  Returns false if it cannot be read; *error and
 * *offset then say why and where.  A list of another kind than a full one of
 * its issuer is read and marked unsupported.
 */
extern bool cccd_crl_read(CccdBytes bytes, CccdCrl *crl,
						  CccdDerError *error, size_t *offset);

/*
 * Whether a serial number, with or without leading zeros, is on the list;
 * *revocation then says since when and why, and is otherwise undefined.  Takes
 * time in proportion to the list.
 */
extern bool cccd_crl_find(const CccdCrl *crl, CccdBytes serial,
						  CccdRevocation *revocation);

#endif							/* CCCD_CRL_CORE_H */
